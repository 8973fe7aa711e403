"""The pages of places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from generator.model.facts import Facts, Location
from generator.model.groups import Contact, Visibility
from generator.model.offer_flags import OFFER_FLAGS
from generator.model.places_and_providers import Place
from generator.model.site import Site
from generator.model.vocabulary import NamedWord
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.page import Crumb, Heading, Page
from generator.render.base.texts import Translated, grouped, sort_key
from generator.render.base.view import GlanceRow, GlanceRows, NavLink, View
from generator.render.base.wording import (
    address_line,
    instead_of_closed,
    opening,
    quiet_title_of_offers,
    town_line,
    transport_text,
    week_lines,
)
from generator.render.directory import listing
from generator.render.directory.cards import area_name, offer_cards, where_text
from generator.render.directory.contact import (
    ContactButtons,
    WayThere,
    contact_buttons,
    contact_of_place,
    has_contact_file,
    way_there,
)
from generator.render.directory.record_lines import (
    RecordLine,
    RecordLines,
    kind_of_member,
    member_lines,
    named_lines,
    offer_lines,
)
from generator.render.maps import overview_map, point_map
from generator.render.pages.ended_page import render_ended
from generator.render.pages.week import is_busy


class PlaceView(View, frozen=True):
    """A place's page."""

    template = "place.html"

    place: Place
    overdue: bool  # whether it is unchecked for too long
    visibility: Visibility  # of its address
    name: Translated
    summary: Translated
    kind: NamedWord
    kind_name: str
    contact: Contact | None
    buttons: ContactButtons | None
    rows: GlanceRows
    week: Sequence[tuple[Markup, Markup]]  # days and hours
    instead: Markup  # where to go and whom to call while it is closed
    accessibility: Sequence[tuple[str, Markup, str]]  # icon, feature, answer
    unknown: str  # features that nobody checked
    first: RecordLines  # to whom one turns first; empty or one
    first_contact: Contact | None  # theirs
    in_house: bool  # whether they are one of several in the house
    providers: RecordLines
    offices: RecordLines
    cards: Sequence[Markup]  # its active offers, of many the first
    further: RecordLines  # the others
    ended: RecordLines
    possible: RecordLines
    networks: RecordLines  # that meet here
    map: Markup
    way: WayThere | None
    area: str  # the area in which families look further, by id; empty for none
    busy: bool  # whether that has something on this week
    contact_file: bool  # whether its contact can be downloaded


def render(context: Context, key: str) -> Page:
    """Make the page of one place."""
    site, relations = context.site, context.facts.relations
    place, location = site.places[key], context.facts.places[key]
    path = context.path("place", key)
    offers = relations.offers_by_place.get(key, ())
    active = [name for name in offers if context.facts.offers[name].active]
    # Whoever comes for something else shouldn't read of help after violence first.
    active.sort(key=lambda name: context.facts.offers[name].sensitive)
    contact = contact_of_place(context, key)
    name, summary = context.texts.of(place, "name"), context.texts.of(place, "summary")
    possible = [name for name in offers if site.offers[name].status == "possible"]
    ended = [name for name in offers if site.offers[name].status == "ended"]
    area = _find_finest_area(context, location)
    protects = context.facts.protects(key)
    if place.status == "ended":
        return render_ended(context, "place", key, discreet=protects)
    view = PlaceView(
        place=place,
        overdue=key in context.facts.overdue_places,
        visibility=location.visibility,
        name=name,
        summary=summary,
        kind=site.words.place_kinds[place.kind],
        kind_name=kind_name(context, place),
        contact=contact,
        buttons=contact_buttons(context, contact, website=location.visibility == "full"),
        rows=_make_place_rows(context, key),
        week=week_lines(context, context.facts.place_hours.get(key)),
        instead=instead_of_closed(context, path, context.facts.place_hours.get(key)),
        accessibility=accessibility_rows(context, place),
        unknown=unknown_features(context, place),
        first=member_lines(context, [place.first_contact] if place.first_contact else []),
        first_contact=_contact(context, place.first_contact or ""),
        in_house=len(place.providers) > 1
        and place.first_contact in (*place.providers, *relations.offices_by_place.get(key, ())),
        providers=member_lines(context, place.providers),
        offices=named_lines(context, "office", relations.offices_by_place.get(key, ())),
        cards=offer_cards(context, path, active[: listing.MOST_CARDS]),
        further=offer_lines(context, active[listing.MOST_CARDS :], where=False),
        ended=offer_lines(context, ended, where=False),
        possible=offer_lines(context, possible, where=False),
        networks=named_lines(context, "network", _meeting_at(context, key)),
        map=_draw_place_map(context, path, key),
        way=way_there(location, discreet=protects),
        area=area,
        busy=bool(area) and is_busy(context, area),
        contact_file=has_contact_file(context, "place", key),
    )
    _ = context.gettext
    return context.page(
        view,
        path,
        family="place",
        title=quiet_title_of_offers(context, offers) if protects else name.text,
        description=(summary.text or kind_name(context, place))[:200],
        crumbs=(context.crumb(_("Orte"), "places"), *_area_crumb(context, location)),
        toc=(Heading("angebote", _("Was es hier gibt")), Heading("barrierefrei", _("Barrierefreiheit"))),
        date=place.checked,
        sensitive=protects,
    )


