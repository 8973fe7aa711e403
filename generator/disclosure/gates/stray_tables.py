"""A project's folder in, tables that look raw and would be published with it out."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.door import Door
from generator.read.values import NEEDED, decode

RAW_FOLDERS = frozenset({"roh", "rohdaten", "raw", "privat", "private", "geheim", "vertraulich"})
SKIPPED = frozenset({"site", "site-intern", "node_modules", "__pycache__", "dist", "build"})


def check_raw_tables(door: Door) -> Iterator[Diagnostic]:
    """Report tables in the project that look raw: in a folder named so, or with values outside of an indicator's folder."""
    for folder, names, files in os.walk(door.project):
        if "sitemap.xml" in files and "index.html" in files:
            # A built site: its downloads are read back by `nahraum audit`.
            names[:] = []
            continue
        names[:] = sorted(name for name in names if name not in SKIPPED and not name.startswith("."))
        place = Path(folder).relative_to(door.project)
        raw = next((part for part in place.parts if part.casefold() in RAW_FOLDERS), "")
        for name in sorted(name for name in files if name.endswith(".csv")):
            path = Path(folder, name)
            # A link holds no table itself, and what lies outside is in nobody's repository.
            if os.path.islink(path):
                continue
            file = door.name(path)
            data, problems = door.head(path, 4_000)
            yield from problems
            head = _head(data or b"")
            if not set(NEEDED) <= head:
                continue
            if raw:
                yield diagnostic("rohtabelle", Position(file), why=f"der Ordner heißt „{raw}“")
            elif not _belongs(place, name):
                why = "sie hat die Spalten space, period und numerator, steht aber nicht bei einer Kennzahl"
                yield diagnostic("rohtabelle", Position(file), why=why)
            elif "contributor" in head:
                yield diagnostic(
                    "rohtabelle", Position(file), why="sie nennt einzelne Beitragende (contributor)"
                )


def _belongs(place: Path, name: str) -> bool:
    where = place.parts
    if len(where) >= 2 and where[-2] == "indicators":
        return name == "values.csv"
    return len(where) >= 3 and where[-3] == "indicators" and where[-1] == "releases"


def _head(data: bytes) -> set[str]:
    line = decode(data.partition(b"\n")[0]).partition("\r")[0].strip()
    separator = max((";", ",", "\t"), key=line.count)
    return {cell.strip() for row in csv.reader([line], delimiter=separator) for cell in row}
