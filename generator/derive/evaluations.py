"""Evaluations and published figures in, what follows from them out: differences in points, ranges of amounts, changes with intervals.

What a source states is input, what follows from it is computed here and nowhere else. Figures are read from published cells
alone; across a break, or where one of the four cells is missing or withheld, nothing is computed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from generator.derive.indicators import filled, part_of
from generator.derive.intervals import ConfidenceInterval, difference_of, wilson
from generator.model.cells import Cell, Reach, Series
from generator.model.evaluation import Evaluation, MeasuredChange, SpendingChange
from generator.model.evaluation_facts import (
    AmountRange,
    ChangeFacts,
    CourseStep,
    EvaluationFacts,
    Measured,
    SpendingFacts,
)
from generator.model.facts import SpaceFacts
from generator.model.indicator import Indicator
from generator.model.record_fault import RecordFault
from generator.model.site import Site

GONE = Decimal(-100)
"""Nothing falls by more than all of it."""
_FINE = Decimal("0.0001")


def all_evaluations(
    site: Site, spaces: Mapping[str, SpaceFacts], series: Mapping[str, Series]
) -> dict[str, EvaluationFacts]:
    """Return what may be said of every evaluation of a site."""
    return {key: evaluation_facts(site, item, spaces, series) for key, item in site.evaluations.items()}


def evaluation_facts(
    site: Site, evaluation: Evaluation, spaces: Mapping[str, SpaceFacts], series: Mapping[str, Series]
) -> EvaluationFacts:
    """Compute what follows from an evaluation, with what stands in the way of the rest."""
    changes, faults = [], [*_impossible(evaluation)]
    for number, item in enumerate(evaluation.changes):
        if item.indicator is None:
            changes.append(_stated(item))
            continue
        measured, problems = _measured(site, evaluation, number, series, _inside(evaluation, spaces))
        changes.append(measured)
        faults += problems
    spending = evaluation.spending
    return EvaluationFacts(
        tuple(changes),
        None if spending is None else spending_facts(spending),
        _contains(evaluation, spaces),
        tuple(faults),
    )


def _contains(evaluation: Evaluation, spaces: Mapping[str, SpaceFacts]) -> bool:
    other = evaluation.compared_with
    if other is None:
        return False
    return other.contains or _inside(evaluation, spaces)


def _inside(evaluation: Evaluation, spaces: Mapping[str, SpaceFacts]) -> bool:
    own, other = spaces.get(evaluation.space or ""), evaluation.compared_with
    return own is not None and other is not None and other.space in own.ancestors


def _difference(change: Decimal | None, comparison: Decimal | None) -> Decimal | None:
    return None if change is None or comparison is None else change - comparison


def _stated(item: MeasuredChange) -> ChangeFacts:
    return ChangeFacts(item.change, item.comparison, _difference(item.change, item.comparison))


def spending_facts(spending: SpendingChange) -> SpendingFacts:
    """Return what the stated amounts imply.

    The effect is the base times the difference of both changes, so the base lies between the effect's limits divided by it;
    the costs are what lies between the effect and what remains of it.
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


def _measured(
    site: Site, evaluation: Evaluation, number: int, series: Mapping[str, Series], inside: bool
) -> tuple[ChangeFacts, list[RecordFault]]:
    """Compute a change of figures beside that elsewhere; where the area lies `inside` of what it is compared with, beside the rest of that."""
    item = evaluation.changes[number]
    nothing = ChangeFacts(None, None, None)
    indicator = site.indicators.get(item.indicator or "")
    cells = series.get(item.indicator or "")
    place = ("changes", number)
    if indicator is None or cells is None:
        # That there is no such indicator is told where references are read.
        return nothing, []
    if evaluation.space is None or item.before is None or item.after is None:
        return nothing, [RecordFault("auswertung-unvollstaendig", (*place, "indicator"))]
    crossed = [one.period for one in indicator.breaks if item.before < one.period <= item.after]
    if crossed:
        values = {"period": crossed[0], "indicator": indicator.title}
        return nothing, [RecordFault("bruch-im-vergleich", (*place, "indicator"), values)]
    other = evaluation.compared_with.space if evaluation.compared_with else None
    breakdown, unknown = part_of(indicator, item.part)
    if unknown:
        # Without its part a row would show the whole.
        return nothing, [
            RecordFault("teil-unbekannt", (*place, "part", name), values) for name, values in unknown.items()
        ]
    found: list[Measured | None] = []
    faults = []
    for space in (evaluation.space, other):
        if space is None:
            found.append(None)
            continue
        pair = [cells.cell(space, period, breakdown) for period in (item.before, item.after)]
        for cell, period in zip(pair, (item.before, item.after), strict=True):
            if cell is None or cell.value is None:
                name = site.spaces[space].name if space in site.spaces else space
                values = {"indicator": indicator.title, "space": name, "period": period}
                faults.append(RecordFault("vergleich-ohne-zahl", (*place, "indicator"), values))
        before, after = pair
        if before is not None and after is not None:
            found.append(measured_change(indicator, before, after, rounded=cells.reach != Reach()))
    if faults or len(found) < 2:
        # One of the four alone would be set beside nothing.
        return nothing, faults
    own, elsewhere = found
    rest = None
    if inside and own is not None and elsewhere is not None and indicator.adds_up and cells.reach == Reach():
        pairs = [
            _without(indicator, whole, part)
            for whole, part in ((elsewhere.before, own.before), (elsewhere.after, own.after))
        ]
        if pairs[0] is not None and pairs[1] is not None:
            rest = measured_change(indicator, pairs[0], pairs[1])
    elsewhere = rest or elsewhere
    change = own.change if own else None
    comparison = elsewhere.change if elsewhere else None
    low, high = _limits(own, elsewhere)
    difference = _difference(change, comparison)
    course = tuple(
        CourseStep(
            period,
            cells.cell(evaluation.space, period, breakdown),
            cells.cell(other, period, breakdown) if other else None,
        )
        for period in cells.periods
        if item.before <= period <= item.after
    )
    return ChangeFacts(
        change, comparison, difference, own, elsewhere, low, high, rest is not None, course
    ), []


