"""One table of values in; rows that fit no area, stand twice, miss a part or can't be right out, each with its cell.

Used for the committed tables and, before anything is protected, for the raw ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import diagnostic
from generator.disclosure.cell_names import cell_name
from generator.disclosure.gates.periods import check_periods
from generator.disclosure.lattice import Spaces, divided_at, parts
from generator.disclosure.numbers_in_text import Number, numbers
from generator.model.cells import Status
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.read.value_tables import ValueRow, ValueTable

# Rounding moves each part by at most this much, and its whole too.
ROUNDED_BY = 5
# So many areas never have the same round number of people each.
AREAS_ALIKE = 3
BASES = {Decimal(10**power) for power in range(2, 6)}

Place = tuple[str, tuple[str, ...]]
"""Period and breakdown."""


def check_table(
    site: Site, spaces: Spaces, indicator: Indicator, table: ValueTable, unread: Collection[str] = ()
) -> Iterator[Diagnostic]:
    """Report what is wrong with a table; where areas are missing, sums and gaps are not looked at.

    `unread` are areas that could not be read, which is reported with them.
    """
    strangers = [row for row in table.rows if row.space not in spaces]
    if strangers:
        known = [row for row in strangers if row.space not in unread]
        yield from _strangers(site, spaces, indicator, table, known)
        table = replace(table, rows=tuple(row for row in table.rows if row.space in spaces))
    yield from check_periods(table)
    yield from _doubles(site, table)
    yield from _breakdowns(indicator, table)
    yield from _counts(indicator, table)
    yield from _round_denominators(table)
    yield from check_notes(site, indicator, table)
    by_place: dict[Place, dict[str, ValueRow]] = defaultdict(dict)
    for row in table.rows:
        by_place[row.period, row.breakdown].setdefault(row.space, row)
    if strangers or unread:
        return
    yield from _missing(site, spaces, table, by_place)
    if indicator.adds_up and not table.further:
        yield from _sums(site, spaces, indicator, table, by_place)


def _strangers(
    site: Site, spaces: Spaces, indicator: Indicator, table: ValueTable, strangers: list[ValueRow]
) -> Iterator[Diagnostic]:
    """Say which vintage of areas the values belong to, else name each area that there isn't."""
    if not strangers:
        return
    named = {row.space for row in strangers}
    first = strangers[0]
    vintage = _fitting_vintage(indicator, named)
    if vintage is not None:
        yield diagnostic(
            "gebietsstand",
            table.position(first, "space"),
            found=vintage,
            expected=indicator.vintage or "von heute",
            count=len(named),
            value=first.space,
        )
        return
    known = _areas_by_word(site)
    for key in sorted(named)[:10]:
        row = next(row for row in strangers if row.space == key)
        near = known.get(_plain(key)) or close_to(key, spaces)
        better = (
            "ein Kürzel aus resources/spaces/ eintragen; passt kein Gebiet, ist der Gebietsstand ein anderer"
        )
        if near:
            better = f"gemeint ist vielleicht „{near}“"
        yield diagnostic("kein-gebiet", table.position(row, "space"), value=key, better=better)


def _fitting_vintage(indicator: Indicator, named: set[str]) -> str | None:
    """Return the vintage that knows most of these areas, of equals the first by name; None where none knows any."""
    common = {vintage: len(named & set(keys)) for vintage, keys in indicator.vintages.items()}
    best = max(sorted(common), key=lambda vintage: common[vintage], default="")
    return best if common.get(best) else None


def _areas_by_word(site: Site) -> dict[str, str]:
    """Return the areas by every way to write them: names, codes, aliases."""
    found = {}
    for space in site.spaces.values():
        for word in (*space.aliases, space.name, space.code):
            if word:
                found[_plain(word)] = space.id
    return found


def _plain(text: str) -> str:
    """Official codes lose their leading zeros in spreadsheets; names are written large or small."""
    return text.casefold().lstrip("0")


