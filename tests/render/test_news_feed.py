"""„Tipps und Themen“ as an Atom feed (RFC 4287); nothing sensitive is in it."""

import datetime as dt
import re

import pytest
from lxml import etree

from generator.derive.news_and_reminders import news
from generator.hours.written_hours import read_hours
from generator.model.groups import Fee
from generator.model.offer import HistoryEntry, value_of
from generator.pipeline.build import Project
from generator.render.base.context import Context
from generator.render.directory.news_lines import capacities, feed_files, news_line
from generator.render.pages import professionals_pages as page
from tests.conftest import TODAY
from tests.records import replace

ATOM = "{http://www.w3.org/2005/Atom}"


def with_history(project: Project, *entries: HistoryEntry) -> Context:
    assert project.site is not None
    assert project.facts is not None
    site = replace(project.site, history=entries)
    found = news(site, project.facts.offers, project.facts.relations.predecessors, TODAY)
    return project.showing(site, replace(project.facts, news=found)).contexts[0]


def said(context: Context) -> list[str]:
    return [news_line(context, "", item).text for item in context.facts.news if item.kind == "changed"]


def test_the_feed_of_the_demo_is_atom(demo: Project) -> None:
    for context in demo.contexts:
        ((path, content),) = feed_files(context).items()
        assert path == context.path("news") + "feed.atom"
        root = etree.fromstring(content)
        assert root.tag == f"{ATOM}feed"
        entries = root.findall(f"{ATOM}entry")
        assert entries
        for element in (root, *entries):
            # RFC 4287, 4.1.1 and 4.1.2: exactly one of each.
            for name in ("id", "title", "updated"):
                (found,) = element.findall(f"{ATOM}{name}")
                assert found.text
            moment = element.findtext(f"{ATOM}updated") or ""
            assert dt.datetime.fromisoformat(moment).tzinfo is not None
        assert root.find(f"{ATOM}author/{ATOM}name") is not None
        assert [link.get("rel") for link in root.findall(f"{ATOM}link")] == ["self", "alternate"]
        names = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len(set(names)) == len(names)
        moments = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
        assert moments == sorted(moments, reverse=True)
        assert root.findtext(f"{ATOM}updated") == moments[0]


def test_nothing_sensitive_is_news(demo: Project) -> None:
    facts = demo.contexts[0].facts.offers
    sensitive = [key for key, one in facts.items() if one.sensitive]
    assert len(sensitive) > 3
    entries = [HistoryEntry(TODAY, key, "new") for key in sensitive]
    entries += [HistoryEntry(TODAY, key, "languages", (), ("de",)) for key in sensitive]
    context = with_history(demo, *entries)
    assert [item for item in context.facts.news if item.offer in sensitive] == []
    (content,) = feed_files(context).values()
    text = content.decode()
    for key in sensitive:
        assert not re.search(rf"\b{re.escape(key)}\b", text)
        assert context.site.offers[key].name not in text


def test_where_there_is_room_stands_on_the_page_and_nothing_sensitive(demo: Project) -> None:
    """A free place comes before a waiting time, what was said last before what was said earlier."""
    context = demo.contexts[0]
    since = TODAY - dt.timedelta(days=60)
    found = capacities(context, since)
    every = [context.site.offers[one.offer].capacity for one in found]
    free = [bool(capacity and capacity.free) for capacity in every]
    assert True in free
    assert False in free
    assert free == sorted(free, reverse=True)
    for kind in (True, False):
        days = [one.date for one, own in zip(found, free, strict=True) if own is kind]
        assert days == sorted(days, reverse=True)
    (first, *_rest) = found
    sensitive = next(key for key, one in context.facts.offers.items() if one.sensitive)
    stated = context.site.offers[first.offer].capacity
    offers = {
        **context.site.offers,
        sensitive: context.site.offers[sensitive].model_copy(update={"capacity": stated}),
    }
    facts = {
        **context.facts.offers,
        sensitive: replace(context.facts.offers[sensitive], capacity_shown=True),
    }
    leaking = demo.showing(replace(context.site, offers=offers), replace(context.facts, offers=facts))
    assert capacities(leaking.contexts[0], since) == found
    body = str(page.render_news(context, "").body)
    for one in found:
        assert one.text in body
    assert capacities(context, TODAY + dt.timedelta(days=1)) == ()


