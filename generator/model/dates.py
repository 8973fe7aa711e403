"""Dates, times, spans and periods as records write them."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import WithJsonSchema

from generator.hours.words import FIRST_YEAR as FIRST_YEAR
from generator.hours.words import LAST_YEAR as LAST_YEAR
from generator.hours.written_hours import Hours as HoursValue
from generator.hours.written_hours import read_hours
from generator.model.scalars import fault, typed

# A hundred years in each unit.
_LONGEST = {"day": 36_525, "week": 5_217, "month": 1_200, "year": 100}

_GERMAN_UNITS = {"Tag": "day", "Woche": "week", "Monat": "month", "Jahr": "year"}
SPANS = {
    "days": ("{n} Tag", "{n} Tage"),
    "weeks": ("{n} Woche", "{n} Wochen"),
    "months": ("{n} Monat", "{n} Monate"),
    "years": ("{n} Jahr", "{n} Jahre"),
}
"""How each unit of a span is written, for one and for many; pages translate it."""


@dataclass(frozen=True, slots=True)
class Duration:
    """A span in the unit that was written: `6 months`, `2 weeks`."""

    number: int
    unit: str  # days, weeks, months or years

    def __str__(self) -> str:
        """Write it in German, for editors: „2 Wochen“."""
        one, many = SPANS[self.unit]
        return (one if self.number == 1 else many).format(n=self.number)

    def after(self, day: dt.date) -> dt.date:
        """Return the day this long after another, within its month."""
        if self.unit == "days":
            return day + dt.timedelta(days=self.number)
        if self.unit == "weeks":
            return day + dt.timedelta(weeks=self.number)
        months = self.number * (12 if self.unit == "years" else 1) + day.month - 1
        year, month = day.year + months // 12, months % 12 + 1
        return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known: a year, a month of a year, or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    def isoformat(self) -> str:
        """Return `2006`, `2006-05` or `2006-05-15`."""
        return "-".join(
            [str(self.year), *(f"{part:02d}" for part in (self.month, self.day) if part is not None)]
        )

    @property
    def first_day(self) -> dt.date:
        """The first day of the period."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> dt.date:
        """The period's last day, for sorting and ages."""
        if self.month is None:
            return dt.date(self.year, 12, 31)
        if self.day is None:
            return dt.date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])
        return dt.date(self.year, self.month, self.day)

    def __str__(self) -> str:
        return self.isoformat()


@dataclass(frozen=True, slots=True, order=True)
class HalfYear:
    """`2026-1` is January to June 2026."""

    year: int
    half: int

    @classmethod
    def of(cls, day: dt.date) -> HalfYear:
        """Return the half-year in which a day lies."""
        return cls(day.year, 1 if day.month <= 6 else 2)

    def __str__(self) -> str:
        return f"{self.year}-{self.half}"


def german_day(day: dt.date) -> str:
    """Write a day as messages do: „2.11.2026“."""
    return f"{day.day}.{day.month}.{day.year}"


