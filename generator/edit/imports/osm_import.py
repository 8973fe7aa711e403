"""The run of `nahraum import osm`: an extract in; areas, streets and proposals of everyday places out; what is renewed, kept as edited, withdrawn or not proposed again, which places people have already, when several features are one.

What it writes it remembers (`proposals/osm/last-import.json`): the next extract renews what nobody touched, keeps what people edited, and says
what is gone. What somebody turned down by deleting the proposal is not proposed again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from generator.diagnostics import Diagnostic, has_errors, ordered
from generator.diagnostics.diagnostic import Progress, silent
from generator.edit.imports.area_import import geometry_text
from generator.edit.imports.incoming import Arrival, ImportTarget, open_project
from generator.edit.imports.osm_extract import OsmExtract, OsmFeature, read_extract
from generator.edit.imports.osm_geography import (
    REGISTER,
    AreaIds,
    OsmArea,
    Whereabouts,
    areas_of,
    ground_layers,
    street_rows,
)
from generator.edit.imports.osm_places import (
    FOLDER,
    LIST,
    MEMORY,
    PLACES,
    OsmPlace,
    kind_of,
    list_text,
    place_of,
    read_list,
    refusal,
)
from generator.edit.imports.street_import import register_text
from generator.edit.records.last_import import LastImport, Values, read_last_import
from generator.edit.records.new_town import town_of
from generator.edit.records.record_text import open_record
from generator.edit.records.yaml_writer import write_record
from generator.files.door import Door
from generator.files.writing import write_files
from generator.model.config import OSM, OSM_CREDIT
from generator.model.dear_numbers_and_hosts import dialled
from generator.model.geometry import metres
from generator.model.names_and_ids import slug, slug_from
from generator.model.scalars import Point
from generator.model.site import Site
from generator.read.settings import FILE

_APART = f"resources/{OSM}"
SAME = 200
"""Metres within which two things of one kind and name are one: a school is often drawn as house, grounds and sign."""
_A_STREET = re.compile(
    r"(?:stra(?:ß|ss)e|str\.|weg|platz|gasse|allee|ring|damm|ufer|markt|park|wall|graben|chaussee|steig|pfad|zeile|brücke)$"
)
"""What only a street is called: a lane called „Sommer“ makes no practice anonymous."""
_OF_OSM = re.compile(r"OpenStreetMap, ((?:node|way|relation)/\d+) ")
_RANK = {"relation": 0, "way": 1, "node": 2}
_TERMS = f"""\
Was in diesem Ordner liegt, stammt aus OpenStreetMap: {OSM_CREDIT}
https://www.openstreetmap.org/copyright, https://opendatacommons.org/licenses/odbl/1-0/

