"""Canaries in everything that was made up: wherever one sings, in a page, a picture or a file, the word for it stands by."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from generator.check import check_reading
from generator.cli import main
from generator.diagnostics import has_errors
from generator.mkdocs_plugin import write_site
from generator.pipeline.build import build_site, prepare
from generator.read.project import read_project
from generator.render.base.context import Context
from generator.subjects.measures import page as measures
from tests.chance import whole
from tests.conftest import words_of

TODAY = dt.date(2026, 11, 20)
MARK = re.compile(r"erfunden|made up")

SQUARE = '{{"type": "Feature", "id": "{id}", "properties": {{}}, "geometry": {{"type": "Polygon", "coordinates": [[[{x}, 53.1], [{e}, 53.1], [{e}, 53.14], [{x}, 53.14], [{x}, 53.1]]]}}}}'
AREAS = ("ost", "west", "kanarieninsel", "sued")

WORLD = {
    "site_config.yml": """
name: Nahraum Musterstadt
url: https://musterstadt.example/
publisher: {name: Stadt Musterstadt, office: Jugendamt, phone: 040 66969-700, email: jugendamt@musterstadt.example}
land: NI
languages: [de, en]
geographies:
  - id: sozialraum
    levels: [{id: stadt, name: Stadt, plural: Stadt}, {id: sozialraum, name: Sozialraum, plural: Sozialräume}]
overlay: ../ablage
""",
    "resources/spaces/musterstadt.yml": "name: Musterstadt\nlevel: stadt\ngeometry: geometry/gebiete.geojson#musterstadt\n",
    "resources/spaces/ost.yml": """
name: Ost
level: sozialraum
parent: musterstadt
geometry: geometry/gebiete.geojson#ost
figures:
  - {name: Einwohner/innen, value: 40000, date: 2025, source: Melderegister}
  - {name: Haushalte mit Kindern, value: 7127, of: Einwohner/innen, date: 2025, source: Melderegister, illustrative: yes}
  - {name: Bäume, value: 7191, date: 2025, source: Amt, illustrative: yes}
""",
    "resources/spaces/west.yml": """
name: West
level: sozialraum
parent: musterstadt
geometry: geometry/gebiete.geojson#west
figures:
  - {name: Bäume, value: 100, date: 2025, source: Amt}
""",
    "resources/spaces/sued.yml": "name: Süd\nlevel: sozialraum\nparent: musterstadt\ngeometry: geometry/gebiete.geojson#sued\n"
    "figures: [{name: Bäume, value: 100, date: 2025, source: Amt}]\n",
    "resources/spaces/kanarieninsel.yml": """
name: Kanarieninsel
where: auf der Kanarieninsel
level: sozialraum
parent: musterstadt
geometry: geometry/gebiete.geojson#kanarieninsel
figures: [{name: Bäume, value: 100, date: 2025, source: Amt}]
illustrative: yes
""",
    "resources/providers/traeger.yml": "name: Offener Träger\nkind: non-profit\nspaces: [ost]\n",
    "resources/providers/kanarienverein.yml": """
name: Kanarienverein
kind: association
spaces: [ost]
can_give: [{what: Volierenraum, kind: room, ask: Vorstand}]
illustrative: yes
""",
    "resources/places/kanarienhaus.yml": """
name: Kanarienhaus
kind: familienzentrum
address: {street: Weg, number: 1, postcode: 22999, town: Musterstadt}
point: 8.505 53.11
providers: [kanarienverein]
illustrative: yes
""",
    "resources/offices/asd.yml": """
name: ASD Mitte
kind: asd
serves: [ost, west]
contact: {phone: 040 66969-701}
illustrative: [serves]
""",
    "resources/offers/kanarientreff.yml": """
name: Kanarientreff
summary: Zusammen zwitschern.
kind: treff
provider: kanarienverein
place: kanarienhaus
topics: [begegnung]
spaces: [ost]
ages: 12-18
hours: Mo 09:00-12:00
dates: [{date: 2026-12-05, from: 15:00, to: 17:00, name: Singen}]
cost: free
access: {way: open}
contact: {phone: 040 66969-702}
checked: 2026-11-01
illustrative: yes
translations: {en: {name: Canary meeting}}
""",
    "resources/offers/beratung.yml": """
