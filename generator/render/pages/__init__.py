"""The registry of generated pages: a page type is its module, its template and one row here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.context import Context
from generator.render.page import Page
from generator.render.pages import offer


@dataclass(frozen=True, slots=True)
class PageType:
    """Which pages there are (`kind` of address and `keys`) and how one is made (`render`)."""

    kind: str
    keys: Callable[[Site, Facts], Iterable[str]]
    render: Callable[[Context, str], Page]
    internal: bool = False


PAGES: tuple[PageType, ...] = (
    PageType("offer", offer.keys, offer.render),
)
