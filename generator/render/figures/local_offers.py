"""An indicator's topics and areas in, what is offered there out: figures never stand without what one can do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from generator.model.indicator import Indicator
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.macros import TableCell, TableColumn, TableContent
from generator.render.base.place_names import space_name
from generator.render.directory.ladder import city_wide, offers_in


def about_topics(context: Context, topics: Iterable[str]) -> frozenset[str]:
    """Return the active offers of any of the topics; one that was made up covers no need."""
    facts = context.facts
    found = (key for topic in topics for key in facts.relations.offers_by_topic.get(topic, ()))
    return frozenset(
        key
        for key in found
        if key in facts.offers and facts.offers[key].active and not context.site.offers[key].fictional
    )


def offer_table(context: Context, path: str, indicator: Indicator, spaces: Sequence[str]) -> TableContent:
    """Return how many offers of an indicator's topics each area has, and how many of them need no referral."""
    _ = context.texts.gettext
    wanted = about_topics(context, indicator.topics)
    columns = (
        TableColumn(_("Gebiet"), key="space"),
        TableColumn(_("Angebote dazu"), num=True, key="offers"),
        TableColumn(_("davon ohne Hürde"), num=True, key="open"),
    )
    rows = []
    for key in spaces:
        there = [offer for offer in offers_in(context, key) if offer in wanted]
        low = sum(context.facts.offers[offer].low_threshold for offer in there)
        href = urls.relative(path, context.path("space", key)) + "#angebote"
        name = space_name(context, key)
        rows.append(
            (
                TableCell(Markup('<a href="{}">{}</a>').format(href, name), sort=str(name.striptags())),
                TableCell(context.texts.number(len(there)), sort=len(there)),
                TableCell(context.texts.number(low), sort=low),
            )
        )
    return TableContent(columns, tuple(rows))


def for_everybody(context: Context, indicator: Indicator) -> int:
    """Count the offers of an indicator's topics that are for the whole town."""
    wanted = about_topics(context, indicator.topics)
    return sum(1 for key in city_wide(context) if key in wanted)


def count_in(context: Context, indicator: Indicator, space: str) -> int:
    """Count the offers of an indicator's topics in an area."""
    wanted = about_topics(context, indicator.topics)
    return sum(1 for key in offers_in(context, space) if key in wanted)
