"""Compare areas in a table of all indicators."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from generator.export.figure_files import json_number
from generator.model.cells import VERDICT_MARKS, Series, Status, shown
from generator.render.base.area_names import named, space_name
from generator.render.base.context import Context, Ids
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.view import TableColumn
from generator.render.figures.figure_texts import (
    cell_number,
    gap_label,
    interval_text,
    period_text,
    unit_text,
    value_text,
    verdict_word,
)
from generator.render.figures.levels_and_topics import Level, gap_of, has_value, levels_of
from generator.render.figures.sentences import VerdictTally, chance_sentence, tally_of, verdict_of

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
    rows = [[_area(context, path, key)] for key in listed]
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


def _area(context: Context, path: str, key: str) -> HeatCell:
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
        "indicators": [_indicator(context, path, key) for key in keys],
    }
    return {path + FILE: json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()}


def _indicator(context: Context, path: str, key: str) -> dict[str, Any]:
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
        "cells": {space: _cell(context, key, space) for space in series.spaces},
    }


def _cell(context: Context, key: str, space: str) -> dict[str, Any]:
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
