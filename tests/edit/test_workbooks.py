"""A workbook as a table: sheets, cells as people see them, and what is refused, with sheet, row, column and help."""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.export.workbook import packed
from generator.files.disk import Disk
from generator.read import workbooks
from generator.read.workbooks import CELLS, UNPACKED, read_grid
from tests.chance import whole
from tests.edit.towns import write_town

HEAD = ["Nr", "Name", "PLZ", "Länge", "Breite", "Seit", "Hinweis"]
ROWS = [
    [7, "Kita Nord", "01067", 10.005, 53.705, None, None],
    [8, "Kita Süd", "01067", 10.015, 53.705, None, None],
]
OPTIONS = (
    "--kind", "places", "--set", "Art=kita", "--set", "Straße=Am Markt", "--set", "Stadt=Kleinstadt", "--map", "Hinweis=transport",
)  # fmt: skip


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write_town(tmp_path / "stadt")


def book(*rows: list[Any], title: str = "Kitas") -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows or (HEAD, *ROWS):
        made.active.append(row)
    return made


def saved(made: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def imported(town: Path, data: bytes, *more: str) -> Result:
    (town.parent / "liste.xlsx").write_bytes(data)
    arguments = ["table", "in", str(town.parent / "liste.xlsx"), *OPTIONS, "-p", str(town), *more]
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def snapshot(town: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(town.rglob("*")) if path.is_file()}


def place(town: Path, name: str = "kita-nord") -> str:
    return (town / f"resources/places/{name}.yml").read_text("utf-8")


def test_a_sheet_is_a_table(town: Path) -> None:
    result = imported(town, saved(book()))
    assert result.exit_code == 0, result.output
    assert "2 Einträge, davon 2 neu." in result.output
    assert place(town) == (
        "name: Kita Nord\nkind: kita\naddress: {street: Am Markt, postcode: 01067, town: Kleinstadt}\npoint: 10.005 53.705\n"
    )


def test_cells_are_what_people_see(town: Path) -> None:
    made = book()
    sheet = made.active
    sheet["A2"] = 7.0
    sheet["C2"] = 1067
    sheet["C2"].number_format = "00000"
    sheet["D2"] = 0.1 + 0.2 + 9.7
    sheet["G2"] = "erste Zeile\r\nzweite\u2028dritte "
    sheet["G3"] = dt.time(9, 30)
    assert imported(town, saved(made)).exit_code == 0
    assert "postcode: 01067" in place(town)
    assert "point: 10 53.705" in place(town)
    assert "erste Zeile\n  zweite\n  dritte\n" in place(town)
    assert "transport: 09:30\n" in place(town, "kita-sued")


def test_empty_cells_far_out_are_no_part_of_the_table(town: Path) -> None:
    made = book()
    for cell in ("M2", "B900"):
        made.active[cell].font = openpyxl.styles.Font(bold=True)
    assert "2 Einträge, davon 2 neu." in imported(town, saved(made)).output


def test_a_formula_is_no_text_whatever_it_came_to(town: Path) -> None:
    rows = (HEAD, [7, "=3*4", "01067", 10.005, 53.705])
    computed = openpyxl.Workbook(write_only=True)
    sheet = computed.create_sheet("Kitas")
    for row in rows:
        sheet.append(row)
    before = snapshot(town)
    for data, code in (
        (packed(computed, {1: {"B2": "12"}}), "formel-in-zelle"),
        (saved(book(*rows)), "formel-ohne-wert"),
    ):
        result = imported(town, data)
        assert result.exit_code == 1
        assert "liste.xlsx, Blatt Kitas, Zeile 2, Spalte B" in result.output
        assert code in result.output
    assert snapshot(town) == before


def test_of_several_sheets_one_is_named(town: Path) -> None:
    made = book(["Hinweise"], title="Vorwort")
    kitas = made.create_sheet("Kitas 2026")
    for row in (HEAD, *ROWS):
        kitas.append(row)
    made.create_sheet("leer")
    result = imported(town, saved(made))
    assert result.exit_code == 1
    assert "[blatt-unklar]" in result.output
    assert "In mehreren Blättern steht etwas: Vorwort, Kitas 2026" in result.output
    assert "--sheet „Vorwort“" in result.output
    wrong = imported(town, saved(made), "--sheet", "Kitas 2025")
    assert "[blatt-fehlt]" in wrong.output
    assert "gemeint ist vielleicht „Kitas 2026“" in wrong.output
    assert imported(town, saved(made), "--sheet", "Kitas 2026", "--dry-run").exit_code == 0
    made["Vorwort"].sheet_state = "hidden"
    assert "davon 2 neu" in imported(town, saved(made)).output, "hidden ones don't count"


def test_headings_below_a_title_are_found(town: Path) -> None:
    made = book(["Kitas der Stadt"], [], HEAD, *ROWS)
    assert "davon 2 neu" in imported(town, saved(made)).output


def merged(cells: str) -> Callable[[openpyxl.Workbook], None]:
    return lambda made: made.active.merge_cells(cells)


def put(cell: str, value: Any, kind: str = "") -> Callable[[openpyxl.Workbook], None]:
    def change(made: openpyxl.Workbook) -> None:
        made.active[cell] = value
        if kind:
            made.active[cell].data_type = kind

    return change


WRONG: dict[str, tuple[Callable[[openpyxl.Workbook], None], str, str, str]] = {
    "merged headings": (merged("B1:C1"), "zellen-verbunden", "Zeile 1, Spalte B", "eigene Überschrift"),
    "merged cells": (merged("B2:B3"), "zellen-verbunden", "Zeile 2, Spalte B", "in jede Zelle"),
    "an error": (put("B3", "#N/A", "e"), "zelle-mit-fehler", "Zeile 3, Spalte B", "Zelle leeren"),
    "a heading twice": (put("G1", "Name"), "ueberschrift-doppelt", "Zeile 1, Spalte G", "umbenennen"),
    "values without heading": (put("H2", "x"), "ueberschrift-leer", "Zeile 1, Spalte H", "Namen"),
    "an empty name": (put("B2", "  "), "zelle-leer", "Zeile 2, Spalte B", "ausfüllen"),
    "a swapped point": (put("D2", 53.7), "punkt-vertauscht", "Zeile 2, Spalte D", "10"),
    "letters in pieces": (put("B2", "Kita SÃ¼d"), "umlaute-zerlegt", "Zeile 2, Spalte B", "Umlauten"),
    "a sign nobody sees": (put("B2", "Kita\u202e"), "steuerzeichen", "Zeile 2, Spalte B", "U+202E"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_with_its_cell_and_nothing_is_written(town: Path, name: str) -> None:
    change, code, where, help_text = WRONG[name]
    made = book()
    change(made)
    if name == "a swapped point":
        made.active["E2"] = 10.005
    before = snapshot(town)
    result = imported(town, saved(made))
    assert result.exit_code == 1
    assert f"[{code}]" in result.output
    assert f"liste.xlsx, Blatt Kitas, {where}" in result.output
    assert help_text in result.output
    assert snapshot(town) == before


def test_merged_cells_beside_the_table_and_repeated_headings_do_no_harm(town: Path) -> None:
    made = book(["Kitas", None], HEAD, *ROWS, HEAD)
    made.active.merge_cells("A1:C1")
    made.active.merge_cells("I3:J4")
    result = imported(town, saved(made))
    assert result.exit_code == 0, result.output
    assert "ueberschrift-wiederholt" in result.output
    assert "Zeile 5, Spalte A" in result.output
    assert "2 Einträge, davon 2 neu." in result.output


def packed_sheet(rows: str, more: str = "") -> bytes:
    """Return a workbook whose sheet holds what a spreadsheet would never write."""
    whole = io.BytesIO(saved(book()))
    out = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
                data = f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData>{more}</worksheet>'.encode()
            new.writestr(name, data)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/x.xml", "w") as stream:
        for _ in range(UNPACKED // 1_000_000 + 1):
            stream.write(bytes(1_000_000))
    return out.getvalue()


FAR = '<row r="1"><c r="A1" t="inlineStr"><is><t>Nr</t></is></c></row><row r="{0}"><c r="{1}{0}"><v>1</v></c></row>'
UNREADABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "sie ist leer"),
    "a text": (lambda: b"Nr;Name\n1;Kita\n", "keine Arbeitsmappe"),
    "old or locked": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Kennwort"),
    "half of it": (lambda: saved(book())[:3000], "fehlt ein Stück"),
    "another archive": (lambda: packed_sheet("")[:0] + _zip({"a.txt": b"x"}), "keine Arbeitsmappe"),
    "LibreOffice's own": (lambda: _zip({"content.xml": b"<x/>"}), ".ods"),
    "a zip bomb": (bomb, "größer als 200 MB"),
    "no XML": (lambda: packed_sheet("<row"), "fehlt ein Stück"),
    "a row that no sheet has": (lambda: packed_sheet(FAR.format(10**15, "A")), "Zellen, auch wenn viele leer sind"),
    "cells over the whole sheet": (
        lambda: packed_sheet("".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 900))),
        "Zellen, auch wenn viele leer sind",
    ),
    "no sheet with anything": (lambda: saved(openpyxl.Workbook()), "Blätter sind leer"),
}  # fmt: skip


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