name: Beratung
summary: Rat für alle.
kind: beratung
provider: traeger
topics: [schulden]
spaces: [ost]
address: {street: Weg, number: 2, postcode: 22999, town: Musterstadt}
point: 8.506 53.12
hours: Di 03:33-04:44
cost: {amount: 7.77, per: Kanariengespräch}
access: {way: prescription, bring: Kanarienfutter}
contact: {phone: 040 66969-703}
checked: 2026-11-01
illustrative: [access, hours, cost]
""",
    "resources/networks/kette.yml": """
name: Kette
kind: early-warning
spaces: [ost]
members: [traeger]
steps: [{who: Kanarienwart, does: bemerkt etwas.}]
illustrative: [steps]
""",
    "resources/agreements/vertrag.yml": """
name: Kanarienvertrag
partners: [traeger]
spaces: [ost]
sub_budgets: [{name: Futter, amount: 71777}]
field_work: {planned: 37 %, actual: 23 %, date: 2025}
illustrative: yes
""",
    # A whole indicator, one figure of another, a rate that counts by made-up figures, and figures of a made-up area.
    "resources/indicators/gesang/indicator.yml": """
title: Kanariengesang
says: So viele singen.
numerator: Sänger
decimals: 0
interval: none
source: {name: Amt, regime: delivered}
disclosure: {method: none}
topics: [begegnung]
illustrative: yes
""",
    "resources/indicators/gesang/values.csv": "space,period,numerator,denominator,status,note\n"
    + "".join(
        f"{area},2024,{9100 + 7 * n},,,\n{area},2025,{9131 + 17 * n},,,\n" for n, area in enumerate(AREAS)
    ),
    "resources/indicators/kinder/indicator.yml": """
title: Kinder
says: So viele Kinder leben hier.
numerator: Kinder
decimals: 0
interval: none
source: {name: Melderegister, regime: delivered}
disclosure: {method: none}
""",
    "resources/indicators/kinder/values.csv": (
        "space,period,numerator,denominator,status,qualifier,illustrative,note\n"
        "ost,2025,5000,,,,,\nwest,2025,6173,,,,yes,\nsued,2025,5200,,,rund,,\nkanarieninsel,2025,6291,,,,,\n"
    ),
    "resources/indicators/arm/indicator.yml": """
title: Kinder in Armut
says: Von 100 Kindern sind so viele arm.
numerator: Arme Kinder
denominator: Kinder
denominator_from: kinder
direction: lower-is-better
source: {name: Agentur, regime: delivered}
disclosure: {method: none}
topics: [schulden]
""",
    "resources/indicators/arm/values.csv": (
        "space,period,numerator,denominator,status,note\n"
        "ost,2025,500,5000,,\nwest,2025,2777,6173,,\nsued,2025,520,5200,,\nkanarieninsel,2025,1777,6291,,\n"
    ),
    "content/ueber/index.md": "---\ntitle: Über\ndescription: Über.\n---\n\n# Über\n\n{{ offers(topic='begegnung') }}\n",
    "content/berichte/bericht/2025.md": """---
title: Bericht
edition: 2025
date: 2026-11-20
state: draft
space: ost
summary: Ein Bericht.
---

## Zahlen

{{ fact('Haushalte mit Kindern') }} Haushalte, das sind {{ fact('Haushalte mit Kindern', show='share') }}.

Es singen {{ figure('gesang') }}, gezählt {{ figure('gesang', show='count') }}. Im Westen {{ figure('kinder', space='west') }}, arm {{ figure('arm', space='west') }}.

{{ table('gesang, kinder, arm', level='sozialraum', caption='Alles') }}

{{ table('kinder', level='sozialraum', caption='Kinder ohne Titel') }}

{{ chart('gesang', kind='bars', level='sozialraum', caption='Ein Bild') }}

