"""Report icons of vocabularies that Material's set doesn't have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.files.result_cache import Same
from generator.model.site import Site
from generator.read.nodes import MapNode, Node, Scalar
from generator.read.project import Reading

_NAME = re.compile(r"[a-z0-9]+(?:[-_/][a-z0-9]+)*")


def check_icons(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report icons of topics, kinds and other words that don't exist; the page then does without."""
    del site
    for nodes in reading.words.values():
        yield from _unknown(Same(nodes))


# Words that were read before come as the same nodes.
@lru_cache(maxsize=64)
def _unknown(nodes: Same[tuple[Node, ...]]) -> tuple[Diagnostic, ...]:
    return tuple(_without_icon(nodes.value))


def _without_icon(nodes: Iterable[Node]) -> Iterator[Diagnostic]:
    for node in nodes:
        icon = node.get("icon") if isinstance(node, MapNode) else None
        if isinstance(icon, Scalar) and icon.text and not _exists(icon.text):
            yield diagnostic("zeichen-unbekannt", icon.position, value=icon.text)


@cache
def _exists(name: str) -> bool:
    path = name if "/" in name else f"material/{name}"
    icons = files("material") / "templates" / ".icons"
    return _NAME.fullmatch(name) is not None and icons.joinpath(f"{path}.svg").is_file()


CHECKS = (check_icons,)
