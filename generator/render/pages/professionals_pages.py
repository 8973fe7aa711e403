"""„Für Fachkräfte“, and „Tipps und Themen“ for the weekly meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from markupsafe import Markup
from msgspec import Struct

from generator.model.facts import NEWS_DAYS, NewsKind
from generator.parts import said_by_subjects
from generator.render.base import urls
from generator.render.base.area_names import named
from generator.render.base.context import Context, shared
from generator.render.base.page import Heading, Page
from generator.render.base.view import Chip, Chips, NavLink, View
from generator.render.directory.cards import where_text
from generator.render.directory.child_protection import ProtectionLine, office_lines
from generator.render.directory.commitments import coming_day
from generator.render.directory.listing import areas_around, areas_met, tree
from generator.render.directory.news_lines import (
    NewsLine,
    StatedCapacity,
    capacities,
    news_line,
    news_titles,
    some_news,
)
from generator.render.directory.record_lines import SheetLink
from generator.render.pages.who_to_call import questions

LISTED = 120
"""So many news of a kind are listed, to keep the page light; of more only how many there are."""
NEWS_KINDS: Sequence[NewsKind] = (
    "new",
    "added",
    "changed",
    "planned",
    "alert",
    "paused",
    "ending",
    "ended",
    "checked",
)
"""In the page's order."""

Choices = Sequence[tuple[str, str]]
"""What can be chosen: (id, name)."""


class NewsFilters(Struct, frozen=True):
    """By what a script finds a piece of news: ids between blanks."""

    spaces: str  # `*` for every area
    topics: str
    date: str  # as `2026-11-30`; empty for none or one to come, which every choice of days shows


class NewsGroup(Struct, frozen=True):
    """A kind's latest news."""

    kind: NewsKind
    title: str
    count: int  # of all, also those that aren't listed
    lines: Sequence[tuple[NewsLine, str, NewsFilters]]  # with where the offer is

    @property
    def left(self) -> int:
        """How many aren't named."""
        return self.count - len(self.lines)


class CapacityLine(Struct, frozen=True):
    """An offer's statement on places, and where it is."""

    offer: str
    text: str
    where: str
    about: NewsFilters


class NewsView(View, frozen=True):
    """News by kind, free places, filters, and networks' next meetings."""

    template = "news.html"

    groups: Sequence[NewsGroup]
    endings: Markup  # what ends when; empty for nothing
    capacities: Sequence[CapacityLine]
    spaces: Choices
    topics: Choices
    first: str  # the first day to choose, as `2026-11-30`
    last: str
    # day, network, areas as in `NewsFilters` (empty for the town's)
    meetings: Sequence[tuple[dt.date, str, str]]


def render_news(context: Context, key: str) -> Page:
    """Make the page of news and next meetings."""
    _ = context.gettext
    path = context.path("news", key)
    groups = tuple(_make_news_groups(context, path))
    first = context.facts.today - dt.timedelta(days=NEWS_DAYS)
    stated = capacities(context, first)
    offers = [*(item.offer for item in context.facts.news), *(one.offer for one in stated)]
    view = NewsView(
        groups=groups,
        endings=Markup().join(said_by_subjects("sections", "endings", context, path, ())),
        capacities=[_capacity_line(context, one) for one in stated],
        spaces=_list_finding_areas(context, offers),
        topics=_list_used_situations(context, offers),
        first=first.isoformat(),
        last=context.facts.today.isoformat(),
        meetings=[(day, key, _met_areas(context, key)) for day, key in coming_meetings(context)],
    )
    return context.page(
        view,
        path,
        family="news",
        title=_("Tipps und Themen"),
        description=_("Was neu ist, sich ändert oder endet."),
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
        toc=tuple(_headings(context, view)),
        date=context.facts.today,
    )


