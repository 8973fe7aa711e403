"""The cells of a table of figures and what is said of it in; its layout and every figure with its area, period and column out.

Tables of statistical offices come long (a row a figure) or wide (periods or groups side by side), with several rows of headings,
a title above and remarks below, areas as rows or as columns. What is recognised is said; what could be two things is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.figures.figure_cells import is_figure
from generator.edit.imports.figures.figure_mapping import FigureMapping
from generator.edit.imports.figures.figure_periods import bare, period_of
from generator.edit.tables.workbooks import SheetCell

Cells = Sequence[Sequence[SheetCell]]
IsArea = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class AreaTexts:
    """Whether a text names an area of the project for certain, whether it does so by a key, and whether it looks like a key at all."""

    known: IsArea
    keyed: IsArea
    alike: IsArea


PATH = " / "
_HEAD = 60
"""Lines in which headings are looked for."""


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
    counted: FigureColumn | None = None
    """The first column of figures."""
    unused: list[FigureColumn] = field(default_factory=list)
    """Columns that were not asked for; rows that seem double differ in them."""


def lay_out(
    cells: Cells, file: str, mapping: FigureMapping, texts: AreaTexts, rate: bool
) -> tuple[FigureLayout | None, list[Diagnostic]]:
    """Recognise where areas, periods and figures stand, as far as the mapping doesn't say it; None and what is unclear otherwise.

    Where no text is an area, those that are written like keys may have been areas of an earlier vintage.
    """
    is_area = texts.known
    wide = max(len(row) for row in cells)
    grid = [[*row, *_blank(row, wide)] for row in cells]
    across = mapping.table.areas == "columns"
    if mapping.table.areas is None and not mapping.area:
        if not any(is_area(cell.text) for row in grid for cell in row):
            is_area = texts.alike
        across = _most(zip(*grid, strict=True), is_area) < _most(grid[:_HEAD], is_area)
    if across:
        grid = [list(column) for column in zip(*grid, strict=True)]
    area, found = _area_column(grid, file, mapping, is_area, texts.keyed)
    if area is None:
        return None, found
    first, heads, found = _headings(grid, file, mapping, area, is_area, across=across)
    if found:
        return None, found
    columns = _columns(heads, area, mapping)
    layout = FigureLayout(file, area, columns, [])
    name = next((item.label for item in columns if item.number == area), "") or str(area + 1)
    layout.said.append(f"Gebiete stehen {'nebeneinander' if across else 'untereinander'}, in „{name}“.")
    empty: list[str] = []
    for row in grid[first:]:
        if not any(cell.text or cell.problem for number, cell in enumerate(row) if number != area):
            empty.append(row[area].text)
            continue
        layout.rows.append(row)
    if empty:
        layout.said.append(
            f"Übergangen: {len(empty)} {'Zeile' if len(empty) == 1 else 'Zeilen'} ohne Zahlen (zuerst „{empty[0][:40]}“)."
        )
    if not layout.rows:
        return None, [diagnostic("tabelle-ohne-zeilen", Position(file))]
    found = _place(layout, mapping, rate)
    return (None if found else layout), found


def _blank(row: Sequence[SheetCell], wide: int) -> Iterable[SheetCell]:
    place = row[0].position
    return (SheetCell("", place._replace(column=place.column + number)) for number in range(len(row), wide))


def _most(lines: Iterable[Sequence[SheetCell]], is_area: IsArea) -> int:
    """Return in how many cells of one line areas stand, at most."""
    return max((len({cell.text for cell in line if is_area(cell.text)}) for line in lines), default=0)


# --- areas and headings ----------------------------------------------------------------------------------------------


def _area_column(
    grid: list[list[SheetCell]], file: str, mapping: FigureMapping, is_area: IsArea, is_key: IsArea
) -> tuple[int | None, list[Diagnostic]]:
    if mapping.area:
        for row in grid[:_HEAD]:
            for number, cell in enumerate(row):
                if cell.text and _heading(cell.text) == _heading(mapping.area):
                    return number, []
        return None, [_no_column(file, mapping.area, (cell.text for row in grid[:_HEAD] for cell in row))]
    counts = []
    for number, column in enumerate(zip(*grid, strict=True)):
        texts = [cell.text for cell in column if cell.text]
        joined = {text for text in texts if is_area(text)}
        if joined and 2 * sum(text in joined for text in texts) >= len(texts):
            # A name may be that of several areas, or of one and what lies around it; a key never is.
            by_key = 2 * sum(is_key(text) for text in joined) >= len(joined)
            counts.append((not by_key, -len(joined), number))
    if counts:
        return min(counts)[2], []
    examples = ", ".join(
        f"{column[0].text[:30]} ({column[1].text[:20]})" if len(column) > 1 else column[0].text[:30]
        for column in list(zip(*grid, strict=True))[:8]
    )
    return None, [diagnostic("zahlen-gebietsspalte", Position(file), known=examples)]


def _headings(
    grid: list[list[SheetCell]],
    file: str,
    mapping: FigureMapping,
    area: int,
    is_area: IsArea,
    *,
    across: bool,
) -> tuple[int, list[list[SheetCell]], list[Diagnostic]]:
    """Return the first row of figures and the rows of headings above it."""
    start = 0
    if mapping.table.header and not across:
        lines = mapping.table.header_lines
        if lines is None:
            return 0, [], [_head_unclear(Position(file), f"„{mapping.table.header}“ sind keine Zeilen")]
        inside = [number for number, row in enumerate(grid) if lines[0] <= row[0].position.line <= lines[1]]
        if not inside:
            return 0, [], [_head_unclear(Position(file), f"in Zeile {mapping.table.header} steht nichts")]
        start, first = inside[0], inside[-1] + 1
    elif mapping.area:
        above = next(
            number for number, row in enumerate(grid) if _heading(row[area].text) == _heading(mapping.area)
        )
        first = next((number for number in range(above + 1, len(grid)) if grid[number][area].text), len(grid))
    else:
        first = next(number for number, row in enumerate(grid) if is_area(row[area].text))
        # Above it may stand a total, or an area that is misspelt: rows with figures are no headings.
        while first > 1 and _has_figures(grid[first - 1], area):
            first -= 1
    heads = [row for row in grid[start:first] if not _is_title(row, area)]
    if not heads:
        return 0, [], [_head_unclear(Position(file), "über den Zahlen steht keine Überschrift")]
    for row in heads[1:]:
        for number, cell in enumerate(row):
            if number != area and cell.text and is_figure(cell.text, {}) and period_of(cell.text) is None:
                reason = f"„{cell.text}“ über „{grid[first][area].text if first < len(grid) else ''}“ ist eine Zahl"
                return 0, [], [_head_unclear(cell.position, reason)]
    return first, heads, []


def _has_figures(row: Sequence[SheetCell], area: int) -> bool:
    """Tell a row of figures, which names an area or a total, from headings: years are no figures."""
    others = [cell.text for number, cell in enumerate(row) if number != area]
    return bool(row[area].text) and any(
        any(sign.isdigit() for sign in text) and is_figure(text, {}) and period_of(text) is None
        for text in others
    )


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
    """Return every column with its headings; one that was merged over several columns counts for each of them."""
    paths: list[list[SheetCell]] = [[] for _ in heads[0]]
    for place, row in enumerate(heads):
        last: SheetCell | None = None
        for number, cell in enumerate(row):
            if cell.text:
                paths[number].append(cell)
                last = cell if number != area else None
            elif (
                last is not None
                and place < len(heads) - 1
                and any(below[number].text for below in heads[place + 1 :])
            ):
                paths[number].append(last)
    found = []
    years = mapping.years == "yes"
    for number, path in enumerate(paths):
        texts = [_heading(cell.text) for cell in path]
        periods = [period for text in texts if (period := period_of(text, years=years)) is not None]
        period = periods[0] if len(periods) == 1 and number != area else None
        rest = tuple(text for text in texts if period is None or period_of(text, years=years) is None)
        where = path[-1].position if path else heads[-1][number].position
        found.append(FigureColumn(number, tuple(dict.fromkeys(rest)), period, where))
    return found


# --- periods and figures ---------------------------------------------------------------------------------------------


def _place(layout: FigureLayout, mapping: FigureMapping, rate: bool) -> list[Diagnostic]:
    """Fill the layout's figures; return what is missing or unclear."""
    columns = [item for item in layout.columns if item.number != layout.area]
    asked: dict[str, FigureColumn] = {}
    breakdown = mapping.breakdown
    for name in (*mapping.where, *((breakdown.column,) if breakdown and breakdown.column else ())):
        one, found = _one(layout, columns, name)
        if one is None:
            return found
        asked[name] = one
    rows = [
        (number, row)
        for number, row in enumerate(layout.rows)
        if all(row[asked[name].number].text == text for name, text in mapping.where.items())
    ]
    if not rows:
        return [_nothing_left(layout, mapping, asked)]
    given, found = _period(layout, columns, mapping)
    if given is None:
        return found
    taken = {item.number for item in asked.values()} | {given.column.number if given.column else -1}
    free = [item for item in columns if item.number not in taken]
    figures = _figure_columns(layout, free, [row for _, row in rows], mapping, given, rate)
    if isinstance(figures, Diagnostic):
        return [figures]
    used = {
        item.number for pair in figures for item in (pair.numerator, pair.denominator) if item is not None
    }
    layout.counted = figures[0].numerator
    layout.unused = [item for item in free if item.number not in used and item.period is None]
    odd: dict[str, SheetCell] = {}
    for number, row in rows:
        value = ""
        if breakdown and breakdown.column:
            cell = row[asked[breakdown.column].number]
            if cell.text not in breakdown.values:
                odd.setdefault(cell.text, cell)
                continue
            value = breakdown.values[cell.text]
        period = given.of(row)
        for pair in figures:
            below = row[pair.denominator.number] if pair.denominator else None
            layout.figures.append(
                PlacedFigure(
                    row[layout.area],
                    period or pair.numerator.period or "",
                    value or pair.value,
                    row[pair.numerator.number],
                    below,
                    number,
                )
            )
    if mapping.where:
        told = ", ".join(f"{name} = {text}" for name, text in mapping.where.items())
        layout.said.append(f"Nur Zeilen mit {told}: {len(rows)} von {len(layout.rows)}.")
    return [
        diagnostic(
            "zahlen-teil-unbekannt",
            cell.position,
            value=text,
            name=breakdown.column if breakdown else "",
            known=", ".join(breakdown.values) if breakdown else "",
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


def _period(
    layout: FigureLayout, columns: list[FigureColumn], mapping: FigureMapping
) -> tuple[_Period | None, list[Diagnostic]]:
    years = mapping.years == "yes"
    if mapping.period:
        if any(item.called(mapping.period) for item in columns):
            one, found = _one(layout, columns, mapping.period)
            return (_Period(one, years=years) if one else None), found
        fixed = period_of(mapping.period, years=years)
        if fixed is None:
            return None, [_no_column(layout.file, mapping.period, (item.label for item in columns))]
        return _Period(fixed=fixed), []
    if any(item.period for item in columns):
        names = list(dict.fromkeys(item.period for item in columns if item.period))
        layout.said.append(f"Zeiträume stehen in den Überschriften: {_list(names)}.")
        return _Period(), []
    fitting = [
        item for item in columns if all(period_of(row[item.number].text) is not None for row in layout.rows)
    ]
    if len(fitting) == 1:
        there = list(dict.fromkeys(row[fitting[0].number].text for row in layout.rows))
        layout.said.append(f"Zeiträume stehen in „{fitting[0].label}“: {_list(there)}.")
        return _Period(fitting[0], years=years), []
    several = ", ".join(f"„{item.label}“" for item in fitting)
    why = (
        f"in mehreren Spalten stehen welche: {several}"
        if fitting
        else "keine Spalte und keine Überschrift nennt einen"
    )
    return None, [diagnostic("zahlen-zeitraum", Position(layout.file), reason=why)]


def _figure_columns(
    layout: FigureLayout,
    free: list[FigureColumn],
    rows: list[Sequence[SheetCell]],
    mapping: FigureMapping,
    given: _Period,
    rate: bool,
) -> list[_Pair] | Diagnostic:
    if given.column is None and given.fixed and any(item.period for item in free):
        # The period that was said is one of several in the headings.
        free = [item for item in free if item.period == given.fixed]
        if not free:
            return diagnostic(
                "zahlen-zeitraum", Position(layout.file), reason=f"{given.fixed} steht in keiner Überschrift"
            )
    periods = list(dict.fromkeys(item.period for item in free if item.period))
    free = [item for item in free if item.period] if periods and given.column is None else free
    breakdown = mapping.breakdown
    wanted: dict[str, str] = {}
    if breakdown and not breakdown.column:
        wanted = dict(breakdown.values)
    name = mapping.rate or mapping.numerator
    if name:
        wanted[name] = wanted.get(name, "")
    if not wanted:
        filled = [
            item
            for item in free
            if _mostly_figures([row[item.number].text for row in rows], mapping)
            and item.label != mapping.denominator
        ]
        labels = list(dict.fromkeys(item.label for item in filled))
        if len(labels) != 1:
            known = ", ".join(f"„{label}“" for label in labels[:12]) or "keine Spalte mit Zahlen"
            return diagnostic("zahlen-spalte-unklar", Position(layout.file), known=known)
        wanted = {labels[0]: ""}
        layout.said.append(
            f"{'Quoten' if rate else 'Zahlen'} stehen in „{labels[0] or 'den Spalten der Zeiträume'}“."
        )
    pairs = []
    # Beside the periods that are wanted stand others: „Veränderung 2023/24“.
    asked = {
        name: [item for item in free if item.called(name) or (not name and not item.label)] for name in wanted
    }
    there = [
        period
        for period in periods
        if any(item.period == period for items in asked.values() for item in items)
    ]
    if periods and not there:
        return _not_one(layout, next(iter(wanted)), [], free)
    for name, value in wanted.items():
        for period in (*there,) or (None,):
            numerator = [item for item in asked[name] if not there or item.period == period]
            if len(numerator) != 1:
                return _not_one(layout, name, numerator, free)
            denominator = None
            if mapping.denominator:
                below = [
                    item
                    for item in free
                    if item.called(mapping.denominator) and (not there or item.period == period)
                ]
                if len(below) != 1:
                    return _not_one(layout, mapping.denominator, below, free)
                denominator = below[0]
            pairs.append(_Pair(numerator[0], denominator, value))
    return pairs


def _mostly_figures(texts: Sequence[str], mapping: FigureMapping) -> bool:
    """Tell whether a column holds figures; a sign that nobody knows doesn't hide the column, it is told with its cell."""
    numbers = [
        text for text in texts if any(sign.isdigit() for sign in text) and is_figure(text, mapping.signs)
    ]
    rest = [text for text in texts if text not in numbers and not is_figure(text, mapping.signs)]
    return len(numbers) > len(rest) and all(len(text) <= _SIGN for text in rest)


_SIGN = 12
"""Letters that a sign, or a number with a word beside it, has at most."""


def _one(
    layout: FigureLayout, columns: list[FigureColumn], name: str
) -> tuple[FigureColumn | None, list[Diagnostic]]:
    fitting = [item for item in columns if item.called(name)]
    if len(fitting) == 1:
        return fitting[0], []
    return None, [_not_one(layout, name, fitting, columns)]


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
    return _no_column(layout.file, name, (item.label for item in columns))


def _no_column(file: str, name: str, headings: Iterable[str]) -> Diagnostic:
    known = list(dict.fromkeys(item for item in headings if item))
    near = close_to(name, known)
    return diagnostic(
        "spalte-fehlt",
        Position(file),
        name=name,
        known=(f"{near} (vielleicht gemeint), " if near else "")
        + ", ".join(item for item in known[:20] if item != near),
    )


def _nothing_left(
    layout: FigureLayout, mapping: FigureMapping, asked: Mapping[str, FigureColumn]
) -> Diagnostic:
    name, text = next(
        (
            (name, text)
            for name, text in mapping.where.items()
            if not any(row[asked[name].number].text == text for row in layout.rows)
        ),
        next(iter(mapping.where.items())),
    )
    counts = Counter(row[asked[name].number].text for row in layout.rows)
    known = ", ".join(f"„{text}“" for text, _ in counts.most_common(8))
    return diagnostic("zahlen-auswahl-leer", asked[name].position, name=name, value=text, known=known)


def _list(items: Sequence[str | None]) -> str:
    texts = [str(item) for item in items]
    return ", ".join(texts) if len(texts) <= 6 else f"{', '.join(texts[:3])} … {texts[-1]} ({len(texts)})"
