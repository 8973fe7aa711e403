"""A feature of OpenStreetMap in, the place that a town may take from it, or why it takes none (private addresses, names of persons, homes, refuges, what is closed), out; and proposals in, the town's records out. Nothing in `proposals/osm/` is read by a build.

Only what is there for everybody and everyday. Nobody's private address: a practice that bears a person's name is left out, and so are
people who look after children at home. Nothing that is protected, whatever it is called: whose address must not be known says so itself.

`proposals/osm/` is no part of the site: nothing there is read by a build. What is taken over keeps its source and licence in `origin`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from generator.diagnostics import Diagnostic, Position, has_errors, meant_or
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.osm_extract import OsmFeature
from generator.edit.imports.refused_rows import leave_out
from generator.edit.records.yaml_writer import Value, write_record
from generator.edit.tables.cell_text import phone, web
from generator.edit.tables.table_rows import csv_text
from generator.files.door import Door
from generator.files.writing import write_files
from generator.model.config import OSM, OSM_CREDIT
from generator.model.dear_numbers_and_hosts import dialled
from generator.model.names_and_ids import GIVEN
from generator.model.places_and_providers import Place
from generator.read.csv_tables import Cells, read_rows
from generator.read.hidden_places import refuge_in
from generator.read.nodes import MapNode, parse, plain
from generator.read.records import validate

Tags = Mapping[str, str]
_YOUNG = ("juvenile", "youth", "child", "teenager")
KINDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("spielplatz", "leisure", ("playground",)),
    ("bibliothek", "amenity", ("library",)),
    ("musikschule", "amenity", ("music_school",)),
    ("schule", "amenity", ("school",)),
    ("kita", "amenity", ("kindergarten", "childcare", "preschool")),
    ("jugendzentrum", "amenity", ("youth_centre",)),
    ("jugendzentrum", "community_centre", ("youth_centre",)),
    ("jugendzentrum", "community_centre:for", _YOUNG),
    ("jugendzentrum", "club", ("youth", "scout", "scouts")),
    ("familienzentrum", "community_centre", ("family_centre",)),
    ("kirche", "community_centre", ("parish_hall",)),
    ("nachbarschaftshaus", "amenity", ("community_centre", "social_centre")),
    ("beratungsstelle", "healthcare", ("counselling",)),
    ("beratungsstelle", "office", ("counselling",)),
    ("ausgabestelle", "social_facility", ("food_bank", "soup_kitchen", "clothing_bank")),
    ("schwimmbad", "leisure", ("swimming_pool", "water_park")),
    ("schwimmbad", "amenity", ("public_bath",)),
    ("sportstaette", "leisure", ("sports_centre", "sports_hall", "stadium", "pitch", "track")),
    ("park", "leisure", ("park",)),
    ("garten", "landuse", ("allotments",)),
    ("amt", "amenity", ("townhall",)),
    ("feuerwehr", "amenity", ("fire_station",)),
    ("praxis", "amenity", ("doctors", "clinic", "hospital", "dentist")),
    ("apotheke", "amenity", ("pharmacy",)),
)
"""Kind of place, key and values: the first row that fits says what a feature is. Churches aren't here: not each has a hall."""
_HOME = re.compile(
    r"Wohngruppe|Wohnheim|Unterkunft|Asyl|Flüchtling|Obdach|Notschlaf|Notdienst|Notaufnahme|Erstaufnahme|Inobhutnahme|Gewaltschutz|Clearinghaus"
    r"|Kinderheim|Mutter-?Kind-?(?:Haus|Heim|Einrichtung|Gruppe)|Wohngemeinschaft|\bWG\b|Wohnstätte|Wohnverbund|Pflegefamilie|Bereitschaftspflege", re.IGNORECASE
)  # fmt: skip
"""Homes of people who can't choose who learns where they live; what refuges are called says `vocabulary/refuges.yml`."""
_AT_HOME = re.compile(r"Tagesmutter|Tagesvater|Tagespflege|Tagesmama|Kindertagespflegeperson", re.IGNORECASE)
_TITLE = re.compile(
    r"\b(?:Drs?|Dres|Prof|Dipl|med|dent|Inh|Mag|lic|phil|Apotheker(?:in)?)\b\.?|\b(?:Frau|Herrn?|Familie)\b",
    re.IGNORECASE,
)
_OF_PRACTICES = frozenset(
    re.findall(
        r"\w+",
        """
        praxis arztpraxis aerztehaus ärztehaus hausarztpraxis hausärzte hausarzt zahnarztpraxis zahnarzt zahnärzte kinderarztpraxis kinderarzt kinderärzte
        frauenarztpraxis frauenärzte gemeinschaftspraxis gruppenpraxis medizinisches medizinische versorgungszentrum gesundheitszentrum mvz
        klinik klinikum krankenhaus spital landesspital kantonsspital hospital zentrum center centrum ambulanz ambulatorium poliklinik
        tagesklinik fachklinik kinderklinik notfallpraxis bereitschaftspraxis für kinder jugend jugendliche und jugendmedizin kinderheilkunde
        jugendpsychiatrie psychiatrie psychotherapie zahnmedizin allgemeinmedizin innere medizin frauenheilkunde gynäkologie am an der die das
        im in bei zum zur auf dem den des haus nord süd ost west mitte markt bahnhof rathaus stadt st sankt
        """,
    )
)
_TOLD = frozenset(
    ("name", "alt_name", "official_name", "short_name", "old_name", "operator", "description", "note")
)
_HOMES = ("shelter", "group_home", "assisted_living", "dormitory", "nursing_home")
_ACCESS = {"yes": "yes", "limited": "limited", "no": "no"}


