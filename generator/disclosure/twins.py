"""Measures as they are published in; withheld cells that another one shows in other form out.

Indicators that count the same ought to say so (`numerator_from`); then they are protected as one. Where nobody said so, the
numbers do: equal wherever both are known, sum or difference of others, a rate or an amount in proportion, a change since the
period before. A form is believed where so many places agree that chance hardly ever would.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Fewer different counts agree by chance; more are asked where counts differ little or where much is tried.
AGREEING = 4
CHANCE = 1e-4
# Every form is tried at a few places first; one in a hundred thousand passes.
TRIED = 8
# Three others together are tried among so many at most: the numbers of tries grow with the third power.
TRIPLES = 24

Place = tuple[str, str]
"""Area and period."""


@dataclass(frozen=True)
class CountColumn:
    """What one measure, or one value of its breakdowns, shows by place; NaN where it shows nothing.

    words: what it is called. source: the measure. half: half of the last decimal.
    """

    words: str
    source: str
    values: Floats
    half: float = 0.5


@dataclass(frozen=True, slots=True)
class Twin:
    """A withheld place and the columns that show it; `how` says in words in which form."""

    place: int
    words: tuple[str, ...]
    how: str


@dataclass(frozen=True)
class _Form:
    """What a form makes of the target at every place (NaN: nothing), with the columns it takes and how exact it is.

    free: how many numbers were fitted to the target. tried: how many forms of this kind there are.
    """

    words: tuple[str, ...]
    how: str
    said: Floats
    wanted: Floats
    slack: Floats
    free: int
    tried: int


def find_twins(
    target: CountColumn,
    secret: Sequence[int],
    others: Sequence[CountColumn],
    below: Floats | None,
    steps: Floats,
) -> Iterator[Twin]:
    """Yield each withheld place of the target that others show, once.

    `secret` are the withheld places, `below` what the target is divided by, `steps` the place of the period before
    (-1: none).
    """
    hidden = np.zeros(target.values.size, dtype=np.bool_)
    hidden[list(secret)] = True
    told: Flags = np.zeros_like(hidden)
    useful = [
        item
        for item in others
        if np.isfinite(item.values).sum() >= AGREEING and np.isfinite(item.values[hidden]).any()
    ]
    for form in _forms(target, useful, below, steps.astype(np.int64)):
        shown: Flags = hidden & ~told & np.isfinite(form.said)
        if shown.any() and _believed(form):
            told |= shown
            for place in np.flatnonzero(shown).tolist():
                yield Twin(place, form.words, form.how)


def find_finer(
    target: CountColumn, reach: int, base: int, others: Sequence[CountColumn]
) -> Iterator[tuple[int, CountColumn]]:
    """Yield each place of a rounded target at which another column shows the count that was rounded."""
    for item in others:
        common = np.isfinite(target.values) & np.isfinite(item.values)
        form = _Form(
            (item.words,), "", item.values, target.values, np.full(common.size, float(reach)), 0, len(others)
        )
        if _believed(form) and np.any(np.mod(item.values[common], base)):
            yield from ((place, item) for place in np.flatnonzero(np.isfinite(item.values)).tolist())


def _believed(form: _Form) -> bool:
    """Whether a form holds wherever it can be seen, and too often for chance."""
    seen: Flags = np.isfinite(form.wanted) & np.isfinite(form.said)
    wanted, said, slack = form.wanted[seen], form.said[seen], form.slack[seen]
    agreeing = np.unique(wanted).size
    if agreeing < AGREEING or np.any(np.abs(wanted - said) > slack + 1e-9):
        return False
    levels = float(np.ptp(wanted)) / max(1.0, 2 * float(np.median(slack))) + 1
    return bool(form.tried * levels ** -(agreeing - form.free) < CHANCE)


def _forms(
    target: CountColumn, others: Sequence[CountColumn], below: Floats | None, before: NDArray[np.int64]
) -> Iterator[_Form]:
    own = target.values
    exact = np.zeros(own.size)
    for item in others:
        yield _Form((item.words,), "dieselbe Zahl", item.values, own, exact, 0, len(others))
    yield from _in_proportion(target, others, below, before)
    yield from _sums(target, others, before)


def _in_proportion(
    target: CountColumn, others: Sequence[CountColumn], below: Floats | None, before: NDArray[np.int64]
) -> Iterator[_Form]:
    """An amount in the same proportion, a rate on some column, a change in per cent."""
    ones = np.ones(target.values.size)
    last = _at(target.values, before)
    bases = [(ones, 0.0, "ein Betrag im selben Verhältnis")]
    bases += [(below, 0.0, "eine Quote darauf")] if below is not None else []
    bases += [(item.values, 0.0, "eine Quote darauf") for item in others]
    bases += [(last, 100.0, "eine Veränderung in Prozent")]
    tried = len(others) * len(bases)
    for item, (base, offset, how) in product(others, bases):
        if base is item.values:
            continue
        amounts = item.values + offset
        with np.errstate(divide="ignore", invalid="ignore"):
            rates = np.where(base > 0, target.values / base, np.nan)
        seen: Flags = np.isfinite(rates) & np.isfinite(amounts)
        if seen.sum() < AGREEING:
            continue
        # The factor is taken where it is known best.
        best = int(np.flatnonzero(seen)[np.argmax(np.where(seen, np.abs(rates), -1.0)[seen])])
        if rates[best] <= 0 or amounts[best] <= 0:
            continue
        factor = amounts[best] / rates[best]
        wanted = factor * rates
        slack = item.half * (1 + np.where(seen, rates, 0.0) / rates[best])
        said = np.where(np.isfinite(base), amounts, np.nan)
        yield _Form(
            (item.words,),
            how,
            _scaled(said, item.half),
            _scaled(wanted, item.half),
            _scaled(slack, item.half),
            1,
            tried,
        )


def _scaled(values: Floats, half: float) -> Floats:
    """In units of the last decimal, so that levels can be counted."""
    found: Floats = values / (2 * half)
    return found


def _at(values: Floats, steps: NDArray[np.int64]) -> Floats:
    found: Floats = np.where(steps >= 0, values[steps], np.nan)
    return found


def _sums(target: CountColumn, others: Sequence[CountColumn], before: NDArray[np.int64]) -> Iterator[_Form]:
    """Sums and differences of two or three others, or of others and the target's own periods beside."""
    own = target.values
    after = np.full(before.size, -1, dtype=np.int64)
    there = np.flatnonzero(before >= 0)
    after[before[there]] = there
    exact = np.zeros(own.size)
    last, following = _at(own, before), _at(own, after)
    for item in others:
        words, tried = (item.words,), 2 * len(others)
        yield _Form(words, "eine Veränderung", last + item.values, own, exact, 0, tried)
        yield _Form(words, "eine Veränderung", following - _at(item.values, after), own, exact, 0, tried)
    size = min(len(others), TRIPLES)
    yield from _signed(target, [*combinations(others, 2)], 3)
    yield from _signed(target, [*combinations(others[:size], 3)], 7)


def _signed(target: CountColumn, groups: Sequence[tuple[CountColumn, ...]], ways: int) -> Iterator[_Form]:
    own = target.values
    exact = np.zeros(own.size)
    sample = _sample(own)
    tried = ways * len(groups)
    for group in groups:
        if len({item.source for item in group}) == 1 and group[0].source == target.source:
            continue
        for signs in product((1.0, -1.0), repeat=len(group)):
            if 1.0 not in signs:
                continue
            first = sum(
                (sign * item.values[sample] for sign, item in zip(signs, group, strict=True)),
                np.zeros(sample.size),
            )
            if np.any(np.abs(first - own[sample]) > 1e-9):
                continue
            said: Floats = sum((sign * item.values for sign, item in zip(signs, group, strict=True)), exact)
            how = "als Unterschied" if -1.0 in signs else "als Summe"
            yield _Form(tuple(item.words for item in group), how, said, own, exact, 0, tried)


def _sample(own: Floats) -> NDArray[np.int64]:
    known = np.flatnonzero(np.isfinite(own))
    return known[:: max(1, known.size // TRIED)][:TRIED]
