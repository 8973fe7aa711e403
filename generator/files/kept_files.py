"""List what a project's repository makes public beside what the site is made of: every file that git keeps or would keep."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from generator.files.git import NoAnswer, asked, kept_by_git
from generator.files.site_folder import MARK

_KEPT = ("ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ".")
_NEVER = frozenset({".git", ".venv", ".cache"})
"""Folders that nobody passes on."""


def kept_files(root: Path) -> tuple[str, ...]:
    """Return the names from `root` of all files that git keeps, or would keep with the next commit, in order; no links.

    Where git keeps nothing, that is every file but those that a build wrote.
    """
    try:
        kept_by_git(root)
        told = asked(root, *_KEPT)
    except NoAnswer:
        told = None
    names = _all(root) if told is None else iter(os.fsdecode(told).split("\0"))
    return tuple(sorted({name for name in names if name and _is_file(root / name)}))


def _is_file(path: Path) -> bool:
    """Tell whether something is there that is neither a folder nor a link: of a link git keeps where it leads, not what is there."""
    return path.is_file() and not path.is_symlink()


def _all(root: Path) -> Iterator[str]:
    for directory, folders, names in os.walk(root):
        here = Path(directory)
        folders[:] = [name for name in folders if name not in _NEVER and not (here / name / MARK).exists()]
        yield from ((here / name).relative_to(root).as_posix() for name in names)
