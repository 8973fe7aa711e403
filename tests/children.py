"""Work in, how the process of its own that did it ended out: within limits of processor time, memory and patience.

Processes are forked from this one, which has imported everything, so that starting one takes milliseconds.
"""

import gc
import os
import resource
import select
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

BROKEN = 70
"""Exit code of work that ended with an exception."""
MEGABYTE = 1_000_000
WARM = 300 * MEGABYTE
"""What a process of tests holds before its work: libraries, vocabularies, compiled templates."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may take: seconds of processor time, bytes of memory, seconds by the clock."""

    seconds: int = 10
    memory: int = 1000 * MEGABYTE
    patience: float = 100


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: exit code or signal, what it said, and the most memory that it took."""

    code: int
    signal: int
    said: str
    memory: int
    late: bool

    def problem(self, limits: Limits) -> str:
        """Return in a few words what nobody may see; empty where all is well."""
        if self.late or self.signal == signal.SIGXCPU:
            return "hangs"
        if self.signal:
            return f"ended by {signal.Signals(self.signal).name}"
        if self.memory > limits.memory or "MemoryError" in self.said:
            return "takes more memory than there may be"
        if self.code not in (0, 1, 2):
            return f"exit code {self.code}"
        return "traceback" if "Traceback (most recent call last)" in self.said else ""


def run(work: Callable[[], int | None], limits: Limits = Limits()) -> Ended:
    """Do a piece of work in a process of its own and wait for it; those that it starts end with it."""
    gc.freeze()
    sys.stdout.flush()
    sys.stderr.flush()
    # A child begins with what its parent has; a test process may have a thousand megabytes when its turn comes.
    inherited = max(0, _held() - WARM)
    with tempfile.TemporaryFile() as out:
        pid = os.fork()
        if pid == 0:
            _work(work, limits, limits.memory + inherited, out.fileno())
        handle = os.pidfd_open(pid)
        late = not select.select([handle], [], [], limits.patience)[0]
        if late:
            os.killpg(pid, signal.SIGKILL)
        _, status, used = os.wait4(pid, 0)
        os.close(handle)
        out.seek(0)
        said = out.read().decode("utf-8", "replace")
    code = os.waitstatus_to_exitcode(status)
    return Ended(max(code, 0), max(-code, 0), said, max(0, used.ru_maxrss * 1024 - inherited), late)


def _held() -> int:
    """Return how much memory this process holds, in bytes."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()


def _work(work: Callable[[], int | None], limits: Limits, memory: int, out: int) -> None:
    code = BROKEN
    try:
        code = _exit_code(work, limits, memory, out)
    finally:
        # Whatever happens, a signal while an exception is being told included: this process never goes on as its parent.
        os._exit(code)


def _exit_code(work: Callable[[], int | None], limits: Limits, memory: int, out: int) -> int:
    os.setsid()
    # Whoever runs tests in the background has Ctrl+C ignored, and their children would have as well.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.dup2(out, 1)
    os.dup2(out, 2)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", errors="replace", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="replace", closefd=False)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    # Of what is written by this process alone; libraries are shared with all others.
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    try:
        return work() or 0
    except SystemExit as exit:
        return exit.code if isinstance(exit.code, int) else 0 if exit.code is None else 1
    except BaseException:  # noqa: BLE001 - the process ends here, and what it died of is what was asked for
        traceback.print_exc()
        return BROKEN
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
