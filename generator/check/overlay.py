"""The folder of the overlay in, whether the public build would publish it or its repository shows it out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from generator.codes import diagnostic
from generator.diagnostics import Diagnostic, Position
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
        folder = _real(root / name)
        if overlay.is_relative_to(folder) or folder.is_relative_to(overlay):
            yield diagnostic("ablage-oeffentlich", here, folder=name)
            return
    for name in ("resources", "content"):
        for link in _links(root / name):
            target = _real(link)
            if target.is_relative_to(overlay) or overlay.is_relative_to(target):
                yield diagnostic(
                    "ablage-oeffentlich", Position(link.relative_to(root).as_posix()), folder=name
                )
                return
    same = _repository(overlay) == _repository(root) if _repository(root) else overlay.is_relative_to(root)
    if same and site.config.overlay_in_repository != "invented":
        yield diagnostic("ablage-im-repository", here, name=site.config.overlay)


def _links(folder: Path) -> Iterator[Path]:
    for base, folders, files in os.walk(folder):
        yield from (path for name in sorted((*folders, *files)) if (path := Path(base, name)).is_symlink())


def _real(path: Path) -> Path:
    """Follow links as far as they lead; those that turn in a circle are told where files are read."""
    return Path(os.path.realpath(path))


def _repository(folder: Path) -> Path | None:
    """Return the folder of the git repository (or worktree) that a folder lies in."""
    return next((path for path in (folder, *folder.parents) if (path / ".git").exists()), None)
