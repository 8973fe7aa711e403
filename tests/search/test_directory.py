"""The directory's file and the browser's filters, compared with the records themselves."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.hours.schedule import BERLIN
from generator.model.geometry import metres
from generator.model.offer_flags import OFFER_FLAGS
from generator.model.scalars import Point
from generator.pipeline.build import Project
from generator.render.data_files.browser_files import FINDING, browser_files
from generator.render.data_files.search_entries import _is_guarded, directory_order
from generator.search.directory_data import (
    BLOCK,
    CHOICES,
    OFFERS,
    DirectoryRow,
    Facet,
    Option,
    directory,
    lines,
)
from tests.hours.evaluator import state_at
from tests.node import answering
from tests.records import replace

HERE = Path(__file__).parent
TEMPLATES = HERE.parents[1] / "generator" / "templates"
NOW = dt.datetime(2026, 11, 20, 10, 15, tzinfo=BERLIN)
STEP = dt.timedelta(minutes=15)

Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def project(demo: Project) -> Project:
    """The demo, as it is built."""
    return demo


@pytest.fixture(scope="module")
def files(project: Project) -> dict[str, bytes]:
    made = browser_files(project.contexts, FINDING)
    return {name: content for make in made for name, content in make().items()}


@pytest.fixture(scope="module")
def ask(project: Project, files: dict[str, bytes]) -> Iterator[Ask]:
    """A function from addresses with filters to what the browser's module finds in the demo."""
    given = {
        "choices": json.loads(files["angebote/auswahl.json"]),
        "file": json.loads(files["angebote/verzeichnis.json"]) | json.loads(files["angebote/zeiten.json"]),
        "title": json.loads(files[f"{project.contexts[0].search}title.de.json"]),
    }
    with answering(HERE / "filters.mjs", given) as asking:

        def run(*queries: dict[str, Any], **more: Any) -> dict[str, Any]:
            answer: dict[str, Any] = asking(
                {"queries": [{"moment": NOW.isoformat(), **query} for query in queries], **more}
            )
            return answer

        yield run


def expected(project: Project, test: Callable[[Any, Any], bool]) -> set[str]:
    assert project.site is not None
    assert project.facts is not None
    order = directory_order(project.contexts[0])
    return {key for key in order if test(project.site.offers[key], project.facts.offers[key])}


def open_at(facts: Any, moment: dt.datetime) -> bool:
    """What is sensitive is never among what is open now."""
    return (
        not facts.sensitive and facts.schedule is not None and state_at(facts.schedule, moment).kind == "open"
    )


def open_later_today(facts: Any, moment: dt.datetime) -> bool:
    if facts.schedule is None or facts.sensitive:
        return False
    state = state_at(facts.schedule, moment)
    return state.kind == "open" or (
        state.next_opening is not None and state.next_opening.date() == moment.date()
    )


def free(offer: Any) -> bool:
    return bool(offer.cost == "free")


def fits_age(offer: Any, months: int) -> bool:
    ages = offer.ages
    # A child's age says nothing of that of its parents, however young they are.
    grown = ages is None or ages.upper is None or ages.upper > 27 * 12 + 11 or "young-parents" in offer.for_
    if ages is None or (offer.ages_of == "participant" and grown):
        return True
    oldest = math.inf if ages.upper is None else ages.upper
    return ages.lower <= months <= oldest and not (ages.pregnancy and ages.upper == 0)


def open_between(offer: Any, facts: Any, begin: dt.datetime, end: dt.datetime) -> bool:
    """What a card says at some moment of a span: open, or that it opens just then. Asks the evaluator moment by moment."""
    if offer.status != "running" or facts.schedule is None or facts.sensitive:
        return False
    schedule = replace(facts.schedule, until=min(facts.schedule.until, end.date()))
    moment = begin
    while moment < end:
        state = state_at(schedule, moment)
        if state.kind == "open":
            return True
        if state.next_opening is None and state.kind == "closed":
            return False
        if state.next_opening is not None and moment <= state.next_opening < min(end, moment + STEP):
            return True
        moment += STEP
    return False


def open_on(*days: dt.date, hours: tuple[int, int] = (5, 29)) -> Callable[[Any, Any], bool]:
    """A test for offers that are there on one of the days, by the clock from the first hour to the last."""

    def test(offer: Any, facts: Any) -> bool:
        return any(
            open_between(
                offer,
                facts,
                *(dt.datetime.combine(day, dt.time(), BERLIN) + dt.timedelta(hours=hour) for hour in hours),
            )
            for day in days
        )

    return test


