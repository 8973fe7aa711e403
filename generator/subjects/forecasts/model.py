"""Model a forecast: how many children of some ages there will be, who has a claim, what is needed."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import ClassVar

from msgspec import Struct
from msgspec import field as struct_field
from pydantic import Field

from generator.model.cells import RecordFault
from generator.model.dates import Date, Year
from generator.model.facts import Facts
from generator.model.groups import Group, Kind, Record, RecordTexts, TopicId
from generator.model.indicator import Indicator, IndicatorId
from generator.model.scalars import AgeRange, Count, LanguageTag, Markdown, Percent, Text
from generator.model.site import Site


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
    percent: Percent = Field(title="Von 100 Kindern", description="Zum Beispiel: 75.", examples=["75"])
    source: Text = Field(title="Woher", description="Befragung, Studie oder Beschluss.")


class ForecastLead(Group):
    """Which of two forecasts of the same children is planned with, who decided so, and why the other one says something else."""

    indicator: IndicatorId | None = Field(
        None,
        title="Kennzahl",
        description="Wenn nicht diese Vorausberechnung führt, sondern die, die zu einer Kennzahl gehört.",
    )
    by: Text = Field(title="Entschieden von", description="Zum Beispiel: Planungsgruppe.")
    date: Date = Field(title="Am", description="Der Tag der Entscheidung: 2026-10-29.")
    differs: Text = Field(
        title="Warum die andere abweicht",
        description="In ein, zwei Sätzen: wovon sie ausgeht, und wann beide nachgeprüft werden.",
    )


class ForecastPlan(Group):
    """How many places there are by the town's own plan."""

    places: Count = Field(title="Plätze", description="Wie viele es laut Plan gibt.")
    date: Date = Field(title="Stand")
    source: Text = Field(title="Woher", description="Zum Beispiel: Ganztagsplan 2026.")


class ForecastTexts(RecordTexts):
    """What can be translated."""

    SOURCES: ClassVar[Mapping[str, tuple[str, ...]]] = {"differs": ("lead", "differs")}

    differs: Text | None = Field(None, title="Warum die andere abweicht")
    name: Text | None = Field(None, title="Name")
    summary: Text | None = Field(None, title="In einem Satz")
    note: Markdown | None = Field(None, title="Hinweis")


class CohortForecast(Record):
    """Children of some ages in the years ahead, beside the places of the town's plan."""

    INVENTABLE = ("demand",)

    name: Text = Field(title="Name", description="Zum Beispiel: „Kinder im Grundschulalter bis 2031“.")
    summary: Text | None = Field(None, title="In einem Satz")
    indicator: IndicatorId = Field(
        title="Kennzahl",
        description="Sie zählt Kinder am Ende des Jahres nach einzelnen Altersjahren; die Aufgliederung heißt alter, ihre Kürzel sind das Alter: 0, 1, 2.",
    )
    ages: AgeRange = Field(title="Alter", description="Wer gezählt wird, zum Beispiel 6-9.")
    topic: TopicId = Field(title="Thema", description="Wofür die Plätze sind.")
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
    lead: ForecastLead | None = Field(
        None,
        title="Womit geplant wird",
        description="Wenn auch eine Kennzahl für dieselben Kinder Vorausberechnungen hat.",
    )
    plan: ForecastPlan | None = Field(
        None,
        title="Plätze laut Plan",
        description="Nur sie stehen neben dem Bedarf; was Einträge an Plätzen nennen, ist nicht alles, was es gibt.",
    )
    responsible: Text | None = Field(None, title="Zuständig")
    note: Markdown | None = Field(None, title="Hinweis")

    translations: dict[LanguageTag, ForecastTexts] = Field(default_factory=dict, title="Übersetzungen")

    @property
    def differs(self) -> str | None:
        """Why another forecast of the same children says something else."""
        return self.lead.differs if self.lead is not None else None

    def other_forecasts(self, indicators: Mapping[str, Indicator]) -> list[str]:
        """Return other indicators that forecast children of the same ages."""
        return [
            key
            for key, indicator in indicators.items()
            if key != self.indicator
            and indicator.counted
            and indicator.forecast_from is not None
            and indicator.ages is not None
            and indicator.ages.years == self.ages.years
        ]


KINDS = (
    Kind("forecasts", CohortForecast, "Vorausberechnung", "Vorausberechnungen", "keine Vorausberechnung"),
)


def forecasts(site: Site) -> Mapping[str, CohortForecast]:
    """Return the forecasts of a site by their ids."""
    return site.records("forecasts")


class ForecastChildren(Struct, frozen=True):
    """Children of some ages in a later year."""

    fixed: int | Fraction  # if nobody moves
    moving: Fraction | None = None  # if people move as on average before; None if that isn't known
    low: Fraction | None = (
        None  # if every year were like the one that gives fewest; None with one pair of years
    )
    high: Fraction | None = None  # like the one that gives most

    @property
    def expected(self) -> int | Fraction:
        """The number to plan with, with moves if known."""
        return self.fixed if self.moving is None else self.moving

    def times(self, share: Fraction) -> ForecastChildren:
        """Return a share of these children."""
        numbers = (self.moving, self.low, self.high)
        return ForecastChildren(
            self.fixed * share, *(None if one is None else one * share for one in numbers)
        )


class ForecastYear(Struct, frozen=True):
    """A later year."""

    year: int
    children: ForecastChildren | None  # None where a count isn't published
    claim_ages: tuple[int, int] | None  # who has a claim then: first and last age; None for nobody
    claim: ForecastChildren | None  # how many these are


class Backtest(Struct, frozen=True):
    """A trial: what the counts up to an earlier year would have forecast for the last counted one."""

    start: int  # the earlier year
    said: Fraction  # the forecast
    counted: int  # what was counted
    tried: int = 0  # how many such trials there are, from any earlier year
    within: int = 0  # in how many the count lay between low and high


class ForecastFacts(Struct, frozen=True):
    """The town's forecast, or faults."""

    space: str = ""  # the town
    base: int = 0  # the last counted year
    past: Mapping[int, int] = struct_field(default_factory=dict)  # children by counted year
    years: tuple[ForecastYear, ...] = ()  # ahead
    moves: bool = False  # whether people's moves are reckoned with
    backtest: Backtest | None = None
    rounded: bool = False  # whether its counts are rounded
    illustrative: bool = False
    faults: tuple[RecordFault, ...] = ()

    @property
    def most(self) -> tuple[int, ForecastChildren] | None:
        """The first year ahead with the most children, and these."""
        known = [(year.year, year.children) for year in self.years if year.children is not None]
        return max(known, key=lambda one: (one[1].expected, -one[0]), default=None)


def derived_forecasts(facts: Facts) -> Mapping[str, ForecastFacts]:
    """Return forecasts by id; none without this subject."""
    return facts.further.get("forecasts", {})
