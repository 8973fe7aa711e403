"""What the town does, on the home of reports: every number stands on the page that its line leads to, and what can't be said is not said."""

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urljoin

import lxml.html
import pytest
from markupsafe import Markup

from generator.model.known import Kept
from generator.pipeline.build import Project, prepare
from generator.render.base.context import Context
from generator.render.pages import instrument_picture_files, reports_home
from tests.budget_town import TODAY, table, town
from tests.conftest import words_of
from tests.records import replace
from tests.render.test_pictures import texts

PATH = "berichte/"


def items(context: Context) -> list[lxml.html.HtmlElement]:
    """Every line of an instrument on the home of reports."""
    body = lxml.html.fromstring(f"<main>{reports_home.render(context, '').body}</main>")
    return body.xpath('//div[@class="nr-instruments"]/details/p | //*[@class="nr-said"]/li')


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,]\d+)*", text.replace("\u00a0", " ")))


def test_every_number_stands_on_the_page_that_its_line_leads_to(demo: Project, demo_site: Path) -> None:
    """A line without a link of its own, such as a sum, belongs to the page on which all of its instrument is."""
    followed = 0
    for item in items(demo.contexts[0]):
        links = [link for link in item.iter("a") if "glossar" not in link.get("href", "")]
        part = item.xpath("ancestor::details")[0]
        for link in links[:1] or part.xpath('ul[@class="nr-ways"]//a'):
            there = urljoin(PATH, link.get("href", "")).partition("#")[0]
            told = words_of(demo_site, there)
            assert numbers(item.text_content()) <= numbers(told), (there, item.text_content())
            followed += 1
    assert followed > 12


def test_a_budget_that_cannot_be_computed_tells_no_amount_of_an_area(tmp_path: Path) -> None:
    secret = table({"mitte": "100", "nord": ".", "sued": "250"})
    files = {"resources/indicators/flaeche/values.csv": secret}
    [said] = [line for line in told(tmp_path / "a", files) if "Raumgeld" in line]
    assert "nicht zu rechnen, weil Zahlen fehlen" in said
    assert numbers(said) <= {"2026", "100.000"}
    [said] = [line for line in told(tmp_path / "b", {}) if "Raumgeld" in line]
    assert "nicht zu rechnen" not in said


def told(folder: Path, files: dict[str, str]) -> list[str]:
    project = prepare(town(folder, files), TODAY)
    assert project.contexts, project.found
    return [item.text_content() for item in items(project.contexts[0])]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_each_language_has_it_whole(demo: Project, lang: str) -> None:
    context = next(one for one in demo.contexts if one.lang == lang)
    german = next(one for one in demo.contexts if one.lang == "de")
    assert len(items(context)) == len(items(german)) > 10


def test_a_part_that_is_cut_says_how_many_more_there_are() -> None:
    lines = [Markup(str(number)) for number in range(reports_home.MOST_LINES + 3)]
    part = reports_home.part("probe", "Probe", lines)
    assert part is not None
    assert (len(part.lines), part.left) == (reports_home.MOST_LINES, 3)


def test_a_law_that_a_town_states_in_german_alone_is_marked_on_an_english_page(demo: Project) -> None:
    german = demo.contexts[0]
    words = german.site.words
    law = words.laws["pflicht-des-amtes"].model_copy(update={"translations": {}})
    laws = {**words.laws, law.id: law}
    site = replace(german.site, words=replace(words, laws=laws))
    english = Context(site, german.facts, "en", german.paths)
    part = reports_home._promises(english, "en/berichte/")
    assert part is not None
    assert 'lang="de"' in part.note


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (["kept", "kept"], "2 gemeinsame Zusagen: alles Genannte ist verzeichnet."),
        (["kept", "partly", "none"], "3 gemeinsame Zusagen: zu 2 ist nicht alles Genannte verzeichnet."),
        (["kept", "partly", "unsaid"], "3 gemeinsame Zusagen: zu 1 ist nicht alles Genannte verzeichnet."),
        (["unsaid", "kept"], "2 gemeinsame Zusagen: was verzeichnet ist, steht darunter."),
    ],
)
def test_of_promises_those_count_of_which_something_is_missing(
    demo: Project, kept: list[Kept], said: str
) -> None:
    """Of what nobody recorded nothing is known: that is neither kept nor broken."""
    assert reports_home._how_kept(demo.contexts[0].texts, kept) == said


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


def test_the_internal_site_hands_on_none(internal_demo: Project) -> None:
    assert instrument_picture_files(internal_demo.contexts[0]) == {}
