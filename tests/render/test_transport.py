"""How one gets to a place stands on no page of a place whose address isn't shown: a line and a stop give it away."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.mkdocs_plugin import write_site
from generator.pipeline.build import build_site, prepare
from tests.conftest import ROOT, TODAY

SECRET = "Linie 99 bis Geheimtor"


@pytest.mark.guards("Help and hours: the way to a hidden place is hidden")
@pytest.mark.parametrize(("visibility", "shown"), [("area", False), ("full", True)])
def test_the_way_to_a_place_is_as_secret_as_its_address(
    tmp_path: Path, visibility: str, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "project"
    shutil.copytree(ROOT / "tests" / "golden" / "village" / "project", project)
    place = project / "resources" / "places" / "altes-haus.yml"
    place.parent.mkdir()
    text = f"name: Altes Haus\nkind: haus\nvisibility: {visibility}\n"
    offer = project / "resources" / "offers" / "zimmer.yml"
    offer.write_text(
        "name: Zimmer\nsummary: Wir beraten.\nkind: beratung\nprovider: dorfverein\nplace: altes-haus\ntopics: [schulden]\n",
        "utf-8",
    )
    place.write_text(f"{text}transport: {SECRET}\n", encoding="utf-8")
    office = project / "resources" / "offices" / "amt.yml"
    office.parent.mkdir()
    office.write_text(
        "name: Amt im Haus am Weg\nkind: asd\nplace: altes-haus\ncontact: {phone: 040 66969-621}\n",
        encoding="utf-8",
    )
    site = tmp_path / "site"
    # The check refuses the record of a hidden place; what is built without it must not say it all the same.
    monkeypatch.setattr("generator.pipeline.build.check_reading", lambda *_: ())
    build_site(prepare(project, TODAY), site, write_site)
    assert (site / "orte" / "altes-haus" / "index.html").is_file()
    telling = {
        path.relative_to(site).as_posix()
        for path in site.rglob("*")
        if path.is_file() and SECRET.encode() in path.read_bytes()
    }
    pages = {"orte/altes-haus/index.html", "aemter/amt/index.html", "angebote/zimmer/index.html"}
    assert (pages <= telling) is shown, telling
    assert bool(telling) is shown, telling
