"""The pack for a working group's meeting: figures, supply and needs of its areas to print and to work on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from generator.model.facts import Facts
from generator.model.network import Network
from generator.model.site import Site
from generator.render.base.context import Context
from generator.render.base.macros import TableContent
from generator.render.base.page import Crumb, Page
from generator.render.base.place_names import space_name
from generator.render.base.view import View
from generator.render.directory.commitments import PromiseLine, next_meeting, promises
from generator.render.directory.ladder import Situation, by_situation, offers_in
from generator.render.directory.record_lines import RecordLine, member_lines, offer_lines, space_lines
from generator.render.figures.local_offers import access_sentence
from generator.render.figures.profile import notable_differences, profile_table
from generator.render.figures.sentences import VerdictTally, chance_sentence, tally_of
from generator.render.pages.agreement import need_table

KINDS = frozenset({"ag-78", "planung-80", "jha", "fruehe-hilfen", "stadtteilkonferenz", "steering", "team"})
"""Kinds of networks that meet to work on an area; for the whole town where they name none."""


@dataclass(frozen=True, slots=True)
class MeetingArea:
    """An area of the pack: its figures and what is notable about them by indicator, its offers, its gaps, its needs."""

    id: str
    name: Markup
    profile: Markup
    differences: tuple[tuple[str, str], ...]
    offers: int
    access: str
    situations: tuple[Situation, ...]
    gaps: tuple[Markup, ...]
    needs: TableContent | None


@dataclass(frozen=True, slots=True)
class MeetingView(View):
    """The pack of a group; `promises` are its promises, in their own words and with what they name; `news` are told by a word."""

    template = "meeting.html"

    network: Network
    next: str
    where: tuple[RecordLine, ...]
    spaces: tuple[RecordLine, ...]
    areas: tuple[MeetingArea, ...]
    chance: str
    promises: tuple[PromiseLine, ...]
    news: tuple[tuple[str, RecordLine], ...]


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """Every working group that works on areas has a pack."""
    return (
        key
        for key, network in site.networks.items()
        if network.kind in KINDS and spaces_of(site, facts, network)
    )


def has_pack(context: Context, key: str) -> bool:
    """Tell whether a network has a pack."""
    network = context.site.networks[key]
    return network.kind in KINDS and bool(spaces_of(context.site, context.facts, network))


def spaces_of(site: Site, facts: Facts, network: Network) -> tuple[str, ...]:
    """Return the areas that a group works on: its own, else the whole town."""
    first = site.config.geographies[0].id
    return network.spaces or tuple(key for key in facts.roots if facts.spaces[key].geography == first)


def render(context: Context, key: str) -> Page:
    """Make the pack of one group."""
    _ = context.texts.gettext
    site, network = context.site, context.site.networks[key]
    path = context.path("meeting", key)
    spaces = spaces_of(site, context.facts, network)
    view = MeetingView(
        network=network,
        next=next_meeting(context, network.meets) if network.meets else "",
        where=member_lines(context, [network.meets.where] if network.meets and network.meets.where else []),
        spaces=space_lines(context, spaces),
        areas=tuple(_area(context, path, space) for space in spaces),
        chance=chance_sentence(
            context,
            sum((tally_of(series, spaces) for series in context.facts.series.values()), VerdictTally()),
        ),
        promises=promises(context, network),
        news=_news(context, spaces),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="meeting",
        title=_("Unterlage zur Sitzung: {name}").format(name=context.texts.name(network)),
        description=_("Zahlen, Angebote und offene Fragen für die nächste Sitzung, zum Ausdrucken."),
        body=context.explain(path, context.render(view, path)),
        crumbs=(
            Crumb(_("Netzwerke"), context.path("networks")),
            context.crumb(context.texts.name(network), "network", key),
        ),
        indexed=False,
    )


def _area(context: Context, path: str, space: str) -> MeetingArea:
    offers = offers_in(context, space)
    needs = context.facts.relations.needs_by_space.get(space, ())
    return MeetingArea(
        id=space,
        name=space_name(context, space),
        profile=profile_table(context, path, space),
        differences=notable_differences(context, space),
        offers=len(offers),
        access=access_sentence(context, offers),
        situations=by_situation(context, space, offers),
        gaps=_gaps(context, offers),
        needs=need_table(context, path, needs) if context.site.internal else None,
    )


def _gaps(context: Context, offers: Iterable[str]) -> tuple[Markup, ...]:
    """Return the life situations to which nothing is entered in the area."""
    there = {situation for offer in offers for situation in context.facts.offers[offer].situations}
    return tuple(
        context.translated(topic, "phrase") or context.translated(topic)
        for topic in context.site.words.situations()
        if topic.id not in there
    )


def _news(context: Context, spaces: Iterable[str]) -> tuple[tuple[str, RecordLine], ...]:
    """Return what is new, has ended or ends soon among the offers of the areas."""
    _ = context.texts.gettext
    there = {offer for space in spaces for offer in context.facts.relations.offers_by_space.get(space, ())}
    words = {
        "new": _("neu"),
        "added": _("neu im Verzeichnis"),
        "changed": _("geändert"),
        "ended": _("beendet"),
        "ending": _("endet"),
        "planned": _("geplant"),
        "paused": _("pausiert"),
    }
    found = []
    for item in context.facts.news:
        if item.offer in there and item.kind in words:
            day = context.texts.date(item.date, short=True) if item.date is not None else ""
            found.append((f"{words[item.kind]} {day}".strip(), offer_lines(context, [item.offer])[0]))
    return tuple(found)
