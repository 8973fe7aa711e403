"""What counts as covered: only what runs, only what is written down; distances are walks; promises are computed rule by rule."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from generator.derive.coverage_facts import coverage
from generator.model.facts import Facts
from generator.model.known import Coverage
from generator.model.scalars import parse_distance
from generator.pipeline.build import Project, prepare
from generator.render.directory.filters import choices_of
from tests.edit.towns import write_town
from tests.records import replace

TODAY = dt.date(2026, 11, 20)
OFFER = {
    "name": "Treff",
    "summary": "Hier ist etwas los.",
    "kind": "gruppe",
    "provider": "verein",
    "place": "treff",
    "spaces": "[west]",
    "topics": "[krabbelgruppe]",
    "ages": "6-10",
    "hours": "Mo-Fr 14:00-17:00",
    "cost": "free",
}
GROUP = """\
name: Arbeitsgemeinschaft West
kind: ag-78
spaces: [west]
guarantee:
  released: 2026-05-04
  rules: [{rule}]
"""


def covered(
    root: Path, offers: dict[str, dict[str, str | None]], rule: str = "", where: str = "west"
) -> Coverage:
    """The coverage of the small town with these offers instead of its own, and with a promise for one half."""
    return derived(root, offers, rule, where).coverage


def derived(
    root: Path, offers: dict[str, dict[str, str | None]], rule: str = "", where: str = "west"
) -> Facts:
    """All facts of that town."""
    write_town(root)
    (root / "resources/offers/krabbelgruppe.yml").unlink()
    for key, changes in offers.items():
        record = {**OFFER, **changes}
        lines = [f"{name}: {value}" for name, value in record.items() if value is not None]
        (root / f"resources/offers/{key}.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if rule:
        (root / "resources/networks").mkdir()
        group = GROUP.replace("{rule}", "{" + rule + "}").replace("[west]", f"[{where}]")
        (root / "resources/networks/ag.yml").write_text(group, "utf-8")
    project = prepare(root, TODAY)
    assert [str(item) for item in project.found if item.severity == "error"] == []
    assert project.facts is not None
    return project.facts


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "planned"},
        {"status": "paused"},
        {"status": "ended", "until": "2026-10-31"},
        {"status": "possible"},
        {"from": "2026-12-01"},
        {"until": "2026-11-19"},
        {"illustrative": "yes"},
    ],
)
def test_only_what_runs_today_and_was_not_made_up_counts(
    changes: dict[str, str | None], tmp_path: Path
) -> None:
    found = covered(tmp_path, {"a": changes, "b": {}})
    assert {*found.areas["west"]} == {"b"}
    assert {key for said in found.cells.values() for key in said} == {"b"}


def test_an_age_that_nobody_wrote_is_in_no_band_and_may_be_in_each(tmp_path: Path) -> None:
    found = covered(
        tmp_path,
        {"a": {"ages": None}, "b": {"ages": "9-11"}, "c": {"ages": "16+"}, "d": {"ages": "pregnancy"}},
    )
    (situation,) = {name for name, _ in found.cells}
    known = {band: found.about(["west"], situation, band) for _, band in found.cells}
    assert known.pop("").here == ("a", "b", "c", "d")
    assert {one.unsaid for one in known.values()} == {("a",)}
    assert {band: one.here for band, one in known.items() if one.here} == {
        "schwangerschaft": ("d",),
        # Two of its three years; of the band before it is there for one of four.
        "10-13": ("b",),
        "14-17": ("c",),
        "18-26": ("c",),
        "27": ("c",),
    }


def test_planners_count_for_an_area_what_says_that_it_is_for_it(tmp_path: Path) -> None:
    """A door or a stop with hours is here; what comes home has its own sign; the telephone is for the town, aids stand apart."""
    nowhere: dict[str, str | None] = {"place": None, "hours": None}
    facts = derived(
        tmp_path,
        {
            "dafuer": nowhere,
            "besuch": {**nowhere, "spaces": None, "visits": "[west]"},
            "spielplatz": {"spaces": None, "kind": "alltagsort"},
            "liegt-nur-hier": {"spaces": None},
            "fuer-andere": {"spaces": "[ost]"},
            "schulden": {"spaces": None, "kind": "schuldnerberatung", "topics": "[schulden]"},
            "alle": {"spaces": "[kleinstadt]"},
            "telefon": {**nowhere, "spaces": None, "remote": "[phone]"},
            "haelt": {**nowhere, "stops": "[{place: treff, hours: Mo 15:00-18:00}]"},
            "haelt-irgendwann": {**nowhere, "stops": "[{place: treff}]"},
            "hilfe": {"kind": "hze-31", "access": "{way: decision}"},
            "anspruch": {"kind": "eingliederung-35a", "access": "{way: decision}"},
        },
    )
    assert facts.compared == ("ost", "west")
    found = facts.coverage
    assert found.areas["west"] == {
        "anspruch": "here",
        "dafuer": "elsewhere",
        "haelt": "here",
        "haelt-irgendwann": "elsewhere",
        "besuch": "home",
        "spielplatz": "here",
    }
    assert found.areas["ost"] == {"fuer-andere": "elsewhere"}
    assert found.town == {"schulden", "alle", "telefon"}
    assert found.unsaid == {"liegt-nur-hier"}
    # What the office decides on counts nowhere by quarter.
    assert found.aids == {"hilfe"}
    assert not any("hilfe" in {**said} for said in found.cells.values())
    # The town has all that lies in it.
    assert {"liegt-nur-hier", "schulden", "fuer-andere"} <= {*found.areas["kleinstadt"]}


def test_here_elsewhere_not_said_and_none_are_four_answers(tmp_path: Path) -> None:
    """Of an offer that lies in the west and doesn't say for whom it is, neither half has it, and neither lacks it."""
    facts = derived(
        tmp_path,
        {
            "liegt-nur-hier": {"spaces": None, "ages": "6-9"},
            "dort": {"spaces": "[ost]", "ages": "14-17"},
            "hier": {"ages": "14-17"},
            "alterslos": {"ages": None, "spaces": "[ost]"},
            "stadt": {"spaces": "[kleinstadt]", "ages": "27+"},
        },
    )
    found, situation = facts.coverage, facts.offers["hier"].situations[0]
    signs = {
        area: {band: found.about([area], situation, band).sign for band in ("6-9", "14-17", "18-26", "27")}
        for area in ("west", "ost")
    }
    assert signs == {
        "west": {"6-9": "unsaid", "14-17": "here", "18-26": "none", "27": "elsewhere"},
        "ost": {"6-9": "unsaid", "14-17": "elsewhere", "18-26": "unsaid", "27": "elsewhere"},
    }
    assert found.about(["ost"], situation, "6-9").unsaid == ("alterslos", "liegt-nur-hier")
    assert found.about(["ost"], "geld", "6-9").sign == "none"