def each(weekday: int) -> list[dt.date]:
    """All dates of a weekday that are computed."""
    days = [NOW.date() + dt.timedelta(days=offset) for offset in range(61)]
    return [day for day in days if day.weekday() == weekday]


CASES: dict[str, Callable[[Any, Any], bool]] = {
    "": lambda offer, facts: True,
    "?kostenlos=1": lambda offer, facts: free(offer),
    "?thema=schulden": lambda offer, facts: "schulden" in offer.topics,
    "?thema=schulden,deutsch&kostenlos=1": lambda offer, facts: bool({"schulden", "deutsch"} & set(offer.topics)) and free(offer),
    # A door that one may simply go to, or a telephone: nothing for which one has to be registered.
    "?offen=1": lambda offer, facts: offer.status == "running" and open_at(facts, NOW) and facts.schedule.entry in ("", "there"),
    "?heute=1": lambda offer, facts: offer.status == "running" and open_later_today(facts, NOW),
    "?alter=4": lambda offer, facts: fits_age(offer, 48),
    "?alter=8m": lambda offer, facts: fits_age(offer, 8),
    "?alter=schwanger": lambda offer, facts: offer.ages is not None and offer.ages.pregnancy and offer.ages_of == "child",
    "?sprache=tr": lambda offer, facts: "tr" in offer.languages,
    "?dolmetschen=1": lambda offer, facts: offer.interpreter in ("yes", "on request"),
    "?ohne-anmeldung=1": lambda offer, facts: facts.access.way == "open",
    "?ohne-amt=1": lambda offer, facts: facts.low_threshold,
    "?gebiet=stadt": lambda offer, facts: facts.reach == "town",
    "?tag=mo&zeit=vormittag": open_on(*each(0), hours=(5, 12)),
    "?tag=sa": open_on(*each(5)),
    "?tag=so": open_on(*each(6)),
    "?tag=sa,so&zeit=nachmittag": open_on(*each(5), *each(6), hours=(12, 17)),
    "?tag=morgen": open_on(dt.date(2026, 11, 21)),
    "?tag=wochenende": open_on(dt.date(2026, 11, 21), dt.date(2026, 11, 22)),
    "?tag=wochenende&zeit=abend": open_on(dt.date(2026, 11, 21), dt.date(2026, 11, 22), hours=(17, 29)),
    "?tag=2026-12-05": open_on(dt.date(2026, 12, 5)),
    "?tag=2026-12-19": open_on(dt.date(2026, 12, 19)),
    "?tag=2026-12-24": open_on(dt.date(2026, 12, 24)),
    "?tag=2026-12-24&zeit=vormittag": open_on(dt.date(2026, 12, 24), hours=(5, 12)),
    "?tag=2026-12-25": open_on(dt.date(2026, 12, 25)),
    "?tag=2027-01-12,2027-01-13": open_on(dt.date(2027, 1, 12), dt.date(2027, 1, 13)),
    "?heute=1&zeit=abend": lambda offer, facts: (
        offer.status == "running" and open_later_today(facts, NOW) and open_on(NOW.date(), hours=(17, 29))(offer, facts)
    ),
    "?ohne-namen=1": lambda offer, facts: bool(offer.anonymous),
    "?ohne-eltern=1": lambda offer, facts: bool(offer.without_parents),
    "?kinder=1": lambda offer, facts: offer.childcare in ("yes", "on request"),
    "?frauen=1": lambda offer, facts: offer.for_ != () and set(offer.for_) <= {"girls", "women", "mothers"},
    "?ebene=everyday,regular": lambda offer, facts: facts.layer in ("everyday", "regular"),
    "?art=hze-31&vermittlung=asd": lambda offer, facts: (
        offer.kind == "hze-31" and facts.access is not None and "asd" in facts.access.who_may_refer
    ),
    "?fuer=girls,erfunden": lambda offer, facts: "girls" in offer.for_,
}  # fmt: skip


def test_filters_find_what_the_records_say(ask: Ask, project: Project) -> None:
    answers = ask(*({"address": address} for address in CASES))["answers"]
    for (address, test), answer in zip(CASES.items(), answers, strict=True):
        wanted = expected(project, test)
        assert set(answer["ids"]) == wanted, address
        assert answer["count"] == len(wanted)


