"""The page of an evaluation: rounding as at school, and what was made up says so where it stands."""

from __future__ import annotations

from pathlib import Path

from lxml import html

from generator.pipeline.build import prepare
from generator.render.base.context import Context
from generator.subjects.evaluations import page as evaluation
from generator.subjects.sustainability import page as sustainability_check
from tests.budget_town import TODAY, indicator, town

RECORD = """
name: Treff im Norden
area: Nord
space: nord
compared_with: {name: Musterstadt, space: musterstadt}
from: 2023-01-01
until: 2025-12-31
judged_by: Amt
changes:
- {name: Kinder, indicator: kinder, before: 2023, after: 2025}
- {name: Beratungen, change: 2.125, comparison: 1}
spending: {name: Ausgaben, from: 2023, to: 2025, change: -2, comparison: 2, effect: {amount: 90000, says: over}}
hypotheses: [{text: Es kommen mehr., state: unknown}]
"""
CHECK = """
name: Umbau
dimensions: [{id: soziales, name: Soziales}]
rounds: [{name: Erste, made: 2025-05, effects: [{dimension: soziales, effect: positive, text: Kurze Wege.}]}]
"""


def context_of(folder: Path, more: str = "") -> Context:
    project = prepare(
        town(
            folder,
            {
                "resources/indicators/kinder/indicator.yml": indicator("Schulkinder"),
                "resources/indicators/kinder/values.csv": "space,period,numerator,denominator,status,note\n"
                "nord,2023,400,,,\nnord,2025,449,,,\nmusterstadt,2023,1000,,,\nmusterstadt,2025,1000,,,\n"
                "mitte,2023,300,,,\nmitte,2025,300,,,\nsued,2023,300,,,\nsued,2025,251,,,\n",
                "resources/budgets/raumgeld.yml": "name: Geld\nyears: [2026]\ntotal: 1\npays_for: quarter\nlevel: raum\nweights: [{indicator: flaeche, weight: 100 %}]\n",
                "resources/evaluations/treff.yml": RECORD
                + more.format(field="changes, spending, hypotheses"),
                "resources/checks/umbau.yml": CHECK + more.format(field="rounds"),
            },
        ),
        TODAY,
    )
    assert project.contexts, project.found
    return project.contexts[0]


def test_halves_are_rounded_away_from_zero(tmp_path: Path) -> None:
    """400 to 449 are 12.25 per cent more; to even it would be 12.2."""
    body = str(evaluation.render(context_of(tmp_path), "treff").body)
    assert "+12,3\u00a0%" in body
    assert "+2,13\u00a0%" in body
    # 90,000 to 95,000 through four per cent: 2.25 to 2.375 millions.
    assert "2,3 bis 2,4 Millionen Euro" in body


def test_a_gap_between_two_changes_is_called_one_of_changes(tmp_path: Path) -> None:
    context = context_of(tmp_path)
    said = str(evaluation.in_short(context, evaluation.newest_evaluations(context)[0]))
    assert ", Veränderung in Prozent: " in said
    assert "Prozentpunkte gegenüber" in said


def test_fields_that_were_made_up_say_so(tmp_path: Path) -> None:
    made_up = context_of(tmp_path / "a", "illustrative: [{field}]\n")
    assert str(evaluation.render(made_up, "treff").body).count("erfunden") == 3
    # At the picture and at the round.
    assert str(sustainability_check.render(made_up, "umbau").body).count("erfunden") == 2
    sound = context_of(tmp_path / "b")
    assert "erfunden" not in str(evaluation.render(sound, "treff").body)
    assert "erfunden" not in str(sustainability_check.render(sound, "umbau").body)


def test_the_picture_of_changes_says_what_the_table_says(tmp_path: Path) -> None:
    page = html.fromstring(str(evaluation.render(context_of(tmp_path), "treff").body))
    [chart] = page.xpath("//svg[title[@id='veraenderung-t']]")
    rows = [" ".join(text.text_content() for text in row.findall("text")) for row in chart.findall("g")]
    own, other = (cell.text_content() for cell in page.xpath("//table//tr[starts-with(th, 'Kinder')]/td")[:2])
    assert own.split("\u00a0")[0] in rows[0]
    assert other.split("\u00a0")[0] in rows[1]
    # What a source only states has no range and isn't drawn.
    assert len(rows) == 2
    assert "Nord" in rows[0]
    assert "Musterstadt" in rows[1]
