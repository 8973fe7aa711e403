"""Places: the page of a building or centre with several providers under one roof, and the index of all places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from generator.model.facts import Facts, Location
from generator.model.place import Place
from generator.model.site import Site
from generator.render.base.context import Context
from generator.render.base.ordering import grouped, sort_key
from generator.render.base.page import Crumb, Heading, Page
from generator.render.base.wording import address_line, town_line, transport_text
from generator.render.directory.cards import area_name, offer_cards
from generator.render.directory.opening import opening, week_lines
from generator.render.directory.record_lines import RecordLine, member_lines, offer_lines
from generator.render.maps import point_map


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """Every place has a page; a protected one says no more than that it can be called."""
    del facts
    return site.places


def index_keys(site: Site, facts: Facts) -> Iterable[str]:
    """One page."""
    del site, facts
    return ("",)


def render(context: Context, key: str) -> Page:
    """Make the page of one place."""
    site, relations = context.site, context.facts.relations
    place, location = site.places[key], context.facts.places[key]
    path = context.path("place", key)
    offers = relations.offers_by_place.get(key, ())
    active = [name for name in offers if context.facts.offers[name].active]
    name, summary = context.texts.of(place, "name"), context.texts.of(place, "summary")
    hours = context.facts.place_hours.get(key)
    networks = [
        name for name, item in site.networks.items() if item.meets is not None and item.meets.where == key
    ]
    body = context.render(
        "place.html",
        path,
        place=place,
        location=location,
        name=name,
        summary=summary,
        kind=site.words.place_kinds[place.kind],
        kind_name=kind_name(context, place),
        rows=_rows(context, key),
        open=opening(context.texts, hours, limit=3),
        week=week_lines(context.texts, hours) if hours else [],
        accessibility=accessibility_rows(context, place),
        unknown=unknown_features(context, place),
        first=member_lines(context, [place.first_contact] if place.first_contact else []),
        first_contact=_contact(context, place.first_contact),
        providers=member_lines(context, place.providers),
        offices=[
            RecordLine("office", item, context.translated(site.offices[item]))
            for item in relations.offices_by_place.get(key, ())
        ],
        cards=offer_cards(context, path, active),
        ended=offer_lines(
            context,
            [
                name
                for name in offers
                if name not in active and context.site.offers[name].status != "possible"
            ],
            where=False,
        ),
        possible=offer_lines(
            context, [name for name in offers if context.site.offers[name].status == "possible"], where=False
        ),
        networks=[RecordLine("network", item, context.translated(site.networks[item])) for item in networks],
        map=_map(context, path, key),
    )
    _ = context.texts.gettext
    return Page(
        path=path,
        lang=context.lang,
        family="place",
        title=name.text,
        description=(summary.text or kind_name(context, place))[:200],
        body=body,
        crumbs=(Crumb(_("Orte"), context.path("places")), *_area_crumb(context, location)),
        toc=(Heading("angebote", _("Was es hier gibt")), Heading("barrierefrei", _("Barrierefreiheit"))),
        date=place.checked,
        exit_bar=location.visibility == "hidden",
    )


def kind_name(context: Context, place: Place) -> str:
    """Name the kind of a place as its Land does."""
    kind = context.site.words.place_kinds[place.kind]
    if context.lang == context.site.config.language:
        return kind.labels.get(context.site.config.land, kind.name)
    return context.texts.name(kind)


def accessibility_rows(context: Context, place: Place) -> list[tuple[str, str, str]]:
    """Return each feature that somebody has looked at: its icon, its name and how far it is there, in words."""
    _ = context.texts.gettext
    said = {"yes": _("ja"), "limited": _("teilweise"), "no": _("nein")}
    words = context.site.words.accessibility
    return [
        ({"yes": "check-circle-outline", "limited": "circle-half-full", "no": "close-circle-outline"}[place.accessibility[key]], context.texts.name(word), said[place.accessibility[key]])
        for key, word in words.items()
        if key in place.accessibility
    ]  # fmt: skip


def unknown_features(context: Context, place: Place) -> str:
    """Name the features that nobody has looked at."""
    words = context.site.words.accessibility
    return context.texts.join(
        [context.texts.name(word) for key, word in words.items() if key not in place.accessibility]
    )


def _contact(context: Context, member: str | None) -> Any:
    for records in (context.site.providers, context.site.offices, context.site.places):
        if member in records:
            return records[str(member)].contact
    return None


def _rows(context: Context, key: str) -> list[dict[str, Any]]:
    _ = context.texts.gettext
    location = context.facts.places[key]
    address = location.address
    where: Markup | str = ""
    if address is not None:
        where = Markup("{}<br>{}").format(address_line(address), town_line(address))
    area = area_name(context, location.spaces)
    if location.visibility == "hidden" and address is None:
        where = _("Die Adresse ist geschützt. Rufen Sie an.")
    extra = address.extra if address is not None else None
    return [
        {"term": _("Adresse"), "icon": "map-marker-outline", "text": where, "small": context.written(extra)},
        {"term": _("Gebiet"), "icon": "map-outline", "text": area if location.visibility != "hidden" or address else ""},
        {"term": _("Anfahrt"), "icon": "bus", "text": transport_text(context, key)},
    ]  # fmt: skip


def _map(context: Context, path: str, key: str) -> Markup:
    location = context.facts.places[key]
    if location.point is None:
        return Markup()
    return point_map(
        context, path, location.point, context.texts.name(context.site.places[key]), spaces=location.spaces
    )


def _area_crumb(context: Context, location: Location) -> tuple[Crumb, ...]:
    first = context.site.config.geographies[0].id
    for name in location.spaces:
        if context.facts.spaces[name].geography == first and context.facts.spaces[name].depth > 0:
            return (context.crumb(context.texts.name(context.site.spaces[name]), "space", name),)
    return ()


def render_index(context: Context, key: str) -> Page:
    """Make the index of all places by kind."""
    _ = context.texts.gettext
    path = context.path("places", key)
    places, words = context.site.places, context.site.words.place_kinds
    ids = sorted(places, key=lambda name: sort_key(context.texts.name(places[name])))
    groups = [
        (kind, words[kind], kind_name(context, places[found[0]]), [_line(context, name) for name in found])
        for kind, found in grouped(ids, lambda name: places[name].kind, words).items()
    ]
    return Page(
        path=path,
        lang=context.lang,
        family="place",
        title=_("Orte"),
        description=_("Häuser, Zentren und Treffpunkte für Familien, nach Art geordnet."),
        body=context.render("places.html", path, groups=groups),
        toc=tuple(Heading(f"art-{kind}", label) for kind, _word, label, _lines in groups),
    )


def _line(context: Context, key: str) -> RecordLine:
    location = context.facts.places[key]
    text = (
        context.texts.gettext("geschützter Ort")
        if location.visibility == "hidden"
        else area_name(context, location.spaces)
    )
    return RecordLine("place", key, context.translated(context.site.places[key]), text)
