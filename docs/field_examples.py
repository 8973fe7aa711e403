"""A field in, one good and one bad example of what stands there out, for the reference.

What a type refuses is tried by tests; what only people can judge (texts) stands here by the name of the field, or its good example in the
model (`examples`): the bad one then is what `nahraum new` writes for what is still to be said.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, get_args, get_origin

from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

from generator.edit.records.yaml_writer import write_on_one_line
from generator.hours.written_hours import Hours
from generator.model import dates, scalars
from generator.model.fields import annotation, choices, fields, variants
from generator.model.scalars import Ref

Pair = tuple[Any, Any]
UNSAID = "todo"
_OF_TYPE: Mapping[type, Pair] = {
    bool: ("yes", "vielleicht"),
    Decimal: ("3.50", "drei fünfzig"),
    int: ("12", "ein Dutzend"),
    dt.date: ("2026-10-01", "im Oktober"),
    dates.PartialDate: ("2026-10", "Herbst 2026"),
    dt.time: ("15:00", "nachmittags"),
    dates.Duration: ("6 months", "ab und zu"),
    dates.HalfYear: ("2026-1", "Frühjahr 2026"),
    Hours: ("Di, Do 9-12 Uhr; in den Ferien geschlossen", "meistens nachmittags"),
    scalars.Ages: ("6-12", "Grundschulalter"),
    scalars.Distance: ("800 m", "zehn Minuten"),
    scalars.Point: ("10.0101 53.7033", "am Marktplatz"),
    scalars.GeometryRef: ("geometry/gebiete.geojson#sued", "Karte.pdf"),
}
_OF_TEXT: Mapping[Any, Pair] = {
    scalars.parse_booking: ("https://termine.musterstadt.example/beratung", "im Büro"),
    scalars.parse_phone: ("040 66969-210", "siehe Homepage"),
    scalars.parse_email: ("treff@verein.example", "treff(at)verein.example"),
    scalars.parse_url: ("https://verein.example/treff/", "auf unserer Seite"),
    scalars.parse_language: ("tr", "Platt und Hochdeutsch"),
    scalars.parse_colour: ("#0d6b66", "grün"),
    scalars.parse_postcode: ("01067", "D-1067"),
}
_OF_TARGET: Mapping[str, Pair] = {
    "spaces": ("suederaue", "Süderaue und Umgebung"),
    "providers": ("diakonie-aue", "Die Diakonie, Frau M."),
    "places": ("familienzentrum-aue", "im Familienzentrum"),
    "offers": ("elterncafe", "das Elterncafé am Dienstag"),
    "offices": ("asd-sued", "ASD (Süd)"),
    "networks": ("ag-78-suederaue", "AG nach § 78"),
    "indicators": ("kinder-sgb2", "Kinderarmut in %"),
    "measures": ("elterncafe-rosengrund", "Maßnahme 3"),
    "budgets": ("fonds-fruehe-hilfen", "Budget 2026"),
    "topics": ("ganztag", "Ganztag & Hort"),
}
_WORD: Pair = ("ein-kuerzel", "Ein Name, kein Kürzel")
_BY_NAME: Mapping[str, Pair] = {
    "name": ("Elterncafé am Markt", "TREFF (NEU!!!)"),
    "text": ("In den Herbstferien geschlossen.", "Bitte beachten!"),
    "reason": ("Anschrift der öffentlichen Beratungsstelle", "ist ok"),
    "code": ("03", "drei"),
    "aliases": ("Süderaue-Mitte", "bei der alten Schule"),
    "where": ("auf der Kirchkoppel", "Kirchkoppel"),
    "summary": ("Essen, Hausaufgaben und Spiel, drei Tage in der Woche.", "Niedrigschwelliges Setting zur Ressourcenaktivierung."),
    "for_young": ("Du kannst allein kommen, ohne dass deine Eltern davon wissen.", "Ihr Kind kann in der Pause hingehen."),
    "boundary": ("Im Norden bis Ahornweg, im Osten bis zum Alten Damm.", "siehe Karte"),
    "note": ("mit Bildungskarte frei", "vgl. Mail vom 3.5."),
    "weekly_hours": ("18", "viele"),
    "source": ("Melderegister, Stand 31.12.2025", "intern"),
    "qualifier": ("rund", "~"),
    "unit": ("Haushalte", "x"),
    "of": ("Einwohner/innen", "alle"),
    "portrait": ("Hier wohnen viele Familien mit kleinen Kindern.", "Sozialer Brennpunkt mit Multiproblemfamilien."),
    "notes": ("Beim nächsten Mal nach Freitag fragen.", "Frau S. ist schwierig."),
    "street": ("Uferweg", "Uferweg 12a, Hinterhaus"),
    "town": ("Auenstedt", "hier"),
    "number": ("12a", "Ecke Markt"),
    "extra": ("Eingang im Hof", "einfach klingeln"),
    "when": ("Mo-Fr 08:00-14:00", "auf Zuruf"),
    "description": ("Wir kochen zusammen und essen um 13 Uhr.", "Text folgt"),
    "short": ("Diakonie", "DWAuGmbH"),
    "why": ("öffentliche Beratungsstelle, nicht das Haus selbst", "passt schon"),
    "what": ("Gruppenraum für 20 Personen mit Küche", "alles Mögliche"),
    "ask": ("Hausleitung", "Frau Meier privat"),
    "accessibility_note": ("Der Aufzug ist zu den Öffnungszeiten frei.", "bedingt barrierefrei"),
    "transport": ("Bus 293, Haltestelle Uferweg", "gut erreichbar"),
    "hours_note": ("an drei Tagen in der Woche von 12:30 bis 16:30 Uhr", "Zeiten wie immer"),
    "per": ("Mittagessen", "p. P./TN"),
    "first_visit": ("Ein Gespräch mit Ihnen und Ihrem Kind.", "Clearing mit Anamnese."),
    "bring": ("Nichts.", "die üblichen Unterlagen"),
    "address": ("Sekretariat der Lindenschule", "bei uns"),
    "history": ("2019 von Eltern gegründet.", "lange Geschichte"),
    "according_to": ("Lehrkräfte und Fachkräfte", "man sagt"),
    "cost_note": ("free with the education card", "s. o."),
    "alert": ("Closed during the autumn holidays.", "Achtung"),
    "members_in_words": ("Schulen und Kitas des Sozialraums", "alle"),
    "moderator": ("Koordination Jugendarbeit Süd", "Peter"),
    "every": ("6 weeks", "öfter mal"),
    "agenda": ("Nachmittage für Grundschulkinder", "Verschiedenes"),
    "decide": ("Wer öffnet samstags?", "alles Weitere"),
    "task": ("Angebote im Sozialraum abstimmen.", "Vernetzung"),
    "who": ("Schulsozialarbeit", "Herr K."),
    "does": ("fragt die Eltern, ob jemand anrufen darf", "kümmert sich"),
    "rule": ("Was gespart wird, bleibt im Sozialraum.", "nach Absprache"),
    "period": ("2025", "letztes Jahr"),
    "criticism": ("Leerstand zählt nicht mit.", "umstritten"),
    "weights_source": ("Beschluss des Jugendhilfeausschusses vom 4.3.2025", "Verwaltung"),
    "cases_from": ("Fachverfahren, Stichtag 31.12.2025", "geschätzt"),
    "decision": ("Jugendhilfeausschuss, 4.3.2025", "ist beschlossen"),
    "took_part": ("Stadtteilkonferenzen, Februar 2025", "alle"),
    "judged_by": ("Jugendhilfeplanung", "uns"),
    "no_indicator": ("Besuche, gezählt vom Treff", "anderes"),
    "costs_of": ("Hilfen zur Erziehung", "alles"),
    "not_counted": ("Verwaltungskosten", "Rest"),
    "shown_by": ("weniger Wege zum Amt, erfragt bei 40 Familien", "merkt man"),
    "also": ("WJH", ""),
    "caveats": ("Zwei Zeitpunkte beweisen keine Ursache.", "keine"),
    "own_words": ("Seit dem Café kenne ich meine Nachbarn.", "Familie Ö.: „super“"),
    "planned": ("Zweite Prüfung im Herbst 2027", "später"),
    "made_by": ("Stadtplanung und Jugendamt", "Team"),
    "focus": ("Kinder unter 12", "Menschen"),
    "law": ("§ 24 SGB VIII", "Gesetz"),
    "responsible": ("Jugendhilfeplanung", "Frau Dr. X"),
    "need": ("Nach 15 Uhr hat der Norden keinen Ort für Kinder.", "Bedarf besteht"),
    "paid_from": ("Fonds Frühe Hilfen", "extern"),
    "by": ("Jugendhilfeausschuss", "oben"),
    "unsearched": ("generator", "alles"),
    "differs": ("Die Schulentwicklungsplanung zählt auch Kinder aus Nachbarorten.", "anders"),
    "paper": ("Vorlage 2026/114", "liegt vor"),
    "condition": ("vorbehaltlich des Haushalts 2027", "wenn es geht"),
    "duty": ("Für ein Netz von Schutz und Beratung sorgt das Land.", "jemand anders"),
    "result": ("einstimmig beschlossen", "ok"),
    "voices": ("Jugendliche, Umfrage 2026: Sie wollen einen Raum ohne Erwachsene.", "Jugendliche fanden es gut"),
    "how": ("Werkstatt mit 18 Jugendlichen", "Beteiligung"),
    "inclusion": ("Der Raum ist ohne Stufen; es gibt Gebärdensprache.", "wird mitgedacht"),
    "title": ("Kinder in Familien mit Bürgergeld", "SGB-II-Quote U18 (v2)"),
    "says": ("Von 100 Kindern leben so viele in einem Haushalt, der Bürgergeld bekommt.", "SGB-II-Dichte"),
    "numerator": ("Kinder unter 18 in Bedarfsgemeinschaften", "Kinder"),
    "denominator": ("Einwohner/innen unter 18", "alle"),
    "licence": ("dl-de/by-2.0", "frei"),
    "updated": ("yearly", "manchmal"),
    "name_en": ("Social space", "Sozialraum"),
    "plural": ("Sozialräume", "Sozialraum"),
    "plural_en": ("Social spaces", "Sozialräume"),
    "forecast_from": ("2027", "bald"),
    "vintage": ("2025", "neu"),
    "vintages": ("2025", "neu"),
    "statistics": ("Statistik der Kinder- und Jugendhilfe", "Excel"),
    "practice": ("Gezählt wird am Tag der Bewilligung.", "wie üblich"),
    "benchmark": ("stadt", "die anderen"),
    "topics": ("ganztag", "Ganztag & Hort"),
    "area": ("Norderaue", "bei uns"),
    "before": ("2023", "vorher"),
    "after": ("2025", "jetzt"),
    "office": ("Amt für Jugend und Familie", "Amt 51.2 (Hr. B.)"),
    "overlay": ("../nahraum-auenstedt-intern/resources", "resources"),
    "tiles": ("https://karten.auenstedt.example/{z}/{x}/{y}.png", "OpenStreetMap"),
    "attribution": ("© Stadt Auenstedt, dl-de/by-2.0", "Internet"),
    "about": ("Auenstedt ist eine erfundene Stadt.", "Test"),
    "about_translations": ("Auenstedt is an invented town.", "Auenstedt ist erfunden."),
    "credits": ("© OpenStreetMap-Mitwirkende, ODbL 1.0", "OSM"),
    "data_licence": ("dl-de/by-2.0", "frei für alle"),
}  # fmt: skip
"""Texts that any type accepts: only a person sees what helps families and what doesn't."""


