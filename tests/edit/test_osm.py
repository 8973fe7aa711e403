"""OpenStreetMap: an extract becomes areas, streets and rows of places; persons and refuges never; what the town has isn't proposed."""

import csv
import json
import math
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
import shapely
from click.testing import CliRunner, Result

from generator.cli import main
from generator.edit.imports.osm_places import refusal
from generator.model.geometry import metres
from generator.model.names_and_ids import slug
from generator.model.scalars import Point
from generator.read.project import read_project
from tests.chance import whole
from tests.open_data import REAL, real


class Sketch:
    """An invented extract, written as OSM XML."""

    def __init__(self) -> None:
        self._nodes: list[str] = []
        self._ways: list[str] = []
        self._relations: list[str] = []
        self._last = 0

    def _number(self) -> int:
        self._last += 1
        return self._last

    def node(self, lon: float, lat: float, tags: Mapping[str, str] | None = None) -> int:
        """Add a node; return its number."""
        number = self._number()
        self._nodes.append(
            f'<node id="{number}" version="1" timestamp="2026-05-01T00:00:00Z" lon="{lon}" lat="{lat}">{_tags(tags)}</node>'
        )
        return number

    def way(self, points: list[tuple[float, float]], tags: Mapping[str, str] | None = None) -> int:
        """Add a way; it is closed where its first point is its last."""
        nodes = {point: self.node(*point) for point in points}
        number = self._number()
        parts = "".join(f'<nd ref="{nodes[point]}"/>' for point in points)
        self._ways.append(
            f'<way id="{number}" version="1" timestamp="2026-05-01T00:00:00Z">{parts}{_tags(tags)}</way>'
        )
        return number

    def area(self, west: float, south: float, east: float, north: float, tags: Mapping[str, str]) -> int:
        """Add a rectangle as a relation of one way."""
        ring = [(west, south), (east, south), (east, north), (west, north), (west, south)]
        way, number = self.way(ring), self._number()
        kind = {"type": "boundary" if "boundary" in tags else "multipolygon", **tags}
        self._relations.append(
            f'<relation id="{number}" version="1" timestamp="2026-05-01T00:00:00Z"><member type="way" ref="{way}" role="outer"/>{_tags(kind)}</relation>'
        )
        return number

    def write(self, path: Path) -> Path:
        """Write the file."""
        body = "\n".join((*self._nodes, *self._ways, *self._relations))
        path.write_text(
            f'<?xml version="1.0"?>\n<osm version="0.6" generator="test">\n{body}\n</osm>\n', "utf-8"
        )
        return path


def _tags(tags: Mapping[str, str] | None) -> str:
    return "".join(f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in (tags or {}).items())


EXTRACT = REAL / "osm_liechtenstein" / "liechtenstein-2015-07-27.osm.pbf"
DAY = ("--today", "2026-11-20")
NO_PLACES = {
    "Frauenhaus Musterstadt": {"amenity": "social_facility", "social_facility": "food_bank"},
    "Schutzwohnung": {"amenity": "community_centre"},
    "Essen für alle": {"social_facility": "food_bank", "social_facility:for": "abused"},
    "Praxis Dr. Beispiel": {"amenity": "doctors"},
    "Praxis Beispielmann": {"amenity": "doctors"},
    "Zahnarztpraxis Sabine": {"amenity": "dentist"},
    "Apotheke Inh. Beispiel": {"amenity": "pharmacy"},
    "Tagesmutter Tina": {"amenity": "childcare"},
    "Schwimmbecken": {"leisure": "swimming_pool", "access": "private"},
    "Gasthaus": {"amenity": "restaurant"},
    "Wohngruppe Nord": {"amenity": "youth_centre"},
}
PLACES = {
    "Spielplatz am Teich": ("spielplatz", {"leisure": "playground", "wheelchair": "limited"}),
    "Stadtbücherei": (
        "bibliothek",
        {
            "amenity": "library",
            "opening_hours": "Tu-Fr 10:00-18:00; PH off",
            "phone": "+49 4321 4711",
            "website": "buecherei.musterstadt.de",
            "addr:street": "Marktstraße",
            "addr:housenumber": "3",
            "addr:postcode": "24999",
            "addr:city": "Musterstadt",
        },
    ),
    "Haus der Jugend": ("jugendzentrum", {"amenity": "community_centre", "community_centre:for": "juvenile"}),
    "Kinderarztpraxis am Markt": ("praxis", {"amenity": "doctors", "opening_hours": "nach Gefühl"}),
    "Löwen-Apotheke": ("apotheke", {"amenity": "pharmacy"}),
    "Pfadfinder Musterstadt": ("jugendzentrum", {"club": "scout"}),
}


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(item) for item in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def new_town(folder: Path, *more: str, levels: str = "Stadt,Stadtteil") -> Path:
    assert run("init", folder, "--name", "Musterstadt", "--land", "SH", "--levels", levels, "--no-examples", *DAY, *more).exit_code == 0  # fmt: skip
    return folder


