"""The folder `content/` in; the text of every hand-written page by its name, and what there nobody may follow or copy, out.

What is checked here is what is published: whoever makes pages takes these texts and opens no file again.
"""

from __future__ import annotations

from generator.codes import diagnostic
from generator.diagnostics import Diagnostic, Position
from generator.files.door import Door

FOLDER = "content"
# MkDocs would take these for pages as well.
_LIKE_PAGES = frozenset({".markdown", ".mdown", ".mkdn", ".mkd"})


def read_content(door: Door) -> tuple[dict[str, str], list[Diagnostic]]:
    """Read every page, by its name below `content/`, in order; hidden files are nobody's pages."""
    folder = door.project / FOLDER
    paths, found = door.below(folder)
    pages: dict[str, str] = {}
    for path in paths:
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in name.split("/")):
            continue
        if path.suffix == ".md":
            text, problems = door.text(path)
            if text is not None:
                pages[name] = text
        else:
            problems = door.checked(path)
            if not problems and path.suffix in _LIKE_PAGES:
                better = f"die Datei in {path.stem}.md umbenennen"
                problems = [
                    diagnostic("fremde-datei", Position(f"{FOLDER}/{name}"), name=path.name, better=better)
                ]
        found += problems
    return pages, found
