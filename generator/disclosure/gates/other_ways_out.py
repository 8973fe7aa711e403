"""A project's tables in; ways out which no sum ties to them out: rates with so many decimals that a small count follows, another cut (areas, periods, values) in earlier releases, and tables that look raw, by folder or columns, in the project.

A rate of people with so many decimals that only one whole count fits is that count. Which area became which stands nowhere, and
whoever has both subtracts all the same.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import os
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product
from pathlib import Path

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.disclosure.cell_names import cell_name
from generator.disclosure.counted_measures import PART
from generator.disclosure.engine.linear_system import Key, Shown
from generator.disclosure.engine.sensitivity import counts_behind
from generator.disclosure.gates.shared_measures import called_share
from generator.disclosure.implied_sums import runs
from generator.disclosure.lattice import (
    Spaces,
    Whole,
    areas,
    crossings,
    cut_anew,
    is_named,
    unions,
    wholes,
)
from generator.disclosure.periods import begun, beside_year, is_nested, overlap, years_of
from generator.disclosure.published import EarlierCounts, ever_shown
from generator.disclosure.ties.columns import periods_before
from generator.disclosure.ties.tie import is_no_chance
from generator.files.door import RECORD, Door
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.read.indicator_folders import IndicatorFolder, tables_of
from generator.read.value_tables import NEEDED, ValueRow, ValueTable, decode

BASES = (1, 100, 1000, 10_000, 100_000)
"""What rates are said of: one (0.04), per cent, per thousand and so on."""

TELLING = 3
"""At fewer places a rate fits a denominator by chance."""

MEAN = ("in the mean of two periods",)

Who = tuple[str, str, tuple[str, ...]]
Denominators = Mapping[Who, Decimal]
"""People by area, period and which of them: the values of breakdowns, nothing for all."""
Below = Mapping[ValueRow, Decimal]
"""Of how many people the rate of a row may be."""


def check_open_rates(
    site: Site, folders: Mapping[str, IndicatorFolder]
) -> Iterator[tuple[str, str, Diagnostic]]:
    """Report each rate without counts that tells a small count by a denominator of the project, also where one of both was told before
    and isn't any more, with the indicator of the rates and that of the denominator."""
    ever = {key: replace(one, table=ever_shown(one.table, one.earlier)) for key, one in folders.items()}
    spaces = areas(site)
    others = unions(spaces, crossings(site, spaces))
    # What is out on both sides nobody can help.
    for rates, counted in ((folders, ever), (ever, folders)):
        for key, one in counted.items():
            told = rates_told(site, rates, key, denominators_of({key: one}, others))
            yield from ((rated, key, problem) for rated, problem in told)


def rates_told(
    site: Site,
    rates: Mapping[str, IndicatorFolder],
    people: str | None,
    denominators: Mapping[str, Denominators],
) -> Iterator[tuple[str, Diagnostic]]:
    """Yield the rates of some folders that tell a small count by denominators, those of one indicator (`people`) or typed ones (None), with
    the indicator of the rates."""
    for key, folder in rates.items():
        item = folder.indicator
        table = folder.table
        is_count = item.counted and called_share(item) is None
        if table is None or item.denominator is not None or is_count:
            continue
        threshold = item.disclosure.threshold or site.config.disclosure.threshold
        guessed = not _is_said_of(item, people)
        for row, values in told_by_rates(table, denominators, threshold, guessed=guessed):
            where = table.position(row, "numerator") if table.file else folder.source.position("title")
            cell = cell_name(site, item, row.cell)
            yield key, diagnostic("quote-verraet-zahl", where, cell=cell, **values)


def _is_said_of(item: Indicator, people: str | None) -> bool:
    """Tell whether an indicator calls its numbers rates, and doesn't say that they fit those people by chance; whom typed numbers count
    nobody says."""
    if people is None:
        return False
    is_rate = "per" in item.model_fields_set or called_share(item) is not None
    return is_rate and people not in {one.indicator for one in item.by_chance}