@whole
@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_workbook_is_told_in_words(town: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make, reason = UNREADABLE[name]
    monkeypatch.setattr(workbooks, "CELLS", 1_000_000 if "row" in name else 200_000)
    before = snapshot(town)
    result = imported(town, make())
    assert result.exit_code == 1
    assert "[arbeitsmappe-unlesbar]" in result.output
    assert reason in result.output
    assert snapshot(town) == before


def test_links_and_merged_cells_over_the_whole_sheet_cost_nothing(tmp_path: Path) -> None:
    more = '<mergeCells><mergeCell ref="C3:XFD1048576"/></mergeCells><hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>'
    (tmp_path / "a.xlsx").write_bytes(packed_sheet(FAR.format(2, "B"), more))
    grid, found = read_grid(Disk(tmp_path), tmp_path / "a.xlsx")
    assert found == []
    assert grid is not None
    assert [[cell.text for cell in row] for row in grid.rows] == [["Nr"], ["", "1"]]
    assert grid.merged[0].words == "C3:XFD1048576"
    assert CELLS < 16_384 * 1_048_576


def test_without_the_package_it_is_told_how_to_get_it(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "find_spec", lambda name: None)
    result = imported(town, saved(book()))
    assert "[xlsx-extra-fehlt]" in result.output
    assert "'.[figures]'" in result.output


def test_a_csv_that_is_a_workbook_is_told(town: Path) -> None:
    (town.parent / "liste.csv").write_bytes(saved(book()))
    result = CliRunner().invoke(main, ["table", "in", str(town.parent / "liste.csv"), "-p", str(town)])
    assert "heißt nur .csv" in result.output
    assert "Endung .xlsx" in result.output


def test_every_format_of_messages_says_which_cell(town: Path) -> None:
    made = book()
    made.active["B2"], made.active["G2"] = None, "Bus 5"
    said = {form: imported(town, saved(made), "-f", form).output for form in ("concise", "github", "gitlab")}
    for form, text in said.items():
        assert "Blatt Kitas, Zeile 2, Spalte B" in text, form
    told = imported(town, saved(made), "-f", "json").stdout
    found = json.JSONDecoder().raw_decode(told[told.index("[\n") :])[0]
    assert [(item["sheet"], item["line"], item["column"]) for item in found] == [("Kitas", 2, 2)]
