"""What budgets say on the page of an area and on the home of reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from generator.render.base.area_names import named
from generator.render.base.context import Context
from generator.render.directory.record_lines import AreaLine
from generator.render.figures.figure_texts import euro_text, signed_text
from generator.render.pages.reports_home import Instrument, line, part, way
from generator.subjects.budgets.model import budgets, derived_budgets
from generator.subjects.budgets.page import budget_lines


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


def _money(context: Context, path: str) -> Instrument | None:
    _ = context.texts.gettext
    lines = []
    for one in budget_lines(context):
        facts = derived_budgets(context.facts)[one.budget.id]
        mark = f" ({_('erfunden')})" if one.made_up else ""
        said = [Markup.escape(f"{one.amount}{mark}, {one.years}")]
        said += [context.written(one.budget.decision.rstrip("."))] if one.budget.decision else []
        if facts.result is None:
            said.append(Markup.escape(_("nicht zu rechnen, weil Zahlen fehlen")))
        elif facts.result.changes:
            year = one.budget.outflow.year if one.budget.outflow else 0
            said.append(Markup.escape(_shift(context, facts.result.changes, year)))
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


def _shift(context: Context, changes: Mapping[str, int], year: int) -> str:
    """Say how many areas get more than was spent, how many less, and where the most changes."""
    texts = context.texts
    _ = texts.gettext
    more = sum(cents > 0 for cents in changes.values())
    less = sum(cents < 0 for cents in changes.values())
    most = max(changes, key=lambda key: (abs(changes[key]), key))
    words = _(
        "gegenüber den Ausgaben {year} {more} Gebiete mehr und {less} weniger; am meisten ändert sich: {area} ({change})"
    )
    return words.format(
        year=year, more=more, less=less, area=named(context, most), change=signed_text(texts, changes[most])
    )


FRONT = ((20, _money),)
