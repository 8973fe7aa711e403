"""A place in a written text comes in, the date or time that stands there goes out: „5.12.2026“, „9.30 Uhr“, „halb zehn“."""

from __future__ import annotations

import calendar
import re

MONTH_WORDS = {
    "Jan": r"jan(?:uar)?", "Feb": r"feb(?:ruar)?", "Mar": r"mär(?:z)?|mrz|mar", "Apr": r"apr(?:il)?", "May": r"mai|may",
    "Jun": r"juni?", "Jul": r"juli?", "Aug": r"aug(?:ust)?", "Sep": r"sep(?:t(?:ember)?)?", "Oct": r"o[kc]t(?:ober)?",
    "Nov": r"nov(?:ember)?", "Dec": r"de[zc](?:ember)?",
}  # fmt: skip
_DATE = re.compile(
    r"(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4})(?!\d)|(\d{2})(?!\d|\s?(?:uhr|h\b|bis\b|[.:-]\s?\d)))?",
    re.IGNORECASE,
)
_NAMED_DATE = re.compile(
    r"(\d{1,2})\.\s?("
    + "|".join(f"(?:{month})" for month in MONTH_WORDS.values())
    + r")\b\.?(?:\s+(\d{4}))?",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(\d{1,2})(?:[.:](\d{2})|([⁰¹²³⁴⁵]\s?[⁰¹²³⁴⁵⁶⁷⁸⁹]))(?!\d|\.\d)(?:\s*(?:uhr|h)\b)?", re.IGNORECASE
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_HOUR = re.compile(
    r"(\d{1,2})(?![\d])(\s*(?:uhr|h)\b)?(?:\s?(\d{2})(?![\d.:])(?=\s*(?:-|bis|$)))?", re.IGNORECASE
)
_WORDS = ("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")
_NUMBER = r"(?:" + "|".join((*(f"{hour}s?" for hour in _WORDS), r"\d{1,2}")) + r")"
SPOKEN_TIME = (
    rf"(?P<how>halb|dreiviertel|viertel\s+nach|viertel\s+vor|viertel)\s+(?P<hour>{_NUMBER})\b(?:\s*uhr\b)?"
    rf"|(?P<whole>{'|'.join(f'{hour}s?' for hour in _WORDS)})\s+uhr\b|(?P<midnight>mitternacht)\b"
)
"""A time said with words."""
_SHIFT = {"halb": -30, "dreiviertel": -15, "viertel nach": 15, "viertel vor": -15, "viertel": -45}

LEAP_YEAR = 2024
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The years that people write of."""


def date_of(text: str, at: int) -> tuple[str, tuple[int, int, int], int] | None:
    """A text and a place in, what is written there, year (0 when it isn't said), month, day, and the end out."""
    match = _NAMED_DATE.match(text, at)
    if match:
        month = next(
            number
            for number, words in enumerate(MONTH_WORDS.values(), 1)
            if re.fullmatch(words, match[2], re.IGNORECASE)
        )
        return match[0], (int(match[3] or 0), month, int(match[1])), match.end()
    match = _DATE.match(text, at)
    if match and not (int(match[2]) not in range(1, 13) and int(match[1]) <= 24):
        year = int(match[3]) if match[3] else int(match[4]) + 2000 if match[4] else 0
        return match[0], (year, int(match[2]), int(match[1])), match.end()
    return None


def is_date(year: int, month: int, day: int) -> bool:
    """Whether there is such a day in a year that people write of; a year of 0 isn't said.

    >>> is_date(0, 2, 29), is_date(2027, 2, 29), is_date(1, 1, 1)
    (True, False, False)
    """
    return (
        (not year or FIRST_YEAR <= year <= LAST_YEAR)
        and 1 <= month <= 12
        and 1 <= day <= calendar.monthrange(year or LEAP_YEAR, month)[1]
    )


def time_of(text: str, at: int) -> tuple[str, tuple[int, int], bool, int] | None:
    """A text and a place in, what is written there, hour and minute, whether only a bare hour stands there, the end out."""
    match = _TIME.match(text, at)
    if match:
        return match[0], (int(match[1]), int((match[2] or match[3]).translate(_RAISED))), False, match.end()
    match = _HOUR.match(text, at)
    if match:
        minute = int(match[3]) if match[2] and match[3] else 0
        end = match.end() if match[3] and match[2] else match.end(2) if match[2] else match.end(1)
        return text[at:end], (int(match[1]), minute), not match[2], end
    return None


def spoken_time(match: re.Match[str]) -> tuple[int, int]:
    """A match of `SPOKEN_TIME` in, hour and minute out."""
    if match["midnight"]:
        return 24, 0
    if match["whole"]:
        return _number(match["whole"]), 0
    how = re.sub(r"\s+", " ", match["how"].lower())
    minutes = _number(match["hour"]) * 60 + _SHIFT[how]
    return minutes // 60, minutes % 60


def _number(written: str) -> int:
    word = written.lower()
    if word.isdigit():
        return int(word)
    return next(n for n, name in enumerate(_WORDS, 1) if word in (name, f"{name}s"))
