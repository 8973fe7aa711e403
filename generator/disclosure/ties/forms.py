"""A count and the columns beside it in; every tie between few columns of a short list of forms out: the same number, sums and differences of up to three, also with the periods before and after, a rate, an amount, a change, a mean of years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, permutations, product

import numpy as np

from generator.disclosure.implied_sums import AGREEING
from generator.disclosure.ties.columns import (
    CASE,
    CountColumn,
    Flags,
    Floats,
    Places,
    Times,
    apart_from,
    combined,
    is_protected_together,
    nothing_beside,
    people_beside,
    reciprocal,
    weighted,
)
from generator.disclosure.ties.tie import CountTie

# Every sum is tried at a few places first; one in a hundred thousand passes.
TRIED = 8
# Three others together are tried among so many at most: the numbers of tries grow with the third power.
TRIPLES = 24
# Sums over so many periods are tried.
WINDOWS = (2, 3, 4, 5)
PLUS = ((1.0,),)
MINUS = ((-1.0,),)


def simple_ties(target: CountColumn, others: Sequence[CountColumn], times: Times) -> Iterator[CountTie]:
    """Yield every tie of the list that a few places don't contradict."""
    yield from _added_up(target, nothing_beside(target), combinations(others, 1), PLUS, "dieselbe Zahl")
    yield from _in_proportion(target, others, times)
    yield from _windows(target, others, times)
    yield from _sums(target, others, times)


def _added_up(
    target: CountColumn,
    start: CountColumn,
    groups: Iterable[tuple[CountColumn, ...]],
    signs: Sequence[tuple[float, ...]],
    how: str = "",
    half: float = 0.0,
) -> Iterator[CountTie]:
    """Yield each sum of `start` and of a group, each column with a sign, that agrees with the target at a sample of places, to within
    `half` of a case."""
    wanted = target.wanted
    slack = np.full(wanted.size, half)
    every = list(groups)
    for group, weights in product(every, signs):
        sources = frozenset(item.source for item in group)
        if is_protected_together(target, (start, *group)):
            continue
        said = start.values + weighted(weights, [item.values for item in group])
        sample = _sample(wanted, said)
        if not np.any(np.abs(said[sample] - wanted[sample]) > half + 1e-9):
            names = tuple(item.words for item in group)
            real = start.wanted + weighted(weights, [item.wanted for item in group])
            tried = len(signs) * len(every)
            yield CountTie(
                names, how or _in_words(weights), said, wanted, slack, 0, tried, real, sources=sources
            )


def _in_words(weights: Iterable[float]) -> str:
    return "als Summe" if min(weights) > 0 else "als Unterschied"


