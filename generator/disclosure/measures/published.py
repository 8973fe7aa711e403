"""Collect what is published of a measure, today and earlier, and name its cells."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain

from msgspec import Struct
from msgspec import field as struct_field
from msgspec.structs import replace

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.disclosure.engine.attack import Attacker, Evidence, FeasibilityInterval
from generator.disclosure.engine.linear_system import INFINITE, Counts, Key, Shown, Statement, Sum
from generator.disclosure.engine.rounding import BASE, SLACK, span
from generator.disclosure.measures.counted_measures import (
    KEYS,
    PART,
    Indicators,
    Measure,
    counts_in,
    divisor_name,
    measures_of,
    parts_in,
    sums_of,
)
from generator.disclosure.measures.lattice import CROSS, REST, Pair, Spaces, divided_anew
from generator.model.cells import Cell, CellKey, Status
from generator.model.config import Thresholds
from generator.model.editions import Edition
from generator.model.indicator import Breakdown, Indicator
from generator.model.site import Site
from generator.read.indicator_folders import WITHDRAWN, IndicatorFolder
from generator.read.value_tables import ValueRow, ValueTable


class Published(Struct, frozen=True):
    """All that is public. `raw` counts, where they are at hand, only show what is tied and what earlier releases say truly."""

    spaces: Spaces
    pairs: tuple[Pair, ...]
    indicators: Indicators
    tables: Mapping[str, ValueTable]
    defaults: Thresholds
    earlier: Mapping[str, Mapping[dt.date, ValueTable]] = struct_field(default_factory=dict)
    """Former releases and what reports quote, by indicator and day."""
    raw: Mapping[str, Counts] = struct_field(default_factory=dict)
    residents: Mapping[tuple[str, str], int] = struct_field(default_factory=dict)
    """People by area and period."""
    out: frozenset[Key] = frozenset()
    """Cells of withdrawn tables whose counts the private folder keeps: whoever kept a table knows them."""

    def may_be_nothing(self, item: Indicator, row: ValueRow) -> bool:
        """Tell whether a count is withheld whatever it is, by people or denominator, which may be rounded up."""
        rule, defaults = item.disclosure, self.defaults
        people = self.residents.get((row.space, row.period))
        least = defaults.minimum_population if rule.minimum_population is None else rule.minimum_population
        threshold = defaults.threshold if rule.threshold is None else rule.threshold
        below = row.denominator
        few = people is not None and people - residents_slack(self.indicators) < least
        beyond = SLACK if divisor_is_rounded(self.indicators, item) else 0
        return few or (item.denominator is not None and (below is None or below - beyond < threshold))


class Disclosure(Struct, frozen=True):
    """A leak to an attacker (who `knows` another cell, or with `past` releases). No interval where there are `contradictions`, or an amount of the cases is shown."""

    key: Key
    indicator: str
    cell: CellKey | None
    interval: FeasibilityInterval | None
    evidence: Evidence
    contradictions: tuple[str, ...] = ()
    attacker: Attacker = Attacker.READER
    knows: Key | None = None
    past: bool = False


@dataclass
class MeasureFacts:
    """What all tables make public of a measure, by cell."""

    known: dict[Key, int] = field(default_factory=dict)
    exact: set[Key] = field(default_factory=set)
    """Known counts that aren't rounded."""
    zeros: set[Key] = field(default_factory=set)
    """Cells without number somewhere that may be 0."""
    secret: set[Key] = field(default_factory=set)
    """Cells that are withheld and shown by no indicator."""
    bounds: dict[Key, tuple[float, float]] = field(default_factory=dict)
    """What a part of a shown denominator can be."""
    cells: dict[Key, tuple[str, CellKey]] = field(default_factory=dict)
    """All cells, with the first indicator that has them."""
    amounts: dict[Key, float] = field(default_factory=dict)
    """Known counts with their decimals."""
    withheld: dict[Key, tuple[str, CellKey]] = field(default_factory=dict)
    """Numerators that an indicator withholds, though another may show them."""
    shown_by: dict[Key, str] = field(default_factory=dict)
    """The title of the first indicator that shows a count."""


def facts_of(published: Published, measure: Measure) -> MeasureFacts:
    """Return what all tables together say of a measure."""
    facts = MeasureFacts()
    for role, item in measure.columns:
        if item.id in published.tables:
            table = published.tables[item.id]
            for row in table.rows:
                _add_row(facts, published, item, row, role)
            if role == "numerator" and item.is_share:
                _bound(facts, published, item, table)
    facts.secret -= facts.known.keys()
    facts.exact = {key for key in facts.known if not measure.rounds(parts_in(key[3:]))}
    return facts


