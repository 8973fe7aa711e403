"""Groups of fields that several kinds of records share."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, get_args

from msgspec import Struct
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetJsonSchemaHandler,
    Tag,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic_core import CoreSchema

from generator.model.dates import Date, DateOrYear, EndTime, Hours, Time
from generator.model.fields import VALUE_WORDS, value_for
from generator.model.scalars import (
    Booking,
    Email,
    Euros,
    Markdown,
    Number,
    Phone,
    Postcode,
    Ref,
    Slug,
    Text,
    Url,
    YesNo,
    fault,
    one_address,
)

Visibility = Literal["full", "area"]
SpaceId = Annotated[Slug, Ref("spaces")]
ProviderId = Annotated[Slug, Ref("providers")]
PlaceId = Annotated[Slug, Ref("places")]
OfferId = Annotated[Slug, Ref("offers|protected")]
EarlierIds = Annotated[
    tuple[Slug, ...],
    Field(
        title="Frühere Kürzel",
        description="Schreibt „nahraum rename“: Wer die alte Adresse hat (Lesezeichen, Merkliste, Kalender, Aushang), kommt von dort hierher.",
    ),
]
LastDay = Annotated[
    Date | None,
    Field(title="Ende", description="Der letzte Tag; danach gilt es als beendet: 2027-07-31."),
]
Lasting = Annotated[
    Literal["running", "ended"],
    Field(
        title="Zustand",
        description="ended: Es gibt es nicht mehr. Die Seite bleibt und sagt das, in Listen und Suche steht es nicht mehr.",
    ),
]
TopicId = Annotated[Slug, Ref("topics")]
MemberId = Annotated[Slug, Ref("providers|offices|places")]


def shape(value: Any) -> str:
    """Name a value's form (scalar, map, list), for one message a mistake."""
    if isinstance(value, str):
        return "text"
    return "list" if isinstance(value, list | tuple) else "map"


Illustrative = Annotated[
    Annotated[YesNo, Tag("text")] | Annotated[tuple[Text, ...], Tag("list")], Discriminator(shape)
]
"""`yes` for a whole record that was made up, or the names of those of its fields that were."""


EXPLAINED: Mapping[str, str] = {
    "Adresse": "Straße, Hausnummer, Postleitzahl und Ort, jedes in seinem Feld.",
    "Alter": "Für welches Alter: 0-3, 6-12 months, 16+ oder all.",
    "Art": "Was es ist; ein Kürzel aus der Wortliste.",
    "Beginn": "Der erste Tag; wo man nur Monat oder Jahr kennt, genügt es: 2026-10.",
    "Beschreibung": "Was in den anderen Feldern keinen Platz hat, in einfachen Sätzen (Markdown).",
    "E-Mail": "Am besten das Postfach einer Stelle, nicht das einer Person.",
    "Ein Satz": "Worum es geht, in einem einfachen Satz.",
    "Ende": "Der letzte Tag; wo man nur Monat oder Jahr kennt, genügt es: 2027-07.",
    "Gebiete": "Kürzel von Gebieten, als Liste: [suederaue, norderaue].",
    "Geprüft am": "Der Tag, an dem jemand nachgefragt hat, ob alles stimmt.",
    "Hinweis": "Was man dazu wissen sollte, in ein, zwei Sätzen.",
    "In einem Satz": "Worum es geht, in einem einfachen Satz.",
    "Internetseite": "Die Adresse mit https://, etwa https://verein.example/treff/.",
    "Kennzahl": "Ihr Kürzel: der Name ihres Ordners in resources/indicators.",
    "Kleinste Bevölkerung": "Gebiete mit weniger Menschen stehen gar nicht im Bericht.",
    "Kleinster Nenner": "Quoten auf weniger Menschen als diese gibt es nicht.",
    "Kontakt": "Wie man anruft oder schreibt: Telefon, E-Mail, Internetseite.",
    "Kürzel": "Ein kurzer Name aus Kleinbuchstaben, Ziffern und Strichen, etwa bad-cannstatt.",
    "Name": "Wie es auf der Seite heißt.",
    "Name auf Englisch": "Wie es auf englischen Seiten heißt.",
    "Nummer": "Mit Vorwahl, wie man sie wählt.",
    "Ort": "Wo es ist: das Kürzel eines Ortes.",
    "Partner": "Wer mitmacht: Kürzel von Trägern, Ämtern oder Orten, als Liste.",
    "Prüfen alle": "Nach welcher Zeit wieder nachgefragt wird. Zum Beispiel: 6 months.",
    "Quelle": "Woher die Angabe ist, mit ihrem Stand.",
    "Rechtsgrundlage": "Gesetz und Paragraf, nach denen es das gibt.",
    "Schwelle": "Zahlen von 1 bis unter dieser Schwelle sind geheim; ein Vielfaches von 5.",
    "Sitzung am": "Der Tag der Sitzung: 2026-10-29.",
    "Sprache": "Das Kürzel der Sprache: de, tr, uk.",
    "Sprechzeiten": "Tage und Uhrzeiten: Mo, Di 9-12 Uhr.",
    "Stand": "Von wann die Angabe ist: 2026-10-01.",
    "Stelle": "Wer geantwortet hat: eine Stelle, keine Person.",
    "Tag": "Das Datum: 2026-10-01.",
    "Telefon": "Mit Vorwahl: 040 66969-210.",
    "Themen": "Kürzel aus der Wortliste topics, als Liste: [ganztag, kita].",
    "Träger": "Wer es anbietet: das Kürzel des Trägers.",
    "Wann": "Tage und Uhrzeiten: Mo-Fr 9-12 Uhr.",
    "Wert": "Die Zahl mit Dezimalpunkt, ohne Einheit: 12.5.",
    "Zuständig": "Wer Fragen dazu beantwortet: eine Stelle, keine Person.",
    "Öffnungszeiten": "Wie man sie schreibt: Di, Do 9-12 Uhr; in den Ferien geschlossen.",
    "Übersetzungen": "Je Sprache ein Block, etwa en; was fehlt, zeigt „nahraum due --translations“.",
}
"""What fields of one title mean in every model, where none says more itself."""


