"""The profile of an area, readable as two printed pages."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.model.areas_and_offices import Space
from generator.model.dates import Hours
from generator.model.planning_records import Network
from generator.parts import said_by_subjects
from generator.render.base.area_names import level_name, space_name
from generator.render.base.context import Context, Ids
from generator.render.base.html_patterns import pattern
from generator.render.base.markdown import plain_text
from generator.render.base.page import Crumb, Heading, Page, contents
from generator.render.base.view import FigureRow, TableContent, View
from generator.render.base.wording import week_text
from generator.render.data_files.offline_packs import areas, is_on
from generator.render.data_files.open_data import calendar_until
from generator.render.directory import offer_order, record_lines
from generator.render.directory.commitments import (
    GiftRow,
    gift_kinds,
    gift_row,
    givers_elsewhere,
    meeting_text,
    resources_in,
    what_carries,
)
from generator.render.directory.teams import (
    Duty,
    Team,
    TeamRow,
    advisers,
    duties,
    staff_table,
    team_of,
    wider_teams,
)
from generator.render.maps import Marker, map_layers, place_markers, space_map
from generator.render.pages.week import WeekDay, is_busy, soon

MOST_MARKERS = 25  # with more, places are left out and only meeting points drawn
MOST_WITHOUT_BOUNDARIES = 99
"""Without boundaries the markers are all that a map shows, so it may have more of them."""
TOWNWIDE = 12
"""So many who work for the whole town stand on an area's page, which is about what is near."""


Aliases = Sequence[tuple[str, record_lines.RecordLines]]
"""Further names of areas, each with the areas that are called so."""


class MeetingPointRow(Struct, frozen=True):
    """A meeting point in words."""

    number: int  # on the map, 0 for none
    name: Markup
    when: str
    note: Markup


Gifts = tuple[str, Sequence[tuple[GiftRow, record_lines.RecordLines]]]
"""A kind of what could be given, and all of it, each with who has it."""


class GapLine(Struct, frozen=True):
    """A gap in words: a life situation and ages for which no offer is recorded."""

    name: Markup
    known: str  # what there is else: for the town, or of unknown area
    where: str  # in which areas; empty on the page of the one
    named: str  # how often people said that it is missing; empty on the public site
    to_ask: record_lines.RecordLines  # offers of unknown area


class AreaFigures(Struct, frozen=True):
    """An area's figures and gaps, from the subject that has a `figures_of_area` in its `sections.py`."""

    rows: Sequence[FigureRow] = ()  # figures that its record states
    sources: Sequence[Markup] = ()
    shares: bool = False  # whether some of these are computed shares
    strips: Markup = Markup()  # small pictures of the indicators
    profile: Markup = Markup()  # a table of all indicators
    gaps: Sequence[GapLine] = ()
    usual: str = ""  # that it has what most areas have; empty if it has none of it
    needs: TableContent | None = None  # on the internal site only


