"""Report faults in sustainability checks: in their dimensions, and in each round (one time that a check is made)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.derive.news_and_reminders import Reminder, ToDo
from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.subjects.sustainability.model import CheckRound, sustainability_checks

_REPEAT = ToDo("repeat", "Prüfung machen und eintragen")
"""What a reminder asks for."""


def check_sustainability(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Report dimensions that stand twice, effects without a dimension or day, and overdue rounds."""
    for source in reading.of("checks"):
        record = sustainability_checks(site)[source.id]
        dimensions = [dimension.id for dimension in record.dimensions]
        for number, dimension in enumerate(dimensions):
            if dimension in dimensions[:number]:
                yield diagnostic(
                    "bereich-doppelt", source.position("dimensions", number, "id"), value=dimension
                )
        for number, item in enumerate(record.rounds):
            yield from _effects(source, number, item, dimensions)
            # A check taken from a document (`origin`) says what was planned then, not what is due now.
            yield from _day(source, number, item, today, due=not record.origin)


def _effects(source: RecordSource, number: int, item: CheckRound, known: list[str]) -> Iterator[Diagnostic]:
    """Report effects in an unknown dimension, and effects of a round that nobody says was made."""
    for at, effect in enumerate(item.effects):
        if effect.dimension not in known:
            position = source.position("rounds", number, "effects", at, "dimension")
            yield diagnostic("bereich-unbekannt", position, value=effect.dimension, known=", ".join(known))
    if item.effects and item.made is None:
        yield diagnostic("pruefung-ohne-tag", source.position("rounds", number, "effects", key=True))


def _day(
    source: RecordSource, number: int, item: CheckRound, today: dt.date, *, due: bool
) -> Iterator[Diagnostic]:
    """Report a round in the future, or overdue if `due`."""
    place = ("rounds", number)
    if item.made is not None:
        if item.made.first_day > today:
            yield diagnostic("pruefung-in-zukunft", source.position(*place, "made"), value=item.made)
    elif due and item.due is not None and item.due.last_day < today:
        position = source.position(*place, "due")
        yield diagnostic("pruefung-ueberfaellig", position, name=item.name, value=item.due)


def reminders(site: Site) -> Iterator[Reminder]:
    """Yield rounds to make, not of checks that were taken from documents."""
    for key, check in sustainability_checks(site).items():
        for item in check.rounds if check.origin is None else ():
            if item.due is not None and item.made is None:
                yield Reminder(item.due.last_day, "checks", key, check.name, _REPEAT)


DATED_CHECKS = (check_sustainability,)
"""Checks that need to know which day it is."""
