"""Decide what a map shows.

Drawing, moving map and list are made of one view, so they can't differ.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

import shapely
from msgspec import Struct
from msgspec.structs import replace
from shapely.geometry.base import BaseGeometry

from generator.model.scalars import Point
from generator.model.site import Site
from generator.render.base.area_names import in_town, level_words, named
from generator.render.base.context import Context, Ids
from generator.render.maps.context_layers import shows_streets
from generator.render.maps.markers import SHAPES, Marker, Markers, Named, place_markers
from generator.render.maps.projection import WIDTH, Bounds, Projection, clip

TONES = 4  # of areas without figures
NEAR = 0.006
"""Half the width in degrees of latitude that a map around a single point shows at least: about 650 metres."""
_STEP = 0.004
"""Degrees of latitude between maps of a few streets: less than `NEAR`, so that every point has streets on all sides."""


class Note(Struct, frozen=True):
    """A line about an area, linked if `path` is given."""

    text: str
    path: str = ""
    lang: str = ""


class MapArea(Struct, frozen=True):
    """An area with its page; `tone` (1 to 4) tells it from neighbours.

    On maps of figures `look` is its class (`nr-class--3`) and `label` replaces its name.
    """

    id: str
    name: str
    path: str
    lang: str = ""
    tone: int = 1
    fuzzy: bool = False  # its border is drawn broken
    notes: Sequence[Note] = ()  # in list and popup
    look: str = ""
    label: str = ""


class MapView(Struct, frozen=True):
    """What a map shows: `areas` and `markers`, others `around`, what is framed (`outline`).

    A `plain` map has no ground: its colours are figures.
    """

    id: str
    title: str
    description: str
    bounds: Bounds  # of degrees, all that it shows
    areas: Sequence[MapArea] = ()
    around: Sequence[MapArea] = ()
    outline: Ids = ()
    markers: Markers = ()
    areas_title: str = ""  # above the list of areas
    plain: bool = False


def areas_of(context: Context, ids: Iterable[str]) -> Sequence[MapArea]:
    """Return areas with shapes, neighbours in different tones."""
    keys = [key for key in ids if key in context.site.shapes]
    tones: dict[str, int] = {}
    for key in keys:
        near = [tones[other] for other in context.facts.spaces[key].neighbours if other in tones]
        used = [tones[other] for other in tones]
        tones[key] = min(range(1, TONES + 1), key=lambda tone: (near.count(tone), used.count(tone), tone))
    areas: list[MapArea] = []
    for key in keys:
        space = context.site.spaces[key]
        name = context.texts.of(space, "name")
        shown_name = named(context, key)
        # An edition can show areas that the town no longer has.
        path = context.path("space", key) if context.exists("space", key) else ""
        areas.append(MapArea(key, shown_name, path, name.lang, tones[key], space.boundary_kind == "fuzzy"))
    return tuple(areas)


def space_view(context: Context, space: str, markers: Markers = ()) -> MapView | None:
    """Show a space with parts and neighbours, else its markers; None without."""
    facts = context.facts.spaces[space]
    _ = context.gettext
    name = context.texts.name(context.site.spaces[space])
    if facts.bounds is None:
        return _of_markers(context, f"space-{space}", _("Karte: {name}").format(name=name), tuple(markers))
    areas, around = areas_of(context, facts.children), areas_of(context, facts.neighbours)
    sentences: list[str] = []
    if areas:
        words = context.ngettext("Darin liegt: {names}.", "Darin liegen: {names}.", len(areas))
        sentences.append(words.format(names=_say_area_names(context, areas)))
    if around:
        words = context.ngettext("Daneben liegt: {names}.", "Daneben liegen: {names}.", len(around))
        sentences.append(words.format(names=_say_area_names(context, around)))
    if markers:
        sentences.append(_markers_sentence(context, len(markers)))
    return MapView(
        id=f"space-{space}",
        title=_("Karte: {name}").format(name=name),
        description=" ".join(sentences),
        bounds=_widen_bounds(facts.bounds, markers),
        areas=areas,
        around=around,
        outline=(space,),
        markers=tuple(markers),
        areas_title=_("Gebiete darin"),
    )


def level_view(context: Context, level: str) -> MapView | None:
    """Show a level's areas; None without shapes, `KeyError` for no level."""
    _ = context.gettext
    found = context.site.config.level_of(level)
    if found is None:
        raise KeyError(level)
    geography, depth = found
    keys = [
        key
        for key, facts in context.facts.spaces.items()
        if facts.geography == geography.id and facts.depth == depth
    ]
    areas = areas_of(
        context,
        sorted(keys, key=lambda key: (context.site.spaces[key].code or "", context.site.spaces[key].name)),
    )
    if not areas:
        return None
    word = level_name(context, level)
    return MapView(
        id=f"level-{level}",
        title=_("Karte: {name}").format(name=word),
        # The widest level is the town itself.
        description=_("{name} {where}: {names}.").format(
            name=word, where=in_town(context), names=_say_area_names(context, areas)
        )
        if depth
        else f"{word}: {_say_area_names(context, areas)}.",
        bounds=bounds_of(context, [area.id for area in areas]),
        areas=areas,
        areas_title=word,
    )


