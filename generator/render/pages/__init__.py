"""The registry of generated pages (`PAGES`), and their addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.files.result_cache import ONCE, ResultCache
from generator.model.facts import Facts
from generator.model.site import Site
from generator.parts import parts
from generator.render.base import urls
from generator.render.base.context import Context, Ids
from generator.render.base.page import Page
from generator.render.base.page_type import PageType, each, none, one, page_that_leads_on
from generator.render.base.texts import sort_key
from generator.render.directory.listing import dimension_titles
from generator.render.pages import (
    about_the_site,
    area_finder,
    first_door,
    home,
    institution_pages,
    offer_pages,
    place_pages,
    professionals_pages,
    space_page,
    state_page,
    topic_pages,
    week,
    who_to_call,
)
from generator.render.pages.moved_pages import with_moved


def folders(paths: Iterable[str]) -> Iterator[str]:
    """Yield folders below a section's page that hold pages but have none.

    >>> list(folders(["berichte/", "berichte/budgets/a/", "berichte/budgets/b/", "daten/", "impressum.html"]))
    ['berichte/budgets/']
    """
    pages = dict.fromkeys(paths)
    above = (path.split("/")[:2] for path in pages if path.count("/") > 2)
    for folder in dict.fromkeys(f"{section}/{name}/" for section, name in above):
        if folder not in pages and folder.partition("/")[0] + "/" in pages:
            yield folder


def render_folder(context: Context, key: str) -> Page:
    """Make a folder's page, for people who shorten an address."""
    path = context.path("folder", key)
    inside = (other.removeprefix(path).rstrip("/") for other in context.paths or () if other.startswith(path))
    links = [(f"{id}/", _name_of(context, id)) for id in inside if id and "/" not in id]
    title = context.gettext("Was unter dieser Adresse liegt")
    return page_that_leads_on(
        context, path, title, sorted(links, key=lambda link: sort_key(Markup(link[1]).striptags()))
    )


def _name_of(context: Context, id: str) -> str:
    """Name a page by its record, topic or list."""
    for records in (*context.site.further.values(), context.site.indicators, context.words.topics):
        if id in records:
            return context.translated(records[id])
    return dimension_titles(context).get(id, id)


_CORE = with_moved(
    PageType("home", one, home.render),
    PageType("offers", one, offer_pages.render_directory),
    PageType("offer-list", offer_pages.part_keys, offer_pages.render_part),
    PageType("offer", each("offers"), offer_pages.render_offer),
    PageType("topics", one, topic_pages.render_topics),
    PageType("topic", topic_pages.topic_keys, topic_pages.render_topic),
    PageType("youth", one, topic_pages.render_youth, subject="youth"),
    PageType("help", one, home.render_help),
    PageType("remembered", one, about_the_site.render_own_list),
    PageType("offline", about_the_site.offline_keys, about_the_site.render_offline, subject="offline"),
    PageType("embeds", about_the_site.embeds_keys, about_the_site.render_embeds, subject="embeds"),
    PageType("licences", one, about_the_site.render_licences),
    PageType("data", one, about_the_site.render_data),
    PageType("spaces", one, area_finder.render_spaces),
    PageType("space", each("spaces"), space_page.render),
    PageType("week", week.keys, week.render),
    PageType("street-lists", area_finder.street_lists_keys, area_finder.render_street_lists),
    PageType("street-list", area_finder.street_list_keys, area_finder.render_street_list),
    PageType("places", one, place_pages.render_index),
    PageType("place-list", place_pages.index_keys, place_pages.render_index),
    PageType("place", each("places"), place_pages.render),
    PageType("providers", one, institution_pages.render_providers),
    PageType("provider-list", institution_pages.provider_list_keys, institution_pages.render_providers),
    PageType("provider", each("providers"), institution_pages.render_provider),
    PageType("networks", one, institution_pages.render_networks),
    PageType("network", each("networks"), institution_pages.render_network),
    PageType("offices", one, institution_pages.render_offices),
    PageType("office", each("offices"), institution_pages.render_office),
    PageType("professionals", one, professionals_pages.render_professionals, gives_way=True),
    PageType("who", one, who_to_call.render),
    PageType("news", one, professionals_pages.render_news),
    PageType("glossary", one, about_the_site.render_glossary),
    PageType("state", one, state_page.render_state, internal=True),
    PageType("fields", one, state_page.render_fields, internal=True),
)


def _all_pages() -> Iterator[PageType]:
    """Yield page types of the core, then of subjects."""
    yield from _CORE
    for subject, module in parts("page"):
        for page in module.PAGES:
            yield replace(page, subject=subject)


PAGES: Sequence[PageType] = tuple(_all_pages())

_FOLDER = PageType("folder", none, render_folder, gives_way=True)
"""Which there are follows from the others."""

_FIRST_DOOR_PAGES = with_moved(
    PageType("home", one, first_door.render),
    PageType("help", one, first_door.render_help),
    PageType("offers", one, first_door.render_offers),
    PageType("offer", first_door.offer_keys, first_door.render_offer),
    PageType("week", week.keys, week.render),
)
"""The pages of a language in which only the most necessary is told, at the addresses of the pages that they stand for."""


class PageAddress(Struct, frozen=True):
    """A generated page: language, type, key."""

    lang: str
    type: PageType
    key: str


def addresses(site: Site, facts: Facts, cache: ResultCache = ONCE) -> dict[str, PageAddress]:
    """Return all generated pages by path."""
    found: dict[str, PageAddress] = {}
    usual = site.config.language
    for lang in site.config.trees:
        paths: list[str] = []
        for page in PAGES if lang in site.config.languages else _FIRST_DOOR_PAGES:
            in_town = page.subject in ("", *site.config.subjects)
            if in_town and (site.internal or not page.internal):
                keys = tuple(page.keys(site, facts))
                found |= cache.call(_find_page_addresses, lang, usual, page, keys)
                paths += [urls.path(page.kind, key) for key in keys]
        found |= _find_page_addresses(lang, usual, _FOLDER, tuple(folders(paths)))
    return found


def _find_page_addresses(lang: str, usual: str, page: PageType, keys: Ids) -> dict[str, PageAddress]:
    return {
        urls.localised(lang, usual, urls.path(page.kind, key)): PageAddress(lang, page, key) for key in keys
    }


def instrument_picture_files(context: Context) -> dict[str, bytes]:
    """Return subjects' pictures by path; none on the internal site."""
    files: dict[str, bytes] = {}
    if context.site.internal or context.first_door:
        return files
    for page in PAGES:
        if page.pictures is None:
            continue
        for key in page.keys(context.site, context.facts):
            path = context.path(page.kind, key)
            if context.has(path):
                files |= page.pictures(context, path, key)
    return files
