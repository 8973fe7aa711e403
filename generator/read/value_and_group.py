"""A value and a group of fields below it in, both as one group out: „contact: 040 1“ with „email: a@b.example“ below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from generator.model.fields import fields
from generator.model.groups import CostWord, Fee, read_cost
from generator.model.samples import Value
from generator.read.all_fields import entries, groups, kinds_by_field, values
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
    item = item_in(lines[above]) if field is None else None
    written = field.written if field else item
    if not written:
        return None
    parent = field_above(lines, above)
    in_list = False
    taking: list[type[BaseModel]] = []
    if field is not None:
        kinds = kinds_by_field().get(field.name, ())
        taking = [group for kind in kinds for group in groups(kind)]
        if parent is not None and field.name not in kinds_by_field():
            outer = kinds_by_field().get(parent.name, ())
            taking = [group for kind in outer for value in values(kind) for group in groups(value)]
    if parent is not None and item is not None:
        kinds = kinds_by_field().get(parent.name, ())
    if not taking and (field is None or field.name in kinds_by_field()):
        in_list = True
        taking = [group for kind in kinds for entry in entries(kind) for group in groups(entry)]
    group = next((group for group in taking if inner.name in fields(group)), None)
    if group is None:
        return None
    name = field.name if field else ""
    below = _fields_from(lines, number, inner)
    value = unquoted(written)
    return ValueAndGroup(
        above,
        field.value_at if field else lines[above].index(written, lines[above].index("-") + 1),
        len(written),
        name or (parent.name if parent else ""),
        inner.name,
        shortened(value),
        _better(name, inner.name, value, group, below, in_list=in_list),
    )


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
    if group is Fee and "amount" not in below and (word := _word_of_cost(value)):
        return f"„{name}: {word}“ hat keine Felder darunter; was bei „{inner}“ steht, gehört in „description“"
    said = {key: part for key, part in parts.items() if not (key in below and part in (UNKNOWN, below[key]))}
    if in_list and said and not said.keys() & below.keys():
        if not name and len(said) == 1:
            return "so schreiben: - " + "".join(f"{key}: {flow(part)}" for key, part in said.items())
        entry = flow(said | dict(below))
        return f"so schreiben: {name}: [{entry}]" if name else f"so schreiben: - {entry}"
    if parts and not said:
        return f"„{value}“ hinter „{name}:“ löschen; es steht schon darunter"
    twice = [key for key in said if key in below]
    left_out = {key: part for key, part in said.items() if key not in below}
    if twice and left_out:
        either = "; ".join(f"bei „{key}“ entscheiden: {said[key]} oder {below[key]}" for key in twice)
        lines = ", darunter ".join(f"{key}: {flow(part)}" for key, part in left_out.items())
        said_as = f"{lines}; {either}"
    elif not said or twice:
        left = ", ".join(sorted(set(fields(group)) - below.keys()))
        said_as = f"…: {flow(value)} mit einem dieser Felder statt „…“: {left}"
    else:
        said_as = ", darunter ".join(f"{key}: {flow(part)}" for key, part in said.items())
    return f"auch „{shortened(value)}“ in eine eigene Zeile unter „{name}:“ schreiben und so weit einrücken wie „{inner}“: {said_as}"
