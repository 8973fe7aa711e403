"""Search all files beside the records for where a protected place is.

Every file that git keeps is public, whether it reaches the site or not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from io import BytesIO
from itertools import chain
from pathlib import Path, PurePosixPath

from generator.check.protected import Protected, is_leftover, protected, remembered
from generator.check.unfinished import PAGES as LAWFUL
from generator.check.whereabouts import Where, asked, of_a_name
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.git import kept_files
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.site import Site
from generator.read.hidden_places import digest_of
from generator.read.nodes import ListNode, at, parse
from generator.read.project import Reading
from generator.read.seen_text import is_picture, printed, words_of
from generator.read.written_texts import Passage

_READ_ANYWAY = ("content/", "resources/")
# Full of addresses: here only protected names are searched.
ON_A_MAP = ("resources/geometry/", "resources/context/", "resources/osm/", "resources/streets.csv")
_GPS_IFD = 0x8825  # EXIF's number of the coordinates
# Of Markdown: where a paragraph, entry or heading begins.
_BLOCK = re.compile(r"\n[ \t]*\n(?![ \t])|\n(?=[ \t]*(?:[-*+|>]|\d+\.)\s?)|\n(?=#)")
_CLOSE = 3
"""So many lines above and below what means a house are about it, too."""
_TABLES = (".csv", ".tsv")
_WHOLE = (".md", ".txt", ".ics", ".svg", ".html", "", "picture")
"""Kinds of files of which all is about one thing, or short."""
_EXIF, _TIFF = b"Exif\0\0", re.compile(rb"MM\0\*|II\*\0")
_PLACE_IN_WORDS = re.compile("GPSLatitude|Iptc4xmp(?:Core|Ext):Location|photoshop:City")
_PLACE_IN_IPTC = re.compile(rb"\x1c\x02[\x5a\x5c]\0[\x01-\x40]")  # its fields 90 (city) and 92 (part of it)


def check_public_files(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report protected whereabouts in pages, files, names and pictures' metadata."""
    if site.internal:
        return
    known = protected(site, reading)
    disk = reading.disk
    answered = frozenset(item.sentence for item in site.config.cleared if item.sentence)
    paths, found = _find_public_files(reading)
    yield from found
    for path in paths:
        name = disk.name(path)
        yield from of_a_name(name, known)
        if is_leftover(name):
            yield diagnostic("rest-eines-editors", Position(name))
        if known.wording.names is None and name.startswith(ON_A_MAP):
            continue
        data, problems = disk.read(path)
        yield from problems
        if data is not None:
            yield from _content(data, name, known, answered)


def _content(data: bytes, name: str, known: Protected, answered: Collection[str]) -> Iterator[Diagnostic]:
    """Search what a file holds, by what it is; what has no head is `answered` in the settings."""
    picture, leftover = is_picture(data), is_leftover(name)
    words = words_of(data) or (printed(data) if leftover else None)
    if words is None and known.ids:
        yield diagnostic("datei-ungelesen", Position(name))
    text = (words or "").replace("\r\n", "\n")
    if picture and has_place(data, text):
        yield diagnostic("bild-mit-ort", Position(name), name=PurePosixPath(name).name)
    yield from remembered(text, name, known)
    # What is no UTF-8 is reported where the file is read for what it is.
    if name.startswith(ON_A_MAP):
        yield from _on_a_map(text, name, known)
    else:
        kind = "picture" if picture else "leftover" if leftover else PurePosixPath(name).suffix.lower()
        answered = {*answered, *answered_in_head(text, name)}
        yield from _report_houses_in_text(text, kind, name, known, answered)


def _find_public_files(reading: Reading) -> tuple[list[Path], list[Diagnostic]]:
    """Return public files that aren't records.

    In `content/` and `resources/` all are read, elsewhere, and in dot folders, what git keeps.
    """
    disk, root = reading.disk, reading.root
    paths = [root / name for name in ("site_config.yml", "mkdocs.yml") if disk.holds(root / name)]
    pages, found = disk.below(root / "content")
    below, problems = disk.below(root / "resources")
    paths += pages
    paths += reading.cache.latest(_omit_record_files, below, partial(_omit_record_files, below))
    paths = [path for path in paths if "/." not in path.as_posix() or not _in_dot_folder(disk.name(path))]
    listed = set(paths)
    return [*paths, *(path for path in _kept_elsewhere(reading) if path not in listed)], [*found, *problems]


def _in_dot_folder(name: str) -> bool:
    """Tell whether a file lies in a folder with a dot."""
    return "/." in f"/{name.rpartition('/')[0]}"


def _kept_elsewhere(reading: Reading) -> list[Path]:
    """Return git's files outside the read folders, watching for others."""
    skipped = _unsearched(reading)
    kept = [name for name in kept_files(reading.root) if not name.startswith(skipped)]
    paths = [
        reading.root / name for name in kept if not name.startswith(_READ_ANYWAY) or _in_dot_folder(name)
    ]
    for above in {path.parent for path in paths}:
        # Whether another file came there is looked at before the next build.
        reading.disk.listing(above)
    return paths


