"""The words in which people think when they fill in a record come in; the field, value or kind that is meant goes out.

Only what can mean nothing else stands here. What records accept is said by their types; these words make messages that help.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pydantic.fields import FieldInfo

from generator.model.slugs import slug

FIELDS: Mapping[str, tuple[str, ...]] = {
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
    "until": ("ende", "bis"),
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
    "conditions": ("umstaende",),
    "help": ("notrufnummern", "hilfetelefone"),
    "referrers": ("vermittler",),
    "umbrellas": ("dachverbaende", "verbaende"),
}  # fmt: skip
"""By field or vocabulary what people call it, written as ids are."""

VALUES: Mapping[str, tuple[str, ...]] = {
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
"""By value what people call it."""


def field_for(word: str, known: Collection[str]) -> str | None:
    """Return the field that a German word means; None where none of the known ones is meant.

    >>> field_for("Öffnungszeiten", ["hours", "cost"])
    'hours'
    """
    wanted = slug(word)
    meant = [name for name in known if wanted in FIELDS.get(name, ())]
    # Who is to be asked is the contact; only within it there is no better field than the name.
    return min(meant, key=lambda name: name == "name", default=None)


def field_called(name: str, known: Mapping[str, FieldInfo]) -> str:
    """Return what a field of this name, German title or German word is called among those that are known; empty for none."""
    plain = name.lower().lstrip("- ")
    if plain in known:
        return plain
    # Editors write the German title they see on the page, „zeiten“ for `hours`.
    by_title = {slug(info.title or field): field for field, info in known.items()}
    return by_title.get(slug(name)) or field_for(name, list(known)) or ""


def value_for(words: str, known: Collection[str]) -> str | None:
    """Return the value that German words mean; None where none of the known ones is meant.

    >>> value_for("Kostenlos!", ["free", "donation"])
    'free'
    """
    wanted = slug(words)
    for name in known:
        said = (name, *VALUES.get(name, ()))
        if any(wanted == slug(item) for item in said):
            return name
    return None
