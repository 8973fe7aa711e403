"""Make pages of indicators and life situations' figures, and the comparison of areas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from markupsafe import Markup, escape
from msgspec import Struct

from generator.model.cells import Series
from generator.model.facts import Facts
from generator.model.indicator import Indicator, PeerSet
from generator.model.site import Site
from generator.parts import said_by_subjects
from generator.render.base.area_names import named
from generator.render.base.context import Context, Ids
from generator.render.base.page import Heading, Page, contents
from generator.render.base.view import TableContent, View
from generator.render.figures import levels_and_topics
from generator.render.figures.charts import reach_of
from generator.render.figures.charts.bars import MOST as MOST_BARS
from generator.render.figures.explanation import Question, cite, downloads, questions, signs_note, source_line
from generator.render.figures.figure_texts import count_text, counting_text, period_text
from generator.render.figures.missing_offers import beside_table, offer_table
from generator.render.figures.picture_files import HandedOn, TakeAlong, taken
from generator.render.figures.points import (
    AREAS_IN_LINES,
    area_bars,
    area_lines,
    part_intervals,
    points_over_time,
)
from generator.render.figures.sentences import overview
from generator.render.figures.table_pictures import heat_picture
from generator.render.figures.tables import (
    FILE,
    Heat,
    breakdown_table,
    figures_table,
    heat,
    heat_levels,
    part_of,
    peer_table,
    time_table,
    value_name,
)
from generator.render.maps.choropleth import choropleth, verdict_map

MANY = 60
"""More areas than this make tables beside the main one too long: they show the town alone, the first areas, or nothing."""


class LevelFigures(Struct, frozen=True):
    """A further level's table; `note` explains signs in place of figures."""

    level: levels_and_topics.Level
    content: TableContent
    note: Markup


class PartFigures(Struct, frozen=True):
    """A breakdown (by age, sex …): a table of areas, and a picture of one."""

    id: str
    name: str
    about: str  # the area in the picture, by name; empty for none
    picture: Markup
    content: TableContent


class IndicatorView(View, frozen=True):
    """An indicator's page: its main level in table, map and bars, its other levels, years, groups, other places."""

    template = "indicator.html"

    indicator: Indicator
    town: str  # the area that others are compared with, by name
    period: str  # the latest
    sentences: Sequence[str]  # what the figures say
    figures: TableContent  # the main level's
    note: Markup  # explains signs in place of figures
    source: Markup
    folded: Sequence[LevelFigures]  # the other levels
    level: levels_and_topics.Level | None  # the main one; None where too few areas have figures
    map: Markup  # which areas surely differ; of counts their figures
    shades: Markup  # the same areas by value; empty where that is the first map
    bars: Markup
    depends: str  # on what a count depends
    lines: Sequence[tuple[str, Markup]]  # an area's name and its line over time
    times: TableContent
    other_forecasts: Sequence[Markup]  # of the same people, by others
    parts: Sequence[PartFigures]
    counted: Markup  # by which rule people are counted
    peers: Sequence[tuple[PeerSet, TableContent]]  # other places
    offers: TableContent | None  # to its topics, by area; None where they aren't counted so
    everybody: int  # town-wide offers to its topics, without a table all
    questions: Sequence[Question]
    downloads: Sequence[tuple[str, str]]  # path and label
    pictures: Mapping[str, str]  # HTML to embed a drawing, by the drawing's name
    cite: str
    topic_names: Sequence[str]


def indicator_keys(site: Site, facts: Facts) -> Iterable[str]:
    """Return every indicator with figures."""
    return (key for key in site.indicators if key in facts.series)


