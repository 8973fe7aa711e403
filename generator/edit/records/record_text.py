"""Change one value in the text of a record and leave every other byte.

The result is read back, and nothing is written where anything else would change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple, TypeGuard

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.edit.records.yaml_writer import (
    Value,
    as_text,
    write_field,
    write_item,
    write_on_one_line,
    write_scalar,
)
from generator.files.disk import RECORD, Disk, decoded
from generator.read.nodes import (
    End,
    FieldPath,
    ListNode,
    MapNode,
    Node,
    Scalar,
    at,
    is_empty,
    parse,
    position_at,
    stated_items,
)

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
                self._make_field_spot(number, key, value)
                for number, (key, value) in enumerate(self.node.entries)
            )
        if isinstance(self.node, ListNode):
            return tuple(self._make_item_spots(self.node))
        return ()

    def _make_field_spot(self, number: int, key: Scalar, value: Node) -> Spot:
        begin = self.source.at(key.position.line, key.position.column)
        colon = self.source.behind(":", self.source.end(key.end))
        return Spot(self.source, value, begin, colon, self, number)

    def _make_item_spots(self, node: ListNode) -> Iterator[Spot]:
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
        written = _NewValue(head, more, f" {_write_short_value(value)}")
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
        elif _is_on_line_of_key(spot, anchor):
            yield _from_anchor(spot, anchor, written)
        yield [Splice(start, end, written.short.lstrip())]
    elif _is_on_line_of_key(spot, anchor):
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
    if _is_on_line_of_key(spot, anchor):
        lines = source.lines(first_line, written.more, spot.column, behind)
        yield [Splice(anchor, sign_end, written.head), lines]
    yield [Splice(start, sign_end, written.short.lstrip()), Splice(first_line, behind, "")]


def _is_on_line_of_key(spot: Spot, anchor: int) -> bool:
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
    short = [
        f"- {_write_short_value(value)}"
        if key is None
        else f"{write_scalar(key)}: {_write_short_value(value)}"
    ]
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


def _write_short_value(value: Value) -> str:
    """Write a value on one line of its own."""
    if isinstance(value, Mapping) or (isinstance(value, Sequence) and not isinstance(value, str)):
        return write_on_one_line(value)
    if isinstance(value, str):
        return write_scalar(value)
    return as_text(value)


_MARK = "\ufeff"
"""The byte-order mark with which some editors begin files."""
Meant = Callable[[Node, Node], bool]
"""Tells of a value before and after a change whether that is what was meant."""


class RecordText:
    """A YAML file's text while values of it are changed.

    Paths are keys and numbers, as for `read.nodes.at`. Comments behind a value stay until it goes. Where a
    change isn't possible alone, `found` says so and the text stays.
    """

    __slots__ = ("_before", "_file", "_mark", "_node", "_source", "found")
    found: list[Diagnostic]

    def __init__(self, text: str, file: str) -> None:
        self._mark = _MARK if text.startswith(_MARK) else ""
        self._file = file
        self._source = self._before = text.removeprefix(_MARK)
        self._node, self.found = parse(self._source, file)

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self._mark + self._source

    @property
    def changed(self) -> bool:
        """Whether the text is another one than at first."""
        return self._source != self._before

    @property
    def node(self) -> Node | None:
        """The current content; None if unreadable."""
        return self._node

    def set(self, path: FieldPath, value: Value) -> None:
        """Set a value, making groups; an empty value is removed. Of existing groups and lists only what differs is written."""
        stated = _stated(value)
        self._all_or_nothing(path, lambda: self._remove(path) if stated is None else self._set(path, stated))

    def remove(self, path: FieldPath) -> None:
        """Remove a path's value with key, comments and emptied parents."""
        self._all_or_nothing(path, lambda: self._remove(path))

    def add(self, path: FieldPath, value: Value) -> None:
        """Append an item to a list, making it if needed."""
        stated = _stated(value)
        self._all_or_nothing(path, lambda: stated is None or self._add_to_list(path, stated))

    def rekey(self, path: FieldPath, key: str) -> None:
        """Rename a key; its place, comments and other keys stay."""
        self._all_or_nothing(path, lambda: self._rename_key(path, key))

    def _all_or_nothing(self, path: FieldPath, change: Callable[[], bool]) -> None:
        """Make a change of several steps, or none of them."""
        if self.found:
            return
        before = self._source, self._node
        if change():
            return
        self._source, self._node = before
        place = Position(self._file) if self._node is None else position_at(self._node, path)
        name = ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
        self.found.append(diagnostic("nicht-von-selbst", place, field=name))

    def _set(self, path: FieldPath, value: Value) -> bool:
        """Change key by key or item by item, else the whole value."""
        current = at(self._node, path)
        if current is None:
            return self._make(path, value)
        if _holds_value(current, value):
            return True
        before = self._source, self._node
        if isinstance(current, MapNode) and isinstance(value, Mapping):
            gone = [key.text for key, _ in current.entries if key.text not in value]
            set_all = all(self._set((*path, key), item) for key, item in value.items())
            if set_all and all(self._remove((*path, key)) for key in gone):
                return True
        if (
            isinstance(current, ListNode)
            and _is_list(value)
            and self._set_items(path, stated_items(current), value)
        ):
            return True
        self._source, self._node = before
        return self._put_value(path, value)

    def _set_items(self, path: FieldPath, current: Sequence[Node], value: Sequence[Value]) -> bool:
        """Change a list's items: each at its place, else by removing some and appending others."""
        gone = _gone(current, value)
        kept = len(current) - len(gone)
        # As many are right at their place: each is changed where it stands.
        if len(current) == len(value) and kept <= sum(map(_holds_value, current, value)):
            return all(self._set((*path, number), item) for number, item in enumerate(value))
        # What stays keeps its comments; what is new is put at the end, so that the list goes on looking as it does.
        return all(self._append_value(path, item) for item in value[kept:]) and all(
            self._remove((*path, number)) for number in reversed(gone)
        )

    def _make(self, path: FieldPath, value: Value) -> bool:
        """Write a new value with its groups."""
        depth = max(number for number in range(len(path)) if at(self._node, path[:number]) is not None)
        above = at(self._node, path[:depth])
        keys = [step for step in path[depth:] if isinstance(step, str)]
        if len(keys) < len(path) - depth:
            return False
        for key in reversed(keys[1:]):
            value = {key: value}
        if isinstance(above, MapNode):
            return self._append_value(path[:depth], value, keys[0])
        return above is not None and is_empty(above) and self._put_value(path[:depth], {keys[0]: value})

    def _add_to_list(self, path: FieldPath, value: Value) -> bool:
        current = at(self._node, path)
        if current is None:
            return self._make(path, [value])
        if is_empty(current):
            return self._put_value(path, [value])
        return isinstance(current, ListNode) and self._append_value(path, value)

    def _remove(self, path: FieldPath) -> bool:
        """Remove a value, and the parents that held nothing else."""
        current = at(self._node, path)
        if current is None:
            return True
        while len(path) > 1:
            above = at(self._node, path[:-1])
            if sum(not is_empty(node) for _, node in _list_named_parts(above)) > (not is_empty(current)):
                break
            current, path = above or current, path[:-1]
        return self._delete_value(path)

    def _rename_key(self, path: FieldPath, key: str) -> bool:
        above = at(self._node, path[:-1])
        written = above.key(str(path[-1])) if isinstance(above, MapNode) else None
        if written is None or (isinstance(above, MapNode) and above.key(key)):
            return False
        spot = self._find_spot(path[:-1])
        start, end = (
            spot.source.at(written.position.line, written.position.column),
            spot.source.at(*written.end),
        )

        def meant(old: Node, new: Node) -> bool:
            parts = [(key if name == path[-1] else name, part) for name, part in _list_named_parts(old)]
            return type(old) is type(new) and _same_parts(parts, _list_named_parts(new))

        return self._try(spot, iter([[Splice(start, end, write_scalar(key))]]), meant)

    def _put_value(self, path: FieldPath, value: Value) -> bool:
        spot = self._find_spot(path)
        return self._try(spot, ways_to_put(spot, value), lambda _old, new: _holds_value(new, value))

    def _append_value(self, path: FieldPath, value: Value, key: str | None = None) -> bool:
        spot = self._find_spot(path)
        ways = ways_to_append(spot, value, key)
        return self._try(spot, ways, lambda old, new: _longer(old, new, key or "", value))

    def _delete_value(self, path: FieldPath) -> bool:
        spot = self._find_spot(path)

        def meant(old: Node, new: Node) -> bool:
            parts = _list_named_parts(old)
            del parts[spot.number]
            return type(old) is type(new) and _same_parts(parts, _list_named_parts(new))

        return spot.above is not None and self._try(spot.above, ways_to_delete(spot), meant)

    def _find_spot(self, path: FieldPath) -> Spot:
        if self._node is None:
            raise ValueError("a text without values has no place for one")
        return spot_at(self._source, self._node, path)

    def _try(self, spot: Spot, ways: Iterator[Way], meant: Meant) -> bool:
        """Take the first splice that changes only what is meant."""
        for way in ways:
            source = self._source
            for splice in reversed(way):
                source = source[: splice.start] + splice.text + source[splice.end :]
            node, found = parse(source, self._file)
            if node is not None and not found and _differs_only(spot, node, meant):
                self._source, self._node = source, node
                return True
        return False


