"""`make bench`: runs every benchmark one after the other and prints their figures."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

ORDER = ("site", "growth", "berlin", "search", "directory", "disclosure", "worlds", "charts")


def main() -> int:
    """Run each benchmark in a process of its own; return 1 when one failed."""
    failed: list[str] = []
    for name in ORDER:
        if importlib.util.find_spec(f"bench.{name}") is None:
            continue
        print(f"\n=== {name}", flush=True)
        if subprocess.run(
            [sys.executable, "-m", f"bench.{name}"], cwd=Path(__file__).parent.parent, check=False
        ).returncode:
            failed.append(name)
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
