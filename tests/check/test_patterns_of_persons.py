"""Every pattern of persons at its bounds, and who may confirm: what just fits is found whole, what just doesn't is left alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from generator.check.persons import traces
from generator.check.protection import is_office

TOLD = {
    "petra.muster@stadt.example": "mail-einer-person", "petra@web.de": "", "petra.kita@web.de": "mail-einer-person", "petra.kita@stadt.example": "", "p.must@stadt.example": "mail-einer-person",
    "p.mus@stadt.example": "", "petra.mu@stadt.example": "", "p_must@stadt.example": "", "petra.von.muster@stadt.example": "mail-einer-person", "petra.von.der.muster@stadt.example": "",
    **{f"petra.kita@{host}.de": "mail-einer-person" for host in ("gmx", "gmail", "googlemail", "t-online", "yahoo", "hotmail", "outlook", "live", "icloud", "freenet", "aol", "posteo", "mailbox")},
    **{f"petra.{word}@stadt.example": "" for word in ("info", "jugend", "jugendamt", "eltern", "stadt", "hilfe", "erziehungsberatung", "presse", "jobs", "streetwork", "online", "bereitschaft")},
    "geb. 1.2.2014": "geburtsdatum", "Geboren am: 1. Februar 2014": "geburtsdatum", "Geburtstag 1. 2. 14": "geburtsdatum", "* 1.2.2014": "geburtsdatum", "x* 1.2.2014": "", "* 1.2.1814": "",
    "+49 (0)171 3920012": "mobilnummer", "+491713920012": "mobilnummer", "0049 171/39200-12": "mobilnummer", "01713920012": "mobilnummer", "0181 3920012": "", "10171 3920012": "", "0171 39200": "",
    **{f"Der {number}jährige Junge": "fallgeschichte" for number in ("drei", "sieben", "Zwölf", "dreizehn", "siebzehn", "9-", "14 ")},
    **{f"Die kleine 9-jährige {child}": "fallgeschichte" for child in ("Tochter", "Schülerin", "Mutter", "Frau")},
    **{f"{of} 9-jährigen {child}": "fallgeschichte" for of, child in (("dem", "Jungen"), ("des", "Sohnes"), ("den", "Mann"), ("ihrem", "Kind"), ("seines", "Vaters"))},
    **{f"Ein 9-jähriger Schüler {does}": "fallgeschichte" for does in ("aus dem Norden", "aus Kiel", "wohnt hier", "lebt hier", "kam", "wurde satt", "hat uns gefragt")},
    "Ein 9-jähriger Schüler lernt": "", "Mia ist 9 Jahre": "fallgeschichte", "Mia, 9,": "fallgeschichte", "Mia, 9 Jahre alt,": "fallgeschichte", "Mia, 9": "", "Frau K. kam": "fallgeschichte", "Herrn M. half": "fallgeschichte",
    "Frau Dr. Prof. Muster": "person-statt-stelle", "Hr. Muster": "person-statt-stelle", "Fr. Muster": "person-statt-stelle", "Herrn Muster": "person-statt-stelle", "Frau Holle": "", "Frau Sie": "", "Herr Doktor": "", "Herr Bürgermeister": "",
}  # fmt: skip
IN_A_FUNCTION = {"Petra Muster": True, "Anna-Lena von Muster": True, "Petra de Luca": True, "M. Ott": True, "M. K. Ott": True, "Ott, Petra": True, "Petra": False, "Leitung": False, "der M. Ott": False, "Ott, Leitung": False}  # fmt: skip


def test_what_looks_like_a_person_and_what_does_not() -> None:
    found = {text: [trace.code for trace in traces(text)] for text in TOLD}
    assert found == {text: [code] if code else [] for text, code in TOLD.items()}


def test_who_stands_where_a_function_belongs() -> None:
    found = {text: {trace.code for trace in traces(text, role=True)} for text in IN_A_FUNCTION}
    assert found == {
        text: {"person-statt-stelle"} if person else set() for text, person in IN_A_FUNCTION.items()
    }
    assert [text for text in IN_A_FUNCTION if [*traces(text)]] == []


def test_stories_are_looked_for_in_notes_and_names_elsewhere() -> None:
    text = "Frau Muster sagt: Mia (9) kam."
    assert [trace.code for trace in traces(text, notes=True)] == ["fallgeschichte"]
    assert [trace.code for trace in traces(text)] == ["fallgeschichte", "person-statt-stelle"]


OFFICES = [
    "amt", "leitung", "träger", "stelle", "büro", "verein", "vorstand", "dienst", "koordination", "ausschuss", "gericht", "polizei", "ministerium",
    "beauftragt", "fachbereich", "abteilung", "referat", "team", "dezernat", "behörde", "senat", "stadt", "kreis", "gemeinde", "diakonie", "caritas",
    "verband", "geschäftsführung", "zentrum",
]  # fmt: skip


def test_who_may_confirm_is_an_office_or_a_function() -> None:
    site: Any = SimpleNamespace(offices={"asd": None}, providers={"verein-a": None})
    for word in (*OFFICES, "rat", "haus"):
        assert is_office(site, f"{word.title()} hier"), word
        assert is_office(site, f"Das {word}"), word
        assert not is_office(site, word), word
        assert not is_office(site, f"Frau Ott, {word}"), word
        assert not is_office(site, f"Dr. Ott, {word}"), word
        assert is_office(site, f"{word}ung da") is (word in OFFICES), word
    assert is_office(site, "asd")
    assert is_office(site, "verein-a")
    assert not is_office(site, "Petra Ott")
