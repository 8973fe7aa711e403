"""Describe a type of generated pages, a row of `PAGES`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.page import Page, with_contents
from generator.render.base.view import View


class PageType(Struct, frozen=True):
    """A type of generated pages."""

    kind: str  # name of its address in `PATHS`
    keys: Callable[[Site, Facts], Iterable[str]]  # the key of each page, mostly a record's id
    render: Callable[[Context, str], Page]  # makes a key's page
    internal: bool = False  # on the internal site only
    gives_way: bool = False  # not made where a hand-written page has its path
    subject: str = ""  # that brings it and that a town may leave out; "" for none
    # makes picture files by (context, path, key), see `pictures_of` in `render/figures/picture_files.py`
    pictures: Callable[[Context, str, str], Mapping[str, bytes]] | None = None


_LEADS_ON = pattern('<h1>{}</h1>\n<ul class="nr-list">{}</ul>')  # title and links
_LINK = pattern('<li><a href="{}">{}</a></li>')


def one(site: Site, facts: Facts) -> Iterable[str]:
    """Return the empty key, for a type with a single page."""
    del site, facts
    return ("",)


def none(site: Site, facts: Facts) -> Iterable[str]:
    """Return no key, for pages that don't follow from records."""
    del site, facts
    return ()


def each(folder: str) -> Callable[[Site, Facts], Iterable[str]]:
    """Return what lists a key for every record of a folder."""
    return partial(_list_record_ids, folder)


def _list_record_ids(folder: str, site: Site, facts: Facts) -> Iterable[str]:
    return site.records(folder)


def page_that_leads_on(
    context: Context, path: str, title: str, links: Iterable[tuple[str, str]], family: str = "reports"
) -> Page:
    """Make a page of links for an address that has no page."""
    body = _LEADS_ON.format(title, Markup().join(_LINK.format(*link) for link in links))
    return Page(path, context.lang, family, title, title, body, indexed=False)


def record_page(context: Context, path: str, record: Any, view: View, otherwise: str) -> Page:
    """Make a record's page among the reports, described by its summary or `otherwise`."""
    page = context.page(
        view,
        path,
        family="reports",
        title=context.texts.name(record),
        description=context.texts.of(record, "summary").text or otherwise,
        crumbs=(context.crumb(context.gettext("Berichte"), "reports"),),
    )
    return with_contents(page)
