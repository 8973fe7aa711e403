"""Take the values that can't be read out of a record, with a warning for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.groups import Record
from generator.read.nodes import FieldPath, ListNode, MapNode, Node, Scalar, is_empty
from generator.read.records import validate


def leave_out(
    model: type[Record], key: str, node: MapNode, problems: Sequence[Diagnostic]
) -> tuple[MapNode, list[Diagnostic]]:
    """Take out the values that the problems point at, as long as the record is sound afterwards.

    Where a value is needed, or nothing helps, the record comes back as it was with the problems.
    """
    better, warnings = node, []
    for problem in problems:
        paths = [path for path, scalar in texts(better) if scalar.position == problem.position]
        for path in paths:
            smaller = without(better, path)
            _, left = validate(model, smaller, id=key)
            if len(left) < len(validate(model, better, id=key)[1]):
                value = next(scalar.text for place, scalar in texts(better) if place == path)
                field = ".".join(str(step) for step in path)
                warnings.append(diagnostic("wert-ausgelassen", problem.position, value=value, field=field))
                better = smaller
                break
    if validate(model, better, id=key)[1]:
        return (node, list(problems))
    return (better, warnings)


def texts(node: Node, path: FieldPath = ()) -> Iterator[tuple[FieldPath, Scalar]]:
    """Yield every text of a record with its path."""
    if isinstance(node, Scalar):
        yield path, node
    elif isinstance(node, ListNode):
        for number, item in enumerate(node.items):
            yield from texts(item, (*path, number))
    else:
        for key, value in node.entries:
            yield from texts(value, (*path, key.text))


def without(node: MapNode, path: FieldPath) -> MapNode:
    """Return a record without the value at a path; a group or list that becomes empty goes too."""
    done = _without(node, path)
    if isinstance(done, MapNode):
        return done
    return MapNode((), node.position)


def _without(node: Node, path: FieldPath) -> Node | None:
    if not path:
        return None
    if isinstance(node, MapNode):
        return _map_without(node, path)
    if isinstance(node, ListNode):
        return _list_without(node, path)
    return node


def _map_without(node: MapNode, path: FieldPath) -> Node | None:
    kept = []
    for key, value in node.entries:
        rest = _without(value, path[1:]) if key.text == path[0] else value
        if rest is not None and not is_empty(rest):
            kept.append((key, rest))
    if kept:
        return MapNode(tuple(kept), node.position)
    return None


def _list_without(node: ListNode, path: FieldPath) -> Node | None:
    left = []
    for number, item in enumerate(node.items):
        rest = _without(item, path[1:]) if number == path[0] else item
        if rest is not None:
            left.append(rest)
    if left:
        return ListNode(tuple(left), node.position)
    return None
