"""The matrix of what is recorded for each area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from markupsafe import Markup

from generator.model.known import Known, Sign
from generator.model.vocabulary import Topic
from generator.render.base.area_names import named, space_name
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.view import NOTHING, TableCell, TableContent, table_of
from generator.render.figures.missing_offers import missed_in, quarters_topics, recently_checked

MOST_ROWS = 24
"""More areas than this nobody sees at once."""
BANDS = ("schwangerschaft", "0-2", "3-5", "6-9", "10-13", "14-17", "18-26", "27")
"""Age bands to count by."""


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
        "● hier: eine Tür im Gebiet, die dafür da ist. ⌂ kommt zu Ihnen: kommt dort nach Hause oder auf die Straße. ○ woanders, offen für dieses Gebiet: dafür oder für die ganze Stadt da, auch am Telefon. ? unklar: So viele Angebote sagen nicht, für wen sie sind. – keins verzeichnet: Das heißt nicht, dass es nichts gibt. Hilfen, die das Amt bewilligt, und Schutz bei Gewalt stehen nie nach Gebiet."
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
        known = [context.facts.coverage.about((area,), topic.id) for topic in topics]
        times = Counter(one.sign for one in known)
        short = Markup(" ").join(
            pattern('<span class="nr-nowrap">{} {}</span>').format(
                words[sign], context.texts.number(times[sign])
            )
            for sign in words
            if times[sign]
        )
        cells = (
            TableCell(drawn(context, one) + (mark if (area, topic.id) in somebody_misses else ""))
            for topic, one in zip(topics, known, strict=True)
        )
        name = linked(context.href(path, "coverage", area) + "#alter", space_name(context, area))
        checked = _("{checked} von {n}").format(checked=recently_checked(context, offers), n=len(offers))
        rows.append((TableCell(name), TableCell(short), *cells, TableCell(checked)))
    if aids := context.facts.coverage.aids:
        rows.append(_row_of_aids(context, topics, aids))
    columns = [_("Gebiet"), _("zusammen"), *(context.translated(topic) for topic in topics)]
    return [(title, table_of(columns, [_("Einträge, im letzten Jahr geprüft")], rows), note)]


def _row_of_aids(context: Context, topics: Sequence[Topic], aids: Collection[str]) -> tuple[TableCell, ...]:
    """Count what the office decides on: one row for the town."""
    _, number = context.gettext, context.texts.number
    counts = [sum(topic.id in context.facts.offers[key].situations for key in aids) for topic in topics]
    name = TableCell(Markup.escape(_("Ganze Stadt: Hilfen, die das Amt bewilligt")))
    checked = _("{checked} von {n}").format(checked=recently_checked(context, aids), n=len(aids))
    cells = (TableCell(number(count)) if count else NOTHING for count in counts)
    return (name, TableCell(number(len(aids))), *cells, TableCell(checked))


def drawn(context: Context, known: Known) -> Markup:
    """Return the sign of what is known; beside „unklar“ how many are to be asked."""
    sign = known_signs(context)[known.sign]
    if known.sign != "unsaid":
        return sign
    return pattern('<span class="nr-nowrap">{} {}</span>').format(
        sign, context.texts.number(len(known.unsaid))
    )


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
    sign = pattern('<span class="nr-known" aria-hidden="true">{}</span><span class="nr-vh">{}</span>')
    return {
        "here": sign.format("●", _("hier")),
        "home": sign.format("⌂", _("kommt zu Ihnen")),
        "elsewhere": sign.format("○", _("woanders, offen für dieses Gebiet")),
        "unsaid": sign.format("?", _("unklar")),
        "none": sign.format("–", _("keins verzeichnet")),
    }


def band_text(context: Context, band: str) -> str:
    """Write an age band as column head: `3-5` as „3–5“, `27` as „ab 27“."""
    if band == "schwangerschaft":
        return context.gettext("vor der Geburt")
    if "-" in band:
        return band.replace("-", "\u2013")
    return context.gettext("ab {years}").format(years=band)
