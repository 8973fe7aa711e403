"""A cell of a statistical office's table in; its number, or why there is none, out; what was taken for what is counted.

The signs are those of official statistics (DIN 55301): „-“ nothing there, „.“ unknown or secret, „…“ later, „/“ not reliable,
„x“ blocked. Where a table's own legend differs, its mapping says so; a sign that neither knows is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.figures.figure_mapping import Meaning
from generator.edit.tables.workbooks import SheetCell
from generator.model.cells import Status
from generator.read.values import LARGEST, number

Style = Literal["german", "english", "open"]
OFFICIAL: Mapping[str, Meaning] = {
    **dict.fromkeys(("-", "–", "—", "\u2212"), "nothing"),
    **dict.fromkeys((".", "·", "•"), "secret"),
    **dict.fromkeys(("…", "..."), "later"),
    "/": "unreliable",
    **dict.fromkeys(("x", "X"), "blocked"),
    **dict.fromkeys(("", "k.a.", "k.a", "ka", "keineangabe", "n.v.", "n/a", "na", "nan", "#nv"), "missing"),
}
WORDS: Mapping[Meaning, str] = {
    "nothing": "nichts vorhanden (null)",
    "zero": "null",
    "secret": "unbekannt oder geheim",
    "later": "kommt später",
    "unreliable": "nicht zuverlässig genug",
    "blocked": "gesperrt, weil nicht sinnvoll",
    "missing": "keine Angabe",
}
_STATUS: Mapping[Meaning, Status] = {
    "nothing": Status.NOTHING,
    "zero": Status.KNOWN,
    "secret": Status.SECRET,
    "later": Status.LATER,
    "unreliable": Status.UNRELIABLE,
    "blocked": Status.BLOCKED,
    # The sign for unknown or secret: tables have none that says merely that nobody knows.
    "missing": Status.SECRET,
}
_MARKS = {
    "r": (Status.REVISED, ""),
    "p": (Status.KNOWN, "vorläufig"),
    "s": (Status.KNOWN, "geschätzt"),
}
"""Letters behind a number, with the status and the note that they stand for."""
NO_FIGURE = "Die Quelle nennt hier keine Zahl."
_PERCENT = re.compile(r"(?:%|v\. ?H\.|Prozent)$")
_MARKED = re.compile(r"(.*\d)\s*([rps])$")
_GERMAN = re.compile(r"-?\d{1,3}(?:[.\u00a0\u2009\u202f ]\d{3})*,\d+|-?\d+,\d+|-?\d{1,3}(?:\.\d{3}){2,}")
"""Numbers that only a table with a decimal comma can have."""
_ENGLISH = re.compile(r"-?\d+\.(?:\d{1,2}|\d{4,})|-?0\.\d{3}")
_AMBIGUOUS = re.compile(r"-?\d{1,3}\.\d{3}")


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """What a cell says: a number, or a status that says why there is none; a note where the source marks it."""

    value: Decimal | None
    status: Status
    note: str = ""


@dataclass(slots=True)
class FigureReader:
    """Reads the cells of one table; `style` is how its numbers are written, `signs` what its own legend says."""

    style: Style
    signs: Mapping[str, Meaning]
    decimals: int | None = None
    """Digits of a rate that are kept; None where whole numbers are counted."""
    taken: Counter[str] = field(default_factory=Counter)
    """What was taken for what, in words."""

    def said(self) -> list[str]:
        """Say what was taken for what, and how often."""
        return [f"{what} ({count}-mal)" for what, count in self.taken.most_common()]

    def read(self, cell: SheetCell, column: str) -> ReadFigure | Diagnostic:
        """Return what a cell says, or what is wrong with it."""
        meaning = meaning_of(cell.text, self.signs)
        if meaning is not None:
            return self._of_sign(cell.text, meaning)
        text, status, note = cell.text, Status.KNOWN, ""
        if match := _MARKED.fullmatch(text):
            text = match[1].strip()
            status, note = _MARKS[match[2]]
            self.taken[f"„{match[2]}“ hinter der Zahl: {note or 'berichtigt'}"] += 1
        if percent := _PERCENT.search(text):
            if self.decimals is None:
                return diagnostic("prozent-als-anzahl", cell.position, value=cell.text, column=column)
            text = text[: percent.start()].rstrip()
        value = number(text, self.style)
        if value is None:
            return self._unread(cell, text, column)
        if abs(value) >= LARGEST:
            return diagnostic("zahl-zu-gross", cell.position, value=cell.text, column=column)
        return ReadFigure(self._kept(value), status, note)

    def _of_sign(self, text: str, meaning: Meaning) -> ReadFigure:
        """Return what a sign stands for; an empty cell is one."""
        shown = "leere Zelle"
        if text:
            shown = f"„{text}“"
        self.taken[f"{shown}: {WORDS[meaning]}"] += 1
        zero = None
        if meaning in ("nothing", "zero"):
            zero = Decimal(0)
        return ReadFigure(zero, _STATUS[meaning], NO_FIGURE if meaning == "missing" else "")

    def _kept(self, value: Decimal) -> Decimal:
        """Return a number with no more digits than it needs; a rate with as many as it may have."""
        if value == value.to_integral_value():
            return value.quantize(Decimal(1))
        if self.decimals is None:
            return value
        short = value.quantize(Decimal(1).scaleb(-self.decimals), rounding=ROUND_HALF_UP)
        if short != value:
            self.taken[f"auf {self.decimals} Nachkommastellen gerundet"] += 1
        return short

    def _unread(self, cell: SheetCell, text: str, column: str) -> Diagnostic:
        if _AMBIGUOUS.fullmatch(text):
            better = 'mit --decimal sagen, was das Dezimalzeichen ist: --decimal "," (dann trennt der Punkt Tausender) oder --decimal "."'
            wrong = diagnostic("zahl-mehrdeutig", cell.position, value=cell.text, column=column)
            return replace(wrong, help=better)
        if not has_digit(cell.text):
            return diagnostic(
                "zeichen-ohne-bedeutung", cell.position, value=cell.text, column=column, sign=cell.text
            )
        return diagnostic("zahl-unlesbar", cell.position, value=cell.text, column=column)


def meaning_of(text: str, signs: Mapping[str, Meaning]) -> Meaning | None:
    """Return what a text means that is no number; what the table itself says comes first."""
    return signs.get(text) or OFFICIAL.get(text) or OFFICIAL.get("".join(text.casefold().split()))


def has_digit(text: str) -> bool:
    """Tell whether a text has a digit in it."""
    return any(sign.isdigit() for sign in text)


def is_figure(text: str, signs: Mapping[str, Meaning]) -> bool:
    """Tell whether a text is a number, however it is written, or a sign for one."""
    if meaning_of(text, signs) is not None:
        return True
    text = _PERCENT.sub("", text).rstrip()
    text = match[1].strip() if (match := _MARKED.fullmatch(text)) else text
    return any(number(text, style) is not None for style in ("german", "english")) or bool(
        _AMBIGUOUS.fullmatch(text)
    )


def style_of(texts: Iterable[str], decimal: str | None) -> Style:
    """Tell by all cells how numbers are written, where it isn't said; „open“ where nothing decides."""
    if decimal is not None:
        if decimal == ",":
            return "german"
        return "english"
    plain = [_PERCENT.sub("", text).rstrip() for text in texts]
    if any(_GERMAN.fullmatch(text) for text in plain):
        return "german"
    if any(_ENGLISH.fullmatch(text) for text in plain):
        return "english"
    return "open"
