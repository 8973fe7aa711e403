"""Counts of children by single years of age in, those of the years ahead out: each cohort gets a year older every year.

Everything comes from published cells. Nobody who isn't born is counted. Where people come and go as before, a cohort changes
by the ratio of children a year later to children before, over all cohorts of an area and all pairs of years that can be
compared (cohort change ratio; Hamilton & Perry 1962, pooled over ages because the single ones are small).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from generator.derive.coverage import OLDEST, lies_in, runs
from generator.model.cells import Reach, Series
from generator.model.facts import OfferFacts, Relations, SpaceFacts
from generator.model.forecast import CohortForecast
from generator.model.forecast_facts import (
    AreaForecast,
    AreaPlaces,
    CohortRatio,
    ForecastChildren,
    ForecastFacts,
    ForecastFault,
    ForecastYear,
)
from generator.model.indicator import Indicator
from generator.model.site import Site

_Counts = Mapping[tuple[int, int], int]
"""Children by year and age, as far as they are known."""


def all_forecasts(
    site: Site,
    offers: Mapping[str, OfferFacts],
    spaces: Mapping[str, SpaceFacts],
    relations: Relations,
    series: Mapping[str, Series],
    today: dt.date,
) -> dict[str, ForecastFacts]:
    """Return what follows from every forecast, with the places that are recorded today."""
    found = {}
    for key, forecast in site.forecasts.items():
        facts = forecast_facts(site, forecast, spaces, series)
        fitting = _fitting(site, forecast, offers, relations, today)
        found[key] = replace(
            facts, places={space: _places(site, fitting, relations, space) for space in facts.areas}
        )
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
    wanted = forecast.ages.years
    faults = tuple(_faults(forecast, indicator, cells, wanted))
    if faults:
        return ForecastFacts(faults=faults)
    base = int(cells.latest)
    compared = tuple(sorted(_compared(indicator, cells, base)))
    areas = {}
    for space in _areas(site, spaces, cells):
        counts = dict(_counts(forecast, indicator, cells, space))
        ratio = cohort_ratio(counts, compared)
        areas[space] = AreaForecast(
            {age: count for (year, age), count in counts.items() if year == base},
            _moved_up(counts, base, base, wanted),
            ratio,
            tuple(
                _year(forecast, counts, base, year, wanted, ratio)
                for year in range(base + 1, forecast.until + 1)
            ),
        )
    if not any(area.counts for area in areas.values()):
        return ForecastFacts(
            faults=(ForecastFault("vorausberechnung-ohne-zahl", ("indicator",), {"period": cells.latest}),)
        )
    return ForecastFacts(
        base,
        compared,
        areas,
        rounded=cells.reach != Reach(),
        illustrative=any(cell.illustrative for cell in cells.cells.values()),
    )


# --- what can't be -------------------------------------------------------------------------------------------------


def _faults(
    forecast: CohortForecast, indicator: Indicator, cells: Series, wanted: tuple[int, int]
) -> Iterator[ForecastFault]:
    if not indicator.counted:
        yield ForecastFault("vorausberechnung-keine-anzahl", ("indicator",), {"indicator": indicator.title})
        return
    if not all(_is_year(period) for period in cells.periods):
        yield ForecastFault("vorausberechnung-zeitraum", ("indicator",), {"indicator": indicator.title})
        return
    if forecast.ages.upper is None or forecast.ages.pregnancy:
        yield ForecastFault("vorausberechnung-alter-offen", ("ages",), {"ages": forecast.ages.written})
        return
    known = _ages(forecast, indicator)
    if not known:
        values = {
            "indicator": indicator.title,
            "value": forecast.breakdown,
            "known": ", ".join(one.id for one in indicator.breakdowns) or "keine",
        }
        yield ForecastFault("vorausberechnung-aufgliederung", ("breakdown",), values)
        return
    base, (low, high) = int(cells.latest), wanted
    if forecast.until <= base:
        yield ForecastFault("vorausberechnung-vorbei", ("until",), {"year": f"{base}"})
        return
    if forecast.until > base + low:
        values = {"year": f"{forecast.until}", "last": f"{base + low}", "age": f"{low}"}
        yield ForecastFault("vorausberechnung-ungeboren", ("until",), values)
        return
    needed = range(low - (forecast.until - base), high + 1)
    missing = [age for age in needed if age not in known]
    if missing:
        values = {
            "indicator": indicator.title,
            "ages": ", ".join(map(str, missing)),
            "first": f"{needed[0]}",
            "last": f"{high}",
        }
        yield ForecastFault("vorausberechnung-alter-fehlt", ("ages",), values)
    before = None
    for number, step in enumerate(forecast.claim):
        if before is not None and step.from_ <= before:
            yield ForecastFault(
                "vorausberechnung-anspruch-folge", ("claim", number, "from"), {"year": f"{step.from_}"}
            )
        before = step.from_
        first, last = step.ages.years
        if step.ages.upper is None or first < low or last > high:
            values = {"ages": step.ages.written, "known": forecast.ages.written}
            yield ForecastFault("vorausberechnung-anspruch-alter", ("claim", number, "ages"), values)


def _is_year(period: str) -> bool:
    return len(period) == 4 and period.isascii() and period.isdigit()


def _ages(forecast: CohortForecast, indicator: Indicator) -> frozenset[int]:
    """Return the ages that the breakdown counts; none where there is no such breakdown, or one that isn't of ages."""
    values = [
        value.id for one in indicator.breakdowns if one.id == forecast.breakdown for value in one.values
    ]
    if not all(value.isascii() and value.isdigit() and len(value) <= 2 for value in values):
        return frozenset()
    return frozenset(map(int, values))


