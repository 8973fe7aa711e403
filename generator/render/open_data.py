"""Contexts in, files of open data out: the exports of the registry, and calendars of offers, topics and areas."""

from __future__ import annotations

from collections.abc import Iterator

from generator.export import EXPORTS, Export
from generator.export.calendar import has_times, list_calendar, meetings, offer_calendar
from generator.export.source import Source
from generator.model.offer import Offer
from generator.render.context import Context

CALENDAR = "termine.ics"


def source_of(context: Context) -> Source:
    """Return what exports read in the context's language; raise ValueError on the internal site."""
    root = context.site.config.url.rstrip("/") + "/"

    def text(record: object, field: str) -> str:
        return context.texts.of(record, field).text

    return Source(
        context.site,
        context.facts,
        context.lang,
        lambda kind, key: root + context.path(kind, key),
        text,
    )


def exports(context: Context) -> tuple[Export, ...]:
    """Return the exports that the site has; the internal site has none."""
    if context.site.internal:
        return ()
    return tuple(row for row in EXPORTS if context.site.shapes or "gebiete" not in row.path)


def export_files(context: Context) -> dict[str, bytes]:
    """Return the exports by path; they are in the language of the data and stand in its tree."""
    if context.site.internal or context.lang != context.site.config.language:
        return {}
    source = source_of(context)
    return {row.path: row.write(source) for row in exports(context)}


def calendar_files(context: Context) -> dict[str, bytes]:
    """Return a calendar for each offer with known times, each topic and each area that has meetings."""
    if context.site.internal:
        return {}
    source = source_of(context)
    files = {
        context.path("offer", key) + CALENDAR: offer_calendar(source, offer)
        for key, offer in context.site.offers.items()
        if has_times(offer, context.facts.offers[key])
    }
    for kind, key, found in _lists(context, source):
        record = context.site.words.topics[key] if kind == "topic" else context.site.spaces[key]
        path = context.path(kind, key)
        files[path + CALENDAR] = list_calendar(source, context.texts.name(record), source.address(kind, key), found)
    return files


def has_calendar(context: Context, kind: str, key: str) -> bool:
    """Tell whether a page of the kind `offer`, `topic` or `space` has a calendar file beside it."""
    if context.site.internal:
        return False
    if kind == "offer":
        return has_times(context.site.offers[key], context.facts.offers[key])
    return bool(meetings(source_of(context), _members(context, kind, key)))


def _lists(context: Context, source: Source) -> Iterator[tuple[str, str, list[Offer]]]:
    for kind, keys in (("topic", context.site.words.topics), ("space", context.site.spaces)):
        for key in keys:
            found = meetings(source, _members(context, kind, key))
            if found:
                yield kind, key, found


def _members(context: Context, kind: str, key: str) -> tuple[str, ...]:
    """The offers of a list; grave topics have no calendar, and the whole town would be too long for one."""
    facts, words = context.facts, context.site.words
    if kind == "topic":
        grave = words.topics[key].sensitive or words.topics[words.situation_of(key)].sensitive
        return () if grave else facts.relations.offers_by_topic.get(key, ())
    space = facts.spaces[key]
    return () if space.children and not space.ancestors else facts.relations.offers_by_space.get(key, ())
