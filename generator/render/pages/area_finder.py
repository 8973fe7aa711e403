"""„Mein Stadtteil“: all areas as a tree with a map, and streets from A to Z."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from markupsafe import Markup
from msgspec import Struct

from generator.files.result_cache import Same
from generator.model.config import GeographyConfig
from generator.model.facts import Facts
from generator.model.site import Site, house_of_key
from generator.render.base.area_names import level_words, space_name
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.page import Heading, Page
from generator.render.base.texts import sort_key
from generator.render.base.view import Chip, Chips, GlanceRow, GlanceRows, View
from generator.render.directory.cards import card_pattern
from generator.render.directory.offer_order import offers_in
from generator.render.directory.record_lines import space_lines
from generator.render.maps import MOST_MARKERS, figure, overview, overview_map
from generator.render.pages.space_page import Aliases, called
from generator.search.street_register import RegisterPart, by_space, numbers_text, streets
from generator.search.word_forms import fold


class Branch(Struct, frozen=True):
    """An area with the areas in it and the `count` of its offers."""

    id: str
    name: Markup
    count: str  # in words; empty for none
    children: Sequence[Branch]


class GeographyTree(Struct, frozen=True):
    """A geography (one way to divide the town) with its map, empty for none, and its tree of areas."""

    id: str
    title: str
    map: Markup
    roots: Sequence[Branch]


class SpacesView(View, frozen=True):
    """The index of areas."""

    template = "spaces.html"

    geographies: Sequence[GeographyTree]
    aliases: Aliases
    pattern: Markup  # an empty card, for scripts to fill
    bounded: bool  # whether any area has a boundary and so a map
    places: Markup  # a map of places where none has


def render_spaces(context: Context, key: str) -> Page:
    """Make the index of all spaces."""
    _ = context.gettext
    path = context.path("spaces", key)
    geographies = tuple(_geography_trees(context, path))
    view = SpacesView(
        geographies,
        _aliases(context),
        card_pattern(context, 0),
        any(tree.map for tree in geographies),
        _draw_places(context, path, geographies),
    )
    return context.page(
        view,
        path,
        family="spaces",
        title=_("Mein Stadtteil"),
        description=_("Finden Sie Ihren Stadtteil und was es dort für Familien gibt."),
        toc=(
            Heading("finder", _("Über die Straße")),
            *(Heading(f"ebene-{tree.id}", tree.title) for tree in geographies),
            *((Heading("orte", _("Orte")),) if geographies and not view.bounded else ()),
            *((Heading("namen", _("Andere Namen")),) if view.aliases else ()),
        ),
    )


def _geography_trees(context: Context, path: str) -> Iterator[GeographyTree]:
    """Yield each geography's areas from the widest down, with map."""
    spaces = context.site.spaces
    for geography in context.site.config.geographies:
        roots = [name for name in spaces if _is_top(context, name, geography.id)]
        roots.sort(key=lambda name: (spaces[name].code or "", sort_key(spaces[name].name)))
        if roots:
            yield GeographyTree(
                id=geography.id,
                title=_write_geography_title(context, geography),
                map=overview_map(context, path, geography.id, listed=False),
                roots=[_branch(context, name) for name in roots],
            )


def _is_top(context: Context, key: str, geography: str) -> bool:
    """Tell whether an area is among its geography's widest."""
    spaces, parent = context.facts.spaces, context.site.spaces[key].parent
    return spaces[key].geography == geography and (
        parent not in spaces or spaces[str(parent)].geography != geography
    )


def _draw_places(context: Context, path: str, trees: Iterable[GeographyTree]) -> Markup:
    """Draw places where areas have no boundaries, unless too many."""
    if any(tree.map for tree in trees):
        return Markup()
    view = overview(context, "places")
    return (
        figure(context, path, view, movable=True) if view and len(view.markers) <= MOST_MARKERS else Markup()
    )


def _write_geography_title(context: Context, geography: GeographyConfig) -> str:
    if geography.name and context.lang == context.site.config.language:
        return geography.name
    return level_words(context, geography.levels[-1], plural=True)


def _branch(context: Context, key: str) -> Branch:
    """Return an area with those in it, as far as they are of its geography."""
    count = len(offers_in(context, key))
    facts = context.facts.spaces
    children = tuple(
        _branch(context, child)
        for child in facts[key].children
        if facts[child].geography == facts[key].geography
    )
    number = context.texts.number_of("{n} Angebot", "{n} Angebote", count) if count else ""
    return Branch(key, space_name(context, key), number, children)


def _aliases(context: Context) -> Aliases:
    """Return other names in order with all areas so called."""
    aliases = set(chain.from_iterable(space.aliases for space in context.site.spaces.values()))
    return [(alias, space_lines(context, called(context, alias))) for alias in sorted(aliases, key=sort_key)]


DIGITS = "0-9"
"""The page of streets that begin with no letter from a to z („17. Juni“)."""


class StreetsView(View, frozen=True):
    """A letter's streets with their areas, and links to other letters."""

    template = "streets.html"

    title: str
    count: str  # of streets, in words
    letters: Chips
    rows: GlanceRows


