"""The vocabularies that come with the package: whole, without dead ends, in two languages."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.model.vocabulary import VOCABULARIES, HelpNumber, OfferKind, Synonym, Topic
from generator.read.vocabularies import PACKAGED, SPOKEN

FOLDER = Path(__file__).parents[2] / "generator" / "vocabulary"
MATERIAL = find_spec("material")
assert MATERIAL is not None
assert MATERIAL.origin is not None
ICONS = Path(MATERIAL.origin).parent / "templates" / ".icons"
SITUATIONS = [
    "baby", "betreuung", "erziehung", "trennung", "geld", "wohnen", "schule", "mehr-bedarf", "krank", "gewalt", "neu", "jung", "zusammen",
]  # fmt: skip
TRANSLATED = {
    "name", "phrase", "summary", "first_step", "office", "explanation", "meaning", "for_whom", "says", "note",
}  # fmt: skip
NAMELESS = {"synonyms", "danger", "danger_words"}
"""Of these nothing is displayed by a name: what is said in danger stands in a file a language, in whose words it is."""


@cache
def entries(name: str) -> list[dict[str, Any]]:
    """Return the written entries of a vocabulary, every scalar as text."""
    content: list[dict[str, Any]] = []
    for part in PACKAGED.get(name, (name,)):
        content += yaml.load((FOLDER / f"{part}.yml").read_text("utf-8"), yaml.CBaseLoader)
    return content


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_entry_fits_its_model_and_has_an_id_of_its_own(name: str) -> None:
    written = entries(name)
    assert [VOCABULARIES[name].model_validate(entry).id for entry in written] == list(
        dict.fromkeys(entry["id"] for entry in written)
    )


@pytest.mark.parametrize("name", VOCABULARIES)
def test_nothing_stands_twice_in_a_list(name: str) -> None:
    lists = [
        (entry["id"], field, value)
        for entry in entries(name)
        for field, value in entry.items()
        if isinstance(value, list) and all(isinstance(one, str) for one in value)
    ]
    assert [(id, field) for id, field, value in lists if len(set(value)) < len(value)] == []


@pytest.mark.parametrize("name", [name for name in VOCABULARIES if name not in NAMELESS])
def test_every_entry_has_an_english_name(name: str) -> None:
    assert [
        entry["id"] for entry in entries(name) if "name" not in entry.get("translations", {}).get("en", {})
    ] == []


@pytest.mark.parametrize("name", ["topics", "kinds", "access_ways", "accessibility", "help", "elsewhere"])
def test_what_families_read_is_translated_whole(name: str) -> None:
    for entry in entries(name):
        assert TRANSLATED & entry.keys() <= entry["translations"]["en"].keys(), entry["id"]


@pytest.mark.parametrize("name", ["topics", "accessibility", "place_kinds"])
def test_icons_exist_in_the_pinned_set(name: str) -> None:
    assert [
        entry["icon"]
        for entry in entries(name)
        if "icon" in entry and not (ICONS / f"{entry['icon']}.svg").is_file()
    ] == []


def test_the_life_situations_stand_in_their_order_and_each_has_topics() -> None:
    topics = [Topic.model_validate(entry) for entry in entries("topics")]
    assert [topic.id for topic in topics if topic.parent is None] == SITUATIONS
    assert {topic.parent for topic in topics if topic.parent} == set(SITUATIONS)
    assert [topic.id for topic in topics if topic.parent and not (topic.words and topic.first_step)] == []
    assert {topic.id for topic in topics if topic.sensitive} == {
        "gewalt", "haeusliche-gewalt", "kinderschutz", "sexuelle-gewalt", "zuflucht",
    }  # fmt: skip


def test_every_topic_says_who_helps_with_it_everywhere() -> None:
    assert [entry["id"] for entry in entries("topics") if not entry.get("office")] == []
    for_families = {entry["id"] for entry in entries("help") if entry["audience"] != "professionals"}
    answering = {entry["id"] for entry in entries("elsewhere") if entry.get("number") or entry.get("url")}
    lines = {line for entry in entries("topics") for line in entry.get("lines", ())}
    assert lines <= for_families | answering


@pytest.mark.parametrize("kind", ["pflegestuetzpunkt", "sozialpsychiatrischer-dienst", "seniorenbuero"])
def test_a_service_for_adults_is_the_first_step_of_a_topic(kind: str) -> None:
    assert [entry["id"] for entry in entries("topics") if kind in entry.get("first_offers", ())] != []


def test_kinds_name_an_existing_way_of_access_and_date_their_law() -> None:
    kinds = [OfferKind.model_validate(entry) for entry in entries("kinds")]
    ways = {entry["id"] for entry in entries("access_ways")}
    assert {kind.access for kind in kinds} <= ways
    assert [kind.id for kind in kinds if kind.legal_basis and kind.legal_basis.as_of is None] == []
    # § 28 is used without going to an office (§ 36a Abs. 2); its legal basis stays.
    assert {f"hze-{number}" for number in range(27, 36) if number != 28} <= {
        kind.id for kind in kinds if kind.layer == "hze"
    }


def test_places_of_refuge_stay_hidden() -> None:
    visibility = {entry["id"]: entry["place_visibility"] for entry in entries("kinds")}
    assert {visibility[kind] for kind in ("schutz", "inobhutnahme-42", "hze-33")} == {"area"}
    assert visibility["hze-34"] == "area"


def test_ids_that_lay_words_mean_exist() -> None:
    """Places, offices, pages and days of the week are concepts under names of their own; what is left are phrases."""
    known = {entry["id"] for name in VOCABULARIES if name != "synonyms" for entry in entries(name)}
    known |= {f"place-{entry['id']}" for entry in entries("place_kinds")}
    known |= {f"office-{entry['id']}" for entry in entries("office_groups")}
    known |= {"page-rights", "page-youth", "page-help"}
    known |= {f"weekday-{day}" for day in range(7)} | {"kostenlos"}
    meant = {item for entry in entries("synonyms") for item in Synonym.model_validate(entry).means}
    assert meant - known <= {
        *("AWO", "ASB", "Rotes Kreuz"),
        *("SGB II", "SGB XII", "Volkshochschule", "Erste Hilfe", "Kurberatung", "Mieterberatung"),
        *("Formularlotsen", "Behördenlotsen", "Sorge um ein Kind", "Rat bei Sorge um ein Kind"),
        *(
            "Kinderwagen",
            "Tragetücher",
            "Schuhe",
            "Tafel",
            "Frühstück",
            "reparieren",
            "Reparaturcafé",
            "WLAN",
            "Lernraum",
        ),
        *(
            "Bibliothek",
            "Vorlesen",
            "Schichtdienst",
            "Sternenkinder",
            "Gewicht",
            "Bewerbung",
            "Pflegefamilie werden",
        ),
        *("schwimmen", "Schwimmen lernen", "Fußball", "Kinderturnen", "Boxen", "Lauftreff", "Chor"),
        *("Instrumente", "tanzen", "kochen", "Klettern", "Theater", "Werkstatt"),
        *("boxing", "swimming", "breakfast", "repair", "application"),
        *("Tiere", "Hühner", "Bauspielplatz", "Jugendbeirat"),
        *(
            "Mädchenfußball",
            "Familienhebammen",
            "Hand in Hand im ersten Jahr",
            "Kita-Beratung",
            "Familienpflege",
            "Leihomas",
        ),
        *("freier Nachmittag", "Lichtblick", "Suchtberatung", "Trauercafé", "Sorge um ein Kind erzählen"),
        *("Nach der Jugendhilfe", "Pfadfinder", "Girls football", "Food bank"),
        *("Jobcenter", "Kinderschutzbund", "Kirchengemeinde", "katholischer", "Wunsch- und Wahlrecht"),
        *("Papa und Baby", "Männer die Gewalt erleben", "Lerntherapie"),
        *("Autismus", "Babyregal", "Deutschkurs Kinderbetreuung", "Lesen schreiben lernen", "Mittagstisch"),
        *("Diakonie", "Geschwister", "Jugendfeuerwehr", "Polizeieinsatz"),
        # doors of other languages, which German words find by themselves
        *(
            "Adoption",
            "Anwalt",
            "Babymassage",
            "Elterncafé",
            "Frauenfrühstück",
            "Geburtsvorbereitung",
            "Kinderarzt",
            "Kinderkleider",
            "Kleiderladen",
            "Musikschule",
            "Mutter-Kind-Kur",
            "Nähen",
            "Rathaus",
            "Reise",
            "Sorgerecht",
            "Spielplatz",
            "Sprachcafé",
            "Stadtbibliothek",
            "Stillcafé",
            "Verbrennung",
            "Vormund",
            "Vätertreff",
        ),
        *(
            "ADHS",
            "Alkohol",
            "Antrag",
            "Anzeige",
            "Asylverfahren",
            "Aufenthalt",
            "Ausflug",
            "Basketball",
            "Basteln",
            "Bescheid",
            "Besuch vom Jugendamt",
            "Brei",
            "Brief",
            "Bücher",
            "Bühne",
            "Computer",
            "Down-Syndrom",
            "Drogen",
            "Drucker",
            "Einkaufen",
            "Elterngeld",
            "Englisch",
            "Enkel",
            "Entwicklung",
            "Erziehungsberatung",
            "Fahrrad",
            "Familienhelferin",
            "Ferienpass",
            "Fieberkrampf",
            "Formulare",
            "Foto",
            "Frühchen",
            "Führerschein",
            "Garten",
            "Gemüse",
            "Gericht",
            "Gitarre",
            "Glücksspiel",
            "Großeltern",
            "Handy",
            "Hebamme",
            "Hilfeplan",
            "Hip-Hop",
            "Holz",
            "Impfungen",
            "Insolvenz",
            "Kaution",
            "Kicker",
            "Kinderzuschlag",
            "Klassenfahrt",
            "Krankenhaus",
            "Lagerfeuer",
            "Legasthenie",
            "Lehrstelle",
            "Liebeskummer",
            "Mahnung",
            "Malen",
            "Mathe",
            "Mieterhöhung",
            "Möbel",
            "Nachbarn",
            "Nebenkosten",
            "Obdachlosenunterkunft",
            "Pflegende Angehörige",
            "Pfändung",
            "Praktikum",
            "Rechnen",
            "Rechtsberatung",
            "Reiten",
            "Rollstuhl",
            "Räumung",
            "Schach",
            "Schimmel",
            "Schlafen",
            "Schulabschluss",
            "Schulranzen",
            "Singen",
            "Skaten",
            "Spielzeug",
            "Sprachtherapie",
            "Sprechen",
            "Stillen",
            "Strom",
            "Tagesmutter",
            "Trotz",
            "Vaterschaft",
            "Verhütung",
            "Wald",
            "Widerspruch",
            "Windeln",
            "Winterjacken",
            "Wohngeld",
            "Wohngemeinschaft",
            "Yoga",
            "Zelten",
            "Zirkus",
            "Zocken",
            "Zwillinge",
        ),
    }


GERMAN_ALONE = {
    *("AWO", "ASB", "Rotes Kreuz", "Kinderschutzbund", "katholischer", "Diakonie"),
    *("SGB XII", "weekday-5", "weekday-6", "Wunsch- und Wahlrecht", "hze-35"),
    *("par-8b", "insofa", "Rat bei Sorge um ein Kind", "office-fruehe-hilfen", "office-jugendarbeit"),
    *("verein", "alltagsort"),
}
"""What only German has lay words for: names of associations, what professionals look up, days; kinds whose things have words of their own."""


@pytest.mark.parametrize("language", SPOKEN)
def test_what_german_words_mean_has_words_in_every_language(language: str) -> None:
    """Complaints, rights and emergencies, too: not topics alone."""
    said = [Synonym.model_validate(entry) for entry in entries("synonyms")]
    meant = {
        code: {meaning for one in said if one.language == code for meaning in one.means}
        for code in ("de", language)
    }
    assert meant["de"] - meant[language] <= GERMAN_ALONE


@pytest.mark.guards(
    "Safety: help numbers are static links with the date of their check; the line for professionals is on no family page"
)
def test_the_line_for_professionals_is_marked_and_nobody_has_called_the_numbers_for_a_town() -> None:
    lines = {line.number: line for line in map(HelpNumber.model_validate, entries("help"))}
    assert {
        "110", "112", "116 016", "116 111", "116 123", "0800 111 05 50", "0800 22 55 530", "0800 123 99 00",
    } <= lines.keys()  # fmt: skip
    assert [number for number, line in lines.items() if line.audience == "professionals"] == [
        "0800 19 210 00"
    ]
    # A town calls them itself, and says when and who: till then none is confirmed.
    assert entries("help_checks") == []


def test_numbers_say_when_somebody_answers() -> None:
    lines = [HelpNumber.model_validate(entry) for entry in entries("help")]
    families = [line for line in lines if line.audience != "professionals"]
    assert {line.number for line in families if line.always and line.crisis} == {
        "110", "112", "116 016", "116 123",
    }  # fmt: skip
    assert [
        line.number for line in lines if not line.always and (line.hours is None or line.hours.problem)
    ] == []
    lands = [land for line in lines for land in line.lands]
    assert sorted(lands) == sorted(set(lands))
    assert len(lands) == 16
