"""Model a budget distributed over areas, and what is computed from it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from msgspec import Struct
from pydantic import Field

from generator.model.cells import RecordFault, Status
from generator.model.dates import Date, Year
from generator.model.facts import Facts
from generator.model.groups import Group, Kind, Record, RecordTexts, SpaceId
from generator.model.indicator import IndicatorId
from generator.model.scalars import Euros, LanguageTag, Markdown, Percent, Slug, Text
from generator.model.site import Site

MoneyFor = Literal["infrastructure", "quarter", "claims"]
"""What money is for: offers of the whole town, work in areas, claims of single people."""
Inverse = Literal["reciprocal", "complement"]
"""How money is shared where more of something means less need: by 1 / value, or by the sum less the value."""
Interval = Literal["year", "quarter"]
"""How often a step of `PhaseIn` comes; a quarter is three months here, an area in `MoneyFor`."""


def in_cents(euros: Decimal) -> int:
    """Return a record's euros in cents."""
    return int(euros * 100)


class Deduction(Group):
    """What is taken off before anything is distributed; the order of the list is the order of taking off."""

    kind: Literal["central", "reserve"] = Field(
        title="Art", description="central: zentrale Angebote. reserve: Rücklage für Schwankungen."
    )
    name: Text | None = Field(
        None,
        title="Bezeichnung",
        description="Wofür der Betrag zurückgehalten wird. Zum Beispiel: „Zentrale Angebote“.",
    )
    amount: Euros | None = Field(None, title="Betrag", description="In Euro. Entweder amount oder share.")
    share: Percent | None = Field(
        None,
        title="Anteil",
        description="Anteil an dem, was bei diesem Schritt noch da ist: 3 %. Darum zählt die Reihenfolge.",
    )


class WeightedIndicator(Group):
    """An indicator by which money is distributed."""

    indicator: IndicatorId = Field(title="Kennzahl")
    weight: Percent = Field(title="Gewicht", description="Alle Gewichte zusammen ergeben 100 %.")
    period: Text | None = Field(
        None, title="Zeitraum", description="Ohne Angabe: der neueste beobachtete Zeitraum."
    )
    inverse: Inverse | None = Field(
        None,
        title="Mehr heißt weniger Bedarf",
        description="Nur wo mehr davon weniger Bedarf und weniger Geld heißt, etwa bei Freifläche. reciprocal: nach dem Kehrwert. complement: nach dem, was zur Summe aller Gebiete fehlt. Eine Norm dafür gibt es nicht. Ohne Angabe: mehr davon, mehr Geld.",
    )
    reason: Text | None = Field(
        None, title="Warum diese Kennzahl", description="Was sie mit dem Bedarf zu tun hat, in einem Satz."
    )
    source: Text | None = Field(
        None, title="Herkunft des Gewichts", description="Wer es festgelegt hat, mit Datum."
    )
    criticism: Text | None = Field(
        None, title="Kritik", description="Was gegen dieses Gewicht spricht. Nötig bei Zahlen zu Migration."
    )


class Outflow(Group):
    """What was spent in an earlier year, by area."""

    year: Year = Field(title="Jahr", description="Das Jahr, in dem das Geld ausgegeben wurde: 2025.")
    amounts: dict[SpaceId, Euros] = Field(
        title="Mittelabfluss",
        description="In Euro, für jedes Gebiet des Budgets: {nord: 410000, sued: 520000}.",
    )
    cases_from: IndicatorId | None = Field(
        None,
        title="Fälle aus",
        description="Die Kennzahl, die zählt, wofür das Geld ausgegeben wurde. Ist sie für ein Gebiet geheim, wird nichts veröffentlicht.",
    )
    source: Text | None = Field(None, title="Quelle")


class PhaseIn(Group):
    """One reading of how the share of the indicators grows until it is 100 %."""

    name: Text = Field(title="Bezeichnung", description="Zum Beispiel: ein Sprung im Jahr.")
    step: Percent = Field(title="Sprung", description="In Prozentpunkten: 10.")
    interval: Interval = Field(
        title="Abstand", description="year: jedes Jahr ein Sprung. quarter: jedes Vierteljahr."
    )
    note: Text | None = Field(None, title="Hinweis")


class BudgetPart(Group):
    """A sub-budget: a share of what every area gets."""

    name: Text = Field(title="Bezeichnung", description="Wofür der Teil ist. Zum Beispiel: „Frühe Hilfen“.")
    share: Percent = Field(title="Anteil", description="Alle Anteile zusammen ergeben 100 %.")


