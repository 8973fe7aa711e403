"""Offer the calculation sheet of each budget that can be computed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.export.figure_columns import INVENTED
from generator.export.source import ExportSource, RecordFile
from generator.subjects.budgets.model import Budget, BudgetFacts, BudgetResult, Pot, budgets, derived_budgets


def _(message: str) -> str:
    """Mark a text for the catalogues."""
    return message


_HOLDS = _("Rechenblatt mit Formeln zum Nachrechnen und Ändern")
"""What the file holds, as its link says."""


def files(source: ExportSource) -> Iterator[RecordFile]:
    """Yield the sheet of every budget that can be computed."""
    for key, facts in derived_budgets(source.facts).items():
        if facts.result is not None:
            write = partial(_make_budget_workbook, source, budgets(source.site)[key], facts, facts.result)
            yield RecordFile("budgets", key, f"daten/budgets/{key}.xlsx", _HOLDS, "Excel", write)


def _make_budget_workbook(
    source: ExportSource, budget: Budget, facts: BudgetFacts, result: BudgetResult
) -> bytes:
    # Imported only here: openpyxl takes a tenth of a second, and many towns publish no figures.
    from generator.subjects.budgets.export_sheet import SheetWords, budget_workbook

    made_up = (f"Diese Beträge sind {INVENTED}.",) if facts.illustrative else ()
    words = SheetWords(
        title=budget.name,
        publisher=source.site.config.publisher.name,
        areas={key: source.text(source.site.spaces[key], "name") for key in facts.areas},
        pots={pot.rule.weight: _pot_name(source, pot) for pot in result.money.pots},
        lines=(
            *made_up,
            "Kein Budget begrenzt den Anspruch einer Familie auf Hilfe.",
            "Vom Betrag geht ab, was vorab gebraucht wird. Der Rest wird nach den Gewichten in Töpfe geteilt, jeder Topf nach Anteilen an der Summe aller Gebiete.",
            "Gerechnet ist mit genauen Brüchen. Jeder Topf und jedes Gebiet bekommt ganze Cent: erst die ganzen Cent jeder Quote, dann je ein Cent für die größten Reste. Reste zählen auf ein Zehntausendstel Cent genau; bei gleichen entscheidet die Reihenfolge der Kürzel.",
            *((f"Beschluss: {budget.decision}",) if budget.decision else ()),
            "Gelb sind Zahlen, die eingesetzt sind; wer sie ändert, sieht, was daraus folgt. Alles andere sind Formeln.",
            "Ein anderer Anteil nach Kennzahlen zeigt einen Schritt auf dem Weg zu 100 %.",
            f"Seite: {source.address('budget', budget.id)}",
        ),
    )
    return budget_workbook(budget, result, words)


def _pot_name(source: ExportSource, pot: Pot) -> str:
    """Name what a pot is distributed by, with its period."""
    if pot.rule.weight is None:
        return f"Mittelabfluss {pot.rule.period}"
    indicator = source.site.indicators[pot.rule.indicator]
    return f"{source.text(indicator, 'title')}, {pot.rule.period}"
