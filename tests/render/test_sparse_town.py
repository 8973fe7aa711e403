"""A town at its beginning: what `nahraum init` makes, with its examples and without, and one with ten offers and no figures."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main

TEN = {
    "babytreff": ("treff", "krabbelgruppe", "Tu 09:30-11:00"),
    "spielkreis": ("gruppe", "krabbelgruppe", "We 09:30-11:00"),
    "familiencafe": ("treff", "begegnung", "Th 15:00-17:00"),
    "nachbarschaftstreff": ("treff", "begegnung", "Fr 14:00-18:00"),
    "garten": ("treff", "begegnung", "Sa 10:00-12:00"),
    "sprechstunde": ("beratung", "erziehungsfragen", "Mo 10:00-12:00"),
    "elternberatung": ("beratung", "erziehungsfragen", "Mo 14:00-16:00"),
    "schuldnerberatung": ("beratung", "schulden", "Tu 10:00-12:00"),
    "kleiderkammer": ("ausgabe", "schulden", "We 10:00-12:00"),
    "jugendtreff": ("treff", "begegnung", "Mo-Fr 15:00-19:00"),
}


def nahraum(*arguments: str) -> None:
    result = CliRunner().invoke(main, [*arguments])
    assert result.exit_code == 0, result.output


@pytest.fixture(scope="module", params=["as founded", "empty", "ten offers"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of a small town."""
    folder = tmp_path_factory.mktemp("klein")
    town = folder / "stadt"
    examples = () if request.param == "as founded" else ("--no-examples",)
    settings = ("--name", "Musterstadt", "--land", "SH", "--levels", "Stadt,Stadtteil", "--forge", "none")
    nahraum("init", str(town), *settings, "--today", "2026-11-20", *examples)
    if request.param == "ten offers":
        resources = town / "resources"
        for kind in ("offers", "providers"):
            (resources / kind).mkdir(exist_ok=True)
        (resources / "providers" / "verein.yml").write_text(
            "name: Nachbarschaft e. V.\nkind: association\ncontact: {phone: 040 66969-120}\n", "utf-8"
        )
        for key, (kind, topic, hours) in TEN.items():
            text = f"name: {key.capitalize()}\nsummary: Einfach vorbeikommen.\nkind: {kind}\nprovider: verein\nremote: [phone]\n"
            more = f"topics: [{topic}]\nages: all\nhours: {hours}\ncost: free\nchecked: 2026-11-01\n"
            (resources / "offers" / f"{key}.yml").write_text(text + more, "utf-8")
    nahraum("build", "-p", str(town), "-o", str(folder / "site"), "--today", "2026-11-20")
    return folder / "site"


def main_of(path: Path) -> str:
    html = path.read_text("utf-8")
    return html[html.index("<main") : html.index("</main")]


def test_nothing_on_the_first_page_leads_to_nothing(site: Path) -> None:
    """A page that has no more to say than that nothing is there isn't offered; numbers are something."""
    home = main_of(site / "index.html")
    links = {link.split("#")[0].split("?")[0] for link in re.findall(r'href="([^"#:]+)"', home)}
    assert len(links) > 4
    for link in links - {"", "./", "offers/"}:
        page = site / posixpath.normpath(link) / "index.html"
        there = main_of(page)
        if "nr-empty" in there and link != "angebote/":
            assert "nr-numbers" in there, link


def test_the_first_page_looks_made_for_it(site: Path) -> None:
    """No empty box where there are offers, no count of nothing, and the ways of somebody in a hurry."""
    home = main_of(site / "index.html")
    there = len(list(site.glob("angebote/*/termine.ics"))) > 0 or "nr-card" in home.split("nr-numbers")[0]
    assert ("nr-empty" in home) == (not there)
    assert "0 Angebote" not in re.sub(r"\d0 Angebote", "", home)
    assert "Was sich geändert hat" not in home
    for kind in ("fuer-dich", "deine-rechte", "sozialraeume"):
        assert f'class="nr-chip" href="{kind}/"' in home
    assert ("?offen=1" in home) == there
    assert "Meine Kita" not in home, "a town without one has no way there"
    tiles = re.findall(r'<li class="nr-tile[^>]*><a href="themen/([^/]+)/', home)
    assert "gewalt" in tiles, "the numbers are there in every town"
    assert len(tiles) < 6


def test_young_people_find_their_page_and_their_rights(site: Path) -> None:
    """Within two taps from the first page and from the topic that is about them."""
    topic = main_of(site / "themen" / "jung" / "index.html")
    assert 'href="../../fuer-dich/"' in topic
    assert 'href="../../deine-rechte/"' in topic
    assert 'href="../deine-rechte/"' in main_of(site / "fuer-dich" / "index.html")
