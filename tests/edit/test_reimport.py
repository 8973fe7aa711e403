"""A list that is imported again: what changed is renewed, what people edited stays and is named, what is gone is told, twice changes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.edit.records.last_import import renewal
from tests.edit.towns import write_town

MAPPING = """\
table: {separator: ";"}
places:
  id: kita-<Nr>
  name: <Name>
  kind: kita
  point: <Länge> <Breite>
  contact: {phone: <Telefon>}
  transport: <Bus>
"""
HEAD = "Nr;Name;Länge;Breite;Telefon;Bus\n"


def row(number: int, name: str = "", phone: str = "", bus: str = "") -> str:
    return f"{number};{name or f'Kita {number}'};10.00{number % 90 + 10};53.705;{phone or f'04321 {1000 + number}'};{bus}\n"


def imported(folder: Path, rows: list[str], *more: str) -> Result:
    (folder / "liste.csv").write_text(HEAD + "".join(rows), "utf-8")
    arguments = [
        "import",
        "offers",
        str(folder / "liste.csv"),
        "--map",
        str(folder / "kitas.yml"),
        "--into",
        str(folder / "stadt"),
        "--update",
        *more,
    ]
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def places(folder: Path) -> dict[str, str]:
    return {
        path.stem: path.read_text("utf-8") for path in (folder / "stadt/resources/places").glob("kita-*.yml")
    }


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted((folder / "stadt").rglob("*")) if path.is_file()}


@pytest.fixture
def town(tmp_path: Path) -> Path:
    write_town(tmp_path / "stadt")
    (tmp_path / "kitas.yml").write_text(MAPPING, "utf-8")
    result = imported(tmp_path, [row(number) for number in range(100)])
    assert result.exit_code == 0, result.output
    return tmp_path


def later(town: Path) -> tuple[list[str], dict[str, str]]:
    """Edit 20 by hand; return a newer list (30 changed, 10 of them among those, 8 gone, 12 new) and the texts after the editing."""
    for number in range(20):
        path = town / f"stadt/resources/places/kita-{number}.yml"
        text = path.read_text("utf-8")
        # By turns the field that the list changes as well, and another.
        text = (
            text.replace(f"04321 {1000 + number}", f"04321 {8000 + number}")
            if number % 2
            else text + "summary: Von Hand.\n"
        )
        path.write_text(text, "utf-8")
    rows = [row(number, phone=f"04321 {5000 + number}" if 10 <= number < 40 else "") for number in range(92)]
    return [*rows, *(row(number) for number in range(200, 212))], places(town)


def test_an_update_is_exactly_right_and_told_in_words(town: Path) -> None:
    rows, before = later(town)
    said = imported(town, rows).output
    after = places(town)
    new = set(after) - set(before)
    assert new == {f"kita-{number}" for number in range(200, 212)}
    assert set(before) <= set(after), "what is gone from the list is never deleted in silence"
    edited_phone = {number for number in range(20) if number % 2}
    for number in range(100):
        expected = before[f"kita-{number}"]
        if 10 <= number < 40 and number not in edited_phone:
            expected = expected.replace(f"04321 {1000 + number}", f"04321 {5000 + number}")
        assert after[f"kita-{number}"] == expected, number
    assert "Geändert: 25\n" in said
    assert "so gelassen, obwohl die Quelle anderes sagt: 5\n" in said
    both = "(hier „{phone: 04321 8011}“, in der Quelle „{phone: 04321 5011}“)"
    assert f"  places/kita-11: contact {both}\n" in said
    assert "beendet „nahraum retire“: 8\n" in said
    assert "Geschrieben: 37 Orte." in said


def test_a_dry_run_says_the_same_and_more_of_it_and_writes_nothing(town: Path) -> None:
    rows, _ = later(town)
    before = snapshot(town)
    dry = imported(town, rows, "--dry-run").output
    assert snapshot(town) == before
    assert "nichts geschrieben" in dry
    shortened = [line for line in imported(town, rows).output.splitlines()[:-1] if "weitere" not in line]
    assert [line for line in dry.splitlines()[:-1] if line in shortened] == shortened
    assert dry.count(": contact") == 30


def test_running_twice_changes_nothing(town: Path) -> None:
    rows, _ = later(town)
    imported(town, rows)
    before = snapshot(town)
    said = imported(town, rows).output
    assert snapshot(town) == before
    assert "Nichts zu ändern." in said
    assert "places/kita-11: contact (" in said, "told as long as list and record differ"
    assert "beendet „nahraum retire“: 8\n" in said, "told until somebody did something"


def test_what_people_deleted_stays_deleted(town: Path) -> None:
    (town / "stadt/resources/places/kita-5.yml").unlink()
    said = imported(town, [row(number) for number in range(100)]).output
    assert "Von Hand gelöscht und so gelassen: 1\n  places/kita-5\n" in said
    assert "kita-5" not in places(town)


def test_a_cell_that_became_empty_takes_its_field_out(town: Path) -> None:
    rows = [row(number, bus="Bus 5" if number == 3 else "") for number in range(100)]
    imported(town, rows)
    assert "transport: Bus 5\n" in places(town)["kita-3"]
    imported(town, [row(number) for number in range(100)])
    assert "transport" not in places(town)["kita-3"]


def test_what_nothing_remembers_is_handwork(town: Path) -> None:
    """The first update of records that people wrote: what they say stays, every such field is named, what they lack is added."""
    (town / "stadt/imports/kitas.last-import.json").unlink()
    for number in range(30):
        path = town / f"stadt/resources/places/kita-{number}.yml"
        text = path.read_text("utf-8").replace("kind: kita", "kind: jugendzentrum")
        path.write_text(text.replace("contact: {", "contact: {mobile: 0176 040690, "), "utf-8")
    before = places(town)
    rows = [row(number, phone=f"04321 {5000 + number}", bus="Bus 5") for number in range(100)]
    dry = imported(town, rows, "--dry-run").output
    assert places(town) == before
    for number in range(30):
        assert (
            f"\n  places/kita-{number}: kind (hier „jugendzentrum“, in der Quelle „kita“), contact (" in dry
        )
    imported(town, rows)
    assert places(town) == {key: text + "transport: Bus 5\n" for key, text in before.items()}
    # From now on it is remembered, and what the list said then is no reason to overwrite them either.
    imported(town, [row(number, phone=f"04321 {7000 + number}", bus="Bus 6") for number in range(100)])
    renewed = {key: text + "transport: Bus 6\n" for key, text in before.items()}
    assert places(town) == renewed


def test_a_mistake_in_the_list_leaves_everything_as_it_was(town: Path) -> None:
    before = snapshot(town)
    result = imported(town, [*[row(number) for number in range(99)], "99;Kita 99;200;53.705;04321 1;\n"])
    assert result.exit_code == 1
    assert "liste.csv:101" in result.output
    assert snapshot(town) == before


def test_a_record_that_cannot_be_read_is_named_and_nothing_is_remembered(town: Path) -> None:
    path = town / "stadt/resources/places/kita-5.yml"
    path.write_text(path.read_text("utf-8") + "transport: [Bus\n", "utf-8")
    before = snapshot(town)
    result = imported(town, [row(number, bus="Bus 5") for number in range(100)])
    assert result.exit_code == 1
    assert "kita-5.yml" in result.output
    assert snapshot(town) == before


def test_a_record_that_was_renamed_is_still_the_one_of_the_list(town: Path) -> None:
    """The next list renews it under its new id; nothing counts as deleted, and what refers to it goes on doing so."""
    (town / "kitas.yml").write_text(MAPPING + "  providers: [<Bus|id>]\n", "utf-8")
    mapping = (town / "kitas.yml").read_text("utf-8")
    (town / "kitas.yml").write_text(
        mapping + "providers:\n  id: <Bus|id>\n  name: <Bus>\n  kind: unknown\n", "utf-8"
    )
    rows = [row(number, bus="Caritas") for number in range(100)]
    imported(town, rows)
    result = CliRunner().invoke(
        main, ["rename", "provider", "caritas", "caritas-sued", "-p", str(town / "stadt")]
    )
    assert result.exit_code == 0, result.output
    before = snapshot(town)
    said = imported(town, [*rows, row(200, bus="Caritas")]).output
    assert "gelöscht" not in said
    assert "so gelassen" not in said
    assert "providers: [caritas-sued]\n" in places(town)["kita-200"]
    after = snapshot(town)
    changed = [name for name, data in before.items() if after[name] != data]
    assert [Path(name).name for name in changed] == ["kitas.last-import.json"]


def test_renaming_leaves_what_another_town_below_remembers(town: Path) -> None:
    imported(town, [row(number) for number in range(3)])
    other = town / "stadt" / "examples" / "dorf"
    shutil.copytree(town / "stadt" / "imports", other / "imports")
    shutil.copy(town / "stadt" / "site_config.yml", other)
    memory = other / "imports" / "kitas.last-import.json"
    before = memory.read_bytes()
    assert b'"kita-1"' in before
    result = CliRunner().invoke(main, ["rename", "place", "kita-1", "kita-eins", "-p", str(town / "stadt")])
    assert result.exit_code == 0, result.output
    assert b'"kita-eins"' in (town / "stadt" / "imports" / "kitas.last-import.json").read_bytes()
    assert memory.read_bytes() == before


def test_both_sides_agreeing_is_no_conflict() -> None:
    assert renewal({"a": "1"}, {"a": "2"}, {"a": "2"}) == renewal({}, {}, {})
    assert renewal({"a": "1"}, {}, {"a": "1"}).changes == {"a": None}
    assert renewal({"a": "1"}, {}, {"a": "3"}).kept == {"a": ("3", None)}
