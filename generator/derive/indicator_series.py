"""Derive publishable cells from tables of values, and what changed between releases."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from generator.derive import uncertainty
from generator.derive.geography import space_facts
from generator.derive.trends import LEAST_YEARS, Trend, trend
from generator.derive.uncertainty import (
    ConfidenceInterval,
    Spread,
    added,
    benchmark_of,
    chance_of,
    change_of,
    interval_of,
    rounded_by,
    size_of_change,
    spread_of,
)
from generator.disclosure.measures.lattice import Spaces as LatticeAreas
from generator.disclosure.measures.lattice import areas, wholes
from generator.model.cells import (
    Cell,
    CellKey,
    Change,
    Comparison,
    Judgement,
    Release,
    RoundedBy,
    Series,
    Status,
    Verdict,
    rounded,
)
from generator.model.facts import SpaceFacts
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.read.value_tables import ValueRow, ValueTable

T = TypeVar("T", Comparison, Change)
Spreads = Mapping[CellKey, Spread]  # a key is (area, period, values of breakdowns)
Cells = Mapping[CellKey, Cell]
Spaces = Mapping[str, SpaceFacts]


def compare(
    indicator: Indicator, cell: Cell, benchmark: Cell, spreads: Spreads
) -> tuple[Comparison, float | None]:
    """Compare a cell with a benchmark, by interval, as if alone; with its p-value, None without a test.

    From published counts, not rounded rates. Invented figures aren't compared with published ones.
    """
    space, unknown = benchmark.space, Comparison(benchmark.space, Verdict.UNKNOWN, Judgement.NONE)
    if cell.value is None or benchmark.value is None or indicator.denominator is None:
        return unknown, None
    if cell.illustrative != benchmark.illustrative:
        return unknown, None
    difference = cell.value - benchmark.value
    spread = spreads.get(cell.key)
    interval = interval_of(indicator, spread)
    edges = benchmark_of(indicator, benchmark, spreads.get(benchmark.key))
    if spread is None or interval is None or edges is None:
        return replace(unknown, difference=difference), None
    verdict = uncertainty.verdict_of(interval, edges)
    compared = Comparison(space, verdict, judge(indicator, verdict), difference)
    return compared, chance_of(indicator, spread, edges)


def compare_all(
    indicator: Indicator, spaces: Spaces, benchmarks: Cells, cells: Cells, spreads: Spreads
) -> dict[CellKey, Comparison]:
    """Compare cells with benchmarks, correcting for how many are compared."""
    found = {key: compare(indicator, cells[key], benchmark, spreads) for key, benchmark in benchmarks.items()}
    return _firm(spaces, found)


def _firm(spaces: Spaces, found: Mapping[CellKey, tuple[T, float | None]]) -> dict[CellKey, T]:
    """Withdraw verdicts that may be chance among all of one level of areas, period and breakdown."""
    families: dict[Hashable, dict[CellKey, float]] = defaultdict(dict)
    for key, (_, chance) in found.items():
        facts = spaces.get(key[0])
        level = (facts.geography, facts.depth) if facts is not None else None
        if chance is not None:
            families[level, key[1], key[2]][key] = chance
    remaining = set[CellKey]().union(*map(uncertainty.remaining, families.values()))
    return {
        key: one
        if chance is None or key in remaining
        else replace(one, verdict=Verdict.SIMILAR, judgement=Judgement.NONE)
        for key, (one, chance) in found.items()
    }


def with_parents(spaces: Spaces, cells: Cells) -> Cells:
    """Return by key of a cell that of the nearest area above, of the same period and breakdown."""
    found = {}
    for key in cells:
        parents = ((above, key[1], key[2]) for above in spaces[key[0]].ancestors)
        parent = next((place for place in parents if place in cells), None)
        if parent is not None:
            found[key] = cells[parent]
    return found


def with_town(cells: Cells, town: str) -> Cells:
    """Return by key of an area's cell the town's of the same period and breakdown."""
    found = {}
    for key in cells:
        place = (town, key[1], key[2])
        if key[0] != town and place in cells:
            found[key] = cells[place]
    return found


def changes(
    indicator: Indicator, spaces: Spaces, cells: Cells, periods: tuple[str, ...], spreads: Spreads
) -> dict[CellKey, Change]:
    """Return changes since the first comparable period, of five years as a trend, corrected like `compare_all`."""
    breaks = [item.period for item in indicator.breaks]
    found = {}
    by_place: dict[tuple[str, tuple[str, ...]], list[Cell]] = defaultdict(list)
    for item in cells.values():
        by_place[item.space, item.breakdown].append(item)
    for items in by_place.values():
        known = {cell.period: cell for cell in items if cell.value is not None}
        ordered = [known[period] for period in periods if period in known]
        for span in _comparable(ordered, breaks):
            found[span[-1].key] = change_over(indicator, span, spreads)
    return _firm(spaces, found)


def _comparable(cells: Sequence[Cell], breaks: Sequence[str]) -> Iterator[Sequence[Cell]]:
    """Yield each cell of a place behind the earlier comparable ones, by period."""
    for cell in cells:
        start = max((item for item in breaks if item <= cell.period), default="")
        earlier = [one for one in cells if _is_comparable(one, cell, start)]
        if earlier:
            yield (*earlier, cell)


def _is_comparable(one: Cell, cell: Cell, start: str) -> bool:
    """Tell whether an earlier cell is of the same kind and after the break (`start`)."""
    same = (one.forecast, one.illustrative) == (cell.forecast, cell.illustrative)
    return start <= one.period < cell.period and same


def rest_of(indicator: Indicator, whole: Cell, part: Cell, spreads: dict[CellKey, Spread]) -> Cell | None:
    """Return a larger area's cell without a part of it, noting its possible counts; None where counts aren't known."""
    counts = [(whole.numerator, part.numerator)]
    if indicator.denominator is not None:
        counts.append((whole.denominator, part.denominator))
    left = [Decimal(more - less) for more, less in counts if more is not None and less is not None]
    if len(left) < len(counts) or min(left) <= 0:
        return None
    denominator = left[1] if len(left) == 2 else None
    rest = filled(
        indicator, replace(whole, space=f"{whole.space}-{part.space}"), left[0], denominator, RoundedBy()
    )
    if {whole.key, part.key} <= spreads.keys():
        spreads[rest.key] = _left(spreads[whole.key], spreads[part.key])
    return rest


def _left(whole: Spread, part: Spread) -> Spread:
    """Return what may truly be left of a whole without a part."""
    count = max(0, whole.count[0] - part.count[1]), whole.count[1] - part.count[0]
    return Spread(count, (max(1, whole.total[0] - part.total[1]), whole.total[1] - part.total[0]))


def dynamics(
    indicator: Indicator, spaces: Spaces, town: str, cells: Cells, spreads: Spreads
) -> dict[CellKey, Change]:
    """Return areas' latest changes less those of the rest of the town, where a direction says what is worse."""
    if indicator.direction == "none" or indicator.denominator is None:
        return {}
    found = {}
    breaks = [item.period for item in indicator.breaks]
    possible = dict(spreads)
    by_area: dict[str, list[Cell]] = defaultdict(list)
    for key, cell in cells.items():
        if key[0] != town and not any(key[2]):
            by_area[key[0]].append(cell)
    for parts in by_area.values():
        rests = {}
        for part in parts:
            whole = cells.get((town, *part.key[1:]))
            rest = rest_of(indicator, whole, part, possible) if whole is not None else None
            if rest is not None and part.value is not None and not part.forecast:
                rests[part.period] = part, rest
        own = [part for part, _ in rests.values()]
        span = next(reversed([*_comparable(own, breaks)]), ())
        others = [rests[cell.period][1] for cell in span]
        apart = _apart(indicator, span, others, possible) if span else None
        if apart is not None:
            found[span[-1].key] = apart
    return _firm(spaces, found)


