"""An agreement with providers: sub-budgets, goals over time, field work; internal until it is released into `resources/`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Literal

from pydantic import Field

from generator.model.dates import Date, DateOrYear
from generator.model.groups import Group, MemberId, Record, SpaceId
from generator.model.scalars import Amount, Count, Percent, Text, YesNo

ReviewStatus = Literal["open", "on-track", "at-risk", "reached", "missed", "dropped"]


class SubBudget(Group):
    """A part of the budget, in euros."""

    name: Text = Field(title="Bezeichnung")
    amount: Amount | None = Field(None, title="Betrag", description="In Euro.")
    every: Literal["year", "term"] | None = Field(
        None, title="Wofür der Betrag gilt", description="year: für jedes Jahr. term: für die ganze Laufzeit."
    )


class Review(Group):
    """How a goal stood at a date."""

    date: DateOrYear = Field(title="Tag", description="Tag, Monat oder Jahr der Bewertung.")
    status: ReviewStatus = Field(title="Stand")
    note: Text | None = Field(None, title="Hinweis")


class Goal(Group):
    """A goal and its reviews."""

    name: Text = Field(title="Ziel")
    reviews: tuple[Review, ...] = Field((), title="Bewertungen")


FEWEST_STAFF = 5
"""Of fewer people a share of working time says too much about each."""


class FieldWork(Group):
    """Share of work beyond single cases, of a whole team and never of a person."""

    planned: Percent = Field(title="geplant")
    actual: Percent | None = Field(
        None,
        title="tatsächlich",
        description="Steht nur auf der Website, wenn staff mindestens 5 und staff_council: yes ist.",
    )
    date: DateOrYear = Field(title="Stand")
    staff: Count | None = Field(
        None, title="Fachkräfte", description="So viele Menschen sind zusammengezählt, mindestens fünf."
    )
    staff_council: YesNo = Field(
        False,
        title="Personalrat einverstanden",
        description="yes: Der Personalrat hat zugestimmt, dass Anteile der Arbeitszeit genannt werden.",
    )

    @property
    def withheld(self) -> bool:
        """Whether the actual share is told to nobody: of a small team, of one whose size isn't said, or without the staff council."""
        return self.actual is not None and ((self.staff or 0) < FEWEST_STAFF or not self.staff_council)


class Agreement(Record):
    """A contract at the level of a space."""

    name: Text = Field(title="Name")
    partners: tuple[MemberId, ...] = Field(title="Partner", min_length=1)
    spaces: tuple[SpaceId, ...] = Field((), title="Gebiete")
    released: Date | None = Field(
        None,
        title="Freigegeben am",
        description="Tag, an dem alle Partner zugestimmt haben, dass sie öffentlich ist; dann liegt sie in resources/.",
    )
    from_: Date | None = Field(None, alias="from", title="Beginn")
    until: Date | None = Field(None, title="Ende")
    sub_budgets: tuple[SubBudget, ...] = Field((), title="Teilbudgets")
    rule: Text | None = Field(
        None, title="Regel", description="Zum Beispiel: was geschieht, wenn stationäre Hilfe vermieden wird."
    )
    goals: tuple[Goal, ...] = Field((), title="Ziele")
    field_work: FieldWork | None = Field(None, title="Fallunspezifische Arbeit")

    def runs(self, day: dt.date) -> bool:
        """Tell whether it isn't over on a day; one without an end runs on."""
        return self.until is None or self.until >= day

    def leads_to(self, guarded: Collection[tuple[str, str]]) -> bool:
        """Tell whether all that it is with are protected."""
        return all(("providers", key) in guarded or ("places", key) in guarded for key in self.partners)
