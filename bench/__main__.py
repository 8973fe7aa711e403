"""`make bench`: runs every benchmark one after the other and prints their figures."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

ORDER = ("site", "growth", "berlin", "imports", "search", "directory", "disclosure", "worlds", "charts")


def main() -> int:
    """Run each benchmark in a process of its own; return 1 when one failed."""
    failed: list[str] = []
    missed: list[str] = []
    for name in ORDER:
        if importlib.util.find_spec(f"bench.{name}") is None:
            continue
        print(f"\n=== {name}", flush=True)
        running = subprocess.Popen(
            [sys.executable, "-u", "-m", f"bench.{name}"],
            cwd=Path(__file__).parent.parent,
            stdout=subprocess.PIPE,
            text=True,
        )
        for line in running.stdout or ():
            print(line, end="", flush=True)
            if "MISSES" in line:
                missed.append(f"{name}: {' '.join(line.split())}")
        if running.wait():
            failed.append(name)
    print("\n=== goals that were missed" if missed else "\nno goal was missed")
    for line in missed:
        print(f"  {line}")
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
