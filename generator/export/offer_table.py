"""Offers in, a table for spreadsheets out: CSV (RFC 4180) in UTF-8 with a byte order mark, so that Excel reads umlauts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from generator.export.csv_text import no_formula
from generator.export.source import ExportSource, hours_of_a_door
from generator.model.facts import OfferFacts, StopFacts
from generator.model.groups import Fee, Record
from generator.model.offer import Offer

COLUMNS = (
    "id", "name", "summary", "status", "kind", "topics", "provider", "place", "street", "postcode", "town",
    "longitude", "latitude", "spaces", "age_from_months", "age_to_months", "for", "hours", "hours_osm", "cost",
    "amount_eur", "access", "languages", "interpreter", "phone", "email", "website", "from", "until", "checked", "illustrative", "url",
    "amount_to_eur", "amount_reduced_eur", "register_by", "childcare", "messengers", "stops",
)  # fmt: skip


def offers_csv(source: ExportSource) -> bytes:
    """Return one row an offer; lists are divided by `;`, addresses of protected places are empty."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for offer, facts in source.offers:
        row = _row(source, offer, facts)
        writer.writerow([no_formula(" ".join(row.get(name, "").split())) for name in COLUMNS])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _row(source: ExportSource, offer: Offer, facts: OfferFacts) -> dict[str, str]:
    open_to_all = facts.location.visibility == "full"
    place = source.site.places.get(offer.place) if offer.place and open_to_all else None
    ages = offer.ages
    return {
        "id": offer.id,
        "name": source.text(offer, "name"),
        "summary": source.text(offer, "summary"),
        "status": offer.status,
        "kind": offer.kind,
        "topics": ";".join(offer.topics),
        "provider": source.text(source.site.providers[offer.provider], "name"),
        "place": source.text(place, "name") if place else "",
        **dict(_where(facts)),
        "spaces": ";".join(dict.fromkeys((*facts.spaces, *offer.spaces))),
        "age_from_months": str(ages.lower) if ages else "",
        "age_to_months": str(ages.upper) if ages and ages.upper is not None else "",
        "for": ";".join(offer.for_),
        "hours": offer.hours.written if offer.hours else "",
        "hours_osm": hours_of_a_door(offer, facts) or "",
        "cost": "fee" if isinstance(offer.cost, Fee) else offer.cost or "",
        "amount_eur": str(offer.cost.amount) if isinstance(offer.cost, Fee) else "",
        "amount_to_eur": _said(offer.cost.up_to) if isinstance(offer.cost, Fee) else "",
        "amount_reduced_eur": _said(offer.cost.reduced) if isinstance(offer.cost, Fee) else "",
        "register_by": _said(offer.access.register_by if offer.access is not None else None),
        "childcare": offer.childcare or "",
        "stops": " | ".join(_stop(source, stop) for stop in facts.stops),
        "messengers": ";".join(facts.contact.messengers),
        "access": offer.access.way if offer.access is not None else "",
        "languages": ";".join(offer.languages),
        "interpreter": offer.interpreter or "",
        "phone": facts.contact.number,
        "email": facts.contact.email or "",
        "website": facts.contact.website or "",
        "from": offer.from_.isoformat() if offer.from_ else "",
        "until": offer.until.isoformat() if offer.until else "",
        "checked": offer.checked.isoformat() if offer.checked else "",
        "illustrative": illustrative_text(offer),
        "url": source.address("offer", offer.id),
    }


def _stop(source: ExportSource, stop: StopFacts) -> str:
    place = source.site.places.get(stop.location.place or "")
    name = source.text(place, "name") if place is not None else ""
    where = ", ".join(filter(None, (name, stop.name)))
    return f"{where}: {stop.schedule.written}" if stop.schedule is not None else where


def _said(value: object) -> str:
    return "" if value is None else str(value)


def illustrative_text(record: Record) -> str:
    """Say in a file what of a record was made up: `yes`, or the names of the fields; empty where nothing was."""
    if isinstance(record.illustrative, tuple):
        return ";".join(record.illustrative)
    return "yes" if record.illustrative else ""


def _where(facts: OfferFacts) -> Iterator[tuple[str, str]]:
    address, point = facts.location.address, facts.location.point
    if facts.location.visibility != "full":
        return
    if address is not None:
        yield "street", f"{address.street} {address.number or ''}".strip()
        yield "postcode", address.postcode
        yield "town", address.town
    if point is not None:
        yield "longitude", str(point.longitude)
        yield "latitude", str(point.latitude)
