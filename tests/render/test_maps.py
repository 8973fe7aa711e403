"""Maps: drawing, list and script of one view agree; small, escaped, the same every time, without a style of their own."""

import gzip
import json
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from generator.derive.facts import derive
from generator.derive.geography import space_facts
from generator.model.areas_and_offices import Space
from generator.model.config import Basemap, image_sources, tiles_of
from generator.model.scalars import Point
from generator.model.site import ContextLayer, ContextShape, Site
from generator.render import maps
from generator.render.base.context import Context
from generator.render.base.icons import MARKERS
from generator.render.directory.filters import _row
from generator.render.maps import markers
from generator.render.maps.context_layers import ground_of
from generator.render.maps.drawing import _ground_label
from generator.render.maps.map_shapes import ground_file as moving_ground
from generator.render.maps.markers import (
    SHAPES,
    Room,
    label_along,
    situation_outlines,
    situation_shape,
    spread,
    text_width,
    wrapped,
)
from generator.render.maps.projection import WIDTH, Projection, path_data
from generator.render.maps.views import extent, space_view
from tests.browser.test_maps import AREA, HOSTILE, PLACE, hostile
from tests.chance import whole
from tests.open_data import write_many
from tests.records import replace


@pytest.fixture(scope="module")
def town(context: Context) -> Callable[..., Context]:
    """Make a town of other areas: ids, names and shapes in, a context out."""

    def make(shapes: dict[str, shapely.Polygon], fuzzy: tuple[str, ...] = (), **names: str) -> Context:
        config = context.site.config
        level = config.geographies[0].levels[-1].id
        spaces = {
            key: Space(
                id=key,
                name=names.get(key, key),
                level=level,
                boundary_kind="fuzzy" if key in fuzzy else "sharp",
            )
            for key in shapes
        }
        site = replace(
            context.site,
            spaces=spaces,
            shapes=shapes,
            context=(),
            networks={},
            places={},
            offers={},
            providers={},
        )
        facts = replace(context.facts, spaces=space_facts(site), roots=())
        return Context(site, facts, "de")

    return make


def tree(markup: str) -> ElementTree.Element:
    """Parse a map; it is well-formed but for attributes without value."""
    complete = re.sub(r" (hidden|data-nr-move)(?=[ >])", r' \1=""', str(markup))
    return ElementTree.fromstring(f"<div>{complete}</div>")


DRAWN = ".//svg[@class='nr-map__links']//a"
LISTED = ".//ul[@class='nr-map__entries']"


def links(markup: str, *paths: str) -> list[str]:
    return [str(link.get("href")) for path in paths for link in tree(markup).iterfind(path)]


MAPS = {
    "space": lambda context: maps.space_map(
        context, "sozialraeume/suederaue/", "suederaue", maps.place_markers(context, context.site.places)
    ),
    "level": lambda context: maps.overview_map(context, "sozialraeume/", "quartier"),
    "places": lambda context: maps.overview_map(context, "", "places"),
    "networks": lambda context: maps.overview_map(context, "netzwerke/", "networks"),
    "point": lambda context: maps.point_map(
        context, "", Point(10.01, 53.70), "Hier", spaces=["marktviertel"]
    ),
}


@pytest.mark.parametrize("name", MAPS)
def test_no_style_no_script_one_titled_image(context, name):
    markup = MAPS[name](context)
    assert " style=" not in markup
    assert "<style" not in markup
    assert "<script" not in markup
    assert " on" not in re.sub(r">[^<]*<", "><", re.sub(r'"[^"]*"', "", markup))
    root = tree(markup)
    (image,) = root.iterfind(".//svg[@role='img']")
    texts = {key: image.find(f"*[@id='{image.get(key)}']") for key in ("aria-labelledby", "aria-describedby")}
    assert texts["aria-labelledby"].text.startswith("Karte")
    assert texts["aria-describedby"].text.endswith(".")
    assert image.find(".//a") is None, "an image contains no links"
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.guards("Accessibility: beside every map a list with the same entries; every marker has a name")
@pytest.mark.parametrize("name", ["space", "level", "places", "networks"])
def test_the_list_has_the_entries_of_the_drawing(context, name):
    markup = MAPS[name](context)
    drawn = links(markup, DRAWN)
    # The first link of a line is the entry, those after it are networks of an area.
    listed = [str(line.find(".//a").get("href")) for line in tree(markup).iterfind(f"{LISTED}/li")]
    assert sorted(drawn) == sorted(listed)
    assert len(drawn) > 3
    assert {link.get("tabindex") for link in tree(markup).iterfind(DRAWN)} == {"-1"}


