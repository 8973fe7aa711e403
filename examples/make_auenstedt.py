"""Draw the fictional town of Auenstedt: from a handful of seeds to boundaries, context layers and a street register.

Usage: ``python examples/make_auenstedt.py [RESOURCES]``. It writes ``geometry/*.geojson``, ``context/*.geojson`` and
``streets.csv`` below RESOURCES (``resources`` unless told). The same seed gives the same bytes.

The town is first drawn with straight lines on a plain sheet in kilometres: an outline, the river Aue, the line between
west and east, and the lines halfway between the seeds of neighbouring quarters and of neighbouring school districts. All
lines together cut the sheet into faces. A smooth, one-to-one bend of the sheet then makes the lines look grown. Because a
point is bent in one way only, faces that shared an edge before share exactly that edge afterwards; every area is a union
of whole faces.
"""

from __future__ import annotations

import csv
import json
import math
import random
import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import shapely
from shapely import LineString, MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry as Geometry
from shapely.ops import substring

SEED = 20261001
CENTRE = (10.01, 53.70)
KM_PER_DEGREE = (111.32 * math.cos(math.radians(CENTRE[1])), 111.32)
STEP = 0.08
"""Longest straight piece of a line before the sheet is bent, in kilometres."""
HOUSE = 0.016
"""Width of a plot along the street, in kilometres."""
SIDE = 0.022
"""Distance of a house from the middle of the street, in kilometres."""

Pair = tuple[float, float]

OUTLINE: list[Pair] = [
    (-3.9, 0.2),
    (-3.7, 1.5),
    (-3.0, 2.5),
    (-1.8, 2.9),
    (-0.4, 2.6),
    (0.9, 3.0),
    (2.3, 2.8),
    (3.3, 2.1),
    (3.9, 0.9),
    (3.8, -0.5),
    (3.3, -1.6),
    (2.5, -2.5),
    (1.1, -2.9),
    (-0.3, -2.6),
    (-1.6, -2.9),
    (-2.9, -2.4),
    (-3.7, -1.4),
]
RIVER: list[Pair] = [(-4.6, 0.45), (-2.4, 0.3), (-0.8, 0.35), (1.2, 0.45), (4.6, 0.2)]
DIVIDE: list[Pair] = [(-0.7, -3.5), (-0.55, -1.2), (-0.8, 0.35), (-1.0, 1.6), (-0.6, 3.5)]

QUARTERS: dict[str, dict[str, Pair]] = {
    "suederaue": {"marktviertel": (0.5, -0.4), "lindenhof": (2.5, -0.5), "kirchkoppel": (1.1, -2.0)},
    "norderaue": {"bahnhofsviertel": (0.3, 1.0), "rosengrund": (2.5, 1.1), "vogelsang": (1.1, 2.4)},
    "heidkamp": {"alt-heidkamp": (-1.5, -0.5), "torfwiesen": (-3.0, -0.9), "birkenkoppel": (-1.6, -2.0)},
    "muehlenfeld": {"muehlenviertel": (-1.7, 0.9), "weidengrund": (-3.1, 1.0), "windkamp": (-1.9, 2.2)},
}
REGIONS = {"sued": ["suederaue", "heidkamp"], "nord": ["norderaue", "muehlenfeld"]}
DISTRICTS: dict[str, Pair] = {
    "schulbezirk-lindenschule": (2.0, -1.1),
    "schulbezirk-uferschule": (0.5, 0.7),
    "schulbezirk-muehlenschule": (-2.2, 1.3),
    "schulbezirk-heideschule": (-1.9, -1.3),
    "schulbezirk-vogelsang": (1.9, 2.2),
}
FUZZY = ("muehlenfeld", "muehlenviertel")
FUZZY_REACH = ((-1.65, 0.1), 0.55, "heidkamp")
"""Where the fuzzy space and its quarter reach over: middle and radius in kilometres, and the neighbour they overlap."""

