"""Draw a map as inline SVG.

All looks come from classes (`assets/css/maps.css`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup, escape
from msgspec import Struct
from msgspec import field as struct_field
from shapely.geometry.base import BaseGeometry

from generator.model.cells import VERDICT_MARKS
from generator.model.scalars import Point
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.view import View
from generator.render.directory.filters import point_of
from generator.render.maps.context_layers import NAME_LOOKS, GroundName, GroundPaths, credits_of, ground_of
from generator.render.maps.markers import (
    LINE_HEIGHT,
    STREET_NARROW,
    WIDE_SIZE,
    Box,
    Label,
    Named,
    Room,
    group,
    label_along,
    label_below,
    label_inside,
    pin_links,
    pins_group,
    place_labels,
    reserve,
    spread,
    text_width,
)
from generator.render.maps.projection import WIDTH, Projection, Spot, path_data
from generator.render.maps.views import (
    MapArea,
    MapView,
    areas_of,
    extent,
    ground_level,
    level_view,
    names_in,
    shapes_in,
    shown,
    wider_areas,
)
from generator.search.directory_data import rounded


class Drawing(Struct, frozen=True):
    """Finished SVG content, links over it, and its projection."""

    projection: Projection
    content: Markup
    links: Markup = struct_field(default_factory=Markup)


FINE = 100
"""With more areas each is drawn once only, border and all, and the wider areas around them are named instead."""
COARSE = 7.0
"""By how many units the borders of a small drawing may differ: less than a pixel where it is as wide as a thumb."""

HATCHED = {
    "nr-class--secret": "M-6 6 6-6M-6 30 30-6M18 30 30 18",
    "nr-class--none": "M12 10v4",
    "nr-class--missing": "M12 10v4",
}
"""Looks of areas without a figure, with the lines of their patterns: hatched is secret, dotted is not there."""

SIGNS = {f"nr-class--{verdict}": mark for verdict, mark in VERDICT_MARKS.items()}
"""What is drawn into an area of a small map beside its colour."""


class _Scene(Struct, frozen=True):
    """A view in the drawing's units, largest areas first; `backdrop` where it has none."""

    context: Context
    view: MapView
    projection: Projection
    shapes: Mapping[str, BaseGeometry]  # by area, as drawn
    areas: Sequence[MapArea]  # those of the view that are seen
    backdrop: Sequence[MapArea]

    @property
    def fine(self) -> bool:
        """Whether areas are so many that each is drawn once."""
        return len(self.areas) > FINE

    @property
    def outlined(self) -> list[str]:
        """Return visible areas with outline only."""
        return [key for key in self.view.outline if key in self.shapes]


def draw(
    context: Context,
    view: MapView,
    path: str,
    *,
    linked: bool = True,
    named: bool = True,
    clear: Sequence[Point] = (),
) -> Drawing:
    """Draw a view without title; links are relative to `path`.

    `named=False` leaves out labels of areas, and labels avoid the points in `clear`.
    """
    scene = _make_scene(context, view)
    projection = scene.projection
    markers = [marker for marker in view.markers if projection.holds(marker.point)]
    pins = spread([projection(marker.point) for marker in markers], WIDTH, projection.height)
    scale, scale_box = _scale(context, projection, pins)
    room = Room(projection.height)
    room.take("always", scale_box)
    room.take("wide", scale_box)
    reserve(room, [*pins, *map(projection, clear)])
    ground, ground_names = ([], []) if view.plain else ground_of(context, projection)
    texts = [*_draw_names(scene, ground_names, room, named=named), scale]
    content = [*_layers(scene, ground), *texts, pins_group(markers, pins, projection)]
    links = Markup()
    if linked:
        reached = [area for area in (*view.around, *scene.areas) if area.id in scene.shapes]
        areas = [_area_link(area, view.id, path) for area in reached]
        links = Markup("").join([*areas, *pin_links(markers, pins, path)])
    return Drawing(projection, Markup("").join(content), links)


