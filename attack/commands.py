"""Every command that writes in, killed, starved, robbed and disturbed at every step; counts and what was not whole out.

Which commands write is not declared but seen: each is run undisturbed once, and whatever changes a file is attacked.
"""

from __future__ import annotations

import errno
import os
import random
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from attack.children import Ended, run, run_all
from attack.faults import PATIENT, State, Steps, World, command, observed
from attack.tally import Tally
from attack.world import BY_WORDS, CALLS, PROJECT, Call, snapshot
from generator.cli import main
from generator.commands.guarding import INTERRUPTED, OURS, commands_of
from generator.pipeline import write as page_writer

CHECK = BY_WORDS["check",]
Fault = Callable[[World, Path, random.Random], Callable[[], int | None]]


def _killed(world: World, folder: Path, chance: random.Random) -> Callable[[], int | None]:
    """The process is killed before a step that changes the disk."""
    step, crowd = chance.randint(1, world.steps), chance.random() < 0.5

    def work() -> int:
        Steps(folder, lambda _path: os.kill(os.getpid(), signal.SIGKILL), step)
        return command(world.call, folder / PROJECT, crowd=crowd)

    return work


def _killed_some_time(world: World, folder: Path, chance: random.Random) -> Callable[[], int | None]:
    """The process is killed at any moment."""
    moment, crowd = chance.random() * world.ended.seconds * 1.2, chance.random() < 0.5

    def work() -> int:
        # Nothing of Python's runs at the signal: the process is gone.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, max(moment, 0.001))
        return command(world.call, folder / PROJECT, crowd=crowd)

    return work


def _bereft(world: World, folder: Path, chance: random.Random) -> Callable[[], int | None]:
    """One of the processes that share the work of a command is killed at any moment."""
    moment = chance.random() * world.ended.seconds
    works = page_writer.works

    def doomed(work: Callable[[range], Any], line: Connection, others: Collection[Connection]) -> None:
        # The first one knows no line but its own.
        if len(others) == 1:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, max(moment, 0.001))
        works(work, line, others)

    def work() -> int:
        page_writer.works = doomed
        return command(world.call, folder / PROJECT, crowd=True)

    return work


def _interrupted(world: World, folder: Path, chance: random.Random) -> Callable[[], int | None]:
    """Somebody presses Ctrl+C: all processes of the command get the signal."""
    step, crowd = chance.randint(1, world.steps), chance.random() < 0.5

    def work() -> int:
        Steps(folder, lambda _path: os.killpg(0, signal.SIGINT), step)
        return command(world.call, folder / PROJECT, crowd=crowd)

    return work


def _refused(world: World, folder: Path, chance: random.Random) -> Callable[[], int | None]:
    """The system refuses one step, or from that step on everything that needs room."""
    step, crowd = chance.randint(1, world.steps), chance.random() < 0.3
    number = chance.choice((errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EACCES))
    last = sys.maxsize if number == errno.ENOSPC else step

    def refuse(path: str) -> None:
        raise OSError(number, os.strerror(number), path)

    def work() -> int:
        Steps(folder, refuse, step, last=last, room=number == errno.ENOSPC)
        return command(world.call, folder / PROJECT, crowd=crowd)

    return work


def _limited(world: World, folder: Path, chance: random.Random) -> Callable[[], int | None]:
    """No file may grow beyond a size."""
    size = int(10 ** chance.uniform(0, 5))

    def work() -> int:
        # What the command says goes into a file here and would be cut off, too.
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        return command(world.call, folder / PROJECT)

    return work


def _robbed(world: World, folder: Path, chance: random.Random) -> Callable[[], int | None]:
    """A file, or its whole folder, vanishes just before it is opened for reading."""
    step, whole = chance.randint(1, max(1, world.readings)), chance.random() < 0.3

    def rob(path: str) -> None:
        target = Path(path)
        if whole and folder in target.parent.parents and target.parent != folder / PROJECT:
            shutil.rmtree(target.parent, ignore_errors=True)
        else:
            target.unlink(missing_ok=True)

    def work() -> int:
        Steps(folder, rob, step, reading=True)
        return command(world.call, folder / PROJECT)

    return work


