"""A text in, the same text for a cell of a table out: no spreadsheet reads it as a formula."""

from __future__ import annotations

import re

# Full-width signs begin a formula where Excel is set to an East Asian language.
_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")


def no_formula(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would compute; numbers and a lone sign stay as they are.

    >>> no_formula("=1+1"), no_formula("-2.5"), no_formula("-")
    ("'=1+1", '-2.5', '-')
    """
    computed = text.startswith(_BEGINS) and len(text) > 1 and not _NUMBER.fullmatch(text)
    if computed:
        return f"'{text}"
    return text
