"""What families' pages are built from: news, pre-built lists, open doors, offers for young people."""

import datetime as dt
from typing import Any

import numpy as np
import pytest

from generator.derive import lists_of_offers as module
from generator.derive.lists_of_offers import NEARBY, NearbyOffers, first_letter, youth
from generator.derive.news_and_reminders import news
from generator.model.facts import EVERY_OFFER, Facts
from generator.model.geometry import EARTH_RADIUS
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


DICE = np.random.default_rng(7)
SCATTERED = {
    "one": np.zeros((1, 2)),
    "two": np.array([[0.0, 0.0], [3.0, 4.0]]),
    "a town": DICE.uniform(0, 8_000, (300, 2)),
    "two villages and a farm": np.vstack(
        [DICE.normal(0, 50, (80, 2)), DICE.normal(30_000, 50, (80, 2)), [[900_000.0, 0.0]]]
    ),
    "a street": np.column_stack([np.arange(120.0) * 10, np.zeros(120)]),
    "a grid, with many equally near": np.array(
        [[a * 100.0, b * 100.0] for a in range(12) for b in range(12)]
    ),
}


def _nearby(metres: np.ndarray) -> NearbyOffers:
    """Return what is near points given in metres around the equator, all of one life situation; an offer is called after its number."""
    degrees = np.degrees(metres / EARTH_RADIUS) - (0, np.degrees(metres[:, 1].mean() / EARTH_RADIUS))
    return NearbyOffers(
        (f"{number:05}", (float(x), float(y)), ("alltag",)) for number, (x, y) in enumerate(degrees)
    )


@pytest.mark.parametrize("name", list(SCATTERED))
def test_it_is_what_comparing_all_with_all_finds(name: str) -> None:
    x, y = SCATTERED[name].T
    nearby = _nearby(SCATTERED[name])
    assert len(nearby) == len(x)
    for number, key in enumerate(nearby):
        metres = np.round(np.hypot(x - x[number], y - y[number]), -1)
        others = [f"{other:05}" for other in range(len(x)) if other != number]
        expected = sorted(zip(np.delete(metres, number).astype(int), others, strict=True))[:NEARBY]
        found = nearby[key]
        assert [distance for _, distance in found] == [distance for distance, _ in expected]
        assert all(metres[int(other)] == distance for other, distance in found)


def test_few_others_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A city of dense quarters, villages around it and an island: at most some dozens for each point."""
    looked_at = [0]
    distance = module.shapely.distance

    def counted(here: object, others: np.ndarray) -> np.ndarray:
        looked_at[0] += len(others)
        return distance(here, others)

    monkeypatch.setattr(module.shapely, "distance", counted)
    quarters = [DICE.normal(centre, 120, (400, 2)) for centre in DICE.uniform(0, 6_000, (10, 2))]
    points = np.vstack([*quarters, DICE.uniform(-30_000, 30_000, (400, 2)), [[250_000.0, 0.0]]])
    assert all(len(found) == NEARBY for found in _nearby(points).values())
    assert looked_at[0] < 4401 * 100


def test_neighbours_share_a_life_situation_and_lie_nearest(demo: Project) -> None:
    facts = demo.facts
    assert facts is not None
    assert len(facts.nearby) > 50
    for key, near in facts.nearby.items():
        metres = [distance for _, distance in near]
        assert metres == sorted(metres)
        for other, _ in near:
            assert other != key
            assert set(facts.offers[key].situations) & set(facts.offers[other].situations)
            assert not facts.offers[other].sensitive
    assert not {key for key, one in facts.offers.items() if one.sensitive or not one.active} & set(
        facts.nearby
    )
