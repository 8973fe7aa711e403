"""A table of a statistical office in; an indicator's table of figures out: raw in a private folder, or, where it is published already, as a release.

All or nothing. Raw counts go where `nahraum protect` reads them and never into the project. What is published already meets the same gates as
every table that is committed; what these refuse goes the way of raw counts. Where the definition is missing it is drafted first.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from generator.diagnostics import Diagnostic, Position, Severity, has_errors, ordered
from generator.diagnostics.codes import diagnostic
from generator.diagnostics.progress import Progress, silent
from generator.disclosure.gates.committed import residents
from generator.disclosure.gates.periods import check_ahead
from generator.disclosure.gates.plausible import check_plausible
from generator.disclosure.gates.shared_measures import SHARE, check_share
from generator.disclosure.gates.value_rows import check_table
from generator.edit.imports.figures.figure_areas import TOTAL, AreaIndex, JoinedAreas, join_areas
from generator.edit.imports.figures.figure_cells import FigureReader, ReadFigure, style_of
from generator.edit.imports.figures.figure_draft import draft
from generator.edit.imports.figures.figure_grid import read_cells
from generator.edit.imports.figures.figure_mapping import FigureMapping
from generator.edit.imports.figures.figure_writing import (
    FigureOutcome,
    FigureTarget,
    keep_private,
    placed,
    publish,
)
from generator.edit.imports.figures.office_tables import AreaTexts, FigureLayout, PlacedFigure, lay_out
from generator.edit.imports.incoming import shortened
from generator.edit.records.new import INDICATOR, file_of, refused_id
from generator.edit.schemas.words import words_of
from generator.edit.tables.workbooks import SheetCell
from generator.files.writing import write_files
from generator.model.cells import CellKey, Status
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.read.figures_extra import refused
from generator.read.indicators import IndicatorFolder
from generator.read.nodes import MapNode, parse
from generator.read.project import Reading, read_project
from generator.read.records import RecordSource, validate
from generator.read.values import ValueRow, ValueTable

RATE_DECIMALS = 1
"""Digits that are kept of a rate whose counts nobody knows, where its definition doesn't say: more give small counts away."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """A figure that was read, with the cell that it stands in."""

    key: CellKey
    numerator: ReadFigure
    denominator: ReadFigure | None
    cell: SheetCell


def import_figures(
    path: Path,
    mapping: FigureMapping,
    root: Path,
    target: FigureTarget,
    *,
    update: bool = False,
    dry: bool = False,
    today: dt.date,
    progress: Progress = silent,
) -> FigureOutcome:
    """Read the table, join its areas, check its sums and write the indicator's table, or its definition where there is none yet.

    Raises OSError when the disk or another writer stands in the way; then nothing was written.
    """
    reading = read_project(root)
    site = reading.site
    if site is None:
        return FigureOutcome(ordered(reading.found))
    if refusal := refused(Position(str(path))):
        return FigureOutcome(tuple(refusal))
    key = mapping.indicator or ""
    known = site.indicators.get(key)
    if known is None and (refusal := refused_id(root, INDICATOR, key)):
        return FigureOutcome(tuple(refusal))
    door = reading.door.also(path, *((target.private,) if target.private else ()))
    cells, file, found = read_cells(door, path, mapping.table)
    if cells is None:
        return FigureOutcome(ordered(shortened(found)))
    index = AreaIndex(site)
    layout, found = lay_out(
        cells, file, mapping, AreaTexts(index.known, index.keyed, index.alike), mapping.rate is not None
    )
    if layout is None:
        return FigureOutcome(ordered(shortened(found)))
    progress("zuordnen", 1, 3)
    outcome = FigureOutcome(said=layout.said)
    joined, found = join_areas(
        index, [item.area for item in layout.figures], file, mapping.level, mapping.unknown
    )
    if joined is None:
        outcome.found = ordered(shortened(found))
        return outcome
    found += _tell_areas(index, joined, layout, outcome)
    indicator, folder, text, problems = _definition(root, key, known, reading, mapping, layout)
    found += problems
    if has_errors(found):
        outcome.found = ordered(shortened(found))
        return outcome
    progress("zuordnen", 2, 3)
    label = layout.counted.label if layout.counted else ""
    if mapping.rate is None and layout.counted and SHARE.search(label):
        found.append(diagnostic("prozent-als-anzahl", layout.counted.position, value=label, column=label))
    taken, totals, problems, sentences = _read(mapping, indicator, layout, joined)
    found += problems
    outcome.said += sentences
    if not has_errors(found):
        found += _check_totals(index, joined, indicator, mapping, taken, totals, outcome)
    if has_errors(found):
        outcome.found = ordered(shortened(found))
        return outcome
    rows = _rows(index, joined, indicator, taken, totals)
    table, places = _table(file, rows)
    found += placed(_raw_gates(site, index, folder, table, today), table, places)
    if mapping.rate is not None:
        found += placed(_too_few(reading, indicator, table), table, places)
        outcome.said += _limits(indicator)
    progress("zuordnen", 3, 3)
    outcome.figures = len(taken)
    if has_errors(found):
        outcome.found = ordered(shortened(found))
        return outcome
    if known is None:
        outcome.drafted = file_of(INDICATOR, key)
        outcome.found = ordered(shortened(found))
        if not dry:
            write_files(root, {outcome.drafted: text})
        return outcome
    if target.published:
        return publish(reading, folder, table, places, target, outcome, found, root, update=update, dry=dry)
    return keep_private(door, folder, table, target, outcome, found, root, update=update, dry=dry)


