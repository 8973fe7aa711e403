"""A command in, its wall time, processor time, peak memory out: measured by the operating system for the whole process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from compileall import compile_dir
from dataclasses import dataclass
from pathlib import Path

GENERATOR = Path(__file__).parent.parent / "generator"


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of wall and processor time (all processes of the command), and the peak memory in MB of the largest one."""

    wall: float
    cpu: float
    memory: float


# A process counts the memory of the one that began it as its own until it loads its program, so a small one has to begin it.
_BEGIN = """
import json, os, sys, time
start = time.perf_counter()
child = os.fork()
if child == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
_, status, usage = os.wait4(child, 0)
with open(sys.argv[1], "w") as out:
    json.dump([time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024], out)
sys.exit(os.waitstatus_to_exitcode(status) != 0)
"""


def run(
    command: Sequence[str], folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> Run:
    """Run a command silently; raise RuntimeError with its last output when it fails.

    Our modules are compiled before, as every installed package is.
    """
    compile_dir(GENERATOR, quiet=1)
    with tempfile.NamedTemporaryFile("r") as answer:
        ended = subprocess.run(
            [sys.executable, "-S", "-E", "-c", _BEGIN, answer.name, *command],
            cwd=folder,
            env={**os.environ, **(environment or {}), "PYTHONDONTWRITEBYTECODE": ""},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if ended.returncode != 0:
            raise RuntimeError(f"{command[0]} failed: {ended.stdout.decode(errors='replace')[-2000:]}")
        return Run(*json.load(answer))


def folder_size(folder: Path) -> tuple[int, float]:
    """Return the number of files and their size in MB."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes) / 1e6


def median(values: Sequence[float]) -> float:
    """Return the middle value."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2]
