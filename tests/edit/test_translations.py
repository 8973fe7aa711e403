"""Translators: what is missing and what became old is named, goes out on a sheet of the table, and comes in through the one writer."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from pydantic import BaseModel

from generator.cli import main
from generator.edit.translation.translations import FILE, SHEET, translations_of
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
    return CliRunner().invoke(main, ["due", "--translations", *words, "-p", str(root)])


def confirm(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["confirm", "--translations", *words, "-p", str(root)])


def bring(root: Path, table: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["table", "in", str(table), "-p", str(root), *words])


def states(root: Path, language: str = "en") -> dict[str, str]:
    places = translations_of(read_project(root)).places
    return {
        f"{record} {name}".strip(): place.state
        for (record, name, tag), place in places.items()
        if tag == language
    }


def out(root: Path) -> Path:
    table = root.parent / "texte.xlsx"
    result = CliRunner().invoke(main, ["table", "out", str(table), "-p", str(root)])
    assert result.exit_code == 0, result.output
    return table


def rows(table: Path) -> dict[tuple[str, str], dict[str, str]]:
    """Return what stands on the sheet, by record and field."""
    head, *lines = openpyxl.load_workbook(table)[SHEET].iter_rows(values_only=True)
    found = (dict(zip(map(str, head), (str(cell or "") for cell in line), strict=True)) for line in lines)
    return {(row["Eintrag"], row["Feld"]): row for row in found}


def filled(table: Path, texts: dict[tuple[str, str], str], alone: bool = False) -> Path:
    """Fill in cells, by field and heading, as a translator does in a spreadsheet; `alone` on a sheet of which nothing else is left."""
    book = openpyxl.load_workbook(table)
    sheet = book[SHEET]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        for (name, heading), text in texts.items():
            if sheet.cell(row, columns["Feld"]).value == name:
                cell = sheet.cell(row, columns[heading], text)
                cell.data_type = "s"
    for name in [name for name in book.sheetnames if name != SHEET] if alone else ():
        del book[name]
    if alone:
        sheet.title = "Tabelle1"
    book.save(table)
    return table


def test_of_two_translators_none_overwrites_the_other(town: Path) -> None:
    handed = out(town)
    first = filled(Path(shutil.copy(handed, town.parent / "eins.xlsx")), {("name", "en"): "Babies"})
    late = filled(Path(shutil.copy(handed, town.parent / "zwei.xlsx")), {("summary", "en"): "Parents meet."})
    other = filled(Path(shutil.copy(handed, town.parent / "drei.xlsx")), {("name", "en"): "Toddlers"})
    assert bring(town, first).exit_code == 0
    assert bring(town, late).exit_code == 0
    told = bring(town, other)
    assert told.exit_code == 1
    assert "[auf-beiden-seiten]" in told.output
    text = (town / OFFER).read_text("utf-8")
    assert "name: Babies" in text
    assert "summary: Parents meet." in text
    # Who empties a cell takes the translation away, and it is missing again.
    assert bring(town, filled(out(town), {("name", "en"): ""})).exit_code == 0
    assert "Babies" not in (town / OFFER).read_text("utf-8")
    assert states(town)["offers/krabbelgruppe name"] == "missing"


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


@pytest.mark.parametrize("alone", [False, True])
def test_what_translators_fill_in_comes_back_through_the_one_writer(town: Path, alone: bool) -> None:
    before = (town / OFFER).read_text("utf-8")
    answers = {
        ("summary", "en"): "Parents meet with their babies.",
        ("bring", "en"): "=Nothing",
        ("cost_note", "en"): "+1 € für Tee",
        ("summary", "uk"): "Зустріч батьків\nз немовлятами.",
    }
    result = bring(town, filled(out(town), answers, alone))
    assert result.exit_code == 0, result.output
    assert "summary (en) nichts → „Parents meet with their babies.“" in result.output
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
    assert "Nichts zu ändern." in bring(town, town.parent / "texte.xlsx").output
    assert ((town / OFFER).read_bytes(), (town / FILE).read_bytes()) == lifted


def test_one_filled_cell_changes_one_field(town: Path) -> None:
    before = {path: path.read_bytes() for path in town.rglob("*") if path.is_file()}
    assert bring(town, filled(out(town), {("bring", "en"): "Nothing"})).exit_code == 0
    after = {path: path.read_bytes() for path in town.rglob("*") if path.is_file() and path != town / FILE}
    assert after == before | {
        town / OFFER: TEXT.replace("{name: Baby group}", "{name: Baby group, bring: Nothing}").encode()
    }


def test_a_text_and_its_translation_change_at_once(town: Path) -> None:
    table = filled(out(town), {("summary", "en"): "Parents meet."})
    book = openpyxl.load_workbook(table)
    heading = {cell.value: cell.column for cell in book["Angebote"][1]}
    book["Angebote"].cell(2, heading["Zwei Sätze"], "Väter treffen sich.")
    book.save(table)
    assert bring(town, table).exit_code == 0
    offer = read_project(town).site.offers["krabbelgruppe"]  # type: ignore[union-attr]
    assert (offer.summary, offer.translations["en"].summary) == ("Väter treffen sich.", "Parents meet.")
    # It was made of the text before.
    assert states(town)["offers/krabbelgruppe summary"] == "changed"


def test_the_sheet_says_what_is_there_and_what_is_to_be_done(town: Path) -> None:
    assert rows(out(town))["offers/krabbelgruppe", "name"] == {
        "Eintrag": "offers/krabbelgruppe",
        "Feld": "name",
        "Zu tun": "uk: fehlt",
        "Deutsch": "Krabbelgruppe",
        "en": "Baby group",
        "uk": "",
    }
    sheet = openpyxl.load_workbook(out(town))[SHEET]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert sheet.protection.sheet
    assert all(cell.number_format == "@" and cell.data_type in ("s", "n", "inlineStr") for cell in cells)
    assert [cell.protection.locked for cell in cells] == [cell.column <= 4 for cell in cells]
    assert "=Nichts" in {cell.value for cell in cells}


def test_nothing_protected_is_sent_to_translators_or_taken_of_them(town: Path) -> None:
    house = "resources/protected/haus-amsel.yml"
    write(
        town,
        {house: "name: Haus Amsel\nkind: schutz\nprovider: verein\nphone: 040 66969-907\nway_in: [call]\n"},
    )
    table = out(town)
    assert {record for record, _ in rows(table)} == {"offers/krabbelgruppe"}
    book = openpyxl.load_workbook(table)
    book[SHEET].append(["protected/haus-amsel", "name", "", "Haus Amsel", "Amsel House", ""])
    book.save(table)
    before = (town / house).read_bytes()
    assert "eintrag-fehlt" in bring(town, table).output
    assert (town / house).read_bytes() == before


def test_a_german_text_that_changed_is_named_first_and_its_old_translation_is_beside_it(town: Path) -> None:
    assert "2 Übersetzungen in resources/translations.csv" in confirm(town, "all").output
    assert states(town)["offers/krabbelgruppe name"] == "done"
    (town / OFFER).write_text(TEXT.replace("name: Krabbelgruppe", "name: Krabbelkreis"), "utf-8")
    (town / "content/ueber/index.md").write_text("# Wir\n", "utf-8")
    lines = run(town, "-l", "en").output.splitlines()
    assert "2 Deutsch geändert" in lines[0]
    assert [line.split()[:3] for line in lines[1:3]] == [
        ["Deutsch", "geändert", "content/en/ueber/index.md"],
        ["Deutsch", "geändert", "offers/krabbelgruppe:"],
    ]
    row = rows(out(town))["offers/krabbelgruppe", "name"]
    assert (row["Zu tun"], row["Deutsch"], row["en"]) == (
        "en: Deutsch geändert; uk: fehlt",
        "Krabbelkreis",
        "Baby group",
    )
    assert confirm(town, "offers/krabbelgruppe").exit_code == 0
    assert (states(town)["offers/krabbelgruppe name"], states(town)["content/ueber/index.md"]) == (
        "done",
        "changed",
    )


def test_a_translation_of_an_older_german_text_is_refused_until_somebody_looked(town: Path) -> None:
    table = filled(out(town), {("summary", "en"): "Parents meet."})
    now = TEXT.replace("Eltern treffen sich", "Väter treffen sich")
    (town / OFFER).write_text(now, "utf-8")
    refused = bring(town, table, "--sheet", SHEET)
    assert refused.exit_code == 1
    assert "uebersetzung-aelter" in refused.output
    assert "Väter treffen sich mit ihren Babys." in refused.output
    assert (town / OFFER).read_text("utf-8") == now
    looked = {
        ("summary", "Deutsch"): "Väter treffen sich mit ihren Babys.",
        ("summary", "en"): "Fathers meet.",
    }
    assert bring(town, filled(table, looked), "--sheet", SHEET).exit_code == 0
    assert "summary: Väter treffen sich" in (town / OFFER).read_text("utf-8")
    assert "en: {name: Baby group, summary: Fathers meet.}" in (town / OFFER).read_text("utf-8")
    assert states(town)["offers/krabbelgruppe summary"] == "done"


def test_who_fills_nothing_in_changes_nothing(town: Path) -> None:
    before = (town / OFFER).read_bytes()
    table = out(town)
    # Nobody filled in the texts whose German changed.
    write(town, {"resources/offers/krabbelgruppe.yml": TEXT.replace("Eltern treffen", "Väter treffen")})
    assert bring(town, filled(table, {("summary", "Zu tun"): ""}, alone=True)).exit_code == 0
    write(town, {OFFER: before.decode()})
    assert bring(town, out(town)).exit_code == 0
    assert (town / OFFER).read_bytes() == before
    assert not (town / FILE).exists()


HEAD = "Eintrag;Feld;Deutsch;en;fr\n"


@pytest.mark.parametrize(
    ("lines", "code", "place"),
    [
        ("offers/krabelgruppe;name;Krabbelgruppe;Baby;\n", "eintrag-fehlt", "2:1"),
        ("offers/krabbelgruppe;nme;Krabbelgruppe;Baby;\n", "eintrag-fehlt", "2:1"),
        ("offers/krabbelgruppe;name;Krabelgruppe;Baby;\n", "uebersetzung-aelter", "2:27"),
        (
            "offers/krabbelgruppe;name;Krabbelgruppe;A;\noffers/krabbelgruppe;name;Krabbelgruppe;B;\n",
            "uebersetzung-doppelt",
            "3:1",
        ),
        (f"offers/krabbelgruppe;name;Krabbelgruppe;{'A' * 30_000};\n", "", "2:41"),
    ],
)
def test_what_is_wrong_is_told_with_its_cell_and_nothing_written(
    town: Path, lines: str, code: str, place: str
) -> None:
    table = town.parent / "texte.csv"
    table.write_text(HEAD + lines, "utf-8")
    before = (town / OFFER).read_bytes()
    result = bring(town, table, "-f", "concise")
    assert result.exit_code == 1
    assert f"texte.csv:{place}" in result.output, result.output
    assert code in result.output
    assert (town / OFFER).read_bytes() == before
    assert not (town / FILE).exists()


def test_a_language_that_the_site_lacks_and_a_column_that_is_missing_are_named(town: Path) -> None:
    table = town.parent / "texte.csv"
    table.write_text(HEAD + "offers/krabbelgruppe;name;Krabbelgruppe;;Bébés\n", "utf-8")
    assert "Nicht übernommene Spalten: „fr“." in bring(town, table).output
    table.write_text("Eintrag;Feld;en\noffers/krabbelgruppe;name;Baby\n", "utf-8")
    assert "Die Spalte „Deutsch“ fehlt" in bring(town, table).output


def test_in_a_workbook_sheet_row_and_column_are_named(town: Path) -> None:
    table = out(town)
    book = openpyxl.load_workbook(table)
    book[SHEET]["E3"] = "=1+1"
    book[SHEET]["A4"], book[SHEET]["E4"] = "offers/gibt-es-nicht", "Text"
    book.save(table)
    said = bring(town, table).output
    assert "texte.xlsx, Blatt Übersetzungen, Zeile 3, Spalte E" in said
    assert "formel-ohne-wert" in said
    assert "texte.xlsx, Blatt Übersetzungen, Zeile 4, Spalte A" in said


def test_a_renamed_record_keeps_what_is_noted_of_it(town: Path) -> None:
    confirm(town, "all")
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
    table = filled(out(town), {("name", "en"): "In the garden"})
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
    confirm(town, "all")
    assert "geheim" not in (town / FILE).read_text("utf-8")
    assert "geheim" not in run(town).output


@pytest.mark.parametrize("text", ["record,field\n", "record,field,language,german\nx,y\n"])
def test_a_file_of_fingerprints_that_somebody_damaged_stops_it(town: Path, text: str) -> None:
    write(town, {FILE: text})
    result = run(town)
    assert result.exit_code == 1
    assert FILE in result.output


@pytest.mark.parametrize(
    ("ask", "words", "said"),
    [
        (run, ["--language", "fr"], "en, uk"),
        (confirm, ["offers/krabbelgrupe"], "Gemeint ist vielleicht „offers/krabbelgruppe“"),
    ],
)
def test_a_wrong_call_is_told(town: Path, ask: Callable[..., Result], words: list[str], said: str) -> None:
    result = ask(town, *words)
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


def test_words_for_help_elsewhere_that_nobody_has_read_are_counted(town: Path) -> None:
    rows = """\
- id: tierheim
  name: Tierheim
  words: [Tierheim]
  said: {fr: refuge, tr: barınak}
  nouns: [{word: Hund, said: {fr: chien, tr: köpek}}, {word: Katze, said: {fr: chat}}]
  confirmed: [fr]
"""
    before = run(town).output
    write(town, {"resources/elsewhere.yml": rows})
    told = re.compile(r"elsewhere\).*?\bfr (\d+).*?\btr (\d+)")
    packaged, own = (told.search(text) for text in (before, run(town).output))
    assert packaged
    assert own
    words = read_project(town).site.words.elsewhere
    assert words["tierheim"].confirmed == ("fr",)
    others = [row for row in words.values() if row.id != "tierheim"]
    unread = sum("tr" in one for row in others for one in (row.said, *(noun.said for noun in row.nouns)))
    assert int(own[2]) == unread + 2
    assert int(own[1]) == int(packaged[1]) - 1
