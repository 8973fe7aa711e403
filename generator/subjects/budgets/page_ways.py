"""A computed budget in, the readings of its way to 100 % beside each other out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from markupsafe import Markup

from generator.render.base.context import Context
from generator.render.base.macros import TableCell, TableColumn, TableContent
from generator.render.base.pattern import pattern
from generator.render.base.texts import Texts
from generator.render.figures.charts import ChartCaption, ChartLine, ChartPoint, TimeAxis, series_line
from generator.render.figures.figure_texts import period_text
from generator.render.figures.money import (
    euro_cell,
    share_text,
)
from generator.subjects.budgets.model import Budget
from generator.subjects.budgets.model_results import BudgetResult, PhasePath, PhaseStep
from generator.subjects.budgets.page_steps import area_cell


@dataclass(frozen=True, slots=True)
class WayTable:
    """One reading of the way to 100 %: every step with the amounts of all areas."""

    id: str
    name: str
    note: str
    content: TableContent


@dataclass(frozen=True, slots=True)
class Ways:
    """The readings of the way to 100 % beside each other: a drawing, the shares over time, what they change, every step."""

    picture: Markup
    shares: TableContent
    difference: TableContent
    about: str
    tables: tuple[WayTable, ...]


def budget_ways(context: Context, path: str, budget: Budget, result: BudgetResult) -> Ways:
    """Return the readings of the way to 100 %, as they are drawn, compared and told step by step."""
    _ = context.texts.gettext
    first = budget.years[0]
    quarterly = any(step.quarter for step in _all_steps(result))
    times = _times(result, first, quarterly=quarterly)
    held = [_held(way, times) for way in result.paths]
    about = _(
        "Gerechnet ist mit gleichem Betrag, gleichen Kennzahlen und gleichem Mittelabfluss; in Wirklichkeit ändern sich alle drei."
    )
    if quarterly:
        about += " " + _("Ein Vierteljahr verteilt ein Viertel des Jahresbetrags.")
    return Ways(
        picture=_ways_picture(context, budget, times, held),
        shares=_shares_table(context, budget, times, held),
        difference=_difference(context, path, budget, result, first),
        about=about,
        tables=tuple(
            _way_table(context, path, budget, result, number, way) for number, way in enumerate(result.paths)
        ),
    )


def _all_steps(result: BudgetResult) -> list[PhaseStep]:
    """Return the steps of every reading."""
    found: list[PhaseStep] = []
    for way in result.paths:
        found += way.steps
    return found


def _times(result: BudgetResult, first: int, *, quarterly: bool) -> list[tuple[int, int]]:
    """Return the years and quarters from the first year on to the last step; without `quarterly` the first quarters alone."""
    last = max(step.year for step in _all_steps(result))
    quarters = (1, 2, 3, 4) if quarterly else (1,)
    # The last year is shown until its first step alone: from then on all is as it will be.
    return [*product(range(first, last), quarters), (last, 1)]


def _held(way: PhasePath, times: Iterable[tuple[int, int]]) -> list[Fraction]:
    """Return which share holds at each time."""
    found = []
    for time in times:
        begun = [step for step in way.steps if (step.year, step.quarter or 1) <= time]
        found.append((begun or way.steps)[-1 if begun else 0].money.by_indicators)
    return found


def _after(context: Context, months: int) -> str:
    texts = context.texts
    _ = texts.gettext
    if not months:
        return _("zu Beginn")
    if months % 12:
        return texts.ngettext("nach {n} Monat", "nach {n} Monaten", months).format(n=months)
    return texts.ngettext("nach {n} Jahr", "nach {n} Jahren", months // 12).format(n=months // 12)


def _ways_picture(
    context: Context, budget: Budget, times: list[tuple[int, int]], held: list[list[Fraction]]
) -> Markup:
    texts = context.texts
    _ = texts.gettext
    periods = [f"{year}-{quarter}" for year, quarter in times]
    names = {period: period[:4] if period.endswith("-1") else "" for period in periods}
    lines: list[ChartLine] = []
    for phase, shares in zip(budget.phase_in, held, strict=True):
        points = tuple(
            ChartPoint(names[period] or period, share_text(texts, share), float(share))
            for period, share in zip(periods, shares, strict=True)
        )
        # The first reading stands out from the others.
        lines.append(ChartLine(phase.name, points, "other" if lines else ""))
    caption = ChartCaption(
        "weg-linien",
        _("Anteil nach Kennzahlen"),
        _("Alle Werte stehen in der Tabelle darunter."),
        "%",
    )
    time = TimeAxis(periods, names)
    return context.call(series_line(caption, time, lines, lambda value: texts.number(round(value))))


def _shares_table(
    context: Context, budget: Budget, times: list[tuple[int, int]], held: list[list[Fraction]]
) -> TableContent:
    texts = context.texts
    _ = texts.gettext
    columns = (
        TableColumn(_("Wann")),
        *(TableColumn(context.written(phase.name), num=True) for phase in budget.phase_in),
    )
    rows: list[tuple[TableCell, ...]] = []
    first = times[0][0]
    for at, (year, quarter) in enumerate(times):
        if at and all(shares[at] == shares[at - 1] for shares in held):
            continue
        months = (year - first) * 12 + (quarter - 1) * 3
        cells = [
            TableCell(share_text(texts, shares[at]), muted=bool(at) and shares[at] == shares[at - 1])
            for shares in held
        ]
        rows.append((TableCell(_after(context, months)), *cells))
    return TableContent(columns, tuple(rows))


def _difference(
    context: Context, path: str, budget: Budget, result: BudgetResult, first: int
) -> TableContent:
    """Return what areas get in the first year by each reading, and at the end of all."""
    texts = context.texts
    _ = texts.gettext
    start = [way.years[first] for way in result.paths]
    goal = _goal(result.paths[0])
    names = [pattern("{}: {}").format(first, context.written(phase.name)) for phase in budget.phase_in]
    columns = [TableColumn(_("Gebiet")), *(TableColumn(name, num=True) for name in names)]
    if len(start) > 1:
        columns.append(TableColumn(_("Unterschied"), num=True))
    columns.append(TableColumn(_("bei 100 %, im Jahr"), num=True))
    rows = []
    for key in result.areas:
        amounts = [sums[key] for sums in start]
        rows.append((area_cell(context, path, key), *_difference_cells(texts, amounts, goal[key])))
    amounts = [sum(sums.values()) for sums in start]
    rows.append((TableCell(_("zusammen")), *_difference_cells(texts, amounts, sum(goal.values()))))
    return TableContent(tuple(columns), tuple(rows))


def _goal(way: PhasePath) -> Mapping[str, int]:
    """Return what each area gets in a year at the end of a reading, in cents."""
    last = way.steps[-1]
    if last.quarter is None:
        return last.money.amounts
    return way.years[max(way.years)]


def _difference_cells(texts: Texts, amounts: Sequence[int], end: int) -> list[TableCell]:
    """Return the amounts of each reading, of several what lies between the first and the last, and what is at the end of all."""
    cells = [euro_cell(texts, cents) for cents in amounts]
    if len(amounts) > 1:
        cells.append(euro_cell(texts, amounts[-1] - amounts[0], signed=True))
    return [*cells, euro_cell(texts, end)]


def _step_name(context: Context, step: PhaseStep) -> str:
    when = (
        str(step.year) if step.quarter is None else period_text(context.texts, f"{step.year}-Q{step.quarter}")
    )
    return f"{when}: {share_text(context.texts, step.money.by_indicators)}"


def _way_table(
    context: Context, path: str, budget: Budget, result: BudgetResult, number: int, way: PhasePath
) -> WayTable:
    texts = context.texts
    _ = texts.gettext
    # What follows the first step at 100 % is a year's rest.
    steps = way.steps[: 1 + next(n for n, step in enumerate(way.steps) if step.money.by_indicators == 100)]
    columns = (
        TableColumn(_("Gebiet")),
        *(TableColumn(_step_name(context, step), num=True) for step in steps),
    )
    rows = []
    for key in result.areas:
        amounts = (euro_cell(texts, step.money.amounts[key]) for step in steps)
        rows.append((area_cell(context, path, key), *amounts))
    rows.append((TableCell(_("zusammen")), *(euro_cell(texts, step.money.cents) for step in steps)))
    phase = budget.phase_in[number]
    return WayTable(
        f"weg-{number + 1}",
        phase.name,
        phase.note or "",
        TableContent(columns, tuple(rows)),
    )
