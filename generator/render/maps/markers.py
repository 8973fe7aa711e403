"""Make numbered markers and names of a map, and move apart what would cover each other."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Literal

import numpy as np
import shapely
from markupsafe import Markup
from msgspec import Struct
from shapely.geometry import LineString, box
from shapely.geometry.base import BaseGeometry

from generator.model.scalars import Point
from generator.model.vocabulary import MapLayer
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.icons import MARKERS
from generator.render.maps.projection import WIDTH, Projection, Spot

NARROW_SIZE = 34.0
WIDE_SIZE = 21.0
STREET_NARROW = 30.0
STREET_WIDE = 18.0
"""Letters in units of the drawing: 11 pixels on a phone and 15 on a wide screen. The stylesheet says the same."""

LINE_HEIGHT = 1.12  # of the size of letters
_INSIDE = 0.62
"""So much of a label lies in its shape, and a shape has at least so much of a label's size."""
_PLACES = ((0, 0), (0, -1), (0, 1), (-1, 0), (1, 0), (0, -2), (0, 2), (-1, -1), (1, -1), (-1, 1), (1, 1))
"""Where a label is tried, in lines from the deepest point."""

# Letters by how wide they are, see `text_width`.
_NARROW = frozenset("fijlrtI.,:;'|!()[]-– ")
_BROAD = frozenset("mwMWQ@%—ÄÖÜOGDCHNU")
_FARTHEST, _TURNS = 12, 16
"""How many lines' heights away from its area a name may stand, and in how many directions room is looked for."""
Rank = Literal["always", "wide"]
"""Where a label is shown: everywhere, on phones in large letters, or on wide screens alone."""
_SIZES: Sequence[tuple[Rank, float]] = (("always", NARROW_SIZE), ("wide", WIDE_SIZE))
_STREET_SIZES: Sequence[tuple[Rank, float]] = (("always", STREET_NARROW), ("wide", STREET_WIDE))


class Label(Struct, frozen=True):
    """A placed name: middle of its lines, angle in degrees."""

    lines: Sequence[str]
    x: float  # in the drawing's units
    y: float
    rank: Rank
    angle: float = 0.0
    points_at: Spot | None = None  # to which a line leads, where it stands beside its area


class Named(Struct, frozen=True):
    """What wants a label: its shape and deepest point."""

    name: str
    shape: BaseGeometry
    x: float
    y: float


Box = tuple[float, float, float, float]
"""Left, top, right and bottom: nearly all that takes room, and compared at once."""
Shape = BaseGeometry | Box  # what takes room


class Room:
    """What is taken on phones (`always`) and on wide screens (`wide`); first come, first served."""

    def __init__(self, height: float) -> None:
        self.right, self.bottom = WIDTH - 2, height - 2  # two units stay free at every edge
        self.taken: dict[Rank, list[tuple[Box, Shape]]] = {"always": [], "wide": []}

    def take(self, rank: Rank, shape: Shape) -> None:
        """Keep a shape free of labels."""
        self.taken[rank].append((_find_bounds(shape), shape))

    def give(self, rank: Rank, large: Shape, small: Shape) -> None:
        """Take a label's room: its large letters' on phones, where it is shown there, and its small ones' on wide screens."""
        if rank == "always":
            self.take("always", large)
        self.take("wide", small)

    def free(self, rank: Rank, shape: Shape) -> bool:
        """Tell whether a shape is inside and touches nothing taken."""
        left, top, right, bottom = _find_bounds(shape)
        if left < 2 or top < 2 or right > self.right or bottom > self.bottom:
            return False
        for (west, north, east, south), other in self.taken[rank]:
            if west <= right and left <= east and north <= bottom and top <= south and _meet(shape, other):
                return False
        return True

    def free_along(self, rank: Rank, chord: LineString, size: float) -> bool:
        """Tell whether a name fits along a line, on wide screens too if it is shown on phones."""
        if not self.free(rank, chord.buffer(size * 0.55, cap_style="flat")):
            return False
        return rank == "wide" or self.free("wide", chord.buffer(STREET_WIDE * 0.55, cap_style="flat"))


