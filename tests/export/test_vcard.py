"""Entries for address books: read back by a reader of our own that follows RFC 2426, and none of what is protected."""

import re
from pathlib import Path

from generator.export.calendars_and_vcards import ContactCard, vcard
from generator.model.facts import Location
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
    assert card["VERSION"] == "3.0"
    assert card["FN"] == card["ORG"] == card["N"].removesuffix(";;;;") == "Rathaus"
    street, town, postcode = (card["ADR"].split(";")[place] for place in (2, 3, 5))
    assert re.fullmatch(r"\S.* \d+\w?", street)
    assert (town, len(postcode)) == ("Auenstedt", 5)
    assert card["URL"] == card["UID"] == "https://nahraum.auenstedt.example/orte/rathaus/"
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


def test_offers_and_offices_are_kept_with_their_number(demo: Project, demo_site: Path) -> None:
    """Every offer that one may keep and can reach, and every office, as the page says it; nothing of what is sensitive."""
    assert demo.site is not None
    assert demo.facts is not None
    kept = 0
    for key, offer in demo.site.offers.items():
        facts = demo.facts.offers[key]
        reached = facts.contact.phone or facts.contact.mobile or facts.contact.email or facts.location.address
        file = demo_site / "angebote" / key / "kontakt.vcf"
        assert file.is_file() == bool(facts.carried and reached), key
        html = (demo_site / "angebote" / key / "index.html").read_text("utf-8")
        assert ('href="kontakt.vcf"' in html) == file.is_file(), key
        if file.is_file():
            card = properties(file.read_bytes())
            assert card["FN"].replace("\\", "") == offer.name
            assert card["URL"] == card["UID"] == f"https://nahraum.auenstedt.example/angebote/{key}/"
            assert ("TEL" in card) == bool(facts.contact.phone or facts.contact.mobile)
            assert ("ADR" in card) == (facts.location.address is not None)
            kept += 1
    assert kept > 100
    office = properties((demo_site / "aemter" / "asd-sued" / "kontakt.vcf").read_bytes())
    assert office["TEL"]
    assert office["ADR"]


def test_hostile_words_stay_words() -> None:
    hostile = '=HYPERLINK("https://x.example";"<b>&\'Ü 🙂")\r\n;,\\\\"x"\rEND:VCARD\nTEL:110'
    where = Location("full", None, None, None, ())
    card = vcard(ContactCard(hostile, hostile, where, None, "https://x.example/", hostile)).encode()
    names = [row.partition(b":")[0] for row in card.replace(b"\r\n ", b"").split(b"\r\n") if row]
    assert names == [b"BEGIN", b"VERSION", b"FN", b"N", b"ORG", b"URL", b"UID", b"NOTE", b"END"]


@whole
def test_the_internal_site_has_none(internal_site: Path) -> None:
    assert not list(internal_site.rglob("kontakt.vcf"))
