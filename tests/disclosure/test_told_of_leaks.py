"""What is told of each way in which a withheld count comes out, whole."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from generator.diagnostics import Position
from generator.diagnostics.codes import diagnostic
from generator.disclosure.engine.attack import Attacker, Evidence, FeasibilityInterval
from generator.disclosure.published import Disclosure, given_away
from generator.model.site import Site
from tests.disclosure.worlds import indicator

AGE = {
    "id": "alter",
    "name": "Alter",
    "values": [{"id": "u6", "name": "unter 6"}, {"id": "ab6", "name": "ab 6"}],
}
HILFEN = indicator("hilfen", breakdowns=[AGE])


def space(name: str, parent: str | None = "stadt", english: str = "") -> SimpleNamespace:
    return SimpleNamespace(name=name, parent=parent, translations={"en": SimpleNamespace(name=english)})


SITE = cast(
    Site,
    SimpleNamespace(
        spaces={"stadt": space("Kleinstadt", None), "ahorn": space("Ahornviertel", english="Maple"), "west": space("West"), "t": space("Schule T")},
        indicators={"hilfen": HILFEN},
        config=SimpleNamespace(name="Kleinstadt im Blick", publisher=SimpleNamespace(name="Stadt Kleinstadt", office=None), town="Kleinstadt"),
    ),
)  # fmt: skip
PLACE = Position("values.csv", 7, 3)
KEY = ("hilfen", "ahorn", "2025", "alter:u6")
CELL = "„Ahornviertel, 2025, unter 6“"


EVIDENCE = Evidence(
    (("hilfen", "west", "2025"), ("hilfen", "stadt", "2025")), ("die Summe", "eine Quote", "ein Satz")
)
NAMED = "die Summe; eine Quote; ein Satz; West, 2025"
CASES: list[tuple[dict[str, Any], tuple[str, dict[str, Any]]]] = [
    ({"contradictions": ("a", "b", "c", "d")}, ("tabellen-widersprechen", {"by": "a, b, c"})),
    ({"past": True, "attacker": Attacker.CONTRIBUTOR}, ("frueher-verraten", {"count": 1, "whom": "wer selbst in einer Zelle gezählt ist", "cell": CELL})),
    ({"past": True}, ("frueher-verraten", {"count": 1, "whom": "wer alles Veröffentlichte kennt", "cell": CELL})),
    ({"evidence": Evidence((KEY,), ("hilfen / west×t / 2025", " / ".join(KEY)))}, ("zahl-verraten", {"cell": CELL, "what": "auf weniger als drei mögliche Werte", "by": "West, der Teil in Schule T, 2025; Ahornviertel, 2025, unter 6"})),
    ({"contradictions": ("hilfen / west / 2025",)}, ("tabellen-widersprechen", {"by": "West, 2025"})),
    ({"attacker": Attacker.CONTRIBUTOR, "knows": ("hilfen", "west", "2025")}, ("zahl-fuer-beteiligte", {"cell": CELL, "own": "„West, 2025“"})),
    ({}, ("zahl-verraten", {"cell": CELL, "what": "auf weniger als drei mögliche Werte", "by": NAMED})),
    ({"interval": FeasibilityInterval(2, 2)}, ("zahl-verraten", {"cell": CELL, "what": "genau", "by": NAMED})),
    ({"evidence": Evidence((), ())}, ("zahl-verraten", {"cell": CELL, "what": "auf weniger als drei mögliche Werte", "by": "die Regel selbst"})),
    ({"cell": None}, ("zahl-verraten", {"cell": CELL, "what": "auf weniger als drei mögliche Werte", "by": NAMED})),
]  # fmt: skip


@pytest.mark.parametrize(("more", "told"), CASES)
def test_what_is_told_of_a_count_that_comes_out(
    more: dict[str, Any], told: tuple[str, dict[str, Any]]
) -> None:
    values = {
        "cell": ("ahorn", "2025", ("u6",)),
        "interval": FeasibilityInterval(1, 3),
        "evidence": EVIDENCE,
        **more,
    }
    item = Disclosure(KEY, "hilfen", **values)
    assert given_away(SITE, item, PLACE) == diagnostic(told[0], PLACE, **told[1])


def test_an_amount_of_withheld_cases_is_told_without_a_number() -> None:
    told = given_away(SITE, Disclosure(KEY, "hilfen", None, None, Evidence((), ("Kosten",))), PLACE)
    assert told == diagnostic("betrag-verraet", PLACE, cell=CELL, title="Kosten")
