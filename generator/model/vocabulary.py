"""The words that records choose from.

A town's file of the same name adds entries or replaces those of the same id.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal, get_args, get_type_hints

from pydantic import Field

from generator.hours.holidays import Pause
from generator.model.crisis import DangerLanguage, DangerSituation
from generator.model.dates import Date, Hours
from generator.model.groups import Group, RecordTexts, TopicId, Visibility
from generator.model.scalars import AgeRange, Count, LanguageTag, Markdown, Phone, Ref, Slug, Text, Url, YesNo


class WordTexts(RecordTexts):
    """What can be translated of an entry."""

    name: Text | None = Field(None, title="Name")
    phrase: Text | None = Field(None, title="In Worten der Familie")
    summary: Text | None = Field(None, title="Ein Satz")
    first_step: Markdown | None = Field(None, title="Was zuerst")
    explanation: Text | None = Field(None, title="Erklärung")
    duty: Text | None = Field(None, title="Pflicht anderer")
    office: Text | None = Field(None, title="Wer überall hilft")
    words: tuple[Text, ...] = Field((), title="Suchwörter")
    abbreviation: Text | None = Field(None, title="Abkürzung")
    meaning: Markdown | None = Field(None, title="Bedeutung")
    more: Markdown | None = Field(None, title="Mehr dazu")
    for_whom: Text | None = Field(None, title="Für wen")
    says: Text | None = Field(None, title="Was man dort bekommt")
    note: Text | None = Field(None, title="Hinweis")


class Word(Group):
    """An entry of a vocabulary."""

    id: Slug = Field(title="Kürzel")
    name: Text = Field(title="Name", description="Wie es auf der Seite heißt.")
    explanation: Text | None = Field(
        None, title="Erklärung", description="Was gemeint ist, in einem einfachen Satz."
    )
    icon: Text | None = Field(
        None, title="Zeichen", description="Ein Zeichen aus Materials Sammlung, etwa material/cash."
    )
    translations: dict[LanguageTag, WordTexts] = Field(default_factory=dict, title="Übersetzungen")


Layer = Literal["everyday", "regular", "infrastructure", "hze"]  # `OfferKind.layer` says what each is


class LegalBasis(Group):
    """A paragraph with the date of the law's text."""

    law: Text = Field(title="Gesetz", description="Zum Beispiel: SGB VIII.")
    paragraph: Text | None = Field(
        None, title="Paragraf", description="Ohne das Zeichen §. Zum Beispiel: 16."
    )
    as_of: Date | None = Field(
        None,
        title="Stand des Gesetzes",
        description="Von wann der Text des Gesetzes ist, in dem jemand nachgesehen hat.",
    )

    @property
    def cited(self) -> str:
        """The paragraph as cited: „§ 16 SGB VIII“."""
        return f"§ {self.paragraph} {self.law}" if self.paragraph else self.law


