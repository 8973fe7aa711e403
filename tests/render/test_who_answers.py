"""Who is who: who answers outside of office hours, a line for professionals day and night, moderators that can be reached."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from generator.pipeline.build import Project, prepare
from generator.render.pages import space_page, who_to_call
from tests.budget_town import CONFIG, TODAY, town

OFFICE = """name: ASD Nord
kind: asd
serves: [nord]
contact: {phone: 040 66969-150}
hours: Mo-Fr 09:00-12:00
on_call: {phone: 040 66969-112, hours: 24/7}
"""
NETWORK = "name: AG Nord\nkind: ag-78\nspaces: [nord]\nmoderator: Koordination\n"
FILES = {
    "site_config.yml": CONFIG,
    "resources/offices/asd.yml": OFFICE,
    "resources/networks/ag.yml": f"{NETWORK}moderated_by: asd\n",
}


def made(folder: Path, files: dict[str, str]) -> Project:
    return prepare(town(folder, {**FILES, **files}), TODAY)


def shown(project: Project) -> html.HtmlElement:
    assert project.contexts, project.found
    return html.fromstring(f"<main>{who_to_call.render(project.contexts[0], '').body}</main>")


def text(part: html.HtmlElement) -> str:
    return " ".join(part.text_content().replace("\u00a0", " ").split())


def test_beside_the_hours_of_an_office_stands_who_answers_outside_of_them(tmp_path: Path) -> None:
    page = shown(made(tmp_path, {}))
    lines = page.xpath("//section[@aria-labelledby='raum-nord']//ul[contains(@class, 'nr-calls')]/li")
    (said,) = [text(line) for line in lines if "ASD Nord" in text(line)]
    assert "Außerhalb dieser Zeiten: 040 66969-112 (Tag und Nacht)" in said
    assert "9 bis 12 Uhr" in said
    assert "tel:+494066969112" in html.tostring(page, encoding="unicode")


def test_the_page_of_an_area_says_it_too(tmp_path: Path) -> None:
    project = made(tmp_path, {})
    page = html.fromstring(f"<main>{space_page.render(project.contexts[0], 'nord').body}</main>")
    (said,) = [text(item) for item in page.xpath("//li[a]") if "ASD Nord" in text(item)]
    assert said.endswith("Außerhalb der Sprechzeit: 040 66969-112")


def test_professionals_find_advice_at_any_hour(tmp_path: Path) -> None:
    page = shown(made(tmp_path, {}))
    lines = page.xpath("//details[summary/h2/@id='insofa']//ul/li")
    (said,) = [text(line) for line in lines if "Kinderschutzhotline" in text(line)]
    assert "0800 19 210 00" in said
    assert "Tag und Nacht" in said


@pytest.mark.parametrize(
    ("more", "reached"),
    [
        ("moderated_by: asd\n", "Koordination, ASD Nord, 040 66969-150"),
        ("contact: {phone: 040 66969-77}\n", "Koordination, 040 66969-77"),
        ("moderated_by: asd\ncontact: {phone: 040 66969-77}\n", "Koordination, ASD Nord, 040 66969-77"),
        ("", "Koordination"),
    ],
)
def test_a_moderator_is_named_with_an_office_or_a_number_or_asked_for_one(
    tmp_path: Path, more: str, reached: str
) -> None:
    project = made(tmp_path, {"resources/networks/ag.yml": NETWORK + more})
    cells = [text(cell) for cell in shown(project).xpath("//table[@id='treffen']//td")]
    assert reached in cells
    codes = [item.code for item in project.found]
    assert ("moderation-ohne-kontakt" in codes) == (not more)