def test_only_public_points_become_markers(context):
    facts = context.facts.places
    shown = {marker.path for marker in maps.place_markers(context, facts)}
    assert shown == {
        context.path("place", key)
        for key, location in facts.items()
        if location.point and location.visibility == "full"
    }
    assert len(shown) < len(facts)


def test_shape_tells_the_life_situation(context):
    situations = [topic.id for topic in context.site.words.situations()]
    assert len({maps.situation_shape(context, one) for one in situations}) == min(
        len(situations), len(SHAPES)
    )


def test_markers_beside_the_list_have_the_shape_of_the_static_maps(context):
    """Each with the situation that the offer's own map shows; what is sensitive says none, because it has no marker."""
    outlines = {id: outline for id, _name, outline in situation_outlines(context)}
    shown = set()
    for key, facts in context.facts.offers.items():
        row = _row(context, key)
        assert bool(row.situation) == (row.point is not None)
        if facts.sensitive:
            assert row.point is None
        elif row.situation:
            shown.add(row.situation)
            assert row.situation in facts.situations
            assert row.situation in row.choices["thema"]
            if facts.with_violence != "off":
                assert row.situation == facts.situations[0]
            assert outlines[row.situation] == MARKERS[situation_shape(context, row.situation)]
    assert len(shown) > 8


def test_the_ground_knows_the_town_and_what_its_areas_are_called(context):
    ground = json.loads(moving_ground(context))
    (south, west), (north, east) = ground["home"]
    shapes = [context.site.shapes[key] for key in context.site.shapes]
    for shape in shapes:
        assert box(west, south, east, north).buffer(1e-4).contains(shape)
    levels: dict[int, set[str]] = {}
    for level, key, name, lon, lat, room in ground["areas"]:
        assert name == context.texts.name(context.site.spaces[key])
        assert context.site.shapes[key].contains(shapely.Point(lon, lat))
        assert room > 100
        levels.setdefault(level, set()).add(key)
    assert [len(keys) for _, keys in sorted(levels.items())] == [2, 4, 12]


def test_names_are_escaped_everywhere(demo):
    context = hostile(demo).contexts[0]
    markup = maps.overview_map(context, "", "places") + maps.overview_map(context, "", "quartier")
    assert "<img" not in markup
    assert [link.text for link in tree(markup).iterfind(f"{LISTED}//a")].count(HOSTILE) == 2
    for name, make in maps.moving_map_files([context]):
        script = make().decode()
        assert "<img" not in script, name
        assert "</script" not in script, name
        assert "49" not in re.findall(r"onerror.{0,60}", script), name
    script = maps.moving_map(context, "places").decode()
    popup = re.search(r'popup\((\{\n"name": "\\u003cimg.*?\})\)', script, re.DOTALL)
    assert popup is not None
    name = re.search(r'"name": ("(?:[^"\\]|\\.)*")', popup[1])
    assert name is not None
    assert json.loads(name[1]) == HOSTILE
    assert (context.site.places[PLACE].name, context.site.spaces[AREA].name) == (HOSTILE, HOSTILE)


