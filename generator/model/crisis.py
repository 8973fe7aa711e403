"""Situations of danger, their boxes and words, and who reviewed a crisis text.

Recognised is that something is wrong and what it is, never who does what to whom.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from generator.model.dates import Date
from generator.model.groups import Group, TopicId
from generator.model.scalars import LanguageTag, Ref, Slug, Text, Url, YesNo

Situation = Literal[
    "now", "fire", "medical", "poison", "missing", "adult", "suicide", "sexual", "violence", "child", "online", "pregnant", "own",
    "homeless", "hunger",
]  # fmt: skip
"""In the order of help: of several the first one's number stands first. `names` in `vocabulary/danger_words_de.yml` says each in words."""
Need = Literal[
    "now", "silent", "centre", "ask", "drawn", "lost", "parent", "bed", "talk", "place", "here", "young", "alone", "care", "unsure", "wait",
    "childhood", "men", "other", "know", "own",
]  # fmt: skip
"""What a line is for, in the order of the box; `needs` in `vocabulary/danger_words_de.yml` says it in words."""
CHILD: frozenset[Need] = frozenset(("lost", "parent", "bed", "young", "alone"))
"""Lines for a child, which are never folded."""
FOLDED: frozenset[Need] = frozenset(("drawn", "unsure", "wait", "childhood", "men", "other", "know", "own"))
"""Needs of which the title alone is in view."""


class DangerLine(Group):
    """Whom to call: a help number, offers of the town, the service of the youth welfare office out of hours, or a page of somebody else."""

    number: Annotated[Slug, Ref("help")] | None = Field(
        None, title="Hilfenummer", description="Ein Kürzel aus der Wortliste help."
    )
    chat: YesNo = Field(False, title="Chat", description="yes: nicht die Nummer, nur ihr Chat.")
    kinds: tuple[Annotated[Slug, Ref("kinds")], ...] = Field(
        (),
        title="Angebote dieser Art",
        description="Statt einer Nummer: Angebote der Stadt von diesen Arten.",
    )
    topics: tuple[TopicId, ...] = Field(
        (),
        title="Angebote zu diesen Themen",
        description="Statt einer Nummer: Angebote der Stadt zu diesen Themen.",
    )
    for_: tuple[Annotated[Slug, Ref("target_groups")], ...] = Field(
        (),
        alias="for",
        title="Angebote nur für",
        description="Was für diese Gruppen allein ist, steht in keiner anderen Zeile.",
    )
    office: YesNo = Field(
        False, title="Jugendamt", description="yes: das Amt, das Kinder schützt, wo kein Angebot es tut."
    )
    on_call: YesNo = Field(
        False, title="Rufbereitschaft", description="yes: die der Ämter, wo sie öffentlich ist."
    )
    link: Url | None = Field(
        None, title="Seite", description="Statt einer Nummer: eine Internetseite anderer."
    )
    page: TopicId | None = Field(
        None, title="Seite eines Themas", description="Statt einer Nummer: die Seite dieses Themas."
    )


class DangerNeed(Group):
    """The lines for a need; one of them is answered day and night."""

    need: Need = Field(
        title="Wofür",
        description="Was jemand in dieser Lage sucht; die Worte dazu stehen je Sprache unter needs.",
    )
    lines: tuple[DangerLine, ...] = Field(
        (), title="Zeilen", description="Unter „Gut zu wissen“ steht keine."
    )


class DangerSituation(Group):
    """What stands above all hits in a situation: whom to call first, then lines by need."""

    id: Situation = Field(
        title="Lage", description="Was geschieht; von mehreren gilt die, die in der Reihenfolge zuerst kommt."
    )
    quiet: YesNo = Field(
        False,
        title="Leise",
        description="yes: nur bei schweren Worten, unter „Beratung und Schutz“; andere sehen den Bildschirm.",
    )
    first: tuple[DangerLine, ...] = Field((), title="Zuerst", description="Wen man als Erstes anruft.")
    needs: tuple[DangerNeed, ...] = Field(
        (),
        title="Je nachdem, was man braucht",
        description="Die übrigen Zeilen, geordnet nach dem, was jemand sucht.",
    )
    topics: tuple[TopicId, ...] = Field(
        (),
        title="Themen",
        description="Ihre Angebote zeigt der Knopf darunter. Geht es dabei um Gewalt, kommt die Box auch, wenn jemand das Thema wählt.",
    )
    kinds: tuple[Annotated[Slug, Ref("kinds")], ...] = Field(
        (), title="Arten von Angeboten", description="Auch diese zeigt der Knopf."
    )


