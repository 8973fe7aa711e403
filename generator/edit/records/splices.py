"""A place in a YAML text in; the ways in which something there can be written, replaced or taken out, out.

Each way is a few pieces of text with where they go. The first is the one that people would choose; a later one is for where that
one would change what stands around it, such as a remark that a text in a block would swallow.
"""

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
from generator.read.nodes import End, ListNode, MapNode, Node, Path, Scalar, is_empty

_BLOCK_TEXT = re.compile(r"[|>][-+0-9]*")


class Splice(NamedTuple):
    """What is to stand between two places of a text, counted from 0."""

    start: int
    end: int
    text: str


Way = Sequence[Splice]
"""What is to stand where, in the order of the text."""


class Source:
    """A text with the places of its lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self._break = "\r\n" if "\r\n" in text else "\n"

    def at(self, line: int, column: int) -> int:
        """Return the place of a line and column, both counted from 1."""
        return self._lines[line - 1] + column - 1

    def end(self, end: End) -> int:
        """Return the place behind the last sign of a node; blank lines that a text in a block owns are no part of it."""
        return len(self.text[: self.at(*end)].rstrip())

    def behind_blanks(self, place: int) -> int:
        """Return the first place from here on at which something else than blanks and tabs stands."""
        while self.text[place : place + 1] in (" ", "\t"):
            place += 1
        return place

    def behind(self, sign: str, place: int) -> int | None:
        """Return the place behind a sign that comes next, after blanks; None where something else comes."""
        place = self.behind_blanks(place)
        if self.text.startswith(sign, place):
            return place + 1
        return None

    def behind_dash(self, place: int) -> int | None:
        """Return the place behind the dash that comes next, after blank lines and remarks."""
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
        """Return where the line behind that of a place begins, or the text ends."""
        return self.text.find("\n", place) + 1 or len(self.text)

    def lines(self, place: int, lines: Sequence[str], column: int, until: int | None = None) -> Splice:
        """Put whole lines, moved to a column (counted from 1), where a line begins or the text ends; `until` where what they replace does."""
        moved = "".join(f"{' ' * (column - 1)}{line}{self._break}" if line else self._break for line in lines)
        if lines and place and self.text[place - 1] != "\n":
            moved = self._break + moved.removesuffix(self._break)
        return Splice(place, place if until is None else until, moved)


@dataclass(frozen=True)
class Spot:
    """A value in a text, where its key or dash stands, and what it stands in."""

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
        """Whether nothing is written at all, not even a sign for nothing."""
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
        """Where the value ends; a blank one where its colon or dash does."""
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


def spot_at(text: str, root: Node, path: Path) -> Spot:
    """Follow a path that leads somewhere (`read.nodes.at`) from the whole text down."""
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


def ways_to_put(spot: Spot, value: Value) -> Iterator[Way]:
    """Yield the ways in which another value can stand at a spot."""
    source, anchor, start, end = spot.source, spot.anchor, spot.start, spot.end
    if spot.above is None or (anchor is None and (spot.blank or not spot.above.brackets)):
        return
    if anchor is None or spot.above.brackets:
        flat = write_on_one_line(value)
        yield [Splice(end, end, f" {flat}") if spot.blank else Splice(start, end, flat)]
        return
    first, *more = write_item(value) if isinstance(spot.above.node, ListNode) else write_field("x", value)
    head, column = first.removeprefix("-").removeprefix("x:"), spot.column
    short = f" {_short(value)}"
    beside = "\n" not in source.text[anchor:start]
    if spot.blank:
        yield [Splice(anchor, anchor, head), source.lines(source.line_end(anchor), more, column)]
        yield [Splice(anchor, anchor, short)]
    elif block := _BLOCK_TEXT.match(source.text, start) if isinstance(spot.node, Scalar) else None:
        # What is remarked behind the sign for a block stays where it is.
        first_line, behind = source.line_end(start), max(source.line_end(start), source.line_end(end))
        if beside:
            yield [Splice(anchor, block.end(), head), source.lines(first_line, more, column, behind)]
        yield [Splice(start, block.end(), short.lstrip()), Splice(first_line, behind, "")]
    elif isinstance(spot.node, Scalar) or spot.brackets:
        if not more:
            yield [Splice(start, end, head.lstrip())]
        elif beside:
            yield [Splice(anchor, end, head), source.lines(source.line_end(end), more, column)]
        yield [Splice(start, end, short.lstrip())]
    elif beside:
        yield [Splice(anchor, end, head), source.lines(source.line_end(end), more, column)]
        yield [Splice(anchor, end, short)]
    else:
        first_line, behind = source.line_start(start), source.line_end(end)
        yield [Splice(anchor, anchor, head), source.lines(first_line, more, column, behind)]
        yield [Splice(anchor, anchor, short), Splice(first_line, behind, "")]


def ways_to_append(spot: Spot, value: Value, key: str | None = None) -> Iterator[Way]:
    """Yield the ways in which a field (with its key) or an item can stand at the end of a group or list."""
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
    """Yield the ways in which a field or an item can go."""
    source, begin, end = spot.source, spot.begin, spot.end
    if spot.above is None:
        return
    beside = spot.above.children
    following = beside[spot.number + 1].begin if spot.number + 1 < len(beside) else None
    if spot.above.brackets:
        comma = source.behind(",", end)
        if following is None and spot.number:
            yield [Splice(beside[spot.number - 1].end, end, "")]
        if comma is not None:
            yield [Splice(begin, source.behind_blanks(comma), "")]
        yield [Splice(begin, end if following is None else following, "")]
    elif not source.text[source.line_start(begin) : begin].strip():
        yield [Splice(source.line_start(begin), source.line_end(end), "")]
    else:
        # It stands behind the dash of an item that has more.
        if following is not None and not source.text[end:following].strip():
            yield [Splice(begin, following, "")]
        yield [Splice(begin, end, "")]


def _short(value: Value) -> str:
    """Write a value on one line of its own."""
    if isinstance(value, Mapping) or (isinstance(value, Sequence) and not isinstance(value, str)):
        return write_on_one_line(value)
    if isinstance(value, str):
        return write_scalar(value)
    return as_text(value)
