"""The settings in `site_config.yml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal

from babel import localedata
from msgspec import Struct
from msgspec import field as struct_field
from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from generator.model.dates import Date, Span
from generator.model.groups import Cleared, Group, shape
from generator.model.scalars import Colour, Count, Email, LanguageTag, Phone, Slug, Text, Url, YesNo, fault
from generator.parts import subjects

# Days on which many are closed (`hours/holidays.py`).
UsualDay = Literal[
    "zwischen-den-jahren",
    "heiligabend", "silvester", "weiberfastnacht", "rosenmontag", "faschingsdienstag", "aschermittwoch", "buss-und-bettag",
    "fronleichnam", "friedensfest", "mariae-himmelfahrt",
]  # fmt: skip
Land = Literal["BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH"]


def known_language(tag: str) -> str:
    """Return a language's tag if its formats are known; `de-x-ls` counts as `de`."""
    if not localedata.exists(tag.split("-")[0]):
        raise fault("sprache-unbekannt", value=tag)
    return tag


def picture_name(name: str) -> str:
    """Return a file name that may be a logo, else raise."""
    if not name.endswith((".svg", ".png")):
        raise fault("kein-logo", value=name)
    return name


FOR_FAMILIES = ("youth", "offline", "embeds")
"""What a town may leave out of what families use; no folder of `subjects/` holds it."""
if TYPE_CHECKING:
    SubjectName = str
else:
    SubjectName = Literal[(*FOR_FAMILIES, *subjects())]
Territory = Literal["stadt", "gemeinde", "landkreis", "kreis"]
DoorLanguage = Literal["tr", "ar", "uk", "de-x-ls"]
"""The languages whose catalogue has the most necessary."""
WHOLE_LANGUAGES = ("de", "en")
"""The languages in which the program says everything."""
SiteLanguage = Annotated[LanguageTag, AfterValidator(known_language)]


class Publisher(Group):
    """Who answers for the site."""

    name: Text = Field(
        title="Name", description="Wer die Seite herausgibt. Zum Beispiel: „Stadt Musterstadt“."
    )
    office: Text | None = Field(
        None,
        title="Amt",
        description="Die Stelle, die sie pflegt. Zum Beispiel: „Amt für Jugend und Familie“.",
    )
    phone: Phone | None = Field(None, title="Telefon")
    email: Email | None = Field(
        None, title="E-Mail", description="Wohin schreibt, wer auf der Seite einen Fehler findet."
    )


class LevelConfig(Group):
    """One level of a geography, the widest first."""

    id: Slug = Field(title="Kürzel")
    name: Text = Field(
        title="Name", description="Ein Gebiet dieser Ebene in der Einzahl. Zum Beispiel: „Sozialraum“."
    )
    plural: Text | None = Field(
        None, title="Mehrzahl", description="Mehrere davon. Zum Beispiel: „Sozialräume“."
    )
    name_en: Text | None = Field(
        None, title="Name auf Englisch", description="Die Einzahl auf Englisch. Zum Beispiel: „Social space“."
    )
    plural_en: Text | None = Field(
        None,
        title="Mehrzahl auf Englisch",
        description="Die Mehrzahl auf Englisch. Zum Beispiel: „Social spaces“.",
    )


class GeographyConfig(Group):
    """A hierarchy of levels; several need not nest."""

    id: Slug = Field(title="Kürzel")
    name: Text | None = Field(
        None, title="Name", description="Wie die Einteilung heißt. Zum Beispiel: „Schulbezirke“."
    )
    levels: tuple[LevelConfig, ...] = Field(
        title="Ebenen",
        description="Von der größten zur kleinsten: zuerst die Stadt, zuletzt die Quartiere.",
        min_length=1,
    )


