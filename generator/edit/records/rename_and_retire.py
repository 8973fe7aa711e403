"""Rename a record with all references to it, or end it.

All files change or none. Hand-written pages are only named.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.derive.masking import withheld_records
from generator.diagnostics import Diagnostic, Position, has_errors, meant_or
from generator.diagnostics.codes import diagnostic
from generator.edit.records.new_records import refused_id
from generator.edit.records.record_text import RecordText, open_record
from generator.edit.tables.table_rows import form_of, read_table
from generator.files.disk import TABLE, Disk, decoded
from generator.files.writing import write_files
from generator.model.areas_and_offices import Space
from generator.model.config import SiteConfig
from generator.model.fields import fields, references
from generator.model.groups import Kind
from generator.model.kinds import KIND_BY_FOLDER, KINDS
from generator.model.offer import Offer
from generator.model.places_and_providers import Place, Provider
from generator.read.hidden_places import sight
from generator.read.mkdocs_settings import read_settings
from generator.read.nodes import places_at
from generator.read.project import Reading, read_project
from generator.read.records import RecordSource
from generator.read.references import scalars_at

_STREETS, _TRANSLATIONS = "streets.csv", "translations.csv"
_AROUND = ("'\"/, ", "'\"/,#)")
"""What stands before and behind an id in components and addresses (`contact('asd')`, `/orte/asd/`), and not in a sentence."""


@dataclass(slots=True)
class Outcome:
    """Written files, places to look at, and what prevented a change."""

    disk: Disk
    changed: list[str] = field(default_factory=list)
    mentions: list[Position] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    elsewhere: str | None = None
    """The overlay, where it isn't in the project: its records may name what was changed."""


def rename_record(root: Path, kind: Kind, old: str, new: str) -> Outcome:
    """Change a record's id and all references, or nothing; raises OSError."""
    reading, outcome = opened(root)
    outcome.found = _obstacles(reading, kind, old, new)
    if outcome.found:
        return outcome
    source = reading.sources[kind.folder, old]
    same_id = {folder for folder, key in reading.sources if key == old}
    files: dict[str, str | None] = {}
    for folder in reading.folders:
        for other, path in record_paths(reading.disk, folder, outcome.found):
            record, problems = open_record(reading.disk, path)
            outcome.found += problems
            if record is None:
                continue
            follow(record, other, kind, old, new, same_id)
            if path == root / source.file and (earlier := _earlier_ids(reading, source, new)):
                record.set(("earlier_ids",), earlier)
            outcome.found += record.found
            name = path.relative_to(root).as_posix()
            if other is kind and path.stem == old:
                files[name] = None
                files[path.with_name(f"{new}.yml").relative_to(root).as_posix()] = record.text
            elif record.changed:
                files[name] = record.text
        for table, text in _followed_tables(reading, folder, kind, old, new, outcome.found):
            files[(folder / table).relative_to(root).as_posix()] = text
    if outcome.found:
        return outcome
    write_files(root, files)
    outcome.changed = sorted(name for name, text in files.items() if text is not None)
    outcome.mentions = list(mentions(reading, old))
    return outcome


def _earlier_ids(reading: Reading, source: RecordSource, new: str) -> list[str]:
    """Return ids that people may hold; none if protected."""
    site, record = reading.site, source.record
    if not isinstance(record, Offer | Space | Place | Provider) or site is None:
        return []
    shown = getattr(sight(site), source.folder, {}).get(source.id, "full")
    if shown != "full" or (source.folder, source.id) in withheld_records(site):
        return []
    return [key for key in dict.fromkeys((*record.earlier_ids, source.id)) if key != new]


def opened(root: Path) -> tuple[Reading, Outcome]:
    """Read a project with its overlay, if inside, for changes."""
    config, *_ = read_settings(Disk(root))
    inside, outside = elsewhere(root, config)
    reading = read_project(root, internal=bool(inside))
    return reading, Outcome(reading.disk, elsewhere=outside)


