"""Cohort forecasts: every cohort a year older each year, computed again by hand; nothing out of a secret or across a break; what can't be is told at its place."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from generator.pipeline.build import Project
from generator.render.pages import PAGES
from generator.subjects.forecasts.model import ForecastFacts
from tests.budget_town import facts_of, indicator, read, town

PATH = "resources/forecasts/ganztag.yml"
RECORD = """
name: Ganztag
indicator: jahrgaenge
ages: 6-7
topic: ganztag
until: 2027
claim:
  - {from: 2026, ages: 6-6}
  - {from: 2027, ages: 6-7}
demand: [{name: wie bisher, percent: 50, source: Schulamt}]
"""
_VALUES = ", ".join(f"{{id: {age}, name: '{age}'}}" for age in range(4, 8))
AGES = f"breakdowns: [{{id: alter, name: Alter, values: [{_VALUES}]}}]\n"
NORD = {
    2023: {4: 100, 5: 90, 6: 80, 7: 70},
    2024: {4: 110, 5: 105, 6: 90, 7: 84},
    2025: {4: 120, 5: 110, 6: 105, 7: 81},
}
"""By year and age. 2023 to 2024: 100, 90, 80 become 105, 90, 84 (270 to 279). 2024 to 2025: 110, 105, 90 become 110, 105, 81 (305 to 296)."""


def rows(counts: Mapping[int, Mapping[int, int | None]], space: str = "nord") -> str:
    return "".join(
        f"{space},{year},{age},{'' if count is None else count},,{'.' if count is None else ''},\n"
        for year, ages in counts.items()
        for age, count in ages.items()
    )


def written(
    folder: Path, record: str = RECORD, more: str = AGES, table: str | None = None, **files: str
) -> Path:
    """Write a town with children by age in one area, and a forecast of them."""
    return town(
        folder,
        {
            "resources/indicators/jahrgaenge/indicator.yml": indicator("Kinder nach Alter", more),
            "resources/indicators/jahrgaenge/values.csv": "space,period,alter,numerator,denominator,status,note\n"
            + (rows(NORD) if table is None else table),
            PATH: record,
            **files,
        },
    )


def found(folder: Path) -> ForecastFacts:
    return facts_of(folder).further["forecasts"]["ganztag"]


def found_or_broken(folder: Path) -> bool:
    """Tell whether there are numbers; a record that isn't valid has none."""
    facts = facts_of(folder).further["forecasts"].get("ganztag")
    return facts is not None and bool(facts.years)


def codes(folder: Path) -> list[tuple[str, int]]:
    return [(item.code, item.position.line) for item in read(folder)[1] if item.position.file == PATH]


def test_children_who_are_there_get_older(tmp_path: Path) -> None:
    folder = written(tmp_path)
    facts = found(folder)
    assert (facts.base, facts.past[2025]) == (2025, 105 + 81)
    first, second = facts.years
    # Who is six or seven in 2026 was five or six, in 2027 four or five.
    assert (first.year, second.year) == (2026, 2027)
    assert first.children is not None
    assert second.children is not None
    assert (first.children.fixed, second.children.fixed) == (110 + 105, 120 + 110)
    assert codes(folder) == []


def test_those_who_come_and_go_are_carried_on(tmp_path: Path) -> None:
    facts = found(written(tmp_path))
    assert facts.moves
    first, second = (year.children for year in facts.years)
    assert first is not None
    assert second is not None
    # Who is five becomes six, who is six becomes seven, each with the ratio of its age.
    assert first.moving == 110 + Fraction(105 * 165, 170)
    assert second.moving == Fraction(120 * 215, 210) + Fraction(110 * 165, 170)
    # As in 2023 alone: 100 to 105, 90 to 90, 80 to 84. As in 2024 alone: 110 to 110, 105 to 105, 90 to 81.
    assert (first.low, first.high) == (110 + Fraction(945, 10), 110 + Fraction(11025, 100))
    assert (second.low, second.high) == (120 + 99, 126 + Fraction(1155, 10))


