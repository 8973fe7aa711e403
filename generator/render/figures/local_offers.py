"""An indicator's topics and areas in, what is offered there out: figures never stand without what one can do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from itertools import chain

from generator.model.indicator import Indicator
from generator.render.base import urls
from generator.render.base.area_names import space_name
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked
from generator.render.base.view import NOTHING, TableCell, TableColumn, TableContent


def about_topics(context: Context, topics: Iterable[str]) -> frozenset[str]:
    """Return the active offers of any of the topics; one that was made up covers no need."""
    facts = context.facts
    found = chain.from_iterable(facts.relations.offers_by_topic.get(topic, ()) for topic in topics)
    return frozenset(
        key
        for key in found
        if key in facts.offers and facts.offers[key].active and not context.site.offers[key].fictional
    )


def offer_table(context: Context, path: str, indicator: Indicator, spaces: Sequence[str]) -> TableContent:
    """Return how many offers of an indicator's topics each area has, and how many of them need no referral."""
    _ = context.gettext
    wanted = about_topics(context, indicator.topics)
    columns = (
        TableColumn(_("Gebiet"), key="space"),
        TableColumn(_("Angebote dazu"), num=True, key="offers"),
        TableColumn(_("davon ohne Antrag oder Überweisung"), num=True, key="open"),
    )
    rows = []
    for key in spaces:
        supply, vague = _there(context, wanted, key)
        href = urls.relative(path, context.path("space", key)) + "#angebote"
        name = space_name(context, key)
        first = TableCell(linked(href, name), sort=str(name.striptags()))
        low = low_cell(context, supply) if supply else NOTHING
        rows.append((first, _supply_cell(context, supply, vague), low))
    return TableContent(columns, rows)


def _there(context: Context, wanted: Set[str], space: str) -> tuple[list[str], list[str]]:
    """Return which of the offers that are `wanted` count for an area today, and which lie there and don't say for whom they are."""
    area = context.facts.coverage.areas[space]
    return [key for key in area.offers if key in wanted], [key for key in area.unsaid if key in wanted]


def _supply_cell(context: Context, supply: Sequence[str], vague: Sequence[str]) -> TableCell:
    """Return how many offers count; without any, whether it isn't said for whom some are: unknown is never none."""
    if supply:
        return TableCell(context.texts.number(len(supply)), sort=len(supply))
    if vague:
        return TableCell(context.gettext("nicht gesagt, für wen"), sort=0, muted=True)
    return TableCell(context.gettext("nichts verzeichnet"), sort=0, muted=True)


def access_sentence(context: Context, offers: Sequence[str]) -> str:
    """Say how many offers there are and how many of them need no referral, and of how many nobody has said how one gets in."""
    texts = context.texts
    low, unsaid = _ways_in(context, offers)
    number = len(offers)
    if not number:
        return texts.gettext("Hier ist kein Angebot verzeichnet.")
    if not unsaid:
        words = texts.ngettext(
            "Hier gibt es {n} Angebot, {low} davon ohne Antrag oder Überweisung.",
            "Hier gibt es {n} Angebote, {low} davon ohne Antrag oder Überweisung.",
            number,
        )
    elif unsaid == number:
        words = texts.ngettext(
            "Hier gibt es {n} Angebot. Wie man hinkommt, ist nicht angegeben.",
            "Hier gibt es {n} Angebote. Wie man hinkommt, ist bei keinem angegeben.",
            number,
        )
    else:
        words = texts.ngettext(
            "Hier gibt es {n} Angebot, {low} davon ohne Antrag oder Überweisung. Bei {unsaid} ist nicht angegeben, wie man hinkommt.",
            "Hier gibt es {n} Angebote, {low} davon ohne Antrag oder Überweisung. Bei {unsaid} ist nicht angegeben, wie man hinkommt.",
            number,
        )
    return words.format(n=texts.number(number), low=texts.number(low), unsaid=texts.number(unsaid))


def _ways_in(context: Context, offers: Sequence[str]) -> tuple[int, int]:
    """Return how many offers need no referral, and of how many nobody has said how one gets in."""
    facts = [context.facts.offers[offer] for offer in offers]
    return sum(one.low_threshold for one in facts), sum(one.access is None for one in facts)


def low_cell(context: Context, offers: Sequence[str]) -> TableCell:
    """Return how many offers need no referral; where nobody has said it of some, it is at least that, and of all, it isn't known."""
    texts = context.texts
    low, unsaid = _ways_in(context, offers)
    if not unsaid:
        return TableCell(texts.number(low), sort=low)
    if unsaid == len(offers):
        return NOTHING
    words = texts.gettext("{n}, bei {unsaid} nicht angegeben")
    return TableCell(words.format(n=texts.number(low), unsaid=texts.number(unsaid)), sort=low)


def for_everybody(context: Context, indicator: Indicator) -> int:
    """Count the offers of an indicator's topics that are for the whole town."""
    return len(about_topics(context, indicator.topics) & {*context.facts.coverage.town.offers})


def supply_text(context: Context, topics: Iterable[str], space: str) -> str:
    """Say how many offers of any of the topics an area has, as the table of an indicator does."""
    return str(_supply_cell(context, *_there(context, about_topics(context, topics), space)).text)
