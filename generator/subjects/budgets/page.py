"""The pages of budgets: what each area gets, where each weight comes from and what more of it does; or why there is no number, as far as that may be told; the list of all, which picture can be taken along. Every step: `subjects/budgets/page_steps.py`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from markupsafe import Markup

from generator.model.cells import rounded
from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.base.area_names import named
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.page import Page
from generator.render.base.page_type import PageType, each, record_page
from generator.render.base.view import TableCell, TableColumn, TableContent, View, table_of
from generator.render.data_files.downloads import DownloadFile, record_downloads
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
    ClaimsLevel,
    MoneyFor,
    budgets,
    derived_budgets,
)
from generator.subjects.budgets.page_steps import (
    BudgetStep,
    Ways,
    area_cell,
    budget_steps,
    budget_ways,
    parts_table,
    pot_title,
)


@dataclass(frozen=True, slots=True)
class WeightOrigin:
    """A weight with why it is there, where it comes from, and what speaks against it."""

    name: Markup
    share: str
    reason: str
    source: str
    criticism: str


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One of the three levels of money; `here` is the one that this budget pays for."""

    name: str
    says: str
    amount: str
    text: str
    here: bool


@dataclass(frozen=True, slots=True)
class BudgetView(View):
    """The page of a budget; where it can't be computed `withheld` says why, and no table holds an amount of an area."""

    template = "budget.html"

    budget: Budget
    sentences: Sequence[str]
    illustrative: bool
    mark: str
    pays_for: str
    withheld: Sequence[str]
    amounts: TableContent | None
    amounts_note: str
    bars: Markup
    take: TakeAlong
    steps: Sequence[BudgetStep]
    parts: TableContent | None
    ways: Ways | None
    sensitivity: TableContent | None
    money: Sequence[MoneyRow]
    origins: Sequence[WeightOrigin]
    downloads: Sequence[DownloadFile]


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A budget in the list of all: its years and what it comes to."""

    budget: Budget
    years: str
    amount: str
    made_up: bool


@dataclass(frozen=True, slots=True)
class BudgetsView(View):
    """The list of all budgets."""

    template = "budgets.html"

    lines: Sequence[BudgetLine]


def index_keys(site: Site, facts: Facts) -> Iterable[str]:
    """There is a list where there is a budget."""
    del facts
    return ("",) if budgets(site) else ()


def budget_lines(context: Context) -> list[BudgetLine]:
    """Return all budgets, the newest first."""
    found = sorted(budgets(context.site).values(), key=lambda item: (-item.years[-1], item.name.casefold()))
    return [
        BudgetLine(
            item,
            _years(context, item),
            _amount(context, item),
            derived_budgets(context.facts)[item.id].illustrative and not item.fictional,
        )
        for item in found
    ]


def render_index(context: Context, key: str) -> Page:
    """Make the list of all budgets."""
    _ = context.gettext
    path = context.path("budgets", key)
    return context.page(
        BudgetsView(budget_lines(context)),
        path,
        family="reports",
        title=_("Budgets"),
        description=_("Wie Geld auf die Gebiete verteilt wird, Schritt für Schritt."),
        crumbs=(context.crumb(_("Berichte"), "reports"),),
    )


def render(context: Context, key: str) -> Page:
    """Make the page of one budget."""
    _ = context.gettext
    budget, facts = budgets(context.site)[key], derived_budgets(context.facts)[key]
    path = context.path("budget", key)
    view = _view(context, path, budget, facts)
    otherwise = _("Wie Geld auf die Gebiete verteilt wird, Schritt für Schritt.")
    return record_page(context, path, budget, view, otherwise, [context.crumb(_("Budgets"), "budgets")])


def _view(context: Context, path: str, budget: Budget, facts: BudgetFacts) -> BudgetView:
    result = facts.result
    amounts = parts = ways = sensitivity = None
    note, drawn, steps = "", Markup(), list[BudgetStep]()
    if result is not None:
        amounts = _amounts(context, path, budget, result)
        note = _amounts_note(context, budget, result)
        drawn = _bars(context, budget, result)
        steps += budget_steps(context, path, budget, result)
        parts = parts_table(context, path, budget, result) if result.parts else None
        ways = budget_ways(context, path, budget, result) if result.paths else None
        sensitivity = _sensitivity(context, budget, result) if result.sensitivities else None
    return BudgetView(
        budget=budget,
        sentences=tuple(_summary(context, budget, facts)),
        illustrative=facts.illustrative,
        mark=f" ({context.gettext('erfunden')})" if facts.illustrative else "",
        pays_for=_levels(context)[budget.pays_for][0],
        withheld=tuple(dict.fromkeys(_reasons(context, facts))),
        amounts=amounts,
        amounts_note=note,
        bars=drawn,
        take=taken(context, path, context.texts.name(budget), drawings(context, path, budget.id)),
        steps=tuple(steps),
        parts=parts,
        ways=ways,
        sensitivity=sensitivity,
        money=tuple(_money(context, budget)),
        origins=tuple(_origins(context, path, budget)),
        downloads=record_downloads(context, "budgets", budget.id),
    )


def _amount(context: Context, budget: Budget) -> str:
    """Write what a budget comes to; where it is for two years, that it is so much in each."""
    total = context.texts.euros(budget.total)
    if len(budget.years) > 1:
        total = context.gettext("im Jahr {amount}").format(amount=total)
    return total


def _years(context: Context, budget: Budget) -> str:
    return context.texts.join(str(year) for year in budget.years)


def _levels(context: Context) -> dict[MoneyFor, tuple[str, str]]:
    """Say what each of the three levels of money is, and what holds for it."""
    _ = context.gettext
    return {
        "infrastructure": (
            _("Infrastruktur der Stadt"),
            _(
                "Angebote für alle und Vorhaben, die mehrere Bereiche verbinden, etwa Wohnen, Gesundheit und Jugendhilfe."
            ),
        ),
        "quarter": (
            _("Arbeit im Quartier"),
            _(
                "Was Menschen vor Ort stärkt, ohne dass jemand einen Antrag stellt. Hier kann ein Sozialraumbudget passen."
            ),
        ),
        "claims": (
            _("Einzelne Ansprüche"),
            _("Hilfen, auf die ein Mensch Anspruch hat. Dieses Geld ist nie begrenzt."),
        ),
    }


def _summary(context: Context, budget: Budget, facts: BudgetFacts) -> Iterator[str]:
    texts = context.texts
    _ = texts.gettext
    total = texts.euros(budget.total) + context.made_up(budget, "total")
    words = _("{total} für das Haushaltsjahr {year}.")
    if len(budget.years) > 1:
        words = _("{total} für jedes der Haushaltsjahre {years}.")
    yield words.format(total=total, year=budget.years[0], years=_years(context, budget))
    result = facts.result
    if result is not None and result.taken:
        words = _("Vorab gehen {off} ab, {left} werden verteilt.")
        yield words.format(
            off=euro_text(texts, result.total - result.left), left=euro_text(texts, result.left)
        )
    areas = len(facts.areas)
    mix = budget.by_indicators
    if mix == 100 or budget.outflow is None:
        yield _("Auf {n} Gebiete verteilt wird ganz nach Kennzahlen.").format(n=areas)
    else:
        words = _(
            "Auf {n} Gebiete verteilt werden {share} nach Kennzahlen und {rest} nach dem, was {year} ausgegeben wurde."
        )
        share, rest = share_text(texts, mix), share_text(texts, 100 - mix)
        yield words.format(n=areas, share=share, rest=rest, year=budget.outflow.year)


def _reasons(context: Context, facts: BudgetFacts) -> Iterator[str]:
    """Say which figures are missing, and where; of what is wrong or missing in the record itself only that there is something."""
    texts = context.texts
    _ = texts.gettext
    for fault in facts.faults:
        indicator = context.site.indicators.get(fault.indicator)
        if indicator is None:
            yield _("Eine gültige Angabe im Eintrag dieses Budgets; „nahraum check“ sagt, welche.")
            continue
        title = context.translated(indicator, "title")
        why = sign_reason(texts, fault.status)
        names = [named(context, key) for key in fault.spaces if key in context.site.spaces]
        where = texts.join(names) or _("alle Gebiete")
        if fault.path[:1] == ("outflow",):
            words = _(
                "{title}, {where}, {period}: {why} Was dort ausgegeben wurde, könnte verraten, wie viele es sind."
            )
        else:
            words = _("{title}, {where}, {period}: {why}")
        yield words.format(title=title, where=where, period=period_text(texts, fault.period) or "–", why=why)


def _amounts(context: Context, path: str, budget: Budget, result: BudgetResult) -> TableContent:
    texts = context.texts
    _ = texts.gettext
    columns = [TableColumn(_("Gebiet"), key="name"), TableColumn(_("Euro"), num=True, key="euro")]
    if budget.outflow is not None:
        spent = _("{year} ausgegeben").format(year=budget.outflow.year)
        columns.append(TableColumn(spent, num=True, key="before"))
        columns.append(TableColumn(_("Unterschied"), num=True, key="change"))
    columns.append(TableColumn(_("vom Ganzen"), num=True, key="share"))
    lines = []
    for key, amount in result.money.amounts.items():
        lines.append((area_cell(context, path, key), amount, (result.changes or {}).get(key)))
    change = sum(result.changes.values()) if result.changes else None
    lines.append((TableCell(_("zusammen")), result.left, change))
    rows = []
    for head, amount, change in lines:
        row = [head, euro_cell(texts, amount)]
        if change is not None:
            row += [euro_cell(texts, amount - change), euro_cell(texts, change, signed=True)]
        share = Fraction(amount * 100, result.left)
        rows.append((*row, TableCell(share_text(texts, share, 1), sort=amount)))
    return TableContent(columns, rows)


def _amounts_note(context: Context, budget: Budget, result: BudgetResult) -> str:
    _ = context.gettext
    words = [_("Die Cent ergeben zusammen genau das, was verteilt wird.")]
    if budget.outflow is not None and result.changes is not None:
        change = sum(result.changes.values())
        if change:
            said = _(
                "Der Unterschied setzt Geplantes neben die Ausgaben {year}. Zusammen sind es {change}; davon kommt ein Teil jedes Unterschieds."
            )
            words.append(said.format(year=budget.outflow.year, change=signed_text(context.texts, change)))
        if budget.pays_for == "claims":
            words.append(
                _(
                    "Ein Unterschied zum Vorjahr ist keine Kürzung von Hilfen: Ansprüche gelten in jedem Gebiet gleich."
                )
            )
    if result.rounded:
        words.append(
            _("Manche Zahlen sind zum Schutz gerundet veröffentlicht; gerechnet ist mit den gerundeten.")
        )
    return " ".join(words)


def _bars(context: Context, budget: Budget, result: BudgetResult) -> Markup:
    """Draw what each area gets, and, where it is known, what was spent before and the difference, in whole euros."""
    texts = context.texts
    if len(result.areas) > MOST_BARS:
        return Markup()
    points = []
    for key in sorted(result.areas, key=lambda key: named(context, key).casefold()):
        cents = result.money.amounts[key]
        said, before = texts.euros(_whole(cents)), None
        if result.changes is not None:
            change = _whole(result.changes[key])
            sign = "−" if change < 0 else "+"
            said += f" ({sign}{texts.number(abs(change), 0)})"
            before = (cents - result.changes[key]) / 100
        points.append(ChartPoint(named(context, key), said, cents / 100, before=before))
    ordered = sorted(points, key=lambda point: point.value or 0)
    low, high = ordered[0], ordered[-1]
    words = texts.gettext(
        "Höchster Betrag: {high}. Niedrigster Betrag: {low}. Alle Beträge stehen in der Tabelle."
    )
    description = words.format(high=f"{high.label} {high.text}", low=f"{low.label} {low.text}")
    title = f"{texts.name(budget)}, {_years(context, budget)}"
    caption = ChartCaption("betraege-balken", title, description, "€")
    mirrored = texts.dir == "rtl"
    return context.call(bars(caption, points, lambda value: texts.number(round(value)), mirrored=mirrored))


def _whole(cents: int) -> Decimal:
    """Return cents in whole euros."""
    return rounded(Decimal(cents).scaleb(-2), 0)


def drawings(context: Context, path: str, key: str) -> tuple[HandedOn, ...]:
    """Return what each area gets beside what was spent there, to be taken along; nothing where it isn't computed."""
    del path
    _ = context.gettext
    budget, facts = budgets(context.site)[key], derived_budgets(context.facts)[key]
    drawn = _bars(context, budget, facts.result) if facts.result is not None else Markup()
    if not drawn:
        return ()
    said = []
    if facts.illustrative:
        said.append(_("Diese Beträge sind erfunden, zur Veranschaulichung, oder aus Erfundenem gerechnet."))
    if budget.outflow is not None:
        words = _("Strich: was {year} ausgegeben wurde, in Klammern der Unterschied.")
        said.append(words.format(year=budget.outflow.year))
    said += [
        _(
            "In großen Gebieten leben mehr Menschen; ein höherer Betrag heißt nicht, dass es dort mehr für jeden gibt."
        ),
        _("Kein Budget begrenzt den Anspruch einer Familie auf Hilfe."),
    ]
    title = f"{context.texts.name(budget)}: {_('Was jedes Gebiet bekommt')}"
    return (HandedOn("betraege", drawn, title, " ".join(_summary(context, budget, facts)), tuple(said)),)