class Thresholds(Group):
    """Defaults of disclosure control."""

    threshold: Count = Field(5, title="Schwelle", examples=["5"])
    minimum_denominator: Count = Field(100, title="Kleinster Nenner")
    minimum_population: Count = Field(300, title="Kleinste Bevölkerung")
    own_cases: Annotated[Count, Field(ge=1, le=9)] = Field(
        2,
        title="Eigene Fälle",
        description="Wer in einer Zelle mit so wenigen Fällen selbst gezählt ist, darf daraus keine andere errechnen.",
        examples=["1"],
    )


class Basemap(Group):
    """A background for maps."""

    tiles: Text = Field(title="Kachelserver", description="Die Adresse der Kacheln mit {z}, {x} und {y}.")
    attribution: Text | None = Field(
        None, title="Quellenangabe", description="Was der Anbieter der Karte als Quelle verlangt."
    )


def frame_address(address: str) -> str:
    """Return one host's address, `https://video.example/embed/`; its slash keeps other hosts from matching."""
    if not re.fullmatch(r"https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?/(?:[^;,?#]*/)?", address):
        raise fault("rahmen-adresse", value=address)
    return address


class Embedded(Group):
    """An address from which hand-written pages may show frames."""

    address: Annotated[Url, AfterValidator(frame_address)] = Field(
        title="Adresse", description="Der Anfang der Adresse, mit https:// und einem Pfad, der auf / endet."
    )
    reason: Text = Field(title="Grund", description="Warum ein Verweis nicht genügt.")

    @property
    def source(self) -> str:
        """The host as a Content Security Policy names it."""
        return "/".join(self.address.split("/")[:3])


class Logo(Group):
    """The town's own sign in the head of its pages."""

    file: Annotated[Text, AfterValidator(picture_name)] = Field(
        title="Datei",
        description="Ein SVG oder PNG neben site_config.yml oder in einem Ordner daneben.",
        examples=["wappen.svg"],
    )
    alt: Text = Field(
        title="Text für Screenreader",
        description="Was zu sehen ist.",
        examples=["Wappen der Stadt Auenstedt"],
    )

    @property
    def asset(self) -> str:
        """The name under which pages load it."""
        return f"logo{self.file[-4:]}"


class Forge(Group):
    """Where the records' files are kept and changed by people."""

    kind: Literal["gitlab", "github", "forgejo"] = Field(
        title="Programm", description="Was dort läuft; Gitea zählt als forgejo."
    )
    address: Url = Field(
        title="Adresse",
        description="Das Repository, wie es im Browser steht.",
        examples=["https://git.musterstadt.example/jugendamt/nahraum"],
    )
    branch: Text = Field(
        "main", title="Zweig", description="Der Zweig, von dem die Website gebaut wird.", examples=["main"]
    )
    folder: Text | None = Field(
        None,
        title="Ordner",
        description="Wenn das Projekt nicht zuoberst im Repository liegt.",
        examples=["stadt"],
    )
    app_id: Text | None = Field(
        None,
        title="Kennung der Anwendung",
        description="Nur GitLab: mit ihr meldet man sich im Formular an; ohne sie mit einem eigenen Token.",
        examples=["5f2d71c0a9e84b3d"],
    )
    public: YesNo = Field(
        False,
        title="Auch auf der öffentlichen Seite",
        description="yes: „Diesen Eintrag bearbeiten“ steht auch dort, sonst nur auf der internen Seite und in der Vorschau.",
    )


class ClosedDate(Group):
    """A date, or a few, on which many in the town are closed."""

    date: Date = Field(title="Tag")
    until: Date | None = Field(None, title="bis Tag", description="Der letzte Tag, wenn es mehrere sind.")
    name: Text = Field(
        title="Name", description="Zum Beispiel: Zwischen den Jahren. Steht vor „bitte vorher nachfragen“."
    )
    providers: tuple[Slug, ...] = Field(
        (),
        title="Träger",
        description="Wer dann zu hat, etwa bei einem Streik. Dann wird nicht gefragt, sondern geschlossen.",
    )
    places: tuple[Slug, ...] = Field((), title="Orte", description="Welche Häuser dann zu sind.")

    @model_validator(mode="after")
    def in_order(self) -> ClosedDate:
        """The last day does not lie before the first."""
        if self.until is not None and self.until < self.date:
            raise fault("zeit-verkehrt", at="until", first=self.date, second=self.until)
        return self