POSTCODES = {"suederaue": "22999", "heidkamp": "22999", "norderaue": "22998", "muehlenfeld": "22998"}

LOCAL_STREETS: dict[str, str] = {
    "marktviertel": """Marktplatz, Kornmarkt, Rathausgasse, Uferweg, Salzgasse, Gerberstraße, Fischergang, Böttcherstraße, Schmiedestraße,
        Lohmühlengasse, Apothekergang, Bleicherstraße, Am Alten Hafen, Lotsengang""",
    "lindenhof": """Kastanienweg, Erlengrund, Ulmenweg, Eschenweg, Eichenstieg, Platanenstraße, Haselweg, Weißdornweg, Ebereschenweg,
        Walnusshof, Robinienweg, Espenweg, Schlehenweg""",
    "kirchkoppel": """St.-Ansgar-Straße, Stiftstraße, Pfarrkoppel, Küsterweg, Glockenstieg, Pastorenweg, Kapellenweg, Propsteistraße,
        Am Friedhof, Klosterweg, Pilgerweg, Orgelgang, Friedenskamp""",
    "alt-heidkamp": """Heideweg, Am Dorfteich, Heidkamper Dorfstraße, Schäferweg, Immenstieg, Ginsterweg, Wacholderweg, Hufnerstraße,
        Kätnerweg, Spritzenhausweg, Backhausgang, Alte Weide, Meierhof""",
    "torfwiesen": """Torfweg, Moorstieg, Wollgrasweg, Binsenweg, Kiebitzweg, Bekassinenweg, Sonnentauweg, Schilfgrund, Libellenweg,
        Grabenweg, Torfstecherstraße, Rohrkamp, Seggenweg""",
    "birkenkoppel": """Birkenring, Astrid-Lindgren-Weg, Marie-Curie-Straße, Lise-Meitner-Straße, Emmy-Noether-Weg, Clara-Immerwahr-Weg,
        Merianring, Käthe-Kollwitz-Straße, Suttnerstraße, Sophie-Scholl-Straße, Hedwig-Dohm-Weg, Ida-Ehre-Weg, Ricarda-Huch-Weg""",
    "bahnhofsviertel": """Güterstraße, Fabrikstraße, Am Nordufer, Ziegeleiweg, Gleisweg, Lokschuppenweg, Signalweg, Weichengang,
        Am Stellwerk, Schwellenweg, Postgasse, Speicherstraße, Fuhrmannstraße, Zollweg""",
    "rosengrund": """Rosengrund, Gärtnerstraße, Dahlienweg, Asternweg, Tulpenweg, Fliederweg, Malvenweg, Nelkenweg, Lavendelweg,
        Levkojenweg, Veilchenstieg, Narzissenweg, Kamelienweg""",
    "vogelsang": """Am Vogelsang, Amselweg, Finkenschlag, Drosselgang, Lerchenfeld, Meisenweg, Rotkehlchenweg, Schwalbenweg, Starenweg,
        Zaunkönigweg, Zeisigweg, Nachtigallenstieg, Eulenkrug, Kuckucksweg""",
    "muehlenviertel": """Wassermühlenweg, Am Mühlenteich, Mühlradweg, Müllerweg, Mahlgang, Stauweg, Mehlgasse, Schleusenweg, Kornweg,
        Sackträgergang, Bäckerweg, Wehrweg, Otterweg""",
    "weidengrund": """Kopfweidenweg, Weidengrund, Reetweg, Kälberweide, Koppelweg, Melkerweg, Hirtenweg, Furtweg, Am Anger,
        Storchenweg, Korbmachergang, Sielweg, Wiesenstieg""",
    "windkamp": """Gerstenweg, Drachenwiese, Erntestraße, Windkamp, Roggenweg, Haferkamp, Weizenring, Dinkelweg, Ährenweg, Sensenweg,
        Garbenweg, Hirseweg, Flachsweg""",
}
MAIN_STREETS: dict[str, list[Pair]] = {
    "Bahnhofstraße": [(0.3, 0.42), (0.35, 0.9), (0.2, 1.45), (0.5, 1.8)],
    "Brückenstraße": [(0.3, 0.42), (0.45, 0.0), (0.4, -0.5)],
    "Lindenallee": [(0.4, -0.5), (1.3, -0.7), (2.2, -0.8), (3.3, -0.6)],
    "Ansgarallee": [(0.4, -0.5), (0.7, -1.2), (0.9, -2.0), (1.2, -2.7)],
    "Heidkamper Straße": [(0.4, -0.5), (-0.3, -0.7), (-1.2, -0.9), (-2.1, -0.9)],
    "Moordamm": [(-2.1, -0.9), (-2.8, -1.2), (-3.4, -1.3)],
    "Birkenallee": [(-1.2, -0.9), (-1.4, -1.5), (-1.7, -2.3)],
    "Ringstraße Süd": [(-1.4, -1.75), (-0.4, -1.8), (0.9, -1.65), (2.1, -1.7)],
    "Norderstraße": [(0.5, 1.8), (1.0, 2.2), (1.3, 2.8)],
    "Rosenallee": [(0.35, 0.9), (1.3, 1.0), (2.4, 0.9), (3.5, 1.1)],
    "Auetalstraße": [(2.2, -0.8), (2.0, 0.1), (2.1, 0.9), (2.0, 1.7), (1.0, 2.2)],
    "Mühlenstraße": [(0.35, 0.9), (-0.5, 0.8), (-1.4, 0.75), (-2.3, 0.95), (-3.3, 0.9)],
    "Windmühlenweg": [(-1.4, 0.75), (-1.6, 1.4), (-1.9, 2.0), (-2.1, 2.6)],
    "Furtstraße": [(-1.4, 0.75), (-1.5, 0.2), (-1.4, -0.4), (-1.2, -0.9)],
    "Feldmark": [(-1.9, 2.0), (-0.9, 2.1), (0.1, 2.1), (1.0, 2.2)],
}
CHOSEN_STREETS: dict[str, list[Pair]] = {
    "Marktplatz": [(0.32, -0.4), (0.32, -0.59), (0.49, -0.6)],
    "Rathausgasse": [(0.3, -0.62), (0.16, -0.86)],
    "Kornmarkt": [(0.52, -0.38), (0.8, -0.34)],
    "Uferweg": [(0.45, 0.29), (0.8, 0.31), (1.2, 0.3)],
    "Am Alten Hafen": [(0.25, 0.27), (-0.1, 0.22)],
    "Salzgasse": [(0.2, -0.3), (-0.12, -0.36)],
    "Gerberstraße": [(-0.02, 0.08), (-0.36, 0.06)],
    "Kastanienweg": [(1.95, -0.88), (1.9, -1.25)],
    "St.-Ansgar-Straße": [(0.95, -1.95), (1.4, -1.9)],
    "Am Friedhof": [(1.45, -2.1), (1.42, -2.45)],
    "Am Dorfteich": [(-1.28, -0.78), (-1.45, -0.64), (-1.68, -0.66)],
    "Torfweg": [(-2.75, -1.1), (-2.85, -1.5)],
    "Birkenring": [(-1.95, -1.7), (-2.15, -1.95), (-2.05, -2.2), (-1.8, -2.28)],
    "Astrid-Lindgren-Weg": [(-1.38, -2.0), (-1.0, -2.1)],
    "Am Nordufer": [(0.2, 0.54), (-0.5, 0.49)],
    "Güterstraße": [(0.14, 1.33), (-0.5, 1.37)],
    "Fabrikstraße": [(0.42, 1.3), (0.98, 1.27)],
    "Gleisweg": [(0.12, 1.6), (-0.55, 1.63)],
    "Am Stellwerk": [(0.42, 1.57), (0.95, 1.6)],
    "Am Vogelsang": [(1.16, 2.5), (0.72, 2.62)],
    "Am Mühlenteich": [(-1.76, 0.5), (-1.73, 0.69), (-1.55, 0.74), (-1.44, 0.68)],
    "Wassermühlenweg": [(-1.44, 0.4), (-1.05, 0.44)],
    "Mühlradweg": [(-1.56, 0.4), (-1.95, 0.42)],
    "Kopfweidenweg": [(-2.72, 0.62), (-3.2, 0.56)],
}
"""Local streets whose place follows from what lies beside them: the river, the market, the pond, the railway."""
BORDER_STREETS = {
    "Alter Damm": ("marktviertel", "lindenhof"),
    "Ahornweg": ("lindenhof", "kirchkoppel"),
    "Grenzweg": ("alt-heidkamp", "birkenkoppel"),
    "Mühlenberg": ("muehlenviertel", "weidengrund"),
    "Feldrain": ("rosengrund", "vogelsang"),
}
"""Streets along a boundary: one side of the street belongs to one quarter, the other side to the next."""

