"""„Every two weeks from this day“ comes in, OSM ranges with calendar weeks go out.

OSM counts calendar weeks from the year's first one, so a rhythm changes its parity in each year of 53 weeks: a rhythm is written as
one range of dates for each stretch in which its weeks keep the same numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.hours.osm_names import osm_date

YEARS = 8
"""A rhythm is written out for so many years; records are checked long before."""


def every_weeks(weeks: int, since: dt.date, until: dt.date | None = None) -> Iterator[str]:
    """The weeks between two times, the first day and the last (or None) in, OSM selectors out that together mean these weeks.

    >>> list(every_weeks(2, dt.date(2026, 1, 6), dt.date(2027, 3, 31)))
    ['2026 Jan 06-2027 Jan 03 week 02-52/2', '2027 Jan 04-2027 Mar 31 week 01-53/2']
    """
    last = until or _first_monday(since.isocalendar().year + YEARS) - dt.timedelta(days=1)
    year = since.isocalendar().year
    stretch = (since, since.isocalendar().week % weeks)
    while True:
        following = _first_monday(year + 1)
        length = (following - _first_monday(year)).days // 7
        if following > last:
            yield _written(stretch, last, weeks)
            return
        year += 1
        after = (stretch[1] - length) % weeks
        if after != stretch[1]:
            yield _written(stretch, following - dt.timedelta(days=1), weeks)
            stretch = (following, after)


def _written(stretch: tuple[dt.date, int], last: dt.date, weeks: int) -> str:
    begin, phase = stretch
    first = phase or weeks
    return f"{osm_date(begin)}-{osm_date(last)} week {first:02d}-{first + (53 - first) // weeks * weeks:02d}/{weeks}"


def _first_monday(year: int) -> dt.date:
    """The Monday with which an ISO year begins."""
    return dt.date.fromisocalendar(year, 1, 1)
