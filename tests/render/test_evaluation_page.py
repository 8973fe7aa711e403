"""The page of an evaluation: rounding as at school, and what was made up says so where it stands."""

from decimal import Decimal
from pathlib import Path

from lxml import html

from generator.model.cells import Verdict
from generator.pipeline.build import prepare
from generator.render.base.context import Context
from generator.subjects.evaluations import page as evaluation
from generator.subjects.evaluations.model import derived_evaluations
from tests.budget_town import TODAY, indicator, town
from tests.records import replace

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
- {name: Beratungen, change: 2.1250, comparison: 1}
spending: {name: Ausgaben, from: 2023, to: 2025, change: -2, comparison: 2, effect: {amount: 90000, says: over}}
hypotheses: [{text: Es kommen mehr., state: unknown}]
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


def test_only_what_is_proven_stands_on_a_front_page(tmp_path: Path) -> None:
    """A difference without counts is unknown, not sure: its page alone tells how large it is."""
    context = context_of(tmp_path)
    [item] = evaluation.newest_evaluations(context)
    said = str(evaluation.in_short(context, item))
    assert said == "Unterschied zu Musterstadt: nicht prüfbar (keine Fallzahlen)."
    facts = derived_evaluations(context.facts)["treff"]
    for verdict, word in ((Verdict.SIMILAR, "kann Zufall sein"), (Verdict.LOWER, "Belegt: Kinder")):
        limits = (Decimal(-2), Decimal(-1))
        first = replace(facts.changes[0], verdict=verdict, limits=limits)
        found = {"treff": replace(facts, changes=(first, *facts.changes[1:]))}
        shown = Context(
            context.site,
            replace(context.facts, further={**context.facts.further, "evaluations": found}),
            context.lang,
            context.paths,
        )
        assert word in str(evaluation.in_short(shown, item))


def test_every_difference_says_what_is_known_of_chance(tmp_path: Path) -> None:
    page = html.fromstring(str(evaluation.render(context_of(tmp_path), "treff").body))
    differences = [cell.text_content() for cell in page.xpath("//table//tr/td[last()]")]
    assert len(differences) == 3
    assert all("nicht prüfbar (keine Fallzahlen)" in said for said in differences)


def test_fields_that_were_made_up_say_so(tmp_path: Path) -> None:
    made_up = context_of(tmp_path / "a", "illustrative: [{field}]\n")
    assert str(evaluation.render(made_up, "treff").body).count("erfunden") == 3
    sound = context_of(tmp_path / "b")
    assert "erfunden" not in str(evaluation.render(sound, "treff").body)