def render_indicator(context: Context, key: str) -> Page:
    """Make the page of one indicator."""
    indicator, series = context.site.indicators[key], context.facts.series[key]
    path = context.path("report", key)
    level = levels_and_topics.main_level(context, series)
    spaces = level.spaces if level is not None else series.spaces
    first = levels_and_topics.town_first(series, spaces)
    shades = verdicts = Markup()
    if not levels_and_topics.town_only(context, indicator):
        shades, verdicts = choropleth(context, path, key), verdict_map(context, path, key)
    offers = offer_table(context, path, indicator.topics, spaces if len(spaces) <= MANY else ())
    view = IndicatorView(
        indicator=indicator,
        town=named(context, series.benchmark) if series.benchmark else "",
        period=period_text(context.texts, series.latest),
        sentences=overview(context, indicator, series, spaces),
        figures=figures_table(context, path, indicator, series, spaces),
        note=signs_note(context, [series.now(item) for item in first]),
        source=source_line(context, indicator),
        folded=tuple(_others(context, path, indicator, series, level)),
        level=level,
        map=verdicts or shades,
        shades=shades if verdicts else Markup(),
        bars=_bars(context, indicator, series, spaces),
        depends=count_text(context),
        lines=tuple(_draw_lines_over_time(context, indicator, series, first)),
        times=time_table(context, path, indicator, series, first if len(first) <= MANY else first[:1]),
        parts=[
            _make_part_figures(context, path, indicator, series, number, spaces)
            for number in range(len(indicator.breakdowns))
        ],
        counted=counting_text(context, indicator.counts) if indicator.counts is not None else Markup(),
        peers=[(peers, peer_table(context, indicator, series, peers)) for peers in indicator.peers],
        other_forecasts=tuple(said_by_subjects("sections", "beside_indicator", context, path, key)),
        offers=offers,
        everybody=beside_table(context, indicator.topics, offers),
        questions=questions(context, indicator, series),
        downloads=downloads(context, key),
        pictures=_pictures(context, indicator, series),
        cite=cite(context, indicator, series),
        topic_names=[context.texts.name(context.words.topics[topic]) for topic in indicator.topics],
    )
    return context.page(
        view,
        path,
        family="reports",
        title=context.texts.of(indicator, "title").text,
        description=context.texts.of(indicator, "says").text[:200],
        crumbs=(context.crumb(context.gettext("Berichte"), "reports"),),
        toc=_make_page_contents(context, indicator, series, has_topics=bool(indicator.topics)),
        date=indicator.source.as_of,
    )


def _bars(context: Context, indicator: Indicator, series: Series, spaces: Ids) -> Markup:
    """Draw areas as bars, where they are comparable."""
    bars = area_bars(context, indicator, series, spaces)
    return context.call(bars) if 1 < len(bars.rows) <= MOST_BARS else Markup()


def _draw_lines_over_time(
    context: Context, indicator: Indicator, series: Series, spaces: Ids
) -> Iterator[tuple[str, Markup]]:
    """Yield lines of the town and, if not too many, areas; areas share a scale, the town has its own."""
    if len(series.periods) < 2:
        return
    if len(spaces) - 1 > AREAS_IN_LINES:
        spaces = spaces[:1]
    areas = [space for space in spaces if space != series.benchmark]
    points = []
    for space in areas:
        points += points_over_time(context, indicator, series, space)
    for space in spaces:
        reach = () if space == series.benchmark else reach_of(points)
        yield named(context, space), context.call(area_lines(context, indicator, series, space, reach=reach))


def _pictures(context: Context, indicator: Indicator, series: Series) -> dict[str, str]:
    """Return HTML to embed each drawing; `data_files/figure_downloads.py` makes the files."""
    title = context.texts.of(indicator, "title").text
    shown = {}
    if levels_and_topics.may_be_taken(context, indicator, by_areas=True):
        period = period_text(context.texts, series.latest)
        shown = dict.fromkeys(("karte", "schattierung", "gebiete"), f"{title}, {period}")
    if levels_and_topics.may_be_taken(context, indicator, by_areas=False) and series.benchmark:
        shown["verlauf"] = f"{title}: {context.texts.name(context.site.spaces[series.benchmark])}"
    address = context.address(context.path("report", indicator.id))
    return {name: f'<img src="{address}{name}.svg" alt="{escape(alt)}">' for name, alt in shown.items()}


def _make_page_contents(
    context: Context, indicator: Indicator, series: Series, *, has_topics: bool
) -> Sequence[Heading]:
    _ = context.gettext
    rows = [
        (True, "karte", _("Nach Gebiet")),
        (True, "zahlen", _("Zahlen")),
        (len(series.periods) > 1, "verlauf", _("Verlauf")),
        (bool(indicator.breakdowns), "gruppen", _("Nach Gruppen")),
        (bool(indicator.peers), "andere", _("Andere Orte")),
        (has_topics, "angebote", _("Was es dort gibt")),
        (True, "fragen", _("Fragen zur Zahl")),
        (True, "daten", _("Daten und Zitat")),
    ]
    return contents(rows)


def _others(
    context: Context, path: str, indicator: Indicator, series: Series, main: levels_and_topics.Level | None
) -> Iterator[LevelFigures]:
    """Yield the other levels' tables, without one that has the town alone."""
    for level in levels_and_topics.levels_of(context, series):
        if main is None or level.id == main.id or [*level.spaces] == [series.benchmark]:
            continue
        cells = [series.now(key) for key in level.spaces]
        content = figures_table(context, path, indicator, series, level.spaces)
        yield LevelFigures(level, content, signs_note(context, cells))


