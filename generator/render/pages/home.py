"""The first page: a question, the search, life situations, numbers for a crisis, what is open, what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from generator.model.facts import Facts, News
from generator.model.site import Site
from generator.render import urls
from generator.render.cards import offer_cards
from generator.render.context import Context
from generator.render.ladder import offers_in
from generator.render.maps import space_map
from generator.render.numbers import family_numbers
from generator.render.page import Page
from generator.render.place_names import in_town
from generator.render.telling import news_line
from generator.render.wording import town_name

NEWS = 6
NEWS_OF_A_KIND = 2
DOORS = 6
NUMBERS = 4
MANY = 10
"""Of fewer offers nobody speaks as „most of them“."""


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """There is one home page."""
    del site, facts
    return ("",)


def render(context: Context, key: str = "") -> Page:
    """Make the home page of a language."""
    del key
    _ = context.texts.gettext
    path = context.path("home")
    config = context.site.config
    facts = context.facts
    town = town_name(context)
    root = facts.roots[0] if facts.roots else None
    running = sum(1 for item in facts.offers.values() if item.active)
    body = context.render(
        "home.html",
        path,
        situations=context.site.words.situations(),
        search=_search(context, path),
        numbers=family_numbers(context)[:NUMBERS],
        doors=offer_cards(context, path, facts.open_doors, shown=DOORS),
        doors_shown=DOORS,
        news=[news_line(context, path, item) for item in chosen_news(facts.news)],
        checked=sum(1 for item in facts.news if item.kind == "checked"),
        running=running,
        promise=promise(context),
        spaces=[(key, len(offers_in(context, key))) for key in _spaces(context)],
        map=space_map(context, path, root) if root else "",
        town=town,
        youth="youth" in config.modules,
    )
    return Page(
        path=path,
        lang=context.lang,
        family="home",
        title=config.name,
        description=(
            _(
                "Angebote für Familien {where}: Treffs, Gruppen, Beratung und Schutz. Die meisten sind kostenlos."
            )
            if mostly_free(context)
            else _("Angebote für Familien {where}.")
        ).format(where=in_town(context)),
        body=body,
    )


def promise(context: Context) -> str:
    """Say in a sentence what one finds, and no more than the records say: what it costs and whether one needs an office."""
    _ = context.texts.gettext
    listed = context.facts.lists
    every = len(listed.get("alle", ()))
    direct = every >= MANY and len(listed.get("zugang/ohne-amt", ())) > 0.8 * every
    if mostly_free(context) and direct:
        return _("Angebote in Ihrer Nähe, die meisten kostenlos. Für fast alle müssen Sie nicht zum Amt.")
    if mostly_free(context):
        return _("Angebote in Ihrer Nähe, die meisten kostenlos.")
    if direct:
        return _("Angebote in Ihrer Nähe. Für fast alle müssen Sie nicht zum Amt.")
    return _("Angebote in Ihrer Nähe.")


def mostly_free(context: Context) -> bool:
    """Tell whether more than half of all offers say that they cost nothing."""
    listed = context.facts.lists
    every = len(listed.get("alle", ()))
    return every >= MANY and 2 * len(listed.get("zugang/kostenlos", ())) > every


def chosen_news(news: Iterable[News]) -> list[News]:
    """Return a few news of each kind; who was checked is told as a number."""
    seen: Counter[str] = Counter()
    found: list[News] = []
    for item in sorted(
        news,
        key=lambda item: ("new", "ended", "alert", "planned", "ending", "paused", "checked").index(item.kind),
    ):
        if item.kind != "checked" and seen[item.kind] < NEWS_OF_A_KIND and len(found) < NEWS:
            seen[item.kind] += 1
            found.append(item)
    return found


def _spaces(context: Context) -> list[str]:
    """The areas that people name first: the level of the first geography that has teams, else the one below the town."""
    first = context.site.config.geographies[0].id
    spaces = [key for key, item in context.facts.spaces.items() if item.geography == first]
    depths = sorted({context.facts.spaces[key].depth for key in spaces if context.site.spaces[key].team}) or [
        1
    ]
    return sorted(
        (key for key in spaces if context.facts.spaces[key].depth == depths[-1]),
        key=lambda key: context.site.spaces[key].name,
    )


def _search(context: Context, path: str) -> dict[str, Any]:
    """The arguments of the search form's macro."""
    words = context.site.words
    root = urls.relative(path, context.path("home"))
    return {
        "id": "suche",
        "root": root,
        "index": urls.relative(path, "search/"),
        "language": context.lang,
        "lists": urls.relative(path, context.path("offers")),
        "help": urls.relative(path, context.path("help")),
        "safe": urls.relative(path, context.path("safe")) if context.exists("safe") else "",
        "topics": [
            {
                "href": urls.relative(path, context.path("topic", topic.id)),
                "label": context.texts.of(topic, "phrase").text,
            }
            for topic in words.situations()
        ],
        "numbers": [
            {
                "tel": urls.telephone(item.number).removeprefix("tel:"),
                "number": item.number,
                "label": context.texts.name(item),
            }
            for item in family_numbers(context)
        ],
    }
