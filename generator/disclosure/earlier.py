"""Releases and frozen editions in; the tables they made public, by indicator and day, out.

What a report froze stands there for ever, like a release: withholding it later hides nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

from generator.model.edition import Edition
from generator.read.indicators import IndicatorFolder
from generator.read.values import ValueRow, ValueTable

Earlier = dict[str, dict[dt.date, ValueTable]]


def earlier_tables(folders: Mapping[str, IndicatorFolder], editions: Iterable[Edition]) -> Earlier:
    """Return everything that was public before, the figures of editions added to a release of the same day."""
    found: Earlier = {key: dict(one.earlier) for key, one in folders.items()}
    for edition in editions:
        for key, series in edition.frozen.series.items() if edition.frozen is not None else ():
            if key not in found:
                continue
            rows = tuple(
                ValueRow(
                    cell.space,
                    cell.period,
                    cell.breakdown,
                    None if cell.numerator is None else Decimal(cell.numerator),
                    None if cell.denominator is None else Decimal(cell.denominator),
                    cell.status,
                    "",
                    0,
                )
                for cell in series.cells.values()
                if len(cell.breakdown) == len(folders[key].indicator.breakdowns)
            )
            day = edition.head.date
            before = found[key].get(day)
            found[key][day] = ValueTable(edition.file, (*(before.rows if before else ()), *rows), ",")
    return found
