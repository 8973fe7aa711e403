"""Say of budgets what an area's page and the home page of reports show."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from generator.render.base.context import Context
from generator.render.directory.record_lines import AreaLine
from generator.render.figures.figure_texts import euro_text
from generator.render.pages.reports_home import Instrument, line, part
from generator.subjects.budgets.model import budgets, derived_budgets
from generator.subjects.budgets.page import amount_text, newest_budgets, years_text


def lines(context: Context, space: str) -> Iterator[AreaLine]:
    """Yield each budget's amount for an area."""
    for key, facts in derived_budgets(context.facts).items():
        if facts.result is None or space not in facts.result.money.amounts:
            continue
        budget = budgets(context.site)[key]
        says = Markup.escape(euro_text(context.texts, facts.result.money.amounts[space]))
        yield AreaLine("budget", key, context.translated(budget), context.made_up(budget, "total"), says)


def _money(context: Context, path: str) -> Instrument | None:
    """Return each budget with amount, years and decision, the newest first."""
    _ = context.gettext
    lines = []
    for budget in newest_budgets(context):
        facts = derived_budgets(context.facts)[budget.id]
        mark = f" ({_('erfunden')})" if facts.illustrative and not budget.fictional else ""
        amount, years = amount_text(context, budget), years_text(context, budget)
        pieces = [Markup.escape(f"{amount}{mark}, {years}")]
        pieces += [context.written(budget.decision.rstrip("."))] if budget.decision else []
        if facts.result is None:
            pieces.append(Markup.escape(_("nicht zu rechnen, weil Zahlen fehlen")))
        name = context.translated(budget)
        lines.append(line(context, path, "budget", budget.id, name, Markup("; ").join(pieces)))
    return part("budgets", _("Budgets"), lines, _("Kein Budget begrenzt, worauf ein Mensch Anspruch hat."))


FRONT = ((20, _money),)
"""The part of the reports' home page, with its place in the order."""
