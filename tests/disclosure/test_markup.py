"""What is read of a page: every cell that holds a number, with the words that say what it is about."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from generator.disclosure.site_audit.markup import Mention, leaves, read_markup
from generator.disclosure.site_audit.scanner import Unread, scan


def read(markup: str) -> list[Mention]:
    return list(read_markup("a.html", markup))


def said(markup: str) -> list[str]:
    return [one.text for one in read(markup)]


def cell(text: str) -> str:
    return f"<table><tr><td>{text}</td></tr></table>"


@pytest.mark.parametrize(
    "tag", ["b", "i", "em", "strong", "sub", "sup", "u", "abbr", "mark", "wbr", "s", "small"]
)
def test_within_a_word_elements_part_nothing(tag: str) -> None:
    assert said(cell(f"West 1<{tag}>7</{tag}>3")) == ["West 173"]


@pytest.mark.parametrize("tag", ["span", "code", "q"])
def test_every_other_element_ends_a_word(tag: str) -> None:
    assert said(cell(f"West 1<{tag}>7</{tag}>3")) == ["West 1 \u2063 7 \u2063 3"]


def test_what_stands_above_is_its_context_nearest_first() -> None:
    found = read(
        f"<title>Titel</title><h1>Haupt</h1><h2>Alt</h2>{cell('1')}<h2>Mitte</h2><h3>Innen</h3><p>Satz</p>{cell('2')}"
        f"<h2>Neu</h2>{cell('3')}<svg><title>Bild</title><text>West 4</text></svg>"
    )
    assert [(one.text, one.context) for one in found] == [
        ("1", ("", "", "", "", "Alt")),
        ("2", ("", "", "", "Satz", "Innen", "Mitte")),
        ("3", ("", "", "", "", "Neu")),
        ("West 4", ("Bild", "Neu")),
    ]
    # A second title, that of a drawing, is not that of the page.
    assert {one.page for one in found} == {("Haupt", "Titel", "a.html")}


TABLE = """\
<table><caption>Hilfen</caption>{head}
<tr><th>West</th><td data-wert="7">1</td><td>2</td></tr>
<tr><th>Ost</th><td>.</td><td>3</td></tr></table>
"""


@pytest.mark.parametrize(
    "head",
    [
        "<thead><tr><th>Gebiet</th><th>2024</th><th>Nenner</th></tr></thead>",
        "<tr><th>Gebiet</th><th>2024</th><th>Nenner</th></tr>",
    ],
)
def test_a_cell_knows_its_row_its_column_and_its_caption(head: str) -> None:
    found = read(TABLE.format(head=head))
    assert [(one.text, one.heading, one.context) for one in found] == [
        ("2024", "", ("Hilfen",)),
        ("1", "2024", ("2024", "West", "West | 2", "Hilfen")),
        ("7", "2024", ("2024", "West", "West | 2", "Hilfen", "1")),
        ("2", "Nenner", ("Nenner", "West", "West | 1", "Hilfen")),
        ("3", "Nenner", ("Nenner", "Ost", "Ost | .", "Hilfen")),
    ]


def test_a_table_within_a_cell_speaks_for_itself() -> None:
    found = read(f"<table><caption>Außen</caption><tr><td>1</td><td>{cell('2')}</td></tr></table>")
    assert [(one.text, one.context[-1]) for one in found] == [("1", "Außen"), ("2", "Außen"), ("2", "")]


def test_what_people_hear_or_scripts_read_of_a_cell() -> None:
    for name in ("alt", "aria-label", "title", "aria-description", "aria-valuetext", "value", "label", "data-n"):  # fmt: skip
        assert said(cell(f"<img {name}='West: 7'>.")) == ["West: 7"], name
    assert said(cell("<img id='a-7' class='b-7' width='7'>.")) == []
    (one,) = read(
        "<table><tr><th>Gebiet</th><th>2025</th></tr><tr title='7 Familien'><td>West</td><td>.</td></tr></table>"
    )[1:]
    assert (one.text, one.context[:3]) == ("7 Familien", ("West | .", "Gebiet", "2025"))


def test_data_in_a_page() -> None:
    data = '{"name": "West", "zahlen": [{"jahr": 2024, "anzahl": 7}], "wahr": true, "leer": null}'
    for markup in (
        f"<script type='application/json'>{data}</script>",
        f"<script type='application/ld+json'>{data}</script>",
        f"<div data-alles='{data}'></div>",
    ):
        assert [(one.text, one.heading, one.context[:3]) for one in read(markup)] == [
            ("2024", "jahr", ("zahlen | jahr", "2024 | 7", "West | True")),
            ("7", "anzahl", ("zahlen | anzahl", "2024 | 7", "West | True")),
        ]
    assert said("<script>let x = 7</script><style>p { width: 7px }</style>") == []
    assert said("<script type='application/json'>{kaputt 7</script>") == ["{kaputt 7"]


def test_prose_is_not_read() -> None:
    assert (
        said("<h1>West 7</h1><p>West 7</p><ul><li>7</li></ul><!-- 7 --><img alt='7'><meta content='7'>") == []
    )


def test_names_are_read_as_people_see_them() -> None:
    assert said(cell("We\u00adst\u200b 7")) == ["West 7"]
    assert said(cell("S&uuml;d &#55;&#x39; &amp; West")) == ["Süd 79 & West"]


def test_the_row_of_a_chart_is_told_together_and_its_scale_is_not() -> None:
    scale = "".join(f"<text x='{10 * number}%' y='9px'>{2 * number} %</text>" for number in range(4))
    row = "<g><text x='1' y='2'>West</text><text x='9' y='2'>7</text></g>"
    for axis in (scale, f"<g>{scale}</g>"):
        assert said(f"<svg>{axis}{row}</svg>") == ["West \u2063 7"]
    assert said("<svg><rect aria-label='West: 7'/><g><title>Ost: 8</title></g></svg>") == [
        "West: 7",
        "Ost: 8",
        "Ost: 8",
    ]


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


def test_files_of_every_kind_are_read(tmp_path: Path) -> None:
    files = {
        "a.csv": "Gebiet;Anzahl\nWest;7\n",
        "b.json": '{"gebiet": "West", "anzahl": 7}',
        "d.svg": "<svg><text>West: 7</text></svg>",
        **{f"h.{kind}": "West: 7" for kind in ("txt", "js", "css", "ics", "xml", "map", "png", "woff2")},
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    found = [one for one in scan(tmp_path) if isinstance(one, Mention)]
    assert [(one.file, one.line, one.text, one.heading) for one in found] == [
        ("a.csv", 2, "7", "Anzahl"),
        ("b.json", 1, "7", "anzahl"),
        ("d.svg", 1, "West: 7", ""),
    ]
    assert found[0].context[:2] == ("Anzahl", "West")
    book = openpyxl.Workbook()
    for row in (["Gebiet", None, "Anzahl"], ["West", None, 7], ["Ost", None, "=3+4"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "h.xlsx")
    sheet = [one for one in scan(tmp_path) if isinstance(one, Mention) and one.file == "h.xlsx"]
    # A cell that holds nothing says nothing, and a formula is no heading.
    assert [(one.text, one.context[:2]) for one in sheet] == [
        ("7", ("Anzahl", "West")),
        ("=3+4", ("Anzahl", "Ost")),
    ]
    (tmp_path / "h.xlsx").unlink()
    (tmp_path / "kaputt.json").write_text("{", "utf-8")
    (tmp_path / "kaputt.xlsx").write_text("x", "utf-8")
    (tmp_path / "tief.json").write_text("[" * 100_000, "utf-8")
    unread = {one.file: one.reason for one in scan(tmp_path) if isinstance(one, Unread)}
    assert set(unread) == {"kaputt.json", "kaputt.xlsx", "tief.json"}
    assert "Arbeitsmappe" in unread["kaputt.xlsx"]
    # Who asks for some files only is spared the others; a workbook cannot be looked into before.
    assert {one.file for one in scan(tmp_path, lambda name, _: name == "a.csv")} == {"a.csv", "kaputt.xlsx"}
