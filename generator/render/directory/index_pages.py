"""An index of all networks, places or providers, in groups, in; its pages out, of which none is too long for a phone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.macros import NavLink
from generator.render.base.view import View
from generator.render.directory.listing import Pagination, pagination
from generator.render.directory.record_lines import RecordLine

ENTRIES = 480
"""Lines on one page of an index."""


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """A group of an index: what its heading says, with a sign where it has one, and what is said of it."""

    anchor: str
    title: str | Markup
    lines: Sequence[RecordLine]
    sign: str | Markup = ""
    says: str | Markup = ""


@dataclass(frozen=True, slots=True)
class Nothing:
    """What an index says without any record, and the kind of page that leads on."""

    title: str
    text: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class IndexView(View):
    """A page of an index; `links` lead to its groups, `pages` to its other pages; an index of one page may have the `map` of all."""

    template = "index.html"

    title: str
    lead: str
    groups: Sequence[IndexGroup]
    nothing: Nothing
    links: Sequence[NavLink] = ()
    links_label: str = ""
    map: str | Markup = ""
    pages: str | Markup = ""


@dataclass(frozen=True, slots=True)
class IndexPart:
    """A page of an index: its groups with their entries, the page on which each group of the index begins, and its number of all."""

    groups: Mapping[str, Sequence[str]]
    begins: Mapping[str, int]
    number: int
    count: int


def further_pages(entries: int) -> Iterable[str]:
    """Return the keys of the pages of an index behind its first."""
    return (str(number) for number in range(2, -(-entries // ENTRIES) + 1))


def index_part(groups: Mapping[str, Sequence[str]], key: str) -> IndexPart:
    """Return the page that a key names; the first has none.

    >>> part = index_part({"A": ["a"] * 500, "B": ["b"]}, "2")
    >>> [(name, len(there)) for name, there in part.groups.items()], part.begins, part.number, part.count
    ([('A', 20), ('B', 1)], {'A': 1, 'B': 2}, 2, 2)
    """
    number, place = int(key or 1), 0
    shown: dict[str, Sequence[str]] = {}
    begins: dict[str, int] = {}
    for name, there in groups.items():
        begins[name] = place // ENTRIES + 1
        first = max(0, (number - 1) * ENTRIES - place)
        part = tuple(there[first : max(0, number * ENTRIES - place)])
        if part:
            shown[name] = part
        place += len(there)
    return IndexPart(shown, begins, number, max(1, -(-place // ENTRIES)))


def numbered(context: Context, title: str, part: IndexPart) -> str:
    """Return the title of a page of an index: behind the first it says which one it is."""
    if part.number == 1:
        return title
    return context.gettext("{title}, Seite {number}").format(title=title, number=part.number)


def index_path(context: Context, kind: str, number: int | str) -> str:
    """Return the path of a page of an index of places or providers."""
    return context.path(f"{kind}s") if int(number or 1) == 1 else context.path(f"{kind}-list", str(number))


def index_links(context: Context, kind: str, part: IndexPart) -> Pagination:
    """Return the links from a page of an index to the others."""
    path = index_path(context, kind, part.number)
    return pagination(
        part.number, part.count, lambda number: urls.relative(path, index_path(context, kind, number))
    )


def group_link(context: Context, kind: str, part: IndexPart, name: str, anchor: str) -> str:
    """Return the link to where a group of the index begins."""
    begins = part.begins[name]
    if begins == part.number:
        return f"#{anchor}"
    return urls.relative(
        index_path(context, kind, part.number), f"{index_path(context, kind, begins)}#{anchor}"
    )
