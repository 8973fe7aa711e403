"""Budgets and published figures in, every step of a distribution in whole cents out, or why there is no number: what comes off first, how weights, last year's outflow and the way to 100 % work, who gets the last cent, when one withheld figure takes all numbers away.

Only published cells are read, those of all areas or none: whoever knows a share of every area but one knows that one too, so
a single figure that is withheld takes the numbers of the whole budget away. All is exact (`Fraction`); cents come from the
largest remainders, compared to a ten-thousandth of a cent so that a spreadsheet's numbers decide alike. Ties go to the area
whose id comes first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import TypeVar

from generator.model.cells import Cell, Series, Status
from generator.model.facts import Facts, SpaceFacts
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.subjects.budgets.model import (
    FINE,
    Budget,
    BudgetFacts,
    BudgetFault,
    BudgetResult,
    Claim,
    Deduction,
    Distribution,
    Inverse,
    PhaseIn,
    PhasePath,
    PhaseStep,
    Pot,
    Sensitivity,
    TakenOff,
    WeightedIndicator,
    budgets,
    in_cents,
)

K = TypeVar("K", bound=Hashable)
RAISED = 10
"""Percentage points by which a weight is raised to see what it does."""
_HUNDRED = Fraction(100)
_Place = tuple[str | int, ...]
"""Where in a record something stands."""


@dataclass(frozen=True, slots=True)
class SharingRule:
    """By what a pot is distributed: `values` are figures by area, `weights` what `inverted` makes of them;
    `weight` is the number of its indicator among the budget's weights, None for last year's outflow."""

    weight: int | None
    values: Mapping[str, Decimal]
    weights: Mapping[str, Fraction]
    indicator: str = ""
    period: str = ""
    inverse: Inverse | None = None
    illustrative: bool = False


def all_budgets(
    site: Site, spaces: Mapping[str, SpaceFacts], series: Mapping[str, Series]
) -> dict[str, BudgetFacts]:
    """Return what may be said of every budget of a site."""
    return {key: budget_facts(site, budget, spaces, series) for key, budget in budgets(site).items()}


def budget_facts(
    site: Site, budget: Budget, spaces: Mapping[str, SpaceFacts], series: Mapping[str, Series]
) -> BudgetFacts:
    """Compute a budget from published figures, or say what stands in the way."""
    areas = tuple(sorted(_areas(site, budget)))
    faults = [
        *_area_faults(site, budget, areas, spaces),
        *_share_faults(budget),
        *_deduction_faults(budget),
        *_outflow_faults(site, budget, areas),
    ]
    measures: list[SharingRule] = []
    for number in range(len(budget.weights)):
        measure, problems = _measured(site, budget, number, areas, series)
        faults += problems
        if measure is not None:
            measures.append(measure)
    illustrative = _is_made_up(site, budget, areas, measures)
    faults += _case_faults(budget, areas, series)
    if faults:
        return BudgetFacts(budget.id, areas, tuple(faults), illustrative=illustrative)
    used = [site.indicators[item.indicator] for item in measures]
    rounded = frozenset(item.id for item in used if item.disclosure.method == "round-5")
    result = compute(budget, areas, measures, _spent(budget, areas), rounded)
    return BudgetFacts(budget.id, areas, result=result, illustrative=illustrative)


def _is_made_up(site: Site, budget: Budget, areas: Sequence[str], measures: Sequence[SharingRule]) -> bool:
    """Tell whether something of a budget was made up: itself, a figure that money goes by, or an area that gets some."""
    if budget.illustrative or any(one.illustrative for one in measures):
        return True
    return any(site.spaces[key].fictional for key in areas if key in site.spaces)


# --- exact cents ---------------------------------------------------------------------------------------------------


def apportion(cents: int, weights: Mapping[K, Fraction], order: Sequence[K]) -> dict[K, tuple[int, int]]:
    """Divide cents by weights that are not all zero: for each key its quota in ten-thousandths of a cent, and its cents.

    Largest remainders; ties go to what stands first in `order`. The cents add up exactly.

    >>> shares = {"a": Fraction(1), "b": Fraction(1), "c": Fraction(1)}
    >>> {key: paid for key, (_, paid) in apportion(100, shares, "abc").items()}
    {'a': 34, 'b': 33, 'c': 33}
    """
    whole = sum(weights.values(), Fraction())
    quotas = {key: _half_up(cents * weights[key] / whole * FINE) for key in order}
    spare = cents - sum(quota // FINE for quota in quotas.values())
    place = {key: number for number, key in enumerate(order)}
    ranked = sorted(order, key=lambda key: (-(quotas[key] % FINE), place[key]))
    lucky = set(ranked[:spare])
    return {key: (quota, quota // FINE + (key in lucky)) for key, quota in quotas.items()}


def _half_up(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


@dataclass(frozen=True, slots=True)
class Sharing:
    """By what money is shared out: the weights of the indicators in per cent (`points`), the rule of each, and last year's outflow."""

    points: tuple[Fraction, ...]
    measures: tuple[SharingRule, ...]
    spent: SharingRule | None

    def of(self, cents: int, by_indicators: Fraction) -> Distribution:
        """Divide cents into a pot for each indicator and one for last year's outflow, and each pot over the areas.

        `by_indicators` is the share in per cent that goes by indicators.
        """
        shared = list(zip(self.measures, self.points, strict=True))
        shared = [(rule, share * by_indicators / 100) for rule, share in shared]
        if self.spent is not None:
            shared.append((self.spent, 100 - by_indicators))
        filled = {number: share for number, (_, share) in enumerate(shared) if share}
        if not filled:
            return Distribution(cents, by_indicators, (), {})
        pots = []
        for number, (quota, own) in apportion(cents, filled, tuple(filled)).items():
            pots.append(_pot(*shared[number], quota, own))
        amounts = {}
        for key in pots[0].claims:
            amounts[key] = sum(pot.claims[key].cents for pot in pots)
        return Distribution(cents, by_indicators, tuple(pots), amounts)


