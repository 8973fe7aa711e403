"""List the fields of a model, and find the field that a German word means.

The words only make messages that help: no record is read by them.
"""

from __future__ import annotations

import types
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Literal, TypeGuard, Union, get_args, get_origin

from msgspec import Struct
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.model.names_and_ids import slug
from generator.model.scalars import Ref


class RefPath(Struct, frozen=True):
    """Where a model holds references: `*` any item or value, `{}` any key.

    `target` is a kind's folder or a vocabulary, several with `|`.
    """

    path: tuple[str, ...]
    target: str


@cache
def fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return a model's fields as editors name them, without the id."""
    return {info.alias or name: info for name, info in model.model_fields.items() if not info.exclude}


def annotation(info: FieldInfo) -> Any:
    """Return a field's type with its metadata put back."""
    return Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation


def is_model(kind: Any) -> TypeGuard[type[BaseModel]]:
    """Tell whether a type is a group of fields."""
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def variants(kind: Any) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Yield an annotation's types with metadata, without None."""
    origin = get_origin(kind)
    if origin is Annotated:
        inner, *meta = get_args(kind)
        for plain, more in variants(inner):
            yield plain, (*more, *meta)
    elif origin in (Union, types.UnionType):
        for part in get_args(kind):
            yield from variants(part)
    elif kind is not type(None):
        yield kind, ()


def kinds_at(model: type[BaseModel], path: tuple[str | int, ...]) -> list[Any]:
    """Return possible types at a path; unknown steps are passed over.

    pydantic puts names of types (a union's tags) into its errors' paths.
    """
    kinds: list[Any] = [model]
    for step in path:
        kinds = _types_one_step_below(kinds, step) or kinds
    return kinds


def _types_one_step_below(kinds: Iterable[Any], step: str | int) -> list[Any]:
    """Return possible types one step below some types."""
    found: list[Any] = []
    for kind in kinds:
        for plain, _ in variants(kind):
            origin = get_origin(plain)
            if isinstance(step, int) and origin is tuple:
                found.append(get_args(plain)[0])
            elif isinstance(step, str) and origin is dict:
                found.append(get_args(plain)[1])
            elif is_model(plain) and step in fields(plain):
                found.append(annotation(fields(plain)[str(step)]))
    return found


@cache
def has_path(model: type[BaseModel], path: tuple[str | int, ...]) -> bool:
    """Tell whether a model allows something at a path."""
    kinds: list[Any] = [model]
    for step in path:
        kinds = _types_one_step_below(kinds, step)
    return bool(kinds)


def models_at(model: type[BaseModel], path: tuple[str | int, ...]) -> list[type[BaseModel]]:
    """Return models possible at a path, ignoring unions' tags."""
    found = []
    for kind in kinds_at(model, path):
        for plain, _ in variants(kind):
            if is_model(plain):
                found.append(plain)
    return found


def choices(kind: Any) -> tuple[str, ...]:
    """Return the literal values that an annotation allows."""
    allowed: list[Any] = []
    for plain, _ in variants(kind):
        if get_origin(plain) is Literal:
            allowed += get_args(plain)
    return tuple(str(value) for value in allowed)


@cache
def references(model: type[BaseModel]) -> tuple[RefPath, ...]:
    """Return all places of a model that hold ids."""
    found: list[RefPath] = []
    for name, info in fields(model).items():
        found += _references((name,), annotation(info))
    return tuple(found)


def _references(path: tuple[str, ...], kind: Any) -> Iterator[RefPath]:
    """Yield the places of ids in a type that stands at a path."""
    for plain, meta in variants(kind):
        for mark in meta:
            if isinstance(mark, Ref):
                yield RefPath(path, mark.target)
        origin = get_origin(plain)
        if origin is tuple:
            yield from _references((*path, "*"), get_args(plain)[0])
        elif origin is dict:
            key, value = get_args(plain)
            yield from _references((*path, "{}"), key)
            yield from _references((*path, "*"), value)
        elif is_model(plain):
            for name, info in fields(plain).items():
                yield from _references((*path, name), annotation(info))


