"""A computed budget in, a workbook that computes it once more out: every cent comes from live formulas.

It holds published figures, the record's numbers and formulas over them. Whole cents are found as on the page: a quota
rounded to a ten-thousandth of a cent, its whole cents, and the cents that are left for the greatest rests, in the order of
the areas. Only functions that every spreadsheet has: ROUND, INT, SUM, IF, COUNTIF.

Spreadsheets compute with doubles. Two rests that differ by a ten-thousandth of a cent can so change places where a pot has
many millions; the sheet „Ergebnis“ shows any difference from the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from generator.export.workbook import column_letter, new_book, packed
from generator.subjects.budgets.model import Budget
from generator.subjects.budgets.model_results import FINE, BudgetResult, Claim, Distribution, PhasePath, Pot

_BOLD = Font(bold=True)
_INPUT = PatternFill("solid", fgColor="FFF4CC")
_WHOLE, _EURO, _FINE, _ANY = "#,##0", "#,##0.00", "#,##0.0000", "General"
SHEETS = ("Rechnung", "Gebiete", "Ergebnis", "Erläuterung")


@dataclass(frozen=True, slots=True)
class SheetWords:
    """What the workbook calls things: title and publisher, areas and pots by their names, lines of explanation."""

    title: str
    publisher: str
    areas: Mapping[str, str]
    pots: Mapping[int | None, str]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    value: str | int | Decimal | float
    formula: str = ""
    format: str = ""
    bold: bool = False
    given: bool = False


@dataclass
class _Sheet:
    """Cells by row and column, both from 1; rows are written one after the other."""

    name: str
    cells: dict[tuple[int, int], _Cell] = field(default_factory=dict)
    row: int = 1

    def text(self, *texts: str, bold: bool = False) -> int:
        """Write texts from the first column on and go to the next row."""
        for number, text in enumerate(texts, 1):
            if text:
                self.cells[self.row, number] = _Cell(text, bold=bold)
        self.row += 1
        return self.row - 1

    def put(self, column: int, cell: _Cell) -> None:
        """Put a cell into the row that is written."""
        self.cells[self.row, column] = cell

    def at(self, column: int, row: int | None = None) -> str:
        """Return the address of a cell of this sheet, fixed, for formulas of any sheet."""
        return f"{self.name}!${column_letter(column - 1)}${self.row if row is None else row}"


def _here(column: int, row: int) -> str:
    return f"{column_letter(column - 1)}{row}"


def _span(column: int, first: int, last: int) -> str:
    letter = column_letter(column - 1)
    return f"{letter}${first}:{letter}${last}"


def budget_workbook(budget: Budget, result: BudgetResult, words: SheetWords) -> bytes:
    """Return the calculation sheet of a budget. Raises OSError where there is no room for passing files."""
    plan = _Sheet("Rechnung")
    areas = _Sheet("Gebiete")
    total = _Sheet("Ergebnis")
    left, pots = _plan(plan, budget, result, words)
    blocks = _areas(areas, pots, result, words)
    _totals(total, areas, blocks, result, words)
    steps = _Steps(areas, left, pots, blocks, result, words)
    ways = []
    for number, path in enumerate(result.paths, 1):
        way = _Sheet(f"Weg{number}")
        steps.way(way, budget.phase_in[number - 1].name, path)
        ways.append(way)
    about = _Sheet("Erläuterung")
    for line in words.lines:
        about.text(line)
    return _written([plan, areas, total, *ways, about], words)


# --- whole cents ---------------------------------------------------------------------------------------------------


def _ranks(rests: Sequence[int]) -> list[int]:
    order = sorted(range(len(rests)), key=lambda number: (-rests[number], number))
    return [order.index(number) + 1 for number in range(len(rests))]


def _cent_rows(
    sheet: _Sheet,
    at: tuple[int, int],
    quotas: Sequence[int],
    cents: Sequence[int],
    money: str,
    quota: Callable[[int], str],
) -> None:
    """Fill five columns, from a row and column on, for each quota: it itself, whole cents, rest, rank, cents paid out.

    `money` is where the sum that is paid out stands, `quota` gives the formula of a quota by its row.
    """
    first, start = at
    last = first + len(quotas) - 1
    ranks = _ranks([item % 10_000 for item in quotas])
    whole, rest = _span(start + 1, first, last), _span(start + 2, first, last)
    for number, item in enumerate(quotas):
        row = first + number
        here = [_here(start + step, row) for step in range(5)]
        above = f"{column_letter(start + 1)}${first}:{here[2]}"
        cells = sheet.cells
        cells[row, start] = _Cell(Decimal(item) / FINE, f"ROUND({quota(row)},4)", _FINE)
        cells[row, start + 1] = _Cell(item // 10_000, f"INT({here[0]})", _WHOLE)
        cells[row, start + 2] = _Cell(item % 10_000, f"ROUND(({here[0]}-{here[1]})*10000,0)", _WHOLE)
        rank = f'COUNTIF({rest},">"&{here[2]})+COUNTIF({above},{here[2]})'
        cells[row, start + 3] = _Cell(ranks[number], rank, _WHOLE)
        paid = f"{here[1]}+IF({here[3]}<={money}-SUM({whole}),1,0)"
        cells[row, start + 4] = _Cell(cents[number], paid, _WHOLE)


_FIRST = {"central": "Zentrale Angebote", "reserve": "Reserve"}
_CENTS = ("Quote in Cent", "ganze Cent", "Rest in Zehntausendstel Cent", "Rang des Rests", "Cent")


# --- the sheets ----------------------------------------------------------------------------------------------------


def _plan(
    sheet: _Sheet, budget: Budget, result: BudgetResult, words: SheetWords
) -> tuple[str, dict[int | None, tuple[str, str]]]:
    """Write what comes off first and the pots; return where the money stands, and each pot's weight and cents."""
    sheet.text(words.title, bold=True)
    for line in words.lines[:2]:
        sheet.text(line)
    sheet.row += 1
    sheet.text("Vorab", "Euro oder Prozent", "Cent", "bleibt (Cent)", bold=True)
    total = sheet.row
    sheet.put(1, _Cell("Betrag für ein Haushaltsjahr (Euro)"))
    sheet.put(2, _Cell(budget.total, format=_EURO, given=True))
    sheet.put(4, _Cell(result.total, f"ROUND(B{total}*100,0)", _WHOLE))
    sheet.row += 1
    for item, taken in zip(budget.first, result.taken, strict=True):
        row, name = sheet.row, item.name or _FIRST[item.kind]
        if item.amount is not None:
            sheet.put(1, _Cell(f"{name} (Euro)"))
            sheet.put(2, _Cell(item.amount, format=_ANY, given=True))
            sheet.put(3, _Cell(taken.cents, f"ROUND(B{row}*100,0)", _WHOLE))
        else:
            sheet.put(1, _Cell(f"{name} (Prozent vom Rest)"))
            sheet.put(2, _Cell(item.share or 0, format=_ANY, given=True))
            sheet.put(3, _Cell(taken.cents, f"ROUND(D{row - 1}*B{row}/100,0)", _WHOLE))
        sheet.put(4, _Cell(taken.left, f"D{row - 1}-C{row}", _WHOLE))
        sheet.row += 1
    left = sheet.at(4, sheet.row - 1)
    sheet.put(1, _Cell("Anteil nach Kennzahlen (Prozent)"))
    sheet.put(2, _Cell(budget.by_indicators, format=_ANY, given=True))
    mix = sheet.at(2)
    sheet.row += 2
    sheet.text("Topf", "Gewicht (Prozent)", "vom Ganzen (Prozent)", *_CENTS, "Euro", bold=True)
    first = sheet.row
    pots = result.money.pots
    found: dict[int | None, tuple[str, str]] = {}
    last = first + len(pots) - 1
    shares = _span(3, first, last)
    quotas, paid = [pot.quota for pot in pots], [pot.cents for pot in pots]
    _cent_rows(sheet, (first, 4), quotas, paid, left, _share_of(left, shares))
    for pot in pots:
        row = sheet.row
        sheet.put(1, _Cell(words.pots[pot.weight]))
        if pot.weight is None:
            sheet.put(3, _Cell(_plain(pot.points), f"100-{mix}", _ANY))
        else:
            sheet.put(2, _Cell(budget.weights[pot.weight].weight, format=_ANY, given=True))
            sheet.put(3, _Cell(_plain(pot.points), f"B{row}*{mix}/100", _ANY))
        sheet.put(9, _Cell(Decimal(pot.cents) / 100, f"H{row}/100", _EURO))
        found[pot.weight] = (sheet.at(2, row), sheet.at(8, row))
        sheet.row += 1
    sheet.put(1, _Cell("zusammen", bold=True))
    sheet.put(8, _Cell(result.left, f"SUM({_span(8, first, last)})", _WHOLE, bold=True))
    sheet.put(9, _Cell(Decimal(result.left) / 100, f"H{sheet.row}/100", _EURO, bold=True))
    sheet.row += 1
    return left, found


