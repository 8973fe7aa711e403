"""Read installed packages' files, and what was worked out of them before the first run."""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Callable
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import TypeVar, TypeVarTuple, Unpack

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
PACKAGE = Path(str(resources.files("generator")))
"""The folder of the program itself; no module reckons it from its own place, which changes when it moves."""


def packaged(package: str, *parts: str) -> bytes:
    """Return a package's file; FileNotFoundError in a damaged installation."""
    return resources.files(package).joinpath(*parts).read_bytes()


@cache
def packaged_text(package: str, *parts: str) -> str:
    """Return a text of an installed package, which is UTF-8."""
    return packaged(package, *parts).decode("utf-8")


def source_address() -> str:
    """Return where the program is published; empty if `pyproject.toml` doesn't say."""
    addresses = metadata.metadata("nahraum").get_all("Project-URL") or ()
    return next((line.partition(", ")[2] for line in addresses if line.startswith("Source, ")), "")


def installed() -> list[str]:
    """Return Python package folders with names and versions."""
    found: list[str] = []
    for folder in sys.path:
        if os.path.isdir(folder):
            names = [
                name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info", ".pth"))
            ]
            if names:
                found.append(f"{folder}{sorted(names)}")
    return found


@cache
def finished() -> Path | None:
    """Return the folder of what was worked out before the first run (`hatch_build.py`).

    A wheel brings it. In a checkout it is left alone as soon as the program's own text is another.
    """
    brought, made = PACKAGE / "finished", PACKAGE.parent / "build" / "finished"
    if brought.is_dir():
        return brought
    try:
        return made if made.with_suffix(".state").read_text("utf-8") == state() else None
    except FileNotFoundError:
        return None


def state() -> str:
    """Return a digest of what is worked out from: versions, and sizes and times of our own files, by which Python knows a module, too."""
    found: list[object] = [metadata.version(name) for name in ("holidays", "jinja2", "lark", "pydantic")]
    for folder, folders, names in os.walk(PACKAGE):
        folders[:] = sorted(name for name in folders if name not in _NOT_READ)
        for name in sorted(names):
            seen = os.stat(f"{folder}/{name}")
            found.append((folder, name, seen.st_size, seen.st_mtime_ns))
    return hashlib.sha256(repr(found).encode()).hexdigest()


_NOT_READ = ("__pycache__", "assets", "locales", "starter")


def once(make: Callable[[Unpack[Ts]], T], *given: *Ts) -> T:
    """Return `make(*given)`, which follows from `given` and the program alone: worked out before the first run, or now."""
    folder = finished()
    if folder is not None:
        try:
            found: T = pickle.loads((folder / finished_name(make, *given)).read_bytes())
        except FileNotFoundError:
            return make(*given)
        return found
    return make(*given)


def finished_name(make: Callable[..., object], *given: object) -> str:
    """Return the name of the file that holds `make(*given)`."""
    return f"{make.__name__}-{hashlib.sha256(repr(given).encode()).hexdigest()[:16]}"
