"""An area and a life situation in, how often needs to it were named out: what the protected table says, for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.cells import Series, Status
from generator.model.indicator import Indicator
from generator.render.base.context import Context
from generator.render.figures.figure_texts import period_text, value_words
from generator.render.figures.tables import part_of, value_name

TOPIC = "topic"
"""The breakdown of a table of needs by life situation, topic, or either with a band of ages (`betreuung_6-13`)."""


@dataclass(frozen=True, slots=True)
class NamedNeed:
    """What was named in an area: under which words, when last, how often, and in the half-year before; `told` where the count isn't withheld."""

    indicator: str
    situation: str
    name: str
    period: str
    times: str
    before: str
    told: bool


def named_needs(context: Context, space: str) -> Iterator[NamedNeed]:
    """Yield what was named in the latest half-year of the protected table, in the table's order; withheld counts say that they are."""
    for key, indicator in context.site.indicators.items():
        series = context.facts.series.get(key)
        number = next((at for at, item in enumerate(indicator.breakdowns) if item.id == TOPIC), None)
        if indicator.counted_from == "needs" and series is not None and number is not None:
            yield from _of_topics(context, indicator, series, number, space)


def _of_topics(
    context: Context, indicator: Indicator, series: Series, number: int, space: str
) -> Iterator[NamedNeed]:
    """Yield what was named of each topic, the breakdown of that number."""
    breakdown, words = indicator.breakdowns[number], context.words
    earlier = [period for period in series.periods if period < series.latest]
    for at, value in enumerate(breakdown.values):
        part = part_of(series, number, value.id)
        cell = series.cell(space, series.latest, part)
        if cell is None or not (cell.value or cell.status is Status.SECRET):
            continue
        topic = value.id.partition("_")[0]
        before = series.cell(space, earlier[-1], part) if earlier else None
        yield NamedNeed(
            indicator=series.indicator,
            situation=words.situation_of(topic) if topic in words.topics else "",
            name=value_name(context, breakdown, at),
            period=period_text(context.texts, series.latest),
            times=value_words(context, indicator, cell),
            before=value_words(context, indicator, before) if before is not None else "",
            told=bool(cell.value),
        )


def named_text(context: Context, space: str, situation: str) -> str:
    """Say how often needs to a life situation were named last; nothing where none was, or where nobody counts them there."""
    found = [item for item in named_needs(context, space) if item.situation == situation]
    if not found:
        return ""
    words = context.gettext("{period}: {named}")
    return words.format(
        period=found[0].period, named="; ".join(f"{item.name}, {item.times}" for item in found)
    )
