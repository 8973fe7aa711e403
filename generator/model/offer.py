"""Model an offer, and what is remembered of its versions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Struct
from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, TypeAdapter, model_validator
from pydantic_core import CoreSchema

from generator.model.dates import Date, DateOrYear, Hours, Span
from generator.model.fields import annotation, fields
from generator.model.groups import (
    CALLED_BACK,
    CLOSED,
    Access,
    Address,
    Alert,
    CalledBack,
    Closing,
    Contact,
    Cost,
    EarlierIds,
    Group,
    LastDay,
    MemberId,
    Occasion,
    OfferId,
    PlaceId,
    ProviderId,
    Record,
    RecordTexts,
    Shown,
    SpaceId,
    TopicId,
)
from generator.model.scalars import (
    AgeRange,
    Count,
    LanguageTag,
    LonLat,
    Markdown,
    Ref,
    Slug,
    Text,
    YesNo,
    fault,
)


def read_everybody(value: object) -> object:
    """Return groups, none for „all“; that it was said shows in `model_fields_set`."""
    return () if value == "all" else value


@dataclass(frozen=True)
class _OrAll:
    """Allows the word „all“ instead of a list, also in schemas."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Accept the word beside the list."""
        return {"anyOf": [{"const": "all"}, handler(core)]}


ForWhom = Annotated[
    tuple[Annotated[Slug, Ref("target_groups")], ...], BeforeValidator(read_everybody), _OrAll()
]


class Capacity(Group):
    """How much room there is, at a date; after 14 days only as what was said last."""

    DISCLOSED = "places free waiting date"

    places: Count | None = Field(None, title="Plätze", description="Wie viele es insgesamt gibt.")
    free: Count | None = Field(
        None,
        title="frei",
        description="Wie viele davon jetzt frei sind; nach 14 Tagen steht nur noch da, was zuletzt gesagt war.",
    )
    waiting: Span | None = Field(None, title="Wartezeit", description="Zum Beispiel: 2 weeks.")
    date: Date = Field(title="Stand")


class Result(Group):
    """What was observed, in words and with its source; no counts of children."""

    DISCLOSED = "date according_to text"

    date: DateOrYear = Field(title="Stand")
    according_to: Text = Field(
        title="Nach Einschätzung von",
        description="Wer das sagt, als Stelle oder Gruppe. Zum Beispiel: „Lehrkräfte und Fachkräfte“.",
    )
    text: Markdown = Field(
        title="Beobachtung", description="Was sich gezeigt hat, ohne Anzahl von Kindern und ohne Namen."
    )


class OfferTexts(RecordTexts):
    """What can be translated."""

    DISCLOSED = "name summary for_young description first_visit bring cost_note alert hours_note"
    SOURCES: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "first_visit": ("access", "first_visit"),
        "bring": ("access", "bring"),
        "cost_note": ("cost", "note"),
        "alert": ("alert", "text"),
    }
    """Where the German of a text stands that is no field of the offer itself."""

    name: Text | None = Field(None, title="Name")
    summary: Text | None = Field(None, title="Zwei Sätze")
    for_young: Text | None = Field(None, title="Zwei Sätze für junge Menschen")
    description: Markdown | None = Field(None, title="Beschreibung")
    first_visit: Markdown | None = Field(None, title="Beim ersten Mal")
    bring: Markdown | None = Field(None, title="Mitbringen")
    cost_note: Text | None = Field(None, title="Hinweis zu den Kosten")
    alert: Text | None = Field(None, title="Hinweis")
    hours_note: Text | None = Field(None, title="Öffnungszeiten in Worten")


class Stop(Group):
    """One of several places of an offer, with the hours that it is there."""

    DISCLOSED = "name place address point hours"

    name: Text | None = Field(
        None, title="Bezeichnung", description="Wie man die Stelle findet: „auf dem Schulhof“."
    )
    place: PlaceId | None = Field(None, title="Ort")
    address: Address | None = Field(None, title="Adresse", description="Wenn es keinen eigenen Ort gibt.")
    point: LonLat | None = Field(None, title="Punkt", description="Länge und Breite in Grad.")
    hours: Hours | None = Field(None, title="Zeiten", description="Wann es hier ist.")

    @model_validator(mode="after")
    def somewhere(self) -> Stop:
        """Hours alone say nothing of where."""
        if not (self.name or self.place or self.address):
            raise fault("halt-ohne-ort")
        return self


