"""Withhold small counts, round others to five, and withhold more until none leaks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from msgspec import Struct
from msgspec import field as struct_field
from msgspec.structs import replace

from generator.disclosure.engine.attack import (
    Attacker,
    Leak,
    attack,
    explain,
    find_narrow,
    learned_by_contributors,
)
from generator.disclosure.engine.linear_system import INFINITE, Bounds, Counts, Key, Shown, TableSystem
from generator.disclosure.engine.sensitivity import Primary, Reason, SensitivityRule

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


class Rounding(Struct, frozen=True):
    """Each count as shown (None: withheld), and remaining leaks."""

    shown: dict[Key, int | None]
    leaks: tuple[Leak, ...] = ()


Find = Callable[[TableSystem, RawCounts, Shown], list[Leak]]
"""Finds leaks of counts as shown."""


def round_measure(table: TableSystem, raw: RawCounts) -> Rounding:
    """Return what may be shown of a table's raw counts."""
    shown: dict[Key, int | None] = dict.fromkeys(raw.uncounted)
    for key, value in raw.values.items():
        withheld = key in raw.hidden or key in raw.known.unnamed
        is_exact = key in raw.known.exact
        withheld |= key in raw.primaries and not is_exact
        shown[key] = None if withheld else value if is_exact else round_count(value)
    for leaks in (_taken_for_small, leaks_of):
        _close(table, raw, shown, leaks)
    return Rounding(shown, tuple(leaks_of(table, raw, shown)))


def leaks_of(table: TableSystem, raw: RawCounts, shown: Shown) -> list[Leak]:
    """Return what readers, else counted people, work out of real counts as shown."""
    return public_leaks(table, shown, raw.believed(table, shown), raw.values)


def _taken_for_small(table: TableSystem, raw: RawCounts, shown: Shown) -> list[Leak]:
    """Return what falls to who takes small withheld counts for small: two below 5 whose sum is shown as 10 are 4 and 4."""
    small = (1.0, float(raw.known.rule.threshold - 1))
    guess = {key: small for key, one in raw.primaries.items() if one.reason is Reason.THRESHOLD}
    bounds = raw.known.public(shown) | guess
    return [leak for leak in find_leaks(table, bounds, shown, raw.known, ()) if leak.key in guess]


def _close(table: TableSystem, raw: RawCounts, shown: dict[Key, int | None], find: Find) -> None:
    """Withhold the smallest count beside each leak, as long as that can close any."""
    # What earlier releases, exact counts and zeros give away nothing can close.
    bare = {key: count if key in raw.known.exact or not count else None for key, count in shown.items()}
    lost = {leak.cell_and_attacker for leak in find(table, raw, bare)}
    more: set[Key | None] = {None}
    while more:
        leaks = [leak for leak in find(table, raw, shown) if leak.cell_and_attacker not in lost]
        more = {_smallest_beside(table, raw, shown, leak) for leak in leaks} - {None}
        shown.update(dict.fromkeys(filter(None, more)))


def _smallest_beside(table: TableSystem, raw: RawCounts, shown: Shown, leak: Leak) -> Key | None:
    """Return the smallest shown count of a leak's sums, so a sum after its parts; else of what bounds it."""
    free = [key for key, count in shown.items() if count and key not in raw.known.exact]
    candidates = (
        table.beside(leak.key).intersection(free) or explain(table, leak.bounds or {}, free, leak.key).cells
    )
    return min(candidates, key=lambda key: (shown[key], key), default=None)


def public_leaks(
    table: TableSystem, shown: Shown, known: PublicRule, counts: Counts | None = None
) -> list[Leak]:
    """Return leaks to readers, else to people who are counted themselves."""
    bounds = known.public(shown)
    unnamed = set(known.unnamed)
    found = [*find_leaks(table, bounds, shown, known, unnamed)]
    if not found:
        named = _named_withheld_cells(shown, known)
        for own, cases, key, interval in learned_by_contributors(
            table, bounds, named, known.rule, counts or {}
        ):
            with_own = {**bounds, own: (cases, cases)}
            found.append(Leak(key, interval, Attacker.CONTRIBUTOR, own, with_own))
    return found


def find_leaks(
    table: TableSystem, bounds: Bounds, shown: Shown, known: PublicRule, unnamed: Collection[Key]
) -> Iterator[Leak]:
    """Yield withheld counts with too few possible values; unnamed cells only if small."""
    named = _named_withheld_cells(shown, known)
    asked = {key: known.enough(table, key) for key in (*named, *unnamed)}
    for key, interval in sorted(find_narrow(table, bounds, asked).items()):
        # That nobody is counted is told of nobody.
        tells = interval.high > 0 or known.rule.zeros
        if tells and (key not in known.unnamed or 0 < interval.high < known.rule.threshold):
            yield Leak(key, interval, bounds=bounds)


def _named_withheld_cells(shown: Shown, known: PublicRule) -> list[Key]:
    """Return the withheld cells that pages name."""
    return [key for key, count in shown.items() if count is None and key not in known.unnamed]
