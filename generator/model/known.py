"""Tell what records say: here, open from elsewhere, not said, or not recorded.

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
"""Whether a record fits what is asked; `unsaid`: it doesn't tell."""
Where = Literal["here", "home", "elsewhere", "town"]
"""How a running offer counts for an area: by a door there, it comes home there, it is for it, or for the whole town."""
Sign = Literal["here", "home", "elsewhere", "unsaid", "none"]
Kept = Literal["kept", "waits", "there", "partly", "unsaid", "none"]
"""How a promise stands; `none`: no offer for it, `unsaid`: records don't tell."""
Said = Mapping[str, Answer]
"""Whether each offer fits what is asked, wherever it is."""


class Known(Struct, frozen=True):
    """Running offers for a question: in the areas, coming home, from elsewhere, for the whole town, of unknown area."""

    here: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    town: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()

    @property
    def counted(self) -> tuple[str, ...]:
        """Offers that count for the areas themselves, not the town."""
        return (*self.here, *self.home, *self.elsewhere)

    @property
    def sign(self) -> Sign:
        """The answer in a word."""
        if self.here:
            return "here"
        if self.home:
            return "home"
        if self.elsewhere or self.town:
            return "elsewhere"
        return "unsaid" if self.unsaid else "none"


class RuleCheck(Struct, frozen=True):
    """What is recorded of a promise: offers that keep it, unsure ones, each thing promised.

    `waits`: an offer has a wait or no room, which people must judge. `there`: something is recorded and
    nothing else is computable. `missing_ages` in whole years; `days`: days of a usual week surely open.
    """

    kept: Kept
    offers: tuple[str, ...]
    unsaid: tuple[str, ...] = ()
    missing_ages: tuple[int, ...] = ()
    days: int | None = None
    days_unsaid: bool = False
    reach: float | None = None  # the share of the areas within the promised walk


class Coverage(Struct, frozen=True):
    """Running offers by area and life situation.

    `areas`: offers that count. `unsaid`: of unknown area. `aids`: what the office decides on, which counts for no area. `cells`: by life situation and age band (empty:
    any). `rules`: each promise's check. `sought`: age bands in which anything is expected.
    """

    areas: Mapping[str, Mapping[str, Where]] = struct_field(default_factory=dict)
    town: frozenset[str] = frozenset()
    unsaid: frozenset[str] = frozenset()
    aids: frozenset[str] = frozenset()
    cells: Mapping[tuple[str, str], Said] = struct_field(default_factory=dict)
    rules: Mapping[str, tuple[RuleCheck, ...]] = struct_field(default_factory=dict)
    sought: Mapping[str, tuple[str, ...]] = struct_field(default_factory=dict)

    def known(self, areas: Iterable[str], said: Said) -> Known:
        """Return what is known of fitting offers for areas, or anywhere."""
        asked = [self.areas[area] for area in areas]
        if not asked:
            # Nobody asks where: every offer counts as here.
            every = (*self.town, *self.unsaid, *chain.from_iterable(self.areas.values()))
            asked = [dict.fromkeys(every, "here")]
        found: dict[str, list[str]] = {"here": [], "home": [], "elsewhere": [], "town": [], "unsaid": []}
        for key, answer in said.items():
            where = self._find_way_of_counting(asked, key)
            if answer != "not" and where is not None:
                found["unsaid" if answer == "unsaid" else where].append(key)
        return Known(**{name: tuple(keys) for name, keys in found.items()})

    def about(self, areas: Iterable[str], situation: str, band: str = "") -> Known:
        """Return what is known of a life situation and age."""
        return self.known(areas, self.cells.get((situation, band), {}))

    def _find_way_of_counting(
        self, asked: Iterable[Mapping[str, Where]], key: str
    ) -> Where | Literal["unsaid"] | None:
        """Return how an offer counts for any of some areas; None if for none."""
        places = {area.get(key) for area in asked}
        order: tuple[Where, ...] = ("here", "home", "elsewhere")
        for where in order:
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


def waits(capacity: Capacity | None) -> Answer:
    """Tell whether one must wait, unsure if free places aren't stated."""
    if capacity is None or (capacity.free is None and capacity.waiting is None):
        return "unsaid"
    return "not" if capacity.free else "fits"


def valid_on(day: dt.date, begins: PartialDate | None, ends: PartialDate | None) -> Answer:
    """Tell whether something holds on a day, unsure without an end."""
    begun = begins is None or begins.first_day <= day
    if ends is not None:
        return "fits" if begun and day <= ends.last_day else "not"
    return "unsaid" if begun else "not"
