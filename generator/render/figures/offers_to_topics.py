"""Count what offers there are to topics, beside a figure and in an area."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from generator.model.known import Known
from generator.render.base.context import Context, Ids
from generator.render.base.view import NOTHING, TableCell, TableColumn, TableContent
from generator.render.figures.missing_offers import known_text
from generator.render.figures.tables import area_cell


def about_topics(context: Context, topics: Iterable[str]) -> frozenset[str]:
    """Return active offers of any topic, but no invented ones."""
    facts = context.facts
    found = chain.from_iterable(facts.relations.offers_by_topic.get(topic, ()) for topic in topics)
    return frozenset(
        key
        for key in found
        if key in facts.offers and facts.offers[key].active and not context.site.offers[key].fictional
    )


def _counted_by_area(context: Context, topics: Iterable[str]) -> list[str]:
    """Return topics counted by area: not protection, which is for everybody."""
    return [topic for topic in topics if not context.words.is_grave(topic)]


def offer_table(context: Context, path: str, topics: Iterable[str], spaces: Ids) -> TableContent | None:
    """Return offers by area and without referral; None if not counted by area."""
    _ = context.gettext
    counted = _counted_by_area(context, topics)
    if not counted or not spaces:
        return None
    wanted = about_topics(context, counted)
    columns = (
        TableColumn(_("Gebiet"), key="space"),
        TableColumn(_("Angebote dazu"), num=True, key="offers"),
        TableColumn(_("Angebote ohne Antrag oder Überweisung"), num=True, key="open"),
    )
    rows = []
    for key in spaces:
        known = _known_in(context, wanted, key)
        first = area_cell(context, path, key, "#angebote")
        low = low_cell(context, known.counted) if known.counted else NOTHING
        rows.append((first, _supply_cell(context, known), low))
    return TableContent(columns, rows)


def _known_in(context: Context, wanted: Iterable[str], space: str) -> Known:
    """Return what is known of `wanted` offers for an area."""
    return context.facts.coverage.known((space,), dict.fromkeys(sorted(wanted), "fits"))


def _supply_cell(context: Context, known: Known) -> TableCell:
    """Return the count of offers, or what else is known."""
    if known.counted:
        return TableCell(context.texts.number(len(known.counted)), sort=len(known.counted))
    return TableCell(known_text(context, known), sort=0, muted=True)


def low_cell(context: Context, offers: Ids) -> TableCell:
    """Return the offers without referral: at least so many where some don't say."""
    texts = context.texts
    facts = [context.facts.offers[offer] for offer in offers]
    low, unsaid = sum(one.low_threshold for one in facts), sum(one.access is None for one in facts)
    if not unsaid:
        return TableCell(texts.number(low), sort=low)
    if unsaid == len(offers):
        return NOTHING
    words = texts.gettext("{n}, bei {unsaid} nicht angegeben")
    return TableCell(words.format(n=texts.number(low), unsaid=texts.number(unsaid)), sort=low)


def beside_table(context: Context, topics: Iterable[str], table: TableContent | None) -> int:
    """Count the topics' offers that a table by area leaves out (town-wide ones); without a table all."""
    found = about_topics(context, topics)
    return len(found if table is None else found & context.facts.coverage.town)


def supply_text(context: Context, topics: Iterable[str], space: str) -> str:
    """Say an area's offers as the indicator's table does; empty if not counted."""
    counted = _counted_by_area(context, topics)
    wanted = about_topics(context, counted)
    return str(_supply_cell(context, _known_in(context, wanted, space)).text) if counted else ""
