"""Lines of a notice in, the sheets of a poster out: in the largest print in which they fit, by estimating how far the words run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, product
from math import ceil, inf

from markupsafe import Markup

HIGH = 1.2
"""Height of a line in its size, as in `week.css`; so are the numbers below, in sizes of the text around."""
HEADING = 1.15
AROUND_HEADING = 0.62
AROUND_LINE = 0.57
LEAST = HIGH + AROUND_LINE
"""Height of the shortest line there could be."""
REST = 0.9
"""Distance above the line that says what is left out."""
ABOVE = 0.2
"""Room above a title, for what reaches out of its line."""
AROUND_HEAD = 34
"""Points that borders and distances of a head take."""
GAP = 20
"""Points between two columns, and between the parts of a head."""
MARK = 26
"""Points of the mark at the foot of a sheet: 3 mm above a line, 1 mm below it, a row of 8.5 pt (`print.css`)."""
BOLD = 1.13
_SIGNS = {
    "ijlIJ.,:;'|!\N{NO-BREAK SPACE}": 0.33, "ftr-()[]/·": 0.42, "scz": 0.56, "aeokvxyäö": 0.62, "EFLPSTZ": 0.69, "mwMW—@%&жмшщыюфЖМШЩЫЮФ": 1.0,
}  # fmt: skip
_WIDTHS: dict[str, float] = {}
for _signs, _wide in _SIGNS.items():
    _WIDTHS |= dict.fromkeys(_signs, _wide)
_SMALL, _CAPITAL = 0.64, 0.79
"""How wide the other letters are."""


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
    """What is on: when and for how much, what, and `where`, which is told once on each sheet; after that its `place` alone, if it has one."""

    time: Markup
    name: Markup
    where: Markup
    place: Markup


@dataclass(frozen=True, slots=True)
class PosterPart:
    """A day with its lines, or what is there on several."""

    title: str
    lines: tuple[PosterLine, ...]


@dataclass(frozen=True, slots=True)
class PosterHead:
    """The words above every sheet: title, days, and the notes beside the QR code; of several, each says which it is.

    `rest` is the longest that may stand below, where something found no room. Where a site is `marked` as a draft or as internal, every
    sheet says so at its foot.
    """

    title: str
    days: str
    notes: tuple[str, ...]
    rest: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Poster:
    """The sheets for a size of paper: print in points, columns, and how many lines of which day (by its title) found no room on them."""

    paper: str
    size: int
    columns: int
    sheets: tuple[tuple[PosterPart, ...], ...]
    left: tuple[tuple[str, int], ...] = ()


def fitted(paper: Paper, head: PosterHead, parts: Sequence[PosterPart]) -> Poster:
    """Return the poster of some days in the largest print on the fewest sheets; what fits in no way is left out and counted."""
    parts = [part for part in parts if part.lines]
    rooms = [paper.height - _head_height(paper, head, numbered=number > 0) for number in range(paper.sheets)]
    best = _best(paper, rooms, parts)
    if best is not None:
        return best
    # As few as possible are left out, and a line says so.
    least = paper.sizes[-1]
    foot = (HIGH * _lines(head.rest, paper.width / least / BOLD) + REST) * least
    return _shortened(replace(paper, sizes=(least,)), [room - foot for room in rooms], parts)


def _shortened(paper: Paper, rooms: Sequence[float], parts: Sequence[PosterPart]) -> Poster:
    """Return the poster of as many lines as a paper with one size of print has room for, and count those that are left out."""
    least = paper.sizes[-1]
    lines = sum(len(part.lines) for part in parts)
    order = _first_of_each(parts)
    found, kept = Poster(paper.name, least, 1, ()), set[tuple[int, int]]()
    low, high = 0, min(lines - 1, int(sum(rooms) * paper.columns[-1] / least / LEAST))
    while low < high:
        middle = (low + high + 1) // 2
        fits = _best(paper, rooms, _kept(parts, set(order[:middle])))
        if fits is None:
            high = middle - 1
        else:
            low, found, kept = middle, fits, set(order[:middle])
    # The next line of all found no room; of those behind it, one shorter than any that found none may.
    width, none = _column(paper, least, found.columns), inf
    for number, place in order[low:]:
        line = parts[number].lines[place]
        rows = _rows(line, width) + _lines(_plain(line.place or line.where), width)
        if rows >= none:
            continue
        fits = _best(paper, rooms, _kept(parts, kept | {(number, place)}))
        if fits is None:
            none = rows
        else:
            found, kept = fits, kept | {(number, place)}
    return replace(found, left=tuple(_left(parts, kept)))


def _left(parts: Sequence[PosterPart], kept: Iterable[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    """Yield each day of which lines are left out, with how many."""
    counts = Counter(number for number, _ in kept)
    for number, part in enumerate(parts):
        count = len(part.lines) - counts[number]
        if count:
            yield part.title, count


def _best(paper: Paper, rooms: Sequence[float], parts: Sequence[PosterPart]) -> Poster | None:
    """Lay out all of it; `rooms` are the points below the head of a single sheet, and of one of two."""
    lines = sum(len(part.lines) for part in parts)
    for size, columns in _forms(paper, rooms[0], lines):
        if _Room(paper, rooms[0], size, columns, parts).holds(0):
            return Poster(paper.name, size, columns, (_printed(parts),))
    return _on_two(paper, rooms[1], parts) if paper.sheets > 1 else None


def _on_two(paper: Paper, room: float, parts: Sequence[PosterPart]) -> Poster | None:
    """Lay out all of it on two sheets, on which a day stands in whole if print that is little smaller allows it."""
    lines = sum(len(part.lines) for part in parts)
    torn: Poster | None = None
    for size, columns in _forms(paper, 2 * room, lines):
        if torn is not None and size < torn.size - 2:
            break
        cut = _Room(paper, room, size, columns, parts).cut()
        if cut is None or (torn is not None and not cut.whole):
            continue
        sheets = _printed(_first(parts, cut.after)), _printed(_rest(parts, cut.after))
        found = Poster(paper.name, size, columns, sheets)
        if cut.whole:
            return found
        torn = found
    return torn


def _forms(paper: Paper, room: float, lines: int) -> Iterator[tuple[int, int]]:
    """Yield the sizes of print, with columns, in which so many lines could find room, if each were as short as can be."""
    for size, columns in product(paper.sizes, paper.columns):
        if lines * LEAST * size <= room * columns:
            yield size, columns


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


def _first_of_each(parts: Sequence[PosterPart]) -> list[tuple[int, int]]:
    """Return all lines, by the number of their day and their place there: the first of each before the second of any, so that no day is missing."""
    found: list[tuple[int, int]] = []
    for number, part in enumerate(parts):
        found += [(number, place) for place in range(len(part.lines))]
    return sorted(found, key=lambda line: (line[1], line[0]))


def _kept(parts: Sequence[PosterPart], kept: Container[tuple[int, int]]) -> list[PosterPart]:
    """Return the parts with those of their lines that are `kept`, by number of their day and place there."""
    found = []
    for number, part in enumerate(parts):
        lines = tuple(line for place, line in enumerate(part.lines) if (number, place) in kept)
        if lines:
            found.append(replace(part, lines=lines))
    return found


def _printed(parts: Iterable[PosterPart]) -> tuple[PosterPart, ...]:
    """Return the parts of a sheet as they are printed: each place in whole once."""
    told: set[Markup] = set()
    found = []
    for part in parts:
        lines = tuple(replace(line, where=_where(line, told)) for line in part.lines)
        found.append(replace(part, lines=lines))
    return tuple(found)


def _where(line: PosterLine, told: set[Markup]) -> Markup:
    """Say where; the street of a place that was told stands above."""
    if line.where in told:
        return line.place or line.where
    told.add(line.where)
    return line.where


@dataclass(frozen=True, slots=True)
class _Cut:
    """After how many lines a second sheet begins, and whether that is where a day begins."""

    after: int
    whole: bool


class _Room:
    """What of some parts fits on a sheet in one size of print; but in the smallest, no word may be wider than a column."""

    def __init__(
        self, paper: Paper, room: float, size: int, columns: int, parts: Sequence[PosterPart]
    ) -> None:
        width = _column(paper, size, columns)
        self.columns, self.height = columns, room / size
        self.lines = list(chain.from_iterable(part.lines for part in parts))
        self.wide = size == paper.sizes[-1] or all(_widest_of(line) <= width for line in self.lines)
        self.headings, self.begins = list[float](), list[bool]()
        for part in parts:
            heading = HEADING * HIGH * _lines(part.title, width / HEADING / BOLD) + AROUND_HEADING
            self.headings += [heading] * len(part.lines)
            self.begins += [True] + [False] * (len(part.lines) - 1)
        self.rows = [_rows(line, width) for line in self.lines]
        self.where = [_lines(_plain(line.where), width) for line in self.lines]
        self.again = [_lines(_plain(line.place or line.where), width) for line in self.lines]

    def holds(self, start: int, stop: int | None = None) -> bool:
        """Tell whether a sheet has room for the lines from one to another."""
        stop = len(self.lines) if stop is None else stop
        return self.wide and self._filled(start) >= stop

    def cut(self) -> _Cut | None:
        """Return where a second sheet begins so that both are about as full, where a day begins if that is possible."""
        total = len(self.lines)
        most = min(self._filled(0), total - 1) if self.wide else 0
        low, high = 1, total
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self.holds(middle) else (middle + 1, high)
        there = sorted(range(low, most + 1), key=lambda after: (abs(2 * after - total), after))
        whole = [after for after in there if self.begins[after]]
        return _Cut((whole or there)[0], bool(whole)) if there else None

    def _filled(self, start: int) -> int:
        """Return the first line that a sheet that begins with one has no room for."""
        column, used, told = 1, 0.0, set[Markup]()
        for number in range(start, len(self.lines)):
            where = self.lines[number].where
            rows = self.rows[number] + (self.again if where in told else self.where)[number]
            told.add(where)
            high = HIGH * rows + AROUND_LINE
            if number == start or self.begins[number]:
                # A heading stays with its first line.
                high += self.headings[number]
            if used + high > self.height:
                column, used = column + 1, 0.0
                if number != start and not self.begins[number]:
                    # A day that goes on in another column has its heading there again.
                    high += self.headings[number]
            if column > self.columns or high > self.height:
                return number
            used += high
        return len(self.lines)


def _column(paper: Paper, size: int, columns: int) -> float:
    """Return how wide a column is, in sizes of print."""
    return (paper.width - GAP * (columns - 1)) / columns / size


def _rows(line: PosterLine, width: float) -> int:
    """Return how many rows a line takes above the one that says where."""
    return _lines(_plain(line.time), width) + _lines(_plain(line.name), width / BOLD)


@lru_cache(8192)
def _widest_of(line: PosterLine) -> float:
    return max(_widest(_plain(line.name)) * BOLD, _widest(_plain(line.where)))


def _head_height(paper: Paper, head: PosterHead, *, numbered: bool) -> float:
    """Return the points that a head takes, and the mark at the foot: its title in one row, days, notes, room for a stamp and the QR code in the next."""
    title = _lines(head.title, paper.width / paper.title / BOLD) * paper.title * HIGH + ABOVE * paper.title
    between = (paper.width - paper.code - paper.stamp - 2 * GAP) / paper.small
    rows = sum(_lines(note, between) for note in head.notes) + numbered
    beside = (rows + HEADING * _lines(head.days, between / BOLD / HEADING)) * paper.small * HIGH
    foot = MARK if head.marked else 0
    return title + max(paper.code, beside) + AROUND_HEAD + foot


@lru_cache(8192)
def _plain(text: Markup) -> str:
    return str(text.striptags())


@lru_cache(8192)
def _widths(text: str) -> tuple[float, ...]:
    """Return how wide each word of a text is, in its size, in a font as wide as DejaVu Sans."""
    return tuple(sum(map(_width, word)) for word in text.split(" ") if word)


def _width(sign: str) -> float:
    return _WIDTHS.get(sign) or (_CAPITAL if sign.isupper() else _SMALL)


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
