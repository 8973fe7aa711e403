"""Protected tables in; the files of a new release (values, copy, ledger) out."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Mapping
from decimal import Decimal

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.model.indicator import Indicator
from generator.read.indicator_folders import LEDGER, IndicatorFolder
from generator.read.value_tables import ValueTable

FOLDER = "resources/indicators"


def write_values(indicator: Indicator, table: ValueTable) -> bytes:
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
    folders: Mapping[str, IndicatorFolder], shown: Mapping[str, ValueTable], day: dt.date, note: str
) -> tuple[dict[str, bytes], list[str], list[Diagnostic]]:
    """Return the files of a new release of every indicator that changed, by their paths in the project."""
    files: dict[str, bytes] = {}
    written: list[str] = []
    found: list[Diagnostic] = []
    for key, table in shown.items():
        data = write_values(folders[key].indicator, table)
        digest = hashlib.sha256(data).hexdigest()
        folder = f"{FOLDER}/{key}"
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
        files[f"{folder}/values.csv"] = data
        files[f"{folder}/releases/{day.isoformat()}.csv"] = data
        files[f"{folder}/releases/{LEDGER}"] = stream.getvalue().encode()
        written.append(key)
    return files, written, found
