"""Tasks that make files in; the written files out, by as many processes as the machine has cores."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from generator.diagnostics.progress import Progress
from generator.files.site_folder import linked
from generator.pipeline.mishap import looked_at

T = TypeVar("T")
FEW = 400
CHUNK = 64
Task = Callable[[], tuple[Iterable[tuple[str, bytes]], T]]
"""Makes some files, each with its path from the site's root, and something to tell of them."""

_tasks: Sequence[Task[Any]] = ()
_folder, _before = Path(), Path()
_there: set[str] = set()
"""Folders that this process has made or found: each is asked for once."""


def write_files(folder: Path, before: Path, tasks: Sequence[Task[T]], report: Progress) -> Iterator[T]:
    """Write the files of every task; yield what each tells, in no certain order.

    A file that is the same in `before` becomes a link to it.
    Processes are forked, so tasks may hold anything. Few tasks, a second thread or a system without fork mean one process.
    """
    done = 0
    _there.clear()
    if len(tasks) <= FEW or _cores() < 2 or threading.active_count() > 1 or not hasattr(os, "fork"):
        for task in tasks:
            yield _write(folder, before, task)
            done += 1
            report("schreiben", done, len(tasks))
        return
    global _tasks, _folder, _before
    _tasks, _folder, _before = tasks, folder, before
    try:
        with _undisturbed():
            # Ctrl+C reaches all of them: this process ends the others. In the middle of a fork it would be lost.
            made = multiprocessing.get_context("fork").Pool(_cores(), _let_the_first_decide)
        with made as pool:
            for results in pool.imap_unordered(_write_chunk, _chunks(len(tasks))):
                yield from results
                done += len(results)
                report("schreiben", done, len(tasks))
    finally:
        _tasks, _folder, _before = (), Path(), Path()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl+C wait until the block has ended."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _let_the_first_decide() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _chunks(count: int) -> list[range]:
    """The first tasks alone, because they may be large; the others in packets."""
    alone = min(8, count)
    return [
        *(range(number, number + 1) for number in range(alone)),
        *(range(start, min(start + CHUNK, count)) for start in range(alone, count, CHUNK)),
    ]


def _write_chunk(numbers: range) -> list[Any]:
    try:
        return [_write(_folder, _before, _tasks[number]) for number in numbers]
    except Exception as error:  # noqa: BLE001 - told at the door of the command
        # Not every exception survives the way to the other process, and none keeps what it was about.
        raise looked_at(error) from None


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


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
