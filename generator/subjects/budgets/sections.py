"""What budgets say on the page of an area and on the home of reports."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from generator.render.base.context import Context
from generator.render.directory.record_lines import AreaLine
from generator.render.figures.figure_texts import euro_text
from generator.render.pages.reports_home import Instrument, line, part, way
from generator.subjects.budgets.model import budgets, derived_budgets
from generator.subjects.budgets.page import budget_lines


def lines(context: Context, space: str) -> Iterator[AreaLine]:
    """Yield for each budget that gives an area money how much that is."""
    for key, found in derived_budgets(context.facts).items():
        if found.result is None or space not in found.result.money.amounts:
            continue
        budget = budgets(context.site)[key]
        says = Markup.escape(euro_text(context.texts, found.result.money.amounts[space]))
        yield AreaLine("budget", key, context.translated(budget), context.made_up(budget, "total"), says)


def _money(context: Context, path: str) -> Instrument | None:
    _ = context.gettext
    lines = []
    for one in budget_lines(context):
        facts = derived_budgets(context.facts)[one.budget.id]
        mark = f" ({_('erfunden')})" if one.made_up else ""
        said = [Markup.escape(f"{one.amount}{mark}, {one.years}")]
        said += [context.written(one.budget.decision.rstrip("."))] if one.budget.decision else []
        if facts.result is None:
            said.append(Markup.escape(_("nicht zu rechnen, weil Zahlen fehlen")))
        lines.append(
            line(
                context,
                path,
                "budget",
                one.budget.id,
                context.translated(one.budget),
                Markup("; ").join(said),
            )
        )
    note = _("Kein Budget begrenzt, worauf ein Mensch Anspruch hat.")
    return part("budgets", _("Budgets"), lines, note, way(context, path, "budgets", _("Alle Budgets")))


FRONT = ((20, _money),)
