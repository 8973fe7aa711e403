"""Offers and a day in, contradictions of their life cycle and stale statements out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.derive.offers import CAPACITY_DAYS
from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.dates import Duration
from generator.model.offer import Offer
from generator.model.place import Place
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.records import RecordSource

REMIND = Duration(3, "months")
FORGOTTEN = Duration(6, "months")


def check_lifecycle(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Report ends that are missing, past or before the start, successors that don't fit, funding that runs out."""
    del site
    yield from reading.of_each(_lifecycle, today, folders=("offers",))


def _lifecycle(source: RecordSource, today: dt.date) -> Iterator[Diagnostic]:
    if isinstance(source.record, Offer):
        offer = source.record
        ended = offer.status == "ended"
        # A document may tell of an offer that has ended without saying when.
        if ended and offer.until is None and offer.origin is None:
            yield diagnostic("ende-fehlt", source.position("status"))
        if offer.from_ and offer.until and offer.until < offer.from_:
            yield diagnostic(
                "ende-vor-beginn", source.position("until"), until=offer.until, start=offer.from_
            )
        elif offer.until and offer.until < today and not ended:
            yield diagnostic("ende-vorbei", source.position("until"), until=offer.until)
        if offer.successor == offer.id:
            yield diagnostic("nachfolge-im-kreis", source.position("successor"))
        elif offer.successor and not ended and offer.until is None:
            yield diagnostic("nachfolge-ohne-ende", source.position("successor"))
        if offer.funded_until and not ended and offer.funded_until <= REMIND.after(today):
            yield diagnostic(
                "finanzierung-endet", source.position("funded_until"), date=_german(offer.funded_until)
            )
        capacity = offer.capacity
        if capacity and capacity.date > today:
            place = source.position("capacity", "date")
            yield diagnostic("stand-in-zukunft", place, date=_german(capacity.date), today=_german(today))
        deadline = offer.access.register_by if offer.access is not None else None
        if deadline is not None and deadline < today and offer.status in ("running", "planned"):
            place = source.position("access", "register_by")
            yield diagnostic("anmeldeschluss-vorbei", place, date=_german(deadline))
        last = max((item.until or item.date for item in offer.dates), default=None)
        if last is not None and not ended and _over(offer, last, today):
            yield diagnostic("termine-vorbei", source.position("dates", key=True), date=_german(last))
        if (
            capacity
            and capacity.places is not None
            and capacity.free is not None
            and capacity.free > capacity.places
        ):
            yield diagnostic(
                "plaetze-zu-viele",
                source.position("capacity", "free"),
                free=capacity.free,
                places=capacity.places,
            )
        if capacity and (today - capacity.date).days > CAPACITY_DAYS:
            yield diagnostic(
                "plaetze-veraltet",
                source.position("capacity", "date"),
                date=_german(capacity.date),
                days=CAPACITY_DAYS,
            )


def _over(offer: Offer, last: dt.date, today: dt.date) -> bool:
    """Whether all dates are past for longer than a meeting's notes take; beside hours only those that nobody can mean."""
    return last < today and (offer.hours is None or FORGOTTEN.after(last) < today)


def check_freshness(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Report what nobody has checked for longer than agreed."""
    for folder in ("offers", "places"):
        usual = site.config.check_every.get(folder)
        yield from reading.of_each(_freshness, usual, today, folders=(folder,))


def _freshness(source: RecordSource, usual: Duration | None, today: dt.date) -> Iterator[Diagnostic]:
    record = source.record
    if not isinstance(record, Offer | Place) or (isinstance(record, Offer) and record.status == "ended"):
        return
    every = record.check_every or usual
    if record.checked is not None and record.checked > today:
        place = source.position("checked")
        yield diagnostic("geprueft-in-zukunft", place, date=_german(record.checked), today=_german(today))
    elif record.checked is None:
        if usual is not None and source.folder == "offers":
            yield diagnostic("nie-geprueft", source.position("name"))
    elif every is not None and every.after(record.checked) < today:
        yield diagnostic(
            "lange-ungeprueft", source.position("checked"), date=_german(record.checked), every=every
        )


def _german(day: dt.date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
