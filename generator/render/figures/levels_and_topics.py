"""Order indicators by life situation, and areas by level."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from generator.model.cells import Cell, Series, Status
from generator.model.indicator import Indicator
from generator.render.base.area_names import level_name
from generator.render.base.context import Context, Ids


class Level(Struct, frozen=True):
    """One level's areas that have cells, by key, with names."""

    id: str
    geography: str  # its id
    depth: int  # 0 for the widest level
    name: str
    spaces: Ids  # ids of areas


def levels_of(context: Context, series: Series) -> Sequence[Level]:
    """Return a series' levels, widest first, geographies as configured."""
    order = [geography.id for geography in context.site.config.geographies]
    groups: dict[tuple[int, int], list[str]] = {}
    for key in series.spaces:
        facts = context.facts.spaces.get(key)
        if facts is None:
            continue
        groups.setdefault((order.index(facts.geography), facts.depth), []).append(key)
    return [
        Level(
            id=context.site.spaces[keys[0]].level,
            geography=order[place],
            depth=depth,
            name=level_name(context, keys[0], plural=len(keys) > 1),
            spaces=tuple(keys),
        )
        for (place, depth), keys in sorted(groups.items())
    ]


def main_level(
    context: Context, series: Series, period: str = "", most: int = 0, *, drawn: bool = False
) -> Level | None:
    """Return the finest level of the first geography with values for two thirds.

    Else the one with most values; None where only single areas have any. Levels of more than `most` areas
    don't count; for maps (`drawn`) rates of few are no values, unless there are no others.
    """
    period = period or series.latest
    levels = [level for level in levels_of(context, series) if 1 < len(level.spaces) <= (most or math.inf)]
    if not levels:
        return None
    for counts in (is_drawn, has_value) if drawn else (has_value,):
        known = {one.id: sum(counts(series.cell(key, period)) for key in one.spaces) for one in levels}
        nearly_whole = [level for level in levels if known[level.id] * 3 >= len(level.spaces) * 2]
        of_first = [level for level in nearly_whole if level.geography == levels[0].geography]
        if of_first:
            return of_first[-1]
    best = max(levels, key=lambda level: known[level.id])
    return best if known[best.id] > 1 else None


def town_first(series: Series, spaces: Iterable[str]) -> list[str]:
    """Put the town before other areas, where it has figures."""
    if not series.benchmark:
        return list(spaces)
    return [series.benchmark, *(space for space in spaces if space != series.benchmark)]


def has_value(cell: Cell | None) -> bool:
    """Tell whether there is a number to show."""
    return cell is not None and cell.value is not None


FEWEST = 300
"""Rates of fewer are on no map, as in the monitoring of Berlin and Hamburg: a single family would colour its area."""


def is_drawn(cell: Cell | None) -> bool:
    """Tell whether maps shade an area: it has a number that is no rate of few."""
    return has_value(cell) and not is_of_few(cell)


def is_of_few(cell: Cell | None) -> bool:
    """Tell whether a cell is a rate of fewer than `FEWEST`."""
    return cell is not None and cell.denominator is not None and cell.denominator < FEWEST


def gap_of(cell: Cell | None) -> Status | None:
    """Return why a cell has no value; None for no cell."""
    return cell.status if cell is not None else None


def of_one_level(context: Context, series: Series, space: str, period: str) -> dict[str, Cell | None]:
    """Return the cells of a space's level (None for missing), its own included."""
    facts = context.facts.spaces[space]
    return {
        key: series.cell(key, period)
        for key, other in context.facts.spaces.items()
        if (other.geography, other.depth) == (facts.geography, facts.depth)
    }


OTHER = ""  # the life situation of indicators without topic

OFFICE = re.compile(r"SGB VIII|zur Erziehung|\bHzE\b|§ 8a|Inobhutnahme|Kindeswohl", re.IGNORECASE)
"""What an indicator of aids or reports to the office names; one too many only loses its map."""


def situation_of(context: Context, indicator: Indicator) -> str:
    """Return an indicator's life situation; empty without topic."""
    words = context.words
    return words.situation_of(indicator.topics[0]) if indicator.topics else OTHER


def town_only(context: Context, indicator: Indicator) -> bool:
    """Tell whether an indicator counts aids or reports, which depend on attention and supply.

    The reports' home never shows these by area. They declare `counts`, concern protection, or name the
    office's work in title or numerator.
    """
    words = context.words
    about_protection = any(words.is_grave(topic) for topic in indicator.topics)
    named = OFFICE.search(f"{indicator.title} {indicator.numerator}") is not None
    return indicator.counts is not None or about_protection or named


def by_area(context: Context, indicator: Indicator) -> bool:
    """Tell whether an indicator is compared by area: rates, no aids or reports."""
    return indicator.denominator is not None and not town_only(context, indicator)


def compared(context: Context) -> list[str]:
    """Return the indicators with figures that are compared by area, in the reports' order."""
    known = context.facts.series
    return [key for key, one in context.site.indicators.items() if key in known and by_area(context, one)]


def by_situation(context: Context) -> dict[str, list[str]]:
    """Return indicators with figures by life situation, those without last."""
    groups: dict[str, list[str]] = {}
    for key, indicator in context.site.indicators.items():
        if key in context.facts.series:
            groups.setdefault(situation_of(context, indicator), []).append(key)
    order = [*(topic.id for topic in context.words.situations()), OTHER]
    return {
        name: sorted(
            groups[name],
            key=lambda key: context.texts.of(context.site.indicators[key], "title").text.casefold(),
        )
        for name in order
        if name in groups
    }


def situation_name(context: Context, situation: str) -> str:
    """Name a life situation for reports; empty is „Allgemeines“."""
    if not situation:
        return context.gettext("Allgemeines")
    return context.texts.name(context.words.topics[situation])


def may_be_taken(context: Context, indicator: Indicator, *, by_areas: bool) -> bool:
    """Tell whether a picture may be downloaded: none from the internal site.

    Pictures by area of aids or reports to the office may not be either.
    """
    return not context.site.internal and not (by_areas and town_only(context, indicator))
