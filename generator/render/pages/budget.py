"""The pages of budgets: what each area gets, every step on the way there, and what the weights do; or why there is no number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from markupsafe import Markup

from generator.model.budget import Budget, ClaimsLevel, Inverse, MoneyFor, in_cents
from generator.model.budget_facts import BudgetFacts, BudgetResult, PhasePath, PhaseStep, Pot
from generator.model.cells import rounded
from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.macros import NOTHING, TableCell, TableColumn, TableContent
from generator.render.base.page import Heading, Page
from generator.render.base.pattern import linked, pattern
from generator.render.base.place_names import level_name, named
from generator.render.base.view import View
from generator.render.data_files.figure_downloads import DownloadFile, budget_downloads
from generator.render.figures.charts import ChartCaption, ChartLine, ChartPoint, bars, series_line
from generator.render.figures.charts.bars import MOST as MOST_BARS
from generator.render.figures.money import (
    euro_cell,
    euro_text,
    share_text,
    signed_text,
)
from generator.render.figures.text import period_text, sign_reason

_MILLION = 1_000_000


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


@dataclass(frozen=True, slots=True)
class BudgetView(View):
    """The page of a budget; where it can't be computed `withheld` says why, and no table holds an amount of an area."""

    template = "budget.html"

    budget: Budget
    sentences: tuple[str, ...]
    illustrative: bool
    mark: str
    pays_for: str
    withheld: tuple[str, ...]
    amounts: TableContent | None
    amounts_note: str
    bars: Markup
    steps: tuple[BudgetStep, ...]
    parts: TableContent | None
    ways: Ways | None
    sensitivity: TableContent | None
    money: tuple[MoneyRow, ...]
    origins: tuple[WeightOrigin, ...]
    downloads: tuple[DownloadFile, ...]


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

    lines: tuple[BudgetLine, ...]


def index_keys(site: Site, facts: Facts) -> Iterable[str]:
    """There is a list where there is a budget."""
    del facts
    return ("",) if site.budgets else ()


def budget_lines(context: Context) -> tuple[BudgetLine, ...]:
    """Return all budgets, the newest first."""
    budgets = sorted(context.site.budgets.values(), key=lambda item: (-item.years[-1], item.name.casefold()))
    return tuple(
        BudgetLine(
            item,
            _years(context, item),
            context.texts.euros(item.total),
            context.facts.budgets[item.id].illustrative and not item.fictional,
        )
        for item in budgets
    )


def render_index(context: Context, key: str) -> Page:
    """Make the list of all budgets."""
    _ = context.texts.gettext
    path = context.path("budgets", key)
    return Page(
        path=path,
        lang=context.lang,
        family="reports",
        title=_("Budgets"),
        description=_("Wie Geld auf die Gebiete verteilt wird, Schritt für Schritt."),
        body=context.explain(path, context.render(BudgetsView(budget_lines(context)), path)),
        crumbs=(context.crumb(_("Berichte"), "reports"),),
    )


def render(context: Context, key: str) -> Page:
    """Make the page of one budget."""
    _ = context.texts.gettext
    budget, facts = context.site.budgets[key], context.facts.budgets[key]
    path = context.path("budget", key)
    view = _view(context, path, budget, facts)
    shown = (
        ("betraege", _("Was jedes Gebiet bekommt"), view.amounts is not None),
        ("rechnung", _("Schritt für Schritt"), bool(view.steps)),
        ("teilbudgets", _("Teilbudgets"), view.parts is not None),
        ("weg", _("Der Weg zu 100 % nach Kennzahlen"), view.ways is not None),
        ("gewichte", _("Was die Gewichte ausmachen"), view.sensitivity is not None),
        ("ebenen", _("Drei Ebenen des Geldes"), True),
        ("herkunft", _("Woher die Gewichte kommen"), True),
        ("cent", _("Wie die Cent entstehen"), bool(view.steps)),
        ("daten", _("Daten zum Nachrechnen"), bool(view.downloads)),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="reports",
        title=context.texts.name(budget),
        description=context.texts.of(budget, "summary").text
        or _("Wie Geld auf die Gebiete verteilt wird, Schritt für Schritt."),
        body=context.explain(path, context.render(view, path)),
        crumbs=(context.crumb(_("Berichte"), "reports"), context.crumb(_("Budgets"), "budgets")),
        toc=tuple(Heading(id, label) for id, label, there in shown if there),
    )


