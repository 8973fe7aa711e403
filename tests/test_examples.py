"""The worked examples: what the published documents say stands in the records and on the built pages."""

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.check import check_reading
from generator.model.site import Site
from generator.pipeline.build import Project
from generator.read.project import read_project
from generator.render.directory.teams import duties
from generator.subjects.evaluations import page as evaluation_page
from generator.subjects.measures import page as measures
from tests.chance import whole
from tests.conftest import EXAMPLES, NAMES, ROOT, example, words_of

TODAY = dt.date(2026, 11, 20)


@pytest.fixture(scope="module")
def sites() -> dict[str, Site]:
    """Every example, read; one with errors has no place here."""
    found: dict[str, Site] = {}
    for name in NAMES:
        reading = read_project(EXAMPLES / name)
        problems = check_reading(reading, TODAY)
        errors = [
            f"{item.position.file}:{item.position.line} {item.message}"
            for item in problems
            if item.severity == "error"
        ]
        assert not errors
        assert reading.site is not None
        found[name] = reading.site
    return found


def test_every_folder_with_a_configuration_is_tested() -> None:
    assert sorted(path.parent.name for path in EXAMPLES.glob("*/site_config.yml")) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_and_record_names_its_source(sites: dict[str, Site], name: str) -> None:
    site = sites[name]
    for folder in ("spaces", "offices", "providers", "places", "offers", "networks", "agreements", "budgets"):
        for key, record in site.records(folder).items():
            assert record.origin is not None, f"{folder}/{key}"
    for space in site.spaces.values():
        for figure in space.figures:
            assert figure.source
            assert figure.date or "sagt der Bericht nicht" in str(figure.note), figure.name


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_invented_about_reaching_or_drawing_a_real_town(sites: dict[str, Site], name: str) -> None:
    """No document has a map, an address or a telephone number, so no example has."""
    site = sites[name]
    assert not site.shapes
    for record in [
        *site.offers.values(),
        *site.places.values(),
        *site.providers.values(),
        *site.offices.values(),
    ]:
        assert record.contact is None
        assert record.address is None
        assert getattr(record, "point", None) is None


# --- Norderstedt (N1, N2, N4, N9) ----------------------------------------------------------------------------------


def test_two_regions_of_two_spaces_whose_line_is_said_in_words(sites: dict[str, Site]) -> None:
    spaces = sites["norderstedt"].spaces
    assert {key: space.parent for key, space in spaces.items() if space.level == "sozialraum"} == {
        "friedrichsgabe": "nord",
        "mitte-harksheide": "nord",
        "garstedt": "sued",
        "glashuette": "sued",
    }
    for region in ("nord", "sued"):
        streets = ["Buchenweg", "Deckerberg", "Knickweg", "Glasmoor"]
        assert [word for word in streets if word in str(spaces[region].boundary)] == streets


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Mitte/Harksheide", {"mitte-harksheide"}),
        ("Harksheide-Mitte/Norderstedt-Mitte", {"mitte-harksheide"}),
        ("Friedrichsgabe/Harksheide-Nord", {"friedrichsgabe"}),
        ("Glashütte/Harksheide-Süd", {"glashuette"}),
        ("Harksheide", {"friedrichsgabe", "mitte-harksheide", "glashuette"}),
    ],
)
def test_both_names_of_a_space_lead_to_it(sites: dict[str, Site], written: str, expected: set[str]) -> None:
    spaces = sites["norderstedt"].spaces
    assert {key for key, space in spaces.items() if written in (space.name, *space.aliases)} == expected


# --- Essen (E1, E2, E6, E7, E8) ------------------------------------------------------------------------------------


def test_eight_offices_serve_nine_districts_but_not_one_to_one(sites: dict[str, Site]) -> None:
    site = sites["essen"]
    districts = {key for key, space in site.spaces.items() if space.level == "bezirk"}
    offices = [office for office in site.offices.values() if office.serves]
    assert (len(districts), len(offices)) == (9, 8)
    assert {space for office in offices for space in office.serves} == districts
    assert any(len(office.serves) > 1 for office in offices)
    assert any(sum(district in office.serves for office in offices) > 1 for district in districts)
    assert {office.groups for office in offices} == {("asd", "pflegekinderdienst", "ambulantes-sachgebiet")}
    assert {office.kind for office in site.offices.values() if not office.serves} == {"juhis", "wjh"}
    # The document does not say which office serves which district.
    assert all(office.illustrative == ("name", "serves") for office in offices)
    assert all(site.spaces[key].illustrative == ("name",) for key in districts)