{{ comparison('arm', space='west') }}

{{ choropleth('gesang', 'sozialraum', caption='Eine Karte') }}

{{ offers(topic='begegnung') }}
""",
}

NAMES = (
    "Kanarieninsel", "Kanarienverein", "Kanarienhaus", "Kanarientreff", "Canary meeting", "Kanariengesang",
)  # fmt: skip
"""What a whole record or indicator is called: its mark stands right behind."""

# Counts: 7127 of 40000; trees; the singers and their sum; children west, on the island and in town; rates.
SINGERS = [9131 + 17 * n for n in range(4)]
FIGURES = (7127, 7191, *SINGERS, sum(SINGERS), 6173, 6291, 5000 + 6173 + 5200 + 6291)
RATES = ("17,8", "17.8", "45,0", "45.0", "28,2", "28.2", "24,6", "24.6")
VALUES = (
    *(f"{number:,}" for number in FIGURES),
    *(f"{number:,}".replace(",", ".") for number in FIGURES),
    *map(str, FIGURES),
    *RATES,
    "03:33",
    "3:33",
    "7,77",
    "7.77",
    "Kanariengespräch",
    "Verordnung",
    "prescription",
    "Kanarienwart",
)


@dataclass
class Element:
    """A piece of a page: its name, its attributes, what stands in it in order, and where it stands itself."""

    name: str
    attributes: dict[str, str]
    parent: Element | None
    inside: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All words in it, with those that only some hear."""
        spoken = [self.attributes.get(name, "") for name in ("title", "aria-label", "alt", "content")]
        return " ".join([*spoken, *(item if isinstance(item, str) else item.text for item in self.inside)])

    def above(self) -> Iterator[Element]:
        """Itself and what it stands in, from the inside out."""
        yield self
        if self.parent is not None:
            yield from self.parent.above()

    def find(self, *names: str) -> Iterator[Element]:
        for item in self.inside:
            if isinstance(item, Element):
                if item.name in names:
                    yield item
                yield from item.find(*names)


class Tree(HTMLParser):
    """A page as elements."""

    EMPTY = frozenset({"meta", "link", "br", "img", "input", "hr", "base", "wbr", "source", "col"})

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.at = Element("root", {}, None)
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        one = Element(tag, {key: value or "" for key, value in attrs}, self.at)
        self.at.inside.append(one)
        if tag not in self.EMPTY:
            self.at = one

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        for one in self.at.above():
            if one.name == tag and one.parent is not None:
                self.at = one.parent
                return

    def handle_data(self, data: str) -> None:
        self.at.inside.append(data)


def is_marked(one: Element, name: str = "") -> bool:
    """Tell whether a value's statement says that it was made up.

    The statement is the sentence, list item, row or picture; of a table also its caption and the head of its column.
    """
    for place in one.above():
        if place.name in ("p", "li", "tr", "h1", "h2", "h3", "h4", "figcaption", "caption", "summary", "title", "meta", "option", "button", "label", "blockquote", "td", "th", "dd", "text", "desc") and MARK.search(place.text):  # fmt: skip
            return True
        if place.name in ("td", "th") and (
            table := next((e for e in place.above() if e.name == "table"), None)
        ):
            row = next(e for e in place.above() if e.name == "tr")
            number = [e for e in row.inside if isinstance(e, Element)].index(place)
            heads = list(next(table.find("thead")).find("th"))
            if MARK.search(heads[number].text) or any(MARK.search(e.text) for e in table.find("caption")):
                return True
        if place.name in ("svg", "figure"):
            said = " ".join(e.text for e in place.find("title", "figcaption"))
            if MARK.search(said):
                return True
    return False


def spoken(one: Element) -> Iterator[tuple[Element, str]]:
    """Yield every piece of text of a page with its element, also what stands in attributes that are read out."""
    for key in ("title", "aria-label", "alt", "content", "data-title"):
        if one.attributes.get(key):
            yield one, one.attributes[key]
    for item in one.inside:
        if isinstance(item, str):
            if one.name not in ("style",):
                yield one, item
        elif item.name == "text":
            # A label on a map goes over several lines.
            yield item, " ".join(item.text.split())
        else:
            yield from spoken(item)


