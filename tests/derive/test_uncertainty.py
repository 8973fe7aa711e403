"""What published counts leave open: rounding inside the interval, changes of rates, unrounded benchmarks, many comparisons."""

from decimal import Decimal
from typing import Any

import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st

from generator.derive.geography import space_facts
from generator.derive.indicator_series import cell_of, compare, judge, series
from generator.derive.uncertainty import (
    ConfidenceInterval,
    added,
    byar,
    chance_of_count,
    chance_of_difference,
    chance_of_share,
    change_of,
    compare_difference,
    count_interval,
    exact_poisson,
    interval_of,
    newcombe_difference,
    rate_difference,
    rate_interval,
    remaining,
    rounded_by,
    spread_of,
    verdict_of,
    wilson,
)
from generator.model.cells import Cell, Judgement, RoundedBy, Series, Status, Verdict
from generator.model.indicator import Indicator
from generator.pipeline.build import Project
from generator.read.project import read_project
from generator.read.value_tables import ValueRow
from tests.disclosure.worlds import DEFAULTS, indicator, write_project


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Five quarters in two regions."""
    found = read_project(write_project(tmp_path_factory.mktemp("ort")))
    assert found.site is not None
    return found.site


def rows(counts: dict[str, tuple[int, int]], period: str = "2025") -> list[ValueRow]:
    return [
        ValueRow(space, period, (), Decimal(count), Decimal(total), Status.KNOWN, "", 2)
        for space, (count, total) in counts.items()
    ]


def derive(site: Any, table: list[ValueRow], reach: RoundedBy | None = None, **more: Any) -> Series:
    definition = indicator(denominator="Kinder", **{"disclosure": {"method": "published"}, **more})
    return series(site, space_facts(site), definition, table, (), reach or RoundedBy())


# --- the unrounded benchmark ------------------------------------------------------------------------------------------

# „birke“ lies far from the town, so that none of the five is chance.
COUNTS = {
    "ahorn": (874, 4020), "birke": (573, 1480), "celtis": (150, 1500), "dorn": (225, 1500), "esche": (225, 1500),
}  # fmt: skip


@pytest.mark.guards("Figures: verdicts go by the town's counts, or carry its rounding")
def test_a_verdict_goes_by_the_towns_counts_not_by_its_rounded_rate(site: Any) -> None:
    """The town has 2047 of 10000, written 20,5 %; an interval that starts at 20.48 % excludes the one and not the other."""
    found = derive(site, rows(COUNTS))
    town = found.cell("kleinstadt", "2025")
    ahorn = found.cell("ahorn", "2025")
    assert town is not None
    assert ahorn is not None
    assert (town.numerator, town.denominator, town.value) == (2047, 10000, Decimal("20.5"))
    exact = wilson(874, 4020).low * 100
    assert 20.47 < exact < 20.5, "the case must lie between the two"
    assert found.comparisons["ahorn", "2025", ()].verdict is Verdict.HIGHER


@pytest.mark.guards("Figures: verdicts go by the town's counts, or carry its rounding")
def test_a_benchmark_without_public_counts_carries_its_rounding(site: Any) -> None:
    """Half a case in the town's numerator: only its rate is public, so 20,5 may be anything from 20,45 to 20,55."""
    definition = indicator(denominator="Kinder")
    area = Cell("ahorn", "2025", (), Decimal("21.8"), 876, 4020)
    spreads = {area.key: spread_of(area, RoundedBy())}
    known = {key: spread for key, spread in spreads.items() if spread is not None}
    assert 20.5 < wilson(876, 4020).scaled(100).low < 20.55
    town = Cell("kleinstadt", "2025", (), Decimal("20.5"), None, 10000)
    assert compare(definition, area, town, known)[0].verdict is Verdict.SIMILAR
    assert verdict_of(ConfidenceInterval(20.48, 23), ConfidenceInterval(20.47, 20.47)) is Verdict.HIGHER


def test_an_area_without_anybody_does_not_make_the_town_uncertain(site: Any) -> None:
    """Nobody lives in one quarter (0 of 0): the town's sum is as exact as before."""
    found = derive(site, rows(COUNTS | {"dorn": (450, 3000), "esche": (0, 0)}))
    assert found.cell("kleinstadt", "2025").value == Decimal("20.5")  # type: ignore[union-attr]
    assert found.comparisons["ahorn", "2025", ()].verdict is Verdict.HIGHER
    assert found.comparisons["esche", "2025", ()].verdict is Verdict.UNKNOWN


