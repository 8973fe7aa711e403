"""Find every cell with a number in tables, drawings and data of a page, with what stands around it.

Prose isn't read: what people wrote, a person reads.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from msgspec import Struct

from generator.disclosure.amounts import APART

# Attributes that people hear or that scripts read, beside those that begin with „data-“.
SPOKEN = frozenset({"alt", "aria-label", "title", "aria-description", "aria-valuetext", "value", "label"})
CELLS = frozenset({"td", "th"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Rows, texts and tooltips of a drawing.
DRAWN = frozenset({"g", "text", "title", "desc"})
SILENT = frozenset({"style", "script"})
# Within a word these may stand; every other element ends it.
INLINE = frozenset({"b", "i", "em", "strong", "sub", "sup", "u", "abbr", "mark", "wbr", "s", "small"})
# Nothing stands in these, so that nobody closes them.
EMPTY = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
# Nobody has to close these either: what follows ends them.
ENDED_BY = {
    **dict.fromkeys(CELLS, CELLS),
    **{tag: frozenset({tag}) for tag in ("p", "li", "option")},
    "tr": CELLS | {"tr"},
}
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""Soft hyphens and their like, which nobody sees inside a name."""
SHORT = 80
"""A row of a drawing with fewer letters is a name and its figures."""


class Mention(Struct, frozen=True):
    """A cell of a file, and the line on which it begins; `context` runs from near to far (heading of its column, its row, caption, heading of its section).

    `page` is what the whole page or file is about: its first heading, its title, its name, or what stands around data from afar.
    `heading` names its column or key.
    """

    file: str
    line: int
    text: str
    context: tuple[str, ...]
    heading: str = ""
    page: tuple[str, ...] = ()


@dataclass(eq=False)
class _Element:
    """An element: its attributes, the line on which it begins, and what stands in it."""

    tag: str
    values: dict[str, str]
    line: int
    parts: list[_Element | str] = field(default_factory=list)

    def elements(self) -> Iterator[_Element]:
        """Yield the elements directly in it."""
        for part in self.parts:
            if isinstance(part, _Element):
                yield part

    def text(self) -> str:
        """Return its words, the boundaries of elements marked."""
        return _joined("".join(_pieces(self)))


class _Tree(HTMLParser):
    """Turns a document into its elements, of which the first one holds all others."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [_Element("", {}, 1)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while self.open[-1].tag in ENDED_BY.get(tag, ()):
            self.open.pop()
        values = {key: value or "" for key, value in attrs}
        element = _Element(tag, values, self.getpos()[0])
        self.open[-1].parts.append(element)
        if tag not in EMPTY:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """End the innermost element of this kind, and whatever is still open in it."""
        if any(one.tag == tag for one in self.open[1:]):
            while self.open[-1].tag != tag:
                self.open.pop()
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)


class _OpenPage:
    """Collects the cells of a page on a walk through its elements, with the texts above that say what they are about."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[Mention] = []
        self.title = ""
        self.headings: dict[int, str] = {}
        self.paragraph = ""

    def walk(self, element: _Element) -> None:
        """Take what stands in an element: tables, drawings, data, and what says what they are about."""
        for part in element.elements():
            self._remember(part)
            if part.tag == "table":
                self._table(part)
            elif part.tag == "svg":
                self._drawing(part)
            elif part.tag == "script" and "json" in part.values.get("type", ""):
                texts = (item for item in part.parts if isinstance(item, str))
                self._json(part.line, "".join(texts), ("script",))
            for key, value in part.values.items():
                if key.startswith("data-") and value.startswith(("{", "[")):
                    self._json(part.line, value, (key, *part.values.values()))
            if part.tag != "svg":
                self.walk(part)

    def say(self, line: int, text: str, near: tuple[str, ...], heading: str = "") -> None:
        """Note a cell, if there is a number in it; `near` is what stands right beside it."""
        words = _joined(text)
        if re.search(r"\d", words):
            above = [self.headings[level] for level in sorted(self.headings, reverse=True) if level > 1]
            page = (self.headings.get(1, ""), self.title, self.name)
            self.found.append(Mention(self.name, line, words, (*near, *above), heading, page))

    def _remember(self, element: _Element) -> None:
        """Keep a text that says what others are about."""
        tag = element.tag
        if tag == "title" and not self.title:
            self.title = element.text()
        elif tag == "p":
            self.paragraph = element.text()
        elif tag in HEADINGS:
            level = int(tag[1])
            self.headings = {key: value for key, value in self.headings.items() if key < level}
            self.headings[level] = element.text()
            self.paragraph = ""

    def _drawing(self, drawing: _Element) -> None:
        """Say each short text that names something, and what people hear of it; no numbers along an axis."""
        title = next((part.text() for part in drawing.elements() if part.tag == "title"), "")
        for element in _within(drawing):
            texts = [element.text()] if element.tag in DRAWN else []
            for text in (*texts, *_unseen(element).values()):
                if len(text) < SHORT and any(map(str.isalpha, text)):
                    self.say(element.line, text, (title,))

    def _table(self, table: _Element) -> None:
        captions = (part.text() for part in table.elements() if part.tag == "caption")
        caption = next(captions, self.paragraph)
        every = list(_rows(table))
        heads = [row for row, is_head in every if is_head]
        rows = [row for row, is_head in every if not is_head]
        if not heads and rows and all(cell.tag == "th" for cell in _cells(rows[0])):
            # A first row of nothing but headings is the head, whether or not it says so.
            heads = [rows.pop(0)]
        for head in heads:
            for cell in _cells(head):
                self._cell(cell, (caption,), "")
        columns = _columns(heads)
        for row in rows:
            texts = [cell.text() for cell in _cells(row)]
            for value in _unseen(row).values():
                self.say(row.line, value, (" | ".join(texts), *columns.values(), caption))
            for column, cell in enumerate(_cells(row)):
                heading = columns.get(column, "")
                others = " | ".join([*texts[:column], *texts[column + 1 :]])
                self._cell(cell, (heading, texts[0] if column else "", others, caption), heading)

    def _cell(self, cell: _Element, near: tuple[str, ...], heading: str) -> None:
        """Say what a cell shows, and what people hear or scripts read of it and of all that stands in it."""
        text = cell.text()
        self.say(cell.line, text, near, heading)
        for element in _within(cell):
            for value in _unseen(element).values():
                self.say(element.line, value, (*near, text), heading)

    def _json(self, line: int, text: str, near: tuple[str, ...]) -> None:
        try:
            value = json.loads(html.unescape(text))
        except ValueError:
            self.say(line, text, near)
            return
        for key, words, item in leaves(value):
            self.say(line, item, (*words, *near), key)


