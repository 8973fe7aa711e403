"""Make the page of a budget: what each area gets, and by which formula."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil

from markupsafe import Markup

from generator.model.cells import rounded
from generator.model.indicator import Indicator
from generator.render.base.area_names import named
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked
from generator.render.base.page import Page
from generator.render.base.page_type import PageType, each, record_page
from generator.render.base.view import NOTHING, TableCell, TableContent, TableRow, View, table_of
from generator.render.data_files.open_data import DownloadFile, record_downloads
from generator.render.figures.charts import ChartCaption, ChartPoint, bars
from generator.render.figures.charts.bars import MOST as MOST_BARS
from generator.render.figures.figure_texts import (
    euro_cell,
    euro_text,
    period_text,
    share_text,
    sign_reason,
    signed_text,
)
from generator.render.figures.picture_files import HandedOn, TakeAlong, pictures_of, taken
from generator.subjects.budgets.model import (
    Budget,
    BudgetFacts,
    BudgetResult,
    Distribution,
    PhaseIn,
    Pot,
    WeightedIndicator,
    budgets,
    derived_budgets,
)


class BudgetView(View, frozen=True):
    """A budget's page."""

    template = "budget.html"

    budget: Budget
    sentences: Sequence[str]  # how it is distributed, in short
    illustrative: bool
    mark: str  # „ (erfunden)“, or empty
    withheld: Sequence[str]  # why it has no amounts
    amounts: TableContent | None  # what each area gets
    change: str  # of all areas together, against last year's outflow
    rounded: bool  # whether some counts are published rounded
    bars: Markup
    take: TakeAlong  # the chart as a file
    formula: TableContent | None  # the way from the amount to the pots
    otherwise: str  # what deductions in opposite order would give
    parts: TableContent | None  # sub-budgets
    weights: Sequence[tuple[WeightedIndicator, Indicator, str]]  # with their share in words
    readings: Sequence[tuple[PhaseIn, str]]  # ways to 100 % by indicators, in words
    downloads: Sequence[DownloadFile]


def newest_budgets(context: Context) -> list[Budget]:
    """Return all budgets, the newest first."""
    return sorted(budgets(context.site).values(), key=lambda item: (-item.years[-1], item.name.casefold()))


def amount_text(context: Context, budget: Budget) -> str:
    """Write a budget's amount, as yearly if it is for several years."""
    total = context.texts.euros(budget.total)
    return context.gettext("im Jahr {amount}").format(amount=total) if len(budget.years) > 1 else total


def years_text(context: Context, budget: Budget) -> str:
    """Name the years of a budget."""
    return context.texts.join(str(year) for year in budget.years)


def render(context: Context, key: str) -> Page:
    """Make the page of one budget."""
    budget, facts = budgets(context.site)[key], derived_budgets(context.facts)[key]
    path = context.path("budget", key)
    result = facts.result
    change = sum((result.changes or {}).values()) if result else 0
    view = BudgetView(
        budget=budget,
        sentences=tuple(_summary(context, budget, facts)),
        illustrative=facts.illustrative,
        mark=f" ({context.gettext('erfunden')})" if facts.illustrative else "",
        withheld=tuple(dict.fromkeys(_reasons(context, facts))),
        amounts=_table_of_amounts(context, path, budget, result) if result else None,
        change=signed_text(context.texts, change) if change else "",
        rounded=result is not None and result.rounded,
        bars=_bars(context, budget, result) if result else Markup(),
        take=taken(context, path, context.texts.name(budget), drawings(context, path, key)),
        formula=_formula(context, budget, result) if result else None,
        otherwise=_otherwise(context, result.otherwise) if result and result.otherwise else "",
        parts=_table_of_sub_budgets(context, budget, result) if result and result.parts else None,
        weights=tuple(_weights(context, budget)),
        readings=tuple(_readings(context, budget)) if result else (),
        downloads=record_downloads(context, "budgets", key),
    )
    otherwise = context.gettext("Wie Geld auf die Gebiete verteilt wird, Schritt für Schritt.")
    return record_page(context, path, budget, view, otherwise)


