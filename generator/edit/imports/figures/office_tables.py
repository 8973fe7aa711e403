"""The cells of a table of figures and what is said of it in; its layout and every figure with its area, period and column out.

Tables of statistical offices come long (a row a figure) or wide (periods or groups side by side), with several rows of headings,
a title above and remarks below, areas as rows or as columns. What is recognised is said; what could be two things is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.figures.figure_cells import has_digit, is_figure
from generator.edit.imports.figures.figure_mapping import BreakdownColumns, FigureForm, FigureMapping
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

    def texts(self) -> Iterator[str]:
        """Give what stands in the cells of all figures."""
        for item in self.figures:
            yield item.numerator.text
            if item.denominator is not None:
                yield item.denominator.text


def lay_out(
    cells: Cells, file: str, mapping: FigureMapping, texts: AreaTexts, rate: bool
) -> tuple[FigureLayout | None, list[Diagnostic]]:
    """Recognise where areas, periods and figures stand, as far as the mapping doesn't say it; None and what is unclear otherwise.

    All rows have the same number of cells. Where no text is an area, those that are written like keys may have been
    areas of an earlier vintage.
    """
    grid = [list(row) for row in cells]
    is_area = texts.known
    across = mapping.table.areas == "columns"
    if mapping.table.areas is None and not mapping.area:
        if _most_areas(grid, is_area) == 0:
            is_area = texts.alike
        across = _most_areas(_turned(grid), is_area) < _most_areas(grid[:_HEAD], is_area)
    if across:
        grid = _turned(grid)
    area, found = _area_column(grid, file, mapping, is_area, texts.keyed)
    if area is None:
        return None, found
    first, heads, found = _headings(grid, file, mapping, area, is_area, across=across)
    if found:
        return None, found
    layout = FigureLayout(file, area, _columns(heads, area, mapping), [])
    name = layout.columns[area].label or str(area + 1)
    direction = "nebeneinander" if across else "untereinander"
    layout.said.append(f"Gebiete stehen {direction}, in „{name}“.")
    _take_rows(layout, grid[first:])
    if not layout.rows:
        return None, [diagnostic("tabelle-ohne-zeilen", Position(file))]
    found = _place(layout, mapping, rate)
    if found:
        return None, found
    return layout, []


def _turned(grid: list[list[SheetCell]]) -> list[list[SheetCell]]:
    """Return the columns of a table as rows."""
    return [list(column) for column in zip(*grid, strict=True)]


def _most_areas(lines: Iterable[Sequence[SheetCell]], is_area: IsArea) -> int:
    """Return how many different areas one line names, at most."""
    most = 0
    for line in lines:
        named = {cell.text for cell in line if is_area(cell.text)}
        most = max(most, len(named))
    return most


def _take_rows(layout: FigureLayout, rows: Iterable[list[SheetCell]]) -> None:
    """Take the rows into the layout that have anything beside their area; say how many have not."""
    empty: list[str] = []
    for row in rows:
        others = row[: layout.area] + row[layout.area + 1 :]
        if any(cell.text or cell.problem for cell in others):
            layout.rows.append(row)
        else:
            empty.append(row[layout.area].text)
    if empty:
        layout.said.append(
            f"Übergangen: {len(empty)} {'Zeile' if len(empty) == 1 else 'Zeilen'} ohne Zahlen (zuerst „{empty[0][:40]}“)."
        )


# --- areas and headings ----------------------------------------------------------------------------------------------


def _area_column(
    grid: list[list[SheetCell]], file: str, mapping: FigureMapping, is_area: IsArea, is_key: IsArea
) -> tuple[int | None, list[Diagnostic]]:
    """Return the number of the column that names areas: the one that the mapping names, else the one with most areas in it."""
    if mapping.area:
        return _said_column(grid[:_HEAD], file, mapping.area)
    columns = _turned(grid)
    ranks = [_area_rank(column, is_area, is_key) for column in columns]
    fitting = [rank for rank in ranks if rank is not None]
    if fitting:
        return ranks.index(min(fitting)), []
    examples = ", ".join(_beginning(column) for column in columns[:8])
    return None, [diagnostic("zahlen-gebietsspalte", Position(file), known=examples)]


def _area_rank(column: Sequence[SheetCell], is_area: IsArea, is_key: IsArea) -> tuple[bool, int] | None:
    """Return how well a column names areas, the least is the best; None where fewer than half of its texts are areas."""
    texts = [cell.text for cell in column if cell.text]
    named = {text for text in texts if is_area(text)}
    if not named or 2 * sum(text in named for text in texts) < len(texts):
        return None
    # A name may be that of several areas, or of one and what lies around it; a key never is.
    by_name = 2 * sum(is_key(text) for text in named) < len(named)
    return by_name, -len(named)


def _said_column(heads: list[list[SheetCell]], file: str, name: str) -> tuple[int | None, list[Diagnostic]]:
    """Return the first column that has a heading of this name."""
    texts: list[str] = []
    for row in heads:
        for number, cell in enumerate(row):
            if cell.text and _heading(cell.text) == _heading(name):
                return number, []
            texts.append(cell.text)
    return None, [_no_column(file, name, texts)]


def _beginning(column: Sequence[SheetCell]) -> str:
    """Show a column by its first two cells."""
    first = column[0].text[:30]
    if len(column) > 1:
        return f"{first} ({column[1].text[:20]})"
    return first


def _headings(
    grid: list[list[SheetCell]],
    file: str,
    mapping: FigureMapping,
    area: int,
    is_area: IsArea,
    *,
    across: bool,
) -> tuple[int, list[list[SheetCell]], list[Diagnostic]]:
    """Return the first row of figures and the rows of headings above it, or what is unclear about them."""
    span: range | Diagnostic
    if mapping.table.header and not across:
        span = _said_lines(grid, file, mapping.table)
    elif mapping.area:
        span = range(_first_below(grid, area, mapping.area))
    else:
        span = range(_first_figures(grid, area, is_area))
    if isinstance(span, Diagnostic):
        return 0, [], [span]
    heads = [row for row in grid[span.start : span.stop] if not _is_title(row, area)]
    if not heads:
        return 0, [], [_head_unclear(Position(file), "über den Zahlen steht keine Überschrift")]
    figure = _figure_among(heads[1:], area)
    if figure is not None:
        below = ""
        if span.stop < len(grid):
            below = grid[span.stop][area].text
        return 0, [], [_head_unclear(figure.position, f"„{figure.text}“ über „{below}“ ist eine Zahl")]
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


def _first_below(grid: list[list[SheetCell]], area: int, name: str) -> int:
    """Return the first row with an area below the heading of this name."""
    column = [row[area].text for row in grid]
    above = [_heading(text) for text in column].index(_heading(name))
    return next((number for number in range(above + 1, len(grid)) if column[number]), len(grid))


def _first_figures(grid: list[list[SheetCell]], area: int, is_area: IsArea) -> int:
    """Return the first row of figures: that of the first area, or what has figures right above it.

    Above the first area may stand a total, or an area that is misspelt.
    """
    first = next(number for number, row in enumerate(grid) if is_area(row[area].text))
    while first > 1 and _has_figures(grid[first - 1], area):
        first -= 1
    return first


def _figure_among(heads: Iterable[Sequence[SheetCell]], area: int) -> SheetCell | None:
    """Return the first cell of headings that is a figure; a period is none."""
    for row in heads:
        for number, cell in enumerate(row):
            if number != area and cell.text and is_figure(cell.text, {}) and period_of(cell.text) is None:
                return cell
    return None


def _has_figures(row: Sequence[SheetCell], area: int) -> bool:
    """Tell a row of figures, which names an area or a total, from headings: years are no figures."""
    others = [cell.text for number, cell in enumerate(row) if number != area]
    figures = [text for text in others if has_digit(text) and is_figure(text, {})]
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
        periods = [period_of(text, years=mapping.years == "yes") for text in texts]
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


def _told(where: Mapping[str, str]) -> str:
    return ", ".join(f"{name} = {text}" for name, text in where.items())


def _place(layout: FigureLayout, mapping: FigureMapping, rate: bool) -> list[Diagnostic]:
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
    taken = [given.column, *asked.values()]
    free = [item for item in columns if item not in taken]
    pairs = _figure_columns(layout, free, list(rows.values()), mapping, given, rate)
    if isinstance(pairs, Diagnostic):
        return [pairs]
    layout.counted = pairs[0].numerator
    layout.unused = _unused(free, pairs)
    if mapping.where:
        layout.said.append(f"Nur Zeilen mit {_told(mapping.where)}: {len(rows)} von {len(layout.rows)}.")
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


def _unused(free: list[FigureColumn], pairs: list[_Pair]) -> list[FigureColumn]:
    """Return the columns that are neither a period's nor a figure's."""
    used: set[int] = set()
    for pair in pairs:
        used.add(pair.numerator.number)
        if pair.denominator is not None:
            used.add(pair.denominator.number)
    return [item for item in free if item.number not in used and item.period is None]


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
    years = mapping.years == "yes"
    if mapping.period:
        return _said_period(layout, columns, mapping.period, years=years)
    named = [item.period for item in columns if item.period]
    if named:
        layout.said.append(f"Zeiträume stehen in den Überschriften: {_list(named)}.")
        return _Period()
    fitting = [item for item in columns if _all_periods(layout.rows, item)]
    if len(fitting) == 1:
        there = [row[fitting[0].number].text for row in layout.rows]
        layout.said.append(f"Zeiträume stehen in „{fitting[0].label}“: {_list(there)}.")
        return _Period(fitting[0], years=years)
    return diagnostic("zahlen-zeitraum", Position(layout.file), reason=_why_no_period(fitting))


def _why_no_period(fitting: Sequence[FigureColumn]) -> str:
    """Say why it isn't clear where periods stand; `fitting` are the columns that have one in each row, none or several."""
    if not fitting:
        return "keine Spalte und keine Überschrift nennt einen"
    several = ", ".join(f"„{item.label}“" for item in fitting)
    return f"in mehreren Spalten stehen welche: {several}"


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
        return _no_column(layout.file, said, (item.label for item in columns))
    return _Period(fixed=fixed)


