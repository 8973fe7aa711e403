"""Write what search engines and readers of feeds read (schema.org, sitemap, RFC 4287)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape

from msgspec import Struct

from generator.export.source import ExportSource
from generator.hours.schedule import MIDNIGHT, Schedule, clock
from generator.model.facts import Location, OfferFacts
from generator.model.groups import Address, Fee
from generator.model.offer import Offer
from generator.model.scalars import Ages

CONTEXT = "https://schema.org"
_PROVIDERS = {"public": "GovernmentOrganization", "non-profit": "NGO"}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MOST_EVENTS = 10
"""Of an offer with many dates the next ones are told."""
MOST_CLOSED = 12
"""So many closed spans are told; an offer that is often closed has more."""

Node = dict[str, Any]


def offer_data(source: ExportSource, offer: Offer, facts: OfferFacts) -> Node:
    """Return an offer as `Service` with dates as `Event`s."""
    events = [] if facts.sensitive else _events(source, offer, facts)
    return {"@context": CONTEXT, "@graph": [_describe_service(source, offer, facts), *events]}


def breadcrumbs(steps: Sequence[tuple[str, str]]) -> Node:
    """Return (name, address) steps as `BreadcrumbList`."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": address}
        for number, (name, address) in enumerate(steps, 1)
    ]
    return {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def _describe_service(source: ExportSource, offer: Offer, facts: OfferFacts) -> Node:
    words = source.site.words
    provider = source.site.providers[offer.provider]
    address = source.address("offer", offer.id)
    public = provider.kind == "public"
    found: Node = {
        "@type": "GovernmentService" if public else "Service",
        "@id": f"{address}#angebot",
        "name": source.text(offer, "name"),
        "description": source.text(offer, "summary"),
        "url": address,
        "serviceType": source.text(words.kinds[offer.kind], "name"),
        "provider": _describe_provider(source, offer),
        "areaServed": _describe_areas_served(source, offer),
        "availableChannel": _channel(offer, facts, source),
    }
    if offer.for_:
        found["audience"] = [
            {"@type": "Audience", "audienceType": source.text(words.target_groups[item], "name")}
            for item in offer.for_
        ]
    price = _price(offer)
    if offer.access is not None and offer.access.register_by is not None and not offer.invented("access"):
        price["availabilityEnds"] = offer.access.register_by.isoformat()
    if price:
        found["offers"] = {"@type": "Offer", **price}
    hours = _hours(offer, facts, facts.schedule)
    if hours:
        found["hoursAvailable"] = hours
    return found


def _describe_provider(source: ExportSource, offer: Offer) -> Node:
    provider = source.site.providers[offer.provider]
    return {
        "@type": _PROVIDERS.get(provider.kind, "Organization"),
        "name": source.text(provider, "name"),
        "url": source.address("provider", provider.id),
    }


def _describe_areas_served(source: ExportSource, offer: Offer) -> list[Node]:
    areas = tuple(dict.fromkeys((*offer.spaces, *offer.visits))) or source.facts.roots
    names = [source.text(source.site.spaces[key], "name") for key in areas]
    if names:
        return [{"@type": "AdministrativeArea", "name": name} for name in names]
    return [{"@type": "City", "name": source.site.config.town or source.site.config.publisher.name}]


def _channel(offer: Offer, facts: OfferFacts, source: ExportSource) -> Node:
    """Return how an offer is reached: page, telephone, places, languages."""
    found: Node = {"@type": "ServiceChannel", "serviceUrl": source.address("offer", offer.id)}
    phone = facts.contact.number
    if phone:
        found["servicePhone"] = {"@type": "ContactPoint", "telephone": phone}
    places = [place_data(source, offer, facts.location), *_stops(source, offer, facts)]
    if shown := [place for place in places if place]:
        found["serviceLocation"] = shown[0] if len(shown) == 1 else shown
    if offer.languages:
        found["availableLanguage"] = list(offer.languages)
    return found


def _stops(source: ExportSource, offer: Offer, facts: OfferFacts) -> Iterator[Node]:
    """Yield each of several places with hours."""
    for stop in facts.stops:
        if stop.location.visibility != "full":
            continue
        place = source.site.places.get(stop.location.place or "")
        name = stop.name or (source.text(place, "name") if place is not None else "")
        found: Node = (
            {"@type": "Place"} | ({"name": name} if name else {}) | _describe_location(stop.location)
        )
        hours = _hours(offer, facts, stop.schedule)
        if hours:
            found["openingHoursSpecification"] = hours
        yield found


def place_data(source: ExportSource, offer: Offer, location: Location) -> Node:
    """Return a public location as `Place`; empty if secret."""
    where = _describe_location(location)
    if location.visibility != "full" or not where:
        return {}
    place = source.site.places.get(offer.place or "")
    name = {} if place is None else {"name": source.text(place, "name")}
    return {"@type": "Place"} | name | where


def _describe_location(location: Location) -> Node:
    found: Node = {}
    if location.address is not None:
        found["address"] = postal_address(location.address)
    if location.point is not None:
        point = location.point
        found["geo"] = {"@type": "GeoCoordinates", "latitude": point.latitude, "longitude": point.longitude}
    return found


def postal_address(address: Address) -> Node:
    """Return an address as a `PostalAddress`."""
    return {
        "@type": "PostalAddress",
        "streetAddress": address.door,
        "postalCode": address.postcode,
        "addressLocality": address.town,
        "addressCountry": "DE",
    }


def _price(offer: Offer) -> Node:
    """Return an `Offer`'s price or range; empty if unknown."""
    if offer.invented("cost"):
        return {}
    if not isinstance(offer.cost, Fee):
        return {"price": "0", "priceCurrency": "EUR"} if offer.cost == "free" else {}
    if offer.cost.amount is None:
        return {}
    if offer.cost.up_to is None:
        return {"price": str(offer.cost.amount), "priceCurrency": "EUR"}
    both = {"minPrice": str(offer.cost.amount), "maxPrice": str(offer.cost.up_to), "priceCurrency": "EUR"}
    return {"priceSpecification": {"@type": "PriceSpecification", **both}}


def _hours(offer: Offer, facts: OfferFacts, schedule: Schedule | None) -> list[Node]:
    """Return a public door's regular week; closed days begin and end at 00:00, for search engines.

    None for sensitive offers: search engines make „open now“ of it.
    """
    public = offer.status == "running" and not facts.sensitive
    if schedule is None or not public or not schedule.readable or schedule.entry or schedule.lacks_holidays:
        return []
    spans = list(_usual_spans(schedule))
    found: list[Node] = []
    for (start, end), days in schedule.doors_by_time().items():
        names = [DAYS[day] for day in days]
        closes = "23:59" if end == MIDNIGHT else clock(end % MIDNIGHT)
        found += [
            _TIMES | {"dayOfWeek": names} | _describe_opening_span(clock(start), closes, *span)
            for span in spans
        ]
    found += _dated(schedule)
    return found + _closed_spans(schedule) if found else []


def _dated(schedule: Schedule) -> Iterator[Node]:
    """Yield the dates of what is open on some days alone, such as each first Wednesday."""
    for day in islice((one for one in schedule.exceptions if one.intervals), MOST_CLOSED):
        week = schedule.week[day.date.weekday()]
        kept = {one for one in week if one.at_a_door} <= set(day.intervals)
        for one in day.intervals:
            if one.at_a_door and not (kept and one in week):
                closes = "23:59" if one.end == MIDNIGHT else clock(one.end % MIDNIGHT)
                times = _describe_opening_span(clock(one.start), closes, day.date, day.date)
                yield _TIMES | {"dayOfWeek": [DAYS[day.date.weekday()]]} | times


def _usual_spans(schedule: Schedule) -> Iterator[tuple[dt.date, dt.date]]:
    """Yield (first, last) days of the usual week, without those that are open otherwise."""
    # Open days on which a door isn't open at all of the week's times.
    others = [
        day.date for day in schedule.exceptions
        if day.intervals and not {one for one in schedule.week[day.date.weekday()] if one.at_a_door} <= set(day.intervals)
    ]  # fmt: skip
    begin = schedule.since
    for first, last in _find_runs_of_days(schedule, others):
        if begin < first:
            yield begin, first - dt.timedelta(days=1)
        begin = last + dt.timedelta(days=1)
    if begin <= schedule.until:
        yield begin, schedule.until


def _closed_spans(schedule: Schedule) -> list[Node]:
    """Return the next irregularly closed days, consecutive ones joined."""
    closed = _find_runs_of_days(schedule, [day.date for day in schedule.exceptions if not day.intervals])
    return [
        _TIMES | _describe_opening_span("00:00", "00:00", first, last)
        for first, last in islice(closed, MOST_CLOSED)
    ]


_TIMES: Node = {"@type": "OpeningHoursSpecification"}


def _describe_opening_span(opens: str, closes: str, first: dt.date, last: dt.date) -> Node:
    return {
        "opens": opens,
        "closes": closes,
        "validFrom": first.isoformat(),
        "validThrough": last.isoformat(),
    }


def _find_runs_of_days(schedule: Schedule, days: Iterable[dt.date]) -> Iterator[tuple[dt.date, dt.date]]:
    """Yield (first, last) of days with nothing open between, so that weekends don't split holidays."""
    first = last = None
    for day in days:
        between = (last + dt.timedelta(days=ahead) for ahead in range(1, (day - last).days)) if last else ()
        if first is not None and last is not None and any(map(schedule.intervals_on, between)):
            yield first, last
            first = None
        first, last = first or day, day
    if first is not None and last is not None:
        yield first, last


def _events(source: ExportSource, offer: Offer, facts: OfferFacts) -> list[Node]:
    """Return coming dates, without time only the date."""
    place = place_data(source, offer, facts.location)
    price = _price(offer)
    found: list[Node] = []
    for date in offer.dates:
        if (date.until or date.date) < source.facts.today or len(found) == MOST_EVENTS:
            continue
        end = date.until or date.date + dt.timedelta(days=date.past_midnight)
        node: Node = {
            "@type": "Event",
            "name": date.name or source.text(offer, "name"),
            "url": source.address("offer", offer.id),
            "startDate": _write_moment(date.date, date.from_),
            "endDate": _write_moment(end, date.to),
            "organizer": _describe_provider(source, offer),
        }
        if place:
            node["location"] = place
        if price:
            node["isAccessibleForFree"] = price.get("price") == "0"
        ages = _age_range(offer.ages)
        if ages:
            node["typicalAgeRange"] = ages
        found.append(node)
    return found


def _write_moment(day: dt.date, time: dt.time | None) -> str:
    return day.isoformat() if time is None else f"{day.isoformat()}T{time:%H:%M}"


def _age_range(ages: Ages | None) -> str:
    if ages is None or ages.everybody:
        return ""
    return f"{ages.lower // 12}-{'' if ages.upper is None else ages.upper // 12}"


LIMIT = 50_000
"""Addresses that sitemaps.org allows in a file."""


def sitemap(root: str, paths: Iterable[str], dates: Mapping[str, dt.date | None]) -> dict[str, str]:
    """Return sitemap files by name (sitemaps.org 0.9), with an index if several; `dates` are by path."""
    rows = [_write_sitemap_row("url", root + path, dates.get(path)) for path in sorted(paths)]
    if len(rows) <= LIMIT:
        return {"sitemap.xml": _write_sitemap("urlset", rows)}
    parts = [rows[start : start + LIMIT] for start in range(0, len(rows), LIMIT)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    index = [_write_sitemap_row("sitemap", root + name, None) for name in names]
    files = {name: _write_sitemap("urlset", part) for name, part in zip(names, parts, strict=True)}
    return {"sitemap.xml": _write_sitemap("sitemapindex", index), **files}


def _write_sitemap_row(element: str, address: str, day: dt.date | None) -> str:
    modified = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
    return f"<{element}><loc>{escape(address)}</loc>{modified}</{element}>\n"


def _write_sitemap(element: str, rows: Iterable[str]) -> str:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{element} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{''.join(rows)}</{element}>\n"


class FeedEntry(Struct, frozen=True):
    """A piece of news: day, title, sentence, page."""

    date: dt.date
    title: str
    text: str
    address: str


class Feed(Struct, frozen=True):
    """What a feed says of itself."""

    title: str
    author: str
    lang: str
    address: str  # its own
    page: str  # the address of the page with the same news


def atom(feed: Feed, entries: Sequence[FeedEntry], otherwise: dt.date) -> bytes:
    """Return the feed, newest first; `otherwise` dates an empty one."""
    newest = sorted(entries, key=lambda entry: (-entry.date.toordinal(), entry.address, entry.title))
    updated = newest[0].date if newest else otherwise
    used: Counter[str] = Counter()
    written = ""
    for entry in newest:
        name = f"{entry.address}#{entry.date.isoformat()}"
        # Two pieces of news of one day about one offer are two entries, and each needs a name of its own.
        used[name] += 1
        if used[name] > 1:
            name = f"{name}-{used[name]}"
        written += f"""  <entry>
    <title>{escape(entry.title)}</title>
    <id>{escape(name)}</id>
    <updated>{entry.date.isoformat()}T00:00:00Z</updated>
    <link rel="alternate" type="text/html" href="{escape(entry.address)}" />
    <summary>{escape(entry.text or entry.title)}</summary>
  </entry>
"""
    return f"""<?xml version='1.0' encoding='utf-8'?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{feed.lang}">
  <title>{escape(feed.title)}</title>
  <id>{escape(feed.page)}</id>
  <updated>{updated.isoformat()}T00:00:00Z</updated>
  <author>
    <name>{escape(feed.author)}</name>
  </author>
  <link rel="self" type="application/atom+xml" href="{escape(feed.address)}" />
  <link rel="alternate" type="text/html" href="{escape(feed.page)}" />
{written}</feed>
""".encode()
