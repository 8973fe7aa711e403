"""The definition of an indicator."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from generator.model.dates import Date
from generator.model.groups import Group, Record, RecordTexts, SpaceId, TopicId
from generator.model.scalars import (
    AgeRange,
    Count,
    LanguageTag,
    Markdown,
    Number,
    Ref,
    Slug,
    Text,
    Url,
    YesNo,
    fault,
)

IndicatorId = Annotated[Slug, Ref("indicators")]
Direction = Literal["higher-is-better", "lower-is-better", "none"]
IntervalMethod = Literal["wilson", "byar", "none"]


class DataSource(Group):
    """Where the numbers come from."""

    name: Text = Field(
        title="Name",
        description="Wer die Zahlen herausgibt. Zum Beispiel: „Statistikstelle der Stadt Musterstadt“.",
    )
    regime: Literal["own-cases", "delivered"] = Field(
        title="Wessen Zahlen",
        description="own-cases: eigene Fälle, also Sozialdaten; sie werden mit round-small geschützt oder nicht gezeigt. delivered: Zahlen einer Statistik, nach deren Bedingungen.",
    )
    licence: Text | None = Field(None, title="Lizenz", description="Zum Beispiel: dl-de/by-2.0.")
    updated: Text | None = Field(None, title="Rhythmus", description="Zum Beispiel: yearly.")
    url: Url | None = Field(None, title="Adresse", description="Wo sie veröffentlicht sind, mit https://.")
    as_of: Date | None = Field(None, title="Stand")
    altered: Literal["rounded", "perturbed"] | None = Field(
        None,
        title="Vom Lieferanten verändert",
        description="rounded: Die Zahlen kamen gerundet. perturbed: Sie sind mit Zufall verändert (Cell-Key-Verfahren); dass Teile ihr Ganzes ergeben, verlangt dann niemand.",
    )


class Dominance(Group):
    """A cell is secret when its largest contributors hold more than a share of it."""

    largest: Annotated[Count, Field(gt=0)] = Field(
        title="Die größten", description="Meist 1 oder 2.", examples=["2"]
    )
    percent: Number = Field(
        title="halten mehr als (Prozent)", description="Zum Beispiel: 85.", examples=["85"]
    )


class Answered(Group):
    """When and by which office a question was answered."""

    date: Date | None = Field(
        None, title="Tag der Antwort", description="Der Tag, an dem die Stelle geantwortet hat."
    )
    office: Text | None = Field(
        None, title="Stelle", description="Wer die Frage beantwortet hat.", examples=["Jugendhilfeplanung"]
    )

    @property
    def signed(self) -> bool:
        """Whether it says when and by whom, not „…“."""
        return self.date is not None and any(map(str.isalpha, self.office or ""))


def _refuse_old(method: object) -> object:
    """Refuse the methods of earlier versions by name."""
    if method in ("suppress", "round-5"):
        raise fault("verfahren-alt", value=method)
    return method


class DisclosureRule(Group):
    """What must stay secret; what is not said here comes from site_config.yml."""

    threshold: Count | None = Field(
        None,
        title="Schwelle",
        examples=["10"],
    )
    zero_is_secret: YesNo = Field(
        False, title="Auch Null geheim", description="yes: auch eine Null wird nicht gezeigt."
    )
    minimum_denominator: Count | None = Field(None, title="Kleinster Nenner")
    minimum_population: Count | None = Field(
        None,
        title="Kleinste Bevölkerung",
    )
    complement: YesNo | None = Field(
        None,
        title="Auch die übrigen",
        description="yes: auch wer nicht gezählt wird, ist geschützt (98 von 100). no: Es darf zu sehen sein, wenn alle dasselbe Merkmal haben.",
    )
    own_cases: Annotated[Count, Field(ge=1, le=9)] | None = Field(
        None,
        title="Eigene Fälle",
        examples=["1"],
        description="Wer in einer Zelle mit so wenigen Fällen selbst gezählt ist, kennt sie und darf daraus keine andere errechnen. 1: der einzige Fall. 2: auch, wer den einzigen anderen Fall kennt, denn Geschwister stehen oft in derselben Zelle. Ohne Angabe gilt, was site_config.yml sagt, sonst 2.",
    )
    dominance: Dominance | None = Field(
        None,
        title="Dominanz",
        description="Nur wo die private Tabelle eine Spalte contributor hat, etwa Beträge je Träger, und bei Bedarfen.",
    )
    method: Annotated[Literal["round-small", "published", "none"], BeforeValidator(_refuse_old)] = Field(
        title="Verfahren",
        description="round-small: eigene Fallzahlen; kleine gesperrt, die übrigen auf 5 gerundet. published: Zahlen, die ihr Lieferant so veröffentlicht. none: Zahlen, die niemanden zählen, etwa Flächen.",
    )
    small_in_source: Answered | None = Field(
        None,
        title="Kleine Zahlen stehen so in der Quelle",
        description="Nur bei gelieferten Zahlen: wer nachgesehen hat, dass eine Zahl unter 5 so in der Quelle steht und hinausgehen darf, und wann.",
    )


class Break(Group):
    """A period from which on the numbers are not comparable with those before."""

    period: Text = Field(
        title="ab Zeitraum",
        description="Der erste Zeitraum, der nicht mehr zu den früheren passt. Zum Beispiel: 2024.",
    )
    note: Text = Field(title="Warum", description="Was sich an der Zählung geändert hat, in einem Satz.")


class Plausible(Group):
    """A count that looks wrong and is right; without it no table that holds such a step is taken."""

    space: SpaceId = Field(title="Gebiet", description="Das Gebiet, dessen Zahl auffällt: sein Kürzel.")
    period: Text | None = Field(None, title="Zeitraum", description="Ohne Angabe: alle.")
    reason: Annotated[Text, Field(min_length=10)] = Field(
        title="Warum er stimmt",
        examples=["Unterkunft im März 2024 eröffnet, mit dem Einwohneramt geprüft"],
        description="Zum Beispiel: Unterkunft für Geflüchtete im März 2024 eröffnet, mit dem Einwohneramt geprüft.",
    )


class ByChance(Answered):
    """Another indicator whose counts only seem tied to this one's; without it such tables aren't written."""

    indicator: IndicatorId = Field(
        title="Kennzahl", description="Die Kennzahl, die nur zufällig passt: ihr Kürzel."
    )
    reason: Annotated[Text, Field(min_length=10)] = Field(
        title="Warum es Zufall ist",
        examples=["Zwei Register ohne gemeinsame Fälle, die Zahlen sind klein"],
        description="Zum Beispiel: zwei Register ohne gemeinsame Fälle, die Zahlen sind klein.",
    )


class BreakdownValue(Group):
    """One value of a breakdown."""

    id: Slug = Field(title="Kürzel", description="Wie der Wert in values.csv steht. Zum Beispiel: unter-6.")
    name: Text = Field(
        title="Name", description="Wie er auf der Seite heißt. Zum Beispiel: „unter 6 Jahren“."
    )
    name_en: Text | None = Field(None, title="Name auf Englisch")


class Breakdown(Group):
    """A way to divide the numbers; its values add up to the whole."""

    id: Slug = Field(title="Kürzel", description="Name der Spalte in values.csv.")
    name: Text = Field(title="Name", description="Wonach aufgegliedert ist. Zum Beispiel: „Alter“.")
    name_en: Text | None = Field(None, title="Name auf Englisch")
    values: tuple[BreakdownValue, ...] = Field(
        title="Werte", description="Alle Werte; zusammen ergeben sie das Ganze.", min_length=1
    )
    same_denominator: YesNo = Field(
        False,
        title="Gemeinsamer Nenner",
        description="yes: der Nenner ist für jeden Wert derselbe, etwa bei Arten von Hilfen je 1000 Kinder.",
    )


class CountingRule(Group):
    """What is counted and what isn't, where authorities count differently; what isn't said isn't known."""

    of: Literal["stock", "begun", "ended", "year"] | None = Field(
        None,
        title="Bestand oder Zugang",
        description="stock: am Stichtag. begun: im Zeitraum begonnen. ended: im Zeitraum beendet. year: alle, die im Jahr liefen.",
    )
    par_28: YesNo | None = Field(
        None,
        title="Mit Erziehungsberatung (§ 28)",
        description="yes: mitgezählt. no: nicht. Ohne Angabe ist es nicht bekannt.",
    )
    par_35a: YesNo | None = Field(
        None,
        title="Mit Eingliederungshilfe (§ 35a)",
        description="yes: mitgezählt. no: nicht. Ohne Angabe ist es nicht bekannt.",
    )
    par_41: YesNo | None = Field(
        None,
        title="Mit Hilfen für junge Volljährige (§ 41)",
        description="yes: mitgezählt. no: nicht. Ohne Angabe ist es nicht bekannt.",
    )
    unaccompanied: YesNo | None = Field(
        None,
        title="Mit unbegleiteten jungen Geflüchteten",
        description="yes: mitgezählt. no: nicht. Ohne Angabe ist es nicht bekannt.",
    )
    ages: AgeRange | None = Field(
        None,
        title="Alter der Bezugsgruppe",
        description="Auf Menschen welchen Alters sich die Zahl bezieht: 0-20.",
    )
    statistics: Text | None = Field(
        None, title="Statistik", description="Zum Beispiel: „KJH-Statistik“, „Produktplan der Stadt“."
    )
    practice: Text | None = Field(
        None,
        title="Meldepraxis",
        description="Bei § 8a: was als Meldung zählt. Zum Beispiel: „jede Meldung“.",
    )

    def against(self, other: CountingRule) -> tuple[str, ...]:
        """Return fields that both state differently, so that figures aren't comparable."""
        return tuple(
            name
            for name in type(self).model_fields
            if None not in (pair := (getattr(self, name), getattr(other, name))) and pair[0] != pair[1]
        )