def _add_row(facts: MeasureFacts, published: Published, item: Indicator, row: ValueRow, role: str) -> None:
    """Add what a row says in one of its columns."""
    key = KEYS[role](published.indicators, item, row.cell)
    facts.cells.setdefault(key, (item.id, row.cell))
    count = getattr(row, role)
    if count is not None:
        facts.known[key] = int(count)
        facts.amounts[key] = float(count)
        facts.shown_by.setdefault(key, item.title)
    elif row.status is Status.SECRET:
        facts.secret.add(key)
        if role == "numerator":
            facts.withheld.setdefault(key, (item.id, row.cell))
        if published.may_be_nothing(item, row):
            facts.zeros.add(key)
    else:
        # Of what comes later or is no number nobody said that there is any.
        facts.zeros.add(key)


def _bound(facts: MeasureFacts, published: Published, item: Indicator, table: ValueTable) -> None:
    """Bound a share's counts by its shown denominator."""
    indicators = published.indicators
    beyond = SLACK if divisor_is_rounded(indicators, item) else 0
    for row in table.rows:
        if row.denominator is not None:
            key = KEYS["numerator"](indicators, item, row.cell)
            _, most = facts.bounds.get(key, (0.0, INFINITE))
            facts.bounds[key] = (0.0, min(float(row.denominator) + beyond, most))


def divisor_is_rounded(indicators: Indicators, item: Indicator) -> bool:
    """Tell whether what an indicator divides by is shown rounded."""
    name = divisor_name(indicators, item.id)
    return any(one.rounded for one in measures_of(indicators) if one.name == name)


def residents_slack(indicators: Indicators) -> int:
    """Return how far shown residents may lie from the true ones."""
    of_people = (one for one in measures_of(indicators) if any(item.population for item in one.owners))
    return SLACK if any(one.rounded for one in of_people) else 0


def still_sums(sums: Iterable[Sum], spaces: Spaces, tables: Iterable[ValueTable]) -> list[Sum]:
    """Return sums of areas that are made of the same parts as when these tables were written."""
    anew: set[tuple[str, ...]] = set()
    for table in tables:
        cut = divided_anew(spaces, table.parts)
        anew |= {(row.space, row.period) for row in table.rows if row.space in cut}
    return [one for one in sums if one.parts[0][1] == one.total[1] or one.total[1:3] not in anew]


Earlier = Mapping[str, Mapping[dt.date, ValueTable]]  # by indicator and day


def earlier_tables(
    folders: Mapping[str, IndicatorFolder], editions: Iterable[Edition]
) -> dict[str, dict[dt.date, ValueTable]]:
    """Return all former releases, with editions' figures, by day."""
    found = {key: dict(one.earlier) for key, one in folders.items()}
    for edition in editions:
        series = edition.frozen.series if edition.frozen is not None else {}
        for key in series.keys() & found.keys():
            breakdowns = len(folders[key].indicator.breakdowns)
            cells = series[key].cells.values()
            rows = [_row_of_cell(cell) for cell in cells if len(cell.breakdown) == breakdowns]
            day = edition.head.date
            before = found[key].get(day, ValueTable("", (), ","))
            # A report may be dated as a release and quote the one before: what the release says counts.
            all_rows = (*rows, *before.rows)
            found[key][day] = replace(before, file=edition.file, rows=all_rows)
    return found


def was_out(folders: Mapping[str, IndicatorFolder], indicators: Indicators) -> frozenset[Key]:
    """Return the cells that withdrawn tables showed."""
    found: set[Key] = set()
    for key, folder in folders.items():
        dates = [one.date for one in folder.releases if one.note.startswith(WITHDRAWN)]
        for row in (row for date in dates if date in folder.earlier for row in folder.earlier[date].rows):
            if row.status is not Status.SECRET:
                found.add(KEYS["numerator"](indicators, indicators[key], row.cell))
    return frozenset(found)


def _row_of_cell(cell: Cell) -> ValueRow:
    above, below = (None if one is None else Decimal(one) for one in (cell.numerator, cell.denominator))
    return ValueRow(cell.space, cell.period, cell.breakdown, above, below, cell.status, "", 0)


