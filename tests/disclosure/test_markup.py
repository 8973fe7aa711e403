"""What is read of a page: every text that holds a number, apart from its neighbours, with the words that say what it is about."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from generator.disclosure.site_audit.markup import Mention, read_markup
from generator.disclosure.site_audit.scanner import Unread, scan


def read(markup: str) -> list[Mention]:
    return list(read_markup("a.html", markup))


def said(markup: str) -> list[str]:
    return [one.text for one in read(markup)]


PIECES = ["p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "summary", "blockquote", "text", "title", "desc", "option", "button", "label", "entry", "item", "description", "caption", "a"]  # fmt: skip
BOXES = ["div", "section", "main", "header", "footer"]


@pytest.mark.parametrize("tag", PIECES)
def test_each_piece_is_read_for_itself(tag: str) -> None:
    assert "7 b" in said(f"<p>3 a</p><{tag}>7 b</{tag}><p>4 c</p>")
    assert [one.line for one in read(f"\n<{tag}>7 b</{tag}>")] == [2]


@pytest.mark.parametrize("tag", BOXES)
def test_a_small_box_is_read_as_a_whole_and_loosely(tag: str) -> None:
    whole = read(f"<{tag}><p>West</p><p>7</p></{tag}>")
    assert [(one.text.replace("\u2063", "|"), one.loose) for one in whole] == [
        ("7", False),
        ("West | 7", True),
    ]
    assert said(f"<{tag}>{'Wort ' * 80}<p>7</p></{tag}>") == ["7"]


@pytest.mark.parametrize(
    "tag", ["b", "i", "em", "strong", "sub", "sup", "u", "abbr", "mark", "wbr", "s", "small"]
)
def test_within_a_word_elements_part_nothing(tag: str) -> None:
    assert said(f"<p>West 1<{tag}>7</{tag}>3</p>") == ["West 173"]


@pytest.mark.parametrize("tag", ["span", "br", "code", "q"])
def test_every_other_element_ends_a_word(tag: str) -> None:
    assert said(f"<p>West 1<{tag}>7</{tag}>3</p>" if tag != "br" else "<p>West 1<br>7<br>3</p>") == [
        "West 1 \u2063 7 \u2063 3"
    ]


def test_what_stands_above_is_its_context_nearest_first() -> None:
    found = read(
        "<title>Titel</title><h1>Haupt</h1><h2>Alt</h2><p>1</p><h2>Mitte</h2><h3>Innen</h3><p>2</p><h2>Neu</h2><p>3</p>"
        "<details><summary>Auf</summary><p>4</p></details><dl><dt>Wort</dt><dd>5</dd></dl><p>6</p>"
    )
    assert [(one.text, one.context) for one in found] == [
        ("1", ("Alt",)),
        ("2", ("Innen", "Mitte")),
        ("3", ("Neu",)),
        ("4", ("Auf", "Neu")),
        ("5", ("Wort", "Neu")),
        ("6", ("Neu",)),
    ]
    assert {one.page for one in found} == {("Haupt", "Titel", "a.html")}
    # A second title, that of a drawing, is not that of the page.
    assert read("<title>Seite</title><svg><title>Bild</title></svg><p>1</p>")[0].page == (
        "",
        "Seite",
        "a.html",
    )


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
    assert all(one.structured for one in found)


@pytest.mark.parametrize("tag", ["td", "th"])
def test_a_cell_that_lies_in_no_table_is_heard(tag: str) -> None:
    assert said(f"<{tag}>Nord 7</{tag}>") == ["Nord 7"]


def test_attributes_that_people_hear_or_scripts_read() -> None:
    for name in ("alt", "aria-label", "title", "content", "aria-description", "aria-valuetext", "aria-valuenow", "summary", "value", "placeholder", "label"):  # fmt: skip
        (one,) = read(f"<img {name}='West: 7'>")
        assert (one.text, one.line) == ("West: 7", 1)
    assert said("<div id='a-7' class='b-7' width='7'></div>") == []
    (one,) = read("<meta property='og:image:width' content='640'>")
    assert (one.heading, one.context) == ("og:image:width", ())
    (one,) = read("<meta name='zahl' content='7'/>")
    assert one.heading == "zahl"
    (one,) = read("<meter value='7' aria-label='West'></meter>")
    assert one.context == ("West",)
    (one,) = read("<div data-wert='7' aria-label='West'></div>")
    assert (one.text, one.heading, one.structured, one.context[:2]) == (
        "7",
        "data-wert",
        True,
        ("data-wert", "West"),
    )
    (one,) = read("<div data-wert='7'></div>")
    assert not one.structured


@pytest.mark.parametrize("kind", ["number", "range", "date", "time", "tel", "checkbox", "radio"])
def test_what_a_visitor_fills_in_is_no_figure(kind: str) -> None:
    assert said(f"<input type='{kind}' value='7'>") == []
    for fixed in ("readonly", "disabled"):
        assert said(f"<input type='{kind}' value='7' {fixed}>") == ["7"]
    assert said("<input type='text' value='7'>") == said("<input value='7'>") == ["7"]


def test_data_in_a_page() -> None:
    data = '{"name": "West", "zahlen": [{"jahr": 2024, "anzahl": 7}], "wahr": true, "leer": null}'
    for markup in (
        f"<script type='application/json'>{data}</script>",
        f"<script type='application/ld+json'>{data}</script>",
        f"<div data-alles='{data}'></div>",
    ):
        found = [(one.text, one.heading, one.context[:3]) for one in read(markup)]
        assert found == [
            ("2024", "jahr", ("zahlen | jahr", "2024 | 7", "West | True")),
            ("7", "anzahl", ("zahlen | anzahl", "2024 | 7", "West | True")),
        ]
    assert said("<script>let x = 7</script><style>p { width: 7px }</style>") == []
    assert said("<script type='application/json'>{kaputt 7</script>") == ["{kaputt 7"]
    (row,) = read("<script type='application/json'>[[\"West\", 7]]</script>")
    assert row.context[1] == "West | 7"


def test_comments_and_what_nobody_sees_in_a_name() -> None:
    assert said("<!-- West: 7 -->") == ["West: 7"]
    assert said("<p>We\u00adst\u200b 7</p>") == ["West 7"]
    # Letters and digits that are written by their names or numbers are read as what they show.
    assert said("<p>S&uuml;d &#55;&#x39; &amp; West</p>") == ["Süd 79 & West"]


def test_the_row_of_a_chart_is_told_together_and_its_scale_is_not() -> None:
    scale = "".join(f"<text x='{10 * number}%' y='9px'>{2 * number} %</text>" for number in range(4))
    row = "<g><text x='1' y='2'>West</text><text x='9' y='2'>7</text></g>"
    for axis in (scale, f"<g>{scale}</g>"):
        assert said(f"<svg>{axis}{row}</svg>") == ["West \u2063 7"]


def test_files_of_every_kind_are_read(tmp_path: Path) -> None:
    files = {
        "a.csv": "Gebiet;Anzahl\nWest;7\n",
        "b.json": '{"gebiet": "West", "anzahl": 7}',
        "c.txt": "Erstens\n\nWest: 7\nund mehr",
        "d.svg": "<svg><text>West: 7</text></svg>",
        "e.js": "7",
        "f.css": "7",
        "g.ics": "SUMMARY:West 7",
        **{
            f"h.{kind}": "West: 7"
            for kind in ("map", "png", "jpg", "webp", "ico", "woff", "woff2", "pmtiles")
        },
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    found = [one for one in scan(tmp_path) if isinstance(one, Mention)]
    assert [(one.file, one.line, one.text, one.heading) for one in found] == [
        ("a.csv", 2, "7", "Anzahl"),
        ("b.json", 1, "7", "anzahl"),
        ("c.txt", 3, "West: 7 und mehr", ""),
        ("d.svg", 1, "West: 7", ""),
        ("g.ics", 1, "SUMMARY:West 7", ""),
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
    unread = {one.file: one.reason for one in scan(tmp_path) if isinstance(one, Unread)}
    assert set(unread) == {"kaputt.json", "kaputt.xlsx"}
    assert "Arbeitsmappe" in unread["kaputt.xlsx"]
    # Who asks for some files only is spared the others; a workbook cannot be looked into before.
    assert {one.file for one in scan(tmp_path, lambda name, _: name == "c.txt")} == {"c.txt", "kaputt.xlsx"}
