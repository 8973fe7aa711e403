"""Values that nobody can mean are refused where they are written: too long, too early, too far, unseen, half a character."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import pytest
from click.testing import CliRunner
from pydantic import BaseModel, TypeAdapter, ValidationError

from generator.cli import main
from generator.edit.tables.table_rows import TableForm, read_table
from generator.export.structured_data import sitemap
from generator.files.disk import Disk
from generator.model import dates, scalars
from generator.model.config import SiteLanguage
from generator.model.dates import spans_of
from generator.model.fields import annotation, fields, variants
from generator.model.groups import Group
from generator.read.boundaries import read_features
from generator.read.csv_tables import read_streets
from generator.read.nodes import parse

ROOT = Path(__file__).parents[2]
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def code_of(kind: object, text: str) -> str:
    """Return the code by which a text is refused as a value of a type; empty where it is taken."""
    try:
        TypeAdapter(kind).validate_python(text)
    except ValidationError as error:
        return str(error.errors()[0]["type"])
    return ""


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (scalars.Text, "x" * 5_000, ""),
        (scalars.Text, "x" * 5_001, "text-zu-lang"),
        (scalars.Markdown, "x" * 50_000, ""),
        (scalars.Markdown, "x" * 50_001, "text-zu-lang"),
        (scalars.Url, "https://a.example/" + "x" * 1_000, "text-zu-lang"),
        (dates.Hours, "Mo " * 400, "text-zu-lang"),
        (scalars.Text, "\u200b\u200f\u2060", "text-unsichtbar"),
        (scalars.Text, "\u2800\u3164", "text-unsichtbar"),
        (scalars.Text, "ـ", ""),
        (scalars.Slug, "aux", "kein-kuerzel"),
        (scalars.Slug, "lpt1", "kein-kuerzel"),
        (scalars.Slug, "auxilium", ""),
        (scalars.Slug, "a" * 101, "kein-kuerzel"),
        (scalars.Amount, "-3.50", "zahl-negativ"),
        (scalars.Amount, "-0", ""),
        (scalars.Euros, "1.20", ""),
        (scalars.Euros, "1200.50", ""),
        (scalars.Euros, "0.500", ""),
        (scalars.Euros, "1.205", "betrag-mehrdeutig"),
        (scalars.Euros, "1234.005", "betrag-geteilt"),
        (scalars.Number, "-3.50", ""),
        (scalars.Number, "9" * 29, "keine-zahl"),
        (scalars.Number, "0." + "9" * 10, "keine-zahl"),
        (dates.Date, "0001-01-01", "datum-unglaubhaft"),
        (dates.Date, "9999-12-31", "datum-unglaubhaft"),
        (dates.Date, "2199-12-31", ""),
        (dates.Half, "9999-1", "kein-halbjahr"),
        (dates.Span, "9999 years", "dauer-unglaubhaft"),
        (dates.Span, "1200 months", ""),
        (dates.Span, "1201 months", "dauer-unglaubhaft"),
        (dates.Span, "100 years", ""),
        (scalars.AgeRange, "999", "alter-unglaubhaft"),
        (scalars.AgeRange, "0-999", "alter-unglaubhaft"),
        (scalars.AgeRange, "121+", "alter-unglaubhaft"),
        (scalars.AgeRange, "999 months", ""),
        (scalars.AgeRange, "18-120", ""),
        (SiteLanguage, "xx", "sprache-unbekannt"),
        (SiteLanguage, "de-x-ls", ""),
        (SiteLanguage, "uk", ""),
    ],
)
def test_a_value_is_taken_or_refused_by_its_code(kind: object, text: str, code: str) -> None:
    assert code_of(kind, text) == code


def _kinds_of(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in kind.__subclasses__():
        yield one
        yield from _kinds_of(one)


def _money() -> Iterator[tuple[str, Any]]:
    """Yield the type of every field of which its title or description says that it is an amount in euros."""
    for model in _kinds_of(Group):
        for name, info in fields(model).items():
            said = f"{info.title} {info.description}"
            for kind, extra in variants(annotation(info)):
                held = get_args(kind)[1] if get_origin(kind) is dict else Annotated[kind, *extra, None]
                if Decimal in get_args(held) and re.search(r"Euro|€|Betrag", said):
                    yield f"{model.__name__}.{name}", held


def test_no_field_of_money_takes_a_thousand_for_a_few_cents() -> None:
    money = dict(_money())
    assert {"Fee.amount", "Fee.up_to", "Fee.reduced", "SubBudget.amount", "Budget.total"} <= set(money)
    taken = [name for name, kind in money.items() if code_of(kind, "1.200") != "betrag-mehrdeutig"]
    assert taken == []
    assert code_of(scalars.Number, "3.868") == "tausender-oder-nicht"
    assert code_of(scalars.Number, "3.5") == ""


def test_what_a_mistyped_number_is_to_become_is_all_of_it_or_nothing() -> None:
    """„1.200,50“ is no 200.50."""
    for text in ("1.200,50", "1.250.000", "1.200,50 €"):
        with pytest.raises(ValidationError) as refused:
            TypeAdapter(scalars.Euros).validate_python(text)
        assert refused.value.errors()[0]["ctx"]["better"] == ", zum Beispiel 3.50", text


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("+49 (0)40 66969-100", "+49 40 66969-100"),
        ("+49(0)4066969100", "+49 4066969100"),
        ("+49 (0) 40 / 66 96 91 00", "+49 40 / 66 96 91 00"),
        ("0049-(0)40-66969-100", "0049 40-66969-100"),
        ("+43 (0)1 5878787", "+43 1 5878787"),
        ("(040) 66969-100", "(040) 66969-100"),
        ("040 66969-100", "040 66969-100"),
    ],
)
def test_the_zero_in_brackets_behind_a_country_is_not_dialled(written: str, dialled: str) -> None:
    assert TypeAdapter(scalars.Phone).validate_python(written) == dialled


def test_the_longest_span_after_the_last_day_is_still_a_day() -> None:
    last = dates.parse_date("2199-12-31")
    for text in ("100 years", "5217 weeks", "9999 days", "1200 months"):
        assert dates.parse_duration(text).after(last).year <= 2300


UNFIT = "\x00\x07\x0b\x0c\r\x1b\x7f\x85\x9f\u2028\u2029\u202a\u202e\ufdd0\ufeff\ufff9\ufffe\uffff\U0001fffe\ud800\udfff"


@pytest.mark.parametrize("character", UNFIT)
def test_a_character_that_no_text_may_hold_is_named_at_its_place(character: str) -> None:
    node, found = parse(f"a: Süd\r\nb: x{character}y\r\nc: 1\r\n", "x.yml")
    assert node is None
    assert [(item.code, item.position[1:3]) for item in found] == [("steuerzeichen", (2, 5))]
    assert f"U+{ord(character):04X}" in found[0].message


@pytest.mark.parametrize("character", [sign for sign in UNFIT if not "\ud800" <= sign <= "\udfff"])
def test_it_does_not_come_in_by_an_escape_either(character: str) -> None:
    _, found = parse(f'a: "x\\U{ord(character):08x}y"\nb: 1\n', "x.yml")
    assert [(item.code, item.position.line) for item in found] == [("steuerzeichen", 1)]


def test_signs_that_languages_need_are_taken() -> None:
    for text in ("سلام\u200c\u200f", "Süd\u00ad\u00a0\u202fNord", "👩\u200d👧", "a\u2066b\u2069"):
        node, found = parse(f"a: {text}\n", "x.yml")
        assert node is not None
        assert found == []


def test_line_ends_of_other_programs_inside_a_cell_are_lines(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text('id;text\n1;"eins\x0bzwei\u2028drei"\n2;"x\x07y"\n', encoding="utf-8")
    form = TableForm(separator=";")
    table, found = read_table(Disk(tmp_path), path, form)
    assert table is None
    assert [(item.code, item.position[1:3]) for item in found] == [("steuerzeichen", (3, 3))]
    path.write_text('id;text\n1;"eins\x0bzwei\u2028drei"\n', encoding="utf-8")
    table, found = read_table(Disk(tmp_path), path, form)
    assert found == []
    assert table is not None
    assert table.rows[0].cells["text"].text == "eins\nzwei\ndrei"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1899-12-31"])
def test_a_day_that_nobody_means_is_wrong_use(day: str) -> None:
    for command in (["check"], ["build"], ["due"], ["serve"]):
        done = CliRunner().invoke(main, [*command, "-p", str(ROOT), "--today", day])
        assert done.exit_code == 2
        assert "liegt nicht zwischen 1900 und 2199" in done.output


@pytest.mark.parametrize("epoch", ["morgen", "-5", "99999999999", "1e9"])
def test_a_build_date_that_is_none_is_wrong_use(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    done = CliRunner().invoke(main, ["due", "-p", str(ROOT)])
    assert done.exit_code == 2
    assert "SOURCE_DATE_EPOCH" in done.output


def test_a_large_site_has_an_index_of_sitemaps() -> None:
    paths = [f"angebote/{number}/" for number in range(100_001)]
    files = sitemap("https://stadt.example/", paths, {})
    assert sorted(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    index = ET.fromstring(files["sitemap.xml"])
    assert index.tag == f"{NAMESPACE}sitemapindex"
    named = [node.text for node in index.iter(f"{NAMESPACE}loc")]
    assert named == [f"https://stadt.example/sitemap-{number}.xml" for number in (1, 2, 3)]
    told: list[str | None] = []
    for name in ("sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"):
        part = ET.fromstring(files[name])
        assert part.tag == f"{NAMESPACE}urlset"
        places = [node.text for node in part.iter(f"{NAMESPACE}loc")]
        assert len(places) <= 50_000
        told += places
    assert told == [f"https://stadt.example/{path}" for path in sorted(paths)]


def test_a_value_is_too_long_wherever_it_stands(tmp_path: Path) -> None:
    """What compares names takes the square of their length, so nothing is given on that nobody can mean."""
    node, found = parse(f"name: {'x' * 50_001}\nkind: treff\n", "treff.yml")
    assert node is None
    assert [item.code for item in found] == ["text-zu-lang"]
    (tmp_path / "streets.csv").write_text(f"street,space\nUferweg,west\n{'x' * 5_001},west\n", "utf-8")
    rows, found = read_streets(Disk(tmp_path), tmp_path / "streets.csv", {"west"})
    assert [row.street for row in rows] == ["Uferweg"]
    assert [(item.code, item.position.line) for item in found] == [("text-zu-lang", 3)]
    (tmp_path / "streets.csv").write_text(f"street,space,{'x' * 5_001}\n", "utf-8")
    assert [item.code for item in read_streets(Disk(tmp_path), tmp_path / "streets.csv", {"west"})[1]] == [
        "text-zu-lang"
    ]
    shape = {"type": "Point", "coordinates": [10, 53]}
    feature = {"type": "Feature", "properties": {"name": "x" * 50_001}, "geometry": shape}
    (tmp_path / "a.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8"
    )
    assert [item.code for item in read_features(Disk(tmp_path), tmp_path / "a.geojson")[1]] == [
        "text-zu-lang"
    ]


def month(year: int, number: int) -> int:
    return 12 * year + number - 1


SPANS = {
    "2024": [((2024, 1), (2025, 1))],
    "2024-1": [((2024, 1), (2024, 7))],
    "2024/2": [],
    "2024-H1": [((2024, 1), (2024, 7))],
    "2024 H2": [((2024, 7), (2025, 1))],
    "2024Q1": [((2024, 1), (2024, 4))],
    "2024-Q2": [((2024, 4), (2024, 7))],
    "2024/Q4": [((2024, 10), (2025, 1))],
    "2024-02": [((2024, 2), (2024, 3))],
    "2024-12": [((2024, 12), (2025, 1))],
    "2024/25": [((2024, 8), (2025, 8))],
    "2024/2025": [((2024, 8), (2025, 8)), ((2024, 1), (2026, 1))],
    "2024-2025": [((2024, 1), (2026, 1))],
    "2024/2026": [((2024, 1), (2027, 1))],
    "2024-02-01": [],
    "24": [],
    "2024-3": [],
    "2024-Q5": [],
}


@pytest.mark.parametrize("period", SPANS)
def test_months_of_a_period(period: str) -> None:
    assert list(spans_of(period)) == [(month(*first), month(*after)) for first, after in SPANS[period]]