class Group(BaseModel):
    """A group of fields: frozen, and unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    USUAL: ClassVar[str] = ""
    """What explains each field of a group that says nothing of it itself."""
    DISCLOSED: ClassVar[str] = ""
    """Fields that may be published where a record is protected; what isn't named here is withheld."""

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Explain fields that mean the same in every model."""
        for info in cls.model_fields.values():
            info.description = info.description or cls.USUAL or EXPLAINED.get(info.title or "")


class RecordTexts(Group):
    """What can be translated of a record."""

    USUAL: ClassVar[str] = "Die Übersetzung; ohne sie steht der deutsche Text da."


class Origin(Group):
    """The document that a record's statements were taken from."""

    DISCLOSED = "name date note"

    name: Text = Field(
        title="Quelle",
        description="Verfasser, Titel und Abschnitt, damit man die Stelle findet. Zum Beispiel: „Stadt Musterstadt, Jugendhilfeplan 2025, Abschnitt 3“.",
    )
    date: DateOrYear = Field(title="Stand", description="Tag, Monat oder Jahr der Angaben.")
    note: Text | None = Field(
        None, title="Hinweis", description="Was die Quelle offenlässt oder anders schreibt."
    )


class Cleared(Group):
    """A passage that may be public: a person's name with its reason, or a sentence by its digest and who answered."""

    text: Text | None = Field(
        None, title="Stelle", description="Bei Namen von Personen: genau so, wie sie im Eintrag steht."
    )
    reason: Text | None = Field(
        None,
        title="Grund",
        description="Warum der Name öffentlich sein darf: „Name einer Schule“.",
    )
    sentence: Text | None = Field(
        None,
        title="Prüfziffer des Satzes",
        examples=["3f2a91c0d4e7"],
        description="Nach einem geschützten Haus gefragt: die Ziffern aus der Meldung. Ändert sich der Satz, wird wieder gefragt.",
    )
    by: Slug | None = Field(
        None,
        title="Beantwortet von",
        examples=["frauenhaus"],
        description="Das Kürzel des Hauses, seines Trägers oder eines Amtes; nie die Redaktion selbst.",
    )
    date: Date | None = Field(None, title="Beantwortet am", description="Der Tag der Antwort.")

    @model_validator(mode="after")
    def answered(self) -> Cleared:
        """A name and why, or a sentence and who answered when."""
        name, sentence = (self.text, self.reason), (self.sentence, self.by, self.date)
        if any(map(any, (name, sentence))) and all(any(one) in (False, all(one)) for one in (name, sentence)):
            return self
        raise fault("freigabe-unklar")


