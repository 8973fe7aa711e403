"""A place or provider that has ended keeps its address and says so; lists, search and files lose it; of a protected one nothing more is said."""

from pathlib import Path

import pytest

from generator.mkdocs_plugin import write_site
from generator.pipeline.build import Project, build_site, prepare
from generator.render.data_files.search_entries import index_order
from tests.conftest import TODAY
from tests.edit.towns import FILES, write, write_town

PLACE, PROVIDER = "resources/places/treff.yml", "resources/providers/verein.yml"
OVER = "status: ended\nuntil: 2026-10-02\n"
SECRET = "visibility: area\nsummary: Ein Haus mit Garten.\nspaces: [west]\n"


def town_with(folder: Path, files: dict[str, str]) -> Project:
    town = write_town(folder)
    write(town, files)
    project = prepare(town, TODAY)
    assert [item.code for item in project.found if item.severity == "error"] == []
    build_site(project, town / "site", write_site)
    return project


def page(project: Project, name: str) -> str:
    text = (project.root / "site" / name / "index.html").read_text("utf-8")
    return text.partition("<main")[2].partition("</main>")[0].replace("\xa0", " ")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A town whose house and club have ended, another house and club going on."""
    return town_with(
        tmp_path_factory.mktemp("stadt"),
        {
            PLACE: FILES[PLACE] + OVER + "successor: neubau\nhours: Mo 9-12 Uhr\n",
            PROVIDER: FILES[PROVIDER] + OVER + "successor: nachbarn\n",
            "resources/places/neubau.yml": "name: Neubau\nkind: nachbarschaftshaus\n",
            "resources/providers/nachbarn.yml": "name: Nachbarn\nkind: association\n",
            "resources/places/versteck.yml": f"name: Haus Lindenhof\nkind: nachbarschaftshaus\n{SECRET}{OVER}successor: neubau\n",
            "resources/places/alt.yml": f"name: Altbau\nkind: nachbarschaftshaus\n{OVER}successor: laube\n",
            "resources/places/laube.yml": f"name: Laube\nkind: nachbarschaftshaus\n{SECRET}",
        },
    )


@pytest.mark.parametrize(("name", "onward"), [("orte/treff", "neubau"), ("traeger/verein", "nachbarn")])
def test_its_page_says_since_when_and_where_it_goes_on(project: Project, name: str, onward: str) -> None:
    said = page(project, name)
    assert "gibt es nicht mehr." in said
    assert "Es endete am 2. Oktober 2026." in said
    assert f'href="../{onward}/"' in said
    assert "Geöffnet" not in said


def test_lists_and_search_have_what_goes_on(project: Project) -> None:
    for name, gone, there in (("orte", "treff", "neubau"), ("traeger", "verein", "nachbarn")):
        said = page(project, name)
        assert (f'"{gone}/' in said, f'"{there}/' in said) == (False, True)
    found = set(index_order(project.contexts[0]))
    assert {("place", "neubau"), ("provider", "nachbarn")} <= found
    assert not {("place", "treff"), ("provider", "verein"), ("place", "versteck")} & found


def test_of_a_protected_one_neither_day_nor_successor_nor_area_is_said(project: Project) -> None:
    said = page(project, "orte/versteck")
    assert "gibt es nicht mehr." in said
    assert [word for word in ("2026", "Neubau", "Garten", "Westen", "west/") if word in said] == []


def test_a_protected_successor_is_never_named(project: Project) -> None:
    said = page(project, "orte/alt")
    assert "Es endete am" in said
    assert "aube" not in said


def test_offers_there_are_asked_about_and_not_open(project: Project) -> None:
    asked = [item.position.file for item in project.found if item.code == "nennt-beendetes"]
    assert "resources/offers/krabbelgruppe.yml" in asked
    assert "gibt es nicht mehr" in page(project, "angebote/krabbelgruppe")
    assert project.facts is not None
    schedule = project.facts.offers["krabbelgruppe"].schedule
    assert schedule is None or not any(one.certain for one in schedule.closed)