# --- areas and definition --------------------------------------------------------------------------------------------


def _tell_areas(
    index: AreaIndex, joined: JoinedAreas, layout: FigureLayout, outcome: FigureOutcome
) -> list[Diagnostic]:
    """Say how areas were joined; warn of what was left out or mended."""
    level = index.label(joined.level)
    size = sum(space.level == joined.level for space in index.site.spaces.values())
    there = len(set(joined.spaces.values()))
    how = f", davon {joined.named} über den Namen" if joined.named else ""
    outcome.said.append(f"Ebene „{level}“: {there} von {size} Gebieten{how}.")
    if joined.totals:
        names = ", ".join(f"„{text}“" for text in list(joined.totals)[:4])
        more = f" und {len(joined.totals) - 4} weitere" if len(joined.totals) > 4 else ""
        outcome.said.append(f"Als Summen gelesen: {names}{more}.")
    where = {item.area.text: item.area.position for item in reversed(layout.figures)}
    found = []
    if joined.zeros:
        text, key = next(iter(joined.zeros.items()))
        found.append(
            diagnostic("fuehrende-nullen", where[text], count=len(joined.zeros), value=text, key=key)
        )
    if joined.apart:
        text, other = next(iter(joined.apart.items()))
        found.append(
            diagnostic(
                "gebiete-andere-ebene",
                where[text],
                count=len(joined.apart),
                value=text,
                other=index.label(other),
                level=level,
            )
        )
    if joined.left_out:
        text = joined.left_out[0]
        found.append(diagnostic("gebiete-ausgelassen", where[text], count=len(joined.left_out), value=text))
    return found


def _definition(
    root: Path,
    key: str,
    known: Indicator | None,
    reading: Reading,
    mapping: FigureMapping,
    layout: FigureLayout,
) -> tuple[Indicator, IndicatorFolder, str, list[Diagnostic]]:
    """Return the indicator with its folder: as it is, or as it is drafted (with the draft's text)."""
    text = ""
    if known is None:
        text = draft(mapping, layout, words_of(root))
        name = file_of(INDICATOR, key)
        node, found = parse(text, name)
        indicator, problems = validate(Indicator, node, id=key) if node is not None else (None, [])
        if indicator is None or not isinstance(node, MapNode):
            raise ValueError(f"a draft that can't be read: {[*found, *problems]}")
        source = RecordSource("indicators", key, name, node, indicator, text)
        return indicator, IndicatorFolder(source, indicator, None, (), {}), text, []
    folder = reading.indicators[key]
    found = []
    place = folder.source.position("breakdowns")
    own = {item.id: {value.id for value in item.values} for item in known.breakdowns}
    if mapping.breakdown is not None and (
        mapping.breakdown.id not in own
        or not set(filter(None, mapping.breakdown.values.values())) <= own[mapping.breakdown.id]
    ):
        said = f"{mapping.breakdown.id}: {', '.join(filter(None, mapping.breakdown.values.values()))}"
        there = "; ".join(f"{name}: {', '.join(sorted(ids))}" for name, ids in own.items()) or "keine"
        found.append(diagnostic("zahlen-aufgliederung", place, said=said, known=there))
    if mapping.rate is not None and (known.adds_up or known.denominator is not None):
        found.append(diagnostic("zahlen-quote", folder.source.position("title"), title=known.title))
    if mapping.rate is None and (known.denominator is None) != (mapping.denominator is None):
        found.append(
            diagnostic(
                "zahlen-nenner",
                folder.source.position("denominator"),
                what=f"hat einen Nenner („{known.denominator}“), die Zuordnung nennt keine Spalte dafür"
                if known.denominator is not None
                else "hat keinen Nenner, die Zuordnung nennt aber eine Spalte dafür",
            )
        )
    return known, folder, text, found


