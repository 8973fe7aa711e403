"""A view in, its inline SVG out: quiet, printable, readable without scripts and without colours.

All looks come from classes (`assets/css/maps.css`). Links in the drawing are for fingers and mice only; the list beside
the map has the same entries for keyboards and screen readers, so a map costs them no stop.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import shapely
from markupsafe import Markup, escape
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from generator.render import urls
from generator.render.context import Context
from generator.render.icons import MARKERS
from generator.render.maps.labels import (
    STREET_NARROW,
    Label,
    Named,
    Room,
    label_along,
    place_labels,
    text_width,
)
from generator.render.maps.markers import Marker, spread
from generator.render.maps.projection import WIDTH, Projection, clip, path_data
from generator.render.maps.views import Area, MapView, areas_of

LAYERS = ("green", "water", "rail", "streets")
"""Context layers from the ground up; layers of other names are drawn as lines on top."""

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


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished ground and how degrees become its units; markers may still be put on."""

    projection: Projection
    ground: Markup
    labels: Markup


def draw(context: Context, view: MapView, path: str, *, linked: bool = True, named: bool = True) -> Drawing:
    """Draw everything of a view but its title; links are relative to `path`. `named=False` leaves labels of areas out."""
    projection = Projection.around(view.bounds)
    shapes = _shapes(context, view, projection)
    room = Room(projection.height)
    pins = spread([projection(marker.point) for marker in view.markers], WIDTH, projection.height)
    scale, taken = _scale(context, projection, pins)
    room.take("always", taken)
    room.take("wide", taken)
    small = _PIN_DOT if len(pins) >= CROWDED else _PIN_NARROW
    for x, y in pins:
        room.take("always", box(x - small, y - small, x + small, y + small))
        room.take("wide", box(x - _PIN_WIDE, y - _PIN_WIDE, x + _PIN_WIDE, y + _PIN_WIDE))
    context_layers, streets = _context_layers(context, projection)
    labels = place_labels(_named(context, view.areas, shapes, projection), room)
    if not view.areas and named:
        own = [Area(key, context.texts.name(context.site.spaces[key]), "") for key in view.outline]
        labels += place_labels(_named(context, own, shapes, projection), room)
    backdrop = [] if view.areas or view.outline else areas_of(context, shapes)
    faint = [
        _label(label, "beside")
        for label in place_labels(_named(context, (*view.around, *backdrop), shapes, projection), room)
    ]
    along = [label_along(name, line, room) for name, line in streets]
    parts = [
        _group(
            "backdrop" if backdrop else "beyond",
            (_path(shape) for key, shape in shapes.items() if key not in _shown(view)),
        ),
        _group("around", (_area(area, shapes, path, linked) for area in view.around)),
        _group("ground", (_path(shapes[key]) for key in view.outline if key in shapes)),
        _group("areas", (_area(area, shapes, path, linked) for area in _large_first(view.areas, shapes))),
        *context_layers,
        _group("borders", (_path(shapes[area.id], _fuzzy(area)) for area in view.areas if area.id in shapes)),
        _group(
            "outline",
            (_path(shapes[key], _fuzzy_space(context, key)) for key in view.outline if key in shapes),
        ),
    ]
    texts = [
        *(_label(label, "street") for label in along if label is not None),
        *faint,
        *(_label(label, "name") for label in labels),
        scale,
    ]
    return Drawing(
        projection,
        Markup("").join(parts),
        Markup("").join(texts) + _pins(view, pins, projection, path, linked),
    )


def svg(view_id: str, title: str, description: str, height: int, content: Markup) -> Markup:
    """Put a drawing into its frame with title and description."""
    return Markup(
        '<svg class="nr-map__svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{id}-t"{described}>'
        '<title id="{id}-t">{title}</title>{desc}{content}</svg>'
    ).format(
        width=WIDTH,
        height=height,
        id=view_id,
        described=Markup(' aria-describedby="{}-d"').format(view_id) if description else "",
        title=title,
        desc=Markup('<desc id="{}-d">{}</desc>').format(view_id, description) if description else "",
        content=content,
    )


def shape_transform(shape: str) -> str:
    """Return the `transform` that centres a marker's shape and gives it its size."""
    size = SIZES.get(shape)
    return f"scale({size:g})translate(-12 -12)" if size else "translate(-12 -12)"


def _shown(view: MapView) -> frozenset[str]:
    return frozenset([*(area.id for area in (*view.areas, *view.around)), *view.outline])