def test_the_afternoon_at_huettmannschule_has_a_life(sites: dict[str, Site]) -> None:
    site = sites["essen"]
    offer = site.offers["nachmittag-huettmannschule"]
    assert (offer.status, offer.successor, offer.place) == ("ended", "ogs-huettmannschule", "huettmannschule")
    assert offer.provider == "diakonisches-werk-essen"
    assert set(offer.partners) == {"schule-huettmannschule", "jugendamt"}
    assert "12.30 bis 16.30" in str(offer.hours_note)
    assert offer.capacity is None
    assert len(offer.results) == 4
    # Told in words, kept nowhere as a count.
    assert not re.search(
        r"[2-9]\s+(?:Kinder|Hilfen|Tagesgruppen)", " ".join(result.text for result in offer.results)
    )
    assert site.networks["arbeitsbuendnis"].moderator
    shares = site.records("agreements")["fall-und-feld"]
    assert shares.illustrative
    assert shares.field_work is not None


# --- Siegen (S3 to S6) ---------------------------------------------------------------------------------------------


def test_an_office_that_was_made_up_for_an_area_is_not_called_likely() -> None:
    context = example("essen").contexts[0]
    found = [duty for key in context.site.spaces for duty in duties(context, key)]
    assert [duty for duty in found if duty.office.invented("serves")]
    assert not [duty.office.id for duty in found if duty.likely]


def test_all_cases_are_named_with_what_they_sum() -> None:
    """Counselling alone rose by 71,4 per cent; measures and counselling together by one."""
    context = example("walle").contexts[0]
    body = str(evaluation_page.render(context, "espq").body)
    assert "Alle Fälle: Maßnahmen und Beratungen zusammen" in body


def test_goals_are_reached_in_the_main_as_the_source_says() -> None:
    context = example("siegen").contexts[0]
    body = str(measures.render(context, "").body)
    assert body.count(": im Wesentlichen erreicht (2006)") == 6
    assert ": erreicht" not in body


def test_the_contract_has_two_parts_without_amounts_and_six_goals(sites: dict[str, Site]) -> None:
    contract = sites["siegen"].records("agreements")["leistungsvertrag-kijufaz"]
    assert [(part.name, part.amount) for part in contract.sub_budgets] == [
        ("Flexible Hilfen", None),
        ("Stationäre Hilfen", None),
    ]
    assert len(contract.goals) == 6
    assert {review.status for goal in contract.goals for review in goal.reviews} == {"mostly"}
    assert contract.rule


# --- Hamburg-Mitte (H8, H10) ---------------------------------------------------------------------------------------


def test_offers_of_hamburg_stand_for_the_layers(sites: dict[str, Site]) -> None:
    site = sites["hamburg-mitte"]
    layers = {key: site.words.kinds[offer.kind].layer for key, offer in site.offers.items()}
    assert {key for key, layer in layers.items() if layer == "regular"} == {
        "fruehe-hilfen",
        "kindertagesbetreuung",
        "ganztag",
    }
    infrastructure = {
        "offene-jugendarbeit", "familienfoerderung", "sae", "sha", "buergerhaus", "stadtteilkulturzentrum",
    }  # fmt: skip
    assert infrastructure <= {key for key, layer in layers.items() if layer == "infrastructure"}
    for key in infrastructure:
        access = site.offers[key].access
        assert access is not None
        assert access.way == "ohne-amt"
    assert {office.kind for office in site.offices.values()} == {"asd"}


# --- On the pages --------------------------------------------------------------------------------------------------

