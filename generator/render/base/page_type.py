"""Describe a type of generated pages, a row of `PAGES`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.page import Crumb, Page, with_contents
from generator.render.base.view import View


class PageType(Struct, frozen=True):
    """A type of generated pages.

    kind: the name of its address in `PATHS`. keys: gives the key of each page, mostly the id of a record. render: makes the page of a key.
    internal: it is on the internal site only. gives_way: a page isn't made where a hand-written one has its path.
    subject: what a town may leave out (`subjects` of its settings) that brings it, "" where it may not. pictures: of a context, a page's path and its key, makes the files of
    its pictures that people can take along (`pictures_of` in `render/figures/picture_files.py`).
    """

    kind: str
    keys: Callable[[Site, Facts], Iterable[str]]
    render: Callable[[Context, str], Page]
    internal: bool = False
    gives_way: bool = False
    subject: str = ""
    pictures: Callable[[Context, str, str], Mapping[str, bytes]] | None = None


_LEADS_ON = pattern('<h1>{}</h1>\n<ul class="nr-list">{}</ul>')
_LINK = pattern('<li><a href="{}">{}</a></li>')


def one(site: Site, facts: Facts) -> Iterable[str]:
    """Return the empty key, for a type with a single page."""
    del site, facts
    return ("",)


def none(site: Site, facts: Facts) -> Iterable[str]:
    """There is none by records."""
    del site, facts
    return ()


def each(folder: str) -> Callable[[Site, Facts], Iterable[str]]:
    """Return what lists a key for every record of a folder."""
    return partial(_records, folder)


def _records(folder: str, site: Site, facts: Facts) -> Iterable[str]:
    return site.records(folder)


def page_that_leads_on(context: Context, path: str, title: str, links: Iterable[tuple[str, str]]) -> Page:
    """Make a page of links for an address that has no page."""
    body = _LEADS_ON.format(title, Markup().join(_LINK.format(*link) for link in links))
    return Page(path, context.lang, "reports", title, title, body, indexed=False)


def record_page(
    context: Context, path: str, record: Any, view: View, otherwise: str, crumbs: Sequence[Crumb] = ()
) -> Page:
    """Make a record's page among the reports, described by its summary or `otherwise`. `crumbs` come behind that of the reports."""
    page = context.page(
        view,
        path,
        family="reports",
        title=context.texts.name(record),
        description=context.texts.of(record, "summary").text or otherwise,
        crumbs=(context.crumb(context.gettext("Berichte"), "reports"), *crumbs),
    )
    return with_contents(page)
