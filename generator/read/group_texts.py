"""A text that stands where a group of fields belongs in, its parts by the field that takes each out."""

from __future__ import annotations

import re
import string
from typing import Any, get_origin

from pydantic import BaseModel, BeforeValidator, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from generator.hours.expression import Hours
from generator.model.fields import annotation, fields, variants
from generator.model.groups import Address, Fee, Occasion, read_cost
from generator.model.house_numbers import parted
from generator.model.offer import Capacity
from generator.model.samples import Value
from generator.model.scalars import parse_markdown, parse_text

UNKNOWN = "…"
"""Stands for what nobody said."""
_TOWN = re.compile(r"(?:D[- ])?(?P<postcode>\d{5})\s++(?P<town>\D+)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}\. ?(?:[0-9]{1,2}\.|[A-ZÄa-zä]{3,9}\.?) ?[0-9]{4}")
_TIME = re.compile(r"[0-9]{1,2}:[0-9]{2}(?: Uhr)?|[0-9]{1,2}(?:\.[0-9]{2})? Uhr")
_HOURS = re.compile(r"(?<![0-9:.])([0-9]{1,2}) ?(?:-|–|bis) ?(?=[0-9]{1,2}(?:[:.][0-9]{2})? Uhr)")
_LITTLE = r"(?:\b(?:am|ab|um|von|vom|bis|(?:Mo|Di|Mi|Do|Fr|Sa|So)(?:[a-zä]{0,6}tag)?|Mittwoch)\b|[\s,;–-])+"
_EDGES = re.compile(rf"^{_LITTLE}|{_LITTLE}$")
_UNTIL = re.compile(r"\s*(?:bis|–|-)\s*")


def parts_by_field(model: type[BaseModel], text: str) -> dict[str, Value]:
    """Give each part of a text to the field of a group that takes it; strict types first, what is left to a text."""
    if model is Address:
        return _address(text)
    if model is Capacity:
        return _capacity(text)
    if model is Fee:
        return _fee(text)
    if model is Occasion:
        return _occasion(text)
    found: dict[str, Value] = {}
    rest: list[str] = []
    known = fields(model)
    strict = {name: annotation(info) for name, info in known.items() if not _is_free(annotation(info))}
    for part in parts(re.compile(r"[;\n]|,\s"), text):
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


def _fee(text: str) -> dict[str, Value]:
    try:
        read = read_cost(text)
    except PydanticCustomError:
        read = ""
    if isinstance(read, dict):
        return read
    if read == "free":
        return {"amount": "0"}
    # An amount that nobody said would say that it is free, or too dear.
    first = re.search(r"[0-9]{1,4}(?:[.,][0-9]{2})?", text)
    return {"amount": first[0].replace(",", ".") if first else UNKNOWN, "note": text}


def _occasion(text: str) -> dict[str, Value]:
    """Read „5.12.2026, 15:00 bis 17:00“ and „Fest am 5.12.2026“."""
    kinds = {name: annotation(info) for name, info in fields(Occasion).items()}
    text = _HOURS.sub(r"\1 Uhr ", text)
    found = list(_DAY.finditer(text))
    days = [_taken(kinds["date"], day[0]) for day in found]
    times = [_taken(kinds["from"], time) for time in _TIME.findall(_DAY.sub(" ", text))]
    name = _EDGES.sub("", _TIME.sub(" ", _DAY.sub(" ", text)))
    several = len(days) > 1 and not _UNTIL.fullmatch(text, found[0].end(), found[1].start())
    # What isn't understood as a whole is not told as if it were.
    if (
        not days
        or len(days) > 2
        or len(times) > 2
        or None in (*days, *times)
        or several
        or re.search("[0-9]", name)
    ):
        return {}
    read = dict(zip(("date", "until"), days, strict=False)) | dict(zip(("from", "to"), times, strict=False))
    return {key: value for key, value in (read | {"name": " ".join(name.split())}).items() if value}


def _capacity(text: str) -> dict[str, Value]:
    """Read „noch 3 Plätze frei“ and „12 Plätze“."""
    free = re.search(r"([0-9]{1,4}) (?:freie? )?(?:Pl[aä]tz\w{0,2} )?frei", text)
    places = re.search(r"([0-9]{1,4}) (?:Pl[aä]tz|Kinder|Teilnehm|Person)", text)
    found: dict[str, Value] = {}
    if places and (free is None or places.start() != free.start()):
        found["places"] = places[1]
    elif free is None and re.fullmatch(r"[0-9]{1,4}", text):
        found["places"] = text
    day = _DAY.search(text)
    stated = {"date": _taken(annotation(fields(Capacity)["date"]), day[0])} if day else {}
    return (
        found | ({"free": free[1]} if free else {}) | {key: value for key, value in stated.items() if value}
    )


def _address(text: str) -> dict[str, Value]:
    found: dict[str, Value] = {}
    rest: list[str] = []
    for part in parts(re.compile(r"[,;\n]"), text):
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


def parts(separator: re.Pattern[str], text: str, more: str = "") -> list[str]:
    return [part for piece in separator.split(text) if (part := piece.strip(string.whitespace + more))]


def _taken(kind: Any, text: str) -> str | None:
    """Return a text as a type takes it, a German date as records write it; None where the type takes it in no form."""
    try:
        TypeAdapter(kind).validate_python(text)
    except ValidationError as error:
        told = error.errors()[0]
        return str(told["ctx"]["better"]) if told["type"] == "deutsches-datum" else None
    return text


def takes(kind: Any, text: str) -> bool:
    try:
        TypeAdapter(kind).validate_python(text)
    except ValidationError:
        return False
    return True


def models(kind: Any) -> list[type[BaseModel]]:
    return [plain for plain, _ in variants(kind) if isinstance(plain, type) and issubclass(plain, BaseModel)]


def is_text(meta: tuple[Any, ...]) -> bool:
    return any(
        isinstance(mark, BeforeValidator) and mark.func in (parse_text, parse_markdown) for mark in meta
    )


def _is_text_field(info: FieldInfo) -> bool:
    return any(is_text(meta) for _, meta in variants(annotation(info)))


def _is_free(kind: Any) -> bool:
    """Whether a field takes nearly any text, or more than one value."""
    return any(
        is_text(meta) or plain is Hours or get_origin(plain) in (tuple, dict) or models(plain)
        for plain, meta in variants(kind)
    )
