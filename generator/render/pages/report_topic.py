"""The figures of one life situation: what its indicators say, their table, and what is offered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.model.facts import Facts
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.render.base.context import Context
from generator.render.base.page import Crumb, Page
from generator.render.base.view import View
from generator.render.directory.record_lines import RecordLine, space_lines
from generator.render.figures.areas import main_level
from generator.render.figures.heat import Heat, heat, heat_levels
from generator.render.figures.local_offers import about_topics, supply_text
from generator.render.figures.sentences import overview
from generator.render.figures.topics import by_situation, situation_name


@dataclass(frozen=True, slots=True)
class ReportTopicView(View):
    """The figures of a life situation: what each says, the table of its main level, how many offers there are and where."""

    template = "report-topic.html"

    topic: str
    name: str
    said: Sequence[tuple[Indicator, Sequence[str]]]
    tables: Sequence[Heat]
    offers: int
    counts: Sequence[tuple[RecordLine, str]]


def report_topic_keys(site: Site, facts: Facts) -> Iterable[str]:
    """Every life situation that an indicator names has a page."""
    words = site.words
    named = (indicator.topics for key, indicator in site.indicators.items() if key in facts.series)
    return dict.fromkeys(words.situation_of(topics[0]) for topics in named if topics)


def render_report_topic(context: Context, key: str) -> Page:
    """Make the report page of a life situation: what its indicators say, their table, what is offered."""
    _ = context.gettext
    path = context.path("report-topic", key)
    indicators = by_situation(context)[key]
    name = situation_name(context, key)
    said = []
    for item in indicators:
        indicator, series = context.site.indicators[item], context.facts.series[item]
        level = main_level(context, series)
        spaces = level.spaces if level is not None else ()
        said.append((indicator, overview(context, indicator, series, spaces)))
    levels = heat_levels(context, indicators)[:1]
    wanted = about_topics(context, [key])
    areas = space_lines(context, levels[0].spaces if levels else ())
    counts = [(line, supply_text(context, [key], line.id)) for line in areas]
    view = ReportTopicView(
        topic=key,
        name=name,
        said=said,
        tables=[heat(context, path, indicators, level) for level in levels],
        offers=len(wanted),
        counts=counts,
    )
    return Page(
        path=path,
        lang=context.lang,
        family="reports",
        title=_("Zahlen: {topic}").format(topic=name),
        description=_("Was die Zahlen zu diesem Thema sagen und was es dazu gibt."),
        body=context.explain(path, context.render(view, path)),
        crumbs=(Crumb(_("Berichte"), context.path("reports")),),
    )
