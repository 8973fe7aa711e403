"""What budgets say on the page of an area."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from generator.render.base.context import Context
from generator.render.directory.record_lines import AreaLine
from generator.render.figures.money_texts import euro_text
from generator.subjects.budgets.model import budgets
from generator.subjects.budgets.model_results import derived_budgets


def lines(context: Context, space: str) -> Iterator[AreaLine]:
    """Yield for each budget that gives an area money how much that is."""
    for key, found in derived_budgets(context.facts).items():
        if (
            found.result is None
            or space not in found.result.money.amounts
            or not context.exists("budget", key)
        ):
            continue
        budget = budgets(context.site)[key]
        says = Markup.escape(euro_text(context.texts, found.result.money.amounts[space]))
        yield AreaLine("budget", key, context.translated(budget), context.made_up(budget, "total"), says)
