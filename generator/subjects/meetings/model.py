"""Model minutes, the short record of a meeting, and what a group needs for its next one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Struct
from pydantic import Field

from generator.model.dates import Date, DateOrYear
from generator.model.facts import Facts, News
from generator.model.groups import Group, Kind, Record
from generator.model.planning_records import Network
from generator.model.scalars import Ref, Slug, Text
from generator.model.site import Site


class Agreed(Group):
    """Something that a meeting agreed."""

    DISCLOSED = "what who due status result measure"

    what: Text = Field(
        title="Was", description="Was verabredet oder entschieden ist, ohne Fall und ohne Familie."
    )
    who: Text | None = Field(None, title="Wer", description="Eine Stelle oder Funktion, kein Personenname.")
    due: DateOrYear | None = Field(None, title="Bis wann", description="Tag, Monat oder Jahr.")
    status: Literal["open", "done", "dropped"] = Field(
        "open", title="Stand", description="open: offen. done: erledigt. dropped: nicht weiter verfolgt."
    )
    result: Text | None = Field(
        None, title="Was daraus wurde", description="Was geschehen ist, in einem Satz."
    )
    measure: Annotated[Slug, Ref("measures")] | None = Field(
        None, title="Maßnahme", description="Wenn es um eine eingetragene Maßnahme geht."
    )


class Minutes(Record):
    """What a meeting leaves behind for the next one."""

    DISCLOSED = "id name network date topics decisions illustrative origin"

    name: Text = Field(title="Name", description="Zum Beispiel: „AG Süderaue, 29. Oktober 2026“.")
    network: Annotated[Slug, Ref("networks")] = Field(title="Netzwerk", description="Wer sich getroffen hat.")
    date: Date = Field(title="Sitzung am")
    topics: tuple[Text, ...] = Field(
        (), title="Themen", description="Worüber gesprochen wurde, in Stichworten."
    )
    decisions: tuple[Agreed, ...] = Field(
        (),
        title="Verabredungen und Entscheidungen",
        description="Je Verabredung ein Block: was, wer, bis wann.",
    )


KINDS = (Kind("minutes", Minutes, "Protokoll", "Protokolle", "kein Protokoll", internal=True),)


def all_minutes(site: Site) -> Mapping[str, Minutes]:
    """Return the minutes of a site by their ids."""
    return site.records("minutes")


class AgreedPoint(Struct, frozen=True):
    """Something that a meeting agreed."""

    date: dt.date  # of the meeting
    agreed: Agreed
    overdue: bool


class MeetingFacts(Struct, frozen=True):
    """What a group needs for its next meeting."""

    spaces: tuple[str, ...]  # its areas
    last: dt.date | None  # the day of its last meeting; None if unknown
    since: dt.date  # from when on news count: that day, else some weeks ago
    news: tuple[News, ...]  # of its areas
    minutes: str | None  # id of the last meeting's
    agreed: tuple[AgreedPoint, ...]  # at the last meeting, and what is open of earlier ones


def derived_meetings(facts: Facts) -> Mapping[str, MeetingFacts]:
    """Return networks' meeting facts by id."""
    return facts.further["meetings"]


def working_areas(site: Site, facts: Facts, network: Network) -> tuple[str, ...]:
    """Return a network's areas, by default the town."""
    if network.spaces:
        return network.spaces
    town = site.config.geographies[0].id
    return tuple(root for root in facts.roots if facts.spaces[root].geography == town)
