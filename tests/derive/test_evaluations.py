"""What follows from evaluations: the founding document's figures to the digit, ranges, refusals, and nothing out of a secret."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.cells import Change, Verdict
from generator.model.site import Site
from generator.read.project import read_project
from generator.subjects.evaluations.derive import evaluation_facts, spending_facts
from generator.subjects.evaluations.model import (
    AmountRange,
    ChangeFacts,
    Evaluation,
    EvaluationFacts,
    SpendingChange,
    StatedAmount,
)
from tests.budget_town import facts_of, indicator, read, town
from tests.conftest import EXAMPLES

HEAD = """
name: Treff im Norden
area: Nord
space: nord
compared_with: {name: Musterstadt, space: musterstadt}
from: 2023-01-01
until: 2025-12-31
judged_by: Amt
"""
PATH = "resources/evaluations/treff.yml"
ROWS = "space,period,numerator,denominator,status,note\n"
BOTH = "musterstadt,2023,1000,,,\nmusterstadt,2025,1100,,,\nnord,2025,150,,,\n"


@pytest.fixture(scope="module")
def bremen() -> Site:
    site = read_project(EXAMPLES / "walle").site
    assert site is not None
    return site


@pytest.fixture(scope="module")
def walle(bremen: Site) -> EvaluationFacts:
    """The evaluation of ESPQ as the example has it."""
    return evaluation_facts(bremen, bremen.records("evaluations")["espq"], {}, {})


def test_the_difference_of_espq_is_that_of_the_document(walle: EvaluationFacts) -> None:
    assert walle.spending is not None
    assert walle.spending.difference == Decimal("-9.55") == Decimal("-5.04") - Decimal("4.51")
    assert walle.faults == ()


def test_what_the_document_implies_lies_between_its_roundings(walle: EvaluationFacts) -> None:
    """About 600,000 may be 550,000 to 650,000: 5.8 to 6.8 million; nearly 280,000 is 275,000 to 280,000."""
    assert walle.spending is not None
    assert walle.spending.effect == AmountRange(Decimal(550_000), Decimal(650_000))
    base, costs = walle.spending.base, walle.spending.costs
    assert base is not None
    assert round(base.low) == 5_759_162
    assert round(base.high) == 6_806_283
    assert costs == AmountRange(Decimal(270_000), Decimal(375_000))


def test_no_stated_change_gets_lost_or_an_interval(walle: EvaluationFacts) -> None:
    assert [(item.change, item.comparison) for item in walle.changes][-3:] == [
        (Decimal("71.4"), None),
        (Decimal(120), Decimal("105.4")),
        (Decimal(1), None),
    ]
    # Without counts nobody can tell what is chance: never proven, however large.
    assert {item.verdict for item in walle.changes} == {Verdict.UNKNOWN}


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ({"amount": "600000", "says": "about"}, 550_000, 650_000),
        ({"amount": "280000", "says": "nearly"}, 275_000, 280_000),
        ({"amount": "280000", "says": "over"}, 280_000, 285_000),
        ({"amount": "280000", "says": "exact"}, 280_000, 280_000),
    ],
)
def test_how_exactly_an_amount_is_stated(written: dict[str, str], low: int, high: int) -> None:
    assert StatedAmount.model_validate(written).bounds == (Decimal(low), Decimal(high))


@given(
    change=st.decimals(-90, 90, places=2),
    comparison=st.decimals(-90, 90, places=2),
    amount=st.integers(1, 10**7),
)
def test_the_effect_is_the_base_times_the_difference(
    change: Decimal, comparison: Decimal, amount: int
) -> None:
    spending = SpendingChange.model_validate(
        {
            "name": "Ausgaben",
            "from": "2011",
            "to": "2012",
            "change": f"{change:f}",
            "comparison": f"{comparison:f}",
            "effect": {"amount": str(amount), "says": "about"},
        }
    )
    found = spending_facts(spending)
    if change == comparison:
        assert found.base is None
    else:
        assert found.base is not None
        assert found.effect is not None
        share = abs(change - comparison) / 100
        assert float(found.base.low * share) == pytest.approx(float(found.effect.low))
        assert float(found.base.high * share) == pytest.approx(float(found.effect.high))


# --- from figures --------------------------------------------------------------------------------------------------


def written(folder: Path, rows: str, more: str = "", change: str = "") -> Path:
    """Write a town with a table of school children and an evaluation of them."""
    return town(
        folder,
        {
            "resources/indicators/kinder/indicator.yml": indicator("Schulkinder", more),
            "resources/indicators/kinder/values.csv": ROWS + rows,
            "resources/budgets/raumgeld.yml": "name: Geld\nyears: [2026]\ntotal: 1\npays_for: quarter\nlevel: raum\nweights: [{indicator: flaeche, weight: 100 %}]\n",
            PATH: HEAD
            + (change or "changes: [{name: Kinder, indicator: kinder, before: 2023, after: 2025}]\n"),
        },
    )


def codes(folder: Path) -> list[str]:
    return [item.code for item in read(folder)[1] if item.position.file == PATH]


def test_counts_of_areas_of_different_size_are_compared_in_per_cent(tmp_path: Path) -> None:
    folder = written(tmp_path, "nord,2023,200,,,\n" + BOTH)
    found = facts_of(folder).further["evaluations"]["treff"]
    (change,) = found.changes
    # 200 to 150, beside 800 to 950 in the rest of the town.
    assert (change.change, change.comparison, change.difference) == (-25, Decimal("18.75"), Decimal("-43.75"))
    assert (change.rest, change.limits, change.verdict) == (True, None, Verdict.UNKNOWN)
    assert found.contains
    assert codes(folder) == []


def compared(folder: Path, counts: tuple[int, ...], method: str = "none") -> tuple[ChangeFacts, Change]:
    """Return an evaluation of a share (town, then Nord; before, then after), and the change on the indicator's page."""
    places = ("musterstadt,2023", "musterstadt,2025", "nord,2023", "nord,2025")
    totals = (1000, 1000, 400, 400)
    rows = "".join(
        f"{place},{count},{total},,\n" for place, count, total in zip(places, counts, totals, strict=True)
    )
    path = written(folder, rows) / "resources/indicators/kinder/indicator.yml"
    text = path.read_text("utf-8").replace("method: none", f"method: {method}")
    share = "denominator: Kinder insgesamt\nper: 100\ninterval: wilson\n"
    path.write_text(text.replace("interval: none\n", share), "utf-8")
    facts = facts_of(folder)
    (change,) = facts.further["evaluations"]["treff"].changes
    return change, facts.series["kinder"].changes["nord", "2025", ()]


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [((400, 420, 160, 60), Verdict.LOWER), ((400, 408, 160, 150), Verdict.SIMILAR)],
    ids=["proven", "may be chance"],
)
def test_a_change_is_that_of_its_indicators_page_beside_the_rest_of_the_town(
    tmp_path: Path, counts: tuple[int, ...], verdict: Verdict
) -> None:
    change, on_its_page = compared(tmp_path, counts)
    assert change.own is not None
    assert change.own.change == on_its_page
    town_before, town_after, before, after = counts
    assert change.comparison == Decimal(town_after - after - town_before + before) / 6
    assert change.verdict is verdict


