"""Numbers for a crisis: emergency first, then help in the town, then somebody to talk to; quick to leave."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from generator.model.vocabulary import HelpNumber
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.macros import Chip
from generator.render.base.page import Page
from generator.render.base.place_names import in_town
from generator.render.base.view import View
from generator.render.directory.cards import offer_cards
from generator.render.directory.help_numbers import family_numbers, help_list, offer_help, open_numbers
from generator.render.directory.ladder import PROTECTION


@dataclass(frozen=True, slots=True)
class HelpView(View):
    """What is always open, then offers of the town (`here` those with a telephone, the `others` as cards), services by what they are for, grave topics.

    `free` tells whether all calls of `talk` cost nothing.
    """

    template = "help.html"

    first: tuple[HelpNumber, ...]
    talk: Markup
    free: bool
    emergency: Markup
    further: Markup
    where: str
    here: Markup
    others: tuple[Markup, ...]
    topics: tuple[Chip, ...]


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
    contacts = {item: context.facts.offers[item].contact for item in here}
    called = [item for item in here if contacts[item].number]
    talk = [item for item in numbers if item.crisis and not item.emergency]
    emergency = [item for item in numbers if item.emergency]
    further = [item for item in numbers if not item.crisis]
    grave = [
        topic for topic in context.site.words.topics.values() if topic.sensitive and topic.parent is not None
    ]
    view = HelpView(
        first=open_numbers(context),
        talk=help_list(context, talk) if talk else Markup(),
        free=all(item.free for item in talk),
        emergency=help_list(context, emergency) if emergency else Markup(),
        further=help_list(context, further) if further else Markup(),
        where=in_town(context),
        here=offer_help(context, path, called) if called else Markup(),
        others=offer_cards(context, path, [item for item in here if item not in called]),
        topics=tuple(
            Chip(context.translated(topic, "phrase"), urls.relative(path, context.path("topic", topic.id)))
            for topic in grave
        ),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="help",
        title=_("Beratung und Schutz"),
        description=_("Nummern, die sofort helfen: kostenlos, auch ohne Namen."),
        body=context.render(view, path),
        date=min((item.verified for item in numbers if item.verified), default=None),
        exit_bar=True,
    )
