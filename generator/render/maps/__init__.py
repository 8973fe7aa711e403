"""Draw maps with a list beside them, and make some of them move."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from hashlib import sha256

from markupsafe import Markup
from msgspec import Struct

from generator.model.config import Tiles, tiles_of
from generator.model.scalars import Point
from generator.parts import given
from generator.render.base.area_names import in_space
from generator.render.base.context import Context, Ids
from generator.render.base.html_patterns import pattern
from generator.render.base.icons import MARKERS
from generator.render.base.view import View
from generator.render.maps.context_layers import credits_of
from generator.render.maps.drawing import Drawing, draw, draw_small, svg
from generator.render.maps.map_shapes import ground_file
from generator.render.maps.markers import (
    NUMBER_DOWN,
    Marker,
    Markers,
    map_layers,
    pin,
    place_markers,
    shape_transform,
    situation_shape,
)
from generator.render.maps.projection import Projection
from generator.render.maps.views import (
    MapArea,
    MapView,
    areas_of,
    finest_area,
    level_view,
    networks_view,
    places_view,
    point_bounds,
    point_view,
    resources_view,
    space_view,
)

GROUND = "maps/ground.json"
"""Areas and context layers as GeoJSON, below all moving maps."""

MOST_MARKERS = 300
"""With more markers a moving map is slow to load and to use; then the drawing and the list say so."""

OVERVIEWS: Mapping[str, Callable[[Context], MapView | None]] = {
    "places": places_view,
    "networks": networks_view,
    "resources": resources_view,
}
"""The maps of a whole town beside those of its levels and of its figures, by what they are about."""


class FurtherOverviews(Struct, frozen=True):
    """A subject's `OVERVIEWS` (in `sections.py`): their ids, and a view of one."""

    ids: Callable[[Context], Sequence[str]]
    view: Callable[[Context, str], MapView | None]


FOLDED = 4
"""A list of more entries than this is folded under its map."""


class MarkerEntry(Struct, frozen=True):
    """A listed marker with its shape as on the map."""

    marker: Marker
    transform: str  # centres and sizes the outline
    outline: str  # path data
    down: float  # how far its number stands below the middle


class MapFigureView(View, frozen=True):
    """A map with button and list; `below` follows the drawing, `legend` names shapes.

    Without `script` it can't move (nothing to move, or too `many` markers). The list shows if `listed`,
    opened by a tap if `folded`.
    """

    template = "parts/map.html"

    id: str
    view: MapView
    drawing: Markup
    script: str  # name of the file that makes it move
    version: str  # of that file
    many: bool  # too many markers to move
    tiles: Tiles | None  # of another host, where the town allows it
    below: Markup
    listed: bool
    folded: bool
    legend: Mapping[str, str]
    markers: Sequence[MarkerEntry]
    credit: str  # whose data it is


class MapPointView(View, frozen=True):
    """A point's drawing, its sentence, and the area's name and path."""

    template = "parts/map_point.html"

    drawing: Markup
    says: str
    area: str
    to: str  # the area's path
    credit: str


def space_map(context: Context, path: str, space: str, markers: Markers = ()) -> Markup:
    """Draw a space with parts, neighbours and markers; empty without shape or markers."""
    view = space_view(context, space, markers)
    return figure(context, path, view) if view is not None else Markup()


def overview_map(context: Context, path: str, about: str, *, listed: bool = True) -> Markup:
    """Draw a movable overview of a level, geography, `places`, `networks` or `resources`.

    Of a geography the widest level with several areas. Empty where there is nothing; raises `KeyError` for
    other names.
    """
    view = overview(context, overview_id(context, about))
    return figure(context, path, view, listed=listed, movable=True) if view is not None else Markup()


def small_map(context: Context, view: MapView) -> Markup:
    """Draw a thumb-sized view with title and description."""
    drawn = svg(f"karte-{view.id}", view.title, view.description, draw_small(context, view))
    return pattern('<div class="nr-map nr-map--small">{}</div>').format(drawn)


def point_map(
    context: Context,
    path: str,
    point: Point,
    label: str,
    *,
    shape: str = "circle",
    spaces: Ids = (),
) -> Markup:
    """Draw a point with its area and neighbours; `spaces` are around it.

    The ground is drawn once for each language and area (or few streets), so thousands of pages cost little.
    """
    space = finest_area(context, spaces)
    bounds = point_bounds(context, space, point)

    def make(context: Context) -> Drawing:
        return draw(context, point_view(context, space, bounds), path, linked=False, named=False)

    ground = context.once(("ground", space, bounds), make)
    _ = context.gettext
    x, y = ground.projection(point)
    marker = pattern('<g class="nr-map__pins nr-map__pins--one">{}</g>').format(
        pin(Marker(point, 0, label, shape), x, y)
    )
    title = _("Karte: {name}").format(name=label)
    says = _("Der Ort liegt {where}.").format(where=in_space(context, space)) if space else ""
    drawn = svg("karte-ort", title, says, ground, marker)
    area = context.texts.name(context.site.spaces[space]) if space else ""
    view = MapPointView(
        drawn, says, area, context.path("space", space) if space else "", _write_map_credit(context)
    )
    return context.render(view, path)


