"""`make attack`: tries to break Nahraum for as long as it may, adds what was counted to attack/last.json, and ends with 1 while a find is open."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from attack.children import workers
from attack.parts import PARTS, SERIES, Part
from attack.results import RESULTS, Result, changing, commit_here, read
from attack.tally import spans

HELP = """\
Tries to break Nahraum and writes down what came of it.

Every part is done in portions, in turns, the one that is furthest behind first. After each portion the counts are added up in
the file of results, so a run that was broken off, or whose time was up, goes on where it ended; one that is done has nothing more
to do. Two runs may work beside each other on different parts. A find is a case with a number: after mending, --again tries the
open ones once more, and what holds now is counted as mended.
"""
EXAMPLES = """\
parts:
{parts}

  python -m attack                             everything, at full size (hours)
  python -m attack records projects            only these parts
  python -m attack --seconds 600               as much as ten minutes hold, of everything
  python -m attack commands --kills 20         a taste
  python -m attack --afresh --seed 7           another series of cases, counted from nothing
  python -m attack --sample                    whether the rig itself works
  python -m attack --again                     the open finds once more
  python -m attack records --case 4711         one case, and what is found

ends with 0 where nothing is open, with 1 where something is.
"""


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return what the command line asks for."""
    parts = "\n".join(f"  {part.name:<13} {part.says} ({part.whole:,})" for part in PARTS.values())
    parser = argparse.ArgumentParser("python -m attack", description=HELP, epilog=EXAMPLES.format(parts=parts), formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("parts", nargs="*", metavar="part", help="only these parts; else all")
    for name, part in (("records", "records"), ("projects", "projects"), ("kills", "commands")):
        parser.add_argument(f"--{name}", type=int, metavar="N", default=PARTS[part].whole, help=f"how many {name}, in all runs together (default {PARTS[part].whole:,})")  # fmt: skip
    parser.add_argument("--seconds", type=float, metavar="N", help="begin no portion after so many seconds; one takes up to two minutes")  # fmt: skip
    parser.add_argument("--seed", type=int, metavar="N", help="the series of cases (default: that of the results, or 0)")  # fmt: skip
    parser.add_argument("--workers", type=int, metavar="N", default=workers(), help="processes at a time (default: one for each core)")  # fmt: skip
    parser.add_argument("--afresh", action="store_true", help="forget the results of these parts")
    parser.add_argument("--again", action="store_true", help="only try the open finds again")
    parser.add_argument("--sample", action="store_true", help="only a few cases of each part, and write nothing down (a minute)")  # fmt: skip
    parser.add_argument("--case", type=int, metavar="N", help="only try this case of one part, and write nothing down")  # fmt: skip
    parser.add_argument("--results", type=Path, metavar="FILE", default=RESULTS, help="where to add up (default: attack/last.json)")  # fmt: skip
    given = parser.parse_args(arguments)
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    if given.case is not None and len(given.parts) != 1:
        parser.error("--case needs the part whose case it is")
    given.parts = given.parts or list(PARTS)
    return given


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for; return 1 where finds are open."""
    given = options(arguments)
    chosen = [PARTS[name] for name in given.parts]
    if given.case is not None:
        return _cases(chosen[0], (given.case,), given.workers)
    if given.sample:
        return max(_cases(part, part.sample, given.workers) for part in chosen)
    _begin(given)
    if given.again:
        for part in chosen:
            _again(part, given.workers, given.results)
    else:
        wholes = {"records": given.records, "projects": given.projects, "commands": given.kills}
        _all(chosen, {part.name: wholes.get(part.name, part.whole) for part in chosen}, given)
    return _print_results(given.results)


def _begin(given: argparse.Namespace) -> None:
    with changing(given.results) as results:
        if given.seed is not None and given.seed != results.seed:
            if results.parts and not given.afresh:
                sys.exit(f"{given.results} counts series {results.seed}; --afresh forgets it")
            results.parts.clear()
            results.seed = given.seed
        if given.afresh:
            for name in given.parts:
                results.parts.pop(name, None)


def _all(chosen: Sequence[Part], wholes: Mapping[str, int], given: argparse.Namespace) -> None:
    begun = time.monotonic()
    while given.seconds is None or time.monotonic() - begun < given.seconds:
        results = read(given.results)
        behind = []
        for part in chosen:
            known = results.parts.get(part.name, Result())
            share = part.tried(known.counts, known.done) / max(1, wholes[part.name])
            if share < 1:
                behind.append((share, chosen.index(part), part, known.done))
        if not behind:
            return
        share, _, part, done = min(behind)
        first = results.seed * SERIES if part.turns else 0
        # Of what is counted by cases no more is done than was asked for.
        size = part.portion if part.measured else min(part.portion, wholes[part.name] - done)
        cases = range(first + done, first + done + size)
        since = time.monotonic()
        tally = part.attack(cases, given.workers)
        taken = time.monotonic() - since
        with changing(given.results) as changed:
            changed.parts.setdefault(part.name, Result()).take(cases, taken, tally, commit_here())
            found = len(changed.parts[part.name].open)
        for find in tally.finds:
            print(f"FOUND in {part.name}, case {find.case}: {find.told[:2000]}", flush=True)
        known = read(given.results).parts[part.name]
        tried = f"{part.tried(known.counts, known.done):,} of {wholes[part.name]:,}"
        print(f"{part.name}: {tried}, {found} open, {taken:,.0f} s", file=sys.stderr, flush=True)


def _again(part: Part, workers: int, path: Path) -> None:
    result = read(path).parts.get(part.name, Result())
    for cases in spans(find.case for find in result.open):
        tally = part.attack(cases, workers)
        for find in tally.finds:
            print(f"STILL in {part.name}, case {find.case}: {find.told[:2000]}", flush=True)
        with changing(path) as changed:
            changed.parts[part.name].again(cases, tally, commit_here())


def _cases(part: Part, cases: Sequence[int], workers: int) -> int:
    found = 0
    for span in spans(cases):
        tally = part.attack(span, workers)
        found += len(tally.finds)
        counts = ", ".join(f"{number:,} {name}" for name, number in sorted(tally.counts.items()))
        print(f"{part.name}: {counts}")
        for find in tally.finds:
            print(f"FOUND in {part.name}, case {find.case}: {find.told}")
    return 1 if found else 0


def _print_results(path: Path) -> int:
    results = read(path)
    for name, result in results.parts.items():
        print(f"\n{name}: {result.done:,} cases in {result.seconds:,.0f} s; {result.found} found, {result.mended} of them mended")  # fmt: skip
        for what, number in sorted(result.counts.items()):
            print(f"  {number:>12,} {what}")
        for find in result.open:
            print(f"  OPEN, case {find.case}: {find.told.splitlines()[-1][:200] if find.told else ''}")
    return 1 if any(result.open for result in results.parts.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