# --- figures ---------------------------------------------------------------------------------------------------------


def _read(
    mapping: FigureMapping, indicator: Indicator, layout: FigureLayout, joined: JoinedAreas
) -> tuple[dict[CellKey, _Taken], dict[CellKey, _Taken], list[Diagnostic], list[str]]:
    """Return the figures of areas and those of totals by their cells, what is wrong, and what was taken for what."""
    texts = [cell.text for item in layout.figures for cell in (item.numerator, item.denominator) if cell]
    decimals = None
    if mapping.rate is not None:
        decimals = indicator.decimals
    reader = FigureReader(style_of(texts, mapping.table.decimal), mapping.signs, decimals)
    found: list[Diagnostic] = []
    taken: dict[CellKey, _Taken] = {}
    totals: dict[CellKey, _Taken] = {}
    first: dict[CellKey, PlacedFigure] = {}
    place = next(
        (
            number
            for number, item in enumerate(indicator.breakdowns)
            if mapping.breakdown and item.id == mapping.breakdown.id
        ),
        0,
    )
    for item in layout.figures:
        text = item.area.text
        space = joined.spaces.get(text, joined.totals.get(text))
        if space is None:
            continue
        values = [""] * len(indicator.breakdowns)
        if item.breakdown:
            values[place] = item.breakdown
        key = (space, item.period, tuple(values))
        if key in first and text in joined.totals and first[key].numerator.text == item.numerator.text:
            # „Insgesamt“ and the town's own row say the same.
            continue
        if key in first:
            found.append(_double(layout, joined, first[key], item))
            continue
        first[key] = item
        numerator = reader.read(item.numerator, mapping.rate or mapping.numerator or "Zahl")
        below = reader.read(item.denominator, mapping.denominator or "Nenner") if item.denominator else None
        wrong = [
            one
            for one in (
                numerator,
                below,
                item.numerator.problem,
                item.denominator and item.denominator.problem,
            )
            if isinstance(one, Diagnostic)
        ]
        if wrong:
            found += wrong
        elif isinstance(numerator, ReadFigure) and not isinstance(below, Diagnostic):
            into = taken if text in joined.spaces else totals
            into[key] = _Taken(key, numerator, below, item.numerator)
    said = [f"{what} ({count}-mal)" for what, count in reader.taken.most_common()]
    if reader.style != "open":
        said.insert(0, f"Dezimalzeichen: {'Komma' if reader.style == 'german' else 'Punkt'}.")
    return taken, totals, found, said


def _double(
    layout: FigureLayout, joined: JoinedAreas, first: PlacedFigure, again: PlacedFigure
) -> Diagnostic:
    """Say that a figure is there twice, and in which columns, that nobody asked for, the two rows differ."""
    one, other = layout.rows[first.row], layout.rows[again.row]
    differ = [item.label for item in layout.unused if one[item.number].text != other[item.number].text]
    if first.area.text != again.area.text:
        better = f"„{first.area.text}“ und „{again.area.text}“ sind dasselbe Gebiet; eine der Zeilen löschen"
    elif differ:
        better = f'die Zeilen unterscheiden sich in {", ".join(f"„{name}“" for name in differ[:4])}: mit --where sagen, welche gemeint sind, etwa --where "{differ[0]}={one[next(item.number for item in layout.unused if item.label == differ[0])].text}"; heißt ein Gebiet wie das darüber, --area mit der Spalte der Kennungen'
    else:
        better = (
            "eine der beiden löschen; heißt ein Gebiet wie das darüber, --area mit der Spalte der Kennungen"
        )
    return diagnostic(
        "zahl-doppelt",
        again.numerator.position,
        space=again.area.text,
        period=again.period,
        first=first.numerator.position.line,
        better=better,
    )