class Shown(Group):
    """The decision to show more than kind, place and provider allow."""

    DISCLOSED = "visibility confirmed by why"

    visibility: Literal["full", "area"] = Field(
        title="Was gezeigt wird", description="full: mit Adresse. area: nur das Gebiet."
    )
    confirmed: Date = Field(
        title="Bestätigt am", description="Der Tag, an dem es entschieden wurde.", examples=["2026-10-01"]
    )
    by: Text = Field(
        title="Bestätigt von",
        description="Das Kürzel eines Amtes oder Trägers, sonst eine Funktion („Leitung des Jugendamts“); kein Personenname.",
        examples=["Leitung des Jugendamts"],
    )
    why: Text | None = Field(
        None, title="Warum", description="Zum Beispiel: öffentliche Beratungsstelle, nicht das Haus selbst."
    )


class Record(Group):
    """What every record has; the id is the file's name."""

    INVENTABLE: ClassVar[tuple[str, ...]] = ("name", "summary", "description")
    """The fields whose mark stands wherever they are shown; others can only be made up together with the record."""

    AFTER_END: ClassVar[str] = ""
    """Fields that pages, maps and files may still show of a record that has ended."""

    id: str = Field(exclude=True, title="Kürzel", description="Der Name der Datei ohne Endung.")
    notes: Markdown | None = Field(
        None,
        title="Notiz",
        description="Nur für die Redaktion; wird nie veröffentlicht. Keine Angaben zu Personen.",
    )
    illustrative: Illustrative = Field(
        False,
        title="Beispielhaft",
        description="yes: der Eintrag ist erfunden; [access, hours]: nur diese Angaben sind es. Überall steht dann dabei, dass es erfunden ist.",
    )
    origin: Origin | None = Field(
        None,
        title="Herkunft der Angaben",
        description="Nur wenn der Eintrag aus einem Dokument übernommen ist; steht dann auf seiner Seite.",
    )
    cleared: tuple[Cleared, ...] = Field(
        (),
        title="Geprüfte Stellen",
        description="Stellen, nach denen „nahraum check“ gefragt hat und die öffentlich sein dürfen. Erscheint nicht auf der Seite.",
    )

    def leads_to(self, protected: Collection[tuple[str, str]]) -> bool:
        """Tell whether it is for something protected (`protected`: folder, id)."""
        del protected
        return False

    @field_validator("illustrative")
    @classmethod
    def with_known_fields(cls, value: bool | tuple[str, ...]) -> bool | tuple[str, ...]:
        """Refuse field names whose mark wouldn't be shown everywhere."""
        known = [name for name in cls.INVENTABLE if name in cls.model_fields]
        for name in value if isinstance(value, tuple) else ():
            if name not in known:
                raise fault("beispielhaft-unbekannt", value=name, known=", ".join(known) or "keine")
        return value

    @property
    def passed(self) -> tuple[str, ...]:
        """The passages that somebody has looked at."""
        return tuple(item.text for item in self.cleared if item.text)

    @property
    def may_be_public(self) -> bool:
        """Whether it may be public though its kind is internal."""
        return False

    @property
    def fictional(self) -> bool:
        """Whether the whole record was made up."""
        return self.illustrative is True

    def invented(self, field: str) -> bool:
        """Tell whether a field needs its own mark: invented, or naming what is."""
        if isinstance(self.illustrative, tuple):
            return field in self.illustrative
        return self.fictional and field in ("name", "title")


Messenger = Literal["signal", "whatsapp", "telegram", "sms"]


