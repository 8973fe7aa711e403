"""A text in, the numbers in it that could say how many people were counted out.

A number is `firm` when its words say that it is a figure (per cent, people, „nur“) or when it stands alone. Any other is open: a
distance, an age, a count of something; only somebody who reads the sentence can tell.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

NUMBER = re.compile(
    r"(?<![\w.,])[-−]?\d{1,3}(?:[.,'\u00a0\u202f\u2009 ]\d{3})+(?:[.,]\d+)?(?![\w])|(?<![\w.,])[-−]?\d+(?:[.,]\d+)?(?!\w)"
)
APART = "\u2063"
"""Stands where one element of a page ends and another begins."""
WORDS = {
    word: number
    for number, words in enumerate(
        (
            "keine kein keinen keinem keiner no",
            "ein eine einen einem einer eines one",
            "zwei zweien zweier beide beiden two both",
            "drei dreien dreier three",
            "vier four",
            "fünf five",
            "sechs six",
            "sieben seven",
            "acht eight",
            "neun nine",
            "zehn ten",
            "elf eleven",
            "zwölf twelve",
            "dreizehn thirteen",
            "vierzehn fourteen",
            "fünfzehn fifteen",
            "sechzehn sixteen",
            "siebzehn seventeen",
            "achtzehn eighteen",
            "neunzehn nineteen",
            "zwanzig twenty",
        )
    )
    for word in words.split()
}
"""Numbers in words; „ein“ is mostly an article, so it counts only after „nur“, „genau“, „einzig“ and their like."""

PEOPLE = re.compile(
    r"(?:kind(?:er|ern|es)?|säuglinge?n?|babys?|famili(?:e|en)|haushalten?|haushalte?s?|mensch(?:en)?|person(?:en)?|personen|leuten?|"
    r"jugendlichen?[rn]?|heranwachsenden?|eltern|elternteilen?|müttern?|mutter|vätern?|vater|mädchen|jungen|jungs|töchtern?|söhnen?|"
    r"frauen?|männern?|mann|(?<!zu)(?<!ab)(?<!aus)(?<!bei)(?<!an)(?<!un)f(?:älle|ällen|all|alles)|hilfen?|meldung(?:en)?|schüler(?:n|innen|in)?|betroffenen?[rn]?|alleinerziehenden?[rn]?|"
    r"bewohner(?:n|innen|in|/innen)?|einwohner(?:n|innen|in|/innen)?|bedarfsgemeinschaft(?:en)?|anträgen?|antrag|geburten?|"
    r"child|children|family|families|households?|people|persons?|cases?|girls?|boys?|women|men|parents|residents|pupils|aids?|reports?)\Z",
    re.IGNORECASE,
)
"""Words for those who are counted, at the end of a noun: „Pflegekinder“ are people, „Kinderzimmer“ are none."""

ADDRESSES = re.compile(
    r"\b(?:https?|mailto|tel|urn|data):[^\s<>\"]+|\bwww\.\S+|(?<![\w.+-])[\w.+-]+@[\w.-]+|<[^<>\s]*>",
    re.IGNORECASE,
)
"""Addresses of pages and people, which may hold names and numbers of their own."""

_HARMLESS = re.compile(
    # Days of a calendar, identifiers, versions, ordinal numbers.
    r"\b\d{4}-\d{2}(?:-\d{2})?(?:T[\d:.Z+-]*)?(?!\d)|\b(?=\w*[a-zäöüß_])(?=\w*\d)[\w.-]*\w|\b\d+(?:\.\d+){2,}\b"
    r"|\b[a-z]+(?:[-/][a-z]+){0,8}-\d+(?:-\d+)*\b|\b\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?(?!\d)|\b\d{1,2}\.\s(?-i:(?=[A-ZÄÖÜ]|\s))"
    # Ways, prices and times; a class of a map with the number of its areas.
    r"|\b\d[\d.,]*[\s-]?(?:k?m|€|uhr)(?!\w)|\b\d[\d.,]*\s?–\s?\d[\d.,]*\s?%?[ \u2063]+\d+ (?:gebiete?|areas?)\b"
    # How a figure is made.
    r"|\b(?:mit )?9[059](?:[.,]\d)?[\s-]?(?:%|prozent|percent)-?\s?(?:bereich|intervall?|sicherheit|confidence)\w*"
    r"|\b(?:mal|je|pro|per|auf|von|aus|out of|of|times|in) (?:100|1[., ]?000|10[., ]?000|100[., ]?000)\b(?! (?:%|prozent))",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    r"[\s\u00a0\u202f-]{0,5}(?:%|‰|prozent|promille|percent|per cent|von hundert|je 1)", re.IGNORECASE
)
_ONLY = re.compile(
    r"(?:nur|genau|lediglich|insgesamt|zusammen|gesamt|einzige[rsnm]?|anzahl|zahl|zähler|wert|quote|anteil|waren es|sind es|es sind|es waren|only|exactly|just|total|count|value|rate|share)"
    r"[:\s\u00a0=]*(?:noch |aber |etwa |rund |ca\.? |noch |it was )?\Z",
    re.IGNORECASE,
)
_NEXT = re.compile(r"[\s\u00a0\u202f\u2063]{1,5}(?:\(?[a-zäöüß]{1,40}[\s\u00a0]{1,5}){0,2}?([\wÄÖÜäöüß/-]+)")
_NOUN = re.compile(
    r"[\s\u00a0\u202f]{1,5}(?:[a-zäöüß]{1,40}[\s\u00a0]{1,5}){0,2}?([A-ZÄÖÜ][a-zäöüß][\wäöüß/-]*)"
)
_COMPOUND = re.compile(r"-([A-ZÄÖÜ][a-zäöüß][\wäöüß-]*)")
_WORD = re.compile(r"\b[A-Za-zäöüÄÖÜß]+\b")
_MASK = " \x00 "
# A value alone, perhaps with a unit, a sign or an interval.
_ALONE = re.compile(
    r"[^\w]*+\d[\d.,\s\u00a0\u202f\u2009–()-]*+(?:%|‰|prozent|percent)?[^\w]*+", re.IGNORECASE
)
_BEFORE = 40
"""Letters before a number that can say that it is a figure."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text: what it can mean, and whether its words say that it is a figure."""

    values: tuple[Decimal, ...]
    firm: bool


