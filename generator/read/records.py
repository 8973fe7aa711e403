"""Nodes in, frozen records and diagnostics out: every problem of a record at once, each at its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import CODES, diagnostic
from generator.model.fields import annotation, choices, fields, models_at
from generator.model.groups import Record
from generator.read.nodes import ListNode, MapNode, Node, Path, Scalar, at, plain, position_at

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class RecordSource:
    """A record with the nodes it was read from, so that later checks can point at values."""

    folder: str
    id: str
    file: str
    node: MapNode
    record: Record
    text: str
    """The public file as it was written, with its comments."""

    def position(self, *path: str | int, key: bool = False) -> Position:
        """Return where a field stands, or the nearest place above it."""
        return position_at(self.node, path, key=key)


def validate(model: type[M], node: Node, **more: Any) -> tuple[M | None, list[Diagnostic]]:
    """Build a model from a node; `more` gives values that are not written, such as the id."""
    found = cut_texts(node)
    if not isinstance(node, MapNode):
        expected = "eine Gruppe von Feldern"
        what = "eine Liste" if isinstance(node, ListNode) else "ein Text"
        return None, [*found, diagnostic("falsche-form", node.position, expected=expected, found=what)]
    try:
        return model.model_validate({**plain(node), **more}), found
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=False)
        return None, [*found, *(_explain(model, node, item) for item in problems)]


def cut_texts(node: Node) -> list[Diagnostic]:
    """Report texts that a ` #` may have cut off; the reader notes the rest of the line on the scalar."""
    found: list[Diagnostic] = []
    stack: list[Node] = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, ListNode):
            stack.extend(current.items)
        elif isinstance(current, MapNode):
            stack.extend(value for _, value in current.entries)
        elif current.cut:
            found.append(diagnostic("raute-schneidet-ab", current.position, cut=current.cut))
    return found


def _explain(model: type[BaseModel], node: MapNode, error: ErrorDetails) -> Diagnostic:
    kind, context = error["type"], error.get("ctx", {})
    path = _written_path(node, error["loc"])
    value = at(node, path)
    text = value.text if isinstance(value, Scalar) else ""
    if kind == "missing":
        name = str(error["loc"][-1])
        info = next(
            (fields(owner)[name] for owner in models_at(model, error["loc"][:-1]) if name in fields(owner)),
            None,
        )
        return diagnostic(
            "feld-fehlt", _owner_position(node, path), name=name, title=(info.title if info else None) or name
        )
    if kind == "extra_forbidden":
        name = str(error["loc"][-1])
        known = {
            field: info
            for owner in models_at(model, error["loc"][:-1])
            for field, info in fields(owner).items()
        }
        # Editors write the German title they see on the page, „zeiten“ for `hours`.
        titles = {(info.title or field).lower(): field for field, info in known.items()}
        near = titles.get(name.lower()) or close_to(name, list(known))
        better = f"gemeint ist vielleicht „{near}“" if near else "möglich sind: " + ", ".join(sorted(known))
        return diagnostic("unbekanntes-feld", position_at(node, path, key=True), name=name, better=better)
    if kind in CODES:
        return diagnostic(kind, position_at(node, path), **context)
    if kind in ("literal_error", "union_tag_invalid", "union_tag_not_found") and isinstance(value, Scalar):
        return _wrong_value(model, node, path, text)
    if kind == "too_short":
        return diagnostic("liste-leer", position_at(node, path, key=True), name=str(path[-1] if path else ""))
    expected = {
        "union_tag_invalid": "ein Text oder eine Gruppe von Feldern",
        "literal_error": "ein Text",
        "tuple_type": "eine Liste",
        "dict_type": "eine Gruppe von Feldern",
        "model_type": "eine Gruppe von Feldern",
    }.get(kind, "ein anderer Wert")
    found = (
        "ein Text"
        if isinstance(value, Scalar)
        else "eine Liste"
        if isinstance(value, ListNode)
        else "eine Gruppe von Feldern"
    )
    return diagnostic("falsche-form", position_at(node, path), expected=expected, found=found)


def _wrong_value(model: type[BaseModel], node: MapNode, path: Path, text: str) -> Diagnostic:
    names = [step for step in path if isinstance(step, str)]
    last = names[-1] if names else ""
    upto = path[: len(path) - 1 - list(reversed(path)).index(last)] if last else ()
    known: tuple[str, ...] = ()
    for owner in models_at(model, upto):
        if last in fields(owner):
            kind = annotation(fields(owner)[last])
            known = choices(kind) or _inner_choices(kind)
    near = close_to(text, known)
    better = f"gemeint ist vielleicht „{near}“; " if near else ""
    return diagnostic(
        "falscher-wert",
        position_at(node, path),
        value=text or last,
        better=better + "möglich sind: " + ", ".join(known),
    )


def _inner_choices(kind: Any) -> tuple[str, ...]:
    return tuple(choice for part in get_args(kind) for choice in (choices(part) or _inner_choices(part)))


def _written_path(node: Node, location: tuple[str | int, ...]) -> Path:
    """Drop what pydantic puts into a location beside keys and indexes: tags of unions, `[key]`."""
    path: list[str | int] = []
    current: Node | None = node
    for number, step in enumerate(location):
        following = at(current, (step,)) if current is not None else None
        last = number == len(location) - 1
        if (
            following is None
            and isinstance(step, str)
            and (step in ("text", "map", "list", "[key]") or not last)
        ):
            continue
        path.append(step)
        current = following
    return tuple(path)


def _owner_position(node: MapNode, path: Path) -> Position:
    owner = path[:-1]
    if owner:
        return position_at(node, owner, key=True)
    first = node.entries[0][0].position if node.entries else node.position
    return Position(first.file, first.line, first.column, first.length)