RAILWAY: list[Pair] = [(-4.4, 2.0), (-2.4, 1.65), (-0.6, 1.5), (0.6, 1.45), (2.2, 1.55), (4.4, 1.9)]
POND = ((-1.55, 0.55), 0.13)
GREEN: dict[str, tuple[Pair, float]] = {
    "Stadtpark": ((1.3, -0.15), 0.26),
    "Torfmoor": ((-3.25, -1.75), 0.45),
    "Vogelsanger Gehölz": ((0.3, 2.4), 0.36),
    "Friedhof St. Ansgar": ((1.7, -2.25), 0.2),
    "Auewiesen": ((-3.45, 0.78), 0.27),
    "Rosenpark": ((3.1, 1.35), 0.22),
}


def bend(x: float, y: float) -> Pair:
    """Move a point of the plain sheet (kilometres) to its place in the town; smooth and one-to-one."""
    east = (
        0.16 * math.sin(1.15 * y + 0.6)
        + 0.05 * math.sin(3.4 * y + 1.3 * x + 2.0)
        + 0.013 * math.sin(11.0 * y - 4.0 * x + 0.4)
    )
    north = (
        0.20 * math.sin(1.05 * x + 1.1)
        + 0.07 * math.sin(2.9 * x - 1.1 * y + 0.5)
        + 0.013 * math.sin(10.0 * x + 5.0 * y + 1.7)
    )
    return x + east, y + north


