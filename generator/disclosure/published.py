"""Published tables in; what they say of one measure, whoever counts it or divides by it, out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from generator.disclosure.counted_measures import KEYS, Measure
from generator.disclosure.engine import Attacker, Evidence, FeasibilityInterval, Key, LeakKind
from generator.disclosure.lattice import Spaces
from generator.model.cells import CellKey, Status
from generator.model.config import Thresholds
from generator.model.indicator import Indicator
from generator.read.value_tables import ValueRow, ValueTable


@dataclass(frozen=True)
class Published:
    """Everything that is public; `pairs` are the areas of two geographies that meet.

    raw: the real counts of each measure where they are known (protecting knows them), to see which tables are tied; what
    an attacker works out never rests on them.
    """

    spaces: Spaces
    pairs: tuple[tuple[str, str], ...]
    indicators: Mapping[str, Indicator]
    tables: Mapping[str, ValueTable]
    defaults: Thresholds
    earlier: Mapping[str, Mapping[dt.date, ValueTable]] = field(default_factory=dict)
    raw: Mapping[str, Mapping[Key, int]] = field(default_factory=dict)

    def contents(self) -> Hashable:
        """Return all of it in a form that two states share when nothing in them differs."""
        earlier = []
        for key, days in self.earlier.items():
            earlier += [(key, day, table.file, table.rows) for day, table in days.items()]
        return (
            tuple(self.spaces.items()),
            self.pairs,
            tuple((key, repr(item)) for key, item in self.indicators.items()),
            tuple((key, table.file, table.rows) for key, table in self.tables.items()),
            repr(self.defaults),
            tuple(earlier),
        )


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A withheld cell that is given away; `released` when an earlier release simply shows it.

    `attacker` is to whom, `knows` the cell whose count a contributor knows. past: only together with earlier releases. how: in
    which form undeclared measures show it (named as sources in `evidence`). Where `contradictions` are named, what is published does not fit together and no interval is known.
    """

    key: Key
    indicator: str
    cell: CellKey | None
    kind: LeakKind | None
    interval: FeasibilityInterval | None
    evidence: Evidence
    released: bool = False
    contradictions: tuple[str, ...] = ()
    attacker: Attacker = Attacker.READER
    knows: Key | None = None
    past: bool = False
    how: str = ""


@dataclass
class MeasureFacts:
    """What is public about one measure; `withheld` are the cells in which an indicator that counts it shows nothing,
    `amounts` its counts with their decimals."""

    known: dict[Key, int] = field(default_factory=dict)
    secret: set[Key] = field(default_factory=set)
    there: set[Key] = field(default_factory=set)
    bounds: dict[Key, tuple[float, float]] = field(default_factory=dict)
    cells: dict[Key, tuple[str, CellKey]] = field(default_factory=dict)
    amounts: dict[Key, float] = field(default_factory=dict)
    withheld: dict[Key, tuple[str, CellKey]] = field(default_factory=dict)
    shown_by: dict[Key, str] = field(default_factory=dict)


def facts_of(published: Published, measure: Measure) -> MeasureFacts:
    """Return what all tables together say of a measure."""
    facts = MeasureFacts()
    for role, item in measure.columns:
        if item.id in published.tables:
            for row in published.tables[item.id].rows:
                _take(facts, published.indicators, item, row, role)
    facts.secret -= facts.known.keys()
    return facts


def _take(
    facts: MeasureFacts, indicators: Mapping[str, Indicator], item: Indicator, row: ValueRow, role: str
) -> None:
    """Add what a row says in one of its columns."""
    cell = (row.space, row.period, row.breakdown)
    key = KEYS[role](indicators, item, cell)
    facts.there.add(key)
    facts.cells.setdefault(key, (item.id, cell))
    count = getattr(row, role)
    if count is not None:
        facts.known[key] = int(count)
        facts.amounts[key] = float(count)
        facts.shown_by.setdefault(key, item.title)
    elif row.status is Status.SECRET:
        facts.secret.add(key)
        if role == "numerator":
            facts.withheld.setdefault(key, (item.id, cell))
    # Of a share nobody counts more than there are; of a number of events there may be more than people.
    is_share = item.denominator is not None and item.interval != "byar"
    if role == "numerator" and is_share and row.denominator is not None:
        facts.bounds[key] = (0.0, float(row.denominator))
