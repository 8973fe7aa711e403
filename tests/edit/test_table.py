"""`nahraum table`: what goes out comes in again; what people change there is written exactly, or refused with a reason."""

import itertools
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.edit.records.yaml_writer import Value, write_record
from generator.read.nodes import parse, plain
from tests.chance import whole
from tests.edit.towns import FILES, write, write_town
from tests.folders import files_of
from tests.machine import needed

ROOT = Path(__file__).parents[2]
OFFER = "resources/offers/krabbelgruppe.yml"
HEAD = ("Kürzel", "Name", "Zwei Sätze", "Art", "Träger", "Themen", "Zeiten", "Telefon")
NEW = (
    "", "Vorlesestunde", "Wir lesen vor.", "Gruppe", "Nachbarn am Fluss", "Krabbelgruppe", "Do 15-16", "040 66969-903",
)  # fmt: skip


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write_town(tmp_path / "stadt")


def run(town: Path, *words: object) -> Result:
    return CliRunner().invoke(main, ["table", *map(str, words), "-p", str(town), "--today", "2026-11-29"])


def out(town: Path) -> Path:
    book = town.parent / "angebote.xlsx"
    assert run_out(town, book).exit_code == 0
    return book


def run_out(town: Path, book: Path) -> Result:
    return CliRunner().invoke(main, ["table", "out", str(book), "-p", str(town)])


def csv(town: Path, rows: Iterable[Sequence[str]], encoding: str = "utf-8", name: str = "liste.csv") -> Path:
    path = town.parent / name
    path.write_bytes("".join(";".join(f'"{cell}"' for cell in row) + "\r\n" for row in rows).encode(encoding))
    return path


def record(town: Path, name: str) -> dict[str, Value]:
    node, found = parse((town / "resources" / name).read_text("utf-8"), name)
    assert node is not None
    assert not found
    values: dict[str, Value] = plain(node)
    return values


def edited(book: Path, edit: Callable[[openpyxl.Workbook], object]) -> Path:
    there = openpyxl.load_workbook(book)
    edit(there)
    there.save(book)
    return book


def errors_in(town: Path) -> str:
    told = (
        CliRunner().invoke(main, ["check", "-p", str(town), "-f", "concise", "--today", "2026-11-29"]).output
    )
    return "\n".join(line for line in told.splitlines() if ": error" in line or "Fehler[" in line)


# --- out and in ---------------------------------------------------------------------------------------------------------


def copy_of(project: Path, folder: Path) -> Path:
    for part in ("resources", "content", "site_config.yml"):
        if (project / part).is_dir():
            shutil.copytree(project / part, folder / part)
        elif (project / part).exists():
            folder.mkdir(exist_ok=True)
            shutil.copy(project / part, folder / part)
    return folder


@whole
@pytest.mark.guards("Examples and the rest: a table that goes out and comes in unedited changes no byte")
@pytest.mark.parametrize(
    "name",
    [".", *(pytest.param(f"examples/{one}", marks=whole) for one in ("norderstedt", "siegen", "walle"))],
)
def test_an_untouched_table_changes_no_byte(tmp_path: Path, name: str) -> None:
    project = copy_of(ROOT / name, tmp_path / "stadt")
    before = files_of(project)
    told = run(project, "in", out(project))
    assert told.exit_code == 0, told.output
    assert "Nichts zu ändern." in told.output, told.output
    assert files_of(project) == before


