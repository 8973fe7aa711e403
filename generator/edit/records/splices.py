"""List the ways to write, replace or take out a value at a place in YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from generator.edit.records.yaml_writer import (
    Value,
    as_text,
    write_field,
    write_item,
    write_on_one_line,
    write_scalar,
)
from generator.read.nodes import End, FieldPath, ListNode, MapNode, Node, Scalar, is_empty

_BLOCK_TEXT = re.compile(r"[|>][-+0-9]*")
"""The sign before a text of several lines: `|`, `>-`."""


class Splice(NamedTuple):
    """A replacement between two offsets of a text."""

    start: int
    end: int
    text: str


Way = Sequence[Splice]
"""One way to make a change: splices in the order of the text. Of several, whoever asks takes the first that YAML reads as meant."""


class Source:
    """A text with the places of its lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self._break = "\r\n" if "\r\n" in text else "\n"

    def at(self, line: int, column: int) -> int:
        """Return the offset of a line and column (from 1)."""
        return self._lines[line - 1] + column - 1

    def end(self, end: End) -> int:
        """Return the offset behind a node, without a block's blank lines."""
        return len(self.text[: self.at(*end)].rstrip())

    def behind_blanks(self, place: int) -> int:
        """Return the offset of the next visible sign."""
        while self.text[place : place + 1] in (" ", "\t"):
            place += 1
        return place

    def behind(self, sign: str, place: int) -> int | None:
        """Return the offset behind a sign after blanks, else None."""
        place = self.behind_blanks(place)
        return place + 1 if self.text.startswith(sign, place) else None

    def behind_dash(self, place: int) -> int | None:
        """Return the offset behind the next dash, past comments."""
        while True:
            place = self.behind_blanks(place)
            if self.text.startswith(("#", "\n", "\r\n"), place) and self.text.find("\n", place) >= 0:
                place = self.line_end(place)
                continue
            return self.behind("-", place)

    def line_start(self, place: int) -> int:
        """Return where the line of a place begins."""
        return self.text.rfind("\n", 0, place) + 1

    def line_end(self, place: int) -> int:
        """Return where the next line begins, or the end."""
        return self.text.find("\n", place) + 1 or len(self.text)

    def lines(self, place: int, lines: Sequence[str], column: int, until: int | None = None) -> Splice:
        """Return a splice of indented whole lines, up to `until`."""
        moved = "".join(f"{' ' * (column - 1)}{line}{self._break}" if line else self._break for line in lines)
        if lines and place and self.text[place - 1] != "\n":
            moved = self._break + moved.removesuffix(self._break)
        return Splice(place, place if until is None else until, moved)


@dataclass(frozen=True)
class Spot:
    """A value in a text, its key or dash, and its parents."""

    source: Source
    node: Node
    begin: int
    """Where its key or dash begins; between brackets an item has no dash and begins with itself."""
    anchor: int | None = None
    """Behind the colon or dash; None where there is none."""
    above: Spot | None = None
    number: int = 0
    """Which child of what it stands in it is, from 0, empty ones counted."""

    @property
    def blank(self) -> bool:
        """Whether nothing is written, not even `null`."""
        return isinstance(self.node, Scalar) and self.node.plain and not self.node.text

    @property
    def column(self) -> int:
        """The column of its key or dash, counted from 1."""
        return self.begin - self.source.line_start(self.begin) + 1

    @cached_property
    def start(self) -> int:
        """Where the value begins."""
        return self.source.at(self.node.position.line, self.node.position.column)

    @cached_property
    def end(self) -> int:
        """Where the value ends, else its colon or dash."""
        if self.blank and self.anchor is not None:
            return self.anchor
        return self.source.end(self.node.end)

    @cached_property
    def brackets(self) -> bool:
        """Whether what stands in it stands between brackets."""
        if self.above is not None and self.above.brackets:
            return True
        return not isinstance(self.node, Scalar) and self.source.text[self.start] in "[{"

    @cached_property
    def children(self) -> tuple[Spot, ...]:
        """What stands in it."""
        if isinstance(self.node, MapNode):
            return tuple(
                self._field(number, key, value) for number, (key, value) in enumerate(self.node.entries)
            )
        if isinstance(self.node, ListNode):
            return tuple(self._items(self.node))
        return ()

    def _field(self, number: int, key: Scalar, value: Node) -> Spot:
        begin = self.source.at(key.position.line, key.position.column)
        colon = self.source.behind(":", self.source.end(key.end))
        return Spot(self.source, value, begin, colon, self, number)

    def _items(self, node: ListNode) -> Iterator[Spot]:
        place = self.start
        for number, item in enumerate(node.items):
            begin = self.source.at(item.position.line, item.position.column)
            if self.brackets:
                yield Spot(self.source, item, begin, None, self, number)
                continue
            dash = self.source.behind_dash(place)
            place = begin if dash is None else dash
            spot = Spot(self.source, item, place - 1, dash, self, number)
            yield spot
            place = max(spot.end, place)


def spot_at(text: str, root: Node, path: FieldPath) -> Spot:
    """Follow a path to its spot in the text."""
    spot = Spot(Source(text), root, 0)
    for step in path:
        if isinstance(spot.node, MapNode):
            spot = next(
                child
                for child, (key, _) in zip(spot.children, spot.node.entries, strict=True)
                if key.text == step
            )
        else:
            spot = [child for child in spot.children if not is_empty(child.node)][int(step)]
    return spot


class _NewValue(NamedTuple):
    """A value as written in lines (behind the colon, then below), or all behind the colon (`short`)."""

    head: str
    more: Sequence[str]
    short: str


