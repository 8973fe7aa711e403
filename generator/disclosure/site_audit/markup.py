"""HTML, SVG, XML or JSON in; every text of it that holds a number, with what stands around it (heading, row, caption), out; what counts as one text, also in attributes, comments and charts.

A page becomes a tree of elements. One walk through it says each piece of text, cell, attribute and comment.
"""

from __future__ import annotations

import html
import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from generator.disclosure.numbers_in_text import APART, holds_number

# Attributes that people hear or that scripts read.
SPOKEN = (
    *("alt", "aria-label", "title", "content", "aria-description", "aria-valuetext", "aria-valuenow"),
    *("summary", "value", "placeholder", "label"),
)
CELLS = frozenset({"td", "th"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BOXES = frozenset({"div", "section", "main", "header", "footer", "g"})
PIECES = frozenset(
    {
        "p",
        "li",
        "dt",
        "dd",
        "figcaption",
        "summary",
        "blockquote",
        "text",
        "title",
        "desc",
        "option",
        "button",
    }
    | {"label", "entry", "item", "description", "caption", "a"}
)
INTRODUCED = frozenset({"table", "ul", "ol", "dl"})
"""The paragraph right above says what these are about."""
COMMENT = "!"
SILENT = frozenset({"style", "script", COMMENT})
# What a visitor fills in: an age, a day, a number of kilometres.
FILLED_IN = frozenset({"number", "range", "date", "time", "tel", "checkbox", "radio"})
# Within a word these may stand; every other element ends it.
INLINE = frozenset(
    {"b", "i", "em", "strong", "sub", "sup", "u", "abbr", "mark", "wbr", "s", "small", COMMENT}
)
# Nothing stands in these, so that nobody closes them.
EMPTY = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
# Nobody has to close these either: what follows ends them.
ENDED_BY = {
    **dict.fromkeys(CELLS, CELLS),
    **dict.fromkeys(("dt", "dd"), frozenset({"dt", "dd"})),
    **{tag: frozenset({tag}) for tag in ("p", "li", "option")},
    "tr": CELLS | {"tr"},
}
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""Soft hyphens and their like, which nobody sees inside a name."""
SHORT = 80
"""In a box of fewer letters a name and its number can stand in two pieces."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A text of a file, and the line on which it begins; `context` runs from near to far (heading of its column, its row, caption, heading of its section).

    `page` is what the whole page or file is about: its first heading, its title, its name, or what stands around data from afar.
    What is `loose` is the text of a whole box, whose pieces are mentions of their own. `heading` names the column or key of a structured value; prose is not structured.
    """

    file: str
    line: int
    text: str
    context: tuple[str, ...]
    heading: str = ""
    structured: bool = False
    page: tuple[str, ...] = ()
    loose: bool = False


@dataclass(eq=False)
class _Element:
    """An element: its attributes, the line on which it begins, and what stands in it.

    letters: how many are read in it.
    """

    tag: str
    values: dict[str, str]
    line: int
    parts: list[_Element | str] = field(default_factory=list)
    letters: int = 0

    def elements(self) -> Iterator[_Element]:
        """Yield the elements directly in it."""
        for part in self.parts:
            if isinstance(part, _Element):
                yield part

    def text(self, without: float = math.inf) -> str:
        """Return its words, the boundaries of elements marked; `without` lists of so many letters."""
        return _joined("".join(_pieces(self, without)))

    def raw(self) -> str:
        """Return what stands in it directly, as it stands there."""
        return "".join(part for part in self.parts if isinstance(part, str))


class _Tree(HTMLParser):
    """Turns a document into its elements, of which the first one holds all others."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [_Element("", {}, 1)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while self.open[-1].tag in ENDED_BY.get(tag, ()):
            self.open.pop()
        element = self._add(tag, attrs)
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

    def handle_comment(self, data: str) -> None:
        """Nobody sees a comment, and everybody can read it."""
        self._add(COMMENT, []).parts.append(data)

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> _Element:
        values = {key: value or "" for key, value in attrs}
        element = _Element(tag, values, self.getpos()[0])
        self.open[-1].parts.append(element)
        return element


class _OpenPage:
    """Collects the mentions of a page on a walk through its elements, with the texts above that say what they are about."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[Mention] = []
        self.line = 1
        self.title = ""
        self.term = ""
        self.headings: dict[int, str] = {}
        self.paragraph = ""
        self.captions: list[str] = []
        self.summaries: list[str] = []

    def walk(self, element: _Element) -> None:
        """Take an element: its attributes, then what stands in it, then itself."""
        self.line = element.line
        if element.tag in INTRODUCED:
            self.captions.append(self.paragraph)
        elif element.tag == "details":
            self.summaries.append("")
        if element.tag not in CELLS:
            self._attributes(element)
        for part in element.elements():
            if part.tag in INTRODUCED and element.tag == "li":
                self.paragraph = self.paragraph or element.text(0)
            self.walk(part)
        self.line = element.line
        if element.tag not in SILENT:
            element.letters = _letters(element)
        self._end(element)

    def say(
        self,
        text: str,
        near: tuple[str, ...] = (),
        heading: str = "",
        structured: bool = False,
        loose: bool = False,
    ) -> None:
        """Note a text, if there is a number in it; `near` is what stands right beside it."""
        words = _joined(text)
        if holds_number(words):
            context = (*near, *self._around())
            page = (self.headings.get(1, ""), self.title, self.name)
            self.found.append(Mention(self.name, self.line, words, context, heading, structured, page, loose))

    def _around(self) -> tuple[str, ...]:
        """Return what stands above, nearest first."""
        above = [self.headings[level] for level in sorted(self.headings, reverse=True) if level > 1]
        return (*filter(None, reversed(self.captions)), *reversed(self.summaries), *above)

    def _attributes(self, element: _Element) -> None:
        for key, value in _unseen(element).items():
            if not holds_number(value):
                continue
            if key in SPOKEN:
                self._aloud(element.tag, key, element.values)
            else:
                self._data(key, element.values)

    def _aloud(self, tag: str, key: str, values: dict[str, str]) -> None:
        # What a property of the page's head is called says what its number is.
        heading = values.get("property", "") or values.get("name", "")
        beside = [values[name] for name in SPOKEN if name != key and tag != "meta" and values.get(name)]
        self.say(values[key], tuple(beside), heading)

    def _data(self, key: str, values: dict[str, str]) -> None:
        value = values[key]
        spoken = values.get("aria-label", "") or values.get("title", "")
        words = tuple(item for item in (key, spoken, *values.values()) if item and item != value)
        if value.startswith(("{", "[")):
            self._json(value, words)
        else:
            self.say(value, words, key, bool(spoken))

    def _end(self, element: _Element) -> None:
        tag = element.tag
        self.paragraph = element.text() if tag == "p" else ""
        if tag == COMMENT:
            self.say(element.raw())
        elif tag == "script" and "json" in element.values.get("type", ""):
            self._json(element.raw(), ("script",))
        elif tag == "table":
            self._table(element, self.captions.pop())
        elif tag in INTRODUCED:
            self.captions.pop()
        elif tag == "details":
            self.summaries.pop()
        elif tag in BOXES and element.letters < SHORT:
            self._box(element)
        elif tag in PIECES | HEADINGS or (tag in CELLS and not self.captions):
            self._piece(element)

    def _box(self, element: _Element) -> None:
        """Say all that stands in a small box; of a drawing a row: a name and its figures, no numbers along an axis."""
        text = element.text()
        is_row = element.tag == "g"
        if len(text) < SHORT and (_names_something(text) or not is_row):
            self.say(text, loose=not is_row)

    def _piece(self, element: _Element) -> None:
        """Say a piece of text; the items of a longer list in it are pieces of their own."""
        tag = element.tag
        text = element.text(SHORT)
        self._remember(tag, text)
        if tag == "text" and not _names_something(text):
            # It stands along an axis, or in a row that is said as a whole.
            return
        self.say(text, (self.term,) if tag in {"dd", "desc"} else ())

    def _remember(self, tag: str, text: str) -> None:
        """Keep a text that says what others are about."""
        if tag == "title" and not self.title:
            self.title = text
        elif tag == "caption" and self.captions:
            self.captions[-1] = text
        elif tag == "summary" and self.summaries:
            self.summaries[-1] = text
        elif tag in {"dt", "title"}:
            # What a list or a drawing says next is of this.
            self.term = text
        elif tag in HEADINGS:
            level = int(tag[1])
            self.headings = {key: value for key, value in self.headings.items() if key < level}
            self.headings[level] = text

    def _table(self, table: _Element, caption: str) -> None:
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
                self.say(value, (" | ".join(texts), *columns.values(), caption), structured=True)
            for column, cell in enumerate(_cells(row)):
                heading = columns.get(column, "")
                others = " | ".join([*texts[:column], *texts[column + 1 :]])
                self._cell(cell, (heading, texts[0] if column else "", others, caption), heading)

    def _cell(self, cell: _Element, near: tuple[str, ...], heading: str) -> None:
        """Say what a cell shows, and what people hear or scripts read of it and of all that stands in it."""
        self.line = cell.line
        text = cell.text()
        self.say(text, near, heading, structured=True)
        for element in _within(cell):
            for value in _unseen(element).values():
                self.say(value, (*near, text), heading, structured=True)

    def _json(self, text: str, near: tuple[str, ...]) -> None:
        try:
            value = json.loads(html.unescape(text))
        except ValueError:
            self.say(text, near)
            return
        for key, words, item in leaves(value):
            self.say(item, (*words, *near), key, structured=True)


def read_markup(name: str, text: str) -> Iterator[Mention]:
    """Yield the mentions of a document; a title or caption counts for everything below it."""
    tree = _Tree()
    tree.feed(text)
    tree.close()
    page = _OpenPage(name)
    page.walk(tree.open[0])
    yield from page.found


def _is_filled_in(values: dict[str, str]) -> bool:
    """Whether a field is the visitor's: one that can't be changed only shows its number."""
    return values.get("type") in FILLED_IN and not {"readonly", "disabled"} & values.keys()


def _pieces(element: _Element, without: float) -> Iterator[str]:
    """Yield the texts in an element, with a mark where another one begins or ends; lists of so many letters are left out."""
    for part in element.parts:
        if isinstance(part, str):
            yield part
            continue
        edge = "" if part.tag in INLINE else f" {APART} "
        yield edge
        is_apart = part.tag in INTRODUCED and part.letters >= without
        if part.tag not in SILENT and not is_apart:
            yield from _pieces(part, without)
        yield edge


def _joined(text: str) -> str:
    """Join a text's words; of several boundaries of elements one stays, at its ends none."""
    words = " ".join(text.translate(UNSEEN).split())
    # „Hilfen: beraten“ is no other text where „Hilfen“ is linked.
    words = re.sub(rf" {APART} (?=[,.;:!?)](?: |\Z))", "", words)
    return re.sub(rf"(?: ?{APART} ?)+", f" {APART} ", words).strip(f" {APART}")


def _names_something(text: str) -> bool:
    return any(map(str.isalpha, text))


def _letters(element: _Element) -> int:
    own = len("".join(element.raw().split()))
    return own + sum(part.letters for part in element.elements())


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
    """Return the attributes of an element that people hear or scripts read; not what a visitor fills in."""
    filled_in = element.tag == "input" and _is_filled_in(element.values)
    return {
        key: value
        for key, value in element.values.items()
        if key.startswith("data-") or (key in SPOKEN and not (key == "value" and filled_in))
    }


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