def _doubles(site: Site, table: ValueTable) -> Iterator[Diagnostic]:
    seen: dict[tuple[str, str, tuple[str, ...], tuple[str, ...]], int] = {}
    for row in table.rows:
        key = (row.space, row.period, row.breakdown, row.further)
        if key in seen:
            name = site.spaces[row.space].name
            yield diagnostic(
                "zeitraum-doppelt",
                table.position(row, "period"),
                space=name,
                period=row.period,
                first=seen[key],
            )
        seen.setdefault(key, row.line)


def _breakdowns(indicator: Indicator, table: ValueTable) -> Iterator[Diagnostic]:
    for place, item in enumerate(indicator.breakdowns):
        known = {value.id for value in item.values}
        for row in table.rows:
            if row.breakdown[place] and row.breakdown[place] not in known:
                yield diagnostic(
                    "aufgliederung-unbekannt",
                    table.position(row, item.id),
                    value=row.breakdown[place],
                    name=item.name,
                    known=", ".join(sorted(known)),
                )


def _counts(indicator: Indicator, table: ValueTable) -> Iterator[Diagnostic]:
    """Report what no count can be: a part of one, less than nothing, more than its denominator, without one."""
    shared = indicator.denominator is not None
    for row in table.rows:
        for column, value in (("numerator", row.numerator), ("denominator", row.denominator)):
            if value is not None:
                place = table.position(row, column)
                yield from _count(indicator, place, value, shared=shared, above=column == "numerator")
        if shared and row.numerator is not None:
            yield from _denominator(indicator, table, row)


def _count(
    indicator: Indicator, place: Position, value: Decimal, *, shared: bool, above: bool
) -> Iterator[Diagnostic]:
    """Report a part of a count, and a negative one; `above` is what stands above the line of a fraction."""
    people = indicator.disclosure.method != "none"
    if value != value.to_integral_value() and (people or (shared and above)):
        yield diagnostic("keine-anzahl", place, value=value)
    # Only a balance that concerns nobody can be less than nothing.
    if value < 0 and (people or shared or not above):
        yield diagnostic("negative-anzahl", place, value=value)


def _denominator(indicator: Indicator, table: ValueTable, row: ValueRow) -> Iterator[Diagnostic]:
    """Report a row with a count whose denominator is missing or smaller than it can be."""
    if row.denominator is None:
        place = table.position(row, "denominator")
        yield diagnostic("nenner-fehlt", place, denominator=indicator.denominator)
        return
    bounded = indicator.interval == "wilson" or row.denominator == 0
    if bounded and row.numerator is not None and row.numerator > row.denominator:
        yield diagnostic(
            "zaehler-ueber-nenner",
            table.position(row, "numerator"),
            numerator=row.numerator,
            denominator=row.denominator,
        )


def _round_denominators(table: ValueTable) -> Iterator[Diagnostic]:
    """Report shares that were written as counts of 100 or 1,000 everywhere: added up they give every area the same weight."""
    areas = {row.space for row in table.rows if row.denominator is not None}
    below = {row.denominator for row in table.rows if row.denominator is not None}
    if len(areas) < AREAS_ALIKE or below - BASES or len(below) > 1:
        return
    first = next(row for row in table.rows if row.denominator is not None)
    yield diagnostic(
        "nenner-ueberall-gleich",
        table.position(first, "denominator"),
        value=first.denominator,
        count=len(areas),
    )


def check_notes(site: Site, indicator: Indicator, table: ValueTable) -> Iterator[Diagnostic]:
    """Report notes beside withheld counts that hold a number: it is the withheld one, or says how large it may be."""
    for row in table.rows:
        told = [number for number in numbers(row.note) if not _of_years(number)]
        if row.status is Status.SECRET and told:
            cell = cell_name(site, indicator, (row.space, row.period, row.breakdown))
            yield diagnostic("anmerkung-verraet", table.position(row, "note"), cell=cell, note=row.note)


def _of_years(number: Number) -> bool:
    return all(1900 <= value <= 2100 for value in number)


