"""A context in, the files of danger out: phrases in all languages, the boxes of the town, what boxes say in each language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from generator.model.crisis import DangerLanguage, Need
from generator.render.base.context import Context
from generator.render.data_files.search_entries import index_order
from generator.render.directory.danger_boxes import danger_boxes, danger_language
from generator.search.danger_data import Below, Spoken, danger


def danger_files(context: Context) -> dict[str, bytes]:
    """Return the files of danger by their paths; a town without help numbers has none."""
    boxes = danger_boxes(context)
    if not boxes:
        return {}
    spoken = [_spoken(context, one) for one in context.words.danger_words.values()]
    own = [one.language for one in _own(context)]
    first, later = danger(boxes, spoken, own, get_args(Need), _below(context))
    return {
        f"search/danger.{context.lang}.json": first,
        f"search/danger_later.{context.lang}.json": later,
    }


def _own(context: Context) -> Iterator[DangerLanguage]:
    """The page's language and that of the data, where boxes speak them."""
    for language in dict.fromkeys((context.lang, context.site.config.language)):
        spoken = danger_language(context, language)
        if spoken is not None:
            yield spoken


def _spoken(context: Context, one: DangerLanguage) -> Spoken:
    """Return what is said in a language; whom a number is for is told by the file of danger, else by the translation of the number."""
    texts = {}
    if one.words is not None:
        translated = {
            key: number.translations.get(one.language) for key, number in context.words.help.items()
        }
        numbers = {key: said.for_whom for key, said in translated.items() if said is not None}
        numbers |= one.numbers
        texts = {**one.words.model_dump(), "says": one.says, "needs": one.needs, "numbers": numbers}
    return Spoken(one.language, one.phrases, one.groups, texts)


def _below(context: Context) -> Below:
    """What may not stand below a box, by its place in the search index."""
    words, offers = context.words, context.site.offers
    users = _with_violence(context, "last")
    violent = tuple(key for key in words.topics if words.is_grave(key))
    grave = {key for key, offer in offers.items() if not set(violent).isdisjoint(offer.topics)}
    order = tuple(index_order(context))
    return Below(
        held=_places(order, _held_back(context, users)),
        joint=_places(order, {"offer": _with_violence(context, "off")}),
        users=_places(order, {"offer": users}),
        grave=_places(order, {"offer": grave, "topic": set(violent)}),
        topics=violent,
    )


def _with_violence(context: Context, place: str) -> set[str]:
    """Return the offers that stand last or not at all where somebody looks for help against violence: `last` or `off`."""
    return {key for key, facts in context.facts.offers.items() if facts.with_violence == place}


def _held_back(context: Context, users: set[str]) -> dict[str, set[str]]:
    """Return what is held back under a box, by kind; not the offers for the `users` of violence, which have a rule of their own."""
    words = context.words
    offers = {key for key, facts in context.facts.offers.items() if facts.held_back}
    return {
        "offer": offers - users,
        "topic": {key for key, topic in words.topics.items() if topic.held_back},
        "term": {key for key, term in words.glossary.items() if term.held_back},
    }


def _places(order: Sequence[tuple[str, str]], wanted: Mapping[str, set[str]]) -> tuple[int, ...]:
    return tuple(place for place, (kind, key) in enumerate(order) if key in wanted.get(kind, ()))
