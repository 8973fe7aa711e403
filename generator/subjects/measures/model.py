"""Model what a town plans: measures, and agreements (contracts) with providers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Annotated, Literal

from msgspec import Struct
from pydantic import Field

from generator.model.dates import Date, DateOrYear, PartialDate
from generator.model.facts import Facts
from generator.model.groups import Group, Kind, MemberId, OfferId, Record, RecordTexts, SpaceId, TopicId
from generator.model.known import Answer, valid_on
from generator.model.scalars import (
    AgeRange,
    Count,
    Euros,
    LanguageTag,
    Markdown,
    Percent,
    Ref,
    Slug,
    Text,
    YesNo,
)
from generator.model.site import Site

MeasureStatus = Literal["proposed", "decided", "running", "done", "dropped"]
DecisionResult = Literal[
    "recommended", "approved", "changed", "conditional", "limited", "postponed", "referred", "rejected"
]
APPROVING: tuple[DecisionResult, ...] = ("approved", "changed", "conditional", "limited")
"""Results after which a measure is decided."""


class MeasureCost(Group):
    """What a part of the measure costs."""

    DISCLOSED = "name amount every estimated paid_from budget"

    name: Text = Field(title="Wofür", description="Zum Beispiel: „Personal“, „Umbau der Küche“.")
    amount: Euros = Field(title="Betrag", description="In Euro.")
    every: Literal["once", "year"] = Field(title="Wie oft", description="once: einmal. year: jedes Jahr.")
    estimated: YesNo = Field(
        False, title="Geschätzt", description="yes: der Betrag ist geschätzt, und das steht dabei."
    )
    paid_from: Text | None = Field(None, title="Woraus", description="Der Topf oder die Haushaltsstelle.")
    budget: Annotated[Slug, Ref("budgets")] | None = Field(
        None, title="Budget", description="Wenn das Geld aus einem eingetragenen Budget kommt."
    )


class MeasureDecision(Group):
    """One time that a body decides on the measure."""

    DISCLOSED = "by date result condition until paper text"

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
    until: Date | None = Field(
        None, title="Befristet bis", description="Bei einem befristeten Beschluss: der letzte Tag."
    )
    paper: Text | None = Field(None, title="Vorlage", description="Nummer oder Titel der Vorlage.")
    text: Text | None = Field(
        None, title="Was beschlossen ist", description="Der Beschluss in eigenen Worten, in ein, zwei Sätzen."
    )


class MeasureReview(Group):
    """One time that somebody looks whether the measure does what it should."""

    DISCLOSED = "due by made result"

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


class MeasureTexts(RecordTexts):
    """What can be translated."""

    DISCLOSED = "name summary need inclusion"

    name: Text | None = Field(None, title="Name")
    summary: Text | None = Field(None, title="In einem Satz")
    need: Text | None = Field(None, title="Bedarf")
    inclusion: Text | None = Field(None, title="Inklusion")


class PlanningMeasure(Record):
    """A measure, from the need that it answers to the review that asks whether it helped."""

    INVENTABLE = ("name", "summary", "costs")
    DISCLOSED = (
        "id name summary need spaces topics ages status owner partners from_ until costs decisions reviews voices inclusion offers "
        "note translations illustrative origin"
    )

    name: Text = Field(
        title="Name", description="Was getan wird, kurz. Zum Beispiel: „Elterncafé im Rosengrund“."
    )
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
    owner: MemberId = Field(
        title="Verantwortlich", description="Das Amt oder der Träger, der sie umsetzt, keine Person."
    )
    partners: tuple[MemberId, ...] = Field((), title="Partner")
    from_: DateOrYear | None = Field(None, alias="from", title="Beginn")
    until: DateOrYear | None = Field(None, title="Ende")
    costs: tuple[MeasureCost, ...] = Field(
        (),
        title="Kosten",
        description="Ohne Angabe steht da, dass sie nicht beziffert sind. Kosten 0 heißt: kostet nichts.",
    )
    decisions: tuple[MeasureDecision, ...] = Field(
        (), title="Beschlüsse", description="Wer wann worüber entschieden hat oder entscheidet."
    )
    reviews: tuple[MeasureReview, ...] = Field(
        (), title="Überprüfungen", description="Wann jemand nachsieht, ob es geholfen hat."
    )
    voices: tuple[Text, ...] = Field(
        (),
        title="Stimmen junger Menschen und Eltern",
        description="Wer wann gefragt wurde, was sie sagen, was daraus wurde: Gruppen, keine Personen und keine einzelnen Familien. Ihre Wünsche gehören zur Planung (§ 80 Abs. 1 SGB VIII).",
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

    def leads_to(self, protected: Collection[tuple[str, str]]) -> bool:
        """Tell whether somebody protected is in charge, or a protected offer resulted; `protected` are (folder, id)."""
        offers = any(("offers", key) in protected for key in self.offers)
        return offers or ("providers", self.owner) in protected


PlanStatus = MeasureStatus | Literal["unsaid"]
"""How far a measure or an agreement is; `unsaid`: nobody said when the agreement ends."""
ReviewStatus = Literal["open", "on-track", "at-risk", "reached", "mostly", "missed", "dropped"]
Disclosed = Literal["sub_budgets", "rule", "goals", "field_work", "covers"]
"""What of an agreement is public only where it says so."""


class SubBudget(Group):
    """A part of the money of an agreement."""

    DISCLOSED = "name amount every"

    name: Text = Field(
        title="Bezeichnung", description="Wofür der Teil ist. Zum Beispiel: „Fallunspezifische Arbeit“."
    )
    amount: Euros | None = Field(None, title="Betrag", description="In Euro.")
    every: Literal["year", "term"] | None = Field(
        None, title="Wofür der Betrag gilt", description="year: für jedes Jahr. term: für die ganze Laufzeit."
    )


class Review(Group):
    """How a goal stood at a date."""

    DISCLOSED = "date status note"

    date: DateOrYear = Field(title="Tag", description="Tag, Monat oder Jahr der Bewertung.")
    status: ReviewStatus = Field(
        title="Stand",
        description="open: offen. on-track: auf gutem Weg. at-risk: in Gefahr. reached: erreicht. mostly: im Wesentlichen erreicht. missed: nicht erreicht. dropped: aufgegeben.",
    )
    note: Text | None = Field(None, title="Hinweis")


class Goal(Group):
    """A goal and its reviews."""

    DISCLOSED = "name reviews"

    name: Text = Field(
        title="Ziel",
        description="Was erreicht werden soll, in einem Satz: „Mehr Kinder kommen nachmittags in den Treff“.",
    )
    reviews: tuple[Review, ...] = Field(
        (), title="Bewertungen", description="Wie es an einem Tag stand, je Bewertung ein Block."
    )


FEWEST_STAFF = 5
"""Of fewer people a share of working time says too much about each one, and isn't shown."""


