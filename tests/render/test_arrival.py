"""Who has just come finds step by step what to do, where and with whom, where a town has written it."""

import re
from pathlib import Path

import pytest

from generator.pipeline.build import Project
from generator.render.base.context import Context
from generator.render.pages import topic_pages
from tests.conftest import ROOT

PAGES = [
    page
    for folder in ("content", "generator/starter/content")
    for page in ROOT.glob(f"{folder}/**/ankommen/*.md")
]
DOORS = ("tr", "ar", "uk", "de-x-ls")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.parent.relative_to(ROOT)))
def test_each_step_leads_to_somebody(page: Path) -> None:
    _, *steps = re.split(r"^## \d\. ", page.read_text("utf-8"), flags=re.MULTILINE)
    assert len(steps) >= 6
    for step in steps:
        assert re.search(r"\]\(|\{\{ offers\(", step), step


def test_topics_of_arrival_and_first_pages_lead_there(demo_site: Path) -> None:
    leads = {
        name: 'ankommen/"' in (demo_site / name / "index.html").read_text("utf-8")
        for name in ("themen/neu", "themen/deutsch", "themen/schulden", *DOORS)
    }
    assert leads == dict.fromkeys(leads, True) | {"themen/schulden": False}


@pytest.mark.parametrize("lang", DOORS)
def test_what_nobody_has_read_says_so(demo_site: Path, lang: str) -> None:
    assert "nr-note--warning" in (demo_site / lang / "ankommen/index.html").read_text("utf-8")


def test_without_the_page_nothing_leads_there(demo: Project) -> None:
    with_it = demo.contexts[0]
    assert with_it.paths is not None
    without = Context(with_it.site, with_it.facts, "de", with_it.paths - {"ankommen/"})
    assert "ankommen/" in str(topic_pages.render_topic(with_it, "neu").body)
    assert "ankommen/" not in str(topic_pages.render_topic(without, "neu").body)
