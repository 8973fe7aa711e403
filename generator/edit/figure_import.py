"""A table of a statistical office in; an indicator's table of figures out: raw in a private folder, or, where it is published already, as a release.

All or nothing. Raw counts go where `nahraum protect` reads them and never into the project. What is published already meets the same gates as
every table that is committed; what these refuse goes the way of raw counts. Where the definition is missing it is drafted first.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from generator.diagnostics import Diagnostic, Position, Severity, has_errors, ordered
from generator.diagnostics.codes import diagnostic
from generator.diagnostics.progress import Progress, silent
from generator.disclosure.gates.committed import check_figures, check_figures_ahead, residents
from generator.disclosure.gates.periods import check_ahead
from generator.disclosure.gates.plausible import check_plausible
from generator.disclosure.gates.shared_measures import check_share
from generator.disclosure.gates.value_rows import check_table
from generator.disclosure.protect.protected_files import FOLDER, new_releases, write_values
from generator.disclosure.protect.totals import add_up
from generator.edit.figure_areas import TOTAL, AreaIndex, JoinedAreas, join_areas
from generator.edit.figure_cells import FigureReader, ReadFigure, style_of
from generator.edit.figure_draft import draft
from generator.edit.figure_grid import read_cells
from generator.edit.figure_mapping import FigureMapping
from generator.edit.figure_tables import AreaTexts, FigureLayout, PlacedFigure, lay_out
from generator.edit.incoming import shortened
from generator.edit.new import INDICATOR, file_of, refused_id
from generator.edit.words import words_of
from generator.edit.workbooks import SheetCell
from generator.files.door import Door
from generator.files.writing import write_files
from generator.model.cells import CellKey, Status
from generator.model.indicator import Indicator
from generator.model.samples import OPEN
from generator.model.site import Site
from generator.read.figures_extra import refused
from generator.read.indicators import IndicatorFolder
from generator.read.nodes import MapNode, parse
from generator.read.private import repository_of
from generator.read.project import Reading, read_project
from generator.read.records import RecordSource, validate
from generator.read.values import ValueRow, ValueTable, read_values

RATE_DECIMALS = 1
"""Digits that are kept of a rate whose counts nobody knows, where its definition doesn't say: more give small counts away."""


@dataclass(slots=True)
class FigureOutcome:
    """What an import of figures did: what was recognised, in sentences; which files it wrote; what changed there, in words."""

    found: tuple[Diagnostic, ...] = ()
    said: list[str] = field(default_factory=list)
    drafted: str = ""
    """The definition that was written instead of the figures, because there was none."""
    written: list[str] = field(default_factory=list)
    figures: int = 0
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FigureTarget:
    """Where figures go: into a private folder, or into the project as a release of a day, with a note."""

    private: Path | None = None
    published: bool = False
    day: dt.date = dt.date.min
    note: str = ""


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
    found += _placed(_raw_gates(site, index, folder, table, today), file, places)
    if mapping.rate is not None:
        found += _placed(_too_few(reading, indicator, table), file, places)
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
        return _publish(reading, folder, table, places, target, outcome, found, root, update=update, dry=dry)
    return _keep_private(door, folder, table, target, outcome, found, root, update=update, dry=dry)


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
    whole = sorted({(space) for space, _, _ in totals if space != TOTAL})
    for space in whole:
        inside = index.below(space, joined.level)
        for key, item in totals.items():
            if key[0] != space or item.numerator.value is None:
                continue
            states = {
                one.numerator.status
                for area in inside
                if (one := taken.get((area, key[1], key[2]))) is not None and one.numerator.value is None
            }
            family = [one for one in index.lattice if index.lattice[one].depth == index.lattice[space].depth]
            complete = all(
                (one, key[1], key[2]) in totals
                for one in family
                if index.lattice[one].geography == index.lattice[space].geography
            )
            if states and Status.SECRET not in states and complete:
                rows.append(item)
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


def _placed(found: Iterable[Diagnostic], file: str, places: Sequence[Position]) -> list[Diagnostic]:
    """Put what gates say of rows where these stand in the source."""
    return [
        replace(item, position=places[item.position.line - 1])
        if item.position.file == file and 0 < item.position.line <= len(places)
        else item
        for item in found
    ]


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


# --- writing ---------------------------------------------------------------------------------------------------------


def _keep_private(
    door: Door,
    folder: IndicatorFolder,
    table: ValueTable,
    target: FigureTarget,
    outcome: FigureOutcome,
    found: list[Diagnostic],
    root: Path,
    *,
    update: bool,
    dry: bool,
) -> FigureOutcome:
    """Write the raw table into the private folder, beside what it has of other periods."""
    key, private = folder.source.id, target.private
    if private is None:
        found.append(
            diagnostic("zahlen-wohin", folder.source.position("title"), title=folder.indicator.title)
        )
    elif private.resolve().is_relative_to(repository_of(root)):
        found.append(diagnostic("ablage-im-projekt", Position(str(private)), name=str(private)))
    if private is None or has_errors(found):
        outcome.found = ordered(shortened(found))
        return outcome
    path = private / f"{key}.csv"
    before: ValueTable | None = None
    if door.holds(path):
        if not update:
            found.append(_there(door, path, path.name))
        data, problems = door.read(path)
        found += problems
        if data is not None:
            before, problems = read_values(
                data, door.name(path), [item.id for item in folder.indicator.breakdowns]
            )
            found += problems
    if has_errors(found):
        outcome.found = ordered(shortened(found))
        return outcome
    merged = _merged(before, table, outcome)
    data = write_values(folder.indicator, merged)
    outcome.found = ordered(shortened(found))
    if before is not None and not outcome.new and not outcome.changed:
        return outcome
    outcome.written = [str(path)]
    if not dry:
        write_files(private, {path.name: data})
    return outcome


