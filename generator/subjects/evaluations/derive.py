"""Evaluations and published figures in, what follows from them out: differences in points, ranges of amounts, changes with intervals.

What a source states is input, what follows from it is computed here and nowhere else. Figures are read from published cells
alone; across a break, or where one of the four cells is missing or withheld, nothing is computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.derive.indicator_series import filled, part_of
from generator.derive.uncertainty import ConfidenceInterval, difference_of, wilson
from generator.model.cells import Cell, Reach, RecordFault, Series
from generator.model.facts import Facts, SpaceFacts
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.subjects.evaluations.model import (
    AmountRange,
    ChangeFacts,
    CourseStep,
    Evaluation,
    EvaluationFacts,
    Limits,
    Measured,
    SpendingChange,
    SpendingFacts,
    evaluations,
)

GONE = Decimal(-100)
"""Nothing falls by more than all of it."""
_FINE = Decimal("0.0001")


def all_evaluations(
    site: Site, spaces: Mapping[str, SpaceFacts], series: Mapping[str, Series]
) -> dict[str, EvaluationFacts]:
    """Return what may be said of every evaluation of a site."""
    return {key: evaluation_facts(site, item, spaces, series) for key, item in evaluations(site).items()}


def evaluation_facts(
    site: Site, evaluation: Evaluation, spaces: Mapping[str, SpaceFacts], series: Mapping[str, Series]
) -> EvaluationFacts:
    """Compute what follows from an evaluation, with what stands in the way of the rest."""
    changes, faults = [], [*_impossible(evaluation)]
    own, other = spaces.get(evaluation.space or ""), evaluation.compared_with
    inside = own is not None and other is not None and other.space in own.ancestors
    comparer = _Comparer(site, evaluation, series, inside)
    for number, item in enumerate(evaluation.changes):
        if item.indicator is None:
            difference = _difference(item.change, item.comparison)
            changes.append(ChangeFacts(item.change, item.comparison, difference))
            continue
        measured, problems = comparer.measured(number)
        changes.append(measured)
        faults += problems
    spending = None if evaluation.spending is None else spending_facts(evaluation.spending)
    contains = inside or (other is not None and other.contains)
    return EvaluationFacts(tuple(changes), spending, contains, tuple(faults))


_NOTHING = ChangeFacts(None, None, None)


@dataclass(frozen=True, slots=True)
class _Course:
    """A figure, or a part of it, between two periods."""

    indicator: Indicator
    cells: Series
    breakdown: tuple[str, ...]
    first: str
    last: str

    def pair(self, space: str) -> tuple[Cell | None, Cell | None]:
        """Return the figures of an area in the first and the last period."""
        first = self.cells.cell(space, self.first, self.breakdown)
        return first, self.cells.cell(space, self.last, self.breakdown)

    def change(self, space: str) -> Measured | None:
        """Return the change in an area; None where one of both figures isn't known."""
        before, after = self.pair(space)
        if before is None or after is None:
            return None
        return measured_change(self.indicator, before, after, rounded=self.cells.reach != Reach())

    def steps(self, space: str, other: str | None) -> tuple[CourseStep, ...]:
        """Return the figures of both areas in all periods."""
        found = []
        for period in self.cells.periods:
            if self.first <= period <= self.last:
                own = self.cells.cell(space, period, self.breakdown)
                elsewhere = self.cells.cell(other, period, self.breakdown) if other else None
                found.append(CourseStep(period, own, elsewhere))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class _Comparer:
    """Computes changes of figures beside those elsewhere; where the area lies `inside` of what it is compared with, beside the rest of that."""

    site: Site
    evaluation: Evaluation
    series: Mapping[str, Series]
    inside: bool

    def measured(self, number: int) -> tuple[ChangeFacts, list[RecordFault]]:
        """Compute the change of this number, or say what stands in the way."""
        item = self.evaluation.changes[number]
        name = item.indicator or ""
        indicator, cells = self.site.indicators.get(name), self.series.get(name)
        if indicator is None or cells is None:
            # That there is no such indicator is told where references are read.
            return _NOTHING, []
        space = self.evaluation.space
        if space is None or item.before is None or item.after is None:
            return _NOTHING, [RecordFault("auswertung-unvollstaendig", ("changes", number, "indicator"))]
        breakdown, unknown = part_of(indicator, item.part)
        course = _Course(indicator, cells, breakdown, item.before, item.after)
        compared_with = self.evaluation.compared_with
        other = compared_with.space if compared_with is not None else None
        spaces = [space] if other is None else [space, other]
        faults = self._faults(number, course, unknown, spaces)
        if faults:
            return _NOTHING, faults
        return self._compared(course, space, other), []

    def _faults(
        self, number: int, course: _Course, unknown: Mapping[str, dict[str, str]], spaces: Iterable[str]
    ) -> list[RecordFault]:
        """Say why a course can't be compared: a break in it, a part that isn't there, a figure that is missing."""
        place = ("changes", number, "indicator")
        for one in course.indicator.breaks:
            if course.first < one.period <= course.last:
                values = {"period": one.period, "indicator": course.indicator.title}
                return [RecordFault("bruch-im-vergleich", place, values)]
        if unknown:
            # Without its part a row would show the whole.
            part = ("changes", number, "part")
            return [RecordFault("teil-unbekannt", (*part, name), values) for name, values in unknown.items()]
        # One of the four alone would be set beside nothing.
        missing = self._missing(course, spaces)
        return [RecordFault("vergleich-ohne-zahl", place, values) for values in missing]

    def _missing(self, course: _Course, spaces: Iterable[str]) -> list[dict[str, str]]:
        """List the areas and periods without a figure."""
        found = []
        for space in spaces:
            for cell, period in zip(course.pair(space), (course.first, course.last), strict=True):
                if cell is None or cell.value is None:
                    name = self.site.spaces[space].name if space in self.site.spaces else space
                    found.append({"indicator": course.indicator.title, "space": name, "period": period})
        return found

    def _compared(self, course: _Course, space: str, other: str | None) -> ChangeFacts:
        own = course.change(space)
        elsewhere = course.change(other) if other else None
        rest = None
        if self.inside and own is not None and elsewhere is not None:
            rest = _rest_of(course, elsewhere, own)
        elsewhere = rest or elsewhere
        change = own.change if own else None
        comparison = elsewhere.change if elsewhere else None
        difference = _difference(change, comparison)
        limits = _limits(own, elsewhere)
        steps = course.steps(space, other)
        return ChangeFacts(change, comparison, difference, own, elsewhere, limits, rest is not None, steps)


