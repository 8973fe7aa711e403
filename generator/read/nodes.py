"""Parse YAML into nodes with positions, keeping every scalar as it was written.

Anchors, tags, merge keys and duplicate keys are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, Protocol, TypeGuard

import yaml
from msgspec import Struct

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.model.names_and_ids import character_name, unfit
from generator.model.scalars import PAGE
from generator.read.yaml_mistakes import (
    MAX_DEPTH,
    SHOWN,
    cause,
    indent_of,
    item_in,
    moved,
    quoted,
    without_space,
)

MAX_VALUES = 20_000
"""Keys and values of a file, at most: each may be wrong, and of each it is said where and what helps."""
_COLON = re.compile(r"\s{0,100}:")  # behind a key
_CENTS = re.compile(r"(\d+)\s?€?")  # „50 €“ of `{amount: 12,50 €}`, which the comma divides
_SHORT = 24  # letters of a text that is held once for all files, at most

End = tuple[int, int]
"""Line and column just behind a node, counted from 1; (0, 0) for a node that was not read from a text.

A text in a block also has the blank lines behind it. A list or group of lines ends where the last of its values does.
"""


class Scalar(NamedTuple):
    """A text as written; `plain`: without quotes; `cut`: what YAML took off as a remark behind ` #`."""

    text: str
    position: Position
    plain: bool = True
    cut: str = ""
    end: End = (0, 0)


class ListNode(Struct, frozen=True):
    """A list of nodes."""

    items: tuple[Node, ...]
    position: Position
    end: End = (0, 0)


class MapNode(Struct, frozen=True):
    """A map in written order, with unique scalar keys."""

    entries: tuple[tuple[Scalar, Node], ...]  # key and value
    position: Position
    end: End = (0, 0)

    def get(self, key: str) -> Node | None:
        """Return a key's value, or None."""
        return next((value for name, value in self.entries if name.text == key), None)

    def key(self, key: str) -> Scalar | None:
        """Return the key itself, for its position."""
        return next((name for name, _ in self.entries if name.text == key), None)


Node = Scalar | ListNode | MapNode
FieldPath = tuple[str | int, ...]  # ("contact", "phone"); a number is an entry of a list


def plain(node: Node) -> Any:
    """Return plain data without positions and empty keys."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, ListNode):
        return [plain(item) for item in stated_items(node)]
    return {key.text: plain(value) for key, value in node.entries if not is_empty(value)}


def is_empty(node: Node) -> bool:
    """Tell whether nothing was written: `until:`, `until: ""`."""
    return isinstance(node, Scalar) and (not node.text or (node.plain and node.text in ("~", "null")))


def at(node: Node | None, path: FieldPath) -> Node | None:
    """Follow keys and indexes to a node, or None."""
    for step in path:
        if isinstance(node, MapNode) and isinstance(step, str):
            node = node.get(step)
        elif isinstance(node, ListNode) and isinstance(step, int):
            items = stated_items(node)
            node = items[step] if step < len(items) else None
        else:
            return None
    return node


def text_at(node: Node | None, *path: str | int) -> str:
    """Return the text at a path; empty for none.

    >>> text_at(parse("name: Treff", "treff.yml")[0], "name")
    'Treff'
    """
    found = at(node, path)
    if isinstance(found, Scalar):
        return found.text
    return ""


def position_at(node: Node, path: FieldPath, *, key: bool = False) -> Position:
    """Return a path's position, else that of the nearest node above."""
    current: Node = node
    position = node.position
    for step in path:
        if isinstance(current, MapNode) and isinstance(step, str):
            name = current.key(step)
            value = current.get(step)
            if name is not None and value is not None:
                current = value
                position = name.position if key or is_empty(value) else _start(value, name)
        elif isinstance(current, ListNode) and isinstance(step, int):
            items = stated_items(current)
            if step >= len(items):
                break
            current = items[step]
            position = current.position
    return position


def stated_items(node: ListNode) -> list[Node]:
    """Return a list's entries that aren't empty."""
    return [item for item in node.items if not is_empty(item)]


def places_at(
    node: Node | None, path: tuple[str, ...], above: FieldPath = ()
) -> Iterator[tuple[FieldPath, Scalar]]:
    """Yield these with the paths where they stand; a key has its value's."""
    if not path:
        if isinstance(node, Scalar) and node.text:
            yield above, node
        return
    step, rest = path[0], path[1:]
    if isinstance(node, ListNode):
        if step == "*":
            for number, item in enumerate(node.items):
                yield from places_at(item, rest, (*above, number))
    elif isinstance(node, MapNode):
        if step == "{}":
            yield from (((*above, key.text), key) for key, _ in node.entries)
        elif step == "*":
            for key, value in node.entries:
                yield from places_at(value, rest, (*above, key.text))
        else:
            yield from places_at(node.get(step), rest, (*above, step))


