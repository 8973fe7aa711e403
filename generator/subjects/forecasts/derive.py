"""Counts of children by single years of age in, those of the years ahead out: each cohort gets a year older; by which ratios people come and go, when that of the area around is taken, when there is no number (too few, secret, unborn), what it would have said before.

Everything comes from published cells. Nobody who isn't born is counted. Where people come and go as before, a cohort of an age
changes by the ratio of children a year later to children before, over all pairs of years that can be compared (cohort change
ratio; Hamilton & Perry 1962): families move most before their children start school, so each age has its own. Where an area
has few children of an age, the ratio is that of the area around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod

from generator.model.cells import Reach, RecordFault, Series
from generator.model.facts import Facts, SpaceFacts
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.subjects.forecasts.model import (
    FEWEST_CHILDREN,
    AreaForecast,
    Backtest,
    CohortForecast,
    CohortRatio,
    ForecastChildren,
    ForecastFacts,
    ForecastYear,
    forecasts,
)

AGES = "alter"
"""The breakdown by years of age."""
FEWEST = 300
"""So many children before, over all years, a ratio needs: one child more or less then moves it by a third of a per cent."""


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Children of an area by year and age, as far as they are known, seen from the year `base`, who get a year older every year."""

    space: str
    counts: Mapping[tuple[int, int], int]
    base: int

    def fixed(self, year: int, ages: range) -> int | None:
        """Return how many have some ages in a year if nobody comes or goes; None where one number is missing."""
        there = [self.counts.get((self.base, age - (year - self.base))) for age in ages]
        known = [count for count in there if count is not None]
        return sum(known) if len(known) == len(there) else None

    def moving(self, year: int, ages: range, ratios: Mapping[int, Fraction]) -> Fraction:
        """Return how many have some ages in a later year: those who are so much younger now, changed by the ratio of each age they pass."""
        total = Fraction(0)
        for age in ages:
            younger = age - (year - self.base)
            total += self.counts[self.base, younger] * prod(ratios[passed] for passed in range(younger, age))
        return total

    def past(self, ages: range) -> dict[int, int]:
        """Return the counted years with their children of some ages; a year of which one age is missing is left out."""
        found = {}
        for year in sorted({year for year, _age in self.counts}):
            counted = replace(self, base=year).fixed(year, ages)
            if counted is not None:
                found[year] = counted
        return found


def forecast_facts(
    site: Site, forecast: CohortForecast, spaces: Mapping[str, SpaceFacts], series: Mapping[str, Series]
) -> ForecastFacts:
    """Compute the children of the years ahead in every area, or say what stands in the way."""
    indicator = site.indicators.get(forecast.indicator)
    cells = series.get(forecast.indicator)
    if indicator is None or cells is None or not cells.cells:
        # That there is no such indicator, no table, or none of its areas, is told where references and tables are read.
        return ForecastFacts()
    faults = _faults(forecast, indicator, cells, forecast.ages.years)
    if faults:
        return ForecastFacts(faults=tuple(faults))
    base = int(cells.latest)
    compared = sorted(_compared(indicator, cells, base))
    cohorts = {}
    for space in _areas(site, spaces, cells):
        cohorts[space] = Cohorts(space, dict(_counts(indicator, cells, space)), base)
    widest = min(cohorts, key=lambda space: len(spaces[space].ancestors))
    areas = {}
    for space in cohorts:
        around = [cohorts[key] for key in (space, *spaces[space].ancestors) if key in cohorts]
        area = _area(forecast, around, compared)
        if space != widest:
            area = _enough(area)
        areas[space] = replace(area, secret=tuple(_secret(indicator, cells, space)))
    if not any(area.counts for area in areas.values()):
        fault = RecordFault("vorausberechnung-ohne-zahl", ("indicator",), {"period": cells.latest})
        return ForecastFacts(faults=(fault,))
    return ForecastFacts(
        base,
        areas,
        backtest=_backtest(cohorts[widest], _range(forecast.ages.years), compared),
        rounded=cells.reach != Reach(),
        illustrative=any(cell.illustrative for cell in cells.cells.values()),
    )


def _range(years: tuple[int, int]) -> range:
    """Return the years of age from the first to the last, both included."""
    return range(years[0], years[1] + 1)


# --- what can't be -------------------------------------------------------------------------------------------------


def _faults(
    forecast: CohortForecast, indicator: Indicator, cells: Series, wanted: tuple[int, int]
) -> list[RecordFault]:
    """Say what stands in the way of a forecast; what makes all the rest senseless is told alone."""
    fault = _unusable(forecast, indicator, cells) or _wrong_end(forecast, int(cells.latest), wanted[0])
    if fault is not None:
        return [fault]
    return [
        *_missing_ages(forecast, indicator, int(cells.latest), wanted),
        *_demand_faults(forecast),
        *_claim_faults(forecast, wanted),
    ]


