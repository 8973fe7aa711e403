"""An office of the authority, its groups and the spaces it serves."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from generator.model.dates import Hours
from generator.model.groups import Address, Contact, Group, PlaceId, Record, SpaceId
from generator.model.scalars import LanguageTag, Markdown, Phone, Ref, Slug, Text


class Responsibility(Group):
    """How the office divides its work."""

    by: Literal["street", "surname", "both"] = Field(title="Aufteilung nach")
    note: Text | None = Field(None, title="Hinweis", description="Zum Beispiel: „Nachnamen A bis K“.")


class OnCall(Group):
    """Who answers outside office hours."""

    phone: Phone | None = Field(None, title="Telefon")
    when: Text | None = Field(None, title="Wann, in Worten")
    hours: Hours | None = Field(None, title="Zeiten", description="Wie Öffnungszeiten: Mo-Fr 16:00-08:00.")


class OfficeTexts(Group):
    """What can be translated."""

    name: Text | None = Field(None, title="Name")
    summary: Text | None = Field(None, title="Ein Satz")
    description: Markdown | None = Field(None, title="Beschreibung")


class Office(Record):
    """A door of the town hall."""

    INVENTABLE = (*Record.INVENTABLE, "serves")

    name: Text = Field(title="Name")
    kind: Annotated[Slug, Ref("office_groups")] = Field(
        title="Art", description="Die wichtigste Gruppe: asd, wjh, planung …"
    )
    summary: Text | None = Field(None, title="Ein Satz", description="Wobei das Amt hilft.")
    place: PlaceId | None = Field(None, title="Ort")
    address: Address | None = Field(None, title="Adresse")
    serves: tuple[SpaceId, ...] = Field(
        (), title="Zuständig für", description="Gebiete. Ohne Angabe: die ganze Stadt."
    )
    responsibility: Responsibility | None = Field(None, title="Zuständigkeit")
    groups: tuple[Annotated[Slug, Ref("office_groups")], ...] = Field((), title="Gruppen")
    contact: Contact | None = Field(None, title="Kontakt")
    on_call: OnCall | None = Field(None, title="Rufbereitschaft")
    hours: Hours | None = Field(None, title="Sprechzeiten")
    description: Markdown | None = Field(None, title="Beschreibung")
    translations: dict[LanguageTag, OfficeTexts] = Field(default_factory=dict, title="Übersetzungen")
