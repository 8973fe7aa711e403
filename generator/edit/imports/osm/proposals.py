"""Places that somebody else knows of in, a folder of proposals with a list out; what a town takes of them becomes its records.

`proposals/osm/` is no part of the site: nothing there is read by a build. What is taken over keeps its source and licence in `origin`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.diagnostics import Diagnostic, Position, has_errors, meant_or
from generator.diagnostics.codes import diagnostic
from generator.files.door import Door
from generator.files.writing import write_files
from generator.model.config import OSM
from generator.read.rows import Cells, read_rows

FOLDER = "proposals/osm"
PLACES, LIST, MEMORY = f"{FOLDER}/places", f"{FOLDER}/list.csv", f"{FOLDER}/last-import.json"
COLUMNS = ("take", "id", "kind", "name", "space", "address", "left_out", "source")
YES = frozenset(("x", "ja", "yes", "j", "1"))


@dataclass(slots=True)
class TakenOver:
    """What became of proposals: the ids taken over, and what stood in the way."""

    ids: list[str] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)


def read_list(door: Door) -> tuple[list[tuple[int, Cells]], list[Diagnostic]]:
    """Read the list of proposals, its rows by line; nothing where there is none."""
    path = door.project / LIST
    if not door.holds(path):
        return [], []
    _, rows, found = read_rows(door, path, ("take", "id"))
    return rows, found


def list_text(rows: Collection[Mapping[str, str]]) -> str:
    """Write the list as German spreadsheets open it."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, delimiter=";", lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return "\ufeff" + out.getvalue()


def _place_file(key: str) -> str:
    """Return where a proposal goes that is taken, from the project's folder."""
    return f"resources/{OSM}/places/{key}.yml"


def _proposed(
    door: Door, root: Path, key: str, there: Mapping[str, Path], line: int
) -> tuple[str | None, list[Diagnostic]]:
    """Read a proposal; None where there is none, or a place of its id is there already. `line` of the list names it."""
    if key not in there:
        better = meant_or(key, there, f"was es gibt, steht in {LIST}")
        return None, [diagnostic("vorschlag-fehlt", Position(LIST, line), name=key, better=better)]
    name = _place_file(key)
    if door.holds(root / name) or door.holds(root / f"resources/places/{key}.yml"):
        better = "den Vorschlag löschen oder seine Datei umbenennen"
        return None, [diagnostic("eintrag-vorhanden", Position(name), name=f"places/{key}", help=better)]
    return door.text(there[key])


def take_proposals(root: Path, *, everything: bool = False) -> TakenOver:
    """Make records of the proposals that are marked in the list, or of all; all of them or none.

    Raises OSError where writing fails.
    """
    door, taken = Door(root), TakenOver()
    paths, found = door.files(root / PLACES, ".yml")
    there = {path.stem: path for path in paths}
    rows, problems = read_list(door)
    taken.found += [*found, *problems]
    marked = {row["id"]: line for line, row in rows if row["take"].casefold() in YES}
    if everything:
        marked = dict.fromkeys(there, 1)
    files: dict[str, str | None] = {}
    for key, line in marked.items():
        text, problems = _proposed(door, root, key, there, line)
        taken.found += problems
        files |= {_place_file(key): text, f"{PLACES}/{key}.yml": None}
    if files and not has_errors(taken.found):
        taken.ids = list(marked)
        files[LIST] = list_text([row for _, row in rows if row["id"] not in marked])
        write_files(root, files)
    return taken
