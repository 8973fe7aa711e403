"""What is told of an offer as people mistype it: code, line, column and length, nothing else; lines are counted from the first that is wrong."""

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
    'languages:\n  - de\n    - tr': ("einrueckung-falsch", 3, 5, 4),
    '  - a\nsuccessor: b': ("kein-yaml", 1, 3, 1),
    'languages: - de': ("sonderzeichen-am-anfang", 1, 12, 4),
    'hours: Mo 9-10\n  - Di 9-10': ("liste-hinter-wert", 1, 8, 7),
    'description: "frei': ("anfuehrung-offen", 1, 14, 1),
    "description: 'Papa's Treff'": ("anfuehrung-im-text", 1, 14, 14),
    'description: > Text': ("text-hinter-blockzeichen", 1, 14, 6),
    'contact: {phone: 040 1 email: a@b.example}': ("klammer-offen", 1, 10, 1),
    'cost:free': ("leerzeichen-fehlt", 1, 1, 9),
    'cost free': ("doppelpunkt-fehlt", 1, 1, 9),
    'irgendwas\nnoch etwas': ("text-nicht-eingerueckt", 1, 1, 9),
    'description: Neu: jetzt auch dienstags': ("doppelpunkt-im-text", 1, 17, 1),
    'description: Wir\n  kommen\n  Achtung: bald': ("doppelpunkt-im-text", 3, 10, 1),
    'contact: {phone: [040, 66969]}': ("falsche-form", 1, 11, 5),
    'address: Markt 1, Weg 3, 22999 Kleinstadt, Hof': ("falsche-form", 1, 10, 37),
    'capacity: 12': ("falsche-form", 1, 11, 2),
    'cost: [3 Euro, ermäßigt 2 Euro]': ("falsche-form", 1, 1, 4),
    'cost: [kostenlos, Spende]': ("falsche-form", 1, 1, 4),
    'place: [a]': ("falsche-form", 1, 1, 5),
    'place: [a, b]': ("falsche-form", 1, 1, 5),
    'hours: [Mo 9-10, Di 10-11]': ("falsche-form", 1, 1, 5),
    'hours: {Mo: [9-10, 11-12], Di: 10-11}': ("falsche-form", 1, 1, 5),
    'ages: [3, 6]': ("falsche-form", 1, 1, 4),
    'languages: {de: ja}': ("falsche-form", 1, 1, 9),
    'partners: verein, haus und amt': ("falsche-form", 1, 11, 20),
    'dates: {date: 2026-12-05}': ("falsche-form", 1, 1, 5),
    'access: einfach vorbeikommen': ("falsche-form", 1, 9, 20),
    'translations: hallo': ("falsche-form", 1, 15, 5),
    'telefon: 040 1': ("unbekanntes-feld", 1, 1, 7),
    'contact:\nstatus: running\nphone: 040 1': ("einrueckung-fehlt", 3, 1, 5),
    'dates: [{datum: 2026-12-05}]': ("unbekanntes-feld", 1, 10, 5),
    'contact: {description: A}': ("unbekanntes-feld", 1, 11, 11),
    'providers: [a]': ("unbekanntes-feld", 1, 1, 9),
    'contact: {name: Büro, quark: a}': ("unbekanntes-feld", 1, 23, 5),
    'translations:\n  en:\n  name: A': ("kein-sprachkuerzel", 3, 9, 1),
    'dates:\n  - 5.12.2026\n    from: 15:00': ("wert-und-gruppe", 2, 5, 9),
    'accessibilty: {step_free: yes}': ("unbekanntes-feld", 1, 1, 12),
    'address: {Flussweg 3, 01067 Kleinstadt}': ("klammern-ohne-felder", 1, 11, 10),
    'capacity: 4 weeks': ("falsche-form", 1, 11, 7),
    'dates:\n  -{date: 2026-12-07, name: Anmeldung}': ("strich-ohne-leerzeichen", 2, 3, 36),
    'contact: Büro, am besten vormittags, 040 66969-1': ("falsche-form", 1, 10, 39),
    'description: |\n  Text\n weiter': ("text-nicht-eingerueckt", 3, 2, 6),
    'description: @x\n<<<<<<< HEAD': ("konflikt-offen", 2, 1, 12),
    'description: @x\nhours: Mo 9-10\n>>>>>>> x': ("sonderzeichen-am-anfang", 1, 14, 2),
    'cost: {amount: }': ("feld-fehlt", 1, 1, 4),
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