_GROUPS: Mapping[str, Pair] = {
    "contact": ({"name": "Sekretariat", "phone": "040 66969-210"}, "040 66969-210 (Frau M.)"),
    "address": (
        {"street": "Uferweg", "number": "12a", "postcode": "22999", "town": "Auenstedt"},
        "Uferweg 12a, 22999 Auenstedt",
    ),
    "access": ({"way": "registration", "bring": "Nichts."}, "mit Anmeldung"),
    "cost": ({"amount": "3.50", "per": "Mittagessen"}, "teuer"),
    "capacity": ({"places": "12", "free": "2", "date": "2026-11-01"}, "noch zwei frei"),
    "alert": ({"text": "In den Herbstferien geschlossen.", "until": "2026-10-30"}, "in den Ferien zu"),
    "cleared": ({"text": "Frau-Holle-Schule", "reason": "Name einer Schule"}, "ist erlaubt"),
    "meets": ({"every": "6 weeks", "next": "2026-12-10"}, "alle sechs Wochen"),
    "publisher": ({"name": "Stadt Auenstedt", "office": "Amt für Jugend und Familie"}, "Stadt Auenstedt"),
}
"""Groups as people write them most; of others stands what they can't be without."""


_SAID = re.compile(r"Zum Beispiel:? „([^“]+)“|: „([^“]+)“\.$|Zum Beispiel:? (?!.* oder )([^.„,]+)\.(?!\d)")
"""The first example that a field's own explanation gives."""


