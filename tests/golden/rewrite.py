"""Golden sites in, their expectations out: `python -m tests.golden.rewrite [NAME …]`.

Look at what changed (`git diff tests/golden`) before you commit it: an expectation is what people will see. Where nobody
looks, in CI, it refuses.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests.golden.sites import NAMES, build, expectation, write_expectation


def main(names: list[str]) -> int:
    """Rewrite the expectations of the named sites, of all without names; return the exit code."""
    if os.environ.get("CI"):
        print(
            "Expectations are not rewritten in CI: run this on your machine and look at the changes.",
            file=sys.stderr,
        )
        return 2
    if unknown := sorted(set(names) - set(NAMES)):
        print(f"No golden site: {', '.join(unknown)}. There are: {', '.join(NAMES)}", file=sys.stderr)
        return 2
    for name in names or NAMES:
        with tempfile.TemporaryDirectory() as folder:
            changed = write_expectation(name, expectation(build(name, Path(folder))))
        print(
            f"{name}: " + (", ".join(changed) if len(changed) <= 10 else f"{len(changed)} files changed")
            if changed
            else f"{name}: nothing changed"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
