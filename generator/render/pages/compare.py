"""Compare any areas and figures: choices for the browser, and every figure of every area as a table for each level."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.base.area_names import named
from generator.render.base.context import Context
from generator.render.base.page import Crumb, Page
from generator.render.base.view import View
from generator.render.figures.areas import levels_of
from generator.render.figures.comparison_file import FILE
from generator.render.figures.heat import Heat, heat, heat_levels
from generator.render.figures.topics import by_situation, situation_name

FIRST_AREAS = 3
MANY = 30
"""With more areas than this there is a field to look for them."""


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """The areas of a level to choose from, by id and name."""

    name: str
    spaces: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class CompareView(View):
    """The choices of areas and figures (`groups` are ids by life situation), what is `chosen` at first, and a table of all for each level.

    `source` is the file that the script reads; with `many` areas there is a field to look for them.
    """

    template = "compare.html"

    groups: Sequence[tuple[str, Sequence[str]]]
    areas: Sequence[AreaChoice]
    chosen: frozenset[str]
    many: bool
    source: str
    tables: Sequence[Heat]


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """One page, where there are figures."""
    return ("",) if any(key in facts.series for key in site.indicators) else ()


def render(context: Context, key: str = "") -> Page:
    """Make the page."""
    _ = context.gettext
    path = context.path("compare", key)
    groups = by_situation(context)
    indicators = list(chain.from_iterable(groups.values()))
    areas = _areas(context, indicators)
    levels = heat_levels(context, indicators)
    rates = [item for item in indicators if context.site.indicators[item].denominator is not None]
    chosen = (rates or indicators)[:1]
    if levels:
        chosen += levels[0].spaces[:FIRST_AREAS]
    view = CompareView(
        groups=[(situation_name(context, name), tuple(ids)) for name, ids in groups.items()],
        areas=areas,
        chosen=frozenset(chosen),
        many=sum(len(choice.spaces) for choice in areas) > MANY,
        source=FILE,
        tables=[heat(context, path, indicators, level) for level in levels],
    )
    return Page(
        path=path,
        lang=context.lang,
        family="compare",
        title=_("Gebiete und Zahlen vergleichen"),
        description=_("Stellen Sie Gebiete und Kennzahlen zusammen, mit Unsicherheit und ohne Rangfolge."),
        body=context.explain(path, context.render(view, path)),
        crumbs=(Crumb(_("Berichte"), context.path("reports")),),
    )


def _areas(context: Context, indicators: Iterable[str]) -> Sequence[AreaChoice]:
    """Return the areas for which one of the indicators has figures, by level."""
    names: dict[str, str] = {}
    found: dict[str, dict[str, str]] = {}
    for item in indicators:
        for level in levels_of(context, context.facts.series[item]):
            names.setdefault(level.id, level.name)
            spaces = found.setdefault(level.id, {})
            spaces.update({space: named(context, space) for space in level.spaces})
    return [AreaChoice(name, tuple(found[level].items())) for level, name in names.items()]