def _clocked(world: World, folder: Path, chance: random.Random) -> Callable[[], int | None]:
    """All files are from 1971 or 2037, and the clock goes back at every look."""
    stamp = chance.choice((31_536_000, 2_114_380_800))
    begin = chance.uniform(0, 2e9)

    def work() -> int:
        for path in folder.rglob("*"):
            os.utime(path, (stamp, stamp), follow_symlinks=False)
        looks = iter(range(10_000_000))
        time.time = lambda: begin - 3600 * next(looks)
        return command(world.call, folder / PROJECT)

    return work


@dataclass(frozen=True)
class Kind:
    """A kind of fault: what is counted, and whether the process lives to clear up and say what happened."""

    name: str
    fault: Fault
    lives: bool = True
    goes_well: bool = False
    codes: tuple[int, ...] = (0, 1, 2, INTERRUPTED)
    """How the command may end."""
    leaves: bool = False
    """Whether what was put aside may lie there until the next command, because it could not be cleared."""


KINDS = (
    Kind("kills before a step", _killed, lives=False),
    Kind("kills at any moment", _killed_some_time, lives=False),
    Kind("interruptions", _interrupted, leaves=True),
    Kind("refusals of the system", _refused, leaves=True),
    Kind("limits of file size", _limited),
    Kind("vanished inputs", _robbed),
    Kind("moved clocks", _clocked, goes_well=True),
    Kind("kills of one of several", _bereft, codes=(0, OURS)),
)


def state_of(found: State, world: World, besides: Collection[str] = ()) -> str:
    """Say which place is neither in its old nor in its new state; files named in `besides` don't count."""
    places = {name.split("/")[0] for name in (*world.before, *world.after)}
    told = []
    for place in sorted(places):
        now, old, new = (_below(state, place, besides) for state in (found, world.before, world.after))
        if now not in (old, new):
            wrong, lost = _differing(now, new), _differing(now, old)
            told.append(f"{place} is neither old nor new: {wrong[:3]} are not new, {lost[:3]} not old")
    return "; ".join(told)


def _below(state: State, place: str, besides: Collection[str]) -> State:
    return {
        name: content
        for name, content in state.items()
        if name.split("/")[0] == place and name not in besides
    }


def _differing(one: State, other: State) -> list[str]:
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def left_over(found: State, world: World) -> list[str]:
    """Return the files that neither state has."""
    return sorted(set(found) - set(world.before) - set(world.after))


def judge(world: World, kind: Kind, folder: Path, ended: Ended) -> Iterator[str]:
    """Yield what is not as it should be after a fault, then after the next command, then after the same one again."""
    if kind.lives and (problem := ended.problem(PATIENT, kind.codes)):
        yield problem
    if not kind.lives and "Traceback" in ended.said:
        yield "traceback"
    found = snapshot(folder)
    taken = set(world.before) - set(found) if kind.fault is _robbed else set()
    passing = {name for name in found if name.startswith("tmp/")}
    if kind.lives:
        # openpyxl clears its own away when Python ends, and here it doesn't end but is left.
        left = [name for name in left_over(found, world) if not name.startswith("tmp/openpyxl.")]
        if left and not kind.leaves:
            yield f"left lying: {left[:3]}"
        whole = state_of(found, world, {*left, *passing, *taken})
        ignored = dict.fromkeys(passing)
        new = {**found, **ignored} == {**world.after, **ignored}
        if ended.code == 0 and not (kind.leaves or taken or new):
            yield f"says that all is well: {whole or 'and changed nothing'}"
        elif whole:
            yield whole
        if kind.goes_well and ended.code:
            yield f"exit code {ended.code} for a clock"
    for name in taken:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        content = world.before[name]
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    again = run(lambda: command(CHECK, folder / PROJECT), PATIENT)
    if problem := again.problem(PATIENT):
        yield f"check afterwards: {problem}"
    # What is written beside the project is looked at by those who write there; the site is always whole for its readers.
    seen = {
        name: content
        for name, content in snapshot(folder).items()
        if name.startswith((f"{PROJECT}/", "site/"))
    }
    others = {name: content for name, content in world.before.items() if name not in seen}
    if whole := state_of({**others, **seen}, world, taken):
        yield f"after the next command: {whole}"
    again = run(lambda: command(world.call, folder / PROJECT), PATIENT)
    if problem := again.problem(PATIENT):
        yield f"the same command again: {problem}"
    found = {name: content for name, content in snapshot(folder).items() if name not in passing}
    if found != world.after and not taken:
        yield f"after the same command again: {state_of(found, world) or left_over(found, world)[:3]}"


