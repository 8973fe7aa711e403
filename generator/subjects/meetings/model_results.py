"""What follows from minutes and meetings: what happened between two meetings of a group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.facts import Facts, News
from generator.model.planning_records import Network
from generator.model.site import Site
from generator.subjects.meetings.model import Agreed


@dataclass(frozen=True, slots=True)
class AgreedPoint:
    """Something that was agreed on a day, and whether it should have been done by now."""

    date: dt.date
    agreed: Agreed
    overdue: bool


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What happened between two meetings of a group.

    `spaces` are the areas that it works on. `last` is the day of its last meeting, None where no record says it; then `since`
    is a while ago. `news` are those of its areas. `minutes` is the record of the last meeting. `agreed` is all that it agreed, and what is open of earlier ones.
    """

    spaces: tuple[str, ...]
    last: dt.date | None
    since: dt.date
    news: tuple[News, ...]
    minutes: str | None
    agreed: tuple[AgreedPoint, ...]


def derived_meetings(facts: Facts) -> Mapping[str, MeetingFacts]:
    """Return what every network finds on its table, by its id."""
    return facts.further["meetings"]


def working_areas(site: Site, facts: Facts, network: Network) -> tuple[str, ...]:
    """Return the areas that a network works on; one that names none works on the whole town."""
    if network.spaces:
        return network.spaces
    town = site.config.geographies[0].id
    return tuple(root for root in facts.roots if facts.spaces[root].geography == town)
