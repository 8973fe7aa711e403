"""Which stylesheets and scripts each family of pages loads (`FAMILIES`)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from markupsafe import Markup
from msgspec import Struct

from generator.files.packaged import PACKAGE, packaged, packaged_text
from generator.render.base import urls
from generator.render.base.html_patterns import pattern
from generator.render.base.texts import Texts

Section = Literal["help", "spaces", "professionals", "reports", ""]  # of the top bar


class Family(Struct, frozen=True):
    """What all pages of a family share. Scripts run in order and a failing one stops the rest, so the quick exit (`exit.js`) is first; it does nothing on a page without „Seite verlassen“."""

    section: Section  # marked in the top bar; empty for none
    scripts: Sequence[str] = ()
    styles: Sequence[str] = ()  # beside `nahraum.css`


_MAP = ("maps.js",)
_FACTS, _WORDS = "icons-facts.css", "icons-words.css"
"""Icons of what is told of offers, places and people; icons of topics and of kinds of places."""
_PROSE = ("material.css", _FACTS, _WORDS)
"""What hand-written text may need: Material's whole stylesheet, and every icon."""
FAMILIES: dict[str, Family] = {
    "home": Family("help", ("open.js", "search.js", *_MAP), (_WORDS, "family.css", "search.css", "maps.css")),
    "door": Family("help", ("exit.js",), (_FACTS, "family.css")),
    "door-home": Family("help", ("exit.js", "search.js", "topics.js"), (_FACTS, "family.css", "search.css")),
    "door-offer": Family("help", ("exit.js", "open.js", "way.js", "aloud.js"), (_FACTS, "family.css")),
    "directory": Family(
        "help",
        ("open.js", "directory.js", *_MAP),
        ("family.css", "search.css", "finder.css", "directory.css", "maps.css"),
    ),
    "list": Family("help", ("open.js", "remember.js"), ("family.css",)),
    "offer": Family(
        "help",
        ("exit.js", "open.js", "offer.js", "way.js", "aloud.js", *_MAP),
        (_FACTS, "family.css", "maps.css"),
    ),
    "topic": Family(
        "help", ("exit.js", "open.js", "remember.js", "way.js", "aloud.js"), (_FACTS, _WORDS, "family.css")
    ),
    "place": Family(
        "help", ("exit.js", "open.js", "way.js", "aloud.js", *_MAP), (_FACTS, _WORDS, "areas.css", "maps.css")
    ),
    "provider": Family("help", ("exit.js", "open.js"), (_FACTS, "areas.css")),
    "office": Family("help", ("open.js", "way.js"), (_FACTS, "areas.css")),
    "space": Family(
        "spaces",
        ("open.js", "past.js", "way.js", *_MAP),
        (_FACTS, "areas.css", "maps.css", "reports.css", "profile.css"),
    ),
    "week": Family("spaces", ("past.js",), ("week.css",)),
    "spaces": Family("spaces", ("finder.js", *_MAP), ("areas.css", "finder.css", "maps.css")),
    "streets": Family("spaces"),
    "meeting": Family("professionals", (), ("areas.css", "reports.css")),
    "network": Family("professionals", (), ("areas.css",)),
    "youth": Family("help", ("exit.js", "open.js"), ("family.css",)),
    "help": Family("help", ("exit.js", "open.js"), ("family.css",)),
    "remembered": Family("help", ("list.js",), (_FACTS, "extras.css")),
    "offline": Family("", ("offline.js",), (_FACTS, "extras.css")),
    "embeds": Family("", (), ("extras.css",)),
    "safe": Family("help", ("exit.js",), styles=_PROSE),
    "missing": Family("", ("search.js",), ("search.css",)),
    "professionals": Family("professionals", _MAP, ("areas.css", "maps.css")),
    "news": Family("professionals", ("narrow.js",), ("areas.css",)),
    "finding": Family("professionals", ("finding.js",), ("case.css",)),
    "resource-plan": Family("professionals", ("narrow.js", *_MAP), ("areas.css", "maps.css")),
    "front": Family("professionals", ("open.js", "who.js"), (_FACTS, "areas.css", "reports.css", "case.css")),
    "case": Family("professionals", ("open.js", "case.js"), (_FACTS, "search.css", "finder.css", "case.css")),
    "sheet": Family("professionals", (), ("sheets.css",)),
    "reports": Family(
        "reports", ("tables.js", "picture.js", *_MAP), ("areas.css", "maps.css", "reports.css")
    ),
    "archive": Family(
        "reports", ("tables.js", *_MAP), ("areas.css", "maps.css", "reports.css", "editions.css")
    ),
    "edition": Family(
        "reports", ("tables.js", *_MAP), (*_PROSE, "areas.css", "maps.css", "reports.css", "editions.css")
    ),
    "measures": Family("reports", ("picture.js",), ("areas.css", "reports.css")),
    "compare": Family("reports", ("compare.js",), ("areas.css", "reports.css")),
    "about": Family(""),
    "editorial": Family("", _MAP, (*_PROSE, "maps.css")),
    "editorial-plain": Family("", ("aloud.js", *_MAP), (*_PROSE, "maps.css")),
    "editorial-help": Family("help", _MAP, (*_PROSE, "maps.css")),
    "editorial-professionals": Family("professionals", _MAP, (*_PROSE, "maps.css")),
    "editorial-reports": Family("reports", _MAP, (*_PROSE, "maps.css")),
    "internal": Family("professionals", (), ("areas.css",)),
}
BUNDLES = {
    "home": ("home", "door-home", "missing"),
    "directory": ("directory",),
    "people": ("spaces", "front", "case"),
    "own": ("remembered", "offline", "finding"),
    "reports": (
        *("reports", "archive", "edition", "measures", "compare", "editorial-reports"),
        *("professionals", "news", "resource-plan", "editorial-professionals"),
    ),
}
"""By file the families whose scripts stand in it; those of all others stand in `family.js`."""
QUIET = frozenset(("door", "door-home", "door-offer", "help", "safe"))
"""Pages for people in danger: nothing that a town adds changes them."""