class Contact(Group):
    """How to reach somebody."""

    DISCLOSED = "name phone mobile phone_hours messengers email website note"

    name: Text | None = Field(
        None,
        title="Ansprechstelle",
        description="Eine Stelle oder Funktion, kein Personenname. Zum Beispiel: „Sekretariat“.",
    )
    phone: Phone | None = Field(None, title="Telefon")
    mobile: Phone | None = Field(None, title="Mobiltelefon", description="Auch für Nachrichten.")
    phone_hours: Hours | None = Field(
        None,
        title="Telefonzeiten",
        description="Wann jemand abnimmt, wenn das andere Zeiten sind als hours. Die Zeiten eines Kurses mit Anmeldung sind nie Telefonzeiten.",
    )
    messengers: tuple[Messenger, ...] = Field(
        (), title="Messenger", description="Womit man der Mobilnummer schreiben kann: signal, whatsapp."
    )
    email: Email | None = Field(None, title="E-Mail")
    website: Url | None = Field(None, title="Internetseite")
    note: Text | None = Field(None, title="Hinweis", description="Zum Beispiel: „am besten vormittags“.")

    @model_validator(mode="after")
    def with_a_number(self) -> Contact:
        """Messages need a number that they go to."""
        if self.messengers and self.mobile is None:
            raise fault("messenger-ohne-nummer", at="messengers", value=", ".join(self.messengers))
        return self

    @property
    def numbers(self) -> Mapping[Literal["phone", "mobile"], str]:
        """All numbers to call by their fields, the landline first."""
        stated: tuple[tuple[Literal["phone", "mobile"], str | None], ...] = (
            ("phone", self.phone),
            ("mobile", self.mobile),
        )
        return {field: number for field, number in stated if number}

    @property
    def number(self) -> str:
        """The landline, else mobile number; empty for none."""
        return self.phone or self.mobile or ""


class Address(Group):
    """A postal address."""

    DISCLOSED = "street number postcode town extra"

    street: Annotated[Text, AfterValidator(one_address)] = Field(
        title="Straße", description="Nur der Name der Straße; die Hausnummer steht in number."
    )
    number: Text | None = Field(None, title="Hausnummer", description="Mit Buchstaben, wie auf dem Schild.")
    postcode: Postcode = Field(
        title="Postleitzahl", description="Fünf Ziffern; eine führende Null bleibt stehen."
    )
    town: Text = Field(title="Ort", description="Der Name der Stadt oder Gemeinde.")
    extra: Text | None = Field(None, title="Zusatz", description="Zum Beispiel: „Eingang im Hof, 1. Stock“.")

    @property
    def door(self) -> str:
        """Street and number."""
        return f"{self.street} {self.number or ''}".strip()

    @property
    def post_town(self) -> str:
        """Postcode and town."""
        return f"{self.postcode} {self.town}"


class Fee(Group):
    """What it costs, in euros."""

    DISCLOSED = "amount up_to per reduced note"

    amount: Euros | None = Field(
        None,
        title="Betrag",
        description="In Euro, mit Punkt: 3.50. Ohne Angabe sagt nur der Hinweis, was es kostet.",
    )
    up_to: Euros | None = Field(
        None,
        title="bis zu",
        description="Der höchste Betrag, wenn es verschieden viel kostet: amount 3, up_to 8 heißt 3 bis 8 €.",
        examples=["8.00"],
    )
    per: Text | None = Field(None, title="je", description="Wofür der Betrag gilt: „Mittagessen“, „Monat“.")
    reduced: Euros | None = Field(None, title="ermäßigt", description="Der ermäßigte Betrag in Euro.")
    note: Text | None = Field(None, title="Hinweis", description="Zum Beispiel: „mit Bildungskarte frei“.")

    @model_validator(mode="after")
    def in_order(self) -> Fee:
        """Check that reduced < amount < highest and something is said."""
        if self.amount is None:
            if self.note is None or self.up_to is not None or self.reduced is not None:
                raise fault("feld-fehlt", name="amount", title="Betrag")
            return self
        if self.up_to is not None and self.up_to <= self.amount:
            raise fault("betrag-verkehrt", at="up_to", value=self.up_to, other=self.amount, than="größer")
        if self.reduced is not None and self.reduced > (self.up_to or self.amount):
            most = self.up_to or self.amount
            raise fault("betrag-verkehrt", at="reduced", value=self.reduced, other=most, than="kleiner")
        return self


