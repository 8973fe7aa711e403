"""What has been read of one piece of German writing: days and times that were written together, and what limits them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar

from generator.hours.german.unreadable import Unreadable
from generator.hours.osm_names import WEEKDAYS

T = TypeVar("T")


@dataclass(frozen=True)
class Limit:
    """When times hold at all.

    `seasons` are OSM ranges of months or dates; `since` and `until` the first and the last day; `school` is true when they hold in school
    holidays only; `weeks` is the parity, `every` the number of weeks between two times, counted from `since`. `doubt` says that nobody can
    tell when.
    """

    seasons: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    school: bool = False
    weeks: str = ""
    every: int = 0
    doubt: str = ""

    def __bool__(self) -> bool:
        return self != Limit()

    def joined(self, other: Limit) -> Limit:
        """Return both limits as one; raises `Unreadable` where they differ, because OSM has no way to say „both“."""
        return Limit(
            _one(self.seasons, other.seasons),
            _one(self.since, other.since),
            _one(self.until, other.until),
            self.school or other.school,
            _one(self.weeks, other.weeks),
            _one(self.every, other.every),
            self.doubt or other.doubt,
        )


def _one(first: T, second: T) -> T:
    if first and second and first != second:
        raise Unreadable("Zwei Zeiträume auf einmal lassen sich nicht auswerten.")
    return first or second


@dataclass
class Clause:
    """Days and times that were written together.

    `limit` says when they hold; `perhaps` limits them as well or doesn't, for nobody can tell. `days` are OSM weekdays, „Fr[-1]“ or „PH“. `state` is "", "off" or "unknown", `asked` says that an appointment stands in the place of times, `closes` that „geschlossen“ does.
    `joint` is how the clause was tied to the one before it, `at` where it begins. `dated` is true for single dates, `public_only` for days
    that are public holidays as well, `days_last` where the days stand behind their times. `headed` says that its limit stands before its
    days, `colon` that a colon follows the limit; `apart` that it is about all other times („sonst“); `saturday` that nobody can tell
    whether it holds on Saturdays („werktags“); `rest` what was said of the days of a holiday that it doesn't name.
    """

    at: int
    joint: str = ""
    limit: Limit = Limit()
    perhaps: Limit | None = None
    days: list[str] = field(default_factory=list)
    times: list[tuple[int, int | None]] = field(default_factory=list)
    part: str = ""
    state: str = ""
    remarks: list[str] = field(default_factory=list)
    dated: bool = False
    public_only: bool = False
    asked: bool = False
    closes: bool = False
    days_last: bool = False
    headed: bool = False
    colon: bool = False
    apart: bool = False
    rest: Literal["", "usual", "off"] = ""
    saturday: bool = False

    @property
    def empty(self) -> bool:
        """Nothing has been read yet."""
        return not (self.has_body or self.has_head or self.remarks)

    @property
    def has_head(self) -> bool:
        """It says on which days."""
        return bool(self.days or self.limit)

    @property
    def has_body(self) -> bool:
        """It says at which times, that it is closed, or that one has to ask."""
        return bool(self.times or self.asked or self.closes or self.state == "off")

    @property
    def weekdays(self) -> frozenset[str]:
        """The weekdays it is about, nth days of a month among them."""
        found: set[str] = set()
        for item in self.days_but_holidays:
            found.update(expand(item))
        return frozenset(found)

    @property
    def days_but_holidays(self) -> list[str]:
        """Its days without public holidays."""
        return [day for day in self.days if day != "PH"]

    def doubt(self, remark: str) -> None:
        """Make its times uncertain, because of what is written beside them."""
        self.state = self.state or "unknown"
        if remark not in self.remarks:
            self.remarks.append(remark)

    def narrow(self, **limits: Any) -> None:
        """Let it hold only when what is named limits it, beside what does already."""
        self.limit = replace(self.limit, **limits)

    def limit_to(self, limit: Limit) -> None:
        """Let it hold only when another clause does."""
        self.limit = self.limit.joined(limit)
        if limit.doubt:
            self.doubt(limit.doubt)


def expand(item: str) -> list[str]:
    """An OSM weekday, range or nth day in, its weekdays out."""
    first, _, last = item.partition("[")[0].partition("-")
    if not last:
        return [first]
    begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last)
    return [WEEKDAYS[number % 7] for number in range(begin, end + (7 if end < begin else 0) + 1)]
