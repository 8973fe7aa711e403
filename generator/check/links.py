"""Pages of a written site in, links and anchors that lead nowhere out."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from generator.codes import diagnostic
from generator.diagnostics import Diagnostic, Position

_LINK = re.compile(r'(?:href|src)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:|//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What a page links to, as written, and the anchors that it has."""

    links: frozenset[str]
    anchors: frozenset[str]


def scan(text: str) -> PageLinks:
    """Find the internal links and the anchors of a page."""
    links = frozenset(link for link in set(_LINK.findall(text)) if link and not _SCHEME.match(link))
    return PageLinks(links, frozenset(_ID.findall(text)))


def check_links(folder: Path, scanned: Mapping[str, PageLinks], root: str = "/") -> tuple[Diagnostic, ...]:
    """Report every internal link of every page whose file or anchor does not exist.

    `scanned` holds pages that were looked at when they were made, by file; the others are read. `root` is the path at
    which the site will stand on its server, with a slash at its end: links from there are links into the site.
    """
    files = set(_files(folder))
    pages = dict(scanned)
    for name in files - pages.keys():
        if name.endswith(".html"):
            pages[name] = scan((folder / name).read_text(encoding="utf-8"))
    wanted: dict[tuple[str, str], list[tuple[str, str]]] = {}
    targets: dict[tuple[str, str], tuple[str, str]] = {}
    for name in sorted(pages):
        origin = posixpath.dirname(name)
        for link in pages[name].links:
            if link.startswith("#"):
                target = (name, link[1:])
            else:
                target = targets.get((origin, link)) or _target(name, link, files, root)
                targets[origin, link] = target
            wanted.setdefault(target, []).append((name, link))
    found: list[Diagnostic] = []
    for (file, anchor), origins in wanted.items():
        if file in files and (not anchor or anchor in pages[file].anchors):
            continue
        name, link = min(origins)
        more = f" (und auf {len(origins) - 1} weiteren Seiten)" if len(origins) > 1 else ""
        code = "sprungmarke-fehlt" if file in files else "verweis-ins-leere"
        found.append(diagnostic(code, Position(name), link=link, more=more))
    return tuple(sorted(found, key=lambda item: item.sort_key))


def _files(folder: Path) -> list[str]:
    base = str(folder)
    return [
        os.path.join(directory, name)[len(base) + 1 :].replace(os.sep, "/")
        for directory, _, names in os.walk(base)
        for name in names
    ]


def _target(origin: str, link: str, files: set[str], root: str) -> tuple[str, str]:
    target, _, anchor = unescape(link).partition("#")
    target = unquote(target.partition("?")[0])
    if not target:
        return origin, anchor
    path = (
        target.removeprefix(root).lstrip("/")
        if target.startswith("/")
        else posixpath.normpath(posixpath.join(posixpath.dirname(origin), target))
    )
    if path in (".", ""):
        return "index.html", anchor
    return (path if path in files else f"{path.rstrip('/')}/index.html"), anchor
