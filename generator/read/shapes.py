"""Areas and the files of boundaries that they name in, their shapes out; and the layers of the map that name nobody."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import diagnostic
from generator.files.door import Door
from generator.model.context_layer import ContextLayer, ContextShape
from generator.model.space import Space
from generator.model.tangle import most_tangled
from generator.read.boundaries import Feature, FeatureFile, area_of, read_features
from generator.read.records import RecordSource


def read_shapes(
    door: Door, sources: Iterable[RecordSource]
) -> tuple[dict[str, BaseGeometry], tuple[str, ...], list[Diagnostic]]:
    """Read every file of boundaries once; return the shapes of the areas that name a feature of one, and whom to credit for them."""
    found: list[Diagnostic] = []
    files: dict[str, FeatureFile | None] = {}
    shapes: dict[str, BaseGeometry] = {}
    spaces = [(source, source.record) for source in sources if isinstance(source.record, Space)]
    for source, space in spaces:
        reference = space.geometry
        if reference is None:
            continue
        if reference.file not in files:
            path = door.project / "resources" / reference.file
            files[reference.file], problems = read_features(door, path)
            found += problems
            found += _repeated(files[reference.file])
        features = files[reference.file]
        if features is None:
            continue
        feature = features.by_id.get(reference.feature)
        if feature is None and reference.feature in features.broken:
            # Its problem is reported where it stands, in the file of geometries.
            continue
        if feature is None:
            near = close_to(reference.feature, [item.id for item in features.features])
            better = (
                f"gemeint ist vielleicht „{near}“" if near else "die Kennungen stehen in der Datei unter id"
            )
            found.append(
                diagnostic(
                    "geometrie-unbekannt",
                    source.position("geometry"),
                    value=reference.feature,
                    file=features.file,
                    better=better,
                )
            )
            continue
        shape, problems = area_of(feature, features.file, space.name, source.position("geometry"))
        found += problems
        if shape is not None:
            shapes[source.id] = shape
    worst = most_tangled(list(shapes.values()))
    if worst is not None:
        # From what is a tangle nothing can be worked out, so no area has a shape then.
        source, space = next(one for one in spaces if one[0].id == list(shapes)[worst])
        return {}, (), [*found, diagnostic("gebiete-verworren", source.position("geometry"), name=space.name)]
    credits = dict.fromkeys(item.credit for item in files.values() if item is not None and item.credit)
    return shapes, tuple(credits), found


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
