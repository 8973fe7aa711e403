"""Bring records of an import into a project, all of them or none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.derive.masking import broken_and_protected, withheld_records
from generator.diagnostics import Diagnostic, Position, has_errors, ordered
from generator.diagnostics.codes import diagnostic
from generator.diagnostics.diagnostic import Progress, silent
from generator.edit.records.record_text import open_record
from generator.edit.records.yaml_writer import Value, write_on_one_line, write_record
from generator.edit.tables.table_columns import SHAPINGS
from generator.files.disk import Disk
from generator.files.writing import write_files
from generator.model.config import SiteConfig
from generator.model.kinds import KINDS
from generator.model.site import Site
from generator.read.nodes import MapNode, parse, plain, text_at
from generator.read.project import Reading, read_project
from generator.read.records import no_group


class ImportTarget(Struct, frozen=True):
    """The project that an import writes into, and the ids that are there."""

    disk: Disk
    site: Site
    known: Mapping[str, Collection[str]]
    protected: frozenset[tuple[str, str]]
    """Records, by folder and id, that an import must leave alone: who makes its records looks here."""

    @property
    def config(self) -> SiteConfig:
        """The settings of the project."""
        return self.site.config

    @property
    def root(self) -> Path:
        """The folder of the project."""
        return self.disk.project


class Incoming(Struct, frozen=True):
    """A record to write; positions are in its source file."""

    folder: str
    id: str
    node: MapNode

    @property
    def key(self) -> tuple[str, str]:
        """Its folder and its id."""
        return self.folder, self.id

    @property
    def title(self) -> str:
        """What it is called, else its id."""
        return text_at(self.node, "name") or self.id

    @property
    def name(self) -> str:
        """Where it goes, from the project's folder."""
        return f"resources/{self.folder}/{self.id}.yml"


class ImportManner(Struct, frozen=True):
    """How to import: `update` adds to existing records, `dry` only tells, `progress` reports."""

    update: bool = False
    dry: bool = False
    progress: Progress = silent


@dataclass(slots=True)
class ImportOutcome:
    """An import's counts by kind, findings, and in words: what got fields, what differs and stays, ids that changed, areas that the file lacks."""

    written: Counter[str] = field(default_factory=Counter)
    unchanged: int = 0
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    found: tuple[Diagnostic, ...] = ()


def open_project(root: Path, *inputs: Path) -> tuple[ImportTarget | None, list[Diagnostic]]:
    """Read a project as import target, None if unreadable; `inputs` are incoming files."""
    return target_of_reading(read_project(root), *inputs)


def target_of_reading(reading: Reading, *inputs: Path) -> tuple[ImportTarget | None, list[Diagnostic]]:
    """Return a read project as import target."""
    if reading.site is None:
        return None, list(reading.found)
    known: dict[str, Collection[str]] = {}
    for kind in KINDS:
        known[kind.folder] = {*reading.site.records(kind.folder), *reading.broken.get(kind.folder, ())}
    broken = (record for record, _ in broken_and_protected(reading, reading.site.words))
    protected = withheld_records(reading.site).union(broken)
    return ImportTarget(reading.disk.also(*inputs), reading.site, known, protected), []


def bring_in(
    project: ImportTarget,
    records: Iterable[Incoming],
    others: Mapping[str, str],
    found: list[Diagnostic],
    manner: ImportManner,
    *,
    complete: bool = False,
) -> ImportOutcome:
    """Write records and `others` (texts by path) unless something is wrong.

    With `update`, or `complete` (records alone), existing records get what they lack and keep what they say; of `others` those in
    resources/ are replaced with `update` only. Unchanged files aren't touched.
    """
    outcome, files, kinds = ImportOutcome(), dict[str, str | None](), dict[str, str]()
    for record in records:
        # As they would be read, so that they can be compared with what is there.
        node, _ = parse(write_record(plain(record.node)), record.name)
        values = plain(node) if node is not None else {}
        if not project.disk.holds(project.root / record.name):
            files[record.name], kinds[record.name] = write_record(values), record.folder
        elif not (manner.update or complete):
            found.append(_already_recorded(record.name, "/".join(record.key)))
        elif text := _completed(project, record, values, outcome, found):
            files[record.name], kinds[record.name] = text, record.folder
    for name, text in others.items():
        before, problems = None, list[Diagnostic]()
        if project.disk.holds(project.root / name):
            before, problems = project.disk.text(project.root / name)
            found += problems
            if before != text and not manner.update and name.startswith("resources/"):
                found.append(_already_recorded(name, name))
        if before != text:
            files[name], kinds[name] = text, name
    outcome.found = ordered(found)
    if has_errors(outcome.found):
        return outcome
    if files and not manner.dry:
        write_files(project.root, files, manner.progress)
    outcome.written = Counter(kinds.values())
    return outcome


