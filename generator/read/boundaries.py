"""Read shapes of areas and layers of maps from GeoJSON."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from msgspec import Struct
from msgspec import field as struct_field
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from generator.diagnostics import Diagnostic, Position, meant_or
from generator.diagnostics.codes import diagnostic
from generator.files.disk import TABLE, Disk, in_german
from generator.model.areas_and_offices import Space
from generator.model.geometry import Repairs, ground_of, most_tangled, tangled
from generator.model.scalars import PAGE, is_swapped
from generator.model.site import ContextLayer, ContextShape
from generator.read.records import RecordSource

if TYPE_CHECKING:
    import pyproj


_WGS84 = ("CRS84", "4326")
"""How the names of coordinates in degrees end."""


_FEATURE = re.compile(r'"type"\s*+:\s*+"Feature"')  # where one stands in the text of a file
CREDIT = "attribution"
"""Member of a file that says what its licence wants to be read beside every map."""
_LONGEST_CREDIT = 200  # letters


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature with properties; `line` in its file, `original` before repair."""

    id: str
    shape: BaseGeometry
    properties: dict[str, Any]
    line: int
    original: BaseGeometry
    repaired: str = ""  # why it had to be, in German


class FeatureFile(Struct, frozen=True):
    """A file's features; `by_id` the last of each, `broken` unreadable ids."""

    file: str
    features: tuple[Feature, ...]
    by_id: dict[str, Feature]
    broken: frozenset[str] = frozenset()
    credit: str = ""


def read_features(
    disk: Disk, path: Path, id_property: str | None = None, crs: str = ""
) -> tuple[FeatureFile | None, list[Diagnostic]]:
    """Read GeoJSON features; ids are `id` or a property (`id`, `ID`, `code`). `crs` overrides the file's coordinate system."""
    text, found = disk.text(path, TABLE)
    if text is None:
        return None, found
    # As long as its text is the same, a file is understood once.
    made_from = text, disk.name(path), id_property, crs
    features, found = disk.cache.latest(("features", path), made_from, lambda: _features(*made_from))
    return features, list(found)


def _features(
    text: str, file: str, id_property: str | None, crs: str
) -> tuple[FeatureFile | None, list[Diagnostic]]:
    """Make features of a file's text."""
    content, found = _collection(text, file)
    if content is None:
        return None, found
    project, found = into_degrees(crs or content.crs, file)
    if project is None:
        return None, found
    features: list[Feature] = []
    broken: set[str] = set()
    maker = FeatureMaker(project, _IN_FILE)
    for number, (raw, place) in enumerate(zip(content.raw, content.places(), strict=True), 1):
        feature, problems = _read_feature(raw, number, place, id_property, maker)
        found += problems
        if feature is not None:
            features.append(feature)
        else:
            broken.add(_id_of(raw, id_property))
    by_id = {item.id: item for item in features}
    return FeatureFile(file, tuple(features), by_id, frozenset(broken), content.credit), found


class RawCollection(Struct, frozen=True):
    """A GeoJSON file's raw features."""

    file: str
    raw: tuple[Any, ...]
    crs: str  # the name of its coordinate system; empty for degrees
    credit: str  # what `CREDIT` says
    text: str

    def places(self) -> list[Position]:
        """Return features' positions, else the file's beginning."""
        starts = [match.start() for match in _FEATURE.finditer(self.text)]
        places = [Position(self.file)] * len(self.raw)
        named = [
            number
            for number, raw in enumerate(self.raw)
            if isinstance(raw, dict) and raw.get("type") == "Feature"
        ]
        # The same words may stand in properties too.
        if len(starts) != len(named):
            return places
        line, column, at = 1, 1, 0
        for number, start in zip(named, starts, strict=True):
            breaks = self.text.count("\n", at, start)
            line += breaks
            # Many programs write all on one line, and rows are told apart by their places.
            column = 1 if breaks else column + start - at
            at = start
            places[number] = Position(self.file, line, column)
        return places


