"""Tables of values in, series of publishable cells out: sums of parts, rates, intervals, and what they say beside others.

Rates of larger areas come from summed numerators and denominators, never from averaged rates.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from generator.derive.comparisons import changes, compare_all, with_parents, with_town
from generator.derive.geography import space_facts
from generator.derive.uncertainty import Spread, added, interval_of, reaches, spread_of
from generator.disclosure.lattice import parts
from generator.model.cells import Cell, CellKey, Reach, Release, Series, Status, rounded
from generator.model.facts import SpaceFacts
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.read.values import ValueRow, ValueTable


def committed_series(site: Site, tables: Mapping[str, ValueTable]) -> dict[str, Series]:
    """Return each indicator's cells as a site shows them, from its committed table alone.

    A row of an area that isn't there is left out: it is told with its table.
    """
    known = {
        key: replace(table, rows=tuple(row for row in table.rows if row.space in site.spaces))
        for key, table in tables.items()
    }
    return all_series(site, space_facts(site), known, {})


def part_of(
    indicator: Indicator, part: Mapping[str, str]
) -> tuple[tuple[str, ...], dict[str, dict[str, str]]]:
    """Return the breakdown key of a part that a record names, and by name what a diagnostic says where there is no such part."""
    known = {one.id: {value.id for value in one.values} for one in indicator.breakdowns}
    unknown = {
        name: {
            "value": f"{name}: {value}",
            "indicator": indicator.title,
            "known": "; ".join(f"{one}: {', '.join(sorted(ids))}" for one, ids in known.items()) or "keine",
        }
        for name, value in part.items()
        if value not in known.get(name, ())
    }
    return tuple(part.get(one.id, "") for one in indicator.breakdowns), unknown


def all_series(
    site: Site,
    spaces: Mapping[str, SpaceFacts],
    tables: Mapping[str, ValueTable],
    releases: Mapping[str, tuple[Release, ...]],
) -> dict[str, Series]:
    """Derive the series of every indicator that has a table."""
    reach = reaches(site.indicators, spaces, tables)
    found = {
        key: series(site, spaces, indicator, tables[key].rows, releases.get(key, ()), reach[key])
        for key, indicator in site.indicators.items()
        if key in tables
    }
    for key, places in _made_up(site, found).items():
        found[key] = series(
            site, spaces, site.indicators[key], tables[key].rows, releases.get(key, ()), reach[key], places
        )
    return found


def _made_up(site: Site, found: Mapping[str, Series]) -> dict[str, set[tuple[str, str]]]:
    """Return the areas and periods whose rates are made up because what they count or count by was made up elsewhere."""
    places = {
        key: {(cell.space, cell.period) for cell in item.cells.values() if cell.illustrative}
        for key, item in found.items()
    }
    own = {key: set(item) for key, item in places.items()}
    growing = any(places.values())
    while growing:
        growing = False
        for key, item in found.items():
            indicator = site.indicators[key]
            there = {(space, period) for space, period, _ in item.cells}
            for other in (indicator.numerator_from, indicator.denominator_from):
                more = (there & places.get(other or "", set())) - places[key]
                places[key] |= more
                growing = growing or bool(more)
    return {key: item for key, item in places.items() if item != own[key]}


def series(
    site: Site,
    spaces: Mapping[str, SpaceFacts],
    indicator: Indicator,
    rows: Iterable[ValueRow],
    releases: tuple[Release, ...] = (),
    reach: Reach = Reach(),  # noqa: B008 - frozen
    made_up: Collection[tuple[str, str]] = (),
) -> Series:
    """Derive one indicator's cells, with sums for the areas above where all their parts are known.

    `made_up` are areas and periods whose figures rest on some that were made up elsewhere; what is said of an area
    that was made up is so too.
    """
    cells = {
        cell.key: replace(
            cell,
            illustrative=cell.illustrative
            or (cell.space, cell.period) in made_up
            or (cell.space in site.spaces and site.spaces[cell.space].fictional),
        )
        for cell in (cell_of(indicator, row, reach) for row in rows)
    }
    spreads = {key: spread for key, cell in cells.items() if (spread := spread_of(cell, reach)) is not None}
    for cell, spread in summed(indicator, spaces, cells, spreads):
        cells.setdefault(cell.key, cell)
        if spread is not None:
            spreads.setdefault(cell.key, spread)
    cells = {key: cells[key] for key in sorted(cells, key=lambda key: (key[1], key[2], key[0]))}
    periods = tuple(sorted({period for _, period, _ in cells}))
    there = {space for space, _, _ in cells}
    order = tuple(key for key in site.spaces if key in there)
    tops = [key for key in order if not spaces[key].ancestors]
    # A table without the town still has the town as its benchmark, only without a value there.
    above = [spaces[key].ancestors[-1] for key in order if spaces[key].ancestors]
    benchmark = indicator.benchmark or next(iter([*tops, *above]), "")
    return Series(
        indicator=indicator.id,
        cells=cells,
        periods=periods,
        spaces=tuple(
            sorted(
                order,
                key=lambda key: (
                    spaces[key].geography,
                    spaces[key].depth,
                    site.spaces[key].code or "",
                    site.spaces[key].name,
                ),
            )
        ),
        benchmark=benchmark,
        comparisons=compare_all(indicator, spaces, with_town(cells, benchmark), cells, spreads),
        parents=compare_all(indicator, spaces, with_parents(spaces, cells), cells, spreads),
        changes=dict(changes(indicator, cells, periods, spreads)),
        releases=releases,
        reach=reach,
    )


def cell_of(indicator: Indicator, row: ValueRow, reach: Reach = Reach()) -> Cell:  # noqa: B008 - frozen
    """Turn a row of the table into a cell with its rate and interval."""
    cell = Cell(
        space=row.space,
        period=row.period,
        breakdown=row.breakdown,
        status=row.status,
        note=row.note,
        forecast=_ahead(indicator, row.period),
        qualifier=row.qualifier,
        illustrative=row.illustrative or bool(indicator.illustrative),
    )
    return filled(indicator, cell, row.numerator, row.denominator, reach)


def filled(
    indicator: Indicator,
    cell: Cell,
    numerator: Decimal | None,
    denominator: Decimal | None,
    reach: Reach,
) -> Cell:
    """Put counts into a cell, with the rate and its interval; limits have the figure's decimals and no more."""
    cell = replace(cell, numerator=_whole(numerator), denominator=_whole(denominator))
    if numerator is None or not cell.status.has_value:
        return cell
    if indicator.denominator is None:
        return replace(cell, value=rounded(numerator, indicator.decimals))
    if not denominator:
        return replace(cell, status=Status.BLOCKED)
    cell = replace(cell, value=rounded(numerator / denominator * indicator.per, indicator.decimals))
    return _bounded(indicator, cell, spread_of(cell, reach))