def _missing(
    site: Site, spaces: Spaces, table: ValueTable, by_place: Mapping[Place, Mapping[str, ValueRow]]
) -> Iterator[Diagnostic]:
    """Report areas that have no row though others of the same whole have one."""
    families = _families(site, spaces)
    for (period, _), rows in sorted(by_place.items()):
        for parent, inside in families:
            there = [key for key in inside if key in rows]
            lost = [f"„{site.spaces[key].name}“" for key in inside if key not in rows]
            if there and lost:
                yield diagnostic(
                    "gebiet-ohne-wert",
                    table.position(rows[there[0]], "space"),
                    missing=_listed(lost),
                    period=period,
                    parent=parent,
                )


def _families(site: Site, spaces: Spaces) -> list[tuple[str, tuple[str, ...]]]:
    """Return what has values together: the parts of each area, the highest areas of each geography; with the whole's name."""
    found = [(site.spaces[key].name, parts(spaces, key)) for key in spaces]
    tops: dict[str, list[str]] = defaultdict(list)
    for key, facts in spaces.items():
        if facts.depth == 0:
            tops[facts.geography].append(key)
    found += [(item.name or item.id, tuple(tops[item.id])) for item in site.config.geographies]
    return found


def _listed(names: list[str]) -> str:
    """Write names in a row, the last one after an "und"."""
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} und {names[-1]}"


def _sums(
    site: Site,
    spaces: Spaces,
    indicator: Indicator,
    table: ValueTable,
    by_place: Mapping[Place, Mapping[str, ValueRow]],
) -> Iterator[Diagnostic]:
    """Report wholes that are not the sum of their parts: of the areas inside, of the values of a breakdown."""
    for whole, pieces, what, columns in _divided(spaces, indicator, by_place):
        for column in columns:
            total: Decimal | None = getattr(whole, column)
            added = _added(pieces, column)
            if total is None or added is None:
                continue
            rounded = indicator.disclosure.method == "round-5" and column == "numerator"
            slack = ROUNDED_BY * (len(pieces) + 1) if rounded else 0
            if abs(added - total) > slack:
                yield diagnostic(
                    "summe-der-teile",
                    table.position(whole, column),
                    name=site.spaces[whole.space].name,
                    sum=added,
                    total=total,
                    what=what,
                    period=whole.period,
                )


def _added(rows: list[ValueRow], column: str) -> Decimal | None:
    """Add up a column; None where a row has nothing in it."""
    values: list[Decimal | None] = [getattr(row, column) for row in rows]
    known = [value for value in values if value is not None]
    return sum(known, Decimal()) if len(known) == len(values) else None


def _divided(
    spaces: Spaces, indicator: Indicator, by_place: Mapping[Place, Mapping[str, ValueRow]]
) -> Iterator[tuple[ValueRow, list[ValueRow], str, tuple[str, ...]]]:
    """Yield each row with those of all its parts, what divides it, and the columns in which they add up to it."""
    for (period, values), rows in sorted(by_place.items()):
        for key, whole in rows.items():
            inside = parts(spaces, key)
            pieces = [rows[part] for part in inside if part in rows]
            if 0 < len(pieces) == len(inside):
                yield whole, pieces, f"{len(pieces)} Gebiete", ("numerator", "denominator")
            for place, item in enumerate(indicator.breakdowns):
                if values[place]:
                    continue
                divided = divided_at(values, place, item)
                there = _rows_of(by_place, period, divided, key)
                if len(there) == len(divided):
                    columns = ("numerator",) if item.same_denominator else ("numerator", "denominator")
                    yield whole, there, item.name, columns


def _rows_of(
    by_place: Mapping[Place, Mapping[str, ValueRow]],
    period: str,
    every: Iterable[tuple[str, ...]],
    space: str,
) -> list[ValueRow]:
    """Return the rows of an area for some values of breakdowns, as far as there are any."""
    found = [by_place.get((period, values), {}).get(space) for values in every]
    return [row for row in found if row is not None]
