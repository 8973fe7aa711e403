"""„Tipps und Themen“: what is new, has changed or ended, at a glance for the weekly meeting; one page to print."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.model.facts import News, NewsKind
from generator.render.base.context import Context
from generator.render.base.page import Heading, Page
from generator.render.base.view import View
from generator.render.directory.cards import where_text
from generator.render.directory.news_lines import NewsLine, news_line

LISTED = 120
"""News of a kind that are named; who has more of them learns how many."""
KINDS: tuple[NewsKind, ...] = ("new", "planned", "alert", "paused", "ending", "ended", "checked")


@dataclass(frozen=True, slots=True)
class NewsGroup:
    """The news of a kind, the latest of them each with where it is; `count` is how many there are."""

    kind: NewsKind
    title: str
    count: int
    lines: tuple[tuple[NewsLine, str], ...]

    @property
    def left(self) -> int:
        """How many aren't named."""
        return self.count - len(self.lines)


@dataclass(frozen=True, slots=True)
class NewsView(View):
    """The news by kind, and the days on which networks meet next, by their ids."""

    template = "news.html"

    groups: tuple[NewsGroup, ...]
    meetings: tuple[tuple[dt.date, str], ...]


def render(context: Context, key: str) -> Page:
    """Make the page: the news by kind, then the networks that meet next."""
    _ = context.texts.gettext
    path = context.path("news", key)
    titles: dict[NewsKind, str] = {
        "new": _("Neu"),
        "planned": _("Kommt bald"),
        "alert": _("Aktuelle Hinweise"),
        "paused": _("Macht Pause"),
        "ending": _("Endet bald"),
        "ended": _("Beendet"),
        "checked": _("Gerade geprüft"),
    }
    found: dict[NewsKind, list[News]] = {}
    for item in context.facts.news:
        found.setdefault(item.kind, []).append(item)
    groups = tuple(
        NewsGroup(
            kind,
            titles[kind],
            len(there),
            tuple(
                (news_line(context, path, item), where_text(context, item.offer)) for item in there[:LISTED]
            ),
        )
        for kind in KINDS
        if (there := found.get(kind))
    )
    meetings = sorted(
        (network.meets.next, network.name, name)
        for name, network in context.site.networks.items()
        if network.meets is not None
        and network.meets.next is not None
        and network.meets.next >= context.facts.today
    )
    view = NewsView(groups, tuple((date, name) for date, _name, name in meetings))
    toc = [Heading(f"art-{group.kind}", group.title) for group in groups]
    if meetings:
        toc.append(Heading("treffen", _("Wer sich wann trifft")))
    return Page(
        path=path,
        lang=context.lang,
        family="professionals",
        title=_("Tipps und Themen"),
        description=_("Was neu ist, sich ändert oder endet."),
        body=context.explain(path, context.render(view, path)),
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
        toc=tuple(toc),
        date=context.facts.today,
    )
