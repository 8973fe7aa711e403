"""Names in, their order and groups out: as a German register has them, by letter, by kind."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache


@lru_cache(maxsize=100_000)
def sort_key(name: str) -> str:
    """Return what a name is sorted by: „Ärzte“ stands with A, „ß“ with ss.

    >>> sorted(["Zebra", "Ärzte", "Amt"], key=sort_key)
    ['Amt', 'Ärzte', 'Zebra']
    """
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def by_letter(names: Mapping[str, str]) -> dict[str, list[str]]:
    """Take names by id, return ids by first letter, both in order; what starts with no letter stands under „#“.

    >>> by_letter({"b": "Öffner", "a": "Ofen", "c": "3 Eichen"})
    {'#': ['c'], 'O': ['a', 'b']}
    """
    groups: dict[str, list[str]] = {}
    for key in sorted(names, key=lambda key: (sort_key(names[key]), key)):
        first = sort_key(names[key])[:1].upper()
        groups.setdefault(first if first.isalpha() else "#", []).append(key)
    return dict(sorted(groups.items()))


def letter_anchor(letter: str) -> str:
    """Return the anchor of a letter in an index.

    >>> letter_anchor("O"), letter_anchor("#")
    ('buchstabe-o', 'buchstabe-0')
    """
    return f"buchstabe-{letter.lower()}" if letter.isalpha() else "buchstabe-0"


def grouped(ids: Iterable[str], group: Callable[[str], str], order: Iterable[str]) -> dict[str, list[str]]:
    """Return ids by group in the given order of groups; groups without an id are left out."""
    found: dict[str, list[str]] = {}
    for key in ids:
        found.setdefault(group(key), []).append(key)
    return {name: found[name] for name in order if name in found}