class NoExample(LookupError):
    """Nobody wrote an example of a text."""


def example_pair(name: str, info: FieldInfo) -> tuple[str, str]:
    """Return what stands in the file after the field's name, as it should and as it shouldn't; raise NoExample for an unknown text."""
    good, bad = _of_field(name, info)
    return written(good), written(bad)


def _of_field(name: str, info: FieldInfo) -> Pair:
    kind = annotation(info)
    try:
        good, bad = _pair(name, kind)
    except NoExample:
        if not info.examples:
            raise
        plain, _ = next(variants(kind))
        good = bad = [UNSAID] if get_origin(plain) is tuple else UNSAID
    if info.examples:
        good = _like(good, str(info.examples[0]))
    elif isinstance(good, str) and (said := _SAID.search(info.description or "")):
        good = next(filter(None, said.groups()))
    return good, bad


def written(value: Any) -> str:
    """Return a value as it stands in a record, on one line."""
    return write_on_one_line(value)


def _like(good: Any, example: str) -> Any:
    return [example] if isinstance(good, list) else example if isinstance(good, str) else good


def _pair(name: str, kind: Any) -> Pair:
    if name in _GROUPS and any(
        isinstance(one, type) and issubclass(one, BaseModel) for one, _ in variants(kind)
    ):
        return _GROUPS[name]
    plain, meta = next(variants(kind))
    origin = get_origin(plain)
    for mark in meta:
        if isinstance(mark, Ref):
            return _OF_TARGET.get(mark.target.split("|")[0], _word(mark.target))
    if origin is tuple:
        good, bad = _pair(name, get_args(plain)[0])
        return [good], [bad]
    if origin is dict:
        key, value = get_args(plain)
        good_key, _ = (
            _pair(name, key) if name not in _BY_NAME else ("en" if "translations" in name else "kuerzel", "")
        )
        good, bad = _pair(name, value)
        return {good_key: good}, {good_key: bad}
    if choices(plain):
        return choices(plain)[0], "unbekannt"
    if isinstance(plain, type) and issubclass(plain, BaseModel):
        return _group(plain), "nach Absprache"
    for mark in meta:
        if isinstance(mark, BeforeValidator) and mark.func in _OF_TEXT:
            return _OF_TEXT[mark.func]
        if mark is dates.WHOLE_YEAR:
            return "2026", "letztes Jahr"
        if isinstance(mark, BeforeValidator) and mark.func is scalars.parse_slug and name not in _BY_NAME:
            return _WORD
    if plain in _OF_TYPE:
        return _OF_TYPE[plain]
    if name not in _BY_NAME:
        raise NoExample(f"{name}: no `examples` in the model, no row in docs/field_examples.py")
    return _BY_NAME[name]


def _word(target: str) -> Pair:
    from generator.edit.schemas import words_of

    known = words_of(None).get(target.split("|")[0], ())
    return (known[0] if known else "ein-kuerzel"), "Ein Name, kein Kürzel"


def _group(model: type[BaseModel]) -> dict[str, Any]:
    """Return the shortest group: what is needed, else the first field."""
    known = fields(model)
    needed = [name for name, info in known.items() if info.is_required()] or list(known)[:1]
    return {name: _of_field(name, known[name])[0] for name in needed}
