"""What counts as covered: only what runs, only what is written down; distances are walks; promises are computed rule by rule."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.derive.coverage_facts import coverage
from generator.model.facts import Coverage, Facts
from generator.model.scalars import parse_distance
from generator.pipeline.build import Project, prepare
from generator.render.directory.filters import choices_of
from tests.edit.towns import write_town

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


def covered(root: Path, offers: dict[str, dict[str, str | None]], rule: str = "") -> Coverage:
    """The coverage of the small town with these offers instead of its own, and with a promise for its west."""
    return derived(root, offers, rule).coverage


def derived(root: Path, offers: dict[str, dict[str, str | None]], rule: str = "") -> Facts:
    """All facts of that town."""
    write_town(root)
    (root / "resources/offers/krabbelgruppe.yml").unlink()
    for key, changes in offers.items():
        record = {**OFFER, **changes}
        lines = [f"{name}: {value}" for name, value in record.items() if value is not None]
        (root / f"resources/offers/{key}.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if rule:
        (root / "resources/networks").mkdir()
        (root / "resources/networks/ag.yml").write_text(GROUP.replace("{rule}", "{" + rule + "}"), "utf-8")
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
    assert found.areas["west"].offers == ("b",)
    assert set(found.areas["west"].cells.values()) == {("b",)}


def test_an_age_that_nobody_wrote_is_in_no_band(tmp_path: Path) -> None:
    area = covered(
        tmp_path,
        {"a": {"ages": None}, "b": {"ages": "9-11"}, "c": {"ages": "16+"}, "d": {"ages": "pregnancy"}},
    ).areas["west"]
    (situation,) = {name for name, _ in area.cells}
    assert area.ageless == {situation: ("a",)}
    assert {band: keys for (_, band), keys in area.cells.items()} == {
        "schwangerschaft": ("d",),
        # Two of its three years; of the band before it is there for one of four.
        "10-13": ("b",),
        "14-17": ("c",),
        "18-26": ("c",),
        "27": ("c",),
    }


def test_planners_count_for_an_area_what_says_that_it_is_for_it(tmp_path: Path) -> None:
    """An address is no catchment, but where one walks to it; what is for the whole town counts for the town."""
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
        },
    )
    assert facts.compared == ("ost", "west")
    found = facts.coverage
    assert set(found.areas["west"].offers) == {"dafuer", "besuch", "spielplatz"}
    assert found.areas["west"].unsaid == ("liegt-nur-hier",)
    assert set(found.areas["ost"].offers) == {"fuer-andere"}
    assert set(found.town.offers) == {"schulden", "alle", "telefon"}
    # The town has all that lies in it.
    assert {"liegt-nur-hier", "schulden", "fuer-andere"} <= set(found.areas["kleinstadt"].offers)
    assert found.areas["kleinstadt"].unsaid == ()


def test_what_may_be_for_an_area_is_neither_its_supply_nor_missing(tmp_path: Path) -> None:
    facts = derived(
        tmp_path, {"liegt-nur-hier": {"spaces": None}, "alterslos": {"ages": None, "spaces": "[ost]"}}
    )
    west, east = facts.coverage.areas["west"], facts.coverage.areas["ost"]
    situation = facts.offers["alterslos"].situations[0]
    assert (dict(west.cells), dict(east.cells)) == ({}, {})
    assert not west.lacks(situation, "6-9")
    assert west.lacks(situation, "18-26")
    assert not any(east.lacks(situation, band) for band in ("0-2", "6-9", "18-26"))
    assert east.lacks("geld", "6-9")


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({}, "fits"),
        ({"hours": "Mo-Fr 14:00-16:29"}, "not"),
        ({"hours": "Mo-Fr 14:00-16:30"}, "fits"),
        ({"hours": "Sa 14:00-18:00"}, "not"),
        ({"hours": "Fr 16:00+"}, "fits"),
        ({"hours": None}, "unsaid"),
        ({"cost": None}, "unsaid"),
        ({"cost": "income-based"}, "not"),
        ({"ages": None}, "unsaid"),
        ({"ages": "11-14"}, "not"),
        ({"ages": "3-6"}, "not"),
        ({"ages": "5-8"}, "fits"),
        ({"kind": "beratung"}, "not"),
        ({"kind": "gesundheit"}, "not"),
        ({"kind": "wohnungsnotfallhilfe"}, "not"),
        # Grown-ups meet there; a library is for everybody.
        ({"kind": "treff", "ages": "all"}, "not"),
        ({"kind": "alltagsort", "ages": "all"}, "fits"),
        # Who goes there says of himself that his parents are ill: no afternoon for any child.
        ({"for": "[ill-parents]"}, "not"),
        ({"for": "[children, ill-parents]"}, "fits"),
        ({"hours": "Mo-Fr 08:00-12:00; We[1,3] 16:00-18:00"}, "fits"),
        # One certain no outweighs what isn't said.
        ({"ages": "11-14", "hours": None}, "not"),
    ],
)
def test_who_is_there_free_of_charge_after_school(
    changes: dict[str, str | None], answer: str, tmp_path: Path
) -> None:
    found = covered(tmp_path, {"a": changes}).answers["nachmittag"]["west"]
    assert (found.fits, found.unsaid) == {
        "fits": (("a",), ()),
        "unsaid": ((), ("a",)),
        "not": ((), ()),
    }[answer]


@pytest.mark.parametrize(
    ("hours", "weekend", "holidays"),
    [
        ("Mo-Fr 14:00-17:00", "not", "unsaid"),
        ("Sa 10:00-12:00", "fits", "unsaid"),
        ("Sa[1,3] 10:00-12:00", "fits", "unsaid"),
        ("Su[2] 10:00-12:00; Mo-Fr 09:00-12:00", "fits", "unsaid"),
        ("Mo-Fr 14:00-17:00; SH off", "not", "not"),
        ("Mo-Fr 14:00-17:00; SH 10:00-12:00", "not", "fits"),
        (None, "unsaid", "unsaid"),
    ],
)
def test_weekends_and_holidays_are_known_only_where_hours_say_so(
    hours: str | None, weekend: str, holidays: str, tmp_path: Path
) -> None:
    answers = covered(tmp_path, {"a": {"hours": hours}}).answers
    for question, expected in (("wochenende", weekend), ("ferien", holidays)):
        found = answers[question]["west"]
        assert ("fits" if found.fits else "unsaid" if found.unsaid else "not") == expected, question


def test_advice_in_a_language_is_known_where_it_is_written(tmp_path: Path) -> None:
    advice = {"kind": "beratung"}
    found = covered(
        tmp_path,
        {
            "a": {**advice, "languages": "[de, tr]"},
            "b": {**advice, "languages": "[de]"},
            "c": {**advice, "languages": "[de]", "interpreter": "on request"},
            "d": advice,
            # Somebody speaks Turkish, and gives no advice.
            "e": {"languages": "[tr]"},
        },
    )
    assert set(found.answers) == {"nachmittag", "wochenende", "ferien", "sprache-tr"}
    turkish = found.answers["sprache-tr"]["west"]
    assert turkish.fits == ("a",)
    assert set(turkish.unsaid) == {"c", "d"}


def test_where_somebody_has_to_decide_on_all_there_is(tmp_path: Path) -> None:
    """A referral to one of two offers shuts nobody out; how one gets in where no record says it isn't known to be hard."""
    hard = {"access": "{way: referral}"}
    both = covered(tmp_path / "a", {"a": {**hard}, "b": {"access": "{way: open}"}})
    assert both.areas["west"].by_referral == frozenset()
    alone = covered(tmp_path / "b", {"a": {**hard}, "b": {"topics": "[schulden]", "access": "{way: open}"}})
    assert len(alone.areas["west"].by_referral) == 1
    assert alone.areas["west"].by_referral <= {situation for situation, _ in alone.areas["west"].cells}


