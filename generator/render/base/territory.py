"""Reword texts for a rural district or a municipality instead of a town."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from generator.model.config import Territory

_ENGLISH: Mapping[Territory, str] = {"gemeinde": "municipality", "landkreis": "district", "kreis": "district"}
_MASCULINE = (
    (re.compile(r"\b(für|Für|Sie) die ganze Stadt\b"), r"\1 den ganzen NAME"),
    (re.compile(r"\b(i|I)n der ganzen Stadt\b"), r"\1m ganzen NAME"),
    (re.compile(r"\b(aus) der ganzen Stadt\b"), r"\1 dem ganzen NAME"),
    (re.compile(r"\bder ganzen Stadt\b"), "des ganzen NAMEes"),
    (re.compile(r"\bdie ganze Stadt\b"), "der ganze NAME"),
    (re.compile(r"\b(g|G)anze Stadt\b"), r"\1anzer NAME"),
    (re.compile(r"\b(Diese) Stadt\b"), r"\1r NAME"),
    (re.compile(r"\b(für|Sie) die Stadt\b"), r"\1 den NAME"),
    (re.compile(r"\b(i|I)n der Stadt\b"), r"\1m NAME"),
    (re.compile(r"\bder Stadt\b"), "des NAMEes"),
    (re.compile(r"\bdie Stadt\b"), "der NAME"),
)
"""How German says of something masculine what it says of „Stadt“, what is said more exactly first."""


@cache
def of_territory(text: str, lang: str, territory: Territory) -> str:
    """Return a text of the program reworded for a territory.

    >>> of_territory("Für die ganze Stadt", "de", "landkreis"), of_territory("the whole town", "en", "kreis")
    ('Für den ganzen Landkreis', 'the whole district')
    """
    if lang.startswith("en"):
        english = _ENGLISH[territory]
        # A value that is to be put in may be called {town}.
        return re.sub(r"(?<!\{)\btown\b", english, text).replace("Town ", f"{english.capitalize()} ")
    if not lang.startswith("de"):
        return text
    name = territory.capitalize()
    for pattern, masculine in _MASCULINE if territory != "gemeinde" else ():  # „Gemeinde“ is feminine
        text = pattern.sub(masculine.replace("NAME", name), text)
    return re.sub(r"\bStadt\b", name, text)
