"""Indicators, areas and periods in, the columns and rows of a numbered table out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from generator.model.cells import Cell, Status
from generator.render.base.place_names import named
from generator.render.figures.text import (
    interval_text,
    number_text,
    period_text,
    said_of,
    sign_label,
    unit_text,
)
from generator.render.written_reports.edition_call_site import EditionCallSite

Columns = list[dict[str, Any]]
Rows = list[list[Any]]


def rows_of_areas(
    here: EditionCallSite, keys: Sequence[str], areas: Sequence[str], period: object
) -> tuple[Columns, Rows]:
    """Put areas down; across stand several indicators, several periods, or one figure with all that belongs to it."""
    context, texts = here.context, here.context.texts
    _ = texts.gettext
    columns: Columns = [{"label": _("Gebiet"), "key": "name"}]
    first = here.series(keys[0])
    periods = here.periods(first, period)
    if len(keys) == 1 and len(periods) == 1:
        return _in_detail(here, keys[0], areas, periods[0])
    cells: list[list[Cell | None]] = []
    if len(keys) > 1:
        for key in keys:
            series = here.series(key)
            when = here.period(series, period)
            columns.append({"label": f"{here.title(key)}, {period_text(texts, when)}", "num": True})
            cells.append([here.cell(key, area, when) for area in areas])
        decided = keys
    else:
        for when in periods:
            columns.append({"label": period_text(texts, when), "num": True})
            cells.append([here.cell(keys[0], area, when) for area in areas])
        decided = [keys[0]] * len(periods)
    rows: Rows = [
        [
            named(context, area),
            *(_value(here, key, column[number]) for key, column in zip(decided, cells, strict=True)),
        ]
        for number, area in enumerate(areas)
    ]
    return columns, rows


def _in_detail(here: EditionCallSite, key: str, areas: Sequence[str], when: str) -> tuple[Columns, Rows]:
    context, texts = here.context, here.context.texts
    _ = texts.gettext
    indicator = here.indicator(key)
    unit = unit_text(context, indicator)
    columns: Columns = [
        {"label": _("Gebiet"), "key": "name"},
        {"label": period_text(texts, when) + (f" ({unit})" if unit else ""), "num": True},
    ]
    cells = [here.cell(key, area, when) for area in areas]
    intervals = [interval_text(context, indicator, cell) for cell in cells]
    counts = any(cell is not None and cell.denominator is not None for cell in cells)
    if any(intervals):
        columns.append({"label": _("Unsicherheitsbereich"), "num": True})
    if counts:
        columns += [{"label": _("Anzahl"), "num": True}, {"label": _("von"), "num": True}]
    rows: Rows = []
    for area, cell, interval in zip(areas, cells, intervals, strict=True):
        row: list[Any] = [named(context, area), _value(here, key, cell)]
        if any(intervals):
            row.append(interval)
        if counts:
            row += [
                _count(here, cell.numerator if cell else None),
                _count(here, cell.denominator if cell else None),
            ]
        rows.append(row)
    return columns, rows


def rows_of_indicators(
    here: EditionCallSite, keys: Sequence[str], area: str, period: object
) -> tuple[Columns, Rows]:
    """Put indicators down and periods across, for one area."""
    texts = here.context.texts
    _ = texts.gettext
    if period is None:
        rows: Rows = []
        for key in keys:
            series = here.series(key)
            cell = here.cell(key, area, series.latest)
            unit = unit_text(here.context, here.indicator(key))
            rows.append(
                [
                    here.title(key),
                    period_text(texts, series.latest),
                    _value(here, key, cell),
                    unit or (_("Anzahl") if here.indicator(key).counted else ""),
                ]
            )
        columns: Columns = [
            {"label": _("Kennzahl")},
            {"label": _("Zeitraum")},
            {"label": _("Wert"), "num": True},
            {"label": _("Einheit")},
        ]
        return columns, rows
    periods = sorted({when for key in keys for when in here.periods(here.series(key), period)})
    columns = [
        {"label": _("Kennzahl")},
        *({"label": period_text(texts, when), "num": True} for when in periods),
    ]
    rows = []
    for key in keys:
        unit = unit_text(here.context, here.indicator(key))
        name = here.title(key) + (f" ({unit})" if unit else "")
        rows.append([name, *(_value(here, key, here.cell(key, area, when)) for when in periods)])
    return columns, rows


def written_table(
    here: EditionCallSite,
    keys: Sequence[str],
    columns: Columns,
    rows: Rows,
    caption: str | None,
    label: str | None,
) -> Markup:
    """Write a numbered table with caption, its sources and the signs that occur in it."""
    number = here.number("tabelle")
    here.label(label, "tabelle", number)
    _ = here.context.texts.gettext
    title = caption or here.context.texts.join(here.title(key) for key in keys)
    return here.context.render(
        "editions/table.html",
        here.path,
        number=number,
        title=title,
        columns=columns,
        rows=rows,
        sources=[here.source_number(key) for key in keys],
        signs=signs_in(here, rows),
    )


def signs_in(here: EditionCallSite, rows: Rows) -> list[str]:
    """Explain the signs that stand in a table instead of numbers."""
    texts = here.context.texts
    seen = {cell["text"] for row in rows for cell in row if isinstance(cell, dict) and cell.get("muted")}
    found = [
        f"{status} {sign_label(texts, status)}" for status in Status if status.value and status.value in seen
    ]
    written = [
        cell["text"] for row in rows for cell in row if isinstance(cell, dict) and not cell.get("muted")
    ]
    if any(text.endswith("\u00a0r") for text in written):
        found.append(f"r {sign_label(texts, Status.REVISED)}")
    if any(text.endswith("\u00a0*") for text in written):
        found.append("* " + texts.gettext("vorausberechnet"))
    return found


def _value(here: EditionCallSite, key: str, cell: Cell | None) -> dict[str, Any]:
    if cell is None:
        return {"text": "–", "muted": True, "sort": ""}
    if cell.value is None:
        return {"text": str(cell.status) or "–", "muted": True, "sort": ""}
    text = said_of(here.context.texts, cell, number_text(here.context.texts, here.indicator(key), cell.value))
    if cell.status is Status.REVISED:
        text += "\u00a0r"
    if cell.forecast:
        text += "\u00a0*"
    return {"text": text, "sort": str(cell.value)}


def _count(here: EditionCallSite, count: int | None) -> str:
    return here.context.texts.number(count) if count is not None else ""
