"""Telephone numbers, streets and points of records in, what nobody could call or find by them out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.files.result_cache import Same
from generator.model.geometry import Areas
from generator.model.groups import Address
from generator.model.house_numbers import House, house, parted
from generator.model.scalars import lost_zero
from generator.model.site import Site, StreetRange
from generator.model.slugs import slug
from generator.read.nodes import Scalar, at
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.read.written_texts import scalars

BESIDE_METRES = 300
"""So far may a point lie outside the area that the register names: houses on a boundary, entrances around the corner."""
_COUNTRY = re.compile(r"((?:\+|00)49)[\s\-/]*0(?=[\d\s])(.*)")
_BEFORE_MOBILE = re.compile(r"0[2-9]\d{1,4}[\s/\-]+(0?1[567]\d[\d\s/\-]{5,})")
_AREA = re.compile(r"\(?(0[2-9]\d{1,4})[\s/\-)]")
_ABROAD = re.compile(r"^(?:\+|00)49[\s/\-]*(?:\(?0\)?)?\s*")
_NOWHERE = frozenset({"032", "0700", "0800", "0900"})
# Emergency and crisis numbers, and those that are the same everywhere.
_EVERYWHERE = re.compile(r"1\d{2}|116\d{3}|115|118\d+")
_NO_STREET = re.compile(
    r"(?:straße|str\.?|platz|weg|allee|parzelle|haus|block|gebäude|tor|halle|[A-Z]|.*\d)", re.IGNORECASE
)


def check_numbers(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report telephone numbers without an area code, mobile ones behind an area code, a zero behind +49."""
    del site
    yield from reading.of_each(_wrong_numbers)


def usual_area_code(reading: Reading) -> str:
    """Return the area code that most numbers have; nothing where none says its own."""
    codes = Counter(reading.of_each(_area_codes))
    return next((code for code, _ in codes.most_common(1)), "")


def _area_codes(source: RecordSource) -> Iterator[str]:
    return (code for scalar in numbers_in(source) if (code := area_code(scalar.text)))


def area_code(number: str) -> str:
    """Return the area code of a landline where it is set apart; nothing of mobile numbers and those that are the same everywhere.

    >>> area_code("040 66969-1"), area_code("+49 (0)40 66969-1"), area_code("0800 22 55 530")
    ('040', '040', '')
    """
    match = _AREA.match(_ABROAD.sub("0", number.strip()))
    if match is None or match[1] in _NOWHERE:
        return ""
    return match[1]


def _wrong_numbers(source: RecordSource) -> Iterator[Diagnostic]:
    for scalar in numbers_in(source):
        text = scalar.text.strip()
        digits = re.sub(r"\D", "", text)
        if match := _COUNTRY.fullmatch(text):
            better = f"{match[1]} {match[2].strip()}"
            yield diagnostic("null-nach-laendervorwahl", scalar.position, value=text, better=better)
        elif match := _BEFORE_MOBILE.fullmatch(text):
            number = match[1] if match[1].startswith("0") else f"0{match[1]}"
            yield diagnostic("vorwahl-vor-mobil", scalar.position, value=text, better=f"mobile: {number}")
        elif lost_zero(text):
            yield diagnostic(
                "vorwahl-fehlt", scalar.position, value=text, better=f"vielleicht fehlt nur die Null, 0{text}"
            )
        elif text[0] not in "+0" and not _EVERYWHERE.fullmatch(digits):
            better = "hat eine Tabelle die führende 0 verloren, sie ergänzen"
            yield diagnostic("vorwahl-fehlt", scalar.position, value=text, better=better)


def numbers_in(source: RecordSource) -> Iterator[Scalar]:
    """Yield what is written as telephone numbers of a record."""
    return (scalar for path, scalar in scalars(source.node) if path and path[-1] in ("phone", "mobile"))


@dataclass(frozen=True, slots=True, eq=False)
class StreetRegister:
    """Where streets lie by the town's register, and the areas that it names: their shapes, names and levels."""

    streets: Mapping[str, Sequence[StreetRange]]
    areas: Areas
    spaces: Mapping[str, tuple[str, str]]


def check_addresses(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report house numbers that stand with the street, and points that lie elsewhere than the register puts the address."""
    yield from reading.of_each(_in_street)
    if site.streets:
        spaces = frozenset((key, space.name, space.level) for key, space in site.spaces.items())
        streets = reading.same("streets", site.streets)
        register = reading.cache.call(_register, streets, Same(site.shapes), spaces)
        yield from reading.of_each(_beside, register)


def _register(
    written: Same[tuple[StreetRange, ...]],
    shapes: Same[Mapping[str, BaseGeometry]],
    spaces: Collection[tuple[str, str, str]],
) -> StreetRegister:
    streets: dict[str, list[StreetRange]] = defaultdict(list)
    for item in written.value:
        streets[_spelt(item.street)].append(item)
    return StreetRegister(streets, Areas(shapes.value), {key: (name, level) for key, name, level in spaces})


def _in_street(source: RecordSource) -> Iterator[Diagnostic]:
    address = getattr(source.record, "address", None)
    if not isinstance(address, Address):
        return
    parts = parted(address.street)
    if parts and not _NO_STREET.fullmatch(parts[0]) and at(source.node, ("address", "street")) is not None:
        better = f"street: {parts[0]}" + ("" if address.number else f", number: {parts[1]}")
        place = source.position("address", "street")
        yield diagnostic("hausnummer-in-strasse", place, value=address.street, better=better)


def _beside(source: RecordSource, register: StreetRegister) -> Iterator[Diagnostic]:
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
    """Return the name of the first of some areas that has this level, or else of the first."""
    if not around:
        return "keinem Gebiet"
    return next((name for name, own in around if own == level), around[0][0])


def _spaces_of(address: Address, streets: Mapping[str, Sequence[StreetRange]]) -> set[str]:
    """Return the areas in which the register has an address; none where it doesn't know it or a street of this name is elsewhere."""
    number = house(str(address.number))
    if number is None:
        return set()
    found: set[str] = set()
    for item in streets.get(_spelt(address.street), ()):
        elsewhere = item.postcode and item.postcode != address.postcode
        if not elsewhere and _holds(item, number):
            found.add(item.space)
    return found


def _holds(item: StreetRange, number: House) -> bool:
    """Tell whether a part of a street has a house number."""
    first, last = house(item.first), house(item.last)
    if (first and number.key < first.key) or (last and number.key > last.key):
        return False
    return item.parity == "all" or (number.number % 2 == 1) == (item.parity == "odd")


def _spelt(street: str) -> str:
    return re.sub(
        r"str$", "strasse", slug(street.replace("Str.", "Straße").replace("str.", "straße"))
    ).replace("-", "")


CHECKS = (check_numbers, check_addresses)
