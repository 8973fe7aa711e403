"""The adapter to Material: frames rendered once for each language, family and depth, then filled; stylesheets and scripts.

Of Material only the stylesheet and the icons are used. The environment is plain Jinja2 over our shell, so nothing here needs MkDocs.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from generator.files.packaged import packaged, packaged_text
from generator.render.base.marks import MARK, form, mark
from generator.render.frame.shell import ShellValues
from generator.render.frame.slots import SLOTS
from generator.theme.colours import accent_tokens
from generator.theme.comments import without_comments
from generator.theme.styles import icon_styles, layer_material

_LEAFLET = "xstatic.pkg.leaflet"
_MARKS = {name: mark(name) for name in SLOTS}


class Shell:
    """A frame with a place for each slot: filling it renders nothing."""

    def __init__(self, html: str) -> None:
        self.form = form(html)
        missing = set(SLOTS) - set(MARK.findall(html))
        if missing - {"languages"}:
            raise ValueError(f"the frame lacks slots: {sorted(missing)}")

    def fill(self, slots: Mapping[str, str]) -> str:
        """Return the whole document."""
        return self.form % slots


def render_shell(environment: Environment, values: ShellValues) -> Shell:
    """Render `main.html` with marks in place of what differs from page to page."""
    return Shell(environment.get_template("main.html").render(shell=values, slot=_MARKS))


@cache
def plain_environment() -> Environment:
    """Return an environment like the one that MkDocs makes for the theme; its templates are compiled once in a process."""
    return Environment(
        loader=FileSystemLoader(str(resources.files("generator.theme.shell"))), autoescape=False
    )


@cache
def _material_css() -> str:
    folder = Path(str(resources.files("material"))) / "templates" / "assets" / "stylesheets"
    main = next(iter(sorted(folder.glob("main.*.min.css"))))
    return layer_material(packaged_text("material", "templates", "assets", "stylesheets", main.name))


def assets(accent: str, icons: Iterable[str]) -> dict[str, bytes]:
    """Return every file of `assets/nahraum/` by its name there; `accent` is a colour as #rrggbb, `icons` names those that pages show."""
    base = Path(str(resources.files("generator") / "assets"))
    found: dict[str, bytes] = {
        "material.css": _material_css().encode(),
        "accent.css": accent_tokens(accent).encode(),
        "icons.css": icon_styles(icons).encode(),
    }
    for folder in ("css", "js"):
        for path in sorted((base / folder).glob("*")):
            found[path.name] = without_comments(
                packaged_text("generator", "assets", folder, path.name)
            ).encode()
    for path in sorted((base / "img").glob("*")):
        found[path.name] = packaged("generator", "assets", "img", path.name)
    for name in ("leaflet.js", "leaflet.css"):
        found[f"leaflet/{name}"] = packaged(_LEAFLET, "data", name)
    images = Path(str(resources.files(_LEAFLET))) / "data" / "images"
    for path in sorted(images.glob("*.png")):
        found[f"leaflet/images/{path.name}"] = packaged(_LEAFLET, "data", "images", path.name)
    found["leaflet/leaflet.js"] = re.sub(rb"//# sourceMappingURL=.*", b"", found["leaflet/leaflet.js"])
    return found


def versions(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return a short hash of each asset, so that browsers fetch a changed one anew."""
    return {name: hashlib.sha256(content).hexdigest()[:8] for name, content in files.items()}
