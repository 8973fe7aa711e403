"""Forecast children by cohorts (all of one age): a year older each year, moving as before.

From the town's published counts by single year of age, so unborn children aren't counted. A cohort changes by its cohort
change ratio (Hamilton & Perry 1962): children of age a + 1 a year later, by those of age a now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import prod

from msgspec import Struct
from msgspec.structs import replace

from generator.model.cells import RecordFault, RoundedBy, Series
from generator.model.facts import Facts, SpaceFacts
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.subjects.forecasts.model import (
    Backtest,
    CohortForecast,
    ForecastChildren,
    ForecastFacts,
    ForecastYear,
    forecasts,
)

AGES = "alter"
"""The id of the breakdown by years of age."""
Ratios = Mapping[int, Mapping[int, tuple[int, int]]]
"""By age, then by year: how many children of that age there were, and how many a year older a year later."""


class Cohorts(Struct, frozen=True):
    """Counted children."""

    counts: Mapping[tuple[int, int], int]  # by (year, age)
    base: int  # the year from which is forecast

    def fixed(self, year: int, ages: range) -> int | None:
        """Return how many children of some ages there are in a later year if nobody moves; None if a count is missing."""
        younger = [self.counts.get((self.base, age - (year - self.base))) for age in ages]
        known = [count for count in younger if count is not None]
        return sum(known) if len(known) == len(younger) else None

    def moving(self, year: int, ages: range, ratios: Mapping[int, Fraction]) -> Fraction:
        """Return children of some ages in a later year, changed by the ratio of each age that they pass."""
        total = Fraction(0)
        for age in ages:
            younger = age - (year - self.base)
            total += self.counts[self.base, younger] * prod(ratios[passed] for passed in range(younger, age))
        return total

    def past(self, ages: range) -> dict[int, int]:
        """Return children of some ages by counted year, without years in which an age is missing."""
        found = {}
        for year in sorted({year for year, _age in self.counts}):
            counted = replace(self, base=year).fixed(year, ages)
            if counted is not None:
                found[year] = counted
        return found


def forecast_facts(
    site: Site, forecast: CohortForecast, spaces: Mapping[str, SpaceFacts], series: Mapping[str, Series]
) -> ForecastFacts:
    """Compute the children of the years ahead, or the faults."""
    indicator = site.indicators.get(forecast.indicator)
    cells = series.get(forecast.indicator)
    town = _town(site, spaces, cells)
    if indicator is None or cells is None or not town:
        # No such indicator, no table, or none of its areas: that is reported where references and tables are read.
        return ForecastFacts()
    faults = list(_faults(forecast, indicator, cells))
    if faults:
        return ForecastFacts(faults=tuple(faults))
    cohorts = Cohorts(dict(_counts(indicator, cells, town)), int(cells.latest))
    if not cohorts.counts:
        fault = RecordFault("vorausberechnung-ohne-zahl", ("indicator",), {"period": cells.latest})
        return ForecastFacts(faults=(fault,))
    ages = _range_of_ages(forecast.ages.years)
    compared = sorted(_comparable_years(indicator, cells, cohorts.base))
    youngest = ages[0] - (forecast.until - cohorts.base)  # today, of those who are counted in the last year
    ratios = _ratios(cohorts, range(youngest, ages[-1]), compared)
    return ForecastFacts(
        space=town,
        base=cohorts.base,
        past=cohorts.past(ages),
        years=tuple(_years(forecast, cohorts, ages, ratios)),
        moves=bool(ratios),
        backtest=_backtest(cohorts, ages, compared),
        rounded=cells.reach != RoundedBy(),
        illustrative=any(cell.illustrative for cell in cells.cells.values()),
    )


def _range_of_ages(years: tuple[int, int]) -> range:
    """Return ages from first to last, inclusive."""
    return range(years[0], years[1] + 1)


def _town(site: Site, spaces: Mapping[str, SpaceFacts], cells: Series | None) -> str:
    """Return the first geography's widest area that has figures; empty for none."""
    first, with_figures = site.config.geographies[0].id, set(cells.spaces) if cells is not None else set()
    areas = [key for key, facts in spaces.items() if key in with_figures and facts.geography == first]
    return min(areas, key=lambda key: len(spaces[key].ancestors), default="")


