"""Write the script of a moving map from a view: the same areas and markers as in the drawing and in the list."""

from __future__ import annotations

import re
from typing import Any

import folium
from markupsafe import Markup, escape

from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.icons import MARKERS
from generator.render.maps.context_layers import LAYERS, piles
from generator.render.maps.extent import extent
from generator.render.maps.map_shapes import (
    DIGITS,
    feature_collection,
    ground_rows,
    simplified,
    tolerance,
)
from generator.render.maps.markers import Marker
from generator.render.maps.moving.elements import GroundShapes, Map, Popup, Shapes, guarded, number, script_of
from generator.render.maps.pins import NUMBER_DOWN, shape_transform
from generator.render.maps.projection import Bounds
from generator.render.maps.views import MapArea, MapView

MAX_ZOOM = 18
MOST_NAMES = 60
"""So many names are written into the map; with more areas only the popup says the name."""


def script(context: Context, view: MapView) -> str:
    """Return an ES module: `export default function (L, element, popup, ground)` draws the view with Leaflet (`L`) and returns the map.

    `ground` holds the shapes of water, green, rail and streets, which all maps share (`context_layers.py`).
    """
    prefix = re.sub(r"[^a-z0-9]", "_", f"{view.id}_{context.lang}")
    # What lies far off can be reached, but the town comes first.
    home = extent(context, view)
    map = _map(view, home)
    _add_areas(context, map, view, tolerance(home))
    if not view.plain:
        _add_layers(context, map)
    if len(view.areas) <= MOST_NAMES:
        for area in view.areas:
            _add_name(context, map, area)
    _add_markers(context, map, view)
    if any(isinstance(child, folium.FeatureGroup) for child in map._children.values()):
        folium.LayerControl(collapsed=True).add_to(map)
    number(map, prefix)
    # Maps of figures are drawn without streets and water: `grounded` says whether `ground` has to be loaded.
    grounded = "false" if view.plain else "true"
    return f"export const grounded = {grounded};\nexport default function (L, element, popup, ground) {{\n{script_of(map)}\nreturn {map.get_name()};\n}}\n"


def _map(view: MapView, home: Bounds) -> Map:
    """Return an empty map that begins at `home` and can be moved a little beyond the bounds of its view."""
    west, south, east, north = view.bounds
    room_x, room_y = (east - west) * 0.6, (north - south) * 0.6
    map = Map(
        location=[round((south + north) / 2, DIGITS), round((west + east) / 2, DIGITS)],
        zoom_start=12,
        tiles=None,
        zoom_control=False,
        control_scale=True,
        scroll_wheel_zoom=False,
        zoom_snap=0.25,
        attribution_control=False,
        max_bounds_viscosity=0.8,
        max_bounds=True,
        min_lat=round(south - room_y, DIGITS),
        max_lat=round(north + room_y, DIGITS),
        min_lon=round(west - room_x, DIGITS),
        max_lon=round(east + room_x, DIGITS),
        home=_corners(home),
    )
    # As an argument folium would hand it to a tile layer only, and without tiles one could zoom for ever.
    map.options["max_zoom"] = MAX_ZOOM
    return map


def _corners(bounds: Bounds) -> list[list[float]]:
    """Return bounds as Leaflet wants them: south-west and north-east corner, each latitude first, in degrees."""
    west, south, east, north = (round(value, DIGITS) for value in bounds)
    return [[south, west], [north, east]]


def _add_areas(context: Context, map: Map, view: MapView, by: float) -> None:
    """Add areas with popups, simplified by so many degrees; where the view has none, the town's areas without popups."""
    areas = [area for area in view.areas if area.id in context.site.shapes]
    if not areas:
        Shapes(feature_collection(ground_rows(context.site, by))).add_to(map)
        return
    shapes = simplified(context.site, [area.id for area in areas], by)
    # Large ones first, so that small ones inside them can be tapped.
    rows = zip(shapes, (_area_properties(area) for area in areas), strict=True)
    Shapes(feature_collection(sorted(rows, key=lambda row: -row[0].area)), spoken=True).add_to(map)


def _area_properties(area: MapArea) -> dict[str, Any]:
    """Return what the script needs to know of an area: name, link, lines of its popup, CSS classes (`look`)."""
    look = (
        "nr-live__area "
        + (area.look or f"nr-live__area--{area.tone}")
        + (" nr-live__fuzzy" if area.fuzzy else "")
    )
    lines = [{"name": note.text, "path": note.path, "lang": note.lang} for note in area.notes]
    return {"name": area.name, "path": area.path, "lang": area.lang, "lines": lines, "look": look}


def _add_layers(context: Context, map: Map) -> None:
    """Add water, green, streets, rail, each a layer that can be switched off; its shapes come with `ground`."""
    _ = context.gettext
    names = {
        "green": _("Grün"),
        "water": _("Gewässer"),
        "buildings": _("Gebäude"),
        "rail": _("Bahn"),
        "streets": _("Straßen"),
    }
    there = {look.layer for look, _pile in piles(context)}
    for layer in LAYERS:
        if layer in there:
            group = _group(names[layer])
            GroundShapes(layer).add_to(group)
            group.add_to(map)


def _group(name: str) -> folium.FeatureGroup:
    """Return a layer that can be switched off. Its name is escaped, for Leaflet puts it into the page as HTML."""
    return folium.FeatureGroup(name=guarded(str(escape(name))))


def _add_name(context: Context, map: Map, area: MapArea) -> None:
    """Write the name of an area into it, at the point farthest from its border."""
    deepest = context.facts.spaces[area.id].label
    if deepest is None:
        return
    lang = pattern(' lang="{}"').format(area.lang) if area.lang else ""
    html = pattern("<span{}>{}</span>").format(lang, area.label or area.name)
    folium.Marker(
        [round(deepest.latitude, DIGITS), round(deepest.longitude, DIGITS)],
        icon=folium.DivIcon(html=guarded(str(html)), class_name="nr-live__name", icon_size=(0, 0)),
        interactive=False,
        keyboard=False,
    ).add_to(map)


def _add_markers(context: Context, map: Map, view: MapView) -> None:
    """Add markers with popups, by group, so that each group can be switched off."""
    groups: dict[str, folium.FeatureGroup] = {}
    for marker in view.markers:
        name = marker.group or context.gettext("Orte")
        if name not in groups:
            groups[name] = _group(name)
            groups[name].add_to(map)
        pin = folium.Marker(
            [round(marker.point.latitude, DIGITS), round(marker.point.longitude, DIGITS)],
            icon=folium.DivIcon(
                html=guarded(str(_pin(marker))),
                class_name="nr-live__pin",
                icon_size=(34, 34),
                icon_anchor=(17, 17),
            ),
            alt=guarded(f"{marker.number}: {marker.name}"),
        ).add_to(groups[name])
        lines = [{"name": marker.note, "path": "", "lang": marker.note_lang}] if marker.note else []
        Popup({"name": marker.name, "path": marker.path, "lang": marker.lang, "lines": lines}).add_to(pin)


def _pin(marker: Marker) -> Markup:
    """Return the drawing of a marker: its shape with its number."""
    long = " nr-map__number--long" if marker.number > 99 else ""
    return pattern(
        '<svg viewBox="-15 -15 30 30" aria-hidden="true"><path transform="{}" d="{}"/><text class="nr-map__number{}" y="{:g}">{}</text></svg>'
    ).format(
        shape_transform(marker.shape),
        MARKERS[marker.shape],
        long,
        NUMBER_DOWN.get(marker.shape, 0),
        escape(marker.number),
    )