def read_collection(disk: Disk, path: Path) -> tuple[RawCollection | None, list[Diagnostic]]:
    """Read a GeoJSON feature collection; None if it isn't one."""
    text, found = disk.text(path, TABLE)
    return (None, found) if text is None else _collection(text, disk.name(path))


def _collection(text: str, file: str) -> tuple[RawCollection | None, list[Diagnostic]]:
    """Take a file's text apart, or say why it is no collection of features."""
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        return None, [
            diagnostic("kein-geojson", Position(file, error.lineno, error.colno), reason=in_german(error))
        ]
    except RecursionError:
        return None, [diagnostic("kein-geojson", Position(file), reason="zu tief verschachtelt")]
    except ValueError:
        # Python reads no whole number of more than some thousand digits.
        return None, [diagnostic("kein-geojson", Position(file), reason="eine Zahl hat zu viele Ziffern")]
    if (
        not isinstance(content, dict)
        or content.get("type") != "FeatureCollection"
        or not isinstance(content.get("features"), list)
    ):
        return None, [diagnostic("kein-geojson", Position(file), reason="keine FeatureCollection")]
    matched, returned = content.get("numberMatched"), content.get("numberReturned", len(content["features"]))
    if isinstance(matched, int) and isinstance(returned, int) and matched > returned:
        return None, [diagnostic("antwort-abgeschnitten", Position(file), count=returned, all=matched)]
    remark = content.get("remark")
    # So Overpass says that time or memory was up.
    if isinstance(remark, str) and remark.startswith("runtime error"):
        return None, [
            diagnostic("kein-geojson", Position(file), reason=f"der Dienst brach ab („{remark}“)"[:200])
        ]
    return RawCollection(
        file, tuple(content["features"]), _declared(content), _credit_of_collection(content), text
    ), []


def _credit_of_collection(content: dict[str, Any]) -> str:
    credit = content.get(CREDIT)
    return " ".join(credit.split())[:_LONGEST_CREDIT] if isinstance(credit, str) else ""


def _id_of(raw: Any, id_property: str | None) -> str:
    """Return a raw feature's id: of a property that is named, else its `id`."""
    if not isinstance(raw, dict):
        return ""
    properties = _properties_or_empty(raw)
    found = properties.get(id_property) if id_property else raw.get("id", properties.get("id"))
    return "" if found is None else str(found)


def _properties_or_empty(raw: Any) -> dict[str, Any]:
    properties = raw.get("properties") if isinstance(raw, dict) else None
    return properties if isinstance(properties, dict) else {}


def _declared(content: dict[str, Any]) -> str:
    """Return the coordinate system that a file names: `{"crs": {"properties": {"name": "…"}}}`."""
    return str(_properties_or_empty(content.get("crs")).get("name", ""))


def into_degrees(name: str, file: str) -> tuple[pyproj.Transformer | str | None, list[Diagnostic]]:
    """Return a transformer to degrees, "" if not needed, None for unknown systems."""
    if not name or name.upper().endswith(_WGS84):
        return "", []
    # Loaded where coordinates are no degrees, which is seldom.
    import pyproj

    # `urn:ogc:def:crs:EPSG::25832` is `EPSG:25832`.
    code = re.sub(r"^urn:ogc:def:crs:([A-Z]+):[^:]*:", r"\1:", name)
    try:
        return pyproj.Transformer.from_crs(code, "OGC:CRS84", always_xy=True), []
    except pyproj.exceptions.CRSError:
        return None, [diagnostic("koordinatensystem-unbekannt", Position(file), name=name[:60])]


