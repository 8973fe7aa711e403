"""A computed budget in, every step on the way to what each area gets out: tables, and in sentences what happens in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from generator.render.base.context import Context
from generator.render.base.macros import NOTHING, TableCell, TableColumn, TableContent
from generator.render.base.pattern import linked, pattern
from generator.render.base.place_names import named
from generator.render.figures.figure_texts import period_text
from generator.render.figures.money import (
    euro_cell,
    euro_text,
    share_text,
    signed_text,
)
from generator.subjects.budgets.model import Budget, Inverse
from generator.subjects.budgets.model_results import BudgetResult, Pot


@dataclass(frozen=True, slots=True)
class BudgetStep:
    """A step of the computation: its table, and in sentences what happens in it.

    A table that is `folded` (under that name) repeats a step for every area.
    """

    id: str
    title: str
    sentences: tuple[str | Markup, ...]
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


def largest(context: Context, changes: Mapping[str, int]) -> tuple[str, str]:
    """Name who gains most and who loses most, each with the amount; nothing where nothing changes."""

    def said(key: str) -> str:
        return f"{named(context, key)} {signed_text(context.texts, changes[key])}"

    high = max(sorted(changes), key=lambda key: changes[key])
    low = min(sorted(changes), key=lambda key: changes[key])
    if not changes[high]:
        return "", ""
    return said(high), said(low)


def budget_steps(context: Context, path: str, budget: Budget, result: BudgetResult) -> Iterator[BudgetStep]:
    """Yield the steps from the frame to what each area gets, in the order in which they are computed."""
    _ = context.texts.gettext
    number = 1
    if budget.first:
        yield _deductions(context, budget, result, number)
        number += 1
    yield _division(context, budget, result, number)
    for pot in result.money.pots:
        number += 1
        yield _pot_step(context, path, budget, result, pot, number)
    titles = [pot_title(context, pot) for pot in result.money.pots]
    amounts = {}
    for key in result.areas:
        amounts[key] = [pot.claims[key].cents for pot in result.money.pots]
    sums = [pot.cents for pot in result.money.pots]
    yield BudgetStep(
        "summe",
        _("{n}. Zusammenzählen").format(n=number + 1),
        (_("Jede Zeile ergibt den Betrag des Gebiets, jede Spalte den Topf."),),
        _("Alle Töpfe, in Euro"),
        _sum_table(context, path, result, titles, amounts, sums),
    )


def _sum_table(
    context: Context,
    path: str,
    result: BudgetResult,
    titles: Iterable[Markup],
    amounts: Mapping[str, Iterable[int]],
    sums: Iterable[int],
) -> TableContent:
    """Return a table with a row for each area: the cents of each part of its money, and together; in the last row the sums."""
    texts = context.texts
    _ = texts.gettext
    columns = [TableColumn(_("Gebiet"))]
    columns += [TableColumn(title, num=True) for title in titles]
    columns.append(TableColumn(_("zusammen"), num=True))
    rows = []
    for key in result.areas:
        cells = [euro_cell(texts, cents) for cents in amounts[key]]
        rows.append((area_cell(context, path, key), *cells, euro_cell(texts, result.money.amounts[key])))
    cells = [euro_cell(texts, cents) for cents in sums]
    rows.append((TableCell(_("zusammen")), *cells, euro_cell(texts, result.left)))
    return TableContent(tuple(columns), tuple(rows))


def _deductions(context: Context, budget: Budget, result: BudgetResult, number: int) -> BudgetStep:
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
        left = result.total - sum(taken.cents for taken in result.backwards)
        amounts = Markup(", ").join(
            pattern("{} {}").format(name, euro_text(texts, taken.cents))
            for name, taken in zip(names, result.backwards, strict=True)
        )
        said.append(
            Markup.escape(_("In umgekehrter Reihenfolge: {amounts}; verteilt würden {left}.")).format(
                amounts=amounts, left=euro_text(texts, left)
            )
        )
    return BudgetStep(
        "vorab",
        _("{n}. Was vorab abgeht").format(n=number),
        tuple(said),
        _("Vom Betrag zu dem, was verteilt wird"),
        TableContent(
            (TableColumn(_("Was")), TableColumn(_("Regel")), TableColumn(_("Euro"), num=True)), tuple(rows)
        ),
    )


def _division(context: Context, budget: Budget, result: BudgetResult, number: int) -> BudgetStep:
    texts = context.texts
    _ = texts.gettext
    mix = Fraction(budget.by_indicators)
    rows = []
    for pot in result.money.pots:
        share = share_text(texts, pot.points)
        if pot.weight is None:
            how = _("{all} − {mix} = {share}").format(
                all=share_text(texts, Fraction(100)), mix=share_text(texts, mix), share=share
            )
        elif mix == 100:
            how = share
        else:
            weight = share_text(texts, Fraction(budget.weights[pot.weight].weight))
            how = _("{weight} von {mix} = {share}").format(
                weight=weight, mix=share_text(texts, mix), share=share
            )
        rows.append((TableCell(pot_title(context, pot)), TableCell(how), euro_cell(texts, pot.cents)))
    rows.append(
        (TableCell(_("zusammen")), TableCell(share_text(texts, Fraction(100))), euro_cell(texts, result.left))
    )
    columns = (TableColumn(_("Topf")), TableColumn(_("vom Ganzen")), TableColumn(_("Euro"), num=True))
    return BudgetStep(
        "toepfe",
        _("{n}. In Töpfe teilen").format(n=number),
        (_("Für jede Kennzahl gibt es einen Topf, so groß wie ihr Gewicht."),),
        _("Die Töpfe"),
        TableContent(columns, tuple(rows)),
    )


def _rule_words(context: Context, rule: Inverse) -> str:
    _ = context.texts.gettext
    return {
        "reciprocal": _(
            "Gerechnet ist mit dem Kehrwert: Wer halb so viel davon hat, bekommt doppelt so viel Geld."
        ),
        "complement": _(
            "Gerechnet ist mit dem, was einem Gebiet zur Summe aller Gebiete fehlt. Die Unterschiede werden so kleiner als beim Kehrwert."
        ),
    }[rule]


def _pot_step(
    context: Context, path: str, budget: Budget, result: BudgetResult, pot: Pot, number: int
) -> BudgetStep:
    texts = context.texts
    _ = texts.gettext
    outflow = pot.weight is None
    # Of euros their cents are told, of what is counted whole numbers are.
    digits = 2 if outflow else None
    rows = []
    for key, claim in pot.claims.items():
        measure = TableCell(texts.number(claim.measure, digits), sort=str(claim.measure))
        share = TableCell(share_text(texts, claim.share * 100, 2))
        rows.append((area_cell(context, path, key), measure, share, euro_cell(texts, claim.cents)))
    whole = TableCell(texts.number(sum(claim.measure for claim in pot.claims.values()), digits))
    rows.append((TableCell(_("zusammen")), whole, NOTHING, euro_cell(texts, pot.cents)))
    name = pot_title(context, pot)
    columns = (
        TableColumn(_("Gebiet")),
        TableColumn(_("ausgegeben (Euro)") if outflow else _unit(context, pot), num=True),
        TableColumn(_("vom Topf"), num=True),
        TableColumn(_("Euro"), num=True),
    )
    return BudgetStep(
        "topf-abfluss" if pot.weight is None else f"topf-{pot.weight + 1}",
        _("{n}. Topf: {name}").format(n=number, name=name),
        tuple(_pot_sentences(context, path, budget, result, pot)),
        _("Anteile am Topf, Zahlen von {period}").format(period=period_text(texts, pot.period)),
        TableContent(columns, tuple(rows)),
        folded=name,
    )


def _unit(context: Context, pot: Pot) -> str:
    """Name what an indicator's pot is divided by."""
    unit = context.texts.of(context.site.indicators[pot.indicator], "unit").text
    return unit or context.texts.gettext("Anzahl")


