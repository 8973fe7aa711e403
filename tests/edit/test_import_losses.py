"""An import loses no column in silence: optional parts keep a field, and what is lost is said with its count."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.edit.test_import import MAPPING, ROWS, read, run, snapshot, table
from tests.edit.towns import write_town

STREETS = "streets:\n  street: <strasse>\n  space: <gebiet>\n  from: %s\n  to: %s\n"
# A register as towns have it: number and suffix in columns of their own, the suffix mostly empty.
REGISTER = table(
    "Flussweg,1,,west",
    "Flussweg,3,A,west",
    "Flussweg,5,,ost",
    "Am Deich,12,B,ost",
    head="strasse,hnr,zusatz,gebiet",
)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write_town(tmp_path / "town")


@pytest.mark.parametrize("number", ["<hnr><zusatz|lower?>", "<hnr><zusatz?|lower>"])
def test_an_empty_suffix_keeps_the_house_number(town: Path, number: str) -> None:
    result, found = run(town, "streets", REGISTER, mapping=STREETS % (number, number))
    assert (result.exit_code, found) == (0, []), result.output
    assert read(town, "streets.csv").splitlines()[1:] == [
        "Flussweg,1,1,all,,west",
        "Flussweg,3a,3a,all,,west",
        "Flussweg,5,5,all,,ost",
        "Am Deich,12b,12b,all,,ost",
    ]


def test_a_house_number_that_would_become_a_whole_street_stops_the_import(town: Path) -> None:
    before = snapshot(town)
    number = "<hnr><zusatz|lower>"
    result, found = run(town, "streets", REGISTER, mapping=STREETS % (number, number))
    assert result.exit_code == 1
    assert [(item["code"], item["line"]) for item in found] == [
        ("spalte-verloren", 4),
        ("spalte-verloren", 5),
    ]
    assert "„streets.from“ bliebe in 2 von 4 Zeilen leer" in found[0]["message"]
    assert "<zusatz?>" in found[0]["help"]
    assert "Nichts wurde geschrieben" in result.output
    assert snapshot(town) == before


def test_a_register_without_numbers_is_one_warning(town: Path) -> None:
    from tests.check.test_damage import check

    rows = "".join(f"Flussweg,{space},,,all\n" for space in ("west", "ost") * 30)
    (town / "resources" / "streets.csv").write_text(f"street,space,from,to,parity\n{rows}", "utf-8")
    (only,) = check(town)[1]
    assert (only["code"], only["severity"]) == ("strasse-ohne-nummern", "warning")
    assert str(only["message"]).startswith("59 Zeilen nennen keine Hausnummern")


def mapping(summary: str) -> str:
    return MAPPING.replace("summary: Ein Angebot von <traeger>.", f"summary: {summary}")


def test_what_a_few_rows_lose_is_a_warning_with_its_count(town: Path) -> None:
    rows = [ROWS[0], ROWS[1], ROWS[1].replace("008", "009").replace("Spielkreis", "Chor")]
    rows[0] = rows[0].replace("Uferweg 12a", "")
    pattern = mapping("Ein Angebot.") + "  description: <name> in <strasse>\n"
    result, found = run(
        town, "offers", table(*rows), mapping=pattern.replace("number: <strasse|number>, ", "")
    )
    by_code = {item["code"]: item for item in found}
    assert "zelle-leer" in by_code
    assert result.exit_code == 1
    assert "in 1 von 3 Zeilen leer" in by_code["spalte-lueckenhaft"]["message"]
    assert by_code["spalte-lueckenhaft"]["severity"] == "warning"


def test_what_most_rows_lose_stops_the_import(town: Path) -> None:
    pattern = MAPPING + "  description: <name> auf <sprachen>\n"
    rows = [ROWS[1], ROWS[1].replace("008", "009").replace("Spielkreis", "Chor"), ROWS[0]]
    before = snapshot(town)
    result, found = run(town, "offers", table(*rows), mapping=pattern)
    assert result.exit_code == 1
    assert [(item["code"], item["severity"]) for item in found] == [("spalte-verloren", "error")]
    assert "„offers.description“ bliebe in 2 von 3 Zeilen leer" in found[0]["message"]
    assert snapshot(town) == before


def test_a_heading_may_end_with_a_question_mark(town: Path) -> None:
    head = "nr,name,art,tel,strasse,plz,ost,nord,gebiet,traeger_nr,traeger,sprachen,Wohin?"
    rows = table(*(f"{row},Hof" for row in ROWS), head=head)
    result, found = run(town, "offers", rows, mapping=MAPPING + "  description: Zum <Wohin?>\n")
    assert (result.exit_code, found) == (0, []), result.output
    assert "description: Zum Hof" in read(town, "offers/007.yml")


@pytest.mark.parametrize("line", ["  description: <traeger_nr[6:]>\n", "  description: <leer>\n"])
def test_a_mapped_column_that_gives_nothing_is_named(town: Path, line: str) -> None:
    head = "nr,name,art,tel,strasse,plz,ost,nord,gebiet,traeger_nr,traeger,sprachen,leer"
    rows = table(*(f"{row}," for row in ROWS), head=head)
    result, found = run(town, "offers", rows, mapping=MAPPING + line)
    assert result.exit_code == 0
    assert [(item["code"], item["severity"]) for item in found] == [("spalte-ohne-werte", "warning")]
    assert "offers.description" in found[0]["message"]
