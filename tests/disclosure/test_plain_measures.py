"""What indicators count and divide by together, whose rules hold, and how cells are called: said for small sets of indicators."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from generator.disclosure.counted_measures import (
    Measure,
    denominator_key,
    divisor_name,
    measure_name,
    measures_of,
    numerator_key,
    rule_of,
)
from generator.disclosure.engine.sensitivity import SensitivityRule
from generator.disclosure.lattice import combinations, tail
from generator.model.config import Thresholds
from generator.model.indicator import Indicator
from tests.disclosure.worlds import indicator

AGE = {
    "id": "alter",
    "name": "Alter",
    "values": [{"id": "u6", "name": "unter 6"}, {"id": "ab6", "name": "ab 6"}],
}
KIND = {"id": "art", "name": "Art", "values": [{"id": "a", "name": "A"}], "same_denominator": "yes"}
BELOW = {"denominator": "Kinder"}


def several(**more: dict[str, Any]) -> dict[str, Indicator]:
    return {key: indicator(key, **values) for key, values in more.items()}


TOGETHER = several(
    hilfen=BELOW,
    auch={"numerator_from": "hilfen"},
    dritte={"numerator_from": "auch"},
    kreis={"numerator_from": "rund"},
    rund={"numerator_from": "kreis"},
    einzeln={"numerator_from": "gibtesnicht"},
    quote={**BELOW, "denominator_from": "dritte"},
    teil={**BELOW, "denominator_from": "gibtesnicht"},
)


@pytest.mark.parametrize(("key", "name"), [("hilfen", "hilfen"), ("auch", "hilfen"), ("dritte", "hilfen"), ("kreis", "rund"), ("rund", "kreis"), ("einzeln", "einzeln")])  # fmt: skip
def test_what_is_counted_is_called_by_the_first_that_counts_it(key: str, name: str) -> None:
    assert measure_name(TOGETHER, key) == name


@pytest.mark.parametrize(("key", "name"), [("hilfen", "hilfen/"), ("quote", "hilfen"), ("teil", "teil/")])
def test_what_is_divided_by_is_called_by_who_counts_it(key: str, name: str) -> None:
    assert divisor_name(TOGETHER, key) == name


def test_what_is_divided_by_comes_before_what_is_divided() -> None:
    found = {
        one.name: ([item.id for item in one.owners], [item.id for item in one.users])
        for one in measures_of(TOGETHER)
    }
    assert found == {
        "einzeln": (["einzeln"], []),
        "hilfen/": ([], ["hilfen"]),
        "hilfen": (["auch", "dritte", "hilfen"], ["quote"]),
        "kreis": (["rund"], []),
        "quote": (["quote"], []),
        "rund": (["kreis"], []),
        "teil/": ([], ["teil"]),
        "teil": (["teil"], []),
    }
    order = [one.name for one in measures_of(TOGETHER)]
    assert order.index("hilfen/") < order.index("hilfen") < order.index("quote")
    # Two that divide by each other stand in some order, each once.
    circle = several(a={**BELOW, "denominator_from": "b"}, b={**BELOW, "denominator_from": "a"})
    assert sorted(one.name for one in measures_of(circle)) == ["a", "b"]


def test_cells_are_called_by_measure_area_period_and_what_they_are_divided_into() -> None:
    indicators = several(hilfen={**BELOW, "breakdowns": [KIND, AGE]})
    item = indicators["hilfen"]
    for kind, age in itertools.product(("", "a"), ("", "u6")):
        cell = ("west", "2024", (kind, age))
        ages, kinds = (("alter:u6",) if age else ()), (("art:a",) if kind else ())
        assert numerator_key(indicators, item, cell) == ("hilfen", "west", "2024", *ages, *kinds)
        # All kinds are divided by the same.
        assert denominator_key(indicators, item, cell) == ("hilfen/", "west", "2024", *ages)
    assert tail(["b", "a"], ["2", "1"]) == ("a:1", "b:2")
    assert combinations(item.breakdowns) == [
        ("", ""),
        ("", "ab6"),
        ("", "u6"),
        ("a", ""),
        ("a", "ab6"),
        ("a", "u6"),
    ]
    two = indicator("zwei", breakdowns=[{**AGE, "id": key} for key in ("eins", "zwei")]).breakdowns
    # Of two that have several values each the whole comes first, then what one of them divides, then what both do.
    assert [sum(map(bool, row)) for row in combinations(two)] == [0, 1, 1, 1, 1, 2, 2, 2, 2]
    assert set(combinations(two)) == set(itertools.product(("", "u6", "ab6"), repeat=2))


def test_a_measure_is_divided_by_what_its_indicators_divide() -> None:
    item = indicator("hilfen", **BELOW, breakdowns=[KIND, AGE])
    kind, age = item.breakdowns
    assert Measure("hilfen", [item]).divided == [(item, (kind, age), ())]
    assert Measure("hilfen/", [], [item]).divided == [(item, (age,), ())]
    assert Measure("hilfen", [item], [item]).divided == [(item, (kind, age), ()), (item, (age,), ())]
    assert Measure("hilfen", [], [item]).indicators == [item]
    other = indicator("auch")
    assert Measure("hilfen", [other], [item]).indicators == [other]


TOWN = Thresholds(threshold=5, minimum_denominator=100, minimum_population=300, own_cases=1)


def ruled(*rules: dict[str, Any], counted: bool = True, **more: Any) -> SensitivityRule:
    items = [indicator("a", **BELOW, **more, disclosure=rule) for rule in rules]
    return rule_of(Measure("a", *((items, []) if counted else ([], items))), TOWN)


def test_what_is_only_divided_by_keeps_threshold_and_population() -> None:
    asked = {"threshold": 7, "minimum_denominator": 20, "minimum_population": 1000, "complement": "yes", "zero_is_secret": "yes", "dominance": {"largest": 2, "percent": "85"}}  # fmt: skip
    assert ruled(asked, counted=False) == SensitivityRule(7, zeros=True, minimum_population=1000)
