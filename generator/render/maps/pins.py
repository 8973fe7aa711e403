"""Markers in, numbered pins of a drawing out; which shape is drawn how large."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup

from generator.render.base import urls
from generator.render.base.html_patterns import pattern
from generator.render.base.icons import MARKERS
from generator.render.maps.labels import Room
from generator.render.maps.markers import Marker
from generator.render.maps.projection import Projection

CROWDED = 24
"""From so many markers on, a phone shows dots without numbers."""


NUMBER_DOWN: Mapping[str, float] = {
    "triangle": 4,
    "wedge": -3.5,
    "house": 2,
    "drop": 2,
    "pentagon": 1,
    "shield": -1,
}

SIZES: Mapping[str, float] = {
    "star": 1.4,
    "triangle": 1.3,
    "wedge": 1.3,
    "cross": 1.25,
    "diamond": 1.2,
    "drop": 1.15,
    "house": 1.1,
}
"""Shapes with little room inside are drawn larger, so that two digits fit."""


_PIN_NARROW, _PIN_WIDE, _PIN_DOT = 31.0, 19.0, 17.0


def group(name: str, parts: Iterable[Markup]) -> Markup:
    """Put parts of a drawing into a group of a class; nothing where there are none."""
    content = Markup("").join(parts)
    return pattern('<g class="nr-map__{}">{}</g>').format(name, content) if content else Markup()


def reserve(room: Room, places: Sequence[tuple[float, float]]) -> None:
    """Keep labels away from the pins at these places."""
    small = _PIN_DOT if len(places) >= CROWDED else _PIN_NARROW
    for x, y in places:
        room.take("always", (x - small, y - small, x + small, y + small))
        room.take("wide", (x - _PIN_WIDE, y - _PIN_WIDE, x + _PIN_WIDE, y + _PIN_WIDE))


def shape_transform(shape: str) -> str:
    """Return the `transform` that centres a marker's shape and gives it its size."""
    size = SIZES.get(shape)
    return f"scale({size:g})translate(-12 -12)" if size else "translate(-12 -12)"


def pins_group(
    markers: Sequence[Marker],
    pins: Sequence[tuple[float, float]],
    projection: Projection,
) -> Markup:
    """Draw all markers at their places, each with a line to its point where it had to move."""
    if not pins:
        return Markup()
    leaders: list[Markup] = []
    drawn: list[Markup] = []
    for marker, (x, y) in zip(markers, pins, strict=True):
        point = projection(marker.point)
        if math.dist(point, (x, y)) > 6:
            leaders.append(Markup('<path d="M{:.0f} {:.0f}L{:.0f} {:.0f}"/>').format(*point, x, y))
        drawn.append(pin(marker, x, y))
    crowded = " nr-map__crowded" if len(pins) >= CROWDED else ""
    return group("leaders", leaders) + pattern('<g class="nr-map__pins{}">{}</g>').format(
        crowded, Markup("").join(drawn)
    )


def pin_links(markers: Sequence[Marker], pins: Sequence[tuple[float, float]], path: str) -> Iterator[Markup]:
    """Yield a link for every marker that leads somewhere."""
    for marker, (x, y) in zip(markers, pins, strict=True):
        if marker.path:
            yield pattern(
                '<a href="{}" tabindex="-1"><title>{}</title><circle cx="{:.0f}" cy="{:.0f}" r="24"/></a>'
            ).format(urls.relative(path, marker.path), marker.name, x, y)


def pin(marker: Marker, x: float, y: float) -> Markup:
    """Draw a marker at a place of the drawing; number 0 is not written."""
    long = " nr-map__number--long" if marker.number > 99 else ""
    down = NUMBER_DOWN.get(marker.shape, 0)
    number = (
        pattern('<text class="nr-map__number{}" y="{:g}">{}</text>').format(long, down, marker.number)
        if marker.number
        else ""
    )
    return pattern(
        '<g transform="translate({:.0f} {:.0f})"><g class="nr-map__pin"><path transform="{}" d="{}"/>{}</g></g>'
    ).format(x, y, shape_transform(marker.shape), MARKERS[marker.shape], number)