PAGES = {
    "essen": {
        "ueber/quellen": "584.295 | 95.225 | 94.930 | 297.363 | 58.151 | 14.704 | 50 % | 31. Dezember 2005 | 2006",
        "angebote/nachmittag-huettmannschule": "Diakonisches Werk | Nach der Quelle beendet (Stand 2006).",
        "berichte/vertraege": "erfunden",
        "berichte/massnahmen": "Macher",
        "sozialraeume/essen": "51.508 | 95.290 | 2006",
        "aemter/bezirksstelle-8": "Stadtbezirk 8 | Stadtbezirk 9 | Ambulantes Sachgebiet",
    },
    "hamburg-mitte": {
        "fachkraefte/ressourcen": "Das Normalere zuerst | Anspruch | April 2014",
        "fachkraefte/kollegiale-beratung": "April 2014",
        "fachkraefte/erkunden": "Tipps und Themen | April 2014",
        "fachkraefte/verfahren": "Auftrag | April 2014",
        "fachkraefte/drei-schichten": "Regelsysteme | April 2014",
        "fachkraefte/familienrat": "Fachleistungsstunden | April 2014",
        "sozialraeume/hamburg-mitte": "Frühe Hilfen | Bürgerhaus | Allgemeiner Sozialer Dienst",
    },
    "norderstedt": {
        "ueber/quellen": "18 | 8 Stunden | 26 Stunden | 3 × 6 | 2013 | Rahmenkonzept",
        "fachkraefte/kollegiale-beratung": "18 Stunden | 8 Stunden | 26 Stunden",
        "fachkraefte/fortbildung": "2013",
        "berichte/budgets/regionen": "2013",
        "berichte/auswertung": "IBSH | 2013",
        "sozialraeume/nord": "Wirtschaftliche Jugendhilfe | Pflegekinderdienst",
        "sozialraeume/mitte-harksheide": "4 Fachkräfte | 18 | 8 | 26 Wochenstunden | 2013",
        "sozialraeume/friedrichsgabe": "2 Fachkräfte | 26 Wochenstunden | je Fachkraft 6",
        "sozialraeume/glashuette": "3 Fachkräfte | 26 Wochenstunden",
        "netzwerke/rsan": "zentralen Angebote",
    },
    "siegen": {
        "berichte/zahlen-der-quelle": "108.000 | mehr als 7.000 | 27,3 % | 22,4 % | 1.000 | 1,32 | 1,39 | 1,34 | 5,4 % | 2,9 % | 8 % | 4,7 % | 6,7 % | 18,9 % | vorausberechnet | 2002 | 2003 | 2015 | Ende 2004 | LDS NRW | Bertelsmann | Horst Fischer",
        "ueber/quellen": "rund 8.500 | 2000 | 2006 | Horst Fischer",
        "berichte/massnahmen": "Teilbudgets | 2006",
        "traeger/sportverein": "Sporthalle am Nachmittag",
    },
    "walle": {
        "berichte/auswertungen/espq": "keine Anzahlen bekannt | zwei Zeitpunkte",
        "fachkraefte/tipps-und-themen": "seit 17. Oktober 2026, statt: Krabbelkreis (erfunden) | Neu im Verzeichnis 1 Hausaufgaben und mehr (erfunden) | jetzt auch auf Türkisch | neue Zeiten: Di 9 bis 11 Uhr, Do 15 bis 17 Uhr | Kommt bald 1 Kochen in den Ferien (erfunden) | noch bis 18. Dezember 2026 | bis 30. Oktober 2026, weiter geht es mit: Frühstück am Samstag (erfunden) | 2 Plätze frei (Stand 17.11.2026) | Donnerstag, 3. Dezember : Runde im Stadtteil (erfunden)",
    },
}  # fmt: skip
"""By example and page further words of its document than `test_sources.py` asks for, set apart by strokes."""


@pytest.mark.guards("Examples and the rest: examples say what their documents say")
@pytest.mark.parametrize("name", NAMES)
def test_what_the_document_says_stands_on_the_page(built_examples: Mapping[str, Path], name: str) -> None:
    missing = {
        f"{page}: {word}"
        for page, words in PAGES[name].items()
        for word in words.split(" | ")
        if word not in words_of(built_examples[name], page)
    }
    assert missing == set()


def test_walles_round_is_led_to_its_tips_and_finds_no_figures_there(
    built_examples: Mapping[str, Path],
) -> None:
    site = built_examples["walle"]
    network = (site / "netzwerke/tipps-und-themen/index.html").read_text("utf-8")
    assert 'href="../../fachkraefte/tipps-und-themen/"' in network
    assert "%" not in words_of(site, "fachkraefte/tipps-und-themen")


