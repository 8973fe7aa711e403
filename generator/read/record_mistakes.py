"""Turn pydantic's errors into one diagnostic for each mistake."""

from __future__ import annotations

import re
import string
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeAlias, cast, get_args

from msgspec.structs import replace
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import codes, diagnostic
from generator.model.fields import (
    VALUE_WORDS,
    annotation,
    choices,
    field_called,
    fields,
    kinds_at,
    models_at,
    value_for,
)
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.samples import OPEN, OPEN_ID, Value, form, sample, wanted
from generator.read.nodes import FieldPath, ListNode, MapNode, Node, Scalar, at, is_empty, plain, position_at
from generator.read.references import KnownNames, unknown
from generator.read.yaml_mistakes import (
    UNKNOWN,
    bullet,
    entries,
    flow,
    groups,
    groups_within,
    known_fields,
    marks_of,
    without_space,
)

Fault: TypeAlias = ErrorDetails
# Signs that pasted text brings along, and that look like a blank or like nothing.
_HARD_SPACES = "\u00a0\u202f\u2009"
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"


def known_at(model: type[BaseModel], location: tuple[str | int, ...]) -> Mapping[str, FieldInfo]:
    """Return fields of groups possible at a path."""
    found: dict[str, FieldInfo] = {}
    for owner in models_at(model, location):
        found |= fields(owner)
    return found


def written_path(node: Node, location: tuple[str | int, ...]) -> FieldPath:
    """Drop pydantic's own steps from a location: a union's tag, ("cost", "text"), and `[key]`."""
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
    """A record's fields that aren't known where they stand."""

    def __init__(self, model: type[BaseModel], node: MapNode) -> None:
        self.model, self.node = model, node

    def report(self, error: Fault, path: FieldPath) -> Diagnostic:
        """Report an unknown field and what was meant."""
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
        meant, better = self.meant(error)
        return replace(diagnostic("unbekanntes-feld", place, name=name, better=better), instead=meant or "")

    def meant(self, error: Fault) -> tuple[str | None, str]:
        """Return the field meant or None, and help."""
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
        """Say in which group a field belongs; empty if none."""
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
                if at(self.node, (field,)) is not None:
                    return f"das gehört zu „{field}“, das schon dasteht: dort {key}: {shown} schreiben statt hier"
                return f"das gehört in „{field}“: {field}: {{{key}: {shown}}}"
        for field in ("place", "provider"):
            key = field_called(written, fields(KIND_BY_FOLDER[f"{field}s"].model))
            if key and field in known:
                return f"hier weglassen; das gehört in den Eintrag, den „{field}“ nennt: Feld {key}"
        return ""

    def empty_field_above(self, path: FieldPath, name: str, place: Position) -> str | None:
        """Return the nearest empty field above to which a field belongs."""
        owner = at(self.node, path[:-1])
        above = [key for key, value in owner.entries if is_empty(value)] if isinstance(owner, MapNode) else []
        near = max((key for key in above if key.position < place), key=lambda key: key.position, default=None)
        return near.text if near and name in known_fields().get(near.text, ()) else None


_SEPARATORS = re.compile(r"[;/|\n•]|,\s|\s(?:und|sowie|&|\+)\s")  # between items that stand in one text
_FEW = 2
_SHORTEST = 3
"""Letters up to which a value's likeness to another is chance."""
"""So many fields of a group are an example, where it needs none."""


def better_form(name: str, info: FieldInfo, node: Node, names: KnownNames) -> str:
    """Say how to write what was given in the form that belongs there, else give an example."""
    kind = annotation(info)
    value = _as_list_or_value(kind, node, names)
    if value is not None:
        return f"{name}: {flow(value)} schreiben"
    better = f"zum Beispiel {example(name, info)}"
    known = list(chain.from_iterable(map(fields, groups_within(kind))))
    return f"{better}; Felder sind: {', '.join(known)}" if known else better


def example(name: str, info: FieldInfo) -> str:
    """Return a field's example, groups with only what is needed."""
    written = flow(_shorten_example(annotation(info), sample(info)))
    return f"{name}: {written.replace(OPEN, UNKNOWN).replace(OPEN_ID, UNKNOWN)}"


