"""A measure of youth-welfare planning: what is to be done about a need, what it costs, who sees to it, who decided, when it is looked at again; and what follows from it on a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from generator.model.dates import Date, DateOrYear
from generator.model.facts import Facts
from generator.model.groups import Group, Kind, MemberId, OfferId, Record, SpaceId, TopicId
from generator.model.scalars import AgeRange, Euros, LanguageTag, Markdown, Ref, Slug, Text, YesNo
from generator.model.site import Site

MeasureStatus = Literal["proposed", "decided", "running", "done", "dropped"]
DecisionResult = Literal[
    "recommended", "approved", "changed", "conditional", "limited", "postponed", "referred", "rejected"
]
APPROVING: tuple[DecisionResult, ...] = ("approved", "changed", "conditional", "limited")
"""Results after which a measure is decided."""


class MeasureCost(Group):
    """What a part of the measure costs."""

    name: Text = Field(title="Wofür", description="Zum Beispiel: „Personal“, „Umbau der Küche“.")
    amount: Euros = Field(title="Betrag", description="In Euro.")
    every: Literal["once", "year"] = Field(title="Wie oft", description="once: einmal. year: jedes Jahr.")
    estimated: YesNo = Field(False, title="Geschätzt")
    paid_from: Text | None = Field(None, title="Woraus", description="Der Topf oder die Haushaltsstelle.")
    budget: Annotated[Slug, Ref("budgets")] | None = Field(
        None, title="Budget", description="Wenn das Geld aus einem eingetragenen Budget kommt."
    )


class MeasureDecision(Group):
    """One time that a body decides on the measure."""

    by: Annotated[Slug, Ref("networks")] = Field(
        title="Gremium", description="Das Kürzel eines Netzwerks, zum Beispiel des Jugendhilfeausschusses."
    )
    date: Date = Field(title="Sitzung am")
    result: DecisionResult | None = Field(
        None,
        title="Ergebnis",
        description="recommended: empfohlen, zum Beispiel von einer Arbeitsgemeinschaft. approved: beschlossen. changed: mit Änderungen beschlossen. conditional: unter einem Vorbehalt beschlossen, der unter condition steht. limited: befristet beschlossen, bis until. postponed: vertagt. referred: an ein anderes Gremium verwiesen. rejected: abgelehnt. Ohne Angabe steht der Beschluss noch aus.",
    )
    condition: Text | None = Field(
        None, title="Vorbehalt", description="Zum Beispiel: „vorbehaltlich des Haushalts 2027“."
    )
    until: Date | None = Field(None, title="Befristet bis")
    paper: Text | None = Field(None, title="Vorlage", description="Nummer oder Titel der Vorlage.")
    text: Text | None = Field(None, title="Was beschlossen ist")


class MeasureReview(Group):
    """One time that somebody looks whether the measure does what it should."""

    due: DateOrYear = Field(
        title="Bis wann", description="Tag, Monat oder Jahr, bis zu dem geprüft sein soll."
    )
    by: Text | None = Field(None, title="Wer prüft", description="Gremien und Ämter, keine Personen.")
    made: DateOrYear | None = Field(
        None, title="Geprüft", description="Tag, Monat oder Jahr; ohne Angabe ist noch nicht geprüft."
    )
    result: Text | None = Field(
        None,
        title="Ergebnis",
        description="Was sich gezeigt hat und was daraus folgt. Keine Zahlen zu Fällen.",
    )


class Voice(Group):
    """What young people or parents said to it, and what became of that."""

    who: Text = Field(
        title="Wer gefragt wurde",
        description="Eine Gruppe, keine Personen: „Kinder der dritten und vierten Klassen“.",
    )
    how: Text | None = Field(None, title="Wie", description="Zum Beispiel: „Umfrage“, „Stadtteilbegehung“.")
    date: DateOrYear | None = Field(None, title="Wann")
    said: Text = Field(title="Was sie sagen", description="Zusammengefasst, ohne einzelne Familien.")
    result: Text | None = Field(None, title="Was daraus wurde")


class MeasureTexts(Group):
    """What can be translated."""

    name: Text | None = Field(None, title="Name")
    summary: Text | None = Field(None, title="In einem Satz")
    need: Text | None = Field(None, title="Bedarf")
    inclusion: Text | None = Field(None, title="Inklusion")


class PlanningMeasure(Record):
    """A measure, from the need that it answers to the review that asks whether it helped."""

    INVENTABLE: ClassVar[tuple[str, ...]] = ("name", "summary", "costs")

    name: Text = Field(title="Name")
    summary: Text | None = Field(None, title="In einem Satz", description="Was getan wird.")
    need: Text = Field(
        title="Bedarf",
        description="Was fehlt und woher man das weiß, ohne Fall und ohne einzelne Familien.",
    )
    spaces: tuple[SpaceId, ...] = Field((), title="Gebiete", description="Ohne Angabe: die ganze Stadt.")
    topics: tuple[TopicId, ...] = Field(title="Themen", min_length=1)
    ages: AgeRange | None = Field(None, title="Alter")
    status: MeasureStatus = Field(
        "proposed",
        title="Stand",
        description="proposed: vorgeschlagen. decided: beschlossen. running: läuft. done: abgeschlossen. dropped: nicht weiter verfolgt.",
    )
    owner: MemberId = Field(title="Verantwortlich", description="Amt oder Träger, der sie umsetzt.")
    partners: tuple[MemberId, ...] = Field((), title="Partner")
    from_: DateOrYear | None = Field(None, alias="from", title="Beginn")
    until: DateOrYear | None = Field(None, title="Ende")
    costs: tuple[MeasureCost, ...] = Field(
        (),
        title="Kosten",
        description="Ohne Angabe steht da, dass sie nicht beziffert sind. Kosten 0 heißt: kostet nichts.",
    )
    decisions: tuple[MeasureDecision, ...] = Field((), title="Beschlüsse")
    reviews: tuple[MeasureReview, ...] = Field((), title="Überprüfungen")
    voices: tuple[Voice, ...] = Field(
        (),
        title="Stimmen junger Menschen und Eltern",
        description="Ihre Wünsche, Bedürfnisse und Interessen gehören zur Planung (§ 80 Abs. 1 SGB VIII).",
    )
    inclusion: Text | None = Field(
        None,
        title="Inklusion",
        description="Was die Maßnahme für junge Menschen mit Behinderungen bedeutet (§ 80 Abs. 2 SGB VIII).",
    )
    offers: tuple[OfferId, ...] = Field(
        (), title="Angebote", description="Was daraus entstanden oder geplant ist."
    )
    note: Markdown | None = Field(None, title="Hinweis")
    translations: dict[LanguageTag, MeasureTexts] = Field(default_factory=dict, title="Übersetzungen")

    def leads_to(self, guarded: Collection[tuple[str, str]]) -> bool:
        """Tell whether one who is protected sees to it, or an offer that is came of it."""
        offers = any(("offers", key) in guarded for key in self.offers)
        return offers or ("providers", self.owner) in guarded


KINDS = (
    Kind("measures", PlanningMeasure, "Maßnahme", "Maßnahmen", "keine Maßnahme", planned="without areas"),
)


def planning_measures(site: Site) -> Mapping[str, PlanningMeasure]:
    """Return the measures of a site by their ids."""
    return site.records("measures")


@dataclass(frozen=True, slots=True)
class PlanningMeasureFacts:
    """A measure on a day.

    `decided` is the last decision with a result. `next_review` is the first that isn't made; `overdue` where the next one
    should have been made and the measure goes on.
    """

    decided: MeasureDecision | None
    next_review: MeasureReview | None
    overdue: bool


def derived_measures(facts: Facts) -> Mapping[str, PlanningMeasureFacts]:
    """Return what follows from every measure, by its id."""
    return facts.further["measures"]


def measures_of_area(site: Site, facts: Facts, space: str) -> list[PlanningMeasure]:
    """Return the measures for an area, for one around it or for one in it, in the order of their names."""
    found = facts.further["measures_by_space"].get(space, ())
    return [planning_measures(site)[key] for key in found]
