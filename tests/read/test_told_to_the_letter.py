"""What is told of an offer as people mistype it: code, line, column, length and help, nothing else; lines are counted from the first that is wrong."""

from __future__ import annotations

import pytest

from generator.model.offer import Offer
from generator.read.nodes import parse
from generator.read.records import validate
from tests.read.test_records import GOOD

Told = tuple[str, int, int, int, str]
"""Code, line, column, length, help."""

LEFT = "am Anfang der Zeile {} löschen"
RIGHT = "am Anfang der Zeile {} ergänzen"
ONE, TWO, THREE, FOUR = "ein Leerzeichen", "2 Leerzeichen", "3 Leerzeichen", "4 Leerzeichen"
TO_QUOTE = "den Text in Anführungszeichen setzen: "
UNQUOTE = "die äußeren weglassen: "
GERMAN_MARKS = "im Text „ und “ verwenden und die äußeren weglassen: "
OWN_LINE = "auch „{}“ in eine eigene Zeile unter „{}:“ schreiben und so weit einrücken wie „{}“: "
BAR = "hinter dem Feld einen senkrechten Strich setzen ({}: |) und den ganzen Text darunter um zwei Leerzeichen einrücken"
GENERAL = "Einrückung, Doppelpunkte, Anführungszeichen und Klammern in dieser und der vorigen Zeile prüfen"
MERGED = (
    "eine der beiden Fassungen behalten, die andere löschen, dazu die Zeilen mit <<<<<<<, ======= und >>>>>>>"
)


def own_line(value: str, field: str, inner: str, better: str) -> str:
    return OWN_LINE.format(value, field, inner) + better


