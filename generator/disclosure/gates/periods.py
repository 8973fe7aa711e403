"""A table of values in, periods that are none out, each with what may be meant."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.indicator import Indicator
from generator.read.value_tables import ValueTable

# A year; two of them (2024/25, 2024-2026); a half-year, quarter or month (2026-1, 2026-H1, 2024-Q3, 2024-03); a day.
PERIOD = re.compile(
    r"(?:18|19|20|21)\d\d"
    r"(?:/\d\d|[/-](?:18|19|20|21)\d\d|-[12]|[-/ ]?(?:H[12]|Q[1-4])|-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
)
# Days since this one are how spreadsheets keep dates.
EPOCH = dt.date(1899, 12, 30)


def check_periods(table: ValueTable) -> Iterator[Diagnostic]:
    """Report each wrong period once, where it stands first."""
    seen: set[str] = set()
    for row in table.rows:
        if row.period in seen or (PERIOD.fullmatch(row.period) and _exists(row.period)):
            continue
        seen.add(row.period)
        meant = _meant(row.period)
        better = (
            f"gemeint ist vielleicht {meant}"
            if meant
            else "ein Jahr schreiben (2025), ein Schuljahr (2025/26), ein Halbjahr (2026-1) oder einen Monat (2026-03)"
        )
        yield diagnostic("kein-zeitraum", table.position(row, "period"), value=row.period, better=better)


def check_ahead(indicator: Indicator, table: ValueTable, today: dt.date) -> Iterator[Diagnostic]:
    """Report each period that has not begun and is no forecast: nobody can have counted yet."""
    seen: set[str] = set()
    for row in table.rows:
        period = row.period
        if period in seen or not PERIOD.fullmatch(period) or not _exists(period):
            continue
        seen.add(period)
        forecast = indicator.forecast_from is not None and period >= indicator.forecast_from
        if _begins(period) > today and not forecast:
            yield diagnostic("zeitraum-zukunft", table.position(row, "period"), value=period)


def _begins(period: str) -> dt.date:
    """Return the first day of a period; of a school year that of the calendar year in which it begins."""
    year, rest = int(period[:4]), period[4:]
    if day := re.fullmatch(r"-(\d\d)(?:-(\d\d))?", rest):
        return dt.date(year, int(day[1]), int(day[2] or 1))
    if part := re.fullmatch(r"[-/ ]?(H|Q|)([1-4])", rest):
        months = 3 if part[1] == "Q" else 6
        return dt.date(year, 1 + months * (int(part[2]) - 1), 1)
    return dt.date(year, 1, 1)


def _exists(period: str) -> bool:
    """Whether a day is in the calendar and a row of years goes forwards."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", period):
        try:
            dt.date.fromisoformat(period)
        except ValueError:
            return False
    years = re.fullmatch(r"(\d{4})[/-](\d{4})|(\d{4})/(\d\d)", period)
    if years is None:
        return True
    if years[1]:
        return int(years[1]) < int(years[2])
    # 1999/00
    return int(years[3][2:]) < int(years[4]) or (years[3][2:], years[4]) == ("99", "00")


def _meant(text: str) -> str:
    """Return the year that was meant: a spreadsheet's number of days, a written date, a year with decimals."""
    if re.fullmatch(r"[2-6]\d{4}", text):
        day = EPOCH + dt.timedelta(days=int(text))
        return f"{day.year}: {text} ist, wie eine Tabellenkalkulation den {day:%d.%m.%Y} speichert"
    if match := re.search(r"(?<!\d)((?:18|19|20|21)\d\d)(?!\d)", text):
        return match[1]
    if re.fullmatch(r"\d\d", text):
        return f"20{text}"
    return ""
