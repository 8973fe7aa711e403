"""A walk: three raw tables as a clerk gets them become protected ones in at most eight runs."""

import csv
import itertools
from pathlib import Path

import openpyxl
from click.testing import CliRunner

from generator.cli import main
from tests.disclosure.worlds import write_project

DEFINED = """\
title: {title}
says: So viele.
numerator: {title}
unit: Fälle
decimals: 0
direction: none
interval: none
design: 1
source: {{name: Amt (erfunden), licence: dl-de/by-2.0, regime: {regime}}}
disclosure: {{threshold: 5, method: {method}}}
"""
BY = """\
breakdowns:
  - {id: age, name: Alter, values: [{id: u6, name: unter 6}, {id: ab6, name: 6 bis 17}]}
  - {id: sex, name: Geschlecht, values: [{id: w, name: weiblich}, {id: m, name: männlich}]}
"""
AGENCY: list[list[object]] = [
    ["Leistungsberechtigte nach dem SGB II", "", "", ""],
    ["Kleinstadt, Zeitreihe", "", "", ""],
    ["Stand: 31.12.2025", "", "", ""],
    ["Gebiet", "Bedarfsgemeinschaften", "Leistungsberechtigte insgesamt", "darunter unter 25 Jahren"],
    ["Insgesamt 1)", "2.014", "4.820", "1.410"],
    ["Ahorn", "520", "1.250", "371"],
    ["Birke", "470", "1.100", "*"],
    ["Celtis", "512", "1.210", "366"],
    ["Dorn", "*", "*", "."],
    ["Esche", "498", "1.190", "350"],
    ["*) Zahlenwerte kleiner 3 und Differenzen, aus denen auf sie geschlossen werden kann", "", "", ""],
    ["1) einschließlich 55 Personen ohne Zuordnung", "", "", ""],
]
STATE = (
    "Kinder in Tageseinrichtungen;;;\n"
    "Stichtag;Schlüssel;Gemeindeteil;Kinder insgesamt\n"
    "01.03.2024;001;Ahorn;140\n;002;Birke;128\n;003;Celtis;151\n;004;Dorn;–\n;005;Esche;133\n;;Insgesamt;552\n"
    "01.03.2025;001;Ahorn;146\n;002;Birke;131\n;003;Celtis;149\n;004;Dorn;–\n;005;Esche;138\n;;Insgesamt;564\n"
    "© Statistisches Landesamt (erfunden);;;\n"
)
OWN: list[list[object]] = [["Stadtteil", "Alter", "Geschlecht", "Fälle"]]
PARTS = list(itertools.product(("unter 6", "6 bis 17"), ("weiblich", "männlich")))
for at, area in enumerate(("Ahorn", "Birke", "Celtis", "Dorn", "Esche")):
    OWN += [[area, *part, 21 + 4 * at + more] for more, part in enumerate(PARTS)]
OWN += [["ohne Angabe", *part, 3] for part in PARTS]


class Clerk:
    """Runs commands, counts them, and pastes."""

    def __init__(self, project: Path, raw: Path) -> None:
        self.project, self.raw, self.runs = project, raw, 0

    def run(self, *words: object) -> str:
        self.runs += 1
        return (
            CliRunner()
            .invoke(main, [*map(str, words), "-p", str(self.project)], catch_exceptions=False)
            .output
        )

    def describe(self, key: str, more: str = "") -> None:
        path = self.project / f"resources/indicators/{key}/indicator.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        regime, method = ("own-cases", "round-small") if key == "hze" else ("delivered", "published")
        path.write_text(DEFINED.format(title=key.title(), regime=regime, method=method) + more, "utf-8")

    def paste(self, key: str, rows: list[list[object]], first: str) -> None:
        book = openpyxl.load_workbook(self.raw / f"{key}.xlsx")
        sheet = book["Zahlen"]
        top, left = int(first[1:]), ord(first[0]) - 64
        for line, row in enumerate(rows, top):
            for column, value in enumerate(row, left):
                sheet.cell(line, column).value = value
        book.save(self.raw / f"{key}.xlsx")

    def table(self, key: str) -> dict[tuple[str, ...], str]:
        """Return the published counts by area, period and values."""
        path = self.project / f"resources/indicators/{key}/values.csv"
        with path.open(encoding="utf-8", newline="") as stream:
            head, *rows = csv.reader(stream)
        at = head.index("numerator")
        return {tuple(row[:at]): row[at] for row in rows}

    def answer(self, key: str, **said: str) -> None:
        book = openpyxl.load_workbook(self.raw / f"{key}.xlsx")
        for row in book["Fragen"].iter_rows():
            name = "".join(one for one in str(row[0].value) if one.isalpha() or one in "*.–")
            if name in said:
                row[1].value = said[name]
        book.save(self.raw / f"{key}.xlsx")


