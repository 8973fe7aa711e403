"""A value of the wrong form and the type of its field in, the same value as it belongs there out: what help shows.

A text where a group belongs, a list where one value does, a group where a text does: mostly everything is there and only stands
in another form.
"""

from __future__ import annotations

import re
import string
from typing import Any, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from generator.hours.expression import Hours
from generator.model.fields import annotation, choices, fields, variants
from generator.model.groups import Access, Address
from generator.model.house_numbers import parted
from generator.model.offer import Capacity
from generator.model.samples import OPEN, OPEN_ID, Value, sample
from generator.model.scalars import Ref, parse_markdown, parse_text
from generator.read.known_names import KnownNames
from generator.read.nodes import ListNode, MapNode, Node, Scalar, is_empty
from generator.read.syntax import needs_quotes, quoted

_SEPARATORS = re.compile(r"[;/|\n•]|,\s|\s(?:und|sowie|&|\+)\s")
_TOWN = re.compile(r"(?:D[- ])?(?P<postcode>\d{5})\s++(?P<town>\D+)")
_UNKNOWN = "…"
FURTHER = {
    "provider": "; weitere stehen unter partners: [{others}]",
    "place": "; für jeden weiteren Ort einen eigenen Eintrag anlegen",
}
"""What help adds where a field takes one value and several were written."""


def better_form(name: str, info: FieldInfo | None, kind: Any, node: Node, names: KnownNames) -> str:
    """Return how a value is written where it stands; without a guess, an example of its field."""
    value = _as(kind, node, names)
    if value is None:
        if info is None:
            return f"zum Beispiel so: {_flow(_example(kind))}"
        return f"zum Beispiel {example(name, info)}"
    further = ""
    if isinstance(node, ListNode) and name in FURTHER and len(node.items) > 1:
        others = ", ".join(item.text for item in node.items[1:] if isinstance(item, Scalar))
        further = FURTHER[name].format(others=others)
    return f"{name}: {_flow(value)} schreiben{further}" if name else f"{_flow(value)} schreiben{further}"


def example(name: str, info: FieldInfo) -> str:
    """Return a field as it may be written."""
    return f"{name}: {_flow(_short(info))}"


def items_of(text: str) -> list[str]:
    """Split what was written as one text into the items of a list."""
    return _parts(_SEPARATORS, text, ",;.")


def _parts(separator: re.Pattern[str], text: str, more: str = "") -> list[str]:
    return [part for piece in separator.split(text) if (part := piece.strip(string.whitespace + more))]


def _as(kind: Any, node: Node, names: KnownNames) -> Value | None:
    for plain, meta in variants(kind):
        origin = get_origin(plain)
        if isinstance(plain, type) and issubclass(plain, BaseModel):
            if (found := _group(plain, node, names)) is not None:
                return found
        elif origin is tuple:
            if (items := _list(get_args(plain)[0], node, names)) is not None:
                return items
        elif origin is dict:
            continue
        elif (one := _scalar(kind, plain, meta, node, names)) is not None:
            return one
    return None


def _group(model: type[BaseModel], node: Node, names: KnownNames) -> Value | None:
    if isinstance(node, Scalar):
        return _filled(model, _read(model, node.text, names))
    if isinstance(node, ListNode):
        maps = [item for item in node.items if isinstance(item, MapNode)]
        if maps and len(maps) == len(node.items):
            return {key.text: _text(value) for item in maps for key, value in item.entries}
        texts = [item.text for item in node.items if isinstance(item, Scalar)]
        return _filled(model, _read(model, ", ".join(texts), names)) if texts else None
    return None


def _list(inner: Any, node: Node, names: KnownNames) -> list[Value] | None:
    if isinstance(node, MapNode):
        return [{key.text: _text(value) for key, value in node.entries}] if _models(inner) else None
    if not isinstance(node, Scalar):
        return None
    if _models(inner):
        found = [_as(inner, node, names)]
    else:
        found = [_item(inner, part, names) for part in items_of(node.text)]
        # What is no language isn't one within brackets either.
        if any(mark.target == "languages" for mark in _marks(inner)) and not any(
            isinstance(item, str) and _takes(inner, item) for item in found
        ):
            return None
    return [item for item in found if item is not None] or None


def _item(kind: Any, text: str, names: KnownNames) -> str:
    for mark in _marks(kind):
        if len(ids := names.meant(text, mark.target.split("|"))) == 1:
            return ids[0]
    return text


def _marks(kind: Any) -> list[Ref]:
    return [mark for _, meta in variants(kind) for mark in meta if isinstance(mark, Ref)]


def _scalar(kind: Any, plain: Any, meta: tuple[Any, ...], node: Node, names: KnownNames) -> str | None:
    if isinstance(node, ListNode):
        parts = [item.text for item in node.items if isinstance(item, Scalar)]
        if not parts:
            return None
        if any(isinstance(mark, Ref) for mark in meta) or choices(plain) or len(parts) == 1:
            return _item(kind, parts[0], names)
        return next((text for sign in ("; ", "-", " ") if _takes(kind, text := sign.join(parts))), None)
    if isinstance(node, MapNode):
        pairs = [(key.text, _text(value)) for key, value in node.entries]
        if plain is Hours:
            return "; ".join(f"{key} {value}" for key, value in pairs)
        return "; ".join(f"{key}: {value}" for key, value in pairs) if _is_text(meta) else None
    return None


