"""Ask about raw counts that seem tied though nobody said so.

A count of n agrees by chance once in n + 1 times, and all tries together must expect less than one such find.
One place in ten may be wrong, as counts of people are.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, permutations, product

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.disclosure.measures.counted_measures import (
    Measure,
    divisor_name,
    measure_name,
    measures_of,
    parts_in,
    rule_of,
)
from generator.disclosure.measures.lattice import Spaces, is_named, unions
from generator.disclosure.measures.published import Published, facts_of
from generator.model.indicator import Indicator

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Place = tuple[str, str]
"""An area and a period."""

CASE = 0.5  # What is less than half a case off rounds to the count.
WRONG = 10  # One place of so many may be wrong, and one in any case.


@dataclass(frozen=True, eq=False)
class _Column:
    """What a measure's `owner` counts by area and period, in part or whole.

    name: what its keys say behind these; is_whole: no value of a breakdown; risky: some of it is secret.
    """

    measure: Measure
    owner: str
    name: tuple[str, ...]
    is_whole: bool
    counts: Mapping[Place, float]
    threshold: int
    risky: bool

    @cached_property
    def indicator(self) -> Indicator:
        """Return the indicator that counts this part or breakdown."""
        alike = [one for one, _, mine in self.measure.divided if tuple(sorted(mine)) == parts_in(self.name)]
        by = {item.partition(":")[0] for item in self.name}
        divided = [one for one in alike if by.intersection(item.id for item in one.breakdowns)]
        return [*divided, *alike, *self.measure.indicators][0]

    @cached_property
    def half(self) -> float:
        """Return half a unit of the amounts' last decimal (of four at most): how far rounding moved them."""
        values = self.counts.values()
        return next(CASE * 0.1**n for n in range(5) if n == 4 or all(round(v, n) == v for v in values))

    @cached_property
    def title(self) -> str:
        values = {f"{one.id}:{two.id}": two.name for one in self.measure.breakdowns for two in one.values}
        return " ".join(
            [f"„{self.indicator.title}“", *(f"({values[item]})" for item in self.name if item in values)]
        )


class Inquiry(Struct, frozen=True):
    """A question whether numbers belong together: `line` would declare it, `why` says what is seen, `tied` are all owners."""

    tied: set[str]
    indicator: str
    others: tuple[str, ...]
    line: str
    why: str

    def as_diagnostic(self, indicators: Mapping[str, Indicator], place: Position, day: dt.date) -> Diagnostic:
        """Return it as diagnostic with the lines to write."""
        line = f"„{self.line}“" if self.line else "keine Zeile"
        line += f" und „part_of_by: {{date: {day}, office: …}}“" * self.line.startswith("part_of")
        chance = ", ".join(f"{{indicator: {one}, date: {day}, office: …, reason: …}}" for one in self.others)
        title, *others = (f"„{indicators[one].title}“" for one in (self.indicator, *self.others))
        values = {"title": title, "others": " und ".join(others), "why": self.why, "line": line}
        return diagnostic("verbindung-ungeklaert", place, **values, chance=f"by_chance: [{chance}]")


def open_questions(published: Published) -> list[Inquiry]:
    """Return questions to answer before a release, one for each measures."""
    answered: set[frozenset[str]] = set()
    for key, item in published.indicators.items():
        pairs = [(key, one.indicator) for one in item.by_chance if one.signed]
        cases = item.cases_from or ""
        pairs += [(key, cases)] if cases in published.indicators else []
        answered |= {frozenset(measure_name(published.indicators, name) for name in pair) for pair in pairs}
    asked: list[Inquiry] = []
    for one in _ties(list(_columns(published)), published.spaces, published.indicators):
        # A sum is by chance where one of its counts is said to have nothing to do with any other.
        is_by_chance = any(
            all(frozenset({key, other}) in answered for other in one.tied - {key}) for key in one.tied
        )
        if not is_by_chance and not any(one.tied <= two.tied or one.tied >= two.tied for two in asked):
            asked.append(one)
    return asked


