"""Make three pages: a visitor's own list, keeping pages offline, and showing offers on other websites."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from msgspec import Struct

from generator.model.facts import Facts
from generator.model.site import Site
from generator.model.vocabulary import HelpNumber
from generator.render.base import urls
from generator.render.base.area_names import named
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.page_type import PageType, page_that_leads_on
from generator.render.base.urls import moved
from generator.render.base.view import View
from generator.render.data_files.offline_packs import PACK, areas, block_count
from generator.render.directory.help_numbers import open_numbers
from generator.render.frame.framing import embedded
from generator.render.frame.page_frame import own_name


class ListLanguage(Struct, frozen=True):
    """The same page in another language, by its own name."""

    lang: str
    name: str
    href: str


class RememberedView(View, frozen=True):
    """A visitor's own list, which a script fills; nothing of it leaves the device."""

    template = "remembered.html"

    blocks: (
        int  # how many files hold all offers' texts; the script loads all, so that none tells what is chosen
    )
    root: str  # the home page's whole address, to print
    home: str  # link to it
    languages: Sequence[ListLanguage]


def render_own_list(context: Context, key: str = "") -> Page:
    """Make the page of the own list."""
    del key
    _ = context.gettext
    path = context.path("remembered")
    config = context.site.config
    languages = []
    for lang in config.languages:
        if lang != context.lang:
            same_page = urls.localised(lang, config.language, urls.path("remembered"))
            languages.append(ListLanguage(lang, own_name(context, lang), urls.relative(path, same_page)))
    view = RememberedView(
        blocks=block_count(context),
        root=config.url.rstrip("/") + "/" + context.path("home"),
        home=context.href(path, "home"),
        languages=languages,
    )
    return context.page(
        view,
        path,
        family="remembered",
        title=_("Meine Merkliste"),
        description=_("Angebote, die Sie sich gemerkt haben, zum Ausdrucken und Weitergeben."),
        indexed=False,
    )


class OfflineArea(Struct, frozen=True):
    """An area to keep offline."""

    id: str
    name: str
    pack: str  # link to the list of its files


class OfflineView(View, frozen=True):
    """What everybody keeps offline, numbers, areas to choose."""

    template = "offline.html"

    pack: str  # link to the list of files that everybody keeps
    numbers: Sequence[HelpNumber]
    areas: Sequence[OfflineArea]


def offline_keys(site: Site, facts: Facts) -> Iterable[str]:
    """Return the one page's key on the public site."""
    del facts
    return () if site.internal else ("",)


def render_offline(context: Context, key: str = "") -> Page:
    """Make the page on which people choose what to keep offline."""
    del key
    _ = context.gettext
    path = context.path("offline")
    choices = [
        OfflineArea(area, named(context, area), urls.relative(path, context.path("space", area) + PACK))
        for area in areas(context)
    ]
    view = OfflineView(
        pack=urls.relative(path, context.path("home") + PACK),
        numbers=open_numbers(context),
        areas=tuple(sorted(choices, key=lambda item: item.name.casefold())),
    )
    return context.page(
        view,
        path,
        family="offline",
        title=_("Ohne Netz"),
        description=_("So gehen diese Seiten auch ohne Internet."),
        indexed=False,
    )


class EmbeddedArea(Struct, frozen=True):
    """An area whose offers other websites may show in a frame."""

    id: str
    name: str
    label: str  # its name, with the level where several are called so
    address: str  # of the frame
    href: str  # link to it from this page
    count: int  # of offers


class EmbedsView(View, frozen=True):
    """The areas with the line of HTML for each."""

    template = "embeds.html"

    areas: Sequence[EmbeddedArea]


def embeds_keys(site: Site, facts: Facts) -> Iterable[str]:
    """Return the one page's key on the public site."""
    del facts
    return () if site.internal else ("",)


def render_embeds(context: Context, key: str = "") -> Page:
    """Make the page that gives other websites a line of HTML for each area."""
    del key
    _ = context.gettext
    path = context.path("embeds")
    root = context.site.config.url.rstrip("/") + "/"
    areas = [
        EmbeddedArea(
            id=area,
            name=context.texts.name(context.site.spaces[area]),
            label=named(context, area),
            address=root + context.path("embed", area),
            href=context.href(path, "embed", area),
            count=len(offers),
        )
        for area, offers in embedded(context).items()
    ]
    areas.sort(key=lambda item: item.label.casefold())
    return context.page(
        EmbedsView(areas),
        path,
        family="embeds",
        title=_("Auf Ihrer Seite zeigen"),
        description=_("Mit einer Zeile HTML zeigen Schulen, Kitas und Träger Angebote aus ihrer Umgebung."),
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
        *(PageType(page.kind, partial(_keys, page), partial(_render, page.kind)) for page in moving),
    )


def _keys(page: PageType, site: Site, facts: Facts) -> Iterable[str]:
    there = {*page.keys(site, facts)}
    return [earlier for earlier, key in moved(site, _FOLDERS[page.kind]).items() if key in there]


def _render(kind: str, context: Context, earlier: str) -> Page:
    path, folder = context.path(kind, earlier), _FOLDERS[kind]
    key = moved(context.site, folder)[earlier]
    link = context.href(path, kind, key), context.translated(context.site.records(folder)[key])
    return page_that_leads_on(context, path, context.gettext("Diese Seite ist umgezogen"), [link], "list")
