"""Make pictures (SVG) that look right without the page."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from markupsafe import Markup, escape
from msgspec import Struct

from generator.render.base.colours import accent_scheme, map_steps
from generator.render.base.context import Context

WIDTH = 760  # units; pixels at full size
EDGE = 24
"""Units around everything."""
INSIDE = WIDTH - 2 * EDGE
LETTER = 0.54
"""How wide a letter is on average, as a part of the size of its font."""
KEY = (28, 18)
"""Width and height of a colour in the legend."""

# As in `nahraum.css`, in the light.
INK, MUTED, PAPER, LINE, GREY = "#1c2326", "#4f5a62", "#ffffff", "#e4ddd2", "#6f7780"
HIGHER, LOWER = "#90b5c2", "#d9e5ea"  # what surely differs
BORDER = "#857b6c"  # of areas and of the legend's colours
FONT = "system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"

Look = Mapping[str, str]  # attributes of an element

_HALO: Look = {
    "paint-order": "stroke",
    "stroke": PAPER,
    "stroke-width": "5",
    "stroke-linejoin": "round",
}  # around letters, so that lines below don't cross them
_MAP_TEXT: Look = {
    **_HALO,
    "fill": INK,
    "font-size": "21",
    "text-anchor": "middle",
    "dominant-baseline": "central",
}
_HOLLOW: Look = {"fill": PAPER, "stroke": "currentColor", "stroke-width": "2.5"}
_DASHED: Look = {"fill": PAPER, "stroke": "currentColor", "stroke-width": "2", "stroke-dasharray": "5 3"}
LOOKS: Mapping[str, Look] = {
    "nr-chart__start": {"text-anchor": "start"},
    "nr-chart__middle": {"text-anchor": "middle"},
    "nr-chart__end": {"text-anchor": "end"},
    "nr-chart__tick": {"fill": MUTED, "font-size": "13"},
    "nr-chart__strong": {"fill": INK, "font-weight": "600"},
    "nr-chart__name": {**_HALO, "text-anchor": "start", "font-weight": "600"},
    "nr-chart__value": _HALO,
    "nr-chart__sign": {"font-size": "17", "font-weight": "700"},
    "nr-chart__label": {**_HALO, "font-weight": "600"},
    "nr-chart__grid": {"stroke": LINE},
    "nr-chart__zero": {"stroke": INK, "stroke-width": "1.5"},
    "nr-chart__bar": {"fill": "currentColor"},
    "nr-chart__bar--forecast": _DASHED,
    "nr-chart__bar--decided": {"fill": PAPER, "stroke": "currentColor", "stroke-width": "2"},
    "nr-chart__bar--limited": _DASHED,
    "nr-chart__open": {"fill": "currentColor"},
    "nr-mark": {"fill": "none", "stroke": INK, "stroke-width": "2.5"},
    "nr-mark--approved": {"fill": INK},
    "nr-mark--qualified": {"fill": PAPER},
    "nr-mark--recommended": {"fill": PAPER},
    "nr-mark--pending": {"fill": PAPER, "stroke-dasharray": "3 2"},
    "nr-mark--due": {"stroke-dasharray": "4 3"},
    "nr-chart__halo": {"stroke": PAPER, "stroke-width": "5"},
    "nr-chart__before": {"stroke": INK, "stroke-width": "3"},
    "nr-chart__interval": {"stroke": INK, "stroke-width": "1.5"},
    "nr-chart__benchmark": {"stroke": INK, "stroke-width": "2", "stroke-dasharray": "2 2"},
    "nr-chart__dot": {"fill": "currentColor", "stroke": PAPER, "stroke-width": "1.5"},
    "nr-chart__dot--forecast": _HOLLOW,
    "nr-chart__dot--open": _HOLLOW,
    "nr-chart__stroke": {"stroke": "currentColor", "stroke-width": "2.5", "stroke-linecap": "round"},
    "nr-chart__stroke--forecast": {"stroke-dasharray": "2 6"},
    "nr-chart__line--other": {"color": GREY},
    "nr-chart__break": {"stroke": MUTED, "stroke-width": "1.5", "stroke-dasharray": "1 4"},
    "nr-chart__future": {"fill": INK, "opacity": ".05"},
    "nr-class--counted": {"fill": PAPER},
    "nr-class--few": {"fill": PAPER},
    "nr-class--similar": {"fill": PAPER},
    "nr-class--unknown": {"fill": PAPER},
    "nr-class--higher": {"fill": HIGHER},
    "nr-class--lower": {"fill": LOWER},
    "nr-class--ground": {"fill": PAPER},
    "nr-class--line": {"fill": "none", "stroke": MUTED, "stroke-width": "1.8"},
    "nr-map__borders": {"fill": "none", "stroke": BORDER, "stroke-width": "1.6"},
    "nr-map__fuzzy": {"stroke-dasharray": "10 9"},
    "nr-map__name": {**_MAP_TEXT, "font-weight": "600"},
    "nr-map__beside": {**_MAP_TEXT, "font-size": "19", "fill": MUTED},
    "nr-map__scale": {**_MAP_TEXT, "font-size": "18"},
    "nr-map__leaders": {"fill": "none", "stroke": INK, "stroke-width": "1.4"},
}
"""What the classes of drawings become, but for the steps of the accent. Of several classes of an element the later ones win."""
_LINES: Look = {"fill": "none", "stroke": INK, "stroke-width": "2"}  # of a map's scale
# Attributes that mean something on the page alone.
_KEPT_OUT = ("class", "role", "aria-labelledby", "aria-describedby")
# Lines of a legend's colour: hatched is secret, dotted is not there.
_HATCHED = {
    "secret": "M-2 10 8 0M-2 20 18 0M8 20 28 0M18 20 30 8",
    "none": "M5 5v2M14 5v2M23 5v2M5 12v2M14 12v2M23 12v2",
}


class PictureKey(Struct, frozen=True):
    """A legend's row: a look (`nr-class--…`) or drawn `sign`, and its meaning."""

    look: str
    text: str
    sign: Markup | None = None


