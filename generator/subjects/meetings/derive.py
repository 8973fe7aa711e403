"""Derive what each group needs when it meets again: news since its last meeting, and what it agreed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

from generator.derive.masking import is_of_an_area
from generator.derive.news_and_reminders import news
from generator.model.facts import NEWS_DAYS, Facts, News, Relations
from generator.model.planning_records import Network
from generator.model.site import Site
from generator.model.visibility import keep_only
from generator.read.hidden_places import refuge_named
from generator.subjects.meetings.model import (
    Agreed,
    AgreedPoint,
    MeetingFacts,
    Minutes,
    all_minutes,
    working_areas,
)

_NOT_FOR_MEETINGS = ("checked", "alert")
"""Kinds of news that need no decision: an offer was checked again, or changes for a few days."""


def all_meetings(site: Site, facts: Facts) -> Mapping[str, MeetingFacts]:
    """Return what each network needs for its next meeting; a network without areas works for the whole town."""
    today, related = facts.today, facts.relations

    @cache
    def news_since(since: dt.date) -> tuple[News, ...]:
        return news(site, facts.offers, related.predecessors, today, since)

    whole_town = {key for key, offer in facts.offers.items() if offer.city_wide}
    found = {}
    for key, network in site.networks.items():
        records = _past_minutes(site, network, today)
        last = _last_meeting(network, records, today)
        since = last or today - dt.timedelta(days=NEWS_DAYS)
        spaces = working_areas(site, facts, network)
        offers = _offers_in(spaces, related)
        if not network.spaces:
            offers |= whole_town
        found[key] = MeetingFacts(
            spaces=spaces,
            last=last,
            since=since,
            news=tuple(
                item
                for item in news_since(since)
                if item.offer in offers and item.kind not in _NOT_FOR_MEETINGS
            ),
            minutes=records[-1].id if records else None,
            agreed=tuple(_agreed(records, today)),
        )
    return found


def _past_minutes(site: Site, network: Network, today: dt.date) -> list[Minutes]:
    """Return a network's minutes up to today, the oldest first."""
    records = [
        item for item in all_minutes(site).values() if item.network == network.id and item.date <= today
    ]
    return sorted(records, key=lambda item: (item.date, item.id))


def _last_meeting(network: Network, records: Sequence[Minutes], today: dt.date) -> dt.date | None:
    """Return when a network met last, by minutes or its own record; None if nobody wrote it."""
    days = [item.date for item in records]
    if network.meets is None or network.meets.last is None:
        return max(days, default=None)
    if network.meets.last <= today:
        days.append(network.meets.last)
    return max(days, default=None)


def _offers_in(spaces: Sequence[str], related: Relations) -> set[str]:
    """Return offers in or for some areas."""
    found: set[str] = set()
    for space in spaces:
        found.update(related.offers_by_space.get(space, ()))
        found.update(related.offers_for_space.get(space, ()))
    return found


def _agreed(records: list[Minutes], today: dt.date) -> Iterator[AgreedPoint]:
    """Yield all that was agreed at the last meeting, and what is still open of earlier ones."""
    for number, record in enumerate(reversed(records)):
        for item in record.decisions:
            if number == 0 or item.status == "open":
                yield AgreedPoint(record.date, item, is_overdue(item, today))


def is_overdue(item: Agreed, today: dt.date) -> bool:
    """Tell whether something should have been done by now."""
    return item.status == "open" and item.due is not None and item.due.last_day < today


def without_protection(minutes: Minutes) -> Minutes:
    """Return public minutes without topics and decisions that name a refuge."""
    shown = keep_only(minutes)
    topics = tuple(text for text in shown.topics if not refuge_named(text))
    decisions = tuple(
        item
        for item in shown.decisions
        if not refuge_named(f"{item.what} {item.who or ''} {item.result or ''}")
    )
    return shown.model_copy(update={"topics": topics, "decisions": decisions})


def _masked(site: Site, parts: Collection[str]) -> dict[str, Minutes]:
    """Return the minutes of areas' networks as the public site may have them; `parts` are areas within others."""
    found = {}
    for key, minutes in all_minutes(site).items():
        if is_of_an_area(site.networks.get(minutes.network), parts):
            found[key] = without_protection(minutes)
    return found


FACTS = {"meetings": all_meetings}
"""By name what makes a part of the facts."""
MASKS = {"minutes": _masked}
"""By folder what leaves out what isn't public."""
