"""The record of something that people need and the town lacks: how often it was named in a half-year, never by case; internal."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import Field

from generator.model.dates import Half
from generator.model.groups import Group, OfferId, Record, SpaceId, TopicId
from generator.model.scalars import AgeRange, Count, Ref, Slug, Text


class Naming(Group):
    """How often it was named in a half-year, and by whom."""

    half_year: Half = Field(title="Halbjahr", description="2026-1 ist Januar bis Juni.")
    source: Literal["families", "professionals", "groups"] = Field(title="Genannt von")
    times: Count = Field(title="Wie oft")
    space: SpaceId | None = Field(
        None, title="Gebiet", description="Nur wenn der Bedarf mehrere Gebiete nennt: in welchem davon."
    )


class Need(Record):
    """What would be needed in a space."""

    name: Text = Field(
        title="Was fehlt",
        description="Was gebraucht wird, ohne Fall, Namen und Datum: „Ein Treff am Samstag“.",
    )
    spaces: tuple[SpaceId, ...] = Field((), title="Gebiete")
    topics: tuple[TopicId, ...] = Field(
        title="Themen", description="Das wichtigste zuerst: Unter ihm wird der Bedarf gezählt.", min_length=1
    )
    ages: AgeRange | None = Field(None, title="Alter")
    named: tuple[Naming, ...] = Field((), title="Nennungen")
    status: Literal["open", "planned", "answered", "dropped"] = Field("open", title="Stand")
    measure: Annotated[Slug, Ref("measures")] | None = Field(
        None, title="Maßnahme", description="Was dagegen geplant ist oder läuft."
    )
    answered_by: OfferId | None = Field(None, title="Beantwortet durch")

    def leads_to(self, guarded: Collection[tuple[str, str]]) -> bool:
        """Tell whether the offer that answers it is protected; `guarded` are the protected records, each by its folder and its id."""
        return ("offers", self.answered_by) in guarded
