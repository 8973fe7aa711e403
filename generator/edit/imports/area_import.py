"""Import areas from a file: a record of each and a file of boundaries for each level."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shapely
from msgspec import Struct
from msgspec.structs import replace
from shapely.geometry import mapping as as_geojson
from shapely.geometry.base import BaseGeometry

from generator.diagnostics import Diagnostic, Position, has_errors, meant_or, ordered
from generator.diagnostics.codes import diagnostic
from generator.diagnostics.diagnostic import Progress
from generator.edit.imports.geo_files import SUFFIXES, GeoForm, companions, read_geo_file
from generator.edit.imports.incoming import (
    ImportManner,
    ImportOutcome,
    ImportTarget,
    Incoming,
    bring_in,
    columns_in,
    filled_text,
    open_project,
)
from generator.edit.tables.table_rows import GEOJSON, broken_letters, form_of, missing_column, read_table
from generator.files.disk import Disk
from generator.model.areas_and_offices import Space
from generator.model.geometry import ground_of
from generator.model.names_and_ids import is_slug, slug, slug_from
from generator.read.boundaries import CREDIT, Feature, area_of, read_features
from generator.read.nodes import ListNode, MapNode, Node, Scalar
from generator.read.records import validate

# Seven decimals of a degree are about a centimetre.
DECIMALS = 7


class AreaColumns(Struct, frozen=True):
    """Which property is what: a name (`PLR_ID`) or a pattern (`lor-<PLR_ID[:6]>`).

    `level` is a level of the settings or a pattern. Without `id` ids are made of names. `also_in` names
    further areas around.
    """

    level: str
    name: str = ""
    id: str = ""
    code: str = ""
    parent: str = ""
    parent_id: str = ""
    also_in: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that may name properties."""
        level = self.level if "<" in self.level else ""
        return tuple(filter(None, (self.id, self.name, level, self.code, self.parent, self.also_in)))


class AreaRow(Struct, frozen=True):
    """An area of a file: properties, position, maybe a shape."""

    number: int
    position: Position
    properties: Mapping[str, Any]
    feature: Feature | None = None


class AreaFile(Struct, frozen=True):
    """A file's areas in order; `headings` are all properties."""

    file: str
    rows: tuple[AreaRow, ...]
    headings: tuple[str, ...]


class NamedArea(Struct, frozen=True):
    """An area with id (made of `given`) and level, its parents not yet found."""

    row: AreaRow
    id: str
    name: str
    level: str
    given: str


def import_areas(
    path: Path, columns: AreaColumns, root: Path, form: GeoForm, manner: ImportManner
) -> ImportOutcome:
    """Write a file's areas as records, boundaries in WGS 84.

    Nothing is written if an id, name, level, parent or geometry is wrong. With `update` existing areas get
    what they lack; what differs is told and stays.
    """
    project, found = open_project(root, path, *companions(path))
    if project is None:
        return ImportOutcome(found=ordered(found))
    areas, found = _known_columns(project, path, columns, form)
    if areas is None or has_errors(found):
        return ImportOutcome(found=ordered(found))
    named, problems = _add_ids_and_levels(project, areas, columns, manner.progress)
    found += problems
    found += _clashes(project, named, columns)
    if has_errors(found):
        return ImportOutcome(found=ordered(found))
    above = _Above(project, named)
    records: list[Incoming] = []
    for item in named:
        record, problems = _record(item, columns, above)
        found += problems
        records.append(record)
    boundaries = _Boundaries() if has_errors(found) else _geometry(project, named)
    outcome = bring_in(project, records, boundaries.files, [*found, *boundaries.found], manner)
    outcome.kept += boundaries.kept
    outcome.gone = list(_gone(project, named))
    outcome.ids = [f"{item.given} → {item.id}" for item in named if columns.id and item.given != item.id]
    return outcome


def _gone(project: ImportTarget, named: Iterable[NamedArea]) -> Iterator[str]:
    """Name the areas of a level that the file has in part, and doesn't hold any more."""
    ids = {item.id for item in named}
    levels = {project.site.spaces[key].level for key in ids & project.site.spaces.keys()}
    for key, space in project.site.spaces.items():
        if space.level in levels and key not in ids and space.until is None:
            yield f"spaces/{key} ({space.name})"


