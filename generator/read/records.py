"""Read the files of records and lay the overlay over them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as dataclass_replace
from functools import partial
from itertools import chain, count, islice
from pathlib import Path
from typing import Any, TypeVar

from msgspec.structs import replace
from pydantic import BaseModel, ValidationError

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import diagnostic
from generator.diagnostics.diagnostic import Progress
from generator.files.disk import Disk, Listing, shown
from generator.files.result_cache import ResultCache, Same
from generator.model.config import OSM, SiteConfig
from generator.model.dates import Hours
from generator.model.fields import fields, has_path, kinds_at, variants
from generator.model.groups import Group, Kind, Record, read_cost
from generator.model.kinds import KIND_BY_FOLDER, KINDS, find_kind
from generator.model.names_and_ids import is_slug, slug_from
from generator.model.samples import Value, sample
from generator.model.scalars import AgeRange, parse_markdown, parse_text
from generator.model.vocabulary import VOCABULARIES
from generator.read import record_mistakes
from generator.read import references as reference_check
from generator.read.named_values import with_ids, with_values
from generator.read.nodes import (
    FieldPath,
    ListNode,
    MapNode,
    Node,
    Scalar,
    is_empty,
    parse,
    plain,
    position_at,
    stated_items,
)
from generator.read.yaml_mistakes import quoted

Faults = tuple[tuple[MapNode, tuple[record_mistakes.Fault, ...]], ...]
"""What is wrong with a record, and what shows once that is taken out: each time with the node in which it stands."""
Spot = tuple[str, int, int]
"""File, line and column."""
_ROUNDS = 8  # what is taken out may show further faults, so often at most


def built_without_faults(
    model: type[M],
    node: MapNode,
    build: Callable[[type[M], MapNode], tuple[M | None, Sequence[record_mistakes.Fault]]],
) -> tuple[M | None, MapNode, Faults, frozenset[Spot]]:
    """Return a record of what is right, the node of that, the faults, and the places altered for it."""
    rounds: list[tuple[MapNode, tuple[record_mistakes.Fault, ...]]] = []
    altered: set[Spot] = set()
    record, faults = build(model, node)
    for _ in range(_ROUNDS):
        # A fault where something was altered before only follows from that; the others are told.
        first = tuple(one for one in faults if altered.isdisjoint(_spots(node, one, around=False)))
        if first:
            rounds.append((node, first))
        if record is not None:
            break
        altered.update(chain.from_iterable(_spots(node, one, around=True) for one in faults))
        node = _without_faults(model, node, faults)
        record, faults = build(model, node)
    return record, node, tuple(rounds), frozenset(altered)


def _spots(node: MapNode, fault: record_mistakes.Fault, *, around: bool) -> Iterator[Spot]:
    """Yield places of a fault's key and value; `around`: of all groups around it, too."""
    path = record_mistakes.written_path(node, fault["loc"])
    for depth in range(0 if around else len(path), len(path) + 1):
        for key in (True, False):
            yield position_at(node, path[:depth], key=key)[:3]


def _without_faults(
    model: type[BaseModel], node: MapNode, faults: Sequence[record_mistakes.Fault]
) -> MapNode:
    """Rename misspelt fields, add examples of missing ones, drop other faults."""
    unknown = record_mistakes.UnknownFields(model, node)
    by_path = {record_mistakes.written_path(node, one["loc"]): one for one in faults}
    written = {path: one for path, one in by_path.items() if one["type"] != "missing"}
    # The last item of a list goes first, so that numbers of the others still hold; padded, 10 is behind 9.
    for path in sorted(written, key=lambda path: [f"{step:0>9}" for step in path], reverse=True):
        is_unknown = written[path]["type"] == "extra_forbidden"
        node = _changed(node, path, unknown.meant(written[path])[0] if is_unknown else None)
    # A misspelt field, renamed above, may be the missing one: examples wait for the next round.
    for path in () if written else by_path:
        name = str(path[0])
        example = _node(sample(fields(model)[name]), node.position)
        if len(path) > 1:
            # A group that lacks a field is left out as a whole.
            node = _changed(node, path[:-1])
        else:
            node = replace(node, entries=(*node.entries, (Scalar(name, node.position), example)))
    return node


