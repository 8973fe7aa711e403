"""Read a GeoPackage, Shapefile or KML file as features of GeoJSON.

The package of the extra `geo` reads them in a folder of its own, so it sees nothing of the project. Features
are named by file, layer and row.
"""

from __future__ import annotations

import re
import tempfile
import warnings
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import shapely
from msgspec import Struct

from generator.diagnostics import Diagnostic, Position, meant_or
from generator.diagnostics.codes import diagnostic
from generator.files.disk import Disk, decoded, in_german, shown
from generator.read.boundaries import Feature, FeatureFile, FeatureMaker, into_degrees

ALONE = (".gpkg", ".kml")
SHAPE = ".shp"
SUFFIXES = (*ALONE, SHAPE)
NEEDED, HELPFUL = (".shx", ".dbf"), (".prj", ".cpg")
"""Parts of a shapefile beside the one with its shapes: without the first it can't be read."""
_EXPORT_AGAIN = "die Datei im Geoinformationssystem als GeoPackage oder GeoJSON neu ausgeben"
_STARTS = {".gpkg": b"SQLite format 3\x00", SHAPE: b"\x00\x00\x27\x0a"}  # how such files begin

# What broken files raise differs from part to part: in the insides of pyogrio also a name that was never set.
_BROKEN = (RuntimeError, ValueError, TypeError, NameError, IndexError, KeyError, EOFError, OverflowError)

Parts = dict[str, bytes]
"""The bytes of a file and of what belongs to it by their suffixes."""


class GeoForm(Struct, frozen=True):
    """What a file doesn't say: layer, coordinate system, encoding."""

    layer: str = ""
    crs: str = ""
    encoding: str = ""


class GeoLayer(Struct, frozen=True):
    """A layer: its name, its name inside, where to read it, its file's parts."""

    name: str
    inside: str
    at: Path
    parts: Parts


def companions(path: Path) -> list[Path]:
    """Return a shapefile's possible companion files, in either case."""
    if path.suffix.lower() != SHAPE:
        return []
    found: list[Path] = []
    for suffix in (*NEEDED, *HELPFUL):
        found += [path.with_suffix(suffix), path.with_suffix(suffix.upper())]
    return found


def read_geo_file(
    disk: Disk, path: Path, id_property: str, form: GeoForm
) -> tuple[FeatureFile | None, list[Diagnostic]]:
    """Read one layer; None if unreadable or without the extra."""
    file = disk.name(path)
    if find_spec("pyogrio") is None:
        return None, [diagnostic("geo-extra-fehlt", Position(file))]
    parts, found = _read_file_parts(disk, path, file)
    if found:
        return None, found
    with tempfile.TemporaryDirectory(prefix="nahraum-") as folder:
        at = Path(folder) / f"areas{path.suffix.lower()}"
        names, found = _layers(at, parts, file)
        if found:
            return None, found
        # A shapefile is one layer, called as the file.
        layers = [GeoLayer(path.stem if at.suffix == SHAPE else name, name, at, parts) for name in names]
        chosen, found = _choose_layer(layers, form.layer, file)
        if chosen is None:
            return None, found
        return _read_layer_features(chosen, f"{file} [{chosen.name}]", id_property, form)


def _report_unreadable_file(file: str, reason: str, better: str = _EXPORT_AGAIN) -> list[Diagnostic]:
    return [diagnostic("geodatei-unlesbar", Position(file), reason=reason, better=better)]


# --- what belongs together -------------------------------------------------------------------------------------------


def _read_file_parts(disk: Disk, path: Path, file: str) -> tuple[Parts, list[Diagnostic]]:
    """Return a file's and its companions' bytes; report missing ones."""
    parts: Parts = {}
    for one in (path, *companions(path)):
        suffix = one.suffix.lower()
        if one == path or (suffix not in parts and disk.holds(one)):
            data, found = disk.read(one)
            if data is None:
                return {}, found
            parts[suffix] = data
    lacking = [suffix for suffix in NEEDED if SHAPE in parts and suffix not in parts]
    if not lacking:
        return parts, []
    better = "alle Dateien des Shapefiles in denselben Ordner legen (.shp, .shx, .dbf, .prj, .cpg)"
    return parts, _report_unreadable_file(file, f"zum Shapefile fehlt {' und '.join(lacking)}", better)


