"""Measures: states that contradict their decisions, results from the future, reviews that are overdue, whose voice is missing."""

from pathlib import Path

import pytest

from generator.edit.records.asking import find_reminders
from tests.budget_town import TODAY, read, town

PATH = "resources/measures/nachmittag.yml"
AROUND = {
    "resources/networks/ausschuss.yml": "name: Ausschuss\nkind: jha\n",
    "resources/providers/verein.yml": "name: Verein\nkind: non-profit\n",
}
SOUND = """name: Ein Nachmittag
need: Es fehlt ein Nachmittag.
spaces: [nord]
topics: [ganztag]
status: decided
owner: verein
from: 2027-02
until: 2028
decisions:
- {by: ausschuss, date: 2026-09-24, result: changed}
- {by: ausschuss, date: 2026-12-03}
reviews:
- {due: 2026-06, made: 2026-07, result: Die Kinder kommen gern.}
- {due: 2026-11, by: Amt}
voices: ["Kinder: Wir wollen raus."]
inclusion: Ohne Stufen.
"""


def found(folder: Path, text: str) -> list[tuple[str, int]]:
    return [
        (item.code, item.position.line)
        for item in read(town(folder, {**AROUND, PATH: text}))[1]
        if item.position.file == PATH
    ]


def test_a_sound_measure_whose_review_is_due_this_month_is_not_told(tmp_path: Path) -> None:
    assert found(tmp_path, SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("result: changed", "result: postponed", "massnahme-stand", 5),
        ("result: changed", "result: recommended", "massnahme-stand", 5),
        ("result: changed", "result: rejected", "massnahme-stand", 5),
        ("2026-09-24, result: changed", "2026-09-24", "beschluss-ohne-ergebnis", 10),
        ("2026-12-03", "2026-12-03, result: approved", "ergebnis-in-zukunft", 11),
        ("status: decided\n", "status: proposed\n", "massnahme-stand", 5),
        ("status: decided\n", "", "massnahme-stand", 1),
        ("until: 2028", "until: 2026", "ende-vor-beginn", 8),
        ("due: 2026-11", "due: 2026-10", "ueberpruefung-ueberfaellig", 14),
        ("due: 2026-11", "due: 2026-11-19", "ueberpruefung-ueberfaellig", 14),
        ("made: 2026-07", "made: 2026-12", "ergebnis-in-zukunft", 13),
        ("made: 2026-07, ", "", "ueberpruefung-ohne-tag", 13),
        ('voices: ["Kinder: Wir wollen raus."]\n', "", "massnahme-luecke", 1),
        ("inclusion: Ohne Stufen.\n", "", "massnahme-luecke", 1),
        ("owner: verein", "owner: vereine", "unbekannter-verweis", 6),
        ("by: ausschuss, date: 2026-12", "by: rat, date: 2026-12", "unbekannter-verweis", 11),
    ],
)
def test_what_contradicts_itself_or_is_missing_is_told(
    tmp_path: Path, old: str, new: str, code: str, line: int
) -> None:
    assert old in SOUND
    assert (code, line) in found(tmp_path, SOUND.replace(old, new))


def test_who_has_decided_and_reviews_nothing_is_told(tmp_path: Path) -> None:
    text = SOUND[: SOUND.index("reviews:")] + SOUND[SOUND.index("voices:") :]
    assert found(tmp_path, text) == [("massnahme-luecke", 1)]


def test_what_is_over_has_no_review_that_is_due(tmp_path: Path) -> None:
    late = SOUND.replace("due: 2026-11", "due: 2026-02")
    for number, status in enumerate(("done", "dropped")):
        folder = tmp_path / str(number)
        assert found(folder, late.replace("status: decided", f"status: {status}")) == []


def test_what_a_document_planned_is_not_due_now(tmp_path: Path) -> None:
    text = SOUND.replace("due: 2026-11", "due: 2013") + "origin: {name: Konzept, date: 2013}\n"
    assert found(tmp_path, text) == []


def test_a_review_that_is_due_is_a_reminder(tmp_path: Path) -> None:
    late = SOUND.replace("due: 2026-11", "due: 2026-10-01")
    site = read(town(tmp_path, {**AROUND, PATH: late}))[0].site
    assert site is not None
    said = [f"{item.due} {item.folder}/{item.id}: {item.topic.what}" for item in find_reminders(site, TODAY)]
    assert said == [
        "2026-10-01 measures/nachmittag: überprüfen, ob sie hilft",
    ]


@pytest.mark.parametrize(
    ("result", "codes"),
    [
        ("conditional, condition: vorbehaltlich des Haushalts", []),
        ("conditional", ["beschluss-vorbehalt"]),
        ("changed, condition: vorbehaltlich des Haushalts", ["beschluss-vorbehalt"]),
        ("limited, until: 2027-12-31", []),
        ("limited", ["beschluss-vorbehalt"]),
        ("referred", ["massnahme-stand"]),
    ],
)
def test_conditions_and_terms_belong_to_the_result_that_names_them(
    tmp_path: Path, result: str, codes: list[str]
) -> None:
    text = SOUND.replace("result: changed", f"result: {result}")
    assert [code for code, _line in found(tmp_path, text)] == codes


def test_what_is_only_proposed_is_never_due(tmp_path: Path) -> None:
    text = SOUND.replace("status: decided", "status: proposed").replace(
        "result: changed", "result: recommended"
    )
    assert found(tmp_path, text.replace("due: 2026-11", "due: 2026-01")) == []
