"""Nodes to records: types as declared, every problem of a record at once, each at its place."""

import datetime as dt
from decimal import Decimal

import pytest

from generator.diagnostics import Diagnostic
from generator.model.areas_and_offices import Space
from generator.model.groups import Address, Occasion
from generator.model.offer import Offer
from generator.model.places_and_providers import Place
from generator.model.vocabulary import NamedWord
from generator.read.nodes import parse
from generator.read.records import validate

GOOD = """\
name: Krabbelgruppe
summary: Eltern treffen sich.
kind: gruppe
provider: verein
topics: [krabbelgruppe]
"""


def problems(more: str, good: str = GOOD) -> list[Diagnostic]:
    node, found = parse(good + more, "a.yml")
    assert node is not None
    return [*found, *validate(Offer, node, id="a")[1]]


def offer(more: str) -> Offer:
    node, _ = parse(GOOD + more, "a.yml")
    assert node is not None
    record, found = validate(Offer, node, id="a")
    assert found == []
    assert record is not None
    return record


def test_texts_that_yaml_would_change_come_out_as_written() -> None:
    node, _ = parse("street: NO\nnumber: 8:30\npostcode: 01067\ntown: on\nextra: 1e3\n", "a.yml")
    assert node is not None
    address, found = validate(Address, node)
    assert found == []
    assert address is not None
    assert address.model_dump() == {
        "street": "NO",
        "number": "8:30",
        "postcode": "01067",
        "town": "on",
        "extra": "1e3",
    }


def test_labels_by_land_keep_a_key_that_yaml_would_take_for_false() -> None:
    node, _ = parse("id: a\nname: A\nlabels: {NO: Norden, on: an, NW: Westen}\n", "a.yml")
    assert node is not None
    word, found = validate(NamedWord, node)
    assert found == []
    assert word is not None
    assert dict(word.labels) == {"NO": "Norden", "on": "an", "NW": "Westen"}


def test_times_are_times_and_no_sexagesimal_numbers() -> None:
    node, _ = parse("date: 2026-12-05\nfrom: 8:30\nto: 17:00\n", "a.yml")
    assert node is not None
    occasion, found = validate(Occasion, node)
    assert found == []
    assert occasion is not None
    assert (occasion.date, occasion.from_, occasion.to) == (
        dt.date(2026, 12, 5),
        dt.time(8, 30),
        dt.time(17, 0),
    )


def test_types_are_those_declared() -> None:
    record = offer(
        "ages: 9-11\ncost: {amount: 3.50}\nanonymous: yes\ncheck_every: 6 months\nfrom: 2026-01-01\n"
    )
    assert record.ages is not None
    assert (record.ages.lower, record.ages.upper) == (108, 143)
    assert getattr(record.cost, "amount", None) == Decimal("3.50")
    assert record.anonymous is True
    assert record.check_every is not None
    assert (record.check_every.number, record.check_every.unit) == (6, "months")


def test_a_field_without_value_is_as_if_it_were_not_there() -> None:
    record = offer("until:\nlanguages:\ncontact:\nstatus:\n")
    assert (record.until, record.languages, record.contact, record.status) == (None, (), None, "running")


