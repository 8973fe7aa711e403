"""Tables of statistical offices: areas join or it is said why not, sums are checked, signs are told apart, gates hold, nothing is half-written."""

from __future__ import annotations

import io
import json
import random
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.diagnostics import Position
from generator.edit.imports.areas_and_periods import period_of
from generator.edit.imports.figure_cells import FigureReader, ReadFigure, is_figure, style_of
from generator.model.cells import Status
from generator.read.workbooks import SheetCell
from tests.chance import cases, long, whole
from tests.open_data import REAL, cities, folder_of, real

TODAY = "2026-11-22"
CONFIG = """\
name: Auenfeld
url: https://auenfeld.example/
publisher: {name: Stadt Auenfeld}
land: SH
languages: [de]
geographies:
  - id: gebiet
    levels: [{id: stadt, name: Stadt}, {id: bezirk, name: Bezirk}, {id: teil, name: Stadtteil}]
invented: yes
"""
SPACES = {
    "auenfeld": "name: Auenfeld\nlevel: stadt\n",
    "01": "name: Nord\nlevel: bezirk\nparent: auenfeld\n",
    "02": "name: Süd\nlevel: bezirk\nparent: auenfeld\n",
    "0101": "name: Hafen\nlevel: teil\nparent: 01\n",
    "0102": "name: Lindenhof\nlevel: teil\nparent: 01\n",
    "0201": "name: Süd\nlevel: teil\nparent: 02\n",
    "0202": "name: Wiesen\nlevel: teil\nparent: 02\naliases: [An den Wiesen]\n",
}
COUNT = """\
title: Einwohner/innen
says: So viele Menschen leben hier.
numerator: Einwohner/innen am 31. Dezember
unit: Menschen
decimals: 0
direction: none
interval: none
source: {name: Statistikstelle Auenfeld (erfunden), licence: dl-de/by-2.0}
"""
SHARE = """\
title: Kinder
says: Von 100 Menschen sind so viele Kinder.
numerator: Kinder
denominator: Einwohner/innen
direction: none
source: {name: Statistikstelle Auenfeld (erfunden), licence: dl-de/by-2.0}
"""
RATE = """\
title: Quote
says: Von 100 Menschen trifft es so viele.
numerator: Menschen
unit: "%"
adds_up: no
direction: none
interval: none
source: {name: Statistikstelle Auenfeld (erfunden), licence: dl-de/by-2.0}
disclosure: {method: none}
"""
AGES = (
    COUNT
    + """\
breakdowns:
  - id: alter
    name: Alter
    values: [{id: jung, name: unter 18}, {id: alt, name: ab 18}]
"""
)
LONG = (
    "Gebiet,Jahr,Anzahl\n"
    "0101,2023,1200\n0102,2023,800\n0201,2023,1500\n0202,2023,700\n"
    "0101,2024,1250\n0102,2024,790\n0201,2024,1490\n0202,2024,710\n"
)  # fmt: skip
WIDE = (
    "Bevölkerung in Auenfeld;;\n"
    ";Einwohner;\n"
    "Gebiet;31.12.2023;31.12.2024\n"
    "Hafen;1.200;1.250\nLindenhof;800;790\nNord;2.000;2.040\n"
    "0201;1.500;1.490\nWiesen;700;710\n02;2.200;2.200\nInsgesamt;4.200;4.240\n"
    "Quelle: Statistikstelle\n"
)  # fmt: skip


def write_town(root: Path, **indicators: str) -> Path:
    files = {"site_config.yml": CONFIG}
    files |= {f"resources/spaces/{key}.yml": text for key, text in SPACES.items()}
    files |= {f"resources/indicators/{key}/indicator.yml": text for key, text in indicators.items()}
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


@pytest.fixture
def town(tmp_path: Path) -> Path:
    (tmp_path / "roh").mkdir()
    return write_town(tmp_path / "town", einwohner=COUNT, kinder=SHARE, quote=RATE, alter=AGES)


def snapshot(town: Path) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes()
        for folder in (town, town.parent / "roh")
        for path in folder.rglob("*")
        if path.is_file()
    }


def run(
    town: Path, table: str | bytes, *more: str, key: str = "einwohner", name: str = "tabelle.csv"
) -> tuple[Result, list[dict[str, Any]]]:
    """Run the import with findings as JSON; they stand before the sentences."""
    path = town.parent / name
    path.write_bytes(table if isinstance(table, bytes) else table.encode())
    line = [
        "import",
        "figures",
        str(path),
        "--into",
        str(town),
        "--indicator",
        key,
        "-f",
        "json",
        "--today",
        TODAY,
    ]
    if "--private" not in more:
        line += ["--private", str(town.parent / "roh")]
    result = CliRunner().invoke(main, [*line, *more])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    found = json.JSONDecoder().raw_decode(result.stdout)[0] if result.stdout.startswith("[") else []
    return result, found