def figure(
    context: Context,
    path: str,
    view: MapView,
    *,
    listed: bool = True,
    movable: bool = False,
    below: Markup | None = None,
) -> Markup:
    """Join a view's drawing, button and list, with `below` under the drawing."""
    drawing = draw(context, view, path)
    id = f"karte-{view.id}"
    unseen = _unseen(context, view, drawing.projection)
    many = len(view.markers) > MOST_MARKERS
    entries = len(view.areas) + len(view.around) + len(view.markers)
    legend = {marker.group: marker.shape for marker in view.markers if marker.group}
    made = MapFigureView(
        id=id,
        view=view,
        drawing=svg(id, view.title, view.description, drawing),
        script=f"{view.id}.{context.lang}" if movable and not many else "",
        version=version(view) if movable else "",
        many=movable and many,
        tiles=tiles_of(context.site.config),
        below=(below or Markup()) + unseen,
        listed=listed,
        folded=entries > FOLDED,
        legend=legend if len(legend) > 1 else {},
        markers=tuple(_make_marker_entry(marker) for marker in view.markers) if listed else (),
        credit=_write_map_credit(context, plain=view.plain),
    )
    return context.render(made, path)


def _unseen(context: Context, view: MapView, projection: Projection) -> Markup:
    """Say which areas lie too far off; empty if all are seen."""
    shapes = context.site.shapes
    names = [area.name for area in view.areas if not projection.shows(shapes[area.id].bounds)]
    if not names:
        return Markup()
    words = context.gettext("Weit entfernt und deshalb nicht im Bild: {names}.")
    return pattern('<p class="nr-small">{}</p>').format(words.format(names=context.texts.join(names)))


def _write_map_credit(context: Context, *, plain: bool = False) -> str:
    return ", ".join(credits_of(context.site, plain=plain))


def _make_marker_entry(marker: Marker) -> MarkerEntry:
    shape = marker.shape
    return MarkerEntry(marker, shape_transform(shape), MARKERS[shape], NUMBER_DOWN.get(shape, 0))


# --- overviews: the maps that can be made to move ------------------------------------------------------------------


def overview_ids(context: Context) -> Sequence[str]:
    """Return the ids of overviews with something to show."""
    levels = [f"level-{level}" for level in context.site.config.level_ids]
    further = [id for one in given("sections", "OVERVIEWS") for id in one.ids(context)]
    return tuple(id for id in (*levels, *OVERVIEWS, *further) if _worth(overview(context, id)))


def overview_id(context: Context, about: str) -> str:
    """Return the overview's id for `about`, or raise `KeyError`."""
    if about in OVERVIEWS:
        return about
    if context.site.config.level_of(about) is not None:
        return f"level-{about}"
    for geography in context.site.config.geographies:
        if geography.id == about:
            views = {level.id: overview(context, f"level-{level.id}") for level in geography.levels}
            level = next((id for id, view in views.items() if _worth(view)), geography.levels[0].id)
            return f"level-{level}"
    raise KeyError(about)


def overview(context: Context, id: str) -> MapView | None:
    """Return an overview's view, made once; None if empty."""
    return context.once(("overview", id), lambda context: _make_overview(context, id))


def _make_overview(context: Context, id: str) -> MapView | None:
    if id in OVERVIEWS:
        return OVERVIEWS[id](context)
    further: FurtherOverviews
    for further in given("sections", "OVERVIEWS"):
        if id in further.ids(context):
            return further.view(context, id)
    return level_view(context, id.removeprefix("level-"))


def version(view: MapView) -> str:
    """Return a view's hash, so that browsers fetch changed scripts."""
    return sha256(repr(view).encode()).hexdigest()[:8]


def _worth(view: MapView | None) -> bool:
    """Tell whether a map shows more than a single area."""
    return view is not None and (len(view.areas) > 1 or bool(view.markers))


# --- scripts of the maps that can be made to move ---


def moving_map_files(contexts: Iterable[Context]) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield (name below `assets/nahraum/`, maker) of maps' scripts.

    One for each overview and language, none above `MOST_MARKERS` markers.
    """
    for number, context in enumerate(contexts):
        if number == 0:
            yield GROUND, partial(ground_file, context)
        for id in overview_ids(context):
            view = overview(context, id)
            if view is not None and len(view.markers) <= MOST_MARKERS:
                yield f"maps/{id}.{context.lang}.js", partial(moving_map, context, id)


def moving_map(context: Context, id: str) -> bytes:
    """Make an overview's ES module, whose default export draws it."""
    view = overview(context, id)
    if view is None:
        raise KeyError(id)
    return _script_writer()(context, view).encode()


@cache
def _script_writer() -> Callable[[Context, MapView], str]:
    """Load folium, which takes half a second, for the few that have moving maps; without pandas, which it wants for tables of places."""
    loaded = sys.modules.setdefault("pandas", None)  # type: ignore[arg-type]
    try:
        from generator.render.maps.moving_script import script
    finally:
        if loaded is None:
            del sys.modules["pandas"]
    return script


__all__ = [
    "GROUND",
    "MOST_MARKERS",
    "FurtherOverviews",
    "MapArea",
    "MapView",
    "Marker",
    "Projection",
    "areas_of",
    "figure",
    "map_layers",
    "moving_map",
    "moving_map_files",
    "overview",
    "overview_id",
    "overview_ids",
    "overview_map",
    "place_markers",
    "point_map",
    "situation_shape",
    "small_map",
    "space_map",
    "version",
]
