"""List the editions of a site, and compare the figures of two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from generator.model.cells import Cell
from generator.model.editions import Edition, Frozen
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.render.base import urls


def shown(site: Site) -> dict[str, list[Edition]]:
    """Return by report the editions that readers may see, oldest first: none withdrawn, drafts where `site.drafts`."""
    standing = {
        key: [one for one in editions if one.head.withdrawn is None]
        for key, editions in archived(site).items()
    }
    return {key: editions for key, editions in standing.items() if editions}


def archived(site: Site) -> dict[str, list[Edition]]:
    """Return the same with withdrawn ones, whose pages say only why."""
    found: dict[str, list[Edition]] = {}
    for edition in site.editions.values():
        if edition.public or site.drafts:
            found.setdefault(edition.report, []).append(edition)
    return found


def pdf_path(edition: Edition) -> str:
    """Return where an edition's PDF lies, from the site's root."""
    return f"{urls.path('report-edition', edition.key)}{edition.report}-{edition.name}.pdf"


def figures_path(edition: Edition) -> str:
    """Return the path of an edition's table of figures."""
    return f"{urls.path('report-edition', edition.key)}zahlen.csv"


Why = Literal["new-period", "revised", "redefined", "added", "dropped", "same"]
"""Why a figure differs; `revised`: the same period has another figure, `redefined`: it is counted otherwise."""


class Difference(Struct, frozen=True):
    """An area's figure in two editions."""

    indicator: str
    space: str
    part: Sequence[str]  # a value for each breakdown, "" for all of it
    before: Cell | None
    after: Cell | None
    why: Why
    redefined: Sequence[str] = ()  # changed fields of the definition, in German
    broken: Sequence[str] = ()  # notes on breaks in the series between the two periods


# Fields that define an indicator: where one differs figures can't be compared.
DEFINING = {
    "numerator": "Zähler",
    "denominator": "Nenner",
    "per": "Bezug",
    "unit": "Einheit",
    "interval": "Bereich",
    "vintage": "Gebietsstand",
}


def differences(old: Frozen, new: Frozen) -> Iterator[Difference]:
    """Yield by indicator the differences of latest figures, then of older ones that changed afterwards."""
    for key in dict.fromkeys([*new.indicators, *old.indicators]):
        before, after = _latest(old, key), _latest(new, key)
        redefined = _redefined(old.indicators.get(key), new.indicators.get(key))
        for space, part in dict.fromkeys([*after, *before]):
            one, two = before.get((space, part)), after.get((space, part))
            why = _why(one, two, redefined)
            yield Difference(key, space, part, one, two, why, redefined, _broken(new, key, one, two))
        compared = {cell.key for cell in before.values()}
        later = {cell.key: cell for cell in _cells(new, key)}
        for cell in _cells(old, key):
            now = later.get(cell.key)
            if now is not None and cell.key not in compared and _content(now) != _content(cell):
                why = "redefined" if redefined else "revised"
                yield Difference(key, cell.space, cell.breakdown, cell, now, why, redefined)


def _cells(frozen: Frozen, key: str) -> Iterator[Cell]:
    if key in frozen.series:
        yield from frozen.series[key].cells.values()


def _latest(frozen: Frozen, key: str) -> dict[tuple[str, Sequence[str]], Cell]:
    """Return an indicator's latest counted cell by (area, part); forecasts aren't counted."""
    found: dict[tuple[str, Sequence[str]], Cell] = {}
    for cell in sorted(_cells(frozen, key), key=lambda cell: cell.period):
        if not cell.forecast:
            found[cell.space, cell.breakdown] = cell
    return found


def _why(before: Cell | None, after: Cell | None, redefined: Sequence[str]) -> Why:
    """Say why a figure differs; another definition counts more than another period."""
    if before is None:
        return "added"
    if after is None:
        return "dropped"
    if redefined:
        return "redefined"
    if before.period != after.period:
        return "new-period"
    return "same" if _content(before) == _content(after) else "revised"


def _content(cell: Cell) -> Sequence[object]:
    """Return what makes a figure another one."""
    return (cell.value, cell.status, cell.numerator, cell.denominator)


def _redefined(old: Indicator | None, new: Indicator | None) -> Sequence[str]:
    """Return the German names of fields in which two definitions differ."""
    if old is None or new is None:
        return ()
    fields = [label for name, label in DEFINING.items() if getattr(old, name) != getattr(new, name)]
    if old.source.name != new.source.name:
        fields.append("Quelle")
    return fields


def _broken(new: Frozen, key: str, before: Cell | None, after: Cell | None) -> Sequence[str]:
    if before is None or after is None or key not in new.indicators:
        return ()
    return [item.note for item in new.indicators[key].breaks if before.period < item.period <= after.period]
