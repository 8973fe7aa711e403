"""The components that editors may use in Markdown: one function and one row each."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from generator.model.vocabulary import Term
from generator.render.cards import offer_cards
from generator.render.components import Component, Place, UnknownId, known
from generator.render.ladder import offers_in
from generator.render.maps import OVERVIEWS, overview_map, space_map
from generator.render.numbers import family_numbers, hours_of
from generator.render.wording import town_name


def offers(place: Place, topic: str | None = None, space: str | None = None, limit: int = 5) -> Markup:
    """Show cards of running offers to a topic, in a space, or both; at most `limit`."""
    context = place.context
    relations = context.facts.relations
    chosen = list(context.site.offers)
    if topic is not None:
        known("topic", topic, context.site.words.topics)
        chosen = list(relations.offers_by_topic.get(topic, ()))
    if space is not None:
        known("space", space, context.site.spaces)
        there = set(offers_in(context, space))
        chosen = [key for key in chosen if key in there]
    chosen = [key for key in chosen if context.facts.offers[key].active][:limit]
    return context.render("parts/cards.html", place.path, cards=offer_cards(context, place.path, chosen))


def find_term(glossary: Mapping[str, Term], name: str) -> Term | None:
    """Return the entry of a glossary by its id, its name, its abbreviation or another writing."""
    return glossary.get(name) or next(
        (item for item in glossary.values() if name in (item.name, item.abbreviation, *item.also)), None
    )


def term(place: Place, name: str) -> Markup:
    """Show a term of the trade as a link to its explanation."""
    glossary = place.context.site.words.glossary
    found = find_term(glossary, name)
    if found is None:
        raise UnknownId(
            "name", name, [*glossary, *(item.abbreviation for item in glossary.values() if item.abbreviation)]
        )
    return place.context.render("parts/term.html", place.path, term=found, label=name)


def contact(place: Place, id: str) -> Markup:
    """Show how to reach an office, a provider or a place."""
    site = place.context.site
    for kind, records in (("office", site.offices), ("provider", site.providers), ("place", site.places)):
        if id in records:
            return place.context.render("parts/contact.html", place.path, record=records[id], kind=kind)
    raise UnknownId("id", id, [*site.offices, *site.providers, *site.places])


def situations(place: Place) -> Markup:
    """Show the life situations as tiles."""
    return place.context.render(
        "parts/situations.html", place.path, situations=place.context.site.words.situations()
    )


def help_numbers(place: Place, audience: str = "everyone") -> Markup:
    """Show the crisis numbers for everyone, or those for professionals."""
    audiences = {
        "everyone": family_numbers(place.context),
        "professionals": [
            item for item in place.context.site.words.help.values() if item.audience == "professionals"
        ],
        "young": family_numbers(place.context, young=True),
    }
    numbers = known("audience", audience, audiences)
    return place.context.render(
        "parts/help_numbers.html", place.path, numbers=numbers, level=3, hours_of=hours_of
    )


def map(place: Place, space: str | None = None, about: str | None = None) -> Markup:
    """Show the map of a space, or an overview: a level of the areas, `places` or `networks`."""
    context = place.context
    if space is not None:
        known("space", space, context.site.spaces)
        return space_map(context, place.path, space)
    levels = [level.id for geography in context.site.config.geographies for level in geography.levels]
    geographies = [geography.id for geography in context.site.config.geographies]
    subject = about if about is not None else geographies[0]
    known("about", subject, dict.fromkeys((*levels, *geographies, *OVERVIEWS), True))
    return overview_map(context, place.path, subject)


def invented(place: Place) -> Markup:
    """Say that the town is invented, when `site_config.yml` says so; nothing otherwise."""
    context = place.context
    if not context.site.config.invented:
        return Markup()
    return context.render("parts/invented.html", place.path, town=town_name(context))


COMPONENTS: Mapping[str, Component] = {
    "contact": contact,
    "help_numbers": help_numbers,
    "invented": invented,
    "map": map,
    "offers": offers,
    "situations": situations,
    "term": term,
}