def draw_areas(drawn: Sketch) -> None:
    """A town of two areas, and one beside it."""
    for west, east, level, name in (
        (10.0, 10.02, "8", "Musterstadt"), (10.0, 10.01, "10", "West"), (10.01, 10.02, "10", "Ost"), (10.02, 10.03, "10", "Nachbarort"),
    ):  # fmt: skip
        drawn.area(
            west, 53.7, east, 53.71, {"boundary": "administrative", "admin_level": level, "name": name}
        )


def sketch(path: Path, **changes: dict[str, str] | None) -> Path:
    """Write the invented town; `changes` gives places other tags, or takes them away (None)."""
    drawn = Sketch()
    for name, tags in NO_PLACES.items():
        drawn.node(10.011, 53.701, {"name": name, **tags})
    for number, (name, (_, tags)) in enumerate(PLACES.items()):
        other = changes.get(slug(name).replace("-", "_"), {})
        spot = (10.002 + number * 0.002, 53.705)
        # A number for each, whether it is there or not.
        drawn.node(*spot, {"name": name, **tags, **(other or {})} if other is not None else {})
    drawn.node(10.2, 53.705, {"name": "Spielplatz nebenan", "leisure": "playground"})
    # The library once more, as a house: one proposal.
    drawn.way(
        [(10.0039, 53.7049), (10.0041, 53.7049), (10.0041, 53.7051), (10.0039, 53.7049)],
        {"name": "Stadtbücherei", "amenity": "library", "building": "yes"},
    )
    drawn.way([(10.001, 53.702), (10.008, 53.702)], {"name": "Marktstraße", "highway": "residential"})
    drawn.way([(10.005, 53.703), (10.019, 53.703)], {"name": "Lange Straße", "highway": "residential"})
    for lon, number in ((10.006, "1"), (10.008, "5a"), (10.012, "12"), (10.018, "20")):
        drawn.node(lon, 53.703, {"addr:street": "Lange Straße", "addr:housenumber": number})
    draw_areas(drawn)
    return drawn.write(path)


def with_ground(path: Path) -> Path:
    """The invented town with a river, streets of every rank, a park, and buildings, of which some are nobody's business."""
    drawn = Sketch()
    draw_areas(drawn)
    bends = [(10.0 + step * 0.0001, 53.704 + 0.0004 * math.sin(step / 8)) for step in range(200)]
    drawn.way(bends[:101], {"waterway": "river", "name": "Muster"})
    drawn.way(bends[100:], {"waterway": "river", "name": "Muster"})
    drawn.way(
        [(10.001, 53.701), (10.003, 53.7015)], {"waterway": "stream", "tunnel": "culvert", "name": "Rohr"}
    )
    drawn.way([(10.0, 53.706), (10.02, 53.706)], {"highway": "primary", "name": "Landstraße"})
    drawn.way([(10.005, 53.706), (10.005, 53.709)], {"highway": "residential", "name": "Marktstraße"})
    drawn.way([(10.3, 53.706), (10.31, 53.706)], {"highway": "primary", "name": "Weit weg"})
    drawn.way([(10.0, 53.708), (10.02, 53.7081)], {"railway": "rail"})
    drawn.way(
        [(10.0, 53.7085), (10.001, 53.7085)], {"railway": "rail", "service": "siding", "name": "Gleis 9"}
    )
    block = lambda x, y: [(x, y), (x + 0.001, y), (x + 0.001, y + 0.0006), (x, y + 0.0006), (x, y)]  # noqa: E731
    drawn.way(block(10.002, 53.7015), {"leisure": "park", "name": "Stadtpark"})
    drawn.way(block(10.004, 53.7015), {"leisure": "garden", "access": "private", "name": "Villengarten"})
    drawn.way(block(10.006, 53.7015), {"amenity": "townhall", "building": "yes", "name": "Rathaus"})
    drawn.way(block(10.008, 53.7015), {"amenity": "library", "building": "yes", "name": "Frauenhaus Linde"})
    drawn.way(
        block(10.010, 53.7015),
        {"amenity": "school", "building": "yes", "name": "Schule", "social_facility": "shelter"},
    )
    drawn.way(block(10.012, 53.7015), {"building": "house", "name": "Haus Beispielmann"})
    return drawn.write(path)