def _sensitivity(context: Context, budget: Budget, result: BudgetResult) -> TableContent:
    """Say of each weight what more of it does: who gains most, who loses most, and how much money moves."""
    texts = context.texts
    _ = texts.gettext
    pots = {pot.weight: pot for pot in result.money.pots}
    heads = (_("Gewicht"), _("steigt"), _("gewinnt am meisten"), _("verliert am meisten"))
    rows = []
    for item in result.sensitivities:
        weight = budget.weights[item.weight].weight
        rises = _("von {old} auf {new}").format(
            old=share_text(texts, weight), new=share_text(texts, item.raised)
        )
        cells = [TableCell(pot_title(context, pots[item.weight])), TableCell(rises)]
        order = sorted(item.changes, key=lambda key: (item.changes[key], key))
        for key in (order[-1], order[0]):
            change = item.changes[key]
            said = f"{named(context, key)} {signed_text(texts, change)}" if change else _("niemand")
            cells.append(TableCell(said))
        rows.append((*cells, euro_cell(texts, item.moved)))
    return table_of(heads, [_("verschoben, in Euro")], rows)


def _money(context: Context, budget: Budget) -> Iterator[MoneyRow]:
    texts = context.texts
    _ = texts.gettext
    for level, (name, says) in _levels(context).items():
        here = budget.pays_for == level
        known = budget.of_money(level)
        amount = known.expected if isinstance(known, ClaimsLevel) else known.amount
        if amount is None and here:
            amount = budget.total
        if amount is None:
            words = _("Betrag nicht genannt")
        elif level == "claims":
            words = _("erwartet {amount}, ohne Obergrenze").format(amount=texts.euros(amount))
        else:
            words = texts.euros(amount)
        made_up = "total" if here else "money"
        yield MoneyRow(name, says, words + context.made_up(budget, made_up), known.text or "", here)


def _origins(context: Context, path: str, budget: Budget) -> Iterator[WeightOrigin]:
    for item in budget.weights:
        indicator = context.site.indicators.get(item.indicator)
        if indicator is None:
            continue
        title = context.translated(indicator, "title")
        name = title
        if context.exists("report", item.indicator):
            href = context.href(path, "report", item.indicator)
            name = linked(href, title)
        if indicator.unit:
            name = pattern("{} ({})").format(name, context.written(indicator.unit))
        share = share_text(context.texts, item.weight) + context.made_up(budget, "weights")
        yield WeightOrigin(name, share, item.reason or "", item.source or "", item.criticism or "")


PAGES = (
    PageType("budgets", index_keys, render_index),
    PageType("budget", each("budgets"), render, pictures=pictures_of(drawings)),
)
