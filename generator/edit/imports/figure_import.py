"""A table of a statistical office in; an indicator's raw table in a private folder, or the draft of its definition, out: the steps of `nahraum import figures`; which totals must equal the sum of their areas, what stands twice, which rates have too few people behind them.

All or nothing. Figures go where `nahraum protect` reads them and never into the project. Where the definition is missing it is drafted first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from generator.diagnostics import Diagnostic, Position, folded, has_errors, ordered
from generator.diagnostics.codes import diagnostic
from generator.diagnostics.diagnostic import Progress, silent
from generator.disclosure.gates.committed import in_periods, residents
from generator.disclosure.gates.plausible import check_plausible
from generator.disclosure.gates.shared_measures import SHARE, check_share
from generator.disclosure.gates.value_rows import check_table
from generator.disclosure.periods import check_ahead
from generator.edit.imports.areas_and_periods import TOTAL, AreaIndex, JoinedAreas, join_areas
from generator.edit.imports.figure_cells import (
    BreakdownColumns,
    FigureMapping,
    FigureReader,
    ReadFigure,
    read_cells,
    style_of,
)
from generator.edit.imports.figure_writing import (
    FigureOutcome,
    FigureTarget,
    Places,
    draft,
    keep_private,
    placed,
)
from generator.edit.imports.office_tables import FigureLayout, PlacedFigure, lay_out, shown_list
from generator.edit.records.new_records import INDICATOR, file_of, refused_id
from generator.edit.schemas import words_of
from generator.files.door import Door
from generator.files.writing import write_files
from generator.model.cells import CellKey
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.read.indicator_folders import IndicatorFolder, refused
from generator.read.nodes import MapNode, parse
from generator.read.project import Reading, read_project
from generator.read.records import RecordSource, validate
from generator.read.value_tables import ValueRow, ValueTable
from generator.read.workbooks import SheetCell


@dataclass(frozen=True, slots=True)
class _Taken:
    """A figure that was read, with the cells that it stands in."""

    key: CellKey
    numbers: Mapping[str, ReadFigure]
    """What is counted („Zähler“), and what it is divided by („Nenner“) where the table says it."""
    cells: Mapping[str, SheetCell]
    """Where they stand, by the same names."""


def import_figures(
    path: Path,
    mapping: FigureMapping,
    root: Path,
    target: FigureTarget,
    *,
    today: dt.date,
    progress: Progress = silent,
) -> FigureOutcome:
    """Read the table, join its areas, check its sums and write the indicator's table, or its definition where there is none yet.

    Raises OSError when the disk or another writer stands in the way; then nothing was written.
    """
    reading = read_project(root)
    if reading.site is None:
        return FigureOutcome(ordered(reading.found))
    if refusal := refused(Position(str(path))):
        return FigureOutcome(tuple(refusal))
    key = mapping.indicator
    if key not in reading.site.indicators and (refusal := refused_id(root, INDICATOR, key)):
        return FigureOutcome(tuple(refusal))
    door = reading.door.also(path, *((target.private,) if target.private else ()))
    outcome = FigureOutcome()
    found = _FigureImport(reading, reading.site, mapping, door, outcome).run(path, target, today, progress)
    outcome.found = folded(found)
    return outcome


@dataclass(slots=True)
class _FigureImport:
    """One import of a table; what it did is gathered in `outcome`."""

    reading: Reading
    site: Site
    mapping: FigureMapping
    door: Door
    outcome: FigureOutcome

    def run(self, path: Path, target: FigureTarget, today: dt.date, progress: Progress) -> list[Diagnostic]:
        """Go through all steps up to the first that finds an error; return what was found."""
        cells, file, unseen = read_cells(self.door, path, self.mapping.table)
        if cells is None:
            return unseen
        index = AreaIndex(self.site)
        layout, found = lay_out(cells, file, self.mapping, index.may_be)
        if layout is None:
            return found
        progress("zuordnen", 1, 2)
        self.outcome.said = layout.said
        named = [item.area for item in layout.figures]
        joined, found = join_areas(index, named, file, self.mapping.level, self.mapping.leave_out)
        if joined is None:
            return found
        found += [*unseen, *_tell_areas(index, joined, layout, self.outcome)]
        folder, drafted, problems = _definition(self.reading, self.mapping, layout)
        found += problems
        if has_errors(found):
            return found
        table, places, problems = self._table(index, layout, joined, folder.indicator, file)
        found += problems
        if has_errors(found):
            return found
        gates = self._gates(index, folder, table, today)
        found += placed(_for_now(gates, drafted), table, places)
        progress("zuordnen", 2, 2)
        if not has_errors(found):
            found += self._write(folder, drafted, table, target)
        return found

    def _table(
        self, index: AreaIndex, layout: FigureLayout, joined: JoinedAreas, indicator: Indicator, file: str
    ) -> tuple[ValueTable, list[Places], list[Diagnostic]]:
        """Return the rows to write and where each stands in the source, after sums were compared; and what is wrong."""
        found: list[Diagnostic] = []
        counted = layout.counted
        if self.mapping.rate is None and counted and SHARE.search(counted.label):
            label = counted.label
            found.append(diagnostic("prozent-als-anzahl", counted.position, value=label, column=label))
        taken, totals, problems, sentences = _read(self.mapping, indicator, layout, joined)
        found += problems
        self.outcome.said += sentences
        self.outcome.figures = len(taken)
        if indicator.adds_up and not has_errors(found):
            wrong, sentences = _check_sums(index, joined.level, taken, totals)
            if self.mapping.tell_totals:
                wrong = [replace(item, severity="warning") for item in wrong]
            found += wrong
            self.outcome.said += sentences
        table, places = _table(file, _rows(indicator, taken, totals))
        return table, places, found

    def _gates(
        self, index: AreaIndex, folder: IndicatorFolder, table: ValueTable, today: dt.date
    ) -> list[Diagnostic]:
        """Ask the gates of raw tables, and of rates how many people stand behind them."""
        found = _raw_gates(self.site, index, folder, table, today)
        if self.mapping.rate is not None:
            found += _too_few(self.reading, self.site, folder.indicator, table)
            self.outcome.said += _limits(folder.indicator)
        return found

    def _write(
        self,
        folder: IndicatorFolder,
        drafted: str,
        table: ValueTable,
        target: FigureTarget,
    ) -> list[Diagnostic]:
        """Write the draft of a definition or the private table; return what stands in the way."""
        if drafted:
            self.outcome.drafted = file_of(INDICATOR, folder.source.id)
            if not target.dry:
                write_files(self.reading.root, {self.outcome.drafted: drafted})
            return []
        return keep_private(self.reading, self.door, folder, table, target, self.outcome)


# --- areas and definition --------------------------------------------------------------------------------------------


def _tell_areas(
    index: AreaIndex, joined: JoinedAreas, layout: FigureLayout, outcome: FigureOutcome
) -> list[Diagnostic]:
    """Say how areas were joined; warn of what was left out or mended."""
    level = index.label(joined.level)
    size = sum(space.level == joined.level for space in index.site.spaces.values())
    there = len(set(joined.spaces.values()))
    outcome.said.append(f"Ebene „{level}“: {there} von {size} Gebieten.")
    if joined.totals:
        outcome.said.append(f"Als Summen gelesen: {shown_list(f'„{text}“' for text in joined.totals)}.")
    where = {item.area.text: item.area.position for item in reversed(layout.figures)}
    found = []
    if joined.zeros:
        text, key = next(iter(joined.zeros.items()))
        count = len(joined.zeros)
        found.append(diagnostic("fuehrende-nullen", where[text], count=count, value=text, key=key))
    if joined.apart:
        text, level_of_it = next(iter(joined.apart.items()))
        other, count = index.label(level_of_it), len(joined.apart)
        found.append(
            diagnostic("gebiete-andere-ebene", where[text], count=count, value=text, other=other, level=level)
        )
    if joined.lost:
        text = joined.lost[0].text
        found.append(diagnostic("gebiete-ausgelassen", where[text], count=len(joined.lost), value=text))
    return found


def _definition(
    reading: Reading, mapping: FigureMapping, layout: FigureLayout
) -> tuple[IndicatorFolder, str, list[Diagnostic]]:
    """Return the indicator's folder as it is with "", or as it is drafted with the draft's text; and what doesn't fit the mapping."""
    key = mapping.indicator
    folder = reading.indicators.get(key)
    if folder is None:
        text = draft(mapping, layout, words_of(reading.root))
        return _drafted(key, text), text, []
    known = folder.indicator
    found = []
    if mapping.breakdown is not None:
        found += _other_breakdown(folder, mapping.breakdown)
    if mapping.rate is not None and (known.adds_up or known.denominator is not None):
        found.append(diagnostic("zahlen-quote", folder.source.position("title"), title=known.title))
    if mapping.rate is None and (known.denominator is None) != (mapping.denominator is None):
        what = "hat keinen Nenner, --denominator nennt aber eine Spalte dafür"
        if known.denominator is not None:
            what = f"hat einen Nenner („{known.denominator}“), genannt ist keine Spalte dafür"
        found.append(diagnostic("zahlen-nenner", folder.source.position("denominator"), what=what))
    return folder, "", found