def has(text: str, value: str) -> bool:
    """Tell whether a value stands in a text by itself: no part of a longer number, address or word."""
    return re.search(rf"(?<![\w.,:/#-]){re.escape(value)}(?![\w/]|[.,]\d)", text) is not None


def unmarked_names(text: str) -> list[str]:
    """Return the names that stand in a text without their mark right behind; ids and addresses are no names."""
    return [
        text[max(0, match.start() - 40) : match.end() + 40]
        for name in NAMES
        for match in re.finditer(re.escape(name), text)
        if not re.match(r"(</span>)?\s*\((erfunden|made up)", text[match.end() :])
    ]


def write_world(root: Path) -> Path:
    """Write the project with its canaries."""
    for name, text in WORLD.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text.lstrip("\n"), "utf-8")
    shapes = [SQUARE.format(id="musterstadt", x=8.5, e=8.58)]
    shapes += [SQUARE.format(id=area, x=8.5 + n * 0.02, e=8.52 + n * 0.02) for n, area in enumerate(AREAS)]
    target = root / "resources/geometry/gebiete.geojson"
    target.parent.mkdir()
    target.write_text('{"type": "FeatureCollection", "features": [' + ",".join(shapes) + "]}", "utf-8")
    return root


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, its report published."""
    root = write_world(tmp_path_factory.mktemp("erfunden") / "projekt")
    run = CliRunner().invoke(
        main,
        [
            "publish",
            str(root / "content/berichte/bericht/2025.md"),
            "--project",
            str(root),
            "--today",
            "2026-11-20",
        ],
    )
    assert run.exit_code == 0, run.output
    return root


@pytest.fixture(scope="module")
def site(world: Path) -> Path:
    """Its site."""
    found = build_site(prepare(world, TODAY), world / "site", write_site)
    assert not has_errors(found), found
    return world / "site"


def pages(site: Path) -> Iterator[tuple[str, Element]]:
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix(), Tree(path.read_text("utf-8")).root


@whole
def test_the_canaries_are_there(site: Path) -> None:
    """A test that finds no canary would say nothing: each sings on some page, and the sums are where they belong."""
    text = "\n".join(page.text for _name, page in pages(site))
    for name in NAMES:
        assert name in text
    for number in FIGURES:
        assert has(text, f"{number:,}".replace(",", ".")), number
    for rate in ("17,8", "45,0", "28,2", "24,6"):
        assert has(text, rate), rate
    for word in ("7,77", "Kanarienwart", "Mit Verordnung", "With a prescription"):
        assert word in text, word


@whole
def test_no_name_stands_on_a_page_without_its_mark(site: Path) -> None:
    wrong = {
        f"{name}: {found}"
        for name, page in pages(site)
        for one, text in spoken(page)
        if one.name != "script"
        for found in unmarked_names(text)
        # In another language the name stands in a span of its own, its mark behind it.
        if not (
            one.attributes.get("lang")
            and one.parent
            and not unmarked_names(" ".join(one.parent.text.split()))
        )
    }
    assert not wrong, "\n".join(sorted(wrong))


@pytest.mark.guards("Examples and the rest: what is invented says so everywhere")
@whole
def test_no_value_stands_on_a_page_without_its_mark(site: Path) -> None:
    wrong = {
        f"{name}: {value} in <{one.name}> {text.strip()[:80]}"
        for name, page in pages(site)
        if not name.endswith("lizenzen/index.html")
        for one, text in spoken(page)
        for value in VALUES
        if one.name != "script" and has(text, value) and not is_marked(one)
    }
    assert not wrong, "\n".join(sorted(wrong))


@whole
def test_no_search_engine_is_told_what_was_made_up(site: Path) -> None:
    """Structured data has no place for a mark beside a time or a price, so it has neither."""
    for path in site.rglob("*.html"):
        for block in re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', path.read_text("utf-8"), re.S
        ):
            assert not unmarked_names(json.dumps(json.loads(block), ensure_ascii=False)), path
            assert "03:33" not in block
            assert "7.77" not in block


def marked_in(node: Any) -> bool:
    return MARK.search(json.dumps(node, ensure_ascii=False)) is not None or (
        isinstance(node, dict) and bool(node.get("illustrative"))
    )


def statements(node: Any, around: tuple[Any, ...] = ()) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield each scalar of a JSON file as text with the objects and lists around it, the innermost first."""
    if isinstance(node, dict):
        for value in node.values():
            yield from statements(value, (node, *around))
    elif isinstance(node, list):
        for value in node:
            yield from statements(value, (node, *around))
    elif node is not None and not isinstance(node, bool):
        yield str(node), around


