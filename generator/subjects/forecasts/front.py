"""What forecasts say on the home of reports."""

from __future__ import annotations

from generator.render.base.context import Context
from generator.render.pages.instruments import Instrument, line, part
from generator.subjects.forecasts.model import forecasts
from generator.subjects.forecasts.page import in_short, keys


def _ahead(context: Context, path: str) -> Instrument | None:
    _ = context.texts.gettext
    lines = []
    for key in keys(context.site, context.facts):
        item = forecasts(context.site)[key]
        lines.append(line(context, path, "forecast", key, context.translated(item), in_short(context, item)))
    note = _("Vorausberechnet, nicht vorhergesagt: So käme es, wenn es weitergeht wie bisher.")
    return part("vorausberechnungen", _("Die nächsten Jahre"), lines, note)


FRONT = ((50, _ahead),)
