"""An area that is no more keeps its page and figures and leads on: in lists, search, streets, weeks and calendars."""

from pathlib import Path

import pytest

from generator.mkdocs_plugin import write_site
from generator.pipeline.build import Project, build_site, prepare
from generator.render.data_files.search_entries import index_order
from tests.conftest import TODAY
from tests.edit.towns import FILES, write, write_town
from tests.folders import files_of

WEST = FILES["resources/spaces/west.yml"]
SOUTH = "name: Süd\nlevel: quartier\nparent: kleinstadt\n"
OVER = "status: ended\nuntil: 2026-06-30\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A town whose west became the new quarter, with an offer and a street there."""
    town = write_town(tmp_path_factory.mktemp("stadt"))
    write(
        town,
        {
            "resources/spaces/west.yml": f"{WEST}{OVER}successors: [neu]\naliases: [Alte Mühle]\n",
            "resources/spaces/neu.yml": WEST.replace("name: West", "name: Neuviertel"),
            "resources/offers/fuer-west.yml": FILES["resources/offers/krabbelgruppe.yml"]
            + "spaces: [west]\n",
            "resources/spaces/sued.yml": f"{SOUTH}{OVER}successors: [neu, ost]\n",
            "resources/streets.csv": "street,space\nFlussweg,west\n",
        },
    )
    project = prepare(town, TODAY)
    assert [item.message for item in project.found if item.severity == "error"] == []
    build_site(project, town / "site", write_site)
    return project


def page(project: Project, name: str) -> str:
    text = (project.root / "site" / name / "index.html").read_text("utf-8")
    return text.partition("<main")[2].partition("</main>")[0].replace("\xa0", " ")


def test_its_page_says_so_and_leads_on(project: Project) -> None:
    said = page(project, "sozialraeume/west")
    assert "Dieses Gebiet gibt es nicht mehr." in said
    assert "Es endete am 30. Juni 2026." in said
    assert 'href="../neu/"' in said


def test_what_it_became_says_that_the_series_breaks(project: Project) -> None:
    said = page(project, "sozialraeume/neu")
    assert "Entstanden aus:" in said
    assert 'href="../west/"' in said


def test_lists_search_and_streets_have_what_it_became(project: Project) -> None:
    assert project.site is not None
    assert project.facts is not None
    assert project.facts.spaces["kleinstadt"].children == ("neu", "ost")
    found = set(index_order(project.contexts[0]))
    assert ("space", "neu") in found
    assert ("space", "west") not in found
    assert project.site.spaces["neu"].aliases == ("Süd", "West", "Alte Mühle")
    assert "Süd" in project.site.spaces["ost"].aliases
    assert [row.space for row in project.site.streets] == ["neu"]
    assert "west" not in project.facts.compared


def test_its_calendar_and_week_lead_on(project: Project) -> None:
    files = files_of(project.root / "site")
    assert b"Krabbelgruppe" in files["sozialraeume/west/termine.ics"]
    assert 'sozialraeume/sued/"' in page(project, "angebote/nach/gebiet/sued")
    assert "/neu/diese-woche/" in page(project, "sozialraeume/west/diese-woche")


def test_who_still_names_it_is_asked_and_boundaries_are_not(project: Project) -> None:
    codes = {item.code: item.position.file for item in project.found}
    assert codes["nennt-beendetes"] == "resources/offers/fuer-west.yml"
    assert "gebiete-ueberschneiden" not in codes


def test_what_follows_itself_is_refused(tmp_path: Path) -> None:
    town = write_town(tmp_path / "stadt")
    write(town, {"resources/spaces/west.yml": f"{WEST}{OVER}successors: [west]\n"})
    assert "nachfolge-im-kreis" in {item.code for item in prepare(town, TODAY).found}
