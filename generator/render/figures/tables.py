"""Make the tables of a series, and the one that compares areas."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.export.figure_files import json_number
from generator.model.cells import VERDICT_MARKS, Cell, Series, Status, Verdict, shown
from generator.model.indicator import Breakdown, Indicator, PeerSet
from generator.render.base.area_names import named, space_name
from generator.render.base.context import Context, Ids
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.texts import Texts
from generator.render.base.view import FIGURED, TableCell, TableColumn, TableContent
from generator.render.figures.charts import Gauge, Scale, scale_for
from generator.render.figures.figure_texts import (
    cell_number,
    change_text,
    change_word,
    gap_label,
    interval_text,
    period_text,
    sign_label,
    unit_text,
    value_text,
    value_words,
    verdict_word,
)
from generator.render.figures.levels_and_topics import Level, gap_of, has_value, levels_of
from generator.render.figures.points import ends_of, small_line
from generator.render.figures.sentences import VerdictTally, chance_sentence, tally_of, verdict_of


def figures_table(
    context: Context, path: str, indicator: Indicator, series: Series, spaces: Ids
) -> TableContent:
    """Return the main table: value, interval, comparison, change; the town first."""
    _ = context.gettext
    period = series.latest
    town = series.cell(series.benchmark, period)
    unit = unit_text(context, indicator)
    listed = [series.benchmark, *(key for key in spaces if key != series.benchmark)] if town else list(spaces)
    cells = [series.cell(key, period) for key in listed]
    bounded = any(shown(cell, indicator.decimals).interval for cell in cells)
    compared = indicator.denominator is not None and town is not None and town.value is not None
    since = _since(series, listed)
    values = chain.from_iterable(_shown_values(indicator, cell) for cell in cells)
    axis = scale_for(values, mirrored=context.texts.dir == "rtl")
    columns = [
        TableColumn(_("Gebiet"), key="space"),
        TableColumn(_write_value_heading(context, period, unit), num=True, key="value"),
    ]
    if bounded:
        columns.append(TableColumn(_("Unsicherheit"), num=True))
    if compared:
        columns.append(TableColumn(_beside_town(context, indicator, series), key="verdict"))
    if since:
        columns.append(TableColumn(_over_time(context, since), key="change"))
    rows = []
    ends = ends_of(context, indicator, series, listed)
    for key, cell in zip(listed, cells, strict=True):
        interval = interval_text(context, indicator, cell)
        row = [area_cell(context, path, key), _narrow(_make_value_cell(context, indicator, cell), interval)]
        if bounded:
            row.append(TableCell(interval, muted=True))
        if compared:
            row.append(_make_comparison_cell(context, indicator, series, cell, axis))
        if since:
            line = small_line(context, indicator, series, key, ends)
            row.append(_make_change_cell(context, indicator, series, key, line, several=len(since) > 1))
        rows.append(tuple(row))
    return TableContent(columns, rows)


def _beside_town(context: Context, indicator: Indicator, series: Series) -> str:
    """Say what figures are compared with: the town's latest."""
    town = value_words(context, indicator, series.now(series.benchmark))
    words = context.gettext("im Vergleich: {town} ({value})")
    return words.format(town=named(context, series.benchmark), value=town)


def _over_time(context: Context, since: Collection[str]) -> str:
    """Say since when figures changed, if the same for all."""
    _ = context.gettext
    if len(since) > 1:
        return _("Verlauf")
    return _("seit {period}").format(period=period_text(context.texts, next(iter(since))))


def time_table(
    context: Context, path: str, indicator: Indicator, series: Series, spaces: Ids
) -> TableContent:
    """Return areas by periods; forecasts are marked „v“ („vorausberechnet“)."""
    _ = context.gettext
    columns = [TableColumn(_("Gebiet"), key="space")]
    ahead = {cell.period for cell in series.cells.values() if cell.forecast}
    for period in series.periods:
        words = _("{period} (vorausberechnet)") if period in ahead else "{period}"
        label = words.format(period=period_text(context.texts, period))
        columns.append(TableColumn(label, num=True, key=f"p{period}"))
    rows = []
    for key in spaces:
        values = (_make_value_cell(context, indicator, series.cell(key, period)) for period in series.periods)
        rows.append((area_cell(context, path, key), *values))
    return TableContent(columns, rows)


