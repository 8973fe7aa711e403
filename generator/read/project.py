"""Read a project folder into a frozen `Site`."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as dataclass_replace
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple, Unpack

from msgspec.structs import replace

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import diagnostic
from generator.diagnostics.diagnostic import Progress, silent
from generator.files.disk import Disk
from generator.files.result_cache import ONCE, RecordGroup, ResultCache, Same
from generator.model.areas_and_offices import Space
from generator.model.config import OSM, SiteConfig
from generator.model.fields import references
from generator.model.groups import Group, Record
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.offer import HISTORY, HistoryEntry
from generator.model.site import Site, StreetRange
from generator.model.visibility import Sight
from generator.model.vocabulary import VOCABULARIES, Vocabularies
from generator.read import records as record_files
from generator.read import references as reference_check
from generator.read.boundaries import read_context, read_shapes
from generator.read.csv_tables import read_history, read_streets
from generator.read.editions import read_editions
from generator.read.hidden_places import sight
from generator.read.indicator_folders import IndicatorFolder, read_indicators
from generator.read.logo import read_logo
from generator.read.mkdocs_settings import for_strangers, read_mkdocs, read_settings
from generator.read.named_values import with_ids, with_values
from generator.read.nodes import MapNode, Node
from generator.read.record_mistakes import explained
from generator.read.records import RecordSource
from generator.read.vocabularies import read_words
from generator.read.written_texts import read_again, read_content, read_reviews

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
Reread = Callable[[RecordSource, str], tuple[RecordSource | None, list[Diagnostic]]]
"""A record and another text of its file in; what it would be, and what reading would say of it, out."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of reading; `site` is None after a fatal error."""

    disk: Disk
    """Through which everything here was read; checks that read more use it as well."""
    site: Site | None
    sources: Mapping[tuple[str, str], RecordSource]  # all sound records, by kind's folder and id
    found: tuple[Diagnostic, ...]  # what is wrong, in the order of reading
    folders: tuple[Path, ...]  # of records: resources/, OpenStreetMap's, the overlay
    indicators: Mapping[str, IndicatorFolder] = field(default_factory=dict)
    words: Mapping[str, tuple[Node, ...]] = field(default_factory=dict)
    """By vocabulary the nodes of its words."""
    broken: Mapping[str, Collection[str]] = field(default_factory=dict)
    """By kind the ids of records that are there but could not be read: nobody may say that they are missing."""
    lost: Mapping[str, Collection[str]] = field(default_factory=dict)
    """By kind the ids that records name and nothing there resembles: mostly of a file that was deleted."""
    unsure: frozenset[str] = frozenset()
    """Vocabularies of which some words could not be read."""
    settings: Node | None = None  # site_config.yml as written
    pages: Mapping[str, str] = field(default_factory=dict)
    """By their names below `content/` the texts of hand-written pages, those of written reports among them."""
    mkdocs: str = ""
    """What `mkdocs.yml` says, or what stands in for it where strangers wrote it."""
    cache: ResultCache = field(default=ONCE, compare=False)
    """What earlier readings, and the checks of what they gave, made of the same contents."""
    groups: Mapping[str, tuple[RecordGroup[RecordSource], ...]] = field(default_factory=dict, compare=False)
    """By kind the sources in the order of their ids, some together."""
    repaired: Mapping[tuple[str, str], RecordSource] = field(default_factory=dict)
    """Records with faults without what is wrong in them; no site holds them, but they are checked."""
    # For proposals that are tried before they are made.
    reread: Reread = field(default=lambda _source, _text: (None, []), compare=False)
    in_ids: Callable[[type[Group], MapNode], MapNode] = field(
        default=lambda _model, node: node, compare=False
    )
    """Takes German names in a group for the ids and values that they mean."""
    _worked_out: dict[Hashable, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def root(self) -> Path:
        """The folder of the project."""
        return self.disk.project

    def of(self, folder: str) -> list[RecordSource]:
        """Return a kind's sources by id; KeyError for no kind (a bug)."""
        groups = self.groups.get(KIND_BY_FOLDER[folder].folder, ())
        return list(chain.from_iterable(group.items for group in groups))

    def once(self, what: Hashable, make: Callable[[], T]) -> T:
        """Compute once what several checks need, by name."""
        if what not in self._worked_out:
            self._worked_out[what] = make()
        found: T = self._worked_out[what]
        return found

    def seen(self, site: Site) -> Sight:
        """Return what may be shown of a site's places."""
        return self.once((sight, Same(site)), lambda: sight(site, self.cache, "read"))

    def same(self, name: Hashable, value: T) -> Same[T]:
        """Wrap a large value for `of_each`, so that equal ones keep the cache."""
        return self.cache.same(name, value)

    def of_each(
        self,
        judge: Callable[[RecordSource, Unpack[Ts]], Iterable[T]],
        *given: *Ts,
        folders: Collection[str] = KIND_BY_FOLDER.keys(),
    ) -> Iterator[T]:
        """Yield a record-only function's results, cached for unchanged groups."""
        groups = chain.from_iterable(of_kind for folder, of_kind in self.groups.items() if folder in folders)
        found = self.cache.of_each(groups, _judge_sources, judge, given)
        return chain.from_iterable(found)


def _judge_sources(
    sources: tuple[RecordSource, ...],
    judge: Callable[[RecordSource, Unpack[Ts]], Iterable[T]],
    given: tuple[*Ts],
) -> tuple[T, ...]:
    found: list[T] = []
    for source in sources:
        found += judge(source, *given)
    return tuple(found)


class _AllFound:
    """Gathers problems from readers of files and folders."""

    def __init__(self, found: Iterable[Diagnostic]) -> None:
        self.found = list(found)

    def take(self, read: tuple[T, Iterable[Diagnostic]]) -> T:
        """Note what is wrong, return what was read."""
        value, problems = read
        self.found += problems
        return value


def read_project(
    root: Path,
    *,
    internal: bool = False,
    untrusted: bool = False,
    progress: Progress = silent,
    cache: ResultCache | None = None,
) -> Reading:
    """Read the folder `root`; `internal` lays the overlay over public records.

    `untrusted`: strangers wrote it, so no link is followed and no other host let in. `cache` holds earlier
    readings.
    """
    cache = cache or ONCE
    cache.begin()
    disk = Disk(root, links=not untrusted, cache=cache)
    config, settings, problems = read_settings(disk)
    gathered = _AllFound(problems)
    if config is not None and untrusted:
        config = gathered.take(for_strangers(config, settings))
    folders, overlay = gathered.take(_folders(root, config, internal=internal))
    if overlay is not None:
        disk = disk.also(overlay)
    if not os.path.isdir(folders[0]):
        return Reading(disk, None, {}, tuple(gathered.found), tuple(folders))
    words, word_nodes, unsure, problems = read_words(disk, folders)
    gathered.found += problems
    records = gathered.take(
        record_files.read_records(disk, folders, record_files.had_kinds(config), progress, cache)
    )
    names = reference_check.names_of(words, records.nodes)
    # A file whose record failed still counts as existing, so that one mistake gives one message.
    known: dict[str, Collection[str]] = {**records.taken, **_ids_of_words(words)}
    records.name_ids(known, names)
    gathered.found += _explained(records, names)
    indicators, known["indicators"], problems = read_indicators(disk, folders[0] / "indicators", cache)
    gathered.found += problems
    links = _Links(known, unsure, names)
    # What could not be read at all needs no second message that it leads nowhere.
    gathered.found += _omit_taken_positions(links.of_records(records), gathered.found)
    gathered.found += links.of_words(word_nodes)
    gathered.found += links.of_indicators(indicators)
    pages = gathered.take(read_content(disk))
    mkdocs, look, problems = read_mkdocs(disk, pages, untrusted=untrusted)
    gathered.found += problems
    if config is not None and config.logo is not None:
        look = replace(look, logo=gathered.take(read_logo(disk, config.logo.file, settings)))
    editions = gathered.take(read_editions(disk, pages, folders[0] / "editions", known))
    shapes, shape_credits, problems = read_shapes(disk, records.by_id["spaces"].values())
    gathered.found += problems
    groups = _groups_by_kind(records, cache)
    if config is None:
        return Reading(
            disk, None, records.sources, tuple(gathered.found), tuple(folders), pages=pages, groups=groups
        )
    reviews = gathered.take(read_reviews(pages, config.trees))
    again = gathered.take(read_again(pages))
    streets = gathered.take(_streets(disk, folders[0], config, known["spaces"]))
    history = gathered.take(_history(disk, folders[0] / HISTORY, records.taken["offers"]))
    context = gathered.take(read_context(disk, (folders[0] / "context", folders[0] / OSM / "context")))
    site = Site(
        config=cache.like_before("settings", config),
        words=cache.like_before("words", Vocabularies(**words)),
        indicators={key: one.indicator for key, one in indicators.items()},
        shapes=cache.like_before("shapes", shapes),
        shape_credits=shape_credits,
        osm_places=_ids_where(records.by_id["places"], _is_from_osm),
        osm_shapes=_ids_where(records.by_id["spaces"], _has_osm_shape),
        internal=internal,
        editions=editions,
        reviews=reviews,
        again=again,
        streets=cache.like_before("streets", streets),
        history=history,
        context=cache.like_before("context", context),
        drafts=internal,
        look=cache.like_before("look", look),
        files=_public_files(records.sources) if config.forge else {},
    )
    site = site.with_records(
        {folder: cache.call(_records_of, *of_kind) for folder, of_kind in groups.items()}
    )
    broken = _unreadable_ids_by_kind(records)
    broken["indicators"] = frozenset(known["indicators"]) - indicators.keys()
    return Reading(
        disk=disk,
        site=site,
        sources=records.sources,
        found=tuple(gathered.found),
        folders=tuple(folders),
        indicators=indicators,
        words=word_nodes,
        broken=broken,
        lost=links.lost(),
        unsure=unsure,
        settings=settings,
        pages=pages,
        mkdocs=mkdocs,
        cache=cache,
        groups=groups,
        repaired=records.repaired,
        reread=partial(_reread, links, names),
        in_ids=links.with_ids,
    )


def with_repaired(reading: Reading) -> Reading:
    """Return a reading with faulty records' right parts, for checks only."""
    if reading.site is None or not reading.repaired:
        return reading
    sources = dict(sorted({**reading.sources, **reading.repaired}.items()))
    groups = dict(reading.groups)
    for changed in sorted({folder for folder, _ in reading.repaired}):
        of_kind = {key: one for (folder, key), one in sources.items() if folder == changed}
        groups[changed] = reading.cache.groups(("with repaired", changed), of_kind)
    site = reading.site.with_records({folder: _records_of(*of_kind) for folder, of_kind in groups.items()})
    return dataclass_replace(reading, site=site, sources=sources, groups=groups)


def _ids_of_words(words: Mapping[str, Mapping[str, Any]]) -> dict[str, Collection[str]]:
    """Return the ids of the words of each vocabulary."""
    return {name: words[name].keys() for name in VOCABULARIES}


def _omit_taken_positions(found: Iterable[Diagnostic], others: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return what was found at other places than the others."""
    taken = {item.position for item in others}
    return [item for item in found if item.position not in taken]


def _groups_by_kind(
    records: record_files.AllRecords, cache: ResultCache
) -> dict[str, tuple[RecordGroup[RecordSource], ...]]:
    """Return each kind's sources in adjacent groups."""
    groups = {}
    for folder, sources in sorted(records.by_id.items()):
        groups[folder] = cache.groups(("sources", folder), sources)
    return groups


def _unreadable_ids_by_kind(records: record_files.AllRecords) -> dict[str, Collection[str]]:
    """Return ids of unreadable records by kind."""
    return {folder: records.taken[folder] - sound.keys() for folder, sound in records.by_id.items()}


def _ids_where(sources: Mapping[str, RecordSource], holds: Callable[[RecordSource], bool]) -> frozenset[str]:
    return frozenset(key for key, source in sources.items() if holds(source))


def _public_files(sources: Mapping[tuple[str, str], RecordSource]) -> dict[str, str]:
    """Return the files of records that the overlay doesn't bring, but those of protected houses."""
    public = (one for one in sources.values() if one.file.startswith("resources/"))
    return {f"{one.folder}/{one.id}": one.file for one in public if one.folder != "protected"}


def _folders(
    root: Path, config: SiteConfig | None, *, internal: bool
) -> tuple[tuple[list[Path], Path | None], list[Diagnostic]]:
    """Return (record folders, overlay), reporting a missing one."""
    resources = root / "resources"
    folders = [resources]
    found: list[Diagnostic] = []
    if os.path.isdir(resources / OSM):
        folders.append(resources / OSM)
    if not os.path.isdir(resources):
        found.append(diagnostic("ordner-fehlt", Position("resources"), name="resources"))
    if not internal or config is None:
        return (folders, None), found
    if config.overlay and os.path.isdir(root / config.overlay):
        overlay = root / config.overlay
        return ([*folders, overlay], overlay), found
    name = config.overlay or "overlay"
    found.append(diagnostic("ablage-fehlt", Position("site_config.yml"), name=name))
    return (folders, None), found


def _explained(records: record_files.AllRecords, names: reference_check.KnownNames) -> list[Diagnostic]:
    """Say what is wrong with each faulty record."""
    found: list[Diagnostic] = []
    for (folder, _), rounds in records.faults.items():
        for node, faults in rounds:
            found += explained(KIND_BY_FOLDER[folder].model, node, faults, names)
    return found


def _reread(
    links: _Links, names: reference_check.KnownNames, before: RecordSource, text: str
) -> tuple[RecordSource | None, list[Diagnostic]]:
    """Return a record as if its file had another text."""
    kind = KIND_BY_FOLDER[before.folder]
    one, found = record_files.built_of(kind, before.id, [(before.file, text, False)])
    if one is None:
        return None, found
    _, node, source, wrong = one
    for part, faults in wrong:
        found += explained(kind.model, part, faults, names)
    return source, [
        *found,
        *links.of_record(kind.model, links.with_ids(kind.model, node), source if wrong else None),
    ]


def alone(reading: Reading, source: RecordSource) -> Reading:
    """Return a reading whose checks look at one record alone."""
    if reading.site is None:
        return reading
    others = reading.site.records(source.folder)
    site = reading.site.with_records({source.folder: {**others, source.id: source.record}})
    key, group = (source.folder, source.id), RecordGroup((source,))
    return dataclass_replace(
        reading,
        site=site,
        sources={key: source},
        groups={source.folder: (group,)},
        pages={},
        indicators={},
        words={},
        cache=ONCE,
    )


class _Links:
    """Checks references to ids that are `known` by target, but none to vocabularies that are `unsure`."""

    def __init__(
        self, known: Mapping[str, Collection[str]], unsure: frozenset[str], names: reference_check.KnownNames
    ) -> None:
        self._known_ids = known
        self._unsure = unsure
        self._names = names
        self._answered: set[reference_check.Referring] = set()  # known to lead somewhere
        self._unsound: list[
            tuple[str, record_files.RecordsRead]
        ] = []  # with faults, or references to nothing

    def with_ids(self, model: type[Group], node: MapNode) -> MapNode:
        """Return a group with ids and values in place of names."""
        _, faults = record_files.build(model, node, id="x")
        return with_ids(model, with_values(model, node, faults), self._known_ids, self._names)

    def of(self, model: type[Group], node: Node) -> list[Diagnostic]:
        """Report references to nothing."""
        return reference_check.check_references(model, node, self._known_ids, self._unsure, self._names)

    def _all_known(self, references: frozenset[reference_check.Referring]) -> bool:
        return reference_check.all_known(references, self._known_ids, self._answered)

    def of_records(self, records: record_files.AllRecords) -> list[Diagnostic]:
        """Report records' references to nothing."""
        found: list[Diagnostic] = []
        for folder, part in records.parts:
            if part.sound and self._all_known(part.references):
                continue
            self._unsound.append((folder, part))
            model = KIND_BY_FOLDER[folder].model
            for key, (_, node) in part.nodes.items():
                found += self.of_record(model, node, part.repaired.get(key))
        return found

    def of_record(self, model: type[Group], node: Node, repaired: RecordSource | None) -> list[Diagnostic]:
        """Report a record's references to nothing; of a faulty one those of its right part (`repaired`)."""
        dangling = self.of(model, repaired.node if repaired else node)
        return [one for one in dangling if repaired is None or one.position[:3] not in repaired.altered]

    def of_words(self, words: Mapping[str, tuple[Node, ...]]) -> list[Diagnostic]:
        """Report words' references to nothing."""
        found: list[Diagnostic] = []
        for name, entries in words.items():
            if not self._all_known(_references_of_words(name, Same(entries))):
                for entry in entries:
                    found += self.of(VOCABULARIES[name], entry)
        return found

    def of_indicators(self, indicators: Mapping[str, IndicatorFolder]) -> list[Diagnostic]:
        """Report indicators' references to nothing."""
        found: list[Diagnostic] = []
        for one in indicators.values():
            found += self.of(type(one.indicator), one.source.node)
        return found

    def lost(self) -> dict[str, set[str]]:
        """Return referenced ids by kind that nothing has or resembles."""
        lost: dict[str, set[str]] = {}
        for folder, part in self._unsound:
            for _, node in part.nodes.values():
                for target, text in _references_to_records(folder, node):
                    ids = self._known_ids.get(target, {text})
                    if text not in ids and close_to(text, ids) is None:
                        lost.setdefault(target, set()).add(text)
        return lost


def _references_to_records(folder: str, node: Node) -> Iterator[tuple[str, str]]:
    """Yield (kind, id) that only a record can answer."""
    for reference in references(KIND_BY_FOLDER[folder].model):
        if reference.target in KIND_BY_FOLDER:
            for scalar in reference_check.scalars_at(node, reference.path):
                yield reference.target, scalar.text


def _streets(
    disk: Disk, resources: Path, config: SiteConfig, spaces: Collection[str]
) -> tuple[tuple[StreetRange, ...], list[Diagnostic]]:
    """Read the street register, the town's own before OpenStreetMap's."""
    geographies = {item.id for item in config.geographies}
    for folder in (resources, resources / OSM):
        register = folder / "streets.csv"
        if disk.holds(register):
            return read_streets(disk, register, spaces, geographies)
    return (), []


def _history(
    disk: Disk, file: Path, offers: Collection[str]
) -> tuple[tuple[HistoryEntry, ...], list[Diagnostic]]:
    """Read the history of offers, where there is one."""
    return read_history(disk, file, offers) if disk.holds(file) else ((), [])


def _records_of(*groups: RecordGroup[RecordSource]) -> dict[str, Record]:
    sources = chain.from_iterable(group.items for group in groups)
    return {source.id: source.record for source in sources}


def _has_osm_shape(source: RecordSource) -> bool:
    if not isinstance(source.record, Space) or source.record.geometry is None:
        return False
    return source.record.geometry.file.startswith(f"{OSM}/")


# Words that were read before come as the same nodes.
@lru_cache(maxsize=64)
def _references_of_words(
    vocabulary: str, entries: Same[tuple[Node, ...]]
) -> frozenset[reference_check.Referring]:
    return record_files.all_references(VOCABULARIES[vocabulary], entries.value)


def _is_from_osm(source: RecordSource) -> bool:
    return source.file.startswith(f"resources/{OSM}/")