class Topic(Word):
    """A life situation (without `parent`) or a topic below one."""

    parent: TopicId | None = Field(
        None, title="Lebenslage", description="Das Thema darüber; ohne Angabe ist es selbst eine Lebenslage."
    )
    phrase: Text | None = Field(None, title="In Worten der Familie", description="„Das Geld reicht nicht“.")
    summary: Text | None = Field(None, title="Ein Satz")
    first_step: Markdown | None = Field(None, title="Was zuerst", description="Zwei, drei einfache Sätze.")
    first_offers: tuple[Annotated[Slug, Ref("kinds|offers")], ...] = Field(
        (),
        title="Wohin zuerst",
        description="Wovon „Was zuerst“ spricht: Arten von Angeboten, oder einzelne. Die dieses Themas sind dort verlinkt und stehen auf der Seite vor den anderen.",
    )
    office: Text | None = Field(
        None,
        title="Wer überall hilft",
        description="Welche Stelle es dafür in ganz Deutschland gibt. Steht da, wo kein Angebot eingetragen ist; ohne Angabe gilt die Lebenslage.",
    )
    lines: tuple[Annotated[Slug, Ref("help|elsewhere")], ...] = Field(
        (), title="Wen man überall anruft", description="Nummern oder Stellen, die daneben stehen."
    )
    url: Url | None = Field(None, title="Internetseite", description="Eine Seite, die überall hilft.")
    words: tuple[Text, ...] = Field(
        (), title="Suchwörter", description="Wie Menschen es sagen; nur für die Suche."
    )
    ages: AgeRange | None = Field(
        None,
        title="Alter",
        description="Für welches Alter es das Thema gibt; für anderes fehlt nichts. Ohne Angabe für jedes. Nur für die Planung.",
    )
    duty: Text | None = Field(
        None,
        title="Pflicht anderer",
        description="Ein Satz, wenn ein anderer als die Stadt dafür sorgen muss: Was fehlt, ist dann keine Lücke der Jugendhilfeplanung.",
    )
    duty_as_of: Date | None = Field(
        None,
        title="Stand dieses Gesetzes",
        description="Von wann der Text des Gesetzes ist, in dem jemand nachgesehen hat.",
    )
    sensitive: YesNo = Field(
        False,
        title="Heikel",
        description="yes: ruhiger Titel; Angebote dazu stehen nie auf Merkzetteln, in Kalendern, „heute“ oder „in der Nähe“.",
    )
    refuge: YesNo = Field(
        False,
        title="Zuflucht",
        description="yes: Was dazu geplant, gebraucht oder zugesagt wird, hat in keinem Eintrag ein Gebiet.",
    )
    unposted: YesNo = Field(
        False,
        title="Ohne Aushang",
        description="yes: Wer dort hingeht, muss es niemandem zeigen; Angebote dazu stehen auf keinem Aushang, nicht unter „Diese Woche“ oder „Was ist los?“ und nicht im Kalender eines Gebiets.",
    )
    held_back: YesNo = Field(
        False,
        title="Nicht unter einer Notfall-Box",
        description="yes: Pflegefamilie, Inobhutnahme, Umgang und Ähnliches stehen nie unter den Nummern für Menschen in Gefahr.",
    )
    guarded: YesNo = Field(
        False,
        title="Nur mit eigenen Worten",
        description="yes: Die Suche führt nur mit Worten hierher, die selbst davon sprechen, oder mit einem ganzen Satz; andere sehen den Bildschirm. Für heikle Themen gilt es immer.",
    )
    strengths: YesNo = Field(False, title="Stärke", description="yes: etwas Schönes, kein Problem.")


HouseForm = Literal["S", "K", "W"]
"""How a house that hides people describes itself: refuges, children taken into care, residential groups."""


