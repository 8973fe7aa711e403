"""The pages of providers, networks and offices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup
from msgspec.structs import replace

from generator.model.areas_and_offices import Office
from generator.model.facts import Facts, OfferList
from generator.model.places_and_providers import Provider
from generator.model.planning_records import Network
from generator.model.site import Site
from generator.model.vocabulary import NamedWord
from generator.render.base import wording
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.markdown import plain_text
from generator.render.base.page import Heading, Page, contents
from generator.render.base.texts import Translated, by_letter, grouped, letter_anchor, sort_key
from generator.render.base.view import GlanceRow, GlanceRows, NavLink, View
from generator.render.directory import listing
from generator.render.directory.cards import offer_cards
from generator.render.directory.commitments import (
    GiftRow,
    PromiseLine,
    coming_day,
    gift_row,
    moderation,
    next_meeting,
    promises,
    rhythm_text,
)
from generator.render.directory.contact import (
    ContactButtons,
    WayThere,
    contact_buttons,
    has_contact_file,
    way_there,
)
from generator.render.directory.record_lines import (
    RecordLine,
    RecordLines,
    inline_lines,
    kind_lines,
    member_lines,
    named_lines,
    offer_lines,
    space_lines,
)
from generator.render.directory.teams import division_text
from generator.render.pages.ended_page import render_ended
from generator.render.pages.who_to_call import tasks


class ProviderView(View, frozen=True):
    """A provider's page."""

    template = "provider.html"

    provider: Provider
    name: Translated
    summary: Translated
    buttons: ContactButtons | None
    rows: GlanceRows
    cards: Sequence[Markup]  # its own active offers, of many the first
    left: int  # how many more of them there are
    all_list: str  # key of the list of all
    partner: RecordLines  # others' offers in which it takes part
    possible: RecordLines  # offers that it could make
    ended: RecordLines
    places: RecordLines
    functions: Sequence[NamedWord]  # tasks that it has in the town
    gifts: Sequence[GiftRow]  # what it can give: rooms, time, things
    networks: RecordLines


def render_provider(context: Context, key: str) -> Page:
    """Make the page of one provider."""
    site, relations = context.site, context.facts.relations
    provider = site.providers[key]
    path = context.path("provider", key)
    taking_part = relations.offers_by_provider.get(key, ())
    making = [item for item in taking_part if site.offers[item].provider == key]
    active = [item for item in taking_part if context.facts.offers[item].active]
    running = [item for item in making if item in active]
    possible = [item for item in making if site.offers[item].status == "possible"]
    sensitive = context.facts.only_sensitive(making)
    if provider.status == "ended":
        return render_ended(context, "provider", key, discreet=sensitive)
    name, summary = context.texts.of(provider, "name"), context.texts.of(provider, "summary")
    view = ProviderView(
        provider=provider,
        name=name,
        summary=summary,
        buttons=contact_buttons(context, provider.contact, website=not sensitive),
        rows=_provider_rows(context, provider),
        cards=offer_cards(context, path, running[: listing.MOST_CARDS]),
        left=len(running[listing.MOST_CARDS :]),
        all_list=OfferList("traeger", key).address,
        partner=offer_lines(context, [item for item in active if item not in making]),
        possible=offer_lines(context, possible, where=False),
        ended=offer_lines(
            context, [item for item in making if item not in (*active, *possible)], where=False
        ),
        places=named_lines(context, "place", relations.places_by_provider.get(key, ())),
        functions=tasks(context, key),
        gifts=[gift_row(context, gift) for gift in provider.can_give],
        networks=_networks(context, key),
    )
    return context.page(
        view,
        path,
        family="provider",
        title=wording.quiet_title_of_offers(context, making) if sensitive else name.text,
        description=(summary.text or context.texts.name(site.words.provider_kinds[provider.kind]))[:200],
        crumbs=(context.crumb(context.gettext("Träger"), "providers"),),
        date=provider.checked,
        sensitive=sensitive,
    )


