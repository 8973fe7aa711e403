"""What lies in a folder, and in a built site."""

import re
from pathlib import Path

SEARCH = re.compile(rb"assets/nahraum/suche-[0-9a-f]{16}/")
"""The folder of the search's files, named by what is in them."""


def files_of(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder by their names: `{"offers/a.yml": b"…"}`."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def contents(site: Path) -> dict[str, bytes]:
    """Return the files of a built site, without those of the search that one build keeps of the last one."""
    files = files_of(site)
    kept = {
        name
        for name in files
        if (match := SEARCH.match(name.encode())) and match[0] not in files["index.html"]
    }
    return {name: file for name, file in files.items() if name not in kept}