def hours(text: str) -> object:
    return read_hours(text)


@pytest.mark.parametrize(
    ("field", "before", "after", "words"),
    [
        ("hours", "Mo 09:00-12:00", "Mo,Tu 09:00-12:00", "neue Zeiten: Mo und Di 9 bis 12 Uhr"),
        ("hours", "Mo 09:00-12:00", "Mo 09:00-13:00", "neue Zeiten: Mo 9 bis 13 Uhr"),
        ("hours", "", "Mo 09:00-12:00", "jetzt mit Zeiten: Mo 9 bis 12 Uhr"),
        ("hours", "Mo 09:00-12:00", "", "feste Zeiten gibt es nicht mehr"),
        ("languages", ["de"], ["de", "tr", "ar"], "jetzt auch auf Türkisch und Arabisch"),
        ("languages", ["de", "tr"], ["de", "ar"], "jetzt auch auf Arabisch, nicht mehr auf Türkisch"),
        ("cost", {"amount": "5"}, "free", "Kosten: jetzt kostenlos, bisher 5 €"),
        ("cost", None, {"amount": "5", "per": "Abend"}, "Kosten: 5 € je Abend"),
        ("ages", "6-10", "6-12", "Alter: jetzt 6 bis 12 Jahre, bisher 6 bis 10 Jahre"),
        ("status", "paused", "running", "geht weiter"),
        ("status", "planned", "running", "hat begonnen"),
        ("status", "running", "paused", "macht Pause"),
        ("place", None, "familienzentrum-aue", "jetzt hier: Familienzentrum an der Aue"),
    ],
)
def test_a_change_is_told_as_a_person_would(
    demo: Project, field: str, before: object, after: object, words: str
) -> None:
    entry = HistoryEntry(
        TODAY, "elterncafe-birkenkoppel", field, value_of(field, before), value_of(field, after)
    )
    assert [text.replace("\u00a0", " ") for text in said(with_history(demo, entry))] == [words]


def test_another_order_of_languages_is_no_news(demo: Project) -> None:
    entry = HistoryEntry(TODAY, "elterncafe-birkenkoppel", "languages", ("de", "tr"), ("tr", "de"))
    assert said(with_history(demo, entry)) == []


def test_a_fee_is_typed() -> None:
    assert isinstance(value_of("cost", {"amount": "5"}), Fee)


def test_changes_of_a_day_are_one_line_and_old_ones_none(demo: Project) -> None:
    old = TODAY - dt.timedelta(days=61)
    entries = [
        HistoryEntry(TODAY, "elterncafe-birkenkoppel", "languages", ("de",), ("de", "tr")),
        HistoryEntry(
            TODAY, "elterncafe-birkenkoppel", "ages", value_of("ages", "0-3"), value_of("ages", "0-6")
        ),
        HistoryEntry(old, "elterncafe-birkenkoppel", "languages", ("de",), ("de", "tr")),
    ]
    assert said(with_history(demo, *entries)) == [
        "jetzt auch auf Türkisch; Alter: jetzt bis 6 Jahre, bisher bis 3 Jahre"
    ]


def test_a_place_that_hides_is_never_told(demo: Project) -> None:
    context = demo.contexts[0]
    hidden = next(key for key, place in context.facts.places.items() if place.visibility != "full")
    entry = HistoryEntry(TODAY, "elterncafe-birkenkoppel", "place", "familienzentrum-aue", hidden)
    assert said(with_history(demo, entry)) == []


@pytest.mark.parametrize(
    ("field", "before"), [("cost", "free"), ("ages", "0-3"), ("place", "rathaus"), ("languages", ["de"])]
)
def test_what_nobody_says_any_more_is_no_news(demo: Project, field: str, before: str) -> None:
    entry = HistoryEntry(TODAY, "elterncafe-birkenkoppel", field, value_of(field, before), None)
    assert said(with_history(demo, entry)) == []