_NUMBER = r"([0-9]{1,4}(?:[.,][0-9]{2})?)"
_PRICE = rf"{_NUMBER}(?:,-{{1,2}}|,–)? ?(?:€|Euro|EUR)"  # „3,50 €“, „3,- Euro“
# „3 bis 8 €, ermäßigt 2 €“
_PRICES = rf"(?:(?:von |zwischen )?{_NUMBER}(?: ?(?:€|Euro|EUR))? ?(?:-|–|bis|und) ?)?{_PRICE}(?:,? ?\(?(?:ermäßigt|erm\.|reduziert):? ?{_PRICE}\)?)?"
# A price, one word it is for („je Abend“, „/ Monat“), and a note behind a comma or in brackets: the whole grammar.
_FEE = re.compile(
    rf"{_PRICES}(?: ?(?:pro |je |/) ?([A-ZÄÖÜ][^\W\d_]+))?\.?(?:[,;] (\S.*)|(?: \(([^()]+)\)))?"
)
CostWord = Literal["free", "donation", "income-based", "on-request"]


def read_cost(value: Any) -> Any:
    """Read German costs: a word, or what `_FEE` covers; else a text that says nothing certain."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    known = get_args(CostWord)
    if (word := value_for(text, known)) is not None:
        return word
    if match := _FEE.fullmatch(text):
        *fee, behind, inside = match.groups()
        note = behind or inside
        return _fee_of(*fee) | ({"note": note} if note else {})
    if re.search(r"[0-9]", text) or (len(text.split()) > 1 and not text.startswith(known)):
        return {"note": text}
    # A word that nobody knows is refused by the model.
    return text


def _fee_of(lowest: str | None, amount: str, reduced: str | None, per: str | None) -> dict[str, str]:
    """Return a price in words as a `Fee`'s fields, with decimal points."""
    fee = {"amount": lowest, "up_to": amount} if lowest else {"amount": amount}
    if reduced:
        fee["reduced"] = reduced
    fee = {name: number.replace(",", ".") for name, number in fee.items()}
    if per:
        fee["per"] = per.strip()
    return fee


def _cost_pattern() -> str:
    """Return the schema's pattern for costs: known words, numbers, several words."""
    words: set[str] = set()
    for name in get_args(CostWord):
        for item in VALUE_WORDS[name]:
            words |= {item, item[:1].upper() + item[1:]}
    return f"^(?:(?:{'|'.join(sorted(words))})[.!]?\\.?|.*[0-9 ].*)$"


Cost = Annotated[
    Annotated[
        Annotated[
            CostWord,
            WithJsonSchema(
                {
                    "anyOf": [
                        {"enum": list(get_args(CostWord))},
                        {"type": "string", "pattern": _cost_pattern()},
                    ]
                }
            ),
        ],
        Tag("text"),
    ]
    | Annotated[Fee, Tag("map")],
    Discriminator(shape),
    BeforeValidator(read_cost),
]


class Access(Group):
    """The way in."""

    DISCLOSED = "way who_may_refer first_visit bring register_by book address"

    way: Annotated[Slug, Ref("access_ways")] = Field(
        title="Weg",
        description="Ein Eintrag aus access_ways: open, registration, appointment, direct, referral, prescription, decision.",
        examples=["registration"],
    )
    who_may_refer: tuple[Annotated[Slug, Ref("referrers")], ...] = Field(
        (), title="Wer vermitteln darf", description="Zum Beispiel: school, asd."
    )
    first_visit: Markdown | None = Field(
        None, title="Beim ersten Mal", description="Was beim ersten Besuch geschieht, in ein, zwei Sätzen."
    )
    bring: Markdown | None = Field(
        None, title="Mitbringen", description="Was man mitbringt; „Nichts.“ ist eine gute Antwort."
    )
    register_by: Date | None = Field(
        None, title="Anmeldeschluss", description="Der letzte Tag, an dem man sich anmelden kann."
    )
    book: Booking | None = Field(
        None,
        title="Termin buchen",
        description="Wo man einen Termin bekommt: eine Internetadresse oder eine Telefonnummer; steht dann als erster Knopf da.",
        examples=["https://termine.musterstadt.example/beratung"],
    )
    address: Text | None = Field(
        None, title="Anmeldung bei", description="Wo man sich anmeldet, wenn es anderswo ist."
    )