def test_one_verdict_of_the_demo_was_the_rounded_towns(demo: Project) -> None:
    """The south has more lone parents than the town: its interval excludes the town's share, not its rounded share."""
    assert demo.facts is not None
    found = demo.facts.series["alleinerziehende"]
    assert found.comparisons["sued", "2025", found.whole].verdict is Verdict.HIGHER
    cell, town = found.cell("sued", "2025"), found.cell("auenstedt", "2025")
    assert cell is not None
    assert town is not None
    assert cell.low == float(town.value or 0), "written with one digit both are the same"


# --- rounded counts ---------------------------------------------------------------------------------------------------


@pytest.mark.guards("Figures: a change of a rate has an interval, with its rounding")
@given(st.just(0) | st.integers(5, 60), st.integers(100, 400), st.sampled_from(["wilson", "byar"]))
def test_the_interval_of_a_rounded_count_holds_that_of_every_count_it_may_be(
    count: int, total: int, method: str
) -> None:
    definition = indicator(denominator="Kinder", interval=method)
    shown = round(count / 5) * 5
    found = interval_of(definition, spread_of(Cell("a", "2025", (), Decimal(0), shown, total), RoundedBy(2)))
    true = wilson(count, total) if method == "wilson" else rate_interval(count, total)
    assert found is not None
    assert found.low <= true.low * 100 + 1e-9
    assert found.high >= true.high * 100 - 1e-9


@given(st.integers(1, 400), st.integers(0, 400), st.sampled_from([0, 2]), st.sampled_from([0, 2]))
def test_limits_of_a_share_stay_between_nothing_and_all(
    total: int, count: int, above: int, below: int
) -> None:
    """A count that is rounded up above its denominator (18 of 19 shown as 20 of 19) is a share still."""
    definition = indicator(denominator="Kinder", interval="wilson")
    counted = min(count, total)
    shown = (round(one / 5) * 5 if moved else one for one, moved in ((counted, above), (total, below)))
    cell = Cell("a", "2025", (), Decimal(0), *shown)
    spread = spread_of(cell, RoundedBy(above, below))
    found, change = interval_of(definition, spread), change_of(definition, spread, spread)
    for limits, least in ((found, 0), (change, -100)):
        assert limits is None or least <= limits.low <= limits.high <= 100


@pytest.mark.guards("Figures: a change of a rate has an interval, with its rounding")
def test_rounded_parts_make_a_rounded_sum(site: Any) -> None:
    counts = {
        "ahorn": (10, 100),
        "birke": (90, 300),
        "celtis": (30, 200),
        "dorn": (5, 50),
        "esche": (40, 400),
    }
    exact, open_ = derive(site, rows(counts)), derive(site, rows(counts), RoundedBy(2))
    one, two = exact.cell("kleinstadt", "2025"), open_.cell("kleinstadt", "2025")
    assert one is not None
    assert two is not None
    assert one.value == two.value
    wide = [wilson(175 - 10, 1050).low * 100, wilson(175 + 10, 1050).high * 100]
    assert [two.low, two.high] == [pytest.approx(item, abs=0.05) for item in wide]
    assert two.low < one.low < one.high < two.high  # type: ignore[operator]


def test_a_rounded_count_lies_two_off_and_a_zero_is_nobody() -> None:
    items = {"hilfen": indicator(denominator="Kinder", disclosure={"method": "round-small"})}
    assert rounded_by(items, DEFAULTS) == {"hilfen": RoundedBy(2, 2, 5)}
    items = {"hilfen": indicator(denominator="Kinder", disclosure={"method": "published"})}
    assert rounded_by(items, DEFAULTS) == {"hilfen": RoundedBy()}
    none = spread_of(Cell("a", "2025", (), Decimal(0), 0, 100), RoundedBy(2))
    assert none is not None
    assert none.count == (0, 0)
    # No count below the threshold is shown: 10 at a threshold of 10 was never an 8.
    least = spread_of(Cell("a", "2025", (), Decimal(10), 10, 100), RoundedBy(2, 0, 10))
    assert least is not None
    assert least.count == (10, 12)


def test_no_share_is_above_all_and_one_of_rounded_counts_has_no_decimals() -> None:
    """98 of 98 are shown as 100 of 98."""
    item = indicator(denominator="Kinder", decimals="1")
    row = ValueRow("a", "2025", (), Decimal(100), Decimal(98), Status.KNOWN, "", 2)
    assert (item.decimals, cell_of(item, row, RoundedBy(2, 0, 5)).value) == (0, Decimal(100))