ONE_MISTAKE: dict[str, Told] = {
    # --- lines that stand too far left or right
    "  hours: Mo 10-12": ("einrueckung-falsch", 1, 3, 5, LEFT.format(TWO)),
    "   status: running": ("einrueckung-falsch", 1, 4, 6, LEFT.format(THREE)),
    "contact:\n  phone: 040 1\n   email: a@b.example": ("einrueckung-falsch", 3, 4, 5, LEFT.format(ONE)),
    "contact:\n  phone: 040 1\n\n  # dazwischen\n    email: 3": ("einrueckung-falsch", 5, 5, 5, LEFT.format(TWO)),
    # Where its group is, though the left edge is as near.
    "contact:\n    phone: 040 1\n  email: a@b.example": ("einrueckung-falsch", 3, 3, 5, RIGHT.format(TWO)),
    # At the left edge, though the group is nearer: a contact has no status.
    "contact:\n    phone: 040 1\n   status: running": ("einrueckung-falsch", 3, 4, 6, LEFT.format(THREE)),
    "contact:\n  phone: 040 1\naddress:\n  street: A\n      postcode: 01067": ("einrueckung-falsch", 5, 7, 8, LEFT.format(FOUR)),
    "contact: # fehlt noch\n  phone: 040 1\n    email: 3": ("einrueckung-falsch", 3, 5, 5, LEFT.format(TWO)),
    "dates:\n  - date: 2026-12-05\n      from: 10:00": ("einrueckung-falsch", 3, 7, 4, LEFT.format(TWO)),
    "dates:\n  - date: 2026-12-05\n   from: 10:00": ("einrueckung-falsch", 3, 4, 4, RIGHT.format(ONE)),
    "languages:\n  - de\n    hours: Mo 10": ("einrueckung-falsch", 3, 5, 5, LEFT.format(FOUR)),
    "languages:\n  - de\n - tr": ("einrueckung-falsch", 3, 2, 4, RIGHT.format(ONE)),
    "languages:\n    - de\n  - tr": ("einrueckung-falsch", 3, 3, 4, RIGHT.format(TWO)),
    "languages:\n  - de\n    - tr": ("einrueckung-falsch", 3, 5, 4, LEFT.format(TWO)),
    "  - a\nsuccessor: b": ("einrueckung-falsch", 1, 3, 3, LEFT.format(TWO)),
    "photo: bild.jpg\n  file: a.jpg": ("einrueckung-falsch", 2, 3, 4, LEFT.format(TWO)),
    # --- lists
    "languages: - de": ("liste-in-der-zeile", 1, 12, 4, "den ersten Eintrag in die nächste Zeile setzen, oder alle in eckigen Klammern in diese: languages: [de]"),
    "hours: Mo 9-10\n  - Di 9-10": ("liste-hinter-wert", 1, 8, 7, "in eine Zeile schreiben: Mo 9-10; Di 9-10; ist es eine Liste, steht auch der erste Eintrag in einer eigenen Zeile hinter „- “"),
    "hours: Mo 9-10\n  und\n  - Di 9-10": ("liste-hinter-wert", 1, 8, 7, "in eine Zeile schreiben: Mo 9-10 und; Di 9-10; ist es eine Liste, steht auch der erste Eintrag in einer eigenen Zeile hinter „- “"),
    "•Baby": ("strich-ohne-leerzeichen", 1, 1, 5, "jeden Eintrag mit Bindestrich und Leerzeichen beginnen: - Baby"),
    # --- a value and a group
    "contact: 040 1\n  phone: 040 2": ("wert-und-gruppe", 1, 10, 5, own_line("040 1", "contact", "phone", "…: 040 1 mit einem dieser Felder statt „…“: email, messengers, mobile, name, note, phone_hours, website")),
    "contact:   040 66969-1  # Büro\n  email: a@b.example": ("wert-und-gruppe", 1, 12, 11, own_line("040 66969-1", "contact", "email", "phone: 040 66969-1")),
    "contact: Büro, 040 66969-1\n  email: a@b.example": ("wert-und-gruppe", 1, 10, 17, own_line("Büro, 040 66969-1", "contact", "email", "name: Büro, darunter phone: 040 66969-1")),
    "cost: 3 Euro\n  note: ermäßigt frei": ("wert-und-gruppe", 1, 7, 6, own_line("3 Euro", "cost", "note", "amount: 3")),
    "cost: free\n  note: Kuchen kostet": ("wert-und-gruppe", 1, 7, 4, own_line("free", "cost", "note", "amount: 0")),
    "cost: Spende\n  amount: 3": ("wert-und-gruppe", 1, 7, 6, own_line("Spende", "cost", "amount", "note: Spende")),
    "cost: 3 oder 5 Euro\n  amount: 3": ("wert-und-gruppe", 1, 7, 13, own_line("3 oder 5 Euro", "cost", "amount", "note: 3 oder 5 Euro")),
    "access: offen\n  bring: Hausschuhe": ("wert-und-gruppe", 1, 9, 5, own_line("offen", "access", "bring", "way: offen")),
    "access: offen für alle\n    # dazwischen\n    way: open": ("wert-und-gruppe", 1, 9, 14, own_line("offen für alle", "access", "way", "first_visit: offen für alle")),
    "address: Weg 3\n  street: Weg": ("wert-und-gruppe", 1, 10, 5, own_line("Weg 3", "address", "street", "number: 3")),
    "address: Weg 3\n  postcode: 01067": ("wert-und-gruppe", 1, 10, 5, own_line("Weg 3", "address", "postcode", "street: Weg, darunter number: 3")),
    "capacity: 12 Plätze\n  date: 2026-01-01": ("wert-und-gruppe", 1, 11, 9, own_line("12 Plätze", "capacity", "date", "places: 12")),
    # --- signs
    'description: "frei': ("anfuehrung-offen", 1, 14, 1, 'am Ende des Textes dasselbe Anführungszeichen setzen: "'),
    "description: 'Papa's Treff'": ("anfuehrung-im-text", 1, 14, 14, f"{UNQUOTE}description: Papa's Treff"),
    'description: "Der Treff "Papa" ist offen."': ("anfuehrung-im-text", 1, 14, 29, f"{GERMAN_MARKS}description: Der Treff „Papa“ ist offen."),
    'description: "Papa" für Väter': ("anfuehrung-im-text", 1, 14, 16, f"{GERMAN_MARKS}description: „Papa“ für Väter"),
    "description: 'Papa' für Väter": ("anfuehrung-im-text", 1, 14, 16, f"{GERMAN_MARKS}description: 'Papa' für Väter"),
    "description: @papa": ("sonderzeichen-am-anfang", 1, 14, 5, TO_QUOTE + '"@papa"'),
    "description: - Neu": ("sonderzeichen-am-anfang", 1, 14, 5, TO_QUOTE + '"- Neu"'),
    "description: > Text": ("text-hinter-blockzeichen", 1, 14, 6, "den Text in die nächste Zeile schreiben und um zwei Leerzeichen einrücken; oben bleibt „description: >“"),
    "contact: {phone: 040 1 email: a@b.example}": ("komma-fehlt", 1, 24, 5, "zwischen zwei Feldern in geschweiften Klammern ein Komma setzen: …, email: …"),
    "contact: {phone: 040 1": ("klammer-offen", 1, 10, 1, "die schließende Klammer „}“ ergänzen; zu „{“ gehört „}“, Einträge trennt ein Komma"),
    "languages: [de, tr": ("klammer-offen", 1, 12, 1, "die schließende Klammer „]“ ergänzen; zu „[“ gehört „]“, Einträge trennt ein Komma"),
    "cost:free": ("leerzeichen-fehlt", 1, 1, 9, "so schreiben: cost: free"),
    "cost free": ("doppelpunkt-fehlt", 1, 1, 9, "so schreiben: cost: free"),
    "cost = free": ("doppelpunkt-fehlt", 1, 1, 11, "so schreiben: cost: free"),
    "irgendwas\nnoch etwas": ("text-nicht-eingerueckt", 1, 1, 9, "gehört er zum Text darüber, diese und die weiteren Zeilen um zwei Leerzeichen einrücken"),
    "description: Neu: jetzt auch dienstags": ("doppelpunkt-im-text", 1, 17, 1, TO_QUOTE + 'description: "Neu: jetzt auch dienstags"'),
    "description: Wir\n  kommen\n  Achtung: bald": ("doppelpunkt-im-text", 3, 10, 1, BAR.format("description")),
    # --- a value in another form
    "contact: [Büro, 040 66969-1]": ("falsche-form", 1, 1, 7, "contact: {name: Büro, phone: 040 66969-1} schreiben"),
    "contact: [{name: A}, {phone: 040 66969-1}]": ("falsche-form", 1, 1, 7, "contact: {name: A, phone: 040 66969-1} schreiben"),
    "contact: {phone: [040, 66969]}": ("falsche-form", 1, 11, 5, "phone: 040-66969 schreiben"),
    "address: Markt 1, Weg 3, 22999 Kleinstadt, Hof": ("falsche-form", 1, 10, 37, 'address: {street: Markt, number: 1, postcode: 22999, town: Kleinstadt, extra: "Weg 3, Hof"} schreiben'),
    "address: 22999 Kleinstadt": ("falsche-form", 1, 10, 16, "address: {street: …, postcode: 22999, town: Kleinstadt} schreiben"),
    "capacity: noch 3 Plätze frei": ("falsche-form", 1, 11, 18, "capacity: {free: 3, date: 2026-10-01} schreiben"),
    "capacity: 12 Plätze, 3 frei": ("falsche-form", 1, 11, 17, "capacity: {places: 12, free: 3, date: 2026-10-01} schreiben"),
    "capacity: 12": ("falsche-form", 1, 11, 2, "capacity: {places: 12, date: 2026-10-01} schreiben"),
    "capacity: 8 Kinder": ("falsche-form", 1, 11, 8, "capacity: {places: 8, date: 2026-10-01} schreiben"),
    "cost: [3 Euro, ermäßigt 2 Euro]": ("falsche-form", 1, 1, 4, "cost: 3 Euro ermäßigt 2 Euro schreiben"),
    "cost: [kostenlos, Spende]": ("falsche-form", 1, 1, 4, "cost: kostenlos schreiben"),
    "place: [a]": ("falsche-form", 1, 1, 5, "place: a schreiben"),
    "place: [a, b]": ("falsche-form", 1, 1, 5, "place: a schreiben; für jeden weiteren Ort einen eigenen Eintrag anlegen"),
    "hours: [Mo 9-10, Di 10-11]": ("falsche-form", 1, 1, 5, "hours: Mo 9-10; Di 10-11 schreiben"),
    "hours: {Mo: [9-10, 11-12], Di: 10-11}": ("falsche-form", 1, 1, 5, "hours: Mo 9-10, 11-12; Di 10-11 schreiben"),
    "ages: [3, 6]": ("falsche-form", 1, 1, 4, "ages: 3-6 schreiben"),
    "status: [running, paused]": ("falsche-form", 1, 1, 6, "status: running schreiben"),
    "description: {a: b, c: [d, e]}": ("falsche-form", 1, 1, 11, 'description: "a: b; c: d, e" schreiben'),
    "notes: [a, b]": ("falsche-form", 1, 1, 5, "notes: a; b schreiben"),
    "languages: {de: ja}": ("falsche-form", 1, 1, 9, "zum Beispiel languages: [en]"),
    "partners: verein, haus und amt": ("falsche-form", 1, 11, 20, "partners: [verein, haus, amt] schreiben"),
    "dates: {date: 2026-12-05}": ("falsche-form", 1, 1, 5, "dates: [{date: 2026-12-05}] schreiben"),
    "dates: 5.12.2026; 6.12.2026": ("falsche-form", 1, 8, 20, "dates: [{date: 2026-12-05}, {date: 2026-12-06}] schreiben"),
    "dates: 5.12.2026 bis 6.12.2026": ("falsche-form", 1, 8, 23, "dates: [{date: 2026-12-05, until: 2026-12-06}] schreiben"),
    "dates: 5.12.2026, 15:00": ("falsche-form", 1, 8, 16, "dates: [{date: 2026-12-05, from: 15:00}] schreiben"),
    "dates: Fest am 5.12.2026 von 15:00 bis 17:00 Uhr": ("falsche-form", 1, 8, 41, "dates: [{date: 2026-12-05, from: 15:00, to: 17:00 Uhr, name: Fest}] schreiben"),
    "dates: Sa 24.12.2026 14-16 Uhr": ("falsche-form", 1, 8, 23, "dates: [{date: 2026-12-24, from: 14 Uhr, to: 16 Uhr}] schreiben"),
    "stops: Markt; Hafen": ("falsche-form", 1, 8, 12, "stops: [{name: Markt}, {name: Hafen}] schreiben"),
    "capacity: 12 Plätze, Stand 1.9.2026": ("falsche-form", 1, 11, 25, "capacity: {places: 12, date: 2026-09-01} schreiben"),
    # Nobody said that it is free, so no help says it.
    "cost: [5 € Erwachsene, 3 € Kinder]": ("falsche-form", 1, 1, 4, 'cost: {amount: 5, note: "5 € Erwachsene, 3 € Kinder"} schreiben'),
    "cost: günstig\n  reduced: 1": ("wert-und-gruppe", 1, 7, 7, own_line("günstig", "cost", "reduced", "amount: …, darunter note: günstig")),
    "description: |\n  Text\n Neu: hier": ("text-nicht-eingerueckt", 3, 2, 9, "gehört er zum Text darüber, diese und die weiteren Zeilen um zwei Leerzeichen einrücken"),
    "dates: Eltern-Kind-Fest um die Ecke am 5.12.2026": ("falsche-form", 1, 8, 41, "dates: [{date: 2026-12-05, name: Eltern-Kind-Fest um die Ecke}] schreiben"),
    # What isn't understood as a whole is not told as if it were.
    "dates: 5.12. und 12.12.2026": ("falsche-form", 1, 8, 20, "zum Beispiel dates: [{date: 2026-10-01}]"),
    "dates: 5.12.2026 und 12.12.2026, jeweils 15 Uhr": ("falsche-form", 1, 8, 40, "zum Beispiel dates: [{date: 2026-10-01}]"),
    "dates: 5.12.2026, 25:70": ("falsche-form", 1, 8, 16, "zum Beispiel dates: [{date: 2026-10-01}]"),
    "dates: Sommerfest": ("falsche-form", 1, 8, 10, "zum Beispiel dates: [{date: 2026-10-01}]"),
    "access: einfach vorbeikommen": ("falsche-form", 1, 9, 20, "access: {way: …, first_visit: einfach vorbeikommen} schreiben"),
    "translations: hallo": ("falsche-form", 1, 15, 5, "zum Beispiel translations: {en: {name: …, summary: …}}"),
    # --- a field that there isn't
    "name_en: Toddlers, here": ("unbekanntes-feld", 1, 1, 7, 'das gehört in „translations“: translations: {en: {name: "Toddlers, here"}}'),
    "name_en: [a, b]": ("unbekanntes-feld", 1, 1, 7, "das gehört in „translations“: translations: {en: {name: …}}"),
    "Sprachen: [de]": ("unbekanntes-feld", 1, 1, 8, "gemeint ist „languages“"),
    "telefon: 040 1": ("unbekanntes-feld", 1, 1, 7, "das gehört in „contact“: contact: {phone: 040 1}"),
    "street: A": ("unbekanntes-feld", 1, 1, 6, "das gehört in „address“: address: {street: A}"),
    # The empty group is not the one above it.
    "contact:\nstatus: running\nphone: 040 1": ("unbekanntes-feld", 3, 1, 5, "das gehört in „contact“: contact: {phone: 040 1}"),
    "capacity: {plaetze: 3, date: 2026-01-01}": ("unbekanntes-feld", 1, 12, 7, "gemeint ist „places“"),
    "capacity: {Plätze: 3, date: 2026-01-01}": ("unbekanntes-feld", 1, 12, 6, "gemeint ist „places“"),
    # The field that is missing is one of those that are misnamed.
    "dates: [{datum: 2026-12-05}]": ("unbekanntes-feld", 1, 10, 5, "gemeint ist „date“"),
    "address: {street: Markt, postcode: 22999 Kleinstadt}": ("keine-postleitzahl", 1, 36, 16, "fünf Ziffern schreiben, eine führende Null bleibt stehen: postcode: 22999, town: Kleinstadt"),
    "contact: {description: A}": ("unbekanntes-feld", 1, 11, 11, "das gehört nicht in die Gruppe, sondern ohne Einrückung in eine eigene Zeile: description: A"),
    "contact: {street: A}": ("unbekanntes-feld", 1, 11, 6, "hier weglassen; das gehört in „address“: address: {street: A}"),
    "providers: [a]": ("unbekanntes-feld", 1, 1, 9, "gemeint ist vielleicht „provider“"),
    "accessibility: {step_free: yes}": ("unbekanntes-feld", 1, 1, 13, "hier weglassen; das gehört in den Eintrag, den „place“ nennt: resources/places/….yml, Feld accessibility"),
    "contact: {name: Büro, quark: a}": ("unbekanntes-feld", 1, 23, 5, "möglich sind: email, messengers, mobile, name, note, phone, phone_hours, website"),
    # --- what is left of a merge
    "description: @x\n<<<<<<< HEAD": ("konflikt-offen", 2, 1, 12, MERGED),
    "<<<<<<< HEAD\nhours: Mo 9-10\n=======\nhours: Mo 9-11\n>>>>>>> x": ("konflikt-offen", 1, 1, 12, MERGED),
    "hours: Mo 9-10\n>>>>>>> x\ndescription: @x": ("konflikt-offen", 2, 1, 9, MERGED),
    "description: @x\nhours: Mo 9-10\n>>>>>>> x": ("sonderzeichen-am-anfang", 1, 14, 2, TO_QUOTE + '"@x"'),
    # --- a field without a value
    "cost: {amount: }": ("feld-leer", 1, 8, 6, "den Wert dahinter schreiben, mit einem Leerzeichen davor: amount: 0; gebraucht wird: Betrag (Zahl mit Dezimalpunkt)"),
    "cost: {note: a}": ("feld-fehlt", 1, 1, 4, "eine Zeile „amount:“ ergänzen; gebraucht wird: Betrag"),
}  # fmt: skip


