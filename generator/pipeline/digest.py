"""A prepared project, a day and an area in; what is new since then out, as a mail that fits on one screen."""

from __future__ import annotations

import datetime as dt

from markupsafe import Markup

from generator.model.facts import NewsKind
from generator.pipeline.build import Project
from generator.render.base.context import Context
from generator.render.directory.cards import where_text
from generator.render.directory.news_lines import news_line, news_titles, rooms

SCREEN = 24
"""Lines of a mail that one sees at once."""
TOLD: tuple[NewsKind, ...] = ("new", "added", "changed", "planned", "paused", "ending", "ended")
PLACES, MEETINGS = 4, 3


def digest_text(project: Project, since: dt.date, space: str | None, lines: int) -> str:
    """Return the mail; what finds no room is counted, and where all of it stands is said."""
    context = project.contexts[0]
    _ = context.texts.gettext
    where = str(context.texts.name(context.site.spaces[space])) if space else context.site.config.name
    head = [_("Tipps und Themen: {where}, seit {date}").format(where=where, date=context.texts.date(since))]
    news, free, meetings = (
        _news(context, since, space),
        _free(context, since, space),
        _meetings(context, space),
    )
    root = context.site.config.url.rstrip("/") + "/"
    foot = ["", _("Alles: {address}").format(address=root + context.path("news"))]
    if not (news or free or meetings):
        return "\n".join([*head, "", _("Seitdem hat sich nichts getan."), *foot]) + "\n"
    back = [
        *_part(_("Plätze und Wartezeiten"), free, PLACES, context),
        *_part(_("Nächste Treffen"), meetings, MEETINGS, context),
    ]
    room = lines - len(head) - len(back) - len(foot) - 3
    return "\n".join([*head, *_part(_("Getan hat sich"), news, room, context), *back, *foot]) + "\n"


def _part(title: str, items: list[str], room: int, context: Context) -> list[str]:
    if not items:
        return []
    shown = items if len(items) <= room else items[: room - 1]
    left = len(items) - len(shown)
    more = (
        [context.texts.ngettext("und {n} weiteres", "und {n} weitere", left).format(n=left)] if left else []
    )
    return ["", title, *(f"- {item}" for item in shown), *(f"  {item}" for item in more)]


def _here(context: Context, offer: str, space: str | None) -> bool:
    return space is None or offer in context.facts.relations.offers_for_space.get(space, ())


def _news(context: Context, since: dt.date, space: str | None) -> list[str]:
    titles = news_titles(context)
    found: list[str] = []
    today = context.facts.today
    for kind in TOLD:
        for item in context.facts.news:
            # What lies ahead is told whenever it was written.
            told = item.date is None or item.date >= since or item.date > today
            if item.kind != kind or not told or not _here(context, item.offer, space):
                continue
            line = news_line(context, "", item)
            told_of = [_plain(line.name)]
            if not space:
                told_of.append(where_text(context, item.offer))
            text = " ".join(filter(None, [line.text, _plain(line.other)]))
            found.append(
                f"{titles[kind]}: {', '.join(filter(None, told_of))}" + (f" ({text})" if text else "")
            )
    return found


def _free(context: Context, since: dt.date, space: str | None) -> list[str]:
    offers = context.site.offers
    return [
        f"{_plain(context.translated(offers[room.offer]))}: {room.text}"
        for room in rooms(context, since)
        if _here(context, room.offer, space)
    ]


def _meetings(context: Context, space: str | None) -> list[str]:
    spaces = context.facts.spaces
    found: list[tuple[dt.date, str]] = []
    for network in context.site.networks.values():
        day = network.meets.next if network.meets is not None else None
        around = set(network.spaces)
        for own in network.spaces:
            around |= set(spaces[own].within)
        if day is None or day < context.facts.today or (space and space not in around):
            continue
        found.append((day, f"{context.texts.date(day, weekday=True)}: {_plain(context.translated(network))}"))
    return [text for _, text in sorted(found)]


def _plain(text: Markup | str) -> str:
    return Markup(text).striptags()