def _apart(
    indicator: Indicator, span: Sequence[Cell], others: Sequence[Cell], spreads: Spreads
) -> tuple[Change, float] | None:
    """Return by how much a change differs from that of others, with its p-value; None where one has no interval."""
    own, other = (change_over(indicator, one, spreads)[0] for one in (span, others))
    limits = [
        (float(one.difference or 0), ConfidenceInterval(one.low, one.high))
        for one in (own, other)
        if one.low is not None and one.high is not None
    ]
    if len(limits) < 2:
        return None
    apart = uncertainty.difference_of(*limits[0], *limits[1])
    difference = limits[0][0] - limits[1][0]
    shown = rounded(difference, indicator.decimals)
    change = _judged_change(indicator, own.since, shown, apart, own.years)
    return change, uncertainty.chance_of_difference(difference, apart.low, apart.high)


def _judged_change(
    indicator: Indicator, since: str, difference: Decimal, found: ConfidenceInterval, years: int = 0
) -> Change:
    """Return a change with what its interval says of it."""
    verdict = uncertainty.compare_difference(found)
    low, high = _rounded_limits(indicator, found)
    return Change(since, verdict, judge(indicator, verdict), difference, low, high, years)


def _rounded_limits(indicator: Indicator, found: ConfidenceInterval) -> tuple[float, float]:
    low, high = (float(rounded(limit, indicator.decimals)) for limit in (found.low, found.high))
    return low, high


