"""The model of `site_config.yml`: who publishes, which languages, which levels, which thresholds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from generator.model.scalars import Colour, Count, Email, LanguageTag, Phone, Slug, Span, Text, Url, YesNo
from generator.model.values import Group, shape

Land = Literal["BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH"]


class Publisher(Group):
    """Who answers for the site."""

    name: Text = Field(title="Name")
    office: Text | None = Field(None, title="Amt")
    phone: Phone | None = Field(None, title="Telefon")
    email: Email | None = Field(None, title="E-Mail")


class LevelConfig(Group):
    """One level of a geography, the widest first."""

    id: Slug = Field(title="Kürzel")
    name: Text = Field(title="Name")
    plural: Text | None = Field(None, title="Mehrzahl")
    name_en: Text | None = Field(None, title="Name auf Englisch")
    plural_en: Text | None = Field(None, title="Mehrzahl auf Englisch")


class GeographyConfig(Group):
    """A hierarchy of levels; several need not nest."""

    id: Slug = Field(title="Kürzel")
    name: Text | None = Field(None, title="Name")
    levels: tuple[LevelConfig, ...] = Field(title="Ebenen", min_length=1)


class Thresholds(Group):
    """Defaults of disclosure control."""

    threshold: Count = Field(5, title="Schwelle")
    minimum_denominator: Count = Field(100, title="Kleinster Nenner")
    minimum_population: Count = Field(300, title="Kleinste Bevölkerung")


class Forge(Group):
    """Where the records are kept."""

    kind: Literal["gitlab", "github", "gitea"] = Field(title="Art")
    repository: Url = Field(title="Adresse")
    branch: Text = Field("main", title="Zweig")


class Basemap(Group):
    """A background for maps."""

    pmtiles: Text | None = Field(None, title="Datei", description="Eine PMTiles-Datei im Projekt.")
    tiles: Text | None = Field(None, title="Kachelserver")
    attribution: Text | None = Field(None, title="Quellenangabe")
    after_click: YesNo = Field(True, title="Erst nach Klick")


class SiteConfig(Group):
    """The whole configuration."""

    name: Text = Field(title="Name der Seite")
    url: Url = Field(title="Adresse der Seite")
    publisher: Publisher = Field(title="Herausgeber")
    land: Land = Field(title="Land", description="Feiertage, Schulferien, Pflichten.")
    overlay: Text | None = Field(
        None,
        title="Interne Ablage",
        description="Ordner mit internen Einträgen, vom Projekt aus; die öffentliche Seite liest ihn nie.",
    )
    internal: tuple[Slug, ...] = Field(
        (),
        title="Nur intern",
        description="Arten und Felder, die in die interne Ablage gehören: needs, agreements, team-hours.",
    )
    languages: tuple[LanguageTag, ...] = Field(
        ("de",), title="Sprachen", description="Die erste ist die der Daten.", min_length=1
    )
    geographies: tuple[GeographyConfig, ...] = Field(title="Geographien", min_length=1)
    disclosure: Thresholds = Field(default_factory=Thresholds, title="Geheimhaltung")
    check_every: dict[Slug, Span] = Field(default_factory=dict, title="Prüfen alle")
    forge: Forge | None = Field(None, title="Ablage")
    basemap: Annotated[
        Annotated[Literal["none"], Tag("text")] | Annotated[Basemap, Tag("map")], Discriminator(shape)
    ] = Field("none", title="Hintergrundkarte")
    accent: Colour = Field("#0d6b66", title="Akzentfarbe")
    modules: tuple[Literal["youth", "reports", "editors", "professionals", "offline", "embeds"], ...] = Field(
        ("youth", "reports", "editors", "professionals", "offline", "embeds"), title="Module"
    )
    exit_url: Url = Field(
        "https://www.wikipedia.org/",
        title="Ziel des schnellen Ausgangs",
        description="Eine unauffällige Seite.",
    )
    publish: YesNo = Field(
        False,
        title="Veröffentlichen",
        description="yes: Platzhalter in rechtlichen Seiten halten den Bau an.",
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
        description="yes: der Bau schreibt zu jeder Ausgabe ein PDF; dazu braucht es das Extra pdf.",
    )
    town: Text | None = Field(
        None, title="Stadt", description="Der Name der Stadt, wenn er nicht der des Herausgebers ist."
    )

    @property
    def language(self) -> str:
        """The language of the data and of the tree at the root."""
        return self.languages[0]

    def level_of(self, level: str) -> tuple[GeographyConfig, int] | None:
        """Return a level's geography and its depth there, None where no geography has it."""
        for geography in self.geographies:
            for depth, item in enumerate(geography.levels):
                if item.id == level:
                    return geography, depth
        return None
