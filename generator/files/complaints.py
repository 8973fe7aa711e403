"""What a library says of a file that it can't read in, the same in German out: editors read it."""

from __future__ import annotations

import re

OTHERWISE = "sie ist nicht so geschrieben, wie es sein muss"
"""For what nobody has put into German yet: better than words that don't help."""
_SAID: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        # JSON, as Python reads it
        (r"Expecting property name", "hier muss ein Name in doppelten Anführungszeichen stehen"),
        (r"Expecting ':' delimiter", "hier fehlt ein Doppelpunkt"),
        (r"Expecting ',' delimiter", "hier fehlt ein Komma oder eine schließende Klammer"),
        (r"Expecting value", "hier fehlt ein Wert"),
        (r"Illegal trailing comma", "nach dem letzten Eintrag steht ein Komma zu viel"),
        (r"Unterminated string", "hier beginnt ein Text, dessen schließendes Anführungszeichen fehlt"),
        (r"Invalid control character", "in einem Text steht ein Zeilenende oder ein Steuerzeichen"),
        (r"Invalid \\", "nach einem umgekehrten Schrägstrich steht, was dort nicht stehen darf"),
        (r"Extra data", "nach dem Ende steht noch etwas"),
        # tables, as pandas and Python read them
        (r"Expected (\d+) fields in line \d+, saw (\d+)", "die Zeile hat {1} Spalten statt {0}"),
        (r"EOF inside string|unexpected end of data", "ein Anführungszeichen wird nie geschlossen"),
        (r"No columns to parse", "sie ist leer"),
        (r"Buffer overflow|line contains NUL", "sie ist keine Tabelle aus Text"),
        (r"field larger than field limit", "eine Zelle ist viel zu lang; meist fehlt ein schließendes Anführungszeichen"),
        (r"'.' expected after '.'", "nach einem schließenden Anführungszeichen steht noch etwas"),
        # shapes, as Shapely and GEOS read them
        (r"at least (?:3|4) coordinates|point array must contain|Invalid number of points|must be 0 or >=? ?\d", "ein Ring oder eine Linie hat zu wenige Punkte"),
        (r"do not form a closed", "ein Ring ist nicht geschlossen"),
        (r"Unknown geometry type|invalid geometry type|geometry type", "diese Art von Geometrie gibt es nicht"),
        (r"inhomogeneous|sequence|dimension|subscriptable|iterable|unpack", "die Punkte sind nicht so geklammert, wie es sein muss"),
        (r"too large to convert", "eine Zahl ist zu groß"),
        (r"BadZipFile|not a zip|CRC|^KeyError: .There is no item", "sie ist keine Arbeitsmappe oder beschädigt"),
        (r"^KeyError", "etwas, das dort stehen muss, fehlt"),
        (r"convert|real number|must be real|numeric|not supported between|unsupported operand|ufunc", "etwas, das eine Zahl sein muss, ist keine"),
        (r"recursion|RecursionError", "sie ist zu tief verschachtelt"),
    )
)  # fmt: skip


def in_german(error: Exception) -> str:
    """Return why a file can't be read, without a full stop; never the library's own words."""
    said = f"{type(error).__name__}: {error}"
    for pattern, words in _SAID:
        if match := pattern.search(said):
            return words.format(*match.groups())
    return OTHERWISE
