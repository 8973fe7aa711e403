"""Search all files beside the records for where a protected place is.

Every file that git keeps is public, whether it reaches the site or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, partial
from io import BytesIO
from pathlib import Path, PurePosixPath

from generator.check.clues import fold
from generator.check.protected import Protected, is_leftover, leftover_of, protected, remembered
from generator.check.unfinished import PAGES as LAWFUL
from generator.check.whereabouts import as_words, clue_messages, near_names, perhaps
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.git import kept_files
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.site import Site
from generator.read.file_words import is_picture, printed, words_of
from generator.read.hidden_places import hinted, refuge_named
from generator.read.nodes import ListNode, at, parse
from generator.read.project import Reading
from generator.read.written_texts import Passage

_READ_ANYWAY = ("content/", "resources/")
# Full of addresses: here only protected names are searched.
ON_A_MAP = ("resources/geometry/", "resources/context/", "resources/osm/", "resources/streets.csv")
_GPS_IFD = 0x8825  # EXIF's number of the coordinates
# Of Markdown: where a paragraph, entry or heading begins; „## Haus“, <h2>, „Haus“ above „===“; „[^1]: Haus“ for notes and links.
_BLOCK = re.compile(r"\n[ \t]*\n(?![ \t])|\n(?=[ \t]*(?:[-*+|>]|\d+\.)\s?)|\n(?=#)")
_HEADING = re.compile(r"\s{0,6}(?:(#{1,6})\s|<h([1-6])\b)|\s{0,6}\S[^\n]{0,200}\n(=+|-+)\Z", re.IGNORECASE)
_DEFINITION = re.compile(r"\s{0,6}\[\^?([^\]\n]{1,200})\]:")
_CLOSE = 3
"""So many lines above and below the name of something protected are about it, in a file that is no page."""
_ENTRY = re.compile(r"[ \t]*(?:[-*+|>]|\d+\.)")  # of a list or table
_SENTENCE_END = re.compile(r"[.!?]\s*$")
_SHORT_LINE = 100
"""A shorter block without full stop, in letters, is about the next one."""
_EXIF, _TIFF = b"Exif\0\0", re.compile(rb"MM\0\*|II\*\0")
_PLACE_IN_WORDS = re.compile("GPSLatitude|Iptc4xmp(?:Core|Ext):Location|photoshop:City")
_PLACE_IN_IPTC = re.compile(rb"\x1c\x02[\x5a\x5c]\0[\x01-\x40]")  # its fields 90 (city) and 92 (part of it)
_PICTURE = "picture"
_JSON_TEXT = re.compile(r'"((?:[^"\\]++|\\.)*)(?:"|\\?\Z)', re.DOTALL)  # maybe cut at the end of its line


def check_public_files(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report protected whereabouts in pages, files, names and pictures' metadata."""
    if site.internal:
        return
    known = protected(site, reading)
    disk = reading.disk
    paths, found = _files(reading)
    yield from found
    for path in paths:
        name = disk.name(path)
        yield from _name(name, known)
        if is_leftover(name):
            yield diagnostic("rest-eines-editors", Position(name))
        if known.wording.names is None and name.startswith(ON_A_MAP):
            continue
        data, problems = disk.read(path)
        yield from problems
        if data is not None:
            yield from _content(data, name, known)


def _content(data: bytes, name: str, known: Protected) -> Iterator[Diagnostic]:
    """Search what a file holds, by what it is."""
    picture, leftover = is_picture(data), is_leftover(name)
    words = words_of(data) or (printed(data) if leftover else None)
    if words is None and known.levels:
        yield diagnostic("datei-ungelesen", Position(name))
    text = (words or "").replace("\r\n", "\n")
    if picture and has_place(data, text):
        yield diagnostic("bild-mit-ort", Position(name), name=PurePosixPath(name).name)
    yield from remembered(text, name, known)
    # What is no UTF-8 is reported where the file is read for what it is.
    yield from _text(text, _PICTURE if picture else PurePosixPath(name).suffix.lower(), name, known)


def _files(reading: Reading) -> tuple[list[Path], list[Diagnostic]]:
    """Return public files that aren't records.

    In `content/` and `resources/` all are read, elsewhere, and in dot folders, what git keeps.
    """
    disk, root = reading.disk, reading.root
    paths = [root / name for name in ("site_config.yml", "mkdocs.yml") if disk.holds(root / name)]
    pages, found = disk.below(root / "content")
    below, problems = disk.below(root / "resources")
    paths += pages
    paths += reading.cache.latest(_beside, below, partial(_beside, below))
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


