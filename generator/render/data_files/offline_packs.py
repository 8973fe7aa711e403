"""List what browsers keep for reading offline.

Pages with a quick exit are never kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator.files.packaged import packaged_text
from generator.render.base.context import Context
from generator.render.data_files.own_list import block_count
from generator.render.frame.families import FAMILIES, MADE, script_file, with_imports
from generator.render.frame.page_frame import ASSETS
from generator.search.directory_data import BLOCK, CHOICES, HOURS, OFFERS

PACK = "offline.json"  # what a browser fetches to keep
WORKER = "sw.js"
PAGES = ("home", "offers", "remembered", "offline")  # always kept
# Families of the kept pages, and what every page loads.
_FAMILIES = ("home", "directory", "offer", "space", "remembered", "offline")
_COMMON = ("nahraum.css", "print.css", "site.js", "nahraum.svg")


def is_on(context: Context) -> bool:
    """Tell whether families' pages can be kept offline."""
    return "offline" in context.site.config.subjects and not context.site.internal


def areas(context: Context) -> list[str]:
    """Return the areas whose pages can be kept: all but the town."""
    return [
        key
        for key, facts in context.facts.spaces.items()
        if facts.ancestors and context.facts.relations.offers_by_space.get(key)
    ]


def write_offline(folder: Path, contexts: Iterable[Context], addresses: Mapping[str, str]) -> None:
    """Write offline packs and `sw.js`, or the worker that removes itself. `addresses` of stylesheets and scripts by name."""
    contexts = list(contexts)
    if not contexts or not is_on(contexts[0]):
        (folder / WORKER).write_text(removing_worker(), encoding="utf-8")
        return
    digest = hashlib.sha256()
    firsts = [_there(folder, _first(context, addresses)) for context in contexts]
    for first in firsts:
        for name in first:
            digest.update(name.encode() + b"\0" + (folder / _file(name)).read_bytes())
    version = digest.hexdigest()[:16]
    for context, first in zip(contexts, firsts, strict=True):
        title = context.gettext("Das Wichtigste")
        _write(folder, context.path("home") + PACK, title, first, version)
        for key in areas(context):
            name = context.texts.name(context.site.spaces[key])
            files = _there(folder, _of_area(context, key))
            _write(
                folder, context.path("space", key) + PACK, name, [item for item in files if item not in first]
            )
    worker = _worker("sw.js").replace("%VERSION%", version)
    (folder / WORKER).write_text(worker, encoding="utf-8")


def removing_worker() -> str:
    """Return a service worker that removes itself and all kept pages."""
    return _worker("sw-off.js")


def _worker(name: str) -> str:
    return packaged_text("generator", "assets", "worker", name)


def _first(context: Context, addresses: Mapping[str, str]) -> Iterator[str]:
    """Yield the shell, help numbers and directory with its data."""
    yield from (context.path(kind) for kind in PAGES)
    names = dict.fromkeys(name for name in (*_COMMON, "own.css", "logo.svg", "logo.png") if name in addresses)
    for family in _FAMILIES:
        names |= dict.fromkeys(FAMILIES[family].styles)
        names |= dict.fromkeys(with_imports(script_file(family), folder=MADE))
    for name in names:
        yield ASSETS + addresses[name].partition("?")[0]
    for name in ("title", "danger", "danger_later"):
        yield f"{context.search}{name}.{context.lang}.json"
    yield from (context.path("offers") + name for name in (CHOICES, OFFERS, HOURS))
    for number in range(-(-len(context.site.offers) // BLOCK)):
        yield f"{context.path('offers')}zeilen-{number}.json"
    for number in range(block_count(context)):
        yield f"{context.path('remembered')}eintraege-{number}.json"


def _of_area(context: Context, key: str) -> Iterator[str]:
    facts = context.facts
    yield context.path("space", key)
    for offer in facts.relations.offers_by_space.get(key, ()):
        if facts.offers[offer].carried:
            yield context.path("offer", offer)
    for place in facts.relations.places_by_space.get(key, ()):
        if facts.places[place].visibility == "full":
            yield context.path("place", place)


def _there(folder: Path, names: Iterable[str]) -> list[str]:
    """Return the names whose files were written."""
    return [name for name in dict.fromkeys(names) if (folder / _file(name)).is_file()]


def _file(name: str) -> str:
    return f"{name}index.html" if name.endswith("/") or not name else name


def _write(folder: Path, path: str, name: str, files: list[str], version: str | None = None) -> None:
    size = sum((folder / _file(item)).stat().st_size for item in files)
    content = {"name": name, "bytes": size, "files": files, **({"version": version} if version else {})}
    (folder / path).write_text(
        json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )
