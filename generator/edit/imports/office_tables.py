"""The cells of a table of figures and what is said of it in; its layout (long or wide, headings, title, remarks) and every figure with its area, period and column out; which column is taken for areas, periods or figures where nothing is said, when one is asked.

Tables of statistical offices come long (a row a figure) or wide (periods or groups side by side), with several rows of headings,
a title above and remarks below. Plain rules hold where nothing is said: areas stand in the first column, headings above the first area or
figure, periods in headings or in the one column that has one in each row, figures in the one column that is left. Else it is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.areas_and_periods import bare, period_of
from generator.edit.imports.figure_cells import (
    BreakdownColumns,
    FigureForm,
    FigureMapping,
    has_digit,
    is_figure,
)
from generator.edit.tables.table_rows import missing_column
from generator.read.workbooks import SheetCell

Cells = Sequence[Sequence[SheetCell]]
IsArea = Callable[[str], bool]


PATH = " / "


def _heading(text: str) -> str:
    """Return a heading on one line, without the mark of a footnote."""
    text = " ".join(text.split())
    return bare(text) or text


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column: its headings from the top down, without the period that one of them may be."""

    number: int
    headings: tuple[str, ...]
    period: str | None
    position: Position

    @property
    def label(self) -> str:
        """What the column is called, all of it."""
        return PATH.join(self.headings)

    def called(self, name: str) -> bool:
        """Tell whether the column is meant by a name: all of its headings, or one of them."""
        name = _heading(name)
        return name == self.label or name in self.headings


@dataclass(frozen=True, slots=True)
class PlacedFigure:
    """One figure of the table: the cell that names its area, its period, the breakdown's value, its cells."""

    area: SheetCell
    period: str
    breakdown: str
    numerator: SheetCell
    denominator: SheetCell | None
    row: int
    """Which row of figures it stands in; rows are told apart by it."""


@dataclass(slots=True)
class FigureLayout:
    """Where what stands: recognised or said. `said` are the sentences that tell of it."""

    file: str
    area: int
    columns: list[FigureColumn]
    rows: list[Sequence[SheetCell]]
    figures: list[PlacedFigure] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """What stands in rows without figures."""
    counted: FigureColumn | None = None
    """The first column of figures."""

    def texts(self) -> Iterator[str]:
        """Give what stands in the cells of all figures."""
        for item in self.figures:
            yield item.numerator.text
            if item.denominator is not None:
                yield item.denominator.text


def lay_out(
    cells: Cells, file: str, mapping: FigureMapping, is_area: IsArea
) -> tuple[FigureLayout | None, list[Diagnostic]]:
    """Say where areas, periods and figures stand; None and what is unclear otherwise.

    All rows have the same number of cells. `is_area` tells of a text whether it names an area or looks like the key of one.
    """
    grid = [list(row) for row in cells]
    across = mapping.table.areas == "columns"
    if across:
        grid = _turned(grid)
    area, found = _area_column(grid, file, mapping.area, is_area)
    if found:
        return None, found
    first, heads, found = _headings(grid, file, mapping, area, is_area)
    if found:
        return None, found
    layout = FigureLayout(file, area, _columns(heads, area, mapping), [])
    name = layout.columns[area].label or str(area + 1)
    direction = "nebeneinander" if across else "untereinander"
    layout.said.append(f"Gebiete stehen {direction}, in „{name}“.")
    _take_rows(layout, grid[first:])
    if not layout.rows:
        return None, [diagnostic("tabelle-ohne-zeilen", Position(file))]
    found = _place(layout, mapping)
    if found:
        return None, found
    return layout, []


def _turned(grid: list[list[SheetCell]]) -> list[list[SheetCell]]:
    """Return the columns of a table as rows."""
    return [list(column) for column in zip(*grid, strict=True)]


def _take_rows(layout: FigureLayout, rows: Iterable[list[SheetCell]]) -> None:
    """Take the rows into the layout that have figures; say how many have not."""
    for row in rows:
        if _has_more(row, layout.area):
            layout.rows.append(row)
        else:
            layout.remarks.append(next((cell.text for cell in row if cell.text), ""))
    if empty := layout.remarks:
        layout.said.append(
            f"Übergangen: {len(empty)} {'Zeile' if len(empty) == 1 else 'Zeilen'} ohne Zahlen (zuerst „{empty[0][:40]}“)."
        )