def _unusable(forecast: CohortForecast, indicator: Indicator, cells: Series) -> RecordFault | None:
    """Tell why an indicator or the ages are nothing to compute with."""
    title = {"indicator": indicator.title}
    if not indicator.counted:
        return RecordFault("vorausberechnung-keine-anzahl", ("indicator",), title)
    if not all(_is_year(period) for period in cells.periods):
        return RecordFault("vorausberechnung-zeitraum", ("indicator",), title)
    if forecast.ages.upper is None or forecast.ages.pregnancy:
        return RecordFault("vorausberechnung-alter-offen", ("ages",), {"ages": forecast.ages.written})
    if not _ages(indicator):
        return RecordFault("vorausberechnung-aufgliederung", ("indicator",), title)
    return None


def _wrong_end(forecast: CohortForecast, base: int, youngest: int) -> RecordFault | None:
    """Tell why a forecast can't go to its last year: it is past, or the youngest of that year aren't born."""
    if forecast.until <= base:
        return RecordFault("vorausberechnung-vorbei", ("until",), {"year": f"{base}"})
    last = base + youngest
    if forecast.until > last:
        values = {"year": f"{forecast.until}", "last": f"{last}", "age": f"{youngest}"}
        return RecordFault("vorausberechnung-ungeboren", ("until",), values)
    return None


def _missing_ages(
    forecast: CohortForecast, indicator: Indicator, base: int, wanted: tuple[int, int]
) -> Iterator[RecordFault]:
    low, high = wanted
    known = _ages(indicator)
    needed = range(low - (forecast.until - base), high + 1)
    missing = [str(age) for age in needed if age not in known]
    if missing:
        values = {
            "indicator": indicator.title,
            "ages": ", ".join(missing),
            "first": f"{needed[0]}",
            "last": f"{high}",
        }
        yield RecordFault("vorausberechnung-alter-fehlt", ("ages",), values)


def _demand_faults(forecast: CohortForecast) -> Iterator[RecordFault]:
    for number, one in enumerate(forecast.demand):
        if not 0 < one.percent <= 100:
            yield RecordFault("anteil-ausserhalb", ("demand", number, "percent"), {"value": f"{one.percent}"})


def _claim_faults(forecast: CohortForecast, wanted: tuple[int, int]) -> Iterator[RecordFault]:
    before = None
    for number, step in enumerate(forecast.claim):
        if before is not None and step.from_ <= before:
            values = {"year": f"{step.from_}"}
            yield RecordFault("vorausberechnung-anspruch-folge", ("claim", number, "from"), values)
        before = step.from_
        first, last = step.ages.years
        if step.ages.upper is None or first < wanted[0] or last > wanted[1]:
            values = {"ages": step.ages.written, "known": forecast.ages.written}
            yield RecordFault("vorausberechnung-anspruch-alter", ("claim", number, "ages"), values)


def _is_year(period: str) -> bool:
    return len(period) == 4 and period.isascii() and period.isdigit()


def _ages(indicator: Indicator) -> frozenset[int]:
    """Return the ages that the breakdown counts; none where there is no such breakdown, or one that isn't of ages."""
    values: list[str] = []
    for breakdown in indicator.breakdowns:
        if breakdown.id == AGES:
            values += [value.id for value in breakdown.values]
    if not all(value.isascii() and value.isdigit() and len(value) <= 2 for value in values):
        return frozenset()
    return frozenset(map(int, values))


# --- counts --------------------------------------------------------------------------------------------------------


def _areas(site: Site, spaces: Mapping[str, SpaceFacts], cells: Series) -> list[str]:
    """Return the areas of the town's own geography that have figures, each after what it lies in."""
    first = site.config.geographies[0].id
    there = set(cells.spaces)
    return [key for key, facts in spaces.items() if key in there and facts.geography == first]


def _counts(indicator: Indicator, cells: Series, space: str) -> Iterator[tuple[tuple[int, int], int]]:
    for age, key in _keys(indicator):
        for period in cells.periods:
            cell = cells.cell(space, period, key)
            if cell is None or cell.forecast or not cell.status.has_value:
                continue
            if cell.numerator is not None:
                yield (int(period), age), cell.numerator


