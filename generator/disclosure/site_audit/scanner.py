"""Read the files of a website cell by cell: tables, drawings and data.

Knows nothing of how the site was made and imports nothing that made its pages: tables and drawings of pages, SVG, CSV, JSON, XLSX.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.disclosure.site_audit.markup import Mention, labels, leaves, read_markup
from generator.files.door import Door, in_german

MARKUP = frozenset({".html", ".htm", ".svg"})
DATA = frozenset({".json", ".geojson", ".jsonld"})
TABLES = frozenset({".csv", ".xlsx"})


class Unread(Struct, frozen=True):
    """A file that could not be read back."""

    file: str
    reason: str


def scan(site: Path, wanted: Callable[[str, bytes], bool] | None = None) -> Iterator[Mention | Unread]:
    """Yield all cells of all files; `wanted` can leave out files by path and content before they are taken apart."""
    door = Door(site)
    paths, found = door.below(site)
    yield from (Unread(item.position.file, item.message) for item in found)
    for path in sorted(paths):
        if path.suffix not in MARKUP | DATA | TABLES:
            continue
        name = door.name(path)
        data, found = door.read(path)
        yield from (Unread(name, item.message) for item in found)
        if data is None:
            continue
        # Nobody can look into a workbook before it is taken apart.
        if path.suffix != ".xlsx" and wanted is not None and not wanted(name, data):
            continue
        try:
            for mention in _read(name, path.suffix, data):
                if re.search(r"\d", mention.text):
                    yield mention
        except (ValueError, KeyError, csv.Error, zipfile.BadZipFile, RecursionError) as error:
            yield Unread(name, in_german(error))


def _read(name: str, suffix: str, data: bytes) -> Iterator[Mention]:
    if suffix == ".xlsx":
        yield from _workbook(name, data)
        return
    text = data.decode("utf-8-sig", errors="replace")
    if suffix in MARKUP:
        yield from read_markup(name, text)
    elif suffix == ".csv":
        separator = max((";", ",", "\t"), key=text.split("\n", 1)[0].count)
        yield from _rows(name, list(csv.reader(io.StringIO(text), delimiter=separator)), ())
    else:
        yield from _value(name, json.loads(text))


def _workbook(name: str, data: bytes) -> Iterator[Mention]:
    # Loaded where a site holds one: a town without figures need not have it (the extra `figures`).
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), data_only=False)
    # What a formula comes to is kept beside it; where it isn't, the formula itself is read.
    computed = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    for sheet in book.worksheets:
        title = str(sheet.title)
        rows: list[list[str]] = []
        for line, beside in zip(sheet.iter_rows(), computed[title].iter_rows(), strict=True):
            rows.append([_written(*both) for both in zip(line, beside, strict=True)])
        yield from _rows(name, rows, (title,))


def _written(cell: Any, computed: Any) -> str:
    """Return what a cell shows: what a formula comes to, where that is kept beside it, else what stands in it."""
    if cell.value is None:
        return ""
    return str(cell.value if computed.value is None else computed.value)


def _rows(name: str, rows: list[list[str]], around: tuple[str, ...]) -> Iterator[Mention]:
    """Take each row as a record: a cell's neighbours and its heading say what it is about.

    The heading is the last row above that holds several texts and neither number nor formula.
    """
    head: list[str] = []
    title: list[str] = []
    for number, row in enumerate(rows, 1):
        filled = [cell for cell in row if cell.strip()]
        is_head = len(filled) > 1 and not any(map(_is_figure, filled))
        if is_head:
            head = row
        elif len(filled) == 1:
            title.append(filled[0])
        for column, cell in enumerate(row):
            heading = head[column] if column < len(head) and not is_head else ""
            others = " | ".join(filter(None, [*row[:column], *row[column + 1 :]]))
            yield Mention(name, number, cell, (heading, others, *around, " | ".join(title[:4])), heading)


def _is_figure(cell: str) -> bool:
    """Whether a cell holds a number or a formula with one."""
    return bool(re.search(r"\d", cell) and re.fullmatch(r"=.+|[\d.,\s%-]+", cell))


def _value(name: str, value: Any) -> Iterator[Mention]:
    title = ""
    if isinstance(value, dict):
        title = labels(item for item in value.values() if isinstance(item, str))
    for key, near, text in leaves(value):
        yield Mention(name, 1, text, near, key, (title,))
