"""Entries of places for address books: read back by a reader of our own that follows RFC 6350, and none of what is protected."""

from __future__ import annotations

import re
from pathlib import Path

from generator.pipeline.build import Project
from tests.chance import whole


def properties(card: bytes) -> dict[str, str]:
    """Unfold a vCard and split its lines at the first colon; parameters go."""
    assert card.endswith(b"END:VCARD\r\n")
    assert all(len(row) <= 75 for row in card.split(b"\r\n"))
    lines = card.decode().replace("\r\n ", "").strip().split("\r\n")
    return {name.partition(";")[0]: value for name, _, value in (row.partition(":") for row in lines)}


def test_a_place_can_be_taken_into_an_address_book(demo_site: Path) -> None:
    card = properties((demo_site / "orte" / "rathaus" / "kontakt.vcf").read_bytes())
    assert card["VERSION"] == "4.0"
    assert card["FN"] == "Rathaus"
    street, town, postcode = (card["ADR"].split(";")[place] for place in (2, 3, 5))
    assert re.fullmatch(r"\S.* \d+\w?", street)
    assert (town, len(postcode)) == ("Auenstedt", 5)
    assert card["URL"].endswith("/orte/rathaus/")
    html = (demo_site / "orte" / "rathaus" / "index.html").read_text("utf-8")
    assert 'href="kontakt.vcf"' in html


def test_no_protected_place_and_none_that_is_there_for_violence_alone(demo: Project, demo_site: Path) -> None:
    """What has no open whereabouts, and what has sensitive offers only, stands in no address book; every other place does."""
    assert demo.site is not None
    assert demo.facts is not None
    facts = demo.facts
    refused = 0
    for key in demo.site.places:
        offers = facts.relations.offers_by_place.get(key, ())
        alone = bool(offers) and all(facts.offers[name].sensitive for name in offers)
        closed = facts.places[key].visibility != "full"
        refused += alone or closed
        written = (demo_site / "orte" / key / "kontakt.vcf").is_file()
        assert written == (not alone and not closed), key
    assert refused > 1


@whole
def test_the_internal_site_has_none(internal_site: Path) -> None:
    assert not list(internal_site.rglob("kontakt.vcf"))