def _check_totals(
    index: AreaIndex,
    joined: JoinedAreas,
    indicator: Indicator,
    mapping: FigureMapping,
    taken: Mapping[CellKey, _Taken],
    totals: Mapping[CellKey, _Taken],
    outcome: FigureOutcome,
) -> list[Diagnostic]:
    """Compare every total with the sum of its areas."""
    if not indicator.adds_up:
        return []
    found: list[Diagnostic] = []
    right = unchecked = 0
    for (space, period, values), total in totals.items():
        inside = [taken.get((one, period, values)) for one in index.below(space, joined.level)]
        columns: tuple[tuple[str, ReadFigure | None, list[ReadFigure | None]], ...] = (
            ("Zähler", total.numerator, [one.numerator if one else None for one in inside]),
            ("Nenner", total.denominator, [one.denominator if one else None for one in inside]),
        )
        for what, whole, pieces in columns:
            if whole is None:
                continue
            numbers = [one.value for one in pieces if one is not None and one.value is not None]
            if whole.value is None or not numbers or len(numbers) < len(pieces):
                unchecked += 1
                continue
            if sum(numbers, Decimal()) == whole.value:
                right += 1
                continue
            problem = diagnostic(
                "summe-der-teile",
                total.cell.position,
                name=index.site.spaces[space].name if space != TOTAL else "Alle Gebiete zusammen",
                sum=f"{sum(numbers, Decimal()):f}",
                total=f"{whole.value:f}",
                what=what,
                period=period,
            )
            better = "die Tabelle mit der Quelle vergleichen; gehört zum Ganzen, was keinem Gebiet zugeordnet ist, oder ist gerundet, „totals: tell“ (--tell-totals)"
            severity: Severity = "warning" if mapping.totals == "tell" else "error"
            found.append(replace(problem, help=better, severity=severity))
    if right or unchecked or found:
        rest = f", {unchecked} nicht zu prüfen, weil Zahlen fehlen" if unchecked else ""
        wrong = f", {len(found)} gehen nicht auf" if found else ""
        outcome.said.append(f"Summen: {right} gehen auf{wrong}{rest}.")
    return found


def _rows(
    index: AreaIndex,
    joined: JoinedAreas,
    indicator: Indicator,
    taken: Mapping[CellKey, _Taken],
    totals: Mapping[CellKey, _Taken],
) -> list[_Taken]:
    """Return what is written: figures of the level; of totals only what is no sum, or can't be one and gives no secret away."""
    rows = list(taken.values())
    if not indicator.adds_up:
        return rows + [item for (space, _, _), item in totals.items() if space != TOTAL]
    depths: dict[tuple[int, str, tuple[str, ...]], list[_Taken]] = defaultdict(list)
    for (space, period, values), item in totals.items():
        if space != TOTAL:
            depths[index.lattice[space].depth, period, values].append(item)
    geography = index.lattice[next(iter(joined.spaces.values()))].geography
    for (depth, period, values), items in depths.items():
        missing = {
            one.numerator.status
            for key, one in taken.items()
            if key[1:] == (period, values) and one.numerator.value is None
        }
        family = sum((one.geography, one.depth) == (geography, depth) for one in index.lattice.values())
        # Of a level all totals are taken or none: beside a part that has one, one without would seem forgotten.
        if missing and Status.SECRET not in missing and len(items) == family:
            rows += items
    return rows


def _table(file: str, items: Iterable[_Taken]) -> tuple[ValueTable, list[Position]]:
    """Return rows whose line says which of the places they stand at."""
    rows, places = [], []
    for item in sorted(items, key=lambda one: (one.key[1], one.key[2], one.key[0])):
        places.append(item.cell.position)
        status, below = item.numerator.status, item.denominator
        numerator = item.numerator.value
        notes = [one.note for one in (item.numerator, below) if one is not None and one.note]
        if below is not None and below.value is None and numerator is not None:
            # Without what it is divided by, a count says nothing that the source wanted to say.
            numerator, status = None, below.status
        rows.append(
            ValueRow(
                *item.key,
                numerator,
                below.value if below is not None else None,
                status,
                "; ".join(dict.fromkeys(notes)),
                len(places),
            )
        )
    return ValueTable(file, tuple(rows), ","), places


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


def _too_few(reading: Reading, indicator: Indicator, table: ValueTable) -> Iterator[Diagnostic]:
    """Report rates of areas with fewer people than may be reported: without a denominator nobody else would notice."""
    site = reading.site
    if site is None:
        return
    least = indicator.disclosure.minimum_population
    least = site.config.disclosure.minimum_population if least is None else least
    people = residents(reading)
    for row in table.rows:
        count = people.get((row.space, row.period))
        if row.numerator is not None and count is not None and count < least:
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