class OfferKind(Word):
    """What an offer is; carries what a secretary should not have to know."""

    layer: Layer = Field(
        title="Ebene",
        description="everyday: Alltag und Nachbarschaft. regular: Kita, Schule, Gesundheit. infrastructure: Beratung und offene Jugendarbeit. hze: Hilfen, über die das Jugendamt mit der Familie entscheidet.",
    )
    legal_basis: LegalBasis | None = Field(None, title="Rechtsgrundlage")
    access: Annotated[Slug, Ref("access_ways")] = Field(
        "open",
        title="Üblicher Zugang",
        description="Ein Vorschlag für die Redaktion, wo bei einem Angebot keiner steht; auf den Seiten steht nur, was eingetragen ist.",
    )
    claim: YesNo = Field(
        False,
        title="Eigener Anspruch",
        description="yes: ein Anspruch neben den Hilfen zur Erziehung (§§ 19, 20, 35a, 41); steht bei der Fallvorbereitung nie hinter anderem.",
    )
    reach: Literal["near", "town", "beyond"] | None = Field(
        None,
        title="Für wen, wenn der Eintrag es nicht sagt",
        description="near: wer zu Fuß hinkommt oder im Schulbezirk wohnt; town: die ganze Stadt; beyond: auch Menschen von außerhalb, etwa beim Schutz. Ohne Angabe ist es nicht gesagt: Wer sucht, findet das Angebot überall; die Planung zählt es in keinem Gebiet.",
    )
    leisure: YesNo = Field(
        False,
        title="Freizeit",
        description="yes: Kinder und Jugendliche können dort ihre Zeit verbringen; zählt bei der Frage nach freien Nachmittagen.",
    )
    sensitivity: Literal["normal", "sensitive"] = Field(
        "normal",
        title="Heikel",
        description="sensitive: ruhiger Titel; steht nie auf Merkzetteln, in Kalendern, „heute“ oder „in der Nähe“.",
    )
    meets: YesNo = Field(
        False,
        title="Man trifft sich",
        description="yes: Menschen kommen zu festen Zeiten an einen Ort. Geht es dabei um Gewalt, bleibt beides ungesagt.",
    )
    with_violence: Literal["normal", "last", "off"] = Field(
        "normal",
        title="Wenn es um Gewalt geht",
        description="last: für Menschen, die Gewalt ausüben; steht nie vor Hilfe für Betroffene. off: beide Seiten an einem Tisch (Paarberatung, Mediation, Familienrat); wird nicht vorgeschlagen.",
    )
    held_back: YesNo = Field(
        False,
        title="Nicht unter einer Notfall-Box",
        description="yes: Pflegefamilie, Inobhutnahme, Umgang und Ähnliches stehen nie unter den Nummern für Menschen in Gefahr.",
    )
    form: HouseForm | None = Field(
        None,
        title="Geschlossene Form",
        description="S: Schutz nach Gewalt. K: Kinder in Obhut. W: Wohngruppe und betreutes Wohnen.",
    )
    called: tuple[Text, ...] = Field(
        (), title="Heißt auch", description="Wie solche Häuser noch heißen, auch in anderen Sprachen."
    )
    place_visibility: Visibility = Field(
        "full",
        title="Was vom Ort höchstens zu sehen ist",
        description="Mehr zeigt nur ein Angebot, bei dem ein Amt es bestätigt hat (shown). Der Schutz einer mitgelieferten Art lässt sich nicht lockern.",
    )
    guarded: YesNo = Field(
        False,
        title="Nur mit eigenen Worten",
        description="yes: Die Suche führt nur mit Worten hierher, die selbst davon sprechen, oder mit einem ganzen Satz; andere sehen den Bildschirm.",
    )
    advice: YesNo = Field(
        False,
        title="Beratung",
        description="yes: Menschen werden beraten; danach fragt die Planung, etwa auf Türkisch.",
    )
    every_day: YesNo = Field(
        False,
        title="An allen Tagen",
        description="yes: Zeiten gelten auch an Heiligabend, Silvester und ähnlichen Tagen, etwa beim Krisendienst und im Park.",
    )
    pauses: tuple[Pause, ...] = Field(
        (),
        title="Meist zu",
        description="between-years: vom 27. bis 30. Dezember; bridge-days: an Brückentagen. Die Seite sagt dann „bitte vorher nachfragen“.",
    )

    @property
    def discreet(self) -> bool:
        """Whether neither time nor area nor free places are shown."""
        return self.form in ("S", "K")


class AccessWay(Word):
    """A way in, from the lowest threshold to the highest."""

    low_threshold: YesNo = Field(
        False, title="Niedrigschwellig", description="yes: niemand muss vorher entscheiden."
    )


class Language(Word):
    """A language spoken at offers."""

    own: Text | None = Field(
        None, title="Eigener Name", description="Wie die Sprache sich selbst nennt. Zum Beispiel: „Türkçe“."
    )
    dir: Literal["ltr", "rtl"] = Field(
        "ltr", title="Schreibrichtung", description="rtl: von rechts nach links, wie Arabisch."
    )
    here: Text | None = Field(
        None,
        title="Hier spricht man sie",
        description="In dieser Sprache. Die Suche führt damit zu den Angeboten, bei denen man sie spricht.",
    )
    nothing: Text | None = Field(
        None,
        title="Kein Eintrag",
        description="In dieser Sprache: Dazu haben wir keinen Eintrag. Das heißt nicht, dass es keine Hilfe gibt.",
    )


class Term(Word):
    """A term of the trade, explained."""

    abbreviation: Text | None = Field(
        None, title="Abkürzung", description="Wie Fachkräfte es abkürzen. Zum Beispiel: ASD."
    )
    also: tuple[Text, ...] = Field(
        (), title="Andere Schreibweisen", description="Wie es noch geschrieben wird, als Liste."
    )
    meaning: Markdown = Field(title="Bedeutung", description="Ein, zwei einfache Sätze.")
    more: Markdown | None = Field(
        None, title="Mehr dazu", description="Was darüber hinaus hilft, es zu verstehen."
    )
    legal_basis: LegalBasis | None = Field(None, title="Rechtsgrundlage")
    held_back: YesNo = Field(
        False,
        title="Nicht unter einer Notfall-Box",
        description="yes: Pflegefamilie, Inobhutnahme, Umgang und Ähnliches stehen nie unter den Nummern für Menschen in Gefahr.",
    )


