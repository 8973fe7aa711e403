"""Vocabularies of a project over those of the package: a town may be stricter about what protects people, never looser."""

from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import Diagnostic
from generator.files.disk import Disk
from generator.read.nodes import MapNode, parse
from generator.read.references import names_of
from generator.read.vocabularies import read_words


def read(root: Path, **files: str) -> tuple[dict[str, dict[str, Any]], frozenset[str], list[Diagnostic]]:
    for name, text in files.items():
        (root / f"{name}.yml").write_text(text, "utf-8")
    words, nodes, unsure, found = read_words(Disk(root), [root])
    assert {name: len(items) for name, items in nodes.items()}.keys() == words.keys()
    return words, unsure, found


def test_a_town_adds_words_and_says_others_of_its_own(tmp_path: Path) -> None:
    before = read(tmp_path)[0]["topics"]
    words, unsure, found = read(
        tmp_path, topics="- {id: neues, name: Neues, parent: geld}\n- {id: geld, name: Alles ums Geld}\n"
    )
    assert (found, unsure) == ([], frozenset())
    topics = words["topics"]
    assert topics.keys() - before.keys() == {"neues"}
    assert (topics["geld"].name, before["geld"].name == "Alles ums Geld") == ("Alles ums Geld", False)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("id: a\nname: A\n", "falsche-form", 1, 1),
        ("Themen\n", "falsche-form", 1, 1),
        ("- {id: a, name: A, parent: geld\n", "klammer-offen", 1, 3),
        ("- {id: a, parent: geld}\n", "feld-fehlt", 1, 4),
        ("- a\n", "falsche-form", 1, 3),
        ("- {id: a, name: A, parent: geld}\n- {id: a, name: B, parent: geld}\n", "doppeltes-kuerzel", 2, 8),
    ],
)
def test_what_is_wrong_is_told_where_it_is(
    tmp_path: Path, text: str, code: str, line: int, column: int
) -> None:
    words, unsure, found = read(tmp_path, topics=text)
    assert [(item.code, *item.position[:3]) for item in found] == [(code, "topics.yml", line, column)]
    # What can't be read might hold any word; of two of one name the first is known.
    assert unsure == (frozenset() if code == "doppeltes-kuerzel" else {"topics"})
    assert words["topics"].get("geld") is not None
    if code == "falsche-form" and column == 1:
        assert "eine Liste" in found[0].message
        assert ("eine Gruppe von Feldern" in found[0].message) == (line == 1 and text.startswith("id"))
    if code == "falsche-form":
        assert found[0].help == "jeden Eintrag in eine eigene Zeile schreiben: - {id: …, name: …}"
    if code == "doppeltes-kuerzel":
        assert words["topics"]["a"].name == "A"
        assert "Zeile 1" in found[0].message + found[0].help


@pytest.mark.parametrize(
    ("vocabulary", "entry", "kept", "loosened"),
    [
        ("place_kinds", "{id: schutzhaus, name: Haus}", {"visibility": "area"}, ""),
        ("place_kinds", "{id: schutzhaus, name: Haus, visibility: area}", {"visibility": "area"}, ""),
        ("place_kinds", "{id: schutzhaus, name: Haus, visibility: full}", {"visibility": "area"}, "visibility"),
        ("kinds", "{id: schutz, name: Schutz, layer: infrastructure}", {"place_visibility": "area", "sensitivity": "sensitive"}, ""),
        ("kinds", "{id: schutz, name: Schutz, layer: infrastructure, place_visibility: full}", {"place_visibility": "area", "sensitivity": "sensitive"}, "place_visibility"),
        ("kinds", "{id: schutz, name: Schutz, layer: infrastructure, place_visibility: area, sensitivity: normal}", {"place_visibility": "area", "sensitivity": "sensitive"}, "sensitivity"),
        ("kinds", "{id: gruppe, name: Gruppe, layer: infrastructure, place_visibility: area, sensitivity: sensitive}", {"place_visibility": "area", "sensitivity": "sensitive"}, ""),
        ("kinds", "{id: taeterarbeit, name: Hilfe, layer: infrastructure, with_violence: normal}", {"with_violence": "last"}, "with_violence"),
        ("kinds", "{id: taeterarbeit, name: Hilfe, layer: infrastructure, with_violence: 'off'}", {"with_violence": "off"}, ""),
        ("kinds", "{id: gruppe, name: Gruppe, layer: infrastructure, with_violence: last}", {"with_violence": "last"}, ""),
        ("topics", "{id: zuflucht, name: Flucht, sensitive: no}", {"sensitive": True}, "sensitive"),
        ("topics", "{id: zuflucht, name: Flucht}", {"sensitive": True}, ""),
        ("topics", "{id: krabbelgruppe, name: Krabbeln, parent: familie, sensitive: yes}", {"sensitive": True}, ""),
    ],
)  # fmt: skip
def test_what_protects_people_stays(
    tmp_path: Path, vocabulary: str, entry: str, kept: dict[str, object], loosened: str
) -> None:
    words, _, found = read(tmp_path, **{vocabulary: f"- {entry}\n"})
    key = entry.split(",")[0].removeprefix("{id: ")
    word = words[vocabulary][key]
    assert {name: getattr(word, name) for name in kept} == kept
    assert [item.code for item in found] == (["schutz-gelockert"] if loosened else [])
    if loosened:
        value = entry.index(f"{loosened}: ") + len(loosened) + 2
        assert found[0].position[:3] == (f"{vocabulary}.yml", 1, 3 + value)
        assert loosened in found[0].message + found[0].help
        assert key in found[0].message + found[0].help


def test_records_go_by_their_other_names_too() -> None:
    node, _ = parse("name: Familienzentrum Aue\nshort: FZ\naliases: [Altes Rathaus, Aue]\n", "a.yml")
    assert isinstance(node, MapNode)
    names = names_of({}, {("places", "aue-haus"): ("a.yml", node)})
    for said in ("Familienzentrum Aue", "FZ", "altes rathaus", "Aue", "Aue Haus"):
        assert names.meant(said, ["places"]) == ("aue-haus",), said