# --- layers ----------------------------------------------------------------------------------------------------------


def _write_parts(at: Path, parts: Parts, file: str) -> list[Diagnostic]:
    """Write a file's parts to read them, unless their content contradicts their names."""
    data = parts[at.suffix]
    if not data:
        return _report_unreadable_file(file, "sie ist leer")
    if not data.startswith(_STARTS.get(at.suffix, b"")):
        return _report_unreadable_file(file, f"sie heißt {at.suffix}, ist aber etwas anderes")
    if at.suffix == ".kml":
        text, found = decoded(data, file)
        if text is None:
            return found
        if re.search(r"<!(?:DOCTYPE|ENTITY)", text):
            return _report_unreadable_file(
                file, "sie legt eigene Kürzel fest (DOCTYPE), was in KML nicht vorkommt"
            )
    for suffix, content in parts.items():
        # pyogrio stops at a system that it can't read instead of giving none, which is told below.
        if suffix not in HELPFUL or (suffix == ".prj" and _is_system(content)):
            at.with_suffix(suffix).write_bytes(content)
    return []


def _is_system(content: bytes) -> bool:
    try:
        pyproj.CRS.from_wkt(content.decode("latin-1"))
    except pyproj.exceptions.CRSError:
        return False
    return True


def _layers(at: Path, parts: Parts, file: str) -> tuple[list[str], list[Diagnostic]]:
    """Write a file's parts; return its layers with shapes."""
    if found := _write_parts(at, parts, file):
        return [], found
    import pyogrio

    try:
        with warnings.catch_warnings(action="ignore"):
            return [str(name) for name, kind in pyogrio.list_layers(at) if kind is not None], []
    except _BROKEN:
        # What GDAL says of it is English and of its own insides.
        return [], _report_broken_file(file, at)


def _report_broken_file(file: str, at: Path) -> list[Diagnostic]:
    return _report_unreadable_file(
        file, f"was darin steht, ist kein {_KINDS[at.suffix]}, oder es fehlt ein Stück"
    )


_KINDS = {".gpkg": "GeoPackage", ".kml": "KML", SHAPE: "Shapefile"}


def _choose_layer(layers: list[GeoLayer], wanted: str, file: str) -> tuple[GeoLayer | None, list[Diagnostic]]:
    names = [layer.name for layer in layers]
    fitting = [layer for layer in layers if wanted in ("", layer.name)]
    if len(fitting) == 1:
        return fitting[0], []
    if not names:
        return None, _report_unreadable_file(file, "keine Ebene darin hat eine Geometrie")
    better = "mit --layer eine nennen: " + ", ".join(sorted(names))
    if not wanted:
        return None, _report_unreadable_file(
            file, "sie hat mehrere Ebenen, und es ist nicht gesagt, welche", better
        )
    what = f"die Ebene „{wanted}“ gibt es darin nicht"
    return None, _report_unreadable_file(file, what, meant_or(wanted, names, better))


# --- features --------------------------------------------------------------------------------------------------------


def _make_rows_of_columns(
    count: int, names: Sequence[str], columns: Sequence[Iterable[Any]]
) -> list[dict[str, Any]]:
    """Return columns as rows of plain Python values."""
    rows: list[dict[str, Any]] = [{} for _ in range(count)]
    for name, column in zip(names, columns, strict=True):
        for row, value in zip(rows, column, strict=True):
            row[name] = _make_plain_value(value)
    return rows