def breakdown_table(
    context: Context, path: str, indicator: Indicator, series: Series, number: int, spaces: Ids
) -> TableContent:
    """Return areas by one breakdown's values, the others whole."""
    breakdown = indicator.breakdowns[number]
    columns = [TableColumn(context.gettext("Gebiet"), key="space")]
    for place, value in enumerate(breakdown.values):
        columns.append(TableColumn(value_name(context, breakdown, place), num=True, key=value.id))
    parts = [part_of(series, number, value.id) for value in breakdown.values]
    rows = []
    for key in spaces:
        cells = (series.cell(key, series.latest, part) for part in parts)
        rows.append(
            (area_cell(context, path, key), *(_make_value_cell(context, indicator, cell) for cell in cells))
        )
    return TableContent(columns, rows)


def part_of(series: Series, number: int, value: str) -> tuple[str, ...]:
    """Return the breakdown key of one value, the others whole."""
    return tuple(value if place == number else "" for place in range(len(series.whole)))


def value_name(context: Context, breakdown: Breakdown, number: int) -> str:
    """Name a breakdown's value in the page's language."""
    value = breakdown.values[number]
    return value.name_en if context.lang.startswith("en") and value.name_en else value.name


def peer_table(context: Context, indicator: Indicator, series: Series, peers: PeerSet) -> TableContent:
    """Return other places in written order (no ranking) after the town's same periods.

    Where a period isn't published for the town its latest figure stands there, each with its period.
    """
    _ = context.gettext
    columns = (
        TableColumn(_("Ort")),
        TableColumn(unit_text(context, indicator) or _("Wert"), num=True),
        TableColumn(_("Zeitraum")),
        TableColumn(_("Hinweis")),
    )
    theirs = {peer.period for peer in peers.values}
    towns = _beside_others(series, theirs)
    periods_differ = {cell.period for cell in towns} != theirs
    rows: list[Sequence[TableCell]] = [
        (
            TableCell(named(context, series.benchmark)),
            _dated(context, _make_value_cell(context, indicator, cell), cell.period, periods_differ),
            TableCell(period_text(context.texts, cell.period)),
            TableCell(""),
        )
        for cell in towns
    ]
    for peer in peers.values:
        number = TableCell(context.texts.qualified(peer.qualifier, as_written(context.texts, peer.value)))
        rows.append(
            (
                TableCell(context.written(peer.name)),
                _dated(context, number, peer.period, periods_differ),
                TableCell(period_text(context.texts, peer.period)),
                TableCell(context.written(peer.note)),
            )
        )
    return TableContent(columns, rows)


def _beside_others(series: Series, theirs: Collection[str]) -> Sequence[Cell]:
    """Return the town's figures of others' periods, newest first, else its latest."""
    cells = (series.cell(series.benchmark, period) for period in reversed(series.periods))
    published = [cell for cell in cells if cell is not None and cell.value is not None and not cell.forecast]
    found = [cell for cell in published if cell.period in theirs]
    if len(found) < len(theirs) and published[:1] != found[:1]:
        found.insert(0, published[0])
    return found


def _dated(context: Context, number: TableCell, period: str, periods_differ: bool) -> TableCell:
    """Put the period beside a number where a table's periods differ."""
    if not periods_differ:
        return number
    return replace(number, text=FIGURED.format(number.text, period_text(context.texts, period)))


def as_written(texts: Texts, value: Decimal) -> str:
    """Write another place's number with its source's digits."""
    decimals = -int(value.as_tuple().exponent)
    return texts.number(value, max(0, decimals))


def _since(series: Series, spaces: Ids) -> dict[str, None]:
    """Return the periods that latest figures are compared with."""
    found = (series.change(key) for key in spaces)
    return dict.fromkeys(change.since for change in found if change is not None)


def _write_value_heading(context: Context, period: str, unit: str) -> str:
    name = period_text(context.texts, period)
    if unit == "%":
        return context.gettext("{period} in {unit}").format(period=name, unit=unit)
    return f"{name}, {unit}" if unit else name


def area_cell(context: Context, path: str, key: str, place: str = "") -> TableCell:
    """Return an area as a row's head, linked to its page."""
    name = space_name(context, key)
    return TableCell(linked(context.href(path, "space", key) + place, name), sort=str(name.striptags()))


def _shown_values(indicator: Indicator, cell: Cell | None) -> Iterator[float]:
    """Yield a figure's value and limits as shown."""
    figure = shown(cell, indicator.decimals)
    for value in (figure.value, figure.low, figure.high):
        if value is not None:
            yield float(value)


