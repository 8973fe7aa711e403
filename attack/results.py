"""Tallies of slices in, one file of results out that is added to: what was tried, found, mended and is open, over many runs.

A slice counts once it is written here, so a run that is broken off goes on behind the last whole slice. The file says on which
commits of the program it was counted, and nothing of when and where.
"""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from attack.tally import Find, Tally, added

RESULTS = Path(__file__).with_name("last.json")
HERE = RESULTS.parents[1]
PROGRAM = ("generator", "attack", "pyproject.toml", "site.lock", ":!attack/last.json")
"""What the attacks try and are made of, for git; `.ci/release` compares the same."""
SHOWN = 600
"""Characters kept of a find."""


@dataclass
class Result:
    """What is known of a part: how many of its cases are done, in how many seconds, what was counted, found and mended."""

    done: int = 0
    seconds: float = 0
    counts: dict[str, int] = field(default_factory=dict)
    found: int = 0
    mended: int = 0
    open: list[Find] = field(default_factory=list)
    commits: list[str] = field(default_factory=list)
    """On which commits it was counted; one with a + had changes that no commit has."""

    def take(self, cases: range, seconds: float, tally: Tally, commit: str) -> None:
        """Add a slice that was tried on a commit."""
        self._tried_on(commit)
        self.done += len(cases)
        self.seconds = round(self.seconds + seconds, 1)
        self.counts = dict(added(Counter(self.counts), tally.counts))
        known = {find.case for find in self.open}
        for find in tally.finds:
            if find.case not in known:
                known.add(find.case)
                self.open.append(Find(find.case, find.told.replace(f"{HERE}/", "")[-SHOWN:]))
                self.found += 1

    def again(self, cases: range, tally: Tally, commit: str) -> None:
        """Replace open finds by what another try of their cases showed, on a commit."""
        self._tried_on(commit)
        still = {find.case: find for find in tally.finds}
        for find in [find for find in self.open if find.case in cases]:
            if find.case not in still:
                self.open.remove(find)
                self.mended += 1

    def _tried_on(self, commit: str) -> None:
        if commit not in self.commits:
            self.commits.append(commit)


@dataclass
class Results:
    """All parts, for one series of numbers."""

    seed: int = 0
    parts: dict[str, Result] = field(default_factory=dict)

    @property
    def commits(self) -> list[str]:
        """On which commits anything was counted; none where that of any part isn't known."""
        told = [part.commits for part in self.parts.values()]
        return sorted({commit for commits in told for commit in commits}) if all(told) else []


def commit_here() -> str:
    """Return the commit that lies here, with a + where the program has changes beside it; raises `CalledProcessError` without git."""
    commit = _git("rev-parse", "HEAD").strip()
    return f"{commit}+" if _git("status", "--porcelain", "--", *PROGRAM) else commit


def _git(*words: str) -> str:
    return subprocess.run(["git", "-C", HERE, *words], check=True, capture_output=True, text=True).stdout


def read(path: Path = RESULTS) -> Results:
    """Read the file; nothing yet where there is none."""
    if not path.exists() or not path.stat().st_size:
        return Results()
    content = json.loads(path.read_text("utf-8"))
    return Results(content["seed"], {name: _result(part) for name, part in content["parts"].items()})


def _result(part: Mapping[str, Any]) -> Result:
    return Result(**{**part, "open": [Find(**find) for find in part["open"]]})


def _written(results: Results) -> str:
    """Write the results, a line for each part."""
    parts = sorted((name, asdict(part)) for name, part in results.parts.items())
    lines = (f'"{name}": {json.dumps(part, ensure_ascii=False, sort_keys=True)}' for name, part in parts)
    return f'{{"seed": {results.seed}, "parts": {{\n' + ",\n".join(lines) + "\n}}\n"


@contextmanager
def changing(path: Path = RESULTS) -> Iterator[Results]:
    """Read the file, let it be changed, write it; runs beside each other wait here."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        results = read(path)
        yield results
        beside = path.with_suffix(".new")
        beside.write_text(_written(results), "utf-8")
        os.replace(beside, path)
    finally:
        os.close(folder)
