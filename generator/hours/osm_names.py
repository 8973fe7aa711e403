"""How OSM names weekdays, months and single days."""

from __future__ import annotations

import datetime as dt

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FEW_DAYS = 14
"""Dates that are so many days apart or less are said of these very days; more is a season."""


def osm_date(day: dt.date) -> str:
    """A day in, what OSM writes for it out.

    >>> osm_date(dt.date(2026, 12, 5))
    '2026 Dec 05'
    """
    return f"{day.year} {MONTHS[day.month - 1]} {day.day:02d}"
