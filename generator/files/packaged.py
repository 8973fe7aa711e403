"""Read installed packages' files, and keep what was worked out of them."""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Callable
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
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


_WORKING = ("holidays", "jinja2", "lark", "markupsafe", "msgspec", "pydantic", "pyyaml")
"""What is kept is worked out by these packages and our own files."""


@cache
def program(*packages: str) -> bytes:
    """Return a digest of these program parts, of the packages that they work with, and of Python."""
    versions = [metadata.version(name) for name in _WORKING]
    digest = hashlib.sha256(f"{sys.version}{versions}".encode())
    for package in packages:
        below = [file for names in ("*.py*", "*.yml") for file in (PACKAGE / package).rglob(names)]
        for file in sorted([*below, *PACKAGE.glob(f"{package}.py*")]):
            # What Python makes of a module says nothing new; where it comes without its text, it lies in its place.
            if file.parent.name != "__pycache__":
                digest.update(f"{file.relative_to(PACKAGE)} ".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.digest()


def once(name: str, source: bytes, make: Callable[[], T]) -> T:
    """Compute once from the package's files, cached between processes. `source` is all it depends on."""
    folder = PACKAGE / "vocabulary"
    kept = worked_out(folder, name, source)
    if kept is not None:
        found: T = pickle.loads(kept)
        return found
    made = make()
    keep_worked_out(folder, name, source, pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
    return made


def worked_out(folder: Path, name: str, source: bytes) -> bytes | None:
    """Return what was kept beside a package's files, or None.

    None if absent, partial, of another `source`, or writable by others: it is trusted like the program.
    """
    place = _beside(folder, name)
    try:
        with place.open("rb") as file:
            if not (_safe(place.parent.stat()) and _safe(os.fstat(file.fileno()))):
                return None
            kept = file.read()
    except OSError:
        return None
    seal, content = kept[:_SEAL], kept[_SEAL:]
    return None if seal != _sealed(source, content) else content


def keep_worked_out(folder: Path, name: str, source: bytes, content: bytes) -> None:
    """Keep it for the next process, where Python caches and writing work."""
    if sys.dont_write_bytecode or sys.pycache_prefix:
        return
    file = _beside(folder, name)
    try:
        file.parent.mkdir(mode=0o755, exist_ok=True)
        if not _safe(file.parent.stat()):
            # Made where everybody of a group may write: what lies there would never be read.
            file.parent.chmod(0o755)
        # Beside its place until it is whole: another process finds all of it or nothing. A folder would break the listings of others when it goes.
        new = file.with_name(f"{file.name}.{os.getpid()}")
        try:
            new.write_bytes(_sealed(source, content) + content)
            new.chmod(0o644)
            new.replace(file)
        finally:
            new.unlink(missing_ok=True)
    except OSError:
        return


_SEAL = hashlib.sha256().digest_size  # bytes


def _sealed(source: bytes, content: bytes) -> bytes:
    """Return the digest before what is kept: of another source or a part of the content it is another."""
    return hashlib.sha256(hashlib.sha256(source).digest() + content).digest()


def _safe(found: os.stat_result) -> bool:
    """Tell whether only trusted users can have written a file."""
    # Windows knows no such users, and says what others may write in other ways.
    if not hasattr(os, "geteuid"):
        return True
    return found.st_uid in (0, os.geteuid(), PACKAGE.stat().st_uid) and not found.st_mode & 0o022


def _beside(folder: Path, name: str) -> Path:
    return folder / "__pycache__" / f"{name}.{sys.implementation.cache_tag}"
