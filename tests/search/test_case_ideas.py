"""What the preparation of a case finds for what was chosen, in the browser's own modules on the demo's offers."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.model.offer import Offer
from generator.pipeline.build import Project
from generator.render.data_files.danger_boxes import danger_files
from generator.render.data_files.search_entries import directory_order
from generator.render.directory.filters import directory_files
from generator.render.directory.offer_order import RUNGS, shelf_of
from generator.subjects.casework.page import case_files
from tests.node import answering

HERE = Path(__file__).parent
Ask = Callable[..., Any]
Found = dict[str, Any]


@pytest.fixture(scope="module")
def ask(demo: Project, german: dict[str, bytes]) -> Iterator[Ask]:
    """A function from what was chosen to what the ladder finds in the demo."""
    context = demo.contexts[0]
    files = {
        **directory_files(context, directory_order(context)),
        **german,
        **danger_files(context),
        **case_files(context),
    }
    given = {
        "choices": json.loads(files["auswahl.json"]),
        "file": json.loads(files["verzeichnis.json"]) | json.loads(files["zeiten.json"]),
        "title": json.loads(files["search/title.de.json"]),
        "danger": json.loads(files["search/danger.de.json"]),
        "danger_later": json.loads(files["search/danger_later.de.json"]),
        "cases": json.loads(files[context.path("case") + "angebote.json"]),
    }
    with answering(HERE / "cases.mjs", given) as asking:
        yield lambda **chosen: asking([chosen])[0]


def items(found: Found) -> list[Found]:
    """Return all ideas, wherever they stand."""
    return [
        *found["aids"],
        *found["claims"],
        *found["protection"],
        *(item for _, on_it in found["rungs"] for item in on_it),
    ]


def ids(some: list[Found]) -> set[str]:
    return {item["id"] for item in some}


def fitting(found: Found) -> set[str]:
    return ids([item for item in items(found) if item["chosen"] or not item["against"]])


def offers(demo: Project) -> dict[str, Offer]:
    assert demo.site is not None
    return dict(demo.site.offers)


def active(demo: Project) -> set[str]:
    assert demo.facts is not None
    return {key for key, facts in demo.facts.offers.items() if facts.active}


def test_every_offer_about_a_chosen_subject_is_an_idea_and_no_other(ask: Ask, demo: Project) -> None:
    """Also those that don't fit: they stay, and say why."""
    found = ask(topics=["schulden", "hausaufgaben"], ages=["8"], needs=["offen", "abend", "stufen"])
    about = {key for key in active(demo) if {"schulden", "hausaufgaben"} & {*offers(demo)[key].topics}}
    assert ids(items(found)) == about
    assert [layer for layer, _ in found["rungs"]] == [*RUNGS, "grown"]
    for layer, on_it in found["rungs"][:-1]:
        assert {shelf_of(demo.contexts[0], item["id"]) for item in on_it} <= {layer}
    assert any(item["against"] for item in items(found))


WOMEN, MEN = {"girls", "women", "mothers"}, {"boys", "men", "fathers"}
NEEDS: dict[str, tuple[Callable[[Offer], bool], Callable[[Offer], bool]]] = {
    "besuch": (lambda offer: bool(offer.visits), lambda offer: offer.place is not None and not offer.visits),
    "offen": (
        lambda offer: offer.access is not None and offer.access.way == "open",
        lambda offer: offer.access is not None and offer.access.way not in ("open", "direct"),
    ),
    "kind": (lambda offer: offer.childcare in ("yes", "on request"), lambda offer: offer.childcare == "no"),
    "unter": (lambda offer: offer.for_ != () and {*offer.for_} <= WOMEN, lambda offer: offer.for_ != () and (not {*offer.for_} & WOMEN or bool({*offer.for_} & MEN))),
}  # fmt: skip
"""Needs with what a record must say to meet them, and with what it says otherwise."""


@pytest.mark.parametrize("need", NEEDS)
def test_a_need_is_met_denied_or_unsaid_as_the_record_says(ask: Ask, demo: Project, need: str) -> None:
    """The word of the need stands in one of three places, and who says nothing is shown."""
    met, denied = NEEDS[need]
    seen = set()
    for topics in (["erziehung", "zusammen", "geld", "krank"], ["gewalt"]):
        for item in items(ask(topics=topics, needs=[need])):
            offer = offers(demo)[item["id"]]
            answer = [
                bool(item["met"]),
                bool(item["unsaid"]),
                any("passt nicht" in text for text in item["against"]),
            ]
            assert sum(answer) == 1, item
            if met(offer):
                assert answer[0], item
            elif denied(offer):
                assert answer[2], item
            seen.add(answer.index(True))
    assert {0, 1} <= seen


