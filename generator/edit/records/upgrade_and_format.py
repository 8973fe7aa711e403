"""A town's files in; the same in today's format (`nahraum upgrade`), or a record in the usual writing (`nahraum fmt`: hours, dates, ja and nein, line ends, blanks), out; what is never touched, and when nothing is written.

`upgrade` writes anew only what a step names, at its place; where a file can't be read or a value not changed alone, nothing is.

`fmt` replaces single values where there is exactly one reading: opening hours that are OSM's but for signs and blanks, German dates,
ja and nein; German hours stay German. And what no editor shows: blanks at the end of lines, line ends of Windows, a byte-order mark.
Indentation, order and comments stay as they are.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.edit.records.record_text import RecordText, open_record
from generator.edit.records.rename_and_retire import elsewhere, record_paths
from generator.files.door import RECORD, Door, decoded
from generator.files.git import NoAnswer, asked, kept_by_git
from generator.files.writing import write_files
from generator.hours.written_hours import Hours, read_hours
from generator.model.config import OSM
from generator.model.dates import parse_date
from generator.model.earlier_formats import FORMAT, SETTINGS, FormatStep, steps_after
from generator.model.fields import has_path, kinds_at, variants
from generator.model.kinds import KIND_BY_FOLDER
from generator.read.nodes import FieldPath, Node, Scalar
from generator.read.records import unknown_folder
from generator.read.settings import FILE, lifts, of_earlier_format, read_settings, too_new, written_format
from generator.read.written_texts import scalars

_OLDER = "format-aelter"
_DIFFERS = ("status", "--porcelain", "-z", "--ignore-submodules=all", "--")


@dataclass(slots=True)
class Upgrade:
    """What lifts a town: its files as they are and as they are to be, by their names; nothing where `found` says what stands in the way."""

    door: Door
    written: int = FORMAT
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    says: list[str] = field(default_factory=list)
    """Why, one sentence for each step that changes something."""
    found: list[Diagnostic] = field(default_factory=list)
    elsewhere: str | None = None
    """The overlay, where it isn't in the project: it has to be lifted by itself."""


class NoWayBack(Exception):
    """What is there now would be lost; the message says in German what keeps it."""


def upgrade_of(root: Path) -> Upgrade:
    """Work out what lifts the town below `root`; nothing is written."""
    door = Door(root)
    config, settings, found = read_settings(door)
    found = of_earlier_format(settings, {}, found)
    wrong = too_new(settings) or [item for item in found if item.severity == "error" and item.code != _OLDER]
    if wrong or config is None:
        return Upgrade(door, found=wrong)
    inside, outside = elsewhere(root, config)
    upgrade = Upgrade(door, written_format(settings), elsewhere=outside)
    steps = steps_after(upgrade.written)
    taken: set[FormatStep] = set()
    for folder in (root / "resources", *inside):
        for kind, path in record_paths(door, folder, upgrade.found):
            taken |= _lift_record(upgrade, path, kind.folder, steps)
    if steps:
        taken |= _lift_record(upgrade, root / FILE, SETTINGS, steps)
    upgrade.says = [step.says for step in steps if step in taken]
    return upgrade


def _lift_record(upgrade: Upgrade, path: Path, kind: str, steps: Sequence[FormatStep]) -> set[FormatStep]:
    """Lift a record or the settings by all steps; return those that changed anything. One step may put in place what the next one looks for.

    Today's format is written into the settings.
    """
    record, problems = open_record(upgrade.door, path)
    upgrade.found += problems
    taken: set[FormatStep] = set()
    if record is None:
        return taken
    before = record.text
    for step in steps:
        for _, lift in list(lifts((step,), kind, record.node)):
            record.set(lift.path, lift.value)
            taken.add(step)
    if kind == SETTINGS:
        record.set(("format",), FORMAT)
    upgrade.found += record.found
    if record.changed:
        name = path.relative_to(upgrade.door.project).as_posix()
        upgrade.before[name], upgrade.after[name] = before, record.text
    return taken


def differences(upgrade: Upgrade) -> Iterator[str]:
    """Yield what changes, line by line: the place, what stands there, what will stand there."""
    for name, before in sorted(upgrade.before.items()):
        old, new = before.splitlines(), upgrade.after[name].splitlines()
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        for tag, start, end, first, last in matcher.get_opcodes():
            if tag == "equal":
                continue
            gone, came = old[start:end], new[first:last]
            # Lines that have each become one other are read one by one.
            pairs = [([one], [two]) for one, two in zip(gone, came, strict=False)]
            for number, (before_it, after_it) in enumerate(
                pairs if len(gone) == len(came) else [(gone, came)]
            ):
                yield f"{name}:{start + number + 1}"
                yield from (f"  - {line}" for line in before_it)
                yield from (f"  + {line}" for line in after_it)


def write_upgrade(root: Path, upgrade: Upgrade, backup: Path | None) -> None:
    """Write a lifted town, all files or none; raises `NoWayBack` where nothing keeps what was there, OSError where writing fails.

    What keeps it is git, which has every file as it is now, or a folder of copies that is new.
    """
    if backup is None:
        _kept(root, upgrade.before)
    else:
        if backup.exists() and (not backup.is_dir() or any(backup.iterdir())):
            raise NoWayBack(f"„{backup}“ gibt es schon: --backup nennt einen neuen Ordner")
        write_files(backup, upgrade.before)
    write_files(root, upgrade.after)