def test_no_filter_asks_for_the_language_that_all_speak(files: dict[str, bytes]) -> None:
    """Records that name no language would fail it."""
    choices = json.loads(files[f"angebote/{CHOICES}"])
    options = {facet[0]: facet[1] for facet in choices["facets"]}
    spoken = {option[0] for option in options["sprache"]}
    assert "tr" in spoken
    assert "de" not in spoken


def test_the_cases_say_something(project: Project) -> None:
    """A filter that everything or nothing passes would prove little."""
    total = len(directory_order(project.contexts[0]))
    sizes = {address: len(expected(project, test)) for address, test in CASES.items() if address}
    assert sum(0 < size < total for size in sizes.values()) >= len(sizes) - 1, sizes


def test_what_a_place_does_not_show_finds_nobody_who_needs_it(ask: Ask, project: Project) -> None:
    assert project.site is not None
    places = project.site.places

    def says(*names: str) -> Callable[[Any, Any], bool]:
        return lambda offer, facts: (
            facts.location.visibility == "full"
            and offer.place in places
            and all(places[offer.place].accessibility.get(name) == "yes" for name in names)
        )

    free, signed = ask({"address": "?stufenlos=1"}, {"address": "?gebaerden=1"})["answers"]
    assert set(free["ids"]) == expected(project, says("step_free", "toilet")) != set()
    house = says("sign_language")
    wanted = expected(project, lambda offer, facts: "gsg" in offer.languages or house(offer, facts))
    assert set(signed["ids"]) == wanted != set()


def test_an_area_finds_all_but_what_says_that_it_is_for_others(ask: Ask, project: Project) -> None:
    """What lies in a quarter or serves it comes first; where something else lies says of nobody that it isn't for them."""
    assert project.facts is not None
    quarter = next(key for key, facts in project.facts.spaces.items() if facts.depth == 3)
    spaces = project.facts.spaces
    # What is for the whole town stands behind what is there.
    within = {key for key in spaces[quarter].within if not spaces[key].whole}
    (answer,) = ask({"address": f"?gebiet={quarter}", "order": "gebiet"})["answers"]

    def here(offer: Any, facts: Any) -> bool:
        return quarter in facts.spaces or not within.isdisjoint((*offer.spaces, *offer.visits))

    def for_others(offer: Any, facts: Any) -> bool:
        named = offer.spaces or (offer.visits if offer.place is None else ())
        return bool(named) and not here(offer, facts) and facts.reach != "town"

    there, others = expected(project, here), expected(project, for_others)
    assert set(answer["ids"]) == expected(project, lambda offer, facts: True) - others
    assert there
    assert others
    assert set(answer["ids"][: len(there)]) == there


def test_who_owes_rent_finds_help_from_every_quarter(ask: Ask, project: Project) -> None:
    assert project.facts is not None
    (everywhere,) = ask({"address": "?thema=mietschulden"})["answers"]
    quarters = [key for key, facts in project.facts.spaces.items() if facts.ancestors]
    answers = ask(*({"address": f"?thema=mietschulden&gebiet={key}"} for key in quarters))["answers"]
    assert len(everywhere["ids"]) >= 3
    assert [set(answer["ids"]) for answer in answers] == [set(everywhere["ids"])] * len(quarters)


def test_counts_say_what_a_choice_would_give(ask: Ask) -> None:
    base = "?kostenlos=1&tag=mo"
    first = ask({"address": base})["answers"][0]
    asked = {
        name: f"?kostenlos=1&{name}" if name.startswith("tag") else f"{base}&{name}"
        for name in first["counts"]
        # What has no label is counted and never chosen.
        if not name.startswith(("kostenlos", "ermaessigt", "heute", "form", "gebiet=ungesagt"))
        and not name.endswith("=0")
    }
    answers = ask(*({"address": address} for address in asked.values()))["answers"]
    for name, answer in zip(asked, answers, strict=True):
        assert first["counts"][name] == answer["count"], name


def test_every_saturday_and_sunday_of_the_weeks_ahead_counts(ask: Ask, project: Project) -> None:
    """Monthly breakfasts and single dates as well: „samstags“ isn't the regular week."""
    saturday, breakfast, monthly = ask(
        {"address": "?tag=sa"}, {"address": "?tag=2026-12-19"}, {"address": "?tag=so"}
    )["answers"]
    assert "papa-und-baby" in breakfast["ids"]
    assert set(breakfast["ids"]) < set(saturday["ids"])
    assert project.site is not None
    sundays = {key for key in monthly["ids"] if "Su[" in str(project.site.offers[key].hours.expression)}  # type: ignore[union-attr]
    assert len(sundays) >= 3


