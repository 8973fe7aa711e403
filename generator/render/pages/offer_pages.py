"""Make the directory, its lists without scripts, and offers' pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup
from msgspec import Struct

from generator.export.structured_data import offer_data
from generator.model.facts import EVERY_OFFER, Facts, OfferFacts, OfferList
from generator.model.offer import Offer
from generator.model.places_and_providers import Place, Provider
from generator.model.site import Site
from generator.model.vocabulary import OfferKind
from generator.render.base import urls, wording
from generator.render.base.area_names import in_town
from generator.render.base.context import Context
from generator.render.base.markdown import plain_text
from generator.render.base.page import Crumb, Page
from generator.render.base.texts import Translated
from generator.render.base.view import Action, Chip, Chips, GlanceRows, View
from generator.render.data_files.open_data import calendar_until, source_of
from generator.render.directory import listing
from generator.render.directory.cards import (
    StopLine,
    card_pattern,
    cards_around,
    glance_rows,
    offer_cards,
    own_text,
    stop_lines,
)
from generator.render.directory.contact import WayThere, call_buttons, has_contact_file, way_there, web_button
from generator.render.directory.filters import first_choices
from generator.render.directory.listing import choices
from generator.render.directory.record_lines import member_lines
from generator.render.frame.page_frame import data_block
from generator.render.maps import point_map
from generator.render.maps.drawing import offer_dots
from generator.render.maps.markers import situation_outlines, situation_shape
from generator.render.pages.house_page import render_house
from generator.render.pages.search_field import SearchNumber, whom_to_call

MOST_ROWS = 40
"""More lists than this stand as a plain list in columns, not as large rows with counts in words."""


class MoreLink(Struct, frozen=True):
    """A link to what a list goes by: its area, topic or provider."""

    kind: str
    id: str
    label: str


class OffersView(View, frozen=True):
    """A page of a list of offers: of all (the directory), or of those with one value of a dimension (`thema/schulden`)."""

    template = "offers.html"

    title: str
    count: str
    part: listing.ListPart
    directory: bool  # whether it is the page on which a script filters; only this has what follows `more`
    dimension: str  # what the list goes by: `thema`, `gebiet` …
    ways: Chips  # all dimensions
    choices: Chips  # other lists of this dimension, where they are few
    choices_label: str
    cards: Sequence[Markup]
    pages: Markup  # links to the list's other pages
    more: MoreLink | None
    pattern: Markup  # an empty card, for the script to fill
    first: Sequence[tuple[str, str, str]]  # choices before the script is there: filter, words, count
    call: Sequence[SearchNumber]  # whom to call where nothing is found
    drawing: Markup  # offers on a map
    shapes: Sequence[tuple[str, str, str]]  # what markers look like: life situation, words, outline


class OfferListsView(View, frozen=True):
    """The index of a dimension's lists."""

    template = "offer_lists.html"

    title: str
    ways: Chips  # all dimensions
    items: Chips  # links to lists
    long: bool  # whether they stand in columns


def part_keys(site: Site, facts: Facts) -> Iterable[str]:
    """Return keys of lists' and dimensions' pages: `thema/schulden`, `thema/schulden/seite/2`, `thema`."""
    # The list of an area that is no more leads to its page, and so to what it became.
    over = (OfferList("gebiet", key) for key, one in site.spaces.items() if one.status == "ended")
    return [*listing.list_keys(site, facts), *(one.address for one in over if one not in facts.lists)]


def render_directory(context: Context, key: str = "") -> Page:
    """Make the first page of the directory."""
    del key
    return _list(context, EVERY_OFFER.address, "directory")


def render_part(context: Context, key: str) -> Page:
    """Make a page of a list or of a dimension."""
    return _dimension(context, key) if key in listing.DIMENSIONS else _list(context, key, "list")


