"""Frame pages, and make the site's stylesheets, scripts and pictures.

Of Material for MkDocs only icons and the rules for written text are used, these in a cascade layer (CSS) below our own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment
from msgspec import Struct

from generator.files.packaged import PACKAGE, packaged, packaged_text
from generator.render.base.colours import accent_tokens
from generator.render.base.html_patterns import MARK, form, mark
from generator.render.base.icons import EVERYDAY, SIGNS, drawing, icon_class
from generator.render.base.view import own_templates
from generator.render.frame.families import made_files
from generator.render.frame.page_frame import SLOTS, ShellValues


def without_comments(text: str) -> str:
    """Return CSS without comments that begin a line; a string that looks like one would be cut, too."""
    lines: list[str] = []
    in_comment = False
    for line in text.splitlines(keepends=True):
        rest = line.lstrip()
        if not in_comment and not rest.startswith("/*"):
            lines.append(line)
            continue
        if not in_comment:
            rest = rest.removeprefix("/*")
        _, end, after_comment = rest.partition("*/")
        in_comment = not end
        if after_comment.strip():
            lines.append(after_comment)
    return "".join(lines)


_SINGLE, _DOUBLE = "'", '"'
_PLAIN = f" =:/(),;-{_SINGLE}"
"""Signs that a data address between double quotes may have as they are, which keeps it short."""


_OF_PROSE = frozenset(
    (
        *("md-typeset", "footnote", "footnote-ref", "footnote-backref", "headerlink", "focus-visible"),
        *("admonition", "admonition-title", "note", "abstract", "info", "tip", "success", "question"),
        *("warning", "failure", "danger", "bug", "example", "quote"),
    )
)
"""Classes of the text that is converted on hand-written pages."""
_RULE = re.compile(r"([^{}]+)\{((?:[^{}]+\{[^{}]*\})+|[^{}]*)\}")
"""A rule, or a condition with the rules inside."""
_ICON = re.compile(r"--md-(?:admonition|footnotes|details)-icon[\w-]*:[^;]+;[^;]+")
"""A drawing by its name: the address of data holds one semicolon."""


def layer_material(css: str) -> str:
    """Return Material's rules for text in the layer `material`, so that our rules, which have no layer, always win."""
    css = re.sub(r'^\ufeff?@charset "[^"]*";', "", css)
    return f"@layer material{{:root{{{';'.join(_ICON.findall(css))}}}{''.join(_rules_of_prose(css))}}}\n"


def _rules_of_prose(css: str) -> Iterator[str]:
    for condition, inside in _RULE.findall(css):
        if "{" in inside:
            rules = "".join(_rules_of_prose(inside)) if condition.startswith("@media") else ""
            yield f"{condition}{{{rules}}}" if rules else ""
        elif kept := [one for one in condition.split(",") if _is_of_prose(one)]:
            yield f"{','.join(kept)}{{{inside}}}"


def _is_of_prose(selector: str) -> bool:
    named = set(re.findall(r"\.([\w-]+)", selector))
    return named <= _OF_PROSE and not re.search(
        r"^@|:root|^html$|data-|\[role|\[type=|\bkbd|\bmark|__", selector
    )


def icon_styles(names: Iterable[str]) -> str:
    """Return for each icon a CSS rule with its drawing, which `.nr-icon` takes as mask."""
    return "".join(f".{icon_class(name)}{{--sign:{_data_address_of_icon(name)}}}\n" for name in sorted(names))


def _data_address_of_icon(name: str) -> str:
    """Return an icon's drawing as `url("data:…")`."""
    found = drawing(name)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{found.box}">{found.paths}</svg>'
    return f'url("data:image/svg+xml,{quote(svg.replace(_DOUBLE, _SINGLE), safe=_PLAIN)}")'


_LEAFLET = "xstatic.pkg.leaflet"
_MARKS = {name: mark(name) for name in SLOTS}
"""By slot (a part of the frame that differs by page) the mark that holds its place until a page fills it."""


class Shell:
    """A frame that is rendered once, with slots that each page fills."""

    def __init__(self, html: str) -> None:
        self.form = form(html)
        missing = set(SLOTS) - set(MARK.findall(html))
        # The frame of 404.html writes its own list of languages.
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
    """Return an environment of templates like MkDocs' own (without escaping), made once."""
    return Environment(loader=own_templates(PACKAGE / "theme" / "shell"), autoescape=False)


@cache
def _material_css() -> str:
    folder = Path(str(resources.files("material"))) / "templates" / "assets" / "stylesheets"
    main = next(iter(sorted(folder.glob("main.*.min.css"))))
    return layer_material(packaged_text("material", "templates", "assets", "stylesheets", main.name))


class Assets(Struct, frozen=True):
    """Stylesheets, scripts and pictures; paths are below `ASSETS` (`page_frame.py`).

    Addresses contain hashes, so that no browser shows an old version. Scripts load each other by name, so they share a
    folder whose name is the hash of all.
    """

    files: Mapping[str, bytes]  # by path
    addresses: Mapping[str, str]  # by name


def assets(accent: str, words: Iterable[str], own: Mapping[str, bytes]) -> Assets:
    """Make all assets; `accent` is #rrggbb, `words` the icons of topics and kinds, `own` the town's files by name."""
    looks, scripts = _styles_and_pictures(accent, words) | dict(own), _scripts()
    folder = folder_of(scripts)
    paths = {name: folder + name for name in scripts}
    files = looks | {paths[name]: content for name, content in scripts.items()}
    versions = {name: f"{name}?v={_digest_of_content(content)[:8]}" for name, content in looks.items()}
    return Assets(files, versions | paths)


def _styles_and_pictures(accent: str, words: Iterable[str]) -> dict[str, bytes]:
    """Return stylesheets and pictures by name; `words` are icons of topics and kinds."""
    found = {
        "material.css": _material_css().encode(),
        "icons-facts.css": icon_styles(SIGNS - EVERYDAY).encode(),
        "icons-words.css": icon_styles(words).encode(),
    }
    for path in sorted(_assets_folder("css").glob("*")):
        text = packaged_text("generator", "assets", "css", path.name)
        found[path.name] = without_comments(text).encode()
    # What every page needs is in one file: on a slow network one waits for each further one.
    found["nahraum.css"] += (accent_tokens(accent) + icon_styles(EVERYDAY)).encode()
    for path in sorted(_assets_folder("img").glob("*")):
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


def _assets_folder(kind: str) -> Path:
    return PACKAGE / "assets" / kind


def folder_of(scripts: Mapping[str, bytes]) -> str:
    """Return the scripts' folder with closing slash."""
    digest = hashlib.sha256()
    for name, content in sorted(scripts.items()):
        digest.update(f"{name} {_digest_of_content(content)}\n".encode())
    return f"skripte-{digest.hexdigest()[:16]}/"


def _digest_of_content(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