def places_view(context: Context) -> MapView | None:
    """Show public places over the finest known areas; None for none."""
    markers = place_markers(
        context, sorted(context.site.places, key=lambda key: context.site.places[key].name.casefold())
    )
    return _of_markers(context, "places", context.gettext("Karte: Orte"), markers)


def _of_markers(context: Context, id: str, title: str, markers: Markers) -> MapView | None:
    """Return a map of markers only; None for none."""
    if not markers:
        return None
    points = shapely.MultiPoint([(marker.point.longitude, marker.point.latitude) for marker in markers])
    return MapView(
        id=id,
        title=title,
        description=_markers_sentence(context, len(markers)),
        bounds=_at_least(points.bounds),
        markers=markers,
    )


def resources_view(context: Context) -> MapView | None:
    """Show public places of those who could give something; None for none.

    The shape tells clubs, schools and firms apart. Who has several places stands at each.
    """
    providers, kinds = context.site.providers, list(context.words.provider_kinds)
    markers: list[Marker] = []
    for key in sorted(providers, key=lambda key: providers[key].name.casefold()):
        provider = providers[key]
        offers = context.facts.relations.offers_by_provider.get(key, ())
        if not provider.can_give or context.facts.only_sensitive(offers):
            continue
        for place in context.facts.relations.places_by_provider.get(key, ()):
            location = context.facts.places[place]
            if location.point is None or context.facts.protects(place):
                continue
            name = context.texts.of(provider, "name")
            markers.append(
                Marker(
                    location.point,
                    len(markers) + 1,
                    name.text,
                    SHAPES[kinds.index(provider.kind) % len(SHAPES)],
                    context.path("provider", key),
                    context.texts.name(context.words.provider_kinds[provider.kind]),
                    name.lang,
                    "; ".join(gift.what for gift in provider.can_give),
                    context.texts.record_lang,
                )
            )
    return _of_markers(context, "resources", context.gettext("Karte: Ressourcenplan"), tuple(markers))


def networks_view(context: Context) -> MapView | None:
    """Show areas with their networks, on the level most networks name; None for none.

    A region's network stands in all its areas, a quarter's in the area around, the town's nowhere.
    """
    _ = context.gettext
    facts, networks = context.facts.spaces, context.site.networks
    stated = chain.from_iterable(network.spaces for network in networks.values())
    parts = [space for space in stated if space in facts and facts[space].ancestors]
    counts = Counter(context.site.spaces[space].level for space in parts)
    if not counts:
        return None
    level = min(counts, key=lambda name: (-counts[name], name))
    areas: list[MapArea] = []
    for area in areas_of(context, [key for key in facts if context.site.spaces[key].level == level]):
        notes = tuple(_notes(context, area.id))
        if notes:
            areas.append(replace(area, notes=notes))
    if not areas:
        return None
    return MapView(
        id="networks",
        title=_("Karte: Netzwerke"),
        description=_("Sozialräume mit eigenen Netzwerken: {names}.").format(
            names=_say_area_names(context, areas)
        ),
        bounds=bounds_of(context, [area.id for area in areas]),
        areas=tuple(areas),
        areas_title=_("Netzwerke nach Sozialraum"),
    )


def _notes(context: Context, area: str) -> Iterator[Note]:
    """Yield networks in, within or around an area, not the town's."""
    facts = context.facts.spaces
    parts = (key for key in facts if area in facts[key].ancestors)
    related = {*facts[area].within, *parts} - set(context.facts.roots)
    for key, network in context.site.networks.items():
        if related & set(network.spaces):
            name = context.texts.of(network, "name")
            yield Note(name.text, context.path("network", key), name.lang)


