"""Make the first page, and „Sofort Hilfe“: numbers, help in the town, somebody to talk to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.model.facts import EVERY_OFFER, NewsKind
from generator.model.offer_flags import OFFER_FLAGS
from generator.model.vocabulary import HelpNumber, Topic
from generator.render.base.area_names import in_town, space_name
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.view import Chip, Chips, View
from generator.render.data_files.danger_boxes import danger_boxes, danger_language
from generator.render.directory.cards import offer_cards
from generator.render.directory.help_numbers import (
    HelpItem,
    ShortNumber,
    chats,
    family_numbers,
    help_items,
    offer_help,
    oldest_check,
    open_numbers,
    short_numbers,
    talk_numbers,
)
from generator.render.directory.listing import list_key
from generator.render.directory.news_lines import NewsLine, news_line, some_news
from generator.render.directory.offer_order import by_need, offers_in, protecting
from generator.render.maps import space_map
from generator.render.pages.place_pages import link_to_kind
from generator.render.pages.search_field import search_form
from generator.search.danger_data import HelpLine

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
    playgrounds: bool  # whether there are places to which one simply goes
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
    spaces = tuple((key, len(offers_in(context, key))) for key in _find_areas_named_first(context))
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
        playgrounds=any(
            context.words.place_kinds[place.kind].map_layer == "leisure"
            for place in context.site.current("places").values()
        ),
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


def _find_areas_named_first(context: Context) -> Sequence[str]:
    """Return areas that people name first, by name: the finest level on which teams work, else the one below the town."""
    first = context.site.config.geographies[0].id
    spaces = [key for key, item in context.facts.spaces.items() if item.geography == first]
    depths = sorted({context.facts.spaces[key].depth for key in spaces if context.site.spaces[key].team}) or [
        1
    ]
    chosen = [key for key in spaces if context.facts.spaces[key].depth == depths[-1]]
    return tuple(sorted(chosen, key=lambda key: context.site.spaces[key].name))


class HelpLines(Struct, frozen=True):
    """Whom to call for a need."""

    label: str  # the need in words; empty for whom to call first
    lines: Sequence[HelpLine]
    more: Sequence[str] = ()  # sentences beside them


class HelpBox(Struct, frozen=True):
    """A dangerous situation: whom to call and what to do."""

    id: str
    name: str
    calls: Sequence[tuple[str, str, str]]  # the first: link, number, hours (empty: day and night)
    says: str  # what to do
    blocks: Sequence[HelpLines]


class HelpView(View, frozen=True):
    """Numbers, the town's offers that protect, what to do in which danger, and grave topics."""

    template = "help.html"

    first: Sequence[HelpNumber]  # crisis numbers that answer day and night
    talk: Sequence[HelpItem]  # who listens
    chats: Sequence[tuple[str, Markup]]  # for who can't speak
    free: bool  # whether all calls of `talk` cost nothing
    further: Sequence[HelpItem]  # for poison, illness and the like
    checked: str  # when numbers were tried
    where: str  # „in Auenstedt“
    here: Sequence[HelpItem]  # the town's offers with a telephone
    others: Sequence[Markup]  # its other ones, as cards
    boxes: Sequence[HelpBox]
    topics: Chips


def render_help(context: Context, key: str = "") -> Page:
    """Make the page of help numbers."""
    del key
    _ = context.gettext
    path = context.path("help")
    numbers = family_numbers(context, crisis=False)
    talk = talk_numbers(numbers)
    here = protecting(context)
    with_number = [item for item in here if context.facts.offers[item].contact.number]
    view = HelpView(
        first=open_numbers(context),
        talk=help_items(context, talk),
        chats=chats(context, talk),
        free=all(item.free for item in talk),
        further=help_items(context, [item for item in numbers if not item.crisis]),
        checked=_checked_once(context, numbers),
        where=in_town(context),
        here=offer_help(context, path, with_number),
        others=offer_cards(context, path, [item for item in here if item not in with_number]),
        boxes=tuple(_boxes(context, path)),
        topics=tuple(_grave_topics(context, path)),
    )
    return context.page(
        view,
        path,
        family="help",
        title=_("Beratung und Schutz"),
        description=_("Nummern, die sofort helfen: kostenlos, auch ohne Namen."),
        date=oldest_check(context, numbers),
    )


def _grave_topics(context: Context, path: str) -> Iterator[Chip]:
    """Yield topics of violence or danger below life situations."""
    for topic in context.words.topics.values():
        if topic.sensitive and topic.parent is not None:
            href = context.href(path, "topic", topic.id)
            yield Chip(context.translated(topic, "phrase"), href)


def _boxes(context: Context, path: str) -> Iterator[HelpBox]:
    """Yield what the search shows in danger, in the page's language, else the main one; nothing without texts."""
    texts = [danger_language(context, lang) for lang in (context.lang, context.site.config.language)]
    language = next(filter(None, texts), None)
    if language is None or language.words is None:
        return
    names: dict[Any, str] = {**language.names}
    needs: dict[Any, str] = {**language.needs}
    says: dict[Any, str] = {**language.says}
    more: dict[Any, str] = {**language.more}
    for box in danger_boxes(context):
        notes = [more[box.id], language.words.trace] if box.id in more else [language.words.trace]
        blocks = [HelpLines("", box.first)] if box.first else []
        blocks += [
            HelpLines(needs.get(need, ""), lines, notes if need == "know" else ())
            for need, lines in box.needs
        ]
        linked = [replace(block, lines=_here(context, path, block.lines)) for block in blocks]
        yield HelpBox(
            id=box.id,
            name=names.get(box.id, ""),
            calls=_first_calls(linked),
            says=says.get(box.id, ""),
            blocks=linked,
        )


def _checked_once(context: Context, numbers: Iterable[HelpNumber]) -> str:
    """Say since when all numbers were tried, and which weren't; nobody may try emergency numbers."""
    _ = context.gettext
    to_try = [item for item in numbers if not item.emergency]
    oldest = oldest_check(context, to_try)
    if oldest is None:
        return _("Ob diese Nummern stimmen, ist noch nicht geprüft.") if to_try else ""
    untried = [item for item in to_try if context.words.checked(item.id) is None]
    tried = _("Nummern geprüft am {date}.").format(date=context.texts.date(oldest))
    if not untried:
        return tried
    names = context.texts.join(context.texts.name(item) for item in untried)
    but = _("Noch nicht geprüft: {names}.").format(names=names)
    return f"{tried} {but}"


def _first_calls(blocks: Sequence[HelpLines]) -> Sequence[tuple[str, str, str]]:
    """Return (link, number, hours) of at most two numbers for day and night, then the very first."""
    first = blocks[0].lines if blocks else ()
    lines = [line for line in first if line.tel]
    always = [line for line in lines if line.always]
    calls = ((line.tel, line.phone, "" if line.always else line.when) for line in (*always[:2], *lines[:1]))
    return tuple(dict.fromkeys(calls))


def _here(context: Context, path: str, lines: Iterable[HelpLine]) -> Sequence[HelpLine]:
    """Return lines as a page needs them without scripts: links relative to it, „day and night“ in words."""
    found = []
    for line in lines:
        outside = line.url.startswith("http")
        url = line.url if outside or not line.url else context.href(path, "home") + line.url
        # A page of this site is always there, but whom it tells of doesn't answer at night.
        answers = line.always and bool(line.tel or outside)
        when = context.gettext("Tag und Nacht") if answers else line.when
        found.append(replace(line, url=url, when=when))
    return found