def _read(model: type[BaseModel], text: str, names: KnownNames) -> dict[str, Value]:
    """Give each part of a text to the field of a group that takes it; strict types first, what is left to a text."""
    if model is Access:
        ways = names.meant(text, ["access_ways"])
        way = ways[0] if len(ways) == 1 else "registration"
        # One word says the way; more of them say what happens.
        return {"way": way} if len(text.split()) < 2 or not ways else {"way": way, "first_visit": text}
    if model is Address:
        return _address(text)
    if model is Capacity:
        return _capacity(text)
    found: dict[str, Value] = {}
    rest: list[str] = []
    known = fields(model)
    strict = {name: annotation(info) for name, info in known.items() if not _is_free(annotation(info))}
    for part in _parts(re.compile(r"[;\n]|,\s"), text):
        taken = ((name, _taken(kind, part)) for name, kind in strict.items() if name not in found)
        name, value = next((pair for pair in taken if pair[1] is not None), ("", None))
        if value is not None:
            found[name] = value
        else:
            rest.append(part)
    free = [name for name, info in known.items() if name not in strict and _is_text_field(info)]
    needed = [name for name in free if known[name].is_required()]
    if rest and free:
        first = (needed or free)[0]
        found = {first: ", ".join(rest), **found}
    return {name: found[name] for name in known if name in found}


def _capacity(text: str) -> dict[str, Value]:
    """Read „noch 3 Plätze frei“ and „12 Plätze“."""
    free = re.search(r"([0-9]{1,4}) (?:freie? )?(?:Pl[aä]tz\w{0,2} )?frei", text)
    places = re.search(r"([0-9]{1,4}) (?:Pl[aä]tz|Kinder|Teilnehm|Person)", text)
    found: dict[str, Value] = {}
    if places and (free is None or places.start() != free.start()):
        found["places"] = places[1]
    elif free is None and re.fullmatch(r"[0-9]{1,4}", text):
        found["places"] = text
    return found | ({"free": free[1]} if free else {})


def _address(text: str) -> dict[str, Value]:
    found: dict[str, Value] = {}
    rest: list[str] = []
    for part in _parts(re.compile(r"[,;\n]"), text):
        if match := _TOWN.fullmatch(part):
            found |= match.groupdict()
        elif "street" not in found:
            street, number = parted(part) or (part, "")
            found |= {"street": street, "number": number} if number else {"street": street}
        else:
            rest.append(part)
    ordered: dict[str, Value] = {
        name: found[name] for name in ("street", "number", "postcode", "town") if name in found
    }
    return {**ordered, **({"extra": ", ".join(rest)} if rest else {})}


def _filled(model: type[BaseModel], found: dict[str, Value]) -> dict[str, Value] | None:
    if not found:
        return None
    missing = {
        name: _short(info) for name, info in fields(model).items() if info.is_required() and name not in found
    }
    both: dict[str, Value] = {**found, **missing}
    return {name: both[name] for name in fields(model) if name in both}


def _short(info: FieldInfo) -> Value:
    return sample(info) if info.examples else _example(annotation(info))


def _example(kind: Any) -> Value:
    """Return a plausible value, of groups only what is needed."""
    plain, _ = next(variants(kind))
    if isinstance(plain, type) and issubclass(plain, BaseModel):
        known = fields(plain)
        needed = {name: _short(info) for name, info in known.items() if info.is_required()}
        return needed or {name: _short(info) for name, info in list(known.items())[:2]}
    if get_origin(plain) is tuple:
        return [_example(get_args(plain)[0])]
    if get_origin(plain) is dict:
        key, value = get_args(plain)
        return {str(_example(key)): _example(value)}
    info: FieldInfo = FieldInfo.from_annotation(kind)
    found = sample(info)
    return _UNKNOWN if found in (OPEN, OPEN_ID) else found


def _takes(kind: Any, text: str) -> bool:
    try:
        TypeAdapter(kind).validate_python(text)
    except ValidationError:
        return False
    return True


def _taken(kind: Any, text: str) -> str | None:
    """Return a text as a type takes it, a German date as records write it; None where the type takes it in no form."""
    try:
        TypeAdapter(kind).validate_python(text)
    except ValidationError as error:
        told = error.errors()[0]
        return str(told["ctx"]["better"]) if told["type"] == "deutsches-datum" else None
    return text


def _models(kind: Any) -> list[type[BaseModel]]:
    return [plain for plain, _ in variants(kind) if isinstance(plain, type) and issubclass(plain, BaseModel)]


def _is_text(meta: tuple[Any, ...]) -> bool:
    return any(
        isinstance(mark, BeforeValidator) and mark.func in (parse_text, parse_markdown) for mark in meta
    )


def _is_text_field(info: FieldInfo) -> bool:
    return any(_is_text(meta) for _, meta in variants(annotation(info)))


def _is_free(kind: Any) -> bool:
    """Whether a field takes nearly any text, or more than one value."""
    return any(
        _is_text(meta) or plain is Hours or get_origin(plain) in (tuple, dict) or _models(plain)
        for plain, meta in variants(kind)
    )


def _text(node: Node) -> Value:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, ListNode):
        return [_text(item) for item in node.items if not is_empty(item)]
    return {key.text: _text(value) for key, value in node.entries}


def _flow(value: Value, *, inside: bool = False) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item, inside=True)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item, inside=True) for item in value) + "]"
    return quoted(value) if value != _UNKNOWN and needs_quotes(value, flow=inside) else value
