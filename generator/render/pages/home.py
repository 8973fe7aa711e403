"""The first page."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from generator.model.facts import EVERY_OFFER, NewsKind
from generator.model.offer_flags import OFFER_FLAGS
from generator.model.vocabulary import Topic
from generator.render.base.area_names import in_town, space_name
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.view import Chip, Chips, View
from generator.render.directory.cards import offer_cards
from generator.render.directory.help_numbers import ShortNumber, short_numbers
from generator.render.directory.listing import list_key
from generator.render.directory.news_lines import NewsLine, news_line, some_news
from generator.render.directory.offer_order import by_need, offers_in
from generator.render.maps import space_map
from generator.render.pages.place_pages import link_to_kind
from generator.render.pages.search_field import search_form

# So many are shown at once, so that each part fits a phone's screen: news in all and of a kind, offers, help numbers.
NEWS = 5
NEWS_OF_A_KIND = 2
DOORS_SHOWN = 5
NUMBERS = 4
OWN_HOUSES = ("kita", "schule")
"""Kinds of places by which families find what is around them: everybody knows their own one's name."""
AREAS = 12
"""More areas' names nobody reads in a row: then the directory's filter by area is the better way."""
ENOUGH = 10
"""Of fewer offers nobody says „most of them“."""


class HomeView(View, frozen=True):
    """The home page: search, life situations, offers without appointment, numbers, news, areas."""

    template = "home.html"

    promise: str  # what one finds here, in a sentence
    search: Markup
    ways: Chips  # links on the first screen
    situations: Sequence[Topic]
    doors: Sequence[Markup]  # cards of offers without appointment, in a small town of any
    doors_title: str
    doors_shown: int  # how many of them are open at first
    doors_near: Chips  # by area, what is open today
    open_list: str  # key of the list of all without appointment; empty for none
    running: int  # how many offers there are
    numbers: Sequence[ShortNumber]
    youth: bool  # whether there is a page for young people
    young_places: bool  # whether it has places to go to
    news: Sequence[NewsLine]
    news_left: int  # further ones
    checked: int  # offers checked lately
    spaces: Sequence[tuple[str, int]]  # areas with their number of offers
    map: Markup


def render(context: Context, key: str = "") -> Page:
    """Make the home page of a language."""
    del key
    _ = context.gettext
    path = context.path("home")
    config = context.site.config
    facts = context.facts
    listed = facts.lists.get(EVERY_OFFER, ())
    carried = [key for key in listed if facts.offers[key].carried]
    doors = facts.open_doors or by_need(context, carried)[:DOORS_SHOWN]
    # News that an offer was merely checked are no lines, but one number.
    chosen = some_news(facts.news, _CHOSEN, NEWS_OF_A_KIND)[:NEWS]
    checked = [item for item in facts.news if item.kind == "checked"]
    spaces = tuple((key, len(offers_in(context, key))) for key in _spaces(context))
    view = HomeView(
        ways=_ways(context, path),
        promise=promise(context),
        search=context.call(search_form(context)),
        situations=_situations(context),
        doors=offer_cards(context, path, doors, shown=DOORS_SHOWN),
        doors_title=_("Einfach hingehen") if facts.open_doors else _("Was es hier gibt"),
        doors_shown=DOORS_SHOWN,
        doors_near=_near(context, path, [key for key, n in spaces if n]),
        open_list=list_key(context.facts, "open"),
        running=sum(item.active for item in facts.offers.values()),
        numbers=short_numbers(context, NUMBERS),
        youth="youth" in config.subjects,
        young_places=bool(facts.youth.places),
        news=[news_line(context, path, item) for item in chosen],
        news_left=len(facts.news) - len(checked) - len(chosen),
        checked=len(checked),
        spaces=spaces,
        map=space_map(context, path, facts.roots[0]) if facts.roots else Markup(),
    )
    return context.page(
        view,
        path,
        family="home",
        title=config.name,
        description=_description(context),
    )


def _description(context: Context) -> str:
    """Say for search engines whom the page is for."""
    _ = context.gettext
    words = _("Angebote für Familien {where}.")
    if mostly_free(context):
        words = _(
            "Angebote für Familien {where}: Treffs, Gruppen, Beratung und Schutz. Die meisten sind kostenlos."
        )
    return words.format(where=in_town(context))


def _situations(context: Context) -> Sequence[Topic]:
    """Return life situations with offers or grave numbers."""
    offers, words = context.facts.relations.offers_by_topic, context.words
    return [topic for topic in words.situations() if offers.get(topic.id) or words.is_grave(topic.id)]


def _ways(context: Context, path: str) -> Chips:
    """Return the first screen's links, of those whose page has something."""
    _ = context.gettext

    def link(kind: str) -> str:
        return context.href(path, kind)

    own_house = link_to_kind(context, path, OWN_HOUSES)
    offers = context.facts.offers.values()
    ways = []
    if any(item.carried and item.schedule for item in offers):
        ways.append(Chip(_("Jetzt offen"), link("offers") + "?offen=1"))
    ways.append(Chip(_("Mein Stadtteil"), link("spaces")))
    if own_house:
        ways.append(Chip(_("Meine Kita oder Schule"), own_house))
    if context.exists("youth"):
        ways.append(Chip(_("Für dich: 12 bis 21"), link("youth")))
    if context.exists("rights"):
        ways.append(Chip(_("Ihre Rechte"), link("rights")))
    return ways


def _near(context: Context, path: str, areas: list[str]) -> Chips:
    """Link what is open today in each area; none for one area or too many."""
    if not 1 < len(areas) <= AREAS:
        return ()
    offers = context.href(path, "offers")
    return [Chip(space_name(context, key), f"{offers}?heute=1&gebiet={key}") for key in areas]


def promise(context: Context) -> str:
    """Say in a sentence what one finds, as far as the records bear it out."""
    _ = context.gettext
    direct = _share(context, "low-threshold") > 0.8
    if mostly_free(context) and direct:
        return _("Angebote in Ihrer Nähe, die meisten kostenlos. Für fast alle müssen Sie nicht zum Amt.")
    if mostly_free(context):
        return _("Angebote in Ihrer Nähe, die meisten kostenlos.")
    if direct:
        return _("Angebote in Ihrer Nähe. Für fast alle müssen Sie nicht zum Amt.")
    return _("Angebote in Ihrer Nähe.")


def mostly_free(context: Context) -> bool:
    """Tell whether more than half of all offers are free."""
    return _share(context, "free") > 0.5


def _share(context: Context, flag: str) -> float:
    """Return the share of offers with a flag („free“); 0 for too few offers."""
    site, facts, holds = context.site, context.facts, OFFER_FLAGS[flag].holds
    every = facts.lists.get(EVERY_OFFER, ())
    if len(every) < ENOUGH:
        return 0.0
    return sum(holds(site, site.offers[key], facts.offers[key]) for key in every) / len(every)


_CHOSEN: Sequence[NewsKind] = ("new", "added", "ended", "changed", "alert", "planned", "ending", "paused")
"""The kinds of news that are shown, in their order."""


def _spaces(context: Context) -> Sequence[str]:
    """Return areas that people name first, by name: the finest level on which teams work, else the one below the town."""
    first = context.site.config.geographies[0].id
    spaces = [key for key, item in context.facts.spaces.items() if item.geography == first]
    depths = sorted({context.facts.spaces[key].depth for key in spaces if context.site.spaces[key].team}) or [
        1
    ]
    chosen = [key for key in spaces if context.facts.spaces[key].depth == depths[-1]]
    return tuple(sorted(chosen, key=lambda key: context.site.spaces[key].name))
