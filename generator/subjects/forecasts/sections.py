"""Say of forecasts what an indicator's page and the home page of reports show."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.pages.reports_home import Instrument, line, part
from generator.subjects.forecasts.model import derived_forecasts, forecasts
from generator.subjects.forecasts.page import count_text, in_short, keys, led


def beside_indicator(context: Context, path: str, indicator: str) -> Iterator[Markup]:
    """Yield, for an indicator that forecasts the same children, the last year's number, which one leads and why they differ."""
    for key in keys(context.site, context.facts):
        forecast, facts = forecasts(context.site)[key], derived_forecasts(context.facts)[key]
        last = facts.years[-1]
        if last.children is None or indicator not in forecast.other_forecasts(context.site.indicators):
            continue
        words = context.gettext(
            "Eine zweite Vorausberechnung derselben Kinder, „{name}“, nennt für {year}: {n}."
        )
        link = linked(context.href(path, "forecast", key), context.translated(forecast))
        number = count_text(context, last.children.expected)
        yield pattern(words).format(name=link, year=last.year, n=number)
        yield from led(context, forecast)


def _ahead(context: Context, path: str) -> Instrument | None:
    """Return what each forecast says in a sentence."""
    _ = context.gettext
    lines = []
    for key in keys(context.site, context.facts):
        item = forecasts(context.site)[key]
        sentence = in_short(context, item)
        lines.append(line(context, path, "forecast", key, context.translated(item), sentence))
    note = _("Vorausberechnet, nicht vorhergesagt: So käme es, wenn es weitergeht wie bisher.")
    return part("vorausberechnungen", _("Die nächsten Jahre"), lines, note)


FRONT = ((50, _ahead),)
"""The part of the reports' home page, with its place in the order."""
