"""The clerk's hour: forms for raw numbers are written, filled in, and read by `protect` itself."""

import csv
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.diagnostics import Diagnostic
from generator.disclosure.gates.other_ways_out import check_raw_tables
from generator.files.disk import Disk
from generator.model.cells import Status
from generator.read.figure_forms import FilledForm, read_forms
from generator.read.project import read_project
from tests.disclosure.worlds import DEFINITION, stated, write_project

OPEN = DEFINITION.replace("denominator: Alle Familien\n", "unit: Euro\n") + "disclosure: {method: none}\n"
CROSSED = DEFINITION.replace("denominator: Alle Familien\n", "unit: Familien\n") + (
    "breakdowns:\n"
    "  - {id: age, name: Alter, values: [{id: u6, name: unter 6}, {id: ab6, name: 6 bis 17}]}\n"
    "  - {id: sex, name: Geschlecht, values: [{id: w, name: weiblich}, {id: m, name: männlich}]}\n"
)
AREAS = ("Ahorn", "Birke", "Celtis", "Dorn", "Esche")
SOURCE = (*AREAS, "Insgesamt", "ohne Angabe")


def run(*words: object) -> Result:
    """Run a command as the clerk does."""
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write_project(tmp_path / "projekt", OPEN)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return tmp_path / "roh"


def new(town: Path, raw: Path, *more: str, key: str = "hilfen", years: str = "2025") -> Result:
    done = run(
        "new", "figures", key, "-p", town, "--private", raw, "--areas", "quartier", "--years", years, *more
    )
    assert done.exit_code == 0, done.output
    return done


def fill(
    path: Path, first: str, rows: Sequence[Sequence[object]], answers: Mapping[str, str] | None = None
) -> None:
    """Paste rows into the workbook from a cell on (numbers alone with the areas beside them), and answer questions."""
    book = openpyxl.load_workbook(path)
    sheet = book["Zahlen"]
    letters, line = first[:1], int(first[1:])
    for at, (_, area) in enumerate(zip(rows, SOURCE, strict=False), line):
        if letters == "C":
            sheet.cell(at, 2).value = area
    for at, row in enumerate(rows, line):
        for column, value in enumerate(row, ord(letters) - 64):
            sheet.cell(at, column).value = value
    for row in book["Fragen"].iter_rows():
        if answers and row[0].value in answers:
            row[1].value = answers[row[0].value]
    book.save(path)


def read(town: Path, *paths: Path) -> tuple[FilledForm | None, list[Diagnostic]]:
    site = read_project(town).site
    assert site is not None
    return read_forms(Disk(town, paths[0].parent), paths, site, site.indicators["hilfen"])


def counts(table: FilledForm | None) -> list[Decimal | None]:
    assert table is not None
    return [row.numerator for row in table.rows]


@pytest.mark.parametrize(
    ("written", "answers", "exact"),
    [
        (["1.234,5", "0,5", "12", "1.000.000", "3"], {}, ["1234.5", "0.5", "12", "1000000", "3"]),
        (["1,234.5", "0.5", "12", "1,000,000", "3"], {}, ["1234.5", "0.5", "12", "1000000", "3"]),
        (
            ["1 234", "12 345 678", "1\u00a0234", "1\u202f234,5", "7"],
            {},
            ["1234", "12345678", "1234", "1234.5", "7"],
        ),
        ([1234.5, 1234, 0.125, 7, 0], {}, ["1234.5", "1234", "0.125", "7", "0"]),
        (["1.234", "17", "2.000", "5", "6"], {"Dezimalzeichen": ","}, ["1234", "17", "2000", "5", "6"]),
        (["1,234", "17", "2,000", "5", "6"], {"Dezimalzeichen": "."}, ["1234", "17", "2000", "5", "6"]),
        (["1.234", 17.25, "2.000", "5", "6"], {"Dezimalzeichen": ","}, ["1234", "17.25", "2000", "5", "6"]),
        (["12 1)", "13*", "14¹", "15 r", "1.016,0"], {}, ["12", "13", "14", "15", "1016"]),
    ],
)
def test_numbers_come_back_exactly(
    town: Path, raw: Path, written: list[object], answers: dict[str, str], exact: list[str]
) -> None:
    new(town, raw)
    fill(raw / "hilfen.xlsx", "C3", [[one] for one in written], answers)
    table, _ = read(town, raw / "hilfen.xlsx")
    assert counts(table) == [Decimal(one) for one in exact]
    if not any(isinstance(one, float | int) for one in written):
        text = (raw / "hilfen.csv").read_text("utf-8-sig")
        for area, one in zip(AREAS, written, strict=True):
            text = text.replace("2025;;", f"2025;{area};{one}", 1)
        for question, answer in answers.items():
            text = text.replace(f"{question};", f"{question};{answer}")
        (raw / "hilfen.csv").write_bytes(text.replace("\u202f", "\u00a0").encode("cp1252"))
        again, _ = read(town, raw / "hilfen.csv")
        assert counts(again) == counts(table)