class SpaceView(View, frozen=True):
    """The profile of an area."""

    template = "space.html"

    space: Space
    name: Markup
    covered: bool  # whether there is a page on what is recorded
    level: str
    area: float | None  # in km²
    parents: record_lines.RecordLines  # areas in which it lies
    became: record_lines.RecordLines  # areas that it is today, where it is no more
    made_of: record_lines.RecordLines  # areas of which it was made
    also: record_lines.RecordLines  # further ones that its record names
    aliases: Aliases  # its other names, with other areas so called
    map: Markup
    bounded: bool  # whether its boundary is known
    # by level's name: areas in it with their number of offers
    parts: Sequence[tuple[str, Sequence[tuple[record_lines.RecordLine, int]]]]
    overlaps: record_lines.RecordLines
    figures: AreaFigures
    whole: bool  # whether it is a town
    offers: int  # how many
    described: bool  # whether all come from a document
    invented: int  # how many of them are made up
    later: int  # how many are planned or paused
    situations: Sequence[offer_order.Situation]
    elsewhere: int  # offers of other areas that are open to people here
    protection: record_lines.RecordLines  # offers against violence
    ladder: Sequence[offer_order.Rung]  # the others, from everyday life to help that the office decides on
    around: Sequence[offer_order.WiderOffers]  # offers of areas around it, the nearest first
    near: offer_order.WiderOffers | None  # the first of these
    townwide: record_lines.RecordLines  # some who work for the whole town
    more_townwide: int  # how many more do
    team: Team | None
    wider: Sequence[tuple[record_lines.RecordLine, str]]  # teams of areas around, in words
    advisers: Sequence[TeamRow]
    duties: Sequence[Duty]  # responsible offices
    columns: record_lines.RecordLines  # areas with teams; with `staff` (rows by role) and `sums` one table
    staff: Sequence[Sequence[str]]
    sums: Sequence[str]
    teams: record_lines.RecordLines  # networks that are its teams
    networks: Sequence[tuple[Network, str]]  # others, with their next meeting
    points: Sequence[MeetingPointRow]
    calendar: dt.date | None  # until when the times of its calendar are known
    week: bool  # whether its week has something on
    soon: Sequence[WeekDay]
    takeaway: bool  # whether its pages can be kept offline
    places: record_lines.Gathered
    providers: record_lines.Gathered
    gifts: Sequence[Gifts]
    works: Sequence[tuple[str, Markup]]  # what is there and carries, by title
    givers: record_lines.RecordLines  # providers elsewhere who can give something here
    plans: Sequence[record_lines.AreaLine]
    endings: Markup  # what ends when; empty for nothing
    money: Sequence[record_lines.AreaLine]  # money and results
    needs: TableContent | None  # on the internal site only


def render(context: Context, key: str) -> Page:
    """Make the profile of a space."""
    site, facts = context.site, context.facts
    space, facts_of, relations = site.spaces[key], facts.spaces[key], facts.relations
    path = context.path("space", key)
    offers = offer_order.offers_in(context, key)
    elsewhere = offer_order.open_elsewhere(context, key) if facts_of.ancestors else Counter()
    protection, ladder = offer_order.rungs(context, offers)
    team = team_of(context, key)
    figures = next(said_by_subjects("sections", "figures_of_area", context, path, key), AreaFigures())
    children = list(facts_of.parts)
    bounded = facts_of.bounds is not None
    around = offer_order.wider_offers(context, key)
    places = relations.places_by_space.get(key, ())
    # The map of a bounded wide area shows its parts; places would hide them.
    draws_places = not bounded or not children or facts_of.depth > 1
    points, markers = _place_meeting_points(context, key, places if draws_places else ())
    columns, staff, sums = staff_table(context, [key, *_find_areas_below(context, key)])
    townwide = _townwide(context)
    networks = relations.networks_by_space.get(key, ())
    view = SpaceView(
        space=space,
        name=space_name(context, key),
        covered=context.exists("coverage", key),
        level=level_name(context, key),
        area=facts_of.area,
        parents=_make_lines_told_apart(context, key, facts_of.ancestors),
        also=_make_lines_told_apart(context, key, [name for name in space.also_in if name in site.spaces]),
        became=record_lines.space_lines(context, site.became(key) if space.status == "ended" else ()),
        made_of=record_lines.space_lines(
            context,
            [name for name, one in site.spaces.items() if one.status == "ended" and key in one.successors],
        ),
        aliases=_aliases(context, key),
        map=space_map(context, path, key, markers),
        bounded=bounded,
        parts=_list_parts_by_level(context, children),
        overlaps=record_lines.space_lines(context, facts_of.overlaps),
        figures=figures,
        whole=facts_of.whole,
        offers=len(offers),
        described=all(site.offers[name].origin and not site.offers[name].fictional for name in offers),
        invented=sum(site.offers[name].fictional for name in offers),
        later=sum(site.offers[name].status != "running" for name in offers),
        situations=offer_order.by_situation(context, key, offers, elsewhere),
        elsewhere=elsewhere[""],
        protection=protection,
        ladder=ladder,
        around=around,
        near=next(iter(around), None),
        townwide=townwide[:TOWNWIDE],
        more_townwide=len(townwide[TOWNWIDE:]),
        team=team,
        wider=wider_teams(context, team.owner) if team else (),
        advisers=advisers(context, key),
        duties=duties(context, key),
        columns=record_lines.space_lines(context, columns) if children and len(columns) > 1 else (),
        staff=staff,
        sums=sums,
        networks=_meetings(context, networks),
        teams=_teams(context, networks),
        points=points,
        calendar=calendar_until(context, "space", key),
        week=is_busy(context, key),
        soon=soon(context, key),
        takeaway=is_on(context) and key in areas(context),
        places=record_lines.gathered(context, "place", places),
        providers=record_lines.gathered(context, "provider", relations.providers_by_space.get(key, ())),
        gifts=_gifts(context, key),
        works=what_carries(context, path, (key,)),
        givers=record_lines.named_lines(context, "provider", givers_elsewhere(context, key)),
        plans=tuple(said_by_subjects("sections", "plans", context, key)),
        endings=Markup().join(said_by_subjects("sections", "endings", context, path, (key,))),
        money=tuple(said_by_subjects("sections", "lines", context, key)),
        needs=figures.needs,
    )
    return context.page(
        view,
        path,
        family="space",
        title=str(space_name(context, key).striptags()),
        description=_summary(context, space)[:200],
        crumbs=_crumbs(context, key),
        toc=_make_page_contents(context, view),
    )