@pytest.mark.parametrize("name", NAMES)
def test_every_example_says_where_its_figures_come_from_and_that_it_is_one(
    built_examples: Mapping[str, Path], name: str
) -> None:
    text = words_of(built_examples[name], "ueber/quellen")
    assert "keine Sätze" in text
    assert "erfunden" in text.casefold()
    home = next(path for path in (built_examples[name] / "ueber").glob("index.html")).read_text("utf-8")
    assert "Ein Beispiel nach" in home


FOLDERS = {
    "spaces": "sozialraeume",
    "places": "orte",
    "providers": "traeger",
    "offices": "aemter",
    "offers": "angebote",
    "networks": "netzwerke",
}


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("name", NAMES)
def test_every_records_page_names_its_document_and_what_is_invented(
    sites: dict[str, Site], built_examples: Mapping[str, Path], name: str, folder: str
) -> None:
    for key, record in sites[name].records(folder).items():
        text = words_of(built_examples[name], f"{FOLDERS[folder]}/{key}")
        assert record.origin.name in text, key
        assert str(record.origin.date.year) in text, key
        assert ("Dieser Eintrag ist erfunden" in text) == record.fictional, key
        if record.illustrative:
            assert "erfunden" in text, key


# --- what maintainers read ------------------------------------------------------------------------------------------


def addresses(row: str) -> list[str]:
    """The addresses of pages in the last cell of a row."""
    return re.findall(r"`([\w/.-]+/)`", row.rstrip("|\n ").rpartition("|")[2])


def test_the_pages_that_the_readme_names_are_there(built_examples: Mapping[str, Path]) -> None:
    text = (EXAMPLES / "README.md").read_text("utf-8")
    rows = {name: row for row in text.splitlines() for name in NAMES if row.startswith(f"| `{name}` ")}
    assert set(rows) == set(NAMES)
    named = [(name, path) for name, row in rows.items() for path in addresses(row)]
    assert len(named) > 15
    assert [item for item in named if not (built_examples[item[0]] / item[1] / "index.html").is_file()] == []


def test_the_pages_that_the_readme_of_the_demo_names_are_there(demo_site: Path) -> None:
    text = (ROOT / "resources" / "README.md").read_text("utf-8")
    named = [path for row in text.splitlines() if row.startswith("| `") for path in addresses(row)]
    assert len(named) > 10
    assert [path for path in named if not (demo_site / path / "index.html").is_file()] == []


# --- What the documents don't say ------------------------------------------------------------------------------------


@pytest.mark.guards("Examples and the rest: examples say what their documents say")
@pytest.mark.parametrize("name", NAMES)
def test_who_sorted_an_offer_into_topics_says_so(sites: dict[str, Site], name: str) -> None:
    """No document sorts its offers by life situation; we did."""
    for key, offer in sites[name].offers.items():
        assert offer.origin is not None
        assert offer.fictional or "unsere Zuordnung" in str(offer.origin.note), key


def test_an_offer_of_which_nobody_says_how_one_gets_in_is_not_counted_as_hard_to_reach(
    built_examples: Mapping[str, Path],
) -> None:
    """„9 Angebote, 0 davon ohne Hürde“ would be a statement about all nine."""
    pages = sorted(built_examples["norderstedt"].glob("**/index.html"))
    assert len(pages) > 50
    assert [page for page in pages if "0 davon ohne" in page.read_text("utf-8")] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_forecast_is_said_in_words_that_stay_true(built_examples: Mapping[str, Path], name: str) -> None:
    """Forecasts of 2003 for 2015 aren't expectations of today."""
    for page in built_examples[name].rglob("*.html"):
        assert "werden es voraussichtlich" not in page.read_text("utf-8"), page


@pytest.mark.parametrize("name", NAMES)
def test_a_handful_of_offers_is_not_called_nearly_all(
    built_examples: Mapping[str, Path], sites: dict[str, Site], name: str
) -> None:
    few = sum(offer.status == "running" for offer in sites[name].offers.values()) < 10
    home = words_of(built_examples[name], ".")
    assert not (few and ("Für fast alle" in home or "die meisten" in home))