class Synonym(Group):
    """Lay words and what they mean; for search only, never displayed."""

    id: Slug = Field(title="Kürzel")
    language: LanguageTag = Field("de", title="Sprache")
    words: tuple[Text, ...] = Field(
        title="Wörter",
        description="Was jemand eintippt, als Liste; mehrere Wörter zählen als Ganzes.",
        min_length=1,
    )
    means: tuple[Text, ...] = Field(
        title="Gemeint ist", description="Kürzel von Themen, Arten oder Begriffen, oder Wörter.", min_length=1
    )


class HelpNumber(Word):
    """A crisis number; that somebody has called it stands in `help_checks`."""

    number: Phone = Field(title="Nummer")
    further_numbers: tuple[Phone, ...] = Field(
        (), title="Weitere Nummern", description="Andere Nummern desselben Dienstes, als Liste."
    )
    for_whom: Text | None = Field(
        None, title="Für wen", description="Zum Beispiel: „für Kinder und Jugendliche“."
    )
    says: Text | None = Field(
        None, title="Was man dort bekommt", description="Wer dort abnimmt und wobei er hilft, in einem Satz."
    )
    words: tuple[Text, ...] = Field(
        (),
        title="Suchwörter",
        description="Wie Menschen die Nummer oder den Dienst nennen; nur für die Suche.",
    )
    url: Url | None = Field(None, title="Internetseite")
    always: YesNo = Field(
        False,
        title="Immer erreichbar",
        description="yes: Tag und Nacht. Nur solche Nummern stehen zu jeder Stunde vorn.",
    )
    hours: Hours | None = Field(
        None, title="Zeiten", description="Wann jemand abnimmt, wie bei Angeboten: Mo-Do 08:00-20:00; PH off."
    )
    chat: Url | None = Field(None, title="Chat", description="Die Seite, auf der man schreiben kann.")
    sign_language: Url | None = Field(
        None, title="Gebärdensprache", description="Die Seite für Menschen, die Gebärdensprache benutzen."
    )
    lands: tuple[Text, ...] = Field(
        (), title="Nur in", description="Kürzel von Ländern, etwa SH. Ohne Angabe: überall."
    )
    crisis: YesNo = Field(
        True,
        title="Krisennummer",
        description="no: hilft bei anderem, etwa Gift oder Krankheit; fehlt auf Seiten über Gewalt.",
    )
    topics: tuple[Annotated[Slug, Ref("topics")], ...] = Field(
        (),
        title="Themen",
        description="Auf den Seiten dieser Themen steht die Nummer gleich hinter dem Notruf.",
    )
    audience: Literal["everyone", "young", "professionals"] = Field(
        "everyone",
        title="Wem sie gezeigt wird",
        description="everyone: alle. young: für junge Menschen, auf ihren Seiten zuerst. professionals: nur auf Seiten für Fachkräfte.",
    )
    languages: tuple[Annotated[LanguageTag, Ref("languages")], ...] = Field(
        (), title="Sprachen", description="Was dort gesprochen wird: Kürzel von Sprachen, als Liste."
    )
    free: YesNo | None = Field(None, title="Kostenlos", description="yes: der Anruf kostet nichts.")
    emergency: YesNo = Field(False, title="Notruf", description="yes: steht immer zuerst.")
    order: Count | None = Field(None, title="Reihenfolge", description="Kleinere Zahlen stehen weiter vorn.")


class HelpCheck(Group):
    """That somebody of the town has called a help number, and when."""

    id: Annotated[Slug, Ref("help")] = Field(
        title="Hilfenummer", description="Welche Nummer angerufen wurde: ihr Kürzel aus der Wortliste help."
    )
    date: Date = Field(title="Geprüft am", description="Der Tag, an dem jemand angerufen hat.")
    by: Text = Field(title="Geprüft von", description="Das Namenszeichen.")


class SentenceReview(Group):
    """Who has read the sentences of protected houses in a language, and when."""

    id: LanguageTag = Field(title="Sprache")
    by: Text = Field(
        title="Unterschrieben von",
        description="Die Stelle, bei der jemand die Sprache spricht; keine Person. Zum Beispiel: „Frauenberatung“.",
    )
    date: Date = Field(title="Gelesen am", description="Der Tag, an dem sie die Sätze zuletzt gelesen hat.")


class Noun(Group):
    """What somebody may look for, by one noun in each language."""

    word: Text = Field(title="Wort", description="Das deutsche Hauptwort.")
    said: dict[LanguageTag, Text] = Field(
        default_factory=dict, title="In anderen Sprachen", description="Dasselbe Wort je Sprache."
    )


