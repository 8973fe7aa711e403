"""What is sensitive is never near, never first in a house, and a house that is kept secret has a number."""

import re
import shutil
from pathlib import Path

import pytest

from generator.mkdocs_plugin import write_site
from generator.pipeline.build import Project, build_site, prepare
from generator.render.directory.cards import where_text
from generator.render.directory.filters import _row
from generator.render.pages import offer_pages, place_pages
from tests.conftest import ROOT, TODAY


def test_nothing_sensitive_has_a_distance_or_a_pin_in_the_directory(demo: Project) -> None:
    context = demo.contexts[0]
    facts = context.facts.offers
    with_point = [key for key, one in facts.items() if one.location.point is not None and one.active]
    near = [key for key in with_point if _row(context, key).point is not None]
    assert len([key for key in with_point if facts[key].sensitive]) > 5
    assert near == [key for key in with_point if not facts[key].sensitive]


def test_what_is_sensitive_comes_last_in_a_house(demo: Project) -> None:
    context = demo.contexts[0]
    mixed = 0
    for key, offers in context.facts.relations.offers_by_place.items():
        names = [name for name in offers if context.facts.offers[name].active]
        sensitive = [name for name in names if context.facts.offers[name].sensitive]
        if not sensitive or len(sensitive) == len(names):
            continue
        mixed += 1
        body = str(place_pages.render(context, key).body)
        titles = re.findall(
            r'<h3 class="nr-card__title">(?:<i [^>]*></i>)?<a href="[^"]*?([a-z0-9-]+)/"', body
        )
        assert titles, key
        assert set(titles) <= set(names), key
        order = [name in sensitive for name in titles]
        assert order == sorted(order), key
    assert mixed > 2


@pytest.mark.parametrize("key", ["zuflucht-wegwarte", "ankerplatz-maedchenwohnung"])
def test_a_secret_house_says_whom_to_call(demo: Project, key: str) -> None:
    context = demo.contexts[0]
    body = str(offer_pages.render_offer(context, key).body)
    assert re.search(r'<a class="nr-button[^"]*" href="tel:\+49', body)


def test_who_is_called_and_comes_says_both(demo: Project) -> None:
    context = demo.contexts[0]
    assert where_text(context, "krisentelefon-auetal") == "am Telefon, kommt zu Ihnen"
    # Who protects others is called; where it is stays unsaid.
    assert where_text(context, "wegwarte-nach-polizei") == "am Telefon"


def test_who_has_no_telephone_is_never_called(demo: Project) -> None:
    """A child that can't telephone reads of the chat, on the card and on the page."""
    context = demo.contexts[0]
    chat, online = where_text(context, "leise-chat"), where_text(context, "sucht-online-fragen")
    assert (chat, online) == ("im Chat", "im Chat, per E-Mail oder per Video")


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
