"""Check the hierarchy, shapes and points of areas (`spaces`).

A geography divides the town by its own levels. Depth 0 is its top.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from generator.derive.geography import ancestors
from generator.diagnostics import Diagnostic, meant_or
from generator.diagnostics.codes import diagnostic
from generator.files.result_cache import Same
from generator.model.config import GeographyConfig
from generator.model.geometry import Areas, metres_to
from generator.model.offer import Offer
from generator.model.places_and_providers import Place
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.records import RecordSource


def check_hierarchy(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report what keeps spaces from forming trees."""
    in_cycle = _cycles(site)
    for source in reading.of("spaces"):
        level = site.config.level_of(site.spaces[source.id].level)
        if level is None:
            yield _unknown_level(site, source)
            continue
        geography, depth = level
        if source.id in in_cycle:
            yield from _in_circle(source, in_cycle[source.id])
        else:
            yield from _parent(site, source, geography, depth)
        yield from _second_parents(site, source)
    yield from _tops(site, reading)


def _unknown_level(site: Site, source: RecordSource) -> Diagnostic:
    """Report a level that no geography has."""
    levels = site.config.level_ids
    value = site.spaces[source.id].level
    better = meant_or(value, levels)
    return diagnostic("unbekannte-ebene", source.position("level"), value=value, better=better)


