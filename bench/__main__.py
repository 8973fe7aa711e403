"""`make bench`: runs every benchmark one after the other and prints their figures, what misses its goal once more at the end.

python -m bench                      all: an hour on two cores, with nothing else running
python -m bench growth search        only these
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

ORDER = (
    "site",
    "growth",
    "berlin",
    "imports",
    "search",
    "directory",
    "disclosure",
    "worlds",
    "charts",
    "questions",
)


def main() -> int:
    """Run each benchmark in a process of its own; return 1 when one failed."""
    parser = argparse.ArgumentParser(
        "python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(ORDER)}")
    names = parser.parse_args().names or ORDER
    if unknown := sorted(set(names) - set(ORDER)):
        parser.error(f"no benchmark {', '.join(unknown)}")
    failed: list[str] = []
    missed: list[str] = []
    for name in names:
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
