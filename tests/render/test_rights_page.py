"""What families read when the youth office calls: that they find their case, that it is the law, and who helps first."""

import re
from pathlib import Path

import lxml.html
import pytest
from markupsafe import Markup

from generator.pipeline.build import Project
from generator.pipeline.editorial import folded
from generator.render.pages import home, topic_pages

ROOT = Path(__file__).parents[2]
FOLDERS = ("content", "generator/starter/content")
CASES = ("anruf", "hausbesuch", "inobhutnahme", "fragen", "kosten", "wer-hilft", "unter-18", "antrag")


@pytest.fixture(params=[(folder, lang) for folder in FOLDERS for lang in ("", "en/")], ids="/".join)
def text(request: pytest.FixtureRequest) -> str:
    """The page of the demo and the one that a new town begins with, in each language."""
    folder, lang = request.param
    return (ROOT / folder / lang / "deine-rechte" / "index.md").read_text("utf-8")


def section(text: str, name: str) -> str:
    (found,) = [part for part in re.split(r"\n## ", text) if f"{{#{name}}}" in part.partition("\n")[0]]
    return found


def test_each_case_is_a_part_that_is_folded_and_says_its_law(text: str) -> None:
    """The parts are the list of cases: those that people come with stand first, and what is open is one of them alone."""
    top = text.partition("\n## ")[0]
    assert re.search(r"^fold: yes$", top, re.MULTILINE)
    assert "](#stand)" in top
    assert tuple(re.findall(r"^## .*\{#([\w-]+)\}$", text, re.MULTILINE))[: len(CASES)] == CASES
    for name in CASES:
        assert re.search(r"§+ \d", section(text, name)), name


def test_what_to_do_is_said_step_by_step(text: str) -> None:
    for name, law in {
        "anruf": "§ 13 SGB X",
        "hausbesuch": "8a",
        "inobhutnahme": "42",
        "antrag": "VwGO",
    }.items():
        part = section(text, name)
        assert len(re.findall(r"^\d\. \*\*", part, re.MULTILINE)) >= 4, name
        assert law in part, name


def test_who_is_independent_comes_before_the_office(text: str) -> None:
    part = section(text, "wer-hilft")
    ombuds = min(at for at in (part.find("<<ombuds>>"), part.find("ombudsstelle-auetal")) if at >= 0)
    office = min(at for at in (part.find("<<asd>>"), part.find("asd-sued")) if at >= 0)
    assert ombuds < office
    assert text.find("asd-sued", text.index("{#unter-18}")) < 0
    last = section(text, "stand")
    assert "(#wer-hilft)" in last


def test_it_says_how_old_it_is_and_that_nobody_has_checked_it(text: str) -> None:
    assert re.search(r"^date: \d{4}-\d{2}-\d{2}$", text, re.MULTILINE)
    assert re.search(r"keine Rechtsberatung|not legal advice", text.partition("\n## ")[0])
    last = section(text, "stand")
    assert "[[" in last
    for says in ("2021", "2023", "2024"):
        assert says in last


def test_young_people_are_spoken_to_in_du() -> None:
    for folder in FOLDERS:
        part = section((ROOT / folder / "deine-rechte" / "index.md").read_text("utf-8"), "unter-18")
        assert len(re.findall(r"\b[Dd]u\b", part)) > 20
        assert not re.search(r"\b(Ihnen|Ihre[nmrs]?|Ihr)\b|[a-zäöü,] Sie\b", part)


def test_the_page_is_two_taps_away(demo: Project) -> None:
    context = demo.contexts[0]
    for page in (
        home.render(context),
        topic_pages.render_topic(context, topic_pages.YOUNG),
        topic_pages.render_youth(context),
    ):
        assert re.search(r'href="[^"]*deine-rechte/"', str(page.body)), page.path


def test_folding_loses_nothing_and_keeps_what_stands_before_the_first_part() -> None:
    html = Markup(
        '<h1>A</h1><p>B</p>\n<h2 id="c">C</h2><p>D</p><h3>E</h3><h2 id="f">F <em>g</em></h2>\n<ul><li>H</li></ul>'
    )
    body = lxml.html.fromstring(f"<main>{folded(html)}</main>")
    assert body.text_content() == lxml.html.fromstring(f"<main>{html}</main>").text_content()
    assert [part.xpath("string(summary/h2/@id)") for part in body.xpath("details")] == ["c", "f"]
    assert body.xpath("string(details[1]/h3)") == "E"
    assert [item.tag for item in body][:2] == ["h1", "p"]
    assert folded(Markup("<p>A</p>")) == "<p>A</p>"
