"""Public records in, what must not stand among them out: internal kinds and fields, working time that a town keeps to itself, notes on persons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.agreement import Agreement
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.scalars import dialled
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.records import RecordSource

PERSONAL = re.compile(
    r"\b(?:Frau|Herr|Familie|Mutter|Vater|Kindesmutter|Kindesvater|KM|KV)\s+[A-ZÄÖÜ][\w.]+|\bgeb\.\s*(?:am\s*)?\d|\bAktenzeichen\b|\bAz\.\s*\d"
)
PROFESSIONALS_ONLY = "08001921000"
_TEAM_HOURS = ("weekly_hours", "weekly_each", "weekly_total")


def check_privacy(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report internal kinds and fields in the public folder, and notes on persons."""
    yield from reading.of_each(_in_record, site.internal, site.config.internal)


def _in_record(source: RecordSource, shown: bool, internal: tuple[str, ...]) -> Iterator[Diagnostic]:
    record = source.record
    if not shown:
        yield from _internal(source, internal)
    if record.notes and (match := PERSONAL.search(record.notes)):
        yield diagnostic("notiz-persoenlich", source.position("notes"), value=match[0])
    contact = getattr(record, "contact", None)
    for field, number in contact.numbers.items() if contact is not None else ():
        if dialled(number) == PROFESSIONALS_ONLY:
            yield diagnostic("fachnummer-fuer-familien", source.position("contact", field), value=number)


def _internal(source: RecordSource, internal: tuple[str, ...]) -> Iterator[Diagnostic]:
    record = source.record
    # An agreement that its partners released, or that stands in a published document, is public.
    public = isinstance(record, Agreement) and (record.released is not None or record.origin is not None)
    if source.folder in internal and not public:
        position = (
            source.position(source.node.entries[0][0].text, key=True)
            if source.node.entries
            else source.position()
        )
        yield diagnostic("intern-oeffentlich", position, name=KIND_BY_FOLDER[source.folder].plural)
    if "team-hours" in internal:
        for number, part in enumerate(getattr(record, "team", ())):
            for field in _TEAM_HOURS:
                if getattr(part, field) not in (None, {}):
                    place = source.position("team", number, field, key=True)
                    yield diagnostic("intern-oeffentlich", place, name="team-hours")


CHECKS = (check_privacy,)