def _find_bounds(shape: Shape) -> Box:
    return shape if isinstance(shape, tuple) else shape.bounds


def _meet(one: Shape, other: Shape) -> bool:
    """Say whether two shapes touch whose bounds do."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return True
    return bool(
        shapely.intersects(*(box(*shape) if isinstance(shape, tuple) else shape for shape in (one, other)))
    )


def _mostly_inside(around: Box, shape: BaseGeometry) -> bool:
    left, top, right, bottom = around
    inside: float = shapely.clip_by_rect(shape, *around).area
    return inside >= _INSIDE * (right - left) * (bottom - top)


def text_width(text: str, size: float) -> float:
    """Estimate a bold text's width, enough for DejaVu Sans."""
    units = sum(0.42 if letter in _NARROW else 0.96 if letter in _BROAD else 0.7 for letter in text)
    return units * size


def wrapped(name: str, shortest: int = 6) -> Sequence[Sequence[str]]:
    """Return ways to break a name; short ones stay whole, and a figure below it (after a line's end) stays so."""
    name, _, figure = name.partition("\n")
    if figure:
        return tuple((*lines, figure) for lines in wrapped(name, shortest))
    words = re.findall(r"\S[^\s-]*-?", name) or [name]
    counts = [count for count in (2, 3) if len(words) >= count and len(name) > shortest]
    return ((name,), *(_even_lines(words, count) for count in counts))


def _even_lines(words: Sequence[str], count: int) -> Sequence[str]:
    """Break words into lines as even as possible, shorter ones first."""
    if count == 1:
        return (_join_words(words),)
    width = bisect_left(range(len(_join_words(words))), True, key=lambda size: _fits(words, count, size))
    cuts = range(1, len(words) - count + 1)
    cut = 1 + bisect_left(cuts, True, key=lambda cut: _fits(words[cut:], count - 1, width))
    return _join_words(words[:cut]), *_even_lines(words[cut:], count - 1)


def _fits(words: Sequence[str], count: int, width: int) -> bool:
    """Tell whether words fit in so many lines."""
    lines, line, last = 1, 0, "-"
    for word in words:
        space = 0 if last.endswith("-") else 1
        if line and line + space + len(word) > width:
            lines, line, space = lines + 1, 0, 0
        line += space + len(word)
        if lines > count or line > width:
            return False
        last = word
    return True


def _join_words(words: Sequence[str]) -> str:
    return re.sub(r"- ", "-", " ".join(words))


def place_labels(named: Iterable[Named], room: Room, *, beside: bool = False) -> list[Label]:
    """Place names, large ones first; what doesn't fit stands `beside`, with a line, or in the list alone."""
    waiting = sorted(named, key=lambda item: (-item.shape.area, item.name))
    placed: list[Label] = []
    for rank, size in _SIZES:
        left: list[Named] = []
        for item in waiting:
            label = _fit_label_inside(item, room, rank, size)
            if label is None:
                left.append(item)
                continue
            placed.append(label)
            large, small = (
                _find_box_of_lines(label.lines, label.x, label.y, size) for size in (NARROW_SIZE, WIDE_SIZE)
            )
            room.give(rank, large, small)
        waiting = left
    if beside:
        placed += filter(None, (_beside(item, room) for item in waiting))
    return placed


def _beside(item: Named, room: Room) -> Label | None:
    """Place a name as near to its area as there is room on wide screens."""
    lines, step = wrapped(item.name)[-1], WIDE_SIZE * LINE_HEIGHT
    for away, turn in product(range(2, _FARTHEST), range(_TURNS)):
        angle = 2 * math.pi * turn / _TURNS
        x, y = item.x + math.cos(angle) * away * step, item.y + math.sin(angle) * away * step
        around = _find_box_of_lines(lines, x, y, WIDE_SIZE)
        if room.free("wide", around):
            room.take("wide", around)
            return Label(lines, x, y, "wide", points_at=(item.x, item.y))
    return None


