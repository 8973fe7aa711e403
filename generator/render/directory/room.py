"""Find the offers that have said since a day how many places are free or how long one waits, for teams that meet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from generator.render.base.context import Context
from generator.render.base.wording import waiting_text


@dataclass(frozen=True, slots=True)
class StatedRoom:
    """What an offer said on a day about its places or how long one waits."""

    offer: str
    date: dt.date
    text: str


def rooms(context: Context, since: dt.date) -> Sequence[StatedRoom]:
    """Return what was said since a day: first where a place is free, the latest first. Nothing of sensitive offers."""
    found: list[tuple[bool, int, str, StatedRoom]] = []
    for key, offer in context.site.offers.items():
        facts, capacity = context.facts.offers[key], offer.capacity
        if capacity is None or capacity.date < since or facts.sensitive:
            continue
        text = waiting_text(context, offer, facts)
        if text:
            room = StatedRoom(key, capacity.date, text)
            found.append((not capacity.free, -capacity.date.toordinal(), key, room))
    return tuple(room for *_, room in sorted(found, key=itemgetter(0, 1, 2)))