def test_what_is_made_for_holidays_is_open_in_them(tmp_path: Path) -> None:
    found = covered(tmp_path, {"a": {"kind": "ferien", "hours": "2026-12-28 bis 2026-12-30 10:00-16:00"}})
    assert found.answers["ferien"]["west"].fits == ("a",)


def test_when_somebody_is_at_a_sensitive_offer_is_in_no_list(tmp_path: Path) -> None:
    found = covered(
        tmp_path, {"a": {"kind": "beratung", "topics": "[haeusliche-gewalt]", "languages": "[tr]"}}
    )
    assert found.areas["west"].offers == ("a",)
    assert all(not (one.fits or one.unsaid) for answers in found.answers.values() for one in answers.values())


def test_the_way_on_foot_is_the_straight_line_by_a_factor(tmp_path: Path) -> None:
    """The town is 1.32 km wide and 1.11 km high, its two halves are 659 m wide; the meeting place is in the middle of the west.

    A walk of 1 km is 769 m as the crow flies: the corners of the west are 647 m away (all of it is reached), those of the east
    1,136 m.
    """
    answers = covered(tmp_path, {"a": {}}).answers["nachmittag"]
    assert answers["west"].reach == pytest.approx(1.0)
    # 769 m reach 440 m into the east: between a half and two thirds of its width, less in its corners.
    assert answers["ost"].reach == pytest.approx(0.57, abs=0.04)
    assert answers["ost"].fits == ()