def disturb(world: World, kind: Kind, case: int, tally: Tally, name: str = "fall") -> None:
    """Do one fault to a command and judge what it left."""
    chance = random.Random(f"{world.call.name} {kind.name} {case}")
    folder = world.copy(name)
    ended = run(kind.fault(world, folder, chance), PATIENT)
    tally.add(kind.name)
    for problem in judge(world, kind, folder, ended):
        tally.find(case, f"{world.call.name}, {kind.name}: {problem}\n{ended.said[-600:]}")
    shutil.rmtree(folder, ignore_errors=True)


def overlap(world: World, other: Call, case: int, tally: Tally) -> None:
    """Run two commands on one project at the same time: both end well or one says that another is at work."""
    folder = world.copy("fall")
    pause = random.Random(case).random() * world.ended.seconds

    def late() -> int:
        time.sleep(pause)
        return command(other, folder / PROJECT)

    tasks = [(world.call.name, lambda: command(world.call, folder / PROJECT)), (other.name, late)]
    ends = list(run_all(tasks, 2, PATIENT))
    tally.add("overlapping runs")
    both = f"{world.call.name} beside {other.name}"
    for name, ended in ends:
        if problem := ended.problem(PATIENT):
            tally.find(case, f"{both}: {name}: {problem}\n{ended.said[-600:]}")
    shutil.rmtree(folder / "tmp", ignore_errors=True)
    found = snapshot(folder)
    if other is world.call:
        if left := left_over(found, world):
            tally.find(case, f"{both}: left lying: {left[:3]}")
        if whole := state_of(found, world):
            tally.find(case, f"{both}: {whole}")
        if all(ended.code for _, ended in ends):
            tally.find(
                case, f"{both}: neither did anything\n{ends[0][1].said[-300:]}\n{ends[1][1].said[-300:]}"
            )
    elif left := [name for name in left_over(found, world) if "/." in name]:
        tally.find(case, f"{both}: left lying: {left[:3]}")
    shutil.rmtree(folder, ignore_errors=True)


def forgotten() -> set[tuple[str, ...]]:
    """Return the commands of the command line that the rig doesn't know how to call."""
    called = {tuple(word for word in words if word[0] != "-") for words in BY_WORDS}
    return {words for words, _command in commands_of(main)} ^ called


WAYS = len(KINDS) + 1
"""Kinds of faults, and overlapping runs."""
ROUND = len(CALLS) * WAYS
"""Cases of a round, in which every command meets every kind of fault once."""


def first(word: str) -> int:
    """Return the first case of a command."""
    return WAYS * next(number for number, call in enumerate(CALLS) if call.name == word)


def attack(cases: range, _workers: int = 1) -> Tally:
    """Do faults: a command after the other, each kind of fault in its turn. What writes nothing is only run once."""
    tally = Tally()
    for words in forgotten():
        tally.find(cases.start, f"nobody knows how to call {' '.join(words)}")
    case = cases.start
    while case < cases.stop:
        call = CALLS[case // WAYS % len(CALLS)]
        own = range(case, min(cases.stop, case - case % WAYS + WAYS))
        with observed(call) as world:
            if problem := world.ended.problem(PATIENT, (0,)):
                tally.find(case, f"{call.name}, undisturbed: {problem}\n{world.ended.said}")
            elif world.writes:
                for case in own:
                    if case % WAYS < len(KINDS):
                        disturb(world, KINDS[case % WAYS], case, tally)
                    else:
                        overlap(world, _other(call, case // ROUND), case, tally)
        case = own.stop
    return tally


def _other(call: Call, number: int) -> Call:
    """Return the command that is run at the same time: every second time the same."""
    return call if number % 2 == 0 else CALLS[(CALLS.index(call) + number) % len(CALLS)]