def _plain(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _areas(
    sheet: _Sheet,
    pots: Mapping[int | None, tuple[str, str]],
    result: BudgetResult,
    words: SheetWords,
) -> dict[int | None, int]:
    """Write a block for each rule that some step uses: figures, what counts of them, cents; return each block's first row."""
    rows: dict[int | None, int] = {}
    for pot in _all_pots(result):
        sheet.text(words.pots[pot.weight], bold=True)
        sheet.text("Gebiet", "Wert", "zählt mit", *_CENTS, "Euro", bold=True)
        first, last = sheet.row, sheet.row + len(result.areas) - 1
        rows[pot.weight] = first
        values, weights = _span(2, first, last), _span(3, first, last)
        for key in result.areas:
            claim, row = pot.claims[key], sheet.row
            sheet.put(1, _Cell(words.areas[key]))
            sheet.put(2, _Cell(claim.measure, format=_ANY, given=True))
            rule = {"reciprocal": f"1/B{row}", "complement": f"SUM({values})-B{row}"}
            counted = rule.get(pot.inverse or "", f"B{row}")
            sheet.put(3, _Cell(_number(claim), counted, _ANY))
            sheet.row += 1
        if pot.weight in pots:
            money = pots[pot.weight][1]
            claims = [pot.claims[key] for key in result.areas]
            quotas, paid = [one.quota for one in claims], [one.cents for one in claims]
            _cent_rows(sheet, (first, 4), quotas, paid, money, _share_of(money, weights))
            for row, key in enumerate(result.areas, first):
                sheet.cells[row, 9] = _Cell(Decimal(pot.claims[key].cents) / 100, f"H{row}/100", _EURO)
            sheet.put(1, _Cell("zusammen", bold=True))
            sheet.put(8, _Cell(pot.cents, f"SUM({_span(8, first, last)})", _WHOLE, bold=True))
            sheet.put(9, _Cell(Decimal(pot.cents) / 100, f"H{sheet.row}/100", _EURO, bold=True))
        sheet.row += 2
    return rows


def _share_of(money: str, weights: str) -> Callable[[int], str]:
    """Return what writes an area's quota by its row: the money times its weight in column C by the sum of all weights."""
    return lambda row: f"{money}*C{row}/SUM({weights})"


def _number(claim: Claim) -> Decimal | float:
    exact = claim.weight
    if exact.denominator == 1:
        return Decimal(exact.numerator)
    return exact.numerator / exact.denominator


def _all_pots(result: BudgetResult) -> Iterable[Pot]:
    """Return the pots of today and those that only a later step of a way has."""
    found = {pot.weight: pot for pot in result.money.pots}
    for path in result.paths:
        for step in path.steps:
            for pot in step.money.pots:
                found.setdefault(pot.weight, pot)
    return found.values()


def _totals(
    sheet: _Sheet, areas: _Sheet, blocks: Mapping[int | None, int], result: BudgetResult, words: SheetWords
) -> None:
    pots = result.money.pots
    sheet.text("Ergebnis", bold=True)
    sheet.text(
        "Gebiet",
        *(f"{words.pots[pot.weight]} (Cent)" for pot in pots),
        "zusammen (Cent)",
        "Euro",
        "Euro auf der Seite",
        "Abweichung",
        bold=True,
    )
    first, width = sheet.row, len(pots)
    for number, key in enumerate(result.areas):
        row = sheet.row
        sheet.put(1, _Cell(words.areas[key]))
        for column, pot in enumerate(pots, 2):
            sheet.put(column, _Cell(pot.claims[key].cents, areas.at(8, blocks[pot.weight] + number), _WHOLE))
        amount = result.money.amounts[key]
        own = f"{_here(2, row)}:{_here(width + 1, row)}"
        sheet.put(width + 2, _Cell(amount, f"SUM({own})", _WHOLE))
        sheet.put(width + 3, _Cell(Decimal(amount) / 100, f"{_here(width + 2, row)}/100", _EURO))
        sheet.put(width + 4, _Cell(Decimal(amount) / 100, format=_EURO))
        off = f"ROUND({_here(width + 3, row)}-{_here(width + 4, row)},2)"
        sheet.put(width + 5, _Cell(0, off, _EURO))
        sheet.row += 1
    last = sheet.row - 1
    sheet.put(1, _Cell("zusammen", bold=True))
    sums = [*(pot.cents for pot in pots), result.left]
    for column, cents in enumerate(sums, 2):
        sheet.put(column, _Cell(cents, f"SUM({_span(column, first, last)})", _WHOLE, bold=True))
    for column in (width + 3, width + 4):
        sheet.put(
            column, _Cell(Decimal(result.left) / 100, f"SUM({_span(column, first, last)})", _EURO, bold=True)
        )
    sheet.put(
        width + 5, _Cell(0, f"ROUND({_here(width + 3, sheet.row)}-{_here(width + 4, sheet.row)},2)", _EURO)
    )
    sheet.row += 1


@dataclass(frozen=True, slots=True)
class _Steps:
    """Writes ways to 100 %, each step computed from the figures in `areas`; `blocks` are the first rows there by pot.

    `left` is where the money of a year stands, `weights` where each pot's weight and cents of today do.
    """

    areas: _Sheet
    left: str
    weights: Mapping[int | None, tuple[str, str]]
    blocks: Mapping[int | None, int]
    result: BudgetResult
    words: SheetWords

    def way(self, sheet: _Sheet, name: str, path: PhasePath) -> None:
        """Write one reading of the way: a block for each step."""
        sheet.text(f"Weg zu 100 %: {name}", bold=True)
        sheet.row += 1
        quarters: list[str] = []
        if path.steps[0].quarter is not None:
            sheet.text("Vierteljahr", "", "", *_CENTS, bold=True)
            paid = [step.money.cents for step in path.steps[:4]]
            quotas = [self.result.left * 2500] * 4
            _cent_rows(sheet, (sheet.row, 4), quotas, paid, self.left, lambda row: f"{self.left}/4")
            for number in range(4):
                sheet.put(1, _Cell(f"{number + 1}. Vierteljahr"))
                quarters.append(sheet.at(8))
                sheet.row += 1
            sheet.row += 1
        for step in path.steps:
            if step.quarter is None:
                self.step(sheet, str(step.year), step.money, self.left)
            else:
                when = f"{step.quarter}. Vierteljahr {step.year}"
                self.step(sheet, when, step.money, quarters[step.quarter - 1])

    def step(self, sheet: _Sheet, when: str, money: Distribution, cents: str) -> None:
        """Write one step: its pots, then what each area gets of them; `cents` is where its money stands."""
        sheet.put(1, _Cell(when, bold=True))
        sheet.put(2, _Cell("nach Kennzahlen (Prozent)"))
        sheet.put(3, _Cell(_plain(money.by_indicators), format=_ANY, given=True))
        mix = sheet.at(3)
        sheet.row += 1
        sheet.text("Topf", "", "vom Ganzen (Prozent)", *_CENTS, bold=True)
        first, pots = sheet.row, money.pots
        shares = _span(3, first, first + len(pots) - 1)
        quotas, paid = [pot.quota for pot in pots], [pot.cents for pot in pots]
        _cent_rows(sheet, (first, 4), quotas, paid, cents, _share_of(cents, shares))
        for pot in pots:
            sheet.put(1, _Cell(self.words.pots[pot.weight]))
            if pot.weight is None:
                share = f"100-{mix}"
            elif pot.weight in self.weights:
                share = f"{self.weights[pot.weight][0]}*{mix}/100"
            else:
                sheet.put(2, _Cell(_plain(pot.points * 100 / money.by_indicators), format=_ANY, given=True))
                share = f"B{sheet.row}*{mix}/100"
            sheet.put(3, _Cell(_plain(pot.points), share, _ANY))
            sheet.row += 1
        self.amounts(sheet, money, first)

    def amounts(self, sheet: _Sheet, money: Distribution, pots_row: int) -> None:
        """Write what each area gets of each pot, and together; the pots stand from `pots_row` on."""
        head = ["Gebiet"]
        for pot in money.pots:
            head += [f"{self.words.pots[pot.weight]}: {_CENTS[0]}", *_CENTS[1:]]
        sheet.text(*head, "zusammen (Cent)", "Euro", bold=True)
        top, width = sheet.row, 5 * len(money.pots)
        for place, pot in enumerate(money.pots):
            own = sheet.at(8, pots_row + place)
            claims = [pot.claims[key] for key in self.result.areas]
            quotas, paid = [one.quota for one in claims], [one.cents for one in claims]
            at = (top, 2 + 5 * place)
            _cent_rows(sheet, at, quotas, paid, own, self._quota(own, self.blocks[pot.weight], top))
        end = 2 + width
        for key in self.result.areas:
            row = sheet.row
            sheet.put(1, _Cell(self.words.areas[key]))
            added = "+".join(_here(column, row) for column in range(6, 6 + width, 5))
            amount = money.amounts[key]
            sheet.put(end, _Cell(amount, added, _WHOLE))
            sheet.put(end + 1, _Cell(Decimal(amount) / 100, f"{_here(end, row)}/100", _EURO))
            sheet.row += 1
        sheet.put(1, _Cell("zusammen", bold=True))
        sheet.put(end, _Cell(money.cents, f"SUM({_span(end, top, sheet.row - 1)})", _WHOLE, bold=True))
        whole = Decimal(money.cents) / 100
        sheet.put(end + 1, _Cell(whole, f"{_here(end, sheet.row)}/100", _EURO, bold=True))
        sheet.row += 2

    def _quota(self, own: str, block: int, top: int) -> Callable[[int], str]:
        """Return what writes an area's quota of a pot by its row: the pot's money times what counts of the area by the sum of that."""
        counted = f"{self.areas.name}!$C${block}:$C${block + len(self.result.areas) - 1}"
        return lambda row: f"{own}*{self.areas.name}!$C${block + row - top}/SUM({counted})"


# --- writing -------------------------------------------------------------------------------------------------------


def _written(sheets: Sequence[_Sheet], words: SheetWords) -> bytes:
    book = new_book(words.title, words.publisher)
    computed: dict[int, dict[str, str]] = {}
    for number, sheet in enumerate(sheets, 1):
        page = book.create_sheet(sheet.name)
        page.column_dimensions["A"].width = 110 if sheet.name == SHEETS[-1] else 44
        most = max((column for _, column in sheet.cells), default=1)
        for column in range(2, most + 1):
            page.column_dimensions[column_letter(column - 1)].width = 17
        values = computed.setdefault(number, {})
        for row in range(1, sheet.row + 1):
            line: list[WriteOnlyCell | None] = []
            for column in range(1, most + 1):
                cell = sheet.cells.get((row, column))
                line.append(None if cell is None else _cell(page, cell))
                if cell is not None and cell.formula:
                    values[_here(column, row)] = str(cell.value)
            page.append(line)
    book.calculation.fullCalcOnLoad = True
    return packed(book, computed)


def _cell(page: object, cell: _Cell) -> WriteOnlyCell:
    if cell.formula:
        found = WriteOnlyCell(page, f"={cell.formula}")
    elif isinstance(cell.value, str):
        found = WriteOnlyCell(page)
        # Set as text at once: what starts with = is no formula.
        found._value, found.data_type = cell.value, "s"
        found.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        found = WriteOnlyCell(page, cell.value)
    if cell.format and cell.format != _ANY:
        found.number_format = cell.format
    if cell.bold:
        found.font = _BOLD
    if cell.given:
        found.fill = _INPUT
    return found