def to_degrees(x: float, y: float) -> Pair:
    """Turn kilometres from the centre into longitude and latitude, rounded to about ten centimetres."""
    return round(CENTRE[0] + x / KM_PER_DEGREE[0], 6), round(CENTRE[1] + y / KM_PER_DEGREE[1], 6)


def to_kilometres(geometry: Geometry) -> Geometry:
    """Turn a geometry in degrees back into kilometres from the centre, to measure along it."""
    return shapely.transform(geometry, lambda c: (c - CENTRE) * KM_PER_DEGREE)


def to_line(points: Sequence[Pair]) -> LineString:
    """Turn a line in degrees into kilometres from the centre."""
    return LineString(
        [((x - CENTRE[0]) * KM_PER_DEGREE[0], (y - CENTRE[1]) * KM_PER_DEGREE[1]) for x, y in points]
    )


def longest_line(lines: Geometry) -> LineString:
    """Join touching pieces and return the longest line."""
    parts = shapely.get_parts(shapely.line_merge(lines))
    return LineString(max(parts, key=lambda part: float(part.length)))


def densify(points: Sequence[Pair]) -> list[Pair]:
    """Cut every piece into short ones; a piece gives the same points in both directions."""
    out: list[Pair] = [points[0]]
    for start, end in pairwise(points):
        low, high = min(start, end), max(start, end)
        count = max(1, math.ceil(math.dist(low, high) / STEP))
        inner = [
            (low[0] + (high[0] - low[0]) * i / count, low[1] + (high[1] - low[1]) * i / count)
            for i in range(1, count)
        ]
        out += [*(inner if start == low else reversed(inner)), end]
    return out


