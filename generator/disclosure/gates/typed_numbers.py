"""Ask what typed figures are of, beside a withheld count."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.disclosure.gates.shared_measures import SHARE
from generator.disclosure.periods import years_of
from generator.model.cells import Status
from generator.model.groups import Figure
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.read.project import Reading

_PER = re.compile(rf"{SHARE.pattern}|€|\bEuro\b|raten?\b|dichten?\b", re.IGNORECASE)


def check_typed_figures(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report an area's shares and costs beside any withheld count, and figures named as one.

    Times what they are of, the first give it away. `no_indicator` says of what uncounted number a figure is.
    """
    for source in reading.of("spaces"):
        for number, figure in enumerate(site.spaces[source.id].figures):
            if figure.no_indicator is not None:
                continue
            is_share = _PER.search(f"{figure.name} {figure.unit or ''}")
            for indicator, period in _withheld(reading, source.id, _years_meant(figure)):
                if is_share or _is_named(figure.name, indicator):
                    where = source.position("figures", number, "value")
                    yield diagnostic(
                        "zahl-neben-geheimer", where, name=figure.name, title=indicator.title, period=period
                    )
                    break


def _is_named(name: str, indicator: Indicator) -> bool:
    """Tell whether a name holds all words of an indicator's title or numerator, or is part of its title."""
    own, title, counted = (
        set(re.findall(r"\w+", text.casefold())) for text in (name, indicator.title, indicator.numerator)
    )
    return own >= title or own <= title or own >= counted


def _years_meant(figure: Figure) -> set[str]:
    """Return a figure's possible years: its date's, the one before."""
    return set() if figure.date is None else {str(figure.date.year), str(figure.date.year - 1)}


def withheld_then(reading: Reading, space: str, years: Collection[str]) -> tuple[str, str] | None:
    """Return (title, period) of an area's first withheld count in those years; without years in any."""
    return next(((one.title, period) for one, period in _withheld(reading, space, years)), None)


def _withheld(reading: Reading, space: str, years: Collection[str]) -> Iterator[tuple[Indicator, str]]:
    """Yield the indicator and period of each of these counts."""
    for folder in reading.indicators.values():
        for row in folder.table.rows if folder.table is not None else ():
            is_then = not years or not years_of(row.period).isdisjoint(years)
            if row.space == space and row.status is Status.SECRET and is_then:
                yield folder.indicator, row.period
