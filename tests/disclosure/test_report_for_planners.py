"""What the report for planners says, word for word, of each way in which a count can be withheld, rounded or lost."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from generator.disclosure.engine.attack import Attacker, FeasibilityInterval
from generator.disclosure.engine.sensitivity import Reason
from generator.disclosure.protect.protected_counts import ProtectedCounts, Withheld
from generator.disclosure.protect.raw_tables import Private, SummedCount, Totals
from generator.disclosure.protect.summary import report
from generator.model.cells import Status
from generator.model.config import Thresholds
from generator.model.indicator import Indicator
from generator.model.site import Site
from tests.disclosure.worlds import indicator

SITE = cast(
    Site, SimpleNamespace(spaces={key: SimpleNamespace(name=key.title()) for key in ("nord", "sued", "ost")})
)
TOWN = Thresholds(threshold=5, minimum_denominator=0, minimum_population=0, own_cases=1)
DAY = dt.date(2026, 3, 9)
HEAD = [
    "# Geheimhaltung am 09.03.2026",
    "",
    "**Nur für die Planung und die Stelle für Datenschutz.** Dieser Bericht enthält rohe Zahlen. Er gehört nicht ins Projekt.",
    "",
]
COLUMNS = ["| Gebiet, Zeitraum | Zahl | warum gesperrt | von außen errechenbar | |", "|---|---:|---|---|---|"]


def total(count: int | None, below: int | None = None) -> SummedCount:
    return SummedCount(
        None if count is None else Decimal(count), None if below is None else Decimal(below), Status.KNOWN
    )


def told(result: ProtectedCounts, *indicators: Indicator, totals: Totals | None = None, note: str = "", town: Thresholds = TOWN) -> list[str]:  # fmt: skip
    counts = totals or {("nord", "2025", ()): total(3, 40), ("sued", "2025", ()): total(9, 60)}
    private = Private(
        {}, {}, (), {one.id: one for one in indicators}, {one.id: counts for one in indicators}, town
    )
    lines = report(SITE, private, result, DAY, note).split("\n")
    assert lines[:4] == HEAD
    return lines[4 : lines.index("## Was wir versprechen")]


def withheld(
    space: str = "nord", value: int = 3, reason: Reason | None = Reason.THRESHOLD, **more: Any
) -> Withheld:
    values = {
        "key": ("hilfen", space, "2025"),
        "is_hidden": False,
        "interval": FeasibilityInterval(1, 4),
        **more,
    }
    return Withheld(value=value, reason=reason, **values)


def row(*one: Withheld) -> list[str]:
    lines = told(ProtectedCounts(withheld=list(one)), indicator())
    begin = lines.index(COLUMNS[0]) + 2
    assert lines[begin - 2 : begin] == COLUMNS
    assert lines[begin + len(one) :] == [""]
    return lines[begin : begin + len(one)]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"threshold": 7}, "Schwelle 7"),
        ({"zero_is_secret": "yes"}, "Schwelle 5, auch Null geheim"),
        ({"minimum_denominator": 20}, "Schwelle 5, Nenner mindestens 20"),
        ({"minimum_population": 300}, "Schwelle 5, mindestens 300 Einwohner/innen"),
        ({"complement": "yes"}, "Schwelle 5, auch die übrigen geschützt"),
        ({"dominance": {"largest": 2, "percent": "85"}}, "Schwelle 5, Dominanz: 2 mit mehr als 85 %"),
    ],
)
def test_the_rule_in_words(rule: dict[str, Any], said: str) -> None:
    assert told(ProtectedCounts(), indicator(disclosure=rule))[2] == f"Regel: {said}."


REASONS = {
    Reason.THRESHOLD: "unter der Schwelle",
    Reason.ZERO: "Null ist geheim",
    Reason.POPULATION: "zu wenige Einwohner/innen",
    Reason.DENOMINATOR: "Nenner zu klein",
    Reason.COMPLEMENT: "fast alle gezählt",
    Reason.DOMINANCE: "wenige tragen fast alles bei",
}


@pytest.mark.parametrize("reason", Reason)
def test_why_a_count_is_withheld(reason: Reason) -> None:
    assert row(withheld(reason=reason)) == [f"| Nord, 2025 | 3 | {REASONS[reason]} (primär) | 1 bis 4 |  |"]


@pytest.mark.parametrize(
    ("lost", "said"),
    [
        ({}, "mindestens drei mögliche Werte für jede gesperrte Zahl"),
        ({"falls": (Attacker.READER,)}, "**errechnet 1 geheime Zahlen**"),
        (
            {"past": (Attacker.READER,)},
            "mindestens drei mögliche Werte für jede gesperrte Zahl; 1 Zahlen nur durch frühere Veröffentlichungen",
        ),
    ],
)
def test_what_holds_against_readers(lost: dict[str, Any], said: str) -> None:
    lines = told(ProtectedCounts(withheld=[withheld(**lost)]), indicator())
    assert f"- Wer alles Veröffentlichte und die Schwelle kennt: {said}" in lines


def test_indicators_of_one_measure_are_named_together() -> None:
    also = indicator("auch", title="Auch", numerator_from="hilfen")
    lines = told(ProtectedCounts(), indicator(), also)
    assert lines[0] == "## Auch / Hilfen (Zähler)"
