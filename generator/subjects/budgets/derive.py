"""Budgets and published figures in, every step of a distribution in whole cents out, or why there is no number.

Only published cells are read, those of all areas or none: whoever knows a share of every area but one knows that one too, so
a single figure that is withheld takes the numbers of the whole budget away. All is exact (`Fraction`); cents come from the
largest remainders, compared to a ten-thousandth of a cent so that a spreadsheet's numbers decide alike. Ties go to the area
whose id comes first.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import chain, pairwise
from typing import TypeVar

from generator.derive.indicators import part_of
from generator.model.cells import Cell, Series, Status
from generator.model.facts import Facts, SpaceFacts
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.subjects.budgets.model import (
    Budget,
    Deduction,
    Inverse,
    PhaseIn,
    WeightedIndicator,
    budgets,
    in_cents,
)
from generator.subjects.budgets.model_results import (
    FINE,
    BudgetFacts,
    BudgetFault,
    BudgetResult,
    Claim,
    Distribution,
    PhasePath,
    PhaseStep,
    Pot,
    Sensitivity,
    TakenOff,
)

K = TypeVar("K", bound=Hashable)
RAISED = 10
"""Percentage points by which a weight is raised to see what it does."""
_HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class SharingRule:
    """By what a pot is distributed: `values` are published figures by area, `weights` what counts of them."""

    weight: int | None
    values: Mapping[str, Decimal]
    weights: Mapping[str, Fraction]
    indicator: str = ""
    period: str = ""
    part: tuple[str, ...] = ()
    inverse: Inverse | None = None


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
    faults = [*_plan_faults(site, budget, areas, spaces)]
    measures: list[SharingRule] = []
    cells: list[Cell] = []
    for number in range(len(budget.weights)):
        found, problems = _measured(site, budget, number, areas, series)
        faults += problems
        if found is not None:
            measure, own = found
            measures.append(measure)
            cells += own
    illustrative = bool(budget.illustrative) or _is_made_up(site, areas, cells)
    spent = _spent(budget, areas)
    faults += _case_faults(budget, areas, series)
    if faults:
        return BudgetFacts(budget.id, areas, tuple(faults), illustrative=illustrative)
    rounded = frozenset(
        item.indicator for item in measures if site.indicators[item.indicator].disclosure.method == "round-5"
    )
    result = compute(budget, areas, measures, spent, rounded)
    return BudgetFacts(budget.id, areas, result=result, illustrative=illustrative)


def _is_made_up(site: Site, areas: Sequence[str], cells: Sequence[Cell]) -> bool:
    """Tell whether a figure that money goes by was made up, or an area that gets some."""
    if any(cell.illustrative for cell in cells):
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


def distribute(
    cents: int,
    by_indicators: Fraction,
    points: Sequence[Fraction],
    measures: Sequence[SharingRule],
    spent: SharingRule | None,
) -> Distribution:
    """Divide cents into a pot for each indicator and one for last year's outflow, and each pot over the areas.

    `points` are the weights of the indicators in per cent, `by_indicators` the share that goes by them.
    """
    rules = list(measures)
    shares = [share * by_indicators / 100 for share in points]
    if spent is not None and by_indicators < 100:
        rules.append(spent)
        shares.append(100 - by_indicators)
    filled = {number: share for number, share in enumerate(shares) if share}
    if not filled:
        return Distribution(cents, by_indicators, (), {})
    pots = []
    for number, (quota, own) in apportion(cents, filled, tuple(filled)).items():
        pots.append(_pot(rules[number], shares[number], quota, own))
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
        part=rule.part,
        inverse=rule.inverse,
    )


def inverted(values: Mapping[str, Decimal], rule: Inverse) -> dict[str, Fraction]:
    """Return what counts where more means less need: the reciprocal, or what is missing to the sum of all.

    >>> {key: str(value) for key, value in inverted({"a": Decimal(2), "b": Decimal(4)}, "reciprocal").items()}
    {'a': '1/2', 'b': '1/4'}
    >>> {key: str(value) for key, value in inverted({"a": Decimal(2), "b": Decimal(4)}, "complement").items()}
    {'a': '4', 'b': '2'}
    """
    if rule == "reciprocal":
        return {key: 1 / Fraction(value) for key, value in values.items()}
    whole = sum(values.values(), Decimal())
    return {key: Fraction(whole - value) for key, value in values.items()}


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
    backwards = tuple(reversed(_take(total, tuple(reversed(budget.first)))))
    order_matters = [one.cents for one in backwards] != [one.cents for one in taken]
    left = taken[-1].left if taken else total
    points = [Fraction(item.weight) for item in budget.weights]
    mix = Fraction(budget.by_indicators)
    money = distribute(left, mix, points, measures, spent)
    changes = None
    if spent is not None:
        changes = {key: money.amounts[key] - in_cents(spent.values[key]) for key in areas}
    return BudgetResult(
        areas=areas,
        total=total,
        taken=taken,
        left=left,
        backwards=backwards if order_matters else None,
        money=money,
        changes=changes,
        parts=_sub_budgets(budget, areas, money.amounts),
        paths=tuple(_path(budget, item, left, points, measures, spent) for item in budget.phase_in),
        sensitivities=tuple(_sensitivities(left, mix, points, measures, spent, money)) if mix else (),
        other_rules=dict(_other_rules(left, mix, points, measures, spent)),
        rounded=rounded,
    )


def _sub_budgets(
    budget: Budget, areas: Iterable[str], amounts: Mapping[str, int]
) -> dict[str, tuple[int, ...]]:
    """Divide the amount of each area into its sub-budgets, in cents; nothing where there are none."""
    if not budget.sub_budgets:
        return {}
    order = range(len(budget.sub_budgets))
    shares = {number: Fraction(budget.sub_budgets[number].share) for number in order}
    found = {}
    for key in areas:
        divided = apportion(amounts[key], shares, order)
        found[key] = tuple(paid for _, paid in divided.values())
    return found


def _path(
    budget: Budget,
    phase: PhaseIn,
    left: int,
    points: Sequence[Fraction],
    measures: Sequence[SharingRule],
    spent: SharingRule | None,
) -> PhasePath:
    """Walk from today's share to exactly 100 %; a quarter distributes a quarter of the year's money."""
    shares = [Fraction(budget.by_indicators)]
    while shares[-1] < 100:
        shares.append(min(_HUNDRED, shares[-1] + Fraction(phase.step)))
    steps: list[PhaseStep] = []
    first = budget.years[0]
    if phase.interval == "year":
        steps = [
            PhaseStep(first + number, None, distribute(left, share, points, measures, spent))
            for number, share in enumerate(shares)
        ]
    else:
        quarters = apportion(left, dict.fromkeys(range(4), Fraction(1)), range(4))
        # A year is shown to its end, so that its quarters add up to its money.
        shares += [_HUNDRED] * (-len(shares) % 4)
        steps = [
            PhaseStep(
                first + number // 4,
                number % 4 + 1,
                distribute(quarters[number % 4][1], share, points, measures, spent),
            )
            for number, share in enumerate(shares)
        ]
    years: dict[int, dict[str, int]] = {}
    for step in steps:
        sums = years.setdefault(step.year, {})
        for key, cents in step.money.amounts.items():
            sums[key] = sums.get(key, 0) + cents
    return PhasePath(tuple(steps), years)


def _sensitivities(
    left: int,
    mix: Fraction,
    points: Sequence[Fraction],
    measures: Sequence[SharingRule],
    spent: SharingRule | None,
    money: Distribution,
) -> Iterator[Sensitivity]:
    for number, share in enumerate(points):
        if share == 100:
            continue
        raised = min(_HUNDRED, share + RAISED)
        scaled = [
            raised if other == number else item * (100 - raised) / (100 - share)
            for other, item in enumerate(points)
        ]
        there = distribute(left, mix, scaled, measures, spent)
        yield Sensitivity(
            number, raised, {key: cents - money.amounts[key] for key, cents in there.amounts.items()}
        )


def _other_rules(
    left: int,
    mix: Fraction,
    points: Sequence[Fraction],
    measures: Sequence[SharingRule],
    spent: SharingRule | None,
) -> Iterator[tuple[int, dict[str, int]]]:
    for number, item in enumerate(measures):
        if item.inverse is None:
            continue
        rule: Inverse = "complement" if item.inverse == "reciprocal" else "reciprocal"
        if rule == "reciprocal" and not all(item.values.values()):
            continue
        weights = inverted(item.values, rule)
        if not any(weights.values()):
            continue
        swapped = SharingRule(item.weight, item.values, weights, item.indicator, item.period, item.part, rule)
        rules = [swapped if other == number else one for other, one in enumerate(measures)]
        yield number, dict(distribute(left, mix, points, rules, spent).amounts)


# --- what is distributed by ----------------------------------------------------------------------------------------


def _areas(site: Site, budget: Budget) -> Collection[str]:
    if budget.spaces:
        return dict.fromkeys(budget.spaces)
    return [key for key, space in site.spaces.items() if space.level == budget.level]


def _measured(
    site: Site, budget: Budget, number: int, areas: Sequence[str], series: Mapping[str, Series]
) -> tuple[tuple[SharingRule, list[Cell]] | None, list[BudgetFault]]:
    """Return by what a pot is distributed and the cells that this was read from, or why there is no such rule."""
    item = budget.weights[number]
    place: tuple[str | int, ...] = ("weights", number)
    indicator, there = site.indicators.get(item.indicator), series.get(item.indicator)
    if indicator is None or there is None or not there.periods:
        # An unknown id is told where references are read.
        fault = BudgetFault("budget-wert-fehlt", (*place, "indicator"), {}, item.indicator)
        return None, [fault]
    period = item.period or there.latest
    part, problems = _part(indicator, item, place)
    problems += _period_faults(budget, indicator, item, period, there.periods, place)
    if problems:
        return None, problems
    cells = {key: there.cell(key, period, part) for key in areas}
    figures, problems = _figures(indicator, cells, (*place, "indicator"), period)
    if problems:
        return None, problems
    rule, problems = _weighed(indicator, item, place, figures, period)
    if rule is None:
        return None, problems
    rule = replace(rule, weight=number, part=part)
    return (rule, [cell for cell in cells.values() if cell is not None]), problems


def _figures(
    indicator: Indicator, cells: Mapping[str, Cell | None], place: tuple[str | int, ...], period: str
) -> tuple[dict[str, Decimal], list[BudgetFault]]:
    """Return the published count of each area, and which areas have none."""
    figures: dict[str, Decimal] = {}
    gaps: dict[Status | None, list[str]] = {}
    for key, cell in cells.items():
        value = _figure(indicator, cell)
        if value is not None:
            figures[key] = value
        elif cell is not None and cell.value is not None:
            return {}, [BudgetFault("kennzahl-ohne-anzahl", place, {"indicator": indicator.title})]
        else:
            gaps.setdefault(cell.status if cell is not None else None, []).append(key)
    return figures, _gap_faults("budget-wert-fehlt", place, indicator.id, gaps, period)


def _gap_faults(
    code: str,
    place: tuple[str | int, ...],
    indicator: str,
    gaps: Mapping[Status | None, Sequence[str]],
    period: str,
) -> list[BudgetFault]:
    """Report the areas without a figure, those of each status together."""
    found = []
    for status, keys in gaps.items():
        found.append(BudgetFault(code, place, {}, indicator, tuple(keys), period, status))
    return found


def _weighed(
    indicator: Indicator,
    item: WeightedIndicator,
    place: tuple[str | int, ...],
    values: Mapping[str, Decimal],
    period: str,
) -> tuple[SharingRule | None, list[BudgetFault]]:
    """Turn figures into what counts of them, or say why nothing does."""
    inverse = item.inverse if item.need == "less" else None
    if inverse == "reciprocal" and not all(values.values()):
        named = {"indicator": indicator.title, "period": period}
        return None, [BudgetFault("kehrwert-von-null", (*place, "inverse"), named)]
    weights = {key: Fraction(value) for key, value in values.items()}
    if inverse:
        weights = inverted(values, inverse)
    if not any(weights.values()):
        what = {"what": f"{indicator.title}, {period}"}
        return None, [BudgetFault("anteil-an-nichts", (*place, "indicator"), what)]
    return SharingRule(None, values, weights, item.indicator, period, inverse=inverse), []


def _figure(indicator: Indicator, cell: Cell | None) -> Decimal | None:
    """Return the published count of a cell; a rate is none, because shares of it would mean nothing."""
    if cell is None or cell.value is None:
        return None
    if cell.numerator is not None:
        return Decimal(cell.numerator)
    return cell.value if indicator.counted else None


def _part(
    indicator: Indicator, item: WeightedIndicator, place: tuple[str | int, ...]
) -> tuple[tuple[str, ...], list[BudgetFault]]:
    part, unknown = part_of(indicator, item.part)
    return part, [
        BudgetFault("teil-unbekannt", (*place, "part", name), values) for name, values in unknown.items()
    ]


def _spent(budget: Budget, areas: Sequence[str]) -> SharingRule | None:
    if budget.outflow is None:
        return None
    values = {key: budget.outflow.amounts.get(key, Decimal()) for key in areas}
    return SharingRule(
        None,
        values,
        {key: Fraction(value) for key, value in values.items()},
        period=str(budget.outflow.year),
    )


# --- what stands in the way ----------------------------------------------------------------------------------------


def _plan_faults(
    site: Site, budget: Budget, areas: Sequence[str], spaces: Mapping[str, SpaceFacts]
) -> Iterator[BudgetFault]:
    yield from _area_faults(site, budget, areas, spaces)
    yield from _share_faults(budget)
    yield from _deduction_faults(budget)
    yield from _outflow_faults(site, budget, areas)


def _area_faults(
    site: Site, budget: Budget, areas: Sequence[str], spaces: Mapping[str, SpaceFacts]
) -> Iterator[BudgetFault]:
    """Report areas that are none, stand twice, or lie in each other."""
    if (budget.level is None) == (not budget.spaces):
        yield BudgetFault("budget-ohne-gebiete", ("level",) if budget.level else ("name",))
    elif not areas:
        levels = chain.from_iterable(item.levels for item in site.config.geographies)
        known = ", ".join(level.id for level in levels)
        yield BudgetFault("budget-ebene-leer", ("level",), {"value": budget.level or "", "known": known})
    for number, key in enumerate(budget.spaces):
        if key in budget.spaces[:number]:
            yield BudgetFault("budget-gebiete-ineinander", ("spaces", number), _pair(site, key, key))
    yield from _overlapping_areas(site, budget, areas, spaces)


def _overlapping_areas(
    site: Site, budget: Budget, areas: Sequence[str], spaces: Mapping[str, SpaceFacts]
) -> Iterator[BudgetFault]:
    """Report areas that have another one in them, and the first two of different geographies."""
    known_areas = [key for key in areas if key in spaces]
    for outer in areas:
        inner = next((key for key in known_areas if outer in spaces[key].ancestors), None)
        if inner is not None:
            place = _place_of(budget, outer)
            yield BudgetFault("budget-gebiete-ineinander", place, _pair(site, inner, outer))
    for one, other in pairwise(known_areas):
        if spaces[one].geography != spaces[other].geography:
            yield BudgetFault("budget-gebiete-ineinander", _place_of(budget, other), _pair(site, other, one))
            break


def _place_of(budget: Budget, area: str) -> tuple[str | int, ...]:
    """Return where a budget names an area: in its list, or by the level."""
    return ("spaces", budget.spaces.index(area)) if budget.spaces else ("level",)


def _pair(site: Site, one: str, other: str) -> dict[str, str]:
    names = [site.spaces[key].name if key in site.spaces else key for key in (one, other)]
    return {"name": names[0], "other": names[1]}


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
        figure = item.indicator, item.part
        if figure in weighted:
            place = ("weights", number, "indicator")
            yield BudgetFault("kennzahl-doppelt-gewichtet", place, {"value": item.indicator})
        weighted.append(figure)
    total = sum(item.weight for item in budget.weights)
    if total != 100:
        yield BudgetFault("gewichte-summe", ("weights",), {"sum": _with_comma(Decimal(total))})


def _no_share(path: tuple[str | int, ...], value: Decimal) -> BudgetFault:
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
    place: tuple[str | int, ...],
) -> list[BudgetFault]:
    """Say why an indicator can't carry its weight with the figures of a period; `periods` are those that there are."""
    if period not in periods:
        values = {"period": period, "indicator": indicator.title, "known": ", ".join(periods)}
        return [BudgetFault("zeitraum-ohne-werte", (*place, "period"), values)]
    where = (*place, "period" if item.period else "indicator")
    return [*_break_faults(budget, indicator, period, where), *_rule_faults(item, place)]


