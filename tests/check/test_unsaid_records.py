"""In records nothing means not said: who means everybody writes it, and check asks for a whole list at once."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from generator.edit.schemas import schemas
from generator.pipeline.build import prepare
from tests.conftest import TODAY
from tests.edit.towns import write_town

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
