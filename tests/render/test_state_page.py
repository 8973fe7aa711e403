"""Editors see on one internal page what is to be asked and added, never what is protected; and what each field means."""

from pathlib import Path

import pytest

from generator.pipeline.build import Project, prepare
from generator.render.pages import state_page
from tests.conftest import TODAY
from tests.edit.towns import FILES, write, write_town

OFFER = FILES["resources/offers/krabbelgruppe.yml"]
BARE = OFFER.replace("ages: 0-3\n", "").replace("hours: Mo 09:00-10:30; PH off\n", "")
DUE = "checked: 2025-01-15\ncheck_every: 6 months\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A town with an open offer and a protected one, both out of date."""
    town = write_town(tmp_path_factory.mktemp("stadt") / "stadt")
    write(
        town,
        {
            "site_config.yml": FILES["site_config.yml"] + "overlay: ../intern\n",
            "resources/offers/alt.yml": f"{BARE}{DUE}capacity: {{waiting: 2 weeks, date: 2026-10-01}}\n",
            "resources/offers/still.yml": f"{BARE.replace('place: treff', 'place: versteck')}{DUE}",
            "resources/places/versteck.yml": "name: Haus Lindenhof\nkind: nachbarschaftshaus\nvisibility: area\n",
            "resources/places/alt.yml": "name: Altbau\nkind: nachbarschaftshaus\nstatus: ended\n",
            "resources/offers/dort.yml": OFFER.replace("place: treff", "place: alt"),
            "resources/offices/asd.yml": "name: Sozialer Dienst\nkind: asd\nserves: [west]\n",
        },
    )
    (town.parent / "intern").mkdir()
    made = prepare(town, TODAY, internal=True)
    assert [item.message for item in made.found if item.severity == "error"] == []
    return made


def parts(project: Project) -> dict[str, dict[str, list[str]]]:
    """By part and heading the ids that stand there."""
    context = project.contexts[0]
    made = {
        "fragen": state_page._to_ask(context),
        "plaetze": state_page._aged(context),
        "luecken": state_page._lacking(context),
        "ziele": state_page._leading_nowhere(context),
    }
    return {
        name: {head: [line.id for line in lines] for head, lines in groups} for name, groups in made.items()
    }


def test_what_is_to_be_asked_stands_with_who_asks(project: Project) -> None:
    found = parts(project)
    assert "alt" in found["fragen"]["Sozialer Dienst"]
    assert found["plaetze"] == {"Angebote": ["alt"]}
    assert found["luecken"]["Zeiten"] == found["luecken"]["Alter"] == ["alt"]
    assert found["ziele"] == {"Angebote": ["dort"]}


def test_nothing_protected_stands_there(project: Project) -> None:
    page = state_page.render_state(project.contexts[0], "")
    assert "still/" not in page.body
    assert "Lindenhof" not in page.body


def test_the_public_site_has_neither_page(tmp_path: Path) -> None:
    generated = prepare(write_town(tmp_path / "stadt"), TODAY).generated
    assert not [path for path in generated if path.startswith("intern/")]


def test_every_field_of_an_offer_is_explained(project: Project) -> None:
    body = state_page.render_fields(project.contexts[0], "").body
    assert "Zwei Sätze (summary)" in body
    assert "Kontakt (contact)" in body