def _columns(published: Published) -> Iterator[_Column]:
    """Yield measures by part, breakdown value and division."""
    combined = unions(published.spaces, published.pairs)
    for measure in measures_of(published.indicators):
        facts = facts_of(published, measure)
        raw = published.raw.get(measure.name, {})
        # Amounts of what is open have decimals; of all else real counts are compared, with real ones alone.
        counts = {**raw, **facts.amounts} if measure.unprotected else raw or facts.amounts
        threshold = rule_of(measure, published.defaults).threshold
        slices: dict[tuple[str, ...], dict[Place, float]] = defaultdict(dict)
        for key, count in counts.items():
            # Only cells of one value at most: crossed breakdowns are too many to compare.
            if is_named(key) and len(key[3:]) - len(parts_in(key[3:])) <= 1:
                slices[key[3:]][key[1], key[2]] = float(count)
        # An area made of whole ones of another division has their sum.
        periods = {key[2] for key in counts}
        for by_place, (whole, inside), period in product(slices.values(), combined, periods):
            if by_place.keys() >= {(part, period) for part in inside}:
                by_place.setdefault((whole, period), sum(by_place[part, period] for part in inside))
        secret = {key[3:] for key in facts.secret}
        for name, by_place in sorted(slices.items()):
            small = name in secret or any(0 < count < threshold for count in by_place.values())
            about = (measure, measure.name.rstrip("/"), name, parts_in(name) == name)
            yield _Column(*about, by_place, threshold, small and not measure.unprotected)


def _ties(
    columns: Sequence[_Column], spaces: Spaces, indicators: Mapping[str, Indicator]
) -> Iterator[Inquiry]:
    """Yield apparent ties (equal, sums, parts, proportions) by level: a table with a row for each of `columns`, and its places."""
    levels: dict[tuple[str, int], list[Place]] = defaultdict(list)
    for space, period in sorted(set().union(*(one.counts for one in columns))):
        if space in spaces:
            levels[spaces[space].geography, spaces[space].depth].append((space, period))
    tables: list[Floats] = []
    for places in levels.values():
        tables += [np.array([[one.counts.get(place, np.nan) for place in places] for one in columns])]
    for size, table in product((1, 2), tables):
        yield from _sums(columns, table, size)
    for part, whole in permutations(range(len(columns)), 2):
        if _may_be_part(columns[part], columns[whole], indicators):
            yield from _inquiries_about_part(columns, part, whole, tables)
    for table in tables:
        yield from _proportions(columns, table)


def _is_no_chance(values: Floats, held: int, seen: int, tried: int) -> bool:
    """Tell whether fewer than one of all tries would hold by chance.

    Each different value agrees by chance once in so many as it, or as they all, can be; `held` of `seen` places do.
    """
    different = np.unique(values[values > 0])
    evidence = np.log(np.minimum(different, np.ptp(different)) + 1).sum() if different.size else 0
    return bool(evidence > math.log(tried) + math.log(math.comb(int(seen), int(held))))


