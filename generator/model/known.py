"""Tell what the records say: it is here, open from elsewhere, not said, or not recorded.

What isn't said is never none, kept or valid: whoever needs the answer asks here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Literal

from msgspec import Struct
from msgspec import field as struct_field

from generator.model.dates import PartialDate
from generator.model.offer import Capacity

Answer = Literal["fits", "unsaid", "not"]
Where = Literal["here", "elsewhere", "town"]
"""How a running offer counts for an area: it lies there, it is for it, or it is for the whole town."""
Sign = Literal["here", "elsewhere", "unsaid", "none"]
Kept = Literal["kept", "waits", "there", "partly", "unsaid", "none"]
Said = Mapping[str, Answer]
"""Whether each offer fits what is asked, wherever it is."""


class Known(Struct, frozen=True):
    """The running offers that fit a question for some areas: those that lie there, those elsewhere that are for them or for the whole
    town, and those of which it isn't said."""

    here: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    town: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()

    @property
    def counted(self) -> tuple[str, ...]:
        """Those that count for the areas themselves, and not for the whole town."""
        return (*self.here, *self.elsewhere)

    @property
    def sign(self) -> Sign:
        """The answer in a word."""
        if self.here:
            return "here"
        if self.elsewhere or self.town:
            return "elsewhere"
        return "unsaid" if self.unsaid else "none"


class RuleCheck(Struct, frozen=True):
    """What became of a promise: the offers that keep it, those of which it isn't said, and each thing that was promised with what there is of it.

    `waits`: an offer records a wait, or that it has no room; what that makes of the promise is for people to say. `there`: something is recorded, and more than that the promise doesn't name in a way that can be computed.
    `missing_ages` are whole years. `days` is on how many days of a usual week one of the offers is open for certain.
    """

    kept: Kept
    offers: tuple[str, ...]
    unsaid: tuple[str, ...] = ()
    missing_ages: tuple[int, ...] = ()
    days: int | None = None
    days_unsaid: bool = False
    reach: float | None = None


class Coverage(Struct, frozen=True):
    """What the running offers are for, by area and by life situation.

    `areas` have the offers that count for each, `unsaid` are those of which nobody has said for which area they are. `cells` tell by life situation
    and band of ages (empty: of any age) which offers fit. `rules` is what became of each promise of a network. `sought` are the
    bands of ages for which there is a life situation at all: for others nothing is missing.
    """

    areas: Mapping[str, Mapping[str, Where]] = struct_field(default_factory=dict)
    town: frozenset[str] = frozenset()
    unsaid: frozenset[str] = frozenset()
    cells: Mapping[tuple[str, str], Said] = struct_field(default_factory=dict)
    rules: Mapping[str, tuple[RuleCheck, ...]] = struct_field(default_factory=dict)
    sought: Mapping[str, tuple[str, ...]] = struct_field(default_factory=dict)

    def known(self, areas: Iterable[str], said: Said) -> Known:
        """Return what is known of the offers that fit, for some areas together; without areas wherever they are."""
        there = [self.areas[area] for area in areas]
        if not there:
            there = [
                dict.fromkeys((*self.town, *self.unsaid, *chain.from_iterable(self.areas.values())), "here")
            ]
        found: dict[str, list[str]] = {"here": [], "elsewhere": [], "town": [], "unsaid": []}
        for key, answer in said.items():
            where = self._where(there, key)
            if answer != "not" and where is not None:
                found["unsaid" if answer == "unsaid" else where].append(key)
        return Known(**{name: tuple(keys) for name, keys in found.items()})

    def about(self, areas: Iterable[str], situation: str, band: str = "") -> Known:
        """Return what is known of a life situation, for an age or for any."""
        return self.known(areas, self.cells.get((situation, band), {}))

    def _where(self, there: Iterable[Mapping[str, Where]], key: str) -> Where | Literal["unsaid"] | None:
        places = {area.get(key) for area in there}
        for where in ("here", "elsewhere"):
            if where in places:
                return where
        if key in self.town:
            return "town"
        return "unsaid" if key in self.unsaid else None


def all_of(*answers: Answer) -> Answer:
    """Join answers: one certain no outweighs what isn't said."""
    if "not" in answers:
        return "not"
    return "unsaid" if "unsaid" in answers else "fits"


def waits(room: Capacity | None) -> Answer:
    """Tell whether one has to wait, by what is recorded of free places today; who says nothing of it may be full."""
    if room is None or (room.free is None and room.waiting is None):
        return "unsaid"
    return "not" if room.free else "fits"


def valid_on(day: dt.date, begins: PartialDate | None, ends: PartialDate | None) -> Answer:
    """Tell whether something holds on a day; without an end nobody has said it."""
    begun = begins is None or begins.first_day <= day
    if ends is not None:
        return "fits" if begun and day <= ends.last_day else "not"
    return "unsaid" if begun else "not"
