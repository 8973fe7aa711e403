"""How the files of a built site are taken apart: by their endings, separators and letters, workbooks with what their formulas come to, files that can't be read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from generator.disclosure.site_audit.markup import Mention
from generator.disclosure.site_audit.scanner import Unread, scan
from generator.files.door import Door

MARKUP, DATA, TABLE = (1, "West 7", ""), (1, "7", "West"), (2, "7", "Anzahl")
ENDINGS = {
    **dict.fromkeys((".html", ".htm", ".svg"), ("<svg><text>West 7</text></svg>", MARKUP)),
    **dict.fromkeys((".json", ".geojson", ".jsonld"), ('{"West": 7}', DATA)),
    ".csv": ("Gebiet;Anzahl\nWest;7", TABLE),
}


def mentions(folder: Path) -> list[Mention]:
    found = list(scan(folder))
    assert not [one for one in found if isinstance(one, Unread)]
    return [one for one in found if isinstance(one, Mention)]


def written(folder: Path, name: str, data: bytes) -> list[Mention]:
    (folder / name).write_bytes(data)
    return mentions(folder)


@pytest.mark.parametrize("ending", ENDINGS)
def test_each_file_is_read_as_what_its_ending_says(ending: str, tmp_path: Path) -> None:
    text, said = ENDINGS[ending]
    assert [(one.file, one.line, one.text, one.heading) for one in written(tmp_path, f"a{ending}", text.encode())] == [(f"a{ending}", *said)]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        # The first line says what separates; commas further down are decimals.
        ("a;b\n1,2;3,4\n5,6;7,8", ["1,2", "3,4", "5,6", "7,8"]),
        ("a\tb\n1,2;0\t3", ["1,2;0", "3"]),
        ("a,b;c\n1,2;3", ["1,2", "3"]),
        ("a,b,c;d\n1,2,3;4", ["1", "2", "3;4"]),
        ("1;2,5", ["1", "2,5"]),
    ],
)
def test_what_separates_the_cells_of_a_table(table: str, cells: list[str], tmp_path: Path) -> None:
    assert [one.text for one in written(tmp_path, "a.csv", table.encode())] == cells


def test_letters_that_are_no_utf_8_hide_nothing_beside_them(tmp_path: Path) -> None:
    (one,) = written(tmp_path, "a.csv", "Gebiet;Anzahl\nSüd;7\n".encode("latin-1"))
    assert (one.text, one.context) == ("7", ("Anzahl", "S\ufffdd", ""))


def test_what_stands_above_the_columns_of_a_table(tmp_path: Path) -> None:
    """The last row of words above is the head; single cells are titles, of which four are enough; signs for nothing are words."""
    lines = [
        "A1",
        "B;",
        ";C",
        "D;  ",
        "E",
        "Gebiet;Zahl",
        "West;7",
        "Ort;-;",
        "Ost;8;9",
        "x;=B7;",
        "Nord;10;",
    ]
    found = written(tmp_path, "a.csv", "\n".join(lines).encode())
    above = "A1 | B | C | D"
    assert [(one.line, one.text, one.context) for one in found] == [
        (1, "A1", ("", "", "A1")),
        (7, "7", ("Zahl", "West", above)),
        (9, "8", ("-", "Ost | 9", above)),
        (9, "9", ("", "Ost | 8", above)),
        (10, "=B7", ("-", "x", above)),
        (11, "10", ("-", "Nord", above)),
    ]


def workbook(formula: str, kept: str) -> bytes:
    """A workbook of two sheets in which a formula stands, with what it comes to where a program kept that."""
    book = openpyxl.Workbook()
    first, second = book.worksheets[0], book.create_sheet("Zwei")
    first.title = "Eins"
    first.append(["West", "=3+4"])
    second.append(["Ost", 8])
    book.properties.subject = "Thema 5"
    stream, other = io.BytesIO(), io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as before, zipfile.ZipFile(other, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert b"<f>3+4</f><v></v>" in data or b"<f>3+4</f><v />" in data
                data = data.replace(b"<v></v>", b"<v />").replace(b"<f>3+4</f><v />", f"{formula}{kept}".encode())  # fmt: skip
            after.writestr(name, data)
    return other.getvalue()


@pytest.mark.parametrize(
    ("formula", "kept", "text"),
    [
        ("<f>3+4</f>", "<v>7</v>", "7"),
        ('<f ca="1">3+4</f>', "<v>7</v>", "7"),
        ("<f>3+4</f>", "<v>0</v>", "0"),
        # Where nobody kept it, the formula itself says it.
        ("<f>3+4</f>", "", "=3+4"),
    ],
)
def test_what_formulas_of_a_workbook_come_to(formula: str, kept: str, text: str, tmp_path: Path) -> None:
    found = written(tmp_path, "a.xlsx", workbook(formula, kept))
    assert [(one.line, one.text, one.context) for one in found] == [
        (1, text, ("", "West", "Eins", "")),
        (1, "8", ("", "Ost", "Zwei", "")),
    ]


def test_what_leads_out_of_the_site_is_not_followed_and_told(tmp_path: Path) -> None:
    site, outside = tmp_path / "site", tmp_path / "draussen"
    site.mkdir()
    outside.mkdir()
    (outside / "a.json").write_text("[7]", "utf-8")
    (site / "datei.json").symlink_to(outside / "a.json")
    (site / "ordner").symlink_to(outside)
    (site / "z.csv").write_text("7", "utf-8")
    found = list(scan(site))
    door = Door(site)
    told = [*door.below(site)[1], *door.read(site / "datei.json")[1]]
    assert found[:-1] == [Unread(one.position.file, one.message) for one in told]
    assert {one.file for one in found[:-1]} == {"datei.json", "ordner"}
    assert found[-1].file == "z.csv"
