"""A computed budget in, the readings of its way to 100 % beside each other out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.texts import Texts
from generator.render.base.view import TableCell, TableContent, table_of
from generator.render.figures.charts import ChartCaption, ChartLine, ChartPoint, TimeAxis, series_line
from generator.render.figures.money_texts import euro_cell, share_text
from generator.subjects.budgets.model import Budget
from generator.subjects.budgets.model_results import BudgetResult, PhasePath
from generator.subjects.budgets.page_steps import area_cell

_Held = Mapping[int, Sequence[Fraction]]
"""Which share goes by indicators, in each reading, by months since the first year began."""


@dataclass(frozen=True, slots=True)
class Ways:
    """The readings of the way to 100 % beside each other: a drawing, the shares over time, what they change."""

    picture: Markup
    shares: TableContent
    difference: TableContent
    about: str


def budget_ways(context: Context, path: str, budget: Budget, result: BudgetResult) -> Ways:
    """Return the readings of the way to 100 %, as they are drawn and compared."""
    _ = context.texts.gettext
    about = _(
        "Gerechnet ist mit gleichem Betrag, gleichen Kennzahlen und gleichem Mittelabfluss; in Wirklichkeit ändern sich alle drei."
    )
    every = 12
    if any(phase.interval == "quarter" for phase in budget.phase_in):
        about += " " + _("Ein Vierteljahr verteilt ein Viertel des Jahresbetrags.")
        every = 3
    starts = [_starts(way) for way in result.paths]
    end = max(max(one) for one in starts)
    held = {}
    for month in range(0, end + 1, every):
        held[month] = [_latest(one, month) for one in starts]
    return Ways(
        picture=_picture(context, budget, held),
        shares=_shares(context, budget, held),
        difference=_difference(context, path, budget, result),
        about=about,
    )


def _starts(way: PhasePath) -> dict[int, Fraction]:
    """Return by months since the first year when each share begins, up to the first month of 100 %."""
    found: dict[int, Fraction] = {}
    for step in way.steps:
        if 100 not in found.values():
            month = (step.year - way.steps[0].year) * 12 + ((step.quarter or 1) - 1) * 3
            found[month] = step.money.by_indicators
    return found


def _latest(starts: Mapping[int, Fraction], month: int) -> Fraction:
    """Return the share that holds in a month."""
    return starts[max(start for start in starts if start <= month)]


def _picture(context: Context, budget: Budget, held: _Held) -> Markup:
    texts = context.texts
    _ = texts.gettext
    names = {}
    for month in held:
        year, rest = divmod(month, 12)
        period = f"{budget.years[0] + year}-{rest // 3 + 1}"
        names[period] = "" if rest else period[:4]
    lines: list[ChartLine] = []
    for number, phase in enumerate(budget.phase_in):
        points = []
        for (period, name), shares in zip(names.items(), held.values(), strict=True):
            share = shares[number]
            points.append(ChartPoint(name or period, share_text(texts, share), float(share)))
        # The first reading stands out from the others.
        lines.append(ChartLine(phase.name, tuple(points), "other" if number else ""))
    about = _("Alle Werte stehen in der Tabelle darunter.")
    caption = ChartCaption("weg-linien", _("Anteil nach Kennzahlen"), about, "%")
    time = TimeAxis([*names], names)
    return context.call(series_line(caption, time, lines, lambda value: texts.number(round(value))))


def _shares(context: Context, budget: Budget, held: _Held) -> TableContent:
    """Return the shares at the beginning, and whenever one of them changes."""
    texts = context.texts
    _ = texts.gettext
    rows = []
    before: Sequence[Fraction | None] = [None] * len(budget.phase_in)
    for month, shares in held.items():
        if shares != before:
            cells = []
            for share, last in zip(shares, before, strict=True):
                cells.append(TableCell(share_text(texts, share), muted=share == last))
            rows.append((TableCell(_after(texts, month)), *cells))
        before = shares
    return table_of([_("Wann")], [context.written(phase.name) for phase in budget.phase_in], rows)


def _after(texts: Texts, months: int) -> str:
    if not months:
        return texts.gettext("zu Beginn")
    if months % 12:
        return texts.ngettext("nach {n} Monat", "nach {n} Monaten", months).format(n=months)
    return texts.ngettext("nach {n} Jahr", "nach {n} Jahren", months // 12).format(n=months // 12)


def _difference(context: Context, path: str, budget: Budget, result: BudgetResult) -> TableContent:
    """Return what areas get in the first year by each reading, of several what lies between the first and the last, and what is at the end of all."""
    texts = context.texts
    _ = texts.gettext
    first = budget.years[0]
    heads: list[str | Markup] = []
    heads += [pattern("{}: {}").format(first, context.written(phase.name)) for phase in budget.phase_in]
    if len(result.paths) > 1:
        heads.append(_("Unterschied"))
    readings = [way.years[first] for way in result.paths]
    rows = []
    for key in result.areas:
        amounts = [sums[key] for sums in readings]
        rows.append((area_cell(context, path, key), *_compared(texts, amounts, result.goal[key])))
    together = [sum(sums.values()) for sums in readings]
    rows.append((TableCell(_("zusammen")), *_compared(texts, together, result.left)))
    return table_of([_("Gebiet")], [*heads, _("bei 100 %, im Jahr")], rows)


def _compared(texts: Texts, starts: Sequence[int], end: int) -> list[TableCell]:
    cells = [euro_cell(texts, cents) for cents in starts]
    if len(starts) > 1:
        cells.append(euro_cell(texts, starts[-1] - starts[0], signed=True))
    return [*cells, euro_cell(texts, end)]
