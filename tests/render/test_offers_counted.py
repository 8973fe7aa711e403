"""What counts as an offer that there is, is decided once: the page of an area, its planning page and the packs of its groups say the same number, or say what they leave out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.pipeline.build import Project
from tests.conftest import words_of

AREAS = ("birkenkoppel", "suederaue", "lindenhof", "vogelsang", "auenstedt")


def counted(pattern: str, text: str) -> int:
    """The number that a pattern finds; 0 where it finds nothing."""
    found = re.search(pattern, text)
    return int(found[1]) if found else 0


@pytest.mark.parametrize("area", AREAS)
def test_an_area_s_pages_count_the_same_offers(demo: Project, demo_site: Path, area: str) -> None:
    assert demo.facts is not None
    facts = demo.facts
    page = words_of(demo_site, f"sozialraeume/{area}")
    planning = words_of(demo_site, f"berichte/abdeckung/{area}")
    here = counted(r"Hier gibt es (\d+) Angebote", page)
    recorded = counted(r"Gezählt sind (\d+) laufende", planning)
    vague = counted(r"Bei (\d+) weiteren, d", planning)
    listed = facts.relations.offers_for_space[area]
    if facts.spaces[area].whole:
        assert here == recorded
        return
    assert here == sum(key in facts.running for key in listed)
    assert counted(r"Geplant oder pausiert: (\d+)\.", page) == len(listed) - here
    left_out = [
        key
        for key in listed
        if (key in facts.running and facts.offers[key].reach == "town")
        or (facts.offers[key].reach == "unsaid" and facts.offers[key].sensitive)
    ]
    both = len({*left_out}.intersection(facts.coverage.areas[area]))
    assert here == recorded + vague + len(left_out) - both
    assert "Was vertraulich hilft und nicht sagt, für welches Gebiet es da ist" in planning


@pytest.mark.parametrize("area", AREAS[:-1])
def test_what_is_for_the_whole_town_is_one_sentence(demo_site: Path, area: str) -> None:
    said = re.compile(r"Für die ganze Stadt gibt es \d+ Angebote\. \d+ davon stehen auch hier\.")
    page = said.search(words_of(demo_site, f"sozialraeume/{area}"))
    planning = said.search(words_of(demo_site, f"berichte/abdeckung/{area}"))
    assert page is not None
    assert planning is not None
    assert page[0] == planning[0]
