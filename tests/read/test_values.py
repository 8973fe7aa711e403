"""Tables of values: how numbers and signs are written, what a whole table says about them, and where mistakes are told."""

from decimal import Decimal
from typing import Any

import pytest

from generator.diagnostics import Diagnostic
from generator.model.cells import Status
from generator.read.value_tables import ValueRow, ValueTable, decode, digest, read_values

HEAD = "space,period,numerator,denominator,status,note"
FILE = "values.csv"


def read(*lines: str, head: str = HEAD, **more: Any) -> tuple[ValueTable | None, list[Diagnostic]]:
    return read_values("\n".join([head, *lines, ""]).encode(), FILE, **more)


def row(*lines: str, **more: Any) -> ValueRow:
    """Return the first row of a table without mistakes."""
    table, found = read(*lines, **more)
    assert found == []
    assert table is not None
    return table.rows[0]


GERMAN = 'x,2024,"1,5",,,'
GROUPED = "x,2024,1.234.567,,,"
ENGLISH = "x,2024,1.5,,,"


@pytest.mark.parametrize(
    ("written", "beside", "expected"),
    [
        ("0", "", "0"),
        ("-7", "", "-7"),
        ("12040", "", "12040"),
        ("12 040", "", "12040"),
        ("1 234 567", "", "1234567"),
        ("12\u00a0040", "", "12040"),
        ("12\u2009040", "", "12040"),
        ("12\u202f040", "", "12040"),
        ("12'040", "", "12040"),
        ("0,5", "", "0.5"),
        ("-0,25", "", "-0.25"),
        ("1234,5", "", "1234.5"),
        ("0.5", "", "0.5"),
        ("-1.25", "", "-1.25"),
        ("1.2345", "", "1.2345"),
        ("1.234.567", "", "1234567"),
        ("1.234,5", "", "1234.5"),
        ("1 234,5", "", "1234.5"),
        # What else stands in the table tells what a single point means.
        ("1.585", GERMAN, "1585"),
        ("1.585", GROUPED, "1585"),
        ("1.585", ENGLISH, "1.585"),
        ("-12.585", GERMAN, "-12585"),
        ("999999999999", "", "999999999999"),
    ],
)
def test_numbers_are_read_as_they_are_meant(written: str, beside: str, expected: str) -> None:
    lines = [f'w,2024,"{written}",,,', *filter(None, [beside])]
    assert row(*lines).numerator == Decimal(expected)
    # In the denominator, beside a whole number, the same.
    assert row(f'w,2024,1,"{written}",,', *filter(None, [beside])).denominator == Decimal(expected)


@pytest.mark.parametrize(
    ("written", "beside", "code"),
    [
        ("1.585", "", "zahl-mehrdeutig"),
        ("-1.585", "", "zahl-mehrdeutig"),
        ("12.5", GERMAN, "zahl-unlesbar"),
        ("1.58", GROUPED, "zahl-unlesbar"),
        ("1234.567", GERMAN, "zahl-unlesbar"),
        ("1,2,3", "", "zahl-unlesbar"),
        ("1 23", "", "zahl-unlesbar"),
        ("1234 567", "", "zahl-unlesbar"),
        ("12 04", "", "zahl-unlesbar"),
        ("rund 12", "", "zahl-unlesbar"),
        ("1e3", "", "zahl-unlesbar"),
        ("--1", "", "zahl-unlesbar"),
        ("1000000000000", "", "zahl-zu-gross"),
        ("-1000000000000", "", "zahl-zu-gross"),
        ("-", "", "strich-mehrdeutig"),
    ],
)
def test_what_is_no_number_for_certain_is_told_in_its_cell(written: str, beside: str, code: str) -> None:
    for column, cells in ((3, f'"{written}",'), (4, f'1,"{written}"')):
        table, found = read(f"w,2024,{cells},,", *filter(None, [beside]))
        assert table is not None
        assert [(item.code, item.position.line, item.position.column) for item in found] == [
            (code, 2, column)
        ]
        assert len(table.rows) == bool(beside)
        assert ["numerator", "denominator"][column - 3] in found[0].message + found[0].help


@pytest.mark.parametrize(
    ("sign", "status", "numerator"),
    [
        ("–", Status.NOTHING, 0),
        ("—", Status.NOTHING, 0),
        (".", Status.SECRET, None),
        ("…", Status.LATER, None),
        ("...", Status.LATER, None),
        ("/", Status.UNRELIABLE, None),
        ("x", Status.BLOCKED, None),
        ("X", Status.BLOCKED, None),
    ],
)
def test_each_sign_says_why_there_is_no_number(sign: str, status: Status, numerator: int | None) -> None:
    one = row(f"w,2024,{sign},200,,")
    assert (one.status, one.numerator, one.denominator) == (status, numerator, 200)
    one = row(f"w,2024,,200,{sign},")
    assert (one.status, one.numerator) == (status, None)
    # In place of a denominator it says nothing about the numerator.
    one = row(f"w,2024,12,{sign},,")
    assert (one.status, one.numerator, one.denominator) == (Status.KNOWN, 12, None)


def test_signs_beside_numbers() -> None:
    assert row("w,2024,12,200,r,").status is Status.REVISED
    assert row("w,2024,0,200,–,").numerator == 0
    for sign in (".", "…", "/", "x"):
        _, found = read(f"w,2024,12,200,{sign},")
        assert [(item.code, item.position.column) for item in found] == [("zeichen-und-zahl", 3)]
        assert f"„{sign}“" in found[0].message
    for sign, code in (("-", "strich-mehrdeutig"), ("geheim", "zeichen-falsch")):
        _, found = read(f"w,2024,12,200,{sign},")
        assert [(item.code, item.position.column) for item in found] == [(code, 5)]
        assert code == "zeichen-falsch" or "(Spalte status)" in found[0].message


