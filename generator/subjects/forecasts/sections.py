"""What forecasts say on the page of an indicator and on the home of reports."""

from __future__ import annotations

from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.pages.reports_home import Instrument, line, part
from generator.subjects.forecasts.model import forecasts
from generator.subjects.forecasts.page import beside_indicator, in_short, keys

__all__ = ["beside_indicator"]


def _ahead(context: Context, path: str) -> Instrument | None:
    _ = context.texts.gettext
    lines = []
    for key in keys(context.site, context.facts):
        item = forecasts(context.site)[key]
        places = urls.relative(path, context.path("forecast", key)) + "#plaetze"
        said = pattern("{} {}").format(
            in_short(context, item), linked(places, _("Plätze, die gebraucht würden"))
        )
        lines.append(line(context, path, "forecast", key, context.translated(item), said))
    note = _("Vorausberechnet, nicht vorhergesagt: So käme es, wenn es weitergeht wie bisher.")
    return part("vorausberechnungen", _("Die nächsten Jahre"), lines, note)


FRONT = ((50, _ahead),)
