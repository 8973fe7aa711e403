"""Cut long lists into pages by keys such as `gebiet/nord`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from generator.model.areas_and_offices import Office
from generator.model.facts import EVERY_OFFER, Facts, OfferList
from generator.model.offer_flags import OFFER_FLAGS
from generator.model.places_and_providers import Place, Provider
from generator.model.site import Site
from generator.render.base import urls
from generator.render.base.area_names import named
from generator.render.base.context import Context
from generator.render.base.view import Chip, MacroCall, NavLink, View
from generator.render.directory.record_lines import RecordLine

PER_PAGE = 20
"""Cards on one page of a list: the page stays light on prepaid data and is scrolled in half a minute."""
DIMENSIONS = ("thema", "gebiet", "zugang", "sprache", "traeger", "name")
"""The ways to divide the directory, in the order in which they are offered; `thema` is led to by the topics."""
LONG = 240
"""Cards on one page of a list by way in or language: one long page in all but large towns."""
MOST_CARDS = 60
"""A topic, a provider or a place with no more offers than this shows a card of each on its own page."""


class ListPart(Struct, frozen=True):
    """One page of a list, with its offers and number."""

    list: OfferList
    number: int  # of this page, from 1
    count: int  # of pages
    total: int  # of offers in the whole list
    offers: Sequence[str]  # on this page


class Pagination(MacroCall, frozen=True):
    """Links between a list's pages; without address it is a gap."""

    template = "macros/pagination.html"
    macro = "pages"

    items: Sequence[NavLink]
    previous: str  # the page's address; empty on the first
    next: str  # empty on the last