class ClosedDays(Group):
    """Days that are no public holidays, on which many are closed: the site says „bitte vorher nachfragen“ instead of „offen“."""

    bridge_days: YesNo = Field(
        False,
        title="Brückentage",
        description="yes: auch an einzelnen Werktagen zwischen Feiertag und Wochenende.",
    )
    also: tuple[UsualDay, ...] = Field(
        (),
        title="Auch",
        description="Tage, die im Land nicht üblich sind, in der Stadt aber doch, etwa rosenmontag.",
    )
    without: tuple[UsualDay, ...] = Field(
        (),
        title="Ohne",
        description="Tage, die im Land üblich sind, an denen in der Stadt aber alle offen haben.",
    )
    dates: tuple[ClosedDate, ...] = Field(
        (), title="Eigene Tage", description="Tage, an denen hier viele geschlossen haben, mit Datum."
    )


class SiteConfig(Group):
    """The whole configuration."""

    name: Text = Field(
        title="Name der Seite",
        description="Steht im Kopf jeder Seite und im Titel. Zum Beispiel: „Nahraum Musterstadt“.",
    )
    url: Url = Field(
        title="Adresse der Seite", description="Wo die fertige Seite liegt, mit https:// und einem / am Ende."
    )
    publisher: Publisher = Field(
        title="Herausgeber", description="Wer für die Seite einsteht und wohin man schreibt."
    )
    land: Land = Field(title="Land", description="Feiertage, Schulferien, Pflichten.")
    overlay: Text | None = Field(
        None,
        title="Interne Ablage",
        description="Ordner mit internen Einträgen, vom Projekt aus; die öffentliche Seite liest ihn nie.",
    )
    overlay_in_repository: Literal["invented"] | None = Field(
        None,
        title="Interne Ablage im selben Repository",
        description="invented: Die Ablage liegt bei den öffentlichen Einträgen, und alles darin ist erfunden. Nur für Beispiele.",
    )
    unsearched: tuple[Text, ...] = Field(
        (),
        title="Nicht durchsucht",
        description="Ordner im selben Repository, die nichts über die Stadt sagen, etwa das Programm selbst. Alles andere, was git festhält, durchsucht check nach geschützten Orten.",
    )
    cleared: tuple[Cleared, ...] = Field(
        (),
        title="Geprüfte Stellen in Tabellen und Zeichnungen",
        description="Antworten auf Fragen nach geschützten Häusern in Dateien, die selbst keinen Platz dafür haben: Tabellen, Kalender, Zeichnungen. Eine Seite nennt sie in ihrem Kopf.",
    )
    internal: tuple[Slug, ...] = Field(
        (),
        title="Nur intern",
        description="Arten und Felder, die in die interne Ablage gehören: needs, agreements, minutes, team-hours.",
    )
    closed_days: ClosedDays = Field(
        default_factory=ClosedDays,
        title="Tage, an denen viele geschlossen haben",
        description="Ohne Angabe: 24. und 31. Dezember und was im Land üblich ist.",
    )
    languages: tuple[SiteLanguage, ...] = Field(
        ("de",), title="Sprachen", description="Die erste ist die der Daten.", min_length=1
    )
    first_doors: tuple[DoorLanguage, ...] = Field(
        (),
        title="Sprachen mit dem Nötigsten",
        description="Sprachen, in denen es eine erste Seite, die Seiten für Notlagen, zu jedem Angebot die Angaben auf einen Blick und zu jedem Gebiet die Woche gibt, alles Weitere auf Deutsch: tr, ar, uk, de-x-ls (Leichte Sprache).",
    )
    geographies: tuple[GeographyConfig, ...] = Field(
        title="Geographien",
        description="Wie die Stadt eingeteilt ist; die erste ist die wichtigste.",
        min_length=1,
    )
    disclosure: Thresholds = Field(
        default_factory=Thresholds,
        title="Geheimhaltung",
        description="Ab wann Zahlen öffentlich sein dürfen; eine Kennzahl kann mehr verlangen.",
    )
    check_every: dict[Slug, Span] = Field(
        default_factory=dict,
        title="Prüfen alle",
        description="Je Ordner von Einträgen, nach welcher Zeit nachgefragt wird: {offers: 6 months, places: 1 year}.",
    )
    basemap: Annotated[
        Annotated[Literal["none"], Tag("text")] | Annotated[Basemap, Tag("map")], Discriminator(shape)
    ] = Field(
        "none",
        title="Hintergrundkarte",
        description="none: Karten kommen ohne fremden Server aus. Sonst fragt das Gerät nach einem Tipp bei diesem Server an.",
    )
    forge: Forge | None = Field(
        None,
        title="Wo die Dateien liegen",
        description="Dann führt von jedem Eintrag ein Verweis dorthin, wo man ihn ändert.",
    )
    embedded: tuple[Embedded, ...] = Field(
        (),
        title="Fremde Rahmen",
        description="Woher eigene Texte in content/ Rahmen (iframe) zeigen dürfen. Der andere Anbieter erfährt bei jedem Aufruf die Adresse des Geräts; das gehört in die Datenschutzerklärung.",
    )
    accent: Colour = Field(
        "#0d6b66",
        title="Akzentfarbe",
        description="Die Farbe von Knöpfen, Verweisen und Karten. Wo Schrift darin oder darauf nicht gut zu lesen wäre, wird sie so weit dunkler oder heller, bis sie es ist.",
    )
    logo: Logo | None = Field(
        None,
        title="Wappen oder Logo",
        description="Steht im Kopf jeder Seite, auf Papier, in Berichten als PDF und auf Bildern zum Mitnehmen. Das Wappen einer Stadt darf nur führen, wem sie es erlaubt hat: vorher fragen.",
    )
    subjects: tuple[SubjectName, ...] = Field(
        (*FOR_FAMILIES, *subjects()),
        title="Was es gibt",
        description="Was eine Stadt weglassen kann: Seiten für Jugendliche, zum Mitnehmen und Einbetten, dazu alles, was die Planung braucht; ohne Angabe alles. Was nicht genannt ist, davon gibt es weder Seiten noch Einträge, und Verweise darauf fallen weg.",
    )
    exit_url: Url = Field(
        "https://www.wikipedia.org/",
        title="Ziel des schnellen Ausgangs",
        description="Eine unauffällige Seite.",
    )
    publish: YesNo = Field(
        False,
        title="Veröffentlichen",
        description="yes: Was noch offen ist (Platzhalter, Beispiele, ungelesene Texte für Notlagen), hält den Bau an. no: Auf jeder Seite steht, dass sie ein Entwurf ist, Suchmaschinen sollen sie nicht aufnehmen, und die Abläufe veröffentlichen nichts.",
    )
    invented: YesNo = Field(
        False,
        title="Erfunden",
        description="yes: Stadt oder Angaben sind zum Ausprobieren ausgedacht. Ohne dies nennt check alles, was von der Beispielstadt übrig ist.",
    )
    about: Text | None = Field(
        None,
        title="Beispiel-Hinweis",
        description="Ein Satz im Fuß jeder Seite, etwa dass die Stadt erfunden ist.",
    )
    about_translations: dict[LanguageTag, Text] = Field(
        default_factory=dict,
        title="Beispiel-Hinweis in anderen Sprachen",
        description="Je Sprache ein Satz, zum Beispiel {en: This town is invented.}",
    )
    credits: tuple[Text, ...] = Field(
        (),
        title="Quellenangaben",
        description="Was Lizenzen von Daten verlangen, im Fuß jeder Seite, zum Beispiel: © OpenStreetMap-Mitwirkende, ODbL 1.0.",
    )
    data_licence: Text | None = Field(
        None,
        title="Lizenz der Daten",
        description="Unter welcher Lizenz andere die veröffentlichten Angaben nutzen dürfen, zum Beispiel dl-de/by-2.0.",
    )
    contributor: Url | None = Field(
        None,
        title="Datenbereitsteller",
        description="Die Kennung bei GovData, die der Katalog der Daten nennt: http://dcat-ap.de/def/contributors/…",
    )
    pdf: YesNo = Field(
        False,
        title="Berichte auch als PDF",
        description="yes: der Bau schreibt zu jedem Bericht ein PDF; dazu braucht es das Extra pdf.",
    )
    territory: Territory = Field(
        "stadt",
        title="Was für ein Gebiet",
        description="Wie die Texte des Programms das Ganze nennen: „für die ganze Stadt“ heißt bei landkreis „für den ganzen Landkreis“. Die Ebenen unter geographies nennt das nicht.",
    )
    town: Text | None = Field(
        None, title="Stadt", description="Der Name der Stadt, wenn er nicht der des Herausgebers ist."
    )

    @property
    def language(self) -> str:
        """The language of the data and the root's pages."""
        return self.languages[0]

    @property
    def trees(self) -> tuple[str, ...]:
        """Every language with pages: full ones, then those with few."""
        return (*self.languages, *(tag for tag in self.first_doors if tag not in self.languages))

    @property
    def level_ids(self) -> list[str]:
        """All geographies' level ids, each from the widest."""
        found: list[str] = []
        for geography in self.geographies:
            found += [level.id for level in geography.levels]
        return found

    def level_of(self, level: str) -> tuple[GeographyConfig, int] | None:
        """Return a level's (geography, depth); None for none."""
        for geography in self.geographies:
            for depth, item in enumerate(geography.levels):
                if item.id == level:
                    return geography, depth
        return None


