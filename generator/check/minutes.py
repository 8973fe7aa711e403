"""Minutes and a day in, meetings from the future and what should have been done by now out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.derive.meetings import is_overdue
from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.site import Site
from generator.read.project import Reading


def check_minutes(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Report minutes of a meeting that wasn't yet, and agreements that are overdue."""
    for source in reading.of("minutes"):
        record = site.minutes[source.id]
        if record.date > today:
            yield diagnostic("sitzung-in-zukunft", source.position("date"), date=record.date)
        for number, item in enumerate(record.decisions):
            if is_overdue(item, today) and record.origin is None:
                place = source.position("decisions", number, "due")
                yield diagnostic("verabredung-ueberfaellig", place, value=item.due)


DATED_CHECKS = (check_minutes,)
