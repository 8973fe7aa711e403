"""Damage that needs more than one changed cell: missing files, a second indicator, releases, the private folder, the site."""

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.diagnostics import Diagnostic
from generator.disclosure.protect.protecting import protect_folder
from tests.disclosure.test_figure_damage import GOOD, VALUES, YML
from tests.disclosure.worlds import DEFINITION, RAW, square, stated, write_project, write_raw

FOLDER = "resources/indicators/hilfen"
PEOPLE = """\
title: Menschen
says: So viele Menschen leben hier.
numerator: Menschen
interval: none
source: {name: Amt (erfunden), regime: own-cases}
"""
DAY = dt.date(2026, 3, 1)

Said = tuple[str, str, int, int]
"""Code, file, line and column of a diagnostic."""


def checked(root: Path, code: str) -> list[dict[str, Any]]:
    """Return what `nahraum check` says with one code."""
    result = CliRunner().invoke(main, ["check", "--project", str(root), "--format", "json"])
    assert result.exit_code in (0, 1), result.output
    return [item for item in json.loads(result.output) if item["code"] == code]


def places(found: list[dict[str, str | int]]) -> list[tuple[str | int, ...]]:
    return [(item["severity"], item["file"], item["line"], item["column"]) for item in found]


def protected(project: Path, raw: Path, day: dt.date = DAY) -> tuple[list[Said], dict[str, Diagnostic]]:
    """Return where `nahraum protect` finds what, and the first diagnostic of each code."""
    found = protect_folder(raw, project, day).found
    first: dict[str, Diagnostic] = {}
    for item in found:
        first.setdefault(item.code, item)
    return [(item.code, *item.position[:3]) for item in found], first


