"""Find leaks beside sums: earlier divisions of areas, tables that look raw, typed figures."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import re
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.disclosure.engine.linear_system import Key, Shown
from generator.disclosure.measures.counted_measures import measure_name
from generator.disclosure.measures.lattice import Spaces, divided_anew, is_named, wholes
from generator.disclosure.measures.periods import is_nested, overlap, years_of
from generator.disclosure.measures.published import EarlierCounts
from generator.files.disk import RECORD, Disk
from generator.model.cells import Status
from generator.model.groups import Figure
from generator.model.site import Site
from generator.read.indicator_folders import IndicatorFolder
from generator.read.project import Reading
from generator.read.value_tables import NEEDED, ValueTable, decode


def check_recut(spaces: Spaces, same: Sequence[IndicatorFolder], table: ValueTable) -> Iterator[Diagnostic]:
    """Report periods whose releases told of areas that changed since.

    Releases of what counts the `same`; areas may be gone, made of others, or joined by new ones.
    """
    releases = [one for folder in same for one in folder.earlier.items()]
    first = {row.period: row for row in reversed(table.rows)}
    for period, row in sorted(first.items()):
        now = {one.space for one in table.rows if one.period == period and one.space in spaces}
        for day, release in sorted(releases, key=lambda one: one[0]):
            nested = {then for then in {row.period for row in release.rows} if is_nested(then, period)}
            before = {row.space for row in release.rows if row.period in nested}
            others = _others(spaces, before, now, release.parts)
            if others:
                yield _told_before("zuschnitt-doppelt", table.position(row, "space"), period, day, others)
                break


def check_gone(
    place: Position, there: Shown, earlier: Sequence[EarlierCounts], spaces: Spaces, *, by_months: bool
) -> Iterator[Diagnostic]:
    """Report released areas missing though today's counts are of the same months.

    Whoever has both subtracts. What is counted on a day isn't `by_months`.
    """
    before: dict[Key, int | None] = {}
    for shown in earlier:
        before |= shown.counts
    today = {key: count for key, count in there.items() if is_named(key)}
    periods = {key[2] for key in today}
    # Of the same period a difference tells something only where a count is withheld.
    secret = None in [*before.values(), *today.values()]
    gone: list[Key] = []
    for key in sorted(before.keys() - there.keys()):
        same = key[2] in periods
        tells = secret if same else by_months and any(overlap(key[2], other) for other in periods)
        if tells and key[1] in spaces:
            gone.append(key)
    if gone:
        first = next(shown.day for shown in earlier if gone[0] in shown.counts)
        names = sorted({key[2] if key[2] not in periods else ", ".join(key[3:]) or key[1] for key in gone})
        yield _told_before("veroeffentlichtes-fehlt", place, gone[0][2], first, names)


def _told_before(code: str, place: Position, period: str, day: dt.date, names: Iterable[str]) -> Diagnostic:
    """Report that a day's release told otherwise, and of what."""
    return diagnostic(code, place, period=period, date=f"{day:%d.%m.%Y}", names=", ".join(names))


def _others(spaces: Spaces, before: Collection[str], now: Collection[str], parts: str) -> list[str]:
    """Return areas gone, added or made of other `parts` then; none for a whole town alone."""
    if all(spaces[key].depth == 0 for key in now):
        return []
    gone = set(before) - spaces.keys()
    came: set[str] = set()
    for _, inside in wholes(spaces):
        if not set(inside).isdisjoint(before):
            came |= set(inside).intersection(now).difference(before)
    return sorted(gone | came | divided_anew(spaces, parts).intersection(before))


RAW_FOLDERS = frozenset({"roh", "rohdaten", "raw", "privat", "private", "geheim", "vertraulich"})
REPORT = "Geheimhaltung am "
"""The heading of the report for planners, which holds raw counts."""
_REPORT = re.compile(rf"(?:^|>)[#*\s]{{0,9}}{REPORT}\d", re.MULTILINE)
TABLES = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".ods"})
TEXTS = frozenset({".md", ".txt", ".html"})
SKIPPED = frozenset({"site", "site-intern", "node_modules", "__pycache__", "dist", "build"})