ClosedReason = Literal[
    "Ferien", "Feiertag", "Fortbildung", "Umbau", "zu wenig Personal", "Umzug", "ohne Angabe"
]
"""Why something is closed: never a person's illness."""


class Closing(Group):
    """Days on which nothing takes place."""

    DISCLOSED = "date until name instead instead_phone"

    date: Date = Field(title="Erster Tag", description="Oder der einzige: Dann fehlt until.")
    until: Date | None = Field(None, title="Letzter Tag", description="Wenn es mehrere Tage sind.")
    name: ClosedReason = Field(
        "ohne Angabe",
        title="Grund",
        description="Einer aus der Liste; dass jemand krank ist, geht niemanden etwas an.",
    )
    instead: OfferId | None = Field(
        None, title="Stattdessen", description="Das Angebot, zu dem man in dieser Zeit gehen kann."
    )
    instead_phone: Phone | None = Field(
        None, title="Nummer stattdessen", description="Wo man in dieser Zeit anrufen kann."
    )

    @model_validator(mode="after")
    def in_order(self) -> Closing:
        """The last day does not lie before the first."""
        if self.until is not None and self.until < self.date:
            raise fault("zeit-verkehrt", at="until", first=self.date, second=self.until)
        return self


CLOSED: tuple[Closing, ...] = Field(
    (),
    title="Geschlossen",
    description="Tage, an denen zu ist, mit Jahr: {date: 2026-12-21, until: 2027-01-03, name: Ferien}. Seite, Kalender und Daten sagen dann geschlossen.",
)


_FROM_TO = re.compile(r"(\d{1,2}(?:[:.]\d\d)?)(?: ?Uhr)? ?(?:-|–|bis) ?(\d{1,2}(?:[:.]\d\d)?)(?: ?Uhr)?")


class Occasion(Group):
    """A dated event."""

    DISCLOSED = "date until from_ to name cancelled"

    date: Date = Field(title="Tag")
    until: Date | None = Field(None, title="bis Tag", description="Letzter Tag bei mehrtägigen Terminen.")
    from_: Time | None = Field(None, alias="from", title="von", description="Wann es anfängt: 15:00.")
    to: EndTime | None = Field(
        None,
        title="bis",
        description="Bis 24:00, oder nach Mitternacht: von 20:00 bis 2:00.",
        examples=["17:00"],
    )
    name: Text | None = Field(
        None,
        title="Bezeichnung",
        description="Nur wenn der Termin anders heißt als das Angebot. Zum Beispiel: „Sommerfest“.",
    )
    cancelled: YesNo = Field(False, title="Fällt aus", description="yes: Dieser Termin findet nicht statt.")

    @model_validator(mode="before")
    @classmethod
    def split_hours(cls, value: Any) -> Any:
        """Take „15-17 Uhr“ at `from` for a beginning and an end."""
        hours = value.get("from") if isinstance(value, dict) and "to" not in value else None
        span = _FROM_TO.fullmatch(hours) if isinstance(hours, str) else None
        return value if span is None else {**value, "from": f"{span[1]} Uhr", "to": f"{span[2]} Uhr"}

    @model_validator(mode="after")
    def in_order(self) -> Occasion:
        """The end does not lie before the start."""
        if self.until is not None and self.until < self.date:
            raise fault("zeit-verkehrt", at="until", first=self.date, second=self.until)
        if (
            self.past_midnight
            and self.to
            and self.from_
            and self.to.hour + self.to.minute > 0
            and not (self.from_.hour >= 17 and self.to.hour < 6)
        ):
            raise fault("zeit-verkehrt", at="to", first=f"{self.from_:%H:%M}", second=f"{self.to:%H:%M}")
        return self

    @property
    def past_midnight(self) -> bool:
        """Whether a single day's event ends on the next one."""
        return self.from_ is not None and self.to is not None and self.until is None and self.to <= self.from_


def read_none(value: object) -> object:
    """Return no closings for „no“; that it was said shows by not being None."""
    return () if value == "no" else value


@dataclass(frozen=True)
class _OrNo:
    """Allows the word „no“ instead of a list, also in schemas."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Accept the word beside the list."""
        return {"anyOf": [{"enum": ["no", False]}, handler(core)]}


