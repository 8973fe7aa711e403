"""Files that somebody names, or that git calls changed, in; their names as messages call them out."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from generator.files.git import NoAnswer, asked, kept_by_git


def named(root: Path, paths: Iterable[Path]) -> frozenset[str]:
    """Return the names of files and folders as messages about the project `root` call them."""
    project = root.resolve()
    return frozenset(_name_in(project, path) for path in paths)


def _name_in(project: Path, path: Path) -> str:
    """Return a path as it goes on from the project, or, where it leads elsewhere, all of it."""
    full = path.resolve()
    if full.is_relative_to(project):
        return full.relative_to(project).as_posix()
    return path.absolute().as_posix()


def changed(root: Path, since: str) -> frozenset[str]:
    """Return the names of files below `root` that differ from the version `since` of git, new and deleted ones as well.

    What `.gitignore` names doesn't count. Raises `NoAnswer` where git isn't there, the folder lies in no repository or the version is unknown.
    """
    kept_by_git(root)
    version = asked(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{since}^{{commit}}")
    if version is None:
        raise NoAnswer(f"Git kennt hier keine Fassung „{since}“")
    options = ("--name-only", "-z", "--relative", "--no-renames", "--no-ext-diff", "--ignore-submodules=all")
    differing = asked(root, "diff", *options, os.fsdecode(version).strip(), "--", ".")
    new = asked(root, "ls-files", "-z", "--others", "--exclude-standard", "--", ".")
    if differing is None or new is None:
        raise NoAnswer("Git sagt nicht, was sich geändert hat")
    return frozenset(name for name in os.fsdecode(differing + new).split("\0") if name)


def lies_in(name: str, chosen: frozenset[str]) -> bool:
    """Tell whether a file is among the chosen ones or lies in a chosen folder."""
    return name in chosen or any(above.as_posix() in chosen for above in PurePosixPath(name).parents)
