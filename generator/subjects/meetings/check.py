"""Report minutes (records of meetings) from the future, what is overdue, and persons that they name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.check.persons import personal
from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.site import Site
from generator.read.project import Reading
from generator.subjects.meetings.derive import is_overdue
from generator.subjects.meetings.model import all_minutes


def check_minutes(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Report persons named in minutes, meetings in the future, and what was agreed and is overdue."""
    for source in reading.of("minutes"):
        record = all_minutes(site)[source.id]
        yield from personal(source, days=False)
        if record.date > today:
            yield diagnostic("sitzung-in-zukunft", source.position("date"), date=record.date)
        for number, item in enumerate(record.decisions):
            if is_overdue(item, today) and record.origin is None:
                place = source.position("decisions", number, "due")
                yield diagnostic("verabredung-ueberfaellig", place, value=item.due)


DATED_CHECKS = (check_minutes,)
"""Checks that need to know which day it is."""
