"""Say of evaluations what an area's page and the home page of reports show."""

from __future__ import annotations

from collections.abc import Iterator

from generator.render.base.context import Context
from generator.render.directory.record_lines import AreaLine
from generator.render.pages.reports_home import Instrument, line, part
from generator.subjects.evaluations.model import evaluations
from generator.subjects.evaluations.page import in_short, newest_evaluations


def lines(context: Context, space: str) -> Iterator[AreaLine]:
    """Yield each evaluation's finding for an area."""
    for key, evaluation in evaluations(context.site).items():
        if evaluation.space == space:
            yield AreaLine(
                "evaluation", key, context.translated(evaluation), "", in_short(context, evaluation)
            )


def _effects(context: Context, path: str) -> Instrument | None:
    """Return each evaluation's finding, the newest first."""
    _ = context.gettext
    lines = []
    for evaluation in newest_evaluations(context):
        name = context.translated(evaluation)
        lines.append(line(context, path, "evaluation", evaluation.id, name, in_short(context, evaluation)))
    note = _("Dass sich etwas verändert hat, beweist nicht, woran es lag.")
    return part("auswertungen", _("Auswertungen"), lines, note)


FRONT = ((60, _effects),)
"""The part of the reports' home page, with its place in the order."""
