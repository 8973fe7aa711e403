"""Count over all rows what a mapping loses of a table: fields that get no value although their columns say something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.filling import Filled


@dataclass(slots=True)
class _ColumnCount:
    """One field over all rows: how often its columns said something (`given`), and why that didn't become a value."""

    name: str
    columns: tuple[str, ...]
    rows: int = 0
    given: int = 0
    torn: Counter[str] = field(default_factory=Counter)
    """By column: how often the field was lost because this one was empty and another was not."""
    faded: int = 0
    """How often nothing was left after reshaping, or the value did not fit and was left out."""


@dataclass(slots=True)
class ImportTally:
    """What an import did with every field of its mapping, over all rows."""

    counts: dict[Position, _ColumnCount] = field(default_factory=dict)

    def add(self, section: str, filled: Filled, left_out: Collection[Position] = ()) -> None:
        """Count one row; `left_out` are the places of values that did not fit and were taken out again."""
        for one in filled.fields:
            count = self.counts.get(one.pattern.position)
            if count is None:
                count = self.counts[one.pattern.position] = _ColumnCount(
                    ".".join((section, *one.path)), one.columns
                )
            count.rows += 1
            count.given += bool(one.given)
            if one.given and one.empty and one.empty not in one.given:
                count.torn[one.empty] += 1
            elif one.given and (one.empty or one.value in left_out):
                count.faded += 1

    def losses(self) -> Iterator[Diagnostic]:
        """Report each loss at its field in the mapping: an error where most is lost, or where a house number would become a whole street."""
        for place, count in self.counts.items():
            columns = " und ".join(f"„{name}“" for name in count.columns)
            torn = count.torn.total()
            if torn:
                grave = 2 * torn > count.given or count.name.startswith("streets.")
                yield diagnostic(
                    "spalte-verloren" if grave else "spalte-lueckenhaft",
                    place,
                    field=count.name,
                    columns=columns,
                    lost=torn,
                    given=count.given,
                    empty=count.torn.most_common(1)[0][0],
                )
            elif count.given == 0 and count.rows > 1:
                yield diagnostic(
                    "spalte-ohne-werte", place, field=count.name, columns=columns, rows=count.rows
                )
            elif count.faded == count.given > 1:
                yield diagnostic(
                    "spalte-kommt-nicht-an", place, field=count.name, columns=columns, given=count.given
                )
