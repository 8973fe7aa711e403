"""Draw a table as a picture that is taken along."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markupsafe import Markup

from generator.render.base.context import Context, Ids
from generator.render.base.html_patterns import pattern
from generator.render.base.view import TableContent
from generator.render.figures.levels_and_topics import Level
from generator.render.figures.picture_files import INSIDE, LETTER, HandedOn
from generator.render.figures.tables import heat

_FIRST, _NARROW, _HEAD = 150, 64, 128.0
"""Width of the column of names; below what width heads stand upright, and how high these are."""
_SIZE, _LINE, _AROUND = 13, 17, 6
"""Size of letters, height of a line, units around a cell's text."""
_RECT = pattern('<rect class="nr-class--ground nr-class--{}" x="{:g}" y="{:g}" width="{:g}" height="{:g}"/>')
_TEXT = pattern('<text class="nr-chart__{}" x="{:g}" y="{:g}" font-size="{}"{}>{}</text>')
_UPRIGHT = pattern(' transform="rotate(-90 {:g} {:g})"')
_RULE = pattern('<path class="nr-chart__grid" d="M0 {:g}H{}"/>')


Row = Sequence[tuple[str, str]]
"""Each cell's text, and its look (`nr-class--…`)."""


def table_picture(content: TableContent, without: int = 0) -> Markup:
    """Draw a table's head and rows; `without` the column of this number, which only phones show."""
    rows = [[one.label for one in content.columns], *([cell.text for cell in row] for row in content.rows)]
    return _drawn(
        [[(_seen(text), "") for at, text in enumerate(row) if not without or at != without] for row in rows]
    )


def heat_picture(context: Context, path: str, indicators: Ids, level: Level, name: str) -> HandedOn:
    """Draw the table of a level's areas by indicators, with years, sources and what its signs say."""
    _ = context.gettext
    table = heat(context, path, indicators, level)
    head = [(_seen(column.label), "") for column in table.columns]
    rows = [[(_seen(cell.text), cell.look) for cell in row] for row in table.rows]
    known = [context.site.indicators[key] for key in indicators]
    sources = dict.fromkeys(one.source.name for one in known)
    notes = [f"{_('Quelle:')} {'; '.join(sources)}", table.chance]
    if any(one.fictional for one in known):
        notes.insert(0, _("Diese Zahlen sind erfunden, zur Veranschaulichung."))
    lead = _(
        "▲ statistisch auffällig höher als die ganze Stadt, ▼ niedriger, ohne Zeichen: Unterschied nicht belegt oder nicht verglichen. Höher heißt nicht schlechter, und die Zeichen eines Gebiets sind kein Gesamturteil."
    )
    title = _("Neueste Werte nach Gebiet: {level}").format(level=level.name)
    return HandedOn(name, _drawn([head, *rows]), title, lead, list(filter(None, notes)))


def _seen(text: str | Markup) -> str:
    """Return what is seen of a cell's HTML: nothing that is for screen readers alone."""
    if not isinstance(text, Markup):
        return text
    return " ".join("".join(_parts(ElementTree.fromstring(f"<all>{text}</all>"))).split(" ")).strip()


def _parts(element: Element) -> Iterator[str]:
    classes = element.get("class", "").split()
    if "nr-vh" not in classes:
        yield "\n" if "nr-glance__small" in classes else ""
        yield element.text or ""
        for child in element:
            yield from _parts(child)
    yield element.tail or ""


def _drawn(rows: Sequence[Row]) -> Markup:
    """Draw a head and rows at a picture's full width; heads of many columns stand upright, the last has the rest."""
    others = len(rows[0]) - 1
    width = (INSIDE - _FIRST) / max(1, others)
    upright = width < _NARROW
    if upright:
        width = _NARROW / 1.6
    widths = [_FIRST, *[width] * (others - 1), INSIDE - _FIRST - width * (others - 1)]
    down, parts = 0.0, []
    for number, row in enumerate(rows):
        turned = upright and number == 0
        lines = [_lines(text, _HEAD if turned else widths[at]) for at, (text, _) in enumerate(row)]
        height = _HEAD if turned else max(map(len, lines)) * _LINE + 2 * _AROUND
        left = 0.0
        for at, ((_, look), words) in enumerate(zip(row, lines, strict=True)):
            if look:
                parts.append(_RECT.format(look, left, down, widths[at], height))
            for line, text in enumerate(words):
                if turned and at:
                    x, y = left + width / 2 + 4 + line * _LINE, down + height - _AROUND
                    parts.append(_TEXT.format("start", x, y, _SIZE, _UPRIGHT.format(x, y), text))
                else:
                    x = left + (widths[at] / 2 if at else _AROUND)
                    y = down + _AROUND + (line + 0.75) * _LINE
                    parts.append(_TEXT.format("middle" if at else "start", x, y, _SIZE, "", text))
            left += widths[at]
        down += height
        parts.append(_RULE.format(down, INSIDE))
    return pattern('<svg viewBox="0 0 {} {:g}">{}</svg>').format(INSIDE, down, Markup("").join(parts))


def _lines(text: str, width: float) -> list[str]:
    """Break a text into lines that have room."""
    letters = max(4, int((width - 2 * _AROUND) / (_SIZE * LETTER)))
    found = (textwrap.wrap(line, letters) or [""] for line in text.split("\n"))
    return [line for lines in found for line in lines]
