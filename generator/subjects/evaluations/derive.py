"""Compute evaluations: changes beside those elsewhere, and what stated amounts imply.

A change is stated by a source, or computed from published cells as its indicator's page does: before and after, in the
area and the rest of the one compared. Across a break in the counting, or with any of the four cells missing or withheld, nothing is computed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product

from msgspec.structs import replace

from generator.derive.indicator_series import Spreads, change_between, rest_of
from generator.derive.uncertainty import (
    ConfidenceInterval,
    Spread,
    chance_of_difference,
    compare_difference,
    difference_of,
    remaining,
    spread_of,
)
from generator.model.cells import Cell, RecordFault, Series, Verdict
from generator.model.facts import Facts, SpaceFacts
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.subjects.evaluations.model import (
    AmountRange,
    ChangeFacts,
    Evaluation,
    EvaluationFacts,
    Measured,
    SpendingChange,
    SpendingFacts,
    evaluations,
)

ALL_OF_IT = Decimal(-100)
"""In per cent; nothing falls by more."""


def all_evaluations(
    site: Site, spaces: Mapping[str, SpaceFacts], series: Mapping[str, Series]
) -> dict[str, EvaluationFacts]:
    """Return all evaluations' facts."""
    return {key: evaluation_facts(site, item, spaces, series) for key, item in evaluations(site).items()}


def evaluation_facts(
    site: Site, evaluation: Evaluation, spaces: Mapping[str, SpaceFacts], series: Mapping[str, Series]
) -> EvaluationFacts:
    """Compute an evaluation, or say per change why not."""
    changes: list[ChangeFacts] = []
    faults = [*_impossible(evaluation)]
    area, other = spaces.get(evaluation.space or ""), evaluation.compared_with
    contains = area is not None and other is not None and other.space in area.ancestors
    for number, item in enumerate(evaluation.changes):
        found = ChangeFacts(item.change, item.comparison, _difference_or_none(item.change, item.comparison))
        indicator, cells = site.indicators.get(item.indicator or ""), series.get(item.indicator or "")
        # An unknown indicator is reported where references are read.
        if indicator is not None and cells is not None:
            figures, problems = _figures(site, evaluation, number, indicator, cells)
            faults += problems
            if not problems:
                found = _compare_changes(indicator, cells, figures, contains=contains)
        changes.append(found)
    spending = None if evaluation.spending is None else spending_facts(evaluation.spending)
    return EvaluationFacts(tuple(_firm(changes)), spending, contains, tuple(faults))


def _uncomparable(evaluation: Evaluation, number: int, indicator: Indicator) -> list[RecordFault]:
    """Say why a change's figures can't be compared: no area or periods named, or a break between."""
    item, place = evaluation.changes[number], ("changes", number, "indicator")
    if evaluation.space is None or item.before is None or item.after is None:
        return [RecordFault("auswertung-unklar", place)]
    for one in indicator.breaks:
        if item.before < one.period <= item.after:
            values = {"period": one.period, "indicator": indicator.title}
            return [RecordFault("bruch-im-vergleich", place, values)]
    return []


def _figures(
    site: Site, evaluation: Evaluation, number: int, indicator: Indicator, cells: Series
) -> tuple[list[Cell], list[RecordFault]]:
    """Return the cells before and after, of the area and then the one compared, or faults for missing ones."""
    faults = _uncomparable(evaluation, number, indicator)
    if faults:
        return [], faults
    item, spaces = evaluation.changes[number], [evaluation.space]
    if evaluation.compared_with is not None:
        spaces.append(evaluation.compared_with.space)
    found = []
    for space, period in product(filter(None, spaces), (item.before or "", item.after or "")):
        cell = cells.cell(space, period)
        if cell is not None and cell.value is not None:
            found.append(cell)
            continue
        name = site.spaces[space].name if space in site.spaces else space
        values = {"indicator": indicator.title, "space": name, "period": period}
        faults.append(RecordFault("vergleich-ohne-zahl", ("changes", number, "indicator"), values))
    return found, faults


def _compare_changes(
    indicator: Indicator, cells: Series, figures: Sequence[Cell], *, contains: bool
) -> ChangeFacts:
    """Compute the change in an area beside that of the compared one (`figures`: two or four cells), less the area if it `contains` it."""
    found = {cell.key: _spread(cells, cell) for cell in figures}
    spreads = {key: spread for key, spread in found.items() if spread is not None}
    own = _measured(indicator, figures[0], figures[1], spreads)
    if len(figures) == 2:
        return ChangeFacts(_size_of_change(own), None, None, own)
    rests = [rest_of(indicator, *pair, spreads) for pair in zip(figures[2:], figures[:2], strict=True)]
    before, after = rests if contains else (None, None)
    is_rest = before is not None and after is not None
    other = _measured(indicator, before or figures[2], after or figures[3], spreads)
    size, comparison = _size_of_change(own), _size_of_change(other)
    facts = ChangeFacts(size, comparison, _difference_or_none(size, comparison), own, other, is_rest)
    # An area isn't independent of one that contains it.
    return facts if contains and not is_rest else _tested(facts)


