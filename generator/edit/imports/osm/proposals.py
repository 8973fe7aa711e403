"""Places that somebody else knows of in, a folder of proposals with a list out; what a town takes of them becomes its records.

`proposals/osm/` is no part of the site: nothing there is read by a build. What is taken over keeps its source and licence in `origin`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.diagnostics import Diagnostic, Position, close_to, has_errors
from generator.diagnostics.codes import diagnostic
from generator.files.door import Door
from generator.files.writing import write_files
from generator.model.apart import OSM
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


def _marked(rows: Iterable[tuple[int, Mapping[str, str]]]) -> list[str]:
    """Return the ids of the proposals that are marked in the list."""
    return [row["id"] for _, row in rows if row["take"].casefold() in YES]


def _there_already(key: str, name: str) -> Diagnostic:
    """Say that a place of this id is there already."""
    better = "den Vorschlag löschen oder seine Datei umbenennen"
    return diagnostic("eintrag-vorhanden", Position(name), name=f"places/{key}", help=better)


def _place_file(key: str) -> str:
    """Return where a proposal goes that is taken, from the project's folder."""
    return f"resources/{OSM}/places/{key}.yml"


def _proposed(door: Door, root: Path, key: str, path: Path) -> tuple[str | None, list[Diagnostic]]:
    """Read a proposal; None where a place of its id is there already."""
    name = _place_file(key)
    if door.holds(root / name) or door.holds(root / f"resources/places/{key}.yml"):
        return None, [_there_already(key, name)]
    return door.text(path)


def take_proposals(root: Path, wanted: Collection[str], *, everything: bool = False) -> TakenOver:
    """Make records of the proposals that are named, of all, or else of those marked in the list; all of them or none.

    Raises OSError where writing fails.
    """
    door, taken = Door(root), TakenOver()
    paths, found = door.files(root / PLACES, ".yml")
    there = {path.stem: path for path in paths}
    rows, problems = read_list(door)
    taken.found += [*found, *problems]
    ids = list(wanted or _marked(rows))
    if everything:
        ids = list(there)
    files: dict[str, str | None] = {}
    for key in ids:
        text: str | None = None
        if key in there:
            text, problems = _proposed(door, root, key, there[key])
        else:
            line = next((number for number, row in rows if row["id"] == key), 1)
            problems = [_no_proposal(key, there, line)]
        taken.found += problems
        if text is not None:
            files |= {_place_file(key): text, f"{PLACES}/{key}.yml": None}
            taken.ids.append(key)
    if has_errors(taken.found):
        taken.ids.clear()
    elif files:
        files[LIST] = list_text([row for _, row in rows if row["id"] not in taken.ids])
        write_files(root, files)
    return taken


def _no_proposal(key: str, there: Iterable[str], line: int) -> Diagnostic:
    near = close_to(key, list(there))
    better = f"gemeint ist vielleicht „{near}“" if near else f"was es gibt, steht in {LIST}"
    return diagnostic("vorschlag-fehlt", Position(LIST, line), name=key, better=better)
