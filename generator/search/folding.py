"""Takes written text and hands out words in the one spelling under which a search compares them.

``assets/js/folding.js`` does the same in the browser; ``tests/search/vectors.json`` holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = re.compile("['’‘ʼ`´′]")
# Latin letters and common punctuation: no sign among them belongs to the letter before it.
_NO_MARKS = re.compile("[\x00-\u02ff\u2010-\u206f]*")
_WORD = re.compile(r"[^\W_]+")
_ASCII_WORD = re.compile(r"[a-zA-Z0-9]+")
_PLAIN = re.compile(r"[a-z0-9 ]*")
_AE_OE = re.compile("([ao])e")
_UE = re.compile("(^|[^aeq\u0308])ue")
# What Unicode's decomposition leaves alone: Latin letters with a stroke, ligatures, the Turkish i, the Greek
# final sigma, and the Arabic letters that are written in more than one way (ى/ی/ي, ک/ك, ة/ه, tatweel).
_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "a", "œ": "o", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ς": "σ",
        "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": "",
    }
)  # fmt: skip


@lru_cache(maxsize=4096)
def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) == "Mn"


@lru_cache(maxsize=1 << 17)
def fold(text: str) -> str:
    """Spell a text the way it is compared: lower case, no accents, ß as ss, and ä, ae and a as one letter.

    *ue* stays after a, e and q, where German hardly ever means ü (Frauen, Steuer, quer), and after ä (Bäuerin).

    >>> fold("Straße"), fold("München"), fold("Muenchen"), fold("Frauenhäuser")
    ('strasse', 'munchen', 'munchen', 'frauenhauser')
    """
    text = _APOSTROPHES.sub("", text).lower() if text.isascii() else _decomposed(text)
    text = _AE_OE.sub(r"\1", _UE.sub(r"\1u", text))
    if _PLAIN.fullmatch(text):
        return text
    return "".join(letter for letter in text.translate(_LETTERS) if not _is_mark(letter))


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).lower()


def words(text: str) -> list[str]:
    """Cut a text into its words as they are written; hyphens part words, apostrophes don't.

    >>> words("Eltern-Kind-Gruppe: wie geht’s? (§ 16)")
    ['Eltern', 'Kind', 'Gruppe', 'wie', 'gehts', '16']
    """
    text = _APOSTROPHES.sub("", text)
    if text.isascii():
        return _ASCII_WORD.findall(text)
    text = unicodedata.normalize("NFC", text)
    if _NO_MARKS.fullmatch(text):
        return _WORD.findall(text)
    return "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text).split()


def fold_words(text: str) -> str:
    """Fold each word of a text; one blank stands between them.

    >>> fold_words("Die Straße, links!")
    'die strasse links'
    """
    return " ".join(map(fold, words(text)))
