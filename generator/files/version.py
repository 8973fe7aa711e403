"""A folder that git keeps and a version of it in; every file that differs since then, with what stood in it, out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from generator.files.chosen import changed
from generator.files.git import asked, texts_of

_FILES = ("100644", "100755")
"""The modes of what is a file and no link."""


def since_version(root: Path, since: str) -> dict[str, str | None]:
    """Return by their names the files below `root` that differ from where this branch left the version `since`, with their texts there.

    A file that wasn't there has None. Raises `NoAnswer` as `changed` does.
    """
    base = asked(root, "merge-base", "--end-of-options", since, "HEAD")
    version = os.fsdecode(base).strip() if base else since
    names = changed(root, version)
    blobs = {name: blob for name, blob in _blobs(root, version) if name in names}
    texts = texts_of(root, set(blobs.values()))
    return {name: texts.get(blobs.get(name, "")) for name in sorted(names)}


def _blobs(root: Path, version: str) -> Iterator[tuple[str, str]]:
    """Yield the files of a version below a folder by their names from there, each with the digest of its text."""
    told = asked(root, "ls-tree", "-r", "-z", "--end-of-options", version) or b""
    for line in os.fsdecode(told).split("\0"):
        about, _, name = line.partition("\t")
        if about.startswith(_FILES):
            yield name, about.split()[2]
