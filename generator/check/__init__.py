"""A reading in, every diagnostic beyond types out: one module a concern, one row a check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from itertools import chain

from generator.check.addresses import check_addresses, check_numbers
from generator.check.basemap import check_basemap
from generator.check.contacts import check_contacts
from generator.check.discretion import (
    check_danger_words,
    check_discretion,
    check_help_numbers,
    check_own_words,
)
from generator.check.figures import check_figures, check_figures_ahead
from generator.check.geometry import check_points, check_shapes
from generator.check.hierarchy import check_hierarchy
from generator.check.hours import check_hours
from generator.check.lifecycle import check_freshness, check_lifecycle
from generator.check.on_call import check_on_call
from generator.check.openings import check_openings
from generator.check.overlay import check_overlay
from generator.check.persons import check_persons
from generator.check.privacy import check_privacy
from generator.check.protection import check_confirmations, check_protection
from generator.check.protection_by_area import check_protection_by_area
from generator.check.public_files import check_public_files
from generator.check.quiet import quiet
from generator.check.reaching import check_reaching
from generator.check.refuge_names import check_refuge_names
from generator.check.refuge_ties import check_refuge_ties
from generator.check.register import check_register
from generator.check.shared_names import check_names, check_where
from generator.check.sums import check_sums
from generator.check.texts import check_texts
from generator.check.unknown_icons import check_icons
from generator.check.whereabouts import check_whereabouts
from generator.diagnostics import Diagnostic, folded, has_errors
from generator.diagnostics.progress import Progress, silent
from generator.model.site import Site
from generator.parts import given
from generator.read.project import Reading

Check = Callable[[Site, Reading], Iterable[Diagnostic]]
DatedCheck = Callable[[Site, Reading, dt.date], Iterable[Diagnostic]]

_GROUND: tuple[Check, ...] = (
    check_hierarchy,
    check_shapes,
    check_points,
    check_names,
    check_where,
    check_contacts,
    check_numbers,
    check_addresses,
    check_hours,
    check_sums,
    check_privacy,
    check_discretion,
    check_own_words,
    check_danger_words,
    check_protection,
    check_refuge_names,
    check_refuge_ties,
    check_whereabouts,
    check_protection_by_area,
    check_public_files,
    check_overlay,
    check_persons,
    check_reaching,
    check_texts,
    check_icons,
    check_figures,
    check_basemap,
)
_DATED_GROUND: tuple[DatedCheck, ...] = (
    check_lifecycle,
    check_openings,
    check_freshness,
    check_confirmations,
    check_help_numbers,
    check_figures_ahead,
    check_on_call,
    check_register,
)


CHECKS: tuple[Check, ...] = (*_GROUND, *chain.from_iterable(given("check", "CHECKS")))
DATED_CHECKS: tuple[DatedCheck, ...] = (*_DATED_GROUND, *chain.from_iterable(given("check", "DATED_CHECKS")))


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
