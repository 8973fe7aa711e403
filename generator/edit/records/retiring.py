"""An offer that ends in; its record with the day, the state and what comes after it out, and who still names it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from generator.diagnostics import Position
from generator.diagnostics.codes import diagnostic
from generator.edit.records.record_text import open_record
from generator.edit.records.renaming import Outcome, mentions, opened, unknown_record
from generator.files.writing import write_files
from generator.model.fields import references
from generator.model.kinds import KIND_BY_FOLDER
from generator.read.link import scalars_at
from generator.read.project import Reading

_OFFERS = KIND_BY_FOLDER["offers"]


def retire_offer(root: Path, key: str, until: dt.date, successor: str | None, today: dt.date) -> Outcome:
    """Let an offer end on a day: on and after the next one it is ended; raises OSError where writing fails.

    Whoever names it goes on naming it, because only people know what is meant instead: `mentions` says where.
    """
    reading, outcome = opened(root)
    outcome.found = unknown_record(reading, _OFFERS, key)
    if successor is not None:
        outcome.found += unknown_record(reading, _OFFERS, successor)
    if outcome.found:
        return outcome
    source = reading.sources["offers", key]
    if successor == key:
        outcome.found = [diagnostic("nachfolge-im-kreis", source.position("name"))]
        return outcome
    record, outcome.found = open_record(reading.door, root / source.file)
    if record is None:
        return outcome
    if until < today:
        record.set(("status",), "ended")
    record.set(("until",), until)
    if successor is not None:
        record.set(("successor",), successor)
    outcome.found += record.found
    if not outcome.found:
        write_files(root, {source.file: record.text})
        outcome.changed = [source.file]
        outcome.mentions = [*_references(reading, key), *mentions(reading, key)]
    return outcome


def _references(reading: Reading, key: str) -> Iterator[Position]:
    for (folder, _), source in sorted(reading.sources.items()):
        for reference in references(KIND_BY_FOLDER[folder].model):
            if "offers" in reference.target.split("|"):
                for scalar in scalars_at(source.node, reference.path):
                    if scalar.text == key:
                        yield scalar.position
