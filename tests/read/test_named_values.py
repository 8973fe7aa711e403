"""What everybody calls a thing is taken for it: German names, dates and answers, where there is one reading."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.model.vocabulary import VOCABULARIES
from generator.read.project import read_project
from generator.read.references import names_of
from tests.edit.towns import FILES, write_town

OFFER = "resources/offers/krabbelgruppe.yml"
IDS = """\
name: Krabbelgruppe
summary: Eltern treffen sich mit ihren Babys.
kind: gruppe
provider: verein
place: treff
topics: [begegnung, krabbelgruppe]
for: [fathers, single-parents]
ages: 0-3
spaces: [ost]
languages: [de, tr]
interpreter: on request
status: running
remote: [phone]
anonymous: no
access: {way: registration}
dates: [{date: 2026-12-05, from: 15:00, to: 17:30}]
checked: 2026-11-12
"""
NAMES = """\
name: Krabbelgruppe
summary: Eltern treffen sich mit ihren Babys.
description: ""
kind: Gruppe
provider: Nachbarn am Fluss
place: treff am  Fluss
topics: [Begegnung, krabbelgruppe]
for: [Väter, Alleinerziehende]
ages: 0-3
spaces: [Ost]
languages: [Deutsch, Türkisch]
interpreter: auf Anfrage
status: läuft
remote: [Telefon]
anonymous: Nein
access: {way: Mit Anmeldung, bring: ""}
dates: [{date: 5. Dezember 2026, from: 15-17.30 Uhr}]
checked: 12.11.2026
"""


def test_names_give_the_same_record_as_ids_and_are_written_as_ids_on_request(tmp_path: Path) -> None:
    towns = [write_town(tmp_path / name) for name in ("ids", "names")]
    for town, text in zip(towns, (IDS, NAMES), strict=True):
        (town / OFFER).write_text(text, "utf-8")
    by_ids, by_names = (read_project(town) for town in towns)
    assert by_ids.found == by_names.found == ()
    assert (
        by_names.sources["offers", "krabbelgruppe"].record == by_ids.sources["offers", "krabbelgruppe"].record
    )
    assert (
        CliRunner().invoke(main, ["check", "--fix", "-p", str(towns[1]), "--today", "2026-11-20"]).exit_code
        == 0
    )
    fixed = (towns[1] / OFFER).read_text("utf-8")
    stays = {
        'description: ""',
        'access: {way: registration, bring: ""}',
        "dates: [{date: 2026-12-05, from: 15-17.30 Uhr}]",
    }
    assert {*fixed.splitlines()} - {*IDS.splitlines()} == stays


def test_a_name_that_two_have_or_nobody_is_asked_about(tmp_path: Path) -> None:
    town = write_town(tmp_path / "town")
    (town / "resources/providers/zwei.yml").write_text(FILES["resources/providers/verein.yml"], "utf-8")
    for provider in ("Nachbarn am Fluss", "Nachbarn am Flus"):
        (town / OFFER).write_text(IDS.replace("provider: verein", f"provider: {provider}"), "utf-8")
        assert [item.position.line for item in read_project(town).found] == [4], provider


def test_each_words_name_is_its_id_unless_another_word_has_it_too(tmp_path: Path) -> None:
    reading = read_project(write_town(tmp_path / "town"))
    assert reading.site is not None
    words = {name: getattr(reading.site.words, name) for name in VOCABULARIES}
    names = names_of(words, {})
    wrong = []
    for vocabulary, entries in words.items():
        called = [getattr(word, "name", "").casefold() for word in entries.values()]
        for key, word in entries.items():
            name = getattr(word, "name", "")
            expected = key if name and called.count(name.casefold()) == 1 else ""
            if names.called(name, [vocabulary]) != expected:
                wrong.append((vocabulary, key, name))
    assert not wrong


@pytest.mark.parametrize("day", ["Do, 31.12.2026", "31.12.26", "31.2.2026", "12/31/2026"])
def test_a_date_with_a_second_reading_or_none_is_asked_about(tmp_path: Path, day: str) -> None:
    town = write_town(tmp_path / "town")
    (town / OFFER).write_text(IDS.replace("checked: 2026-11-12", f"checked: {day}"), "utf-8")
    assert [item.code for item in read_project(town).found] == ["kein-datum"]