def _bounded(indicator: Indicator, cell: Cell, spread: Spread | None) -> Cell:
    found = interval_of(indicator, spread)
    if found is None:
        return cell
    low, high = (float(rounded(limit, indicator.decimals)) for limit in (found.low, found.high))
    return replace(cell, low=low, high=high)


def summed(
    indicator: Indicator,
    spaces: Mapping[str, SpaceFacts],
    cells: Mapping[CellKey, Cell],
    spreads: Mapping[CellKey, Spread],
) -> Iterable[tuple[Cell, Spread | None]]:
    """Yield the cells of areas whose parts are all known; deepest areas first, so that sums climb the hierarchy.

    What rounding leaves open of the parts adds up too.
    """
    if not indicator.adds_up:
        return
    found: dict[CellKey, Cell] = dict(cells)
    open_: dict[CellKey, Spread] = dict(spreads)
    groups = sorted({(period, breakdown) for _, period, breakdown in cells})
    for space in sorted(spaces, key=lambda key: (-spaces[key].depth, key)):
        children = parts(spaces, space)
        if not children:
            continue
        for period, breakdown in groups:
            key = (space, period, breakdown)
            there = [found.get((child, period, breakdown)) for child in children]
            known = [part for part in there if part is not None and part.numerator is not None]
            if key in found or len(known) != len(children):
                continue
            if indicator.denominator is not None and any(part.denominator is None for part in known):
                continue
            numerator = Decimal(sum(part.numerator or 0 for part in known))
            denominator = (
                Decimal(sum(part.denominator or 0 for part in known)) if indicator.denominator else None
            )
            words = {part.qualifier for part in known if part.qualifier}
            if len(words) > 1:
                # „Mehr als“ and „höchstens“ together say nothing about their sum.
                continue
            empty = Cell(
                space,
                period,
                breakdown,
                forecast=_ahead(indicator, period),
                summed=True,
                qualifier="".join(words),
                illustrative=any(part.illustrative for part in known),
            )
            cell = filled(indicator, empty, numerator, denominator, Reach())
            below = [open_[part.key] for part in known if part.key in open_]
            spread = added(below) if len(below) == len(known) else None
            if spread is not None:
                open_[key] = spread
                cell = _bounded(indicator, cell, spread)
            found[key] = cell
            yield cell, spread


def _ahead(indicator: Indicator, period: str) -> bool:
    return indicator.forecast_from is not None and period >= indicator.forecast_from


def _whole(value: Decimal | None) -> int | None:
    return int(value) if value is not None and value == value.to_integral_value() else None
