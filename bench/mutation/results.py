"""Trials in, two files out that are added to: what became of each mutant, and those that no test noticed, with the reason.

A mutant counts once it is written here, so a run that is broken off goes on behind the last one. Mutants of code that has changed
since are forgotten, and others of the same series take their places.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from math import sqrt
from pathlib import Path

import yaml

from bench.mutation.trials import Trial

RESULTS = Path(__file__).with_name("last.json")
SURVIVORS = Path(__file__).with_name("survivors.yml")
CERTAINTY = 1.959964
"""Of a standard normal variable, 95 % lie within so many standard deviations."""
HEAD = """\
# Mutants that no test noticed when they were tried first. `end` is what became of them: survives, killed (by a test that was
# written for it, or mends what it showed), or gone (the code was made simpler). `why` is written by hand and kept.
"""


@dataclass
class Series:
    """The mutants of a room that a series of numbers drew: names of those killed and hung, and of those that survived."""

    killed: list[str] = field(default_factory=list)
    hung: list[str] = field(default_factory=list)
    survived: list[str] = field(default_factory=list)

    @property
    def tried(self) -> set[str]:
        """Names of all that were tried."""
        return {*self.killed, *self.hung, *self.survived}

    def take(self, trial: Trial) -> None:
        """Add a mutant, or put it where it belongs now."""
        for names in (self.killed, self.hung, self.survived):
            if trial.mutant.id in names:
                names.remove(trial.mutant.id)
        getattr(self, trial.verdict).append(trial.mutant.id)

    def keep(self, names: Collection[str]) -> None:
        """Forget all others: their code is no longer there."""
        for field_ in (self.killed, self.hung, self.survived):
            field_[:] = [name for name in field_ if name in names]

    @property
    def score(self) -> tuple[float, float, float]:
        """The share that was noticed, and the bounds of its interval."""
        noticed, tried = len(self.killed) + len(self.hung), len(self.tried)
        return (noticed / tried if tried else 0.0, *wilson(noticed, tried))


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """Return the interval that holds the true share with 95 % certainty (Wilson's score interval).

    >>> tuple(round(bound, 3) for bound in wilson(135, 150))
    (0.842, 0.938)
    """
    if not trials:
        return 0.0, 1.0
    share, z = successes / trials, CERTAINTY
    middle = share + z * z / (2 * trials)
    reach = z * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    whole = 1 + z * z / trials
    return (middle - reach) / whole, (middle + reach) / whole


class Results:
    """Both files, for all series and rooms."""

    def __init__(self, path: Path = RESULTS, survivors: Path = SURVIVORS) -> None:
        self._path, self._survivors = path, survivors
        content = json.loads(path.read_text("utf-8")) if path.exists() else {}
        self.series = {
            (int(seed), room): Series(**told)
            for seed, rooms in content.items()
            for room, told in rooms.items()
        }
        listed = yaml.safe_load(survivors.read_text("utf-8")) if survivors.exists() else None
        self.survivors: dict[str, dict[str, object]] = {one["id"]: one for one in listed or []}

    def of(self, seed: int, room: str) -> Series:
        """Return a series of a room, empty where nothing was tried."""
        return self.series.setdefault((seed, room), Series())

    def take(self, seed: int, room: str, trial: Trial) -> None:
        """Write down what became of a mutant."""
        self.of(seed, room).take(trial)
        name = trial.mutant.id
        if trial.verdict == "survived" or name in self.survivors:
            told = self.survivors.setdefault(
                name,
                {
                    "id": name,
                    "room": room,
                    "series": seed,
                    "where": f"{trial.mutant.path} {trial.mutant.function}".strip(),
                    "was": trial.mutant.was,
                    "becomes": trial.mutant.becomes,
                    "why": "",
                },
            )
            told["end"] = (
                "survives" if trial.verdict == "survived" else f"killed: {trial.by or trial.verdict}"
            )
        self.write()

    def keep(self, seed: int, room: str, names: Collection[str]) -> None:
        """Forget what is known of code that has changed."""
        self.of(seed, room).keep(names)
        for name, told in self.survivors.items():
            if told["room"] == room and told["series"] == seed and name not in names:
                told["end"] = "gone"
        self.write()

    def write(self) -> None:
        """Write both files."""
        content: dict[str, dict[str, object]] = {}
        for (seed, room), series in sorted(self.series.items()):
            content.setdefault(str(seed), {})[room] = {
                verdict: sorted(names) for verdict, names in asdict(series).items()
            }
        _replace(self._path, json.dumps(content, indent=1) + "\n")
        listed = sorted(self.survivors.values(), key=lambda one: (one["room"], one["where"], one["id"]))
        _replace(
            self._survivors, HEAD + yaml.safe_dump(listed, allow_unicode=True, sort_keys=False, width=1000)
        )

    def unexplained(self) -> list[str]:
        """Return the names of survivors without a reason."""
        return [name for name, told in self.survivors.items() if not told["why"]]


def _replace(path: Path, text: str) -> None:
    beside = path.with_suffix(".new")
    beside.write_text(text, "utf-8")
    os.replace(beside, path)