def proposed(town: Path) -> dict[str, dict[str, str]]:
    text = (town.parent / "orte.csv").read_text("utf-8-sig")
    return {row["Name"]: row for row in csv.DictReader(text.splitlines(), delimiter=";")}


def bring(town: Path, extract: Path, *more: str) -> list[Result]:
    """Bring in areas and streets, and write the rows of places beside the town."""
    rows = run("table", "osm", extract, town.parent / "orte.csv", "-p", town, *DAY)
    return [
        run("import", "areas", extract, "--into", town, *more),
        run("import", "streets", extract, "--into", town, *more),
        rows,
    ]


def snapshot(town: Path) -> dict[str, bytes]:
    return {
        path.relative_to(town).as_posix(): path.read_bytes()
        for path in sorted(town.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def town(tmp_path: Path) -> Path:
    town = new_town(tmp_path / "stadt")
    for result in bring(town, sketch(tmp_path / "a.osm")):
        assert result.exit_code == 0, result.output
    return town


def test_areas_streets_and_proposals_come_out(town: Path) -> None:
    site = read_project(town).site
    assert site is not None
    assert {key: (space.level, space.parent) for key, space in site.spaces.items()} == {
        "musterstadt": ("stadt", None),
        "west": ("stadtteil", "musterstadt"),
        "ost": ("stadtteil", "musterstadt"),
    }
    assert all(space.geometry for space in site.spaces.values())
    rows = {(item.street, item.space, item.first, item.last) for item in site.streets}
    assert rows == {
        ("Marktstraße", "west", "", ""),
        ("Lange Straße", "west", "1", "5a"),
        ("Lange Straße", "ost", "12", "20"),
    }
    assert {name: row["Art"] for name, row in proposed(town).items()} == {
        name: kind for name, (kind, _) in PLACES.items()
    }
    rows_written = (town.parent / "orte.csv").read_text("utf-8").splitlines()
    assert len(rows_written) == 1 + len(PLACES), "each once"
    assert site.places == {}, "rows are no records yet"


def test_neither_persons_nor_refuges_are_written_anywhere(town: Path) -> None:
    rows = (town.parent / "orte.csv").read_bytes()
    for name, data in (snapshot(town) | {"rows": rows}).items():
        for word in NO_PLACES:
            assert word.encode() not in data, (name, word)
    assert b"nebenan" not in rows


@pytest.mark.parametrize(
    "name",
    [
        *("FRAUEN HAUS", "Frauen-Haus Linde", "Frau\u00adenhaus", "Frauen\u200bhaus", "Mädchenhaus", "Krisenwohnung", "Kinderheim Sonne"),
        *("Mutter-Kind-Haus", "Jugend-WG Hafen", "Erstaufnahme", "Kinder- und Jugendnotdienst", "Bereitschaftspflege Nord"),
        *("Heilpädagogische Wohngemeinschaft", "Kadın Sığınma Evi", "Gemeinschaftsunterkunft", "Tagesmutter"),
    ],
)  # fmt: skip
def test_nothing_protected_is_proposed_however_it_is_written(name: str) -> None:
    for tags in (
        {"name": name},
        {"name": "Haus am Teich", "operator": name},
        {"name": "Haus", "alt_name": name},
    ):
        said = refusal({**tags, "amenity": "community_centre"}, "nachbarschaftshaus", set())
        assert (said is not None) == ("Tagesmutter" not in name or tags["name"] == name), tags


@pytest.mark.parametrize(
    "name",
    [
        *("Praxis Schweitzer", "PRAXIS MÜLLER", "Zahnarzt Klein & Groß", "Gemeinschaftspraxis Sommer", "Drs. Beispiel", "Kinderarzt Nguyen"),
        *("Praxis am Markt Schneider", "Hausarztpraxis Yılmaz", "Praxis Dr.Beispiel", "Zahnärztin Lange", "MVZ Prof. Beispiel GmbH"),
    ],
)  # fmt: skip
def test_no_practice_with_the_name_of_a_person_is_proposed(name: str) -> None:
    """Not even where a street bears the same name."""
    around = {"albert-schweitzer-platz", "müllerstraße", "sommerweg", "west"}
    assert refusal({"name": name, "amenity": "doctors"}, "praxis", around) == "nach einer Person benannt"


def test_a_practice_may_be_called_after_where_it_is() -> None:
    around = {"albert-schweitzer-platz", "west"}
    for name in ("Kinderarztpraxis am Albert-Schweitzer-Platz", "Ärztehaus West"):
        assert refusal({"name": name, "amenity": "doctors"}, "praxis", around) is None


@whole
def test_what_comes_from_openstreetmap_stays_apart(tmp_path: Path) -> None:
    """In a folder with its licence, after edits too; and in a file of its own where data is passed on."""
    town = new_town(tmp_path / "stadt", levels="Stadt,Stadtteil")
    bring(town, sketch(tmp_path / "a.osm"))
    before = {path.relative_to(town).as_posix() for path in town.rglob("*") if path.is_file()}
    take(town)
    library = town / "resources/osm/places/stadtbuecherei.yml"
    library.write_text(library.read_text("utf-8").replace("Stadtbücherei", "Haus der Bücher"), "utf-8")
    assert run("rename", "places", "stadtbuecherei", "bibliothek", "-p", town).exit_code == 0
    bring(town, sketch(tmp_path / "b.osm", stadtbuecherei={"wheelchair": "yes"}), "--update")
    assert proposed(town) == {}, "what got another id is found by the number of OpenStreetMap"
    new = {path.relative_to(town).as_posix() for path in town.rglob("*") if path.is_file()} - before
    assert {name for name in new if not name.startswith("resources/osm/")} == set()
    assert "ODbL" in (town / "resources/osm/LICENCE.txt").read_text("utf-8")
    for name, data in snapshot(town).items():
        if not name.startswith("resources/osm/") and name.startswith("resources/"):
            assert b"coordinates" not in data, name
            assert "Löwen".encode() not in data, name
    # An offer of the town's own in a house from OpenStreetMap.
    (town / "resources/offers").mkdir(exist_ok=True)
    provider = next((town / "resources/providers").glob("*.yml")).stem
    (town / "resources/offers/vorlesen.yml").write_text(
        f"name: Vorlesen\nsummary: Geschichten für Kinder.\nkind: treff\nprovider: {provider}\nplace: loewen-apotheke\ntopics: [kita]\n",
        "utf-8",
    )
    built = run("build", "-p", town, *DAY)
    assert built.exit_code == 0, built.output
    data = {path.name: path.read_text("utf-8") for path in (town / "site/daten").iterdir() if path.is_file()}
    apart = json.loads(data["openstreetmap.geojson"])
    assert (apart["attribution"], apart["license"]) == (
        "© OpenStreetMap-Mitwirkende, ODbL 1.0",
        "https://opendatacommons.org/licenses/odbl/1-0/",
    )
    assert {
        "west",
        "ost",
        "musterstadt",
        *(path.stem for path in (town / "resources/osm/places").iterdir()),
    } <= {item.get("id") for item in apart["features"]}
    areas = json.loads(data["gebiete.geojson"])["features"]
    assert {item["id"]: item["geometry"] for item in areas} == dict.fromkeys(("west", "ost", "musterstadt"))
    site = read_project(town).site
    assert site is not None
    point = site.places["loewen-apotheke"].point
    assert point is not None
    for name in ("angebote.csv", "angebote.geojson", "hsds.json", "gebiete.geojson"):
        assert f"{point.longitude:.5f}" not in data[name], name
    assert "Vorlesen" in data["angebote.csv"]
    catalogue = "".join(text for name, text in data.items() if name.startswith("katalog"))
    assert "licenses/odbl" in catalogue


def take(town: Path, *names: str) -> Result:
    """Leave only some rows in the table of places, or all, and bring it in."""
    path = town.parent / "orte.csv"
    head, *rows = path.read_text("utf-8-sig").splitlines()
    kept = [row for row in rows if not names or any(f";{name};" in row for name in names)]
    path.write_text("\n".join([head, *kept]) + "\n", "utf-8")
    result = run("table", "in", path, "-p", town, *DAY)
    assert result.exit_code == 0, result.output
    return result


def test_a_row_says_what_osm_says_and_whose_it_is(town: Path) -> None:
    assert proposed(town)["Kinderarztpraxis am Markt"]["Öffnungszeiten"] == "nach Gefühl"
    take(town, "Stadtbücherei", "Spielplatz am Teich")
    site = read_project(town).site
    assert site is not None
    assert set(site.places) == {"stadtbuecherei", "spielplatz-am-teich"}
    place = site.places["stadtbuecherei"]
    # The house, not the sign, stands for both; it has no more than a name.
    assert place.origin is not None
    assert re.fullmatch(
        r"OpenStreetMap, way/\d+ \(© OpenStreetMap-Mitwirkende, ODbL 1\.0\)", place.origin.name
    )
    assert "accessibility: {step_free: limited}" in (
        town / "resources/osm/places/spielplatz-am-teich.yml"
    ).read_text("utf-8")


def test_running_twice_changes_nothing_and_proposes_nothing_again(town: Path, tmp_path: Path) -> None:
    take(town, "Stadtbücherei")
    before = snapshot(town)
    areas, streets, rows = bring(town, tmp_path / "a.osm", "--update")
    assert "Nichts zu ändern." in areas.output
    assert "Nichts zu ändern." in streets.output
    assert "schon eingetragen: 1" in rows.output
    assert set(proposed(town)) == {*PLACES} - {"Stadtbücherei"}
    assert snapshot(town) == before


def test_what_overpass_gives_becomes_rows(tmp_path: Path) -> None:
    town = new_town(tmp_path / "stadt")
    square = [[[10.0, 53.7], [10.01, 53.7], [10.01, 53.71], [10.0, 53.7]]]
    features: list[dict[str, object]] = [
        {"id": "node/1", "properties": {"name": "Rodelberg", "leisure": "playground"}, "geometry": {"type": "Point", "coordinates": [10.004, 53.704]}},
        {"properties": {"@id": "way/2", "name": "Bücherei", "amenity": "library"}, "geometry": {"type": "Polygon", "coordinates": square}},
        {"properties": {"@id": "way/3", "name": "Frauenhaus", "amenity": "library"}, "geometry": {"type": "Polygon", "coordinates": square}},
    ]  # fmt: skip
    path = tmp_path / "overpass.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", **one} for one in features]}), "utf-8")  # fmt: skip
    result = run("table", "osm", path, tmp_path / "orte.csv", "-p", town, *DAY)
    assert result.exit_code == 0, result.output
    assert {name: row["Art"] for name, row in proposed(town).items()} == {
        "Rodelberg": "spielplatz",
        "Bücherei": "bibliothek",
    }
    assert proposed(town)["Rodelberg"]["Punkt"] == "10.004000 53.704000"
    path.write_text(path.read_text("utf-8").replace("way/2", "2"), "utf-8")
    assert "[osm-nummer-fehlt]" in run("table", "osm", path, tmp_path / "b.csv", "-p", town, *DAY).output


