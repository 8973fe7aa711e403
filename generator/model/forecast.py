"""A cohort forecast: children who are already there, a year older each year, beside the places of offers and who has a claim to one."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from generator.model.dates import Year
from generator.model.groups import Group, Record, TopicId
from generator.model.indicator import IndicatorId
from generator.model.scalars import AgeRange, LanguageTag, Markdown, Number, Slug, Text


class ClaimStep(Group):
    """From which school year on which children have a claim."""

    from_: Year = Field(
        alias="from", title="Ab", description="Das Jahr, in dem das Schuljahr beginnt: 2026 für 2026/27."
    )
    ages: AgeRange = Field(
        title="Alter",
        description="Am Ende dieses Jahres. 6-6 steht für die erste Klasse, 6-7 für die ersten beiden.",
    )


class ForecastDemand(Group):
    """An assumption: of 100 children, so many need a place."""

    name: Text = Field(title="Annahme", description="Zum Beispiel: „wie die Eltern es 2025 wünschten“.")
    percent: Number = Field(title="Von 100 Kindern", description="Zum Beispiel: 75.", examples=["75"])
    source: Text = Field(title="Woher", description="Befragung, Studie oder Beschluss.")


class ForecastTexts(Group):
    """What can be translated."""

    name: Text | None = Field(None, title="Name")
    summary: Text | None = Field(None, title="In einem Satz")
    note: Markdown | None = Field(None, title="Hinweis")


class CohortForecast(Record):
    """Children of some ages in the years ahead, beside the places that are recorded for them."""

    INVENTABLE: ClassVar[tuple[str, ...]] = ("demand",)

    name: Text = Field(title="Name")
    summary: Text | None = Field(None, title="In einem Satz")
    indicator: IndicatorId = Field(
        title="Kennzahl",
        description="Sie zählt Kinder am Ende des Jahres nach einzelnen Altersjahren.",
    )
    breakdown: Slug = Field(
        "alter",
        title="Aufgliederung",
        description="Die der Altersjahre; ihre Kürzel sind das Alter: 0, 1, 2.",
    )
    ages: AgeRange = Field(title="Alter", description="Wer gezählt wird, zum Beispiel 6-9.")
    topic: TopicId = Field(title="Thema", description="Daneben stehen die Plätze der Angebote dazu.")
    until: Year = Field(
        title="Bis",
        description="Höchstens so weit, dass alle schon geboren sind: bei 6-9 und Zahlen von 2025 bis 2031.",
    )
    claim: tuple[ClaimStep, ...] = Field(
        (), title="Anspruch", description="Wer ab wann einen Rechtsanspruch auf einen Platz hat."
    )
    law: Text | None = Field(
        None, title="Rechtsgrundlage", description="Mit Stand: „§ 24 Abs. 4 SGB VIII, Stand August 2026“."
    )
    demand: tuple[ForecastDemand, ...] = Field(
        (),
        title="Annahmen zum Bedarf",
        description="Ohne Annahme steht nur da, wie viele Kinder es sind.",
    )
    responsible: Text | None = Field(None, title="Zuständig")
    note: Markdown | None = Field(None, title="Hinweis")
    translations: dict[LanguageTag, ForecastTexts] = Field(default_factory=dict, title="Übersetzungen")
