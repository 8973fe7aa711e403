"""Make pages that lead from a record's earlier address to where it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.page_type import PageType, page_that_leads_on
from generator.render.base.urls import moved

_FOLDERS: Mapping[str, str] = {
    "offer": "offers",
    "space": "spaces",
    "week": "spaces",
    "place": "places",
    "provider": "providers",
}
"""By kind of page, which people link, print and hang up, the folder of its records."""


def with_moved(*pages: PageType) -> Sequence[PageType]:
    """Return types of pages, each with the one of its earlier addresses."""
    moving = [page for page in pages if page.kind in _FOLDERS]
    return (
        *pages,
        *(
            PageType(page.kind, partial(_find_earlier_keys, page), partial(_render_moved_page, page.kind))
            for page in moving
        ),
    )


def _find_earlier_keys(page: PageType, site: Site, facts: Facts) -> Iterable[str]:
    there = {*page.keys(site, facts)}
    over = site.spaces.keys() - site.current("spaces").keys() - there if page.kind == "week" else ()
    return [*over, *(earlier for earlier, key in moved(site, _FOLDERS[page.kind]).items() if key in there)]


def _render_moved_page(kind: str, context: Context, earlier: str) -> Page:
    path, folder = context.path(kind, earlier), _FOLDERS[kind]
    if earlier in context.site.records(folder):
        # The week of an area that is no more: of what it became, or where that has none, the areas.
        keys = context.site.became(earlier)
    else:
        keys = (moved(context.site, folder)[earlier],)
    links = [
        (
            context.href(path, kind if context.has(context.path(kind, key)) else "space", key),
            context.translated(context.site.records(folder)[key]),
        )
        for key in keys
    ]
    return page_that_leads_on(context, path, context.gettext("Diese Seite ist umgezogen"), links, "list")
