"""Euros for each child: of money that is for areas, beside the rest of the town, never of few children, of claims or of cases."""

from pathlib import Path

import lxml.html
import pytest

from generator.pipeline.build import prepare
from generator.subjects.budgets import page
from tests.budget_town import BUDGET, TODAY, town

ASKED = BUDGET + "children: kinder\n"


def rows(folder: Path, budget: str) -> list[list[str]]:
    project = prepare(town(folder, {"resources/budgets/raumgeld.yml": budget}), TODAY)
    assert project.contexts, project.found
    body = lxml.html.fromstring(f"<main>{page.render(project.contexts[0], 'raumgeld').body}</main>")
    return [
        [" ".join(cell.text_content().split()) for cell in row]
        for row in body.xpath("//table[@id='budget-betraege']//tr")
    ]


def test_an_amount_for_each_child_stands_beside_the_rest_of_the_town_s(tmp_path: Path) -> None:
    head, mitte, nord, sued, together = rows(tmp_path, ASKED)
    assert head[-2:] == ["€ je Kind", "übrige Stadt, € je Kind"]

    def number(text: str) -> float:
        return float(text.rstrip("\u00a0 €").replace(".", "").replace(",", "."))

    for row, children, others in ((mitte, 500, 501), (nord, 300, 701)):
        own, rest = (number(text) for text in row[-2:])
        amount = number(row[1])
        assert own == pytest.approx(amount / children, abs=0.01)
        assert rest == pytest.approx((number(together[1]) - amount) / others, abs=0.01)
    assert sued[-2] == "–"
    assert [row[0] for row in (mitte, nord, sued)] == ["Mitte", "Nord", "Süd"]


@pytest.mark.parametrize(
    "budget",
    [
        BUDGET,
        ASKED.replace("pays_for: quarter", "pays_for: claims"),
        ASKED.replace("  year: 2025\n", "  year: 2025\n  cases_from: kinder\n"),
    ],
    ids=["nobody asked", "claims", "cases"],
)
def test_money_for_claims_and_cases_is_never_divided_by_children(tmp_path: Path, budget: str) -> None:
    assert not any("je Kind" in cell for row in rows(tmp_path, budget) for cell in row)
