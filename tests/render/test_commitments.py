"""Promises beside what families find: a rule that is kept on paper says so where there is no place free."""

import re
from pathlib import Path

import pytest

from generator.pipeline.build import Project, prepare
from generator.render.directory.commitments import promises
from generator.render.pages import need_pages
from generator.subjects.measures import page as measures
from tests.budget_town import TODAY, town
from tests.derive.test_forecasts import AROUND

OFFER = "name: {name}\nsummary: Hier ist etwas los.\nkind: betreuung\nprovider: verein\nplace: schule\ntopics: [ganztag]\nages: 6-9\n{room}"
FULL = "capacity: {places: 40, free: 0, waiting: 3 months, date: 2026-11-18}\n"
WAITS = "capacity: {waiting: 2 weeks, date: 2026-11-18}\n"
FREE = "capacity: {free: 2, date: 2026-11-18}\n"
OLD = "capacity: {free: 0, date: 2026-09-01}\n"
RULE = "name: Runde\nkind: ag-78\nspaces: [nord]\nguarantee: {released: 2026-05-04, rules: [{topic: ganztag, ages: 6-9}]}\n"


@pytest.mark.parametrize(
    ("rooms", "kept", "waits"),
    [
        ((FULL,), "waits", ["„Treff 0“: 0 Plätze frei, Wartezeit etwa 3 Monate (Stand 18.11.2026)"]),
        ((FULL, WAITS, FREE), "waits", ["„Treff 0“: 0 Plätze frei, Wartezeit etwa 3 Monate (Stand 18.11.2026)", "„Treff 1“: Wartezeit etwa 2 Wochen (Stand 18.11.2026)"]),
        ((FREE,), "there", []),
        (("",), "there", []),
        # What is older than fourteen days decides nothing and is told as what was said last.
        ((OLD,), "there", ["„Treff 0“: Zuletzt am 1.9.2026: 0 Plätze frei. Bitte nachfragen."]),
    ],
)  # fmt: skip
def test_a_promise_stands_beside_the_recorded_wait_with_both_days_and_no_verdict(
    tmp_path: Path, rooms: tuple[str, ...], kept: str, waits: list[str]
) -> None:
    offers = {
        f"resources/offers/o{number}.yml": OFFER.format(name=f"Treff {number}", room=room)
        for number, room in enumerate(rooms)
    }
    project = prepare(town(tmp_path, {**AROUND, **offers, "resources/networks/runde.yml": RULE}), TODAY)
    assert project.contexts, project.found
    context = project.contexts[0]
    (line,) = promises(context, context.site.networks["runde"])
    assert line.kept == kept
    assert all(wait in line.verdict for wait in waits)
    assert "4. Mai 2026" in line.verdict
    assert "eingehalten" not in line.verdict
    if rooms == ("",):
        assert {one.id: one.text for one in line.offers} == {"o0": ""}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("ages: 6-10", "Nichts verzeichnet ist für das Alter von 10 Jahren."),
        ("ages: 6-9, days_per_week: 5", "Offen an 2 Tagen der Woche."),
    ],
)
def test_a_promise_that_is_kept_in_part_says_what_is_missing(tmp_path: Path, more: str, said: str) -> None:
    offer = OFFER.format(name="Treff", room="hours: Mo,We 14:00-17:00\n")
    rule = RULE.replace("ages: 6-9", more)
    files = {"resources/offers/o.yml": offer, "resources/networks/runde.yml": rule}
    context = prepare(town(tmp_path, {**AROUND, **files}), TODAY).contexts[0]
    (line,) = promises(context, context.site.networks["runde"])
    assert "eingehalten" not in line.verdict
    assert line.verdict.endswith(": ein Teil des Genannten verzeichnet")
    days = [day.replace("\u00a0", " ") for day in re.findall(r"\d+\.\s\w+\s\d{4}", line.verdict)]
    assert days == ["4. Mai 2026", "20. November 2026"]
    assert said in line.found


def test_a_need_and_its_measure_lead_to_each_other_inside_alone(
    demo: Project, internal_demo: Project
) -> None:
    inside = internal_demo.contexts[0]
    assert "massnahmen/#samstag-fuer-vaeter" in str(need_pages.render_needs(inside, "").body)
    assert "Im Register der Bedarfe: <a" in str(measures.render(inside, "").body)
    assert "Im Register der Bedarfe" not in str(measures.render(demo.contexts[0], "").body)
