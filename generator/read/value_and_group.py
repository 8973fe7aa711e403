"""A value and a group of fields below it in, both as one group out: „contact: 040 1“ with „email: a@b.example“ below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from generator.model.fields import fields
from generator.model.groups import CostWord, Fee, read_cost
from generator.model.samples import Value
from generator.read.all_fields import entries, groups, types_of, values
from generator.read.group_texts import parts_by_field, takes
from generator.read.lines import (
    FieldLine,
    field_above,
    field_in,
    indent_of,
    item_in,
    item_match,
    line_before,
    unquoted,
)
from generator.read.written import UNKNOWN, flow, shortened


class ValueAndGroup(NamedTuple):
    """Where the value stands, counted from 0, what it is and what both would be together."""

    line: int
    column: int
    length: int
    name: str
    inner: str
    value: str
    better: str


def value_and_group(lines: Sequence[str], number: int) -> ValueAndGroup | None:
    """Return the value above a field that may stand in its group; None where there is none."""
    above, inner = line_before(lines, number), field_in(lines[number])
    if above < 0 or inner is None:
        return None
    field = field_in(lines[above])
    written = field.written if field else item_in(lines[above])
    if not written:
        return None
    parent = field_above(lines, above)
    taking, in_list = _groups_that_take(field, parent)
    group = next((group for group in taking if inner.name in fields(group)), None)
    if group is None:
        return None
    below = _fields_from(lines, number, inner)
    value = unquoted(written)
    if field is not None:
        better = _better(field.name, inner.name, value, group, below, in_list=in_list)
        return ValueAndGroup(
            above, field.value_at, len(written), field.name, inner.name, shortened(value), better
        )
    at = lines[above].index(written, lines[above].index("-") + 1)
    name = parent.name if parent else ""
    better = _better("", inner.name, value, group, below, in_list=in_list)
    return ValueAndGroup(above, at, len(written), name, inner.name, shortened(value), better)


def _groups_that_take(
    field: FieldLine | None, parent: FieldLine | None
) -> tuple[list[type[BaseModel]], bool]:
    """Return the groups that a value above a field may belong to, and whether they are entries of a list.

    The value is that of a field, or an entry of the list below its parent.
    """
    if field is None:
        return groups(*entries(*types_of(parent.name))) if parent else [], True
    kinds = types_of(field.name)
    if kinds:
        taking = groups(*kinds)
        return (taking, False) if taking else (groups(*entries(*kinds)), True)
    # A key of a map is no field.
    return groups(*values(*types_of(parent.name))) if parent else [], False


def _fields_from(lines: Sequence[str], number: int, first: FieldLine) -> dict[str, Value]:
    """Return the fields that stand under each other from a line on; of what is further right nobody says the value."""
    found: dict[str, Value] = {}
    for line in lines[number:]:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if indent_of(line) < first.indent or (item_match(line) and indent_of(line) <= first.indent):
            break
        field = field_in(line)
        if field is not None and field.indent == first.indent:
            found[field.name] = field.value or UNKNOWN
    return found


def _word_of_cost(value: str) -> str:
    """Return the word that says costs without an amount, nothing where there is one."""
    try:
        word = read_cost(value)
    except PydanticCustomError:
        return ""
    return word if isinstance(word, str) and word != "free" and takes(CostWord, word) else ""


def _better(
    name: str, inner: str, value: str, group: type[BaseModel], below: Mapping[str, Value], *, in_list: bool
) -> str:
    parts = parts_by_field(group, value)
    if group is Fee and "amount" not in below:
        word = _word_of_cost(value)
        if word:
            return f"„{name}: {word}“ hat keine Felder darunter; was bei „{inner}“ steht, gehört in „description“"
    said = {key: part for key, part in parts.items() if not _is_said_below(key, part, below)}
    if in_list and said and not said.keys() & below.keys():
        return f"so schreiben: {_as_entry(name, said, below)}"
    if parts and not said:
        return f"„{value}“ hinter „{name}:“ löschen; es steht schon darunter"
    said_as = _said_as(value, said, below, group)
    return f"auch „{shortened(value)}“ in eine eigene Zeile unter „{name}:“ schreiben und so weit einrücken wie „{inner}“: {said_as}"


def _is_said_below(key: str, part: Value, below: Mapping[str, Value]) -> bool:
    return key in below and part in (UNKNOWN, below[key])


def _as_entry(name: str, said: Mapping[str, Value], below: Mapping[str, Value]) -> str:
    """Write a value and the fields below it as one entry of a list."""
    if name:
        return f"{name}: [{flow({**said, **below})}]"
    if len(said) > 1:
        return f"- {flow({**said, **below})}"
    return "- " + "".join(f"{key}: {flow(part)}" for key, part in said.items())


def _said_as(
    value: str, said: Mapping[str, Value], below: Mapping[str, Value], group: type[BaseModel]
) -> str:
    """Write the parts of a value as fields; where one stands below with another value, say that somebody has to decide."""
    twice = [key for key in said if key in below]
    once = [f"{key}: {flow(part)}" for key, part in said.items() if key not in below]
    if not once:
        left = ", ".join(sorted(set(fields(group)) - below.keys()))
        return f"…: {flow(value)} mit einem dieser Felder statt „…“: {left}"
    lines = ", darunter ".join(once)
    if not twice:
        return lines
    either = [f"bei „{key}“ entscheiden: {said[key]} oder {below[key]}" for key in twice]
    return f"{lines}; {'; '.join(either)}"
