"""A town as an earlier format has it in; the same town in today's format out, and every line that changes.

Only what a step names is written anew, at its place; where a file can't be read or a value not changed alone, nothing is.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.diagnostics import Diagnostic
from generator.edit.records.record_text import open_record
from generator.edit.records.renaming import elsewhere, record_paths
from generator.files.door import Door
from generator.files.git import NoAnswer, asked, kept_by_git
from generator.files.writing import write_files
from generator.model.earlier_formats import FORMAT, SETTINGS, FormatStep, steps_after
from generator.read.settings import FILE, read_settings
from generator.read.town_format import lifts, of_earlier_format, too_new, written_format

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