def test_the_town_is_foretold_and_no_part_of_it(tmp_path: Path) -> None:
    other = {year: {age: 3 * count for age, count in ages.items()} for year, ages in NORD.items()}
    facts = found(written(tmp_path, table=rows(NORD) + rows(other, "mitte") + rows(NORD, "sued")))
    assert facts.space == "musterstadt"
    assert facts.past[2025] == 5 * (105 + 81)


def test_the_reckoning_is_tried_on_the_past(tmp_path: Path) -> None:
    """Counts up to 2024 would have said of the end of 2025: 105 and 90 children, five becoming six and six becoming seven."""
    earlier = {2022: {4: 100, 5: 100, 6: 100, 7: 70}, **NORD}
    trial = found(written(tmp_path, table=rows(earlier))).backtest
    assert trial is not None
    # From 2022 to 2023: 100 to 90, 100 to 80, 100 to 70; from 2023 to 2024 as above.
    assert trial.start == 2024
    assert trial.said == Fraction(105 * (80 + 90), 100 + 90) + Fraction(90 * (70 + 84), 100 + 80)
    assert trial.counted == 105 + 81
    # As in 2022 alone: 84 and 63. As in 2023 alone: 105 and 94.5. What was counted lies between: one trial, held once.
    assert (trial.tried, trial.within) == (1, 1)
    far = {2022: {4: 100, 5: 100, 6: 100, 7: 105}, **NORD, 2025: {**NORD[2025], 6: 200}}
    missed = found(written(tmp_path / "c", table=rows(far))).backtest
    assert missed is not None
    assert (missed.tried, missed.within) == (1, 0)
    assert found(written(tmp_path / "b")).backtest is None


def test_who_has_a_claim_follows_the_steps(tmp_path: Path) -> None:
    first, second = found(written(tmp_path)).years
    assert first.claim is not None
    assert second.claim is not None
    assert (first.claim_ages, first.claim.fixed) == ((6, 6), 110)
    assert (second.claim_ages, second.claim.fixed) == ((6, 7), 230)


def test_before_the_first_step_nobody_has_a_claim(tmp_path: Path) -> None:
    record = RECORD.replace("  - {from: 2026, ages: 6-6}\n", "")
    first = found(written(tmp_path, record)).years[0]
    assert (first.claim_ages, first.claim) == (None, None)
    assert first.children is not None


def test_nothing_comes_out_of_a_secret(tmp_path: Path) -> None:
    """Where a cohort is secret that has the ages in question there is no number."""
    secret = {**NORD, 2025: {**NORD[2025], 5: None}}
    facts = found(written(tmp_path, table=rows(secret)))
    # Both years need those who were five.
    assert [year.children for year in facts.years] == [None, None]
    assert facts.years[0].claim is None
    # Of those who were four in 2024 nobody knows how many became five: the pair of years is left out of both sums.
    earlier = {**NORD, 2024: {**NORD[2024], 4: None}}
    last = found(written(tmp_path / "b", table=rows(earlier))).years[1].children
    assert last is not None
    assert last.moving == Fraction(120 * 105, 100) + Fraction(110 * 165, 170)


def test_no_pair_of_years_crosses_a_break(tmp_path: Path) -> None:
    more = AGES + "breaks: [{period: '2025', note: anders gezählt}]\n"
    # Of a single pair of years, 2023 to 2024, there is no range.
    first = found(written(tmp_path, more=more)).years[0].children
    assert first is not None
    assert (first.moving, first.low, first.high) == (110 + Fraction(11025, 100), None, None)


def test_one_year_alone_says_nothing_of_moves(tmp_path: Path) -> None:
    facts = found(written(tmp_path, table=rows({2025: NORD[2025]})))
    assert not facts.moves
    last = facts.years[1].children
    assert last is not None
    assert (last.fixed, last.moving) == (230, None)


OFFER = "name: Ganztag\nsummary: Betreuung bis vier.\nkind: {kind}\nprovider: verein\nspaces: [nord]\nplace: schule\ntopics: [ganztag]\nages: {ages}\ncapacity: {{places: 40, date: 2026-10-01}}\n{more}"
AROUND = {
    "resources/providers/verein.yml": "name: Verein\nkind: association\n",
    "resources/places/schule.yml": "name: Schule\nkind: schule\nspaces: [nord]\naddress: {street: Weg 1, postcode: '12345', town: Musterstadt}\n",
}