def open_record(disk: Disk, path: Path) -> tuple[RecordText | None, list[Diagnostic]]:
    """Open a record's file for changes, keeping byte-order mark and line ends."""
    data, found = disk.read(path, RECORD)
    if data is None:
        return None, found
    text, found = decoded(data, disk.name(path))
    if text is None:
        return None, found
    mark = _MARK if data.startswith(_MARK.encode()) else ""
    return RecordText(mark + text, disk.name(path)), []


def _stated(value: Value) -> Value:
    """Return a value without empty parts and outer blanks; None if empty."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        inner = {key: stated for key, item in value.items() if (stated := _stated(item)) is not None}
        return inner or None
    if _is_list(value):
        return [stated for item in value if (stated := _stated(item)) is not None] or None
    return value


def _is_list(value: Value) -> TypeGuard[Sequence[Value]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _list_named_parts(node: Node | None) -> list[tuple[str, Node]]:
    """Return a group's entries, or a list's without names."""
    if isinstance(node, MapNode):
        return [(key.text, value) for key, value in node.entries]
    if isinstance(node, ListNode):
        return [("", item) for item in node.items]
    return []


def _gone(current: Sequence[Node], value: Sequence[Value]) -> list[int]:
    """Return items to remove so that the rest begins the wanted list."""
    gone: list[int] = []
    for number, node in enumerate(current):
        wanted = number - len(gone)
        if wanted == len(value) or not _holds_value(node, value[wanted]):
            gone.append(number)
    return gone


def _holds_value(node: Node, value: Value) -> bool:
    """Tell whether a node holds a value, however written."""
    if is_empty(node):
        return False
    if isinstance(value, Mapping):
        if not isinstance(node, MapNode):
            return False
        parts = {name: part for name, part in _list_named_parts(node) if not is_empty(part)}
        return parts.keys() == value.keys() and all(
            _holds_value(part, value[name]) for name, part in parts.items()
        )
    if _is_list(value):
        if not isinstance(node, ListNode):
            return False
        items = stated_items(node)
        return len(items) == len(value) and all(map(_holds_value, items, value))
    return isinstance(node, Scalar) and node.text.strip() == as_text(value).strip()


def _longer(old: Node, new: Node, name: str, value: Value) -> bool:
    """Tell whether only one entry was appended."""
    parts = _list_named_parts(new)
    return (
        type(old) is type(new)
        and len(parts) > 0
        and _same_parts(_list_named_parts(old), parts[:-1])
        and parts[-1][0] == name
        and _holds_value(parts[-1][1], value)
    )


def _same(old: Node, new: Node) -> bool:
    """Tell whether nodes are written alike, apart from trailing blank lines."""
    if isinstance(old, Scalar) and isinstance(new, Scalar):
        return (old.text.rstrip("\n"), old.plain, old.cut) == (new.text.rstrip("\n"), new.plain, new.cut)
    return type(old) is type(new) and _same_parts(_list_named_parts(old), _list_named_parts(new))


def _same_parts(old: Sequence[tuple[str, Node]], new: Sequence[tuple[str, Node]]) -> bool:
    return len(old) == len(new) and all(
        one == other and _same(before, after) for (one, before), (other, after) in zip(old, new, strict=True)
    )


def _differs_only(spot: Spot, new: Node, meant: Meant) -> bool:
    """Tell whether only one spot changed, to what is meant."""
    steps: list[Spot] = []
    while spot.above is not None:
        steps.append(spot)
        spot = spot.above
    old = spot.node
    for step in reversed(steps):
        before, after = _list_named_parts(old), _list_named_parts(new)
        if (
            type(old) is not type(new)
            or len(before) != len(after)
            or before[step.number][0] != after[step.number][0]
        ):
            return False
        old, new = before.pop(step.number)[1], after.pop(step.number)[1]
        if not _same_parts(before, after):
            return False
    return meant(old, new)
