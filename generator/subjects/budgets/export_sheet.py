"""Write a budget as a workbook that recomputes it by formulas.

It uses only ROUND, INT, SUM, IF and COUNTIF, which all programs know. They compute in doubles: in a pot of many
millions a cent may go to another area, which the sheet „Ergebnis“ shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from generator.export.workbook import column_letter, new_book, packed, text_cell
from generator.subjects.budgets.model import FINE, Budget, BudgetResult, Paid, Pot

_BOLD = Font(bold=True)
_INPUT = PatternFill("solid", fgColor="FFF4CC")  # yellow: a number that may be changed
_WHOLE, _EURO, _FINE = "#,##0", "#,##0.00", "#,##0.0000"  # formats of numbers
# Names of deductions by kind, where the record gives none.
_FIRST = {"central": "Zentrale Angebote", "reserve": "Reserve"}
_CENTS = ("Quote in Cent", "ganze Cent", "Rest in Zehntausendstel Cent", "Rang des Rests", "Cent", "Euro")
"""Heads of the columns D to I of a table that shares out cents (`_shared_out`)."""


class SheetWords(Struct, frozen=True):
    """The workbook's title, publisher, names and explanations."""

    title: str
    publisher: str
    areas: Mapping[str, str]  # names by id
    pots: Mapping[int | None, str]  # names by the number of the weight; None: last year's outflow
    lines: tuple[str, ...]  # explanations; the first two stand on the first sheet, too


class _Cell(Struct, frozen=True):
    """A number or text."""

    value: str | Decimal | Fraction | int
    formula: str = ""  # that computes the value, without `=`; empty for none
    format: str = ""
    given: bool = False  # whether readers may change it


_EMPTY = _Cell("")


@dataclass
class _Sheet:
    """Rows of cells."""

    name: str
    rows: list[Sequence[_Cell]] = field(default_factory=list)
    bold: set[int] = field(default_factory=set)  # numbers of bold rows

    @property
    def row(self) -> int:
        """The next row's number, from 1."""
        return len(self.rows) + 1

    def add(self, *cells: _Cell) -> None:
        """Write a row."""
        self.rows.append(cells)

    def head(self, *texts: str) -> None:
        """Write a row of headings."""
        self.bold.add(self.row)
        self.add(*map(_Cell, texts))


def budget_workbook(budget: Budget, result: BudgetResult, words: SheetWords) -> bytes:
    """Return a budget's calculation sheet; raises OSError without disk space."""
    plan, areas, total = _Sheet("Rechnung"), _Sheet("Gebiete"), _Sheet("Ergebnis")
    first_pot = _plan(plan, budget, result, words)
    blocks = [
        _area_block(areas, pot, f"Rechnung!$H${first_pot + n}", words)
        for n, pot in enumerate(result.money.pots)
    ]
    _totals(total, blocks, result, words)
    about = _Sheet("Erläuterung")
    for line in words.lines:
        about.add(_Cell(line))
    return _workbook_of_sheets([plan, areas, total, about], words)


