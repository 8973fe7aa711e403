"""„Tipps und Themen“: what is new, has changed or ended, at a glance for the weekly meeting; one page to print."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.facts import Facts, NewsKind
from generator.model.site import Site
from generator.render.base.context import Context
from generator.render.base.page import Heading, Page
from generator.render.directory.cards import where_text
from generator.render.directory.news_lines import news_line

KINDS: tuple[NewsKind, ...] = ("new", "planned", "alert", "paused", "ending", "ended", "checked")


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """One page."""
    del site, facts
    return ("",)


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
    groups = [
        (kind, titles[kind], [(news_line(context, path, item), where_text(context, item.offer)) for item in context.facts.news if item.kind == kind])
        for kind in KINDS
    ]  # fmt: skip
    groups = [group for group in groups if group[2]]
    meetings = sorted(
        (network.meets.next, network.name, name)
        for name, network in context.site.networks.items()
        if network.meets is not None
        and network.meets.next is not None
        and network.meets.next >= context.facts.today
    )
    body = context.render(
        "news.html", path, groups=groups, meetings=[(date, name) for date, _name, name in meetings]
    )
    toc = [Heading(f"art-{kind}", title) for kind, title, _lines in groups]
    if meetings:
        toc.append(Heading("treffen", _("Wer sich wann trifft")))
    return Page(
        path=path,
        lang=context.lang,
        family="professionals",
        title=_("Tipps und Themen"),
        description=_("Was neu ist, sich ändert oder endet."),
        body=context.explain(path, body),
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
        toc=tuple(toc),
        date=context.facts.today,
    )
