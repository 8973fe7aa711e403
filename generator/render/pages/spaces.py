"""„Mein Stadtteil“: every geography as a tree, its map, the place of the street finder, other names of areas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.model.config import GeographyConfig
from generator.render.base.area_names import level_words, space_name
from generator.render.base.context import Context
from generator.render.base.page import Heading, Page
from generator.render.base.texts import sort_key
from generator.render.base.view import View
from generator.render.directory.cards import card_pattern
from generator.render.directory.offer_order import offers_in
from generator.render.directory.record_lines import RecordLine, space_lines
from generator.render.maps import MOST_MARKERS, figure, overview, overview_map


@dataclass(frozen=True, slots=True)
class Branch:
    """A space in the tree with what lies below it; `count` are its offers."""

    id: str
    name: Markup
    count: str
    children: Sequence[Branch]


@dataclass(frozen=True, slots=True)
class GeographyTree:
    """A geography with its map and its tree."""

    id: str
    title: str
    map: Markup
    roots: Sequence[Branch]


@dataclass(frozen=True, slots=True)
class SpacesView(View):
    """The index of all spaces; `aliases` are other names with the areas that are called so, `pattern` a card for scripts.

    Where no area is `bounded`, its `places` are drawn.
    """

    template = "spaces.html"

    geographies: Sequence[GeographyTree]
    aliases: Sequence[tuple[str, Sequence[RecordLine]]]
    pattern: Markup
    bounded: bool
    places: Markup


def render(context: Context, key: str) -> Page:
    """Make the index of all spaces."""
    _ = context.gettext
    path = context.path("spaces", key)
    geographies = tuple(_geographies(context, path))
    view = SpacesView(
        geographies,
        _aliases(context),
        card_pattern(context, 0),
        any(tree.map for tree in geographies),
        _places(context, path, geographies),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="spaces",
        title=_("Mein Stadtteil"),
        description=_("Finden Sie Ihren Stadtteil und was es dort für Familien gibt."),
        body=context.render(view, path),
        toc=(
            Heading("finder", _("Über die Straße")),
            *(Heading(f"ebene-{tree.id}", tree.title) for tree in geographies),
            *((Heading("orte", _("Orte")),) if geographies and not view.bounded else ()),
            *((Heading("namen", _("Andere Namen")),) if view.aliases else ()),
        ),
    )


def _geographies(context: Context, path: str) -> Iterator[GeographyTree]:
    """Yield the areas of each geography that has some, from the widest down, with their map."""
    spaces = context.site.spaces
    for geography in context.site.config.geographies:
        roots = [name for name in spaces if _is_top(context, name, geography.id)]
        roots.sort(key=lambda name: (spaces[name].code or "", sort_key(spaces[name].name)))
        if roots:
            yield GeographyTree(
                id=geography.id,
                title=_title(context, geography),
                map=overview_map(context, path, geography.id, listed=False),
                roots=[_branch(context, name) for name in roots],
            )


def _is_top(context: Context, key: str, geography: str) -> bool:
    """Tell whether an area is one of the widest of a geography; it may still hang below the town of the first."""
    spaces, parent = context.facts.spaces, context.site.spaces[key].parent
    return spaces[key].geography == geography and (
        parent not in spaces or spaces[str(parent)].geography != geography
    )


def _places(context: Context, path: str, trees: Iterable[GeographyTree]) -> Markup:
    """Draw the places of a town whose areas have no boundaries, unless they are too many to be told apart."""
    if any(tree.map for tree in trees):
        return Markup()
    view = overview(context, "places")
    return (
        figure(context, path, view, movable=True) if view and len(view.markers) <= MOST_MARKERS else Markup()
    )


def _title(context: Context, geography: GeographyConfig) -> str:
    if geography.name and context.lang == context.site.config.language:
        return geography.name
    return level_words(context, geography.levels[-1], plural=True)


def _branch(context: Context, key: str) -> Branch:
    words = context.ngettext("{n} Angebot", "{n} Angebote", count := len(offers_in(context, key)))
    facts = context.facts.spaces
    children = tuple(
        _branch(context, child)
        for child in facts[key].children
        if facts[child].geography == facts[key].geography
    )
    number = words.format(n=context.texts.number(count)) if count else ""
    return Branch(key, space_name(context, key), number, children)


def _aliases(context: Context) -> Sequence[tuple[str, Sequence[RecordLine]]]:
    """Other names in order, each with every area that is called so: by another name or by its own."""
    found: dict[str, list[str]] = {}
    for key, space in context.site.spaces.items():
        for alias in space.aliases:
            found.setdefault(alias, []).append(key)
    for key, space in context.site.spaces.items():
        if space.name in found and key not in found[space.name]:
            found[space.name].append(key)
    return [(alias, space_lines(context, found[alias])) for alias in sorted(found, key=sort_key)]