def _networks(context: Context, key: str) -> RecordLines:
    """Return a provider's networks, marking where it is a guest."""
    lines = named_lines(context, "network", context.facts.relations.networks_by_member.get(key, ()))
    mark = context.gettext("Gast")
    networks = context.site.networks
    return [replace(line, text=mark if key in networks[line.id].guests else "") for line in lines]


def _provider_rows(context: Context, provider: Provider) -> GlanceRows:
    _ = context.gettext
    umbrella = context.words.umbrellas.get(provider.umbrella or "")
    address = provider.address
    recognised = {
        True: _("anerkannter Träger der freien Jugendhilfe nach § 75 SGB VIII"),
        False: _("nicht als Träger der freien Jugendhilfe anerkannt"),
        None: "",
    }[provider.recognised]
    where = Markup(", ").join(line.name for line in space_lines(context, provider.spaces))
    kind = context.words.provider_kinds[provider.kind]
    lines = (
        pattern("{}<br>{}").format(wording.address_line(address), wording.town_line(address))
        if address
        else ""
    )
    return (
        GlanceRow(
            _("Art"),
            context.texts.name(kind),
            small=context.marked(context.texts.of(kind, "explanation")) if provider.origin is None else "",
        ),
        GlanceRow(
            _("Verband"), context.texts.name(umbrella) if umbrella is not None else provider.umbrella or ""
        ),
        GlanceRow(_("Status"), recognised),
        GlanceRow(_("Tätig"), where),
        GlanceRow(_("Adresse"), lines),
    )


def provider_list_keys(site: Site, facts: Facts) -> Iterable[str]:
    """Return keys of the second and further index pages of providers."""
    del facts
    return listing.further_pages(len(site.current("providers")))


def render_providers(context: Context, key: str) -> Page:
    """Make an index page of providers, A to Z."""
    _ = context.gettext
    path = listing.index_path(context, "provider", key)
    providers = context.site.current("providers")
    names = {name: context.texts.name(provider) for name, provider in providers.items()}
    groups = by_letter(names)
    part = listing.index_part(groups, key)
    title = listing.numbered(context, _("Träger"), part)
    toc = tuple(Heading(letter_anchor(letter), letter) for letter in part.groups)
    nothing = listing.Nothing(
        _("Hier ist noch kein Träger eingetragen."),
        _("Angebote finden Sie im Verzeichnis."),
        "offers",
        _("Alle Angebote"),
    )
    view = listing.IndexView(
        title=title,
        lead=_("Vereine, Kirchen, Schulen, Verbände und Ämter, die etwas für Familien tun. Von A bis Z."),
        nothing=nothing,
        links_label=_("Buchstaben"),
        links=[
            NavLink(letter, listing.group_link(context, "provider", part, letter, letter_anchor(letter)))
            for letter in groups
        ],
        groups=[
            listing.IndexGroup(letter_anchor(letter), letter, kind_lines(context, "provider", ids))
            for letter, ids in part.groups.items()
        ],
        pages=context.call(listing.index_links(context, "provider", part)),
    )
    return context.page(
        view,
        path,
        family="provider",
        title=title,
        description=_("Wer Angebote für Familien macht, von A bis Z."),
        crumbs=(context.crumb(_("Träger"), "providers"),) if key else (),
        toc=toc if len(toc) > 12 else (),  # a few letters one sees at once
    )


class NetworkView(View, frozen=True):
    """A network's page."""

    template = "network.html"

    network: Network
    kind: NamedWord
    law: str  # on which its kind stands, in words
    rows: GlanceRows
    task: Translated
    pack: bool  # whether there is a page of papers for its meetings
    members: RecordLines
    guests: RecordLines
    promises: Sequence[PromiseLine]  # its common guarantee and what is recorded for it