def test_what_is_not_said_never_hides(ask: Ask, demo: Project) -> None:
    """Of offers that say nothing of a need each one still fits."""
    plain = fitting(ask(topics=["erziehung", "geld", "neu"]))
    for need in ("kind", "warten", "unter", "fern"):
        found = ask(topics=["erziehung", "geld", "neu"], needs=[need])
        unsaid = ids([item for item in items(found) if item["unsaid"]])
        assert unsaid
        assert unsaid & plain <= fitting(found)


def test_an_age_takes_out_what_is_for_another_one_and_nothing_else(ask: Ask, demo: Project) -> None:
    found = ask(topics=["zusammen", "schulden"], ages=["8"])
    for item in items(found):
        offer = offers(demo)[item["id"]]
        months = None if offer.ages is None else (offer.ages.lower, offer.ages.upper)
        if offer.ages_of != "participant" and months and not offer.ages.everybody:  # type: ignore[union-attr]
            fits = months[0] <= 96 and (months[1] is None or months[1] >= 96)
            assert bool([text for text in item["against"] if "8 Jahre" in text]) != fits, item
    # Debts are as much theirs whose child is eight.
    assert "schuldnerberatung-diakonie" in fitting(found)


def test_what_is_for_grown_ups_is_neither_folded_by_a_childs_age_nor_among_what_is_for_the_child(
    ask: Ask, demo: Project
) -> None:
    """Who is sixteen may go to the advice on addiction themselves; who expects a child is grown up."""
    for ages, apart in ((["8"], True), (["16"], False), (["schwanger"], False)):
        found = ask(topics=["sucht", "medien"], ages=ages)
        grown = ids(dict(found["rungs"])["grown"])
        assert ("suchtberatung-lotsenhaus" in grown) == apart
        assert "suchtberatung-lotsenhaus" in fitting(found)
    assert "behoerdenlotsen" in fitting(ask(topics=["grundsicherung"], ages=["schwanger"]))


def test_a_situation_counts_as_all_its_subjects(ask: Ask) -> None:
    """Counselling for newcomers is no idea beside their own situation."""
    for topics in (["asyl"], ["neu"]):
        assert "migrationsberatung-brueckenbauer" in fitting(ask(topics=topics))
    assert "migrationsberatung-brueckenbauer" not in fitting(ask(topics=["geld"]))


def test_a_date_of_its_own_makes_no_regular_evening(ask: Ask) -> None:
    """A concert on a Sunday, a first evening to get to know each other; the first Wednesday of each month is regular."""
    found = items(ask(topics=["zusammen", "erziehung", "mehr-bedarf"], needs=["abend"]))
    late = ids([item for item in found if item["met"]])
    assert not {"kinderchor-spatzen", "pubertaet-elternabende", "familienpatin-werden"} & late
    assert {"elterntreff-autismus", "vaetertreff-elternverein"} <= late


def test_of_two_children_either_will_do(ask: Ask) -> None:
    one, other, both = (
        fitting(ask(topics=["zusammen", "betreuung"], ages=ages)) for ages in (["4"], ["12"], ["4", "12"])
    )
    assert one != other
    assert both == one | other


def test_what_says_that_it_is_for_other_areas_does_not_fit_and_what_says_nothing_is_vague(
    ask: Ask, demo: Project
) -> None:
    facts = demo.facts
    assert facts is not None
    found = ask(topics=["zusammen", "neu", "jung"], area="norderaue")
    for item in items(found):
        offer, about = offers(demo)[item["id"]], facts.offers[item["id"]]
        elsewhere = about.reach == "said" and not {*offer.spaces, *offer.visits} & {
            "norderaue",
            "nord",
            "auenstedt",
        }
        if not item["local"]:
            assert ("nur für andere Gebiete" in item["against"]) == elsewhere, item
            assert item["vague"] == (not elsewhere and about.reach != "town") or elsewhere
    assert {item["local"] for item in items(found)} == {True, False}


def test_who_speaks_the_language_or_has_it_interpreted_stands_first(ask: Ask, demo: Project) -> None:
    found = ask(topics=["erziehung"], language="tr")
    assert fitting(found) == fitting(ask(topics=["erziehung"]))
    for _, on_it in found["rungs"]:
        shown = [item for item in on_it if not item["against"]]
        assert [bool(item["unsaid"]) for item in shown] == sorted(bool(item["unsaid"]) for item in shown)
    for item in items(found):
        offer = offers(demo)[item["id"]]
        if "tr" in offer.languages:
            assert item["met"] == ["Türkisch"]
        elif offer.interpreter in ("yes", "on request"):
            assert item["met"] == ["Türkisch mit Übersetzung"]
        else:
            assert item["unsaid"] == ["Türkisch"]