def test_a_rounded_denominator_counts_too() -> None:
    """Whoever divides by what another indicator counts rounded has a rounded denominator."""
    below = indicator(id="kinder", disclosure={"method": "round-small"})
    above = indicator(
        id="quote",
        denominator="Kinder",
        denominator_from="kinder",
        disclosure={"method": "published"},
    )
    found = rounded_by({"kinder": below, "quote": above}, DEFAULTS)
    assert found == {"kinder": RoundedBy(2, 0, 5), "quote": RoundedBy(0, 2)}


def test_sums_of_spreads() -> None:
    one = spread_of(Cell("a", "2025", (), Decimal(0), 1, 10), RoundedBy(2, 0))
    two = spread_of(Cell("b", "2025", (), Decimal(0), 10, 20), RoundedBy(2, 4))
    assert one is not None
    assert two is not None
    found = added([one, two])
    assert (found.count, found.total) == ((8, 15), (26, 34))


# --- changes ----------------------------------------------------------------------------------------------------------


def test_a_change_of_rates_has_an_interval() -> None:
    """Women under X-ray (Rothman & Greenland): 41 cases in 28,010 years, 15 in 19,017, per 10,000 years.

    By hand: rates 14.638 (10.503 to 19.858) and 7.888 (4.411 to 13.010), so 6.750 − √(4.135² + 5.122²) and
    6.750 + √(5.220² + 3.477²).
    """
    found = rate_difference(41, 28010, 15, 19017).scaled(10000)
    assert (round(found.low, 2), round(found.high, 2)) == (0.17, 13.02)
    assert compare_difference(found) is Verdict.HIGHER


@given(st.integers(5, 400), st.integers(5, 400), st.integers(500, 4000), st.integers(500, 4000))
def test_it_agrees_with_the_exact_test_wherever_that_is_clear(one: int, two: int, n: int, m: int) -> None:
    """Given their sum, the first of two Poisson counts is binomial: an oracle of another kind."""
    chance = scipy.stats.binomtest(one, one + two, n / (n + m)).pvalue
    verdict = compare_difference(rate_difference(one, n, two, m))
    if chance < 0.01:
        assert verdict is (Verdict.HIGHER if one / n > two / m else Verdict.LOWER)
    if chance > 0.12:
        assert verdict is Verdict.SIMILAR


@pytest.mark.guards("Figures: a change of a rate has an interval, with its rounding")
def test_no_change_of_a_rate_in_the_demo_is_more_than_chance(demo: Project) -> None:
    assert demo.facts is not None
    assert demo.site is not None
    found = [
        change
        for key, item in demo.facts.series.items()
        if demo.site.indicators[key].interval == "byar"
        for cell, change in item.changes.items()
        if cell[1] == item.latest and cell[2] == item.whole
    ]
    assert len(found) >= 15
    assert {change.verdict for change in found} == {Verdict.SIMILAR}
    assert all(
        change.low is not None and change.high is not None and change.low <= 0 <= change.high
        for change in found
    )


def test_a_rounded_change_is_less_certain(site: Any) -> None:
    table = [*rows({"ahorn": (20, 100)}, "2024"), *rows({"ahorn": (35, 100)}, "2025")]
    exact = derive(site, table).changes["ahorn", "2025", ()]
    assert exact.verdict is Verdict.HIGHER
    assert derive(site, table, RoundedBy(4)).changes["ahorn", "2025", ()].verdict is Verdict.SIMILAR


# --- many comparisons -------------------------------------------------------------------------------------------------


@given(st.integers(0, 300), st.integers(1, 300), st.floats(0.001, 0.999))
def test_a_share_is_chance_exactly_where_its_interval_holds_the_benchmark(
    count: int, total: int, share: float
) -> None:
    count = min(count, total)
    interval = wilson(count, total)
    if min(abs(interval.low - share), abs(interval.high - share)) > 1e-9:
        assert (chance_of_share(count, total, share) < 0.05) is not (interval.low <= share <= interval.high)


@given(st.integers(0, 300), st.floats(0.01, 400))
def test_a_count_is_chance_exactly_where_its_interval_holds_what_was_expected(
    count: int, expected: float
) -> None:
    interval = rate_interval(count, 1)
    if min(abs(interval.low - expected), abs(interval.high - expected)) > 1e-6:
        assert (chance_of_count(count, expected) < 0.05) is not (interval.low <= expected <= interval.high)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_what_remains_of_many_comparisons(chances: list[float]) -> None:
    adjusted = scipy.stats.false_discovery_control(chances)
    found = remaining(dict(enumerate(chances)))
    clear = [number for number, chance in enumerate(adjusted) if abs(chance - 0.05) > 1e-9]
    assert {number for number in clear if number in found} == {
        number for number in clear if adjusted[number] < 0.05
    }


