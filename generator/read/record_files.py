"""Folders of records in; the records with their nodes, and what is wrong with their files and folders, out."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, islice
from pathlib import Path

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import diagnostic
from generator.diagnostics.diagnostic import Progress
from generator.files.door import Door, Listing, shown
from generator.files.result_cache import ResultCache, Same
from generator.model.config import OSM, SiteConfig
from generator.model.groups import Group, Kind
from generator.model.kinds import KIND_BY_FOLDER, KINDS, find_kind
from generator.model.names_and_ids import is_slug, slug_from
from generator.model.vocabulary import VOCABULARIES
from generator.read.link import Referring, referring
from generator.read.nodes import MapNode, Node, parse
from generator.read.records import RecordSource, blank_fields, build, no_group, odd_texts
from generator.read.unknown_fields import Fault

_NEARLY_YML = re.compile(r"(?:\.ya?ml)?\.(?:ya?ml|txt|yml\.txt)$", re.IGNORECASE)
OTHER_FOLDERS = frozenset({"geometry", "context", "indicators", "editions", OSM})
"""Folders of resources/ that hold no single records and are read elsewhere."""
_WORDS = frozenset(f"{name}.yml" for name in VOCABULARIES)
"""The files that lie directly in resources/ and are read: vocabularies."""
RecordKey = tuple[str, str]
"""The folder of a record's kind and the record's id."""


@dataclass(frozen=True, slots=True, eq=False)
class RecordsRead:
    """What some files of records gave: by folder and id their nodes, and the records, or what is wrong with them."""

    nodes: Mapping[tuple[str, str], tuple[str, MapNode]]
    sources: Mapping[tuple[str, str], RecordSource]
    by_id: Mapping[str, RecordSource]
    """The same sources, all of one kind."""
    faults: Mapping[tuple[str, str], tuple[Fault, ...]]
    found: tuple[Diagnostic, ...]
    references: frozenset[Referring]
    """Everything that they refer to."""

    @property
    def sound(self) -> bool:
        """Whether each of them is a record."""
        return len(self.sources) == len(self.nodes)


@dataclass(frozen=True, slots=True, eq=False)
class RecordFolder:
    """The files in a folder that are records by their names, by id; the ids that are taken; what is wrong with other entries."""

    files: Mapping[str, Path]
    taken: frozenset[str]
    found: tuple[Diagnostic, ...]


def _by_id(*folders: RecordFolder) -> dict[str, tuple[Path, ...]]:
    """Return the files of each record in the order of the ids; an overlay's comes after the one that it is laid over."""
    found: dict[str, tuple[Path, ...]] = {}
    for folder in folders:
        for key, path in folder.files.items():
            found[key] = (*found.get(key, ()), path)
    return dict(sorted(found.items()))


def _read(
    door: Door,
    kind: Kind,
    files: Iterable[tuple[str, tuple[Path, ...], object]],
    apart: Path,
    tell: Callable[[], None],
) -> RecordsRead:
    nodes: dict[RecordKey, tuple[str, MapNode]] = {}
    sources: dict[RecordKey, RecordSource] = {}
    faults: dict[RecordKey, tuple[Fault, ...]] = {}
    found: list[Diagnostic] = []
    for key, paths, _ in files:
        written: list[tuple[str, str, bool]] = []
        for path in paths:
            tell()
            text, problems = door.text(path)
            found += problems
            if text is not None:
                # A record's first file may lie anywhere.
                written.append((door.name(path), text, bool(written) and apart in path.parents))
        made = partial(_built, kind, key, tuple(written))
        one, problems = door.cache.latest(("record", kind.folder, key), written, made)
        found += problems
        if one is None:
            continue
        name, node, source, wrong = one
        nodes[kind.folder, key] = name, node
        if source is not None:
            sources[kind.folder, key] = source
        else:
            faults[kind.folder, key] = wrong
    references = said_by(kind.model, [node for _, node in nodes.values()])
    by_id = {source.id: source for source in sources.values()}
    return RecordsRead(nodes, sources, by_id, faults, tuple(found), references)


def said_by(model: type[Group], nodes: Iterable[Node]) -> frozenset[Referring]:
    """Return what some records refer to."""
    return frozenset().union(*(referring(model, node) for node in nodes))


