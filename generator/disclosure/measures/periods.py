"""Order periods, and find those that lie in others."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.dates import DAY, YEAR, Months, months_in, spans_of
from generator.model.indicator import Indicator
from generator.read.value_tables import ValueRow, ValueTable

# Days since this one are how spreadsheets keep dates.
EPOCH = dt.date(1899, 12, 30)


def check_periods(table: ValueTable) -> Iterator[Diagnostic]:
    """Report each wrong period once, where it stands first."""
    for period, row in _first_rows(table).items():
        if _first_day(period) is None:
            meant = _suggest_year(period)
            better = "ein Jahr schreiben (2025), ein Schuljahr (2025/26), ein Halbjahr (2026-1) oder einen Monat (2026-03)"
            if meant:
                better = f"gemeint ist vielleicht {meant}"
            yield diagnostic("kein-zeitraum", table.position(row, "period"), value=period, better=better)


def check_ahead(indicator: Indicator, table: ValueTable, today: dt.date) -> Iterator[Diagnostic]:
    """Report periods that haven't begun and are no forecasts."""
    for period, row in _first_rows(table).items():
        forecast = indicator.forecast_from is not None and period >= indicator.forecast_from
        if not forecast and (_first_day(period) or today) > today:
            yield diagnostic("zeitraum-zukunft", table.position(row, "period"), value=period)


def _first_rows(table: ValueTable) -> dict[str, ValueRow]:
    """Return by period the row in which it stands first."""
    found: dict[str, ValueRow] = {}
    for row in table.rows:
        found.setdefault(row.period, row)
    return found


def _first_day(period: str) -> dt.date | None:
    """Return a period's first day; a school year counts from January."""
    if DAY.fullmatch(period):
        try:
            return dt.date.fromisoformat(period)
        except ValueError:
            return None
    for span in spans_of(period)[:1]:
        year, month = divmod(span[0], YEAR)
        return dt.date(year, 1 if months_in(span) == YEAR else month + 1, 1)
    return None


def years_of(period: str) -> set[str]:
    """Return a period's calendar years, both of a school year."""
    found: set[int] = set()
    for start, stop in spans_of(period):
        found.update(range(start // YEAR, (stop - 1) // YEAR + 1))
    return {str(year) for year in found} or {period[:4]}


def _suggest_year(text: str) -> str:
    """Return the year a serial number, date or decimal means."""
    if re.fullmatch(r"[2-6]\d{4}", text):
        day = EPOCH + dt.timedelta(days=int(text))
        return f"{day.year}: {text} ist, wie eine Tabellenkalkulation den {day:%d.%m.%Y} speichert"
    if match := re.search(r"(?<!\d)((?:18|19|20|21)\d\d)(?!\d)", text):
        return match[1]
    if re.fullmatch(r"\d\d", text):
        return f"20{text}"
    return ""


def is_nested(one: str, other: str) -> bool:
    """Tell whether one period may lie in the other.

    >>> is_nested("2024-Q3", "2024"), is_nested("2024", "2024/25")
    (True, False)
    """
    return one == other or any(inside for _, _, inside in _with_inside({one, other}))


def overlap(one: str, other: str) -> bool:
    """Tell whether periods may share a month.

    >>> overlap("2021-2023", "2023-2025"), overlap("2024-1", "2024-2")
    (True, False)
    """
    return bool(_months(one) & _months(other))


def begun(periods: Iterable[str], period: str) -> list[str]:
    """Return periods begun by the year another ends, in order.

    >>> begun(["2025-12-31", "2024", "2026"], "2025-Q1")
    ['2024', '2025-12-31']
    """
    end = max(_months(period), default=0)
    begins = sorted((min(_months(one), default=end + YEAR), one) for one in periods)
    return [one for begin, one in begins if begin // YEAR <= end // YEAR]


def _months(period: str) -> frozenset[int]:
    """Return a period's possible months; the first of a month ends the one before."""
    months: set[int] = set()
    if DAY.fullmatch(period) and period.endswith("-01"):
        months = {start - 1 for start, _ in spans_of(period[:7])}
    for start, stop in spans_of(period[:7] if DAY.fullmatch(period) else period):
        months.update(range(start, stop))
    return frozenset(months)


def end_to_end(periods: Collection[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each period with the longest shorter ones that fill it.

    >>> list(end_to_end(["2024", "2024-1", "2024-2", "2024-Q1", "2024-Q2"]))
    [('2024-1', ('2024-Q1', '2024-Q2')), ('2024', ('2024-1', '2024-2'))]
    """
    for whole, name, inside in _with_inside(periods):
        for way in _ways(whole[0], whole[1], inside):
            yield name, way


def _with_inside(periods: Iterable[str]) -> Iterator[tuple[Months, str, list[tuple[Months, str]]]]:
    """Yield periods' meanings in order, each with those inside."""
    named: set[tuple[Months, str]] = set()
    for period in periods:
        named |= {(span, period) for span in spans_of(period)}
    spans = sorted(named)
    for whole, name in spans:
        shorter = [one for one in spans if one[1] != name and one[0] != whole]
        yield whole, name, [one for one in shorter if whole[0] <= one[0][0] and one[0][1] <= whole[1]]


def _ways(start: int, stop: int, inside: list[tuple[Months, str]]) -> Iterator[tuple[str, ...]]:
    """Yield gapless rows of periods between months, longest first."""
    if start == stop:
        yield ()
    longest = max((span[1] for span, _ in inside if span[0] == start), default=start)
    for span, period in inside:
        if span == (start, longest):
            yield from ((period, *rest) for rest in _ways(longest, stop, inside))