def render_network(context: Context, key: str) -> Page:
    """Make the page of one network."""
    _ = context.gettext
    network = context.site.networks[key]
    path = context.path("network", key)
    kind = context.words.network_kinds[network.kind]
    members, guests = member_lines(context, network.members), member_lines(context, network.guests)
    task = context.texts.of(network, "task")
    view = NetworkView(
        network=network,
        kind=kind,
        law=context.law_of(kind.legal_basis),
        rows=_network_rows(context, path, network),
        task=task,
        pack=context.exists("meeting", key),
        members=members,
        guests=guests,
        promises=promises(context, network),
    )
    toc = [
        (bool(network.guarantee), "zusage", _("Gemeinsame Zusage")),
        (bool(network.steps), "schritte", _("Schritte")),
        (bool(members or guests or network.members_in_words), "mitglieder", _("Wer mitarbeitet")),
    ]
    return context.page(
        view,
        path,
        family="network",
        title=context.texts.name(network),
        description=(plain_text(task.text) or context.texts.name(kind))[:200],
        crumbs=(
            context.crumb(_("Für Fachkräfte"), "professionals"),
            context.crumb(_("Netzwerke"), "networks"),
        ),
        toc=contents(toc),
    )


def _network_rows(context: Context, path: str, network: Network) -> GlanceRows:
    """Return a network's facts; where it meets stands beside the next meeting, else beside the rhythm."""
    _ = context.gettext
    meets = network.meets
    every = rhythm_text(context, meets.every) if meets and meets.every else ""
    spaces = inline_lines(context, path, space_lines(context, network.spaces))
    where = member_lines(context, [meets.where] if meets and meets.where else [])
    place = inline_lines(context, path, where)
    soon = next_meeting(context, meets) if meets else ""
    return (
        GlanceRow(_("Gebiet"), spaces or _("die ganze Stadt")),
        GlanceRow(
            _("Steuerung"), _("Ebene {n}").format(n=network.level) if network.level is not None else ""
        ),
        GlanceRow(_("Trifft sich"), every, small="" if soon else place),
        GlanceRow(_("Nächstes Treffen"), soon, small=place),
        GlanceRow(_("Moderation"), moderation(context, path, network)),
    )


def render_networks(context: Context, key: str) -> Page:
    """Make the networks' index by kind; those that steer stand by level, 1 first."""
    _ = context.gettext
    path = context.path("networks", key)
    networks, kinds = context.site.networks, context.words.network_kinds
    ids = sorted(networks, key=lambda name: (networks[name].level or 0, sort_key(networks[name].name)))
    groups = []
    kinds_there = grouped(ids, lambda name: networks[name].kind, kinds)
    for kind, found in kinds_there.items():
        word = kinds[kind]
        says = context.translated(word, "explanation")
        law = context.law_of(word.legal_basis)
        if law:
            says += pattern(' <span class="nr-small">{}</span>').format(law)
        if kind == "steering" and len([name for name in found if networks[name].level]) > 1:
            says += pattern('<br><span class="nr-small">{}</span>').format(_("Ebene 1 ist die oberste."))
        lines = tuple(_make_network_line(context, name) for name in found)
        groups.append(listing.IndexGroup(f"art-{kind}", context.translated(word), lines, says=says))
    lead = _(
        "Wer sich mit wem abstimmt: Arbeitsgemeinschaften, Bündnisse, Steuerung und Verfahren zwischen Stellen."
    )
    nothing = listing.Nothing(
        _("Hier ist noch kein Netzwerk eingetragen."),
        _("Die Ansprechstellen stehen unter „Wer ist wer“."),
        "who",
        _("Wer ist wer"),
    )
    view = listing.IndexView(_("Netzwerke"), lead, groups, nothing)
    return context.page(
        view,
        path,
        family="network",
        title=_("Netzwerke"),
        description=_("Arbeitsgemeinschaften, Bündnisse, Steuerung und Verfahren zwischen Stellen."),
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
        toc=[Heading(f"art-{kind}", context.texts.name(kinds[kind])) for kind in kinds_there],
    )


def _make_network_line(context: Context, key: str) -> RecordLine:
    """Return a network with level, areas, next meeting, and whether it gives a guarantee."""
    _ = context.gettext
    network = context.site.networks[key]
    parts = [_("Ebene {n}").format(n=network.level)] if network.level is not None else []
    parts += [str(line.name.striptags()) for line in space_lines(context, network.spaces)]
    day = coming_day(context, network)
    if day is not None:
        parts.append(_("nächstes Treffen {date}").format(date=context.texts.date(day)))
    if network.guarantee is not None:
        parts.append(_("mit gemeinsamer Zusage"))
    return RecordLine("network", key, context.translated(network), " · ".join(parts))