def _rule_faults(item: WeightedIndicator, place: tuple[str | int, ...]) -> list[BudgetFault]:
    if (item.need == "less") == (item.inverse is None):
        return [BudgetFault("umkehrung-unklar", (*place, "inverse" if item.inverse else "need"))]
    return []


def _break_faults(
    budget: Budget, indicator: Indicator, period: str, place: tuple[str | int, ...]
) -> list[BudgetFault]:
    """Refuse figures from before a break for money of after it: they count something else."""
    found = []
    year = str(budget.years[-1])
    for item in indicator.breaks:
        if period < item.period <= year:
            values = {
                "indicator": indicator.title,
                "period": period,
                "since": item.period,
                "note": item.note,
                "year": year,
            }
            found.append(BudgetFault("zeitraum-ueber-bruch", place, values))
    return found


def _case_faults(budget: Budget, areas: Sequence[str], series: Mapping[str, Series]) -> list[BudgetFault]:
    """Money spent on few cases tells of them: where their number is withheld, the outflow is too."""
    outflow = budget.outflow
    if outflow is None or outflow.cases_from is None:
        return []
    there = series.get(outflow.cases_from)
    period = str(outflow.year)
    gaps: dict[Status | None, list[str]] = {}
    for key in areas:
        cell = there.cell(key, period) if there is not None else None
        if cell is None or not cell.status.has_value:
            gaps.setdefault(cell.status if cell is not None else None, []).append(key)
    return _gap_faults("abfluss-verraet", ("outflow", "amounts"), outflow.cases_from, gaps, period)


def _of_site(site: Site, facts: Facts) -> dict[str, BudgetFacts]:
    return all_budgets(site, facts.spaces, facts.series)


FACTS = {"budgets": _of_site}
