"""Take a German name for the id or value that it means, where its list has it once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar, cast

from msgspec.structs import replace

from generator.model.fields import VALUE_WORDS, choices, kinds_at, references
from generator.model.groups import Group
from generator.read.nodes import FieldPath, ListNode, MapNode, Node, Scalar, at, places_at, stated_items
from generator.read.record_mistakes import NOT_CHOSEN, Fault, written_path
from generator.read.references import KnownNames

M = TypeVar("M", bound=Node)


def with_values(model: type[Group], node: MapNode, faults: Iterable[Fault]) -> MapNode:
    """Return a group in which „Anmeldung“ is `registration`, at the places where faults say that it is no value."""
    for one in faults:
        path = written_path(node, one["loc"])
        written = at(node, path)
        if one["type"] in NOT_CHOSEN and isinstance(written, Scalar):
            known = {
                value: VALUE_WORDS[value][0]
                for value in choices(kinds_at(model, path)[0])
                if value in VALUE_WORDS
            }
            meant = [value for value, name in known.items() if name.casefold() == written.text.casefold()]
            if len(meant) == 1:
                node = _with_text(node, path, meant[0])
    return node


def with_ids(
    model: type[Group], node: MapNode, known: Mapping[str, Collection[str]], names: KnownNames
) -> MapNode:
    """Return a group in which „Begegnung“ is `begegnung`, wherever an id belongs and `known` has none so written."""
    for reference in references(model):
        targets = reference.target.split("|")
        # The keys of a map stay as they are written.
        for path, written in () if "{}" in reference.path else places_at(node, reference.path):
            if not any(written.text in known.get(target, ()) for target in targets):
                meant = names.called(written.text, targets)
                node = _with_text(node, path, meant) if meant else node
    return node


def _with_text(node: M, path: FieldPath, text: str) -> M:
    """Return a node with another text at a path; every position stays."""
    found: Node
    if isinstance(node, Scalar):
        found = node._replace(text=text)
    elif isinstance(node, ListNode):
        items = stated_items(node)
        number = cast(int, path[0])
        items[number] = _with_text(items[number], path[1:], text)
        found = replace(node, items=tuple(items))
    else:
        entries = tuple(
            (key, _with_text(value, path[1:], text) if key.text == path[0] else value)
            for key, value in cast(MapNode, node).entries
        )
        found = replace(node, entries=entries)
    return cast(M, found)