@whole
def test_the_ground_of_all_maps_comes_out(tmp_path: Path) -> None:
    town = new_town(tmp_path / "stadt")
    assert run("import", "areas", with_ground(tmp_path / "a.osm"), "--into", town).exit_code == 0
    reading = read_project(town)
    assert reading.site is not None
    assert [item for item in reading.found if item.severity == "error"] == []
    ground = {
        (layer.name, item.kind, item.name): item.shape
        for layer in reading.site.context
        for item in layer.shapes
    }
    assert set(ground) == {
        ("water", "river", "Muster"),
        ("streets", "main", "Landstraße"),
        ("streets", "minor", "Marktstraße"),
        ("rail", "rail", ""),
        ("green", "park", "Stadtpark"),
        ("buildings", "townhall", "Rathaus"),
    }
    river = ground["water", "river", "Muster"]
    assert river.geom_type == "LineString", "two ways of one river are one line"
    bends = [(10.0 + step * 0.0001, 53.704 + 0.0004 * math.sin(step / 8)) for step in range(200)]
    off = max(
        metres(Point(*bend), Point(*river.interpolate(river.project(shapely.Point(bend))).coords[0]))
        for bend in bends
    )
    assert off < 5.5, "four metres and the rounding"
    assert len(river.coords) < 60
    assert {layer.credit for layer in reading.site.context} == {"© OpenStreetMap-Mitwirkende, ODbL 1.0"}
    before = snapshot(town)
    assert (
        "Nichts zu ändern." in run("import", "areas", tmp_path / "a.osm", "--into", town, "--update").output
    )
    assert snapshot(town) == before
    assert run("build", "-p", town, *DAY).exit_code == 0
    credit = "Kartendaten: © OpenStreetMap-Mitwirkende, ODbL 1.0"
    pages = [page.read_text("utf-8") for page in (town / "site").rglob("index.html")]
    assert all(page.count('<figure class="nr-map') == page.count(credit) for page in pages)
    assert any(credit in page for page in pages)
    assert credit.removeprefix("Kartendaten: ") in (town / "site/assets/nahraum/maps/ground.json").read_text(
        "utf-8"
    )


