"""Check the rows of one table of values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from itertools import product
from math import gcd

from babel.dates import get_month_names
from msgspec.structs import replace

from generator.diagnostics import Diagnostic, meant_or
from generator.diagnostics.codes import diagnostic
from generator.disclosure.engine.rounding import BASE, SLACK
from generator.disclosure.lattice import Spaces, cell_parts, divided_anew, parts, parts_from, wholes
from generator.disclosure.periods import check_periods
from generator.disclosure.published import cell_name
from generator.model.cells import CellKey, Status
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.read.value_tables import ValueRow, ValueTable

# „1.585“, „1 585,5“, „-3“
NUMBER = re.compile(
    r"(?<![\w.,])[-−]?\d{1,3}(?:[.,'\u00a0\u202f\u2009 ]\d{3})+(?:[.,]\d+)?(?![\w])|(?<![\w.,])[-−]?\d+(?:[.,]\d+)?(?!\w)"
)
_MONTH = "|".join([*get_month_names(locale="de").values(), *get_month_names(locale="en").values()])
_NO_COUNT = re.compile(
    # „3. Mai 2025“, „2025-05“, „3.5.“, „9:30“, words that hold digits („U3“).
    rf"\b\d{{1,2}}\.?\s(?:{_MONTH})\b(?:\s\d{{4}}\b)?|"
    r"\b\d{4}-\d{2}(?:-\d{2})?(?:T[\d:.Z+-]*)?(?!\d)|\b\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?(?!\d)"
    r"|\b\d{1,2}:\d{2}(?::\d{2})?\b|(?<![\w.-])[.-]*+(?=[\w.-]*[a-zäöüß_])(?=[\w.-]*\d)\w[\w.-]*\w",
    re.IGNORECASE,
)
Number = tuple[Decimal, ...]
"""All that a written number can mean, the least first."""


def numbers(text: str) -> tuple[Number, ...]:
    """Return a text's possible figures, without dates, times and words that hold digits.

    >>> [str(item[0]) for item in numbers("Am 3.5. um 9:30: 4 Familien")]
    ['4']
    """
    without_dates = _NO_COUNT.sub(" ", text)
    found = [tuple(read(match[0])) for match in NUMBER.finditer(without_dates)]
    return tuple(filter(None, found))


def read(word: str) -> list[Decimal]:
    """Return what a number can mean: „1.585“ is 1585 in German, else 1.585.

    >>> [str(value) for value in read("1.585")]
    ['1.585', '1585']
    """
    plain = re.sub(r"['\u00a0\u202f\u2009 ]", "", word.replace("−", "-"))
    readings = set()
    if grouped := re.fullmatch(r"(-?\d{1,3}(?:[.,]\d{3})+)([.,]\d+)?", plain):
        head, rest = grouped.groups("")
        readings.add(Decimal(re.sub(r"[.,]", "", head) + rest.replace(",", ".")))
        if re.fullmatch(r"-?\d{1,3}[.,]\d{3}", plain):
            readings.add(Decimal(plain.replace(",", ".")))
    elif re.fullmatch(r"-?\d+(?:[.,]\d+)?", plain):
        readings.add(Decimal(plain.replace(",", ".")))
    return sorted(readings)


# So many areas never have the same round number of people each.
AREAS_ALIKE = 3
BASES = {Decimal(10**power) for power in range(2, 6)}
"""What shares are given of: 100, 1,000 and so on."""


def check_table(
    site: Site, spaces: Spaces, indicator: Indicator, table: ValueTable, unread: Collection[str] = ()
) -> Iterator[Diagnostic]:
    """Report what is wrong with a table; missing rows and sums only if no area is unknown or `unread` (faulty)."""
    strangers = [row for row in table.rows if row.space not in spaces]
    if strangers:
        unknown = [row for row in strangers if row.space not in unread]
        yield from _strangers(site, spaces, indicator, table, unknown) if unknown else ()
        table = replace(table, rows=tuple(row for row in table.rows if row.space in spaces))
    yield from check_periods(table)
    yield from _doubles(site, table)
    yield from _breakdowns(indicator, table)
    yield from _counts(site, indicator, table)
    yield from _round_denominators(table)
    yield from check_notes(site, indicator, table)
    if strangers or unread:
        return
    by_cell: dict[CellKey, ValueRow] = {}
    for row in table.rows:
        by_cell.setdefault(row.cell, row)
    yield from _missing(site, spaces, table, by_cell)
    if indicator.adds_up and not table.further and indicator.source.altered != "perturbed":
        yield from _sums(site, spaces, indicator, table, by_cell)


def _strangers(
    site: Site, spaces: Spaces, indicator: Indicator, table: ValueTable, strangers: list[ValueRow]
) -> Iterator[Diagnostic]:
    """Report unknown areas, by vintage or each."""
    named = {row.space for row in strangers}
    first = strangers[0]
    known = {vintage: len(named & set(keys)) for vintage, keys in indicator.vintages.items()}
    vintage = max(sorted(known), key=lambda vintage: known[vintage], default="")
    if known.get(vintage):
        yield diagnostic(
            "gebietsstand",
            table.position(first, "space"),
            found=vintage,
            expected=indicator.vintage or "von heute",
            count=len(named),
            value=first.space,
        )
        return
    every = (
        (space, word) for space in site.spaces.values() for word in (*space.aliases, space.name, space.code)
    )
    ids = {_plain(word): space.id for space, word in every if word}
    for key in sorted(named)[:10]:
        row = next(row for row in strangers if row.space == key)
        better = (
            "ein Kürzel aus resources/spaces/ eintragen; passt kein Gebiet, ist der Gebietsstand ein anderer"
        )
        better = meant_or(ids.get(_plain(key), key), spaces, better)
        yield diagnostic("kein-gebiet", table.position(row, "space"), value=key, better=better)


def _plain(text: str) -> str:
    """Fold a code or name: no leading zeros, one case."""
    return text.casefold().lstrip("0")


def _doubles(site: Site, table: ValueTable) -> Iterator[Diagnostic]:
    """Report further rows of the same cell."""
    seen: dict[tuple[CellKey, tuple[str, ...]], int] = {}
    for row in table.rows:
        key = (row.cell, row.further)
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
    """Report values that their breakdown doesn't have."""
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