Wer es weitergibt, nennt diese Quelle und Lizenz. Was daran geändert oder ergänzt wird, steht unter derselben Lizenz und bleibt in diesem Ordner;
eigene Angaben der Stadt gehören in die anderen Ordner. Jeder Ort sagt unter `origin`, woher er ist.
"""


@dataclass(slots=True)
class OsmOutcome:
    """What an import of an extract did, or would do: how many areas and streets it has and files are written; how many places are left out, by
    reason (`refused`); a text for each record that is new, changed, kept as edited, gone from the extract, or known by hand."""

    found: tuple[Diagnostic, ...] = ()
    areas: int = 0
    streets: int = 0
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    files: int = 0


@dataclass(slots=True)
class _Run:
    """One import: the records and files that arrive, and what is to be said of them."""

    arrival: Arrival
    outcome: OsmOutcome = field(default_factory=OsmOutcome)

    @property
    def project(self) -> ImportTarget:
        return self.arrival.project

    @property
    def before(self) -> LastImport:
        return self.arrival.before


def import_osm(
    path: Path,
    root: Path,
    day: str,
    *,
    levels: Sequence[int] = (),
    dry: bool = False,
    progress: Progress = silent,
) -> OsmOutcome:
    """Take areas, streets and proposals from an extract; `dry` only tells. Raises OSError where writing fails.

    `day` is the date of what the extract doesn't date. `levels` are OpenStreetMap's admin levels (9, 10) for the settings' levels
    below the town's, in their order; they may be left out where the extract has just as many levels.
    """
    project, found = open_project(root, path)
    if project is None:
        return OsmOutcome(ordered(found))
    before, problems = read_last_import(project.door, root / MEMORY)
    if before is None:
        return OsmOutcome(ordered([*found, *problems]))
    before = before.without(project.protected)
    extract, problems = read_extract(project.door, path)
    if extract is None:
        return OsmOutcome(ordered([*found, *problems]))
    town = town_of(project.config)
    levels_there = project.config.geographies[0].levels
    ids = _ids_of_areas(project.site, before)
    areas, problems = areas_of(extract, town, levels_there, levels, ids, project.door.name(path))
    if problems:
        return OsmOutcome(ordered([*found, *problems]))
    run = _Run(Arrival(project, True, before, True, found=found))
    arrival = run.arrival
    where = Whereabouts(areas)
    _write_areas(run, areas)
    rows = street_rows(extract, where)
    arrival.whole_file(f"{_APART}/streets.csv", register_text(REGISTER, rows))
    run.outcome.areas, run.outcome.streets = len(areas), len({row["street"] for row in rows})
    for layer, text in ground_layers(extract.ground, areas[0].boundary.shape).items():
        arrival.whole_file(f"{_APART}/context/{layer}.geojson", text)
    _propose(run, extract, areas, where, day, progress)
    _credit(run)
    files = arrival.files | {f"{FOLDER}/LICENCE.txt": _TERMS, f"{_APART}/LICENCE.txt": _TERMS}
    files[MEMORY] = arrival.now.written()
    outcome = run.outcome
    outcome.found = ordered(arrival.found)
    outcome.changed, outcome.kept = arrival.outcome.changed, arrival.outcome.kept
    changing = {name: text for name, text in files.items() if not _same(project.door, root / name, text)}
    outcome.files = len(changing)
    if not has_errors(outcome.found) and not dry and changing:
        write_files(root, changing, progress)
    return outcome


def _same(door: Door, path: Path, text: str | None) -> bool:
    if not door.holds(path):
        return text is None
    data, _ = door.read(path)
    return text is not None and data == text.encode()


def _write_areas(run: _Run, areas: Sequence[OsmArea]) -> None:
    by_level: dict[str, list[OsmArea]] = {}
    for area in areas:
        by_level.setdefault(area.level, []).append(area)
        values = {
            "name": area.boundary.name,
            "level": area.level,
            "parent": area.parent,
            "code": area.boundary.code,
            "geometry": f"{OSM}/geometry/{area.level}.geojson#{area.id}",
        }
        _take(
            run, area.boundary.key, f"spaces/{area.id}", {key: text for key, text in values.items() if text}
        )
    for level, row in by_level.items():
        shapes = ((area.id, area.boundary.name, area.boundary.shape) for area in row)
        run.arrival.whole_file(f"{_APART}/geometry/{level}.geojson", geometry_text(level, shapes, OSM_CREDIT))


def _take(run: _Run, key: str, own: str, values: Values) -> None:
    """Write a record anew or renew it; `own` is its folder and its id. A place that was turned down isn't written again, an area is."""
    arrival = run.arrival
    name = _file_of(run, own)
    if arrival.holds(name):
        arrival.remember(key, own.partition("/")[2], values)
        arrival.renew(key, own, name, values)
        return
    if own.startswith("spaces/"):
        arrival.remember(key, own.partition("/")[2], values)
        arrival.write(name, write_record(values), "spaces")
    else:
        arrival.add(key, own, name, values)
    if name in arrival.files:
        run.outcome.new.append(f"{own.partition('/')[2]} ({values['name']})")


def _file_of(run: _Run, own: str) -> str:
    """Return the file of a record, wherever people have put it; a place that is nowhere yet is a proposal."""
    folder, _, record_id = own.partition("/")
    if folder == "spaces":
        return f"resources/{own}.yml"
    for name in (f"{_APART}/{own}.yml", f"resources/{own}.yml"):
        if run.arrival.holds(name):
            return name
    return f"{PLACES}/{record_id}.yml"


def _propose(
    run: _Run, extract: OsmExtract, areas: Sequence[OsmArea], where: Whereabouts, day: str, progress: Progress
) -> None:
    rows, problems = read_list(run.project.door)
    run.arrival.found += problems
    marks = {row["id"]: row["take"] for _, row in rows}
    table: list[dict[str, str]] = []
    features = _without_twins(_chosen(run, extract, areas, where))
    named = _named(run.project)
    used = {*named.values(), *(item["id"] for item in run.before.records.values())}
    for number, (feature, kind) in enumerate(features):
        progress("zuordnen", number, len(features))
        place, problems = place_of(feature, kind, day)
        if place is None:
            run.outcome.refused["nicht zu lesen"] += 1
            continue
        space = where.area(feature.point)
        record_id = _own_id(run, place, space, named, used)
        if not record_id:
            continue
        used.add(record_id)
        _take(run, feature.key, f"places/{record_id}", place.values)
        name = f"{PLACES}/{record_id}.yml"
        if name in run.arrival.files or run.arrival.holds(name):
            table.append(_list_row(place, record_id, space, marks.get(record_id, "")))
    for key, item in run.before.records.items():
        if key not in run.arrival.now.records:
            _tell_gone(run, key, f"{'spaces' if item['values'].get('level') else 'places'}/{item['id']}")
    table.sort(key=lambda row: (row["kind"], row["name"], row["id"]))
    run.arrival.write(LIST, list_text(table), "list")


