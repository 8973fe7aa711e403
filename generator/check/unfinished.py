"""Check settings, placeholders, missing or outdated legal pages, garbled letters, leftovers."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache, partial
from importlib.resources import files
from pathlib import Path, PurePosixPath

from msgspec.structs import replace
from pydantic_core import PydanticCustomError

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.disk import Disk
from generator.files.result_cache import Same
from generator.model.config import WHOLE_LANGUAGES, Basemap, tiles_of
from generator.model.dates import Duration, german_day, parse_date
from generator.model.editions import is_edition
from generator.model.site import Site
from generator.read.mkdocs_settings import FILE
from generator.read.nodes import MapNode, Node, Scalar, position_at
from generator.read.project import Reading
from generator.read.records import RecordSource

PAGES = ("impressum", "datenschutz", "barrierefreiheit")
"""The pages that the law demands of a site."""
RIGHTS = "deine-rechte/index.md"
"""The page that tells families the law: whoever is afraid relies on it, and laws change."""
LAWFUL_FOR = Duration(12, "months")
_PLACEHOLDER = re.compile(r"\[\[(?:[^\[\]]++|\[(?!\[)|\](?!\]))*\]\]")
_DATE = re.compile(r"^date:\s*(\d{4}-\d{2}-\d{2})\s*$", re.MULTILINE)


def check_lawful_pages(reading: Reading, site: Site, today: dt.date) -> Iterator[Diagnostic]:
    """Report unfinished pages; with `publish: yes` they stop the build. Internal and unpublished sites may lack them."""
    publish = site.config.publish and not site.internal
    if publish:
        yield from _missing_pages(reading, site)
    code = "rechtsseite-platzhalter" if publish else "rechtsseite-unfertig"
    for name, text in reading.pages.items():
        # A draft of a report asks with TODO instead, and a published one never changes.
        if is_edition(name):
            continue
        yield from _report_placeholders(name, text, code)
        if PurePosixPath(name).stem in PAGES or name.endswith(RIGHTS):
            yield from _outdated(name, text, today, publish=publish)


def _missing_pages(reading: Reading, site: Site) -> Iterator[Diagnostic]:
    """Report missing lawful pages and the address to report barriers."""
    for name in PAGES:
        file = f"content/{name}.md"
        # One that can't be read was reported.
        if not reading.disk.holds(reading.root / file):
            yield diagnostic("rechtsseite-fehlt", Position(file), name=name)
    if reading.settings is not None and not site.config.publisher.email:
        yield diagnostic("ohne-meldeweg", position_at(reading.settings, ("publisher",), key=True))


def _report_placeholders(name: str, text: str, code: str) -> Iterator[Diagnostic]:
    for number, line in enumerate(text.split("\n"), 1):
        for match in _PLACEHOLDER.finditer(line):
            position = Position(f"content/{name}", number, match.start() + 1, len(match[0]))
            yield diagnostic(code, position, value=match[0])


def _outdated(name: str, text: str, today: dt.date, *, publish: bool) -> Iterator[Diagnostic]:
    """Report a page's invalid or old date; an old `RIGHTS` page isn't published."""
    written = _DATE.search(text)
    if written is None:
        return
    position = Position(f"content/{name}", text.count("\n", 0, written.start()) + 1)
    try:
        day = parse_date(written[1])
    except PydanticCustomError as error:
        yield diagnostic(error.type, position, **(error.context or {}))
        return
    if LAWFUL_FOR.after(day) < today:
        lapsed = publish and name.endswith(RIGHTS)
        code = "rechtsseite-abgelaufen" if lapsed else "rechtsseite-veraltet"
        yield diagnostic(code, position, date=german_day(day))


# UTF-8 taken for Windows' signs (cp1252): „Ã¼“, „â€“, two such pairs of other alphabets. `_BEHIND` are signs that follow.
_BEHIND = re.escape(bytes(range(0x80, 0xC0)).decode("cp1252", "ignore"))
_TAKEN_APART = re.compile(rf"(?:[Â-ß][{_BEHIND}]){{2,}}|[ÂÃ][{_BEHIND}]|â[€‚][{_BEHIND}]")
_TAKEN_APART_WORD = re.compile(rf"(?<!\w)\w*(?:{_TAKEN_APART.pattern})(?:{_TAKEN_APART.pattern}|\w)*")
MOST_WORDS = 3
"""So many words are put together for whoever corrects them."""


def check_letters(reading: Reading) -> Iterator[Diagnostic]:
    """Report files' garbled words: „MÃ¼ll“."""
    yield from reading.of_each(_record_taken_apart)
    for file, text in _texts_beside_records(reading):
        yield from reading.cache.call(_taken_apart, file, text)


def _record_taken_apart(source: RecordSource) -> list[Diagnostic]:
    return _taken_apart(source.file, source.text)


