"""Pages of a written site in, links and anchors that lead nowhere out."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic

_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:|//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What a page links to, as written, and the anchors that it has."""

    links: frozenset[str]
    anchors: frozenset[str]


def scan(text: str) -> PageLinks:
    """Find the internal links and the anchors of a page."""
    links = {value for name in ("href", "src") for _before, value in _values(text, name)}
    anchors = {value for before, value in _values(text, "id") if before.isspace()}
    return PageLinks(
        frozenset(link for link in links if link and not _SCHEME.match(link)), frozenset(anchors)
    )


def _values(text: str, name: str) -> Iterator[tuple[str, str]]:
    """Yield each value of an attribute with the sign before its name; cutting takes a fifth of a pattern's time."""
    pieces = text.split(f'{name}="')
    for before, piece in pairwise(pieces):
        value, quote, _rest = piece.partition('"')
        if quote:
            yield before[-1:], value


class SiteLinks:
    """Collects what the pages of a site link to, page by page; holds each target once, however many pages want it.

    `root` is the path at which the site will stand on its server, with a slash at its end: links from there are links
    into the site.
    """

    def __init__(self, root: str = "/") -> None:
        self.root = root
        self.pages: dict[str, frozenset[str]] = {}
        """The anchors of each page, by its file."""
        self._alike: dict[frozenset[str], frozenset[str]] = {}
        self._wanted: dict[tuple[str, str], _Wanted] = {}

    def add(self, name: str, page: PageLinks) -> None:
        """Take in a page by its file."""
        self.pages[name] = self._alike.setdefault(page.anchors, page.anchors)
        folder = name.split("/")[:-1]
        for link in page.links:
            target = (name, link[1:]) if link.startswith("#") else _target(name, folder, link, self.root)
            wanted = self._wanted.get(target)
            if wanted is None:
                self._wanted[target] = _Wanted((name, link), 1)
            else:
                wanted.count += 1
                wanted.first = min(wanted.first, (name, link))

    def check(self, folder: Path) -> tuple[Diagnostic, ...]:
        """Report every internal link whose file or anchor does not exist; pages that were not taken in are read."""
        files = set(_files(folder))
        for name in sorted(files - self.pages.keys()):
            if name.endswith(".html"):
                self.add(name, scan((folder / name).read_text(encoding="utf-8")))
        found: list[Diagnostic] = []
        for (path, anchor), wanted in sorted(self._wanted.items(), key=lambda item: item[0]):
            file = path if path in files else f"{path}/index.html" if path else "index.html"
            # A fragment such as #g=kinder carries the state of a script and names no place.
            if file in files and (not anchor or "=" in anchor or anchor in self.pages[file]):
                continue
            name, link = wanted.first
            more = f" (und auf {wanted.count - 1} weiteren Seiten)" if wanted.count > 1 else ""
            code = "sprungmarke-fehlt" if file in files else "verweis-ins-leere"
            found.append(diagnostic(code, Position(name), link=link, more=more))
        return tuple(sorted(found, key=lambda item: item.sort_key))


@dataclass(slots=True)
class _Wanted:
    """The first page that links to a target, with the link as written, and how many do."""

    first: tuple[str, str]
    count: int


def _files(folder: Path) -> list[str]:
    base = str(folder)
    return [
        os.path.join(directory, name)[len(base) + 1 :].replace(os.sep, "/")
        for directory, _, names in os.walk(base)
        for name in names
    ]


def _target(name: str, folder: list[str], link: str, root: str) -> tuple[str, str]:
    """Return the path from the site's root, without a slash at its end, and the anchor that a link of a page leads to."""
    if "&" in link:
        link = unescape(link)
    target, _, anchor = link.partition("#")
    target = target.partition("?")[0]
    if "%" in target:
        target = unquote(target)
    if not target:
        return name, anchor
    if target.startswith("/"):
        return target.removeprefix(root).strip("/"), anchor
    up = 0
    while target.startswith("../", 3 * up):
        up += 1
    rest = target[3 * up :].removesuffix("/")
    path = "/".join(
        [*folder[: max(0, len(folder) - up)], rest] if rest else folder[: max(0, len(folder) - up)]
    )
    plain = "//" not in path and "./" not in path and not path.endswith(".")
    return (path if plain else posixpath.normpath(path).removeprefix(".")), anchor