def ways_to_put(spot: Spot, value: Value) -> Iterator[Way]:
    """Yield ways to replace a spot's value."""
    if spot.above is None:
        return
    if spot.above.brackets:
        flat = write_on_one_line(value)
        if not spot.blank:
            yield [Splice(spot.start, spot.end, flat)]
        elif spot.anchor is not None:
            yield [Splice(spot.end, spot.end, f" {flat}")]
    elif spot.anchor is not None:
        in_list = isinstance(spot.above.node, ListNode)
        # The key stays as it is: `x` stands for it.
        first, *more = write_item(value) if in_list else write_field("x", value)
        head = first.removeprefix("-").removeprefix("x:")
        written = _NewValue(head, more, f" {_short(value)}")
        yield from _behind(spot, spot.anchor, written)


def _behind(spot: Spot, anchor: int, written: _NewValue) -> Iterator[Way]:
    """Yield ways to write a value behind a colon or dash."""
    source, start, end = spot.source, spot.start, spot.end
    scalar = isinstance(spot.node, Scalar)
    if spot.blank:
        line_end = source.line_end(anchor)
        yield [Splice(anchor, anchor, written.head), source.lines(line_end, written.more, spot.column)]
        yield [Splice(anchor, anchor, written.short)]
    elif scalar and _BLOCK_TEXT.match(source.text, start):
        yield from _instead_of_block(spot, anchor, written)
    elif scalar or spot.brackets:
        if not written.more:
            yield [Splice(start, end, written.head.lstrip())]
        elif _beside(spot, anchor):
            yield _from_anchor(spot, anchor, written)
        yield [Splice(start, end, written.short.lstrip())]
    elif _beside(spot, anchor):
        yield _from_anchor(spot, anchor, written)
        yield [Splice(anchor, end, written.short)]
    else:
        first_line, behind = source.line_start(start), source.line_end(end)
        lines = source.lines(first_line, written.more, spot.column, behind)
        yield [Splice(anchor, anchor, written.head), lines]
        yield [Splice(anchor, anchor, written.short), Splice(first_line, behind, "")]


def _instead_of_block(spot: Spot, anchor: int, written: _NewValue) -> Iterator[Way]:
    """Yield ways to replace a text block, keeping the comment behind its sign."""
    source, start = spot.source, spot.start
    sign = _BLOCK_TEXT.match(source.text, start)
    sign_end = sign.end() if sign else start
    first_line = source.line_end(start)
    behind = max(first_line, source.line_end(spot.end))
    if _beside(spot, anchor):
        lines = source.lines(first_line, written.more, spot.column, behind)
        yield [Splice(anchor, sign_end, written.head), lines]
    yield [Splice(start, sign_end, written.short.lstrip()), Splice(first_line, behind, "")]


def _beside(spot: Spot, anchor: int) -> bool:
    """Tell whether a value begins on its key's line."""
    return "\n" not in spot.source.text[anchor : spot.start]


def _from_anchor(spot: Spot, anchor: int, written: _NewValue) -> Way:
    """Write a value in lines instead of on its key's line."""
    line_end = spot.source.line_end(spot.end)
    lines = spot.source.lines(line_end, written.more, spot.column)
    return [Splice(anchor, spot.end, written.head), lines]


def ways_to_append(spot: Spot, value: Value, key: str | None = None) -> Iterator[Way]:
    """Yield ways to append a field or an item."""
    source, last = spot.source, spot.children[-1] if spot.children else None
    if spot.brackets or last is None:
        flat = write_on_one_line(value)
        flat = flat if key is None else f"{write_scalar(key, flow=True)}: {flat}"
        if last is None:
            yield [Splice(spot.start + 1, spot.start + 1, flat)]
            return
        yield [Splice(last.end, last.end, f", {flat}")]
        # Behind a key without a value a comma would be part of the key.
        yield [Splice(last.end, last.end, f" , {flat}")]
        return
    lines = write_item(value) if key is None else write_field(key, value)
    short = [f"- {_short(value)}" if key is None else f"{write_scalar(key)}: {_short(value)}"]
    for written in (lines, short):
        yield [source.lines(source.line_end(last.end), written, last.column)]


def ways_to_delete(spot: Spot) -> Iterator[Way]:
    """Yield ways to delete a field or an item."""
    source, begin, end = spot.source, spot.begin, spot.end
    if spot.above is None:
        return
    beside = spot.above.children
    following = beside[spot.number + 1].begin if spot.number + 1 < len(beside) else None
    if spot.above.brackets:
        yield from _ways_to_delete_between_brackets(spot, beside, following)
    elif not source.text[source.line_start(begin) : begin].strip():
        yield [Splice(source.line_start(begin), source.line_end(end), "")]
    else:
        # It stands behind the dash of an item that has more.
        if following is not None and not source.text[end:following].strip():
            yield [Splice(begin, following, "")]
        yield [Splice(begin, end, "")]


def _ways_to_delete_between_brackets(
    spot: Spot, beside: Sequence[Spot], following: int | None
) -> Iterator[Way]:
    """Yield ways to delete one of several in brackets, with its comma."""
    source, begin, end = spot.source, spot.begin, spot.end
    comma = source.behind(",", end)
    if following is None and spot.number:
        yield [Splice(beside[spot.number - 1].end, end, "")]
    if comma is not None:
        yield [Splice(begin, source.behind_blanks(comma), "")]
    if following is None:
        following = end
    yield [Splice(begin, following, "")]


def _short(value: Value) -> str:
    """Write a value on one line of its own."""
    if isinstance(value, Mapping) or (isinstance(value, Sequence) and not isinstance(value, str)):
        return write_on_one_line(value)
    if isinstance(value, str):
        return write_scalar(value)
    return as_text(value)
