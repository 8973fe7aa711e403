"""Model what is wrong as data: its place, order, and common causes."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

Severity = Literal["error", "warning", "note"]
TRACEBACK = "NAHRAUM_TRACEBACK"
"""The environment variable that asks for the way through the program beside what is said of a mistake of ours."""


class Position(NamedTuple):
    """A place in a file; lines and columns from 1, `length` in characters. In a workbook `sheet`, with lines and columns of its cells."""

    file: str
    line: int = 1
    column: int = 1
    length: int = 1
    sheet: str = ""


class Diagnostic(Struct, frozen=True):
    """One problem with a stable code and German texts.

    `many`: message for several of one cause, `{count}` open. `also`: further places. `instead`: proposed text for the
    marked one. `quiet`: quotes something not public, `quiet_name`: so does its file's name.
    """

    code: str
    severity: Severity
    position: Position
    message: str
    help: str
    many: str = ""
    also: tuple[Position, ...] = ()
    quiet: bool = False
    quiet_name: bool = False
    instead: str = ""

    @property
    def places(self) -> tuple[Position, ...]:
        """All places where the problem is."""
        return (self.position, *self.also)

    @property
    def files(self) -> set[str]:
        """All files in which the problem is."""
        return {place.file for place in self.places}

    @property
    def sort_key(self) -> tuple[Position, str, str]:
        """Sort by file, line, column, code and message."""
        return (self.position, self.code, self.message)


def ordered(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics sorted by position, each one once."""
    return tuple(sorted(set(diagnostics), key=lambda item: item.sort_key))


def folded(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return sorted diagnostics, joining those of one cause.

    Those with the same `many` have one, whatever their codes. The first place leads, others go to `also`.
    """
    causes: dict[str, list[Diagnostic]] = {}
    kept: list[Diagnostic] = []
    for item in ordered(diagnostics):
        if item.many:
            causes.setdefault(item.many, []).append(item)
        else:
            kept.append(item)
    for many, items in causes.items():
        codes = Counter(item.code for item in items)
        usual = max(codes, key=lambda code: codes[code])
        first = next(item for item in items if item.code == usual)
        places = dict.fromkeys(chain.from_iterable(item.places for item in items))
        also = tuple(place for place in places if place != first.position)
        if len(places) > 1:
            first = replace(first, message=many.replace("{count}", str(len(places))), also=also)
        kept.append(first)
    return ordered(kept)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any of the diagnostics stops a build."""
    return any(item.severity == "error" for item in diagnostics)


def own_and_counted(
    diagnostics: Iterable[Diagnostic], own: Callable[[str], bool]
) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """Return (to show: diagnostics of files that are `own`, then others' errors; to count: the rest)."""
    found = list(diagnostics)
    of_own = [item for item in found if any(map(own, item.files))]
    others = [item for item in found if item not in of_own]
    errors = [item for item in others if item.severity == "error"]
    return (*ordered(of_own), *ordered(errors)), tuple(item for item in others if item.severity != "error")


def meant(word: str, known: Iterable[str]) -> str:
    """Suggest in German the similar known word; empty for none.

    >>> meant("offerr", ["offers", "places"])
    'Gemeint ist vielleicht „offers“.'
    """
    near = close_to(word, known)
    return f"Gemeint ist vielleicht „{near}“." if near else ""


def meant_or(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Suggest the similar known word, else another help or all.

    >>> meant_or("offerr", ["offers", "places"], "x"), meant_or("zzz", ["offers"], "alle zeigt „nahraum help“")
    ('gemeint ist vielleicht „offers“', 'alle zeigt „nahraum help“')
    """
    near = close_to(word, known)
    if near:
        return f"gemeint ist vielleicht „{near}“"
    return otherwise or "möglich sind: " + ", ".join(known)


def column_letters(number: int) -> str:
    """Return a spreadsheet's column name, counted from 1.

    >>> column_letters(1), column_letters(27)
    ('A', 'AA')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def close_to(word: str, known: Iterable[str]) -> str | None:
    """Return the most similar known word, or None."""
    known = list(known)
    if len(word) >= 3:
        starts = [item for item in known if item.startswith(word) or word.startswith(item)]
        if starts:
            return min(starts, key=lambda item: (abs(len(item) - len(word)), item))
    found = difflib.get_close_matches(word, known, 1, 0.7)
    return found[0] if found else None


Progress = Callable[[str, int, int], None]
"""Is told what goes on, how much of it is done, and of how much."""


def silent(_what: str, _done: int, _all: int) -> None:
    """Report no progress."""
