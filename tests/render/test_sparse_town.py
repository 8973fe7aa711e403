"""A town at its beginning: what `nahraum init` makes, with its examples and without, and one with ten offers and no figures."""

import csv
import posixpath
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

import generator
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


def test_the_page_of_an_empty_topic_says_who_helps_everywhere_and_whom_to_call(site: Path) -> None:
    """The search's no says the same as the topic's page."""
    for key, line in (
        ("elternkurs", "tel:08001110550"),
        ("familienleistungen", "https://familienportal.de/"),
    ):
        page = main_of(site / "themen" / key / "index.html")
        assert "In ganz Deutschland hilft:" in page
        assert f'href="{line}"' in page, key
    titles = [path.read_text("utf-8") for path in site.glob("assets/nahraum/suche-*/*.json")]
    assert any("Familienbildungsstätte, Volkshochschule oder Kinderschutzbund" in text for text in titles)
    there = main_of(site / "themen" / "erziehungsfragen" / "index.html")
    assert ("In ganz Deutschland hilft:" in there) == ("nr-card" not in there)


def test_how_one_gets_in_is_told_only_where_it_is_recorded(site: Path) -> None:
    """Nobody wrote it of the ten offers: no page, list, table or file tells what is usual for their kinds."""
    table = (site / "daten" / "angebote.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(table.splitlines()))
    unsaid = [row["id"] for row in rows if not row["access"]]
    told = re.compile("|".join(map(re.escape, _ways_told())))
    for key in unsaid:
        page = main_of(site / "angebote" / key / "index.html")
        assert not told.search(page), key
        assert "nicht angegeben" in page, key
    exchanged = (site / "daten" / "hsds.json").read_text("utf-8")
    assert exchanged.count('"application_process"') == len(rows) - len(unsaid)
    if unsaid:
        assert not list(site.glob("angebote/zugang/ohne-*")), "a list of what nobody said"
        assert "zum Amt" not in main_of(site / "index.html")
        assert not re.search("Antrag|gehen hin", main_of(site / "themen" / "schulden" / "index.html"))


def _ways_told() -> list[str]:
    """Return the names and sentences of all ways in."""
    text = (Path(generator.__file__).parent / "vocabulary" / "access_ways.yml").read_text("utf-8")
    return [row[name] for row in yaml.safe_load(text) for name in ("name", "explanation")]


def test_nobody_is_sent_to_a_telephone_without_a_number(site: Path) -> None:
    """The town has not said its number: no page says that it helps by telephone."""
    assert "Telefon" not in main_of(site / "sozialraeume" / "index.html")
