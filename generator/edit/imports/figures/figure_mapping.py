"""What the options of `import figures` say of a table: which column is what, what its signs mean, how it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Meaning = Literal["nothing", "zero", "secret", "later", "unreliable", "blocked", "missing"]
MEANINGS: tuple[Meaning, ...] = ("nothing", "zero", "secret", "later", "unreliable", "blocked", "missing")
_LINES = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")


@dataclass(frozen=True, slots=True)
class FigureForm:
    """How a table is written; what is None or empty wasn't said.

    header: lines of the headings, „4“ or „4-6“. areas: whether they stand below each other or side by side.
    """

    separator: Literal[",", ";", "tab"] | None = None
    decimal: Literal[".", ","] | None = None
    encoding: Literal["utf-8", "windows-1252"] = "utf-8"
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