def place(points: Iterable[Sequence[float]]) -> list[Pair]:
    """Densify a line of the plain sheet, bend it and turn it into degrees."""
    return [to_degrees(*bend(x, y)) for x, y in densify([(p[0], p[1]) for p in points])]


def place_polygon(polygon: Polygon) -> Polygon:
    """Bend a polygon of the plain sheet into degrees."""
    return Polygon(place(polygon.exterior.coords))


def halves(seeds: Iterable[Pair]) -> Geometry:
    """Return the lines halfway between neighbouring seeds, far beyond the town."""
    return shapely.voronoi_polygons(
        MultiPoint(list(seeds)), extend_to=shapely.box(-6, -6, 6, 6), only_edges=True
    )


def nearest(point: Point, seeds: dict[str, Pair]) -> str:
    """Return the id of the seed that lies nearest to a point of the plain sheet."""
    return min(seeds, key=lambda key: math.dist(seeds[key], (point.x, point.y)))


def cut() -> tuple[dict[str, Geometry], dict[str, Geometry]]:
    """Cut the town and return quarters and school districts in degrees; common edges are identical."""
    outline = Polygon(OUTLINE).buffer(0.5, quad_segs=4).buffer(-0.5, quad_segs=4).simplify(0.02)
    sheet = shapely.box(-6, -6, 6, 6)
    sides = shapely.get_parts(
        shapely.polygonize(
            [
                shapely.union_all(
                    [
                        sheet.boundary,
                        LineString([(-6, 0.5), *RIVER, (6, 0.2)]),
                        LineString([(-0.7, -6), *DIVIDE, (-0.6, 6)]),
                    ]
                )
            ]
        )
    )
    space_of = {
        space: next(side for side in sides if side.contains(Point(next(iter(seeds.values())))))
        for space, seeds in QUARTERS.items()
    }
    lines = [outline.boundary, *(side.boundary for side in sides), halves(DISTRICTS.values())]
    lines += [
        halves(seeds.values()).intersection(space_of[space].buffer(0.5)) for space, seeds in QUARTERS.items()
    ]
    quarters: dict[str, list[Polygon]] = {}
    districts: dict[str, list[Polygon]] = {}
    for face in shapely.get_parts(shapely.polygonize([shapely.union_all(lines, grid_size=1e-6)])):
        middle = face.representative_point()
        if not outline.contains(middle):
            continue
        space = next(space for space, side in space_of.items() if side.contains(middle))
        bent = place_polygon(face)
        quarters.setdefault(nearest(middle, QUARTERS[space]), []).append(bent)
        districts.setdefault(nearest(middle, DISTRICTS), []).append(bent)
    return (
        {key: shapely.coverage_union_all(parts) for key, parts in quarters.items()},
        {key: shapely.coverage_union_all(parts) for key, parts in districts.items()},
    )


def levels(quarters: dict[str, Geometry]) -> dict[str, dict[str, Geometry]]:
    """Join quarters to social spaces, regions and the town; the fuzzy ones reach over their neighbour's edge."""
    spaces = {
        space: shapely.coverage_union_all([quarters[q] for q in seeds]) for space, seeds in QUARTERS.items()
    }
    regions = {
        region: shapely.coverage_union_all([spaces[s] for s in parts]) for region, parts in REGIONS.items()
    }
    town = {"auenstedt": shapely.coverage_union_all(list(regions.values()))}
    middle, radius, neighbour = FUZZY_REACH
    reach = place_polygon(Point(middle).buffer(radius)).intersection(spaces[neighbour])
    wider = {
        key: shapely.union_all([area, reach], grid_size=1e-6)
        for key, area in (spaces | quarters).items()
        if key in FUZZY
    }
    return {"stadt": town, "regionen": regions} | {
        name: {key: wider.get(key, area) for key, area in areas.items()}
        for name, areas in (("sozialraeume", spaces), ("quartiere", quarters))
    }