def _summary(context: Context, space: Space) -> str:
    """Say what an area is, else its borders."""
    texts = context.texts
    return texts.of(space, "summary").text or plain_text(texts.of(space, "boundary").text)


def _teams(context: Context, networks: Iterable[str]) -> record_lines.RecordLines:
    """Return the networks of an area that are its teams."""
    teams = [name for name in networks if context.site.networks[name].kind == "team"]
    return record_lines.named_lines(context, "network", teams)


def _list_parts_by_level(
    context: Context, children: Ids
) -> Sequence[tuple[str, Sequence[tuple[record_lines.RecordLine, int]]]]:
    """Return an area's parts by level, with counts of offers."""
    found = []
    for level, of_level in _by_level(context, children):
        lines = tuple(
            (line, len(offer_order.offers_in(context, line.id)))
            for line in record_lines.space_lines(context, of_level)
        )
        found.append((level, lines))
    return found


def _meetings(context: Context, networks: Iterable[str]) -> Sequence[tuple[Network, str]]:
    """Return an area's networks other than teams, with their next meeting."""
    found = [context.site.networks[name] for name in networks]
    return [(one, meeting_text(context, one)) for one in found if one.kind != "team"]


def _townwide(context: Context) -> record_lines.RecordLines:
    """Return providers that work town-wide, unknown ones by their offers; none with sensitive offers."""
    found: list[record_lines.RecordLine] = []
    for name, offers in offer_order.town_providers(context).items():
        if any(context.facts.offers[key].sensitive for key in offers):
            continue
        unnamed = context.site.providers[name].kind == "unknown"
        found += (
            record_lines.offer_lines(context, offers, where=False)
            if unnamed
            else record_lines.named_lines(context, "provider", [name])
        )
    return found


def _crumbs(context: Context, key: str) -> Sequence[Crumb]:
    """Return the areas in which an area lies, the widest first."""
    above = reversed(context.facts.spaces[key].ancestors)
    steps = (context.crumb(str(_told_apart(context, key, name).striptags()), "space", name) for name in above)
    return (context.crumb(context.gettext("Mein Stadtteil"), "spaces"), *steps)


def _make_lines_told_apart(context: Context, key: str, ids: Iterable[str]) -> record_lines.RecordLines:
    return [
        replace(line, name=_told_apart(context, key, line.id))
        for line in record_lines.space_lines(context, ids)
    ]