def _view(context: Context, path: str, budget: Budget, facts: BudgetFacts) -> BudgetView:
    _ = context.texts.gettext
    result = facts.result
    mark = f" ({_('erfunden')})" if facts.illustrative else ""
    levels = _levels(context)
    return BudgetView(
        budget=budget,
        sentences=tuple(_summary(context, budget, facts)),
        illustrative=facts.illustrative,
        mark=mark,
        pays_for=levels[budget.pays_for][0],
        withheld=tuple(dict.fromkeys(_reasons(context, facts))),
        amounts=_amounts(context, path, budget, result) if result is not None else None,
        amounts_note=_amounts_note(context, budget, result),
        bars=_bars(context, budget, result) if result is not None else Markup(),
        steps=tuple(_steps(context, path, budget, result)) if result is not None else (),
        parts=_parts(context, path, budget, result) if result is not None and result.parts else None,
        ways=_ways(context, path, budget, result) if result is not None and result.paths else None,
        sensitivity=_sensitivity(context, budget, result)
        if result is not None and result.sensitivities
        else None,
        money=tuple(_money(context, budget)),
        origins=tuple(_origins(context, path, budget)),
        downloads=budget_downloads(context, budget.id),
    )


# --- words ---------------------------------------------------------------------------------------------------------


def _years(context: Context, budget: Budget) -> str:
    return context.texts.join(str(year) for year in budget.years)


def _levels(context: Context) -> dict[MoneyFor, tuple[str, str]]:
    """Say what each of the three levels of money is, and what holds for it."""
    _ = context.texts.gettext
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
    if len(budget.years) > 1:
        yield _("{total} für jedes der Haushaltsjahre {years}.").format(
            total=total, years=_years(context, budget)
        )
    else:
        yield _("{total} für das Haushaltsjahr {year}.").format(total=total, year=budget.years[0])
    result = facts.result
    if result is not None and result.taken:
        words = _("Vorab gehen {off} ab, {left} werden verteilt.")
        yield words.format(
            off=euro_text(texts, result.total - result.left), left=euro_text(texts, result.left)
        )
    areas = facts.areas
    many = (
        level_name(context, areas[0], plural=True)
        if areas and len({context.site.spaces[key].level for key in areas if key in context.site.spaces}) == 1
        else _("Gebiete")
    )
    mix = Fraction(budget.by_indicators)
    if mix == 100 or budget.outflow is None:
        yield _("Auf {n} {areas} verteilt wird ganz nach Kennzahlen.").format(n=len(areas), areas=many)
    else:
        yield _(
            "Auf {n} {areas} verteilt werden {share} nach Kennzahlen und {rest} nach dem, was {year} ausgegeben wurde."
        ).format(
            n=len(areas),
            areas=many,
            share=share_text(texts, mix),
            rest=share_text(texts, 100 - mix),
            year=budget.outflow.year,
        )


def _reasons(context: Context, facts: BudgetFacts) -> Iterator[str]:
    """Say which figures are missing, and where; of a mistake in the record only that there is one."""
    texts = context.texts
    _ = texts.gettext
    for fault in facts.faults:
        indicator = context.site.indicators.get(fault.indicator)
        if indicator is None:
            yield _("Der Eintrag dieses Budgets hat einen Fehler. „nahraum check“ sagt, welchen.")
            continue
        title = texts.of(indicator, "title").text
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


def _area_cell(context: Context, path: str, key: str) -> TableCell:
    href = urls.relative(path, context.path("space", key))
    return TableCell(linked(href, named(context, key)))