def _headings(context: Context, view: NewsView) -> list[Heading]:
    """Return the page's parts: free places before news of mere checks, meetings last."""
    _ = context.gettext
    found = [Heading(f"art-{group.kind}", group.title) for group in view.groups]
    if view.capacities:
        last = len(found) - any(group.kind == "checked" for group in view.groups)
        found.insert(last, Heading("plaetze", _("Plätze und Wartezeiten")))
    if view.meetings:
        found.append(Heading("treffen", _("Wer sich wann trifft")))
    return found


def _make_news_groups(context: Context, path: str) -> Iterator[NewsGroup]:
    """Yield each kind's first news with their number."""
    titles = news_titles(context)
    for kind in NEWS_KINDS:
        items = [item for item in context.facts.news if item.kind == kind]
        lines = []
        for item in items[:LISTED]:
            about = _filters(context, item.offer, item.date)
            lines.append((news_line(context, path, item), where_text(context, item.offer), about))
        if items:
            yield NewsGroup(kind, titles[kind], len(items), lines)


def _capacity_line(context: Context, stated: StatedCapacity) -> CapacityLine:
    about = _filters(context, stated.offer, stated.date)
    return CapacityLine(stated.offer, stated.text, where_text(context, stated.offer), about)


def coming_meetings(context: Context) -> list[tuple[dt.date, str]]:
    """Return (day, network) from today on, next first."""
    found = []
    for key, network in context.site.networks.items():
        day = coming_day(context, network)
        if day is not None:
            found.append((day, network.name, key))
    return [(day, key) for day, _name, key in sorted(found)]


def _met_areas(context: Context, network: str) -> str:
    """Return areas whose choice finds a network; none for the town's."""
    return " ".join(areas_met(context, context.site.networks[network].spaces))


def _filters(context: Context, offer: str, date: dt.date | None) -> NewsFilters:
    """Return by what news about an offer are found."""
    past = date is not None and date <= context.facts.today
    spaces = _find_areas_of_offer(context, offer)
    topics = context.facts.offers[offer].situations
    return NewsFilters(" ".join(spaces), " ".join(topics), date.isoformat() if date and past else "")


def _find_areas_of_offer(context: Context, offer: str) -> Sequence[str]:
    """Return an offer's areas, those around, and those that list it; `*` for the town."""
    facts = context.facts.offers[offer]
    if facts.for_all:
        return ("*",)
    around = areas_around(context, facts.spaces)
    return sorted({*around, *_areas_that_find(context).get(offer, ())})


@shared
def _areas_that_find(context: Context) -> dict[str, list[str]]:
    """Return by offer the areas whose pages list it."""
    found: dict[str, list[str]] = {}
    for area, offers in context.facts.relations.offers_for_space.items():
        for offer in offers:
            found.setdefault(offer, []).append(area)
    return found


def _list_finding_areas(context: Context, offers: Iterable[str]) -> Choices:
    """Return areas that find at least one of the offers."""
    finding = {*chain.from_iterable(_find_areas_of_offer(context, offer) for offer in offers)}
    return [(key, named(context, key)) for key in tree(context) if key in finding]


def _list_used_situations(context: Context, offers: Iterable[str]) -> Choices:
    """Return life situations of the offers."""
    used = {*chain.from_iterable(context.facts.offers[offer].situations for offer in offers)}
    return [
        (topic.id, str(context.texts.name(topic))) for topic in context.words.situations() if topic.id in used
    ]


URGENT_FIRST: Sequence[NewsKind] = (
    "alert",
    "new",
    "added",
    "changed",
    "planned",
    "paused",
    "ending",
    "ended",
)
"""Kinds of news on the start page; mere checks are no news here, only under „Tipps und Themen“."""
NEWS_SHOWN = 8
"""So many news are named; the page „Tipps und Themen“ has all."""
EACH = 3
"""So many of a kind are named, so that the others are seen too."""
MEETINGS = 4  # that are named here; the page „Tipps und Themen“ has all
OFFICES = 6
"""So many offices stand here with their number; where there are more, none: „Wer ist wer“ has them by area."""


class Method(Struct, frozen=True):
    """A hand-written page on a method."""

    title: str
    says: str  # what it is about
    href: str