class PeerValue(Group):
    """A published value of another place."""

    name: Text = Field(
        title="Ort",
        description="Die Stadt oder das Land, um das es geht. Zum Beispiel: „Schleswig-Holstein“.",
    )
    period: Text = Field(
        title="Zeitraum", description="Jahr, Quartal oder Stichtag, wie in values.csv. Zum Beispiel: 2025."
    )
    qualifier: Text | None = Field(
        None, title="Zusatz vor dem Wert", description="Wenn die Quelle nicht genau ist: rund, höchstens."
    )
    value: Number = Field(title="Wert")
    note: Text | None = Field(None, title="Hinweis")


class PeerSet(Group):
    """Other places to compare with; a named set, no ranking."""

    name: Text = Field(
        title="Name der Vergleichsgruppe", description="Zum Beispiel: „Städte ähnlicher Größe“."
    )
    source: Text = Field(title="Quelle")
    counts: CountingRule | None = Field(
        None, title="Zählweise", description="Weicht sie von der eigenen ab, wird der Vergleich verweigert."
    )
    values: tuple[PeerValue, ...] = Field(
        title="Werte", description="Je Ort und Zeitraum eine Zeile.", min_length=1
    )


class IndicatorTexts(RecordTexts):
    """What can be translated."""

    title: Text | None = Field(None, title="Titel")
    says: Text | None = Field(None, title="Was es sagt")
    numerator: Text | None = Field(None, title="Zähler")
    denominator: Text | None = Field(None, title="Nenner")
    unit: Text | None = Field(None, title="Einheit")
    note: Markdown | None = Field(None, title="Hinweis")


