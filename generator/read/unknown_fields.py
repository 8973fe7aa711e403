"""A field that its group doesn't have in, the one that was meant out: another name, another group, another record, or no field at all."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Collection, Mapping
from typing import TypeAlias

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import diagnostic
from generator.model.fields import annotation, choices, fields, models_at
from generator.model.german import field_for
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.slugs import slug
from generator.read.all_fields import groups, is_map, known_fields, marks_of
from generator.read.forms import better_form
from generator.read.group_texts import takes
from generator.read.known_names import KnownNames
from generator.read.nodes import MapNode, Node, Path, Scalar, at, is_empty, position_at
from generator.read.written import UNKNOWN, flow, moved

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


class UnknownFields:
    """The fields of a record that aren't known where they stand."""

    def __init__(self, model: type[BaseModel], node: MapNode, names: KnownNames) -> None:
        self.model, self.node, self.names = model, node, names
        self.told_above: set[Path] = set()
        """Fields that are told together with the one above them."""

    def astray(self, path: Path) -> Diagnostic | None:
        """Tell of a field that stands where a language belongs: „name: A“ just below „en:“, or further left than the fields of „en:“."""
        if len(path) < 2:
            return None
        name = str(path[-1])
        below = known_fields().get(str(path[-2]), ())
        if name not in below:
            return None
        place = position_at(self.node, path, key=True)
        above = self.empty_group_above(path, name, below)
        if above:
            return diagnostic("einrueckung-fehlt", place, name=name, above=above)
        owner = at(self.node, path[:-1])
        beside = [value for _, value in owner.entries] if isinstance(owner, MapNode) else []
        group = next((value for value in beside if isinstance(value, MapNode) and value.entries), None)
        if group is None or group.flow:
            return None
        better = moved(place.column - 1, group.entries[0][0].position.column - 1)
        return diagnostic("einrueckung-falsch", place, name=name, better=better)

    def told(self, error: Fault, path: Path) -> Diagnostic:
        name = str(error["loc"][-1])
        place = position_at(self.node, path, key=True)
        if name.strip(_HARD_SPACES) != name or any(sign in name for sign in _HARD_SPACES):
            return diagnostic("geschuetztes-leerzeichen", place, name=name.strip())
        if any(sign in name for sign in _INVISIBLE):
            visible = "".join(sign for sign in name if sign not in _INVISIBLE)
            return diagnostic("unsichtbares-zeichen", place, name=visible)
        if (above := self.empty_group_above(path, name)) is not None:
            return diagnostic("einrueckung-fehlt", place, name=name, above=above)
        return diagnostic("unbekanntes-feld", place, name=name, better=self.meant(error)[1])

    def meant(self, error: Fault) -> tuple[str | None, str]:
        """Return the field that a wrong name stands for, None where it is another, and what helps."""
        written = str(error["loc"][-1])
        known = known_at(self.model, error["loc"][:-1])
        name = written.lower().lstrip("- ")
        # Editors write the German title they see on the page, „zeiten“ for `hours`.
        german = _by_title(known).get(slug(written)) or field_for(written, list(known))
        if german := name if name in known else german:
            return german, self.renamed(error, german, known[german])
        translated = re.fullmatch(r"([a-z_]{2,30})_([a-z]{2})", name)
        if translated and translated[1] in known and "translations" in known:
            text = f"{{{translated[2]}: {{{translated[1]}: {self.shown(error)}}}}}"
            return None, f"das gehört in „translations“: translations: {text}"
        if owner := self.owner_of_value(written, known):
            return owner, f"„{written}“ ist kein Feld, sondern ein Wert: {owner}: {written} schreiben"
        if inner := self.within(error, name, known):
            return None, inner
        if elsewhere := self.elsewhere(error, name, known):
            return None, elsewhere
        if near := close_to(name, list(known)):
            return near, f"gemeint ist vielleicht „{near}“"
        return None, "möglich sind: " + ", ".join(sorted(known))

    def within(self, error: Fault, name: str, known: Mapping[str, FieldInfo]) -> str | None:
        """Say in which group of the record a field belongs, with what else that group needs."""
        able = self.groups_with(error, name, known)
        if not able:
            return None
        # A day below „waiting“ is the day of the room, not of the origin.
        above = self.name_above(error)
        field = next((one for one, (_, inner) in able.items() if above in (one, *inner)), next(iter(able)))
        key, inner = able[field]
        group = self.node.get(field)
        if above == field and isinstance(group, MapNode) and group.entries and not group.flow:
            indent = group.entries[0][0].position.column - 1
            here = position_at(self.node, (name,), key=True).column - 1
            return f"das gehört in „{field}“: {moved(here, indent)}"
        there = self.node.key(field)
        if there is not None and len(error["loc"]) == 1:
            return f"das gehört in „{field}“ in Zeile {there.position.line}; dort ergänzen: {key}: {self.shown(error)}"
        found = {key: self.shown(error), **self.following(error, inner, known)}
        return f"das gehört in „{field}“: {field}: {{{_with_needed(found, inner)}}}"

    def groups_with(
        self, error: Fault, name: str, known: Mapping[str, FieldInfo]
    ) -> dict[str, tuple[str, dict[str, FieldInfo]]]:
        """Return the groups that have a field of this name or title, by their fields: what it is called there, and all its fields."""
        value = at(self.node, written_path(self.node, error["loc"]))
        found = {}
        for field, info in known.items():
            if field == "translations":
                continue
            inner = _fields_within(info)
            key = _called(name, inner)
            if not key:
                continue
            # `places` with an id is the offer's `place`, with a number it is its room.
            fits = isinstance(value, Scalar) and takes(annotation(inner[key]), value.text)
            if fits or name.removesuffix("s") not in known:
                found[field] = key, inner
        return found

    def following(self, error: Fault, inner: Collection[str], known: Collection[str]) -> Mapping[str, str]:
        """Return the fields just below that belong to the same group and stand outside it, too."""
        path = written_path(self.node, error["loc"])
        owner = at(self.node, path[:-1]) if path[:-1] else self.node
        entries = owner.entries if isinstance(owner, MapNode) else ()
        below = itertools.dropwhile(lambda entry: entry[0].text != path[-1], entries)
        outside = itertools.takewhile(
            lambda entry: (
                entry[0].text in inner and entry[0].text not in known and isinstance(entry[1], Scalar)
            ),
            itertools.islice(below, 1, None),
        )
        found = {key.text: _in_braces(value) for key, value in outside}
        self.told_above |= {(*path[:-1], key) for key in found}
        return found

    def name_above(self, error: Fault) -> str:
        """Return the field that stands just above the one in which a fault is; nothing above the first."""
        path = written_path(self.node, error["loc"])
        owner = at(self.node, path[:-1]) if path[:-1] else self.node
        names = [key.text for key, _ in owner.entries] if isinstance(owner, MapNode) else []
        place = names.index(str(path[-1])) if str(path[-1]) in names else 0
        return names[place - 1] if place else ""

    def renamed(self, error: Fault, field: str, info: FieldInfo) -> str:
        """Say which field is meant, and how it is written where what stands there has another form."""
        location = error["loc"]
        value = at(self.node, written_path(self.node, location))
        owner = at(self.node, written_path(self.node, location[:-1])) if len(location) > 1 else self.node
        if isinstance(owner, MapNode) and (first := owner.key(field)) is not None:
            return f"gemeint ist „{field}“, das schon in Zeile {first.position.line} steht; beides in einer Zeile zusammenfassen oder eines löschen"
        if isinstance(value, Scalar) and not takes(annotation(info), value.text):
            return f"gemeint ist „{field}“: {better_form(field, info, annotation(info), value, self.names)}"
        return f"gemeint ist „{field}“"

    def shown(self, error: Fault) -> str:
        """Return a value as it stands within braces."""
        return _in_braces(at(self.node, written_path(self.node, error["loc"])))

    def owner_of_value(self, name: str, known: Mapping[str, FieldInfo]) -> str | None:
        """Return the field whose value somebody has written as a field: `registration: yes`."""
        for field, info in known.items():
            kind = annotation(info)
            if name in choices(kind):
                return field
            for mark in marks_of(kind):
                names = [self.names.by_target.get(target, {}) for target in mark.target.split("|")]
                if any(name in ids.get(name, ()) for ids in names):
                    return field
        return None

    def elsewhere(self, error: Fault, name: str, known: Mapping[str, FieldInfo]) -> str | None:
        """Say where a field belongs that its group doesn't have: to the record itself, another group of it, or a record it names."""
        if len(error["loc"]) > 1:
            return self.elsewhere_in_record(error, name)
        # `providers` in an offer is its `provider`, no field of the place.
        if name.removesuffix("s") in known:
            return None
        for field in ("place", "provider"):
            if field not in known:
                continue
            kind, target = KIND_BY_FOLDER[f"{field}s"], self.node.get(field)
            key = _field_of_other(name, known, fields(kind.model))
            if key:
                file = f"{target.text}.yml" if isinstance(target, Scalar) else "….yml"
                return f"hier weglassen; das gehört in den Eintrag, den „{field}“ nennt: resources/{kind.folder}/{file}, Feld {key}"
        return None

    def elsewhere_in_record(self, error: Fault, name: str) -> str | None:
        """Say whether a field of a group belongs to the record itself or to another group of it."""
        above = fields(self.model)
        if name in above:
            return f"das gehört nicht in die Gruppe, sondern ohne Einrückung in eine eigene Zeile: {name}: {self.shown(error)}"
        for field, info in above.items():
            has_it = any(name in fields(group) for group in groups(annotation(info)))
            if field == "translations" or not has_it:
                continue
            there = self.node.key(field)
            if there is not None:
                return f"hier weglassen; das gehört in „{field}“ in Zeile {there.position.line}; dort ergänzen: {name}: {self.shown(error)}"
            return f"hier weglassen; das gehört in „{field}“: {field}: {{{name}: {self.shown(error)}}}"
        return None

    def empty_group_above(self, path: Path, name: str, below: Collection[str] = ()) -> str | None:
        """Return the field without a value that stands above a field and that this one belongs below; `below` are the fields that may stand there."""
        owner = at(self.node, path[:-1]) if path[:-1] else self.node
        if not isinstance(owner, MapNode):
            return None
        key = self.empty_field_before(owner, position_at(self.node, path, key=True))
        if key is None:
            return None
        is_known = name in (below or known_fields().get(key, ()))
        is_entry = is_map(key) and isinstance(owner.get(name), MapNode)
        return key if is_known or is_entry else None

    def empty_field_before(self, owner: MapNode, place: Position) -> str | None:
        """Return the nearest field of a group without a value before a place; None where a field of the record stands between."""
        for key, value in reversed(owner.entries):
            if key.position < place:
                if is_empty(value):
                    return key.text
                if key.text in fields(self.model):
                    return None
        return None


