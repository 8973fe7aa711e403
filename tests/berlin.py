"""Berlin's areas and day-care centres, and how they come into a project by the same door as a town's."""

import csv
from pathlib import Path

from pydantic_core import PydanticCustomError

from generator.edit.records.yaml_writer import Value, write_record
from generator.edit.tables.table_columns import degrees, phone, street
from generator.edit.tables.table_columns import number as house
from generator.model.scalars import parse_phone

CONFIG = """\
name: Nahraum Berlin (Probe)
url: https://nahraum-berlin.example/
publisher: {name: Probe mit Daten des Landes Berlin}
land: BE
about: Eine Probe mit offenen Daten, kein Angebot des Landes Berlin.
languages: [de]
geographies:
  - id: lor
    name: Lebensweltlich orientierte Räume
    levels:
      - {id: stadt, name: Stadt, plural: Stadt}
      - {id: bezirk, name: Bezirk, plural: Bezirke}
      - {id: prognoseraum, name: Prognoseraum, plural: Prognoseräume}
      - {id: bezirksregion, name: Bezirksregion, plural: Bezirksregionen}
      - {id: planungsraum, name: Planungsraum, plural: Planungsräume}
"""

AREAS = (
    "bezirksgrenzen.geojson --level bezirk --id <Gemeinde_s[-2:]> --name Gemeinde_n --code Schluessel --parent-id berlin",
    "lor_prognoseraeume_2021.geojson --level prognoseraum --id PGR_ID --name PGR_NAME --code PGR_ID --parent BEZ",
    "lor_bezirksregionen_2021.geojson --level bezirksregion --id BZR_ID --name BZR_NAME --code BZR_ID --parent <BZR_ID[:4]>",
    "lor_planungsraeume_2021.geojson --level planungsraum --id PLR_ID --name PLR_NAME --code PLR_ID --parent <PLR_ID[:6]>",
)
TABLE = "berlin_facilities/berlin-daycare-centers-2026-07-details.csv"


def lay_ground(project: Path) -> None:
    """Write configuration and the town itself."""
    (project / "resources" / "spaces").mkdir(parents=True)
    (project / "site_config.yml").write_text(CONFIG, "utf-8")
    (project / "resources" / "spaces" / "berlin.yml").write_text("name: Berlin\nlevel: stadt\n", "utf-8")


def imports(data: Path, project: Path) -> list[list[str]]:
    """Return the arguments of every import of areas, in their order."""
    into = ["--into", str(project)]
    return [
        ["import", "areas", str(data / "berlin_lor_2021" / file), *more, *into]
        for file, *more in map(str.split, AREAS)
    ]


_SAYS = {
    "Reguläre Einrichtung": "Eine Kita",
    "Heilpädagogische Gruppe": "Eine heilpädagogische Gruppe",
    "Sprachförderung": "Sprachförderung",
}


def write_centres(data: Path, project: Path) -> None:
    """Write every day-care centre of the directory as offer, place and provider, each by its number there."""
    with (data / TABLE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            number = phone(row["phone_number"].strip())
            try:
                parse_phone(number)
            except PydanticCustomError:
                # Some are two numbers in one.
                number = ""
            key, provider = f"kita-{row['id'].strip()}", f"traeger-{row['sponsor_id'].strip()}"
            line = row["street"].strip()
            address = {
                "street": street(line),
                "number": house(line),
                "postcode": row["zip_code"].strip(),
                "town": "Berlin",
            }
            records: dict[str, dict[str, Value]] = {
                f"providers/{provider}": {"name": row["sponsor_name"].strip(), "kind": "unknown"},
                f"places/{key}": {
                    "name": row["name"].strip(),
                    "kind": "kita",
                    "address": {k: v for k, v in address.items() if v},
                    "point": f"{degrees(row['lon'].strip())} {degrees(row['lat'].strip())}",
                    "spaces": [row["geojson_feature_id"].strip()],
                    "providers": [provider],
                },
                f"offers/{key}": {
                    "name": row["name"].strip(),
                    "summary": f"{_SAYS[row['type'].strip()]} mit {row['places'].strip()} Plätzen.",
                    "kind": "kita",
                    "provider": provider,
                    "place": key,
                    "topics": ["kita"],
                    "contact": {"phone": number or None},
                },
            }
            for name, values in records.items():
                path = project / "resources" / f"{name}.yml"
                path.parent.mkdir(exist_ok=True)
                path.write_text(write_record(values), "utf-8")
