"""Find counts ten times as large or small as others beside them.

An editor may say in the definition that one is right (`plausible`).
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping

from msgspec import Struct

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.disclosure.lattice import Spaces
from generator.model.cells import CellKey
from generator.model.dates import months_in, spans_of
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.read.value_tables import ValueRow, ValueTable

STEP = 10
"""So many times as much or as little as in a place's other periods stands out."""
COUNTS_APART = 100
"""So many times beyond all other areas stands out; areas differ more than years do: a harbour has few residents."""
SHARES_APART = 2
"""So many times beyond all other areas' shares stands out; shares differ less than counts."""
SHARES_STEP = 5
"""So many times other areas' usual share it has to be as well."""
# Below this a tenfold step can be chance: from 1 case to 12 in a year.
LEAST = 30
# So many other areas are needed to say what is usual.
OTHERS = 3

Amounts = dict[str, dict[CellKey, float]]
"""What a table counts, by column and place: (area, period, values of breakdowns)."""


class _Table(Struct, frozen=True):
    """A table's first row of each place, and by `_series` and `_level` the amounts beside it."""

    indicator: Indicator
    spaces: Spaces
    typed: Mapping[CellKey, ValueRow]
    beside: Mapping[Hashable, Mapping[str, float]]

    def years(self, column: str, place: CellKey) -> dict[str, float]:
        """Return a place's amounts in equally long periods between the same breaks."""
        found = self.beside.get((column, *_series(self.indicator, place)), {})
        return {period: amount for period, amount in found.items() if period != place[1]}

    def others(self, column: str, place: CellKey) -> dict[str, float]:
        """Return same-level areas' amounts of the same period and breakdown."""
        found = self.beside.get((column, *_level(self.spaces, place)), {})
        return {space: amount for space, amount in found.items() if space != place[0]}


def check_plausible(
    site: Site, spaces: Spaces, indicator: Indicator, table: ValueTable, earlier: ValueTable | None = None
) -> Iterator[Diagnostic]:
    """Report implausible counts once; `earlier` adds periods to compare."""
    typed: dict[CellKey, ValueRow] = {}
    for row in table.rows:
        typed.setdefault(row.cell, row)
    amounts = _amounts(indicator, table)
    beside = _Table(indicator, spaces, typed, _grouped(indicator, spaces, amounts, earlier))
    if min(amounts["numerator"].values(), default=0) < 0:
        # A balance goes from loss to gain in any step; nothing else is less than nothing (`gates/value_rows.py`).
        return
    confirmed = {(item.space, item.period) for item in indicator.plausible}
    for place, row in typed.items():
        space, period, _ = place
        if space not in spaces or {(space, period), (space, None)} & confirmed:
            continue
        odd = _odd(beside, amounts, place)
        if odd is not None:
            column, others = odd
            words = {"space": site.spaces[space].name, "id": space, "period": period, "others": others}
            yield diagnostic("wert-unplausibel", table.position(row, column), **words)


def _amounts(indicator: Indicator, table: ValueTable) -> Amounts:
    """Return a table's counts (overlaps and contributors summed) and denominators."""
    found: Amounts = {"numerator": {}, "denominator": {}}
    for row in table.rows:
        if row.numerator is not None:
            before = found["numerator"].get(row.cell, 0.0) if table.further else 0.0
            found["numerator"][row.cell] = before + float(row.numerator)
        if row.denominator is not None and indicator.denominator is not None:
            found["denominator"][row.cell] = float(row.denominator)
    return found


def _grouped(
    indicator: Indicator, spaces: Spaces, amounts: Amounts, earlier: ValueTable | None
) -> Mapping[Hashable, Mapping[str, float]]:
    """Return amounts by what they are compared with, earlier ones of missing periods."""
    periods = {period for every in amounts.values() for _, period, _ in every}
    before = _amounts(indicator, earlier) if earlier is not None else {}
    found: dict[Hashable, dict[str, float]] = defaultdict(dict)
    for column, mine in amounts.items():
        further = {place: one for place, one in before.get(column, {}).items() if place[1] not in periods}
        for place, amount in (further | mine).items():
            if place[0] in spaces:
                found[(column, *_series(indicator, place))][place[1]] = amount
                found[(column, *_level(spaces, place))][place[0]] = amount
    return found


def _series(indicator: Indicator, place: CellKey) -> tuple[Hashable, ...]:
    """Return a place's area, values, last break and length in months."""
    space, period, values = place
    broken = max((item.period for item in indicator.breaks if item.period <= period), default="")
    return (space, values, broken, max(map(months_in, spans_of(period)), default=0))


def _level(spaces: Spaces, place: CellKey) -> tuple[Hashable, ...]:
    """Return a place's level of areas, period and values."""
    return (spaces[place[0]].geography, spaces[place[0]].depth, *place[1:])


def _odd(table: _Table, amounts: Amounts, place: CellKey) -> tuple[str, str] | None:
    """Return a place's first implausible column and what it doesn't fit to, or None."""
    for column in ("numerator", "denominator"):
        value = amounts[column].get(place)
        if value is None:
            continue
        others = _beside_years(table, place, column, value) or _beside_areas(table, place, column, value)
        if others is None and column == "numerator":
            others = _beside_shares(table, place, value, amounts["denominator"].get(place))
        if others is not None:
            return column, others
    return None


def _stands_out(value: float, low: float, high: float, step: float = STEP) -> bool:
    """Tell whether a count is far above the largest or below the smallest."""
    return value >= max(LEAST, step * max(high, 1)) or low >= max(LEAST, step * value)


def _beside_years(table: _Table, place: CellKey, column: str, value: float) -> str | None:
    """Compare with other periods; of two the one that fits other areas worse is wrong."""
    years = table.years(column, place)
    usual = statistics.median(years.values()) if years else value
    if not _stands_out(value, usual, usual):
        return None
    if len(years) > 1:
        return "denen der anderen Zeiträume"
    space, period, values = place
    single = next(iter(years))
    other_place = (space, single, values)
    mine, other = _oddness(table, place, column, value), _oddness(table, other_place, column, usual)
    if other_place in table.typed and (mine < other or (mine == other and period < single)):
        return None
    return f"der von {single}"


def _oddness(table: _Table, place: CellKey, column: str, value: float) -> float:
    """Return how many times other areas' usual count it is, or they are it."""
    others = table.others(column, place) or {"": value}
    usual, this = max(statistics.median(others.values()), 1.0), max(value, 1.0)
    return max(this / usual, usual / this)


def _beside_areas(table: _Table, place: CellKey, column: str, value: float) -> str | None:
    others = table.others(column, place).values()
    if len(others) < OTHERS or not _stands_out(value, min(others), max(others), COUNTS_APART):
        return None
    return "denen der anderen Gebiete"


def _beside_shares(table: _Table, place: CellKey, value: float, below: float | None) -> str | None:
    """Compare a share with other areas': a tenfold denominator makes a tenth."""
    counts, totals = table.others("numerator", place), table.others("denominator", place)
    shares = [counts[space] / totals[space] for space in counts if totals.get(space)]
    if not below or len(shares) < OTHERS:
        return None
    low, usual, high = (share * below for share in (min(shares), statistics.median(shares), max(shares)))
    if _stands_out(value, low, high, SHARES_APART) and _stands_out(value, usual, usual, SHARES_STEP):
        return "den Anteilen der anderen Gebiete"
    return None