@pytest.mark.parametrize("sign", ["k. A.", "k.A.", ".", "*", "x", "–", "-", "", "n. v."])
def test_what_a_sign_means_is_asked_and_secret_until_then(town: Path, raw: Path, sign: str) -> None:
    new(town, raw)
    fill(raw / "hilfen.xlsx", "C3", [["12"], [sign], ["7"], ["8"], ["9"]])
    table, found = read(town, raw / "hilfen.xlsx")
    assert counts(table) == [12, None, 7, 8, 9]
    assert table is not None
    assert table.rows[1].status is Status.SECRET
    (asked,) = [item for item in found if item.code == "formular-zeichen"]
    assert "C4" in asked.message
    place = re.search(r"Fragen!B(\d+)", asked.help)
    if sign != "n. v.":
        assert place is not None
        book = openpyxl.load_workbook(raw / "hilfen.xlsx")
        book["Fragen"][f"B{place[1]}"] = "nichts"
        book.save(raw / "hilfen.xlsx")
        table, found = read(town, raw / "hilfen.xlsx")
        assert counts(table) == [12, 0, 7, 8, 9]
        assert not [item for item in found if item.code == "formular-zeichen"]


def test_every_cause_is_told_once_with_its_cell_and_what_to_type(town: Path, raw: Path) -> None:
    new(town, raw, years="2024,2025")
    rows = [
        ["2024", "Ahorn", "1O5"],
        ["2024", "Birk", "12"],
        ["2024", "Celtis", "2.345"],
        ["2024", "Dorn", "1.016"],
        ["2023", "Esche", "9"],
    ]
    fill(raw / "hilfen.xlsx", "A3", rows, {"Schon gerundet geliefert?": "vielleicht", "Zeichen x": "null"})
    fill(raw / "hilfen.xlsx", "C11", [["7"], ["8"], ["x"], ["9"], ["9"]])
    fill(raw / "hilfen.xlsx", "D2", [["Bemerkungen"], ["hm"]])
    table, found = read(town, raw / "hilfen.xlsx")
    assert table is None
    told = {item.code: item for item in found}
    assert len(told) == len(found) == 7
    assert told["formular-spalte"].position[1:3] == (2, 4)
    assert "Zahlen!C3" in told["formular-zelle"].message
    assert "gemeint ist vielleicht „Birke“" in told["gebiet-unbekannt"].help
    assert "2 Zahlen" in told["formular-dezimal"].message
    assert "Fragen!B8" in told["formular-dezimal"].help
    assert "Fragen!B4" in told["formular-zeitraum"].help
    assert "Fragen!B7" in told["formular-gerundet"].help
    assert told["formular-antwort"].position[1:3] == (12, 2)


def test_a_block_pasted_twice_is_told_once(town: Path, raw: Path) -> None:
    new(town, raw)
    fill(raw / "hilfen.xlsx", "B3", [[area, str(10 + at)] for at, area in enumerate((*AREAS, *AREAS))])
    table, found = read(town, raw / "hilfen.xlsx")
    assert table is None
    (twice,) = [item for item in found if item.code == "zahl-doppelt"]
    assert twice.message.startswith("5 Zahlen")


def test_dates_stand_once_a_block_and_titles_and_footnotes_are_passed_over(town: Path, raw: Path) -> None:
    new(town, raw, years="2024-2025")
    block = [[area, str(10 + at)] for at, area in enumerate(AREAS)]
    rows = [
        ["", "Stichtag: 31.12.2024", ""],
        *([["", *one] for one in block]),
        ["", "Stichtag: 31.12.2025", ""],
    ]
    rows += [*([["", *one] for one in block]), ["", "*) Ohne Anstalten", ""], *([["", "", ""]] * 8)]
    fill(raw / "hilfen.xlsx", "A3", rows)
    table, found = read(town, raw / "hilfen.xlsx")
    assert table is not None
    assert [(row.space, row.period) for row in table.rows] == [
        (area.lower(), period) for period in ("2024", "2025") for area in AREAS
    ]
    assert {item.code for item in found if item.severity == "error"} == {"formular-gerundet"}
    assert "formular-uebergangen" in {item.code for item in found}


