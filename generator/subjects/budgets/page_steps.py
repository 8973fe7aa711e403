"""A computed budget in, every step on the way to what each area gets out: tables, and in sentences what happens in them; and the readings of its way to 100 % beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from generator.render.base.area_names import named
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.texts import Texts
from generator.render.base.view import NOTHING, TableCell, TableContent, table_of
from generator.render.figures.charts import ChartCaption, ChartLine, ChartPoint, TimeAxis, series_line
from generator.render.figures.figure_texts import euro_cell, period_text, share_text
from generator.subjects.budgets.model import Budget, BudgetResult, PhasePath, Pot


@dataclass(frozen=True, slots=True)
class BudgetStep:
    """A step of the computation: its table, and in sentences what happens in it.

    A table that is `folded` (under that name) repeats a step for every area.
    """

    id: str
    title: str
    sentences: Sequence[str | Markup]
    caption: str
    content: TableContent
    folded: str = ""


def area_cell(context: Context, path: str, key: str) -> TableCell:
    """Return the cell that names an area and leads to its page."""
    href = context.href(path, "space", key)
    return TableCell(linked(href, named(context, key)))


def pot_title(context: Context, pot: Pot) -> Markup:
    """Name a pot: its indicator, or last year's outflow."""
    if pot.weight is None:
        return Markup.escape(context.gettext("Mittelabfluss"))
    indicator = context.site.indicators[pot.indicator]
    return context.translated(indicator, "title")


def budget_steps(context: Context, path: str, budget: Budget, result: BudgetResult) -> Iterator[BudgetStep]:
    """Yield the steps from the frame to what each area gets, in the order in which they are computed."""
    _ = context.gettext
    number = 1
    if budget.first:
        yield _deductions(context, budget, result)
        number += 1
    yield _division(context, budget, result, number)
    for pot in result.money.pots:
        number += 1
        yield _pot_step(context, path, budget, pot, number)
    titles = [pot_title(context, pot) for pot in result.money.pots]
    amounts = {}
    for key in result.areas:
        amounts[key] = [pot.claims[key].cents for pot in result.money.pots]
    yield BudgetStep(
        "summe",
        _("{n}. Zusammenzählen").format(n=number + 1),
        (_("Jede Zeile ergibt den Betrag des Gebiets, jede Spalte den Topf."),),
        _("Alle Töpfe, in Euro"),
        _sum_table(context, path, result, titles, amounts),
    )


def _sum_table(
    context: Context,
    path: str,
    result: BudgetResult,
    titles: Iterable[Markup],
    amounts: Mapping[str, Sequence[int]],
) -> TableContent:
    """Return a table with a row for each area: the cents of each part of its money, and together; in the last row the sums."""
    texts = context.texts
    _ = texts.gettext
    lines = [(area_cell(context, path, key), amounts[key]) for key in result.areas]
    sums = [sum(column) for column in zip(*amounts.values(), strict=True)]
    lines.append((TableCell(_("zusammen")), sums))
    rows = []
    for head, cents in lines:
        rows.append((head, *(euro_cell(texts, one) for one in (*cents, sum(cents)))))
    return table_of([_("Gebiet")], [*titles, _("zusammen")], rows)


def _deductions(context: Context, budget: Budget, result: BudgetResult) -> BudgetStep:
    texts = context.texts
    _ = texts.gettext
    kinds = {"central": _("Zentrale Angebote"), "reserve": _("Reserve")}
    rows = [(TableCell(_("Betrag")), NOTHING, euro_cell(texts, result.total))]
    names = [context.written(item.name) if item.name else kinds[item.kind] for item in budget.first]
    for item, name, taken in zip(budget.first, names, result.taken, strict=True):
        how = _("fester Betrag")
        if item.share is not None:
            share = share_text(texts, item.share)
            how = _("{share} von dem, was dann noch da ist").format(share=share)
        rows.append((TableCell(name), TableCell(how), euro_cell(texts, -taken.cents)))
    rows.append((TableCell(_("wird verteilt")), NOTHING, euro_cell(texts, result.left)))
    said: list[str | Markup] = []
    if len(budget.first) > 1:
        said.append(_("Die Reihenfolge ist Teil der Regel."))
    return BudgetStep(
        "vorab",
        _("{n}. Was vorab abgeht").format(n=1),
        tuple(said),
        _("Vom Betrag zu dem, was verteilt wird"),
        table_of([_("Was"), _("Regel")], [_("Euro")], rows),
    )