def _changed(node: MapNode, path: FieldPath, name: str | None = None) -> MapNode:
    """Return a group with a path renamed (if free) or removed."""
    entries: list[tuple[Scalar, Node]] = []
    for key, value in node.entries:
        if key.text != path[0]:
            entries.append((key, value))
        elif len(path) > 1:
            entries.append((key, _changed_below(value, path[1:], name)))
        elif name is not None and node.get(name) is None:
            entries.append((key._replace(text=name), value))
    return replace(node, entries=tuple(entries))


def _changed_below(node: Node, path: FieldPath, name: str | None) -> Node:
    """Do the same in a group or list; a list's item can only be removed."""
    if isinstance(node, MapNode):
        return _changed(node, path, name)
    if not isinstance(node, ListNode):
        return node
    items = stated_items(node)
    number = path[0]
    if not isinstance(number, int) or number >= len(items):
        return node
    items[number : number + 1] = [_changed_below(items[number], path[1:], name)] if len(path) > 1 else []
    return replace(node, items=tuple(items))


def _node(value: Value, position: Position) -> Node:
    """Return an example value as a node."""
    if isinstance(value, str):
        return Scalar(value, position)
    if isinstance(value, list):
        return ListNode(tuple(_node(item, position) for item in value), position)
    entries = ((Scalar(key, position), _node(item, position)) for key, item in value.items())
    return MapNode(tuple(entries), position)


M = TypeVar("M", bound=BaseModel)
_OF_WORDS = (parse_text, parse_markdown, read_cost)  # what reads fields that people write in words
_IN_SHORT = tuple(kind for form in (Hours, AgeRange) for kind, _ in variants(form))  # such fields, too


@dataclass(frozen=True, slots=True, eq=False)
class RecordSource:
    """A record with its nodes, so that checks can point at values."""

    folder: str  # of its kind: offers
    id: str
    file: str
    node: MapNode  # what it was built of
    record: Record
    text: str
    """The public file as it was written, with its comments."""
    altered: frozenset[Spot] = frozenset()
    """Where something stands in for a fault, or was left out for it: what is said of these places only follows from it."""

    def position(self, *path: str | int, key: bool = False) -> Position:
        """Return a field's position; KeyError for impossible fields (a bug)."""
        if not has_path(type(self.record), path):
            raise KeyError(path)
        return position_at(self.node, path, key=key)


def validate(model: type[M], node: Node, **more: Any) -> tuple[M | None, list[Diagnostic]]:
    """Build a model from a node; `more` adds unwritten values such as id."""
    if not isinstance(node, MapNode):
        return None, [*odd_texts(model, node), no_group(node)]
    record, faults = build(model, node, **more)
    return record, [
        *_known_already(node, more),
        *odd_texts(model, node),
        *record_mistakes.explained(model, node, faults, reference_check.NO_NAMES),
    ]


def build(model: type[M], node: MapNode, **more: Any) -> tuple[M | None, tuple[record_mistakes.Fault, ...]]:
    """Build a model from a node, or return unexplained faults."""
    try:
        return model.model_validate({**plain(node), **more}), ()
    except ValidationError as error:
        return None, tuple(error.errors(include_url=False, include_input=False))


def no_group(node: Node) -> Diagnostic:
    """Report a text or list in place of fields."""
    what = "eine Liste" if isinstance(node, ListNode) else "ein Text"
    better = (
        "für jeden Eintrag eine eigene Datei anlegen; darin steht jedes Feld ohne Strich davor in einer eigenen Zeile"
        if isinstance(node, ListNode) and node.items and all(isinstance(item, MapNode) for item in node.items)
        else "jedes Feld in eine eigene Zeile schreiben: Name, Doppelpunkt, Leerzeichen, Wert; eine Vorlage schreibt „nahraum new“"
    )
    return diagnostic(
        "falsche-form", node.position, expected="eine Gruppe von Feldern", found=what, better=better
    )


