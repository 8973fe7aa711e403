"""Check what the settings let out or in: overlay folder, map servers, frames, icons."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.result_cache import Same
from generator.model.config import WHOLE_LANGUAGES, Basemap, tiles_of
from generator.model.site import Site
from generator.read.nodes import MapNode, Node, Scalar, position_at
from generator.read.project import Reading


def check_basemap(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report a wrong address of map tiles, and other hosts whose frames pages may show."""
    del reading
    for frame in site.config.embedded:
        yield diagnostic("rahmen-fremd", Position("site_config.yml"), host=frame.source)
    basemap = site.config.basemap
    if isinstance(basemap, Basemap) and tiles_of(site.config) is None:
        yield diagnostic("hintergrundkarte-adresse", Position("site_config.yml"), address=basemap.tiles)


def check_languages(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report languages into which the program isn't wholly translated."""
    for number, language in enumerate(site.config.languages):
        if language not in WHOLE_LANGUAGES:
            place = Position("site_config.yml")
            if reading.settings is not None:
                place = position_at(reading.settings, ("languages", number))
            yield diagnostic("sprache-nicht-ganz", place, language=language)


PUBLIC = ("resources", "content", "site")
"""Folders that are read for the public site or hold it."""


def check_overlay(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report an internal folder (overlay) in or around a public one, or in its repository."""
    if not site.config.overlay:
        return
    setting = position_at(reading.settings, ("overlay",)) if reading.settings else Position("site_config.yml")
    root = _real(reading.root)
    overlay = _real(reading.root / site.config.overlay)
    for name in PUBLIC:
        if _within(overlay, _real(root / name)):
            yield diagnostic("ablage-oeffentlich", setting, folder=name)
            return
    for name in ("resources", "content"):
        link = next((link for link in _links(root / name) if _within(overlay, _real(link))), None)
        if link is not None:
            position = Position(link.relative_to(root).as_posix())
            yield diagnostic("ablage-oeffentlich", position, folder=name)
            return
    # A demo's overlay is invented and may lie there.
    if site.config.overlay_in_repository != "invented" and _is_shared(overlay, root):
        yield diagnostic("ablage-im-repository", setting, name=site.config.overlay)


def _within(one: Path, other: Path) -> bool:
    """Tell whether one of two folders lies in the other."""
    return one.is_relative_to(other) or other.is_relative_to(one)


def _is_shared(overlay: Path, root: Path) -> bool:
    """Tell whether the project's repository, else folder, holds the overlay."""
    repository = _repository(root)
    if repository is None:
        return overlay.is_relative_to(root)
    return _repository(overlay) == repository


def _links(folder: Path) -> Iterator[Path]:
    for base, folders, names in os.walk(folder):
        paths = [Path(base, name) for name in sorted((*folders, *names))]
        yield from (path for path in paths if path.is_symlink())


def _real(path: Path) -> Path:
    """Follow links; circles are reported elsewhere."""
    return Path(os.path.realpath(path))


def _repository(folder: Path) -> Path | None:
    """Return a folder's git repository or worktree."""
    return next((path for path in (folder, *folder.parents) if (path / ".git").exists()), None)


_NAME = re.compile(r"[a-z0-9]+(?:[-_/][a-z0-9]+)*")  # „material/book-open“, so that no path leads elsewhere


def check_icons(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report icons that don't exist."""
    del site
    for nodes in reading.words.values():
        yield from _unknown(Same(nodes))


# Words that were read before come as the same nodes.
@lru_cache(maxsize=64)
def _unknown(nodes: Same[tuple[Node, ...]]) -> tuple[Diagnostic, ...]:
    return tuple(_without_icon(nodes.value))


def _without_icon(nodes: Iterable[Node]) -> Iterator[Diagnostic]:
    """Report words (nodes of a vocabulary) whose `icon` isn't among Material's."""
    for node in nodes:
        icon = node.get("icon") if isinstance(node, MapNode) else None
        if isinstance(icon, Scalar) and icon.text and not _exists(icon.text):
            yield diagnostic("zeichen-unbekannt", icon.position, value=icon.text)


@cache
def _exists(name: str) -> bool:
    path = name if "/" in name else f"material/{name}"
    icons = files("material") / "templates" / ".icons"
    return _NAME.fullmatch(name) is not None and icons.joinpath(f"{path}.svg").is_file()


CHECKS = (check_basemap, check_languages, check_overlay, check_icons)