def test_a_table_that_libreoffice_saved_again_changes_no_byte(tmp_path: Path) -> None:
    office = needed("LibreOffice")
    project = copy_of(ROOT, tmp_path / "stadt")
    before = files_of(project)
    command = [office, f"-env:UserInstallation=file://{tmp_path}/profil", "--headless", "--convert-to"]
    command += ["xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "neu"), str(out(project))]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    told = run(project, "in", tmp_path / "neu" / "angebote.xlsx")
    assert told.exit_code == 0, told.output
    assert "Nichts zu ändern." in told.output, told.output
    assert files_of(project) == before


WORDS = (
    "Café", "ä; ö", "=1+1", "'so", "a, b", "Straße 5", "„ja“", "# kein", "1-3", "Wahr", "  eng  ", "zwei\nZeilen", "+49", "x: y", "0351",
)  # fmt: skip


LANGUAGES = {"site_config.yml": FILES["site_config.yml"].replace("[de]", "[de, en, uk]")}


def random_town(root: Path, seed: int) -> Path:
    """Write a town whose texts are made of what tables and YAML trip over."""
    chance = random.Random(seed)

    def text() -> str:
        return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 4))).strip()

    files: dict[str, dict[str, Value]] = {}
    for number in range(5):
        files[f"providers/t{number}"] = {
            "name": text(),
            "kind": "association",
            "summary": text(),
            "spaces": ["ost"],
        }
        files[f"places/o{number}"] = {
            "name": text(),
            "kind": "nachbarschaftshaus",
            "point": "10.005 53.705",
            "providers": [f"t{number}", "verein"],
            "contact": {"phone": f"040 66969-9{number}", "note": text()},
        }
        files[f"offers/a{number}"] = {
            "name": text(),
            "summary": text(),
            "kind": "gruppe",
            "provider": f"t{number}",
            "place": f"o{chance.randrange(5)}",
            "topics": ["krabbelgruppe", "ganztag"][: chance.randint(1, 2)],
            "hours": "Mo 09:00-10:30; PH off",
            "cost": chance.choice(["free", {"amount": "3.50", "note": text()}, "5 €"]),
            "description": text(),
            "translations": {
                language: {name: text() for name in chance.sample(("name", "summary", "description"), 2)}
                for language in chance.sample(("en", "uk"), chance.randint(1, 2))
            },
        }
    town = write(write_town(root), LANGUAGES)
    for name, values in files.items():
        lines = [f"# {text()}".replace("\n", " "), write_record(values)]
        write(town, {f"resources/{name}.yml": "\n".join(lines)})
    return town


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=whole) for seed in range(2, 20))])
def test_a_town_of_odd_texts_comes_in_as_it_went_out(tmp_path: Path, seed: int) -> None:
    town = random_town(tmp_path / "stadt", seed)
    before = files_of(town)
    told = run(town, "in", out(town))
    assert told.exit_code == 0, told.output
    assert files_of(town) == before, told.output


def test_cells_are_texts_ids_are_locked_and_names_can_be_chosen(town: Path) -> None:
    sheets = openpyxl.load_workbook(out(town))
    assert sheets.sheetnames[:3] == ["Angebote", "Orte", "Träger"]
    for sheet in sheets.worksheets[:3]:
        cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
        assert sheet.protection.sheet
        assert all(cell.number_format == "@" and cell.data_type in ("s", "n", "inlineStr") for cell in cells)
        assert [cell.protection.locked for cell in cells] == [cell.column == 1 for cell in cells]
        assert all(cell.comment for cell in sheet[1])
    offers = sheets["Angebote"]
    column = {cell.value: cell.column_letter for cell in offers[1]}
    chosen = {
        rule.formula1
        for rule in offers.data_validations.dataValidation
        if f"{column['Träger']}2" in str(rule.sqref)
    }
    (formula,) = chosen
    start, end = formula.removeprefix("Namen!").split(":")
    assert [row[0].value for row in sheets["Namen"][start.replace("$", "") : end.replace("$", "")]] == [
        "Nachbarn am Fluss"
    ]