def _shapes(context: Context, view: MapView, projection: Projection) -> dict[str, BaseGeometry]:
    """Return the simplified shapes of all areas in the drawing, in its units; shared borders stay shared."""
    levels = {context.site.spaces[area.id].level for area in (*view.areas, *view.around)}
    levels |= {context.site.spaces[key].level for key in view.outline}
    if not levels:
        levels = {_ground_level(context)}
    west, south, east, north = projection.bounds
    by_level: dict[str, list[str]] = {}
    shown = _shown(view)
    inner = {context.site.spaces[area.id].level for area in view.areas} if view.outline else set()
    for key, shape in context.site.shapes.items():
        level = context.site.spaces[key].level
        left, low, right, high = shape.bounds
        inside = left < east and right > west and low < north and high > south
        if level in levels and inside and (key in shown or level not in inner):
            by_level.setdefault(level, []).append(key)
    found: dict[str, BaseGeometry] = {}
    for keys in by_level.values():
        # The more areas, the smaller each on the screen, and the less of its border can be seen.
        tolerance = 1.6 if len(keys) < 100 else 3.0
        projected = [projection.project(context.site.shapes[key]) for key in keys]
        sharp = [
            number for number, key in enumerate(keys) if context.site.spaces[key].boundary_kind != "fuzzy"
        ]
        simple = [shape.simplify(tolerance) for shape in projected]
        for number, shape in zip(
            sharp, shapely.coverage_simplify([projected[number] for number in sharp], tolerance), strict=True
        ):
            simple[number] = shape
        found |= {
            key: cut
            for key, shape in zip(keys, simple, strict=True)
            if not (cut := clip(shape, projection.height)).is_empty
        }
    return found


def _ground_level(context: Context) -> str:
    """Return the finest level of the first geography with at most 60 areas: finer ones would only be noise."""
    counts: dict[str, int] = {}
    for key in context.site.shapes:
        level = context.site.spaces[key].level
        counts[level] = counts.get(level, 0) + 1
    levels = [level.id for level in context.site.config.geographies[0].levels if level.id in counts]
    return next((level for level in reversed(levels) if counts[level] <= 60), levels[0] if levels else "")


def _named(
    context: Context, areas: Iterable[Area], shapes: Mapping[str, BaseGeometry], projection: Projection
) -> list[Named]:
    found: list[Named] = []
    for area in areas:
        shape, deepest = shapes.get(area.id), context.facts.spaces[area.id].label
        if shape is None or deepest is None:
            continue
        x, y = projection(deepest)
        if not (0 < x < WIDTH and 0 < y < projection.height):
            seen = shapely.intersection(shape, projection.frame)
            if seen.is_empty:
                continue
            inner = shapely.point_on_surface(seen)
            x, y = inner.x, inner.y
        found.append(Named(area.name, shape, x, y))
    return found


def _context_layers(
    context: Context, projection: Projection
) -> tuple[list[Markup], list[tuple[str, BaseGeometry]]]:
    groups: list[Markup] = []
    streets: list[tuple[str, BaseGeometry]] = []
    layers = sorted(
        context.site.context,
        key=lambda layer: (LAYERS.index(layer.name) if layer.name in LAYERS else len(LAYERS), layer.name),
    )
    for layer in layers:
        parts: list[Markup] = []
        for name, shape in layer.shapes:
            cut = clip(projection.project(shape).simplify(1.2), projection.height)
            if cut.is_empty:
                continue
            flat = cut.geom_type.endswith("Polygon")
            parts.append(_path(cut, "nr-map__flat" if flat else "nr-map__line"))
            if name and layer.name in ("streets", "water") and not flat:
                streets.append((name, cut))
        groups.append(_group(layer.name if layer.name in LAYERS else "streets", parts))
    # Long lines first: they are what people know.
    return groups, sorted(streets, key=lambda item: (-item[1].length, item[0]))


def _group(name: str, parts: Iterable[Markup]) -> Markup:
    content = Markup("").join(parts)
    return Markup('<g class="nr-map__{}">{}</g>').format(name, content) if content else Markup()


def _path(shape: BaseGeometry, names: str = "") -> Markup:
    data = path_data(shape)
    if not data:
        return Markup()
    return Markup(f'<path class="{names}" d="{data}"/>' if names else f'<path d="{data}"/>')


def _large_first(areas: Iterable[Area], shapes: Mapping[str, BaseGeometry]) -> list[Area]:
    return sorted(areas, key=lambda area: -shapes[area.id].area if area.id in shapes else 0)


def _fuzzy(area: Area) -> str:
    return "nr-map__fuzzy" if area.fuzzy else ""