def local_streets(quarters: dict[str, Geometry], dice: random.Random) -> dict[str, LineString]:
    """Lay short, gently curved streets into every quarter, clear of each other's middle, of green, water and railway."""
    streets = {name: to_line(place(points)) for name, points in CHOSEN_STREETS.items()}
    kept_free = [Point(middle).buffer(size) for middle, size in [*GREEN.values(), POND]]
    bent = shapely.union_all(
        [place_polygon(area) for area in kept_free] + [LineString(place(RAILWAY)).buffer(0.0006)]
    )
    for quarter, names in LOCAL_STREETS.items():
        area = to_kilometres(quarters[quarter].difference(bent)).buffer(-0.05)
        west, south, east, north = area.bounds
        lean = dice.uniform(-0.5, 0.5)
        middles = [line.interpolate(0.5, normalized=True) for line in streets.values()]
        for number, name in enumerate(" ".join(part.split()) for part in names.split(",")):
            gap = 0.27
            while name not in streets:
                middle = Point(dice.uniform(west, east), dice.uniform(south, north))
                turn = lean + (math.pi / 2 if number % 2 else 0) + dice.uniform(-0.12, 0.12)
                half, bow = dice.uniform(0.16, 0.3), dice.uniform(-0.05, 0.05)
                along, across = (math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))
                line = LineString(
                    [
                        (
                            middle.x + along[0] * half * t + across[0] * bow * (1 - t * t),
                            middle.y + along[1] * half * t + across[1] * bow * (1 - t * t),
                        )
                        for t in (-1, -0.5, 0, 0.5, 1)
                    ]
                )
                if area.contains(line) and all(middle.distance(other) > gap for other in middles):
                    streets[name] = line
                    middles.append(middle)
                gap *= 0.995
    return streets


def lay_streets(quarters: dict[str, Geometry]) -> dict[str, LineString]:
    """Return every street of the town as a line in kilometres from the centre."""
    streets = local_streets(quarters, random.Random(SEED))
    town = to_kilometres(shapely.coverage_union_all(list(quarters.values())))
    for name, points in MAIN_STREETS.items():
        streets[name] = longest_line(to_line(place(points)).intersection(town))
    for name, (one, other) in BORDER_STREETS.items():
        common = longest_line(to_kilometres(quarters[one].intersection(quarters[other])))
        streets[name] = LineString(substring(common, 0.05, common.length - 0.05).coords)
    return streets


