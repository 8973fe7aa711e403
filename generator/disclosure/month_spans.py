"""Periods as they are written in; the months they last, and which of them lie end to end in another one, out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

YEAR = 12
SCHOOL_YEAR = 7
"""Months after New Year at which a school or day-care year begins: on 1 August."""
# Halves, quarters and months of one year can lie end to end in so many ways that are worth a look.
WAYS = 200

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
    """Yield each period with shorter ones that fill it; not with those that fill one of these in turn.

    >>> list(end_to_end(["2024", "2024-1", "2024-2", "2024-Q1", "2024-Q2"]))
    [('2024-1', ('2024-Q1', '2024-Q2')), ('2024', ('2024-1', '2024-2'))]
    """
    named: set[tuple[Span, str]] = set()
    for period in periods:
        named |= {(span, period) for span in spans_of(period)}
    spans = sorted(named)
    for whole, name in spans:
        inside = [(span, period) for span, period in spans if period != name and _within(span, whole)]
        middle = {span for span, _ in inside}
        for way in _ways(whole[0], whole[1], inside)[:WAYS]:
            if middle.isdisjoint(_joined([span for span, _ in way])):
                yield name, tuple(period for _, period in way)


def _within(span: Span, whole: Span) -> bool:
    return span != whole and whole[0] <= span[0] and span[1] <= whole[1]


def _joined(spans: list[Span]) -> set[Span]:
    """Return what two or more neighbours in a row last together."""
    found = set()
    for place, first in enumerate(spans):
        found |= {(first[0], last[1]) for last in spans[place + 1 :]}
    return found


def _ways(start: int, stop: int, inside: list[tuple[Span, str]]) -> list[list[tuple[Span, str]]]:
    """Return the rows of periods that go from one month to another without a gap, the longest periods first."""
    if start == stop:
        return [[]]
    found: list[list[tuple[Span, str]]] = []
    for span, period in sorted(inside, key=lambda item: (-item[0][1], item[1])):
        if span[0] == start and len(found) < WAYS:
            found += [[(span, period), *rest] for rest in _ways(span[1], stop, inside)]
    return found
