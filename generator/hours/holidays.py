"""Say whether a day is a holiday, or one on which many close.

Heiligabend and Silvester are working days by law, carnival is a matter of the region, and some holidays hold in parts of a Land only.
From „Mo-Fr 9-12“ nobody can tell what happens then: whoever goes should ask before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal

import yaml

from generator.files.packaged import once, packaged_text

# ISO 3166-2:DE, as `land:` in site_config.yml.
YEARS = range(2015, 2046)
"""Whose public holidays are worked out before the first run."""
LANDS = ("BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH")


@dataclass(frozen=True)
class SchoolHolidays:
    """The school holidays of one Land, complete from `since` to `until` (both included)."""

    since: date
    until: date
    names: Mapping[date, str]

    def name(self, day: date) -> str | None:
        """A date in, the name of the holidays out; None on a day of school."""
        return self.names.get(day)

    def knows(self, day: date) -> bool:
        """Whether the table says anything about this date."""
        return self.since <= day <= self.until


@cache
def public_holidays(land: str, year: int) -> Mapping[date, str]:
    """A Land (ISO code, "SH") and a year in, its public holidays with German names out.

    Raises ValueError for a Land that doesn't exist.
    """
    if land not in LANDS:
        raise ValueError(f"unknown Land {land!r}")
    known = _holidays_of(land)
    return MappingProxyType(known[year] if year in known else holidays_in(land, [year])[year])


@cache
def _holidays_of(land: str) -> dict[int, dict[date, str]]:
    return once(holidays_in, land, YEARS)


def holidays_in(land: str, years: Sequence[int]) -> dict[int, dict[date, str]]:
    """Work out a Land's public holidays by year."""
    # It loads the holidays of all countries of the world.
    import holidays

    found = holidays.country_holidays("DE", subdiv=land, years=years, language="de")
    return {year: {day: str(found[day]) for day in sorted(found) if day.year == year} for year in years}


def public_holiday(land: str, day: date) -> str | None:
    """A Land and a date in, the name of the public holiday out, if it is one."""
    return public_holidays(land, day.year).get(day)


@cache
def school_holidays(land: str) -> SchoolHolidays | None:
    """A Land in, its table of school holidays out; None when there is none."""
    text = packaged_text("generator", "vocabulary", "school_holidays.yml")
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # texts only: no YAML 1.1 types
    entry = yaml.load(text, Loader=loader)["lands"].get(land)
    if entry is None:
        return None
    names: dict[date, str] = {}
    for row in entry["holidays"]:
        day, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
        while day <= last:
            names[day] = row["name"]
            day += timedelta(days=1)
    return SchoolHolidays(
        date.fromisoformat(entry["from"]), date.fromisoformat(entry["until"]), MappingProxyType(names)
    )


@dataclass(frozen=True)
class ClosedDay:
    """A day of every year (`on`: by year its date) on which many are closed, in `lands` or everywhere."""

    name: str
    on: Callable[[int], dt.date]
    lands: frozenset[str] = frozenset()


Pause = Literal["between-years", "bridge-days"]
"""Days on which day care, schools and offices are usually closed: from 27 to 30 December, or between a holiday and a weekend."""


@dataclass(frozen=True)
class TownDays:
    """What a town says of its own days: ids of `CLOSED_DAYS` that count (`also`) and don't (`without`), and (first, last, name)."""

    pauses: tuple[Pause, ...] = ()
    also: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    dates: tuple[tuple[dt.date, dt.date, str], ...] = ()


NO_TOWN = TownDays()


@cache
def easter(year: int) -> dt.date:
    """A year in, Easter Sunday out."""
    return next(
        day for day, name in public_holidays("SH", year).items() if name == "Karfreitag"
    ) + dt.timedelta(days=2)


def _same_date_each_year(month: int, day: int) -> Callable[[int], dt.date]:
    return lambda year: dt.date(year, month, day)


def _from_easter(days: int) -> Callable[[int], dt.date]:
    return lambda year: easter(year) + dt.timedelta(days=days)


def _repentance_day(year: int) -> dt.date:
    """The Wednesday before 23 November."""
    days = (dt.date(year, 11, day) for day in range(16, 23))
    return next(day for day in days if day.weekday() == 2)


_CARNIVAL = frozenset({"NW", "RP", "SL", "HE", "BW", "BY", "TH"})  # in parts of these much is closed then
CLOSED_DAYS: Mapping[str, ClosedDay] = {
    "heiligabend": ClosedDay("Heiligabend", _same_date_each_year(12, 24)),
    "silvester": ClosedDay("Silvester", _same_date_each_year(12, 31)),
    "weiberfastnacht": ClosedDay("Weiberfastnacht", _from_easter(-52), frozenset({"NW", "RP"})),
    "rosenmontag": ClosedDay("Rosenmontag", _from_easter(-48), _CARNIVAL),
    "faschingsdienstag": ClosedDay("Faschingsdienstag", _from_easter(-47), _CARNIVAL),
    "aschermittwoch": ClosedDay("Aschermittwoch", _from_easter(-46), frozenset({"-"})),
    "buss-und-bettag": ClosedDay("Buß- und Bettag", _repentance_day, frozenset({"BY"})),
    "fronleichnam": ClosedDay("Fronleichnam", _from_easter(60), frozenset({"SN", "TH"})),
    "friedensfest": ClosedDay("Friedensfest", _same_date_each_year(8, 8), frozenset({"-"})),
    "mariae-himmelfahrt": ClosedDay("Mariä Himmelfahrt", _same_date_each_year(8, 15), frozenset({"BY"})),
}
"""By id: what a town may add or leave out. „-“ stands where no Land has the day as a rule."""
BRIDGE_DAY = "Brückentag"
BETWEEN_YEARS = "zwischen-den-jahren"
"""What a town leaves out whose day care and offices are open then."""


@lru_cache(maxsize=4096)
def closed_day(land: str, day: dt.date, town: TownDays = NO_TOWN) -> str | None:
    """A Land, a date and the town's days in, the name of a closed day out, if it is one."""
    for first, last, name in town.dates:
        if first <= day <= last:
            return name
    for key, entry in CLOSED_DAYS.items():
        counts = not entry.lands or land in entry.lands or key in town.also
        if counts and key not in town.without and entry.on(day.year) == day:
            return entry.name
    between = "between-years" in town.pauses and BETWEEN_YEARS not in town.without
    if between and day.month == 12 and 27 <= day.day <= 30:
        return "die Tage zwischen den Jahren"
    if "bridge-days" in town.pauses and _is_bridge(land, day):
        return BRIDGE_DAY
    return None


def _is_bridge(land: str, day: dt.date) -> bool:
    """A single working day between a public holiday and a weekend, or between two holidays."""
    one = dt.timedelta(days=1)
    if _is_free(land, day) or not (_is_free(land, day - one) and _is_free(land, day + one)):
        return False
    return public_holiday(land, day - one) is not None or public_holiday(land, day + one) is not None


def _is_free(land: str, day: dt.date) -> bool:
    return day.weekday() >= 5 or public_holiday(land, day) is not None