def _built(
    kind: Kind, key: str, written: Iterable[tuple[str, str, bool]]
) -> tuple[tuple[str, MapNode, RecordSource | None, tuple[Fault, ...]] | None, list[Diagnostic]]:
    """Return name, node and record of what stands in a record's files (name, text, whether it lies apart), and what is wrong with it."""
    found: list[Diagnostic] = []
    first: tuple[str, MapNode, str] | None = None
    for name, text, apart in written:
        node, problems = parse(text, name)
        found += problems
        if node is None:
            continue
        if not isinstance(node, MapNode):
            found.append(no_group(node))
        elif first is None:
            first = name, node, text
        elif apart:
            found.append(diagnostic("doppeltes-kuerzel", Position(name), value=key, other=first[0]))
        else:
            first = first[0], _overlaid(first[1], node), first[2]
    if first is None:
        return None, found
    name, whole, text = first
    record, wrong = build(kind.model, whole, id=key)
    source = None if record is None else RecordSource(kind.folder, key, name, whole, record, text)
    # Beside faults an empty field may be one of them, and is told there.
    found += [*odd_texts(whole), *([] if wrong else blank_fields(whole))]
    return (name, whole, source, wrong), found


def unknown_folder(name: str, place: Position) -> Diagnostic:
    """Say that a folder is no kind of records, and which one is meant where its name is nearly one."""
    return diagnostic("unbekannter-ordner", place, name=name, better=_meant_folder(name))


def _meant_folder(name: str) -> str:
    """Return what helps with a folder of this name: its kind in English or German, the one that it resembles, else all kinds."""
    kind = find_kind(name)
    near = kind.folder if kind else close_to(name, list(KIND_BY_FOLDER))
    if not near:
        return "bekannt sind: " + ", ".join(KIND_BY_FOLDER)
    return f"gemeint ist „{near}“: den Ordner umbenennen"


def _stray_folder(door: Door, folder: Path) -> Diagnostic:
    """Report a folder that is no kind of records; where files of records lie in it, somebody misses them."""
    place = Position(door.name(folder))
    entries, _ = door.entries(folder)
    if not any(map(is_yaml, entries)):
        return unknown_folder(folder.name, place)
    return diagnostic("ordner-ungelesen", place, name=folder.name, better=_meant_folder(folder.name))


def is_yaml(path: Path) -> bool:
    """Tell whether a name is that of a file of YAML; hidden files are nobody's records."""
    return path.suffix in (".yml", ".yaml") and not path.name.startswith(".")


def unread_file(path: Path, place: Position) -> Diagnostic:
    """Say that a file of YAML lies where nothing reads it, and where it belongs."""
    near = close_to(path.stem, list(VOCABULARIES))
    better = f"gemeint ist „{near}.yml“: die Datei umbenennen"
    if not near:
        better = "ein Eintrag gehört in den Ordner seiner Art, zum Beispiel ein Angebot nach resources/offers"
    return diagnostic("yaml-ungelesen", place, name=path.name, better=better)


def _entries(listing: Listing, name: str) -> RecordFolder:
    """Tell the files of a folder of this name that are records from everything else."""
    files: dict[str, Path] = {}
    found: list[Diagnostic] = []
    folders = frozenset(listing.folders)
    for path in listing.paths:
        position = Position(f"{name}/{shown(path.name)}")
        if path.name.startswith("."):
            continue
        if path in folders:
            found.append(diagnostic("ordner-statt-datei", position, name=path.name))
        elif path.suffix != ".yml":
            better = "die Datei anderswo ablegen"
            if match := _NEARLY_YML.search(path.name):
                better = _renamed(f"{path.name[: match.start()]}.yml", listing)
            found.append(diagnostic("fremde-datei", position, name=path.name, better=better))
        elif not is_slug(path.stem) or "_" in path.stem:
            better = slug_from(path.stem)
            found.append(diagnostic("dateiname", position, name=path.stem, better=better))
        else:
            files[path.stem] = path
    taken = frozenset(path.stem for path in listing.paths if path.suffix == ".yml")
    return RecordFolder(files, taken, tuple(found))


def _renamed(name: str, listing: Listing) -> str:
    """Return what helps with a file that would be a record under another name: that name, unless another file has it."""
    if any(path.name == name for path in listing.paths):
        return f"{name} gibt es schon: prüfen, welche von beiden gilt, und die andere löschen"
    return f"die Datei umbenennen in {name}; Windows zeigt das Ende erst mit „Dateinamenerweiterungen“ im Menü Ansicht"


def _overlaid(base: MapNode, over: MapNode) -> MapNode:
    """Lay single fields over a record; a list or group is replaced as a whole."""
    replaced = {key.text for key, _ in over.entries}
    return MapNode(
        (*((key, value) for key, value in base.entries if key.text not in replaced), *over.entries),
        base.position,
    )


