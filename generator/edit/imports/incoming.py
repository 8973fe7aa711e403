"""Records on their way into a project, of whatever import: checked against it, merged with what is there (what people edited stays, what they deleted doesn't come back, protected ones are never written), what the source no longer has named; all written or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.derive.masking import broken_and_protected, withheld_records
from generator.diagnostics import Diagnostic, Position, has_errors, ordered
from generator.diagnostics.codes import diagnostic
from generator.diagnostics.diagnostic import Progress, silent
from generator.edit.records.last_import import (
    LastImport,
    Values,
    as_read,
    digest,
    read_last_import,
    renewed_text,
)
from generator.edit.records.yaml_writer import write_record
from generator.files.door import Door
from generator.files.writing import write_files
from generator.model.config import SiteConfig
from generator.model.kinds import KIND_BY_FOLDER, KINDS
from generator.model.site import Site
from generator.model.vocabulary import VOCABULARIES
from generator.read.nodes import MapNode, plain, text_at
from generator.read.project import Reading, read_project
from generator.read.references import check_references


@dataclass(frozen=True, slots=True)
class ImportTarget:
    """The folder that is imported into: its levels and the ids that exist."""

    door: Door
    site: Site
    known: Mapping[str, Collection[str]]
    protected: frozenset[tuple[str, str]]
    """Records, by folder and id, that no import writes or remembers."""

    @property
    def config(self) -> SiteConfig:
        """The settings of the project."""
        return self.site.config

    def open_to_all(self, records: Iterable[Incoming]) -> list[Incoming]:
        """Return the records that aren't protected."""
        return [record for record in records if record.key not in self.protected]

    @property
    def root(self) -> Path:
        """The folder of the project."""
        return self.door.project


@dataclass(frozen=True, slots=True)
class Incoming:
    """One record to be written; the node's positions lie in the file it came from.

    `source` is what its source calls it, where an import remembers; `joined`: people wrote it before, under this id.
    """

    folder: str
    id: str
    node: MapNode
    source: str = ""
    joined: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Its folder and its id."""
        return self.folder, self.id

    @property
    def source_key(self) -> str:
        """Its folder and what its source calls it."""
        return f"{self.folder}/{self.source or self.id}"

    @property
    def title(self) -> str:
        """What it is called, else its id."""
        return text_at(self.node, "name") or self.id

    @property
    def name(self) -> str:
        """Where it goes, from the project's folder."""
        return f"resources/{self.folder}/{self.id}.yml"


@dataclass(frozen=True, slots=True)
class ImportManner:
    """How an import writes: with `update` it adds to what is there, `dry` it only tells; `progress` hears how far it is."""

    update: bool = False
    dry: bool = False
    progress: Progress = silent


@dataclass(slots=True)
class ImportOutcome:
    """What an import did: how many files of each kind were written, how many stayed as they were, what was found."""

    written: Counter[str] = field(default_factory=Counter)
    unchanged: int = 0
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    undecided: dict[str, str] = field(default_factory=dict)
    waiting: int = 0
    """In words, where an import remembers its last run: records renewed and fields that people edited, with the fields; records that the
    source no longer has; records that people deleted, which stay deleted; ids that the source writes in another way; what may be there already, by `folder/id`, with the id
    here, and how many records wait because they refer to such."""
    found: tuple[Diagnostic, ...] = ()
    points: list[str] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    nowhere: list[str] = field(default_factory=list)
    """In words, records that got the point of their address from the register of streets, or only its area, or neither."""
    unused: list[str] = field(default_factory=list)
    """The columns of the table that the mapping doesn't name."""


def open_project(root: Path, *inputs: Path) -> tuple[ImportTarget | None, list[Diagnostic]]:
    """Read what an import must know of a project; None where it can't be read. `inputs` are the files that come in."""
    return target_of_reading(read_project(root), *inputs)


def target_of_reading(reading: Reading, *inputs: Path) -> tuple[ImportTarget | None, list[Diagnostic]]:
    """Return what an import must know of a project that was read."""
    if reading.site is None:
        return None, list(reading.found)
    door = reading.door.also(*inputs)
    known: dict[str, Collection[str]] = {}
    for kind in KINDS:
        known[kind.folder] = {*reading.site.records(kind.folder), *reading.broken.get(kind.folder, ())}
    for name in VOCABULARIES:
        known[name] = set(getattr(reading.site.words, name))
    broken = (record for record, _ in broken_and_protected(reading, reading.site.words))
    protected = withheld_records(reading.site).union(broken)
    return ImportTarget(door, reading.site, known, protected), []


def check_links(project: ImportTarget, records: Iterable[Incoming]) -> list[Diagnostic]:
    """Report references of the records that neither the project nor the other records answer."""
    records = list(records)
    known: dict[str, Any] = {name: set(ids) for name, ids in project.known.items()}
    for record in records:
        known[record.folder].add(record.id)
    found: list[Diagnostic] = []
    for record in records:
        found += check_references(KIND_BY_FOLDER[record.folder].model, record.node, known)
    return found