def _counts(site: Site, indicator: Indicator, table: ValueTable) -> Iterator[Diagnostic]:
    """Report impossible counts: fractional, negative, above or without denominator."""
    shared = indicator.denominator is not None
    people = indicator.disclosure.method != "none" and indicator.adds_up
    columns = ("numerator", "denominator")
    slack = sum(_rounded_by(site, indicator, table, column) for column in columns)
    for row, column in product(table.rows, columns):
        value = getattr(row, column)
        if value is not None:
            above = column == "numerator"
            place = table.position(row, column)
            if value != value.to_integral_value() and (people or (shared and above)):
                yield diagnostic("keine-anzahl", place)
            # Only a balance that concerns nobody can be less than nothing.
            if value < 0 and (people or shared or not above):
                yield diagnostic("negative-anzahl", place)
        if column == "denominator" and shared and row.numerator is not None:
            yield from _denominator(indicator, table, row, slack)


def _rounded_by(site: Site, indicator: Indicator, table: ValueTable, column: str) -> int:
    """Return how far rounding (ours or the supplier's) moved a column; 0 in raw tables."""
    divisor = site.indicators.get(indicator.denominator_from or "", indicator)
    counted = indicator if column == "numerator" else divisor
    counts = [count for row in table.rows if (count := getattr(row, column)) is not None]
    if counted.disclosure.method == "published":
        # Who rounds to multiples of a number moves a count by half of it at most.
        whole = all(count == int(count) for count in counts)
        return gcd(*map(int, counts)) // 2 if whole else 0
    is_rounded = counted.disclosure.method == "round-small" and not any(count % BASE for count in counts)
    return SLACK if is_rounded else 0


def _denominator(
    indicator: Indicator, table: ValueTable, row: ValueRow, rounded_by: int
) -> Iterator[Diagnostic]:
    """Report a count whose denominator is missing or too small."""
    if row.denominator is None:
        place = table.position(row, "denominator")
        yield diagnostic("nenner-fehlt", place, denominator=indicator.denominator)
        return
    # Of events (other intervals) there may be more than people, but none of nobody.
    bounded = indicator.interval == "wilson" or row.denominator == 0
    if bounded and row.numerator is not None and row.numerator > row.denominator + rounded_by:
        yield diagnostic("zaehler-ueber-nenner", table.position(row, "numerator"))


def _round_denominators(table: ValueTable) -> Iterator[Diagnostic]:
    """Report shares given as counts of 100 or 1,000, which weigh areas equally."""
    rows = [row for row in table.rows if row.denominator is not None]
    areas = {row.space for row in rows}
    below = {row.denominator for row in rows}
    if len(areas) < AREAS_ALIKE or below - BASES or len(below) > 1:
        return
    yield diagnostic("nenner-ueberall-gleich", table.position(rows[0], "denominator"), count=len(areas))