def _rest_of(course: _Course, whole: Measured, part: Measured) -> Measured | None:
    """Return the change of an area without a part of it; None where the figures don't say it."""
    if not course.indicator.adds_up or course.cells.reach != Reach():
        return None
    before = _without(course.indicator, whole.before, part.before)
    after = _without(course.indicator, whole.after, part.after)
    if before is None or after is None:
        return None
    return measured_change(course.indicator, before, after)


def _difference(change: Decimal | None, comparison: Decimal | None) -> Decimal | None:
    return None if change is None or comparison is None else change - comparison


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


def _limits(own: Measured | None, other: Measured | None) -> Limits | None:
    """Return the limits of the difference of two changes, in points."""
    if own is None or other is None or own.limits is None or other.limits is None:
        return None
    found = difference_of(
        float(own.change),
        ConfidenceInterval(*map(float, own.limits)),
        float(other.change),
        ConfidenceInterval(*map(float, other.limits)),
    )
    return Decimal(str(found.low)), Decimal(str(found.high))


def measured_change(
    indicator: Indicator, before: Cell, after: Cell, *, rounded: bool = False
) -> Measured | None:
    """Return the change of a figure in per cent; None where there was nothing before, or one of both isn't known.

    It is computed from the published counts, because a rounded rate of a few per cent can be off by more than the change, and
    from the rate where there are none. The interval is that of the ratio of two Poisson counts: given their sum, the later one is binomial, and Wilson's limits
    of its share are turned into limits of the ratio (Przyborowski & Wilenski 1940). Those who come together count as fewer, by the
    indicator's design factor. Whoever is counted both times makes it wider than need be. Rounded counts have none.
    """
    if not before.value or after.value is None:
        return None
    change = (after.value / before.value - 1) * 100
    first, last = before.numerator, after.numerator
    if rounded or first is None or last is None or first + last == 0:
        return Measured(before, after, change)
    exposure = _exposure(indicator, before, after)
    share = wilson(last / indicator.together, (first + last) / indicator.together)
    if exposure is None:
        return Measured(before, after, change)
    if first:
        change = _per_cent(Decimal(last) / Decimal(first) * exposure)
    if share.high >= 1:
        return Measured(before, after, change)
    low, high = (_per_cent(_ratio(limit) * exposure) for limit in (share.low, share.high))
    return Measured(before, after, change, (low, high))


def _exposure(indicator: Indicator, before: Cell, after: Cell) -> Decimal | None:
    """Return how many more there were before of whom figures are counted; 1 where none are told, None where one of both isn't known."""
    if indicator.denominator is None:
        return Decimal(1)
    if not before.denominator or not after.denominator:
        return None
    return Decimal(before.denominator) / Decimal(after.denominator)


def _per_cent(ratio: Decimal) -> Decimal:
    """Return by how many per cent something grew."""
    return (ratio - 1) * 100


def _ratio(share: float) -> Decimal:
    return Decimal(str(share / (1 - share))).quantize(_FINE)


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
        yield from _below_nothing(place, item.change, item.comparison)
    if evaluation.spending is not None:
        yield from _impossible_spending(evaluation.spending)


def _below_nothing(
    place: tuple[str | int, ...], change: Decimal | None, comparison: Decimal | None
) -> Iterator[RecordFault]:
    """Report what falls by more than all of it."""
    for name, value in (("change", change), ("comparison", comparison)):
        if value is not None and value < GONE:
            yield RecordFault("veraenderung-unmoeglich", (*place, name), {"value": f"{value}"})


def _impossible_spending(spending: SpendingChange) -> Iterator[RecordFault]:
    if spending.to <= spending.from_:
        yield RecordFault("auswertung-verkehrt", ("spending", "to"))
    yield from _below_nothing(("spending",), spending.change, spending.comparison)
    effect, after_costs = spending.effect, spending.after_costs
    if effect is not None and not _difference(spending.change, spending.comparison):
        yield RecordFault("wirkung-ohne-vergleich", ("spending", "effect"))
    if after_costs is not None and (effect is None or after_costs.amount > effect.amount):
        yield RecordFault("rest-ohne-wirkung", ("spending", "after_costs"))


def _of_site(site: Site, facts: Facts) -> dict[str, EvaluationFacts]:
    return all_evaluations(site, facts.spaces, facts.series)


FACTS = {"evaluations": _of_site}
