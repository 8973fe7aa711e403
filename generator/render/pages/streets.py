"""The streets from A to Z with their areas: everybody finds the own area, also without scripts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from generator.files.result_cache import Same
from generator.model.facts import Facts
from generator.model.house_numbers import from_key
from generator.model.site import Site
from generator.render.base.area_names import level_words
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.page import Page
from generator.render.base.view import Chip, GlanceRow, View
from generator.search.folding import fold
from generator.search.street_register import RegisterPart, by_space, numbers_text, streets

DIGITS = "0-9"


@dataclass(frozen=True, slots=True)
class StreetsView(View):
    """The streets of a letter with their areas, how many there are, and the other letters; without a letter no rows."""

    template = "streets.html"

    title: str
    count: str
    letters: Sequence[Chip]
    rows: Sequence[GlanceRow]


def index_keys(site: Site, facts: Facts) -> Iterable[str]:
    """One page leads to the letters, where there is a register."""
    del facts
    return ("",) if site.streets else ()


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """Each letter with which a street begins has a page."""
    return tuple(_letters(Same(site), Same(facts)))


def render_index(context: Context, key: str) -> Page:
    """Make the page that leads to the letters."""
    del key
    _ = context.gettext
    path = context.path("street-lists")
    count = sum(len(table) for table in _letters(Same(context.site), Same(context.facts)).values())
    title = _("Straßen von A bis Z")
    return _page(context, path, StreetsView(title, _counted(context, count), _links(context, path, ""), ()))


def render(context: Context, key: str) -> Page:
    """Make the page of the streets that begin with a letter."""
    _ = context.gettext
    path = context.path("street-list", key)
    title = _("Straßen mit {letter}").format(letter=key.upper())
    table = _letters(Same(context.site), Same(context.facts))[key]
    geographies = _geographies(context)
    view = StreetsView(
        title=title,
        count=_counted(context, len(table)),
        letters=_links(context, path, key),
        rows=[_row(context, path, geographies, name, parts) for name, parts in table.items()],
    )
    return _page(context, path, view)


def _counted(context: Context, count: int) -> str:
    words = context.ngettext("{n} Straße", "{n} Straßen", count)
    return words.format(n=context.texts.number(count))


def _page(context: Context, path: str, view: StreetsView) -> Page:
    _ = context.gettext
    crumbs = [context.crumb(_("Mein Stadtteil"), "spaces")]
    if path != context.path("street-lists"):
        crumbs.append(context.crumb(_("Straßen von A bis Z"), "street-lists"))
    return Page(
        path=path,
        lang=context.lang,
        family="streets",
        title=view.title,
        description=_("Welche Straße in welchem Gebiet liegt."),
        body=context.render(view, path),
        crumbs=crumbs,
    )


@lru_cache(maxsize=4)
def _letters(site: Same[Site], facts: Same[Facts]) -> Mapping[str, Mapping[str, list[RegisterPart]]]:
    ranges = site.value.streets
    geography_of = {key: space.geography for key, space in facts.value.spaces.items()}
    found: dict[str, dict[str, list[RegisterPart]]] = {}
    for name, parts in streets(ranges, geography_of).items():
        first = fold(name)[:1]
        found.setdefault(first if "a" <= first <= "z" else DIGITS, {})[name] = parts
    return dict(sorted(found.items()))


def _links(context: Context, path: str, current: str) -> Sequence[Chip]:
    return [
        Chip(
            letter.upper(),
            context.href(path, "street-list", letter),
            current=letter == current,
        )
        for letter in _letters(Same(context.site), Same(context.facts))
    ]


def _geographies(context: Context) -> dict[str, str]:
    """The geographies of the register with their finest level's name, in the order of the configuration."""
    used = {context.facts.spaces[item.space].geography for item in context.site.streets}
    return {
        geography.id: level_words(context, geography.levels[-1])
        for geography in context.site.config.geographies
        if geography.id in used
    }


def _row(
    context: Context, path: str, geographies: Mapping[str, str], name: str, parts: Iterable[RegisterPart]
) -> GlanceRow:
    """The areas of a street: those of the first geography that knows it as text, the others' in small type."""
    groups: dict[str, list[RegisterPart]] = {}
    for item in parts:
        groups.setdefault(context.facts.spaces[item.space].geography, []).append(item)
    first, *others = (key for key in geographies if key in groups)
    small = [pattern("{}: {}").format(geographies[key], _areas(context, path, groups[key])) for key in others]
    return GlanceRow(name, _areas(context, path, groups[first]), small=Markup("<br>").join(small))


def _areas(context: Context, path: str, parts: Iterable[RegisterPart]) -> Markup:
    """Links to areas; where a street lies in several, with the house numbers of each."""
    found = by_space(parts)
    lines: list[Markup] = []
    for space, own in found.items():
        link = linked(context.href(path, "space", space), context.translated(context.site.spaces[space]))
        numbers = _numbers(context, own) if len(found) > 1 else ""
        lines.append(pattern("{} ({})").format(link, numbers) if numbers else link)
    return Markup("<br>").join(lines)


def _numbers(context: Context, parts: Iterable[RegisterPart]) -> str:
    _ = context.gettext
    side = {"all": "", "odd": _("ungerade"), "even": _("gerade")}
    texts = [f"{_span(context, item)} {side[item.parity]}".strip() for item in parts]
    return ", ".join(dict.fromkeys(text for text in texts if text))


def _span(context: Context, item: RegisterPart) -> str:
    if item.low is not None and item.high is None:
        return context.gettext("ab {number}").format(number=from_key(item.low))
    return numbers_text(item)
