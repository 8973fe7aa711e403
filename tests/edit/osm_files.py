"""Writes small invented extracts of OpenStreetMap as XML."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import quoteattr


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
