"""Report why budgets can't be computed, and weights without a source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.figures import series_of
from generator.derive.geography import space_facts
from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.disclosure.measures.lattice import forms_trees
from generator.model.cells import Status
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.subjects.budgets.derive import all_budgets
from generator.subjects.budgets.model import BudgetFault, budgets

# An indicator that counts migrants by its title or numerator: „Kinder mit Migrationshintergrund“.
_MIGRATION = re.compile(r"migra|ausländ|zuwander|zugewandert|staatsangehör|geflüchtet", re.IGNORECASE)
# Why an area has no published figure, in words; None: it has no cell.
_WHY = {
    Status.SECRET: "geheim",
    Status.LATER: "folgt später",
    Status.UNRELIABLE: "nicht sicher genug",
    Status.BLOCKED: "nicht sinnvoll",
    None: "fehlt",
}


def check_budgets(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report budgets without a result, and weights without a source; nothing where areas form no tree, which is reported elsewhere."""
    sources = reading.of("budgets")
    if not sources or not forms_trees(site):
        return
    series = series_of(site, reading)
    facts = all_budgets(site, space_facts(site), series)
    for source in sources:
        for fault in facts[source.id].faults:
            # An indicator that doesn't exist is reported where references are read.
            if not fault.indicator or fault.indicator in site.indicators:
                yield diagnostic(
                    fault.code, source.position(*fault.path), **_message_values_of_fault(site, fault)
                )
        yield from _weights(site, source)


def _weights(site: Site, source: RecordSource) -> Iterator[Diagnostic]:
    """Report migration weights without source and criticism."""
    for number, item in enumerate(budgets(site)[source.id].weights):
        indicator = site.indicators.get(item.indicator)
        if indicator is None or (item.source and item.criticism):
            continue
        if _MIGRATION.search(f"{indicator.title} {indicator.numerator}"):
            place = source.position("weights", number, "indicator")
            yield diagnostic("gewicht-ohne-herkunft", place, indicator=indicator.title)


def _list_area_names(names: list[str]) -> str:
    """Name areas, of many the first four („A, B, C, D, 3 weitere“)."""
    others = len(names) - 4
    return ", ".join([*names[:4], *([f"{others} weitere"] if others > 0 else [])]) or "alle Gebiete"


def _message_values_of_fault(site: Site, fault: BudgetFault) -> dict[str, str]:
    """Return what the fault's message names, in words."""
    if not fault.indicator:
        return dict(fault.values)
    return {
        "indicator": site.indicators[fault.indicator].title,
        "space": _list_area_names([site.spaces[key].name for key in fault.spaces if key in site.spaces]),
        "period": fault.period or "kein Zeitraum",
        "why": _WHY.get(fault.status, "fehlt"),
        **fault.values,
    }


CHECKS = (check_budgets,)
