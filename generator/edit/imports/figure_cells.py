"""A file with a table of figures and what the options of `import figures` say of it in; its cells, and the number of each or why there is none, out: decimal comma or point, merged cells, the signs „-“, „.“, „…“, „/“, „x“, notes behind a number.

The signs are those of official statistics (DIN 55301): „-“ nothing there, „.“ unknown or secret, „…“ later, „/“ not reliable,
„x“ blocked. Where a table's own legend differs, its mapping says so; a sign that neither knows is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Literal, get_args

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.edit.tables.table_rows import (
    NAMES,
    SIGNS,
    Encoding,
    Separator,
    even,
    fitting_separators,
    says_anything,
    split_lines,
    text_of_table,
    usual_width,
)
from generator.files.door import Door
from generator.model.cells import Status
from generator.read.value_tables import LARGEST, Style, number, number_style
from generator.read.workbooks import BY_OPTION, SUFFIXES, Grid, SheetCell, read_grid

Meaning = Literal["nothing", "zero", "secret", "later", "unreliable", "blocked", "missing"]
MEANINGS: tuple[Meaning, ...] = get_args(Meaning)
_LINES = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")


@dataclass(frozen=True, slots=True)
class FigureForm:
    """How a table is written; what is None or empty wasn't said.

    header: lines of the headings, „4“ or „4-6“. areas: whether they stand below each other or side by side.
    """

    separator: Separator | None = None
    decimal: Literal[".", ","] | None = None
    encoding: Encoding = "utf-8"
    sheet: str = ""
    header: str = ""
    areas: Literal["rows", "columns"] = "rows"

    @property
    def header_lines(self) -> tuple[int, int] | None:
        """First and last line of the headings, as they are counted in the file; None where it isn't said, or not so that it can be read."""
        match = _LINES.fullmatch(self.header)
        if match is None:
            return None
        first = int(match[1])
        return first, max(first, int(match[2] or first))


@dataclass(frozen=True, slots=True)
class BreakdownColumns:
    """Which breakdown the table has, and by its texts (or headings, where `column` is "") the id of each value, "" for the whole."""

    id: str
    column: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FigureMapping:
    """Which column is what.

    period: a column or the period itself. years: a day stands for its year. where: by column what must stand in it.
    leave_out: rows of unknown areas are left out. tell_totals: sums that are wrong are only told.
    """

    indicator: str
    level: str | None = None
    area: str | None = None
    period: str | None = None
    years: bool = False
    numerator: str | None = None
    denominator: str | None = None
    rate: str | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    breakdown: BreakdownColumns | None = None
    signs: Mapping[str, Meaning] = field(default_factory=dict)
    leave_out: bool = False
    tell_totals: bool = False
    table: FigureForm = field(default_factory=FigureForm)


def read_cells(
    door: Door, path: Path, form: FigureForm
) -> tuple[list[list[SheetCell]] | None, str, list[Diagnostic]]:
    """Read all cells; None and what stands in the way otherwise. The second is the file's name, with its sheet."""
    file = door.name(path)
    if path.suffix.lower() in SUFFIXES:
        grid, found = read_grid(door, path, form.sheet, better=BY_OPTION)
        if grid is None:
            return None, file, found
        rows, found = _unmerged(grid), list(grid.unseen)
    else:
        rows, found = _rows_of_text(door, path, form)
        if found:
            return None, file, found
    rows = [row for row in rows if says_anything(row)]
    if not rows:
        return None, file, [diagnostic("tabelle-ohne-zeilen", Position(file))]
    even(rows)
    return rows, file, found


def _unmerged(grid: Grid) -> list[list[SheetCell]]:
    """Give every cell of those that were merged their common text: that is what merging says."""
    rows = [list(row) for row in grid.rows]
    for cells in grid.merged:
        if cells.top > len(rows) or cells.left > len(rows[cells.top - 1]):
            continue
        first = rows[cells.top - 1][cells.left - 1]
        if not first.text:
            continue
        for line in range(cells.top, min(cells.bottom, len(rows)) + 1):
            row = rows[line - 1]
            row += [
                SheetCell("", Position(grid.file, line, number, 1, grid.sheet))
                for number in range(len(row) + 1, cells.left)
            ]
            last = min(cells.right, _WIDEST)
            row[cells.left - 1 : last] = [
                replace(first, position=first.position._replace(line=line, column=number))
                for number in range(cells.left, last + 1)
            ]
    return rows