def odd_texts(model: type[BaseModel], node: Node) -> list[Diagnostic]:
    """Report texts cut by ` #`, trailing commas, and duplicate items."""
    found: list[Diagnostic] = []
    stack: list[tuple[FieldPath, Node]] = [((), node)]
    while stack:
        path, current = stack.pop()
        if isinstance(current, ListNode):
            stack += [((*path, number), item) for number, item in enumerate(current.items)]
            found += _report_repeated_items(current)
        elif isinstance(current, MapNode):
            stack += [((*path, key.text), value) for key, value in current.entries]
        elif current.cut and _is_cut_off(model, path, current):
            field = f"{path[-1]}: " if path and isinstance(path[-1], str) else ""
            better = field + quoted(f"{current.text} {current.cut}")
            found.append(diagnostic("raute-schneidet-ab", current.position, cut=current.cut, better=better))
        elif current.plain and current.text.endswith(","):
            better = current.text.rstrip(", ")[-80:]
            found.append(diagnostic("komma-am-ende", current.position, better=better))
    return found


def _is_cut_off(model: type[BaseModel], path: FieldPath, written: Scalar) -> bool:
    """Tell whether ` #` may belong to the value: „#7“ does, „# remark“ only where people write words."""
    if written.cut[1:2] not in ("", " ", "#"):
        return True
    found = [one for kind in kinds_at(model, path) for one in variants(kind)]
    marks = (mark for _, meta in found for mark in meta)
    return any(kind in _IN_SHORT for kind, _ in found) or any(
        getattr(mark, "func", None) in _OF_WORDS for mark in marks
    )


def _known_already(node: MapNode, given: Iterable[str]) -> Iterator[Diagnostic]:
    """Report fields known from elsewhere, such as a copied id."""
    for name in given:
        if node.get(name) is not None:
            better = "die Zeile löschen; das Kürzel ist der Name der Datei"
            yield diagnostic(
                "unbekanntes-feld", position_at(node, (name,), key=True), name=name, better=better
            )


def _report_repeated_items(items: ListNode) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for item in items.items:
        if isinstance(item, Scalar) and item.text:
            if item.text in seen:
                yield diagnostic("doppelt-in-liste", item.position, value=item.text)
            seen.add(item.text)


def blank_fields(node: MapNode) -> Iterator[Diagnostic]:
    """Report fields without value, which people forget."""
    for key, value in node.entries:
        if isinstance(value, Scalar) and value.plain and is_empty(value):
            yield diagnostic("feld-ohne-wert", key.position, name=key.text)
        elif isinstance(value, MapNode):
            yield from blank_fields(value)


# treff.yaml, treff.yml.txt
_NEARLY_YML = re.compile(r"(?:\.ya?ml)?\.(?:ya?ml|txt|yml\.txt)$", re.IGNORECASE)
OTHER_FOLDERS = frozenset({"geometry", "context", "indicators", "editions", OSM})
"""Folders of resources/ that hold no single records and are read elsewhere."""
_WORDS = frozenset(f"{name}.yml" for name in VOCABULARIES)
"""The files that lie directly in resources/ and are read: vocabularies."""
RecordKey = tuple[str, str]
"""The folder of a record's kind and the record's id."""


@dataclass(frozen=True, slots=True, eq=False)
class RecordsRead:
    """What was read of some records of a kind."""

    nodes: Mapping[RecordKey, tuple[str, MapNode]]  # with the file; of each that could be parsed
    sources: Mapping[RecordKey, RecordSource]  # of each without faults
    by_id: Mapping[str, RecordSource]
    """The same sources, all of one kind."""
    repaired: Mapping[RecordKey, RecordSource]
    """Records with faults, without what is wrong in them: so the rest is checked, too."""
    faults: Mapping[RecordKey, Faults]  # by round of taking faults out, see `Faults`
    found: tuple[Diagnostic, ...]  # but for `faults`: those need names of all records
    references: frozenset[reference_check.Referring]
    """Everything that they refer to."""

    @property
    def sound(self) -> bool:
        """Whether each of them is a record."""
        return len(self.sources) == len(self.nodes)


@dataclass(frozen=True, slots=True, eq=False)
class RecordFolder:
    """A folder's record files by id, ids that are `taken` (of misnamed files, too), and what is wrong with other entries."""

    files: Mapping[str, Path]
    taken: frozenset[str]
    found: tuple[Diagnostic, ...]


def _by_id(*folders: RecordFolder) -> dict[str, tuple[Path, ...]]:
    """Return each record's files by id, an overlay's last."""
    found: dict[str, tuple[Path, ...]] = {}
    for folder in folders:
        for key, path in folder.files.items():
            found[key] = (*found.get(key, ()), path)
    return dict(sorted(found.items()))


