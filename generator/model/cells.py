"""Model a figure that may be published, with its sign, rounding and verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from msgspec import Struct
from msgspec import field as struct_field

CellKey = tuple[str, str, tuple[str, ...]]
"""Space, period and one value for each breakdown of the indicator; an empty value stands for the whole."""


class Status(StrEnum):
    """Why a cell has no value or is special; official statistics' signs."""

    KNOWN = ""
    NOTHING = "–"  # exactly 0
    SECRET = "."
    LATER = "…"  # comes later
    UNRELIABLE = "/"  # too unsure to be shown
    BLOCKED = "x"  # a number would mean nothing
    REVISED = "r"

    @property
    def has_value(self) -> bool:
        """Only known, revised and empty (0) cells have a value."""
        return self in (Status.KNOWN, Status.REVISED, Status.NOTHING)


class Verdict(StrEnum):
    """A figure beside a benchmark; unknown without an interval."""

    HIGHER = "higher"
    LOWER = "lower"
    SIMILAR = "similar"
    UNKNOWN = "unknown"


VERDICT_MARKS = {Verdict.HIGHER: "▲", Verdict.LOWER: "▼"}
"""The sign of a figure that surely differs, in tables and on maps."""


class Judgement(StrEnum):
    """What a verdict means once the indicator's direction is known."""

    BETTER = "better"
    WORSE = "worse"
    NONE = "none"


class Cell(Struct, frozen=True):
    """One published figure: `value` is the rate, or the count without denominator."""

    space: str
    period: str
    breakdown: tuple[str, ...] = ()
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    low: float | None = None  # limits of the interval, in the unit of `value`
    high: float | None = None
    status: Status = Status.KNOWN
    forecast: bool = False
    summed: bool = False
    """Whether it was summed from smaller areas."""
    qualifier: str = ""
    """What stands before a figure that its source doesn't give exactly: „rund“, „höchstens“."""
    illustrative: bool = False
    """Whether the figure was made up for an example, or computed from one that was."""

    @property
    def key(self) -> CellKey:
        """The cell's place in its series."""
        return (self.space, self.period, self.breakdown)


class ShownFigure(Struct, frozen=True):
    """A cell as shown: numbers with the indicator's decimals, or None."""

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def interval(self) -> tuple[Decimal, Decimal] | None:
        """Both limits; None without figure or interval."""
        return None if self.low is None or self.high is None else (self.low, self.high)


def shown(cell: Cell | None, decimals: int) -> ShownFigure:
    """Return a cell's numbers as all pages and downloads write them.

    More digits of a limit would say nothing and could give a small count away.
    """
    if cell is None or cell.value is None:
        return ShownFigure()
    if cell.low is None or cell.high is None:
        return ShownFigure(rounded(cell.value, decimals))
    return ShownFigure(*(rounded(item, decimals) for item in (cell.value, cell.low, cell.high)))


def rounded(value: Decimal | float, decimals: int) -> Decimal:
    """Round halves away from zero, a float by its shortest writing."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


class RoundedBy(Struct, frozen=True):
    """How far rounded counts may lie from true ones; zero if not rounded."""

    numerator: int = 0
    denominator: int = 0
    least: int = 0
    """The smallest count that is shown rounded."""

    def __bool__(self) -> bool:
        """Whether any of the counts is rounded."""
        return bool(self.numerator or self.denominator)


class Comparison(Struct, frozen=True):
    """A cell against a benchmark, by interval; a judgement only with direction."""

    space: str  # the benchmark's; empty for none
    verdict: Verdict
    judgement: Judgement
    difference: Decimal | None = None


class Change(Struct, frozen=True):
    """A cell against an earlier period without break between; `low` and `high` bound the difference.

    Of at least five comparable `years` it is that of a fitted trend, else 0 and from first to last.
    """

    since: str  # the earlier period
    verdict: Verdict
    judgement: Judgement
    difference: Decimal | None = None
    low: float | None = None
    high: float | None = None
    years: int = 0


class Release(Struct, frozen=True):
    """A published state of an indicator's table."""

    indicator: str
    date: dt.date
    digest: str  # SHA-256 of the table's bytes
    note: str = ""
    parts: str = ""
    """How the town was divided into areas then, as the table writes it."""


@dataclass(frozen=True, slots=True)
class Series:
    """All published cells of one indicator.

    `comparisons` are with the town and `parents` with the next larger area; the more areas are compared, the
    more must differ (Benjamini–Hochberg). `reach` says how far rounded counts may be off.
    """

    indicator: str
    cells: Mapping[CellKey, Cell]
    periods: tuple[str, ...]
    spaces: tuple[str, ...]
    benchmark: str  # the area with which others are compared
    comparisons: Mapping[CellKey, Comparison] = field(default_factory=dict)
    parents: Mapping[CellKey, Comparison] = field(default_factory=dict)
    changes: Mapping[CellKey, Change] = field(default_factory=dict)
    dynamics: Mapping[CellKey, Change] = field(default_factory=dict)
    """Changes of areas' latest figures less those of the rest of the town, where a direction says what is worse."""
    releases: tuple[Release, ...] = ()
    reach: RoundedBy = RoundedBy()  # noqa: RUF009 - frozen

    latest: str = field(init=False, compare=False)
    """The latest observed period."""
    whole: tuple[str, ...] = field(init=False, compare=False)
    """The breakdown key of the whole."""

    def __post_init__(self) -> None:
        observed = {cell.period for cell in self.cells.values() if not cell.forecast}
        first = next(iter(self.cells), None)
        object.__setattr__(self, "latest", max(observed, default=self.periods[-1] if self.periods else ""))
        object.__setattr__(self, "whole", ("",) * len(first[2]) if first else ())

    def cell(self, space: str, period: str, breakdown: tuple[str, ...] = ()) -> Cell | None:
        """Return a cell; the whole of every breakdown by default."""
        if not breakdown:
            breakdown = self.whole
        return self.cells.get((space, period, breakdown))

    def now(self, space: str) -> Cell | None:
        """Return an area's latest figure."""
        return self.cell(space, self.latest)

    def comparison(self, space: str) -> Comparison | None:
        """Return how an area's latest figure stands beside the town's."""
        return self.comparisons.get((space, self.latest, self.whole))

    def dynamic(self, space: str) -> Change | None:
        """Return an area's change less that of the rest of the town."""
        return self.dynamics.get((space, self.latest, self.whole))

    def change(self, space: str) -> Change | None:
        """Return what has changed up to an area's latest figure."""
        return self.changes.get((space, self.latest, self.whole))


class RecordFault(Struct, frozen=True):
    """Why something isn't computed: diagnostic's code, place in the record, values."""

    code: str
    path: tuple[str | int, ...]
    values: Mapping[str, str] = struct_field(default_factory=dict)