def change_over(indicator: Indicator, span: Sequence[Cell], spreads: Spreads) -> tuple[Change, float | None]:
    """Return the trend of comparable cells, of too few the change from first to last, with its p-value."""
    first, last = span[0], span[-1]
    found = _trend(indicator, span, spreads)
    if found is None:
        return change_between(indicator, first, last, spreads)
    per = float(indicator.per)
    difference = rounded(found.change * per, indicator.decimals) + 0  # no negative zero
    change = _judged_change(indicator, first.period, difference, found.interval.scaled(per), len(span))
    return change, found.chance if difference else 1.0


def _trend(indicator: Indicator, span: Sequence[Cell], spreads: Spreads) -> Trend | None:
    """Fit a trend to a rate's cells; None of too few, without counts, or where periods are no years."""
    known = [spreads[cell.key] for cell in span if cell.key in spreads]
    if indicator.interval == "none" or not LEAST_YEARS <= len(span) == len(known):
        return None
    if not all(re.fullmatch(r"\d{4}", cell.period) for cell in span):
        return None
    return trend([int(cell.period) for cell in span], known, float(indicator.together))


def change_between(
    indicator: Indicator, before: Cell, after: Cell, spreads: Spreads
) -> tuple[Change, float | None]:
    """Return a change with its p-value, None without a test."""
    if after.value is None or before.value is None:
        raise ValueError("only known cells change")
    difference = after.value - before.value
    found = change_of(indicator, spreads.get(before.key), spreads.get(after.key))
    if found is None:
        return Change(before.period, Verdict.UNKNOWN, Judgement.NONE, difference), None
    change = _judged_change(indicator, before.period, difference, found)
    # Nothing is claimed of a change that is shown as 0.
    exact = size_of_change(indicator, spreads[before.key], spreads[after.key]) if difference else 0.0
    return change, uncertainty.chance_of_difference(exact, found.low, found.high)


def judge(indicator: Indicator, verdict: Verdict) -> Judgement:
    """Return better or worse by the indicator's direction."""
    if indicator.direction == "none" or verdict not in (Verdict.HIGHER, Verdict.LOWER):
        return Judgement.NONE
    is_better = (verdict is Verdict.HIGHER) == (indicator.direction == "higher-is-better")
    return Judgement.BETTER if is_better else Judgement.WORSE


def committed_series(site: Site, tables: Mapping[str, ValueTable]) -> dict[str, Series]:
    """Return indicators' cells from committed tables, as shown. Rows of unknown areas are left out, since their table reports them."""
    known = {}
    for key, table in tables.items():
        rows = tuple(row for row in table.rows if row.space in site.spaces)
        known[key] = replace(table, rows=rows)
    return all_series(site, space_facts(site), known, {})


def all_series(
    site: Site,
    spaces: Spaces,
    tables: Mapping[str, ValueTable],
    releases: Mapping[str, tuple[Release, ...]],
) -> dict[str, Series]:
    """Derive the series of every indicator with a table, and mark what rests on others' invented counts."""
    reach = rounded_by(site.indicators, site.config.disclosure)  # how far rounding moved counts
    found = {}
    for key, indicator in site.indicators.items():
        if key in tables:
            rows = tables[key].rows
            found[key] = series(site, spaces, indicator, rows, releases.get(key, ()), reach[key])
    for key, places in _made_up(site, found).items():
        rows = tuple(_mark_invented_row(row, places) for row in tables[key].rows)
        found[key] = series(site, spaces, site.indicators[key], rows, releases.get(key, ()), reach[key])
    return found


