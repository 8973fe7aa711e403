"""A context in, the one JSON file out that the workspace's script reads: of each offer its place on the ladder, the way in, who may refer, how long one waits; which words in goals lead to which topic or kind of help, what names of offers say of their people.

`assets/js/case_ladder.js` reads it beside the directory's files, in whose order the offers stand. It holds nothing that depends on a
case: whoever opens the workspace loads the whole of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from generator.model.facts import OfferFacts
from generator.model.offer import Offer
from generator.model.vocabulary import OfferKind, TargetGroup, Topic, Vocabularies
from generator.render.base.context import Context
from generator.render.base.wording import basis_text, for_whom, languages_text
from generator.render.data_files.search_entries import directory_order
from generator.render.directory.glance import referrers_text, way_text
from generator.render.directory.offer_order import shelf_of
from generator.search.goal_words import empty_words, kin_words, people, turns, verbs
from generator.search.packing import pack_columns, packed_json
from generator.search.word_forms import base, fold, fold_words

VERSION = 1
FILE = "angebote.json"


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One offer: where it stands (`shelf`), what kind it is, for whom, who may refer, and whom to call.

    `topic` is what it is about first, `kind` an id. `only` names the groups for which alone it is, where somebody who belongs to them would say so; `of` all for whom
    it is, `own` the months („168-299“, „216-“) of those who come themselves, nothing where the ages are those of children. `open` is said of what one just goes to: there is nothing to wait for.
    `neighbours` of where all may do so, to be among others.
    """

    shelf: str
    topic: str
    kind: str
    basis: str = ""
    way: str = ""
    refer: str = ""
    whom: str = ""
    languages: str = ""
    checked: str = ""
    phone: str = ""
    only: str = ""
    of: str = ""
    own: str = ""
    open: str = ""
    neighbours: str = ""


def case_files(context: Context) -> dict[str, bytes]:
    """Return the workspace's file by its path: offers, kinds of help, what names of offers say of their people, and what goals say."""
    words, language = context.site.words, context.lang
    rows = [_row(context, key) for key in directory_order(context)]
    content = {
        "version": VERSION,
        "size": len(rows),
        "columns": pack_columns(rows, [item.name for item in fields(CaseRow)]),
        "aids": list(_aids(context)),
        "topics": dict(_topics(context)),
        "groups": _all_goals(context, words.target_groups),
        "kinds": _all_goals(context, words.kinds),
        "strengths": list(_strengths(words)),
        "empty": " ".join(sorted(empty_words(language))),
        "turns": turns(language),
        "kin": kin_words(language),
        "verbs": verbs(language),
        "people": people(language),
        "conditions": list(_conditions(context)),
    }
    return {context.path("case") + FILE: packed_json(content)}


def _topics(context: Context) -> Iterator[tuple[str, list[Any]]]:
    """Yield the topics below the life situations by id: name, situation, what stands in goals, and the months of those whom the situation concerns."""
    topics = context.site.words.topics
    for key, topic in topics.items():
        if topic.parent is not None:
            ages = topics[topic.parent].ages
            months = None if ages is None else (ages.lower, ages.upper)
            yield key, [context.texts.name(topic), topic.parent, _goals(context, topic), months]


def _strengths(words: Vocabularies) -> Iterator[str]:
    """Yield the topics of situations that are a joy."""
    for key, topic in words.topics.items():
        if topic.parent is not None and words.topics[topic.parent].strengths:
            yield key


def _conditions(context: Context) -> Iterator[list[Any]]:
    """Yield what an offer's name says of its people: each sign in a name, the topic that it then has or nothing, and what those people say."""
    for row in context.site.words.conditions.values():
        if base(row.language) == base(context.lang):
            said = _folded(row.goals)
            for sign in row.named:
                yield [fold(sign), row.topic or "", said]


def _all_goals(context: Context, words: Mapping[str, TargetGroup | OfferKind]) -> dict[str, list[str]]:
    """Return what stands in goals about each word; words without are left out."""
    goals = {key: _goals(context, word) for key, word in words.items()}
    return {key: said for key, said in goals.items() if said}


def _folded(phrases: Iterable[str]) -> list[str]:
    """Fold phrases; of those that are then the same one stays."""
    return list(dict.fromkeys(map(fold_words, phrases)))


def _row(context: Context, key: str) -> CaseRow:
    texts = context.texts
    offer, facts = context.site.offers[key], context.facts.offers[key]
    kind = context.site.words.kinds[offer.kind]
    way, _said = way_text(context, offer, facts)
    groups = " ".join(offer.for_)
    return CaseRow(
        shelf=shelf_of(context, key),
        topic=offer.topics[0],
        kind=kind.id,
        basis=basis_text(kind.legal_basis),
        way=way,
        refer=referrers_text(context, offer, facts),
        whom=for_whom(context, offer),
        languages=languages_text(context, offer),
        checked=texts.date(offer.checked, short=True) if offer.checked else "",
        phone=facts.contact.number,
        only=groups if _only(context, offer.for_) else "",
        of=groups,
        own=_own(offer),
        open=_sign(facts.way == "open"),
        neighbours=_sign(_for_neighbours(context, offer, facts)),
    )


def _sign(holds: bool) -> str:
    """How a row writes down what holds of an offer."""
    return "1" if holds else ""


def _for_neighbours(context: Context, offer: Offer, facts: OfferFacts) -> bool:
    """Whether all may just come, to what is everyday life or a meeting place of which one of its topics thinks first."""
    words = context.site.words
    thought_of = any(offer.kind in words.topics[topic].first_offers for topic in offer.topics)
    meeting = facts.layer == "everyday" or (words.kinds[offer.kind].leisure and thought_of)
    return meeting and facts.way == "open" and not offer.for_ and not facts.sensitive


def _own(offer: Offer) -> str:
    """The months of those who come themselves, „168-299“ or „216-“."""
    if offer.ages is None or offer.ages_of != "participant":
        return ""
    return f"{offer.ages.lower}-{'' if offer.ages.upper is None else offer.ages.upper}"


def _only(context: Context, groups: Collection[str]) -> bool:
    """Whether it is for nobody but groups to which people say that they belong."""
    known = context.site.words.target_groups
    return bool(groups) and all(known[group].goals for group in groups)


def _goals(context: Context, word: Topic | TargetGroup | OfferKind) -> list[str]:
    """Return what stands in goals about a word, in the context's language, folded."""
    if context.lang == context.site.config.language:
        return _folded(word.goals)
    translated = word.translations.get(context.lang)
    return _folded(translated.goals) if translated is not None else []


def _aids(context: Context) -> Iterator[list[Any]]:
    """Yield the kinds that a family may ask for by their names, each as id, name, and how it is called; those that nobody asks for by name are left out."""
    words = context.site.words
    for kind in words.kinds.values():
        if kind.layer == "hze" or kind.claim:
            yield [kind.id, context.texts.name(kind), _folded(_called(context, kind))]


def _called(context: Context, kind: OfferKind) -> Iterator[str]:
    """How it is called; words that mean something else too, such as a diagnosis, ask for no help by its name."""
    yield context.texts.name(kind)
    for row in context.site.words.synonyms.values():
        if row.language == context.lang and row.means == (kind.id,):
            yield from row.words