def _all_periods(rows: Iterable[Sequence[SheetCell]], column: FigureColumn) -> bool:
    """Tell whether a column has a period in each row."""
    return all(period_of(row[column.number].text) is not None for row in rows)


def _where_figures_stand(label: str, rate: bool) -> str:
    """Say in which column figures were found; `label` is empty where each period has its own."""
    what = "Quoten" if rate else "Zahlen"
    return f"{what} stehen in „{label or 'den Spalten der Zeiträume'}“."


def _figure_columns(
    layout: FigureLayout,
    free: list[FigureColumn],
    rows: list[Sequence[SheetCell]],
    mapping: FigureMapping,
    given: _Period,
    rate: bool,
) -> list[_Pair] | Diagnostic:
    """Return the columns of each figure of a row, or what is unclear about them."""
    if given.column is None and any(item.period for item in free):
        # A period that was said is one of several in the headings.
        free = [item for item in free if item.period and given.fixed in ("", item.period)]
        if not free:
            reason = f"{given.fixed} steht in keiner Überschrift"
            return diagnostic("zahlen-zeitraum", Position(layout.file), reason=reason)
    wanted = _wanted(mapping)
    if not wanted:
        label = _only_filled(layout, free, rows, mapping)
        if isinstance(label, Diagnostic):
            return label
        wanted = {label: ""}
        layout.said.append(_where_figures_stand(label, rate))
    return _pairs(layout, free, wanted, mapping.denominator)