_WIDEST = 2_000
"""Columns over which merged cells are filled; titles are merged over whole sheets."""


def _rows_of_text(door: Door, path: Path, form: FigureForm) -> tuple[list[list[SheetCell]], list[Diagnostic]]:
    """Read the cells of a text file, cut by what separates its columns: what was said, else the one sign that fits."""
    text, found = text_of_table(door, path, form.encoding)
    if text is None:
        return [], found
    file = door.name(path)
    fitting = [form.separator] if form.separator else fitting_separators(text, file)
    rows, broken = split_lines(text, file, SIGNS[fitting[0]] if fitting else ",")
    if broken is not None:
        return [], [broken]
    if len(fitting) != 1:
        known = " und ".join(NAMES[name] for name in fitting) or "keines"
        return [], [diagnostic("zahlen-trennzeichen", Position(file), known=known)]
    return _evened(rows)


def _evened(rows: Sequence[Sequence[SheetCell]]) -> tuple[list[list[SheetCell]], list[Diagnostic]]:
    """Cut rows to the usual number of cells; report those that have slipped and say something beyond it.

    Lines of one cell are titles and remarks.
    """
    usual, _ = usual_width(rows)
    slipped = [row for row in rows if says_anything(row[usual:])]
    found = [
        diagnostic("zeile-zu-lang", row[usual].position, count=len(row), expected=usual) for row in slipped
    ]
    return [list(row[:usual]) for row in rows], found


OFFICIAL: Mapping[str, Meaning] = {
    **dict.fromkeys(("-", "–", "—", "\u2212"), "nothing"),
    **dict.fromkeys((".", "·", "•"), "secret"),
    **dict.fromkeys(("…", "..."), "later"),
    "/": "unreliable",
    **dict.fromkeys(("x", "X"), "blocked"),
    **dict.fromkeys(("", "k.a.", "k.a", "ka", "keineangabe", "n.v.", "n/a", "na", "nan", "#nv"), "missing"),
}
WORDS: Mapping[Meaning, str] = {
    "nothing": "nichts vorhanden (null)",
    "zero": "null",
    "secret": "unbekannt oder geheim",
    "later": "kommt später",
    "unreliable": "nicht zuverlässig genug",
    "blocked": "gesperrt, weil nicht sinnvoll",
    "missing": "keine Angabe",
}
_STATUS: Mapping[Meaning, Status] = {
    "nothing": Status.NOTHING,
    "zero": Status.KNOWN,
    "secret": Status.SECRET,
    "later": Status.LATER,
    "unreliable": Status.UNRELIABLE,
    "blocked": Status.BLOCKED,
    # The sign for unknown or secret: tables have none that says merely that nobody knows.
    "missing": Status.SECRET,
}
_MARKS = {
    "r": (Status.REVISED, ""),
    "p": (Status.KNOWN, "vorläufig"),
    "s": (Status.KNOWN, "geschätzt"),
}
"""Letters behind a number, with the status and the note that they stand for."""
NO_FIGURE = "Die Quelle nennt hier keine Zahl."
_LEGEND = re.compile(r"[=:]")
_PERCENT = re.compile(r"(?:%|v\. ?H\.|Prozent)$")
_MARKED = re.compile(r"(.*\d)\s*([rps])$")
_AMBIGUOUS = re.compile(r"-?\d{1,3}\.\d{3}")


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """What a cell says: a number, or a status that says why there is none; a note where the source marks it."""

    value: Decimal | None
    status: Status
    note: str = ""


