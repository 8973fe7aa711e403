"""Make the pages of a „first door“: a language that has only the most necessary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from markupsafe import Markup
from msgspec import Struct

from generator.model.crisis import crisis_language
from generator.model.facts import Facts
from generator.model.site import Site
from generator.model.vocabulary import HelpNumber
from generator.render.base import urls
from generator.render.base.area_names import space_name
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked
from generator.render.base.page import Page
from generator.render.base.texts import Texts, Translated
from generator.render.base.view import Action, CardFact, Chip, Chips, GlanceRows, View
from generator.render.base.wording import (
    cost_html,
    for_whom,
    in_a_line,
    quiet_title_of_offer,
    status_text,
    town_name,
    week_lines,
)
from generator.render.directory.cards import StopLine, glance_rows, own_text, stop_lines
from generator.render.directory.contact import WayThere, call_buttons, way_there
from generator.render.directory.help_numbers import (
    chats,
    family_numbers,
    hours_of,
    oldest_check,
    open_numbers,
    talk_numbers,
)
from generator.render.directory.offer_order import by_need, protecting
from generator.render.frame.page_frame import own_name
from generator.render.pages.house_page import render_house
from generator.render.pages.search_field import search_form

FIRST = 8
"""So many offers stand on the first page, to keep it short; the list has all."""
FAMILY = "door"
"""By which these pages' stylesheets and scripts are chosen."""


class Doorway(Struct, frozen=True):
    """What these pages share."""

    draft: bool  # whether no speaker of the language has checked the texts
    say: str  # in the main language, to be read out on the telephone or shown
    others: Sequence[tuple[str, str, str]]  # full languages: (tag, own name, address)
    plain: str  # address of the page about plain language; empty for other languages


class DoorNumber(Struct, frozen=True):
    """A help number."""

    name: Markup
    number: str
    text: Markup  # for whom it is
    hours: str
    own: bool  # whether somebody there speaks the page's language
    emergency: bool


class DoorCard(Struct, frozen=True):
    """An offer in a list."""

    href: str
    name: Markup
    text: str  # its kind, and for whom it is
    status: str  # in words, where it isn't simply running
    facts: Sequence[CardFact]  # when, what it costs, telephone, as far as known


class DoorView(View, frozen=True):
    """The first page."""

    template = "door.html"

    way: Doorway
    town: Markup
    search: Markup
    topics: Chips  # life situations, which lead to pages in the main language
    numbers: Sequence[DoorNumber]  # crisis numbers that answer day and night
    spoken: Sequence[DoorCard]  # some of the offers where the language is spoken
    count: int  # of all of these
    areas: Sequence[tuple[str, Markup]]  # (address, name) of areas' weeks


class DoorHelpView(View, frozen=True):
    """Help numbers by purpose, then the town's offers that protect."""

    template = "door_help.html"

    way: Doorway
    first: Sequence[DoorNumber]  # emergency numbers
    talk: Sequence[DoorNumber]
    chats: Sequence[tuple[str, Markup]]  # for who can't speak
    further: Sequence[DoorNumber]  # for poison, illness and the like
    free: bool  # whether all calls of `talk` cost nothing
    here: Sequence[DoorCard]  # the town's offers


class DoorOffersView(View, frozen=True):
    """Offers where the language is spoken, those with an interpreter, and others."""

    template = "door_offers.html"

    way: Doorway
    spoken: Sequence[DoorCard]
    interpreted: Sequence[DoorCard]
    further: Sequence[DoorCard]
    all: str  # address of the directory in the main language
    running: int  # how many offers that has


class DoorOfferView(View, frozen=True):
    """An offer at a glance."""

    template = "door_offer.html"

    way: Doorway
    name: Markup
    kind: str
    status: str
    alert: Translated  # what changed for a short time; empty for nothing
    actions: Sequence[Action]
    there: WayThere | None  # how to get there
    rows: GlanceRows
    stops: Sequence[StopLine]  # where it is when, if it moves
    spoken: bool  # whether the page's language is spoken there
    checked: dt.date | None
    overdue: bool  # whether it is unchecked for too long
    whole: str  # address of its page in the main language


def offer_keys(site: Site, facts: Facts) -> Iterable[str]:
    """Return offers that one can use today or soon."""
    return (key for key in site.offers if facts.offers[key].active)


