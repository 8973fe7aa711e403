"""Report minutes (records of meetings) from the future, what is overdue, and persons and refuges that they name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.check.persons import personal
from generator.check.protected import protected
from generator.check.whereabouts import said_by_itself
from generator.derive.masking import areas_of, is_of_an_area
from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.written_texts import passages
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


def check_protection(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Ask about houses meant in minutes of an area's network: they would tell in which area one lies."""
    if site.internal:
        return
    parts, known = areas_of(site), protected(site, reading)
    for source in reading.of("minutes"):
        minutes = all_minutes(site)[source.id]
        if is_of_an_area(site.networks.get(minutes.network), parts):
            answered = {item.sentence for item in minutes.cleared if item.sentence}
            for passage in passages(source):
                if passage.path[-1:] != ("network",):
                    yield from said_by_itself(passage, known, answered, publish=site.config.publish, led=True)


CHECKS = (check_protection,)
DATED_CHECKS = (check_minutes,)
"""Checks that need to know which day it is."""
