"""A town whose areas have no boundaries: what belongs where is what records say, pages show lists and points, and say so."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.edit.towns import TABLE_COLUMNS, write

AREAS = """\
Kennung;Name;Ebene;Gehört zu;Auch in
r1;Planungsregion Nord;Planungsregion;musterstadt;
r2;Planungsregion Süd;Planungsregion;musterstadt;
n;Nordstadt;Bezirk;musterstadt;
s;Südstadt;Bezirk;musterstadt;
101;Hafen;Stadtteil;n;r1
102;Lindenviertel;Stadtteil;n;r1, r2
103;Nordstadt;Stadtteil;n;r1
201;Mühlenberg;Stadtteil;s;r2
"""


def offer(name: str, more: str) -> str:
    contact = "contact: {phone: 040 66969-901}"
    return f"name: {name}\nsummary: Für alle.\nkind: gruppe\nprovider: verein\ntopics: [begegnung]\n{contact}\n{more}\n"


def place(name: str, space: str, more: str = "") -> str:
    address = "{street: Weg, number: 1, postcode: 24999, town: Musterstadt}"
    return f"name: {name}\nkind: haus\naddress: {address}\nspaces: [{space}]\nproviders: [verein]\n{more}"


RECORDS = {
    "resources/providers/verein.yml": "name: Nachbarn\nkind: association\ncontact: {phone: 040 66969-902}\n",
    "resources/places/kai.yml": place("Haus am Kai", "101", "point: 10.005 53.705\n"),
    "resources/places/linde.yml": place("Haus Linde", "102", "point: 10.025 53.71\n"),
    "resources/places/nord.yml": place("Haus Nord", "n"),
    "resources/offers/kaitreff.yml": offer("Kaitreff", "place: kai"),
    "resources/offers/lindentreff.yml": offer("Lindentreff", "place: linde"),
    # in the district, nobody knows in which part
    "resources/offers/nordberatung.yml": offer("Nordberatung", "place: nord"),
    # for the whole district
    "resources/offers/hausbesuch.yml": offer("Hausbesuch", "spaces: [n]"),
    # for a region that doesn't nest with the districts
    "resources/offers/sprechstunde.yml": offer("Sprechstunde", "spaces: [r2]"),
}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("grenzenlos")
    root = folder / "stadt"
    run("init", root, "--name", "Musterstadt", "--land", "SH", "--levels", "Stadt,Bezirk,Stadtteil", "--forge", "none", "--no-examples", "--today", "2026-11-20")  # fmt: skip
    config = root / "site_config.yml"
    region = "  - id: planung\n    levels: [{id: region, name: Planungsregion, plural: Planungsregionen}]\n"
    config.write_text(re.sub(r"(?m)^# Ab welcher", f"{region}\\g<0>", config.read_text("utf-8")), "utf-8")
    (folder / "gebiete.csv").write_text(AREAS, "utf-8")
    run("import", "areas", folder / "gebiete.csv", "--into", root, *TABLE_COLUMNS)
    write(root, RECORDS)
    return root


@pytest.fixture(scope="module")
def site(town: Path) -> Path:
    run("build", "-p", town, "-o", town.parent / "site", "--today", "2026-11-20")
    return town.parent / "site"


def run(*arguments: object) -> str:
    result = CliRunner().invoke(main, [str(item) for item in arguments])
    assert result.exit_code == 0, result.output
    return result.output


def main_of(site: Path, page: str) -> str:
    html = (site / page / "index.html").read_text("utf-8")
    return html[html.index("<main") : html.index("</main")]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def offers_of(html: str) -> set[str]:
    return set(re.findall(r'href="[^"]*/angebote/([a-z]+)/"', html))


def test_a_part_is_told_what_its_district_has_as_such(site: Path) -> None:
    part = main_of(site, "sozialraeume/103")
    assert "Hier gibt es 1 Angebot. Davon für alle im Bezirk Nordstadt: 1." in words(part)
    assert "1 weiteres Angebot im Bezirk Nordstadt" in words(part)
    assert "In welchem Teil, ist nicht hinterlegt." in words(part)
    assert offers_of(part) == {"hausbesuch", "nordberatung"}
    # What lies in another part of the district is that part's.
    assert offers_of(main_of(site, "sozialraeume/101")) == {"kaitreff", "hausbesuch", "nordberatung"}
    assert offers_of(main_of(site, "sozialraeume/n")) == {
        "kaitreff", "lindentreff", "hausbesuch", "nordberatung",
    }  # fmt: skip


def test_a_part_without_offers_leads_to_its_region(site: Path) -> None:
    part = main_of(site, "sozialraeume/201")
    assert offers_of(part) == {"sprechstunde"}
    assert "Davon für alle in der Planungsregion Süd: 1." in words(part)


def test_areas_that_do_not_nest_have_what_their_parts_have(site: Path) -> None:
    assert offers_of(main_of(site, "sozialraeume/r1")) == {"kaitreff", "lindentreff"}
    region = main_of(site, "sozialraeume/r2")
    assert offers_of(region) == {"lindentreff", "sprechstunde"}
    assert re.findall(r'nr-chip" href="\.\./([^/]+)/', region) == ["102", "201"]
    part = words(main_of(site, "sozialraeume/102"))
    assert "gehört auch zu: Planungsregion Nord , Planungsregion Süd" in part


def test_every_level_lists_its_parts_and_every_geography_stands_for_itself(site: Path) -> None:
    index = main_of(site, "sozialraeume")
    trees = re.findall(r'<div class="nr-tree">(.*?)</div>', index, re.DOTALL)
    assert [re.findall(r'href="([^"/]+)/"', tree) for tree in trees] == [
        ["musterstadt", "n", "101", "102", "103", "s", "201"],
        ["r1", "r2"],
    ]
    town = main_of(site, "sozialraeume/musterstadt")
    assert [title for title in ("Bezirke", "Planungsregionen") if f">{title}</h2>" in town] == [
        "Bezirke",
        "Planungsregionen",
    ]


def test_an_area_of_the_same_name_is_told_apart(site: Path) -> None:
    assert "Nordstadt (Bezirk)" in words(main_of(site, "sozialraeume/103"))
    assert "Nordstadt (Bezirk)" not in words(main_of(site, "sozialraeume/101"))


def test_points_stand_on_plain_ground_and_pages_say_so(site: Path) -> None:
    for page, places in (
        ("sozialraeume/101", 1),
        ("sozialraeume/n", 2),
        ("sozialraeume/r2", 1),
        ("sozialraeume", 2),
    ):
        html = main_of(site, page)
        assert "Grenzen sind nicht hinterlegt. Die Karte zeigt Orte, deren Lage bekannt ist." in words(
            html
        ), page
        assert html.count('class="nr-map__key"') == places, page
    bare = main_of(site, "sozialraeume/103")
    assert "Grenzen sind nicht hinterlegt. Was hier liegt, steht in den Listen auf dieser Seite." in words(
        bare
    )
    assert "<figure" not in bare
    assert "auf der Karte" not in words(main_of(site, "sozialraeume"))


def test_missing_boundaries_are_told_once(town: Path) -> None:
    said = run("check", "-p", town, "-f", "concise", "--today", "2026-11-20")
    assert said.count("[ohne-grenzen]") == 1
    assert "Von keinem der 9 Gebiete" in said
    assert "[ohne-geometrie]" not in said


@pytest.mark.parametrize("other", ["101", "n", "musterstadt"])
def test_what_lies_above_anyway_is_no_further_area(town: Path, tmp_path: Path, other: str) -> None:
    copy = tmp_path / "stadt"
    shutil.copytree(town, copy)
    write(
        copy, {"resources/spaces/101.yml": f"name: Hafen\nlevel: stadtteil\nparent: n\nalso_in: [{other}]\n"}
    )
    result = CliRunner().invoke(main, ["check", "-p", str(copy), "-f", "concise"])
    assert result.exit_code == 1
    assert re.findall(r"(\S+): fehler\[(.*?)\]", result.output) == [
        ("resources/spaces/101.yml:4:11", "obergebiet-doppelt")
    ]
