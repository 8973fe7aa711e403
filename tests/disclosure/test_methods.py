"""Which method goes with whose numbers, and what is asked of people before figures go out."""

from pathlib import Path

import pytest

from generator.disclosure.engine.attack import Attacker, FeasibilityInterval
from generator.disclosure.engine.sensitivity import Reason
from generator.disclosure.protect.protecting import exposed
from generator.disclosure.protect.raw_measure import ProtectedCounts, Withheld
from generator.read.project import read_project
from tests.disclosure.test_more_damage import checked, protected
from tests.disclosure.worlds import DEFINITION, RAW, write_project, write_raw

HEAD = "space,period,numerator,denominator,status,note\n"
SUPPLIED = DEFINITION.replace("regime: own-cases", "regime: delivered, licence: dl-de/by-2.0")


def rows(*lines: str) -> str:
    return HEAD + "".join(f"{line},,\n" for line in lines)


@pytest.mark.parametrize("old", ["suppress", "round-5"])
def test_an_old_method_is_one_error_with_the_line_to_write(tmp_path: Path, old: str) -> None:
    project = write_project(tmp_path, f"{DEFINITION}disclosure: {{method: {old}}}\n")
    (found,) = checked(project, "verfahren-alt")
    assert "„method: round-small“" in found["help"]


def test_every_indicator_says_its_method_and_whose_numbers_they_are(tmp_path: Path) -> None:
    bare = DEFINITION.replace(", regime: own-cases", "") + "disclosure: {threshold: 5}\n"
    told = [item["message"] for item in checked(write_project(tmp_path, bare), "feld-fehlt")]
    assert ["regime" in one or "method" in one for one in told] == [True, True]


@pytest.mark.parametrize(("threshold", "better"), [(3, 5), (7, 10), (12, 15)])
def test_a_threshold_is_a_multiple_of_five(tmp_path: Path, threshold: int, better: int) -> None:
    rule = f"disclosure: {{method: round-small, threshold: {threshold}}}\n"
    project = write_project(tmp_path / "projekt", DEFINITION + rule)
    (found,) = checked(project, "schwelle-kein-vielfaches")
    assert f"„threshold: {better}“" in found["help"]
    told, _ = protected(project, write_raw(tmp_path / "roh"))
    assert "schwelle-kein-vielfaches" in [code for code, *_ in told]
    assert not list(project.rglob("values.csv"))


def test_own_cases_are_not_published_as_they_are_counted(tmp_path: Path) -> None:
    project = write_project(tmp_path, DEFINITION + "disclosure: {method: published}\n")
    assert len(checked(project, "eigene-faelle-offen")) == 1
    supplied = DEFINITION.replace("own-cases", "delivered") + "disclosure: {method: published}\n"
    assert len(checked(write_project(tmp_path / "b", supplied), "quelle-ohne-lizenz")) == 1


def test_what_a_supplier_publishes_is_shown_as_it_is_and_a_small_count_asked(tmp_path: Path) -> None:
    values = rows("ahorn,2025,14,120", "birke,2025,2,90")
    project = write_project(tmp_path / "a", SUPPLIED + "disclosure: {method: published}\n", values)
    assert [item["line"] for item in checked(project, "kleine-zahl-der-quelle")] == [3]
    said = "disclosure: {method: published, small_in_source: {date: 2026-01-20, office: Amt}}\n"
    project = write_project(tmp_path / "b", SUPPLIED + said, values)
    assert not checked(project, "kleine-zahl-der-quelle")
    raw = write_raw(tmp_path / "roh")
    assert "anmerkung-verraet" not in [code for code, *_ in protected(project, raw)[0]]
    text = (project / "resources/indicators/hilfen/values.csv").read_text("utf-8")
    assert "birke,2025,3,90,," in text


@pytest.mark.parametrize(("design", "own", "asks"), [(2, 1, 1), (1, 1, 0), (2, 2, 0)])
def test_siblings_are_asked_about_where_only_a_single_case_is_held_off(
    tmp_path: Path, design: int, own: int, asks: int
) -> None:
    rule = f"design: {design}\ndisclosure: {{method: round-small, own_cases: {own}}}\n"
    assert len(checked(write_project(tmp_path, DEFINITION + rule), "geschwister-ungefragt")) == asks


@pytest.mark.parametrize(("altered", "told"), [("rounded", 1), ("perturbed", 0)])
def test_counts_that_a_supplier_perturbs_need_not_add_up(tmp_path: Path, altered: str, told: int) -> None:
    """Each cell is off by its own chance: no region is the sum of its quarters, nor the town that of its regions."""
    counts = {"ahorn": 14, "birke": 21, "celtis": 31, "dorn": 41, "esche": 53}
    counts |= {"nord": 36, "sued": 124, "kleinstadt": 158}
    values = rows(*(f"{area},2025,{count},{10 * count}" for area, count in counts.items()))
    text = SUPPLIED.replace("licence:", f"altered: {altered}, licence:")
    project = write_project(tmp_path, text + "disclosure: {method: published}\n", values)
    assert {item["line"] for item in checked(project, "summe-der-teile")} == {*[7, 8, 9] * told}


def test_a_group_in_which_all_are_counted_is_asked(tmp_path: Path) -> None:
    counts = {**RAW, "celtis": (24, 24)}
    project = write_project(tmp_path / "a")
    found, _ = protected(project, write_raw(tmp_path / "roh", counts))
    assert [code for code, *_ in found] == ["alle-gleich"]
    for answer, shown in (("no", "celtis,2025,25,25"), ("yes", "celtis,2025,,25,.")):
        rule = f"disclosure: {{method: round-small, complement: {answer}}}\n"
        project = write_project(tmp_path / answer, DEFINITION + rule)
        assert protected(project, write_raw(tmp_path / f"roh-{answer}", counts))[0] == []
        assert shown in (project / "resources/indicators/hilfen/values.csv").read_text("utf-8")


def test_who_is_not_counted_is_few_as_well(tmp_path: Path) -> None:
    rule = "disclosure: {method: round-small, complement: yes}\n"
    project = write_project(tmp_path, DEFINITION + rule, rows("ahorn,2025,95,95", "birke,2025,40,90"))
    assert [item["line"] for item in checked(project, "fast-alle")] == [2]


def test_a_count_that_nothing_protects_stops_its_table_and_is_named(tmp_path: Path) -> None:
    site = read_project(write_project(tmp_path)).site
    assert site is not None
    interval = FeasibilityInterval(3, 3)
    key = ("hilfen", "birke", "2025")
    one = Withheld(key, 3, False, Reason.THRESHOLD, interval, falls=(Attacker.READER,))
    (found,) = exposed(site, tmp_path, ProtectedCounts(withheld=[one]))
    assert (found.code, found.severity) == ("nicht-schuetzbar", "error")
    assert "Birke, 2025" in found.message
