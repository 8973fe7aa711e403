"""What every entry of a vocabulary has: id, name, explanation, sign, translations."""

from __future__ import annotations

from pydantic import Field

from generator.model.groups import Group
from generator.model.scalars import LanguageTag, Markdown, Slug, Text


class WordTexts(Group):
    """What can be translated of an entry."""

    name: Text | None = Field(None, title="Name")
    phrase: Text | None = Field(None, title="In Worten der Familie")
    summary: Text | None = Field(None, title="Ein Satz")
    first_step: Markdown | None = Field(None, title="Was zuerst")
    explanation: Text | None = Field(None, title="Erklärung")
    planned_for: Text | None = Field(None, title="Feste Zeile der Planung")
    duty: Text | None = Field(None, title="Pflicht anderer")
    words: tuple[Text, ...] = Field((), title="Suchwörter")
    goals: tuple[Text, ...] = Field((), title="In Zielen")
    abbreviation: Text | None = Field(None, title="Abkürzung")
    meaning: Markdown | None = Field(None, title="Bedeutung")
    more: Markdown | None = Field(None, title="Mehr dazu")
    for_whom: Text | None = Field(None, title="Für wen")
    says: Text | None = Field(None, title="Was man dort bekommt")
    note: Text | None = Field(None, title="Hinweis")


class Word(Group):
    """An entry of a vocabulary."""

    id: Slug = Field(title="Kürzel")
    name: Text = Field(title="Name")
    explanation: Text | None = Field(None, title="Erklärung")
    icon: Text | None = Field(
        None, title="Zeichen", description="Ein Zeichen aus Materials Sammlung, etwa material/cash."
    )
    translations: dict[LanguageTag, WordTexts] = Field(default_factory=dict, title="Übersetzungen")