def _make_value_cell(context: Context, indicator: Indicator, cell: Cell | None) -> TableCell:
    """Return a number, or its sign with words for screen readers."""
    if cell is not None and cell.value is not None:
        text = Markup.escape(cell_number(context, indicator, cell))
        if cell.status is Status.REVISED:
            text = pattern('{}<abbr class="nr-sign" title="{}">\u00a0r</abbr>').format(
                text, sign_label(context.texts, cell.status)
            )
        return TableCell(text, sort=str(cell.value))
    label = gap_label(context.texts, cell)
    sign = value_text(context, indicator, cell)
    text = pattern('<span class="nr-sign" aria-hidden="true">{}</span><span class="nr-gap">{}</span>').format(
        sign, label
    )
    return TableCell(text, muted=True)


def _narrow(value: TableCell, interval: str) -> TableCell:
    """Put the interval below the number for phones."""
    if not interval:
        return value
    below = pattern('<span class="nr-glance__small nr-narrow">{}</span>').format(interval)
    return replace(value, text=Markup.escape(value.text) + below)


def _make_comparison_cell(
    context: Context,
    indicator: Indicator,
    series: Series,
    cell: Cell | None,
    axis: Scale,
) -> TableCell:
    """Draw a figure beside the town's, and say if it is higher."""
    town = series.now(series.benchmark)
    if cell is None or cell.value is None or town is None or town.value is None:
        return TableCell("", muted=True)
    comparison = series.comparisons.get(cell.key)
    mark = axis.at(float(town.value))
    limits = shown(cell, indicator.decimals).interval
    interval = (axis.at(float(limits[0])), axis.at(float(limits[1]))) if limits else None
    picture = context.call(Gauge(axis.span(0, float(cell.value)), interval, mark))
    word = verdict_word(context.texts, indicator, comparison)
    text = pattern('<span class="nr-beside">{}<span>{}</span></span>').format(picture, word)
    verdict = comparison.verdict if comparison is not None else Verdict.UNKNOWN
    order = {Verdict.LOWER: 1, Verdict.SIMILAR: 2, Verdict.HIGHER: 3}.get(verdict)
    return TableCell(text, sort=order if cell.space != series.benchmark else None)


def _make_change_cell(
    context: Context, indicator: Indicator, series: Series, key: str, picture: Markup, *, several: bool
) -> TableCell:
    change = series.change(key)
    if change is None:
        return TableCell(pattern('<span class="nr-beside">{}</span>').format(picture))
    rounded = bool(series.reach)
    words = [change_text(context, indicator, change, rounded=rounded)]
    if several:
        words.append(context.gettext("seit {period}").format(period=period_text(context.texts, change.since)))
    word = change_word(context.texts, indicator, change, rounded=rounded)
    text = pattern('<span class="nr-beside">{}<span>{}{}</span></span>').format(
        picture,
        " ".join(words),
        pattern('<span class="nr-glance__small">{}</span>').format(word) if word else "",
    )
    return TableCell(text, sort=str(change.difference))


MOST_AREAS = 160
"""A table of more rows is too long to read and too heavy to load; then the wider level is shown."""


class HeatCell(Struct, frozen=True):
    """A figure; `look` is higher, lower or why missing, `title` its interval."""

    text: Markup
    sort: str  # by which scripts sort
    look: str = ""
    title: str = ""


class Heat(Struct, frozen=True):
    """A table of areas by indicators; `chance` says how many signs chance makes, empty for few comparisons."""

    level: Level
    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[HeatCell]]
    chance: str = ""


def comparable(context: Context) -> list[str]:
    """Return the indicators with figures, in the reports' order."""
    return [key for key in context.site.indicators if key in context.facts.series]


def heat_levels(context: Context, indicators: Iterable[str]) -> list[Level]:
    """Return comparable levels, the one most indicators have first."""
    found: dict[str, Level] = {}
    counts: Counter[str] = Counter()
    for key in indicators:
        series = context.facts.series[key]
        for level in levels_of(context, series):
            known = sum(has_value(series.now(space)) for space in level.spaces)
            if 1 < len(level.spaces) <= MOST_AREAS and known > 1:
                # An indicator counts for a level if half of its areas have a figure.
                counts[level.id] += known * 2 >= len(level.spaces)
                if level.id not in found or len(level.spaces) > len(found[level.id].spaces):
                    found[level.id] = level
    first = context.site.config.geographies[0].id
    # Of levels that equally many indicators have the finer one says more.
    return sorted(
        found.values(), key=lambda level: (level.geography != first, -counts[level.id], -level.depth)
    )


