"""Compare any areas and figures: choices for the browser, and without scripts every figure of every area as a table."""

from __future__ import annotations

from generator.render.base.context import Context
from generator.render.base.page import Crumb, Page
from generator.render.base.place_names import named
from generator.render.figures.areas import levels_of
from generator.render.figures.comparison import FILE
from generator.render.figures.heat import heat, heat_levels
from generator.render.figures.topics import by_situation, situation_name
from generator.render.pages.heat import keys

FIRST_AREAS = 3
MANY = 30
"""With more areas than this there is a field to look for them."""

__all__ = ["keys", "render"]


def render(context: Context, key: str = "") -> Page:
    """Make the page."""
    _ = context.texts.gettext
    path = context.path("compare", key)
    groups = by_situation(context)
    indicators = [item for group in groups.values() for item in group]
    areas: dict[str, tuple[str, list[str]]] = {}
    for item in indicators:
        for level in levels_of(context, context.facts.series[item]):
            _name, spaces = areas.setdefault(level.id, (level.name, []))
            spaces += [space for space in level.spaces if space not in spaces]
    levels = heat_levels(context, indicators)
    rates = [
        item for item in indicators if context.site.indicators[item].denominator is not None
    ] or indicators
    first = list(levels[0].spaces[:FIRST_AREAS]) if levels else []
    body = context.render(
        "compare.html",
        path,
        groups=[(situation_name(context, name), ids) for name, ids in groups.items()],
        areas=[
            (level, name, [(space, named(context, space)) for space in spaces])
            for level, (name, spaces) in areas.items()
        ],
        chosen={*first, *rates[:1]},
        many=sum(len(spaces) for _name, spaces in areas.values()) > MANY,
        source=FILE,
        tables=[heat(context, path, indicators, level) for level in levels[:1]],
    )
    return Page(
        path=path,
        lang=context.lang,
        family="compare",
        title=_("Gebiete und Zahlen vergleichen"),
        description=_("Stellen Sie Gebiete und Kennzahlen zusammen, mit Unsicherheit und ohne Rangfolge."),
        body=context.explain(path, body),
        crumbs=(Crumb(_("Berichte"), context.path("reports")),),
    )