FIELD_WORDS: Mapping[str, tuple[str, ...]] = {
    "name": ("titel", "bezeichnung", "ansprechpartner", "ansprechpartnerin", "ansprechperson", "kontaktperson", "kontakt"),
    "summary": ("zusammenfassung", "kurzbeschreibung", "kurztext", "worum-geht-es"),
    "description": ("beschreibung", "text", "langtext", "inhalt", "info", "infos"),
    "kind": ("art", "typ", "angebotsart", "type"),
    "provider": ("traeger", "anbieter", "veranstalter", "veranstalterin", "organisation"),
    "partners": ("partner", "kooperation", "kooperationspartner"),
    "place": ("ort", "veranstaltungsort", "treffpunkt", "wo", "location"),
    "address": ("adresse", "anschrift"),
    "street": ("strasse", "str"),
    "number": ("hausnummer", "nr", "hausnr"),
    "postcode": ("plz", "postleitzahl"),
    "town": ("stadt", "wohnort", "ort"),
    "point": ("punkt", "koordinaten", "koordinate", "lage"),
    "topics": ("thema", "themen", "kategorie", "kategorien", "stichwoerter"),
    "ages": ("alter", "altersgruppe", "age"),
    "for": ("zielgruppe", "zielgruppen", "fuer", "fuer-wen"),
    "hours": ("zeiten", "zeit", "oeffnungszeiten", "oeffnungszeit", "sprechzeiten", "sprechzeit", "uhrzeit", "wann", "wochentag", "time"),
    "dates": ("termin", "termine", "daten"),
    "date": ("datum", "tag", "stand"),
    "cost": ("kosten", "preis", "preise", "gebuehr", "gebuehren", "beitrag", "eintritt", "price"),
    "amount": ("betrag", "preis"),
    "up_to": ("hoechstens", "maximal", "bis-zu"),
    "reduced": ("ermaessigt", "ermaessigung"),
    "access": ("zugang", "anmeldung"),
    "way": ("weg", "zugang", "anmeldung"),
    "bring": ("mitbringen",),
    "first_visit": ("erster-besuch",),
    "contact": ("kontakt", "ansprechpartner", "ansprechpartnerin", "ansprechperson", "kontaktperson"),
    "phone": ("telefon", "tel", "telefonnummer", "rufnummer", "fon", "festnetz"),
    "mobile": ("handy", "mobil", "mobiltelefon", "mobilnummer", "handynummer", "whatsapp"),
    "messengers": ("messenger", "messengerdienst", "signal"),
    "phone_hours": ("telefonzeiten", "telefonzeit", "telefonsprechzeiten", "telefonische-sprechzeiten"),
    "register_by": ("anmeldeschluss", "anmeldefrist", "anmeldung-bis"),
    "email": ("mail", "e-mail", "e-mail-adresse", "mailadresse", "emailadresse"),
    "website": ("facebook", "instagram", "web", "internet", "homepage", "webseite", "internetseite", "url", "link"),
    "languages": ("sprache", "sprachen"),
    "interpreter": ("uebersetzung", "dolmetscher", "sprachmittlung"),
    "childcare": ("kinderbetreuung",),
    "anonymous": ("anonym",),
    "spaces": ("gebiet", "gebiete", "stadtteil", "stadtteile", "sozialraum", "quartier"),
    "capacity": ("plaetze", "platzzahl"),
    "status": ("zustand",),
    "from": ("beginn", "start", "ab", "von"),
    "until": ("ende", "bis", "ended", "beendet", "letzter-tag"),
    "successor": ("nachfolge", "nachfolger", "ersetzt-durch"),
    "successors": ("nachfolge", "nachfolger", "wurde-zu", "aufgegangen-in"),
    "alert": ("hinweis", "aktuell", "achtung"),
    "note": ("hinweis", "bemerkung", "anmerkung"),
    "notes": ("notiz", "notizen", "intern"),
    "checked": ("geprueft", "stand", "aktualisiert"),
    "accessibility": ("barrierefreiheit", "barrierefrei"),
    "transport": ("anfahrt", "haltestelle", "bus", "oepnv"),
    "kinds": ("arten", "angebotsarten", "arten-von-angeboten"),
    "place_kinds": ("ortsarten", "arten-von-orten"),
    "provider_kinds": ("traegerarten", "arten-von-traegern"),
    "target_groups": ("zielgruppe", "zielgruppen"),
    "access_ways": ("zugang", "zugaenge", "zugangswege"),
    "roles": ("aufgaben", "rollen"),
    "glossary": ("begriffe", "glossar"),
    "synonyms": ("synonyme", "suchwoerter"),
    "help": ("notrufnummern", "hilfetelefone"),
    "referrers": ("vermittler",),
    "umbrellas": ("dachverbaende", "verbaende"),
}  # fmt: skip
"""What Germans call a field or vocabulary, written as ids are."""

