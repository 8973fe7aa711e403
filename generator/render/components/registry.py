"""The components that editors may use in Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from markupsafe import Markup
from msgspec import Struct

from generator.model.areas_and_offices import Office
from generator.model.facts import EVERY_OFFER, OfferList
from generator.model.places_and_providers import Place, Provider
from generator.model.vocabulary import HelpNumber, LegalBasis, Term, Topic
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.view import View
from generator.render.base.wording import basis_text, town_name
from generator.render.components.calls import CallSite, Component, UnknownId, known
from generator.render.directory.cards import offer_cards
from generator.render.directory.filters import law_id, law_order
from generator.render.directory.help_numbers import family_numbers, help_list
from generator.render.directory.offer_order import by_need, offers_in
from generator.render.maps import OVERVIEWS, overview_map, space_map


class CardsView(View, frozen=True):
    """Cards of some of `count` offers; `whole` is their list."""

    template = "parts/cards.html"

    cards: Sequence[Markup]
    count: int
    whole: str


_TERM = pattern('<a class="nr-term" href="{}#{}" title="{}">{}</a>')


class ContactView(View, frozen=True):
    """How to reach a record whose page is of `kind`."""

    template = "parts/contact.html"

    kind: str
    record: Office | Provider | Place


class SituationsView(View, frozen=True):
    """The life situations."""

    template = "parts/situations.html"

    situations: Sequence[Topic]


class LawRow(Struct, frozen=True):
    """A paragraph with its kinds of offers, their number and list."""

    law: str  # „§ 16 SGB VIII“
    href: str  # of the directory, filtered by it
    kinds: str  # by name, in a sentence
    count: int  # of offers


class LawsView(View, frozen=True):
    """Paragraphs of the law with their offers."""

    template = "parts/laws.html"

    rows: Sequence[LawRow]


class InventedView(View, frozen=True):
    """A town that doesn't exist."""

    template = "parts/invented.html"

    town: str


def offers(
    place: CallSite,
    topic: str | None = None,
    space: str | None = None,
    kind: str | None = None,
    limit: int = 5,
) -> Markup:
    """Show at most `limit` cards of running offers, the most needed first."""
    context = place.context
    chosen = offers_to(context, topic)
    if space is not None:
        known("space", space, context.site.spaces)
        in_area = set(offers_in(context, space))
        chosen = [key for key in chosen if key in in_area]
    if kind is not None:
        known("kind", kind, context.words.kinds)
        chosen = [key for key in chosen if context.site.offers[key].kind == kind]
    chosen = by_need(context, [key for key in chosen if context.facts.offers[key].active])
    cards = offer_cards(context, place.path, chosen[:limit])
    whole = urls.relative(place.path, _whole_list(context, topic, space))
    return context.render(CardsView(cards, len(chosen), whole), place.path)


def offers_to(context: Context, topic: str | None) -> Sequence[str]:
    """Return a topic's offers or all; raises `UnknownId` for no topic."""
    if topic is None:
        return context.facts.lists.get(EVERY_OFFER, ())
    known("topic", topic, context.words.topics)
    return context.facts.relations.offers_by_topic.get(topic, ())


def _whole_list(context: Context, topic: str | None, space: str | None) -> str:
    """Return the page that lists a topic's or a space's offers; for both or neither the directory."""
    area = OfferList("gebiet", space or "")
    if topic is not None and space is None:
        return context.path("topic", topic)
    if topic is None and area in context.facts.lists:
        return context.path("offer-list", area.address)
    return context.path("offers")


def find_term(glossary: Mapping[str, Term], name: str) -> Term | None:
    """Return a term by id, name, abbreviation or variant."""
    return glossary.get(name) or next(
        (item for item in glossary.values() if name in (item.name, item.abbreviation, *item.also)), None
    )


def term(place: CallSite, name: str) -> Markup:
    """Show a term as a link to its explanation."""
    glossary = place.context.words.glossary
    found = find_term(glossary, name)
    if found is None:
        raise UnknownId(
            "name", name, [*glossary, *(item.abbreviation for item in glossary.values() if item.abbreviation)]
        )
    context = place.context
    meaning = context.texts.of(found, "meaning").text
    return _TERM.format(context.href(place.path, "glossary"), found.id, meaning, name)


def contact(place: CallSite, id: str) -> Markup:
    """Show how to reach an office, provider or place."""
    site = place.context.site
    groups: Mapping[str, Mapping[str, Office | Provider | Place]] = {
        "office": site.offices,
        "provider": site.providers,
        "place": site.places,
    }
    for kind, records in groups.items():
        if id in records:
            return place.context.render(ContactView(kind, records[id]), place.path)
    raise UnknownId("id", id, chain.from_iterable(groups.values()))


def situations(place: CallSite) -> Markup:
    """Show the life situations as tiles."""
    return place.context.render(SituationsView(place.context.words.situations()), place.path)


def help_numbers(place: CallSite, audience: str = "everyone") -> Markup:
    """Show crisis numbers, for `everyone`, `young` people first, or for `professionals`."""
    context = place.context
    professionals = [item for item in context.words.help.values() if item.audience == "professionals"]
    audiences: dict[str, Sequence[HelpNumber]] = {
        "everyone": family_numbers(context),
        "professionals": professionals,
        "young": family_numbers(context, young=True),
    }
    return help_list(context, known("audience", audience, audiences))


def laws(place: CallSite) -> Markup:
    """Show the paragraphs of running offers, with links to the directory."""
    context = place.context
    kinds = context.words.kinds
    found: dict[str, tuple[LegalBasis, list[str]]] = {}
    for key, offer in context.site.offers.items():
        basis = kinds[offer.kind].legal_basis
        if basis is not None and context.facts.offers[key].active:
            found.setdefault(law_id(basis), (basis, []))[1].append(context.texts.name(kinds[offer.kind]))
    offers = context.href(place.path, "offers")
    rows = []
    for name, (basis, names) in sorted(found.items(), key=lambda item: law_order(item[1][0])):
        names_text = context.texts.join(sorted(set(names)))
        rows.append(LawRow(basis_text(basis), f"{offers}?recht={name}", names_text, len(names)))
    return context.render(LawsView(rows), place.path)


def map(place: CallSite, space: str | None = None, about: str | None = None) -> Markup:
    """Show a space's map, or an overview (a level, `places`, `networks`)."""
    context = place.context
    if space is not None:
        known("space", space, context.site.spaces)
        return space_map(context, place.path, space)
    config = context.site.config
    geographies = [geography.id for geography in config.geographies]
    subject = about if about is not None else geographies[0]
    known("about", subject, dict.fromkeys((*config.level_ids, *geographies, *OVERVIEWS), True))
    return overview_map(context, place.path, subject)


def invented(place: CallSite) -> Markup:
    """Say that the town is invented, if `site_config.yml` does."""
    context = place.context
    if not context.site.config.invented:
        return Markup()
    return context.render(InventedView(town_name(context)), place.path)


COMPONENTS: Mapping[str, Component] = {
    "contact": contact,
    "help_numbers": help_numbers,
    "invented": invented,
    "laws": laws,
    "map": map,
    "offers": offers,
    "situations": situations,
    "term": term,
}
