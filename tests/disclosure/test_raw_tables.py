"""Tables that nobody protected are found wherever they lie in the project, and published ones are let be."""

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest

from generator.disclosure.gates.other_ways_out import check_raw_tables
from generator.disclosure.measures.periods import check_ahead, check_periods
from generator.files.disk import Disk
from generator.model.indicator import Indicator
from generator.read.nodes import parse
from generator.read.records import validate
from generator.read.value_tables import ValueTable, read_values

TABLE = "space,period,numerator\nwest,2024,2\n"
OWN = "resources/indicators/hilfen/values.csv"


def said(root: Path) -> list[tuple[str, str, str]]:
    """Return code, file and what makes a table raw."""
    return [(item.code, item.position.file, item.message) for item in check_raw_tables(Disk(root))]


def write(root: Path, name: str, text: str = TABLE) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("roh/a.csv", "der Ordner heißt „roh“"),
        ("daten/Rohdaten/a.csv", "der Ordner heißt „Rohdaten“"),
        ("RAW/2024/a.csv", "der Ordner heißt „RAW“"),
        ("privat/a.csv", "„privat“"),
        ("private/a.csv", "„private“"),
        ("geheim/a.csv", "„geheim“"),
        ("vertraulich/a.csv", "„vertraulich“"),
        ("resources/indicators/hilfen/roh/values.csv", "„roh“"),
        ("a.csv", "steht aber nicht bei einer Kennzahl"),
        ("resources/a.csv", "steht aber nicht bei einer Kennzahl"),
        ("resources/indicators/values.csv", "steht aber nicht bei einer Kennzahl"),
        ("resources/indicators/hilfen/roh.csv", "steht aber nicht bei einer Kennzahl"),
        ("resources/indicators/hilfen/alt/values.csv", "steht aber nicht bei einer Kennzahl"),
        ("resources/releases/2024-01-01.csv", "steht aber nicht bei einer Kennzahl"),
        ("distanz/a.csv", "steht aber nicht bei einer Kennzahl"),
    ],
)
def test_a_raw_table_is_found(tmp_path: Path, name: str, why: str) -> None:
    write(tmp_path, name)
    ((code, file, message),) = said(tmp_path)
    assert (code, file) == ("rohtabelle", name)
    assert why in message


@pytest.mark.parametrize("head", ["space;period;numerator;denominator", "period\tnumerator\tspace", ' space ,"period",numerator', "\ufeffspace,period,numerator"])  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_its_head_may_be_written_as_it_is(tmp_path: Path, head: str, end: str) -> None:
    write(tmp_path, "a.csv", f"{head}{end}west,2024,2{end}")
    assert [file for _, file, _ in said(tmp_path)] == ["a.csv"]


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("bericht-2026-03-01.md", "# "),
        ("content/Umbenannt.MD", "---\ntitle: Schutz\n---\n# "),
        ("content/kopiert.txt", ""),
        ("content/seite.html", f"<style>{'p {margin: 0} ' * 400}</style><h1 id='a'>"),
    ],
)
def test_the_report_for_planners_stays_outside(tmp_path: Path, name: str, before: str) -> None:
    """It lists every withheld count; below `content/` it would be a page."""
    write(tmp_path, name, f"{before}Geheimhaltung am 01.03.2026\n\n| Birke, 2025 | 3 |\n")
    write(tmp_path, "content/bericht-der-stadt.md", "# Bericht der Stadt\n\nGeheimhaltung am Rande.\n")
    ((code, file, message),) = said(tmp_path)
    assert (code, file) == ("rohtabelle", name)
    assert "Bericht für die Planung" in message


@pytest.mark.parametrize("name", ["a.CSV", "a.tsv"])
def test_a_raw_table_may_be_called_otherwise(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)
    assert [file for _, file, _ in said(tmp_path)] == [name]


@pytest.mark.parametrize("name", ["content/a.xlsx", "content/berichte/Hilfen.XLSM", "content/a.ods"])
def test_a_raw_table_may_be_a_workbook(tmp_path: Path, name: str) -> None:
    """A sheet with other columns is nobody's counts, and a broken workbook is told by whoever reads it."""
    texts = b"<si><t>numerator</t></si><si><t xml:space='preserve'> period</t></si><si><t>space</t></si>"
    part = "content.xml" if name.endswith("ods") else "xl/sharedStrings.xml"
    for file, held in ((name, texts), ("content/offen.xlsx", texts.replace(b"space<", b"Ort<"))):
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(part, held)
    write(tmp_path, "content/kaputt.xlsx", "PK\x03\x04 space, period, numerator")
    ((code, file, _),) = said(tmp_path)
    assert (code, file) == ("rohtabelle", name)
    book = openpyxl.Workbook()
    book.active.append(["space", "period", "numerator"])
    book.save(tmp_path / "content/offen.xlsx")
    assert sorted(file for _, file, _ in said(tmp_path)) == sorted([name, "content/offen.xlsx"])


def test_who_contributes_is_never_published(tmp_path: Path) -> None:
    write(tmp_path, OWN, TABLE.replace("numerator", "numerator,contributor"))
    ((code, file, message),) = said(tmp_path)
    assert (code, file) == ("rohtabelle", OWN)
    assert "Beitragende (contributor)" in message


