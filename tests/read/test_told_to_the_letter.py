"""What is told of an offer as people mistype it: code, line, column and length, nothing else; lines are counted from the first that is wrong."""

from __future__ import annotations

import pytest

from generator.diagnostics import Diagnostic
from generator.model.offer import Offer
from generator.read.nodes import MapNode, parse
from generator.read.records import validate
from tests.read.test_records import GOOD

Told = tuple[str, int, int, int]
"""Code, line, column, length."""

ONE_MISTAKE: dict[str, Told] = {
    '  hours: Mo 10-12': ("einrueckung-falsch", 1, 3, 5),
    '   status: running': ("einrueckung-falsch", 1, 4, 6),
    'contact:\n  phone: 040 1\n   email: a@b.example': ("einrueckung-falsch", 3, 4, 5),
    'contact:\n  phone: 040 1\n\n  # dazwischen\n    email: 3': ("einrueckung-falsch", 5, 5, 5),
    'contact:\n    phone: 040 1\n  email: a@b.example': ("einrueckung-falsch", 3, 3, 5),
    'contact:\n    phone: 040 1\n   status: running': ("einrueckung-falsch", 3, 4, 6),
    'contact:\n  phone: 040 1\naddress:\n  street: A\n      postcode: 01067': ("einrueckung-falsch", 5, 7, 8),
    'contact: # fehlt noch\n  phone: 040 1\n    email: 3': ("einrueckung-falsch", 3, 5, 5),
    'dates:\n  - date: 2026-12-05\n      from: 10:00': ("einrueckung-falsch", 3, 7, 4),
    'dates:\n  - date: 2026-12-05\n   from: 10:00': ("einrueckung-falsch", 3, 4, 4),
    'languages:\n  - de\n    hours: Mo 10': ("einrueckung-falsch", 3, 5, 5),
    'languages:\n  - de\n - tr': ("einrueckung-falsch", 3, 2, 4),
    'languages:\n    - de\n  - tr': ("einrueckung-falsch", 3, 3, 4),
    'languages:\n  - de\n    - tr': ("einrueckung-falsch", 3, 5, 4),
    'stops:\n  - name: Hof\n    - name: Markt': ("einrueckung-falsch", 3, 5, 13),
    'stops:\n  - name: Hof\n   - name: Markt': ("einrueckung-falsch", 3, 4, 13),
    'stops:\n  - name: Hof\n - name: Markt': ("einrueckung-falsch", 3, 2, 13),
    '  - a\nsuccessor: b': ("kein-yaml", 1, 3, 1),
    '- a\n - b': ("kein-yaml", 1, 1, 1),
    'photo: bild.jpg\n  nots: a.jpg': ("einrueckung-falsch", 2, 3, 4),
    'languages: - de': ("sonderzeichen-am-anfang", 1, 12, 4),
    'hours: Mo 9-10\n  - Di 9-10': ("liste-hinter-wert", 1, 8, 7),
    'hours: Mo 9-10\n  und\n  - Di 9-10': ("liste-hinter-wert", 1, 8, 7),
    '•Baby': ("strich-ohne-leerzeichen", 1, 1, 5),
    'contact: 040 1\n  phone: 040 2': ("wert-und-gruppe", 1, 10, 5),
    'contact:   040 66969-1  # Büro\n  email: a@b.example': ("wert-und-gruppe", 1, 12, 11),
    'contact: Büro, 040 66969-1\n  email: a@b.example': ("wert-und-gruppe", 1, 10, 17),
    'cost: 3 Euro\n  note: ermäßigt frei': ("wert-und-gruppe", 1, 7, 6),
    'cost: free\n  note: Kuchen kostet': ("wert-und-gruppe", 1, 7, 4),
    'cost: Spende\n  amount: 3': ("wert-und-gruppe", 1, 7, 6),
    'cost: 3 oder 5 Euro\n  amount: 3': ("wert-und-gruppe", 1, 7, 13),
    'access: offen\n  bring: Hausschuhe': ("wert-und-gruppe", 1, 9, 5),
    'access: offen für alle\n    # dazwischen\n    way: open': ("wert-und-gruppe", 1, 9, 14),
    'address: Weg 3\n  street: Weg': ("wert-und-gruppe", 1, 10, 5),
    'address: Weg 3\n  postcode: 01067': ("wert-und-gruppe", 1, 10, 5),
    'capacity: 12 Plätze\n  date: 2026-01-01': ("wert-und-gruppe", 1, 11, 9),
    'description: "frei': ("anfuehrung-offen", 1, 14, 1),
    "description: 'Papa's Treff'": ("anfuehrung-im-text", 1, 14, 14),
    'description: "Der Treff "Papa" ist offen."': ("anfuehrung-im-text", 1, 14, 29),
    'description: "Papa" für Väter': ("anfuehrung-im-text", 1, 14, 16),
    "description: 'Papa' für Väter": ("anfuehrung-im-text", 1, 14, 16),
    'description: @papa': ("sonderzeichen-am-anfang", 1, 14, 5),
    'description: - Neu': ("sonderzeichen-am-anfang", 1, 14, 5),
    'description: > Text': ("text-hinter-blockzeichen", 1, 14, 6),
    'contact: {phone: 040 1 email: a@b.example}': ("klammer-offen", 1, 10, 1),
    'contact: {phone: 040 1': ("klammer-offen", 1, 10, 1),
    'languages: [de, tr': ("klammer-offen", 1, 12, 1),
    'cost:free': ("leerzeichen-fehlt", 1, 1, 9),
    'cost free': ("doppelpunkt-fehlt", 1, 1, 9),
    'cost = free': ("doppelpunkt-fehlt", 1, 1, 11),
    'irgendwas\nnoch etwas': ("text-nicht-eingerueckt", 1, 1, 9),
    'description: Neu: jetzt auch dienstags': ("doppelpunkt-im-text", 1, 17, 1),
    'description: Wir\n  kommen\n  Achtung: bald': ("doppelpunkt-im-text", 3, 10, 1),
    'contact: [Büro, 040 66969-1]': ("falsche-form", 1, 1, 7),
    'contact: [{name: A}, {phone: 040 66969-1}]': ("falsche-form", 1, 1, 7),
    'contact: {phone: [040, 66969]}': ("falsche-form", 1, 11, 5),
    'address: Markt 1, Weg 3, 22999 Kleinstadt, Hof': ("falsche-form", 1, 10, 37),
    'address: 22999 Kleinstadt': ("falsche-form", 1, 10, 16),
    'capacity: noch 3 Plätze frei': ("falsche-form", 1, 11, 18),
    'capacity: 12 Plätze, 3 frei': ("falsche-form", 1, 11, 17),
    'capacity: 12': ("falsche-form", 1, 11, 2),
    'capacity: 8 Kinder': ("falsche-form", 1, 11, 8),
    'cost: [3 Euro, ermäßigt 2 Euro]': ("falsche-form", 1, 1, 4),
    'cost: [kostenlos, Spende]': ("falsche-form", 1, 1, 4),
    'place: [a]': ("falsche-form", 1, 1, 5),
    'place: [a, b]': ("falsche-form", 1, 1, 5),
    'hours: [Mo 9-10, Di 10-11]': ("falsche-form", 1, 1, 5),
    'hours: {Mo: [9-10, 11-12], Di: 10-11}': ("falsche-form", 1, 1, 5),
    'ages: [3, 6]': ("falsche-form", 1, 1, 4),
    'status: [running, paused]': ("falsche-form", 1, 1, 6),
    'description: {a: b, c: [d, e]}': ("falsche-form", 1, 1, 11),
    'notes: [a, b]': ("falsche-form", 1, 1, 5),
    'languages: {de: ja}': ("falsche-form", 1, 1, 9),
    'partners: verein, haus und amt': ("falsche-form", 1, 11, 20),
    'dates: {date: 2026-12-05}': ("falsche-form", 1, 1, 5),
    'dates: 5.12.2026; 6.12.2026': ("falsche-form", 1, 8, 20),
    'dates: 5.12.2026 bis 6.12.2026': ("falsche-form", 1, 8, 23),
    'dates: 5.12.2026, 15:00': ("falsche-form", 1, 8, 16),
    'dates: Fest am 5.12.2026 von 15:00 bis 17:00 Uhr': ("falsche-form", 1, 8, 41),
    'dates: Sa 24.12.2026 14-16 Uhr': ("falsche-form", 1, 8, 23),
    'stops: Markt; Hafen': ("falsche-form", 1, 8, 12),
    'capacity: 12 Plätze, Stand 1.9.2026': ("falsche-form", 1, 11, 25),
    'cost: [5 € Erwachsene, 3 € Kinder]': ("falsche-form", 1, 1, 4),
    'cost: günstig\n  reduced: 1': ("wert-und-gruppe", 1, 7, 7),
    'description: |\n  Text\n Neu: hier': ("einrueckung-falsch", 3, 2, 3),
    'dates: Eltern-Kind-Fest um die Ecke am 5.12.2026': ("falsche-form", 1, 8, 41),
    'dates: 5.12. und 12.12.2026': ("falsche-form", 1, 8, 20),
    'dates: 5.12.2026 und 12.12.2026, jeweils 15 Uhr': ("falsche-form", 1, 8, 40),
    'dates: 5.12.2026, 25:70': ("falsche-form", 1, 8, 16),
    'dates: Sommerfest': ("falsche-form", 1, 8, 10),
    'access: einfach vorbeikommen': ("falsche-form", 1, 9, 20),
    'translations: hallo': ("falsche-form", 1, 15, 5),
    'name_en: Toddlers, here': ("unbekanntes-feld", 1, 1, 7),
    'name_en: [a, b]': ("unbekanntes-feld", 1, 1, 7),
    'Sprachen: [de]': ("unbekanntes-feld", 1, 1, 8),
    'telefon: 040 1': ("unbekanntes-feld", 1, 1, 7),
    'street: A': ("unbekanntes-feld", 1, 1, 6),
    'contact:\nstatus: running\nphone: 040 1': ("einrueckung-fehlt", 3, 1, 5),
    'capacity: {plaetze: 3, date: 2026-01-01}': ("unbekanntes-feld", 1, 12, 7),
    'capacity: {Plätze: 3, date: 2026-01-01}': ("unbekanntes-feld", 1, 12, 6),
    'dates: [{datum: 2026-12-05}]': ("unbekanntes-feld", 1, 10, 5),
    'contact: {description: A}': ("unbekanntes-feld", 1, 11, 11),
    'contact: {street: A}': ("unbekanntes-feld", 1, 11, 6),
    'providers: [a]': ("unbekanntes-feld", 1, 1, 9),
    'accessibility: {step_free: yes}': ("unbekanntes-feld", 1, 1, 13),
    'contact: {name: Büro, quark: a}': ("unbekanntes-feld", 1, 23, 5),
    'dates:\n  - date: 2026-12-05\n - date: 2026-12-06': ("einrueckung-falsch", 3, 2, 18),
    'contact: Frau Müller, Büro im ersten Stock hinter der Kirche neben dem Spielplatz am Markt, 04102 12345\n  email: a@b.example': ("wert-und-gruppe", 1, 10, 94),
    'contact: "Frau Müller, 04102 12345"\n  email: a@b.example': ("wert-und-gruppe", 1, 10, 26),
    'address: Weg 3, 22999 Kleinstadt\n  town: Anderswo': ("wert-und-gruppe", 1, 10, 23),
    'contact: a@b.example\n  email: a@b.example': ("wert-und-gruppe", 1, 10, 11),
    'translations:\n  en: Playgroup\n    name: Playgroup': ("einrueckung-falsch", 3, 5, 4),
    'translations:\n  en:\n  name: A': ("kein-sprachkuerzel", 3, 9, 1),
    'translations: Playgroup\n  en: Playgroup': ("doppelpunkt-im-text", 2, 5, 1),
    'dates: 5.12.2026\n  from: 15:00': ("wert-und-gruppe", 1, 8, 9),
    'dates:\n  - 5.12.2026\n    from: 15:00': ("wert-und-gruppe", 2, 5, 9),
    'results: gut\n  - text: ja': ("liste-hinter-wert", 1, 10, 3),
    'cost: income-based\n  note: nach Satzung': ("wert-und-gruppe", 1, 7, 12),
    'cost: Spende\n  note: wer mag': ("wert-und-gruppe", 1, 7, 6),
    'access: offen für alle\n  first_visit: klingeln': ("wert-und-gruppe", 1, 9, 14),
    'access: anmelden bitte per Telefon\n  bring: Hausschuhe': ("wert-und-gruppe", 1, 9, 26),
    'partners: - verein\n  - anderer': ("sonderzeichen-am-anfang", 1, 11, 8),
    'stops: - name: Hof': ("sonderzeichen-am-anfang", 1, 8, 11),
    'topics: - krabbelgruppe # neu': ("sonderzeichen-am-anfang", 1, 9, 21),
    'cost: - 3 Euro': ("sonderzeichen-am-anfang", 1, 7, 8),
    'provider: - verein': ("sonderzeichen-am-anfang", 1, 11, 8),
    'alert: Ferien': ("falsche-form", 1, 8, 6),
    'address: Hauptstr. 5 in 22926 Ahrensburg': ("falsche-form", 1, 10, 31),
    'address: Hauptstr. 5': ("falsche-form", 1, 10, 11),
    'capacity: 3 von 12 Plätzen frei': ("falsche-form", 1, 11, 21),
    'contact:\n  - 040 66969-1\n  - 040 66969-2': ("falsche-form", 1, 1, 7),
    'contact:\n  - phone: 040 66969-1\n  - phone: 040 66969-2': ("falsche-form", 1, 1, 7),
    'visibility: public': ("unbekanntes-feld", 1, 1, 10),
    'Accessibility: {step_free: yes}': ("unbekanntes-feld", 1, 1, 13),
    'accessibilty: {step_free: yes}': ("unbekanntes-feld", 1, 1, 12),
    'places: [haus]': ("unbekanntes-feld", 1, 1, 6),
    'Phone: 040 66969-1': ("unbekanntes-feld", 1, 1, 5),
    'Email: a@b.example': ("unbekanntes-feld", 1, 1, 5),
    'Website: https://a.example': ("unbekanntes-feld", 1, 1, 7),
    'Zeiten: Mo 9-10': ("unbekanntes-feld", 1, 1, 6),
    'hours: Mo 9-10\nZeiten: Mo 9-10': ("unbekanntes-feld", 2, 1, 6),
    'address: {Flussweg 3, 01067 Kleinstadt}': ("klammern-ohne-felder", 1, 11, 10),
    'partners: [verein]\n  - anderer': ("kein-yaml", 2, 3, 1),
    '-status: running': ("unbekanntes-feld", 1, 1, 7),
    'contact\n  phone: 040 66969-1': ("doppelpunkt-fehlt", 1, 1, 7),
    'contact: phone: 040 66969-1': ("doppelpunkt-im-text", 1, 15, 1),
    'dates: 5.12.2026 15-17 Uhr; 12.12.2026 15-17 Uhr': ("falsche-form", 1, 8, 41),
    'capacity: voll': ("falsche-form", 1, 11, 4),
    'capacity: 0 Plätze frei': ("falsche-form", 1, 11, 13),
    'translations:\n  en:\n    name: Choir\n     summary: Parents\n    first_visit: You': ("einrueckung-falsch", 4, 6, 7),
    'translations:\n  en:\n    name: Choir\n   summary: Parents\n    first_visit: You': ("einrueckung-falsch", 4, 4, 7),
    'translations:\n  en:\n    name: Choir\n  summary: Parents\n    first_visit: You': ("einrueckung-falsch", 5, 5, 11),
    'dates: - {date: 2026-12-19, from: 10:00, to: 15:00, name: Plätzchen}': ("sonderzeichen-am-anfang", 1, 8, 61),
    'dates: - {date: 2026-12-19, from: 10:00, to: 15:00, name: Plätzchen}\n  - {date: 2026-12-20, from: 10:00, to: 15:00, name: Plätzchen}': ("sonderzeichen-am-anfang", 1, 8, 61),
    'access:\n  way: open\nbring: Schuhe': ("unbekanntes-feld", 3, 1, 5),
    'access:\n  way: open\n bring: Schuhe': ("einrueckung-falsch", 3, 2, 5),
    'capacity: 4 weeks': ("falsche-form", 1, 11, 7),
    'capacity: {4 weeks, 2026-11-09}': ("klammern-ohne-felder", 1, 12, 7),
    'dates:\n  -{date: 2026-12-07, name: Anmeldung}': ("strich-ohne-leerzeichen", 2, 3, 36),
    'address: 22998, Fabrikstr. 5': ("falsche-form", 1, 10, 19),
    'address: {Fabrikstraße, 14, 22998, Auenstedt, Laden im Hof}': ("klammern-ohne-felder", 1, 11, 12),
    'contact: Büro, am besten vormittags, 040 66969-1': ("falsche-form", 1, 10, 39),
    'contact: 040 66969-1, Rufen Sie an, wir helfen.': ("falsche-form", 1, 10, 38),
    'contact: 0171 39200-33, 040 66969-1': ("falsche-form", 1, 10, 26),
    'access:\n  - way: open\n  - first_visit: Am besten kommen Sie einfach vorbei und klingeln im zweiten Stock bei der Beratung.': ("falsche-form", 1, 1, 6),
    'description: |\n  Text\n weiter': ("text-nicht-eingerueckt", 3, 2, 6),
    'quark: {a, b}': ("klammern-ohne-felder", 1, 9, 1),
    'description: {a, b}': ("klammern-ohne-felder", 1, 15, 1),
    'cost: {free}': ("klammern-ohne-felder", 1, 8, 4),
    'partners: {verein}': ("klammern-ohne-felder", 1, 12, 6),
    'place: haus\n  - anderes': ("liste-hinter-wert", 1, 8, 4),
    'contact: Büro\n  - phone: 040 66969-1': ("liste-hinter-wert", 1, 10, 4),
    'description: Neu\n  - jetzt: dienstags': ("liste-hinter-wert", 1, 14, 3),
    'hours: Mo 9-10\n  Achtung: neu': ("doppelpunkt-im-text", 2, 10, 1),
    'contact: {Büro, phone: 040 66969-1}': ("klammern-ohne-felder", 1, 11, 4),
    'description: @x\n<<<<<<< HEAD': ("konflikt-offen", 2, 1, 12),
    '<<<<<<< HEAD\nhours: Mo 9-10\n=======\nhours: Mo 9-11\n>>>>>>> x': ("konflikt-offen", 1, 1, 12),
    'hours: Mo 9-10\n>>>>>>> x\ndescription: @x': ("konflikt-offen", 2, 1, 9),
    'description: @x\nhours: Mo 9-10\n>>>>>>> x': ("sonderzeichen-am-anfang", 1, 14, 2),
    'cost: {amount: }': ("feld-fehlt", 1, 1, 4),
    'cost: {up_to: 5, note: a}': ("feld-fehlt", 1, 1, 4),
}  # fmt: skip