def _size_of_change(measured: Measured | None) -> Decimal | None:
    return None if measured is None else measured.change.difference


def _spread(cells: Series, cell: Cell) -> Spread | None:
    """Return a cell's possible counts; unknown of a sum of rounded ones."""
    return None if cell.summed and cells.reach else spread_of(cell, cells.reach)


def _measured(indicator: Indicator, before: Cell, after: Cell, spreads: Spreads) -> Measured | None:
    """Return a figure's change, of counts in per cent: areas differ in size. None from zero then."""
    change, _ = change_between(indicator, before, after, spreads)
    if indicator.denominator is None:
        if not before.value or after.value is None:
            return None
        change = replace(change, difference=(after.value / before.value - 1) * 100)
    return Measured(before, after, change)


def _tested(facts: ChangeFacts) -> ChangeFacts:
    """Tell whether the difference of two independent changes may be chance, where both have an interval."""
    own, other = _interval_of_change(facts.own), _interval_of_change(facts.other)
    if own is None or other is None or facts.change is None or facts.comparison is None:
        return facts
    found = difference_of(float(facts.change), own, float(facts.comparison), other)
    limits = Decimal(str(found.low)), Decimal(str(found.high))
    return replace(facts, limits=limits, verdict=compare_difference(found))


def _interval_of_change(measured: Measured | None) -> ConfidenceInterval | None:
    if measured is None or measured.change.low is None or measured.change.high is None:
        return None
    return ConfidenceInterval(measured.change.low, measured.change.high)


def _firm(changes: Sequence[ChangeFacts]) -> Iterator[ChangeFacts]:
    """Yield changes, without verdicts that may be chance among so many."""
    chances = {
        number: chance_of_difference(float(one.difference), *map(float, one.limits))
        for number, one in enumerate(changes)
        if one.limits is not None and one.difference is not None
    }
    sure = remaining(chances)
    for number, one in enumerate(changes):
        yield replace(one, verdict=Verdict.SIMILAR) if number in chances.keys() - sure else one


def _difference_or_none(change: Decimal | None, comparison: Decimal | None) -> Decimal | None:
    return None if change is None or comparison is None else change - comparison


def spending_facts(spending: SpendingChange) -> SpendingFacts:
    """Return what stated amounts imply; these are ranges, because sources round.

    effect = base × difference of changes / 100, so the base is effect / that; costs = effect − what is left after them.
    """
    difference = _difference_or_none(spending.change, spending.comparison)
    if spending.effect is None:
        return SpendingFacts(difference)
    low, high = spending.effect.bounds
    base = costs = None
    if difference:
        share = abs(difference) / 100
        base = AmountRange(low / share, high / share)
    if spending.after_costs is not None:
        least, most = spending.after_costs.bounds
        costs = AmountRange(max(low - most, Decimal(0)), max(high - least, Decimal(0)))
    return SpendingFacts(difference, AmountRange(low, high), base, costs)


# --- what can't be -------------------------------------------------------------------------------------------------


def _impossible(evaluation: Evaluation) -> Iterator[RecordFault]:
    """Report what a record contradicts itself in."""
    if evaluation.until <= evaluation.from_:
        yield RecordFault("auswertung-verkehrt", ("until",))
    for number, item in enumerate(evaluation.changes):
        place = ("changes", number)
        if (item.indicator is None) == (item.change is None):
            yield RecordFault("auswertung-unklar", (*place, "name"))
        if item.comparison is not None and evaluation.compared_with is None:
            yield RecordFault("vergleich-womit", (*place, "comparison"))
        yield from _below_nothing(place, item.change, item.comparison)
    if evaluation.spending is not None:
        yield from _impossible_spending(evaluation.spending)


def _below_nothing(
    place: tuple[str | int, ...], change: Decimal | None, comparison: Decimal | None
) -> Iterator[RecordFault]:
    """Report a change of less than -100 %."""
    for name, value in (("change", change), ("comparison", comparison)):
        if value is not None and value < ALL_OF_IT:
            yield RecordFault("veraenderung-unmoeglich", (*place, name), {"value": f"{value}"})


def _impossible_spending(spending: SpendingChange) -> Iterator[RecordFault]:
    """Report amounts without the changes from which they follow, or larger than what they are part of."""
    if spending.to <= spending.from_:
        yield RecordFault("auswertung-verkehrt", ("spending", "to"))
    yield from _below_nothing(("spending",), spending.change, spending.comparison)
    effect, after_costs = spending.effect, spending.after_costs
    if effect is not None and not _difference_or_none(spending.change, spending.comparison):
        yield RecordFault("betrag-ohne-rechnung", ("spending", "effect"))
    if after_costs is not None and (effect is None or after_costs.amount > effect.amount):
        yield RecordFault("betrag-ohne-rechnung", ("spending", "after_costs"))


def _of_site(site: Site, facts: Facts) -> dict[str, EvaluationFacts]:
    return all_evaluations(site, facts.spaces, facts.series)


FACTS = {"evaluations": _of_site}
