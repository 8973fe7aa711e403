"""A very small valid project that tests copy, damage and import into."""

import re
from collections.abc import Mapping
from pathlib import Path

from generator.files.packaged import packaged_text

FILES = {
    "site_config.yml": """\
name: Kleinstadt
url: https://kleinstadt.example/
publisher: {name: Stadt Kleinstadt}
land: SH
languages: [de]
geographies:
  - id: quartier
    levels: [{id: stadt, name: Stadt}, {id: quartier, name: Quartier}]
invented: yes
""",
    "resources/spaces/kleinstadt.yml": """\
name: Kleinstadt
level: stadt
geometry: geometry/gebiete.geojson#kleinstadt
""",
    "resources/spaces/ost.yml": """\
name: Ost
level: quartier
parent: kleinstadt
geometry: geometry/gebiete.geojson#ost
""",
    "resources/spaces/west.yml": """\
name: West
level: quartier
parent: kleinstadt
geometry: geometry/gebiete.geojson#west
""",
    "resources/geometry/gebiete.geojson": """\
{"type": "FeatureCollection", "features": [
{"type": "Feature", "id": "kleinstadt", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [[[10.0, 53.7], [10.02, 53.7], [10.02, 53.71], [10.0, 53.71], [10.0, 53.7]]]}},
{"type": "Feature", "id": "west", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [[[10.0, 53.7], [10.01, 53.7], [10.01, 53.71], [10.0, 53.71], [10.0, 53.7]]]}},
{"type": "Feature", "id": "ost", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [[[10.01, 53.7], [10.02, 53.7], [10.02, 53.71], [10.01, 53.71], [10.01, 53.7]]]}}
]}
""",
    "resources/providers/verein.yml": """\
name: Nachbarn am Fluss
kind: association
contact: {phone: 040 66969-901}
""",
    "resources/places/treff.yml": """\
name: Treff am Fluss
kind: nachbarschaftshaus
address: {street: Flussweg, number: 3, postcode: 01067, town: Kleinstadt}
point: 10.005 53.705
providers: [verein]
""",
    "resources/offers/krabbelgruppe.yml": """\
name: Krabbelgruppe
summary: Eltern treffen sich mit ihren Babys.
kind: gruppe
provider: verein
place: treff
topics: [krabbelgruppe]
ages: 0-3
hours: Mo 09:00-10:30; PH off
contact: {name: Büro, phone: 040 66969-902}
access: {way: registration}
""",
}

TABLE_COLUMNS = (
    "--level", "<Ebene>", "--id", "Kennung", "--name", "Name", "--parent", "Gehört zu", "--also-in", "Auch in",
)  # fmt: skip
"""What `import areas` is told of a table without boundaries."""


def every_number_called(date: str) -> dict[str, str]:
    """Return the file in which a town says that somebody has called every number of help on a day."""
    numbers = re.findall(r"^- id: (\S+)", packaged_text("generator", "vocabulary", "help.yml"), re.MULTILINE)
    rows = [f"- {{id: {key}, date: {date}, by: AK}}\n" for key in numbers]
    return {"resources/help_checks.yml": "".join(rows)}


def write_town(root: Path) -> Path:
    """Write the project into a folder and return that folder."""
    return write(root, FILES)


def write(root: Path, files: Mapping[str, str]) -> Path:
    """Write files by their names into a folder and return that folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