def _mark_invented_row(row: ValueRow, made_up: Collection[tuple[str, str]]) -> ValueRow:
    """Mark a row as invented where area and period are."""
    return replace(row, illustrative=True) if (row.space, row.period) in made_up else row


def _made_up(site: Site, found: Mapping[str, Series]) -> dict[str, set[tuple[str, str]]]:
    """Return by indicator the (area, period) that rest on counts of others that are invented; only where some are added."""
    marked = {}
    with_cells = {}
    for key, item in found.items():
        with_cells[key] = {(space, period) for space, period, _ in item.cells}
        marked[key] = {(cell.space, cell.period) for cell in item.cells.values() if cell.illustrative}
    places = {key: set(item) for key, item in marked.items()}
    # No chain of indicators that count each other is longer than their number.
    for _ in found:
        for key, known in places.items():
            indicator = site.indicators[key]
            for counted in (indicator.numerator_from, indicator.denominator_from):
                known |= places.get(counted or "", set()) & with_cells[key]
    return {key: item for key, item in places.items() if item != marked[key]}


def _stated_cells(
    site: Site, indicator: Indicator, rows: Iterable[ValueRow], reach: RoundedBy
) -> dict[CellKey, Cell]:
    """Return each row's cell; invented areas make it invented."""
    cells = {}
    for row in rows:
        cell = cell_of(indicator, row, reach)
        if row.space in site.spaces and site.spaces[row.space].fictional:
            cell = replace(cell, illustrative=True)
        cells[cell.key] = cell
    return cells


def series(
    site: Site,
    spaces: Spaces,
    indicator: Indicator,
    rows: Iterable[ValueRow],
    releases: tuple[Release, ...] = (),
    reach: RoundedBy = RoundedBy(),  # noqa: B008 - frozen
) -> Series:
    """Derive an indicator's cells, summing areas above where all parts are known, with comparisons and changes."""
    cells = _stated_cells(site, indicator, rows, reach)
    spreads: dict[CellKey, Spread] = {}
    for key, cell in cells.items():
        spread = spread_of(cell, reach)
        if spread is not None:
            spreads[key] = spread
    for cell, spread in summed(indicator, areas(site), cells, spreads):
        cells.setdefault(cell.key, cell)
        if spread is not None:
            spreads.setdefault(cell.key, spread)
    cells = dict(sorted(cells.items(), key=lambda item: (item[0][1], item[0][2], item[0][0])))
    periods = tuple(sorted({period for _, period, _ in cells}))
    with_cells = {space for space, _, _ in cells}
    order = [key for key in site.spaces if key in with_cells]
    benchmark = indicator.benchmark or _town(order, spaces)
    return Series(
        indicator=indicator.id,
        cells=cells,
        periods=periods,
        spaces=tuple(sorted(order, key=lambda key: _place_in_tables(site, spaces, key))),
        benchmark=benchmark,
        comparisons=compare_all(indicator, spaces, with_town(cells, benchmark), cells, spreads),
        parents=compare_all(indicator, spaces, with_parents(spaces, cells), cells, spreads),
        changes=changes(indicator, spaces, cells, periods, spreads),
        dynamics=dynamics(indicator, spaces, benchmark, cells, spreads),
        releases=releases,
        reach=reach,
    )


def _town(order: Iterable[str], spaces: Spaces) -> str:
    """Return the benchmark area: the topmost, even without a value."""
    above = ""
    for key in order:
        if not spaces[key].ancestors:
            return key
        above = above or spaces[key].ancestors[-1]
    return above


def _place_in_tables(site: Site, spaces: Spaces, key: str) -> tuple[str, int, str, str]:
    space, facts = site.spaces[key], spaces[key]
    return facts.geography, facts.depth, space.code or "", space.name


def cell_of(indicator: Indicator, row: ValueRow, reach: RoundedBy = RoundedBy()) -> Cell:  # noqa: B008 - frozen
    """Turn a row into a cell with rate and interval."""
    cell = Cell(
        space=row.space,
        period=row.period,
        breakdown=row.breakdown,
        status=row.status,
        forecast=_is_forecast(indicator, row.period),
        qualifier=row.qualifier,
        illustrative=row.illustrative or bool(indicator.illustrative),
    )
    return filled(indicator, cell, row.numerator, row.denominator, reach)