def _summary(context: Context, budget: Budget, facts: BudgetFacts) -> Iterator[str]:
    """Say how much there is, what is deducted, and by what the rest is distributed."""
    texts = context.texts
    _ = texts.gettext
    total = texts.euros(budget.total) + context.made_up(budget, "total")
    words = _("{total} für das Haushaltsjahr {year}.")
    if len(budget.years) > 1:
        words = _("{total} für jedes der Haushaltsjahre {years}.")
    yield words.format(total=total, year=budget.years[0], years=years_text(context, budget))
    result = facts.result
    if result is not None and result.taken:
        words = _("Vorab gehen {off} ab, {left} werden verteilt.")
        yield words.format(
            off=euro_text(texts, result.total - result.left), left=euro_text(texts, result.left)
        )
    mix = budget.by_indicators
    if mix == 100 or budget.outflow is None:
        yield _("Auf {n} Gebiete verteilt wird ganz nach Kennzahlen.").format(n=len(facts.areas))
    else:
        words = _(
            "Auf {n} Gebiete verteilt werden {share} nach Kennzahlen und {rest} nach dem, was {year} ausgegeben wurde."
        )
        share, rest = share_text(texts, mix), share_text(texts, 100 - mix)
        yield words.format(n=len(facts.areas), share=share, rest=rest, year=budget.outflow.year)


def _reasons(context: Context, facts: BudgetFacts) -> Iterator[str]:
    """Say why a budget has no amounts: which figures are missing where, or that the record is faulty."""
    texts = context.texts
    _ = texts.gettext
    for fault in facts.faults:
        indicator = context.site.indicators.get(fault.indicator)
        if indicator is None:
            yield _("Eine gültige Angabe im Eintrag dieses Budgets; „nahraum check“ sagt, welche.")
            continue
        words = _("{title}, {where}, {period}: {why}")
        if fault.path[:1] == ("outflow",):
            words = _(
                "{title}, {where}, {period}: {why} Was dort ausgegeben wurde, könnte verraten, wie viele es sind."
            )
        names = [named(context, key) for key in fault.spaces if key in context.site.spaces]
        yield words.format(
            title=context.translated(indicator, "title"),
            where=texts.join(names) or _("alle Gebiete"),
            period=period_text(texts, fault.period) or "–",
            why=sign_reason(texts, fault.status),
        )


# --- what each area gets -------------------------------------------------------------------------------------------


def _table_of_amounts(context: Context, path: str, budget: Budget, result: BudgetResult) -> TableContent:
    """Return each area's amount, earlier spending and share."""
    texts = context.texts
    _ = texts.gettext
    heads = [_("Euro")]
    if budget.outflow is not None:
        heads += [_("{year} ausgegeben").format(year=budget.outflow.year), _("Unterschied")]
    changes = result.changes or {}
    each = _children(context, budget)(result.money.amounts) is not None
    ends = [_("€ je Kind"), _("übrige Stadt, € je Kind")] if each else []
    lines = []
    for key, amount in result.money.amounts.items():
        name = linked(context.href(path, "space", key), named(context, key))
        lines.append((key, name, amount, changes.get(key)))
    whole = sum(changes.values()) if changes else None
    lines.append(("", Markup.escape(_("zusammen")), result.left, whole))
    rows = []
    for key, name, amount, change in lines:
        row = [TableCell(name), euro_cell(texts, amount)]
        if change is not None:
            row += [euro_cell(texts, amount - change), euro_cell(texts, change, signed=True)]
        share = share_text(texts, Fraction(amount * 100, result.left), 1)
        last = _per_child(context, budget, result, key) if key else [NOTHING, NOTHING]
        rows.append((*row, TableCell(share, sort=amount), *(last if each else ())))
    return table_of([_("Gebiet")], [*heads, _("vom Ganzen"), *ends], rows)


FEWEST_CHILDREN = 300
"""Of fewer children an amount for each is no figure."""