def _make_scene(context: Context, view: MapView) -> _Scene:
    projection = Projection.around(extent(context, view))
    shapes = shapes_in(context, view, projection)
    seen = [area for area in view.areas if area.id in shapes]
    areas = sorted(seen, key=lambda area: -shapes[area.id].area)
    backdrop = () if view.areas or view.outline else areas_of(context, shapes)
    return _Scene(context, view, projection, shapes, tuple(areas), backdrop)


def _draw_names(
    scene: _Scene, ground_names: Iterable[GroundName], room: Room, *, named: bool
) -> Iterator[Markup]:
    """Yield names; areas' own take their places first and are drawn on top."""
    context, view = scene.context, scene.view
    labels = place_labels(_subjects(scene), room, beside=view.plain and not scene.fine)
    if not view.areas and named:
        outlined = [MapArea(key, context.texts.name(context.site.spaces[key]), "") for key in view.outline]
        labels += place_labels(names_in(context, outlined, scene.shapes, scene.projection), room)
    around = (*view.around, *scene.backdrop)
    faint = place_labels(names_in(context, around, scene.shapes, scene.projection), room)
    written = {" ".join(label.lines) for label in (*labels, *faint)}
    for item in ground_names:
        if item.name not in written:
            yield from _ground_label(item, room)
    for label in faint:
        yield _draw_label(label, "beside")
    yield group("leaders", map(_leader, labels))
    for label in labels:
        yield _draw_label(label, "name")


def _leader(label: Label) -> Markup:
    """Draw the line from a name to its area, where it stands beside it."""
    if label.points_at is None or math.dist(label.points_at, (label.x, label.y)) < 3 * WIDE_SIZE:
        return Markup()
    line = pattern('<path class="nr-map__wide" d="M{:.0f} {:.0f}L{:.0f} {:.0f}"/>')
    return line.format(label.x, label.y, *label.points_at)


def _subjects(scene: _Scene) -> list[Named]:
    """Return areas to name, of very many the wider ones."""
    context, projection = scene.context, scene.projection
    if not scene.fine:
        return names_in(context, scene.areas, scene.shapes, projection)
    wider = wider_areas(context, scene.areas, projection)
    return names_in(context, areas_of(context, wider), wider or scene.shapes, projection)


def _layers(scene: _Scene, ground: Iterable[GroundPaths]) -> Iterator[Markup]:
    """Yield everything but names, from the bottom up."""
    view, shapes = scene.view, scene.shapes
    if view.plain:
        yield _hatches(view)
    subject = shown(view)
    others = [shape for key, shape in shapes.items() if key not in subject]
    yield group("backdrop" if scene.backdrop else "beyond", [_draw_shape_path(shape) for shape in others])
    yield group("around", [_draw_area(area, shapes, view.id) for area in view.around])
    yield group("ground", [_draw_shape_path(shapes[key]) for key in scene.outlined])
    look = "areas nr-map__fine" if scene.fine else "areas"
    yield group(look, [_draw_area(area, shapes, view.id) for area in scene.areas])
    yield from map(_draw_ground_paths, ground)
    if not scene.fine:
        yield group("borders", [_draw_shape_path(shapes[area.id], fuzzy=area.fuzzy) for area in scene.areas])
    spaces = scene.context.site.spaces
    lines = [
        _draw_shape_path(shapes[key], fuzzy=spaces[key].boundary_kind == "fuzzy") for key in scene.outlined
    ]
    yield group("outline", lines)


def draw_small(context: Context, view: MapView) -> Drawing:
    """Draw a thumb-sized view, without names, with signs for differences."""
    projection = Projection.around(extent(context, view))
    shapes = shapes_in(context, view, projection, COARSE)
    areas = [area for area in view.areas if area.id in shapes]
    paths = (
        pattern('<path class="{}"{} d="{}"/>').format(
            area.look, _fill(area, view.id), path_data(shapes[area.id])
        )
        for area in areas
    )
    signs = (_sign(context, area, projection) for area in areas if area.look in SIGNS)
    content = [_hatches(view), group("areas", paths), *signs]
    return Drawing(projection, Markup("").join(content))