@whole
def test_scripts_are_the_same_every_time_and_ask_no_one(demo):
    first = {name: make() for name, make in maps.moving_map_files(demo.contexts)}
    again = {name: make() for name, make in maps.moving_map_files(demo.contexts)}
    assert first == again
    assert {
        "maps/ground.json", "maps/places.de.js", "maps/networks.en.js", "maps/level-quartier.de.js",
    } <= set(first)  # fmt: skip
    for name, content in first.items():
        text = content.decode()
        assert "http" not in text, name
        assert not re.search(r"[0-9a-f]{32}", text), name
        if name.endswith(".js"):
            assert "maxZoom" in text, name
            assert "$(" not in text, name
            # The names of the data's own variables come from the map's id.
            assert "<style" not in text, name
            variables = re.findall(r"(?:const|var|let) (\w+)", text)
            assert len(variables) == len(set(variables)), name


def test_scripts_show_what_the_drawing_shows(context):
    for id in maps.overview_ids(context):
        view = maps.overview(context, id)
        script = maps.moving_map(context, id).decode()
        paths = re.findall(r'"path": "([^"]+)"', script)
        expected = [item.path for item in (*view.areas, *view.markers)] + [
            note.path for area in view.areas for note in area.notes if note.path
        ]
        assert sorted(paths) == sorted(expected), id


def test_too_many_markers_stay_a_drawing_and_say_so(context):
    marker = maps.place_markers(context, context.site.places)[0]
    view = replace(
        maps.overview(context, "places"),
        markers=tuple(replace(marker, number=n) for n in range(1, 302)),
    )
    markup = maps.figure(context, "", view, movable=True)
    assert "data-nr-map" not in markup
    assert "sehr viele Orte" in markup
    assert len(tree(markup).findall(f"{LISTED}/li")) == 301


def test_a_script_is_written_for_every_button(demo, demo_site):
    asked = set()
    for page in demo_site.rglob("*.html"):
        asked |= set(re.findall(r'data-nr-map="([^"]+)"', page.read_text(encoding="utf-8")))
    assert asked
    for id in asked:
        assert (demo_site / "assets" / "nahraum" / "maps" / f"{id}.js").is_file(), id


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("https://tiles.example/{z}/{x}/{y}.png", " https://tiles.example"),
        ("https://{s}.tiles.example:8443/{z}/{x}/{y}.png", " https://*.tiles.example:8443"),
        ("../kacheln/{z}/{x}/{y}.png", ""),
        ("http://tiles.example/{z}/{x}/{y}.png", ""),
        ("//tiles.example/{z}/{x}/{y}.png", ""),
        ("javascript:alert(1)//", ""),
        ("https://a.example; script-src */{z}", ""),
    ],
)
def test_only_a_configured_tile_server_is_allowed(context, address, source):
    config = context.site.config
    assert image_sources(config) == ""
    assert tiles_of(config) is None
    tiled = config.model_copy(update={"basemap": Basemap(tiles=address)})
    assert image_sources(tiled) == source
    assert (tiles_of(tiled) is not None) == (bool(source) or address.startswith(".."))


def test_unknown_subject_is_an_error_and_missing_shapes_give_nothing(context, town):
    with pytest.raises(KeyError):
        maps.overview_map(context, "", "quartr")
    empty = town({})
    assert maps.overview_map(empty, "", "quartier") == ""
    assert maps.overview_map(empty, "", "places") == ""
    assert maps.overview_map(empty, "", "resources") == ""
    assert [name for name, _make in maps.moving_map_files([empty])] == ["maps/ground.json"]


def test_neighbours_differ_in_tone_and_fuzzy_borders_are_dashed(town):
    squares = {
        f"q{x}{y}": shapely.box(10 + x / 100, 53 + y / 100, 10 + (x + 1) / 100, 53 + (y + 1) / 100)
        for x in range(3)
        for y in range(3)
    }
    town_map = town(squares, fuzzy=("q11",))
    view = maps.overview(town_map, "level-quartier")
    tones = {area.id: area.tone for area in view.areas}
    for key in squares:
        sides = [
            other
            for other in squares
            if squares[key].intersection(squares[other]).length > 0 and other != key
        ]
        assert all(tones[key] != tones[other] for other in sides)
    assert 'class="nr-map__fuzzy"' in maps.overview_map(town_map, "", "quartier")


