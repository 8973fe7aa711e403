"""What is told of an offer as people mistype it: code, line, column, length and help, nothing else; lines are counted from the first that is wrong."""

from __future__ import annotations

import pytest

from generator.model.offer import Offer
from generator.read.nodes import MapNode, parse
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
    "stops:\n  - name: Hof\n    - name: Markt": ("einrueckung-falsch", 3, 5, 13, LEFT.format(TWO)),
    "stops:\n  - name: Hof\n   - name: Markt": ("einrueckung-falsch", 3, 4, 13, LEFT.format(ONE)),
    "stops:\n  - name: Hof\n - name: Markt": ("einrueckung-falsch", 3, 2, 13, RIGHT.format(ONE)),
    # The record's last line before these is „topics: [krabbelgruppe]“.
    "  - a\nsuccessor: b": ("liste-hinter-wert", 0, 9, 15, "alle Einträge in eckigen Klammern schreiben: topics: [krabbelgruppe, a]"),
    "- a\n - b": ("liste-hinter-wert", 0, 9, 15, "alle Einträge in eckigen Klammern schreiben: topics: [krabbelgruppe, a, b]"),
    "photo: bild.jpg\n  nots: a.jpg": ("einrueckung-falsch", 2, 3, 4, LEFT.format(TWO)),
    # --- lists
    "languages: - de": ("liste-in-der-zeile", 1, 12, 4, "den ersten Eintrag in die nächste Zeile setzen, oder alle in eckigen Klammern in diese: languages: [de]"),
    "hours: Mo 9-10\n  - Di 9-10": ("liste-hinter-wert", 1, 8, 7, "in eine Zeile schreiben: hours: Mo 9-10; Di 9-10"),
    "hours: Mo 9-10\n  und\n  - Di 9-10": ("liste-hinter-wert", 1, 8, 7, "in eine Zeile schreiben: hours: Mo 9-10 und; Di 9-10"),
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
    "description: 'Papa' für Väter": ("anfuehrung-im-text", 1, 14, 16, f"{GERMAN_MARKS}description: „Papa“ für Väter"),
    "description: @papa": ("sonderzeichen-am-anfang", 1, 14, 5, TO_QUOTE + '"@papa"'),
    "description: - Neu": ("sonderzeichen-am-anfang", 1, 14, 5, "ohne den Strich schreiben: description: Neu; gehört er zum Text, diesen in Anführungszeichen setzen: \"- Neu\""),
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
    "capacity: noch 3 Plätze frei": ("falsche-form", 1, 11, 18, "capacity: {free: 3, date: …} schreiben"),
    "capacity: 12 Plätze, 3 frei": ("falsche-form", 1, 11, 17, "capacity: {places: 12, free: 3, date: …} schreiben"),
    "capacity: 12": ("falsche-form", 1, 11, 2, "capacity: {places: 12, date: …} schreiben"),
    "capacity: 8 Kinder": ("falsche-form", 1, 11, 8, "capacity: {places: 8, date: …} schreiben"),
    "cost: [3 Euro, ermäßigt 2 Euro]": ("falsche-form", 1, 1, 4, "cost: 3 Euro, ermäßigt 2 Euro schreiben"),
    "cost: [kostenlos, Spende]": ("falsche-form", 1, 1, 4, "cost: kostenlos schreiben"),
    "place: [a]": ("falsche-form", 1, 1, 5, "place: a schreiben"),
    "place: [a, b]": ("falsche-form", 1, 1, 5, "place: a schreiben; für jeden weiteren Ort einen eigenen Eintrag anlegen"),
    "hours: [Mo 9-10, Di 10-11]": ("falsche-form", 1, 1, 5, "hours: Mo 9-10; Di 10-11 schreiben"),
    "hours: {Mo: [9-10, 11-12], Di: 10-11}": ("falsche-form", 1, 1, 5, "hours: Mo 9-10, 11-12; Di 10-11 schreiben"),
    "ages: [3, 6]": ("falsche-form", 1, 1, 4, "ages: 3-6 schreiben"),
    "status: [running, paused]": ("falsche-form", 1, 1, 6, "status: running schreiben"),
    "description: {a: b, c: [d, e]}": ("falsche-form", 1, 1, 11, 'description: "a: b; c: d, e" schreiben'),
    "notes: [a, b]": ("falsche-form", 1, 1, 5, "notes: a, b schreiben"),
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
    "street: A": ("unbekanntes-feld", 1, 1, 6, "das gehört in „address“: address: {street: A, postcode: …, town: …}"),
    # The empty group is not the one above it.
    "contact:\nstatus: running\nphone: 040 1": ("unbekanntes-feld", 3, 1, 5, "das gehört in „contact“ in Zeile 6; dort ergänzen: phone: 040 1"),
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
    # --- several of these at once, and what nobody can take for one thing
    "dates:\n  - date: 2026-12-05\n - date: 2026-12-06": ("einrueckung-falsch", 3, 2, 18, "am Anfang der Zeile ein Leerzeichen ergänzen"),
    "contact: Frau Müller, Büro im ersten Stock hinter der Kirche neben dem Spielplatz am Markt, 04102 12345\n  email: a@b.example": ("wert-und-gruppe", 1, 10, 94, "auch „Frau Müller, Büro im ersten Stock hinter der Kirche neben dem Spielplatz am Mark…“ in eine eigene Zeile unter „contact:“ schreiben und so weit einrücken wie „email“: name: Frau Müller, Büro im ersten Stock hinter der Kirche neben dem Spielplatz am Markt, darunter phone: 04102 12345"),
    'contact: "Frau Müller, 04102 12345"\n  email: a@b.example': ("wert-und-gruppe", 1, 10, 26, "auch „Frau Müller, 04102 12345“ in eine eigene Zeile unter „contact:“ schreiben und so weit einrücken wie „email“: name: Frau Müller, darunter phone: 04102 12345"),
    "address: Weg 3, 22999 Kleinstadt\n  town: Anderswo": ("wert-und-gruppe", 1, 10, 23, "auch „Weg 3, 22999 Kleinstadt“ in eine eigene Zeile unter „address:“ schreiben und so weit einrücken wie „town“: street: Weg, darunter number: 3, darunter postcode: 22999; bei „town“ entscheiden: Kleinstadt oder Anderswo"),
    "contact: a@b.example\n  email: a@b.example": ("wert-und-gruppe", 1, 10, 11, "„a@b.example“ hinter „contact:“ löschen; es steht schon darunter"),
    "translations:\n  en: Playgroup\n    name: Playgroup": ("wert-und-gruppe", 2, 7, 9, "„Playgroup“ hinter „en:“ löschen; es steht schon darunter"),
    "translations:\n  en:\n  name: A": ("einrueckung-fehlt", 3, 3, 4, "alle Felder, die zu „en“ gehören, um zwei Leerzeichen einrücken"),
    "translations: Playgroup\n  en: Playgroup": ("wert-und-gruppe", 1, 15, 9, "„Playgroup“ hinter „translations:“ löschen oder mit seinem Feld in eine eigene Zeile darunter schreiben"),
    "dates: 5.12.2026\n  from: 15:00": ("wert-und-gruppe", 1, 8, 9, "so schreiben: dates: [{date: 2026-12-05, from: 15:00}]"),
    "dates:\n  - 5.12.2026\n    from: 15:00": ("wert-und-gruppe", 2, 5, 9, "so schreiben: - date: 2026-12-05"),
    "results: gut\n  - text: ja": ("liste-hinter-wert", 1, 10, 3, "auch „gut“ in eine eigene Zeile unter „results:“ schreiben, wie die anderen Einträge: - text: gut"),
    "cost: income-based\n  note: nach Satzung": ("wert-und-gruppe", 1, 7, 12, "„cost: income-based“ hat keine Felder darunter; was bei „note“ steht, gehört in „description“"),
    "cost: Spende\n  note: wer mag": ("wert-und-gruppe", 1, 7, 6, "„cost: donation“ hat keine Felder darunter; was bei „note“ steht, gehört in „description“"),
    "access: offen für alle\n  first_visit: klingeln": ("wert-und-gruppe", 1, 9, 14, "auch „offen für alle“ in eine eigene Zeile unter „access:“ schreiben und so weit einrücken wie „first_visit“: way: …; bei „first_visit“ entscheiden: offen für alle oder klingeln"),
    "access: anmelden bitte per Telefon\n  bring: Hausschuhe": ("wert-und-gruppe", 1, 9, 26, "auch „anmelden bitte per Telefon“ in eine eigene Zeile unter „access:“ schreiben und so weit einrücken wie „bring“: way: …, darunter first_visit: anmelden bitte per Telefon"),
    "partners: - verein\n  - anderer": ("liste-in-der-zeile", 1, 11, 8, "den ersten Eintrag in die nächste Zeile setzen, oder alle in eckigen Klammern in diese: partners: [verein, anderer]"),
    "stops: - name: Hof": ("liste-in-der-zeile", 1, 8, 11, "den ersten Eintrag in die nächste Zeile setzen und um zwei Leerzeichen einrücken"),
    "topics: - krabbelgruppe # neu": ("liste-in-der-zeile", 1, 9, 21, "den ersten Eintrag in die nächste Zeile setzen, oder alle in eckigen Klammern in diese: topics: [krabbelgruppe]"),
    "cost: - 3 Euro": ("falsche-form", 1, 7, 8, "cost: 3 Euro schreiben"),
    "provider: - verein": ("falsche-form", 1, 11, 8, "provider: verein schreiben"),
    "alert: Ferien": ("falsche-form", 1, 8, 6, "alert: {text: Ferien, until: …} schreiben"),
    "address: Hauptstr. 5 in 22926 Ahrensburg": ("falsche-form", 1, 10, 31, "address: {street: Hauptstr., number: 5, postcode: 22926, town: Ahrensburg} schreiben"),
    "address: Hauptstr. 5": ("falsche-form", 1, 10, 11, "address: {street: Hauptstr., number: 5, postcode: …, town: …} schreiben"),
    "capacity: 3 von 12 Plätzen frei": ("falsche-form", 1, 11, 21, "capacity: {places: 12, free: 3, date: …} schreiben"),
    "contact:\n  - 040 66969-1\n  - 040 66969-2": ("falsche-form", 1, 1, 7, "contact: {phone: 040 66969-1, note: auch 040 66969-2} schreiben"),
    "contact:\n  - phone: 040 66969-1\n  - phone: 040 66969-2": ("falsche-form", 1, 1, 7, "zum Beispiel contact: {name: …, phone: 040 66969-100}"),
    "visibility: public": ("unbekanntes-feld", 1, 1, 10, "das gehört in „shown“: shown: {visibility: public, confirmed: …, by: …}"),
    "Accessibility: {step_free: yes}": ("unbekanntes-feld", 1, 1, 13, "hier weglassen; das gehört in den Eintrag, den „place“ nennt: resources/places/….yml, Feld accessibility"),
    "accessibilty: {step_free: yes}": ("unbekanntes-feld", 1, 1, 12, "hier weglassen; das gehört in den Eintrag, den „place“ nennt: resources/places/….yml, Feld accessibility"),
    "places: [haus]": ("unbekanntes-feld", 1, 1, 6, "gemeint ist vielleicht „place“"),
    "Phone: 040 66969-1": ("unbekanntes-feld", 1, 1, 5, "das gehört in „contact“: contact: {phone: 040 66969-1}"),
    "Email: a@b.example": ("unbekanntes-feld", 1, 1, 5, "das gehört in „contact“: contact: {email: a@b.example}"),
    "Website: https://a.example": ("unbekanntes-feld", 1, 1, 7, "das gehört in „contact“: contact: {website: https://a.example}"),
    "Zeiten: Mo 9-10": ("unbekanntes-feld", 1, 1, 6, "gemeint ist „hours“"),
    "hours: Mo 9-10\nZeiten: Mo 9-10": ("unbekanntes-feld", 2, 1, 6, "gemeint ist „hours“, das schon in Zeile 6 steht; beides in einer Zeile zusammenfassen oder eines löschen"),
    "address: {Flussweg 3, 01067 Kleinstadt}": ("klammern-ohne-felder", 1, 10, 1, "so schreiben: address: {street: Flussweg, number: 3, postcode: 01067, town: Kleinstadt}"),
    "partners: [verein]\n  - anderer": ("liste-hinter-wert", 1, 11, 8, "alle Einträge in eckigen Klammern schreiben: partners: [verein, anderer]"),
    "-status: running": ("unbekanntes-feld", 1, 1, 7, "gemeint ist „status“"),
    "contact\n  phone: 040 66969-1": ("doppelpunkt-fehlt", 1, 1, 7, "so schreiben: contact:"),
    "contact: phone: 040 66969-1": ("doppelpunkt-im-text", 1, 15, 1, "„phone: 040 66969-1“ in eine eigene Zeile unter „contact:“ schreiben und um zwei Leerzeichen einrücken"),
    "dates: 5.12.2026 15-17 Uhr; 12.12.2026 15-17 Uhr": ("falsche-form", 1, 8, 41, "dates: [{date: 2026-12-05, from: 15 Uhr, to: 17 Uhr}, {date: 2026-12-12, from: 15 Uhr, to: 17 Uhr}] schreiben"),
    "capacity: voll": ("falsche-form", 1, 11, 4, "zum Beispiel capacity: {date: 2026-10-01}"),
    "capacity: 0 Plätze frei": ("falsche-form", 1, 11, 13, "capacity: {free: 0, date: …} schreiben"),
    "translations:\n  en:\n    name: Choir\n     summary: Parents\n    first_visit: You": ("einrueckung-falsch", 4, 6, 7, "am Anfang der Zeile ein Leerzeichen löschen"),
    "translations:\n  en:\n    name: Choir\n   summary: Parents\n    first_visit: You": ("einrueckung-falsch", 4, 4, 7, "am Anfang der Zeile ein Leerzeichen ergänzen"),
    "translations:\n  en:\n    name: Choir\n  summary: Parents\n    first_visit: You": ("einrueckung-falsch", 4, 3, 7, "am Anfang der Zeile 2 Leerzeichen ergänzen"),
    "dates: - {date: 2026-12-19, from: 10:00, to: 15:00, name: Plätzchen}": ("liste-in-der-zeile", 1, 8, 61, "den ersten Eintrag in die nächste Zeile setzen, oder alle in eckigen Klammern in diese: dates: [{date: 2026-12-19, from: 10:00, to: 15:00, name: Plätzchen}]"),
    "dates: - {date: 2026-12-19, from: 10:00, to: 15:00, name: Plätzchen}\n  - {date: 2026-12-20, from: 10:00, to: 15:00, name: Plätzchen}": ("liste-in-der-zeile", 1, 8, 61, "den ersten Eintrag in die nächste Zeile setzen, oder alle in eckigen Klammern in diese: dates: [{date: 2026-12-19, from: 10:00, to: 15:00, name: Plätzchen}, {date: 2026-12-20, from: 10:00, to: 15:00, name: Plätzchen}]"),
    "access:\n  way: open\nbring: Schuhe": ("unbekanntes-feld", 3, 1, 5, "das gehört in „access“: am Anfang der Zeile 2 Leerzeichen ergänzen"),
    "access:\n  way: open\n bring: Schuhe": ("einrueckung-falsch", 3, 2, 5, "am Anfang der Zeile ein Leerzeichen ergänzen"),
    "capacity: 4 weeks": ("falsche-form", 1, 11, 7, "capacity: {waiting: 4 weeks, date: …} schreiben"),
    "capacity: {4 weeks, 2026-11-09}": ("klammern-ohne-felder", 1, 11, 1, "so schreiben: capacity: {waiting: 4 weeks, date: 2026-11-09}"),
    "dates:\n  -{date: 2026-12-07, name: Anmeldung}": ("strich-ohne-leerzeichen", 2, 3, 36, "jeden Eintrag mit Bindestrich und Leerzeichen beginnen: - {date: 2026-12-07, name: Anmeldung}"),
    "address: 22998, Fabrikstr. 5": ("falsche-form", 1, 10, 19, "address: {street: Fabrikstr., number: 5, postcode: 22998, town: …} schreiben"),
    "address: {Fabrikstraße, 14, 22998, Auenstedt, Laden im Hof}": ("klammern-ohne-felder", 1, 10, 1, "so schreiben: address: {street: Fabrikstraße, number: 14, postcode: 22998, town: Auenstedt, extra: Laden im Hof}"),
    "contact: Büro, am besten vormittags, 040 66969-1": ("falsche-form", 1, 10, 39, "contact: {name: Büro, phone: 040 66969-1, note: am besten vormittags} schreiben"),
    "contact: 040 66969-1, Rufen Sie an, wir helfen.": ("falsche-form", 1, 10, 38, 'contact: {phone: 040 66969-1, note: "Rufen Sie an, wir helfen."} schreiben'),
    "contact: 0171 39200-33, 040 66969-1": ("falsche-form", 1, 10, 26, "contact: {phone: 040 66969-1, mobile: 0171 39200-33} schreiben"),
    "access:\n  - way: open\n  - first_visit: Am besten kommen Sie einfach vorbei und klingeln im zweiten Stock bei der Beratung.": ("falsche-form", 1, 1, 6, "die „- “ vor den Feldern weglassen; sie stehen unter „access“ genau untereinander"),
    "description: |\n  Text\n weiter": ("text-nicht-eingerueckt", 3, 2, 6, "gehört er zum Text darüber, diese und die weiteren Zeilen um zwei Leerzeichen einrücken"),
    "waiting: 2 weeks\ndate: 2026-11-01": ("unbekanntes-feld", 1, 1, 7, "das gehört in „capacity“: capacity: {waiting: 2 weeks, date: 2026-11-01}"),
    "quark: {a, b}": ("klammern-ohne-felder", 1, 8, 1, "zu jedem Wert sein Feld schreiben, mit Doppelpunkt und Leerzeichen dazwischen"),
    "description: {a, b}": ("klammern-ohne-felder", 1, 14, 1, "so schreiben: description: a, b"),
    "cost: {free}": ("klammern-ohne-felder", 1, 7, 1, "so schreiben: cost: free"),
    "partners: {verein}": ("klammern-ohne-felder", 1, 11, 1, "so schreiben: partners: [verein]"),
    "place: haus\n  - anderes": ("liste-hinter-wert", 1, 8, 4, "nur einen Wert schreiben: place: haus"),
    "contact: Büro\n  - phone: 040 66969-1": ("liste-hinter-wert", 1, 10, 4, "ohne „- “ schreiben: contact: {name: Büro, phone: 040 66969-1}"),
    "description: Neu\n  - jetzt: dienstags": ("liste-hinter-wert", 1, 14, 3, "hinter dem Feld einen senkrechten Strich setzen (description: |) und den ganzen Text darunter um zwei Leerzeichen einrücken"),
    "hours: Mo 9-10\n  Achtung: neu": ("doppelpunkt-im-text", 2, 10, 1, "die Zeile gehört nicht zu „hours“: ist sie ein Feld, am Anfang der Zeile 2 Leerzeichen löschen; sonst löschen oder in „description“ schreiben"),
    "contact: {Büro, phone: 040 66969-1}": ("klammern-ohne-felder", 1, 11, 4, "statt „Büro“ schreiben: name: Büro"),
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


def test_a_wrong_value_is_named() -> None:
    node, _ = parse(f"{GOOD}status: runing\n", "a.yml")
    assert isinstance(node, MapNode)
    assert [item.message for item in validate(Offer, node, id="a")[1]] == ["„runing“ ist hier nicht möglich"]
