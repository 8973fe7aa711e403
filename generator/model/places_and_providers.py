"""The records of places and of providers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from generator.model.dates import Date, Hours, Span
from generator.model.groups import (
    CALLED_BACK,
    Address,
    CalledBack,
    Closing,
    Contact,
    EarlierIds,
    Group,
    LastDay,
    Lasting,
    MemberId,
    PlaceId,
    ProviderId,
    Record,
    RecordTexts,
    Shown,
    SpaceId,
    Visibility,
)
from generator.model.scalars import LanguageTag, LonLat, Markdown, Ref, Slug, Text, YesNo

Feature = Annotated[Slug, Ref("accessibility")]


class PlaceTexts(RecordTexts):
    """What can be translated."""

    DISCLOSED = "name summary description"

    name: Text | None = Field(None, title="Name")
    summary: Text | None = Field(None, title="Ein Satz")
    transport: Text | None = Field(None, title="Anfahrt")
    description: Markdown | None = Field(None, title="Beschreibung")


class HouseClosing(Closing):
    """Days on which a house is closed."""

    DISCLOSED = "date until name instead instead_phone whole_house"

    whole_house: YesNo = Field(
        False, title="Ganzes Haus", description="yes: Auch Gruppen anderer Träger kommen nicht hinein."
    )


class Place(Record):
    """Where something happens."""

    DISCLOSED = (
        "id name kind summary visibility shown spaces providers first_contact contact hours closed accessibility "
        "accessibility_note description checked check_every status until translations illustrative origin"
    )
    AFTER_END = "id name kind visibility shown providers status until successor earlier_ids translations illustrative origin"

    name: Text = Field(title="Name", description="Wie das Haus heißt. Zum Beispiel: „Familienzentrum Aue“.")
    kind: Annotated[Slug, Ref("place_kinds")] = Field(title="Art")
    summary: Text | None = Field(None, title="Ein Satz")
    address: Address | None = Field(
        None, title="Adresse", description="Bei geschützten Orten nur in der internen Ablage."
    )
    point: LonLat | None = Field(
        None, title="Punkt", description="Länge und Breite in Grad: 10.0101 53.7033."
    )
    visibility: Visibility | None = Field(
        None,
        title="Sichtbarkeit",
        description="full: mit Adresse. area: nur das Gebiet, hier steht keine Adresse. Ohne Angabe gilt, was die Art höchstens zeigt. Häuser, die Menschen verbergen, stehen in resources/protected.",
    )
    shown: Shown | None = Field(
        None,
        title="Mehr zeigen, als die Art erlaubt",
        description="Wer entschieden hat, dass ein sonst geschützter Ort zu sehen ist, und wann.",
    )
    spaces: tuple[SpaceId, ...] = Field((), title="Gebiete", description="Nur nötig, wenn kein Punkt da ist.")
    providers: tuple[ProviderId, ...] = Field(
        (),
        title="Träger unter diesem Dach",
        description="Wer in diesem Haus arbeitet: Kürzel von Trägern, als Liste.",
    )
    first_contact: MemberId | None = Field(
        None, title="Erste Ansprechstelle", description="Ein Amt oder ein Träger."
    )
    contact: Contact | None = Field(None, title="Kontakt")
    hours: Hours | None = Field(None, title="Öffnungszeiten")
    closed: tuple[HouseClosing, ...] = Field(
        (),
        title="Geschlossen",
        description="Tage, an denen das Haus zu ist. Geschlossen ist damit, was seine Träger hier tun, kein Telefon; mit whole_house: yes auch, was andere hier tun.",
    )
    accessibility: dict[Feature, Literal["yes", "limited", "no"]] = Field(
        default_factory=dict, title="Barrierefreiheit", description="Was hier nicht steht, ist unbekannt."
    )
    accessibility_note: Text | None = Field(
        None,
        title="Hinweis zur Barrierefreiheit",
        description="Was jemand vorher wissen muss. Zum Beispiel: „Der Aufzug ist zu den Öffnungszeiten frei“.",
    )
    transport: Text | None = Field(None, title="Anfahrt", description="Linie und Haltestelle.")
    description: Markdown | None = Field(None, title="Beschreibung")
    checked: Date | None = Field(None, title="Geprüft am")
    called_back: CalledBack | None = CALLED_BACK
    check_every: Span | None = Field(None, title="Prüfen alle")
    status: Lasting = "running"
    until: LastDay = None
    successor: PlaceId | None = Field(
        None,
        title="Nachfolge",
        description="Der Ort, an dem es weitergeht; bei geschützten erscheint er nicht.",
    )
    earlier_ids: EarlierIds = ()
    translations: dict[LanguageTag, PlaceTexts] = Field(default_factory=dict, title="Übersetzungen")


class Gift(Group):
    """One line of the resource plan: what this provider could give."""

    DISCLOSED = "what kind when ask spaces"

    what: Text = Field(title="Was", description="Zum Beispiel: „Gruppenraum für 20 Personen mit Küche“.")
    kind: Literal["room", "people", "things", "know-how", "money", "time"] = Field(
        title="Art",
        description="room Raum, people Menschen, things Dinge, know-how Wissen, money Geld, time Zeit.",
    )
    when: Hours | None = Field(None, title="Wann")
    ask: Text | None = Field(None, title="Wen man fragt", description="Eine Funktion, kein Personenname.")
    spaces: tuple[SpaceId, ...] = Field((), title="Gebiete")


class ProviderTexts(RecordTexts):
    """What can be translated."""

    DISCLOSED = "name summary description"

    name: Text | None = Field(None, title="Name")
    summary: Text | None = Field(None, title="Ein Satz")
    description: Markdown | None = Field(None, title="Beschreibung")


class Provider(Record):
    """Who stands behind offers and places."""

    DISCLOSED = (
        "id name short kind summary umbrella recognised functions contact shown spaces can_give description "
        "checked status until translations illustrative origin"
    )
    AFTER_END = "id name short kind shown status until successor earlier_ids translations illustrative origin"

    name: Text = Field(
        title="Name", description="Der volle Name. Zum Beispiel: „Diakonisches Werk Aue gGmbH“."
    )
    short: Text | None = Field(
        None, title="Kurzname", description="Wie man den Träger im Alltag nennt. Zum Beispiel: „Diakonie“."
    )
    kind: Annotated[Slug, Ref("provider_kinds")] = Field(
        title="Art",
        description="public, non-profit, commercial, association, church, school, initiative oder company.",
    )
    summary: Text | None = Field(None, title="Ein Satz")
    umbrella: Slug | None = Field(
        None,
        title="Dachverband",
        description="Das Kürzel des Verbandes, zu dem er gehört. Zum Beispiel: diakonie.",
    )
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
    spaces: tuple[SpaceId, ...] = Field(
        (),
        title="Gebiete",
        description="Ohne Angabe ist es nicht gesagt; für die ganze Stadt steht sie selbst hier.",
    )
    can_give: tuple[Gift, ...] = Field(
        (),
        title="Was wir geben können",
        description="Was er anderen im Sozialraum überlassen kann, je Zeile eines.",
    )
    description: Markdown | None = Field(None, title="Beschreibung")
    checked: Date | None = Field(None, title="Geprüft am")
    called_back: CalledBack | None = CALLED_BACK
    status: Lasting = "running"
    until: LastDay = None
    successor: ProviderId | None = Field(
        None,
        title="Nachfolge",
        description="Der Träger, der es weiterführt; bei geschützten erscheint er nicht.",
    )
    earlier_ids: EarlierIds = ()
    translations: dict[LanguageTag, ProviderTexts] = Field(default_factory=dict, title="Übersetzungen")