def _pot_title(context: Context, pot: Pot) -> str:
    """Name a pot: its indicator with the part of a breakdown, or last year's outflow."""
    texts = context.texts
    _ = texts.gettext
    if pot.weight is None:
        return _("Mittelabfluss")
    indicator = context.site.indicators[pot.indicator]
    english = context.lang != context.site.config.language
    names = [
        (value.name_en if english else None) or value.name
        for breakdown, chosen in zip(indicator.breakdowns, pot.part, strict=True)
        for value in breakdown.values
        if value.id == chosen
    ]
    return ", ".join([texts.of(indicator, "title").text, *names])


def _largest(context: Context, changes: Mapping[str, int]) -> tuple[str, str]:
    """Name who gains most and who loses most, each with the amount; nothing where nothing changes."""

    def said(key: str) -> str:
        return f"{named(context, key)} {signed_text(context.texts, changes[key])}"

    high = max(sorted(changes), key=lambda key: changes[key])
    low = min(sorted(changes), key=lambda key: changes[key])
    if not changes[high]:
        return "", ""
    return said(high), said(low)


# --- what comes out ------------------------------------------------------------------------------------------------


def _amounts(context: Context, path: str, budget: Budget, result: BudgetResult) -> TableContent:
    texts = context.texts
    _ = texts.gettext
    outflow = budget.outflow
    columns = [TableColumn(_("Gebiet"), key="name"), TableColumn(_("Euro"), num=True, key="euro")]
    if outflow is not None:
        columns += [
            TableColumn(_("{year} ausgegeben").format(year=outflow.year), num=True, key="before"),
            TableColumn(_("Unterschied"), num=True, key="change"),
        ]
    columns.append(TableColumn(_("vom Ganzen"), num=True, key="share"))
    rows = []
    before = {key: in_cents(outflow.amounts[key]) for key in result.areas} if outflow is not None else {}
    for key in result.areas:
        amount = result.money.amounts[key]
        rows.append(
            _amount_row(context, _area_cell(context, path, key), amount, before.get(key), result.left)
        )
    whole = sum(before.values()) if before else None
    rows.append(_amount_row(context, TableCell(_("zusammen")), result.left, whole, result.left))
    return TableContent(tuple(columns), tuple(rows))


def _amount_row(
    context: Context, head: TableCell, amount: int, before: int | None, whole: int
) -> tuple[TableCell, ...]:
    texts = context.texts
    row = [head, euro_cell(texts, amount)]
    if before is not None:
        row += [euro_cell(texts, before), euro_cell(texts, amount - before, signed=True)]
    share = Fraction(amount * 100, whole)
    return (*row, TableCell(share_text(texts, share, 1), sort=amount))


def _amounts_note(context: Context, budget: Budget, result: BudgetResult | None) -> str:
    _ = context.texts.gettext
    if result is None:
        return ""
    words = [_("Die Cent ergeben zusammen genau das, was verteilt wird.")]
    if budget.outflow is not None:
        texts = context.texts
        spent = sum(in_cents(budget.outflow.amounts[key]) for key in result.areas)
        if result.left != spent:
            said = _(
                "Der Unterschied setzt Geplantes neben die Ausgaben {year}. Zusammen sind es {change}; davon kommt ein Teil jedes Unterschieds."
            )
            words.append(
                said.format(year=budget.outflow.year, change=signed_text(texts, result.left - spent))
            )
    if result.changes is not None and budget.pays_for == "claims":
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
    texts = context.texts
    _ = texts.gettext
    if len(result.areas) > MOST_BARS:
        return Markup()
    points = [
        ChartPoint(named(context, key), texts.euros(rounded(Decimal(cents).scaleb(-2), 0)), cents / 100)
        for key, cents in sorted(
            result.money.amounts.items(), key=lambda item: named(context, item[0]).casefold()
        )
    ]
    low, *_between, high = sorted(points, key=lambda point: point.value or 0) * (2 if len(points) == 1 else 1)
    description = _(
        "Höchster Betrag: {high}. Niedrigster Betrag: {low}. Alle Beträge stehen in der Tabelle."
    ).format(high=f"{high.label} {high.text}", low=f"{low.label} {low.text}")
    caption = ChartCaption(
        "betraege-balken", f"{texts.name(budget)}, {_years(context, budget)}", description, "€"
    )
    millions = max(result.money.amounts.values()) >= 100 * _MILLION

    def write(value: float) -> str:
        return (
            _("{n} Mio.").format(n=texts.number(value / _MILLION)) if millions else texts.number(round(value))
        )

    return context.call(bars(caption, points, write, mirrored=texts.dir == "rtl"))


