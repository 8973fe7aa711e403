"""A package and a path in it in, the bytes that came with its installation out: words, scripts, styles, icons.

They are no inputs: nobody but who installs the program can change them.
"""

from __future__ import annotations

from functools import cache
from importlib import resources


def packaged(package: str, *parts: str) -> bytes:
    """Return a file of an installed package; raises FileNotFoundError where the installation is damaged."""
    return resources.files(package).joinpath(*parts).read_bytes()


@cache
def packaged_text(package: str, *parts: str) -> str:
    """Return a text of an installed package, which is UTF-8."""
    return packaged(package, *parts).decode("utf-8")