def test_nothing_protected_internal_or_of_persons_goes_out(town: Path) -> None:
    write(
        town,
        {
            "resources/protected/haus-amsel.yml": "name: Haus Amsel\nkind: schutz\nprovider: amsel\nphone: 040 66969-907\nway_in: [call]\n",
            "resources/providers/amsel.yml": "name: Amsel Schutz\nkind: association\naddress: {street: Am Wall, number: 9, postcode: 01067, town: Kleinstadt}\n",
            OFFER: FILES[OFFER].replace("name: Büro", "name: Petra Muster")
            + "notes: Kollegin Meisenkaiser fragen\n",
        },
    )
    book = openpyxl.load_workbook(out(town))
    told = {
        str(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value
    }
    assert "Krabbelgruppe" in told
    assert not [
        text
        for text in told
        if any(word in text for word in ("Amsel", "Wall", "907", "Petra", "Meisenkaiser"))
    ]


# --- what a row does ----------------------------------------------------------------------------------------------------


def test_a_row_with_an_id_changes_the_filled_cells_that_differ_and_nothing_else(town: Path) -> None:
    text = FILES[OFFER].replace("ages: 0-3", "ages: 0-3   # bleibt")
    write(town, {OFFER: text})
    table = csv(
        town,
        [
            ("Kürzel", "Zwei Sätze", "Zeiten", "Themen"),
            ("krabbelgruppe", "", "Tu 09:00-10:30; PH off", "Krabbelgruppe"),
        ],
    )
    told = run(town, "in", table, "--newer")
    assert told.exit_code == 0
    assert "Mo 09:00-10:30; PH off“ → „Tu 09:00-10:30; PH off" in told.output
    assert (town / OFFER).read_text("utf-8") == text.replace("Mo 09:00", "Tu 09:00")


def test_what_the_table_lacks_is_named_and_stays(town: Path) -> None:
    write(
        town, {"resources/offers/zweites.yml": FILES[OFFER].replace("name: Krabbelgruppe", "name: Zweites")}
    )
    before = files_of(town)
    told = run(town, "in", csv(town, [("Kürzel", "Name"), ("krabbelgruppe", "Krabbelgruppe")]))
    assert "offers/zweites" in told.output
    assert files_of(town) == before


def test_a_row_without_an_id_is_new(town: Path) -> None:
    told = run(town, "in", csv(town, [HEAD, NEW]))
    assert told.exit_code == 0, told.output
    assert record(town, "offers/vorlesestunde.yml") == {
        "name": "Vorlesestunde",
        "summary": "Wir lesen vor.",
        "kind": "gruppe",
        "provider": "verein",
        "topics": ["krabbelgruppe"],
        "hours": "Do 15-16",
        "contact": {"phone": "040 66969-903"},
    }
    assert errors_in(town) == ""


@pytest.mark.parametrize("encoding", ["utf-8-sig", "windows-1252"])
def test_umlauts_of_a_german_office_come_in(town: Path, encoding: str) -> None:
    row = ("", "Frühstück für Väter", *NEW[2:])
    assert run(town, "in", csv(town, [HEAD, row], encoding)).exit_code == 0
    assert record(town, "offers/fruehstueck-fuer-vaeter.yml")["name"] == "Frühstück für Väter"


@pytest.mark.parametrize(
    ("heading", "value", "called", "fits"),
    [
        ("Telefon", "040 66969-909", "", False),
        ("E-Mail", "neu@verein.example", "", False),
        ("Internetseite", "https://verein.example/", "", False),
        ("Termin buchen", "https://verein.example/termin", "", False),
        ("Zustand", "für immer zu", "", False),
        ("Zustand", "pausiert", "", True),
        ("Alter", "0-2", "", True),
        ("Telefon", "040 66969-902", "", True),
        ("Telefon", "040 66969-909", "28.11.2026", False),
        ("Telefon", "040 66969-909", "28.11.2027, Sekretariat", False),
        ("Telefon", "040 66969-909", "28.11.2026, Petra", False),
        ("Telefon", "040 66969-909", "28.11.2026, Sekretariat", True),
        ("Zustand", "für immer zu", "2026-11-28 Büro", True),
    ],
)
def test_who_is_reached_otherwise_was_called_before(
    town: Path, heading: str, value: str, called: str, fits: bool
) -> None:
    before = files_of(town)
    table = csv(town, [("Kürzel", heading, "zurückgerufen am"), ("krabbelgruppe", value, called)])
    told = run(town, "in", table, "--newer")
    assert (told.exit_code == 0) is fits, told.output
    assert fits or ("rueckruf-fehlt" in told.output and files_of(town) == before)
    written = (town / "resources/offers/krabbelgruppe.yml").read_text("utf-8")
    assert ("called_back" in written) is bool(fits and called)


@pytest.mark.parametrize(
    ("name", "phone", "asked"),
    [
        ("Krabbelgruppe", "", True),
        ("krabbel-gruppe!", "", False),
        ("Babys am Fluss", "040 66969902", True),
        ("Babys am Fluss", "", False),
    ],
)
def test_a_row_that_resembles_an_entry_is_asked_about(town: Path, name: str, phone: str, asked: bool) -> None:
    head = ("Name", "Zwei Sätze", "Art", "Träger", "Ort", "Themen", "Telefon")
    row = (name, "Wir treffen uns.", "Gruppe", "verein", "Treff am Fluss", "Krabbelgruppe", phone)
    before = files_of(town)
    told = run(town, "in", csv(town, [head, row]))
    assert ("zeile-wie-eintrag" in told.output) is asked, told.output
    assert (files_of(town) == before) is asked


def test_the_answer_says_which_entry_is_meant(town: Path) -> None:
    head = ("Name", "Zwei Sätze", "Art", "Träger", "Themen", "dasselbe wie")
    row = ("Krabbelgruppe", "Wir treffen uns.", "Gruppe", "verein", "Krabbelgruppe")
    assert run(town, "in", csv(town, [head, (*row, "krabbelgruppe")]), "--newer").exit_code == 0
    assert record(town, "offers/krabbelgruppe.yml")["summary"] == "Wir treffen uns."
    elsewhere = (*row[:2], "Beratung", *row[3:], "neu")
    assert run(town, "in", csv(town, [head, elsewhere])).exit_code == 0
    assert record(town, "offers/krabbelgruppe-2.yml")["kind"] == "beratung"


def test_two_rows_of_one_name_are_asked_about(town: Path) -> None:
    before = files_of(town)
    told = run(town, "in", csv(town, [HEAD, NEW, NEW]))
    assert "Zeile 2" in told.output
    assert told.exit_code == 1
    assert files_of(town) == before


def test_a_place_of_another_source_is_known_by_its_name_before_its_number(town: Path) -> None:
    text = (
        "name: Spielplatz\nkind: spielplatz\npoint: 10.005 53.705\norigin: {name: OSM node/1, date: 2026}\n"
    )
    write(town, {"resources/places/spielplatz.yml": text})
    head = ("Blatt", "Name", "Art", "Punkt", "Quelle", "Stand der Quelle")
    told = run(
        town, "in", csv(town, [head, ("Orte", "Garten", "spielplatz", "10.004 53.704", "OSM node/1", "2026")])
    )
    assert told.exit_code == 0, told.output
    assert (town / "resources/places/spielplatz.yml").read_text("utf-8") == text
    assert record(town, "places/garten.yml")["name"] == "Garten"


def test_headings_of_others_are_known_or_named_and_no_cell_is_guessed(town: Path) -> None:
    head = (
        "Was", "Worum geht es", "Art", "Wer", "Ort / Straße", "PLZ Ort", "Thema", "Tel./Fax", "Wann genau", "Betreuerin",
    )  # fmt: skip
    row = (
        "Vorlesen", "Wir lesen.", "Gruppe", "verein", "Am Wall 9", "1067 Kleinstadt", "Krabbelgruppe", "4066969903", "Do 15-16", "Frau X",
    )  # fmt: skip
    table = csv(town, [head, row])
    told = run(town, "in", table, "--map", "Wann genau=hours")
    assert told.exit_code == 0, told.output
    assert "Nicht übernommene Spalten: „Betreuerin“." in told.output, told.output
    values = record(town, "offers/vorlesen.yml")
    assert values["address"] == {
        "street": "Am Wall",
        "number": "9",
        "postcode": "01067",
        "town": "Kleinstadt",
    }
    assert (values["contact"], values["hours"]) == ({"phone": "04066969903"}, "Do 15-16")


def test_all_that_is_wrong_with_a_table_is_told_at_once(town: Path) -> None:
    head = ("Name", "Zwei Sätze", "Träger", "Themen", "Telefon", "Tel./Fax", "Alter")
    rows = [
        (f"Gruppe {number}", "Wir lesen.", "Niemand e. V.", "krabbelgruppe", "", "", "viel")
        for number in range(3)
    ]
    told = run(town, "in", csv(town, [head, *rows]), "-f", "concise").output
    counts = {
        code: told.count(f"[{code}]")
        for code in ("zelle-unbekannt", "spalte-zweimal", "spalte-gebraucht", "kein-alter")
    }
    assert counts == {"zelle-unbekannt": 1, "spalte-zweimal": 1, "spalte-gebraucht": 1, "kein-alter": 3}, told


def test_hours_that_are_not_read_are_asked_about_once_with_the_line_to_paste(town: Path) -> None:
    head = ("Name", "Zwei Sätze", "Art", "Träger", "Themen", "Zeiten")
    written = (
        "Mo 9-12 Uhr; Di 15-18 Uhr Töpfern",
        "Di 9-12 Uhr",
        "Mi irgendwann",
        "Fr 9-12 Uhr; Sa 9-12 Uhr",
    )
    rows = [
        (f"Lesen {number}", "Wir lesen.", "Gruppe", "verein", "krabbelgruppe", cell)
        for number, cell in enumerate(written)
    ]
    told = run(town, "in", csv(town, [head, *rows]))
    assert told.exit_code == 0, told.output
    assert told.output.count("[zellen-zeiten]") == 1
    assert "(Zellen: 2)" in told.output
    assert '„Di 15-18 Uhr Töpfern“ → Di 15-18 Uhr "Töpfern"' in told.output
    assert record(town, "offers/lesen-0.yml")["hours"] == written[0]


def test_closings_go_out_and_come_in_with_where_to_turn(town: Path) -> None:
    closed = [
        {"date": "2026-12-21", "until": "2027-01-03", "name": "Ferien", "instead": "spielkreis"},
        {"date": "2027-02-08", "instead_phone": "040 66969-903"},
    ]
    other = (town / OFFER).read_text("utf-8").replace("name: Krabbelgruppe", "name: Spielkreis")
    write(town, {"resources/offers/spielkreis.yml": other})
    cell = "21.12.2026 bis 3.1.2027, Ferien, Spielkreis; 2027-02-08, 040 66969-903"
    told = run(town, "in", csv(town, [("Kürzel", "Geschlossen"), ("krabbelgruppe", cell)]), "--newer")
    assert told.exit_code == 0, told.output
    assert record(town, "offers/krabbelgruppe.yml")["closed"] == closed
    assert errors_in(town) == ""
    assert "Nichts zu ändern." in run(town, "in", out(town)).output
    for wrong in ("21.12.2026 bis 3.1.2027, Betriebsferien", "morgen", "2026-12-21 bis 2026-01-03"):
        before = (town / OFFER).read_text("utf-8")
        told = run(town, "in", csv(town, [("Kürzel", "Geschlossen"), ("krabbelgruppe", wrong)]), "--newer")
        assert told.exit_code == 1, told.output
        assert (town / OFFER).read_text("utf-8") == before


def test_an_age_that_a_spreadsheet_made_a_date_is_told(town: Path) -> None:
    told = run(town, "in", csv(town, [("Kürzel", "Alter"), ("krabbelgruppe", "1.3.2026")]), "--newer")
    assert "[datum-statt-zahl]" in told.output


def test_what_holds_for_all_rows_is_said_once(town: Path) -> None:
    head = ("Einrichtung", "Worum geht es", "Wer", "Straße", "Hausnr", "PLZ", "Thema", "Länge", "Breite")
    row = ("Vorlesen", "Wir lesen.", "verein", "Am Wall", "9a", "1067", "Krabbelgruppe", "10,004", "53,704")
    told = run(town, "in", csv(town, [head, row]), "--set", "Stadt=Kleinstadt", "--set", "Art=Gruppe")
    assert told.exit_code == 0, told.output
    values = record(town, "offers/vorlesen.yml")
    assert values["address"] == {
        "street": "Am Wall",
        "number": "9a",
        "postcode": "01067",
        "town": "Kleinstadt",
    }
    assert (values["kind"], values["point"]) == ("gruppe", "10.004 53.704")


def test_points_come_in_as_rows(town: Path) -> None:
    path = town.parent / "punkte.geojson"
    path.write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"Name": "Rodelberg", "Art": "spielplatz"},'
        ' "geometry": {"type": "Point", "coordinates": [10.004, 53.704]}}]}',
        "utf-8",
    )
    assert run(town, "in", path, "--kind", "places").exit_code == 0
    assert record(town, "places/rodelberg.yml") == {
        "name": "Rodelberg",
        "kind": "spielplatz",
        "point": "10.004000 53.704000",
    }


