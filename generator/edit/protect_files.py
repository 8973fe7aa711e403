"""Protected tables in; the files of a new release (values, copy, ledger) out, written all or nothing."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import os
import tempfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from generator.codes import diagnostic
from generator.diagnostics import Diagnostic, Position
from generator.model.indicator import Indicator
from generator.read.indicators import LEDGER, IndicatorFolder
from generator.read.values import Table

FOLDER = "resources/indicators"


def write_values(indicator: Indicator, table: Table) -> bytes:
    """Return a table as CSV: numbers as plain digits, the sign of official statistics where there is none."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(
        [
            "space",
            "period",
            *(item.id for item in indicator.breakdowns),
            "numerator",
            "denominator",
            "status",
            "note",
        ]
    )
    for row in table.rows:
        sign = row.status.value
        count = _digits(row.numerator) if row.numerator is not None else ""
        writer.writerow(
            [row.space, row.period, *row.breakdown, count, _digits(row.denominator), sign, row.note]
        )
    return stream.getvalue().encode()


def _digits(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def new_releases(
    project: Path, folders: Mapping[str, IndicatorFolder], shown: Mapping[str, Table], day: dt.date, note: str
) -> tuple[dict[Path, bytes], list[str], list[Diagnostic]]:
    """Return the files of a new release of every indicator that changed."""
    files: dict[Path, bytes] = {}
    written: list[str] = []
    found: list[Diagnostic] = []
    for key, table in shown.items():
        data = write_values(folders[key].indicator, table)
        digest = hashlib.sha256(data).hexdigest()
        folder = project / FOLDER / key
        releases = folders[key].releases
        if releases and releases[-1].digest == digest:
            continue
        if any(item.date >= day for item in releases):
            place = Position(f"{FOLDER}/{key}/releases/{LEDGER}")
            found.append(diagnostic("ausgabe-vorhanden", place, date=f"{releases[-1].date:%d.%m.%Y}"))
            continue
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["date", "sha256", "note"])
        writer.writerows([item.date.isoformat(), item.digest, item.note] for item in releases)
        writer.writerow([day.isoformat(), digest, note])
        files[folder / "values.csv"] = data
        files[folder / "releases" / f"{day.isoformat()}.csv"] = data
        files[folder / "releases" / LEDGER] = stream.getvalue().encode()
        written.append(key)
    return files, written, found


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write every file beside its place first, then put all of them in place; a failed write leaves nothing behind."""
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
            waiting.append((Path(name), path))
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            Path(name).chmod(0o644)
        for new, path in waiting:
            new.replace(path)
    finally:
        for new, _ in waiting:
            new.unlink(missing_ok=True)
