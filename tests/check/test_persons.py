"""What looks like a person in a public text is named with line and column; what is no person stays quiet."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis.strategies import from_regex, text, tuples

from generator.check import check_reading
from generator.check.persons import _BIRTH, _MAIL, _STORIES, traces
from generator.check.protection import is_office
from generator.check.unfinished import _TRACES, quickly_read
from generator.pipeline.build import prepare
from generator.read.project import read_project
from tests.chance import every, every_row, whole
from tests.conftest import ROOT, TODAY
from tests.edit.towns import write_town
from tests.refuges import write

OFFER = "resources/offers/krabbelgruppe.yml"
CODES = {"mail-einer-person", "mobilnummer", "geburtsdatum", "fallgeschichte", "person-statt-stelle"}
PERSONS = {
    "petra.muster@stadt.example": "mail-einer-person",
    "Schreiben Sie an muster.ayse@stadt.example.": "mail-einer-person",
    "p.mustermann@stadt.example": "mail-einer-person",
    "Anna-Lena_Meier@traeger.example": "mail-einer-person",
    "Mobil 0176 04069012": "mobilnummer",
    "+49 (0) 171 3920012": "mobilnummer",
    "0049 1520 1234567": "mobilnummer",
    "0171/39200-12": "mobilnummer",
    "geb. 12.3.2014": "geburtsdatum",
    "geboren am 3. März 2014": "geburtsdatum",
    "Geburtsdatum: 12.03.2014": "geburtsdatum",
    "Mia * 12.03.2014": "geburtsdatum",
    "Der 9-jährige Junge aus der Lindenstraße kam jeden Tag.": "fallgeschichte",
    "Die vierzehnjährige Schülerin schlief wieder.": "fallgeschichte",
    "Der 9-Jährige kam jeden Tag.": "fallgeschichte",
    "Wir halfen dem 12-jährigen Sohn.": "fallgeschichte",
    "Ein 7-jähriges Mädchen wohnt seit Mai bei uns.": "fallgeschichte",
    "Mia (9) kam zuerst nicht mit.": "fallgeschichte",
    "Ali, 7 Jahre alt, malt gern.": "fallgeschichte",
    "Lena Osterhagen (9) kam zuerst nicht mit.": "fallgeschichte",
    "Familie Osterhagen half beim Fest.": "person-statt-stelle",
    "Ein Fest. Familie Osterhagen half.": "person-statt-stelle",
    "Wir waren bei Familie Osterhagen.": "person-statt-stelle",
    "Familie K. hatte Schulden.": "fallgeschichte",
    "Frau M. rief an.": "fallgeschichte",
    "Fragen Sie nach Frau Mustermann.": "person-statt-stelle",
    "Herr Dr. Mustermann leitet die Gruppe.": "person-statt-stelle",
}
NOBODY = [
    "info@stadt.example", "kita.sonnenschein@stadt.example", "team-nord@stadt.example", "jugendamt.leitung@stadt.example", "st.anna@kirche.example",
    "haus.martin@kirche.example", "040 66969-176", "040 01766969", "Zimmer 0171", "am 12.03.2026 um 15 Uhr", "Für Kinder von 6 bis 12 Jahren.",
    "Die 6- bis 12-jährigen Kinder essen zusammen.", "Für 3-jährige Kinder und ihre Eltern.", "Ein 6-jähriges Kind zahlt die Hälfte.",
    "Die unter 14-jährigen Jugendlichen gehen um 20 Uhr.", "Der Verein feiert sein 9-jähriges Bestehen.", "Das 25-jährige Jubiläum der Gruppe.",
    "Frau und Beruf, eine Beratung für Frauen.", "Wir spielen Frau Holle.", "Jede Frau Ihrer Wahl kommt mit.",
    "In der Astrid-Lindgren-Schule am Käthe-Kollwitz-Platz.", "Max und Moritz, ein Theaterstück für Kinder ab 4 Jahren.",
    "Familie und Freunde sind willkommen.", "Familie und Beruf", "Braucht Ihre Familie Hilfe?", "Amt für Jugend und Familie Auenstedt", "die\nFamilie Hilfe annimmt",
    "§ 8a SGB VIII, Abs. 4",
]  # fmt: skip


@pytest.mark.parametrize("text", PERSONS)
def test_a_person_is_seen(text: str) -> None:
    found = {trace.code for trace in traces(text)}
    assert PERSONS[text] in found


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_seen_where_nobody_is(text: str) -> None:
    assert [(trace.code, text[trace.start : trace.end]) for trace in traces(text)] == []


def found_in(root: Path) -> list[tuple[str, str, int, int]]:
    return [
        (item.code, item.position.file, item.position.line, item.position.column)
        for item in prepare(root, TODAY).found
        if item.code in CODES
    ]


def test_it_is_a_warning_with_line_and_column(tmp_path: Path) -> None:
    write(write_town(tmp_path), {OFFER: "+description: |\n  Ein Treff.\n\n  Der 9-jährige Junge kam.\n# Rückfragen an petra.muster@stadt.example\n"})  # fmt: skip
    assert found_in(tmp_path) == [
        ("fallgeschichte", OFFER, 14, 3),
        ("mail-einer-person", OFFER, 15, 17),
    ]
    assert {item.severity for item in prepare(tmp_path, TODAY).found} == {"warning"}


def test_a_function_belongs_where_a_function_is_asked_for(tmp_path: Path) -> None:
    write_town(tmp_path)
    text = (tmp_path / OFFER).read_text("utf-8")
    write(tmp_path, {OFFER: text.replace("name: Büro", "name: Petra Muster")})
    assert found_in(tmp_path) == [("person-statt-stelle", OFFER, 9, 17)]


@pytest.mark.parametrize(
    ("file", "field"),
    [
        ("resources/providers/verein.yml", "+can_give: [{{what: Raum, kind: room, ask: {}}}]\n"),
        ("resources/networks/runde.yml", "name: Runde\nkind: early-warning\nmoderator: {}\n"),
        (
            "resources/networks/runde.yml",
            "name: Runde\nkind: early-warning\nsteps: [{{who: {}, does: Lädt ein}}]\n",
        ),
        ("resources/evaluations/e.yml", "name: Probe\njudged_by: {}\narea: Ort\n"),
        (OFFER, "+results: [{{date: 2026, according_to: {}, text: Es half.}}]\n"),
    ],
)
def test_wherever_records_ask_who_it_is_a_bare_name_is_a_person(
    file: str, field: str, tmp_path: Path
) -> None:
    """In other texts a name without „Frau“ or „Herr“ may be a school's or a street's."""
    for who, told in (("Petra Muster", ["person-statt-stelle"]), ("Leitung der Runde", [])):
        write(write_town(tmp_path), {file: field.format(who)})
        assert [code for code, *_ in found_in(tmp_path)] == told


def test_a_mobile_number_is_one_of_an_office_only_in_its_own_field(tmp_path: Path) -> None:
    write_town(tmp_path)
    text = (tmp_path / OFFER).read_text("utf-8")
    write(tmp_path, {OFFER: text.replace("phone: 040 66969-902", "phone: 0171 39200-12")})
    assert found_in(tmp_path) == [("mobilnummer", OFFER, 9, 30)]
    write(tmp_path, {OFFER: text.replace("phone: 040 66969-902", "mobile: 0171 39200-12")})
    assert found_in(tmp_path) == []


def test_a_cleared_passage_is_quiet(tmp_path: Path) -> None:
    write(write_town(tmp_path), {OFFER: "+description: Fragen Sie Frau Muster oder Frau Beispiel.\ncleared: [{text: Frau Muster, reason: Sie will genannt werden}]\n"})  # fmt: skip
    assert found_in(tmp_path) == [("person-statt-stelle", OFFER, 11, 42)]


def test_pages_are_read_but_for_the_lawful_ones(tmp_path: Path) -> None:
    page = "# Wir\n\nVertreten durch Frau Muster.\n"
    write(write_town(tmp_path), {"content/impressum.md": page, "content/wir.md": page})
    assert found_in(tmp_path) == [("person-statt-stelle", "content/wir.md", 3, 17)]
    head = "---\ncleared: [{text: Frau Muster, reason: Sie leitet das Amt}]\n---\n\n"
    write(tmp_path, {"content/wir.md": head + page})
    assert found_in(tmp_path) == []


WORLDS = [ROOT, *sorted(path.parent for path in (ROOT / "examples").glob("*/site_config.yml"))]


@pytest.mark.parametrize(
    "root", every(WORLDS, {ROOT}), ids=[path.name if path != ROOT else "demo" for path in WORLDS]
)
def test_no_false_alarm_in_what_we_wrote_ourselves(root: Path, request: pytest.FixtureRequest) -> None:
    """Some 400 records and pages that name no person and no whereabouts: each finding would be a false alarm."""
    codes = {
        *CODES,
        "ort-im-text",
        "ort-im-text-moeglich",
        "ort-im-namen",
        "zuflucht-ohne-schutz",
        "datei-ungelesen",
    }
    found = (
        request.getfixturevalue("demo").found if root == ROOT else check_reading(read_project(root), TODAY)
    )
    assert [(item.position.file, item.message) for item in found if item.code in codes] == []


def quick(words: tuple[str, ...], whole: str) -> bool:
    return any(word in quickly_read(whole) for word in words)


ASKED: list[tuple[Callable[[str], object], re.Pattern[str]]] = [
    *((partial(quick, words), pattern) for _, words, pattern in _TRACES),
    *((needed.search, pattern) for needed, pattern in _STORIES),
    (lambda text: "eb" in text or "*" in text, _BIRTH),
    (lambda text: "@" in text, _MAIL),
]


@whole
@pytest.mark.parametrize(
    ("possible", "pattern"),
    every_row(ASKED, [pattern for _, pattern in ASKED[::6]]),
    ids=[pattern.pattern[:40] for _, pattern in ASKED],
)
def test_no_match_is_passed_over(possible: Callable[[str], object], pattern: re.Pattern[str]) -> None:
    found = 0

    @settings(max_examples=150)
    @given(tuples(text(max_size=3), from_regex(pattern), text(max_size=3)))
    def hold(parts: tuple[str, str, str]) -> None:
        nonlocal found
        whole = "".join(parts)
        if pattern.search(whole):
            found += 1
            assert possible(whole), repr(whole)

    hold()
    assert found > 50


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
