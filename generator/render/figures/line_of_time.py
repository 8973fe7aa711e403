"""Draw what is planned, agreed and done as a line of time, with a legend of its signs and the same days as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.render.base.context import Context
from generator.render.base.html_patterns import linked
from generator.render.base.texts import Translated
from generator.render.base.view import NOTHING, TableCell, TableColumn, TableContent
from generator.render.figures.charts import ChartCaption, TimelineItem, TimelineSign, timeline
from generator.render.figures.charts.timeline import SHAPES, BarKind, MarkKind
from generator.render.figures.pictures import PictureKey


@dataclass(frozen=True, slots=True)
class LineOfTime:
    """A drawing, its legend, what is said of rows without a bar or an end, and its table."""

    title: str
    picture: Markup
    keys: Sequence[PictureKey]
    note: str
    table: TableContent


def line_of_time(context: Context, title: str, said: str, items: Sequence[TimelineItem]) -> LineOfTime:
    """Draw items in their order, and write down their days; `said` is what the drawing says in a sentence."""
    caption = ChartCaption("zeit", title, said)
    drawn = timeline(caption, items, context.facts.today, context.gettext("heute"))
    return LineOfTime(
        title=title,
        picture=context.call(drawn),
        keys=tuple(_keys(context, items)),
        note=" ".join(_note(context, items)),
        table=_table(context, items),
    )


def _note(context: Context, items: Sequence[TimelineItem]) -> Iterator[str]:
    _ = context.gettext
    if any(item.bar is None for item in items):
        yield _("Ohne Balken: nicht beschlossen.")
    if any(item.bar is not None and item.ends is None for item in items):
        yield _("Pfeil: Ein Ende ist nicht genannt.")


def _keys(context: Context, items: Sequence[TimelineItem]) -> list[PictureKey]:
    """Return what the signs mean that are in the drawing."""
    _ = context.gettext
    bars: dict[BarKind, str] = {
        "running": _("läuft oder lief"),
        "decided": _("beschlossen oder vereinbart, noch nicht begonnen"),
        "limited": _("befristet oder unter Vorbehalt beschlossen, noch nicht begonnen"),
    }
    marks: dict[MarkKind, str] = {
        "approved": _("Beschluss"),
        "qualified": _("Beschluss, befristet oder unter Vorbehalt"),
        "recommended": _("Empfehlung"),
        "pending": _("Beratung steht aus"),
        "moved": _("vertagt oder verwiesen"),
        "rejected": _("abgelehnt"),
        "made": _("geprüft"),
        "due": _("Überprüfung vorgesehen"),
    }
    drawn = {item.bar for item in items}
    there: set[MarkKind] = set()
    for item in items:
        there.update(kind for _day, kind, _words in item.days)
    keys = [_key(context, words, bar, ()) for bar, words in bars.items() if bar in drawn]
    return keys + [_key(context, words, None, SHAPES[mark]) for mark, words in marks.items() if mark in there]


def _key(context: Context, words: str, bar: BarKind | None, shapes: Sequence[tuple[str, str]]) -> PictureKey:
    return PictureKey("", words, context.call(TimelineSign(bar, shapes)))


def _table(context: Context, items: Sequence[TimelineItem]) -> TableContent:
    _ = context.gettext
    columns = (
        TableColumn(_("Vorhaben")),
        TableColumn(_("Stand")),
        TableColumn(_("Zeitraum")),
        TableColumn(_("Beschlüsse und Überprüfungen")),
    )
    rows = []
    for item in items:
        name = context.marked(Translated(item.name, item.lang))
        if item.href:
            name = linked(item.href, name)
        days = Markup("<br>").join(words for _day, _kind, words in item.days)
        rows.append(
            (
                TableCell(name),
                TableCell(item.state),
                TableCell(item.term or "–"),
                TableCell(days) if days else NOTHING,
            )
        )
    return TableContent(columns, rows)
