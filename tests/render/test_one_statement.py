"""The same statement about the same thing is the same on every page; and where something lies is never read as for whom it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import product
from pathlib import Path

from generator.pipeline.build import Project
from generator.render.directory.filters import UNSAID, areas_of
from generator.render.figures.missing_offers import about_topics, gaps_in, supply_text
from generator.render.pages.figure_pages import render_indicator

VERDICT = r"(?:Das ist|Ein Unterschied zum Wert [^\n]*? ist) (?P<verdict>statistisch auffällig höher|statistisch auffällig niedriger|nicht belegt)"
SENTENCE = re.compile(
    rf"(?P<title>[^\n]+)\n?: [^\n]*? sind es (?P<value>[\d.,]+)[^\n(]* \((?P<year>\d{{4}}),[^)\n]*\)\. {VERDICT}"
)
SERIES = re.compile(
    rf"\n(?P<title>[^\n:]+): [^\n]+\n[^\n]*?(?P<year>\d{{4}}): (?P<value>[\d.,]+)\. {VERDICT}"
)


def statements(site: Path) -> Iterator[tuple[tuple[str, str, str], str, str]]:
    """Yield each comparison of an area with the town in German: title, year and value; the verdict; the page."""
    for page in sorted([*site.glob("berichte/**/index.html"), *site.glob("netzwerke/**/index.html")]):
        text = unescape(re.sub(r"<[^>]+>", "\n", page.read_text("utf-8"))).replace("\xa0", " ")
        text = re.sub(r"\n\s*\n+", "\n", re.sub(r"[ \t]+", " ", text))
        for pattern in (SENTENCE, SERIES):
            for found in pattern.finditer(text):
                key = (found["title"].strip(), found["year"], found["value"])
                yield key, found["verdict"], page.relative_to(site).as_posix()


def test_a_verdict_is_the_same_on_every_page(demo_site: Path) -> None:
    verdicts: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    pages: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for key, verdict, page in statements(demo_site):
        pages[key].add(page)
        verdicts[key].add(verdict)
    assert len(verdicts) > 60
    assert len({page for there in pages.values() for page in there}) > 5
    assert {key: found for key, found in verdicts.items() if len(found) > 1} == {}


def test_what_does_not_say_for_whom_it_is_is_found_everywhere_and_counted_nowhere(demo: Project) -> None:
    context = demo.contexts[0]
    site, facts = context.site, context.facts
    quarters = [key for key, space in facts.spaces.items() if space.ancestors]
    supplied = facts.relations.supply_of_space
    vague = [
        key
        for key, offer in facts.offers.items()
        if offer.active and offer.reach == "unsaid" and not site.offers[key].visits
    ]
    assert len(vague) > 10
    for key in vague:
        assert UNSAID in areas_of(context, site.offers[key], facts.offers[key]), key
        assert not [quarter for quarter in quarters if key in supplied.get(quarter, ())], key


def test_what_does_not_say_for_whom_it_is_is_no_nothing_beside_a_figure(demo: Project) -> None:
    context = demo.contexts[0]
    coverage, seen = context.facts.coverage, set()
    for area in context.facts.compared:
        for topic in context.words.situations():
            if context.words.is_grave(topic.id):
                continue
            wanted = about_topics(context, [topic.id])
            said = supply_text(context, [topic.id], area)
            counted = wanted & {*coverage.areas[area]}
            vague, town = wanted & coverage.unsaid, wanted & coverage.town
            if counted:
                assert said == str(len(counted)), (area, topic.id)
                continue
            assert (said == "keins verzeichnet") == (not vague and not town), (area, topic.id)
            assert (f"unklar: {len(vague)} sag" in said) == bool(vague), (area, topic.id)
            assert (f"für die ganze Stadt: {len(town)} Angebot" in said) == bool(town), (area, topic.id)
            seen.add(said)
    assert seen


def test_protection_is_counted_for_the_town_alone(demo: Project) -> None:
    """Neither pages of figures nor an area's table say how many offers about violence a quarter has, nor who should say for which they are."""
    context = demo.contexts[0]
    (grave,) = (topic.id for topic in context.words.situations() if context.words.is_grave(topic.id))
    assert about_topics(context, [grave])
    assert not [key for key in context.facts.coverage.unsaid if context.facts.offers[key].sensitive]
    for area in context.facts.coverage.areas:
        assert supply_text(context, [grave, "kinderschutz"], area) == ""
    page = render_indicator(context, "gefaehrdung-8a")
    offers = page.body.partition('id="angebote"')[2].partition("<h2")[0]
    assert "Angebote eingetragen" in offers
    assert "/sozialraeume/" not in offers


def test_every_gap_of_an_area_is_among_those_of_all(demo: Project) -> None:
    """The page of all areas named only the ages that the most areas lack."""
    context = demo.contexts[0]

    def lacking(areas: Sequence[str]) -> set[tuple[str, str, str]]:
        found: set[tuple[str, str, str]] = set()
        for gap in gaps_in(context, areas):
            found.update(product(gap.areas, [gap.situation], gap.bands))
        return found

    alone = set().union(*(lacking((area,)) for area in context.facts.compared))
    assert alone
    assert lacking(context.facts.compared) == alone
