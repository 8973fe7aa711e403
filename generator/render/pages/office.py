"""Offices: the page of an office with its groups, areas and hours, and the index of all offices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.model.office import Office
from generator.model.vocabulary import NamedWord
from generator.render.base.context import Context
from generator.render.base.page import Crumb, Page
from generator.render.base.texts import Translated, grouped, sort_key
from generator.render.base.view import GlanceRow, View
from generator.render.base.wording import address_text, hours_words, opening, transport_text, week_lines
from generator.render.directory.cards import offer_cards
from generator.render.directory.contact import (
    ContactButtons,
    WayThere,
    contact_buttons,
    has_contact_file,
    way_there,
)
from generator.render.directory.record_lines import (
    RecordLine,
    inline_lines,
    member_lines,
    named_lines,
    space_lines,
)
from generator.render.directory.teams import division_text


@dataclass(frozen=True, slots=True)
class OfficeView(View):
    """The page of an office; `groups` are what it helps with, `division` how it divides its work."""

    template = "office.html"

    office: Office
    name: Translated
    summary: Translated
    buttons: ContactButtons | None
    rows: Sequence[GlanceRow]
    way: WayThere | None
    contact_file: bool
    week: Sequence[tuple[str, str]]
    on_call_hours: str
    spaces: Sequence[RecordLine]
    division: str
    groups: Sequence[NamedWord]
    cards: Sequence[Markup]
    networks: Sequence[RecordLine]


@dataclass(frozen=True, slots=True)
class OfficesView(View):
    """The index of all offices by group, and the areas that each of them serves."""

    template = "offices.html"

    groups: Sequence[tuple[NamedWord, Sequence[Office]]]
    areas: Mapping[str, Sequence[RecordLine]]


def render(context: Context, key: str) -> Page:
    """Make the page of one office."""
    _ = context.gettext
    site, relations = context.site, context.facts.relations
    office = site.offices[key]
    path = context.path("office", key)
    name, summary = context.texts.of(office, "name"), context.texts.of(office, "summary")
    offers = [item for item in relations.offers_by_provider.get(key, ()) if context.facts.offers[item].active]
    groups = dict.fromkeys((office.kind, *office.groups))
    view = OfficeView(
        office=office,
        name=name,
        summary=summary,
        buttons=contact_buttons(context, office.contact),
        rows=_rows(context, path, key),
        way=way_there(context.facts.offices[key], discreet=False),
        contact_file=has_contact_file(context, "office", key),
        week=week_lines(context.texts, context.facts.office_hours.get(key)),
        on_call_hours=hours_words(context, office.on_call.hours) if office.on_call else "",
        spaces=space_lines(context, office.serves),
        division=division_text(context, office),
        groups=[site.words.office_groups[item] for item in groups],
        cards=offer_cards(context, path, offers),
        networks=named_lines(context, "network", relations.networks_by_member.get(key, ())),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="office",
        title=name.text,
        description=(summary.text or context.texts.name(site.words.office_groups[office.kind]))[:200],
        body=context.render(view, path),
        crumbs=(Crumb(_("Ämter"), context.path("offices")),),
    )


def _rows(context: Context, path: str, key: str) -> Sequence[GlanceRow]:
    _ = context.gettext
    office = context.site.offices[key]
    location = context.facts.offices[key]
    place = member_lines(context, [office.place] if office.place else [])
    where = [inline_lines(context, path, place)] if place else []
    if location.address is not None:
        where.append(Markup.escape(address_text(location.address)))
    state = opening(context.texts, context.facts.office_hours.get(key), limit=3)
    return (
        GlanceRow(_("Sprechzeit"), icon="clock-outline", open=state),
        GlanceRow(
            _("Wo"), Markup("<br>").join(where), "map-marker-outline", transport_text(context, office.place)
        ),
    )


def render_index(context: Context, key: str) -> Page:
    """Make the index of all offices by what they help with."""
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
    )
    return Page(
        path=path,
        lang=context.lang,
        family="office",
        title=_("Ämter"),
        description=_("Welches Amt wobei hilft und wie Sie es erreichen."),
        body=context.render(view, path),
    )
