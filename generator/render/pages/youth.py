"""The entry for young people from 12 to 21, in „du“: who listens, who protects, where one can go, what a call is like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.model.offer_flags import OFFER_FLAGS
from generator.model.offer_lists import OfferList
from generator.render.base.context import Context
from generator.render.base.page import Heading, Page
from generator.render.base.view import Chip, View
from generator.render.directory.cards import offer_cards
from generator.render.directory.help_numbers import ShortNumber, short_numbers
from generator.render.directory.listing import list_key

SHOWN = 6
LISTENING = 12
"""So many who listen without a name: whoever looks for the one that fits shouldn't have to go on to a list first."""
PLACES = 3
MOST_PLACES = 24
"""So many are on the page at most; of them those open today come first."""
NUMBERS = 5
SITUATION = "jung"


@dataclass(frozen=True, slots=True)
class YouthView(View):
    """Numbers, cards of offers that protect and that listen (`nameless`, then `confide`), and places for `today`.

    Of the places so many stand open at first (`places_shown`); `free` of them cost nothing. `more_list`, `remote_list` and
    `places_list` are keys of lists, empty where there is none; `more` and `places_count` are how many offers stand in the first and last.
    """

    template = "youth.html"

    numbers: Sequence[ShortNumber]
    protect: Sequence[Markup]
    topics: Sequence[Chip]
    nameless: Sequence[Markup]
    confide: Sequence[Markup]
    more_list: str
    more: int
    remote_list: str
    today: Sequence[Markup]
    places_shown: int
    places_list: str
    places_count: int
    free: int


def render(context: Context, key: str = "") -> Page:
    """Make the page for young people."""
    del key
    _ = context.gettext
    path = context.path("youth")
    youth = context.facts.youth
    offers = context.site.offers
    nameless = youth.nameless[:LISTENING]
    confide = [item for item in youth.confide if item not in nameless]
    more_list = list_key(context.facts, "zugang", OFFER_FLAGS["without-parents"].list)
    scheduled = [item for item in youth.places if _has_week(context, item)]
    others = [item for item in youth.places if item not in scheduled]
    places = [*scheduled, *others][:MOST_PLACES]
    places_list = list_key(context.facts, "alter", "14-17", "10-13")
    view = YouthView(
        numbers=short_numbers(context, NUMBERS, young=True),
        protect=offer_cards(context, path, youth.protect, young=True),
        confide=offer_cards(context, path, confide[:SHOWN], level=4, young=True),
        nameless=offer_cards(context, path, nameless, level=4, young=True),
        today=offer_cards(context, path, places, level=3, shown=PLACES, young=True),
        places_shown=PLACES,
        topics=_topics(context, path),
        more_list=more_list,
        more=len(context.facts.lists.get(OfferList("zugang", OFFER_FLAGS["without-parents"].list), ())),
        remote_list=list_key(context.facts, "zugang", OFFER_FLAGS["remote"].list),
        places_list=places_list,
        places_count=len(context.facts.lists.get(OfferList.at(places_list), ())) if places_list else 0,
        free=sum(
            1
            for item in places
            if OFFER_FLAGS["free"].holds(context.site, offers[item], context.facts.offers[item])
        ),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="youth",
        title=_("Für dich: 12 bis 21"),
        description=_("Wer dir zuhört, wo du hingehen kannst und was passiert, wenn du anrufst."),
        body=context.render(view, path),
        toc=(
            Heading("reden", _("Mit jemandem reden")),
            Heading("anrufen", _("Was passiert, wenn ich anrufe?")),
            Heading("heute", _("Wo kann ich hin?")),
            Heading("rechte", _("Was dir zusteht")),
        ),
        exit_bar=True,
    )


def _has_week(context: Context, key: str) -> bool:
    schedule = context.facts.offers[key].schedule
    return context.site.offers[key].status == "running" and schedule is not None and schedule.readable


def _topics(context: Context, path: str) -> Sequence[Chip]:
    """Topics of young people, as chips; a town without that life situation has none."""
    words = context.words
    if SITUATION not in words.topics:
        return ()
    offers = context.facts.relations.offers_by_topic
    wanted = [
        *words.below(SITUATION),
        *(
            words.topics[key]
            for key in ("mobbing", "schulangst", "medien", "sexuelle-gewalt", "haeusliche-gewalt")
            if key in words.topics
        ),
    ]
    return [
        Chip(
            text=context.translated(topic),
            href=context.href(path, "topic", topic.id),
            count=len(offers.get(topic.id, ())),
        )
        for topic in wanted
    ]
