"""The streets from A to Z with their areas: everybody finds the own area, also without scripts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from markupsafe import Markup

from generator.model.facts import Facts
from generator.model.site import Site, StreetRange
from generator.render import urls
from generator.render.context import Context
from generator.render.page import Page
from generator.search.folding import fold
from generator.search.streets import Part, by_space, numbers_text, streets

DIGITS = "0-9"


def index_keys(site: Site, facts: Facts) -> Iterable[str]:
    """One page leads to the letters, where there is a register."""
    del facts
    return ("",) if site.streets else ()


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """Each letter with which a street begins has a page."""
    del facts
    return tuple(_letters(site.streets))


def render_index(context: Context, key: str) -> Page:
    """Make the page that leads to the letters."""
    del key
    _ = context.texts.gettext
    path = context.path("street-lists")
    letters = _letters(context.site.streets)
    count = sum(len(table) for table in letters.values())
    body = context.render(
        "streets.html",
        path,
        title=_("Straßen von A bis Z"),
        letters=_links(context, path, ""),
        rows=[],
        columns=[],
        count=context.texts.ngettext("{n} Straße", "{n} Straßen", count).format(n=context.texts.number(count)),
    )
    return _page(context, path, _("Straßen von A bis Z"), body)


def render(context: Context, key: str) -> Page:
    """Make the page of the streets that begin with a letter."""
    _ = context.texts.gettext
    path = context.path("street-list", key)
    title = _("Straßen mit {letter}").format(letter=key.upper())
    table = _letters(context.site.streets)[key]
    geographies = _geographies(context)
    body = context.render(
        "streets.html",
        path,
        title=title,
        letters=_links(context, path, key),
        rows=[row for name, parts in table.items() for row in _rows(context, path, geographies, name, parts)],
        columns=[
            {"label": _("Straße")},
            {"label": _("Hausnummern")},
            *({"label": label} for label in geographies.values()),
        ],
        count=context.texts.ngettext("{n} Straße", "{n} Straßen", len(table)).format(
            n=context.texts.number(len(table))
        ),
    )
    return _page(context, path, title, body)


def _page(context: Context, path: str, title: str, body: Markup) -> Page:
    _ = context.texts.gettext
    crumbs = (context.crumb(_("Mein Stadtteil"), "spaces"),)
    if path != context.path("street-lists"):
        crumbs += (context.crumb(_("Straßen von A bis Z"), "street-lists"),)
    return Page(
        path=path,
        lang=context.lang,
        family="streets",
        title=title,
        description=_("Welche Straße in welchem Gebiet liegt."),
        body=body,
        crumbs=crumbs,
    )


@lru_cache(maxsize=4)
def _letters(ranges: tuple[StreetRange, ...]) -> Mapping[str, Mapping[str, list[Part]]]:
    found: dict[str, dict[str, list[Part]]] = {}
    for name, parts in streets(ranges).items():
        first = fold(name)[:1]
        found.setdefault(first if "a" <= first <= "z" else DIGITS, {})[name] = parts
    return dict(sorted(found.items()))


def _links(context: Context, path: str, current: str) -> list[dict[str, object]]:
    return [
        {
            "text": letter.upper(),
            "href": urls.relative(path, context.path("street-list", letter)),
            "current": letter == current,
        }
        for letter in _letters(context.site.streets)
    ]


def _geographies(context: Context) -> dict[str, str]:
    """The geographies of the register with their finest level's name, in the order of the configuration."""
    used = {context.facts.spaces[item.space].geography for item in context.site.streets}
    german = context.lang.startswith("de")
    return {
        geography.id: level.name if german or not level.name_en else level.name_en
        for geography in context.site.config.geographies
        if geography.id in used
        for level in geography.levels[-1:]
    }


def _rows(
    context: Context, path: str, geographies: Mapping[str, str], name: str, parts: list[Part]
) -> Iterable[list[Markup | str]]:
    """A row for each area of the first geography; other areas stand beside the numbers they share with it."""
    groups: dict[str, list[Part]] = {key: [] for key in geographies}
    for item in parts:
        groups[context.facts.spaces[item.space].geography].append(item)
    first, *others = geographies
    lead = groups[first] or next((items for items in groups.values() if items), [])
    for space, own in by_space(lead).items():
        whole = len(by_space(lead)) == 1
        cells = [name, "" if whole else _numbers(context, own)]
        cells.append(_space(context, path, [space] if groups[first] else []))
        for other in others:
            meant = dict.fromkeys(item.space for item in groups[other] if whole or _meets(item, own))
            cells.append(_space(context, path, meant))
        yield cells


def _meets(item: Part, own: Iterable[Part]) -> bool:
    """Tell whether two parts can share a house."""
    return any(
        (item.low or 0) <= (other.high if other.high is not None else 10**9)
        and (other.low or 0) <= (item.high if item.high is not None else 10**9)
        and {item.parity, other.parity} != {"odd", "even"}
        for other in own
    )


def _numbers(context: Context, parts: Iterable[Part]) -> str:
    _ = context.texts.gettext
    side = {"all": "", "odd": _("ungerade"), "even": _("gerade")}
    texts = [f"{_span(context, item)} {side[item.parity]}".strip() for item in parts]
    return ", ".join(dict.fromkeys(text for text in texts if text))


def _span(context: Context, item: Part) -> str:
    _ = context.texts.gettext
    if item.low is None and item.high is None:
        return ""
    if item.high is None:
        return _("ab {number}").format(number=numbers_text(item).replace("–", ""))
    return numbers_text(item)


def _space(context: Context, path: str, spaces: Iterable[str]) -> Markup:
    links = [
        Markup('<a href="{}">{}</a>').format(
            urls.relative(path, context.path("space", space)), context.translated(context.site.spaces[space])
        )
        for space in spaces
    ]
    return Markup(" {} ").format(context.texts.gettext("oder")).join(links)
