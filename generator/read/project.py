"""A project folder in; the frozen `Site`, where everything was written, and every diagnostic of reading out."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple, Unpack
from zlib import crc32

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import diagnostic
from generator.diagnostics.progress import Progress, silent
from generator.files.door import Door, shown
from generator.files.kept import ONCE, KeptResults, Same
from generator.model.apart import OSM
from generator.model.fields import fields, references
from generator.model.history import HISTORY, HistoryEntry
from generator.model.kinds import KIND_BY_FOLDER, KINDS, Kind
from generator.model.site import Site, StreetRange
from generator.model.slugs import is_slug, slug, slug_from
from generator.model.space import Space
from generator.model.visibility import Sight, sight
from generator.model.vocabulary import VOCABULARIES, Vocabularies
from generator.read.content import read_content
from generator.read.editions import read_editions
from generator.read.explaining import Fault, explained
from generator.read.history import read_history
from generator.read.indicators import IndicatorFolder, read_indicators
from generator.read.known_names import names_of
from generator.read.link import Referring, all_known, check_references, referring, scalars_at
from generator.read.nodes import MapNode, Node, is_empty, parse
from generator.read.records import RecordSource, blank_fields, build, no_group, odd_texts
from generator.read.reviews import read_reviews
from generator.read.settings import for_strangers, read_mkdocs, read_settings
from generator.read.shapes import read_context, read_shapes
from generator.read.street_ranges import read_streets
from generator.read.town_format import of_earlier_format, too_new
from generator.read.vocabularies import read_words

# Folders of resources/ that hold no single records and are read elsewhere.
_NEARLY_YML = re.compile(r"(?:\.ya?ml)?\.(?:ya?ml|txt|yml\.txt)$", re.IGNORECASE)
_FOREIGN = 2
"""So many fields that a kind doesn't have are no slip."""
_TOGETHER = 16
"""Of so many records in the middle judgements are kept together: to look for that of each takes longer than to judge a few again."""
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
    _worked_out: dict[Hashable, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    _by_folder: dict[str, list[RecordSource]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    @property
    def root(self) -> Path:
        """The folder of the project."""
        return self.door.project

    def of(self, folder: str) -> list[RecordSource]:
        """Return the sources of one kind in the order of their ids; a folder that no kind has is a bug (KeyError)."""
        if not self._by_folder:
            self._by_folder.update((kind.folder, []) for kind in KINDS)
            for (kind, _), source in self.sources.items():
                self._by_folder[kind].append(source)
        return self._by_folder[folder]

    def once(self, what: Hashable, make: Callable[[], T]) -> T:
        """Return what several checks need of this reading, worked out for the first of them; `what` names it."""
        if what not in self._worked_out:
            self._worked_out[what] = make()
        found: T = self._worked_out[what]
        return found

    def seen(self, site: Site) -> Sight:
        """Return what may be shown of everything in a site of this reading that has a place."""
        return self.once((sight, Same(site)), lambda: sight(site))

    def of_each(self, judge: Callable[[RecordSource, Unpack[Ts]], Iterable[T]], *given: *Ts) -> Iterator[T]:
        """Yield what a function that looks at nothing but one record, and what is `given`, makes of each.

        Of neighbours that haven't changed it was kept.
        """
        for few in self.once("neighbours", lambda: tuple(_neighbours(self.sources.values()))):
            yield from self.kept.call(_judged, judge, given, few)


def _neighbours(sources: Iterable[RecordSource]) -> Iterator[tuple[RecordSource, ...]]:
    """Yield records in their order, some together; where the next few begin, their ids say, so that a new record changes one group."""
    few: list[RecordSource] = []
    for source in sources:
        few.append(source)
        if crc32(source.id.encode()) % _TOGETHER == 0:
            yield tuple(few)
            few = []
    yield tuple(few)


def _judged(
    judge: Callable[[RecordSource, Unpack[Ts]], Iterable[T]],
    given: tuple[*Ts],
    sources: tuple[RecordSource, ...],
) -> tuple[T, ...]:
    return tuple(item for source in sources for item in judge(source, *given))


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
    nodes, sources, there, faults = _records(door, folders, found, progress, kept)
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
    broken = {
        kind.folder: {key for key in known[kind.folder] if (kind.folder, key) not in sources}
        for kind in KINDS
    }
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
    for (folder, name), (_, node) in nodes.items():
        if (folder, name) in misplaced:
            continue
        source = sources.get((folder, name))
        model = by_folder[folder]
        if source is not None:
            made = partial(referring, model, node)
            if all_known(kept.of((referring, source), made), known, answered):
                continue
        unanswered[folder, name] = nodes[folder, name]
        problems = check_references(model, node, known, unsure, names)
        found += [item for item in problems if item.position not in told]
    for name, entries in word_nodes.items():
        for entry in entries:
            found += check_references(VOCABULARIES[name], entry, known, unsure, names)
    for one in indicators.values():
        found += check_references(type(one.indicator), one.source.node, known, unsure, names)
    pages, problems = read_content(door)
    found += problems
    editions, problems = read_editions(door, pages, folders[0] / "editions", known)
    found += problems
    shapes, shape_credits, problems = read_shapes(door, sources)
    found += problems
    if config is None:
        return Reading(door, None, sources, tuple(found), tuple(folders), pages=pages)
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
        config=config,
        words=Vocabularies(**words),
        **{
            kind.folder: {
                key: source.record for (folder, key), source in sources.items() if folder == kind.folder
            }
            for kind in KINDS
        },  # type: ignore[arg-type]
        indicators={key: one.indicator for key, one in indicators.items()},
        shapes=shapes,
        context=context,
        shape_credits=shape_credits,
        osm_places=frozenset(source.id for source in sources.values() if _is_apart(source)),
        osm_shapes=frozenset(
            source.id
            for source in sources.values()
            if isinstance(source.record, Space)
            and source.record.geometry is not None
            and source.record.geometry.file.startswith(f"{OSM}/")
        ),
        streets=streets,
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
    )


def _is_apart(source: RecordSource) -> bool:
    return source.folder == "places" and source.file.startswith(f"resources/{OSM}/")


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
    door: Door, folders: list[Path], found: list[Diagnostic], progress: Progress, kept: KeptResults
) -> tuple[
    dict[tuple[str, str], tuple[str, MapNode]],
    dict[tuple[str, str], RecordSource],
    Mapping[str, Collection[str]],
    dict[tuple[str, str], tuple[Fault, ...]],
]:
    by_folder = {kind.folder: kind for kind in KINDS}
    nodes: dict[tuple[str, str], tuple[str, MapNode, str]] = {}
    written: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
    there: dict[str, set[str]] = {kind.folder: set() for kind in KINDS}
    files: list[tuple[Kind, Path]] = []
    for base in folders:
        entries, problems = door.entries(base)
        found += problems
        for entry in entries:
            kind = by_folder.get(entry.name)
            if kind is not None:
                paths, problems = door.files(entry)
                found += problems
                folders_in = frozenset(path for path in paths if door.is_folder(path))
                good, ids, problems = kept.call(_entries, tuple(paths), folders_in, door.name(entry))
                found += problems
                there[kind.folder] |= ids
                files += [(kind, path) for path in good]
            elif entry.name not in OTHER_FOLDERS and os.path.isdir(entry):
                place = Position(door.name(entry))
                found.append(unknown_folder(entry.name, place))
    for number, (kind, path) in enumerate(files):
        progress("lesen", number, len(files))
        name, key = door.name(path), (kind.folder, path.stem)
        text, problems = door.text(path)
        found += problems
        if text is None:
            continue
        node, problems = kept.of(("nodes", name, text), partial(parse, text, name))
        found += problems
        if node is None:
            continue
        written[key] = (*written.get(key, ()), (name, text))
        if not isinstance(node, MapNode):
            found.append(no_group(node))
        elif key in nodes and folders[0] / OSM in path.parents:
            found.append(
                diagnostic("doppeltes-kuerzel", Position(name), value=path.stem, other=nodes[key][0])
            )
        elif key in nodes:
            base_name, base_node, base_text = nodes[key]
            nodes[key] = (base_name, _overlaid(base_node, node), base_text)
        else:
            nodes[key] = (name, node, text)
    progress("lesen", len(files), len(files))
    sources: dict[tuple[str, str], RecordSource] = {}
    faults: dict[tuple[str, str], tuple[Fault, ...]] = {}
    for key in sorted(nodes):
        name, node, text = nodes[key]
        made = partial(_built, by_folder[key[0]], key[1], name, node, text)
        source, wrong, problems = kept.of(("record", *key, written[key]), made)
        found += problems
        if source is not None:
            sources[key] = source
        else:
            faults[key] = wrong
    return {key: (name, node) for key, (name, node, _) in nodes.items()}, sources, there, faults


def _built(
    kind: Kind, key: str, name: str, node: MapNode, text: str
) -> tuple[RecordSource | None, tuple[Fault, ...], list[Diagnostic]]:
    record, wrong = build(kind.model, node, id=key)
    source = None if record is None else RecordSource(kind.folder, key, name, node, record, text)
    # Beside faults an empty field may be one of them, and is told there.
    return source, wrong, [*odd_texts(node), *([] if wrong else blank_fields(node))]


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


def _entries(
    entries: tuple[Path, ...], folders: Collection[Path], name: str
) -> tuple[list[Path], frozenset[str], list[Diagnostic]]:
    """Return the files that are records by their names, the ids that are taken, and what is wrong with the other ones; `name` is the folder's."""
    paths: list[Path] = []
    found: list[Diagnostic] = []
    for path in entries:
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
            paths.append(path)
    return paths, frozenset(path.stem for path in entries if path.suffix == ".yml"), found


def _overlaid(base: MapNode, over: MapNode) -> MapNode:
    """Lay single fields over a record; a list or group is replaced as a whole."""
    replaced = {key.text for key, _ in over.entries}
    return MapNode(
        (*((key, value) for key, value in base.entries if key.text not in replaced), *over.entries),
        base.position,
    )