def test_three_raw_tables_become_protected_ones_in_at_most_eight_runs(tmp_path: Path) -> None:
    clerk = Clerk(write_project(tmp_path / "projekt"), tmp_path / "roh")
    (clerk.project / "resources/indicators/hilfen/indicator.yml").unlink()
    (clerk.project / "resources/indicators/hilfen").rmdir()
    private = ("--private", clerk.raw, "--areas", "quartier", "--years")
    clerk.run("new", "figures", "sgb2", *private, "2025")
    clerk.run("new", "figures", "kita", *private, "2024-2025")
    clerk.describe("hze", BY)
    clerk.run("new", "figures", "hze", *private, "2025", "--by", "age,sex")
    clerk.describe("sgb2")
    clerk.describe("kita")
    # The Federal Agency's sheet: areas and one column of numbers, from the heading's next line to the last footnote.
    clerk.paste("sgb2", [[row[0], row[2]] for row in AGENCY[4:]], "B3")
    # The state office's file, opened in a spreadsheet: day, name and number.
    lines = list(csv.reader(STATE.encode("cp1252").decode("cp1252").splitlines(), delimiter=";"))
    clerk.paste("kita", [[row[0], row[2], row[3]] for row in lines[2:]], "A3")
    # Her own list has a row for each value: it takes the place of the whole sheet.
    book = openpyxl.load_workbook(clerk.raw / "hze.xlsx")
    book["Zahlen"].delete_rows(1, 60)
    book.save(clerk.raw / "hze.xlsx")
    clerk.paste("hze", [["Gebiet", *OWN[0][1:3], "Anzahl"], *OWN[1:]], "A1")
    asked = clerk.run("protect", clerk.raw, "--date", "2026-03-01")
    assert "Was heißt „*“ (C7)?" in asked
    assert "Was heißt „–“" in asked
    for key in ("sgb2", "kita", "hze"):
        clerk.answer(key, Schongerundetgeliefert="nein", **{"Zeichen*": "geheim", "Zeichen–": "nichts"})
    clerk.answer("sgb2", Dezimalzeichen=",")
    asked = clerk.run("protect", clerk.raw, "--date", "2026-03-01")
    assert "„Dorn“, 2024: Diese Zahl passt nicht" in asked
    clerk.describe("kita", "plausible:\n  - {space: dorn, reason: In Dorn gibt es keine Kita}\n")
    done = clerk.run("protect", clerk.raw, "--date", "2026-03-01")
    assert clerk.runs <= 8, done
    sgb2, kita, hze = (clerk.table(key) for key in ("sgb2", "kita", "hze"))
    # The source's total stays, its secret stays secret, and can't be reckoned from the neighbours.
    assert sgb2["kleinstadt", "2025"] == "4820"
    assert sgb2["dorn", "2025"] == ""
    assert list(sgb2.values()).count("") >= 2
    assert (kita["dorn", "2024"], kita["kleinstadt", "2024"], kita["kleinstadt", "2025"]) == (
        "0",
        "552",
        "564",
    )
    # 21, 25, 29, 33, 37 in the five areas; the three of nowhere count in none of them.
    assert hze["kleinstadt", "2025", "u6", "w"] == "145"
    assert hze["esche", "2025", "ab6", "m"] == "40"
