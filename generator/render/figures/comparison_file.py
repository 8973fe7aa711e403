"""All figures in, the file out that the browser compares areas with: the same numbers in the same writing as on the pages."""

from __future__ import annotations

import json
from itertools import chain
from typing import Any

from generator.model.cells import Status, Verdict, shown
from generator.render.base import urls
from generator.render.base.area_names import named
from generator.render.base.context import Context
from generator.render.figures.figure_texts import (
    cell_number,
    interval_text,
    period_text,
    sign_label,
    unit_text,
    value_text,
    verdict_word,
)
from generator.render.figures.heat import comparable

FILE = "daten.json"


def comparison_files(context: Context) -> dict[str, bytes]:
    """Return the data file of the comparison in the context's language; nothing where there are no figures."""
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
    town = series.cell(series.benchmark, series.latest)
    rate = indicator.denominator is not None
    return {
        "id": key,
        "title": context.texts.of(indicator, "title").text,
        "says": context.texts.of(indicator, "says").text,
        "head": f"{period}, {unit}" if unit else period,
        "link": urls.relative(path, context.path("report", key)),
        "comparable": rate,
        "town": value_text(context, indicator, town)
        if rate and town is not None and town.value is not None
        else "",
        "cells": {space: _cell(context, key, space) for space in series.spaces},
    }


def _cell(context: Context, key: str, space: str) -> dict[str, Any]:
    indicator, series = context.site.indicators[key], context.facts.series[key]
    cell = series.cell(space, series.latest)
    if cell is None or cell.value is None:
        status = cell.status if cell is not None and cell.status is not Status.KNOWN else None
        return {"text": value_text(context, indicator, cell), "gap": sign_label(context.texts, status)}
    found: dict[str, Any] = {
        "value": float(cell.value),
        "text": cell_number(context, indicator, cell),
    }
    if limits := shown(cell, indicator.decimals).interval:
        found |= {"low": float(limits[0]), "high": float(limits[1])}
        found["interval"] = interval_text(context, indicator, cell)
    comparison = series.comparisons.get(cell.key)
    if comparison is not None and comparison.verdict != Verdict.UNKNOWN:
        found["verdict"] = verdict_word(context.texts, Verdict(comparison.verdict))
    return found
