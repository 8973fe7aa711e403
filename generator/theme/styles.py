"""Stylesheets that are made: Material's in a cascade layer, so that ours wins without a war of selectors; icons by name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from generator.render.base.icons import drawing, icon_class

_SINGLE, _DOUBLE = "'", '"'
_PLAIN = f" =:/(),;-{_SINGLE}"


def layer_material(css: str) -> str:
    """Take the text of Material's stylesheet, hand out the same rules in the layer `material`.

    Rules outside of any layer win over it whatever their specificity. A `@charset` inside a layer would be
    an error, and the source map isn't published, so both are left out.
    """
    css = re.sub(r'^\ufeff?@charset "[^"]*";', "", css)
    css = re.sub(r"/\*# sourceMappingURL=[^*]*\*/", "", css)
    return f"@layer material{{{css.strip()}}}\n"


def icon_styles(names: Iterable[str]) -> str:
    """Take the names of icons, hand out a rule for each with its drawing, of which `.nr-icon` makes a mask."""
    return "".join(f".{icon_class(name)}{{--sign:{_address(name)}}}\n" for name in sorted(names))


def _address(name: str) -> str:
    """Return an icon as an address that holds it; what needs no escape there stays, so it is small and packs well."""
    found = drawing(name)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{found.box}">{found.paths}</svg>'
    return f'url("data:image/svg+xml,{quote(svg.replace(_DOUBLE, _SINGLE), safe=_PLAIN)}")'
