"""Distribute budgets by published figures in whole cents, or say why not.

Every area needs a published figure, for whoever knows all shares but one knows that one too. All is exact (`Fraction`),
and cents go to the largest remainders, compared to a ten-thousandth of a cent as spreadsheets do.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import TypeVar

from msgspec import Struct

from generator.model.cells import Cell, Series, Status
from generator.model.facts import EndsOn, Facts, SpaceFacts
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.subjects.budgets.model import (
    FINE,
    Budget,
    BudgetFacts,
    BudgetFault,
    BudgetResult,
    Deduction,
    Distribution,
    Inverse,
    Paid,
    Pot,
    SharingRule,
    TakenOff,
    WeightedIndicator,
    budgets,
    derived_budgets,
    in_cents,
)

K = TypeVar("K", bound=Hashable)
_Place = tuple[str | int, ...]
"""Where in a record something stands: `("weights", 0, "indicator")`."""


def all_budgets(
    site: Site, spaces: Mapping[str, SpaceFacts], series: Mapping[str, Series]
) -> dict[str, BudgetFacts]:
    """Return all budgets' facts."""
    return {key: budget_facts(site, budget, spaces, series) for key, budget in budgets(site).items()}


def budget_facts(
    site: Site, budget: Budget, spaces: Mapping[str, SpaceFacts], series: Mapping[str, Series]
) -> BudgetFacts:
    """Compute a budget, or say what prevents it."""
    areas = tuple(sorted(_areas_of_budget(site, budget)))
    faults = [
        *_area_faults(site, budget, areas, spaces),
        *_share_faults(budget),
        *_deduction_faults(budget),
        *_outflow_faults(site, budget, areas),
    ]
    rules: list[SharingRule] = []
    for number in range(len(budget.weights)):
        rule, problems = _measured(site, budget, number, areas, series)
        faults += problems
        if rule is not None:
            rules.append(rule)
    faults += _case_faults(budget, areas, series)
    invented = budget.illustrative or any(one.illustrative for one in rules)
    illustrative = bool(invented) or any(site.spaces[key].fictional for key in areas if key in site.spaces)
    if faults:
        return BudgetFacts(areas, tuple(faults), illustrative=illustrative)
    rounded = any(site.indicators[one.indicator].disclosure.method == "round-small" for one in rules)
    return BudgetFacts(
        areas,
        result=compute(budget, rules, _spent(budget, areas), rounded=rounded),
        illustrative=illustrative,
    )


# --- exact cents ---------------------------------------------------------------------------------------------------