def _has_more(row: list[SheetCell], area: int) -> bool:
    """Tell whether a row has anything beside its area; without an area, whether it has a figure."""
    others = row[:area] + row[area + 1 :]
    if not row[area].text:
        others = [cell for cell in others if is_figure(cell.text)]
    return any(cell.text or cell.problem for cell in others)


# --- areas and headings ----------------------------------------------------------------------------------------------


def _area_column(
    grid: list[list[SheetCell]], file: str, said: str | None, is_area: IsArea
) -> tuple[int, list[Diagnostic]]:
    """Return the number of the column that names areas: the one that is said, else the first; report one in which none stands."""
    if not said:
        if any(is_area(row[0].text) for row in grid):
            return 0, []
        examples = ", ".join(_beginning(column) for column in _turned(grid)[:8])
        return 0, [diagnostic("zahlen-gebietsspalte", Position(file), known=examples)]
    texts: list[str] = []
    for row in grid:
        for number, cell in enumerate(row):
            if cell.text and _heading(cell.text) == _heading(said):
                return number, []
            texts.append(cell.text)
    return 0, [missing_column(said, texts, Position(file))]


def _beginning(column: Sequence[SheetCell]) -> str:
    """Show a column by its first two cells."""
    first = column[0].text[:30]
    if len(column) > 1:
        return f"{first} ({column[1].text[:20]})"
    return first


def _headings(
    grid: list[list[SheetCell]], file: str, mapping: FigureMapping, area: int, is_area: IsArea
) -> tuple[int, list[list[SheetCell]], list[Diagnostic]]:
    """Return the first row of figures and the rows of headings above it, or what is unclear about them."""
    span: range | Diagnostic
    if mapping.table.header and mapping.table.areas != "columns":
        span = _said_lines(grid, file, mapping.table)
        if isinstance(span, Diagnostic):
            return 0, [], [span]
    else:
        span = range(_first_figures(grid, area, is_area))
    heads = [row for row in grid[span.start : span.stop] if not _is_title(row, area)]
    if not heads:
        return 0, [], [_head_unclear(Position(file), "über den Zahlen steht keine Überschrift")]
    figure = _figure_among(heads[1:], area)
    if figure is not None:
        reason = f"„{figure.text}“ zwischen den Überschriften ist eine Zahl"
        return 0, [], [_head_unclear(figure.position, reason)]
    return span.stop, heads, []


def _said_lines(grid: list[list[SheetCell]], file: str, form: FigureForm) -> range | Diagnostic:
    """Return the rows that stand in the lines of the file that were said to be headings."""
    lines = form.header_lines
    if lines is None:
        return _head_unclear(Position(file), f"„{form.header}“ sind keine Zeilen")
    inside = [number for number, row in enumerate(grid) if lines[0] <= row[0].position.line <= lines[1]]
    if not inside:
        return _head_unclear(Position(file), f"in Zeile {form.header} steht nichts")
    return range(inside[0], inside[-1] + 1)


def _first_figures(grid: list[list[SheetCell]], area: int, is_area: IsArea) -> int:
    """Return the first row of figures: the first one that names an area, or has figures beside what it names."""
    numbers = (
        number for number, row in enumerate(grid) if is_area(row[area].text) or _has_figures(row, area)
    )
    return next(numbers, len(grid))


def _figure_among(heads: Iterable[Sequence[SheetCell]], area: int) -> SheetCell | None:
    """Return the first cell of headings that is a figure; a period is none."""
    for row in heads:
        for number, cell in enumerate(row):
            if number != area and cell.text and is_figure(cell.text) and period_of(cell.text) is None:
                return cell
    return None


def _has_figures(row: Sequence[SheetCell], area: int) -> bool:
    """Tell a row of figures, which names an area or a total, from headings: years are no figures."""
    others = [cell.text for number, cell in enumerate(row) if number != area]
    figures = [text for text in others if has_digit(text) and is_figure(text)]
    return bool(row[area].text) and any(period_of(text) is None for text in figures)


def _is_title(row: Sequence[SheetCell], area: int) -> bool:
    """Tell a title or remark, which stands alone at the left, from a heading over several columns."""
    full = [number for number, cell in enumerate(row) if cell.text]
    if len(full) > 1 and full[0] <= area and len({row[number].text for number in full}) == 1:
        # Merged over the table.
        return True
    return not full or (len(full) == 1 and full[0] <= area and len(row) > 1)


