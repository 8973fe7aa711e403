"""Values that stand beside each other where YAML can't take them in, as their field takes them out: several times, a list, one group."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel

from generator.model.samples import Value
from generator.read.all_fields import entries, groups, takes_list, takes_text, types_of
from generator.read.group_texts import parts_by_field, takes
from generator.read.lines import field_in
from generator.read.written import AS_A_BLOCK, flow, shortened


def below_a_value(name: str, texts: Sequence[str]) -> tuple[Value, str]:
    """Return what a value and the entries of a list below it are meant as, and how that is written."""
    if takes_list(name):
        return _as_entries(name, texts)
    kinds = types_of(name)
    taking = groups(*kinds)
    said = _as_group(taking[0], texts) if taking else None
    if said is not None:
        return said, f"ohne „- “ schreiben: {name}: {flow(said)}"
    if takes_text(name):
        return "\n".join(texts), AS_A_BLOCK.format(name=name)
    if kinds and not taking and name != "hours":
        return texts[0], f"nur einen Wert schreiben: {name}: {texts[0]}"
    whole = "; ".join(texts)
    return whole, f"in eine Zeile schreiben: {name or '…'}: {whole}"


def _as_group(model: type[BaseModel], texts: Sequence[str]) -> dict[str, Value] | None:
    """Return a value and the fields below it as one group; None where one of these is no field."""
    said: dict[str, Value] = {**parts_by_field(model, texts[0])}
    for text in texts[1:]:
        entry = _entry(text)
        if not isinstance(entry, dict):
            return None
        said |= entry
    return said


def _as_entries(name: str, texts: Sequence[str]) -> tuple[Value, str]:
    """Return the same for a field that takes a list: the value is its first entry."""
    first, *further = texts
    better = f"auch „{shortened(first)}“ in eine eigene Zeile unter „{name}:“ schreiben, wie die anderen Einträge: - "
    taking = groups(*entries(*types_of(name)))
    if not taking:
        return list(texts), better + first
    meant = [_entry(text) for text in further]
    parts = parts_by_field(taking[0], first)
    if not parts:
        return [first, *meant], better + first
    written = ", ".join(f"{key}: {flow(part)}" for key, part in parts.items())
    return [parts, *meant], better + written


def _entry(text: str) -> Value:
    field = field_in(text)
    return {field.name: field.value} if field else text


def in_braces(name: str, texts: Sequence[str]) -> Value | None:
    """Return what „{Weg 3, 22999 Kleinstadt}“ is meant as: values in braces, none of them with its field; None where nobody can tell."""
    if takes_list(name):
        return list(texts)
    kinds = types_of(name)
    if len(texts) == 1 and any(takes(kind, texts[0]) for kind in kinds):
        return texts[0]
    whole = ", ".join(texts)
    taking = groups(*kinds)
    if taking:
        return parts_by_field(taking[0], whole) or None
    return whole if takes_text(name) else None