def _unsearched(reading: Reading) -> tuple[str, ...]:
    """Return the name prefixes read elsewhere or not at all."""
    if reading.site is None:
        return ()
    config = reading.site.config
    return tuple(f"{folder.strip('/')}/" for folder in (*config.unsearched, *filter(None, [config.overlay])))


def _omit_record_files(paths: list[Path]) -> list[Path]:
    """Return the files that are no records."""
    return [
        path
        for path in paths
        if path.parent.name not in KIND_BY_FOLDER or path.suffix != ".yml" or path.name.startswith(".")
    ]


def _report_houses_in_text(
    text: str, kind: str, name: str, known: Protected, answered: Collection[str]
) -> Iterator[Diagnostic]:
    """Ask of a page or a text as a whole, of a table's rows with its head, of anything else by the lines around what means a house."""
    lines = tuple(text.split("\n"))
    parts = _blocks(text) if kind == ".md" else ((number, line, 1) for number, line in enumerate(lines, 1))
    read = [Passage(part, (), Position(name, number, column), lines) for number, part, column in parts]
    mean = known.wording.meant
    meant = [number for number, one in enumerate(read) if mean(one.text)]
    if kind in _TABLES:
        head = next((one.words for one in (mean(text) for text in (name, lines[0])) if one and one.alone), "")
        where: Where = "area" if known.gazetteer.named(lines[0]) else ""
        for number, row in enumerate(read):
            yield from asked([row], known, answered, where=where, about=head if number else "", row=True)
    elif kind in _WHOLE:
        # A picture shows where it was taken.
        where = "door" if kind == "picture" else ""
        read.append(Passage(name.rpartition(".")[0], (), Position(name)))
        yield from asked(read, known, answered, where=where)
    else:
        near = [read[max(0, number - _CLOSE) : number + _CLOSE + 1] for number in meant]
        yield from dict.fromkeys(chain.from_iterable(asked(some, known, answered, row=True) for some in near))


def _on_a_map(text: str, name: str, known: Protected) -> Iterator[Diagnostic]:
    """Report a house among what stands on a map, or in the register of streets: refuse its name, ask about a word for it."""
    for number, line in enumerate(text.split("\n"), 1):
        # What leads to a house on a map is near it.
        found = (one for one in known.wording.found(line) if one.alone and (one.itself or not one.own))
        meant = next(found, None)
        if meant is not None:
            position = Position(name, number, max(line.find(meant.words), 0) + 1, len(meant.words))
            code = "ort-im-text" if meant.registered else "zuflucht-vielleicht"
            said = {"name": meant.words} if meant.registered else {}
            yield diagnostic(code, position, value=meant.words, digest=digest_of(line), **said)


def _blocks(text: str) -> Iterator[tuple[int, str, int]]:
    """Yield the blocks of a page with the lines where they begin."""
    start = 0
    for end in [*(match.start() for match in _BLOCK.finditer(text)), len(text)]:
        yield text.count("\n", 0, start) + 1, text[start:end], 1
        start = end


def content_pages(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield hand-written pages without lawful ones, which name persons."""
    for name, text in reading.pages.items():
        if PurePosixPath(name).stem not in LAWFUL:
            yield f"content/{name}", text.replace("\r\n", "\n")


def cleared_in_head(text: str, name: str) -> list[str]:
    """Return the names of persons cleared in a page's head, with reason: `cleared: [{text: …, reason: …}]`."""
    return [
        values["text"]
        for values in _cleared_entries_in_head(text, name)
        if values["text"] and values["reason"]
    ]


def answered_in_head(text: str, name: str) -> frozenset[str]:
    """Return the digests of sentences answered in a page's head: `cleared: [{sentence: …, by: …, date: …}]`."""
    return frozenset(
        one["sentence"] for one in _cleared_entries_in_head(text, name) if one["by"] and one["date"]
    )


def _cleared_entries_in_head(text: str, name: str) -> Iterator[Mapping[str, str]]:
    if not text.startswith("---\n"):
        return
    head, _, _ = text[4:].partition("\n---")
    node, _ = parse(head + "\n", name)
    items = at(node, ("cleared",))
    for item in items.items if isinstance(items, ListNode) else ():
        fields = ("text", "reason", "sentence", "by", "date")
        yield {field: str(getattr(at(item, (field,)), "text", "")) for field in fields}


def has_place(data: bytes, words: str) -> bool:
    """Tell whether a picture holds coordinates or place (EXIF, IPTC, XMP)."""
    if _PLACE_IN_WORDS.search(words) or _PLACE_IN_IPTC.search(data):
        return True
    # Loaded where there are pictures.
    from PIL import Image

    try:
        if data[4:8] == b"ftyp" and (tiff := _TIFF.search(data)):
            # Nothing here shows the pictures of new telephones (HEIF), but where they were taken stands in them as in others.
            exif = Image.Exif()
            exif.load(_EXIF + data[tiff.start() :])
            return bool(exif.get_ifd(_GPS_IFD))
        with Image.open(BytesIO(data)) as picture:
            return bool(picture.getexif().get_ifd(_GPS_IFD))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        # What is no picture carries no place that a viewer would show.
        return False


CHECKS = (check_public_files,)