# The host of `https://{s}.tile.example/{z}/{x}/{y}.png`
_HOST = re.compile(r"https://((?:\{s\}\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d+)?)/", re.IGNORECASE)


class Tiles(Struct, frozen=True):
    """A tile server: address with `{z}`, `{x}`, `{y}`, attribution, readable host."""

    url: str
    credit: str
    host: str

    @property
    def source(self) -> str:
        """The host for a Content Security Policy; empty for the site itself."""
        return f"https://{self.host.replace('{s}', '*')}" if self.host else ""


def tiles_of(config: SiteConfig) -> Tiles | None:
    """Return the tile server; None without, or if neither https nor own."""
    basemap = config.basemap
    if not isinstance(basemap, Basemap):
        return None
    foreign = _HOST.match(basemap.tiles)
    if foreign is None and (":" in basemap.tiles.split("/", 1)[0] or basemap.tiles.startswith("//")):
        return None
    return Tiles(basemap.tiles, basemap.attribution or "", foreign[1] if foreign else "")


def image_sources(config: SiteConfig) -> str:
    """Return what `img-src` allows beside the site, after a space."""
    tiles = tiles_of(config)
    if tiles is None or not tiles.source:
        return ""
    return f" {tiles.source}"


OSM = "osm"
"""Folder of `resources/` with what comes from OpenStreetMap, laid out as `resources/` itself."""
OSM_CREDIT = "© OpenStreetMap-Mitwirkende, ODbL 1.0"
"""What the licence wants to be read wherever it is shown."""


BLOCKS = ("announce", "footer")
"""What a town's own template may fill of the frame; everything else of it is final."""


class MenuEntry(Struct, frozen=True):
    """A hand-written page of `nav`, by its content path."""

    name: str
    title: str


class TownLook(Struct, frozen=True):
    """Pages' order, stylesheets and `main.html` from `mkdocs.yml`."""

    menu: tuple[MenuEntry, ...] = ()
    styles: Mapping[str, str] = struct_field(default_factory=dict)  # texts by path below `content/`
    template: str = ""  # the text of `main.html`
    logo: bytes = b""