def _drafted(key: str, text: str) -> IndicatorFolder:
    """Read a draft as if it were there already, without figures."""
    name = file_of(INDICATOR, key)
    node, found = parse(text, name)
    indicator, problems = validate(Indicator, node, id=key) if node is not None else (None, [])
    if indicator is None or not isinstance(node, MapNode):
        raise ValueError(f"a draft that can't be read: {[*found, *problems]}")
    source = RecordSource("indicators", key, name, node, indicator, text)
    return IndicatorFolder(source, indicator, None, (), {})


def _other_breakdown(folder: IndicatorFolder, said: BreakdownColumns) -> list[Diagnostic]:
    """Report a breakdown that the indicator doesn't have, or not with all values that are said."""
    values = [value for value in said.values.values() if value]
    own: dict[str, set[str]] = {}
    for item in folder.indicator.breakdowns:
        own[item.id] = {value.id for value in item.values}
    if said.id in own and own[said.id].issuperset(values):
        return []
    there = "; ".join(f"{name}: {', '.join(sorted(ids))}" for name, ids in own.items()) or "keine"
    place = folder.source.position("breakdowns")
    return [diagnostic("zahlen-aufgliederung", place, said=f"{said.id}: {', '.join(values)}", known=there)]


# --- figures ---------------------------------------------------------------------------------------------------------


