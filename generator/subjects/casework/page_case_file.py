"""Takes what the preparation of a case says of each offer and hands out the one JSON file that its script reads.

`assets/js/case_ladder.js` reads it beside the directory's files, in whose order the offers stand. It holds nothing that depends on a
case: whoever opens the workspace loads the whole of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from generator.search.goal_words import empty_words, kin_words, people, turns, verbs
from generator.search.packing import pack_columns, packed_json
from generator.search.word_forms import fold, fold_words

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