@dataclass(frozen=True, slots=True)
class OsmPlace:
    """A place as it would be written, and which of its statements could not be read."""

    feature: OsmFeature
    kind: str
    values: dict[str, Value]
    lost: tuple[str, ...]

    @property
    def phone(self) -> str:
        """Its telephone number as it is dialled, empty where it has none."""
        contact = self.values.get("contact")
        return dialled(str(contact.get("phone") or "")) if isinstance(contact, Mapping) else ""


def kind_of(tags: Tags) -> str | None:
    """Return the kind of place that tags stand for; None where they stand for none that a town takes."""
    return next(
        (kind for kind, key, values in KINDS if set(tags.get(key, "").split(";")) & set(values)), None
    )


def is_protected(tags: Tags) -> bool:
    """Tell whether a feature is one whose address must not be known, or the home of people who can't choose who learns it."""
    said = " ".join(text for key, text in tags.items() if key.partition(":")[0] in _TOLD)
    # As it is read, whatever signs nobody sees or how its parts are set apart.
    said = "".join(sign for sign in unicodedata.normalize("NFKC", said) if unicodedata.category(sign) != "Cf")
    joined = re.sub(r"[\W_]+", "", said)
    for_whom = tags.get("social_facility:for", "")
    return bool(
        any(refuge_in(text) or _HOME.search(text) for text in (said, joined))
        or re.search("abuse|victim|refugee|homeless|displaced", for_whom)
        or tags.get("social_facility") in _HOMES
    )


_GONE = frozenset(("disused:amenity", "disused:leisure", "abandoned:amenity", "abandoned:leisure"))
"""Keys of what isn't used any more."""


def refusal(tags: Tags, kind: str, around: Collection[str]) -> str | None:
    """Say why a feature is not taken over, in German; None where it may be. `around` are names of streets and areas, in small letters."""
    name = tags.get("name", "")
    if is_protected(tags):
        return "geschützt"
    if tags.get("access") in ("private", "no") or not _GONE.isdisjoint(tags):
        return "nicht öffentlich"
    if _AT_HOME.search(name) or (kind in ("praxis", "apotheke") and _bears_person(name, kind, around)):
        return "nach einer Person benannt"
    return None


def _bears_person(name: str, kind: str, around: Collection[str]) -> bool:
    if _TITLE.search(name):
        return True
    # Many streets are called after people: only a whole name of a street or an area says where a practice is.
    left = _spelled(name)
    for place in _longest_first(frozenset(around)):
        left = left.replace(place, " ")
    words = left.split()
    if any(word in GIVEN for word in words) and not re.search(r"\b(?:St\.|Sankt)", name):
        return True
    # A surname can be any word: so of a practice every word must be known. Pharmacies are shops, called after lions and roses.
    return kind == "praxis" and any(word not in _OF_PRACTICES for word in words)


def _spelled(name: str) -> str:
    """Return the words of a name in small letters with a space on either side."""
    words = re.findall(r"[^\W\d_]+", name.lower())
    return f" {' '.join(words)} "


@lru_cache(maxsize=2)
def _longest_first(places: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted({_spelled(place) for place in places}, key=lambda place: (-len(place), place)))


def place_of(feature: OsmFeature, kind: str, day: str) -> tuple[OsmPlace | None, list[Diagnostic]]:
    """Return the place that a feature is; statements that can't be read are left out, and named.

    `day` is what its date says where the extract doesn't tell when it was last changed.
    """
    tags = feature.tags
    values: dict[str, Value] = {
        "name": tags["name"].strip(),
        "kind": kind,
        "address": _address(tags),
        "point": f"{feature.point[0]:.6f} {feature.point[1]:.6f}",
        "contact": {
            "phone": phone(_first(tags, "contact:phone", "phone")),
            "email": _first(tags, "contact:email", "email"),
            "website": web(_first(tags, "contact:website", "website", "url")),
        },
        "hours": tags.get("opening_hours", ""),
        "accessibility": {
            "step_free": _ACCESS.get(tags.get("wheelchair", "")),
            "toilet": _ACCESS.get(tags.get("toilets:wheelchair", "")),
        },
        "origin": {
            "name": f"OpenStreetMap, {feature.key} ({OSM_CREDIT})",
            "date": feature.changed.isoformat() if feature.changed else day,
        },
    }
    node, found = parse(write_record(_said(values)), feature.key)
    if not isinstance(node, MapNode):
        return None, found
    _, problems = validate(Place, node, id="ort")
    sound, left = leave_out(Place, "ort", node, problems) if problems else (node, [])
    if any(item.severity == "error" for item in left):
        return None, left
    written = plain(sound)
    lost = tuple(name for name in _leaves(plain(node)) if name not in set(_leaves(written)))
    return OsmPlace(feature, kind, written, lost), []