def render(context: Context, key: str = "") -> Page:
    """Make the first page of a language."""
    del key
    path = context.path("home")
    spoken = _spoken(context)
    town = context.isolated(town_name(context))
    view = DoorView(
        way=_doorway(context, path),
        town=town,
        search=context.call(search_form(context)),
        topics=_link_helped_situations(context, path),
        numbers=_make_door_numbers(context, open_numbers(context)),
        spoken=_make_door_cards(context, path, by_need(context, spoken)[:FIRST]),
        count=len(spoken),
        areas=_link_areas_with_week(context, path),
    )
    _ = context.gettext
    return context.page(
        view,
        path,
        family="door-home",
        title=f"{_('Hilfe für Familien')}: {town_name(context)}",
        description=_("Das Wichtigste in Ihrer Sprache: Nummern für den Notfall und Hilfe in der Nähe."),
    )


def render_help(context: Context, key: str = "") -> Page:
    """Make the page of help numbers."""
    del key
    path = context.path("help")
    _ = context.gettext
    numbers = family_numbers(context, crisis=False)
    talk = talk_numbers(numbers)
    view = DoorHelpView(
        way=_doorway(context, path),
        first=_make_door_numbers(context, [item for item in numbers if item.emergency]),
        talk=_make_door_numbers(context, talk),
        chats=chats(context, talk),
        further=_make_door_numbers(context, [item for item in numbers if not item.crisis]),
        free=all(item.free for item in talk),
        here=_make_door_cards(context, path, protecting(context)),
    )
    return context.page(
        view,
        path,
        family=FAMILY,
        title=_("Beratung und Schutz"),
        description=_("Nummern, die sofort helfen: kostenlos, auch ohne Namen."),
        date=oldest_check(context, numbers),
        sensitive=True,
    )


def render_offers(context: Context, key: str = "") -> Page:
    """Make the list of offers in the language or with interpreter."""
    del key
    path = context.path("offers")
    _ = context.gettext
    spoken = _spoken(context)
    interpreted = [item for item in _interpreted(context) if item not in spoken]
    further = [item for item in _order_carried_offers(context) if item not in (*spoken, *interpreted)]
    view = DoorOffersView(
        way=_doorway(context, path),
        spoken=_make_door_cards(context, path, spoken),
        interpreted=_make_door_cards(context, path, interpreted),
        further=_make_door_cards(context, path, further),
        all=urls.relative(path, urls.path("offers")),
        running=sum(item.active for item in context.facts.offers.values()),
    )
    return context.page(
        view,
        path,
        family=FAMILY,
        title=_("Angebote"),
        description=_("Angebote für Familien, bei denen man Ihre Sprache spricht."),
    )


def render_offer(context: Context, key: str) -> Page:
    """Make an offer's page: facts and a call button; a protected house has its own."""
    if key in context.site.protected:
        return render_house(context, key)
    offer, facts = context.site.offers[key], context.facts.offers[key]
    path = context.path("offer", key)
    _ = context.gettext
    kind = context.texts.name(context.words.kinds[offer.kind])
    view = DoorOfferView(
        way=_doorway(context, path),
        name=context.translated(offer),
        kind=kind,
        status=status_text(context.texts, offer),
        alert=own_text(context, offer, "alert", offer.alert.text if offer.alert is not None else None)
        if facts.alert_shown
        else Translated(""),
        actions=_actions(context, key),
        there=way_there(facts.location, discreet=facts.sensitive),
        rows=tuple(glance_rows(context, offer, facts, path)),
        stops=stop_lines(context, facts),
        spoken=context.lang in offer.languages,
        checked=offer.checked,
        overdue=facts.overdue,
        whole=urls.relative(path, urls.path("offer", key)),
    )
    return context.page(
        view,
        path,
        family="door-offer",
        title=quiet_title_of_offer(context, key) or offer.name,
        description=kind if facts.sensitive else f"{kind}: {offer.name}",
        date=offer.checked,
        sensitive=facts.sensitive,
    )


def draft_text(texts: Texts) -> str:
    """Say that no speaker of the language has read its texts."""
    return texts.gettext("Entwurf: Diesen Text hat noch niemand geprüft, der Ihre Sprache spricht.")


def unread(context: Context) -> bool:
    """Tell whether no speaker has read the language's texts."""
    site = context.site
    return context.lang not in {crisis_language(name, site.config.trees) for name in site.reviews}


