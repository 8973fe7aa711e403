"""A value of the wrong form and the type of its field in; how it is written, or an example of its field, out."""

from __future__ import annotations

import re
import string
from itertools import chain
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from generator.model.fields import annotation, fields
from generator.model.samples import OPEN, OPEN_ID, Value, sample
from generator.read.all_fields import entries, groups, groups_within, marks_of
from generator.read.known_names import KnownNames
from generator.read.nodes import ListNode, Node, Scalar
from generator.read.written import UNKNOWN, flow

_SEPARATORS = re.compile(r"[;/|\n•]|,\s|\s(?:und|sowie|&|\+)\s")
_FEW = 2
"""So many fields of a group are an example, where it needs none."""


def better_form(name: str, info: FieldInfo, node: Node, names: KnownNames) -> str:
    """Return how a list or a single value is written that stands in the other's form; else an example of its field."""
    kind = annotation(info)
    value = _as_list_or_value(kind, node, names)
    if value is not None:
        return f"{name}: {flow(value)} schreiben"
    better = f"zum Beispiel {example(name, info)}"
    known = list(chain.from_iterable(map(fields, groups_within(kind))))
    return f"{better}; Felder sind: {', '.join(known)}" if known else better


def example(name: str, info: FieldInfo) -> str:
    """Return a field as it may be written, of groups only what is needed."""
    written = flow(_short(annotation(info), sample(info)))
    return f"{name}: {written.replace(OPEN, UNKNOWN).replace(OPEN_ID, UNKNOWN)}"


def items_of(text: str) -> list[str]:
    """Split what was written as one text into the items of a list."""
    pieces = [piece.strip(string.whitespace + ",;.") for piece in _SEPARATORS.split(text)]
    return [piece for piece in pieces if piece]


def meant_item(kind: Any, text: str, names: KnownNames) -> str:
    """Return the id that a text means where a type takes ids, the text itself where nobody can tell."""
    for mark in marks_of(kind):
        ids = names.meant(text, mark.target.split("|"))
        if len(ids) == 1:
            return ids[0]
    return text


def _as_list_or_value(kind: Any, node: Node, names: KnownNames) -> Value | None:
    """Return a text as the list that belongs there, or a list as the one value; None where neither is possible."""
    inner = entries(kind)
    if isinstance(node, Scalar) and inner and not groups(inner[0]):
        return [meant_item(inner[0], item, names) for item in _items_in(node)] or None
    if not isinstance(node, ListNode) or inner:
        return None
    texts = [item.text for item in node.items if isinstance(item, Scalar)]
    return _as_value(kind, texts, names) if texts else None


def _items_in(node: Scalar) -> list[str]:
    """Return the items that a text lists: its lines where each is one word without a dash, else what signs part."""
    words = node.text.split()
    lines = node.end[0] - node.position.line + 1
    return words if node.plain and lines > 1 and len(words) == lines else items_of(node.text)


def _as_value(kind: Any, texts: list[str], names: KnownNames) -> str | None:
    """Return several texts as one value: all where a sign can join them, else the first; an id is the first. None where it is none."""
    if marks_of(kind):
        return meant_item(kind, texts[0], names)
    possible = ("; ".join(texts), "-".join(texts), texts[0])
    return next((text for text in possible if _takes(kind, text)), None)


def _takes(kind: Any, text: str) -> bool:
    try:
        TypeAdapter(kind).validate_python(text)
    except ValidationError:
        return False
    return True


def _short(kind: Any, value: Value) -> Value:
    """Return of the example of a group what the group needs, else its first fields."""
    group = next(iter(groups(kind)), None)
    if isinstance(value, dict) and group is not None:
        known = fields(group)
        needed = [name for name, info in known.items() if info.is_required()] or list(known)[:_FEW]
        return {name: value[name] for name in needed if name in value}
    if isinstance(value, list) and entries(kind):
        return [_short(entries(kind)[0], item) for item in value]
    return value