def bring_in(
    project: ImportTarget,
    records: Iterable[Incoming],
    others: Mapping[str, str],
    found: list[Diagnostic],
    manner: ImportManner,
    memory: Path | None = None,
) -> ImportOutcome:
    """Write records and `others` (texts by path) unless something was found or stands in the way.

    With `update` a record that is there gets what it lacks, and keeps what it says. `memory` is a file of the project that remembers what was
    written: what stands in it and nobody edited since is renewed; what doesn't is handwork; what is protected is forgotten. A file that would not change is left alone.
    Without a memory `others` hold what is there already.
    """
    before, problems = read_last_import(project.door, memory) if memory else (LastImport(), [])
    before = before or LastImport()
    arrival = Arrival(project, manner.update, before.without(project.protected), memory is not None)
    arrival.found += [*found, *problems]
    for record in project.open_to_all(records):
        arrival.record(record)
    for name, text in others.items():
        arrival.whole_file(name, text)
    arrival.tell_gone()
    outcome = arrival.outcome
    outcome.found = ordered(arrival.found)
    if has_errors(outcome.found):
        return outcome
    if memory and arrival.now != before:
        arrival.files[project.door.name(memory)] = arrival.now.written()
    if arrival.files and not manner.dry:
        write_files(project.root, arrival.files, manner.progress)
    outcome.written = Counter(arrival.kinds.values())
    return outcome


@dataclass(slots=True)
class Arrival:
    """One run of an import: what it remembers of the last one, and the texts that it is about to write by file; `kinds` says of what kind each is."""

    project: ImportTarget
    update: bool
    before: LastImport
    remembers: bool
    now: LastImport = field(default_factory=LastImport)
    outcome: ImportOutcome = field(default_factory=ImportOutcome)
    files: dict[str, str | None] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)

    def record(self, record: Incoming) -> None:
        """Write a record that isn't there, and bring one that is up to date as far as nobody edited it."""
        key, own = record.source_key, "/".join(record.key)
        values = as_read(plain(record.node))
        # What people wrote before the source told of it keeps what it says, and gets what it lacks.
        update = self.update or (record.joined and key not in self.before.records)
        if self.holds(record.name):
            self.remember(key, record.id, values)
            if update:
                self.renew(key, own, record.name, values)
            else:
                self._refuse(record.name, own)
        else:
            self.add(key, own, record.name, values)

    def holds(self, name: str) -> bool:
        """Tell whether the project has a file."""
        return self.project.door.holds(self.project.root / name)

    def remember(self, key: str, record_id: str, values: Values) -> None:
        """Note what the source says of a record this time."""
        self.now.records[key] = {"id": record_id, "values": values}

    def add(self, key: str, own: str, name: str, values: Values) -> None:
        """Write a record that isn't there, unless people deleted it since the last import; `own` is its folder with its id."""
        self.remember(key, own.partition("/")[2], values)
        if key in self.before.records and self.update:
            self.outcome.dropped.append(own)
        else:
            self.write(name, write_record(values), own.partition("/")[0])

    def renew(self, key: str, own: str, name: str, values: Values) -> None:
        """Set the fields of a record that the source changed and nobody edited; what people edited stays, and is told."""
        last = self.before.records.get(key, {"values": {}})["values"]
        text, change, problems = renewed_text(self.project.door, self.project.root / name, last, values)
        self.found += problems
        if change.changes:
            self.outcome.changed.append(f"{own}: {', '.join(change.changes)}")
        if change.kept:
            self.outcome.kept.append(f"{own}: {change.told()}")
            self.remember(key, own.partition("/")[2], change.remembered(last, values))
        if text is None or not change.changes:
            self.outcome.unchanged += not problems
        else:
            self.write(name, text, own.partition("/")[0])

    def whole_file(self, name: str, text: str) -> None:
        """Write a file that nobody is meant to edit; with a memory one stays that somebody did edit, or had before."""
        there = self.holds(name)
        if there and not self.update:
            self._refuse(name, name)
            return
        own, problems = self.project.door.text(self.project.root / name) if there else (None, [])
        self.found += problems
        last = self.before.files.get(name, "")
        if own is not None and own != text and self.remembers and digest(own) != last:
            self.outcome.kept.append(name)
            self.now.files |= {name: last} if last else {}
            return
        self.now.files[name] = digest(text)
        if own != text:
            self.write(name, text, name)

    def tell_gone(self) -> None:
        """Name the records that the source no longer has; they are remembered as long as they stand, so that they are told again."""
        for key, item in self.before.records.items():
            own = f"{key.partition('/')[0]}/{item['id']}"
            if key not in self.now.records and self.holds(f"resources/{own}.yml"):
                self.now.records[key] = item
                self.outcome.gone.append(own)

    def write(self, name: str, text: str, kind: str) -> None:
        """Note the text of a file that is to be written, and of what kind it is."""
        self.files[name], self.kinds[name] = text, kind

    def _refuse(self, file: str, name: str) -> None:
        self.found.append(
            diagnostic(
                "eintrag-vorhanden",
                Position(self.project.door.name(self.project.root / file)),
                name=name,
                help="mit --update werden vorhandene Einträge ergänzt",
            )
        )