def _sign(context: Context, area: MapArea, projection: Projection) -> Markup:
    """Put ▲ or ▼ in the place of an area's name."""
    spot = context.facts.spaces[area.id].label
    if spot is None:
        return Markup()
    x, y = projection(spot)
    return pattern('<text class="nr-map__sign" x="{:.0f}" y="{:.0f}">{}</text>').format(
        x, y, SIGNS[area.look]
    )


def svg(id: str, title: str, description: str, drawing: Drawing, more: Markup | None = None) -> Markup:
    """Frame a drawing with title and description; `more` and links lie on top.

    An image may not contain links, so these have a layer of their own for fingers and mice.
    """
    box = f"0 0 {WIDTH} {drawing.projection.height}"
    image = pattern(
        '<svg class="nr-map__svg" viewBox="{box}" role="img" aria-labelledby="{id}-t"{described}>'
        '<title id="{id}-t">{title}</title>{desc}{content}{more}</svg>'
    ).format(
        box=box,
        id=id,
        described=pattern(' aria-describedby="{}-d"').format(id) if description else "",
        title=title,
        desc=pattern('<desc id="{}-d">{}</desc>').format(id, description) if description else "",
        content=drawing.content,
        more=more or "",
    )
    if not drawing.links:
        return image
    return image + pattern('<svg class="nr-map__links" viewBox="{}" aria-hidden="true">{}</svg>').format(
        box, drawing.links
    )


def _draw_ground_paths(one: GroundPaths) -> Markup:
    kind = f" nr-map__{one.layer}--{one.kind}" if one.kind else ""
    paths = [
        Markup(f'<path class="nr-map__{what}" d="{data}"/>')
        for what, data in (("flat", one.areas), ("line", one.lines))
        if data
    ]
    return group(f"{one.layer}{kind}", paths)


def _ground_label(item: GroundName, room: Room) -> Iterator[Markup]:
    """Write a name along its line or into its area, if it fits."""
    look = NAME_LOOKS.get(item.layer, "spot")
    if item.shape.geom_type.endswith("LineString"):
        label = label_along(item.name, item.shape, room)
    elif item.layer == "buildings":
        label = label_below(item.name, item.shape, room)
    else:
        label = label_inside(item.name, item.shape, room)
    if label is not None:
        yield _draw_label(label, look)


def _draw_shape_path(shape: BaseGeometry, *, fuzzy: bool = False) -> Markup:
    data = path_data(shape)
    if not data:
        return Markup()
    return Markup(f'<path class="nr-map__fuzzy" d="{data}"/>' if fuzzy else f'<path d="{data}"/>')


def _hatches(view: MapView) -> Markup:
    """Define patterns named after the view: a page may hold several maps."""
    looks = {area.look for area in view.areas}
    patterns = (
        pattern(
            '<pattern id="karte-{}-{}" width="24" height="24" patternUnits="userSpaceOnUse"><rect class="nr-class--ground" width="24" height="24"/><path class="nr-class--line" d="{}"/></pattern>'
        ).format(view.id, look.removeprefix("nr-class--"), lines)
        for look, lines in HATCHED.items()
        if look in looks
    )
    inside = Markup("").join(patterns)
    return pattern("<defs>{}</defs>").format(inside) if inside else inside


def _draw_area(area: MapArea, shapes: Mapping[str, BaseGeometry], view: str) -> Markup:
    shape = shapes.get(area.id)
    if shape is None:
        return Markup()
    look = (area.look or f"nr-map__tone-{area.tone}") + (" nr-map__fuzzy" if area.fuzzy else "")
    fill = _fill(area, view)
    return Markup(f'<path id="{_area_id(area, view)}" class="{look}"{fill} d="{path_data(shape)}"/>')


def _fill(area: MapArea, view: str) -> Markup:
    """Name an area's pattern by attribute: stylesheets have another base address."""
    return (
        Markup(f' fill="url(#karte-{view}-{area.look.removeprefix("nr-class--")})"')
        if area.look in HATCHED
        else Markup()
    )


def _area_id(area: MapArea, view: str) -> str:
    return f"karte-{view}-{area.id}"


