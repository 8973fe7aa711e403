"""Lists of offers: help for those who use violence begins none, a list that is cut says of how many it is and in which order, advice has its link."""

import re
from pathlib import Path

import pytest
from lxml import html

from generator.model.facts import EVERY_OFFER
from generator.pipeline.build import Project, prepare
from generator.render.base.context import Context
from generator.render.components import calls
from generator.render.components.calls import CallSite
from generator.render.directory.offer_order import by_need
from generator.render.directory.record_lines import offer_lines
from generator.render.pages import home, topic_pages
from tests.budget_town import CONFIG, TODAY, town

OPEN = "access: {way: open}\n"


def offer(name: str, kind: str, topics: str, more: str = "") -> str:
    return f"name: {name}\nsummary: Für alle.\nkind: {kind}\nprovider: verein\nspaces: [nord]\ntopics: [{topics}]\n{more}"


FILES = {
    "site_config.yml": CONFIG,
    "resources/providers/verein.yml": "name: Verein\nkind: non-profit\ncontact: {phone: 040 66969-1}\n",
    "resources/offers/anders.yml": offer("Aa Anders handeln", "taeterarbeit", "haeusliche-gewalt, grundsicherung", OPEN),
    "resources/offers/antrag.yml": offer("Ab Tagesgruppe", "hze-32", "grundsicherung", "access: {way: decision}\n"),
    "resources/offers/spaet.yml": offer("Ac Spät", "gruppe", "grundsicherung", f"{OPEN}hours: Th 10:00-12:00\n"),
    "resources/offers/heute.yml": offer("Ad Heute", "gruppe", "grundsicherung", f"{OPEN}hours: Fr 10:00-12:00\n"),
    "resources/offers/muetter.yml": offer("Ae Mütter", "gruppe", "trauer", f"{OPEN}for: [mothers, fathers]\nhours: Fr 10:00-12:00\n"),
    "resources/offers/schutz.yml": offer("Af Schutz", "krisendienst", "trauer", f"{OPEN}for: [women]\nhours: Fr 10:00-12:00\n"),
    "resources/offers/rat.yml": offer("Zz Rat", "sozialberatung", "grundsicherung", OPEN),
}  # fmt: skip
"""20 November 2026 is a Friday."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    found = prepare(town(tmp_path_factory.mktemp("stadt"), FILES), TODAY)
    assert found.contexts, found.found
    return found


@pytest.fixture
def context(project: Project) -> Context:
    return project.contexts[0]


def links(body: str) -> list[str]:
    return re.findall(r"angebote/([a-z]+)/", body)


def test_help_for_those_who_use_violence_begins_no_list(context: Context) -> None:
    facts = context.facts
    tables = (
        facts.lists, facts.relations.offers_by_topic, facts.relations.offers_by_space, facts.relations.offers_for_space,
        facts.relations.offers_by_provider,
    )  # fmt: skip
    named = [keys for table in tables for keys in table.values() if "anders" in keys and len(keys) > 1]
    assert len(named) > 5
    assert [keys for keys in named if keys[-1] != "anders"] == []
    every = facts.lists[EVERY_OFFER]
    assert [line.id for line in offer_lines(context, every)][-1] == "anders"
    assert by_need(context, every, first=["anders"])[-1] == "anders"


def test_a_list_by_need_begins_with_what_needs_no_grant_and_opens_soonest(context: Context) -> None:
    assert by_need(context, ["antrag", "spaet", "heute"]) == ["heute", "spaet", "antrag"]
    assert by_need(context, ["antrag", "spaet", "heute"], first=["spaet"]) == ["spaet", "heute", "antrag"]


def test_what_is_for_some_alone_comes_behind_what_is_for_all_but_protection(context: Context) -> None:
    assert by_need(context, ["muetter", "spaet"]) == ["spaet", "muetter"]
    assert by_need(context, ["schutz", "spaet"]) == ["schutz", "spaet"]


def test_a_component_that_cuts_its_list_says_of_how_many_and_where_the_rest_is(context: Context) -> None:
    shown = str(calls.offers(CallSite(context, "texte/"), topic="geld", limit=2))
    assert links(shown) == ["heute", "spaet"]
    assert "2 von 5 Angeboten." in shown
    assert 'href="../themen/geld/"' in shown
    assert "Angeboten." not in str(calls.offers(CallSite(context, "texte/"), topic="geld", limit=5))


def test_what_the_first_step_speaks_of_is_linked_there_and_stands_before_others(context: Context) -> None:
    page = html.fromstring(topic_pages.render_topic(context, "geld").body)
    (box,) = page.find_class("nr-first")
    assert links(html.tostring(box, encoding="unicode")) == ["rat"]
    (group,) = page.xpath("//section[@aria-labelledby='infrastructure']")
    assert links(html.tostring(group, encoding="unicode")) == ["rat", "heute", "spaet"]


def test_the_first_page_says_how_many_news_it_leaves_out(tmp_path: Path) -> None:
    new = {}
    for day in range(10, 15):
        more = f"{OPEN}from: 2026-11-{day}\n"
        new[f"resources/offers/neu-{day}.yml"] = offer(f"Neu {day}", "treff", "begegnung", more)
    found = prepare(town(tmp_path, {**FILES, **new}), TODAY)
    page = html.fromstring(home.render(found.contexts[0]).body)
    (news,) = page.xpath("//section[@aria-labelledby='neu']")
    assert len(news.xpath(".//li")) == home.NEWS_OF_A_KIND
    assert "und 3 weitere" in news.text_content()