def test_a_layer_of_its_own_goes_before_that_of_openstreetmap(tmp_path: Path) -> None:
    town = new_town(tmp_path / "stadt")
    assert run("import", "areas", with_ground(tmp_path / "a.osm"), "--into", town).exit_code == 0
    folder = town / "resources" / "context"
    folder.mkdir()
    own = (town / "resources/osm/context/rail.geojson").read_text("utf-8").replace("attribution", "remark")
    (folder / "rail.geojson").write_text(own, "utf-8")
    site = read_project(town).site
    assert site is not None
    assert {layer.name: bool(layer.credit) for layer in site.context} == {
        **dict.fromkeys(("buildings", "green", "streets", "water"), True),
        "rail": False,
    }


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "origin: {name: 'OpenStreetMap, node/11 (Fassung 1)', date: 2026-05-01}\n",
        # A date is missing: the record can't be read, and looks protected all the same.
        "origin: {name: 'OpenStreetMap, node/11 (Fassung 1)'}\n",
    ],
)
def test_what_was_taken_over_and_is_protected_by_now_is_forgotten(
    town: Path, tmp_path: Path, origin: str
) -> None:
    take(town, "Haus der Jugend")
    place = town / "resources/osm/places/haus-der-jugend.yml"
    point = re.search(r"point: (.*)", place.read_text("utf-8"))
    assert point is not None
    place.write_text(f"name: Haus Lichtblick\nkind: schutzhaus\n{origin}", "utf-8")
    run("table", "osm", tmp_path / "a.osm", tmp_path / "orte.csv", "-p", town, *DAY)
    told = (tmp_path / "orte.csv").read_bytes()
    assert b"Haus der Jugend" not in told
    east, north = point[1].split()
    assert f"{east} {north}".encode() not in told
    assert east.rstrip("0").encode() not in told


