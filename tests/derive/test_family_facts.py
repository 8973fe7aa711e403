"""What families' pages are built from: news, pre-built lists, open doors, offers for young people."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from generator.derive.lists_of_offers import first_letter, youth
from generator.derive.news_and_reminders import news
from generator.model.facts import EVERY_OFFER, Facts
from generator.model.site import Site
from generator.pipeline.build import Project
from tests.records import replace

TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def site(demo: Project) -> Site:
    assert demo.site is not None
    return demo.site


@pytest.fixture
def facts(demo: Project) -> Facts:
    assert demo.facts is not None
    return demo.facts


def changed(site: Site, key: str, **values: Any) -> Site:
    """The site with one offer changed."""
    offers = dict(site.offers)
    offers[key] = offers[key].model_copy(update=values)
    return replace(site, offers=offers)


def kinds_of(site: Site, facts: Facts, key: str) -> list[str]:
    found = news(site, facts.offers, facts.relations.predecessors, TODAY)
    return [item.kind for item in found if item.offer == key and item.kind != "checked"]


@pytest.mark.parametrize(
    ("values", "kinds"),
    [
        ({"from_": dt.date(2026, 11, 1)}, ["new"]),
        ({"from_": dt.date(2026, 9, 21)}, ["new"]),
        ({"from_": dt.date(2026, 9, 20)}, []),
        ({"from_": dt.date(2026, 11, 21)}, []),
        ({"status": "ended", "until": dt.date(2026, 10, 1)}, ["ended"]),
        ({"status": "ended", "until": dt.date(2026, 9, 1)}, []),
        ({"status": "ended"}, []),
        ({"until": dt.date(2026, 12, 24)}, ["ending"]),
        ({"until": dt.date(2027, 3, 1)}, []),
        ({"status": "planned", "from_": dt.date(2027, 2, 1)}, ["planned"]),
        ({"status": "paused"}, ["paused"]),
        ({}, []),
    ],
)
def test_what_is_news(site: Site, facts: Facts, values: dict[str, Any], kinds: list[str]) -> None:
    key = "schuldnerberatung-diakonie"
    assert kinds_of(changed(site, key, **values), facts, key) == kinds


def test_a_new_offer_names_what_it_replaces(facts: Facts) -> None:
    new = next(item for item in facts.news if item.offer == "familiensport-sonntag")
    assert (new.kind, new.other) == ("new", "sportmobil-nord")


def test_every_running_offer_is_in_a_list_of_each_simple_way(site: Site, facts: Facts) -> None:
    active = {key for key, item in facts.offers.items() if item.active}
    assert set(facts.lists[EVERY_OFFER]) == active
    for way in ("name", "thema", "traeger"):
        led = {key for name, keys in facts.lists.items() if name.dimension == way for key in keys}
        assert led == active
    assert all(facts.lists.values()), "an empty list leads nowhere"


@pytest.mark.parametrize(
    ("name", "letter"), [("Ärzte", "a"), ("3 Eichen", "0-9"), ("„Zeit“", "z"), ("ЖЗ", "0-9")]
)
def test_first_letters(name: str, letter: str) -> None:
    assert first_letter(name) == letter


def test_open_doors_need_no_registration_and_are_spread_over_the_week(site: Site, facts: Facts) -> None:
    assert facts.open_doors
    for key in facts.open_doors:
        found = facts.offers[key]
        assert found.access.way == "open"
        assert not found.sensitive
        assert site.offers[key].status == "running"
    for weekday in range(5):
        open_then = [key for key in facts.open_doors if (s := facts.offers[key].schedule) and s.week[weekday]]
        assert len(open_then) >= 3, weekday


def test_young_people_find_only_what_they_may_use_alone(site: Site, facts: Facts) -> None:
    for key in facts.youth.confide:
        assert site.offers[key].without_parents
    for key in facts.youth.nameless:
        assert site.offers[key].anonymous
    for key in facts.youth.places:
        ages = site.offers[key].ages
        assert ages is None or ages.upper is None or ages.upper >= 144
    assert "jugendschutzstelle-friedensweg" in facts.youth.protect
    assert "elterncafe-birkenkoppel" not in facts.youth.places


def test_where_nobody_is_nobody_answers(facts: Facts) -> None:
    """A playground belongs to the town, but the town hall's number is none of its own; a place with somebody in it keeps theirs."""
    assert facts.offers["spielplatz-muehlenteich"].contact.phone is None
    assert facts.offers["bauspielplatz-windkamp-offen"].contact.phone
    assert facts.offers["lernraum-stadtbibliothek"].contact.phone
    assert facts.offers["maedchenfussball-tsv"].contact.phone


def test_who_listens_is_there_in_the_order_of_how_much_it_is_for_the_young(site: Site, facts: Facts) -> None:
    """What is made for them comes first; advice for parents isn't there while there is anything else."""
    named = list(facts.youth.nameless)
    assert set(named[:6]) == {
        "leise-chat", "liebe-und-so", "erziehungsberatung-jung-gefragt", "kompass-jungenberatung", "ankerplatz-maedchenberatung",
        "careleaver-treff",
    }  # fmt: skip
    assert {"mobbing-sprechstunde", "schulsozialarbeit-auetal", "sucht-online-fragen"} <= set(named[6:10])
    for key in (*named, *facts.youth.confide):
        assert site.offers[key].kind != "hze-28" or site.offers[key].ages_of == "participant", key


def test_where_there_is_only_advice_for_parents_the_young_find_that(site: Site, facts: Facts) -> None:
    key = "erziehungsberatung-alter-damm"
    alone = replace(site, offers={key: site.offers[key]})
    assert youth(alone, {key: facts.offers[key]}, [key]).nameless == (key,)