def _fit_label_inside(item: Named, room: Room, rank: Rank, size: float) -> Label | None:
    step = size * LINE_HEIGHT
    for lines in wrapped(item.name):
        width = max(text_width(line, size) for line in lines)
        if item.shape.area < _INSIDE * width * len(lines) * step:
            continue
        for across, down in _PLACES:
            x, y = item.x + across * step, item.y + down * step
            around = _find_box_of_lines(lines, x, y, size)
            if room.free(rank, around) and _mostly_inside(around, item.shape):
                return Label(lines, x, y, rank)
    return None


def _find_box_of_lines(lines: Sequence[str], x: float, y: float, size: float) -> Box:
    half = max(text_width(line, size) for line in lines) / 2 + size * 0.15  # some room at the ends
    high = len(lines) * size * LINE_HEIGHT / 2
    return x - half, y - high, x + half, y + high


def label_inside(name: str, shape: BaseGeometry, room: Room) -> Label | None:
    """Place a name in the largest piece's middle; None without room."""
    piece = max(shapely.get_parts(shape), key=lambda part: part.area)
    spot = shapely.point_on_surface(piece)
    return _first_free(name, piece, [(spot.x, spot.y)], room, inside=True)


def label_below(name: str, shape: BaseGeometry, room: Room) -> Label | None:
    """Place a building's name below or above; None without room."""
    left, top, right, bottom = shape.bounds
    middle = (left + right) / 2
    return _first_free(name, shape, [(middle, bottom), (middle, top)], room, inside=False)


def _first_free(
    name: str, shape: BaseGeometry, spots: Sequence[Spot], room: Room, *, inside: bool
) -> Label | None:
    for rank, size in _STREET_SIZES:
        step = size * LINE_HEIGHT
        for number, (x, y) in enumerate(spots):
            for lines in wrapped(name, shortest=12):
                away = 0.0 if inside else (len(lines) * step / 2 + 4) * (-1 if number else 1)
                around = _find_box_of_lines(lines, x, y + away, size)
                if inside and not _mostly_inside(around, shape):
                    continue
                small = _find_box_of_lines(lines, x, y + away, STREET_WIDE)
                if room.free(rank, around) and (rank == "wide" or room.free("wide", small)):
                    room.give(rank, around, small)
                    return Label(lines, x, y + away, rank)
    return None


def label_along(name: str, shape: BaseGeometry, room: Room) -> Label | None:
    """Place a name along a line's straightest stretch; None without room."""
    for rank, size in _STREET_SIZES:
        chord = _straightest(shape, text_width(name, size), size, rank, room)
        if chord is None:
            continue
        room.give(rank, *(chord.buffer(high * 0.55, cap_style="flat") for high in (size, STREET_WIDE)))
        return _place_label_along(name, chord, rank)
    return None


def _straightest(
    shape: BaseGeometry, length: float, size: float, rank: Rank, room: Room
) -> LineString | None:
    """Return the chord of the straightest stretch that has room; None for none."""
    best: tuple[float, LineString] | None = None
    for line in shapely.get_parts(shape):
        if line.geom_type != "LineString" or line.length < length * 1.15:  # some of it is left at both ends
            continue
        for share in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8):
            middle = line.length * share
            first, last = line.interpolate(middle - length / 2), line.interpolate(middle + length / 2)
            chord = LineString([first, last]) if first.x <= last.x else LineString([last, first])
            off = chord.distance(line.interpolate(middle))
            bent = chord.length < length * 0.96 or off > size * 0.3
            if bent or (best is not None and off >= best[0]) or not room.free_along(rank, chord, size):
                continue
            best = (off, chord)
    return best[1] if best is not None else None


def _place_label_along(name: str, chord: LineString, rank: Rank) -> Label:
    (x1, y1), (x2, y2) = shapely.get_coordinates(chord)
    angle = math.degrees(math.atan2(y2 - y1, x2 - x1))
    return Label((name,), (x1 + x2) / 2, (y1 + y2) / 2, rank, angle)


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
