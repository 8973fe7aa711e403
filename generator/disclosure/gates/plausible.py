"""Find counts that are ten times as large or small as beside them.

An editor says in the definition that one is right (`plausible`).
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
# Areas differ more than years do: a harbour has few residents. Shares differ less than counts, and a wrong one lies apart.
COUNTS_APART = 100
SHARES_APART = 2
SHARES_STEP = 5
# Below this a tenfold step can be chance: from 1 case to 12 in a year.
LEAST = 30
# So many other areas are needed to say what is usual.
OTHERS = 3

Amounts = dict[str, dict[CellKey, float]]
"""What a table counts, by column and place."""


class _Table(Struct, frozen=True):
    """What there is to compare with. `typed`: the places of the table that is looked at, the others were committed before.

    beside: by column and series the amounts of each period; by column, level, period and breakdown those of each area.
    """

    indicator: Indicator
    spaces: Spaces
    typed: Mapping[CellKey, ValueRow]
    beside: Mapping[Hashable, Mapping[str, float]]

    def years(self, column: str, place: CellKey) -> dict[str, float]:
        """Return the amounts of a place in other periods as long as this one, between the same breaks of the series, by period."""
        found = dict(self.beside.get((column, *_series(self.indicator, place)), {}))
        found.pop(place[1], None)
        return found

    def others(self, column: str, place: CellKey) -> dict[str, float]:
        """Return the amounts of the other areas of the same level, for the same period and breakdown."""
        found = dict(self.beside.get((column, *_level(self.spaces, place)), {}))
        found.pop(place[0], None)
        return found


def check_plausible(
    site: Site, spaces: Spaces, indicator: Indicator, table: ValueTable, earlier: ValueTable | None = None
) -> Iterator[Diagnostic]:
    """Report each implausible count once; `earlier` gives further periods to compare with."""
    typed: dict[CellKey, ValueRow] = {}
    for row in table.rows:
        typed.setdefault(row.cell, row)
    amounts = _amounts(indicator, table)
    every = _with_earlier(indicator, amounts, earlier)
    if min(every["numerator"].values(), default=0) < 0:
        # A balance goes from loss to gain in any step; nothing else is less than nothing (`gates/value_rows.py`).
        return
    beside = _Table(indicator, spaces, typed, _grouped(indicator, spaces, every))
    confirmed = {(item.space, item.period) for item in indicator.plausible}
    for (space, period, values), row in typed.items():
        if space not in spaces or {(space, period), (space, None)} & confirmed:
            continue
        odd = _odd(beside, amounts, (space, period, values))
        if odd is not None:
            column, value, why = odd
            yield diagnostic(
                "wert-unplausibel",
                table.position(row, column),
                value=_number(value),
                space=site.spaces[space].name,
                why=why,
                id=space,
                period=period,
            )


def _amounts(indicator: Indicator, table: ValueTable) -> Amounts:
    """Return the counts of a table, rows of pieces and contributors added up, and its denominators."""
    found: Amounts = {"numerator": {}, "denominator": {}}
    for row in table.rows:
        if row.numerator is not None:
            before = found["numerator"].get(row.cell, 0.0) if table.further else 0.0
            found["numerator"][row.cell] = before + float(row.numerator)
        if row.denominator is not None and indicator.denominator is not None:
            found["denominator"][row.cell] = float(row.denominator)
    return found


def _with_earlier(indicator: Indicator, amounts: Amounts, earlier: ValueTable | None) -> Amounts:
    """Return what a table counts, with what an earlier one says of periods that it hasn't."""
    if earlier is None:
        return amounts
    periods = {period for _, period, _ in [*amounts["numerator"], *amounts["denominator"]]}
    found = {}
    for column, before in _amounts(indicator, earlier).items():
        further = {place: amount for place, amount in before.items() if place[1] not in periods}
        found[column] = further | amounts[column]
    return found


