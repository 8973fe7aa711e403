"""What evaluations say on the home of reports."""

from __future__ import annotations

from generator.render.base.context import Context
from generator.render.pages.instruments import Instrument, line, part
from generator.subjects.evaluations.page import evaluation_lines, in_short


def _effects(context: Context, path: str) -> Instrument | None:
    _ = context.texts.gettext
    lines = [
        line(
            context, path, "evaluation", one.evaluation.id, context.translated(one.evaluation),
            in_short(context, one.evaluation),
        )
        for one in evaluation_lines(context)
    ]  # fmt: skip
    note = _("Dass sich etwas verändert hat, beweist nicht, woran es lag.")
    return part("auswertungen", _("Auswertungen"), lines, note)


FRONT = ((60, _effects),)
