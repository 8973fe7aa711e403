"""Report every number of a withheld cell that a built site shows.

The nearest names of indicator, area, period and breakdown tell which cell a number is of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from msgspec import Struct

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.disclosure.amounts import numbers
from generator.disclosure.cell_names import cell_name
from generator.disclosure.site_audit.read_cells import ReadCell, Unread, read_site
from generator.model.areas_and_offices import Space
from generator.model.cells import CellKey, Series, Status
from generator.model.editions import Edition
from generator.model.indicator import Breakdown, Indicator
from generator.model.site import Site

Words = Mapping[str, str]
"""What something is called, in lower case, with its id."""

_FIGURE = re.compile(
    r"zähler|numerator|anzahl|count|quote|anteil|\bwert\b|value|rate|share|prozent|percent|%|‰|je 1\.|^(?:low|high|von|bis|text|interval|hier|unsicherheit)?$",
    re.IGNORECASE,
)
"""How columns of figures are called, besides those of an area, a period or an indicator."""
_BARE = re.compile(r"[^\w]*+\d[\d.,:\s\u202f–()%‰-]*+[^\w]*+")  # numbers and signs alone: „12,5 % (10–15)“


class AuditedIndicator(Struct, frozen=True):
    """An indicator with its withheld cells, and the words by which they are recognised."""

    indicator: Indicator
    secret: Mapping[CellKey, int | None]
    """The withheld cells with their public denominators."""
    periods: Words
    values: tuple[Words, ...]
    """The names of each breakdown's values."""


def audit_site(
    site: Site,
    derived: Mapping[str, Series],
    folder: Path,
    write: Callable[[str], Iterable[str]] = lambda _period: (),
) -> list[Diagnostic]:
    """Report withheld cells shown in `folder`; `write` gives periods as pages do."""
    shown = {key: _shown(site.indicators[key], series, write) for key, series in derived.items()}
    shown = {key: one for key, one in shown.items() if one.secret}
    titles = {name: key for key, one in shown.items() for name in _names(one.indicator, "title")}
    areas = {name: key for key, space in site.spaces.items() for name in (*_names(space, "name"), key)}
    frozen = {one.key: _frozen(one) for one in site.editions.values()}
    found: list[Diagnostic] = []

    def is_wanted(name: str, text: str) -> bool:
        folded = f"{name} {text}".casefold()
        return any(word in folded for word in (*titles, *shown))

    for cell in read_site(folder, is_wanted):
        if isinstance(cell, Unread):
            found.append(diagnostic("datei-unlesbar", Position(cell.file), reason=cell.reason))
            continue
        # An edition's page may show what it froze.
        allowed = set().union(*(one for key, one in frozen.items() if f"/{key}/" in f"/{cell.file}"))
        for key in _nearest(titles, cell) or _nearest({one: one for one in shown}, cell):
            place = _find_disclosed(shown[key], areas, cell, allowed)
            if place is not None:
                name = cell_name(site, shown[key].indicator, place)
                where = Position(cell.file, cell.line)
                found.append(diagnostic("zahl-auf-der-seite", where, cell=name, value=cell.text[:80]))
    return found


def _shown(item: Indicator, series: Series, write: Callable[[str], Iterable[str]]) -> AuditedIndicator:
    secret = {key: one.denominator for key, one in series.cells.items() if one.status is Status.SECRET}
    periods: dict[str, str] = {}
    for period in {key[1] for key in series.cells}:
        periods |= {name.casefold(): period for name in (period, *write(period))}
    return AuditedIndicator(item, secret, periods, tuple(map(_value_words, item.breakdowns)))


def _value_words(breakdown: Breakdown) -> Words:
    every = ((one.id, name) for one in breakdown.values for name in (one.id, one.name, one.name_en))
    return {name.casefold(): key for key, name in every if name}


def _names(record: Space | Indicator, field: str) -> set[str]:
    """Return a record's names in all languages, in lower case."""
    named = (getattr(one, field) for one in (record, *record.translations.values()))
    return {name.casefold() for name in named if name}


def _frozen(edition: Edition) -> set[Decimal]:
    """Return an edition's numbers, also rounded, which stay forever."""
    found: set[Decimal] = set()
    for series in edition.frozen.series.values() if edition.frozen is not None else ():
        for cell in series.cells.values():
            amounts = (cell.numerator, cell.denominator, cell.value, cell.low, cell.high)
            decimals = [Decimal(str(number)) for number in amounts if number is not None]
            found.update(*((one, round(one, 0), round(one, 1), round(one, 2)) for one in decimals))
    return found


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for the longest of some words."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?![\w-])" if words else r"(?!)")


def _nearest(words: Words, cell: ReadCell) -> list[str]:
    """Return what the nearest text names, a row's field first, the file's name last."""
    pattern = _any_of(tuple(words))
    for layer in (cell.text, *cell.about, cell.file.replace("/", " ").replace(".", " ")):
        text = layer.casefold()
        found = [field for field in text.split(" | ") if field in words] or pattern.findall(text)
        if found:
            return list(dict.fromkeys(words[name] for name in found))
    return []


def _find_disclosed(
    shown: AuditedIndicator, areas: Words, cell: ReadCell, allowed: set[Decimal]
) -> CellKey | None:
    """Return the withheld cell whose number is shown, or None."""
    named = _any_of(tuple({*areas, *shown.periods, *_names(shown.indicator, "title")}))
    spaces = _nearest(areas, cell)
    if len(spaces) != 1 or not (_FIGURE.search(cell.heading) or named.search(cell.heading.casefold())):
        return None
    period = (_nearest(shown.periods, cell) or [max(shown.periods.values())])[0]
    values = [_nearest(words, cell) for words in shown.values]
    place = (spaces[0], period, tuple(one[0] if len(one) == 1 else "" for one in values))
    words = _any_of(tuple({*areas, *shown.periods, *_names(shown.indicator, "title"), *_all(shown.values)}))
    without_names = words.sub(" ", cell.text.casefold())
    if place in shown.secret and _BARE.fullmatch(without_names):
        most = shown.secret[place]
        for number in numbers(without_names):
            # A denominator is public, and a number above it and the base of rates is no such count.
            too_large = most is not None and min(number) > max(most, int(shown.indicator.per))
            if not (too_large or most in number or allowed.intersection(number)):
                return place
    return None


def _all(values: Iterable[Words]) -> Iterator[str]:
    """Yield the names of all values that are no numbers."""
    for words in values:
        yield from (name for name in words if not name.isdigit())