class MoneyLevel(Group):
    """What is known of one of the three levels of money; of claims an expectation, never a limit."""

    amount: Euros | None = Field(
        None, title="Betrag", description="In Euro. Bei claims eine Schätzung, keine Obergrenze."
    )
    text: Text | None = Field(
        None, title="Was davon bezahlt wird", description="Zum Beispiel: „Spielplätze, Bücherei, Jugendhaus“."
    )


class MoneyLevels(Group):
    """The three levels of money, kept apart."""

    infrastructure: MoneyLevel = Field(
        default_factory=MoneyLevel,
        title="Infrastruktur der Stadt",
        description="Geld für Angebote der ganzen Stadt.",
    )
    quarter: MoneyLevel = Field(
        default_factory=MoneyLevel,
        title="Arbeit im Quartier",
        description="Geld für die Arbeit in den Gebieten.",
    )
    claims: MoneyLevel = Field(
        default_factory=MoneyLevel,
        title="Einzelne Ansprüche",
        description="Geld für Hilfen, auf die einzelne Menschen Anspruch haben; nie eine Grenze.",
    )


class BudgetTexts(RecordTexts):
    """What can be translated."""

    name: Text | None = Field(None, title="Name")
    summary: Text | None = Field(None, title="In einem Satz")
    criticism: Text | None = Field(None, title="Kritik")
    note: Markdown | None = Field(None, title="Hinweis")


class Budget(Record):
    """A sum of money that is distributed over areas."""

    INVENTABLE = ("name", "total", "first", "weights", "outflow", "sub_budgets", "money")

    name: Text = Field(
        title="Name", description="Wie das Budget im Beschluss heißt. Zum Beispiel: „Fonds Frühe Hilfen“."
    )
    summary: Text | None = Field(None, title="In einem Satz", description="Wofür das Geld ist.")
    years: tuple[Year, ...] = Field(
        title="Haushaltsjahre", description="Ein Jahr oder zwei: [2026] oder [2026, 2027].", min_length=1
    )
    total: Euros = Field(title="Betrag", description="In Euro, für ein Haushaltsjahr.")
    pays_for: MoneyFor = Field(
        title="Ebene des Geldes",
        description="infrastructure: Angebote der ganzen Stadt. quarter: Arbeit im Quartier. claims: Hilfen, auf die einzelne Menschen Anspruch haben; dann ist der Betrag eine Schätzung und keine Grenze.",
    )
    level: Slug | None = Field(
        None,
        title="Ebene der Gebiete",
        description="Über alle Gebiete dieser Ebene wird verteilt. Entweder level oder spaces.",
    )
    spaces: tuple[SpaceId, ...] = Field((), title="Gebiete", description="Über diese Gebiete wird verteilt.")
    first: tuple[Deduction, ...] = Field(
        (), title="Vorab", description="Was vor der Verteilung abgeht, in dieser Reihenfolge."
    )
    weights: tuple[WeightedIndicator, ...] = Field(
        title="Kennzahlen", description="Wonach verteilt wird, je Kennzahl ein Gewicht.", min_length=1
    )
    weights_source: Text | None = Field(
        None, title="Herkunft der Gewichte", description="Wer sie festgelegt hat, mit Datum."
    )
    criticism: Text | None = Field(None, title="Kritik", description="Was gegen diese Verteilung spricht.")
    by_indicators: Percent = Field(
        Decimal(100),
        title="Anteil nach Kennzahlen",
        description="Zum Beispiel: 60 %. Der Rest geht nach dem Mittelabfluss des Vorjahres. Ohne Angabe: alles nach Kennzahlen.",
    )
    outflow: Outflow | None = Field(
        None,
        title="Mittelabfluss des Vorjahres",
        description="Was jedes Gebiet im Jahr davor ausgegeben hat; nötig, wenn by_indicators unter 100 % liegt.",
    )
    phase_in: tuple[PhaseIn, ...] = Field(
        (),
        title="Weg zu 100 %",
        description="Wie der Anteil nach Kennzahlen wächst. Mehrere Lesarten stehen nebeneinander.",
    )
    sub_budgets: tuple[BudgetPart, ...] = Field(
        (), title="Teilbudgets", description="Worin der Betrag jedes Gebiets aufgeteilt ist, in Prozent."
    )
    money: MoneyLevels = Field(
        default_factory=MoneyLevels,
        title="Drei Ebenen des Geldes",
        description="Was von den drei Ebenen des Geldes bekannt ist, getrennt voneinander.",
    )
    decision: Text | None = Field(
        None,
        title="Beschluss",
        description="Wer wann beschlossen hat, oder dass es noch keinen Beschluss gibt.",
    )
    children: IndicatorId | None = Field(
        None,
        title="Kinder",
        description="Die Kennzahl, die die Kinder der Gebiete zählt: Dann stehen Beträge je Kind dabei. Nie bei Geld für einzelne Ansprüche (claims).",
    )
    granted_until: Date | None = Field(
        None, title="Bewilligt bis", description="Der letzte Tag, bis zu dem das Geld bewilligt ist."
    )
    applied: Date | None = Field(
        None, title="Beantragt am", description="Der Tag, an dem Geld für danach beantragt wurde."
    )
    decided: Date | None = Field(
        None,
        title="Entschieden am",
        description="Der Tag, an dem über das Geld für danach entschieden wurde.",
    )
    took_part: Text | None = Field(
        None,
        title="Wer mitgeredet hat",
        description="Wer über die Verteilung mitberaten hat, mit Datum: Träger, Quartiere, Familien, junge Menschen.",
    )
    note: Markdown | None = Field(None, title="Hinweis", description="Was zu diesem Budget gesagt sein muss.")
    translations: dict[LanguageTag, BudgetTexts] = Field(default_factory=dict, title="Übersetzungen")