def _known_columns(
    project: ImportTarget, path: Path, columns: AreaColumns, form: GeoForm
) -> tuple[AreaFile | None, list[Diagnostic]]:
    """Read a file's areas; None if a column is missing."""
    if "<" not in columns.level and project.config.level_of(columns.level) is None:
        return None, [_unknown_level(project, columns.level, Position("site_config.yml"))]
    areas, found = _read_area_file(project.disk, path, columns, form)
    if areas is None or has_errors(found):
        return None, found
    found += _unknown_properties(areas, columns)
    if not found:
        found += _misread(areas, columns, path)
    return areas, found


# --- reading ---------------------------------------------------------------------------------------------------------


def _read_area_file(
    disk: Disk, path: Path, columns: AreaColumns, form: GeoForm
) -> tuple[AreaFile | None, list[Diagnostic]]:
    """Read a file of areas; None if it is unreadable."""
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return _read_table(disk, path, form)
    first = next(iter(columns_in(columns.id or columns.name)), "")
    if suffix in SUFFIXES:
        features, found = read_geo_file(disk, path, first, form)
    elif suffix in GEOJSON:
        features, found = read_features(disk, path, first, form.crs)
    else:
        reason = f"Dateien, die auf {suffix or 'nichts'} enden, werden nicht gelesen"
        better = "sie als GeoJSON, GeoPackage, Shapefile oder KML ausgeben, ohne Grenzen als CSV; ein Archiv (.zip, .kmz) vorher auspacken"
        return None, [_report_unreadable_file(disk.name(path), reason, better)]
    if features is None:
        return None, found
    if not features.features and not found:
        reason = "darin ist kein einziges Gebiet"
        found = [_report_unreadable_file(features.file, reason, "die Ebene mit den Gebieten ausgeben")]
    rows: list[AreaRow] = []
    headings: dict[str, None] = {}
    for number, item in enumerate(features.features, 1):
        rows.append(AreaRow(number, Position(features.file, item.line), item.properties, item))
        headings |= dict.fromkeys(item.properties)
    return AreaFile(features.file, tuple(rows), tuple(headings)), found


def _report_unreadable_file(file: str, reason: str, better: str) -> Diagnostic:
    return diagnostic("geodatei-unlesbar", Position(file), reason=reason, better=better)


def _read_table(disk: Disk, path: Path, form: GeoForm) -> tuple[AreaFile | None, list[Diagnostic]]:
    """Read a table of areas without boundaries."""
    written, found = form_of(disk, path)
    if written is None:
        return None, found
    written = replace(written, encoding="windows-1252" if form.encoding == "windows-1252" else "utf-8")
    sheet, found = read_table(disk, path, written, filled=True)
    if sheet is None:
        return None, found
    rows = []
    for number, row in enumerate(sheet.rows, 1):
        properties = {name: cell.text for name, cell in row.cells.items()}
        rows.append(AreaRow(number, row.start, properties))
    return AreaFile(sheet.file, tuple(rows), sheet.header), []


def _unknown_properties(areas: AreaFile, columns: AreaColumns) -> list[Diagnostic]:
    """Report named properties that no area has, listing the others."""
    if not columns.name:
        better = f"vorhanden sind: {_with_examples(areas) or 'keine'}"
        return [diagnostic("spalten-nicht-genannt", Position(areas.file), better=better)]
    named: dict[str, None] = {}
    for text in columns.texts:
        named |= dict.fromkeys(columns_in(text))
    return [
        missing_column(name, areas.headings, Position(areas.file))
        for name in named
        if name not in areas.headings
    ]


