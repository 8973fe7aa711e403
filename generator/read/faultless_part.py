"""Take what is wrong out of a record, so that the rest can be checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import TypeVar

from msgspec.structs import replace
from pydantic import BaseModel

from generator.diagnostics import Position
from generator.model.fields import fields
from generator.model.samples import Value, sample
from generator.read.nodes import FieldPath, ListNode, MapNode, Node, Scalar, position_at, stated_items
from generator.read.record_mistakes import Fault, UnknownFields, written_path

M = TypeVar("M", bound=BaseModel)
Faults = tuple[tuple[MapNode, tuple[Fault, ...]], ...]
"""What is wrong with a record, and what shows once that is taken out: each time with the node in which it stands."""
Spot = tuple[str, int, int]
"""File, line and column."""
_ROUNDS = 8  # what is taken out may show further faults, so often at most


def built_without_faults(
    model: type[M], node: MapNode, build: Callable[[type[M], MapNode], tuple[M | None, Sequence[Fault]]]
) -> tuple[M | None, MapNode, Faults, frozenset[Spot]]:
    """Return a record of what is right, the node of that, the faults, and the places altered for it."""
    rounds: list[tuple[MapNode, tuple[Fault, ...]]] = []
    altered: set[Spot] = set()
    record, faults = build(model, node)
    for _ in range(_ROUNDS):
        # A fault where something was altered before only follows from that; the others are told.
        first = tuple(one for one in faults if altered.isdisjoint(_spots(node, one, around=False)))
        if first:
            rounds.append((node, first))
        if record is not None:
            break
        altered.update(chain.from_iterable(_spots(node, one, around=True) for one in faults))
        node = _without_faults(model, node, faults)
        record, faults = build(model, node)
    return record, node, tuple(rounds), frozenset(altered)


def _spots(node: MapNode, fault: Fault, *, around: bool) -> Iterator[Spot]:
    """Yield places of a fault's key and value; `around`: of all groups around it, too."""
    path = written_path(node, fault["loc"])
    for depth in range(0 if around else len(path), len(path) + 1):
        for key in (True, False):
            yield position_at(node, path[:depth], key=key)[:3]


def _without_faults(model: type[BaseModel], node: MapNode, faults: Sequence[Fault]) -> MapNode:
    """Rename misspelt fields, add examples of missing ones, drop other faults."""
    unknown = UnknownFields(model, node)
    by_path = {written_path(node, one["loc"]): one for one in faults}
    written = {path: one for path, one in by_path.items() if one["type"] != "missing"}
    # The last item of a list goes first, so that numbers of the others still hold; padded, 10 is behind 9.
    for path in sorted(written, key=lambda path: [f"{step:0>9}" for step in path], reverse=True):
        is_unknown = written[path]["type"] == "extra_forbidden"
        node = _changed(node, path, unknown.meant(written[path])[0] if is_unknown else None)
    # A misspelt field, renamed above, may be the missing one: examples wait for the next round.
    for path in () if written else by_path:
        name = str(path[0])
        example = _node(sample(fields(model)[name]), node.position)
        if len(path) > 1:
            # A group that lacks a field is left out as a whole.
            node = _changed(node, path[:-1])
        else:
            node = replace(node, entries=(*node.entries, (Scalar(name, node.position), example)))
    return node


def _changed(node: MapNode, path: FieldPath, name: str | None = None) -> MapNode:
    """Return a group with a path renamed (if free) or removed."""
    entries: list[tuple[Scalar, Node]] = []
    for key, value in node.entries:
        if key.text != path[0]:
            entries.append((key, value))
        elif len(path) > 1:
            entries.append((key, _changed_below(value, path[1:], name)))
        elif name is not None and node.get(name) is None:
            entries.append((key._replace(text=name), value))
    return replace(node, entries=tuple(entries))


def _changed_below(node: Node, path: FieldPath, name: str | None) -> Node:
    """Do the same in a group or list; a list's item can only be removed."""
    if isinstance(node, MapNode):
        return _changed(node, path, name)
    if not isinstance(node, ListNode):
        return node
    items = stated_items(node)
    number = path[0]
    if not isinstance(number, int) or number >= len(items):
        return node
    items[number : number + 1] = [_changed_below(items[number], path[1:], name)] if len(path) > 1 else []
    return replace(node, items=tuple(items))


def _node(value: Value, position: Position) -> Node:
    """Return an example value as a node."""
    if isinstance(value, str):
        return Scalar(value, position)
    if isinstance(value, list):
        return ListNode(tuple(_node(item, position) for item in value), position)
    entries = ((Scalar(key, position), _node(item, position)) for key, item in value.items())
    return MapNode(tuple(entries), position)
