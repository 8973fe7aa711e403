"""Offers in, the order in which a list that is cut names them out: what somebody needs first, not what begins with A."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from generator.hours.schedule import Schedule
from generator.render.base.context import Context

SOON = 7
"""Days that are looked ahead; what opens later stands with what says no hours."""


def by_need(context: Context, ids: Iterable[str], first: Collection[str] = ()) -> list[str]:
    """Return offers as they are needed, equals in their given order.

    Before others stand those that are named `first`, then what runs, then where nobody has to grant anything, then what opens soonest.
    Help for those who use violence stands last, whatever else holds.
    """

    def rank(key: str) -> tuple[bool, bool, bool, bool, int]:
        offer, facts = context.site.offers[key], context.facts.offers[key]
        return (
            facts.with_violence == "last",
            key not in first,
            offer.status != "running",
            not facts.low_threshold,
            _days_until_open(context, key),
        )

    return sorted(ids, key=rank)


def _days_until_open(context: Context, key: str) -> int:
    """Return in how many days an offer is next open or answers its telephone."""

    def found(context: Context) -> int:
        facts = context.facts.offers[key]
        schedules = [one for one in (facts.schedule, facts.phone_schedule) if one is not None]
        return min((_next(one, context.facts.today) for one in schedules), default=SOON)

    return context.once(("opens in", key), found)


def _next(schedule: Schedule, today: dt.date) -> int:
    for days in range(SOON):
        there = schedule.intervals_on(today + dt.timedelta(days))
        if any(interval.begins for interval in there):
            return days
    return SOON