# --- step by step --------------------------------------------------------------------------------------------------


def _steps(context: Context, path: str, budget: Budget, result: BudgetResult) -> Iterator[BudgetStep]:
    texts = context.texts
    _ = texts.gettext
    number = 1
    if budget.first:
        yield _deductions(context, budget, result, number)
        number += 1
    yield _division(context, budget, result, number)
    for pot in result.money.pots:
        number += 1
        yield _pot_step(context, path, budget, result, pot, number)
    number += 1
    columns = (
        TableColumn(_("Gebiet")),
        *(TableColumn(_pot_title(context, pot), num=True) for pot in result.money.pots),
        TableColumn(_("zusammen"), num=True),
    )
    rows = [
        (
            _area_cell(context, path, key),
            *(euro_cell(texts, pot.claims[key].cents) for pot in result.money.pots),
            euro_cell(texts, result.money.amounts[key]),
        )
        for key in result.areas
    ]
    rows.append(
        (
            TableCell(_("zusammen")),
            *(euro_cell(texts, pot.cents) for pot in result.money.pots),
            euro_cell(texts, result.left),
        )
    )
    yield BudgetStep(
        "summe",
        _("{n}. Zusammenzählen").format(n=number),
        (_("Jede Zeile ergibt den Betrag des Gebiets, jede Spalte den Topf."),),
        _("Alle Töpfe, in Euro"),
        TableContent(columns, tuple(rows)),
    )