class ProfessionalsView(View, frozen=True):
    """Professionals' start page."""

    template = "professionals.html"

    offices: Sequence[ProtectionLine]  # that protect children
    questions: Chips  # links to whom to call for what
    news: Sequence[tuple[NewsLine, str]]  # with where the offer is
    meetings: Sequence[tuple[str, NavLink]]  # day in words, network
    meetings_left: int  # further ones
    methods: Sequence[Method]
    sheets: Sequence[SheetLink]  # to print for work on a case
    lookups: Chips  # links to lists


def render_professionals(context: Context, key: str = "") -> Page:
    """Make professionals' start page."""
    _ = context.gettext
    path = context.path("professionals", key)
    offices = office_lines(context)
    meetings = _list_coming_meetings(context, path)
    view = ProfessionalsView(
        offices=offices if len(offices) <= OFFICES else (),
        questions=questions(context, path),
        news=_make_news_lines(context, path),
        meetings=meetings[:MEETINGS],
        meetings_left=len(meetings[MEETINGS:]),
        methods=_list_methods(context, path),
        sheets=tuple(said_by_subjects("sections", "for_professionals", context, path)),
        lookups=_link_lookups(context, path),
    )
    return context.page(
        view,
        path,
        family="front",
        title=_("Für Fachkräfte"),
        description=_("Ein Fallgespräch vorbereiten, die richtige Person finden, Neues im Sozialraum, Verfahren und Methoden."),

    )  # fmt: skip


def _make_news_lines(context: Context, path: str) -> Sequence[tuple[NewsLine, str]]:
    shown = some_news(context.facts.news, URGENT_FIRST, EACH)[:NEWS_SHOWN]
    return [(news_line(context, path, item), where_text(context, item.offer)) for item in shown]


def _list_coming_meetings(context: Context, path: str) -> Sequence[tuple[str, NavLink]]:
    found = []
    for day, key in coming_meetings(context):
        name = context.translated(context.site.networks[key])
        link = NavLink(name, context.href(path, "network", key))
        found.append((context.texts.date(day, weekday=True), link))
    return found


def _list_methods(context: Context, path: str) -> Sequence[Method]:
    _ = context.gettext
    written = (
        ("verfahren/", _("Verfahren bei Sorge um ein Kind"), _("Leistungs-, Grau- und Gefährdungsbereich, §§ 5, 8, 8a, 8b, 36, 42")),
        ("kollegiale-beratung/", _("Kollegiale Beratung"), _("Vom Willen zum Paket der Ideen, in 45 Minuten")),
        ("familienrat/", _("Familienrat"), _("Die Familie findet mit ihren Menschen eigene Lösungen")),
        ("nachhaltigkeit/", _("Nachhaltigkeitscheck"), _("Was besser und was schlechter wird, nach zwei Jahren noch einmal")),
        ("prinzipien/", _("Prinzipien"), _("Was Sozialraumorientierung im Alltag heißt")),
    )  # fmt: skip
    root = context.path("professionals")
    return [
        Method(title, says, urls.relative(path, root + page))
        for page, title, says in written
        if context.has(root + page)
    ]


def _link_lookups(context: Context, path: str) -> Chips:
    _ = context.gettext
    kinds = (
        ("offers", _("Angebote nach Art, Ebene und Recht")),
        ("spaces", _("Sozialräume")),
        ("networks", _("Netzwerke")),
        ("resource-plan", _("Ressourcenplan")),
        ("finding", _("Etwas gefunden? Melden")),
        ("reports", _("Berichte")),
        ("glossary", _("Glossar")),
        ("rights", _("Rechte der Familien")),
        ("state", _("Stand der Einträge")),
        ("fields", _("Felder")),
    )
    # The directory opens with its filters for professionals.
    anchors = {"offers": "#fach"}
    return [
        Chip(label, context.href(path, kind) + anchors.get(kind, ""))
        for kind, label in kinds
        if context.exists(kind)
    ]
