"""The parts of the rig: what each tries, how much of it a long run does, and in which portions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from attack import commands, figures, hidden, installed, projects, records, refuges, surroundings, texts
from attack.tally import Tally

SERIES = 1_000_000
"""Numbers of cases between one seed and the next."""


@dataclass(frozen=True)
class Part:
    """A part: what it is called, what it does with the cases of these numbers, how many a portion has and a long run."""

    name: str
    says: str
    attack: Callable[[range, int], Tally]
    portion: int
    whole: int
    measured: tuple[str, ...] = ()
    """The counts that add up to what was tried; the cases themselves where there are none."""
    sample: Sequence[int] = ()
    """Cases that say in seconds whether the part itself still works."""
    turns: bool = True
    """Whether other numbers give other cases, so that more can be tried than there are here."""

    def tried(self, counts: Mapping[str, int], done: int) -> int:
        """Return how many were tried."""
        return sum(Counter(counts)[name] for name in self.measured) if self.measured else done


_FIX = commands.first("check --fix")
_HISTORY = commands.first("history")
_BEREFT = commands.first("build") + commands.WAYS - 2
PARTS = {
    part.name: part
    for part in (
        Part("records", "one record each with something wrong in it, read, checked and rendered", records.attack, 400, 100_000, ("records",), range(40)),
        Part("projects", "whole projects with something wrong in them, built whole where check accepts them", projects.attack, 25, 5_000, ("projects",), range(16, 19)),
        Part("texts", "hostile texts in every field, every file of the site read by another program", texts.attack, 4, texts.CASES, sample=(len(texts.PAYLOADS),), turns=False),
        Part("commands", "kills and other kinds of faults at every command that writes", commands.attack, commands.WAYS, 200, ("kills before a step", "kills at any moment"), (_FIX, _HISTORY, _FIX + 3, _FIX + commands.WAYS - 1, _BEREFT)),
        Part("refuges", "ways to publish where a refuge is, none silent and none published", refuges.attack, 50, 4 * refuges.CASES, sample=range(refuges.CASES, refuges.CASES + 3)),
        Part("hidden", "secrets in every field of a hidden place and the overlay, hunted in every byte", hidden.attack, 10, 100, sample=(hidden.UNMASKED,)),
        Part("figures", "ordinary towns with undeclared ties and a count falsified by 1, read by an intruder", figures.attack, 5, 30, ("towns",), (0,)),
        Part("surroundings", "the same project in other surroundings, every byte compared", surroundings.attack, surroundings.KINDS, 5 * surroundings.KINDS, sample=(surroundings.KINDS - 1,)),
        Part("installed", "wheel and source archive in empty environments", installed.attack, len(installed.WAYS), len(installed.WAYS), turns=False),
    )
}  # fmt: skip
