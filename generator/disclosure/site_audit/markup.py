"""HTML, SVG or XML in; every cell of its tables, sentence, alternative text and attribute with its context out."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from generator.disclosure.numbers_in_text import APART, holds_number
from generator.disclosure.site_audit.mention import Mention
from generator.disclosure.site_audit.svg_texts import DrawingTexts

# Attributes that people hear or that scripts read.
SPOKEN = (
    *("alt", "aria-label", "title", "content", "aria-description", "aria-valuetext", "aria-valuenow"),
    *("summary", "value", "placeholder", "label"),
)
CELLS = frozenset({"td", "th"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BOXES = frozenset({"div", "section", "main", "header", "footer"})
BLOCKS = (
    frozenset(
        {"p", "li", "dt", "dd", "figcaption", "summary", "blockquote", "text", "title", "desc", "option"}
    )
    | frozenset({"button", "label", "entry", "item", "description", "caption", "a"})
    | CELLS
    | HEADINGS
    | BOXES
)
SILENT = frozenset({"style", "script"})
READ = BLOCKS | SILENT
ROWS = frozenset({"thead", "tbody", "tr"})
# What a visitor fills in: an age, a day, a number of kilometres.
FILLED_IN = frozenset({"number", "range", "date", "time", "tel", "checkbox", "radio"})
# Within a word these may stand; every other element ends it.
INLINE = frozenset({"b", "i", "em", "strong", "sub", "sup", "u", "abbr", "mark", "wbr", "s", "small"})


@dataclass
class _Grid:
    caption: str = ""
    head: list[str] = field(default_factory=list)
    rows: list[list[tuple[str, str]]] = field(default_factory=list)
    heads: int = 0
    in_head: bool = False
    line: int = 0

    def open(self, tag: str) -> None:
        """Note that a head, a body or a row begins."""
        if tag == "tr":
            self.rows.append([])
        else:
            self.in_head = tag == "thead"

    def close_cell(self, tag: str, text: str, raw: str) -> None:
        """Take a cell that is read to its end; `raw` is what its data attributes hold."""
        if self.in_head:
            self.head.append(text)
        elif self.rows:
            self.rows[-1].append((text, raw))
            self.heads += tag == "th" and len(self.rows) == 1


class _MarkupReader(HTMLParser):
    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.name = name
        self.found: list[Mention] = []
        self.title = ""
        self.headings: dict[int, str] = {}
        self.grids: list[_Grid] = []
        self.stack: list[tuple[str, list[str]]] = []
        self.script: list[str] | None = None
        self.drawings: list[DrawingTexts] = []
        self.term = ""
        self.summaries: list[str] = []

    # --- where we are

    def around(self) -> tuple[str, ...]:
        """What stands above, nearest first."""
        near = [self.headings[level] for level in sorted(self.headings, reverse=True) if level > 1]
        grid = [self.grids[-1].caption] if self.grids else []
        return (*grid, *reversed(self.summaries), *near)

    def page(self) -> tuple[str, ...]:
        """What the whole page is about."""
        return (self.headings.get(1, ""), self.title, self.name)

    def say(
        self,
        text: str,
        what: str,
        near: tuple[str, ...] = (),
        heading: str = "",
        structured: bool = False,
        loose: bool = False,
    ) -> None:
        words = _joined(text)
        if holds_number(words):
            place = f"Zeile {self.getpos()[0]} ({what})"
            context = (*near, *self.around())
            self.found.append(
                Mention(self.name, place, words, context, heading, structured, self.page(), loose)
            )

    # --- events

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        self._part(tag)
        self._open(tag, values)
        if tag in CELLS:
            raw = " ".join(value for key, value in values.items() if key.startswith("data-"))
            self.stack.append((tag, [raw]))
            return
        self._attributes(tag, values)
        if tag in READ:
            self.stack.append((tag, []))

    def _open(self, tag: str, values: dict[str, str]) -> None:
        """Note that a part begins in which others lie."""
        if tag == "table":
            self.grids.append(_Grid(line=self.getpos()[0]))
        elif tag in ROWS and self.grids:
            self.grids[-1].open(tag)
        elif tag == "script" and "json" in values.get("type", ""):
            self.script = []
        elif tag == "details":
            self.summaries.append("")
        elif tag == "svg":
            self.drawings.append(DrawingTexts())
        elif self.drawings:
            self.drawings[-1].open(tag, values)

    def _attributes(self, tag: str, values: dict[str, str]) -> None:
        for key in [key for key, value in values.items() if holds_number(value)]:
            if key == "value" and tag == "input" and _is_filled_in(values):
                continue
            if key in SPOKEN:
                self._aloud(tag, key, values)
            elif key.startswith("data-"):
                self._data(tag, key, values)

    def _aloud(self, tag: str, key: str, values: dict[str, str]) -> None:
        # What a property of the page's head is called says what its number is.
        heading = values.get("property", "") or values.get("name", "")
        beside = [values[name] for name in SPOKEN if name != key and values.get(name)]
        self.say(values[key], f"{tag}, {key}", () if tag == "meta" else tuple(beside), heading)

    def _data(self, tag: str, key: str, values: dict[str, str]) -> None:
        value = values[key]
        spoken = values.get("aria-label", "") or values.get("title", "")
        words = tuple(item for item in (key, spoken, *values.values()) if item and item != value)
        if value[:1] in "{[":
            self._json(value, words)
        else:
            self.say(value, f"{tag}, {key}", words, key, bool(spoken))

    def _part(self, tag: str) -> None:
        """Keep apart what two elements say."""
        if tag not in INLINE:
            for _, parts in self.stack[-3:]:
                parts.append(f" {APART} ")

    def handle_endtag(self, tag: str) -> None:
        self._part(tag)
        if tag == "script" and self.script is not None:
            self._json("".join(self.script), ("script",))
            self.script = None
        if tag in READ:
            self._end(tag)
        if tag == "svg" and self.drawings:
            self.found = self.drawings.pop().judged(self.found)
        elif self.drawings:
            self.drawings[-1].close(tag)
        if tag == "thead" and self.grids:
            self.grids[-1].in_head = False
        elif tag == "table" and self.grids:
            self._table(self.grids.pop())
        elif tag == "details" and self.summaries:
            self.summaries.pop()

    def _end(self, tag: str) -> None:
        """Finish the innermost part of this kind; what is open within it was never closed and is dropped."""
        while self.stack:
            opened, parts = self.stack.pop()
            if opened == tag:
                self._close(tag, parts)
                return

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(tag, {key: value or "" for key, value in attrs})

    def handle_comment(self, data: str) -> None:
        """Nobody sees a comment, and everybody can read it."""
        self.say(data, "Kommentar")

    def handle_data(self, data: str) -> None:
        if self.script is not None:
            self.script.append(data)
        elif self.stack:
            for _, parts in self.stack[-3:]:
                parts.append(data)

    # --- finished pieces

    def _close(self, tag: str, parts: list[str]) -> None:
        """Take what a part of the document says; `parts` are its pieces."""
        if tag in SILENT:
            return
        # The first piece of a cell is what its data attributes hold.
        text = _joined("".join(parts[1:] if tag in CELLS else parts))
        if tag in CELLS and self.grids:
            self.grids[-1].close_cell(tag, text, parts[0])
            return
        self._remember(tag, text)
        if tag not in BOXES:
            self.say(text, tag, (self.term,) if tag == "dd" else ())
        elif len(text) < 80:
            # A name and its number can stand in two pieces of a small box.
            self.say(text, tag, loose=True)

    def _remember(self, tag: str, text: str) -> None:
        """Keep a text that says what others are about."""
        if tag == "title" and not self.title:
            self.title = text
        elif tag == "caption" and self.grids:
            self.grids[-1].caption = text
        elif tag in HEADINGS:
            level = int(tag[1])
            self.headings = {key: value for key, value in self.headings.items() if key < level}
            self.headings[level] = text
        elif tag == "summary" and self.summaries:
            self.summaries[-1] = text
        elif tag == "dt":
            self.term = text
        elif tag == "text" and self.drawings:
            self.drawings[-1].wrote(text, len(self.found) if holds_number(text) else None)

    def _table(self, grid: _Grid) -> None:
        if not grid.head and grid.rows and grid.heads == len(grid.rows[0]):
            # A first row of nothing but headings is the head, whether or not it says so.
            grid.head = [text for text, _ in grid.rows.pop(0)]
        for row in grid.rows:
            self._table_row(grid, row)

    def _table_row(self, grid: _Grid, row: list[tuple[str, str]]) -> None:
        texts = [text for text, _ in row]
        for column, (text, raw) in enumerate(row):
            heading = grid.head[column] if column < len(grid.head) else ""
            others = " | ".join([*texts[:column], *texts[column + 1 :]])
            near = (heading, texts[0] if column else "", others, grid.caption)
            for value in (text, raw):
                if value:
                    self.say(value, "Tabelle", near, heading, structured=True)

    def _json(self, text: str, near: tuple[str, ...]) -> None:
        try:
            value = json.loads(html.unescape(text))
        except ValueError:
            self.say(text, "Daten", near)
            return
        for key, words, item in leaves(value):
            self.say(item, "Daten", (*words, *near), key, structured=True)


def _is_filled_in(values: dict[str, str]) -> bool:
    """Whether a field is the visitor's: one that can't be changed only shows its number."""
    return values.get("type") in FILLED_IN and not {"readonly", "disabled"} & values.keys()


UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""Soft hyphens and their like, which nobody sees inside a name."""