# --- counts --------------------------------------------------------------------------------------------------------


def _areas(site: Site, spaces: Mapping[str, SpaceFacts], cells: Series) -> list[str]:
    """Return the areas of the town's own geography that have figures, each after what it lies in."""
    first = site.config.geographies[0].id
    there = set(cells.spaces)
    return [key for key, facts in spaces.items() if key in there and facts.geography == first]


def _counts(
    forecast: CohortForecast, indicator: Indicator, cells: Series, space: str
) -> Iterator[tuple[tuple[int, int], int]]:
    place = [one.id for one in indicator.breakdowns].index(forecast.breakdown)
    for age in _ages(forecast, indicator):
        value = next(one.id for one in indicator.breakdowns[place].values if int(one.id) == age)
        key = tuple(value if number == place else "" for number in range(len(indicator.breakdowns)))
        for period in cells.periods:
            cell = cells.cell(space, period, key)
            if (
                cell is not None
                and not cell.forecast
                and cell.numerator is not None
                and cell.status.has_value
            ):
                yield (int(period), age), cell.numerator


def _compared(indicator: Indicator, cells: Series, base: int) -> Iterator[int]:
    """Yield the years that may be compared with the one after them: both counted, and no break between."""
    observed = {int(cell.period) for cell in cells.cells.values() if not cell.forecast}
    broken = {int(one.period) for one in indicator.breaks if _is_year(one.period)}
    for year in observed:
        if year + 1 in observed and year + 1 <= base and year + 1 not in broken:
            yield year


def cohort_ratio(counts: _Counts, compared: tuple[int, ...]) -> CohortRatio | None:
    """Return what became of children within a year; None where no pair of years has both numbers.

    A cohort counts where both of its numbers are known: what is secret is left out of both sums.
    """
    sums = []
    for year in compared:
        pairs = [
            (count, counts[year + 1, age + 1])
            for (when, age), count in counts.items()
            if when == year and (year + 1, age + 1) in counts
        ]
        before, after = sum(one for one, _ in pairs), sum(other for _, other in pairs)
        if before:
            sums.append((before, after))
    if not sums:
        return None
    ratios = [Fraction(after, before) for before, after in sums]
    return CohortRatio(
        sum(before for before, _ in sums), sum(after for _, after in sums), min(ratios), max(ratios)
    )


def _year(
    forecast: CohortForecast,
    counts: _Counts,
    base: int,
    year: int,
    wanted: tuple[int, int],
    ratio: CohortRatio | None,
) -> ForecastYear:
    claim = _claimed(forecast, year)
    return ForecastYear(
        year,
        _children(counts, base, year, wanted, ratio),
        claim,
        None if claim is None else _children(counts, base, year, claim, ratio),
    )


def _claimed(forecast: CohortForecast, year: int) -> tuple[int, int] | None:
    reached = [step for step in forecast.claim if step.from_ <= year]
    return reached[-1].ages.years if reached else None


def _children(
    counts: _Counts, base: int, year: int, ages: tuple[int, int], ratio: CohortRatio | None
) -> ForecastChildren | None:
    fixed = _moved_up(counts, base, year, ages)
    if fixed is None:
        return None
    if ratio is None:
        return ForecastChildren(fixed)
    moved = (fixed * one ** (year - base) for one in (ratio.value, ratio.low, ratio.high))
    return ForecastChildren(fixed, *moved)


def _moved_up(counts: _Counts, base: int, year: int, ages: tuple[int, int]) -> int | None:
    """Return how many children of the last counted year have these ages in another; None where one number is missing."""
    there = [counts.get((base, age - (year - base))) for age in range(ages[0], ages[1] + 1)]
    known = [count for count in there if count is not None]
    return sum(known) if len(known) == len(there) else None


# --- places --------------------------------------------------------------------------------------------------------


def _fitting(
    site: Site,
    forecast: CohortForecast,
    offers: Mapping[str, OfferFacts],
    relations: Relations,
    today: dt.date,
) -> tuple[str, ...]:
    """Return the offers of the topic that run today and are for these ages with half of theirs; a planned place is none."""
    upper = forecast.ages.upper if forecast.ages.upper is not None else OLDEST
    return tuple(
        key
        for key in relations.offers_by_topic.get(forecast.topic, ())
        if runs(site.offers[key], offers[key], today)
        # Who advises about places has none.
        and not site.words.kinds[site.offers[key].kind].advice
        and (own := site.offers[key].ages) is not None
        and lies_in(own, forecast.ages.lower, upper)
    )


def _places(site: Site, fitting: tuple[str, ...], relations: Relations, space: str) -> AreaPlaces:
    doors = frozenset(relations.offers_by_space.get(space, ()))
    here = tuple(key for key in fitting if key in doors)
    stated = [
        one.capacity.places
        for key in here
        if (one := site.offers[key]).capacity is not None and one.capacity.places is not None
    ]
    return AreaPlaces(here, len(stated), sum(stated))