def _area_link(area: MapArea, view: str, path: str) -> Markup:
    title = f"{area.name}: {area.notes[0].text}" if area.look and area.notes else area.name
    if not area.path:
        return pattern('<g><title>{}</title><use href="#{}"/></g>').format(title, _area_id(area, view))
    return pattern('<a href="{}" tabindex="-1"><title>{}</title><use href="#{}"/></a>').format(
        urls.relative(path, area.path), title, _area_id(area, view)
    )


def _draw_label(label: Label, kind: str) -> Markup:
    turn = (
        pattern(' transform="rotate({:.0f} {:.0f} {:.0f})"').format(label.angle, label.x, label.y)
        if abs(label.angle) > 0.5
        else ""
    )
    small = Markup(" nr-map__wide") if label.rank == "wide" else ""
    first = -(len(label.lines) - 1) / 2
    if len(label.lines) == 1:
        inner = escape(label.lines[0])
    else:
        inner = Markup("").join(
            pattern('<tspan x="{:.0f}" dy="{:g}em">{}</tspan>').format(
                label.x, first * LINE_HEIGHT if number == 0 else LINE_HEIGHT, line
            )
            for number, line in enumerate(label.lines)
        )
    return pattern('<text class="nr-map__{}{}" x="{:.0f}" y="{:.0f}"{}>{}</text>').format(
        kind, small, label.x, label.y, turn, inner
    )


def _scale(context: Context, projection: Projection, pins: Iterable[Spot]) -> tuple[Markup, Box]:
    """Draw a scale in the emptier corner; return it with its box."""
    metres = projection.metres_per_unit * WIDTH * 0.2
    power = 10 ** math.floor(math.log10(metres))
    length = next(step * power for step in (5, 2, 1) if step * power <= metres)
    width = length / projection.metres_per_unit
    text = (
        f"{context.texts.number(length / 1000)} km" if length >= 1000 else f"{context.texts.number(length)} m"
    )
    across = max(width, text_width(text, STREET_NARROW)) + 48
    low = [x for x, y in pins if y > projection.height - 80]  # pins as low as the scale
    left = sum(x < across for x in low) <= sum(x > WIDTH - across for x in low)
    middle, bottom = across / 2 if left else WIDTH - across / 2, projection.height - 22
    bar = pattern(
        '<g class="nr-map__scale"><path d="M{a:.0f} {b:.0f}v8h{w:.0f}v-8"/><text x="{x:.0f}" y="{t:.0f}">{text}</text></g>'
    ).format(a=middle - width / 2, b=bottom, w=width, x=middle, t=bottom - 16, text=text)
    return bar, (middle - across / 2, bottom - 16 - STREET_NARROW, middle + across / 2, projection.height)


class DotsView(View, frozen=True):
    """The drawing, and where its ground is from."""

    template = "parts/map_dots.html"

    drawing: Markup
    credit: str


def offer_dots(context: Context, path: str) -> Markup:
    """Draw the town with its offers; empty without shapes or points."""
    _ = context.gettext
    level = ground_level(context.site)
    view = level_view(context, level) if level else None
    spots = dict.fromkeys(_find_offer_points(context))
    if view is None or not spots:
        return Markup()
    drawing = draw(context, view, path, linked=False, clear=[Point(*spot) for spot in spots])
    dots = group("dots", (_dot(drawing.projection, spot) for spot in spots))
    says = _("Jeder Punkt ist ein Ort, an dem es Angebote gibt. Die Liste daneben nennt sie alle.")
    drawn = svg("kartenbild", _("Karte der Angebote"), says, drawing, dots)
    return context.render(DotsView(drawn, ", ".join(credits_of(context.site))), path)


def _find_offer_points(context: Context) -> Iterator[tuple[float, float]]:
    for facts in context.facts.offers.values():
        point = point_of(facts)
        if facts.active and point is not None:
            yield point


def _dot(projection: Projection, spot: tuple[float, float]) -> Markup:
    """Draw a dot with its coordinates as in the directory's file, for scripts."""
    x, y = projection(Point(*spot))
    at = rounded(spot) or ()
    return pattern('<circle data-at="{}" cx="{:.0f}" cy="{:.0f}" r="9"/>').format(
        ",".join(map(str, at)), x, y
    )
