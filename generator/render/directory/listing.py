"""Keys of pre-built lists (`alter/3-5`, `sprache/tr/seite/2`) in, their titles, labels and parts out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.model.facts import Facts
from generator.model.office import Office
from generator.model.place import Place
from generator.model.provider import Provider
from generator.model.site import Site
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.macros import Chip, NavLink
from generator.render.base.place_names import named
from generator.render.base.view import MacroCall

PER_PAGE = 48
"""Cards on one page of a list: the page stays light on prepaid data and is scrolled in half a minute."""
DIMENSIONS = ("thema", "alter", "gebiet", "zugang", "sprache", "traeger", "name")
"""The ways to divide the directory, in the order in which they are offered; `thema` is led to by the topics."""
WHOLE = 60
"""A topic with no more offers than this shows them all on its own page."""
AGES = ("schwangerschaft", "0-2", "3-5", "6-9", "10-13", "14-17", "18-26", "27", "jedes")


@dataclass(frozen=True, slots=True)
class ListPart:
    """One page of a list: its offers, and where it stands among the list's pages."""

    list: str
    number: int
    count: int
    total: int
    offers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pagination(MacroCall):
    """The links from one page of a list to the others; an item without address is a gap."""

    template = "macros/pagination.html"
    macro = "pages"

    items: tuple[NavLink, ...]
    previous: str
    next: str