def _read_layer_features(
    layer: GeoLayer, file: str, id_property: str, form: GeoForm
) -> tuple[FeatureFile | None, list[Diagnostic]]:
    import pyogrio

    # A letter for each byte, so that texts are decoded here and nothing is guessed.
    raw = layer.at.suffix == SHAPE
    try:
        with warnings.catch_warnings(action="ignore"):
            meta, _, shapes, columns = pyogrio.raw.read(
                layer.at, layer=layer.inside, encoding="ISO-8859-1" if raw else None, datetime_as_string=True
            )
    except _BROKEN:
        return None, _report_broken_file(file, layer.at)
    names = [str(name) for name in meta["fields"]]
    rows = _make_rows_of_columns(len(shapes), names, columns)
    if raw:
        found = _decode(rows, layer.parts, file, form.encoding)
        if found:
            return None, found
    declared = layer.parts.get(".prj", b"").decode("latin-1").strip()
    to_degrees, found = into_degrees(form.crs or meta["crs"] or declared, file)
    if to_degrees is None:
        return None, found
    features, problems = _sound(shapes, rows, to_degrees, file, id_property)
    found += problems
    return FeatureFile(file, tuple(features), {item.id: item for item in features}), found


def _sound(
    shapes: Sequence[Any],
    rows: Sequence[dict[str, Any]],
    to_degrees: pyproj.Transformer | str,
    file: str,
    id_property: str,
) -> tuple[list[Feature], list[Diagnostic]]:
    """Return usable features in degrees, and what is wrong with others."""
    maker = FeatureMaker(to_degrees, "mit --crs nennen, etwa --crs EPSG:25832")
    features: list[Feature] = []
    found: list[Diagnostic] = []
    for number, (wkb, row) in enumerate(zip(shapes, rows, strict=True), 1):
        position = Position(file, number)
        name = str(row.get(id_property) or "")
        label = f"{name} (Nr. {number})" if name else f"Nr. {number}"
        try:
            shape = shapely.from_wkb(wkb) if wkb is not None else shapely.Polygon()
        except shapely.errors.ShapelyError as error:
            found.append(diagnostic("geometrie-unlesbar", position, name=label, reason=in_german(error)))
            continue
        feature, problems = maker.make(name, shape, row, position, label)
        found += problems
        if feature is not None:
            features.append(feature)
    return features, found


def _make_plain_value(value: Any) -> Any:
    """Return a value as in GeoJSON: missing as None, integers without point."""
    if value is np.ma.masked or value != value:
        return None
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _decode(rows: list[dict[str, Any]], parts: Parts, file: str, encoding: str) -> list[Diagnostic]:
    """Decode texts in place by the given encoding, `.cpg`, or certain UTF-8."""
    named = encoding or shown(parts.get(".cpg", b"").decode("latin-1").strip()[:40])
    chosen = _ENCODINGS.get(re.sub(r"[^a-z0-9]", "", named.lower()), named) or "utf-8"
    for number, row in enumerate(rows, 1):
        for name, value in row.items():
            if not isinstance(value, str) or value.isascii():
                continue
            try:
                row[name] = value.encode("latin-1").decode(chosen)
            except (LookupError, ValueError):
                if named:
                    reason = f"„{name}“ ist nicht so geschrieben, wie es angegeben ist ({named})"
                else:
                    reason = f"wie „{name}“ geschrieben ist, sagt keine Datei .cpg, und UTF-8 ist es nicht"
                better = "mit --encoding die richtige Kodierung nennen, etwa --encoding windows-1252; sind die Zeilen verschieden geschrieben, sie im Geoinformationssystem berichtigen und als GeoPackage ausgeben"
                return [diagnostic("geodatei-unlesbar", Position(file, number), reason=reason, better=better)]
    return []


_ENCODINGS = {"ansi1252": "cp1252", "1252": "cp1252", "88591": "latin-1", "ldid87": "cp1252", "utf8": "utf-8"}
"""What geographic programs write into .cpg beside names that Python knows."""
