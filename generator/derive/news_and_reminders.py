"""Derive what is new, changed, paused or ending, and what to ask about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple, get_args

from msgspec import Struct

from generator.derive.masking import is_about_protection
from generator.derive.offer_facts import timetable
from generator.model.facts import NEWS_DAYS, EndsOn, Facts, FieldChange, News, NewsKind, OfferFacts
from generator.model.offer import ADDED, HistoryEntry, Offer
from generator.model.site import Site
from generator.model.visibility import visibility_of_place
from generator.parts import said_by_subjects

CHECKED_DAYS = 14
"""Days for which a check counts as recent."""


def news(
    site: Site,
    offers: Mapping[str, OfferFacts],
    predecessors: Mapping[str, tuple[str, ...]],
    today: dt.date,
    since: dt.date | None = None,
) -> tuple[News, ...]:
    """Return news since a day, in the order of `NewsKind`, nearest first within a kind. Sensitive offers are no news."""
    first = since or today - dt.timedelta(days=NEWS_DAYS)
    found: list[News] = []
    for key, offer in site.offers.items():
        if not offers[key].sensitive:
            found += _of(offer, offers[key], predecessors.get(key, ()), first, today)
    begun = {item.offer for item in found if item.kind in ("new", "planned", "ended")}
    for item in _remembered(site, offers, first, today):
        if item.kind != "added" or item.offer not in begun:
            found.append(item)

    def rank(item: News) -> tuple[int, int, str]:
        away = abs((item.date - today).days) if item.date else NEWS_DAYS * 10
        return get_args(NewsKind).index(item.kind), away, item.offer

    return tuple(sorted(found, key=rank))


def _remembered(
    site: Site, offers: Mapping[str, OfferFacts], first: dt.date, today: dt.date
) -> Iterator[News]:
    """Yield records that came and changes, from the history, by day."""
    changed: dict[tuple[str, dt.date], list[FieldChange]] = {}
    for entry in site.history:
        facts = offers.get(entry.offer)
        if facts is None or not facts.carried or not first <= entry.date <= today:
            continue
        if entry.field == ADDED:
            yield News("added", entry.offer, entry.date)
        elif (change := _news_of_field_change(site, facts, entry, today)) is not None:
            changed.setdefault((entry.offer, entry.date), []).append(change)
    for (offer, date), changes in changed.items():
        yield News("changed", offer, date, changes=tuple(changes))


def _news_of_field_change(
    site: Site, facts: OfferFacts, entry: HistoryEntry, today: dt.date
) -> FieldChange | None:
    """Return a field's change as news; None if not worth telling."""
    before, after = entry.before, entry.after
    if site.offers[entry.offer].invented(entry.field):
        return None
    # That nobody says any more what it costs is nothing to tell.
    if entry.field in ("cost", "ages", "place") and after is None:
        return None
    if entry.field == "languages" and (not after or set(before) == set(after)):
        return None
    if entry.field == "place" and not _is_shown(site, facts, after):
        return None
    if entry.field == "hours":
        before, after = timetable(site, before, today), timetable(site, after, today)
    return FieldChange(entry.field, before, after)


def _is_shown(site: Site, facts: OfferFacts, place: str) -> bool:
    """Tell whether an offer's place is public."""
    record = site.places.get(place)
    if record is None or facts.location.visibility != "full":
        return False
    return visibility_of_place(site.words, record) == "full"


def _of(
    offer: Offer, facts: OfferFacts, before: tuple[str, ...], first: dt.date, today: dt.date
) -> Iterator[News]:
    """Yield what an offer's own record says is new."""
    until = offer.until
    if offer.status == "ended":
        if until is not None and first <= until <= today:
            yield News("ended", offer.id, until, offer.successor)
        return
    yield from _of_status(offer, facts, next(iter(before), None), first, today)
    # What hasn't begun is no news by its end.
    if until is not None and offer.status != "planned" and until <= today + dt.timedelta(days=NEWS_DAYS):
        yield News("ending", offer.id, until, offer.successor)
    if offer.checked is not None and 0 <= (today - offer.checked).days <= CHECKED_DAYS:
        yield News("checked", offer.id, offer.checked)


def _of_status(
    offer: Offer, facts: OfferFacts, before: str | None, first: dt.date, today: dt.date
) -> Iterator[News]:
    """Yield an offer's alert and planned, paused or new state; `before` preceded it."""
    alert = offer.alert if facts.alert_shown else None
    if offer.status == "paused":
        # News of a pause bears its last day, else its notice's.
        resumes = offer.from_ if offer.from_ is not None and offer.from_ > today else None
        day = resumes - dt.timedelta(days=1) if resumes else alert.until if alert else None
        yield News("paused", offer.id, day)
        return
    if alert is not None:
        yield News("alert", offer.id, alert.until)
    if offer.status == "planned":
        yield News("planned", offer.id, offer.from_, before)
    elif offer.from_ is not None and first <= offer.from_ <= today:
        yield News("new", offer.id, offer.from_, before)


def endings(site: Site, facts: Facts) -> tuple[EndsOn, ...]:
    """Return what ends from today on, the next first, never what is about protection."""
    found = [*_ends_of_money(site, facts), *said_by_subjects("derive", "endings", site, facts)]
    open_ones = {offer.provider for key, offer in site.offers.items() if key not in site.protected}
    hiding = {house.provider for house in site.protected.values()} - open_ones
    hidden = {("providers", key) for key in hiding} | {("offers", key) for key in site.protected}
    told = [
        one
        for one in found
        if one.day >= facts.today
        and not is_about_protection(site.words, site.records(one.folder)[one.id], hidden)
    ]
    return tuple(sorted(told, key=lambda one: (one.day, one.folder, one.id)))


def _ends_of_money(site: Site, facts: Facts) -> Iterator[EndsOn]:
    """Yield ends of offers' money: on the public site only once the provider was told."""
    for key, offer in site.offers.items():
        told = offer.announced is not None and offer.announced <= facts.today
        if offer.funded_until is not None and (told or site.internal) and facts.offers[key].carried:
            yield EndsOn(offer.funded_until, "offers", key, facts.offers[key].spaces)


class ToDo(NamedTuple):
    """What is to be done, as `id` and in German."""

    id: str
    what: str


class Reminder(Struct, frozen=True):
    """Something to ask about, outdated from `due`."""

    due: dt.date
    folder: str
    id: str
    name: str
    topic: ToDo
