"""Takes what filters and cards need of each offer and hands out two JSON files for the browser.

`CHOICES` has the filters with their choices, and how many offers each has: enough for the form, loaded with the page. `OFFERS` has
the offers; it is loaded when somebody first uses the form, whatever they do with it. `assets/js/offers.js` reads both. Titles and addresses
are in neither: they stand in the title part of the search index, whose entries of the kind `offer` come in the same order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.search.packing import SEPARATOR, distances, pack_numbers, pack_table

VERSION = 1
# Points are rounded to 0.00001 degrees, about one metre.
PRECISION = 100_000
# The one line under the name is loaded in blocks of so many offers, after the cards are shown and all of them, so that no request
# tells what somebody looks for.
BLOCK = 500
CHOICES, OFFERS = "auswahl.json", "verzeichnis.json"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter; `depth` indents it under the one before, and a `grave` one leaves no step in the history."""

    id: str
    label: str
    depth: int = 0
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its choices; `id` is the name of its parameter in the page's address.

    `shelf` is where the form puts it when it has no place of its own there; a choice without label is counted and never offered.
    What has a choice of those `beside` is found with every other one, behind what has that itself: an offer for the whole town
    with every area. What has the choice `below` stands under the list and isn't counted, unless one of those `alone` was chosen.
    """

    id: str
    options: tuple[Option, ...]
    shelf: str = ""
    beside: tuple[str, ...] = ()
    below: str = ""
    alone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    """One offer: the choices it has, by filter, and what its card shows.

    `ages` are whole months (lowest, highest or None, whether it begins before birth), None where any child fits.
    `schedule` is compact JSON as made by `model.schedule.compact`, or nothing; `hours` are its words. `point` is
    longitude and latitude, `situation` the life situation whose shape its marker has. An offer that isn't `listed` has a place in the order, but appears under no filter; one that isn't `kept`
    may not be put on the own list, and one that is `behind` comes behind all others wherever the order isn't that of the alphabet or of the words.
    """

    choices: Mapping[str, tuple[str, ...]]
    ages: tuple[int, int | None, bool] | None = None
    schedule: str = ""
    hours: str = ""
    point: tuple[float, float] | None = None
    where: str = ""
    cost: str = ""
    status: str = ""
    situation: str = ""
    line: str = ""
    spoken: str = ""
    waiting: str = ""
    listed: bool = True
    kept: bool = True
    behind: bool = False


def directory(rows: Sequence[DirectoryRow], facets: Iterable[Facet], language: str) -> dict[str, bytes]:
    """Pack the offers of one language, by the names of the files; choices that no offer has are left out."""
    postings: list[str] = []
    written: list[list[Any]] = []
    grave: list[str] = []
    for facet in facets:
        options: list[list[Any]] = []
        holding: dict[str, list[int]] = {}
        for place, row in enumerate(rows):
            for choice in frozenset(row.choices.get(facet.id, ())) if row.listed else ():
                holding.setdefault(choice, []).append(place)
        beside = {place for choice in facet.beside for place in holding.get(choice, ())}
        for option in facet.options:
            holders = holding.get(option.id, [])
            found = holders if option.id in facet.beside else beside.union(holders)
            if found:
                depth = [option.depth] if option.depth else []
                options.append([option.id, option.label, len(found), *depth])
                postings.append(pack_numbers(distances(holders)))
                grave += [option.id] if option.grave else []
        if options:
            written.append([facet.id, options, *_further(facet)])
    ages, age_of = pack_table(row.ages for row in rows)
    hours, hours_of = pack_table((row.schedule, row.hours) for row in rows)
    points, point_of = pack_table(rounded(row.point) for row in rows)
    schedules = [json.loads(schedule) if schedule else None for schedule, _ in hours]
    # The days for which hours are computed: all schedules of a site have the same. Beyond them nothing is known.
    known = [schedule for schedule in schedules if schedule]
    choices = {
        "version": VERSION,
        "language": language,
        "first": min((schedule["s"] for schedule in known), default=""),
        "last": max((schedule["u"] for schedule in known), default=""),
        "grave": grave,
        "facets": written,
    }
    offers = _json(
        {
            "version": VERSION,
            "language": language,
            "size": len(rows),
            "block": BLOCK,
            "unlisted": pack_numbers(distances([place for place, row in enumerate(rows) if not row.listed])),
            "unkept": pack_numbers(distances([place for place, row in enumerate(rows) if not row.kept])),
            "behind": pack_numbers(distances([place for place, row in enumerate(rows) if row.behind])),
            "postings": SEPARATOR.join(postings),
            "ages": [None if item is None else [item[0], item[1], int(item[2])] for item in ages],
            "ageOf": age_of,
            "hours": schedules,
            "words": [text for _, text in hours],
            "hoursOf": hours_of,
            "points": points,
            "pointOf": point_of,
            "columns": {
                name: list(pack_table(getattr(row, name) for row in rows))
                for name in ("where", "cost", "status", "spoken", "waiting", "situation")
            },
        }
    )
    return {CHOICES: _json(choices), OFFERS: offers}


def lines(rows: Sequence[DirectoryRow]) -> list[bytes]:
    """Return the one line under each name as JSON lists, a block at a time."""
    return [_json([row.line for row in rows[start : start + BLOCK]]) for start in range(0, len(rows), BLOCK)]


def rounded(point: tuple[float, float] | None) -> tuple[int, int] | None:
    """Return a point in the whole numbers in which the files hold it."""
    return None if point is None else (round(point[0] * PRECISION), round(point[1] * PRECISION))


def _further(facet: Facet) -> list[Any]:
    """Return what goes for a filter beside its choices: its shelf, and then what is found with them; without what is empty."""
    said = {"beside": facet.beside, "below": facet.below, "alone": facet.alone}
    rules = {name: value for name, value in said.items() if value}
    if rules:
        return [facet.shelf, rules]
    return [facet.shelf] if facet.shelf else []


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