def _children(context: Context, budget: Budget) -> Callable[[Iterable[str]], int | None]:
    """Return what counts the shown children of areas: None where one's aren't shown, or together they are too few."""
    series = context.facts.series.get(budget.children or "")
    of_cases = budget.outflow is not None and budget.outflow.cases_from is not None

    def count(spaces: Iterable[str]) -> int | None:
        if series is None or budget.pays_for == "claims" or of_cases:
            return None
        found = [None if cell is None else cell.numerator for cell in map(series.now, spaces)]
        total = int(sum(number for number in found if number is not None))
        return None if None in found or total < FEWEST_CHILDREN else total

    return count


def _per_child(context: Context, budget: Budget, result: BudgetResult, area: str) -> Sequence[TableCell]:
    """Return what an area and the rest of the town get for each child, never in order of size."""
    amounts, count = result.money.amounts, _children(context, budget)
    cells = []
    for spaces in ([area], [key for key in amounts if key != area]):
        children = count(spaces)
        cents = sum(amounts[key] for key in spaces)
        cells.append(TableCell(euro_text(context.texts, round(cents / children))) if children else NOTHING)
    return cells


def _bars(context: Context, budget: Budget, result: BudgetResult) -> Markup:
    """Draw each area's amount, with earlier spending as a stroke; too many areas not at all."""
    texts = context.texts
    if len(result.money.amounts) > MOST_BARS:
        return Markup()
    points = []
    for key in sorted(result.money.amounts, key=lambda key: named(context, key).casefold()):
        cents = result.money.amounts[key]
        text, before = texts.euros(_cents_in_whole_euros(cents)), None
        if result.changes is not None:
            change = _cents_in_whole_euros(result.changes[key])
            text += f" ({'−' if change < 0 else '+'}{texts.number(abs(change), 0)})"
            before = (cents - result.changes[key]) / 100
        points.append(ChartPoint(named(context, key), text, cents / 100, before=before))
    ordered = sorted(points, key=lambda point: point.value or 0)
    words = texts.gettext(
        "Höchster Betrag: {high}. Niedrigster Betrag: {low}. Alle Beträge stehen in der Tabelle."
    )
    low, high = (f"{point.label} {point.text}" for point in (ordered[0], ordered[-1]))
    title = f"{texts.name(budget)}, {years_text(context, budget)}"
    caption = ChartCaption("betraege-balken", title, words.format(high=high, low=low), "€")
    mirrored = texts.dir == "rtl"
    return context.call(bars(caption, points, lambda value: texts.number(round(value)), mirrored=mirrored))


def _cents_in_whole_euros(cents: int) -> Decimal:
    """Return cents in whole euros."""
    return rounded(Decimal(cents).scaleb(-2), 0)


def drawings(context: Context, path: str, key: str) -> tuple[HandedOn, ...]:
    """Return the chart of amounts as a picture."""
    del path
    _ = context.gettext
    budget, facts = budgets(context.site)[key], derived_budgets(context.facts)[key]
    drawn = _bars(context, budget, facts.result) if facts.result is not None else Markup()
    if not drawn:
        return ()
    notes = []
    if facts.illustrative:
        notes.append(_("Diese Beträge sind erfunden, zur Veranschaulichung, oder aus Erfundenem gerechnet."))
    if budget.outflow is not None:
        words = _("Strich: was {year} ausgegeben wurde, in Klammern der Unterschied.")
        notes.append(words.format(year=budget.outflow.year))
    notes += [
        _(
            "In großen Gebieten leben mehr Menschen; ein höherer Betrag heißt nicht, dass es dort mehr für jeden gibt."
        ),
        _("Kein Budget begrenzt den Anspruch einer Familie auf Hilfe."),
    ]
    title = f"{context.texts.name(budget)}: {_('Was jedes Gebiet bekommt')}"
    return (HandedOn("betraege", drawn, title, " ".join(_summary(context, budget, facts)), tuple(notes)),)


# --- the formula ---------------------------------------------------------------------------------------------------


