"""Report numbers typed for areas that name a count which is withheld there."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.disclosure.gates.committed import published
from generator.disclosure.lattice import unions, wholes
from generator.disclosure.periods import years_of
from generator.disclosure.published import Published
from generator.disclosure.site_audit.spoken_names import any_of, counted_by
from generator.model.cells import Status
from generator.model.groups import Figure
from generator.model.site import Site
from generator.read.indicator_folders import IndicatorFolder
from generator.read.project import Reading
from generator.read.value_tables import ValueRow, ValueTable


def areas_named(site: Site, words: str) -> set[str]:
    """Return the areas that words name, in whatever form: „Quartier Dorn“, „Esche und Dorn“, „ohne Dorn“."""
    keys = {space.name.casefold(): key for key, space in site.spaces.items()}
    return {keys[name] for name in any_of(keys).findall(words.casefold())}


def rows_of_areas(everything: Published, table: ValueTable, meant: Collection[str]) -> list[ValueRow]:
    """Return the rows of a table that tell of some areas; for an area without any, those of the areas that make it up."""
    told = {row.space for row in table.rows}
    asked = set(meant)
    if asked - told:
        spaces = everything.spaces
        for whole, inside in (*reversed(wholes(spaces)), *unions(spaces, everything.pairs)):
            if whole in asked - told:
                asked.update(inside)
    return [row for row in table.rows if row.space in asked]


def check_typed_figures(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report figures that name a count which is withheld in their area, or in one that they name, for the same time: it, a rate of it, what
    it costs."""
    everything = published(site, reading)
    for source in reading.of("spaces"):
        for number, figure in enumerate(site.spaces[source.id].figures):
            meant = {source.id, *areas_named(site, figure.name)}
            folders = reading.indicators.values()
            withheld = filter(None, (_withheld_then(everything, one, meant, figure) for one in folders))
            period = next(withheld, None)
            if period is not None:
                where = source.position("figures", number, "value")
                yield diagnostic("zahl-neben-geheimer", where, name=figure.name, period=period)


def _withheld_then(
    everything: Published, one: IndicatorFolder, meant: Collection[str], figure: Figure
) -> str | None:
    """Return the first period of a figure in which a count that it names is withheld; None where it names none, or none is."""
    if one.table is None or not counted_by(one.indicator).search(figure.name.casefold()):
        return None
    rows = rows_of_areas(everything, one.table, meant)
    periods = _periods_meant(figure, {row.period for row in rows})
    secret = {row.period for row in rows if row.status is Status.SECRET}
    return min(secret & periods, default=None)


def _periods_meant(figure: Figure, told: Collection[str]) -> set[str]:
    """Return of which periods a figure is: those of the years that it names or is dated in, else the last one before it."""
    if figure.date is None:
        return set(told)
    year = str(figure.date.year)
    same: set[str] = set()
    for period in told:
        years = years_of(period)
        if year in years or any(one in figure.name for one in years):
            same.add(period)
    before = [period for period in told if period < year]
    return same or set(sorted(before)[-1:])
