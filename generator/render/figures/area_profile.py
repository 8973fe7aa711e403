"""Show the figures of one area: strips, table, stated numbers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import chain

from markupsafe import Markup
from msgspec import Struct

from generator.model.areas_and_offices import Space
from generator.model.cells import Cell, Change, Series, Status, Verdict
from generator.model.groups import Figure
from generator.model.indicator import Indicator
from generator.render.base.area_names import level_name, named
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.texts import Texts
from generator.render.base.view import FigureRow, View
from generator.render.figures.charts import ChartPoint, spine
from generator.render.figures.figure_texts import (
    change_text,
    change_word,
    gap_label,
    interval_text,
    judgement_word,
    number_or_sign,
    period_text,
    unit_text,
    verdict_word,
)
from generator.render.figures.levels_and_topics import by_area, by_situation, gap_of, has_value, of_one_level
from generator.render.figures.missing_offers import supply_text
from generator.render.figures.points import figure_point, small_line
from generator.render.figures.sentences import NOTABLE

FEWEST = 3
"""With fewer areas of a level there is nothing to compare a place among them with."""


class ProfileRow(Struct, frozen=True):
    """One figure of an area in words and pictures."""

    id: str
    title: Markup
    period: str
    unit: str  # „%“, „je 1.000“
    value: str  # the number, or the sign that stands for it
    gap: str  # why there is no number; empty if there is one
    interval: str  # „27,9–34,7“
    region: str  # the figure of the area around
    town: str  # the town's
    verdict: str  # higher or lower than the town's
    judged: str  # whether that is better; empty where nobody set it
    spine: Markup  # the picture among the level's areas; empty if not compared
    shown: str  # of how many areas the picture is
    complete: bool  # whether all of them have a figure
    change: str  # „+1,2 seit 2024“
    word: str  # whether the change can be chance
    line: Markup  # the small picture over time
    offers: str  # how many offers there are to it


class ProfileView(View, frozen=True):
    """An area's figures by life situation; columns `region` and `town`."""

    template = "parts/profile.html"

    space: str  # the area's id
    name: str
    rows: Sequence[ProfileRow]
    region: str  # the area around by name; empty if that is the town
    town: str
    level: str  # the level's name in the plural
    spines: bool  # whether any row has a picture


class StripsView(View, frozen=True):
    """An area's figures among all areas of its level, with uncertainty."""

    template = "parts/strips.html"

    name: str
    rows: Sequence[ProfileRow]
    region: str
    town: str
    level: str


def profile_of(context: Context, space: str) -> ProfileView | None:
    """Return an area's figures; None for none."""
    above = context.facts.spaces[space].ancestors
    region, town = (above[0] if len(above) > 1 else ""), (above[-1] if above else "")
    rows = tuple(
        _profile_row(context, key, space, region)
        for key in chain.from_iterable(by_situation(context).values())
        if space in context.facts.series[key].spaces
    )
    if not rows:
        return None
    return ProfileView(
        space=space,
        name=named(context, space),
        rows=rows,
        region=named(context, region) if region else "",
        town=named(context, town) if town else "",
        level=level_name(context, space, plural=True),
        spines=any(row.spine for row in rows),
    )


def profile_table(context: Context, path: str, view: ProfileView | None) -> Markup:
    """Return the table of an area's figures with its legend."""
    return context.render(view, path) if view is not None else Markup()


def profile_strips(context: Context, path: str, view: ProfileView | None) -> Markup:
    """Return an area's compared figures as pictures with words."""
    if view is None or not view.spines:
        return Markup()
    rows = tuple(row for row in view.rows if row.spine)
    return context.render(StripsView(view.name, rows, view.region, view.town, view.level), path)


def _profile_row(context: Context, key: str, space: str, region: str) -> ProfileRow:
    indicator, series = context.site.indicators[key], context.facts.series[key]
    cell, town = series.now(space), series.now(series.benchmark)
    around = series.now(region) if region else None
    comparison = series.comparison(space)
    verdict = Verdict(comparison.verdict) if comparison is not None else Verdict.UNKNOWN
    word = verdict_word(context.texts, indicator, comparison)
    judged = judgement_word(context.texts, comparison.judgement) if comparison is not None else ""
    change = series.change(space)
    picture = _spine(context, indicator, series, space, around, verdict)
    return ProfileRow(
        id=key,
        title=context.translated(indicator, "title"),
        period=period_text(context.texts, series.latest),
        unit=unit_text(context, indicator),
        value=number_or_sign(context, indicator, cell),
        gap="" if has_value(cell) else gap_label(context.texts, cell),
        interval=interval_text(context, indicator, cell),
        region=number_or_sign(context, indicator, around) if around is not None else "",
        town=number_or_sign(context, indicator, town) if town is not None and town is not cell else "",
        verdict=word,
        judged=judged,
        spine=picture,
        shown=_say_how_many_shown(context, series, space) if picture else "",
        complete=all(map(has_value, of_one_level(context, series, space, series.latest).values())),
        change=_say_change_since(context, indicator, change, rounded=bool(series.reach)),
        word=change_word(context.texts, indicator, change, rounded=bool(series.reach)),
        line=small_line(context, indicator, series, space) if len(series.periods) > 1 else Markup(),
        offers=supply_text(context, indicator.topics, space),
    )


