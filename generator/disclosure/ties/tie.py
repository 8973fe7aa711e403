"""What columns say of a count at each place in; whether that is believed out: it holds wherever it can be seen, and in more places than chance would make."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from generator.disclosure.implied_sums import AGREEING
from generator.disclosure.ties.columns import Flags, Floats, Places

# More different counts than AGREEING are asked where they differ little or where much is tried.
CHANCE = 1e-4
# That a tie is chance is no longer believed where so many more places show it than columns make it up.
SURPLUS = 20


@dataclass(frozen=True)
class CountTie:
    """What columns (`words`), put together in one way (`how`, in words), say of the target at every place; NaN: nothing.

    wanted: the target itself. slack: by how much both may differ. free: how many numbers were fitted to the target, in each of `groups` of
    places. tried: how many forms of this kind there are. real: what it says with the real counts of the columns, where these are known.
    sources: the measures of the columns. compared: the counts by which it is judged whether it holds by chance, where they aren't the target's.
    """

    words: tuple[str, ...]
    how: str
    said: Floats
    wanted: Floats
    slack: Floats
    free: int
    tried: int
    real: Floats | None = None
    sources: frozenset[str] = frozenset()
    compared: Floats | None = None
    groups: Places | None = None

    def is_chance(self, declared: Collection[str]) -> bool:
        """Whether it is said to be chance of all its measures, and seen in too few places to prove the contrary."""
        if not self.sources <= set(declared):
            return False
        seen = np.isfinite(self.wanted)
        seen &= np.isfinite(self.said) | (self.real is not None and np.isfinite(self.real))
        return bool(seen.sum() < SURPLUS + len(self.words))


def is_believed(form: CountTie) -> bool:
    """Whether a form holds wherever it can be seen, and too often for chance; by the real counts, where it holds for these too."""
    if not _holds(form, form.said):
        return False
    proof = form.said if form.real is None or not _holds(form, form.real) else form.real
    seen: Flags = np.isfinite(form.wanted) & np.isfinite(proof)
    wanted = form.wanted if form.compared is None else form.compared
    if np.unique(wanted[seen]).size < AGREEING:
        return False
    unit = max(1.0, 2 * float(np.median(form.slack[seen])))
    groups = np.zeros(wanted.size) if form.groups is None else form.groups
    chance = 0.0
    for group in np.unique(groups[seen]):
        inside = np.unique(wanted[seen & (groups == group)])
        spare = max(0, inside.size - form.free)
        chance += spare * _alike(inside, unit)
    return is_no_chance(chance, form.tried)


def _alike(values: Floats, unit: float) -> float:
    """Return the mean logarithm of the chance that another number agrees with each of some different ones to within a unit: as if all
    between the least and the greatest were as probable, or as often as the others do; a few large ones among many alike prove little."""
    close = np.count_nonzero(np.abs(np.subtract.outer(values, values)) <= unit / 2, axis=1) - 1
    even = unit / (float(np.ptp(values)) + 1)
    return float(np.log(np.clip(close / max(1, values.size - 1), min(1.0, even), 1.0)).mean())


def is_no_chance(chance: float, tried: int) -> bool:
    """Tell whether what agrees with a chance of this logarithm hardly does so by chance in any of so many tries."""
    return chance + math.log(tried) < math.log(CHANCE)


def _holds(form: CountTie, said: Floats) -> bool:
    seen: Flags = np.isfinite(form.wanted) & np.isfinite(said)
    return not np.any(np.abs(form.wanted - said)[seen] > form.slack[seen] + 1e-9)
