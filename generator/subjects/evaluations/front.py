"""What evaluations say on the home of reports."""

from __future__ import annotations

from generator.render.base.context import Context
from generator.render.pages.reports_home import Instrument, line, part
from generator.subjects.evaluations.page import in_short, newest_evaluations


def _effects(context: Context, path: str) -> Instrument | None:
    _ = context.texts.gettext
    lines = []
    for one in newest_evaluations(context):
        name = context.translated(one)
        lines.append(line(context, path, "evaluation", one.id, name, in_short(context, one)))
    note = _("Dass sich etwas verändert hat, beweist nicht, woran es lag.")
    return part("auswertungen", _("Auswertungen"), lines, note)


FRONT = ((60, _effects),)
