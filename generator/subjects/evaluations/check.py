"""Report evaluations that contradict themselves, can't be computed, or tell what is withheld."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain

from msgspec import Struct

from generator.check.figures import series_of
from generator.derive.geography import space_facts
from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.disclosure.gates.committed import published
from generator.disclosure.gates.typed_numbers import areas_named, rows_of_areas
from generator.disclosure.lattice import forms_trees
from generator.disclosure.periods import years_of
from generator.disclosure.site_audit.spoken_names import counted_by
from generator.model.cells import Status
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.subjects.evaluations.derive import all_evaluations
from generator.subjects.evaluations.model import Evaluation, MeasuredChange, SpendingChange, evaluations


def check_evaluations(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report comparisons that are impossible, that cross a break, or that lack a published figure."""
    sources = reading.of("evaluations")
    if not sources or not forms_trees(site):
        return
    changes = chain.from_iterable(one.changes for one in evaluations(site).values())
    measured = any(change.indicator for change in changes)
    series = series_of(site, reading) if measured else {}
    facts = all_evaluations(site, space_facts(site), series)
    for source in sources:
        for fault in facts[source.id].faults:
            yield diagnostic(fault.code, source.position(*fault.path), **fault.values)
        yield from _beside_withheld(site, reading, source)


def _beside_withheld(site: Site, reading: Reading, source: RecordSource) -> Iterator[Diagnostic]:
    """Report a change in per cent, typed by hand, of an area, or of the one beside it, in which a count of one of both years is withheld.

    Whoever has the other year's count computes the withheld one; what is typed isn't known to the audit of tables.
    """
    evaluation = evaluations(site)[source.id]
    beside = evaluation.compared_with
    meant: dict[str, set[str]] = {}
    if beside is not None:
        meant["comparison"] = _areas_meant(site, beside.space, beside.name)
    for typed in _typed(site, evaluation):
        words = f"{evaluation.area}; {typed.change.name}"
        meant["change"] = _areas_meant(site, evaluation.space, words)
        for field, named in meant.items():
            withheld = _withheld(site, reading, named, typed)
            if withheld is None or getattr(typed.change, field) is None:
                continue
            title, period = withheld
            where = source.position(*typed.path, field)
            yield diagnostic("veraenderung-neben-geheimer-zahl", where, title=title, period=period)


def _areas_meant(site: Site, space: str | None, words: str) -> set[str]:
    """Return the area of a record and those that its words name."""
    return areas_named(site, words).union(filter(None, [space]))


class _Typed(Struct, frozen=True):
    """A change that may be typed by hand: where it stands, between which years it is, and what names the count that it tells of; it may be any where that is empty."""

    path: tuple[str | int, ...]
    change: MeasuredChange | SpendingChange
    years: tuple[str, ...]
    said: str = ""


def _typed(site: Site, evaluation: Evaluation) -> Iterator[_Typed]:
    """Yield the changes that an evaluation states, also that of spending; in words that name an area that may be of any count in it."""
    whole = (f"{evaluation.from_.year}", f"{evaluation.until.year}")
    for place, change in enumerate(evaluation.changes):
        periods = filter(None, (change.before, change.after))
        own = set().union(*map(years_of, periods))
        said = ""
        if change.no_indicator is not None:
            said = f"{change.name}; {change.no_indicator}"
        yield _Typed(("changes", place), change, (*whole, *own), said)
    spending = evaluation.spending
    if spending is not None:
        years = (f"{spending.from_}", f"{spending.to}")
        said = "" if areas_named(site, spending.name) else spending.name
        yield _Typed(("spending",), spending, years, said)


def _withheld(site: Site, reading: Reading, meant: Collection[str], typed: _Typed) -> tuple[str, str] | None:
    """Return title and period of the first count of some areas that is withheld in one of the years of a change, or None."""
    for folder in reading.indicators.values():
        item = folder.indicator
        is_meant = not typed.said or counted_by(item).search(typed.said.casefold())
        if folder.table is None or not is_meant:
            continue
        for row in rows_of_areas(published(site, reading), folder.table, meant):
            if row.status is Status.SECRET and not years_of(row.period).isdisjoint(typed.years):
                return item.title, row.period
    return None


CHECKS = (check_evaluations,)
