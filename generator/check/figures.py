"""Check figures, and sums that records state.

Solvers are loaded only where there are figures.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from generator.derive.indicator_series import committed_series
from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.disclosure.gates.other_ways_out import check_raw_tables
from generator.files.result_cache import Same
from generator.model.areas_and_offices import Space, TeamPart
from generator.model.cells import Series
from generator.model.indicator import CountingRule
from generator.model.site import Site
from generator.read.indicator_folders import IndicatorFolder, missing, tables_of
from generator.read.project import Reading
from generator.read.records import RecordSource


def series_of(site: Site, reading: Reading) -> Mapping[str, Series]:
    """Return indicators' cells as a site shows them."""
    return reading.once(
        (series_of, Same(site)), lambda: committed_series(site, tables_of(reading.indicators))
    )


def check_sums(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report hours that don't add up, and figures' impossible parts."""
    for source in reading.of("spaces"):
        space = site.spaces[source.id]
        for number, part in enumerate(space.team):
            yield from _hours_together(source, number, part)
            yield from _hours_each(source, number, part)
        yield from _shares(source, space)


def _hours_together(source: RecordSource, number: int, part: TeamPart) -> Iterator[Diagnostic]:
    """Report a team part's hours that don't make its total."""
    if part.weekly_total is None or not part.weekly_hours:
        return
    hours = part.weekly_hours.values()
    if sum(hours) != part.weekly_total:
        yield diagnostic(
            "summe-falsch",
            source.position("team", number, "weekly_total"),
            parts=" + ".join(str(one) for one in hours),
            sum=sum(hours),
            total=part.weekly_total,
        )


def _hours_each(source: RecordSource, number: int, part: TeamPart) -> Iterator[Diagnostic]:
    """Report members' hours that don't make the activity's."""
    if part.staff is None:
        return
    for activity, hours in part.weekly_each.items():
        together = part.weekly_hours.get(activity)
        if together is not None and part.staff * hours != together:
            yield diagnostic(
                "summe-falsch",
                source.position("team", number, "weekly_each", activity),
                parts=f"{part.staff} × {hours}",
                sum=part.staff * hours,
                total=together,
            )


def _shares(source: RecordSource, space: Space) -> Iterator[Diagnostic]:
    """Report an area's figures that are part (`of`) of a missing or smaller one."""
    named = {figure.name: figure for figure in space.figures}
    for number, figure in enumerate(space.figures):
        if figure.of is None:
            continue
        whole = named.get(figure.of)
        if whole is None:
            yield diagnostic("anteil-ohne-ganzes", source.position("figures", number, "of"), of=figure.of)
        elif figure.value > whole.value:
            yield diagnostic(
                "anteil-zu-gross",
                source.position("figures", number, "value"),
                name=figure.name,
                value=figure.value,
                of=figure.of,
                whole=whole.value,
            )


_OF_FAMILIES = re.compile(r"\b(?:kind|hilfe|famili|geflüchtet|geschwister)", re.IGNORECASE)
"""Whose figures come in families: siblings stand in them together or not at all."""


def check_figures(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report raw tables, wrong ages, unlike comparisons, and committed tables' faults."""
    yield from check_raw_tables(reading.disk)
    for one in reading.indicators.values():
        if one.indicator.ages is not None and not one.indicator.counted:
            yield diagnostic("alter-ohne-anzahl", one.source.position("ages"))
        yield from _counted_unlike(one)
        yield from _design_unsaid(one)
    # Without its packages reading has refused the figures, and an error stops the build: nothing goes out unaudited.
    if reading.indicators and not missing():
        from generator.disclosure.gates import committed, other_ways_out

        yield from other_ways_out.check_typed_figures(site, reading)
        yield from committed.check_figures(site, reading)


def _design_unsaid(one: IndicatorFolder) -> Iterator[Diagnostic]:
    """Ask for the design effect (`design`) of a rate of people who come in families."""
    indicator = one.indicator
    rated = indicator.denominator is not None and indicator.interval != "none" and indicator.adds_up
    if rated and indicator.design is None and _OF_FAMILIES.search(indicator.numerator):
        yield diagnostic("kennzahl-ohne-design-faktor", one.source.position("numerator"))


def _counted_unlike(one: IndicatorFolder) -> Iterator[Diagnostic]:
    """Refuse other places' differing counts; ask where one is silent."""
    our_counts = one.indicator.counts
    for number, peers in enumerate(one.indicator.peers):
        if our_counts is None and peers.counts is None:
            continue
        if our_counts is None or peers.counts is None:
            yield diagnostic("zaehlweise-ungesagt", one.source.position("peers", number), name=peers.name)
            continue
        for field in our_counts.against(peers.counts):
            title = CountingRule.model_fields[field].title or field
            position = one.source.position("peers", number, "counts", field)
            yield diagnostic("vergleich-verweigert", position, name=peers.name, what=title)


def check_figures_ahead(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Report figures of future periods, and unsigned answers."""
    if reading.indicators and not missing():
        from generator.disclosure.gates import committed

        yield from committed.check_figures_ahead(site, reading, today)


CHECKS = (check_sums, check_figures)
DATED_CHECKS = (check_figures_ahead,)
