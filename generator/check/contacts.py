"""Check telephone numbers, links and addresses of records, with what stands beside them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from msgspec import Struct
from shapely.geometry.base import BaseGeometry

from generator.check.persons import Trace, uncleared, uncleared_in_page
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.result_cache import Same
from generator.hours.written_hours import Hours
from generator.model.areas_and_offices import Office
from generator.model.config import SiteConfig
from generator.model.dear_numbers_and_hosts import (
    area_code,
    deceives,
    dialled,
    is_own_network,
    price,
    typed_numbers,
)
from generator.model.geometry import Areas
from generator.model.groups import Address, Contact, Record, Visibility
from generator.model.names_and_ids import slug
from generator.model.offer import Offer
from generator.model.places_and_providers import Place, Provider
from generator.model.planning_records import Network
from generator.model.site import House, Site, StreetRange, house, street_and_number
from generator.model.visibility import visibility_of_offer
from generator.model.vocabulary import Vocabularies
from generator.read.nodes import Scalar, at
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.read.written_texts import passages, scalars

BY_PHONE = 2
"""The rating of a contact with a telephone (`reached`)."""


class RecordSurroundings(Struct, frozen=True):
    """What single records' checks know of the town."""

    words: Vocabularies
    config: SiteConfig
    internal: bool
    seen_places: Mapping[str, Visibility]
    seen_providers: Mapping[str, Visibility]
    places: Mapping[str, int]
    """By id how well one is reached by each place's contact (`reached`); `providers` alike."""
    providers: Mapping[str, int]
    offices: frozenset[str]
    parts: frozenset[str]
    """Areas within others: naming one tells more than naming the town."""

    def seen(self, offer: Offer) -> Visibility:
        """Return how much of an offer's whereabouts may be shown."""
        return visibility_of_offer(self.words, offer, self.seen_places, self.seen_providers)

    def shows(self, record: Record) -> bool:
        """Tell whether a record publicly says itself where it is."""
        if isinstance(record, Place):
            return self.seen_places[record.id] == "full" and bool(record.address or record.point)
        if isinstance(record, Provider):
            return self.seen_providers[record.id] == "full" and record.address is not None
        if isinstance(record, Offer):
            return self.seen(record) == "full" and bool(record.address or record.point or record.stops)
        return False


def surroundings(site: Site, reading: Reading) -> Same[RecordSurroundings]:
    """Return a site's surroundings, the same object while equal."""
    return reading.once((surroundings, Same(site)), lambda: _gather_record_surroundings(site, reading))


def _gather_record_surroundings(site: Site, reading: Reading) -> Same[RecordSurroundings]:
    seen = reading.seen(site)
    return reading.same(
        "surroundings",
        RecordSurroundings(
            words=site.words,
            config=site.config,
            internal=site.internal,
            seen_places=seen.places,
            seen_providers=seen.providers,
            places={key: reached(place.contact) for key, place in site.places.items()},
            providers={key: reached(one.contact) for key, one in site.providers.items()},
            offices=frozenset(site.offices),
            parts=frozenset(key for key, space in site.spaces.items() if space.parent is not None),
        ),
    )


def reached(contact: Contact | None) -> int:
    """Rate a contact: by telephone 2, otherwise 1, none 0."""
    if contact is None:
        return 0
    if contact.number:
        return BY_PHONE
    return 1 if contact.email or contact.website else 0


EVERYDAY = "everyday"  # the layer of kinds such as playgrounds, which nobody need reach by telephone


