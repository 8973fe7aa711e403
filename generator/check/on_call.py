"""Report offices with a time that neither office hours nor the duty outside of them cover: nobody would answer who could protect a child."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.derive.offer_facts import timetable
from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.hours.schedule import MIDNIGHT, Schedule, clock
from generator.hours.spoken import DAYS
from generator.model.office import Office
from generator.model.site import Site
from generator.read.project import Reading

AHEAD = 28
"""Days that are looked at."""
SAID = 3
"""So many gaps are named."""


def check_on_call(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Report offices whose duty leaves hours of the next four weeks to nobody."""
    for source in reading.of("offices"):
        office = site.offices[source.id]
        if office.on_call is None or office.on_call.hours is None:
            continue
        gaps = _gaps(site, office, today)
        if gaps:
            more = f" und {len(gaps) - SAID} weitere Lücken" if len(gaps) > SAID else ""
            yield diagnostic(
                "bereitschaft-luecke", source.position("on_call", "hours"), gaps=", ".join(gaps[:SAID]) + more
            )


def _gaps(site: Site, office: Office, today: dt.date) -> list[str]:
    duty = timetable(site, office.on_call.hours if office.on_call else None, today, every_day=True)
    own = timetable(site, (office.contact and office.contact.phone_hours) or office.hours, today)
    covered: list[tuple[int, int]] = []
    for one in (duty, own):
        if one is not None:
            # What nobody understands is reported as such, and may well cover everything.
            if not one.readable:
                return []
            covered += _minutes(one, today)
    gaps: list[str] = []
    # What began the day before is unknown on the first one.
    reached = MIDNIGHT
    for start, end in [*sorted(covered), (AHEAD * MIDNIGHT, AHEAD * MIDNIGHT)]:
        if start > reached:
            gaps += _said(reached, start, today)
        reached = max(reached, end)
    return list(dict.fromkeys(gaps))


def _minutes(schedule: Schedule, today: dt.date) -> Iterator[tuple[int, int]]:
    """Yield when somebody answers, in minutes from the beginning of today on."""
    for ahead in range(AHEAD):
        for one in schedule.intervals_on(today + dt.timedelta(days=ahead)):
            yield ahead * MIDNIGHT + one.start, ahead * MIDNIGHT + one.end


def _said(start: int, end: int, today: dt.date) -> Iterator[str]:
    """Say a gap day by day: „Mi 12:00-14:00“."""
    while start < end:
        day, until = start // MIDNIGHT, min(end, (start // MIDNIGHT + 1) * MIDNIGHT)
        weekday = DAYS[(today.weekday() + day) % 7]
        yield f"{weekday} {clock(start - day * MIDNIGHT)}-{clock(until - day * MIDNIGHT)}"
        start = until


DATED_CHECKS = (check_on_call,)
