"""The words that records choose from: topics, kinds, roles, languages, glossary, synonyms, crisis numbers.

Each vocabulary is a list of entries in `<name>.yml`. Defaults come with the package; a town's file of the same name in
`resources/` adds entries or replaces those of the same id.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from generator.model.scalars import Count, Date, LanguageTag, Markdown, Phone, Ref, Slug, Text, Url, YesNo
from generator.model.values import Group, TopicId, Visibility

Layer = Literal["everyday", "regular", "infrastructure", "hze"]


class WordTexts(Group):
    """What can be translated of an entry."""

    name: Text | None = Field(None, title="Name")
    phrase: Text | None = Field(None, title="In Worten der Familie")
    summary: Text | None = Field(None, title="Ein Satz")
    first_step: Markdown | None = Field(None, title="Was zuerst")
    explanation: Text | None = Field(None, title="Erklärung")
    words: tuple[Text, ...] = Field((), title="Suchwörter")
    abbreviation: Text | None = Field(None, title="Abkürzung")
    meaning: Markdown | None = Field(None, title="Bedeutung")
    more: Markdown | None = Field(None, title="Mehr dazu")
    for_whom: Text | None = Field(None, title="Für wen")
    says: Text | None = Field(None, title="Was man dort bekommt")


class Word(Group):
    """An entry of a vocabulary."""

    id: Slug = Field(title="Kürzel")
    name: Text = Field(title="Name")
    explanation: Text | None = Field(None, title="Erklärung")
    icon: Text | None = Field(
        None, title="Zeichen", description="Ein Zeichen aus Materials Sammlung, etwa material/cash."
    )
    translations: dict[LanguageTag, WordTexts] = Field(default_factory=dict, title="Übersetzungen")


class LegalBasis(Group):
    """A paragraph with the date of the law's text."""

    law: Text = Field(title="Gesetz")
    paragraph: Text | None = Field(None, title="Paragraf")
    as_of: Date | None = Field(None, title="Stand des Gesetzes")


class Topic(Word):
    """A life situation (without `parent`) or a topic below one."""

    parent: TopicId | None = Field(None, title="Lebenslage")
    phrase: Text | None = Field(None, title="In Worten der Familie", description="„Das Geld reicht nicht“.")
    summary: Text | None = Field(None, title="Ein Satz")
    first_step: Markdown | None = Field(None, title="Was zuerst", description="Zwei, drei einfache Sätze.")
    words: tuple[Text, ...] = Field(
        (), title="Suchwörter", description="Wie Menschen es sagen; nur für die Suche."
    )
    sensitive: YesNo = Field(False, title="Heikel", description="yes: ruhiger Titel, nie auf Merkzetteln.")
    strengths: YesNo = Field(False, title="Stärke", description="yes: etwas Schönes, kein Problem.")


class OfferKind(Word):
    """What an offer is; carries what a secretary should not have to know."""

    layer: Layer = Field(title="Ebene")
    legal_basis: LegalBasis | None = Field(None, title="Rechtsgrundlage")
    access: Annotated[Slug, Ref("access_ways")] = Field("open", title="Üblicher Zugang")
    sensitivity: Literal["normal", "sensitive"] = Field("normal", title="Heikel")
    place_visibility: Visibility = Field(
        "full",
        title="Was vom Ort höchstens zu sehen ist",
        description="Mehr zeigt nur ein Angebot, bei dem ein Amt es bestätigt hat (shown). Der Schutz einer mitgelieferten Art lässt sich nicht lockern.",
    )
    every_day: YesNo = Field(
        False,
        title="An allen Tagen",
        description="yes: Zeiten gelten auch an Heiligabend, Silvester und ähnlichen Tagen, etwa beim Krisendienst und im Park.",
    )


class AccessWay(Word):
    """A way in, from the lowest threshold to the highest."""

    low_threshold: YesNo = Field(
        False, title="Niedrigschwellig", description="yes: niemand muss vorher entscheiden."
    )


class Language(Word):
    """A language spoken at offers."""

    own: Text | None = Field(None, title="Eigener Name")
    dir: Literal["ltr", "rtl"] = Field("ltr", title="Schreibrichtung")


class Term(Word):
    """A term of the trade, explained."""

    abbreviation: Text | None = Field(None, title="Abkürzung")
    also: tuple[Text, ...] = Field((), title="Andere Schreibweisen")
    meaning: Markdown = Field(title="Bedeutung", description="Ein, zwei einfache Sätze.")
    more: Markdown | None = Field(None, title="Mehr dazu")
    legal_basis: LegalBasis | None = Field(None, title="Rechtsgrundlage")


class Synonym(Group):
    """Lay words and what they mean; for search only, never displayed."""

    id: Slug = Field(title="Kürzel")
    language: LanguageTag = Field("de", title="Sprache")
    words: tuple[Text, ...] = Field(title="Wörter", min_length=1)
    means: tuple[Text, ...] = Field(
        title="Gemeint ist", description="Kürzel von Themen, Arten oder Begriffen, oder Wörter.", min_length=1
    )


