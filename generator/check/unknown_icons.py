"""Words of vocabularies in, icons that Material's set doesn't have out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.site import Site
from generator.read.nodes import MapNode, Node, Scalar
from generator.read.project import Reading

_NAME = re.compile(r"[a-z0-9]+(?:[-_/][a-z0-9]+)*")


def check_icons(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report icons of topics, kinds and other words that don't exist; the page then does without."""
    del site
    yield from reading.kept.latest(check_icons, reading.words, lambda: tuple(_unknown(reading.words)))


def _unknown(words: Mapping[str, Iterable[Node]]) -> Iterator[Diagnostic]:
    for node in (node for nodes in words.values() for node in nodes):
        icon = node.get("icon") if isinstance(node, MapNode) else None
        if isinstance(icon, Scalar) and icon.text and not _exists(icon.text):
            yield diagnostic("zeichen-unbekannt", icon.position, value=icon.text)


@cache
def _exists(name: str) -> bool:
    path = name if "/" in name else f"material/{name}"
    icons = files("material") / "templates" / ".icons"
    return _NAME.fullmatch(name) is not None and icons.joinpath(f"{path}.svg").is_file()
