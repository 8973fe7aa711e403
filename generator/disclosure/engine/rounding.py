"""Withhold small counts, round others to five, and withhold more until none leaks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec import field as struct_field
from msgspec.structs import replace

from generator.disclosure.engine.attack import (
    Attacker,
    Leak,
    attack,
    explain,
    find_fitting,
    find_narrow,
    learned_by_contributors,
)
from generator.disclosure.engine.linear_system import INFINITE, Bounds, Counts, Key, Shown, TableSystem
from generator.disclosure.engine.sensitivity import SMALL, Primary, SensitivityRule

BASE = 5
"""Rounded counts are multiples of this; odd, so that none lies between two."""
SLACK = BASE // 2
"""How far a rounded count may lie from the true one."""
KEPT_WIDTH = 2.0
"""Greatest less least of three possible values, which every withheld count keeps."""


def round_count(value: int) -> int:
    """Return the nearest multiple of the base."""
    return (value + SLACK) // BASE * BASE


def span(shown: int, threshold: int) -> tuple[float, float]:
    """Return the counts a shown one can be: 0 is nothing, others reach the threshold."""
    return (float(max(threshold, shown - SLACK)), float(shown + SLACK)) if shown else (0.0, 0.0)


class PublicRule(Struct, frozen=True):
    """What everybody knows of how a measure is protected."""

    rule: SensitivityRule
    exact: Collection[Key] = frozenset()
    """Cells that aren't rounded."""
    zeros: Collection[Key] = frozenset()
    """Cells that may be 0 where they are withheld, whatever the rule says of zeros."""
    unnamed: Collection[Key] = frozenset()
    """Cells that no page names, such as two areas' overlap: withheld, with anything possible."""

    def public(self, shown: Shown) -> dict[Key, tuple[float, float]]:
        """Return what each count can be for a reader."""
        found: dict[Key, tuple[float, float]] = {}
        for key, count in shown.items():
            if count is None:
                found[key] = (float(not self.may_be_zero(key)), INFINITE)
            elif key in self.exact:
                found[key] = (float(count), float(count))
            else:
                found[key] = span(count, self.rule.threshold)
        return found

    def may_be_zero(self, key: Key) -> bool:
        """Whether a withheld count may be 0."""
        return self.rule.zeros or key in self.zeros or key in self.unnamed

    def enough(self, table: TableSystem, key: Key) -> float:
        """Return how wide a withheld count's interval must stay: three values, or all possible."""
        return min(KEPT_WIDTH, max(0.0, table.most(key) - float(not self.may_be_zero(key))))


class RawCounts(Struct, frozen=True):
    """Raw counts before rounding, and what is decided of them before."""

    values: Counts
    known: PublicRule
    primaries: Mapping[Key, Primary] = struct_field(default_factory=dict)
    """Cells that are secret of themselves."""
    hidden: Collection[Key] = frozenset()
    """Cells that are never shown, however large."""
    uncounted: Collection[Key] = frozenset()
    """Cells without count in the raw tables."""
    doubtful: frozenset[Key] = frozenset()
    """Cells that a source withheld and that can't all be at least 1."""

    def believed(self, table: TableSystem, shown: Shown) -> PublicRule:
        """Return readers' assumptions: doubtful cells ≥ 1, while that fits."""
        known = replace(self.known, zeros=frozenset(self.known.zeros) - self.doubtful)
        fits = self.doubtful and not attack(table, {}, [], known.public(shown)).contradictions
        return known if fits else self.known

    def insider(self, shown: Shown) -> dict[Key, tuple[float, float]]:
        """Return counts' bounds for who knows which withheld ones are small."""
        found = self.known.public(shown)
        threshold = float(self.known.rule.threshold)
        for key in self.values.keys() - self.known.unnamed:
            if shown[key] is None and not self.known.may_be_zero(key):
                primary = self.primaries.get(key)
                small = primary is not None and primary.reason in SMALL
                found[key] = (1.0, threshold - 1) if small else (min(threshold, self.values[key]), INFINITE)
        return found


class Rounding(Struct, frozen=True):
    """Each count as shown (None: withheld), and remaining leaks."""

    shown: dict[Key, int | None]
    leaks: tuple[Leak, ...] = ()


def round_measure(table: TableSystem, raw: RawCounts) -> Rounding:
    """Return what may be shown of a table's raw counts."""
    shown: dict[Key, int | None] = dict.fromkeys(raw.uncounted)
    for key, value in raw.values.items():
        withheld = key in raw.hidden or key in raw.known.unnamed
        is_exact = key in raw.known.exact
        withheld |= key in raw.primaries and not is_exact
        shown[key] = None if withheld else value if is_exact else round_count(value)
    lost = _lost(table, raw, shown)
    # What insiders could work out is withheld first, then what readers could, until nothing is left to withhold.
    more: list[Key] | None = None
    while more != []:
        shown |= dict.fromkeys(more or ())
        more = _withhold_more(table, raw, shown, _insider_leaks(table, raw, shown), lost)
        more = more or _withhold_more(
            table, raw, shown, public_leaks(table, shown, raw.believed(table, shown), raw.values), lost
        )
    return Rounding(shown, tuple(leaks_of(table, raw, shown)))