def filled(
    indicator: Indicator,
    cell: Cell,
    numerator: Decimal | None,
    denominator: Decimal | None,
    reach: RoundedBy,
) -> Cell:
    """Fill a cell with counts, rate and interval in the figure's decimals."""
    cell = replace(
        cell, numerator=_whole_number_or_none(numerator), denominator=_whole_number_or_none(denominator)
    )
    if numerator is None or not cell.status.has_value:
        return cell
    if indicator.denominator is None:
        return replace(cell, value=rounded(numerator, indicator.decimals))
    if not denominator:  # of nobody there is no rate
        return replace(cell, status=Status.BLOCKED)
    # 98 of 98 are shown as 100: no share is above all.
    share = numerator / denominator
    if indicator.is_share:
        share = min(share, Decimal(1))
    cell = replace(cell, value=rounded(share * indicator.per, indicator.decimals))
    return _add_interval_to_cell(indicator, cell, spread_of(cell, reach))


def _add_interval_to_cell(indicator: Indicator, cell: Cell, spread: Spread | None) -> Cell:
    found = interval_of(indicator, spread)
    if found is None:
        return cell
    low, high = _rounded_limits(indicator, found)
    return replace(cell, low=low, high=high)


def summed(
    indicator: Indicator,
    spaces: LatticeAreas,
    cells: Cells,
    spreads: Mapping[CellKey, Spread],
) -> Iterable[tuple[Cell, Spread | None]]:
    """Yield summed cells of areas with known parts, deepest first. Rounding's leeway adds up too."""
    if not indicator.adds_up:
        return
    found = dict(cells)
    known_spreads: dict[CellKey, Spread] = dict(spreads)
    groups = sorted({(period, breakdown) for _, period, breakdown in cells})
    for space, children in wholes(spaces):
        for period, breakdown in groups:
            key = (space, period, breakdown)
            wanted = [(child, period, breakdown) for child in children]
            known = [found[part] for part in wanted if part in found]
            if key in found or len(known) < len(children):
                continue
            cell = _sum_of(indicator, key, known)
            if cell is None:
                continue
            spread = _spread_of_sum(wanted, known_spreads)
            if spread is not None:
                known_spreads[key] = spread
                cell = _add_interval_to_cell(indicator, cell, spread)
            found[key] = cell
            yield cell, spread


def _spread_of_sum(wanted: Sequence[CellKey], spreads: Mapping[CellKey, Spread]) -> Spread | None:
    """Return a sum's rounding leeway; None if a part's is unknown."""
    below = [spreads[part] for part in wanted if part in spreads]
    if len(below) < len(wanted):
        return None
    return added(below)


def _sum_of(indicator: Indicator, key: CellKey, known: Sequence[Cell]) -> Cell | None:
    """Return an area's summed cell; None if impossible."""
    numerator = _total([part.numerator for part in known])
    denominator = _total([part.denominator for part in known])
    if indicator.denominator is None:
        denominator = None
    elif denominator is None:
        return None
    words = {part.qualifier for part in known if part.qualifier}
    # „Mehr als“ and „höchstens“ together say nothing about their sum.
    if numerator is None or len(words) > 1:
        return None
    space, period, breakdown = key
    empty = Cell(
        space,
        period,
        breakdown,
        forecast=_is_forecast(indicator, period),
        summed=True,
        qualifier="".join(words),
        illustrative=any(part.illustrative for part in known),
    )
    return filled(indicator, empty, numerator, denominator, RoundedBy())


def _total(counts: Sequence[int | None]) -> Decimal | None:
    """Add up counts; None where one of them isn't known."""
    known = [count for count in counts if count is not None]
    if len(known) < len(counts):
        return None
    return Decimal(sum(known))


def _is_forecast(indicator: Indicator, period: str) -> bool:
    return indicator.forecast_from is not None and period >= indicator.forecast_from


def _whole_number_or_none(value: Decimal | None) -> int | None:
    return int(value) if value is not None and value == value.to_integral_value() else None


Cause = Literal["new-period", "gone", "withheld", "shown", "numerator", "denominator", "both", "vintage"]
"""`vintage` is a new cell of an area that the earlier release hadn't, for a period that it had; `new-period` any other new cell."""


