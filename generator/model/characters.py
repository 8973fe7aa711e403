"""A text in; the first character that no text of ours may hold out, or whether anything of it can be seen."""

from __future__ import annotations

import re
import unicodedata

_NAMES = {
    "\x00": "Nullzeichen",
    "\x0b": "Zeilenvorschub",
    "\x0c": "Seitenvorschub",
    "\r": "Wagenrücklauf",
    "\x7f": "Löschzeichen",
    "\x85": "Zeilenumbruch NEL",
    "\u2028": "Zeilentrenner",
    "\u2029": "Absatztrenner",
    "\ufeff": "Byte-Order-Mark",
}
# Control characters, what other programs take for an end of a line, halves of characters, numbers that are no characters, and signs
# that turn the order of the following text around unseen. Tabs and line feeds are text; marks for right-to-left words are needed.
_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    + "".join(chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF) for plane in range(1, 17))
    + "]"
)


def unfit(text: str) -> re.Match[str] | None:
    """Find the first character that may stand in no text; None where there is none.

    >>> unfit("Süd\\u2028Nord").start()
    3
    """
    return _UNFIT.search(text)


def character_name(character: str) -> str:
    """Return how people can look a character up: `U+2028, Zeilentrenner`."""
    code = f"U+{ord(character):04X}"
    name = _NAMES.get(character) or unicodedata.name(character, "").capitalize()
    return f"{code}, {name}" if name else code


def visible(text: str) -> bool:
    """Tell whether any character of a text leaves ink.

    >>> visible("\\u200b\\u200f"), visible("ü")
    (False, True)
    """
    return any(
        unicodedata.category(letter)[0] not in "ZC"
        and letter not in "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
        for letter in text
    )
