"""Releases and frozen editions in; the tables they made public, and what they still say of today's counts, out.

What a report froze stands there for ever, like a release: withholding it later hides nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.disclosure.counted_measures import Measure, counts_in, sums_of
from generator.disclosure.engine import Key, Statement, Sum
from generator.disclosure.lattice import Spaces
from generator.model.editions import Edition
from generator.model.indicator import Indicator
from generator.read.indicators import IndicatorFolder
from generator.read.values import ValueRow, ValueTable

Earlier = Mapping[str, Mapping[dt.date, ValueTable]]


def earlier_tables(
    folders: Mapping[str, IndicatorFolder], editions: Iterable[Edition]
) -> dict[str, dict[dt.date, ValueTable]]:
    """Return everything that was public before, the figures of editions added to a release of the same day."""
    found = {key: dict(one.earlier) for key, one in folders.items()}
    for edition in editions:
        series = edition.frozen.series if edition.frozen is not None else {}
        for key in series.keys() & found.keys():
            breakdowns = len(folders[key].indicator.breakdowns)
            cells = [cell for cell in series[key].cells.values() if len(cell.breakdown) == breakdowns]
            rows = [
                ValueRow(
                    cell.space,
                    cell.period,
                    cell.breakdown,
                    _decimal(cell.numerator),
                    _decimal(cell.denominator),
                    cell.status,
                    "",
                    0,
                )
                for cell in cells
            ]
            day = edition.head.date
            before = found[key].get(day)
            found[key][day] = ValueTable(edition.file, (*(before.rows if before else ()), *rows), ",")
    return found


def _decimal(count: int | float | str | None) -> Decimal | None:
    return None if count is None else Decimal(count)


@dataclass(frozen=True)
class EarlierCounts:
    """What was public of one measure from a day on: each cell's count, or None where it was withheld."""

    day: dt.date
    counts: Mapping[Key, int | None]

    @property
    def source(self) -> str:
        """How reports name it."""
        return f"Ausgabe {self.day:%d.%m.%Y}"


def shown_earlier(
    indicators: Mapping[str, Indicator], measure: Measure, earlier: Earlier
) -> list[EarlierCounts]:
    """Return what was public of a measure after each release of one of its indicators, the oldest first."""
    tables: list[tuple[dt.date, str, str, Indicator]] = []
    for role, item in measure.columns:
        tables += [(day, item.id, role, item) for day in earlier.get(item.id, {})]
    found: dict[dt.date, dict[Key, int | None]] = {}
    counts: dict[Key, int | None] = {}
    for day, key, role, item in sorted(tables, key=lambda table: table[:3]):
        counts.update(counts_in(indicators, item, earlier[key][day], role))
        found[day] = dict(counts)
    return [EarlierCounts(day, shown) for day, shown in found.items()]


def corrected_sums(
    measure: Measure,
    spaces: Spaces,
    pairs: Sequence[tuple[str, str]],
    shown: EarlierCounts,
    today: Mapping[Key, int | None],
) -> Iterator[Statement]:
    """Yield what the sums of an earlier release say of cells that it withheld, if those weren't corrected since.

    `today` are the counts of today, as far as they are known. Only sums are of use in which a shown count was corrected: the
    others hold today in the same way. A sum with a cell that is no more says nothing of today.
    """
    for relation in sums_of(measure, spaces, shown.counts, pairs):
        statement = _of_sum(relation, shown, today)
        if statement is not None:
            yield statement


def _of_sum(relation: Sum, shown: EarlierCounts, today: Mapping[Key, int | None]) -> Statement | None:
    known = 0
    corrected = False
    terms: list[tuple[Key, float]] = []
    for key, weight in ((relation.total, -1), *((part, 1) for part in relation.parts)):
        count = shown.counts.get(key)
        if count is not None:
            known += weight * count
            corrected |= today.get(key) != count
        elif key in today:
            terms.append((key, float(weight)))
        else:
            return None
    if not corrected or not terms:
        return None
    return Statement(tuple(terms), -known, -known, shown.source)
