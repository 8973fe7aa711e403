"""Find the numbers in a field or cell that could say how many people were counted."""

from __future__ import annotations

import re
from decimal import Decimal

from babel.dates import get_month_names

# „1.585“, „1 585,5“, „-3“
NUMBER = re.compile(
    r"(?<![\w.,])[-−]?\d{1,3}(?:[.,'\u00a0\u202f\u2009 ]\d{3})+(?:[.,]\d+)?(?![\w])|(?<![\w.,])[-−]?\d+(?:[.,]\d+)?(?!\w)"
)
_MONTH = "|".join([*get_month_names(locale="de").values(), *get_month_names(locale="en").values()])
_NO_COUNT = re.compile(
    # „3. Mai 2025“, „2025-05“, „3.5.“, „9:30“, words that hold digits („U3“).
    rf"\b\d{{1,2}}\.?\s(?:{_MONTH})\b(?:\s\d{{4}}\b)?|"
    r"\b\d{4}-\d{2}(?:-\d{2})?(?:T[\d:.Z+-]*)?(?!\d)|\b\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?(?!\d)"
    r"|\b\d{1,2}:\d{2}(?::\d{2})?\b|(?<![\w.-])[.-]*+(?=[\w.-]*[a-zäöüß_])(?=[\w.-]*\d)\w[\w.-]*\w",
    re.IGNORECASE,
)
Number = tuple[Decimal, ...]
"""All that a written number can mean, the least first."""


def numbers(text: str) -> tuple[Number, ...]:
    """Return a text's possible figures, without dates, times and words that hold digits.

    >>> [str(item[0]) for item in numbers("Am 3.5. um 9:30: 4 Familien")]
    ['4']
    """
    without_dates = _NO_COUNT.sub(" ", text)
    found = [tuple(read(match[0])) for match in NUMBER.finditer(without_dates)]
    return tuple(filter(None, found))


def read(word: str) -> list[Decimal]:
    """Return what a number can mean: „1.585“ is 1585 in German, else 1.585.

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
