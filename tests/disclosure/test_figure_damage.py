"""Bad figures: each is named with file, line, cell and help, and nothing is published."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.diagnostics.codes import entry_of
from tests.chance import every
from tests.disclosure.worlds import DEFINITION, write_project

VALUES = "resources/indicators/hilfen/values.csv"
YML = "resources/indicators/hilfen/indicator.yml"
GOOD = """\
space,period,numerator,denominator,status,note
kleinstadt,2024,100,655,,
nord,2024,40,210,,
sued,2024,60,445,,
ahorn,2024,20,120,,
birke,2024,20,90,,
celtis,2024,15,160,,
dorn,2024,15,75,,
esche,2024,30,210,,
kleinstadt,2025,110,655,,
nord,2025,45,210,,
sued,2025,65,445,,
ahorn,2025,20,120,,
birke,2025,25,90,,
celtis,2025,15,160,,
dorn,2025,15,75,,
esche,2025,30,210,,
"""


@dataclass(frozen=True)
class Damage:
    """A change to a sound project and what must be said about it."""

    code: str
    line: int
    column: int
    help: str
    swap: tuple[str, str] = ("", "")
    definition: tuple[str, str] = ("", "")
    change: Callable[[Path], None] | None = None
    file: str = VALUES


def ledger(root: Path) -> None:
    """Record the values as a release, then change the release."""
    folder = root / "resources/indicators/hilfen/releases"
    folder.mkdir()
    data = GOOD.encode()
    (folder / "ledger.csv").write_text(
        f"date,sha256,note\n2026-03-01,{hashlib.sha256(data).hexdigest()},\n", "utf-8"
    )
    (folder / "2026-03-01.csv").write_bytes(data.replace(b"100,655", b"101,655"))


def other_values(root: Path) -> None:
    """Record a release that is not what values.csv holds."""
    ledger(root)
    (root / "resources/indicators/hilfen/releases/2026-03-01.csv").write_bytes(GOOD.encode())
    path = root / VALUES
    path.write_text(
        path.read_text("utf-8").replace("esche,2025,30,210,,", "esche,2025,30,210,,geprüft"), "utf-8"
    )


def raw_table(folder: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / folder).mkdir(parents=True)
        (root / folder / "hilfen.csv").write_text(GOOD, "utf-8")

    return change


def other_age(root: Path) -> None:
    """Count an age that isn't declared."""
    (root / VALUES).write_text("space,period,alter,numerator,denominator\nahorn,2024,u7,20,120\n", "utf-8")


