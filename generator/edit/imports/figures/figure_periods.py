"""A heading or a cell in; the period that it names, as the project's tables write it, out."""

from __future__ import annotations

import re

_FOOTNOTE = re.compile(r"(?:\d\)|[*¹²³⁴])$")
_BEFORE = re.compile(r"^(?:(?:jahr|stand|stichtag|am|zum|ende)\b[:\s]*)+", re.IGNORECASE)
_YEAR = r"(?:18|19|20|21)\d\d"
_WHOLE = re.compile(rf"({_YEAR})(?:\.0+)?")
_SCHOOL = re.compile(rf"({_YEAR})\s*/\s*(?:\d\d)?(\d\d)")
_DAY = re.compile(rf"([0-3]?\d)\.\s*([01]?\d)\.\s*({_YEAR})")
_ISO = re.compile(rf"{_YEAR}-\d\d(?:-\d\d)?|{_YEAR}-(?:[12]|H[12]|Q[1-4])")
_HALF = re.compile(rf"([12])\.\s*(?:Halbjahr|Hj\.?)\s*({_YEAR})", re.IGNORECASE)
_QUARTER = re.compile(rf"(?:([1-4])\.\s*Quartal|Q([1-4]))\s*({_YEAR})", re.IGNORECASE)


def bare(text: str) -> str:
    """Return a text without the marks of footnotes behind it.

    >>> bare("Hafen 1) 2)"), bare("2024*")
    ('Hafen', '2024')
    """
    text = text.strip()
    while mark := _FOOTNOTE.search(text):
        text = text[: mark.start()].rstrip()
    return text


def period_of(text: str, *, years: bool = False) -> str | None:
    """Return a period as the project's tables write it, None where a text is none; with `years` a day stands for its year.

    >>> period_of("31.12.2024"), period_of("Jahr 2021"), period_of("2020/2021"), period_of("1. Halbjahr 2026")
    ('2024-12-31', '2021', '2020/21', '2026-1')
    >>> period_of("Stand: 31.12.2024", years=True), period_of("Insgesamt")
    ('2024', None)
    """
    found = _period(_BEFORE.sub("", bare(text)).strip())
    if found and years and len(found) == len("2024-12-31"):
        return found[:4]
    return found


def _period(plain: str) -> str | None:
    """Return a period that is written in one of the usual ways, as the project's tables write it; None where a text is none."""
    if match := _WHOLE.fullmatch(plain):
        return match[1]
    if match := _SCHOOL.fullmatch(plain):
        first, second = int(match[1]), int(match[2])
        return f"{match[1]}/{match[2]}" if second == (first + 1) % 100 else None
    if match := _DAY.fullmatch(plain):
        return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    if match := _HALF.fullmatch(plain):
        return f"{match[2]}-{match[1]}"
    if match := _QUARTER.fullmatch(plain):
        return f"{match[3]}-Q{match[1] or match[2]}"
    if _ISO.fullmatch(plain):
        return plain
    return None