def leaks_of(table: TableSystem, raw: RawCounts, shown: Shown) -> list[Leak]:
    """Return leaks, for insiders only what can be withheld from them."""
    insider = _insider_leaks(table, raw, shown)
    lost = _lost(table, raw, shown) if insider else frozenset()
    return [
        *(leak for leak in insider if leak.cell_and_attacker not in lost),
        *public_leaks(table, shown, raw.believed(table, shown), raw.values),
    ]


def _lost(table: TableSystem, raw: RawCounts, shown: Shown) -> frozenset[tuple[Key, Attacker]]:
    """Return leaks by earlier releases, exact counts and zeros, which nothing can close."""
    bare = {key: count if key in raw.known.exact or not count else None for key, count in shown.items()}
    leaks = (
        *_insider_leaks(table, raw, bare),
        *public_leaks(table, bare, raw.believed(table, bare), raw.values),
    )
    return frozenset(leak.cell_and_attacker for leak in leaks)


def _insider_leaks(table: TableSystem, raw: RawCounts, shown: Shown) -> list[Leak]:
    """Return leaks to insiders: other counts reach the threshold."""
    small = {key for key in raw.known.unnamed if key in raw.primaries}
    found = find_leaks(table, raw.insider(shown), shown, raw.known, small)
    beyond = (float(raw.known.rule.threshold), INFINITE)
    return [replace(leak, attacker=Attacker.INSIDER, beyond=beyond) for leak in found]


def public_leaks(
    table: TableSystem, shown: Shown, known: PublicRule, counts: Counts | None = None
) -> list[Leak]:
    """Return leaks to readers, else contributors, else guessers that withheld is small."""
    bounds = known.public(shown)
    unnamed = set(known.unnamed)
    found = [*find_leaks(table, bounds, shown, known, unnamed)]
    if not found:
        named = _named(shown, known)
        for own, cases, key, interval in learned_by_contributors(
            table, bounds, named, known.rule, counts or {}
        ):
            with_own = {**bounds, own: (cases, cases)}
            found.append(Leak(key, interval, Attacker.CONTRIBUTOR, own, with_own))
    if found:
        return found
    withheld = [key for key, count in shown.items() if count is None and not known.may_be_zero(key)]
    found = _guessed(table, bounds, withheld, known)
    # What zeros and exact counts alone tell whoever guesses so, nobody can withhold.
    bare = {key: count if key in known.exact or not count else None for key, count in shown.items()}
    lost = {leak.key for leak in (_guessed(table, known.public(bare), withheld, known) if found else ())}
    return [leak for leak in found if leak.key not in lost]


def _guessed(table: TableSystem, bounds: Bounds, withheld: Collection[Key], known: PublicRule) -> list[Leak]:
    """Return leaks to who takes withheld counts for small."""
    small = float(known.rule.threshold - 1)
    guess = find_fitting(table, bounds, dict.fromkeys(withheld, (1.0, small)))
    return list(find_leaks(table, guess, dict.fromkeys(withheld), known, ())) if guess != bounds else []


def find_leaks(
    table: TableSystem, bounds: Bounds, shown: Shown, known: PublicRule, unnamed: Collection[Key]
) -> Iterator[Leak]:
    """Yield withheld counts with too few possible values; unnamed cells only if small."""
    named = _named(shown, known)
    asked = {key: known.enough(table, key) for key in (*named, *unnamed)}
    for key, interval in sorted(find_narrow(table, bounds, asked).items()):
        # That nobody is counted is told of nobody.
        tells = interval.high > 0 or known.rule.zeros
        if tells and (key not in known.unnamed or 0 < interval.high < known.rule.threshold):
            yield Leak(key, interval, bounds=bounds)


def _named(shown: Shown, known: PublicRule) -> list[Key]:
    """Return the withheld cells that pages name."""
    return [key for key, count in shown.items() if count is None and key not in known.unnamed]


def _withhold_more(
    table: TableSystem,
    raw: RawCounts,
    shown: Shown,
    leaks: Iterable[Leak],
    lost: Collection[tuple[Key, Attacker]],
) -> list[Key]:
    """Return shown counts to withhold against closable leaks, smallest first."""
    further: list[Key] = []
    for leak in leaks:
        while leak.cell_and_attacker not in lost:
            bounds = {**(leak.bounds or {}), **dict.fromkeys(further, leak.beyond)}
            interval = attack(table, {}, [leak.key], bounds).intervals[leak.key]
            enough = 1.0 if leak.knows is not None else raw.known.enough(table, leak.key)
            if interval.width >= enough:
                break
            one = _smallest_that_helps(
                table,
                raw,
                {**shown, **dict.fromkeys(further)},
                replace(leak, bounds=bounds, interval=interval),
            )
            if one is None:
                break
            further.append(one)
    return further


def _smallest_that_helps(table: TableSystem, raw: RawCounts, shown: Shown, leak: Leak) -> Key | None:
    """Return the smallest shown count whose loss widens a leak, else one bounding it."""
    bounds = leak.bounds or {}
    free = [key for key, count in shown.items() if count and key not in raw.known.exact]
    beside = explain(table, bounds, free, leak.key).cells
    candidates = sorted(beside, key=lambda key: (shown[key] or 0, key))
    for key in candidates:
        without = attack(table, {}, [leak.key], {**bounds, key: leak.beyond}).intervals[leak.key]
        if without.width > leak.interval.width:
            return key
    return next(iter(candidates), None)
