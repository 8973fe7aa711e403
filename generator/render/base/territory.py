"""Say of a rural district or a municipality what the program's texts say of a town."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from generator.model.config import Territory

_ENGLISH: Mapping[Territory, str] = {"gemeinde": "municipality", "landkreis": "district", "kreis": "district"}
_MASCULINE = (
    (r"(für|Für|Sie) die ganze Stadt", "{0} den ganzen {name}"),
    (r"(i|I)n der ganzen Stadt", "{0}m ganzen {name}"),
    (r"(aus) der ganzen Stadt", "{0} dem ganzen {name}"),
    (r"der ganzen Stadt", "des ganzen {name}es"),
    (r"die ganze Stadt", "der ganze {name}"),
    (r"(g|G)anze Stadt", "{0}anzer {name}"),
    (r"(Diese) Stadt", "{0}r {name}"),
    (r"(für|Sie) die Stadt", "{0} den {name}"),
    (r"(i|I)n der Stadt", "{0}m {name}"),
    (r"der Stadt", "des {name}es"),
    (r"die Stadt", "der {name}"),
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
        text = re.sub(
            rf"\b{pattern}\b", lambda found, said=said: said.format(*found.groups(), name=name), text
        )
    return re.sub(r"\bStadt\b", name, text)
