"""Make numbered markers, and move apart those that would cover each other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from markupsafe import Markup
from msgspec import Struct

from generator.model.scalars import Point
from generator.model.vocabulary import MapLayer
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.icons import MARKERS
from generator.render.maps.labels import Room
from generator.render.maps.projection import Projection, Spot

SHAPES = tuple(MARKERS)
APART = 38.0
"""How far apart two markers stand, in units of the drawing."""

FARTHEST = 60.0  # units that a marker stands beside its point at most


class Marker(Struct, frozen=True):
    """A point with its number on map and list; `path` is its page.

    `shape` is a key of `icons.MARKERS`, `group` names it, `lang` and `note_lang` where they aren't the
    page's.
    """

    point: Point
    number: int  # 0: a lone one, without number
    name: str
    shape: str = "circle"
    path: str = ""
    group: str = ""
    lang: str = ""
    note: str = ""  # in the list, below the name
    note_lang: str = ""


Markers = Sequence[Marker]


def place_markers(context: Context, ids: Iterable[str], first: int = 1) -> Markers:
    """Number public places that do more than protect."""
    facts, places = context.facts, context.site.places
    shown = [key for key in ids if facts.places[key].point is not None and not facts.protects(key)]
    looks = map_layers(context)
    markers: list[Marker] = []
    for key in shown:
        point = facts.places[key].point
        assert point is not None
        name = context.texts.of(places[key], "name")
        shape, group = looks[context.words.place_kinds[places[key].kind].map_layer]
        path = context.path("place", key)
        markers.append(Marker(point, first + len(markers), name.text, shape, path, group, name.lang))
    return tuple(markers)


def map_layers(context: Context) -> dict[MapLayer | None, tuple[str, str]]:
    """Return each layer's (shape, name); None is any other place."""
    _ = context.gettext
    return {
        "learning": ("square", _("Kita, Schule")),
        "meeting": ("diamond", _("Treffpunkt")),
        "advice": ("pentagon", _("Beratung, Amt")),
        "leisure": ("triangle", _("Freizeit")),
        "supply": ("cross", _("Gesundheit, Essen")),
        None: ("circle", _("Anderer Ort")),
    }


def situation_shape(context: Context, situation: str) -> str:
    """Return a life situation's shape, the same on every map."""
    order = [topic.id for topic in context.words.situations()]
    return SHAPES[order.index(situation) % len(SHAPES)]


def situation_outlines(context: Context) -> list[tuple[str, str, str]]:
    """Return the life situations of offers on maps as id, words and outline."""
    texts, words = context.texts, context.words
    on_maps = {
        name
        for facts in context.facts.offers.values()
        if facts.location.point is not None and not facts.sensitive
        for name in facts.situations
        if facts.with_violence != "off" or not words.is_grave(name)
    }
    return [
        (one.id, texts.of(one, "phrase").text or texts.name(one), MARKERS[situation_shape(context, one.id)])
        for one in words.situations()
        if one.id in on_maps
    ]


def spread(points: Sequence[Spot], width: float, height: float) -> list[Spot]:
    """Move points apart until markers don't overlap, at most by `FARTHEST`.

    The result is deterministic: points in one spot leave it in fixed directions.
    """
    if len(points) < 2:
        return list(points)
    # Points are complex numbers here: their difference is the way from one to the other.
    start = np.array([complex(*point) for point in points])
    nudge = 0.01 * np.exp(2.399963j * np.arange(len(points)))  # the golden angle: no two directions are alike
    place = start
    for _ in range(80):
        # At the drawing's edge, too, markers can meet in one spot.
        place = place + nudge
        gaps = place[:, None] - place
        distance = np.abs(gaps)
        np.fill_diagonal(distance, np.inf)
        push = np.clip(APART - distance, 0, None) / distance * 0.5
        if not push.any():
            break
        step = (gaps * push).sum(axis=1)
        place = place + np.clip(step.real, -12, 12) + 1j * np.clip(step.imag, -12, 12)  # no leaps
        away = place - start
        place = start + away * np.minimum(1, FARTHEST / np.maximum(np.abs(away), 1e-9))
        across = np.clip(place.real, APART / 2, width - APART / 2)
        down = np.clip(place.imag, APART / 2, height - APART / 2)
        place = across + 1j * down
    return [(float(spot.real), float(spot.imag)) for spot in place]


CROWDED = 24
"""From so many markers on, a phone shows dots without numbers."""
# How far below the middle a shape has most room for its number.
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
# Half the size of a marker on phones and wide screens, and of a dot.
_PIN_NARROW, _PIN_WIDE, _PIN_DOT = 31.0, 19.0, 17.0


def group(name: str, parts: Iterable[Markup]) -> Markup:
    """Return parts as an SVG group; empty for none."""
    content = Markup("").join(parts)
    return pattern('<g class="nr-map__{}">{}</g>').format(name, content) if content else Markup()


def reserve(room: Room, places: Sequence[Spot]) -> None:
    """Keep labels away from the pins at these places."""
    small = _PIN_DOT if len(places) >= CROWDED else _PIN_NARROW
    for x, y in places:
        room.take("always", (x - small, y - small, x + small, y + small))
        room.take("wide", (x - _PIN_WIDE, y - _PIN_WIDE, x + _PIN_WIDE, y + _PIN_WIDE))


def shape_transform(shape: str) -> str:
    """Return the `transform` that centres and sizes a marker's shape."""
    size = SIZES.get(shape)
    return f"scale({size:g})translate(-12 -12)" if size else "translate(-12 -12)"


def pins_group(
    markers: Markers,
    pins: Sequence[Spot],
    projection: Projection,
) -> Markup:
    """Draw all markers, moved ones with a line to their point."""
    if not pins:
        return Markup()
    leaders: list[Markup] = []
    drawn: list[Markup] = []
    for marker, (x, y) in zip(markers, pins, strict=True):
        point = projection(marker.point)
        if math.dist(point, (x, y)) > 6:  # so far that one sees it
            leaders.append(Markup('<path d="M{:.0f} {:.0f}L{:.0f} {:.0f}"/>').format(*point, x, y))
        drawn.append(pin(marker, x, y))
    crowded = " nr-map__crowded" if len(pins) >= CROWDED else ""
    return group("leaders", leaders) + pattern('<g class="nr-map__pins{}">{}</g>').format(
        crowded, Markup("").join(drawn)
    )


def pin_links(markers: Markers, pins: Sequence[Spot], path: str) -> Iterator[Markup]:
    """Yield a link for every marker that leads somewhere."""
    for marker, (x, y) in zip(markers, pins, strict=True):
        if marker.path:
            yield pattern(
                '<a href="{}" tabindex="-1"><title>{}</title><circle cx="{:.0f}" cy="{:.0f}" r="24"/></a>'
            ).format(urls.relative(path, marker.path), marker.name, x, y)


def pin(marker: Marker, x: float, y: float) -> Markup:
    """Draw a marker, its number unless it is 0."""
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