def write(root: Path, name: str, text: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_folder_of_values_without_a_definition(tmp_path: Path) -> None:
    root = write_project(tmp_path, values=GOOD)
    (root / YML).unlink()
    found = checked(root, "kennzahl-ohne-beschreibung")
    assert places(found) == [("error", YML, 1, 1)]
    assert "„hilfen“" in str(found[0]["message"])


def test_a_definition_without_values_is_a_warning_at_its_title(tmp_path: Path) -> None:
    root = write_project(tmp_path, "# Entwurf\n" + DEFINITION)
    found = checked(root, "kennzahl-ohne-werte")
    assert places(found) == [("warning", YML, 2, len("title: ") + 1)]
    assert "„Hilfen für Familien“" in str(found[0]["message"])


@pytest.mark.parametrize("line", ["1. März 2026,abc,", ",abc,"], ids=["a written date", "no date"])
@pytest.mark.parametrize("gap", ["", "\n"], ids=["", "after an empty line"])
def test_a_line_of_the_ledger_that_cannot_be_read(line: str, gap: str, tmp_path: Path) -> None:
    root = write_project(tmp_path, values=GOOD)
    sound = f"2026-03-01,{hashlib.sha256(GOOD.encode()).hexdigest()},"
    write(root, f"{FOLDER}/releases/2026-03-01.csv", GOOD)
    ledger = f"{FOLDER}/releases/ledger.csv"
    write(root, ledger, f"date,sha256,note\n{gap}{line}\n{sound}\n")
    assert places(checked(root, "verzeichnis-unlesbar")) == [("error", ledger, 3 if gap else 2, 1)]
    assert checked(root, "ausgabe-geaendert") == checked(root, "werte-ohne-ausgabe") == []


def test_a_comma_in_a_note_of_the_ledger_is_told_with_what_to_put_in_quotes(tmp_path: Path) -> None:
    root = write_project(tmp_path, values=GOOD)
    write(root, f"{FOLDER}/releases/ledger.csv", "date,sha256,note\n2026-03-01,abc,für März, berichtigt\n")
    found = checked(root, "zeile-zu-lang")
    assert places(found) == [("error", f"{FOLDER}/releases/ledger.csv", 2, 1)]
    assert "den ganzen Text ab „für März“ in Anführungszeichen" in str(found[0]["help"])


def test_a_ledger_that_a_spreadsheet_saved_is_reported_and_stops_nothing(tmp_path: Path) -> None:
    root = write_project(tmp_path, values=GOOD)
    ledger = f"{FOLDER}/releases/ledger.csv"
    write(root, ledger, "")
    (root / ledger).write_bytes("date;sha256;note\r\n2026-03-01;abc;für März\r\n".encode("cp1252"))
    assert places(checked(root, "kein-utf8")) == [("error", ledger, 2, 17)]


@pytest.mark.parametrize(
    ("line", "column"), [(",2024,20,120,,", 1), ("ahorn,,20,120,,", 2)], ids=["no area", "no period"]
)
@pytest.mark.parametrize("gap", ["", "\n", ",,,,,\n"], ids=["", "after an empty line", "after empty cells"])
def test_a_row_without_area_or_period(line: str, column: int, gap: str, tmp_path: Path) -> None:
    values = GOOD.replace("ahorn,2024,20,120,,", line).replace("nord,2024", f"{gap}nord,2024")
    root = write_project(tmp_path, values=values)
    assert checked(root, "wert-fehlt") == []
    assert places(checked(root, "zeile-ohne-gebiet")) == [("error", VALUES, 6 if gap else 5, column)]


@pytest.mark.parametrize(
    ("before", "after"),
    [("space,period", "\n\nspace,period"), ("nord,2024,40,210,,", 'nord,2024,40,210,,"erst\n\ngeschätzt"')],
    ids=["empty lines at the top", "a note of three lines"],
)
def test_a_row_is_named_with_its_line_in_the_file(before: str, after: str, tmp_path: Path) -> None:
    values = GOOD.replace("ahorn,2024,20,120,,", ",2024,20,120,,").replace(before, after)
    root = write_project(tmp_path, values=values)
    assert places(checked(root, "zeile-ohne-gebiet")) == [("error", VALUES, 7, 1)]


def test_a_table_that_cannot_be_read_is_named_with_its_line_in_the_file(tmp_path: Path) -> None:
    values = "\n\n" + GOOD.replace("ahorn,2024,20,120,,", "ahorn,2024,20,120,,,,")
    root = write_project(tmp_path, values=values)
    assert places(checked(root, "tabelle-unlesbar")) == [("error", VALUES, 7, 1)]


def test_a_number_that_should_be_rounded(tmp_path: Path) -> None:
    rounded = [line.split(",") for line in GOOD.splitlines()]
    for cells in rounded[1:]:
        cells[2] = str(5 * round(int(cells[2]) / 5))
    definition = DEFINITION + "disclosure: {method: round-small}\n"
    sound = "\n".join(",".join(cells) for cells in rounded) + "\n"
    assert checked(write_project(tmp_path / "gut", definition, sound), "nicht-gerundet") == []
    damaged = sound.replace("dorn,2024,15,", "dorn,2024,17,")
    found = checked(write_project(tmp_path / "schlecht", definition, damaged), "nicht-gerundet")
    assert places(found) == [("error", VALUES, 8, 3)]


def test_an_area_with_too_few_people(tmp_path: Path) -> None:
    root = write_project(tmp_path, values=GOOD)
    write(root, "resources/indicators/menschen/indicator.yml", stated(PEOPLE + "population: yes\n"))
    counts = {"ahorn": 45, "birke": 50, "celtis": 900, "dorn": 900, "esche": 900}
    lines = [f"{key},2024,{count}" for key, count in counts.items()]
    write(
        root,
        "resources/indicators/menschen/values.csv",
        "space,period,numerator\n" + "\n".join(lines) + "\n",
    )
    found = checked(root, "gebiet-zu-klein")
    # The count and what it is divided by are both withheld there; how many people live in an area is no secret.
    assert places(found) == [("error", VALUES, line, column) for line in (5, 13) for column in (3, 4)]
    assert str(found[0]["message"]) == "„Ahorn“ hat weniger als 50 Einwohner/innen"


def test_a_private_folder_without_tables(tmp_path: Path) -> None:
    project, raw = write_project(tmp_path / "projekt"), tmp_path / "roh"
    write(raw, "Tabelle.xlsx", "")
    found, _ = protected(project, raw)
    assert found == [("rohtabellen-fehlen", str(raw), 1, 1)]
    assert not (project / VALUES).exists()


@pytest.mark.parametrize(
    ("name", "helped"), [("hilfe", "„hilfen“"), ("schulweg", "resources/indicators/schulweg/indicator.yml")]
)
def test_a_raw_table_of_no_indicator(name: str, helped: str, tmp_path: Path) -> None:
    project, raw = write_project(tmp_path / "projekt"), write_raw(tmp_path / "roh")
    stranger = (raw / "hilfen.csv").rename(raw / f"{name}.csv")
    write_raw(raw)
    found, first = protected(project, raw)
    assert found == [("kennzahl-unbekannt", str(stranger), 1, 1)]
    assert helped in first["kennzahl-unbekannt"].help
    # Whose table it is nobody knows, so the sound one beside it isn't written either.
    assert not (project / VALUES).exists()


def test_a_raw_row_for_two_areas_that_share_no_ground(tmp_path: Path) -> None:
    project, raw = write_project(tmp_path / "projekt", DEFINITION), tmp_path / "roh"
    shapes = project / "resources/geometry/gebiete.geojson"
    text = shapes.read_text("utf-8")
    # One school district becomes the region in the west, the other that in the east.
    for before, after in (((0, 1, 5, 2), (0, 0, 2, 2)), ((0, 0, 5, 1), (2, 0, 5, 2))):
        assert text.count(square(*before)) == 1
        text = text.replace(square(*before), square(*after))
    shapes.write_text(text, "utf-8")
    west = ("ahorn", "birke")
    lines = [f"{key},2025,schule-{'oben' if key in west else 'unten'},40,200" for key in RAW]
    table = "space,period,schulbezirk,numerator,denominator\n" + "\n".join(lines) + "\n"
    path = write(raw, "hilfen.csv", table.replace("birke,2025,schule-oben", "birke,2025,schule-unten"))
    found, first = protected(project, raw)
    assert found == [("gebiete-treffen-sich-nicht", str(path), 3, 3)]
    assert "„Birke“ und „Schule Unten“" in first["gebiete-treffen-sich-nicht"].message
    path.write_text(table.replace("dorn,2025,schule-unten", "dorn,2025,hinten"), "utf-8")
    assert protected(project, raw)[0] == [("kein-gebiet", str(path), 5, 3)]
    path.write_text(table, "utf-8")
    assert protected(project, raw)[0] == []
