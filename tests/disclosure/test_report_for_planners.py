"""What the report for planners says, word for word, of each way in which a count can be withheld, rounded or lost."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from generator.disclosure.counted_measures import Measure
from generator.disclosure.engine.attack import Attacker, FeasibilityInterval
from generator.disclosure.engine.sensitivity import Reason
from generator.disclosure.engine.suppression import Role
from generator.disclosure.lattice import CROSS
from generator.disclosure.protect.protected_counts import ProtectedCounts, Withheld
from generator.disclosure.protect.raw_tables import Private, SummedCount, Totals
from generator.disclosure.protect.summary import report
from generator.model.cells import Status
from generator.model.config import Thresholds
from generator.model.indicator import Indicator
from generator.model.site import Site
from tests.disclosure.worlds import indicator

INF = float("inf")
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
        "role": Role.PRIMARY,
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


def test_what_is_open_what_is_not_withheld_and_what_isn_t_there() -> None:
    assert told(ProtectedCounts(), indicator(disclosure={"method": "none"})) == [
        "## Hilfen (Zähler)", "", "Ohne Geheimhaltung (`method: none`).", "",
    ]  # fmt: skip
    assert told(ProtectedCounts(), indicator(), note="Neue Zahlen") == [
        "Anlass: Neue Zahlen", "", "## Hilfen (Zähler)", "", "Regel: Schwelle 5.", "", "Nichts ist gesperrt.", "",
    ]  # fmt: skip
    assert told(ProtectedCounts(), indicator(), totals={("nord", "2025", ()): total(None)}) == []
    assert told(ProtectedCounts(contradictions=["a", "b"]), indicator(), totals={("nord", "2025", ()): total(None)}) == [
        "## Berichtigte Zahlen", "", "Frühere Ausgaben zeigen hierzu etwas anderes; sie zählten bei der Prüfung nicht mit: a; b.", "",
    ]  # fmt: skip


def test_what_is_counted_and_what_it_is_divided_by() -> None:
    lines = told(ProtectedCounts(), indicator(denominator="Kinder", per=100, decimals=0), totals={
        ("nord", "2025", ()): total(3, 99), ("nord", "2024", ()): total(3, 98), ("sued", "2025", ()): total(9, 100),
        ("ost", "2025", ()): total(0, 0), (f"nord{CROSS}ost", "2025", ()): total(1, 2),
    })  # fmt: skip
    assert lines == [
        "## Hilfen (Nenner)", "", "Regel: Schwelle 5.", "", "Nichts ist gesperrt.", "",
        "## Hilfen (Zähler)", "", "Regel: Schwelle 5.", "", "Nichts ist gesperrt.", "",
    ]  # fmt: skip


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


def test_why_others_are_withheld_and_what_became_of_them() -> None:
    assert row(
        withheld("sued", 9, None, role=Role.SECONDARY, interval=FeasibilityInterval(2.6, 12.4)),
        withheld("sued", 9, None, role=Role.PRIMARY, interval=FeasibilityInterval(0, INF)),
        withheld(released=True, falls=(Attacker.READER,)),
        withheld(falls=(Attacker.READER,), past=(Attacker.READER,)),
        withheld(past=(Attacker.READER,)),
    ) == [
        "| Sued, 2025 | 9 | damit andere nicht errechenbar sind (sekundär) | 3 bis 12 |  |",
        "| Sued, 2025 | 9 | der Nenner ist geheim | 0 bis unbegrenzt |  |",
        "| Nord, 2025 | 3 | unter der Schwelle (primär) | 1 bis 4 | stand schon in einer früheren Ausgabe |",
        "| Nord, 2025 | 3 | unter der Schwelle (primär) | 1 bis 4 | **nicht geschützt** |",
        "| Nord, 2025 | 3 | unter der Schwelle (primär) | 1 bis 4 | nur durch frühere Ausgaben |",
    ]  # fmt: skip


SPARSE = "Mit weniger gesperrten Zellen geht es nicht: Das Muster ist nachweislich das sparsamste."
SAFE = "Das Muster ist sicher, aber vielleicht nicht das sparsamste: Für den Beweis ist die Tabelle zu groß."
ROUNDED = "Veröffentlicht wird auf Vielfache von 5 gerundet."


def test_how_good_the_pattern_is() -> None:
    (piece, other) = (withheld(f"nord{CROSS}ost", 1, reason) for reason in (Reason.THRESHOLD, None))
    crossing = (
        "1 kleine Zahlen in Teilen, in denen sich zwei Einteilungen der Stadt kreuzen, sind mit geschützt."
    )
    for more, said in (({}, [SPARSE]), ({"inexact": ["hilfen"]}, [SAFE]), ({"rounded": ["hilfen"], "inexact": ["hilfen"]}, [ROUNDED]), ({"rounded": ["x"]}, [SPARSE])):  # fmt: skip
        lines = told(ProtectedCounts(withheld=[withheld(), piece, other], **more), indicator())
        assert lines[: 5 + len(said)] == ["## Hilfen (Zähler)", "", "Regel: Schwelle 5.", crossing, *said, ""]
        assert any("Wer angreift" in line for line in lines) is (ROUNDED not in said)
        assert sum(line.startswith("| Nord") for line in lines) == 1
    assert (
        told(ProtectedCounts(withheld=[withheld(key=("other", "nord", "2025"))]), indicator())[4]
        == "Nichts ist gesperrt."
    )


def attackers(*found: Withheld, **more: Any) -> list[str]:
    lines = told(ProtectedCounts(withheld=list(found)), indicator(**more))
    begin = lines.index("| Wer angreift | was er weiß | Ergebnis |")
    assert lines[begin + 1] == "|---|---|---|"
    assert lines[begin + 7] == ""
    return lines[begin + 2 : begin + 7]


READS = "| liest die Seite | alles Veröffentlichte, auch Downloads und frühere Ausgaben | {} |"
KNOWS = "| kennt das Verfahren | dazu die Regel: gesperrt wird unter 5 | {} |"
COUNTED = "| ist selbst gezählt | dazu die eigene Zelle | {} |"
GUESSES = "| rät | dazu, welche Zahlen klein sind und dass die übrigen 5 erreichen | {} |"
HAS = "| hat eine andere Tabelle | dieselben Fälle anders aufgeteilt | gemeinsam geprüft: „Hilfen“ |"
PLAYED = "geschützt ({} Zellen mit höchstens {} gespielt)"


def test_what_is_left_to_each_attacker() -> None:
    wide = withheld(interval=FeasibilityInterval(0, 9), guessed=FeasibilityInterval(1, 4))
    assert attackers(wide, withheld("sued", 1, guessed=FeasibilityInterval(1, 3))) == [
        READS.format("geschützt; mindestens 4 Werte für jede kleine Zahl"),
        KNOWS.format("geschützt; mindestens 4 Werte für jede kleine Zahl"),
        COUNTED.format(PLAYED.format(1, 1)),
        GUESSES.format("geschützt; mindestens 3 Werte für jede kleine Zahl"),
        HAS,
    ]
    # Only small counts that no release shows are asked about, and 0 and 3 are nobody's own case here.
    others = (withheld("sued", 9, None, role=Role.SECONDARY, interval=FeasibilityInterval(9, 9)), withheld("ost", 2, released=True, interval=FeasibilityInterval(2, 2)))  # fmt: skip
    assert attackers(withheld(interval=FeasibilityInterval(0, INF)), withheld("ost", 0, interval=FeasibilityInterval(0, INF)), *others) == [
        READS.format("geschützt; beliebig viele Werte für jede kleine Zahl"),
        KNOWS.format("geschützt; beliebig viele Werte für jede kleine Zahl"),
        COUNTED.format(PLAYED.format(0, 1)),
        GUESSES.format("geschützt"),
        HAS,
    ]  # fmt: skip
    assert attackers(withheld(value=2), disclosure={"own_cases": 2})[2] == COUNTED.format(PLAYED.format(1, 2))


def test_what_falls_to_each_attacker() -> None:
    reader, guesser, contributor = Attacker.READER, Attacker.GUESSER, Attacker.CONTRIBUTOR
    assert attackers(withheld(falls=(reader,)), withheld("sued", falls=(reader, guesser), past=(contributor, reader))) == [
        READS.format("**errechnet 2 geheime Zahlen**; 1 Zahlen nur durch frühere Ausgaben"),
        KNOWS.format("**errechnet 2 geheime Zahlen**; 1 Zahlen nur durch frühere Ausgaben"),
        COUNTED.format(PLAYED.format(0, 1) + "; 1 Zahlen nur durch frühere Ausgaben"),
        GUESSES.format("**errechnet 1 geheime Zahlen**"),
        HAS,
    ]  # fmt: skip


def test_all_tables_of_a_measure_are_named() -> None:
    divided = indicator("quote", title="Quote", denominator="Kinder", denominator_from="hilfen")
    own = indicator()
    lines = told(ProtectedCounts(withheld=[withheld()]), own, divided)
    assert [line for line in lines if line.startswith("| hat")] == [
        HAS.replace("„Hilfen“", "„Hilfen“ und „Quote“")
    ]
    assert Measure("hilfen", [own], [divided]).name == "hilfen"


def test_indicators_of_one_measure_are_named_together() -> None:
    also = indicator("auch", title="Auch", numerator_from="hilfen")
    lines = told(ProtectedCounts(), indicator(), also)
    assert lines[0] == "## Auch / Hilfen (Zähler)"