VALUE_WORDS: Mapping[str, tuple[str, ...]] = {
    "running": ("läuft", "laufend", "aktiv", "besteht"),
    "planned": ("geplant", "in Planung", "kommt"),
    "paused": ("pausiert", "Pause", "ruht", "fällt aus", "unterbrochen", "Winterpause", "Sommerpause"),
    "ended": ("beendet", "eingestellt", "vorbei", "ausgelaufen", "entfällt", "abgesagt", "aufgelöst", "geschlossen"),
    "possible": ("möglich", "denkbar"),
    "yes": ("ja", "immer", "möglich", "auf Wunsch"),
    "no": ("nein", "nicht", "keine"),
    "on request": ("auf Anfrage", "nach Absprache", "bei Bedarf", "auf Wunsch"),
    "phone": ("Telefon", "telefonisch", "am Telefon"),
    "video": ("Videochat", "online", "Videoberatung"),
    "chat": ("Chatberatung",),
    "mail": ("E-Mail", "email", "per Mail"),
    "free": ("kostenlos", "kostenfrei", "gratis", "umsonst", "frei", "gebührenfrei", "unentgeltlich", "keine", "kostet nichts"),
    "donation": ("Spende", "gegen Spende", "auf Spendenbasis", "Spendenbasis", "Spende erbeten", "Spenden willkommen"),
    "income-based": ("einkommensabhängig", "nach Einkommen", "je nach Einkommen"),
    "on-request": ("auf Anfrage", "nach Absprache"),
    "participant": ("Teilnehmende", "Teilnehmer", "Teilnehmerinnen"),
    "child": ("Kind", "Kinder"),
    "full": ("ganz", "voll", "vollständig"),
    "area": ("Gebiet", "Stadtteil", "nur Gebiet"),
    "hidden": ("geheim", "versteckt", "verborgen"),
    "sharp": ("scharf", "fest"),
    "fuzzy": ("unscharf", "ungefähr"),
    "room": ("Raum", "Räume"),
    "people": ("Menschen", "Personal", "Personen"),
    "things": ("Sachen", "Dinge", "Geräte"),
    "know-how": ("Wissen", "Erfahrung"),
    "money": ("Geld",),
    "time": ("Zeit",),
    "limited": ("eingeschränkt", "teilweise", "bedingt"),
    "open": ("offen", "ohne Anmeldung", "keine Anmeldung", "keine Anmeldung nötig", "ohne Termin", "einfach kommen", "einfach vorbeikommen", "offener Zugang", "frei"),
    "registration": ("Anmeldung", "anmelden", "Anmeldung erforderlich", "bitte anmelden", "Voranmeldung", "telefonische Anmeldung"),
    "appointment": ("Termin", "nach Vereinbarung", "Terminvereinbarung", "nach Absprache", "Termin nach Vereinbarung"),
    "direct": ("direkt", "ohne Antrag"),
    "referral": ("Überweisung", "Vermittlung", "Zuweisung"),
    "prescription": ("Verordnung", "Rezept"),
    "decision": ("Antrag", "auf Antrag", "nach Antrag", "Bewilligung"),
    "BB": ("Brandenburg",), "BE": ("Berlin",), "BW": ("Baden-Württemberg",), "BY": ("Bayern",), "HB": ("Bremen",), "HE": ("Hessen",),
    "HH": ("Hamburg",), "MV": ("Mecklenburg-Vorpommern",), "NI": ("Niedersachsen",), "NW": ("Nordrhein-Westfalen", "NRW"),
    "RP": ("Rheinland-Pfalz",), "SH": ("Schleswig-Holstein",), "SL": ("Saarland",), "SN": ("Sachsen",), "ST": ("Sachsen-Anhalt",),
    "TH": ("Thüringen",),
}  # fmt: skip
"""What Germans call a value."""


def field_for(word: str, known: Collection[str]) -> str | None:
    """Return the known field a German word means, else None.

    >>> field_for("Öffnungszeiten", ["hours", "cost"])
    'hours'
    """
    wanted = slug(word)
    meant = [name for name in known if wanted in FIELD_WORDS.get(name, ())]
    # Who is to be asked is the contact; only within it there is no better field than the name.
    return min(meant, key=lambda name: name == "name", default=None)


def field_called(name: str, known: Mapping[str, FieldInfo]) -> str:
    """Return the known field meant by name, title or word, else empty."""
    plain = name.lower().lstrip("- ")
    if plain in known:
        return plain
    # Editors write the German title they see on the page, „zeiten“ for `hours`.
    by_title = {slug(info.title or field): field for field, info in known.items()}
    return by_title.get(slug(name)) or field_for(name, list(known)) or ""


def value_for(words: str, known: Collection[str]) -> str | None:
    """Return the known value German words mean, else None.

    >>> value_for("Kostenlos!", ["free", "donation"])
    'free'
    """
    wanted = slug(words)
    for name in known:
        if any(wanted == slug(item) for item in (name, *VALUE_WORDS.get(name, ()))):
            return name
    return None