def _beside(paths: list[Path]) -> list[Path]:
    """Return the files that are no records."""
    return [
        path
        for path in paths
        if path.parent.name not in KIND_BY_FOLDER or path.suffix != ".yml" or path.name.startswith(".")
    ]


def _name(name: str, known: Protected) -> Iterator[Diagnostic]:
    """Report whereabouts in a file's name."""
    words = as_words(name.split("/", 1)[-1])
    spoken = next(
        (one for one in known.hidden_names if fold(one) in fold(words)), ""
    ) or known.wording.own_word(words)
    spoken = spoken or refuge_named(words) or refuge_named(words.replace(" ", ""))
    for clue in known.gazetteer.clues(words) if spoken else ():
        if clue.certain and fold(clue.text) not in fold(spoken):
            yield diagnostic("ort-im-namen", Position(name), name=spoken, value=clue.text)


def _text(text: str, kind: str, name: str, known: Protected) -> Iterator[Diagnostic]:
    """Search a file's text if name or text may mean something protected."""
    if not any(
        (
            _about(name, known),
            leftover_of(name, known),
            known.wording.spoken_of(_called(name)),
            kind == _PICTURE,
            known.wording.mention(text),
            kind == ".md" and hinted(text),
        )
    ):
        return
    lines = tuple(text.split("\n"))
    if kind == _PICTURE:
        lines = (as_words(PurePosixPath(name).stem), *lines)
    if name.startswith(ON_A_MAP):
        yield from _on_a_map(lines, name, known)
    elif kind == ".md" and not is_leftover(name):
        yield from _page(text, lines, name, known)
    else:
        yield from _lines(lines, kind, name, known)


def _lines(lines: tuple[str, ...], kind: str, name: str, known: Protected) -> Iterator[Diagnostic]:
    """Search a file by lines or JSON texts; places near a protected name, but not beside it, only make one ask."""
    # Most texts of a JSON file and cells of a table stand there many times.
    mention = cache(known.wording.mention)
    parts = [(*part, mention(part[1])) for part in _parts(lines, kind)]
    named = {number: spoken for number, _, _, spoken in parts if spoken}
    record = leftover_of(name, known)
    for number, text, column, spoken in parts:
        passage = Passage(text, (), Position(name, number, column), lines)
        if record or spoken:
            yield from clue_messages(passage, *near_names(text, known, (), spoken_of=record))
        elif named:
            yield from clue_messages(passage, *perhaps(text, known, (), _close_by(number, kind, named)))


def _parts(lines: tuple[str, ...], kind: str) -> list[tuple[int, str, int]]:
    """Return (line, text, column) of lines or of JSON texts."""
    numbered = list(enumerate(lines, 1))
    if kind != ".json":
        return [(number, line, 1) for number, line in numbered]
    parts: list[tuple[int, str, int]] = []
    for number, line in numbered:
        parts += [(number, match[1], match.start(1) + 1) for match in _JSON_TEXT.finditer(line)]
    return parts


def _close_by(number: int, kind: str, named: Mapping[int, str]) -> str:
    """Return the protected name in a line close by (`named`, by line). In tables none is; in a picture all are."""
    reach = {".csv": 0, ".tsv": 0, _PICTURE: max(named, default=0) + number}.get(kind, _CLOSE)
    return next((protected_name for at, protected_name in named.items() if abs(at - number) <= reach), "")


def _on_a_map(lines: tuple[str, ...], name: str, known: Protected) -> Iterator[Diagnostic]:
    for number, line in enumerate(lines, 1):
        spoken = known.wording.named(line)
        if spoken:
            position = Position(name, number, max(line.find(spoken), 0) + 1, len(spoken))
            yield diagnostic("name-eines-geschuetzten-ortes", position, name=spoken)


def _page(text: str, lines: tuple[str, ...], name: str, known: Protected) -> Iterator[Diagnostic]:
    """Search a page by blocks, in context (`_BlockSubject`)."""
    cleared = cleared_in_head(text, name)
    blocks = list(_blocks(text))
    subject = _BlockSubject(name, _led_to([block for _, block in blocks], known), known)
    for start, block in blocks:
        passage = Passage(block, (), Position(name, text.count("\n", 0, start) + 1), lines)
        subject.enter(block, first=start == 0)
        about = subject.of(block)
        if about or known.wording.hint(block):
            yield from clue_messages(passage, *near_names(block, known, cleared, spoken_of=about))
        else:
            yield from clue_messages(passage, *perhaps(block, known, cleared, subject.last or subject.asking))
        subject.leave(block)