def _pot_sentences(
    context: Context, path: str, budget: Budget, result: BudgetResult, pot: Pot
) -> Iterator[str | Markup]:
    """Say by which rule a pot is divided, why, and from which source."""
    _ = context.texts.gettext
    if pot.weight is None:
        yield _("Jedes Gebiet bekommt den Anteil, den es {year} am Mittelabfluss hatte.").format(
            year=pot.period
        )
        if budget.outflow is not None and budget.outflow.source:
            yield pattern("{} {}.").format(_("Quelle:"), context.written(budget.outflow.source))
        return
    if pot.inverse is None:
        yield _("Jedes Gebiet bekommt den Anteil, den es an der Summe aller Gebiete hat.")
    else:
        yield _("Mehr davon heißt hier weniger Bedarf und weniger Geld.")
        yield _rule_words(context, pot.inverse)
        yield _("Eine Norm dafür gibt es nicht; die Regel ist gesetzt.")
        yield from _other_rule(context, result, pot.weight)
    reason = budget.weights[pot.weight].reason
    if reason:
        yield context.written(reason)
    href = context.href(path, "report", pot.indicator)
    yield linked(href, _("Zur Kennzahl"))


def _other_rule(context: Context, result: BudgetResult, weight: int) -> Iterator[str]:
    """Say what would change most if the other rule for turning an indicator round held; nothing where none is computed."""
    other = result.other_rules.get(weight)
    if other is None:
        return
    changes = {key: other[key] - result.money.amounts[key] for key in result.areas}
    high, low = largest(context, changes)
    if high:
        words = context.texts.gettext("Nach der anderen Regel änderte sich am meisten: {high}, {low}.")
        yield words.format(high=high, low=low)


def parts_table(context: Context, path: str, budget: Budget, result: BudgetResult) -> TableContent:
    """Return what each area gets of each sub-budget."""
    titles = []
    sums = [0] * len(budget.sub_budgets)
    for part in budget.sub_budgets:
        share = share_text(context.texts, Fraction(part.share))
        titles.append(pattern("{} ({})").format(context.written(part.name), share))
    for key in result.areas:
        for number, cents in enumerate(result.parts[key]):
            sums[number] += cents
    return _sum_table(context, path, result, titles, result.parts, sums)