def _pot(rule: SharingRule, points: Fraction, quota: int, cents: int) -> Pot:
    """Divide the cents of a pot over the areas by its rule; `points` is its weight, `quota` its exact share in ten-thousandths of a cent."""
    whole = sum(rule.weights.values(), Fraction())
    claims = {}
    for key, paid in apportion(cents, rule.weights, tuple(rule.weights)).items():
        weight = rule.weights[key]
        claims[key] = Claim(rule.values[key], weight, weight / whole, *paid)
    return Pot(
        weight=rule.weight,
        points=points,
        quota=quota,
        cents=cents,
        claims=claims,
        indicator=rule.indicator,
        period=rule.period,
        inverse=rule.inverse,
    )


def inverted(values: Mapping[str, Decimal], rule: Inverse | None) -> dict[str, Fraction]:
    """Return what counts: the values, or where more means less need the reciprocal or what is missing to the sum of all.

    >>> {key: str(value) for key, value in inverted({"a": Decimal(2), "b": Decimal(4)}, "reciprocal").items()}
    {'a': '1/2', 'b': '1/4'}
    >>> {key: str(value) for key, value in inverted({"a": Decimal(2), "b": Decimal(4)}, "complement").items()}
    {'a': '4', 'b': '2'}
    """
    counted = {key: Fraction(value) for key, value in values.items()}
    if rule == "reciprocal":
        return {key: 1 / value for key, value in counted.items()}
    if rule == "complement":
        whole = sum(counted.values())
        return {key: whole - value for key, value in counted.items()}
    return counted


# --- the steps -----------------------------------------------------------------------------------------------------


def _take(total: int, deductions: Iterable[Deduction]) -> tuple[TakenOff, ...]:
    left, found = total, []
    for item in deductions:
        if item.amount is not None:
            cents = in_cents(item.amount)
        else:
            cents = _half_up(left * Fraction(item.share or 0) / 100)
        left -= cents
        found.append(TakenOff(cents, left))
    return tuple(found)


