"""Model an evaluation: what changed in an area between two points in time."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from msgspec import Struct
from pydantic import Field

from generator.model.cells import Cell, Change, RecordFault, Verdict
from generator.model.dates import Date, Year
from generator.model.facts import Facts
from generator.model.groups import Group, Kind, Record, RecordTexts, SpaceId
from generator.model.indicator import IndicatorId
from generator.model.scalars import Euros, LanguageTag, Markdown, Number, Text
from generator.model.site import Site

Precision = Literal["exact", "about", "nearly", "over"]
"""How exactly a source states an amount: „rund“, „knapp“, „gut“."""
HypothesisState = Literal["evidenced", "partly", "not-evidenced", "unknown"]


class ComparedWith(Group):
    """What the area is compared with."""

    name: Text = Field(title="Name", description="Wie im Satz: „Bremen“.")
    space: SpaceId | None = Field(
        None, title="Gebiet", description="Wenn es dazu einen Eintrag gibt; nötig für Zahlen aus Kennzahlen."
    )


class MeasuredChange(Group):
    """One thing that changed: as the source states it in per cent, or by an indicator of this site."""

    name: Text = Field(title="Was", description="Zum Beispiel: „Stationäre Maßnahmen“.")
    change: Number | None = Field(
        None, title="Veränderung im Gebiet", description="In Prozent: -18.2.", examples=["-18.2"]
    )
    comparison: Number | None = Field(
        None,
        title="Veränderung im Vergleich",
        description="In Prozent: 7.8. Ohne Angabe: Die Quelle nennt keine.",
        examples=["7.8"],
    )
    indicator: IndicatorId | None = Field(
        None,
        title="Kennzahl",
        description="Statt change und comparison: Dann wird aus den veröffentlichten Zahlen gerechnet, mit Unsicherheit, gegenüber der übrigen Stadt.",
    )
    cases_from: IndicatorId | None = Field(
        None,
        title="Fälle aus",
        description="Bei change, wo eine Kennzahl geheim ist: die, die zählt, was sich verändert hat.",
    )
    no_indicator: Text | None = Field(
        None,
        title="Keine Kennzahl",
        description="Was hier gezählt wurde, wenn es keine Kennzahl dieser Seite zählt, auch nicht zum Teil: „Besuche, gezählt vom Treff“. Steht nicht auf der Seite.",
    )
    before: Text | None = Field(None, title="Zeitraum davor", description="Bei einer Kennzahl: 2023.")
    after: Text | None = Field(None, title="Zeitraum danach", description="Bei einer Kennzahl: 2025.")
    note: Text | None = Field(
        None, title="Hinweis", description="Was zu dieser Veränderung gesagt sein muss."
    )


class StatedAmount(Group):
    """An amount as a source states it, and how exactly."""

    amount: Euros = Field(title="Betrag", description="In Euro.")
    says: Precision = Field(
        "about",
        title="Wie genau",
        description="exact: genau. about: „rund“. nearly: „knapp“, also etwas weniger. over: „gut“, also etwas mehr.",
    )

    @property
    def step(self) -> Decimal:
        """Return the amount's rounding in euros, by its last non-zero digit (600000: 100000)."""
        exponent = self.amount.normalize().as_tuple().exponent
        return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """Between which amounts the stated one lies, in euros."""
        half = self.step / 2
        below = half if self.says in ("about", "nearly") else Decimal(0)
        above = half if self.says in ("about", "over") else Decimal(0)
        return self.amount - below, self.amount + above


class SpendingChange(Group):
    """How spending changed from one year to another, and what the source makes of it in euros."""

    name: Text = Field(title="Was", description="Zum Beispiel: „Ausgaben für Hilfen zur Erziehung“.")
    from_: Year = Field(alias="from", title="Jahr davor", description="Das erste Jahr des Vergleichs: 2023.")
    to: Year = Field(title="Jahr danach", description="Das zweite Jahr des Vergleichs: 2025.")
    change: Number = Field(title="Veränderung im Gebiet", description="In Prozent.", examples=["-5.04"])
    comparison: Number | None = Field(
        None, title="Veränderung im Vergleich", description="In Prozent.", examples=["4.51"]
    )
    effect: StatedAmount | None = Field(
        None, title="Unterschied in Euro", description="Nur wenn die Quelle ihn nennt."
    )
    after_costs: StatedAmount | None = Field(
        None, title="Davon nach Kosten", description="Was laut Quelle bleibt, wenn die Kosten abgezogen sind."
    )
    cases_from: IndicatorId | None = Field(
        None, title="Fälle aus", description="Die Kennzahl, die zählt, für wen das Geld war."
    )
    no_indicator: Text | None = Field(
        None,
        title="Keine Kennzahl",
        description="Wofür das Geld war, wenn es keine Kennzahl dieser Seite zählt, auch nicht zum Teil. Steht nicht auf der Seite.",
    )
    costs_of: Text | None = Field(
        None, title="Abgezogene Kosten", description="Zum Beispiel: „Personal, Fortbildung und Auswertung“."
    )
    not_counted: Text | None = Field(
        None, title="Nicht abgezogen", description="Zum Beispiel: „Material- und Nebenkosten“."
    )