def items_of(text: str) -> list[str]:
    """Split a text into a list's items."""
    pieces = [piece.strip(string.whitespace + ",;.") for piece in _SEPARATORS.split(text)]
    return [piece for piece in pieces if piece]


def meant_item(kind: Any, text: str, names: KnownNames) -> str:
    """Return the id a text means, else the text."""
    for mark in marks_of(kind):
        ids = names.meant(text, mark.target.split("|"))
        if len(ids) == 1:
            return ids[0]
    return text


def _as_list_or_value(kind: Any, node: Node, names: KnownNames) -> Value | None:
    """Return what was written in another form: a text as list or group, a list as text; None if it doesn't fit."""
    inner = entries(kind)
    if isinstance(node, Scalar) and inner and not groups(inner[0]):
        return (
            _passing(inner[0], _items_in(node), names) or _passing(inner[0], node.text.split(), names) or None
        )
    if isinstance(node, Scalar):
        return _as_group(kind, node.text, names)
    if isinstance(node, MapNode) and inner:
        one = cast(Value, plain(node))
        return [one] if _is_valid_for_type(inner[0], one) else None
    if not isinstance(node, ListNode) or inner:
        return None
    texts = [item.text for item in node.items if isinstance(item, Scalar)]
    return _as_value(kind, texts, names) if texts else None


def _as_group(kind: Any, text: str, names: KnownNames) -> Value | None:
    """Return a text as a group's first field that takes it and not just any text, or None."""
    for group in groups(kind):
        for name, info in fields(group).items():
            only = annotation(info)
            for item in () if _is_valid_for_type(only, UNKNOWN) else _passing(only, [text], names):
                if _is_valid_for_type(group, {name: item}):
                    return {name: item}
    return None


def _passing(kind: Any, items: Sequence[str], names: KnownNames) -> list[Value]:
    """Return items valid in a list, so that proposals aren't refused."""
    meant = [meant_item(kind, item, names) for item in items]
    targets = chain.from_iterable(mark.target.split("|") for mark in marks_of(kind))
    known = set(chain.from_iterable(_ids_of_target(names, target) for target in targets))
    return [
        item
        for item in dict.fromkeys(meant)
        if _is_valid_for_type(kind, item) and (not known or item in known)
    ]


def _items_in(node: Scalar) -> list[str]:
    """Return a text's items: one-word lines, else parts between signs."""
    words = node.text.split()
    lines = node.end[0] - node.position.line + 1
    return words if node.plain and lines > 1 and len(words) == lines else items_of(node.text)


def _as_value(kind: Any, texts: list[str], names: KnownNames) -> str | None:
    """Return several texts as one value: joined, or the first; None if invalid."""
    if marks_of(kind):
        return meant_item(kind, texts[0], names)
    possible = ("; ".join(texts), "-".join(texts), texts[0])
    return next((text for text in possible if _is_valid_for_type(kind, text)), None)


def _is_valid_for_type(kind: Any, text: Value) -> bool:
    try:
        TypeAdapter(kind).validate_python(text)
    except ValidationError:
        return False
    return True


def _shorten_example(kind: Any, value: Value) -> Value:
    """Return an example group's needed fields, else its first."""
    group = next(iter(groups(kind)), None)
    if isinstance(value, dict) and group is not None:
        known = fields(group)
        needed = [name for name, info in known.items() if info.is_required()] or list(known)[:_FEW]
        return {name: value[name] for name in needed if name in value}
    if isinstance(value, list) and entries(kind):
        return [_shorten_example(entries(kind)[0], item) for item in value]
    return value


NO_ID = {
    "kein-kuerzel": "kleine Buchstaben a–z, Ziffern und Bindestriche verwenden",
    "kein-sprachkuerzel": "zwei oder drei kleine Buchstaben schreiben, zum Beispiel de, tr, ar",
}
"""What helps with a text that isn't written as an id, by the code for it."""
NOT_CHOSEN = ("literal_error", "union_tag_invalid", "union_tag_not_found")
"""What pydantic calls a value that is none of those to choose from."""
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
    """Explain all faults but those that follow from others."""
    if not faults:
        return []
    return _Explainer(model, node, names).all(faults)


