"""A series in, its areas out as a report shows them: by level, in the town's order, with the level a map shows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.model.cells import Cell, Series, Status
from generator.render.base.area_names import level_name
from generator.render.base.context import Context


@dataclass(frozen=True, slots=True)
class Level:
    """The areas of one level that a series has cells for, in the order of their keys and names."""

    id: str
    geography: str
    depth: int
    name: str
    spaces: Sequence[str]


def levels_of(context: Context, series: Series) -> Sequence[Level]:
    """Return the levels of a series, the widest first; geographies in their configured order."""
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


def main_level(context: Context, series: Series, period: str = "", most: int = 0) -> Level | None:
    """Return the level that says most: the finest of the first geography of which two thirds of the areas have a value.

    Where no level has that many, the one with the most values; None where only single areas have any. Levels of more
    than `most` areas are left out, where that is given.
    """
    period = period or series.latest
    levels = [level for level in levels_of(context, series) if 1 < len(level.spaces) <= (most or math.inf)]
    if not levels:
        return None
    known = {level.id: _count_known(series, level, period) for level in levels}
    nearly_whole = [level for level in levels if known[level.id] * 3 >= len(level.spaces) * 2]
    of_first = [level for level in nearly_whole if level.geography == levels[0].geography]
    if of_first:
        return of_first[-1]
    best = max(levels, key=lambda level: known[level.id])
    return best if known[best.id] > 1 else None


def _count_known(series: Series, level: Level, period: str) -> int:
    """Count the areas of a level that have a value."""
    return sum(has_value(series.cell(key, period)) for key in level.spaces)


def town_first(series: Series, spaces: Iterable[str]) -> list[str]:
    """Return areas with the town before all others, where the figures have one to compare with."""
    if not series.benchmark:
        return list(spaces)
    return [series.benchmark, *(space for space in spaces if space != series.benchmark)]


def has_value(cell: Cell | None) -> bool:
    """Tell whether there is a number to show."""
    return cell is not None and cell.value is not None


def gap_of(cell: Cell | None) -> Status | None:
    """Return why a cell has no value; None for a cell that does not exist."""
    return cell.status if cell is not None else None


def of_one_level(context: Context, series: Series, space: str, period: str) -> dict[str, Cell | None]:
    """Return the cells of all areas of a space's level and geography, its own among them; None where an area has none."""
    facts = context.facts.spaces[space]
    return {
        key: series.cell(key, period)
        for key, other in context.facts.spaces.items()
        if (other.geography, other.depth) == (facts.geography, facts.depth)
    }
