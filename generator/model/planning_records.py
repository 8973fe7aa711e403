"""Networks with what they promise, and needs, which are internal."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import Field

from generator.model.dates import Date, Half
from generator.model.groups import (
    Contact,
    Group,
    MemberId,
    OfferId,
    PlaceId,
    Record,
    RecordTexts,
    SpaceId,
    TopicId,
)
from generator.model.scalars import (
    AgeRange,
    Count,
    LanguageTag,
    Markdown,
    Ref,
    Slug,
    Text,
    Walk,
)


class GuaranteeRule(Group):
    """One thing that the members jointly promise."""

    DISCLOSED = "topic kinds ages days_per_week within text"

    topic: TopicId = Field(title="Thema", description="Worum es geht; ein Kürzel aus der Wortliste topics.")
    kinds: tuple[Annotated[Slug, Ref("kinds")], ...] = Field(
        (),
        title="Arten von Angeboten",
        description="Nur diese zählen. Ohne Angabe zählt alles zum Thema, auch Beratung.",
    )
    ages: AgeRange | None = Field(None, title="Alter")
    days_per_week: Count | None = Field(
        None, title="Tage in der Woche", description="An so vielen Tagen mindestens: 1 bis 7."
    )
    within: Walk | None = Field(
        None, title="Entfernung", description="Höchstens so weit zu Fuß. Zum Beispiel: 1 km oder 800 m."
    )
    text: Text | None = Field(
        None, title="In Worten", description="Die Zusage als Satz, wie sie beschlossen wurde."
    )


class Guarantee(Group):
    """Given jointly by the community of providers, dated, released by the members."""

    DISCLOSED = "released rules note"

    released: Date = Field(
        title="Beschlossen am", description="Der Tag, an dem die Mitglieder zugestimmt haben."
    )
    rules: tuple[GuaranteeRule, ...] = Field(
        title="Zusagen", description="Was zugesagt ist, je Thema ein Block.", min_length=1
    )
    note: Text | None = Field(None, title="Hinweis")


class Meets(Group):
    """When and where the members meet."""

    DISCLOSED = "every next last where agenda decide"

    every: Text | None = Field(
        None, title="Rhythmus", description="Zum Beispiel: 6 weeks oder „nach Bedarf“."
    )
    next: Date | None = Field(
        None, title="Nächstes Treffen", description="Der Tag des nächsten Treffens: 2026-10-29."
    )
    where: PlaceId | None = Field(
        None, title="Ort", description="Wo man sich trifft: das Kürzel eines Ortes."
    )
    last: Date | None = Field(
        None,
        title="Letztes Treffen",
        description="Seitdem zählt, was sich geändert hat. Steht das Protokoll in der Ablage, gilt dort dessen Datum.",
    )
    agenda: tuple[Text, ...] = Field(
        (), title="Tagesordnung", description="Des nächsten Treffens. Ohne Angabe steht eine übliche da."
    )
    decide: tuple[Text, ...] = Field(
        (),
        title="Zu entscheiden",
        description="Worüber das nächste Treffen entscheidet, das Wichtigste zuerst.",
    )


class Step(Group):
    """One step of a procedure between institutions."""

    DISCLOSED = "who does"

    who: Text = Field(
        title="Wer",
        description="Eine Stelle oder Funktion, kein Personenname. Zum Beispiel: „Schulsozialarbeit“.",
    )
    does: Text = Field(
        title="Was",
        description="Was sie in diesem Schritt tut. Zum Beispiel: „fragt die Eltern, ob jemand anrufen darf“.",
    )


class NetworkTexts(RecordTexts):
    """What can be translated."""

    DISCLOSED = "name task"

    name: Text | None = Field(None, title="Name")
    task: Markdown | None = Field(None, title="Aufgabe")


class Network(Record):
    """Those who work together, and what for."""

    INVENTABLE = (*Record.INVENTABLE, "steps")  # fields that may be made up by themselves, and marked so
    DISCLOSED = (
        "id name kind level spaces members guests members_in_words moderator moderated_by contact meets task guarantee steps "
        "translations illustrative origin"
    )

    name: Text = Field(
        title="Name", description="Wie sich die Gruppe nennt. Zum Beispiel: „AG nach § 78 Süderaue“."
    )
    kind: Annotated[Slug, Ref("network_kinds")] = Field(title="Art")
    level: Count | None = Field(
        None, title="Steuerungsebene", description="Bei Steuerungsgremien: 1 ist die oberste."
    )
    spaces: tuple[SpaceId, ...] = Field((), title="Gebiete")
    members: tuple[MemberId, ...] = Field(
        (), title="Mitglieder", description="Kürzel von Trägern, Ämtern oder Orten, als Liste."
    )
    guests: tuple[MemberId, ...] = Field(
        (), title="Gäste", description="Wer dazukommt, ohne Mitglied zu sein: Kürzel, als Liste."
    )
    members_in_words: Text | None = Field(
        None, title="Mitglieder in Worten", description="Wenn nicht alle einen eigenen Eintrag haben."
    )
    moderator: Text | None = Field(None, title="Moderation", description="Eine Funktion, kein Personenname.")
    moderated_by: Annotated[Slug, Ref("offices|providers")] | None = Field(
        None,
        title="Moderation bei",
        description="Das Amt oder der Träger, bei dem man die Moderation erreicht; dort steht die Nummer.",
    )
    contact: Contact | None = Field(
        None, title="Kontakt der Moderation", description="Wenn sie eine eigene Nummer hat."
    )
    meets: Meets | None = Field(None, title="Treffen", description="Wann, wo und worüber man sich trifft.")
    task: Markdown | None = Field(
        None, title="Aufgabe", description="Wofür es die Gruppe gibt, in ein, zwei Sätzen."
    )
    guarantee: Guarantee | None = Field(
        None,
        title="Gemeinsame Zusage",
        description="Was alle Mitglieder gemeinsam zusagen, mit dem Tag des Beschlusses.",
    )
    steps: tuple[Step, ...] = Field(
        (),
        title="Schritte",
        description="Bei Verfahren: wer merkt es, wer erfährt es, wer bietet Kontakt an.",
    )
    translations: dict[LanguageTag, NetworkTexts] = Field(default_factory=dict, title="Übersetzungen")

    def leads_to(self, protected: Collection[tuple[str, str]]) -> bool:
        """Tell whether somebody protected leads it (`protected`: folder, id)."""
        return ("providers", self.moderated_by) in protected


class Naming(Group):
    """How often it was named in a half-year, and by whom."""

    DISCLOSED = "half_year source times"

    half_year: Half = Field(title="Halbjahr", description="2026-1 ist Januar bis Juni.")
    source: Literal["families", "professionals", "groups"] = Field(
        title="Genannt von",
        description="families: Familien. professionals: Fachkräfte. groups: Gruppen und Gremien.",
    )
    times: Count = Field(title="Wie oft", description="Wie viele es in diesem Halbjahr gesagt haben.")
    space: SpaceId | None = Field(
        None, title="Gebiet", description="Nur wenn der Bedarf mehrere Gebiete nennt: in welchem davon."
    )


class Need(Record):
    """What would be needed in a space."""

    DISCLOSED = "id name spaces topics ages named status measure answered_by illustrative origin"

    name: Text = Field(
        title="Was fehlt",
        description="Was gebraucht wird, ohne Fall, Namen und Datum: „Ein Treff am Samstag“.",
    )
    spaces: tuple[SpaceId, ...] = Field((), title="Gebiete")
    topics: tuple[TopicId, ...] = Field(
        title="Themen", description="Das wichtigste zuerst: Unter ihm wird der Bedarf gezählt.", min_length=1
    )
    ages: AgeRange | None = Field(None, title="Alter")
    named: tuple[Naming, ...] = Field(
        (), title="Nennungen", description="Wer es wie oft genannt hat, je Halbjahr ein Block."
    )
    status: Literal["open", "planned", "answered", "dropped"] = Field(
        "open",
        title="Stand",
        description="open: offen. planned: etwas ist geplant. answered: beantwortet. dropped: nicht weiter verfolgt.",
    )
    measure: Annotated[Slug, Ref("measures")] | None = Field(
        None, title="Maßnahme", description="Was dagegen geplant ist oder läuft."
    )
    answered_by: OfferId | None = Field(
        None, title="Beantwortet durch", description="Das Kürzel des Angebots, das es jetzt gibt."
    )

    def leads_to(self, protected: Collection[tuple[str, str]]) -> bool:
        """Tell whether the answering offer is protected (`protected`: folder, id)."""
        return ("offers", self.answered_by) in protected
