"""Periods as they are written in; the months they last, and which of them lie end to end in another one, out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

YEAR = 12
SCHOOL_YEAR = 7
"""Months after New Year at which a school or day-care year begins: on 1 August."""

Span = tuple[int, int]
"""First month and the month after the last, counted from the year 0."""


def spans_of(period: str) -> tuple[Span, ...]:
    """Return what a period may mean: 2024/2025 is a school year or two years; nothing for a single day.

    >>> spans_of("2024-Q2")
    ((24291, 24294),)
    """
    match = re.fullmatch(r"(\d{4})(?:([/-])(\d{4}|\d{2}|[12])|[-/ ]?([HQ])([1-4]))?", period)
    if match is None:
        return ()
    start = int(match[1]) * YEAR
    sign, second, letter, number = match[2], match[3], match[4], match[5]
    if letter:
        return (_nth(start, int(number), 6 if letter == "H" else 3),)
    if second is None:
        return (_nth(start, 1, YEAR),)
    if len(second) == 1:
        return (_nth(start, int(second), 6),)
    if len(second) == 2 and sign == "-":
        return (_nth(start, int(second), 1),)
    school = (start + SCHOOL_YEAR, start + SCHOOL_YEAR + YEAR)
    if len(second) == 2:
        return (school,)
    years = (start, int(second) * YEAR + YEAR)
    if sign == "/" and years[1] - years[0] == 2 * YEAR:
        return (school, years)
    return (years,)


def _nth(start: int, number: int, months: int) -> Span:
    """Return the first, second … part of so many months after a month."""
    return (start + months * (number - 1), start + months * number)


def end_to_end(periods: Collection[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each period with shorter ones that fill it, the longest that do: what fills one of these in turn is told by that.

    >>> list(end_to_end(["2024", "2024-1", "2024-2", "2024-Q1", "2024-Q2"]))
    [('2024-1', ('2024-Q1', '2024-Q2')), ('2024', ('2024-1', '2024-2'))]
    """
    spans = _named_spans(periods)
    for whole, name in spans:
        inside = [(span, period) for span, period in spans if period != name and _within(span, whole)]
        for way in _ways(whole[0], whole[1], inside):
            yield name, way


def left_over(periods: Collection[str]) -> Iterator[tuple[str, tuple[str, ...], float]]:
    """Yield each period with shorter ones in it that leave a gap, the longest first, and the share of its months that they fill.

    >>> list(left_over(["2023", "2024", "2024-1", "2024-Q3"]))
    [('2024', ('2024-1', '2024-Q3'), 0.75)]
    """
    filled = {whole for whole, _ in end_to_end(periods)}
    spans = _named_spans(periods)
    for whole, name in spans:
        inside = [(span, period) for span, period in spans if period != name and _within(span, whole)]
        taken = _longest_apart(inside)
        if taken and name not in filled:
            told = sum(_months(span) for span, _ in taken)
            parts = tuple(period for _, period in taken)
            yield name, parts, told / _months(whole)


def _longest_apart(spans: Iterable[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """Return spans that don't overlap, taking the longest first, in their order."""
    taken: list[tuple[Span, str]] = []
    for span, period in sorted(sorted(spans), key=lambda one: -_months(one[0])):
        if all(span[1] <= other[0] or other[1] <= span[0] for other, _ in taken):
            taken.append((span, period))
    return sorted(taken)


def _months(span: Span) -> int:
    return span[1] - span[0]


def _named_spans(periods: Iterable[str]) -> list[tuple[Span, str]]:
    """Return whatever some periods may mean, in order."""
    named: set[tuple[Span, str]] = set()
    for period in periods:
        named |= {(span, period) for span in spans_of(period)}
    return sorted(named)


def _within(span: Span, whole: Span) -> bool:
    return span != whole and whole[0] <= span[0] and span[1] <= whole[1]


def _ways(start: int, stop: int, inside: list[tuple[Span, str]]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of periods that go from one month to another without a gap, each the longest that begins there."""
    if start == stop:
        yield ()
    longest = max((span[1] for span, _ in inside if span[0] == start), default=start)
    for span, period in inside:
        if span == (start, longest):
            yield from ((period, *rest) for rest in _ways(longest, stop, inside))
