"""Check the rows of one table of values, and counts ten times as large or small as others."""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from math import gcd

from babel.dates import get_month_names
from msgspec import Struct
from msgspec.structs import replace

from generator.diagnostics import Diagnostic, meant_or
from generator.diagnostics.codes import diagnostic
from generator.disclosure.engine.rounding import BASE, SLACK
from generator.disclosure.measures.lattice import (
    NOW,
    Spaces,
    cell_parts,
    days,
    divided_anew,
    parts,
    parts_from,
    wholes,
)
from generator.disclosure.measures.periods import check_periods
from generator.disclosure.measures.published import cell_name
from generator.model.cells import CellKey, Status
from generator.model.dates import months_in, spans_of
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
        there = {key for key, *place in by_cell if tuple(place) == (period, values)}
        for parent, divisions in families:
            # Of each division that the town had; which holds in a period its rows say.
            inside = max(divisions, key=lambda one: (len(there.intersection(one)), -len(one)))
            present = [key for key in inside if key in there]
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


def _families(site: Site, spaces: Spaces, written: str) -> list[tuple[str, Sequence[Collection[str]]]]:
    """Return (name, areas) of each whole and geography, in each division: those in the `written` parts of a release, else all."""
    found = [(site.spaces[key].name, [parts(spaces, key, day) for day in days(spaces)]) for key in spaces]
    tops: dict[str, list[str]] = defaultdict(list)
    for key, facts in spaces.items():
        if facts.depth == 0 and facts.is_there(NOW):
            tops[facts.geography].append(key)
    found += [(item.name or item.id, [tuple(tops[item.id])]) for item in site.config.geographies]
    then = parts_from(written)
    named_then = set(then).union(*then.values())
    # Of a whole of which the ledger names no area all are asked for.
    return [
        (name, [[key for key in inside if key in named_then] or inside for inside in divisions])
        for name, divisions in found
    ]


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


STEP = 10
"""So many times as much or as little as in a place's other periods stands out."""
COUNTS_APART = 100
"""So many times beyond all other areas stands out; areas differ more than years do: a harbour has few residents."""
SHARES_APART = 2
"""So many times beyond all other areas' shares stands out; shares differ less than counts."""
SHARES_STEP = 5
"""So many times other areas' usual share it has to be as well."""
# Below this a tenfold step can be chance: from 1 case to 12 in a year.
LEAST = 30
# So many other areas are needed to say what is usual.
OTHERS = 3

Amounts = dict[str, dict[CellKey, float]]
"""What a table counts, by column and place: (area, period, values of breakdowns)."""


class _Table(Struct, frozen=True):
    """A table's first row of each place, and by `_series` and `_level` the amounts beside it."""

    indicator: Indicator
    spaces: Spaces
    typed: Mapping[CellKey, ValueRow]
    beside: Mapping[Hashable, Mapping[str, float]]

    def years(self, column: str, place: CellKey) -> dict[str, float]:
        """Return a place's amounts in equally long periods between the same breaks."""
        found = self.beside.get((column, *_series(self.indicator, place)), {})
        return {period: amount for period, amount in found.items() if period != place[1]}

    def others(self, column: str, place: CellKey) -> dict[str, float]:
        """Return same-level areas' amounts of the same period and breakdown."""
        found = self.beside.get((column, *_level(self.spaces, place)), {})
        return {space: amount for space, amount in found.items() if space != place[0]}


def check_plausible(
    site: Site, spaces: Spaces, indicator: Indicator, table: ValueTable, earlier: ValueTable | None = None
) -> Iterator[Diagnostic]:
    """Report implausible counts once; `earlier` adds periods to compare."""
    typed: dict[CellKey, ValueRow] = {}
    for row in table.rows:
        typed.setdefault(row.cell, row)
    amounts = _amounts_of_table(indicator, table)
    beside = _Table(indicator, spaces, typed, _grouped(indicator, spaces, amounts, earlier))
    if min(amounts["numerator"].values(), default=0) < 0:
        # A balance goes from loss to gain in any step; nothing else is less than nothing (`gates/value_rows.py`).
        return
    confirmed = {(item.space, item.period) for item in indicator.plausible}
    for place, row in typed.items():
        space, period, _ = place
        if space not in spaces or {(space, period), (space, None)} & confirmed:
            continue
        odd = _odd(beside, amounts, place)
        if odd is not None:
            column, others = odd
            words = {"space": site.spaces[space].name, "id": space, "period": period, "others": others}
            yield diagnostic("wert-unplausibel", table.position(row, column), **words)


