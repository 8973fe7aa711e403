"""One table of counts in; counts that can't be right beside other years, other areas or their whole out.

Asked before anything is withheld: a misread number would make a large count secret and shift the town's total. What is ten
times as large or small as everything beside it is reported; chance alone makes no such step where counts are this large.
An editor who knows that it is right says so in the definition (`plausible`), with a reason.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.disclosure.lattice import Spaces
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.read.values import ValueRow, ValueTable

STEP = 10
# Areas differ more than years do: a harbour has few residents. Shares differ less than counts, and a wrong one lies apart.
COUNTS_APART = 100
SHARES_APART = 2
SHARES_STEP = 5
# Below this a tenfold step can be chance: from 1 case to 12 in a year.
LEAST = 30
# So many other areas are needed to say what is usual.
OTHERS = 3

Place = tuple[str, str, tuple[str, ...]]
"""Space, period and breakdown."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a table says of a place, and the row in which it stands first (None for earlier, committed rows)."""

    row: ValueRow | None
    numerator: float | None
    denominator: float | None

    @property
    def line(self) -> int:
        return self.row.line if self.row is not None else 0

    def of(self, column: str) -> float | None:
        return self.numerator if column == "numerator" else self.denominator


@dataclass(frozen=True)
class _Table:
    """The counts of a table by place. years: those of an area and breakdown by period; peers: those of areas of one level, for a
    period and breakdown, by area."""

    indicator: Indicator
    spaces: Spaces
    counts: Mapping[Place, _Counted]

    @cached_property
    def years(self) -> Mapping[tuple[str, tuple[str, ...]], Mapping[str, _Counted]]:
        found: dict[tuple[str, tuple[str, ...]], dict[str, _Counted]] = defaultdict(dict)
        for (space, period, values), count in self.counts.items():
            found[space, values][period] = count
        return found

    @cached_property
    def peers(self) -> Mapping[Hashable, Mapping[str, _Counted]]:
        found: dict[Hashable, dict[str, _Counted]] = defaultdict(dict)
        for place, count in self.counts.items():
            if place[0] in self.spaces:
                found[self.level(place)][place[0]] = count
        return found

    def level(self, place: Place) -> Hashable:
        """Return what the places have in common with which one is compared."""
        space, *rest = place
        return (self.spaces[space].geography, self.spaces[space].depth, *rest)

    def others(self, place: Place) -> list[_Counted]:
        """Return what the table says of the other areas of the same level, for the same period and breakdown."""
        return [count for space, count in self.peers[self.level(place)].items() if space != place[0]]

    def amounts(self, place: Place, column: str) -> list[float]:
        """Return what the other areas have in a column."""
        return [value for count in self.others(place) if (value := count.of(column)) is not None]


def check_plausible(
    site: Site, spaces: Spaces, indicator: Indicator, table: ValueTable, earlier: ValueTable | None = None
) -> Iterator[Diagnostic]:
    """Report each implausible count once; `earlier` gives further periods to compare with."""
    if indicator.counted_from is not None:
        # Counted from records and typed by nobody; what is asked in one half-year and not in the next makes any step.
        return
    mine = _counts(table, indicator)
    beside = _Table(indicator, spaces, {**_further(spaces, indicator, mine, earlier), **mine})
    confirmed = {(item.space, item.period) for item in indicator.plausible}
    for place, count in sorted(mine.items(), key=lambda item: item[1].line):
        space, period, _ = place
        if count.row is None or space not in spaces or {(space, period), (space, None)} & confirmed:
            continue
        odd = _odd(beside, place)
        if odd is not None:
            column, value, why = odd
            yield diagnostic(
                "wert-unplausibel",
                table.position(count.row, column),
                value=_number(value),
                space=site.spaces[space].name,
                why=why,
                id=space,
                period=period,
            )


def _further(
    spaces: Spaces, indicator: Indicator, mine: Mapping[Place, _Counted], earlier: ValueTable | None
) -> dict[Place, _Counted]:
    """Return what an earlier table says of the periods that this one hasn't."""
    if earlier is None:
        return {}
    periods = {period for _, period, _ in mine}
    found = {}
    for place, count in _counts(earlier, indicator).items():
        space, period, _ = place
        if period not in periods and space in spaces:
            found[place] = _Counted(None, count.numerator, count.denominator)
    return found