def test_labels_wrap_and_stay_apart(town):
    shapes = {f"q{n}": shapely.box(10 + n / 500, 53, 10 + (n + 1) / 500, 53.004) for n in range(8)}
    names = dict.fromkeys(shapes, "Am Großen Mühlenteich-Viertel")
    markup = maps.overview_map(town(shapes, **names), "", "quartier")
    boxes = []
    for text in tree(markup).iter("text"):
        if "nr-map__name" not in text.get("class", ""):
            continue
        lines = [str(span.text) for span in text.iterfind("tspan")] or [str(text.text)]
        half, high = max(text_width(line, 21) for line in lines) / 2, len(lines) * 21 / 2
        x, y = float(text.get("x")), float(text.get("y"))
        boxes.append(shapely.box(x - half, y - high, x + half, y + high))
        assert x - half >= 0
        assert x + half <= WIDTH
    assert boxes
    assert not any(one.intersects(other) for number, one in enumerate(boxes) for other in boxes[:number])
    assert wrapped("Alt-Heidkamp") == (("Alt-Heidkamp",), ("Alt-", "Heidkamp"))
    assert wrapped("Nord") == (("Nord",),)


def test_a_broken_label_keeps_its_minus():
    """A balance of −116 is no 116, on however many lines it stands."""
    assert [" ".join(lines) for lines in wrapped("Torfwiesen -116")] == ["Torfwiesen -116"] * 2
    assert wrapped("Alt-Heidkamp -116")[-1] == ("Alt-", "Heidkamp", "-116")
    assert " ".join(wrapped("Nord - West")[-1]) == "Nord - West"


def broken_in_every_way(words, count):
    """The ways to set words on so many lines, those with an early break first."""
    if count == 1:
        return [(re.sub("- ", "-", " ".join(words)),)]
    return [
        (re.sub("- ", "-", " ".join(words[:cut])), *rest)
        for cut in range(1, len(words) - count + 2)
        for rest in broken_in_every_way(words[cut:], count - 1)
    ]


@whole
@given(
    words=st.lists(st.from_regex("x{1,9}-?", fullmatch=True), min_size=2, max_size=9), count=st.integers(2, 3)
)
def test_lines_are_as_even_as_can_be(words, count):
    assume(len(words) >= count and len(" ".join(words)) > 6)
    lines = next(way for way in wrapped(" ".join(words)) if len(way) == count)
    ways = broken_in_every_way(words, count)
    assert lines in ways
    assert max(map(len, lines)) == min(max(map(len, way)) for way in ways)


def test_a_name_of_thousands_of_words_is_broken_in_a_few_looks(monkeypatch):
    """A name may be a whole text by mistake; every look goes over all its words."""
    seen = []
    fits = markers._fits
    monkeypatch.setattr(markers, "_fits", lambda words, *more: seen.append(len(words)) or fits(words, *more))
    counts = []
    for size in (1000, 2000):
        seen.clear()
        wrapped("x " * size)
        counts.append(sum(seen))
    assert 0 < counts[1] < 2.5 * counts[0]
    assert counts[1] < 2000 * 60


def test_names_along_lines_read_from_left_to_right():
    label = label_along("Lange Straße", shapely.LineString([(800, 300), (200, 200)]), Room(600))
    assert label is not None
    assert -90 <= label.angle <= 90
    assert label_along("Lange Straße", shapely.LineString([(200, 200), (230, 200)]), Room(600)) is None


def test_path_data_is_whole_short_and_closed():
    shape = shapely.Polygon([(0.2, 0.1), (10.4, 0), (10.3, 0.2), (10, -10), (0, -10)])
    assert path_data(shape) == "M0 0l10 0 0-10-10 0z"
    assert path_data(shapely.Polygon([(0, 0), (0.1, 0), (0, 0.1)])) == ""
    assert path_data(shapely.LineString([(0, 0), (-3, 4)])) == "M0 0l-3 4"
    assert path_data(shapely.Point(1, 1)) == ""