def told(more: str) -> list[Told]:
    node, found = parse(f"{GOOD}{more}\n", "a.yml")
    if node is not None:
        found = [*found, *validate(Offer, node, id="a")[1]]
    above = GOOD.count("\n")
    return [
        (
            item.code,
            item.position.line - above,
            item.position.column,
            item.position.length,
            item.help,
        )
        for item in found
    ]


@pytest.mark.parametrize("more", ONE_MISTAKE)
def test_one_mistake_is_told_once(more: str) -> None:
    assert told(more) == [ONE_MISTAKE[more]]


def test_fields_that_are_not_indented_are_one_mistake_for_each_group() -> None:
    group = "alle Felder, die zu „{}“ gehören, um zwei Leerzeichen einrücken"
    found = told("contact:\nphone: 040 66969-1\nemail: a@b.example\ndates:\ndate: 2026-12-05\nfrom: x\n")
    assert [item for item in found if item[0] == "einrueckung-fehlt"] == [
        ("einrueckung-fehlt", 2, 1, 5, group.format("contact")),
        ("einrueckung-fehlt", 5, 1, 4, group.format("dates")),
    ]


@pytest.mark.parametrize(
    ("pieces", "whole"),
    [("3, 50", "3.50"), ("3, ab", '"3, ab"'), ("ab, 3", '"ab, 3"'), ("3, 50, 2", '"3, 50, 2"')],
)
def test_what_a_comma_parts_is_put_together_again(pieces: str, whole: str) -> None:
    code, *_, better = told(f"cost: {{amount: {pieces}}}")[0]
    assert (code, better) == (
        "komma-trennt",
        f"den ganzen Wert so schreiben: amount: {whole}; Text mit Komma steht in Anführungszeichen",
    )


def test_a_list_further_left_than_its_group_can_only_be_told_in_general() -> None:
    assert told("- a\n - b") == [("kein-yaml", 1, 1, 1, GENERAL)]
