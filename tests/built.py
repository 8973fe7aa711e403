"""What a built site has in it."""

from __future__ import annotations

import re
from pathlib import Path

SEARCH = re.compile(rb"assets/nahraum/suche-[0-9a-f]{16}/")
"""The folder of the search's files, named by what is in them."""


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a built site, without those of the search that one build keeps of the last one."""
    home = (folder / "index.html").read_bytes()
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    kept = {name for name in found if (match := SEARCH.match(name.encode())) and match[0] not in home}
    return {name: path.read_bytes() for name, path in found.items() if name not in kept}
