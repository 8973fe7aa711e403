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
    place = None
    if offer.place and open_to_all:
        place = source.site.places.get(offer.place)
    values: dict[str, object] = {
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
        "for": ";".join(offer.for_),
        "hours": offer.hours.written if offer.hours else "",
        "hours_osm": hours_of_a_door(offer, facts),
        **_cost(offer.cost),
        "childcare": offer.childcare,
        "stops": " | ".join(_stop(source, stop) for stop in facts.stops),
        "messengers": ";".join(facts.contact.messengers),
        "languages": ";".join(offer.languages),
        "interpreter": offer.interpreter,
        "phone": facts.contact.number,
        "email": facts.contact.email,
        "website": facts.contact.website,
        "from": offer.from_,
        "until": offer.until,
        "checked": offer.checked,
        "illustrative": illustrative_text(offer),
        "url": source.address("offer", offer.id),
    }
    if offer.ages:
        values |= {"age_from_months": offer.ages.lower, "age_to_months": offer.ages.upper}
    if offer.access is not None:
        values |= {"access": offer.access.way, "register_by": offer.access.register_by}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _cost(cost: Fee | str | None) -> dict[str, object]:
    """Return what an offer costs: a word, or a fee with its amounts."""
    if not isinstance(cost, Fee):
        return {"cost": cost}
    return {
        "cost": "fee",
        "amount_eur": cost.amount,
        "amount_to_eur": cost.up_to,
        "amount_reduced_eur": cost.reduced,
    }


def _stop(source: ExportSource, stop: StopFacts) -> str:
    place = source.site.places.get(stop.location.place or "")
    name = ""
    if place is not None:
        name = source.text(place, "name")
    where = ", ".join(filter(None, (name, stop.name)))
    if stop.schedule is not None:
        return f"{where}: {stop.schedule.written}"
    return where


def illustrative_text(record: Record) -> str:
    """Say in a file what of a record was made up: `yes`, or the names of the fields; empty where nothing was."""
    if isinstance(record.illustrative, tuple):
        return ";".join(record.illustrative)
    if record.illustrative:
        return "yes"
    return ""


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
