"""A context in, what the preparation of a case says of each offer out: its place on the ladder, the way in, who may refer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from generator.model.facts import OfferFacts
from generator.model.offer import Offer
from generator.model.vocabulary import OfferKind, TargetGroup, Topic
from generator.render.base.context import Context
from generator.render.base.wording import basis_text, languages_text, waiting_text
from generator.render.data_files.search_entries import directory_order
from generator.render.directory.glance import referrers_text, way_text
from generator.render.directory.offer_order import shelf_of
from generator.search.languages import base
from generator.subjects.casework.page_case_file import (
    Aid,
    CaseCondition,
    CaseRow,
    CaseTopic,
    GoalWords,
    case_file,
)

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
