"""A project folder in; the frozen `Site`, where everything was written, and every diagnostic of reading out."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple, Unpack

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import diagnostic
from generator.diagnostics.progress import Progress, silent
from generator.files.door import Door, Listing, shown
from generator.files.kept import ONCE, KeptResults, Neighbours, Same
from generator.model.apart import OSM
from generator.model.fields import fields, references
from generator.model.groups import Group, Record
from generator.model.history import HISTORY, HistoryEntry
from generator.model.kinds import KIND_BY_FOLDER, KINDS, Kind
from generator.model.site import Site, StreetRange
from generator.model.slugs import is_slug, slug, slug_from
from generator.model.space import Space
from generator.model.visibility import Sight
from generator.model.vocabulary import VOCABULARIES, Vocabularies
from generator.read.content import read_content
from generator.read.editions import read_editions
from generator.read.explaining import explained
from generator.read.history import read_history
from generator.read.indicators import IndicatorFolder, read_indicators
from generator.read.known_names import names_of
from generator.read.link import Referring, all_known, check_references, referring, scalars_at
from generator.read.nodes import MapNode, Node, is_empty, parse
from generator.read.records import RecordSource, blank_fields, build, no_group, odd_texts
from generator.read.reviews import read_reviews
from generator.read.settings import for_strangers, read_mkdocs, read_settings
from generator.read.shapes import read_context, read_shapes
from generator.read.sights import sight
from generator.read.street_ranges import read_streets
from generator.read.town_format import of_earlier_format, too_new
from generator.read.unknown_fields import Fault
from generator.read.vocabularies import read_words

# Folders of resources/ that hold no single records and are read elsewhere.
_NEARLY_YML = re.compile(r"(?:\.ya?ml)?\.(?:ya?ml|txt|yml\.txt)$", re.IGNORECASE)
_FOREIGN = 2
"""So many fields that a kind doesn't have are no slip."""
OTHER_FOLDERS = frozenset({"geometry", "context", "indicators", "editions", OSM})
T = TypeVar("T")
Ts = TypeVarTuple("Ts")


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a project gave; `site` is None when an error leaves nothing to build from."""

    door: Door
    """Through which everything here was read; checks that read more use it as well."""
    site: Site | None
    sources: Mapping[tuple[str, str], RecordSource]
    found: tuple[Diagnostic, ...]
    folders: tuple[Path, ...]
    indicators: Mapping[str, IndicatorFolder] = field(default_factory=dict)
    words: Mapping[str, tuple[Node, ...]] = field(default_factory=dict)
    """By vocabulary the nodes of its words."""
    broken: Mapping[str, Collection[str]] = field(default_factory=dict)
    """By kind the ids of records that are there but could not be read: nobody may say that they are missing."""
    lost: Mapping[str, Collection[str]] = field(default_factory=dict)
    """By kind the ids that records name and nothing there resembles: mostly of a file that was deleted."""
    unsure: frozenset[str] = frozenset()
    """Vocabularies of which some words could not be read."""
    settings: Node | None = None
    pages: Mapping[str, str] = field(default_factory=dict)
    """By their names below `content/` the texts of hand-written pages, those of written reports among them."""
    mkdocs: str = ""
    """What `mkdocs.yml` says, or what stands in for it where strangers wrote it."""
    kept: KeptResults = field(default=ONCE, compare=False)
    """What earlier readings, and the checks of what they gave, made of the same contents."""
    groups: Mapping[str, tuple[Neighbours[RecordSource], ...]] = field(default_factory=dict, compare=False)
    """By kind the sources in the order of their ids, some together."""
    _worked_out: dict[Hashable, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def root(self) -> Path:
        """The folder of the project."""
        return self.door.project

    def of(self, folder: str) -> list[RecordSource]:
        """Return the sources of one kind in the order of their ids; a folder that no kind has is a bug (KeyError)."""
        return [source for few in self.groups.get(KIND_BY_FOLDER[folder].folder, ()) for source in few.items]

    def once(self, what: Hashable, make: Callable[[], T]) -> T:
        """Return what several checks need of this reading, worked out for the first of them; `what` names it."""
        if what not in self._worked_out:
            self._worked_out[what] = make()
        found: T = self._worked_out[what]
        return found

    def seen(self, site: Site) -> Sight:
        """Return what may be shown of everything in a site of this reading that has a place."""
        return self.once((sight, Same(site)), lambda: sight(site, self.kept, "read"))

    def same(self, name: Hashable, value: T) -> Same[T]:
        """Return what judgements are `given`: the same as for the reading before where it is equal."""
        return self.kept.same(name, value)

    def of_each(
        self,
        judge: Callable[[RecordSource, Unpack[Ts]], Iterable[T]],
        *given: *Ts,
        folders: Collection[str] = KIND_BY_FOLDER.keys(),
    ) -> Iterator[T]:
        """Yield what a function that looks at nothing but one record, and what is `given`, makes of each.

        Of neighbours that haven't changed it was kept.
        """
        groups = (few for folder, there in self.groups.items() if folder in folders for few in there)
        found = self.kept.of_each(groups, _judged, judge, given)
        return chain.from_iterable(found)


def _judged(
    sources: tuple[RecordSource, ...],
    judge: Callable[[RecordSource, Unpack[Ts]], Iterable[T]],
    given: tuple[*Ts],
) -> tuple[T, ...]:
    return tuple(item for source in sources for item in judge(source, *given))


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


def read_project(
    root: Path,
    *,
    internal: bool = False,
    untrusted: bool = False,
    progress: Progress = silent,
    kept: KeptResults | None = None,
) -> Reading:
    """Read the folder `root`; with `internal` the overlay named in `site_config.yml` is laid over the public records.

    `untrusted`: strangers wrote it. No link is followed, and no setting lets another host in. `kept` is what earlier readings
    made of the same contents.
    """
    kept = kept or ONCE
    kept.begin()
    door = Door(root, links=not untrusted, kept=kept)
    config, settings, found = read_settings(door)
    if newer := too_new(settings):
        # What a newer program means by what stands here, this one would only guess.
        return Reading(door, None, {}, tuple(newer), (), settings=settings)
    if config is not None and untrusted:
        config, problems = for_strangers(config, settings)
        found += problems
    mkdocs, problems = read_mkdocs(door, untrusted=untrusted)
    found += problems
    folders = [root / "resources"]
    apart = folders[0] / OSM
    if os.path.isdir(apart):
        folders.append(apart)
    if not os.path.isdir(folders[0]):
        found.append(diagnostic("ordner-fehlt", Position("resources"), name="resources"))
    if internal and config is not None:
        overlay = (root / config.overlay) if config.overlay else None
        if overlay is None or not os.path.isdir(overlay):
            found.append(
                diagnostic("ablage-fehlt", Position("site_config.yml"), name=config.overlay or "overlay")
            )
        else:
            folders.append(overlay)
            door = door.also(overlay)
    if not os.path.isdir(folders[0]):
        return Reading(door, None, {}, tuple(found), tuple(folders))
    by_folder = {kind.folder: kind.model for kind in KINDS}
    words, word_nodes, unsure, problems = read_words(door, folders)
    found += problems
    parts, there, problems = _records(door, folders, progress, kept)
    found += problems
    nodes: dict[tuple[str, str], tuple[str, MapNode]] = {}
    sources: dict[tuple[str, str], RecordSource] = {}
    faults: dict[tuple[str, str], tuple[Fault, ...]] = {}
    by_id: dict[str, dict[str, RecordSource]] = {kind.folder: {} for kind in KINDS}
    for folder, part in parts:
        nodes |= part.nodes
        sources |= part.sources
        faults |= part.faults
        by_id[folder] |= part.by_id
        found += part.found
    groups = {folder: kept.neighbours(("sources", folder), there) for folder, there in sorted(by_id.items())}
    names = names_of(words, nodes)
    misplaced: set[tuple[str, str]] = set()
    for key, wrong in faults.items():
        better = _right_folder(key[0], nodes[key][1])
        if better is not None:
            misplaced.add(key)
            found.append(_in_wrong_folder(key, nodes[key][1], better))
        else:
            found += explained(by_folder[key[0]], nodes[key][1], wrong, names)
    # A file whose record failed still counts as existing, so that one mistake gives one message.
    known: dict[str, Any] = dict(there)
    broken = {folder: known[folder] - there.keys() for folder, there in by_id.items()}
    known |= {name: words[name].keys() for name in VOCABULARIES}
    indicators, named, problems = read_indicators(door, folders[0] / "indicators", kept)
    found += problems
    known["indicators"] = named
    broken["indicators"] = named - set(indicators)
    found = of_earlier_format(settings, nodes, found)
    # What could not be read at all needs no second message that it leads nowhere.
    told = {item.position for item in found}
    answered: set[Referring] = set()
    unanswered = {key: nodes[key] for key in misplaced}
    for folder, part in parts:
        if part.sound and all_known(part.references, known, answered):
            continue
        for key, (name, node) in part.nodes.items():
            if key not in misplaced:
                unanswered[key] = name, node
                problems = check_references(by_folder[folder], node, known, unsure, names)
                found += [item for item in problems if item.position not in told]
    for name, entries in word_nodes.items():
        said = _said_by_words(name, Same(entries))
        for entry in () if all_known(said, known, answered) else entries:
            found += check_references(VOCABULARIES[name], entry, known, unsure, names)
    for one in indicators.values():
        found += check_references(type(one.indicator), one.source.node, known, unsure, names)
    pages, problems = read_content(door)
    found += problems
    editions, problems = read_editions(door, pages, folders[0] / "editions", known)
    found += problems
    shapes, shape_credits, problems = read_shapes(door, by_id["spaces"].values())
    found += problems
    if config is None:
        return Reading(door, None, sources, tuple(found), tuple(folders), pages=pages, groups=groups)
    reviews, problems = read_reviews(pages, config.trees)
    found += problems
    streets: tuple[StreetRange, ...] = ()
    # A register of the town's own goes before that of OpenStreetMap.
    registers = [folder / "streets.csv" for folder in (folders[0], apart)]
    register = next((path for path in registers if door.holds(path)), None)
    if register is not None:
        geographies = {item.id for item in config.geographies}
        streets, problems = read_streets(door, register, known["spaces"], geographies)
        found += problems
    history: tuple[HistoryEntry, ...] = ()
    if door.holds(remembered := folders[0] / HISTORY):
        history, problems = read_history(door, remembered, there["offers"])
        found += problems
    context, problems = read_context(door, (folders[0] / "context", apart / "context"))
    found += problems
    site = Site(
        config=kept.like_before("settings", config),
        words=kept.like_before("words", Vocabularies(**words)),
        **{folder: kept.call(_records_of, *there) for folder, there in groups.items()},  # type: ignore[arg-type]
        indicators={key: one.indicator for key, one in indicators.items()},
        shapes=kept.like_before("shapes", shapes),
        context=kept.like_before("context", context),
        shape_credits=shape_credits,
        osm_places=frozenset(key for key, source in by_id["places"].items() if _is_apart(source)),
        osm_shapes=frozenset(
            source.id
            for source in by_id["spaces"].values()
            if isinstance(source.record, Space)
            and source.record.geometry is not None
            and source.record.geometry.file.startswith(f"{OSM}/")
        ),
        streets=kept.like_before("streets", streets),
        history=history,
        internal=internal,
        editions=editions,
        reviews=reviews,
        drafts=internal,
    )
    return Reading(
        door,
        site,
        sources,
        tuple(found),
        tuple(folders),
        indicators,
        word_nodes,
        broken,
        _lost(unanswered, known),
        unsure,
        settings,
        pages,
        mkdocs,
        kept,
        groups,
    )


def _records_of(*groups: Neighbours[RecordSource]) -> dict[str, Record]:
    return {source.id: source.record for few in groups for source in few.items}


def _said(model: type[Group], nodes: Iterable[Node]) -> frozenset[Referring]:
    return frozenset().union(*(referring(model, node) for node in nodes))


# Words that were read before come as the same nodes.
@lru_cache(maxsize=64)
def _said_by_words(vocabulary: str, entries: Same[tuple[Node, ...]]) -> frozenset[Referring]:
    return _said(VOCABULARIES[vocabulary], entries.value)


def _is_apart(source: RecordSource) -> bool:
    return source.file.startswith(f"resources/{OSM}/")


def _lost(
    nodes: Mapping[tuple[str, str], tuple[str, MapNode]], known: Mapping[str, Collection[str]]
) -> dict[str, set[str]]:
    """Return the ids by kind that records name, that nothing has and that resemble none."""
    lost: dict[str, set[str]] = {}
    for (folder, _), (_, node) in nodes.items():
        for reference in references(KIND_BY_FOLDER[folder].model):
            if reference.target in KIND_BY_FOLDER:
                for scalar in scalars_at(node, reference.path):
                    ids = known[reference.target]
                    if scalar.text not in ids and close_to(scalar.text, ids) is None:
                        lost.setdefault(reference.target, set()).add(scalar.text)
    return lost


def _records(
    door: Door, folders: list[Path], progress: Progress, kept: KeptResults
) -> tuple[list[tuple[str, RecordsRead]], dict[str, frozenset[str]], list[Diagnostic]]:
    """Return what the files of records gave, some of a kind together, the ids that are taken, and what is wrong with folders."""
    by_folder = {kind.folder: kind for kind in KINDS}
    there: dict[str, frozenset[str]] = {kind.folder: frozenset() for kind in KINDS}
    lying: dict[str, tuple[RecordFolder, ...]] = {}
    found: list[Diagnostic] = []
    for base in folders:
        entries, problems = door.entries(base)
        found += problems
        for entry in entries:
            kind = by_folder.get(entry.name)
            if kind is not None:
                listing, problems = door.listing(entry)
                found += problems
                one = kept.call(_entries, listing, door.name(entry))
                found += one.found
                there[kind.folder] = there[kind.folder] | one.taken if there[kind.folder] else one.taken
                lying[kind.folder] = (*lying.get(kind.folder, ()), one)
            elif entry.name not in OTHER_FOLDERS and os.path.isdir(entry):
                place = Position(door.name(entry))
                found.append(unknown_folder(entry.name, place))
    total = sum(len(one.files) for items in lying.values() for one in items)
    numbers = iter(range(total))
    parts: list[tuple[str, RecordsRead]] = []
    for folder in sorted(lying):
        files: Mapping[str, tuple[Path, ...]] = kept.call(_by_id, *lying[folder])
        states = door.states(kept.call(_all_names, Same(files)))
        # What nobody knows the state of is like nothing that was there before.
        known = iter([state or object() for state in states])
        now = {key: (key, paths, tuple(islice(known, len(paths)))) for key, paths in files.items()}
        for few in kept.neighbours(("files", folder), now):
            apart = folders[0] / OSM
            read = partial(
                _read,
                door,
                by_folder[folder],
                few.items,
                apart,
                lambda: progress("lesen", next(numbers), total),
            )
            parts.append((folder, kept.of((_read, folder, few), read)))
    progress("lesen", total, total)
    return parts, there, found


def _all_names(files: Same[Mapping[str, tuple[Path, ...]]]) -> list[str]:
    return [os.fspath(path) for paths in files.value.values() for path in paths]


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
    nodes: dict[tuple[str, str], tuple[str, MapNode]] = {}
    sources: dict[tuple[str, str], RecordSource] = {}
    faults: dict[tuple[str, str], tuple[Fault, ...]] = {}
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
        one, problems = door.kept.latest(("record", kind.folder, key), written, made)
        found += problems
        if one is not None:
            name, node, source, wrong = one
            nodes[kind.folder, key] = name, node
            if source is not None:
                sources[kind.folder, key] = source
            else:
                faults[kind.folder, key] = wrong
    references = _said(kind.model, [node for _, node in nodes.values()])
    by_id = {source.id: source for source in sources.values()}
    return RecordsRead(nodes, sources, by_id, faults, tuple(found), references)


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


def _right_folder(folder: str, node: MapNode) -> Kind | None:
    """Return the kind that a record is by its fields where it lies in another one's folder; None where nobody can tell."""
    written = {key.text for key, value in node.entries if not is_empty(value)}
    if len(written - set(fields(KIND_BY_FOLDER[folder].model))) < _FOREIGN:
        return None
    fitting = [
        kind
        for kind in KINDS
        if kind.folder != folder
        and written <= set(fields(kind.model))
        and all(name in written for name, info in fields(kind.model).items() if info.is_required())
    ]
    return fitting[0] if len(fitting) == 1 else None