def compute(
    budget: Budget,
    areas: tuple[str, ...],
    measures: Sequence[SharingRule],
    spent: SharingRule | None,
    rounded: frozenset[str],
) -> BudgetResult:
    """Take a budget that has no fault through all its steps."""
    total = in_cents(budget.total)
    taken = _take(total, budget.first)
    left = taken[-1].left if taken else total
    sharing = Sharing(tuple(Fraction(item.weight) for item in budget.weights), tuple(measures), spent)
    money = sharing.of(left, Fraction(budget.by_indicators))
    changes = None
    if spent is not None:
        changes = {key: money.amounts[key] - in_cents(spent.values[key]) for key in areas}
    return BudgetResult(
        areas=areas,
        total=total,
        taken=taken,
        left=left,
        money=money,
        goal=sharing.of(left, _HUNDRED).amounts,
        changes=changes,
        parts=_sub_budgets(budget, money.amounts),
        paths=tuple(_path(budget, item, left, sharing) for item in budget.phase_in),
        sensitivities=tuple(_sensitivities(sharing, money)),
        rounded=rounded,
    )


def _sub_budgets(budget: Budget, amounts: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    """Divide the amount of each area into its sub-budgets, in cents; nothing where there are none."""
    shares = {number: Fraction(part.share) for number, part in enumerate(budget.sub_budgets)}
    found = {}
    if shares:
        for key, amount in amounts.items():
            divided = apportion(amount, shares, tuple(shares))
            found[key] = tuple(paid for _, paid in divided.values())
    return found


def _path(budget: Budget, phase: PhaseIn, left: int, sharing: Sharing) -> PhasePath:
    """Walk from today's share to exactly 100 %; a quarter distributes a quarter of the year's money."""
    shares = [Fraction(budget.by_indicators)]
    while shares[-1] < 100:
        shares.append(min(_HUNDRED, shares[-1] + Fraction(phase.step)))
    parts: list[tuple[int | None, int]] = [(None, left)]
    if phase.interval == "quarter":
        quarters = apportion(left, dict.fromkeys(range(1, 5), Fraction(1)), range(1, 5))
        parts = [(quarter, cents) for quarter, (_, cents) in quarters.items()]
        # A year is shown to its end, so that its quarters add up to its money.
        shares += [_HUNDRED] * (-len(shares) % 4)
    steps = []
    years: dict[int, Counter[str]] = {}
    for number, share in enumerate(shares):
        year = budget.years[0] + number // len(parts)
        quarter, cents = parts[number % len(parts)]
        steps.append(PhaseStep(year, quarter, sharing.of(cents, share)))
        years.setdefault(year, Counter()).update(steps[-1].money.amounts)
    return PhasePath(tuple(steps), years)


def _sensitivities(sharing: Sharing, money: Distribution) -> Iterator[Sensitivity]:
    """Yield what changes when one weight is raised and the others shrink in proportion."""
    if not money.by_indicators:
        return
    for number, share in enumerate(sharing.points):
        if share == 100:
            continue
        raised = min(_HUNDRED, share + RAISED)
        points = [item * (100 - raised) / (100 - share) for item in sharing.points]
        points[number] = raised
        there = replace(sharing, points=tuple(points)).of(money.cents, money.by_indicators)
        changes = {key: cents - money.amounts[key] for key, cents in there.amounts.items()}
        yield Sensitivity(number, raised, changes)


# --- what is distributed by ----------------------------------------------------------------------------------------


def _areas(site: Site, budget: Budget) -> Collection[str]:
    if budget.spaces:
        return dict.fromkeys(budget.spaces)
    return [key for key, space in site.spaces.items() if space.level == budget.level]


def _measured(
    site: Site, budget: Budget, number: int, areas: Sequence[str], series: Mapping[str, Series]
) -> tuple[SharingRule | None, list[BudgetFault]]:
    """Return by what the pot of an indicator is distributed, or why there is no such rule."""
    item = budget.weights[number]
    place: _Place = ("weights", number)
    indicator, there = site.indicators.get(item.indicator), series.get(item.indicator)
    if indicator is None or there is None or not there.periods:
        # An unknown id is told where references are read.
        return None, [BudgetFault("budget-wert-fehlt", (*place, "indicator"), {}, item.indicator)]
    period = item.period or there.latest
    problems = _period_faults(budget, indicator, item, period, there.periods, place)
    if problems:
        return None, problems
    cells = {key: there.cell(key, period) for key in areas}
    figures, problems = _figures(indicator, cells, (*place, "indicator"), period)
    if problems:
        return None, problems
    invented = any(cell.illustrative for cell in cells.values() if cell is not None)
    # How less need is turned round is asked for where more means less, and refused elsewhere.
    rule = SharingRule(number, figures, {}, item.indicator, period, item.inverse, invented)
    return _weighed(rule, indicator.title, place)


def _weighed(rule: SharingRule, title: str, place: _Place) -> tuple[SharingRule | None, list[BudgetFault]]:
    """Turn the figures of a rule into what counts of them, or say why nothing does."""
    if rule.inverse == "reciprocal" and not all(rule.values.values()):
        named = {"indicator": title, "period": rule.period}
        return None, [BudgetFault("kehrwert-von-null", (*place, "inverse"), named)]
    weights = inverted(rule.values, rule.inverse)
    if not any(weights.values()):
        what = {"what": f"{title}, {rule.period}"}
        return None, [BudgetFault("anteil-an-nichts", (*place, "indicator"), what)]
    return replace(rule, weights=weights), []


def _figures(
    indicator: Indicator, cells: Mapping[str, Cell | None], place: _Place, period: str
) -> tuple[dict[str, Decimal], list[BudgetFault]]:
    """Return the published count of each area, and which areas have none; a rate is none, because shares of it would mean nothing."""
    figures: dict[str, Decimal] = {}
    for key, cell in cells.items():
        if cell is None or cell.value is None:
            continue
        if cell.numerator is None and not indicator.counted:
            return {}, [BudgetFault("kennzahl-ohne-anzahl", place, {"indicator": indicator.title})]
        figures[key] = cell.value if cell.numerator is None else Decimal(cell.numerator)
    return figures, _gaps("budget-wert-fehlt", place, indicator.id, cells, period)


def _gaps(
    code: str, place: _Place, indicator: str, cells: Mapping[str, Cell | None], period: str
) -> list[BudgetFault]:
    """Report the areas without a figure, those of each status together."""
    missing: dict[Status | None, list[str]] = {}
    for key, cell in cells.items():
        if cell is None or cell.value is None or not cell.status.has_value:
            missing.setdefault(cell.status if cell is not None else None, []).append(key)
    found = []
    for status, keys in missing.items():
        found.append(BudgetFault(code, place, {}, indicator, tuple(keys), period, status))
    return found


def _spent(budget: Budget, areas: Sequence[str]) -> SharingRule | None:
    if budget.outflow is None:
        return None
    values = {key: budget.outflow.amounts.get(key, Decimal()) for key in areas}
    return SharingRule(None, values, inverted(values, None), period=str(budget.outflow.year))


# --- what stands in the way ----------------------------------------------------------------------------------------


def _area_faults(
    site: Site, budget: Budget, areas: Sequence[str], spaces: Mapping[str, SpaceFacts]
) -> Iterator[BudgetFault]:
    """Report areas that are none, stand twice, or overlap."""
    if (budget.level is None) == (not budget.spaces):
        yield BudgetFault("budget-ohne-gebiete", ("level",) if budget.level else ("name",))
    elif not areas:
        levels = chain.from_iterable(item.levels for item in site.config.geographies)
        known = ", ".join(level.id for level in levels)
        yield BudgetFault("budget-ebene-leer", ("level",), {"value": budget.level or "", "known": known})
    named = budget.spaces or tuple(areas)
    for number, key in enumerate(named):
        other = next((one for one in named[:number] if _overlap(spaces, one, key)), None)
        if other is not None:
            place: _Place = ("spaces", number) if budget.spaces else ("level",)
            names = {"name": site.spaces[key].name, "other": site.spaces[other].name}
            yield BudgetFault("budget-gebiete-ineinander", place, names)


def _overlap(spaces: Mapping[str, SpaceFacts], one: str, other: str) -> bool:
    """Tell whether people of two areas could be the same: they are the same area, one lies in the other, or they divide the town differently."""
    first, second = spaces.get(one), spaces.get(other)
    if first is None or second is None:
        return False
    inside = one in second.ancestors or other in first.ancestors
    return one == other or inside or first.geography != second.geography


def _share_faults(budget: Budget) -> Iterator[BudgetFault]:
    """Report shares that are none, and those that don't make up the whole."""
    yield from _weight_faults(budget)
    if not 0 <= budget.by_indicators <= 100:
        yield _no_share(("by_indicators",), budget.by_indicators)
    for number, phase in enumerate(budget.phase_in):
        if not 1 <= phase.step <= 100:
            yield _no_share(("phase_in", number, "step"), phase.step)
    if budget.phase_in and budget.by_indicators >= 100:
        yield BudgetFault("weg-am-ziel", ("phase_in",))
    yield from _part_faults(budget)


def _part_faults(budget: Budget) -> Iterator[BudgetFault]:
    """Report parts of a budget that are no share, or that together aren't all of it."""
    for number, part in enumerate(budget.sub_budgets):
        if not 0 <= part.share <= 100:
            yield _no_share(("sub_budgets", number, "share"), part.share)
    together = sum(part.share for part in budget.sub_budgets)
    if budget.sub_budgets and together != 100:
        yield BudgetFault("teilbudgets-summe", ("sub_budgets",), {"sum": _with_comma(Decimal(together))})


def _weight_faults(budget: Budget) -> Iterator[BudgetFault]:
    weighted = []
    for number, item in enumerate(budget.weights):
        if not 0 < item.weight <= 100:
            yield _no_share(("weights", number, "weight"), item.weight)
        if item.indicator in weighted:
            place = ("weights", number, "indicator")
            yield BudgetFault("kennzahl-doppelt-gewichtet", place, {"value": item.indicator})
        weighted.append(item.indicator)
    total = sum(item.weight for item in budget.weights)
    if total != 100:
        yield BudgetFault("gewichte-summe", ("weights",), {"sum": _with_comma(Decimal(total))})


def _no_share(path: _Place, value: Decimal) -> BudgetFault:
    return BudgetFault("anteil-ausserhalb", path, {"value": _with_comma(value)})


def _with_comma(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")


def _deduction_faults(budget: Budget) -> Iterator[BudgetFault]:
    for number, item in enumerate(budget.first):
        if (item.amount is None) == (item.share is None):
            yield BudgetFault("abzug-unklar", ("first", number))
        if item.share is not None and not 0 <= item.share <= 100:
            yield _no_share(("first", number, "share"), item.share)
    left = [in_cents(budget.total), *(taken.left for taken in _take(in_cents(budget.total), budget.first))]
    if min(left) < 0 or left[-1] <= 0:
        yield BudgetFault("nichts-zu-verteilen", ("first",) if budget.first else ("total",))


def _outflow_faults(site: Site, budget: Budget, areas: Sequence[str]) -> Iterator[BudgetFault]:
    outflow = budget.outflow
    if outflow is None:
        if budget.by_indicators < 100:
            yield BudgetFault("abfluss-fehlt", ("by_indicators",), {"name": "alle Gebiete"})
        return
    if outflow.year >= budget.years[0]:
        values = {"year": str(outflow.year), "first": str(budget.years[0])}
        yield BudgetFault("abfluss-nicht-vorher", ("outflow", "year"), values)
    yield from _amount_faults(site, outflow.amounts, areas)
    if areas and not any(outflow.amounts.get(key) for key in areas):
        what = {"what": f"Mittelabfluss {outflow.year}"}
        yield BudgetFault("anteil-an-nichts", ("outflow", "amounts"), what)


def _amount_faults(site: Site, amounts: Collection[str], areas: Sequence[str]) -> Iterator[BudgetFault]:
    """Report areas without an amount, and amounts of areas that get no money."""
    for key in areas:
        if key not in amounts:
            name = site.spaces[key].name if key in site.spaces else key
            yield BudgetFault("abfluss-fehlt", ("outflow", "amounts"), {"name": name})
    for key in amounts:
        if key not in areas and key in site.spaces:
            yield BudgetFault("abfluss-fremd", ("outflow", "amounts", key), {"name": site.spaces[key].name})


def _period_faults(
    budget: Budget,
    indicator: Indicator,
    item: WeightedIndicator,
    period: str,
    periods: Collection[str],
    place: _Place,
) -> list[BudgetFault]:
    """Say why an indicator can't carry its weight with the figures of a period; `periods` are those that there are.

    Figures from before a break are refused for money of after it: they count something else.
    """
    if period not in periods:
        values = {"period": period, "indicator": indicator.title, "known": ", ".join(periods)}
        return [BudgetFault("zeitraum-ohne-werte", (*place, "period"), values)]
    found = []
    year = str(budget.years[-1])
    where = (*place, "period" if item.period else "indicator")
    values = {"indicator": indicator.title, "period": period, "year": year}
    for cut in indicator.breaks:
        if period < cut.period <= year:
            told = {**values, "since": cut.period, "note": cut.note}
            found.append(BudgetFault("zeitraum-ueber-bruch", where, told))
    if (item.need == "less") == (item.inverse is None):
        found.append(BudgetFault("umkehrung-unklar", (*place, "inverse" if item.inverse else "need")))
    return found


def _case_faults(budget: Budget, areas: Sequence[str], series: Mapping[str, Series]) -> list[BudgetFault]:
    """Money spent on few cases tells of them: where their number is withheld or rounded, the outflow is too.

    Money for claims is spent on cases; where something is withheld, somebody has to say which.
    """
    outflow = budget.outflow
    if outflow is None:
        return []
    place, period = ("outflow", "amounts"), str(outflow.year)
    if outflow.cases_from is None:
        asked = _is_of_cases(budget) and _is_withheld(series, areas, period)
        return [BudgetFault("abfluss-ohne-faelle", place, {"year": period})] if asked else []
    there = series.get(outflow.cases_from)
    if there is not None and there.reach.numerator:
        told = (outflow.cases_from, tuple(areas), period, Status.SECRET)
        return [BudgetFault("abfluss-verraet", place, {}, *told)]
    cells = {key: there.cell(key, period) if there is not None else None for key in areas}
    return _gaps("abfluss-verraet", place, outflow.cases_from, cells, period)


def _is_of_cases(budget: Budget) -> bool:
    """Tell whether money was really spent on single claims."""
    return budget.pays_for == "claims" and not (budget.fictional or budget.invented("outflow"))


def _is_withheld(series: Mapping[str, Series], areas: Sequence[str], year: str) -> bool:
    """Tell whether any count of a year is withheld in one of these areas."""
    cells = chain.from_iterable(one.cells.values() for one in series.values())
    secret = (cell for cell in cells if cell.status is Status.SECRET)
    return any(cell.space in areas and cell.period.startswith(year) for cell in secret)


def _of_site(site: Site, facts: Facts) -> dict[str, BudgetFacts]:
    return all_budgets(site, facts.spaces, facts.series)


FACTS = {"budgets": _of_site}
