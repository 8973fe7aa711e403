"""All mistakes of a record are told at once, and nothing that only follows from one of them."""

import shutil
from itertools import combinations
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.formats import as_text
from generator.pipeline.build import prepare
from generator.read.project import read_project
from tests.chance import whole
from tests.mistakes.judging import HERE, OFFER, TODAY

MISTAKES = {
    "provider: diakonie-aue": ("provider: Diakonie Aue", "name-statt-kuerzel", 4),
    "place: familienzentrum-aue": ("place: Familienzentrum Aue", "name-statt-kuerzel", 5),
    "topics: [krabbelgruppe]": ("thema: [krabbelgrupe]", "unbekanntes-feld", 6),
    "hours: Sa 10:00-12:00": ("hours: irgendwann", "zeiten-unlesbar", 9),
    "cost: free": ("cost: {amount: 5, up_to: 3}", "betrag-verkehrt", 10),
    "phone: 040 66969-210": ("phone: 4711", "vorwahl-fehlt", 13),
    "languages: [de, tr]": ("languages: [de, klingonisch]", "kein-sprachkuerzel", 14),
    "checked: 2026-11-02": ("checked: 2099-01-01", "geprueft-in-zukunft", 15),
}
"""What stands in a record; what stands there instead, by what code it is told, and where."""


def told(root: Path, wrong: tuple[str, ...]) -> list[Diagnostic]:
    """Return what is said of the town's record with some mistakes in it."""
    shutil.copytree(HERE / "town", root)
    text = (root / OFFER).read_text("utf-8")
    for right in wrong:
        assert text.count(right) == 1
        text = text.replace(right, MISTAKES[right][0])
    (root / OFFER).write_text(text, "utf-8")
    return [item for item in prepare(root, TODAY).found if item.severity != "note"]


@whole
@pytest.mark.parametrize("size", [2, 3, len(MISTAKES)])
def test_what_is_told_of_one_mistake_is_told_beside_others(tmp_path: Path, size: int) -> None:
    for number, wrong in enumerate(list(combinations(MISTAKES, size))[::3]):
        found = told(tmp_path / str(number), wrong)
        expected = {(code, line) for _, code, line in map(MISTAKES.__getitem__, wrong)}
        # Behind a wrong name of a field what is wrong with its value shows as well.
        extra = {("unbekanntes-thema", 6)} if "topics: [krabbelgruppe]" in wrong else set()
        assert {(item.code, item.position.line) for item in found} == expected | extra


def test_a_record_with_faults_is_checked_and_never_shown(tmp_path: Path) -> None:
    told(tmp_path / "a", tuple(MISTAKES))
    reading = read_project(tmp_path / "a")
    assert reading.site is not None
    assert ("offers", "vaetertreff") in reading.repaired
    assert "vaetertreff" not in reading.site.offers


def test_errors_come_last_and_what_many_records_have_is_one_line() -> None:
    often = [
        Diagnostic("oft", "warning", Position(f"{number}.yml", 2), f"Satz {number}", "H")
        for number in range(6)
    ]
    few = [Diagnostic("selten", "note", Position(f"{number}.yml", 3), "Notiz", "H") for number in range(5)]
    error = Diagnostic("schlimm", "error", Position("0.yml", 1), "Fehler hier", "so geht es")
    text = as_text([error, *often, *few], lambda name: [])
    order = [
        text.index(word) for word in ("Notiz", "Warnung[oft]", "Fehler[schlimm]", "1 Fehler, 6 Warnungen")
    ]
    assert order == sorted(order)
    assert text.count("Warnung[oft]") == 1
    assert "6-mal, zuerst 0.yml:2:1: Satz 0" in text
    assert text.count("Hinweis[selten]") == 5
    # The last thing before the count is what ends the error.
    assert text.index("so geht es") > text.rindex("Hinweis[selten]")
