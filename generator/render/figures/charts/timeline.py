"""Lay out bars and marks on a line of time.

What nobody has decided has no bar.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from markupsafe import Markup
from msgspec import Struct

from generator.render.base.context import Context
from generator.render.base.html_patterns import linked
from generator.render.base.texts import Translated
from generator.render.base.view import NOTHING, MacroCall, TableCell, TableContent, table_of
from generator.render.figures.charts.bars import (
    FOOT,
    LINE,
    MIDDLE,
    ROW,
    TOP,
    WORDS,
    ChartCaption,
    Lines,
    Scale,
    Span,
    Tick,
    name_lines,
    tick_at,
)
from generator.render.figures.picture_files import PictureKey

MarkKind = Literal[
    "approved", "qualified", "recommended", "pending", "moved", "rejected", "made", "due", "ends"
]
BarKind = Literal["running", "decided", "limited"]  # both in words: `_explain_drawn_signs`
Shapes = Sequence[tuple[str, str]]
"""What a sign is drawn of, one over the other: classes and paths around its middle."""
_DIAMOND = "M0-7 7 0 0 7-7 0Z"
SHAPES: Mapping[MarkKind, Shapes] = {
    "approved": (("nr-mark nr-mark--approved", _DIAMOND),),
    "qualified": (("nr-mark nr-mark--qualified", _DIAMOND), ("nr-mark nr-mark--approved", "M0-7-7 0 0 7Z")),
    "recommended": (("nr-mark nr-mark--recommended", _DIAMOND),),
    "pending": (("nr-mark nr-mark--pending", "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0Z"),),
    "moved": (("nr-mark nr-mark--moved", "M-5-6 4 0-5 6"),),
    "rejected": (("nr-mark nr-mark--rejected", "M-6-6 6 6M-6 6 6-6"),),
    "made": (("nr-chart__halo", "M0-9v18"), ("nr-mark nr-mark--made", "M0-9v18M-4-9h8")),
    "due": (("nr-chart__halo", "M0-9v18"), ("nr-mark nr-mark--due", "M0-9v18")),
    "ends": (("nr-chart__halo", "M0-9v18"), ("nr-mark", "M-4-9h4v18h-4")),
}
"""What each sign is drawn of, around its middle: classes and paths, one over the other."""
NEAR = 5.0
"""Percent of the width that a sign takes on a phone: what is nearer would cover it."""
BELOW = 15
"""Pixels that a sign takes."""


class TimelineItem(Struct, frozen=True):
    """A row: name, state, start and end (None: open), bar style, days.

    `term` says its time in words; `lang` and `href` belong to the name.
    """

    name: str
    state: str
    begins: dt.date | None  # None: not decided
    ends: dt.date | None  # None: no end is named
    bar: BarKind | None
    days: Sequence[tuple[dt.date, MarkKind, str]]  # day, what it was, in words
    term: str
    lang: str = ""
    href: str = ""


class TimelineMark(Struct, frozen=True):
    """A day: place, pixels below the bar's middle, shape, words."""

    at: str  # in percent of the width
    below: int
    shapes: Shapes
    words: str


class TimelineRow(Struct, frozen=True):
    """A laid out row: lines with heights, the state's height, the bar in percent. An `endless` bar reaches the drawing's edge."""

    item: TimelineItem
    words: Lines  # the name
    figure: int  # the state's height
    middle: int  # the bar's
    bar: Span | None
    endless: bool
    marks: Sequence[TimelineMark]


class Timeline(MacroCall, frozen=True):
    """A finished line of time; `ticks` are the beginnings of years."""

    template = "charts/timeline.html"
    macro = "timeline"

    frame: ChartCaption
    height: int
    top: int  # of lines across, in pixels
    bottom: int
    rows: Sequence[TimelineRow]
    ticks: Sequence[Tick]
    today: Tick  # with its label


def timeline(frame: ChartCaption, items: Sequence[TimelineItem], today: dt.date, label: str) -> Timeline:
    """Lay out rows over the years they need; `label` marks today."""
    axis = _make_year_axis(items, today)
    rows = tuple(_lay_out_timeline_rows(axis, items))
    last = rows[-1] if rows else None
    bottom = last.middle + ROW - MIDDLE + max((m.below for m in last.marks), default=0) if last else TOP
    years = range(round(axis.low), round(axis.high) + 1)
    return Timeline(
        frame=frame,
        height=bottom + FOOT,
        top=TOP,
        bottom=bottom,
        rows=rows,
        ticks=[tick_at(axis, year, str(year)) for year in years],
        today=tick_at(axis, _years(today), label),
    )


def _make_year_axis(items: Sequence[TimelineItem], today: dt.date) -> Scale:
    days = [today]
    for item in items:
        days += [day for day in (item.begins, item.ends) if day is not None]
        days += [day for day, _kind, _words in item.days]
    return Scale(float(min(days).year), float(max(days).year + 1), 1.0)


def _years(day: dt.date) -> float:
    """Return a day in years: 1 July 2026 is about 2026.5."""
    return day.year + (day.timetuple().tm_yday - 1) / 366


