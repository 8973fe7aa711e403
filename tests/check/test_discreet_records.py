"""Refuges and groups after violence can't tell when or where; talks of both sides are no offer for violence."""

import datetime as dt
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic, has_errors
from generator.pipeline.build import prepare
from tests.edit.towns import write_town
from tests.refuges import HOUSE, REFUGE, write

TODAY = dt.date(2026, 11, 20)
GROUP = """\
name: Mut tut gut
summary: Wir sind da.
kind: {kind}
provider: verein
topics: [{topic}]
contact: {{phone: 040 66969-903}}
"""


def found(root: Path, kind: str, topic: str, config: str = "", more: str = "") -> list[Diagnostic]:
    write_town(root)
    (root / "site_config.yml").write_text((root / "site_config.yml").read_text("utf-8") + config, "utf-8")
    write(root, {"resources/offers/gruppe.yml": GROUP.format(kind=kind, topic=topic) + more})
    return list(prepare(root, TODAY).found)


def told(items: list[Diagnostic], code: str) -> list[tuple[str, int]]:
    return [(item.position.file, item.position.line) for item in items if item.code == code]


@pytest.mark.guards("Help and hours: refuges and groups after violence tell neither when nor where")
@pytest.mark.guards("Help and hours: nor do their texts; no couples' talks under violence")
@pytest.mark.parametrize("kind", ["schutz", "gruppe-nach-gewalt"])
@pytest.mark.parametrize(
    "field",
    [
        "hours: Fr 15-16:30 Uhr am Markt", "hours_note: freitags", "spaces: [west]", "visits: [west]", "capacity: {places: 7, date: 2026-11-13}",
        "dates: [{date: 2026-12-04, from: 15:00, to: 16:00}]", "place: treff", "stops: [{place: treff}]", "summary: Wir treffen uns freitags.",
        "vacancy: {free: 2, date: 2026-11-13}", "alert: {text: Ab Dezember donnerstags., until: 2026-12-31}", "history: Immer um halb sechs.",
    ],
)  # fmt: skip
def test_a_house_can_say_neither_when_nor_where(tmp_path: Path, kind: str, field: str) -> None:
    write_town(tmp_path)
    house = REFUGE[HOUSE].replace("kind: schutz\n", f"kind: {kind}\n").replace("way_in: [call]\n", "")
    write(tmp_path, {**REFUGE, HOUSE: house})
    assert not has_errors(prepare(tmp_path, TODAY).found)
    write(tmp_path, {HOUSE: f"{house}{field}\n"})
    assert has_errors(prepare(tmp_path, TODAY).found)


SHOWN = "shown: {visibility: full, confirmed: 2026-11-20, by: verein}\n"


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        ("gruppe", "", "gruppe-anderswo"),
        ("selbsthilfe", "for: all\n" + SHOWN, "gruppe-anderswo"),
        ("gruppe", "for: [professionals]\n", ""),
        ("kurs", "for: [professionals, volunteers]\n", ""),
        ("kurs", "for: all\n", ""),
        ("kurs", "", "gruppe-vielleicht"),
        ("treff", "for: [women]\n", "gruppe-vielleicht"),
        ("treff", "for: [women]\n" + SHOWN, ""),
    ],
)
def test_whom_a_meeting_about_violence_is_for_decides_whether_it_is_a_houses(
    tmp_path: Path, kind: str, more: str, code: str
) -> None:
    """A group of the same people has the closed form, a lecture for all is ordinary, about others somebody is asked."""
    items = found(tmp_path / "a", kind, "haeusliche-gewalt", more=more)
    assert {item.code for item in items if item.code.startswith("gruppe-")} == ({code} if code else set())
    assert not any(item.code.startswith("gruppe-") for item in found(tmp_path / "b", kind, "krabbelgruppe"))


@pytest.mark.guards("Help and hours: nor do their texts; no couples' talks under violence")
def test_both_sides_at_one_table_are_no_offer_for_violence(tmp_path: Path) -> None:
    assert told(found(tmp_path / "a", "familienrat", "haeusliche-gewalt"), "gemeinsam-bei-gewalt") == [
        ("resources/offers/gruppe.yml", 5)
    ]
    assert told(found(tmp_path / "b", "familienrat", "erziehungsfragen"), "gemeinsam-bei-gewalt") == []


def test_numbers_that_nobody_has_checked_are_named_before_a_town_publishes(tmp_path: Path) -> None:
    assert told(found(tmp_path / "a", "gruppe", "krabbelgruppe"), "hilfenummer-ungeprueft") == []
    items = [
        item
        for item in found(tmp_path / "b", "gruppe", "krabbelgruppe", "publish: yes\n")
        if item.code == "hilfenummer-ungeprueft"
    ]
    said = " ".join(item.message for item in items)
    assert "116 006" in said
    assert "noch nie" in said
    assert "0551 19240" in said  # the Land's own
    assert "030 19240" not in said
    assert "110" not in [item.message.split()[2] for item in items]