def test_what_is_published_or_nobodys_table_is_let_be(tmp_path: Path) -> None:
    for name in (OWN, "resources/indicators/hilfen/releases/2024-01-01.csv"):
        write(tmp_path, name)
    for name in ("site", "site-intern", "node_modules", "__pycache__", "dist", "build", ".git", ".cache"):
        write(tmp_path, f"{name}/roh/a.csv")
    write(tmp_path, "roh/a.txt")
    write(tmp_path, "roh/a.csv", "name,telefon\nA,1\n")
    write(tmp_path, "roh/b.csv", "space,period\nwest,2024\n")
    write(tmp_path, "roh/leer.csv", "")
    # A site that was built elsewhere: what it offers for download is read back by the audit.
    for name in ("fertig/sitemap.xml", "fertig/index.html", "fertig/daten/a.csv"):
        write(tmp_path, name)
    (tmp_path / "verweis.csv").symlink_to(tmp_path / OWN)
    assert said(tmp_path) == []
    # One of both alone makes no site.
    (tmp_path / "fertig/index.html").unlink()
    assert [file for _, file, _ in said(tmp_path)] == ["fertig/daten/a.csv"]


def test_all_of_them_are_told_in_order(tmp_path: Path) -> None:
    for name in ("b/z.csv", "b/a.csv", "a/c.csv", "c.csv"):
        write(tmp_path, name)
    assert [file for _, file, _ in said(tmp_path)] == ["c.csv", "a/c.csv", "b/a.csv", "b/z.csv"]


BEGINS = {
    "1899": "1899-01-01",
    "2024": "2024-01-01",
    "2024/25": "2024-01-01",
    "1999/00": "1999-01-01",
    "2024-2026": "2024-01-01",
    "2024/2025": "2024-01-01",
    "2024-1": "2024-01-01",
    "2024-2": "2024-07-01",
    "2024-H1": "2024-01-01",
    "2024H2": "2024-07-01",
    "2024 H2": "2024-07-01",
    "2024-Q1": "2024-01-01",
    "2024Q2": "2024-04-01",
    "2024-Q3": "2024-07-01",
    "2024 Q4": "2024-10-01",
    "2024-02-29": "2024-02-29",
    "2024-12-31": "2024-12-31",
}
NONE = {
    "1750": "ein Jahr schreiben (2025)",
    "2024-3": "vielleicht 2024",
    "2024-13": "vielleicht 2024",
    "2024-Q5": "vielleicht 2024",
    "2024-02-30": "vielleicht 2024",
    "2024/2024": "vielleicht 2024",
    "2026-2024": "vielleicht 2026",
    "2024.0": "vielleicht 2024",
    "31.12.2024": "vielleicht 2024",
    "Schuljahr 2024": "vielleicht 2024",
    "20245": "1955: 20245 ist, wie eine Tabellenkalkulation",
    "24": "vielleicht 2024",
    "letztes Jahr": "ein Jahr schreiben (2025)",
    "45292": "2024: 45292 ist, wie eine Tabellenkalkulation den 01.01.2024 speichert",
    "45291": "2023: 45291 ist, wie eine Tabellenkalkulation den 31.12.2023 speichert",
}


def table(*periods: str) -> ValueTable:
    lines = "".join(f"west,{period},1\n" for period in periods)
    found, problems = read_values(f"space,period,numerator\n{lines}".encode(), "values.csv")
    assert problems == []
    assert found is not None
    return found


def test_what_is_a_period() -> None:
    assert list(check_periods(table(*BEGINS))) == []


@pytest.mark.parametrize("period", NONE)
def test_what_is_none_and_what_may_be_meant(period: str) -> None:
    # It is told once, where it stands first.
    (found,) = check_periods(table("2024", period, period))
    assert (found.code, found.position[:3]) == ("kein-zeitraum", ("values.csv", 3, 2))
    assert f"„{period}“" in found.message
    assert NONE[period] in found.help


def indicator(more: str = "") -> Indicator:
    text = "title: A\nsays: B\nnumerator: C\ninterval: none\nsource: {name: D, regime: delivered}\ndisclosure: {method: none}\n"
    node, _ = parse(text + more, "a.yml")
    assert node is not None
    found, problems = validate(Indicator, node, id="a")
    assert problems == []
    assert found is not None
    return found


@pytest.mark.parametrize("period", BEGINS)
def test_a_period_lies_ahead_until_its_first_day(period: str) -> None:
    first = dt.date.fromisoformat(BEGINS[period])
    (found,) = check_ahead(indicator(), table(period, period), first - dt.timedelta(days=1))
    assert (found.code, found.position[:3]) == ("zeitraum-zukunft", ("values.csv", 2, 2))
    assert period in found.message
    assert list(check_ahead(indicator(), table(period), first)) == []


def test_what_is_forecast_may_lie_ahead_and_what_is_no_period_is_told_elsewhere() -> None:
    day = dt.date(2024, 6, 1)
    values = table("2024", "2025", "2026", "2027", "2030-13", "2030-02-30")
    assert [item.position.line for item in check_ahead(indicator(), values, day)] == [3, 4, 5]
    forecast = indicator("forecast_from: '2026'\n")
    assert [item.position.line for item in check_ahead(forecast, values, day)] == [3]
