"""Small files in, every mention of them whole: place, text, what stands around it, near and far, what its column is called."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from generator.disclosure.site_audit.markup import Mention, leaves, read_markup
from generator.disclosure.site_audit.scanner import Unread, scan

PAGE = ("", "", "a.html")


def prose(line: int, text: str, *context: str, page: tuple[str, ...] = PAGE, loose: bool = False) -> Mention:
    return Mention("a.html", line, text, context, "", False, page, loose)


def data(line: int, text: str, *context: str, heading: str = "", page: tuple[str, ...] = PAGE) -> Mention:
    return Mention("a.html", line, text, context, heading, True, page)


MARKUP: dict[str, tuple[str, list[Mention]]] = {
    "headings": (
        "<title>T</title>\n<h1>Haupt 1</h1><h2>Oben</h2><h3>Mitte</h3>\n<h2>Unten</h2><p>7</p>",
        [
            prose(2, "Haupt 1", page=("Haupt 1", "T", "a.html")),
            prose(3, "7", "Unten", page=("Haupt 1", "T", "a.html")),
        ],
    ),
    "the second title is a drawing's": ("<title>Seite</title><title>Bild 2</title>", [prose(1, "Bild 2", page=("", "Seite", "a.html"))]),
    "a box": ("<div><p>West</p>\n<p>7</p></div>", [prose(2, "7"), prose(1, "West \u2063 7", loose=True)]),
    "details in details": ("<details><summary>Außen</summary><details><summary>Innen</summary><p>1</p></details><p>2</p></details><p>3</p>", [prose(1, "1", "Innen", "Außen"), prose(1, "2", "Außen"), prose(1, "3")]),
    "a term": ("<dl><dt>Wort 1</dt><dd>2</dd></dl><p>3</p>", [prose(1, "Wort 1"), prose(1, "2", "Wort 1"), prose(1, "3")]),
    "a piece that ends nowhere": ("<p>7", [prose(1, "7")]),
    "pieces closed by others": ("<div><p>7<b>8</div>", [prose(1, "78"), prose(1, "78", loose=True)]),
    "a comment": ("<h2>Oben</h2><!-- 7 \n Kinder -->", [prose(1, "7 Kinder", "Oben")]),
    "a table": (
        "<h2>Oben</h2><table><caption>Titel</caption><thead><tr><th>Gebiet</th><th>Anzahl</th></tr></thead>\n<tbody><tr><th>West</th><td data-n='07'>7</td></tr></tbody></table>",
        [
            data(2, "7", "Anzahl", "West", "West", "Titel", "Oben", heading="Anzahl"),
            data(2, "07", "Anzahl", "West", "West", "Titel", "7", "Oben", heading="Anzahl"),
        ],
    ),
    "a table without a head": ("<table><tr><td>1</td><td>2</td><td>c</td></tr></table>", [data(1, "1", "", "", "2 | c", ""), data(1, "2", "", "1", "1 | c", "")]),
    "heads and cells in the first row": ("<table><tr><th>A</th><td>1</td></tr></table>", [data(1, "1", "", "A", "A", "")]),
    "a row that is longer than the head": ("<table><tr><th>A</th></tr><tr><td>1</td><td>2</td></tr></table>", [data(1, "1", "A", "", "2", "", heading="A"), data(1, "2", "", "1", "1", "")]),
    "a table in a table": ("<table><caption>Außen</caption><tr><td>1</td><td><table><tr><td>2</td></tr></table></td></tr></table>", [
        data(1, "2", "", "", "", "", "Außen"),
        data(1, "1", "", "", "2", "Außen"),
        data(1, "2", "", "1", "1", "Außen"),
    ]),
    "several things that a cell says to scripts": ("<table><tr><td data-a='1' data-b='2' id='3'>x</td></tr></table>", [data(1, "1", "", "", "", "", "x"), data(1, "2", "", "", "", "", "x")]),
    "a picture": ("<h2>Oben</h2><img alt='West: 7' title='Bild' src='8.png'>", [prose(1, "West: 7", "Bild", "Oben")]),
    "a property of the head": ("<meta name='beschreibung' content='7'/>", [Mention("a.html", 1, "7", (), "beschreibung", False, PAGE)]),
    "a property by another name": ("<meta name='n' property='og:x' content='7' title='t'>", [Mention("a.html", 1, "7", (), "og:x", False, PAGE)]),
    "what scripts read": ("<h2>Oben</h2><i data-wert='7' class='c' title='West'></i>", [data(1, "7", "data-wert", "West", "c", "West", "Oben", heading="data-wert")]),
    "what scripts read and nobody says": ("<i data-wert='7' class='c'></i>", [Mention("a.html", 1, "7", ("data-wert", "c"), "data-wert", False, PAGE)]),
    "a list for scripts": ("<i data-w='[\"a\", 7]' title='West'></i>", [data(1, "7", "", "a | 7", "", "data-w", "West", "West")]),
    "a list that is broken": ("<i data-w='[7' title='West'></i>", [prose(1, "[7", "data-w", "West", "West")]),
    "fields": ("<input type='range' value='1'><input type='range' value='2' readonly><input type='text' value='3'><progress type='range' value='4'></progress>", [
        Mention("a.html", 1, "2", (), "", False, PAGE),
        Mention("a.html", 1, "3", (), "", False, PAGE),
        Mention("a.html", 1, "4", (), "", False, PAGE),
    ]),
    "data": ("<h2>Oben</h2>\n<script type='application/json'>{\"west\": {\"jahr\": 2024, \"zahl\": [\"a\", 7]}}</script>", [
        data(2, "2024", "west | jahr", "2024", "", "script", "Oben", heading="jahr"),
        data(2, "7", "west | zahl", "a | 7", "2024", "script", "Oben", heading="zahl"),
    ]),
    "scripts and styles": ("<script>7</script><style>8</style><script type='module'>9</script><p>1</p>", [prose(1, "1")]),
    "a chart": ("<svg><g><text x='1' y='2'>West</text><text x='9' y='2'>7</text></g></svg>", [prose(1, "West \u2063 7")]),
    "rows of a chart": ("<svg><g><text>West</text><text>7</text></g><g><text>Ost</text>\n<text>8</text></g><text>9</text></svg><p>1</p>", [prose(1, "West \u2063 7"), prose(1, "Ost \u2063 8"), prose(2, "1")]),
    "rows within rows": ("<svg><g><text>Außen</text><g><text>Innen</text><text>7</text></g></g></svg>", [prose(1, "Innen \u2063 7"), prose(1, "Außen \u2063 Innen \u2063 7")]),
    "a text that names its number": ("<svg><text>West: 7</text></svg>", [prose(1, "West: 7")]),
    "texts that nobody groups": ("<svg><text>West</text><text>7</text></svg>", []),
    "numbers alone in a group": ("<svg><g><text>7</text><text>8 %</text></g></svg>", []),
}  # fmt: skip


@pytest.mark.parametrize("name", MARKUP)
def test_every_mention_of_a_page(name: str) -> None:
    text, mentions = MARKUP[name]
    assert list(read_markup("a.html", text)) == mentions


def test_every_value_of_a_document() -> None:
    value = {"stadt": "Kleinstadt", "n": 1, "wahr": True, "leer": None, "teile": [{"name": "West", "n": 2}, {"n": 3}], "reihe": ["a", 4], "gemischt": [5, {"n": 6}], "tief": {"er": {"e": {"s": 7}}}}  # fmt: skip
    top = "Kleinstadt | 1 | True"
    assert list(leaves(value)) == [
        ("stadt", ("stadt", top, ""), "Kleinstadt"),
        ("n", ("n", top, ""), "1"),
        ("name", ("teile | name", "West | 2", top), "West"),
        ("n", ("teile | n", "West | 2", top), "2"),
        ("n", ("teile | n", "3", top), "3"),
        ("reihe", ("reihe", "a | 4", top), "a"),
        ("reihe", ("reihe", "a | 4", top), "4"),
        # What isn't one row of plain values says nothing of its neighbours.
        ("gemischt", ("gemischt", top, ""), "5"),
        ("n", ("gemischt | n", "6", top), "6"),
        ("s", ("er | e | s", "7", ""), "7"),
    ]
    assert list(leaves([1, 2])) == [("", ("", "1 | 2", ""), "1"), ("", ("", "1 | 2", ""), "2")]
    assert [one[1][1] for one in leaves(list(range(39)))] == [" | ".join(map(str, range(39)))] * 39
    assert {one[1][1] for one in leaves(list(range(40)))} == {""}
    assert list(leaves(7)) == [("", ("", "", ""), "7")]


def file(name: str, line: int, text: str, *context: str, heading: str = "", page: tuple[str, ...] = (), structured: bool = True) -> Mention:  # fmt: skip
    return Mention(name, line, text, context, heading, structured, page)


CSV = "Stand 2024;;\n\nGebiet;Anzahl;Wert\nWest;7;\nOst;-;1,5 %\n"


def test_every_mention_of_other_files(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("\ufeff" + CSV, "utf-8")
    (tmp_path / "b.csv").write_text("x,y\n1,2;3\n", "utf-8")
    (tmp_path / "c.csv").write_text("x\ty\n1\t2,5\n", "utf-8")
    (tmp_path / "d.geojson").write_text(json.dumps({"name": "Stadt", "f": [{"id": "w", "n": 7}]}), "utf-8")
    (tmp_path / "e.json").write_text("[7]", "utf-8")
    (tmp_path / "f.txt").write_text("Eins\n \n\t\nzwei  7\nKinder\n\ndrei 8", "utf-8")
    (tmp_path / "g.xml").write_text("<title>7</title>", "utf-8")
    (tmp_path / "h.webmanifest").write_text('{"n": 1}', "utf-8")
    assert list(scan(tmp_path)) == [
        file("a.csv", 1, "Stand 2024", "", "", "Stand 2024"),
        file("a.csv", 4, "7", "Anzahl", "West", "Stand 2024", heading="Anzahl"),
        file("a.csv", 5, "1,5 %", "Wert", "Ost | -", "Stand 2024", heading="Wert"),
        file("b.csv", 2, "1", "x", "2;3", "", heading="x"),
        file("b.csv", 2, "2;3", "y", "1", "", heading="y"),
        file("c.csv", 2, "1", "x", "2,5", "", heading="x"),
        file("c.csv", 2, "2,5", "y", "1", "", heading="y"),
        file("d.geojson", 1, "7", "f | n", "w | 7", "Stadt", heading="n", page=("Stadt",)),
        file("e.json", 1, "7", "", "7", "", page=("",)),
        file("f.txt", 4, "zwei 7 Kinder", structured=False),
        file("f.txt", 7, "drei 8", structured=False),
        Mention("g.xml", 1, "7", (), "", False, ("", "7", "g.xml")),
        file("h.webmanifest", 1, "1", "n", "1", "", heading="n", page=("",)),
    ]


def test_every_mention_of_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Blatt 1"
    for line in (["Titel", None], ["Gebiet", "Anzahl"], ["West", 7], ["Ost", "=3+4"]):
        sheet.append(line)
    sheet["A3"].comment = Comment("nur 3 Fälle", "x")
    book.properties.title = "Buch 1"
    book.properties.keywords = "ohne"
    book.properties.description = "2 Seiten"
    book.save(tmp_path / "a.xlsx")
    assert list(scan(tmp_path, lambda name, data: False)) == [
        file("a.xlsx", 3, "7", "Anzahl", "West", "Blatt 1", "Titel", heading="Anzahl"),
        file("a.xlsx", 4, "=3+4", "Anzahl", "Ost", "Blatt 1", "Titel", heading="Anzahl"),
        file("a.xlsx", 3, "nur 3 Fälle", "Blatt 1", structured=False),
        file("a.xlsx", 1, "Buch 1", structured=False),
        file("a.xlsx", 1, "2 Seiten", structured=False),
    ]


def test_files_that_cannot_be_read_and_files_that_nobody_wants(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{", "utf-8")
    (tmp_path / "b.txt").write_text("7", "utf-8")
    (tmp_path / "c.txt").write_text("8", "utf-8")
    (tmp_path / "tief.json").write_text("[" * 100_000, "utf-8")
    asked: list[tuple[str, bytes]] = []

    def wanted(name: str, content: bytes) -> bool:
        asked.append((name, content[:1]))
        return name != "b.txt"

    found = list(scan(tmp_path, wanted))
    assert asked == [("a.json", b"{"), ("b.txt", b"7"), ("c.txt", b"8"), ("tief.json", b"[")]
    assert [type(one) for one in found] == [Unread, Mention, Unread]
    assert [one.file for one in found] == ["a.json", "c.txt", "tief.json"]
    assert all(one.reason for one in found if isinstance(one, Unread))
