"""Read the town's logo: a PNG, or an SVG without anything but drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.disk import Disk
from generator.read.mkdocs_settings import FILE
from generator.read.nodes import Node, position_at

MOST = 300_000
"""Bytes at most; a coat of arms in the head of every page is far smaller."""
HEIGHT = 240
"""Pixels that a PNG is kept in, at most."""
_LARGEST = 4_000  # pixels of a PNG in one direction, at most
_NAMESPACE = "{http://www.w3.org/2000/svg}"
# Elements that draw, and load nothing.
_ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "defs",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
    ]
)
# Attributes of an element: how it looks, then where it is drawn.
_LOOKS = frozenset(
    [
        "fill",
        "fill-opacity",
        "fill-rule",
        "stroke",
        "stroke-width",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-dasharray",
        "stroke-opacity",
        "opacity",
        "stop-color",
        "stop-opacity",
        "clip-path",
        "clip-rule",
    ]
)
_PLACES = frozenset(
    [
        "id",
        "d",
        "points",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "fx",
        "fy",
        "width",
        "height",
        "viewBox",
        "transform",
        "offset",
        "gradientUnits",
        "gradientTransform",
        "spreadMethod",
        "clipPathUnits",
        "preserveAspectRatio",
    ]
)
_SILENT = frozenset(("title", "desc", "metadata", "namedview"))  # left out, and nobody misses them
_FREE = re.compile(
    r"[^()&<>\\]*|(?:[^()&<>\\]*\b(?:url\(#[\w.-]+\)|(?:matrix|translate|scale|rotate|skew[XY]|rgba?|hsla?)\([-\d\s.,e%]*\)))+[^()&<>\\]*"
)
"""A value that leads nowhere: its only brackets are `rgb(…)`, `rotate(…)` and parts of the same drawing, `url(#part)`."""
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[<>]*>")  # as programs write it; in `[` it could define entities


def read_logo(disk: Disk, name: str, settings: Node | None) -> tuple[bytes, list[Diagnostic]]:
    """Return the logo as shown, or what is wrong with it."""
    place = position_at(settings, ("logo", "file")) if settings is not None else Position(FILE)
    data, found = disk.read(disk.project / name, MOST)
    if data is None:
        return b"", found
    if name.endswith(".png"):
        clean, dropped = _picture(data), list[str]()
    else:
        clean, dropped = _drawing(data)
    if not clean:
        return b"", [*found, diagnostic("logo-unlesbar", place, name=name)]
    notes = [diagnostic("logo-bereinigt", place, what=what) for what in dropped]
    return clean, [*found, *notes]


def _picture(data: bytes) -> bytes:
    """Return a PNG without all that isn't a pixel."""
    # Most towns have none: loaded where one is read.
    from PIL import Image

    file = BytesIO()
    try:
        with Image.open(BytesIO(data), formats=["PNG"]) as picture:
            if max(picture.size) > _LARGEST:
                return b""
            plain = picture.convert("RGBA")
            plain.thumbnail((_LARGEST, HEIGHT))
            plain.info.clear()
            plain.save(file, "PNG", optimize=True)
    except (OSError, ValueError, SyntaxError):
        return b""
    return file.getvalue()


def _drawing(data: bytes) -> tuple[bytes, list[str]]:
    """Return an SVG that only draws, and what was removed."""
    try:
        text = _DOCTYPE.sub("", data.decode("utf-8-sig"))
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            return b"", []
        root = ElementTree.fromstring(text)
    except (UnicodeDecodeError, ElementTree.ParseError):
        return b"", []
    if root.tag != f"{_NAMESPACE}svg":
        return b"", []
    dropped: list[str] = []
    clean = Element("svg", {"xmlns": _NAMESPACE[1:-1], **dict(_attributes(root, dropped))})
    todo = [(root, clean)]
    while todo:
        old, new = todo.pop()
        for child in old:
            name = str(child.tag).removeprefix(_NAMESPACE)
            if name in _ELEMENTS:
                made = Element(name, dict(_attributes(child, dropped)))
                new.append(made)
                todo.append((child, made))
            elif not name.startswith("{") and name not in _SILENT:
                dropped.append(f"<{name}>")
    # Without it the drawing can't be scaled to the head of a page.
    if "viewBox" not in clean.attrib:
        return b"", []
    return ElementTree.tostring(clean, encoding="utf-8"), sorted(set(dropped))


def _attributes(element: Element, dropped: list[str]) -> Iterator[tuple[str, str]]:
    """Yield an element's allowed attributes, style included."""
    attributes = dict(element.attrib)
    for part in attributes.pop("style", "").split(";"):
        name, _, value = part.partition(":")
        if name.strip() in _LOOKS:
            attributes[name.strip()] = value.strip()
    for name, value in attributes.items():
        if name in _LOOKS | _PLACES and _FREE.fullmatch(value):
            yield name, value
        # Of what is left out only what would run or load something is told.
        elif name.startswith("on") or "href" in name or "url(" in value:
            dropped.append(name.rpartition("}")[2])