def _taken_apart(file: str, text: str) -> list[Diagnostic]:
    """Report a file's garbled words at the first one."""
    found = list(_TAKEN_APART_WORD.finditer(text)) if _TAKEN_APART.search(text) else []
    if not found:
        return []
    places = [_place_of(file, text, match) for match in found]
    better = ", ".join(dict.fromkeys(f"„{_put_together(match[0])}“" for match in found[:MOST_WORDS]))
    report = diagnostic("buchstaben-zerlegt", places[0], value=found[0][0], better=better)
    return [replace(report, also=tuple(places[1:]))]


def _place_of(file: str, text: str, match: re.Match[str]) -> Position:
    line = text.count("\n", 0, match.start()) + 1
    return Position(file, line, match.start() - text.rfind("\n", 0, match.start()), len(match[0]))


def _put_together(word: str) -> str:
    return _TAKEN_APART.sub(lambda match: match[0].encode("cp1252").decode("utf-8"), word)


# The ranges that the Bundesnetzagentur keeps free for films and books, in every way that a number is written.
_FICTION = ("3023125", "4066969", "6990009", "8999998", "2214710", "17139200", "176040690")
_GAP = r"[\s()/.-]*"
# „Namen … sind erfunden“; and the signs of `_GAP`, left out before words are looked for.
_WHO = r"Stadt|Gemeinde|Namen|Nummern|Menschen|Personen|Träger|Angebote|Adressen|Angaben|Zahlen"
_GAPS = dict.fromkeys([*(code for code in range(0x3001) if chr(code).isspace()), *map(ord, "()/.-")])
# A kind of trace, words of which every text with such a trace has one, and the exact pattern. To look for words saves nine tenths of the time.
_TRACES: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = (
    (
        "Telefonnummern, unter denen niemand abhebt",
        _FICTION,
        re.compile(
            rf"(?<!\d)(?:(?:\+|00)49{_GAP}(?:\(0\){_GAP})?|\(?0)(?:{'|'.join(map(_GAP.join, _FICTION))})(?:{_GAP}\d){{2,3}}(?!\d)"
        ),
    ),
    (
        "Adressen im Netz, die es nicht gibt",
        ("example",),
        re.compile(r"(?<![\w.@/-])[\w.@/-]*(?<=\w)\.example\b|\bexample\.(?:com|net|org)\b"),
    ),
    (
        "den Namen der Beispielstadt",
        ("auenstedt", "deraue"),
        re.compile(r"auenstedt|\bs(?:ü|ue)deraue\b|\bnorderaue\b", re.IGNORECASE),
    ),
    (
        "die Angabe, etwas sei erfunden",
        ("illustrative", "erfunden", "ausgedacht", "invented", "made"),
        re.compile(
            rf"^illustrative:\s*yes\b|\b(?:{_WHO})\b[^.\n]{{0,100}}\b(?:erfunden|ausgedacht)\b|\berfundene[rns]?\s+(?:{_WHO})\b"
            r"|\b(?:invented|made-up)\s+town\b|\b(?:is|are)\s+(?:invented|made\s+up)\b",
            re.MULTILINE,
        ),
    ),
)
_WRITTEN = (".yml", ".md")  # files in which each trace is reported, and those in which only the first
_DATA = (".csv", ".geojson", ".json", ".html", ".txt", ".svg")
_COMMENT = re.compile(r"^\s*#")


def check_leftovers(reading: Reading, site: Site) -> Iterator[Diagnostic]:
    """Report traces of the demo by kind; with `publish: yes` they stop the build. An invented town (`invented: yes`) may show them."""
    if site.config.invented:
        return
    published = site.config.publish and not site.internal
    code = "rest-der-beispielstadt" if published else "rest-der-vorlage"
    yield from reading.of_each(_in_record, code)
    for file, text in _texts_beside_records(reading):
        yield from reading.cache.call(_traces, code, file, text)


def _in_record(source: RecordSource, code: str) -> list[Diagnostic]:
    return _traces(code, source.file, source.text)


def quickly_read(text: str) -> str:
    """Return a text in small letters, and without gaps."""
    return f"{text.casefold()}\n{text.translate(_GAPS)}"


def _traces(code: str, file: str, text: str) -> list[Diagnostic]:
    """Report the traces of each kind in a file, but not in YAML's comments."""
    found: list[Diagnostic] = []
    lines: list[str] = []
    quick = quickly_read(text)
    for what, words, pattern in _TRACES:
        possible = any(word in quick for word in words)
        for match in pattern.finditer(text) if possible else ():
            lines = lines or text.split("\n")
            number = text.count("\n", 0, match.start())
            if file.endswith(".yml") and _COMMENT.match(lines[number]):
                # Nobody sees it, and whoever reads it knows.
                continue
            value = match[0].strip()
            column = match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1 + match[0].index(value)
            place = Position(file, number + 1, column, len(value))
            found.append(diagnostic(code, place, value=value, what=what))
            if not file.endswith(_WRITTEN):
                # A table of the demo has its name in every line.
                break
    return found