def told_by_rates(
    table: ValueTable, denominators: Mapping[str, Denominators], threshold: int, *, guessed: bool = False
) -> Iterator[tuple[ValueRow, dict[str, object]]]:
    """Yield each rate of a table that tells a count below the threshold by one of some denominators, with what is said of it; where it is
    `guessed` that they are rates of people, what chance might make is left out."""
    for title, people in denominators.items():
        found: dict[tuple[ValueRow, int, int], None] = {}
        readings = list(_readings(table, people))
        for (below, plain), base in product(readings, BASES):
            tried = 0 if plain and not guessed else len(readings)
            for row, count in _told(table, below, tried, base):
                found[row, count, base] = None
        for row, count, base in found:
            if 0 < count < threshold:
                yield row, {"count": count, "title": title, "base": base}


def denominators_of(
    folders: Mapping[str, IndicatorFolder], others: Sequence[Whole]
) -> dict[str, Denominators]:
    """Return the published numbers of people that rates can be of, by title: denominators, and what is counted where people are; also of
    `others`, areas of another division with those that they are made of."""
    found: dict[str, Denominators] = {}
    for key, table in tables_of(folders).items():
        item = folders[key].indicator
        if item.denominator is not None:
            found[f"{item.title} ({item.denominator})"] = _people(item, table, "denominator", others)
        if item.counted:
            found[item.title] = _people(item, table, "numerator", others)
    return found


def _people(item: Indicator, table: ValueTable, column: str, others: Sequence[Whole]) -> Denominators:
    """Return the people that a column of a table tells of, also of neighbouring values together, of areas of another division, and in the
    mean of two periods."""
    shown: dict[Who, Decimal] = {}
    for row in table.rows:
        if count := getattr(row, column):
            shown[row.space, row.period, _values(row)] = count
    whole = [(space, period) for space, period, values in shown if not values]
    for breakdown, (space, period) in product(item.breakdowns, whole):
        for run in runs(breakdown):
            _add(shown, (space, period, run), [(space, period, (value,)) for value in run])
    groups = sorted({(period, values) for _, period, values in shown})
    for (space, inside), (period, values) in product(others, groups):
        _add(shown, (space, period, values), [(part, period, values) for part in inside])
    before = periods_before(sorted({period for _, period in whole}))
    for space, period in whole:
        both = [(space, period, ()), (space, before.get(period, ""), ())]
        _add(shown, (space, period, MEAN), both, Decimal("0.5"))
    return shown


def _add(shown: dict[Who, Decimal], who: Who, parts: Collection[Who], times: Decimal = Decimal(1)) -> None:
    """Add what parts come to together, so many times, if all of them are shown and their whole isn't."""
    if shown.keys() >= set(parts):
        shown.setdefault(who, times * sum(shown[part] for part in parts))


def _values(row: ValueRow) -> tuple[str, ...]:
    return tuple(filter(None, row.breakdown))


def _readings(table: ValueTable, people: Denominators) -> Iterator[tuple[Below, bool]]:
    """Yield of whom the rates of a table may be: of everybody in the area, of some, or of those with the same values of breakdowns, in any
    period that they may be of; and whether that is the plain reading."""
    whens = _whens({row.period for row in table.rows}, {period for _, period, _ in people})
    # What falls below nothing is a change since the period before, no rate of it.
    is_change = any((row.numerator or 0) < 0 for row in table.rows)
    some = sorted({values for _, _, values in people})
    for values, (then, plain) in product((None, *some), whens.items()):
        if plain or not is_change:
            yield _below(table, people, values, dict(then)), plain and values == ()


def _whens(rated: Iterable[str], told: Collection[str]) -> dict[tuple[tuple[str, str], ...], bool]:
    """Return by which periods' people rates may be divided, as pairs of both periods, and whether that is the plain reading.

    Plain are the last people told of and those of the same years; rates of a year are often of the people of the year before. Periods
    that are written in different ways (2025, 2025-12-31) are kept apart: other people may have been counted then.
    """
    ways: dict[tuple[bool, str, int], dict[str, str]] = defaultdict(dict)
    for period in rated:
        before = begun(told, period)
        if before:
            ways[True, "last", 0][period] = before[-1]
        for then in before:
            later = int(then[:4]) - int(period[:4])
            plain = not years_of(then).isdisjoint(years_of(period))
            if plain or later == -1:
                ways[plain, beside_year(then), later][period] = then
    return {tuple(sorted(then.items())): plain for (plain, _, _), then in sorted(ways.items())}


