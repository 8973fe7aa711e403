"""The downloads of budgets: a calculation sheet with formulas, tables and JSON of every step; which there are, what writes each.

A budget that can't be computed from published figures has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from generator.export.datasets import INVENTED, Column, Dataset, Value
from generator.export.figure_files import as_json, excel_csv, plain_csv
from generator.export.indicator_files import KINDS, FigureFile
from generator.export.licences import licence
from generator.export.record_downloads import RecordFile
from generator.export.source import ExportSource
from generator.subjects.budgets.model import Budget, budgets
from generator.subjects.budgets.model_results import (
    BudgetFacts,
    BudgetResult,
    Distribution,
    Pot,
    derived_budgets,
)


def _(message: str) -> str:
    """Mark a text for the catalogues; pages that list the file translate it."""
    return message


_SHEET = _("Rechenblatt mit Formeln zum Nachrechnen und Ändern")
BUDGET_KINDS: tuple[FigureFile, ...] = tuple(kind for kind in KINDS if kind.ending != ".geojson")
"""The calculation sheet and the tables, with the endings that downloads of indicators have."""
_COLUMNS = (
    Column("way", "Lesart", "string", "Lesart des Wegs zu 100 %; leer: das Budget, wie es ist"),
    Column("year", "Haushaltsjahr", "integer", "Haushaltsjahr"),
    Column("quarter", "Vierteljahr", "integer", "Vierteljahr, wo in Vierteljahren gerechnet ist"),
    Column(
        "by_indicators", "nach Kennzahlen in Prozent", "number", "Welcher Anteil nach Kennzahlen verteilt ist"
    ),
    Column("space", "Kürzel des Gebiets", "string", "Kürzel des Gebiets in dieser Veröffentlichung"),
    Column("name", "Gebiet", "string", "Name des Gebiets"),
    Column("pot", "Topf", "string", "Kürzel der Kennzahl, abfluss, zusammen oder, vom Ganzen, teilbudget"),
    Column(
        "rule",
        "verteilt nach",
        "string",
        "Die Kennzahl oder der Mittelabfluss, mit Zeitraum; beim Teilbudget sein Name",
    ),
    Column("measure", "Grundlage", "number", "Die veröffentlichte Zahl, beim Mittelabfluss Euro"),
    Column("euro", "Euro", "number", "Was das Gebiet bekommt, auf den Cent"),
    Column("illustrative", "erfunden", "boolean", INVENTED),
)


def budget_path(key: str, ending: str) -> str:
    """Return where a file of a budget lies, from the site's root."""
    return f"daten/budgets/{key}{ending}"


def files(source: ExportSource) -> Iterator[RecordFile]:
    """Yield every file of every budget that can be computed."""
    for key, facts in derived_budgets(source.facts).items():
        if facts.result is None:
            continue
        for kind in BUDGET_KINDS:
            holds = _SHEET if kind.ending == ".xlsx" else kind.holds
            write = _maker(source, facts, facts.result, kind.ending)
            yield RecordFile("budgets", key, budget_path(key, kind.ending), holds, kind.form, write)


def _maker(
    source: ExportSource, facts: BudgetFacts, result: BudgetResult, ending: str
) -> Callable[[], bytes]:
    budget = budgets(source.site)[facts.id]
    if ending == ".xlsx":
        return lambda: _sheet(source, budget, facts, result)
    write = {"-excel.csv": excel_csv, ".csv": plain_csv, ".json": as_json}[ending]
    return lambda: write(budget_dataset(source, budget, facts, result))


def pot_name(source: ExportSource, pot: Pot) -> str:
    """Name what a pot is distributed by, with its period."""
    if pot.weight is None:
        return f"Mittelabfluss {pot.period}"
    indicator = source.site.indicators[pot.indicator]
    parts: list[str] = []
    for breakdown, chosen in zip(indicator.breakdowns, pot.part, strict=True):
        parts += [value.name for value in breakdown.values if value.id == chosen]
    return ", ".join([source.text(indicator, "title"), *parts, pot.period])


