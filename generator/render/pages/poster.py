"""Lines of a notice in, the sheets of a poster out: in the largest print in which they fit, by estimating how far the words run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil

from markupsafe import Markup

HIGH = 1.2
"""Height of a line in its size, as in `week.css`; so are the numbers below, in sizes of the text around."""
HEADING = 1.15
AROUND_HEADING = 0.85
AROUND_LINE = 0.6
AROUND_HEAD = 34
"""Points that borders and distances of a head take."""
GAP = 20
"""Points between two columns, and between the parts of a head."""
BOLD = 1.13
_THIN, _SLIM = frozenset("ijlIJ.,:;'|! "), frozenset("ftr-()[]/·")
_BROAD = frozenset("mwMW—@%&жмшщыюфЖМШЩЫЮФ")


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper: how many sheets hang at most, the room on one within its margins, the sizes of print to choose from.

    All in points. `title` and `small` are sizes of the head, `code` is the side of the QR code, `stamp` the width of the room for one.
    """

    name: str
    sheets: int
    width: float
    height: float
    sizes: tuple[int, ...]
    columns: tuple[int, ...]
    title: int
    small: int
    code: int
    stamp: int


# Of 188 × 275 mm and of 267 × 390 mm something is left for what rounding takes.
A4 = Paper("A4", 2, 530, 768, (24, 20, 18, 16, 14, 13, 12), (1, 2), 28, 12, 85, 142)
A3 = Paper("A3", 1, 754, 1090, (34, 28, 25, 22, 20, 18, 16, 15, 14), (1, 2, 3, 4), 40, 16, 120, 200)


@dataclass(frozen=True, slots=True)
class PosterLine:
    """What is on: when, what, where and for how much; a street is told once on each sheet."""

    time: str
    name: Markup
    place: Markup
    street: Markup
    cost: str


@dataclass(frozen=True, slots=True)
class PosterPart:
    """A day with its lines, or what is `regular`, which is left out first."""

    title: str
    lines: tuple[PosterLine, ...]
    regular: bool = False


