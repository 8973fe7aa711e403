"""A text that stands where a group of fields belongs in, its parts by the field that takes each out."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from typing import Any, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from generator.hours.expression import Hours
from generator.model.fields import annotation, fields, variants
from generator.model.groups import Access, Address, Contact, Fee, Occasion, read_cost
from generator.model.house_numbers import parted
from generator.model.offer import Capacity
from generator.model.samples import Value
from generator.read.all_fields import groups, is_text
from generator.read.written import UNKNOWN

_TOWN = re.compile(r"(?:D-)?(?<![0-9])(?P<postcode>[0-9]{5})\s++(?P<town>[^0-9]+)$")
_NUMBER = re.compile("[0-9]{1,4} ?[a-zA-Z]?(?:[-–/][0-9]{1,4} ?[a-zA-Z]?)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}\. ?(?:[0-9]{1,2}\.|[A-ZÄa-zä]{3,9}\.?) ?[0-9]{4}")
_TIME = re.compile(r"[0-9]{1,2}:[0-9]{2}(?: Uhr)?|[0-9]{1,2}(?:\.[0-9]{2})? Uhr")
_HOURS = re.compile(r"(?<![0-9:.])([0-9]{1,2}) ?(?:-|–|bis) ?(?=[0-9]{1,2}(?:[:.][0-9]{2})? Uhr)")
_LITTLE = re.compile(r"am|ab|um|von|vom|bis|(?:Mo|Di|Mi|Do|Fr|Sa|So)(?:[a-zä]{0,6}tag)?|Mittwoch|")
_PLAIN_TEXTS = ("name", "text", "note", "description", "street")
"""Fields for what is said without a field, the first that a group has."""
_MOBILE = re.compile(r"(?:\+49 ?|0049 ?|0)\(?0?\)?1[5-7]")


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
    if model is Access:
        # Several words say what happens; no way is made up from them.
        return {"way": UNKNOWN, "first_visit": text} if " " in text else {"way": text}
    return _by_type(model, text)


def _by_type(model: type[BaseModel], text: str) -> dict[str, Value]:
    """Do the same by the types of the fields alone; nothing where a part is left over."""
    known = fields(model)
    found, rest = _strict_parts(model, text)
    if model is Contact:
        note, rest = _note(rest)
        if note:
            found["note"] = note
    if rest:
        field = _field_for_texts(model)
        if field is None:
            return {}
        found.setdefault(field, ", ".join(rest))
    return {name: found[name] for name in known if name in found}


def _note(rest: list[str]) -> tuple[str, list[str]]:
    """Return the note of a contact in what is left of a text, further numbers or what begins like one, and the other parts."""
    phone = _kind(Contact, "phone")
    numbers = [part for part in rest if takes(phone, part)]
    if numbers:
        return f"auch {', '.join(numbers)}", [part for part in rest if part not in numbers]
    if not rest:
        return "", []
    begin = _note_begins(rest)
    return ", ".join(rest[begin:]), rest[:begin]


def _strict_parts(model: type[BaseModel], text: str) -> tuple[dict[str, Value], list[str]]:
    """Give each part of a text to the first field that takes it and not any text; return the other parts, too."""
    kinds = {name: annotation(info) for name, info in fields(model).items()}
    found: dict[str, Value] = {}
    rest: list[str] = []
    for part in parts(re.compile(r"[;\n]|,\s"), text):
        unfit = _unfit_number(model, part)
        for name, kind in kinds.items():
            if name in found or name in unfit or _is_free(kind):
                continue
            value = _taken(kind, part)
            if value is not None:
                found[name] = value
                break
        else:
            rest.append(part)
    return found, rest


def _field_for_texts(model: type[BaseModel]) -> str | None:
    """Return the field for what is said without a field: the one that is needed, else the first of the usual ones; None where there is none."""
    free = {
        name: info
        for name, info in fields(model).items()
        if _is_free(annotation(info)) and _is_text_field(info)
    }
    needed = [name for name, info in free.items() if info.is_required()]
    if len(needed) == 1:
        return needed[0]
    return next((name for name in _PLAIN_TEXTS if name in free), None)


def _note_begins(parts: Sequence[str]) -> int:
    """Return where a contact's name ends: a sentence is none, nor „am besten vormittags“, nor what has numbers."""
    sentence = len(parts)
    if parts[-1].endswith("."):
        sentence = max(number for number, part in enumerate(parts) if not number or part[0].isupper())
    plain = [number for number, part in enumerate(parts) if part[0].islower() or re.search("[0-9]", part)]
    return min([sentence, *plain])


def _unfit_number(model: type[BaseModel], text: str) -> tuple[str, ...]:
    """Return the field for numbers that this one isn't for: a landline is no mobile phone, nor the other way round."""
    if model is not Contact:
        return ()
    return ("phone",) if _MOBILE.match(text) else ("mobile",)


