"""Read the definitions, tables and releases of indicators, and the log of what was released."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.disk import Disk
from generator.files.result_cache import ONCE, ResultCache
from generator.model.cells import Release
from generator.model.editions import Withdrawal
from generator.model.editions import digest as content_digest
from generator.model.indicator import Indicator
from generator.read.csv_tables import read_rows
from generator.read.nodes import MapNode, parse
from generator.read.records import RecordSource, no_group, validate
from generator.read.value_tables import KNOWN, SAID, ValueRow, ValueTable, decode, digest, read_values

PACKAGES = ("highspy", "openpyxl", "pandas", "scipy")
"""pandas reads tables, highspy protects and audits them, scipy holds their sums and reckons their uncertainty, openpyxl writes
them for spreadsheets."""


def missing() -> tuple[str, ...]:
    """Return which of these packages, installed by choice, are not there."""
    return tuple(name for name in PACKAGES if find_spec(name) is None)


def figures_unavailable(position: Position) -> list[Diagnostic]:
    """Report that figures can't be used here; else nothing."""
    lacking = missing()
    if not lacking:
        return []
    return [diagnostic("kennzahlen-extra-fehlt", position, packages=", ".join(lacking))]


LEDGER = "ledger.csv"  # in `releases/` of an indicator: day and digest of each table there
VALUES_FILE = "values.csv"  # the table that is shown


class IndicatorFolder(Struct, frozen=True):
    """An indicator's folder; `table` is values.csv, `earlier` are released tables by date."""

    source: RecordSource  # its definition as written
    indicator: Indicator
    table: ValueTable | None
    releases: tuple[Release, ...]  # rows of the ledger
    earlier: Mapping[dt.date, ValueTable]


def tables_of(folders: Mapping[str, IndicatorFolder]) -> dict[str, ValueTable]:
    """Return the committed tables of the indicators that have one."""
    return {key: one.table for key, one in folders.items() if one.table is not None}


def read_indicators(
    disk: Disk, folder: Path, cache: ResultCache | None = None
) -> tuple[dict[str, IndicatorFolder], set[str], list[Diagnostic]]:
    """Read all indicators, reporting broken definitions and tables. Also returns all folders' names. `cache` holds earlier readings."""
    cache = cache or ONCE
    paths, found = disk.entries(folder)
    refusal = figures_unavailable(Position(disk.name(paths[0]))) if paths else []
    found += refusal
    indicators: dict[str, IndicatorFolder] = {}
    named: set[str] = set()
    for path in paths:
        name = disk.name(path)
        if not os.path.isdir(path):
            found.append(
                diagnostic(
                    "fremde-datei",
                    Position(name),
                    name=path.name,
                    better="je Kennzahl einen Ordner mit indicator.yml und values.csv anlegen",
                )
            )
            continue
        named.add(path.name)
        found += _strays(disk, path)
        one, problems = _one(disk, path, cache, with_tables=not refusal)
        found += problems
        if one is not None:
            indicators[path.name] = one
    return indicators, named, found


def _strays(disk: Disk, folder: Path) -> Iterator[Diagnostic]:
    """Report tables nothing reads: a raw one would be published."""
    better = "Rohdaten in die private Ablage legen; geschützt schreibt sie „nahraum protect“ als values.csv"
    for path in disk.files(folder, ".csv")[0]:
        if path.name != VALUES_FILE:
            yield diagnostic("fremde-datei", Position(disk.name(path)), name=path.name, better=better)


def _one(
    disk: Disk, path: Path, cache: ResultCache, with_tables: bool
) -> tuple[IndicatorFolder | None, list[Diagnostic]]:
    """Read an indicator's folder; None without a usable definition."""
    definition = path / "indicator.yml"
    file = disk.name(definition)
    if not disk.holds(definition):
        return None, [diagnostic("kennzahl-ohne-beschreibung", Position(file), name=path.name)]
    text, found = disk.text(definition)
    if text is None:
        return None, found
    node, problems = parse(text, file)
    found += problems
    if not isinstance(node, MapNode):
        if node is not None:
            found.append(no_group(node))
        return None, found
    indicator, problems = validate(Indicator, node, id=path.name)
    found += problems
    if indicator is None:
        return None, found
    source = RecordSource("indicators", path.name, file, node, indicator, text)
    if not with_tables:
        return IndicatorFolder(source, indicator, None, (), {}), found
    columns = [item.id for item in indicator.breakdowns]
    values = path / VALUES_FILE
    table: ValueTable | None = None
    if disk.holds(values):
        data, problems = disk.read(values)
        found += problems
        if data is not None:
            table, problems = _read_cached_table(data, disk.name(values), columns, cache)
            found += problems
    else:
        found.append(diagnostic("kennzahl-ohne-werte", source.position("title"), name=indicator.title))
    releases, earlier, problems = _releases(disk, path, columns, cache)
    table = _with_parts_of_then(table, releases)
    return IndicatorFolder(source, indicator, table, releases, earlier), [*found, *problems]


