"""Sustainability checks and a day in, rounds that contradict themselves or are overdue out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.site import Site
from generator.read.project import Reading


def check_sustainability(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Report effects in dimensions that aren't there or of rounds that weren't made, and rounds that are overdue."""
    for source in reading.of("checks"):
        record = site.checks[source.id]
        known = [one.id for one in record.dimensions]
        for number, one in enumerate(known):
            if one in known[:number]:
                yield diagnostic("bereich-doppelt", source.position("dimensions", number, "id"), value=one)
        for number, item in enumerate(record.rounds):
            place = ("rounds", number)
            for at, effect in enumerate(item.effects):
                if effect.dimension not in known:
                    position = source.position(*place, "effects", at, "dimension")
                    yield diagnostic(
                        "bereich-unbekannt", position, value=effect.dimension, known=", ".join(known)
                    )
            if item.effects and item.made is None:
                yield diagnostic("pruefung-ohne-tag", source.position(*place, "effects", key=True))
            if item.made is not None and item.made.first_day > today:
                yield diagnostic("pruefung-in-zukunft", source.position(*place, "made"), value=item.made)
            # A document tells of what was planned then, not of what is due now.
            if item.due is not None and item.made is None and item.due.last_day < today and not record.origin:
                position = source.position(*place, "due")
                yield diagnostic("pruefung-ueberfaellig", position, name=item.name, value=item.due)