class Indicator(Record):
    """The definition of an indicator."""

    title: Text = Field(
        title="Titel",
        description="Wie die Kennzahl heißt, ohne Abkürzungen. Zum Beispiel: „Kinder in Familien mit Bürgergeld“.",
    )
    says: Text = Field(title="Was es sagt", description="Ein Satz in einfachen Worten: „Von 100 Kindern …“.")
    numerator: Text = Field(title="Zähler", description="Was gezählt wird.")
    denominator: Text | None = Field(
        None, title="Nenner", description="Wovon. Ohne Angabe ist es eine Anzahl."
    )
    numerator_from: IndicatorId | None = Field(
        None,
        title="Zähler aus",
        description="Die Kennzahl, die dasselbe zählt; beide werden gemeinsam geprüft.",
    )
    part_of: IndicatorId | None = Field(
        None,
        title="Teil von",
        description="Die Kennzahl, von deren Fällen diese einen Teil zählt, etwa Mädchen von allen; alle werden gemeinsam geprüft.",
    )
    part_of_by: Answered | None = Field(
        None,
        title="Wer „Teil von“ eingetragen hat",
        description="Tag und Stelle; beides steht im Bericht von „nahraum protect“.",
    )
    denominator_from: IndicatorId | None = Field(
        None, title="Nenner aus", description="Die Kennzahl, deren Zähler hier der Nenner ist."
    )
    cases_from: IndicatorId | None = Field(
        None,
        title="Fälle aus",
        description="Bei Geld, Anteilen und Mitteln: die Kennzahl, die zählt, für wen das Geld war oder von wem der Anteil ist. Ist sie wo geheim, sind es diese Werte dort auch.",
    )
    no_indicator: Text | None = Field(
        None,
        title="Keine Kennzahl",
        description="Bei Geld, Anteilen, Mitteln und Flächen statt cases_from: wovon sie sind, wenn es keine Kennzahl dieser Seite zählt, auch nicht zum Teil. Steht nicht auf der Seite.",
        examples=["Zuschüsse an Vereine, keine Fälle"],
    )
    adds_up: YesNo = Field(
        True,
        title="Summierbar",
        description="no: die Werte der Teile ergeben nicht den Wert des Ganzen, etwa bei Quoten ohne Zähler und Nenner.",
    )
    unit: Text | None = Field(None, title="Einheit", description="Bei einer Anzahl, etwa: Menschen, m².")
    per: Annotated[Count, Field(gt=0)] = Field(
        100, title="je", description="100 gibt Prozent, 1000 Promille.", examples=["100"]
    )
    decimals: Count = Field(
        1,
        title="Nachkommastellen",
        description="Wie viele Stellen hinter dem Komma gezeigt werden: 0, 1 oder 2.",
    )
    direction: Direction = Field(
        "none", title="Richtung", description="none: kein Urteil, ob mehr oder weniger besser ist."
    )
    interval: IntervalMethod = Field(
        "wilson",
        title="Unsicherheit",
        description="wilson für Anteile, byar für Raten, none wo es keine gibt.",
    )
    design: Annotated[Number, Field(ge=1, le=10)] | None = Field(
        None,
        title="Design-Faktor",
        description="Wie viel weniger sicher eine Zahl ist, weil die Gezählten zusammengehören. 1: jede und jeder zählt für sich. 2: Kinder kommen in Familien, Geschwister stehen zusammen in der Zahl oder gar nicht. Ohne Angabe gilt 1.",
        examples=["2"],
    )
    source: DataSource = Field(
        title="Quelle",
        description="Von wem die Zahlen sind und unter welchen Bedingungen sie gezeigt werden.",
    )
    disclosure: DisclosureRule = Field(
        title="Geheimhaltung", description="Was geheim bleibt; was hier fehlt, gilt wie in site_config.yml."
    )
    breakdowns: tuple[Breakdown, ...] = Field(
        (),
        title="Aufgliederungen",
        description="Wonach die Zahlen aufgeteilt sind, etwa nach Alter; je eine Spalte in values.csv.",
    )
    breaks: tuple[Break, ...] = Field(
        (),
        title="Brüche",
        description="Ab wann anders gezählt wird, sodass Jahre nicht verglichen werden dürfen.",
    )
    plausible: tuple[Plausible, ...] = Field(
        (),
        title="Geprüfte Sprünge",
        description="Werte, die zehnmal so groß oder klein sind wie die daneben und trotzdem stimmen, jeder mit dem Grund.",
    )
    by_chance: tuple[ByChance, ...] = Field(
        (),
        title="Zufällig gleich",
        description="Kennzahlen, deren Zahlen nur zufällig zu diesen passen, jede mit Grund, Tag und Stelle.",
    )
    forecast_from: Text | None = Field(
        None, title="Vorausberechnet ab", description="Ab diesem Zeitraum sind es keine Beobachtungen mehr."
    )
    vintage: Text | None = Field(None, title="Gebietsstand", description="Zum Beispiel: 2021.")
    vintages: dict[Slug, tuple[Text, ...]] = Field(
        default_factory=dict,
        title="Frühere Schlüssel",
        description="Je Gebietsstand die Schlüssel, an denen man ihn erkennt.",
    )
    topics: tuple[TopicId, ...] = Field((), title="Themen")
    counts: CountingRule | None = Field(
        None,
        title="Zählweise",
        description="Was mitgezählt ist und was nicht; damit wird nur verglichen, was gleich gezählt ist.",
    )
    peers: tuple[PeerSet, ...] = Field(
        (),
        title="Vergleichsgruppen",
        description="Andere Orte zum Vergleich, mit ihren veröffentlichten Werten.",
    )
    population: YesNo = Field(
        False,
        title="Bevölkerung",
        description="yes: diese Zahl gilt als Einwohnerzahl der Gebiete (für die kleinste Bevölkerung).",
    )
    ages: AgeRange | None = Field(
        None,
        title="Menschen dieses Alters",
        description="Wenn es die Anzahl aller Menschen eines Alters ist: 6-9. Dann steht sie neben Vorausberechnungen dieses Alters.",
    )
    levels: tuple[Slug, ...] = Field(
        (), title="Ebenen", description="Ohne Angabe: alle, für die es Werte gibt."
    )
    benchmark: SpaceId | None = Field(
        None, title="Vergleich mit", description="Ohne Angabe: das oberste Gebiet."
    )
    responsible: Text | None = Field(None, title="Zuständig")
    note: Markdown | None = Field(None, title="Hinweis")
    translations: dict[LanguageTag, IndicatorTexts] = Field(default_factory=dict, title="Übersetzungen")

    @model_validator(mode="after")
    def _whole_where_rounded(self) -> Self:
        """Refuse decimals of rounded counts: they would feign precision."""
        if (self.counted or self.is_share) and self.disclosure.method == "round-small":
            object.__setattr__(self, "decimals", 0)
        return self

    @property
    def together(self) -> float:
        """Return the design factor: how much clustering increases the variance."""
        return float(self.design or 1)

    @property
    def is_share(self) -> bool:
        """Whether the count can't exceed the base, unlike numbers of events."""
        return self.denominator is not None and self.interval != "byar"

    @property
    def is_amount(self) -> bool:
        """Whether its values are no counts: money, areas, shares or means."""
        of_money = (self.unit or "").startswith(("€", "Euro", "%", "‰"))
        method = self.disclosure.method
        return of_money or method == "none" or (method == "published" and not self.adds_up)

    @property
    def counted(self) -> bool:
        """Whether the value is a count that grows with area, not a rate."""
        return self.denominator is None and self.adds_up and "%" not in (self.unit or "")


