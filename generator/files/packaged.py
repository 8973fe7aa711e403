"""A package and a path in it in, the bytes that came with its installation out: words, scripts, styles, icons.

They are no inputs: nobody but who installs the program can change them. What was worked out of them is kept beside them, where
Python keeps its own modules and under the same conditions.
"""

from __future__ import annotations

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


def worked_out(folder: Path, name: str) -> bytes | None:
    """Return what was kept by a name beside the files of a folder of a package; None where there is nothing."""
    try:
        return _beside(folder, name).read_bytes()
    except OSError:
        return None


def keep_worked_out(folder: Path, name: str, content: bytes) -> None:
    """Keep that for the next process; nothing is kept where Python keeps nothing, or where nothing may be written."""
    if sys.dont_write_bytecode or sys.pycache_prefix:
        return
    file = _beside(folder, name)
    new = file.with_suffix(f".{os.getpid()}.neu")
    try:
        file.parent.mkdir(exist_ok=True)
        new.write_bytes(content)
        new.replace(file)
    except OSError:
        return


def _beside(folder: Path, name: str) -> Path:
    return folder / "__pycache__" / f"{name}.{sys.implementation.cache_tag}"
