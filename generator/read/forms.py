"""A value of the wrong form and the type of its field in, the same value as it belongs there out: what help shows.

A text where a group belongs, a list where one value does, a group where a text does: mostly everything is there and only stands
in another form.
"""

from __future__ import annotations

import re
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.hours.expression import Hours
from generator.model.fields import annotation, choices, fields, variants
from generator.model.german import value_for
from generator.model.groups import Access
from generator.model.samples import OPEN, OPEN_ID, Value, sample
from generator.model.scalars import Ref
from generator.read.all_fields import groups, is_text
from generator.read.group_texts import parts, parts_by_field, takes
from generator.read.known_names import KnownNames
from generator.read.nodes import ListNode, MapNode, Node, Scalar, is_empty
from generator.read.written import SHOWN, UNKNOWN, flow

_SEPARATORS = re.compile(r"[;/|\n•]|,\s|\s(?:und|sowie|&|\+)\s")
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
            return f"zum Beispiel so: {flow(_example(kind))}"
        return f"zum Beispiel {example(name, info)}"
    dashes = isinstance(node, ListNode) and all(isinstance(item, MapNode) for item in node.items)
    if isinstance(value, dict) and dashes and len(flow(value)) > SHOWN:
        return f"die „- “ vor den Feldern weglassen; sie stehen unter „{name}“ genau untereinander"
    further = ""
    if isinstance(node, ListNode) and name in FURTHER and len(node.items) > 1:
        others = ", ".join(item.text for item in node.items[1:] if isinstance(item, Scalar))
        further = FURTHER[name].format(others=others)
    return f"{name}: {flow(value)} schreiben{further}" if name else f"{flow(value)} schreiben{further}"


def example(name: str, info: FieldInfo) -> str:
    """Return a field as it may be written."""
    return f"{name}: {flow(_short(info))}"


def items_of(text: str) -> list[str]:
    """Split what was written as one text into the items of a list."""
    return parts(_SEPARATORS, text, ",;.")


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
            entries = [entry for item in maps for entry in item.entries]
            once = {key.text: _text(value) for key, value in entries}
            return once if len(once) == len(entries) else None
        texts = [item.text for item in node.items if isinstance(item, Scalar)]
        return _filled(model, _read(model, ", ".join(texts), names)) if texts else None
    return None


def _list(inner: Any, node: Node, names: KnownNames) -> list[Value] | None:
    if isinstance(node, MapNode):
        return [{key.text: _text(value) for key, value in node.entries}] if groups(inner) else None
    if not isinstance(node, Scalar):
        return None
    if groups(inner):
        found = _one_each(groups(inner)[0], node.text) or [_as(inner, node, names)]
    else:
        found = [_item(inner, part, names) for part in items_of(node.text)]
        # What is no language isn't one within brackets either.
        if any(mark.target == "languages" for mark in _marks(inner)) and not any(
            isinstance(item, str) and takes(inner, item) for item in found
        ):
            return None
    return [item for item in found if item is not None] or None


def _one_each(model: type[BaseModel], text: str) -> list[Value | None]:
    """Return a group for each part of a text, nothing where a part alone is none: „5.12.2026, 15 Uhr“ is one date."""
    needed = {name for name, info in fields(model).items() if info.is_required()}
    pieces = items_of(text) if needed else parts(re.compile(";"), text)
    found = [parts_by_field(model, part) for part in pieces]
    return list(found) if all(group and needed <= set(group) for group in found) else []


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
        known = choices(plain)
        if any(isinstance(mark, Ref) for mark in meta) or value_for(parts[0], known) or len(parts) == 1:
            return _item(kind, parts[0], names)
        signs = (", ",) if is_text(meta) else ("; ", ", ", "-", " ")
        return next((text for sign in signs if takes(kind, text := sign.join(parts))), None)
    if isinstance(node, MapNode):
        pairs = [(key.text, _words(value)) for key, value in node.entries]
        if plain is Hours:
            return "; ".join(f"{key} {value}" for key, value in pairs)
        return "; ".join(f"{key}: {value}" for key, value in pairs) if is_text(meta) else None
    return None


def _read(model: type[BaseModel], text: str, names: KnownNames) -> dict[str, Value]:
    found = parts_by_field(model, text)
    ways = names.meant(text, ["access_ways"]) if model is Access else ()
    if len(ways) == 1:
        found["way"] = ways[0]
    return found


def _filled(model: type[BaseModel], found: dict[str, Value]) -> dict[str, Value] | None:
    if not found:
        return None
    # What nobody said is left open: a day or a postcode of an example would be taken for true.
    missing = {name: UNKNOWN for name, info in fields(model).items() if info.is_required()}
    both: dict[str, Value] = {**missing, **found}
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
    return UNKNOWN if found in (OPEN, OPEN_ID) else found


def _text(node: Node) -> Value:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, ListNode):
        return [_text(item) for item in node.items if not is_empty(item)]
    return {key.text: _text(value) for key, value in node.entries}


def _words(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, ListNode):
        return ", ".join(map(_words, node.items))
    return ", ".join(f"{key.text}: {_words(value)}" for key, value in node.entries)
