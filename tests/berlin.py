"""Berlin's areas and day-care centres, and how they come into a project by the same door as a town's."""

from __future__ import annotations

from pathlib import Path

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

MAPPING = """\
# The directory's telephone numbers hold 22 entries that are two numbers in one; they are left out and named.
unreadable: leave-out

values:
  type:
    Reguläre Einrichtung: Eine Kita
    Heilpädagogische Gruppe: Eine heilpädagogische Gruppe
    Sprachförderung: Sprachförderung

providers:
  id: traeger-<sponsor_id>
  name: <sponsor_name>
  kind: unknown

places:
  id: kita-<id>
  name: <name>
  kind: kita
  address: {street: <street|street>, number: <street|number>, postcode: <zip_code>, town: Berlin}
  point: <lon|degrees> <lat|degrees>
  spaces: [<geojson_feature_id>]
  providers: [traeger-<sponsor_id>]

offers:
  id: kita-<id>
  name: <name>
  summary: <type|value> mit <places> Plätzen.
  kind: kita
  provider: traeger-<sponsor_id>
  place: kita-<id>
  topics: [kita]
  contact: {phone: <phone_number|phone>}
"""

AREAS = (
    "bezirksgrenzen.geojson --level bezirk --id <Gemeinde_s[-2:]> --name Gemeinde_n --code Schluessel --parent-id berlin",
    "lor_prognoseraeume_2021.geojson --level prognoseraum --id PGR_ID --name PGR_NAME --code PGR_ID --parent BEZ",
    "lor_bezirksregionen_2021.geojson --level bezirksregion --id BZR_ID --name BZR_NAME --code BZR_ID --parent <BZR_ID[:4]>",
    "lor_planungsraeume_2021.geojson --level planungsraum --id PLR_ID --name PLR_NAME --code PLR_ID --parent <PLR_ID[:6]>",
)
TABLE = "berlin_facilities/berlin-daycare-centers-2026-07-details.csv"


def lay_ground(project: Path) -> Path:
    """Write configuration, the town itself and the mapping; return where the mapping stands."""
    (project / "resources" / "spaces").mkdir(parents=True)
    (project / "site_config.yml").write_text(CONFIG, "utf-8")
    (project / "resources" / "spaces" / "berlin.yml").write_text("name: Berlin\nlevel: stadt\n", "utf-8")
    mapping = project / "kitas.yml"
    mapping.write_text(MAPPING, "utf-8")
    return mapping


def imports(data: Path, project: Path, mapping: Path) -> list[list[str]]:
    """Return the arguments of every import, in their order."""
    into = ["--into", str(project)]
    areas = [
        ["import", "areas", str(data / "berlin_lor_2021" / file), *more, *into]
        for file, *more in map(str.split, AREAS)
    ]
    return [*areas, ["import", "offers", str(data / TABLE), "--map", str(mapping), *into, "-f", "concise"]]