class OfficeView(View, frozen=True):
    """An office's page."""

    template = "office.html"

    office: Office
    name: Translated
    summary: Translated
    buttons: ContactButtons | None
    rows: GlanceRows
    way: WayThere | None
    contact_file: bool  # whether its contact can be downloaded
    week: Sequence[tuple[Markup, Markup]]  # days and hours
    instead: Markup  # where to go and whom to call while it is closed
    on_call_hours: str
    spaces: RecordLines  # for which it is responsible; none for the whole town
    division: str  # how it divides its work: by street, surname or both
    groups: Sequence[NamedWord]  # with what it helps
    cards: Sequence[Markup]  # its offers
    networks: RecordLines


class OfficesView(View, frozen=True):
    """Offices by what they help with."""

    template = "offices.html"

    groups: Sequence[tuple[NamedWord, Sequence[Office]]]
    areas: Mapping[str, RecordLines]  # of each office
    called: bool  # whether any of them has a telephone


def render_office(context: Context, key: str) -> Page:
    """Make the page of one office."""
    site, relations = context.site, context.facts.relations
    office = site.offices[key]
    path = context.path("office", key)
    name, summary = context.texts.of(office, "name"), context.texts.of(office, "summary")
    offers = [item for item in relations.offers_by_provider.get(key, ()) if context.facts.offers[item].active]
    view = OfficeView(
        office=office,
        name=name,
        summary=summary,
        buttons=contact_buttons(context, office.contact),
        rows=_office_rows(context, path, key),
        way=way_there(context.facts.offices[key], discreet=False),
        contact_file=has_contact_file(context, "office", key),
        week=wording.week_lines(context, context.facts.office_hours.get(key)),
        instead=wording.instead_of_closed(context, path, context.facts.office_hours.get(key)),
        on_call_hours=wording.hours_words(context, office.on_call.hours) if office.on_call else "",
        spaces=space_lines(context, office.serves),
        division=division_text(context, office),
        groups=[site.words.office_groups[item] for item in office.all_groups],
        cards=offer_cards(context, path, offers),
        networks=named_lines(context, "network", relations.networks_by_member.get(key, ())),
    )
    return context.page(
        view,
        path,
        family="office",
        title=name.text,
        description=(summary.text or context.texts.name(site.words.office_groups[office.kind]))[:200],
        crumbs=(context.crumb(context.gettext("Ämter"), "offices"),),
    )


def _office_rows(context: Context, path: str, key: str) -> GlanceRows:
    _ = context.gettext
    office = context.site.offices[key]
    location = context.facts.offices[key]
    place = member_lines(context, [office.place] if office.place else [])
    where = [inline_lines(context, path, place)] if place else []
    if location.address is not None:
        where.append(Markup.escape(wording.address_text(location.address)))
    state = wording.opening(context, context.facts.office_hours.get(key), limit=3)
    return (
        GlanceRow(_("Sprechzeit"), icon="clock-outline", open=state),
        GlanceRow(
            _("Wo"),
            Markup("<br>").join(where),
            "map-marker-outline",
            wording.transport_text(context, office.place),
        ),
    )


def render_offices(context: Context, key: str) -> Page:
    """Make the offices' index by what they help with."""
    _ = context.gettext
    path = context.path("offices", key)
    offices, words = context.site.offices, context.words.office_groups
    ids = sorted(offices, key=lambda name: sort_key(context.texts.name(offices[name])))
    groups = []
    for group, found in grouped(ids, lambda name: offices[name].kind, words).items():
        groups.append((words[group], tuple(offices[name] for name in found)))
    view = OfficesView(
        groups=groups,
        areas={name: space_lines(context, offices[name].serves) for name in offices},
        called=any(office.contact and office.contact.number for office in offices.values()),
    )
    return context.page(
        view,
        path,
        family="office",
        title=_("Ämter"),
        description=_("Welches Amt wobei hilft und wie Sie es erreichen."),
    )
