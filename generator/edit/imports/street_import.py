"""Bring a town's directory of streets into `resources/streets.csv`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec import field as struct_field

from generator.diagnostics import Diagnostic, Position, has_errors, ordered
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.incoming import (
    ImportManner,
    ImportOutcome,
    ImportTarget,
    bring_in,
    columns_in,
    filled_text,
    open_project,
)
from generator.edit.tables.table_rows import SheetRow, form_of, missing_column, read_table
from generator.model.site import house
from generator.read.csv_tables import point_and_postcode, unknown_space, wrong_range

TARGET = "resources/streets.csv"
_PARITIES = ("odd", "even", "all")


class StreetColumns(Struct, frozen=True):
    """Which column is what, by its name or a pattern as `<Straße> <Nr>`.

    `sides` are patterns (parity, first house number, last); a parity may be `odd`, `even` or `all` itself.
    `geographies` are columns of areas by further geography.
    """

    street: str
    space: str
    postcode: str = ""
    longitude: str = ""
    latitude: str = ""
    sides: tuple[tuple[str, str, str], ...] = ()
    geographies: Mapping[str, str] = struct_field(default_factory=dict)

    @property
    def texts(self) -> dict[str, str]:
        """Return register columns' patterns, without house numbers."""
        patterns = {"street": self.street, "postcode": self.postcode, "space": self.space}
        patterns |= {**self.geographies, "longitude": self.longitude, "latitude": self.latitude}
        return {name: text for name, text in patterns.items() if text}

    @property
    def register(self) -> list[str]:
        """The columns of the register that is written."""
        first = ["street", "from", "to", "parity", "postcode", "space"]
        return [*first, *(name for name in self.texts if name not in first)]


def import_streets(path: Path, columns: StreetColumns, root: Path, manner: ImportManner) -> ImportOutcome:
    """Read a street directory and write the project's register.

    A row may become several ranges; all empty (or 0) means the whole street. Nothing is written when anything
    is wrong.
    """
    project, found = open_project(root, path)
    if project is None:
        return ImportOutcome(found=ordered(found))
    form, found = form_of(project.disk, path)
    table, problems = read_table(project.disk, path, form, filled=True) if form else (None, [])
    found += problems
    if table is None or has_errors(found):
        return ImportOutcome(found=ordered(found))
    named = [*columns.texts.values(), *(text for _, *ends in columns.sides for text in ends)]
    for name in dict.fromkeys(name for text in named for name in columns_in(text)):
        if name not in table.header:
            found.append(missing_column(name, table.header, Position(table.file)))
    known = [geography.id for geography in project.config.geographies]
    for name in columns.geographies:
        if name not in known:
            better = "vorhanden sind: " + ", ".join(known)
            found.append(diagnostic("falscher-wert", Position(table.file), value=name, better=better))
    if has_errors(found):
        return ImportOutcome(found=ordered(found))
    # Rows become text at once: as dictionaries, hundreds of thousands of them take ten times the memory.
    written, count = io.StringIO(), 0
    register = _start_csv_writer(columns.register, written)
    for number, row in enumerate(table.rows):
        manner.progress("zuordnen", number, len(table.rows))
        ranges, problems = _ranges(columns, row, project)
        register.writerows(ranges)
        count += len(ranges)
        found += problems
    outcome = bring_in(project, (), {TARGET: written.getvalue()}, found, manner)
    if outcome.written:
        # People are told how many ranges were written, not that it was one file.
        outcome.written.clear()
        outcome.written["streets"] = count
    return outcome


def _ranges(
    columns: StreetColumns, row: SheetRow, project: ImportTarget
) -> tuple[list[dict[str, str]], list[Diagnostic]]:
    """Return a row once for each range of house numbers."""
    cells = {name: cell.text for name, cell in row.cells.items()}
    texts = {name: filled_text(text, cells) for name, text in columns.texts.items()}
    found = list(_problems(columns, row, texts, project))
    limits = []
    for parity, *ends in columns.sides:
        low, high = (filled_text(text, cells, whole=False) for text in ends)
        place = row.cells[columns_in(ends[0])[0]].position
        parity = filled_text(parity, cells) if "<" in parity else parity
        if parity not in _PARITIES:
            better = "möglich sind: " + ", ".join(_PARITIES)
            found.append(diagnostic("falscher-wert", place, value=parity, better=better))
        numbers = [house(text) for text in (low, high or low)]
        for text, number in zip((low, high or low), numbers, strict=True):
            # Some registers write 0 where no number is known.
            if text.strip("0") and number is None:
                found.append(diagnostic("keine-hausnummer", place, value=text))
        first, last = (
            str(number) if text.strip("0") else ""
            for number, text in zip(numbers, (low, high or low), strict=True)
        )
        if last:
            limits.append({"from": first, "to": last, "parity": parity})
    ranges = [{**texts, **limit} for limit in limits or [{"parity": "all"}]]
    if not found:
        # What the register's reader would find wrong; the areas were checked above.
        for read_back in ranges:
            found += wrong_range(read_back, (), row.start, ())
    return ranges, found


def _problems(
    columns: StreetColumns, row: SheetRow, texts: dict[str, str], project: ImportTarget
) -> Iterator[Diagnostic]:
    """Yield what is wrong in a row beside house numbers."""
    yield from (cell.problem for cell in row.cells.values() if cell.problem)
    for name in ("street", "space"):
        if not texts[name]:
            column = columns_in(columns.texts[name])[0]
            yield diagnostic("zelle-leer", row.cells[column].position, name=column, field=name)
    yield from point_and_postcode(texts, row.start)[1]
    for name in ("space", *columns.geographies):
        if texts[name] and texts[name] not in project.known["spaces"]:
            place = row.cells[columns_in(columns.texts[name])[0]].position
            yield unknown_space(texts[name], place, project.known["spaces"])


def register_text(columns: list[str], rows: Iterable[dict[str, str]]) -> str:
    """Write the register of streets."""
    out = io.StringIO()
    _start_csv_writer(columns, out).writerows(rows)
    return out.getvalue()


def _start_csv_writer(columns: list[str], out: io.StringIO) -> csv.DictWriter[str]:
    writer = csv.DictWriter(out, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    return writer
