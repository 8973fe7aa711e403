"""The files beside the records in, what in them says where a protected place is out: pages, lists, maps, pictures, names.

Of `content/` only pages reach the site, of `resources/` only records; every file of both is public through git.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath

from PIL import Image

from generator.check.clues import fold
from generator.check.lawful import PAGES as LAWFUL
from generator.check.protected import Protected, protected
from generator.check.protection import REFUGE
from generator.check.whereabouts import as_words, near_names, told
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.door import Door
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.site import Site
from generator.read.nodes import ListNode, at, parse
from generator.read.passages import Passage
from generator.read.project import Reading

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff"})
TEXTS = frozenset(
    {
        ".md",
        ".txt",
        ".csv",
        ".json",
        ".geojson",
        ".yml",
        ".yaml",
        ".svg",
        ".xml",
        ".html",
        ".css",
        ".js",
        ".ics",
    }
)
ON_A_MAP = ("resources/geometry/", "resources/context/", "resources/streets.csv")
_GPS_IFD = 0x8825
_BLOCK = re.compile(r"\n[ \t]*\n(?![ \t])|\n(?=[ \t]*(?:[-*+|>]|\d+\.)\s?)|\n(?=#)")
_HEADING = re.compile(r"\s*(#{1,6})\s")
_ENTRY = re.compile(r"[ \t]*(?:[-*+|>]|\d+\.)")
_SENTENCE_END = re.compile(r"[.!?]\s*$")
_SHORT_LINE = 100
_JSON_TEXT = re.compile(r'"((?:[^"\\]|\\.)*+)(?:"|\\?\Z)', re.DOTALL)


def check_public_files(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report whereabouts of protected places in pages, other files and their names, and pictures that know where they were taken."""
    if site.internal:
        return
    known = protected(site, reading)
    door = reading.door
    paths, found = _files(door)
    yield from found
    for path in paths:
        name = door.name(path)
        kind = path.suffix.lower()
        yield from _name(name, known)
        picture = kind in PICTURES and name.startswith("content/")
        if not picture and kind not in TEXTS:
            if name.startswith("content/") and known.own:
                yield diagnostic("datei-ungelesen", Position(name))
            continue
        if known.names is None and name.startswith(ON_A_MAP):
            continue
        data, problems = door.read(path)
        yield from problems
        if data is None:
            continue
        if picture:
            if has_place(data):
                yield diagnostic("bild-mit-ort", Position(name), name=path.name)
        else:
            # What is no UTF-8 is reported where the file is read for what it is.
            yield from _text(data.decode("utf-8-sig", "replace").replace("\r\n", "\n"), kind, name, known)


def _files(door: Door) -> tuple[list[Path], list[Diagnostic]]:
    """Return the files that are public, but no records: those have a check of their own."""
    root = door.project
    paths = [root / name for name in ("site_config.yml", "mkdocs.yml") if door.holds(root / name)]
    found: list[Diagnostic] = []
    for folder in ("content", "resources"):
        below, problems = door.below(root / folder)
        found += problems
        for path in below:
            record = folder == "resources" and path.parent.name in KIND_BY_FOLDER and path.suffix == ".yml"
            if not record and not path.name.startswith("."):
                paths.append(path)
    return paths, found


def _name(name: str, known: Protected) -> Iterator[Diagnostic]:
    """A file whose name speaks of something protected says nothing of where it is."""
    words = as_words(name.split("/", 1)[-1])
    spoken = next((one for one in known.hidden_names if fold(one) in fold(words)), "")
    refuge = REFUGE.search(words.replace(" ", ""))
    if not spoken and refuge is None:
        return
    for clue in known.gazetteer.clues(words):
        if clue.certain and fold(clue.text) not in fold(spoken):
            yield diagnostic(
                "ort-im-namen", Position(name), name=spoken or (refuge[0] if refuge else ""), value=clue.text
            )


def _text(text: str, kind: str, name: str, known: Protected) -> Iterator[Diagnostic]:
    about = _about(name, known)
    if not about and not known.named(text) and not known.spoken_of(text):
        return
    lines = tuple(text.split("\n"))
    if name.startswith(ON_A_MAP):
        yield from _on_a_map(lines, name, known)
    elif kind == ".md":
        yield from _page(text, lines, name, known)
    elif kind == ".json":
        for number, line in enumerate(lines, 1):
            for match in _JSON_TEXT.finditer(line):
                passage = Passage(match[1], (), Position(name, number, match.start(1) + 1), lines)
                yield from told(passage, *near_names(match[1], known, ()))
    else:
        for number, line in enumerate(lines, 1):
            passage = Passage(line, (), Position(name, number), lines)
            yield from told(passage, *near_names(line, known, ()))


def _on_a_map(lines: tuple[str, ...], name: str, known: Protected) -> Iterator[Diagnostic]:
    for number, line in enumerate(lines, 1):
        spoken = known.named(line)
        if spoken:
            position = Position(name, number, line.find(spoken) + 1, len(spoken))
            yield diagnostic("name-eines-geschuetzten-ortes", position, name=spoken)


def _page(text: str, lines: tuple[str, ...], name: str, known: Protected) -> Iterator[Diagnostic]:
    """Search a page block by block.

    What a page is about (its title, its address) counts for all of it, a heading for what stands below it, and a short line
    ("**Frauenhaus …**") for the block that follows.
    """
    cleared = cleared_in_head(text, name)
    about = _about(name, known)
    headings: dict[int, str] = {0: about}
    before = ""
    start = 0
    for end in [*(match.start() for match in _BLOCK.finditer(text)), len(text)]:
        block = text[start:end]
        passage = Passage(block, (), Position(name, text.count("\n", 0, start) + 1), lines)
        spoken = known.named(block)
        if match := _HEADING.match(block):
            headings = {level: one for level, one in headings.items() if level < len(match[1])}
            headings[len(match[1])] = spoken
        elif start == 0 and block.startswith("---") and spoken:
            headings[0] = spoken
        of = next((one for _, one in sorted(headings.items(), reverse=True) if one), "")
        if not of and before and not _siblings(before, block):
            of = known.named(before)
        yield from told(passage, *near_names(block, known, cleared, spoken_of=of))
        before = block if spoken and len(block) < _SHORT_LINE and not _SENTENCE_END.search(block) else ""
        start = end


def _about(name: str, known: Protected) -> str:
    """Return the address of the protected record's page that a hand-written page replaces, or nothing."""
    address = re.sub(r"(?:/index)?\.md$", "", name)
    return next((page for page in sorted(known.pages) if address.endswith(f"/{page}")), "")


def _siblings(before: str, block: str) -> bool:
    """Tell whether two blocks are entries of one list or rows of one table."""
    first, second = (_ENTRY.match(item.lstrip("\n")) for item in (before, block))
    return first is not None and second is not None and first[0] == second[0]


def content_pages(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield the hand-written pages by their files, but for the lawful ones, which name persons."""
    for name, text in reading.pages.items():
        if PurePosixPath(name).stem not in LAWFUL:
            yield f"content/{name}", text.replace("\r\n", "\n")


def cleared_in_head(text: str, name: str) -> list[str]:
    """Return the passages that the head of a page clears: `cleared: [{text: …, reason: …}]`; one without a reason doesn't count."""
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


def has_place(data: bytes) -> bool:
    """Tell whether a picture says where it was taken: EXIF, or XMP in any format."""
    if b"GPSLatitude" in data:
        return True
    try:
        with Image.open(BytesIO(data)) as picture:
            return bool(picture.getexif().get_ifd(_GPS_IFD))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        # What is no picture carries no place that a viewer would show.
        return False