def _head_unclear(position: Position, reason: str) -> Diagnostic:
    return diagnostic("zahlen-kopf", position, reason=reason)


def _columns(heads: list[list[SheetCell]], area: int, mapping: FigureMapping) -> list[FigureColumn]:
    """Return every column with its headings and the period that one of them may be."""
    found = []
    for number, cells in enumerate(_heading_cells(heads, area)):
        texts = [_heading(cell.text) for cell in cells]
        periods = [period_of(text, years=mapping.years) for text in texts]
        named = [period for period in periods if period is not None]
        period = None
        if len(named) == 1 and number != area:
            period = named[0]
            texts.pop(periods.index(period))
        where = cells[-1].position if cells else heads[-1][number].position
        found.append(FigureColumn(number, tuple(dict.fromkeys(texts)), period, where))
    return found


def _heading_cells(heads: list[list[SheetCell]], area: int) -> list[list[SheetCell]]:
    """Return for each column the headings above it; one that was merged over several columns counts for each of them."""
    above: list[list[SheetCell]] = [[] for _ in heads[0]]
    for place, row in enumerate(heads):
        last: SheetCell | None = None
        for number, cell in enumerate(row):
            if cell.text:
                above[number].append(cell)
                last = None
                if number != area:
                    last = cell
            elif last is not None and any(below[number].text for below in heads[place + 1 :]):
                above[number].append(last)
    return above


# --- periods and figures ---------------------------------------------------------------------------------------------


def _place(layout: FigureLayout, mapping: FigureMapping) -> list[Diagnostic]:
    """Fill the layout's figures; return what is missing or unclear."""
    columns = [item for item in layout.columns if item.number != layout.area]
    asked = _asked(layout, columns, mapping)
    if isinstance(asked, Diagnostic):
        return [asked]
    rows = _chosen_rows(layout, mapping.where, asked)
    if not rows:
        return [_nothing_left(layout, mapping, asked)]
    given = _period(layout, columns, mapping)
    if isinstance(given, Diagnostic):
        return [given]
    free = [item for item in columns if item not in (given.column, *asked.values())]
    pairs = _figure_columns(layout, free, list(rows.values()), mapping, given)
    if isinstance(pairs, Diagnostic):
        return [pairs]
    layout.counted = pairs[0].numerator
    layout.said.append(f"Gelesen: {len(rows)} von {len(layout.rows)} Zeilen.")
    return _take_figures(layout, rows, pairs, given, mapping.breakdown, asked)


def _asked(
    layout: FigureLayout, columns: list[FigureColumn], mapping: FigureMapping
) -> dict[str, FigureColumn] | Diagnostic:
    """Return by name the columns that choose rows or hold the breakdown, or what is wrong with a name."""
    names = list(mapping.where)
    if mapping.breakdown and mapping.breakdown.column:
        names.append(mapping.breakdown.column)
    asked = {}
    for name in names:
        one = _one(layout, columns, name)
        if isinstance(one, Diagnostic):
            return one
        asked[name] = one
    return asked


def _chosen_rows(
    layout: FigureLayout, where: Mapping[str, str], asked: Mapping[str, FigureColumn]
) -> dict[int, Sequence[SheetCell]]:
    """Return the rows by number whose cells say what the mapping asks for."""
    numbers = [asked[name].number for name in where]
    texts = list(where.values())
    chosen: dict[int, Sequence[SheetCell]] = {}
    for number, row in enumerate(layout.rows):
        there = [row[column].text for column in numbers]
        if there == texts:
            chosen[number] = row
    return chosen


def _take_figures(
    layout: FigureLayout,
    rows: Mapping[int, Sequence[SheetCell]],
    pairs: list[_Pair],
    given: _Period,
    breakdown: BreakdownColumns | None,
    asked: Mapping[str, FigureColumn],
) -> list[Diagnostic]:
    """Take the figures of these rows into the layout; report texts that are no value of the breakdown, each once."""
    odd: dict[str, SheetCell] = {}
    for number, row in rows.items():
        value = ""
        if breakdown and breakdown.column:
            cell = row[asked[breakdown.column].number]
            if cell.text not in breakdown.values:
                odd.setdefault(cell.text, cell)
                continue
            value = breakdown.values[cell.text]
        layout.figures += [pair.placed(row, number, row[layout.area], given.of(row), value) for pair in pairs]
    if breakdown is None:
        return []
    known = ", ".join(breakdown.values)
    return [
        diagnostic(
            "zahlen-teil-unbekannt", cell.position, value=text, name=breakdown.column or "", known=known
        )
        for text, cell in odd.items()
    ]