class _BlockSubject:
    """What the next block of a page is about.

    A page's title, name and address count for all of it, a heading for what is below, a short line
    ("**Frauenhaus …**") for the next block, a name for its note or link (`led`). What else is below a name's
    heading (`last`), or on a page on refuges (`asking`), makes one ask; a list's other entries don't.
    """

    def __init__(self, name: str, led: Mapping[str, str], known: Protected) -> None:
        self.wording = known.wording
        self.led = led
        self.headings = {0: _about(name, known)}
        """The protected name in each heading above, by level; 0 is the page."""
        self.asking = known.wording.spoken_of(_called(name))
        self.last = ""
        self.before = ""

    def enter(self, block: str, *, first: bool) -> None:
        """Take in a heading or page's head before searching it."""
        match = _HEADING.match(block)
        if match is not None:
            self._begin(block, _level(match))
        elif first and block.startswith("---"):
            self.headings[0] = self.headings[0] or self.wording.named(block)
            self.asking = self.asking or self.wording.spoken_of(block)

    def _begin(self, heading: str, level: int) -> None:
        self.headings = {above: one for above, one in self.headings.items() if above < level}
        self.headings[level] = self.wording.named(heading)
        self.last = self.wording.spoken_of(heading)
        if level == 1 and self.last:
            self.asking = self.last

    def of(self, block: str) -> str:
        """Return the protected name a block is about, else empty."""
        about = next(
            (self.headings[level] for level in sorted(self.headings, reverse=True) if self.headings[level]),
            "",
        )
        match = _DEFINITION.match(block)
        if match is not None:
            about = about or self.led.get(match[1].casefold(), "")
        if not about and self.before and not _siblings(self.before, block):
            return self.wording.named(self.before)
        return about

    def leave(self, block: str) -> None:
        """Keep what a block says of those after it."""
        spoken = self.wording.named(block)
        self.before = ""
        if spoken and len(block) < _SHORT_LINE and not _SENTENCE_END.search(block):
            self.before = block
        if _ENTRY.match(block.lstrip("\n")) is None:
            self.last = spoken or self.wording.spoken_of(block) or self.last


def _level(heading: re.Match[str]) -> int:
    """Return a heading's depth, by marks, tag or underline."""
    marks, digit, underline = heading.groups()
    if marks:
        return len(marks)
    if digit:
        return int(digit)
    if underline.startswith("="):
        return 1
    return 2


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield the blocks of a page with where they begin."""
    start = 0
    for end in [*(match.start() for match in _BLOCK.finditer(text)), len(text)]:
        yield start, text[start:end]
        start = end


def _led_to(blocks: list[str], known: Protected) -> dict[str, str]:
    """Return protected names by the marks of notes and links ("[^1]") beside them."""
    led: dict[str, str] = {}
    for block in blocks:
        spoken = known.wording.named(block)
        if spoken and not _DEFINITION.match(block):
            marks = re.findall(r"\[\^?([^\[\]\n]{1,200})\]", block)
            led |= dict.fromkeys([mark.casefold() for mark in marks], spoken)
    return led


def _about(name: str, known: Protected) -> str:
    """Return the protected name a page's address or name means, else empty."""
    address = re.sub(r"(?:/index)?\.md$", "", name)
    page = next((page for page in sorted(known.pages) if address.endswith(f"/{page}")), "")
    return page or known.wording.named(_called(name))


def _called(name: str) -> str:
    """Return a page's name as words; other files have none."""
    return as_words(name.removesuffix(".md")) if name.endswith(".md") else ""


def _siblings(before: str, block: str) -> bool:
    """Tell whether blocks are entries of one list or table."""
    first, second = (_ENTRY.match(item.lstrip("\n")) for item in (before, block))
    return first is not None and second is not None and first[0] == second[0]


def content_pages(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield hand-written pages without lawful ones, which name persons."""
    for name, text in reading.pages.items():
        if PurePosixPath(name).stem not in LAWFUL:
            yield f"content/{name}", text.replace("\r\n", "\n")


def cleared_in_head(text: str, name: str) -> list[str]:
    """Return passages cleared in a page's head, with reason: `cleared: [{text: …, reason: …}]`."""
    if not text.startswith("---\n"):
        return []
    head, _, _ = text[4:].partition("\n---")
    node, _ = parse(head + "\n", name)
    items = at(node, ("cleared",))
    if not isinstance(items, ListNode):
        return []
    return [
        str(getattr(at(item, ("text",)), "text", ""))
        for item in items.items
        if getattr(at(item, ("reason",)), "text", "") and getattr(at(item, ("text",)), "text", "")
    ]


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
