"""The pictures of the instruments of planning say what the tables beside them say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import lxml.html
import pytest

from generator.pipeline.build import Project
from generator.render.pages import instrument_picture_files
from generator.subjects.evaluations import page as evaluation
from tests.render.test_pictures import texts

PICTURES = {
    "massnahmen/zeit": "//svg[title[@id='zeit-t']]",
    "vorausberechnungen/ganztag/verlauf": "//svg[title[@id='verlauf-t']]",
    "budgets/sozialraummittel-2027/betraege": "//svg[title[@id='betraege-balken-t']]",
}
"""Pictures of instruments that are drawn on their page too, each with what finds the drawing there."""
NOT_SAID = {
    "massnahmen": "Was hier nicht steht",
    "vorausberechnungen/ganztag": "Vorausberechnet, nicht vorhergesagt",
    "budgets/sozialraummittel-2027": "heißt nicht, dass es dort mehr für jeden gibt",
}


def page_of(site: Path, path: str) -> lxml.html.HtmlElement:
    return lxml.html.parse(site / "berichte" / path / "index.html").getroot()


@pytest.mark.parametrize(
    "folder", ["abdeckung", "massnahmen", "vorausberechnungen/ganztag", "budgets/sozialraummittel-2027"]
)
def test_what_is_folded_on_a_phone_is_there_without_scripts(demo_site: Path, folder: str) -> None:
    page = page_of(demo_site, folder)
    for fold in page.xpath("//details"):
        assert fold.xpath("./summary")
        assert fold.xpath("./summary")[0].text_content().strip()


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_that_is_taken_along_says_what_the_page_s_drawing_says(demo_site: Path, name: str) -> None:
    page = page_of(demo_site, name.rpartition("/")[0])
    on_page = [text.text_content() for text in page.xpath(f"({PICTURES[name]})[1]//text")]
    assert len(on_page) > 3
    taken = texts(demo_site / "berichte" / f"{name}.svg")
    first = taken.index(on_page[0])
    assert taken[first : first + len(on_page)] == on_page


def test_on_a_phone_an_area_is_a_row_that_counts_its_signs(demo_site: Path) -> None:
    for row in page_of(demo_site, "abdeckung").xpath("//table[@id='verzeichnet']/tbody/tr[td[1]/span]"):
        signs = Counter(cell.text_content()[0] for cell in row.xpath("td")[1:-1])
        short = row.xpath("td")[0]
        for word in short.xpath(".//*[@class='nr-vh']"):
            word.drop_tree()
        # A sign and its number stay on a line.
        told = [pair.text_content().split() for pair in short.xpath("span[@class='nr-nowrap']")]
        assert {sign: int(number) for sign, number in told} == signs


def test_aids_and_reports_are_a_table_by_area_and_no_map(demo_site: Path) -> None:
    for indicator in ("hze", "gefaehrdung-8a", "kinder-sgb2"):
        page = page_of(demo_site, indicator)
        assert len(page.xpath("//table[@id='werte']/tbody/tr")) > 3
        assert bool(page.xpath("//*[contains(@class, 'nr-map')]")) == (indicator == "kinder-sgb2")


@pytest.mark.parametrize("folder", NOT_SAID)
def test_each_picture_says_what_it_does_not_say_and_its_page_names_it(demo_site: Path, folder: str) -> None:
    page = page_of(demo_site, folder)
    named = {link.get("href") for link in page.xpath('//div[@class="nr-take"]/a[@download]')}
    pictures = {path.name: path for path in (demo_site / "berichte" / folder).glob("*.svg")}
    assert named == {*pictures} != set()
    for target in page.xpath('//div[@class="nr-take"]/a[not(@download)]/@href'):
        assert page.xpath(f"//*[@id='{target.removeprefix('#')}']"), target
    for path in pictures.values():
        said = " ".join(texts(path))
        assert NOT_SAID[folder] in said
        assert f"berichte/{folder}/" in said


def test_no_picture_of_a_single_quarter_is_handed_on(demo: Project, demo_site: Path) -> None:
    """The evaluation is about one quarter's aids and poverty: nobody takes it along."""
    [key] = demo.contexts[0].site.records("evaluations")
    folder = demo_site / "berichte/auswertungen" / key
    assert list(folder.glob("*.svg")) == []
    assert next(one for one in evaluation.PAGES).pictures is None


def test_the_internal_site_hands_on_none(internal_demo: Project) -> None:
    assert instrument_picture_files(internal_demo.contexts[0]) == {}