def _keys(indicator: Indicator) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield each age with the breakdown key of its cells."""
    names = [one.id for one in indicator.breakdowns]
    place = names.index(AGES)
    for value in indicator.breakdowns[place].values:
        key = [""] * len(names)
        key[place] = value.id
        yield int(value.id), tuple(key)


def _compared(indicator: Indicator, cells: Series, base: int) -> Iterator[int]:
    """Yield the years that may be compared with the one after them: both counted, and no break between."""
    observed = {int(cell.period) for cell in cells.cells.values() if not cell.forecast}
    broken = {int(one.period) for one in indicator.breaks if _is_year(one.period)}
    for year in observed:
        if year + 1 in observed and year + 1 <= base and year + 1 not in broken:
            yield year


def cohort_ratio(cohorts: Cohorts, age: int, compared: Iterable[int]) -> CohortRatio | None:
    """Return what became of children of an age within a year; None where no pair of years has both numbers.

    A year counts where both of its numbers are known: what is secret is left out of both sums.
    """
    pairs = {}
    for year in compared:
        before, after = cohorts.counts.get((year, age)), cohorts.counts.get((year + 1, age + 1))
        if before and after is not None:
            pairs[year] = (before, after)
    if not pairs:
        return None
    before, after = map(sum, zip(*pairs.values(), strict=True))
    return CohortRatio(cohorts.space, before, after, pairs)


def _ratios(
    around: Sequence[Cohorts], ages: Iterable[int], compared: Sequence[int]
) -> dict[int, CohortRatio]:
    """Return the ratio of each age, from the nearest area with enough children, else from the widest; none at all where one is missing."""
    found = {}
    for age in ages:
        asked = [cohort_ratio(cohorts, age, compared) for cohorts in around]
        there = [ratio for ratio in asked if ratio is not None]
        if not there:
            return {}
        found[age] = next((ratio for ratio in there if ratio.before >= FEWEST), there[-1])
    return found


def _area(forecast: CohortForecast, around: Sequence[Cohorts], compared: Sequence[int]) -> AreaForecast:
    """Return the forecast of the first of some areas; the others are those around it, the nearest first."""
    own, ages = around[0], _range(forecast.ages.years)
    youngest = ages[0] - (forecast.until - own.base)
    ratios = _ratios(around, range(youngest, ages[-1]), compared)
    years = []
    for year in range(own.base + 1, forecast.until + 1):
        children = _children(own, year, ages, ratios)
        claimed = [step.ages.years for step in forecast.claim if step.from_ <= year]
        claim = _children(own, year, _range(claimed[-1]), ratios) if claimed else None
        years.append(ForecastYear(year, children, claimed[-1] if claimed else None, claim))
    counted = {age: count for (year, age), count in own.counts.items() if year == own.base}
    return AreaForecast(counted, own.fixed(own.base, ages), ratios, tuple(years), past=own.past(ages))


def _enough(area: AreaForecast) -> AreaForecast:
    """Foretell nothing of a few children, or of so many that nobody may know: one building with flats would turn it round."""
    if area.now is not None and area.now >= FEWEST_CHILDREN:
        return area
    years = tuple(replace(year, children=None, claim=None) for year in area.years)
    return replace(area, years=years, ratios={}, few=True)


def _children(
    cohorts: Cohorts, year: int, ages: range, ratios: Mapping[int, CohortRatio]
) -> ForecastChildren | None:
    """Return the children of some ages in a later year: as they are counted now, and moved by the mean ratios and by those of single years."""
    fixed = cohorts.fixed(year, ages)
    if fixed is None:
        return None
    if not ratios:
        return ForecastChildren(fixed)
    moving = cohorts.moving(year, ages, {age: ratio.value for age, ratio in ratios.items()})
    single = []
    for one in set.intersection(*(set(ratio.by_year) for ratio in ratios.values())):
        of_year = {}
        for age, ratio in ratios.items():
            before, after = ratio.by_year[one]
            of_year[age] = Fraction(after, before)
        single.append(cohorts.moving(year, ages, of_year))
    # The range of a wider area is none of a part: the fewer children, the more a year differs from another.
    if len(single) < 2 or any(ratio.space != cohorts.space for ratio in ratios.values()):
        return ForecastChildren(fixed, moving)
    return ForecastChildren(fixed, moving, min(*single, moving), max(*single, moving))


def _backtest(cohorts: Cohorts, ages: range, compared: Sequence[int]) -> Backtest | None:
    """Return what counts up to two years before (one, where there are fewer) would have said; None without two pairs of years before."""
    base = cohorts.base
    counted = cohorts.fixed(base, ages)
    for start in (base - 2, base - 1):
        earlier = [year for year in compared if year < start]
        then = replace(cohorts, base=start)
        passed = range(ages[0] - (base - start), ages[-1])
        ratios = _ratios([then], passed, earlier)
        if len(earlier) > 1 and ratios and counted is not None and then.fixed(base, ages) is not None:
            said = then.moving(base, ages, {age: ratio.value for age, ratio in ratios.items()})
            return Backtest(start, said, counted)
    return None


def _secret(indicator: Indicator, cells: Series, space: str) -> Iterator[int]:
    """Yield the ages whose number of the last counted year is withheld."""
    for age, key in _keys(indicator):
        cell = cells.cell(space, cells.latest, key)
        if cell is not None and not cell.status.has_value:
            yield age


def _of_site(site: Site, facts: Facts) -> dict[str, ForecastFacts]:
    found = {}
    for key, forecast in forecasts(site).items():
        found[key] = forecast_facts(site, forecast, facts.spaces, facts.series)
    return found


FACTS = {"forecasts": _of_site}
