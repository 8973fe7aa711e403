"""Write `history.csv`, what changed of offers, from a project's commits (`nahraum changes --keep`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import yaml
from pydantic import ValidationError

from generator.derive.facts import derive
from generator.edit.tables.table_rows import csv_text
from generator.files.git import PastChange, PastCommit
from generator.model.dates import Duration
from generator.model.offer import ADDED, REMEMBERED, value_of
from generator.model.site import Site
from generator.read.csv_tables import COLUMNS
from generator.read.nodes import MapNode, parse, plain

_AMOUNTS = ("amount", "up_to", "reduced")
"""Fields of costs that hold no free text."""
_KEPT = Duration(13, "months")
"""So long before the last commit the history goes back: a year, whatever the day."""


@dataclass(slots=True)
class _Value:
    """A field's value: as compared (`same_as`), and as written into the table."""

    same_as: object
    written: str


@dataclass(slots=True)
class _Past:
    """An offer's past: when it came (None: first commit), changes by day and field."""

    came: dt.date | None = None
    changes: dict[tuple[dt.date, str], tuple[_Value, _Value]] = field(default_factory=dict)


def recorded_offers(site: Site, today: dt.date) -> frozenset[str]:
    """Return the offers whose changes may be recorded in public: none that is sensitive."""
    return frozenset(key for key, offer in derive(site, today).offers.items() if not offer.sensitive)


def history_text(commits: Iterable[PastCommit], offers: Collection[str]) -> str:
    """Return the table for some offers; same commits, same text.

    The first commit's offers are no news. A renamed record keeps its past. A day's changes are joined.
    """
    known: dict[str, _Past] = {}
    last = dt.date.min
    for number, commit in enumerate(commits):
        last = max(last, commit.date)
        for change in commit.changes:
            _take_in(known, change, commit.date, first=number == 0)
    rows: list[tuple[str, ...]] = []
    for key in sorted(offers):
        if key in known:
            rows += _make_history_rows(key, known[key], last)
    return csv_text(COLUMNS, sorted(rows))


def _take_in(known: dict[str, _Past], change: PastChange, date: dt.date, *, first: bool) -> None:
    """Note in `known` what a commit changed of an offer; `first` is the first commit."""
    old, new = _find_offer_of_file(change.old), _find_offer_of_file(change.new)
    if new is None:
        return
    if old is not None and old != new and old in known:
        known[new] = known.pop(old)
    if new not in known:
        known[new] = _Past(None if first else date)
    if old is None or change.before is None or change.after is None:
        return
    before, after = _read_past_values(change.before, old), _read_past_values(change.after, new)
    _note_changes(known[new], before, after, date)


def _note_changes(
    past: _Past, before: Mapping[str, _Value], after: Mapping[str, _Value], date: dt.date
) -> None:
    """Note changed fields of a day, keeping its initial values."""
    for name in REMEMBERED:
        one, two = before.get(name), after.get(name)
        if one is not None and two is not None and one.same_as != two.same_as:
            begun = past.changes.get((date, name), (one, two))[0]
            past.changes[date, name] = (begun, two)


def _make_history_rows(key: str, past: _Past, last: dt.date) -> Iterator[tuple[str, ...]]:
    """Yield an offer's rows: day, id, field (or that it was added), before, after."""

    def is_recent(date: dt.date) -> bool:
        return _KEPT.after(date) >= last

    if past.came is not None and is_recent(past.came):
        yield past.came.isoformat(), key, ADDED, "", ""
    for (date, name), (before, after) in past.changes.items():
        # On its first day a record is still being written.
        if is_recent(date) and date != past.came and before.same_as != after.same_as:
            yield date.isoformat(), key, name, before.written, after.written


def _find_offer_of_file(name: str | None) -> str | None:
    """Return the offer's id of a file name; None of other files."""
    path = PurePosixPath(name or "")
    return path.stem if path.suffix == ".yml" and path.parent.name == "offers" else None


def _read_past_values(text: str, name: str) -> dict[str, _Value]:
    """Return a past record's values; none if unreadable."""
    node, _ = parse(text, name)
    if not isinstance(node, MapNode):
        return {}
    raw = plain(node)
    return {
        name: value for name in REMEMBERED if (value := _read_past_value(name, raw.get(name))) is not None
    }


def _read_past_value(name: str, raw: Any) -> _Value | None:
    """Return a field's value without free texts; None if unreadable."""
    if name == "cost" and isinstance(raw, dict):
        # Notes are free texts, and so may be what an amount is paid for.
        raw = {
            key: item
            for key, item in raw.items()
            if key in _AMOUNTS or (key == "per" and " " not in str(item))
        }
    try:
        value = value_of(name, raw)
    except ValidationError:
        return None
    if name == "hours" and value is not None:
        if value.expression is None:
            return None
        # Remarks stand between quotes: `Mo 09:00-10:00 "Frau Muster"`. One may name somebody who was taken out later.
        bare = " ".join("".join(value.expression.split('"')[::2]).split())
        written = bare.replace(" ;", ";").strip(" ;")
        return _Value(written, written)
    return _Value(value, "" if raw is None else _write_yaml_line(raw))


def _write_yaml_line(raw: Any) -> str:
    """Write a value as YAML on a line, without the `...` that ends a single text."""
    text = yaml.safe_dump(raw, default_flow_style=True, allow_unicode=True, width=10**9, sort_keys=False)
    return str(text).removesuffix("\n").removesuffix("\n...")