class FieldWork(Group):
    """Share of work beyond single cases, of a whole team and never of a person."""

    DISCLOSED = "planned actual date staff staff_council"

    planned: Percent = Field(
        title="geplant", description="Anteil an der Arbeitszeit: 20 %.", examples=["20 %"]
    )
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
        """Whether the actual share is secret: small team, or no staff council's consent."""
        return self.actual is not None and ((self.staff or 0) < FEWEST_STAFF or not self.staff_council)


Paid = Literal["yes", "partly", "no"]


class Covers(Group):
    """What an agreement's money pays for, so that providers stay able to act; what is left out isn't said."""

    DISCLOSED = "date grants tariffs leadership training"

    date: DateOrYear = Field(title="Stand")
    grants: Paid | None = Field(
        None, title="Kostendeckend", description="Auch wo das Geld eine Zuwendung ist: yes, partly oder no."
    )
    tariffs: Paid | None = Field(None, title="Tarif mit Altersvorsorge", description="yes, partly oder no.")
    leadership: Paid | None = Field(None, title="Leitung und Verwaltung", description="yes, partly oder no.")
    training: Paid | None = Field(None, title="Fortbildung", description="yes, partly oder no.")


class Agreement(Record):
    """A contract with providers at the level of an area."""

    DISCLOSED = "id name partners spaces released public from_ until illustrative origin"

    name: Text = Field(
        title="Name", description="Wie der Vertrag heißt. Zum Beispiel: „Sozialraumvertrag Süderaue“."
    )
    partners: tuple[MemberId, ...] = Field(title="Partner", min_length=1)
    spaces: tuple[SpaceId, ...] = Field((), title="Gebiete")
    released: Date | None = Field(
        None,
        title="Freigegeben am",
        description="Tag, an dem alle Partner zugestimmt haben, dass sie öffentlich ist; dann liegt sie in resources/.",
    )
    public: tuple[Disclosed, ...] = Field(
        (),
        title="Öffentlich",
        description="Was davon auf der öffentlichen Seite steht: sub_budgets, rule, goals, field_work, covers. Ohne Angabe: nichts davon, nur Name, Partner, Gebiete und Laufzeit.",
    )
    from_: DateOrYear | None = Field(None, alias="from", title="Beginn")
    until: DateOrYear | None = Field(None, title="Ende")
    sub_budgets: tuple[SubBudget, ...] = Field(
        (), title="Teilbudgets", description="Wofür das Geld ist, je Teil ein Betrag."
    )
    rule: Text | None = Field(
        None, title="Regel", description="Zum Beispiel: was geschieht, wenn stationäre Hilfe vermieden wird."
    )
    goals: tuple[Goal, ...] = Field(
        (), title="Ziele", description="Was erreicht werden soll, mit den Bewertungen."
    )
    field_work: FieldWork | None = Field(
        None,
        title="Fallunspezifische Arbeit",
        description="Welcher Anteil der Arbeitszeit keinem einzelnen Fall gilt; nur für das ganze Team.",
    )
    covers: Covers | None = Field(
        None,
        title="Was das Geld deckt",
        description="Ob die Entgelte die Kosten decken (§ 77 SGB VIII): vier Angaben mit yes, partly oder no und ein Stand.",
    )

    @property
    def may_be_public(self) -> bool:
        """Tell whether partners released it or a document published it."""
        return self.released is not None or self.origin is not None

    def status(self, day: dt.date) -> PlanStatus:
        """Return its status on a day: `decided` before it begins, `unsaid` without an end."""
        if self.from_ is not None and self.from_.first_day > day:
            return "decided"
        valid: dict[Answer, PlanStatus] = {"fits": "running", "unsaid": "unsaid", "not": "done"}
        return valid[valid_on(day, self.from_, self.until)]

    @property
    def last_known(self) -> Date | PartialDate | None:
        """Return the last day of which the record says something."""
        days = [review.date for goal in self.goals for review in goal.reviews]
        days += [self.field_work.date] if self.field_work is not None else []
        last = max(days, key=lambda day: day.last_day, default=None)
        return last or (self.origin and self.origin.date) or self.released or self.from_

    def leads_to(self, protected: Collection[tuple[str, str]]) -> bool:
        """Tell whether all its partners are protected; `protected` are (folder, id)."""
        return all(("providers", key) in protected or ("places", key) in protected for key in self.partners)


