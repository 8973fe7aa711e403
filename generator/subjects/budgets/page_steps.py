"""A computed budget in, every step on the way to what each area gets out: tables, and in sentences what happens in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from generator.render.base.area_names import named
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.view import NOTHING, TableCell, TableContent, table_of
from generator.render.figures.figure_texts import period_text
from generator.render.figures.money_texts import euro_cell, euro_text, share_text
from generator.subjects.budgets.model import Budget
from generator.subjects.budgets.model_results import BudgetResult, Pot


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
    """Name a pot: its indicator with the part of a breakdown, or last year's outflow."""
    if pot.weight is None:
        return Markup.escape(context.texts.gettext("Mittelabfluss"))
    indicator = context.site.indicators[pot.indicator]
    english = context.lang != context.site.config.language
    names: list[str | Markup] = [context.translated(indicator, "title")]
    for breakdown, chosen in zip(indicator.breakdowns, pot.part, strict=True):
        parts = [value for value in breakdown.values if value.id == chosen]
        names += [part.name_en if english and part.name_en else context.written(part.name) for part in parts]
    return Markup(", ").join(names)


def budget_steps(context: Context, path: str, budget: Budget, result: BudgetResult) -> Iterator[BudgetStep]:
    """Yield the steps from the frame to what each area gets, in the order in which they are computed."""
    _ = context.texts.gettext
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
            share = share_text(texts, Fraction(item.share))
            how = _("{share} von dem, was dann noch da ist").format(share=share)
        rows.append((TableCell(name), TableCell(how), euro_cell(texts, -taken.cents)))
    rows.append((TableCell(_("wird verteilt")), NOTHING, euro_cell(texts, result.left)))
    said: list[str | Markup] = []
    if len(budget.first) > 1:
        said.append(_("Die Reihenfolge ist Teil der Regel."))
    if result.backwards is not None:
        amounts = []
        for name, taken in zip(names, result.backwards, strict=True):
            amounts.append(pattern("{} {}").format(name, euro_text(texts, taken.cents)))
        words = Markup.escape(_("In umgekehrter Reihenfolge: {amounts}; verteilt würden {left}."))
        left = result.total - sum(taken.cents for taken in result.backwards)
        said.append(words.format(amounts=Markup(", ").join(amounts), left=euro_text(texts, left)))
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
    whole = share_text(texts, Fraction(100))
    mix = Fraction(budget.by_indicators)
    rows = []
    for pot in result.money.pots:
        how = "{share}"
        weight = ""
        if pot.weight is None:
            how = _("{all} − {mix} = {share}")
        elif mix != 100:
            how = _("{weight} von {mix} = {share}")
            weight = share_text(texts, Fraction(budget.weights[pot.weight].weight))
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
    _ = context.texts.gettext
    if budget.outflow is not None:
        words = _("Jedes Gebiet bekommt den Anteil, den es {year} am Mittelabfluss hatte.")
        yield words.format(year=budget.outflow.year)
        if budget.outflow.source:
            yield pattern("{} {}.").format(_("Quelle:"), context.written(budget.outflow.source))


def _of_indicator(
    context: Context, path: str, budget: Budget, pot: Pot, weight: int
) -> Iterator[str | Markup]:
    """Say by which rule the pot of an indicator is divided, and why."""
    _ = context.texts.gettext
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
        share = share_text(context.texts, Fraction(part.share))
        titles.append(pattern("{} ({})").format(context.written(part.name), share))
    return _sum_table(context, path, result, titles, result.parts)
