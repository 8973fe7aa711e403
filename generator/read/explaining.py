"""What pydantic found wrong with a record in, one diagnostic for each mistake out: at its place, with what belongs there.

A mistake that shows twice (a field with a wrong name is also a missing one) is told once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import CODES, diagnostic
from generator.model.fields import annotation, choices, fields, kinds_at, models_at, variants
from generator.model.german import field_for, value_for
from generator.model.samples import form
from generator.model.scalars import Ref
from generator.read.forms import better_form, example, items_of
from generator.read.link import unknown
from generator.read.names import KnownNames
from generator.read.nodes import ListNode, MapNode, Node, Path, Scalar, at, is_empty, position_at
from generator.read.syntax import bullet, known_fields, needs_quotes, quoted, without_space

Fault: TypeAlias = ErrorDetails
NO_ID = ("kein-kuerzel", "kein-sprachkuerzel")
_SHOWN_FIELD = re.compile(r"\b([a-z_]+): ")
_HARD_SPACES = "\u00a0\u202f\u2009"


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
        found: list[Diagnostic] = []
        for item in faults:
            location = item["loc"]
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
        if (above := self.empty_group_above(path, name)) is not None:
            return diagnostic("einrueckung-fehlt", place, name=name, above=above)
        return diagnostic("unbekanntes-feld", place, name=name, better=self.field_meant(error)[1])

    def field_meant(self, error: Fault) -> tuple[str | None, str]:
        """Return the field that a wrong name stands for, None where it is another, and what helps."""
        name = str(error["loc"][-1])
        known = self.known_at(error["loc"][:-1])
        # Editors write the German title they see on the page, „zeiten“ for `hours`.
        titles = {(info.title or field).lower(): field for field, info in known.items()}
        if german := titles.get(name.lower()) or field_for(name, list(known)):
            return german, f"gemeint ist „{german}“"
        for field, info in known.items():
            inner: dict[str, FieldInfo] = {}
            for group in _groups(annotation(info)):
                inner |= fields(group)
            if field == "translations" or not inner:
                continue
            titles = {(item.title or key).lower(): key for key, item in inner.items()}
            key = name if name in inner else titles.get(name.lower()) or field_for(name, list(inner))
            if key:
                value = at(self.node, _written_path(self.node, error["loc"]))
                text = value.text if isinstance(value, Scalar) else "…"
                shown = quoted(text) if needs_quotes(text, flow=True) and text != "…" else text
                return None, f"das gehört in „{field}“: {field}: {{{key}: {shown}}}"
        if near := close_to(name, list(known)) or close_to(name.lower(), list(known)):
            return near, f"gemeint ist vielleicht „{near}“"
        return None, "möglich sind: " + ", ".join(sorted(known))

    def empty_group_above(self, path: Path, name: str) -> str | None:
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
                return key if name in known_fields().get(key, ()) else None
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
        marks = [mark.target for mark in self.references(path)]
        for target in marks or (["languages"] if code == "kein-sprachkuerzel" else []):
            targets = target.split("|")
            if self.names.by_target:
                ids = {target: set(_ids(self.names, target)) for target in targets}
                told = unknown(value, targets, ids, self.names)
                if told.code not in ("unbekannter-verweis", "unbekanntes-thema"):
                    return told
                return diagnostic(code, value.position, value=value.text, better=told.help)
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
        german, near = value_for(text, known), close_to(text, known)
        better = f"„{german}“ schreiben; " if german else f"gemeint ist vielleicht „{near}“; " if near else ""
        return diagnostic(
            "falscher-wert",
            position_at(self.node, path),
            value=text or last,
            better=better + "möglich sind: " + ", ".join(known),
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


def _groups(kind: Any) -> Iterator[type[BaseModel]]:
    for plain, _ in variants(kind):
        if isinstance(plain, type) and issubclass(plain, BaseModel):
            yield plain


def _ids(names: KnownNames, target: str) -> Iterator[str]:
    return (key for ids in names.by_target.get(target, {}).values() for key in ids)


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
