"""What counts as an offer that there is, is decided once: the page of an area, its planning page and the packs of its groups say the same number, or say what they leave out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.model.facts import EVERY_OFFER, OfferList
from generator.pipeline.build import Project
from generator.render.figures.missing_offers import gaps_in
from tests.conftest import words_of

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
