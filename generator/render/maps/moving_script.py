"""Write the script of a moving map by folium, without its foreign hosts and random ids."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template
from markupsafe import Markup, escape

from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.icons import MARKERS
from generator.render.maps.context_layers import LAYERS, piles
from generator.render.maps.map_shapes import DIGITS, feature_collection, ground_rows, simplified, tolerance
from generator.render.maps.markers import NUMBER_DOWN, Marker, shape_transform
from generator.render.maps.projection import Bounds
from generator.render.maps.views import MapArea, MapView, extent

# folium reads every script that it has made as a Jinja template once more, so until then this sign stands for a brace („\ue000b“) of a text, and twice for itself.
_GUARD = "\ue000"
_BRACE = f"{_GUARD}b"
_GUARDED = re.compile(r"\\\\|(?:\\ue000|\ue000)(b|\\ue000|\ue000)")


def guarded(value: Any) -> Any:
    """Replace braces in all texts, so that no template engine reads them."""
    if isinstance(value, str):
        return value.replace(_GUARD, _GUARD * 2).replace("{", _BRACE)
    if isinstance(value, Mapping):
        return {key: guarded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [guarded(item) for item in value]
    return value


def unguarded(script: str) -> str:
    """Put the braces back, as escapes of JavaScript texts."""

    def plain(found: re.Match[str]) -> str:
        if found[1] is None:
            return found[0]
        return "\\u007b" if found[1] == "b" else "\\ue000"

    return _GUARDED.sub(plain, script)


class Map(folium.Map):
    """A map in the element `element`; looks come from `maps.css`."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 (declared so by folium)
    default_css: list[tuple[str, str]] = []  # noqa: RUF012
    _template = Template(
        """
        {% macro script(this, kwargs) %}
            const {{ this.get_name() }} = L.map(element, {
                center: {{ this.location|tojson }},
                crs: L.CRS.{{ this.crs }},
                ...{{ this.options|tojavascript }}
            });
            {%- if this.control_scale %}
            L.control.scale({imperial: false}).addTo({{ this.get_name() }});
            {%- endif %}
        {% endmacro %}
        """
    )


class Shapes(folium.GeoJson):
    """Shapes with CSS classes (`look`); named ones open a popup if `spoken`."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            const {{ this.get_name() }} = L.geoJson({{ this.data|tojson }}, {
                smoothFactor: 0.5,
                interactive: {{ this.spoken|tojson }},
                style: (feature) => ({className: feature.properties.look}),
                {%- if this.spoken %}
                onEachFeature: (feature, layer) => layer.bindPopup(popup(feature.properties)),
                {%- endif %}
            });
        {% endmacro %}
        """
    )

    def __init__(self, data: Mapping[str, Any], *, spoken: bool = False) -> None:
        super().__init__(guarded(data), name="shapes", control=False)
        self.spoken = spoken

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]
        """Render without folium's styles for every feature."""
        super(folium.GeoJson, self).render(**kwargs)  # type: ignore[no-untyped-call]


class GroundShapes(MacroElement):
    """A layer of the ground, from the file all maps share."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            const {{ this.get_name() }} = L.geoJson(ground.features.filter((feature) => feature.properties.layer === {{ this.layer|tojson }}), {
                smoothFactor: 0.5,
                interactive: false,
                style: (feature) => ({className: feature.properties.look}),
            });
            {{ this.get_name() }}.addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, layer: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "GroundShapes"
        self.layer = layer


class Popup(MacroElement):
    """A marker's data, from which `popupContent` in `map-frame.js` makes nodes."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            {{ this._parent.get_name() }}.bindPopup(popup({{ this.content|tojavascript }}));
        {% endmacro %}
        """
    )

    def __init__(self, content: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Popup"
        self.content = guarded(dict(content))


def number(element: Element, prefix: str) -> None:
    """Replace an element's random ids by `prefix` and running numbers."""
    count = 0
    todo = [element]
    while todo:
        current = todo.pop()
        current._id = f"{prefix}_{count}"
        count += 1
        todo += reversed(list(current._children.values()))


