"""Frame pages, and name the site's stylesheets and scripts.

Of Material only the stylesheet and icons are used, in a cascade layer below ours.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader
from msgspec import Struct

from generator.files.packaged import PACKAGE, packaged, packaged_text
from generator.render.base.colours import accent_tokens
from generator.render.base.html_patterns import MARK, form, mark
from generator.render.base.icons import EVERYDAY, SIGNS, drawing, icon_class
from generator.render.frame.families import made_files
from generator.render.frame.page_frame import SLOTS, ShellValues


def without_comments(text: str) -> str:
    """Return CSS without comments at line beginnings; strings aren't considered."""
    kept: list[str] = []
    inside = False
    for line in text.splitlines(keepends=True):
        bare = line.lstrip()
        if not inside and not bare.startswith("/*"):
            kept.append(line)
            continue
        if not inside:
            bare = bare.removeprefix("/*")
        _, end, behind = bare.partition("*/")
        inside = not end
        if behind.strip():
            kept.append(behind)
    return "".join(kept)


_SINGLE, _DOUBLE = "'", '"'
_PLAIN = f" =:/(),;-{_SINGLE}"
"""Signs that needn't be escaped in a data address between double quotes."""


def layer_material(css: str) -> str:
    """Wrap Material's stylesheet in the layer `material`.

    Unlayered rules then always win. `@charset` (an error in layers) and the source map are left out.
    """
    css = re.sub(r'^\ufeff?@charset "[^"]*";', "", css)
    css = re.sub(r"/\*# sourceMappingURL=[^*]*\*/", "", css)
    return f"@layer material{{{css.strip()}}}\n"


def icon_styles(names: Iterable[str]) -> str:
    """Return a rule with its drawing for each icon, as mask of `.nr-icon`."""
    return "".join(f".{icon_class(name)}{{--sign:{_address(name)}}}\n" for name in sorted(names))


def _address(name: str) -> str:
    """Return an icon as data address with minimal escaping."""
    found = drawing(name)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{found.box}">{found.paths}</svg>'
    return f'url("data:image/svg+xml,{quote(svg.replace(_DOUBLE, _SINGLE), safe=_PLAIN)}")'


_LEAFLET = "xstatic.pkg.leaflet"
_MARKS = {name: mark(name) for name in SLOTS}
"""By slot of the frame the mark that stands in its place until a page fills it."""


class Shell:
    """A rendered frame with slots to fill."""

    def __init__(self, html: str) -> None:
        self.form = form(html)
        missing = set(SLOTS) - set(MARK.findall(html))
        # The frame of 404.html has its own list of languages.
        if missing - {"languages"}:
            raise ValueError(f"the frame lacks slots: {sorted(missing)}")

    def fill(self, slots: Mapping[str, str]) -> str:
        """Return the whole document."""
        return self.form % slots


def render_shell(environment: Environment, values: ShellValues) -> Shell:
    """Render `main.html` with slots."""
    return Shell(environment.get_template("main.html").render(shell=values, slot=_MARKS))


@cache
def plain_environment() -> Environment:
    """Return an environment like MkDocs', compiled once."""
    return Environment(
        loader=FileSystemLoader(str(resources.files("generator.theme.shell"))), autoescape=False
    )


@cache
def _material_css() -> str:
    folder = Path(str(resources.files("material"))) / "templates" / "assets" / "stylesheets"
    main = next(iter(sorted(folder.glob("main.*.min.css"))))
    return layer_material(packaged_text("material", "templates", "assets", "stylesheets", main.name))


class Assets(Struct, frozen=True):
    """Stylesheets, scripts, pictures: `files` by path, `addresses` by name, both below `ASSETS` (`page_frame.py`).

    Addresses contain hashes. Scripts share a folder named by all their digests, so none loads another version.
    """

    files: Mapping[str, bytes]
    addresses: Mapping[str, str]


def assets(accent: str, words: Iterable[str], own: Mapping[str, bytes]) -> Assets:
    """Make all assets for an accent (#rrggbb), the icons of `words` (by icon name) and the town's files by name."""
    looks, scripts = _styles_and_pictures(accent, words) | dict(own), _scripts()
    folder = folder_of(scripts)
    paths = {name: folder + name for name in scripts}
    files = looks | {paths[name]: content for name, content in scripts.items()}
    versions = {name: f"{name}?v={_digest(content)[:8]}" for name, content in looks.items()}
    return Assets(files, versions | paths)


def _styles_and_pictures(accent: str, words: Iterable[str]) -> dict[str, bytes]:
    """Return stylesheets and pictures by name; `words` are icons of topics and kinds."""
    found = {
        "material.css": _material_css().encode(),
        "icons-facts.css": icon_styles(SIGNS - EVERYDAY).encode(),
        "icons-words.css": icon_styles(words).encode(),
    }
    for path in sorted(_folder("css").glob("*")):
        text = packaged_text("generator", "assets", "css", path.name)
        found[path.name] = without_comments(text).encode()
    # What every page needs is one file: on a slow network each further one is waited for.
    found["nahraum.css"] += (accent_tokens(accent) + icon_styles(EVERYDAY)).encode()
    for path in sorted(_folder("img").glob("*")):
        found[path.name] = packaged("generator", "assets", "img", path.name)
    return found


def _scripts() -> dict[str, bytes]:
    """Return our bundled scripts and Leaflet."""
    found = made_files()
    for name in ("leaflet.js", "leaflet.css"):
        found[f"leaflet/{name}"] = packaged(_LEAFLET, "data", name)
    images = Path(str(resources.files(_LEAFLET))) / "data" / "images"
    for path in sorted(images.glob("*.png")):
        found[f"leaflet/images/{path.name}"] = packaged(_LEAFLET, "data", "images", path.name)
    found["leaflet/leaflet.js"] = re.sub(rb"//# sourceMappingURL=.*", b"", found["leaflet/leaflet.js"])
    return found


def _folder(kind: str) -> Path:
    return PACKAGE / "assets" / kind


def folder_of(scripts: Mapping[str, bytes]) -> str:
    """Return the scripts' folder with closing slash."""
    digest = hashlib.sha256()
    for name, content in sorted(scripts.items()):
        digest.update(f"{name} {_digest(content)}\n".encode())
    return f"skripte-{digest.hexdigest()[:16]}/"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