def _publish(
    reading: Reading,
    folder: IndicatorFolder,
    table: ValueTable,
    places: Sequence[Position],
    target: FigureTarget,
    outcome: FigureOutcome,
    found: list[Diagnostic],
    root: Path,
    *,
    update: bool,
    dry: bool,
) -> FigureOutcome:
    """Write a release of figures that are public already; the gates of committed tables decide whether it may be one."""
    site, indicator = reading.site, folder.indicator
    if site is None:
        raise ValueError("figures without a site")
    source = indicator.source
    lacking = [
        word
        for word, text in (("name", source.name), ("licence", source.licence))
        if not text or OPEN in text
    ]
    if lacking:
        found.append(
            diagnostic("zahlen-quelle-fehlt", folder.source.position("source"), fields=" und ".join(lacking))
        )
    if folder.table is not None and not update:
        found.append(_there(reading.door, root / FOLDER / indicator.id / "values.csv", "values.csv"))
    if has_errors(found):
        outcome.found = ordered(shortened(found))
        return outcome
    merged = _merged(folder.table, table, outcome)
    if folder.table is not None and not outcome.new and not outcome.changed:
        outcome.found = ordered(shortened(found))
        return outcome
    geographies = [item.id for item in site.config.geographies]
    index = AreaIndex(site)
    mine = {(row.space, row.period, row.breakdown): row.line for row in table.rows}
    levels = {site.spaces[row.space].level for row in table.rows}
    periods = {row.period for row in table.rows}
    # Sums above the new figures are made anew.
    base = tuple(
        row
        for row in merged.rows
        if not indicator.adds_up or row.period not in periods or (site.spaces[row.space].level in levels)
    )
    totals = add_up(indicator, index.lattice, replace(merged, rows=base), geographies)
    everything = tuple(
        ValueRow(*cell, total.numerator, total.denominator, total.status, total.note, mine.get(cell, 0))
        for cell, total in sorted(
            totals.items(), key=lambda one: (one[0][1], one[0][2], index.lattice[one[0][0]].depth, one[0][0])
        )
    )
    shown = ValueTable(table.file, everything, ",")
    after = replace(
        reading,
        indicators={**reading.indicators, indicator.id: replace(folder, table=shown, releases=())},
    )
    found += _placed(
        [*check_figures(site, after), *check_figures_ahead(site, after, target.day)], table.file, places
    )
    if has_errors(found):
        outcome.found = ordered(shortened(found))
        outcome.said.append(
            "Was hier nicht durchkommt, geht mit --private in die private Ablage und von dort mit „nahraum protect“ auf die Seite."
        )
        return outcome
    files, _, problems = new_releases(reading.indicators, {indicator.id: shown}, target.day, target.note)
    outcome.found = ordered(shortened([*found, *problems]))
    if has_errors(problems):
        return outcome
    outcome.written = sorted(files)
    if not dry and files:
        write_files(root, files)
    return outcome


def _merged(before: ValueTable | None, table: ValueTable, outcome: FigureOutcome) -> ValueTable:
    """Return the rows that are there with the new ones in their places; say which are new, changed, or not in the source any more."""
    there = {(row.space, row.period, row.breakdown): row for row in before.rows} if before else {}
    now = {(row.space, row.period, row.breakdown): row for row in table.rows}
    periods = Counter(row.period for key, row in now.items() if key not in there)
    outcome.new = [f"{period} ({count} Zahlen)" for period, count in sorted(periods.items())]
    for key, row in now.items():
        old = there.get(key)
        if old is not None and (was := _words(old)) != (is_now := _words(row)):
            part = f" ({', '.join(filter(None, key[2]))})" if any(key[2]) else ""
            outcome.changed.append(f"{key[0]}, {key[1]}{part}: {was} → {is_now}")
    mine = {period for _, period, _ in now}
    finest = {key[0] for key in now}
    gone = [key for key in there if key[1] in mine and key not in now and key[0] in finest]
    outcome.kept = [f"{space}, {period}" for space, period, _ in gone]
    rows = {**there, **now}
    order = sorted(rows, key=lambda key: (key[1], key[2], key[0]))
    return replace(table, rows=tuple(rows[key] for key in order))


def _words(row: ValueRow) -> str:
    count = row.status.value if row.numerator is None else f"{row.numerator:f}"
    marked = f" {row.status.value}" if row.numerator is not None and row.status is not Status.KNOWN else ""
    below = f" von {row.denominator:f}" if row.denominator is not None else ""
    return f"{count}{marked}{below}"


def _there(door: Door, path: Path, name: str) -> Diagnostic:
    better = "mit --update werden neue und geänderte Zahlen übernommen; --dry-run sagt vorher, welche"
    return diagnostic("eintrag-vorhanden", Position(door.name(path)), name=name, help=better)