def _spine(
    context: Context, indicator: Indicator, series: Series, space: str, around: Cell | None, verdict: Verdict
) -> Markup:
    """Draw a figure among those of its level; empty where it isn't compared or few are known."""
    town = series.now(series.benchmark)
    cell = series.now(space)
    compared = by_area(context, indicator) and space != series.benchmark
    if not compared or town is None or town.value is None:
        return Markup()
    others = [
        float(item.value)
        for item in of_one_level(context, series, space, series.latest).values()
        if item is not None and item.value is not None
    ]
    if len(others) < FEWEST:
        return Markup()
    laid = spine(
        ChartPoint("", "") if cell is None else figure_point(context, indicator, cell, ""),
        float(town.value),
        others,
        region=float(around.value) if around is not None and around.value is not None else None,
        differs=verdict in NOTABLE,
        mirrored=context.texts.dir == "rtl",
    )
    return context.call(laid)


def _say_how_many_shown(context: Context, series: Series, space: str) -> str:
    """Say how many areas the picture shows: „3 von 12 (9 geheim)“."""
    texts = context.texts
    _ = texts.gettext
    cells = of_one_level(context, series, space, series.latest)
    gaps = [gap_of(cell) for cell in cells.values() if not has_value(cell)]
    if not gaps:
        return _("alle {n}").format(n=len(cells))
    secret = gaps.count(Status.SECRET)
    reasons = [
        words.format(n=count)
        for count, words in ((secret, _("{n} geheim")), (len(gaps) - secret, _("{n} ohne Zahl")))
        if count
    ]
    return _("{n} von {all} ({reasons})").format(
        n=len(cells) - len(gaps), all=len(cells), reasons=", ".join(reasons)
    )


def _say_change_since(context: Context, indicator: Indicator, change: Change | None, *, rounded: bool) -> str:
    if change is None or change.difference is None:
        return ""
    words = context.gettext("{difference} seit {period}")
    return words.format(
        difference=change_text(context, indicator, change, rounded=rounded),
        period=period_text(context.texts, change.since),
    )


def share(space: Space, figure: Figure) -> Decimal | None:
    """Return a figure's share of another of the same date, in percent. None where it is no part of one, or that is missing or zero."""
    whole = _find_whole_of_figure(space, figure)
    if whole is None or not whole.value:
        return None
    return figure.value / whole.value * 100


def share_text(texts: Texts, space: Space, figure: Figure) -> str:
    """Write a share: „rund 16,3 %“, marked if made up; empty for none."""
    part, whole = share(space, figure), _find_whole_of_figure(space, figure)
    if part is None or whole is None:
        return ""
    # A part of an exact whole is as exact as it is; of a whole that is none, only about so large.
    text = texts.qualified("rund" if whole.qualifier else figure.qualifier, texts.percent(part))
    return f"{text} ({texts.made_up})" if figure.illustrative or whole.illustrative else text


def _find_whole_of_figure(space: Space, figure: Figure) -> Figure | None:
    return next((item for item in space.figures if item.name == figure.of and item.date == figure.date), None)


def figure_rows(context: Context, key: str) -> Sequence[FigureRow]:
    """Return a space's figures with shares beside the town's."""
    return [_figure_row(context, key, figure) for figure in context.site.spaces[key].figures]


def _figure_row(context: Context, key: str, figure: Figure) -> FigureRow:
    value = stated_text(context.texts, figure)
    # A zero-width space lets „Einwohner/innen“ break on a phone.
    label = context.written(figure.name.replace("/", "/\u200b"))
    if figure.illustrative:
        label = pattern("{} ({})").format(label, context.texts.made_up)
    part = share_text(context.texts, context.site.spaces[key], figure)
    lines: list[str | Markup] = []
    if part:
        words = Markup.escape(context.gettext("Anteil: {share} (Grundlage: {whole})"))
        lines.append(words.format(share=part, whole=context.written(figure.of)))
        lines += _comparison(context, key, figure)
    if figure.note:
        lines.append(context.written(figure.note))
    return FigureRow(value, label, Markup("<br>").join(lines))


def stated_text(texts: Texts, figure: Figure) -> str:
    """Write a figure with qualifier and unit: „rund 108.000“, „5,4 %“."""
    number = texts.number(figure.value)
    if figure.unit:
        number = f"{number}\u00a0{figure.unit}"
    return texts.qualified(figure.qualifier, number)


def stand_text(texts: Texts, figure: Figure) -> str:
    """Say a figure's date: „Stand 31. Dezember 2025“, or that it has none."""
    if figure.date is None:
        return texts.gettext("ohne Stichtag")
    return texts.gettext("Stand {date}").format(date=texts.date(figure.date))


def _comparison(context: Context, key: str, figure: Figure) -> list[str | Markup]:
    """Return the same day's share in the widest area around."""
    above = context.facts.spaces[key].ancestors
    if not above:
        return []
    widest = context.site.spaces[above[-1]]
    for other in widest.figures:
        if (other.name, other.date, other.of) == (figure.name, figure.date, figure.of):
            part = share_text(context.texts, widest, other)
            if part:
                return [pattern("{}: {}").format(context.translated(widest), part)]
    return []


def sources(context: Context, key: str) -> Sequence[Markup]:
    """Return a line for each source and date."""
    groups: dict[tuple[str, str], list[str]] = {}
    for figure in context.site.spaces[key].figures:
        groups.setdefault((figure.source, stand_text(context.texts, figure)), []).append(figure.name)
    words = Markup.escape(context.gettext("{source}, {stand}"))
    lines = []
    for (source, date), names in groups.items():
        line = words.format(source=context.written(source), stand=date)
        if len(groups) > 1:
            line = pattern("{} ({})").format(line, context.written(context.texts.join(names)))
        lines.append(line)
    return lines
