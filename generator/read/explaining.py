"""What pydantic found wrong with a record in, one diagnostic for each mistake out: at its place, with what belongs there.

A mistake that shows twice (a field with a wrong name is also a missing one) is told once.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeAlias, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import CODES, diagnostic
from generator.model.fields import annotation, choices, fields, kinds_at, models_at, variants
from generator.model.german import VALUES, field_for, value_for
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.samples import form
from generator.model.scalars import Ref
from generator.model.slugs import slug
from generator.read.all_fields import groups, is_map, known_fields
from generator.read.forms import better_form, example, items_of
from generator.read.group_texts import takes
from generator.read.known_names import KnownNames
from generator.read.lines import bullet, without_space
from generator.read.link import unknown
from generator.read.nodes import ListNode, MapNode, Node, Path, Scalar, at, is_empty, position_at
from generator.read.written import UNKNOWN, flow, moved

Fault: TypeAlias = ErrorDetails
NO_ID = ("kein-kuerzel", "kein-sprachkuerzel")
_SHOWN_FIELD = re.compile(r"\b([a-z_]+): ")
_HARD_SPACES = "\u00a0\u202f\u2009"
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"


def explained(
    model: type[BaseModel], node: MapNode, faults: Sequence[Fault], names: KnownNames
) -> list[Diagnostic]:
    """Explain every fault of a record; what follows from another one is left out."""
    if not faults:
        return []
    return _Explainer(model, node, names).all(faults)


class _Explainer:
    def __init__(self, model: type[BaseModel], node: MapNode, names: KnownNames) -> None:
        self.model, self.node, self.names = model, node, names
        self.told_above: set[Path] = set()
        """Fields that are told together with the one above them."""

    def all(self, faults: Sequence[Fault]) -> list[Diagnostic]:
        deeper = [item["loc"] for item in faults]
        replaced = {
            (*item["loc"][:-1], meant)
            for item in faults
            if item["type"] == "extra_forbidden" and (meant := self.field_meant(item)[0]) is not None
        }
        # What help shows beside a wrong value („postcode: 22999, town: Kleinstadt“) was written in the wrong place.
        replaced |= {
            (*item["loc"][:-1], name)
            for item in faults
            for name in _SHOWN_FIELD.findall(str(item.get("ctx", {}).get("better", "")))
        }
        astray = [path for item in faults if item["type"] in NO_ID and self.astray(path := item["loc"][:-1])]
        found: list[Diagnostic] = []
        for item in faults:
            location = item["loc"]
            if item["type"] == "extra_forbidden" and _written_path(self.node, location) in self.told_above:
                continue
            if any(location[: len(path)] == path for path in astray) and item["type"] not in NO_ID:
                continue
            if item["type"] == "too_short" and any(
                len(other) > len(location) and other[: len(location)] == location for other in deeper
            ):
                continue
            if item["type"] == "missing" and location in replaced:
                continue
            found.append(self.one(item))
        return list(_first_of_each_group(found))

    def one(self, error: Fault) -> Diagnostic:
        kind, context = error["type"], error.get("ctx", {})
        path = _written_path(self.node, error["loc"])
        value = at(self.node, path)
        text = value.text if isinstance(value, Scalar) else ""
        if kind == "missing":
            return self.missing(error, path)
        if kind == "extra_forbidden":
            return self.unknown_field(error, path)
        if kind in NO_ID:
            if (told := self.astray(path)) is not None:
                return told
            written = (
                value if isinstance(value, Scalar) else Scalar(context["value"], position_at(self.node, path))
            )
            return self.no_id(kind, path, written)
        if kind == "falsche-form":
            return self.wrong_form(path, value, context["expected"], context["found"])
        if kind in CODES:
            return diagnostic(kind, position_at(self.node, path), **context)
        if kind in ("literal_error", "union_tag_invalid", "union_tag_not_found") and isinstance(
            value, Scalar
        ):
            return self.wrong_value(path, text)
        if kind == "too_short":
            name = str(path[-1] if path else "")
            return diagnostic("liste-leer", position_at(self.node, path, key=True), name=name)
        expected = {
            "union_tag_invalid": "ein Text oder eine Gruppe von Feldern",
            "literal_error": "ein Text",
            "tuple_type": "eine Liste",
            "dict_type": "eine Gruppe von Feldern",
            "model_type": "eine Gruppe von Feldern",
        }.get(kind, "ein anderer Wert")
        is_ = {Scalar: "ein Text", ListNode: "eine Liste"}.get(type(value), "eine Gruppe von Feldern")
        return self.wrong_form(path, value, expected, is_)

    def astray(self, path: Path) -> Diagnostic | None:
        """Tell of a field that stands where a language belongs: „name: A“ just below „en:“, or further left than the fields of „en:“."""
        name = str(path[-1]) if len(path) > 1 else ""
        below = known_fields().get(str(path[-2]), ()) if name else ()
        if name not in below:
            return None
        place = position_at(self.node, path, key=True)
        if above := self.empty_group_above(path, name, below):
            return diagnostic("einrueckung-fehlt", place, name=name, above=above)
        owner = at(self.node, path[:-1])
        beside = [value for _, value in owner.entries] if isinstance(owner, MapNode) else []
        group = next((value for value in beside if isinstance(value, MapNode) and value.entries), None)
        if group is None or group.flow:
            return None
        better = moved(place.column - 1, group.entries[0][0].position.column - 1)
        return diagnostic("einrueckung-falsch", place, name=name, better=better)

    def missing(self, error: Fault, path: Path) -> Diagnostic:
        name = str(error["loc"][-1])
        info = self.info(error["loc"])
        title = (info.title if info else None) or name
        owner = at(self.node, path[:-1]) if path[:-1] else self.node
        key = owner.key(name) if isinstance(owner, MapNode) else None
        if key is not None and info is not None:
            better = f"{example(name, info)}; gebraucht wird: {title} ({form(annotation(info))})"
            return diagnostic("feld-leer", key.position, name=name, better=better)
        return diagnostic("feld-fehlt", self.owner_position(path), name=name, title=title)

    def unknown_field(self, error: Fault, path: Path) -> Diagnostic:
        name = str(error["loc"][-1])
        place = position_at(self.node, path, key=True)
        if name.strip(_HARD_SPACES) != name or any(sign in name for sign in _HARD_SPACES):
            return diagnostic("geschuetztes-leerzeichen", place, name=name.strip())
        if any(sign in name for sign in _INVISIBLE):
            visible = "".join(sign for sign in name if sign not in _INVISIBLE)
            return diagnostic("unsichtbares-zeichen", place, name=visible)
        if (above := self.empty_group_above(path, name)) is not None:
            return diagnostic("einrueckung-fehlt", place, name=name, above=above)
        return diagnostic("unbekanntes-feld", place, name=name, better=self.field_meant(error)[1])

    def field_meant(self, error: Fault) -> tuple[str | None, str]:
        """Return the field that a wrong name stands for, None where it is another, and what helps."""
        written = str(error["loc"][-1])
        known = self.known_at(error["loc"][:-1])
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
        if inner := self.field_within(error, name, known):
            return None, inner
        if elsewhere := self.field_elsewhere(error, name, known):
            return None, elsewhere
        if near := close_to(name, list(known)):
            return near, f"gemeint ist vielleicht „{near}“"
        return None, "möglich sind: " + ", ".join(sorted(known))

    def field_within(self, error: Fault, name: str, known: Mapping[str, FieldInfo]) -> str | None:
        """Say in which group of the record a field belongs, with what else that group needs."""
        value = at(self.node, _written_path(self.node, error["loc"]))
        able: dict[str, tuple[str, dict[str, FieldInfo]]] = {}
        for field, info in known.items():
            inner = {key: more for group in groups(annotation(info)) for key, more in fields(group).items()}
            if field == "translations" or not inner:
                continue
            key = name if name in inner else _by_title(inner).get(slug(name)) or field_for(name, list(inner))
            # `places` with an id is the offer's `place`, with a number it is its room.
            fits = isinstance(value, Scalar) and key and takes(annotation(inner[key]), value.text)
            if key and (fits or name.removesuffix("s") not in known):
                able[field] = key, inner
        if not able:
            return None
        # A day below „waiting“ is the day of the room, not of the origin.
        above = self.name_above(error)
        field = next(
            (field for field, (_, inner) in able.items() if above in (field, *inner)), next(iter(able))
        )
        key, inner = able[field]
        group = self.node.get(field)
        if above == field and isinstance(group, MapNode) and group.entries and not group.flow:
            indent = group.entries[0][0].position.column - 1
            return f"das gehört in „{field}“: {moved(position_at(self.node, (name,), key=True).column - 1, indent)}"
        if (there := self.node.key(field)) is not None and len(error["loc"]) == 1:
            return f"das gehört in „{field}“ in Zeile {there.position.line}; dort ergänzen: {key}: {self.shown(error)}"
        found = {key: self.shown(error), **self.following(error, inner, known)}
        found |= {
            other: UNKNOWN for other, more in inner.items() if more.is_required() and other not in found
        }
        said = ", ".join(f"{other}: {value}" for other, value in found.items())
        return f"das gehört in „{field}“: {field}: {{{said}}}"

    def following(self, error: Fault, inner: Collection[str], known: Collection[str]) -> Mapping[str, str]:
        """Return the fields just below that belong to the same group and stand outside it, too."""
        path = _written_path(self.node, error["loc"])
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
        path = _written_path(self.node, error["loc"])
        owner = at(self.node, path[:-1]) if path[:-1] else self.node
        names = [key.text for key, _ in owner.entries] if isinstance(owner, MapNode) else []
        place = names.index(str(path[-1])) if str(path[-1]) in names else 0
        return names[place - 1] if place else ""

    def renamed(self, error: Fault, field: str, info: FieldInfo) -> str:
        """Say which field is meant, and how it is written where what stands there has another form."""
        location = error["loc"]
        value = at(self.node, _written_path(self.node, location))
        owner = at(self.node, _written_path(self.node, location[:-1])) if len(location) > 1 else self.node
        if isinstance(owner, MapNode) and (first := owner.key(field)) is not None:
            return f"gemeint ist „{field}“, das schon in Zeile {first.position.line} steht; beides in einer Zeile zusammenfassen oder eines löschen"
        if isinstance(value, Scalar) and not takes(annotation(info), value.text):
            return f"gemeint ist „{field}“: {better_form(field, info, annotation(info), value, self.names)}"
        return f"gemeint ist „{field}“"

    def shown(self, error: Fault) -> str:
        """Return a value as it stands within braces."""
        return _in_braces(at(self.node, _written_path(self.node, error["loc"])))

    def owner_of_value(self, name: str, known: Mapping[str, FieldInfo]) -> str | None:
        """Return the field whose value somebody has written as a field: `registration: yes`."""
        for field, info in known.items():
            kind = annotation(info)
            if name in choices(kind):
                return field
            for _, meta in variants(kind):
                targets = [
                    target for mark in meta if isinstance(mark, Ref) for target in mark.target.split("|")
                ]
                if any(name in self.names.by_target.get(target, {}).get(name, ()) for target in targets):
                    return field
        return None

    def field_elsewhere(self, error: Fault, name: str, known: Mapping[str, FieldInfo]) -> str | None:
        """Say where a field belongs that its group doesn't have: to the record itself, another group of it, or a record it names."""
        above = fields(self.model)
        if len(error["loc"]) > 1:
            if name in above:
                return f"das gehört nicht in die Gruppe, sondern ohne Einrückung in eine eigene Zeile: {name}: {self.shown(error)}"
            for field, info in above.items():
                if (
                    any(name in fields(group) for group in groups(annotation(info)))
                    and field != "translations"
                ):
                    if (there := self.node.key(field)) is not None:
                        return f"hier weglassen; das gehört in „{field}“ in Zeile {there.position.line}; dort ergänzen: {name}: {self.shown(error)}"
                    return (
                        f"hier weglassen; das gehört in „{field}“: {field}: {{{name}: {self.shown(error)}}}"
                    )
            return None
        # `providers` in an offer is its `provider`, no field of the place.
        singular = name.removesuffix("s") in known
        for field in ("place", "provider"):
            if field not in known or singular:
                continue
            kind, target = KIND_BY_FOLDER[f"{field}s"], self.node.get(field)
            theirs = fields(kind.model)
            close = difflib.get_close_matches(name, [*known, *theirs], 1, 0.85)
            if key := next((key for key in (name, *close) if key in theirs and key not in known), None) or (
                field_for(name, list(theirs))
            ):
                file = f"{target.text}.yml" if isinstance(target, Scalar) else "….yml"
                return f"hier weglassen; das gehört in den Eintrag, den „{field}“ nennt: resources/{kind.folder}/{file}, Feld {key}"
        return None

    def empty_group_above(self, path: Path, name: str, below: Collection[str] = ()) -> str | None:
        owner = at(self.node, path[:-1]) if path[:-1] else self.node
        if not isinstance(owner, MapNode):
            return None
        before = [
            (key.text, value)
            for key, value in owner.entries
            if key.position < position_at(self.node, path, key=True)
        ]
        for key, value in reversed(before):
            if is_empty(value):
                inside = name in (below or known_fields().get(key, ())) or (
                    is_map(key) and isinstance(owner.get(name), MapNode)
                )
                return key if inside else None
            if key in fields(self.model):
                return None
        return None

    def no_id(self, code: str, path: Path, value: Scalar) -> Diagnostic:
        parts = items_of(value.text)
        if len(parts) > 1 and path and isinstance(path[-1], int):
            kind = kinds_at(self.model, path)[0]
            items = [self.meant_item(kind, part) for part in parts]
            return diagnostic(
                "liste-falsch-getrennt", value.position, value=value.text, better=f"[{', '.join(items)}]"
            )
        if path and path[-1] == "place" and "address" in self.known_at(path[:-1]):
            info = self.known_at(path[:-1])["address"]
            if re.search(r"\b[0-9]{5}\b|[^\W\d]{3,40} [0-9]{1,4}[a-z]?(?:,|$)", value.text):
                written = better_form("address", info, annotation(info), value, self.names)
                return diagnostic(
                    code,
                    value.position,
                    value=value.text,
                    better=f"eine Adresse steht ohne Eintrag so da: statt place {written}",
                )
        marks = [mark.target for mark in self.references(path)]
        for target in marks or (["languages"] if code == "kein-sprachkuerzel" else []):
            targets = target.split("|")
            if self.names.by_target:
                ids = {target: set(_ids(self.names, target)) for target in targets}
                told = unknown(value, targets, ids, self.names)
                if told.code not in ("unbekannter-verweis", "unbekanntes-thema"):
                    return told
                return diagnostic(code, value.position, value=value.text, better=told.help)
        if path and path[-1] == "level":
            better = "das Kürzel der Ebene schreiben, wie es in site_config.yml unter levels steht"
            return diagnostic(code, value.position, value=value.text, better=better)
        usual = {
            "kein-kuerzel": "kleine Buchstaben a–z, Ziffern und Bindestriche verwenden",
            "kein-sprachkuerzel": "zwei oder drei kleine Buchstaben schreiben, zum Beispiel de, tr, ar",
        }
        return diagnostic(code, value.position, value=value.text, better=usual[code])

    def meant_item(self, kind: Any, text: str) -> str:
        for _, meta in variants(kind):
            for mark in meta:
                if isinstance(mark, Ref):
                    ids = self.names.meant(text, mark.target.split("|"))
                    return ids[0] if len(ids) == 1 else text
        return text

    def references(self, path: Path) -> Iterator[Ref]:
        for kind in kinds_at(self.model, path):
            for _, meta in variants(kind):
                yield from (mark for mark in meta if isinstance(mark, Ref))

    def wrong_form(self, path: Path, value: Node | None, expected: str, is_: str) -> Diagnostic:
        place = position_at(self.node, path)
        if isinstance(value, Scalar) and value.plain:
            if pair := without_space(value.text):
                return diagnostic("leerzeichen-fehlt", value.position, better=": ".join(pair))
            if expected == "eine Liste" and (item := bullet(value.text)):
                first = item.split(" -")[0].split(" –")[0].split(" •")[0].strip()
                return diagnostic("strich-ohne-leerzeichen", value.position, better=f"- {first}")
        names = [step for step in path if isinstance(step, str)]
        last = names[-1] if names and path[-1] == names[-1] else ""
        info = self.info(path) if last else None
        kind = annotation(info) if info else kinds_at(self.model, path)[0]
        better = (
            better_form(last, info, kind, value, self.names) if value is not None else "das Feld weglassen"
        )
        return diagnostic("falsche-form", place, expected=expected, found=is_, better=better)

    def wrong_value(self, path: Path, text: str) -> Diagnostic:
        names = [step for step in path if isinstance(step, str)]
        last = names[-1] if names else ""
        upto = path[: len(path) - 1 - list(reversed(path)).index(last)] if last else ()
        known: tuple[str, ...] = ()
        for owner in models_at(self.model, upto):
            if last in fields(owner):
                kind = annotation(fields(owner)[last])
                known = choices(kind) or _inner_choices(kind)
        # „pausiert bis Januar“: the first word says it, the rest belongs elsewhere.
        german = value_for(text, known) or value_for(text.split(" ")[0], known)
        near = close_to(text, known)
        better = f"„{german}“ schreiben; " if german else f"gemeint ist vielleicht „{near}“; " if near else ""
        return diagnostic(
            "falscher-wert",
            position_at(self.node, path),
            value=text or last,
            better=better + "möglich sind: " + ", ".join(_with_german(known)),
        )

    def known_at(self, location: tuple[str | int, ...]) -> Mapping[str, FieldInfo]:
        return {
            field: info for owner in models_at(self.model, location) for field, info in fields(owner).items()
        }

    def info(self, location: tuple[str | int, ...]) -> FieldInfo | None:
        return self.known_at(location[:-1]).get(str(location[-1])) if location else None

    def owner_position(self, path: Path) -> Position:
        owner = path[:-1]
        if owner:
            return position_at(self.node, owner, key=True)
        first = self.node.entries[0][0].position if self.node.entries else self.node.position
        return Position(first.file, first.line, first.column, first.length)


def _first_of_each_group(found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Leave out further fields of a group that isn't indented: they are one mistake."""
    told: set[str] = set()
    for item in found:
        if item.code == "einrueckung-fehlt":
            if item.help in told:
                continue
            told.add(item.help)
        yield item


def _in_braces(value: Node | None) -> str:
    return flow(value.text, inside=True) if isinstance(value, Scalar) else UNKNOWN


def _by_title(known: Mapping[str, FieldInfo]) -> dict[str, str]:
    return {slug(info.title or field): field for field, info in known.items()}


def _ids(names: KnownNames, target: str) -> Iterator[str]:
    return (key for ids in names.by_target.get(target, {}).values() for key in ids)


def _with_german(known: Sequence[str]) -> Iterator[str]:
    """Yield each value with what it means, where its word alone doesn't say it."""
    for value in known:
        german = VALUES.get(value, ())
        yield f"{value} ({german[0]})" if german and german[0].casefold() != value.casefold() else value


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