def script_file(family: str) -> str:
    """Return the name of the file with a family's scripts; empty if it has none."""
    name = next((bundle for bundle, families in BUNDLES.items() if family in families), "family")
    return f"{name}.js" if FAMILIES[family].scripts else ""


def editorial_family(path: str) -> str:
    """Return a hand-written page's family by its path."""
    return {
        "help": "safe",
        "professionals": "editorial-professionals",
        "reports": "editorial-reports",
        "rights": "editorial-help",
        "youth": "editorial-help",
        "plain": "editorial-plain",
        "arrival": "editorial-plain",
    }.get(urls.section(path), "editorial")


# `_("Angebote")`, `import { open } from "./open.js"`, `import("./maps.js")` in scripts.
_MESSAGE = re.compile(r"""\b_\(\s*"((?:[^"\\]|\\.)*)\"""")
_GOES_ON = re.compile(r'"\n\s*\+ "')
"""A text that goes on in the next line of a script."""
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
    """Return the texts of a script and its imports, sorted."""
    found: set[str] = set()
    for name in with_imports(script):
        text = _GOES_ON.sub("", packaged_text("generator", *SOURCES, name))
        found |= {json.loads(f'"{message}"') for message in _MESSAGE.findall(text)}
    return tuple(sorted(found))


@cache
def with_imports(script: str, *, later: bool = True, folder: Sequence[str] = SOURCES) -> Sequence[str]:
    """Return a script and its imports; without `later` only those needed at once."""
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
    """Return scripts' translations as data block; none for German."""
    needed: set[str] = set()
    for script in scripts:
        needed.update(messages(script))
    words = {message: texts.gettext(message) for message in sorted(needed)}
    translated = {message: text for message, text in words.items() if text != message}
    if not translated:
        return Markup()
    content = json.dumps(translated, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return pattern('<script type="application/json" id="nr-words">{}</script>\n').format(Markup(content))
