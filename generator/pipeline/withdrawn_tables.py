"""Withdraw a table's release: what was out stays, its counts move to the private folder for `protect`."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

from msgspec.structs import replace

from generator.disclosure.protect.protecting import write_ledger
from generator.files.writing import write_files
from generator.model.cells import Status
from generator.model.editions import Withdrawal
from generator.pipeline.report_editions import ReportOutcome
from generator.read.indicator_folders import LEDGER, VALUES_FILE
from generator.read.project import read_project
from generator.read.released import KEPT, WITHDRAWN, log_with, read_log
from generator.read.value_tables import decode, digest, repository_of

# Columns of a table of values.
_WORDS = ("note", "qualifier")
_COUNTS = ("numerator", "denominator")


def withdraw_release(
    root: Path, file: Path, day: dt.date, reason: str, private: Path | None = None
) -> ReportOutcome:
    """Move a released table's counts to a private folder; if current, pages show no figure until the next."""
    reading = read_project(root)
    disk = reading.disk
    outcome = ReportOutcome(disk)
    # `resources/indicators/<id>/releases/2026-05-01.csv`
    folder = reading.indicators.get(file.parent.parent.name)
    name = disk.name(root / file.resolve().relative_to(root.resolve()))
    releases = folder.releases if folder is not None else ()
    kept = folder.earlier if folder is not None else {}
    chosen = next((one for one in releases if f"{one.date}" == file.stem and one.date in kept), None)
    withdrawn = {row.file for row in read_log(disk)[0] if row.withdrawn}
    data, _ = disk.read(file)
    if chosen is None or name in withdrawn or data is None:
        refused = "Zurückziehen lässt sich, was veröffentlicht und noch nicht zurückgezogen ist."
        return replace(outcome, refused=refused)
    if private is None or private.resolve().is_relative_to(repository_of(root)):
        refused = "Die Anzahlen einer zurückgezogenen Tabelle ziehen in die private Ablage außerhalb des Projekts: --private ABLAGE nennen."
        return replace(outcome, refused=refused)
    bare = _without(data)
    note = f"{WITHDRAWN}{day:%d.%m.%Y}: {reason}"
    every = [replace(one, digest=digest(bare), note=note) if one is chosen else one for one in releases]
    # The table that pages read is a copy of the newest release.
    values = file.parent.parent / VALUES_FILE
    files = {name: bare, disk.name(file.parent / LEDGER): write_ledger(every)}
    if disk.read(values)[0] == data:
        files[disk.name(values)] = bare
    files |= log_with(disk, files, Withdrawal(date=day, reason=reason))
    write_files(private, {f"{KEPT}/{file.parent.parent.name}-{file.name}": data})
    write_files(root, files)
    return replace(outcome, written=(root / name,))


def _without(data: bytes) -> bytes:
    """Return a table without words and counts; „…“ marks what was out."""
    reader = csv.DictReader(io.StringIO(decode(data)))
    rows = list(reader)
    for row in rows:
        if row.get("status") != Status.SECRET:
            row["status"] = Status.LATER.value
        row.update({name: "" for name in (*_WORDS, *_COUNTS) if name in row})
    stream = io.StringIO()
    writer = csv.DictWriter(stream, reader.fieldnames or (), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()
