"""What pydantic found wrong with a record in, one diagnostic for each mistake out: at its place, with what belongs there.

A mistake that shows twice (a field with a wrong name is also a missing one) is told once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import CODES, diagnostic
from generator.model.fields import VALUES, annotation, choices, kinds_at, value_for
from generator.model.samples import form, wanted
from generator.read.all_fields import marks_of
from generator.read.forms import better_form, example, items_of, meant_item
from generator.read.known_names import KnownNames
from generator.read.lines import bullet, without_space
from generator.read.link import unknown
from generator.read.nodes import ListNode, MapNode, Node, Path, Scalar, at, position_at
from generator.read.unknown_fields import Fault, UnknownFields, known_at, written_path

NO_ID = {
    "kein-kuerzel": "kleine Buchstaben a–z, Ziffern und Bindestriche verwenden",
    "kein-sprachkuerzel": "zwei oder drei kleine Buchstaben schreiben, zum Beispiel de, tr, ar",
}
"""What helps with a text that isn't written as an id, by the code for it."""
_NOT_CHOSEN = ("literal_error", "union_tag_invalid", "union_tag_not_found")
_EXPECTED = {
    "union_tag_invalid": "ein Text oder eine Gruppe von Feldern",
    "literal_error": "ein Text",
    "tuple_type": "eine Liste",
    "dict_type": "eine Gruppe von Feldern",
    "model_type": "eine Gruppe von Feldern",
}
"""What belongs at a place, by what pydantic calls the mistake."""


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
        self.unknown = UnknownFields(model, node)

    def all(self, faults: Sequence[Fault]) -> list[Diagnostic]:
        """Explain every fault but those that follow from another one."""
        replaced = self.replaced(faults)
        found = [self.one(item) for item in faults if not _follows(item, faults, replaced)]
        return list(_first_of_each_group(found))

    def replaced(self, faults: Sequence[Fault]) -> set[tuple[str | int, ...]]:
        """Return the places of fields that are missing because they were written under another name."""
        found: set[tuple[str | int, ...]] = set()
        for item in faults:
            if item["type"] == "extra_forbidden":
                meant, _ = self.unknown.meant(item)
                if meant is not None:
                    found.add((*item["loc"][:-1], meant))
        return found

    def one(self, error: Fault) -> Diagnostic:
        kind, context = error["type"], error.get("ctx", {})
        path = written_path(self.node, error["loc"])
        value = at(self.node, path)
        if kind == "missing":
            return self.missing(error, path)
        if kind == "extra_forbidden":
            return self.unknown.told(error, path)
        if kind in NO_ID:
            return self.no_id(kind, path, Scalar(context["value"], position_at(self.node, path)))
        if kind == "falsche-form":
            return self.wrong_form(path, value, context["expected"], context["found"])
        if kind in CODES:
            return diagnostic(kind, position_at(self.node, path), **context)
        if kind in _NOT_CHOSEN and isinstance(value, Scalar):
            return self.wrong_value(path, value.text)
        if kind == "too_short":
            name = str(path[-1] if path else "")
            return diagnostic("liste-leer", position_at(self.node, path, key=True), name=name)
        is_ = {Scalar: "ein Text", ListNode: "eine Liste"}.get(type(value), "eine Gruppe von Feldern")
        return self.wrong_form(path, value, _EXPECTED.get(kind, "ein anderer Wert"), is_)

    def missing(self, error: Fault, path: Path) -> Diagnostic:
        name = str(error["loc"][-1])
        info = self.info(error["loc"])
        title = (info.title if info else None) or name
        owner = at(self.node, path[:-1])
        key = owner.key(name) if isinstance(owner, MapNode) else None
        if key is not None and info is not None:
            better = f"{example(name, info)}; gebraucht wird: {title} ({form(annotation(info))})"
            return diagnostic("feld-leer", key.position, name=name, better=better)
        return diagnostic("feld-fehlt", self.owner_position(path), name=name, title=title)

    def no_id(self, code: str, path: Path, value: Scalar) -> Diagnostic:
        kind = kinds_at(self.model, path)[0]
        parts = items_of(value.text)
        if len(parts) > 1 and path and isinstance(path[-1], int):
            items = [meant_item(kind, part, self.names) for part in parts]
            better = f"[{', '.join(items)}]"
            return diagnostic("liste-falsch-getrennt", value.position, value=value.text, better=better)
        told = self.unknown_id(code, kind, value)
        if told is not None:
            return told
        better = NO_ID[code]
        if path and path[-1] == "level":
            better = "das Kürzel der Ebene schreiben, wie es in site_config.yml unter levels steht"
        return diagnostic(code, value.position, value=value.text, better=better)

    def unknown_id(self, code: str, kind: Any, value: Scalar) -> Diagnostic | None:
        """Say which id is meant; None where a field takes none, or no names are known."""
        targets = ["languages"] if code == "kein-sprachkuerzel" else []
        for mark in marks_of(kind)[:1]:
            targets = mark.target.split("|")
        if not targets or not self.names.by_target:
            return None
        ids = {target: set(_ids(self.names, target)) for target in targets}
        told = unknown(value, targets, ids, self.names)
        if told.code not in ("unbekannter-verweis", "unbekanntes-thema"):
            return told
        return diagnostic(code, value.position, value=value.text, better=told.help)

    def wrong_form(self, path: Path, value: Node | None, expected: str, is_: str) -> Diagnostic:
        told = _without_a_space(value, expected)
        if told is not None:
            return told
        better = f"hierher gehört: {wanted(kinds_at(self.model, path)[0])}"
        # An entry of a list is written as its field shows it.
        to_field = path[:-1] if path and isinstance(path[-1], int) else path
        info = self.info(to_field)
        if value is not None and info is not None:
            better = better_form(str(to_field[-1]), info, at(self.node, to_field) or value, self.names)
        return diagnostic(
            "falsche-form", position_at(self.node, path), expected=expected, found=is_, better=better
        )

    def wrong_value(self, path: Path, text: str) -> Diagnostic:
        last = next((step for step in reversed(path) if isinstance(step, str)), "")
        kind = kinds_at(self.model, path)[0]
        known = choices(kind) or _inner_choices(kind)
        # „pausiert bis Januar“: the first word says it, the rest belongs elsewhere.
        german = value_for(text, known) or value_for(text.split(" ")[0], known)
        near = close_to(text, known)
        better = "möglich sind: " + ", ".join(_with_german(known))
        if german:
            better = f"„{german}“ schreiben; {better}"
        elif near:
            better = f"gemeint ist vielleicht „{near}“; {better}"
        return diagnostic("falscher-wert", position_at(self.node, path), value=text or last, better=better)

    def info(self, location: tuple[str | int, ...]) -> FieldInfo | None:
        return known_at(self.model, location[:-1]).get(str(location[-1])) if location else None

    def owner_position(self, path: Path) -> Position:
        if path[:-1]:
            return position_at(self.node, path[:-1], key=True)
        return self.node.entries[0][0].position if self.node.entries else self.node.position


