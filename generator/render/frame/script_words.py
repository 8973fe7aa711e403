"""The scripts of a page: the texts in their sources, translated, and the files made of the sources that the page loads."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from markupsafe import Markup

from generator.files.packaged import PACKAGE, packaged, packaged_text
from generator.render.base.pattern import pattern
from generator.render.base.texts import Texts

_MESSAGE = re.compile(r"""\b_\(\s*"((?:[^"\\]|\\.)*)\"""")
SOURCES = ("assets", "js")
MADE = ("theme", "scripts")
"""Where the scripts lie as they are written, and as `make scripts` makes them for browsers."""
_AT_ONCE = re.compile(r"""(?:from|import)\s*"\./([\w\-]+\.js)\"""")
_LATER = re.compile(r"""import\("\./([\w\-]+\.js)\"""")


def scripts_folder(parts: Sequence[str] = SOURCES) -> Path:
    """Return the folder of the scripts."""
    return PACKAGE.joinpath(*parts)


@cache
def messages(script: str) -> Sequence[str]:
    """Return the message ids of a script and of those it imports, sorted."""
    found: set[str] = set()
    for name in with_imports(script):
        text = packaged_text("generator", *SOURCES, name)
        found |= {json.loads(f'"{message}"') for message in _MESSAGE.findall(text)}
    return tuple(sorted(found))


@cache
def with_imports(script: str, *, later: bool = True, folder: Sequence[str] = SOURCES) -> Sequence[str]:
    """Return a script and all that it imports, by name; without `later` only what it can't begin without."""
    seen: set[str] = set()
    todo = [script]
    while todo:
        name = todo.pop()
        if name in seen or not (scripts_folder(folder) / name).is_file():
            continue
        seen.add(name)
        text = packaged_text("generator", *folder, name)
        todo += _AT_ONCE.findall(text)
        todo += _LATER.findall(text) if later else []
    return tuple(sorted(seen))


def made_files() -> dict[str, bytes]:
    """Return all files that browsers load, by name."""
    found = {}
    for path in sorted(scripts_folder(MADE).glob("*.js")):
        found[path.name] = packaged("generator", *MADE, path.name)
    return found


def words_block(texts: Texts, scripts: Sequence[str]) -> Markup:
    """Return a data block with the translations that the scripts of a page need; German needs none."""
    needed: set[str] = set()
    for script in scripts:
        needed.update(messages(script))
    words = {message: texts.gettext(message) for message in sorted(needed)}
    translated = {message: text for message, text in words.items() if text != message}
    if not translated:
        return Markup()
    content = json.dumps(translated, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return pattern('<script type="application/json" id="nr-words">{}</script>\n').format(Markup(content))
