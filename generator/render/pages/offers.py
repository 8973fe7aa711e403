"""The directory: every offer that runs, in a list that works without scripts and that the directory's script takes over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.model.facts import Facts
from generator.model.offer_lists import EVERY_OFFER, OfferList
from generator.model.site import Site
from generator.render.base import urls
from generator.render.base.area_names import in_town
from generator.render.base.context import Context
from generator.render.base.page import Crumb, Page
from generator.render.base.view import Chip, View
from generator.render.directory.cards import card_pattern, offer_cards
from generator.render.directory.filters import first_choices
from generator.render.directory.listing import (
    DIMENSIONS,
    LISTS,
    ListPart,
    choices,
    dimension_titles,
    label_of,
    list_key,
    list_keys,
    page_links,
    pagination,
    part_of,
    part_path,
    title_of,
)
from generator.render.maps.dots import offer_dots
from generator.render.maps.markers import situation_outlines

LONG = 40
"""A choice of more lists than this is shown as a plain list in columns."""


@dataclass(frozen=True, slots=True)
class MoreLink:
    """The page that tells more about what a list is ordered by."""

    kind: str
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class OffersView(View):
    """A page of a list; the `directory` is the list that a script takes over, with `pattern` as the card that it copies.

    `first` is what its form offers first, each with how many offers fit: it stands in the page before the script is there.
    The `drawing` shows on a desk where they are. `shapes` are the outlines of its markers by life situation, as JSON.
    `ways` are the dimensions to divide the directory by, `dimension` the one of this list, `choices` its other lists.
    A list by age leads to what knows no age (`any_age`, the key of a list), where there is any.
    """

    template = "offers.html"

    title: str
    count: str
    part: ListPart
    directory: bool
    dimension: str
    ways: Sequence[Chip]
    choices: Sequence[Chip]
    choices_label: str
    any_age: str
    cards: Sequence[Markup]
    pages: Markup
    more: MoreLink | None
    pattern: Markup
    first: Sequence[tuple[str, str]]
    drawing: Markup
    shapes: str


@dataclass(frozen=True, slots=True)
class OfferListsView(View):
    """The lists of one way to divide the directory; with many of them as a `long` list in columns."""

    template = "offer_lists.html"

    title: str
    ways: Sequence[Chip]
    items: Sequence[Chip]
    long: bool
    pages: Markup


def part_keys(site: Site, facts: Facts) -> Iterable[str]:
    """Every pre-built list has its pages, and each way to divide the directory a page of its lists."""
    return list_keys(site, facts)


def render(context: Context, key: str = "") -> Page:
    """Make the first page of the directory."""
    del key
    return _list(context, EVERY_OFFER.address, "directory")


def render_part(context: Context, key: str) -> Page:
    """Make a page of a pre-built list, or of the lists of one way to divide the directory."""
    way, _, number = key.partition("/seite/")
    if way in DIMENSIONS:
        return _dimension(context, way, int(number or 1))
    return _list(context, key, "list")


def _ways(context: Context, path: str, current: str = "") -> Sequence[Chip]:
    titles = dimension_titles(context)
    # Topics have an index of their own.
    there = {"thema", *(one.dimension for one in context.facts.lists)}
    found = []
    for name in DIMENSIONS:
        if name in there:
            index = context.path("topics") if name == "thema" else context.path("offer-list", name)
            found.append(Chip(titles[name], urls.relative(path, index), current=name == current))
    return found


def _list(context: Context, key: str, family: str) -> Page:
    _ = context.gettext
    part = part_of(context.facts, key)
    path = part_path(context, part.list, part.number)
    dimension = part.list.dimension
    title = title_of(context, part.list)
    count = context.ngettext("{n} Angebot", "{n} Angebote", part.total).format(
        n=context.texts.number(part.total)
    )
    if part.number > 1:
        title = _("{title}, Seite {number}").format(title=title, number=part.number)
    short = dimension in ("alter", "zugang", "name")
    directory = family == "directory"
    view = OffersView(
        title=title,
        count=count,
        part=part,
        directory=directory,
        dimension=dimension,
        ways=_ways(context, path, dimension),
        choices=choices(context, path, dimension, part.list) if short else (),
        choices_label=dimension_titles(context).get(dimension, ""),
        any_age=list_key(context.facts, "alter", "jedes"),
        cards=offer_cards(context, path, part.offers, level=2),
        pages=context.call(page_links(context, path, part)),
        more=_more(context, part.list),
        pattern=card_pattern(context, 2) if directory else Markup(),
        first=tuple(first_choices(context)) if directory else (),
        drawing=offer_dots(context, path) if directory else Markup(),
        shapes=situation_outlines(context) if directory else "",
    )
    return Page(
        path=path,
        lang=context.lang,
        family=family,
        title=title,
        description=_("{title}: {count} für Familien {where}.").format(
            title=title, count=count, where=in_town(context)
        ),
        body=context.render(view, path),
        crumbs=tuple(_crumbs(context, part)),
    )


def _crumbs(context: Context, part: ListPart) -> Iterator[Crumb]:
    """Yield the way to a page of a list: the directory, then the topic or the lists beside it."""
    dimension, value = part.list.dimension, part.list.value
    if part.list != EVERY_OFFER or part.number > 1:
        yield context.crumb(context.gettext("Alle Angebote"), "offers")
    if value and dimension == "thema":
        yield context.crumb(label_of(context, part.list), "topic", value)
    elif value:
        yield context.crumb(dimension_titles(context)[dimension], "offer-list", dimension)


def _more(context: Context, name: OfferList) -> MoreLink | None:
    """Where a list has a page that tells more about what it is ordered by."""
    _ = context.gettext
    kinds = {"gebiet": "space", "thema": "topic", "traeger": "provider"}
    member = name.dimension == "traeger" and name.value not in context.site.providers
    if name.dimension not in kinds or member:
        return None
    label = label_of(context, name)
    return MoreLink(kinds[name.dimension], name.value, _("Mehr über: {name}").format(name=label))


def _dimension(context: Context, key: str, number: int) -> Page:
    _ = context.gettext

    def path_of(page: int) -> str:
        return context.path("offer-list", key if page == 1 else f"{key}/seite/{page}")

    path = path_of(number)
    title = title_of(context, OfferList(key))
    if number > 1:
        title = _("{title}, Seite {number}").format(title=title, number=number)
    items = choices(context, path, key)
    pages = pagination(
        number, max(1, -(-len(items) // LISTS)), lambda page: urls.relative(path, path_of(page))
    )
    view = OfferListsView(
        title=title,
        ways=_ways(context, path, key),
        items=items[(number - 1) * LISTS : number * LISTS],
        long=len(items) > LONG,
        pages=context.call(pages),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="list",
        title=title,
        description=_("Alle Angebote, geordnet nach: {way}.").format(way=dimension_titles(context)[key]),
        body=context.render(view, path),
        crumbs=(context.crumb(_("Alle Angebote"), "offers"),),
    )