@dataclass(frozen=True, eq=False)
class AllRecords:
    """The records of a project in parts, some of a kind together, each part with its folder; the ids that are taken."""

    parts: tuple[tuple[str, RecordsRead], ...]
    taken: Mapping[str, frozenset[str]]

    @cached_property
    def nodes(self) -> dict[RecordKey, tuple[str, MapNode]]:
        """The file and the node of each record that could be parsed."""
        found: dict[RecordKey, tuple[str, MapNode]] = {}
        for _, part in self.parts:
            found |= part.nodes
        return found

    @cached_property
    def sources(self) -> dict[RecordKey, RecordSource]:
        """The records that are sound."""
        found: dict[RecordKey, RecordSource] = {}
        for _, part in self.parts:
            found |= part.sources
        return found

    @cached_property
    def faults(self) -> dict[RecordKey, tuple[Fault, ...]]:
        """What is wrong with the others."""
        found: dict[RecordKey, tuple[Fault, ...]] = {}
        for _, part in self.parts:
            found |= part.faults
        return found

    @cached_property
    def by_id(self) -> dict[str, dict[str, RecordSource]]:
        """By folder the sound records by their ids."""
        found: dict[str, dict[str, RecordSource]] = {folder: {} for folder in self.taken}
        for folder, part in self.parts:
            found[folder] |= part.by_id
        return found


def had_kinds(config: SiteConfig | None) -> list[str]:
    """Return the folders of the kinds that a town has: all but those of subjects that its settings leave out."""
    if config is None:
        return list(KIND_BY_FOLDER)
    return [kind.folder for kind in KINDS if kind.subject in ("", *config.subjects)]


def read_records(
    door: Door, folders: list[Path], had: Collection[str], progress: Progress, cache: ResultCache
) -> tuple[AllRecords, list[Diagnostic]]:
    """Read the files of records in some folders, and say what is wrong with them; a later folder's are laid over an earlier one's.

    Only kinds that a town has, by the names of their folders, are read.
    """
    lying, found = _folders_of_records(door, folders)
    lying = {folder: there for folder, there in lying.items() if folder in had}
    taken: dict[str, frozenset[str]] = {folder: frozenset() for folder in had}
    total = 0
    for folder, there in lying.items():
        for one in there:
            total += len(one.files)
            # One set stays the same object, by which is told whether anything changed.
            taken[folder] = taken[folder] | one.taken if taken[folder] else one.taken
    count = _Count(progress, total)
    parts: list[tuple[str, RecordsRead]] = []
    for folder in sorted(lying):
        files: Mapping[str, tuple[Path, ...]] = cache.call(_by_id, *lying[folder])
        with_states = _with_states(door, files)
        for few in cache.groups(("files", folder), with_states):
            read = partial(_read, door, KIND_BY_FOLDER[folder], few.items, folders[0] / OSM, count.next)
            part = cache.of((_read, folder, few), read)
            parts.append((folder, part))
            found += part.found
    count.end()
    return AllRecords(tuple(parts), taken), found


class _Count:
    """Tells how many files are read."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def next(self) -> None:
        """Say that another file is being read."""
        self._progress("lesen", self._done, self._total)
        self._done += 1

    def end(self) -> None:
        """Say that all are read."""
        self._progress("lesen", self._total, self._total)


def _folders_of_records(
    door: Door, folders: Iterable[Path]
) -> tuple[dict[str, tuple[RecordFolder, ...]], list[Diagnostic]]:
    """Return for each kind the folders that hold its records, and say which entries are no such folder."""
    lying: dict[str, tuple[RecordFolder, ...]] = {}
    found: list[Diagnostic] = []
    for base in folders:
        entries, problems = door.entries(base)
        found += problems
        for entry in entries:
            if entry.name in KIND_BY_FOLDER:
                listing, problems = door.listing(entry)
                found += problems
                one = door.cache.call(_entries, listing, door.name(entry))
                found += one.found
                lying[entry.name] = (*lying.get(entry.name, ()), one)
            elif entry.name not in OTHER_FOLDERS and os.path.isdir(entry):
                found.append(_stray_folder(door, entry))
            elif is_yaml(entry) and entry.name not in _WORDS:
                found.append(unread_file(entry, Position(door.name(entry))))
    return lying, found


def _with_states(
    door: Door, files: Mapping[str, tuple[Path, ...]]
) -> dict[str, tuple[str, tuple[Path, ...], tuple[object, ...]]]:
    """Return each record's id and files with the state of each file."""
    states = iter(door.states(door.cache.call(_all_names, Same(files))))
    found = {}
    for key, paths in files.items():
        # What nobody knows the state of is like nothing that was there before.
        of_paths = tuple(state or object() for state in islice(states, len(paths)))
        found[key] = key, paths, of_paths
    return found


def _all_names(files: Same[Mapping[str, tuple[Path, ...]]]) -> list[str]:
    return [os.fspath(path) for path in chain.from_iterable(files.value.values())]
