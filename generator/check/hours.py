"""Records with written hours in, what can't be evaluated and what was read as German writing out."""

from __future__ import annotations

from collections.abc import Iterator

from generator.codes import diagnostic
from generator.diagnostics import Diagnostic, Position
from generator.model.hours import Hours
from generator.model.site import Site
from generator.read.project import Reading


def check_hours(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report unreadable hours of offers, places and offices, meeting points, gifts, teams and services out of hours."""
    for source in reading.sources.values():
        record = site.records(source.folder)[source.id]
        yield from _problem(getattr(record, "hours", None), source.position("hours"))
        for name in ("meeting_points", "can_give"):
            for number, item in enumerate(getattr(record, name, ())):
                yield from _problem(item.when, source.position(name, number, "when"))
        for number, part in enumerate(getattr(record, "team", ())):
            yield from _problem(part.hours, source.position("team", number, "hours"))
        duty = getattr(record, "on_call", None)
        if duty is not None:
            yield from _problem(duty.hours, source.position("on_call", "hours"))


def _problem(hours: Hours | None, position: Position) -> Iterator[Diagnostic]:
    if hours is None:
        return
    if hours.problem:
        yield diagnostic("zeiten-unlesbar", position, value=hours.written, reason=hours.problem)
    elif hours.normalised:
        yield diagnostic("zeiten-angepasst", position, expression=hours.expression)