def test_all_of_a_row_is_read() -> None:
    head = "art,space,period,numerator,denominator,status,note,bezirk,qualifier,illustrative"
    more = {"breakdowns": ("art",), "further": ("bezirk", "kreis"), "said": ("qualifier", "illustrative")}
    table, found = read("k, w ,2024,12,200,r, Umzug ,b1,rund,YES", head=head, **more)
    assert found == []
    assert table is not None
    assert table.rows == (
        ValueRow(
            "w", "2024", ("k",), Decimal(12), Decimal(200), Status.REVISED, "Umzug", 2, ("b1",), "rund", True
        ),
    )
    assert (table.file, table.separator, table.columns, table.further) == (
        FILE,
        ",",
        tuple(head.split(",")),
        ("bezirk",),
    )
    assert table.position(table.rows[0], "numerator")[:3] == (FILE, 2, 4)
    assert table.position(table.rows[0], "gibt-es-nicht")[:3] == (FILE, 2, 1)
    # What isn't there is empty.
    one = row("w,2024,12", head="space,period,numerator")
    assert (one.denominator, one.status, one.note, one.further, one.qualifier, one.illustrative) == (None, Status.KNOWN, "", (), "", False)  # fmt: skip
    assert (
        row("w,2024,12,no", head="space,period,numerator,illustrative", said=("illustrative",)).illustrative
        is False
    )
    _, found = read(
        "w,2024,12,vielleicht", head="space,period,numerator,illustrative", said=("illustrative",)
    )
    assert [(item.code, item.position.column) for item in found] == [("kein-ja-nein", 4)]
    assert "vielleicht" in found[0].message


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_registers_come_in_any_writing(separator: str, end: str, encoding: str) -> None:
    text = end.join(["", HEAD, "w,2024,1,200,,Grüße – hier", "", ",,,,,", "o,2024,2,200,,", ""])
    data = text.replace(",", separator).encode(encoding)
    table, found = read_values(data, FILE)
    assert found == []
    assert table is not None
    # A blank line at the beginning counts, as editors number lines.
    assert [(one.space, one.line, one.note) for one in table.rows] == [("w", 3, "Grüße – hier"), ("o", 6, "")]
    assert (table.separator, table.digest) == (separator, digest(data))
    assert decode(data) == text.replace(",", separator)


def test_a_note_over_several_lines_moves_the_lines_below() -> None:
    table, found = read('w,2024,1,,,"eins\nzwei\ndrei"', "o,2024,2,,,", "s,2024,viele,,,")
    assert table is not None
    assert [(one.space, one.line) for one in table.rows] == [("w", 2), ("o", 5)]
    assert [(item.code, item.position.line) for item in found] == [("zahl-unlesbar", 6)]


@pytest.mark.parametrize(
    ("lines", "head", "expected"),
    [
        ([], "", [("datei-leer", 1, 1)]),
        ([], HEAD, [("tabelle-ohne-zeilen", 1, 1)]),
        ([",,,,,"], HEAD, [("tabelle-ohne-zeilen", 1, 1)]),
        (["w,2024"], "space,period", [("spalte-fehlt", 1, 1)]),
        (["w,2024,1,2"], "space,period,numerator,denominatr", [("spalte-unbekannt", 1, 1)]),
        (["w,2024,1,,,", "o,2024,1,,,,,,"], HEAD, [("tabelle-unlesbar", 3, 1)]),
        (["w,2024,,200,,"], HEAD, [("wert-fehlt", 2, 3)]),
        ([",2024,1,200,,"], HEAD, [("zeile-ohne-gebiet", 2, 1)]),
        (["w,,1,200,,"], HEAD, [("zeile-ohne-gebiet", 2, 2)]),
        ([",,1,200,,"], HEAD, [("zeile-ohne-gebiet", 2, 1)]),
        ([",,x1,y,?,"], HEAD, [("zeichen-falsch", 2, 5), ("zahl-unlesbar", 2, 3), ("zahl-unlesbar", 2, 4), ("zeile-ohne-gebiet", 2, 1)]),
    ],
)  # fmt: skip
def test_mistakes_of_a_table_are_told_where_they_are(
    lines: list[str], head: str, expected: list[tuple[str, int, int]]
) -> None:
    _, found = read(*lines, head=head)
    assert [(item.code, item.position.line, item.position.column) for item in found] == expected


def test_no_breakdown_is_called_like_a_column_of_every_table() -> None:
    _, found = read("w,2024,1,a", head="space,period,numerator,note", breakdowns=("note",))
    assert [item.code for item in found] == ["aufgliederung-wie-spalte"]


def test_what_a_column_may_be_called_is_said() -> None:
    _, found = read("w,2024,1,2", head="space,period,numerator,denominatr")
    assert "„denominator“" in found[0].help
    _, found = read("w,2024,1,2", head="space,period,numerator,zzz")
    assert "Aufgliederung" in found[0].help
    _, found = read("w,1", head="space,numerator", breakdowns=("art",))
    assert [name in item.message for name, item in zip(("period", "art"), found, strict=True)] == [True, True]
    assert all("space, numerator" in item.message + item.help for item in found)
