"""What an import wrote last time, what its source says now and what stands there out of which follow: what to write, what people keep.

An import remembers in a file of its own what it wrote. So it can tell what somebody edited since then, which stays, from what
merely became old, which is renewed; and it notices what its source no longer has.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.edit.records.record_text import open_record
from generator.edit.records.yaml_writer import Value, write_record
from generator.files.door import Door
from generator.read.nodes import MapNode, parse, plain

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Renewal:
    """What is to be set in a record that is there (None takes a field out), and which fields people keep against the source."""

    changes: dict[str, Value]
    kept: tuple[str, ...]


def renewal(last: Values, now: Values, there: Values) -> Renewal:
    """Compare field by field.

    What the source still says as before is left alone, whatever stands there. What it says anew is written where nobody touched the old,
    and kept where somebody did.

    >>> renewal({"name": "A", "hours": "Mo"}, {"name": "B", "hours": "Di"}, {"name": "A", "hours": "Fr"})
    Renewal(changes={'name': 'B'}, kept=('hours',))
    """
    changes: dict[str, Value] = {}
    kept: list[str] = []
    for name in {**last, **now}:
        before, after, own = last.get(name), now.get(name), there.get(name)
        if before == after or own == after:
            continue
        if own == before:
            changes[name] = after
        else:
            kept.append(name)
    return Renewal(changes, tuple(kept))


def renewed(
    door: Door, path: Path, last: Values, now: Values
) -> tuple[str | None, Renewal, list[Diagnostic]]:
    """Return a record's text as the source has it now, but for what people edited; None where the record can't be read."""
    record, found = open_record(door, path)
    if record is None or not isinstance(record.node, MapNode):
        return None, Renewal({}, ()), found
    change = renewal(last, now, plain(record.node))
    for name, value in change.changes.items():
        record.set((name,), value)
    return record.text, change, record.found


@dataclass(slots=True)
class LastImport:
    """What an import remembers: by what its source calls a record, its id here and its values; digests of whole files."""

    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def without(self, protected: Collection[tuple[str, str]]) -> LastImport:
        """Return it without what has the id of a protected record: nobody asks there where that was."""
        ids = {key for _, key in protected}
        records = {source: item for source, item in self.records.items() if item["id"] not in ids}
        return LastImport(records, dict(self.files))

    def written(self) -> str:
        """Return it as it is kept, one record a line."""
        rows = ",\n".join(
            f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False, sort_keys=True)}"
            for key, value in sorted(self.records.items())
        )
        return f'{{"files": {json.dumps(self.files, sort_keys=True)},\n"records": {{\n{rows}\n}}}}\n'


def memory_of(mapping: Path, root: Path) -> Path:
    """Return where an import remembers what it wrote: beside its mapping, where that lies in the project, else in its folder `imports/`."""
    inside, project = mapping.absolute().parent.resolve(), root.resolve()
    folder = root / inside.relative_to(project) if inside.is_relative_to(project) else root / "imports"
    return folder / f"{mapping.stem}.last-import.json"


def read_last_import(door: Door, path: Path) -> tuple[LastImport | None, list[Diagnostic]]:
    """Read what was remembered; nothing yet is an empty memory, one that can't be read is refused (None)."""
    if not door.holds(path):
        return LastImport(), []
    text, found = door.text(path)
    if text is None:
        return None, found
    try:
        content = json.loads(text)
        records, files = content["records"], content["files"]
        sound = all(
            isinstance(item, dict) and isinstance(item["id"], str) and isinstance(item["values"], dict)
            for item in records.values()
        ) and all(isinstance(item, str) for item in files.values())
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        sound = False
    if not sound:
        return None, [diagnostic("gedaechtnis-unlesbar", Position(door.name(path)))]
    return LastImport(records, files), []


def as_read(values: Values) -> dict[str, Value]:
    """Return values as they are once they have been written and read again, so that they can be compared."""
    node, _ = parse(write_record(values), "record")
    return plain(node) if isinstance(node, MapNode) else {}


def digest(text: str) -> str:
    """Return what tells whether a whole file is still as it was written."""
    return hashlib.sha256(text.encode()).hexdigest()
