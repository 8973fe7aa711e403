"""Check a project that was read, beyond the types of single values (`CHECKS`, `DATED_CHECKS`)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import chain
from typing import Any, Literal

from msgspec.structs import replace

from generator.check import (
    areas,
    contacts,
    crisis,
    hours,
    houses,
    lifecycle,
    names_and_texts,
    persons,
    protection,
    public_files,
    released,
    unfinished,
    whereabouts,
)
from generator.check.protected import quiet
from generator.diagnostics import Diagnostic, folded, has_errors
from generator.diagnostics.diagnostic import Progress, silent
from generator.model.site import Site
from generator.parts import given
from generator.read.nodes import position_at
from generator.read.project import Reading, alone, with_repaired
from generator.read.records import RecordSource, Spot

CheckText = Callable[[str], Iterable[Diagnostic]]
"""The text of a file in, its diagnostics out."""


def obeyed(text: str, item: Diagnostic) -> str:
    """Return a file's text with a message's proposal applied."""
    lines, place = text.split("\n"), item.position
    line, start = lines[place.line - 1], place.column - 1
    lines[place.line - 1] = f"{line[:start]}{item.instead}{line[start + place.length :]}"
    return "\n".join(lines)


def tried(found: Sequence[Diagnostic], text: str, check: CheckText) -> Iterator[Diagnostic]:
    """Yield diagnostics, dropping proposals that don't help or cause errors. The help then says what would be wrong.

    A hint that the error had hidden is no error of the proposal.
    """
    before = _count_by_code_and_message(check(text))
    for item in found:
        if not item.instead:
            yield item
            continue
        obeying = list(check(obeyed(text, item)))
        after, errors = (
            _count_by_code_and_message(obeying),
            _count_by_code_and_message(one for one in obeying if one.severity != "note"),
        )
        (this_one,) = _count_by_code_and_message([item])
        caused = next(iter(errors - before), None)
        if caused is None and after[this_one] < before[this_one]:
            yield item
        else:
            # What changes nothing is one line of several that are read as one.
            better = (
                f"„{item.instead}“ wäre zu schreiben, aber: {caused[1]}"
                if caused
                else f"gemeint ist vielleicht „{item.instead}“; die Zeilen davor und danach mit ansehen"
            )
            yield replace(item, instead="", help=better)


def _count_by_code_and_message(found: Iterable[Diagnostic]) -> Counter[tuple[str, str]]:
    """Count diagnostics by (code, message), wherever they stand."""
    return Counter((item.code, item.message) for item in found)


Check = Callable[[Site, Reading], Iterable[Diagnostic]]
DatedCheck = Callable[[Site, Reading, dt.date], Iterable[Diagnostic]]

_CORE = (
    areas,
    names_and_texts,
    contacts,
    hours,
    persons,
    crisis,
    houses,
    protection,
    released,
    whereabouts,
    public_files,
    unfinished,
    lifecycle,
)

_OF_ONE_RECORD = (names_and_texts, contacts, hours, lifecycle, whereabouts)
"""These judge a record by itself, within milliseconds: they are run again on what a message proposes. Others search the whole town."""


def _core_and_subject_checks(name: Literal["CHECKS", "DATED_CHECKS"]) -> Iterator[Any]:
    """Yield the core modules' entries of a list, then subjects'."""
    yield from _checks_of_modules(_CORE, name)
    yield from chain.from_iterable(given("check", name))


def _checks_of_modules(modules: Iterable[object], name: Literal["CHECKS", "DATED_CHECKS"]) -> Iterator[Any]:
    return chain.from_iterable(getattr(module, name, ()) for module in modules)


# Collected at the first call, not at import: subjects' checks import core checks, and would find them half loaded.
@cache
def checks() -> tuple[Check, ...]:
    """Return every check of a site and its reading."""
    return tuple(_core_and_subject_checks("CHECKS"))


@cache
def dated_checks() -> tuple[DatedCheck, ...]:
    """Return every check that asks for the day, too."""
    return tuple(_core_and_subject_checks("DATED_CHECKS"))


def check_reading(reading: Reading, today: dt.date, progress: Progress = silent) -> tuple[Diagnostic, ...]:
    """Return all diagnostics, sorted, one for each cause.

    Every check runs whatever others find, so it must bear broken references and records.
    """
    found = list(reading.found)
    reading = with_repaired(reading)
    site = reading.site
    if site is None:
        return folded(found)
    reported = set(chain.from_iterable(map(_spots_reported, reading.repaired.values())))
    timeless, dated_ones = checks(), dated_checks()
    total = len(timeless) + len(dated_ones)
    for number, check in enumerate(timeless):
        progress("prüfen", number, total)
        found += (item for item in check(site, reading) if item.position[:3] not in reported)
    for number, dated in enumerate(dated_ones, len(timeless)):
        progress("prüfen", number, total)
        found += (item for item in dated(site, reading, today) if item.position[:3] not in reported)
    progress("prüfen", total, total)
    return folded(quiet(_with_tried_proposals(found, reading, today), site, reading))


def _with_tried_proposals(
    found: Sequence[Diagnostic], reading: Reading, today: dt.date
) -> Iterator[Diagnostic]:
    """Yield diagnostics; a proposal (`instead`) stays only where it works in its record's text."""
    proposing = {item.position.file for item in found if item.instead}
    sources = {source.file: source for source in reading.sources.values() if source.file in proposing}
    to_try: dict[str, list[Diagnostic]] = {file: [] for file in sources}
    for item in found:
        if item.position.file in to_try:
            to_try[item.position.file].append(item)
        else:
            yield replace(item, instead="") if item.instead else item
    for file, source in sources.items():
        yield from tried(to_try[file], source.text, partial(_check_text, reading, source, today))


def _check_text(reading: Reading, source: RecordSource, today: dt.date, text: str) -> list[Diagnostic]:
    """Return the diagnostics a record would have with another text."""
    record, found = reading.reread(source, text)
    if record is None:
        return found
    single = alone(reading, record)
    if single.site is None:
        return found
    reported = set(_spots_reported(record)) if record.altered else set()
    checked: list[Diagnostic] = []
    for check in _checks_of_modules(_OF_ONE_RECORD, "CHECKS"):
        checked += check(single.site, single)
    for dated in _checks_of_modules(_OF_ONE_RECORD, "DATED_CHECKS"):
        checked += dated(single.site, single, today)
    found += (item for item in checked if item.position[:3] not in reported)
    return [item for item in found if item.position.file == source.file]


def _spots_reported(repaired: RecordSource) -> Iterator[Spot]:
    """Yield where checks keep silent on a record with faults: at these, and where they report missing fields (`name`, `kind`)."""
    yield from repaired.altered
    yield from (position_at(repaired.node, (field,))[:3] for field in ("name", "kind"))


__all__ = ["check_reading", "checks", "dated_checks", "has_errors"]