def _meeting_at(context: Context, key: str) -> list[str]:
    """Return the networks that meet at a place."""
    networks = context.site.networks.items()
    return [name for name, item in networks if item.meets is not None and item.meets.where == key]


def kind_name(context: Context, place: Place) -> str:
    """Name a place's kind as its federal state does (Hamburg: „Haus der Jugend“), else in the page's language."""
    kind = context.words.place_kinds[place.kind]
    if context.lang == context.site.config.language:
        return kind.labels.get(context.site.config.land, kind.name)
    return context.texts.name(kind)


def accessibility_rows(context: Context, place: Place) -> Sequence[tuple[str, Markup, str]]:
    """Return (icon, name, answer) of each feature somebody checked."""
    _ = context.gettext
    answers = {
        "yes": ("check-circle-outline", _("ja")),
        "limited": ("circle-half-full", _("teilweise")),
        "no": ("close-circle-outline", _("nein")),
    }
    rows = []
    for key, word in context.words.accessibility.items():
        if key in place.accessibility:
            icon, text = answers[place.accessibility[key]]
            rows.append((icon, context.translated(word), text))
    return rows


def unknown_features(context: Context, place: Place) -> str:
    """Name the features that nobody has looked at."""
    words = context.words.accessibility
    return context.texts.join(
        [context.translated(word) for key, word in words.items() if key not in place.accessibility]
    )


def _contact(context: Context, member: str) -> Contact | None:
    """Return the contact of a member: a provider, office or place; None for others."""
    kind = kind_of_member(context.site, member)
    contact: Contact | None = context.site.records(f"{kind}s")[member].contact if kind else None
    return contact


def _make_place_rows(context: Context, key: str) -> GlanceRows:
    """Return a place's facts."""
    _ = context.gettext
    location = context.facts.places[key]
    address = location.address
    where: Markup | str = ""
    if address is not None:
        where = pattern("{}<br>{}").format(address_line(address), town_line(address))
    area = area_name(context, location.spaces)
    address_extra = address.extra if address is not None else None
    state = opening(context, context.facts.place_hours.get(key), limit=3)
    return (
        GlanceRow(_("Geöffnet"), icon="clock-outline", open=state),
        GlanceRow(_("Adresse"), where, "map-marker-outline", context.written(address_extra)),
        GlanceRow(_("Gebiet"), area, "map-outline"),
        GlanceRow(_("Anfahrt"), transport_text(context, key), "bus"),
    )


def _draw_place_map(context: Context, path: str, key: str) -> Markup:
    location = context.facts.places[key]
    if location.point is None:
        return Markup()
    return point_map(
        context, path, location.point, context.texts.name(context.site.places[key]), spaces=location.spaces
    )


def _find_finest_area(context: Context, location: Location) -> str:
    """Return a place's finest area of the first geography, whose names people know; empty if that is the town."""
    first = context.site.config.geographies[0].id
    spaces = context.facts.spaces
    return next(
        (key for key in location.spaces if spaces[key].geography == first and spaces[key].depth > 0), ""
    )


def _area_crumb(context: Context, location: Location) -> Sequence[Crumb]:
    area = _find_finest_area(context, location)
    return (context.crumb(context.texts.name(context.site.spaces[area]), "space", area),) if area else ()


def index_keys(site: Site, facts: Facts) -> Iterable[str]:
    """Return keys of the second and further index pages of places."""
    del facts
    return listing.further_pages(len(site.current("places")))