class Revision(Struct, frozen=True):
    """A cell that two releases show differently."""

    key: CellKey
    cause: Cause
    before: Cell | None
    after: Cell | None


class Turn(Struct, frozen=True):
    """A changed trend; `since` is its base period, `cause` the revision."""

    key: CellKey
    since: str
    before: Verdict
    after: Verdict
    cause: Cause


class ReleaseChange(Struct, frozen=True):
    """What one release changed against the one before it."""

    earlier: dt.date
    later: dt.date
    note: str
    revisions: tuple[Revision, ...]
    turns: tuple[Turn, ...]

    @property
    def counts(self) -> Counter[Cause]:
        """How many cells changed for each cause."""
        return Counter(item.cause for item in self.revisions)


def release_changes(
    indicator: Indicator,
    spaces: Mapping[str, SpaceFacts],
    tables: Mapping[dt.date, ValueTable],
    notes: Mapping[dt.date, str],
    reach: RoundedBy,
) -> list[ReleaseChange]:
    """Return changes between releases, latest first; `reach` says how far rounded counts may be off."""
    days = sorted(tables)
    found = []
    for earlier, later in pairwise(days):
        old, new = (
            _cells_by_key(indicator, tables[earlier].rows),
            _cells_by_key(indicator, tables[later].rows),
        )
        revisions = tuple(_find_revisions(old, new))
        before, after = (_trends(indicator, spaces, cells, reach) for cells in (old, new))
        turns = tuple(_turns(before, after, {item.key: item.cause for item in revisions}))
        found.append(ReleaseChange(earlier, later, notes.get(later, ""), revisions, turns))
    return found[::-1]


def _cells_by_key(indicator: Indicator, rows: Iterable[ValueRow]) -> Cells:
    cells = [cell_of(indicator, row) for row in rows]
    return {cell.key: cell for cell in cells}


def _find_revisions(old: Cells, new: Cells) -> Iterable[Revision]:
    spaces = {key[0] for key in old}
    periods = {key[1] for key in old}
    for key in sorted(old.keys() | new.keys(), key=lambda item: (item[1], item[2], item[0])):
        before, after = old.get(key), new.get(key)
        cause = _cause(before, after, key[0] in spaces, key[1] in periods)
        if cause is not None:
            yield Revision(key, cause, before, after)


def _cause(before: Cell | None, after: Cell | None, known_space: bool, known_period: bool) -> Cause | None:
    """Return why a cell differs between releases; None if not."""
    if before is None:
        return "vintage" if known_period and not known_space else "new-period"
    if after is None:
        return "gone"
    if before.value is not None and after.value is None:
        return "withheld"
    if before.value is None and after.value is not None:
        return "shown"
    return _changed(before, after)


def _changed(before: Cell, after: Cell) -> Cause | None:
    """Return which count of a cell changed (`numerator` if only the value); None if none."""
    counted, divided = before.numerator != after.numerator, before.denominator != after.denominator
    if counted and divided:
        return "both"
    if divided:
        return "denominator"
    if counted or before.value != after.value:
        return "numerator"
    return None


def _turns(
    before: Mapping[CellKey, Change],
    after: Mapping[CellKey, Change],
    causes: Mapping[CellKey, Cause],
) -> Iterable[Turn]:
    """Return trends that changed, by cause of the cell or its base."""
    latest = {(key[0], key[2]): key for key in sorted(before.keys() & after.keys(), key=lambda item: item[1])}
    for key in sorted(latest.values()):
        one, two = before[key], after[key]
        if one.verdict == two.verdict or one.since != two.since:
            continue
        start = (key[0], two.since, key[2])
        cause = causes.get(key) or causes.get(start) or "numerator"
        yield Turn(key, two.since, one.verdict, two.verdict, cause)


def _trends(
    indicator: Indicator, spaces: Mapping[str, SpaceFacts], cells: Cells, reach: RoundedBy
) -> dict[CellKey, Change]:
    """Return the change that a release shows in each cell."""
    periods = tuple(sorted({key[1] for key in cells}))
    spreads = {key: spread_of(cell, reach) for key, cell in cells.items()}
    known = {key: spread for key, spread in spreads.items() if spread is not None}
    return changes(indicator, spaces, cells, periods, known)
