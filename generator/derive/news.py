"""Offers and a day in; what is new, has changed or ended around it out: „Neu und geändert“, „Tipps und Themen“."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from generator.model.facts import News, NewsKind, OfferFacts
from generator.model.offer import Offer
from generator.model.site import Site

NEWS_DAYS = 60
"""Days for which something counts as new or just ended, and before which an end or a start is announced."""
CHECKED_DAYS = 14
"""Days for which a check counts as recent."""
ORDER: tuple[NewsKind, ...] = ("alert", "new", "ended", "ending", "planned", "paused", "checked")


def news(
    site: Site, offers: Mapping[str, OfferFacts], predecessors: Mapping[str, tuple[str, ...]], today: dt.date
) -> tuple[News, ...]:
    """Return the news in the order of `ORDER`; within a kind what lies nearest to the day comes first.

    Sensitive offers are no news: what is new about a refuge is for nobody's weekly sheet.
    """
    found = [
        item
        for key, offer in site.offers.items()
        if not offers[key].sensitive
        for item in _of(offer, offers[key], predecessors.get(key, ()), today)
    ]

    def rank(item: News) -> tuple[int, int, str]:
        away = abs((item.date - today).days) if item.date else NEWS_DAYS * 10
        return ORDER.index(item.kind), away, item.offer

    return tuple(sorted(found, key=rank))


def _of(offer: Offer, facts: OfferFacts, before: tuple[str, ...], today: dt.date) -> Iterator[News]:
    span = dt.timedelta(days=NEWS_DAYS)
    ended = offer.status == "ended" or (offer.until is not None and offer.until < today)
    if ended:
        if offer.until is not None and today - span <= offer.until <= today:
            yield News("ended", offer.id, offer.until, offer.successor)
        return
    if facts.alert_shown and offer.alert is not None and offer.status != "paused":
        yield News("alert", offer.id, offer.alert.until)
    if offer.status == "planned":
        yield News("planned", offer.id, offer.from_, before[0] if before else None)
    elif offer.status == "paused":
        yield News("paused", offer.id, offer.alert.until if facts.alert_shown and offer.alert else None)
    elif offer.from_ is not None and today - span <= offer.from_ <= today:
        yield News("new", offer.id, offer.from_, before[0] if before else None)
    if offer.until is not None and offer.until <= today + span:
        yield News("ending", offer.id, offer.until, offer.successor)
    if offer.checked is not None and 0 <= (today - offer.checked).days <= CHECKED_DAYS:
        yield News("checked", offer.id, offer.checked)