def _fee(text: str) -> dict[str, Value]:
    try:
        read = read_cost(text)
    except PydanticCustomError:
        read = ""
    if isinstance(read, dict):
        return read
    if read == "free":
        return {"amount": "0"}
    if re.fullmatch(r"[0-9]{1,4}(?:[.,][0-9]{1,2})?", text):
        return {"amount": text.replace(",", ".")}
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
    name = _without_little_words(_TIME.sub(" ", _DAY.sub(" ", text)))
    # What isn't understood as a whole is not told as if it were.
    if not 1 <= len(days) <= 2 or len(times) > 2 or None in (*days, *times) or re.search("[0-9]", name):
        return {}
    if len(days) == 2 and text[found[0].end() : found[1].start()].strip() not in ("bis", "–", "-"):
        return {}
    read = dict(zip(("date", "until"), days, strict=False)) | dict(zip(("from", "to"), times, strict=False))
    return {key: value for key, value in (read | {"name": name}).items() if value}


def _without_little_words(text: str) -> str:
    """Return a text without „am“, „von“, days and signs at its ends."""
    words = text.split()
    little = [_LITTLE.fullmatch(word.strip(",;–-")) is not None for word in words]
    first = little.index(False) if False in little else len(words)
    last = len(words) - little[::-1].index(False) if False in little else 0
    return " ".join(words[first:last]).strip(",;– ")


def _capacity(text: str) -> dict[str, Value]:
    """Read „noch 3 Plätze frei“, „3 von 12 Plätzen frei“ and „12 Plätze“; nothing where a number is left over."""
    day = _DAY.search(text)
    stated = _taken(_kind(Capacity, "date"), day[0]) if day else None
    plain = _DAY.sub(" ", text)
    found = _places_and_free(plain)
    waiting = [part for part in parts(re.compile(r"[,;]"), plain) if takes(_kind(Capacity, "waiting"), part)]
    if len(waiting) == 1:
        found["waiting"] = waiting[0]
    if len(re.findall(r"[0-9]{1,9}", plain)) != len(found):
        return {}
    if stated:
        found["date"] = stated
    return found


def _places_and_free(text: str) -> dict[str, Value]:
    """Read how many places there are, and how many of them are free."""
    both = re.search(r"([0-9]{1,4}) (?:von|/|aus) ([0-9]{1,4}) (?:Pl[aä]tz\w{0,2} )?frei", text)
    if both:
        return {"places": both[2], "free": both[1]}
    free = re.search(r"([0-9]{1,4}) (?:freie? )?(?:Pl[aä]tz\w{0,2} )?frei", text)
    places = re.search(r"([0-9]{1,4}) (?:Pl[aä]tz|Kinder|Teilnehm|Person)", text)
    found: dict[str, Value] = {}
    if places and (free is None or places.start() != free.start()):
        found["places"] = places[1]
    if free:
        found["free"] = free[1]
    if not found and re.fullmatch(r"\s*[0-9]{1,4}\s*", text):
        found["places"] = text.strip()
    return found


def _address(text: str) -> dict[str, Value]:
    """Read „Weg 3, 22999 Kleinstadt“; what is left over is the `extra`."""
    found: dict[str, Value] = {}
    rest: list[str] = []
    for part in parts(re.compile(r"[,;\n]"), text):
        field = _field_of_part(part, found)
        if field:
            found[field] = part
            continue
        left = part
        town = _TOWN.search(part)
        if town and "postcode" not in found:
            found |= town.groupdict()
            left = part[: town.start()].strip().removesuffix(" in")
        if left and "street" not in found:
            found |= _street_and_number(left)
        elif left:
            rest.append(left)
    names = ("street", "number", "postcode", "town")
    ordered: dict[str, Value] = {name: found[name] for name in names if name in found}
    if rest:
        ordered["extra"] = ", ".join(rest)
    return ordered


def _field_of_part(part: str, found: Mapping[str, Value]) -> str:
    """Return the field of an address that a part is by itself, nothing where it is none or mixed."""
    if re.fullmatch("[0-9]{5}", part) and "postcode" not in found:
        return "postcode"
    if "postcode" in found and "town" not in found and not re.search("[0-9]", part):
        return "town"
    if "street" in found and not {"number", "postcode"} & found.keys() and _NUMBER.fullmatch(part):
        return "number"
    return ""


def _street_and_number(text: str) -> dict[str, Value]:
    street, number = parted(text) or (text, "")
    return {"street": street, "number": number} if number else {"street": street}


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


def _kind(model: type[BaseModel], name: str) -> Any:
    return annotation(fields(model)[name])


def takes(kind: Any, text: str) -> bool:
    try:
        TypeAdapter(kind).validate_python(text)
    except ValidationError:
        return False
    return True


def _is_text_field(info: FieldInfo) -> bool:
    return any(is_text(meta) for _, meta in variants(annotation(info)))


def _is_free(kind: Any) -> bool:
    """Whether a field takes nearly any text, or more than one value."""
    return any(
        is_text(meta) or plain is Hours or get_origin(plain) in (tuple, dict) or groups(plain)
        for plain, meta in variants(kind)
    )
