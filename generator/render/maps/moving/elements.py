"""folium's elements as this site needs them: no foreign address, no inline style, nothing random, nothing unescaped.

What stock folium 0.20 does and these classes leave out: scripts and styles from five other hosts; a viewport that forbids
zoom; rules for `html, body`; ids from `urandom`; popups built by jQuery from raw HTML. branca also compiles what it has
rendered as a template once more, so that a name with two braces would be run: `guarded` and `unguarded` prevent that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

# A private character that no template engine knows; doubled where a text holds it itself. In scripts it may stand as an escape.
_GUARD = "\ue000"
_BRACE = f"{_GUARD}b"
_GUARDED = re.compile(r"\\\\|(?:\\ue000|\ue000)(b|\\ue000|\ue000)")


def guarded(value: Any) -> Any:
    """Replace opening braces in all texts of a value by what no template engine knows."""
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
    """A map in an element that is handed in as `element`; all looks come from `maps.css`."""

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
    """Shapes whose looks are the classes in their property `look`; those with a `name` open a popup when `spoken`."""

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
        """Render without stock folium's styles, which would be repeated for every feature."""
        super(folium.GeoJson, self).render(**kwargs)  # type: ignore[no-untyped-call]


class GroundShapes(MacroElement):
    """What a layer of the ground holds, from the file that all maps share."""

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
    """What a marker says: data, from which `popup` (a function of `maps.js`) builds text nodes and links."""

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
    """Replace the random ids of an element and all below it by `prefix` and a running number."""
    count = 0
    todo = [element]
    while todo:
        current = todo.pop()
        current._id = f"{prefix}_{count}"
        count += 1
        todo += reversed(list(current._children.values()))


def script_of(map: Map) -> str:
    """Render a map and return its statements, one to a line and without indentation."""
    figure = map.get_root()
    assert isinstance(figure, Figure)
    for child in list(figure._children.values()):
        child.render()
    text = "\n".join(child.render() for child in figure.script._children.values())
    return unguarded("\n".join(line.strip() for line in text.splitlines() if line.strip()))