def read_markup(name: str, text: str) -> Iterator[Mention]:
    """Yield the cells of a document; a title or caption counts for everything below it."""
    tree = _Tree()
    tree.feed(text)
    tree.close()
    page = _OpenPage(name)
    page.walk(tree.open[0])
    yield from page.found


def _pieces(element: _Element) -> Iterator[str]:
    """Yield the texts in an element, with a mark where another one begins or ends."""
    for part in element.parts:
        if isinstance(part, str):
            yield part
        elif part.tag not in SILENT:
            edge = "" if part.tag in INLINE else f" {APART} "
            yield edge
            yield from _pieces(part)
            yield edge


def _joined(text: str) -> str:
    """Join a text's words; of several boundaries of elements one stays, at its ends none."""
    words = " ".join(text.translate(UNSEEN).split())
    # „Hilfen: beraten“ is no other text where „Hilfen“ is linked.
    words = re.sub(rf" {APART} (?=[,.;:!?)](?: |\Z))", "", words)
    return re.sub(rf"(?: ?{APART} ?)+", f" {APART} ", words).strip(f" {APART}")


def _rows(element: _Element) -> Iterator[tuple[_Element, bool]]:
    """Yield each row of a table, and whether it belongs to its head; not those of tables within."""
    for part in element.elements():
        if part.tag == "tr":
            yield part, element.tag == "thead"
        elif part.tag in CELLS:
            yield _Element("tr", {}, part.line, [part]), element.tag == "thead"
        elif part.tag != "table":
            yield from _rows(part)


def _cells(row: _Element) -> list[_Element]:
    return [part for part in row.elements() if part.tag in CELLS]


def _within(element: _Element) -> Iterator[_Element]:
    """Yield an element and all that stand in it; tables in it speak for themselves."""
    yield element
    for part in element.elements():
        if part.tag != "table":
            yield from _within(part)


def _columns(heads: list[_Element]) -> dict[int, str]:
    """Return what the columns of a table are called, by their number."""
    found: dict[int, str] = {}
    for head in heads:
        for column, cell in enumerate(_cells(head)):
            found[column] = f"{found.get(column, '')} {cell.text()}".strip()
    return found


def _unseen(element: _Element) -> dict[str, str]:
    """Return the attributes of an element that people hear or scripts read."""
    return {key: value for key, value in element.values.items() if key.startswith("data-") or key in SPOKEN}


def leaves(
    value: Any, keys: tuple[str, ...] = (), own: str = "", above: str = ""
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield every value of a JSON document: its key, what says what it is about (keys above, neighbours, the group's), itself."""
    if isinstance(value, dict):
        beside = labels(value.values())
        for name, item in value.items():
            yield from leaves(item, (*keys, str(name)), beside, own)
    elif isinstance(value, list):
        if _is_row(value):
            own, above = " | ".join(str(item) for item in value), own
        for item in value:
            yield from leaves(item, keys, own, above)
    elif value is not None and not isinstance(value, bool):
        yield keys[-1] if keys else "", (" | ".join(keys[-3:]), own, above), str(value)


def labels(values: Iterable[Any]) -> str:
    """Join the plain values that can say what others are about: names and numbers, no long texts."""
    plain = (str(item) for item in values if isinstance(item, str | int | float))
    return " | ".join(text for text in plain if len(text) < SHORT)


def _is_row(items: list[Any]) -> bool:
    """Whether a list is a short one of plain values: its neighbours say what each is about."""
    return 0 < len(items) < 40 and not any(isinstance(item, dict | list) for item in items)
