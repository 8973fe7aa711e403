"""Attack the figures of a project."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from msgspec import Struct

from generator.check.figures import check_figures
from generator.diagnostics import Diagnostic, has_errors, ordered
from generator.diagnostics.diagnostic import Progress, silent
from generator.disclosure.protect.protecting import review_folder
from generator.files.disk import Disk
from generator.model.cells import Status
from generator.read.project import Reading, read_project


class AuditOutcome(Struct, frozen=True):
    """What an audit found and how much it attacked; `secret` are some of the `cells`."""

    disk: Disk
    found: tuple[Diagnostic, ...]
    indicators: int = 0
    cells: int = 0
    secret: int = 0
    releases: int = 0  # earlier ones
    attacked: bool = False  # False: the project has errors


def audit_project(
    root: Path, day: dt.date, private: Path | None = None, progress: Progress = silent
) -> AuditOutcome:
    """Attack committed tables, with raw counts if given."""
    reading = read_project(root, progress=progress)
    if reading.site is None or has_errors(reading.found):
        return AuditOutcome(reading.disk, ordered(reading.found))
    found = list(check_figures(reading.site, reading))
    if private is not None and not has_errors(found):
        found += review_folder(private, root, reading, day)
    return _count_audited_tables(reading, ordered(found))


def _count_audited_tables(reading: Reading, found: tuple[Diagnostic, ...]) -> AuditOutcome:
    """Return what was found, with how much there was to attack."""
    folders = reading.indicators.values()
    tables = [item.table for item in folders if item.table is not None]
    rows = sum(len(table.rows) for table in tables)
    secret = 0
    for table in tables:
        secret += sum(row.status is Status.SECRET for row in table.rows)
    releases = sum(len(item.earlier) for item in folders)
    return AuditOutcome(reading.disk, found, len(folders), rows, secret, releases, attacked=True)
