"""What the directory covers: which running offers there are for an age, on a subject, in an area; and what a promise comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Answer = Literal["fits", "unsaid", "not"]
ALL_OF_IT = 0.95
"""From this share of an area's surface on, a promised distance counts as kept: the rest is water, rails and yards."""
Kept = Literal["kept", "waits", "there", "partly", "unsaid", "none"]


@dataclass(frozen=True, slots=True)
class Provision:
    """What there is for the people whom an indicator counts: offers for most of their ages, and those of them that lie `here`.

    `places` are what `stating` of the latter state, if they are for nobody of another age.
    """

    indicator: str
    offers: int
    here: int
    places: int
    stating: int


@dataclass(frozen=True, slots=True)
class AreaCoverage:
    """The supply of an area, as the records have it.

    `offers` are those that run, `cells` those of a life situation for a band of ages, `ageless` those of a situation that say
    no age. `unsaid` lie in the area and don't say for whom they are: they are in nothing else here. `unknown` are cells for which something may be
    there, by offers of whom it isn't said for whom they are, or without a band for which age. `by_referral` are situations whose every offer somebody has to decide on first. `checked` is how many of `offers` somebody has looked after within a year.
    """

    offers: tuple[str, ...] = ()
    cells: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    ageless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by_referral: frozenset[str] = frozenset()
    unsaid: tuple[str, ...] = ()
    unknown: frozenset[tuple[str, str]] = frozenset()
    checked: int = 0
    provision: tuple[Provision, ...] = ()

    def lacks(self, situation: str, band: str) -> bool:
        """Tell whether nothing is recorded for a life situation and a band of ages, and nothing that may be for it: unknown is never none."""
        cell = (situation, band)
        return cell not in self.cells and self.unknown.isdisjoint((cell, (situation, "")))


@dataclass(frozen=True, slots=True)
class AreaAnswer:
    """What an area's records answer to a planner's question.

    `fits` are the offers of which it is certain, `unsaid` those of which the records don't say it, and `reach` the share of the
    area's surface from which one that fits is a walk away; None where the area has no boundary, or no such offer shows its place.
    """

    fits: tuple[str, ...]
    unsaid: tuple[str, ...]
    reach: float | None = None


@dataclass(frozen=True, slots=True)
class RuleCheck:
    """What became of a promise: the offers that keep it, and each thing that was promised with what there is of it.

    `waits`: an offer records a wait, or that it has no room; what that makes of the promise is for people to say. `there`: something is recorded, and more than that the promise doesn't name in a way that can be computed.
    `missing_ages` are whole years. `days` is on how many days of a usual week one of the offers is open for certain.
    """

    kept: Kept
    offers: tuple[str, ...]
    missing_ages: tuple[int, ...] = ()
    days: int | None = None
    days_unsaid: bool = False
    reach: float | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """All areas; `town` is what is there for the whole town, in no area. Answers go by question, then by area.

    The areas that are compared with each other and those above them have answers. `rules` is what became of
    each promise of a network. `sought` are the bands of ages for which there is a life situation at all: for others nothing is missing.
    """

    areas: Mapping[str, AreaCoverage] = field(default_factory=dict)
    town: AreaCoverage = field(default_factory=AreaCoverage)
    answers: Mapping[str, Mapping[str, AreaAnswer]] = field(default_factory=dict)
    for_town: Mapping[str, AreaAnswer] = field(default_factory=dict)
    rules: Mapping[str, tuple[RuleCheck, ...]] = field(default_factory=dict)
    sought: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