AGES = "direction: none\nbreakdowns: [{id: alter, name: Alter, values: [{id: u6, name: unter 6}]}]\n"
DAMAGES: dict[str, Damage] = {
    "an area of an earlier division": Damage(
        "gebietsstand",
        8,
        1,
        "",
        ("dorn,2024", "dornheim,2024"),
        ("direction: none\n", "direction: none\nvintages: {alt: [dornheim]}\n"),
    ),
    "a row twice": Damage(
        "zeitraum-doppelt", 9, 2, "löschen", ("dorn,2024,15,75,,", "dorn,2024,15,75,,\ndorn,2024,15,75,,")
    ),
    "no denominator": Damage("nenner-fehlt", 8, 4, "eintragen", ("dorn,2024,15,75", "dorn,2024,15,")),
    "an age that there is not": Damage(
        "aufgliederung-unbekannt",
        2,
        3,
        "möglich sind",
        definition=("direction: none\n", AGES),
        change=other_age,
    ),
    "decimal comma against point": Damage(
        "zahl-unlesbar", 5, 3, "nur eines von beiden", ("ahorn,2024,20,120", 'ahorn,2024,20.5,"120,5"')
    ),
    "thousands or decimals": Damage(
        "zahl-mehrdeutig", 2, 4, "Dezimalkomma", ("kleinstadt,2024,100,655", "kleinstadt,2024,100,1.585")
    ),
    "no number": Damage("zahl-unlesbar", 5, 3, "Ziffern", ("ahorn,2024,20,120", "ahorn,2024,zwanzig,120")),
    "a parent that isn't the sum": Damage(
        "summe-der-teile", 2, 3, "Teile", ("nord,2024,40,210", "nord,2024,41,210")
    ),
    "a threshold of 0": Damage(
        "schwelle-kein-vielfaches",
        8,
        46,
        "threshold: 5",
        ("", ""),
        ("disclosure: {method: round-small}", "disclosure: {method: round-small, threshold: 0}"),
        file=YML,
    ),
    "a small count": Damage("kleine-zahl", 8, 3, "nahraum protect", ("dorn,2024,15,75", "dorn,2024,2,75")),
    "a small denominator": Damage(
        "nenner-zu-klein", 8, 4, "gesperrt", ("dorn,2024,15,75", "dorn,2024,15,17")
    ),
    "a missing value": Damage("wert-fehlt", 8, 3, "Zeichen", ("dorn,2024,15,75", "dorn,2024,,75")),
    "an unknown sign": Damage("zeichen-falsch", 8, 5, "geheim", ("dorn,2024,15,75,,", "dorn,2024,15,75,?,")),
    "a missing column": Damage("spalte-fehlt", 1, 1, "", ("space,period", "gebiet,period")),
    "an unknown column": Damage("spalte-unbekannt", 1, 1, "note", ("status,note", "status,notiz")),
    "a raw table in a folder named so": Damage(
        "rohtabelle", 1, 1, "private Ablage", change=raw_table("roh"), file="roh/hilfen.csv"
    ),
    "a raw table beside the records": Damage(
        "rohtabelle", 1, 1, "nahraum protect", change=raw_table("daten"), file="daten/hilfen.csv"
    ),
    "an old release that was changed": Damage(
        "ausgabe-geaendert",
        1,
        1,
        "aus git",
        change=ledger,
        file="resources/indicators/hilfen/releases/2026-03-01.csv",
    ),
    "values that are no release": Damage("werte-ohne-ausgabe", 1, 1, "nahraum protect", change=other_values),
    "a column of values that nobody declared": Damage(
        "unbekannter-verweis",
        5,
        19,
        "hilfen",
        ("", ""),
        ("denominator: Alle Familien", "denominator: Alle Familien\ndenominator_from: hilfn"),
        file=YML,
    ),
}


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def damaged(tmp_path: Path, damage: Damage) -> Path:
    """Write the project with its damage."""
    definition = DEFINITION + "responsible: Amt\ndisclosure: {method: round-small}\n"
    if damage.definition[0]:
        assert definition.count(damage.definition[0]) == 1
        definition = definition.replace(*damage.definition)
    definition = definition.replace("disclosure: {method: round-small}\n", "")
    values = GOOD
    if damage.swap[0]:
        assert values.count(damage.swap[0]) == 1
        values = values.replace(*damage.swap)
    root = write_project(tmp_path, definition, values)
    if damage.change is not None:
        damage.change(root)
    return root


def errors(root: Path) -> list[dict[str, Any]]:
    found = json.loads(run("check", "--project", root, "--format", "json").output)
    return [item for item in found if item["severity"] == "error"]


def test_the_sound_project_has_no_error(tmp_path: Path) -> None:
    assert errors(write_project(tmp_path, DEFINITION, GOOD)) == []


@pytest.mark.parametrize("name", every(DAMAGES, list(DAMAGES)[::3]))
def test_bad_figures_are_named_and_not_published(name: str, tmp_path: Path) -> None:
    damage = DAMAGES[name]
    root = damaged(tmp_path / "projekt", damage)
    found = errors(root)
    mine = [item for item in found if item["code"] == damage.code]
    assert mine, [(item["code"], item["file"], item["line"], item["message"]) for item in found]
    first = mine[0]
    assert (first["file"], first["line"], first["column"]) == (damage.file, damage.line, damage.column)
    assert (
        damage.help in first["help"]
        or damage.help in entry_of(damage.code).explanation
        or damage.help in entry_of(damage.code).help
    )
    result = run("build", "--project", root, "--output", tmp_path / "site")
    assert result.exit_code == 1
    assert not (tmp_path / "site").exists()


def test_an_implausible_value_is_named_with_its_cell(tmp_path: Path) -> None:
    lines = ["space,period,numerator,status,note"]
    for year, count in (("2022", "1561"), ("2023", "1570"), ("2024", "2"), ("2025", "1585")):
        lines.append(f"kleinstadt,{year},{count},,")
    definition = (
        DEFINITION.replace("denominator: Alle Familien\n", "interval: none\n")
        + "disclosure: {method: none}\n"
    )
    root = write_project(tmp_path, definition, "\n".join(lines) + "\n")
    (first,) = errors(root)
    assert (first["code"], first["line"], first["column"]) == ("wert-unplausibel", 4, 3)


def test_german_numbers_signs_and_encodings_are_understood(tmp_path: Path) -> None:
    text = "space;period;numerator;denominator;status;note\nkleinstadt;2025;1.100;1.012.040;;größer\nnord;2025;.;6\u202f000;;\nsued;2025;.;1.006.040;;\n"
    root = write_project(tmp_path, DEFINITION.replace("own-cases", "delivered"))
    (root / VALUES).write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert errors(root) == []
    (root / VALUES).write_bytes(text.replace("\u202f", "\xa0").encode("latin-1"))
    assert errors(root) == []
