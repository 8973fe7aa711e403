"""A page of a small town contradicts itself nowhere: who is there is asked of all who may answer, and the law is the town's text."""

import datetime as dt
import re
from pathlib import Path

import pytest
import yaml

from generator.pipeline.build import Project, prepare
from generator.read.project import read_project
from generator.render.pages import PAGES
from tests.conftest import EXAMPLES, NAMES, ROOT
from tests.edit.towns import write, write_town

DAY = dt.date(2026, 11, 20)

TREFF = """\
name: Elterncafé
summary: Kommen, Tee trinken, fragen.
kind: treff
provider: verein
topics: [krabbelgruppe]
ages: 0-3
address: {street: Gartenweg, number: 4, postcode: 24999, town: Dorf}
cost: free
contact: {phone: 040 66969-200}
"""


def page(project: Project, kind: str, key: str = "") -> str:
    """The words of one page in German."""
    found = next(item for item in PAGES if item.kind == kind)
    body = str(found.render(project.contexts[0], key).body)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write_town(tmp_path)


def test_a_town_corrects_and_dates_what_a_page_says_of_the_law(town: Path) -> None:
    before = page(prepare(town, DAY), "case")
    assert "§ 5 SGB VIII (Gesetz, Stand 10. Juni 2021)" in before
    law = "- {id: wunsch-und-wahl, name: Wunsch, meaning: Neu gefasst., legal_basis: {law: SGB VIII, paragraph: '5', as_of: 2026-10-01}}\n"
    after = page(prepare(write(town, {"resources/laws.yml": law}), DAY), "case")
    assert "Neu gefasst. § 5 SGB VIII (Gesetz, Stand 1. Oktober 2026)" in after
    assert "Ihrem Wunsch soll das Amt folgen, wenn" in before
    assert "Ihrem Wunsch soll das Amt folgen, wenn" not in after


def test_templates_state_no_law() -> None:
    """What a law says stands in the vocabulary; a template may name a paragraph on a button, not say what it holds."""
    stated = re.compile(r'_\("[^"]*(?:SGB|KKG|BGB|Gesetz, Stand|Gesetze: Stand)[^"]*"\)')
    found = [
        f"{path.name}: {text}"
        for path in sorted((ROOT / "generator/templates").rglob("*.html"))
        for text in stated.findall(path.read_text("utf-8"))
    ]
    assert found == []


def test_one_book_of_law_has_one_date_but_for_what_came_later() -> None:
    dates = set()
    for name in ("kinds", "glossary", "office_groups", "network_kinds", "laws"):
        path = ROOT / "generator/vocabulary" / f"{name}.yml"
        bases = [row.get("legal_basis") for row in yaml.load(path.read_text("utf-8"), yaml.BaseLoader)]
        dates |= {basis["as_of"] for basis in bases if basis and basis["law"] == "SGB VIII"}
    # § 10b came into force in 2024, the claim of § 24 (4) in August 2026.
    assert dates == {"2021-06-10", "2024-01-01", "2026-08-01"}


def test_an_address_that_lies_in_no_known_area_is_not_the_whole_town(town: Path) -> None:
    project = prepare(write(town, {"resources/offers/elterncafe.yml": TREFF}), DAY)
    facts = project.contexts[0].facts.offers["elterncafe"]
    assert facts.reach != "town"
    assert not facts.for_all
    assert "Elterncafé" not in page(project, "who")
    by_telephone = TREFF.replace(
        "address: {street: Gartenweg, number: 4, postcode: 24999, town: Dorf}", "remote: [phone]"
    )
    calling = prepare(write(town, {"resources/offers/elterncafe.yml": by_telephone}), DAY)
    assert not calling.contexts[0].facts.offers["elterncafe"].for_all
    calling = prepare(
        write(town, {"resources/offers/elterncafe.yml": by_telephone + "spaces: [kleinstadt]\n"}), DAY
    )
    assert calling.contexts[0].facts.offers["elterncafe"].for_all


def test_where_a_network_is_the_team_no_team_is_missing(town: Path) -> None:
    assert "kein Team eingetragen" in page(prepare(town, DAY), "space", "west")
    team = "name: Runde vor Ort\nkind: team\nspaces: [west]\nmembers: [verein]\n"
    project = prepare(write(town, {"resources/networks/runde.yml": team}), DAY)
    assert "kein Team eingetragen" not in page(project, "space", "west")
    assert page(project, "space", "west").count("Runde vor Ort") == 1


def test_nobody_asked_is_not_everybody_answered(town: Path) -> None:
    for provider in sorted((town / "resources/providers").glob("*.yml")):
        text = re.sub(r"^kind: .*$", "kind: public", provider.read_text("utf-8"), flags=re.MULTILINE)
        provider.write_text(text, "utf-8")
    said = page(prepare(town, DAY), "resource-plan")
    assert "haben etwas eingetragen" not in said
    assert "stehen noch nicht im Verzeichnis" in said


def test_the_demo_has_one_number_for_each_task_of_an_area(demo: Project) -> None:
    """A task that one office has for the whole town isn't said of the office of an area too."""
    offices = demo.contexts[0].site.offices.values()
    town_wide = {group for office in offices if not office.serves for group in (office.kind, *office.groups)}
    of_areas = {group for office in offices if office.serves for group in office.groups}
    assert town_wide & of_areas == set()


@pytest.mark.parametrize("name", NAMES)
def test_an_invented_record_names_no_author(name: str) -> None:
    site = read_project(EXAMPLES / name).site
    assert site is not None
    folders = ("spaces", "offices", "providers", "places", "offers", "networks", "agreements", "budgets")
    made_up = [
        (folder, key, record)
        for folder in folders
        for key, record in site.records(folder).items()
        if record.fictional
    ]
    assert [(folder, key) for folder, key, record in made_up if "Erfunden" not in record.origin.name] == []
