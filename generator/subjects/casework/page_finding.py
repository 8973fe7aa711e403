"""What was found in the social space, or is missing there: short forms whose words become a record that the editors take over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.model.provider import Provider
from generator.model.vocabulary import OfferKind, Vocabularies
from generator.model.word import Word
from generator.render.base.area_names import named
from generator.render.base.context import Context
from generator.render.base.page import Heading, Page
from generator.render.base.texts import sort_key
from generator.render.base.view import View
from generator.render.directory.gifts import gift_kinds
from generator.render.directory.listing import tree
from generator.render.directory.offer_order import PROTECTION

Options = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """A life situation with the topics below it."""

    name: str
    topics: Options


@dataclass(frozen=True, slots=True)
class FindingView(View):
    """What the forms can choose from, and to whom the mail goes.

    Kinds of offers and places that protect somebody are none of the choices, nor is a topic of violence but for a need: where
    help for that is, is told by no form.
    """

    template = "finding.html"

    to: str
    needs: bool
    kinds: Options
    place_kinds: Options
    provider_kinds: Options
    gifts: Options
    providers: Options
    spaces: Options
    topics: Sequence[TopicGroup]
    need_topics: Sequence[TopicGroup]


def render(context: Context, key: str = "") -> Page:
    """Make the page; what is missing is asked on the internal site alone."""
    _ = context.texts.gettext
    path = context.path("finding", key)
    site = context.site
    words, internal = site.words, site.internal
    place_kinds = [kind for kind in words.place_kinds.values() if kind.visibility in (None, "full")]
    view = FindingView(
        to=site.config.publisher.email or "",
        needs=internal,
        kinds=_options(context, _open_kinds(words)),
        place_kinds=_options(context, place_kinds),
        provider_kinds=_options(context, words.provider_kinds.values()),
        gifts=tuple(gift_kinds(context).items()),
        providers=_options(context, site.providers.values()),
        spaces=[(name, named(context, name)) for name in tree(context)],
        topics=_topics(context, grave=False),
        need_topics=_topics(context, grave=True) if internal else (),
    )
    toc = [
        (internal, "frage", _("Frage zum Schluss")),
        (True, "angebot", _("Ein Angebot")),
        (True, "ort", _("Ein Ort")),
        (True, "kontakt", _("Ein Kontakt")),
    ]
    return Page(
        path=path,
        lang=context.lang,
        family="finding",
        title=_("Etwas gefunden"),
        description=_("Kurze Formulare für neue Angebote, Orte und Kontakte im Sozialraum."),
        body=context.explain(path, context.render(view, path)),
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
        toc=[Heading(anchor, label) for shown, anchor, label in toc if shown],
    )


def _topics(context: Context, *, grave: bool) -> list[TopicGroup]:
    """Return the topics by life situation, those of violence only where they are `grave` too; a situation without any is left out."""
    words = context.site.words
    groups = []
    for situation in words.situations():
        topics = [topic for topic in words.below(situation.id) if grave or not words.is_grave(topic.id)]
        if topics:
            name = context.texts.of(situation, "phrase").text or context.texts.name(situation)
            groups.append(TopicGroup(name, _options(context, topics)))
    return groups


def _open_kinds(words: Vocabularies) -> list[OfferKind]:
    """Return the kinds of offers of which a form may tell: none that is discreet or protects somebody."""
    kinds = [kind for kind in words.kinds.values() if kind.id not in PROTECTION]
    return [kind for kind in kinds if not kind.discreet and kind.sensitivity == "normal"]


def _options(context: Context, words: Iterable[Word | Provider]) -> Options:
    named_words = ((word.id, context.texts.name(word)) for word in words)
    return sorted(named_words, key=lambda item: sort_key(item[1]))