def script_of(map: Map) -> str:
    """Return a map's statements, one a line."""
    figure = map.get_root()
    assert isinstance(figure, Figure)
    for child in list(figure._children.values()):
        child.render()
    text = "\n".join(child.render() for child in figure.script._children.values())
    return unguarded("\n".join(line.strip() for line in text.splitlines() if line.strip()))


MAX_ZOOM = 18  # houses, as near as usual tiles go
MOST_NAMES = 60
"""So many names are written into the map; with more areas only the popup says the name."""


def script(context: Context, view: MapView) -> str:
    """Return an ES module `export default function (L, element, popup, ground)` that returns the map.

    `ground` holds the shapes that all maps share (`context_layers.py`).
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
    """Return an empty map at `home`, movable a little beyond its view."""
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
    """Return bounds as Leaflet wants them: south-west and north-east, latitude first."""
    west, south, east, north = (round(value, DIGITS) for value in bounds)
    return [[south, west], [north, east]]


def _add_areas(context: Context, map: Map, view: MapView, by: float) -> None:
    """Add simplified areas with popups, or the town's without."""
    areas = [area for area in view.areas if area.id in context.site.shapes]
    if not areas:
        Shapes(feature_collection(ground_rows(context.site, by))).add_to(map)
        return
    shapes = simplified(context.site, [area.id for area in areas], by)
    # Large ones first, so that small ones inside them can be tapped.
    rows = zip(shapes, (_area_properties(area) for area in areas), strict=True)
    Shapes(feature_collection(sorted(rows, key=lambda row: -row[0].area)), spoken=True).add_to(map)


def _area_properties(area: MapArea) -> dict[str, Any]:
    """Return an area's name, link, popup lines and CSS classes (`look`)."""
    look = (
        "nr-live__area "
        + (area.look or f"nr-live__area--{area.tone}")
        + (" nr-live__fuzzy" if area.fuzzy else "")
    )
    lines = [{"name": note.text, "path": note.path, "lang": note.lang} for note in area.notes]
    return {"name": area.name, "path": area.path, "lang": area.lang, "lines": lines, "look": look}


def _add_layers(context: Context, map: Map) -> None:
    """Add water, green, streets and rail as switchable layers of `ground`."""
    _ = context.gettext
    names = {
        "green": _("Grün"),
        "water": _("Gewässer"),
        "buildings": _("Gebäude"),
        "rail": _("Bahn"),
        "streets": _("Straßen"),
    }
    drawn = {look.layer for look, _pile in piles(context)}
    for layer in LAYERS:
        if layer in drawn:
            group = _group(names[layer])
            GroundShapes(layer).add_to(group)
            group.add_to(map)


def _group(name: str) -> folium.FeatureGroup:
    """Return a switchable layer; its name is escaped because Leaflet inserts HTML."""
    return folium.FeatureGroup(name=guarded(str(escape(name))))


def _add_name(context: Context, map: Map, area: MapArea) -> None:
    """Write an area's name at its deepest point."""
    deepest = context.facts.spaces[area.id].label
    if deepest is None:
        return
    lang = pattern(' lang="{}"').format(area.lang) if area.lang else ""
    html = pattern("<span{}>{}</span>").format(lang, area.label.replace("\n", " ") or area.name)
    folium.Marker(
        [round(deepest.latitude, DIGITS), round(deepest.longitude, DIGITS)],
        icon=folium.DivIcon(html=guarded(str(html)), class_name="nr-live__name", icon_size=(0, 0)),
        interactive=False,
        keyboard=False,
    ).add_to(map)


def _add_markers(context: Context, map: Map, view: MapView) -> None:
    """Add markers with popups in switchable groups."""
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
    """Return a marker's shape with its number."""
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