def test_a_protected_row_is_refused_and_forgotten(town: Path) -> None:
    head = ("Blatt", "Name", "Art", "Zwei Sätze", "Träger", "Ort", "Themen", "Straße")
    rows = [
        ("Orte", "Haus Amsel", "schutzhaus", "", "", "", "", "Am Wall 9"),
        ("Angebote", "Zuflucht", "schutz", "Hilfe.", "verein", "Haus Amsel", "gewalt", "Am Wall 9"),
        ("Angebote", "Vorlesen", "gruppe", "Wir lesen.", "verein", "", "krabbelgruppe", ""),
    ]
    told = run(town, "in", csv(town, [head, *rows]))
    assert told.exit_code == 0, told.output
    assert "zeile-geschuetzt" in told.output, told.output
    assert (town / "resources/offers/vorlesen.yml").exists()
    assert b"Amsel" not in b"".join(files_of(town).values())
    assert b"Wall" not in b"".join(files_of(town).values())


def _merge(book: openpyxl.Workbook) -> None:
    book["Angebote"].merge_cells("B2:C2")


def _hide(book: openpyxl.Workbook) -> None:
    book["Angebote"].row_dimensions[2].hidden = True


def _strike(book: openpyxl.Workbook) -> None:
    book["Angebote"]["B2"].font = openpyxl.styles.Font(strike=True)