def point_bounds(context: Context, space: str | None, point: Point) -> Bounds:
    """Return a point's map: a few streets if drawn, else its area."""
    if shows_streets(context):
        return _street_corner(point)
    area = context.facts.spaces[space].bounds if space else None
    return _at_least(area or (point.longitude, point.latitude, point.longitude, point.latitude))


def point_view(context: Context, space: str | None, bounds: Bounds) -> MapView:
    """Show an area or surroundings as ground for one marker."""
    around = context.facts.spaces[space].neighbours if space else ()
    return MapView(
        id=f"point-{space or ''}",
        title="",
        description="",
        bounds=bounds,
        around=areas_of(context, around),
        outline=(space,) if space in context.site.shapes and space else (),
    )


def _street_corner(point: Point) -> Bounds:
    """Return a grid cell of few streets, which close places share."""
    squeeze = math.cos(math.radians(round(point.latitude)))  # rounded: one grid for the whole town
    x = math.floor(point.longitude * squeeze / _STEP) * _STEP + _STEP / 2
    y = math.floor(point.latitude / _STEP) * _STEP + _STEP / 2
    return (x - NEAR) / squeeze, y - NEAR, (x + NEAR) / squeeze, y + NEAR


def level_name(context: Context, level: str) -> str:
    """Return a level's name in the plural."""
    found = context.site.config.level_of(level)
    if found is None:
        raise KeyError(level)
    return level_words(context, found[0].levels[found[1]], plural=True)


def finest_area(context: Context, spaces: Iterable[str]) -> str | None:
    """Return the first geography's finest area with a shape; `spaces` begin with the finest."""
    first = context.site.config.geographies[0].id
    return next(
        (
            key
            for key in spaces
            if key in context.site.shapes and context.facts.spaces[key].geography == first
        ),
        None,
    )


def _say_area_names(context: Context, areas: Sequence[MapArea]) -> str:
    if len(areas) > 20:  # more names nobody listens to
        return context.texts.number_of("{n} Gebiet", "{n} Gebiete", len(areas))
    return context.texts.join(area.name for area in areas)


def _markers_sentence(context: Context, count: int) -> str:
    return context.texts.number_of(
        "{n} Ort ist eingezeichnet. Er steht auch in der Liste.",
        "{n} Orte sind eingezeichnet. Sie stehen auch in der Liste.",
        count,
    )


def bounds_of(context: Context, keys: Iterable[str]) -> Bounds:
    """Return what areas fill together, in degrees."""
    shapes = [context.site.shapes[key] for key in keys if key in context.site.shapes]
    west, south, east, north = shapely.total_bounds(shapes)
    return float(west), float(south), float(east), float(north)


def _widen_bounds(bounds: Bounds, markers: Markers) -> Bounds:
    if not markers:
        return bounds
    x, y = [marker.point.longitude for marker in markers], [marker.point.latitude for marker in markers]
    west, south, east, north = bounds
    return min(west, *x), min(south, *y), max(east, *x), max(north, *y)


def _at_least(bounds: Bounds) -> Bounds:
    """Widen bounds by a tenth, and to a few streets at least."""
    west, south, east, north = bounds
    x, y = (west + east) / 2, (south + north) / 2
    across, up = (east - west) * 0.05, (north - south) * 0.05
    west, south, east, north = west - across, south - up, east + across, north + up
    return min(west, x - NEAR), min(south, y - NEAR), max(east, x + NEAR), max(north, y + NEAR)


_NAMED = 60  # a level of more areas is not named


def shown(view: MapView) -> frozenset[str]:
    """Return the areas that a view is about, its neighbours included."""
    return frozenset([*(area.id for area in (*view.areas, *view.around)), *view.outline])


def shapes_in(
    context: Context, view: MapView, projection: Projection, coarse: float = 0
) -> dict[str, BaseGeometry]:
    """Return areas' simplified shapes in the drawing's units; `coarse` is the deviation."""
    found: dict[str, BaseGeometry] = {}
    for keys in _in_sight(context, view, projection).values():
        # The more areas, the smaller each on the screen, and the less of its border can be seen.
        tolerance = coarse or (1.6 if len(keys) < 100 else 3.0)
        for key, shape in _simplified(context, keys, projection, tolerance).items():
            cut = clip(shape, projection.height)
            if not cut.is_empty:
                found[key] = cut
    return found


