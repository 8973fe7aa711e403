"""A table and the releases before it in; periods that were told of other areas than today's out.

Which area became which stands nowhere, so that no sum ties both. Whoever has both subtracts all the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.disclosure.lattice import Spaces, wholes
from generator.read.indicator_folders import IndicatorFolder
from generator.read.value_tables import ValueTable


def check_recut(spaces: Spaces, folder: IndicatorFolder, table: ValueTable) -> Iterator[Diagnostic]:
    """Report each period of a table that a release told of areas which are no more, or before others came beside them."""
    if folder.indicator.disclosure.method == "none":
        return
    now = _areas_by_period(table)
    reported: set[str] = set()
    for day, release in sorted(folder.earlier.items()):
        for period, before in sorted(_areas_by_period(release).items()):
            others = _others(spaces, before, now.get(period, set()))
            if others and period not in reported:
                reported.add(period)
                row = next(row for row in table.rows if row.period == period)
                yield diagnostic(
                    "zuschnitt-doppelt",
                    table.position(row, "space"),
                    period=period,
                    date=f"{day:%d.%m.%Y}",
                    areas=", ".join(others),
                )


def _areas_by_period(table: ValueTable) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in table.rows:
        found[row.period].add(row.space)
    return found


def _others(spaces: Spaces, before: Collection[str], now: Collection[str]) -> list[str]:
    """Return which areas are no more, and which came to the parts of a whole; none where only a whole town is told of today."""
    if all(spaces[key].depth == 0 for key in now):
        return []
    gone = set(before) - spaces.keys()
    came: set[str] = set()
    for _, inside in wholes(spaces):
        if not set(inside).isdisjoint(before):
            came |= set(inside).intersection(now).difference(before)
    return sorted(gone | came)