def _amounts_of_table(indicator: Indicator, table: ValueTable) -> Amounts:
    """Return a table's counts (overlaps and contributors summed) and denominators."""
    found: Amounts = {"numerator": {}, "denominator": {}}
    for row in table.rows:
        if row.numerator is not None:
            before = found["numerator"].get(row.cell, 0.0) if table.further else 0.0
            found["numerator"][row.cell] = before + float(row.numerator)
        if row.denominator is not None and indicator.denominator is not None:
            found["denominator"][row.cell] = float(row.denominator)
    return found


def _grouped(
    indicator: Indicator, spaces: Spaces, amounts: Amounts, earlier: ValueTable | None
) -> Mapping[Hashable, Mapping[str, float]]:
    """Return amounts by what they are compared with, earlier ones of missing periods."""
    periods = {period for every in amounts.values() for _, period, _ in every}
    before = _amounts_of_table(indicator, earlier) if earlier is not None else {}
    found: dict[Hashable, dict[str, float]] = defaultdict(dict)
    for column, mine in amounts.items():
        further = {place: one for place, one in before.get(column, {}).items() if place[1] not in periods}
        for place, amount in (further | mine).items():
            if place[0] in spaces:
                found[(column, *_series(indicator, place))][place[1]] = amount
                found[(column, *_level(spaces, place))][place[0]] = amount
    return found


def _series(indicator: Indicator, place: CellKey) -> tuple[Hashable, ...]:
    """Return a place's area, values, last break and length in months."""
    space, period, values = place
    broken = max((item.period for item in indicator.breaks if item.period <= period), default="")
    return (space, values, broken, max(map(months_in, spans_of(period)), default=0))


def _level(spaces: Spaces, place: CellKey) -> tuple[Hashable, ...]:
    """Return a place's level of areas, period and values."""
    return (spaces[place[0]].geography, spaces[place[0]].depth, *place[1:])


def _odd(table: _Table, amounts: Amounts, place: CellKey) -> tuple[str, str] | None:
    """Return a place's first implausible column and what it doesn't fit to, or None."""
    for column in ("numerator", "denominator"):
        value = amounts[column].get(place)
        if value is None:
            continue
        others = _beside_years(table, place, column, value) or _beside_areas(table, place, column, value)
        if others is None and column == "numerator":
            others = _beside_shares(table, place, value, amounts["denominator"].get(place))
        if others is not None:
            return column, others
    return None


def _stands_out(value: float, low: float, high: float, step: float = STEP) -> bool:
    """Tell whether a count is far above the largest or below the smallest."""
    return value >= max(LEAST, step * max(high, 1)) or low >= max(LEAST, step * value)


def _beside_years(table: _Table, place: CellKey, column: str, value: float) -> str | None:
    """Compare with other periods; of two the one that fits other areas worse is wrong."""
    years = table.years(column, place)
    usual = statistics.median(years.values()) if years else value
    if not _stands_out(value, usual, usual):
        return None
    if len(years) > 1:
        return "denen der anderen Zeiträume"
    space, period, values = place
    single = next(iter(years))
    other_place = (space, single, values)
    mine, other = _oddness(table, place, column, value), _oddness(table, other_place, column, usual)
    if other_place in table.typed and (mine < other or (mine == other and period < single)):
        return None
    return f"der von {single}"


def _oddness(table: _Table, place: CellKey, column: str, value: float) -> float:
    """Return how many times other areas' usual count it is, or they are it."""
    others = table.others(column, place) or {"": value}
    usual, this = max(statistics.median(others.values()), 1.0), max(value, 1.0)
    return max(this / usual, usual / this)


def _beside_areas(table: _Table, place: CellKey, column: str, value: float) -> str | None:
    others = table.others(column, place).values()
    if len(others) < OTHERS or not _stands_out(value, min(others), max(others), COUNTS_APART):
        return None
    return "denen der anderen Gebiete"


def _beside_shares(table: _Table, place: CellKey, value: float, below: float | None) -> str | None:
    """Compare a share with other areas': a tenfold denominator makes a tenth."""
    counts, totals = table.others("numerator", place), table.others("denominator", place)
    shares = [counts[space] / totals[space] for space in counts if totals.get(space)]
    if not below or len(shares) < OTHERS:
        return None
    low, usual, high = (share * below for share in (min(shares), statistics.median(shares), max(shares)))
    if _stands_out(value, low, high, SHARES_APART) and _stands_out(value, usual, usual, SHARES_STEP):
        return "den Anteilen der anderen Gebiete"
    return None
