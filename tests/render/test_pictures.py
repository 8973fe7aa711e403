"""Pictures that are taken along: they say the same figures as the page, what they are and what they don't say, and need no stylesheet."""

import re
from pathlib import Path
from xml.etree import ElementTree

import lxml.html
import pytest
from markupsafe import Markup
from shapely.geometry import box

from generator.model.cells import Verdict
from generator.pipeline.build import Project
from generator.render.base.colours import map_steps
from generator.render.figures import picture_files
from generator.render.figures.levels_and_topics import main_level, town_only
from generator.render.figures.picture_files import PictureKey, PictureText
from generator.render.maps.markers import Named, Room, place_labels
from generator.subjects.evaluations import page as evaluation_page

KEY = "kita-unter-3"
SVG = "{http://www.w3.org/2000/svg}"


def texts(picture: Path) -> list[str]:
    """Return the texts of a picture in their order."""
    return ["".join(one.itertext()) for one in ElementTree.parse(picture).iter() if _name(one) == "text"]


def _name(element: ElementTree.Element) -> str:
    return element.tag.removeprefix(SVG)


@pytest.fixture(scope="module")
def folder(demo_site: Path) -> Path:
    return demo_site / "berichte" / KEY


def drawn(folder: Path, selector: str) -> list[str]:
    """Return the texts of a drawing on the page."""
    page = lxml.html.parse(folder / "index.html").getroot()
    return [text.text_content() for text in page.xpath(f"({selector})[1]//text")]


@pytest.mark.parametrize(
    ("name", "selector"),
    [
        ("gebiete", '//svg[contains(@class, "nr-chart--bar")]'),
        ("karte", '//svg[contains(@class, "nr-map__svg")]'),
        ("schattierung", '//svg[contains(@aria-labelledby, "karte-report-")]'),
        ("verlauf", '//svg[contains(@class, "nr-chart--line")]'),
    ],
)
def test_a_picture_says_what_the_page_s_drawing_says(folder: Path, name: str, selector: str) -> None:
    on_page = drawn(folder, selector)
    assert len(on_page) > 3
    taken = texts(folder / f"{name}.svg")
    assert [text for text in taken if text in on_page] == on_page


@pytest.mark.parametrize("name", ["karte", "schattierung"])
def test_a_map_s_colours_are_those_of_its_legend(demo_site: Path, name: str) -> None:
    root = ElementTree.parse(demo_site / "berichte" / "kinder-sgb2" / f"{name}.svg").getroot()
    areas = {path.get("fill") for path in root.iter(f"{SVG}path") if path.get("id")}
    keys = {rect.get("fill") for group in root.findall(f"{SVG}g") for rect in group.iter(f"{SVG}rect")}
    assert len(areas) > 2
    assert areas == keys


def test_a_picture_wears_the_accent_of_its_town() -> None:
    steps = [PictureKey(str(number), "") for number in range(1, 6)]
    drawn = '<svg viewBox="0 0 9 9"><path class="nr-class--3"/></svg>'
    wine = "#8a1f5c"
    text = PictureText("de", False, wine, "", "", steps, ())
    root = ElementTree.fromstring(picture_files.picture(Markup(drawn), text))
    rects = [rect for group in root.findall(f"{SVG}g") for rect in group.iter(f"{SVG}rect")]
    assert root.get("color") == wine
    assert [rect.get("fill") for rect in rects] == map_steps(wine)
    assert next(root.iter(f"{SVG}path")).get("fill") == map_steps(wine)[2]


@pytest.mark.parametrize("name", ["gebiete", "karte", "verlauf"])
def test_a_picture_says_what_it_is_and_what_it_does_not_say(demo: Project, folder: Path, name: str) -> None:
    indicator = demo.contexts[0].site.indicators[KEY]
    said = " ".join(texts(folder / f"{name}.svg"))
    period = "2025" if name != "verlauf" else "Auenstedt"
    for words in (indicator.title, indicator.says, indicator.source.name, f"berichte/{KEY}/", period):
        assert words in said
    assert indicator.source.licence
    assert indicator.source.licence in said
    assert "Was hier nicht steht" in said


def test_pictures_need_no_stylesheet_and_run_nothing(demo_site: Path) -> None:
    pictures = sorted(demo_site.glob("**/berichte/*/*.svg"))
    assert len(pictures) > 20
    for picture in pictures:
        for element in ElementTree.parse(picture).iter():
            assert _name(element) not in {"style", "script", "a", "image", "foreignObject"}
            names = [name for name in element.attrib if name in {"class", "style"} or name.startswith("on")]
            assert names == []
        assert not re.search(r'href=|url\("?http', picture.read_text("utf-8"))


