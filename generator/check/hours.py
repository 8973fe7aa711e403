"""Records with written hours in, what can't be evaluated, what nobody can be sure about and what was read as German out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice

from pydantic import BaseModel

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.hours.german.tokens import Doubt
from generator.hours.holidays import school_holidays
from generator.hours.osm_rules import retold, split_rules
from generator.hours.written_hours import Hours
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.records import RecordSource

_PLAIN = frozenset({str, int, bool, float, Decimal, dt.date, type(None)})
"""What holds no hours: nearly all fields of a record."""
_NO_CLOCK = (
    "Sonnenaufgang, Wiederholungen und einzelne Zeitpunkte haben keinen Anfang und kein Ende in Uhrzeiten."
)


def check_hours(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report unreadable and doubtful hours wherever a record holds some (telephones, stops, gifts, teams …), at the piece in question.

    Where nobody has entered the school holidays of the Land, the first hours that depend on them are named.
    """
    yield from reading.of_each(_in_record)
    if school_holidays(site.config.land) is None:
        for position in islice(reading.of_each(_by_school_holidays), 1):
            yield diagnostic("ferien-unbekannt", position, land=site.config.land)


def _by_school_holidays(source: RecordSource) -> Iterator[Position]:
    """Yield where the hours of a record say what holds in school holidays."""
    for path, hours in _hours_in(source.record):
        if hours.expression is not None and "SH" in hours.expression:
            yield source.position(*path)


def _in_record(source: RecordSource) -> Iterator[Diagnostic]:
    for path, hours in _hours_in(source.record):
        yield from _problem(hours, source.position(*path))


def _hours_in(part: BaseModel, *above: str | int) -> Iterator[tuple[tuple[str | int, ...], Hours]]:
    """Yield all hours of a record and of its parts with their paths."""
    for name, value in part:
        if value.__class__ in _PLAIN:
            continue
        for steps, item in _items(name, value):
            if isinstance(item, Hours):
                yield (*above, *steps), item
            elif isinstance(item, BaseModel):
                yield from _hours_in(item, *above, *steps)


def _items(name: str, value: object) -> Iterable[tuple[tuple[str | int, ...], object]]:
    if isinstance(value, tuple):
        return (((name, number), item) for number, item in enumerate(value))
    return (((name,), value),)


def _problem(hours: Hours, position: Position) -> Iterator[Diagnostic]:
    if hours.problem or hours.expression is None:
        place = _piece(position, hours, hours.doubts[0]) if hours.doubts else position
        yield diagnostic("zeiten-unlesbar", place, value=hours.written, reason=hours.problem)
        return
    if any(rule.spans is None for rule in split_rules(hours.expression)):
        yield diagnostic("zeiten-unlesbar", position, value=hours.written, reason=_NO_CLOCK)
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
        yield diagnostic("zeiten-angepasst", position, understood=retold(hours.expression))


def _piece(position: Position, hours: Hours, doubt: Doubt) -> Position:
    """Where a piece of the hours stands; where they are written over several lines, all of them."""
    quotes = position.length - len(hours.written)
    if not doubt.text or quotes not in (0, 2) or "\n" in hours.written:
        return position
    return position._replace(column=position.column + quotes // 2 + doubt.at, length=len(doubt.text))


CHECKS = (check_hours,)