def numbers(text: str, counted: Collection[str] = ()) -> tuple[Number, ...]:
    """Return the numbers of a text that could be figures, names of areas and indicators already taken out.

    `counted` are the nouns, in lower case, that an indicator counts.

    >>> [str(item.values[0]) for item in numbers("Stand 2026-11-20: nur 3 Familien, 2 Spielplätze")]
    ['3']
    """
    text = _HARMLESS.sub(_MASK, text)
    alone = "\x00" not in text and _ALONE.fullmatch(text) is not None
    found = [_number(text, match, counted, alone=alone) for match in NUMBER.finditer(text)]
    words = [match for match in _WORD.finditer(text) if match[0].lower() in WORDS]
    found += [_word(text, match, counted) for match in words]
    return tuple(item for item in found if item is not None and item.values)


_FEW = r"(?:nur|genau|lediglich|only|exactly|just|(?:es|there) (?:war|ist|gab|was|is))"
_JUST = re.compile(r"\b" + _FEW + r"\s+\Z", re.IGNORECASE)
_ANY = re.compile(
    r"\d|\b(?:"
    + "|".join(sorted(word for word, number in WORDS.items() if number > 1))
    + r")\b|\b"
    + _FEW
    + r"\s+(?:"
    + "|".join(sorted(word for word, number in WORDS.items() if number < 2))
    + r")\b",
    re.IGNORECASE,
)


def holds_number(text: str) -> bool:
    """Tell whether there is any number in a text, in figures or in words."""
    return _ANY.search(text) is not None


def _number(text: str, match: re.Match[str], counted: Collection[str], *, alone: bool) -> Number | None:
    values = tuple(read(match[0]))
    end = match.end()
    if (
        alone
        or _PERCENT.match(text, end)
        or _ONLY.search(text, max(0, match.start() - _BEFORE), match.start())
    ):
        return Number(values, True)
    word = _NEXT.match(text, end)
    if word and _is_counted(word[1], counted):
        return Number(values, True)
    noun = _NOUN.match(text, end) or _COMPOUND.match(text, end)
    if noun:
        # „3 Spielplätze“ counts something else; German says so with a capital.
        return Number(values, True) if _is_counted(noun[1], counted) else None
    return Number(values, False)


def _word(text: str, match: re.Match[str], counted: Collection[str]) -> Number | None:
    number = WORDS[match[0].lower()]
    word = _NEXT.match(text, match.end())
    noun = _NOUN.match(text, match.end())
    about = [item[1] for item in (word, noun) if item is not None]
    if not any(_is_counted(item, counted) for item in about):
        return None
    if number <= 1 and not _JUST.search(text, max(0, match.start() - _BEFORE), match.start()):
        return None
    return Number((Decimal(number),), True)


def _is_counted(word: str, counted: Collection[str]) -> bool:
    return word.lower() in counted or PEOPLE.search(word) is not None


def read(word: str) -> list[Decimal]:
    """Return what a written number can mean: „1.585“ is 1585 in German and 1.585 elsewhere.

    >>> [str(value) for value in read("1.585")]
    ['1.585', '1585']
    """
    plain = re.sub(r"['\u00a0\u202f\u2009 ]", "", word.replace("−", "-"))
    readings = set()
    if re.fullmatch(r"-?\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?", plain):
        head = re.match(r"-?\d{1,3}(?:[.,]\d{3})+", plain)
        if head:
            rest = plain[head.end() :].replace(",", ".")
            readings.add(Decimal(re.sub(r"[.,]", "", head[0]) + rest))
        if re.fullmatch(r"-?\d{1,3}[.,]\d{3}", plain):
            readings.add(Decimal(plain.replace(",", ".")))
    elif re.fullmatch(r"-?\d+(?:[.,]\d+)?", plain):
        readings.add(Decimal(plain.replace(",", ".")))
    return sorted(readings)