def test_of_aids_and_reports_no_picture_shows_areas(demo: Project, demo_site: Path) -> None:
    context = demo.contexts[0]
    office = [key for key, one in context.site.indicators.items() if town_only(context, one)]
    assert len(office) > 1
    for key in office:
        found = {path.name for path in (demo_site / "berichte" / key).glob("*.svg")}
        assert found <= {"verlauf.svg"}
        assert ".svg" in (demo_site / "berichte" / key / "index.html").read_text("utf-8")


def test_no_picture_shows_one_area_alone(demo: Project, demo_site: Path) -> None:
    town = demo.contexts[0].facts.series[KEY].benchmark
    name = demo.contexts[0].site.spaces[town].name
    for picture in demo_site.glob("berichte/*/verlauf.svg"):
        assert texts(picture)[0].endswith(name)


def test_the_internal_site_has_no_pictures_to_hand_on(internal_site: Path) -> None:
    assert list(internal_site.glob("**/berichte/*/*.svg")) == []
    assert "nr-take" not in (internal_site / "berichte" / KEY / "index.html").read_text("utf-8")


def test_every_picture_that_a_page_names_is_there_and_none_lies_unnamed(demo_site: Path) -> None:
    for page in demo_site.glob("**/berichte/*/index.html"):
        root = lxml.html.parse(page).getroot()
        named = {link.get("href") for link in root.xpath('//div[@class="nr-take"]/a[@download]')}
        assert named == {path.name for path in page.parent.glob("*.svg")}, page


def test_every_area_of_a_map_is_labelled_with_sign_and_figure_but_of_few_without(
    demo: Project, demo_site: Path
) -> None:
    context, few = demo.contexts[0], 0
    for key in ("kinder-sgb2", "alleinerziehende"):
        series = context.facts.series[key]
        said = texts(demo_site / "berichte" / key / "karte.svg")
        level = main_level(context, series, drawn=True)
        assert level is not None
        for space in level.spaces:
            cell, comparison = series.now(space), series.comparison(space)
            assert cell is not None
            assert cell.value is not None
            assert cell.denominator is not None
            assert comparison is not None
            sign = {Verdict.HIGHER: "▲ ", Verdict.LOWER: "▼ "}.get(comparison.verdict, "")
            figure = f"{sign}{cell.value}".replace(".", ",")
            name = context.site.spaces[space].name
            assert (name if cell.denominator < 300 else f"{name}{figure}") in said
            few += cell.denominator < 300
    assert few == 2


def test_a_picture_has_its_sentence_interval_and_verdict(demo_site: Path) -> None:
    for name in ("karte", "schattierung", "gebiete"):
        said = " ".join(texts(demo_site / "berichte" / "kinder-sgb2" / f"{name}.svg")).replace("\u00a0", " ")
        assert "In Auenstedt sind es 15,7 % (2025, Unsicherheitsbereich 14,8 bis 16,7)." in said
        assert "Statistisch auffällig höher als in Auenstedt" in said


def test_a_crowded_map_names_an_area_beside_it() -> None:
    room, tiny = Room(400), box(200, 200, 204, 204)
    (label,) = place_labels([Named("Winkel\n▲ 31,2", tiny, 202, 202)], room, beside=True)
    assert label.lines == ("Winkel", "▲ 31,2")
    assert label.points_at == (202, 202)
    assert place_labels([Named("Winkel\n▲ 31,2", tiny, 202, 202)], Room(400)) == []


def test_tables_of_compare_and_coverage_are_taken_with_years_and_sources(demo_site: Path) -> None:
    cells = texts(demo_site / "berichte/vergleich/alle-quartier.svg")
    assert {"Birkenkoppel", "31,2 ▲", "6,5 ▼"} <= set(cells)
    compare = " ".join(cells)
    assert "2025, %" in compare
    assert "Arbeitsmarktstatistik für Auenstedt" in compare
    covered = texts(demo_site / "berichte/abdeckung/verzeichnis.svg")
    assert {"Birkenkoppel", "Wohnen", "●"} <= set(covered)


def test_an_evaluation_is_taken_along_without_aids_and_never_that_of_a_quarter(
    demo: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = demo.contexts[0]
    [(key, evaluation)] = evaluation_page.evaluations(context.site).items()
    assert list(evaluation_page.drawings(context, "", key)) == []
    of_town = {key: evaluation.model_copy(update={"space": None})}
    monkeypatch.setattr(evaluation_page, "evaluations", lambda _: of_town)
    [handed_on] = evaluation_page.drawings(context, "", key)
    said = str(handed_on)
    assert "je 1.000" not in said
    assert "Bürgergeld" in said
    assert "beweist aber nichts" in said
