"""Records on their way into a project: checked against it, merged with what is there, written all or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostic, Position, has_errors, ordered
from generator.diagnostics.codes import CODES, diagnostic
from generator.diagnostics.progress import Progress, silent
from generator.edit.imports.last_import import LastImport, as_read, read_last_import, renewed
from generator.edit.records.record_text import open_record
from generator.edit.records.yaml_writer import Value, write_record
from generator.files.door import Door
from generator.files.writing import write_files
from generator.model.apart import OSM
from generator.model.config import SiteConfig
from generator.model.kinds import KIND_BY_FOLDER, KINDS
from generator.model.site import Site
from generator.model.vocabulary import VOCABULARIES
from generator.read.link import check_references
from generator.read.nodes import MapNode, plain
from generator.read.project import read_project

SHOWN = 20


@dataclass(frozen=True, slots=True)
class ImportTarget:
    """The folder that is imported into: its levels and the ids that exist."""

    door: Door
    site: Site
    known: Mapping[str, Collection[str]]

    @property
    def config(self) -> SiteConfig:
        """The settings of the project."""
        return self.site.config

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
    def name(self) -> str:
        """Where it goes, from the project's folder."""
        return f"resources/{self.folder}/{self.id}.yml"


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


def open_project(root: Path, *inputs: Path) -> tuple[ImportTarget | None, list[Diagnostic]]:
    """Read what an import must know of a project; None where it can't be read. `inputs` are the files that come in."""
    reading = read_project(root)
    if reading.site is None:
        return None, list(reading.found)
    door = reading.door.also(*inputs)
    known: dict[str, Collection[str]] = {
        kind.folder: {
            path.stem
            for folder in (root / "resources", root / "resources" / OSM)
            for path in door.files(folder / kind.folder, ".yml")[0]
        }
        for kind in KINDS
    }
    known |= {name: set(getattr(reading.site.words, name)) for name in VOCABULARIES}
    return ImportTarget(door, reading.site, known), []


def check_links(project: ImportTarget, records: Iterable[Incoming]) -> list[Diagnostic]:
    """Report references of the records that neither the project nor the other records answer."""
    records = list(records)
    known: dict[str, Any] = {name: set(ids) for name, ids in project.known.items()}
    for record in records:
        known[record.folder].add(record.id)
    return [
        item
        for record in records
        for item in check_references(KIND_BY_FOLDER[record.folder].model, record.node, known)
    ]


def bring_in(
    project: ImportTarget,
    records: Iterable[Incoming],
    others: Mapping[str, str],
    found: list[Diagnostic],
    *,
    update: bool,
    memory: Path | None = None,
    dry: bool = False,
    progress: Progress = silent,
) -> ImportOutcome:
    """Write records and `others` (texts by path) unless something was found or stands in the way.

    With `update` an existing record keeps the fields that the new one doesn't have, and all remarks; a file that would not change
    is left alone. `memory` is a file of the project that remembers what was written: of a record that stands in it, `update` renews what
    nobody edited since. `dry` writes nothing.
    """
    outcome = ImportOutcome()
    files: dict[str, str] = {}
    kinds: dict[str, str] = {}
    before, problems = read_last_import(project.door, memory) if memory else (LastImport(), [])
    found += problems
    before, now = before or LastImport(), LastImport()
    for record in records:
        path, values = project.root / record.name, plain(record.node)
        key, own = f"{record.folder}/{record.source or record.id}", f"{record.folder}/{record.id}"
        if memory:
            values = as_read(values)
            now.records[key] = {"id": record.id, "values": values}
            # What people wrote before the source told of it keeps what it says, and gets what it lacks.
            joined = record.joined and key not in before.records
            if joined or (update and key in before.records):
                if not project.door.holds(path):
                    outcome.dropped.append(own)
                    continue
                last = {} if joined else before.records[key]["values"]
                text, change, problems = renewed(project.door, path, last, values)
                found += problems
                if change.changes:
                    outcome.changed.append(f"{own}: {', '.join(change.changes)}")
                if change.kept:
                    outcome.kept.append(f"{own}: {', '.join(change.kept)}")
                if text is None or not change.changes:
                    outcome.unchanged += not problems
                else:
                    files[record.name], kinds[record.name] = text, record.folder
                continue
        if project.door.holds(path):
            if not update:
                found.append(_there(project, path, f"{record.folder}/{record.id}"))
                continue
            text, problems = _updated(project.door, path, values)
            found += problems
            if text is None:
                outcome.unchanged += not problems
                continue
            files[record.name] = text
        else:
            files[record.name] = write_record(values)
        kinds[record.name] = record.folder
    for name, text in others.items():
        path = project.root / name
        there = project.door.holds(path)
        if there and not update:
            found.append(_there(project, path, name))
            continue
        data, problems = project.door.read(path) if there else (None, [])
        found += problems
        if data != text.encode():
            files[name], kinds[name] = text, name
    for key, item in before.records.items():
        own = f"{key.partition('/')[0]}/{item['id']}"
        if key not in now.records and project.door.holds(project.root / f"resources/{own}.yml"):
            # Remembered as long as it stands, so that it is told again.
            now.records[key] = item
            outcome.gone.append(own)
    outcome.found = ordered(shortened(found))
    if has_errors(outcome.found):
        return outcome
    if memory and now.records != before.records:
        files[project.door.name(memory)] = now.written()
    if files and not dry:
        write_files(project.root, files, progress)
    outcome.written = Counter(kinds.values())
    return outcome


def _updated(door: Door, path: Path, values: Mapping[str, Value]) -> tuple[str | None, list[Diagnostic]]:
    """Return a record's text with new values in it; None where they are there already, or can't be put in."""
    record, found = open_record(door, path)
    if record is None:
        return None, found
    before = record.text
    for key, value in values.items():
        record.set((key,), value)
    return record.text if record.text != before else None, record.found


def shortened(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Keep the first twenty errors of each code and say how many more there are; warnings all stay."""
    kept: list[Diagnostic] = []
    counts: Counter[str] = Counter()
    last: dict[str, Position] = {}
    for item in ordered(found):
        counts[item.code] += 1
        if counts[item.code] <= SHOWN or item.severity != "error":
            kept.append(item)
            last[item.code] = item.position
    kept += [
        diagnostic("weitere-faelle", last[code], same=code, count=count - SHOWN)
        for code, count in counts.items()
        if count > SHOWN and CODES[code].severity == "error"
    ]
    return kept


def _there(project: ImportTarget, path: Path, name: str) -> Diagnostic:
    return diagnostic(
        "eintrag-vorhanden",
        Position(project.door.name(path)),
        name=name,
        help="mit --update werden vorhandene Einträge ergänzt",
    )