def raw(town: Path, key: str = "einwohner") -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the raw table: area and period (and part) to numerator, denominator, status."""
    lines = [line.split(",") for line in (town.parent / "roh" / f"{key}.csv").read_text("utf-8").splitlines()]
    at = lines[0].index("numerator")
    return {tuple(row[:at]): tuple(row[at : at + 3]) for row in lines[1:]}


def book(*rows: list[object], merged: tuple[str, ...] = ()) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


# --- layouts ---------------------------------------------------------------------------------------------------------


def test_a_long_table_becomes_a_raw_table_beside_the_project(town: Path) -> None:
    before = snapshot(town)
    result, found = run(town, LONG)
    assert result.exit_code == 0, result.output
    assert found == []
    assert len(raw(town)) == 8
    assert raw(town)["0101", "2023"] == ("1200", "", "")
    assert {name for name, data in snapshot(town).items() if before.get(name) != data} == {
        str(town.parent / "roh/einwohner.csv")
    }
    assert "Ebene „Stadtteil“: 4 von 4 Gebieten" in result.output


def test_a_wide_table_with_title_headings_thousands_totals_and_a_remark(town: Path) -> None:
    result, found = run(town, WIDE, "--years", "--decimal", ",")
    assert result.exit_code == 0, result.output
    assert raw(town)["0201", "2024"] == ("1490", "", "")
    assert len(raw(town)) == 8
    assert "Als Summen gelesen: „Nord“, „02“, „Insgesamt“" in result.output
    assert "Summen: 6 gehen auf." in result.output
    assert "1 Zeile ohne Zahlen (zuerst „Quelle: Statistikstelle“)" in result.output
    assert found == []


def test_areas_side_by_side(town: Path) -> None:
    table = "Jahr;0101;0102;0201;0202;Auenfeld\n2023;1200;800;1500;700;4200\n2024;1250;790;1490;710;4240\n"
    result, _ = run(town, table, "--areas-in", "columns")
    assert result.exit_code == 0, result.output
    assert raw(town)["0202", "2024"] == ("710", "", "")
    assert len(raw(town)) == 8
    assert "Gebiete stehen nebeneinander" in result.output
    assert "Summen: 2 gehen auf." in result.output


def test_a_workbook_with_merged_headings_gives_numerators_and_denominators(town: Path) -> None:
    data = book(
        ["Kinder und Einwohner", None, None, None, None],
        ["Gebiet", 2023, None, 2024, None],
        [None, "Kinder", "alle", "Kinder", "alle"],
        ["0101", 200, 1200, 210, 1250],
        ["0102", 120, 800, 118, 790],
        ["0201", 300, 1500, 290, 1490],
        ["0202", 110, 700, 112, 710],
        merged=("A1:E1", "A2:A3", "B2:C2", "D2:E2"),
    )
    result, _ = run(
        town, data, "--numerator", "Kinder", "--denominator", "alle", key="kinder", name="tabelle.xlsx"
    )
    assert result.exit_code == 0, result.output
    assert raw(town, "kinder")["0201", "2023"] == ("300", "1500", "")
    assert raw(town, "kinder")["0101", "2024"] == ("210", "1250", "")
    assert len(raw(town, "kinder")) == 8


def test_headings_that_are_merged_in_a_csv_count_for_the_columns_below(town: Path) -> None:
    table = "Gebiet;2023;;2024;\n;Kinder;alle;Kinder;alle\n0101;200;1200;210;1250\n0102;120;800;118;790\n0201;300;1500;290;1490\n0202;110;700;112;710\n"
    result, _ = run(town, table, "--numerator", "Kinder", "--denominator", "alle", key="kinder")
    assert result.exit_code == 0, result.output
    assert raw(town, "kinder")["0202", "2024"] == ("112", "710", "")


def test_columns_as_parts_of_a_breakdown(town: Path) -> None:
    table = "Gebiet,insgesamt,bis 17,ab 18\n0101,1200,200,1000\n0102,800,120,680\n0201,1500,300,1200\n0202,700,110,590\n"
    values = [item for text in ("insgesamt=", "bis 17=jung", "ab 18=alt") for item in ("--value", text)]
    result, _ = run(town, table, "--period", "2024", "--breakdown", "alter", *values, key="alter")
    assert result.exit_code == 0, result.output
    assert raw(town, "alter")["0101", "2024", ""] == ("1200", "", "")
    assert raw(town, "alter")["0101", "2024", "jung"] == ("200", "", "")
    assert len(raw(town, "alter")) == 12


def test_rows_as_parts_of_a_breakdown(town: Path) -> None:
    rows = "".join(
        f"{area},2024,{text},{count}\n"
        for area in ("0101", "0102", "0201", "0202")
        for text, count in (("jung", 200), ("alt", 900))
    )
    more = ("--breakdown", "alter=Alter", "--value", "jung=jung", "--numerator", "Zahl")
    table = "Gebiet,Jahr,Alter,Zahl\n" + rows
    result, found = run(town, table, *more, key="alter")
    assert result.exit_code == 1
    assert [item["code"] for item in found] == ["zahlen-teil-unbekannt"]
    result, _ = run(town, table, *more, "--value", "alt=alt", key="alter")
    assert result.exit_code == 0, result.output
    assert len(raw(town, "alter")) == 8


def test_options_choose_rows_and_say_what_a_sign_means(town: Path) -> None:
    table = LONG.replace("0202,2024,710", "0202,2024,*")
    result, _ = run(town, table, "--level", "teil", "--where", "Jahr=2024", "--sign", "*=secret")
    assert result.exit_code == 0, result.output
    assert raw(town)["0202", "2024"] == ("", "", ".")
    assert len(raw(town)) == 4


# --- definition, update, gates ---------------------------------------------------------------------------------------


def test_a_definition_is_drafted_first_with_questions_and_the_figures_come_after(town: Path) -> None:
    before = snapshot(town)
    result, _ = run(town, LONG, "--dry-run", key="haushalte")
    assert result.exit_code == 0
    assert snapshot(town) == before
    result, _ = run(town, LONG, key="haushalte")
    path = town / "resources/indicators/haushalte/indicator.yml"
    assert result.exit_code == 0, result.output
    assert set(snapshot(town)) - set(before) == {str(path)}
    text = path.read_text("utf-8")
    assert text.count("## Frage: ") >= 6
    assert "numerator: Anzahl (TODO)" in text
    assert "\ncounts:" not in text
    result, _ = run(town, LONG, key="haushalte")
    assert result.exit_code == 0
    assert len(raw(town, "haushalte")) == 8
    checked = CliRunner().invoke(main, ["check", "-p", str(town)])
    assert checked.exit_code == 0, checked.output


def test_a_second_run_changes_nothing_and_a_newer_table_is_told_in_words(town: Path) -> None:
    run(town, LONG)
    before = snapshot(town)
    result, found = run(town, LONG)
    assert result.exit_code == 1
    assert [item["code"] for item in found] == ["eintrag-vorhanden"]
    result, _ = run(town, LONG, "--update")
    assert result.exit_code == 0
    assert "Nichts zu ändern" in result.output
    assert snapshot(town) == before
    newer = (
        LONG.replace("0202,2024,710", "0202,2024,715").replace("0101,2023,1200\n", "")
        + "0101,2025,1260\n0102,2025,800\n0201,2025,1480\n0202,2025,720\n"
    )
    # Of 2023 an area is missing now: gates say so, as they do of every table.
    result, found = run(town, newer, "--update")
    assert result.exit_code == 1
    assert [item["code"] for item in found] == ["gebiet-ohne-wert"]
    newer = newer.replace("0102,2023,800\n0201,2023,1500\n0202,2023,700\n", "")
    result, _ = run(town, newer, "--update", "--dry-run")
    assert "0202, 2024: 710 → 715" in result.output
    assert "Neu: 2025 (4 Zahlen)." in result.output
    assert snapshot(town) == before
    result, _ = run(town, newer, "--update")
    assert result.exit_code == 0
    assert len(raw(town)) == 12
    assert raw(town)["0202", "2024"][0] == "715"
    assert raw(town)["0101", "2023"][0] == "1200"


def protect(town: Path, day: str = TODAY, *more: str) -> Result:
    return CliRunner().invoke(
        main, ["protect", str(town.parent / "roh"), "-p", str(town), "--date", day, *more]
    )


@whole
def test_protected_figures_become_a_release_that_builds_and_audits_clean(town: Path, tmp_path: Path) -> None:
    assert run(town, LONG)[0].exit_code == 0
    result = protect(town, TODAY, "--note", "Jahre 2023 und 2024")
    assert result.exit_code == 0, result.output
    folder = town / "resources/indicators/einwohner"
    values = (folder / "values.csv").read_text("utf-8")
    assert "auenfeld,2024,4240,,," in values
    assert "01,2023,2000,,," in values
    assert (folder / f"releases/{TODAY}.csv").read_text("utf-8") == values
    assert "Jahre 2023 und 2024" in (folder / "releases/ledger.csv").read_text("utf-8")
    for line in (
        ["check", "-p", str(town), "--today", TODAY],
        ["build", "-p", str(town), "-o", str(tmp_path / "site"), "--today", TODAY],
        ["audit", str(tmp_path / "site"), "-p", str(town)],
    ):
        done = CliRunner().invoke(main, line)
        assert done.exit_code == 0, (line, done.output)
    assert any(
        "4.240" in path.read_text("utf-8") for path in (tmp_path / "site").rglob("einwohner*/index.html")
    )


def test_figures_wait_for_a_description_that_is_whole(town: Path) -> None:
    assert run(town, LONG)[0].exit_code == 0
    path = town / "resources/indicators/einwohner/indicator.yml"
    whole_text, before = path.read_text("utf-8"), snapshot(town)
    for text, said, never in (
        (f"{whole_text}notes: TODO\n", "kennzahl-offen", "kennzahl-unbekannt"),
        (whole_text.replace("title:", "titel:"), "unbekanntes-feld", "kennzahl-unbekannt"),
    ):
        path.write_text(text, "utf-8")
        done = protect(town, TODAY, "-f", "concise")
        assert done.exit_code == 1, done.output
        assert said in done.output
        assert never not in done.output
        path.write_text(whole_text, "utf-8")
        assert snapshot(town) == before


def test_a_number_that_makes_no_sense_of_one_area_is_unknown_of_the_town(town: Path) -> None:
    assert run(town, LONG.replace("0202,2024,710", "0202,2024,x"))[0].exit_code == 0
    assert protect(town).exit_code == 0
    rows = (town / "resources/indicators/einwohner/values.csv").read_text("utf-8").splitlines()
    assert [row.split(",")[0] for row in rows if ",2024," in row] == ["01", "0101", "0102", "0201", "0202"]
    checked = CliRunner().invoke(main, ["check", "-p", str(town), "--today", TODAY])
    assert "gebiet-ohne-wert" not in checked.output


def test_raw_figures_go_through_protect_and_small_ones_are_withheld(town: Path) -> None:
    small = (
        LONG.replace("0202,2024,710", "0202,2024,3")
        .replace("0202,2023,700", "0202,2023,2")
        .replace("0201,2023,1500", "0201,2023,40")
        .replace("0201,2024,1490", "0201,2024,42")
        .replace("1200", "30")
        .replace("1250", "31")
        .replace("800", "20")
        .replace("790", "21")
    )
    result, _ = run(town, small)
    assert result.exit_code == 0, result.output
    done = protect(town)
    assert done.exit_code == 0, done.output
    values = (town / "resources/indicators/einwohner/values.csv").read_text("utf-8")
    assert "0202,2024,,,.," in values
    assert ",3,," not in values


def test_raw_figures_never_go_into_the_project_and_somebody_says_where_to(town: Path) -> None:
    inside = town / "roh"
    inside.mkdir()
    before = snapshot(town)
    result, found = run(town, LONG, "--private", str(inside))
    assert result.exit_code == 1
    assert [item["code"] for item in found] == ["ablage-im-projekt"]
    path = town.parent / "tabelle.csv"
    result = CliRunner().invoke(
        main, ["import", "figures", str(path), "--into", str(town), "--indicator", "einwohner"]
    )
    assert result.exit_code == 1
    assert "zahlen-wohin" in result.output
    assert snapshot(town) == before


def test_a_mistyped_private_folder_is_not_made(town: Path) -> None:
    """Raw figures in a folder that nobody knows of would lie where nobody looks after them."""
    mistyped = town.parent / "rho"
    result, _ = run(town, LONG, "--private", str(mistyped))
    assert (result.exit_code, mistyped.exists()) == (2, False), result.output
    assert "private: Diese Datei oder diesen Ordner gibt es hier nicht" in result.output


def test_rates_without_counts_are_no_sums_and_say_their_limits(town: Path) -> None:
    table = "Gebiet;Quote\n0101;12,34 %\n0102;8,1 %\n0201;x\n0202;.\nNord;10,9 %\nAuenfeld;9,87 %\n"
    table = table.replace("Nord;10,9 %", "01;10,9 %\n02;7,25 %")
    result, _ = run(town, table, "--rate", "Quote", "--period", "2024", key="quote")
    assert result.exit_code == 0, result.output
    assert protect(town).exit_code == 0
    values = (town / "resources/indicators/quote/values.csv").read_text("utf-8").splitlines()
    assert "0101,2024,12.3,,," in values
    assert "0201,2024,,,x," in values
    assert "auenfeld,2024,9.9,,," in values
    assert "Quoten ohne Zähler und Nenner" in result.output
    assert "auf 1 Nachkommastellen gerundet (3-mal)" in result.output
    result, found = run(town, table, "--rate", "Quote", "--period", "2024", key="einwohner")
    assert result.exit_code == 1
    assert "zahlen-quote" in {item["code"] for item in found}


def test_rates_of_areas_with_too_few_people_are_refused(town: Path) -> None:
    (town / "resources/indicators/einwohner/indicator.yml").write_text(COUNT + "population: yes\n")
    few = LONG.replace("700", "250").replace("710", "250")
    config = town / "site_config.yml"
    config.write_text(config.read_text("utf-8") + "disclosure: {minimum_population: 100}\n")
    assert run(town, few)[0].exit_code == 0
    assert protect(town).exit_code == 0
    config.write_text(config.read_text("utf-8").replace("100}", "300}"))
    table = "Gebiet,Quote\n0101,12.5\n0102,8.1\n0201,9.3\n0202,40.1\n"
    result, found = run(town, table, "--rate", "Quote", "--period", "2024", key="quote")
    assert ("gebiet-zu-klein", 5) in {(item["code"], item["line"]) for item in found}, result.output


# --- signs and numbers -----------------------------------------------------------------------------------------------


def test_withheld_missing_and_nothing_are_told_apart_and_counted(town: Path) -> None:
    table = "Gebiet;2022;2023;2024\n0101;-;12;14\n0102;.;800 r;k. A.\n0201;/;1 100;…\n0202;x;;710p\n"
    result, _ = run(town, table, "--decimal", ",")
    assert result.exit_code == 0, result.output
    told = raw(town)
    assert [told[key, "2022"] for key in ("0101", "0102", "0201", "0202")] == [
        ("0", "", "–"),
        ("", "", "."),
        ("", "", "/"),
        ("", "", "x"),
    ]
    assert told["0201", "2023"] == ("1100", "", "")
    assert told["0102", "2023"] == ("800", "", "r")
    assert told["0202", "2023"] == told["0102", "2024"] == ("", "", ".")
    assert told["0201", "2024"] == (
        "",
        "",
        "…",
    )
    text = (town.parent / "roh/einwohner.csv").read_text("utf-8")
    assert text.count("Die Quelle nennt hier keine Zahl.") == 2
    assert "0202,2024,710,,,vorläufig" in text
    for sentence in (
        "„-“: nichts vorhanden (null) (1-mal)",
        "„k. A.“: keine Angabe (1-mal)",
        "leere Zelle: keine Angabe (1-mal)",
    ):
        assert sentence in result.output


def test_a_sign_with_a_number_is_told_with_the_way_to_say_what_it_means(town: Path) -> None:
    table = "Gebiet,2024\n0101,1250\n0102,790\n0201,< 5\n0202,710\n"
    _, found = run(town, table)
    assert "--sign" in found[0]["help"]
    result, _ = run(town, table, "--sign", "< 5=secret")
    assert raw(town)["0201", "2024"] == ("", "", "."), result.output


def test_the_tables_own_legend_comes_first(town: Path) -> None:
    table = "Gebiet,2024\n0101,1250\n0102,-\n0201,*\n0202,710\n"
    result, found = run(town, table)
    assert result.exit_code == 1
    assert [item["code"] for item in found] == ["zeichen-ohne-bedeutung"]
    result, _ = run(town, table, "--sign", "*=secret", "--sign", "-=later")
    assert result.exit_code == 0, result.output
    assert raw(town)["0102", "2024"] == ("", "", "…")
    assert raw(town)["0201", "2024"] == ("", "", ".")


def test_a_legend_that_says_something_else_is_told_beside_what_was_taken(town: Path) -> None:
    table = "Gebiet,2024\n0101,1250\n0102,x\n0201,1490\n0202,710\nx = unter 5 Fälle,\n"
    result, _ = run(town, table)
    assert result.exit_code == 0, result.output
    assert (
        "„x“: gesperrt, weil nicht sinnvoll, obwohl die Tabelle schreibt „x = unter 5 Fälle“" in result.output
    )
    assert "unter 5 Fälle“;" not in run(town, table, "--sign", "x=secret", "--update")[0].output


def test_a_source_in_the_last_line_of_a_table_whose_areas_stand_elsewhere(town: Path) -> None:
    rows = "Jahr;Stadtteil;Anzahl\n2024;0101;1250\n2024;0102;790\n2024;0201;1490\n2024;0202;710\n"
    result, found = run(town, f"{rows}Quelle: Statistikstelle;;\n", "--area", "Stadtteil")
    assert (result.exit_code, found) == (0, []), result.output
    assert "1 Zeile ohne Zahlen (zuerst „Quelle: Statistikstelle“)" in result.output
    assert [item["code"] for item in run(town, f"{rows}2024;;7\n", "--area", "Stadtteil")[1]] == ["zahlen-ohne-gebiet"]  # fmt: skip


def test_one_question_is_asked_once(town: Path) -> None:
    rows = ROWS.replace("1250", "1.250").replace("1490", "1.490")
    _, found = run(town, HEAD + rows)
    assert [(item["code"], item["line"]) for item in found] == [("zahl-mehrdeutig", 2)]
    assert found[0]["message"].startswith("2 Zahlen")
    _, found = run(town, HEAD + ROWS + ROWS)
    assert [(item["code"], item["line"]) for item in found] == [("zahl-doppelt", 6)]
    assert found[0]["message"].startswith("4 Zahlen")


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("1.234", "german", "1234"),
        ("1 234", "open", "1234"),
        ("1\u202f234,5", "german", "1234.5"),
        ("1023101.0", "english", "1023101"),
        ("0", "open", "0"),
        ("-3", "open", "-3"),
    ],
)
def test_numbers_as_offices_write_them(text: str, style: Any, value: str) -> None:
    read = FigureReader(style, {}).read(SheetCell(text, Position("t")), "Zahl")
    assert isinstance(read, ReadFigure)
    assert str(read.value) == value
    assert read.status is Status.KNOWN


def test_how_numbers_are_written_is_told_by_all_of_them() -> None:
    assert style_of(["1.234", "12"], None) == "open"
    assert style_of(["1.234", "12,5 %"], None) == "german"
    assert style_of(["1.234.567"], None) == "german"
    assert style_of(["1.234", "0.5"], None) == "english"
    assert style_of(["1.234"], ",") == "german"
    assert is_figure("12,5 %")
    assert is_figure("")
    assert not is_figure("Hafen")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024", "2024"), ("2024.0", "2024"), ("Jahr 2024", "2024"), ("am 31.12.2024", "2024-12-31"), ("2024 1)", "2024"), ("2023/24", "2023/24"),
        ("2023/2025", None), ("2. Halbjahr 2024", "2024-2"), ("3. Quartal 2024", "2024-Q3"), ("2024-03", "2024-03"), ("Einwohner", None), ("45657", None),
    ],
)  # fmt: skip
def test_periods_as_offices_write_them(text: str, period: str | None) -> None:
    assert period_of(text) == period


# --- what is wrong ---------------------------------------------------------------------------------------------------

ROWS = "0101,2024,1250\n0102,2024,790\n0201,2024,1490\n0202,2024,710\n"
HEAD = "Gebiet,Jahr,Anzahl\n"
DAMAGED: dict[str, tuple[str | bytes, tuple[str, ...], str, int]] = {
    "nothing": ("", (), "tabelle-unlesbar", 1),
    "only headings": (HEAD, (), "zahlen-gebietsspalte", 1),
    "no headings": (ROWS, (), "zahlen-kopf", 1),
    "utf-16": ((HEAD + ROWS).encode("utf-16"), (), "tabelle-unlesbar", 1),
    "windows-1252 without a word": ("Gebiet,Jahr,Anzahl für\n".encode("cp1252") + ROWS.encode(), (), "kein-utf8", 1),
    "a workbook that is called csv": (book(["Gebiet", 2024]), (), "tabelle-unlesbar", 1),
    "one column": ("Gebiet\n0101\n0102\n", (), "zahlen-trennzeichen", 1),
    "two separators": ("Gebiet;Ort,2024\n0101;a,1\n0102;b,2\n", (), "zahlen-trennzeichen", 1),
    "a row that slipped": (HEAD + ROWS.replace("790", "790,5"), (), "zeile-zu-lang", 3),
    "an open quotation": (HEAD + ROWS.replace("790", '"790'), (), "anfuehrung-offen", 3),
    "a total that differs": (HEAD + ROWS + "Insgesamt,2024,4241\n", (), "summe-der-teile", 6),
    "a part that differs": (HEAD + ROWS + "01,2024,2039\n02,2024,2200\n", (), "summe-der-teile", 6),
    "an area twice": (HEAD + ROWS + "0101,2024,1250\n", (), "zahl-doppelt", 6),
    "an area twice by id and name": (HEAD + ROWS + "Hafen,2024,1250\n", (), "zahl-doppelt", 6),
    "another group": (HEAD.replace("\n", ",wer\n") + "".join(f"{row},{who}\n" for who in "mw" for row in ROWS.split()), ("--numerator", "Anzahl"), "zahl-doppelt", 6),
    "a name twice on two levels": ("Gebiet,2024\nHafen,1250\nLindenhof,790\nSüd,1490\nWiesen,710\nSüd,2200\n", ("--level", "teil"), "zahl-doppelt", 6),
    "keys of an earlier vintage": (HEAD + ROWS.replace("01,", "77,").replace("02,", "88,"), (), "gebiete-anderer-stand", 2),
    "some keys of an earlier vintage": (HEAD + ROWS + "0177,2024,5\n0178,2024,6\n", (), "gebiete-anderer-stand", 6),
    "a misspelt area at the top": (HEAD + ROWS.replace("0101", "Haven"), (), "gebiet-unbekannt", 2),
    "a misspelt area": (HEAD + ROWS.replace("0202", "Wisen"), (), "gebiet-unbekannt", 5),
    "an area of elsewhere": (HEAD + ROWS + "Lübeck,2024,5\n", (), "gebiet-unbekannt", 6),
    "an unknown level": (HEAD + ROWS, ("--level", "viertel"), "zahlen-ebene", 1),
    "a level that isn't there": (HEAD + ROWS, ("--level", "bezirk"), "zahlen-ebene", 1),
    "two levels, neither whole": (HEAD + "0101,2024,5\n02,2024,7\n", (), "gebiet-ohne-wert", 2),
    "an area that is missing": (HEAD + ROWS.replace("0202,2024,710\n", ""), (), "gebiet-ohne-wert", 4),
    "figures without an area": (HEAD + ROWS + ",2024,17\n", (), "zahlen-ohne-gebiet", 6),
    "no period": ("Gebiet,Anzahl\n0101,5\n0102,6\n", (), "zahlen-zeitraum", 1),
    "a date as a number": (HEAD + ROWS.replace("2024", "45657"), ("--period", "Jahr"), "kein-zeitraum", 2),
    "a year to come": (HEAD + ROWS.replace("2024", "2027"), (), "zeitraum-zukunft", 2),
    "several columns": ("Gebiet,Jahr,a,b\n0101,2024,5,6\n0102,2024,6,7\n", (), "zahlen-spalte-unklar", 1),
    "a column that isn't there": (HEAD + ROWS, ("--numerator", "Anzhal"), "spalte-fehlt", 1),
    "an area column that isn't there": (HEAD + ROWS, ("--area", "PLR_ID"), "spalte-fehlt", 1),
    "a heading twice": ("Gebiet,Jahr,n,n\n0101,2024,5,6\n0102,2024,6,7\n", ("--numerator", "n"), "ueberschrift-doppelt", 1),
    "no row is chosen": (HEAD + ROWS, ("--where", "Jahr=1999"), "zahlen-auswahl-leer", 1),
    "thousands or decimals": (HEAD + ROWS.replace("1250", "1.250").replace("1490", "1.490"), (), "zahl-mehrdeutig", 2),
    "a decimal comma in a count": (HEAD.replace(",", ";") + ROWS.replace(",", ";").replace("790", "790,5"), (), "keine-anzahl", 3),
    "two ways of writing": (HEAD.replace(",", ";") + ROWS.replace(",", ";").replace("790", "7,5").replace("710", "7.5"), (), "zahl-unlesbar", 5),
    "per cent as a count": (HEAD + ROWS.replace("790", "79 %"), (), "prozent-als-anzahl", 3),
    "a sign of its own": (HEAD + ROWS.replace("790", "#"), (), "zeichen-ohne-bedeutung", 3),
    "words in a figure": (HEAD + ROWS.replace("790", "etwa 790"), ("--numerator", "Anzahl"), "zahl-unlesbar", 3),
    "less than nothing": (HEAD + ROWS.replace("790", "-790"), (), "negative-anzahl", 3),
    "more than anybody counts": (HEAD + ROWS.replace("790", "7900000000000"), (), "zahl-zu-gross", 3),
    "a jump": (HEAD + ROWS + ROWS.replace("2024", "2023").replace("1250", "12"), (), "wert-unplausibel", 6),
    "a denominator that nobody asked for": ("Gebiet,Jahr,n,d\n" + ROWS.replace("\n", ",9000\n"), ("--numerator", "n", "--denominator", "d"), "zahlen-nenner", 1),
    "a breakdown that the indicator lacks": (HEAD + ROWS, ("--breakdown", "alter", "--value", "Anzahl=jung"), "zahlen-aufgliederung", 1),
    "headings in lines that aren't there": (HEAD + ROWS, ("--header", "50"), "zahlen-kopf", 1),
}  # fmt: skip


@pytest.mark.parametrize("case", DAMAGED, ids=str)
def test_a_damaged_table_is_refused_at_its_place_and_nothing_is_written(town: Path, case: str) -> None:
    table, more, code, line = DAMAGED[case]
    before = snapshot(town)
    result, found = run(town, table, *more)
    assert result.exit_code == 1, result.output
    assert (code, line) in {(item["code"], item["line"]) for item in found}, found
    assert all(item["help"] for item in found)
    assert snapshot(town) == before


def test_what_is_wrong_with_a_denominator_is_told_where_it_stands(town: Path) -> None:
    table = "Gebiet;Jahr;Kinder;Alle\n0101;2024;25;1250\n0102;2024;20;790,5\n0201;2024;20;1490\n0202;2024;20;710\nInsgesamt;2024;85;4000\n"
    named = ("--numerator", "Kinder", "--denominator", "Alle")
    _, found = run(town, table.replace("Insgesamt;2024;85;4000\n", ""), *named, key="kinder")
    assert [(item["code"], item["line"], item["column"]) for item in found] == [("keine-anzahl", 3, 14)]
    _, found = run(town, table.replace("790,5", "790"), *named, key="kinder")
    assert [(item["code"], item["line"], item["column"]) for item in found] == [("summe-der-teile", 6, 19)]


def test_a_definition_is_drafted_beside_an_implausible_number_which_it_alone_can_confirm(town: Path) -> None:
    result, found = run(town, DAMAGED["a jump"][0], key="neu")
    assert result.exit_code == 0, result.output
    assert [(item["code"], item["severity"]) for item in found] == [("wert-unplausibel", "warning")]
    written = town / "resources/indicators/neu/indicator.yml"
    assert written.is_file()
    written.write_text(COUNT, "utf-8")
    result, found = run(town, DAMAGED["a jump"][0], key="neu")
    assert [(item["code"], item["severity"]) for item in found] == [("wert-unplausibel", "error")]


def test_a_total_that_differs_can_be_told_instead(town: Path) -> None:
    result, found = run(town, HEAD + ROWS + "Insgesamt,2024,4241\n", "--tell-totals")
    assert result.exit_code == 0
    assert [item["severity"] for item in found] == ["warning"]
    assert "4240" in found[0]["message"]
    assert "4241" in found[0]["message"]


def test_lost_zeros_are_recognised_and_named(town: Path) -> None:
    result, found = run(town, LONG.replace("\n0", "\n"), "--area", "Gebiet")
    assert result.exit_code == 0, result.output
    assert [item["code"] for item in found] == ["fuehrende-nullen"]
    assert "„101“ gilt als „0101“" in found[0]["message"]
    assert set(raw(town)) == {
        (key, year) for key in ("0101", "0102", "0201", "0202") for year in ("2023", "2024")
    }


def test_areas_of_elsewhere_are_left_out_only_when_it_is_said(town: Path) -> None:
    result, found = run(town, LONG + "9901,2024,5\n9902,2024,6\n", "--leave-out-unknown")
    assert result.exit_code == 0, result.output
    assert len(raw(town)) == 8
    assert [item["code"] for item in found] == ["gebiete-ausgelassen"]
    assert "2 Gebiete" in found[0]["message"]


def test_finer_areas_are_named_and_left_out(town: Path) -> None:
    result, found = run(town, HEAD + "01,2024,2040\n02,2024,2200\n" + ROWS, "--level", "bezirk")
    assert result.exit_code == 0, result.output
    assert [item["code"] for item in found] == ["gebiete-andere-ebene"]
    assert set(raw(town)) == {
        ("01", "2024"),
        ("02", "2024"),
    }


def test_a_name_that_two_areas_of_a_level_share_is_refused(town: Path) -> None:
    (town / "resources/spaces/0202.yml").write_text("name: Hafen\nlevel: teil\nparent: 02\n")
    result, found = run(town, "Gebiet,2024\nHafen,5\nLindenhof,6\n", "--area", "Gebiet", "--level", "teil")
    assert result.exit_code == 1
    assert [item["code"] for item in found] == ["gebiet-mehrdeutig"]
    assert "0101, 0202" in found[0]["message"]


def test_an_earlier_vintage_is_named_where_the_project_knows_it(town: Path) -> None:
    path = town / "resources/indicators/kinder/indicator.yml"
    path.write_text(SHARE + 'vintage: "2021"\nvintages: {"2006": ["0177", "0188", "0277", "0288"]}\n')
    _, found = run(town, HEAD + ROWS.replace("01,", "77,").replace("02,", "88,"))
    assert [item["code"] for item in found] == ["gebiete-anderer-stand"]
    assert "4 Kennungen gehören zum Gebietsstand 2006" in found[0]["message"]
    path.write_text(SHARE)
    _, found = run(town, HEAD + ROWS.replace("01,", "77,").replace("02,", "88,"))
    # Nobody knows more of them than how they look.
    assert "sehen aus wie Kennungen der Ebene „Stadtteil“" in found[0]["message"]
    assert "2006" not in found[0]["message"]


def test_figures_in_a_hidden_row_are_named(town: Path) -> None:
    made = openpyxl.load_workbook(
        io.BytesIO(book(["Gebiet", 2024], ["0101", 5], ["0102", 6], ["0201", 7], ["0202", 8]))
    )
    made.active.row_dimensions[3].hidden = True
    out = io.BytesIO()
    made.save(out)
    _, found = run(town, out.getvalue(), name="t.xlsx")
    assert "(Zeilen: 3)" in next(item["message"] for item in found if item["code"] == "kaum-zu-sehen")


@whole
def test_workbooks_are_refused_at_sheet_and_cell_and_bombs_before_they_are_unpacked(town: Path) -> None:
    before = snapshot(town)
    result, found = run(
        town, book(["Gebiet", 2024], ["0101", 5], ["0102", "?"], ["0201", 6], ["0202", 7]), name="t.xlsx"
    )
    assert [(item["code"], item["line"], item["column"]) for item in found] == [
        ("zeichen-ohne-bedeutung", 3, 2)
    ], result.output
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 210_000_000)
    result, found = run(town, out.getvalue(), name="t.xlsx")
    assert [item["code"] for item in found] == ["arbeitsmappe-unlesbar"], result.output
    result, found = run(town, book(["Gebiet", 2024], ["0101", "=1+1"], ["0102", 2]), name="t.xlsx")
    assert [item["code"] for item in found] == ["formel-ohne-wert"], result.output
    assert snapshot(town) == before


BITS = (
    *(
        "",
        "-",
        ".",
        "x",
        "…",
        "1.234",
        "1,5",
        "12 %",
        "k. A.",
        "0",
        "00",
        "-5",
        "r",
        "(12)",
        "99999999999999",
        "1 234",
        "²",
    ),
    *(
        "Insgesamt",
        "Nord",
        "Süd",
        "0101",
        "101",
        "Hafen",
        "Jahr",
        "2024",
        "31.12.2024",
        "2023/24",
        '"',
        "\n",
        ";",
        ",",
        "\t",
    ),
)


@long
@pytest.mark.parametrize("seed", range(cases(4, 200)))
def test_whatever_a_table_is_like_it_is_taken_or_told_where_it_is_wrong(town: Path, seed: int) -> None:
    chance = random.Random(seed)
    before = snapshot(town)
    for _ in range(8):
        table = chance.choice((LONG, WIDE))
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(table))
            table = table[:place] + chance.choice(BITS) + table[place + chance.choice((0, 0, 3)) :]
        more = chance.choice(((), ("--decimal", ","), ("--numerator", "Anzahl"), ("--areas-in", "columns")))
        result, found = run(town, table, "--dry-run", *more)
        assert result.exit_code in (0, 1), table
        assert (result.exit_code == 1) == any(item["severity"] == "error" for item in found), table
        assert all(item["help"] and item["line"] >= 1 for item in found), table
        assert snapshot(town) == before


# --- real cities -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=cities("berlin_population"))
def berlin(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A town with Berlin's districts and planning areas, and where its tables lie."""
    data = folder_of(request.param, tmp_path_factory.mktemp("data"))
    root = tmp_path_factory.mktemp("berlin") / "town"
    levels = "[{id: stadt, name: Stadt}, {id: bezirk, name: Bezirk}, {id: planungsraum, name: Planungsraum}]"
    config = CONFIG.replace("Auenfeld", "Berlin").split("    levels:")[0] + f"    levels: {levels}\n"
    areas = json.loads((data / "berlin_lor_2021/lor_planungsraeume_2021.geojson").read_text("utf-8"))[
        "features"
    ]
    keys = {item["properties"]["PLR_ID"]: item["properties"]["PLR_NAME"] for item in areas}
    files = {"site_config.yml": config, "resources/spaces/berlin.yml": "name: Berlin\nlevel: stadt\n"}
    files |= {
        f"resources/spaces/{key}.yml": f"name: Bezirk {key}\nlevel: bezirk\nparent: berlin\n"
        for key in {key[:2] for key in keys}
    }
    files |= {
        f"resources/spaces/{key}.yml": f"name: {json.dumps(name, ensure_ascii=False)}\nlevel: planungsraum\nparent: {key[:2]}\n"
        for key, name in keys.items()
    }
    files |= {
        "resources/indicators/kinder/indicator.yml": SHARE,
        "resources/indicators/quote/indicator.yml": RATE,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (root.parent / "roh").mkdir()
    return root, data


def test_berlins_children_of_two_years_join_every_area_and_make_its_districts(
    berlin: tuple[Path, Path],
) -> None:
    root, data = berlin
    size = sum(len(path.stem) == 8 for path in (root / "resources/spaces").iterdir())
    below = "inhabitants_age_below_6"
    for year, more in (("2021", ()), ("2024", ("--update",))):
        folder = data / "berlin_population"
        table = (folder / f"berlin-lor-population-{year}-02-t2-planning-areas.csv").read_text("utf-8")
        districts = (
            (folder / f"berlin-lor-population-{year}-02-t2-districts.csv")
            .read_text("utf-8")
            .split("\n", 1)[1]
        )
        city = (folder / f"berlin-lor-population-{year}-02-t2-city.csv").read_text("utf-8").split("\n", 1)[1]
        line = ("--numerator", below, "--denominator", "inhabitants", "--period", year, *more)
        result, _ = run(root, table + districts + city, *line, key="kinder")
        assert result.exit_code == 0, result.output
        assert f"Ebene „Planungsraum“: {size} von {size} Gebieten" in result.output
        assert f"Summen: {2 * (len(districts.split()) + 1)} gehen auf." in result.output
        # One more child in a district is found.
        first = districts.split(",")
        wrong = table + districts.replace(f",{first[2]},", f",{int(first[2]) + 1},", 1)
        _, found = run(root, wrong, *line, "--update", key="kinder")
        assert [item["code"] for item in found] == ["summe-der-teile"]
    assert len(raw(root, "kinder")) == 2 * size


def test_berlins_monitoring_has_rows_that_are_no_values(berlin: tuple[Path, Path]) -> None:
    root, data = berlin
    table = (data / "berlin_mss_2021/mss_2021.csv").read_text("utf-8")
    result, _ = run(
        root,
        table,
        "--area",
        "PLR_ID",
        "--rate",
        "S1",
        "--period",
        "2020",
        key="quote",
    )
    assert result.exit_code == 0, result.output
    rows = (root.parent / "roh/quote.csv").read_text("utf-8").splitlines()[1:]
    invalid = 6 if data == REAL else 1
    assert sum(",,,.,Die Quelle nennt hier keine Zahl." in row for row in rows) == invalid
    assert f"leere Zelle: keine Angabe ({invalid}-mal)" in result.output
    # No more digits than one: more would give counts away.
    assert all(len(row.split(",")[2].partition(".")[2]) <= 1 for row in rows)


@whole
@real("koeln")
def test_colognes_residents_of_eight_years_join_and_add_up(tmp_path: Path) -> None:
    root = tmp_path / "town"
    levels = "[{id: stadt, name: Stadt}, {id: stadtteil, name: Stadtteil}]"
    config = (
        CONFIG.replace("Auenfeld", "Köln").replace("köln.example", "koeln.example").split("    levels:")[0]
        + f"    levels: {levels}\n"
    )
    areas = json.loads((REAL / "koeln/stadtteile.geojson").read_text("utf-8"))["features"]
    files = {
        "site_config.yml": config,
        "resources/spaces/koeln.yml": "name: Köln\nlevel: stadt\n",
        "resources/indicators/einwohner/indicator.yml": COUNT,
    }
    for item in areas:
        told = item["properties"]
        files[f"resources/spaces/{told['STT_NR']}.yml"] = (
            f"name: {told['STT_NAME']}\nlevel: stadtteil\nparent: koeln\n"
        )
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    (tmp_path / "roh").mkdir()
    table = (REAL / "koeln/bevoelkerung.csv").read_bytes()
    line = (
        "--area",
        "raum_id",
        "--period",
        "jahr",
        "--numerator",
        "zahl",
        "--where",
        "tabelle=Einwohner in Köln",
    )
    result, found = run(root, table, *line)
    assert result.exit_code == 1
    assert {item["code"] for item in found} <= {
        "gebiete-anderer-stand",
        "gebiet-unbekannt",
    }
    result, found = run(root, table, *line, "--leave-out-unknown")
    assert result.exit_code == 0, result.output
    assert "9 Gebiete" in found[0]["message"]
    assert "Summen: 8 gehen auf." in result.output
    told = raw(root)
    assert len(told) == 86 * 8
    assert sum(int(count) for (_, year), (count, *_) in told.items() if year == "2005") == 1_023_101


def test_totals_are_checked_and_never_taken_beside_parts_without_a_number(town: Path) -> None:
    unsure = "Gebiet,2024\n0101,1250\n0102,/\n0201,1490\n0202,710\n01,2040\n02,2200\nInsgesamt,4240\n"
    result, _ = run(town, unsure)
    assert result.exit_code == 0, result.output
    assert "Summen: 1 gehen auf, 2 nicht zu prüfen, weil Zahlen fehlen." in result.output
    assert set(raw(town)) == {(key, "2024") for key in ("0101", "0102", "0201", "0202")}


def test_a_table_whose_first_column_names_no_area_is_asked_for_the_right_one(town: Path) -> None:
    table = "Nr,Gebiet,2024\n1,0101,1250\n2,0102,790\n3,0201,1490\n4,0202,710\n"
    _, found = run(town, table)
    assert [item["code"] for item in found] == ["zahlen-gebietsspalte"]
    result, _ = run(town, table, "--area", "Gebiet")
    assert result.exit_code == 0, result.output
    assert raw(town)["0202", "2024"] == ("710", "", "")


def test_areas_side_by_side_below_a_title(town: Path) -> None:
    table = "Einwohner in Auenfeld\nJahr;Hafen;Lindenhof;0201;Wiesen\n2023;1200;800;1500;700\n2024;1250;790;1490;710\nQuelle: Statistikstelle\n"
    result, _ = run(town, table, "--areas-in", "columns", "--area", "Jahr")
    assert result.exit_code == 0, result.output
    assert len(raw(town)) == 8
    assert raw(town)["0102", "2023"] == ("800", "", "")


AS_OFFICES_WRITE: dict[str, tuple[str | bytes, tuple[str, ...]]] = {
    "a byte order mark, line ends of Windows, a word on separators": (
        ("\ufeffsep=;\r\n" + (HEAD + ROWS).replace(",", ";").replace("\n", "\r\n")).encode(),
        (),
    ),
    "windows-1252": ("Gebiet;Jahr;Anzahl für alle\n".encode("cp1252") + ROWS.replace(",", ";").encode(), ("--encoding", "windows-1252")),
    "a column of change beside the years": (
        "Gebiet;Einwohner;;Veränderung\n;2023;2024;2023/24\n0101;1200;1250;50\n0102;800;790;-10\n0201;1500;1490;-10\n0202;700;710;10\n",
        ("--numerator", "Einwohner"),
    ),
    "headings over several lines": ('Gebiet;Jahr;"Einwohner\ninsgesamt"\n' + ROWS.replace(",", ";"), ("--numerator", "Einwohner insgesamt")),
    "footnotes at areas": (HEAD + ROWS.replace("0101", "Hafen 1)").replace("0202", "Wiesen²"), ()),
    "keys as numbers with a point": (HEAD + "101.0,2024,1250\n102.0,2024,790\n201.0,2024,1490\n202.0,2024,710\n", ("--area", "Gebiet")),
    "keys with more zeros": (HEAD + ROWS.replace("010", "00010").replace("020", "00020"), ("--area", "Gebiet")),
    "the total first": ("Gebiet;2024\nInsgesamt;4240\nNord;2040\n0101;1250\n0102;790\n02;2200\n0201;1490\n0202;710\n", ()),
    "the total first, in a long table": (HEAD + "Stadt,2024,4240\n" + ROWS, ()),
    "the total twice": (HEAD + ROWS + "Insgesamt,2024,4240\nAuenfeld,2024,4240\nStadt Auenfeld,2024,4240\n", ()),
    "the level before the name": (HEAD + ROWS.replace("0101", "Stadtteil Hafen"), ()),
    "key and name in one cell": (HEAD + ROWS.replace("0101", "0101 Hafen").replace("0202", "0202 - Wiesen"), ()),
    "tabs": ((HEAD + ROWS).replace(",", "\t"), ()),
}  # fmt: skip


@pytest.mark.parametrize("case", AS_OFFICES_WRITE, ids=str)
def test_tables_as_offices_write_them(town: Path, case: str) -> None:
    table, more = AS_OFFICES_WRITE[case]
    result, _ = run(town, table, *more)
    assert result.exit_code == 0, result.output
    told = {key[0]: count for key, (count, *_) in raw(town).items() if key[1] == "2024"}
    assert told == {"0101": "1250", "0102": "790", "0201": "1490", "0202": "710"}


def test_a_column_that_says_it_is_a_share_is_no_count(town: Path) -> None:
    _, found = run(town, "Gebiet;Anteil in %\n0101;12\n0102;8\n0201;9\n0202;7\n", "--period", "2024")
    assert [(item["code"], item["line"]) for item in found] == [("prozent-als-anzahl", 1)]


def test_what_people_wrote_beside_figures_stays(town: Path) -> None:
    run(town, LONG)
    path = town.parent / "roh/einwohner.csv"
    path.write_text(
        path.read_text("utf-8")
        .replace("0202,2024,710,,,", "0202,2024,710,,,Neubau")
        .replace("0101,2024,1250,,,", "0101,2024,1250,,,geprüft"),
        "utf-8",
    )
    result, _ = run(town, LONG.replace("710", "715"), "--update")
    assert "0202, 2024: 710 → 715 (die Anmerkung bleibt: „Neubau“)" in result.output
    text = path.read_text("utf-8")
    assert "0202,2024,715,,,Neubau" in text
    assert "0101,2024,1250,,,geprüft" in text
