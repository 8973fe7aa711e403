"""Give a plausible value for a field's type, for templates and the reference."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias, get_args, get_origin

from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

from generator.hours.written_hours import Hours
from generator.model import dates, scalars
from generator.model.fields import annotation, choices, fields, is_model, models_at, variants
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.scalars import Ref

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
"""A value as an editor would write it."""

# What stands where an editor has to write something; `check` names it until it is replaced.
OPEN = "TODO"
OPEN_ID = "todo"

# (a value, what form values have) by type, and of texts by what reads them.
_OF_TYPE: Mapping[type, tuple[str, str]] = {
    bool: ("no", "yes oder no"),
    Decimal: ("0", "Zahl mit Dezimalpunkt"),
    int: ("0", "ganze Zahl"),
    dt.date: ("2026-10-01", "Datum: Jahr-Monat-Tag"),
    dates.PartialDate: ("2026-10", "Datum, Monat oder Jahr: 2026-10-01, 2026-10, 2026"),
    dt.time: ("15:00", "Uhrzeit: 15:00"),
    dates.Duration: ("6 months", "Dauer: 6 months"),
    dates.HalfYear: ("2026-1", "Halbjahr: 2026-1"),
    Hours: ("Mo-Fr 09:00-12:00", "Zeiten: Mo-Fr 09:00-12:00; PH off"),
    scalars.Ages: ("6-12", "Alter: 0-3, 6-12 months, 16+, all"),
    scalars.Distance: ("1 km", "Entfernung: 800 m, 1.5 km"),
    scalars.Point: ("10.0101 53.7033", "Punkt: Länge Breite"),
    scalars.GeometryRef: ("geometry/gebiete.geojson#kuerzel", "Datei#Kennung"),
}
_OF_TEXT: Mapping[Callable[[object], str], tuple[str, str]] = {
    scalars.parse_text: (OPEN, "Text"),
    scalars.parse_slug: (OPEN_ID, "Kürzel"),
    scalars.parse_booking: ("https://termine.beispiel.example/", "Internetadresse oder Telefonnummer"),
    scalars.parse_phone: ("040 66969-100", "Telefonnummer"),
    scalars.parse_email: ("info@beispiel.example", "E-Mail-Adresse"),
    scalars.parse_url: ("https://www.beispiel.example/", "Internetadresse"),
    scalars.parse_language: ("en", "Sprachkürzel"),
    scalars.parse_colour: ("#0d6b66", 'Farbe: "#0d6b66"'),
    scalars.parse_postcode: ("22999", "Postleitzahl"),
}


def sample(info: FieldInfo) -> Value:
    """Return a plausible value for a field, its own example first."""
    usual, own = _sample(annotation(info)), info.examples and str(info.examples[0])
    return usual if not own else [own] if isinstance(usual, list) else own


def sample_group(model: type[BaseModel]) -> dict[str, Value]:
    """Return a plausible value for every field of a group."""
    return {name: sample(info) for name, info in fields(model).items()}


_LAST = ("translations", "notes", "origin", "illustrative")
"""Fields of all kinds, which are named last."""


def arranged_fields(model: type[BaseModel]) -> list[tuple[str, FieldInfo]]:
    """Return fields in reading order: needed, others, those of all kinds."""
    known = list(fields(model).items())
    return sorted(
        known,
        key=lambda item: (not item[1].is_required(), _LAST.index(item[0]) + 1 if item[0] in _LAST else 0),
    )


def groups_of(
    model: type[BaseModel], title: str = "", seen: set[type[BaseModel]] | None = None
) -> Iterator[tuple[str, type[BaseModel]]]:
    """Yield a model, then the groups inside, each once: „`contact`: Kontakt“."""
    seen = seen if seen is not None else set()
    seen.add(model)
    yield title, model
    for name, info in arranged_fields(model):
        for step in ((name,), (name, 0), (name, "*")):
            for group in models_at(model, step):
                if group not in seen:
                    yield from groups_of(group, f"`{name}`: {info.title}", seen)


def form(kind: Any) -> str:
    """Say in German what form a type's written values have."""
    parts = list(dict.fromkeys(_describe_form_of_type(plain, meta) for plain, meta in variants(kind)))
    return " oder ".join(parts)


def wanted(kind: Any) -> str:
    """Say in German what belongs there: „Telefonnummer, zum Beispiel 040 66969-100“."""
    parts: dict[str, None] = {}
    for plain, meta in variants(kind):
        if is_model(plain):
            parts[f"Gruppe ({', '.join(fields(plain))})"] = None
            continue
        name, _, shape = _describe_form_of_type(plain, meta).replace(" | ", ", ").partition(": ")
        example = _sample(plain if not meta else Annotated[plain, *meta])
        if shape:
            parts[f"{name} ({shape})"] = None
        elif isinstance(example, str) and example not in (OPEN, OPEN_ID) and example not in name:
            parts[f"{name}, zum Beispiel {example}"] = None
        else:
            parts[name] = None
    return " oder ".join(parts)


def _sample(kind: Any) -> Value:
    plain, meta = next(variants(kind))
    origin = get_origin(plain)
    if origin is Literal:
        return choices(plain)[0]
    if origin is tuple:
        return [_sample(get_args(plain)[0])]
    if origin is dict:
        key, value = get_args(plain)
        return {str(_sample(key)): _sample(value)}
    if is_model(plain):
        return sample_group(plain)
    return _scalar(plain, meta)[0]


def _describe_form_of_type(plain: Any, meta: tuple[Any, ...]) -> str:
    """Say a type's form as „Telefonnummer“, „Kürzel: Ort“, „yes | no“."""
    origin = get_origin(plain)
    if origin is Literal:
        return " | ".join(choices(plain))
    if origin is tuple:
        return f"Liste: {form(get_args(plain)[0])}"
    if origin is dict:
        key, value = get_args(plain)
        return f"je {form(key)}: {form(value)}"
    if is_model(plain):
        return "Gruppe von Feldern"
    for mark in meta:
        if isinstance(mark, Ref):
            return target_form(mark.target)
    return _scalar(plain, meta)[1]


def target_form(target: str) -> str:
    """Say in German what a reference names."""
    names = [
        KIND_BY_FOLDER[part].singular if part in KIND_BY_FOLDER else f"{part}.yml"
        for part in target.split("|")
    ]
    return "Kürzel: " + " oder ".join(names)


def _scalar(plain: Any, meta: tuple[Any, ...]) -> tuple[str, str]:
    """Return a scalar type's value and form."""
    for mark in meta:
        if isinstance(mark, BeforeValidator) and mark.func in _OF_TEXT:
            return _OF_TEXT[mark.func]  # type: ignore[index]
        if mark is dates.WHOLE_YEAR:
            return "2026", "Jahr: 2026"
    return _OF_TYPE.get(plain, (OPEN, "Text"))
