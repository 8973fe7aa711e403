"""A type of generated pages: its kind of address, which there are, and what makes one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.base.context import Context
from generator.render.base.page import Page


@dataclass(frozen=True, slots=True)
class PageType:
    """Which pages there are (`kind` of address and `keys`) and how one is made (`render`).

    `internal` pages are on the internal site only; a page that `gives_way` isn't made where a hand-written page has
    its path. `subject` is the one that brings it. `drawings` makes what is drawn on a page to be taken along (`HandedOn` in
    `render/figures/taking.py`), of a context, the page's path and its key.
    """

    kind: str
    keys: Callable[[Site, Facts], Iterable[str]]
    render: Callable[[Context, str], Page]
    internal: bool = False
    gives_way: bool = False
    subject: str = ""
    drawings: Callable[[Context, str, str], Sequence[Any]] | None = None


def one(site: Site, facts: Facts) -> Iterable[str]:
    """There is one such page."""
    del site, facts
    return ("",)


def each(folder: str) -> Callable[[Site, Facts], Iterable[str]]:
    """A kind of record by the name of its folder in, what gives every record of it a page out."""
    return partial(_records, folder)


def _records(folder: str, site: Site, facts: Facts) -> Iterable[str]:
    return site.records(folder)
