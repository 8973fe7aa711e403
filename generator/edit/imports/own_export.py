"""Refuse to import a table that the site itself gave away: its records stand in the project, and there they are edited."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.incoming import ImportTarget
from generator.edit.tables.table_rows import Sheet

_ADDRESS = "url"
_TELLING = frozenset((_ADDRESS, "illustrative", "checked", "summary"))
"""Headings that a table of offers of this program has, whatever people have left of it."""


def refuse_own(project: ImportTarget, table: Sheet) -> list[Diagnostic]:
    """Refuse a table whose rows are pages of the site of this very project; another town's is a table like any other.

    What follows from place, provider and kind stands in it as if it were written: read back, it would be.
    """
    if not _TELLING.issubset(table.header):
        return []
    site = project.config.url.rstrip("/") + "/"
    for row in table.rows:
        cell = row.cells[_ADDRESS]
        if cell.text.startswith(site):
            return [diagnostic("eigene-tabelle", cell.position, value=cell.text)]
    return []
