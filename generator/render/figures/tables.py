"""A series in, the columns and rows of its tables out: figures of a level, figures over time, parts of a whole, other places."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from generator.model.cells import Cell, Series, Status, Verdict, shown
from generator.model.indicator import Breakdown, Indicator, PeerSet
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.place_names import named, space_name
from generator.render.base.texts import Texts
from generator.render.figures.areas import gap_of
from generator.render.figures.charts import Scale, draw, gauge, scale_for, sparkline
from generator.render.figures.points import points_over_time
from generator.render.figures.text import (
    cell_number,
    change_word,
    interval_text,
    period_text,
    sign_label,
    signed,
    unit_text,
    value_text,
    value_words,
    verdict_word,
)

Column = dict[str, Any]
Cells = list[Any]


def figures_table(
    context: Context, path: str, indicator: Indicator, series: Series, spaces: Sequence[str]
) -> tuple[list[Column], list[Cells]]:
    """Return the main table: value, interval, beside the town in words and as a small bar, change; the town stands first."""
    _ = context.texts.gettext
    period = series.latest
    town = series.cell(series.benchmark, period)
    unit = unit_text(context, indicator)
    listed = [series.benchmark, *(key for key in spaces if key != series.benchmark)] if town else list(spaces)
    cells = [series.cell(key, period) for key in listed]
    bounded = any(shown(cell, indicator.decimals).interval for cell in cells)
    compared = indicator.denominator is not None and town is not None and town.value is not None
    since = _since(series, listed)
    axis = scale_for(
        (float(value) for cell in cells for value in _written(indicator, cell) if value is not None),
        mirrored=context.texts.dir == "rtl",
    )
    columns: list[Column] = [
        {"label": _("Gebiet"), "key": "space"},
        {"label": _head(context, period, unit), "num": True, "key": "value"},
    ]
    if bounded:
        columns.append({"label": _("Unsicherheit"), "num": True})
    if compared:
        words = _("im Vergleich: {town} ({value})")
        columns.append(
            {
                "label": words.format(
                    town=named(context, series.benchmark), value=value_words(context, indicator, town)
                ),
                "key": "verdict",
            }
        )
    if since:
        words = _("seit {period}") if len(since) == 1 else _("Verlauf")
        label = words.format(period=period_text(context.texts, next(iter(since))))
        columns.append({"label": label, "key": "change"})
    rows = []
    for key, cell in zip(listed, cells, strict=True):
        interval = interval_text(context, indicator, cell)
        row: Cells = [_linked(context, path, key), _narrow(_value(context, indicator, cell), interval)]
        if bounded:
            row.append({"text": interval, "muted": True})
        if compared:
            row.append(_compared(context, indicator, series, cell, town, axis, key))
        if since:
            row.append(_changed(context, indicator, series, key, several=len(since) > 1))
        rows.append(row)
    return columns, rows


def time_table(
    context: Context, path: str, indicator: Indicator, series: Series, spaces: Sequence[str]
) -> tuple[list[Column], list[Cells]]:
    """Return areas by periods; forecasts are marked with „v“ for „vorausberechnet“."""
    _ = context.texts.gettext
    columns: list[Column] = [{"label": _("Gebiet"), "key": "space"}]
    ahead = {cell.period for cell in series.cells.values() if cell.forecast}
    for period in series.periods:
        words = _("{period} (vorausberechnet)") if period in ahead else "{period}"
        columns.append(
            {
                "label": words.format(period=period_text(context.texts, period)),
                "num": True,
                "key": f"p{period}",
            }
        )
    rows = [
        [
            _linked(context, path, key),
            *(_value(context, indicator, series.cell(key, period)) for period in series.periods),
        ]
        for key in spaces
    ]
    return columns, rows


def breakdown_table(
    context: Context, path: str, indicator: Indicator, series: Series, number: int, spaces: Sequence[str]
) -> tuple[list[Column], list[Cells]]:
    """Return areas by the values of one breakdown, the others whole."""
    _ = context.texts.gettext
    breakdown = indicator.breakdowns[number]
    columns: list[Column] = [{"label": _("Gebiet"), "key": "space"}]
    columns += [
        {"label": value_name(context, breakdown, place), "num": True, "key": value.id}
        for place, value in enumerate(breakdown.values)
    ]
    rows = [
        [
            _linked(context, path, key),
            *(
                _value(
                    context,
                    indicator,
                    series.cell(key, series.latest, part_of(series, number, value.id)),
                )
                for value in breakdown.values
            ),
        ]
        for key in spaces
    ]
    return columns, rows


def part_of(series: Series, number: int, value: str) -> tuple[str, ...]:
    """Return the breakdown key of one value, with every other breakdown whole."""
    return tuple(value if place == number else "" for place in range(len(series.whole)))


def value_name(context: Context, breakdown: Breakdown, number: int) -> str:
    """Name a value of a breakdown in the page's language, as far as it is known."""
    value = breakdown.values[number]
    return value.name_en if context.lang.startswith("en") and value.name_en else value.name


def peer_table(
    context: Context, indicator: Indicator, series: Series, peers: PeerSet
) -> tuple[list[Column], list[Cells]]:
    """Return other places in their written order, after the town: they are no ranking, so nothing sorts them."""
    _ = context.texts.gettext
    columns: list[Column] = [
        {"label": _("Ort")},
        {"label": unit_text(context, indicator) or _("Wert"), "num": True},
        {"label": _("Zeitraum")},
        {"label": _("Hinweis")},
    ]
    town = series.cell(series.benchmark, series.latest)
    rows: list[Cells] = []
    if town is not None:
        rows.append(
            [
                named(context, series.benchmark),
                _value(context, indicator, town),
                period_text(context.texts, town.period),
                "",
            ]
        )
    rows += [
        [
            context.written(peer.name),
            context.texts.qualified(peer.qualifier, as_written(context.texts, peer.value)),
            period_text(context.texts, peer.period),
            context.written(peer.note),
        ]
        for peer in peers.values
    ]
    return columns, rows


