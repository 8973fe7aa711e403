"""Derive what changed from one release of an indicator to the next."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from generator.derive.indicator_series import Cells, cell_of, changes
from generator.derive.uncertainty import spread_of
from generator.model.cells import Cell, CellKey, Change, RoundedBy, Verdict
from generator.model.facts import SpaceFacts
from generator.model.indicator import Indicator
from generator.read.value_tables import ValueRow, ValueTable

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
        old, new = _cells(indicator, tables[earlier].rows), _cells(indicator, tables[later].rows)
        revisions = tuple(_revisions(old, new))
        before, after = (_trends(indicator, spaces, cells, reach) for cells in (old, new))
        turns = tuple(_turns(before, after, {item.key: item.cause for item in revisions}))
        found.append(ReleaseChange(earlier, later, notes.get(later, ""), revisions, turns))
    return found[::-1]


def _cells(indicator: Indicator, rows: Iterable[ValueRow]) -> Cells:
    cells = [cell_of(indicator, row) for row in rows]
    return {cell.key: cell for cell in cells}


def _revisions(old: Cells, new: Cells) -> Iterable[Revision]:
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
