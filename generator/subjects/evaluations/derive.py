"""Compute evaluations: changes with intervals, their differences in percentage points, and what stated amounts imply.

A change is stated by a source, or computed from published cells: before and after, in the area and the one compared.
Across a break in the counting, or with any of the four cells missing or withheld, nothing is computed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product

from generator.derive.uncertainty import ConfidenceInterval, difference_of, wilson
from generator.model.cells import Cell, RecordFault, RoundedBy, Series
from generator.model.facts import Facts, SpaceFacts
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.subjects.evaluations.model import (
    AmountRange,
    ChangeFacts,
    Evaluation,
    EvaluationFacts,
    Limits,
    Measured,
    SpendingChange,
    SpendingFacts,
    evaluations,
)

ALL_OF_IT = Decimal(-100)
"""In per cent; nothing falls by more."""
_FINE = Decimal("0.0001")
"""To this a ratio is rounded, so that floats give the same text everywhere."""


def all_evaluations(
    site: Site, spaces: Mapping[str, SpaceFacts], series: Mapping[str, Series]
) -> dict[str, EvaluationFacts]:
    """Return all evaluations' facts."""
    return {key: evaluation_facts(site, item, spaces, series) for key, item in evaluations(site).items()}


def evaluation_facts(
    site: Site, evaluation: Evaluation, spaces: Mapping[str, SpaceFacts], series: Mapping[str, Series]
) -> EvaluationFacts:
    """Compute an evaluation, or say per change why not."""
    changes, faults = [], [*_impossible(evaluation)]
    area, other = spaces.get(evaluation.space or ""), evaluation.compared_with
    for number, item in enumerate(evaluation.changes):
        found = ChangeFacts(item.change, item.comparison, _difference(item.change, item.comparison))
        indicator, cells = site.indicators.get(item.indicator or ""), series.get(item.indicator or "")
        # An unknown indicator is reported where references are read.
        if indicator is not None and cells is not None:
            figures, problems = _figures(site, evaluation, number, indicator, cells)
            faults += problems
            if not problems:
                found = _compared(indicator, cells, figures)
        changes.append(found)
    spending = None if evaluation.spending is None else spending_facts(evaluation.spending)
    contains = area is not None and other is not None and other.space in area.ancestors
    return EvaluationFacts(tuple(changes), spending, contains, tuple(faults))


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


def _compared(indicator: Indicator, cells: Series, figures: Sequence[Cell]) -> ChangeFacts:
    """Compute the change in an area, and that in the compared one if there is one (`figures`: two or four cells)."""
    exact = cells.reach == RoundedBy()  # its counts aren't rounded
    own = measured_change(indicator, figures[0], figures[1], rounded=not exact)
    other = None
    if len(figures) > 2:
        other = measured_change(indicator, figures[2], figures[3], rounded=not exact)
    change, comparison = own.change if own else None, other.change if other else None
    return ChangeFacts(change, comparison, _difference(change, comparison), own, other, _limits(own, other))


def _difference(change: Decimal | None, comparison: Decimal | None) -> Decimal | None:
    return None if change is None or comparison is None else change - comparison


def spending_facts(spending: SpendingChange) -> SpendingFacts:
    """Return what stated amounts imply; these are ranges, because sources round.

    effect = base × difference of changes / 100, so the base is effect / that; costs = effect − what is left after them.
    """
    difference = _difference(spending.change, spending.comparison)
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


# --- changes of figures --------------------------------------------------------------------------------------------


def _limits(own: Measured | None, other: Measured | None) -> Limits | None:
    """Return the 95 % limits of the difference of two changes, in points; None where one has none."""
    if own is None or other is None or own.limits is None or other.limits is None:
        return None
    difference = difference_of(
        float(own.change),
        ConfidenceInterval(*map(float, own.limits)),
        float(other.change),
        ConfidenceInterval(*map(float, other.limits)),
    )
    return Decimal(str(difference.low)), Decimal(str(difference.high))


def measured_change(
    indicator: Indicator, before: Cell, after: Cell, *, rounded: bool = False
) -> Measured | None:
    """Return a figure's change in percent; None without both values or from zero.

    From published counts where given (a rounded rate can be off by more than the change), else rates. The
    interval is that of the ratio of two Poisson counts: given their sum the later one is binomial, and
    Wilson's limits of its share become limits of the ratio (Przyborowski & Wilenski 1940). People counted in clusters
    (siblings) count as fewer (`together`). Those counted in both years make the interval too wide. Rounded counts have none.
    """
    if not before.value or after.value is None:
        return None
    first, last = before.numerator, after.numerator
    exposure = _exposure(indicator, before, after)
    if not first or last is None or exposure is None:
        return Measured(before, after, _per_cent(after.value / before.value))
    change = _per_cent(Decimal(last) / Decimal(first) * exposure)
    share = wilson(last / indicator.together, (first + last) / indicator.together)
    if rounded or share.high >= 1:
        return Measured(before, after, change)
    low, high = (_per_cent(_ratio(limit) * exposure) for limit in (share.low, share.high))
    return Measured(before, after, change, (low, high))


def _exposure(indicator: Indicator, before: Cell, after: Cell) -> Decimal | None:
    """Return how many times the base (denominator) was larger before; 1 without base, None if unknown."""
    if indicator.denominator is None:
        return Decimal(1)
    if not before.denominator or not after.denominator:
        return None
    return Decimal(before.denominator) / Decimal(after.denominator)


def _per_cent(ratio: Decimal) -> Decimal:
    """Return by how many per cent something grew."""
    return (ratio - 1) * 100


def _ratio(share: float) -> Decimal:
    """Turn the later count's share of both into the ratio of later to earlier."""
    return Decimal(str(share / (1 - share))).quantize(_FINE)


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
    if effect is not None and not _difference(spending.change, spending.comparison):
        yield RecordFault("betrag-ohne-rechnung", ("spending", "effect"))
    if after_costs is not None and (effect is None or after_costs.amount > effect.amount):
        yield RecordFault("betrag-ohne-rechnung", ("spending", "after_costs"))


def _of_site(site: Site, facts: Facts) -> dict[str, EvaluationFacts]:
    return all_evaluations(site, facts.spaces, facts.series)


FACTS = {"evaluations": _of_site}
