"""The matrix of what is recorded for each area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from generator.model.known import Sign
from generator.render.base.area_names import named, space_name
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.view import TableCell, TableContent, table_of
from generator.render.directory.listing import AGES
from generator.render.figures.missing_offers import missed_in, quarters_topics, recently_checked

MOST_ROWS = 24
"""More areas than this nobody sees at once."""
BANDS = tuple(band for band in AGES if band != "jedes")
"""Age bands to count by; „jedes“ (any age) is none."""


def recorded(context: Context, path: str) -> Sequence[tuple[str, TableContent, str]]:
    """Return (title, table, note) of what is recorded, of one table or none.

    A row is an area, a column a life situation; phones show counts of signs instead. Protection is no column.
    """
    _ = context.gettext
    areas, topics = _seen_areas(context), quarters_topics(context)
    if not areas:
        return ()
    title = _("Was zu jeder Lebenslage verzeichnet ist")
    note = _(
        "● hier: liegt im Gebiet und ist dafür da, oder kommt dorthin. ○ woanders, offen für dieses Gebiet: dafür oder für die ganze Stadt da, oder zu Fuß zu erreichen. ? unklar: nicht gesagt, für wen. – keins verzeichnet. Das heißt nicht, dass es nichts gibt. Schutz bei Gewalt gilt für die ganze Stadt und steht nie nach Gebiet."
    )
    somebody_misses = {
        (area, topic.id) for area in areas for topic in topics if missed_in(context, (area,), topic.id)
    }
    if somebody_misses:
        note += " " + _("* Bedarf genannt: Jemand hat gesagt, dass dazu etwas fehlt.")
    mark = pattern('*<span class="nr-vh">, {}</span>').format(_("Bedarf genannt"))
    words, rows = known_signs(context), []
    for area in areas:
        offers = context.facts.coverage.areas[area]
        signs = [context.facts.coverage.about((area,), topic.id).sign for topic in topics]
        times = Counter(signs)
        short = Markup(" ").join(
            pattern("{} {}").format(words[sign], context.texts.number(times[sign]))
            for sign in words
            if times[sign]
        )
        cells = (
            TableCell(words[sign] + (mark if (area, topic.id) in somebody_misses else ""))
            for topic, sign in zip(topics, signs, strict=True)
        )
        name = linked(context.href(path, "coverage", area) + "#alter", space_name(context, area))
        checked = _("{checked} von {n}").format(checked=recently_checked(context, offers), n=len(offers))
        rows.append((TableCell(name), TableCell(short), *cells, TableCell(checked)))
    columns = [_("Gebiet"), _("zusammen"), *(context.translated(topic) for topic in topics)]
    return [(title, table_of(columns, [_("Einträge, im letzten Jahr geprüft")], rows), note)]


def _seen_areas(context: Context) -> list[str]:
    """Return the compared areas, of too many those directly above; none if these are too many or one."""
    areas, spaces = context.facts.compared, context.facts.spaces
    if len(areas) > MOST_ROWS:
        areas = tuple(dict.fromkeys(parent for key in areas for parent in spaces[key].ancestors[:1]))
    if not 1 < len(areas) <= MOST_ROWS:
        return []
    return sorted(areas, key=lambda area: named(context, area).casefold())


def known_signs(context: Context) -> dict[Sign, Markup]:
    """Return how each sign is drawn, with words for screen readers."""
    _ = context.gettext
    drawn = pattern('<span class="nr-known" aria-hidden="true">{}</span><span class="nr-vh">{}</span>')
    return {
        "here": drawn.format("●", _("hier")),
        "elsewhere": drawn.format("○", _("woanders, offen für dieses Gebiet")),
        "unsaid": drawn.format("?", _("unklar")),
        "none": drawn.format("–", _("keins verzeichnet")),
    }


def band_text(context: Context, band: str) -> str:
    """Write an age band as column head: `3-5` as „3–5“, `27` as „ab 27“."""
    if band == "schwangerschaft":
        return context.gettext("vor der Geburt")
    if "-" in band:
        return band.replace("-", "\u2013")
    return context.gettext("ab {years}").format(years=band)