QUARTERS = {"ahorn": (30, 200), **dict.fromkeys(("birke", "celtis", "dorn", "esche"), (20, 200))}
"""One of five stands out as one in fifty does by chance: alone enough for a verdict, among five not."""
APART = ((5, 300), (95, 300))


@pytest.mark.guards("Figures: many comparisons are counted by level, year and part, and that is said")
@pytest.mark.parametrize("beside", ["level", "period"])
def test_only_areas_that_stand_together_are_counted_together(site: Any, beside: str) -> None:
    """What differs greatly elsewhere lends the quarters of a year no strength: with it the one would remain among seven."""
    town = {"kleinstadt": (100, 1000)}
    if beside == "level":
        table = rows({**town, **dict(zip(("nord", "sued"), APART, strict=True)), **QUARTERS})
        far = {("nord", "2025", ()), ("sued", "2025", ())}
    else:
        table = rows({**town, **QUARTERS}) + rows(
            {**town, **dict(zip(("birke", "celtis"), APART, strict=True))}, "2024"
        )
        far = {("birke", "2024", ()), ("celtis", "2024", ())}
    found = derive(site, table, adds_up="no")
    notable = {
        key for key, one in found.comparisons.items() if one.verdict in (Verdict.HIGHER, Verdict.LOWER)
    }
    assert notable == far
    # The one alone would stand out.
    alone = derive(site, rows({**town, "ahorn": QUARTERS["ahorn"]}), adds_up="no")
    assert alone.comparisons["ahorn", "2025", ()].verdict is Verdict.HIGHER


def test_changes_are_judged_together_as_levels_are(site: Any) -> None:
    """A rise from 20 to 34 of 200 comes by chance about once in twenty-five times: alone enough, among five areas not."""
    names = ("ahorn", "birke", "celtis", "dorn", "esche")
    before, after = dict.fromkeys(names, (20, 200)), {**dict.fromkeys(names, (20, 200)), "ahorn": (34, 200)}
    together = derive(site, rows(before, "2024") + rows(after), adds_up="no").changes
    assert {change.verdict for change in together.values()} == {Verdict.SIMILAR}
    alone = derive(site, rows({"ahorn": (20, 200)}, "2024") + rows({"ahorn": (34, 200)}), adds_up="no")
    assert alone.changes["ahorn", "2025", ()].verdict is Verdict.HIGHER
    # By counts, not by rates in the page's decimals.
    large = rows({"ahorn": (100_849, 500_000)}, "2024") + rows({"ahorn": (103_050, 500_000)})
    exact = derive(site, large, adds_up="no", decimals="0").changes["ahorn", "2025", ()]
    assert (exact.verdict, exact.low) == (Verdict.HIGHER, 0)
    # A level of its own lends it no strength, and takes none.
    town = rows({"kleinstadt": (100, 1000)}, "2024") + rows({"kleinstadt": (300, 1000)})
    beside = derive(site, town + rows(before, "2024") + rows(after), adds_up="no").changes
    assert [key[0] for key, change in beside.items() if change.verdict is Verdict.HIGHER] == ["kleinstadt"]


@given(st.floats(-50, 50), st.floats(0.01, 50), st.floats(0.01, 50))
def test_a_difference_is_chance_exactly_where_its_interval_holds_zero(
    difference: float, below: float, above: float
) -> None:
    low, high = difference - below, difference + above
    if min(abs(low), abs(high)) > 1e-6:
        assert (chance_of_difference(difference, low, high) < 0.05) is not (low <= 0 <= high)