def _read_records_of_kind(
    disk: Disk,
    kind: Kind,
    files: Iterable[tuple[str, tuple[Path, ...], object]],
    osm: Path,
    tell: Callable[[], None],
) -> RecordsRead:
    """Read some records of a kind, a call of `tell` for each file; what lies below `osm` is laid over no other."""
    nodes: dict[RecordKey, tuple[str, MapNode]] = {}
    sources: dict[RecordKey, RecordSource] = {}
    repaired: dict[RecordKey, RecordSource] = {}
    faults: dict[RecordKey, Faults] = {}
    found: list[Diagnostic] = []
    for key, paths, _ in files:
        written: list[tuple[str, str, bool]] = []
        for path in paths:
            tell()
            text, problems = disk.text(path)
            found += problems
            if text is not None:
                # OpenStreetMap's may be a record's only file, but isn't laid over another.
                written.append((disk.name(path), text, bool(written) and osm in path.parents))
        made = partial(built_of, kind, key, tuple(written))
        one, problems = disk.cache.latest(("record", kind.folder, key), written, made)
        found += problems
        if one is None:
            continue
        name, node, source, wrong = one
        nodes[kind.folder, key] = name, node
        if wrong:
            faults[kind.folder, key] = wrong
        if source is not None:
            (repaired if wrong else sources)[kind.folder, key] = source
    references = all_references(kind.model, [node for _, node in nodes.values()])
    by_id = {source.id: source for source in sources.values()}
    return RecordsRead(nodes, sources, by_id, repaired, faults, tuple(found), references)


def all_references(model: type[Group], nodes: Iterable[Node]) -> frozenset[reference_check.Referring]:
    """Return what some records refer to."""
    return frozenset().union(*(reference_check.referring(model, node) for node in nodes))


def built_of(
    kind: Kind, key: str, written: Iterable[tuple[str, str, bool]]
) -> tuple[tuple[str, MapNode, RecordSource | None, Faults] | None, list[Diagnostic]]:
    """Return a record's first file, node, record and faults.

    A file is (name, text, whether it may not be laid over an earlier one). Of a faulty record only what is right, None if nothing.
    """
    found: list[Diagnostic] = []
    first: tuple[str, MapNode, str] | None = None  # the record so far: its first file, node and text
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
    whole, source, wrong = _built(kind, key, name, whole, text)
    # Beside faults an empty field may be one of them, and is told there.
    found += [
        *_known_already(whole, ["id"]),
        *odd_texts(kind.model, whole),
        *([] if wrong else blank_fields(whole)),
    ]
    return (name, whole, source, wrong), found


def _built(
    kind: Kind, key: str, file: str, whole: MapNode, text: str
) -> tuple[MapNode, RecordSource | None, Faults]:
    """Return a record's node, with German names of values understood, the record and its faults."""
    record, rest, wrong, altered = built_without_faults(kind.model, whole, partial(build, id=key))
    if wrong and (named := with_values(kind.model, whole, wrong[0][1])) is not whole:
        return _built(kind, key, file, named, text)
    source = None if record is None else RecordSource(kind.folder, key, file, rest, record, text, altered)
    return whole, source, wrong


def unknown_folder(name: str, place: Position) -> Diagnostic:
    """Report a folder of no kind, and the likely one."""
    return diagnostic("unbekannter-ordner", place, name=name, better=_meant_folder(name))


def _meant_folder(name: str) -> str:
    """Say which kind a folder's name means, else all kinds."""
    kind = find_kind(name)
    near = kind.folder if kind else close_to(name, list(KIND_BY_FOLDER))
    if not near:
        return "bekannt sind: " + ", ".join(KIND_BY_FOLDER)
    return f"gemeint ist „{near}“: den Ordner umbenennen"


def _stray_folder(disk: Disk, folder: Path) -> Diagnostic:
    """Report a folder of no kind, as missed if it holds records."""
    place = Position(disk.name(folder))
    entries, _ = disk.entries(folder)
    if not any(map(is_yaml, entries)):
        return unknown_folder(folder.name, place)
    return diagnostic("ordner-ungelesen", place, name=folder.name, better=_meant_folder(folder.name))