def _in_sight(context: Context, view: MapView, projection: Projection) -> dict[str, list[str]]:
    """Return visible areas by level, but none beside an outlined area's parts."""
    spaces = context.site.spaces
    levels = {spaces[area.id].level for area in (*view.areas, *view.around)}
    levels |= {spaces[key].level for key in view.outline}
    if not levels:
        levels = {ground_level(context.site)}
    subject = shown(view)
    inner = {spaces[area.id].level for area in view.areas} if view.outline else set()
    by_level: dict[str, list[str]] = {}
    for key, shape in context.site.shapes.items():
        level = spaces[key].level
        if level in levels and projection.shows(shape.bounds) and (key in subject or level not in inner):
            by_level.setdefault(level, []).append(key)
    return by_level


def _simplified(
    context: Context, keys: Ids, projection: Projection, tolerance: float
) -> dict[str, BaseGeometry]:
    """Return simplified shapes, sharp borders together so that they stay common."""
    projected = {key: projection.project(context.site.shapes[key]) for key in keys}
    simple = {key: shape.simplify(tolerance) for key, shape in projected.items()}
    sharp = [key for key in keys if context.site.spaces[key].boundary_kind != "fuzzy"]
    together = shapely.coverage_simplify([projected[key] for key in sharp], tolerance)
    simple.update(zip(sharp, together, strict=True))
    return simple


def ground_level(site: Site) -> str:
    """Return the first geography's finest level with at most 60 areas."""
    counts: dict[str, int] = {}
    for key in site.shapes:
        level = site.spaces[key].level
        counts[level] = counts.get(level, 0) + 1
    levels = [level.id for level in site.config.geographies[0].levels if level.id in counts]
    return next((level for level in reversed(levels) if counts[level] <= 60), levels[0] if levels else "")


def names_in(
    context: Context, areas: Iterable[MapArea], shapes: Mapping[str, BaseGeometry], projection: Projection
) -> list[Named]:
    """Return areas to name, each with its deepest place, or another that is seen."""
    found: list[Named] = []
    for area in areas:
        shape, deepest = shapes.get(area.id), context.facts.spaces[area.id].label
        if shape is None or deepest is None:
            continue
        x, y = projection(deepest)
        if not (0 < x < WIDTH and 0 < y < projection.height):
            seen = shapely.intersection(shape, projection.frame)
            if seen.is_empty:
                continue
            inner = shapely.point_on_surface(seen)
            x, y = inner.x, inner.y
        found.append(Named(area.label or area.name, shape, x, y))
    return found


def wider_areas(
    context: Context, areas: Iterable[MapArea], projection: Projection
) -> dict[str, BaseGeometry]:
    """Return the finest level above with few enough areas to name."""
    spaces, shapes = context.facts.spaces, context.site.shapes
    above: dict[str, dict[str, None]] = {}
    for area in areas:
        for key in spaces[area.id].ancestors:
            if key in shapes:
                above.setdefault(context.site.spaces[key].level, {})[key] = None
    for keys in above.values():
        if 1 < len(keys) <= _NAMED:
            return {key: projection.project(shapes[key]).simplify(4).buffer(0) for key in keys}
    return {}


SHRUNK = 0.6
"""A map that would show the town at less of its size than this leaves out what is far off."""
LARGEST = 0.7
"""Share of the town's ground that all far pieces have at most: what is larger is no exclave but half the town."""
_GAP = 0.1
"""Pieces nearer to each other than this share of the whole map belong together."""


def extent(context: Context, view: MapView) -> Bounds:
    """Return a map's bounds: all, or the town without far pieces."""
    keys = view.outline or tuple(area.id for area in view.areas)
    shapes = [context.site.shapes[key] for key in keys if key in context.site.shapes]
    pieces = shapely.get_parts(shapes)
    gap = _GAP * _across(view.bounds)
    near = shapely.buffer(shapely.box(*shapely.bounds(pieces).T), gap / 2)
    groups = shapely.get_parts(shapely.union_all(near))
    if len(groups) < 2:
        return view.bounds
    grounds = [pieces[shapely.intersects(group, pieces)] for group in groups]
    town, *far = sorted((shapely.union_all(ground) for ground in grounds), key=lambda ground: -ground.area)
    west, south, east, north = town.bounds
    small = _across(town.bounds) <= SHRUNK * _across(view.bounds)
    if not small or sum(ground.area for ground in far) > LARGEST * town.area:
        return view.bounds
    return west, south, east, north


def _across(bounds: Bounds) -> float:
    """Return the longer side of bounds, in degrees."""
    west, south, east, north = bounds
    return max(east - west, north - south)