def _ways(context: Context, path: str, current: str = "") -> Chips:
    """Link the dimensions that have lists."""
    titles = listing.dimension_titles(context)
    # Topics have an index page of their own.
    used = {"thema", *(one.dimension for one in context.facts.lists)}
    found = []
    for name in listing.DIMENSIONS:
        if name in used:
            index = context.path("topics") if name == "thema" else context.path("offer-list", name)
            found.append(Chip(titles[name], urls.relative(path, index), current=name == current))
    return found


def _list(context: Context, key: str, family: str) -> Page:
    """Make a page of a list; `family` is `directory` for the first page of all offers."""
    _ = context.gettext
    part = listing.part_of(context.facts, key)
    path = listing.part_path(context, part.list, part.number)
    dimension = part.list.dimension
    title = listing.title_of(context, part.list)
    count = context.texts.number_of("{n} Angebot", "{n} Angebote", part.total)
    if part.number > 1:
        title = _("{title}, Seite {number}").format(title=title, number=part.number)
    short = dimension in ("zugang", "name")  # so few lists that all are linked here
    directory = family == "directory"
    view = OffersView(
        title=title,
        count=count,
        part=part,
        directory=directory,
        dimension=dimension,
        ways=_ways(context, path, dimension),
        choices=choices(context, path, dimension, part.list) if short else (),
        choices_label=listing.dimension_titles(context).get(dimension, ""),
        cards=offer_cards(context, path, part.offers, level=2),
        pages=context.call(listing.page_links(context, path, part)),
        more=_more(context, part.list),
        pattern=card_pattern(context, 2) if directory else Markup(),
        first=tuple(first_choices(context)) if directory else (),
        call=whom_to_call(context) if directory else (),
        drawing=offer_dots(context, path) if directory else Markup(),
        shapes=situation_outlines(context) if directory else (),
    )
    return context.page(
        view,
        path,
        family=family,
        title=title,
        description=_("{title}: {count} für Familien {where}.").format(
            title=title, count=count, where=in_town(context)
        ),
        crumbs=tuple(_part_crumbs(context, part)),
    )


def _part_crumbs(context: Context, part: listing.ListPart) -> Iterator[Crumb]:
    """Yield a list's breadcrumbs: directory, then topic or dimension."""
    dimension, value = part.list.dimension, part.list.value
    if part.list != EVERY_OFFER or part.number > 1:
        yield context.crumb(context.gettext("Alle Angebote"), "offers")
    if value and dimension == "thema":
        yield context.crumb(listing.label_of(context, part.list), "topic", value)
    elif value:
        yield context.crumb(listing.dimension_titles(context)[dimension], "offer-list", dimension)


def _more(context: Context, name: OfferList) -> MoreLink | None:
    """Return a link to the list's area, topic or provider; None for other members (offices, places)."""
    kinds = {"gebiet": "space", "thema": "topic", "traeger": "provider"}
    is_other = name.dimension == "traeger" and name.value not in context.site.providers
    if name.dimension not in kinds or is_other:
        return None
    label = listing.label_of(context, name)
    return MoreLink(
        kinds[name.dimension], name.value, context.gettext("Mehr über: {name}").format(name=label)
    )


def _dimension(context: Context, key: str) -> Page:
    """Make the index of a dimension's lists."""
    _ = context.gettext
    path = context.path("offer-list", key)
    title = listing.title_of(context, OfferList(key))
    items = choices(context, path, key)
    view = OfferListsView(title, _ways(context, path, key), items, long=len(items) > MOST_ROWS)
    return context.page(
        view,
        path,
        family="list",
        title=title,
        description=_("Alle Angebote, geordnet nach: {way}.").format(
            way=listing.dimension_titles(context)[key]
        ),
        crumbs=(context.crumb(_("Alle Angebote"), "offers"),),
    )


WAY = "#weg"
"""The part of an offer's page that says how to get there."""


class OfferPartner(Struct, frozen=True):
    """A partner's name with its page (kind and id)."""

    kind: str
    id: str
    name: Markup