def _sums(columns: Sequence[_Column], table: Floats, size: int) -> Iterator[Inquiry]:
    """Yield counts that one or two others make up."""
    tried = len(columns) * math.comb(len(columns), size)
    counts_cases = np.array([one.half == CASE for one in columns])
    for group in combinations(np.flatnonzero(counts_cases).tolist(), size):
        added = table[list(group)].sum(axis=0)
        seen = np.isfinite(table + added) & ((table != 0) | (added != 0))
        agrees = seen & (np.abs(table - added) < CASE)
        held, tested = agrees.sum(axis=1), seen.sum(axis=1)
        mostly = counts_cases & (held > 0) & (tested - held <= np.maximum(1, tested // WRONG))
        mostly[list(group)] = False
        for number in np.flatnonzero(mostly).tolist():
            total, parts = columns[number], [columns[one] for one in group]
            tied = {one.owner for one in (total, *parts)}
            is_asked = len(tied) > 1 and any(one.risky for one in (total, *parts))
            if is_asked and _is_no_chance(table[number][agrees[number]], held[number], tested[number], tried):
                part = next(one for one in parts if one.owner != total.owner)
                others = [one.indicator.id for one in (total, *parts) if one.owner != part.owner]
                field = "numerator_from" if size == 1 and total.is_whole and part.is_whole else "part_of"
                line = f"{field}: {total.indicator.id}" if total.measure.owners else ""
                summands = " + ".join(one.title for one in parts)
                why = f"an {held[number]} von {tested[number]} Stellen ist {total.title} = {summands}"
                yield Inquiry(tied, part.indicator.id, tuple(dict.fromkeys(others)), line, why)


def _may_be_part(part: _Column, whole: _Column, indicators: Mapping[str, Indicator]) -> bool:
    """Tell whether one may be an undeclared part of another."""
    divided = {divisor_name(indicators, one.id) for one in (*part.measure.owners, *whole.measure.owners)}
    apart = part.owner != whole.owner and divided.isdisjoint({part.measure.name, whole.measure.name})
    counted = bool(part.measure.owners and whole.measure.owners) and part.half == whole.half == CASE
    return (
        part.is_whole and apart and counted and not (part.measure.unprotected and whole.measure.unprotected)
    )


def _inquiries_about_part(
    columns: Sequence[_Column], part: int, whole: int, tables: Sequence[Floats]
) -> Iterator[Inquiry]:
    """Yield counts almost never above another, by less than chance or by name."""
    from scipy.special import bdtr  # scipy is loaded where there are raw counts

    own, other = columns[part], columns[whole]
    least = max(own.threshold, other.threshold)
    words, others = (set(re.findall(r"\w+", one.title.casefold())) for one in (own, other))
    # telling: places where both shown give away the few who are left.
    telling, proven = 0, words > others
    for table in tables:
        mine, theirs = table[part], table[whole]
        # So many other columns are at least as large, and might seem the whole by chance.
        larger = int((np.nansum(table, axis=1) >= np.nansum(mine)).sum()) - 1
        fits, seen = mine <= theirs, np.isfinite(mine + theirs)
        tested, wrong = int(seen.sum()), int((seen & ~fits).sum())
        if wrong > max(1, tested // WRONG) and not (words > others and 2 * wrong < tested):
            return
        telling += int(((mine >= least) & (theirs > mine) & (theirs - mine < least)).sum())
        cases = (mine + theirs)[seen & fits].astype(np.int64)
        # How rarely chance leaves `mine` at most half of each place's cases, when it has this share of all; one place may be wrong.
        share = mine[seen].sum() / max(1, (mine + theirs)[seen].sum())
        chance = np.log(np.clip(bdtr(cases // 2, cases, share), 1e-9, 1)).sum()
        proven |= chance + math.log(math.comb(tested, max(0, wrong - 1)) * max(2, larger)) < 0
    if telling and proven:
        key, named = other.indicator.id, "heißt wie ein Teil davon und " * (words > others)
        why = f"{own.title} {named}ist fast nirgends mehr als {other.title}, und an {telling} Stellen bleiben weniger als {least}"
        yield Inquiry({own.owner, other.owner}, own.indicator.id, (key,), f"part_of: {key}", why)


def _proportions(columns: Sequence[_Column], table: Floats) -> Iterator[Inquiry]:
    """Yield amounts that are a constant times a count."""
    every = range(len(columns))
    rates = [number for number in every if not columns[number].indicator.adds_up]
    people = [number for number in every if columns[number].is_whole and number not in rates]
    ways = [*((number, None) for number in every), *product(rates, people)]
    for target, (number, base) in product(every, ways):
        item, count = columns[number], columns[target]
        if not count.risky or item.owner == count.owner or base == target:
            continue
        times = 1 if base is None else table[base]
        amounts, counts = table[number] * times, table[target]
        seen = (amounts > 0) & (counts > CASE)
        agrees = _in_proportion(amounts, item.half * times, counts, seen)
        held, tested = int(agrees.sum()), int(seen.sum())
        values = np.unique(counts[agrees])[1:]  # one number is fitted
        is_mostly = held and tested - held <= max(1, tested // WRONG)
        if is_mostly and _is_no_chance(values, held, tested, len(ways) * len(columns)):
            of = "" if base is None else f" mal {columns[base].title}"
            field = "denominator_from" if base is None else "numerator_from"
            why = f"an {held} von {tested} Stellen ist {item.title}{of} im selben Verhältnis zu {count.title}"
            other = count.indicator.id
            yield Inquiry({item.owner, count.owner}, item.indicator.id, (other,), f"{field}: {other}", why)


def _in_proportion(amounts: Floats, slack: float | Floats, counts: Floats, seen: Flags) -> Flags:
    """Tell where amounts are the best constant times a count, within half a case."""
    least, most = (amounts - slack) / (counts + CASE), (amounts + slack) / np.maximum(counts - CASE, CASE)
    # Each place allows constants from `least` to `most`. What lies in nearly all ranges lies in one that begins last.
    starts = np.sort(least[seen])[-max(1, int(seen.sum()) // WRONG) - 1 :, np.newaxis]
    fits: Flags = seen & (least <= starts) & (starts <= most)
    return max(fits, key=np.count_nonzero, default=seen)
