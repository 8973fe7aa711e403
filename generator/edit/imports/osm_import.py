"""Import areas and streets from an OpenStreetMap extract."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from generator.diagnostics import Diagnostic, ordered
from generator.edit.imports.area_import import geometry_text
from generator.edit.imports.incoming import (
    ImportManner,
    ImportOutcome,
    ImportTarget,
    Incoming,
    bring_in,
    open_project,
)
from generator.edit.imports.osm_extract import OsmExtract, read_extract
from generator.edit.imports.osm_geography import (
    REGISTER,
    OsmArea,
    Whereabouts,
    areas_of,
    ground_layers,
    street_rows,
)
from generator.edit.imports.street_import import register_text
from generator.edit.records.new_town import town_of
from generator.edit.records.record_text import open_record
from generator.edit.records.yaml_writer import write_record
from generator.model.config import OSM, OSM_CREDIT
from generator.read.nodes import MapNode, parse
from generator.read.settings import FILE

_APART = f"resources/{OSM}"
_TERMS = f"""\
Was in diesem Ordner liegt, stammt aus OpenStreetMap: {OSM_CREDIT}
https://www.openstreetmap.org/copyright, https://opendatacommons.org/licenses/odbl/1-0/

Wer es weitergibt, nennt diese Quelle und Lizenz. Was daran geändert oder ergänzt wird, steht unter derselben Lizenz und bleibt in diesem Ordner;
eigene Angaben der Stadt gehören in die anderen Ordner. Jeder Ort sagt unter `origin`, woher er ist.
"""


class OsmTown(Struct, frozen=True):
    """An extract, its project, and its town's areas."""

    project: ImportTarget
    extract: OsmExtract
    areas: list[OsmArea]


def read_osm_town(
    path: Path, root: Path, levels: Sequence[int] = ()
) -> tuple[OsmTown | None, list[Diagnostic]]:
    """Read an extract; None if its town can't be found.

    `levels` are admin levels (9, 10) for the settings' levels below the town, optional where their number
    agrees.
    """
    project, found = open_project(root, path)
    if project is None:
        return None, found
    extract, found = read_extract(project.disk, path)
    if extract is None:
        return None, found
    names = {key: space.name for key, space in project.site.spaces.items()}
    settings = project.config.geographies[0].levels
    file = project.disk.name(path)
    areas, found = areas_of(extract, town_of(project.config), settings, levels, names, file)
    return (None if found else OsmTown(project, extract, areas)), found


def import_osm_areas(path: Path, root: Path, levels: Sequence[int], manner: ImportManner) -> ImportOutcome:
    """Write the town's areas, boundaries and maps' ground."""
    town, found = read_osm_town(path, root, levels)
    if town is None:
        return ImportOutcome(found=ordered(found))
    records, files = [], {f"{_APART}/LICENCE.txt": _TERMS}
    for area in town.areas:
        values = {
            "name": area.boundary.name,
            "level": area.level,
            "parent": area.parent,
            "code": area.boundary.code,
            "geometry": f"{OSM}/geometry/{area.level}.geojson#{area.id}",
        }
        node, _ = parse(write_record({key: text for key, text in values.items() if text}), area.boundary.key)
        if isinstance(node, MapNode):
            records.append(Incoming("spaces", area.id, node))
    for level in dict.fromkeys(area.level for area in town.areas):
        shapes = ((one.id, one.boundary.name, one.boundary.shape) for one in town.areas if one.level == level)
        files[f"{_APART}/geometry/{level}.geojson"] = geometry_text(level, shapes, OSM_CREDIT)
    for layer, text in ground_layers(town.extract.ground, town.areas[0].boundary.shape).items():
        files[f"{_APART}/context/{layer}.geojson"] = text
    files |= _credit(town.project, found)
    return bring_in(town.project, records, files, found, manner, complete=True)


def import_osm_streets(path: Path, root: Path, levels: Sequence[int], manner: ImportManner) -> ImportOutcome:
    """Write the town's streets with their areas."""
    town, found = read_osm_town(path, root, levels)
    if town is None:
        return ImportOutcome(found=ordered(found))
    rows = street_rows(town.extract, Whereabouts(town.areas))
    files = {f"{_APART}/streets.csv": register_text(REGISTER, rows), f"{_APART}/LICENCE.txt": _TERMS}
    return bring_in(town.project, (), files | _credit(town.project, found), found, manner)


def _credit(project: ImportTarget, found: list[Diagnostic]) -> dict[str, str]:
    """Let every page name the source, as its licence asks."""
    record, problems = open_record(project.disk, project.root / FILE)
    found += problems
    if record is None or OSM_CREDIT in project.config.credits:
        return {}
    record.add(("credits",), OSM_CREDIT)
    found += record.found
    return {FILE: record.text}
