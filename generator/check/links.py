"""A written site in, links and anchors that lead nowhere out."""

from __future__ import annotations

import posixpath
import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from generator.codes import diagnostic
from generator.diagnostics import Diagnostic, Position

_LINK = re.compile(r'(?:href|src)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:|//", re.IGNORECASE)


def check_links(folder: Path) -> tuple[Diagnostic, ...]:
    """Report every internal link of every page whose file or anchor does not exist."""
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    wanted: dict[tuple[str, str], list[tuple[str, str]]] = {}
    anchors: dict[str, set[str]] = {}
    pages = sorted(name for name in files if name.endswith(".html"))
    needed: set[str] = set()
    for name in pages:
        text = (folder / name).read_text(encoding="utf-8")
        for link in set(_LINK.findall(text)):
            target, _, anchor = unescape(link).partition("#")
            if _SCHEME.match(target) or (not target and not anchor):
                continue
            file = _file(name, target, files)
            wanted.setdefault((file, anchor), []).append((name, link))
            if anchor:
                needed.add(file)
    for name in needed & files:
        anchors[name] = {
            unescape(found) for found in _ID.findall((folder / name).read_text(encoding="utf-8"))
        }
    found: list[Diagnostic] = []
    for (file, anchor), origins in wanted.items():
        origin, link = min(origins)
        more = f" (und auf {len(origins) - 1} weiteren Seiten)" if len(origins) > 1 else ""
        if file not in files:
            found.append(diagnostic("verweis-ins-leere", Position(origin), link=link, more=more))
        elif anchor and anchor not in anchors[file]:
            found.append(diagnostic("sprungmarke-fehlt", Position(origin), link=link, more=more))
    return tuple(sorted(found, key=lambda item: item.sort_key))


def _file(origin: str, target: str, files: set[str]) -> str:
    target = unquote(target.partition("?")[0])
    if not target:
        return origin
    path = (
        target.lstrip("/")
        if target.startswith("/")
        else posixpath.normpath(posixpath.join(posixpath.dirname(origin), target))
    )
    if path in (".", ""):
        return "index.html"
    if path in files:
        return path
    return f"{path.rstrip('/')}/index.html"
