"""Reads an extract of OpenStreetMap (PBF) byte by byte, by the format's description alone; writes small invented ones as XML."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import quoteattr

import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize, unary_union

Message = list[tuple[int, int | bytes]]


@dataclass
class RawExtract:
    """Everything that has tags, and where nodes are."""

    nodes: dict[int, tuple[float, float]] = field(default_factory=dict)
    ways: dict[int, list[int]] = field(default_factory=dict)
    members: dict[int, list[tuple[str, int, str]]] = field(default_factory=dict)
    tags: dict[str, dict[str, str]] = field(default_factory=dict)

    def boundary(self, name: str, level: int) -> BaseGeometry:
        """Return the area of an administrative boundary, put together from its ways."""
        (number,) = [
            number
            for number in self.members
            if (found := self.tags.get(f"relation/{number}", {})).get("name") == name
            and found.get("boundary") == "administrative"
            and found.get("admin_level") == str(level)
        ]
        lines = [
            shapely.LineString([self.nodes[node] for node in self.ways[way]])
            for kind, way, role in self.members[number]
            if kind == "way" and role != "inner"
        ]
        return unary_union(list(polygonize(unary_union(lines))))

    def points(self, key: str) -> list[tuple[float, float]]:
        """Return the points of a node, a way, or of all ways of a relation that are there."""
        kind, number = key.split("/")
        if kind == "node":
            return [self.nodes[int(number)]]
        if kind == "way":
            return [self.nodes[node] for node in self.ways[int(number)] if node in self.nodes]
        return [
            point
            for what, way, _ in self.members[int(number)]
            if what == "way" and way in self.ways
            for point in self.points(f"way/{way}")
        ]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    at = 0
    while at < len(data):
        head, at = _varint(data, at)
        if head & 7 == 0:
            value, at = _varint(data, at)
            yield head >> 3, value
        elif head & 7 == 2:
            size, at = _varint(data, at)
            yield head >> 3, data[at : at + size]
            at += size
        else:
            width = 8 if head & 7 == 1 else 4
            yield head >> 3, data[at : at + width]
            at += width


def _all(message: Message, number: int) -> list[bytes]:
    return [value for key, value in message if key == number and isinstance(value, bytes)]


def _number(message: Message, number: int, otherwise: int) -> int:
    return next((value for key, value in message if key == number and isinstance(value, int)), otherwise)


def _packed(data: bytes) -> list[int]:
    values, at = [], 0
    while at < len(data):
        value, at = _varint(data, at)
        values.append(value)
    return values


def _deltas(data: bytes) -> list[int]:
    values, last = [], 0
    for value in _packed(data):
        last += (value >> 1) ^ -(value & 1)
        values.append(last)
    return values


def read_raw(path: Path) -> RawExtract:
    """Read a PBF file: blocks of groups of nodes, ways and relations."""
    extract, data, at = RawExtract(), path.read_bytes(), 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        header = list(_fields(data[at + 4 : at + 4 + size]))
        at += 4 + size
        length = _number(header, 3, 0)
        blob = list(_fields(data[at : at + length]))
        at += length
        if _all(header, 1) == [b"OSMData"]:
            raw = _all(blob, 1)
            _block(extract, raw[0] if raw else zlib.decompress(_all(blob, 3)[0]))
    return extract


def _block(extract: RawExtract, data: bytes) -> None:
    block = list(_fields(data))
    words = [text.decode() for text in _all(list(_fields(_all(block, 1)[0])), 1)]
    grain = _number(block, 17, 100)
    for group in _all(block, 2):
        for number, inner in _fields(group):
            if not isinstance(inner, bytes):
                continue
            message = list(_fields(inner))
            if number == 2:
                _dense(extract, message, words, grain)
            elif number in (3, 4):
                key = _number(message, 1, 0)
                kind = "way" if number == 3 else "relation"
                names, texts = (
                    [value for part in _all(message, n) for value in _packed(part)] for n in (2, 3)
                )
                extract.tags[f"{kind}/{key}"] = {
                    words[a]: words[b] for a, b in zip(names, texts, strict=True)
                }
                if number == 3:
                    extract.ways[key] = [node for part in _all(message, 8) for node in _deltas(part)]
                else:
                    roles = [words[value] for part in _all(message, 8) for value in _packed(part)]
                    refs = [value for part in _all(message, 9) for value in _deltas(part)]
                    kinds = [
                        ("node", "way", "relation")[v] for part in _all(message, 10) for v in _packed(part)
                    ]
                    extract.members[key] = list(zip(kinds, refs, roles, strict=True))
            else:
                assert number != 1, "nodes that aren't dense"


def _dense(extract: RawExtract, message: Message, words: list[str], grain: int) -> None:
    ids, north, east = (_deltas(_all(message, n)[0]) for n in (1, 8, 9))
    for key, lat, lon in zip(ids, north, east, strict=True):
        extract.nodes[key] = (lon * grain * 1e-9, lat * grain * 1e-9)
    spoken = iter(_packed(_all(message, 10)[0]) if _all(message, 10) else [])
    for key in ids:
        tags: dict[str, str] = {}
        while name := next(spoken, 0):
            tags[words[name]] = words[next(spoken)]
        if tags:
            extract.tags[f"node/{key}"] = tags


class Sketch:
    """An invented extract, written as OSM XML."""

    def __init__(self) -> None:
        self._nodes: list[str] = []
        self._ways: list[str] = []
        self._relations: list[str] = []
        self._last = 0

    def _number(self) -> int:
        self._last += 1
        return self._last

    def node(self, lon: float, lat: float, tags: Mapping[str, str] | None = None) -> int:
        """Add a node; return its number."""
        number = self._number()
        self._nodes.append(
            f'<node id="{number}" version="1" timestamp="2026-05-01T00:00:00Z" lon="{lon}" lat="{lat}">{_tags(tags)}</node>'
        )
        return number

    def way(self, points: list[tuple[float, float]], tags: Mapping[str, str] | None = None) -> int:
        """Add a way; it is closed where its first point is its last."""
        nodes = {point: self.node(*point) for point in points}
        number = self._number()
        parts = "".join(f'<nd ref="{nodes[point]}"/>' for point in points)
        self._ways.append(
            f'<way id="{number}" version="1" timestamp="2026-05-01T00:00:00Z">{parts}{_tags(tags)}</way>'
        )
        return number

    def area(self, west: float, south: float, east: float, north: float, tags: Mapping[str, str]) -> int:
        """Add a rectangle as a relation of one way."""
        ring = [(west, south), (east, south), (east, north), (west, north), (west, south)]
        way, number = self.way(ring), self._number()
        kind = {"type": "boundary" if "boundary" in tags else "multipolygon", **tags}
        self._relations.append(
            f'<relation id="{number}" version="1" timestamp="2026-05-01T00:00:00Z"><member type="way" ref="{way}" role="outer"/>{_tags(kind)}</relation>'
        )
        return number

    def write(self, path: Path) -> Path:
        """Write the file."""
        body = "\n".join((*self._nodes, *self._ways, *self._relations))
        path.write_text(
            f'<?xml version="1.0"?>\n<osm version="0.6" generator="test">\n{body}\n</osm>\n', "utf-8"
        )
        return path


def _tags(tags: Mapping[str, str] | None) -> str:
    return "".join(f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in (tags or {}).items())