def _grouped(
    indicator: Indicator, spaces: Spaces, amounts: Amounts
) -> Mapping[Hashable, Mapping[str, float]]:
    """Return the amounts of areas of the hierarchy by what they are compared with."""
    found: dict[Hashable, dict[str, float]] = defaultdict(dict)
    for column, every in amounts.items():
        for place, amount in every.items():
            space, period, _ = place
            if space in spaces:
                found[(column, *_series(indicator, place))][period] = amount
                found[(column, *_level(spaces, place))][space] = amount
    return found


def _series(indicator: Indicator, place: CellKey) -> tuple[Hashable, ...]:
    """Return what the periods have in common with which one is compared: area, values, last break, length in months (a day has none)."""
    space, period, values = place
    broken = max((item.period for item in indicator.breaks if item.period <= period), default="")
    return (space, values, broken, max(map(months_in, spans_of(period)), default=0))


def _level(spaces: Spaces, place: CellKey) -> tuple[Hashable, ...]:
    """Return what the places have in common with which one is compared."""
    space, *rest = place
    return (spaces[space].geography, spaces[space].depth, *rest)


def _odd(table: _Table, amounts: Amounts, place: CellKey) -> tuple[str, float, str] | None:
    """Return the first column of a place whose count is implausible, the count, and why; None where none is."""
    for column in ("numerator", "denominator"):
        value = amounts[column].get(place)
        if value is None:
            continue
        why = _beside_years(table, place, column, value) or _beside_areas(table, place, column, value)
        if why is None and column == "numerator":
            why = _beside_shares(table, place, value, amounts["denominator"].get(place))
        if why is not None:
            return column, value, why
    return None


def _stands_out(value: float, low: float, high: float, step: float = STEP) -> bool:
    """Whether a count is so many times as large as the largest beside it, or as small as the smallest."""
    large = max(LEAST, step * max(high, 1))
    small = max(LEAST, step * value)
    return value >= large or low >= small


def _beside_years(table: _Table, place: CellKey, column: str, value: float) -> str | None:
    """Compare a count with those of its area in other periods between the same breaks of the series."""
    years = table.years(column, place)
    if not years:
        return None
    usual = statistics.median(years.values())
    if not _stands_out(value, usual, usual):
        return None
    if len(years) > 1:
        return f"in den anderen Zeiträumen sind es {_number(usual)}"
    space, period, values = place
    single = next(iter(years))
    there = (space, single, values)
    if there in table.typed:
        # Of two years either can be the wrong one: it is the one that fits the other areas worse.
        mine = _oddness(table, place, column, value)
        other = _oddness(table, there, column, usual)
        if mine < other or (mine == other and period < single):
            return None
    return f"in {single} sind es {_number(usual)}"


def _oddness(table: _Table, place: CellKey, column: str, value: float) -> float:
    others = table.others(column, place)
    if not others:
        return 1.0
    usual = max(statistics.median(others.values()), 1.0)
    own = max(value, 1.0)
    return max(own / usual, usual / own)


def _beside_areas(table: _Table, place: CellKey, column: str, value: float) -> str | None:
    others = table.others(column, place).values()
    if len(others) < OTHERS or not _stands_out(value, min(others), max(others), COUNTS_APART):
        return None
    return f"in den anderen Gebieten sind es {_number(min(others))} bis {_number(max(others))}"


def _beside_shares(table: _Table, place: CellKey, value: float, below: float | None) -> str | None:
    """Compare a share with those of other areas: a tenfold denominator makes a tenth of the share."""
    counts = table.others("numerator", place)
    totals = table.others("denominator", place)
    shares = [counts[space] / totals[space] for space in counts if totals.get(space)]
    if not below or len(shares) < OTHERS:
        return None
    low, usual, high = (share * below for share in (min(shares), statistics.median(shares), max(shares)))
    apart = _stands_out(value, low, high, SHARES_APART)
    if not (apart and _stands_out(value, usual, usual, SHARES_STEP)):
        return None
    return f"bei {_number(below)} im Nenner wären es nach den anderen Gebieten {_number(low)} bis {_number(high)}"


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.1f}".replace(".", ",")
