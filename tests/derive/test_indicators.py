"""Sums of parts, rates from summed parts, comparison by interval, change never across a break, forecasts apart."""

from decimal import Decimal
from typing import Any

import pytest

from generator.derive.geography import space_facts
from generator.derive.indicator_series import series
from generator.model.cells import Judgement, Series, Status, Verdict
from generator.read.project import read_project
from generator.read.value_tables import ValueRow
from tests.disclosure.worlds import indicator, write_project


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Five quarters in two regions."""
    found = read_project(write_project(tmp_path_factory.mktemp("ort")))
    assert found.site is not None
    return found.site


COUNTS = {"ahorn": (10, 100), "birke": (90, 300), "celtis": (30, 200), "dorn": (5, 50), "esche": (40, 400)}


def rows(counts: dict[str, tuple[int | None, int]], period: str = "2025") -> list[ValueRow]:
    return [
        ValueRow(
            space,
            period,
            (),
            None if count is None else Decimal(count),
            Decimal(below),
            Status.SECRET if count is None else Status.KNOWN,
            "",
            2,
        )
        for space, (count, below) in counts.items()
    ]


def derive(site: Any, table: list[ValueRow], **more: Any) -> Series:
    return series(
        site,
        space_facts(site),
        indicator(denominator="Kinder", **{"disclosure": {"method": "published"}, **more}),
        table,
    )


def test_rates_of_larger_areas_come_from_summed_parts(site: Any) -> None:
    found = derive(site, rows(COUNTS))
    north, town = found.cell("nord", "2025"), found.cell("kleinstadt", "2025")
    assert north is not None
    assert town is not None
    assert (north.numerator, north.denominator, north.value) == (100, 400, Decimal("25.0"))
    # The mean of the two rates would be 20.0.
    assert (town.numerator, town.denominator) == (175, 1050)
    assert town.value == Decimal("16.7")
    assert town.summed


def test_an_area_with_a_secret_part_has_no_sum(site: Any) -> None:
    found = derive(site, rows({**COUNTS, "birke": (None, 300)}))
    assert found.cell("nord", "2025") is None
    assert found.cell("kleinstadt", "2025") is None
    assert found.cell("sued", "2025") is not None
    secret = found.cell("birke", "2025")
    assert secret is not None
    assert (secret.value, secret.low, secret.high, secret.status) == (None, None, None, Status.SECRET)


def test_what_does_not_add_up_is_not_summed(site: Any) -> None:
    assert derive(site, rows(COUNTS), adds_up="no").cell("nord", "2025") is None


def test_higher_and_lower_only_where_the_interval_excludes_the_benchmark(site: Any) -> None:
    found = derive(site, rows(COUNTS), direction="lower-is-better")
    key = ("",)[:0]
    assert found.benchmark == "kleinstadt"
    assert found.comparisons["birke", "2025", key].verdict is Verdict.HIGHER
    assert found.comparisons["birke", "2025", key].judgement is Judgement.WORSE
    assert found.comparisons["esche", "2025", key].verdict is Verdict.LOWER
    assert found.comparisons["esche", "2025", key].judgement is Judgement.BETTER
    assert found.comparisons["dorn", "2025", key].verdict is Verdict.SIMILAR
    assert found.comparisons["dorn", "2025", key].judgement is Judgement.NONE
    assert found.parents["birke", "2025", key].space == "nord"


def test_no_judgement_without_a_direction(site: Any) -> None:
    found = derive(site, rows(COUNTS))
    assert found.comparisons["birke", "2025", ()].verdict is Verdict.HIGHER
    assert {item.judgement for item in found.comparisons.values()} == {Judgement.NONE}


def test_change_never_looks_across_a_break(site: Any) -> None:
    table = [
        row
        for period, factor in (("2022", 1), ("2023", 2), ("2024", 3), ("2025", 4))
        for row in rows({"ahorn": (10 * factor, 100)}, period)
    ]
    free = derive(site, table).changes
    assert free["ahorn", "2025", ()].since == "2022"
    assert free["ahorn", "2025", ()].verdict is Verdict.HIGHER
    broken = derive(site, table, breaks=[{"period": "2024", "note": "neu gezählt"}]).changes
    assert broken["ahorn", "2025", ()].since == "2024"
    assert ("ahorn", "2024", ()) not in broken
    assert broken["ahorn", "2023", ()].since == "2022"


def test_forecasts_are_apart(site: Any) -> None:
    table = [row for period in ("2024", "2025", "2030") for row in rows({"ahorn": (10, 100)}, period)]
    found = derive(site, table, forecast_from="2026")
    ahead = found.cell("ahorn", "2030")
    assert ahead is not None
    assert ahead.forecast
    assert found.latest == "2025"
    assert ("ahorn", "2030", ()) not in found.changes


YEARS = ("2021", "2022", "2023", "2024", "2025")


def over_years(courses: dict[str, tuple[int, ...]]) -> list[ValueRow]:
    """Rows of areas with 1,000 children each year."""
    return [
        row
        for at, period in enumerate(YEARS)
        for row in rows({space: (course[at], 1000) for space, course in courses.items()}, period)
    ]


COURSES = {
    "ahorn": (100, 140, 180, 220, 260),
    "birke": (100, 98, 103, 99, 101),
    "celtis": (100, 102, 99, 100, 98),
    "dorn": (30, 31, 29, 30, 31),
    "esche": (100, 97, 101, 103, 99),
}


def test_five_years_make_a_trend_and_a_break_ends_it(site: Any) -> None:
    found = derive(site, over_years(COURSES)).changes["ahorn", "2025", ()]
    assert found.years == 5
    assert found.since == "2021"
    # Of 40 more every year, by a line of the logarithm fitted to all five.
    assert found.difference == pytest.approx(Decimal("15.4"), abs=Decimal("0.8"))
    assert found.verdict is Verdict.HIGHER
    broken = derive(site, over_years(COURSES), breaks=[{"period": "2022", "note": "neu gezählt"}])
    four = broken.changes["ahorn", "2025", ()]
    assert (four.years, four.since, four.difference) == (0, "2022", Decimal("12.0"))


def test_what_worsens_more_than_the_rest_of_the_town_is_told_where_a_direction_says_so(site: Any) -> None:
    found = derive(site, over_years(COURSES), direction="lower-is-better")
    worse = found.dynamics["ahorn", "2025", ()]
    assert worse.judgement is Judgement.WORSE
    # The others together: 330, 328, 332, 332, 329 of 4,000, which is no change.
    own = found.changes["ahorn", "2025", ()]
    assert own.difference is not None
    assert worse.difference == pytest.approx(own.difference, abs=Decimal("0.1"))
    assert {one.verdict for key, one in found.dynamics.items() if key[0] in ("celtis", "dorn")} == {
        Verdict.LOWER
    }
    assert "kleinstadt" not in {key[0] for key in found.dynamics}
    assert derive(site, over_years(COURSES)).dynamics == {}
