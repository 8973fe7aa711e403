"""The downloads that belong to single records: what subjects offer (`files` in their `export.py`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.export.source import ExportSource
from generator.parts import given


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A file that belongs to a record: its path from the site's root, what it is for (German), its form, and what writes it."""

    folder: str
    id: str
    path: str
    holds: str
    form: str
    write: Callable[[], bytes]


def record_files(source: ExportSource) -> Iterator[RecordFile]:
    """Yield every such file."""
    for files in given("export", "files"):
        yield from files(source)