def check_raw_tables(disk: Disk) -> Iterator[Diagnostic]:
    """Report tables that look raw, by folder or values outside indicators' folders."""
    for path in _tables(disk):
        data, problems = disk.head(path, RECORD if path.suffix.lower() in TEXTS else 4_000)
        if data is not None and data.startswith(b"PK"):
            data, problems = disk.read(path)
        yield from problems
        why = _raw(path.relative_to(disk.project), data or b"")
        if why is not None:
            yield diagnostic("rohtabelle", Position(disk.name(path)), why=why)


def _tables(disk: Disk) -> Iterator[Path]:
    """Yield a project's tables and texts, without built downloads."""
    for folder, names, files in os.walk(disk.project):
        if "sitemap.xml" in files and "index.html" in files:
            # A built site, made of tables that are checked where they are committed.
            names[:] = []
            continue
        names[:] = sorted(name for name in names if name not in SKIPPED and not name.startswith("."))
        for name in sorted(files):
            path = Path(folder, name)
            # A link holds no table itself, and what lies outside is in nobody's repository.
            if path.suffix.lower() in TABLES | TEXTS and not path.is_symlink():
                yield path


def _raw(path: Path, data: bytes) -> str | None:
    """Say why a file's beginning looks raw; None if not."""
    if path.suffix.lower() in TEXTS:
        is_report = _REPORT.search(decode(data))
        return "es ist der Bericht für die Planung mit rohen Zahlen" if is_report else None
    head = _column_names_of_file(data)
    if not set(NEEDED) <= head:
        return None
    folder = next((part for part in path.parent.parts if part.casefold() in RAW_FOLDERS), "")
    if folder:
        return f"der Ordner heißt „{folder}“"
    if not _belongs(path.parent, path.name):
        return "sie hat die Spalten space, period und numerator, steht aber nicht bei einer Kennzahl"
    if "contributor" in head:
        return "sie nennt einzelne Beitragende (contributor)"
    return None


def _belongs(place: Path, name: str) -> bool:
    """Tell whether a table lies where an indicator keeps its values or releases."""
    above = place.parent
    if above.name == "indicators":
        return name == "values.csv"
    return above.parent.name == "indicators" and place.name == "releases"


def _column_names_of_file(data: bytes) -> set[str]:
    """Return the columns' names, of a workbook the texts of all cells read."""
    if data.startswith(b"PK"):
        return _cell_texts_of_workbook(data)
    line = decode(data.partition(b"\n")[0]).partition("\r")[0].strip()
    separator = max((";", ",", "\t"), key=line.count)
    cells = next(csv.reader([line], delimiter=separator), [])
    return {cell.strip() for cell in cells}


def _cell_texts_of_workbook(data: bytes) -> set[str]:
    """Return the cell texts at the beginning of a workbook's files; none if broken."""
    found: set[str] = set()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                with archive.open(name) as part:
                    text = part.read(RECORD).decode("utf-8", errors="replace")
                found.update(piece.partition("<")[0].strip() for piece in text.split(">"))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError):
        return set()
    return found


def check_typed_figures(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report areas' figures where a count is withheld, unless they say what they are of (`cases_from`, `no_indicator`)."""
    for source in reading.of("spaces"):
        for number, figure in enumerate(site.spaces[source.id].figures):
            withheld = withheld_then(reading, _years_meant(figure), figure.cases_from)
            if withheld is not None and figure.no_indicator is None:
                title, period = withheld
                where = source.position("figures", number, "value")
                yield diagnostic("zahl-neben-geheimer", where, name=figure.name, title=title, period=period)


def _years_meant(figure: Figure) -> set[str]:
    """Return a figure's possible years: its date's, the one before."""
    return set() if figure.date is None else {str(figure.date.year), str(figure.date.year - 1)}


def withheld_then(
    reading: Reading, years: Collection[str], cases_from: str | None = None
) -> tuple[str, str] | None:
    """Return (title, period) of the first withheld count in those years, or in any, wherever: sums tie areas; `cases_from`: of these cases."""
    indicators = {key: folder.indicator for key, folder in reading.indicators.items()}
    cases = measure_name(indicators, cases_from) if cases_from in indicators and cases_from else ""
    for key, folder in reading.indicators.items():
        for row in folder.table.rows if folder.table is not None else ():
            is_then = not years or not years_of(row.period).isdisjoint(years)
            is_of_these = not cases or measure_name(indicators, key) == cases
            if row.status is Status.SECRET and is_then and is_of_these:
                return folder.indicator.title, row.period
    return None
