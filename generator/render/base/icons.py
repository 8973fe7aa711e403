"""Give the element of an icon.

Its drawing stands once, in the stylesheet.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from markupsafe import Markup
from msgspec import Struct

from generator.files.packaged import packaged_text
from generator.model.site import Site
from generator.model.vocabulary import Word
from generator.render.base.html_patterns import pattern

EVERYDAY = frozenset(
    [
        "alert-octagon-outline",
        "alert-outline",
        "cash",
        "cursor-move",
        "exit-run",
        "information-outline",
        "map-marker-outline",
        "phone",
        "printer-outline",
        "timer-sand",
        "translate",
    ]
)
"""Icons that every page may show: those of the frame, of cards, of notes and of the way to a map."""
SIGNS = EVERYDAY | frozenset(
    [
        "account-group-outline",
        "baby-carriage",
        "bookmark-outline",
        "bus",
        "card-account-details-outline",
        "calendar-plus",
        "cellphone",
        "chat-outline",
        "check-circle-outline",
        "circle-half-full",
        "clipboard-text-outline",
        "clock-outline",
        "close-circle-outline",
        "content-copy",
        "door-open",
        "download",
        "download-outline",
        "email-outline",
        "file-pdf-box",
        "hand-heart-outline",
        "link-variant",
        "map-marker-path",
        "map-outline",
        "open-in-new",
        "seat-outline",
        "share-variant",
        "trash-can-outline",
        "volume-high",
        "wheelchair-accessibility",
    ]
)
"""Icons that the program's own pages name, whatever town it is. One that isn't here is drawn where it stands."""

MARKERS: dict[str, str] = {
    "circle": "M12 2.5a9.5 9.5 0 1 1 0 19 9.5 9.5 0 0 1 0-19Z",
    "square": "M4.5 3h15A1.5 1.5 0 0 1 21 4.5v15a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 19.5v-15A1.5 1.5 0 0 1 4.5 3Z",
    "diamond": "M12 1.2 22.8 12 12 22.8 1.2 12Z",
    "triangle": "M12 2 23 21H1Z",
    "wedge": "M1 3h22L12 22Z",
    "pentagon": "M12 1.6 23 9.6 18.8 22.4H5.2L1 9.6Z",
    "hexagon": "M12 1.2 21.4 6.6v10.8L12 22.8 2.6 17.4V6.6Z",
    "octagon": "M7.8 2h8.4L22 7.8v8.4L16.2 22H7.8L2 16.2V7.8Z",
    "cross": "M8.2 2h7.6v6.2H22v7.6h-6.2V22H8.2v-6.2H2V8.2h6.2Z",
    "star": "m12 1 3.2 7.2 7.8.8-5.8 5.3 1.6 7.7-6.8-4-6.8 4 1.6-7.7L1 9l7.8-.8Z",
    "shield": "M12 1.2 21 5v6.4c0 5.2-3.7 9.8-9 11.4-5.3-1.6-9-6.2-9-11.4V5Z",
    "house": "M12 2 23 11.4h-3V22H4V11.4H1Z",
    "drop": "M12 1c4 5.1 8 8.7 8 13.4a8 8 0 0 1-16 0C4 9.7 8 6.1 12 1Z",
}
"""Outline of each marker: told apart by shape, so never by colour alone."""

_ICONS = ("templates", ".icons")  # where the package `material` has them
_NAME = re.compile(r"[a-z0-9]+(?:[-_/][a-z0-9]+)*")


class IconDrawing(Struct, frozen=True):
    """An icon's `viewBox` and SVG elements."""

    box: str  # 0 0 24 24
    paths: str


def icons_of_words(site: Site) -> frozenset[str]:
    """Return the icons of a town's topics and kinds of places."""
    words = site.words
    kinds = {place.kind for place in site.places.values()}
    shown = (*words.topics.values(), *(words.place_kinds[kind] for kind in kinds))
    return frozenset(icon_of(word) for word in shown) - {""}


def icon(name: str) -> Markup:
    """Return an icon's element, hidden from screen readers; raises `KeyError` for unknown names.

    Names are `phone` (Material Design Icons) or `octicons/bell-24`. For names written by editors use
    `icon_of`.
    """
    return Markup(f'<i class="nr-icon {icon_class(name)}"></i>')


def inline_icon(name: str) -> Markup:
    """Return an icon's element with its drawing inside."""
    found = drawing(name)
    return Markup(
        f'<svg class="nr-icon nr-icon--drawn" aria-hidden="true" viewBox="{found.box}">{found.paths}</svg>'
    )


def icon_class(name: str) -> str:
    """Return the CSS class of an icon; raises `KeyError` like `icon`."""
    drawing(name)
    return f"nr-icon--{name.replace('/', '__')}"


@cache
def drawing(name: str) -> IconDrawing:
    """Return an icon's drawing; raises `KeyError` for none."""
    found = _read_icon(name)
    if found is None:
        raise KeyError(name)
    return found


def has_icon(name: str) -> bool:
    """Take a name, say whether `icon` knows it."""
    return _read_icon(name) is not None


def icon_of(word: Word, instead: str = "") -> str:
    """Return a word's icon name, or `instead` for none."""
    return word.icon.removeprefix("material/") if word.icon and has_icon(word.icon) else instead


def marker(shape: str) -> Markup:
    """Return a shape of `MARKERS` as SVG; raises `KeyError` for others."""
    path = pattern('<path d="{}"/>').format(MARKERS[shape])
    return pattern(
        '<svg class="nr-marker nr-marker--{}" aria-hidden="true" viewBox="-1 -1 26 26">{}</svg>'
    ).format(shape, path)


@cache
def _read_icon(name: str) -> IconDrawing | None:
    if not _NAME.fullmatch(name):
        return None
    *folders, file = (name if "/" in name else f"material/{name}").split("/")
    if not files("material").joinpath(*_ICONS, *folders, f"{file}.svg").is_file():
        return None
    return _drawn(packaged_text("material", *_ICONS, *folders, f"{file}.svg"))


def _drawn(svg: str) -> IconDrawing:
    """Keep box and paths; the licence stands on the licence page."""
    found = re.search(r'viewBox="([-\d. ]+)"[^<>]{0,300}>(.*?)(?:</svg>|\Z)', svg, re.DOTALL)
    if found is None:
        raise ValueError("icon without viewBox")
    return IconDrawing(found[1], re.sub(r"<!--.*?(?:-->|\Z)", "", found[2], flags=re.DOTALL).strip())