def _in_wrong_folder(key: tuple[str, str], node: MapNode, kind: Kind) -> Diagnostic:
    article = {"kein": "ein", "keine": "eine"}[kind.none.split()[0]]
    place = node.entries[0][0].position
    better = f"resources/{kind.folder}/{key[1]}.yml"
    return diagnostic(
        "falscher-ordner", place, kind=f"{article} {kind.singular}", folder=key[0], better=better
    )


def unknown_folder(name: str, place: Position) -> Diagnostic:
    """Say that a folder is no kind of records, and which one is meant where its name is the German one."""
    german = next(
        (kind.folder for kind in KINDS if slug(name) in (slug(kind.plural), slug(kind.singular))), None
    )
    near = german or close_to(name, list(KIND_BY_FOLDER))
    better = (
        f"gemeint ist „{near}“: den Ordner umbenennen"
        if near
        else "bekannt sind: " + ", ".join(KIND_BY_FOLDER)
    )
    return diagnostic("unbekannter-ordner", place, name=name, better=better)


@dataclass(frozen=True, slots=True, eq=False)
class RecordFolder:
    """The files in a folder that are records by their names, by id; the ids that are taken; what is wrong with other entries."""

    files: Mapping[str, Path]
    taken: frozenset[str]
    found: tuple[Diagnostic, ...]


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
                better = f"die Datei umbenennen in {path.name[: match.start()]}.yml; Windows zeigt das Ende erst mit „Dateinamenerweiterungen“ im Menü Ansicht"
            found.append(diagnostic("fremde-datei", position, name=path.name, better=better))
        elif not is_slug(path.stem) or "_" in path.stem:
            better = slug_from(path.stem)
            found.append(diagnostic("dateiname", position, name=path.stem, better=better))
        else:
            files[path.stem] = path
    taken = frozenset(path.stem for path in listing.paths if path.suffix == ".yml")
    return RecordFolder(files, taken, tuple(found))


def _overlaid(base: MapNode, over: MapNode) -> MapNode:
    """Lay single fields over a record; a list or group is replaced as a whole."""
    replaced = {key.text for key, _ in over.entries}
    return MapNode(
        (*((key, value) for key, value in base.entries if key.text not in replaced), *over.entries),
        base.position,
    )