class PictureText(Struct, frozen=True):
    """A picture's title, sentence, legend, `notes`, colour (`accent`) and `logo` address."""

    lang: str
    rtl: bool  # written from right to left
    accent: str
    title: str
    lead: str  # the sentence below the title
    keys: Sequence[PictureKey]
    notes: Sequence[str]
    logo: str = ""


def picture(drawing: Markup, text: PictureText) -> bytes:
    """Make an SVG file of a drawing (its first `svg`) and texts."""
    page = _PicturePage(text)
    page.write([text.title], 21, "600", INK)
    page.write([text.lead], 15, "400", INK)
    page.down += 10
    page.draw(next(iter(ElementTree.fromstring(f"<all>{drawing}</all>"))))
    for key in text.keys:
        page.key(key)
    page.down += 8
    page.logo(text.logo)
    page.write(text.notes, 12.5, "400", MUTED)
    return page.finished()


class _PicturePage:
    """A picture that grows downwards."""

    def __init__(self, text: PictureText) -> None:
        self.text = text
        accent = accent_scheme(text.accent, "light")["accent"]
        steps = enumerate(map_steps(text.accent), 1)
        self.looks = {**LOOKS, **{f"nr-class--{number}": {"fill": step} for number, step in steps}}
        self.down = float(EDGE)
        """Where the next thing begins, in units from the top."""
        self.root = Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "width": str(WIDTH),
                "font-family": FONT,
                "color": accent,
                "role": "img",
                "lang": text.lang,
                "direction": "rtl" if text.rtl else "ltr",
            },
        )
        SubElement(self.root, "title").text = text.title
        SubElement(self.root, "desc").text = " ".join((text.lead, *text.notes))
        self.ground = SubElement(self.root, "rect", {"width": "100%", "height": "100%", "fill": PAPER})

    @property
    def start(self) -> str:
        """Where lines begin."""
        return str(WIDTH - EDGE if self.text.rtl else EDGE)

    def write(self, paragraphs: Sequence[str], size: float, weight: str, fill: str) -> None:
        """Write paragraphs, broken into lines that have room."""
        letters = int(INSIDE / (size * LETTER))
        for paragraph in paragraphs:
            # Lines are 1.4 times as high as their letters; a quarter of that is below the baseline.
            for line in textwrap.wrap(paragraph, letters, break_on_hyphens=False):
                self.down += size * 1.4
                look = {"font-size": f"{size:g}", "font-weight": weight, "fill": fill}
                place = {"x": self.start, "y": f"{self.down - size * 0.35:.1f}"}
                SubElement(self.root, "text", {**place, **look}).text = line
            self.down += size * 0.35

    def draw(self, drawing: Element) -> None:
        """Put in a drawing at full width, with attributes instead of classes."""
        looked = _with_looks(drawing, self.looks)
        box = looked.get("viewBox", "").split()
        height = float(box[3]) * INSIDE / float(box[2]) if box else float(looked.get("height", "0"))
        place = {"x": str(EDGE), "y": f"{self.down:.1f}", "width": str(INSIDE), "height": f"{height:.1f}"}
        looked.attrib.update(
            {**place, "overflow": "visible", "font-size": "15", "fill": INK, "direction": "ltr"}
        )
        self.root.append(looked)
        self.down += height + 10

    def key(self, key: PictureKey) -> None:
        """Write a row of the legend."""
        width, height = KEY
        left = WIDTH - EDGE - width if self.text.rtl else EDGE
        group = SubElement(self.root, "g", {"transform": f"translate({left} {self.down:.1f})"})
        if key.sign is not None:
            group.append(_with_looks(ElementTree.fromstring(key.sign), self.looks))
        else:
            _add_colour(group, key.look, self.looks)
        beside = -10 if self.text.rtl else width + 10
        words = SubElement(group, "text", {"x": str(beside), "y": "14", "font-size": "14", "fill": INK})
        words.text = key.text
        self.down += height + 6

    def logo(self, logo: str) -> None:
        """Put the town's logo below, where it has one."""
        if logo:
            side = "xMaxYMid" if self.text.rtl else "xMinYMid"
            place = {"x": str(EDGE), "y": f"{self.down:.1f}", "width": str(INSIDE), "height": "40"}
            SubElement(self.root, "image", {**place, "href": logo, "preserveAspectRatio": side})
            self.down += 48

    def finished(self) -> bytes:
        """Return the file."""
        height = round(self.down + EDGE)
        self.root.set("height", str(height))
        self.root.set("viewBox", f"0 0 {WIDTH} {height}")
        made: bytes = ElementTree.tostring(self.root, encoding="utf-8", xml_declaration=True)
        return made


