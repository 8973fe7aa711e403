"""Raw rows of the finest areas in; counts of every area, period and breakdown out, with what they are summed from.

Rows may stand for the pieces in which two geographies meet (a column named like the second geography) and for single
contributors (a column `contributor`); both are added up here and never leave.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.disclosure.lattice import CROSS, Spaces, combinations, divided_at, piece, wholes
from generator.model.cells import CellKey, Status
from generator.model.indicator import Indicator
from generator.read.value_tables import CONTRIBUTOR, ValueRow, ValueTable


@dataclass(frozen=True, slots=True)
class SummedCount:
    """A raw count; without numerator its status says why. `contributions` are amounts by contributor."""

    numerator: Decimal | None
    denominator: Decimal | None
    status: Status
    note: str = ""
    contributions: tuple[tuple[str, Decimal], ...] = ()


Totals = dict[CellKey, SummedCount]


def add_up(indicator: Indicator, spaces: Spaces, table: ValueTable, geographies: Sequence[str]) -> Totals:
    """Return the counts of all areas and breakdowns that the rows give, those of pieces included.

    `geographies` are the ids of the site's geographies; the first is that of the column `space`.
    """
    found: Totals = {}
    for key, rows in _grouped(table, geographies).items():
        found[key] = _together(indicator, [_of(row, table.further) for row in rows], same_denominator=True)
    _wholes(indicator, found)
    _pieces(indicator, found)
    if indicator.adds_up:
        _areas(indicator, spaces, found)
    return found


def _areas(indicator: Indicator, spaces: Spaces, found: Totals) -> None:
    """Add up areas from their parts, the deepest first, where all parts are there and the area itself isn't."""
    places = sorted({(period, values) for _, period, values in found})
    for space, inside in wholes(spaces):
        for period, values in places:
            known = [found[child, period, values] for child in inside if (child, period, values) in found]
            if len(known) == len(inside) and (space, period, values) not in found:
                found[space, period, values] = _together(indicator, known)


def _grouped(table: ValueTable, geographies: Sequence[str]) -> dict[CellKey, list[ValueRow]]:
    grouped: dict[CellKey, list[ValueRow]] = defaultdict(list)
    crossing = [place for place, name in enumerate(table.further) if name in geographies[1:]]
    for row in table.rows:
        others = [row.further[place] for place in crossing if row.further[place]]
        space = piece(row.space, others[0]) if others else row.space
        grouped[space, row.period, row.breakdown].append(row)
    return grouped


def _of(row: ValueRow, further: Sequence[str]) -> SummedCount:
    who = row.further[further.index(CONTRIBUTOR)] if CONTRIBUTOR in further else ""
    given = ((who, row.numerator),) if who and row.numerator is not None else ()
    return SummedCount(row.numerator, row.denominator, row.status, row.note, given)


def _together(
    indicator: Indicator, items: Sequence[SummedCount], *, same_denominator: bool = False
) -> SummedCount:
    """Add counts up; where one of them has no value, the sum has none either, for the same reason."""
    denominator = _denominator(indicator, items, same_denominator)
    missing = next((item for item in items if item.numerator is None), None)
    if missing is not None:
        return SummedCount(None, denominator, missing.status, missing.note)
    total = Decimal()
    amounts: dict[str, Decimal] = defaultdict(Decimal)
    for item in items:
        total += item.numerator or 0
        for who, amount in item.contributions:
            amounts[who] += amount
    single = items[0] if len(items) == 1 else SummedCount(total, denominator, Status.KNOWN)
    return replace(
        single, numerator=total, denominator=denominator, contributions=tuple(sorted(amounts.items()))
    )


def _denominator(indicator: Indicator, items: Sequence[SummedCount], same: bool) -> Decimal | None:
    """Return what a sum is divided by; None where it isn't divided, or one of its parts says nothing."""
    given = [item.denominator for item in items if item.denominator is not None]
    if indicator.denominator is None or len(given) < len(items):
        return None
    return given[0] if same else sum(given, Decimal())


def _wholes(indicator: Indicator, found: Totals) -> None:
    """Add up breakdowns, the finest first."""
    for values in reversed(combinations(indicator.breakdowns)):
        for place, item in enumerate(indicator.breakdowns):
            if values[place]:
                continue
            for space, period in sorted({(key[0], key[1]) for key in found}):
                divided = divided_at(values, place, item)
                known = [found[space, period, row] for row in divided if (space, period, row) in found]
                if len(known) == len(divided) and (space, period, values) not in found:
                    found[space, period, values] = _together(
                        indicator, known, same_denominator=item.same_denominator
                    )


def _pieces(indicator: Indicator, found: Totals) -> None:
    """Add up pieces to the areas on both sides."""
    sides: dict[CellKey, list[SummedCount]] = defaultdict(list)
    for (space, period, values), total in sorted(found.items()):
        first, _, second = space.partition(CROSS)
        if second:
            sides[first, period, values].append(total)
            sides[second, period, values].append(total)
    for key, items in sides.items():
        found.setdefault(key, _together(indicator, items))
