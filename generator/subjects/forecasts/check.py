"""Report forecasts that can't be computed, or of which nobody said which one is planned with."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.figures import series_of
from generator.derive.geography import space_facts
from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.disclosure.measures.lattice import forms_trees
from generator.model.site import Site
from generator.read.project import Reading
from generator.subjects.forecasts.derive import forecast_facts
from generator.subjects.forecasts.model import forecasts


def check_forecasts(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report forecasts that can't be computed, and those that nobody chose; nothing where areas form no tree."""
    sources = reading.of("forecasts")
    if not sources or not forms_trees(site):
        return
    yield from _undecided(site, reading)
    spaces = space_facts(site)
    series = series_of(site, reading)
    for source in sources:
        for fault in forecast_facts(site, forecasts(site)[source.id], spaces, series).faults:
            yield diagnostic(fault.code, source.position(*fault.path), **fault.values)


def _undecided(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Ask which forecast is planned with, where an indicator forecasts the same children."""
    for source in reading.of("forecasts"):
        forecast = forecasts(site)[source.id]
        others = forecast.other_forecasts(site.indicators)
        if others and forecast.lead is None:
            title = site.indicators[others[0]].title
            yield diagnostic("vorausberechnung-unentschieden", source.position("indicator"), indicator=title)


CHECKS = (check_forecasts,)
