"""Texts of records in, cells of a CSV file out that no spreadsheet takes for a formula."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def no_formula(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would compute; numbers and a lone minus are none.

    >>> no_formula("=1+1"), no_formula("-1.5"), no_formula("–"), no_formula("-")
    ("'=1+1", '-1.5', '–', '-')
    """
    number = text.removeprefix("-").replace(".", "", 1).replace(",", "", 1)
    return f"'{text}" if text.startswith(_FORMULA) and number and not number.isdigit() else text