@pytest.mark.parametrize(
    ("more", "code", "line", "column", "help_text"),
    [
        ("anonymous: vielleicht\n", "kein-ja-nein", 6, 12, "yes oder no schreiben"),
        ("anonymous: true\n", "kein-ja-nein", 6, 12, "yes oder no"),
        ("until: Do, 31.12.2026\n", "kein-datum", 6, 8, "2026-12-31 schreiben"),
        ("until: 31.12.26\n", "kein-datum", 6, 8, "2026-12-31 schreiben"),
        ("until: 2026-02-30\n", "kein-datum", 6, 8, "von 2026-02-01 bis 2026-02-28"),
        ("until: 1735689600\n", "kein-datum", 6, 8, "Jahr-Monat-Tag"),
        ("cost: {amount: '3,50'}\n", "keine-zahl", 6, 16, "3.50"),
        ("cost: {amount: nan}\n", "keine-zahl", 6, 16, "3.50"),
        ("cost: {amount: 1_0}\n", "keine-zahl", 6, 16, "Ziffern"),
        ("cost: günstig\n", "falscher-wert", 6, 7, "möglich sind: free"),
        ("cost: [free]\n", "falsche-form", 6, 1, "cost: free schreiben"),
        ("ages: 11-9\n", "alter-verkehrt", 6, 7, "9-11 schreiben"),
        ("ages: klein\n", "kein-alter", 6, 7, "0-3"),
        ("point: 53.7 10.01\n", "punkt-vertauscht", 6, 8, "10.01 53.7 schreiben"),
        ("point: 567891.2 5950123.4\n", "punkt-projiziert", 6, 8, "WGS 84"),
        ("point: 10,01 53,7\n", "kein-punkt", 6, 8, "Komma: 10.01 53.7 schreiben"),
        ("contact: {phone: bei Anna}\n", "keine-telefonnummer", 6, 18, "040 66969-100"),
        ("contact: {phone: 030 669O9-21O}\n", "keine-telefonnummer", 6, 18, "nur Ziffern"),
        ("contact: {email: a@b}\n", "keine-mail", 6, 18, "@"),
        ("contact: {website: www.a.example}\n", "keine-webadresse", 6, 20, "https://"),
        ("contact: {website: 'javascript:alert(1)'}\n", "keine-webadresse", 6, 20, "https://"),
        ("contact: 040 66969-1\n", "falsche-form", 6, 10, "contact: {phone: 040 66969-1} schreiben"),
        ("place: Mein Treff\n", "kein-kuerzel", 6, 8, "Bindestriche"),
        ("place: [a]\n", "falsche-form", 6, 1, "place: a schreiben"),
        ("languages: de\n", "falsche-form", 6, 12, "languages: [de]"),
        ("languages: [Deutsch]\n", "kein-sprachkuerzel", 6, 13, "de, tr"),
        ("status: [running]\n", "falsche-form", 6, 1, "status: running"),
        ("status: laufend\n", "falscher-wert", 6, 9, "möglich sind: possible (möglich), planned (geplant)"),
        ("status: runing\n", "falscher-wert", 6, 9, "gemeint ist vielleicht „running“"),
        ("telefon: 1\n", "unbekanntes-feld", 6, 1, "contact: {phone: 1}"),
        ("\u00a0\u00a0way: open\n", "geschuetztes-leerzeichen", 6, 1, "löschen"),
        ("quark: 1\n", "unbekanntes-feld", 6, 1, "möglich sind"),
        ("id: der-alte-eintrag\n", "unbekanntes-feld", 6, 1, "der Name der Datei"),
        ("adress: 1\n", "unbekanntes-feld", 6, 1, "gemeint ist vielleicht „address“"),
        ("contact: {fone: 1}\n", "unbekanntes-feld", 6, 11, "phone"),
        ("address: {street: A, postcode: 1067, town: B}\n", "keine-postleitzahl", 6, 32, "fünf Ziffern"),
        ("address: {street: A, town: B}\n", "feld-fehlt", 6, 1, "Postleitzahl"),
        ("dates: [{date: 2026-12-05}, {from: 10:00}]\n", "feld-fehlt", 6, 29, "Tag"),
        ("capacity: {places: -1, date: 2026-01-01}\n", "keine-ganze-zahl", 6, 20, "nur Ziffern"),
        ("check_every: halbjährlich\n", "keine-dauer", 6, 14, "6 months"),
        ("dates: [{date: 2026-12-05, from: 17:00, to: 15:00}]\n", "zeit-verkehrt", 6, 45, "prüfen"),
        ("dates: [{date: 2026-12-05, from: 9:00, to: 5:00}]\n", "zeit-verkehrt", 6, 44, "prüfen"),
        ("dates: [{date: 2026-12-05, from: 24:00}]\n", "keine-uhrzeit", 6, 34, "15:00"),
        ("dates: [{date: 2026-12-05, from: 25:00}]\n", "keine-uhrzeit", 6, 34, "15:00"),
        ("description: ' '\n", "text-leer", 6, 14, "weglassen"),
        ("translations: {en: {nam: A}}\n", "unbekanntes-feld", 6, 21, "name"),
        ("translations: {Englisch: {name: A}}\n", "kein-sprachkuerzel", 6, 16, "de, tr"),
        ("name2: x #3\n", "raute-schneidet-ab", 6, 8, "Anführungszeichen"),
        ("description: Raum # 3\n", "raute-schneidet-ab", 6, 14, 'description: "Raum # 3"'),
        ("hours: Mo 9-12 Uhr # nur bei Regen\n", "raute-schneidet-ab", 6, 8, '"Mo 9-12 Uhr # nur bei Regen"'),
        ("cost: free # mit Pass\n", "raute-schneidet-ab", 6, 7, '"free # mit Pass"'),
        ("ages: 6-12 # Ausnahmen\n", "raute-schneidet-ab", 6, 7, '"6-12 # Ausnahmen"'),
        ("translations:\n  en:\n    bring: A cup # 3\n", "raute-schneidet-ab", 8, 12, 'bring: "A cup # 3"'),
    ],
)
def test_each_mistake_has_one_message_at_its_place(
    more: str, code: str, line: int, column: int, help_text: str
) -> None:
    found = problems(more)
    assert code in [item.code for item in found], found
    item = next(item for item in found if item.code == code)
    assert (item.position.line, item.position.column) == (line, column), item
    assert help_text in item.help
    assert len(found) == (2 if "name2" in more else 1), found


