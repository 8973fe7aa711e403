"""The page about imports shows what works: its mappings are read, and every reshaping is in its table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.edit.imports.filling import check_columns
from generator.edit.imports.mapping_files import read_mapping
from generator.edit.tables.cell_text import SHAPINGS
from generator.edit.tables.table_rows import Sheet
from generator.files.door import Door
from generator.model.kinds import KIND_BY_FOLDER

PAGE = (Path(__file__).parents[2] / "docs" / "import.md").read_text("utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
HEADER = (
    "Nr",
    "Einrichtung",
    "Trägernummer",
    "Träger",
    "Anschrift",
    "PLZ",
    "Länge",
    "Breite",
    "Planungsraum",
    "Plätze",
    "Art",
    "Sprachen",
    "Telefon",
)


def test_every_reshaping_is_explained() -> None:
    assert set(re.findall(r"<Spalte\\\|([a-z]+)>", PAGE)) == {*SHAPINGS, "value", "split"}


def test_the_mapping_of_offers_is_read(tmp_path: Path) -> None:
    path = tmp_path / "kitas.yml"
    path.write_text("".join(BLOCKS[:3]), "utf-8")
    mapping, found = read_mapping(Door(tmp_path), path, tuple(KIND_BY_FOLDER))
    assert found == []
    assert mapping is not None
    assert list(mapping.sections) == ["providers", "places", "offers"]
    assert {key: value.text for key, value in mapping.same.items()} == {
        "places/kita-12": "sonnenschein",
        "places/kita-13": "new",
    }
    assert (mapping.form.separator, mapping.form.decimal, mapping.form.encoding, mapping.leave_out) == (
        ";",
        ",",
        "windows-1252",
        True,
    )
    assert [
        item
        for section in mapping.sections.values()
        for item in check_columns(section, Sheet("x.csv", HEADER, ()), mapping.lookup)
    ] == []


def test_the_mapping_of_streets_is_read(tmp_path: Path) -> None:
    path = tmp_path / "strassen.yml"
    path.write_text(BLOCKS[3], "utf-8")
    mapping, found = read_mapping(Door(tmp_path), path, ("streets",))
    assert found == []
    assert mapping is not None
    header = ("Straße", "Stadtteilnummer", "PLZ", "ungerade von", "ungerade bis", "gerade von", "gerade bis")
    assert check_columns(mapping.sections["streets"], Sheet("x.csv", header, ()), mapping.lookup) == []


@pytest.mark.parametrize("option", ["--level", "--id", "--name", "--code", "--parent", "--parent-id"])
def test_every_option_of_areas_is_explained(option: str) -> None:
    assert f"| `{option}" in PAGE