def _read_feature(
    raw: Any,
    number: int,
    position: Position,
    id_property: str | None,
    maker: FeatureMaker,
) -> tuple[Feature | None, list[Diagnostic]]:
    properties = _properties_or_empty(raw)
    name = _id_of(raw, id_property)
    longest = max((len(text) for text in (name, *properties.values()) if isinstance(text, str)), default=0)
    if longest > PAGE:
        return None, [diagnostic("text-zu-lang", position, length=longest, limit=PAGE)]
    if not isinstance(raw, dict) or not isinstance(raw.get("geometry"), dict):
        return None, [diagnostic("geometrie-fehlt", position, name=name or f"Nr. {number}")]
    label = name or f"Nr. {number}"
    geometry, found = shape_of(raw["geometry"], position, label)
    if geometry is None:
        return None, found
    return maker.make(name, geometry, properties, position, label)


def shape_of(
    geometry: dict[str, Any], position: Position, label: str
) -> tuple[BaseGeometry | None, list[Diagnostic]]:
    """Return a GeoJSON geometry's shape in its own coordinates, or None."""
    try:
        # What is no number is told by whoever uses the shape; numpy would warn of it on the side.
        with np.errstate(invalid="ignore"):
            return shape(geometry), []
    except (
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        OverflowError,
        RecursionError,
        shapely.errors.ShapelyError,
    ) as error:
        return None, [diagnostic("geometrie-unlesbar", position, name=label, reason=in_german(error))]


_IN_FILE = "im Feld crs nennen (beim Übernehmen auch mit --crs, etwa --crs EPSG:25832)"


class FeatureMaker(Struct, frozen=True):
    """Makes sound features of one file's shapes. `project` transforms to degrees; `where` says how to name a missing system."""

    project: pyproj.Transformer | str
    where: str
    repairs: Repairs = struct_field(default_factory=Repairs)

    def make(
        self, name: str, written: BaseGeometry, properties: dict[str, Any], position: Position, label: str
    ) -> tuple[Feature | None, list[Diagnostic]]:
        """Return a feature in degrees, repaired if needed, or why not."""
        geometry, found = self._in_degrees(written, position, label)
        if geometry is None:
            return None, found
        geometry = shapely.force_2d(geometry)
        wrong = self._tangle(geometry)
        if wrong:
            return None, [diagnostic("geometrie-verworren", position, name=label, reason=wrong)]
        line = position.line
        if geometry.is_valid:
            return Feature(name, geometry, properties, line, geometry), []
        reason = _in_german(explain_validity(geometry))
        return Feature(name, repair(geometry), properties, line, geometry, reason), []

    def _in_degrees(
        self, geometry: BaseGeometry, position: Position, label: str
    ) -> tuple[BaseGeometry | None, list[Diagnostic]]:
        """Return a shape in degrees, or why not."""
        if _is_nowhere(geometry):
            return None, [diagnostic("geometrie-fehlt", position, name=label)]
        project = self.project
        if not isinstance(project, str):
            if swapped_before(geometry, project):
                x, y = shapely.get_coordinates(geometry)[0]
                value, better = f"{x:.0f} {y:.0f}", f"{y:.0f} {x:.0f}"
                swapped = diagnostic("geometrie-vertauscht", position, name=label, value=value, better=better)
                return None, [swapped]
            geometry = shapely.transform(
                geometry, lambda points: np.column_stack(project.transform(points[:, 0], points[:, 1]))
            )
        found = _not_in_degrees(geometry, position, label, self.where)
        if found is not None:
            return None, [found]
        return geometry, []

    def _tangle(self, geometry: BaseGeometry) -> str:
        """Say why a shape is too tangled; else empty."""
        wrong = tangled(geometry)
        if not wrong and not geometry.is_valid:
            wrong = self.repairs.refused(geometry)
        return wrong


def _is_nowhere(geometry: BaseGeometry) -> bool:
    """Tell whether a geometry is empty or has a coordinate that is no number."""
    return geometry.is_empty or not np.isfinite(shapely.get_coordinates(geometry)).all()


