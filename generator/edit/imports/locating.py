"""Give places that have an address and no point the point of their house, where the town's own register of streets has it.

Nothing is asked of the net. A row of the register that is one house has that house's point; the point of a longer stretch lies somewhere
along the street, so that only its area is taken from there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.edit.imports.incoming import ImportTarget, Incoming
from generator.edit.records.last_import import LastImport
from generator.model.geometry import metres
from generator.model.scalars import Point
from generator.model.site import House, StreetRange, house
from generator.read.nodes import ListNode, MapNode, Scalar
from generator.search.street_register import street_key

FOLDERS = ("places", "offers")
APART = 50
"""Metres between two points of one address beyond which it isn't certain which one is meant."""


@dataclass(slots=True)
class LocatedRecords:
    """The records, and in words those that got a point, an area only, or nothing, by `folder/id`."""

    records: list[Incoming] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    nowhere: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _HouseAddress:
    """The street as it is written, the house number, the postcode or ""."""

    street: Scalar
    number: House
    postcode: str


def located(project: ImportTarget, records: Sequence[Incoming], before: LastImport) -> LocatedRecords:
    """Give records without a point, of kinds that may be shown, the point or at least the area of their address.

    `before` is what the last import wrote: a point that people added since then stays.
    """
    if not project.site.streets:
        return LocatedRecords(list(records))
    done = LocatedRecords()
    addresses = [_address_to_locate(project, record, before) for record in records]
    streets = _rows_of({street_key(one.street.text) for one in addresses if one}, project.site.streets)
    for record, address in zip(records, addresses, strict=True):
        if address is None:
            done.records.append(record)
        else:
            rows = [row for row in streets[street_key(address.street.text)] if _covers(row, address)]
            done.records.append(_located(project, record, address, rows, done))
    return done


def _located(
    project: ImportTarget,
    record: Incoming,
    address: _HouseAddress,
    rows: Sequence[StreetRange],
    done: LocatedRecords,
) -> Incoming:
    """Return a record with the point or else the areas that the rows of its address have; note which of both it got."""
    words = f"{record.folder}/{record.id}: {address.street.text} {address.number}"
    at = address.street.position
    point = _one_point(rows)
    if point is not None:
        done.points.append(words)
        return _with(record, "point", Scalar(f"{point.longitude:.6f} {point.latitude:.6f}", at))
    spaces = list(dict.fromkeys(row.space for row in rows))
    levels = {project.site.spaces[space].level for space in spaces}
    if record.folder == "places" and "spaces" not in _names(record) and 0 < len(levels) == len(spaces):
        done.areas.append(words)
        return _with(record, "spaces", ListNode(tuple(Scalar(space, at) for space in spaces), at))
    done.nowhere.append(words)
    return record


def _names(record: Incoming) -> list[str]:
    """Return the names of the fields that a record has."""
    return [key.text for key, _ in record.node.entries]


def _address_to_locate(project: ImportTarget, record: Incoming, before: LastImport) -> _HouseAddress | None:
    """Return the address of a record that may get a point; None where it has one, is protected, or people gave it one."""
    address, kind = record.node.get("address"), _text(record.node, "kind")
    if record.folder not in FOLDERS or "point" in _names(record) or not isinstance(address, MapNode):
        return None
    # Where people are protected nothing makes their address more exact.
    if record.folder == "places" and not _is_open(project, kind):
        return None
    street, number = address.get("street"), house(_text(address, "number"))
    if not isinstance(street, Scalar) or number is None or _pointed_by_hand(project, record, before):
        return None
    return _HouseAddress(street, number, _text(address, "postcode"))


def _is_open(project: ImportTarget, kind: str) -> bool:
    """Tell whether places of a kind are shown with their full address; the kind may be missing, but not unknown."""
    words = project.site.words.place_kinds.get(kind)
    return not kind or (words is not None and words.visibility in (None, "full"))


def _pointed_by_hand(project: ImportTarget, record: Incoming, before: LastImport) -> bool:
    """Tell whether people gave the point of a record that came without one."""
    last = before.records.get(f"{record.folder}/{record.id}", {"id": record.id, "values": {}})
    own = project.site.records(record.folder).get(last["id"])
    return own is not None and own.point is not None and "point" not in last["values"]


def _text(node: MapNode, name: str) -> str:
    """Return the text of a field, empty where there is none."""
    value = node.get(name)
    return value.text if isinstance(value, Scalar) else ""


def _rows_of(keys: set[str], ranges: Iterable[StreetRange]) -> Mapping[str, list[StreetRange]]:
    """Gather the rows of some streets; a register may have hundreds of thousands."""
    key_of: dict[str, str] = {}
    found: dict[str, list[StreetRange]] = defaultdict(list)
    for row in ranges:
        if row.street not in key_of:
            key_of[row.street] = street_key(row.street)
        if key_of[row.street] in keys:
            found[key_of[row.street]].append(row)
    return found


def _covers(row: StreetRange, address: _HouseAddress) -> bool:
    """Tell whether a row of the register is about an address; a postcode counts where both have one."""
    if row.postcode and address.postcode not in ("", row.postcode):
        return False
    low, high, number = house(row.first), house(row.last), address.number
    if (low and number.key < low.key) or (high and number.key > high.key):
        return False
    return row.parity == "all" or (row.parity == "odd") == bool(number.number % 2)


def _one_point(rows: Iterable[StreetRange]) -> Point | None:
    """Return the point of the rows that are one house; None where there is none, or several lie apart."""
    points = [row.point for row in rows if row.point is not None and row.first and row.first == row.last]
    if points and all(metres(points[0], point) < APART for point in points):
        return points[0]
    return None


def _with(record: Incoming, name: str, value: Scalar | ListNode) -> Incoming:
    """Return a record with a field behind its address."""
    entries = list(record.node.entries)
    entries.insert(_names(record).index("address") + 1, (Scalar(name, value.position), value))
    return replace(record, node=replace(record.node, entries=tuple(entries)))
