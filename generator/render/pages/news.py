"""„Tipps und Themen“: what is new, has changed or ended, at a glance for the weekly meeting; one page to print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from generator.model.facts import NEWS_DAYS, News, NewsKind
from generator.render.base.context import Context
from generator.render.base.page import Heading, Page
from generator.render.base.place_names import named
from generator.render.base.view import View
from generator.render.directory.cards import where_text
from generator.render.directory.listing import tree
from generator.render.directory.news_lines import NewsLine, news_line, news_titles
from generator.render.directory.room import rooms

LISTED = 120
"""News of a kind that are named; who has more of them learns how many."""
KINDS: tuple[NewsKind, ...] = (
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


@dataclass(frozen=True, slots=True)
class About:
    """What a piece of news can be narrowed by: areas and topics by their ids, its day; nothing where it lies ahead."""

    spaces: str
    topics: str
    date: str


@dataclass(frozen=True, slots=True)
class NewsGroup:
    """The news of a kind, the latest of them each with where it is; `count` is how many there are."""

    kind: NewsKind
    title: str
    count: int
    lines: tuple[tuple[NewsLine, str, About], ...]

    @property
    def left(self) -> int:
        """How many aren't named."""
        return self.count - len(self.lines)


@dataclass(frozen=True, slots=True)
class RoomLine:
    """What an offer says of its places, and where it is."""

    offer: str
    text: str
    where: str
    about: About


@dataclass(frozen=True, slots=True)
class NewsView(View):
    """The news by kind, where there is room, what both can be narrowed by, and the days on which networks meet next, by their ids."""

    template = "news.html"

    groups: tuple[NewsGroup, ...]
    rooms: tuple[RoomLine, ...]
    spaces: tuple[tuple[str, str], ...]
    topics: tuple[tuple[str, str], ...]
    first: str
    last: str
    meetings: tuple[tuple[dt.date, str], ...]


def render(context: Context, key: str) -> Page:
    """Make the page: the news by kind, then the networks that meet next."""
    _ = context.texts.gettext
    path = context.path("news", key)
    titles = news_titles(context)
    found: dict[NewsKind, list[News]] = {}
    for item in context.facts.news:
        found.setdefault(item.kind, []).append(item)
    groups = tuple(
        NewsGroup(
            kind,
            titles[kind],
            len(items),
            tuple(
                (
                    news_line(context, path, item),
                    where_text(context, item.offer),
                    _about(context, item.offer, item.date),
                )
                for item in items[:LISTED]
            ),
        )
        for kind in KINDS
        if (items := found.get(kind, []))
    )
    meetings = sorted(
        (network.meets.next, network.name, name)
        for name, network in context.site.networks.items()
        if network.meets is not None
        and network.meets.next is not None
        and network.meets.next >= context.facts.today
    )
    first = context.facts.today - dt.timedelta(days=NEWS_DAYS)
    there = rooms(context, first)
    told = [*(item.offer for item in context.facts.news), *(room.offer for room in there)]
    view = NewsView(
        groups=groups,
        rooms=tuple(
            RoomLine(
                room.offer,
                room.text,
                where_text(context, room.offer),
                _about(context, room.offer, room.date),
            )
            for room in there
        ),
        spaces=_spaces(context, told),
        topics=_topics(context, told),
        first=first.isoformat(),
        last=context.facts.today.isoformat(),
        meetings=tuple((date, name) for date, _name, name in meetings),
    )
    toc = [Heading(f"art-{group.kind}", group.title) for group in groups]
    if there:
        # What was merely checked is the last thing to read.
        last = len(toc) - any(group.kind == "checked" for group in groups)
        toc.insert(last, Heading("plaetze", _("Plätze und Wartezeiten")))
    if meetings:
        toc.append(Heading("treffen", _("Wer sich wann trifft")))
    return Page(
        path=path,
        lang=context.lang,
        family="news",
        title=_("Tipps und Themen"),
        description=_("Was neu ist, sich ändert oder endet."),
        body=context.explain(path, context.render(view, path)),
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
        toc=tuple(toc),
        date=context.facts.today,
    )


def _about(context: Context, offer: str, date: dt.date | None) -> About:
    past = date is not None and date <= context.facts.today
    spaces = _areas(context, offer)
    topics = context.facts.offers[offer].situations
    return About(" ".join(spaces), " ".join(topics), date.isoformat() if date and past else "")


def _areas(context: Context, offer: str) -> tuple[str, ...]:
    """Return the areas that an offer is there for, those around them among them; a star where it is for the whole town."""
    facts = context.facts.offers[offer]
    if facts.for_all:
        return ("*",)
    return tuple(dict.fromkeys(above for key in facts.spaces for above in context.facts.spaces[key].within))


def _spaces(context: Context, offers: Iterable[str]) -> tuple[tuple[str, str], ...]:
    there = {key for offer in offers for key in _areas(context, offer)}
    return tuple((key, named(context, key)) for key in tree(context) if key in there)


def _topics(context: Context, offers: Iterable[str]) -> tuple[tuple[str, str], ...]:
    there = {key for offer in offers for key in context.facts.offers[offer].situations}
    return tuple(
        (topic.id, str(context.texts.name(topic)))
        for topic in context.site.words.situations()
        if topic.id in there
    )