class OfferView(View, frozen=True):
    """An offer's page."""

    template = "offer.html"

    offer: Offer
    name: Translated
    summary: Translated
    for_young: Translated
    status: str
    resumes: bool  # whether it begins (again) on a day to come
    alert: Translated  # what changed for a short time
    alert_shown: bool  # whether that still holds
    instead: Markup  # where to go and whom to call while this one is closed
    main: Action | None  # the large button
    others: Sequence[Action]
    note: str | None  # on its contact
    phone_hours: Markup
    rows: GlanceRows
    stops: Sequence[StopLine]  # where it is when, if it moves
    calendar: dt.date | None  # until when the times of its calendar are known
    unposted: bool  # whether the page warns that others see this device's calendar and list, too
    contact_file: bool  # whether its contact can be downloaded
    sensitive: bool
    overdue: bool  # whether it is unchecked for too long
    page_url: str  # the whole address
    first_visit: Translated  # what happens on the first visit
    bring: Translated  # what to bring
    map: Markup
    way: WayThere | None
    address: str
    extra: str | None  # of the address: „Eingang im Hof“
    transport: Markup
    provider: Provider
    place: Place | None  # None where its address is hidden
    partners: Sequence[OfferPartner]
    kind: OfferKind
    law: str  # on which its kind stands, in words
    predecessors: Sequence[str]  # offers that it replaced
    nearby: Sequence[Markup]  # cards


def render_offer(context: Context, key: str) -> Page:
    """Make the page of one offer, or of a protected house."""
    if key in context.site.protected:
        return render_house(context, key)
    offer, facts = context.site.offers[key], context.facts.offers[key]
    path = context.path("offer", key)
    name, summary = context.texts.of(offer, "name"), context.texts.of(offer, "summary")
    access = None if offer.invented("access") else offer.access
    main, others = _actions(context, offer, facts)
    location, kind = facts.location, context.words.kinds[offer.kind]
    place = context.site.places.get(offer.place) if offer.place else None
    near = dict(context.facts.nearby.get(key, ()))
    phone_hours = wording.week_lines(context, facts.phone_schedule)
    view = OfferView(
        offer=offer,
        name=name,
        summary=summary,
        for_young=context.texts.of(offer, "for_young"),
        status=wording.status_text(context.texts, offer),
        resumes=offer.from_ is not None and offer.from_ > context.facts.today,
        alert=own_text(context, offer, "alert", offer.alert.text if offer.alert is not None else None),
        alert_shown=facts.alert_shown,
        instead=wording.instead_of_closed(context, path, facts.schedule),
        main=main,
        others=others,
        note=facts.contact.note,
        phone_hours=wording.in_a_line(context, phone_hours, len(phone_hours)),
        rows=tuple(glance_rows(context, offer, facts, path)),
        stops=stop_lines(context, facts),
        calendar=calendar_until(context, "offer", key),
        unposted=facts.unposted and facts.carried,
        contact_file=has_contact_file(context, "offer", key),
        sensitive=facts.sensitive,
        overdue=facts.overdue,
        page_url=context.address(path),
        first_visit=own_text(context, offer, "first_visit", access.first_visit if access else None),
        bring=own_text(context, offer, "bring", access.bring if access else None),
        map=_draw_offer_map(context, path, facts, name.text),
        way=way_there(location, discreet=facts.sensitive),
        address=wording.address_text(location.address),
        extra=location.address.extra if location.address is not None else None,
        transport=wording.transport_text(context, offer.place),
        provider=context.site.providers[offer.provider],
        place=place,
        partners=_partners(context, offer),
        kind=kind,
        # An offer taken from a document (`origin`) may be older than the law of today.
        law=context.law_of(kind.legal_basis) if offer.origin is None else "",
        predecessors=context.facts.relations.predecessors.get(key, ()),
        nearby=cards_around(context, path, location, near),
    )
    return context.page(
        view,
        path,
        family="offer",
        title=wording.quiet_title_of_offer(context, key) or name.text,
        description=plain_text(summary.text)[:200],
        crumbs=_crumbs(context, facts),
        date=offer.checked,
        indexed=facts.active,
        sensitive=facts.sensitive,
        head=_structured_data(context, offer, facts),
    )


