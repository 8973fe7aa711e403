"""Keys that can't be trusted: a list that is numbered anew changes nothing, a column that merely counts is none."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from tests.chance import every
from tests.edit.towns import write_town

MAPPING = """\
providers:
  id: <Träger|id>
  name: <Träger>
  kind: non-profit
places:
  id: haus-<Haus|id>
  name: <Haus>
  kind: haus
  address: {street: <Haus>, number: 1, postcode: "01067", town: Kleinstadt}
offers:
  id: liste-<Nr>
  name: <Name>
  summary: <Name> für alle.
  kind: gruppe
  provider: <Träger|id>
  place: haus-<Haus|id>
  topics: [begegnung]
  contact: {phone: <Telefon>}
"""
Row = tuple[str, ...]
LIST: list[Row] = [
    ("11", "Chor", "Nordhaus", "Verein Nord", "04321 66969-01"),
    ("12", "Werkstatt", "Nordhaus", "Verein Nord", "04321 66969-02"),
    ("13", "Krabbelgruppe", "Südhaus", "Verein Süd", "04321 66969-03"),
    ("14", "Krabbelgruppe", "Westhaus", "Verein West", ""),
    ("15", "Yoga", "Westhaus", "Verein West", "04321 66969-05"),
]
OF_A_HOUSE: list[Row] = [(number, name, "Nordhaus", "Verein Nord", "") for number, name, *_ in LIST]


def imported(folder: Path, rows: list[Row], mapping: str = MAPPING) -> Result:
    lines = [",".join(row) for row in (("Nr", "Name", "Haus", "Träger", "Telefon"), *rows)]
    (folder / "liste.csv").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "liste.yml").write_text(mapping, "utf-8")
    where = ["--map", str(folder / "liste.yml"), "--into", str(folder / "stadt"), "--update"]
    result = CliRunner().invoke(main, ["import", "offers", str(folder / "liste.csv"), *where])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted((folder / "stadt").rglob("*")) if path.is_file()}


def numbered_anew(rows: list[Row]) -> list[Row]:
    """Return rows in their order with the numbers from 11 on."""
    return [(str(number), *row[1:]) for number, row in enumerate(rows, 11)]


NEW: Row = ("", "Nähen", "Südhaus", "Verein Süd", "")
ANEW = {
    "sorted by name": lambda rows: numbered_anew(sorted(rows, key=lambda row: row[1])),
    "the other way round": lambda rows: numbered_anew(rows[::-1]),
    "one more at the top": lambda rows: numbered_anew([NEW, *rows]),
    "one more in the middle": lambda rows: numbered_anew([*rows[:2], NEW, *rows[2:]]),
    "one less": lambda rows: numbered_anew(rows[1:]),
    "the last but one is gone": lambda rows: numbered_anew([*rows[:3], rows[4]]),
    "two change places": lambda rows: numbered_anew([rows[0], rows[1], rows[3], rows[2], rows[4]]),
}


@pytest.mark.parametrize("how", every(ANEW, ("sorted by name", "one less")))
@pytest.mark.parametrize("rows", [LIST, OF_A_HOUSE], ids=["a town", "a house"])
@pytest.mark.parametrize("remembered", [True, False])
def test_a_list_numbered_anew_changes_nothing(
    tmp_path: Path, how: str, rows: list[Row], remembered: bool
) -> None:
    write_town(tmp_path / "stadt")
    assert imported(tmp_path, rows).exit_code == 0
    changed = ANEW[how](rows)
    if changed == rows:
        pytest.skip("two groups of one name in one house are one")
    if not remembered:
        (tmp_path / "stadt/imports/liste.last-import.json").unlink()
    before = snapshot(tmp_path)
    result = imported(tmp_path, changed)
    assert result.exit_code == 1
    assert "[nummern-neu]: Die Nummern sind neu vergeben" in result.output
    assert snapshot(tmp_path) == before


def test_any_order_of_numbers_is_told(tmp_path: Path) -> None:
    write_town(tmp_path / "stadt")
    rows: list[Row] = [(str(100 + at), f"Kurs {at}", f"Haus {at % 3}", "Verein Nord", "") for at in range(8)]
    assert imported(tmp_path, rows).exit_code == 0
    before = snapshot(tmp_path)
    chance = random.Random(68)
    for _ in range(10):
        order = rows[:]
        while order == rows:
            chance.shuffle(order)
        anew = [(old[0], *row[1:]) for old, row in zip(rows, order, strict=True)]
        assert imported(tmp_path, anew).exit_code == 1
        assert snapshot(tmp_path) == before


@pytest.mark.parametrize("changes", [{1: "Kantorei"}, {2: "Nordhaus"}, {3: "Verein Nord"}, {4: "04321 66969-77"}, {2: "Nordhaus", 4: ""}])  # fmt: skip
def test_what_only_changes_is_renewed(tmp_path: Path, changes: dict[int, str]) -> None:
    """A name, or where and whose it is, but not both; the order of rows says nothing."""
    write_town(tmp_path / "stadt")
    assert imported(tmp_path, LIST).exit_code == 0
    row = tuple(changes.get(at, text) for at, text in enumerate(LIST[4]))
    result = imported(tmp_path, [row, *LIST[:4]])
    assert result.exit_code == 0, result.output
    assert "offers/liste-15" in result.output


def test_what_is_said_to_help_helps(tmp_path: Path) -> None:
    write_town(tmp_path / "stadt")
    assert imported(tmp_path, LIST).exit_code == 0
    moved = [*LIST[:4], ("15", "Pilates", "Nordhaus", "Verein Nord", "04321 66969-05")]
    assert "liste-15 ist jetzt „Pilates“" in imported(tmp_path, moved).output
    offer = tmp_path / "stadt/resources/offers/liste-15.yml"
    offer.write_text(offer.read_text("utf-8").replace("name: Yoga", "name: Pilates"), "utf-8")
    assert imported(tmp_path, moved).exit_code == 0
    assert "place: haus-nordhaus" in offer.read_text("utf-8")


@pytest.mark.parametrize("first", ["1", "01", "1."])
def test_a_column_that_merely_counts_is_no_key(tmp_path: Path, first: str) -> None:
    write_town(tmp_path / "stadt")
    before = snapshot(tmp_path)
    rows = [(first.replace("1", str(at)), *row[1:]) for at, row in enumerate(LIST, 1)]
    result = imported(tmp_path, rows, MAPPING.replace("<Nr>", "<Nr|id>"))
    assert result.exit_code == 1
    assert "[kennung-zaehlt]: Die Spalte „Nr“" in result.output
    assert snapshot(tmp_path) == before
    beside_a_name = MAPPING.replace("liste-<Nr>", "<Nr|id>-<Name|id>")
    assert imported(tmp_path, rows, beside_a_name).exit_code == 0
