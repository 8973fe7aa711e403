"""Records with written hours in, what can't be evaluated, what nobody can be sure about and what was read as German out."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.hours.expression import Doubt, Hours
from generator.hours.retold import retold
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.records import RecordSource


def check_hours(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report unreadable and doubtful hours of records, meeting points, gifts, teams and services out of hours, at the piece in question."""
    del site
    yield from reading.of_each(_in_record)


def _in_record(source: RecordSource) -> Iterator[Diagnostic]:
    record = source.record
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
    if hours.problem or hours.expression is None:
        place = _piece(position, hours, hours.doubts[0]) if hours.doubts else position
        yield diagnostic("zeiten-unlesbar", place, value=hours.written, reason=hours.problem)
        return
    for doubt in hours.doubts:
        yield diagnostic(
            "zeiten-ungewiss",
            _piece(position, hours, doubt),
            piece=doubt.text or hours.written,
            reason=doubt.why,
            understood=retold(hours.expression),
        )
    if hours.normalised and not hours.doubts:
        yield diagnostic("zeiten-angepasst", position, expression=hours.expression)


def _piece(position: Position, hours: Hours, doubt: Doubt) -> Position:
    """Where a piece of the hours stands; where they are written over several lines, all of them."""
    quotes = position.length - len(hours.written)
    if not doubt.text or quotes not in (0, 2) or "\n" in hours.written:
        return position
    return position._replace(column=position.column + quotes // 2 + doubt.at, length=len(doubt.text))
