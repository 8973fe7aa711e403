"""Report an overlay that the public build would publish, or that its repository shows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.model.site import Site
from generator.read.nodes import position_at
from generator.read.project import Reading

PUBLIC = ("resources", "content", "site")
"""Folders that are read for the public site or hold it."""


def check_overlay(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report an overlay in a public folder (or the other way round, or by a link), and one in the same repository."""
    if not site.config.overlay:
        return
    here = position_at(reading.settings, ("overlay",)) if reading.settings else Position("site_config.yml")
    root = _real(reading.root)
    overlay = _real(reading.root / site.config.overlay)
    for name in PUBLIC:
        if _within(overlay, _real(root / name)):
            yield diagnostic("ablage-oeffentlich", here, folder=name)
            return
    for name in ("resources", "content"):
        link = next((link for link in _links(root / name) if _within(overlay, _real(link))), None)
        if link is not None:
            position = Position(link.relative_to(root).as_posix())
            yield diagnostic("ablage-oeffentlich", position, folder=name)
            return
    if site.config.overlay_in_repository != "invented" and _is_shared(overlay, root):
        yield diagnostic("ablage-im-repository", here, name=site.config.overlay)


def _within(one: Path, other: Path) -> bool:
    """Tell whether one of two folders lies in the other."""
    return one.is_relative_to(other) or other.is_relative_to(one)


def _is_shared(overlay: Path, root: Path) -> bool:
    """Tell whether the repository of a project holds its overlay too; without a repository, whether its folder does."""
    repository = _repository(root)
    if repository is None:
        return overlay.is_relative_to(root)
    return _repository(overlay) == repository


def _links(folder: Path) -> Iterator[Path]:
    for base, folders, files in os.walk(folder):
        paths = [Path(base, name) for name in sorted((*folders, *files))]
        yield from (path for path in paths if path.is_symlink())


def _real(path: Path) -> Path:
    """Follow links as far as they lead; those that turn in a circle are told where files are read."""
    return Path(os.path.realpath(path))


def _repository(folder: Path) -> Path | None:
    """Return the folder of the git repository (or worktree) that a folder lies in."""
    return next((path for path in (folder, *folder.parents) if (path / ".git").exists()), None)


CHECKS = (check_overlay,)
