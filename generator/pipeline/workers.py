"""Tasks that make files in; the written files out, by as many processes as the machine has cores."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeVar

from generator.diagnostics.progress import Progress
from generator.files.site_folder import linked
from generator.pipeline.mishap import Mishap, ProcessEnded, looked_at

T = TypeVar("T")
R = TypeVar("R")
FEW = 400
CHUNK = 64
Task = Callable[[], tuple[Iterable[tuple[str, bytes]], T]]
"""Makes some files, each with its path from the site's root, and something to tell of them."""

_there: set[str] = set()
"""Folders that this process has made or found: each is asked for once."""


def write_files(folder: Path, before: Path, tasks: Sequence[Task[T]], report: Progress) -> Iterator[T]:
    """Write the files of every task; yield what each tells, in no certain order.

    A file that is the same in `before` becomes a link to it.
    Processes are forked, so tasks may hold anything. Few tasks, a second thread or a system without fork mean one process.
    Raises `Mishap` for what nobody expected, `ProcessEnded` where one of the processes is gone.
    """
    done = 0
    _there.clear()
    if len(tasks) <= FEW or _cores() < 2 or not _alone() or not hasattr(os, "fork"):
        for task in tasks:
            yield _write(folder, before, task)
            done += 1
            report("schreiben", done, len(tasks))
        return
    work = partial(_write_some, folder, before, tasks)
    for results in _shared_out(work, _chunks(len(tasks))):
        yield from results
        done += len(results)
        report("schreiben", done, len(tasks))


def _shared_out(work: Callable[[range], R], packets: Sequence[range]) -> Iterator[R]:
    """Yield what the work makes of each packet, by as many processes as there are cores.

    Each process has a line of its own and shares no lock, so one that is killed leaves nobody waiting: its line ends.
    """
    lines: dict[Connection, BaseProcess] = {}
    try:
        # Ctrl+C reaches all of them: this process ends the others. In the middle of a fork it would be lost.
        with _undisturbed():
            for _ in range(_cores()):
                _start(work, lines)
        yield from _answers(lines, iter(packets))
    finally:
        for line, process in lines.items():
            process.kill()
            process.join()
            line.close()


def _start(work: Callable[[range], R], lines: dict[Connection, BaseProcess]) -> None:
    """Fork a process that works, and put the line to it beside the others."""
    ours, theirs = Pipe()
    # What it inherits of the others' lines it closes: a line ends only when nobody holds its other end.
    process = get_context("fork").Process(target=works, args=(work, theirs, (ours, *lines)), daemon=True)
    process.start()
    theirs.close()
    lines[ours] = process


def _answers(lines: Mapping[Connection, BaseProcess], packets: Iterator[range]) -> Iterator[Any]:
    """Hand each process a packet and, when it has answered, the next one; yield the answers."""
    busy = [line for line in lines if _hand(line, next(packets, None))]
    while busy:
        ready = wait(busy)
        for line in [line for line in busy if line in ready]:
            answer = _heard(line, lines[line])
            if not _hand(line, next(packets, None)):
                busy.remove(line)
            yield answer


def _hand(line: Connection, packet: range | None) -> bool:
    """Hand a process its packet and tell whether there was one."""
    if packet is not None:
        # Where the process is gone, the line says so when its answer is read.
        with suppress(BrokenPipeError):
            line.send(packet)
    return packet is not None


def _heard(line: Connection, process: BaseProcess) -> Any:
    try:
        answer = line.recv()
    except (EOFError, OSError):
        process.join()
        raise ProcessEnded(process.exitcode) from None
    if isinstance(answer, Mishap):
        raise answer
    return answer


def works(work: Callable[[range], Any], line: Connection, others: Collection[Connection]) -> None:
    """Answer packets until the line ends, as it does when this process isn't needed any more or the first one is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in others:
        other.close()
    with suppress(EOFError, OSError):
        while True:
            line.send(_answer(work, line.recv()))


def _answer(work: Callable[[range], R], packet: range) -> R | Mishap:
    try:
        return work(packet)
    except Exception as error:  # noqa: BLE001 - told at the door of the command
        # Not every exception survives the way to the other process, and none keeps what it was about.
        return looked_at(error)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl+C wait until the block has ended."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _chunks(count: int) -> list[range]:
    """The first tasks alone, because they may be large; the others in packets."""
    alone = min(8, count)
    return [
        *(range(number, number + 1) for number in range(alone)),
        *(range(start, min(start + CHUNK, count)) for start in range(alone, count, CHUNK)),
    ]


def _write_some(folder: Path, before: Path, tasks: Sequence[Task[T]], numbers: range) -> list[T]:
    return [_write(folder, before, tasks[number]) for number in numbers]


def _write(folder: Path, before: Path, task: Task[T]) -> T:
    files, told = task()
    for name, content in files:
        path = os.path.join(folder, name)
        place = os.path.dirname(path)
        if place not in _there:
            os.makedirs(place, exist_ok=True)
            _there.add(place)
        if linked(os.path.join(before, name), content, path):
            continue
        with open(path, "wb", buffering=0) as stream:
            rest = memoryview(content)
            # A disk that gets full takes a part and says so only when it is asked to take the rest.
            while rest:
                rest = rest[stream.write(rest) :]
    return told


def _alone() -> bool:
    """Whether this process has one thread: a copy of one with more may wait for what the others held."""
    return threading.active_count() == 1


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