def _read_cached_table(
    data: bytes, name: str, columns: Sequence[str], cache: ResultCache
) -> tuple[ValueTable | None, list[Diagnostic]]:
    """Read a table of values, cached by its bytes."""
    read = partial(read_values, data, name, columns, said=SAID)
    return cache.of(("values", name, tuple(columns), data), read)


def _releases(
    disk: Disk, path: Path, columns: Sequence[str], cache: ResultCache
) -> tuple[tuple[Release, ...], dict[dt.date, ValueTable], list[Diagnostic]]:
    """Read the ledger and the tables that it names, reporting others."""
    ledger = path / "releases" / LEDGER
    rows: Sequence[tuple[int, Mapping[str, str]]] = ()
    found: list[Diagnostic] = []
    if disk.holds(ledger):
        _, rows, found = read_rows(disk, ledger, ("date", "sha256"))
    releases: list[Release] = []
    earlier: dict[dt.date, ValueTable] = {}
    for line, row in rows:
        try:
            day = dt.date.fromisoformat(row["date"])
        except ValueError:
            found.append(diagnostic("verzeichnis-unlesbar", Position(disk.name(ledger), line)))
            continue
        releases.append(Release(path.name, day, row["sha256"], row.get("note", ""), row.get("parts", "")))
        table, problems = _as_released(disk, path, releases[-1], columns, cache)
        found += problems
        if table is not None:
            earlier[day] = replace(table, parts=releases[-1].parts)
    known = {item.date.isoformat() for item in releases}
    for file in disk.files(ledger.parent, ".csv")[0]:
        if file.name != LEDGER and file.stem not in known:
            found.append(diagnostic("ausgabe-geaendert", Position(disk.name(file)), date=file.stem))
    return tuple(releases), earlier, found


def _with_parts_of_then(table: ValueTable | None, releases: Sequence[Release]) -> ValueTable | None:
    """Note in a table that is one of the releases what its areas were made of."""
    for item in releases:
        if table is not None and table.digest == item.digest:
            table = replace(table, parts=item.parts)
    return table


def _as_released(
    disk: Disk, path: Path, release: Release, columns: Sequence[str], cache: ResultCache
) -> tuple[ValueTable | None, list[Diagnostic]]:
    """Read a release's figures; None if they contradict the ledger."""
    file = path / "releases" / f"{release.date.isoformat()}.csv"
    data, problems = disk.read(file) if disk.holds(file) else (None, [])
    if problems:
        return None, problems
    if data is None or digest(data) != release.digest:
        return None, [diagnostic("ausgabe-geaendert", Position(disk.name(file)), date=release.date)]
    return _released_table(data, disk.name(file), columns, cache)


def _released_table(
    data: bytes, name: str, columns: Sequence[str], cache: ResultCache
) -> tuple[ValueTable | None, list[Diagnostic]]:
    """Read a release by its day's breakdowns, mapped to today's.

    A breakdown added since divides nothing there; what one that is `gone` divided is no cell of today.
    """
    head = set(re.findall(r"[^;,\s]+", decode(data).partition("\n")[0]))
    lasting = [column for column in columns if column in head]
    gone = sorted(head.difference(KNOWN, SAID, columns))
    if not gone and len(lasting) == len(columns):
        return _read_cached_table(data, name, columns, cache)
    read = partial(read_values, data, name, lasting, gone, SAID)
    table, found = cache.of(("released", name, tuple(columns), data), read)
    if table is None:
        return None, found
    rows = [_divided(row, lasting, columns, gone) for row in table.rows]
    return _set_gone_rows_apart(replace(table, rows=tuple(rows), further=())), found


def _set_gone_rows_apart(table: ValueTable) -> ValueTable:
    """Set apart rows with values of breakdowns that are gone."""
    rows = tuple(row for row in table.rows if not row.further)
    return replace(table, rows=rows, gone=tuple(row for row in table.rows if row.further))


def _divided(row: ValueRow, lasting: Sequence[str], columns: Sequence[str], gone: Sequence[str]) -> ValueRow:
    """Return a row by today's breakdowns, `further` for those gone."""
    values = dict(zip(lasting, row.breakdown, strict=True))
    further = [f"{name}:{value}" for name, value in zip(gone, row.further, strict=True) if value]
    return replace(row, breakdown=tuple(values.get(column, "") for column in columns), further=tuple(further))


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
            return content_digest({"published": content["published"], "data": content["data"]})
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