def _sample(wanted: Floats, said: Floats) -> Places:
    known = np.flatnonzero(np.isfinite(wanted) & np.isfinite(said))
    return known[:: max(1, known.size // TRIED)][:TRIED]


def _windows(target: CountColumn, others: Sequence[CountColumn], times: Times) -> Iterator[CountTie]:
    """Sums and means over several periods end to end, of which all but one are shown; what agrees by chance or not are the sums."""
    for length in WINDOWS:
        ways = ((1.0, 0.0, "eine Summe über Jahre"), (float(length), length, "ein Mittel über Jahre"))
        for place in range(length):
            # The window ends `place` periods after the one that is asked about.
            steps = [place - step for step in range(length) if step != place]
            rest = combined([-1.0] * len(steps), [times.column(target, step) for step in steps])
            ends = [times.column(item, place) for item in others]
            for item, (times_all, half, how) in product(ends, ways):
                slack = half * item.half
                if slack < CASE:
                    for form in _added_up(target, rest, [(item,)], ((times_all,),), how, slack):
                        yield replace(form, tried=len(ends), compared=times_all * item.wanted)


def _sums(target: CountColumn, others: Sequence[CountColumn], times: Times) -> Iterator[CountTie]:
    """Sums and differences of one to three others, also with the target's own period before or after."""
    nothing = nothing_beside(target)
    last = times.column(target, -1)
    following = times.column(target, 1)
    later = [times.column(item, 1) for item in others]
    two = _signs(2)
    yield from _added_up(target, last, combinations(others, 1), PLUS, "eine Veränderung")
    yield from _added_up(target, following, combinations(later, 1), MINUS, "eine Veränderung")
    yield from _added_up(target, nothing, combinations(others, 2), two)
    yield from _added_up(target, nothing, combinations(others[:TRIPLES], 3), _signs(3))
    grown = chain.from_iterable(times.growth(item) for item in others)
    yield from _added_up(target, nothing, combinations(grown, 1), PLUS, "ein Zuwachs")
    # Too many to be tried at every build: protecting, which knows the counts, tries them.
    if target.real is not None:
        few = others[:TRIPLES]
        earlier = [times.column(item, -1) for item in few]
        changes = [times.growth(item)[0] for item in few]
        # A stock is the one before, what came and what went; either may be counted at the end of its period or in all of it.
        yield from _added_up(target, nothing, product(others, changes), two)
        yield from _added_up(
            target, nothing, product(later, [times.column(item, 1) for item in changes]), two
        )
        yield from _added_up(target, nothing, product(others, earlier), two)
        yield from _added_up(target, last, combinations([*few, *earlier], 2), two)
        yield from _added_up(target, following, combinations([*later[:TRIPLES], *few], 2), two)


def _signs(size: int) -> list[tuple[float, ...]]:
    """Return every way to add some columns or take them away, but for that of taking all away from nothing."""
    return [signs for signs in product((1.0, -1.0), repeat=size) if 1.0 in signs]


@dataclass(frozen=True)
class _Proportion:
    """An amount that may be some number of times the target by a base, or the base by the target (`turned`); the number may be another
    one for each of `groups`. case: about so much of a case may be missing. sharp: it tells only where one case more is seen."""

    how: str
    columns: tuple[CountColumn, ...]
    amounts: Floats
    base: Floats
    groups: Places
    case: float = 0.0
    turned: bool = False
    sharp: bool = False

    def tie(self, own: Floats, tried: int) -> CountTie:
        """What it says of the target's counts, in units of the last decimal, so that levels can be counted."""
        above = own
        below = self.base
        if self.turned:
            above, below = below, above
        nothing = np.full(own.size, np.nan)
        rates = np.divide(above, below, out=nothing, where=below > 0)
        item = self.columns[0]
        seen: Flags = (rates > 0) & np.isfinite(self.amounts)
        groups = self.groups[seen]
        amounts = self.amounts[seen]
        there = rates[seen]
        least = np.zeros(self.groups.max() + 1)
        most = np.full_like(least, np.inf)
        np.maximum.at(least, groups, (amounts - item.half) / (there + self.case))
        np.minimum.at(most, groups, (amounts + item.half) / (there - self.case))
        # Nothing anywhere is in no proportion to counts.
        least[least == 0] = np.nan
        most[np.isinf(most)] = np.nan
        between = (least + most) / 2
        factors = between[self.groups]
        wanted = factors * rates
        slack = item.half + factors * self.case
        there = np.isfinite(self.base * factors)
        said = np.where(there, self.amounts, np.nan)
        unit = 2 * item.half
        words = tuple(one.words for one in self.columns)
        sources = frozenset(one.source for one in self.columns)
        if self.sharp:
            more = (own + 1) * reciprocal(self.base)
            if self.turned:
                more = reciprocal(more)
            said = np.where(np.abs(factors * (more - rates)) >= unit, said, np.nan)
        return CountTie(
            words,
            self.how,
            said / unit,
            wanted / unit,
            slack / unit,
            1,
            tried,
            sources=sources,
            groups=self.groups,
        )


def _in_proportion(target: CountColumn, others: Sequence[CountColumn], times: Times) -> Iterator[CountTie]:
    """An amount in the same proportion, a rate on some column, what of one comes to a case, a change in per cent.

    What a case stands for may be another number in each period (costs, a share of the town) or area (an index). Costs differ from case
    to case: by less than half a case apart, the amount rounds to the count.
    """
    once, *_ = times.groups
    alike = np.ones(target.values.size)
    last = times.moved(target.wanted, -1)
    pairs = [
        _Proportion("eine Veränderung in Prozent", (item,), item.values + 100, last, once) for item in others
    ]
    apart = apart_from(target, others)
    for item, case, groups in product(apart, (CASE, 0.0), times.groups[:3]):
        pairs.append(
            _Proportion("ein Betrag im selben Verhältnis", (item,), item.values, alike, groups, case)
        )
    for item, base in permutations(others, 2):
        if is_protected_together(target, [item]):
            continue
        pairs.append(_Proportion("eine Quote darauf", (item,), item.values, base.values, once))
        pairs.append(
            _Proportion("je Fall gerechnet", (item, base), item.values, base.values, once, turned=True)
        )
    yield from _seen(pairs, target.wanted)
    if target.real is not None:
        few = others[:TRIPLES]
        yield from _seen(_beside_rest(target, few, once), target.wanted)
        yield from _seen(_on_two(target, few, once), target.wanted)


def _seen(pairs: Sequence[_Proportion], own: Floats) -> Iterator[CountTie]:
    """Say what proportions say of some counts, where enough places show them."""
    for pair in pairs:
        form = pair.tie(own, len(pairs))
        if np.isfinite(form.wanted + form.said).sum() >= AGREEING:
            yield form


def _beside_rest(target: CountColumn, others: Sequence[CountColumn], once: Places) -> list[_Proportion]:
    """How many of what the target leaves of another count, or of both together, there are to one of it, or the other way round."""
    found = []
    for (item, other), sign in product(permutations(others, 2), (1.0, -1.0)):
        rest = other.values + sign * target.wanted
        for turned in (False, True):
            words = (item, other)
            found.append(
                _Proportion(
                    "im Verhältnis zum Rest", words, item.values, rest, once, turned=turned, sharp=True
                )
            )
    return found


def _on_two(target: CountColumn, others: Sequence[CountColumn], once: Places) -> list[_Proportion]:
    """Rates of the target on two numbers of people together."""
    typed = [item for item in others if item.open]
    found = []
    for item, (one, other) in product(typed, combinations(people_beside(target, others), 2)):
        words = (item, one, other)
        both = one.values + other.values
        found.append(_Proportion("eine Quote auf beide", words, item.values, both, once))
    return found