def house(line: LineString, number: int) -> Point:
    """Return where a house stands, in kilometres: odd numbers left, even numbers right of the street."""
    at = min(((number - 1) // 2 + 0.5) * HOUSE, line.length)
    here, ahead = line.interpolate(at), line.interpolate(min(at + 0.005, line.length))
    back = line.interpolate(max(at - 0.005, 0))
    length = math.dist((back.x, back.y), (ahead.x, ahead.y))
    dx, dy = (ahead.x - back.x) / length, (ahead.y - back.y) / length
    side = SIDE if number % 2 else -SIDE
    return Point(here.x - dy * side, here.y + dx * side)


def area_of(point: Point, areas: dict[str, Geometry]) -> str:
    """Return the id of the area a point lies in, the nearest one for a house just beyond the town's edge."""
    return min(areas, key=lambda key: (areas[key].distance(point), key))


def register(
    streets: dict[str, LineString], quarters: dict[str, Geometry], districts: dict[str, Geometry]
) -> list[dict[str, str]]:
    """List every street by runs of house numbers that lie in one quarter and one school district."""
    quarters = {key: to_kilometres(area) for key, area in quarters.items()}
    districts = {key: to_kilometres(area) for key, area in districts.items()}
    space_of = {quarter: space for space, seeds in QUARTERS.items() for quarter in seeds}
    rows: list[dict[str, str]] = []
    for street in sorted(streets):
        line = streets[street]
        runs: dict[int, list[tuple[tuple[str, str], list[int]]]] = {0: [], 1: []}
        for number in range(1, 2 * max(2, int(line.length / HOUSE)) + 1):
            point = house(line, number)
            where = (area_of(point, quarters), area_of(point, districts))
            side = runs[number % 2]
            if side and side[-1][0] == where:
                side[-1][1].append(number)
            else:
                side.append((where, [number]))
        pieces: list[tuple[tuple[str, str], list[int], str]] = []
        for where, odd in runs[1]:
            match = next(
                (
                    run
                    for run in runs[0]
                    if run[0] == where and run[1][0] == odd[0] + 1 and run[1][-1] == odd[-1] + 1
                ),
                None,
            )
            if match:
                runs[0].remove(match)
            pieces.append((where, odd + match[1] if match else odd, "all" if match else "odd"))
        pieces += [(where, even, "even") for where, even in runs[0]]
        for (quarter, district), numbers, parity in sorted(
            pieces, key=lambda piece: (min(piece[1]), piece[2])
        ):
            middle = house(line, sorted(numbers)[len(numbers) // 2])
            longitude, latitude = to_degrees(middle.x, middle.y)
            rows.append(
                {
                    "street": street,
                    "from": str(min(numbers)),
                    "to": str(max(numbers)),
                    "parity": parity,
                    "postcode": POSTCODES[space_of[quarter]],
                    "space": quarter,
                    "schulbezirk": district,
                    "longitude": f"{longitude:.6f}",
                    "latitude": f"{latitude:.6f}",
                }
            )
    return rows


def context(quarters: dict[str, Geometry]) -> dict[str, dict[str, Geometry]]:
    """Return the thin lines and pale areas that help to find one's way: water, streets, railway, green."""
    town = shapely.coverage_union_all(list(quarters.values()))
    near = town.buffer(0.006)
    (px, py), radius = POND
    north = shapely.coverage_union_all([quarters[q] for s in REGIONS["nord"] for q in QUARTERS[s]])
    streets: dict[str, Geometry] = {name: LineString(place(points)) for name, points in MAIN_STREETS.items()}
    for name, (one, other) in BORDER_STREETS.items():
        streets[name] = longest_line(quarters[one].intersection(quarters[other]))
    green = {
        name: place_polygon(Point(middle).buffer(size)).intersection(town)
        for name, (middle, size) in GREEN.items()
    }
    return {
        "water": {
            "Aue": LineString(place(RIVER)).intersection(near),
            "Mühlenteich": place_polygon(Point(px, py).buffer(radius)).intersection(north),
        },
        "streets": {name: line.intersection(town) for name, line in streets.items()},
        "rail": {"Bahnstrecke": LineString(place(RAILWAY)).intersection(near)},
        "green": green,
    }


def write_features(path: Path, features: dict[str, Geometry], *, named: bool) -> None:
    """Write a GeoJSON file; a feature carries its space's id, or a name in a context layer."""
    items = []
    for key, geometry in features.items():
        shape = json.loads(shapely.to_geojson(shapely.set_precision(geometry, 1e-6, mode="pointwise")))
        items.append(
            {"type": "Feature"}
            | ({} if named else {"id": key})
            | {"properties": {"name": key} if named else {}, "geometry": shape}
        )
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n', encoding="utf-8")


def main(resources: Path) -> None:
    """Write all files of the town below a folder of records."""
    quarters, districts = cut()
    for geography in (quarters, districts):
        if not shapely.coverage_is_valid(list(geography.values())):
            raise SystemExit("Die Flächen stoßen nicht genau aneinander: bitte die Saatpunkte prüfen.")
    for name, areas in (levels(quarters) | {"schulbezirke": districts}).items():
        write_features(resources / "geometry" / f"{name}.geojson", areas, named=False)
    for name, layer in context(quarters).items():
        write_features(resources / "context" / f"{name}.geojson", layer, named=True)
    rows = register(lay_streets(quarters), quarters, districts)
    with (resources / "streets.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("resources"))