def test_a_source_total_stays_less_what_lies_in_no_area(town: Path, raw: Path) -> None:
    """100 in all, 4 of them without an area and one quarter untold: the town's 96 stay."""
    new(town, raw)
    fill(raw / "hilfen.xlsx", "C3", [["12"], ["k. A."], ["20"], ["30"], ["25"], ["100"], ["4"]])
    waiting = run("protect", raw, "-p", town, "--date", "2026-03-01")
    assert "formular-zeichen" in waiting.output
    assert not (town / "resources/indicators/hilfen/values.csv").exists()
    fill(raw / "hilfen.xlsx", "C3", [], {"Zeichen k. A.": "geheim", "Schon gerundet geliefert?": "nein"})
    done = run("protect", raw, "-p", town, "--date", "2026-03-01")
    assert done.exit_code == 0, done.output
    with (town / "resources/indicators/hilfen/values.csv").open(encoding="utf-8") as stream:
        rows = {row["space"]: row for row in csv.DictReader(stream)}
    assert rows["kleinstadt"]["numerator"] == "96"
    assert (rows["birke"]["numerator"], rows["birke"]["status"]) == ("", ".")
    assert [key for key, row in rows.items() if row["note"].startswith("Die Quelle nennt")] == ["birke"]
    # The one count that isn't told doesn't follow from those that are.
    assert rows["nord"]["numerator"] == "21"
    assert rows["ahorn"]["numerator"] == ""
    assert "diese: „Ahorn, 2025“, „Birke, 2025“." in (raw / "bericht-2026-03-01.md").read_text("utf-8")


def test_two_crossed_breakdowns_stand_side_by_side(town: Path, raw: Path) -> None:
    definition = town / "resources/indicators/hilfen/indicator.yml"
    definition.write_text(stated(CROSSED), "utf-8")
    new(town, raw, "--by", "age,sex")
    head = [
        [cell.value for cell in row] for row in openpyxl.load_workbook(raw / "hilfen.xlsx")["Zahlen"]["A2:G4"]
    ]
    assert [row[2:] for row in head[:2]] == [
        ["Insgesamt", "unter 6", "unter 6", "6 bis 17", "6 bis 17"],
        ["Insgesamt", "weiblich", "männlich", "weiblich", "männlich"],
    ]
    fill(raw / "hilfen.xlsx", "C5", [[None, "1", "2", "3", "4"]] * 5)
    table, _ = read(town, raw / "hilfen.xlsx")
    assert table is not None
    assert {row.breakdown: row.numerator for row in table.rows if row.space == "esche"} == {
        ("u6", "w"): 1,
        ("u6", "m"): 2,
        ("ab6", "w"): 3,
        ("ab6", "m"): 4,
    }


def test_what_is_untold_of_one_value_stays_so_where_the_other_is_not_delivered(town: Path, raw: Path) -> None:
    """The women of one quarter aren't told, but those of the town are; nobody counted the men."""
    one = "breakdowns: [{id: sex, name: Geschlecht, values: [{id: w, name: weiblich}, {id: m, name: männlich}]}]"
    definition = town / "resources/indicators/hilfen/indicator.yml"
    definition.write_text(f"{definition.read_text('utf-8')}{one}\n", "utf-8")
    new(town, raw, "--by", "sex")
    said = {"Zeichen .": "geheim", "Schon gerundet geliefert?": "nein"}
    counted = [["30", "."], ["31", "12"], ["32", "13"], ["33", "14"], ["34", "15"], ["160", "66"]]
    fill(raw / "hilfen.xlsx", "C4", counted, said)
    run("protect", raw, "-p", town, "--date", "2026-03-01")
    text = (town / "resources/indicators/hilfen/values.csv").read_text("utf-8")
    assert "kleinstadt,2025,w,66," in text
    assert text.count(",w,,,.") == 2