RULES: dict[str, tuple[str, dict[str, str | None], dict[str, Any]]] = {
    "all of it": (
        "topic: krabbelgruppe, ages: 6-10, days_per_week: 5, within: 1 km",
        {},
        {"kept": "kept", "offers": ("a",), "days": 5, "missing_ages": ()},
    ),
    "too few days": (
        "topic: krabbelgruppe, days_per_week: 5",
        {"hours": "Mo,We 14:00-17:00"},
        {"kept": "partly", "days": 2},
    ),
    "days that nobody wrote down": (
        "topic: krabbelgruppe, days_per_week: 5",
        {"hours": None},
        {"kept": "unsaid", "days": 0, "days_unsaid": True},
    ),
    "days that depend on holidays nobody knows": (
        "topic: krabbelgruppe, days_per_week: 5",
        {"hours": 'Mo-Fr 14:00-17:00 unknown "nach Anruf"'},
        {"kept": "unsaid", "days": 0, "days_unsaid": True},
    ),
    "ages that are missing": (
        "topic: krabbelgruppe, ages: 6-12, days_per_week: 5",
        {},
        {"kept": "partly", "missing_ages": (11, 12)},
    ),
    "too far": (
        "topic: krabbelgruppe, within: 300 m",
        {},
        {"kept": "partly"},
    ),
    "nothing to compute": (
        "topic: krabbelgruppe, ages: 6-10, text: Jedes Kind ist willkommen.",
        {},
        {"kept": "there"},
    ),
    "nothing there": ("topic: schulden", {}, {"kept": "none", "offers": ()}),
    "for other ages only": ("topic: krabbelgruppe, ages: 0-2", {}, {"kept": "none", "offers": ()}),
    "for ages nobody wrote": (
        "topic: krabbelgruppe, ages: 0-2",
        {"ages": None},
        {"kept": "unsaid", "offers": ()},
    ),
    "for whom nobody wrote": (
        "topic: krabbelgruppe, ages: 6-10",
        {"spaces": None},
        {"kept": "unsaid", "offers": ()},
    ),
    "for other ages, and for whom nobody wrote": (
        "topic: krabbelgruppe, ages: 0-2",
        {"spaces": None},
        {"kept": "none"},
    ),
    "for one month of a year": (
        "topic: krabbelgruppe, ages: 0-2, days_per_week: 5",
        {"ages": "6-12 months"},
        {"kept": "partly", "missing_ages": (1, 2)},
    ),
    "for foster families only": ("topic: krabbelgruppe", {"for": "[foster-families]"}, {"kept": "none"}),
    "planned": ("topic: krabbelgruppe", {"status": "planned"}, {"kept": "none"}),
}


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
        if key not in facts.running:
            continue
        (chosen,) = (
            list(values) for name, values in choices_of(context, offer, facts.offers[key]) if name == "gebiet"
        )
        for area, covered in facts.coverage.areas.items():
            if facts.spaces[area].whole:
                continue
            supply, unsaid = key in covered.offers, key in covered.unsaid
            counted += supply
            assert not (supply and unsaid)
            assert area in chosen or not (supply or unsaid)
            # Who lies here and is for nobody who is named is one of both, or is for the whole town, as what protects always is.
            if area in facts.offers[key].location.spaces and not offer.spaces:
                for_town = key in facts.coverage.town.offers or facts.offers[key].sensitive
                assert supply or unsaid or for_town
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
source: {{name: Statistik}}
ages: 6-9
"""


def test_offers_stand_beside_those_whom_they_are_for(tmp_path: Path) -> None:
    (tmp_path / "resources/indicators/kinder").mkdir(parents=True)
    (tmp_path / "resources/indicators/kinder/indicator.yml").write_text(
        INDICATOR.format(more="unit: Kinder"), "utf-8"
    )
    found = covered(
        tmp_path,
        {
            "a": {"ages": "7-9", "capacity": "{places: 12, date: 2026-11-01}"},
            "f": {"ages": "6-14", "capacity": "{places: 40, date: 2026-11-01}"},
            "b": {"ages": "9-14", "capacity": "{places: 30, date: 2026-11-01}"},
            "c": {"ages": "0-5", "capacity": "{places: 99, date: 2026-11-01}"},
            "d": {"ages": None},
            "e": {},
        },
    )
    (provision,) = found.areas["west"].provision
    assert provision.here == provision.offers
    assert (provision.indicator, provision.offers) == ("kinder", 3)


def test_what_comes_to_an_area_has_no_door_there(tmp_path: Path) -> None:
    """Rates for each thousand count doors: a visit from elsewhere, or a record that only says for whom it is, is none."""
    (tmp_path / "resources/indicators/kinder").mkdir(parents=True)
    (tmp_path / "resources/indicators/kinder/indicator.yml").write_text(
        INDICATOR.format(more="unit: Kinder"), "utf-8"
    )
    nowhere: dict[str, str | None] = {"place": None, "hours": None}
    found = covered(
        tmp_path, {"hier": {}, "besuch": {**nowhere, "spaces": None, "visits": "[west]"}, "dafuer": nowhere}
    )
    (provision,) = found.areas["west"].provision
    assert (provision.offers, provision.here) == (3, 1)


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
        ("resources/indicators/kinder/indicator.yml", 8)
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
    for key, area in first.areas.items():
        other = again.areas[key]
        assert {cell: set(keys) for cell, keys in other.cells.items()} == {
            cell: set(keys) for cell, keys in area.cells.items()
        }
        assert other.by_referral == area.by_referral
    for question, answers in first.answers.items():
        for key, answer in answers.items():
            other_answer = again.answers[question][key]
            assert set(other_answer.fits) == set(answer.fits)
            assert other_answer.reach == pytest.approx(answer.reach)
    assert {key: [check.kept for check in checks] for key, checks in again.rules.items()} == {
        key: [check.kept for check in checks] for key, checks in first.rules.items()
    }