def test_a_page_counts_the_offers_of_an_area_as_every_other_page_does(
    built_examples: Mapping[str, Path], demo_site: Path
) -> None:
    compared = set()
    for folder in (*built_examples.values(), demo_site):
        tree = (folder / "sozialraeume" / "index.html").read_text("utf-8")
        home = (folder / "index.html").read_text("utf-8")
        told = re.findall(
            r'href="sozialraeume/([a-z0-9-]+)/"><span>.*?</span> <span class="nr-muted">(\d+) Angebot', home
        )
        for space, number in told:
            listed = re.search(rf'href="{space}/">[^<]*</a> <span class="nr-muted">(\d+)\sAngebot', tree)
            assert f'href="{space}/"' in tree, space
            there = listed[1] if listed else "0"
            assert number == there, (folder.name, space)
            compared.add((space, number))
    assert len(compared) > 5


def test_an_area_around_serves_its_parts(demo_site: Path, demo: Project) -> None:
    """What is for a social space is for each of its quarters, and counted there."""
    assert demo.site is not None
    offers = demo.site.offers.values()
    around = sum("norderaue" in offer.spaces and offer.status == "running" for offer in offers)
    tree = (demo_site / "sozialraeume" / "index.html").read_text("utf-8")
    quarter = re.search(r'href="vogelsang/">[^<]*</a> <span class="nr-muted">(\d+)\sAngebot', tree)
    assert quarter is not None
    assert int(quarter[1]) >= around > 10


def test_a_page_explains_only_what_it_shows(built_examples: Mapping[str, Path]) -> None:
    """Siegen's 18.9 % is the document's own and no figure of it has an interval; Essen's shares are computed."""
    siegen, essen = (words_of(built_examples[name], f"sozialraeume/{name}") for name in ("siegen", "essen"))
    for text in (siegen, words_of(built_examples["siegen"], "sozialraeume/modellraum")):
        assert "Anteile sind aus diesen Zahlen gerechnet" not in text
    assert "Anteile sind aus diesen Zahlen gerechnet" in essen
    for text in (siegen, essen):
        assert "Unter der Zahl steht ihr Unsicherheitsbereich" not in text
        assert "statistisch auffällig" not in text


PUBLISHED = {
    "essen": {
        "Einwohner/innen": "584295",
        "Migrantinnen und Migranten": "95225",
        "Kinder unter 18 Jahren": "94930",
        "Haushalte": "297363",
        "Anteil der Ein-Personen-Haushalte": "50",
        "Haushalte mit Kindern": "58151",
        "Haushalte von Alleinerziehenden": "14704",
        "Einwohner/innen im kleinsten Stadtbezirk": "51508",
        "Einwohner/innen im größten Stadtbezirk": "95290",
    },
    "siegen": {
        "Einwohner/innen": "108000",
        "Einwohner/innen weniger bis 2015 (Vorausberechnung)": "7000",
        "Hochbetagte mehr von 2002 bis 2015 (Vorausberechnung)": "1000",
        "Arbeitslosenrelation": "18.9",
    },
    "modellraum": {"Einwohner/innen": "8500"},
}
"""By area the figures that the documents state, each looked up there."""


@pytest.mark.guards("Examples and the rest: examples say what their documents say")
def test_the_figures_of_an_area_are_those_of_its_document(sites: dict[str, Site]) -> None:
    stated = {
        key: {str(figure.name): str(figure.value) for figure in space.figures if not figure.illustrative}
        for site in sites.values()
        for key, space in site.spaces.items()
    }
    assert {key: figures for key, figures in stated.items() if figures} == PUBLISHED


@whole
def test_a_body_of_a_document_has_no_news_of_today_and_no_level_that_nobody_wrote(
    built_examples: Mapping[str, Path],
) -> None:
    assert "Geändert seit" not in words_of(built_examples["norderstedt"], "netzwerke/rsan/sitzung")
    assert "Ebene 1 ist die oberste" not in words_of(built_examples["norderstedt"], "fachkraefte/wer-ist-wer")
    plans = words_of(built_examples["siegen"], "berichte/massnahmen")
    assert "Ohne eingetragenes Ende" in plans
    assert "Ohne Balken: nicht beschlossen." not in plans