@pytest.mark.parametrize(
    "more",
    [
        "contact:\n  phone: 040 66969-210 # Zentrale\n", "cost: 3 €  # geprüft\n", "checked: 2026-11-02 # AK\n",
        "hours: Mo 09:00-12:00  # telefonisch bestätigt\n", "notes: Raum 3  # im Hof\n", "notes: 'Raum 3' # im Hof\n", "notes: |\n  Raum # 3\n",
    ],
)  # fmt: skip
def test_a_remark_behind_a_value_is_one(more: str) -> None:
    assert problems(more) == []


@pytest.mark.parametrize(
    ("more", "expected", "found"),
    [
        ("languages: de\n", "eine Liste", "ein Text"),
        ("languages: {de: yes}\n", "eine Liste", "eine Gruppe von Feldern"),
        ("contact: [a]\n", "eine Gruppe von Feldern", "eine Liste"),
        ("contact: a\n", "eine Gruppe von Feldern", "ein Text"),
        ("translations: a\n", "eine Gruppe von Feldern", "ein Text"),
        ("status: [running]\n", "ein Text", "eine Liste"),
        ("status: {a: b}\n", "ein Text", "eine Gruppe von Feldern"),
        ("cost: [free]\n", "ein Text oder eine Gruppe von Feldern", "eine Liste"),
    ],
)
def test_a_wrong_form_says_what_is_expected_and_what_was_found(more: str, expected: str, found: str) -> None:
    one, *others = problems(more)
    assert (one.code, others) == ("falsche-form", [])
    assert one.message == f"Hier gehört {expected} hin, aber da steht {found}"


def test_missing_fields_name_what_they_are_for() -> None:
    found = problems("", "name: A\n")
    assert [(item.code, item.position.line) for item in found] == [("feld-fehlt", 1)] * 4
    assert {item.message for item in found} == {
        f"Das Feld „{name}“ fehlt" for name in ("summary", "kind", "provider", "topics")
    }


def test_a_list_that_needs_an_entry_says_so() -> None:
    found = problems("", GOOD.replace("[krabbelgruppe]", "[]"))
    assert [item.code for item in found] == ["liste-leer"]
    assert found[0].position.line == 5


def test_many_mistakes_are_reported_in_one_run() -> None:
    found = problems("anonymous: oft\nuntil: 1.1.26\nages: x\ncontact: {phone: x, email: y}\n")
    assert sorted(item.code for item in found) == [
        "kein-alter", "kein-datum", "kein-ja-nein", "keine-mail", "keine-telefonnummer",
    ]  # fmt: skip


def test_a_list_instead_of_a_record() -> None:
    node, _ = parse("- a\n- b\n", "a.yml")
    assert node is not None
    _, found = validate(Place, node, id="a")
    assert [item.code for item in found] == ["falsche-form"]


def test_geometry_references() -> None:
    node, _ = parse("name: A\nlevel: stadt\ngeometry: ../../etc/passwd\n", "a.yml")
    assert node is not None
    _, found = validate(Space, node, id="a")
    assert [item.code for item in found] == ["kein-geometrieverweis"]


def test_half_years_and_colours() -> None:
    from generator.model.config import SiteConfig
    from generator.model.planning_records import Need

    node, _ = parse(
        "name: A\ntopics: [a]\nnamed: [{half_year: 2026-3, source: families, times: 1}]\n", "a.yml"
    )
    assert node is not None
    assert [item.code for item in validate(Need, node, id="a")[1]] == ["kein-halbjahr"]
    node, _ = parse(
        "name: A\nurl: https://a.example/\npublisher: {name: A}\nland: SH\ngeographies: [{id: a, levels: [{id: b, name: B}]}]\naccent: rot\n",
        "a.yml",
    )
    assert node is not None
    assert [item.code for item in validate(SiteConfig, node)[1]] == ["keine-farbe"]
