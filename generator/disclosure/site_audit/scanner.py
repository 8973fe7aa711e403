"""Files of a website in; every text that could hold a figure, with what stands around it, out.

Knows nothing of how the site was made and imports nothing that made its pages: HTML tables, prose, alternative texts, texts inside
drawings and data attributes; CSV, JSON, XLSX; feeds, calendars and other text files line by line.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.disclosure.numbers_in_text import holds_number
from generator.disclosure.site_audit.markup import leaves, read_markup
from generator.disclosure.site_audit.mention import Mention
from generator.files.door import Door, in_german

_DIGIT = re.compile(r"\d")
# Scripts, styles, pictures and fonts of the theme hold no figures; data inside a script file would be JSON.
SKIPPED = frozenset({".js", ".css", ".woff2", ".woff", ".png", ".jpg", ".webp", ".ico", ".map", ".pmtiles"})


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read back."""

    file: str
    reason: str


def _says_something(item: Mention | Unread) -> bool:
    return isinstance(item, Unread) or holds_number(item.text)


def scan(site: Path, wanted: Callable[[str, bytes], bool] | None = None) -> Iterator[Mention | Unread]:
    """Yield all mentions of all files; `wanted` can leave out files by path and content before they are taken apart."""
    door = Door(site)
    paths, found = door.below(site)
    yield from (Unread(item.position.file, item.message) for item in found)
    for path in sorted(paths):
        if path.suffix in SKIPPED:
            continue
        name = door.name(path)
        data, found = door.read(path)
        yield from (Unread(name, item.message) for item in found)
        if data is None:
            continue
        if path.suffix != ".xlsx" and wanted is not None and not wanted(name, data):
            continue
        try:
            yield from filter(_says_something, _read(name, path.suffix, data))
        except (ValueError, KeyError, csv.Error, zipfile.BadZipFile, RecursionError) as error:
            yield Unread(name, in_german(error))


def _read(name: str, suffix: str, data: bytes) -> Iterator[Mention]:
    if suffix == ".xlsx":
        yield from _workbook(name, data)
        return
    text = data.decode("utf-8-sig", errors="replace")
    if suffix in (".html", ".htm", ".svg", ".xml", ".rdf", ".atom"):
        yield from read_markup(name, text)
    elif suffix == ".csv":
        separator = max((";", ",", "\t"), key=text.split("\n", 1)[0].count)
        yield from _rows(name, list(csv.reader(io.StringIO(text), delimiter=separator)), ())
    elif suffix in (".json", ".geojson", ".jsonld", ".webmanifest"):
        yield from _value(name, json.loads(text))
    else:
        for number, block in enumerate(re.split(r"\n(?:[^\S\n]*+\n)+", text), 1):
            yield Mention(name, f"Absatz {number}", " ".join(block.split()), ())


def _workbook(name: str, data: bytes) -> Iterator[Mention]:
    # Loaded where a site holds one: a town without figures need not have it (the extra `figures`).
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), data_only=False)
    # What a formula comes to is kept beside it; where it isn't, the formula itself is read.
    computed = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    for sheet in book.worksheets:
        rows = []
        shown = computed[sheet.title].iter_rows(values_only=True)
        for line, values in zip(sheet.iter_rows(values_only=True), shown, strict=True):
            rows.append([_written(*both) for both in zip(line, values, strict=True)])
        yield from _rows(name, rows, (str(sheet.title),))
        yield from _comments(name, sheet)
    properties = book.properties
    for text in (properties.title, properties.subject, properties.description, properties.keywords):
        if text:
            yield Mention(name, "Eigenschaften", str(text), ())


def _written(cell: Any, value: Any) -> str:
    """Return what a cell shows: what a formula comes to, where that is kept beside it, else what stands in it."""
    shown = cell if value is None else value
    return "" if cell is None else str(shown)


def _comments(name: str, sheet: Any) -> Iterator[Mention]:
    """Yield what is noted at the cells of a worksheet."""
    for line in sheet.iter_rows():
        for cell in line:
            if cell.comment is not None:
                place = f"{sheet.title}!{cell.coordinate}"
                yield Mention(name, place, str(cell.comment.text), (sheet.title,))


def _rows(name: str, rows: list[list[str]], around: tuple[str, ...]) -> Iterator[Mention]:
    """Take each row as a record: a cell's neighbours and its heading say what it is about.

    The heading is the last row above that holds several texts and neither number nor formula.
    """
    head: list[str] = []
    title: list[str] = []
    for number, row in enumerate(rows, 1):
        filled = [cell for cell in row if cell.strip()]
        is_head = len(filled) > 1 and not any(_is_figure(cell) for cell in filled)
        if is_head:
            head = row
        elif len(filled) == 1:
            title.append(filled[0])
        for column, cell in enumerate(row):
            if not cell.strip():
                continue
            heading = head[column] if column < len(head) and not is_head else ""
            others = " | ".join(filter(None, [*row[:column], *row[column + 1 :]]))
            context = (heading, others, *around, " | ".join(title[:4]))
            yield Mention(name, f"Zeile {number}, Spalte {column + 1}", cell, context, heading, True)


def _is_figure(cell: str) -> bool:
    """Whether a cell holds a number or a formula with one."""
    return bool(_DIGIT.search(cell) and re.fullmatch(r"=.+|[\d.,\s%-]+", cell))


def _value(name: str, value: Any) -> Iterator[Mention]:
    title = ""
    if isinstance(value, dict):
        title = " | ".join(str(item) for item in value.values() if isinstance(item, str))
    for number, (key, near, text) in enumerate(leaves(value), 1):
        yield Mention(name, f"Wert {number}", text, near, key, True, (title,))