def _leaves(values: Mapping[str, Value], before: str = "") -> Iterator[str]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{before}{key}.")
        else:
            yield f"{before}{key}"


def _said(values: Mapping[str, Value]) -> dict[str, Value]:
    """Leave out what says nothing, in groups as well."""
    done: dict[str, Value] = {}
    for key, value in values.items():
        kept = _said(value) if isinstance(value, Mapping) else value
        if kept not in (None, "", {}):
            done[key] = kept
    return done


def _first(tags: Tags, *keys: str) -> str:
    return next((tags[key].split(";")[0].strip() for key in keys if tags.get(key, "").strip()), "")


def _address(tags: Tags) -> Value:
    """Return the address where all of it is there; half a one would be no address."""
    parts = {
        "street": tags.get("addr:street", ""),
        "number": tags.get("addr:housenumber", ""),
        "postcode": tags.get("addr:postcode", ""),
        "town": tags.get("addr:city", ""),
    }
    if parts["street"] and parts["town"] and re.fullmatch("[0-9]{5}", parts["postcode"]):
        return parts
    return None


FOLDER = "proposals/osm"
PLACES, LIST, MEMORY = f"{FOLDER}/places", f"{FOLDER}/list.csv", f"{FOLDER}/last-import.json"
COLUMNS = ("take", "id", "kind", "name", "space", "address", "left_out", "source")
YES = frozenset(("x", "ja", "yes", "j", "1"))


@dataclass(slots=True)
class TakenOver:
    """What became of proposals: the ids taken over, and what stood in the way."""

    ids: list[str] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)


def read_list(door: Door) -> tuple[list[tuple[int, Cells]], list[Diagnostic]]:
    """Read the list of proposals, its rows by line; nothing where there is none."""
    path = door.project / LIST
    if not door.holds(path):
        return [], []
    _, rows, found = read_rows(door, path, ("take", "id"))
    return rows, found


def list_text(rows: Collection[Mapping[str, str]]) -> str:
    """Write the list as German spreadsheets open it."""
    return "\ufeff" + csv_text(COLUMNS, map(_cells, rows), ";")


def _cells(row: Mapping[str, str]) -> list[str]:
    return [row.get(column, "") for column in COLUMNS]


def _place_file(key: str) -> str:
    """Return where a proposal goes that is taken, from the project's folder."""
    return f"resources/{OSM}/places/{key}.yml"


def _proposed(
    door: Door, root: Path, key: str, there: Mapping[str, Path], line: int
) -> tuple[str | None, list[Diagnostic]]:
    """Read a proposal; None where there is none, or a place of its id is there already. `line` of the list names it."""
    if key not in there:
        better = meant_or(key, there, f"was es gibt, steht in {LIST}")
        return None, [diagnostic("vorschlag-fehlt", Position(LIST, line), name=key, better=better)]
    name = _place_file(key)
    if door.holds(root / name) or door.holds(root / f"resources/places/{key}.yml"):
        better = "den Vorschlag löschen oder seine Datei umbenennen"
        return None, [diagnostic("eintrag-vorhanden", Position(name), name=f"places/{key}", help=better)]
    return door.text(there[key])


def take_proposals(root: Path, *, everything: bool = False) -> TakenOver:
    """Make records of the proposals that are marked in the list, or of all; all of them or none.

    Raises OSError where writing fails.
    """
    door, taken = Door(root), TakenOver()
    paths, found = door.files(root / PLACES, ".yml")
    there = {path.stem: path for path in paths}
    rows, problems = read_list(door)
    taken.found += [*found, *problems]
    marked = {row["id"]: line for line, row in rows if row["take"].casefold() in YES}
    if everything:
        marked = dict.fromkeys(there, 1)
    files: dict[str, str | None] = {}
    for key, line in marked.items():
        text, problems = _proposed(door, root, key, there, line)
        taken.found += problems
        files |= {_place_file(key): text, f"{PLACES}/{key}.yml": None}
    if files and not has_errors(taken.found):
        taken.ids = list(marked)
        files[LIST] = list_text([row for _, row in rows if row["id"] not in marked])
        write_files(root, files)
    return taken
