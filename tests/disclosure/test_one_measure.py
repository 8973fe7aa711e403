"""One measure has one protection: whoever publishes it again, under its own name or another, gives nothing away."""

import csv
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.disclosure.gates import committed as figures
from generator.disclosure.gates.shared_measures import check_shared
from generator.disclosure.gates.table_audit import audit
from generator.disclosure.measures.counted_measures import Measure, measures_of, numerator_key
from generator.disclosure.measures.lattice import LatticeArea
from generator.disclosure.measures.published import Published
from generator.disclosure.protect import raw_tables as protect_raw
from generator.disclosure.protect.protecting import protect_folder
from generator.model.cells import Status
from generator.read.value_tables import ValueRow, ValueTable
from tests.disclosure.test_figure_damage import run
from tests.disclosure.test_more_damage import DAY, checked, places, protected, write
from tests.disclosure.worlds import (
    DEFAULTS,
    DEFINITION,
    RAW,
    indicator,
    stated,
    write_project,
    write_raw,
)

SECOND = "resources/indicators/zweite"
COPY = """\
title: Familien mit einer Hilfe
says: So viele.
numerator: Familien mit einer Hilfe
numerator_from: hilfen
interval: none
source: {name: Amt (erfunden), regime: own-cases}
"""
OPEN = COPY.replace("own-cases", "delivered") + "disclosure: {method: none}\nno_indicator: Alle\n"


def counts(raw: Mapping[str, tuple[int, int]] = RAW) -> str:
    lines = [f"{key},2025,{count}" for key, (count, _) in raw.items()]
    return "space,period,numerator\n" + "\n".join(lines) + "\n"


def two(tmp_path: Path, definition: str, numbers: str | None = None) -> tuple[Path, Path]:
    """A town with two indicators, and a private folder with the raw table of both."""
    project, raw = write_project(tmp_path / "projekt"), write_raw(tmp_path / "roh")
    write(project, f"{SECOND}/indicator.yml", stated(definition))
    write(raw, "zweite.csv", numbers or counts())
    return project, raw


def committed(project: Path, hilfen: dict[str, str], zweite: dict[str, str]) -> None:
    """Write both tables as if they had been made by hand."""
    for name, said in (("hilfen", hilfen), ("zweite", zweite)):
        lines = [
            f"{key},2025,{count},{below if name == 'hilfen' else ''},{sign}"
            for key, below in {"kleinstadt": 655, "nord": 210, "sued": 445, **BELOW}.items()
            for count, sign in [("", ".") if said[key] == "." else (said[key], "")]
        ]
        write(
            project,
            f"resources/indicators/{name}/values.csv",
            "space,period,numerator,denominator,status\n" + "\n".join(lines) + "\n",
        )


BELOW = {key: below for key, (_, below) in RAW.items()}
EVERY = {
    "kleinstadt": "72",
    "nord": "17",
    "sued": "55",
    **{key: str(count) for key, (count, _) in RAW.items()},
}
HIDDEN = {**EVERY, **dict.fromkeys(RAW, ".")}


def test_what_one_user_calls_open_and_another_not_stops_protecting(tmp_path: Path) -> None:
    project, raw = two(tmp_path, OPEN)
    found, _ = protected(project, raw)
    assert [(code, file) for code, file, *_ in found] == [("regeln-verschieden", f"{SECOND}/indicator.yml")]
    assert not list(project.rglob("values.csv"))


@pytest.mark.guards("Secrets: one measure has one protection and one rule, whoever publishes it")
@pytest.mark.parametrize("rule", ["threshold: 9", "zero_is_secret: yes", "own_cases: 2"])
def test_check_names_two_that_count_the_same_by_other_rules(rule: str, tmp_path: Path) -> None:
    project = write_project(tmp_path)
    write(project, f"{SECOND}/indicator.yml", COPY + f"disclosure:\n  method: round-small\n  {rule}\n")
    (item,) = checked(project, "regeln-verschieden")
    assert item["severity"] == "error"
    assert item["file"] == f"{SECOND}/indicator.yml"
    assert "„Hilfen für Familien“" in str(item["message"])
    # By the smallest denominator two may differ.
    write(
        project,
        f"{SECOND}/indicator.yml",
        COPY + "disclosure:\n  method: round-small\n  minimum_denominator: 20\n",
    )
    assert checked(project, "regeln-verschieden") == []