def test_people_who_come_together_count_as_fewer(site: Any) -> None:
    """Twice as many children, in families of two, are as sure as half of them who have nothing to do with each other, and no surer."""
    names = ("ahorn", "birke", "celtis", "dorn", "esche")
    counts = dict(zip(names, ((44, 200), (58, 200), (40, 200), (40, 200), (30, 200)), strict=True))
    half = {space: (count // 2, total // 2) for space, (count, total) in counts.items()}
    families, strangers = derive(site, rows(counts), design="2"), derive(site, rows(half))
    alone = derive(site, rows(counts))
    for space in names:
        one, other = families.cell(space, "2025"), strangers.cell(space, "2025")
        assert one is not None
        assert other is not None
        assert (one.value, one.low, one.high) == (other.value, other.low, other.high)
        key = (space, "2025", ())
        assert families.comparisons[key].verdict is strangers.comparisons[key].verdict
    assert alone.comparisons["birke", "2025", ()].verdict is Verdict.HIGHER
    assert families.comparisons["birke", "2025", ()].verdict is Verdict.SIMILAR


def test_a_change_of_people_who_come_together_is_as_unsure_as_that_of_fewer(site: Any) -> None:
    counts = {"ahorn": (40, 200)}, {"ahorn": (64, 200)}
    table = [*rows(counts[0], "2024"), *rows(counts[1], "2025")]
    key = ("ahorn", "2025", ())
    assert derive(site, table).changes[key].verdict is Verdict.HIGHER
    assert derive(site, table, design="2").changes[key].verdict is Verdict.SIMILAR


def rounded(interval: ConfidenceInterval, digits: int) -> tuple[float, float]:
    return round(interval.low, digits), round(interval.high, digits)


def test_wilson_worked_examples() -> None:
    interval = wilson(65, 100)
    assert round(interval.low, 7) == 0.5525444
    # The published upper limit is 0.7363576; with the exact quantile the formula gives 0.73635752, one unit of the
    # last digit below it.
    assert interval.high == pytest.approx(0.7363576, abs=1e-7)
    assert round(interval.high, 8) == 0.73635752
    assert rounded(wilson(1045, 5000), 7) == (0.1979555, 0.2204913)


def test_byar_worked_examples() -> None:
    assert rounded(byar(65), 6) == (50.163188, 82.849139)


def test_exact_poisson_worked_example() -> None:
    assert rounded(rate_interval(5, 100, 100), 5) == (1.62349, 11.66833)


def test_newcombe_worked_example() -> None:
    assert rounded(newcombe_difference(56, 70, 48, 80), 4) == (0.0524, 0.3339)
    assert compare_difference(newcombe_difference(56, 70, 48, 80)) is Verdict.HIGHER


def test_exact_below_ten_and_byar_from_ten_on() -> None:
    assert count_interval(9) == exact_poisson(9)
    assert count_interval(10) == byar(10)


@given(st.integers(0, 60))
def test_exact_poisson_limits_leave_half_the_error_on_each_side(count: int) -> None:
    interval = exact_poisson(count)
    tail = 0.025
    assert scipy.stats.poisson.cdf(count, interval.high) == pytest.approx(tail)
    if count:
        assert scipy.stats.poisson.sf(count - 1, interval.low) == pytest.approx(tail)
    else:
        assert interval.low == 0


@given(st.integers(1, 5000), st.data())
def test_wilson_holds_the_proportion_and_mirrors(total: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, total))
    interval = wilson(count, total)
    assert 0 <= interval.low <= count / total <= interval.high <= 1
    mirrored = wilson(total - count, total)
    assert mirrored.low == pytest.approx(1 - interval.high)


def test_comparison_needs_an_excluded_benchmark() -> None:
    interval = ConfidenceInterval(0.2, 0.3)
    found = {
        edge: verdict_of(interval, ConfidenceInterval(edge, edge)) for edge in (0.19, 0.2, 0.25, 0.3, 0.31)
    }
    assert found.pop(0.19) is Verdict.HIGHER
    assert found.pop(0.31) is Verdict.LOWER
    assert set(found.values()) == {Verdict.SIMILAR}


@pytest.mark.parametrize(
    ("direction", "verdict", "expected"),
    [
        ("higher-is-better", Verdict.HIGHER, Judgement.BETTER),
        ("lower-is-better", Verdict.HIGHER, Judgement.WORSE),
        ("lower-is-better", Verdict.LOWER, Judgement.BETTER),
        ("higher-is-better", Verdict.SIMILAR, Judgement.NONE),
        ("none", Verdict.HIGHER, Judgement.NONE),
    ],
)
def test_judgement_follows_the_direction(direction: str, verdict: Verdict, expected: Judgement) -> None:
    assert judge(Indicator.model_construct(direction=direction), verdict) is expected


def test_impossible_input_is_refused() -> None:
    with pytest.raises(ValueError, match="no part"):
        wilson(5, 4)
    with pytest.raises(ValueError, match="no part"):
        wilson(0, 0)
    with pytest.raises(ValueError, match="negative"):
        byar(-1)
    with pytest.raises(ValueError, match="negative"):
        exact_poisson(float("nan"))
    with pytest.raises(ValueError, match="positive"):
        rate_interval(1, 0)