def _below(
    table: ValueTable, people: Denominators, values: tuple[str, ...] | None, then: Mapping[str, str]
) -> Below:
    """Return the people of each row in the period that its own stands for: those with some values of breakdowns, or with its own."""
    found: dict[ValueRow, Decimal] = {}
    for row in table.rows:
        place = row.space, then.get(row.period, ""), _values(row) if values is None else values
        if place in people:
            found[row] = people[place]
    return found


def _told(table: ValueTable, people: Below, tried: int, base: int) -> Iterator[tuple[ValueRow, int]]:
    """Yield the rows whose rate leaves one count, with that, if the rates of the table fit the denominator; each that doesn't, mistyped
    or corrected, asks for as many more that do. One of several readings that are `tried` is believed where chance hardly makes so many
    fit; a rate that an area keeps over years is one."""
    half = _half(table)
    fitting: list[tuple[ValueRow, int]] = []
    places = 0
    for row, below in people.items():
        if row.numerator is None or 2 * half * below >= base:
            continue
        places += 1
        counts = counts_behind(row.numerator, half, below, base)
        if counts:
            fitting.append((row, counts[0]))
    chances = {(row.space, row.numerator): math.log(2 * half * people[row] / base) for row, _ in fitting}
    ways = tried * math.comb(places, len(fitting))
    is_told = len(fitting) >= TELLING * (1 + places - len(fitting))
    if is_told and (not tried or is_no_chance(sum(chances.values()), ways)):
        yield from fitting


def _half(table: ValueTable) -> Decimal:
    """Return half of the last decimal that the table's rates have; "3.0" throughout is how programs write whole numbers."""
    exponents = [row.numerator.normalize().as_tuple().exponent for row in table.rows if row.numerator]
    decimals = max((-exponent for exponent in exponents if isinstance(exponent, int)), default=0)
    return Decimal(1).scaleb(-max(0, decimals)) / 2


def check_recut(spaces: Spaces, same: Sequence[IndicatorFolder], table: ValueTable) -> Iterator[Diagnostic]:
    """Report each period of a table of which, or of a part of which, releases that count the `same` told by areas which are no more or made of others today, or before others came beside them."""
    releases = [one for folder in same for one in folder.earlier.items()]
    first = {row.period: row for row in reversed(table.rows)}
    for period, row in sorted(first.items()):
        now = {one.space for one in table.rows if one.period == period and one.space in spaces}
        for day, release in sorted(releases, key=lambda one: one[0]):
            others = _others(spaces, _areas_of(release, period), now, release.parts)
            if others:
                yield _told_before("zuschnitt-doppelt", table.position(row, "space"), period, day, others)
                break


def check_gone(
    place: Position, there: Shown, earlier: Sequence[EarlierCounts], spaces: Spaces, *, by_months: bool
) -> Iterator[Diagnostic]:
    """Report what releases told of areas that there still are and isn't `there` any more, though today's counts are of the same months:
    nobody else knows what was withheld there, and whoever has both subtracts.

    `there` are today's cells, also those that no page names, with what is to be shown of them. Values and wholes may go where the
    measure never withheld anything. What is counted on a day isn't `by_months`: no period tells another.
    """
    before: dict[Key, int | None] = {}
    for shown in earlier:
        before |= shown.counts
    today = {key: count for key, count in there.items() if is_named(key)}
    periods = {key[2] for key in today}
    secret = None in [*before.values(), *today.values()]
    lacking = [key for key in sorted(before.keys() - there.keys()) if key[1] in spaces]
    gone = [key for key in lacking if secret and key[2] in periods]
    if by_months:
        gone += [key for key in lacking if key[2] not in periods and _meets(key[2], periods)]
    if gone:
        first = next(shown.day for shown in earlier if gone[0] in shown.counts)
        places = {key[1:3] for key in today}
        names = {_missing(key, periods, places) for key in gone}
        yield _told_before("veroeffentlichtes-fehlt", place, gone[0][2], first, sorted(names))


def _meets(period: str, others: Iterable[str]) -> bool:
    """Tell whether a period may have a month in common with one of others."""
    return any(overlap(period, other) for other in others)


