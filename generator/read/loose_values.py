"""Values that stand beside each other where YAML can't take them in, as their field takes them out: several times, a list, one group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from generator.model.samples import Value
from generator.read.all_fields import entries, groups, kinds_by_field, takes_list, takes_text
from generator.read.group_texts import parts_by_field, takes
from generator.read.lines import field_in
from generator.read.written import AS_A_BLOCK, flow, shortened


def below_a_value(name: str, texts: Sequence[str]) -> tuple[Value, str]:
    """Return what a value and the entries of a list below it are meant as, and how that is written."""
    kinds = kinds_by_field().get(name, ())
    if takes_list(name):
        below = [group for kind in kinds for entry in entries(kind) for group in groups(entry)]
        parts = parts_by_field(below[0], texts[0]) if below else {}
        first = ", ".join(f"{key}: {flow(part)}" for key, part in parts.items()) or texts[0]
        meant: list[Value] = [parts or texts[0], *(_entry(text) if below else text for text in texts[1:])]
        return (
            meant,
            f"auch „{shortened(texts[0])}“ in eine eigene Zeile unter „{name}:“ schreiben, wie die anderen Einträge: - {first}",
        )
    taking = [group for kind in kinds for group in groups(kind)]
    if taking and all(isinstance(_entry(text), dict) for text in texts[1:]):
        said: dict[str, Value] = {**parts_by_field(taking[0], texts[0])}
        for text in texts[1:]:
            said |= cast(dict[str, Value], _entry(text))
        return said, f"ohne „- “ schreiben: {name}: {flow(said)}"
    if takes_text(name):
        return "\n".join(texts), AS_A_BLOCK.format(name=name)
    if kinds and not taking and name != "hours":
        return texts[0], f"nur einen Wert schreiben: {name}: {texts[0]}"
    whole = "; ".join(texts)
    return whole, f"in eine Zeile schreiben: {name or '…'}: {whole}"


def _entry(text: str) -> Value:
    field = field_in(text)
    return {field.name: field.value} if field else text


def in_braces(name: str, texts: Sequence[str]) -> Value | None:
    """Return what „{Weg 3, 22999 Kleinstadt}“ is meant as: values in braces, none of them with its field; None where nobody can tell."""
    kinds = kinds_by_field().get(name, ())
    if takes_list(name):
        return list(texts)
    taking = [group for kind in kinds for group in groups(kind)]
    if len(texts) == 1 and kinds and any(takes(kind, texts[0]) for kind in kinds):
        return texts[0]
    if taking:
        return parts_by_field(taking[0], ", ".join(texts)) or None
    return ", ".join(texts) if takes_text(name) else None
