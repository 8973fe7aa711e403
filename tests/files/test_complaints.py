"""What libraries say in English of a file reaches nobody: each complaint has German words, and nobody quotes an exception."""

import ast
import csv
import io
import json
import re
from pathlib import Path

import pandas as pd
import pytest
from shapely.errors import ShapelyError
from shapely.geometry import shape

from generator.files.disk import OTHERWISE, in_german
from tests.conftest import ROOT
from tests.world import TODAY, call, write_world

JSON = ("{a:1}", '{"a" 1}', '{"a":1 "b"}', '{"a":"x', '{"a":"x\n"}', '{"a":"\\x"}', '{"a":"\\u12"}', "{} {}", "", "[1,]", '{"a":1,}')  # fmt: skip
TABLES = ("a,b\n1,2\n1,2,3\n", 'a,b\n"1,2\n', "")
RING = [[10, 53], [10.1, 53], [10.1, 53.1], [10, 53]]
SHAPES = (
    {"type": "Polygon", "coordinates": [[[10, 53]]]},
    {"type": "LineString", "coordinates": [[10, 53]]},
    {"type": "Polygon", "coordinates": [10, 53]},
    {"type": "Polygon", "coordinates": 5},
    {"type": "Polygon", "coordinates": [["a", "b", "c", "d"]]},
    {"type": "Polygon", "coordinates": [[[10, None], [1, 2], [2, 3], [10, None]]]},
    {"type": "Polygon", "coordinates": [[*RING, [1]]]},
    {"type": "Point", "coordinates": [[1]]},
    {"type": "Point", "coordinates": [10**400, 1]},
    {"type": "Kreis", "coordinates": []},
    {"type": "Polygon"},
)


def complaint_of(read: object, *given: object) -> str:
    with pytest.raises((ValueError, TypeError, KeyError, OverflowError, ShapelyError, csv.Error)) as caught:
        read(*given)  # type: ignore[operator]
    return in_german(caught.value)


@pytest.mark.parametrize("text", JSON)
def test_what_json_complains_of(text: str) -> None:
    assert complaint_of(json.loads, text) != OTHERWISE


@pytest.mark.parametrize("text", TABLES)
def test_what_tables_complain_of(text: str) -> None:
    assert complaint_of(lambda: pd.read_csv(io.StringIO(text), index_col=False, on_bad_lines="error")) != OTHERWISE  # fmt: skip


def test_a_long_cell_and_a_row_are_told_with_numbers() -> None:
    assert "eine Zelle ist viel zu lang" in in_german(csv.Error("field larger than field limit (131072)"))
    error = pd.errors.ParserError("Error tokenizing data. C error: Expected 5 fields in line 3, saw 7\n")
    assert in_german(error) == "die Zeile hat 7 Spalten statt 5"


@pytest.mark.parametrize("content", SHAPES, ids=str)
def test_what_shapes_complain_of(content: dict[str, object]) -> None:
    assert complaint_of(shape, content) != OTHERWISE


def test_words_that_nobody_knows_are_not_quoted() -> None:
    assert in_german(ValueError("the frobnicator is out of grease")) == OTHERWISE


def test_a_mistake_in_a_map_is_told_in_german(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NAHRAUM_TODAY", TODAY)
    root = write_world(tmp_path)
    file = root / "resources/geometry/gebiete.geojson"
    file.write_text(file.read_text("utf-8").replace('"features": [', '"features": [,'), "utf-8")
    assert call(["check", "-p", str(root)]) == 1
    said = capsys.readouterr().out
    assert "Die Datei ist kein GeoJSON: hier fehlt ein Wert" in said
    assert "Expecting" not in said


QUOTES = {"str(error)", "repr(error)", "error.msg", "error.strerror", "error.args", "f'{error}'"}
QUOTED = re.compile(r"(str|repr)\(error\)|error\.(msg|strerror|args)|\{error\}")
"""Where one of them can stand; most modules need not be taken apart."""


def test_no_message_quotes_an_exception_of_a_library() -> None:
    """Only an exception of our own (`Refused`, `Taken` …) says in German what it says."""
    ours = {"build.py": "str(refusal)"}
    quoted = []
    for path in sorted((ROOT / "generator").rglob("*.py")):
        text = path.read_text("utf-8")
        for node in ast.walk(ast.parse(text)) if QUOTED.search(text) else ():
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in (
                "diagnostic",
                "Unread",
                "Refused",
            ):
                given = [*node.args, *(keyword.value for keyword in node.keywords)]
                inside = {
                    ast.unparse(part)
                    for value in given
                    for part in ast.walk(value)
                    if isinstance(part, ast.expr)
                }
                quoted += [
                    f"{path.name}:{node.lineno}: {words}"
                    for words in inside & QUOTES
                    if ours.get(path.name) != words
                ]
    assert quoted == []
