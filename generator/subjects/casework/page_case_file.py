"""A context in, the one JSON file out that the workspace's script reads: of each offer its place on the ladder, the way in, who may refer; words of goals.

`assets/js/case_ladder.js` reads it beside the directory's files, in whose order the offers stand. It holds nothing that depends on a
case: whoever opens the workspace loads the whole of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from generator.model.facts import OfferFacts
from generator.model.offer import Offer
from generator.model.vocabulary import OfferKind, TargetGroup, Topic
from generator.render.base.context import Context
from generator.render.base.wording import basis_text, languages_text, waiting_text
from generator.render.data_files.search_entries import directory_order
from generator.render.directory.glance import referrers_text, way_text
from generator.render.directory.offer_order import shelf_of
from generator.search.goal_words import empty_words, kin_words, people, turns, verbs
from generator.search.packing import pack_columns, packed_json
from generator.search.word_forms import base, fold, fold_words

VERSION = 1


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One offer: where it stands (`shelf`), what kind it is, who may refer, how long one waits, and whom to call.

    `topic` is what it is about first, `kind` an id and `kind_name` its words; `kept` says whether the own list holds it, so that it
    may be handed out. `only` names the groups for which alone it is, where somebody who belongs to them would say so; `of` all for whom
    it is, `own` the months („168-299“, „216-“) of those who come themselves, nothing where the ages are those of children. `open` is said of what one just goes to: there is nothing to wait for.
    `neighbours` of where all may do so, to be among others.
    """

    shelf: str
    topic: str
    kind: str
    kind_name: str
    basis: str = ""
    way: str = ""
    refer: str = ""
    waiting: str = ""
    languages: str = ""
    checked: str = ""
    phone: str = ""
    kept: str = ""
    only: str = ""
    of: str = ""
    own: str = ""
    open: str = ""
    neighbours: str = ""


@dataclass(frozen=True, slots=True)
class Aid:
    """A kind of help that an office decides on: how it is called, by the trade and by families."""

    kind: str
    name: str
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class CaseTopic:
    """A topic: its name, with which a result says why it fits, its life situation, what stands in goals about it, and whether it is a joy.

    `ages` are the months of those whom the situation concerns, lowest and highest, or nothing.
    """

    name: str
    situation: str
    goals: Sequence[str] = ()
    strength: bool = False
    ages: tuple[int, int | None] | None = None


@dataclass(frozen=True, slots=True)
class CaseCondition:
    """What an offer's name says of its people: beginnings of words, the topic that it then has or nothing, and what those people say."""

    named: Sequence[str]
    topic: str
    goals: Sequence[str]


@dataclass(frozen=True, slots=True)
class GoalWords:
    """What goals say in one language: of topics below the life situations, of somebody who belongs to a group, of a kind of offer; each by its id."""

    language: str
    topics: Mapping[str, CaseTopic]
    groups: Mapping[str, Sequence[str]]
    kinds: Mapping[str, Sequence[str]]


def case_file(
    rows: Sequence[CaseRow], aids: Sequence[Aid], conditions: Sequence[CaseCondition], goals: GoalWords
) -> bytes:
    """Write the file: the offers, kinds of help, what names of offers say of their people, and what goals say."""
    language, topics = goals.language, goals.topics
    content = {
        "version": VERSION,
        "size": len(rows),
        "columns": pack_columns(rows, [item.name for item in fields(CaseRow)]),
        "aids": [[aid.kind, aid.name, _folded(aid.words)] for aid in aids],
        "topics": {key: _topic(topic) for key, topic in topics.items()},
        "groups": {key: _folded(phrases) for key, phrases in goals.groups.items()},
        "kinds": {key: _folded(phrases) for key, phrases in goals.kinds.items()},
        "strengths": [key for key, topic in topics.items() if topic.strength],
        "empty": " ".join(sorted(empty_words(language))),
        "turns": turns(language),
        "kin": kin_words(language),
        "verbs": verbs(language),
        "people": people(language),
        "conditions": _conditions(conditions),
    }
    return packed_json(content)