class _Explainer:
    """Explains the faults of one record (`node`)."""

    def __init__(self, model: type[BaseModel], node: MapNode, names: KnownNames) -> None:
        self.model, self.node, self.names = model, node, names
        self.unknown = UnknownFields(model, node)

    def all(self, faults: Sequence[Fault]) -> list[Diagnostic]:
        """Explain every fault but those that follow from another one."""
        replaced = self.replaced(faults)
        found = [self.explain(item) for item in faults if not _follows(item, faults, replaced)]
        return list(_first_of_each_group(found))

    def replaced(self, faults: Sequence[Fault]) -> set[tuple[str | int, ...]]:
        """Return missing fields written under another name."""
        found: set[tuple[str | int, ...]] = set()
        for item in faults:
            if item["type"] == "extra_forbidden":
                meant, _ = self.unknown.meant(item)
                if meant is not None:
                    found.add((*item["loc"][:-1], meant))
        return found

    def explain(self, error: Fault) -> Diagnostic:
        """Return one of pydantic's errors as diagnostic."""
        kind, context = error["type"], error.get("ctx", {})
        path = written_path(self.node, error["loc"])
        value = at(self.node, path)
        if kind == "missing":
            return self.missing(error, path)
        if kind == "extra_forbidden":
            return self.unknown.report(error, path)
        if kind in NO_ID:
            return self.no_id(kind, path, Scalar(context["value"], position_at(self.node, path)))
        if kind == "falsche-form":
            return self.wrong_form(path, value, context["expected"], context["found"])
        if kind in codes():
            # A fault of a whole group is told at the field that causes it.
            spot = (*path, str(context["at"])) if "at" in context else path
            message = diagnostic(kind, position_at(self.node, spot), **context)
            return self.with_word_fields(message, error["loc"], value)
        if kind in NOT_CHOSEN and isinstance(value, Scalar):
            return self.wrong_value(path, value.text)
        if kind == "too_short":
            name = str(path[-1] if path else "")
            return diagnostic("liste-leer", position_at(self.node, path, key=True), name=name)
        is_ = {Scalar: "ein Text", ListNode: "eine Liste"}.get(type(value), "eine Gruppe von Feldern")
        return self.wrong_form(path, value, _EXPECTED.get(kind, "ein anderer Wert"), is_)

    def with_word_fields(self, message: Diagnostic, location: FieldPath, value: Node | None) -> Diagnostic:
        """Add to „keine Zahl“ which fields beside it take words, if words were written."""
        if not message.code.startswith("keine-") or not message.code.endswith("zahl") or not location[:-1]:
            return message
        words = isinstance(value, Scalar) and re.search(r"[^\W\d_]{2}", value.text)
        known = known_at(self.model, location[:-1]).items() if words else ()
        texts = [name for name, info in known if _is_valid_for_type(annotation(info), UNKNOWN)]
        better = f"{message.help}; Wörter gehören in {' oder '.join(texts)}"
        return replace(message, help=better) if texts else message

    def missing(self, error: Fault, path: FieldPath) -> Diagnostic:
        name = str(error["loc"][-1])
        info = self.info(error["loc"])
        title = (info.title if info else None) or name
        owner = at(self.node, path[:-1])
        key = owner.key(name) if isinstance(owner, MapNode) else None
        if key is not None and info is not None:
            better = f"{example(name, info)}; gebraucht wird: {title} ({form(annotation(info))})"
            return diagnostic("feld-leer", key.position, name=name, better=better)
        title = f"{title} ({form(annotation(info))})" if info else title
        return diagnostic("feld-fehlt", self.owner_position(path), name=name, title=title)

    def no_id(self, code: str, path: FieldPath, value: Scalar) -> Diagnostic:
        kind = kinds_at(self.model, path)[0]
        parts = items_of(value.text)
        if len(parts) > 1 and path and isinstance(path[-1], int):  # an entry of a list that holds several
            items = [meant_item(kind, part, self.names) for part in parts]
            better = f"[{', '.join(items)}]"
            return diagnostic("liste-falsch-getrennt", value.position, value=value.text, better=better)
        message = self.unknown_id(code, kind, value)
        if message is not None:
            return message
        better = NO_ID[code]
        if path and path[-1] == "level":
            better = "das Kürzel der Ebene schreiben, wie es in site_config.yml unter levels steht"
        return diagnostic(code, value.position, value=value.text, better=better)

    def unknown_id(self, code: str, kind: Any, value: Scalar) -> Diagnostic | None:
        """Report which id is meant; None if unknown."""
        targets = ["languages"] if code == "kein-sprachkuerzel" else []
        for mark in marks_of(kind)[:1]:
            targets = mark.target.split("|")
        if not targets or not self.names.by_target:
            return None
        ids = {target: set(_ids_of_target(self.names, target)) for target in targets}
        message = unknown(value, targets, ids, self.names)
        if message.code not in ("unbekannter-verweis", "unbekanntes-thema"):
            return message
        better = diagnostic(code, value.position, value=value.text, better=message.help)
        return replace(better, instead=message.instead)

    def wrong_form(self, path: FieldPath, value: Node | None, expected: str, is_: str) -> Diagnostic:
        message = _without_a_space(value, expected)
        if message is not None:
            return message
        better = f"hierher gehört: {wanted(kinds_at(self.model, path)[0])}"
        # An entry of a list is written as its field shows it.
        to_field = path[:-1] if path and isinstance(path[-1], int) else path
        info = self.info(to_field)
        if value is not None and info is not None:
            better = better_form(str(to_field[-1]), info, at(self.node, to_field) or value, self.names)
        return diagnostic(
            "falsche-form", position_at(self.node, path), expected=expected, found=is_, better=better
        )

    def wrong_value(self, path: FieldPath, text: str) -> Diagnostic:
        last = next((step for step in reversed(path) if isinstance(step, str)), "")
        kind = kinds_at(self.model, path)[0]
        known = choices(kind) or _inner_choices(kind)
        # „pausiert bis Januar“: the first word says it, the rest belongs elsewhere.
        german = value_for(text, known) or value_for(text.split(" ")[0], known)
        # „fee“ isn't „free“: of a word so short, likeness says nothing.
        near = close_to(text, known) if len(text) > _SHORTEST else None
        better = "möglich sind: " + ", ".join(_with_german(known))
        if german:
            better = f"„{german}“ schreiben; {better}"
        elif near:
            better = f"gemeint ist vielleicht „{near}“; {better}"
        message = diagnostic("falscher-wert", position_at(self.node, path), value=text or last, better=better)
        return replace(message, instead=german or near or "")

    def info(self, location: tuple[str | int, ...]) -> FieldInfo | None:
        return known_at(self.model, location[:-1]).get(str(location[-1])) if location else None

    def owner_position(self, path: FieldPath) -> Position:
        if path[:-1]:
            return position_at(self.node, path[:-1], key=True)
        return self.node.entries[0][0].position if self.node.entries else self.node.position


