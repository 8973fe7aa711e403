"""Remember what an import wrote, to tell later what people edited since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.edit.records.record_text import RecordText, open_record
from generator.edit.records.yaml_writer import Value, write_on_one_line, write_record
from generator.files.door import Door
from generator.read.nodes import MapNode, parse, plain
from generator.read.records import no_group

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Renewal:
    """What a second import does to a record: the fields that it sets (None takes one out), and those it leaves as people edited them.

    `kept` has by field what stands in the record and what the source says.
    """

    changes: dict[str, Value]
    kept: dict[str, tuple[Value, Value]]

    def told(self) -> str:
        """Say which fields were left, each with both values."""
        parts = []
        for name, (own, after) in self.kept.items():
            parts.append(f"{name} (hier {_shown(own)}, in der Quelle {_shown(after)})")
        return ", ".join(parts)

    def remembered(self, last: Values, now: Values) -> dict[str, Value]:
        """Return what the source says now, with the values of last time where they weren't written: so these are told again."""
        values = dict(now)
        for name in self.kept:
            values.pop(name, None)
            if name in last:
                values[name] = last[name]
        return values


def _shown(value: Value) -> str:
    """Return a value as it may stand in a sentence."""
    if value is None:
        return "nichts"
    return f"„{write_on_one_line(value)}“"


def renewal(last: Values, now: Values, there: Values) -> Renewal:
    """Compare field by field what the source said last time, what it says now, and what stands in the record.

    A field that the source didn't change is left alone, whatever stands there. One that it changed is set where the record still
    has the value of last time, and left (`kept`) where somebody edited it.

    >>> renewal({"name": "A", "hours": "Mo"}, {"name": "B", "hours": "Di"}, {"name": "A", "hours": "Fr"})
    Renewal(changes={'name': 'B'}, kept={'hours': ('Fr', 'Di')})
    """
    changes: dict[str, Value] = {}
    kept: dict[str, tuple[Value, Value]] = {}
    for name in {**last, **now}:
        before, after, own = last.get(name), now.get(name), there.get(name)
        if before == after or own == after:
            continue
        if own == before:
            changes[name] = after
        else:
            kept[name] = own, after
    return Renewal(changes, kept)


def renewed_text(
    door: Door, path: Path, last: Values, now: Values
) -> tuple[str | None, Renewal, list[Diagnostic]]:
    """Return the text of the record at `path` with its renewal, and what is wrong; None where the record can't be read."""
    record, found = open_record(door, path)
    if record is None or not isinstance(record.node, MapNode):
        return None, Renewal({}, {}), [*found, *_unreadable(record)]
    change = renewal(last, now, plain(record.node))
    for name, value in change.changes.items():
        record.set((name,), value)
    return record.text, change, record.found


def _unreadable(record: RecordText | None) -> list[Diagnostic]:
    """Say why the text of a record that was opened has no fields."""
    if record is None:
        return []
    if record.node is None or record.found:
        return record.found
    return [no_group(record.node)]


class _Record(BaseModel):
    """A record in the file: its id here, and its values as they were read from the source."""

    id: str
    values: dict[str, Any]


class _Memory(BaseModel):
    """The content of the file."""

    records: dict[str, _Record]
    files: dict[str, str]


@dataclass(slots=True)
class LastImport:
    """What an import wrote: by the source's name of a record its id here and its values (`records`), and digests of whole `files`."""

    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def without(self, protected: Collection[tuple[str, str]]) -> LastImport:
        """Return it without protected records, given by folder and id: nothing may tell where these once were."""
        ids = {key for _, key in protected}
        records = {source: item for source, item in self.records.items() if item["id"] not in ids}
        return LastImport(records, dict(self.files))

    def written(self) -> str:
        """Return it as JSON, one record a line."""
        rows = ",\n".join(
            f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False, sort_keys=True)}"
            for key, value in sorted(self.records.items())
        )
        return f'{{"files": {json.dumps(self.files, sort_keys=True)},\n"records": {{\n{rows}\n}}}}\n'


def memory_path(mapping: Path, root: Path) -> Path:
    """Return the file in which an import remembers what it wrote: beside its mapping, or in `imports/` where that lies outside of the project."""
    inside, project = mapping.absolute().parent.resolve(), root.resolve()
    folder = root / inside.relative_to(project) if inside.is_relative_to(project) else root / "imports"
    return folder / f"{mapping.stem}.last-import.json"


def read_last_import(door: Door, path: Path) -> tuple[LastImport | None, list[Diagnostic]]:
    """Read what the last import wrote: empty where there was none; None, with what is wrong, where the file can't be read."""
    if not door.holds(path):
        return LastImport(), []
    text, found = door.text(path)
    if text is None:
        return None, found
    try:
        return LastImport(**_Memory.model_validate_json(text).model_dump()), []
    except ValidationError:
        return None, [diagnostic("gedaechtnis-unlesbar", Position(door.name(path)))]


def as_read(values: Values) -> dict[str, Value]:
    """Return values as they would be read from a written record, so that they can be compared with one."""
    node, _ = parse(write_record(values), "record")
    return plain(node) if isinstance(node, MapNode) else {}


def digest(text: str) -> str:
    """Return the SHA-256 of a file's text: equal as long as nobody changed it."""
    return hashlib.sha256(text.encode()).hexdigest()
