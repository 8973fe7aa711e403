"""Decide what of raw counts may be shown, measure by measure."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from generator.diagnostics.diagnostic import Progress, silent
from generator.disclosure.counted_measures import measures_of
from generator.disclosure.engine.attack import (
    Attacker,
    FeasibilityInterval,
    Leak,
    attack,
    find_leaks,
    play_others,
)
from generator.disclosure.engine.board import Guard
from generator.disclosure.engine.linear_system import Counts, Key, Shown, TableSystem
from generator.disclosure.engine.rounding import round_measure
from generator.disclosure.engine.sensitivity import Primary, Reason
from generator.disclosure.engine.suppression import CellOutcome, Role, review, suppress
from generator.disclosure.protect.raw_measure import Raw, raw_of, values_of
from generator.disclosure.protect.raw_tables import Private

# A pattern can leave a cell of 0 too narrow; each further round asks for more where the audit found something.
ROUNDS = 6

Outcomes = Mapping[Key, CellOutcome]
"""What becomes of each cell."""
Already = dict[Key, set[Attacker]]
"""By cell to whom earlier releases alone give it away."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """A withheld count, for the planner only; `released` when an earlier release shows it already.

    interval: what is left to whoever reads. guessed: to whoever also guesses which cells are small. falls: to whom the count falls.
    past: to whom it falls only together with what earlier releases show.
    """

    key: Key
    value: int
    role: Role
    reason: Reason | None
    interval: FeasibilityInterval
    guessed: FeasibilityInterval | None = None
    released: bool = False
    falls: tuple[Attacker, ...] = ()
    past: tuple[Attacker, ...] = ()


@dataclass
class ProtectedCounts:
    """What may be shown of each measure: a count, or None where it is withheld."""

    shown: dict[Key, int | None] = field(default_factory=dict)
    withheld: list[Withheld] = field(default_factory=list)
    inexact: list[str] = field(default_factory=list)
    rounded: list[str] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)


def protect(private: Private, progress: Progress = silent) -> ProtectedCounts:
    """Return what may be shown of all measures."""
    found = ProtectedCounts()
    measures = measures_of(private.indicators)
    for number, measure in enumerate(measures):
        progress("schützen", number, len(measures))
        if measure.open:
            found.shown |= values_of(private, measure)
            continue
        raw = raw_of(private, measure, found.shown)
        if raw.values and measure.rounded:
            _round(raw, found)
        elif raw.values:
            _suppress(raw, found)
    progress("schützen", len(measures), len(measures))
    return found


def replay(private: Private, shown: Shown) -> ProtectedCounts:
    """Return what every attacker makes of tables that stand already; `shown` is what they show of all measures."""
    found = ProtectedCounts(shown=dict(shown))
    for measure in measures_of(private.indicators):
        raw = raw_of(private, measure, shown)
        if measure.open or measure.rounded or not raw.values:
            continue
        withheld = [key for key in (*raw.values, *raw.below) if shown.get(key) is None]
        _note(raw, found, _review(raw, raw.table, raw.primaries.values(), withheld), raw.primaries)
    return found


def _round(raw: Raw, found: ProtectedCounts) -> None:
    found.rounded.append(raw.measure.name)
    # Whoever attacks without raw counts can't tell a 0 from a 1.
    low = [key for key, count in raw.values.items() if count <= raw.rule.threshold]
    shown, intervals = round_measure(raw.plain, raw.values, {*raw.primaries, *low}, raw.hidden)
    found.shown |= shown
    unknown = FeasibilityInterval(0, math.inf)
    for key in sorted(key for key, count in shown.items() if count is None):
        interval = intervals.get(key, unknown)
        primary = raw.primaries.get(key)
        role = Role.HIDDEN
        reason = None
        if primary is not None:
            role = Role.PRIMARY
            reason = primary.reason
        found.withheld.append(Withheld(key, raw.values[key], role, reason, interval))


def _suppress(raw: Raw, found: ProtectedCounts) -> None:
    rule = raw.rule
    primaries = dict(raw.primaries)
    suspects: set[Key] = set()
    for _ in range(ROUNDS):
        cells = raw.cells()
        guard = Guard(floor=rule.threshold, own_cases=rule.own_cases, suspects=frozenset(suspects))
        result = suppress(raw.table, cells, primaries.values(), guard)
        published = set(result.published)
        known = {cell.key: cell.value for cell in cells if cell.key in published}
        further = _further_leaks(raw, known)
        if not _ask_more(further, raw, primaries, suspects):
            break
    if not result.exact:
        found.inexact.append(raw.measure.name)
    found.contradictions += result.contradictions
    secret = set(result.secret)
    found.shown |= {key: None if key in secret else count for key, count in raw.values.items()}
    _note(raw, found, result.outcomes, primaries)


def _further_leaks(raw: Raw, known: Counts) -> list[Leak]:
    """Return what is left to fall by what is published alone, but for what is out already."""
    seen = attack(raw.table, known)
    leaks = find_leaks(raw.table, seen, raw.rule, raw.unnamed)
    leaks += play_others(raw.table, known, raw.rule, raw.values.keys() - raw.unnamed, seen)
    return [leak for leak in leaks if leak.key in raw.values and leak.key not in raw.released]


def _review(
    raw: Raw, table: TableSystem, primaries: Iterable[Primary], withheld: Collection[Key]
) -> Outcomes:
    """Return what attackers make of a pattern who know a table, with earlier releases or without."""
    guard = Guard(floor=raw.rule.threshold, own_cases=raw.rule.own_cases)
    return review(table, raw.cells(), primaries, withheld, guard).outcomes


def _note(raw: Raw, found: ProtectedCounts, outcomes: Outcomes, primaries: Mapping[Key, Primary]) -> None:
    """Write down what is withheld, and what attackers make of it."""
    already = _already(raw, primaries.values(), outcomes)
    for key, outcome in sorted(outcomes.items()):
        if not outcome.secret or key in raw.below:
            continue
        released = key in raw.released
        lost = () if released else _falls(outcome)
        past = already.get(key, set())
        found.withheld.append(
            Withheld(
                key,
                raw.values[key],
                outcome.role,
                outcome.reason,
                outcome.interval,
                outcome.guessed,
                released,
                tuple(who for who in lost if who not in past),
                tuple(who for who in lost if who in past),
            )
        )


def _already(raw: Raw, primaries: Collection[Primary], outcomes: Outcomes) -> Already:
    """Return to whom counts fall only by earlier releases: not by today's tables, or if everything is withheld from now on.

    What readers work out of both stops a release; there it can be that other cells should have gone. What these releases give away
    alone no pattern helps, where today's tables leave readers all that is left of what is asked.
    """
    secret = [key for key, outcome in outcomes.items() if outcome.secret]
    if not raw.released or not any(_falls(outcomes[key]) for key in secret):
        return {}
    today = _review(raw, raw.plain, primaries, secret)
    alone = _review(raw, raw.table, primaries, raw.values)
    without = _review(raw, raw.plain, primaries, raw.values)
    found: Already = {}
    for key in raw.values:
        found[key] = set(_falls(alone[key])).difference(_falls(without[key]))
        left = alone[key].interval
        low, high = outcomes[key].asked or (left.low, left.high)
        if not outcomes[key].interval.holds(max(low, left.low), min(high, left.high)):
            found[key].discard(Attacker.READER)
        found[key] |= set(Attacker).difference(_falls(today[key]), {Attacker.READER})
    return found


def _falls(outcome: CellOutcome) -> tuple[Attacker, ...]:
    spanned = outcome.asked is None or outcome.interval.holds(*outcome.asked)
    # What no page names (where two areas cross, a level that isn't shown) may come out unless it is a small count.
    small = outcome.reason is not None
    named = small or outcome.role is Role.SECONDARY
    found = []
    if (small and not spanned) or (named and outcome.interval.recovered):
        found.append(Attacker.READER)
    if outcome.told_by:
        found.append(Attacker.CONTRIBUTOR)
    if outcome.guessable:
        found.append(Attacker.GUESSER)
    return tuple(found)


def _ask_more(leaks: Iterable[Leak], raw: Raw, primaries: dict[Key, Primary], suspects: set[Key]) -> bool:
    """Ask for more where the audit of what is published still finds something; False where there is nothing more to ask."""
    before = (len(primaries), len(suspects))
    for leak in leaks:
        if leak.attacker is Attacker.CONTRIBUTOR and leak.knows is not None:
            suspects.add(leak.knows)
        elif leak.key not in primaries:
            value = raw.values[leak.key]
            low = min(1, value)
            high = max(raw.rule.threshold - 1, value)
            primaries[leak.key] = Primary(leak.key, Reason.THRESHOLD, low, high)
    return (len(primaries), len(suspects)) != before