def test_the_way_on_foot_is_the_straight_line_by_a_factor(tmp_path: Path) -> None:
    """The town is 1.32 km wide and 1.11 km high, its two halves are 659 m wide; the meeting place is in the middle of the west.

    A walk of 1 km is 769 m as the crow flies: the corners of the west are 647 m away (all of it is reached), those of the east
    1,136 m.
    """
    rule = "topic: krabbelgruppe, within: 1 km"
    (west,) = covered(tmp_path / "west", {"a": {}}, rule).rules["ag"]
    assert west.reach == pytest.approx(1.0)
    # 769 m reach 440 m into the east: between a half and two thirds of its width, less in its corners.
    (east,) = covered(tmp_path / "ost", {"a": {"spaces": "[ost]"}}, rule, "ost").rules["ag"]
    assert east.reach == pytest.approx(0.57, abs=0.04)


RULES: dict[str, tuple[str, dict[str, str | None], dict[str, Any]]] = {
    "all of it": ("topic: krabbelgruppe, ages: 6-10, days_per_week: 5, within: 1 km", {}, {"kept": "kept", "offers": ("a",), "days": 5, "missing_ages": ()}),
    "too few days": ("topic: krabbelgruppe, days_per_week: 5", {"hours": "Mo,We 14:00-17:00"}, {"kept": "partly", "days": 2}),
    "days that nobody wrote down": ("topic: krabbelgruppe, days_per_week: 5", {"hours": None}, {"kept": "unsaid", "days": 0, "days_unsaid": True}),
    "days that depend on holidays nobody knows": (
        "topic: krabbelgruppe, days_per_week: 5",
        {"hours": 'Mo-Fr 14:00-17:00 unknown "nach Anruf"'},
        {"kept": "unsaid", "days": 0, "days_unsaid": True},
    ),
    "ages that are missing": ("topic: krabbelgruppe, ages: 6-12, days_per_week: 5", {}, {"kept": "partly", "missing_ages": (11, 12)}),
    "too far": ("topic: krabbelgruppe, within: 300 m", {}, {"kept": "partly"}),
    "nothing to compute": ("topic: krabbelgruppe, ages: 6-10, text: Jedes Kind ist willkommen.", {}, {"kept": "there"}),
    "nothing there": ("topic: schulden", {}, {"kept": "none", "offers": ()}),
    "for other ages only": ("topic: krabbelgruppe, ages: 0-2", {}, {"kept": "none", "offers": ()}),
    "for ages nobody wrote": ("topic: krabbelgruppe, ages: 0-2", {"ages": None}, {"kept": "unsaid", "offers": ()}),
    "for whom nobody wrote": ("topic: krabbelgruppe, ages: 6-10", {"spaces": None}, {"kept": "unsaid", "offers": ()}),
    "for other ages, and for whom nobody wrote": ("topic: krabbelgruppe, ages: 0-2", {"spaces": None}, {"kept": "none"}),
    "for one month of a year": ("topic: krabbelgruppe, ages: 0-2, days_per_week: 5", {"ages": "6-12 months"}, {"kept": "partly", "missing_ages": (1, 2)}),
    "for foster families only": ("topic: krabbelgruppe", {"for": "[foster-families]"}, {"kept": "none"}),
    "planned": ("topic: krabbelgruppe", {"status": "planned"}, {"kept": "none"}),
}  # fmt: skip