def _in_circle(source: RecordSource, circle: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Report a circle of areas at one of them."""
    if source.id == min(circle):
        chain = " → ".join((*circle, circle[0]))
        yield diagnostic("kreis-in-gebieten", source.position("parent"), chain=chain)


def _parent(site: Site, source: RecordSource, geography: GeographyConfig, depth: int) -> Iterator[Diagnostic]:
    """Report an area without parent, or with one not above."""
    space = site.spaces[source.id]
    if space.parent is None:
        if depth > 0:
            top = geography.levels[0].name
            yield diagnostic("kein-obergebiet", source.position("level"), name=space.name, top=top)
        return
    parent = site.spaces.get(space.parent)
    level = site.config.level_of(parent.level) if parent is not None else None
    # A missing parent is reported where references are read, its unknown level at itself.
    if parent is None or level is None:
        return
    above, parent_depth = level
    # Across geographies only a top may hang below another top: a second one below the city of the first.
    wrong = depth > 0 or parent_depth > 0
    if above.id == geography.id:
        wrong = parent_depth >= depth
    if wrong:
        names = {item.id: item.name for item in (*geography.levels, *above.levels)}
        yield diagnostic(
            "ebene-verkehrt",
            source.position("parent"),
            name=space.name,
            level=names[space.level],
            parent=parent.name,
            parent_level=names[parent.level],
        )


def _second_parents(site: Site, source: RecordSource) -> Iterator[Diagnostic]:
    """Report impossible further areas: itself, those above or below."""
    space, above = site.spaces[source.id], ancestors(site, source.id)
    for number, other in enumerate(space.also_in):
        if other not in site.spaces:
            continue
        inside = (
            other == source.id
            or source.id in ancestors(site, other)
            or source.id in site.spaces[other].also_in
        )
        if inside or other in above:
            yield diagnostic(
                "obergebiet-doppelt",
                source.position("also_in", number),
                name=space.name,
                other=site.spaces[other].name,
                reason="das liegt in ihm" if inside else "das steht schon darüber",
            )


def _tops(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report a second area of the top level: a site is for one town."""
    top = site.config.geographies[0].levels[0].id
    tops = [source for source in reading.of("spaces") if site.spaces[source.id].level == top]
    if len(tops) > 1:
        names = ", ".join(f"„{site.spaces[source.id].name}“" for source in tops)
        for source in tops[1:]:
            yield diagnostic("zwei-staedte", source.position("level"), names=names)


def _cycles(site: Site) -> dict[str, tuple[str, ...]]:
    """Return each area's circle of parents, from its smallest id; others have none."""
    found: dict[str, tuple[str, ...]] = {}
    for start in site.spaces:
        chain: list[str] = []
        current: str | None = start
        while current in site.spaces and current not in chain:
            chain.append(str(current))
            current = site.spaces[str(current)].parent
        if current == start:
            lowest = chain.index(min(chain))
            found[start] = (*chain[lowest:], *chain[:lowest])
    return found


# Parts of an area below this share are taken for inaccuracy of two sources' boundaries.
TOLERANCE = 0.01
FAR_METRES = 2_000
"""Farther outside of all areas a point is likely a slip; nearer it may be a neighbour town's place."""


def check_shapes(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report shapes outside parents, overlaps and gaps above one percent."""
    # What has a last day lay where its successors lie.
    spaces = [source for source in reading.of("spaces") if site.spaces[source.id].until is None]
    children: dict[str, list[str]] = defaultdict(list)
    unbounded = not any(space.geometry for space in site.spaces.values())
    if unbounded and spaces:
        # Said of each it would be the longest list of a town that has just begun.
        yield diagnostic("ohne-grenzen", spaces[0].position("name"), count=len(site.spaces))
    for source in spaces:
        space = site.spaces[source.id]
        if source.id not in site.shapes:
            if space.geometry is None and not unbounded:
                yield diagnostic("ohne-geometrie", source.position("name"), name=space.name)
        elif space.parent is not None:
            children[space.parent].append(source.id)
            if space.parent in site.shapes:
                yield from _outside(site, source, space.parent)
    siblings = Counter(site.spaces[source.id].parent for source in spaces)
    # Where an area has no shape, could not be read or was deleted (others still name it), a gap says nothing.
    incomplete = reading.broken.get("spaces") or reading.lost.get("spaces")
    for parent, keys in children.items():
        yield from _overlaps(site, reading, keys)
        if parent in site.shapes and len(keys) == siblings[parent] and not incomplete:
            yield from _gap(site, reading, parent, keys)


def _outside(site: Site, source: RecordSource, parent: str) -> Iterator[Diagnostic]:
    """Report how much of a sharp area lies outside its parent."""
    space, shape = site.spaces[source.id], site.shapes[source.id]
    outside = shape.difference(site.shapes[parent]).area / shape.area
    if outside > TOLERANCE and space.boundary_kind == "sharp":
        yield diagnostic(
            "kind-ausserhalb",
            source.position("parent"),
            name=space.name,
            share=_share_in_percent(outside),
            parent=site.spaces[parent].name,
        )


def _gap(site: Site, reading: Reading, parent: str, keys: list[str]) -> Iterator[Diagnostic]:
    """Report what share of an area its children leave out, if all are sharp and of one level."""
    inner = [site.spaces[key] for key in keys]
    if len({one.level for one in inner}) > 1 or any(one.boundary_kind != "sharp" for one in inner):
        return
    shape = site.shapes[parent]
    gap = shape.difference(shapely.union_all([site.shapes[key] for key in keys])).area / shape.area
    if gap > TOLERANCE:
        position = reading.sources["spaces", parent].position("name")
        yield diagnostic(
            "luecke-im-gebiet", position, share=_share_in_percent(gap), name=site.spaces[parent].name
        )


def _overlaps(site: Site, reading: Reading, keys: list[str]) -> Iterator[Diagnostic]:
    """Report sharp areas of one parent and level that overlap, each pair once."""
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
                share=_share_in_percent(share),
            )


def check_points(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report points outside all stated areas, or far from town."""
    if not site.shapes:
        return
    # Where a shape could not be read, nobody knows how far the town reaches.
    unsure = bool(reading.broken.get("spaces")) or any(
        space.geometry is not None and key not in site.shapes for key, space in site.spaces.items()
    )
    names = frozenset((key, site.spaces[key].name) for key in site.shapes)
    ground = reading.cache.call(_make_ground, Same(site.shapes), names, unsure)
    yield from reading.of_each(_report_misplaced_point, ground, folders=("places", "offers"))


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Where the town's areas lie, their names, and their union; `unsure`: it may reach further."""

    areas: Areas
    names: Mapping[str, str]
    town: BaseGeometry
    unsure: bool


def _make_ground(
    shapes: Same[Mapping[str, BaseGeometry]], names: Collection[tuple[str, str]], unsure: bool
) -> Ground:
    areas = Areas(shapes.value)
    return Ground(areas, dict(names), shapely.union_all([shapes.value[key] for key in areas.ids]), unsure)


def _report_misplaced_point(source: RecordSource, ground: Ground) -> Iterator[Diagnostic]:
    """Report a point in none of the areas that its place names, else far from all."""
    record = source.record
    if not isinstance(record, Place | Offer) or record.point is None:
        return
    around, position = ground.areas.around(record.point), source.position("point")
    stated = _stated(record, ground)
    if stated:
        if not any(space in around for space in stated):
            distance, space = min((ground.areas.distance(record.point, space), space) for space in stated)
            metres = max(1, round(distance))
            yield diagnostic("punkt-ausserhalb", position, metres=metres, space=ground.names[space])
    elif not around and not ground.unsure:
        distance = metres_to(record.point, ground.town)
        if distance > FAR_METRES:
            yield diagnostic("punkt-fern", position, kilometres=f"{distance / 1000:.0f}")


def _stated(record: Place | Offer, ground: Ground) -> list[str]:
    """Return the areas in which a place says it is; an offer's say only for whom it is."""
    if not isinstance(record, Place):
        return []
    return [space for space in record.spaces if space in ground.names]


def _share_in_percent(share: float) -> str:
    return f"{share * 100:.1f}".replace(".", ",")


def check_unsaid(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Ask once for which areas and for whom several offers are."""
    asked = [source for source in reading.of("offers") if _is_asked(site, source.id)]
    is_divided = any(space.parent is not None for space in site.spaces.values())
    no_area = [source for source in asked if is_divided and _says_no_area(site, site.offers[source.id])]
    no_group = [source for source in asked if "for_" not in site.offers[source.id].model_fields_set]
    for sources, code in ((no_area, "gebiet-nicht-gesagt"), (no_group, "fuer-wen-nicht-gesagt")):
        if len(sources) > 1:
            yield diagnostic(code, sources[0].position("name"), count=len(sources), many=len(asked))


def _is_asked(site: Site, key: str) -> bool:
    """Tell whether an offer goes on, isn't taken from a document (`origin`), and has a known kind."""
    offer = site.offers[key]
    return offer.status != "ended" and offer.origin is None and offer.kind in site.words.kinds


def _says_no_area(site: Site, offer: Offer) -> bool:
    """Tell whether neither the offer nor its kind says for which areas it is."""
    return not (offer.spaces or offer.visits or site.words.kinds[offer.kind].reach)


CHECKS = (check_hierarchy, check_shapes, check_points, check_unsaid)
