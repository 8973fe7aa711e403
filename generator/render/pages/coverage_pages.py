"""„Was verzeichnet ist und was nicht“, for all areas and for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from markupsafe import Markup

from generator.model.facts import Facts
from generator.model.known import Known
from generator.model.site import Site
from generator.render.base.area_names import named, space_name
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.page import Page
from generator.render.base.view import TableCell, TableContent, TableRow, View, table_of
from generator.render.directory.record_lines import RecordLines, offer_lines, space_lines
from generator.render.figures.missing_offers import (
    Gap,
    completeness_of,
    counted_text,
    gap_ages,
    gaps_in,
    known_text,
    most_have_it,
    named_text,
    others_duties,
    quarters_in,
    quarters_topics,
    shown_topics,
)
from generator.render.pages.coverage_matrix import BANDS, band_text, drawn, recorded
from generator.render.pages.space_page import GapLine

NAMED = 12
"""So many areas a sentence names; more nobody reads, and they are counted."""


class CoveragesView(View, frozen=True):
    """The matrix of areas, all gaps, and areas' pages."""

    template = "coverages.html"

    checked: str  # how many offers count, and how many were checked lately
    gaps: Sequence[GapLine]
    areas: RecordLines
    recorded: Sequence[tuple[str, TableContent, str]]  # the matrix: title, table, note; empty for none


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
        cells = (_cell(context, about((space,), topic.id, band)) for band in BANDS)
        rows.append([linked(offers_there, context.translated(topic)), *cells])
    return table_of([context.gettext("Lebenslage")], [band_text(context, band) for band in BANDS], rows)


def _cell(context: Context, known: Known) -> TableCell:
    """Return the count of offers for an area, else the sign of what is known."""
    if known.counted:
        return TableCell(context.texts.number(len(known.counted)), sort=len(known.counted))
    return TableCell(drawn(context, known), sort=0, muted=True)
