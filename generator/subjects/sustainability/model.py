"""Model a sustainability check: which effects a plan has, looked for in rounds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from generator.model.dates import DateOrYear
from generator.model.groups import Group, Kind, Record, RecordTexts, SpaceId
from generator.model.scalars import LanguageTag, Markdown, Slug, Text
from generator.model.site import Site


class CheckDimension(Group):
    """One side of sustainability, in which effects are looked for."""

    DISCLOSED = "id name"

    id: Slug = Field(title="Kürzel")
    name: Text = Field(title="Name", description="Zum Beispiel: „Ökologie“.")


class CheckEffect(Group):
    """An effect that was found."""

    DISCLOSED = "dimension effect text"

    dimension: Slug = Field(title="Bereich", description="Das Kürzel eines Bereichs aus dimensions.")
    effect: Literal["positive", "negative"] = Field(
        title="Auswirkung", description="positive: zum Besseren. negative: zum Schlechteren."
    )
    text: Text = Field(title="Was gefunden wurde", description="Die Auswirkung, in einem Satz.")


class CheckRound(Group):
    """One time that the check was made, or is to be made."""

    DISCLOSED = "name due planned made made_by focus effects"

    name: Text = Field(title="Bezeichnung", description="Zum Beispiel: „zweite Prüfung“.")
    due: DateOrYear | None = Field(
        None, title="Bis wann", description="Tag, Monat oder Jahr, bis zu dem geprüft sein soll."
    )
    planned: Text | None = Field(
        None, title="Wann, in Worten", description="Wenn kein Datum genannt ist: „nach zwei Jahren“."
    )
    made: DateOrYear | None = Field(
        None, title="Geprüft", description="Tag, Monat oder Jahr; ohne Angabe ist noch nicht geprüft."
    )
    made_by: Text | None = Field(None, title="Wer prüft", description="Gremien und Ämter, keine Personen.")
    focus: Text | None = Field(
        None,
        title="Schwerpunkt",
        description="Worauf diesmal besonders gesehen wird. Zum Beispiel: „Kinder unter 12“.",
    )
    effects: tuple[CheckEffect, ...] = Field(
        (), title="Auswirkungen", description="Was gefunden wurde, je Auswirkung ein Block."
    )


class CheckTexts(RecordTexts):
    """What can be translated."""

    DISCLOSED = "name summary"

    name: Text | None = Field(None, title="Name")
    summary: Text | None = Field(None, title="In einem Satz")


class SustainabilityCheck(Record):
    """A sustainability check with its repetitions."""

    INVENTABLE: ClassVar[tuple[str, ...]] = ("name", "summary", "rounds")
    DISCLOSED = "id name summary spaces dimensions rounds note translations illustrative origin"

    name: Text = Field(
        title="Name", description="Was geprüft wird, kurz. Zum Beispiel: „Umbau des Marktplatzes“."
    )
    summary: Text | None = Field(None, title="In einem Satz", description="Was geprüft wird und warum.")
    spaces: tuple[SpaceId, ...] = Field((), title="Gebiete")
    dimensions: tuple[CheckDimension, ...] = Field(
        title="Bereiche",
        description="Wonach gesehen wird, etwa Ökologie, Soziales, Wirtschaft.",
        min_length=1,
    )
    rounds: tuple[CheckRound, ...] = Field(
        title="Prüfungen", description="Wann geprüft wird oder wurde, je Mal ein Block.", min_length=1
    )
    note: Markdown | None = Field(None, title="Hinweis")
    translations: dict[LanguageTag, CheckTexts] = Field(default_factory=dict, title="Übersetzungen")


KINDS = (
    Kind(
        "checks",
        SustainabilityCheck,
        "Nachhaltigkeitsprüfung",
        "Nachhaltigkeitsprüfungen",
        "keine Nachhaltigkeitsprüfung",
        planned="without areas",
    ),
)
"""`planned="without areas"`: of a record about protection the public site leaves out the areas."""


def sustainability_checks(site: Site) -> Mapping[str, SustainabilityCheck]:
    """Return the sustainability checks of a site by their ids."""
    return site.records("checks")