def _lay_out_timeline_rows(axis: Scale, items: Sequence[TimelineItem]) -> Iterator[TimelineRow]:
    top = TOP
    for item in items:
        words = name_lines(item.name, top)
        figure = words[-1][0] + LINE
        middle = figure + MIDDLE - WORDS
        marks = tuple(_marks(axis, item))
        yield TimelineRow(
            item=item,
            words=words,
            figure=figure,
            middle=middle,
            bar=_find_span_of_bar(axis, item),
            endless=item.ends is None,
            marks=marks,
        )
        top = middle + ROW - MIDDLE + max((mark.below for mark in marks), default=0)


def _marks(axis: Scale, item: TimelineItem) -> Iterator[TimelineMark]:
    """Yield a row's days, every second one lowered where signs would overlap."""
    last, below = -100.0, 0
    for day, kind, words in item.days:
        place = axis.place(_years(day))
        below = BELOW if place - last < NEAR and not below else 0
        last = place
        yield TimelineMark(axis.at(_years(day)), below, SHAPES[kind], words)


def _find_span_of_bar(axis: Scale, item: TimelineItem) -> Span | None:
    if item.bar is None or item.begins is None:
        return None
    return axis.span(_years(item.begins), axis.high if item.ends is None else _years(item.ends))


class TimelineSign(MacroCall, frozen=True):
    """A bar or a mark for the legend."""

    template = "charts/timeline.html"
    macro = "sign"

    bar: BarKind | None
    shapes: Shapes


class LineOfTime(Struct, frozen=True):
    """A drawing with legend, notes on open rows, and table."""

    title: str
    picture: Markup  # the drawing
    keys: Sequence[PictureKey]  # its legend
    note: str  # what rows without bar or end mean
    table: TableContent


def line_of_time(context: Context, title: str, description: str, items: Sequence[TimelineItem]) -> LineOfTime:
    """Draw items in order with a table; `description` is for who can't see it."""
    caption = ChartCaption("zeit", title, description)
    drawn = timeline(caption, items, context.facts.today, context.gettext("heute"))
    return LineOfTime(
        title=title,
        picture=context.call(drawn),
        keys=tuple(_explain_drawn_signs(context, items)),
        note=" ".join(_write_notes_on_bars(context, items)),
        table=_make_timeline_table(context, items),
    )


def _write_notes_on_bars(context: Context, items: Sequence[TimelineItem]) -> Iterator[str]:
    _ = context.gettext
    if any(item.bar is None for item in items):
        yield _("Ohne Balken: nicht beschlossen, oder von wann bis wann ist nicht eingetragen.")
    if any(item.bar is not None and item.ends is None for item in items):
        yield _("Pfeil: Ein Ende ist nicht genannt.")


def _explain_drawn_signs(context: Context, items: Sequence[TimelineItem]) -> list[PictureKey]:
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
        "ends": _("letzter Tag"),
    }
    drawn = {item.bar for item in items}
    marked: set[MarkKind] = set()
    for item in items:
        marked.update(kind for _day, kind, _words in item.days)
    keys = [_make_sign_key(context, words, bar, ()) for bar, words in bars.items() if bar in drawn]
    return keys + [
        _make_sign_key(context, words, None, SHAPES[mark]) for mark, words in marks.items() if mark in marked
    ]


def _make_sign_key(context: Context, words: str, bar: BarKind | None, shapes: Shapes) -> PictureKey:
    return PictureKey("", words, context.call(TimelineSign(bar, shapes)))


def _make_timeline_table(context: Context, items: Sequence[TimelineItem]) -> TableContent:
    _ = context.gettext
    heads = [_("Vorhaben"), _("Stand"), _("Zeitraum"), _("Beschlüsse und Überprüfungen")]
    rows = []
    for item in items:
        name = context.marked(Translated(item.name, item.lang))
        if item.href:
            name = linked(item.href, name)
        days = Markup("<br>").join(words for _day, _kind, words in item.days)
        decisions = TableCell(days) if days else NOTHING
        rows.append((TableCell(name), TableCell(item.state), TableCell(item.term or "–"), decisions))
    return table_of(heads, [], rows)


WIDTH = 220  # of an agenda, in pixels
SPAN = 60
"""So many days are on the line; what is later stands at its end."""
_EDGE = 14  # pixels that stay free at both ends


class Agenda(MacroCall, frozen=True):
    """A line from today on with the next sessions."""

    template = "charts/cells.html"
    macro = "agenda"

    today: str  # the word below the line's beginning
    sessions: Sequence[float]  # in pixels from the left
    label: str  # the first session's date
    anchor: str  # which end of the label stands there


def agenda(today: str, days: Sequence[int], label: str) -> Agenda:
    """Lay out sessions by days from today; `label` is the first's date."""
    places = tuple(round(_EDGE + min(day, SPAN) / SPAN * (WIDTH - 2 * _EDGE), 1) for day in days)
    return Agenda(today, places, label, "start" if places[0] < WIDTH / 2 else "end")
