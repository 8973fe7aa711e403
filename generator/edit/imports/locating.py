"""Give places that have an address and no point the point of their house, where the town's own register of streets has it.

Nothing is asked of the net. A row of the register that is one house has that house's point; the point of a longer stretch lies somewhere
along the street, so that only its area is taken from there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from generator.edit.imports.incoming import ImportTarget, Incoming
from generator.edit.imports.last_import import LastImport
from generator.model.geometry import metres
from generator.model.house_numbers import House, house
from generator.model.scalars import Point
from generator.model.site import StreetRange
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


class _AddressedRecord(NamedTuple):
    record: Incoming
    street: Scalar
    number: House
    postcode: str

    @property
    def words(self) -> str:
        return f"{self.record.folder}/{self.record.id}: {self.street.text} {self.number}"


def located(project: ImportTarget, records: Iterable[Incoming], before: LastImport) -> LocatedRecords:
    """Give records without a point, of kinds that may be shown, the point or at least the area of their address.

    `before` is what the last import wrote: a point that people added since then stays.
    """
    done = LocatedRecords()
    records = list(records)
    wanted: dict[int, _AddressedRecord] = {}
    if project.site.streets:
        wanted = _all_wanted(project, records, before)
    streets = _streets(project.site.streets, {street_key(one.street.text) for one in wanted.values()})
    for number, record in enumerate(records):
        if number not in wanted:
            done.records.append(record)
            continue
        one = wanted[number]
        rows = [row for row in streets[street_key(one.street.text)] if _fits(row, one)]
        _locate(project, record, one, rows, done)
    return done


def _locate(
    project: ImportTarget,
    record: Incoming,
    one: _AddressedRecord,
    rows: Sequence[StreetRange],
    done: LocatedRecords,
) -> None:
    """Give a record the point or the areas that the rows of its address have, and note which of both it got."""
    point = _one_point([row for row in rows if _is_house(row)])
    spaces = list(dict.fromkeys(row.space for row in rows))
    at = one.street.position
    if point is not None:
        value = Scalar(f"{point.longitude:.6f} {point.latitude:.6f}", at)
        done.records.append(_with(record, "point", value))
        done.points.append(one.words)
    elif _takes_spaces(record) and _one_of_each(project, spaces):
        items = ListNode(tuple(Scalar(space, at) for space in spaces), at)
        done.records.append(_with(record, "spaces", items))
        done.areas.append(one.words)
    else:
        done.records.append(record)
        done.nowhere.append(one.words)


def _fits(row: StreetRange, one: _AddressedRecord) -> bool:
    """Tell whether a row of the register is about a house number; a postcode counts where both have one."""
    return _covers(row, one.number) and (not row.postcode or one.postcode in ("", row.postcode))


def _takes_spaces(record: Incoming) -> bool:
    """Tell whether a record is a place that doesn't say in which areas it lies."""
    return record.folder == "places" and record.node.get("spaces") is None


def _one_of_each(project: ImportTarget, spaces: Sequence[str]) -> bool:
    """Tell whether there are areas, and of no geography two."""
    geographies = []
    for space in spaces:
        level = project.config.level_of(project.site.spaces[space].level)
        geographies.append(level[0].id if level else "")
    return bool(spaces) and len(set(geographies)) == len(geographies)


def _pointed_by_hand(project: ImportTarget, record: Incoming, before: LastImport) -> bool:
    """Tell whether people gave the point of a record that came without one."""
    last = before.records.get(f"{record.folder}/{record.id}", {"id": record.id, "values": {}})
    own = project.site.records(record.folder).get(last["id"])
    return own is not None and own.point is not None and "point" not in last["values"]


def _all_wanted(
    project: ImportTarget, records: Iterable[Incoming], before: LastImport
) -> dict[int, _AddressedRecord]:
    """Return by their numbers the records that may get a point, with their addresses."""
    wanted: dict[int, _AddressedRecord] = {}
    for number, record in enumerate(records):
        one = _wanted(project, record)
        if one and not _pointed_by_hand(project, record, before):
            wanted[number] = one
    return wanted


def _is_open(project: ImportTarget, kind: str) -> bool:
    """Tell whether places of a kind are known and shown with their full address."""
    words = project.site.words.place_kinds.get(kind)
    return words is not None and words.visibility in (None, "full")


def _wanted(project: ImportTarget, record: Incoming) -> _AddressedRecord | None:
    address, kind = record.node.get("address"), record.node.get("kind")
    if record.folder not in FOLDERS or record.node.get("point") is not None:
        return None
    if not isinstance(address, MapNode):
        return None
    # Where people are protected nothing makes their address more exact.
    if record.folder == "places" and isinstance(kind, Scalar) and not _is_open(project, kind.text):
        return None
    street = address.get("street")
    first = house(_text_of(address, "number"))
    if not isinstance(street, Scalar) or first is None:
        return None
    return _AddressedRecord(record, street, first, _text_of(address, "postcode"))


def _text_of(node: MapNode, field: str) -> str:
    """Return the text of a field, empty where there is none."""
    value = node.get(field)
    if isinstance(value, Scalar):
        return value.text
    return ""


def _streets(ranges: Sequence[StreetRange], keys: set[str]) -> Mapping[str, list[StreetRange]]:
    """Gather the rows of some streets; a register may have hundreds of thousands."""
    key_of: dict[str, str] = {}
    found: dict[str, list[StreetRange]] = defaultdict(list)
    for row in ranges if keys else ():
        if row.street not in key_of:
            key_of[row.street] = street_key(row.street)
        if (key := key_of[row.street]) in keys:
            found[key].append(row)
    return found


def _covers(row: StreetRange, number: House) -> bool:
    low, high = house(row.first), house(row.last)
    if (low and number.key < low.key) or (high and number.key > high.key):
        return False
    return row.parity == "all" or (row.parity == "odd") == bool(number.number % 2)


def _is_house(row: StreetRange) -> bool:
    low, high = house(row.first), house(row.last)
    return low is not None and high is not None and low == high


def _one_point(rows: Sequence[StreetRange]) -> Point | None:
    points = [row.point for row in rows if row.point is not None]
    near = points and all(metres(points[0], point) < APART for point in points)
    if near:
        return points[0]
    return None


def _with(record: Incoming, name: str, value: Scalar | ListNode) -> Incoming:
    key = Scalar(name, value.position)
    entries = list(record.node.entries)
    after = next(
        (number for number, pair in enumerate(entries, 1) if pair[0].text == "address"), len(entries)
    )
    entries.insert(after, (key, value))
    return replace(record, node=replace(record.node, entries=tuple(entries)))
