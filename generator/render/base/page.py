"""Hold a page before it is framed: its body and what differs between pages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from html import unescape
from typing import TypedDict

from markupsafe import Markup
from msgspec import Struct
from msgspec import field as struct_field
from msgspec.structs import replace


class Crumb(Struct, frozen=True):
    """A link of the breadcrumb; `path` is from the site's root."""

    label: str
    path: str


class Heading(Struct, frozen=True):
    """An entry of the table of contents; `lang` is empty for the page's language."""

    id: str
    label: str
    lang: str = ""


def contents(parts: Iterable[tuple[object, str, str]]) -> Sequence[Heading]:
    """Return the entries (is there, anchor, name) that are there."""
    return [Heading(anchor, label) for is_there, anchor, label in parts if is_there]


def headings(html: str) -> tuple[Heading, ...]:
    """Return a table of contents from `h2` headings, without counts.

    >>> headings('<h2 id="wer">Wer <em>hilft</em> &amp; wann</h2>')
    (Heading(id='wer', label='Wer hilft & wann', lang=''),)
    >>> headings('<h2 id="da"><span lang="de">Räume</span> <span class="nr-chip__count">15</span></h2>')
    (Heading(id='da', label='Räume', lang='de'),)
    """
    found = []
    for anchor, label in re.findall(r'<h2 id="([^"<>]+)"[^<>]*>(.*?)(?:</h2>|\Z)', html, re.DOTALL):
        bare = re.sub(r'<span class="nr-chip__count">[^<>]*</span>', "", label).strip()
        spoken = re.match(r'<span lang="([\w-]+)">[^<>]*</span>\Z', bare)
        lang = spoken[1] if spoken else ""
        found.append(Heading(anchor, unescape(re.sub(r"<[^<>]+>", "", bare)), lang))
    return tuple(found)


def with_contents(page: Page) -> Page:
    """Give a page a table of contents of its `h2` headings."""
    return replace(page, toc=headings(page.body))


class PageParts(TypedDict, total=False):
    """Optional parts of a page; fields as in `Page`."""

    crumbs: Sequence[Crumb]
    toc: Sequence[Heading]
    date: dt.date | None
    indexed: bool
    head: Markup
    sensitive: bool


class Page(Struct, frozen=True):
    """A page in one language; `path` starts with its folder and ends with a slash."""

    path: str
    lang: str
    family: str  # a key of `FAMILIES`: its section, stylesheets and scripts
    title: str
    description: str  # for search engines
    body: Markup
    crumbs: Sequence[Crumb] = ()
    toc: Sequence[Heading] = ()
    date: dt.date | None = None  # of what it says; shown and in the sitemap
    indexed: bool = True  # whether search engines may list it
    head: Markup = struct_field(default_factory=Markup)  # further elements of its `<head>`
    sensitive: bool = False  # about violence, danger or what is protected: `has_exit_bar`

    @property
    def depth(self) -> int:
        """How many folders the page lies below the site's root."""
        return self.path.count("/")

    @property
    def file(self) -> str:
        """The file that holds the page."""
        return f"{self.path}index.html"