def test_numbers_that_came_rounded_are_not_rounded_again(town: Path, raw: Path) -> None:
    definition = town / "resources/indicators/hilfen/indicator.yml"
    new(town, raw)
    fill(raw / "hilfen.xlsx", "C3", [["10"]] * 5, {"Schon gerundet geliefert?": "ja"})
    (asked,) = read(town, raw / "hilfen.xlsx")[1]
    assert asked.code == "formular-rundung-sagen"
    assert "„altered: rounded“" in asked.help
    text = definition.read_text("utf-8").replace("regime: ", "altered: rounded, regime: ")
    definition.write_text(text, "utf-8")
    assert read(town, raw / "hilfen.xlsx")[1] == []
    definition.write_text(stated(DEFINITION), "utf-8")
    (again,) = [item for item in read(town, raw / "hilfen.xlsx")[1] if item.severity == "error"]
    assert (again.code, again.position[1:3]) == ("formular-schon-gerundet", (7, 2))


def test_a_list_with_a_row_for_each_value_is_read_as_well(town: Path, raw: Path) -> None:
    (town / "resources/indicators/hilfen/indicator.yml").write_text(stated(CROSSED), "utf-8")
    new(town, raw, "--by", "age,sex")
    book = openpyxl.load_workbook(raw / "hilfen.xlsx")
    sheet = book["Zahlen"]
    sheet.delete_rows(1, 30)
    sheet.append(["Gebiet", "Alter", "Geschlecht", "Anzahl"])
    for row in (
        ["Ahorn", "unter 6", "weiblich", "1"],
        ["", "", "männlich", "2"],
        ["", "6 bis 17", "weiblich", "3"],
        ["", "", "divers", "4"],
    ):
        sheet.append(row)
    book.save(raw / "hilfen.xlsx")
    table, found = read(town, raw / "hilfen.xlsx")
    assert table is None
    (wrong,) = [item for item in found if item.code == "formular-wert"]
    assert "{id: …, name: divers}" in wrong.help


def test_raw_numbers_never_lie_in_the_project(town: Path, raw: Path) -> None:
    before = {path: path.read_bytes() for path in town.rglob("*") if path.is_file()}
    new(town, raw)
    assert {path: path.read_bytes() for path in town.rglob("*") if path.is_file()} == before
    inside = run(
        "new",
        "figures",
        "hilfen",
        "-p",
        town,
        "--private",
        town / "roh",
        "--areas",
        "quartier",
        "--years",
        "2025",
    )
    assert inside.exit_code == 1
    assert "ablage-im-projekt" in inside.output
    assert not (town / "roh").exists()
    # Whoever copies a form there is told by every check.
    for name in ("hilfen.xlsx", "hilfen.csv"):
        (town / "content").mkdir(exist_ok=True)
        (town / "content" / name).write_bytes((raw / name).read_bytes())
    assert [item.code for item in check_raw_tables(Disk(town))] == ["rohtabelle", "rohtabelle"]


def test_a_form_that_is_there_is_never_written_over(town: Path, raw: Path) -> None:
    new(town, raw)
    again = run(
        "new", "figures", "hilfen", "-p", town, "--private", raw, "--areas", "quartier", "--years", "2026"
    )
    assert again.exit_code == 1
    assert "eintrag-vorhanden" in again.output


def test_numbers_stand_in_one_file_or_nowhere_yet(town: Path, raw: Path) -> None:
    new(town, raw)
    paths = (raw / "hilfen.xlsx", raw / "hilfen.csv")
    assert [item.code for item in read(town, *paths)[1]] == ["formular-leer"]
    fill(paths[0], "C3", [["12"]] * 5)
    assert counts(read(town, *paths)[0]) == [12] * 5
    paths[1].write_text(paths[1].read_text("utf-8").replace("2025;;", "2025;Ahorn;12", 1), "utf-8")
    table, found = read(town, *paths)
    assert table is None
    assert "formular-zweimal" in {item.code for item in found}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--areas", "quartiere", "--years", "2025"), "formular-ebene"),
        (("--areas", "quartier", "--years", "25"), "kein-zeitraum"),
        (("--areas", "quartier", "--years", "2025", "--by", "alter"), "formular-aufgliederung"),
    ],
)
def test_what_cannot_be_meant_is_told_before_anything_is_written(
    town: Path, raw: Path, words: tuple[str, ...], code: str
) -> None:
    done = run("new", "figures", "hilfen", "-p", town, "--private", raw, *words)
    assert done.exit_code == 1
    assert code in done.output
    assert not raw.exists()