class Elsewhere(Word):
    """Where one is helped with what no entry of a site is about; the search shows it where it has to say no."""

    for_whom: Text | None = Field(
        None, title="Für wen oder wofür", description="Wer sich dorthin wendet, oder womit."
    )
    number: Phone | None = Field(None, title="Nummer")
    address: Text | None = Field(
        None, title="Adresse", description="Wo man hingeht. Zum Beispiel: „Rathaus, Erdgeschoss“."
    )
    url: Url | None = Field(None, title="Internetseite")
    note: Text | None = Field(
        None, title="Hinweis", description="Was in manchen Ländern oder Orten anders ist."
    )
    words: tuple[Text, ...] = Field(
        title="Suchwörter",
        description="Wie Menschen danach fragen; mehrere Wörter zählen als Ganzes.",
        min_length=1,
    )
    said: dict[LanguageTag, Text] = Field(
        default_factory=dict,
        title="In anderen Sprachen",
        description="Ein Hauptwort je Sprache: Es findet die Stelle und steht dann davor.",
    )
    nouns: tuple[Noun, ...] = Field(
        (),
        title="Weitere Hauptwörter",
        description="Je Zeile eines in allen Sprachen. Wo ein Angebot so heißt, zählt die Zeile nicht.",
    )
    topic: Annotated[Slug, Ref("topics")] | None = Field(
        None,
        title="Thema",
        description="Wo es Angebote zu diesem Thema gibt, führen die Wörter dorthin statt zu der Stelle.",
    )
    confirmed: tuple[LanguageTag, ...] = Field(
        (), title="Bestätigt", description="Sprachen, deren Wörter jemand gelesen hat, der sie spricht."
    )


MapLayer = Literal["learning", "meeting", "advice", "leisure", "supply"]


class NamedWord(Word):
    """A plain entry, with labels by Land where they differ."""

    labels: dict[Text, Text] = Field(
        default_factory=dict,
        title="Name je Land",
        description="Wo es in einem Land anders heißt: dessen Kürzel und der Name, etwa {BY: Hort}.",
    )
    short: Text | None = Field(None, title="Kurzform", description="Kürzer, für enge Stellen.")
    legal_basis: LegalBasis | None = Field(None, title="Rechtsgrundlage")
    form: HouseForm | None = Field(
        None,
        title="Geschlossene Form",
        description="S: Schutz nach Gewalt. K: Kinder in Obhut. W: Wohngruppe und betreutes Wohnen.",
    )
    visibility: Visibility | None = Field(
        None,
        title="Was höchstens zu sehen ist",
        description="Für Arten von Orten: full oder area. Mehr zeigt nur ein Ort, bei dem ein Amt es bestätigt hat (shown). Der Schutz einer mitgelieferten Art lässt sich nicht lockern.",
    )
    map_layer: MapLayer | None = Field(
        None,
        title="Zeichen auf der Karte",
        description="Für Arten von Orten: learning Kita und Schule, meeting Treffpunkt, advice Beratung und Amt, leisure Spiel, Sport und Kultur, supply Gesundheit und Essen. Ohne Angabe: anderer Ort.",
    )
    every_day: YesNo = Field(
        False,
        title="An allen Tagen",
        description="yes: Zeiten gelten auch an Heiligabend, Silvester und ähnlichen Tagen, etwa beim Krisendienst und im Park.",
    )
    pauses: tuple[Pause, ...] = Field(
        (),
        title="Meist zu",
        description="between-years: vom 27. bis 30. Dezember; bridge-days: an Brückentagen. Die Seite sagt dann „bitte vorher nachfragen“.",
    )


class TargetGroup(NamedWord):
    """For whom an offer is meant."""

    words: tuple[Text, ...] = Field(
        (),
        title="Suchwörter",
        description="Für Gruppen, zu denen man sich selbst zählt (Freiwillige, Pflegefamilien, Angehörige): Wortanfänge, an denen eine Suche das verrät; von mehreren müssen alle vorkommen. Was nur für solche Gruppen ist, steht sonst hinter anderem.",
    )
    alone: YesNo = Field(
        False,
        title="Unter sich",
        description="yes: Wer nach Angeboten für diese Gruppe sucht, sucht einen Raum ohne andere; darunter steht nicht, was auch für alle offen ist.",
    )
    waits: YesNo = Field(
        False,
        title="Wartet in der Suche",
        description="Angebote allein für diese Gruppe stehen in der Suche ein wenig zurück, bis jemand sie nennt, wie bei Gruppen mit `words`. Nicht für Gruppen, die Schutz suchen: Wer bedroht wird, sagt selten, wer er ist.",
    )