def pages_of(facts: Facts, name: str) -> int:
    """Return how many pages a list has; an empty one has its one page all the same."""
    return max(1, -(-len(facts.lists.get(name, ())) // PER_PAGE))


def has_pages(site: Site, facts: Facts, name: str) -> bool:
    """Tell whether a list has pages of its own: a provider's page, and that of a topic with few offers, is the list."""
    dimension, _slash, value = name.partition("/")
    if dimension == "traeger":
        return value not in site.providers
    return dimension != "thema" or len(facts.relations.offers_by_topic.get(value, ())) > WHOLE


def list_keys(site: Site, facts: Facts) -> Iterator[str]:
    """Yield the keys of every list page but the first of all offers, which is the directory itself."""
    yield from dict.fromkeys(
        name.split("/", 1)[0] for name in facts.lists if "/" in name and not name.startswith("thema/")
    )
    for name in facts.lists:
        if not has_pages(site, facts, name):
            continue
        if name != "alle":
            yield name
        for number in range(2, pages_of(facts, name) + 1):
            yield f"{name}/seite/{number}"


def part_of(facts: Facts, key: str) -> ListPart:
    """Return the part of a list that a key names."""
    name, _, number = key.partition("/seite/")
    keys = facts.lists.get(name, ())
    page = int(number or 1)
    return ListPart(
        name, page, pages_of(facts, name), len(keys), keys[(page - 1) * PER_PAGE : page * PER_PAGE]
    )


def part_path(context: Context, name: str, number: int = 1) -> str:
    """Return the path of a page of a list, from the site's root."""
    if number > 1:
        return context.path("offer-list", f"{name}/seite/{number}")
    if name.startswith("traeger/") and not has_pages(context.site, context.facts, name):
        return context.path("provider", name.removeprefix("traeger/"))
    return context.path("offers") if name == "alle" else context.path("offer-list", name)


def page_links(context: Context, path: str, part: ListPart) -> Pagination:
    """Return the links to the other pages of a list: first and last, this one and its neighbours, gaps between."""
    near = {1, part.count, *(n for n in range(part.number - 1, part.number + 2) if 1 <= n <= part.count)}
    items: list[NavLink] = []
    last = 0
    for number in sorted(near):
        if number > last + 1:
            items.append(NavLink("…"))
        items.append(
            NavLink(str(number), _link(context, path, part.list, number), current=number == part.number)
        )
        last = number
    return Pagination(
        items=tuple(items),
        previous=_link(context, path, part.list, part.number - 1) if part.number > 1 else "",
        next=_link(context, path, part.list, part.number + 1) if part.number < part.count else "",
    )


def _link(context: Context, path: str, name: str, number: int) -> str:
    return urls.relative(path, part_path(context, name, number))


def dimension_titles(context: Context) -> Mapping[str, str]:
    """Return the names of the ways to divide the directory."""
    _ = context.texts.gettext
    return {
        "thema": _("Thema"),
        "alter": _("Alter des Kindes"),
        "gebiet": _("Stadtteil"),
        "zugang": _("Zugang und Kosten"),
        "sprache": _("Sprache"),
        "traeger": _("Träger"),
        "name": _("A bis Z"),
    }


def access_labels(context: Context) -> Mapping[str, str]:
    """Return the labels of the lists by way in, in their order."""
    _ = context.texts.gettext
    return {
        "offen": _("ohne Anmeldung"),
        "ohne-amt": _("ohne Antrag beim Amt"),
        "kostenlos": _("kostenlos"),
        "ohne-namen": _("auch ohne Namen"),
        "ohne-eltern": _("für junge Menschen allein"),
        "aus-der-ferne": _("am Telefon oder online"),
        "kommt-zu-ihnen": _("kommt zu Ihnen"),
        "mit-kinderbetreuung": _("mit Kinderbetreuung"),
        "mit-uebersetzung": _("mit Übersetzung"),
        "ohne-stufen": _("ohne Stufen"),
    }


def label_of(context: Context, name: str) -> str:
    """Return the short label of a list, for a chip."""
    _ = context.texts.gettext
    dimension, _slash, value = name.partition("/")
    site = context.site
    if dimension == "alter":
        return _age_label(context, value)
    if dimension == "gebiet":
        return named(context, value)
    if dimension == "sprache":
        word = next((word for tag, word in site.words.languages.items() if tag.lower() == value), None)
        return context.texts.name(word) if word is not None else value
    if dimension == "zugang":
        return access_labels(context)[value]
    if dimension == "name":
        return value.upper()
    record = _member(context, value) if dimension == "traeger" else site.words.topics[value]
    return context.texts.name(record)


def _member(context: Context, id: str) -> Provider | Place | Office:
    site = context.site
    groups: tuple[Mapping[str, Provider | Place | Office], ...] = (site.providers, site.places, site.offices)
    return next(records[id] for records in groups if id in records)


def _age_label(context: Context, value: str) -> str:
    _ = context.texts.gettext
    if value == "schwangerschaft":
        return _("Schwangerschaft")
    if value == "jedes":
        return _("jedes Alter")
    low, _dash, high = value.partition("-")
    if not high:
        return _("ab {years} Jahren").format(years=low)
    return (
        _("unter {years} Jahren").format(years=int(high) + 1)
        if low == "0"
        else _("{low} bis {high} Jahre").format(low=low, high=high)
    )


def title_of(context: Context, name: str) -> str:
    """Return the heading of a list's page."""
    _ = context.texts.gettext
    dimension, slash, value = name.partition("/")
    if not slash:
        return (
            _("Alle Angebote")
            if dimension == "alle"
            else _("Angebote nach: {way}").format(way=dimension_titles(context)[dimension])
        )
    label = label_of(context, name)
    if dimension == "alter":
        return {
            "schwangerschaft": _("Angebote in der Schwangerschaft"),
            "jedes": _("Angebote für jedes Alter"),
        }.get(value) or _("Angebote: {label}").format(label=label)
    patterns = {
        "name": _("Angebote mit {label}"),
        "sprache": _("Angebote in der Sprache {label}"),
    }
    return patterns.get(dimension, _("Angebote: {label}")).format(label=label)


def values_of(context: Context, dimension: str) -> list[str]:
    """Return the names of a dimension's lists in the order in which people look for them."""
    names = [name for name in context.facts.lists if name.startswith(f"{dimension}/")]
    if dimension == "alter":
        return sorted(names, key=lambda name: AGES.index(name.split("/", 1)[1]))
    if dimension == "zugang":
        order = list(access_labels(context))
        return sorted(names, key=lambda name: order.index(name.split("/", 1)[1]))
    if dimension == "gebiet":
        spaces = context.facts.spaces
        return [
            name
            for key in _tree(context)
            if (name := f"gebiet/{key}") in context.facts.lists and spaces[key].depth > 0
        ]
    if dimension == "sprache":
        return sorted(names, key=lambda name: -len(context.facts.lists[name]))
    return sorted(names, key=lambda name: label_of(context, name).casefold())


def _tree(context: Context) -> Iterable[str]:
    """Spaces of the first geography from the top down, each before its children."""
    first = context.site.config.geographies[0].id
    todo = [key for key in reversed(context.facts.roots) if context.facts.spaces[key].geography == first]
    while todo:
        key = todo.pop()
        yield key
        todo += reversed(context.facts.spaces[key].children)


def choices(context: Context, path: str, dimension: str, current: str = "") -> tuple[Chip, ...]:
    """Return the lists of a dimension as chips with counts."""
    return tuple(
        Chip(
            text=label_of(context, name),
            href=_link(context, path, name, 1),
            count=len(context.facts.lists[name]),
            current=name == current,
        )
        for name in values_of(context, dimension)
    )