def test_a_definition_that_cannot_be_read_is_told_as_what_it_is(town: Path, raw: Path) -> None:
    """A comma in the source's name ends it where it stands in braces."""
    definition = town / "resources/indicators/hilfen/indicator.yml"
    definition.write_text(
        OPEN.replace("{name: Amt (erfunden), regime: own-cases}", "{name: Amt, Abteilung 3 (erfunden)}"),
        "utf-8",
    )
    done = run(
        "new", "figures", "hilfen", "-p", town, "--private", raw, "--areas", "quartier", "--years", "2025"
    )
    assert done.exit_code == 1
    assert "indicator.yml:6" in done.output
    assert "Anführungszeichen" in done.output


def test_a_form_without_headings_says_which_are_needed(town: Path, raw: Path) -> None:
    new(town, raw)
    fill(raw / "hilfen.xlsx", "B2", [["Stadtteil"]])
    table, found = read(town, raw / "hilfen.xlsx")
    assert table is None
    assert [item.code for item in found] == ["formular-kopf"]


def test_a_name_of_two_areas_is_told_and_a_key_is_certain(town: Path, raw: Path) -> None:
    (town / "resources/spaces/zweite.yml").write_text("name: Ahorn\nlevel: quartier\nparent: sued\n", "utf-8")
    new(town, raw)
    fill(raw / "hilfen.xlsx", "B3", [["Ahorn", "1"], ["zweite", "2"], ["ahorn", "3"], ["Birke", "4"]])
    _, found = read(town, raw / "hilfen.xlsx")
    (twice,) = [item for item in found if item.code == "gebiet-mehrdeutig"]
    assert "ahorn, zweite" in twice.message


def test_a_description_with_open_questions_waits(town: Path, raw: Path) -> None:
    new(town, raw, key="kita")
    fill(raw / "kita.xlsx", "C3", [["12"]] * 5)
    draft = town / "resources/indicators/kita/indicator.yml"
    undecided, _, _ = draft.read_text("utf-8").partition("nach Bedarf")
    assert "small_in_source" not in undecided, "nobody has attested anything"
    done = run("protect", raw, "-p", town, "--date", "2026-03-01")
    assert done.exit_code == 1
    assert "falscher-wert" in done.output
    decided = draft.read_text("utf-8").replace("method: TODO", "method: round-small")
    draft.write_text(decided.replace("regime: TODO", "regime: own-cases"), "utf-8")
    done = run("protect", raw, "-p", town, "--date", "2026-03-01")
    assert done.exit_code == 1
    assert "kennzahl-offen" in done.output


def test_what_is_divided_is_described_before_its_form_is_written(town: Path, raw: Path) -> None:
    """Only then it is known which columns there are; the same command writes them."""
    told = new(town, raw, "--by", "age", key="kita").output
    assert "derselbe Befehl" in told
    assert not raw.exists()
    draft = town / "resources/indicators/kita/indicator.yml"
    assert "id: age" in draft.read_text("utf-8")
    draft.write_text(stated(CROSSED), "utf-8")
    new(town, raw, "--by", "age", key="kita")
    heads = [cell.value for cell in openpyxl.load_workbook(raw / "kita.xlsx")["Zahlen"][2]]
    assert heads == ["Alter", None, "Insgesamt", "unter 6", "6 bis 17"]


def test_a_question_that_concerns_several_cells_names_each(town: Path, raw: Path) -> None:
    new(town, raw)
    fill(raw / "hilfen.xlsx", "C3", [["1.234"], ["2.345"], ["3.456"], ["5"], ["6"]])
    told = run("protect", raw, "-p", town, "--date", "2026-03-01").output
    assert "Blatt Zahlen, Zeile 3, Spalte C" in told
    assert "hilfen.xlsx, Blatt Zahlen:C4, C5" in told


def test_numbers_pasted_without_their_areas_are_refused(town: Path, raw: Path) -> None:
    """The source has an order of its own: in prepared lines two areas would have changed places in silence."""
    new(town, raw)
    book = openpyxl.load_workbook(raw / "hilfen.xlsx")
    for line in range(3, 8):
        book["Zahlen"].cell(line, 3).value = str(line)
    book.save(raw / "hilfen.xlsx")
    table, found = read(town, raw / "hilfen.xlsx")
    assert table is None
    assert [item.position[1:3] for item in found if item.code == "gebiet-unbekannt"] == [(3, 2)]
