"""Write the files from which a browser filters offers and fills their cards.

`CHOICES` is loaded with the page, `OFFERS` at the first use, `HOURS` by every search, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from generator.search.packing import (
    SEPARATOR,
    distances,
    mark_of,
    pack_columns,
    pack_numbers,
    pack_table,
    packed_json,
)

VERSION = 1  # of the files' format
# Points are rounded to 0.00001 degrees, about one metre.
PRECISION = 100_000
# The line under an offer's name is loaded after the cards are shown, in files of so many offers. Always all of them, so that no
# request tells what somebody looks for.
BLOCK = 500
CHOICES, OFFERS, HOURS = "auswahl.json", "verzeichnis.json", "zeiten.json"  # names of files


class Option(Struct, frozen=True):
    """A filter's choice."""

    id: str
    label: str
    depth: int = 0  # how far it is indented below a wider choice
    grave: bool = False  # whether choosing it leaves no trace in the browser's history


class Facet(Struct, frozen=True):
    """A filter with its choices."""

    id: str  # the parameter in the page's address
    options: tuple[Option, ...]  # one without label is counted and never offered
    shelf: str = ""  # where the form puts it, if it has no place of its own
    # choices whose offers every other choice finds too, after its own: with „Mitte“ also what is for the whole town
    beside: tuple[str, ...] = ()


class DirectoryRow(Struct, frozen=True):
    """One offer: its choices by filter, and what its card shows."""

    choices: Mapping[str, tuple[str, ...]]
    schedule: str = ""  # compact JSON (`model.schedule.compact`), or ""
    hours: str = ""  # the schedule in words
    point: tuple[float, float] | None = None  # longitude and latitude
    where: str = ""  # its area, or how it comes to people
    cost: str = ""
    status: str = ""  # in words, where it isn't simply running
    situation: str = ""  # the life situation that shapes its marker
    line: str = ""  # its summary, below the name
    spoken: str = ""  # languages in words
    waiting: str = ""  # free places or waiting time in words
    listed: bool = True  # whether filters show it; it has a place in the order anyway
    kept: bool = True  # whether it may be put on the own list
    behind: bool = False  # stands last, unless sorted by name or by words searched for


def directory(
    rows: Sequence[DirectoryRow], facets: Iterable[Facet], language: str, order: str = ""
) -> dict[str, bytes]:
    """Return a language's files by name, without choices that no offer has.

    `order` is a mark of the offers' order, by which other files know theirs is the same; `of` is one by which `CHOICES`
    and `OFFERS` know that they belong together. `postings` have the places of each choice's offers.
    """
    written: list[list[Any]] = []
    postings: list[str] = []
    grave: list[str] = []
    for facet in facets:
        held = _held_options(facet, rows)
        if held:
            options = [_written_option(one) for one in held]
            written.append([facet.id, options, *_further(facet)])
        postings += [pack_numbers(distances(one.holders)) for one in held]
        grave += [one.option.id for one in held if one.option.grave]
    hours, hours_of = pack_table((row.schedule, row.hours) for row in rows)
    schedules = [json.loads(schedule or "null") for schedule, _ in hours]
    choices = {
        "version": VERSION,
        "language": language,
        **_known_days(schedules),
        "grave": grave,
        "facets": written,
        "of": mark_of(written),
    }
    points, point_of = pack_table(rounded(row.point) for row in rows)
    offers = {
        "version": VERSION,
        "language": language,
        "order": order,
        "of": choices["of"],
        "size": len(rows),
        "block": BLOCK,
        "unlisted": _pack_places(not row.listed for row in rows),
        "unkept": _pack_places(not row.kept for row in rows),
        "behind": _pack_places(row.behind for row in rows),
        "postings": SEPARATOR.join(postings),
        "points": points,
        "pointOf": point_of,
        "columns": pack_columns(rows, ("where", "cost", "status", "spoken", "waiting", "situation")),
    }
    times = {
        "version": VERSION,
        "language": language,
        "order": order,
        "hours": schedules,
        "words": [text for _, text in hours],
        "hoursOf": hours_of,
    }
    return {CHOICES: packed_json(choices), OFFERS: packed_json(offers), HOURS: packed_json(times)}


def _known_days(schedules: Iterable[Any]) -> dict[str, str]:
    """Return the first and last day that any schedule knows (its `s` and `u`)."""
    read = [schedule for schedule in schedules if schedule]
    first = min((schedule["s"] for schedule in read), default="")
    last = max((schedule["u"] for schedule in read), default="")
    return {"first": first, "last": last}


class _HeldOption(Struct, frozen=True):
    """A choice that finds offers."""

    option: Option
    holders: list[int]  # its own offers' places
    number: int  # how many it finds, with those of `beside`


def _held_options(facet: Facet, rows: Iterable[DirectoryRow]) -> list[_HeldOption]:
    """Return a filter's choices that find offers, of those that are listed."""
    holding: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        if row.listed:
            for choice in set(row.choices.get(facet.id, ())):
                holding.setdefault(choice, []).append(place)
    beside = set[int]().union(*(holding.get(choice, ()) for choice in facet.beside))
    found = []
    for option in facet.options:
        holders = holding.get(option.id, [])
        number = len(holders) if option.id in facet.beside else len(beside.union(holders))
        if number:
            found.append(_HeldOption(option, holders, number))
    return found


def _written_option(held: _HeldOption) -> list[Any]:
    """Return (id, label, number, depth), without a depth of 0."""
    row = [held.option.id, held.option.label, held.number]
    return [*row, held.option.depth] if held.option.depth else row


def _pack_places(flags: Iterable[bool]) -> str:
    """Write at which places it is true."""
    return pack_numbers(distances(place for place, is_so in enumerate(flags) if is_so))


def lines(rows: Sequence[DirectoryRow]) -> list[bytes]:
    """Return the lines under offers' names, a file for each `BLOCK`."""
    written = [row.line for row in rows]
    return [packed_json(written[start : start + BLOCK]) for start in range(0, len(rows), BLOCK)]


def rounded(point: tuple[float, float] | None) -> tuple[int, int] | None:
    """Return a point in the files' whole numbers."""
    return None if point is None else (round(point[0] * PRECISION), round(point[1] * PRECISION))


def _further(facet: Facet) -> list[Any]:
    """Return a filter's shelf and the choices beside others, as far as there are any."""
    if facet.beside:
        return [facet.shelf, facet.beside]
    return [facet.shelf] if facet.shelf else []
