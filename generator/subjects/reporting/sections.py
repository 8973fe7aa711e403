"""Add figures and coverage to areas' pages, maps and translations."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from markupsafe import Markup

from generator.render.base.context import Context
from generator.render.figures.area_profile import (
    figure_rows,
    profile_of,
    profile_strips,
    profile_table,
    share,
    sources,
)
from generator.render.figures.levels_and_topics import town_only
from generator.render.figures.missing_offers import most_have_it, quarters_in
from generator.render.maps import FurtherOverviews
from generator.render.maps.choropleth import REPORT, choropleth_view
from generator.render.pages.coverage_pages import gap_lines
from generator.render.pages.endings import last_days
from generator.render.pages.need_pages import need_table
from generator.render.pages.space_page import AreaFigures
from generator.render.written_reports.edition_call_site import DEFINING

FIRST_GAPS = 3
"""So many gaps stand on an area's page; the page of what is recorded has all of them."""


def endings(context: Context, path: str, areas: Collection[str]) -> Iterator[Markup]:
    """Yield what ends, in these areas or all."""
    yield last_days(context, path, areas)


def figures_of_area(context: Context, path: str, key: str) -> Iterator[AreaFigures]:
    """Yield an area's figures and gaps, as the one part that its page takes."""
    space, profile = context.site.spaces[key], profile_of(context, key)
    needs = context.facts.relations.needs_by_space.get(key, ())
    yield AreaFigures(
        rows=figure_rows(context, key),
        sources=sources(context, key),
        shares=any(share(space, figure) is not None for figure in space.figures),
        strips=profile_strips(context, path, profile),
        profile=profile_table(context, path, profile),
        gaps=tuple(gap_lines(context, key))[:FIRST_GAPS] if context.exists("coverage", key) else (),
        usual=most_have_it(context, quarters_in(context, (key,))) if context.exists("coverage", key) else "",
        needs=need_table(context, path, needs) if context.site.internal else None,
    )


WORDS = tuple(DEFINING.values())
"""German words that pages take from a table and translate: no call in the code names them, so translators need this list."""


def _mapped(context: Context) -> Sequence[str]:
    """Return the ids of indicators' maps."""
    indicators = context.site.indicators
    return [REPORT + key for key in context.facts.series if not town_only(context, indicators[key])]


OVERVIEWS = FurtherOverviews(_mapped, lambda context, id: choropleth_view(context, id.removeprefix(REPORT)))
"""Maps of figures that can be made to move."""
