"""Count how often needs were named, as a raw table.

Each naming is counted once. Texts are never read.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from msgspec.structs import replace

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.disclosure.lattice import upwards, value_ids
from generator.model.cells import Status
from generator.model.dates import HalfYear
from generator.model.indicator import Breakdown, Indicator
from generator.model.planning_records import Naming, Need
from generator.model.scalars import Ages
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.value_tables import CONTRIBUTOR, ValueRow, ValueTable

EVERY_AGE = "all"
OTHERS = "other"
"""The band of needs that say no age, or all; the value of topics that have none of their own, last in its list."""


def needs_table(
    inside: Reading, site: Site, indicator: Indicator, today: dt.date
) -> tuple[ValueTable, list[Diagnostic]]:
    """Count the needs of an overlay for an indicator: every area of its finest level, every half-year that is over, zeros included.

    `inside` is the project read with its overlay, whose areas are those of `site`.
    """
    name = f"needs/ ({indicator.id})"
    areas = _areas(site, indicator)
    found = _uncountable(indicator, areas)
    if found:
        return ValueTable(name, (), ","), found
    voices: dict[tuple[str, HalfYear, tuple[str, ...]], dict[str, int]] = defaultdict(dict)
    for need, naming, place in _namings(inside, today):
        values, problem = _place(site, indicator, need, naming, areas)
        if problem is not None:
            code, told = problem
            found.append(diagnostic(code, place, name=need.name, **told))
        else:
            area, *divided = values
            voices[area, naming.half_year, tuple(divided)] |= _voices(naming, place)
    halves = _between({half for _, half, _ in voices})
    every = [value_ids(item) for item in indicator.breakdowns]
    by_voice = indicator.disclosure.dominance is not None
    rows: list[ValueRow] = []
    for half, parts, area in itertools.product(halves, [*itertools.product(*every)], areas):
        named = voices.get((area, half, parts), {})
        said = named if by_voice and named else {"": sum(named.values())}
        row = ValueRow(area, str(half), parts, None, None, Status.KNOWN, "", 1)
        for who, times in said.items():
            rows.append(replace(row, numerator=Decimal(times), further=(who,) * by_voice))
    return ValueTable(name, tuple(rows), ",", further=(CONTRIBUTOR,) * by_voice), found


def _voices(naming: Naming, place: Position) -> dict[str, int]:
    """Return who named a need how often: every family once; of professionals and of groups an entry is a single voice."""
    entry = f"{place.file}:{place.line}:{place.column}"
    if naming.source != "families":
        return {entry: naming.times}
    return {f"{entry}:{number}": 1 for number in range(naming.times)}


def _uncountable(indicator: Indicator, areas: tuple[str, ...]) -> list[Diagnostic]:
    """Say why needs can't be counted for an indicator: a breakdown that needs don't have, no area."""
    definition = Position(f"resources/indicators/{indicator.id}/indicator.yml")
    known = ", ".join(_COUNTED)
    found = [
        diagnostic("bedarf-aufgliederung", definition, value=item.id, known=known)
        for item in indicator.breakdowns
        if item.id not in _COUNTED
    ]
    if not areas:
        found.append(diagnostic("bedarf-ebene", definition))
    return found


def _namings(inside: Reading, today: dt.date) -> Iterator[tuple[Need, Naming, Position]]:
    """Yield every time that a need was named in a half-year that is over, with the place that says so."""
    if inside.site is None:
        return
    for source in inside.of("needs"):
        need = inside.site.needs[source.id]
        for number, naming in enumerate(need.named):
            if is_over(naming.half_year, today):
                yield need, naming, source.position("named", number)


def _place(
    site: Site, indicator: Indicator, need: Need, naming: Naming, areas: tuple[str, ...]
) -> tuple[list[str], tuple[str, dict[str, str]] | None]:
    """Return the area and the breakdown values under which a naming is counted, or the code and words of what is missing."""
    area = _area(site, need, naming, areas)
    if area is None:
        return [], ("bedarf-ohne-gebiet", {})
    found = [area]
    for item in indicator.breakdowns:
        value = _value(site, item, need, naming)
        if value is None:
            return [], ("bedarf-ohne-wert", {"breakdown": item.name})
        found.append(value)
    return found, None


def is_over(half: HalfYear, today: dt.date) -> bool:
    """Tell whether a half-year has ended: one that goes on would give away by a later release what was named in between."""
    return half < HalfYear.of(today)


def _between(halves: set[HalfYear]) -> Iterator[HalfYear]:
    """Yield every half-year from the first to the last, those without a naming as well."""
    numbers = [2 * half.year + half.half - 1 for half in halves]
    for number in range(min(numbers, default=0), max(numbers, default=-1) + 1):
        yield HalfYear(number // 2, number % 2 + 1)


def _areas(site: Site, indicator: Indicator) -> tuple[str, ...]:
    """Return the areas of the finest level of the first geography that the indicator shows."""
    levels = [level.id for level in site.config.geographies[0].levels]
    shown = [level for level in levels if not indicator.levels or level in indicator.levels]
    return tuple(key for key, space in site.spaces.items() if shown and space.level == shown[-1])


def _area(site: Site, need: Need, naming: Naming, areas: tuple[str, ...]) -> str | None:
    """Return the area in which a naming is counted; None where none, several or only a wider one is named."""
    named = [naming.space] if naming.space is not None else list(need.spaces)
    found = {_above(site, key, areas) for key in named}
    return found.pop() if len(found) == 1 else None


def _above(site: Site, space: str, areas: tuple[str, ...]) -> str | None:
    return next((key for key in upwards(site, space) if key in areas), None)


def _value(site: Site, breakdown: Breakdown, need: Need, naming: Naming) -> str | None:
    """Return the first value of a breakdown under which a naming is counted; None where there is none."""
    for value in breakdown.values:
        if _COUNTED[breakdown.id](site, value.id, need, naming):
            return value.id
    return None


def _of_topic(site: Site, value: str, need: Need, _naming: Naming) -> bool:
    """Tell whether a value is the first topic or its life situation, such as `wohnen` or, for ages alone, `ganztag_6-13`."""
    first = need.topics[0]
    topic, _, band = value.partition("_")
    named = topic in (first, site.words.situation_of(first)) and (not band or _of_age(need, band))
    return named or value == OTHERS


def _of_age(need: Need, band: str) -> bool:
    """Tell whether a need is counted in a band of ages: that in which it begins, else that of every age."""
    if need.ages is None or need.ages.everybody:
        return band == EVERY_AGE
    return _begins_in(need.ages, band)


def _begins_in(ages: Ages, band: str) -> bool:
    """Tell whether an age begins in a band such as `6-13` or `14`: years, both ends included, the last one open."""
    match = re.fullmatch(r"(\d{1,2})(?:-(\d{1,2}))?", band)
    if match is None:
        return False
    low = int(match[1])
    high = int(match[2]) if match[2] else 100
    return low <= ages.lower // 12 <= high


_COUNTED: Mapping[str, Callable[[Site, str, Need, Naming], bool]] = {
    "topic": _of_topic,
    "age": lambda _site, value, need, _naming: _of_age(need, value),
    "source": lambda _site, value, _need, naming: value == naming.source,
}
"""Whether a naming is counted under a value, for each breakdown that there can be."""