def _plan(sheet: _Sheet, budget: Budget, result: BudgetResult, words: SheetWords) -> int:
    """Write the way from the total by deductions to the pots; return the first pot's row."""
    sheet.head(words.title)
    for line in words.lines[:2]:
        sheet.add(_Cell(line))
    sheet.add()
    sheet.head("Vorab", "Euro oder Prozent", "Cent", "bleibt (Cent)")
    total = _Cell(result.total, f"ROUND(B{sheet.row}*100,0)", _WHOLE)
    sheet.add(
        _Cell("Betrag für ein Haushaltsjahr (Euro)"),
        _Cell(budget.total, "", _EURO, given=True),
        _EMPTY,
        total,
    )
    for item, taken in zip(budget.first, result.taken, strict=True):
        row, name = sheet.row, item.name or _FIRST[item.kind]
        number, formula, unit = item.amount, f"ROUND(B{row}*100,0)", "Euro"
        if number is None:
            number, formula, unit = (
                item.share or Decimal(),
                f"ROUND(D{row - 1}*B{row}/100,0)",
                "Prozent vom Rest",
            )
        left = _Cell(taken.left, f"D{row - 1}-C{row}", _WHOLE)
        sheet.add(
            _Cell(f"{name} ({unit})"), _Cell(number, given=True), _Cell(taken.cents, formula, _WHOLE), left
        )
    money, by_indicators = f"D${sheet.row - 1}", f"B${sheet.row}"
    sheet.add(_Cell("Anteil nach Kennzahlen (Prozent)"), _Cell(budget.by_indicators, given=True))
    sheet.add()
    sheet.head("Topf", "Gewicht (Prozent)", "vom Ganzen (Prozent)", *_CENTS)
    first = sheet.row
    lines = []
    for row, pot in enumerate(result.money.pots, first):
        weight, share = _EMPTY, f"100-{by_indicators}"
        if pot.rule.weight is not None:
            weight, share = (
                _Cell(budget.weights[pot.rule.weight].weight, given=True),
                f"B{row}*{by_indicators}/100",
            )
        lines.append((_Cell(words.pots[pot.rule.weight]), weight, _Cell(pot.points, share), pot.paid))
    _shared_out(sheet, lines, money, result.left)
    return first


def _area_block(sheet: _Sheet, pot: Pot, money: str, words: SheetWords) -> int:
    """Write how a pot, whose cents stand at `money`, is shared by areas; return the first area's row."""
    rule = pot.rule
    sheet.head(words.pots[rule.weight])
    sheet.head("Gebiet", "Wert", "zählt mit", *_CENTS)
    first, last = sheet.row, sheet.row + len(pot.areas) - 1
    lines = []
    for row, (key, paid) in enumerate(pot.areas.items(), first):
        rules = {"reciprocal": f"1/B{row}", "complement": f"SUM(B${first}:B${last})-B{row}"}
        counted = _Cell(rule.counted[key], rules.get(rule.inverse or "", f"B{row}"))
        lines.append((_Cell(words.areas[key]), _Cell(rule.values[key], given=True), counted, paid))
    _shared_out(sheet, lines, money, pot.paid.cents)
    sheet.add()
    return first