def _without_a_space(value: Node | None, expected: str) -> Diagnostic | None:
    """Report a missing space behind colon or, `expected` a list, dash; else None."""
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
    """Tell whether another fault causes this one."""
    location = item["loc"]
    if item["type"] == "missing":
        return location in replaced
    if item["type"] == "too_short":
        return any(_is_below(other["loc"], location) for other in faults)
    # Where a field stands in the place of a language, „kein-sprachkuerzel“ says all.
    astray = [other["loc"][:-1] for other in faults if other["type"] in NO_ID and other is not item]
    return item["type"] not in NO_ID and location in astray


def _is_below(location: tuple[str | int, ...], other: tuple[str | int, ...]) -> bool:
    return len(location) > len(other) and location[: len(other)] == other


def _first_of_each_group(found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Leave out further fields of an unindented group."""
    groups_told: set[str] = set()
    for item in found:
        if item.code == "einrueckung-fehlt":
            if item.help in groups_told:
                continue
            groups_told.add(item.help)
        yield item


def _ids_of_target(names: KnownNames, target: str) -> Iterator[str]:
    return chain.from_iterable(names.by_target.get(target, {}).values())


def _with_german(known: Sequence[str]) -> Iterator[str]:
    """Yield values with meaning where the word doesn't tell."""
    for value in known:
        german = VALUE_WORDS.get(value, ())
        yield f"{value} ({german[0]})" if german and german[0].casefold() != value.casefold() else value


def _inner_choices(kind: Any) -> tuple[str, ...]:
    found: list[str] = []
    for part in get_args(kind):
        found += choices(part) or _inner_choices(part)
    return tuple(found)
