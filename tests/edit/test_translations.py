"""`nahraum translations`: what is missing and what became old is named, goes out as a table, and comes in through the one writer."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from pydantic import BaseModel

from generator.cli import main
from generator.edit.translation.translation_table import COLUMNS
from generator.edit.translation.translations import FILE, translations_of
from generator.model.fields import annotation, fields, models_at, variants
from generator.model.kinds import KINDS
from generator.read.project import read_project
from tests.edit.towns import FILES, write, write_town

OFFER = "resources/offers/krabbelgruppe.yml"
TEXT = (
    FILES[OFFER].replace("access: {way: registration}\n", "")
    + """\
access: {way: open, bring: "=Nichts"}   # bleibt
cost: {amount: 2, note: +1 € für Tee}
translations:
  en: {name: Baby group}
"""
)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    config = FILES["site_config.yml"].replace("languages: [de]", "languages: [de, en, uk]")
    pages = {"content/ueber/index.md": "# Über uns\n", "content/en/ueber/index.md": "# About us\n"}
    return write(write_town(tmp_path / "stadt"), {"site_config.yml": config, OFFER: TEXT, **pages})


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["translations", *words, "-p", str(root)])


def bring(root: Path, table: Path) -> Result:
    return CliRunner().invoke(main, ["import", "translations", str(table), "--into", str(root)])


def states(root: Path, language: str = "en") -> dict[str, str]:
    places = translations_of(read_project(root)).places
    return {
        f"{record} {name}".strip(): place.state
        for (record, name, tag), place in places.items()
        if tag == language
    }


def out(root: Path, suffix: str, *words: str) -> Path:
    table = root.parent / f"texte{suffix}"
    result = run(root, "-o", str(table), *words)
    assert result.exit_code == 0, result.output
    return table


def filled(table: Path, translations: dict[tuple[str, str], str]) -> Path:
    """Fill in a table as a translator does in a spreadsheet."""
    if table.suffix == ".xlsx":
        book = openpyxl.load_workbook(table)
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(min_row=2):
            text = translations.get((row[1].value, row[2].value))
            if text is not None:
                row[COLUMNS.index("Übersetzung")].value = text
                row[COLUMNS.index("Übersetzung")].data_type = "s"
        book.save(table)
        return table
    text = table.read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    for cells in rows[1:]:
        cells[COLUMNS.index("Übersetzung")] = translations.get((cells[1], cells[2]), "")
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows(rows)
    table.write_text(stream.getvalue(), "utf-8-sig")
    return table


def test_what_is_missing_and_what_nobody_noted_is_told(town: Path) -> None:
    assert states(town) == {
        "offers/krabbelgruppe name": "unnoted",
        "offers/krabbelgruppe summary": "missing",
        "offers/krabbelgruppe bring": "missing",
        "offers/krabbelgruppe cost_note": "missing",
        "content/ueber/index.md": "unnoted",
    }
    said = run(town).output
    assert "en: 3 fehlt, 2 nicht vermerkt" in said
    assert "uk: 5 fehlt" in said
    assert "content/uk/ueber/index.md" in said
    assert "uk:" not in run(town, "--language", "en").output


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_table_goes_out_and_comes_back_through_the_one_writer(town: Path, suffix: str) -> None:
    before = (town / OFFER).read_text("utf-8")
    answers = {
        ("summary", "en"): "Parents meet with their babies.",
        ("bring", "en"): "=Nothing",
        ("cost_note", "en"): "+1 € für Tee",
        ("summary", "uk"): "Зустріч батьків\nз немовлятами.",
    }
    result = bring(town, filled(out(town, suffix), answers))
    assert result.exit_code == 0, result.output
    assert "Übernommen: 3 Übersetzungen; geändert: 1 Datei. 1 bleiben wie auf Deutsch." in result.output
    text = (town / OFFER).read_text("utf-8")
    assert text.startswith(before.split("translations:")[0]), "every byte above stays, remarks too"
    offer = read_project(town).site.offers["krabbelgruppe"]  # type: ignore[union-attr]
    assert (offer.translations["en"].summary, offer.translations["en"].bring) == (
        answers["summary", "en"],
        "=Nothing",
    )
    assert offer.translations["en"].cost_note is None
    assert offer.translations["uk"].summary == answers["summary", "uk"]
    now = states(town)
    assert {name for name, state in now.items() if state == "done"} == {
        "offers/krabbelgruppe summary", "offers/krabbelgruppe bring", "offers/krabbelgruppe cost_note",
    }  # fmt: skip
    assert CliRunner().invoke(main, ["check", "-p", str(town)]).exit_code == 0
    # The same table once more changes nothing.
    lifted = (town / OFFER).read_bytes(), (town / FILE).read_bytes()
    assert "geändert: 0 Dateien" in bring(town, town.parent / f"texte{suffix}").output
    assert ((town / OFFER).read_bytes(), (town / FILE).read_bytes()) == lifted


def test_no_cell_of_a_table_is_a_formula(town: Path) -> None:
    rows = list(csv.reader(io.StringIO(out(town, ".csv").read_text("utf-8-sig")), delimiter=";"))
    german = {row[1]: row[4] for row in rows[1:]}
    assert (german["bring"], german["cost_note"]) == ("'=Nichts", "'+1 € für Tee")
    book = openpyxl.load_workbook(out(town, ".xlsx"))
    assert {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row} == {"s", "inlineStr"}
    assert "=Nichts" in {cell.value for row in book.worksheets[0].iter_rows() for cell in row}


def test_a_german_text_that_changed_is_named_first_and_its_old_translation_is_beside_it(town: Path) -> None:
    assert "2 Übersetzungen in resources/translations.csv" in run(town, "--confirm", "all").output
    assert states(town)["offers/krabbelgruppe name"] == "done"
    (town / OFFER).write_text(TEXT.replace("name: Krabbelgruppe", "name: Krabbelkreis"), "utf-8")
    (town / "content/ueber/index.md").write_text("# Wir\n", "utf-8")
    lines = run(town, "-l", "en").output.splitlines()
    assert "2 Deutsch geändert" in lines[0]
    assert [line.split()[:3] for line in lines[1:3]] == [
        ["Deutsch", "geändert", "content/en/ueber/index.md"],
        ["Deutsch", "geändert", "offers/krabbelgruppe:"],
    ]
    rows = list(csv.DictReader(io.StringIO(out(town, ".csv").read_text("utf-8-sig")), delimiter=";"))
    changed = next(row for row in rows if row["Feld"] == "name" and row["Sprache"] == "en")
    assert (changed["Deutsch"], changed["Bisher"], changed["Übersetzung"]) == (
        "Krabbelkreis",
        "Baby group",
        "",
    )
    assert run(town, "--confirm", "offers/krabbelgruppe").exit_code == 0
    assert (states(town)["offers/krabbelgruppe name"], states(town)["content/ueber/index.md"]) == (
        "done",
        "changed",
    )


def test_a_translation_of_an_older_german_text_is_taken_and_stays_on_the_list(town: Path) -> None:
    table = filled(out(town, ".csv"), {("summary", "en"): "Parents meet."})
    (town / OFFER).write_text(TEXT.replace("Eltern treffen sich", "Väter treffen sich"), "utf-8")
    said = bring(town, table).output
    assert "Auf Deutsch seitdem geändert" in said
    assert "offers/krabbelgruppe: summary" in said
    assert "en: {name: Baby group, summary: Parents meet.}" in (town / OFFER).read_text("utf-8")
    assert states(town)["offers/krabbelgruppe summary"] == "changed"


def test_who_fills_nothing_in_changes_nothing(town: Path) -> None:
    before = (town / OFFER).read_bytes()
    assert bring(town, out(town, ".xlsx")).exit_code == 0
    assert (town / OFFER).read_bytes() == before
    assert not (town / FILE).exists()


HEAD = "Eintrag;Feld;Sprache;Übersetzung;Kennung\n"


@pytest.mark.parametrize(
    ("rows", "code", "place"),
    [
        ("offers/krabelgruppe;name;en;Baby;x\n", "eintrag-fehlt", "2:1"),
        ("offers/krabbelgruppe;nme;en;Baby;x\n", "eintrag-fehlt", "2:1"),
        ("offers/krabbelgruppe;name;fr;Bébé;x\n", "eintrag-fehlt", "2:1"),
        (
            "offers/krabbelgruppe;name;en;A;x\noffers/krabbelgruppe;name;en;B;x\n",
            "uebersetzung-doppelt",
            "3:1",
        ),
        (f"offers/krabbelgruppe;name;en;{'A' * 30_000};x\n", "", "2:30"),
    ],
)
def test_what_is_wrong_is_told_with_its_cell_and_nothing_written(
    town: Path, rows: str, code: str, place: str
) -> None:
    table = town.parent / "texte.csv"
    table.write_text(HEAD + rows, "utf-8")
    before = (town / OFFER).read_bytes()
    result = CliRunner().invoke(
        main, ["import", "translations", str(table), "--into", str(town), "-f", "concise"]
    )
    assert result.exit_code == 1
    assert f"texte.csv:{place}" in result.output
    assert code in result.output
    assert (town / OFFER).read_bytes() == before
    assert not (town / FILE).exists()


def test_a_column_that_is_missing_is_named(town: Path) -> None:
    table = town.parent / "texte.csv"
    table.write_text("Eintrag;Feld;Sprache;Translation\n", "utf-8")
    assert "Die Spalte „Übersetzung“ fehlt" in bring(town, table).output


def test_in_a_workbook_sheet_row_and_column_are_named(town: Path) -> None:
    table = out(town, ".xlsx")
    book = openpyxl.load_workbook(table)
    book.worksheets[0].cell(3, 7).value = "=1+1"
    book.worksheets[0].cell(4, 1).value = "offers/gibt-es-nicht"
    book.worksheets[0].cell(4, 7).value = "Text"
    book.save(table)
    said = bring(town, table).output
    assert "texte.xlsx, Blatt Übersetzungen, Zeile 3, Spalte G" in said
    assert "formel-in-zelle" in said
    book.worksheets[0].cell(3, 7).value = None
    book.save(table)
    assert "texte.xlsx, Blatt Übersetzungen, Zeile 4, Spalte A" in bring(town, table).output
    table.write_bytes(b"PK\x03\x04 kaputt")
    assert "arbeitsmappe-unlesbar" in bring(town, table).output


def test_a_renamed_record_keeps_what_is_noted_of_it(town: Path) -> None:
    run(town, "--confirm", "all")
    assert (
        CliRunner()
        .invoke(main, ["rename", "offer", "krabbelgruppe", "krabbelkreis", "-p", str(town)])
        .exit_code
        == 0
    )
    assert states(town)["offers/krabbelkreis name"] == "done"
    assert "offers/krabbelgruppe" not in (town / FILE).read_text("utf-8")


def test_words_of_the_town_are_translated_in_their_list(town: Path) -> None:
    words = "# eigene\n- id: garten\n  name: Im Garten\n  words: [Beet]\n"
    write(town, {"resources/topics.yml": words})
    assert states(town)["topics/garten name"] == "missing"
    assert "topics/garten words" not in states(town)
    table = filled(out(town, ".csv", "-l", "en"), {("name", "en"): "In the garden"})
    assert bring(town, table).exit_code == 0
    assert (town / "resources/topics.yml").read_text("utf-8").startswith(words.rstrip("\n"))
    assert read_project(town).site.words.topics["garten"].translations["en"].name == "In the garden"  # type: ignore[union-attr]


def test_proper_names_and_what_has_ended_are_not_missing(town: Path) -> None:
    assert not [name for name in states(town) if name.startswith(("places/", "providers/", "spaces/"))]
    write(town, {OFFER: TEXT + "status: ended\n"})
    assert set(states(town)) == {"offers/krabbelgruppe name", "content/ueber/index.md"}


def test_nothing_of_the_overlay_gets_into_the_public_file(town: Path) -> None:
    config = (town / "site_config.yml").read_text("utf-8") + "overlay: intern\n"
    write(town, {"site_config.yml": config, "intern/offers/geheim.yml": TEXT})
    run(town, "--confirm", "all")
    assert "geheim" not in (town / FILE).read_text("utf-8")
    assert "geheim" not in run(town).output


@pytest.mark.parametrize("text", ["record,field\n", "record,field,language,german\nx,y\n"])
def test_a_file_of_fingerprints_that_somebody_damaged_stops_it(town: Path, text: str) -> None:
    write(town, {FILE: text})
    result = run(town)
    assert result.exit_code == 1
    assert FILE in result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--language", "fr"], "en, uk"),
        (["-o", "texte.ods"], ".csv oder .xlsx"),
        (["--confirm", "offers/krabbelgrupe"], "Gemeint ist vielleicht „offers/krabbelgruppe“"),
    ],
)
def test_a_wrong_call_is_told(town: Path, words: list[str], said: str) -> None:
    result = run(town, *words)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())


def translated_models() -> Iterator[tuple[str, type[BaseModel], type[BaseModel]]]:
    for kind in KINDS:
        if "translations" in fields(kind.model):
            yield kind.folder, kind.model, models_at(kind.model, ("translations", "en"))[0]


@pytest.mark.parametrize(
    ("folder", "model", "texts"), list(translated_models()), ids=lambda item: str(item)[:20]
)
def test_every_text_has_its_german_in_the_record(
    folder: str, model: type[BaseModel], texts: type[BaseModel]
) -> None:
    del folder
    for name in fields(texts):
        path = getattr(texts, "SOURCES", {}).get(name, (name,))
        groups = models_at(model, path[:-1]) if path[:-1] else [model]
        kinds = [annotation(fields(group)[path[-1]]) for group in groups if path[-1] in fields(group)]
        assert any(plain is str for kind in kinds for plain, _ in variants(kind)), name
