"""A text in, the numbers in it that could say how many people were counted out: days, times, offers and names are none."""

from __future__ import annotations

import re
from decimal import Decimal

from babel.dates import get_month_names

NUMBER = re.compile(
    r"(?<![\w.,])[-−]?\d{1,3}(?:[.,'\u00a0\u202f\u2009 ]\d{3})+(?:[.,]\d+)?(?![\w])|(?<![\w.,])[-−]?\d+(?:[.,]\d+)?(?!\w)"
)
APART = "\u2063"
"""Stands where one element of a page ends and another begins."""
WORDS = {"zwei": 2, "zweien": 2, "zweier": 2, "beide": 2, "beiden": 2, "two": 2, "both": 2, "drei": 3, "dreien": 3, "dreier": 3, "three": 3, "vier": 4, "four": 4, "fünf": 5, "five": 5, "sechs": 6, "six": 6, "sieben": 7, "seven": 7, "acht": 8, "eight": 8, "neun": 9, "nine": 9, "zehn": 10, "ten": 10, "elf": 11, "eleven": 11, "zwölf": 12, "twelve": 12}  # fmt: skip
"""Numbers in words; „ein“ is mostly an article, and larger ones stand in figures."""
_WORD = re.compile(rf"\b(?:{'|'.join(WORDS)})\b", re.IGNORECASE)
MONTH = "|".join([*get_month_names(locale="de").values(), *get_month_names(locale="en").values()])
_NO_COUNT = re.compile(
    # Days, offers, times, names that hold digits.
    rf"\b\d{{1,2}}\.?\s(?:{MONTH})\b(?:\s\d{{4}}\b)?|\b\d+\s(?:angebote?|offers?)\b|"
    r"\b\d{4}-\d{2}(?:-\d{2})?(?:T[\d:.Z+-]*)?(?!\d)|\b\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?(?!\d)"
    r"|\b\d{1,2}:\d{2}(?::\d{2})?\b|(?<![\w.-])[.-]*+(?=[\w.-]*[a-zäöüß_])(?=[\w.-]*\d)\w[\w.-]*\w",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"[^\w]*+\d[\d.,:\s\u00a0\u202f\u2009\u2063–()-]*+(?:%|‰|prozent|percent)?[^\w]*+", re.IGNORECASE
)

Number = tuple[Decimal, ...]
"""All that a written number can mean, the least first."""


def numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers of a text that could be figures, names of areas and indicators already taken out.

    >>> [str(item[0]) for item in numbers("Am 3.5. um 9:30: drei oder 4 Familien")]
    ['4', '3']
    """
    left = _NO_COUNT.sub(" ", text)
    found = [tuple(read(match[0])) for match in NUMBER.finditer(left)]
    found += [(Decimal(WORDS[match[0].lower()]),) for match in _WORD.finditer(left)]
    return tuple(filter(None, found))


def is_bare(text: str) -> bool:
    """Tell whether a text is nothing but a number, perhaps with a unit, a sign or an interval."""
    return _BARE.fullmatch(text) is not None


def holds_number(text: str) -> bool:
    """Tell whether there is any number in a text, in figures or in words."""
    return re.search(r"\d", text) is not None or _WORD.search(text) is not None


def read(word: str) -> list[Decimal]:
    """Return what a written number can mean: „1.585“ is 1585 in German and 1.585 elsewhere.

    >>> [str(value) for value in read("1.585")]
    ['1.585', '1585']
    """
    plain = re.sub(r"['\u00a0\u202f\u2009 ]", "", word.replace("−", "-"))
    readings = set()
    if grouped := re.fullmatch(r"(-?\d{1,3}(?:[.,]\d{3})+)([.,]\d+)?", plain):
        head, rest = grouped.groups("")
        readings.add(Decimal(re.sub(r"[.,]", "", head) + rest.replace(",", ".")))
        if re.fullmatch(r"-?\d{1,3}[.,]\d{3}", plain):
            readings.add(Decimal(plain.replace(",", ".")))
    elif re.fullmatch(r"-?\d+(?:[.,]\d+)?", plain):
        readings.add(Decimal(plain.replace(",", ".")))
    return sorted(readings)
