"""Say of a rural district or a municipality what the program's texts say of a town."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from generator.model.config import Territory

_ENGLISH: Mapping[Territory, str] = {"gemeinde": "municipality", "landkreis": "district", "kreis": "district"}
_MASCULINE = (
    (r"(für|Für|Sie) die ganze Stadt", r"\1 den ganzen NAME"),
    (r"(i|I)n der ganzen Stadt", r"\1m ganzen NAME"),
    (r"(aus) der ganzen Stadt", r"\1 dem ganzen NAME"),
    (r"der ganzen Stadt", "des ganzen NAMEes"),
    (r"die ganze Stadt", "der ganze NAME"),
    (r"(g|G)anze Stadt", r"\1anzer NAME"),
    (r"(Diese) Stadt", r"\1r NAME"),
    (r"(für|Sie) die Stadt", r"\1 den NAME"),
    (r"(i|I)n der Stadt", r"\1m NAME"),
    (r"der Stadt", "des NAMEes"),
    (r"die Stadt", "der NAME"),
)
"""How German says of something masculine what it says of „Stadt“, what is said more exactly first."""


@cache
def of_territory(text: str, lang: str, territory: Territory) -> str:
    """Return a text of the program as it is said where the whole isn't a town.

    >>> of_territory("Für die ganze Stadt", "de", "landkreis"), of_territory("the whole town", "en", "kreis")
    ('Für den ganzen Landkreis', 'the whole district')
    """
    if lang.startswith("en"):
        english = _ENGLISH.get(territory, "town")
        # A value that is to be put in may be called {town}.
        return re.sub(r"(?<!\{)\btown\b", english, text).replace("Town ", f"{english.capitalize()} ")
    name = territory.capitalize()
    if not lang.startswith("de") or name == "Stadt":
        return text
    for pattern, said in _MASCULINE if territory != "gemeinde" else ():
        text = re.sub(rf"\b{pattern}\b", said.replace("NAME", name), text)
    return re.sub(r"\bStadt\b", name, text)
