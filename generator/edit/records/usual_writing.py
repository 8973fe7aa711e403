"""Write a record in the usual writing (`nahraum fmt`): hours, dates, yes and no, blanks, line ends.

A value is replaced only where there is exactly one reading. Indentation, order and comments stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.edit.records.record_text import RecordText
from generator.edit.records.rename_and_retire import record_paths
from generator.files.door import RECORD, Door, decoded
from generator.files.writing import write_files
from generator.hours.written_hours import Hours, read_hours
from generator.model.config import OSM
from generator.model.dates import parse_date
from generator.model.fields import has_path, kinds_at, variants
from generator.model.kinds import KIND_BY_FOLDER
from generator.read.nodes import FieldPath, Node, Scalar
from generator.read.records import unknown_folder
from generator.read.written_texts import scalars

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