def parse_date(text: str) -> dt.date:
    """Read a date: `2026-10-01`, „1.10.2026“, „1. Oktober 2026“."""
    german = _german_date(text)
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", german or text)
    if match is None:
        raise fault("kein-datum", value=text, better=_AS_DATES_ARE)
    year, month, day = map(int, match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise fault("datum-unglaubhaft", value=text, first=FIRST_YEAR, last=LAST_YEAR)
    try:
        found = dt.date(year, month, day)
    except ValueError as error:
        raise fault("kein-datum", value=text, better=_possible_days(year, month, day)) from error
    if german and not re.fullmatch(r"[0-9]{1,2}\..*[0-9]{4}", text):
        # A weekday may not be that day's, and of two digits the century is a guess.
        raise fault("kein-datum", value=text, better=f"{german} schreiben")
    return found


_AS_DATES_ARE = "Jahr-Monat-Tag schreiben, Monat und Tag mit zwei Stellen: 2026-10-01"


def _possible_days(year: int, month: int, day: int) -> str:
    """Say which days exist instead of an impossible one."""
    if 1 <= month <= 12:
        last = calendar.monthrange(year, month)[1]
        return (
            f"diesen Tag gibt es nicht: einen von {year}-{month:02}-01 bis {year}-{month:02}-{last} schreiben"
        )
    swapped = f"; gemeint ist vielleicht {year}-{day:02}-{month:02}" if month <= 28 and 1 <= day <= 12 else ""
    return f"nach dem Jahr kommt der Monat, von 01 bis 12{swapped}"


def _german_date(text: str) -> str | None:
    """Return a German date („2.11.26“, „Mo, 2. November 2026“) as ISO, valid or not; else None."""
    match = re.fullmatch(
        r"(?:[A-Za-z]{2,10}[.,]*\s+)?([0-9]{1,2})\.\s?(?:([0-9]{1,2})\.|([A-Za-zä]{3,9})\.?)\s?([0-9]{4}|[0-9]{2})",
        text,
    )
    if not match:
        return None
    month = int(match[2]) if match[2] else _month(match[3])
    year = match[4] if len(match[4]) == 4 else f"20{match[4]}"
    return f"{year}-{month:02}-{int(match[1]):02}" if month else None


def _month(name: str) -> int:
    """Return a German month's number; 0 for none."""
    short = name.lower().replace("mär", "mae").replace("mrz", "mae")[:3]
    names = ("jan", "feb", "mae", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
    return names.index(short) + 1 if short in names else 0


def parse_partial_date(text: str) -> PartialDate:
    """Read `2006`, `2006-05` or `2006-05-15`."""
    if re.fullmatch(r"[12][0-9]{3}", text):
        return PartialDate(int(text))
    if re.fullmatch(r"[12][0-9]{3}-(?:0[1-9]|1[0-2])", text):
        return PartialDate(int(text[:4]), int(text[5:]))
    day = parse_date(text)
    return PartialDate(day.year, day.month, day.day)


def parse_year(text: str) -> int:
    """Read a year as `2026`."""
    if not re.fullmatch(r"[0-9]{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise fault("kein-jahr", value=text, first=FIRST_YEAR, last=LAST_YEAR)
    return int(text)


def parse_time(text: str) -> dt.time:
    """Read a time: `15:00`, `8:30`, `9.30`, „15 Uhr“."""
    match = re.fullmatch(
        r"([01]?[0-9]|2[0-3])(?:[:.]([0-5][0-9]))(?:\s?(?:Uhr|h))?|([01]?[0-9]|2[0-3])\s?(?:Uhr|h)", text
    )
    if not match:
        raise fault("keine-uhrzeit", value=text)
    return dt.time(int(match[1] or match[3]), int(match[2] or 0))


def parse_end(text: str) -> dt.time:
    """Read an end time; the day's end is `24:00`."""
    return dt.time() if re.fullmatch(r"24(?:[:.]00)?(?:\s?(?:Uhr|h))?", text) else parse_time(text)


def parse_duration(text: str) -> Duration:
    """Read `6 months`, `1 year`, `2 weeks`, `10 days`, „6 Monate“."""
    match = re.fullmatch(r"([0-9]{1,4}) ?(day|week|month|year|Tag|Woche|Monat|Jahr)(?:s|e|n|en)?", text)
    if not match:
        raise fault("keine-dauer", value=text)
    unit = _GERMAN_UNITS.get(match[2], match[2])
    if int(match[1]) > _LONGEST[unit]:
        raise fault("dauer-unglaubhaft", value=text)
    return Duration(int(match[1]), unit + "s")


def parse_half_year(text: str) -> HalfYear:
    """Read `2026-1` or `2026-2`."""
    match = re.fullmatch(r"([0-9]{4})-([12])", text)
    if not match or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise fault("kein-halbjahr", value=text)
    return HalfYear(int(match[1]), int(match[2]))


# A day that exists, but for 29 February.
_DAY = r"\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|[12]\d))"
Date = Annotated[
    dt.date,
    typed(dt.date, parse_date, "ein Datum"),
    WithJsonSchema(
        {"type": "string", "pattern": rf"^(?:{_DAY}|\d{{1,2}}\. ?(?:\d{{1,2}}\.|[A-Za-zä]+) ?\d{{4}})$"}
    ),
]
DateOrYear = Annotated[
    PartialDate,
    typed(PartialDate, parse_partial_date, "ein Datum oder Jahr"),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": rf"^(?:\d{{4}}(?:-(?:0[1-9]|1[0-2]))?|{_DAY})$"},
                {"type": "integer", "minimum": 1000, "maximum": 9999},
            ]
        }
    ),
]
WHOLE_YEAR = WithJsonSchema({"type": "integer", "minimum": 1000, "maximum": 9999})
"""What marks a year: by it samples tell years from other whole numbers."""
Year = Annotated[int, typed(int, parse_year, "ein Jahr"), WHOLE_YEAR]
Time = Annotated[
    dt.time,
    typed(dt.time, parse_time, "eine Uhrzeit"),
    WithJsonSchema({"type": "string", "pattern": r"^([01]?\d|2[0-3])([:.][0-5]\d( ?(Uhr|h))?| ?(Uhr|h))$"}),
]
EndTime = Annotated[
    dt.time,
    typed(dt.time, parse_end, "eine Uhrzeit"),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^(([01]?\d|2[0-3])([:.][0-5]\d( ?(Uhr|h))?| ?(Uhr|h))|24([:.]00)?( ?(Uhr|h))?)$",
        }
    ),
]
Span = Annotated[
    Duration,
    typed(Duration, parse_duration, "eine Dauer"),
    WithJsonSchema(
        {"type": "string", "pattern": r"^\d{1,4} ?(day|week|month|year|Tag|Woche|Monat|Jahr)(s|e|n|en)?$"}
    ),
]
Half = Annotated[
    HalfYear,
    typed(HalfYear, parse_half_year, "ein Halbjahr"),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-[12]$"}),
]
Hours = Annotated[
    HoursValue,
    typed(HoursValue, read_hours, "Öffnungszeiten"),
    WithJsonSchema({"type": "string", "pattern": r"\S"}),
]

