"""What follows from evaluations: the founding document's figures to the digit, ranges, refusals, and nothing out of a secret."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.cells import Cell
from generator.model.site import Site
from generator.read.project import read_project
from generator.subjects.evaluations.derive import evaluation_facts, measured_change, spending_facts
from generator.subjects.evaluations.model import (
    AmountRange,
    Evaluation,
    EvaluationFacts,
    Measured,
    SpendingChange,
    StatedAmount,
)
from tests.budget_town import facts_of, indicator, read, town
from tests.conftest import EXAMPLES
from tests.disclosure.worlds import indicator as counted
from tests.records import replace

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


HZE = counted(denominator="Kinder", per="1000")


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
    assert all(item.limits is None and item.own is None for item in walle.changes)


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


def test_a_change_of_published_figures(tmp_path: Path) -> None:
    folder = written(tmp_path, "nord,2023,200,,,\n" + BOTH)
    found = facts_of(folder).further["evaluations"]["treff"]
    (change,) = found.changes
    # 200 to 150, beside 1000 to 1100 in the town.
    assert (change.change, change.comparison, change.difference) == (-25, 10, -35)
    assert change.own is not None
    # Of 350 counted both times 150 later: Wilson's limits of that share, as odds: 0.6071 to 0.9265.
    assert tuple(round(limit, 1) for limit in change.own.limits or ()) == (
        Decimal("-39.3"),
        Decimal("-7.4"),
    )
    # The limits of the difference: each change's distance to its limit, squared and added.
    assert change.limits is not None
    low, high = change.limits
    # 1100 of 2100: 0.97 to 19.83 per cent more. hypot(14.29, 9.83) below, hypot(17.65, 9.03) above.
    assert (round(low, 1), round(high, 1)) == (Decimal("-52.3"), Decimal("-15.2"))
    assert found.contains
    assert codes(folder) == []


def test_a_rate_counts_how_many_there_are() -> None:
    """Twice as many children, twice as many aids: nothing has changed."""
    before = Cell("nord", "2022", value=Decimal(10), numerator=10, denominator=1000)
    after = Cell("nord", "2025", value=Decimal(10), numerator=20, denominator=2000)
    found = measured_change(HZE, before, after)
    assert found is not None
    assert found.change == 0
    assert found.limits is not None
    assert found.limits[0] < 0 < found.limits[1]
    # Rounded counts have a change, but no interval.
    rounded = measured_change(HZE, before, after, rounded=True)
    assert rounded is not None
    assert (rounded.change, rounded.limits) == (0, None)


def test_a_change_is_reckoned_from_counts_and_not_from_rounded_rates() -> None:
    """95 of 3154 are 30.1 in 1000, 80 of 3180 are 25.2: (80 / 3180) / (95 / 3154) is 16.48 per cent less, 25.2 / 30.1 16.28."""
    before = Cell("nord", "2022", value=Decimal("30.1"), numerator=95, denominator=3154)
    after = Cell("nord", "2025", value=Decimal("25.2"), numerator=80, denominator=3180)
    found = measured_change(HZE, before, after, rounded=True)
    assert found is not None
    assert round(found.change, 2) == Decimal("-16.48")


def test_those_who_come_together_count_as_fewer() -> None:
    """With a design factor of two, 100 and 80 siblings say no more than 50 and 40 children of whom nobody knows another."""

    def change(design: int, before: int, after: int) -> Measured:
        found = measured_change(
            HZE.model_copy(update={"design": Decimal(design)}),
            Cell("nord", "2022", value=Decimal(10), numerator=before, denominator=before * 100),
            Cell("nord", "2025", value=Decimal(8), numerator=after, denominator=before * 100),
        )
        assert found is not None
        return found

    siblings, strangers = change(2, 100, 80), change(1, 50, 40)
    assert siblings == replace(strangers, before=siblings.before, after=siblings.after)
    assert siblings.limits != change(1, 100, 80).limits


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