PROMISE = (
    "Eigene Fallzahlen von 1 bis unter die Schwelle zeigen wir nicht; die verantwortliche Stelle legt die Schwelle je Quelle fest, nach Anhörung der oder des Datenschutzbeauftragten; wer Zahlen liefert, kann mehr verlangen.",
    "Alle übrigen eigenen Fallzahlen sind auf ein Vielfaches von 5 gerundet (höchstens 2 Abweichung; Summen können abweichen). Zahlen, die ihr Lieferant so veröffentlicht, zeigen wir, wie er sie veröffentlicht. Anteile rechnen wir aus den gezeigten Zahlen. Haben alle in einer Gruppe dasselbe Merkmal, fragt Nahraum.",
    "Bleibt für eine gesperrte Zahl zu wenig Spielraum, sperren wir weitere, bis sich aus dem Veröffentlichten keine gesperrte Zahl errechnen lässt.",
    "Verbunden ist, was in einer Tabelle steht oder als Teil, Zähler oder Nenner eingetragen ist.",
    "Sieht Nahraum eine Verbindung, die niemand eintrug, fragt es vor der Veröffentlichung; die Antwort steht mit Datum und Stelle im Bericht.",
    "Wer selbst gezählt ist, auch mit einem Geschwister, kann daraus keine andere gesperrte Zahl genau errechnen. Bei mehr als zwei Geschwistern gehört eine höhere Zahl zu „own_cases“.",
    "Frühere Veröffentlichungen zählen mit und werden nicht still geändert; wird eine zurückgezogen, steht es da.",
    "Was Nahraum selbst schreibt, kommt nur aus den geschützten Tabellen; Texte von Menschen liest ein Mensch.",
    "Rohzahlen liegen nie in den veröffentlichten Dateien; lagen sie dort, ist das eine Panne (Art. 33 DSGVO). Nicht geschützt ist, wenn mehrere ihr Wissen zusammenlegen, wer die Fälle beruflich kennt, und gegen andere Quellen.",
    "Der Bericht ist die Grundlage; unterschreiben muss ein Mensch, mit Stelle, Funktion und Tag.",
)