def test_projection_fits_any_bounds_and_keeps_angles():
    for bounds in ((10, 53, 10.001, 53.2), (10, 53, 11, 53.001), (10, 53, 10, 53)):
        projection = Projection.around(bounds)
        assert 0.5 * WIDTH - 1 <= projection.height <= 0.85 * WIDTH + 1
        for x, y in (bounds[:2], bounds[2:]):
            px, py = projection(Point(x, y))
            assert -1 <= px <= WIDTH + 1
            assert -1 <= py <= projection.height + 1
    projection = Projection.around((10, 53.6, 10.1, 53.7))
    assert projection.scale_x / projection.scale_y == pytest.approx(0.593, abs=0.002)
    assert projection.metres_per_unit * WIDTH == pytest.approx(14_150, rel=0.01)


def test_markers_in_one_spot_move_apart_and_stay_in_the_drawing():
    places = spread([(3, 3)] * 5 + [(500, 300)], 1000, 700)
    assert places == spread([(3, 3)] * 5 + [(500, 300)], 1000, 700)
    assert places[5] == pytest.approx((500, 300), abs=1)
    near = shapely.points(places[:5])
    assert min(shapely.distance(near[a], near[b]) for a in range(5) for b in range(a)) > 20
    assert all(0 < x < 1000 and 0 < y < 700 for x, y in places)


def test_the_ground_of_points_is_drawn_once_and_then_copied(context, monkeypatch):
    def draw_all() -> list[str]:
        return [
            maps.point_map(context, f"orte/{key}/", location.point, key, spaces=location.spaces)
            for key, location in context.facts.places.items()
            if location.point and location.visibility == "full"
        ]

    drawn = draw_all()
    monkeypatch.setattr(maps, "draw", None)
    assert draw_all() == drawn


def test_internal_markers_need_the_overlay(demo, internal_demo):
    """What the overlay adds about a place is on no public map."""
    assert demo.site is not None
    hidden = [key for key, location in demo.facts.places.items() if location.visibility != "full"]
    assert hidden
    public = "".join(make().decode() for _name, make in maps.moving_map_files(demo.contexts))
    for key in hidden:
        point = internal_demo.facts.places[key].point
        if point is not None:
            # Both beside each other: among the corners of streets each of them may stand by chance.
            east, north = rf"{point.longitude:.4f}\d*", rf"{point.latitude:.4f}\d*"
            assert not re.search(rf"{east},\s*{north}|{north},\s*{east}", public)


@pytest.fixture(scope="module")
def city(context: Context, tmp_path_factory: pytest.TempPathFactory) -> Context:
    """More than five hundred planning areas in twelve parts of the city."""
    data = tmp_path_factory.mktemp("areas")
    write_many(data)

    def features(name: str) -> list[dict[str, Any]]:
        return list(json.loads((data / "berlin_lor_2021" / name).read_text(encoding="utf-8"))["features"])

    levels = [level.id for level in context.site.config.geographies[0].levels]
    spaces: dict[str, Space] = {}
    shapes: dict[str, BaseGeometry] = {}
    for item in features("bezirksgrenzen.geojson"):
        key, name = f"bez-{item['properties']['Schluessel'][-2:]}", item["properties"]["Gemeinde_n"]
        spaces[key] = Space(id=key, name=name, level=levels[1])
        shapes[key] = shapely.make_valid(shapely.geometry.shape(item["geometry"]))
    for item in features("lor_planungsraeume_2021.geojson"):
        key, name = f"plr-{item['properties']['PLR_ID']}", item["properties"]["PLR_NAME"]
        spaces[key] = Space(id=key, name=name, level=levels[-1], parent=f"bez-{item['properties']['BEZ']}")
        shapes[key] = shapely.make_valid(shapely.geometry.shape(item["geometry"]))
    kinds = ("offices", "places", "offers", "networks", "needs")
    none: dict[str, Any] = {kind: {} for kind in kinds}
    site: Site = replace(context.site, spaces=spaces, shapes=shapes, context=(), **none)
    return Context(site, derive(site, context.facts.today), "de")