class HelpNumber(Word):
    """A crisis number with the date it was verified."""

    number: Phone = Field(title="Nummer")
    further_numbers: tuple[Phone, ...] = Field((), title="Weitere Nummern")
    for_whom: Text | None = Field(None, title="Für wen")
    says: Text | None = Field(None, title="Was man dort bekommt")
    url: Url | None = Field(None, title="Internetseite")
    verified: Date = Field(title="Geprüft am")
    audience: Literal["everyone", "young", "professionals"] = Field("everyone", title="Wem sie gezeigt wird")
    languages: tuple[Annotated[LanguageTag, Ref("languages")], ...] = Field((), title="Sprachen")
    free: YesNo | None = Field(None, title="Kostenlos")
    emergency: YesNo = Field(False, title="Notruf", description="yes: steht immer zuerst.")
    order: Count | None = Field(None, title="Reihenfolge")


class NamedWord(Word):
    """A plain entry, with labels by Land where they differ."""

    labels: dict[Text, Text] = Field(default_factory=dict, title="Name je Land")
    short: Text | None = Field(None, title="Kurzform")
    legal_basis: LegalBasis | None = Field(None, title="Rechtsgrundlage")
    visibility: Visibility | None = Field(
        None,
        title="Was höchstens zu sehen ist",
        description="Für Arten von Orten: full, area oder hidden. Mehr zeigt nur ein Ort, bei dem ein Amt es bestätigt hat (shown). Der Schutz einer mitgelieferten Art lässt sich nicht lockern.",
    )
    every_day: YesNo = Field(
        False,
        title="An allen Tagen",
        description="yes: Zeiten gelten auch an Heiligabend, Silvester und ähnlichen Tagen, etwa beim Krisendienst und im Park.",
    )


VOCABULARIES: Mapping[str, type[Word] | type[Synonym]] = {
    "topics": Topic,
    "kinds": OfferKind,
    "access_ways": AccessWay,
    "languages": Language,
    "accessibility": NamedWord,
    "target_groups": NamedWord,
    "roles": NamedWord,
    "activities": NamedWord,
    "office_groups": NamedWord,
    "provider_kinds": NamedWord,
    "place_kinds": NamedWord,
    "network_kinds": NamedWord,
    "functions": NamedWord,
    "umbrellas": NamedWord,
    "referrers": NamedWord,
    "glossary": Term,
    "synonyms": Synonym,
    "help": HelpNumber,
}

NO_WORD: Mapping[str, str] = {
    "topics": "kein Thema",
    "kinds": "keine Art von Angebot",
    "access_ways": "kein Zugang",
    "languages": "keine bekannte Sprache",
    "accessibility": "kein Merkmal der Barrierefreiheit",
    "target_groups": "keine Zielgruppe",
    "roles": "keine Aufgabe",
    "activities": "keine Tätigkeit",
    "office_groups": "keine Gruppe eines Amtes",
    "provider_kinds": "keine Art von Träger",
    "place_kinds": "keine Art von Ort",
    "network_kinds": "keine Art von Netzwerk",
    "functions": "keine Aufgabe eines Trägers",
    "umbrellas": "kein Dachverband",
    "referrers": "keine Stelle, die anmelden kann",
    "glossary": "kein Begriff",
    "synonyms": "kein Suchwort",
    "help": "keine Notrufnummer",
}
"""What a text is not, when it is none of a vocabulary's words (German, for diagnostics)."""


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """All vocabularies, each by id in its written order."""

    topics: Mapping[str, Topic]
    kinds: Mapping[str, OfferKind]
    access_ways: Mapping[str, AccessWay]
    languages: Mapping[str, Language]
    accessibility: Mapping[str, NamedWord]
    target_groups: Mapping[str, NamedWord]
    roles: Mapping[str, NamedWord]
    activities: Mapping[str, NamedWord]
    office_groups: Mapping[str, NamedWord]
    provider_kinds: Mapping[str, NamedWord]
    place_kinds: Mapping[str, NamedWord]
    network_kinds: Mapping[str, NamedWord]
    functions: Mapping[str, NamedWord]
    umbrellas: Mapping[str, NamedWord]
    referrers: Mapping[str, NamedWord]
    glossary: Mapping[str, Term]
    synonyms: Mapping[str, Synonym]
    help: Mapping[str, HelpNumber]

    def situations(self) -> tuple[Topic, ...]:
        """The life situations in their order."""
        return tuple(topic for topic in self.topics.values() if topic.parent is None)

    def below(self, situation: str) -> tuple[Topic, ...]:
        """The topics of a life situation."""
        return tuple(topic for topic in self.topics.values() if topic.parent == situation)

    def situation_of(self, topic: str) -> str:
        """The life situation that a topic belongs to (itself when it is one)."""
        return self.topics[topic].parent or topic