def test_beyond_the_last_computed_day_nothing_is_claimed(ask: Ask) -> None:
    late = (NOW + dt.timedelta(days=61)).isoformat()
    everything, *asked = ask(
        {"address": "", "moment": late},
        *(
            {"address": address, "moment": late}
            for address in ("?offen=1", "?heute=1", "?tag=sa", "?zeit=abend", "?tag=morgen&zeit=abend")
        ),
    )["answers"]
    for answer in (everything, *asked):
        assert answer["outdated"]
        assert answer["ids"] == everything["ids"]
        assert {
            answer["counts"][name] for name in ("offen=1", "heute=1", "tag=sa", "tag=morgen", "zeit=abend")
        } == {None}
    assert everything["count"] > 100


def test_no_time_and_no_distance_hides_all_that_protects(ask: Ask, project: Project) -> None:
    """Nothing tells when and where they are there; a list that left them out would say that there is no help."""
    assert project.site is not None
    assert project.facts is not None
    facts = project.facts.offers
    grave = [
        key
        for key in project.site.words.topics
        if project.site.words.is_grave(key) and project.facts.relations.offers_by_topic.get(key)
    ]
    assert len(grave) > 2
    here = {"here": (10.02, 53.70), "within": 500}
    for topic in grave:
        (everything,) = ask({"address": f"?thema={topic}"})["answers"]
        assert everything["silent"]
        assert everything["count"] > 0
        assert all(facts[key].sensitive for key in everything["ids"])
        asked: list[dict[str, Any]] = [
            {"address": f"?thema={topic}&{more}"}
            for more in ("offen=1", "heute=1", "tag=so", "zeit=abend", "tag=morgen&zeit=vormittag")
        ]
        for answer in ask(*asked, {"address": f"?thema={topic}", **here})["answers"]:
            assert set(answer["ids"]) == set(everything["ids"])
            assert (
                answer["counts"]["heute=1"]
                is answer["counts"]["zeit=abend"]
                is answer["counts"]["tag=so"]
                is None
            )
        # What is counted beside a topic is what choosing it gives, whatever time and place were chosen before.
        for before in asked[0], {"address": "?tag=so&zeit=abend"}, {"address": "?heute=1", **here}:
            other = before | {"address": str(before["address"]).replace(f"thema={topic}&", "")}
            assert ask(other)["answers"][0]["counts"][f"thema={topic}"] == everything["count"]
    # A topic with others beside them has times, and leaves out what tells none.
    (mixed,) = ask({"address": "?heute=1"})["answers"]
    assert not mixed["silent"]
    assert not any(facts[key].sensitive for key in mixed["ids"])


def test_below_what_is_open_now_the_rest_of_unsure_times_is_counted(ask: Ask, project: Project) -> None:
    """Neither what protects nor what pauses: nobody is to see when somebody is there."""

    def unsure(offer: Any, facts: Any) -> bool:
        state = state_at(facts.schedule, NOW) if facts.schedule is not None else None
        vague = state is None or (state.kind == "unknown" and not open_later_today(facts, NOW))
        return not facts.sensitive and offer.status == "running" and vague

    everywhere, free_of_charge, grave = ask(
        {"address": "?offen=1"}, {"address": "?kostenlos=1&offen=1"}, {"address": "?thema=gewalt&offen=1"}
    )["answers"]
    assert everywhere["unsure"] == len(expected(project, unsure)) > 10
    assert free_of_charge["unsure"] == len(
        expected(project, lambda offer, facts: free(offer) and unsure(offer, facts))
    )
    assert grave["unsure"] == 0


@pytest.mark.parametrize("name", ["free", "open", "step-free", "women", "childcare", "without-parents"])
def test_what_does_not_say_of_a_ticked_box_stands_below_and_what_denies_it_goes(
    ask: Ask, project: Project, name: str
) -> None:
    """Unsaid hides no offer; what protects is never left out."""
    flag = OFFER_FLAGS[name]

    def unsaid(offer: Any, facts: Any) -> bool:
        silent = not flag.denied(project.site, offer, facts) or _is_guarded(project.contexts[0], offer.id)
        reduced = name == "free" and OFFER_FLAGS["reduced"].holds(project.site, offer, facts)
        return facts.active and silent and not reduced and not flag.holds(project.site, offer, facts)

    (found,) = ask({"address": f"?{flag.filter}=1"})["answers"]
    assert {*found["unsaid"]} == expected(project, unsaid)
    assert {*found["unsaid"]}.isdisjoint(found["ids"])