def _doorway(context: Context, path: str) -> Doorway:
    """Return what these pages share; a language `de-…` is a plain version of the main one."""
    site, main = context.site, context.site.config.language
    word = site.words.languages.get(context.lang)
    plain = context.lang.startswith(f"{main}-")
    say = (
        "Ich brauche Leichte Sprache. Bitte sprechen Sie langsam."
        if plain
        else f"Ich spreche wenig Deutsch. Ich spreche {word.name if word else context.lang}. Kann jemand übersetzen?"
    )
    return Doorway(
        draft=unread(context),
        say=say,
        others=[
            (lang, own_name(context, lang), urls.relative(path, urls.localised(lang, main, "")))
            for lang in site.config.languages
        ],
        plain=urls.relative(path, urls.path("plain")) if plain and context.has(urls.path("plain")) else "",
    )


def _link_helped_situations(context: Context, path: str) -> Chips:
    """Return life situations with offers, or grave ones, which always have numbers."""
    offers, words = context.facts.relations.offers_by_topic, context.words
    helped = [topic for topic in words.situations() if offers.get(topic.id) or words.is_grave(topic.id)]
    return [Chip(context.translated(topic), context.href(path, "topic", topic.id)) for topic in helped]


def _link_areas_with_week(context: Context, path: str) -> Sequence[tuple[str, Markup]]:
    """Return (address, name) of the first geography's areas with a week in this language, by name."""
    first = context.site.config.geographies[0].id
    areas = [
        key
        for key, facts in context.facts.spaces.items()
        if facts.geography == first and context.has(_week_path(context, key))
    ]
    areas.sort(key=lambda key: context.facts.spaces[key].display_name.casefold())
    return [(urls.relative(path, _week_path(context, key)), space_name(context, key)) for key in areas]


def _week_path(context: Context, key: str) -> str:
    return urls.localised(context.lang, context.site.config.language, urls.path("week", key))


def _make_door_numbers(context: Context, items: Iterable[HelpNumber]) -> Sequence[DoorNumber]:
    """Put help numbers into words, in the given order."""
    return [
        DoorNumber(
            name=context.translated(item),
            number=item.number,
            text=context.translated(item, "for_whom"),
            hours=hours_of(context, item),
            own=context.lang in item.languages,
            emergency=item.emergency,
        )
        for item in items
    ]


def _order_carried_offers(context: Context) -> list[str]:
    """Return offers for lists, running ones first, without sensitive ones: those that protect are with the help numbers."""
    offers, facts = context.site.offers, context.facts.offers
    return sorted(
        (key for key in facts if facts[key].carried),
        key=lambda key: (offers[key].status != "running", offers[key].name.casefold()),
    )


def _spoken(context: Context) -> list[str]:
    """Return offers where the page's language is spoken."""
    return [
        key for key in _order_carried_offers(context) if context.lang in context.site.offers[key].languages
    ]


def _interpreted(context: Context) -> list[str]:
    """Return offers with interpreter; none for plain versions of the main language."""
    if context.lang.startswith(f"{context.site.config.language}-"):
        return []
    offers = context.site.offers
    return [key for key in _order_carried_offers(context) if offers[key].interpreter in ("yes", "on request")]


def _make_door_cards(context: Context, path: str, keys: Iterable[str]) -> Sequence[DoorCard]:
    return [_card(context, path, key) for key in keys]


def _card(context: Context, path: str, key: str) -> DoorCard:
    """Return an offer with what is known of hours, costs and telephone; invented hours aren't shown."""
    offer, facts = context.site.offers[key], context.facts.offers[key]
    number = facts.contact.number
    _ = context.gettext
    schedule = None if offer.invented("hours") else facts.schedule
    hours = in_a_line(context, week_lines(context, schedule))
    rows = (
        CardFact("clock-outline", hours, _("Wann")),
        CardFact("cash", cost_html(context, offer), _("Kosten")),
        CardFact(
            "phone", linked(urls.telephone(number), context.isolated(number)) if number else "", _("Telefon")
        ),
    )
    who = for_whom(context, offer)
    kind = context.texts.name(context.words.kinds[offer.kind])
    return DoorCard(
        href=context.href(path, "offer", key),
        name=context.translated(offer),
        text=f"{kind} · {who}" if who else kind,
        status=status_text(context.texts, offer),
        facts=[item for item in rows if item.text],
    )


def _actions(context: Context, key: str) -> Sequence[Action]:
    """Return buttons to call, else to write; the first is large."""
    facts = context.facts.offers[key]
    found = call_buttons(context, facts.contact)
    if facts.contact.email:
        found.append(Action(context.gettext("E-Mail"), "email-outline", f"mailto:{facts.contact.email}"))
    return tuple(found)
