"""A project's folder in, tables that look raw and would be published with it out."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.door import Door
from generator.read.value_tables import NEEDED, decode

RAW_FOLDERS = frozenset({"roh", "rohdaten", "raw", "privat", "private", "geheim", "vertraulich"})
SKIPPED = frozenset({"site", "site-intern", "node_modules", "__pycache__", "dist", "build"})


def check_raw_tables(door: Door) -> Iterator[Diagnostic]:
    """Report tables in the project that look raw: in a folder named so, or with values outside of an indicator's folder."""
    for path in _tables(door):
        data, problems = door.head(path, 4_000)
        yield from problems
        why = _raw(path.relative_to(door.project), _head(data or b""))
        if why is not None:
            yield diagnostic("rohtabelle", Position(door.name(path)), why=why)


def _tables(door: Door) -> Iterator[Path]:
    """Yield the CSV files of a project that are no downloads of a built site."""
    for folder, names, files in os.walk(door.project):
        if "sitemap.xml" in files and "index.html" in files:
            # A built site: its downloads are read back by `nahraum audit`.
            names[:] = []
            continue
        names[:] = sorted(name for name in names if name not in SKIPPED and not name.startswith("."))
        for name in sorted(files):
            path = Path(folder, name)
            # A link holds no table itself, and what lies outside is in nobody's repository.
            if name.endswith(".csv") and not path.is_symlink():
                yield path


def _raw(path: Path, head: set[str]) -> str | None:
    """Say in words why a table with these columns looks raw; None where it doesn't."""
    if not set(NEEDED) <= head:
        return None
    folder = next((part for part in path.parent.parts if part.casefold() in RAW_FOLDERS), "")
    if folder:
        return f"der Ordner heißt „{folder}“"
    if not _belongs(path.parent, path.name):
        return "sie hat die Spalten space, period und numerator, steht aber nicht bei einer Kennzahl"
    if "contributor" in head:
        return "sie nennt einzelne Beitragende (contributor)"
    return None


def _belongs(place: Path, name: str) -> bool:
    where = place.parts
    if len(where) >= 2 and where[-2] == "indicators":
        return name == "values.csv"
    return len(where) >= 3 and where[-3] == "indicators" and where[-1] == "releases"


def _head(data: bytes) -> set[str]:
    line = decode(data.partition(b"\n")[0]).partition("\r")[0].strip()
    separator = max((";", ",", "\t"), key=line.count)
    cells = next(csv.reader([line], delimiter=separator), [])
    return {cell.strip() for cell in cells}