def _hide_column(book: openpyxl.Workbook) -> None:
    book["Angebote"].column_dimensions["B"].hidden = True


@pytest.mark.parametrize(
    ("edit", "told"),
    [(_merge, "B2:C2"), (_hide, "Zeilen: 2"), (_strike, "Zeilen: 2"), (_hide_column, "Spalten: B")],
)
def test_what_people_hardly_see_is_named_by_cell(
    town: Path, edit: Callable[[openpyxl.Workbook], None], told: str
) -> None:
    assert told in run(town, "in", edited(out(town), edit)).output


# --- a clerk's forty offers ---------------------------------------------------------------------------------------------


def clerks_list() -> list[list[str]]:
    """Return forty offers of seventeen providers as a clerk has them: empty rows, free hours, a provider spelt three ways."""
    days = ("Mo+Mi 9-12 u. n. V.", "Di 15-17 Uhr", "Do 9:30-11 Uhr", "nach Vereinbarung")
    rows = [
        [
            "Was", "Worum geht es", "Art", "Wer", "Straße", "PLZ Ort", "Thema", "Wann", "Tel./Fax", "Kosten", "Alter", "Notiz",
        ]
    ]  # fmt: skip
    for number in range(40):
        provider = f"Träger {'ABCDEFGHIJKLMNOPQ'[number % 17]} e.V."
        if number in (17, 34):
            provider = {17: "Träger A e. V.", 34: "träger a"}[number]
        rows.append(
            [
                *(
                    f"Gruppe Nr. {number + 1} für Mütter",
                    "Wir treffen uns.",
                    "Gruppe",
                    provider,
                    f"Uferweg {number + 1}",
                ),
                *(
                    "01067 Kleinstadt",
                    "Krabbelgruppe",
                    days[number % 4],
                    f"040 66969-{300 + number}",
                    "kostenlos",
                    "0-3",
                    "",
                ),
            ]
        )
        if number % 10 == 9:
            rows.append([""] * 12)
    return rows


