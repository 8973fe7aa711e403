"""Tables of offers as they come in: each is mended or refused with file, sheet, row and help, and nothing is half-written.

Other kinds of damage stand with their formats: workbooks in `test_workbooks.py`, points in `test_point_files.py`.
"""

import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.styles import Font

from generator.cli import main
from generator.edit.imports.filled_rows import TableManner
from generator.edit.imports.table_in import take_rows
from generator.edit.tables.table_rows import TableForm, read_table
from generator.files.disk import Disk
from generator.read.project import read_project
from tests.chance import cases, every, long
from tests.edit.towns import write_town

OPTIONS = ("--kind", "places", "--set", "Art=kita", "--map", "Bus=transport")
HEAD = "Nr;Name;Länge;Breite;Telefon;Bus"
NORTH = "1;Kita Größe;10.005;53.705;04321 66969-01;Bus 5"
SOUTH = "2;Kita Süd;10.015;53.705;04321 66969-02;"


class Damage(NamedTuple):
    """A table; where it is refused, by which code and with which help, or that it is mended."""

    data: bytes
    code: str = ""
    place: str = ""
    help: str = ""
    name: str = "liste.csv"
    said: str = ""


def of(*lines: str, end: str = "\n", encoding: str = "utf-8") -> bytes:
    return (end.join((HEAD, *lines)) + end).encode(encoding)


