"""„Was verzeichnet ist und was nicht“, for all areas and for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from markupsafe import Markup

from generator.model.facts import Facts
from generator.model.known import Known, Sign
from generator.model.site import Site
from generator.model.vocabulary import Topic
from generator.render.base.area_names import named, space_name
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.page import Page
from generator.render.base.view import NOTHING, TableCell, TableContent, TableRow, View, table_of
from generator.render.directory.record_lines import RecordLines, offer_lines, space_lines
from generator.render.figures.missing_offers import (
    Gap,
    completeness_of,
    counted_text,
    gap_ages,
    gaps_in,
    known_text,
    missed_in,
    most_have_it,
    named_text,
    others_duties,
    quarters_in,
    quarters_topics,
    recently_checked,
    shown_topics,
)
from generator.render.figures.picture_files import HandedOn, TakeAlong, taken
from generator.render.figures.table_pictures import table_picture
from generator.render.pages.space_page import GapLine

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


NAMED = 12
"""So many areas a sentence names; more nobody reads, and they are counted."""


class CoveragesView(View, frozen=True):
    """The matrix of areas, all gaps, and areas' pages."""

    template = "coverages.html"

    checked: str  # how many offers count, and how many were checked lately
    gaps: Sequence[GapLine]
    areas: RecordLines
    recorded: Sequence[tuple[str, TableContent, str]]  # the matrix: title, table, note; empty for none
    take: TakeAlong  # the matrix as a picture


class CoverageView(View, frozen=True):
    """An area's completeness, life situations by age, and gaps."""

    template = "coverage.html"

    space: str
    name: Markup
    checked: str  # how complete its records are
    whole: bool  # whether it is the whole town
    gaps: Sequence[GapLine]
    usual: str  # that it has what most areas have; empty if it has none of it
    duties: Sequence[str]  # what others than the town must provide
    matrix: TableContent
    take: TakeAlong  # the matrix as a picture


def index_keys(site: Site, facts: Facts) -> Iterable[str]:
    """Return the page's key where areas are compared and a running offer is recorded for one."""
    del site
    if not facts.compared:
        return ()
    recorded = facts.relations.offers_for_space.values()
    return ("",) if any(not facts.running.isdisjoint(offers) for offers in recorded) else ()


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """Return compared areas and those above, if there is an index."""
    if not list(index_keys(site, facts)):
        return ()
    shown = {*facts.compared, *chain.from_iterable(facts.spaces[key].ancestors for key in facts.compared)}
    return [key for key in facts.spaces if key in shown]


def render_index(context: Context, key: str) -> Page:
    """Make the page of all areas."""
    _ = context.gettext
    path = context.path("coverages", key)
    compared = context.facts.compared
    roots = [root for root in context.facts.roots if root in keys(context.site, context.facts)][:1]
    table = recorded(context, path)
    view = CoveragesView(
        checked=counted_text(context),
        gaps=[gap_line(context, gap, where_text(context, gap)) for gap in gaps_in(context, compared)],
        # The names in the matrix lead to the areas.
        areas=space_lines(context, roots if table else (*roots, *compared)),
        recorded=table,
        take=taken(
            context, path, _("Was verzeichnet ist und was nicht"), recorded_drawings(context, path, key)
        ),
    )
    return context.page(
        view,
        path,
        family="reports",
        title=_("Was verzeichnet ist und was nicht"),
        description=_(
            "Was das Verzeichnis für welches Alter in welchem Gebiet nennt, und wo nichts verzeichnet ist."
        ),
        crumbs=(context.crumb(_("Berichte"), "reports"),),
    )


def render(context: Context, key: str) -> Page:
    """Make the page of an area."""
    _ = context.gettext
    path = context.path("coverage", key)
    whole = not context.facts.spaces[key].ancestors
    view = CoverageView(
        space=key,
        name=space_name(context, key),
        checked=completeness_of(context, (key,)),
        whole=whole,
        gaps=tuple(gap_lines(context, key)),
        usual=most_have_it(context, quarters_in(context, (key,))),
        duties=others_duties(context) if whole else (),
        matrix=_matrix(context, path, key, whole=whole),
        take=taken(context, path, named(context, key), area_drawings(context, path, key)),
    )
    return context.page(
        view,
        path,
        family="reports",
        title=_("Was verzeichnet ist und was nicht: {name}").format(name=named(context, key)),
        description=_("Was das Verzeichnis für welches Alter nennt, und wo nichts verzeichnet ist."),
        crumbs=(
            context.crumb(_("Berichte"), "reports"),
            context.crumb(_("Was verzeichnet ist und was nicht"), "coverages"),
        ),
    )