def as_written(texts: Texts, value: Decimal) -> str:
    """Write a number of another place with the digits that its source gives, no more and no fewer."""
    decimals = -int(value.as_tuple().exponent)
    return texts.number(value, max(0, decimals))


def sign_rows(context: Context, cells: Sequence[Cell | None]) -> list[Status]:
    """Return the signs that occur among cells, in their fixed order."""
    there = {cell.status for cell in cells if cell is not None}
    return [status for status in Status if status in there and status is not Status.KNOWN]


def _since(series: Series, spaces: Sequence[str]) -> dict[str, None]:
    """The periods with which the areas' latest figures are compared, each once."""
    found = (series.changes.get((key, series.latest, series.whole)) for key in spaces)
    return dict.fromkeys(change.since for change in found if change is not None)


def _head(context: Context, period: str, unit: str) -> str:
    name = period_text(context.texts, period)
    if not unit:
        return name
    return (
        context.texts.gettext("{period} in {unit}").format(period=name, unit=unit)
        if unit == "%"
        else f"{name}, {unit}"
    )


def _linked(context: Context, path: str, key: str) -> dict[str, Any]:
    href = urls.relative(path, context.path("space", key))
    name = space_name(context, key)
    return {"text": Markup('<a href="{}">{}</a>').format(href, name), "sort": str(name.striptags())}


def _written(indicator: Indicator, cell: Cell | None) -> tuple[Decimal | None, ...]:
    figure = shown(cell, indicator.decimals)
    return (figure.value, figure.low, figure.high)


def _value(context: Context, indicator: Indicator, cell: Cell | None) -> dict[str, Any]:
    """A number, or the sign for it with its meaning in words for those who hear it."""
    if cell is not None and cell.value is not None:
        text = Markup.escape(cell_number(context, indicator, cell))
        if cell.status is Status.REVISED:
            text = Markup('{}<abbr class="nr-sign" title="{}">\u00a0r</abbr>').format(
                text, sign_label(context.texts, cell.status)
            )
        if cell.note:
            text += Markup('<span class="nr-glance__small">{}</span>').format(context.written(cell.note))
        return {"text": text, "sort": str(cell.value)}
    status = gap_of(cell)
    label = sign_label(context.texts, status if status is not Status.KNOWN else None)
    sign = value_text(context, indicator, cell)
    if cell is not None and cell.note:
        label = Markup("{}: {}").format(label, context.written(cell.note))
    text = Markup('<span class="nr-sign" aria-hidden="true">{}</span><span class="nr-gap">{}</span>').format(
        sign, label
    )
    return {"text": text, "muted": True}


def _narrow(value: dict[str, Any], interval: str) -> dict[str, Any]:
    """Put the interval under the number for phones, where its own column is hidden."""
    if not interval:
        return value
    below = Markup('<span class="nr-glance__small nr-narrow">{}</span>').format(interval)
    return {**value, "text": Markup.escape(value["text"]) + below}


def _compared(
    context: Context,
    indicator: Indicator,
    series: Series,
    cell: Cell | None,
    town: Cell | None,
    axis: Scale,
    key: str,
) -> dict[str, Any]:
    if cell is None or cell.value is None or town is None or town.value is None:
        return {"text": "", "muted": True}
    comparison = series.comparisons.get(cell.key)
    verdict = comparison.verdict if comparison is not None else Verdict.UNKNOWN
    mark = axis.at(float(town.value))
    limits = shown(cell, indicator.decimals).interval
    interval = (axis.at(float(limits[0])), axis.at(float(limits[1]))) if limits else None
    picture = gauge(context, axis.span(0, float(cell.value)), interval, mark)
    word = verdict_word(context.texts, verdict)
    text = Markup('<span class="nr-beside">{}<span>{}</span></span>').format(picture, word)
    order = {Verdict.LOWER: 1, Verdict.SIMILAR: 2, Verdict.HIGHER: 3}.get(Verdict(verdict))
    return {"text": text, "sort": order} if order is not None and key != series.benchmark else {"text": text}


def _changed(
    context: Context, indicator: Indicator, series: Series, key: str, *, several: bool
) -> dict[str, Any]:
    points = points_over_time(context, indicator, series, key)
    breaks = [
        number
        for number, period in enumerate(series.periods)
        if period in {item.period for item in indicator.breaks}
    ]
    change = series.changes.get((key, series.latest, series.whole))
    picture = draw(context, sparkline(points, breaks))
    if change is None:
        return {"text": Markup('<span class="nr-beside">{}</span>').format(picture)}
    words = [signed(context, indicator, change.difference)]
    if several:
        words.append(
            context.texts.gettext("seit {period}").format(period=period_text(context.texts, change.since))
        )
    word = change_word(context.texts, indicator, change)
    return {
        "text": Markup('<span class="nr-beside">{}<span>{}{}</span></span>').format(
            picture,
            " ".join(words),
            Markup('<span class="nr-glance__small">{}</span>').format(word) if word else "",
        ),
        "sort": str(change.difference),
    }


__all__ = [
    "breakdown_table",
    "figures_table",
    "part_of",
    "peer_table",
    "sign_rows",
    "time_table",
    "value_name",
]