# --- what can't be -------------------------------------------------------------------------------------------------


def _faults(forecast: CohortForecast, indicator: Indicator, cells: Series) -> Iterator[RecordFault]:
    """Report what stands in the way of a forecast: an indicator of another kind, ages, last year, steps of claims."""
    counted_ages = _ages(indicator)
    if not indicator.counted or not counted_ages or not all(map(_is_year, cells.periods)):
        title = {"indicator": indicator.title}
        yield RecordFault("vorausberechnung-kennzahl", ("indicator",), title)
        return
    if forecast.ages.upper is None or forecast.ages.pregnancy:
        yield RecordFault("vorausberechnung-alter-offen", ("ages",), {"ages": forecast.ages.written})
        return
    base, (low, high) = int(cells.latest), forecast.ages.years
    if not base < forecast.until <= base + low:
        ends = {"year": f"{forecast.until}", "first": f"{base + 1}", "last": f"{base + low}"}
        yield RecordFault("vorausberechnung-ende", ("until",), ends)
        return
    needed = range(low - (forecast.until - base), high + 1)
    missing = ", ".join(str(age) for age in needed if age not in counted_ages)
    if missing:
        ages = {"ages": missing, "first": f"{needed[0]}", "last": f"{high}"}
        yield RecordFault("vorausberechnung-alter-fehlt", ("ages",), {"indicator": indicator.title, **ages})
    before = 0
    for number, step in enumerate(forecast.claim):
        first, last = step.ages.years
        if step.from_ <= before or step.ages.upper is None or first < low or last > high:
            place = ("claim", number, "from")
            yield RecordFault("vorausberechnung-anspruch", place, {"known": forecast.ages.written})
        before = step.from_


def _is_year(period: str) -> bool:
    return len(period) == 4 and period.isascii() and period.isdigit()


def _ages(indicator: Indicator) -> frozenset[int]:
    """Return the years of age that the breakdown counts; none if one of its values is no year of age."""
    values: list[str] = []
    for breakdown in indicator.breakdowns:
        if breakdown.id == AGES:
            values += [value.id for value in breakdown.values]
    if not all(value.isascii() and value.isdigit() and len(value) <= 2 for value in values):
        return frozenset()
    return frozenset(map(int, values))


# --- counts --------------------------------------------------------------------------------------------------------


def _counts(indicator: Indicator, cells: Series, space: str) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield an area's published counts as ((year, age), children)."""
    names = [one.id for one in indicator.breakdowns]
    place = names.index(AGES)
    for value in indicator.breakdowns[place].values:
        key = [""] * len(names)
        key[place] = value.id
        for period in cells.periods:
            cell = cells.cell(space, period, tuple(key))
            if cell is None or cell.forecast or not cell.status.has_value or cell.numerator is None:
                continue
            yield (int(period), int(value.id)), cell.numerator


def _comparable_years(indicator: Indicator, cells: Series, base: int) -> Iterator[int]:
    """Yield years up to `base` that are followed by a counted one without a break in the counting."""
    observed = {int(cell.period) for cell in cells.cells.values() if not cell.forecast}
    broken = {int(one.period) for one in indicator.breaks if _is_year(one.period)}
    for year in observed:
        if year + 1 in observed and year + 1 <= base and year + 1 not in broken:
            yield year


def _ratios(cohorts: Cohorts, ages: range, compared: Sequence[int]) -> Ratios:
    """Return pairs of counts by age and year; none at all if an age has no pair."""
    found = {}
    for age in ages:
        pairs = {}
        for year in compared:
            before, after = cohorts.counts.get((year, age)), cohorts.counts.get((year + 1, age + 1))
            if before and after is not None:
                pairs[year] = (before, after)
        if not pairs:
            return {}
        found[age] = pairs
    return found


