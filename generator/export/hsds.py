"""Write providers, offers and places as Human Services Data Specification (HSDS 3).

Identifiers are UUIDs made from ours, so they stay from build to build.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from generator.export.source import ExportSource, json_file
from generator.hours.schedule import MIDNIGHT, Schedule, clock
from generator.model.facts import Location, OfferFacts
from generator.model.groups import Address, Contact, Fee
from generator.model.offer import Offer
from generator.model.places_and_providers import Place
from generator.model.vocabulary import Word

VERSION = "3.0"
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
STATUS = {  # by an offer's own
    "possible": "temporarily closed",
    "planned": "temporarily closed",
    "running": "active",
    "paused": "temporarily closed",
    "ended": "defunct",
}

Node = dict[str, Any]


def hsds(source: ExportSource) -> bytes:
    """Return organisations of active offers and unprotected places, with services and locations."""
    writer = _Writer(source)
    content = {
        "version": VERSION,
        "publisher": source.site.config.publisher.name,
        "licence": source.site.config.data_licence,
        "date": source.facts.today.isoformat(),
        "contents": list(writer.organisations()),
    }
    return json_file(content)


class _Writer:
    """Makes the nested objects; holds the namespace of identifiers."""

    def __init__(self, source: ExportSource) -> None:
        self.source = source
        self.namespace = uuid.uuid5(uuid.NAMESPACE_URL, source.site.config.url)
        self.places: dict[str, list[Place]] = {}
        for place in source.site.current("places").values():
            if not source.facts.protects(place.id):
                for key in place.providers:
                    self.places.setdefault(key, []).append(place)

    def id(self, *parts: str) -> str:
        """Return the UUID of what our ids name: `("offer", "krabbelgruppe", "at")`."""
        return str(uuid.uuid5(self.namespace, "/".join(parts)))

    def organisations(self) -> Iterator[Node]:
        site, text = self.source.site, self.source.text
        services: dict[str, list[Node]] = {}
        for offer, facts in self.source.offers:
            services.setdefault(offer.provider, []).append(self.service(offer, facts))
        for key, provider in site.providers.items():
            places = self.places.get(key, [])
            if key not in services and not places:
                continue
            name, contact = text(provider, "name"), provider.contact or Contact()
            yield _filled(
                {
                    "id": self.id("provider", key),
                    "name": name,
                    "alternate_name": provider.short,
                    "description": text(provider, "summary") or text(provider, "description") or name,
                    "email": contact.email,
                    "website": contact.website,
                    "legal_status": text(site.words.provider_kinds[provider.kind], "name"),
                    "uri": self.source.address("provider", key),
                    "phones": self.phones("provider", key, contact),
                    "locations": [
                        self.location(place, self.source.facts.places[place.id]) for place in places
                    ],
                    "services": services.get(key, []),
                }
            )

    def service(self, offer: Offer, facts: OfferFacts) -> Node:
        text, words = self.source.text, self.source.site.words
        ages = None if offer.ages is not None and offer.ages.everybody else offer.ages
        fees: str | None = None if offer.invented("cost") or isinstance(offer.cost, Fee) else offer.cost
        if isinstance(offer.cost, Fee) and offer.cost.amount is None and not offer.invented("cost"):
            fees = offer.cost.note
        return _filled(
            {
                "id": self.id("offer", offer.id),
                "name": text(offer, "name"),
                "description": text(offer, "summary"),
                "url": self.source.address("offer", offer.id),
                "email": facts.contact.email,
                "status": STATUS[offer.status],
                "interpretation_services": offer.interpreter,
                "application_process": self.application(offer, facts),
                "fees_description": fees,
                "eligibility_description": ", ".join(
                    text(words.target_groups[item], "name") for item in offer.for_
                ),
                # Ours are months.
                "minimum_age": ages.lower // 12 if ages else None,
                "maximum_age": ages.upper // 12 if ages and ages.upper is not None else None,
                "assured_date": offer.checked.isoformat() if offer.checked else None,
                "alert": offer.alert.text if offer.alert and facts.alert_shown else None,
                "phones": self.phones("offer", offer.id, facts.contact, facts.phone_schedule),
                "schedules": self.schedules(offer.id, facts.schedule),
                "service_areas": self.areas(offer),
                "service_at_locations": self.at_locations(offer, facts),
                "languages": [
                    {
                        "id": self.id("offer", offer.id, "language", tag),
                        "name": text(words.languages[tag], "name"),
                        "code": tag,
                    }
                    for tag in offer.languages
                ],
                "cost_options": self.costs(offer),
                "required_documents": self.documents(offer),
                "attributes": self.attributes(offer),
            }
        )

    def phones(self, kind: str, key: str, contact: Contact, schedule: Schedule | None = None) -> list[Node]:
        found = []
        hours = schedule.written if schedule else None
        for number, sort, more in (
            (contact.phone, "voice", (hours,)),
            (contact.mobile, "cell", contact.messengers),
        ):
            if number:
                description = ", ".join(filter(None, (contact.name, *more)))
                node = {"number": number, "type": sort, "description": description}
                found.append(_filled({"id": self.id(kind, key, "phone", sort), **node}))
        return found

    def schedules(self, key: str, schedule: Schedule | None) -> list[Node]:
        """Return a regular week where certain, else hours as written."""
        if schedule is None:
            return []
        # Nothing that people might read otherwise, and nothing unknown.
        certain = schedule.readable and not schedule.lacks_holidays
        by_time = schedule.doors_by_time() if certain else {}
        if not by_time and schedule.written:
            found = [{"id": self.id("offer", key, "schedule"), "description": schedule.written}]
            return found + self.closings(key, schedule)
        found = []
        for (start, end), days in by_time.items():
            node = {
                "id": self.id("offer", key, "schedule", str(start), str(end)),
                "valid_from": schedule.since.isoformat(),
                "valid_to": schedule.until.isoformat(),
                "freq": "WEEKLY",
                "byday": ",".join(DAYS[day] for day in days),
                "opens_at": f"{clock(start % MIDNIGHT)}:00",
                "closes_at": f"{clock(end % MIDNIGHT)}:00",
                # What is written says all of them, and stands at the first.
                "description": "" if found else schedule.written,
            }
            found.append(_filled(node))
        return found + self.closings(key, schedule)

    def closings(self, key: str, schedule: Schedule) -> list[Node]:
        """Return the days on which an offer is closed, with where to turn instead."""
        found: list[Node] = []
        for one in schedule.closings:
            offer = self.source.facts.instead_of(one)
            name = self.source.text(self.source.site.offers[offer], "name") if offer else ""
            instead = ", ".join(filter(None, (name, one.instead_phone)))
            found.append(
                {
                    "id": self.id("offer", key, "closed", str(one.first)),
                    "valid_from": one.first.isoformat(),
                    "valid_to": one.last.isoformat(),
                    "description": f"geschlossen: {one.reason}"
                    + (f"; stattdessen: {instead}" if instead else ""),
                }
            )
        return found

    def areas(self, offer: Offer) -> list[Node]:
        spaces = tuple(dict.fromkeys((*offer.spaces, *offer.visits))) or self.source.facts.roots
        return [
            {
                "id": self.id("offer", offer.id, "area", key),
                "name": self.source.text(self.source.site.spaces[key], "name"),
                "uri": self.source.address("space", key),
            }
            for key in spaces
        ]

    def at_locations(self, offer: Offer, facts: OfferFacts) -> list[Node]:
        """Return a service's locations; none if protected."""
        found = []
        location = facts.location
        if offer.place or location.address or location.point:
            name = self.source.text(offer, "name")
            where = self.short_location(("offer", offer.id), name, offer.place, location)
            found.append({"id": self.id("offer", offer.id, "at"), "location": where})
        for number, stop in enumerate(facts.stops):
            key = f"{offer.id}/{number}"
            node = {
                "id": self.id("offer", key, "at"),
                "description": stop.name,
                "location": self.short_location(
                    ("offer", key), stop.name, stop.location.place, stop.location
                ),
                "schedules": self.schedules(key, stop.schedule),
            }
            found.append(_filled(node))
        return found

    def short_location(self, owner: tuple[str, str], name: str, key: str | None, location: Location) -> Node:
        """Return where a service takes place: in full, unless its organisation says it; without a record by `name`."""
        place = self.source.site.places.get(key or "")
        if place is None:
            return self.spot(self.id(*owner, "location"), name, owner, location)
        if not place.providers:
            return self.location(place, location)
        name = self.source.text(place, "name")
        return self.spot(self.id("place", place.id), name, ("place", place.id), location)

    def location(self, place: Place, location: Location) -> Node:
        """A place with all that is known of it."""
        text, words = self.source.text, self.source.site.words
        found = self.spot(self.id("place", place.id), text(place, "name"), ("place", place.id), location)
        found["url"] = self.source.address("place", place.id)
        found["description"] = text(place, "summary")
        if location.visibility == "full":
            found["transportation"] = text(place, "transport")
            found["accessibility"] = [
                {
                    "id": self.id("place", place.id, "accessibility", feature),
                    "description": text(words.accessibility[feature], "name"),
                    "details": answer,
                }
                for feature, answer in place.accessibility.items()
            ]
        return _filled(found)

    def spot(self, id: str, name: str, owner: tuple[str, str], location: Location) -> Node:
        """Return a location's name and visible point and address."""
        found: Node = {"id": id, "location_type": "physical", "name": name}
        if location.visibility == "full" and location.point is not None:
            found |= {"latitude": location.point.latitude, "longitude": location.point.longitude}
        found["addresses"] = self.addresses(*owner, location.address)
        return _filled(found)

    def addresses(self, kind: str, key: str, address: Address | None) -> list[Node]:
        if address is None:
            return []
        return [
            _filled(
                {
                    "id": self.id(kind, key, "address"),
                    "address_1": address.door,
                    "address_2": address.extra,
                    "city": address.town,
                    "state_province": self.source.site.config.land,
                    "postal_code": address.postcode,
                    "country": "DE",
                    "address_type": "physical",
                }
            )
        ]

    def costs(self, offer: Offer) -> list[Node]:
        cost = offer.cost
        if not isinstance(cost, Fee) or offer.invented("cost"):
            return []
        least = "" if cost.up_to is None else "ab"
        amounts = {least: cost.amount, "bis": cost.up_to, "ermäßigt": cost.reduced}
        found = []
        for option, amount in amounts.items():
            if amount is not None:
                node = {"option": option, "currency": "eur", "amount": float(amount)}
                node |= {"amount_description": cost.per}
                found.append(_filled({"id": self.id("offer", offer.id, "cost", option), **node}))
        return found

    def application(self, offer: Offer, facts: OfferFacts) -> str | None:
        if not facts.way:
            return None
        name = self.source.text(self.source.site.words.access_ways[facts.way], "name")
        if offer.access is None or offer.access.register_by is None or offer.invented("access"):
            return name
        return f"{name}, bis {offer.access.register_by.isoformat()}"

    def documents(self, offer: Offer) -> list[Node]:
        if offer.access is None or not offer.access.bring or offer.invented("access"):
            return []
        return [{"id": self.id("offer", offer.id, "bring"), "document": offer.access.bring}]

    def attributes(self, offer: Offer) -> list[Node]:
        """Topics and kind as terms of our vocabularies."""
        words, text = self.source.site.words, self.source.text
        terms: list[tuple[str, str, Word]] = [("kinds", offer.kind, words.kinds[offer.kind])]
        terms += [("topics", topic, words.topics[topic]) for topic in offer.topics]
        return [
            {
                "id": self.id("offer", offer.id, taxonomy, code),
                "taxonomy_term": {
                    "id": self.id(taxonomy, code),
                    "code": code,
                    "name": text(word, "name"),
                    "description": word.explanation or text(word, "name"),
                    "taxonomy": f"nahraum-{taxonomy}",
                },
            }
            for taxonomy, code, word in terms
        ]


def _filled(node: Node) -> Node:
    """Leave out what nobody has said."""
    return {key: value for key, value in node.items() if value not in (None, "", [], {})}