def found(more: str) -> list[Diagnostic]:
    node, found = parse(f"{GOOD}{more}\n", "a.yml")
    return found if node is None else [*found, *validate(Offer, node, id="a")[1]]


def told(more: str) -> list[Told]:
    above = GOOD.count("\n")
    places = [(item.code, item.position) for item in found(more)]
    return [(code, place.line - above, place.column, place.length) for code, place in places]


@pytest.mark.parametrize("more", ONE_MISTAKE)
def test_one_mistake_is_told_once(more: str) -> None:
    assert told(more) == [ONE_MISTAKE[more]]


def test_fields_that_are_not_indented_are_one_mistake_for_each_group() -> None:
    many = told("contact:\nphone: 040 66969-1\nemail: a@b.example\ndates:\ndate: 2026-12-05\nfrom: x\n")
    assert [item for item in many if item[0] == "einrueckung-fehlt"] == [
        ("einrueckung-fehlt", 2, 1, 5),
        ("einrueckung-fehlt", 5, 1, 4),
    ]


@pytest.mark.parametrize(
    ("pieces", "whole"),
    [("3, 50", "3.50"), ("0,50 €", "0.50"), ("3, ab", '"3, ab"'), ("ab, 3", '"ab, 3"')],
)
def test_what_a_comma_parts_is_put_together_again(pieces: str, whole: str) -> None:
    item = found(f"cost: {{amount: {pieces}}}")[0]
    assert (item.code, item.help) == (
        "komma-trennt",
        f"den ganzen Wert so schreiben: amount: {whole}; Text mit Komma steht in Anführungszeichen",
    )


def test_words_below_each_other_without_dashes_are_a_list() -> None:
    node, _ = parse("topics:\n  begegnung\n  krabbelgruppe\n", "a.yml")
    assert isinstance(node, MapNode)
    helps = [item.help for item in validate(Offer, node, id="a")[1] if item.code == "falsche-form"]
    assert helps == ["topics: [begegnung, krabbelgruppe] schreiben"]


def test_a_wrong_value_is_named() -> None:
    node, _ = parse(f"{GOOD}status: runing\n", "a.yml")
    assert isinstance(node, MapNode)
    assert [item.message for item in validate(Offer, node, id="a")[1]] == ["„runing“ ist hier nicht möglich"]