def _read(
    mapping: FigureMapping, indicator: Indicator, layout: FigureLayout, joined: JoinedAreas
) -> tuple[dict[CellKey, _Taken], dict[CellKey, _Taken], list[Diagnostic], list[str]]:
    """Return the figures of areas and those of totals by their cells, what is wrong, and what was taken for what."""
    style = style_of(layout.texts(), mapping.table.decimal)
    decimals = None if mapping.rate is None else indicator.decimals
    reader = FigureReader(style, mapping.signs, layout.remarks, decimals)
    found: list[Diagnostic] = []
    taken: dict[CellKey, _Taken] = {}
    totals: dict[CellKey, _Taken] = {}
    first: dict[CellKey, PlacedFigure] = {}
    for item in layout.figures:
        text = item.area.text
        space = joined.spaces.get(text, joined.totals.get(text))
        if space is None:
            continue
        key = (space, item.period, _breakdown_values(item, mapping, indicator))
        before = first.setdefault(key, item)
        if before is not item:
            # „Insgesamt“ and the town's own row may say the same.
            if text not in joined.totals or before.numerator.text != item.numerator.text:
                found.append(_double(before, item))
            continue
        one = _taken(reader, key, item, mapping)
        if not isinstance(one, _Taken):
            found += one
        elif text in joined.spaces:
            taken[key] = one
        else:
            totals[key] = one
    return taken, totals, found, [*_STYLES[style], *reader.said()]