def is_yaml(path: Path) -> bool:
    """Tell whether a name is of a YAML file, not hidden."""
    return path.suffix in (".yml", ".yaml") and not path.name.startswith(".")


def unread_file(path: Path, place: Position) -> Diagnostic:
    """Report a YAML file nothing reads, and where it belongs."""
    near = close_to(path.stem, list(VOCABULARIES))
    better = f"gemeint ist „{near}.yml“: die Datei umbenennen"
    if not near:
        better = "ein Eintrag gehört in den Ordner seiner Art, zum Beispiel ein Angebot nach resources/offers"
    return diagnostic("yaml-ungelesen", place, name=path.name, better=better)


def _entries(listing: Listing, name: str) -> RecordFolder:
    """Tell a folder's record files from other entries."""
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
            # A plain text may be a remark; what says that it is YAML is a record that would be missed.
            code = "yaml-ungelesen" if re.search(r"\.ya?ml\b", path.name.lower()) else "fremde-datei"
            found.append(diagnostic(code, position, name=path.name, better=better))
        elif not is_slug(path.stem) or "_" in path.stem:
            better = slug_from(path.stem)
            found.append(diagnostic("dateiname", position, name=path.stem, better=better))
        else:
            files[path.stem] = path
    taken = frozenset(path.stem for path in listing.paths if path.suffix == ".yml")
    return RecordFolder(files, taken, tuple(found))


def _renamed(name: str, listing: Listing) -> str:
    """Return a better name for a file, unless taken."""
    if any(path.name == name for path in listing.paths):
        return f"{name} gibt es schon: prüfen, welche von beiden gilt, und die andere löschen"
    return f"die Datei umbenennen in {name}; Windows zeigt das Ende erst mit „Dateinamenerweiterungen“ im Menü Ansicht"


def _overlaid(base: MapNode, over: MapNode) -> MapNode:
    """Lay fields over a record, replacing lists and groups as a whole."""
    replaced = {key.text for key, _ in over.entries}
    return MapNode(
        (*((key, value) for key, value in base.entries if key.text not in replaced), *over.entries),
        base.position,
    )


@dataclass(slots=True, eq=False)
class AllRecords:
    """A project's records: sound ones (`sources`, `by_id`), problems, taken ids."""

    taken: Mapping[str, frozenset[str]]
    by_id: dict[str, dict[str, RecordSource]]
    parts: list[tuple[str, RecordsRead]] = field(default_factory=list)
    """Some of a kind together, each part with its folder."""
    nodes: dict[RecordKey, tuple[str, MapNode]] = field(default_factory=dict)
    """The file and the node of each record that could be parsed."""
    sources: dict[RecordKey, RecordSource] = field(default_factory=dict)
    repaired: dict[RecordKey, RecordSource] = field(default_factory=dict)
    faults: dict[RecordKey, Faults] = field(default_factory=dict)

    def name_ids(self, known: Mapping[str, Collection[str]], names: reference_check.KnownNames) -> None:
        """Take names for ids in all records with faults, or that refer to nothing."""
        answered: set[reference_check.Referring] = set()
        parts, self.parts = self.parts, []
        self.sources, self.repaired, self.faults = {}, {}, {}
        self.by_id = {folder: {} for folder in self.by_id}
        for folder, part in parts:
            is_right = part.sound and reference_check.all_known(part.references, known, answered)
            self.take(folder, part if is_right else _replace_names_with_ids(folder, part, known, names))

    def take(self, folder: str, part: RecordsRead) -> None:
        """Take in some records of a kind."""
        self.parts.append((folder, part))
        self.by_id[folder] |= part.by_id
        self.nodes |= part.nodes
        self.sources |= part.sources
        self.repaired |= part.repaired
        self.faults |= part.faults


