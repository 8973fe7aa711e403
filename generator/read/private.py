"""A private folder in; its raw tables and what is wrong with them out. The folder must lie outside of the repository."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import diagnostic
from generator.files.door import Door
from generator.model.indicator import Indicator
from generator.read.values import ValueTable, read_values

CONTRIBUTOR = "contributor"
"""The column that names who contributes an amount, for the rule of dominance."""


def repository_of(folder: Path) -> Path:
    """Return the root of the repository that holds a folder, the folder itself where there is none."""
    folder = folder.resolve()
    return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), folder)


def read_private(
    folder: Path,
    project: Path,
    indicators: Mapping[str, Indicator],
    geographies: Sequence[str],
    *,
    needed: bool = True,
) -> tuple[dict[str, ValueTable], list[Diagnostic]]:
    """Read `<indicator>.csv` for every indicator that has one; a folder inside the repository is refused, and an empty one where tables are `needed`."""
    name = str(folder)
    if folder.resolve().is_relative_to(repository_of(project)):
        return {}, [diagnostic("ablage-im-projekt", Position(name), name=name)]
    door = Door(project, folder)
    tables: dict[str, ValueTable] = {}
    files, found = door.files(folder, ".csv")
    if not files and needed:
        found.append(diagnostic("rohtabellen-fehlen", Position(name), name=name))
    for path in files:
        indicator = indicators.get(path.stem)
        if indicator is None:
            near = close_to(path.stem, indicators)
            better = (
                f"gemeint ist vielleicht „{near}“"
                if near
                else f"zuerst resources/indicators/{path.stem}/indicator.yml anlegen"
            )
            found.append(
                diagnostic("kennzahl-unbekannt", Position(door.name(path)), name=path.stem, better=better)
            )
            continue
        columns = [item.id for item in indicator.breakdowns]
        data, problems = door.read(path)
        found += problems
        if data is None:
            continue
        table, problems = read_values(data, door.name(path), columns, (*geographies[1:], CONTRIBUTOR))
        found += problems
        if table is not None:
            tables[path.stem] = table
    return tables, found
