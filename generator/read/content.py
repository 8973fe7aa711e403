"""The folder `content/` in; the text of every hand-written page by its name, and what there nobody may follow or copy, out.

What is checked here is what is published: whoever makes pages takes these texts and opens no file again.
"""

from __future__ import annotations

import re
from pathlib import Path

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.door import Door
from generator.model.editions import is_edition
from generator.read.nodes import Node, parse, unfit_characters

FOLDER = "content"
_LINE_ENDS = re.compile("\r\n?")
_HEAD = re.compile(r"\A(---[ \t]*\n.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
# MkDocs would take these for pages as well.
_LIKE_PAGES = frozenset({".markdown", ".mdown", ".mkdn", ".mkd"})


def _no_page(door: Door, path: Path, name: str) -> list[Diagnostic]:
    """Say what is wrong with a file that is no page: that it may not be read, or that somebody means it as one."""
    problems = door.checked(path)
    if not problems and path.suffix in _LIKE_PAGES:
        better = f"die Datei in {path.stem}.md umbenennen"
        problems = [diagnostic("fremde-datei", Position(f"{FOLDER}/{name}"), name=path.name, better=better)]
    return problems


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
                problems += unfit_characters(_LINE_ENDS.sub("\n", text), door.name(path))
            if text is not None and is_edition(name):
                # Read for itself, with its digest over what stands there.
                pages[name] = text
            elif text is not None:
                pages[name] = _LINE_ENDS.sub("\n", text)
                problems += _wrong_head(pages[name], door.name(path))
        else:
            problems = _no_page(door, path, name)
        found += problems
    return pages, found


def head_of(text: str, file: str) -> Node | None:
    """Return what stands in a page's head, with its places in the file; None where it has none or can't be read."""
    return _head(text, file)[0]


def _wrong_head(text: str, file: str) -> list[Diagnostic]:
    """Say what is wrong with a page's head: MkDocs would unfold what a few lines of anchors and aliases stand for."""
    return _head(text, file)[1]


def _head(text: str, file: str) -> tuple[Node | None, list[Diagnostic]]:
    match = _HEAD.match(text)
    # The first line stays, so that lines are counted as in the file.
    return parse(match[1], file) if match and match[1].strip("- \t\n") else (None, [])