def _deductions(context: Context, budget: Budget, result: BudgetResult, number: int) -> BudgetStep:
    texts = context.texts
    _ = texts.gettext
    kinds = {"central": _("Zentrale Angebote"), "reserve": _("Reserve")}
    rows = [(TableCell(_("Betrag")), NOTHING, euro_cell(texts, result.total))]
    for item, taken in zip(budget.first, result.taken, strict=True):
        name = context.written(item.name) if item.name else kinds[item.kind]
        how = (
            _("{share} von dem, was dann noch da ist").format(share=share_text(texts, Fraction(item.share)))
            if item.share is not None
            else _("fester Betrag")
        )
        rows.append((TableCell(name), TableCell(how), euro_cell(texts, -taken.cents)))
    rows.append((TableCell(_("wird verteilt")), NOTHING, euro_cell(texts, result.left)))
    said: list[str | Markup] = []
    if len(budget.first) > 1:
        said.append(_("Die Reihenfolge ist Teil der Regel."))
    if result.backwards is not None:
        left = result.total - sum(taken.cents for taken in result.backwards)
        amounts = Markup(", ").join(
            pattern("{} {}").format(
                context.written(item.name) if item.name else kinds[item.kind], euro_text(texts, taken.cents)
            )
            for item, taken in zip(budget.first, result.backwards, strict=True)
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
        rows.append((TableCell(_pot_title(context, pot)), TableCell(how), euro_cell(texts, pot.cents)))
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
    said: list[str | Markup] = []
    if pot.weight is None:
        said.append(
            _("Jedes Gebiet bekommt den Anteil, den es {year} am Mittelabfluss hatte.").format(
                year=pot.period
            )
        )
        if budget.outflow is not None and budget.outflow.source:
            said.append(pattern("{} {}.").format(_("Quelle:"), context.written(budget.outflow.source)))
        measure = _("ausgegeben (Euro)")
        anchor = "topf-abfluss"
    else:
        item = budget.weights[pot.weight]
        href = urls.relative(path, context.path("report", pot.indicator))
        anchor = f"topf-{pot.weight + 1}"
        measure = _("Anzahl")
        unit = texts.of(context.site.indicators[pot.indicator], "unit").text
        measure = unit or measure
        link = linked(href, _("Zur Kennzahl"))
        if pot.inverse is None:
            said.append(_("Jedes Gebiet bekommt den Anteil, den es an der Summe aller Gebiete hat."))
        else:
            said.append(_("Mehr davon heißt hier weniger Bedarf und weniger Geld."))
            said.append(_rule_words(context, pot.inverse))
            said.append(_("Eine Norm dafür gibt es nicht; die Regel ist gesetzt."))
            other = result.other_rules.get(pot.weight)
            if other is not None:
                changes = {key: other[key] - result.money.amounts[key] for key in result.areas}
                high, low = _largest(context, changes)
                if high:
                    said.append(
                        _("Nach der anderen Regel änderte sich am meisten: {high}, {low}.").format(
                            high=high, low=low
                        )
                    )
        if item.reason:
            said.append(context.written(item.reason))
        said.append(link)
    rows = [
        (
            _area_cell(context, path, key),
            TableCell(
                texts.number(claim.measure, 2 if pot.weight is None else None), sort=str(claim.measure)
            ),
            TableCell(share_text(texts, claim.share * 100, 2)),
            euro_cell(texts, claim.cents),
        )
        for key, claim in pot.claims.items()
    ]
    whole = sum(claim.measure for claim in pot.claims.values())
    rows.append(
        (
            TableCell(_("zusammen")),
            TableCell(texts.number(whole, 2 if pot.weight is None else None)),
            NOTHING,
            euro_cell(texts, pot.cents),
        )
    )
    name = _pot_title(context, pot)
    return BudgetStep(
        anchor,
        _("{n}. Topf: {name}").format(n=number, name=name),
        tuple(said),
        _("Anteile am Topf, Zahlen von {period}").format(period=period_text(texts, pot.period)),
        TableContent(
            (
                TableColumn(_("Gebiet")),
                TableColumn(measure, num=True),
                TableColumn(_("vom Topf"), num=True),
                TableColumn(_("Euro"), num=True),
            ),
            tuple(rows),
        ),
        folded=name,
    )


def _parts(context: Context, path: str, budget: Budget, result: BudgetResult) -> TableContent:
    texts = context.texts
    _ = texts.gettext
    columns = (
        TableColumn(_("Gebiet")),
        *(
            TableColumn(
                pattern("{} ({})").format(
                    context.written(part.name), share_text(texts, Fraction(part.share))
                ),
                num=True,
            )
            for part in budget.sub_budgets
        ),
        TableColumn(_("zusammen"), num=True),
    )
    rows = [
        (
            _area_cell(context, path, key),
            *(euro_cell(texts, cents) for cents in result.parts[key]),
            euro_cell(texts, result.money.amounts[key]),
        )
        for key in result.areas
    ]
    sums = [
        sum(result.parts[key][number] for key in result.areas) for number in range(len(budget.sub_budgets))
    ]
    rows.append(
        (
            TableCell(_("zusammen")),
            *(euro_cell(texts, cents) for cents in sums),
            euro_cell(texts, result.left),
        )
    )
    return TableContent(columns, tuple(rows))


# --- the way to 100 % ----------------------------------------------------------------------------------------------


def _ways(context: Context, path: str, budget: Budget, result: BudgetResult) -> Ways:
    texts = context.texts
    _ = texts.gettext
    last = max(step.year for way in result.paths for step in way.steps)
    first = budget.years[0]
    quarterly = any(step.quarter for way in result.paths for step in way.steps)
    times = [
        (year, quarter)
        for year in range(first, last + 1)
        for quarter in ((1, 2, 3, 4) if quarterly else (1,))
    ]
    # The last year is shown until its first step alone: from then on all is as it will be.
    times = [time for time in times if time <= (last, 1)]
    held = [_held(way, times) for way in result.paths]
    return Ways(
        picture=_ways_picture(context, budget, times, held),
        shares=_shares_table(context, budget, times, held),
        difference=_difference(context, path, budget, result, first),
        about=_(
            "Gerechnet ist mit gleichem Betrag, gleichen Kennzahlen und gleichem Mittelabfluss; in Wirklichkeit ändern sich alle drei."
        )
        + (" " + _("Ein Vierteljahr verteilt ein Viertel des Jahresbetrags.") if quarterly else ""),
        tables=tuple(
            _way_table(context, path, budget, result, number, way) for number, way in enumerate(result.paths)
        ),
    )


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
    lines = [
        ChartLine(
            str(context.written(phase.name).striptags()),
            tuple(
                ChartPoint(names[period] or period, share_text(texts, share), float(share))
                for period, share in zip(periods, shares, strict=True)
            ),
            "other" if number else "",
        )
        for number, (phase, shares) in enumerate(zip(budget.phase_in, held, strict=True))
    ]
    caption = ChartCaption(
        "weg-linien",
        _("Anteil nach Kennzahlen"),
        _("Alle Werte stehen in der Tabelle darunter."),
        "%",
    )
    return context.call(
        series_line(caption, periods, lines, lambda value: texts.number(round(value)), names=names)
    )


def _shares_table(
    context: Context, budget: Budget, times: list[tuple[int, int]], held: list[list[Fraction]]
) -> TableContent:
    texts = context.texts
    _ = texts.gettext
    columns = (
        TableColumn(_("Wann")),
        *(TableColumn(context.written(phase.name), num=True) for phase in budget.phase_in),
    )
    rows = []
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
    two = len(result.paths) > 1
    start = [way.years[first] for way in result.paths]
    goal = result.paths[0].steps[-1].money.amounts
    if result.paths[0].steps[-1].quarter is not None:
        goal = result.paths[0].years[max(result.paths[0].years)]
    columns = [
        TableColumn(_("Gebiet")),
        *(
            TableColumn(pattern("{}: {}").format(first, context.written(phase.name)), num=True)
            for phase in budget.phase_in
        ),
    ]
    if two:
        columns.append(TableColumn(_("Unterschied"), num=True))
    columns.append(TableColumn(_("bei 100 %, im Jahr"), num=True))
    rows = []
    for key in (*result.areas, ""):
        amounts = [sums[key] if key else sum(sums.values()) for sums in start]
        end = goal[key] if key else sum(goal.values())
        row = [
            _area_cell(context, path, key) if key else TableCell(_("zusammen")),
            *(euro_cell(texts, cents) for cents in amounts),
        ]
        if two:
            row.append(euro_cell(texts, amounts[-1] - amounts[0], signed=True))
        rows.append((*row, euro_cell(texts, end)))
    return TableContent(tuple(columns), tuple(rows))


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
    rows = [
        (_area_cell(context, path, key), *(euro_cell(texts, step.money.amounts[key]) for step in steps))
        for key in result.areas
    ]
    rows.append((TableCell(_("zusammen")), *(euro_cell(texts, step.money.cents) for step in steps)))
    phase = budget.phase_in[number]
    return WayTable(
        f"weg-{number + 1}",
        str(context.written(phase.name).striptags()),
        phase.note or "",
        TableContent(columns, tuple(rows)),
    )


# --- what weights do, where they come from -------------------------------------------------------------------------


def _sensitivity(context: Context, budget: Budget, result: BudgetResult) -> TableContent:
    texts = context.texts
    _ = texts.gettext
    pots = {pot.weight: pot for pot in result.money.pots}
    rows = []
    for item in result.sensitivities:
        high, low = _largest(context, item.changes)
        weight = Fraction(budget.weights[item.weight].weight)
        rows.append(
            (
                TableCell(_pot_title(context, pots[item.weight])),
                TableCell(
                    _("von {old} auf {new}").format(
                        old=share_text(texts, weight), new=share_text(texts, item.raised)
                    )
                ),
                TableCell(high or _("niemand")),
                TableCell(low or _("niemand")),
                euro_cell(texts, item.moved),
            )
        )
    columns = (
        TableColumn(_("Gewicht")),
        TableColumn(_("steigt")),
        TableColumn(_("gewinnt am meisten")),
        TableColumn(_("verliert am meisten")),
        TableColumn(_("verschoben, in Euro"), num=True),
    )
    return TableContent(columns, tuple(rows))


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
            href = urls.relative(path, context.path("report", item.indicator))
            name = linked(href, title)
        share = share_text(context.texts, Fraction(item.weight)) + context.made_up(budget, "weights")
        yield WeightOrigin(name, share, item.reason or "", item.source or "", item.criticism or "")