def _add_ids_and_levels(
    project: ImportTarget, areas: AreaFile, columns: AreaColumns, progress: Progress
) -> tuple[list[NamedArea], list[Diagnostic]]:
    """Return areas with ids and levels; report others."""
    named: list[NamedArea] = []
    found: list[Diagnostic] = []
    for row in areas.rows:
        progress("zuordnen", row.number, len(areas.rows))
        item, problems = _area(project, row, areas.file, columns)
        found += problems
        if item is not None:
            named.append(item)
    if not columns.id:
        named = _with_level_in_id(project, named)
    return named, found


def _with_examples(areas: AreaFile) -> str:
    """Name properties, each with its first value."""
    named = []
    for key in areas.headings:
        example = _as_text(areas.rows[0].properties.get(key))[:30]
        named.append(f"{key} ({example})" if example else key)
    return ", ".join(named)


def _misread(areas: AreaFile, columns: AreaColumns, path: Path) -> Iterator[Diagnostic]:
    """Report garbled letters: „SÃ¼d“, „S�d“."""
    better = "die Datei mit richtigen Umlauten neu ausgeben"
    if path.suffix.lower() in (".csv", ".shp"):
        better = "mit --encoding sagen, wie die Datei geschrieben ist (utf-8 oder windows-1252), oder sie mit richtigen Umlauten neu ausgeben"
    for row in areas.rows:
        for text in columns.texts:
            value = filled_text(text, row.properties)
            if broken_letters(value):
                yield diagnostic("umlaute-zerlegt", row.position, value=value, better=better)


# --- ids, levels, parents --------------------------------------------------------------------------------------------


def _as_text(value: object) -> str:
    """Return a property's value as stripped text."""
    return "" if value is None else str(value).strip()


def _unknown_level(project: ImportTarget, value: str, position: Position) -> Diagnostic:
    better = meant_or(value, project.config.level_ids)
    return diagnostic("unbekannte-ebene", position, value=value, better=better)


def _level_of(project: ImportTarget, written: str) -> str:
    """Return a level by id or name; empty for none."""
    for geography in project.config.geographies:
        for level in geography.levels:
            if written.casefold() in (level.id, level.name.casefold()):
                return level.id
    return ""


def _area(
    project: ImportTarget, row: AreaRow, file: str, columns: AreaColumns
) -> tuple[NamedArea | None, list[Diagnostic]]:
    """Return an area with id and level; None if something is missing or invalid."""
    name = filled_text(columns.name, row.properties)
    given = filled_text(columns.id, row.properties) if columns.id else name
    written = filled_text(columns.level, row.properties) if "<" in columns.level else columns.level
    found: list[Diagnostic] = []
    if row.feature is not None:
        _, found = area_of(row.feature, file, name or f"Nr. {row.number}", row.position)
    needed = ((columns.id or columns.name, given), (columns.name, name), (columns.level, written))
    for spec in dict.fromkeys(spec for spec, value in needed if not value):
        found.append(diagnostic("eigenschaft-leer", row.position, number=row.number, name=spec))
    if has_errors(found):
        return None, found
    key = slug(given)
    if not is_slug(key):
        better = slug_from(given if key else f"gebiet-{row.number}")
        return None, [*found, diagnostic("dateiname", row.position, name=given, better=better)]
    level = _level_of(project, written)
    if not level:
        return None, [*found, _unknown_level(project, written, row.position)]
    return NamedArea(row, key, name, level, given), found


def _with_level_in_id(project: ImportTarget, named: Iterable[NamedArea]) -> list[NamedArea]:
    """Add the level to ids made of names that another level has too."""
    held = {key: space.level for key, space in project.site.spaces.items()}
    done = []
    for item in named:
        if held.setdefault(item.id, item.level) != item.level:
            item = replace(item, id=f"{item.id}-{item.level}")
        done.append(item)
    return done


def _clashes(project: ImportTarget, named: Iterable[NamedArea], columns: AreaColumns) -> Iterator[Diagnostic]:
    """Report ids of two areas, or of an existing area of another level."""
    first: dict[str, NamedArea] = {}
    for item in named:
        existing = project.site.spaces.get(item.id)
        if item.id in first:
            yield diagnostic(
                "kennung-doppelt",
                item.row.position,
                value=item.id,
                first=f"Gebiet Nr. {first[item.id].row.number} („{first[item.id].given}“)",
                better="jede Kennung nur einmal verwenden"
                if columns.id
                else "mit --id die Spalte mit der Kennung nennen",
            )
        elif existing is not None and existing.level != item.level:
            yield diagnostic(
                "kennung-anderer-ebene",
                item.row.position,
                value=item.id,
                name=existing.name,
                level=existing.level,
                better=item.level,
            )
        first.setdefault(item.id, item)