DAY = re.compile(r"(?:18|19|20|21)\d\d-\d\d-\d\d")
# A year; two of them (2024/25, 2024-2026); a half-year, month or quarter (2026-1, 2026-H1, 2024-03, 2024-Q3).
PERIOD = re.compile(
    r"((?:18|19|20|21)\d\d)"
    r"(?:/(?P<school>\d\d)|(?P<sign>[/-])(?P<last>(?:18|19|20|21)\d\d)|-(?P<month>0[1-9]|1[0-2])"
    r"|-(?P<part>[12])|[-/ ]?H(?P<half>[12])|[-/ ]?Q(?P<quarter>[1-4]))?"
)
YEAR = 12
"""Months of a year."""
SCHOOL_YEAR = 7
"""Months after New Year at which a school or day-care year begins: on 1 August."""

Months = tuple[int, int]
"""First month and the month after the last, counted from the year 0."""


def spans_of(period: str) -> tuple[Months, ...]:
    """Return possible spans: 2024/2025 is a school year or two years; none for days.

    >>> spans_of("2024-Q2")
    ((24291, 24294),)
    """
    match = PERIOD.fullmatch(period)
    if match is None:
        return ()
    start = int(match[1]) * YEAR
    if match["school"] or match["last"]:
        return _over_new_year(match, start)
    for name, months in (("month", 1), ("quarter", 3), ("half", 6), ("part", 6)):
        if match[name]:
            begin = start + months * (int(match[name]) - 1)
            return ((begin, begin + months),)
    return ((start, start + YEAR),)


def _over_new_year(match: re.Match[str], start: int) -> tuple[Months, ...]:
    """Return what a period may mean that names two years."""
    school = (start + SCHOOL_YEAR, start + SCHOOL_YEAR + YEAR)
    if match["school"]:
        # 1999/00 goes on into the next century.
        goes_on = match[1][2:] < match["school"] or (match[1][2:], match["school"]) == ("99", "00")
        return (school,) if goes_on else ()
    years = (start, int(match["last"]) * YEAR + YEAR)
    if months_in(years) <= YEAR:
        # The second year isn't after the first.
        return ()
    if match["sign"] == "/" and months_in(years) == 2 * YEAR:
        return (school, years)
    return (years,)


def months_in(span: Months) -> int:
    return span[1] - span[0]


def middle_of(period: str) -> float | None:
    """Return a period's middle in months since year 0; None if unclear.

    >>> middle_of("2024"), middle_of("2024-1"), middle_of("Sommer")
    (24294.0, 24291.0, None)
    """
    if DAY.fullmatch(period):
        year, month, day = (int(part) for part in period.split("-"))
        return year * YEAR + month - 1 + day / 31
    for span in spans_of(period)[:1]:
        return sum(span) / 2
    return None
