"""Report what the gates of figures say, sums and shares that don't add up (weekly hours of teams, figures of areas, agreements), figures typed beside a withheld count, others' figures that count something else, periods that have not begun.

Gates and their solvers are loaded only where there are figures.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal

from generator.derive.indicator_series import committed_series
from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.disclosure.cell_names import given_away
from generator.disclosure.gates.other_ways_out import check_raw_tables, denominators_of, told_by_rates
from generator.disclosure.lattice import areas, crossings, forms_trees, unions, wholes
from generator.disclosure.periods import years_of
from generator.disclosure.site_audit.spoken_names import any_of
from generator.files.result_cache import Same
from generator.model.areas_and_offices import Space, TeamPart
from generator.model.cells import Series, Status
from generator.model.groups import Figure
from generator.model.indicator import CountingRule
from generator.model.planning_records import FEWEST_STAFF
from generator.model.site import Site
from generator.read.indicator_folders import IndicatorFolder, missing, tables_of
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.read.value_tables import ValueRow, ValueTable


def series_of(site: Site, reading: Reading) -> Mapping[str, Series]:
    """Return each indicator's cells as a site of this reading shows them."""
    return reading.once(
        (series_of, Same(site)), lambda: committed_series(site, tables_of(reading.indicators))
    )


def check_sums(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report weekly hours that don't give the stated total, parts larger than their whole, and shares that nobody will see."""
    for source in reading.of("spaces"):
        space = site.spaces[source.id]
        for number, part in enumerate(space.team):
            yield from _hours_together(source, number, part)
            yield from _hours_each(source, number, part)
        yield from _shares(source, space)
    for source in reading.of("agreements"):
        work = site.agreements[source.id].field_work
        if work is not None and work.withheld and not site.agreements[source.id].fictional:
            yield diagnostic("anteil-nicht-gezeigt", source.position("field_work", "actual"), n=FEWEST_STAFF)


def _hours_together(source: RecordSource, number: int, part: TeamPart) -> Iterator[Diagnostic]:
    """Report weekly hours of a part of a team that don't give its total."""
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
    """Report hours of each member for an activity that don't give those of all for it."""
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
    """Report figures of an area that are part of another one that isn't there or is smaller."""
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
        if forms_trees(site):
            yield from _typed_like_counts(site, reading)


def _typed_beside_withheld(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report figures typed for an area that name a count which is withheld there, or in an area they name, for the same time: it, a rate of it, what it costs."""
    for source in reading.of("spaces"):
        for number, figure in enumerate(site.spaces[source.id].figures):
            meant = {source.id, *areas_named(site, figure.name)}
            for one in reading.indicators.values():
                period = _withheld_then(site, one, meant, figure)
                if period is not None:
                    where = source.position("figures", number, "value")
                    yield diagnostic("zahl-neben-geheimer", where, name=figure.name, period=period)
                    break


def _typed_like_counts(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report figures typed under one name for several areas that show a count which is withheld in one of them, whatever they call it."""
    from generator.disclosure.gates.committed import published
    from generator.disclosure.undeclared import shown_with

    typed: dict[tuple[str, bool], dict[tuple[str, str], Decimal]] = defaultdict(dict)
    for key, space in site.spaces.items():
        for figure in space.figures:
            if figure.date is not None and not figure.illustrative:
                named = typed[figure.name, "%" not in (figure.unit or "")]
                named[key, str(figure.date.year)] = figure.value
    if not typed:
        return
    everything, threshold = published(site, reading), site.config.disclosure.threshold
    denominators = denominators_of(reading.indicators)
    sources = {source.id: source for source in reading.of("spaces")}
    for (name, is_count), numbers in typed.items():
        for told in shown_with(everything, name, numbers, is_count):
            yield given_away(site, told, sources[told.key[1]].position("name"))
        rows = [ValueRow(*place, (), value, None, Status.KNOWN, "", 0) for place, value in numbers.items()]
        rates = ValueTable("", () if is_count else tuple(rows), ",")
        for row, values in told_by_rates(rates, denominators, threshold, guessed=True):
            yield diagnostic("quote-verraet-zahl", sources[row.space].position("figures"), **values)


def _withheld_then(site: Site, one: IndicatorFolder, meant: Collection[str], figure: Figure) -> str | None:
    """Return the first period of a figure in which a count that it names is withheld; None where it names none, or none is."""
    names = any_of((one.indicator.title.casefold(), one.indicator.numerator.casefold()))
    if one.table is None or not names.search(figure.name.casefold()):
        return None
    rows = rows_of_areas(site, one.table, meant)
    periods = _periods_meant(figure, {row.period for row in rows})
    secret = {row.period for row in rows if row.status is Status.SECRET}
    return min(secret & periods, default=None)


def _periods_meant(figure: Figure, told: Collection[str]) -> set[str]:
    """Return of which periods a figure is: those of the years that it names or is dated in, else the last one before it."""
    year = str(figure.date.year) if figure.date is not None else ""
    same = {period for period in told if not year or year in years_of(period)}
    same |= {period for period in told if any(one in figure.name for one in years_of(period))}
    before = [period for period in told if period < year]
    return same or set(sorted(before)[-1:])


def areas_named(site: Site, words: str) -> set[str]:
    """Return the areas that words name, in whatever form: „Quartier Dorn“, „Esche und Dorn“, „ohne Dorn“."""
    keys = {space.name.casefold(): key for key, space in site.spaces.items()}
    return {keys[name] for name in any_of(keys).findall(words.casefold())}


def rows_of_areas(site: Site, table: ValueTable, meant: Collection[str]) -> list[ValueRow]:
    """Return the rows of a table that tell of some areas; for an area without any, those of the areas that make it up."""
    told = {row.space for row in table.rows}
    spaces = areas(site)
    asked, left = set(meant), set(meant) - told
    if left:
        for whole, inside in (*reversed(wholes(spaces)), *unions(spaces, crossings(site, spaces))):
            if whole in asked - told:
                asked.update(inside)
    return [row for row in table.rows if row.space in asked]


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


CHECKS = (check_sums, check_figures)
DATED_CHECKS = (check_figures_ahead,)