def _not_in_degrees(geometry: BaseGeometry, position: Position, label: str, where: str) -> Diagnostic | None:
    """Report coordinates that are no degrees or are swapped."""
    west, south, east, north = geometry.bounds
    far = max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90
    if not np.isfinite(shapely.get_coordinates(geometry)).all() or far:
        value = f"{west:.0f} {south:.0f}"
        return diagnostic("geometrie-projiziert", position, name=label, value=value, where=where)
    if is_swapped(west, south) and is_swapped(east, north):
        value, better = f"{west:.2f} {south:.2f}", f"{south:.2f} {west:.2f}"
        return diagnostic("geometrie-vertauscht", position, name=label, value=value, better=better)
    return None


def swapped_before(geometry: BaseGeometry, project: pyproj.Transformer) -> bool:
    """Tell whether swapped projected coordinates would lie in Germany."""
    x, y = shapely.get_coordinates(geometry)[0]
    (longitude, latitude), (other, wrong) = project.transform(x, y), project.transform(y, x)
    return not is_swapped(latitude, longitude) and is_swapped(wrong, other)


_REASONS = {
    "Ring Self-intersection": "ein Ring berührt sich selbst",
    "Self-intersection": "die Grenze kreuzt sich selbst",
    "Too few points in geometry component": "ein Teil hat zu wenige Punkte",
    "Hole lies outside shell": "eine Aussparung liegt außerhalb der Fläche",
    "Holes are nested": "Aussparungen liegen ineinander",
    "Nested shells": "Flächen liegen ineinander",
    "Interior is disconnected": "das Innere hängt nicht zusammen",
}


def _in_german(reason: str) -> str:
    """Say shapely's reason in German, with six decimals."""
    match = re.fullmatch(r"([^\[]+)\[(-?[\d.]+(?:e-?\d+)?) (-?[\d.]+(?:e-?\d+)?)\]", reason)
    if match is None:
        return _REASONS.get(reason, reason)
    return f"{_REASONS.get(match[1], match[1])}, bei {float(match[2]):.6f} {float(match[3]):.6f}"


_KINDS = {
    "Point": "ein Punkt",
    "MultiPoint": "eine Gruppe von Punkten",
    "LineString": "eine Linie",
    "LinearRing": "eine Linie",
    "MultiLineString": "eine Gruppe von Linien",
    "GeometryCollection": "eine Sammlung von Punkten und Linien",
}


def area_of(
    feature: Feature, file: str, name: str, at: Position
) -> tuple[BaseGeometry | None, list[Diagnostic]]:
    """Return a feature's ground, reporting repairs at `at`; None if it isn't an area."""
    ground, dropped = ground_of(feature.shape)
    if ground is None:
        what = _KINDS.get(feature.original.geom_type, "eine Fläche von weniger als einem Quadratmeter")
        place = Position(file, feature.line)
        return None, [diagnostic("geometrie-keine-flaeche", place, name=name, what=what)]
    reasons = [feature.repaired] if feature.repaired else []
    if dropped:
        reasons.append(
            "ein Teil ohne Fläche wurde weggelassen"
            if dropped == 1
            else f"{dropped} Teile ohne Fläche wurden weggelassen"
        )
    if not reasons:
        return ground, []
    return ground, [diagnostic("geometrie-repariert", at, name=name, reason="; ".join(reasons))]


def repair(geometry: BaseGeometry) -> BaseGeometry:
    """Return a valid geometry of the same dimension, without slivers."""
    fixed = shapely.make_valid(geometry)
    if not isinstance(geometry, Polygon | MultiPolygon):
        return fixed
    parts = [
        part
        for part in getattr(fixed, "geoms", [fixed])
        if isinstance(part, Polygon | MultiPolygon) and part.area > 0
    ]
    return shapely.union_all(parts) if parts else fixed


def _report_tangle(sources: Iterable[RecordSource], shapes: Mapping[str, BaseGeometry]) -> Diagnostic | None:
    """Report the worst boundary where all together would take minutes; else None."""
    worst = most_tangled(list(shapes.values()))
    if worst is None:
        return None
    source = next(one for one in sources if one.id == list(shapes)[worst])
    name = str(getattr(source.record, "name", ""))
    return diagnostic("gebiete-verworren", source.position("geometry"), name=name)


