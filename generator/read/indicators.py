"""The folder `resources/indicators/` in; definitions, tables and the release ledger of each indicator out.

One folder an indicator: `indicator.yml`, `values.csv` (protected values only), and `releases/` with what was published before.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.model.cells import Release
from generator.model.indicator import Indicator
from generator.read.nodes import MapNode, parse, read_text
from generator.read.records import RecordSource, validate
from generator.read.values import SAID, ValueTable, decode, read_values

LEDGER = "ledger.csv"


@dataclass(frozen=True, slots=True)
class IndicatorFolder:
    """Everything that stands in one indicator's folder; `earlier` are the tables of earlier releases by date."""

    source: RecordSource
    indicator: Indicator
    table: ValueTable | None
    releases: tuple[Release, ...]
    earlier: Mapping[dt.date, ValueTable]


def tables_of(folders: Mapping[str, IndicatorFolder]) -> dict[str, ValueTable]:
    """Return the committed tables of the indicators that have one."""
    return {key: one.table for key, one in folders.items() if one.table is not None}


def read_indicators(root: Path, folder: Path) -> tuple[dict[str, IndicatorFolder], list[Diagnostic]]:
    """Read every indicator; one with a broken definition or table is reported and left out or without table."""
    found: list[Diagnostic] = []
    indicators: dict[str, IndicatorFolder] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        name = path.relative_to(root).as_posix()
        if not path.is_dir():
            found.append(
                diagnostic(
                    "fremde-datei",
                    Position(name),
                    name=path.name,
                    better="je Kennzahl einen Ordner mit indicator.yml und values.csv anlegen",
                )
            )
            continue
        one, problems = _one(root, path)
        found += problems
        if one is not None:
            indicators[path.name] = one
    return indicators, found


def _one(root: Path, path: Path) -> tuple[IndicatorFolder | None, list[Diagnostic]]:
    definition = path / "indicator.yml"
    file = definition.relative_to(root).as_posix()
    if not definition.is_file():
        return None, [diagnostic("kennzahl-ohne-beschreibung", Position(file), name=path.name)]
    text, found = read_text(definition.read_bytes(), file)
    node, problems = parse(text, file) if text is not None else (None, [])
    found = [*found, *problems]
    if not isinstance(node, MapNode):
        if node is not None:
            found.append(
                diagnostic(
                    "falsche-form", node.position, expected="eine Gruppe von Feldern", found="etwas anderes"
                )
            )
        return None, found
    indicator, problems = validate(Indicator, node, id=path.name)
    found += problems
    if indicator is None:
        return None, found
    source = RecordSource("indicators", path.name, file, node, indicator)
    columns = [item.id for item in indicator.breakdowns]
    values = path / "values.csv"
    table: ValueTable | None = None
    if values.is_file():
        table, problems = read_values(values, values.relative_to(root).as_posix(), columns, said=SAID)
        found += problems
        if table is not None:
            table = replace(table, digest=digest(values))
    else:
        found.append(diagnostic("kennzahl-ohne-werte", source.position("title"), name=indicator.title))
    releases, earlier, problems = _releases(root, path, columns)
    return IndicatorFolder(source, indicator, table, releases, earlier), [*found, *problems]


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _releases(
    root: Path, path: Path, columns: Collection[str]
) -> tuple[tuple[Release, ...], dict[dt.date, ValueTable], list[Diagnostic]]:
    ledger = path / "releases" / LEDGER
    if not ledger.is_file():
        return (), {}, []
    name = ledger.relative_to(root).as_posix()
    found: list[Diagnostic] = []
    releases: list[Release] = []
    earlier: dict[dt.date, ValueTable] = {}
    with io.StringIO(decode(ledger.read_bytes()), newline=None) as stream:
        lines = csv.DictReader(stream)
        rows: list[tuple[int, dict[str, str]]] = []
        try:
            rows += ((lines.line_num, row) for row in lines)
        except csv.Error:
            found.append(diagnostic("verzeichnis-unlesbar", Position(name, lines.line_num)))
        for line, row in rows:
            try:
                day = dt.date.fromisoformat(row["date"])
                stated = row["sha256"]
            except (KeyError, ValueError, TypeError):
                found.append(diagnostic("verzeichnis-unlesbar", Position(name, line)))
                continue
            releases.append(Release(path.name, day, stated, row.get("note") or ""))
            file = path / "releases" / f"{day.isoformat()}.csv"
            if not file.is_file() or digest(file) != stated:
                found.append(
                    diagnostic("ausgabe-geaendert", Position(file.relative_to(root).as_posix()), date=day)
                )
                continue
            table, problems = read_values(file, file.relative_to(root).as_posix(), list(columns), said=SAID)
            found += problems
            if table is not None:
                earlier[day] = table
    return tuple(releases), earlier, found