def _make_part_figures(
    context: Context, path: str, indicator: Indicator, series: Series, number: int, spaces: Ids
) -> PartFigures:
    """Return breakdown `number` by area, with a picture of the first area that has it."""
    breakdown = indicator.breakdowns[number]
    keys = [part_of(series, number, value.id) for value in breakdown.values]
    with_figures = {
        cell.space
        for cell in series.cells.values()
        if cell.period == series.latest and cell.breakdown in keys
    }
    having = [space for space in levels_and_topics.town_first(series, spaces) if space in with_figures]
    name = breakdown.name_en if context.lang.startswith("en") and breakdown.name_en else breakdown.name
    picture = Markup()
    if having:
        names = (value_name(context, breakdown, at) for at in range(len(keys)))
        cells = (series.cell(having[0], series.latest, part) for part in keys)
        parts = list(zip(names, cells, strict=True))
        picture = context.call(
            part_intervals(context, indicator, series, having[0], parts, f"teile-{breakdown.id}")
        )
    return PartFigures(
        id=breakdown.id,
        name=name,
        about=named(context, having[0]) if having else "",
        picture=picture,
        content=breakdown_table(context, path, indicator, series, number, having[:MANY]),
    )


FIRST_AREAS = 3  # chosen before anybody chooses, so that the comparison isn't empty
MANY_CHOICES = 30
"""With more areas than this there is a field to look for them."""


class AreaChoice(Struct, frozen=True):
    """A level's areas to choose, by id and name."""

    name: str
    spaces: Sequence[tuple[str, str]]


class CompareView(View, frozen=True):
    """Areas and figures to choose, and tables of all by level, for who has no scripts."""

    template = "compare.html"

    groups: Sequence[tuple[str, Sequence[str]]]  # a life situation's name, its indicators
    areas: Sequence[AreaChoice]
    chosen: frozenset[str]  # indicators and areas that are chosen at first
    many: bool  # whether there are so many areas that one needs a field to look for them
    source: str  # the file from which the script takes figures
    tables: Sequence[Heat]
    take: TakeAlong  # these tables as pictures


def compare_keys(site: Site, facts: Facts) -> Iterable[str]:
    """Return the one page's key, where there are figures."""
    return ("",) if any(key in facts.series for key in site.indicators) else ()


def render_compare(context: Context, key: str = "") -> Page:
    """Make the page on which people compare areas; a rate is chosen first, as counts of areas compare badly."""
    _ = context.gettext
    path = context.path("compare", key)
    groups = levels_and_topics.by_situation(context)
    indicators = list(chain.from_iterable(groups.values()))
    areas = _list_area_choices(context, indicators)
    levels = heat_levels(context, indicators)
    rates = [item for item in indicators if context.site.indicators[item].denominator is not None]
    chosen = (rates or indicators)[:1]
    if levels:
        chosen += levels[0].spaces[:FIRST_AREAS]
    view = CompareView(
        groups=[
            (levels_and_topics.situation_name(context, name), tuple(ids)) for name, ids in groups.items()
        ],
        areas=areas,
        chosen=frozenset(chosen),
        many=sum(len(choice.spaces) for choice in areas) > MANY_CHOICES,
        source=FILE,
        tables=[heat(context, path, indicators, level) for level in levels],
        take=taken(context, path, _("Gebiete und Zahlen vergleichen"), compare_drawings(context, path, key)),
    )
    return context.page(
        view,
        path,
        family="compare",
        title=_("Gebiete und Zahlen vergleichen"),
        description=_("Stellen Sie Gebiete und Kennzahlen zusammen, mit Unsicherheit und ohne Rangfolge."),
        crumbs=(context.crumb(_("Berichte"), "reports"),),
    )


def compare_drawings(context: Context, path: str, key: str) -> Iterator[HandedOn]:
    """Yield the table of each level as a picture, without aids and reports."""
    del key
    shown = levels_and_topics.compared(context)
    for level in heat_levels(context, shown):
        yield heat_picture(context, path, shown, level, f"alle-{level.id}")


def _list_area_choices(context: Context, indicators: Iterable[str]) -> Sequence[AreaChoice]:
    """Return areas with figures, by level."""
    names: dict[str, str] = {}
    found: dict[str, dict[str, str]] = {}
    for item in indicators:
        for level in levels_and_topics.levels_of(context, context.facts.series[item]):
            names.setdefault(level.id, level.name)
            spaces = found.setdefault(level.id, {})
            spaces.update({space: named(context, space) for space in level.spaces})
    return [AreaChoice(name, tuple(found[level].items())) for level, name in names.items()]