def _topic(topic: CaseTopic) -> list[Any]:
    return [topic.name, topic.situation, _folded(topic.goals), topic.ages]


def _conditions(conditions: Iterable[CaseCondition]) -> list[list[Any]]:
    """Return a row for each sign in a name: the sign, the topic, and what the people say."""
    rows: list[list[Any]] = []
    for condition in conditions:
        said = _folded(condition.goals)
        rows += [[fold(sign), condition.topic, said] for sign in condition.named]
    return rows


def _folded(phrases: Iterable[str]) -> list[str]:
    """Fold phrases; of those that are then the same one stays."""
    return list(dict.fromkeys(map(fold_words, phrases)))


FILE = "angebote.json"


def case_files(context: Context) -> dict[str, bytes]:
    """Return the workspace's file by its path."""
    words = context.site.words
    groups, kinds = _all_goals(context, words.target_groups), _all_goals(context, words.kinds)
    goals = GoalWords(context.lang, dict(_topics(context)), groups, kinds)
    conditions = [
        CaseCondition(row.named, row.topic or "", row.goals)
        for row in words.conditions.values()
        if base(row.language) == base(context.lang)
    ]
    rows = [_row(context, key) for key in directory_order(context)]
    return {context.path("case") + FILE: case_file(rows, list(_aids(context)), conditions, goals)}


def _topics(context: Context) -> Iterator[tuple[str, CaseTopic]]:
    """Yield the topics below the life situations by id; strengths and ages are those of the situation."""
    topics = context.site.words.topics
    for key, topic in topics.items():
        if topic.parent is not None:
            situation = topics[topic.parent]
            ages = (situation.ages.lower, situation.ages.upper) if situation.ages else None
            name, goals = context.texts.name(topic), _goals(context, topic)
            yield key, CaseTopic(name, topic.parent, goals, strength=situation.strengths, ages=ages)


def _all_goals(context: Context, words: Mapping[str, TargetGroup | OfferKind]) -> dict[str, tuple[str, ...]]:
    """Return what stands in goals about each word; words without are left out."""
    goals = {key: _goals(context, word) for key, word in words.items()}
    return {key: said for key, said in goals.items() if said}


def _row(context: Context, key: str) -> CaseRow:
    texts = context.texts
    offer, facts = context.site.offers[key], context.facts.offers[key]
    kind = context.site.words.kinds[offer.kind]
    way, _said = way_text(context, offer, facts)
    return CaseRow(
        shelf=shelf_of(context, key),
        topic=offer.topics[0],
        kind=kind.id,
        kind_name=texts.name(kind),
        basis=basis_text(kind.legal_basis),
        way=way,
        refer=referrers_text(context, offer, facts),
        waiting=waiting_text(context, offer, facts),
        languages=languages_text(context, offer),
        checked=texts.date(offer.checked, short=True) if offer.checked else "",
        phone=facts.contact.number,
        kept=_sign(not facts.sensitive),
        only=" ".join(offer.for_) if _only(context, offer.for_) else "",
        of=" ".join(offer.for_),
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


def _goals(context: Context, word: Topic | TargetGroup | OfferKind) -> tuple[str, ...]:
    if context.lang == context.site.config.language:
        return word.goals
    translated = word.translations.get(context.lang)
    return translated.goals if translated is not None else ()


def _aids(context: Context) -> Iterator[Aid]:
    """The kinds that a family may ask for by their names; those that nobody asks for by name are left out."""
    words = context.site.words
    for kind in words.kinds.values():
        if kind.layer == "hze" or kind.claim:
            yield Aid(kind.id, context.texts.name(kind), tuple(_called(context, kind)))


def _called(context: Context, kind: OfferKind) -> Iterator[str]:
    """How it is called; words that mean something else too, such as a diagnosis, ask for no help by its name."""
    yield context.texts.name(kind)
    for row in context.site.words.synonyms.values():
        if row.language == context.lang and row.means == (kind.id,):
            yield from row.words