def street_lists_keys(site: Site, facts: Facts) -> Iterable[str]:
    """Return the key of the page of letters, if there is a register."""
    del facts
    return ("",) if site.streets else ()


def street_list_keys(site: Site, facts: Facts) -> Iterable[str]:
    """Return the page of each letter with which a street begins, and `DIGITS`."""
    return tuple(_letters(Same(site), Same(facts)))


def render_street_lists(context: Context, key: str) -> Page:
    """Make the page that leads to the letters."""
    del key
    path = context.path("street-lists")
    count = sum(len(table) for table in _letters(Same(context.site), Same(context.facts)).values())
    title = context.gettext("Straßen von A bis Z")
    return _make_streets_page(
        context,
        path,
        StreetsView(title, _say_street_count(context, count), _link_letters(context, path, ""), ()),
    )


def render_street_list(context: Context, key: str) -> Page:
    """Make the page of a letter's streets."""
    path = context.path("street-list", key)
    title = context.gettext("Straßen mit {letter}").format(letter=key.upper())
    table = _letters(Same(context.site), Same(context.facts))[key]
    geographies = _geography_names(context)
    view = StreetsView(
        title=title,
        count=_say_street_count(context, len(table)),
        letters=_link_letters(context, path, key),
        rows=[_make_street_row(context, path, geographies, name, parts) for name, parts in table.items()],
    )
    return _make_streets_page(context, path, view)


def _say_street_count(context: Context, count: int) -> str:
    return context.texts.number_of("{n} Straße", "{n} Straßen", count)


def _make_streets_page(context: Context, path: str, view: StreetsView) -> Page:
    _ = context.gettext
    crumbs = [context.crumb(_("Mein Stadtteil"), "spaces")]
    if path != context.path("street-lists"):
        crumbs.append(context.crumb(_("Straßen von A bis Z"), "street-lists"))
    return context.page(
        view,
        path,
        family="streets",
        title=view.title,
        description=_("Welche Straße in welchem Gebiet liegt."),
        crumbs=crumbs,
    )


@lru_cache(maxsize=4)
def _letters(site: Same[Site], facts: Same[Facts]) -> Mapping[str, Mapping[str, list[RegisterPart]]]:
    """Return by first letter the streets with their parts; `Same` makes large values quick keys of the cache."""
    ranges = site.value.streets
    geography_of = {key: space.geography for key, space in facts.value.spaces.items()}
    found: dict[str, dict[str, list[RegisterPart]]] = {}
    for name, parts in streets(ranges, geography_of).items():
        first = fold(name)[:1]
        found.setdefault(first if "a" <= first <= "z" else DIGITS, {})[name] = parts
    return dict(sorted(found.items()))


def _link_letters(context: Context, path: str, current: str) -> Chips:
    return [
        Chip(
            letter.upper(),
            context.href(path, "street-list", letter),
            current=letter == current,
        )
        for letter in _letters(Same(context.site), Same(context.facts))
    ]


def _geography_names(context: Context) -> dict[str, str]:
    """Return the street register's geographies by id with their finest level's name („Stadtteil“)."""
    used = {context.facts.spaces[item.space].geography for item in context.site.streets}
    return {
        geography.id: level_words(context, geography.levels[-1])
        for geography in context.site.config.geographies
        if geography.id in used
    }


def _make_street_row(
    context: Context, path: str, geographies: Mapping[str, str], name: str, parts: Iterable[RegisterPart]
) -> GlanceRow:
    """Return a street's areas in the first geography, those in others in small type."""
    groups: dict[str, list[RegisterPart]] = {}
    for item in parts:
        groups.setdefault(context.facts.spaces[item.space].geography, []).append(item)
    first, *others = (key for key in geographies if key in groups)
    small = [
        pattern("{}: {}").format(geographies[key], _link_street_areas(context, path, groups[key]))
        for key in others
    ]
    return GlanceRow(name, _link_street_areas(context, path, groups[first]), small=Markup("<br>").join(small))


def _link_street_areas(context: Context, path: str, parts: Iterable[RegisterPart]) -> Markup:
    """Link a street's areas, with house numbers where there are several."""
    found = by_space(parts)
    lines: list[Markup] = []
    for space, parts_there in found.items():
        link = linked(context.href(path, "space", space), context.translated(context.site.spaces[space]))
        numbers = _say_house_numbers(context, parts_there) if len(found) > 1 else ""
        lines.append(pattern("{} ({})").format(link, numbers) if numbers else link)
    return Markup("<br>").join(lines)


def _say_house_numbers(context: Context, parts: Iterable[RegisterPart]) -> str:
    """Say house numbers: „1–71 ungerade, ab 20 gerade“."""
    _ = context.gettext
    side = {"all": "", "odd": _("ungerade"), "even": _("gerade")}
    texts = [f"{_say_house_span(context, item)} {side[item.parity]}".strip() for item in parts]
    return ", ".join(dict.fromkeys(text for text in texts if text))


def _say_house_span(context: Context, item: RegisterPart) -> str:
    if item.low is not None and item.high is None:
        return context.gettext("ab {number}").format(number=house_of_key(item.low))
    return numbers_text(item)