class CalledBack(Group):
    """That somebody else called the old number before a number changed or something ended."""

    date: Date = Field(title="Angerufen am", description="Der Tag des Anrufs.", examples=["2026-10-01"])
    by: Text = Field(
        title="Angerufen von",
        description="Die Stelle, die unter der alten Nummer nachgefragt hat, kein Personenname: „Jugendamt, Planung“.",
        examples=["Jugendamt, Planung"],
    )


CALLED_BACK: CalledBack | None = Field(
    None,
    title="Zurückgerufen",
    description="Ist eine Telefonnummer neu oder etwas für immer zu: Wer das unter der alten Nummer bestätigen ließ, und wann. Erscheint nicht auf der Seite.",
)

CHANGED_BY_CALL = frozenset(
    (*(("contact", name) for name in ("phone", "mobile", "email", "website")), ("access", "book"))
)
"""Fields that change only where somebody has called back, as does a status that becomes `ended`."""


class Alert(Group):
    """A short notice that ends by itself."""

    DISCLOSED = "text until closed"

    text: Text = Field(title="Hinweis", description="Was sich gerade geändert hat, in einem Satz.")
    until: Date = Field(title="Letzter Tag", description="Danach verschwindet der Hinweis von selbst.")
    closed: Annotated[tuple[Closing, ...], BeforeValidator(read_none), _OrNo()] | None = Field(
        None,
        title="Ist dann zu?",
        description="no: Die Zeiten gelten weiter. Sonst die Tage, an denen zu ist. Ohne Angabe gelten die Zeiten an der Tür als ungewiss, solange der Hinweis steht; die am Telefon gelten weiter.",
    )

    @field_validator("closed", mode="before")
    @classmethod
    def said(cls, value: object) -> object:
        """An empty list says nothing."""
        return value if value else None


class Figure(Group):
    """A figure of a profile with its date and source."""

    name: Text = Field(title="Was gezählt wird", description="Zum Beispiel: „Haushalte mit Kindern“.")
    value: Number = Field(title="Wert")
    qualifier: Text | None = Field(
        None,
        title="Zusatz vor dem Wert",
        description="Wenn die Quelle nicht genau ist: rund, knapp, mehr als.",
    )
    unit: Text | None = Field(
        None, title="Einheit", description="Zum Beispiel: %, Haushalte. Ohne Angabe: Anzahl."
    )
    of: Text | None = Field(
        None,
        title="Anteil an",
        description="Name der Zahl, von der diese ein Teil ist; der Anteil wird daraus gerechnet.",
    )
    cases_from: Annotated[Slug, Ref("indicators")] | None = Field(
        None,
        title="Fälle aus",
        description="Wo im Gebiet eine Kennzahl geheim ist: die Kennzahl, die zählt, wovon diese Zahl ist.",
    )
    no_indicator: Text | None = Field(
        None,
        title="Keine Kennzahl",
        description="Wo im Gebiet eine Kennzahl geheim ist, statt cases_from: wovon die Zahl ist, wenn es keine Kennzahl dieser Seite zählt, auch nicht zum Teil. Steht nicht auf der Seite.",
    )
    date: DateOrYear | None = Field(
        None,
        title="Stichtag",
        description="Tag, Monat oder nur das Jahr, je nachdem, was die Quelle sagt: 2025-12-31, 2025-12 oder 2025. Ohne Angabe steht dabei, dass es keinen gibt.",
    )
    source: Text = Field(title="Quelle")
    note: Text | None = Field(None, title="Hinweis")
    illustrative: YesNo = Field(
        False, title="Beispielhaft", description="yes: ein erfundener Wert; er wird sichtbar so bezeichnet."
    )


class Kind(Struct, frozen=True):
    """A kind of record: folder, model, German names; `subject` that brings it.

    `planned` kinds plan, promise or count in areas. What they say of protection is town-wide: the public site
    drops areas ("without areas"), or `check` refuses records that are nothing without them ("refused").
    """

    folder: str
    model: type[Record]
    singular: str
    plural: str
    none: str  # what a text is not that names none of them: „kein Ort“
    internal: bool = False  # only in the internal folder, unless a record may be public
    planned: Literal["", "without areas", "refused"] = ""
    subject: str = ""
