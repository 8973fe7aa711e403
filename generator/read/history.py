"""The history of offers (CSV), which `nahraum history` writes from git, in; its entries with typed values out.

Columns: `date`, `offer`, `field` (`new`, or the field that changed), `before` and `after` as a record writes them, in one line.
Offers that are no longer there are passed over: a history names what was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.door import Door
from generator.model.offer import ADDED, REMEMBERED, HistoryEntry, value_of
from generator.read.nodes import parse, plain
from generator.read.rows import Cells, read_rows

COLUMNS = ("date", "offer", "field", "before", "after")


def read_history(
    door: Door, path: Path, offers: Collection[str]
) -> tuple[tuple[HistoryEntry, ...], list[Diagnostic]]:
    """Read the history; rows with a problem are reported and left out."""
    _, rows, found = read_rows(door, path, COLUMNS)
    entries: list[HistoryEntry] = []
    for line, row in rows:
        place = Position(door.name(path), line)
        day, name = _date(row["date"]), row["field"]
        if day is None:
            found.append(_wrong(place, row["date"], "ein Datum wie 2026-11-20 schreiben"))
        elif name not in (ADDED, *REMEMBERED):
            found.append(_wrong(place, name, f"möglich sind: {', '.join((ADDED, *REMEMBERED))}"))
        elif name == ADDED:
            entries.append(HistoryEntry(day, row["offer"], name))
        else:
            entry, problems = _change(day, row, place)
            entries += entry
            found += problems
    return tuple(item for item in entries if item.offer in offers), found


def _change(day: dt.date, row: Cells, place: Position) -> tuple[list[HistoryEntry], list[Diagnostic]]:
    """Return what a row says of a field that changed; nothing where one of both values is none of the field."""
    name = row["field"]
    before, after = _typed_value(name, row["before"]), _typed_value(name, row["after"])
    if before is not None and after is not None:
        return [HistoryEntry(day, row["offer"], name, before.value, after.value)], []
    better = f"einen Wert des Felds {name} schreiben, wie er im Eintrag stünde"
    wrong = [column for column, value in (("before", before), ("after", after)) if value is None]
    return [], [_wrong(place, row[column], better) for column in wrong]


@dataclass(frozen=True, slots=True)
class _Typed:
    """A typed value; None is one, too."""

    value: Any


def _typed_value(name: str, text: str) -> _Typed | None:
    """Return the value of a field from one line of YAML, None where it is none."""
    said: Any = None
    if text:
        node, problems = parse(text + "\n", "history.csv")
        if node is None or problems:
            return None
        said = plain(node)
    try:
        return _Typed(value_of(name, said))
    except ValidationError:
        return None


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _wrong(place: Position, value: str, better: str) -> Diagnostic:
    better = f"{better}, oder die Datei mit „nahraum history“ neu schreiben"
    return diagnostic("falscher-wert", place, value=value, better=better)
