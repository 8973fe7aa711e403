"""What can't be read and looks protected is named with each of its files: the town's own, and that of OpenStreetMap."""

from pathlib import Path

import pytest

from generator.derive.masking import broken_and_protected
from generator.read.project import read_project
from tests.edit.towns import FILES, write

OWN, OSM = "resources/places/haus.yml", "resources/osm/places/haus.yml"
REFUGE = "name: Haus Lichtblick\nkind: schutzhaus\nunbekannt: 1\n"
PLAYGROUND = "name: Spielplatz\nkind: spielplatz\nunbekannt: 1\n"


@pytest.mark.parametrize(
    ("files", "named"),
    [
        ({OWN: REFUGE}, {OWN}),
        ({OSM: REFUGE}, {OSM}),
        ({OWN: REFUGE, OSM: REFUGE}, {OWN, OSM}),
        ({OWN: REFUGE, OSM: PLAYGROUND}, {OWN}),
        ({OWN: PLAYGROUND}, set()),
        ({OWN: 'name: "Haus Lichtblick\nkind: schutzhaus\n'}, {OWN}),
        ({OWN: 'name: "Frauenhaus\n'}, {OWN}),
        ({OWN: 'name: "Spielplatz\nkind: spielplatz\n'}, set()),
        ({OWN: ""}, set()),
    ],
)
def test_each_file_is_named(tmp_path: Path, files: dict[str, str], named: set[str]) -> None:
    reading = read_project(write(tmp_path, {**FILES, **files}))
    assert reading.site is not None, reading.found
    found = list(broken_and_protected(reading, reading.site.words))
    assert {name for _, name in found} == named
    assert {record for record, _ in found} == ({("places", "haus")} if named else set())