def budget_dataset(source: ExportSource, budget: Budget, facts: BudgetFacts, result: BudgetResult) -> Dataset:
    """Return every amount of a budget and of its ways to 100 % as one table."""
    config = source.site.config
    rows = [*_rows(source, facts, "", budget.years[0], None, result.money)]
    rows += _parts(source, budget, facts, result)
    for phase, path in zip(budget.phase_in, result.paths, strict=True):
        for step in path.steps:
            rows += _rows(source, facts, phase.name, step.year, step.quarter, step.money)
    return Dataset(
        id=budget.id,
        title=budget.name,
        says=budget.summary or budget.name,
        definition=" ".join(_explained(budget, facts)),
        source="; ".join(
            dict.fromkeys(source.site.indicators[item.indicator].source.name for item in budget.weights)
        ),
        publisher=config.publisher.name,
        licence=licence(config.data_licence),
        attribution=f"{config.publisher.name}, {config.name}",
        state=None,
        updated="",
        periods=tuple(str(year) for year in budget.years),
        topics=(),
        address=source.address("budget", budget.id),
        columns=_COLUMNS,
        rows=tuple(rows),
    )


def _rows(
    source: ExportSource, facts: BudgetFacts, way: str, year: int, quarter: int | None, money: Distribution
) -> Iterator[tuple[Value, ...]]:
    share = Decimal(money.by_indicators.numerator) / Decimal(money.by_indicators.denominator)
    for key in facts.areas:
        start: tuple[Value, ...] = (
            way,
            year,
            quarter,
            share,
            key,
            source.text(source.site.spaces[key], "name"),
        )
        for pot in money.pots:
            claim = pot.claims[key]
            yield (
                *start,
                pot.indicator or "abfluss",
                pot_name(source, pot),
                claim.measure,
                _euros(claim.cents),
                facts.illustrative,
            )
        yield (*start, "zusammen", "", None, _euros(money.amounts[key]), facts.illustrative)


def _parts(
    source: ExportSource, budget: Budget, facts: BudgetFacts, result: BudgetResult
) -> Iterator[tuple[Value, ...]]:
    """Yield what each area gets of each sub-budget."""
    share = Decimal(result.money.by_indicators.numerator) / Decimal(result.money.by_indicators.denominator)
    for key, amounts in result.parts.items():
        name = source.text(source.site.spaces[key], "name")
        for part, cents in zip(budget.sub_budgets, amounts, strict=True):
            start: tuple[Value, ...] = ("", budget.years[0], None, share, key, name)
            yield (*start, "teilbudget", part.name, None, _euros(cents), facts.illustrative)


def _euros(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


def _explained(budget: Budget, facts: BudgetFacts) -> tuple[str, ...]:
    made_up = (f"Diese Beträge sind {INVENTED}.",) if facts.illustrative else ()
    return (
        *made_up,
        "Kein Budget begrenzt den Anspruch einer Familie auf Hilfe.",
        "Vom Betrag geht ab, was vorab gebraucht wird. Der Rest wird nach den Gewichten in Töpfe geteilt, jeder Topf nach Anteilen an der Summe aller Gebiete.",
        "Alles sind ganze Cent: erst die ganzen Cent jeder Quote, dann je ein Cent für die größten Reste, bei gleichem Rest in der Reihenfolge der Kürzel.",
        *((f"Beschluss: {budget.decision}",) if budget.decision else ()),
    )


def _sheet(source: ExportSource, budget: Budget, facts: BudgetFacts, result: BudgetResult) -> bytes:
    # Imported only here: openpyxl takes a tenth of a second, and many towns publish no figures.
    from generator.subjects.budgets.export_sheet import SheetWords, budget_workbook

    pots: dict[int | None, Pot] = {}
    for path in result.paths:
        for step in path.steps:
            pots |= {pot.weight: pot for pot in step.money.pots}
    pots |= {pot.weight: pot for pot in result.money.pots}
    words = SheetWords(
        title=budget.name,
        publisher=source.site.config.publisher.name,
        areas={key: source.text(source.site.spaces[key], "name") for key in facts.areas},
        pots={weight: pot_name(source, pot) for weight, pot in pots.items()},
        lines=(
            *_explained(budget, facts),
            "Gelb sind Zahlen, die eingesetzt sind; wer sie ändert, sieht, was daraus folgt. Alles andere sind Formeln.",
            f"Seite: {source.address('budget', budget.id)}",
        ),
    )
    return budget_workbook(budget, result, words)
