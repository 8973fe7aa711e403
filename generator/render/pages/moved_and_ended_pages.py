"""Make what stands at the address of a record that moved or has ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from generator.model.facts import Facts
from generator.model.places_and_providers import Place, Provider
from generator.model.site import Site
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.page_type import PageType, page_that_leads_on
from generator.render.base.texts import Translated
from generator.render.base.urls import moved
from generator.render.base.view import View
from generator.render.base.wording import quiet_title_of_offers
from generator.render.directory.record_lines import KindedRecord, RecordLines, named_lines, offer_lines


class EndedView(View, frozen=True):
    """What is left of a record; of a protected one that it is no more."""

    template = "ended.html"

    record: Place | Provider
    name: Translated
    says: str
    until: dt.date | None
    onward: RecordLines  # what follows it; empty or one
    moved: RecordLines  # offers that its page led to and that go on
    ended: RecordLines  # offers that are over, too


def render_ended(context: Context, kind: KindedRecord, key: str, *, discreet: bool) -> Page:
    """Make the page, at the address that people know."""
    _, facts = context.gettext, context.facts
    record: Place | Provider = context.site.records(f"{kind}s")[key]
    by_record = facts.relations.offers_by_place if kind == "place" else facts.relations.offers_by_provider
    offers = [name for name in by_record.get(key, ()) if not facts.offers[name].sensitive]
    going = [name for name in offers if facts.offers[name].active]
    over = [name for name in offers if context.site.offers[name].status == "ended"]
    name = context.texts.of(record, "name")
    view = EndedView(
        record=record,
        name=name,
        says=_("Diesen Ort gibt es nicht mehr.")
        if kind == "place"
        else _("Diesen Träger gibt es nicht mehr."),
        until=None if discreet else record.until,
        onward=named_lines(context, kind, [record.successor] if record.successor and not discreet else []),
        moved=() if discreet else offer_lines(context, going),
        ended=() if discreet else offer_lines(context, over, where=False),
    )
    return context.page(
        view,
        context.path(kind, key),
        family=kind,
        title=quiet_title_of_offers(context, by_record.get(key, ())) if discreet else name.text,
        description=view.says,
        crumbs=(context.crumb(_("Orte") if kind == "place" else _("Träger"), f"{kind}s"),),
        indexed=False,
        sensitive=discreet,
    )


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
