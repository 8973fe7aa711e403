"""A value of the wrong form and the type of its field in, the same value as it belongs there out: what help shows.

A text where a group belongs, a list where one value does, a group where a text does: mostly everything is there and only stands
in another form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.hours.expression import Hours
from generator.model.fields import annotation, choices, fields, variants
from generator.model.german import value_for
from generator.model.groups import Access
from generator.model.samples import OPEN, OPEN_ID, Value, sample
from generator.model.scalars import Ref
from generator.read.all_fields import groups, is_text, marks_of
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
    items = node.items if isinstance(node, ListNode) else ()
    dashes = isinstance(node, ListNode) and all(isinstance(item, MapNode) for item in items)
    if isinstance(value, dict) and dashes and len(flow(value)) > SHOWN:
        return f"die „- “ vor den Feldern weglassen; sie stehen unter „{name}“ genau untereinander"
    written = f"{flow(value)} schreiben"
    if name:
        written = f"{name}: {written}"
    return written + _further(name, items[1:])


def _further(name: str, items: Sequence[Node]) -> str:
    """Say where further values go of a field that takes one."""
    if name not in FURTHER or not items:
        return ""
    others = [item.text for item in items if isinstance(item, Scalar)]
    return FURTHER[name].format(others=", ".join(others))


def example(name: str, info: FieldInfo) -> str:
    """Return a field as it may be written."""
    return f"{name}: {flow(_short(info))}"


def items_of(text: str) -> list[str]:
    """Split what was written as one text into the items of a list."""
    return parts(_SEPARATORS, text, ",;.")


def _as(kind: Any, node: Node, names: KnownNames) -> Value | None:
    """Return a node as the first variant of a type takes it; None where none does."""
    for plain, meta in variants(kind):
        found: Value | None = None
        if isinstance(plain, type) and issubclass(plain, BaseModel):
            found = _group(plain, node, names)
        elif get_origin(plain) is tuple:
            found = _list(get_args(plain)[0], node, names)
        elif get_origin(plain) is not dict:
            found = _scalar(kind, plain, meta, node, names)
        if found is not None:
            return found
    return None


def _group(model: type[BaseModel], node: Node, names: KnownNames) -> Value | None:
    if isinstance(node, Scalar):
        return _filled(model, _read(model, node.text, names))
    if not isinstance(node, ListNode):
        return None
    maps = [item for item in node.items if isinstance(item, MapNode)]
    if maps and len(maps) == len(node.items):
        return _joined(maps)
    texts = _texts_in(node)
    return _filled(model, _read(model, ", ".join(texts), names)) if texts else None


def _joined(maps: Iterable[MapNode]) -> dict[str, Value] | None:
    """Return the fields of several groups as one group; None where one of them stands twice."""
    found: dict[str, Value] = {}
    for node in maps:
        for key, value in node.entries:
            if key.text in found:
                return None
            found[key.text] = _text(value)
    return found


def _texts_in(node: ListNode) -> list[str]:
    return [item.text for item in node.items if isinstance(item, Scalar)]


def _list(inner: Any, node: Node, names: KnownNames) -> list[Value] | None:
    taking = groups(inner)
    if isinstance(node, MapNode):
        return [_text(node)] if taking else None
    if not isinstance(node, Scalar):
        return None
    if not taking:
        return _list_of_texts(inner, node.text, names)
    found = _one_each(taking[0], node.text) or [_as(inner, node, names)]
    return [item for item in found if item is not None] or None


def _list_of_texts(inner: Any, text: str, names: KnownNames) -> list[Value] | None:
    """Return the parts of a text as the entries of a list; None where they are none."""
    items = [_item(inner, part, names) for part in items_of(text)]
    # What is no language isn't one within brackets either.
    are_languages = any(mark.target == "languages" for mark in marks_of(inner))
    if are_languages and not any(takes(inner, item) for item in items):
        return None
    return [*items] or None


def _one_each(model: type[BaseModel], text: str) -> list[Value | None]:
    """Return a group for each part of a text, nothing where a part alone is none: „5.12.2026, 15 Uhr“ is one date."""
    needed = {name for name, info in fields(model).items() if info.is_required()}
    pieces = items_of(text) if needed else parts(re.compile(";"), text)
    found = [parts_by_field(model, part) for part in pieces]
    return list(found) if all(group and needed <= set(group) for group in found) else []


def _item(kind: Any, text: str, names: KnownNames) -> str:
    for mark in marks_of(kind):
        ids = names.meant(text, mark.target.split("|"))
        if len(ids) == 1:
            return ids[0]
    return text


def _scalar(kind: Any, plain: Any, meta: tuple[Any, ...], node: Node, names: KnownNames) -> str | None:
    if isinstance(node, MapNode):
        return _map_as_text(plain, meta, node)
    if not isinstance(node, ListNode):
        return None
    parts = _texts_in(node)
    if not parts:
        return None
    takes_an_id = any(isinstance(mark, Ref) for mark in meta)
    if takes_an_id or len(parts) == 1 or value_for(parts[0], choices(plain)):
        return _item(kind, parts[0], names)
    signs = (", ",) if is_text(meta) else ("; ", ", ", "-", " ")
    whole = (sign.join(parts) for sign in signs)
    return next((text for text in whole if takes(kind, text)), None)


def _map_as_text(plain: Any, meta: tuple[Any, ...], node: MapNode) -> str | None:
    """Return a group of fields as hours or as a text; None where neither belongs."""
    if plain is Hours:
        return "; ".join(f"{key.text} {_words(value)}" for key, value in node.entries)
    if is_text(meta):
        return "; ".join(f"{key.text}: {_words(value)}" for key, value in node.entries)
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
