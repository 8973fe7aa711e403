"""Indicators, areas and periods in, the columns and rows of a numbered table out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.model.cells import Cell, Status
from generator.render.base.macros import TableCell, TableColumn, TableContent
from generator.render.base.place_names import named
from generator.render.base.view import MacroCall
from generator.render.figures.figure_texts import (
    interval_text,
    number_text,
    period_text,
    said_of,
    sign_label,
    unit_text,
)
from generator.render.written_reports.edition_call_site import EditionCallSite


@dataclass(frozen=True, slots=True)
class NumberedTableView(MacroCall):
    """A numbered table of a report, with the numbers of its sources and the signs that occur in it."""

    template = "editions/parts.html"
    macro = "numbered_table"

    number: int
    title: str
    content: TableContent
    sources: Sequence[int]
    signs: Sequence[str]


def rows_of_areas(
    here: EditionCallSite, keys: Sequence[str], areas: Sequence[str], period: object
) -> TableContent:
    """Put areas down; across stand several indicators, several periods, or one figure with all that belongs to it."""
    context, texts = here.context, here.context.texts
    _ = texts.gettext
    columns = [TableColumn(_("Gebiet"), key="name")]
    first = here.series(keys[0])
    periods = here.periods(first, period)
    if len(keys) == 1 and len(periods) == 1:
        return _in_detail(here, keys[0], areas, periods[0])
    cells: list[list[Cell | None]] = []
    if len(keys) > 1:
        for key in keys:
            series = here.series(key)
            when = here.period(series, period)
            columns.append(TableColumn(f"{here.title(key)}, {period_text(texts, when)}", num=True))
            cells.append([here.cell(key, area, when) for area in areas])
        decided = keys
    else:
        for when in periods:
            columns.append(TableColumn(period_text(texts, when), num=True))
            cells.append([here.cell(keys[0], area, when) for area in areas])
        decided = [keys[0]] * len(periods)
    rows = []
    for number, area in enumerate(areas):
        values = [_value(here, key, column[number]) for key, column in zip(decided, cells, strict=True)]
        rows.append((TableCell(named(context, area)), *values))
    return TableContent(columns, rows)


def _in_detail(here: EditionCallSite, key: str, areas: Sequence[str], when: str) -> TableContent:
    context, texts = here.context, here.context.texts
    _ = texts.gettext
    indicator = here.indicator(key)
    unit = unit_text(context, indicator)
    columns = [
        TableColumn(_("Gebiet"), key="name"),
        TableColumn(period_text(texts, when) + (f" ({unit})" if unit else ""), num=True),
    ]
    cells = [here.cell(key, area, when) for area in areas]
    intervals = [interval_text(context, indicator, cell) for cell in cells]
    counts = any(cell is not None and cell.denominator is not None for cell in cells)
    if any(intervals):
        columns.append(TableColumn(_("Unsicherheitsbereich"), num=True))
    if counts:
        columns += [TableColumn(_("Anzahl"), num=True), TableColumn(_("von"), num=True)]
    rows = []
    for area, cell, interval in zip(areas, cells, intervals, strict=True):
        row = [TableCell(named(context, area)), _value(here, key, cell)]
        if any(intervals):
            row.append(TableCell(interval))
        if counts:
            row += _counts(here, cell)
        rows.append(tuple(row))
    return TableContent(columns, rows)


def _counts(here: EditionCallSite, cell: Cell | None) -> list[TableCell]:
    """Return two cells of a table with how many and of how many; empty ones where nobody knows."""
    if cell is None:
        return [TableCell(""), TableCell("")]
    return [_count(here, cell.numerator), _count(here, cell.denominator)]


def rows_of_indicators(here: EditionCallSite, keys: Sequence[str], area: str, period: object) -> TableContent:
    """Put indicators down and periods across, for one area."""
    texts = here.context.texts
    _ = texts.gettext
    if period is None:
        return _latest_of_indicators(here, keys, area)
    known_periods: set[str] = set()
    for key in keys:
        known_periods.update(here.periods(here.series(key), period))
    periods = sorted(known_periods)
    columns = (
        TableColumn(_("Kennzahl")),
        *(TableColumn(period_text(texts, when), num=True) for when in periods),
    )
    rows = []
    for key in keys:
        unit = unit_text(here.context, here.indicator(key))
        name = here.title(key) + (f" ({unit})" if unit else "")
        values = [_value(here, key, here.cell(key, area, when)) for when in periods]
        rows.append((TableCell(name), *values))
    return TableContent(columns, rows)


def _latest_of_indicators(here: EditionCallSite, keys: Sequence[str], area: str) -> TableContent:
    """Put indicators down, each with its latest period, value and unit, for one area."""
    texts = here.context.texts
    _ = texts.gettext
    rows = []
    for key in keys:
        latest = here.series(key).latest
        value = _value(here, key, here.cell(key, area, latest))
        unit = unit_text(here.context, here.indicator(key))
        if not unit and here.indicator(key).counted:
            unit = _("Anzahl")
        rows.append(
            (TableCell(here.title(key)), TableCell(period_text(texts, latest)), value, TableCell(unit))
        )
    heads = (
        TableColumn(_("Kennzahl")),
        TableColumn(_("Zeitraum")),
        TableColumn(_("Wert"), num=True),
        TableColumn(_("Einheit")),
    )
    return TableContent(heads, rows)


def written_table(
    here: EditionCallSite,
    keys: Sequence[str],
    content: TableContent,
    caption: str | None,
    label: str | None,
) -> Markup:
    """Write a numbered table with caption, its sources and the signs that occur in it."""
    number = here.number("tabelle")
    here.label(label, "tabelle", number)
    _ = here.context.gettext
    title = caption or here.context.texts.join(here.title(key) for key in keys)
    view = NumberedTableView(
        number=number,
        title=title,
        content=content,
        sources=[here.source_number(key) for key in keys],
        signs=signs_in(here, content),
    )
    return here.context.call(view)


def signs_in(here: EditionCallSite, content: TableContent) -> Sequence[str]:
    """Explain the signs that stand in a table instead of numbers."""
    texts = here.context.texts
    signs: set[str] = set()
    marks: set[str] = set()
    for row in content.rows:
        # Names and periods are not sorted by a value of their own; figures and their signs are.
        for cell in [cell for cell in row if cell.sort is not None]:
            if cell.muted:
                signs.add(cell.text)
            else:
                marks.add(cell.text[-2:])
    found = [f"{status} {sign_label(texts, status)}" for status in Status if status.value in signs]
    if "\u00a0r" in marks:
        found.append(f"r {sign_label(texts, Status.REVISED)}")
    if "\u00a0*" in marks:
        found.append("* " + texts.gettext("vorausberechnet"))
    return found


def _value(here: EditionCallSite, key: str, cell: Cell | None) -> TableCell:
    if cell is None or cell.value is None:
        sign = str(cell.status) if cell is not None else ""
        return TableCell(sign or "–", sort="", muted=True)
    text = said_of(here.context.texts, cell, number_text(here.context.texts, here.indicator(key), cell.value))
    if cell.status is Status.REVISED:
        text += "\u00a0r"
    if cell.forecast:
        text += "\u00a0*"
    return TableCell(text, sort=str(cell.value))


def _count(here: EditionCallSite, count: int | None) -> TableCell:
    return TableCell(here.context.texts.number(count) if count is not None else "")