class Hypothesis(Group):
    """Something that was expected, and what became of it."""

    text: Text = Field(title="Annahme", description="Was man erwartet hatte, in einem Satz.")
    state: HypothesisState = Field(
        title="Stand",
        description="evidenced: belegt. partly: zum Teil. not-evidenced: nicht belegt. unknown: Dazu gibt es zu wenig Daten oder keine.",
    )
    shown_by: Text | None = Field(
        None,
        title="Was dazu vorliegt",
        description="Zahlen oder Beobachtungen, die dafür oder dagegen sprechen, mit Quelle.",
    )


class EvaluationTexts(RecordTexts):
    """What can be translated."""

    name: Text | None = Field(None, title="Name")
    summary: Text | None = Field(None, title="In einem Satz")
    note: Markdown | None = Field(None, title="Hinweis")


class Evaluation(Record):
    """Before and after in an area, beside the same elsewhere: descriptive, for two points in time prove nothing."""

    INVENTABLE = ("name", "summary", "changes", "spending", "hypotheses")

    name: Text = Field(title="Name", description="Zum Beispiel: „Sozialraumbudget Walle, 2023 bis 2025“.")
    summary: Text | None = Field(None, title="In einem Satz")
    area: Text = Field(title="Gebiet in Worten", description="Wie im Satz: „Walle“.")
    space: SpaceId | None = Field(
        None, title="Gebiet", description="Wenn es dazu einen Eintrag gibt; nötig für Zahlen aus Kennzahlen."
    )
    compared_with: ComparedWith | None = Field(
        None, title="Verglichen mit", description="Das Gebiet daneben, in dem dasselbe gezählt wurde."
    )
    from_: Date = Field(alias="from", title="Davor", description="Der Tag der ersten Zählung.")
    until: Date = Field(title="Danach", description="Der Tag der zweiten Zählung.")
    changes: tuple[MeasuredChange, ...] = Field(
        (), title="Was sich verändert hat", description="Je Gezähltem ein Block: davor und danach."
    )
    spending: SpendingChange | None = Field(
        None, title="Ausgaben", description="Wie sich die Ausgaben verändert haben, mit Quelle."
    )
    hypotheses: tuple[Hypothesis, ...] = Field(
        (), title="Annahmen", description="Was man erwartet hatte, und was davon belegt ist."
    )
    caveats: tuple[Text, ...] = Field(
        (), title="Vorbehalte der Quelle", description="Was die Quelle selbst einschränkt."
    )
    judged_by: Text = Field(
        title="Wer das sagt", description="Wer ausgewertet hat und in wessen Auftrag; keine Privatperson."
    )
    own_words: Text | None = Field(
        None, title="Urteil der Quelle", description="Ihr eigenes Wort, mit Begründung: „konservativ“, weil …"
    )
    note: Markdown | None = Field(None, title="Hinweis")
    translations: dict[LanguageTag, EvaluationTexts] = Field(default_factory=dict, title="Übersetzungen")


KINDS = (
    Kind("evaluations", Evaluation, "Auswertung", "Auswertungen", "keine Auswertung", planned="refused"),
)
"""`planned="refused"`: an evaluation of an area that is about protection is refused, for it would tell where protection is."""


def evaluations(site: Site) -> Mapping[str, Evaluation]:
    """Return the evaluations of a site by their ids."""
    return site.records("evaluations")


Limits = tuple[Decimal, Decimal]
"""The low and the high end of a range."""


class Measured(Struct, frozen=True):
    """A published figure's change, as its indicator's page has it."""

    before: Cell
    after: Cell
    change: Change


class ChangeFacts(Struct, frozen=True):
    """A change in an area beside the compared area's: stated ones in per cent, computed ones in the indicator's unit."""

    change: Decimal | None
    comparison: Decimal | None  # the compared area's
    difference: Decimal | None  # of both
    own: Measured | None = None  # the figures of the area; None if the record states the change
    other: Measured | None = None  # those of the compared area
    rest: bool = False  # whether the area is taken out of the compared one
    limits: Limits | None = None  # 95 % interval of the difference, if both have one
    verdict: Verdict = Verdict.UNKNOWN  # of the difference


class AmountRange(Struct, frozen=True):
    """An amount's least and most in euros, given rounded statements."""

    low: Decimal
    high: Decimal


class SpendingFacts(Struct, frozen=True):
    """What stated amounts imply."""

    difference: Decimal | None  # of the changes here and elsewhere, in percentage points
    effect: AmountRange | None = None  # the stated saving
    base: AmountRange | None = None  # of which amount the saving is that difference
    costs: AmountRange | None = None  # of the measure: the saving less what is left after costs


class EvaluationFacts(Struct, frozen=True):
    """What is computed of an evaluation."""

    changes: tuple[ChangeFacts, ...]  # as in the record
    spending: SpendingFacts | None
    contains: bool  # whether the compared area includes the area
    faults: tuple[RecordFault, ...] = ()


def derived_evaluations(facts: Facts) -> Mapping[str, EvaluationFacts]:
    """Return computed evaluations by id; none without this subject."""
    return facts.further.get("evaluations", {})