def _replace_names_with_ids(
    folder: str, part: RecordsRead, known: Mapping[str, Collection[str]], names: reference_check.KnownNames
) -> RecordsRead:
    """Return some records of a kind with ids in place of names."""
    kind = KIND_BY_FOLDER[folder]
    nodes, faults = dict(part.nodes), dict(part.faults)
    sources, repaired = dict(part.sources), dict(part.repaired)
    for key, (file, whole) in part.nodes.items():
        before = sources.get(key) or repaired.get(key)
        node = with_ids(kind.model, whole, known, names)
        if node is whole or before is None:
            continue
        node, source, wrong = _built(kind, key[1], file, node, before.text)
        nodes[key] = file, node
        for found in (sources, repaired, faults):
            found.pop(key, None)
        if wrong:
            faults[key] = wrong
        if source is not None:
            (repaired if wrong else sources)[key] = source
    return dataclass_replace(
        part,
        nodes=nodes,
        sources=sources,
        by_id={source.id: source for source in sources.values()},
        repaired=repaired,
        faults=faults,
        references=all_references(kind.model, [node for _, node in nodes.values()]),
    )


def had_kinds(config: SiteConfig | None) -> list[str]:
    """Return folders of a town's kinds, without excluded subjects."""
    if config is None:
        return list(KIND_BY_FOLDER)
    return [kind.folder for kind in KINDS if kind.subject in ("", *config.subjects)]


def read_records(
    disk: Disk, folders: list[Path], had: Collection[str], progress: Progress, cache: ResultCache
) -> tuple[AllRecords, list[Diagnostic]]:
    """Read the records in folders, later ones laid over earlier ones. Only kinds that the town has (`had`) are read."""
    # By kind its folders: the town's, OpenStreetMap's, the overlay's.
    by_kind, found = _folders_of_records(disk, folders)
    by_kind = {folder: parts for folder, parts in by_kind.items() if folder in had}
    taken: dict[str, frozenset[str]] = {folder: frozenset() for folder in had}
    total = 0
    for folder, parts in by_kind.items():
        for one in parts:
            total += len(one.files)
            # One set stays the same object, by which is told whether anything changed.
            taken[folder] = taken[folder] | one.taken if taken[folder] else one.taken
    numbers = count()

    def tell() -> None:
        progress("lesen", next(numbers), total)

    records = AllRecords(taken, {folder: {} for folder in taken})
    for folder in sorted(by_kind):
        files: Mapping[str, tuple[Path, ...]] = cache.call(_by_id, *by_kind[folder])
        with_states = _with_states(disk, files)
        for group in cache.groups(("files", folder), with_states):
            read = partial(
                _read_records_of_kind, disk, KIND_BY_FOLDER[folder], group.items, folders[0] / OSM, tell
            )
            part = cache.of((_read_records_of_kind, folder, group), read)
            records.take(folder, part)
            found += part.found
    progress("lesen", total, total)
    return records, found


def _folders_of_records(
    disk: Disk, folders: Iterable[Path]
) -> tuple[dict[str, tuple[RecordFolder, ...]], list[Diagnostic]]:
    """Return each kind's folders, reporting other entries."""
    by_kind: dict[str, tuple[RecordFolder, ...]] = {}
    found: list[Diagnostic] = []
    for base in folders:
        entries, problems = disk.entries(base)
        found += problems
        for entry in entries:
            if entry.name in KIND_BY_FOLDER:
                listing, problems = disk.listing(entry)
                found += problems
                one = disk.cache.call(_entries, listing, disk.name(entry))
                found += one.found
                by_kind[entry.name] = (*by_kind.get(entry.name, ()), one)
            elif entry.name not in OTHER_FOLDERS and os.path.isdir(entry):
                found.append(_stray_folder(disk, entry))
            elif is_yaml(entry) and entry.name not in _WORDS:
                found.append(unread_file(entry, Position(disk.name(entry))))
    return by_kind, found


def _with_states(
    disk: Disk, files: Mapping[str, tuple[Path, ...]]
) -> dict[str, tuple[str, tuple[Path, ...], tuple[object, ...]]]:
    """Return each record's id, files and their states, which tell whether one changed."""
    states = iter(disk.states(disk.cache.call(_all_names, Same(files))))
    found = {}
    for key, paths in files.items():
        # What nobody knows the state of is like nothing that was there before.
        of_paths = tuple(state or object() for state in islice(states, len(paths)))
        found[key] = key, paths, of_paths
    return found


def _all_names(files: Same[Mapping[str, tuple[Path, ...]]]) -> list[str]:
    return [os.fspath(path) for path in chain.from_iterable(files.value.values())]