def _start(value: Node, key: Scalar) -> Position:
    """Return where people look for a value: a text itself, a list or group at its key."""
    return value.position if isinstance(value, Scalar) else key.position


def parse(text: str, file: str) -> tuple[Node | None, list[Diagnostic]]:
    """Parse one document into nodes; None if empty or no YAML."""
    # Windows' line ends are read as they are; other signs that YAML takes for the end of a line would move every position.
    if found := unfit_characters(text.replace("\r\n", "\n"), file):
        return None, found
    builder = _Builder(file, text)
    try:
        node = builder.document()
    except _Stop as stop:
        return None, [*builder.found, stop.diagnostic]
    except yaml.MarkedYAMLError as error:
        return None, [*builder.found, cause(error, file, text)]
    if node is None and not builder.found:
        return None, [diagnostic("datei-leer", Position(file))]
    return node, builder.found


def _marks_of_event(event: yaml.Event) -> tuple[_Mark, _Mark]:
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:
        raise ValueError("the parser gives every event its place")
    return start, end


def _end_of_event(event: yaml.Event) -> End:
    mark = _marks_of_event(event)[1]
    return _share_end(mark.line + 1, mark.column + 1)


# Records resemble each other: the same ends, keys and short values stand in thousands of files, and are held once.
@lru_cache(maxsize=16_384)
def _share_end(line: int, column: int) -> End:
    return line, column


@lru_cache(maxsize=16_384)
def _share_text(text: str) -> str:
    return text


def _end_of(start: yaml.Event, items: list[Node], event: yaml.Event) -> End:
    # The parser ends a list of lines where the next thing begins, behind remarks that stand between.
    return _end_of_event(event) if getattr(start, "flow_style", False) or not items else items[-1].end


def unfit_characters(text: str, file: str) -> list[Diagnostic]:
    """Report a file's first forbidden character."""
    wrong = unfit(text)
    if wrong is None:
        return []
    line = wrong.string.count("\n", 0, wrong.start()) + 1
    column = wrong.start() - wrong.string.rfind("\n", 0, wrong.start())
    return [diagnostic("steuerzeichen", Position(file, line, column), character=character_name(wrong[0]))]


class _Mark(Protocol):
    """A place in a YAML text, counted from 0."""

    line: int
    column: int


class _Stop(Exception):
    """Behind this mistake nothing of the file can be read."""

    def __init__(self, found: Diagnostic) -> None:
        self.diagnostic = found