def _division(context: Context, budget: Budget, result: BudgetResult, number: int) -> BudgetStep:
    texts = context.texts
    _ = texts.gettext
    whole = share_text(texts, 100)
    mix = budget.by_indicators
    rows = []
    for pot in result.money.pots:
        how = "{share}"
        weight = ""
        if pot.weight is None:
            how = _("{all} − {mix} = {share}")
        elif mix != 100:
            how = _("{weight} von {mix} = {share}")
            weight = share_text(texts, budget.weights[pot.weight].weight)
        told = how.format(
            all=whole, mix=share_text(texts, mix), weight=weight, share=share_text(texts, pot.points)
        )
        rows.append((TableCell(pot_title(context, pot)), TableCell(told), euro_cell(texts, pot.cents)))
    rows.append((TableCell(_("zusammen")), TableCell(whole), euro_cell(texts, result.left)))
    return BudgetStep(
        "toepfe",
        _("{n}. In Töpfe teilen").format(n=number),
        (_("Für jede Kennzahl gibt es einen Topf, so groß wie ihr Gewicht."),),
        _("Die Töpfe"),
        table_of([_("Topf"), _("vom Ganzen")], [_("Euro")], rows),
    )


def _pot_step(context: Context, path: str, budget: Budget, pot: Pot, number: int) -> BudgetStep:
    texts = context.texts
    _ = texts.gettext
    if pot.weight is None:
        id, unit, sentences = "topf-abfluss", _("ausgegeben (Euro)"), _of_outflow(context, budget)
        # Of euros their cents are told, of what is counted whole numbers are.
        digits = 2
    else:
        id, sentences = f"topf-{pot.weight + 1}", _of_indicator(context, path, budget, pot, pot.weight)
        digits = None
        unit = texts.of(context.site.indicators[pot.indicator], "unit").text or _("Anzahl")
    rows = []
    for key, claim in pot.claims.items():
        measure = TableCell(texts.number(claim.measure, digits), sort=str(claim.measure))
        share = TableCell(share_text(texts, claim.share * 100, 2))
        rows.append((area_cell(context, path, key), measure, share, euro_cell(texts, claim.cents)))
    whole = TableCell(texts.number(sum(claim.measure for claim in pot.claims.values()), digits))
    rows.append((TableCell(_("zusammen")), whole, NOTHING, euro_cell(texts, pot.cents)))
    name = pot_title(context, pot)
    return BudgetStep(
        id,
        _("{n}. Topf: {name}").format(n=number, name=name),
        tuple(sentences),
        _("Anteile am Topf, Zahlen von {period}").format(period=period_text(texts, pot.period)),
        table_of([_("Gebiet")], [unit, _("vom Topf"), _("Euro")], rows),
        folded=name,
    )


def _of_outflow(context: Context, budget: Budget) -> Iterator[str | Markup]:
    """Say by which rule the pot of last year's outflow is divided, and from which source."""
    _ = context.gettext
    if budget.outflow is not None:
        words = _("Jedes Gebiet bekommt den Anteil, den es {year} am Mittelabfluss hatte.")
        yield words.format(year=budget.outflow.year)
        if budget.outflow.source:
            yield pattern("{} {}.").format(_("Quelle:"), context.written(budget.outflow.source))


def _of_indicator(
    context: Context, path: str, budget: Budget, pot: Pot, weight: int
) -> Iterator[str | Markup]:
    """Say by which rule the pot of an indicator is divided, and why."""
    _ = context.gettext
    if pot.inverse is None:
        yield _("Jedes Gebiet bekommt den Anteil, den es an der Summe aller Gebiete hat.")
    else:
        yield _("Mehr davon heißt hier weniger Bedarf und weniger Geld.")
        yield {
            "reciprocal": _(
                "Gerechnet ist mit dem Kehrwert: Wer halb so viel davon hat, bekommt doppelt so viel Geld."
            ),
            "complement": _(
                "Gerechnet ist mit dem, was einem Gebiet zur Summe aller Gebiete fehlt. Die Unterschiede werden so kleiner als beim Kehrwert."
            ),
        }[pot.inverse]
        yield _("Eine Norm dafür gibt es nicht; die Regel ist gesetzt.")
    reason = budget.weights[weight].reason
    if reason:
        yield context.written(reason)
    yield linked(context.href(path, "report", pot.indicator), _("Zur Kennzahl"))


def parts_table(context: Context, path: str, budget: Budget, result: BudgetResult) -> TableContent:
    """Return what each area gets of each sub-budget."""
    titles = []
    for part in budget.sub_budgets:
        share = share_text(context.texts, part.share)
        titles.append(pattern("{} ({})").format(context.written(part.name), share))
    return _sum_table(context, path, result, titles, result.parts)


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
    _ = context.gettext
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
    rows = []
    before: Sequence[Fraction | None] = [None] * len(budget.phase_in)
    for month, shares in held.items():
        if shares != before:
            cells = []
            for share, last in zip(shares, before, strict=True):
                cells.append(TableCell(share_text(texts, share), muted=share == last))
            rows.append((TableCell(_after(texts, month)), *cells))
        before = shares
    return table_of([texts.gettext("Wann")], [context.written(phase.name) for phase in budget.phase_in], rows)


def _after(texts: Texts, months: int) -> str:
    if not months:
        return texts.gettext("zu Beginn")
    if months % 12:
        return texts.number_of("nach {n} Monat", "nach {n} Monaten", months)
    return texts.number_of("nach {n} Jahr", "nach {n} Jahren", months // 12)


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