def _fuzzy_space(context: Context, key: str) -> str:
    return "nr-map__fuzzy" if context.site.spaces[key].boundary_kind == "fuzzy" else ""


def _area(area: Area, shapes: Mapping[str, BaseGeometry], path: str, linked: bool) -> Markup:
    shape = shapes.get(area.id)
    if shape is None:
        return Markup()
    drawn = _path(shape, f"nr-map__tone-{area.tone}")
    if not linked:
        return drawn
    return Markup('<a href="{}" tabindex="-1"><title>{}</title>{}</a>').format(
        urls.relative(path, area.path), area.name, drawn
    )


def _label(label: Label, kind: str) -> Markup:
    turn = (
        Markup(' transform="rotate({:.0f} {:.0f} {:.0f})"').format(label.angle, label.x, label.y)
        if abs(label.angle) > 0.5
        else ""
    )
    small = Markup(" nr-map__wide") if label.rank == "wide" else ""
    first = -(len(label.lines) - 1) / 2
    if len(label.lines) == 1:
        inner = escape(label.lines[0])
    else:
        inner = Markup("").join(
            Markup('<tspan x="{:.0f}" dy="{:g}em">{}</tspan>').format(
                label.x, first * 1.12 if number == 0 else 1.12, line
            )
            for number, line in enumerate(label.lines)
        )
    return Markup('<text class="nr-map__{}{}" x="{:.0f}" y="{:.0f}"{}>{}</text>').format(
        kind, small, label.x, label.y, turn, inner
    )


def _scale(
    context: Context, projection: Projection, pins: Iterable[tuple[float, float]]
) -> tuple[Markup, BaseGeometry]:
    """Draw a bar of a round length in the corner with fewer markers; return it with the room it takes."""
    metres = projection.metres_per_unit * WIDTH * 0.2
    power = 10 ** math.floor(math.log10(metres))
    length = next(step * power for step in (5, 2, 1) if step * power <= metres)
    width = length / projection.metres_per_unit
    text = (
        f"{context.texts.number(length / 1000)} km" if length >= 1000 else f"{context.texts.number(length)} m"
    )
    across = max(width, text_width(text, STREET_NARROW)) + 48
    low = [x for x, y in pins if y > projection.height - 80]
    left = sum(x < across for x in low) <= sum(x > WIDTH - across for x in low)
    middle, bottom = across / 2 if left else WIDTH - across / 2, projection.height - 22
    bar = Markup(
        '<g class="nr-map__scale"><path d="M{a:.0f} {b:.0f}v8h{w:.0f}v-8"/><text x="{x:.0f}" y="{t:.0f}">{text}</text></g>'
    ).format(a=middle - width / 2, b=bottom, w=width, x=middle, t=bottom - 16, text=text)
    return bar, box(middle - across / 2, bottom - 16 - STREET_NARROW, middle + across / 2, projection.height)


def _pins(
    view: MapView, pins: list[tuple[float, float]], projection: Projection, path: str, linked: bool
) -> Markup:
    if not pins:
        return Markup()
    leaders = [
        Markup('<path d="M{:.0f} {:.0f}L{:.0f} {:.0f}"/>').format(*projection(marker.point), x, y)
        for marker, (x, y) in zip(view.markers, pins, strict=True)
        if math.dist(projection(marker.point), (x, y)) > 6
    ]
    drawn = [pin(marker, x, y, path, linked) for marker, (x, y) in zip(view.markers, pins, strict=True)]
    crowded = " nr-map__crowded" if len(pins) >= CROWDED else ""
    return _group("leaders", leaders) + Markup('<g class="nr-map__pins{}">{}</g>').format(
        crowded, Markup("").join(drawn)
    )


def pin(marker: Marker, x: float, y: float, path: str, linked: bool = True) -> Markup:
    """Draw a marker at a place of the drawing; number 0 is not written."""
    long = " nr-map__number--long" if marker.number > 99 else ""
    down = NUMBER_DOWN.get(marker.shape, 0)
    number = (
        Markup('<text class="nr-map__number{}" y="{:g}">{}</text>').format(long, down, marker.number)
        if marker.number
        else ""
    )
    drawn = Markup(
        '<g class="nr-map__at" transform="translate({:.0f} {:.0f})"><g class="nr-map__pin"><path transform="{}" d="{}"/>{}</g></g>'
    ).format(x, y, shape_transform(marker.shape), MARKERS[marker.shape], number)
    if not linked or not marker.path:
        return drawn
    return Markup('<a href="{}" tabindex="-1"><title>{}</title>{}</a>').format(
        urls.relative(path, marker.path), marker.name, drawn
    )