def test_what_is_for_people_who_would_say_so_fits_nobody_else(ask: Ask) -> None:
    """Calls for volunteers and a circle for care leavers: by their own subject, or for who belongs to them."""
    assert "lesepaten-gesucht" not in fitting(ask(topics=["hausaufgaben"]))
    assert "lesepaten-gesucht" in fitting(ask(topics=["ehrenamt"]))
    assert "lesepaten-gesucht" in fitting(ask(topics=["hausaufgaben"], groups=["volunteers"]))
    assert "maedchenfussball-tsv" in fitting(ask(topics=["sport"]))
    assert "maedchenfussball-tsv" not in fitting(ask(topics=["sport"], groups=["boys"]))
    assert "maedchenfussball-tsv" in fitting(ask(topics=["sport"], groups=["boys", "girls"]))


def test_an_emergency_place_answers_violence_and_custody_alone_and_has_no_name(
    ask: Ask, demo: Project
) -> None:
    kinds = ("schutz", "schutz-jung", "inobhutnahme-42")
    places = {key for key in active(demo) if offers(demo)[key].kind in kinds}
    assert len(places) == 3
    for topics in (["auszug"], ["wohnen", "jung", "krank"]):
        assert not places & ids(items(ask(topics=topics)))
    violence = [item for item in items(ask(topics=["zuflucht"])) if item["id"] in places]
    assert ids(violence) == places
    assert {item["title"] for item in violence} == {"Sicherer Platz"}
    custody = ask(aids=["inobhutnahme-42"])
    assert ids(custody["aids"]) == {key for key in places if offers(demo)[key].kind == "inobhutnahme-42"}


@pytest.mark.parametrize(
    "chosen",
    [{"topics": ["haeusliche-gewalt", "erziehung", "trennung"]}, {"topics": ["erziehung", "trennung"], "will": "Mein Mann schlägt mich"}],
)  # fmt: skip
def test_beside_violence_nothing_puts_both_sides_at_one_table(ask: Ask, demo: Project, chosen: Found) -> None:
    """Chosen or written, also where the family's own wish names such a kind."""
    assert demo.facts is not None
    off = {key for key, facts in demo.facts.offers.items() if facts.with_violence == "off"}
    wished = [offers(demo)[key].kind for key in off]
    found = ask(**chosen, aids=wished)
    assert off
    assert not off & ids([*items(found), *found["open"]])
    assert off & ids(items(ask(topics=["erziehung", "trennung"], aids=wished)))


@pytest.mark.parametrize("kind", ["hze-31", "hze-33", "hze-34", "eingliederung-35a", "par-19", "par-41a"])
def test_what_a_family_chose_stands_first_wherever_and_for_whomever_it_is(ask: Ask, kind: str) -> None:
    found = ask(aids=[kind], topics=["sport"], area="heidkamp", ages=["1"], needs=["offen"])
    assert {item["kind"] for item in found["aids"]} == {kind}
    assert all(item["chosen"] for item in found["aids"])


def test_everyday_places_of_the_quarter_stand_beside_and_never_twice(ask: Ask, demo: Project) -> None:
    found = ask(topics=["depression"], area="birkenkoppel")
    assert {"nachbarschaftscafe-birkenkoppel", "elterncafe-birkenkoppel"} <= ids(found["open"])
    meeting = ask(topics=["begegnung"], area="birkenkoppel")
    assert "nachbarschaftscafe-birkenkoppel" in ids(items(meeting)) - ids(meeting["open"])
    assert all(item["local"] for item in found["open"])
    assert ask(topics=["depression"])["open"] == []
    facts = demo.facts
    assert facts is not None
    assert all(
        facts.offers[item["id"]].way == "open" and not facts.offers[item["id"]].sensitive
        for item in found["open"]
    )


def test_what_pauses_stands_behind_what_runs(ask: Ask, demo: Project) -> None:
    found = ask(topics=["zusammen", "baby", "betreuung"])
    seen = 0
    for _, on_it in found["rungs"]:
        shown = [item["resting"] for item in on_it if not item["against"] and not item["unsaid"]]
        assert shown == sorted(shown)
        seen += sum(shown)
    assert seen


def test_waiting_is_short_where_one_just_goes_or_a_place_is_free(ask: Ask, demo: Project) -> None:
    facts = demo.facts
    assert facts is not None
    soon = facts.today + dt.timedelta(weeks=2)
    for item in items(ask(topics=["erziehung", "krank", "baby", "geld"], needs=["warten"])):
        offer, about = offers(demo)[item["id"]], facts.offers[item["id"]]
        room = offer.capacity if about.capacity_shown else None
        if about.way == "open" or (room is not None and room.free):
            assert item["met"], item
        elif room is not None and room.waiting is not None:
            short = room.waiting.after(facts.today) < soon
            assert bool(item["met"]) == short, item
            assert bool([text for text in item["against"] if "Wartezeit" in text]) != short
        else:
            assert item["unsaid"], item
