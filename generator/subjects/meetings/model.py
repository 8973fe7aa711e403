"""The short record of a meeting: what was spoken about, what was agreed and what became of it; usually internal, never about a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from generator.model.dates import Date, DateOrYear
from generator.model.groups import Group, Kind, Record
from generator.model.scalars import Ref, Slug, Text
from generator.model.site import Site


class Agreed(Group):
    """Something that a meeting agreed."""

    what: Text = Field(
        title="Was", description="Was verabredet oder entschieden ist, ohne Fall und ohne Familie."
    )
    who: Text | None = Field(None, title="Wer", description="Eine Stelle oder Funktion, kein Personenname.")
    due: DateOrYear | None = Field(None, title="Bis wann", description="Tag, Monat oder Jahr.")
    status: Literal["open", "done", "dropped"] = Field(
        "open", title="Stand", description="open: offen. done: erledigt. dropped: nicht weiter verfolgt."
    )
    result: Text | None = Field(None, title="Was daraus wurde")
    measure: Annotated[Slug, Ref("measures")] | None = Field(
        None, title="Maßnahme", description="Wenn es um eine eingetragene Maßnahme geht."
    )


class Minutes(Record):
    """What a meeting leaves behind for the next one."""

    name: Text = Field(title="Name", description="Zum Beispiel: „AG Süderaue, 29. Oktober 2026“.")
    network: Annotated[Slug, Ref("networks")] = Field(title="Netzwerk", description="Wer sich getroffen hat.")
    date: Date = Field(title="Sitzung am")
    topics: tuple[Text, ...] = Field(
        (), title="Themen", description="Worüber gesprochen wurde, in Stichworten."
    )
    decisions: tuple[Agreed, ...] = Field((), title="Verabredungen und Entscheidungen")


KINDS = (Kind("minutes", Minutes, "Protokoll", "Protokolle", "kein Protokoll", internal=True),)


def all_minutes(site: Site) -> Mapping[str, Minutes]:
    """Return the minutes of a site by their ids."""
    return site.records("minutes")
