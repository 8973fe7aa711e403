"""A note beside a withheld count tells no number."""

from pathlib import Path

import pytest

from tests.disclosure.test_more_damage import checked, protected, write
from tests.disclosure.worlds import DEFINITION, write_project


@pytest.mark.guards("Secrets: what is declared, or stands in one table, tells nothing")
def test_a_note_beside_a_withheld_count(tmp_path: Path) -> None:
    """Notes of raw tables go into the published one."""
    project, raw = (
        write_project(
            tmp_path / "projekt", DEFINITION.replace("denominator: Alle Familien\n", "interval: none\n")
        ),
        tmp_path / "roh",
    )
    lines = [
        "ahorn,14,Neuer Zuschnitt 2024",
        "birke,3,nur 3 Familien",
        "celtis,22,22 Anträge",
        "dorn,2,2 Kinder einer Familie",
        "esche,31,",
    ]
    text = (
        "space,period,numerator,note\n" + "\n".join(line.replace(",", ",2025,", 1) for line in lines) + "\n"
    )
    write(raw, "hilfen.csv", text)
    found, said = protected(project, raw)
    assert [code for code, *_ in found] == ["anmerkung-verraet"] * len(found)
    assert len(found) > 1
    assert "3" not in said["anmerkung-verraet"].message
    assert not list(project.rglob("values.csv"))
    table = "space,period,numerator,status,note\n" + "".join(
        f"{key},2025,{count},{'.' if not count else ''},{note}\n"
        for key, count, note in (
            ("ahorn", "15", ""),
            ("birke", "", "nur 3 Familien"),
            ("celtis", "20", ""),
            ("dorn", "", "Umzug 2024"),
            ("esche", "30", "gezählt am 1.3.2025"),
        )
    )
    write(project, "resources/indicators/hilfen/values.csv", table)
    assert [item["line"] for item in checked(project, "anmerkung-verraet")] == [3]
    # What stands before a number stands there without one, too.
    write(project, "resources/indicators/hilfen/values.csv", table.replace(",note", ",qualifier"))
    assert [item["line"] for item in checked(project, "anmerkung-verraet")] == [3]