@dataclass(frozen=True, slots=True)
class _Period:
    """Where periods stand: in a column, in headings (neither), or nowhere but in what the mapping says."""

    column: FigureColumn | None = None
    fixed: str = ""
    years: bool = False

    def of(self, row: Sequence[SheetCell]) -> str:
        if self.column is None:
            return self.fixed
        text = row[self.column.number].text
        return period_of(text, years=self.years) or text


@dataclass(frozen=True, slots=True)
class _Pair:
    """The columns of one figure, and which value of the breakdown it is."""

    numerator: FigureColumn
    denominator: FigureColumn | None = None
    value: str = ""

    def placed(
        self, row: Sequence[SheetCell], number: int, area: SheetCell, period: str, value: str
    ) -> PlacedFigure:
        """Return the figure of a row; without a period or value of its own it has that of its heading."""
        return PlacedFigure(
            area,
            period or self.numerator.period or "",
            value or self.value,
            row[self.numerator.number],
            row[self.denominator.number] if self.denominator else None,
            number,
        )


def _period(
    layout: FigureLayout, columns: list[FigureColumn], mapping: FigureMapping
) -> _Period | Diagnostic:
    """Return where periods stand: where the mapping says, else in headings, else in the only column that has one in each row."""
    years = mapping.years
    if mapping.period:
        return _said_period(layout, columns, mapping.period, years=years)
    named = [item.period for item in columns if item.period]
    if named:
        layout.said.append(f"Zeiträume stehen in den Überschriften: {shown_list(named)}.")
        return _Period()
    fitting = [item for item in columns if _all_periods(layout.rows, item)]
    several = shown_list(f"„{item.label}“" for item in fitting)
    if len(fitting) == 1:
        layout.said.append(f"Zeiträume stehen in „{fitting[0].label}“.")
        return _Period(fitting[0], years=years)
    reason = "keine Spalte und keine Überschrift nennt einen"
    if fitting:
        reason = f"in mehreren Spalten stehen welche: {several}"
    return diagnostic("zahlen-zeitraum", Position(layout.file), reason=reason)


def _said_period(
    layout: FigureLayout, columns: list[FigureColumn], said: str, *, years: bool
) -> _Period | Diagnostic:
    """Take what the mapping says for the name of a column, or for a period itself."""
    if any(item.called(said) for item in columns):
        one = _one(layout, columns, said)
        if isinstance(one, Diagnostic):
            return one
        return _Period(one, years=years)
    fixed = period_of(said, years=years)
    if fixed is None:
        return missing_column(said, (item.label for item in columns), Position(layout.file))
    return _Period(fixed=fixed)


def _all_periods(rows: Iterable[Sequence[SheetCell]], column: FigureColumn) -> bool:
    """Tell whether a column has a period in each row."""
    return all(period_of(row[column.number].text) is not None for row in rows)


def _figure_columns(
    layout: FigureLayout,
    free: list[FigureColumn],
    rows: list[Sequence[SheetCell]],
    mapping: FigureMapping,
    given: _Period,
) -> list[_Pair] | Diagnostic:
    """Return the columns of each figure of a row, or what is unclear about them."""
    free = _of_periods(free, given)
    if not free:
        reason = f"{given.fixed} steht in keiner Überschrift"
        return diagnostic("zahlen-zeitraum", Position(layout.file), reason=reason)
    wanted = _wanted(mapping)
    if not wanted:
        labels = _filled_labels(free, rows)
        labels.pop(mapping.denominator or "?", None)
        if len(labels) != 1:
            known = ", ".join(f"„{label}“" for label in list(labels)[:12]) or "keine Spalte mit Zahlen"
            return diagnostic("zahlen-spalte-unklar", Position(layout.file), known=known)
        label = next(iter(labels))
        wanted = {label: ""}
        layout.said.append(f"Zahlen stehen in „{label or 'den Spalten der Zeiträume'}“.")
    return _pairs(layout, free, wanted, mapping.denominator)


