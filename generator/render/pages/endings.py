"""Say what ends when, as a list and a line of time: contracts, measures, granted money."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from generator.model.facts import EndsOn
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked
from generator.render.base.view import View
from generator.render.directory.record_lines import inline_lines, member_lines
from generator.render.figures.charts import TimelineItem
from generator.render.figures.charts.timeline import LineOfTime, line_of_time


class EndingLine(Struct, frozen=True):
    """Something that ends, in words."""

    day: str
    spaces: str  # ids of its areas with blanks between them; "*" for all
    kind: str
    name: Markup
    who: Markup  # bodies to ask, never persons
    stand: str  # whether more money is applied for or decided


class EndingsView(View, frozen=True):
    """What ends, in order of days."""

    template = "endings.html"

    lines: Sequence[EndingLine]
    picture: LineOfTime | None


def last_days(context: Context, path: str, areas: Collection[str] = (), *, drawn: bool = False) -> Markup:
    """Return what ends for the page at `path`, in these areas or all; empty for nothing."""
    found = [one for one in context.facts.endings if not areas or not set(areas).isdisjoint(one.areas)]
    if not found:
        return Markup()
    title = context.gettext("Der letzte Tag, auf einer Linie der Zeit")
    items = [_item(context, path, one) for one in found]
    picture = line_of_time(context, title, title, items) if drawn else None
    return context.render(EndingsView([_line(context, path, one) for one in found], picture), path)


def _line(context: Context, path: str, one: EndsOn) -> EndingLine:
    record = _record(context, one)
    name = linked(_href(context, path, one), context.translated(record))
    date, says = context.texts.date, list[str]()
    words = {"applied": context.gettext("beantragt am"), "decided": context.gettext("entschieden am")}
    for field, word in words.items() if one.folder == "budgets" else ():
        if (day := getattr(record, field)) is not None:
            says.append(f"{word} {date(day)}")
    who = inline_lines(context, path, member_lines(context, _BODIES[one.folder](record)))
    spaces = " ".join(one.areas) or "*"
    return EndingLine(date(one.day), spaces, _kind(context, one), name, who, ", ".join(says))


_BODIES: dict[str, Callable[[Any], Sequence[str]]] = {
    "offers": lambda offer: (offer.provider,),
    "measures": lambda measure: (measure.owner,),
    "agreements": lambda agreement: agreement.partners,
    "budgets": lambda budget: (),
}
"""Whom to ask about a record."""


def _item(context: Context, path: str, one: EndsOn) -> TimelineItem:
    """Return its row on the line of time: a bar where its beginning is known, the last day as a sign."""
    name, day = context.texts.of(_record(context, one), "name"), context.texts.date(one.day)
    begins = getattr(_record(context, one), "from_", None)
    begins = getattr(begins, "first_day", begins)
    words = context.gettext("endet am {date}").format(date=day)
    return TimelineItem(
        name=name.text,
        lang=name.lang,
        href=_href(context, path, one),
        state=words,
        begins=begins,
        ends=one.day,
        term="",
        bar=None if begins is None else "running" if begins <= context.facts.today else "decided",
        days=((one.day, "ends", words),),
    )


def _kind(context: Context, one: EndsOn) -> str:
    _ = context.gettext
    return {
        "offers": _("Geld für ein Angebot"),
        "measures": _("Maßnahme"),
        "agreements": _("Vereinbarung"),
        "budgets": _("Budget"),
    }[one.folder]


def _record(context: Context, one: EndsOn) -> Any:
    return context.site.records(one.folder)[one.id]


def _href(context: Context, path: str, one: EndsOn) -> str:
    pages = {"offers": "offer", "budgets": "budget"}
    if one.folder in pages:
        return context.href(path, pages[one.folder], one.id)
    return f"{context.href(path, 'measures')}#{one.id}"
