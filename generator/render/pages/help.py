"""Numbers for a crisis: emergency first, then somebody to talk to, then help in the town; quick to leave."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.place_names import in_town
from generator.render.directory.cards import offer_cards
from generator.render.directory.help_numbers import family_numbers, hours_of, open_numbers
from generator.render.pages.topic import PROTECTION


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """There is one such page."""
    del site, facts
    return ("",)


def render(context: Context, key: str = "") -> Page:
    """Make the page of help numbers."""
    del key
    _ = context.texts.gettext
    path = context.path("help")
    numbers = family_numbers(context, crisis=False)
    here = [
        item
        for item, facts in context.facts.offers.items()
        if facts.active
        and context.site.offers[item].kind in PROTECTION
        and context.site.offers[item].status == "running"
    ]
    here.sort(
        key=lambda item: (
            context.facts.offers[item].location.visibility != "hidden",
            context.site.offers[item].name,
        )
    )
    body = context.render(
        "help.html",
        path,
        first=open_numbers(context),
        emergency=[item for item in numbers if item.emergency],
        talk=[item for item in numbers if item.crisis and not item.emergency],
        further=[item for item in numbers if not item.crisis],
        hours_of=hours_of,
        here=offer_cards(context, path, here),
        where=in_town(context),
        grave=[
            topic
            for topic in context.site.words.topics.values()
            if topic.sensitive and topic.parent is not None
        ],
    )
    return Page(
        path=path,
        lang=context.lang,
        family="help",
        title=_("Beratung und Schutz"),
        description=_("Nummern, die sofort helfen: kostenlos, auch ohne Namen."),
        body=body,
        date=min((item.verified for item in numbers if item.verified), default=None),
        exit_bar=True,
    )