def test_rounding_makes_a_change_less_sure(tmp_path: Path) -> None:
    counts = (400, 420, 60, 35)
    exact, rounded = (
        compared(tmp_path / method, counts, method)[0].limits for method in ("none", "round-small")
    )
    assert exact is not None
    assert rounded is not None
    assert rounded[0] < exact[0] < exact[1] < rounded[1]


def test_nothing_is_compared_across_a_break(tmp_path: Path) -> None:
    folder = written(
        tmp_path, "nord,2023,200,,,\n" + BOTH, 'breaks: [{period: "2024", note: Anders gezählt.}]\n'
    )
    assert codes(folder) == ["bruch-im-vergleich"]
    (change,) = facts_of(folder).further["evaluations"]["treff"].changes
    assert (change.change, change.comparison, change.difference, change.own) == (None,) * 4


@pytest.mark.parametrize("row", ["nord,2023,,,.,\n", ""], ids=["secret", "missing"])
def test_a_figure_that_is_not_published_takes_the_row_away(tmp_path: Path, row: str) -> None:
    """The comparison alone would be set beside nothing, and the difference would tell what is secret."""
    folder = written(tmp_path, row + BOTH)
    assert "vergleich-ohne-zahl" in codes(folder)
    (change,) = facts_of(folder).further["evaluations"]["treff"].changes
    assert (change.change, change.comparison, change.difference, change.other) == (None,) * 4


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("changes: [{name: Kinder}]\n", "auswertung-unklar"),
        ("changes: [{name: Kinder, change: 5, indicator: kinder, before: 2023, after: 2025}]\n", "auswertung-unklar"),
        ("changes: [{name: Kinder, indicator: kinder}]\n", "auswertung-unklar"),
        ("changes: [{name: Kinder, change: -100.1}]\n", "veraenderung-unmoeglich"),
        ("changes: [{name: Kinder, change: 5, comparison: -101}]\n", "veraenderung-unmoeglich"),
        ("spending: {name: A, from: 2012, to: 2012, change: 1}\n", "auswertung-verkehrt"),
        ("spending: {name: A, from: 2011, to: 2012, change: -101}\n", "veraenderung-unmoeglich"),
        ("spending: {name: A, from: 2011, to: 2012, change: 1, effect: {amount: 10}}\n", "betrag-ohne-rechnung"),
        ("spending: {name: A, from: 2011, to: 2012, change: 1, comparison: 2, after_costs: {amount: 10}}\n", "betrag-ohne-rechnung"),
        (
            "spending: {name: A, from: 2011, to: 2012, change: 1, comparison: 2, effect: {amount: 5}, after_costs: {amount: 10}}\n",
            "betrag-ohne-rechnung",
        ),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_told(tmp_path: Path, change: str, code: str) -> None:
    assert code in codes(written(tmp_path, "nord,2023,200,,,\n" + BOTH, change=change))


def test_times_in_the_wrong_order_and_a_comparison_with_nothing(tmp_path: Path) -> None:
    folder = written(tmp_path, "nord,2023,200,,,\n" + BOTH)
    path = folder / PATH
    path.write_text(path.read_text("utf-8").replace("until: 2025-12-31", "until: 2023-01-01"), "utf-8")
    assert codes(folder) == ["auswertung-verkehrt"]
    path.write_text(
        HEAD.replace("compared_with: {name: Musterstadt, space: musterstadt}\n", "")
        + "changes: [{name: Kinder, change: 5, comparison: 3}]\n",
        "utf-8",
    )
    assert codes(folder) == ["vergleich-womit"]


def test_a_hundred_per_cent_less_is_possible(bremen: Site) -> None:
    record = Evaluation.model_validate(
        {
            "id": "x",
            "name": "X",
            "area": "Nord",
            "from": "2023-01-01",
            "until": "2025-12-31",
            "judged_by": "Amt",
            "changes": [{"name": "Kinder", "change": "-100"}],
        }
    )
    assert evaluation_facts(bremen, record, {}, {}).faults == ()