@pytest.mark.parametrize("name", RULES)
def test_a_promise_is_held_against_what_runs(name: str, tmp_path: Path) -> None:
    rule, changes, expected = RULES[name]
    (check,) = covered(tmp_path, {"a": changes}, rule).rules["ag"]
    assert {field: getattr(check, field) for field in expected} == expected


def test_a_promise_for_the_west_is_not_kept_by_the_east(tmp_path: Path) -> None:
    only_east = {"place": None, "spaces": "[ost]"}
    (check,) = covered(tmp_path, {"a": only_east}, "topic: krabbelgruppe").rules["ag"]
    assert check.kept == "none"


def test_what_planners_count_for_a_quarter_families_find_there_and_nothing_counts_twice(
    demo: Project,
) -> None:
    assert demo.site is not None
    assert demo.facts is not None
    context, facts = demo.contexts[0], demo.facts
    counted = 0
    for key, offer in demo.site.offers.items():
        if key not in facts.running - facts.coverage.aids:
            continue
        (chosen,) = (
            list(values) for name, values in choices_of(context, offer, facts.offers[key]) if name == "gebiet"
        )
        for area, covered in facts.coverage.areas.items():
            if facts.spaces[area].whole:
                continue
            supply = key in covered
            unsaid = key in facts.coverage.unsaid and area in facts.offers[key].location.spaces
            counted += supply
            assert area in chosen or not (supply or unsaid)
            # Who lies here and is for nobody who is named is one of both, or is for the whole town, as what protects always is.
            if area in facts.offers[key].location.spaces and not offer.spaces:
                assert supply or unsaid or key in facts.coverage.town
    assert counted > 200


@pytest.mark.parametrize("within", ["zu Fuß", "0 m", "101 km", "1,5", "10 Minuten", "-3 km"])
def test_a_distance_that_nobody_can_compute_with_is_an_error(within: str, tmp_path: Path) -> None:
    write_town(tmp_path)
    (tmp_path / "resources/networks").mkdir()
    rule = f"{{topic: krabbelgruppe, within: '{within}'}}"
    (tmp_path / "resources/networks/ag.yml").write_text(GROUP.replace("{rule}", rule), "utf-8")
    found = [item for item in prepare(tmp_path, TODAY).found if item.code == "keine-entfernung"]
    assert [(item.position.file, item.position.line, item.position.column) for item in found] == [
        ("resources/networks/ag.yml", 6, 42)
    ]
    assert "800 m oder 1.5 km" in found[0].help


@pytest.mark.parametrize(
    ("within", "metres"), [("800 m", 800), ("1 km", 1000), ("1,5 km", 1500), ("1.5km", 1500)]
)
def test_distances_are_read_in_both_ways_of_writing(within: str, metres: int) -> None:
    assert parse_distance(within).metres == metres


INDICATOR = """\
title: Kinder im Grundschulalter
says: So viele Kinder leben hier.
numerator: Kinder von 6 bis 9 Jahren
{more}
interval: none
decimals: 0
source: {{name: Statistik, regime: delivered}}
disclosure: {{method: none}}
ages: 6-9
"""


def test_situations_have_ages_for_which_something_may_be_missing(demo: Project) -> None:
    assert demo.facts is not None
    sought = demo.facts.coverage.sought
    assert sought["baby"] == ("schwangerschaft", "0-2")
    assert "3-5" not in sought["schule"]
    assert "6-9" in sought["schule"]
    assert sought["wohnen"] == ("18-26", "27")
    assert set(sought["gewalt"]) > {"schwangerschaft", "0-2", "27"}


def test_ages_of_a_share_are_an_error(tmp_path: Path) -> None:
    write_town(tmp_path)
    (tmp_path / "resources/indicators/kinder").mkdir(parents=True)
    file = tmp_path / "resources/indicators/kinder/indicator.yml"
    file.write_text(INDICATOR.format(more="denominator: Alle Kinder"), "utf-8")
    found = [item for item in prepare(tmp_path, TODAY).found if item.code == "alter-ohne-anzahl"]
    assert [(item.position.file, item.position.line) for item in found] == [
        ("resources/indicators/kinder/indicator.yml", 9)
    ]
    assert "ages löschen" in found[0].help


def test_the_order_in_which_areas_and_offers_are_read_changes_nothing(demo: Project) -> None:
    assert demo.site is not None
    assert demo.facts is not None
    site, facts = demo.site, demo.facts
    turned = replace(
        site, spaces=dict(reversed(site.spaces.items())), offers=dict(reversed(site.offers.items()))
    )
    other_way_round = replace(
        facts,
        offers=dict(reversed(facts.offers.items())),
        spaces=dict(reversed(facts.spaces.items())),
        compared=tuple(reversed(facts.compared)),
    )
    again = coverage(turned, other_way_round)
    first = facts.coverage
    assert (again.areas, again.town, again.unsaid) == (first.areas, first.town, first.unsaid)
    assert again.cells == first.cells
    assert {key: [check.kept for check in checks] for key, checks in again.rules.items()} == {
        key: [check.kept for check in checks] for key, checks in first.rules.items()
    }
