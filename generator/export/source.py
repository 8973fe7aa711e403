"""Give exports what they read, and decide what others' files may hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from generator.hours.schedule import Schedule
from generator.hours.written_hours import Hours
from generator.model.facts import Facts, Location, OfferFacts
from generator.model.offer import Offer
from generator.model.site import Site
from generator.model.visibility import Lists, keep_only, listed, named
from generator.parts import given

_HANDED_ON: Lists = {Offer: named(Offer, but="hours hours_note dates place")}
"""What others' files may hold of a sensitive offer: neither when nor where."""


class ExportSource(Struct, frozen=True):
    """A site in one language; `address(kind, id)` is absolute, `text(record, field)` translated.

    Only public sites have one: what professionals see is no open data.
    """

    site: Site
    facts: Facts
    lang: str
    address: Callable[[str, str], str]
    text: Callable[[Any, str], str]

    def __post_init__(self) -> None:
        """Refuse the internal site."""
        if self.site.internal:
            raise ValueError("the internal site has no open data")

    @property
    def offers(self) -> Iterator[tuple[Offer, OfferFacts]]:
        """Yield families' current offers; those not to be `carried` away, without time and place.

        A page may say these, but a file goes into other people's maps and calendars.
        """
        for key, offer in self.site.offers.items():
            facts = self.facts.offers[key]
            if facts.carried:
                yield offer, facts
            elif facts.active:
                yield keep_only(offer, _HANDED_ON), _anywhere(facts)

    @property
    def host(self) -> str:
        """The site's host, for unique identifiers."""
        return self.site.config.url.split("/")[2]


def json_file(value: object, indent: int | None = None) -> bytes:
    """Write JSON in UTF-8, compact unless for people."""
    separators = None if indent else (",", ":")
    return (json.dumps(value, ensure_ascii=False, indent=indent, separators=separators) + "\n").encode()


# What files may hold of an offer that isn't carried away: nothing of where and when.
_FACTS = listed(
    "id layer contact access low_threshold sensitive discreet unposted with_violence held_back situations served reach "
    "city_wide remote active overdue capacity_shown alert_shown"
)


def _anywhere(facts: OfferFacts) -> OfferFacts:
    """Return listed facts alone; a new one has to be decided here."""
    kept: dict[str, Any] = {name: getattr(facts, name) for name in _FACTS}
    where = Location("area", None, None, None, ())
    return OfferFacts(
        **kept, location=where, spaces=(), near=(), schedule=None, phone_schedule=None, stops=()
    )


def hours_of_a_door(offer: Offer, facts: OfferFacts) -> str | None:
    """Return an offer's hours in OpenStreetMap's form; None if not all are of a door that people may come to."""
    schedule = facts.schedule
    if offer.hours is None or schedule is None or schedule.entry == "booked":
        return None
    # An offer without any place says it nowhere in its hours.
    if any(interval.medium in {"phone", "video"} for interval in schedule.intervals()):
        return None
    return expression_of_a_door(offer.hours, schedule)


def expression_of_a_door(hours: Hours | None, schedule: Schedule | None) -> str | None:
    """Return hours in OpenStreetMap's form; None if they say more than that form does, or aren't of a door."""
    if hours is None or (schedule is not None and schedule.from_afar):
        return None
    return hours.expression


class RecordFile(Struct, frozen=True):
    """A download that belongs to a record."""

    folder: str  # of its kind of records
    id: str
    path: str  # from the site's root
    holds: str  # in German, the id of its translation
    form: str  # its format by name
    write: Callable[[], bytes]


def record_files(source: ExportSource) -> Iterator[RecordFile]:
    """Yield every such file."""
    for files in given("export", "files"):
        yield from files(source)
