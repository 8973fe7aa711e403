"""`python -m bench.mutation`: how many small faults the tests of four rooms notice; ends with 1 where it is less than 90 % of a room."""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import islice, takewhile
from pathlib import Path

from attack.children import scratch, workers
from bench.mutation.concern import Chosen, Concern, Spot, record
from bench.mutation.mutants import Mutant, Sample
from bench.mutation.results import RESULTS, SURVIVORS, Results
from bench.mutation.tree import ROOT, copy_tree, load_libraries
from bench.mutation.trials import Trial, failing, try_all

ROOMS = ("hours", "disclosure", "read", "check")
WANTED = 0.9
HELD = 10
"""So many mutants are counted at a time."""
HELP = """\
Changes the code of a room in one small place (< becomes <=, an argument is left out, a text is another one ...), runs the tests that
concern it, and counts how often one of them fails. What survives shows a test that is missing, or code that makes no difference.

The changes are those of mutmut, in any place but docstrings, annotations, decorators, assertions and sentences for people. A seed puts
the places of a room in an order, and the first so many are tried, in a copy of the project. What came of it is added to last.json,
so a run that was broken off, or whose time was up, goes on where it ended. A mutant that hangs was noticed. Which tests run
which statements is recorded first (eight minutes of processor time; again for files of tests that change); those that are quick and run little
else are asked first, as many as take --tests seconds, so that a survivor may fall to a test that was not asked.
"""
EXAMPLES = """\
  python -m bench.mutation                       150 mutants of each room (an hour or two)
  python -m bench.mutation read --mutants 20     a taste of one room
  python -m bench.mutation --seconds 600         as many as ten minutes hold
  python -m bench.mutation --seed 2              another sample
  python -m bench.mutation --again               the survivors once more, after tests were written or code was mended
  python -m bench.mutation --mutant 85f80c0e     one mutant, and what the tests say
  python -m bench.mutation --told                only the figures

ends with 0 where at least 90 % of each room were noticed, else with 1. Survivors stand in survivors.yml; say there why they do.
"""


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser("python -m bench.mutation", description=HELP, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("rooms", nargs="*", metavar="room", help=f"only these of {', '.join(ROOMS)}")
    parser.add_argument("--mutants", type=int, default=150, metavar="N", help="how many of each room, in all runs together (default 150)")  # fmt: skip
    parser.add_argument("--seconds", type=float, metavar="N", help="begin no mutant after so many seconds")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the series that draws them (default 1)")  # fmt: skip
    parser.add_argument("--tests", type=float, default=40, metavar="N", help="run tests of at most so many seconds for a mutant (default 40)")  # fmt: skip
    parser.add_argument("--workers", type=int, default=workers(), metavar="N", help="mutants at a time (default: one for each core)")  # fmt: skip
    parser.add_argument("--again", action="store_true", help="only try survivors again")
    parser.add_argument("--mutant", metavar="ID", help="only try this one of --seed, write nothing down")
    parser.add_argument("--told", action="store_true", help="try nothing, only tell what is known")
    parser.add_argument("--results", type=Path, default=RESULTS, metavar="FILE", help="where to add up (default bench/mutation/last.json)")  # fmt: skip
    given = parser.parse_args(arguments)
    if unknown := set(given.rooms) - set(ROOMS):
        parser.error(f"there is no room {', '.join(sorted(unknown))}; there are {', '.join(ROOMS)}")
    given.rooms = given.rooms or list(ROOMS)
    given.survivors = SURVIVORS if given.results == RESULTS else given.results.with_suffix(".yml")
    return given


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for; return 1 where a room is below what is wanted."""
    given = options(arguments)
    # So that the copies are cleared away and no process stays behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))
    results = Results(given.results, given.survivors)
    if not given.told:
        folder = Path(tempfile.mkdtemp(prefix="nahraum-mutants-", dir=scratch()))
        try:
            _run(given, results, [copy_tree(folder / str(number)) for number in range(given.workers + 1)])
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return _told(given, results)


def _run(given: argparse.Namespace, results: Results, trees: Sequence[Path]) -> None:
    load_libraries()
    concern = record(trees[:-1], ROOMS)
    end = time.monotonic() + given.seconds if given.seconds else float("inf")
    for room in given.rooms:
        sample = Sample(ROOT, f"generator/{room}", given.seed)
        if given.mutant:
            _one(given, sample, concern, trees)
            continue
        present = {mutant.id: mutant for mutant in islice(sample, 2 * given.mutants)}
        results.keep(given.seed, room, present)
        series = results.of(given.seed, room)
        if given.again:
            todo = [mutant for name, mutant in present.items() if name in series.survived]
        else:
            untried = [mutant for name, mutant in present.items() if name not in series.tried]
            todo = untried[: max(0, given.mutants - len(series.tried))]
        tasks = ((mutant, _asked(mutant, concern, given.tests)) for mutant in todo)
        _try(
            partial(results.take, given.seed, room), takewhile(lambda _: time.monotonic() < end, tasks), trees
        )


def _try(
    take: Callable[[Trial], None], tasks: Iterable[tuple[Mutant, Chosen]], trees: Sequence[Path]
) -> None:
    """Try mutants; what tests noticed counts once these tests were seen to pass in a tree where nothing is changed."""
    *changing, unchanged = trees
    held: list[Trial] = []
    sound: set[str] = set()

    def confirm() -> None:
        asked = {trial.by for trial in held if "::" in trial.by} - sound
        if bad := failing(sorted(asked), unchanged) if asked else "":
            sys.exit(f"fails where nothing is changed, mend it first: {bad}")
        sound.update(asked)
        for trial in held:
            take(trial)
        held.clear()

    for trial in try_all(tasks, changing):
        mutant = trial.mutant
        print(f"{mutant.id} {trial.verdict:<8} {mutant.path} {mutant.function}: {mutant.was} => {mutant.becomes} {trial.by}", flush=True)  # fmt: skip
        held.append(trial)
        if len(held) >= HELD:
            confirm()
    confirm()


def _asked(mutant: Mutant, concern: Concern, seconds: float) -> Chosen:
    source = (ROOT / mutant.path).read_text("utf-8")
    return concern.choose(Spot(mutant.path, source, mutant.function, mutant.line), seconds)


def _one(given: argparse.Namespace, sample: Sample, concern: Concern, trees: Sequence[Path]) -> None:
    for mutant in sample:
        if mutant.id.startswith(given.mutant):
            chosen = _asked(mutant, concern, given.tests)
            print(f"{len(chosen.tests)} tests, {chosen.seconds:.0f} s")
            for trial in try_all([(mutant, chosen)], trees[:1]):
                print(f"{trial.said}\n{mutant.was}\n=> {mutant.becomes}\n{trial.verdict} {trial.by}")
            return


def _told(given: argparse.Namespace, results: Results) -> int:
    enough = True
    for (seed, room), series in sorted(results.series.items()):
        share, low, high = series.score
        noticed = len(series.killed) + len(series.hung)
        print(f"{room:<10} seed {seed}: {noticed} of {len(series.tried)} noticed ({len(series.hung)} hung), {share:.1%} (95 %: {low:.1%} to {high:.1%})")  # fmt: skip
        enough &= share >= WANTED or room not in given.rooms or seed != given.seed
    for name in results.unexplained():
        print(f"not explained: {name} {results.survivors[name]['where']}")
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