def _wanted(mapping: FigureMapping) -> dict[str, str]:
    """Return the names of the columns that the mapping counts, each with its value of the breakdown."""
    wanted: dict[str, str] = {}
    if mapping.breakdown and not mapping.breakdown.column:
        wanted = dict(mapping.breakdown.values)
    name = mapping.rate or mapping.numerator
    if name:
        wanted.setdefault(name, "")
    return wanted


def _only_filled(
    layout: FigureLayout,
    free: list[FigureColumn],
    rows: list[Sequence[SheetCell]],
    mapping: FigureMapping,
) -> str | Diagnostic:
    """Return the one name that all columns of figures have, but for the denominator's."""
    labels: dict[str, None] = {}
    for item in free:
        texts = [row[item.number].text for row in rows]
        if item.label != mapping.denominator and _mostly_figures(texts, mapping):
            labels[item.label] = None
    if len(labels) == 1:
        return next(iter(labels))
    known = ", ".join(f"„{label}“" for label in list(labels)[:12]) or "keine Spalte mit Zahlen"
    return diagnostic("zahlen-spalte-unklar", Position(layout.file), known=known)


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


def _mostly_figures(texts: Sequence[str], mapping: FigureMapping) -> bool:
    """Tell whether a column holds figures; a sign that nobody knows doesn't hide the column, it is told with its cell."""
    figures = [text for text in texts if is_figure(text, mapping.signs)]
    numbers = [text for text in figures if has_digit(text)]
    rest = [text for text in texts if not is_figure(text, mapping.signs)]
    return len(numbers) > len(rest) and all(len(text) <= _SIGN for text in rest)


_SIGN = 12
"""Letters that a sign, or a number with a word beside it, has at most."""


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
    return _no_column(layout.file, name, (item.label for item in columns))


def _no_column(file: str, name: str, headings: Iterable[str]) -> Diagnostic:
    known = list(dict.fromkeys(item for item in headings if item))
    near = close_to(name, known)
    shown = [item for item in known[:20] if item != near]
    if near:
        shown.insert(0, f"{near} (vielleicht gemeint)")
    return diagnostic("spalte-fehlt", Position(file), name=name, known=", ".join(shown))


def _nothing_left(
    layout: FigureLayout, mapping: FigureMapping, asked: Mapping[str, FigureColumn]
) -> Diagnostic:
    """Name the first thing asked of rows that none fulfils (else the first of all), and what stands there instead."""
    counts: dict[str, Counter[str]] = {}
    for name in mapping.where:
        counts[name] = Counter(row[asked[name].number].text for row in layout.rows)
    unmet = [name for name, text in mapping.where.items() if text not in counts[name]]
    name = (unmet or list(mapping.where))[0]
    known = ", ".join(f"„{text}“" for text, _ in counts[name].most_common(8))
    return diagnostic(
        "zahlen-auswahl-leer", asked[name].position, name=name, value=mapping.where[name], known=known
    )


def _list(items: Iterable[str]) -> str:
    """Return different texts in one line; of more than six the first three, the last and their number."""
    texts = list(dict.fromkeys(items))
    if len(texts) <= 6:
        return ", ".join(texts)
    return f"{', '.join(texts[:3])} … {texts[-1]} ({len(texts)})"
