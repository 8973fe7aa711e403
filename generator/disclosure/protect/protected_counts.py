"""Decide what of raw counts may be shown, measure by measure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from msgspec import Struct

from generator.diagnostics.diagnostic import Progress, silent
from generator.disclosure.counted_measures import measures_of
from generator.disclosure.engine.attack import Attacker, FeasibilityInterval, Leak, attack
from generator.disclosure.engine.linear_system import Key, Shown
from generator.disclosure.engine.rounding import leaks_of, round_measure
from generator.disclosure.engine.sensitivity import Reason
from generator.disclosure.protect.raw_measure import Raw, raw_of, values_of
from generator.disclosure.protect.raw_tables import Private


class Withheld(Struct, frozen=True):
    """A withheld count, for planners."""

    key: Key
    value: int | None
    """The raw count; None where the source gives none."""
    is_hidden: bool
    """Whether it is never shown, however large."""
    reason: Reason | None
    """Why it is secret of itself; None if it isn't."""
    interval: FeasibilityInterval
    """What readers know of it."""
    falls: tuple[Attacker, ...] = ()
    """Who works it out from today's tables."""
    past: tuple[Attacker, ...] = ()
    """Who works it out only with earlier releases."""


@dataclass
class ProtectedCounts:
    """Each measure's counts as shown, None where withheld."""

    shown: dict[Key, int | None] = field(default_factory=dict)
    withheld: list[Withheld] = field(default_factory=list)


def protect(private: Private, progress: Progress = silent) -> ProtectedCounts:
    """Return what may be shown of all measures."""
    found = ProtectedCounts()
    measures = measures_of(private.indicators)
    for number, measure in enumerate(measures):
        progress("schützen", number, len(measures))
        if measure.unprotected:
            found.shown |= values_of(private, measure)
            continue
        raw = raw_of(private, measure, found.shown)
        if raw.counts.values:
            result = round_measure(raw.table, raw.counts)
            found.shown |= result.shown
            _note(raw, found, result.shown, result.leaks)
    progress("schützen", len(measures), len(measures))
    return found


def replay(private: Private, shown: Shown) -> ProtectedCounts:
    """Return what attackers make of existing tables, given all that is shown."""
    found = ProtectedCounts(shown=dict(shown))
    for measure in measures_of(private.indicators):
        raw = raw_of(private, measure, shown)
        if not measure.unprotected and raw.counts.values:
            stands = {key: shown.get(key) for key in (*raw.counts.values, *raw.counts.uncounted)}
            _note(raw, found, stands, leaks_of(raw.table, raw.counts, stands))
    return found


def _note(raw: Raw, found: ProtectedCounts, shown: Shown, leaks: Iterable[Leak]) -> None:
    """Write down what is withheld, and to whom it falls."""
    falls: dict[Key, set[Attacker]] = {}
    for leak in leaks:
        falls.setdefault(leak.key, set()).add(leak.attacker)
    today = {(leak.key, leak.attacker) for leak in leaks_of(raw.plain, raw.counts, shown)} if falls else set()
    withheld = sorted(key for key in (*raw.counts.values, *raw.secret) if shown[key] is None)
    intervals = attack(raw.table, {}, withheld, raw.counts.believed(raw.table, shown).public(shown)).intervals
    for key in withheld:
        primary = raw.counts.primaries.get(key)
        lost = sorted(falls.get(key, ()))
        found.withheld.append(
            Withheld(
                key,
                raw.counts.values.get(key),
                key in raw.counts.hidden or key in raw.counts.known.unnamed,
                primary.reason if primary else None,
                intervals[key],
                tuple(who for who in lost if (key, who) in today),
                tuple(who for who in lost if (key, who) not in today),
            )
        )
