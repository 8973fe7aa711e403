"""Needs and minutes hold no case: what sounds like one is an error, inside as well; namings are of the past and of the need's areas."""

import json
from collections import Counter
from pathlib import Path

import pytest

from generator.edit.schemas import schemas
from generator.pipeline.build import prepare
from tests.budget_town import read, town
from tests.conftest import TODAY
from tests.edit.towns import write_town

NEED = "resources/needs/treff.yml"
SOUND = """name: Ein Treff am Samstag für Väter mit kleinen Kindern
spaces: [nord]
topics: [krabbelgruppe]
ages: 0-5
named:
- {half_year: 2026-2, source: families, times: 6, space: nord}
"""


def found(folder: Path, text: str) -> list[tuple[str, int]]:
    return [
        (item.code, item.position.line)
        for item in read(town(folder, {NEED: text}))[1]
        if item.position.file == NEED
    ]


def test_a_need_in_plain_words_is_sound(tmp_path: Path) -> None:
    assert found(tmp_path, SOUND) == []


@pytest.mark.parametrize(
    "name",
    [
        "Ein Treff für Frau Berger", "Der 14-jährige Junge aus dem Lindenweg braucht einen Treff", "Die Kindesmutter will am Samstag Zeit",
        "Ein Treff, wie am 12.3. besprochen", "Ein Treff, gewünscht am 3. Oktober", "Ein Treff (Az. 51/123)", "Treff für Mia (7)",
        "Treff, Rückfragen an anna.berger@gmx.example",
    ],
)  # fmt: skip
def test_what_sounds_like_a_case_is_refused(tmp_path: Path, name: str) -> None:
    text = SOUND.replace(SOUND.split("\n")[0], f'name: "{name}"')
    assert ("eintrag-persoenlich", 1) in found(tmp_path, text)


@pytest.mark.parametrize(
    "name",
    [
        "Ein Ort für 14- bis 20-Jährige am Abend", "Betreuung vor 7 Uhr und nach 18 Uhr für Eltern in Schichtarbeit",
        "Begleitung für Kinder, die nicht mehr zur Schule gehen", "Gruppe für Mütter nach der Geburt des ersten Kindes",
        "Nachhilfe für die 3. Klasse", "Plätze nach § 20 SGB VIII",
    ],
)  # fmt: skip
def test_who_is_meant_in_general_is_no_case(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, SOUND.replace(SOUND.split("\n")[0], f'name: "{name}"')) == []


def test_what_somebody_has_looked_at_may_stand(tmp_path: Path) -> None:
    text = (
        SOUND.replace("Ein Treff am Samstag", "Ein Treff am 1. Mai")
        + "cleared: [{text: 1. Mai, reason: Feiertag}]\n"
    )
    assert found(tmp_path, text) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("half_year: 2026-2", "half_year: 2027-1", "nennung-in-zukunft"),
        ("space: nord}", "space: sued}", "nennung-anderes-gebiet"),
    ],
)
def test_namings_are_of_the_past_and_of_the_areas_of_the_need(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    assert old in SOUND
    assert (code, 6) in found(tmp_path, SOUND.replace(old, new))


def test_minutes_name_a_day_and_no_person(tmp_path: Path) -> None:
    path = "resources/minutes/oktober.yml"
    files = {
        "resources/networks/ag.yml": "name: AG\nkind: ag-78\n",
        path: "name: AG am 1. Oktober\nnetwork: ag\ndate: 2026-10-01\ndecisions: [{what: Die Schule fragen., who: Frau Berger}]\n",
    }
    codes = [item.code for item in read(town(tmp_path, files))[1] if item.position.file == path]
    assert codes.count("eintrag-persoenlich") == 1


OFFER = "name: Treff\nsummary: Hier ist etwas los.\nkind: gruppe\nprovider: verein\ntopics: [krabbelgruppe]\n"
ASKED = ("gebiet-nicht-gesagt", "fuer-wen-nicht-gesagt")


def asked(root: Path, offers: dict[str, str]) -> dict[str, str]:
    """Write a town with these offers; return the questions with what they say, each once."""
    write_town(root)
    (root / "resources/offers/krabbelgruppe.yml").unlink()
    for key, more in offers.items():
        (root / f"resources/offers/{key}.yml").write_text(OFFER + more, "utf-8")
    project = prepare(root, TODAY)
    assert [str(item) for item in project.found if item.severity == "error"] == []
    found = [item for item in project.found if item.code in ASKED]
    assert max(Counter(item.code for item in found).values(), default=1) == 1
    return {item.code: item.message for item in found}


def test_of_many_offers_it_is_asked_once_for_whom_they_are(tmp_path: Path) -> None:
    said = "spaces: [kleinstadt]\nfor: all\n"
    offers = {
        "a": "",
        "b": "for: all\n",
        "c": "spaces: [west]\n",
        "d": said,
        "e": said,
        "bericht": "origin: {name: Bericht, date: 2006}\n",
        "vorbei": "status: ended\nuntil: 2026-01-01\n",
    }
    told = asked(tmp_path, offers)
    assert told == {
        "gebiet-nicht-gesagt": "2 von 5 Angeboten sagen nicht, für welche Gebiete sie da sind",
        "fuer-wen-nicht-gesagt": "2 von 5 Angeboten sagen nicht, für wen sie da sind",
    }


def test_what_is_said_of_all_is_asked_of_none(tmp_path: Path) -> None:
    assert asked(tmp_path, dict.fromkeys("abc", "spaces: [kleinstadt]\nfor: all\n")) == {}


def test_everybody_is_a_word(tmp_path: Path) -> None:
    write_town(tmp_path)
    (tmp_path / "resources/offers/a.yml").write_text(OFFER + "for: all\n", "utf-8")
    project = prepare(tmp_path, TODAY)
    assert project.site is not None
    assert [str(item) for item in project.found if item.severity == "error"] == []
    assert project.site.offers["a"].for_ == ()


@pytest.mark.parametrize("written", ["alle-anderen", "[all]", "everybody"])
def test_other_words_are_no_group(written: str, tmp_path: Path) -> None:
    write_town(tmp_path)
    (tmp_path / "resources/offers/a.yml").write_text(OFFER + f"for: {written}\n", "utf-8")
    assert [item.position.line for item in prepare(tmp_path, TODAY).found if item.severity == "error"] == [6]


def test_editors_accept_the_word_beside_the_list() -> None:
    schema = json.loads(schemas()["offers.json"])["properties"]["for"]
    assert "all" in [one.get("const") for one in schema["anyOf"]]
