"""The downloads of budgets: a calculation sheet with formulas, tables and JSON of every step; which there are and what writes each (none of a budget that can't be computed from published figures), which rows and columns they have.

A budget that can't be computed from published figures has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from generator.export.figure_columns import INVENTED, Column, Dataset, Value, licence
from generator.export.figure_files import KINDS, as_json, excel_csv, plain_csv
from generator.export.source import ExportSource, RecordFile
from generator.subjects.budgets.model import (
    Budget,
    BudgetFacts,
    BudgetResult,
    Distribution,
    Pot,
    budgets,
    derived_budgets,
)


def _(message: str) -> str:
    """Mark a text for the catalogues; pages that list the file translate it."""
    return message


_SHEET = _("Rechenblatt mit Formeln zum Nachrechnen und Ändern")
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


def files(source: ExportSource) -> Iterator[RecordFile]:
    """Yield every file of every budget that can be computed."""
    for key, facts in derived_budgets(source.facts).items():
        if facts.result is None:
            continue
        for kind in KINDS:
            if kind.ending == ".geojson":
                continue
            write = partial(_written, source, budgets(source.site)[key], facts, facts.result, kind.ending)
            holds = _SHEET if kind.ending == ".xlsx" else kind.holds
            yield RecordFile("budgets", key, f"daten/budgets/{key}{kind.ending}", holds, kind.form, write)


def _written(
    source: ExportSource, budget: Budget, facts: BudgetFacts, result: BudgetResult, ending: str
) -> bytes:
    if ending == ".xlsx":
        return _sheet(source, budget, facts, result)
    write = {"-excel.csv": excel_csv, ".csv": plain_csv, ".json": as_json}[ending]
    return write(_dataset(source, budget, facts, result))


def _pot_name(source: ExportSource, pot: Pot) -> str:
    """Name what a pot is distributed by, with its period."""
    if pot.weight is None:
        return f"Mittelabfluss {pot.period}"
    indicator = source.site.indicators[pot.indicator]
    return f"{source.text(indicator, 'title')}, {pot.period}"


def _dataset(source: ExportSource, budget: Budget, facts: BudgetFacts, result: BudgetResult) -> Dataset:
    """Return every amount of a budget, of its sub-budgets and of its ways to 100 % as one table."""
    config = source.site.config
    rows = [*_rows(source, ("", budget.years[0], None), result.money)]
    names = [part.name for part in budget.sub_budgets]
    for key, amounts in result.parts.items():
        start = _start(source, ("", budget.years[0], None), result.money, key)
        rows += [
            (*start, "teilbudget", name, None, _euros(cents))
            for name, cents in zip(names, amounts, strict=True)
        ]
    for phase, path in zip(budget.phase_in, result.paths, strict=True):
        for step in path.steps:
            rows += _rows(source, (phase.name, step.year, step.quarter), step.money)
    sources = dict.fromkeys(source.site.indicators[item.indicator].source.name for item in budget.weights)
    return Dataset(
        id=budget.id,
        title=budget.name,
        says=budget.summary or budget.name,
        definition=" ".join(_explained(budget, facts)),
        source="; ".join(sources),
        publisher=config.publisher.name,
        licence=licence(config.data_licence),
        attribution=f"{config.publisher.name}, {config.name}",
        state=None,
        updated="",
        periods=tuple(str(year) for year in budget.years),
        topics=(),
        address=source.address("budget", budget.id),
        columns=_COLUMNS,
        rows=tuple((*row, facts.illustrative) for row in rows),
    )


def _start(source: ExportSource, when: tuple[Value, ...], money: Distribution, key: str) -> tuple[Value, ...]:
    """Return what stands first in every row of an area: when it is, the share that goes by indicators, the area."""
    share = Decimal(money.by_indicators.numerator) / Decimal(money.by_indicators.denominator)
    return (*when, share, key, source.text(source.site.spaces[key], "name"))


def _rows(source: ExportSource, when: tuple[Value, ...], money: Distribution) -> Iterator[tuple[Value, ...]]:
    """Yield what each area gets of each pot, then of all of them; `when` is the reading, the year and the quarter."""
    names = [_pot_name(source, pot) for pot in money.pots]
    for key, amount in money.amounts.items():
        start = _start(source, when, money, key)
        for pot, name in zip(money.pots, names, strict=True):
            claim = pot.claims[key]
            yield (*start, pot.indicator or "abfluss", name, claim.measure, _euros(claim.cents))
        yield (*start, "zusammen", "", None, _euros(amount))


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

    words = SheetWords(
        title=budget.name,
        publisher=source.site.config.publisher.name,
        areas={key: source.text(source.site.spaces[key], "name") for key in facts.areas},
        pots={pot.weight: _pot_name(source, pot) for pot in result.money.pots},
        lines=(
            *_explained(budget, facts),
            "Gelb sind Zahlen, die eingesetzt sind; wer sie ändert, sieht, was daraus folgt. Alles andere sind Formeln.",
            "Ein anderer Anteil nach Kennzahlen zeigt einen Schritt auf dem Weg zu 100 %.",
            f"Seite: {source.address('budget', budget.id)}",
        ),
    )
    return budget_workbook(budget, result, words)