def _without(indicator: Indicator, whole: Cell, part: Cell) -> Cell | None:
    """Return the figure of an area without a part of it; None where counts are missing or leave nothing."""
    if whole.numerator is None or part.numerator is None or whole.numerator < part.numerator:
        return None
    numerator, denominator = Decimal(whole.numerator - part.numerator), None
    if indicator.denominator is not None:
        if whole.denominator is None or part.denominator is None or whole.denominator <= part.denominator:
            return None
        denominator = Decimal(whole.denominator - part.denominator)
    return filled(indicator, whole, numerator, denominator, Reach())


def _limits(own: Measured | None, other: Measured | None) -> tuple[Decimal | None, Decimal | None]:
    """Return the limits of the difference of two changes, in points."""
    if own is None or other is None:
        return None, None
    if own.low is None or own.high is None or other.low is None or other.high is None:
        return None, None
    found = difference_of(
        float(own.change),
        ConfidenceInterval(float(own.low), float(own.high)),
        float(other.change),
        ConfidenceInterval(float(other.low), float(other.high)),
    )
    return Decimal(str(found.low)), Decimal(str(found.high))


def measured_change(
    indicator: Indicator, before: Cell, after: Cell, *, rounded: bool = False
) -> Measured | None:
    """Return the change of a figure in per cent; None where there was nothing before, or one of both isn't known.

    It is computed from the published counts, because a rounded rate of a few per cent can be off by more than the change, and
    from the rate where there are none. The interval is that of the ratio of two Poisson counts: given their sum, the later one is binomial, and Wilson's limits
    of its share are turned into limits of the ratio (Przyborowski & Wilenski 1940). Whoever is counted both times makes it
    wider than need be. Rounded counts have none.
    """
    if not before.value or after.value is None:
        return None
    change = (after.value / before.value - 1) * 100
    if (
        rounded
        or before.numerator is None
        or after.numerator is None
        or not before.numerator + after.numerator
    ):
        return Measured(before, after, change)
    exposure = Decimal(1)
    if indicator.denominator is not None:
        if not before.denominator or not after.denominator:
            return Measured(before, after, change)
        exposure = Decimal(before.denominator) / Decimal(after.denominator)
    if before.numerator:
        change = (Decimal(after.numerator) / Decimal(before.numerator) * exposure - 1) * 100
    share = wilson(after.numerator, before.numerator + after.numerator)
    low, high = (_ratio(limit) for limit in (share.low, share.high))
    return Measured(
        before,
        after,
        change,
        None if low is None else (low * exposure - 1) * 100,
        None if high is None else (high * exposure - 1) * 100,
    )


def _ratio(share: float) -> Decimal | None:
    return None if share >= 1 else Decimal(str(share / (1 - share))).quantize(_FINE)


# --- what can't be -------------------------------------------------------------------------------------------------


def _impossible(evaluation: Evaluation) -> Iterator[RecordFault]:
    if evaluation.until <= evaluation.from_:
        yield RecordFault("auswertung-verkehrt", ("until",))
    for number, item in enumerate(evaluation.changes):
        place = ("changes", number)
        if (item.indicator is None) == (item.change is None):
            yield RecordFault("auswertung-unklar", (*place, "name"))
        if item.comparison is not None and evaluation.compared_with is None:
            yield RecordFault("vergleich-womit", (*place, "comparison"))
        for name, value in (("change", item.change), ("comparison", item.comparison)):
            if value is not None and value < GONE:
                yield RecordFault("veraenderung-unmoeglich", (*place, name), {"value": f"{value}"})
    spending = evaluation.spending
    if spending is None:
        return
    if spending.to <= spending.from_:
        yield RecordFault("auswertung-verkehrt", ("spending", "to"))
    for name, value in (("change", spending.change), ("comparison", spending.comparison)):
        if value is not None and value < GONE:
            yield RecordFault("veraenderung-unmoeglich", ("spending", name), {"value": f"{value}"})
    if spending.effect is not None and not _difference(spending.change, spending.comparison):
        yield RecordFault("wirkung-ohne-vergleich", ("spending", "effect"))
    if spending.after_costs is not None and (
        spending.effect is None or spending.after_costs.amount > spending.effect.amount
    ):
        yield RecordFault("rest-ohne-wirkung", ("spending", "after_costs"))