def _field_of_other(name: str, known: Mapping[str, FieldInfo], theirs: Mapping[str, FieldInfo]) -> str | None:
    """Return the field of another kind of record that a name stands for, and that the own kind doesn't have."""
    close = difflib.get_close_matches(name, [*known, *theirs], 1, 0.85)
    for key in (name, *close):
        if key in theirs and key not in known:
            return key
    return field_for(name, list(theirs))


def _fields_within(info: FieldInfo) -> dict[str, FieldInfo]:
    """Return the fields of all groups that a field takes."""
    inner: dict[str, FieldInfo] = {}
    for group in groups(annotation(info)):
        inner |= fields(group)
    return inner


def _called(name: str, inner: Mapping[str, FieldInfo]) -> str:
    """Return what a field of this name or title is called in a group, or nothing."""
    if name in inner:
        return name
    return _by_title(inner).get(slug(name)) or field_for(name, list(inner)) or ""


def _with_needed(found: dict[str, str], inner: Mapping[str, FieldInfo]) -> str:
    """Write the fields of a group, with a sign for those that it needs too."""
    missing = {name: UNKNOWN for name, info in inner.items() if info.is_required() and name not in found}
    return ", ".join(f"{name}: {value}" for name, value in (found | missing).items())


def _in_braces(value: Node | None) -> str:
    return flow(value.text, inside=True) if isinstance(value, Scalar) else UNKNOWN


def _by_title(known: Mapping[str, FieldInfo]) -> dict[str, str]:
    return {slug(info.title or field): field for field, info in known.items()}
