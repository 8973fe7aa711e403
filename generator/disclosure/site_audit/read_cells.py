"""Read the cells of a website's tables, drawings and data, with what they are about.

Knows nothing of how the site was made. Prose isn't read.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.files.disk import Disk, in_german

MARKUP = frozenset({".html", ".svg"})
DATA = frozenset({".json", ".geojson"})
TABLES = frozenset({".csv", ".xlsx"})
TAGS = frozenset({"title", "h1", "h2", "h3", "caption", "td", "th", "text", "g", "script"})
"""Elements whose text is read."""
SHORT = 80
"""A longer text is prose."""


class Unread(Struct, frozen=True):
    """A file that could not be read back."""

    file: str
    reason: str


class ReadCell(Struct, frozen=True):
    """A text with number and line; `about` runs from near to far: column, row, table, page."""

    file: str
    line: int
    text: str
    heading: str
    about: tuple[str, ...]


def read_site(site: Path, is_wanted: Callable[[str, str], bool]) -> Iterator[ReadCell | Unread]:
    """Yield cells of files wanted by name and text."""
    disk = Disk(site)
    paths, found = disk.below(site)
    yield from (Unread(item.position.file, item.message) for item in found)
    for path in sorted(paths):
        if path.suffix not in MARKUP | DATA | TABLES:
            continue
        name = disk.name(path)
        data, found = disk.read(path)
        yield from (Unread(name, item.message) for item in found)
        text = (data or b"").decode("utf-8-sig", errors="replace")
        # Nobody can look into a workbook before it is taken apart.
        if data is None or not (path.suffix == ".xlsx" or is_wanted(name, text)):
            continue
        try:
            cells = _workbook(name, data) if path.suffix == ".xlsx" else _read(name, path.suffix, text)
            yield from (cell for cell in cells if re.search(r"\d", cell.text))
        except (ValueError, KeyError, csv.Error, zipfile.BadZipFile, RecursionError) as error:
            yield Unread(name, in_german(error))


def _read(name: str, suffix: str, text: str) -> Iterator[ReadCell]:
    if suffix in MARKUP:
        page = _Page(name)
        page.feed(text)
        page.close()
        yield from page.found
    elif suffix == ".csv":
        separator = max((";", ",", "\t"), key=text.split("\n", 1)[0].count)
        yield from _table(name, list(csv.reader(io.StringIO(text), delimiter=separator)), "")
    else:
        yield from _leaves(name, 1, json.loads(text), "", ())


def _workbook(name: str, data: bytes) -> Iterator[ReadCell]:
    # Loaded where a site holds one: a town without figures need not have it (the extra `figures`).
    import openpyxl

    for sheet in openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets:
        rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
        yield from _table(name, rows, str(sheet.title))


def _table(name: str, rows: Sequence[Sequence[str]], title: str) -> Iterator[ReadCell]:
    """Yield a table's cells, with the last row of texts above as head."""
    head: Sequence[str] = ()
    for line, row in enumerate(rows, 1):
        filled = [cell for cell in row if cell.strip()]
        if len(filled) > 1 and not any(re.fullmatch(r"[.,\s%-]*\d[\d.,\s%-]*", cell) for cell in filled):
            head = row
        elif len(filled) == 1:
            title = f"{title} | {filled[0]}"
        else:
            yield from _row(name, line, head, row, (title,))


def _row(
    name: str, line: int, head: Sequence[str], row: Sequence[str], above: tuple[str, ...]
) -> Iterator[ReadCell]:
    for column, text in enumerate(row):
        heading = head[column] if column < len(head) else ""
        others = " | ".join((*row[:column], *row[column + 1 :]))
        yield ReadCell(name, line, text, heading, (heading, row[0], others, *above))


def _leaves(name: str, line: int, value: Any, key: str, near: tuple[str, ...]) -> Iterator[ReadCell]:
    """Yield data values with key and neighbours, and those of the three groups around."""
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else ((key, item) for item in value)
        plain = [str(item) for _, item in items if not isinstance(item, dict | list | None)]
        beside = " | ".join(text for text in plain if len(text) < SHORT)
        for field, item in value.items() if isinstance(value, dict) else ((key, item) for item in value):
            yield from _leaves(name, line, item, field, (field, beside, *near[:6]))
    elif value is not None and not isinstance(value, bool):
        yield ReadCell(name, line, str(value), key, near)


class _Page(HTMLParser):
    """Collects a page's cells from tables, drawings and data."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.name = name
        self.found: list[ReadCell] = []
        # The read elements that haven't ended: name, attributes, texts.
        self.open: list[tuple[str, dict[str, str | None], list[str]]] = []
        # Its title and headings of the first level.
        self.page: list[str] = []
        self.caption = ""
        self.head: list[str] = []
        self.row: list[str] = []
        # What `data-sort` says of each cell of the row.
        self.behind: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a read element, a new table or row."""
        if tag == "table":
            self.head = []
        elif tag == "tr":
            self.row, self.behind = [], []
        elif tag in TAGS:
            self.open.append((tag, dict(attrs), []))

    def handle_data(self, data: str) -> None:
        """Add a text to every element that is open."""
        for _, _, texts in self.open:
            texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        """End the innermost element of this kind."""
        if tag == "tr":
            self._end_row()
        elif any(one[0] == tag for one in self.open):
            while True:
                name, attrs, texts = self.open.pop()
                text = " ".join(" ".join(texts).replace("\u00ad", "").split())
                self._end(name, attrs, text)
                if name == tag:
                    break

    def _end(self, tag: str, attrs: dict[str, str | None], text: str) -> None:
        """Take in what a finished element says."""
        above = (self.caption, *self.page)
        line = self.getpos()[0]
        if tag == "h1" or (tag == "title" and not self.page):
            self.page.insert(0, text)
        elif tag in ("h2", "h3", "caption"):
            self.caption = text
        elif tag in ("td", "th"):
            self.row.append(text)
            self.behind.append(attrs.get("data-sort") or "")
        elif tag == "script" and "json" in (attrs.get("type") or ""):
            self.found += _leaves(self.name, line, json.loads(text), "", above)
        elif tag != "script" and len(text) < SHORT and any(map(str.isalpha, text)):
            self.found.append(ReadCell(self.name, line, text, "", above))

    def _end_row(self) -> None:
        """Take in a row; a table's first one is its head. `data-sort` may say a number that the text hides."""
        if not self.head:
            self.head = self.row
            return
        above = (self.caption, *self.page)
        line = self.getpos()[0]
        self.found += _row(self.name, line, self.head, self.row, above)
        behind = [value or text for value, text in zip(self.behind, self.row, strict=True)]
        if behind != self.row:
            self.found += _row(self.name, line, self.head, behind, above)
