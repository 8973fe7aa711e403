"""Tables of values in, series of publishable cells out: sums of parts, rates, intervals, comparisons, changes over time.

Rates of larger areas come from summed numerators and denominators, never from averaged rates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from generator.derive import intervals
from generator.derive.lattice import parts
from generator.model.facts import SpaceFacts
from generator.model.figures import Cell, Change, Comparison, Judgement, Key, Release, Series, Status, Verdict
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.read.values import Row, Table


def all_series(
    site: Site,
    spaces: Mapping[str, SpaceFacts],
    tables: Mapping[str, Table],
    releases: Mapping[str, tuple[Release, ...]],
) -> dict[str, Series]:
    """Derive the series of every indicator that has a table."""
    found = {
        key: series(site, spaces, indicator, tables[key].rows, releases.get(key, ()))
        for key, indicator in site.indicators.items()
        if key in tables
    }
    for key, places in _made_up(site, found).items():
        found[key] = series(
            site, spaces, site.indicators[key], tables[key].rows, releases.get(key, ()), places
        )
    return found


def _made_up(site: Site, found: Mapping[str, Series]) -> dict[str, set[tuple[str, str]]]:
    """Return the areas and periods whose rates are made up because what they count or count by was made up elsewhere."""
    places = {
        key: {(cell.space, cell.period) for cell in item.cells.values() if cell.illustrative}
        for key, item in found.items()
    }
    own = {key: set(item) for key, item in places.items()}
    growing = any(places.values())
    while growing:
        growing = False
        for key, item in found.items():
            indicator = site.indicators[key]
            there = {(space, period) for space, period, _ in item.cells}
            for other in (indicator.numerator_from, indicator.denominator_from):
                more = (there & places.get(other or "", set())) - places[key]
                places[key] |= more
                growing = growing or bool(more)
    return {key: item for key, item in places.items() if item != own[key]}


def series(
    site: Site,
    spaces: Mapping[str, SpaceFacts],
    indicator: Indicator,
    rows: Iterable[Row],
    releases: tuple[Release, ...] = (),
    made_up: Collection[tuple[str, str]] = (),
) -> Series:
    """Derive one indicator's cells, with sums for the areas above where all their parts are known.

    `made_up` are areas and periods whose figures rest on some that were made up elsewhere; what is said of an area
    that was made up is so too.
    """
    cells = {
        cell.key: replace(
            cell,
            illustrative=cell.illustrative
            or (cell.space, cell.period) in made_up
            or (cell.space in site.spaces and site.spaces[cell.space].fictional),
        )
        for cell in (cell_of(indicator, row) for row in rows)
    }
    for cell in summed(indicator, spaces, cells):
        cells.setdefault(cell.key, cell)
    cells = {key: cells[key] for key in sorted(cells, key=lambda key: (key[1], key[2], key[0]))}
    periods = tuple(sorted({period for _, period, _ in cells}))
    there = {space for space, _, _ in cells}
    order = tuple(key for key in site.spaces if key in there)
    tops = [key for key in order if not spaces[key].ancestors]
    # A table without the town still has the town as its benchmark, only without a value there.
    above = [spaces[key].ancestors[-1] for key in order if spaces[key].ancestors]
    benchmark = indicator.benchmark or next(iter([*tops, *above]), "")
    return Series(
        indicator=indicator.id,
        cells=cells,
        periods=periods,
        spaces=tuple(
            sorted(
                order,
                key=lambda key: (
                    spaces[key].geography,
                    spaces[key].depth,
                    site.spaces[key].code or "",
                    site.spaces[key].name,
                ),
            )
        ),
        benchmark=benchmark,
        comparisons={
            key: compare(indicator, cell, cells.get((benchmark, key[1], key[2])))
            for key, cell in cells.items()
            if key[0] != benchmark
        },
        parents=_parents(indicator, spaces, cells),
        changes=dict(changes(indicator, cells, periods)),
        releases=releases,
    )


def cell_of(indicator: Indicator, row: Row) -> Cell:
    """Turn a row of the table into a cell with its rate and interval."""
    cell = _cell(
        indicator, row.space, row.period, row.breakdown, row.numerator, row.denominator, row.status, row.note
    )
    return replace(
        cell, qualifier=row.qualifier, illustrative=row.illustrative or bool(indicator.illustrative)
    )


def _cell(
    indicator: Indicator,
    space: str,
    period: str,
    breakdown: tuple[str, ...],
    numerator: Decimal | None,
    denominator: Decimal | None,
    status: Status,
    note: str = "",
    *,
    summed: bool = False,
) -> Cell:
    value: Decimal | None = None
    low = high = None
    if numerator is not None and status.has_value:
        if indicator.denominator is None:
            value = _rounded(numerator, indicator.decimals)
        elif denominator:
            value = _rounded(numerator / denominator * indicator.per, indicator.decimals)
            low, high = interval_of(indicator, numerator, denominator)
        else:
            status = Status.BLOCKED
    return Cell(
        space=space,
        period=period,
        breakdown=breakdown,
        value=value,
        numerator=_whole(numerator),
        denominator=_whole(denominator),
        low=low,
        high=high,
        status=status,
        note=note,
        forecast=indicator.forecast_from is not None and period >= indicator.forecast_from,
        summed=summed,
    )


def interval_of(
    indicator: Indicator, numerator: Decimal, denominator: Decimal
) -> tuple[float | None, float | None]:
    """Return the 95 % interval of a rate per `per`, in the method that the indicator names."""
    if indicator.interval == "none" or numerator != numerator.to_integral_value():
        return None, None
    count, total, per = int(numerator), float(denominator), float(indicator.per)
    if indicator.interval == "wilson" and count <= total:
        found = intervals.wilson(count, total).scaled(per)
    else:
        found = intervals.rate_interval(count, total, per)
    return found.low, found.high


def summed(
    indicator: Indicator, spaces: Mapping[str, SpaceFacts], cells: Mapping[Key, Cell]
) -> Iterable[Cell]:
    """Yield the cells of areas whose parts are all known; deepest areas first, so that sums climb the hierarchy."""
    found: dict[Key, Cell] = dict(cells)
    groups = sorted({(period, breakdown) for _, period, breakdown in cells})
    for space in sorted(spaces, key=lambda key: (-spaces[key].depth, key)):
        children = parts(spaces, space)
        if not children or not indicator.adds_up:
            continue
        for period, breakdown in groups:
            key = (space, period, breakdown)
            there = [found.get((child, period, breakdown)) for child in children]
            known = [part for part in there if part is not None and part.numerator is not None]
            if key in found or len(known) != len(children):
                continue
            if indicator.denominator is not None and any(part.denominator is None for part in known):
                continue
            numerator = Decimal(sum(part.numerator or 0 for part in known))
            denominator = (
                Decimal(sum(part.denominator or 0 for part in known)) if indicator.denominator else None
            )
            words = {part.qualifier for part in known if part.qualifier}
            if len(words) > 1:
                # „Mehr als“ and „höchstens“ together say nothing about their sum.
                continue
            cell = replace(
                _cell(indicator, space, period, breakdown, numerator, denominator, Status.KNOWN, summed=True),
                qualifier="".join(words),
                illustrative=any(part.illustrative for part in known),
            )
            found[key] = cell
            yield cell


def compare(indicator: Indicator, cell: Cell, benchmark: Cell | None) -> Comparison:
    """Compare a cell with a benchmark: higher or lower only where the interval excludes it.

    A figure that was made up is never compared with one that was published.
    """
    space = benchmark.space if benchmark is not None else ""
    if cell.value is None or benchmark is None or benchmark.value is None or indicator.denominator is None:
        return Comparison(space, Verdict.UNKNOWN, Judgement.NONE)
    if cell.illustrative != benchmark.illustrative:
        return Comparison(space, Verdict.UNKNOWN, Judgement.NONE)
    difference = cell.value - benchmark.value
    if cell.low is None or cell.high is None:
        return Comparison(space, Verdict.UNKNOWN, Judgement.NONE, difference)
    verdict = intervals.compare(intervals.ConfidenceInterval(cell.low, cell.high), float(benchmark.value))
    return Comparison(space, verdict, _judge(indicator, verdict), difference)


def _judge(indicator: Indicator, verdict: Verdict) -> Judgement:
    better = None if indicator.direction == "none" else indicator.direction == "higher-is-better"
    return intervals.judge(verdict, better)


def changes(
    indicator: Indicator, cells: Mapping[Key, Cell], periods: tuple[str, ...]
) -> Iterable[tuple[Key, Change]]:
    """Yield the change of each cell since the first period that is comparable with it (Newcombe's interval of a difference)."""
    breaks = [item.period for item in indicator.breaks]
    by_place: dict[tuple[str, tuple[str, ...]], list[Cell]] = defaultdict(list)
    for item in cells.values():
        by_place[item.space, item.breakdown].append(item)
    for items in by_place.values():
        known = {cell.period: cell for cell in items if cell.value is not None}
        for period in periods:
            cell = known.get(period)
            if cell is None:
                continue
            start = max((item for item in breaks if item <= period), default="")
            earlier = [
                known[item]
                for item in periods
                if start <= item < period
                and item in known
                and known[item].forecast == cell.forecast
                and known[item].illustrative == cell.illustrative
            ]
            if earlier:
                yield cell.key, _change(indicator, earlier[0], cell)


def _change(indicator: Indicator, before: Cell, after: Cell) -> Change:
    if after.value is None or before.value is None:
        raise ValueError("only known cells change")
    difference = after.value - before.value
    counts = (after.numerator, after.denominator, before.numerator, before.denominator)
    if (
        indicator.interval != "wilson"
        or indicator.denominator is None
        or any(count is None for count in counts)
    ):
        return Change(before.period, Verdict.UNKNOWN, Judgement.NONE, difference)
    one, all_one, two, all_two = (int(count) for count in counts if count is not None)
    if not (0 < all_one >= one and 0 < all_two >= two):
        return Change(before.period, Verdict.UNKNOWN, Judgement.NONE, difference)
    found = intervals.newcombe_difference(one, all_one, two, all_two).scaled(float(indicator.per))
    verdict = intervals.compare_difference(found)
    return Change(before.period, verdict, _judge(indicator, verdict), difference, found.low, found.high)


def _parents(
    indicator: Indicator, spaces: Mapping[str, SpaceFacts], cells: Mapping[Key, Cell]
) -> dict[Key, Comparison]:
    found: dict[Key, Comparison] = {}
    for key, cell in cells.items():
        parent = next((above for above in spaces[key[0]].ancestors if (above, key[1], key[2]) in cells), None)
        if parent is not None:
            found[key] = compare(indicator, cell, cells[parent, key[1], key[2]])
    return found


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _whole(value: Decimal | None) -> int | None:
    return int(value) if value is not None and value == value.to_integral_value() else None
