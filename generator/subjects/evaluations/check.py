"""Report evaluations that contradict themselves, can't be computed, or tell what is withheld."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, product

from msgspec import Struct

from generator.check.figures import series_of
from generator.derive.geography import space_facts
from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.disclosure.gates.other_ways_out import withheld_then
from generator.disclosure.measures.lattice import forms_trees
from generator.disclosure.measures.periods import years_of
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.subjects.evaluations.derive import all_evaluations
from generator.subjects.evaluations.model import Evaluation, MeasuredChange, SpendingChange, evaluations


def check_evaluations(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report comparisons that are impossible or lack a figure; nothing where areas form no tree, which is reported elsewhere."""
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
    """Report a typed change (in per cent, as a source states it) that could reveal a withheld count.

    With the other year's count the percentage gives the withheld one: 14, then −78,6 %, are 3. The record says which
    indicator counts this (`cases_from`) or that none does (`no_indicator`).
    """
    evaluation = evaluations(site)[source.id]
    compared_with = evaluation.compared_with
    areas = {"change": evaluation.space, "comparison": None if compared_with is None else compared_with.space}
    for typed, (field, area) in product(_typed(evaluation), areas.items()):
        if area is None or typed.change.no_indicator or getattr(typed.change, field) is None:
            continue
        withheld = withheld_then(reading, typed.years, typed.change.cases_from)
        if withheld is not None:
            title, period = withheld
            where = source.position(*typed.path, field)
            yield diagnostic("veraenderung-neben-geheimer-zahl", where, title=title, period=period)


class _Typed(Struct, frozen=True):
    """A change that may be typed."""

    path: tuple[str | int, ...]  # where it stands in the record
    change: MeasuredChange | SpendingChange
    years: set[str]  # that it may be about


def _typed(evaluation: Evaluation) -> Iterator[_Typed]:
    """Yield an evaluation's changes, spending too."""
    for place, change in enumerate(evaluation.changes):
        periods = filter(None, (change.before, change.after))
        years = {str(evaluation.from_.year), str(evaluation.until.year)}.union(*map(years_of, periods))
        yield _Typed(("changes", place), change, years)
    spending = evaluation.spending
    if spending is not None:
        yield _Typed(("spending",), spending, {str(spending.from_), str(spending.to)})


CHECKS = (check_evaluations,)