def test_a_clerks_forty_offers_come_in_at_the_second_try(town: Path) -> None:
    rows = clerks_list()
    rows[3][8] = "040 66969-302 / 040 66969-399"
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.active.merge_cells("D5:D6")
    table, questions = town.parent / "liste.xlsx", town.parent / "fragen.csv"
    book.save(table)
    before = files_of(town)
    first = run(town, "in", table, "--questions", questions)
    assert first.exit_code == 1
    assert files_of(town) == before
    told = ("D5:D6", "Zeile 4, Spalte I", "keine-telefonnummer")
    assert [word for word in told if word not in first.output] == []
    book.active.unmerge_cells("D5:D6")
    book.active["D5"], book.active["D6"] = rows[4][3], rows[5][3]
    asked = questions.read_text("utf-8-sig").splitlines()
    assert len(asked) == 1 + 17
    questions.write_text(
        "\n".join(
            [asked[0], *(line[:-1] + "association;" if line.endswith(";;") else line for line in asked[1:])]
        ),
        "utf-8",
    )
    book.active["I4"] = "040 66969-302"
    book.save(table)
    second = run(town, "in", table, questions)
    assert second.exit_code == 0, second.output
    assert len(list((town / "resources/providers").glob("*.yml"))) == 1 + 17
    assert len(list((town / "resources/offers").glob("*.yml"))) == 1 + 40
    assert errors_in(town) == ""
    broken = (town / OFFER).read_text("utf-8").replace("provider: verein", "provider: verien")
    write(town, {OFFER: broken})
    told = CliRunner().invoke(main, ["check", "-p", str(town), "--today", "2026-11-29"]).output.splitlines()
    assert len(told) <= 40
    kinds = [line.partition("[")[0] for line in told if re.match(r"(?:Fehler|Warnung|Hinweis)\[", line)]
    assert kinds.count("Fehler") == 1
    assert kinds[-1] == "Fehler"


