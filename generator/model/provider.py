"""A provider: an organisation that offers something or could give something."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from generator.model.dates import Date, Hours
from generator.model.groups import (
    TEXT_CONFIRMED,
    Address,
    Contact,
    Group,
    Record,
    Shown,
    SpaceId,
    TextConfirmed,
)
from generator.model.scalars import LanguageTag, Markdown, Ref, Slug, Text, YesNo


class Gift(Group):
    """One line of the resource plan: what this provider could give."""

    what: Text = Field(title="Was")
    kind: Literal["room", "people", "things", "know-how", "money", "time"] = Field(title="Art")
    when: Hours | None = Field(None, title="Wann")
    ask: Text | None = Field(None, title="Wen man fragt", description="Eine Funktion, kein Personenname.")
    spaces: tuple[SpaceId, ...] = Field((), title="Gebiete")


class ProviderTexts(Group):
    """What can be translated."""

    name: Text | None = Field(None, title="Name")
    summary: Text | None = Field(None, title="Ein Satz")
    description: Markdown | None = Field(None, title="Beschreibung")


class Provider(Record):
    """Who stands behind offers and places."""

    name: Text = Field(title="Name")
    short: Text | None = Field(None, title="Kurzname")
    kind: Annotated[Slug, Ref("provider_kinds")] = Field(
        title="Art",
        description="public, non-profit, commercial, association, church, school, initiative oder company.",
    )
    summary: Text | None = Field(None, title="Ein Satz")
    umbrella: Slug | None = Field(None, title="Dachverband")
    recognised: YesNo | None = Field(
        None, title="Anerkannt", description="Anerkannter Träger der freien Jugendhilfe nach § 75 SGB VIII."
    )
    functions: tuple[Annotated[Slug, Ref("functions")], ...] = Field(
        (), title="Aufgaben", description="Wer plant, berät, entscheidet, anbietet, prüft."
    )
    contact: Contact | None = Field(None, title="Kontakt")
    address: Address | None = Field(None, title="Adresse")
    shown: Shown | None = Field(
        None,
        title="Mehr zeigen, als erlaubt ist",
        description="Wer entschieden hat, dass ein Träger, der sonst nur geschützte Orte hat, seine Anschrift zeigt, und wann.",
    )
    text_confirmed: TextConfirmed | None = TEXT_CONFIRMED
    spaces: tuple[SpaceId, ...] = Field((), title="Gebiete", description="Ohne Angabe: in der ganzen Stadt.")
    can_give: tuple[Gift, ...] = Field((), title="Was wir geben können")
    description: Markdown | None = Field(None, title="Beschreibung")
    checked: Date | None = Field(None, title="Geprüft am")
    translations: dict[LanguageTag, ProviderTexts] = Field(default_factory=dict, title="Übersetzungen")
