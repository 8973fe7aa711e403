"""Offices: the page of an office with its groups, areas and hours, and the index of all offices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.base.context import Context
from generator.render.base.ordering import grouped, sort_key
from generator.render.base.page import Crumb, Page
from generator.render.base.wording import address_line, town_line, transport_text
from generator.render.directory.cards import offer_cards
from generator.render.directory.opening import opening, week_lines
from generator.render.directory.record_lines import RecordLine, member_lines, space_lines
from generator.render.directory.teams import division_text, hours_words


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """Every office has a page."""
    del facts
    return site.offices


def index_keys(site: Site, facts: Facts) -> Iterable[str]:
    """One page."""
    del site, facts
    return ("",)


def render(context: Context, key: str) -> Page:
    """Make the page of one office."""
    _ = context.texts.gettext
    site, relations = context.site, context.facts.relations
    office = site.offices[key]
    path = context.path("office", key)
    hours = context.facts.office_hours.get(key)
    name, summary = context.texts.of(office, "name"), context.texts.of(office, "summary")
    offers = [item for item in relations.offers_by_provider.get(key, ()) if context.facts.offers[item].active]
    body = context.render(
        "office.html",
        path,
        office=office,
        name=name,
        summary=summary,
        open=opening(context.texts, hours, limit=3),
        week=week_lines(context.texts, hours) if hours else [],
        on_call_hours=hours_words(context, office.on_call.hours) if office.on_call else "",
        rows=_rows(context, path, key),
        groups=[site.words.office_groups[item] for item in dict.fromkeys((office.kind, *office.groups))],
        spaces=space_lines(context, office.serves),
        division=division_text(context, office),
        networks=[RecordLine("network", item, context.translated(site.networks[item])) for item in relations.networks_by_member.get(key, ())],
        cards=offer_cards(context, path, offers),
    )  # fmt: skip
    return Page(
        path=path,
        lang=context.lang,
        family="office",
        title=name.text,
        description=(summary.text or context.texts.name(site.words.office_groups[office.kind]))[:200],
        body=body,
        crumbs=(Crumb(_("Ämter"), context.path("offices")),),
    )


def _rows(context: Context, path: str, key: str) -> list[dict[str, Any]]:
    _ = context.texts.gettext
    office = context.site.offices[key]
    location = context.facts.offices[key]
    place = member_lines(context, [office.place] if office.place else [])
    address = location.address
    where: Markup | str = Markup()
    if place:
        where = context.render("parts/inline.html", path, lines=place)
    if address is not None:
        line = Markup("{}, {}").format(address_line(address), town_line(address))
        where = Markup("{}<br>{}").format(where, line) if where else line
    transport = transport_text(context, office.place)
    return [{"term": _("Wo"), "icon": "map-marker-outline", "text": where, "small": transport}]


def render_index(context: Context, key: str) -> Page:
    """Make the index of all offices by what they help with."""
    _ = context.texts.gettext
    path = context.path("offices", key)
    offices, words = context.site.offices, context.site.words.office_groups
    ids = sorted(offices, key=lambda name: sort_key(context.texts.name(offices[name])))
    groups = [
        (words[group], found) for group, found in grouped(ids, lambda name: offices[name].kind, words).items()
    ]
    areas = {name: space_lines(context, offices[name].serves) for name in offices}
    return Page(
        path=path,
        lang=context.lang,
        family="office",
        title=_("Ämter"),
        description=_("Welches Amt wobei hilft und wie Sie es erreichen."),
        body=context.render("offices.html", path, groups=groups, areas=areas),
    )
