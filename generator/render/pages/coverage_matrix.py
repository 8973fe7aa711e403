"""The matrix of what is recorded for each area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from markupsafe import Markup
from msgspec import Struct

from generator.model.known import Sign
from generator.render.base.area_names import named, space_name
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.view import TableCell, TableContent, table_of
from generator.render.directory.listing import AGES
from generator.render.figures.charts import ChartCaption, matrix
from generator.render.figures.missing_offers import (
    checked_text,
    missed_in,
    quarters_topics,
    recently_checked,
)
from generator.render.figures.picture_files import HandedOn

ROWS = 24
"""More areas than this are not seen at once."""
NAMED_MARK = "*"
"""Beside a sign: somebody named a need there."""
BANDS = tuple(band for band in AGES if band != "jedes")


class KnownGrid(Struct, frozen=True):
    """What is recorded for areas: columns with their names, and for each area a sign in each column, with what stands beside it and is explained in `note`."""

    title: str
    note: str
    columns: Sequence[Markup | str]
    rows: Sequence[tuple[str, Sequence[tuple[Sign, str]]]]


def recorded(context: Context, path: str) -> Sequence[tuple[str, TableContent, str]]:
    """Return the title, the table and the note of what is recorded; nothing where there are too many areas to be seen at once.

    What protects is for the whole town, and in no row.
    """
    grid = known_by_situation(context)
    return [(grid.title, grid_table(context, path, grid), grid.note)] if grid is not None else []


def known_by_situation(context: Context) -> KnownGrid | None:
    """Return what is recorded on each life situation; None where there are too many areas to be seen at once."""
    areas, topics = _seen_areas(context), quarters_topics(context)
    if not areas:
        return None
    rows, named_at_all = [], False
    for area in areas:
        missed = {topic.id for topic in topics if missed_in(context, (area,), topic.id)}
        named_at_all = named_at_all or bool(missed)
        marks = (NAMED_MARK if topic.id in missed else "" for topic in topics)
        signs = (context.facts.coverage.about((area,), topic.id).sign for topic in topics)
        rows.append((area, tuple(zip(signs, marks, strict=True))))
    _ = context.gettext
    title = _("Was zu jeder Lebenslage verzeichnet ist")
    note = _(
        "● hier: liegt im Gebiet und ist dafür da, oder kommt dorthin. ○ woanders, offen für dieses Gebiet: dafür oder für die ganze Stadt da, oder zu Fuß zu erreichen. ? unklar: nicht gesagt, für wen. – keins verzeichnet. Das heißt nicht, dass es nichts gibt. Schutz bei Gewalt gilt für die ganze Stadt und steht nie nach Gebiet."
    )
    if named_at_all:
        note += " " + _("* Bedarf genannt: Jemand hat gesagt, dass dazu etwas fehlt.")
    return KnownGrid(title, note, [context.translated(topic) for topic in topics], tuple(rows))


def _seen_areas(context: Context) -> list[str]:
    """Return the areas of the matrix by their names, or those right above them where they are too many to be seen at once; none where these
    are too many as well, or just one."""
    areas, spaces = context.facts.compared, context.facts.spaces
    if len(areas) > ROWS:
        areas = tuple(dict.fromkeys(above for key in areas for above in spaces[key].ancestors[:1]))
    if not 1 < len(areas) <= ROWS:
        return []
    return sorted(areas, key=lambda area: named(context, area).casefold())


def grid_table(context: Context, path: str, grid: KnownGrid) -> TableContent:
    """Return a matrix as a table for the page at `path`, with how many entries somebody has checked within a year; on a phone a row an area, with how many of each sign."""
    _ = context.gettext
    signs, said = known_signs(context), pattern('{}<span class="nr-vh">, {}</span>')
    marks = {NAMED_MARK: said.format(NAMED_MARK, _("Bedarf genannt"))}
    rows = []
    for area, cells in grid.rows:
        there = context.facts.coverage.areas[area]
        name = linked(context.href(path, "coverage", area) + "#alter", space_name(context, area))
        found = [
            TableCell(pattern("{}{}").format(signs[sign], marks.get(mark, mark))) for sign, mark in cells
        ]
        many = Counter(sign for sign, _mark in cells)
        short = Markup(" ").join(
            pattern("{} {}").format(signs[sign], context.texts.number(many[sign]))
            for sign in signs
            if many[sign]
        )
        checked = _("{checked} von {n}").format(checked=recently_checked(context, there), n=len(there))
        rows.append((TableCell(name), TableCell(short), *found, TableCell(checked)))
    return table_of(
        [_("Gebiet"), _("zusammen"), *grid.columns], [_("Einträge, im letzten Jahr geprüft")], rows
    )


def drawings(context: Context, path: str, key: str) -> Iterator[HandedOn]:
    """Yield the matrix, to be taken along."""
    del path, key
    grid = known_by_situation(context)
    if grid is not None:
        lead = context.gettext(
            "Was das Verzeichnis in jedem Gebiet nennt, gezählt aus den Einträgen von heute."
        )
        notes = (grid.note, checked_text(context, context.facts.running))
        yield HandedOn("lebenslagen", grid_drawing(context, grid), grid.title, lead, notes)


def grid_drawing(context: Context, grid: KnownGrid) -> Markup:
    """Draw what is recorded for areas, to be taken along."""
    rows = [(named(context, area), cells) for area, cells in grid.rows]
    columns = [str(Markup(name).striptags()) for name in grid.columns]
    caption = ChartCaption("verzeichnet", grid.title, context.texts.join(name for name, _cells in rows))
    return context.call(matrix(caption, columns, rows))


def known_signs(context: Context) -> dict[Sign, Markup]:
    """Return each sign with its words, for those who see it and those who hear it."""
    _ = context.gettext
    sign = pattern('<span class="nr-known" aria-hidden="true">{}</span><span class="nr-vh">{}</span>')
    return {
        "here": sign.format("●", _("hier")),
        "elsewhere": sign.format("○", _("woanders, offen für dieses Gebiet")),
        "unsaid": sign.format("?", _("unklar")),
        "none": sign.format("–", _("keins verzeichnet")),
    }


def band_text(context: Context, band: str) -> str:
    """Write a band of ages as the head of a column."""
    if band == "schwangerschaft":
        return context.gettext("vor der Geburt")
    if "-" in band:
        return band.replace("-", "\u2013")
    return context.gettext("ab {years}").format(years=band)
