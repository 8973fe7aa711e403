"""Ask what typed figures are of, where a count is withheld."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.disclosure.counted_measures import measure_name
from generator.disclosure.periods import years_of
from generator.model.cells import Status
from generator.model.groups import Figure
from generator.model.site import Site
from generator.read.project import Reading


def check_typed_figures(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report areas' figures where a count is withheld, unless they say what they are of (`cases_from`, `no_indicator`)."""
    for source in reading.of("spaces"):
        for number, figure in enumerate(site.spaces[source.id].figures):
            withheld = withheld_then(reading, _years_meant(figure), figure.cases_from)
            if withheld is not None and figure.no_indicator is None:
                title, period = withheld
                where = source.position("figures", number, "value")
                yield diagnostic("zahl-neben-geheimer", where, name=figure.name, title=title, period=period)


def _years_meant(figure: Figure) -> set[str]:
    """Return a figure's possible years: its date's, the one before."""
    return set() if figure.date is None else {str(figure.date.year), str(figure.date.year - 1)}


def withheld_then(
    reading: Reading, years: Collection[str], cases_from: str | None = None
) -> tuple[str, str] | None:
    """Return (title, period) of the first withheld count in those years, or in any, wherever: sums tie areas; `cases_from`: of these cases."""
    indicators = {key: folder.indicator for key, folder in reading.indicators.items()}
    cases = measure_name(indicators, cases_from) if cases_from in indicators and cases_from else ""
    for key, folder in reading.indicators.items():
        for row in folder.table.rows if folder.table is not None else ():
            is_then = not years or not years_of(row.period).isdisjoint(years)
            is_of_these = not cases or measure_name(indicators, key) == cases
            if row.status is Status.SECRET and is_then and is_of_these:
                return folder.indicator.title, row.period
    return None