# --- a table that comes back late, or twice ---------------------------------------------------------------------------------


def fill_in(book: Path, name: str, texts: Mapping[str, str]) -> Path:
    """Return a copy of a workbook in which somebody changed the first offer's cells."""

    def edit(there: openpyxl.Workbook) -> None:
        sheet = there["Angebote"]
        columns = {cell.value: cell.column for cell in sheet[1]}
        for heading, text in texts.items():
            sheet.cell(2, columns[heading]).value = text or None

    return edited(Path(shutil.copy(book, book.with_name(name))), edit)


FIELD = {"Zeiten": "hours", "Alter": "ages", "Sprachen": "languages"}
DAILY, LATER = {"Zeiten": "Mo-Fr 09:00-10:30"}, {"Zeiten": "Di 11:00-12:00"}


@pytest.mark.parametrize(
    ("one", "other", "by_hand"),
    [
        (DAILY, LATER, {}),
        (DAILY, DAILY, LATER),
        (DAILY, {"Zeiten": ""}, {}),
        ({"Zeiten": "", "Alter": ""}, {"Alter": "1-4"}, {"Sprachen": "[de]"}),
        (DAILY | {"Alter": "1-4"}, {"Sprachen": "Deutsch"}, {"Alter": "2-4"}),
    ],
)
def test_of_two_people_and_one_workbook_nothing_is_lost_in_any_order(
    tmp_path: Path, one: dict[str, str], other: dict[str, str], by_hand: dict[str, str]
) -> None:
    for number, order in enumerate(itertools.permutations([("eins", one), ("zwei", other), ("", by_hand)])):
        town = write_town(tmp_path / str(number) / "stadt")
        book = out(town)
        handed = {"Zeiten": "Mo 09:00-10:30; PH off", "Alter": "0-3", "Sprachen": ""}
        stands = dict(handed)
        for who, texts in order:
            before = files_of(town)
            both = [key for key, text in texts.items() if stands[key] not in (handed[key], text)]
            if who:
                told = run(town, "in", fill_in(book, f"{who}.xlsx", texts))
                assert (told.exit_code == 1) is bool(both), told.output
                assert told.output.count("[auf-beiden-seiten]") == len(both)
                assert [
                    key for key in both if f"steht dort „{stands[key] or 'nichts'}“" not in told.output
                ] == []
                if both:
                    assert files_of(town) == before
                    continue
            else:
                text = (town / OFFER).read_text("utf-8")
                for key, value in texts.items():
                    text = re.sub(rf"^{FIELD[key]}:.*\n", "", text, flags=re.M) + f"{FIELD[key]}: {value}\n"
                write(town, {OFFER: text})
            stands |= texts
            values = record(town, "offers/krabbelgruppe.yml")
            found = {key: values.get(FIELD[key], "") for key in stands}
            assert {key: str(text) for key, text in found.items()} == {
                key: {"Deutsch": "['de']", "[de]": "['de']"}.get(text, text) for key, text in stands.items()
            }