def pages_of(facts: Facts, name: OfferList) -> int:
    """Return a list's number of pages, at least one."""
    return max(1, -(-len(facts.lists.get(name, ())) // _length_of(name)))


def _length_of(name: OfferList) -> int:
    return LONG if name.dimension in ("zugang", "sprache") else PER_PAGE


def has_pages(site: Site, facts: Facts, name: OfferList) -> bool:
    """Tell whether a list has own pages; a short one stands on the record's page."""
    if name.dimension == "traeger" and name.value in site.providers:
        return len(facts.lists.get(name, ())) > MOST_CARDS
    return name.dimension != "thema" or len(facts.relations.offers_by_topic.get(name.value, ())) > MOST_CARDS


def list_keys(site: Site, facts: Facts) -> Iterator[str]:
    """Yield keys of list pages, without the directory itself."""
    yield from _way_keys(facts)
    for name in facts.lists:
        if not has_pages(site, facts, name):
            continue
        if name != EVERY_OFFER:
            yield name.address
        for number in range(2, pages_of(facts, name) + 1):
            yield f"{name.address}/seite/{number}"


def _way_keys(facts: Facts) -> Iterator[str]:
    """Yield keys of pages that list a dimension's lists, without topics."""
    dimensions = dict.fromkeys(name.dimension for name in facts.lists)
    return (way for way in dimensions if way not in (EVERY_OFFER.dimension, "thema"))


def part_of(facts: Facts, key: str) -> ListPart:
    """Return the part of a list that a key names."""
    address, _, number = key.partition("/seite/")
    name = OfferList.at(address)
    keys = facts.lists.get(name, ())
    page, length = int(number or 1), _length_of(name)
    return ListPart(name, page, pages_of(facts, name), len(keys), keys[(page - 1) * length : page * length])


def part_path(context: Context, name: OfferList, number: int = 1) -> str:
    """Return the path of a list's page."""
    if number > 1:
        return context.path("offer-list", f"{name.address}/seite/{number}")
    if name.dimension == "traeger" and not has_pages(context.site, context.facts, name):
        return context.path("provider", name.value)
    return context.path("offers") if name == EVERY_OFFER else context.path("offer-list", name.address)


def list_key(facts: Facts, flag: str) -> str:
    """Return the key of the list of offers with a flag; empty for none."""
    name = OfferList("zugang", OFFER_FLAGS[flag].list)
    return name.address if name in facts.lists else ""


def page_links(context: Context, path: str, part: ListPart) -> Pagination:
    """Return the links to the other pages of a list."""

    def address(number: int) -> str:
        return urls.relative(path, part_path(context, part.list, number))

    return pagination(part.number, part.count, address)


def pagination(current: int, count: int, address: Callable[[int], str]) -> Pagination:
    """Return links to first, last, current and neighbouring pages, with gaps."""
    near = {1, count, current - 1, current, current + 1}
    items: list[NavLink] = []
    last = 0
    for number in sorted(near & {*range(1, count + 1)}):
        if number > last + 1:
            items.append(NavLink("…"))
        items.append(NavLink(str(number), address(number), current=number == current))
        last = number
    return Pagination(
        items=items,
        previous=address(current - 1) if current > 1 else "",
        next=address(current + 1) if current < count else "",
    )


def dimension_titles(context: Context) -> Mapping[str, str]:
    """Return the names of the ways to divide the directory."""
    _ = context.gettext
    return {
        "thema": _("Thema"),
        "gebiet": _("Stadtteil"),
        "zugang": _("Anmeldung"),
        "sprache": _("Sprache"),
        "traeger": _("Anbieter"),
        "name": _("A bis Z"),
    }


def access_labels(context: Context) -> Mapping[str, str]:
    """Return the access lists' labels in order."""
    return {
        flag.list: context.gettext(flag.list_label or flag.label)
        for flag in OFFER_FLAGS.values()
        if flag.list
    }


def label_of(context: Context, name: OfferList) -> str:
    """Return the short label of a list, for a chip."""
    dimension, value, site = name.dimension, name.value, context.site
    if dimension == "gebiet":
        return named(context, value)
    if dimension == "sprache":
        word = next((word for tag, word in site.words.languages.items() if tag.lower() == value), None)
        return context.texts.name(word) if word is not None else value
    if dimension == "zugang":
        return access_labels(context)[value]
    if dimension == "name":
        return value.upper()
    if dimension == "thema":
        return context.texts.name(site.words.topics[value])
    members: Mapping[str, Provider | Place | Office] = {**site.offices, **site.places, **site.providers}
    return context.texts.name(members[value])


def title_of(context: Context, name: OfferList) -> str:
    """Return the heading of a list's page."""
    _ = context.gettext
    if name == EVERY_OFFER:
        return _("Alle Angebote")
    if not name.value:
        return _("Angebote nach: {way}").format(way=dimension_titles(context)[name.dimension])
    patterns = {
        "name": _("Angebote mit {label}"),
        "sprache": _("Angebote in der Sprache {label}"),
    }
    return patterns.get(name.dimension, _("Angebote: {label}")).format(label=label_of(context, name))


def lists_of(context: Context, dimension: str) -> list[OfferList]:
    """Return a dimension's lists in the order people look."""
    names = [name for name in context.facts.lists if name.dimension == dimension]
    if dimension == "zugang":
        order = list(access_labels(context))
        return sorted(names, key=lambda name: order.index(name.value))
    if dimension == "gebiet":
        areas = (key for key in tree(context) if context.facts.spaces[key].depth > 0)
        return [name for key in areas if (name := OfferList("gebiet", key)) in names]
    if dimension == "sprache":
        return sorted(names, key=lambda name: -len(context.facts.lists[name]))
    return sorted(names, key=lambda name: label_of(context, name).casefold())


def areas_around(context: Context, spaces: Iterable[str]) -> Sequence[str]:
    """Return areas with all those around them."""
    found: dict[str, None] = {}
    for key in spaces:
        found |= dict.fromkeys(context.facts.spaces[key].within)
    return tuple(found)


def areas_met(context: Context, spaces: Sequence[str]) -> Sequence[str]:
    """Return areas whose choice finds an offer: its own, around and within."""
    around = areas_around(context, spaces)
    areas = context.facts.spaces.items()
    return [key for key, area in areas if key in around or not set(spaces).isdisjoint(area.within)]


def tree(context: Context) -> Iterable[str]:
    """Yield the first geography's spaces, parents before children."""
    first = context.site.config.geographies[0].id
    todo = [key for key in reversed(context.facts.roots) if context.facts.spaces[key].geography == first]
    while todo:
        key = todo.pop()
        yield key
        todo += reversed(context.facts.spaces[key].children)


def choices(context: Context, path: str, dimension: str, current: OfferList | None = None) -> Sequence[Chip]:
    """Return the lists of a dimension as chips with counts."""
    return [
        Chip(
            text=label_of(context, name),
            href=urls.relative(path, part_path(context, name)),
            count=len(context.facts.lists[name]),
            current=name == current,
        )
        for name in lists_of(context, dimension)
    ]


ENTRIES = 480
"""Lines on one page of an index."""


class IndexGroup(Struct, frozen=True):
    """A group of an index: heading, sign and text."""

    anchor: str
    title: str | Markup
    lines: Sequence[RecordLine]
    sign: str | Markup = ""
    says: str | Markup = ""  # below the heading


class Nothing(Struct, frozen=True):
    """What an empty index says, and the page it leads to."""

    title: str
    text: str
    kind: str  # of the page that it leads to
    label: str  # of that link


class IndexView(View, frozen=True):
    """A page of an index: `links` to groups, `pages` to others, a `map` if single."""

    template = "index.html"

    title: str
    lead: str  # below the title
    groups: Sequence[IndexGroup]
    nothing: Nothing  # told where there are no groups
    links: Sequence[NavLink] = ()
    links_label: str = ""  # of `links`, for screen readers
    map: str | Markup = ""
    pages: str | Markup = ""
    step_free: bool = False  # whether one may ask for what is step-free


class IndexPart(Struct, frozen=True):
    """A page of an index: groups with entries, each group's first page, page count."""

    groups: Mapping[str, Sequence[str]]  # ids on this page by group
    begins: Mapping[str, int]  # by group, also of other pages
    number: int  # of this page
    count: int  # of pages


def further_pages(entries: int) -> Iterable[str]:
    """Return keys of an index's pages after the first."""
    return (str(number) for number in range(2, -(-entries // ENTRIES) + 1))


def index_part(groups: Mapping[str, Sequence[str]], key: str) -> IndexPart:
    """Return the page of a key; the first has none.

    >>> part = index_part({"A": ["a"] * 500, "B": ["b"]}, "2")
    >>> [(name, len(entries)) for name, entries in part.groups.items()], part.begins, part.number, part.count
    ([('A', 20), ('B', 1)], {'A': 1, 'B': 2}, 2, 2)
    """
    number, place = int(key or 1), 0
    shown: dict[str, list[str]] = {}
    begins: dict[str, int] = {}
    for name, entries in groups.items():
        begins[name] = place // ENTRIES + 1
        for entry in entries:
            if place // ENTRIES + 1 == number:
                shown.setdefault(name, []).append(entry)
            place += 1
    return IndexPart(shown, begins, number, max(1, -(-place // ENTRIES)))


def numbered(context: Context, title: str, part: IndexPart) -> str:
    """Return an index page's title, numbered after the first."""
    if part.number == 1:
        return title
    return context.gettext("{title}, Seite {number}").format(title=title, number=part.number)


def index_path(context: Context, kind: str, number: int | str) -> str:
    """Return the path of an index page of places or providers."""
    return context.path(f"{kind}s") if int(number or 1) == 1 else context.path(f"{kind}-list", str(number))


def index_links(context: Context, kind: str, part: IndexPart) -> Pagination:
    """Return the links between an index's pages."""
    path = index_path(context, kind, part.number)
    return pagination(
        part.number, part.count, lambda number: urls.relative(path, index_path(context, kind, number))
    )


def group_link(context: Context, kind: str, part: IndexPart, name: str, anchor: str) -> str:
    """Return the link to a group's beginning."""
    begins = part.begins[name]
    if begins == part.number:
        return f"#{anchor}"
    return urls.relative(
        index_path(context, kind, part.number), f"{index_path(context, kind, begins)}#{anchor}"
    )
