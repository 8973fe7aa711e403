"""The way there: what is copied is the address, what opens is a program of the device or a map that is asked by a tap alone."""

import re
from pathlib import Path

from generator.model.facts import Location
from generator.model.groups import Address
from generator.model.scalars import Point
from generator.pipeline.build import Project
from generator.render.directory.cards import cards_around
from generator.render.directory.contact import WayThere, way_there
from generator.render.pages import first_door, institution_pages, offer_pages, place_pages
from tests.node import answering

HOUSE = Address(street="Am Wall", number="3 b", postcode="22999", town="Auenstedt")
SPOT = Point(10.02, 53.7)
FOREIGN = re.compile(r'href="https://(?!nahraum\.auenstedt\.example)[^"]*"[^>]*>Weg ')


def at(address: Address | None, point: Point | None) -> Location:
    return Location("full", None, address, point, ())


def test_each_device_has_its_link_and_the_pin_says_the_street() -> None:
    assert way_there(at(HOUSE, SPOT), discreet=False) == WayThere(
        address="Am Wall 3 b, 22999 Auenstedt",
        app="geo:53.7,10.02?q=53.7,10.02%28Am%20Wall%203%20b%2C%2022999%20Auenstedt%29",
        apple="maps:?daddr=53.7,10.02",
        web="https://www.openstreetmap.org/directions?to=53.7%2C10.02#map=16/53.7/10.02",
    )


def test_where_no_point_is_known_the_address_can_be_taken_along() -> None:
    assert way_there(at(HOUSE, None), discreet=False) == WayThere("Am Wall 3 b, 22999 Auenstedt")


def test_a_point_alone_has_no_label_and_nothing_to_copy() -> None:
    way = way_there(at(None, SPOT), discreet=False)
    assert way is not None
    assert (way.address, way.app) == ("", "geo:53.7,10.02?q=53.7,10.02")


def test_where_nobody_is_told_where_it_is_there_is_no_way() -> None:
    assert way_there(at(None, None), discreet=False) is None


def test_no_page_of_something_sensitive_leads_to_another_host_on_the_way(demo: Project) -> None:
    context = demo.contexts[0]
    shown = {True: 0, False: 0}
    for key, facts in context.facts.offers.items():
        body = str(offer_pages.render_offer(context, key).body)
        found = bool(FOREIGN.search(body))
        assert found == (facts.location.point is not None and not facts.sensitive), key
        shown[found] += 1
        # Who opens the device's map program is told that it remembers the way.
        assert ("Die App merkt sich" in body) == (facts.location.point is not None and facts.sensitive), key
        # A hidden house has neither an address to copy nor a pin.
        if facts.location.address is None and facts.location.point is None:
            assert not re.search(r"data-copy=|geo:|data-map-app|maps:", body), key
    assert min(shown.values()) > 10


def test_a_house_that_only_protects_is_looked_for_on_the_device_alone(demo: Project) -> None:
    context = demo.contexts[0]
    relations, offers = context.facts.relations, context.facts.offers
    led = protecting = 0
    for key, location in context.facts.places.items():
        body = str(place_pages.render(context, key).body)
        active = [name for name in relations.offers_by_place.get(key, ()) if offers[name].active]
        only = bool(active) and all(offers[name].sensitive for name in active)
        found = bool(FOREIGN.search(body))
        assert found == (location.point is not None and location.visibility == "full" and not only), key
        led, protecting = led + found, protecting + only
    assert led > 10
    assert protecting > 0


def test_an_office_and_a_page_in_another_language_tell_the_way_too(demo: Project) -> None:
    context = demo.contexts[0]
    assert 'data-copy="Marktplatz 1, 22999 Auenstedt"' in str(
        institution_pages.render_office(context, "asd-sued").body
    )
    door = next(one for one in demo.contexts if one.lang == "tr")
    body = str(first_door.render_offer(door, "krabbelgruppe-uferweg").body)
    assert 'data-copy="Uferweg 12a, 22999 Auenstedt"' in body
    assert "Adresi kopyala" in body
    assert FOREIGN.search(body.replace("Yolu ", "Weg "))


def test_minutes_on_foot_are_those_of_a_walk_and_end_where_nobody_walks(demo: Project) -> None:
    texts = demo.contexts[0].texts
    # 650 m are 845 m on foot, at 75 m a minute 11.3 minutes: a minute more rather than less.
    assert texts.on_foot(650) == "650 m, etwa 12 Min. zu Fuß"
    assert texts.on_foot(20) == "50 m, etwa 1 Min. zu Fuß"
    assert texts.on_foot(2595) == "2,6 km, etwa 45 Min. zu Fuß"
    assert texts.on_foot(2597) == "2,6 km"


def test_cards_that_a_script_draws_tell_distances_like_those_of_the_page(demo: Project) -> None:
    texts, driver = demo.contexts[0].texts, Path(__file__).parent / "distances.mjs"
    # Not what lies between two steps to the metre: the halves of a number are rounded to the even one here, and up there.
    metres = [0, 20, 51, 130, 650, 740, 975, 999, 1000, 1049, 1051, 2595, 2597, 12_340]
    with answering(driver) as ask:
        assert ask(metres) == [texts.on_foot(one) for one in metres]


def test_next_door_is_not_in_the_same_house(demo: Project) -> None:
    """One place or one door is one house; however near it is, another number is another house."""
    context, offers = demo.contexts[0], demo.contexts[0].facts.offers
    found = {True: 0, False: 0}
    for key, near in context.facts.nearby.items():
        here = offers[key].location
        for (other, metres), card in zip(near, cards_around(context, "", here, dict(near)), strict=True):
            there = offers[other].location
            one = here.place == there.place is not None or here.address == there.address is not None
            assert ("im selben Haus" in card) == one, (key, other)
            found[one] += metres < 25
    assert all(found.values()), found
    assert dict(context.facts.nearby["lebensmittelausgabe-tafel"])["kleiderladen-drk"] < 25
