"""Find internal links of a written site that lead nowhere.

Links to other hosts aren't looked at.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic

_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:|//", re.IGNORECASE)


class PageLinks(Struct, frozen=True):
    """A page's links as written, and its anchors."""

    links: frozenset[str]
    anchors: frozenset[str]


NONE = PageLinks(frozenset(), frozenset())


def scan(text: str, frame: PageLinks = NONE) -> PageLinks:
    """Find a page's links and anchors; with a scanned `frame`, `text` fills it."""
    links = {
        value
        for _before, value in (*_find_attribute_values(text, "href"), *_find_attribute_values(text, "src"))
    }
    inward = {link for link in links if link and not _SCHEME.match(link)}
    anchors = {value for before, value in _find_attribute_values(text, "id") if before.isspace()}
    return PageLinks(frame.links | inward, frame.anchors | anchors)


def _find_attribute_values(text: str, name: str) -> list[tuple[str, str]]:
    """Return (sign before, value) of an attribute; splitting is five times as fast as a pattern."""
    pieces = text.split(f'{name}="')
    found = [(before[-1:], piece.partition('"')) for before, piece in pairwise(pieces)]
    return [(before, value) for before, (value, quote, _rest) in found if quote]


class SiteLinks:
    """Collects links of all pages, each target once.

    `root` is the site's path on its server, ending with a slash: links below it are internal.
    """

    def __init__(self, root: str = "/") -> None:
        self.root = root
        self.pages: dict[str, frozenset[str]] = {}
        """The anchors of each page, by its file."""
        self._alike: dict[frozenset[str], frozenset[str]] = {}
        """Equal sets of anchors, each kept once."""
        self._wanted: dict[tuple[str, str], _Wanted] = {}
        """What links lead to, by (path, anchor)."""
        self._outward: dict[str, dict[str, _Wanted]] = defaultdict(dict)
        """What links that begin with `../` lead to, by the folder above the page: the same for all of its neighbours."""

    def add(self, name: str, page: PageLinks) -> None:
        """Take in a page by its file."""
        self.pages[name] = self._alike.setdefault(page.anchors, page.anchors)
        folder = name.split("/")[:-1]
        known = self._outward["/".join(folder[:-1])] if folder else {}
        for link in page.links:
            wanted = known.get(link)
            if wanted is None:
                target = _target(name, folder, link, self.root)
                wanted = self._wanted.setdefault(target, _Wanted((name, link), 0))
                if link.startswith("../"):
                    known[link] = wanted
            wanted.take(name, link)

    def check(self, folder: Path) -> tuple[Diagnostic, ...]:
        """Report internal links without file or anchor, reading pages not collected."""
        files = set(_list_files_below(folder))
        for name in sorted(files - self.pages.keys()):
            if name.endswith(".html"):
                self.add(name, scan((folder / name).read_text(encoding="utf-8")))
        found: list[Diagnostic] = []
        for (path, anchor), wanted in sorted(self._wanted.items(), key=lambda item: item[0]):
            file = _file(path, files)
            if file not in files:
                found.append(wanted.missing("verweis-ins-leere"))
            # A fragment such as #g=kinder carries the state of a script and names no place.
            elif anchor and "=" not in anchor and anchor not in self.pages[file]:
                found.append(wanted.missing("sprungmarke-fehlt"))
        return tuple(sorted(found, key=lambda item: item.sort_key))


@dataclass(slots=True)
class _Wanted:
    """The first page and link to a target, the pages' number, and the last page counted."""

    first: tuple[str, str]
    count: int
    last: str = ""

    def take(self, name: str, link: str) -> None:
        """Note a page's link, once a page."""
        if self.last != name:
            self.count += 1
            self.last = name
        if name <= self.first[0]:
            self.first = min(self.first, (name, link))

    def missing(self, code: str) -> Diagnostic:
        """Report that the target isn't there."""
        name, link = self.first
        others = self.count - 1
        more = f" (und auf {others} weiteren Seiten)"
        if others == 0:
            more = ""
        if others == 1:
            more = " (und auf einer weiteren Seite)"
        return diagnostic(code, Position(name), link=link, more=more)


def _file(path: str, files: Collection[str]) -> str:
    """Return the file a server shows at a path."""
    if path in files:
        return path
    return f"{path}/index.html" if path else "index.html"


def _list_files_below(folder: Path) -> list[str]:
    base = str(folder)
    found: list[str] = []
    for directory, _, names in os.walk(base):
        found += [os.path.join(directory, name)[len(base) + 1 :].replace(os.sep, "/") for name in names]
    return found


def _target(name: str, folder: list[str], link: str, root: str) -> tuple[str, str]:
    """Return (path from root, anchor) of a page's link."""
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
    steps = [*folder[: max(0, len(folder) - up)]]
    if rest:
        steps.append(rest)
    path = "/".join(steps)
    is_normal = "//" not in path and "./" not in path and not path.endswith(".")
    return (path if is_normal else posixpath.normpath(path).removeprefix(".")), anchor
