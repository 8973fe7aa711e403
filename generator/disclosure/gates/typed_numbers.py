"""Ask what typed shares and costs are of, beside a withheld count."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.disclosure.gates.shared_measures import SHARE
from generator.disclosure.periods import years_of
from generator.model.cells import Status
from generator.model.groups import Figure
from generator.model.site import Site
from generator.read.project import Reading

_PER = re.compile(rf"{SHARE.pattern}|€|\bEuro\b", re.IGNORECASE)


def check_typed_figures(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report shares and costs beside an area's withheld count: times what they are of, they give it away.

    `no_indicator` says of what uncounted number a figure is; then it gives nothing away.
    """
    for source in reading.of("spaces"):
        for number, figure in enumerate(site.spaces[source.id].figures):
            if figure.no_indicator is None and _PER.search(figure.unit or ""):
                withheld = withheld_then(reading, source.id, _years_meant(figure))
                if withheld is not None:
                    where = source.position("figures", number, "value")
                    title, period = withheld
                    yield diagnostic(
                        "zahl-neben-geheimer", where, name=figure.name, title=title, period=period
                    )


def _years_meant(figure: Figure) -> set[str]:
    """Return a figure's possible years: its date's, the one before."""
    return set() if figure.date is None else {str(figure.date.year), str(figure.date.year - 1)}


def withheld_then(reading: Reading, space: str, years: Collection[str]) -> tuple[str, str] | None:
    """Return (title, period) of an area's first withheld count in those years; without years in any."""
    for folder in reading.indicators.values():
        for row in folder.table.rows if folder.table is not None else ():
            is_then = not years or not years_of(row.period).isdisjoint(years)
            if row.space == space and row.status is Status.SECRET and is_then:
                return folder.indicator.title, row.period
    return None
