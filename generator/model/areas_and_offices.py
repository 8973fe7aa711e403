"""The records of areas and of offices."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from generator.model.dates import Date, Hours
from generator.model.groups import (
    CLOSED,
    Address,
    Closing,
    Contact,
    EarlierIds,
    Figure,
    Group,
    LastDay,
    Lasting,
    PlaceId,
    ProviderId,
    Record,
    RecordTexts,
    SpaceId,
)
from generator.model.scalars import (
    Amount,
    Count,
    Geometry,
    LanguageTag,
    LonLat,
    Markdown,
    Phone,
    Ref,
    Slug,
    Text,
)

Activity = Annotated[Slug, Ref("activities")]


class MeetingPoint(Group):
    """Where people of the space meet anyway."""

    name: Text = Field(
        title="Name", description="Wie der Treffpunkt heißt. Zum Beispiel: „Spielplatz am Uferweg“."
    )
    point: LonLat | None = Field(
        None, title="Punkt", description="Länge und Breite in Grad: 10.0123 53.7012."
    )
    when: Hours | None = Field(None, title="Wann")
    note: Text | None = Field(None, title="Hinweis")


class Colleague(Group):
    """A team member by name: internally, or publicly where they agreed."""

    name: Text = Field(
        title="Name",
        description="Vor- und Nachname, wie die Person genannt werden will.",
        examples=["Ayşe Muster"],
    )
    contact: Contact | None = Field(None, title="Kontakt")
    agreed: Date | None = Field(
        None,
        title="Zugestimmt am",
        description="Wann die Person zugestimmt hat, öffentlich genannt zu werden. Ohne diese Zeile gehört der Name in die interne Ablage.",
    )


class TeamPart(Group):
    """A part of the team that works in the space."""

    role: Annotated[Slug, Ref("roles")] = Field(
        title="Aufgabe", description="Was dieser Teil des Teams tut; ein Kürzel aus der Wortliste roles."
    )
    name: Text | None = Field(
        None,
        title="Bezeichnung",
        description="Nur wenn die Aufgabe hier anders heißt. Zum Beispiel: „Familienlotsen“.",
    )
    staff: Amount | None = Field(None, title="Fachkräfte", description="Anzahl der Menschen oder Stellen.")
    provider: ProviderId | None = Field(
        None, title="Träger", description="Bei wem die Fachkräfte angestellt sind: das Kürzel des Trägers."
    )
    providers: tuple[ProviderId, ...] = Field(
        (),
        title="Träger (mehrere)",
        description="Statt provider, wenn es mehrere sind: ihre Kürzel als Liste.",
    )
    people: tuple[Colleague, ...] = Field((), title="Namen", description="Wer es ist, mit Namen.")
    contact: Contact | None = Field(
        None, title="Kontakt", description="Die Dienstnummer des Teams: wer heute Dienst hat, nimmt ab."
    )
    hours: Hours | None = Field(
        None, title="Zeiten", description="Wann jemand zu erreichen ist: Mo-Fr 08:00-17:00."
    )
    deputy: Contact | None = Field(
        None, title="Vertretung", description="Wen man anruft, wenn niemand abnimmt."
    )
    weekly_hours: dict[Activity, Amount] = Field(
        default_factory=dict,
        title="Wochenstunden",
        description="Stunden je Tätigkeit, etwa kollegiale-beratung: 18. Gehört in der Regel in die interne Ablage.",
    )
    weekly_each: dict[Activity, Amount] = Field(
        default_factory=dict,
        title="Wochenstunden je Fachkraft",
        description="Wo die Stunden gleich verteilt sind, etwa kollegiale-beratung: 6; mit staff wird nachgerechnet.",
    )
    weekly_total: Amount | None = Field(
        None, title="Wochenstunden zusammen", description="Die Summe; sie wird nachgerechnet."
    )
    note: Text | None = Field(None, title="Hinweis")


class SpaceTexts(RecordTexts):
    """What can be translated."""

    name: Text | None = Field(None, title="Name")
    where: Text | None = Field(None, title="Wo")
    summary: Text | None = Field(None, title="Ein Satz")
    boundary: Markdown | None = Field(None, title="Grenze in Worten")
    portrait: Markdown | None = Field(None, title="Porträt")


class Space(Record):
    """One area of the town."""

    name: Text = Field(
        title="Name", description="Wie man das Gebiet vor Ort nennt. Zum Beispiel: „Süderaue“."
    )
    level: Slug = Field(title="Ebene", description="Eine Ebene aus site_config.yml, etwa sozialraum.")
    parent: SpaceId | None = Field(None, title="Gehört zu", description="Das Kürzel des Gebiets darüber.")
    also_in: tuple[SpaceId, ...] = Field(
        (),
        title="Gehört auch zu",
        description="Gebiete einer anderen Einteilung, in denen es ganz oder zum Teil liegt, etwa eine Planungsregion. Nur nötig, wo keine Grenzen hinterlegt sind.",
    )
    code: Text | None = Field(
        None, title="Amtlicher Schlüssel", description="Führende Nullen bleiben stehen."
    )
    aliases: tuple[Text, ...] = Field(
        (),
        title="Andere Namen",
        description="Ein Name darf mehreren Gebieten gehören; dann fragt die Seite nach.",
    )
    where: Text | None = Field(
        None,
        title="Wo",
        description="Wie man sagt, dass etwas hier ist: „im Marktviertel“, „auf der Kirchkoppel“, „in Bad Cannstatt“. Ohne Angabe schreibt die Seite „im Quartier Marktviertel“.",
    )
    summary: Text | None = Field(None, title="Ein Satz", description="Wo das Gebiet liegt und wie es ist.")
    boundary: Markdown | None = Field(
        None,
        title="Grenze in Worten",
        description="Wo es anfängt und aufhört, an Straßen und Wegen entlang. Zum Beispiel: „Im Norden bis Ahornweg, im Osten bis zum Alten Damm“.",
    )
    boundary_kind: Literal["sharp", "fuzzy"] = Field(
        "sharp", title="Art der Grenze", description="fuzzy: unscharf, darf sich mit anderen überschneiden."
    )
    geometry: Geometry | None = Field(
        None, title="Geometrie", description="Datei und Kennung: geometry/sozialraeume.geojson#suederaue."
    )
    meeting_points: tuple[MeetingPoint, ...] = Field(
        (), title="Treffpunkte", description="Wo sich Menschen ohnehin begegnen, auch ohne Angebot."
    )
    team: tuple[TeamPart, ...] = Field(
        (), title="Team", description="Wer dort arbeitet, je Aufgabe ein Block."
    )
    figures: tuple[Figure, ...] = Field(
        (), title="Zahlen", description="Einzelne Zahlen aus Veröffentlichungen, jede mit Quelle und Tag."
    )
    residents: Count | None = Field(
        None, title="Einwohner/innen", description="Nur für Gebiete ohne eigene Zahlenreihe."
    )
    portrait: Markdown | None = Field(
        None, title="Porträt", description="Zwei, drei Absätze in einfacher Sprache (Markdown)."
    )
    status: Lasting = "running"
    until: LastDay = None
    successors: tuple[SpaceId, ...] = Field(
        (),
        title="Wurde zu",
        description="Nach einer Reform die Gebiete, in denen es aufging: eines, mit anderen zusammengelegt, oder mehrere, geteilt. Seine Zahlen bleiben bei ihm.",
    )
    earlier_ids: EarlierIds = ()
    translations: dict[LanguageTag, SpaceTexts] = Field(default_factory=dict, title="Übersetzungen")


class Responsibility(Group):
    """How the office divides its work."""

    DISCLOSED = "by note"

    by: Literal["street", "surname", "both"] = Field(
        title="Aufteilung nach",
        description="street: nach Straßen. surname: nach dem Nachnamen. both: nach beidem.",
    )
    note: Text | None = Field(None, title="Hinweis", description="Zum Beispiel: „Nachnamen A bis K“.")


class OnCall(Group):
    """Who answers outside office hours."""

    DISCLOSED = "phone when hours"

    phone: Phone | None = Field(None, title="Telefon")
    when: Text | None = Field(
        None, title="Wann, in Worten", description="Zum Beispiel: „nachts und am Wochenende“."
    )
    hours: Hours | None = Field(None, title="Zeiten", description="Wie Öffnungszeiten: Mo-Fr 16:00-08:00.")


class OfficeTexts(RecordTexts):
    """What can be translated."""

    DISCLOSED = "name summary description"

    name: Text | None = Field(None, title="Name")
    summary: Text | None = Field(None, title="Ein Satz")
    description: Markdown | None = Field(None, title="Beschreibung")


class Office(Record):
    """A part of the administration that people turn to."""

    INVENTABLE = (*Record.INVENTABLE, "serves")  # fields that may be made up by themselves, and marked so
    DISCLOSED = "id name also kind summary serves responsibility groups contact on_call hours closed checked description translations illustrative origin"

    name: Text = Field(
        title="Name",
        description="Wie das Amt an der Tür heißt. Zum Beispiel: „Allgemeiner Sozialer Dienst Süd“.",
    )
    also: tuple[Text, ...] = Field(
        (),
        title="Auch genannt",
        description="Wie man das Amt sonst nennt, als Liste: [WJH, WiJu]. „Wer ist wer“ findet es damit.",
    )
    kind: Annotated[Slug, Ref("office_groups")] = Field(
        title="Art", description="Die wichtigste Gruppe: asd, wjh, planung …"
    )
    summary: Text | None = Field(None, title="Ein Satz", description="Wobei das Amt hilft.")
    place: PlaceId | None = Field(None, title="Ort")
    address: Address | None = Field(None, title="Adresse")
    serves: tuple[SpaceId, ...] = Field(
        (), title="Zuständig für", description="Gebiete. Ohne Angabe: die ganze Stadt."
    )
    responsibility: Responsibility | None = Field(
        None, title="Zuständigkeit", description="Wonach sich richtet, wer für wen zuständig ist."
    )
    groups: tuple[Annotated[Slug, Ref("office_groups")], ...] = Field(
        (), title="Gruppen", description="Weitere Gruppen neben kind; Kürzel aus der Wortliste office_groups."
    )
    contact: Contact | None = Field(None, title="Kontakt")
    on_call: OnCall | None = Field(
        None, title="Rufbereitschaft", description="Wer abends und am Wochenende abnimmt."
    )
    hours: Hours | None = Field(None, title="Sprechzeiten")
    closed: tuple[Closing, ...] = CLOSED
    checked: Date | None = Field(
        None,
        title="Geprüft am",
        description="Wann jemand die Nummer zuletzt angerufen hat; steht auf dem Blatt fürs Diensttelefon.",
    )
    description: Markdown | None = Field(None, title="Beschreibung")
    translations: dict[LanguageTag, OfficeTexts] = Field(default_factory=dict, title="Übersetzungen")

    @property
    def all_groups(self) -> tuple[str, ...]:
        """The groups that the office belongs to, its kind first."""
        return tuple(dict.fromkeys((self.kind, *self.groups)))