def _of_periods(columns: list[FigureColumn], given: _Period) -> list[FigureColumn]:
    """Return the columns whose headings have a period, where periods stand there: all of them, or those of the one that was said."""
    dated = [item for item in columns if item.period]
    if given.column is not None or not dated:
        return columns
    return [item for item in dated if given.fixed in ("", item.period)]


def _filled_labels(columns: Iterable[FigureColumn], rows: list[Sequence[SheetCell]]) -> dict[str, None]:
    """Return what the columns are called in which anything stands."""
    labels: dict[str, None] = {}
    for item in columns:
        if any(row[item.number].text for row in rows):
            labels[item.label] = None
    return labels


def _wanted(mapping: FigureMapping) -> dict[str, str]:
    """Return the names of the columns that the mapping counts, each with its value of the breakdown."""
    wanted: dict[str, str] = {}
    if mapping.breakdown and not mapping.breakdown.column:
        wanted = dict(mapping.breakdown.values)
    name = mapping.rate or mapping.numerator
    if name:
        wanted.setdefault(name, "")
    return wanted


def _pairs(
    layout: FigureLayout, free: list[FigureColumn], wanted: Mapping[str, str], denominator: str | None
) -> list[_Pair] | Diagnostic:
    """Return the columns of every wanted name, one of each period that one of them has."""
    periods = _wanted_periods(free, wanted)
    if not periods:
        return _not_one(layout, next(iter(wanted)), [], free)
    pairs = []
    for name, value in wanted.items():
        for period in periods:
            numerator = _one(layout, free, name, period)
            if isinstance(numerator, Diagnostic):
                return numerator
            below = None
            if denominator:
                below = _one(layout, free, denominator, period)
            if isinstance(below, Diagnostic):
                return below
            pairs.append(_Pair(numerator, below, value))
    return pairs


def _wanted_periods(free: list[FigureColumn], wanted: Iterable[str]) -> list[str | None]:
    """Return the periods in the headings of wanted columns; None alone where no heading has one, nothing where only others do.

    Beside the periods that are wanted stand others: „Veränderung 2023/24“.
    """
    dated = [item for item in free if item.period]
    if not dated:
        return [None]
    called: set[str | None] = set()
    for name in wanted:
        called.update(item.period for item in dated if item.called(name))
    periods = dict.fromkeys(item.period for item in dated)
    return [period for period in periods if period in called]


def _one(
    layout: FigureLayout, columns: list[FigureColumn], name: str, period: str | None = None
) -> FigureColumn | Diagnostic:
    """Return the only column of this name, and of this period where one is given; else what is wrong with the name."""
    fitting = [item for item in columns if item.called(name) and period in (None, item.period)]
    if len(fitting) == 1:
        return fitting[0]
    return _not_one(layout, name, fitting, columns)


def _not_one(
    layout: FigureLayout, name: str, fitting: list[FigureColumn], columns: list[FigureColumn]
) -> Diagnostic:
    if len(fitting) > 1:
        return diagnostic(
            "ueberschrift-doppelt",
            fitting[1].position,
            name=name,
            first=fitting[0].number + 1,
            second=fitting[1].number + 1,
        )
    return missing_column(name, (item.label for item in columns), Position(layout.file))


def _nothing_left(
    layout: FigureLayout, mapping: FigureMapping, asked: Mapping[str, FigureColumn]
) -> Diagnostic:
    """Name the first thing asked of rows that none fulfils (else the last of all), and what stands there instead."""
    name, value, counts = "", "", Counter[str]()
    for name, value in mapping.where.items():
        counts = Counter(row[asked[name].number].text for row in layout.rows)
        if value not in counts:
            break
    known = ", ".join(f"„{text}“" for text, _ in counts.most_common(8))
    return diagnostic("zahlen-auswahl-leer", asked[name].position, name=name, value=value, known=known)


def shown_list(items: Iterable[str]) -> str:
    """Return different texts in one line; of more than six the first three, the last and their number."""
    texts = list(dict.fromkeys(items))
    if len(texts) <= 6:
        return ", ".join(texts)
    return f"{', '.join(texts[:3])} … {texts[-1]} ({len(texts)})"