class BoxWords(Group):
    """The few words of the box itself."""

    now: Text = Field(title="Sofort Hilfe", description="Die Überschrift der Box.")
    quiet: Text = Field(
        title="Beratung und Schutz", description="Die Überschrift, wenn andere den Bildschirm sehen."
    )
    always: Text = Field(
        title="Tag und Nacht", description="Hinter einer Nummer, bei der zu jeder Stunde jemand abnimmt."
    )
    many: Text = Field(
        title="viele Sprachen", description="Hinter einer Nummer, bei der viele Sprachen gesprochen werden."
    )
    other: Text = Field(title="sonst", description="Vor dem, was zu anderen Zeiten gilt.")
    bed: Text = Field(title="sicherer Platz", description="Wie ein Platz heißt, an dem man bleiben kann.")
    duty: Text = Field(
        title="Rufbereitschaft des Jugendamts",
        description="Wie der Dienst heißt, der außerhalb der Sprechzeiten abnimmt.",
    )
    hits: Text = Field(
        title="Treffer zeigen", description="Auf dem Knopf unter der Box, wo jemand nicht warten kann."
    )
    all: Text = Field(title="Alle Angebote dazu", description="Auf dem Knopf unter jeder anderen Box.")
    leave: Text = Field(title="Seite verlassen", description="Auf dem Knopf, der sofort wegführt.")
    trace: Text = Field(title="Was bleibt", description="Anrufliste und Verlauf bleiben stehen.")


class DangerLanguage(Group):
    """One language: what the box says in it, and the phrases by which each situation is recognised.

    In a phrase `/` parts words of which one is enough, `+` joins words that stand near each other in any order, `*` stands for any
    beginning or ending. Words beside each other follow one another. A longer phrase goes before a shorter one within it;
    those of `harmless` lead to nothing.
    """

    id: Slug = Field(title="Kürzel")
    language: LanguageTag = Field(title="Sprache")
    reviewed: YesNo = Field(
        title="Durchgesehen",
        description="yes: jemand, der die Sprache spricht, hat Texte und Wörter gelesen.",
    )
    words: BoxWords | None = Field(
        None, title="Worte der Box", description="Überschriften und feste Worte der Box in dieser Sprache."
    )
    names: dict[Situation, Text] = Field(
        default_factory=dict, title="Wie die Lage heißt", description="Auf der Seite „Sofort Hilfe“."
    )
    says: dict[Situation, Text] = Field(
        default_factory=dict,
        title="Was zuerst zu sagen ist",
        description="Je Lage der Satz, der über allen Nummern steht.",
    )
    needs: dict[Need, Text] = Field(
        default_factory=dict,
        title="Wofür eine Zeile ist",
        description="Je Bedürfnis die Überschrift seiner Zeilen.",
    )
    more: dict[Situation, Text] = Field(
        default_factory=dict,
        title="Was unter „Gut zu wissen“ steht",
        description="Je Lage, was außerdem hilft, in wenigen Sätzen.",
    )
    equal: dict[Text, tuple[Text, ...]] = Field(
        default_factory=dict,
        title="Kleine Wörter, die gleich viel gelten",
        description="Je Wort, wie man es auch schreibt: nicht: [nich, nit].",
    )
    groups: dict[Text, tuple[Text, ...]] = Field(
        default_factory=dict,
        title="Gruppen von Wörtern",
        description="Mit Namen in Großbuchstaben, die in einer Wendung für eines von ihnen stehen: KID.",
    )
    phrases: dict[Situation | Literal["info", "harmless"], tuple[Text, ...]] = Field(
        default_factory=dict,
        title="Wörter",
        description="Je Lage die Wörter und Wendungen, an denen man sie erkennt; info und harmless sprechen dagegen.",
    )


CRISIS = "hilfe-sofort/"
"""The folder of the texts that somebody must have read: how to get help without anybody knowing."""


class TextReview(Group):
    """The review of a text by somebody who knows its language and its subject."""

    by: Text = Field(title="Wer", description="Eine Stelle, kein Name: „Frauenhaus-Beratung, auf Türkisch“.")
    date: Date = Field(title="Wann", description="Der Tag, an dem der Text gelesen wurde.")


def crisis_language(name: str, languages: tuple[str, ...]) -> str | None:
    """Return a crisis text's language by its content path, else None.

    >>> crisis_language("tr/hilfe-sofort/sicher.md", ("de", "tr")), crisis_language("ueber/index.md", ("de",))
    ('tr', None)
    """
    for language in languages:
        folder = CRISIS if language == languages[0] else f"{language}/{CRISIS}"
        if name.startswith(folder):
            return language
    return None
