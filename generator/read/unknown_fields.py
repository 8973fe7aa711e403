"""A field that its group doesn't have in, the one that was meant out: another name, another group, or no field at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import diagnostic
from generator.model.fields import annotation, field_called, fields, models_at
from generator.model.kinds import KIND_BY_FOLDER
from generator.read.all_fields import groups, known_fields
from generator.read.nodes import MapNode, Node, Path, Scalar, at, is_empty, position_at
from generator.read.written import UNKNOWN, flow

Fault: TypeAlias = ErrorDetails
_HARD_SPACES = "\u00a0\u202f\u2009"
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"


def known_at(model: type[BaseModel], location: tuple[str | int, ...]) -> Mapping[str, FieldInfo]:
    """Return the fields of the groups that can stand at a path."""
    found: dict[str, FieldInfo] = {}
    for owner in models_at(model, location):
        found |= fields(owner)
    return found


def written_path(node: Node, location: tuple[str | int, ...]) -> Path:
    """Drop what pydantic puts into a location beside keys and indexes: tags of unions, `[key]`."""
    path: list[str | int] = []
    current: Node | None = node
    for number, step in enumerate(location):
        following = at(current, (step,)) if current is not None else None
        is_tag = step in ("text", "map", "list", "[key]") or number < len(location) - 1
        if following is None and isinstance(step, str) and is_tag:
            continue
        path.append(step)
        current = following
    return tuple(path)


class UnknownFields:
    """The fields of a record that aren't known where they stand."""

    def __init__(self, model: type[BaseModel], node: MapNode) -> None:
        self.model, self.node = model, node

    def told(self, error: Fault, path: Path) -> Diagnostic:
        """Say what is wrong with a field at a path, and what was meant."""
        name = str(error["loc"][-1])
        place = position_at(self.node, path, key=True)
        if any(sign in name for sign in _HARD_SPACES):
            return diagnostic("geschuetztes-leerzeichen", place, name=name.strip())
        if any(sign in name for sign in _INVISIBLE):
            visible = "".join(sign for sign in name if sign not in _INVISIBLE)
            return diagnostic("unsichtbares-zeichen", place, name=visible)
        above = self.empty_field_above(path, name, place)
        if above is not None:
            return diagnostic("einrueckung-fehlt", place, name=name, above=above)
        return diagnostic("unbekanntes-feld", place, name=name, better=self.meant(error)[1])

    def meant(self, error: Fault) -> tuple[str | None, str]:
        """Return the field that a wrong name stands for, None where it is another, and what helps."""
        written = str(error["loc"][-1])
        known = known_at(self.model, error["loc"][:-1])
        same = field_called(written, known)
        if same:
            return same, f"gemeint ist „{same}“"
        if elsewhere := self.elsewhere(error, known):
            return None, elsewhere
        if near := close_to(written.lower(), list(known)):
            return near, f"gemeint ist vielleicht „{near}“"
        return None, "möglich sind: " + ", ".join(sorted(known))

    def elsewhere(self, error: Fault, known: Mapping[str, FieldInfo]) -> str:
        """Say in which group of the record a field belongs, in the record itself or in the one it names; nothing where it does in none."""
        written = str(error["loc"][-1])
        if len(error["loc"]) > 1 and written in fields(self.model):
            return "das gehört nicht in die Gruppe, sondern ohne Einrückung in eine eigene Zeile"
        for field, info in {**known, **fields(self.model)}.items():
            inner: dict[str, FieldInfo] = {}
            for group in groups(annotation(info)):
                inner |= fields(group)
            key = field_called(written, inner)
            if key and field != "translations":
                value = at(self.node, written_path(self.node, error["loc"]))
                shown = flow(value.text, inside=True) if isinstance(value, Scalar) else UNKNOWN
                return f"das gehört in „{field}“: {field}: {{{key}: {shown}}}"
        for field in ("place", "provider"):
            key = field_called(written, fields(KIND_BY_FOLDER[f"{field}s"].model))
            if key and field in known:
                return f"hier weglassen; das gehört in den Eintrag, den „{field}“ nennt: Feld {key}"
        return ""

    def empty_field_above(self, path: Path, name: str, place: Position) -> str | None:
        """Return the nearest field above a place that has no value, if the field of this name belongs below it."""
        owner = at(self.node, path[:-1])
        above = [key for key, value in owner.entries if is_empty(value)] if isinstance(owner, MapNode) else []
        near = max((key for key in above if key.position < place), key=lambda key: key.position, default=None)
        return near.text if near and name in known_fields().get(near.text, ()) else None