def sheet(change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Kitas"
    for line in (HEAD, NORTH, SOUTH):
        cells: list[Any] = [text or None for text in line.split(";")]
        book.active.append(cells)
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def hide_a_sheet(book: openpyxl.Workbook) -> None:
    book.create_sheet("Alt").append(["Nr", "Name"])
    book["Alt"].sheet_state = "hidden"


def hide_all(book: openpyxl.Workbook) -> None:
    book.create_sheet("leer")
    book["Kitas"].sheet_state = "hidden"


def hide_a_row(book: openpyxl.Workbook) -> None:
    book.active.row_dimensions[3].hidden = True
    book.active.row_dimensions[9].hidden = True


def hide_columns(book: openpyxl.Workbook) -> None:
    for name in "CDZ":
        book.active.column_dimensions[name].hidden = True


def strike(book: openpyxl.Workbook) -> None:
    for name in ("A3", "B3", "A9"):
        book.active[name].font = Font(strike=True)


def total_below(book: openpyxl.Workbook) -> None:
    book.active.append(["Gesamt", 2])


POINT = '{"type": "Feature", "properties": {"Nr": "%s", "Name": "Kita", "Telefon": "%s"}, "geometry": {"type": "Point", "coordinates": [%s]}}'
MENDED = {
    "commas instead of semicolons": Damage(of(NORTH, SOUTH).replace(b";", b",")),
    "tabs instead of semicolons": Damage(of(NORTH, SOUTH).replace(b";", b"\t")),
    "a byte-order mark": Damage(b"\xef\xbb\xbf" + of(NORTH, SOUTH)),
    "blank lines between rows and below": Damage(of("", NORTH, ";;;;;", "", SOUTH, "", "")),
    "line ends of Windows": Damage(of(NORTH, SOUTH, end="\r\n")),
    "line ends of old Macs": Damage(of(NORTH, SOUTH, end="\r")),
    "no line end at the end": Damage(of(NORTH, SOUTH).rstrip()),
    "everything in quotes": Damage(("\n".join(";".join(f'"{cell}"' for cell in line.split(";")) for line in (HEAD, NORTH, SOUTH))).encode()),
    "windows-1252": Damage(of(NORTH, SOUTH, encoding="cp1252")),
    "decimal commas": Damage(of(NORTH.replace("0.005", "0,005").replace("3.705", "3,705"), SOUTH.replace("0.015", "0,015").replace("3.705", "3,705"))),
    "the headings again in the middle": Damage(of(NORTH, HEAD, SOUTH), code="ueberschrift-wiederholt", place="3:1", help="löschen"),
    "a title above the headings": Damage(b"Kitas der Stadt;;;;;\n" + of(NORTH, SOUTH)),
    "blanks around everything": Damage(of(NORTH.replace(";", " ; "), SOUTH.replace(";", "\u00a0;\t"))),
    "empty columns on the right": Damage("\n".join(f"{line};;" for line in (HEAD, NORTH, SOUTH)).encode()),
    "a hidden sheet beside": Damage(sheet(hide_a_sheet), name="liste.xlsx"),
    "a row that a filter hides": Damage(sheet(hide_a_row), code="kaum-zu-sehen", place="Kitas:1:1", help="neues Blatt", name="liste.xlsx", said="ausgeblendet, was gelesen wird wie das Übrige (Zeilen: 3)"),
    "columns that somebody hid": Damage(sheet(hide_columns), code="kaum-zu-sehen", place="Kitas:1:1", help="neues Blatt", name="liste.xlsx", said="ausgeblendet, was gelesen wird wie das Übrige (Spalten: C, D)"),
    "a row that is struck through": Damage(sheet(strike), code="kaum-zu-sehen", place="Kitas:1:1", help="neues Blatt", name="liste.xlsx", said="durchgestrichen, was gelesen wird wie das Übrige (Zeilen: 3)"),
}  # fmt: skip
REFUSED = {
    "an empty file": Damage(b"", "tabelle-unlesbar", "1:1", "CSV"),
    "nothing but line ends": Damage(b"\n\r\n\n", "tabelle-unlesbar", "1:1", "CSV"),
    "headings alone": Damage(of(), "tabelle-unlesbar", "1:1", "mit ihren Zeilen"),
    "UTF-16": Damage(of(NORTH, encoding="utf-16"), "tabelle-unlesbar", "1:1", "CSV UTF-8"),
    "letters in pieces": Damage(of(NORTH.encode().decode("cp1252")), "umlaute-zerlegt", "2:3", "Umlauten"),
    "letters that are lost": Damage(of(NORTH.replace("ö", "\ufffd")), "umlaute-zerlegt", "2:3", "Umlauten"),
    "signs that nobody sees": Damage(of(NORTH.replace("Kita", "Kita\x08")), "steuerzeichen", "2:", "U+0008"),
    "a heading twice": Damage(of(NORTH).replace(b"Bus\n", b"Name\n"), "ueberschrift-doppelt", "1:30", "umbenennen"),
    "values without a heading": Damage(of(NORTH).replace(b";Bus\n", b";\n"), "ueberschrift-leer", "1:30", "ersten Zeile"),
    "a row that is too long": Damage(of(NORTH + ";x"), "zeile-zu-lang", "2:49", ""),
    "a row that is too short": Damage(of(NORTH, "2;Kita Süd"), "zeile-zu-kurz", "3:3", ""),
    "a quotation mark left open": Damage(of(NORTH, SOUTH.replace("Kita", '"Kita')), "spalte-fehlt", "1:1", ""),
    "coordinates the wrong way round": Damage(of(NORTH.replace("10.005;53.705", "53.705;10.005")), "punkt-vertauscht", "2:14", "10.005 53.705"),
    "coordinates in metres": Damage(of(NORTH.replace("10.005;53.705", "566038;5950594")), "punkt-projiziert", "2:14", ""),
    "a total": Damage(of(NORTH, SOUTH, "Gesamt;2;;;;"), "summenzeile", "4:1", "löschen"),
    "k. A.": Damage(of(NORTH, SOUTH.replace("04321 66969-02", "k. A.")), "zelle-sagt-nichts", "3:26", "leeren"),
    "x": Damage(of(NORTH.replace("04321 66969-01", "x")), "zelle-sagt-nichts", "2:28", "leeren"),
    "a full stop as a name": Damage(of(NORTH.replace("Kita Größe", ".")), "zelle-sagt-nichts", "2:3", "leeren"),
    "headings made one": Damage(sheet(lambda book: book.active.merge_cells("B1:C1")), "zellen-verbunden", "Kitas:1:2", "eigene Überschrift", name="liste.xlsx"),
    "rows made one": Damage(sheet(lambda book: book.active.merge_cells("E2:E3")), "zellen-verbunden", "Kitas:2:5", "in jede Zelle", name="liste.xlsx"),
    "a total in a workbook": Damage(sheet(total_below), "summenzeile", "Kitas:4:1", "löschen", name="liste.xlsx"),
    "all sheets hidden": Damage(sheet(hide_all), "arbeitsmappe-unlesbar", ":1:1", "--sheet", name="liste.xlsx"),
    "a workbook that is called CSV": Damage(sheet(lambda book: None), "tabelle-unlesbar", "1:1", ".xlsx"),
    "CSV that is called a workbook": Damage(of(NORTH), "arbeitsmappe-unlesbar", ":1:1", "CSV", name="liste.xlsx"),
    "GeoJSON that is none": Damage(b'{"type": "FeatureColl', "kein-geojson", "1:", "", name="liste.geojson"),
    "GeoJSON without points": Damage(b'{"type": "FeatureCollection", "features": []}', "tabelle-unlesbar", "1:1", "Ebene", name="liste.geojson"),
    "GeoJSON, x and y exchanged": Damage(('{"type": "FeatureCollection", "features": [' + POINT % (1, "04321 1", "53.7, 10.0") + "]}").encode(), "geometrie-vertauscht", "1:", "10.00 53.70", name="liste.geojson"),
    "GeoJSON with a sign for nothing": Damage(('{"type": "FeatureCollection", "features": [' + POINT % (1, "-", "10.0, 53.7") + "]}").encode(), "zelle-sagt-nichts", "1:", "leeren", name="liste.geojson"),
}  # fmt: skip


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write_town(tmp_path / "stadt")


def imported(town: Path, damage: Damage) -> tuple[int, list[dict[str, Any]], str]:
    (town.parent / damage.name).write_bytes(damage.data)
    arguments = ["table", "in", str(town.parent / damage.name), *OPTIONS]
    result = CliRunner().invoke(main, [*arguments, "-p", str(town), "-f", "json"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    found = (
        json.JSONDecoder().raw_decode("[" + f"\n{result.stdout}".partition("\n[")[2])[0]
        if "\n[" in f"\n{result.stdout}"
        else []
    )
    return result.exit_code, found, result.output


def snapshot(town: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(town.rglob("*")) if path.is_file()}


def standing(item: dict[str, Any]) -> str:
    sheet_ = f"{item['sheet']}:" if item["sheet"] or item["file"].endswith("xlsx") else ""
    return f"{sheet_ or (':' if item['file'].endswith('xlsx') else '')}{item['line']}:{item['column']}"


@pytest.mark.parametrize("name", MENDED)
def test_what_can_only_mean_one_thing_is_mended(town: Path, name: str) -> None:
    damage = MENDED[name]
    code, found, output = imported(town, damage)
    assert code == 0, output
    assert [(item["code"], standing(item)) for item in found] == (
        [(damage.code, damage.place)] if damage.code else []
    )
    assert all(damage.help in item["help"] and damage.said in item["message"] for item in found)
    places = {path.name: path.read_text("utf-8") for path in (town / "resources/places").glob("kita-*.yml")}
    assert set(places) == {"kita-groesse.yml", "kita-sued.yml"}
    assert places["kita-groesse.yml"] == (
        "name: Kita Größe\nkind: kita\npoint: 10.005 53.705\ncontact: {phone: 04321 66969-01}\ntransport: Bus 5\n"
    )
    assert "name: Kita Süd\n" in places["kita-sued.yml"]


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_is_refused_with_its_place_and_help(town: Path, name: str) -> None:
    damage = REFUSED[name]
    before = snapshot(town)
    code, found, output = imported(town, damage)
    assert code == 1, output
    assert {item["code"] for item in found} == {damage.code}, found
    first = found[0]
    assert standing(first).startswith(damage.place), first
    assert Path(first["file"]).name == damage.name
    assert damage.help in first["help"] or damage.help in first["message"], first
    assert "Nichts wurde geschrieben." in output
    assert snapshot(town) == before


WHOLE = {
    "liste.csv": of(NORTH, SOUTH),
    "liste.xlsx": sheet(hide_a_sheet),
    "liste.geojson": (
        '{"type": "FeatureCollection", "features": [' + POINT % (1, "04321 1", "10.0, 53.7") + "]}"
    ).encode(),
}


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Change some bytes, or cut the end off; of a workbook within one of its parts, so that it is an archive still."""
    if data.startswith(b"PK") and chance.random() < 0.7:
        parts = unpacked(data)
        victim = chance.choice(sorted(parts))
        parts[victim] = damaged(parts[victim], chance)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return out.getvalue()
    changed = bytearray(data)
    if chance.random() < 0.3:
        del changed[chance.randrange(len(changed)) :]
    for _ in range(chance.randint(1, 6) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.choice((0, 255, 34, 59, 60, chance.randrange(256)))
    return bytes(changed)


@long
@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("seed", every(range(3), {0}))
def test_whatever_happens_to_bytes_is_told(town: Path, name: str, seed: int) -> None:
    """A file of which any part was damaged gives records or says why not; nothing is raised."""
    chance = random.Random(f"{name}{seed}")
    for _ in range(cases(8, 400)):
        path = town.parent / name
        path.write_bytes(damaged(WHOLE[name], chance))
        table, found = read_table(Disk(town, path), path, TableForm(separator=";"))
        assert table is not None or found
        outcome = take_rows(read_project(town), [path], TableManner(folder="places", dry=True))
        assert outcome.found or outcome.new or outcome.unused
