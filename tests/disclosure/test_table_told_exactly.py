"""What is told of a table of values: all of it and nothing else, at its cell, on both sides of each limit; and sums that are none."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.disclosure.counted_measures import Measure, sums_by
from generator.disclosure.gates.value_rows import check_table
from generator.disclosure.implied_sums import implied_sums
from generator.disclosure.lattice import CROSS, LatticeArea, areas
from generator.disclosure.protect.raw_tables import read_raw
from generator.model.cells import Status
from generator.model.site import Site
from generator.read import indicator_folders
from generator.read.project import Reading, read_project
from generator.read.value_tables import ValueRow, ValueTable
from tests.conftest import TODAY
from tests.disclosure.worlds import indicator, write_project

Row = tuple[Any, ...]
"""Area, count, denominator, note."""
COUNTS = {"kleinstadt": 95, "nord": 30, "sued": 65, "ahorn": 14, "birke": 16, "celtis": 22, "dorn": 12, "esche": 31}  # fmt: skip
COLUMNS = ("space", "period", "numerator", "denominator", "status", "note")
ALL = tuple((key, count) for key, count in COUNTS.items())
QUARTERS = ALL[3:]
BALANCE = {"disclosure": {"method": "none"}}
SHARE = {"denominator": "Kinder"}
AGES = {"breakdowns": [{"id": "alter", "name": "Alter", "values": [{"id": "u6", "name": "unter 6"}, {"id": "ab6", "name": "ab 6"}]}]}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """Rows from line 2 on, and what is told: code, line, column, words of the message."""

    rows: tuple[Row, ...]
    told: tuple[tuple[str, int, int, tuple[str, ...]], ...] = ()
    definition: dict[str, Any] = field(default_factory=dict)


def changed(**counts: object) -> tuple[Row, ...]:
    return tuple((key, counts.get(key, count)) for key, count in ALL)


def alike(below: object, number: int) -> tuple[Row, ...]:
    return tuple((key, 10, below) for key, _ in QUARTERS[:number])


CASES = {
    "sound": Case(ALL),
    # --- counts
    "less than nothing": Case(changed(ahorn=-1, nord=15, kleinstadt=80), (("negative-anzahl", 5, 3, ("-1",)),)),
    "nothing": Case(changed(ahorn=0, nord=16, kleinstadt=81)),
    "a balance": Case(changed(ahorn=-1, nord=15, kleinstadt=80), (), BALANCE),
    "a share of a balance": Case((("ahorn", -1, 20), *((key, 3, 20) for key in ("birke", "celtis", "dorn", "esche"))), (("negative-anzahl", 2, 3, ("-1",)),), BALANCE | SHARE),
    "half a person": Case(changed(ahorn=14.5, nord=30.5, kleinstadt=95.5), tuple(("keine-anzahl", line, 3, ()) for line in (2, 3, 5))),
    "half a unit of a balance": Case(changed(ahorn=14.5, nord=30.5, kleinstadt=95.5), (), BALANCE),
    "half a person of a share": Case(tuple((key, 3.5, 20.5 + n) for n, (key, _) in enumerate(QUARTERS)), tuple(("keine-anzahl", line, 3, ("3.5",)) for line in range(2, 7)), BALANCE | SHARE),
    "no denominator": Case(tuple((key, 3, None if key == "dorn" else 20 + n) for n, (key, _) in enumerate(QUARTERS)), (("nenner-fehlt", 5, 4, ("Kinder",)),), SHARE),
    "all of a share": Case(tuple((key, 20 + n, 20 + n) for n, (key, _) in enumerate(QUARTERS)), (), SHARE),
    "more than all of a share": Case((*((key, 21 + n, 20 + n) for n, (key, _) in enumerate(QUARTERS[:4])), ("esche", 3, 50)), tuple(("zaehler-ueber-nenner", line, 3, (str(19 + line), str(18 + line))) for line in range(2, 6)), SHARE),
    # --- denominators of a hundred
    "a hundred everywhere": Case(alike(100, 5), (("nenner-ueberall-gleich", 2, 4, ("100", "5")),), SHARE),
    "a hundred thousand everywhere": Case(alike(100_000, 5), (("nenner-ueberall-gleich", 2, 4, ("100000", "5")),), SHARE),
    "ten everywhere": Case(alike(10, 5), (), SHARE),
    "two hundred everywhere": Case(alike(200, 5), (), SHARE),
    "a hundred in three areas": Case(alike(100, 3), (("nenner-ueberall-gleich", 2, 4, ("100", "3")), ("gebiet-ohne-wert", 4, 1, ("„Dorn“ und „Esche“",))), SHARE),
    # --- areas that are missing
    "without one area": Case(tuple(row for row in ALL if row[0] != "celtis"), (("gebiet-ohne-wert", 7, 1, ("„Celtis“", "Sued", "2025")),)),
    "without two of three": Case(tuple(row for row in ALL if row[0] not in ("celtis", "esche")), (("gebiet-ohne-wert", 7, 1, ("„Celtis“ und „Esche“", "Sued")),)),
    "without a whole level": Case(ALL[:3]),
    # --- notes of what is withheld
    "a note that tells": Case((("ahorn", None, None, "nur 3"), *QUARTERS[1:]), (("anmerkung-verraet", 2, 6, ("„Ahorn, 2025“", "nur 3")),)),
    "a note of two years": Case((("ahorn", None, None, "1900 bis 2100"), *QUARTERS[1:])),
    "a note of less than a year": Case((("ahorn", None, None, "1899"), *QUARTERS[1:]), (("anmerkung-verraet", 2, 6, ("1899",)),)),
    "a note of more than a year": Case((("ahorn", None, None, "2101"), *QUARTERS[1:]), (("anmerkung-verraet", 2, 6, ("2101",)),)),
    "a note of what is shown": Case((("ahorn", 14, None, "nur 14"), *QUARTERS[1:])),
    # --- sums
    "one too many": Case(changed(nord=31, kleinstadt=96), (("summe-der-teile", 3, 3, ("Nord", "30", "31", "2 Gebiete", "2025")),)),
    "rounded further": Case(changed(nord=46, kleinstadt=111), (("summe-der-teile", 3, 3, ("Nord", "30", "46")),), {"disclosure": {"method": "round-small"}}),
    "said not to add up": Case(changed(nord=31), (), {"adds_up": False}),
    # --- areas that there are not, and rows that stand twice
    "a row twice": Case((*ALL, ("ahorn", 14)), (("zeitraum-doppelt", 10, 2, ("Ahorn", "2025", "5")),)),
    "a wrong letter": Case((("ahron", 14), *QUARTERS[1:]), (("kein-gebiet", 2, 1, ("„ahron“", "„ahorn“")),)),
    "a name": Case((("Ahorn", 14), *QUARTERS[1:]), (("kein-gebiet", 2, 1, ("„Ahorn“", "„ahorn“")),)),
    "nothing like it": Case((("xyz", 14), *QUARTERS[1:]), (("kein-gebiet", 2, 1, ("„xyz“", "resources/spaces/")),)),
}  # fmt: skip


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return read_project(write_project(tmp_path_factory.mktemp("stadt")))


@pytest.fixture(scope="module")
def site(reading: Reading) -> Site:
    assert reading.site is not None, reading.found
    return reading.site


def decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def made(rows: tuple[Row, ...], breakdown: tuple[str, ...] = ()) -> ValueTable:
    found = []
    for line, (key, count, *more) in enumerate(rows, 2):
        below, note = [*more, None, None][:2]
        status = Status.SECRET if count is None else Status.KNOWN
        found.append(
            ValueRow(key, "2025", breakdown, decimal(count), decimal(below), status, note or "", line)
        )
    return ValueTable("values.csv", tuple(found), ",", columns=COLUMNS)


@pytest.mark.parametrize("name", CASES)
def test_what_is_told_of_a_table(site: Site, name: str) -> None:
    case = CASES[name]
    found = list(check_table(site, areas(site), indicator(**case.definition), made(case.rows)))
    places = [(item.code, *item.position[:3]) for item in found]
    assert places == [(code, "values.csv", line, column) for code, line, column, _ in case.told]
    for item, (*_, said) in zip(found, case.told, strict=True):
        assert [part for part in said if part not in f"{item.message} {item.help}"] == []


def test_whoever_is_in_no_group_is_named_with_the_groups(site: Site) -> None:
    found, *_ = check_table(site, areas(site), indicator(**AGES), made(QUARTERS, ("u7",)))
    assert (found.code, found.position.line) == ("aufgliederung-unbekannt", 2)
    assert [word for word in ("u7", "Alter", "ab6, u6") if word not in f"{found.message} {found.help}"] == []


DIVISIONS = {
    "a": LatticeArea("eins", 0, ()),
    "b": LatticeArea("eins", 0, ()),
    "c": LatticeArea("zwei", 0, ()),
    "d": LatticeArea("zwei", 0, ()),
}


@pytest.mark.parametrize(("spaces", "sums"), [("acd", 1), ("abcd", 0), ("cd", 0)])
def test_only_a_division_of_one_area_is_the_whole_of_another(spaces: str, sums: int) -> None:
    """That one of two areas is as large as both of the other division is chance."""
    counts = {("hilfen", key, "2025"): count for key, count in {"a": 5, "b": 9, "c": 2, "d": 3}.items() if key in spaces}  # fmt: skip
    found = implied_sums(Measure("hilfen", [indicator()]), {key: DIVISIONS[key] for key in spaces}, dict(counts))  # fmt: skip
    assert [(item.total[1], [part[1] for part in item.parts]) for item in found] == [("a", ["c", "d"])] * sums


def test_an_area_is_there_when_all_its_parts_are() -> None:
    """The town is there by its halves, these by their quarters, so all three are sums that nobody wrote down."""
    spaces = {
        "stadt": LatticeArea("eins", 0, ("nord", "sued")),
        "nord": LatticeArea("eins", 1, ("n",)),
        "sued": LatticeArea("eins", 1, ("s",)),
        "n": LatticeArea("eins", 2, ()),
        "s": LatticeArea("eins", 2, ()),
        "x": LatticeArea("zwei", 0, ()),
    }
    pairs = [(key, "x") for key in spaces if key != "x"]
    keys = [("hilfen", key, "2025") for key in ("n", "s", "x", f"n{CROSS}x", f"s{CROSS}x")]
    found = sums_by(Measure("hilfen", [indicator()]), (indicator(), (), ()), spaces, keys, pairs)
    assert {item.total[1] for item in found} >= {"stadt", "nord", "sued"}


def test_without_the_parts_of_the_program_the_folder_is_named(
    reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indicator_folders, "missing", lambda: ["numpy"])
    raw, (found,) = read_raw(tmp_path / "roh", tmp_path, reading, TODAY)
    assert (raw, found.code, found.position.file) == (None, "kennzahlen-extra-fehlt", str(tmp_path / "roh"))