@whole
def test_no_file_for_programs_has_a_value_without_its_mark(site: Path) -> None:
    wrong = []
    for path in sorted([*site.rglob("*.json"), *site.rglob("*.geojson")]):
        content = json.loads(path.read_text("utf-8"))
        name = path.relative_to(site).as_posix()
        for text, around in statements(content):
            wrong += [f"{name}: {found}" for found in unmarked_names(text)]
            # The object that holds it, or the one above: the row, the feature, the indicator.
            near = [node for node in around if isinstance(node, dict)][:3]
            wrong += [
                f"{name}: {value} in {text[:60]}"
                for value in VALUES
                if has(text, value) and not any(marked_in(node) for node in near)
            ]
    assert not wrong, "\n".join(sorted(wrong))


def rows_of_tables(site: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield every row of every table for spreadsheets with its file and the heads of its columns."""
    for path in sorted(site.rglob("*.csv")):
        text = path.read_text("utf-8-sig")
        lines = list(
            csv.reader(io.StringIO(text), delimiter=";" if text.split("\n")[0].count(";") > 3 else ",")
        )
        for line in lines[1:]:
            yield path.relative_to(site).as_posix(), lines[0], line
    for path in sorted(site.rglob("*.xlsx")):
        sheet = openpyxl.load_workbook(path)["Werte"]
        lines = [[str(cell.value if cell.value is not None else "") for cell in row] for row in sheet]
        for line in lines[1:]:
            yield path.relative_to(site).as_posix(), lines[0], line


@whole
def test_no_row_of_a_table_has_a_value_without_its_mark(site: Path) -> None:
    wrong = []
    seen = 0
    for name, head, line in rows_of_tables(site):
        column = next((at for at, title in enumerate(head) if title in ("illustrative", "erfunden")), None)
        assert column is not None, name
        text = "|".join(line)
        wrong += [f"{name}: {found}" for found in unmarked_names(text)]
        sings = [value for value in VALUES if any(has(cell, value) for cell in line)]
        seen += bool(sings)
        if sings and line[column] in ("", "false", "nein"):
            wrong.append(f"{name}: {sings} in {text[:120]}")
        if "Kanarie" in text:
            assert line[column] not in ("", "false", "nein"), text
    assert not wrong, "\n".join(sorted(wrong))
    assert seen > 20


@whole
def test_calendars_and_lists_carry_the_mark(site: Path) -> None:
    texts = {
        path: path.read_text("utf-8")
        for path in [*site.rglob("*.ics"), *site.rglob("*.ttl"), *site.rglob("*.rdf")]
    }
    assert texts
    for path, text in texts.items():
        # A long line of a calendar goes on behind a break and a space.
        joined = text.replace("\r\n ", "").replace("\\,", ",")
        assert not unmarked_names(re.sub(r"https?://\S+", "", joined)), path
        assert "0333" not in joined, path


@whole
def test_made_up_ways_in_open_no_list(site: Path) -> None:
    """An invented way in, cost or time is shown on the offer's page and is nothing that one can filter by."""
    listed = {
        path.parent.parent.name + "/" + path.parent.name
        for path in site.glob("angebote/nach/zugang/*/index.html")
    }
    for path in site.glob("angebote/nach/zugang/*/index.html"):
        assert ">Beratung<" not in path.read_text("utf-8"), listed
    rows = json.loads((site / "angebote/zeiten.json").read_text("utf-8"))
    assert "0333" not in json.dumps(rows)
    assert "BEGIN:VEVENT" not in (site / "angebote/beratung/termine.ics").read_text("utf-8")


@pytest.mark.guards("Examples and the rest: what is invented says so everywhere")
@whole
@pytest.mark.parametrize("lang", ["", "en/"])
def test_a_published_figure_is_never_judged_by_one_that_was_made_up(site: Path, lang: str) -> None:
    page = Tree((site / lang / "berichte/arm/index.html").read_text("utf-8")).root
    row = next(row.text for row in page.find("tr") if "Ost" in row.text and "10" in row.text)
    assert not re.search(r"höher|niedriger|Unterschied|higher|lower|difference", row)


@whole
def test_an_agreement_that_was_made_up_says_so_on_the_internal_site(world: Path) -> None:
    (world.parent / "ablage").mkdir(exist_ok=True)
    project = prepare(world, TODAY, internal=True)
    assert project.site is not None
    assert project.facts is not None
    for lang, words in (
        ("de", "Dieser Eintrag ist erfunden, zur Veranschaulichung."),
        ("en", "This entry is made up, for illustration."),
    ):
        context = Context(project.site, project.facts, lang)
        page = measures.render(context, "")
        section = next(
            e for e in Tree(str(page.body)).root.find("article") if "71" in e.text and "777" in e.text
        )
        assert words in section.text
        assert re.search(r"Kanarienvertrag\s*\((erfunden|made up)", section.text)


@whole
def test_counts_say_how_many_of_what_they_count_was_made_up(site: Path) -> None:
    """A sum of records is derived from them; what was made up covers no need at all."""
    for page, words in (
        ("sozialraeume/ost", "Hier gibt es 2 Angebote. Davon erfunden: 1."),
        ("en/sozialraeume/ost", "1 of them made up"),
        ("daten", "Orte 1 (davon 1 erfunden)"),
        ("daten", "Träger 2 (davon 1 erfunden)"),
    ):
        assert words in words_of(site, page)
    # Kanariengesang has the topic of the one offer that was made up.
    table = next(
        table
        for table in Tree((site / "berichte/gesang/index.html").read_text("utf-8")).root.find("table")
        if "Angebote dazu" in table.text
    )
    assert [row.text.split()[-2:] for row in table.find("tr")][1:] == [["verzeichnet", "–"]] * 4


@whole
def test_a_rounded_figure_keeps_its_word(site: Path) -> None:
    assert "rund 5.200" in (site / "berichte/kinder/index.html").read_text("utf-8")
    assert "about 5,200" in (site / "en/berichte/kinder/index.html").read_text("utf-8")
    row = next(
        line
        for name, head, line in rows_of_tables(site)
        if name == "daten/kinder/kinder.csv" and "sued" in line
    )
    assert "rund" in row


@pytest.mark.parametrize(
    ("file", "was", "becomes", "code", "shown"),
    [
        ("offices/asd.yml", "illustrative: [serves]", "illustrative: [contact]", "beispielhaft-unbekannt", "„contact“"),
        ("offers/beratung.yml", "illustrative: [access, hours, cost]", "illustrative: [topics]", "beispielhaft-unbekannt", "access"),
        ("indicators/kinder/values.csv", ",yes,", ",vielleicht,", "kein-ja-nein", "„vielleicht“"),
    ],
)  # fmt: skip
def test_a_mark_that_would_be_lost_is_refused(
    tmp_path: Path, file: str, was: str, becomes: str, code: str, shown: str
) -> None:
    root = write_world(tmp_path / "projekt")
    place = root / "resources" / file
    place.write_text(place.read_text("utf-8").replace(was, becomes), "utf-8")
    found = [item for item in check_reading(read_project(root), TODAY) if item.severity == "error"]
    assert {item.position.file for item in found} == {f"resources/{file}"}
    assert code in {item.code for item in found}
    assert any(shown in item.message + item.help for item in found)