OFFICIAL = """title: Vom Amt
says: So viele.
numerator: Kinder
unit: Kinder
decimals: 0
ages: 6-7
interval: none
forecast_from: '2026'
source: {name: Amt, regime: delivered}
disclosure: {method: none}
"""
LEAD = "lead: {by: Planung, date: 2026-10-08, differs: Das Amt nimmt weniger Zuzug an.}\n"


@pytest.mark.parametrize(
    ("record", "official", "asked"),
    [
        (RECORD, OFFICIAL, [("vorausberechnung-unentschieden", 3)]),
        (RECORD + LEAD, OFFICIAL, []),
        (RECORD, OFFICIAL.replace("forecast_from: '2026'\n", ""), []),
        (RECORD, OFFICIAL.replace("6-7", "6-8"), []),
    ],
)
def test_of_two_forecasts_of_the_same_children_somebody_says_which_one_leads(
    tmp_path: Path, record: str, official: str, asked: list[tuple[str, int]]
) -> None:
    values = "space,period,numerator,denominator,status,note\nnord,2025,186,,,\nnord,2027,150,,,\n"
    files = {
        "resources/indicators/amt/indicator.yml": official,
        "resources/indicators/amt/values.csv": values,
    }
    assert codes(written(tmp_path, record, **files)) == asked


@pytest.mark.parametrize(
    ("change", "more", "table", "code", "line"),
    [
        (("until: 2027", "until: 2025"), AGES, None, "vorausberechnung-ende", 6),
        (("until: 2027", "until: 2032"), AGES, None, "vorausberechnung-ende", 6),
        (("until: 2027", "until: 2028"), AGES, None, "vorausberechnung-alter-fehlt", 4),
        (("ages: 6-7", "ages: ab 6"), AGES, None, "vorausberechnung-alter-offen", 4),
        (("", ""), AGES.replace("id: 4", "id: vier"), rows({2025: {5: 1}}), "vorausberechnung-kennzahl", 3),
        (("percent: 50", "percent: 104"), AGES, None, "anteil-ausserhalb", 10),
        (("from: 2027", "from: 2026"), AGES, None, "vorausberechnung-anspruch", 9),
        (("ages: 6-6", "ages: 5-6"), AGES, None, "vorausberechnung-anspruch", 8),
        (("", ""), AGES + "denominator: Alle\n", None, "vorausberechnung-kennzahl", 3),
        (("", ""), AGES, rows(NORD).replace("2025", "2025-1"), "vorausberechnung-kennzahl", 3),
        (("", ""), AGES, rows({2025: dict.fromkeys(range(4, 8))}), "vorausberechnung-ohne-zahl", 3),
    ],
)  # fmt: skip
def test_what_cannot_be_computed_is_told_where_it_stands(
    tmp_path: Path, change: tuple[str, str], more: str, table: str | None, code: str, line: int
) -> None:
    folder = written(tmp_path, RECORD.replace(*change, 1), more, table)
    assert (code, line) in codes(folder)
    assert not found_or_broken(folder)
    page = next(page for page in PAGES if page.kind == "forecast")
    site = read(folder)[0].site
    assert site is not None
    assert list(page.keys(site, facts_of(folder))) == []


def test_the_demo_counts_the_same_children_twice(demo: Project) -> None:
    """Pupils by school district and by age are the same children; so are those of the forecast in its first year."""
    facts = demo.facts
    assert facts is not None
    pupils, ages = facts.series["grundschulkinder"], facts.series["kinder-nach-alter"]
    forecast = facts.further["forecasts"]["ganztag"]
    counted, five = pupils.cell(forecast.space, "2025"), ages.cell(forecast.space, "2025", ("5",))
    assert counted is not None
    assert five is not None
    assert forecast.past[2025] == counted.numerator
    assert forecast.years[0].claim is not None
    assert forecast.years[0].claim.fixed == five.numerator