def test_what_is_there_by_hand_is_not_proposed_again(tmp_path: Path) -> None:
    town = new_town(tmp_path / "stadt")
    (town / "resources/places").mkdir()
    (town / "resources/places/buecherei.yml").write_text(
        "name: Stadtbücherei\nkind: bibliothek\npoint: 10.0041 53.7051\n", "utf-8"
    )
    bring(town, sketch(tmp_path / "a.osm"))
    assert "Stadtbücherei" not in proposed(town)


@whole
def test_every_page_names_the_source(town: Path) -> None:
    assert run("build", "-p", town, *DAY).exit_code == 0
    pages = list((town / "site").rglob("index.html"))
    assert len(pages) > 30
    for page in pages:
        assert "© OpenStreetMap-Mitwirkende, ODbL 1.0" in page.read_text("utf-8"), page


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.osm.pbf", b"", "auszug-unlesbar"),
        ("x.osm.pbf", b"\x00\x00\x00\x0d kaputt", "auszug-unlesbar"),
        ("x.osm", b"<osm", "auszug-unlesbar"),
        ("x.osm", b"<osm version='0.6'></osm>", "osm-grenze-fehlt"),
        ("fehlt.osm", None, "fehlt.osm"),
    ],
)
def test_a_damaged_extract_is_refused_and_nothing_written(
    tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    town = new_town(tmp_path / "stadt")
    if content is not None:
        (tmp_path / name).write_bytes(content)
    before = snapshot(town)
    result = run("import", "areas", tmp_path / name, "--into", town)
    assert result.exit_code == 1
    assert said in result.output
    assert snapshot(town) == before


def test_a_boundary_that_the_extract_cuts_off_is_told(tmp_path: Path) -> None:
    town = new_town(tmp_path / "stadt")
    path = sketch(tmp_path / "a.osm")
    text = path.read_text("utf-8")
    relation = re.search(
        r'<relation[^>]*>(<member type="way" ref="(\d+)"[^>]*>)(?=[^\n]*"Musterstadt")', text
    )
    assert relation is not None
    path.write_text(re.sub(rf'<way id="{relation[2]}".*\n', "", text), "utf-8")
    result = run("import", "areas", path, "--into", town)
    assert result.exit_code == 1
    assert "Fehler[osm-grenze-abgeschnitten]" in result.output


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    town = new_town(tmp_path / "stadt")
    monkeypatch.setattr("generator.edit.imports.osm_extract.find_spec", lambda _name: None)
    result = run("import", "areas", sketch(tmp_path / "a.osm"), "--into", town)
    assert result.exit_code == 1
    assert "Fehler[osm-extra-fehlt]" in result.output
    assert "pip install '.[osm]'" in result.output


def test_levels_that_are_not_sure_are_asked_for(tmp_path: Path) -> None:
    town = new_town(tmp_path / "stadt", levels="Stadt,Bezirk,Stadtteil")
    result = run("import", "areas", sketch(tmp_path / "a.osm"), "--into", town)
    assert result.exit_code == 1
    assert "osm-ebenen" in result.output
    assert "10 (2:" in result.output


# --- a whole small country ------------------------------------------------------------------------------------------


@whole
@real("osm_liechtenstein")
def test_liechtenstein_comes_in_whole(tmp_path: Path) -> None:
    town = tmp_path / "li"
    arguments = (
        "--name", "Liechtenstein", "--publisher", "Land Liechtenstein", "--land", "BY", "--levels", "Land,Wahlkreis,Gemeinde",
    )  # fmt: skip
    assert run("init", town, *arguments, "--no-examples", *DAY).exit_code == 0
    assert [result.exit_code for result in bring(town, EXTRACT)] == [0, 0, 0]
    reading = read_project(town)
    assert reading.site is not None
    levels = Counter(space.level for space in reading.site.spaces.values())
    assert levels == {"land": 1, "wahlkreis": 2, "gemeinde": 11}
    take(town)
    found = json.loads(run("check", "-p", town, "-f", "json", *DAY).output)
    assert [item for item in found if item["severity"] == "error"] == []
    assert run("build", "-p", town, *DAY).exit_code == 0
    assert (town / "site" / "orte" / "landesbibliothek" / "index.html").is_file()
    for page in (town / "site").rglob("index.html"):
        text = page.read_text("utf-8")
        assert text.count('<figure class="nr-map') == text.count("Kartendaten: © OpenStreetMap"), page