def _add_colour(group: Element, look: str, looks: Mapping[str, Look]) -> None:
    """Add a legend's colour or hatching to a group."""
    width, height = KEY
    fill = looks.get(f"nr-class--{look}", looks["nr-class--ground"])
    SubElement(group, "rect", {"width": str(width), "height": str(height), "stroke": BORDER, **fill})
    if look in _HATCHED:
        SubElement(group, "path", {"d": _HATCHED[look], **looks["nr-class--line"]})


def _with_looks(element: Element, looks: Mapping[str, Look]) -> Element:
    """Copy an element so that it needs no stylesheet."""
    classes = element.get("class", "").split()
    attributes = {name: value for name, value in element.attrib.items() if name not in _KEPT_OUT}
    for name in classes:
        attributes.update(looks.get(name, {}))
    # A file that is shown elsewhere leads nowhere.
    attributes.pop("href", None)
    copy = Element("tspan" if element.tag == "a" else element.tag, attributes)
    copy.text, copy.tail = element.text, element.tail
    for child in element:
        inner = _with_looks(child, looks)
        if "nr-map__scale" in classes and child.tag == "path":
            inner.attrib.update(_LINES)
        copy.append(inner)
    return copy


class HandedOn(Struct, frozen=True):
    """A drawing for download: file name, title, description, notes, legend."""

    name: str
    drawing: Markup
    title: str
    lead: str  # what it shows, in a sentence
    notes: Sequence[str]
    keys: Sequence[PictureKey] = ()


class TakeAlong(Struct, frozen=True):
    """A page's embedding HTML by file name, and its citation."""

    lines: Mapping[str, str]
    cite: str


def taken(context: Context, path: str, title: str, drawings: Iterable[HandedOn]) -> TakeAlong:
    """Return embedding HTML of a page's drawings; none on the internal site."""
    words = context.gettext("{publisher}: {title}. {url}, Stand {date}.")
    address = context.address(path)
    cite = words.format(
        publisher=context.site.config.publisher.name,
        title=title,
        url=address,
        date=context.texts.date(context.facts.today),
    )
    handed = () if context.site.internal else drawings
    lines = {
        one.name: f'<img src="{address}{one.name}.svg" alt="{escape(f"{one.title}. {one.lead}")}">'
        for one in handed
    }
    return TakeAlong(lines, cite)


def files_of(context: Context, path: str, drawings: Iterable[HandedOn]) -> dict[str, bytes]:
    """Return the files of a page's drawings, with publisher, licence, address, day."""
    config = context.site.config
    below = [config.publisher.name, context.address(path), context.texts.date(context.facts.today)]
    if config.data_licence:
        below.append(context.gettext("Lizenz {licence}").format(licence=config.data_licence))
    files = {}
    for one in drawings:
        text = PictureText(
            lang=context.lang,
            rtl=context.texts.dir == "rtl",
            accent=config.accent,
            title=one.title,
            lead=one.lead,
            keys=one.keys,
            notes=(*one.notes, ", ".join(below)),
            logo=context.site.logo,
        )
        files[f"{path}{one.name}.svg"] = picture(one.drawing, text)
    return files


Drawings = Callable[[Context, str, str], Iterable[HandedOn]]  # of context, path and key


def pictures_of(drawings: Drawings) -> Callable[[Context, str, str], dict[str, bytes]]:
    """Return a function from (context, path, key) to a page's picture files."""
    return partial(_files_beside, drawings)


def _files_beside(drawings: Drawings, context: Context, path: str, key: str) -> dict[str, bytes]:
    return files_of(context, path, drawings(context, path, key))