@dataclass(slots=True)
class FigureReader:
    """Reads the cells of one table; `style` is how its numbers are written, `signs` what its own legend says."""

    style: Style
    signs: Mapping[str, Meaning]
    remarks: Sequence[str] = ()
    """What stands around the figures."""
    decimals: int | None = None
    """Digits of a rate that are kept; None where whole numbers are counted."""
    taken: Counter[str] = field(default_factory=Counter)
    """What was taken for what, in words."""

    def said(self) -> list[str]:
        """Say what was taken for what, and how often."""
        return [f"{what} ({count}-mal)" for what, count in self.taken.most_common()]

    def read(self, cell: SheetCell, column: str) -> ReadFigure | Diagnostic:
        """Return what a cell says, or what is wrong with it."""
        meaning = meaning_of(cell.text, self.signs)
        if meaning is not None:
            return self._of_sign(cell.text, meaning)
        text, status, note = cell.text, Status.KNOWN, ""
        if match := _MARKED.fullmatch(text):
            text = match[1].strip()
            status, note = _MARKS[match[2]]
            self.taken[f"„{match[2]}“ hinter der Zahl: {note or 'berichtigt'}"] += 1
        if percent := _PERCENT.search(text):
            if self.decimals is None:
                return diagnostic("prozent-als-anzahl", cell.position, value=cell.text, column=column)
            text = text[: percent.start()].rstrip()
        value = number(text, self.style)
        if value is None:
            return self._unread(cell, text, column)
        if abs(value) >= LARGEST:
            return diagnostic("zahl-zu-gross", cell.position, value=cell.text, column=column)
        return ReadFigure(self._kept(value), status, note)

    def _of_sign(self, text: str, meaning: Meaning) -> ReadFigure:
        """Return what a sign stands for; an empty cell is one."""
        shown = "leere Zelle"
        if text:
            shown = f"„{text}“"
        said = f"{shown}: {WORDS[meaning]}"
        own = [one for one in self.remarks if _LEGEND.split(one)[0].rstrip() == text]
        if own and text not in self.signs:
            said += f", obwohl die Tabelle schreibt „{own[0][:60]}“; was gilt, sagt --sign"
        self.taken[said] += 1
        zero = None
        if meaning in ("nothing", "zero"):
            zero = Decimal(0)
        return ReadFigure(zero, _STATUS[meaning], NO_FIGURE if meaning == "missing" else "")

    def _kept(self, value: Decimal) -> Decimal:
        """Return a number with no more digits than it needs; a rate with as many as it may have."""
        if value == value.to_integral_value():
            return value.quantize(Decimal(1))
        if self.decimals is None:
            return value
        short = value.quantize(Decimal(1).scaleb(-self.decimals), rounding=ROUND_HALF_UP)
        if short != value:
            self.taken[f"auf {self.decimals} Nachkommastellen gerundet"] += 1
        return short

    def _unread(self, cell: SheetCell, text: str, column: str) -> Diagnostic:
        if _AMBIGUOUS.fullmatch(text):
            better = 'mit --decimal sagen, was das Dezimalzeichen ist: --decimal "," (dann trennt der Punkt Tausender) oder --decimal "."'
            wrong = diagnostic("zahl-mehrdeutig", cell.position, value=cell.text, column=column)
            return replace(wrong, help=better)
        if not has_digit(cell.text):
            return diagnostic(
                "zeichen-ohne-bedeutung", cell.position, value=cell.text, column=column, sign=cell.text
            )
        return diagnostic("zahl-unlesbar", cell.position, value=cell.text, column=column)


def meaning_of(text: str, signs: Mapping[str, Meaning]) -> Meaning | None:
    """Return what a text means that is no number; what the table itself says comes first."""
    return signs.get(text) or OFFICIAL.get(text) or OFFICIAL.get("".join(text.casefold().split()))


def has_digit(text: str) -> bool:
    """Tell whether a text has a digit in it."""
    return any(sign.isdigit() for sign in text)


def is_figure(text: str) -> bool:
    """Tell whether a text is a number, however it is written, or a sign for one."""
    if meaning_of(text, {}) is not None:
        return True
    text = _PERCENT.sub("", text).rstrip()
    text = match[1].strip() if (match := _MARKED.fullmatch(text)) else text
    return any(number(text, style) is not None for style in ("german", "english")) or bool(
        _AMBIGUOUS.fullmatch(text)
    )


def style_of(texts: Iterable[str], decimal: str | None) -> Style:
    """Tell by all cells how numbers are written, where it isn't said."""
    if decimal is None:
        return number_style(_PERCENT.sub("", text).rstrip() for text in texts)
    return "german" if decimal == "," else "english"
