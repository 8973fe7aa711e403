"""Rewrite hours, dates, booleans, names, blanks and line ends as usual (`nahraum check --fix`).

A value is replaced only where there is exactly one reading. Indentation, order and comments stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date
from pathlib import Path

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from generator.diagnostics import Diagnostic
from generator.edit.records.record_text import RecordText
from generator.edit.records.rename_and_retire import record_paths
from generator.files.disk import RECORD, Disk, decoded
from generator.files.writing import write_files
from generator.hours.written_hours import Hours, read_hours
from generator.model.config import OSM
from generator.model.dates import parse_date
from generator.model.fields import has_path, kinds_at, variants
from generator.model.groups import Group
from generator.model.kinds import KIND_BY_FOLDER
from generator.read.nodes import FieldPath, MapNode, Node, Scalar, text_at
from generator.read.written_texts import scalars

InIds = Callable[[type[Group], MapNode], MapNode]
"""Takes German names in a group for the ids and values that they mean."""
_YES_NO = {"ja": "yes", "nein": "no", "true": "yes", "false": "no"}


def format_text(
    text: str, model: type[Group], file: str, in_ids: InIds = lambda _model, node: node
) -> tuple[str, list[Diagnostic]]:
    """Return a text in the usual writing, unchanged if no YAML."""
    tidy = re.sub(r"\r\n?", "\n", text.removeprefix("\ufeff"))
    record = RecordText(tidy, file)
    if record.node is not None and not record.found:
        for path, scalar, kind in list(_typed(record.node, model)):
            better = _better(scalar.text, kind)
            # A text over several lines or in a block is left to its author.
            if better is not None and scalar.end[0] == scalar.position.line:
                record.set(path, better)
        if isinstance(record.node, MapNode):
            named = in_ids(model, record.node)
            for path, scalar in list(scalars(record.node)):
                meant = text_at(named, *path)
                if meant not in ("", scalar.text):
                    record.set(path, meant)
    if record.found:
        return text, record.found
    return "\n".join(line.rstrip(" \t") for line in record.text.split("\n")).rstrip("\n") + "\n", []


def format_files(named: Collection[Path] | None, disk: Disk, in_ids: InIds) -> int:
    """Rewrite record files as usual and count them; unreadable ones stay.

    `named` are files and folders, None for all records. The project's are written all or none, others by
    folder. Raises OSError.
    """
    folders: dict[Path, dict[str, str]] = {}
    root = disk.project.resolve()
    if named is None:
        folders_of = (disk.project / "resources", disk.project / "resources" / OSM)
        lying = [path for folder in folders_of for _, path in record_paths(disk, folder, [])]
        paths = [path for path in lying if not path.name.startswith(".")]
    else:
        paths = []
        for one in named:
            paths += disk.files(one, ".yml")[0] if one.is_dir() else [one]
    for path in paths:
        better = _formatted(path, disk, in_ids)
        if better is not None:
            place = path.resolve()
            folder = root if place.is_relative_to(root) else place.parent
            folders.setdefault(folder, {})[place.relative_to(folder).as_posix()] = better
    for folder, files in folders.items():
        write_files(folder, files)
    return sum(map(len, folders.values()))


def _formatted(path: Path, disk: Disk, in_ids: InIds) -> str | None:
    """Return a file's usual writing; None if unchanged or unreadable."""
    kind = KIND_BY_FOLDER.get(path.parent.name)
    data, _ = disk.read(path, RECORD) if kind is not None else (None, [])
    text, _ = decoded(data, disk.name(path)) if data is not None else (None, [])
    if kind is None or text is None:
        return None
    better, problems = format_text(text, kind.model, disk.name(path), in_ids)
    return None if problems or better.encode() == data else better


def _better(text: str, kind: type) -> str | None:
    """Return the usual writing of hours, a boolean or a date; None if it is usual or unclear."""
    if kind is Hours:
        hours = read_hours(text)
        # Who writes German reads German: only signs and blanks of OSM's own writing are set right.
        return None if hours.german or hours.expression == text else hours.expression
    if kind is bool:
        return _YES_NO.get(text.lower())
    try:
        written = parse_date(text).isoformat()
    except PydanticCustomError:
        return None
    return None if written == text else written


def _typed(node: Node, model: type[BaseModel]) -> Iterator[tuple[FieldPath, Scalar, type]]:
    """Yield a record's hours, dates and booleans with path and type."""
    for path, scalar in scalars(node):
        for kind in kinds_at(model, path) if has_path(model, path) else ():
            yield from ((path, scalar, plain) for plain, _ in variants(kind) if plain in (Hours, bool, date))