def test_a_day_that_is_not_computed_is_named_and_filters_nothing(ask: Ask) -> None:
    far, near, both, past = ask(
        *(
            {"address": f"?tag={days}"}
            for days in ("2027-06-01", "2026-12-05", "2026-12-05,2027-06-01", "2026-11-01")
        )
    )["answers"]
    assert far["unknown"] == ["2027-06-01"]
    assert far["count"] == ask({"address": ""})["answers"][0]["count"]
    assert both["ids"] == near["ids"]
    assert both["unknown"] == ["2027-06-01"]
    assert past["unknown"] == ["2026-11-01"]


def test_what_opens_first_stands_first_and_what_pauses_last(ask: Ask, project: Project) -> None:
    """Running before paused, open before closed, without registration before others, the earliest first, then by name."""
    assert project.site is not None
    assert project.facts is not None
    offers, facts = project.site.offers, project.facts.offers

    midnight = NOW.replace(hour=0, minute=0) + dt.timedelta(days=1)

    def rank(key: str) -> tuple[object, ...]:
        one, running = facts[key], offers[key].status == "running"
        schedule = one.schedule if running and not one.sensitive else None
        state = state_at(schedule, NOW) if schedule is not None else None
        opened = state is not None and state.kind == "open"
        opens = midnight
        if state is not None and not opened and state.next_opening is not None:
            opens = min(midnight, state.next_opening.replace(tzinfo=NOW.tzinfo))
        now = opened and schedule is not None and schedule.entry in ("", "there")
        # What is open, and only for those who registered, comes before what opens later.
        return not running, not now, one.way != "open", not opened and opens == midnight, not opened, opens

    first, *_ = ask({"address": "", "order": "offen"})["answers"]
    behind = {key for key in first["ids"] if facts[key].with_violence == "last"}
    ids = [key for key in first["ids"] if key not in behind]
    names = list(directory_order(project.contexts[0]))
    assert ids == sorted(ids, key=lambda key: (*rank(key), names.index(key)))
    assert {rank(key)[0] for key in ids} == {rank(key)[1] for key in ids} == {False, True}


def test_distance_and_order(ask: Ask, project: Project) -> None:
    assert project.facts is not None
    here = (10.02, 53.70)
    near = ask({"address": "", "here": here, "within": 1000})["answers"][0]["ids"]
    facts = project.facts.offers
    far = {
        key: metres(Point(*here), item.location.point)
        for key, item in facts.items()
        # What is sensitive is near nobody.
        if item.active and item.location.point is not None and not item.sensitive
    }
    assert set(near) == {key for key, distance in far.items() if distance <= 1000}
    assert [far[key] for key in near] == sorted(far[key] for key in near)
    assert math.isclose(
        ask(pairs=[[here, (10.05, 53.72)]])["metres"][0],
        metres(Point(*here), Point(10.05, 53.72)),
        rel_tol=1e-3,
    )


def test_who_looks_for_fathers_reads_of_the_course_against_violence_last(ask: Ask) -> None:
    """Whatever is open, and wherever one is: what is for those who hit stands behind what is for all others."""
    by_state, by_distance = ask(
        {"address": "?fuer=fathers", "moment": "2026-10-15T03:00:00+02:00"},
        {"address": "?fuer=fathers", "moment": "2026-10-15T03:00:00+02:00", "here": [10.03, 53.7]},
    )["answers"]
    for answer in (by_state, by_distance):
        assert len(answer["ids"]) > 3
        assert answer["ids"].index("anders-handeln") == len(answer["ids"]) - 1


def test_search_and_filters_combine(ask: Ask) -> None:
    both, word = ask(
        {"address": "?kostenlos=1", "search": "Geldsorgen"}, {"address": "", "search": "Geldsorgen"}
    )["answers"]
    assert word["ids"]
    assert both["ids"] == [key for key in word["ids"] if key in set(both["ids"])]
    assert len(both["ids"]) <= len(word["ids"])


