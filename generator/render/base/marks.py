"""The marks that hold the places of what differs in HTML that is rendered once and filled for many pages.

A mark is written as a tag that doesn't exist: in finished HTML a text has no opening angle bracket, so no record can hold a mark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup

_MARK = re.compile(r"<nr-slot:([a-z]+)>")


def mark(name: str) -> Markup:
    """Return what holds a place in HTML that is rendered once."""
    return Markup(f"<nr-slot:{name}>")


def cut(html: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Cut finished HTML at its marks: the texts, and the names of the marks between them.

    >>> cut(f"<p>{mark('href')} &lt;nr-slot:href&gt;</p>")
    (('<p>', ' &lt;nr-slot:href&gt;</p>'), ('href',))
    """
    parts = _MARK.split(html)
    return tuple(parts[::2]), tuple(parts[1::2])


def filled(texts: tuple[str, ...], names: tuple[str, ...], values: Mapping[str, str]) -> str:
    """Join the texts with what belongs between them."""
    pieces = [texts[0]]
    for name, text in zip(names, texts[1:], strict=True):
        pieces.append(values[name])
        pieces.append(text)
    return "".join(pieces)
