"""Tags of OpenStreetMap in, the layer and kind of the map's ground that they mean out."""

from __future__ import annotations

from collections.abc import Mapping

_DRAWN_STREETS = {
    **dict.fromkeys(("motorway", "trunk"), "motorway"),
    **dict.fromkeys(("motorway_link", "trunk_link", "primary", "primary_link"), "main"),
    **dict.fromkeys(("secondary", "secondary_link"), "secondary"),
    **dict.fromkeys(("tertiary", "tertiary_link"), "tertiary"),
    **dict.fromkeys(("unclassified", "residential", "living_street", "pedestrian", "road"), "minor"),
}
_LINES: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("streets", "highway", _DRAWN_STREETS),
    ("water", "waterway", {"river": "river", "canal": "river", "stream": "stream"}),
    ("rail", "railway", {**dict.fromkeys(("rail", "narrow_gauge"), "rail"), **dict.fromkeys(("light_rail", "subway", "tram"), "tram")}),
)  # fmt: skip
_AREAS: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("buildings", "amenity", {"townhall": "townhall", "library": "library", "place_of_worship": "church", "school": "school", "university": "school", "college": "school", "hospital": "hospital", "theatre": "culture", "arts_centre": "culture"}),
    ("buildings", "building", {"church": "church", "cathedral": "church", "mosque": "church", "synagogue": "church", "train_station": "station", "hospital": "hospital"}),
    ("buildings", "historic", {"castle": "castle"}),
    ("buildings", "tourism", {"museum": "culture"}),
    ("buildings", "railway", {"station": "station"}),
    ("water", "natural", {"water": "lake", "bay": "lake"}),
    ("water", "waterway", {"riverbank": "lake", "dock": "lake"}),
    ("water", "landuse", {"reservoir": "lake", "basin": "lake"}),
    ("green", "leisure", {"park": "park", "garden": "park", "common": "park"}),
    ("green", "landuse", {"forest": "forest", "cemetery": "park", "village_green": "park", "recreation_ground": "park", "allotments": "park"}),
    ("green", "natural", {"wood": "forest"}),
)  # fmt: skip
_UNSEEN = ("culvert", "yes", "building_passage")


def drawn(tags: Mapping[str, str], *, flat: bool) -> tuple[str, str] | None:
    """Return layer and kind of what is drawn below all else on a map; None for what isn't, and for what runs below the ground."""
    if flat and tags.get("highway") and tags.get("area") != "yes":
        return None
    if tags.get("access") in ("private", "no"):
        return None
    for layer, key, kinds in _AREAS if flat else _LINES:
        kind = kinds.get(tags.get(key, ""))
        if kind is None:
            continue
        if layer == "buildings" and tags.get("building", "no") == "no":
            continue
        if layer in ("water", "rail") and _is_out_of_sight(tags):
            continue
        return layer, kind
    return None


def _is_out_of_sight(tags: Mapping[str, str]) -> bool:
    """Tell sidings and what lies in pipes and tunnels: it shows nobody the way."""
    return tags.get("tunnel") in _UNSEEN or "service" in tags
