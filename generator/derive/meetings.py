"""Networks, minutes and a day in, what each group finds on its table when it meets again out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from generator.derive.news import news
from generator.model.facts import NEWS_DAYS, AgreedPoint, MeetingFacts, News, OfferFacts, Relations
from generator.model.minutes import Agreed, Minutes
from generator.model.network import Network
from generator.model.site import Site


def all_meetings(
    site: Site, offers: Mapping[str, OfferFacts], related: Relations, roots: Sequence[str], today: dt.date
) -> Mapping[str, MeetingFacts]:
    """Return what every network finds on its table, by its id; one that names no area works on the whole town."""

    @cache
    def told(since: dt.date) -> tuple[News, ...]:
        return news(site, offers, related.predecessors, today, since)

    return {
        key: _facts(site, network, offers, related, roots, today, told)
        for key, network in site.networks.items()
    }


def _facts(
    site: Site,
    network: Network,
    offers: Mapping[str, OfferFacts],
    related: Relations,
    roots: Sequence[str],
    today: dt.date,
    told: Callable[[dt.date], tuple[News, ...]],
) -> MeetingFacts:
    """Return what one network finds; `told` are the news since a day, made once for all that met on it."""
    spaces = network.spaces or tuple(roots)
    records = sorted(
        (item for item in site.minutes.values() if item.network == network.id and item.date <= today),
        key=lambda item: (item.date, item.id),
    )
    stated = network.meets.last if network.meets is not None else None
    known = [item.date for item in records] + [day for day in (stated,) if day is not None and day <= today]
    last = max(known, default=None)
    since = last or today - dt.timedelta(days=NEWS_DAYS)
    there = {
        offer
        for space in spaces
        for found in (related.offers_by_space, related.offers_for_space)
        for offer in found.get(space, ())
    }
    if not network.spaces:
        there |= {key for key, offer in offers.items() if offer.city_wide}
    return MeetingFacts(
        spaces=spaces,
        last=last,
        since=since,
        news=tuple(
            item for item in told(since) if item.offer in there and item.kind not in ("checked", "alert")
        ),
        minutes=records[-1].id if records else None,
        agreed=tuple(_agreed(records, today)),
    )


def _agreed(records: list[Minutes], today: dt.date) -> Iterator[AgreedPoint]:
    for number, record in enumerate(reversed(records)):
        for item in record.decisions:
            if number == 0 or item.status == "open":
                yield AgreedPoint(record.date, item, is_overdue(item, today))


def is_overdue(item: Agreed, today: dt.date) -> bool:
    """Tell whether something should have been done by now."""
    return item.status == "open" and item.due is not None and item.due.last_day < today