def check_notes(site: Site, indicator: Indicator, table: ValueTable) -> Iterator[Diagnostic]:
    """Report numbers in notes that may reveal a withheld count."""
    for row, column in product(table.rows, ("note", "qualifier")):
        note = getattr(row, column)
        figures = [one for one in numbers(note) if not all(1900 <= value <= 2100 for value in one)]
        if row.status is Status.SECRET and figures:
            cell = cell_name(site, indicator, row.cell)
            yield diagnostic("anmerkung-verraet", table.position(row, column), cell=cell)


def _missing(
    site: Site, spaces: Spaces, table: ValueTable, by_cell: Mapping[CellKey, ValueRow]
) -> Iterator[Diagnostic]:
    """Report areas lacking a row that others of the same whole have; not where they or a part are „x“."""
    families = _families(site, spaces, table.parts)
    accounted = _find_blocked(spaces, by_cell).union(by_cell)
    for period, values in sorted({cell[1:] for cell in by_cell}):
        for parent, inside in families:
            present = [key for key in inside if (key, period, values) in by_cell]
            lost = [f"„{site.spaces[key].name}“" for key in inside if (key, period, values) not in accounted]
            if present and lost:
                yield diagnostic(
                    "gebiet-ohne-wert",
                    table.position(by_cell[present[0], period, values], "space"),
                    missing=" und ".join(filter(None, (", ".join(lost[:-1]), lost[-1]))),
                    period=period,
                    parent=parent,
                )


def _find_blocked(spaces: Spaces, by_cell: Mapping[CellKey, ValueRow]) -> set[CellKey]:
    """Return cells with „x“ and all above."""
    found = {cell for cell, row in by_cell.items() if row.status is Status.BLOCKED}
    for whole, inside in wholes(spaces):
        found |= {(whole, *cell[1:]) for cell in found if cell[0] in inside}
    return found


def _families(site: Site, spaces: Spaces, written: str) -> list[tuple[str, Collection[str]]]:
    """Return (name, areas) of each whole and geography: those in the `written` parts of a release, else all."""
    found = [(site.spaces[key].name, parts(spaces, key)) for key in spaces]
    tops: dict[str, list[str]] = defaultdict(list)
    for key, facts in spaces.items():
        if facts.depth == 0:
            tops[facts.geography].append(key)
    found += [(item.name or item.id, tuple(tops[item.id])) for item in site.config.geographies]
    then = parts_from(written)
    named_then = set(then).union(*then.values())
    families: list[tuple[str, Collection[str]]] = []
    for name, inside in found:
        still_named = [key for key in inside if key in named_then]
        # Of a whole of which the ledger names no area all are asked for.
        families.append((name, still_named or inside))
    return families


def _sums(
    site: Site, spaces: Spaces, indicator: Indicator, table: ValueTable, by_cell: Mapping[CellKey, ValueRow]
) -> Iterator[Diagnostic]:
    """Report wholes that aren't their parts' sum, by area or breakdown."""
    anew = divided_anew(spaces, table.parts)
    slack = {name: _rounded_by(site, indicator, table, name) for name in ("numerator", "denominator")}
    for cell, whole in by_cell.items():
        for item, inside in cell_parts(cell, spaces, indicator.breakdowns):
            present = [by_cell[part] for part in inside if part in by_cell]
            if len(present) < len(inside) or (item is None and cell[0] in anew):
                continue
            what = f"{len(inside)} Gebiete" if item is None else item.name
            # The values of a breakdown may all be of the same people.
            same = item is not None and item.same_denominator
            for column in ("numerator",) if same else ("numerator", "denominator"):
                if _adds_up_wrong(whole, present, column, slack[column]):
                    place, name = table.position(whole, column), site.spaces[whole.space].name
                    yield diagnostic("summe-der-teile", place, name=name, what=what, period=whole.period)


def _adds_up_wrong(whole: ValueRow, pieces: list[ValueRow], column: str, rounded_by: int) -> bool:
    """Tell whether the whole is known to differ from its parts' sum."""
    total: Decimal | None = getattr(whole, column)
    values: list[Decimal | None] = [getattr(row, column) for row in pieces]
    known = [value for value in values if value is not None]
    if total is None or len(known) < len(values):
        return False
    return abs(sum(known, Decimal()) - total) > rounded_by * (len(pieces) + 1)
