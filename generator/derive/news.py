"""Offers and a day in; what is new, has changed or ended around it out: „Neu und geändert“, „Tipps und Themen“."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from generator.derive.offers import timetable
from generator.model.facts import NEWS_DAYS, FieldChange, News, NewsKind, OfferFacts
from generator.model.history import ADDED, HistoryEntry
from generator.model.offer import Offer
from generator.model.site import Site
from generator.model.visibility import visibility_of_place

CHECKED_DAYS = 14
"""Days for which a check counts as recent."""
ORDER: tuple[NewsKind, ...] = (
    "alert",
    "new",
    "added",
    "changed",
    "ended",
    "ending",
    "planned",
    "paused",
    "checked",
)


def news(
    site: Site,
    offers: Mapping[str, OfferFacts],
    predecessors: Mapping[str, tuple[str, ...]],
    today: dt.date,
    since: dt.date | None = None,
) -> tuple[News, ...]:
    """Return the news since a day, or of the last weeks, in the order of `ORDER`; within a kind what lies nearest to today comes first.

    Sensitive offers are no news: what is new about a refuge is for nobody's weekly sheet.
    """
    first = since or today - dt.timedelta(days=NEWS_DAYS)
    found = [
        item
        for key, offer in site.offers.items()
        if not offers[key].sensitive
        for item in _of(offer, offers[key], predecessors.get(key, ()), first, today)
    ]
    begun = {item.offer for item in found if item.kind in ("new", "planned", "ended")}
    found += [
        item
        for item in _remembered(site, offers, first, today)
        if item.kind != "added" or item.offer not in begun
    ]

    def rank(item: News) -> tuple[int, int, str]:
        away = abs((item.date - today).days) if item.date else NEWS_DAYS * 10
        return ORDER.index(item.kind), away, item.offer

    return tuple(sorted(found, key=rank))


def _remembered(
    site: Site, offers: Mapping[str, OfferFacts], first: dt.date, today: dt.date
) -> Iterator[News]:
    """Yield what the history says since the first day: records that came, and what changed in others, day by day."""
    changed: dict[tuple[str, dt.date], list[FieldChange]] = {}
    for entry in site.history:
        facts = offers.get(entry.offer)
        if facts is None or facts.sensitive or not facts.active or not first <= entry.date <= today:
            continue
        if entry.field == ADDED:
            yield News("added", entry.offer, entry.date)
        elif (change := _change(site, facts, entry, today)) is not None:
            changed.setdefault((entry.offer, entry.date), []).append(change)
    for (offer, date), changes in changed.items():
        yield News("changed", offer, date, changes=tuple(changes))


def _change(site: Site, facts: OfferFacts, entry: HistoryEntry, today: dt.date) -> FieldChange | None:
    before, after = entry.before, entry.after
    offer = site.offers[entry.offer]
    if offer.invented(entry.field):
        return None
    if (entry.field in ("cost", "ages", "place") and after is None) or (
        entry.field == "languages" and not after
    ):
        # That nobody says any more what it costs is nothing to tell.
        return None
    if entry.field == "languages" and set(before) == set(after):
        return None
    if entry.field == "place":
        there = site.places.get(after)
        if (
            there is None
            or visibility_of_place(site.words, there) != "full"
            or facts.location.visibility != "full"
        ):
            return None
    if entry.field == "hours":
        before, after = (timetable(site, hours, today) for hours in (before, after))
    return FieldChange(entry.field, before, after)


def _of(
    offer: Offer, facts: OfferFacts, before: tuple[str, ...], first: dt.date, today: dt.date
) -> Iterator[News]:
    span = dt.timedelta(days=NEWS_DAYS)
    ended = offer.status == "ended" or (offer.until is not None and offer.until < today)
    if ended:
        if offer.until is not None and first <= offer.until <= today:
            yield News("ended", offer.id, offer.until, offer.successor)
        return
    if facts.alert_shown and offer.alert is not None and offer.status != "paused":
        yield News("alert", offer.id, offer.alert.until)
    if offer.status == "planned":
        yield News("planned", offer.id, offer.from_, before[0] if before else None)
    elif offer.status == "paused":
        yield News("paused", offer.id, offer.alert.until if facts.alert_shown and offer.alert else None)
    elif offer.from_ is not None and first <= offer.from_ <= today:
        yield News("new", offer.id, offer.from_, before[0] if before else None)
    if offer.until is not None and offer.until <= today + span:
        yield News("ending", offer.id, offer.until, offer.successor)
    if offer.checked is not None and 0 <= (today - offer.checked).days <= CHECKED_DAYS:
        yield News("checked", offer.id, offer.checked)