def _mean(ratios: Ratios) -> dict[int, Fraction]:
    """Return each age's ratio over all its pairs of years together."""
    sums = {
        age: [sum(column) for column in zip(*pairs.values(), strict=True)] for age, pairs in ratios.items()
    }
    return {age: Fraction(after, before) for age, (before, after) in sums.items()}


def _years(forecast: CohortForecast, cohorts: Cohorts, ages: range, ratios: Ratios) -> Iterator[ForecastYear]:
    """Yield each year ahead: all children, and those who have a claim by the last step that is reached."""
    for year in range(cohorts.base + 1, forecast.until + 1):
        children = _children(cohorts, year, ages, ratios)
        claimed = [step.ages.years for step in forecast.claim if step.from_ <= year]
        claim = _children(cohorts, year, _range_of_ages(claimed[-1]), ratios) if claimed else None
        yield ForecastYear(year, children, claimed[-1] if claimed else None, claim)


def _children(cohorts: Cohorts, year: int, ages: range, ratios: Ratios) -> ForecastChildren | None:
    """Return children in a later year: if nobody moves, by all years' ratios, and by those of the lowest and highest year."""
    fixed = cohorts.fixed(year, ages)
    if fixed is None:
        return None
    if not ratios:
        return ForecastChildren(fixed)
    moving = cohorts.moving(year, ages, _mean(ratios))
    single = [moving]
    for one in set.intersection(*(set(pairs) for pairs in ratios.values())):
        of_year = {age: Fraction(pairs[one][1], pairs[one][0]) for age, pairs in ratios.items()}
        single.append(cohorts.moving(year, ages, of_year))
    # The mean and only one year: that is no range.
    if len(single) < 3:
        return ForecastChildren(fixed, moving)
    return ForecastChildren(fixed, moving, min(single), max(single))


def _backtest(cohorts: Cohorts, ages: range, compared: Sequence[int]) -> Backtest | None:
    """Return what a forecast from two years ago, else last year, would have said of `base`; None where there were too few years."""
    base = cohorts.base
    counted = cohorts.fixed(base, ages)
    trials = list(_trials(cohorts, ages, compared))
    within = sum(low <= count <= high for low, high, count in trials)
    for start in (base - 2, base - 1):
        then, ratios = _seen_from(cohorts, start, base, ages, compared)
        if ratios and counted is not None and then.fixed(base, ages) is not None:
            return Backtest(start, then.moving(base, ages, _mean(ratios)), counted, len(trials), within)
    return None


def _seen_from(
    cohorts: Cohorts, start: int, year: int, ages: range, compared: Sequence[int]
) -> tuple[Cohorts, Ratios]:
    """Return what was known at the start of a trial; without ratios if there weren't at least two pairs of years."""
    earlier = [before for before in compared if before < start]
    then = replace(cohorts, base=start)
    return then, _ratios(then, range(ages[0] - (year - start), ages[-1]), earlier) if len(earlier) > 1 else {}


def _trials(
    cohorts: Cohorts, ages: range, compared: Sequence[int]
) -> Iterator[tuple[Fraction, Fraction, int]]:
    """Yield (lowest, highest, count) for each counted year, forecast from each earlier one that allows it."""
    counts = cohorts.past(ages)
    for start, year in combinations(sorted(counts), 2):
        then, ratios = _seen_from(cohorts, start, year, ages, compared)
        children = _children(then, year, ages, ratios)
        if children is not None and children.low is not None and children.high is not None:
            yield children.low, children.high, counts[year]


def _of_site(site: Site, facts: Facts) -> dict[str, ForecastFacts]:
    return {
        key: forecast_facts(site, forecast, facts.spaces, facts.series)
        for key, forecast in forecasts(site).items()
    }


FACTS = {"forecasts": _of_site}