def test_what_a_workbook_lacks_to_know_it_asks(town: Path) -> None:
    book = out(town)
    filled = fill_in(book, "ohne.xlsx", DAILY)
    before = files_of(town)
    told = run(town, "in", edited(filled, lambda there: there.remove(there["Ausgegeben"])))
    assert "[nichts-sagt-was-neuer-ist]" in told.output
    assert files_of(town) == before
    assert run(town, "in", filled, "--newer").exit_code == 0
    assert record(town, "offers/krabbelgruppe.yml")["hours"] == DAILY["Zeiten"]


def test_a_workbook_finds_a_record_that_was_renamed_meanwhile(town: Path) -> None:
    book = fill_in(out(town), "spaet.xlsx", DAILY)
    CliRunner().invoke(main, ["rename", "offer", "krabbelgruppe", "babytreff", "-p", str(town)])
    told = run(town, "in", book)
    assert told.exit_code == 0, told.output
    assert record(town, "offers/babytreff.yml")["hours"] == DAILY["Zeiten"]


@pytest.mark.parametrize("said", ["", "neu", "krabbelgruppe"])
def test_a_list_read_twice_makes_no_doubles(town: Path, said: str) -> None:
    head = (*HEAD, "dasselbe wie")
    rows = [(*NEW[:1], f"Vorlesen {number}", *NEW[2:], "neu") for number in range(5)]
    assert run(town, "in", csv(town, [head, *rows])).exit_code == 0
    before = files_of(town)
    again = run(town, "in", csv(town, [head, *((*row[:-1], said) for row in rows)]))
    assert again.exit_code == 0, again.output
    assert "Schon da und gleich: 5" in again.output
    assert files_of(town) == before
    # One was corrected since: it is asked about, and none becomes two.
    path = town / "resources/offers/vorlesen-3.yml"
    path.write_text(path.read_text("utf-8").replace("Do 15-16", "Do 16-17"), "utf-8")
    before = files_of(town)
    late = run(town, "in", csv(town, [head, *((*row[:-1], said) for row in rows)]))
    assert late.exit_code == 1
    assert files_of(town) == before