def ever_shown(table: ValueTable | None, earlier: Mapping[dt.date, ValueTable]) -> ValueTable:
    """Return a table with earlier cells and counts that it lacks."""
    now = table or ValueTable("", (), ",")
    rows: dict[CellKey, ValueRow] = {}
    for one in (*(earlier[day] for day in sorted(earlier)), now):
        line = None if one is now else 1
        for row in one.rows:
            before = rows.get(row.cell, row)
            below = before.denominator if row.denominator is None else row.denominator
            count, status = row.numerator, row.status
            if count is None:
                count, status = before.numerator, before.status
            rows[row.cell] = replace(
                row, numerator=count, denominator=below, status=status, line=line or row.line
            )
    return replace(now, rows=tuple(rows.values()))


class EarlierCounts(Struct, frozen=True):
    """A measure's public counts from a day on (None: withheld), and their `tables`."""

    day: dt.date
    counts: Shown
    tables: tuple[ValueTable, ...] = ()
    exact: frozenset[Key] = frozenset()
    """Cells that weren't rounded."""
    threshold: int = 1
    """The least that a rounded count could be."""

    def says(self, key: Key) -> tuple[float, float] | None:
        """Return a count's bounds then; None if withheld."""
        count = self.counts.get(key)
        if count is None or key not in self.exact:
            return None if count is None else span(count, self.threshold)
        return float(count), float(count)

    def single(self, cells: Iterable[Key]) -> list[Statement]:
        """Return its statements on some cells, lower thresholds considered."""
        found = []
        for key in sorted(cells):
            strict, loose = self.says(key), replace(self, threshold=1).says(key)
            ranges = {ends for ends in (strict, loose) if ends is not None}
            found += [Statement(((key, 1.0),), *ends, self.source) for ends in sorted(ranges)]
        return found

    @property
    def source(self) -> str:
        """How reports name it."""
        return f"Veröffentlichung {self.day:%d.%m.%Y}"


def shown_earlier(
    indicators: Indicators, measure: Measure, earlier: Earlier, threshold: int = 1
) -> list[EarlierCounts]:
    """Return a measure's past public counts by release, oldest first. A release with a count that is no multiple of 5 was exact."""
    columns = [(role, item) for role, item in measure.columns if item.id in earlier]
    tables = [(day, item.id, role, item) for role, item in columns for day in earlier[item.id]]
    found: dict[dt.date, EarlierCounts] = {}
    counts: dict[Key, int | None] = {}
    until_then: list[ValueTable] = []
    exact: set[Key] = set()
    for day, key, role, item in sorted(tables, key=lambda table: table[:3]):
        until_then.append(earlier[key][day])
        released = dict(counts_in(indicators, item, until_then[-1], role))
        counts |= released
        exact -= released.keys()
        if any(count is not None and count % BASE for count in released.values()):
            exact |= released.keys()
        found[day] = EarlierCounts(day, dict(counts), tuple(until_then), frozenset(exact), threshold)
    return list(found.values())


def corrected_sums(
    measure: Measure,
    spaces: Spaces,
    pairs: Sequence[Pair],
    shown: EarlierCounts,
    today: Shown,
    implied: Sequence[Sum],
) -> Iterator[list[Statement]]:
    """Yield what a former release's sums say of cells it withheld, given corrections.

    Parts of withheld cells stand in for them: by areas, breakdowns, and `implied` sums. `today` are today's
    known counts. A sum with a cell that is gone says nothing.
    """
    sums = still_sums(sums_of(measure, spaces, shown.counts, pairs), spaces, shown.tables)
    complete = [item for item in sums if item.within(today)]
    by_breakdowns = {item.total: item for item in complete}
    by_areas = {item.total: item for item in reversed(complete)}
    otherwise = {item.total: item for item in implied}
    for divided in ({}, by_areas, by_breakdowns, otherwise):
        apart = [_divide_withheld_cells(relation, divided, shown.counts) for relation in (*sums, *implied)]
        for still in (True, False):
            statements = [_of_sum(weights, shown, today, still=still) for weights in apart]
            yield [item for item in statements if item is not None]


def _divide_withheld_cells(relation: Sum, divided: Mapping[Key, Sum], counts: Shown) -> dict[Key, int]:
    """Return a sum as coefficients, withheld cells replaced by their parts."""
    found: Counter[Key] = Counter()
    left = [(relation.total, -1), *((part, 1) for part in relation.parts)]
    # Two breakdowns may each divide a value of the other.
    done: set[Key] = set()
    while left:
        key, weight = left.pop()
        if counts.get(key) is None and key in divided and key not in done:
            done.add(key)
            left += [(part, weight) for part in divided[key].parts]
        else:
            found[key] += weight
    return {key: weight for key, weight in found.items() if weight}


