"""Every kind of damage to a small valid project: file, line, column, code and help are named, nothing falls over."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from tests.chance import every
from tests.edit.towns import FILES, write_town

TODAY = "2026-11-20"
OFFER = "resources/offers/krabbelgruppe.yml"
PLACE = "resources/places/treff.yml"
SPACE = "resources/spaces/west.yml"
PROVIDER = "resources/providers/verein.yml"
CONFIG = "site_config.yml"
SHAPES = "resources/geometry/gebiete.geojson"
STREETS = "resources/streets.csv"
TOPICS = "resources/topics.yml"


@dataclass(frozen=True)
class Damage:
    """A change to the project and what must be said about it."""

    file: str
    change: Callable[[Path], None]
    code: str
    line: int
    column: int
    help: str
    severity: str = "error"
    named: str = ""

    @property
    def reported(self) -> str:
        """The file that the diagnostic names."""
        return self.named or self.file


def text(content: str | bytes) -> Callable[[Path], None]:
    """Write a whole file."""

    def change(path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    return change


def add(content: str) -> Callable[[Path], None]:
    """Add lines at the end."""

    def change(path: Path) -> None:
        path.write_text(path.read_text("utf-8") + content, "utf-8")

    return change


def swap(old: str, new: str) -> Callable[[Path], None]:
    """Replace a text that stands there once."""

    def change(path: Path) -> None:
        before = path.read_text("utf-8")
        assert before.count(old) == 1
        path.write_text(before.replace(old, new), "utf-8")

    return change


def folder(path: Path) -> None:
    """Make a folder where a file is expected."""
    path.mkdir(parents=True)


def folder_instead(path: Path) -> None:
    """Put a folder in the place of a file."""
    path.unlink()
    path.mkdir()


def remove(path: Path) -> None:
    """Take the file away."""
    path.unlink()


def register(*rows: str, head: str = "street,space,from,to,parity") -> Callable[[Path], None]:
    """Write a street register."""
    return text("\n".join([head, *rows]) + "\n")


def shape(ring: str, **more: str) -> Callable[[Path], None]:
    """Write a file of geometries in which the ring of `west` is another."""
    extra = "".join(f'"{key}": {value}, ' for key, value in more.items())
    good = FILES[SHAPES].replace('"FeatureCollection", ', f'"FeatureCollection", {extra}')
    return text(good.replace(RING, ring))


def west(kind: str, coordinates: str) -> Callable[[Path], None]:
    """Write a file of geometries in which that of `west` is of another kind."""
    polygon = f'"type": "Polygon", "coordinates": {RING}'
    other = f'"type": "{kind}", ' + (coordinates if ":" in coordinates else f'"coordinates": {coordinates}')
    return text(FILES[SHAPES].replace(polygon, other))


RING = "[[[10.0, 53.7], [10.01, 53.7], [10.01, 53.71], [10.0, 53.71], [10.0, 53.7]]]"
NO_AREA = ("geometrie-keine-flaeche", 3, 1, "Polygon")
UTM = "[[[566038, 5950594], [566698, 5950602], [566684, 5951715], [566025, 5951706], [566038, 5950594]]]"
BOWTIE = "[[[10.0, 53.7], [10.01, 53.71], [10.01, 53.7], [10.0, 53.71], [10.0, 53.7]]]"

DAMAGES: dict[str, Damage] = {
    # --- files
    "empty file": Damage(OFFER, text(""), "datei-leer", 1, 1, "nahraum new"),
    "only a comment": Damage(OFFER, text("# später\n"), "datei-leer", 1, 1, "nahraum new"),
    "5 MB record": Damage(OFFER, text("name: " + "x" * 5_000_000), "datei-zu-gross", 1, 1, "höchstens"),
    "folder named like a file": Damage("resources/offers/zweites.yml", folder, "ordner-statt-datei", 1, 1, "umbenennen"),
    "folder instead of the configuration": Damage(CONFIG, folder_instead, "datei-unlesbar", 1, 1, "den Namen"),
    "configuration is missing": Damage(CONFIG, remove, "einstellungen-fehlen", 1, 1, "--project"),
    "unknown folder": Damage("resources/angebote/a.yml", text("name: A\n"), "ordner-ungelesen", 1, 1, "„offers“", "error", "resources/angebote"),
    "unknown folder without records": Damage("resources/angebote/a.txt", text("A\n"), "unbekannter-ordner", 1, 1, "„offers“", "warning", "resources/angebote"),
    "record beside the folders": Damage("resources/lose.yml", text("name: A\n"), "yaml-ungelesen", 1, 1, "resources/offers"),
    # --- writing
    "alias": Damage(OFFER, add("notes: *x\n"), "verweis-in-yaml", 11, 8, "ausschreiben"),
    "100,000 nested brackets": Damage(OFFER, text("name: " + "[" * 100_000), "zu-tief", 1, 30, "höchstens"),
    # --- fields
    "ja instead of yes": Damage(OFFER, add("anonymous: oft\n"), "kein-ja-nein", 11, 12, "yes oder no"),
    "empty text": Damage(OFFER, add("description: ' '\n"), "text-leer", 11, 14, "weglassen"),
    "empty list": Damage(OFFER, swap("[krabbelgruppe]", "[]"), "liste-leer", 6, 1, "mindestens einen"),
    "no time": Damage(OFFER, add("dates: [{date: 2026-12-01, from: 25:00}]\n"), "keine-uhrzeit", 11, 34, "15:00"),
    "end before start": Damage(OFFER, add("dates: [{date: 2026-12-01, from: 17:00, to: 15:00}]\n"), "zeit-verkehrt", 11, 45, "prüfen"),
    "no duration": Damage(OFFER, add("check_every: oft\n"), "keine-dauer", 11, 14, "6 months"),
    "point projected": Damage(PLACE, swap("10.005 53.705", "566038 5950594"), "punkt-projiziert", 4, 8, "WGS 84"),
    "two streets": Damage(PLACE, swap("street: Flussweg", "street: Am Markt 3 / Flussweg"), "zwei-anschriften", 3, 19, "stops"),
    "no geometry reference": Damage(SPACE, swap("geometry/gebiete.geojson#west", "west"), "kein-geometrieverweis", 4, 11, "geojson#"),
    "no telephone number": Damage(PROVIDER, swap("040 66969-901", "bei Anna"), "keine-telefonnummer", 3, 18, "040 66969-100"),
    "no colour": Damage(CONFIG, add("accent: rot\n"), "keine-farbe", 10, 9, "#0d6b66"),
    "postcode without its zero": Damage(PLACE, swap("01067", "1067"), "keine-postleitzahl", 3, 50, "fünf Ziffern"),
    "no half-year": Damage("resources/needs/a.yml", text("name: A\ntopics: [kita]\nnamed: [{half_year: 2026-3, source: groups, times: 1}]\n"), "kein-halbjahr", 3, 21, "2026-1"),
    # --- references
    "word twice": Damage(TOPICS, text("- {id: neues, name: A, parent: geld}\n- {id: neues, name: B, parent: geld}\n"), "doppeltes-kuerzel", 2, 8, "Zeile 1"),
    "unknown level": Damage(SPACE, swap("level: quartier", "level: quartir"), "unbekannte-ebene", 2, 8, "quartier"),
    # --- spaces and shapes
    "invalid polygon": Damage(SHAPES, shape(BOWTIE), "geometrie-repariert", 4, 11, "berichtigen", "warning", SPACE),
    "a point as an area": Damage(SHAPES, west("Point", "[10.005, 53.705]"), *NO_AREA),
    "a point beside the area": Damage(
        SHAPES,
        west(
            "GeometryCollection",
            f'"geometries": [{{"type": "Polygon", "coordinates": {RING}}}, {{"type": "Point", "coordinates": [10.0, 53.7]}}]',
        ),
        "geometrie-repariert",
        4,
        11,
        "berichtigen",
        "warning",
        SPACE,
    ),
    "an area of no numbers": Damage(SHAPES, shape(RING.replace("10.01", "NaN")), "geometrie-fehlt", 3, 1, "ergänzen"),
    "an area without end": Damage(SHAPES, shape(RING.replace("10.01", "1e400")), "geometrie-fehlt", 3, 1, "ergänzen"),
    "a number of 400 digits": Damage(SHAPES, shape(RING.replace("10.01", "9" * 400)), "geometrie-unlesbar", 3, 1, "Geoinformationssystem"),
    "projected coordinates without a system": Damage(SHAPES, shape(UTM), "geometrie-projiziert", 3, 1, "crs"),
    "unknown system": Damage(SHAPES, shape(UTM, crs='{"type": "name", "properties": {"name": "EPSG:99999"}}'), "koordinatensystem-unbekannt", 1, 1, "EPSG:4326"),
    "shapes are cut off": Damage(SHAPES, text('{"type": "FeatureCollection",\n "features": ['), "kein-geojson", 2, 15, "FeatureCollection"),
    "shapes are missing": Damage(SHAPES, remove, "datei-unlesbar", 1, 1, "Namen"),
    "unknown shape": Damage(SPACE, swap("#west", "#wset"), "geometrie-unbekannt", 4, 11, "west"),
    "overlap": Damage(
        SHAPES,
        shape("[[[10.0, 53.7], [10.015, 53.7], [10.015, 53.71], [10.0, 53.71], [10.0, 53.7]]]"),
        "gebiete-ueberschneiden",
        4,
        11,
        "fuzzy",
        "warning",
        "resources/spaces/ost.yml",
    ),
    "point outside the stated area": Damage(PLACE, add("spaces: [ost]\n"), "punkt-ausserhalb", 4, 8, "Gebiets", "warning"),
    "point far away": Damage(PLACE, swap("10.005 53.705", "13.405 52.52"), "punkt-fern", 4, 8, "Länge und Breite", "warning"),
    # --- streets
    "register without a column": Damage(STREETS, register("Flussweg,west", head="street,gebiet"), "spalte-fehlt", 1, 1, "gebiet"),
    "street without a name": Damage(STREETS, register(",west,1,3,all"), "strasse-ohne-namen", 2, 1, "ergänzen"),
    "no house number": Damage(STREETS, register("Flussweg,west,1-3,5,all"), "keine-hausnummer", 2, 1, "12a"),
    "row of the register that is too short": Damage(STREETS, register("Flussweg"), "zeile-zu-kurz", 2, 1, "ergänzen"),
    "row of the register that is too long": Damage(STREETS, register("Flussweg,west,1,3,all,x"), "zeile-zu-lang", 2, 1, "Anführungszeichen"),
    # --- meaning
    "zeiten: in verkehrter Reihenfolge": Damage(OFFER, swap("Mo 09:00-10:30; PH off", "PH off; Mo 09:00-10:30"), "zeiten-unlesbar", 8, 8, "Mo 09:00-10:30; PH off", "warning"),
    "placeholder": Damage(OFFER, add("description: Text folgt.\n"), "platzhalter", 11, 14, "weglassen", "warning"),
}  # fmt: skip


def check(root: Path, *more: str) -> tuple[Result, list[dict[str, object]]]:
    """Run the check as an editor would and return its findings."""
    result = CliRunner().invoke(main, ["check", "-p", str(root), "--today", TODAY, "-f", "json", *more])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result, json.loads(result.stdout)


def write_old_site(root: Path) -> Path:
    """Write what an earlier build left."""
    site = root / "site" / "index.html"
    site.parent.mkdir()
    site.write_text("die alte Seite", "utf-8")
    return site


def is_old(site: Path) -> bool:
    return site.read_text("utf-8") == "die alte Seite" and list(site.parent.iterdir()) == [site]


def test_the_town_itself_is_sound(tmp_path: Path) -> None:
    result, found = check(write_town(tmp_path))
    assert (result.exit_code, found) == (0, [])


@pytest.mark.parametrize("name", every(DAMAGES, [*DAMAGES][::3]))
def test_damage_is_named_at_its_place(tmp_path: Path, name: str) -> None:
    damage = DAMAGES[name]
    write_town(tmp_path)
    site = write_old_site(tmp_path)
    damage.change(tmp_path / damage.file)
    result, found = check(tmp_path)
    named = [item for item in found if item["code"] == damage.code and item["file"] == damage.reported]
    assert named, found
    first = named[0]
    assert (first["line"], first["column"], first["severity"]) == (
        damage.line,
        damage.column,
        damage.severity,
    ), first
    assert damage.help in str(first["help"])
    assert str(first["message"]).strip()
    errors = [item for item in found if item["severity"] == "error"]
    assert result.exit_code == (1 if errors else 0)
    if damage.severity == "error":
        others = {item["code"] for item in errors} - {damage.code}
        assert not others, f"a cascade: {others}"
    assert is_old(site)


def test_what_is_damaged_is_not_built(tmp_path: Path) -> None:
    write_town(tmp_path)
    site = write_old_site(tmp_path)
    DAMAGES["alias"].change(tmp_path / OFFER)
    built = CliRunner().invoke(main, ["build", "-p", str(tmp_path), "--today", TODAY])
    assert isinstance(built.exception, SystemExit), built.exception
    assert built.exit_code == 1
    assert "Traceback" not in built.output
    assert is_old(site)


def test_projected_coordinates_with_their_system_are_converted(tmp_path: Path) -> None:
    write_town(tmp_path)
    system = '{"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}'
    content = json.loads(FILES[SHAPES])
    from pyproj import Transformer

    to_utm = Transformer.from_crs("OGC:CRS84", "EPSG:25832", always_xy=True)
    for feature in content["features"]:
        feature["geometry"]["coordinates"] = [
            [list(to_utm.transform(*point)) for point in ring] for ring in feature["geometry"]["coordinates"]
        ]
    (tmp_path / SHAPES).write_text(json.dumps({**content, "crs": json.loads(system)}), "utf-8")
    result, found = check(tmp_path)
    assert (result.exit_code, found) == (0, [])


def test_all_damages_of_all_files_are_reported_in_one_run_and_sorted(tmp_path: Path) -> None:
    write_town(tmp_path)
    for name in ("ja instead of yes", "no telephone number", "unknown level", "postcode without its zero"):
        DAMAGES[name].change(tmp_path / DAMAGES[name].file)
    result, found = check(tmp_path)
    assert result.exit_code == 1
    assert {item["code"] for item in found} >= {
        "kein-ja-nein", "keine-telefonnummer", "unbekannte-ebene", "keine-postleitzahl",
    }  # fmt: skip
    assert found == sorted(
        found, key=lambda item: (str(item["file"]), int(str(item["line"])), int(str(item["column"])))
    )


def test_strict_counts_warnings(tmp_path: Path) -> None:
    write_town(tmp_path)
    DAMAGES["placeholder"].change(tmp_path / OFFER)
    assert check(tmp_path)[0].exit_code == 0
    assert check(tmp_path, "--strict")[0].exit_code == 1


def test_overlay_that_is_missing_is_named(tmp_path: Path) -> None:
    write_town(tmp_path)
    result, found = check(tmp_path, "--internal")
    assert result.exit_code == 1
    assert [(item["code"], item["file"]) for item in found] == [("ablage-fehlt", CONFIG)]
    assert "overlay" in str(found[0]["message"])


def test_project_without_resources(tmp_path: Path) -> None:
    (tmp_path / CONFIG).write_text(FILES[CONFIG], "utf-8")
    result, found = check(tmp_path)
    assert result.exit_code == 1
    assert [(item["code"], item["file"], item["line"]) for item in found] == [
        ("ordner-fehlt", "resources", 1)
    ]


def test_wrong_use_is_exit_code_two(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["check", "-p", str(tmp_path / "gibt-es-nicht")]).exit_code == 2
    assert CliRunner().invoke(main, ["check", "--format", "xml"]).exit_code == 2
    assert CliRunner().invoke(main, ["help", "gibt-es-nicht"]).exit_code == 2
