"""Check a reading for everything beyond the types of values: one module a concern, with its `CHECKS` and `DATED_CHECKS`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, Literal

from generator.check import (
    addresses,
    basemap,
    contacts,
    discretion,
    figures,
    geometry,
    hierarchy,
    hours,
    lifecycle,
    on_call,
    openings,
    overlay,
    persons,
    privacy,
    protection,
    protection_by_area,
    public_files,
    reaching,
    refuge_names,
    refuge_ties,
    register,
    shared_names,
    sums,
    texts,
    unknown_icons,
    whereabouts,
)
from generator.check.quiet import quiet
from generator.diagnostics import Diagnostic, folded, has_errors
from generator.diagnostics.progress import Progress, silent
from generator.model.site import Site
from generator.parts import given
from generator.read.project import Reading

Check = Callable[[Site, Reading], Iterable[Diagnostic]]
DatedCheck = Callable[[Site, Reading, dt.date], Iterable[Diagnostic]]

_CORE = (
    hierarchy,
    geometry,
    shared_names,
    contacts,
    addresses,
    hours,
    sums,
    privacy,
    discretion,
    protection,
    refuge_names,
    refuge_ties,
    whereabouts,
    protection_by_area,
    public_files,
    overlay,
    persons,
    reaching,
    texts,
    unknown_icons,
    figures,
    basemap,
    lifecycle,
    openings,
    on_call,
    register,
)


def _rows(name: Literal["CHECKS", "DATED_CHECKS"]) -> Iterator[Any]:
    """Yield what stands under `CHECKS` or `DATED_CHECKS` in modules of the core, then in those of subjects."""
    for module in _CORE:
        yield from getattr(module, name, ())
    yield from chain.from_iterable(given("check", name))


CHECKS: tuple[Check, ...] = tuple(_rows("CHECKS"))
DATED_CHECKS: tuple[DatedCheck, ...] = tuple(_rows("DATED_CHECKS"))


def check_reading(reading: Reading, today: dt.date, progress: Progress = silent) -> tuple[Diagnostic, ...]:
    """Return all diagnostics of a reading, sorted, one for each cause.

    Every check runs whatever the others find, so it must bear references that lead nowhere and records that could not be read.
    """
    found = list(reading.found)
    site = reading.site
    if site is None:
        return folded(found)
    total = len(CHECKS) + len(DATED_CHECKS)
    for number, check in enumerate(CHECKS):
        progress("prüfen", number, total)
        found += check(site, reading)
    for number, dated in enumerate(DATED_CHECKS, len(CHECKS)):
        progress("prüfen", number, total)
        found += dated(site, reading, today)
    progress("prüfen", total, total)
    return folded(quiet(found, site, reading))


__all__ = ["CHECKS", "DATED_CHECKS", "check_reading", "has_errors"]