def _structured_data(context: Context, offer: Offer, facts: OfferFacts) -> Markup:
    """Return data for search engines; none internal or for ended offers."""
    if context.site.internal or not facts.active:
        return Markup()
    return data_block(offer_data(source_of(context), offer, facts))


def _crumbs(context: Context, facts: OfferFacts) -> Sequence[Crumb]:
    """Return an offer's first life situation, and its first topic in that."""
    words = context.words.topics
    situation = facts.situations[0]
    topic = next(
        (name for name in context.site.offers[facts.id].topics if words[name].parent == situation), None
    )
    steps = [context.crumb(context.texts.of(words[situation], "phrase").text, "topic", situation)]
    if topic is not None:
        steps.append(context.crumb(context.texts.name(words[topic]), "topic", topic))
    return steps


def _partners(context: Context, offer: Offer) -> Sequence[OfferPartner]:
    """Return an offer's partners beside provider and place."""
    others = [key for key in offer.partners if key not in (offer.provider, offer.place)]
    return [OfferPartner(line.kind, line.id, line.name) for line in member_lines(context, others)]


def _actions(context: Context, offer: Offer, facts: OfferFacts) -> tuple[Action | None, Sequence[Action]]:
    """Return (large button, others): book, call, chat, website, mail, way, remember; the way is never large."""
    _ = context.gettext
    contact = facts.contact
    buttons = call_buttons(context, contact)
    chat = "chat" in offer.remote
    text, sign = (_("Zum Chat"), "chat-outline") if chat else (_("Internetseite"), "open-in-new")
    web = [web_button(text, sign, contact.website)] if contact.website else []
    if chat:
        buttons += web
    if contact.email:
        buttons.append(Action(_("E-Mail"), "email-outline", f"mailto:{contact.email}"))
    if facts.location.point is not None or facts.location.address is not None:
        buttons.append(Action(_("Weg"), "map-marker-path", WAY))
    # Another website learns who comes from here: a sensitive page links it only where there is nothing else.
    if not chat and (not facts.sensitive or not buttons):
        buttons += web
    if book := _booking(context, offer, facts):
        buttons.insert(0, book)
    main = buttons.pop(0) if buttons and buttons[0].href != WAY else None
    if facts.carried:
        buttons += _to_keep(context, offer)
    return main, tuple(buttons)


def _to_keep(context: Context, offer: Offer) -> Iterator[Action]:
    """Yield buttons to remember and, on the public site, to share; hidden until scripts show them."""
    _ = context.gettext
    path = context.path("offer", offer.id)
    listed = context.href(path, "remembered")
    attributes = {"data-remember": offer.id, "data-list": listed, "hidden": ""}
    yield Action(_("Merken"), "bookmark-outline", attrs=attributes)
    if not context.site.internal:
        shared = {"data-share": context.address(path), "hidden": ""}
        yield Action(_("Teilen"), "share-variant", attrs=shared)


def _booking(context: Context, offer: Offer, facts: OfferFacts) -> Action | None:
    """Return the button to book, by telephone or website; on sensitive pages none to other websites."""
    number_or_url = facts.access.book if facts.access is not None else None
    if not number_or_url:
        return None
    label = context.gettext("Termin buchen")
    if not number_or_url.startswith("http"):
        return Action(label, "phone", urls.telephone(number_or_url), number_or_url)
    return None if facts.sensitive else web_button(label, "calendar-plus", number_or_url)


def _draw_offer_map(context: Context, path: str, facts: OfferFacts, name: str) -> Markup:
    point = facts.location.point
    if point is None:
        return Markup()
    shape = situation_shape(context, facts.situations[0])
    return point_map(context, path, point, name, shape=shape, spaces=facts.location.spaces)
