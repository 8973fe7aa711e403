"""Write files by which the browser's search knows words of danger and shows whom to call (boxes)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

from generator.files.packaged import once
from generator.search.packing import distances, packed_json
from generator.search.word_forms import fold, stop_words

Part = dict[str, Any]
"""What stands in a file for browsers."""
_SIGNS = re.compile(r"([+/])")
"""In a phrase (`Tür/Fenster+ein`) `+` joins words that all must be there, `/` words of which one must."""
_GROUP = re.compile("[A-Z]{2,}")
"""The name of a group of words (`KID`: Kind, Sohn, Tochter …) in a phrase, in the place of one of them."""
SMALL = range(3, 7)
"""Letters of a little word that tells a language: shorter ones (in, am, la) stand in Arabic chats, too, longer ones hardly ever alone."""


class HelpLine(Struct, frozen=True):
    """Whom to call, or a page; what isn't known is empty."""

    name: str = ""
    lang: str = ""  # of the name, where it isn't the page's
    mark: str = ""  # `bed`: one can sleep there; `duty`: an office's service out of hours
    phone: str = ""  # as written
    tel: str = ""  # its link: `tel:110`
    for_whom: str = ""
    always: bool = False  # whether it answers day and night
    hours: str = ""  # as compact JSON
    when: str = ""  # the hours in words
    url: str = ""
    chat: str = ""
    sign_language: str = ""  # a page for people who use it
    languages: tuple[str, ...] = ()
    called: tuple[str, ...] = ()  # names of an emergency number: who types one sees it first
    deputies: tuple[tuple[str, str], ...] = ()  # who stands in (number, link), for professionals
    local: bool = False  # whether it is the town's own


class Box(Struct, frozen=True):
    """What stands above hits in a dangerous situation (`DangerSituation` in `model/crisis.py`)."""

    id: str
    quiet: bool  # shown only at grave words and under a quiet heading, for others may see the screen
    first: tuple[HelpLine, ...]  # whom to call first
    needs: tuple[tuple[str, tuple[HelpLine, ...]], ...]  # further lines by the need that they answer
    topics: tuple[str, ...]  # that it is about
    offers: tuple[int, ...]  # index places of all about it, the nearest first; none where somebody can't wait


class Spoken(Struct, frozen=True):
    """A language's words of danger, and what boxes say in it."""

    language: str
    phrases: Mapping[Any, Sequence[str]]  # by situation
    groups: Mapping[str, Sequence[str]]  # by name (`KID`) the words of a group
    texts: Mapping[str, Any]  # empty: its phrases are understood, and no box speaks it
    equal: Mapping[str, Sequence[str]] = {}  # by little word how else it is typed


class Apart(Struct, frozen=True):
    """What the search shows or hides otherwise for professionals and in violence."""

    joint: tuple[int, ...] = ()  # index places of offers that talk with both sides
    users: tuple[int, ...] = ()  # index places of offers for who uses violence
    topics: tuple[str, ...] = ()  # of violence
    duty: tuple[HelpLine, ...] = ()  # offices that protect children, their services out of hours first
    advisers: tuple[HelpLine, ...] = ()  # on child protection (§ 8b SGB VIII)


def danger(
    boxes: Sequence[Box],
    spoken: Iterable[Spoken],
    own: Sequence[str],
    needs: Mapping[str, Sequence[str]],
    apart: Apart,
) -> tuple[bytes, bytes]:
    """Return two files: boxes with the words of the page's `own` languages, and the words of the others.

    The main language is the last of `own`. `needs` are lists of needs by what they have in common, copied as they are.
    The second file also has little words that tell a language (`_small`).
    """
    lines: dict[HelpLine, int] = {}
    situations = {box.id: _situation(box, lines) for box in boxes}
    professionals = {
        "duty": _number_lines(apart.duty, lines),
        "advisers": _number_lines(apart.advisers, lines),
    }
    languages = once(by_language, tuple(spoken))
    content = {
        "order": [box.id for box in boxes],
        **needs,
        "situations": situations,
        "professionals": professionals,
        "lines": [_describe_line(line) for line in lines],
        "own": list(own),
        "joint": distances(apart.joint),
        "users": distances(apart.users),
        "grave": list(apart.topics),
        "phrases": {one: phrases for one, phrases in languages.items() if one in own},
    }
    others = {one: phrases for one, phrases in languages.items() if one not in own}
    return packed_json(content), packed_json({"phrases": others, "small": " ".join(_small({*own, "en"}))})


