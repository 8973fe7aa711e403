"""The page of a sustainability check."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from generator.model.dates import PartialDate
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.page import Page
from generator.render.base.page_type import PageType, each, record_page
from generator.render.base.view import NOTHING, TableCell, TableContent, View, table_of
from generator.render.figures.charts import ChartCaption, EffectsRound, effects
from generator.subjects.sustainability.model import (
    CheckRound,
    SustainabilityCheck,
    sustainability_checks,
)


class RoundRow(Struct, frozen=True):
    """A round, in words; what isn't known is empty."""

    id: str
    name: str
    when: str
    made_by: str
    focus: str  # what was looked at above all
    found: TableContent | None  # effects; None for none


class SustainabilityCheckView(View, frozen=True):
    """The page of a sustainability check."""

    template = "sustainability_check.html"

    check: SustainabilityCheck
    dimensions: str  # their names
    picture: Markup
    rounds: Sequence[RoundRow]


def render(context: Context, key: str) -> Page:
    """Make the page of one check."""
    _ = context.gettext
    check = sustainability_checks(context.site)[key]
    path = context.path("check", key)
    view = SustainabilityCheckView(
        check=check,
        dimensions=context.texts.join(item.name for item in check.dimensions),
        picture=picture(context, check),
        rounds=[
            RoundRow(
                f"pruefung-{number}",
                item.name,
                when(context, item),
                item.made_by or "",
                item.focus or "",
                _found(context, check, item) if item.effects else None,
            )
            for number, item in enumerate(check.rounds, 1)
        ],
    )
    otherwise = _("Was sich zum Besseren und zum Schlechteren auswirkt, geprüft und wieder geprüft.")
    return record_page(context, path, check, view, otherwise)


def picture(context: Context, check: SustainabilityCheck) -> Markup:
    """Draw how many good and bad effects each round found in each dimension; empty without any."""
    _ = context.gettext
    if not any(item.effects for item in check.rounds):
        return Markup()
    words = _("{name} {better} zum Besseren und {worse} zum Schlechteren")
    rows, sentences = [], []
    for dimension in check.dimensions:
        rounds = [_drawn(context, item, dimension.id) for item in check.rounds]
        results = [
            one.waits or words.format(name=one.name, better=one.better, worse=one.worse) for one in rounds
        ]
        rows.append((dimension.name, rounds))
        sentences.append(f"{dimension.name}: {', '.join(results)}")
    caption = ChartCaption("waage", _("Gefundene Auswirkungen"), "; ".join(sentences))
    return context.call(effects(caption, rows, _("zum Schlechteren"), _("zum Besseren")))


def _drawn(context: Context, item: CheckRound, dimension: str) -> EffectsRound:
    """Count what a round found in a dimension."""
    if not item.effects:
        return EffectsRound(item.name, None, None, context.gettext("noch offen"))
    found = Counter(effect.effect for effect in item.effects if effect.dimension == dimension)
    return EffectsRound(item.name, found["negative"], found["positive"])


def when(context: Context, item: CheckRound) -> str:
    """Say when a round was or is to be made."""
    _ = context.gettext
    if item.made is not None:
        return _("geprüft: {date}").format(date=context.texts.date(item.made))
    planned = []
    if item.due is not None:
        planned.append(_("bis {date}").format(date=context.texts.date(item.due)))
    if item.planned:
        planned.append(item.planned)
    if not planned:
        return _("noch nicht geprüft")
    return _("geplant: {when}").format(when=", ".join(planned))


def _found(context: Context, check: SustainabilityCheck, item: CheckRound) -> TableContent:
    """Return a round's effects by dimension, good and bad."""
    _ = context.gettext
    rows = []
    for dimension in check.dimensions:
        effects = [effect for effect in item.effects if effect.dimension == dimension.id]
        better = [effect.text for effect in effects if effect.effect == "positive"]
        worse = [effect.text for effect in effects if effect.effect == "negative"]
        name = context.written(dimension.name)
        rows.append((name, _several(context, better), _several(context, worse)))
    return table_of([_("Bereich"), _("zum Besseren"), _("zum Schlechteren")], [], rows)


def _several(context: Context, texts: list[str]) -> TableCell | str:
    """Write texts below each other in a cell."""
    if not texts:
        return NOTHING
    return Markup("<br>").join(pattern("{}").format(context.written(text)) for text in texts)


def latest(check: SustainabilityCheck) -> dt.date:
    """Return the last day on which a round was or is to be made, for sorting."""
    days: list[PartialDate | None] = []
    for item in check.rounds:
        days += [item.made, item.due]
    return max((day.last_day for day in days if day is not None), default=dt.date.min)


PAGES = (PageType("check", each("checks"), render),)