_STYLES = {"german": ["Dezimalzeichen: Komma."], "english": ["Dezimalzeichen: Punkt."], "open": []}


def _breakdown_values(item: PlacedFigure, mapping: FigureMapping, indicator: Indicator) -> tuple[str, ...]:
    """Return a value for each breakdown of the indicator, empty where the figure isn't of one."""
    breakdowns = [one.id for one in indicator.breakdowns]
    values = [""] * len(breakdowns)
    if item.breakdown:
        place = 0
        if mapping.breakdown and mapping.breakdown.id in breakdowns:
            place = breakdowns.index(mapping.breakdown.id)
        values[place] = item.breakdown
    return tuple(values)


def _taken(
    reader: FigureReader, key: CellKey, item: PlacedFigure, mapping: FigureMapping
) -> _Taken | list[Diagnostic]:
    """Read a figure and what it is divided by; return what is wrong with their cells instead, where anything is."""
    numerator = reader.read(item.numerator, mapping.rate or mapping.numerator or "Zahl")
    cells = {"Zähler": item.numerator}
    read = {"Zähler": numerator}
    if item.denominator is not None:
        cells["Nenner"] = item.denominator
        read["Nenner"] = reader.read(item.denominator, mapping.denominator or "Nenner")
    said = (*read.values(), *(cell.problem for cell in cells.values()))
    wrong = [one for one in said if isinstance(one, Diagnostic)]
    numbers = {name: one for name, one in read.items() if isinstance(one, ReadFigure)}
    return wrong or _Taken(key, numbers, cells)


def _double(first: PlacedFigure, again: PlacedFigure) -> Diagnostic:
    """Say that a figure is there twice."""
    better = "eine der beiden löschen, oder mit --where sagen, welche Zeilen gemeint sind; heißt ein Gebiet wie das darüber, --area mit der Spalte der Kennungen"
    if first.area.text != again.area.text:
        better = f"„{first.area.text}“ und „{again.area.text}“ sind dasselbe Gebiet; eine der Zeilen löschen"
    return diagnostic(
        "zahl-doppelt",
        again.numerator.position,
        space=again.area.text,
        period=again.period,
        first=first.numerator.position.line,
        better=better,
    )


def _check_sums(
    index: AreaIndex, level: str, taken: Mapping[CellKey, _Taken], totals: Mapping[CellKey, _Taken]
) -> tuple[list[Diagnostic], list[str]]:
    """Compare totals with the sums of their areas' figures; return those that differ, and in a sentence how many were right or not to be checked."""
    right = unchecked = 0
    found: list[Diagnostic] = []
    for (space, period, values), total in totals.items():
        inside = [taken.get((one, period, values)) for one in index.below(space, level)]
        for what, figure in total.numbers.items():
            whole, both = figure.value, _sum_of(inside, what)
            if whole is None or both is None:
                unchecked += 1
            elif both == whole:
                right += 1
            else:
                found.append(_wrong_sum(index, total, what, both, whole))
    told = [f"{right} gehen auf"]
    if found:
        told.append(f"{len(found)} gehen nicht auf")
    if unchecked:
        told.append(f"{unchecked} nicht zu prüfen, weil Zahlen fehlen")
    return found, [f"Summen: {', '.join(told)}."] if totals else []


def _sum_of(parts: Sequence[_Taken | None], what: str) -> Decimal | None:
    """Return the sum of the parts' numbers; None where one is missing."""
    both = Decimal()
    for part in parts:
        number = part.numbers[what].value if part is not None else None
        if number is None:
            return None
        both += number
    return both if parts else None


