"""Write news as lines, on pages and in the feed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from operator import itemgetter
from typing import Any

from markupsafe import Markup
from msgspec import Struct
from msgspec import field as struct_field
from msgspec.structs import replace

from generator.export.structured_data import Feed, FeedEntry, atom
from generator.model.facts import FieldChange, News, NewsKind
from generator.render.base.context import Context
from generator.render.base.wording import ages_text, cost_value_text, waiting_text, week_text
from generator.render.directory.cards import own_text, where_text


class NewsLine(Struct, frozen=True):
    """A line of „Neu und geändert“: kind (`word`), `name` as HTML, `text`."""

    kind: str  # of `NewsKind`, for looks
    word: str  # the kind in words
    name: Markup
    href: str
    text: str  # what is behind the name: since when, what changed
    text_lang: str = ""  # where it isn't the page's
    other: Markup = struct_field(default_factory=Markup)  # the offer it replaces or is replaced by
    other_href: str = ""


def news_titles(context: Context) -> Mapping[NewsKind, str]:
    """Return the headings of news by kind."""
    _ = context.gettext
    return {
        "new": _("Neu"),
        "added": _("Neu im Verzeichnis"),
        "changed": _("Geändert"),
        "planned": _("Kommt bald"),
        "alert": _("Aktuelle Hinweise"),
        "paused": _("Macht Pause"),
        "ending": _("Endet bald"),
        "ended": _("Beendet"),
        "checked": _("Gerade geprüft"),
    }


def some_news(news: Iterable[News], kinds: Iterable[NewsKind], each: int) -> list[News]:
    """Return `each` news of every kind, in order of kinds."""
    found: list[News] = []
    for kind in kinds:
        of_kind = [item for item in news if item.kind == kind]
        found += of_kind[:each]
    return found


def news_line(context: Context, path: str, item: News) -> NewsLine:
    """Tell a piece of news on the page at `path`."""
    offers = context.site.offers
    offer = offers[item.offer]
    line = NewsLine(
        kind=item.kind,
        word=_name_kind_of_news(context, item),
        name=context.translated(offer),
        href=context.href(path, "offer", item.offer),
        text=_write_news_text(context, item),
    )
    if item.kind == "alert" and offer.alert is not None:
        alert = own_text(context, offer, "alert", offer.alert.text)
        return replace(line, text=alert.words, text_lang=alert.lang)
    if item.other:
        other = context.translated(offers[item.other])
        return replace(line, other=other, other_href=context.href(path, "offer", item.other))
    return line


def _name_kind_of_news(context: Context, item: News) -> str:
    _ = context.gettext
    return {
        "alert": _("Hinweis"),
        "new": _("Neu"),
        "added": _("Neu im Verzeichnis"),
        "changed": _("Geändert"),
        "ended": _("Beendet"),
        "ending": _("Endet bald"),
        "planned": _("Geplant"),
        "paused": _("Pause"),
        "checked": _("Geprüft"),
    }[item.kind]


def _write_news_text(context: Context, item: News) -> str:
    """Return the text after the name, such as what replaces it."""
    _ = context.gettext
    if item.changes:
        return "; ".join(change_text(context, change) for change in item.changes)
    if item.date is None:
        return _("Fragen Sie nach, wann es weitergeht.") if item.kind == "paused" else ""
    date = context.texts.date(item.date)
    sentence = {
        "new": _("seit {date}, statt:") if item.other else _("seit {date}"),
        "ended": _("bis {date}, weiter geht es mit:") if item.other else _("bis {date}"),
        "ending": _("noch bis {date}, danach:") if item.other else _("noch bis {date}"),
        "planned": _("ab {date}, statt:") if item.other else _("ab {date}"),
        "paused": _("voraussichtlich bis {date}"),
        "checked": _("am {date}"),
        "added": _("seit {date}"),
        "changed": "",
        "alert": "",
    }[item.kind]
    return sentence.format(date=date)


def change_text(context: Context, change: FieldChange) -> str:
    """Say a change as people would: „neue Zeiten: Mo und Di 9 bis 12 Uhr“."""
    _ = context.gettext
    match change.field:
        case "hours":
            return _say_changed_hours(context, change)
        case "languages":
            return _say_changed_languages(context, change)
        case "status":
            return _say_changed_status(context, change)
        case "cost":
            return _say_changed_value(context, _("Kosten"), change, partial(cost_value_text, context.texts))
        case "ages":
            return _say_changed_value(context, _("Alter"), change, partial(ages_text, context.texts))
    # The place.
    return _("jetzt hier: {place}").format(place=context.texts.name(context.site.places[change.after]))


def _say_changed_value(context: Context, what: str, change: FieldChange, say: Callable[[Any], str]) -> str:
    _ = context.gettext
    after = "" if change.after is None else say(change.after)
    if change.before is None:
        return _("{what}: {after}").format(what=what, after=after)
    before = say(change.before)
    return _("{what}: jetzt {after}, bisher {before}").format(what=what, after=after, before=before)


def _say_changed_hours(context: Context, change: FieldChange) -> str:
    _ = context.gettext
    if change.after is None:
        return _("feste Zeiten gibt es nicht mehr")
    hours = week_text(context, change.after, limit=4)
    if change.before is None:
        return _("jetzt mit Zeiten: {hours}").format(hours=hours)
    return _("neue Zeiten: {hours}").format(hours=hours)


def _say_changed_languages(context: Context, change: FieldChange) -> str:
    _, words = context.gettext, context.words.languages

    def named(tags: Iterable[str]) -> str:
        return context.texts.join(str(context.texts.name(words[tag])) for tag in tags if tag in words)

    added = named(tag for tag in change.after if tag not in change.before)
    gone = named(tag for tag in change.before if tag not in change.after)
    parts = [_("jetzt auch auf {languages}").format(languages=added)] if added else []
    return ", ".join([*parts, _("nicht mehr auf {languages}").format(languages=gone)] if gone else parts)


def _say_changed_status(context: Context, change: FieldChange) -> str:
    _ = context.gettext
    if change.after == "running":
        return _("geht weiter") if change.before == "paused" else _("hat begonnen")
    return {
        "paused": _("macht Pause"),
        "planned": _("ist geplant"),
        "possible": _("ist nur noch möglich"),
    }.get(change.after, "")


FEED = "feed.atom"
# News of the feed: what happened on a day.
KINDS: Sequence[NewsKind] = ("new", "added", "changed", "ended")


def feed_files(context: Context) -> dict[str, bytes]:
    """Return the feed by path; none on the internal site."""
    if context.site.internal:
        return {}
    titles = news_titles(context)
    entries = []
    for item in context.facts.news:
        if item.kind not in KINDS or item.date is None:
            continue
        line = news_line(context, "", item)
        text = " ".join(filter(None, [line.text, line.other.striptags()]))
        title = f"{titles[item.kind]}: {line.name.striptags()}"
        if where := where_text(context, item.offer):
            title += f" ({where})"
        address = context.address(context.path("offer", item.offer))
        entries.append(FeedEntry(item.date, title, text, address))
    path = context.path("news")
    title = context.gettext("Tipps und Themen: {town}").format(town=context.site.config.name)
    address = context.address(path)
    feed = Feed(title, context.site.config.publisher.name, context.lang, address + FEED, address)
    return {path + FEED: atom(feed, entries, context.facts.today)}


class StatedCapacity(Struct, frozen=True):
    """Free places or waiting time that an offer stated on a day."""

    offer: str
    date: dt.date
    text: str


def capacities(context: Context, since: dt.date) -> Sequence[StatedCapacity]:
    """Return statements since a day, free places first, none of sensitive offers."""
    found: list[tuple[bool, int, str, StatedCapacity]] = []
    for key, offer in context.site.offers.items():
        facts, capacity = context.facts.offers[key], offer.capacity
        if capacity is None or capacity.date < since or facts.sensitive:
            continue
        text = waiting_text(context, offer, facts)
        if text:
            one = StatedCapacity(key, capacity.date, text)
            found.append((not capacity.free, -capacity.date.toordinal(), key, one))
    return tuple(one for *_, one in sorted(found, key=itemgetter(0, 1, 2)))
