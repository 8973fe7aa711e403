"""What holds the place of finished HTML can be written by nobody: not in a record, not in a hand-written page."""

import re
from pathlib import Path

import pytest
from markupsafe import Markup

from generator.mkdocs_plugin import write_site
from generator.pipeline.build import build_site, prepare
from generator.render.base.html_patterns import MARK, form, mark
from generator.render.components.calls import replaced
from generator.render.frame.page_frame import SLOTS
from generator.render.maps.moving_script import guarded, unguarded
from tests.conftest import TODAY
from tests.edit.towns import FILES, write_town
from tests.refuges import write

OFFER = "resources/offers/krabbelgruppe.yml"
HELD = [
    *(f"{sign[0]}{name}{sign[1]}" for name in ("href", "where", "level", "content") for sign in ("\ue000\ue001", "<>")),
    str(mark("href")),
    str(mark("content")),
    "nrbaustein0nrende",
    "nrbaustein1nrende",
    "href",
]  # fmt: skip
"""Everything that has held a place or could: each is written where editors write."""


def main_of(page: Path) -> str:
    text = page.read_text("utf-8")
    return text[text.index("<main") : text.index("</main>")]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town whose names are made of all that holds places, built."""
    root = write_town(tmp_path_factory.mktemp("ort"))
    name = "Anfang " + " ".join(HELD) + " Ende"
    quoted = name.replace('"', '\\"')
    write(
        root,
        {
            OFFER: FILES[OFFER].replace("Krabbelgruppe\n", f'"{quoted}"\n', 1),
            "site_config.yml": FILES["site_config.yml"].replace("Kleinstadt\n", f'"{quoted}"\n', 1),
            "content/seite.md": "# Seite\n\n{{ offers() }}\n\nText nrbaustein0nrende nrbaustein1nrende\n\n{{ offers() }}\n",
        },
    )
    found = build_site(prepare(root, TODAY), root / "site", write_site)
    assert [item for item in found if item.severity == "error"] == []
    return root / "site"


def test_a_name_is_shown_as_it_is_written(written: Path) -> None:
    expected = str(Markup.escape("Anfang " + " ".join(HELD) + " Ende"))
    listing = main_of(written / "angebote" / "index.html")
    (title,) = re.findall(r'<h\d class="nr-card__title"><a href="krabbelgruppe/">(.*?)</a></h\d>', listing)
    assert title == expected
    home = (written / "index.html").read_text("utf-8")
    assert f"<title>{expected}</title>" in home


def test_a_page_holds_its_components_where_they_were_called_and_nowhere_else(written: Path) -> None:
    page = main_of(written / "seite" / "index.html")
    assert page.count('data-id="krabbelgruppe"') == 2
    assert "nrbaustein0nrende nrbaustein1nrende" in page
    assert not re.search(r"nrbaustein[0-9a-f]{32}", page)


def put(text: str, *pieces: str) -> tuple[str, str]:
    """Take the components out of a text, and return it with and without them, as if Markdown had done nothing."""
    spans = [match.span() for match in re.finditer(r"\{\{\}\}", text)]
    tokenised, tokens = replaced(text, spans, [Markup(piece) for piece in pieces])
    return tokenised, tokens.put_back(tokenised)


def test_what_is_put_in_is_not_looked_through_again() -> None:
    tokenised, _ = put("<p>{{}}</p><p>{{}}</p>", "a", "b")
    first = re.findall(r"nrbaustein\w+?nrende", tokenised)[1]
    _, html = put("<p>{{}}</p><p>{{}}</p>", f"<i>{first}</i>", "<b>zwei</b>")
    assert html == f"<i>{first}</i><b>zwei</b>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>{{}}</p>", "<ul></ul>"),
        ("<p>a {{}} b</p>", "<p>a</p>\n<ul></ul>\n<p>b</p>"),
        ("<p>{{}} {{}}</p>", "<ul></ul>\n<ul></ul>"),
        ("<p><b>{{}}</b> x</p>", "<p><b><ul></ul></b> x</p>"),
        ("<p><b>a</b><br>{{}}</p><p>z</p>", "<p><b>a</b><br></p>\n<ul></ul><p>z</p>"),
        ("<li>{{}}</li>", "<li><ul></ul></li>"),
        ("<p>a</p> {{}} <p>b", "<p>a</p> <ul></ul> <p>b"),
    ],
)
def test_a_paragraph_ends_before_what_cannot_stand_in_it(before: str, after: str) -> None:
    assert put(before, *["<ul></ul>"] * before.count("{{}}"))[1] == after
    phrases = put(before, *["<i>x</i>"] * before.count("{{}}"))[1]
    expected = before.replace("{{}}", "<i>x</i>")
    assert phrases == ("<i>x</i>" if before == "<p>{{}}</p>" else expected)


def test_a_page_cannot_hold_its_own_token() -> None:
    text = "{{}}"
    for _ in range(3):
        tokenised, _html = put(text, "<b>x</b>")
        text = f"{{{{}}}} {tokenised.split()[0]}"
        assert put(text, "<b>x</b>")[1].count("<b>x</b>") == 1


def test_in_a_tag_there_is_no_place_for_html() -> None:
    text = '<h2 id="{{}}">{{}}</h2><a title="a > {{}}" href=\'{{}}\'>{{}}</a><!-- <b title="{{}}"> -->'
    pieces = [f'<b class="{number}">' for number in range(6)]
    spans = [match.span() for match in re.finditer(r"\{\{\}\}", text)]
    tokenised, tokens = replaced(text, spans, [Markup(piece) for piece in pieces])
    assert tokens.astray(tokenised) == (2, 3)
    html = tokens.put_back(tokenised)
    assert html.startswith('<h2 id="baustein-0"><b class="1"></h2><a title="a > baustein-2" href=\'baustein-3\'><b class="4"></a>')  # fmt: skip


def test_looking_for_tags_takes_steps_as_the_text_grows() -> None:
    """An unfinished tag or comment is not looked for to the end of the text again and again."""
    for piece in ("<p>", "<p>a</p", "<a ", "<!--", '<a "', "<a '", "<a \"<a '"):
        text = "{{}}" + piece * 60_000
        tokenised, tokens = replaced(text, [(0, 4)], [Markup("x")])
        assert tokens.astray(tokenised) == ()
        assert tokens.put_back(tokenised) == "x" + text[4:]


def test_a_heading_with_a_component_has_an_anchor_and_a_title_of_words(tmp_path: Path) -> None:
    root = write_town(tmp_path)
    write(
        root,
        {
            "content/seite.md": "# Von {{ term('BG') }} und mehr\n\n## Zu {{ term('BG') }}\n\nText.\n\n## Zwei\n\nText.\n\n## Drei\n\nText.\n",
            "resources/glossary.yml": "- {id: bg, name: Bedarfsgemeinschaft, abbreviation: BG, meaning: Menschen unter einem Dach.}\n",
        },
    )
    found = build_site(prepare(root, TODAY), root / "site", write_site)
    assert [item for item in found if item.severity == "error"] == []
    text = (root / "site" / "seite" / "index.html").read_text("utf-8")
    assert "nrbaustein" not in text
    assert "<title>Von BG und mehr – Kleinstadt</title>" in text
    assert 'href="#zu-baustein-1"' in text
    assert '<h2 id="zu-baustein-1">' in text


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ('[x](https://a.example/ "{{ offers() }}")', [25]),
        ("![{{ offers() }}](bild.png)", [3]),
        ('<a href="{{ offers() }}">x</a> {{ offers() }}', [10]),
        ("[x](<{{ offers() }}>)", [6]),
    ],
)
def test_a_component_in_an_attribute_is_named(text: str, columns: list[int], tmp_path: Path) -> None:
    root = write_town(tmp_path)
    write(root, {"content/seite.md": f"# Seite\n\n{text}\n"})
    found = [item for item in prepare(root, TODAY).found if item.code == "baustein-in-angabe"]
    assert [(item.position.line, item.position.column) for item in found] == [(3, column) for column in columns]  # fmt: skip


def test_a_mark_in_a_text_is_no_mark() -> None:
    html = str(Markup('<a href="{}">{}</a>').format(mark("href"), "<nr-slot:href> href \ue000href\ue001"))
    assert MARK.findall(html) == ["href"]
    assert form(html) % {"href": "../x/"} == '<a href="../x/">&lt;nr-slot:href&gt; href \ue000href\ue001</a>'  # fmt: skip
    assert all(form(f"{mark(name)} 100 %") == f"%({name})s 100 %%" for name in SLOTS)


@pytest.mark.parametrize("text", ["{", "\ue000", "\ue000b", "\ue000{b\ue000", "{{ 7*7 }}", "\\ue000b"])
def test_a_brace_of_a_map_stands_for_itself(text: str) -> None:
    import json

    for escaped in (True, False):
        script = json.dumps(guarded({"a": [text]}), ensure_ascii=escaped)
        assert "{" not in script[1:]
        assert json.loads("{" + unguarded(script[1:])) == {"a": [text]}