KINDS = (Kind("budgets", Budget, "Budget", "Budgets", "kein Budget", planned="refused"),)
"""`planned="refused"`: a budget by area that is about protection is refused, for it would tell where protection is."""


def budgets(site: Site) -> Mapping[str, Budget]:
    """Return the budgets of a site by their ids."""
    return site.records("budgets")


FINE = 10_000
"""Into so many parts a cent is divided in a quota: as fine as spreadsheets compute reliably, too."""


class BudgetFault(RecordFault, frozen=True):
    """Why a budget isn't computed; the fields say of which missing figure."""

    indicator: str = ""
    spaces: tuple[str, ...] = ()
    period: str = ""
    status: Status | None = None  # why it is missing; None: there is no cell


class Paid(NamedTuple):
    """What somebody gets of a sum."""

    quota: int  # the exact share, in ten-thousandths of a cent (`FINE`)
    cents: int  # what is paid


class SharingRule(Struct, frozen=True):
    """By what a pot is distributed over areas."""

    weight: int | None  # its indicator's number among the budget's weights; None for last year's outflow
    values: Mapping[str, Decimal]  # published figures by area
    counted: Mapping[str, Fraction]  # by what is shared: these, or their inverse
    indicator: str = ""
    period: str = ""
    inverse: Inverse | None = None
    illustrative: bool = False  # whether a figure is invented


class Pot(Struct, frozen=True):
    """A part of the money that is distributed by one rule."""

    rule: SharingRule
    points: Fraction  # its share of all the money, in percent
    paid: Paid  # the pot itself
    areas: Mapping[str, Paid]  # what each area gets of it


class Distribution(Struct, frozen=True):
    """Pots and areas' total amounts in cents."""

    pots: tuple[Pot, ...]
    amounts: Mapping[str, int]


class TakenOff(Struct, frozen=True):
    """A deduction and what is left after it, in cents."""

    cents: int
    left: int


class BudgetResult(Struct, frozen=True):
    """A budget step by step, all money in cents."""

    total: int
    taken: tuple[TakenOff, ...]  # by each deduction
    left: int  # to distribute
    money: Distribution
    changes: Mapping[str, int] | None  # by area, against last year's outflow; None without one
    otherwise: Distribution | None  # with deductions in opposite order; None if that is the same
    parts: tuple[int, ...]  # the sub-budgets, of all areas together
    rounded: bool  # whether some counts are published rounded


class BudgetFacts(Struct, frozen=True):
    """A budget's result, or the faults that prevent it."""

    areas: tuple[str, ...]
    faults: tuple[BudgetFault, ...] = ()
    result: BudgetResult | None = None
    illustrative: bool = False  # whether it rests on invented data


def derived_budgets(facts: Facts) -> Mapping[str, BudgetFacts]:
    """Return derived budgets by id; none without this subject."""
    return facts.further.get("budgets", {})