class _Above:
    """Finds parents by id or name, in project and file."""

    def __init__(self, project: ImportTarget, named: Iterable[NamedArea]) -> None:
        self._spaces = project.site.spaces
        self._levels = {key: space.level for key, space in self._spaces.items()}
        self._levels |= dict.fromkeys(set(project.known["spaces"]) - self._levels.keys(), "")
        self._names: dict[str, set[str]] = defaultdict(set)
        for key, space in self._spaces.items():
            self._names[slug(space.name)].add(key)
        for item in named:
            self._levels[item.id] = item.level
            self._names[slug(item.name)].add(item.id)
            self._names[slug(item.given)].add(item.id)
        self._config = project.config

    def find(self, written: str, area: NamedArea, *, nested: bool) -> tuple[str, list[Diagnostic]]:
        """Return the id of what an area names as around it; with `nested` the nearest level above goes first."""
        key = slug(written)
        candidates = ({key} if key in self._levels else set()) | self._names[key]
        candidates -= {area.id}
        if nested:
            ranked = {item: self._steps(item, area) for item in candidates}
            nearest = min(ranked.values(), default=None)
            candidates = {item for item, steps in ranked.items() if steps == nearest}
        if len(candidates) == 1:
            return candidates.pop(), []
        if candidates:
            what = "nicht eindeutig"
            better = "mit der Kennung sagen, welches gemeint ist: " + ", ".join(sorted(candidates))
        else:
            what = "kein Gebiet"
            better = meant_or(key, sorted(self._levels), "zuerst die Gebiete der Ebene darüber einlesen")
        position = area.row.position
        return "", [
            diagnostic(
                "unbekannter-verweis", position, value=written, what=what, first="kein Gebiet", better=better
            )
        ]

    def lacking(self, area: NamedArea) -> Iterator[Diagnostic]:
        """Report an area below the top (depth 0) without parent, also in the project."""
        level, existing = self._config.level_of(area.level), self._spaces.get(area.id)
        if level and level[1] and not (existing and existing.parent):
            top = level[0].levels[0].name
            wrong = diagnostic("kein-obergebiet", area.row.position, name=area.name, top=top)
            better = (
                "mit --parent die Spalte mit dem Gebiet darüber nennen, oder mit --parent-id eines für alle"
            )
            yield replace(wrong, help=better)

    def _steps(self, key: str, area: NamedArea) -> int:
        """Return by how many levels `key` is above an area; 99, behind all, if it isn't."""
        level, of_area = self._config.level_of(self._levels[key]), self._config.level_of(area.level)
        if level and of_area and level[0].id == of_area[0].id and of_area[1] > level[1]:
            return of_area[1] - level[1]
        return 99


_SEVERAL = re.compile("[,;/|]")


def _record(item: NamedArea, columns: AreaColumns, above: _Above) -> tuple[Incoming, list[Diagnostic]]:
    """Return an area's record, and what is wrong with its values and the areas above."""
    position, properties = item.row.position, item.row.properties
    found: list[Diagnostic] = []
    parent = columns.parent_id or filled_text(columns.parent, properties)
    if parent:
        parent, found = above.find(parent, item, nested=True)
    else:
        found += above.lacking(item)
    further, problems = _also_in(item, columns, above)
    found += problems
    also = [key for key in further if key != parent]
    values = {
        "name": item.name,
        "level": item.level,
        "parent": parent,
        "code": filled_text(columns.code, properties),
    }
    if item.row.feature is not None:
        values["geometry"] = f"geometry/{item.level}.geojson#{item.id}"
    entries: list[tuple[Scalar, Node]] = [
        (Scalar(field, position), Scalar(value, position, plain=False))
        for field, value in values.items()
        if value
    ]
    if also:
        names: tuple[Node, ...] = tuple(Scalar(key, position, plain=False) for key in also)
        entries.append((Scalar("also_in", position), ListNode(names, position)))
    node = MapNode(tuple(entries), position)
    _, wrong = validate(Space, node, id=item.id)
    return Incoming("spaces", item.id, node), [*found, *wrong]