def heat(context: Context, path: str, indicators: Ids, level: Level) -> Heat:
    """Make the table of one level."""
    columns = [TableColumn(context.gettext("Gebiet"), key="space")]
    town = next(
        (context.facts.series[key].benchmark for key in indicators if context.facts.series[key].benchmark), ""
    )
    listed = [*([town] if town and town not in level.spaces else []), *level.spaces]
    rows = [[_make_heat_area_cell(context, path, key)] for key in listed]
    for key in indicators:
        indicator, series = context.site.indicators[key], context.facts.series[key]
        if not any(has_value(series.now(space)) for space in level.spaces):
            continue
        unit = unit_text(context, indicator)
        period = period_text(context.texts, series.latest)
        label = pattern('<a href="{}">{}</a> <span class="nr-heat__unit">{}</span>').format(
            context.href(path, "report", key),
            context.translated(indicator, "title"),
            f"{period}, {unit}" if unit else period,
        )
        columns.append(TableColumn(label, key=key))
        for space, row in zip(listed, rows, strict=True):
            row.append(figure_cell(context, key, series, space))
    tally = sum((tally_of(context.facts.series[key], level.spaces) for key in indicators), VerdictTally())
    return Heat(level, columns, [tuple(row) for row in rows], chance_sentence(context, tally))


def _make_heat_area_cell(context: Context, path: str, key: str) -> HeatCell:
    href = context.href(path, "space", key)
    name = space_name(context, key)
    return HeatCell(linked(href, name), str(name.striptags()))


def figure_cell(context: Context, key: str, series: Series, space: str) -> HeatCell:
    """Return a cell, marked where it differs notably from the town."""
    indicator = context.site.indicators[key]
    cell = series.now(space)
    if cell is None or cell.value is None:
        text = pattern("<span>{}</span>").format(gap_label(context.texts, cell))
        return HeatCell(text, "", "secret" if gap_of(cell) is Status.SECRET else "none")
    verdict = verdict_of(series, space)
    text = Markup.escape(cell_number(context, indicator, cell))
    mark = VERDICT_MARKS.get(verdict)
    if mark:
        text = pattern(
            '{} <span class="nr-heat__mark" aria-hidden="true">{}</span><span class="nr-vh">{}</span>'
        ).format(text, mark, verdict_word(context.texts, indicator, series.comparison(space)))
    interval = interval_text(context, indicator, cell)
    words = context.gettext("Unsicherheitsbereich {interval}")
    title = words.format(interval=interval) if interval else ""
    return HeatCell(text, str(cell.value), verdict.value if mark else "", title)


FILE = "daten.json"  # for the script that compares two areas


def comparison_files(context: Context) -> dict[str, bytes]:
    """Return the comparison's data file; none without figures."""
    keys = comparable(context)
    if not keys:
        return {}
    path = context.path("compare")
    spaces = dict.fromkeys(chain.from_iterable(context.facts.series[key].spaces for key in keys))
    content = {
        "town": next((context.facts.series[key].benchmark for key in keys), ""),
        "names": {space: named(context, space) for space in spaces},
        "indicators": [_describe_indicator(context, path, key) for key in keys],
    }
    return {path + FILE: json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()}


def _describe_indicator(context: Context, path: str, key: str) -> dict[str, Any]:
    indicator, series = context.site.indicators[key], context.facts.series[key]
    unit, period = unit_text(context, indicator), period_text(context.texts, series.latest)
    town = series.now(series.benchmark)
    rate = indicator.denominator is not None
    return {
        "id": key,
        "title": context.texts.of(indicator, "title").text,
        "says": context.texts.of(indicator, "says").text,
        "head": f"{period}, {unit}" if unit else period,
        "link": context.href(path, "report", key),
        "comparable": rate,
        "town": value_text(context, indicator, town)
        if rate and town is not None and town.value is not None
        else "",
        "cells": {space: _describe_cell(context, key, space) for space in series.spaces},
    }


def _describe_cell(context: Context, key: str, space: str) -> dict[str, Any]:
    indicator, series = context.site.indicators[key], context.facts.series[key]
    cell = series.now(space)
    if cell is None or cell.value is None:
        return {"text": value_text(context, indicator, cell), "gap": gap_label(context.texts, cell)}
    found: dict[str, Any] = {
        "value": json_number(cell.value),
        "text": cell_number(context, indicator, cell),
    }
    if limits := shown(cell, indicator.decimals).interval:
        found |= {"low": json_number(limits[0]), "high": json_number(limits[1])}
        found["interval"] = interval_text(context, indicator, cell)
    if word := verdict_word(context.texts, indicator, series.comparison(space)):
        found["verdict"] = word
    return found
