"""A folder that git keeps and a version of it in; every file that differs since then, with what stood in it, out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from generator.files.chosen import changed
from generator.files.git import asked


def since_version(root: Path, since: str) -> Iterator[tuple[str, str | None]]:
    """Yield the name of each file below `root` that differs from where this branch left the version `since`, and its text there.

    A file that wasn't there has None. Raises `NoAnswer` as `changed` does.
    """
    base = asked(root, "merge-base", "--end-of-options", since, "HEAD")
    version = os.fsdecode(base).strip() if base else since
    for name in sorted(changed(root, version)):
        # ":./" is the folder that git was started in.
        before = asked(root, "show", "--no-textconv", "--end-of-options", f"{version}:./{name}")
        yield name, None if before is None else before.decode("utf-8-sig", "replace")
