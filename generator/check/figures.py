"""A reading in, what the gates of figures say out; they and their solvers are loaded only where there are figures."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.disclosure.gates.other_ways_out import check_raw_tables
from generator.model.cells import Status
from generator.model.indicator import CountingRule
from generator.model.site import Site
from generator.read.figures_extra import missing
from generator.read.indicators import IndicatorFolder
from generator.read.project import Reading

_OF_FAMILIES = re.compile(r"\b(?:kind|hilfe|famili|geflüchtet|geschwister)", re.IGNORECASE)
"""Whose figures come in families: siblings stand in them together or not at all."""


def check_figures(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report raw tables that would be published, ages of what is no count, comparisons of unlike figures, and everything about committed ones."""
    yield from check_raw_tables(reading.door)
    for one in reading.indicators.values():
        if one.indicator.ages is not None and not one.indicator.counted:
            yield diagnostic("alter-ohne-anzahl", one.source.position("ages"))
        yield from _unlike(one)
        yield from _undeclared(one)
    yield from _typed_beside_withheld(site, reading)
    # Without its packages reading has refused the figures, and an error stops the build: nothing goes out unaudited.
    if reading.indicators and not missing():
        from generator.disclosure.gates import committed

        yield from committed.check_figures(site, reading)


def _typed_beside_withheld(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report figures typed for an area that are called like a count which is withheld there for the same year."""
    withheld = _withheld_by_name(reading)
    for source in reading.of("spaces"):
        for number, figure in enumerate(site.spaces[source.id].figures):
            year = str(figure.date.year) if figure.date is not None else ""
            periods = withheld.get((figure.name.casefold(), source.id), ())
            same = [period for period in periods if period.startswith(year)]
            if same:
                where = source.position("figures", number, "value")
                yield diagnostic("zahl-neben-geheimer", where, name=figure.name, period=same[0])


def _withheld_by_name(reading: Reading) -> dict[tuple[str, str], list[str]]:
    """Return the periods in which a count is withheld, by what the indicator or its counts are called and by area."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in reading.indicators.values():
        names = {one.indicator.title.casefold(), one.indicator.numerator.casefold()}
        rows = one.table.rows if one.table is not None else ()
        for row in rows:
            if row.status is Status.SECRET:
                for name in names:
                    found[name, row.space].append(row.period)
    return found


def _undeclared(one: IndicatorFolder) -> Iterator[Diagnostic]:
    """Ask whether those who are counted come together as families, where nobody has said."""
    indicator = one.indicator
    rated = indicator.denominator is not None and indicator.interval != "none" and indicator.adds_up
    if rated and indicator.design is None and _OF_FAMILIES.search(indicator.numerator):
        yield diagnostic("kennzahl-ohne-design-faktor", one.source.position("numerator"))


def _unlike(one: IndicatorFolder) -> Iterator[Diagnostic]:
    """Refuse other places whose figures count something else, and ask where only one side says what it counts."""
    own = one.indicator.counts
    for number, peers in enumerate(one.indicator.peers):
        if own is None and peers.counts is None:
            continue
        if own is None or peers.counts is None:
            yield diagnostic("zaehlweise-ungesagt", one.source.position("peers", number), name=peers.name)
            continue
        for field in own.against(peers.counts):
            title = CountingRule.model_fields[field].title or field
            position = one.source.position("peers", number, "counts", field)
            yield diagnostic("vergleich-verweigert", position, name=peers.name, what=title)


def check_figures_ahead(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Report figures of periods that have not begun."""
    if reading.indicators and not missing():
        from generator.disclosure.gates import committed

        yield from committed.check_figures_ahead(site, reading, today)


CHECKS = (check_figures,)
DATED_CHECKS = (check_figures_ahead,)