def test_many_areas_stay_small(city):
    count = sum(key.startswith("plr-") for key in city.site.spaces)
    assert count in (540, 542)
    markup = maps.overview_map(city, "sozialraeume/", "quartier")
    drawing = markup[markup.index('<svg class="nr-map__svg"') : markup.index('<svg class="nr-map__links"')]
    assert drawing.count("<path id=") == count
    names = {name for text in tree(markup).iter("text") for name in [text.text or "".join(text.itertext())]}
    assert names & {"Reinickendorf", "Bezirk 1"}, "so many areas are not named, but what they lie in"
    assert not names & {space.name for key, space in city.site.spaces.items() if key.startswith("plr-")}
    assert len(gzip.compress(drawing.encode())) < 20_000
    assert len(gzip.compress(markup.encode())) < 36_000
    shapes = [path for path in re.findall(r' d="([^"]+)"', drawing) if path.endswith("z")]
    assert len(shapes) >= 540
    assert len(gzip.compress(maps.moving_map(city, "level-quartier"))) < 150_000


# --- the ground ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def grid(town: Callable[..., Context]) -> Context:
    """A town of twelve kilometres with a net of 5,000 side streets, main streets, a river with a lake, and a school."""
    west, south, step = 10.0, 53.6, 0.0016
    context = town(
        {"ost": shapely.box(10.09, south, 10.18, 53.708), "west": shapely.box(west, south, 10.09, 53.708)}
    )
    line = lambda x, y, x2, y2: shapely.LineString([(x, y), (x2, y2)])  # noqa: E731
    minor = [
        ContextShape(
            f"G{row}-{column}",
            line(
                west + column * step * 2.2,
                south + row * step,
                west + (column + 1) * step * 2.2,
                south + row * step + 0.0002,
            ),
            "minor",
        )
        for row in range(67)
        for column in range(50)
    ]
    main = [
        ContextShape(f"Hauptstraße {row}", line(west, south + row * 0.02, 10.18, south + row * 0.021), "main")
        for row in range(5)
    ]
    water = [
        ContextShape("Muster", line(10.06, south, 10.12, 53.708), "river"),
        ContextShape("Mustersee", shapely.box(10.02, 53.63, 10.045, 53.645), "lake"),
    ]
    school = [ContextShape("Seeschule", shapely.box(10.0302, 53.6502, 10.0308, 53.6505), "school")]
    layers = (
        ContextLayer("buildings", tuple(school)),
        ContextLayer("streets", (*minor, *main), "© Wer kartiert hat"),
        ContextLayer("water", tuple(water)),
    )
    return Context(replace(context.site, context=layers), context.facts, "de")


def texts_of(drawing: str, name: str) -> set[str]:
    found = re.findall(rf'<text class="nr-map__{name}[^>]*>(.*?)</text>', drawing)
    return {re.sub("<[^>]+>", " ", text).strip() for text in found}


def test_a_map_shows_of_the_ground_what_its_scale_can_bear(grid: Context) -> None:
    whole = maps.overview_map(grid, "", "quartier")
    near = maps.point_map(grid, "", Point(10.03, 53.65), "Hier", spaces=["west"])
    assert "nr-map__streets--main" in whole
    assert not re.search("nr-map__(?:streets--minor|buildings)", whole)
    assert {"Muster"} <= texts_of(whole, "water-name")
    assert any(name.startswith("Hauptstraße") for name in texts_of(whole, "street"))
    assert "nr-map__streets--minor" in near
    assert "nr-map__buildings" in near
    assert any(re.match("G[0-9]", name) for name in texts_of(near, "street"))
    assert "Seeschule" in texts_of(near, "spot")
    for drawn in (whole, near):
        assert "Kartendaten: © Wer kartiert hat" in drawn
        assert len(gzip.compress(str(drawn).encode())) < 20_000


