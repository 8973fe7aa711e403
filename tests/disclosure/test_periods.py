"""What is a period, when it begins, and what is meant by what is none."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.disclosure.periods import check_ahead, check_periods
from generator.model.indicator import Indicator
from generator.read.nodes import parse
from generator.read.records import validate
from generator.read.value_tables import ValueTable, read_values

BEGINS = {
    "1899": "1899-01-01",
    "2024": "2024-01-01",
    "2024/25": "2024-01-01",
    "1999/00": "1999-01-01",
    "2024-2026": "2024-01-01",
    "2024/2025": "2024-01-01",
    "2024-1": "2024-01-01",
    "2024-2": "2024-07-01",
    "2024-H1": "2024-01-01",
    "2024H2": "2024-07-01",
    "2024 H2": "2024-07-01",
    "2024-Q1": "2024-01-01",
    "2024Q2": "2024-04-01",
    "2024-Q3": "2024-07-01",
    "2024 Q4": "2024-10-01",
    "2024-02-29": "2024-02-29",
    "2024-12-31": "2024-12-31",
}
NONE = {
    "1750": "ein Jahr schreiben (2025)",
    "2024-3": "vielleicht 2024",
    "2024-13": "vielleicht 2024",
    "2024-Q5": "vielleicht 2024",
    "2024-02-30": "vielleicht 2024",
    "2024/2024": "vielleicht 2024",
    "2026-2024": "vielleicht 2026",
    "2024.0": "vielleicht 2024",
    "31.12.2024": "vielleicht 2024",
    "Schuljahr 2024": "vielleicht 2024",
    "20245": "1955: 20245 ist, wie eine Tabellenkalkulation",
    "24": "vielleicht 2024",
    "letztes Jahr": "ein Jahr schreiben (2025)",
    "45292": "2024: 45292 ist, wie eine Tabellenkalkulation den 01.01.2024 speichert",
    "45291": "2023: 45291 ist, wie eine Tabellenkalkulation den 31.12.2023 speichert",
}


def table(*periods: str) -> ValueTable:
    lines = "".join(f"west,{period},1\n" for period in periods)
    found, problems = read_values(f"space,period,numerator\n{lines}".encode(), "values.csv")
    assert problems == []
    assert found is not None
    return found


def test_what_is_a_period() -> None:
    assert list(check_periods(table(*BEGINS))) == []


@pytest.mark.parametrize("period", NONE)
def test_what_is_none_and_what_may_be_meant(period: str) -> None:
    # It is told once, where it stands first.
    (found,) = check_periods(table("2024", period, period))
    assert (found.code, found.position[:3]) == ("kein-zeitraum", ("values.csv", 3, 2))
    assert f"„{period}“" in found.message
    assert NONE[period] in found.help


def indicator(more: str = "") -> Indicator:
    text = "title: A\nsays: B\nnumerator: C\ninterval: none\nsource: {name: D, regime: delivered}\ndisclosure: {method: none}\n"
    node, _ = parse(text + more, "a.yml")
    assert node is not None
    found, problems = validate(Indicator, node, id="a")
    assert problems == []
    assert found is not None
    return found


@pytest.mark.parametrize("period", BEGINS)
def test_a_period_lies_ahead_until_its_first_day(period: str) -> None:
    first = dt.date.fromisoformat(BEGINS[period])
    (found,) = check_ahead(indicator(), table(period, period), first - dt.timedelta(days=1))
    assert (found.code, found.position[:3]) == ("zeitraum-zukunft", ("values.csv", 2, 2))
    assert period in found.message
    assert list(check_ahead(indicator(), table(period), first)) == []


def test_what_is_forecast_may_lie_ahead_and_what_is_no_period_is_told_elsewhere() -> None:
    day = dt.date(2024, 6, 1)
    values = table("2024", "2025", "2026", "2027", "2030-13", "2030-02-30")
    assert [item.position.line for item in check_ahead(indicator(), values, day)] == [3, 4, 5]
    forecast = indicator("forecast_from: '2026'\n")
    assert [item.position.line for item in check_ahead(forecast, values, day)] == [3]