def _without_a_space(value: Node | None, expected: str) -> Diagnostic | None:
    """Say that a space is missing behind a colon or, where a list is `expected`, behind a dash; None where neither is."""
    if not isinstance(value, Scalar) or not value.plain:
        return None
    if better := without_space(value.text):
        return diagnostic("leerzeichen-fehlt", value.position, better=better)
    item = bullet(value.text)
    if expected != "eine Liste" or not item:
        return None
    first = item.split(" -")[0].split(" –")[0].split(" •")[0].strip()
    return diagnostic("strich-ohne-leerzeichen", value.position, better=f"- {first}")


def _follows(item: Fault, faults: Sequence[Fault], replaced: Collection[tuple[str | int, ...]]) -> bool:
    """Tell whether a fault is only there because of another one."""
    location = item["loc"]
    if item["type"] == "missing":
        return location in replaced
    if item["type"] == "too_short":
        return any(_is_below(other["loc"], location) for other in faults)
    # A field that stands where a language belongs has no fields of its own.
    astray = [other["loc"][:-1] for other in faults if other["type"] in NO_ID and other is not item]
    return item["type"] not in NO_ID and location in astray


def _is_below(location: tuple[str | int, ...], other: tuple[str | int, ...]) -> bool:
    return len(location) > len(other) and location[: len(other)] == other


def _first_of_each_group(found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Leave out further fields of a group that isn't indented: they are one mistake."""
    told: set[str] = set()
    for item in found:
        if item.code == "einrueckung-fehlt":
            if item.help in told:
                continue
            told.add(item.help)
        yield item


def _ids(names: KnownNames, target: str) -> Iterator[str]:
    return chain.from_iterable(names.by_target.get(target, {}).values())


def _with_german(known: Sequence[str]) -> Iterator[str]:
    """Yield each value with what it means, where its word alone doesn't say it."""
    for value in known:
        german = VALUES.get(value, ())
        yield f"{value} ({german[0]})" if german and german[0].casefold() != value.casefold() else value


def _inner_choices(kind: Any) -> tuple[str, ...]:
    found: list[str] = []
    for part in get_args(kind):
        found += choices(part) or _inner_choices(part)
    return tuple(found)