def elsewhere(root: Path, config: SiteConfig | None) -> tuple[tuple[Path, ...], str | None]:
    """Return the overlay's folder, or its name where it lies outside of the project."""
    overlay = Path(config.overlay) if config and config.overlay else None
    if overlay is None:
        return (), None
    if ".." not in overlay.parts and os.path.isdir(root / overlay):
        return (root / overlay,), None
    return (), str(overlay)


def mentions(reading: Reading, key: str) -> Iterator[Position]:
    """Yield where hand-written pages name an id."""
    pattern = id_pattern(key)
    for name, text in sorted(reading.pages.items()):
        for number, line in enumerate(text.split("\n"), 1):
            for match in pattern.finditer(line):
                around = line[match.start() - 1 : match.start()], line[match.end() : match.end() + 1]
                if all(sign and sign in signs for sign, signs in zip(around, _AROUND, strict=True)):
                    yield Position(f"content/{name}", number, match.start() + 1, len(key))


def id_pattern(key: str) -> re.Pattern[str]:
    """Return what finds an id that stands by itself."""
    return re.compile(rf"(?<![\w-]){re.escape(key)}(?![\w-])")


def unknown_record(reading: Reading, kind: Kind, key: str) -> list[Diagnostic]:
    """Report an unknown id with suggestion; nothing if known."""
    if (kind.folder, key) in reading.sources:
        return []
    known = sorted(source.id for source in reading.of(kind.folder))
    better = meant_or(key, known, "das Kürzel ist der Name der Datei ohne .yml")
    place = Position(f"resources/{kind.folder}/{key}.yml")
    return [diagnostic("eintrag-fehlt", place, name=key, what=kind.none, better=better)]


def _obstacles(reading: Reading, kind: Kind, old: str, new: str) -> list[Diagnostic]:
    """Return why a record can't be renamed."""
    # What can't be read may name the record, and nobody would see it.
    if has_errors(reading.found):
        return list(reading.found)
    found = unknown_record(reading, kind, old) or refused_id(reading.root, kind, new)
    # Figures and published editions name areas, and stay as they are: such an area keeps its id.
    if not found and kind.folder == "spaces":
        paths: list[Path] = []
        for name in ("indicators", "editions"):
            paths += sorted((reading.root / "resources" / name).rglob("*"))
        for path in paths:
            if path.suffix in (".csv", ".json", ".yml") and _may_name(reading.disk, path, old):
                return [diagnostic("gebiet-mit-zahlen", Position(reading.disk.name(path)), name=old)]
    return found


def _may_name(disk: Disk, path: Path, key: str) -> bool:
    text, _ = disk.text(path)
    return text is None or id_pattern(key).search(text) is not None


def record_paths(disk: Disk, folder: Path, found: list[Diagnostic]) -> Iterator[tuple[Kind, Path]]:
    """Yield (kind, path) of records below a folder; problems go to `found`."""
    for kind in KINDS:
        paths, problems = disk.entries(folder / kind.folder)
        found += problems
        for path in paths:
            if path.suffix == ".yml":
                yield kind, path


def follow(
    record: RecordText, other: Kind, kind: Kind, old: str, new: str, same_id: Collection[str] = ()
) -> None:
    """Rename `old` to `new` in the references to `kind` of a record, which is of the kind `other`.

    `same_id` are the kinds with a record of the old id: where a reference may mean several kinds, it means the first.
    """
    for reference in references(other.model):
        targets = [target for target in reference.target.split("|") if target in {kind.folder, *same_id}]
        if targets[:1] != [kind.folder]:
            continue
        for path, scalar in list(places_at(record.node, reference.path)):
            if scalar.text != old:
                continue
            # The id is a key: `{spaces-id: value}`.
            if reference.path[-1] == "{}":
                record.rekey(path, new)
            else:
                record.set(path, new)


def _followed_tables(
    reading: Reading, folder: Path, kind: Kind, old: str, new: str, found: list[Diagnostic]
) -> Iterator[tuple[str, str]]:
    """Yield tables with the new id; problems go to `found`."""
    # (file, columns that name records, text to find, text instead)
    tables = []
    if kind.folder == "spaces":
        geographies = reading.site.config.geographies if reading.site else ()
        tables.append((_STREETS, {"space", *(item.id for item in geographies)}, old, new))
    tables.append((_TRANSLATIONS, {"record"}, f"{kind.folder}/{old}", f"{kind.folder}/{new}"))
    for name, columns, before, after in tables:
        text, problems = _follow_in_table(reading, folder / name, columns, before, after)
        found += problems
        if text is not None:
            yield name, text