def recorded_drawings(context: Context, path: str, key: str) -> Iterator[HandedOn]:
    """Yield the matrix of all areas as a picture."""
    del key
    for title, content, note in recorded(context, path):
        yield HandedOn("verzeichnis", table_picture(content, 1), title, counted_text(context), [note])


def area_drawings(context: Context, path: str, key: str) -> Iterator[HandedOn]:
    """Yield an area's matrix as a picture."""
    whole = not context.facts.spaces[key].ancestors
    drawing = table_picture(_matrix(context, path, key, whole=whole))
    title = context.gettext("Was verzeichnet ist und was nicht: {name}").format(name=named(context, key))
    doubt = context.gettext("– keins verzeichnet: Das heißt nicht, dass es nichts gibt. ? unklar, für wen.")
    yield HandedOn("abdeckung", drawing, title, completeness_of(context, (key,)), [doubt])


# --- the list ------------------------------------------------------------------------------------------------------


def gap_name(context: Context, gap: Gap) -> Markup:
    """Name a gap by its life situation and ages."""
    topic = context.words.topics[gap.situation]
    return pattern("{} ({})").format(context.translated(topic), gap_ages(context, gap))


def where_text(context: Context, gap: Gap) -> str:
    """Say in which compared areas a gap is."""
    text = context.gettext("in {n} von {many} Gebieten: {names}")
    areas = some_areas(context, list(gap.areas))
    return text.format(n=len(gap.areas), many=len(context.facts.compared), names=areas)


def some_areas(context: Context, areas: list[str]) -> str:
    """Name areas in order, of many the first."""
    names = sorted((named(context, key) for key in areas), key=str.casefold)
    if left := len(names[NAMED:]):
        names[NAMED:] = [context.texts.number_of("{n} weiteres Gebiet", "{n} weitere Gebiete", left)]
    return context.texts.join(names)


def gap_line(context: Context, gap: Gap, where: str = "", named_there: str = "") -> GapLine:
    """Return a gap in words, with offers of unknown area to ask; `named_there` says how often people there missed it."""
    return GapLine(
        gap_name(context, gap),
        known_text(context, gap.known),
        where,
        named_there,
        offer_lines(context, gap.known.unsaid),
    )


def gap_lines(context: Context, space: str) -> Iterator[GapLine]:
    """Yield gaps of an area or its compared parts, those that somebody misses first."""
    quarters = quarters_in(context, (space,))
    for gap in gaps_in(context, quarters):
        where = "" if [*quarters] == [space] else some_areas(context, list(gap.areas))
        yield gap_line(context, gap, where, named_text(context, space, gap.situation))


# --- the matrix of an area -----------------------------------------------------------------------------------------


def _matrix(context: Context, path: str, space: str, *, whole: bool) -> TableContent:
    """Return what is known of each life situation and age."""
    about, offers_there = context.facts.coverage.about, context.href(path, "space", space) + "#angebote"
    rows: list[TableRow] = []
    # What protects is for the whole town and beyond, and counted nowhere by quarter.
    for topic in shown_topics(context) if whole else quarters_topics(context):
        cells = (_make_coverage_cell(context, about((space,), topic.id, band)) for band in BANDS)
        rows.append([linked(offers_there, context.translated(topic)), *cells])
    return table_of([context.gettext("Lebenslage")], [band_text(context, band) for band in BANDS], rows)


def _make_coverage_cell(context: Context, known: Known) -> TableCell:
    """Return the count of offers for an area, else the sign of what is known."""
    if known.counted:
        return TableCell(context.texts.number(len(known.counted)), sort=len(known.counted))
    return TableCell(drawn(context, known), sort=0, muted=True)
