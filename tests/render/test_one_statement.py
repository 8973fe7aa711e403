"""The same statement about the same thing is the same on every page; and where something lies is never read as for whom it is."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import product
from pathlib import Path

import pytest

from generator.model.facts import EVERY_OFFER, OfferList
from generator.pipeline.build import Project
from generator.render.directory.filters import UNSAID, areas_of
from generator.render.figures.missing_offers import about_topics, gaps_in, supply_text
from generator.render.pages.figure_pages import render_indicator
from tests.conftest import words_of

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


AREAS = ("birkenkoppel", "suederaue", "lindenhof", "vogelsang", "auenstedt")


def counted(pattern: str, text: str) -> int:
    """The number that a pattern finds; 0 where it finds nothing."""
    found = re.search(pattern, text)
    return int(found[1]) if found else 0


@pytest.mark.parametrize("area", AREAS)
def test_every_page_about_an_area_counts_the_same_offers(demo: Project, demo_site: Path, area: str) -> None:
    """Its own page, its list in the directory, and its planning page, where what counts and what doesn't adds up to it."""
    assert demo.facts is not None
    page = words_of(demo_site, f"sozialraeume/{area}")
    here = counted(r"Hier gibt es (\d+) Angebote", page)
    assert here == counted(r"Angebote (\d+) ", page[page.index(" Angebote ") :])
    assert here == counted(r"(\d+) Angebote", words_of(demo_site, f"angebote/nach/gebiet/{area}"))
    if leads := counted(r"Alle (\d+) Angebote", words_of(demo_site, f"einbetten/{area}")):
        assert leads == here
    planning = words_of(demo_site, f"berichte/abdeckung/{area}")
    said = re.search(
        r"Gezählt sind (\d+) laufende.*?Im Verzeichnis stehen dort (\d+): dazu (.*?)\.", planning
    )
    assert said is not None
    left_out = [int(number) for number in re.findall(r"\d+", said[3])]
    assert int(said[1]) + sum(left_out) == int(said[2]) == here
    later = sum(item.status in ("planned", "paused") for item in demo.site.offers.values())
    assert counted(r"Davon geplant oder pausiert: (\d+)\.", page) <= later
    if demo.facts.spaces[area].whole:
        assert here == len(demo.facts.running) + later
        assert f"Alle {here} Angebote von A bis Z" in words_of(demo_site, "")


@pytest.mark.parametrize("area", AREAS[:-1])
def test_an_area_has_the_gaps_that_its_group_talks_about(demo_site: Path, area: str) -> None:
    """The page of an area and its planning page name the same gaps; of an area with quarters those of its quarters."""
    page, planning = (
        words_of(demo_site, f"{folder}/{area}") for folder in ("sozialraeume", "berichte/abdeckung")
    )
    kept = "Was es in den meisten Gebieten gibt, ist auch hier verzeichnet."
    assert (kept in page) == (kept in planning)
    if area == "suederaue":
        pack = words_of(demo_site, "netzwerke/ag-78-suederaue/sitzung")
        gaps = re.findall(r"(?:\d Lücken?|verzeichnet\)) ([^:()]+ \(\d[^)]*\)) ?:", pack)
        assert gaps
        assert [gap for gap in gaps if gap not in page or gap not in planning] == []


def test_the_list_of_an_area_is_in_the_order_of_all(demo: Project) -> None:
    """By name, and help for those who use violence behind all others."""
    assert demo.facts is not None
    every = list(demo.facts.lists[EVERY_OFFER])
    for area in AREAS:
        there = demo.facts.lists[OfferList("gebiet", area)]
        assert list(there) == [key for key in every if key in there], area


def test_a_count_says_what_of_it_is_shown(demo: Project, demo_site: Path) -> None:
    """A report lists what needs no referral, and counts that; a group's paper names three gaps of as many as planning has."""
    report = words_of(demo_site, "berichte/sozialraumbericht-suederaue/2026")
    assert re.search(r"8 von \d+ Angeboten ohne Antrag oder Überweisung\.", report)
    gaps = gaps_in(demo.contexts[0], demo.contexts[0].facts.compared)
    pack = words_of(demo_site, "netzwerke/jugendhilfeausschuss/sitzung")
    assert f"3 von {len(gaps)} Lücken" in pack


def test_a_paper_announces_only_what_is_on_it(demo: Project, demo_site: Path) -> None:
    """The usual points of a group that writes none itself: without minutes nothing was agreed."""
    meetings = demo.contexts[0].facts.further["meetings"]
    seen = set()
    for key, meeting in meetings.items():
        meets = demo.site.networks[key].meets
        if (demo_site / "netzwerke" / key / "sitzung").is_dir() and (meets is None or not meets.agenda):
            pack = words_of(demo_site, f"netzwerke/{key}/sitzung")
            assert ("Was aus den Verabredungen geworden ist" in pack) == bool(meeting.agreed), key
            assert "Bedarfe" not in pack[: pack.index("Geändert seit")], key
            seen.add(key)
    assert seen