def _odd(table: _Table, place: Place) -> tuple[str, float, str] | None:
    """Return the first column of a place whose count is implausible, the count, and why; None where none is."""
    for column in ("numerator", "denominator"):
        value = table.counts[place].of(column)
        if value is None:
            continue
        why = _beside_years(table, place, column, value) or _beside_areas(table, place, column, value)
        if why is None and column == "numerator":
            why = _beside_shares(table, place)
        if why is not None:
            return column, value, why
    return None


def _counts(table: ValueTable, indicator: Indicator) -> dict[Place, _Counted]:
    """Add up the rows of pieces and contributors."""
    found: dict[Place, _Counted] = {}
    for row in table.rows:
        if row.numerator is None and row.denominator is None:
            continue
        place = (row.space, row.period, row.breakdown)
        before = found.get(place)
        numerator = None if row.numerator is None else float(row.numerator)
        if before is not None and table.further and numerator is not None:
            numerator += before.numerator or 0
        below = None if row.denominator is None or indicator.denominator is None else float(row.denominator)
        found[place] = _Counted(before.row if before is not None else row, numerator, below)
    return found


def _stands_out(value: float, low: float, high: float, step: float = STEP) -> bool:
    """Whether a count is so many times as large as the largest beside it, or as small as the smallest."""
    return (value >= LEAST and value >= step * max(high, 1)) or (low >= LEAST and step * value <= low)


def _beside_years(table: _Table, place: Place, column: str, value: float) -> str | None:
    """Compare a count with those of its area in other periods between the same breaks of the series."""
    years = _other_years(table, place, column)
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
    if table.counts[there].row is not None:
        # Of two years either can be the wrong one: it is the one that fits the other areas worse.
        mine, other = _oddness(table, place, column, value), _oddness(table, there, column, years[single])
        if mine < other or (mine == other and period < single):
            return None
    return f"in {single} sind es {_number(usual)}"


def _other_years(table: _Table, place: Place, column: str) -> dict[str, float]:
    """Return by period what a place has in a column in other periods between the same breaks of the series."""
    space, period, values = place
    era = _era(table.indicator, period)
    found = {}
    for one, count in table.years[space, values].items():
        other = count.of(column)
        if one != period and other is not None and _era(table.indicator, one) == era:
            found[one] = other
    return found


def _era(indicator: Indicator, period: str) -> str:
    """Return the last break of the series up to a period; empty before the first."""
    return max((item.period for item in indicator.breaks if item.period <= period), default="")


def _oddness(table: _Table, place: Place, column: str, value: float) -> float:
    others = table.amounts(place, column)
    if not others:
        return 1.0
    usual = max(statistics.median(others), 1.0)
    return max(max(value, 1.0) / usual, usual / max(value, 1.0))


def _beside_areas(table: _Table, place: Place, column: str, value: float) -> str | None:
    others = table.amounts(place, column)
    if len(others) < OTHERS or not _stands_out(value, min(others), max(others), COUNTS_APART):
        return None
    return f"in den anderen Gebieten sind es {_number(min(others))} bis {_number(max(others))}"


def _beside_shares(table: _Table, place: Place) -> str | None:
    """Compare a share with those of other areas: a tenfold denominator makes a tenth of the share."""
    count = table.counts[place]
    shares = [
        other.numerator / other.denominator
        for other in table.others(place)
        if other.numerator is not None and other.denominator
    ]
    if count.numerator is None or not count.denominator or len(shares) < OTHERS:
        return None
    low, high = min(shares) * count.denominator, max(shares) * count.denominator
    usual = statistics.median(shares) * count.denominator
    apart = _stands_out(count.numerator, low, high, SHARES_APART)
    if not (apart and _stands_out(count.numerator, usual, usual, SHARES_STEP)):
        return None
    return (
        f"bei {_number(count.denominator)} im Nenner wären es nach den anderen Gebieten"
        f" {_number(low)} bis {_number(high)}"
    )


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.1f}".replace(".", ",")