def test_addresses_round_trip_and_forget_what_is_unknown(ask: Ask) -> None:
    addresses = [
        "?thema=schulden&alter=8m&heute=1&tag=mo,morgen,2026-12-05", "?tag=2026-02-30,2026-13-01,gestern", "?thema=gibt-es-nicht",
        "?alter=99", "?offen=ja", "?ermaessigt=1", "?zeit=toString", "?q=geheim&kostenlos=1",
    ]  # fmt: skip
    found = [answer["address"] for answer in ask(*({"address": address} for address in addresses))["answers"]]
    assert found == [addresses[0], "", "", "", "", "", "", "?kostenlos=1"]
    assert ask(ages=["4", "8m", "schwanger", "", "x", "28", "0"])["ages"] == [48, 8, -1, None, None, None, 0]


def test_bits(ask: Ask) -> None:
    assert ask()["bits"] == [70, [0, 31, 32, 69], 2, 69]


def test_cards_have_the_texts_of_the_records(ask: Ask, project: Project) -> None:
    assert project.site is not None
    shown = {offer["id"]: offer for offer in ask()["offers"]}
    assert list(shown) == list(directory_order(project.contexts[0]))
    for key, offer in shown.items():
        assert offer["title"] == project.site.offers[key].name
        assert offer["url"] == f"angebote/{key}/"


def test_hidden_places_have_no_point(ask: Ask, project: Project) -> None:
    assert project.facts is not None
    hidden = {key for key, facts in project.facts.offers.items() if facts.location.visibility != "full"}
    shown = {offer["id"]: offer for offer in ask()["offers"]}
    assert hidden & shown.keys()
    assert all(shown[key]["point"] is None for key in hidden & shown.keys())


def test_every_language_has_its_files(files: dict[str, bytes]) -> None:
    for name in ("angebote/verzeichnis.json", "en/angebote/verzeichnis.json", "en/sozialraeume/gebiete.json"):
        assert json.loads(files[name]), name
    for name in (CHOICES, OFFERS):
        assert json.loads(files[f"en/angebote/{name}"])["language"] == "en"


def test_counts_before_the_offers_are_there_are_those_with_them(ask: Ask, files: dict[str, bytes]) -> None:
    (answer,) = ask({"address": ""})["answers"]
    choices = json.loads(files["angebote/auswahl.json"])
    told = {f"{facet[0]}={option[0]}": option[2] for facet in choices["facets"] for option in facet[1]}
    assert len(told) > 50
    assert told == {name: answer["counts"][name] for name in told}
    hours = [item for item in json.loads(files["angebote/zeiten.json"])["hours"] if item]
    assert {(item["s"], item["u"]) for item in hours} == {(choices["first"], choices["last"])}


def test_lines_come_in_blocks() -> None:
    rows = [DirectoryRow({}, line=str(number)) for number in range(BLOCK + 3)]
    blocks = [json.loads(block) for block in lines(rows)]
    assert [len(block) for block in blocks] == [BLOCK, 3]
    assert blocks[1] == [str(BLOCK), str(BLOCK + 1), str(BLOCK + 2)]


def test_choices_without_offers_are_left_out() -> None:
    facet = Facet("thema", (Option("a", "A"), Option("b", "B"), Option("c", "C", 1)))
    rows = [DirectoryRow({"thema": ("a", "c")}), DirectoryRow({"thema": ("b",)}, listed=False)]
    files = directory(rows, (facet,), "de")
    assert json.loads(files[CHOICES])["facets"] == [["thema", [["a", "A", 1], ["c", "C", 1, 1]]]]
    assert json.loads(files[OFFERS])["size"] == 2


def test_flags_are_told_apart_and_the_form_has_a_shelf_for_each_filter() -> None:
    for names in (
        [flag.filter for flag in OFFER_FLAGS.values()],
        [flag.list for flag in OFFER_FLAGS.values()],
    ):
        given = [name for name in names if name]
        assert len(set(given)) == len(given)
    form = (TEMPLATES / "parts" / "filter.html").read_text("utf-8")
    shelves = {flag.shelf for flag in OFFER_FLAGS.values() if flag.filter}
    assert shelves - {"", "first"} == set(re.findall(r"data-shelf=(\w+)", form))
    for name, flag in OFFER_FLAGS.items():
        assert flag.list or flag.glance or flag.filter or name == "free", name
        assert flag.label or not flag.shelf, name
