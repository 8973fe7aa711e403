"""Evaluations and published figures in, what contradicts itself or can't be computed out."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.series import series_of
from generator.derive.evaluations import all_evaluations
from generator.derive.geography import space_facts
from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.disclosure.lattice import forms_trees
from generator.model.site import Site
from generator.read.project import Reading


def check_evaluations(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report comparisons that are impossible, that cross a break, or that lack a published figure."""
    sources = reading.of("evaluations")
    if not sources or not forms_trees(site):
        return
    measured = any(item.indicator for one in site.evaluations.values() for item in one.changes)
    series = series_of(site, reading) if measured else {}
    facts = all_evaluations(site, space_facts(site), series)
    for source in sources:
        for fault in facts[source.id].faults:
            yield diagnostic(fault.code, source.position(*fault.path), **fault.values)