def test_no_two_names_of_a_map_cover_each_other(grid: Context) -> None:
    view = space_view(grid, "west")
    assert view is not None
    projection = Projection.around(extent(grid, view))
    room = Room(projection.height)
    _, names = ground_of(grid, projection)
    placed: list[tuple[str, BaseGeometry]] = []
    before = dict.fromkeys(("always", "wide"), 0)
    for item in names:
        list(_ground_label(item, room))
        for rank in ("always", "wide"):
            taken = room.taken[rank]
            for _, shape in taken[before[rank] :]:
                placed.append((rank, shapely.box(*shape) if isinstance(shape, tuple) else shape))
            before[rank] = len(taken)
    assert len(placed) > 6
    for number, (rank, shape) in enumerate(placed):
        assert not any(rank == other and shape.intersects(box) for other, box in placed[:number])


def test_the_ground_of_a_large_town_is_sent_once_however_many_maps_there_are(grid: Context) -> None:
    layers = moving_ground(grid)
    assert len(gzip.compress(layers)) < 200_000
    drawn = [
        str(maps.point_map(grid, "", Point(10.02 + number * 0.01, 53.65), "Hier", spaces=["west"]))
        for number in range(10)
    ]
    assert sum(map(len, drawn)) < len(layers)


# --- what lies far off ------------------------------------------------------------------------------------------------

TOWN = {
    "west": shapely.box(10.0, 53.70, 10.03, 53.73),
    "ost": shapely.box(10.03, 53.70, 10.06, 53.73),
}
ISLAND = shapely.box(9.2, 54.0, 9.21, 54.005)


def test_an_island_far_out_is_left_out_and_the_town_stays_large(town):
    """Drawn at its true distance it would shrink the town to a fifteenth of the map."""
    context = town({**TOWN, "insel": ISLAND}, insel="Möweninsel")
    view = maps.overview(context, "level-quartier")
    assert extent(context, view) == (10.0, 53.70, 10.06, 53.73)
    markup = str(maps.overview_map(context, "", "quartier"))
    assert "nicht im Bild: Möweninsel." in markup
    image = tree(markup).find(".//svg[@role='img']")
    assert "Möweninsel" not in ["".join(text.itertext()) for text in image.iterfind("text")]


def test_an_area_with_an_island_is_drawn_without_it(town):
    context = town({"west": TOWN["west"], "ost": shapely.union(TOWN["ost"], ISLAND)})
    view = maps.overview(context, "level-quartier")
    assert extent(context, view) == (10.0, 53.70, 10.06, 53.73)
    assert extent(context, space_view(context, "ost")) == TOWN["ost"].bounds
    assert "nicht im Bild" not in maps.overview_map(context, "", "quartier")


@pytest.mark.parametrize(
    "island",
    [
        # as near as the town is wide; as large as the town; a speck within the map
        shapely.box(10.08, 53.7, 10.09, 53.71),
        shapely.box(9.2, 54.0, 9.26, 54.03),
        shapely.box(10.01, 53.745, 10.012, 53.747),
    ],
)
def test_what_is_near_or_large_stays_where_it_is(town, island):
    context = town({**TOWN, "insel": island})
    view = maps.overview(context, "level-quartier")
    assert extent(context, view) == view.bounds


def test_a_moving_map_begins_with_the_town(town):
    context = town({**TOWN, "insel": ISLAND})
    script = maps.moving_map(context, "level-quartier").decode()
    home = re.search(r'"home":(.*?)"maxZoom"', script, re.DOTALL)
    assert home is not None
    assert [float(number) for number in re.findall(r"[\d.]+", home[1])] == [53.7, 10.0, 53.73, 10.06]