def _missing(key: Key, periods: Container[str], places: Container[tuple[str, ...]]) -> str:
    """Return what lacks where a cell does: its period, its area in that period, or its values of breakdowns, else the whole."""
    if key[2] not in periods:
        return key[2]
    if key[1:3] not in places:
        return key[1]
    return ", ".join(key[3:]).replace(f"{PART}:", "") or "insgesamt"


def _told_before(code: str, place: Position, period: str, day: dt.date, names: Iterable[str]) -> Diagnostic:
    """Say that a release of that day tells otherwise of a period, and of which areas, periods or values."""
    return diagnostic(code, place, period=period, date=f"{day:%d.%m.%Y}", names=", ".join(names))


def _areas_of(release: ValueTable, period: str) -> set[str]:
    """Return the areas of which a release told for a period, for one in it or for one that it is in."""
    periods = {row.period for row in release.rows}
    nested = {then for then in periods if is_nested(then, period)}
    return {row.space for row in release.rows if row.period in nested}


def _others(spaces: Spaces, before: Collection[str], now: Collection[str], cut: str) -> list[str]:
    """Return which areas are no more, which came to the parts of a whole, and which are made of others than a `cut` says; none where
    only a whole town is told of today."""
    if all(spaces[key].depth == 0 for key in now):
        return []
    gone = set(before) - spaces.keys()
    came: set[str] = set()
    for _, inside in wholes(spaces):
        if not set(inside).isdisjoint(before):
            came |= set(inside).intersection(now).difference(before)
    return sorted(gone | came | cut_anew(spaces, cut).intersection(before))


RAW_FOLDERS = frozenset({"roh", "rohdaten", "raw", "privat", "private", "geheim", "vertraulich"})
REPORT = "# Geheimhaltung am "
"""How the report for planners begins, which holds raw counts."""
TABLES = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".ods"})
SKIPPED = frozenset({"site", "site-intern", "node_modules", "__pycache__", "dist", "build"})


def check_raw_tables(door: Door) -> Iterator[Diagnostic]:
    """Report tables in the project that look raw: in a folder named so, or with values outside of an indicator's folder."""
    for path in _tables(door):
        data, problems = door.head(path, 4_000)
        if data is not None and data.startswith(b"PK"):
            data, problems = door.read(path)
        yield from problems
        why = _raw(path.relative_to(door.project), data or b"")
        if why is not None:
            yield diagnostic("rohtabelle", Position(door.name(path)), why=why)


def _tables(door: Door) -> Iterator[Path]:
    """Yield the tables of a project that are no downloads of a built site, and what is called like a report for planners."""
    for folder, names, files in os.walk(door.project):
        if "sitemap.xml" in files and "index.html" in files:
            # A built site: its downloads are read back by `nahraum audit`.
            names[:] = []
            continue
        names[:] = sorted(name for name in names if name not in SKIPPED and not name.startswith("."))
        for name in sorted(files):
            path = Path(folder, name)
            # A link holds no table itself, and what lies outside is in nobody's repository.
            if _may_be_raw(path) and not path.is_symlink():
                yield path


def _may_be_raw(path: Path) -> bool:
    """Tell whether a file is a table by its ending, or is called like a report for planners."""
    name = path.name.lower()
    if name.startswith("bericht-") and name.endswith(".md"):
        return True
    return path.suffix.lower() in TABLES


def _raw(path: Path, data: bytes) -> str | None:
    """Say in words why a file that begins like this looks raw; None where it doesn't."""
    if decode(data).startswith(REPORT):
        return "es ist der Bericht für die Planung mit rohen Zahlen"
    head = _head(data)
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
    above = place.parent
    if above.name == "indicators":
        return name == "values.csv"
    return above.parent.name == "indicators" and place.name == "releases"


def _head(data: bytes) -> set[str]:
    if data.startswith(b"PK"):
        return _cells(data)
    line = decode(data.partition(b"\n")[0]).partition("\r")[0].strip()
    separator = max((";", ",", "\t"), key=line.count)
    cells = next(csv.reader([line], delimiter=separator), [])
    return {cell.strip() for cell in cells}


def _cells(data: bytes) -> set[str]:
    """Return the texts of a workbook's cells, as far as the beginning of each part holds them; none of a broken one."""
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