def _shared_out(
    sheet: _Sheet, lines: Sequence[tuple[_Cell, _Cell, _Cell, Paid]], money: str, cents: int
) -> None:
    """Write lines of (name, input, share, paid) that share the cents at `money` by their share in column C, and the sum.

    As in `apportion`: D exact cents, E whole ones, F the rest, G its rank, H cents paid, I euros.
    """
    first, last = sheet.row, sheet.row + len(lines) - 1
    rests = [-(one.quota % FINE) for *_, one in lines]
    ranked = sorted(range(len(rests)), key=rests.__getitem__)
    for number, (name, given, counted, one) in enumerate(lines):
        row = sheet.row
        rank = f'COUNTIF(F${first}:F${last},">"&F{row})+COUNTIF(F${first}:F{row},F{row})'
        sheet.add(
            name,
            given,
            counted,
            _Cell(Decimal(one.quota) / FINE, f"ROUND({money}*C{row}/SUM(C${first}:C${last}),4)", _FINE),
            _Cell(one.quota // FINE, f"INT(D{row})", _WHOLE),
            _Cell(one.quota % FINE, f"ROUND((D{row}-E{row})*10000,0)", _WHOLE),
            _Cell(ranked.index(number) + 1, rank, _WHOLE),
            _Cell(one.cents, f"E{row}+IF(G{row}<={money}-SUM(E${first}:E${last}),1,0)", _WHOLE),
            _Cell(Decimal(one.cents) / 100, f"H{row}/100", _EURO),
        )
    together = _Cell(cents, f"SUM(H{first}:H{last})", _WHOLE)
    euros = _Cell(Decimal(cents) / 100, f"H{sheet.row}/100", _EURO)
    sheet.bold.add(sheet.row)
    sheet.add(_Cell("zusammen"), *[_EMPTY] * 6, together, euros)


def _totals(sheet: _Sheet, blocks: Sequence[int], result: BudgetResult, words: SheetWords) -> None:
    """Write areas' totals beside those on the page; `blocks` are the rows at which pots begin on „Gebiete“."""
    pots = result.money.pots
    names = [f"{words.pots[pot.rule.weight]} (Cent)" for pot in pots]
    sheet.head("Ergebnis")
    sheet.head("Gebiet", *names, "zusammen (Cent)", "Euro", "Euro auf der Seite", "Abweichung")
    last_pot, cents, euros, page = (column_letter(len(pots) + number) for number in range(4))
    first = sheet.row
    for number, (key, amount) in enumerate(result.money.amounts.items()):
        row = sheet.row
        parts = [
            _Cell(pot.areas[key].cents, f"Gebiete!H{block + number}", _WHOLE)
            for pot, block in zip(pots, blocks, strict=True)
        ]
        sheet.add(
            _Cell(words.areas[key]),
            *parts,
            _Cell(amount, f"SUM(B{row}:{last_pot}{row})", _WHOLE),
            _Cell(Decimal(amount) / 100, f"{cents}{row}/100", _EURO),
            _Cell(Decimal(amount) / 100, "", _EURO),
            _Cell(0, f"ROUND({euros}{row}-{page}{row},2)", _EURO),
        )
    last, row = sheet.row - 1, sheet.row
    sums = []
    for number, amount in enumerate([*(pot.paid.cents for pot in pots), result.left], 1):
        letter = column_letter(number)
        sums.append(_Cell(amount, f"SUM({letter}{first}:{letter}{last})", _WHOLE))
    whole = Decimal(result.left) / 100
    both = [_Cell(whole, f"SUM({letter}{first}:{letter}{last})", _EURO) for letter in (euros, page)]
    sheet.bold.add(row)
    sheet.add(_Cell("zusammen"), *sums, *both, _Cell(0, f"ROUND({euros}{row}-{page}{row},2)", _EURO))


def _workbook_of_sheets(sheets: Sequence[_Sheet], words: SheetWords) -> bytes:
    """Return the workbook; formulas' values are stored too, for programs that don't compute."""
    book = new_book(words.title, words.publisher)
    computed: dict[int, dict[str, str]] = {}
    for number, sheet in enumerate(sheets, 1):
        page = book.create_sheet(sheet.name)
        page.column_dimensions["A"].width = 44
        for column in range(1, max(map(len, sheet.rows))):
            page.column_dimensions[column_letter(column)].width = 17
        values = computed.setdefault(number, {})
        for row, cells in enumerate(sheet.rows, 1):
            page.append([_make_styled_cell(page, cell, bold=row in sheet.bold) for cell in cells])
            for column, cell in enumerate(cells):
                if cell.formula:
                    values[f"{column_letter(column)}{row}"] = str(_number_for_workbook(cell.value))
    book.calculation.fullCalcOnLoad = True
    return packed(book, computed)


def _number_for_workbook(value: str | Decimal | Fraction | int) -> str | Decimal | int:
    """Return a value as workbooks hold it."""
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return value


def _make_styled_cell(page: object, cell: _Cell, *, bold: bool) -> WriteOnlyCell:
    if cell.formula:
        found = WriteOnlyCell(page, f"={cell.formula}")
    elif isinstance(cell.value, str):
        found = text_cell(page, cell.value)
        found.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        found = WriteOnlyCell(page, _number_for_workbook(cell.value))
    if cell.format:
        found.number_format = cell.format
    if bold:
        found.font = _BOLD
    if cell.given:
        found.fill = _INPUT
    return found
