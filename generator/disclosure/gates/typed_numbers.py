"""Committed tables and numbers that somebody typed (figures of areas, what a budget spent) in; those that tell a withheld count, or the one behind a rate, out: by the name of what is counted, or because they agree with it in more places than chance would make; which areas words name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import product

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.disclosure.cell_names import given_away, space_name
from generator.disclosure.counted_measures import divisor_name, measures_of
from generator.disclosure.gates.committed import published
from generator.disclosure.gates.other_ways_out import Who, denominators_of, rates_told, told_by_rates
from generator.disclosure.lattice import Spaces, forms_trees, unions, wholes
from generator.disclosure.periods import years_of
from generator.disclosure.published import Disclosure, MeasureFacts, Published, all_facts, facts_of
from generator.disclosure.site_audit.spoken_names import any_of, counted_by
from generator.disclosure.ties.columns import Place
from generator.disclosure.ties.undeclared import shown_otherwise
from generator.model.cells import Status
from generator.model.groups import Figure
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.read.indicator_folders import IndicatorFolder
from generator.read.project import Reading
from generator.read.value_tables import ValueRow, ValueTable

Numbers = Mapping[Place, Decimal]
"""What is typed under one name, by area and year."""


def check_typed_figures(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report figures typed for areas that tell a count which is withheld: by their name, or under any name in several areas."""
    yield from _named_like_withheld(site, reading)
    if forms_trees(site):
        yield from _shown_by_figures(site, reading)


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


def shown_by_typed(
    everything: Published, facts: Mapping[str, MeasureFacts], name: str, numbers: Numbers
) -> list[Disclosure]:
    """Return the withheld counts that numbers typed under one name show in another form, with what these are divided by.

    `everything` are the tables, `facts` what they say of each measure.
    """
    key = f"„{name}“"
    beside = _with_typed(everything, key, name, numbers)
    measures = measures_of(beside.indicators)
    typed = next(measure for measure in measures if measure.name == key)
    found: list[Disclosure] = []
    for measure in measures:
        if not measure.open:
            divisors = {divisor_name(beside.indicators, item.id) for item in measure.owners}
            asked = divisors.intersection(facts) | {measure.name}
            every = {one: facts[one] for one in asked}
            every[key] = facts_of(beside, typed)
            found += shown_otherwise(beside, measure, every)
    return [told for told in found if key in told.tied]


def with_sums(spaces: Spaces, numbers: Numbers) -> Numbers:
    """Return typed counts or amounts with those of the areas whose parts have all of them: whoever reads them adds them up."""
    found = dict(numbers)
    for (whole, inside), period in product(wholes(spaces), {period for _, period in numbers}):
        parts = [(space, period) for space in inside]
        if found.keys() >= set(parts):
            total = sum((found[part] for part in parts), Decimal())
            found.setdefault((whole, period), total)
    return found


def _with_typed(everything: Published, key: str, name: str, numbers: Numbers) -> Published:
    """Return what is published with typed numbers as the table of an indicator that nobody protects; no other has its `key`."""
    said = dict.fromkeys(("title", "says", "numerator"), name)
    open_to_all = {"source": {"name": name}, "disclosure": {"method": "none"}}
    item = Indicator.model_validate({"id": key, **said, **open_to_all})
    indicators = {**everything.indicators, key: item}
    tables = {**everything.tables, key: ValueTable("", _rows(numbers), ",")}
    return replace(everything, indicators=indicators, tables=tables)


def _rows(numbers: Numbers) -> tuple[ValueRow, ...]:
    return tuple(ValueRow(*place, (), number, None, Status.KNOWN, "", 0) for place, number in numbers.items())


def _named_like_withheld(site: Site, reading: Reading) -> Iterator[Diagnostic]:
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


def _shown_by_figures(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report figures of one name in several areas that show a withheld count, whatever they call it, as they are, as a rate, or as the
    people of whom an indicator gives rates alone."""
    everything = published(site, reading)
    threshold = site.config.disclosure.threshold
    facts = all_facts(everything)
    denominators = denominators_of(reading.indicators, unions(everything.spaces, everything.pairs))
    sources = {source.id: source for source in reading.of("spaces")}
    for (name, unit), numbers in _typed(site).items():
        is_rate = "%" in unit
        added = numbers if is_rate else with_sums(everything.spaces, numbers)
        for told in shown_by_typed(everything, facts, name, added):
            yield given_away(site, told, sources[told.key[1]].position("name"))
        rates = ValueTable("", _rows(numbers) if is_rate else (), ",")
        for row, values in told_by_rates(rates, denominators, threshold, guessed=True):
            where = sources[row.space].position("figures")
            cell = f"„{space_name(site, row.space)}, {row.period}“"
            yield diagnostic("quote-verraet-zahl", where, cell=cell, **values)
        people: dict[Who, Decimal] = {
            (*place, ()): number for place, number in numbers.items() if not is_rate
        }
        for _, problem in rates_told(site, reading.indicators, None, {name: people}):
            yield problem


def _typed(site: Site) -> dict[tuple[str, str], dict[Place, Decimal]]:
    """Return the dated figures of all areas by their name and unit, and by area and year."""
    found: dict[tuple[str, str], dict[Place, Decimal]] = defaultdict(dict)
    for key, space in site.spaces.items():
        for figure in space.figures:
            if figure.date is not None and not figure.illustrative:
                found[figure.name, figure.unit or ""][key, str(figure.date.year)] = figure.value
    return found
