"""Rates that are published as they are in; those that give a small count away beside a published denominator, out.

A rate of people with so many decimals that only one whole count fits is that count.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from decimal import Decimal

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.read.indicator_folders import IndicatorFolder
from generator.read.value_tables import ValueRow, ValueTable

BASES = (1, 100, 1000, 10_000, 100_000)
"""What rates are said of: one (0.04), per cent, per thousand and so on."""

TELLING = 3
"""At fewer places a rate fits a denominator by chance."""

Denominators = Mapping[tuple[str, str], Decimal]
"""People by area and period."""


def check_open_rates(site: Site, folders: Mapping[str, IndicatorFolder]) -> Iterator[Diagnostic]:
    """Report each rate without counts that tells a small count by a denominator of the project."""
    denominators = _denominators(folders)
    for folder in folders.values():
        item = folder.indicator
        if folder.table is None or item.denominator is not None or item.counted:
            continue
        threshold = item.disclosure.threshold or site.config.disclosure.threshold
        for title, people in denominators.items():
            for base in BASES:
                for row, count in _told(folder.table, people, base, threshold):
                    where = folder.table.position(row, "numerator")
                    yield diagnostic("quote-verraet-zahl", where, count=count, title=title, base=base)


def _denominators(folders: Mapping[str, IndicatorFolder]) -> dict[str, Denominators]:
    """Return the published numbers of people that rates can be of, by what they are called."""
    found: dict[str, Denominators] = {}
    for folder in folders.values():
        if folder.table is not None:
            found |= _of_table(folder.indicator, folder.table)
    return found


def _of_table(item: Indicator, table: ValueTable) -> dict[str, Denominators]:
    """Return the numbers of people of one table: its denominators, and what it counts where it counts people."""
    found: dict[str, Denominators] = {}
    whole = [row for row in table.rows if not any(row.breakdown)]
    if item.denominator is not None:
        shown = {(row.space, row.period): row.denominator for row in whole if row.denominator}
        found[f"{item.title} ({item.denominator})"] = shown
    if item.counted:
        found[item.title] = {(row.space, row.period): row.numerator for row in whole if row.numerator}
    return found


def _told(
    table: ValueTable, people: Denominators, base: int, threshold: int
) -> Iterator[tuple[ValueRow, int]]:
    """Yield the rows whose rate leaves one small count, if the rates of the table fit the denominator throughout."""
    half = _half(table)
    fitting: list[tuple[ValueRow, int]] = []
    for row in table.rows:
        below = people.get((row.space, row.period))
        if row.numerator is None or below is None or 2 * half * below >= base:
            continue
        count = math.ceil((row.numerator - half) * below / base)
        if count > (row.numerator + half) * below / base:
            return
        fitting.append((row, count))
    if len(fitting) >= TELLING:
        yield from ((row, count) for row, count in fitting if 0 < count < threshold)


def _half(table: ValueTable) -> Decimal:
    """Return half of the last decimal that the table's rates have."""
    exponents = [row.numerator.as_tuple().exponent for row in table.rows if row.numerator is not None]
    decimals = max((-exponent for exponent in exponents if isinstance(exponent, int)), default=0)
    return Decimal(1).scaleb(-max(0, decimals)) / 2
