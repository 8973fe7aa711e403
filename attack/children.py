"""Work in, how the process of its own that did it ended out: within limits of processor time, memory and patience.

Processes are forked from this one, which has imported everything, so that starting one takes milliseconds.
"""

from __future__ import annotations

import gc
import os
import resource
import select
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
BROKEN = 70
"""Exit code of work that ended with an exception."""
MEGABYTE = 1_000_000
SHOWN = 4_000
"""Characters kept of what a process said."""


WARM = 300 * MEGABYTE
"""What a process of the rig itself holds before its work: libraries, vocabularies, compiled templates."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may take: seconds of processor time, bytes of memory, seconds by the clock."""

    seconds: int = 10
    memory: int = 1000 * MEGABYTE
    patience: float = 900


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: exit code or signal, what it said, and the most that it took."""

    code: int
    signal: int
    said: str
    seconds: float
    memory: int
    late: bool = False

    def problem(self, limits: Limits, allowed: Iterable[int] = (0, 1, 2)) -> str:
        """Return in a few words what nobody may see; empty where all is well."""
        if self.late or self.signal == signal.SIGXCPU:
            return f"hangs: {self.seconds:.1f} s of processor time"
        if self.signal:
            return f"ended by {signal.Signals(self.signal).name}"
        if self.memory > limits.memory:
            return f"takes {self.memory // MEGABYTE} MB"
        if "MemoryError" in self.said:
            return "takes more memory than there may be"
        if self.code not in allowed:
            return f"exit code {self.code}"
        return "traceback" if "Traceback (most recent call last)" in self.said else ""


def run(work: Callable[[], int | None], limits: Limits = Limits()) -> Ended:
    """Do a piece of work in a process of its own and wait for it."""
    ((_, ended),) = run_all([("", work)], 1, limits)
    return ended


def run_all(
    tasks: Iterable[tuple[T, Callable[[], int | None]]], workers: int, limits: Limits = Limits()
) -> Iterator[tuple[T, Ended]]:
    """Do each piece of work in a process of its own, so many at a time; yield how each ended, in the order of their ends."""
    gc.freeze()
    waiting = iter(tasks)
    running: dict[int, tuple[T, _Child]] = {}
    poll = select.poll()
    more = True
    try:
        while more or running:
            while more and len(running) < workers:
                task = next(waiting, None)
                if task is None:
                    more = False
                    break
                child = _Child(task[1], limits)
                running[child.handle] = task[0], child
                poll.register(child.handle, select.POLLIN)
            ready = {handle for handle, _ in poll.poll(200)}
            for handle, (name, child) in list(running.items()):
                if handle in ready or child.is_late():
                    poll.unregister(handle)
                    del running[handle]
                    yield name, child.end()
    finally:
        for _, child in running.values():
            child.end()


class _Child:
    """A process at work, in a session of its own, so that those it starts end with it."""

    def __init__(self, work: Callable[[], int | None], limits: Limits) -> None:
        self.out = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the process has ended
        self.limits = limits
        self.begun = time.monotonic()
        sys.stdout.flush()
        sys.stderr.flush()
        # A child begins with what its parent has; a test process may have a thousand megabytes when its turn comes.
        self.inherited = max(0, _held() - WARM)
        self.pid = os.fork()
        if self.pid == 0:
            _work(work, replace(limits, memory=limits.memory + self.inherited), self.out.fileno())
        self.handle = os.pidfd_open(self.pid)

    def is_late(self) -> bool:
        return time.monotonic() - self.begun > self.limits.patience

    def end(self) -> Ended:
        late = self.is_late()
        if late or not select.select([self.handle], [], [], 0)[0]:
            late = True
            os.killpg(self.pid, signal.SIGKILL)
        _, status, used = os.wait4(self.pid, 0)
        os.close(self.handle)
        self.out.seek(0)
        said = self.out.read().decode("utf-8", "replace")
        self.out.close()
        shown = said if len(said) <= SHOWN else said[: SHOWN // 2] + "\n…\n" + said[-SHOWN // 2 :]
        code = os.waitstatus_to_exitcode(status)
        memory = max(0, used.ru_maxrss * 1024 - self.inherited)
        return Ended(max(code, 0), max(-code, 0), shown, used.ru_utime + used.ru_stime, memory, late)


def _held() -> int:
    """Return how much memory this process holds, in bytes."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()


def _work(work: Callable[[], int | None], limits: Limits, out: int) -> None:
    code = BROKEN
    try:
        code = _exit_code(work, limits, out)
    finally:
        # Whatever happens, a signal while an exception is being told included: this process never goes on as its parent.
        os._exit(code)


def _exit_code(work: Callable[[], int | None], limits: Limits, out: int) -> int:
    os.setsid()
    # A rig that runs in the background has Ctrl+C ignored, and its children would have as well.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.dup2(out, 1)
    os.dup2(out, 2)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", errors="replace", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="replace", closefd=False)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    # Of what is written by this process alone; libraries are shared with all others.
    resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, limits.memory))
    try:
        return work() or 0
    except SystemExit as exit:
        return exit.code if isinstance(exit.code, int) else 0 if exit.code is None else 1
    except BaseException:  # noqa: BLE001 - the process ends here, and what it died of is the find
        traceback.print_exc()
        return BROKEN
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def workers() -> int:
    """Return how many processes this machine does at a time."""
    return len(os.sched_getaffinity(0))


def scratch() -> Path:
    """Return a folder for what lives for a moment: in memory where the system has that."""
    return Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else Path(tempfile.gettempdir())