# --- boundaries ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Boundaries:
    """Boundary files by path, problems in existing ones, and boundaries kept against the source."""

    files: dict[str, str] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)


_NamedShape = tuple[str, str, BaseGeometry]  # id, name, shape


def _also_in(item: NamedArea, columns: AreaColumns, above: _Above) -> tuple[list[str], list[Diagnostic]]:
    """Return the further areas around an area, and what isn't found."""
    also: dict[str, None] = {}
    found: list[Diagnostic] = []
    for part in _SEVERAL.split(filled_text(columns.also_in, item.row.properties)):
        written = part.strip()
        if not written:
            continue
        key, problems = above.find(written, item, nested=False)
        found += problems
        if key:
            also[key] = None
    return list(also), found


def _geometry(project: ImportTarget, named: Iterable[NamedArea]) -> _Boundaries:
    """Return boundary files by level; existing boundaries stay as they are."""
    done = _Boundaries()
    for level, areas in _shapes_by_level(project, named).items():
        name = f"resources/geometry/{level}.geojson"
        existing = _existing_boundaries(project, name, done)
        both = areas.keys() & existing.keys()
        changed = [key for key in both if _round_shape(areas[key][2]) != _round_shape(existing[key][2])]
        done.kept += [f"spaces/{key}: Grenze" for key in changed]
        new = {key: area for key, area in areas.items() if key not in existing}
        if new:
            done.files[name] = geometry_text(level, (existing | new).values())
    done.kept.sort()
    return done


def _shapes_by_level(project: ImportTarget, named: Iterable[NamedArea]) -> dict[str, dict[str, _NamedShape]]:
    """Return shapes by level and id, without those in other files."""
    found: dict[str, dict[str, _NamedShape]] = defaultdict(dict)
    for item in named:
        existing = project.site.spaces.get(item.id)
        file = existing.geometry.file if existing and existing.geometry else ""
        of_level = f"geometry/{existing.level}.geojson" if existing else ""
        if item.row.feature is not None and file in ("", of_level):
            # What was repaired stays as it was drawn, so that the check goes on saying so; parts that cover nothing go.
            feature = item.row.feature
            ground, dropped = ground_of(feature.shape)
            drawn = ground if dropped and ground is not None and not feature.repaired else feature.original
            found[item.level][item.id] = (item.id, item.name, drawn)
    return found


def _existing_boundaries(project: ImportTarget, name: str, done: _Boundaries) -> dict[str, _NamedShape]:
    path = project.root / name
    if not project.disk.holds(path):
        return {}
    before, problems = read_features(project.disk, path)
    done.found += problems
    return {
        item.id: (item.id, str(item.properties.get("name") or ""), item.original)
        for item in (before.features if before is not None else ())
    }


def _round_shape(shape: BaseGeometry) -> BaseGeometry:
    return shapely.transform(shape, lambda points: points.round(DECIMALS))


def geometry_text(name: str, areas: Iterable[tuple[str, str, BaseGeometry]], credit: str = "") -> str:
    """Write boundaries one area a line, for small diffs."""
    source = f'"{CREDIT}":{json.dumps(credit, ensure_ascii=False)},' if credit else ""
    lines = []
    for key, area, original in areas:
        shape = _round_shape(original)
        content = {
            "type": "Feature",
            "id": key,
            "properties": {"name": area},
            "geometry": as_geojson(shape),
        }
        lines.append(json.dumps(content, ensure_ascii=False, separators=(",", ":")))
    return (
        f'{{"type":"FeatureCollection","name":{json.dumps(name)},{source}"features":[\n'
        + ",\n".join(lines)
        + "\n]}\n"
    )
