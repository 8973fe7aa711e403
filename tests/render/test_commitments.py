"""Promises beside what families find: a rule that is kept on paper says so where there is no place free."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.pipeline.build import Project, prepare
from generator.render.directory.commitments import promises
from generator.render.pages import agreement, measures
from tests.budget_town import TODAY, town
from tests.derive.test_forecasts import AROUND

OFFER = "name: {name}\nsummary: Hier ist etwas los.\nkind: betreuung\nprovider: verein\nplace: schule\ntopics: [ganztag]\nages: 6-9\n{room}"
FULL = "capacity: {places: 40, free: 0, waiting: 3 months, date: 2026-11-18}\n"
WAITS = "capacity: {waiting: 2 weeks, date: 2026-11-18}\n"
FREE = "capacity: {free: 2, date: 2026-11-18}\n"
OLD = "capacity: {free: 0, date: 2026-09-01}\n"
RULE = "name: Runde\nkind: ag-78\nspaces: [nord]\nguarantee: {released: 2026-05-04, rules: [{topic: ganztag, ages: 6-9}]}\n"


@pytest.mark.parametrize(
    ("rooms", "said"),
    [
        ((FULL,), ("Freie Plätze: Das eine Angebot, das etwas dazu sagt, hat zurzeit keinen.",)),
        ((FULL, WAITS, FREE), ("Freie Plätze: Bei 2 von 3 Angeboten, die etwas dazu sagen, gibt es zurzeit keinen.",)),
        ((FREE,), ()),
        (("",), ()),
        # What is older than fourteen days is told nowhere.
        ((OLD,), ()),
    ],
)  # fmt: skip
def test_a_promise_says_where_no_place_is_free(
    tmp_path: Path, rooms: tuple[str, ...], said: tuple[str, ...]
) -> None:
    offers = {
        f"resources/offers/o{number}.yml": OFFER.format(name=f"Treff {number}", room=room)
        for number, room in enumerate(rooms)
    }
    project = prepare(town(tmp_path, {**AROUND, **offers, "resources/networks/runde.yml": RULE}), TODAY)
    assert project.contexts, project.found
    context = project.contexts[0]
    (line,) = promises(context, context.site.networks["runde"])
    assert line.kept == "there"
    assert line.found == said
    waits = {one.id: one.text for one in line.offers}
    if rooms == (FULL,):
        assert waits == {"o0": "0 Plätze frei, Wartezeit etwa 3 Monate (Stand 18.11.2026)"}
    if rooms in (("",), (OLD,)):
        assert waits == {"o0": ""}


def test_a_need_and_its_measure_lead_to_each_other_inside_alone(
    demo: Project, internal_demo: Project
) -> None:
    inside = internal_demo.contexts[0]
    assert "massnahmen/#samstag-fuer-vaeter" in str(agreement.render_needs(inside, "").body)
    assert "Im Register der Bedarfe: <a" in str(measures.render(inside, "").body)
    assert "Im Register der Bedarfe" not in str(measures.render(demo.contexts[0], "").body)


def test_places_stand_beside_those_to_whom_they_are_promised(tmp_path: Path) -> None:
    """Ninety places for eight hundred children: whoever reads the promise has to see both."""
    children = "title: Schulkinder\nsays: So viele.\nnumerator: Kinder\nunit: Kinder\ndecimals: 0\nages: 6-9\ninterval: none\nsource: {name: Amt}\ndisclosure: {method: none}\n"
    values = "space,period,numerator,denominator,status,note\n" + "".join(
        f"{key},2025,{count},,,\n" for key, count in (("nord", 804), ("mitte", 100), ("sued", 100))
    )
    files = {
        "resources/indicators/schulkinder/indicator.yml": children,
        "resources/indicators/schulkinder/values.csv": values,
        "resources/offers/eins.yml": OFFER.format(
            name="Eins", room=FREE.replace("free: 2", "places: 90, free: 2")
        ),
        "resources/networks/runde.yml": RULE,
    }
    project = prepare(town(tmp_path, {**AROUND, **files}), TODAY)
    assert project.contexts, project.found
    context = project.contexts[0]
    (line,) = promises(context, context.site.networks["runde"])
    assert line.found == ("Verzeichnet sind 90 Plätze. Schulkinder, die dort wohnen: 804 (2025).",)