def apportion(cents: int, weights: Mapping[K, Fraction], order: Sequence[K]) -> dict[K, Paid]:
    """Divide cents by weights (not all zero), adding up exactly.

    Each gets its whole cents; spare ones go to the largest remainders, of equal ones to what stands first in `order`.

    >>> shares = {"a": Fraction(1), "b": Fraction(1), "c": Fraction(1)}
    >>> {key: paid.cents for key, paid in apportion(100, shares, "abc").items()}
    {'a': 34, 'b': 33, 'c': 33}
    """
    total = sum(weights.values(), Fraction())
    quotas = {key: _half_up(cents * weights[key] / total * FINE) for key in order}
    spare = cents - sum(quota // FINE for quota in quotas.values())
    # Sorting keeps the order of equal rests.
    rounded_up = set(sorted(order, key=lambda key: -(quotas[key] % FINE))[:spare])
    return {key: Paid(quota, quota // FINE + (key in rounded_up)) for key, quota in quotas.items()}


def _half_up(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


class Sharing(Struct, frozen=True):
    """By what money is shared."""

    points: tuple[Fraction, ...]  # weights in percent
    rules: tuple[SharingRule, ...]  # one for each weight
    spent: SharingRule | None  # by what was spent last year

    def of(self, cents: int, by_indicators: Fraction) -> Distribution:
        """Divide cents into pots and these by areas; `by_indicators` percent go by indicators, the rest by what was spent."""
        shared = [
            (rule, share * by_indicators / 100) for rule, share in zip(self.rules, self.points, strict=True)
        ]
        if self.spent is not None:
            shared.append((self.spent, 100 - by_indicators))
        filled = {number: share for number, (_, share) in enumerate(shared) if share}
        pots = []
        for number, paid in apportion(cents, filled, tuple(filled)).items():
            rule, points = shared[number]
            pots.append(Pot(rule, points, paid, apportion(paid.cents, rule.counted, tuple(rule.counted))))
        amounts = {key: sum(pot.areas[key].cents for pot in pots) for key in pots[0].areas}
        return Distribution(tuple(pots), amounts)


def inverted(values: Mapping[str, Decimal], rule: Inverse | None) -> dict[str, Fraction]:
    """Return by what is shared: values; for `reciprocal` 1 / value, for `complement` the sum less the value.

    >>> {key: str(value) for key, value in inverted({"a": Decimal(2), "b": Decimal(4)}, "reciprocal").items()}
    {'a': '1/2', 'b': '1/4'}
    >>> {key: str(value) for key, value in inverted({"a": Decimal(2), "b": Decimal(4)}, "complement").items()}
    {'a': '4', 'b': '2'}
    """
    counted = {key: Fraction(value) for key, value in values.items()}
    if rule == "reciprocal":
        return {key: 1 / value for key, value in counted.items()}
    if rule == "complement":
        total = sum(counted.values())
        return {key: total - value for key, value in counted.items()}
    return counted


# --- the steps -----------------------------------------------------------------------------------------------------


def _deduct(total: int, deductions: Iterable[Deduction]) -> tuple[TakenOff, ...]:
    """Return, in cents, what each deduction takes and what it leaves."""
    remaining, taken = total, []
    for item in deductions:
        share = remaining * Fraction(item.share or 0) / 100
        cents = _half_up(share) if item.amount is None else in_cents(item.amount)
        remaining -= cents
        taken.append(TakenOff(cents, remaining))
    return tuple(taken)


def compute(
    budget: Budget, rules: Sequence[SharingRule], spent: SharingRule | None, *, rounded: bool
) -> BudgetResult:
    """Compute a faultless budget step by step."""
    total = in_cents(budget.total)
    taken = _deduct(total, budget.first)
    left = taken[-1].left if taken else total
    sharing = Sharing(tuple(Fraction(item.weight) for item in budget.weights), tuple(rules), spent)
    money = sharing.of(left, Fraction(budget.by_indicators))
    # A share is of what is left at that step, so the order of deductions counts, and the page says how much.
    reversed_left = taken and _deduct(total, budget.first[::-1])[-1].left
    otherwise = None
    if reversed_left and reversed_left != left:
        otherwise = sharing.of(reversed_left, Fraction(budget.by_indicators))
    changes = None
    if spent is not None:
        changes = {key: cents - in_cents(spent.values[key]) for key, cents in money.amounts.items()}
    return BudgetResult(
        total=total,
        taken=taken,
        left=left,
        money=money,
        changes=changes,
        otherwise=otherwise,
        parts=_sub_budgets(budget, left),
        rounded=rounded,
    )


def _sub_budgets(budget: Budget, cents: int) -> tuple[int, ...]:
    """Divide cents into the sub-budgets, in their order."""
    shares = {number: Fraction(part.share) for number, part in enumerate(budget.sub_budgets)}
    return tuple(paid.cents for paid in apportion(cents, shares, tuple(shares)).values()) if shares else ()


# --- what is distributed by ----------------------------------------------------------------------------------------


def _areas_of_budget(site: Site, budget: Budget) -> Collection[str]:
    """Return the areas that a budget names, else those of its level."""
    if budget.spaces:
        return dict.fromkeys(budget.spaces)
    return [key for key, space in site.spaces.items() if space.level == budget.level]


def _measured(
    site: Site, budget: Budget, number: int, areas: Sequence[str], series: Mapping[str, Series]
) -> tuple[SharingRule | None, list[BudgetFault]]:
    """Return the sharing rule of a budget's weight `number`, or faults."""
    item = budget.weights[number]
    place: _Place = ("weights", number)
    indicator, figures_of = site.indicators.get(item.indicator), series.get(item.indicator)
    if indicator is None or figures_of is None or not figures_of.periods:
        # An unknown id is reported where references are read.
        return None, [BudgetFault("budget-wert-fehlt", (*place, "indicator"), {}, item.indicator)]
    period = item.period or figures_of.latest
    problems = _period_faults(budget, indicator, item, period, figures_of.periods, place)
    if problems:
        return None, problems
    cells = {key: figures_of.cell(key, period) for key in areas}
    figures, problems = _figures(indicator, cells, (*place, "indicator"), period)
    if problems:
        return None, problems
    what = {"what": f"{indicator.title}, {period}"}
    if item.inverse == "reciprocal" and not all(figures.values()):
        return None, [BudgetFault("kehrwert-von-null", (*place, "inverse"), what)]
    counted = inverted(figures, item.inverse)
    if not any(counted.values()):
        return None, [BudgetFault("anteil-an-nichts", (*place, "indicator"), what)]
    invented = any(cell.illustrative for cell in cells.values() if cell is not None)
    return SharingRule(number, figures, counted, item.indicator, period, item.inverse, invented), []


def _figures(
    indicator: Indicator, cells: Mapping[str, Cell | None], place: _Place, period: str
) -> tuple[dict[str, Decimal], list[BudgetFault]]:
    """Return each area's published count (else the figure, where that is a count), and faults for areas without one."""
    figures: dict[str, Decimal] = {}
    for key, cell in cells.items():
        if cell is None or cell.value is None:
            continue
        if cell.numerator is None and not indicator.counted:
            return {}, [BudgetFault("kennzahl-ohne-anzahl", place, {"indicator": indicator.title})]
        figures[key] = cell.value if cell.numerator is None else Decimal(cell.numerator)
    return figures, _report_missing_figures("budget-wert-fehlt", place, indicator.id, cells, period)


def _report_missing_figures(
    code: str, place: _Place, indicator: str, cells: Mapping[str, Cell | None], period: str
) -> list[BudgetFault]:
    """Report areas without a published figure, together by its status (why there is none)."""
    missing: dict[Status | None, list[str]] = {}
    for key, cell in cells.items():
        if cell is None or cell.value is None or not cell.status.has_value:
            missing.setdefault(cell.status if cell is not None else None, []).append(key)
    return [
        BudgetFault(code, place, {}, indicator, tuple(keys), period, status)
        for status, keys in missing.items()
    ]


def _spent(budget: Budget, areas: Sequence[str]) -> SharingRule | None:
    """Return the rule that shares by what was spent in an earlier year, if the record says it."""
    if budget.outflow is None:
        return None
    values = {key: budget.outflow.amounts.get(key, Decimal()) for key in areas}
    return SharingRule(None, values, inverted(values, None), period=str(budget.outflow.year))


# --- what stands in the way ----------------------------------------------------------------------------------------


def _area_faults(
    site: Site, budget: Budget, areas: Sequence[str], spaces: Mapping[str, SpaceFacts]
) -> Iterator[BudgetFault]:
    """Report that a budget names no areas, or both a level and areas; and areas that stand twice or overlap."""
    if (budget.level is None) == (not budget.spaces) or not areas:
        levels = chain.from_iterable(item.levels for item in site.config.geographies)
        known = {"known": ", ".join(level.id for level in levels)}
        yield BudgetFault("budget-ohne-gebiete", ("level",) if budget.level else ("name",), known)
    named = budget.spaces or tuple(areas)
    for number, key in enumerate(named):
        other = next((one for one in named[:number] if _have_common_people(spaces, one, key)), None)
        if other is not None:
            place: _Place = ("spaces", number) if budget.spaces else ("level",)
            names = {"name": site.spaces[key].name, "other": site.spaces[other].name}
            yield BudgetFault("budget-gebiete-ineinander", place, names)


def _have_common_people(spaces: Mapping[str, SpaceFacts], one: str, other: str) -> bool:
    """Tell whether the same people could live in both areas: one in the other, or of different geographies."""
    first, second = spaces.get(one), spaces.get(other)
    if first is None or second is None:
        return False
    inside = one in second.ancestors or other in first.ancestors
    return one == other or inside or first.geography != second.geography


def _share_faults(budget: Budget) -> Iterator[BudgetFault]:
    """Report shares that don't add up to 100 %, and a `phase_in` that raises nothing."""
    shares = {
        "weights": [item.weight for item in budget.weights],
        "sub_budgets": [part.share for part in budget.sub_budgets],
    }
    for field, parts in shares.items():
        if parts and sum(parts) != 100:
            total = f"{sum(parts, Decimal()):f}".replace(".", ",")
            yield BudgetFault("anteile-summe", (field,), {"sum": total})
    for number, phase in enumerate(budget.phase_in):
        if budget.by_indicators == 100 or not phase.step:
            yield BudgetFault("weg-am-ziel", ("phase_in", number, "step"))


def _deduction_faults(budget: Budget) -> Iterator[BudgetFault]:
    """Report deductions without amount or with two, and those that leave nothing."""
    for number, item in enumerate(budget.first):
        if (item.amount is None) == (item.share is None):
            yield BudgetFault("abzug-unklar", ("first", number))
    remaining = [
        in_cents(budget.total),
        *(taken.left for taken in _deduct(in_cents(budget.total), budget.first)),
    ]
    if min(remaining) <= 0:
        yield BudgetFault("nichts-zu-verteilen", ("first",) if budget.first else ("total",))


def _outflow_faults(site: Site, budget: Budget, areas: Sequence[str]) -> Iterator[BudgetFault]:
    """Report an outflow (last year's spending) that is missing, of the wrong year or areas, or all zero."""
    outflow = budget.outflow
    if outflow is None:
        if budget.by_indicators < 100:
            yield BudgetFault("abfluss-gebiete", ("by_indicators",), {"name": "alle Gebiete"})
        return
    if outflow.year >= budget.years[0]:
        values = {"year": str(outflow.year), "first": str(budget.years[0])}
        yield BudgetFault("abfluss-nicht-vorher", ("outflow", "year"), values)
    place: _Place = ("outflow", "amounts")
    for key in sorted({*areas} ^ {*outflow.amounts}):
        if key in site.spaces:
            where = (*place, key) if key in outflow.amounts else place
            yield BudgetFault("abfluss-gebiete", where, {"name": site.spaces[key].name})
    if areas and not any(outflow.amounts.get(key) for key in areas):
        sum_of = {"what": f"Mittelabfluss {outflow.year}"}
        yield BudgetFault("anteil-an-nichts", place, sum_of)


def _period_faults(
    budget: Budget,
    indicator: Indicator,
    item: WeightedIndicator,
    period: str,
    periods: Collection[str],
    place: _Place,
) -> list[BudgetFault]:
    """Report a period without figures, or a break in the counting between it and the budget's last year."""
    where = (*place, "period" if item.period else "indicator")
    values = {"indicator": indicator.title, "period": period}
    if period not in periods:
        return [BudgetFault("zeitraum-ohne-werte", where, {**values, "known": ", ".join(periods)})]
    year = str(budget.years[-1])
    return [
        BudgetFault(
            "zeitraum-ueber-bruch", where, {**values, "year": year, "since": cut.period, "note": cut.note}
        )
        for cut in indicator.breaks
        if period < cut.period <= year
    ]


def _case_faults(budget: Budget, areas: Sequence[str], series: Mapping[str, Series]) -> list[BudgetFault]:
    """Report an outflow that would reveal how many cases there were where that is withheld or rounded.

    Who knows what a case costs reckons cases from money. Where money goes to claims and something is withheld, the
    record must say which indicator counts these cases.
    """
    outflow = budget.outflow
    if outflow is None:
        return []
    place, period = ("outflow", "amounts"), str(outflow.year)
    if outflow.cases_from is None:
        must_say = _is_of_cases(budget) and _is_withheld(series, areas, period)
        return [BudgetFault("abfluss-ohne-faelle", place, {"year": period})] if must_say else []
    counted = series.get(outflow.cases_from)
    if counted is not None and counted.reach.numerator:
        missing = (outflow.cases_from, tuple(areas), period, Status.SECRET)
        return [BudgetFault("abfluss-verraet", place, {}, *missing)]
    cells = {key: counted.cell(key, period) if counted is not None else None for key in areas}
    return _report_missing_figures("abfluss-verraet", place, outflow.cases_from, cells, period)


def _is_of_cases(budget: Budget) -> bool:
    """Tell whether the outflow is real money for single claims, not an invented example."""
    return budget.pays_for == "claims" and not (budget.fictional or budget.invented("outflow"))


def _is_withheld(series: Mapping[str, Series], areas: Sequence[str], year: str) -> bool:
    """Tell whether any indicator's figure of a year is withheld in these areas."""
    cells = chain.from_iterable(one.cells.values() for one in series.values())
    secret = (cell for cell in cells if cell.status is Status.SECRET)
    return any(cell.space in areas and cell.period.startswith(year) for cell in secret)


def _of_site(site: Site, facts: Facts) -> dict[str, BudgetFacts]:
    return all_budgets(site, facts.spaces, facts.series)


def endings(site: Site, facts: Facts) -> Iterator[EndsOn]:
    """Yield last days for which budgets are granted."""
    for key, budget in budgets(site).items():
        if budget.granted_until is not None:
            yield EndsOn(budget.granted_until, "budgets", key, derived_budgets(facts)[key].areas)


FACTS = {"budgets": _of_site}