def _told_apart(context: Context, key: str, other: str) -> Markup:
    """Name another area, with level if it is called the same."""
    spaces, name = context.site.spaces, space_name(context, other)
    return (
        pattern("{} ({})").format(name, level_name(context, other))
        if spaces[key].name == spaces[other].name
        else name
    )


def _by_level(context: Context, ids: Iterable[str]) -> Sequence[tuple[str, list[str]]]:
    """Return areas by level's name, in order of levels."""
    found: dict[str, list[str]] = {}
    for key in ids:
        found.setdefault(context.site.spaces[key].level, []).append(key)
    levels = [level for level in context.site.config.level_ids if level in found]
    return [(level_name(context, found[level][0], plural=True), found[level]) for level in levels]


def _make_page_contents(context: Context, view: SpaceView) -> Sequence[Heading]:
    _ = context.gettext
    parts = [
        (view.parts, "gebiete", _("Gebiete darin")),
        (view.week, "woche", _("Was ist los?")),
        (True, "angebote", _("Angebote")),
        (view.figures.rows or view.figures.profile, "zahlen", _("Zahlen und Kennzahlen")),
        (True, "wer", _("Wer hier arbeitet")),
        (view.networks or view.plans, "tun", _("Was sich tut")),
        (view.endings, "endet", _("Was endet, wann")),
        (view.covered, "luecken", _("Was fehlt oder unklar ist")),
        (True, "mehr", _("Mehr zu diesem Gebiet")),
        (context.site.internal, "intern", _("Nur intern")),
    ]
    return contents(parts)


def _aliases(context: Context, key: str) -> Aliases:
    """Return an area's other names, each with other areas so called."""
    found = []
    for alias in context.site.spaces[key].aliases:
        others = [other for other in called(context, alias) if other != key]
        found.append((alias, record_lines.space_lines(context, others)))
    return found


def called(context: Context, name: str) -> list[str]:
    """Return the areas with a name, first or other."""
    return [key for key, space in context.site.spaces.items() if name in (space.name, *space.aliases)]


def _find_areas_below(context: Context, key: str) -> list[str]:
    """Return every area below, parents before their children."""
    found: list[str] = []
    for child in context.facts.spaces[key].children:
        found += [child, *_find_areas_below(context, child)]
    return found


def _gifts(context: Context, key: str) -> Sequence[Gifts]:
    """Return what could be given in the area, by kind."""
    lines: dict[str, list[tuple[GiftRow, record_lines.RecordLines]]] = {}
    for item in resources_in(context, key):
        row = gift_row(context, item.gift)
        lines.setdefault(row.kind, []).append(
            (row, record_lines.named_lines(context, "provider", [item.provider]))
        )
    names = gift_kinds(context).values()
    return [(name, tuple(lines[name])) for name in names if name in lines]


def _hours_text(context: Context, hours: Hours | None) -> str:
    """Say hours, unreadable ones as written."""
    if hours is None:
        return ""
    schedule = context.facts.written_hours.get(hours.written)
    if schedule is None:
        return hours.written
    return week_text(context, schedule, 3)


def _place_meeting_points(
    context: Context, key: str, places: Iterable[str]
) -> tuple[Sequence[MeetingPointRow], list[Marker]]:
    """Return meeting points, and markers: theirs, numbered from 1, then the places', unless these are too many."""
    space = context.site.spaces[key]
    rows = []
    markers: list[Marker] = []
    for point in space.meeting_points:
        number = 0
        if point.point is not None:
            number = len(markers) + 1
            lang = "" if context.lang == context.site.config.language else context.site.config.language
            shape, group = map_layers(context)["meeting"]
            markers.append(Marker(point.point, number, point.name, shape, group=group, lang=lang))
        when = _hours_text(context, point.when)
        rows.append(MeetingPointRow(number, context.written(point.name), when, context.written(point.note)))
    located = place_markers(context, places, len(markers) + 1)
    if len(located) + len(markers) <= (
        MOST_MARKERS if context.facts.spaces[key].bounds else MOST_WITHOUT_BOUNDARIES
    ):
        markers += located
    return tuple(rows), markers