def _follow_in_table(
    reading: Reading, path: Path, columns: Collection[str], old: str, new: str
) -> tuple[str | None, list[Diagnostic]]:
    """Return a table with cells replaced; None if unchanged."""
    if not reading.disk.holds(path):
        return None, []
    data, found = reading.disk.read(path, TABLE)
    if data is None:
        return None, found
    text, found = decoded(data, reading.disk.name(path))
    if text is None:
        return None, found
    mark = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
    form, found = form_of(reading.disk, path)
    table, problems = read_table(reading.disk, path, form) if form is not None else (None, [])
    found += problems
    if table is None:
        return None, found
    cells: list[Position] = []
    for row in table.rows:
        cells += [cell.position for name, cell in row.cells.items() if name in columns and cell.text == old]
    if not cells:
        return None, found
    # All else stays, byte for byte.
    lines = text.split("\n")
    for place in sorted(cells, reverse=True):
        line, start = lines[place.line - 1], place.column - 1
        cell = line[start : start + place.length].replace(old, new)
        lines[place.line - 1] = line[:start] + cell + line[start + place.length :]
    return mark + "\n".join(lines), found


_ENDING = ("offers", "places", "providers", "spaces")


def retire(root: Path, written: str, until: dt.date, successors: Sequence[str], today: dt.date) -> Outcome:
    """End an offer, place, provider or area after a day; raises OSError.

    `written` is an id, or `places/…` where two kinds have it. References stay, since only people know what to name
    instead; the outcome's `mentions` say where.
    """
    reading, outcome = opened(root)
    source, outcome.found = named_record(reading, written, _ENDING)
    if source is None:
        return outcome
    kind, key = KIND_BY_FOLDER[source.folder], source.id
    for successor in successors:
        outcome.found += unknown_record(reading, kind, successor)
        if successor == key:
            circle = f"{key} → {key}"
            outcome.found.append(diagnostic("nachfolge-im-kreis", source.position("name"), circle=circle))
    if outcome.found:
        return outcome
    record, outcome.found = open_record(reading.disk, root / source.file)
    if record is None:
        return outcome
    if until < today:
        record.set(("status",), "ended")
    record.set(("until",), until)
    if successors and "successors" in fields(kind.model):
        record.set(("successors",), list(successors))
    elif successors:
        record.set(("successor",), successors[0])
    outcome.found += record.found
    if not outcome.found:
        write_files(root, {source.file: record.text})
        outcome.changed = [source.file]
        outcome.mentions = [*_references(reading, kind, key), *mentions(reading, key)]
    return outcome


def named_record(
    reading: Reading, written: str, folders: Sequence[str]
) -> tuple[RecordSource | None, list[Diagnostic]]:
    """Return the one record that an id means, or `places/…`; else what is wrong."""
    folder, _, key = written.rpartition("/")
    meant = [one for kind in folders if folder in ("", kind) for one in reading.of(kind) if one.id == key]
    if len(meant) == 1:
        return meant[0], []
    known = sorted(one.id for kind in folders for one in reading.of(kind))
    kinds = ", ".join(f"{kind}/{key}" for kind in folders)
    better = meant_or(key, known, f"ein Kürzel; bei zweien mit dem Ordner davor: {kinds}")
    what = "kein Eintrag, um den es hier gehen kann"
    return None, [diagnostic("eintrag-fehlt", Position("resources"), name=written, what=what, better=better)]


def _references(reading: Reading, kind: Kind, key: str) -> Iterator[Position]:
    """Yield where records name a record."""
    for (folder, _), source in sorted(reading.sources.items()):
        for reference in references(KIND_BY_FOLDER[folder].model):
            if kind.folder in reference.target.split("|"):
                for scalar in scalars_at(source.node, reference.path):
                    if scalar.text == key:
                        yield scalar.position
