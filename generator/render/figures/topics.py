"""Indicators by life situation: the situation of an indicator is that of its first topic."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model.indicator import Indicator
from generator.render.base.context import Context
from generator.render.base.page import Crumb

OTHER = ""

OFFICE = re.compile(r"SGB VIII|zur Erziehung|\bHzE\b|§ 8a|Inobhutnahme|Kindeswohl", re.IGNORECASE)
"""What an indicator of aids or reports to the office names; one too many only loses its map."""


def situation_of(context: Context, indicator: Indicator) -> str:
    """Return the life situation under which an indicator stands; nothing where it names no topic."""
    words = context.words
    return words.situation_of(indicator.topics[0]) if indicator.topics else OTHER


def town_only(context: Context, indicator: Indicator) -> bool:
    """Tell whether an indicator counts aids or reports to the office: such figures show attention and supply too.

    On the home of reports they are never shown by area. They are those that say how cases are counted
    (`counts`), that are about protection, or whose title or numerator names what the office does.
    """
    words = context.words
    about_protection = any(words.is_grave(topic) for topic in indicator.topics)
    named = OFFICE.search(f"{indicator.title} {indicator.numerator}") is not None
    return indicator.counts is not None or about_protection or named


def by_area(context: Context, indicator: Indicator) -> bool:
    """Tell whether an indicator is compared by area beside others: a rate, and none of aids or reports to the office."""
    return indicator.denominator is not None and not town_only(context, indicator)


def by_situation(context: Context) -> dict[str, list[str]]:
    """Return the indicators that have figures by life situation, in the vocabulary's order; those without come last."""
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
    """Name a life situation for reports; those without one are „Allgemeines“."""
    if not situation:
        return context.gettext("Allgemeines")
    return context.texts.name(context.words.topics[situation])


def topic_crumb(context: Context, indicator: Indicator) -> Sequence[Crumb]:
    """Return the step of the way to an indicator's page that names its life situation."""
    situation = situation_of(context, indicator)
    if not situation:
        return ()
    return (context.crumb(situation_name(context, situation), "report-topic", situation),)


def may_be_taken(context: Context, indicator: Indicator, *, by_areas: bool) -> bool:
    """Tell whether a picture of an indicator can be taken along: none of the internal site, and of aids or reports to the office none that shows areas."""
    return not context.site.internal and not (by_areas and town_only(context, indicator))