def _wrong_sum(index: AreaIndex, total: _Taken, what: str, both: Decimal, whole: Decimal) -> Diagnostic:
    """Say that parts don't add up to their total."""
    space, period, _ = total.key
    problem = diagnostic(
        "summe-der-teile",
        total.cells[what].position,
        name=index.site.spaces[space].name if space != TOTAL else "Alle Gebiete zusammen",
        sum=f"{both:f}",
        total=f"{whole:f}",
        what=what,
        period=period,
    )
    better = "die Tabelle mit der Quelle vergleichen; gehört zum Ganzen, was keinem Gebiet zugeordnet ist, oder ist gerundet, --tell-totals"
    return replace(problem, help=better)


def _rows(
    indicator: Indicator, taken: Mapping[CellKey, _Taken], totals: Mapping[CellKey, _Taken]
) -> list[_Taken]:
    """Return what is written: figures of the level; totals only where they are no sums."""
    rows = list(taken.values())
    if not indicator.adds_up:
        rows += [item for item in totals.values() if item.key[0] != TOTAL]
    return rows


def _table(file: str, items: Iterable[_Taken]) -> tuple[ValueTable, list[Places]]:
    """Return rows whose line says which of the places they stand at, and whose two columns which of its cells."""
    rows, places = [], []
    for item in sorted(items, key=lambda one: (one.key[1], one.key[2], one.key[0])):
        places.append([cell.position for cell in item.cells.values()])
        counted, below = item.numbers["Zähler"], item.numbers.get("Nenner")
        status, numerator = counted.status, counted.value
        notes = [one.note for one in item.numbers.values() if one.note]
        if below is not None and below.value is None and numerator is not None:
            # Without what it is divided by, a count says nothing that the source wanted to say.
            numerator, status = None, below.status
        denominator = None
        if below is not None:
            denominator = below.value
        note = "; ".join(dict.fromkeys(notes))
        rows.append(ValueRow(*item.key, numerator, denominator, status, note, len(places)))
    return ValueTable(file, tuple(rows), ",", columns=("numerator", "denominator")), places


# --- gates -----------------------------------------------------------------------------------------------------------


def _raw_gates(
    site: Site, index: AreaIndex, folder: IndicatorFolder, table: ValueTable, today: dt.date
) -> list[Diagnostic]:
    """Ask of the table what `nahraum protect` asks of raw ones."""
    indicator = folder.indicator
    found = [*check_table(site, index.lattice, indicator, table), *check_ahead(indicator, table, today)]
    if not has_errors(found):
        found += check_plausible(site, index.lattice, indicator, table, folder.table)
    return [*found, *check_share(folder, index.lattice, table, raw=True)]


def _for_now(found: Iterable[Diagnostic], drafted: str) -> Iterator[Diagnostic]:
    """Yield what is wrong, beside a draft implausible numbers as warnings: that one is right is said in the definition."""
    for item in found:
        if drafted and item.code == "wert-unplausibel":
            item = replace(item, severity="warning")
        yield item


def _too_few(reading: Reading, site: Site, indicator: Indicator, table: ValueTable) -> Iterator[Diagnostic]:
    """Report rates of areas with fewer people than may be reported: without a denominator nobody else would notice."""
    least = indicator.disclosure.minimum_population
    least = site.config.disclosure.minimum_population if least is None else least
    people = in_periods(residents(reading), [table])
    for row in table.rows:
        count = people.get((row.space, row.period))
        if row.numerator is not None and count is not None and count < least and (count or row.numerator):
            yield diagnostic(
                "gebiet-zu-klein",
                Position(table.file, row.line),
                space=site.spaces[row.space].name,
                value=count,
                least=least,
            )


def _limits(indicator: Indicator) -> list[str]:
    return [
        f"Quoten ohne Zähler und Nenner: Sie werden nicht addiert, haben keinen Unsicherheitsbereich und stehen mit {indicator.decimals} Nachkommastellen da. Ob hinter einer Quote wenige Menschen stehen, lässt sich nicht prüfen; das muss die Quelle getan haben."
    ]