def _kept(root: Path, files: Mapping[str, str]) -> None:
    copies = "oder mit --backup ORDNER Kopien anlegen lassen"
    try:
        kept_by_git(root)
    except NoAnswer as error:
        raise NoWayBack(f"{error}: --backup ORDNER nennt, wohin Kopien der Dateien kommen") from error
    for name in sorted(files):
        known = asked(root, "ls-files", "--error-unmatch", "-z", "--", f":(literal){name}")
        if known is None or asked(root, *_DIFFERS, f":(literal){name}"):
            raise NoWayBack(f"{name} hat Änderungen, die nicht eingecheckt sind: erst einchecken, {copies}")


_YES_NO = {"ja": "yes", "nein": "no", "Ja": "yes", "Nein": "no", "true": "yes", "false": "no"}


def format_text(text: str, model: type[BaseModel], file: str) -> tuple[str, list[Diagnostic]]:
    """Return the text in the usual writing; a text that is no YAML comes back unchanged with what is wrong with it."""
    tidy = re.sub(r"\r\n?", "\n", text.removeprefix("\ufeff"))
    record = RecordText(tidy, file)
    if record.node is not None and not record.found:
        for path, scalar, kind in list(_typed(record.node, model)):
            better = _better(scalar.text, kind)
            # A text over several lines or in a block is left to its author.
            if better is not None and scalar.end[0] == scalar.position.line:
                record.set(path, better)
    if record.found:
        return text, record.found
    return "\n".join(line.rstrip(" \t") for line in record.text.split("\n")).rstrip("\n") + "\n", []


def format_files(named: Sequence[Path], door: Door, *, write: bool) -> tuple[list[Path], list[Diagnostic]]:
    """Bring record files into the usual writing (or only say which differ); return the files that differ and what was found.

    `named` are files and folders of them; all records of the project where none is named. Those of the project are all written or
    none, those elsewhere folder by folder. Raises OSError where that fails.
    """
    changed: dict[Path, str] = {}
    paths, found = _files_in(named, door) if named else _record_files(door)
    for path in paths:
        better, problems = _formatted(path, door)
        found += problems
        if better is not None:
            changed[path.resolve()] = better
            if not write:
                found.append(diagnostic("schreibweise", Position(door.name(path))))
    if write:
        for folder, files in _by_folder(changed, door.project.resolve()).items():
            write_files(folder, files)
    return list(changed), found


def _formatted(path: Path, door: Door) -> tuple[str | None, list[Diagnostic]]:
    """Return a record's file in the usual writing; None where it is written so already or can't be read."""
    kind = KIND_BY_FOLDER.get(path.parent.name)
    name = door.name(path)
    if kind is None:
        return None, [unknown_folder(path.parent.name, Position(name))]
    data, found = door.read(path, RECORD)
    if data is None:
        return None, found
    text, problems = decoded(data, name)
    found += problems
    if text is None:
        return None, found
    better, problems = format_text(text, kind.model, name)
    found += problems
    if problems or better.encode() == data:
        return None, found
    return better, found


def _by_folder(changed: Mapping[Path, str], root: Path) -> dict[Path, dict[str, str]]:
    """Sort files by the folder that is written to as one: the project, else the folder a file lies in."""
    folders: dict[Path, dict[str, str]] = {}
    for path, text in changed.items():
        folder = root if path.is_relative_to(root) else path.parent
        folders.setdefault(folder, {})[path.relative_to(folder).as_posix()] = text
    return folders


def _record_files(door: Door) -> tuple[list[Path], list[Diagnostic]]:
    """Return the files of all records of a project, and what is wrong with the folders."""
    found: list[Diagnostic] = []
    paths: list[Path] = []
    for folder in (door.project / "resources", door.project / "resources" / OSM):
        paths += [path for _, path in record_paths(door, folder, found) if not path.name.startswith(".")]
    return paths, found


def _files_in(named: Sequence[Path], door: Door) -> tuple[list[Path], list[Diagnostic]]:
    paths: list[Path] = []
    found: list[Diagnostic] = []
    for path in named:
        inner, problems = door.files(path, ".yml") if path.is_dir() else ([path], [])
        paths += inner
        found += problems
    return paths, found


def _better(text: str, kind: type) -> str | None:
    if kind is Hours:
        hours = read_hours(text)
        # Who writes German reads German: only signs and blanks of OSM's own writing are set right.
        if hours.normalised and not hours.doubts and not hours.german:
            return hours.expression
        return None
    if kind is bool:
        return _YES_NO.get(text)
    try:
        parse_date(text)
    except PydanticCustomError as error:
        better = (error.context or {}).get("better")
        if error.type == "deutsches-datum" and _exists(str(better)):
            return str(better)
        return None
    return None


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _typed(node: Node, model: type[BaseModel]) -> Iterator[tuple[FieldPath, Scalar, type]]:
    """Yield the hours, dates and yes-or-no of a record with where they stand and their type."""
    for path, scalar in scalars(node):
        for kind in kinds_at(model, path) if has_path(model, path) else ():
            yield from ((path, scalar, plain) for plain, _ in variants(kind) if plain in (Hours, bool, date))
