"""A Land and a date come in, the name of its public or school holiday goes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from types import MappingProxyType

import yaml

from generator.files.packaged import once, packaged_text, program

# ISO 3166-2:DE, as `land:` in site_config.yml.
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

    Raises ValueError for a Land that doesn't exist. Holidays of single towns are not among them.
    """
    if land not in LANDS:
        raise ValueError(f"unknown Land {land!r}")
    name = f"holidays-{land}-{year}"
    return MappingProxyType(once(name, program("hours") + name.encode(), partial(_worked_out, land, year)))


def _worked_out(land: str, year: int) -> dict[date, str]:
    # It loads the holidays of all countries of the world.
    import holidays

    found = holidays.country_holidays("DE", subdiv=land, years=year, language="de")
    return {day: str(name) for day, name in found.items()}


def public_holiday(land: str, day: date) -> str | None:
    """A Land and a date in, the German name of the public holiday out; None on other days."""
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
