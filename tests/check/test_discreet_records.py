"""What refuges, groups after violence and talks of both sides must not tell, said to the editor at the place where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic
from generator.pipeline.build import prepare
from tests.edit.towns import write_town

TODAY = dt.date(2026, 11, 20)
GROUP = """\
name: Mut tut gut
summary: {summary}
kind: {kind}
provider: verein
topics: [{topic}]
contact: {{phone: 040 66969-903}}
{more}
"""


def found(
    root: Path, kind: str, topic: str, more: str = "", summary: str = "Wir sind da.", config: str = ""
) -> list[Diagnostic]:
    return of_each(root, [(kind, topic, more)], summary, config)


def of_each(
    root: Path, rows: Iterable[tuple[str, str, str]], summary: str = "Wir sind da.", config: str = ""
) -> list[Diagnostic]:
    """Say what is found in a town with an offer of each kind, topic and field."""
    write_town(root)
    (root / "site_config.yml").write_text((root / "site_config.yml").read_text("utf-8") + config, "utf-8")
    for number, (kind, topic, more) in enumerate(rows):
        path = root / "resources" / "offers" / f"gruppe{number or ''}.yml"
        path.write_text(GROUP.format(kind=kind, topic=topic, more=more, summary=summary), "utf-8")
    return list(prepare(root, TODAY).found)


def told(items: list[Diagnostic], code: str) -> list[tuple[str, int]]:
    return [(item.position.file, item.position.line) for item in items if item.code == code]


def each_at(line: int, rows: Collection[object]) -> set[tuple[str, int]]:
    """Return that line of each row's offer."""
    return {(f"resources/offers/gruppe{number or ''}.yml", line) for number in range(len(rows))}


def test_times_and_places_after_violence_are_reported_where_they_stand(tmp_path: Path) -> None:
    kinds = ("schutz", "inobhutnahme-42", "gruppe-nach-gewalt", "gruppe", "kurs", "selbsthilfe")
    fields = (
        "hours: Fr 15:00-16:30", "hours_note: freitags", "spaces: [west]", "visits: [west]", "capacity: {places: 7, free: 1, date: 2026-11-13}",
        "dates: [{date: 2026-12-04, from: 15:00, to: 16:00}]", "place: treff",
    )  # fmt: skip
    rows = [(kind, "haeusliche-gewalt", field) for kind in kinds for field in fields]
    lines = told(of_each(tmp_path, rows), "verschwiegen")
    assert (set(lines), len(lines)) == (each_at(7, rows), len(rows))


def test_a_telephone_by_day_and_night_and_other_groups_are_not_reported(tmp_path: Path) -> None:
    assert told(found(tmp_path / "a", "schutz", "zuflucht", "hours: 24/7"), "verschwiegen") == []
    assert (
        told(found(tmp_path / "b", "gruppe", "krabbelgruppe", "hours: Fr 15:00-16:30"), "verschwiegen") == []
    )
    assert (
        told(
            found(tmp_path / "c", "gewaltberatung", "haeusliche-gewalt", "hours: Fr 15:00-16:30"),
            "verschwiegen",
        )
        == []
    )


@pytest.mark.guards("Help and hours: nor do their texts; no couples' talks under violence")
@pytest.mark.parametrize(
    "said",
    [
        "Wir treffen uns freitags.", "Um 15 Uhr geht es los.", "Unser Haus liegt in West.", "Es sind 2 Plätze frei.",
    ],
)  # fmt: skip
def test_a_text_that_tells_it_is_reported(tmp_path: Path, said: str) -> None:
    write_town(tmp_path)
    space = tmp_path / "resources" / "spaces" / "west.yml"
    space.write_text(space.read_text("utf-8").replace("name: West", "name: Weststadt"), "utf-8")
    items = found(
        tmp_path, "gruppe-nach-gewalt", "haeusliche-gewalt", summary=said.replace("West", "Weststadt")
    )
    space.write_text(space.read_text("utf-8").replace("name: West\n", "name: Weststadt\n"), "utf-8")
    if "West" in said:
        items = list(prepare(tmp_path, TODAY).found)
    assert told(items, "verschwiegen-text") == [("resources/offers/gruppe.yml", 2)]


def test_every_text_is_read_for_when_and_where(tmp_path: Path) -> None:
    """Not only the four that come first to mind."""
    fields = (
        "alert: {text: Ab Dezember treffen wir uns donnerstags., until: 2026-12-31}",
        "access: {way: registration, first_visit: Kommen Sie einfach um 17:13 Uhr.}",
        "access: {way: registration, bring: Freitags bitte Hausschuhe.}",
        "cost: {amount: 1.00, note: freitags nichts}",
        "results: [{date: 2026-06-01, according_to: Team, text: Am Dienstag ist es ruhig.}]",
        "translations: {en: {summary: We meet on Tuesdays.}}",
        "translations: {en: {alert: From 5 pm.}}",
        "history: Seit 2019 immer um halb sechs.",
        "description: Wir treffen uns jeden ersten Montag im Monat.",
    )
    rows = [("gruppe-nach-gewalt", "haeusliche-gewalt", field) for field in fields]
    lines = told(of_each(tmp_path, rows), "verschwiegen-text")
    assert (set(lines), len(lines)) == (each_at(7, rows), len(rows))


def test_what_somebody_cleared_and_what_says_no_time_is_passed_over(tmp_path: Path) -> None:
    more = "history: Die Gruppe gibt es seit 2019, mit 7 Frauen von 18 bis 64 Jahren.\ncheck_every: 6 months"
    assert (
        told(found(tmp_path / "a", "gruppe-nach-gewalt", "haeusliche-gewalt", more), "verschwiegen-text")
        == []
    )
    cleared = "history: Die Freitagsgruppe heißt nur so.\ncleared: [{text: Freitagsgruppe, reason: ein Name}]"
    assert (
        told(found(tmp_path / "b", "gruppe-nach-gewalt", "haeusliche-gewalt", cleared), "verschwiegen-text")
        == []
    )
    freely = "history: Wir treffen uns am Freitag.\ncleared: [{text: Freitagsgruppe, reason: ein Name}]"
    assert (
        len(
            told(
                found(tmp_path / "c", "gruppe-nach-gewalt", "haeusliche-gewalt", freely), "verschwiegen-text"
            )
        )
        == 1
    )


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
        for item in found(tmp_path / "b", "gruppe", "krabbelgruppe", config="publish: yes\n")
        if item.code == "hilfenummer-ungeprueft"
    ]
    said = " ".join(item.message for item in items)
    assert "116 006" in said
    assert "noch nie" in said
    assert "0551 19240" in said  # the Land's own
    assert "030 19240" not in said
    assert "110" not in [item.message.split()[2] for item in items]
