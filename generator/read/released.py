"""Read what was released, and the log that keeps a digest of each."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from generator.diagnostics import Diagnostic
from generator.files.disk import Disk
from generator.model.editions import Withdrawal, digest
from generator.read.csv_tables import read_rows

LOG = "resources/released.csv"
WITHDRAWN = "Zurückgezogen am "
"""How the note of a withdrawn release begins in its ledger."""
KEPT = "zurueckgezogen"
"""The folder of the private one that keeps the counts of withdrawn tables: `hilfen-2026-05-01.csv`."""
FOLDERS = ("resources/editions", "resources/indicators")  # where releases lie
_RELEASED = re.compile(r"resources/(?:editions/[^/]+/[^/]+\.json|indicators/[^/]+/releases/[^/]+\.csv)")


class Logged(Struct, frozen=True):
    """A released file: digest, since when and why withdrawn."""

    file: str
    sha256: str
    withdrawn: str = ""  # the day; empty as long as it is shown
    reason: str = ""


def is_released(name: str) -> bool:
    """Tell whether a file is a release: edition's figures or a table."""
    return _RELEASED.fullmatch(name) is not None and not name.endswith("/ledger.csv")


def digest_of(name: str, data: bytes) -> str:
    """Return a release's digest, of an edition without its correctable words."""
    if name.endswith(".json"):
        try:
            content = json.loads(data)
            return digest({"published": content["published"], "data": content["data"]})
        except (ValueError, LookupError, TypeError, RecursionError):
            # Who reads the edition says what is wrong with it.
            pass
    return hashlib.sha256(data).hexdigest()


def released(disk: Disk) -> dict[str, str]:
    """Return all released files of a project with their digests."""
    paths = chain.from_iterable(disk.below(disk.project / folder)[0] for folder in FOLDERS)
    read = {name: disk.read(path)[0] for path in paths if is_released(name := disk.name(path))}
    return {name: digest_of(name, data) for name, data in sorted(read.items()) if data is not None}


def read_log(disk: Disk) -> tuple[list[Logged], list[Diagnostic]]:
    """Return the rows of the log, the oldest first."""
    path = disk.project / LOG
    if not disk.holds(path):
        return [], []
    _, rows, found = read_rows(disk, path, Logged.__struct_fields__)
    return [Logged(*(row[name] for name in Logged.__struct_fields__)) for _, row in rows], found


def log_with(
    disk: Disk, files: Mapping[str, str | bytes], gone: Withdrawal | None = None
) -> dict[str, bytes]:
    """Return the log with these files' releases; `gone` withdraws their former versions."""
    new = {
        name: digest_of(name, data.encode() if isinstance(data, str) else data)
        for name, data in files.items()
        if is_released(name)
    }
    rows, _ = read_log(disk)
    if gone is not None:
        since = {"withdrawn": gone.date.isoformat(), "reason": gone.reason}
        rows = [replace(row, **since) if row.file in new and not row.withdrawn else row for row in rows]
    # A file without a row gets one; one that has a row and another digest was changed by hand, and gets none.
    logged = {row.file for row in rows}
    unlogged = {name: sha256 for name, sha256 in released(disk).items() if name not in logged}
    valid = {(row.file, row.sha256) for row in rows if not row.withdrawn}
    rows += [Logged(*one) for one in {**unlogged, **new}.items() if one not in valid]
    return {LOG: _csv_of(rows)}


def _csv_of(rows: Iterable[Logged]) -> bytes:
    stream = io.StringIO()
    names = Logged.__struct_fields__
    lines = [names, *([getattr(row, name) for name in names] for row in rows)]
    csv.writer(stream, lineterminator="\n").writerows(lines)
    return stream.getvalue().encode()
