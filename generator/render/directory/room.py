"""Find the offers that have said since a day how many places are free or how long one waits, for teams that meet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.render.base.context import Context
from generator.render.base.wording import waiting_text


@dataclass(frozen=True, slots=True)
class StatedRoom:
    """What an offer said on a day about its places or how long one waits."""

    offer: str
    date: dt.date
    text: str


def rooms(context: Context, since: dt.date) -> tuple[StatedRoom, ...]:
    """Return what was said since a day: first where a place is free, the latest first. Nothing of sensitive offers."""
    found = [
        (
            not offer.capacity.free,
            -offer.capacity.date.toordinal(),
            StatedRoom(key, offer.capacity.date, text),
        )
        for key, offer in context.site.offers.items()
        if offer.capacity is not None
        and offer.capacity.date >= since
        and not context.facts.offers[key].sensitive
        and (text := waiting_text(context, offer, context.facts.offers[key]))
    ]
    return tuple(room for _, _, room in sorted(found, key=lambda item: (*item[:2], item[2].offer)))