def _of_sum(weights: Counts, shown: EarlierCounts, today: Shown, *, still: bool) -> Statement | None:
    """Return a former sum's statement on today, if shown counts hold (`still`) or were all corrected."""
    low = high = 0.0
    corrected = False
    terms: list[tuple[Key, float]] = []
    for key, weight in weights.items():
        range_then = shown.says(key)
        now = today.get(key)
        same = range_then is not None and now is not None and range_then[0] <= now <= range_then[1]
        if range_then is not None and not (same and still):
            least, most = sorted(weight * end for end in range_then)
            low, high = low - most, high - least
            corrected = True
        elif key in today:
            terms.append((key, float(weight)))
        else:
            return None
    if not corrected or not terms:
        return None
    return Statement(tuple(terms), low, high, shown.source)


def holds(statement: Statement, counts: Counts) -> bool:
    """Tell whether what is said is true of real counts."""
    total = sum(weight * counts[key] for key, weight in statement.terms)
    return statement.low <= total <= statement.high


WHOM = {
    Attacker.READER: "wer alles Veröffentlichte kennt",
    Attacker.CONTRIBUTOR: "wer selbst in einer Zelle gezählt ist",
}
"""Who attacks, in words for editors."""


def space_name(site: Site, space: str) -> str:
    """Return the name of an area or of two's overlap."""
    names = [site.spaces[key].name if key in site.spaces else key for key in space.split(CROSS)]
    return ", der Teil in ".join(names)


def cell_name(site: Site, indicator: Indicator, cell: CellKey) -> str:
    """Name a cell in quotes: „Mühlenviertel, 2024, 6 bis 9“."""
    words = [space_name(site, cell[0]), cell[1]]
    words += [
        _value_name(item, value) for item, value in zip(indicator.breakdowns, cell[2], strict=True) if value
    ]
    return f"„{', '.join(words)}“"


def key_name(site: Site, key: Key) -> str:
    """Name a key (measure, area, period, values) for reports, without the measure."""
    words = [space_name(site, key[1]), key[2]]
    words += [_name_of(site, part) for part in key[3:]]
    return ", ".join(words)


def _name_of(site: Site, part: str) -> str:
    """Name a part of a key: value, part of the measure, or rest."""
    breakdown, _, value = part.partition(":")
    if breakdown == REST:
        without = [_name_of(site, one) for one in value.split(", ")]
        return f"{REST} {', '.join(without)}"
    if breakdown == PART and value in site.indicators:
        return site.indicators[value].title
    every = chain.from_iterable(indicator.breakdowns for indicator in site.indicators.values())
    return next((_value_name(item, value) for item in every if item.id == breakdown), value or part)


def source_name(site: Site, source: str) -> str:
    """Name a sum's or statement's source: a release, or a key."""
    key = tuple(source.split(" / "))
    if len(key) > 2 and key[1].split(CROSS)[0] in site.spaces:
        return key_name(site, key)
    return source


def _value_name(breakdown: Breakdown, value: str) -> str:
    return next((one.name for one in breakdown.values if one.id == value), value)


def given_away(site: Site, item: Disclosure, place: Position) -> Diagnostic:
    """Report a withheld count that can be worked out: by whom, from what."""
    if item.contradictions:
        named = [source_name(site, one) for one in item.contradictions[:3]]
        return diagnostic("tabellen-widersprechen", place, by=", ".join(named))
    indicator = site.indicators[item.indicator]
    cell = cell_name(site, indicator, item.cell) if item.cell else f"„{key_name(site, item.key)}“"
    if item.past:
        return diagnostic("frueher-verraten", place, count=1, whom=WHOM[item.attacker], cell=cell)
    by = [source_name(site, one) for one in item.evidence.sources]
    if item.knows is not None:
        return diagnostic("zahl-fuer-beteiligte", place, cell=cell, own=f"„{key_name(site, item.knows)}“")
    by += [key_name(site, key) for key in item.evidence.cells]
    if item.interval is None:
        return diagnostic("betrag-verraet", place, cell=cell, title=by[0])
    # A log of a pipeline is public: the number isn't told.
    what = "genau" if item.interval.recovered else "auf weniger als drei mögliche Werte"
    words = "; ".join([*dict.fromkeys(by)][:4]) or "die Regel selbst"
    return diagnostic("zahl-verraten", place, cell=cell, what=what, by=words)
