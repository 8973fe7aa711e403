"""Whose rules hold for what several indicators count or divide by together."""

from __future__ import annotations

from typing import Any

from generator.disclosure.counted_measures import (
    Measure,
    rule_of,
)
from generator.disclosure.engine.sensitivity import SensitivityRule
from generator.model.config import Thresholds
from tests.disclosure.worlds import indicator

BELOW = {"denominator": "Kinder"}
TOWN = Thresholds(threshold=5, minimum_denominator=100, minimum_population=300, own_cases=1)


def ruled(*rules: dict[str, Any], counted: bool = True, **more: Any) -> SensitivityRule:
    items = [indicator("a", **BELOW, **more, disclosure=rule) for rule in rules]
    return rule_of(Measure("a", *((items, []) if counted else ([], items))), TOWN)


def test_what_is_only_divided_by_keeps_threshold_and_population() -> None:
    asked = {"threshold": 7, "minimum_denominator": 20, "minimum_population": 1000, "complement": "yes", "zero_is_secret": "yes", "dominance": {"largest": 2, "percent": "85"}}  # fmt: skip
    assert ruled(asked, counted=False) == SensitivityRule(7, zeros=True, minimum_population=1000)
