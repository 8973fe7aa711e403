"""The texts of our scripts: message ids found in `assets/js`, translated for the pages that load them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path

from markupsafe import Markup

from generator.files.packaged import packaged_text
from generator.render.base.pattern import pattern
from generator.render.base.texts import Texts

_MESSAGE = re.compile(r"""\b_\(\s*"((?:[^"\\]|\\.)*)\"""")
_SCRIPTS = ("assets", "js")
_AT_ONCE = re.compile(r"""(?:from|import)\s*"\./([\w\-]+\.js)\"""")
_LATER = re.compile(r"""import\("\./([\w\-]+\.js)\"""")


def scripts_folder() -> Path:
    """Return the folder of the scripts."""
    return Path(str(resources.files("generator").joinpath(*_SCRIPTS)))


@cache
def messages(script: str) -> tuple[str, ...]:
    """Return the message ids of a script and of those it imports, sorted."""
    found: set[str] = set()
    for name in with_imports(script):
        text = packaged_text("generator", *_SCRIPTS, name)
        found |= {json.loads(f'"{message}"') for message in _MESSAGE.findall(text)}
    return tuple(sorted(found))


@cache
def with_imports(script: str, *, later: bool = True) -> tuple[str, ...]:
    """Return a script and all that it imports, by name; without `later` only what it can't begin without."""
    seen: set[str] = set()
    todo = [script]
    while todo:
        name = todo.pop()
        if name in seen or not (scripts_folder() / name).is_file():
            continue
        seen.add(name)
        text = packaged_text("generator", *_SCRIPTS, name)
        todo += _AT_ONCE.findall(text)
        todo += _LATER.findall(text) if later else []
    return tuple(sorted(seen))


def imported(scripts: Iterable[str]) -> tuple[str, ...]:
    """Return what the scripts of a page can't begin without, beside themselves."""
    scripts = tuple(scripts)
    needed: set[str] = set()
    for script in scripts:
        needed.update(with_imports(script, later=False))
    return tuple(sorted(needed.difference(scripts)))


def words_block(texts: Texts, scripts: tuple[str, ...]) -> Markup:
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