def check_contacts(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report offers without contact, telephone or place, unless everyday places.

    Propose their kind's usual way in where none is said, and ask about unreachable networks.
    """
    yield from reading.of_each(_contact, surroundings(site, reading), folders=("offers",))
    for source in reading.of("networks"):
        network = site.networks[source.id]
        if network.moderator and network.origin is None and not _is_reached(network):
            yield diagnostic("moderation-ohne-kontakt", source.position("moderator"), name=network.name)


def check_offices(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report one telephone with two opening hours, and offices or providers with tasks without one."""
    answered: dict[str, list[tuple[str, str | None, Position]]] = defaultdict(list)
    for name, contact, hours, position in _telephones(site, reading):
        number = dialled(contact.number if contact else "")
        if number and hours:
            answered[number].append((name, hours.expression, position))
    for several in answered.values():
        (name, usual, _), *others = several
        for _, other, position in others:
            if other != usual:
                yield diagnostic("telefon-zwei-zeiten", position, name=name)
    for source in (*reading.of("offices"), *reading.of("providers")):
        record = source.record
        if not isinstance(record, Office | Provider) or record.origin is not None:
            continue
        has_tasks = isinstance(record, Office) or record.functions
        if has_tasks and not (record.contact and record.contact.number):
            yield diagnostic("aufgabe-ohne-telefon", source.position("name"), name=record.name)


def _telephones(site: Site, reading: Reading) -> Iterator[tuple[str, Contact | None, Hours | None, Position]]:
    """Yield telephones with hours: offices, teams, their offers, remote offers."""
    # (number, place): an offer with an office's number at its place is that office's, so their hours must agree.
    office_doors = set()
    for source in reading.of("offices"):
        office = site.offices[source.id]
        office_doors.add((dialled(office.contact.number if office.contact else ""), office.place))
        yield office.name, office.contact, office.hours, source.position("hours")
    for source in reading.of("spaces"):
        for number, part in enumerate(site.spaces[source.id].team):
            yield part.name or source.id, part.contact, part.hours, source.position("team", number, "hours")
    for source in reading.of("offers"):
        offer = site.offers[source.id]
        at_door = (dialled(offer.contact.number if offer.contact else ""), offer.place) in office_doors
        if offer.status == "running" and (at_door or (offer.remote == ("phone",) and not offer.place)):
            yield offer.name, offer.contact, offer.hours, source.position("hours")


def _is_reached(network: Network) -> bool:
    """Tell whether one learns whom to ask in a network."""
    if network.moderated_by:
        return True
    return bool(network.contact and (network.contact.number or network.contact.email))


def _is_known(offer: Offer, town: RecordSurroundings) -> bool:
    """Tell whether an offer's place, kind and provider exist; where they don't is reported elsewhere."""
    known_place = not offer.place or offer.place in town.places
    return known_place and offer.kind in town.words.kinds and offer.provider in town.providers


def _contact(source: RecordSource, around: Same[RecordSurroundings]) -> Iterator[Diagnostic]:
    """Report an offer's missing contact or way in, and unclear place."""
    offer, town = source.record, around.value
    if not isinstance(offer, Offer) or offer.status in ("ended", "possible") or not _is_known(offer, town):
        return
    kind = town.words.kinds[offer.kind]
    of_place, of_provider = town.places.get(offer.place or "", 0), town.providers[offer.provider]
    rating = max(reached(offer.contact), of_place, of_provider)
    if rating < BY_PHONE and kind.layer != EVERYDAY:
        yield diagnostic(
            "ohne-telefon" if rating else "ohne-kontakt", source.position("name"), name=offer.name
        )
    if town.seen(offer) == "full":
        yield from _whereabouts(source, offer)
    # What was taken from a document says only what the document does.
    if offer.access is None and offer.origin is None:
        yield diagnostic("zugang-fehlt", source.position("kind"), kind=kind.name, usual=kind.access)


def _whereabouts(source: RecordSource, offer: Offer) -> Iterator[Diagnostic]:
    """Report an offer with two places or none."""
    if offer.place and offer.address is not None:
        yield diagnostic("ort-und-adresse", source.position("address", key=True))
    if not (offer.place or offer.address or offer.point or offer.stops or offer.remote or offer.visits):
        yield diagnostic("ohne-ort", source.position("name"), name=offer.name)


BESIDE_METRES = 300
"""So far may a point lie outside the area that the register names: houses on a boundary, entrances around the corner."""
_COUNTRY = re.compile(r"((?:\+|00)49)[\s\-/]*0(?=[\d\s])(.*)")  # „+49 0431 …“
_BEFORE_MOBILE = re.compile(r"0[2-9]\d{1,4}[\s/\-]+(0?1[567]\d[\d\s/\-]{5,})")  # „0431 0171 …“
# Emergency and crisis numbers, and those that are the same everywhere.
_EVERYWHERE = re.compile(r"1\d{2}|116\d{3}|115|118\d+")
# Before a number no street's name but part of the address: „Haus 5“, „C 4“ (Mannheim).
_NO_STREET = re.compile(
    r"(?:straße|str\.?|platz|weg|allee|parzelle|haus|block|gebäude|tor|halle|[A-Z]|.*\d)", re.IGNORECASE
)


def check_numbers(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report numbers without area code, mobiles behind one, „+49 0“."""
    del site
    yield from reading.of_each(_wrong_numbers)


def usual_area_code(reading: Reading) -> str:
    """Return the commonest area code; empty for none."""
    codes = Counter(reading.of_each(_area_codes))
    return next((code for code, _ in codes.most_common(1)), "")


def _area_codes(source: RecordSource) -> Iterator[str]:
    return (code for scalar in numbers_in(source) if (code := area_code(scalar.text)))


def _wrong_numbers(source: RecordSource) -> Iterator[Diagnostic]:
    for scalar in numbers_in(source):
        text = scalar.text.strip()
        digits = re.sub(r"\D", "", text)
        if match := _COUNTRY.fullmatch(text):
            better = f"{match[1]} {match[2].strip()}"
            yield diagnostic("null-nach-laendervorwahl", scalar.position, value=text, better=better)
        elif match := _BEFORE_MOBILE.fullmatch(text):
            better = f"mobile: 0{match[1].lstrip('0')}"
            yield diagnostic("vorwahl-vor-mobil", scalar.position, value=text, better=better)
        elif text[0] not in "+0(" and not _EVERYWHERE.fullmatch(digits):
            yield diagnostic("vorwahl-fehlt", scalar.position, value=text)


def numbers_in(source: RecordSource) -> Iterator[Scalar]:
    """Yield what is written as telephone numbers of a record."""
    return (scalar for path, scalar in scalars(source.node) if path and path[-1] in ("phone", "mobile"))


@dataclass(frozen=True, slots=True, eq=False)
class StreetRegister:
    """The register of streets: its rows by `_spelt` name, areas' shapes, (name, level) of `spaces` by id."""

    streets: Mapping[str, Sequence[StreetRange]]
    areas: Areas
    spaces: Mapping[str, tuple[str, str]]


def check_addresses(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report house numbers in streets, and points outside the register's area."""
    yield from reading.of_each(_number_in_street)
    if site.streets:
        spaces = frozenset((key, space.name, space.level) for key, space in site.spaces.items())
        streets = reading.same("streets", site.streets)
        register = reading.cache.call(_make_street_register, streets, Same(site.shapes), spaces)
        yield from reading.of_each(_point_far_off, register)


def _make_street_register(
    written: Same[tuple[StreetRange, ...]],
    shapes: Same[Mapping[str, BaseGeometry]],
    spaces: Collection[tuple[str, str, str]],
) -> StreetRegister:
    streets: dict[str, list[StreetRange]] = defaultdict(list)
    for item in written.value:
        streets[_spelt(item.street)].append(item)
    return StreetRegister(streets, Areas(shapes.value), {key: (name, level) for key, name, level in spaces})


def _number_in_street(source: RecordSource) -> Iterator[Diagnostic]:
    address = getattr(source.record, "address", None)
    if not isinstance(address, Address):
        return
    parts = street_and_number(address.street)
    if parts and not _NO_STREET.fullmatch(parts[0]) and at(source.node, ("address", "street")) is not None:
        better = f"street: {parts[0]}" + ("" if address.number else f", number: {parts[1]}")
        place = source.position("address", "street")
        yield diagnostic("hausnummer-in-strasse", place, value=address.street, better=better)


def _point_far_off(source: RecordSource, register: StreetRegister) -> Iterator[Diagnostic]:
    """Report a point over `BESIDE_METRES` outside the area that the register names for its address."""
    address = getattr(source.record, "address", None)
    point = getattr(source.record, "point", None)
    if not isinstance(address, Address) or point is None or not address.number:
        return
    areas = register.areas
    here = [space for space in sorted(_spaces_of(address, register.streets)) if space in areas.ids]
    if not here or min(areas.distance(point, space) for space in here) <= BESIDE_METRES:
        return
    name, level = register.spaces[here[0]]
    yield diagnostic(
        "punkt-neben-adresse",
        source.position("point"),
        there=_name_there([register.spaces[space] for space in areas.around(point)], level),
        here=name,
        address=f"{address.street} {address.number}",
    )


def _name_there(around: Sequence[tuple[str, str]], level: str) -> str:
    """Return the first area's name, of this level if any; `around` are (name, level)."""
    if not around:
        return "keinem Gebiet"
    return next((name for name, its_level in around if its_level == level), around[0][0])


def _spaces_of(address: Address, streets: Mapping[str, Sequence[StreetRange]]) -> set[str]:
    """Return an address' areas; none if unknown or ambiguous."""
    number = house(str(address.number))
    if number is None:
        return set()
    found: set[str] = set()
    for item in streets.get(_spelt(address.street), ()):
        elsewhere = item.postcode and item.postcode != address.postcode
        if not elsewhere and _has_house_number(item, number):
            found.add(item.space)
    return found


def _has_house_number(item: StreetRange, number: House) -> bool:
    """Tell whether a street's part has a house number."""
    first, last = house(item.first), house(item.last)
    if (first and number.key < first.key) or (last and number.key > last.key):
        return False
    return item.parity == "all" or (number.number % 2 == 1) == (item.parity == "odd")


def _spelt(street: str) -> str:
    """Return a street's name for comparing: „Linden-Str.“ as „lindenstrasse“."""
    return re.sub(
        r"str$", "strasse", slug(street.replace("Str.", "Straße").replace("str.", "straße"))
    ).replace("-", "")


_NUMBERS = ("phone", "mobile")
_NEVER_SHOWN = ("cleared", "notes")
_LEAST_DIGITS = 10
"""Digits that a number in a text has at least: shorter ones are years, times, sections of a law."""
# „Tel. 11833“ and links of Markdown, „(https://…)“, „(//…)“.
_SHORT = re.compile(r"(?:tel:|\b[Tt]el(?:\.|efon)?\s?:?\s?)(118\d{2,3})\b")
_LINK = re.compile(r"(?:https?:|(?<=\()[/\\]{2})[^\s<>\"'|()\]]*[\w/]", re.IGNORECASE)


def check_reaching(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report costly numbers and deceiving links; internal sites may link inward."""
    if site.internal:
        return
    yield from reading.of_each(_in_record)
    for name, text in reading.pages.items():
        # Its links are looked at in the HTML that comes of it.
        yield from reading.cache.call(uncleared_in_page, f"content/{name}", text, dear)


def _in_record(source: RecordSource) -> Iterator[Diagnostic]:
    cleared = source.record.passed
    for passage in passages(source):
        if not passage.path or passage.path[0] in _NEVER_SHOWN:
            continue
        if passage.path[-1] in _NUMBERS:
            yield from uncleared(passage, _costly_field(passage.text), cleared)
        else:
            yield from uncleared(passage, dear(passage.text), cleared)
            yield from uncleared(passage, _find_unwanted_links(passage.text), cleared)


def _costly_field(number: str) -> Iterator[Trace]:
    """Yield a costly number, which needs a reason; the dearest are refused on reading."""
    kind = price(number)
    if kind is not None:
        yield Trace("nummer-kostet", 0, len(number), kind.what)


def dear(text: str) -> Iterator[Trace]:
    """Yield a text's costly numbers, but not kinds that fields may name with a reason (`allowed`)."""
    for number in typed_numbers(text):
        kind = price(text[number.start : number.end])
        if kind is not None and not kind.allowed and len(number.digits) >= _LEAST_DIGITS:
            yield Trace("teure-nummer-im-text", number.start, number.end, kind.what)
    for match in _SHORT.finditer(text):
        yield Trace("teure-nummer-im-text", *match.span(1), "eine Auskunft zum Preis pro Minute")


def _find_unwanted_links(text: str) -> Iterator[Trace]:
    for match in _LINK.finditer(text):
        if reason := deceives(match[0]):
            yield Trace("link-taeuscht", *match.span(), reason)
        elif is_own_network(match[0]):
            yield Trace("link-ins-eigene-netz", *match.span())


CHECKS = (check_contacts, check_offices, check_numbers, check_addresses, check_reaching)