def _text_files_by_name(disk: Disk, resources: Iterable[Path], content: Iterable[Path]) -> dict[str, Path]:
    """Return the files that may hold texts, by name."""
    found = [path for path in resources if path.suffix in (*_WRITTEN, *_DATA)]
    found += [path for path in content if path.suffix in _DATA]
    return {disk.name(path): path for path in found}


def _texts_beside_records(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield (file, text) beside records: settings, pages, data."""
    disk = reading.disk
    below = [disk.below(reading.root / folder)[0] for folder in ("resources", "content")]
    files = reading.cache.latest(_text_files_by_name, below, partial(_text_files_by_name, disk, *below))
    known = {source.file for source in reading.sources.values()}
    for name, path in ((FILE, reading.root / FILE), *files.items()):
        if name in known:
            continue
        # What can't be read was reported where it is read for what it is.
        text = disk.text(path)[0]
        if text is not None:
            yield name, text
    yield from ((f"content/{name}", text) for name, text in reading.pages.items())


def check_basemap(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report a wrong address of map tiles, and other hosts whose frames pages may show."""
    del reading
    for frame in site.config.embedded:
        yield diagnostic("rahmen-fremd", Position("site_config.yml"), host=frame.source)
    basemap = site.config.basemap
    if isinstance(basemap, Basemap) and tiles_of(site.config) is None:
        yield diagnostic("hintergrundkarte-adresse", Position("site_config.yml"), address=basemap.tiles)


def check_languages(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report languages into which the program isn't wholly translated."""
    for number, language in enumerate(site.config.languages):
        if language not in WHOLE_LANGUAGES:
            place = Position("site_config.yml")
            if reading.settings is not None:
                place = position_at(reading.settings, ("languages", number))
            yield diagnostic("sprache-nicht-ganz", place, language=language)


PUBLIC = ("resources", "content", "site")
"""Folders that are read for the public site or hold it."""


def check_overlay(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report an internal folder (overlay) in or around a public one, or in its repository."""
    if not site.config.overlay:
        return
    setting = position_at(reading.settings, ("overlay",)) if reading.settings else Position("site_config.yml")
    root = _real(reading.root)
    overlay = _real(reading.root / site.config.overlay)
    for name in PUBLIC:
        if _within(overlay, _real(root / name)):
            yield diagnostic("ablage-oeffentlich", setting, folder=name)
            return
    for name in ("resources", "content"):
        link = next(
            (link for link in _find_symbolic_links(root / name) if _within(overlay, _real(link))), None
        )
        if link is not None:
            position = Position(link.relative_to(root).as_posix())
            yield diagnostic("ablage-oeffentlich", position, folder=name)
            return
    # A demo's overlay is invented and may lie there.
    if site.config.overlay_in_repository != "invented" and _is_shared(overlay, root):
        yield diagnostic("ablage-im-repository", setting, name=site.config.overlay)


def _within(one: Path, other: Path) -> bool:
    """Tell whether one of two folders lies in the other."""
    return one.is_relative_to(other) or other.is_relative_to(one)


def _is_shared(overlay: Path, root: Path) -> bool:
    """Tell whether the project's repository, else folder, holds the overlay."""
    repository = _repository(root)
    if repository is None:
        return overlay.is_relative_to(root)
    return _repository(overlay) == repository


def _find_symbolic_links(folder: Path) -> Iterator[Path]:
    for base, folders, names in os.walk(folder):
        paths = [Path(base, name) for name in sorted((*folders, *names))]
        yield from (path for path in paths if path.is_symlink())


def _real(path: Path) -> Path:
    """Follow links; circles are reported elsewhere."""
    return Path(os.path.realpath(path))


def _repository(folder: Path) -> Path | None:
    """Return a folder's git repository or worktree."""
    return next((path for path in (folder, *folder.parents) if (path / ".git").exists()), None)


_NAME = re.compile(r"[a-z0-9]+(?:[-_/][a-z0-9]+)*")  # „material/book-open“, so that no path leads elsewhere


def check_icons(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report icons that don't exist."""
    del site
    for nodes in reading.words.values():
        yield from _report_unknown_icons(Same(nodes))


# Words that were read before come as the same nodes.
@lru_cache(maxsize=64)
def _report_unknown_icons(nodes: Same[tuple[Node, ...]]) -> tuple[Diagnostic, ...]:
    return tuple(_without_icon(nodes.value))


def _without_icon(nodes: Iterable[Node]) -> Iterator[Diagnostic]:
    """Report words (nodes of a vocabulary) whose `icon` isn't among Material's."""
    for node in nodes:
        icon = node.get("icon") if isinstance(node, MapNode) else None
        if isinstance(icon, Scalar) and icon.text and not _is_known_icon(icon.text):
            yield diagnostic("zeichen-unbekannt", icon.position, value=icon.text)


@cache
def _is_known_icon(name: str) -> bool:
    path = name if "/" in name else f"material/{name}"
    icons = files("material") / "templates" / ".icons"
    return _NAME.fullmatch(name) is not None and icons.joinpath(f"{path}.svg").is_file()


CHECKS = (check_basemap, check_languages, check_overlay, check_icons)
