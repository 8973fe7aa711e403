"""A workbook in, what its formulas come to out: a small evaluator that knows nothing of how the workbook was made.

It computes with doubles as spreadsheets do, and knows the few functions that budgets use.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

import openpyxl
from openpyxl.utils import range_boundaries

Value = float | str | bool
_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?)|"(?P<text>[^"]*)"|(?P<call>[A-Z]+)\(|
    (?:(?P<sheet>[^\W\d]\w*)!)?(?P<ref>\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)|(?P<sign><=|>=|<>|[-+*/&<>=(),]))""",
    re.VERBOSE,
)


@dataclass
class Spreadsheet:
    """The cells of a workbook by sheet and address; a formula is a text that begins with `=`."""

    cells: dict[str, dict[str, Value]]
    computed: dict[tuple[str, str], Value] = field(default_factory=dict)

    @classmethod
    def read(cls, data: bytes) -> Spreadsheet:
        """Read formulas as they are written, not what is kept beside them."""
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=False)
        return cls(
            {
                sheet.title: {
                    cell.coordinate: cell.value if isinstance(cell.value, str) else float(cell.value)
                    for row in sheet.iter_rows()
                    for cell in row
                    if cell.value is not None
                }
                for sheet in book.worksheets
            }
        )

    def value(self, sheet: str, address: str) -> Value:
        """Return what a cell comes to; an empty one is zero."""
        key = (sheet, address)
        if key not in self.computed:
            written = self.cells[sheet].get(address, 0.0)
            if isinstance(written, str) and written.startswith("="):
                self.computed[key] = _Reader(self, sheet, written[1:]).all()
            else:
                self.computed[key] = written
        return self.computed[key]

    def formulas(self) -> list[tuple[str, str]]:
        """Return where formulas stand."""
        return [
            (sheet, address)
            for sheet, cells in self.cells.items()
            for address, value in cells.items()
            if isinstance(value, str) and value.startswith("=")
        ]


def number(value: Value) -> float:
    """Return a value as a number."""
    return float(value)


def rounded(value: float, places: int) -> float:
    """Round as spreadsheets do: by the fifteen digits that they show, halves away from zero."""
    exact = Decimal(f"{value:.15g}")
    return float(exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))


class _Reader:
    def __init__(self, book: Spreadsheet, sheet: str, text: str) -> None:
        self.book, self.sheet = book, sheet
        self.tokens: list[re.Match[str]] = []
        at = 0
        while at < len(text):
            match = _TOKEN.match(text, at)
            assert match, text[at:]
            self.tokens.append(match)
            at = match.end()
        self.at = 0

    def all(self) -> Value:
        found = self.comparison()
        assert self.at == len(self.tokens)
        return found

    def sign(self, *wanted: str) -> str:
        if self.at < len(self.tokens) and (found := self.tokens[self.at]["sign"]) in wanted and found:
            self.at += 1
            return str(found)
        return ""

    def comparison(self) -> Value:
        left = self.joined()
        if sign := self.sign("<=", ">=", "<>", "<", ">", "="):
            right = self.joined()
            ways: dict[str, Callable[[float, float], bool]] = {
                "<=": lambda a, b: a <= b,
                ">=": lambda a, b: a >= b,
                "<>": lambda a, b: a != b,
                "<": lambda a, b: a < b,
                ">": lambda a, b: a > b,
                "=": lambda a, b: a == b,
            }
            return ways[sign](number(left), number(right))
        return left

    def joined(self) -> Value:
        found = self.sum()
        while self.sign("&"):
            right = self.sum()
            found = f"{found}{right:.15g}" if isinstance(right, float) else f"{found}{right}"
        return found

    def sum(self) -> Value:
        found = self.product()
        while sign := self.sign("+", "-"):
            right = number(self.product())
            found = number(found) + right if sign == "+" else number(found) - right
        return found

    def product(self) -> Value:
        found = self.one()
        while sign := self.sign("*", "/"):
            right = number(self.one())
            found = number(found) * right if sign == "*" else number(found) / right
        return found

    def one(self) -> Value:
        if self.sign("("):
            found = self.comparison()
            assert self.sign(")")
            return found
        token = self.tokens[self.at]
        self.at += 1
        if token["number"]:
            return float(token["number"])
        if token["text"] is not None:
            return str(token["text"])
        if token["call"]:
            return self.call(token["call"])
        [single] = self.values(token)
        return single

    def values(self, token: re.Match[str]) -> list[Value]:
        sheet = token["sheet"] or self.sheet
        left, top, right, bottom = range_boundaries(token["ref"].replace("$", ""))
        letters = openpyxl.utils.get_column_letter
        return [
            self.book.value(sheet, f"{letters(column)}{row}")
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        ]

    def argument(self) -> list[Value]:
        token = self.tokens[self.at]
        if token["ref"] and ":" in token["ref"]:
            self.at += 1
            return self.values(token)
        return [self.comparison()]

    def call(self, name: str) -> Value:
        given = [self.argument()]
        while self.sign(","):
            given.append(self.argument())
        assert self.sign(")")
        if name == "SUM":
            return sum(number(value) for item in given for value in item)
        if name == "ROUND":
            return rounded(number(given[0][0]), int(number(given[1][0])))
        if name == "INT":
            return number(given[0][0]) // 1
        if name == "IF":
            return given[1][0] if given[0][0] else given[2][0]
        if name == "COUNTIF":
            wanted = given[1][0]
            if isinstance(wanted, str) and wanted.startswith(">"):
                return float(sum(number(value) > float(wanted[1:]) for value in given[0]))
            return float(sum(value == wanted for value in given[0]))
        raise AssertionError(name)
