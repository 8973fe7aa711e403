"""Takes areas and the GeoJSON files of boundaries that they name, hands out their shapes by id, in degrees (WGS 84); and the layers
that maps draw below them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import diagnostic
from generator.files.door import Door
from generator.model.areas_and_offices import Space
from generator.model.geometry import most_tangled
from generator.model.site import ContextLayer, ContextShape
from generator.read.boundaries import Feature, FeatureFile, area_of, read_features
from generator.read.records import RecordSource


def _tangle(sources: Iterable[RecordSource], shapes: Mapping[str, BaseGeometry]) -> Diagnostic | None:
    """Report the area whose boundary is worst where all boundaries together come near each other so often that to compute with them
    would take minutes (`model/geometry.py` counts); None where they don't."""
    worst = most_tangled(list(shapes.values()))
    if worst is None:
        return None
    source = next(one for one in sources if one.id == list(shapes)[worst])
    name = str(getattr(source.record, "name", ""))
    return diagnostic("gebiete-verworren", source.position("geometry"), name=name)


def read_shapes(
    door: Door, sources: Collection[RecordSource]
) -> tuple[dict[str, BaseGeometry], tuple[str, ...], list[Diagnostic]]:
    """Read every file of boundaries once; return the shapes of the areas that name a feature of one, and whom to credit for them."""
    found: list[Diagnostic] = []
    files: dict[str, FeatureFile | None] = {}
    shapes: dict[str, BaseGeometry] = {}
    for source in sources:
        if not isinstance(source.record, Space) or source.record.geometry is None:
            continue
        name = source.record.geometry.file
        if name not in files:
            files[name], problems = read_features(door, door.project / "resources" / name)
            found += [*problems, *_repeated(files[name])]
        shape, problems = _shape(source, source.record, files[name])
        found += problems
        if shape is not None:
            shapes[source.id] = shape
    tangle = _tangle(sources, shapes)
    if tangle is not None:
        # From what is a tangle nothing can be worked out, so no area has a shape then.
        return {}, (), [*found, tangle]
    credits = dict.fromkeys(item.credit for item in files.values() if item is not None and item.credit)
    return shapes, tuple(credits), found


def _shape(
    source: RecordSource, space: Space, features: FeatureFile | None
) -> tuple[BaseGeometry | None, list[Diagnostic]]:
    """Return the shape of an area by the feature that it names in its file; None where the file or the feature can't be read."""
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
    near = close_to(wanted, [item.id for item in features.features])
    better = f"gemeint ist vielleicht „{near}“" if near else "die Kennungen stehen in der Datei unter id"
    unknown = diagnostic("geometrie-unbekannt", position, value=wanted, file=features.file, better=better)
    return None, [unknown]


def read_context(door: Door, folders: Iterable[Path]) -> tuple[tuple[ContextLayer, ...], list[Diagnostic]]:
    """Read the layers of the map: every GeoJSON file of a folder is one; of two with one name the first counts."""
    files: dict[str, Path] = {}
    found: list[Diagnostic] = []
    for folder in folders:
        paths, problems = door.files(folder, ".geojson")
        found += problems
        for path in paths:
            files.setdefault(path.stem, path)
    layers: list[ContextLayer] = []
    for name in sorted(files):
        features, problems = read_features(door, files[name])
        found += problems
        if features is not None:
            layers.append(ContextLayer(name, tuple(map(_context_shape, features.features)), features.credit))
    return tuple(layers), found


def _context_shape(feature: Feature) -> ContextShape:
    name, kind = (str(feature.properties.get(key) or "") for key in ("name", "kind"))
    return ContextShape(name, feature.shape, kind)


def _repeated(features: FeatureFile | None) -> list[Diagnostic]:
    """Report areas of one file that share an id: which of them is meant would be chance."""
    first: dict[str, int] = {}
    found: list[Diagnostic] = []
    for number, feature in enumerate(features.features if features else (), 1):
        if feature.id and feature.id in first:
            position = Position(features.file if features else "", feature.line)
            found.append(
                diagnostic(
                    "doppeltes-kuerzel",
                    position,
                    value=feature.id,
                    other=f"derselben Datei, Gebiet Nr. {first[feature.id]}",
                )
            )
        first.setdefault(feature.id, number)
    return found
