"""A reading in, every diagnostic beyond types out: one module a concern, one row a check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from generator.check.basemap import check_basemap
from generator.check.contacts import check_contacts
from generator.check.discretion import check_discretion, check_help_numbers
from generator.check.figures import check_figures
from generator.check.geometry import check_points, check_shapes
from generator.check.hierarchy import check_hierarchy
from generator.check.hours import check_hours
from generator.check.icons import check_icons
from generator.check.lifecycle import check_freshness, check_lifecycle
from generator.check.names import check_names
from generator.check.privacy import check_privacy
from generator.check.sums import check_sums
from generator.check.texts import check_texts
from generator.diagnostics import Diagnostic, has_errors, ordered
from generator.model.site import Site
from generator.read.project import Progress, Reading, silent

Check = Callable[[Site, Reading], Iterable[Diagnostic]]
DatedCheck = Callable[[Site, Reading, dt.date], Iterable[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    check_hierarchy,
    check_shapes,
    check_points,
    check_names,
    check_contacts,
    check_hours,
    check_sums,
    check_privacy,
    check_discretion,
    check_texts,
    check_icons,
    check_figures,
    check_basemap,
)
DATED_CHECKS: tuple[DatedCheck, ...] = (check_lifecycle, check_freshness, check_help_numbers)

# Without these the other checks would only repeat what is already reported.
_BROKEN_LINKS = {"unbekannter-verweis", "unbekanntes-thema"}


def check_reading(reading: Reading, today: dt.date, progress: Progress = silent) -> tuple[Diagnostic, ...]:
    """Return all diagnostics of a reading, sorted; checks that need sound references wait until these are sound."""
    found = list(reading.found)
    site = reading.site
    if site is None:
        return ordered(found)
    if any(item.code in _BROKEN_LINKS for item in found):
        return ordered([*found, *check_hierarchy(site, reading), *check_texts(site, reading)])
    total = len(CHECKS) + len(DATED_CHECKS)
    for number, check in enumerate(CHECKS):
        progress("prüfen", number, total)
        found += check(site, reading)
    for number, dated in enumerate(DATED_CHECKS, len(CHECKS)):
        progress("prüfen", number, total)
        found += dated(site, reading, today)
    progress("prüfen", total, total)
    return ordered(found)


__all__ = ["CHECKS", "DATED_CHECKS", "check_reading", "has_errors"]
