"""Measures as they are published in; withheld cells that another one shows in other form out.

Indicators that count the same ought to say so (`numerator_from`); then they are protected as one. Where nobody said so, the
numbers do: equal wherever both are known, sum or difference of others, a rate or an amount in proportion, a change since the
period before. A form is believed where so many places agree that chance hardly ever would.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

# Fewer different counts agree by chance; more are asked where counts differ little or where much is tried.
AGREEING = 4
CHANCE = 1e-4
# Every form is tried at a few places first; one in a hundred thousand passes.
TRIED = 8
# Three others together are tried among so many at most: the numbers of tries grow with the third power.
TRIPLES = 24
# Sums over so many periods are tried.
WINDOWS = (2, 3, 4, 5)

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
    raw: Floats | None = None,
) -> Iterator[Twin]:
    """Yield each withheld place of the target that others show, once.

    `secret` are the withheld places, `below` what the target is divided by, `steps` the place of the period before
    (-1: none). raw: the target's real counts, where they are known: a form that holds for them is found even where everything
    that would show it is withheld. What a form says is always taken from what is shown.
    """
    hidden = np.zeros(target.values.size, dtype=np.bool_)
    hidden[list(secret)] = True
    told: Flags = np.zeros_like(hidden)
    useful = [
        item
        for item in others
        if np.isfinite(item.values).sum() >= AGREEING and np.isfinite(item.values[hidden]).any()
    ]
    wanted = target.values if raw is None else raw
    for form in _forms(target, wanted, useful, below, steps.astype(np.int64)):
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
    target: CountColumn,
    wanted: Floats,
    others: Sequence[CountColumn],
    below: Floats | None,
    before: Places,
) -> Iterator[_Form]:
    exact = np.zeros(wanted.size)
    for item in others:
        yield _Form((item.words,), "dieselbe Zahl", item.values, wanted, exact, 0, len(others))
    yield from _in_proportion(wanted, others, below, before)
    yield from _indices(target, wanted, others, before)
    yield from _over_time(target, wanted, others, before)
    yield from _sums(target, wanted, others, before)


def _indices(
    target: CountColumn, wanted: Floats, others: Sequence[CountColumn], before: Places
) -> Iterator[_Form]:
    """An index: each area's count as a percentage of its count in a base period, in which the index is 100 everywhere."""
    for item in others:
        base = _base_counts(target.values, item.values, before)
        said = item.values * base / 100
        slack = item.half * np.nan_to_num(base) / 100
        yield _Form((item.words,), "ein Index darauf", said, wanted, slack, 0, len(others))


def _base_counts(own: Floats, index: Floats, before: Places) -> Floats:
    """Return for each place the shown count of its area in the earliest period in which the index is 100; NaN for none."""
    found = np.where(index == 100, own, np.nan)
    for _ in range(before.size):
        carried = _at(found, before)
        merged = np.where(np.isfinite(carried), carried, found)
        if np.array_equal(merged, found, equal_nan=True):
            break
        found = merged
    return found


def _over_time(
    target: CountColumn, wanted: Floats, others: Sequence[CountColumn], before: Places
) -> Iterator[_Form]:
    """A sum over several periods end to end, of which all but one are shown."""
    exact = np.zeros(wanted.size)
    after = _inverse(before)
    for item in others:
        for length in WINDOWS:
            for place in range(length):
                # The window ends `place` periods after the one that is asked about.
                rest = exact
                for step in range(length):
                    if step != place:
                        rest = rest + _moved(target.values, before, after, place - step)
                said = _moved(item.values, before, after, place) - rest
                yield _Form((item.words,), "eine Summe über Jahre", said, wanted, exact, 0, len(others))


def _moved(values: Floats, before: Places, after: Places, steps: int) -> Floats:
    """Return for each place the value of its area so many periods later (earlier, where steps are negative)."""
    for _ in range(abs(steps)):
        values = _at(values, after if steps > 0 else before)
    return values


def _inverse(before: Places) -> Places:
    """Return the place of the period after, from those of the period before."""
    after = np.full(before.size, -1, dtype=np.int64)
    there = np.flatnonzero(before >= 0)
    after[before[there]] = there
    return after


def _in_proportion(
    own: Floats, others: Sequence[CountColumn], below: Floats | None, before: Places
) -> Iterator[_Form]:
    """An amount in the same proportion, a rate on some column, a change in per cent."""
    ones = np.ones(own.size)
    last = _at(own, before)
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
            rates = np.where(base > 0, own / base, np.nan)
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


def _at(values: Floats, steps: Places) -> Floats:
    found: Floats = np.where(steps >= 0, values[steps], np.nan)
    return found


def _sums(
    target: CountColumn, wanted: Floats, others: Sequence[CountColumn], before: Places
) -> Iterator[_Form]:
    """Sums and differences of one to three others, also with the target's own period before or after."""
    after = _inverse(before)
    exact = np.zeros(wanted.size)
    last, following = _at(target.values, before), _at(target.values, after)
    for item in others:
        words, tried = (item.words,), 2 * len(others)
        yield _Form(words, "eine Veränderung", last + item.values, wanted, exact, 0, tried)
        yield _Form(words, "eine Veränderung", following - _at(item.values, after), wanted, exact, 0, tried)
    size = min(len(others), TRIPLES)
    yield from _signed(target, wanted, [*combinations(others, 2)], exact, 3)
    yield from _signed(target, wanted, [*combinations(others[:size], 3)], exact, 7)
    # Too many to be tried at every build: protecting, which knows the counts, tries them.
    if wanted is not target.values:
        changes = [replace(item, values=item.values - _at(item.values, before)) for item in others]
        yield from _signed(target, wanted, [*product(others, changes)], exact, 3)
        # A stock is the one before, what came and what went.
        yield from _signed(target, wanted, [*combinations(others, 2)], last, 3)
        moved = [replace(item, values=_at(item.values, after)) for item in others]
        yield from _signed(target, wanted, [*combinations(moved, 2)], following, 3)


def _signed(
    target: CountColumn,
    wanted: Floats,
    groups: Sequence[tuple[CountColumn, ...]],
    start: Floats,
    ways: int,
) -> Iterator[_Form]:
    """Yield each sum or difference of a group, added to `start`, that agrees with the target at a sample of places."""
    exact = np.zeros(wanted.size)
    tried = ways * len(groups)
    for group in groups:
        if len({item.source for item in group}) == 1 and group[0].source == target.source:
            continue
        for signs in product((1.0, -1.0), repeat=len(group)):
            if 1.0 not in signs:
                continue
            said = start
            for sign, item in zip(signs, group, strict=True):
                said = said + sign * item.values
            sample = _sample(wanted, said)
            if np.any(np.abs(said[sample] - wanted[sample]) > 1e-9):
                continue
            how = "als Unterschied" if -1.0 in signs else "als Summe"
            yield _Form(tuple(item.words for item in group), how, said, wanted, exact, 0, tried)


def _sample(wanted: Floats, said: Floats) -> Places:
    known = np.flatnonzero(np.isfinite(wanted) & np.isfinite(said))
    return known[:: max(1, known.size // TRIED)][:TRIED]