class _Builder:
    """Builds nodes from events with its own stack, without recursion."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.lines = text.split("\n")
        self.found: list[Diagnostic] = []
        loader = getattr(yaml, "CLoader", yaml.Loader)
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=loader)

    def position(self, event: yaml.Event) -> Position:
        return self.between(*_marks_of_event(event))

    def between(self, start: _Mark, end: _Mark) -> Position:
        line = start.line + 1
        if end.line == start.line:
            length = max(1, end.column - start.column)
        else:
            written = self.lines[start.line] if start.line < len(self.lines) else ""
            length = max(1, len(written.rstrip()) - start.column)
        return Position(self.file, line, start.column + 1, length)

    def document(self) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _Stop(diagnostic("zweites-dokument", self.position(event)))
            elif isinstance(event, yaml.NodeEvent):
                root = self.tree(event)
        return None if root is None or is_empty(root) else root

    def tree(self, first: yaml.Event) -> Node | None:
        """Build a node from its first event on."""
        stack: list[tuple[yaml.Event, list[Node]]] = []
        event: yaml.Event = first
        values = 0
        while True:
            done: Node | None = None
            if event.__class__ is yaml.ScalarEvent:
                done = self.scalar(event)
            elif isinstance(event, yaml.AliasEvent):
                self.found.append(
                    diagnostic("verweis-in-yaml", self.position(event), name=f"*{event.anchor}")
                )
                done = Scalar("", self.position(event), end=_end_of_event(event))
            elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
                self.refuse_extras(event)
                if len(stack) >= MAX_DEPTH:
                    raise _Stop(diagnostic("zu-tief", self.position(event), limit=MAX_DEPTH))
                stack.append((event, []))
            elif isinstance(event, yaml.SequenceEndEvent):
                start, items = stack.pop()
                done = ListNode(tuple(items), self.position(start), _end_of(start, items, event))
            elif isinstance(event, yaml.MappingEndEvent):
                start, items = stack.pop()
                done = self.mapping(start, items, _end_of(start, items, event))
            if done is not None:
                values += 1
                if values > MAX_VALUES:
                    raise _Stop(diagnostic("zu-viele-werte", done.position, limit=MAX_VALUES))
                if not stack:
                    return done
                stack[-1][1].append(done)
            event = next(self.events)

    def scalar(self, event: yaml.ScalarEvent) -> Scalar:
        start, end = _marks_of_event(event)
        position = self.between(start, end)
        if len(event.value) > PAGE:
            raise _Stop(diagnostic("text-zu-lang", position, length=len(event.value), limit=PAGE))
        if event.anchor or event.tag:
            self.refuse_extras(event)
        # The text as a whole holds none; one can still be written as "\\u2028" between double quotes.
        if event.style == '"' and (wrong := unfit(event.value)):
            self.found.append(diagnostic("steuerzeichen", position, character=character_name(wrong[0])))
        plain = event.style is None or event.style == ""
        cut, value = "", event.value
        if plain and event.value:
            line = self.lines[end.line]
            if line[end.column : end.column + 2] == " #":
                cut = line[end.column :].strip()
            if end.line > start.line:
                self.refuse_list_behind(start, end)
        text = _share_text(value) if len(value) <= _SHORT else value
        return Scalar(text, position, plain, cut, _share_end(end.line + 1, end.column + 1))

    def refuse_list_behind(self, start: _Mark, end: _Mark) -> None:
        """Refuse a list right behind a value, which YAML reads as text. Such as „hours: Mo 9-12“ with an indented „- b“ below."""
        first = self.lines[start.line]
        items = [n for n in range(start.line + 1, end.line + 1) if item_in(self.lines[n]) is not None]
        if not items or not first[: start.column].strip():
            return
        if first[: start.column].strip() != "-":
            place = Position(self.file, start.line + 1, start.column + 1, len(first) - start.column)
            raise _Stop(diagnostic("liste-hinter-wert", place))
        item = self.lines[items[0]]
        indent, text = indent_of(item), item.strip()
        place = Position(self.file, items[0] + 1, indent + 1, len(text))
        better = moved(indent, first.index("-"))
        raise _Stop(diagnostic("einrueckung-falsch", place, name=text[:SHOWN], better=better))

    def refuse_extras(self, event: yaml.NodeEvent) -> None:
        if event.anchor:
            self.found.append(diagnostic("verweis-in-yaml", self.position(event), name=f"&{event.anchor}"))
        tag = getattr(event, "tag", None)
        if tag:
            self.found.append(diagnostic("typ-marke", self.position(event), tag=tag))

    def mapping(self, start: yaml.Event, items: list[Node], end: End) -> Node:
        entries: list[tuple[Scalar, Node]] = []
        seen: dict[str, Position] = {}
        flow = bool(getattr(start, "flow_style", False))
        for key, value in zip(items[::2], items[1::2], strict=True):
            if flow and self.is_cut(key, value):
                raise _Stop(_without_field(key, entries[-1] if entries else None))
            if self.is_key(key, seen):
                seen[key.text] = key.position
                entries.append((key, value))
        return MapNode(tuple(entries), self.position(start), end)

    def is_cut(self, key: Node, value: Node) -> TypeGuard[Scalar]:
        """Tell whether an item in braces is a piece of a text, as `50` in `{amount: 12,50}`."""
        return isinstance(key, Scalar) and is_empty(value) and not self.has_colon(key)

    def is_key(self, node: Node, seen: Mapping[str, Position]) -> TypeGuard[Scalar]:
        """Tell whether a node is a new key, else report it."""
        if not isinstance(node, Scalar):
            self.found.append(diagnostic("schluessel-kein-text", node.position))
            return False
        if node.text == "<<" and node.plain:
            self.found.append(diagnostic("verweis-in-yaml", node.position, name="<<"))
            return False
        if node.text in seen:
            first = seen[node.text].line
            self.found.append(diagnostic("doppelter-schluessel", node.position, name=node.text, first=first))
            return False
        return True

    def has_colon(self, key: Scalar) -> bool:
        line = self.lines[key.position.line - 1]
        return _COLON.match(line, key.position.column - 1 + key.position.length) is not None


def _without_field(part: Scalar, before: tuple[Scalar, Node] | None) -> Diagnostic:
    """Report text in braces without field; `before` is the field before."""
    if better := without_space(part.text):
        return diagnostic("leerzeichen-fehlt", part.position, better=better)
    if before is None or not isinstance(before[1], Scalar):
        return diagnostic("klammern-ohne-felder", part.position)
    field, value = before[0].text, before[1].text
    cents = _CENTS.fullmatch(part.text)
    whole = f"{value}.{cents[1]}" if value.isdigit() and cents else quoted(f"{value}, {part.text}")
    return diagnostic("komma-trennt", part.position, name=part.text, better=f"{field}: {whole}")
