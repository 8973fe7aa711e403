"""Shapes and points in, what does not fit together out: children outside, overlaps, gaps, points outside their space."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.files.kept import Same
from generator.model.geometry import Areas, metres_to
from generator.model.offer import Offer
from generator.model.place import Place
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.records import RecordSource

# Parts of an area below this share are taken for inaccuracy of two sources' boundaries.
TOLERANCE = 0.01
FAR_METRES = 2_000


def check_shapes(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report children outside their parent, overlaps of sharp spaces and gaps, each beyond one per cent."""
    children: dict[str, list[str]] = defaultdict(list)
    unbounded = not any(space.geometry for space in site.spaces.values())
    if unbounded and (spaces := reading.of("spaces")):
        # Said of each it would be the longest list of a town that has just begun.
        yield diagnostic("ohne-grenzen", spaces[0].position("name"), count=len(site.spaces))
    siblings = Counter(space.parent for space in site.spaces.values())
    for source in reading.of("spaces"):
        space = site.spaces[source.id]
        if source.id not in site.shapes:
            if space.geometry is None and not unbounded:
                yield diagnostic("ohne-geometrie", source.position("name"), name=space.name)
            continue
        if space.parent not in site.shapes:
            continue
        children[str(space.parent)].append(source.id)
        shape = site.shapes[source.id]
        outside = shape.difference(site.shapes[str(space.parent)]).area / shape.area
        if outside > TOLERANCE and space.boundary_kind == "sharp":
            yield diagnostic(
                "kind-ausserhalb",
                source.position("parent"),
                name=space.name,
                share=_percent(outside),
                parent=site.spaces[str(space.parent)].name,
            )
    for parent, keys in children.items():
        yield from _overlaps(site, reading, keys)
        levels = {site.spaces[key].level for key in keys}
        # An area without a shape, one that could not be read and one that records still name would show as a gap.
        whole_family = (
            len(keys) == siblings[parent]
            and not reading.broken.get("spaces")
            and not reading.lost.get("spaces")
        )
        if (
            whole_family
            and len(levels) == 1
            and all(site.spaces[key].boundary_kind == "sharp" for key in keys)
        ):
            whole = site.shapes[parent]
            gap = whole.difference(shapely.union_all([site.shapes[key] for key in keys])).area / whole.area
            if gap > TOLERANCE:
                source = reading.sources["spaces", parent]
                yield diagnostic(
                    "luecke-im-gebiet",
                    source.position("name"),
                    share=_percent(gap),
                    name=site.spaces[parent].name,
                )


def _overlaps(site: Site, reading: Reading, keys: list[str]) -> Iterator[Diagnostic]:
    shapes = [site.shapes[key] for key in keys]
    for left, right in zip(*shapely.STRtree(shapes).query(shapes, predicate="intersects"), strict=True):
        first, second = site.spaces[keys[left]], site.spaces[keys[right]]
        if (
            left >= right
            or first.level != second.level
            or "fuzzy" in (first.boundary_kind, second.boundary_kind)
        ):
            continue
        share = float(shapes[left].intersection(shapes[right]).area) / min(
            shapes[left].area, shapes[right].area
        )
        if share > TOLERANCE:
            source = reading.sources["spaces", keys[left]]
            yield diagnostic(
                "gebiete-ueberschneiden",
                source.position("geometry"),
                name=first.name,
                other=second.name,
                share=_percent(share),
            )


def check_points(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report places and offers whose point lies outside every space they state, or far from the town."""
    if not site.shapes:
        return
    # Where a shape could not be read, nobody knows how far the town reaches.
    unsure = bool(reading.broken.get("spaces")) or any(
        space.geometry is not None and key not in site.shapes for key, space in site.spaces.items()
    )
    names = frozenset((key, site.spaces[key].name) for key in site.shapes)
    ground = reading.kept.call(_ground, Same(site.shapes), names, unsure)
    yield from reading.of_each(_point, ground, folders=("places", "offers"))


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Where the town's areas lie, what they are called, and all of them as one."""

    areas: Areas
    names: Mapping[str, str]
    town: BaseGeometry
    unsure: bool


def _ground(
    shapes: Same[Mapping[str, BaseGeometry]], names: Collection[tuple[str, str]], unsure: bool
) -> Ground:
    areas = Areas(shapes.value)
    return Ground(areas, dict(names), shapely.union_all([shapes.value[key] for key in areas.ids]), unsure)


def _point(source: RecordSource, ground: Ground) -> Iterator[Diagnostic]:
    record = source.record
    if not isinstance(record, Place | Offer) or record.point is None:
        return
    names, areas = ground.names, ground.areas
    stated = [space for space in record.spaces if space in names] if isinstance(record, Place) else []
    around = areas.around(record.point)
    if stated and not any(space in around for space in stated):
        distance, space = min((areas.distance(record.point, space), space) for space in stated)
        position = source.position("point")
        yield diagnostic("punkt-ausserhalb", position, metres=max(1, round(distance)), space=names[space])
    elif not around and not stated and not ground.unsure:
        distance = metres_to(record.point, ground.town)
        if distance > FAR_METRES:
            yield diagnostic("punkt-fern", source.position("point"), kilometres=f"{distance / 1000:.0f}")


def _percent(share: float) -> str:
    return f"{share * 100:.1f}".replace(".", ",")
