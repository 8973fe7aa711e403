"""All figures on one page: areas by indicators as a heat table, and the same for the indicators of one life situation."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.context import Context
from generator.render.ladder import offers_in
from generator.render.lines import space_lines
from generator.render.narrative import overview
from generator.render.page import Crumb, Page
from generator.render.reports.areas import main_level
from generator.render.reports.heat import comparable, heat, heat_levels
from generator.render.reports.local_offers import about_topics
from generator.render.reports.topics import by_situation, situation_name


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """One page, where there are figures."""
    return ("",) if any(key in facts.series for key in site.indicators) else ()


def render(context: Context, key: str = "") -> Page:
    """Make the heat table of all indicators, one table for each level."""
    _ = context.texts.gettext
    path = context.path("heat", key)
    indicators = [item for group in by_situation(context).values() for item in group]
    tables = [heat(context, path, indicators, level) for level in heat_levels(context, indicators)]
    body = context.render("heat.html", path, tables=tables)
    return Page(
        path=path,
        lang=context.lang,
        family="reports",
        title=_("Alle Zahlen auf einen Blick"),
        description=_("Jede Kennzahl in jedem Gebiet als Tabelle, die sich sortieren lässt."),
        body=context.explain(path, body),
        crumbs=(Crumb(_("Berichte"), context.path("reports")),),
    )


def topic_keys(site: Site, facts: Facts) -> Iterable[str]:
    """Every life situation that an indicator names has a page."""
    words = site.words
    named = (indicator.topics for key, indicator in site.indicators.items() if key in facts.series)
    return dict.fromkeys(words.situation_of(topics[0]) for topics in named if topics)


def render_topic(context: Context, key: str) -> Page:
    """Make the report page of a life situation: what its indicators say, their table, what is offered."""
    _ = context.texts.gettext
    path = context.path("report-topic", key)
    indicators = by_situation(context)[key]
    name = situation_name(context, key)
    said = []
    for item in indicators:
        indicator, series = context.site.indicators[item], context.facts.series[item]
        level = main_level(context, series)
        said.append(
            (item, indicator, overview(context, indicator, series, level.spaces if level is not None else ()))
        )
    levels = heat_levels(context, indicators)
    wanted = about_topics(context, [key])
    counts = [
        (line, sum(1 for offer in offers_in(context, line.id) if offer in wanted))
        for line in space_lines(context, levels[0].spaces if levels else ())
    ]
    body = context.render(
        "report-topic.html",
        path,
        topic=context.site.words.topics[key],
        name=name,
        said=said,
        tables=[heat(context, path, indicators, level) for level in levels[:1]],
        offers=len(wanted),
        counts=counts,
        more=[item for item in comparable(context) if item not in indicators],
    )
    return Page(
        path=path,
        lang=context.lang,
        family="reports",
        title=_("Zahlen: {topic}").format(topic=name),
        description=_("Was die Zahlen zu diesem Thema sagen und was es dazu gibt."),
        body=context.explain(path, body),
        crumbs=(Crumb(_("Berichte"), context.path("reports")),),
    )
