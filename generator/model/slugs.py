"""A name comes in, an id goes out: the name of a record, of its file and a part of its address."""

from __future__ import annotations

import re
import unicodedata

RESERVED = frozenset(
    {
        *("con", "prn", "aux", "nul"),
        *(f"com{number}" for number in range(1, 10)),
        *(f"lpt{number}" for number in range(1, 10)),
    }
)
"""Names that Windows gives to no file."""
MAX_SLUG = 100
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"}
)


def slug(text: str) -> str:
    """Write a text as an id is written: small letters, digits and hyphens, umlauts as two letters, no accents.

    >>> slug("Café für Väter & Söhne")
    'cafe-fuer-vaeter-soehne'
    """
    german = unicodedata.normalize("NFC", text).lower().translate(_GERMAN)
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", german) if not unicodedata.combining(letter)
    )
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def slug_from(text: str) -> str:
    """Suggest an id for a name that can't be one.

    >>> slug_from("Elterncafé Süd")
    'elterncafe-sued'
    """
    found = slug(text)[:MAX_SLUG].rstrip("-") or "mein-eintrag"
    return f"{found}-1" if found in RESERVED else found


def is_slug(text: str) -> bool:
    """Tell whether a text may be an id, and so the name of a file on every system and a part of an address."""
    return _SLUG.fullmatch(text) is not None and len(text) <= MAX_SLUG and text not in RESERVED