def _group_places_by_kind(context: Context) -> Mapping[str, Sequence[str]]:
    """Return places by kind, each by name; where one simply goes with a child stands first."""
    places = context.site.current("places")
    ids = sorted(places, key=lambda name: sort_key(context.texts.name(places[name])))
    words = context.words.place_kinds
    order = sorted(words, key=lambda kind: words[kind].map_layer != "leisure")
    return grouped(ids, lambda name: places[name].kind, order)


def link_to_kind(context: Context, path: str, wanted: Iterable[str]) -> str:
    """Return the link to the first of the wanted kinds that has places, in the index; empty for none."""
    kinds = _group_places_by_kind(context)
    for kind in wanted:
        if kinds.get(kind):
            begins = listing.index_part(kinds, "").begins[kind]
            return urls.relative(path, f"{listing.index_path(context, 'place', begins)}#art-{kind}")
    return ""


def render_index(context: Context, key: str) -> Page:
    """Make an index page of places by kind."""
    _ = context.gettext
    path = listing.index_path(context, "place", key)
    places, words = context.site.places, context.words.place_kinds
    kinds = _group_places_by_kind(context)
    part = listing.index_part(kinds, key)
    labels = {kind: kind_name(context, places[found[0]]) for kind, found in kinds.items()}
    title = listing.numbered(context, _("Orte"), part)
    links = []
    if part.count > 1:
        for kind, label in labels.items():
            links.append(NavLink(label, listing.group_link(context, "place", part, kind, f"art-{kind}")))
    groups = []
    for kind, ids in part.groups.items():
        lines = tuple(_make_place_line(context, name) for name in ids)
        groups.append(listing.IndexGroup(f"art-{kind}", labels[kind], lines, context.sign(words[kind])))
    if not key:
        services = sum(words[kind].map_layer == "leisure" for kind in part.groups)
        groups[services:services] = _open_to_all(context)
    nothing = listing.Nothing(
        _("Hier ist noch kein Ort eingetragen."),
        _("Angebote finden Sie im Verzeichnis."),
        "offers",
        _("Alle Angebote"),
    )
    view = listing.IndexView(
        title=title,
        lead=_("Zuerst, wohin Sie heute mit Kind einfach gehen können. Darunter Häuser mit Angeboten."),
        nothing=nothing,
        links_label=_("Arten von Orten"),
        links=links,
        groups=groups,
        map=overview_map(context, path, "places", listed=False) if part.count == 1 else Markup(),
        pages=context.call(listing.index_links(context, "place", part)),
        step_free=any(line.step_free for group in groups for line in group.lines),
    )
    return context.page(
        view,
        path,
        family="place",
        title=title,
        description=_("Häuser, Zentren und Treffpunkte für Familien, nach Art geordnet."),
        crumbs=(context.crumb(_("Orte"), "places"),) if key else (),
        toc=[Heading(group.anchor, str(group.title)) for group in view.groups],
    )


def _make_place_line(context: Context, key: str) -> RecordLine:
    place, location = context.site.places[key], context.facts.places[key]
    said = [place.accessibility.get(name) for name in ("step_free", "toilet")]
    free = location.visibility == "full" and said == ["yes", "yes"]
    text = _after(context, area_name(context, location.spaces), free=free)
    state = opening(context, context.facts.place_hours.get(key))
    return RecordLine("place", key, context.translated(place), text, open=state, step_free=free)


def _after(context: Context, where: str, *, free: bool) -> str:
    """Return what stands behind a name: where it is, and whether it is step-free."""
    return Markup(" · ").join(filter(None, (where, context.gettext("stufenlos mit WC") if free else "")))


def _open_to_all(context: Context) -> Sequence[listing.IndexGroup]:
    """Return cafés and meetings of everyday life to which one simply goes."""
    site, facts = context.site, context.facts
    lines = []
    for key in facts.open_doors:
        offer, about = site.offers[key], facts.offers[key]
        if about.layer == "everyday":
            free = OFFER_FLAGS["step-free"].holds(site, offer, about)
            text = _after(context, where_text(context, key), free=free)
            state = opening(context, about.schedule)
            lines.append(
                RecordLine("offer", key, context.translated(offer), text, open=state, step_free=free)
            )
    title = context.gettext("Cafés und Treffs für alle")
    return [listing.IndexGroup("treffs", title, lines)] if lines else []