KINDS = (
    Kind("measures", PlanningMeasure, "Maßnahme", "Maßnahmen", "keine Maßnahme", planned="without areas"),
    Kind(
        "agreements",
        Agreement,
        "Vereinbarung",
        "Vereinbarungen",
        "keine Vereinbarung",
        internal=True,
        planned="without areas",
    ),
)
"""`planned="without areas"`: of a record about protection the public site leaves out the areas."""


def planning_measures(site: Site) -> Mapping[str, PlanningMeasure]:
    """Return the measures of a site by their ids."""
    return site.records("measures")


def agreements(site: Site) -> Mapping[str, Agreement]:
    """Return the agreements of a site by their ids."""
    return site.records("agreements")


class PlanningMeasureFacts(Struct, frozen=True):
    """A measure on a day."""

    decided: MeasureDecision | None  # the last decision with a result
    next_review: MeasureReview | None  # the first that is still to be made
    overdue: bool  # whether a review is


def derived_measures(facts: Facts) -> Mapping[str, PlanningMeasureFacts]:
    """Return what follows from every measure, by its id."""
    return facts.further["measures"]


def plans_of_area(facts: Facts, folder: str, space: str) -> tuple[str, ...]:
    """Return measures or agreements for, around or in an area, by name."""
    found: tuple[str, ...] = facts.further[f"{folder}_by_space"].get(space, ())
    return found