def _already_recorded(file: str, name: str) -> Diagnostic:
    help_ = "mit --update werden vorhandene Einträge ergänzt"
    return diagnostic("eintrag-vorhanden", Position(file), name=name, help=help_)


def _completed(
    project: ImportTarget,
    record: Incoming,
    values: Mapping[str, Value],
    outcome: ImportOutcome,
    found: list[Diagnostic],
) -> str:
    """Return a record's completed text, empty if complete; differences are told."""
    text, problems = open_record(project.disk, project.root / record.name)
    if text is None or not isinstance(text.node, MapNode):
        found += [*problems, *(text.found if text else ())]
        found += [no_group(text.node)] if text and text.node and not text.found else []
        return ""
    existing = plain(text.node)
    added = [name for name in values if existing.get(name) is None]
    kept = [name for name in values if name not in added and existing[name] != values[name]]
    for name in added:
        text.set((name,), values[name])
    found += text.found
    title = "/".join(record.key)
    if kept:
        differences = (
            f"{name} (hier {_quote_value(existing[name])}, in der Quelle {_quote_value(values[name])})"
            for name in kept
        )
        outcome.kept.append(f"{title}: {', '.join(differences)}")
    if not added:
        outcome.unchanged += 1
        return ""
    outcome.changed.append(f"{title}: {', '.join(added)}")
    return text.text


def _quote_value(value: Value) -> str:
    """Return a value as it may stand in a sentence."""
    return f"„{write_on_one_line(value)}“"


_REFERENCE = re.compile(r"<([^<>|\[\]]+)(?:\[(-?\d*):(-?\d*)\])?((?:\|[a-z]+)*)>")
"""`<column>`, a part of its cell as `<column[:6]>`, reshaped as `<column|street>`."""


class ColumnReference(Struct, frozen=True):
    """A named column, which part of its cell, and how it is reshaped."""

    column: str
    part: slice
    shapings: tuple[str, ...]


@lru_cache(maxsize=1024)
def pattern_parts(text: str) -> tuple[str | ColumnReference, ...]:
    """Cut a pattern into text and columns; a plain word names one.

    >>> [part if isinstance(part, str) else part.column for part in pattern_parts("kita-<id>")]
    ['kita-', 'id']
    """
    text = text if "<" in text else f"<{text}>"
    parts: list[str | ColumnReference] = []
    place = 0
    for match in _REFERENCE.finditer(text):
        if match.start() > place:
            parts.append(text[place : match.start()])
        start, stop = (int(number) if number else None for number in match.group(2, 3))
        parts.append(ColumnReference(match[1].strip(), slice(start, stop), tuple(match[4].split("|")[1:])))
        place = match.end()
    if place < len(text):
        parts.append(text[place:])
    return tuple(parts)


def columns_in(text: str) -> list[str]:
    """Return the columns that a text names."""
    return [part.column for part in pattern_parts(text) if isinstance(part, ColumnReference)]


def filled_text(text: str, cells: Mapping[str, Any], *, whole: bool = True) -> str:
    """Fill a pattern from a row; empty if any cell is, unless not `whole`."""
    if not text:
        return ""
    done = []
    for part in pattern_parts(text):
        if isinstance(part, str):
            done.append(part)
            continue
        value = cells.get(part.column)
        written = "" if value is None else str(value).strip()[part.part]
        for shaping in part.shapings:
            written = SHAPINGS.get(shaping, str)(written)
        if not written and whole:
            return ""
        done.append(written)
    return "".join(done)