def read_shapes(
    disk: Disk, sources: Collection[RecordSource]
) -> tuple[dict[str, BaseGeometry], tuple[str, ...], list[Diagnostic]]:
    """Read all boundary files once: shapes by area, credits."""
    found: list[Diagnostic] = []
    files: dict[str, FeatureFile | None] = {}
    shapes: dict[str, BaseGeometry] = {}
    for source in sources:
        if not isinstance(source.record, Space) or source.record.geometry is None:
            continue
        name = source.record.geometry.file
        if name not in files:
            files[name], problems = read_features(disk, disk.project / "resources" / name)
            found += [*problems, *_repeated(files[name])]
        shape, problems = _shape(source, source.record, files[name])
        found += problems
        if shape is not None:
            shapes[source.id] = shape
    tangle = _report_tangle(sources, shapes)
    if tangle is not None:
        # From what is a tangle nothing can be worked out, so no area has a shape then.
        return {}, (), [*found, tangle]
    credits = dict.fromkeys(item.credit for item in files.values() if item is not None and item.credit)
    return shapes, tuple(credits), found


def _shape(
    source: RecordSource, space: Space, features: FeatureFile | None
) -> tuple[BaseGeometry | None, list[Diagnostic]]:
    """Return an area's shape from its file; None if unreadable."""
    if features is None or space.geometry is None:
        return None, []
    wanted = space.geometry.feature
    position = source.position("geometry")
    feature = features.by_id.get(wanted)
    if feature is not None:
        return area_of(feature, features.file, space.name, position)
    if wanted in features.broken:
        # Its problem is reported where it stands, in the file of geometries.
        return None, []
    known = [item.id for item in features.features]
    better = meant_or(wanted, known, "die Kennungen stehen in der Datei unter id")
    unknown = diagnostic("geometrie-unbekannt", position, value=wanted, file=features.file, better=better)
    return None, [unknown]


def read_context(disk: Disk, folders: Iterable[Path]) -> tuple[tuple[ContextLayer, ...], list[Diagnostic]]:
    """Read map layers, one a GeoJSON file; the first of a name counts."""
    files: dict[str, Path] = {}
    found: list[Diagnostic] = []
    for folder in folders:
        paths, problems = disk.files(folder, ".geojson")
        found += problems
        for path in paths:
            files.setdefault(path.stem, path)
    layers: list[ContextLayer] = []
    for name in sorted(files):
        features, problems = read_features(disk, files[name])
        found += problems
        if features is not None:
            points = [one for one in features.features if _has_point(one.shape)]
            found += (diagnostic("karte-mit-punkt", Position(features.file, one.line)) for one in points)
            drawn = (one for one in features.features if one not in points)
            layers.append(ContextLayer(name, tuple(map(_context_shape, drawn)), features.credit))
    return tuple(layers), found


def _has_point(shape: BaseGeometry) -> bool:
    """Tell whether a layer's shape is a spot, or holds one: nothing draws it, and it may be a house."""
    parts = getattr(shape, "geoms", None)
    return shape.geom_type == "Point" if parts is None else any(map(_has_point, parts))


def _context_shape(feature: Feature) -> ContextShape:
    name, kind = (str(feature.properties.get(key) or "") for key in ("name", "kind"))
    return ContextShape(name, feature.shape, kind)


def _repeated(features: FeatureFile | None) -> list[Diagnostic]:
    """Report areas of one file with the same id."""
    first: dict[str, int] = {}
    found: list[Diagnostic] = []
    for number, feature in enumerate(features.features if features else (), 1):
        if feature.id and feature.id in first:
            position = Position(features.file if features else "", feature.line)
            other = f"derselben Datei, Gebiet Nr. {first[feature.id]}"
            found.append(diagnostic("doppeltes-kuerzel", position, value=feature.id, other=other))
        first.setdefault(feature.id, number)
    return found
