"""The registry of generated pages: a page type is its module, its template and one row here, or in `PAGES` of its subject's `page.py`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.files.result_cache import ONCE, ResultCache
from generator.model.facts import Facts
from generator.model.site import Site
from generator.parts import parts
from generator.render.base import urls
from generator.render.base.page_type import PageType, each, none, one
from generator.render.pages import (
    agreement,
    compare,
    coverage,
    data,
    edition,
    edition_changes,
    embeds,
    first_door,
    glossary,
    help,
    home,
    indicator,
    licences,
    moved,
    network,
    news,
    offer,
    offers,
    office,
    offline,
    place,
    professionals,
    provider,
    remembered,
    report_topic,
    reports,
    space,
    spaces,
    streets,
    topic,
    week,
    who,
    youth,
)

_CORE: Sequence[PageType] = (
    PageType("home", one, home.render),
    PageType("offers", one, offers.render_directory),
    PageType("offer-list", offers.part_keys, offers.render_part),
    PageType("offer", each("offers"), offer.render_offer),
    PageType("topics", one, topic.render_topics),
    PageType("topic", topic.topic_keys, topic.render_topic),
    PageType("youth", one, youth.render_youth, subject="youth"),
    PageType("help", one, help.render),
    PageType("remembered", one, remembered.render_own_list),
    PageType("offline", offline.offline_keys, offline.render_offline, subject="offline"),
    PageType("embeds", embeds.embeds_keys, embeds.render_embeds, subject="embeds"),
    PageType("licences", one, licences.render_licences),
    PageType("data", one, data.render_data),
    PageType("spaces", one, spaces.render_spaces),
    PageType("space", each("spaces"), space.render),
    PageType("week", week.keys, week.render),
    PageType("street-lists", streets.street_lists_keys, streets.render_street_lists),
    PageType("street-list", streets.street_list_keys, streets.render_street_list),
    PageType("places", one, place.render_index),
    PageType("place-list", place.index_keys, place.render_index),
    PageType("place", each("places"), place.render),
    PageType("providers", one, provider.render_providers),
    PageType("provider-list", provider.provider_list_keys, provider.render_providers),
    PageType("provider", each("providers"), provider.render_provider),
    PageType("networks", one, network.render_networks),
    PageType("network", each("networks"), network.render_network),
    PageType("offices", one, office.render_offices),
    PageType("office", each("offices"), office.render_office),
    PageType("professionals", one, professionals.render_professionals, gives_way=True),
    PageType("who", one, who.render),
    PageType("news", one, news.render_news),
    PageType("glossary", one, glossary.render_glossary),
    PageType("reports", one, reports.render, gives_way=True),
    PageType("report", indicator.indicator_keys, indicator.render_indicator),
    PageType("report-topic", report_topic.report_topic_keys, report_topic.render_report_topic),
    PageType("compare", compare.compare_keys, compare.render_compare),
    PageType("coverages", coverage.index_keys, coverage.render_index, drawings=coverage.drawings),
    PageType("coverage", coverage.keys, coverage.render),
    PageType("report-archive", edition.archive_keys, edition.render_archive),
    PageType("report-edition", edition.edition_keys, edition.render_edition),
    PageType("report-changes", edition_changes.edition_changes_keys, edition_changes.render_edition_changes),
    PageType(
        "agreements", agreement.agreement_keys, agreement.render_agreements, drawings=agreement.drawings
    ),
    PageType("needs", one, agreement.render_needs, internal=True),
    PageType("moved", moved.moved_keys, moved.render_moved),
)


def _all_pages() -> Iterator[PageType]:
    """Yield the types of pages of the core, then those that subjects bring."""
    yield from _CORE
    for subject, module in parts("page"):
        for page in module.PAGES:
            yield replace(page, subject=subject)


PAGES: Sequence[PageType] = tuple(_all_pages())

_FOLDER = PageType("folder", none, moved.render_folder, gives_way=True)
"""Which there are follows from the others."""

DOORS: Sequence[PageType] = (
    PageType("home", one, first_door.render),
    PageType("help", one, first_door.render_help),
    PageType("offers", one, first_door.render_offers),
    PageType("offer", first_door.offer_keys, first_door.render_offer),
    PageType("week", week.keys, week.render),
)
"""The pages of a language in which only the most necessary is told, at the addresses of the pages that they stand for."""


@dataclass(frozen=True, slots=True)
class PageAddress:
    """A generated page: its language, its type, and what it is about."""

    lang: str
    type: PageType
    key: str


def addresses(site: Site, facts: Facts, cache: ResultCache = ONCE) -> dict[str, PageAddress]:
    """Return every generated page of a site by its path; internal ones on the internal site only."""
    found: dict[str, PageAddress] = {}
    usual = site.config.language
    for lang in site.config.trees:
        paths: list[str] = []
        for page in PAGES if lang in site.config.languages else DOORS:
            had = page.subject in ("", *site.config.subjects)
            if had and (site.internal or not page.internal):
                keys = tuple(page.keys(site, facts))
                found |= cache.call(_addresses, lang, usual, page, keys)
                paths += [urls.path(page.kind, key) for key in keys]
        found |= _addresses(lang, usual, _FOLDER, tuple(moved.folders(paths)))
    return found


def _addresses(lang: str, usual: str, page: PageType, keys: Sequence[str]) -> dict[str, PageAddress]:
    return {
        urls.localised(lang, usual, urls.path(page.kind, key)): PageAddress(lang, page, key) for key in keys
    }