def test_users_that_agree_are_no_mistake(tmp_path: Path) -> None:
    project, raw = two(tmp_path, COPY)
    assert protected(project, raw)[0] == []
    secret = []
    for name in ("hilfen", "zweite"):
        path = project / f"resources/indicators/{name}/values.csv"
        with path.open(encoding="utf-8", newline="") as stream:
            secret.append({row["space"] for row in csv.DictReader(stream) if row["status"] == "."})
    assert secret[0] == secret[1] >= {"birke", "dorn"}


def test_a_measure_is_open_only_when_all_who_count_it_say_so() -> None:
    items = {
        "hilfen": indicator("hilfen"),
        "zweite": indicator("zweite", numerator_from="hilfen", disclosure={"method": "none"}),
    }
    (measure,) = measures_of(items)
    assert not measure.unprotected
    items["hilfen"] = indicator("hilfen", disclosure={"method": "none"})
    assert measures_of(items)[0].unprotected


@pytest.mark.guards("Secrets: one measure has one protection and one rule, whoever publishes it")
def test_protecting_alone_writes_no_small_count_of_an_open_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Check and audit are switched off: the protection itself hides what it must, also where only the open one is given."""
    project, raw = two(tmp_path, OPEN)
    (raw / "hilfen.csv").unlink()
    monkeypatch.setattr(protect_raw, "check_rules", lambda *_: [])
    monkeypatch.setattr("generator.disclosure.protect.protecting.audit", lambda *_: [])
    outcome = protect_folder(raw, project, DAY)
    assert outcome.written == ("zweite",)
    with (project / SECOND / "values.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["space"]: row for row in csv.DictReader(stream)}
    assert {rows[key]["numerator"] for key in ("birke", "dorn")} == {""}


@pytest.mark.guards("Secrets: one measure has one protection and one rule, whoever publishes it")
def test_the_audit_alone_finds_what_an_open_user_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = write_project(tmp_path, DEFINITION.replace("own-cases", "delivered"))
    write(project, f"{SECOND}/indicator.yml", OPEN)
    committed(project, HIDDEN, EVERY)
    monkeypatch.setattr(figures, "check_rules", lambda *_: [])
    monkeypatch.setattr(figures, "_rules", lambda *_: [])
    result = run("audit", "--project", project)
    assert result.exit_code == 1
    assert "zahl-verraten" in result.output
    assert "„Birke, 2025“" in result.output
    assert "Familien mit einer Hilfe" in result.output


@pytest.mark.guards("Figures: two tables of the same never differ in silence")
def test_own_numbers_that_differ_from_those_they_are_taken_from(tmp_path: Path) -> None:
    project, raw = two(tmp_path, COPY, counts({**RAW, "celtis": (21, 160)}))
    found, first = protected(project, raw)
    assert found == [("zaehler-verschieden", str(raw / "zweite.csv"), 4, 3)]
    assert "„Hilfen für Familien“" in first["zaehler-verschieden"].message
    assert not list(project.rglob("values.csv"))
    committed(project, HIDDEN | {"kleinstadt": "72"}, HIDDEN | {"kleinstadt": "73"})
    assert places(checked(project, "zaehler-verschieden")) == [("error", f"{SECOND}/values.csv", 2, 3)]


@pytest.mark.guards("Figures: two tables of the same never differ in silence")
def test_what_is_divided_by_is_what_another_counts() -> None:
    items = {
        "kinder": indicator("kinder"),
        "quote": indicator("quote", denominator="Kinder", denominator_from="kinder"),
    }
    columns = ("space", "period", "numerator", "denominator")
    for below, told in ((30, []), (31, ["nenner-verschieden"])):
        rows = {"kinder": (Decimal(30), None), "quote": (Decimal(5), Decimal(below))}
        tables = {
            key: ValueTable(
                key, (ValueRow("a", "2025", (), *counts, Status.KNOWN, "", 2),), ",", columns=columns
            )
            for key, counts in rows.items()
        }
        assert [item.code for item in check_shared(items, tables)] == told


def test_what_is_rounded_where_it_is_counted_is_rounded_where_it_divides(tmp_path: Path) -> None:
    project, raw = two(
        tmp_path,
        COPY.replace("numerator_from: hilfen\n", "") + "disclosure: {method: round-small}\n",
        counts({key: (below + 3, 0) for key, (_, below) in RAW.items()}),
    )
    write_raw(raw, {key: (count + 30, below + 3) for key, (count, below) in RAW.items()})
    text = DEFINITION.replace(
        "denominator: Alle Familien\n", "denominator: Alle Familien\ndenominator_from: zweite\n"
    )
    write(project, "resources/indicators/hilfen/indicator.yml", stated(text))
    protect_folder(raw, project, DAY)
    with (project / "resources/indicators/hilfen/values.csv").open(encoding="utf-8", newline="") as stream:
        below = [row["denominator"] for row in csv.DictReader(stream)]
    assert all(int(value) % 5 == 0 for value in below)


def test_the_audit_sees_a_count_that_one_of_two_users_withholds() -> None:
    items = {"hilfen": indicator("hilfen"), "zweite": indicator("zweite", numerator_from="hilfen")}
    hidden = ValueRow("q0", "2025", (), None, None, Status.SECRET, "", 2)
    shown = ValueRow("q0", "2025", (), Decimal(12), None, Status.KNOWN, "", 2)
    tables = {"hilfen": ValueTable("a", (hidden,), ","), "zweite": ValueTable("b", (shown,), ",")}
    (leak,) = audit(Published({"q0": LatticeArea("wohnen", 0, ())}, (), items, tables, DEFAULTS))
    assert (leak.indicator, leak.interval.recovered) == ("hilfen", True)
    assert isinstance(measures_of(items)[0], Measure)


def test_whoever_kept_a_withdrawn_table_learns_nothing_more_from_the_next() -> None:
    """A supplier's exact sum beside two withheld parts: who knows the one from a withdrawn table has the other."""
    spaces = {
        "stadt": LatticeArea("wohnen", 0, ("q0", "q1")),
        **{key: LatticeArea("wohnen", 1, ()) for key in ("q0", "q1")},
    }
    delivered = {"source": {"name": "Land", "regime": "delivered"}, "disclosure": {"method": "published"}}
    items = {"hilfen": indicator(), "davon": indicator("davon", part_of="hilfen", **delivered)}
    known = [("hilfen", "stadt", 40), ("hilfen", "q0", 20), ("hilfen", "q1", 20), ("davon", "stadt", 11)]
    rows = {
        key: [
            ValueRow(space, "2025", (), Decimal(count), None, Status.KNOWN, "", 2)
            for of, space, count in known
            if of == key
        ]
        for key in items
    }
    rows["davon"] += [ValueRow(key, "2025", (), None, None, Status.SECRET, "", 2) for key in ("q0", "q1")]
    tables = {key: ValueTable(key, tuple(one), ",") for key, one in rows.items()}
    everything = Published(spaces, (), items, tables, DEFAULTS)
    assert audit(everything) == []
    kept = numerator_key(items, items["davon"], ("q0", "2025", ()))
    (leak,) = audit(replace(everything, out=frozenset({kept})))
    assert leak.cell is not None
    assert leak.cell[0] == "q1"
