"""A package and a path in it in, the bytes that came with its installation out: words, scripts, styles, icons.

They are no inputs: nobody but who installs the program can change them. What was worked out of them is kept beside them, where
Python keeps its own modules and under the same conditions.
"""

from __future__ import annotations

import hashlib
import os
import sys
from functools import cache
from importlib import resources
from pathlib import Path

PACKAGE = Path(str(resources.files("generator")))
"""The folder of the program itself; no module reckons it from its own place, which changes when it moves."""


def packaged(package: str, *parts: str) -> bytes:
    """Return a file of an installed package; raises FileNotFoundError where the installation is damaged."""
    return resources.files(package).joinpath(*parts).read_bytes()


@cache
def packaged_text(package: str, *parts: str) -> str:
    """Return a text of an installed package, which is UTF-8."""
    return packaged(package, *parts).decode("utf-8")


@cache
def program(*rooms: str) -> bytes:
    """Return a digest of the modules in these rooms of the program and of the Python that runs them."""
    digest = hashlib.sha256(sys.version.encode())
    for room in rooms:
        for file in sorted((PACKAGE / room).rglob("*.py*")):
            # What Python makes of a module says nothing new; where it comes without its text, it lies in its place.
            if file.parent.name != "__pycache__":
                digest.update(
                    f"{file.relative_to(PACKAGE)} ".encode() + hashlib.sha256(file.read_bytes()).digest()
                )
    return digest.digest()


def worked_out(folder: Path, name: str, source: bytes) -> bytes | None:
    """Return what was kept by a name beside the files of a folder of a package.

    None where there is nothing, only a part of it, or what was made of another `source`: all that it depends on.
    """
    try:
        kept = _beside(folder, name).read_bytes()
    except OSError:
        return None
    seal, content = kept[:_SEAL], kept[_SEAL:]
    if seal != _sealed(source, content):
        return None
    return content


def keep_worked_out(folder: Path, name: str, source: bytes, content: bytes) -> None:
    """Keep that for the next process; nothing is kept where Python keeps nothing, or where nothing may be written."""
    if sys.dont_write_bytecode or sys.pycache_prefix:
        return
    file = _beside(folder, name)
    new = file.with_suffix(f".{os.getpid()}.neu")
    try:
        file.parent.mkdir(exist_ok=True)
        new.write_bytes(_sealed(source, content) + content)
        new.replace(file)
    except OSError:
        return


_SEAL = hashlib.sha256().digest_size


def _sealed(source: bytes, content: bytes) -> bytes:
    return hashlib.sha256(hashlib.sha256(source).digest() + content).digest()


def _beside(folder: Path, name: str) -> Path:
    return folder / "__pycache__" / f"{name}.{sys.implementation.cache_tag}"