def _small(languages: Iterable[str]) -> list[str]:
    """List languages' little words, beside which nothing is romanised Arabic or Russian."""
    empty_words = frozenset[str]().union(*map(stop_words, languages))
    return sorted(word for word in empty_words if len(word) in SMALL)


def _situation(box: Box, lines: dict[HelpLine, int]) -> Part:
    """Write a box with line numbers, adding to `lines`."""
    needs = {need: _number_lines(needed, lines) for need, needed in box.needs}
    content = {
        "quiet": int(box.quiet),
        "first": _number_lines(box.first, lines),
        "needs": needs,
        "topics": list(box.topics),
        "offers": distances(box.offers),
    }
    return _filled(content)


def _number_lines(found: Iterable[HelpLine], lines: dict[HelpLine, int]) -> list[int]:
    """Return lines' numbers, adding new ones."""
    return [lines.setdefault(line, len(lines)) for line in found]


def by_language(spoken: Iterable[Spoken]) -> dict[str, Part]:
    """Return by language its `groups`, `texts`, `equal` and, by situation, phrases between commas; a language may come several times."""
    found: dict[str, Part] = {}
    for one in spoken:
        of_language = found.setdefault(one.language, {"groups": {}})
        of_language["groups"] |= {
            name: "/".join(sorted(map(folded, words))) for name, words in one.groups.items()
        }
        for situation, words in one.phrases.items():
            earlier = [of_language[situation]] if situation in of_language else []
            of_language[situation] = ",".join([*earlier, *sorted(map(_in_order, words))])
        if one.texts:
            of_language["texts"] = one.texts
        if one.equal:
            of_language["equal"] = {fold(word): [*map(fold, typed)] for word, typed in one.equal.items()}
    return dict(sorted(found.items(), key=_by_letters))


def _by_letters(spoken: tuple[str, Part]) -> tuple[str, str]:
    """Return a key that puts languages with the same letters together, so that the file packs better."""
    language, phrases = spoken
    return max("".join(phrases["groups"].values()), default=""), language


def _in_order(phrase: str) -> str:
    """Fold a phrase and sort its words, whose order says nothing: `Tür/Fenster+ein` is `ein+fenster/tur`."""
    required = folded(phrase).split("+")
    return "+".join(sorted("/".join(sorted(words.split("/"))) for words in required))


@lru_cache(maxsize=1 << 14)
def folded(phrase: str) -> str:
    """Fold a phrase part by part, keeping signs and group names.

    >>> folded("Tür/Fenster+ein"), folded("verprügel*"), folded("KID+im  Haus")
    ('tur/fenster+ein', 'verprugel*', 'KID+im haus')
    """
    return "".join(_fold_part(part) for part in _SIGNS.split(phrase))


def _fold_part(part: str) -> str:
    """Fold words but group names and `*`, which stands for any ending."""
    words = " ".join(part.split())
    if _GROUP.fullmatch(words):
        return words
    return "*".join(fold(piece) for piece in words.split("*"))


def _describe_line(line: HelpLine) -> Part:
    return _filled(
        {
            "name": line.name,
            "lang": line.lang,
            "mark": line.mark,
            "phone": line.phone,
            "tel": line.tel,
            "for": line.for_whom,
            "always": int(line.always),
            "hours": json.loads(line.hours or "null"),
            "when": line.when,
            "url": line.url,
            "chat": line.chat,
            "sign": line.sign_language,
            "languages": list(line.languages),
            "called": [fold(name) for name in line.called],
            "deputies": [list(one) for one in line.deputies],
            "local": int(line.local),
        }
    )


def _filled(values: Part) -> Part:
    """Leave out what is empty, false or 0."""
    return {key: value for key, value in values.items() if value not in ("", None, [], {}, 0)}