class ProviderFunction(NamedWord):
    """What somebody does in the system."""

    done_by: tuple[Annotated[Slug, Ref("office_groups|kinds")], ...] = Field(
        (),
        title="Wer das tut",
        description="Gruppen von Ämtern und Arten von Angeboten: Wer zu einer gehört oder eine anbietet, tut das. Was bei Trägern steht (functions), zählt, wo es nicht Angebote allein zeigen.",
    )


class OfficeGroup(NamedWord):
    """A group of the youth welfare office, or whom its duty phone calls."""

    duty: YesNo = Field(
        False,
        title="Auf dem Blatt fürs Diensttelefon",
        description="yes: Ämter dieser Gruppe stehen auf dem internen Blatt für die Rufbereitschaft.",
    )


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
    "laws": "keine Aussage des Rechts",
    "synonyms": "kein Suchwort",
    "help": "keine Notrufnummer",
    "help_checks": "keine Prüfung einer Notrufnummer",
    "sentence_reviews": "keine Unterschrift",
    "elsewhere": "keine andere Stelle",
    "danger": "keine Lage der Gefahr",
    "danger_words": "keine Wörter der Gefahr",
}
"""What a text is not, when it is none of a vocabulary's words (German, for diagnostics)."""


Entry = Word | Synonym | HelpCheck | SentenceReview | DangerLanguage | DangerSituation
"""What a vocabulary consists of."""


@dataclass(frozen=True)
class Vocabularies:
    """All vocabularies, each by id in its written order."""

    topics: Mapping[str, Topic]
    kinds: Mapping[str, OfferKind]
    access_ways: Mapping[str, AccessWay]
    languages: Mapping[str, Language]
    accessibility: Mapping[str, NamedWord]
    target_groups: Mapping[str, TargetGroup]
    roles: Mapping[str, NamedWord]
    activities: Mapping[str, NamedWord]
    office_groups: Mapping[str, OfficeGroup]
    provider_kinds: Mapping[str, NamedWord]
    place_kinds: Mapping[str, NamedWord]
    network_kinds: Mapping[str, NamedWord]
    functions: Mapping[str, ProviderFunction]
    umbrellas: Mapping[str, NamedWord]
    referrers: Mapping[str, NamedWord]
    glossary: Mapping[str, Term]
    laws: Mapping[str, Term]
    synonyms: Mapping[str, Synonym]
    help: Mapping[str, HelpNumber]
    help_checks: Mapping[str, HelpCheck]
    sentence_reviews: Mapping[str, SentenceReview]
    elsewhere: Mapping[str, Elsewhere]
    danger: Mapping[str, DangerSituation]
    danger_words: Mapping[str, DangerLanguage]

    def situations(self) -> tuple[Topic, ...]:
        """The life situations in their order."""
        return tuple(topic for topic in self.topics.values() if topic.parent is None)

    def below(self, situation: str) -> tuple[Topic, ...]:
        """The topics of a life situation."""
        return tuple(topic for topic in self.topics.values() if topic.parent == situation)

    def situation_of(self, topic: str) -> str:
        """Return a topic's life situation, maybe itself."""
        return self.topics[topic].parent or topic

    def checked(self, number: str) -> dt.date | None:
        """Return when the town called a help number."""
        return next((check.date for key, check in self.help_checks.items() if key == number), None)

    def is_grave(self, topic: str) -> bool:
        """Tell whether a topic or its life situation is sensitive (violence)."""
        return topic in self._grave

    def is_guarded(self, topic: str) -> bool:
        """Tell whether only explicit words lead to a topic: grave or marked."""
        return topic in self._grave or self.topics[topic].guarded

    @cached_property
    def _grave(self) -> frozenset[str]:
        """The topics that are sensitive, with those below."""
        marked = {key for key, topic in self.topics.items() if topic.sensitive}
        return frozenset(key for key, topic in self.topics.items() if key in marked or topic.parent in marked)


VOCABULARIES: Mapping[str, type[Entry]] = {
    name: get_args(held)[1] for name, held in get_type_hints(Vocabularies).items()
}
"""The model of each vocabulary's words."""