def _joined(text: str) -> str:
    """Join a text's words; of several boundaries of elements one stays, at its ends none."""
    words = " ".join(text.translate(UNSEEN).split())
    return re.sub(rf"(?: ?{APART} ?)+", f" {APART} ", words).strip(f" {APART}")


def leaves(
    value: Any, keys: tuple[str, ...] = (), own: str = "", above: str = ""
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield every value of a JSON document: its key, what says what it is about (keys above, neighbours, the group's), itself."""
    if isinstance(value, dict):
        beside = " | ".join(str(item) for item in value.values() if isinstance(item, str | int | float))
        for name, item in value.items():
            yield from leaves(item, (*keys, str(name)), beside, own)
    elif isinstance(value, list):
        if _is_row(value):
            own, above = " | ".join(str(item) for item in value), own
        for item in value:
            yield from leaves(item, keys, own, above)
    elif value is not None and not isinstance(value, bool):
        yield keys[-1] if keys else "", (" | ".join(keys[-3:]), own, above), str(value)


def _is_row(items: list[Any]) -> bool:
    """Whether a list is a short one of plain values: its neighbours say what each is about."""
    return 0 < len(items) < 40 and not any(isinstance(item, dict | list) for item in items)


def read_markup(name: str, text: str) -> Iterator[Mention]:
    """Yield the mentions of a document; a title or caption counts for everything below it."""
    reader = _MarkupReader(name)
    reader.feed(text)
    reader.close()
    yield from reader.found
