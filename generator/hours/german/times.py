"""Read times in minutes."""

from __future__ import annotations

from dataclasses import dataclass

from generator.hours.german.tokens import Token

Span = tuple[int, int | None]
"""Minutes of a day; an end of None isn't known."""
NOON = 12 * 60
EARLY = 6 * 60
"""Who writes „3 bis 5 Uhr“ means the afternoon."""
_PART_OF_DAY = {
    "vormittag": (0, NOON + 60, 0, NOON), "nachmittag": (NOON, 1440, NOON + 60, 1440), "abend": (17 * 60, 1440, 18 * 60, 1440),
}  # fmt: skip
"""By part of the day (start, end, core start, core end): a time within start and end is in it, one that misses the core isn't."""


@dataclass(frozen=True)
class Time:
    """A time as it was written; a `vague` one is a part of the day and nothing else."""

    at: int
    first: Token | None = None
    last: Token | None = None
    part: str = ""  # „nachmittags“ beside it
    since: Token | None = None  # „ab“ before it
    open_end: bool = False
    all_day: bool = False
    vague: bool = False

    @property
    def ends(self) -> bool:
        """Only its end is written: „bis 13 Uhr“."""
        return self.first is None and self.last is not None

    def span(self) -> Span:
        """Return its minutes; raises `Unreadable` where they aren't clear."""
        if self.all_day or self.first is None:
            return 0, 1440
        start = _minutes(self.first, self.part)
        if self.last is not None:
            return _from_to(start, self.first, self.last, self.part)
        if self.first.bare and not self.since and not self.open_end:
            raise self.first.refused(
                f"Bei „{self.first.value}“ fehlt das Ende. Schreiben Sie „15 bis 17 Uhr“ oder „ab 15 Uhr“."
            )
        if _is_early(self.first, start, self.part):
            raise self.first.refused(_early_or_late(self.first.value, "ab 17:00 Uhr"))
        return start, None

    def until(self, start: int) -> Span:
        """Return the span from a beginning said before; raises `Unreadable` where its end isn't clear."""
        if self.last is None:
            return start, None
        return _from_to(start, None, self.last, self.part)


def _early_or_late(written: str, better: str) -> str:
    return f"Ist mit „{written}“ früh oder abends gemeint? Schreiben Sie „{better}“."


def _minutes(token: Token, part: str) -> int:
    """Return minutes of the day; raises `Unreadable` for times that do not exist."""
    hour, minute = token.numbers
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise token.refused(f"„{token.value}“ ist keine Uhrzeit.")
    later = hour < 12 and ("nachmittag" in part or "abend" in part)
    return (hour + (12 if later else 0)) * 60 + minute


def _is_early(token: Token, start: int, part: str) -> bool:
    """Whether an hour may be meant of the afternoon: „3 Uhr“, „3.30“, but not „03:00“."""
    if token.whole:
        return 0 < start <= EARLY
    return 0 < start < EARLY and token.value[1:2] in {":", "."}


def _from_to(start: int, first: Token | None, last: Token, part: str) -> Span:
    """Return a span; without `first` its beginning is that of the day before."""
    end = _minutes(last, part)
    written = f"{first.value} bis {last.value}" if first else f"bis {last.value}"
    place = first or last
    if end < NOON and first and _is_early(first, start, part):
        raise place.refused(_early_or_late(written, "17:00-19:00"))
    # An evening may end on the next day: „20 bis 2 Uhr“.
    is_night = start >= 17 * 60 and end <= 6 * 60
    if end <= start and not is_night:
        # Hours alone may mean the night; with minutes nobody means the next morning.
        if start >= NOON and first and not (first.whole or last.whole):
            raise place.refused(
                f"„{last.value}“ liegt vor „{first.value}“. Zuerst steht, wann es beginnt, dann, wann es endet."
            )
        raise place.refused(_early_or_late(written, "17:00-19:00"))
    return start, end


def without(times: list[Span], begin: int, end: int) -> list[Span]:
    """Spans of a day and a pause in, what is left of them out.

    >>> without([(540, 960)], 720, 780)
    [(540, 720), (780, 960)]
    """
    left: list[Span] = []
    for first, last in times:
        if first < begin:
            left.append((first, min(begin, last) if last is not None else begin))
        if last is None or last > end:
            left.append((max(first, end), last))
    return left


def but_part(times: list[Span], part: str) -> list[Span] | None:
    """Return spans outside of a part of the day; None where one lies across.

    >>> but_part([(480, 720), (810, 1020)], "nachmittags"), but_part([(480, 1020)], "nachmittags")
    ([(480, 720)], None)
    """
    limits = next((limits for name, limits in _PART_OF_DAY.items() if name in part.lower()), None)
    kept: list[Span] = []
    for start, end in times:
        if limits is None or end is None:
            return None
        first, last, core_first, core_last = limits
        if first <= start and end <= last:
            continue
        if start < core_last and core_first < end:
            return None
        kept.append((start, end))
    return kept


def overlap(one: Span, two: Span) -> bool:
    """Tell whether two times share a moment; an open end lasts for ever."""
    return (two[1] is None or one[0] < two[1]) and (one[1] is None or two[0] < one[1])
