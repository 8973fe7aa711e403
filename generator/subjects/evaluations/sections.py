"""Say of evaluations what an area's page and the home of reports need."""

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
    _ = context.gettext
    lines = []
    for one in newest_evaluations(context):
        name = context.translated(one)
        lines.append(line(context, path, "evaluation", one.id, name, in_short(context, one)))
    note = _("Dass sich etwas verändert hat, beweist nicht, woran es lag.")
    return part("auswertungen", _("Auswertungen"), lines, note)


FRONT = ((60, _effects),)