def _chosen(
    run: _Run, extract: OsmExtract, areas: Sequence[OsmArea], where: Whereabouts
) -> list[tuple[OsmFeature, str]]:
    """Return what lies in the town and may be proposed, with its kind; count what is refused by the reason."""
    streets = {way.name.lower() for way in extract.ways if _A_STREET.search(way.name.lower())}
    around = frozenset(area.boundary.name.lower() for area in areas) | streets
    chosen = []
    for feature in extract.features:
        kind = kind_of(feature.tags)
        if kind is None or not where.inside(feature.point):
            continue
        why = refusal(feature.tags, kind, around)
        if why is None:
            chosen.append((feature, kind))
        else:
            run.outcome.refused[why] += 1
    return chosen


def _named(project: ImportTarget) -> dict[str, str]:
    """Return the places that say where they are from, though people gave them another id: the id by the feature's key."""
    named = {}
    for key, place in project.site.places.items():
        if place.origin is not None and (match := _OF_OSM.match(place.origin.name)):
            named[match[1]] = key
    return named


def _own_id(run: _Run, place: OsmPlace, space: str, named: Mapping[str, str], used: set[str]) -> str:
    """Return the id of the record of a place; empty where people have it themselves, which is noted."""
    key, name = place.feature.key, str(place.values["name"])
    if ("places", named.get(key) or slug_from(name)) in run.project.protected:
        # People took it over, and know by now that it is protected.
        run.outcome.refused["geschützt"] += 1
        return ""
    if key in named:
        return named[key]
    if key in run.before.records:
        return str(run.before.records[key]["id"])
    own = _by_hand(run, place)
    if own is not None:
        run.outcome.known.append(f"{own} ({name})")
        return ""
    return _free_id(run, name, space, key, used)


def _without_twins(chosen: Sequence[tuple[OsmFeature, str]]) -> list[tuple[OsmFeature, str]]:
    """Keep one of what is there several times: the grounds before the house before the sign."""
    kept: dict[tuple[str, str], list[tuple[OsmFeature, str]]] = {}
    order = sorted(chosen, key=lambda item: _rank(item[0].key))
    for feature, kind in order:
        twins = kept.setdefault((kind, slug(feature.tags["name"])), [])
        if all(metres(Point(*feature.point), Point(*other.point)) > SAME for other, _ in twins):
            twins.append((feature, kind))
    return list(chain.from_iterable(kept.values()))


def _rank(key: str) -> tuple[int, int]:
    """Return what a feature's key is sorted by: grounds, houses, signs, each by number."""
    kind, number = key.split("/")[:2]
    return _RANK[kind], int(number)


def _ids_of_areas(site: Site, before: LastImport) -> AreaIds:
    """Return what gives areas their ids: those that the project has, and those of the last import."""
    names = {key: space.name for key, space in site.spaces.items()}
    remembered = {key: item["id"] for key, item in before.records.items() if item["values"].get("level")}
    return AreaIds(names, remembered)


def _by_hand(run: _Run, place: OsmPlace) -> str | None:
    """Return the place that people wrote themselves and that this seems to be: by name, or by telephone."""
    ours = {item["id"] for item in run.before.records.values()}
    name, point = slug(str(place.values["name"])), Point(*place.feature.point)
    for key, own in run.project.site.places.items():
        if key in ours:
            continue
        near = own.point is None or metres(own.point, point) < 2 * SAME
        if near and slug(own.name) == name:
            return key
        numbers = own.contact.numbers.values() if own.contact is not None else ()
        if place.phone and place.phone in map(dialled, numbers):
            return key
    return None


def _free_id(run: _Run, name: str, space: str, key: str, used: set[str]) -> str:
    taken = {*used, *run.project.known["places"]}
    for candidate in (slug_from(name), slug_from(f"{name} {space}")):
        if candidate not in taken:
            return candidate
    return slug_from(f"{name} {key.split('/')[1]}")


def _list_row(place: OsmPlace, record_id: str, space: str, take: str) -> dict[str, str]:
    address = place.values.get("address")
    written = ""
    if isinstance(address, dict):
        written = " ".join(str(text) for text in address.values())
    return {
        "take": take,
        "id": record_id,
        "kind": place.kind,
        "name": str(place.values["name"]),
        "space": space,
        "address": written,
        "left_out": ", ".join(place.lost),
        "source": f"https://www.openstreetmap.org/{place.feature.key}",
    }


def _tell_gone(run: _Run, key: str, own: str) -> None:
    """Say that a record is no longer in the source; a proposal that nobody took is withdrawn."""
    name = _file_of(run, own)
    if not run.arrival.holds(name):
        return
    if name.startswith(PLACES):
        run.arrival.files[name] = None
        run.outcome.gone.append(f"{own.partition('/')[2]} (nur vorgeschlagen, zurückgenommen)")
    else:
        # Remembered as long as the record stands, so that it is told again.
        run.arrival.now.records[key] = run.before.records[key]
        run.outcome.gone.append(name)


def _credit(run: _Run) -> None:
    """Let every page name the source, as its licence asks."""
    record, problems = open_record(run.project.door, run.project.root / FILE)
    run.arrival.found += problems
    if record is None or OSM_CREDIT in run.project.config.credits:
        return
    record.add(("credits",), OSM_CREDIT)
    run.arrival.found += record.found
    run.arrival.write(FILE, record.text, "settings")
