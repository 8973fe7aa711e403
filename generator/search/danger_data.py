"""Takes the words of danger, the answers and their lines and hands out the one file that browsers read before they search.

`assets/js/danger.js` reads it. Words are folded here as the browser folds what is typed; those of several entries of a
language are joined. The file holds nothing that depends on what anybody typed, and every visitor who searches loads it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from generator.search.folding import fold
from generator.search.packing import distances

_PARTS = re.compile(r"([ +/])")


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A line of an answer as the browser shows it; `hours` is a compact schedule (JSON), `when` its words.

    `always` means day and night. A line with a `url` of ours is an offer: where its times are those of a meeting and not
    of a telephone it has no hours.
    """

    name: str
    phone: str = ""
    tel: str = ""
    for_whom: str = ""
    always: bool = False
    hours: str = ""
    when: str = ""
    url: str = ""
    further: tuple[tuple[str, str], ...] = ()
    chat: str = ""
    sign_language: str = ""
    languages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands above the hits: its title and sentence, its lines and the one that comes first when it is urgent."""

    title: str
    says: str
    lines: tuple[HelpLine, ...]
    acute: HelpLine
    violence: bool = False
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Helping:
    """Places in the search index of offers that the lines of the same answers may name; `only`: they are for some people alone."""

    answers: tuple[str, ...]
    only: bool
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """Places in the search index of what is never suggested beside violence, and of what comes last there."""

    off: tuple[int, ...] = field(default=())
    last: tuple[int, ...] = field(default=())


def danger(
    words: Iterable[tuple[str, Mapping[str, Sequence[str]]]],
    answers: Mapping[str, Answer],
    injured: HelpLine,
    aside: Aside,
    grave: Sequence[str] = (),
    helping: Iterable[Helping] = (),
) -> bytes:
    """Write the file: words by language and class, answers by id, every line once, the ids of grave topics, and who helps in which danger."""
    lines: dict[HelpLine, int] = {}

    def place(line: HelpLine) -> int:
        return lines.setdefault(line, len(lines))

    written = {
        key: _filled(
            {
                "title": answer.title,
                "says": answer.says,
                "lines": [place(line) for line in answer.lines],
                "acute": place(answer.acute),
                "violence": int(answer.violence),
                "topics": list(answer.topics),
            }
        )
        for key, answer in answers.items()
    }
    content = {
        "words": _words(words),
        "answers": written,
        "injured": place(injured),
        "grave": list(grave),
        "off": list(aside.off),
        "last": list(aside.last),
        "helping": [[list(one.answers), int(one.only), distances(one.places)] for one in helping],
    }
    content["lines"] = [_line(line) for line in lines]
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _words(entries: Iterable[tuple[str, Mapping[str, Sequence[str]]]]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, dict[str, None]]] = {}
    for language, classes in entries:
        for name, words in classes.items():
            there = found.setdefault(language, {}).setdefault(name, {})
            there |= dict.fromkeys(folded(word) for word in words)
    return {
        language: {name: ",".join(words) for name, words in classes.items()}
        for language, classes in found.items()
    }


@lru_cache(maxsize=1 << 15)
def folded(entry: str) -> str:
    """Fold an entry part by part; its signs stay, and what counts with its accents is only put in lower case.

    >>> folded("Tür/Fenster+ein"), folded("verprügel*"), folded("=Biję"), folded("vor$"), folded("dön*üm")
    ('tur/fenster+ein', 'verprugel*', '=biję', 'vor$', 'don*um')
    """
    return "".join(_part(part) for part in _PARTS.split(entry.strip()))


def _part(part: str) -> str:
    if part in (" ", "+", "/", "#", "##", "###", ""):
        return part
    if part.startswith("="):
        return part.lower()
    end = "$" if part.endswith("$") else ""
    return "*".join(fold(piece) for piece in part.removesuffix("$").split("*")) + end


def _line(line: HelpLine) -> dict[str, Any]:
    return _filled(
        {
            "name": line.name,
            "phone": line.phone,
            "tel": line.tel,
            "for": line.for_whom,
            "always": int(line.always),
            "hours": json.loads(line.hours) if line.hours else None,
            "when": line.when,
            "url": line.url,
            "further": [list(one) for one in line.further],
            "chat": line.chat,
            "sign": line.sign_language,
            "languages": [list(one) for one in line.languages],
        }
    )


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", None, [], False)}