class Offer(Record):
    """A door that a family can use."""

    # Fields that may be made up by themselves, and marked so.
    INVENTABLE = (*Record.INVENTABLE, "access", "hours", "cost")
    DISCLOSED = (
        "id name summary for_young kind provider partners place shown remote visits spaces topics ages ages_of for_ "
        "hours hours_note closed cost access contact unposted anonymous without_parents inclusive childcare residents_only languages "
        "interpreter capacity status from_ until funded_until announced successor history results alert description checked "
        "check_every translations illustrative origin"
    )

    name: Text = Field(
        title="Name",
        description="Wie das Angebot auf dem Aushang heißt. Zum Beispiel: „Elterncafé am Markt“.",
    )
    summary: Text = Field(
        title="Zwei Sätze", description="Was man hier bekommt, in ein, zwei einfachen Sätzen."
    )
    for_young: Text | None = Field(
        None,
        title="Zwei Sätze für junge Menschen",
        description="Wenn summary Eltern anspricht: dasselbe in „du“, für Seiten, auf denen junge Menschen lesen.",
    )
    kind: Annotated[Slug, Ref("kinds")] = Field(
        title="Art",
        description="Ein Eintrag aus kinds.yml; daraus folgen Ebene, Rechtsgrundlage und üblicher Zugang.",
    )
    provider: ProviderId = Field(title="Träger")
    partners: tuple[MemberId, ...] = Field((), title="Partner")
    place: PlaceId | None = Field(None, title="Ort")
    address: Address | None = Field(None, title="Adresse", description="Wenn es keinen eigenen Ort gibt.")
    point: LonLat | None = Field(
        None, title="Punkt", description="Wenn es keinen eigenen Ort gibt: Länge und Breite in Grad."
    )
    shown: Shown | None = Field(
        None,
        title="Mehr zeigen, als erlaubt ist",
        description="Wer entschieden hat, dass ein sonst geschütztes Angebot seinen Ort zeigt, und wann.",
    )
    remote: tuple[Literal["phone", "video", "chat", "mail"], ...] = Field(
        (), title="Aus der Ferne", description="Wie es ohne Weg geht: phone Telefon, video, chat, mail."
    )
    visits: tuple[SpaceId, ...] = Field(
        (), title="Kommt in", description="Gebiete, in die das Angebot nach Hause oder auf die Straße kommt."
    )
    spaces: tuple[SpaceId, ...] = Field(
        (),
        title="Für Gebiete",
        description="Für wen es da ist; die Stadt selbst: für alle. Ohne Angabe ist es nicht gesagt: Wer sucht, findet es überall; die Planung zählt es in keinem Gebiet, außer die Art sagt es.",
    )
    topics: tuple[TopicId, ...] = Field(title="Themen", min_length=1)
    ages: AgeRange | None = Field(
        None, title="Alter", description="Alter des Kindes: 0-3, 6-12 months, pregnancy, 16+, all."
    )
    ages_of: Literal["child", "participant"] = Field(
        "child", title="Alter von", description="participant: das Alter derer, die kommen."
    )
    for_: ForWhom = Field(
        (),
        alias="for",
        title="Für wen",
        description="all: für alle. Ohne Angabe ist es nicht gesagt: Wer sucht, findet es trotzdem.",
    )
    hours: Hours | None = Field(
        None,
        title="Zeiten",
        description="Je Zeile Monate oder Ferien, Tage, Zeiten, eine Bedingung: „Mo, Do 9-12 Uhr, mit Anmeldung“. Sie gilt am Anfang (mit Doppelpunkt) oder am Ende (hinter einem Komma) für die ganze Zeile. Zwei Zeiten eines Tages gelten beide, „geschlossen“ schließt, was davor steht, Namen stehen in Anführungszeichen. Oder OSM: „Mo-Fr 09:00-12:00; PH off“, nicht beides.",
    )
    hours_note: Text | None = Field(
        None,
        title="Zeiten in Worten",
        description="Wenn sich die Zeiten anders nicht sagen lassen: an drei Tagen in der Woche von 12:30 bis 16:30 Uhr.",
    )
    stops: tuple[Stop, ...] = Field(
        (),
        title="Orte und Zeiten",
        description="Wenn es an mehreren Orten ist oder herumfährt: je Ort die Zeiten. Ein einzelner Ort steht in place und hours.",
    )
    dates: tuple[Occasion, ...] = Field(
        (), title="Termine", description="Einzelne Termine mit Datum, wenn es kein fester Wochentag ist."
    )
    cost: Cost | None = Field(
        None,
        title="Kosten",
        description="free, donation, income-based, on-request oder {amount, per, reduced, note}.",
    )
    access: Access | None = Field(
        None,
        title="Zugang",
        description="Ohne Angabe steht auf der Seite „nicht angegeben“. Was bei der Art üblich ist, schlägt nahraum check vor.",
    )
    contact: Contact | None = Field(
        None, title="Kontakt", description="Ohne Angabe gilt der Kontakt des Ortes oder Trägers."
    )
    unposted: YesNo | None = Field(
        None,
        title="Ohne Aushang",
        description="yes: steht auf keinem Aushang, in keinem Rahmen anderer Websites, nicht unter „Diese Woche“ oder „Was ist los?“ und nicht im Kalender eines Gebiets, damit niemand sieht, wer dort hingeht. Ohne Angabe gilt, was bei den Themen steht.",
    )
    anonymous: YesNo | None = Field(
        None, title="Ohne Namen möglich", description="yes: niemand muss sagen, wie er heißt."
    )
    without_parents: YesNo | None = Field(
        None, title="Ohne Eltern", description="§ 8 (3) SGB VIII: junge Menschen können allein kommen."
    )
    inclusive: YesNo | None = Field(
        None, title="Inklusiv", description="yes: Menschen mit und ohne Behinderung kommen gemeinsam."
    )
    childcare: Literal["yes", "on request", "no"] | None = Field(
        None, title="Kinderbetreuung währenddessen", description="on request: nur wenn man vorher fragt."
    )
    residents_only: YesNo | None = Field(
        None,
        title="Nur für Einwohner/innen",
        description="yes: wer nicht in der Stadt wohnt, kann es nicht nutzen.",
    )
    languages: tuple[Annotated[LanguageTag, Ref("languages")], ...] = Field(
        (), title="Sprachen", description="Was dort gesprochen wird."
    )
    interpreter: Literal["yes", "on request", "no"] | None = Field(
        None, title="Übersetzung", description="Ob jemand übersetzt; on request: wenn man vorher fragt."
    )
    capacity: Capacity | None = Field(
        None,
        title="Plätze",
        description="Wie viele Plätze es gibt und wie viele frei sind, mit dem Tag der Angabe.",
    )
    status: Literal["possible", "planned", "running", "paused", "ended"] = Field(
        "running",
        title="Zustand",
        description="possible: es könnte das Angebot geben, zugesagt ist es nicht; planned: es kommt.",
    )
    from_: Date | None = Field(
        None,
        alias="from",
        title="Beginn",
        description="Der erste Tag, an dem es das Angebot gibt: 2026-10-01.",
    )
    until: LastDay = None
    funded_until: Date | None = Field(
        None, title="Finanziert bis", description="Die Redaktion wird vorher erinnert."
    )
    announced: Date | None = Field(
        None,
        title="Ende der Finanzierung mitgeteilt am",
        description="Der Tag, an dem der Träger es erfahren hat. Erst mit ihm steht funded_until auf öffentlichen Seiten.",
    )
    successor: OfferId | None = Field(
        None, title="Nachfolge", description="Das Angebot, das danach kommt; ein geschütztes erscheint nicht."
    )
    earlier_ids: EarlierIds = ()
    history: Markdown | None = Field(
        None, title="Geschichte", description="Wie das Angebot entstand und sich änderte."
    )
    results: tuple[Result, ...] = Field(
        (), title="Beobachtungen", description="Was beobachtet wurde, mit Stand und Quelle."
    )
    closed: tuple[Closing, ...] = CLOSED
    alert: Alert | None = Field(
        None,
        title="Aktueller Hinweis",
        description="Ein kurzer Hinweis, der von selbst endet, etwa zu den Ferien.",
    )
    description: Markdown | None = Field(None, title="Beschreibung")
    checked: Date | None = Field(
        None, title="Geprüft am", description="Der Tag, an dem jemand nachgefragt hat, ob alles stimmt."
    )
    called_back: CalledBack | None = CALLED_BACK
    check_every: Span | None = Field(None, title="Prüfen alle", description="Zum Beispiel: 6 months.")
    translations: dict[LanguageTag, OfferTexts] = Field(default_factory=dict, title="Übersetzungen")


HISTORY = "history.csv"
"""The table of what is remembered, in `resources/`."""
ADDED = "new"  # in the place of a field: the offer came
REMEMBERED = ("status", "hours", "place", "cost", "ages", "languages")
"""Fields of an offer of which a change is told: values with a fixed form. Free text could name somebody who was taken out for a reason."""


class HistoryEntry(Struct, frozen=True):
    """On a day an offer came (`field` is `ADDED`) or a field changed; None for no value."""

    date: dt.date
    offer: str
    field: str
    before: Any = None
    after: Any = None


@cache
def _types() -> Mapping[str, TypeAdapter[Any]]:
    """Return what reads each remembered field."""
    return {name: TypeAdapter(annotation(fields(Offer)[name])) for name in REMEMBERED}


def value_of(field: str, plain: Any) -> Any:
    """Return a field's typed value; raises pydantic's ValidationError."""
    if plain in (None, ""):
        # What isn't written stands for the usual.
        return fields(Offer)[field].get_default()
    return _types()[field].validate_python(plain)
