"""Nodes in, frozen records out, or what pydantic found wrong with them and, explained, every problem at its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.model.fields import has_path
from generator.model.groups import Record
from generator.read.explaining import explained
from generator.read.known_names import NO_NAMES
from generator.read.nodes import ListNode, MapNode, Node, Scalar, is_empty, plain, position_at
from generator.read.unknown_fields import Fault
from generator.read.written import quoted

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True, eq=False)
class RecordSource:
    """A record with the nodes it was read from, so that later checks can point at values; one object as long as nothing changes."""

    folder: str
    id: str
    file: str
    node: MapNode
    record: Record
    text: str
    """The public file as it was written, with its comments."""

    def position(self, *path: str | int, key: bool = False) -> Position:
        """Return where a field stands, or the nearest place above it; a field that no such record can have is a bug (KeyError)."""
        if not has_path(type(self.record), path):
            raise KeyError(path)
        return position_at(self.node, path, key=key)


def validate(model: type[M], node: Node, **more: Any) -> tuple[M | None, list[Diagnostic]]:
    """Build a model from a node; `more` gives values that are not written, such as the id."""
    if not isinstance(node, MapNode):
        return None, [*odd_texts(node), no_group(node)]
    record, faults = build(model, node, **more)
    return record, [*odd_texts(node), *explained(model, node, faults, NO_NAMES)]


def build(model: type[M], node: MapNode, **more: Any) -> tuple[M | None, tuple[Fault, ...]]:
    """Build a model from a node, or return what is wrong with it, unexplained: to explain it one has to know all names."""
    try:
        return model.model_validate({**plain(node), **more}), ()
    except ValidationError as error:
        return None, tuple(error.errors(include_url=False, include_input=False))


def no_group(node: Node) -> Diagnostic:
    """Say that a text or a list stands where fields belong."""
    what = "eine Liste" if isinstance(node, ListNode) else "ein Text"
    better = (
        "für jeden Eintrag eine eigene Datei anlegen; darin steht jedes Feld ohne Strich davor in einer eigenen Zeile"
        if isinstance(node, ListNode) and node.items and all(isinstance(item, MapNode) for item in node.items)
        else "jedes Feld in eine eigene Zeile schreiben: Name, Doppelpunkt, Leerzeichen, Wert; eine Vorlage schreibt „nahraum new“"
    )
    return diagnostic(
        "falsche-form", node.position, expected="eine Gruppe von Feldern", found=what, better=better
    )


def odd_texts(node: Node) -> list[Diagnostic]:
    """Report texts that a ` #` may have cut off, those that end with a comma as if another program read them, and items that a list has twice."""
    found: list[Diagnostic] = []
    stack: list[Node] = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, ListNode):
            stack.extend(current.items)
            found += _twice(current)
        elif isinstance(current, MapNode):
            stack.extend(value for _, value in current.entries)
        elif current.cut:
            better = quoted(f"{current.text} {current.cut}")
            found.append(diagnostic("raute-schneidet-ab", current.position, cut=current.cut, better=better))
        elif current.plain and current.text.endswith(","):
            better = current.text.rstrip(", ")[-80:]
            found.append(diagnostic("komma-am-ende", current.position, better=better))
    return found


def _twice(items: ListNode) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for item in items.items:
        if isinstance(item, Scalar) and item.text:
            if item.text in seen:
                yield diagnostic("doppelt-in-liste", item.position, value=item.text)
            seen.add(item.text)


def blank_fields(node: MapNode) -> Iterator[Diagnostic]:
    """Report fields with nothing behind them: whoever begins one and is called away never hears of it otherwise."""
    for key, value in node.entries:
        if is_empty(value):
            yield diagnostic("feld-ohne-wert", key.position, name=key.text)
        elif isinstance(value, MapNode):
            yield from blank_fields(value)