@dataclass(frozen=True, slots=True)
class PosterHead:
    """The words above every sheet: title, days, and the notes beside the QR code."""

    title: str
    days: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line as it is printed."""

    time: str
    name: Markup
    facts: Markup


@dataclass(frozen=True, slots=True)
class SheetPart:
    """What of a day stands on a sheet."""

    title: str
    lines: tuple[SheetLine, ...]


@dataclass(frozen=True, slots=True)
class Poster:
    """The sheets for a size of paper: print in points, columns, and how many lines found no room on them."""

    paper: str
    size: int
    columns: int
    sheets: tuple[tuple[SheetPart, ...], ...]
    left: int


def fitted(paper: Paper, head: PosterHead, parts: Sequence[PosterPart]) -> Poster:
    """Return the poster of some days in the largest print on the fewest sheets; what fits in no way is left out and counted."""
    parts = [part for part in parts if part.lines]
    lines = sum(len(part.lines) for part in parts)
    room = paper.height - _head_height(paper, head)
    best = _best(paper, room, parts)
    if best is not None:
        return best
    # As few as possible are left out; the line that says so takes two of its size.
    low, high, least = 1, lines, paper.sizes[-1]
    least_only, room = replace(paper, sizes=(least,)), room - 3 * HIGH * least
    while low < high:
        middle = (low + high) // 2
        low, high = (
            (low, middle)
            if _best(least_only, room, _without(parts, middle)) is not None
            else (middle + 1, high)
        )
    found = _best(least_only, room, _without(parts, low))
    return replace(found, left=low) if found is not None else Poster(paper.name, least, 1, (), lines)


def _best(paper: Paper, room: float, parts: Sequence[PosterPart]) -> Poster | None:
    for size, columns in _forms(paper):
        fits = _fitting(paper, room, size, columns)
        if fits(parts):
            return Poster(paper.name, size, columns, (_printed(parts),), 0)
    if paper.sheets < 2:
        return None
    torn: Poster | None = None
    for size, columns in _forms(paper):
        if torn is not None and size < torn.size - 2:
            break
        fits = _fitting(paper, room, size, columns)
        for whole in (True, False):
            cut = _cut(parts, fits, whole=whole)
            if cut is None or (not whole and torn is not None):
                continue
            found = Poster(paper.name, size, columns, (_printed(cut[0]), _printed(cut[1])), 0)
            if whole:
                return found
            torn = found
    return torn


def _forms(paper: Paper) -> Iterator[tuple[int, int]]:
    return ((size, columns) for size in paper.sizes for columns in paper.columns)


def _cut(
    parts: Sequence[PosterPart], fits: Callable[[Sequence[PosterPart]], bool], *, whole: bool
) -> tuple[list[PosterPart], list[PosterPart]] | None:
    """Return what stands on two sheets, about the same on both: `whole` days, else one of them on both with its heading."""
    total = sum(len(part.lines) for part in parts)
    ends = {sum(len(part.lines) for part in parts[:number]) for number in range(1, len(parts))}
    at = ends if whole else set(range(1, total)) - ends
    for after in sorted(at, key=lambda after: (abs(2 * after - total), after)):
        first, second = _first(parts, after), _rest(parts, after)
        if fits(first) and fits(second):
            return first, second
    return None


def _first(parts: Sequence[PosterPart], count: int) -> list[PosterPart]:
    found = []
    for part in parts:
        if count > 0:
            found.append(replace(part, lines=part.lines[:count]))
        count -= len(part.lines)
    return found


def _rest(parts: Sequence[PosterPart], count: int) -> list[PosterPart]:
    found = []
    for part in parts:
        if count < len(part.lines):
            found.append(replace(part, lines=part.lines[max(0, count) :]))
        count -= len(part.lines)
    return found


def _without(parts: Sequence[PosterPart], count: int) -> list[PosterPart]:
    """Leave out the last lines: first of what is regular, then of the last days."""
    found = list(parts)
    for number in sorted(range(len(parts)), key=lambda number: (not parts[number].regular, -number)):
        lines = parts[number].lines
        gone = min(count, len(lines))
        found[number] = replace(parts[number], lines=lines[: len(lines) - gone])
        count -= gone
    return [part for part in found if part.lines]


def _printed(parts: Iterable[PosterPart]) -> tuple[SheetPart, ...]:
    told: set[tuple[str, str]] = set()
    return tuple(
        SheetPart(part.title, tuple(SheetLine(line.time, line.name, _facts(line, told)) for line in part.lines))
        for part in parts
    )


def _facts(line: PosterLine, told: set[tuple[str, str]]) -> Markup:
    """Say where and for how much; the street of a place that was told stands above."""
    known = bool(line.place) and (line.place, line.street) in told
    told.add((line.place, line.street))
    where = Markup(", ").join(filter(None, (line.place, Markup() if known else line.street)))
    return Markup(" · ").join(filter(None, (where, line.cost)))


def _fitting(paper: Paper, room: float, size: int, columns: int) -> Callable[[Sequence[PosterPart]], bool]:
    """Return what tells whether parts fit on one sheet; no word may be wider than a column, but in the smallest print."""
    width = (paper.width - GAP * (columns - 1)) / columns / size
    height = room / size
    least = size == paper.sizes[-1]

    def fits(parts: Sequence[PosterPart]) -> bool:
        column, used = 1, 0.0
        for part in _printed(parts):
            heading = HEADING * HIGH * _lines(part.title, width / HEADING / BOLD) + AROUND_HEADING
            for line in part.lines:
                facts = _plain(line.facts)
                name = _plain(line.name)
                if not least and max(_widest(name) * BOLD, _widest(facts)) > width:
                    return False
                rows = _lines(line.time, width) + _lines(name, width / BOLD) + _lines(facts, width)
                high = heading + HIGH * rows + AROUND_LINE
                # A heading stays with its first line.
                heading = 0.0
                if used + high > height:
                    column, used = column + 1, 0.0
                if column > columns or high > height:
                    return False
                used += high
        return True

    return fits


def _head_height(paper: Paper, head: PosterHead) -> float:
    """Return the points that a head takes: its title in one row, days, notes, room for a stamp and the QR code in the next."""
    title = _lines(head.title, paper.width / paper.title / BOLD) * paper.title * HIGH
    between = (paper.width - paper.code - paper.stamp - 2 * GAP) / paper.small
    rows = sum(_lines(note, between) for note in head.notes)
    beside = (rows + HEADING * _lines(head.days, between / BOLD / HEADING)) * paper.small * HIGH
    return title + max(paper.code, beside) + AROUND_HEAD


@lru_cache(8192)
def _plain(text: Markup) -> str:
    return str(text.striptags())


@lru_cache(8192)
def _widths(text: str) -> tuple[float, ...]:
    """Return how wide each word of a text is, in its size, in a font as wide as DejaVu Sans."""
    return tuple(sum(map(_width, word)) for word in text.split())


def _width(sign: str) -> float:
    if sign in _THIN:
        return 0.33
    if sign in _SLIM:
        return 0.42
    if sign in _BROAD:
        return 1.0
    return 0.76 if sign.isupper() else 0.64


def _widest(text: str) -> float:
    return max(_widths(text), default=0.0)


@lru_cache(32768)
def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes at most; a word that is wider than a line is broken."""
    lines, used = 0, width
    for word in _widths(text):
        if used + 0.33 + word <= width and lines:
            used += 0.33 + word
        else:
            pieces = max(1, ceil(word / width))
            lines += pieces
            used = word - (pieces - 1) * width
    return lines