def _formula(context: Context, budget: Budget, result: BudgetResult) -> TableContent:
    """Return the way from the amount by deductions to the pots."""
    texts = context.texts
    _ = texts.gettext
    kinds = {"central": _("Zentrale Angebote"), "reserve": _("Reserve")}
    rows: list[TableRow] = [(TableCell(_("Betrag")), NOTHING, euro_cell(texts, result.total))]
    for item, taken_off in zip(budget.first, result.taken, strict=True):
        name = context.written(item.name) if item.name else kinds[item.kind]
        rule = _("fester Betrag")
        if item.share is not None:
            share = share_text(texts, item.share)
            rule = _("{share} von dem, was dann noch da ist").format(share=share)
        rows.append((TableCell(name), TableCell(rule), euro_cell(texts, -taken_off.cents)))
    rows.append((TableCell(_("wird verteilt")), NOTHING, euro_cell(texts, result.left)))
    for pot in result.money.pots:
        name = context.gettext("Mittelabfluss")
        if pot.rule.weight is not None:
            name = context.translated(context.site.indicators[pot.rule.indicator], "title")
        rule = _pot_share(context, budget, pot)
        rows.append((TableCell(name), TableCell(rule), euro_cell(texts, pot.paid.cents)))
    return table_of([_("Was"), _("Regel")], [_("Euro")], rows)


def _otherwise(context: Context, other: Distribution) -> str:
    """Say what the opposite order of deductions would give."""
    texts = context.texts
    each_gets = texts.join(
        f"{named(context, key)} {euro_text(texts, cents)}" for key, cents in other.amounts.items()
    )
    words = texts.gettext("In umgekehrter Reihenfolge würden {left} verteilt: {amounts}.")
    return words.format(left=euro_text(texts, sum(other.amounts.values())), amounts=each_gets)


def _table_of_sub_budgets(context: Context, budget: Budget, result: BudgetResult) -> TableContent:
    """Return what the sub-budgets come to for all areas together."""
    texts = context.texts
    _ = texts.gettext
    rows: list[TableRow] = []
    for part, cents in zip(budget.sub_budgets, result.parts, strict=True):
        name = TableCell(context.written(part.name))
        rows.append((name, TableCell(share_text(texts, part.share)), euro_cell(texts, cents)))
    return table_of([_("Teilbudget"), _("Anteil")], [_("Euro")], rows)


def _pot_share(context: Context, budget: Budget, pot: Pot) -> str:
    """Say how the share of a pot comes about: „50 % von 60 % = 30 %“, „100 % − 60 % = 40 %“."""
    texts = context.texts
    template, weight = "{share}", ""
    if pot.rule.weight is None:
        template = texts.gettext("{all} − {mix} = {share}")
    elif budget.by_indicators != 100:
        template = texts.gettext("{weight} von {mix} = {share}")
        weight = share_text(texts, budget.weights[pot.rule.weight].weight)
    return template.format(
        all=share_text(texts, 100),
        mix=share_text(texts, budget.by_indicators),
        weight=weight,
        share=share_text(texts, pot.points),
    )


def _weights(context: Context, budget: Budget) -> Iterator[tuple[WeightedIndicator, Indicator, str]]:
    """Yield each weight with its indicator and its share."""
    for item in budget.weights:
        indicator = context.site.indicators.get(item.indicator)
        if indicator is not None:
            share = share_text(context.texts, item.weight) + context.made_up(budget, "weights")
            yield item, indicator, share


def _readings(context: Context, budget: Budget) -> Iterator[tuple[PhaseIn, str]]:
    """Yield each way to 100 % with its steps."""
    texts = context.texts
    _ = texts.gettext
    for phase in budget.phase_in:
        steps = ceil((100 - budget.by_indicators) / phase.step)
        words, months = _("Jedes Jahr {step} Punkte mehr: {all} {when}."), steps * 12
        if phase.interval == "quarter":
            words, months = _("Jedes Vierteljahr {step} Punkte mehr: {all} {when}."), steps * 3
        when = texts.number_of("nach {n} Monat", "nach {n} Monaten", months)
        if months % 12 == 0:
            when = texts.number_of("nach {n} Jahr", "nach {n} Jahren", months // 12)
        yield phase, words.format(step=texts.number(phase.step), all=share_text(texts, 100), when=when)


PAGES = (PageType("budget", each("budgets"), render, pictures=pictures_of(drawings)),)
