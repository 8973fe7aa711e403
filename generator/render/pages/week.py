"""„Was ist los?“: what is on in an area day by day, and its poster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.export.calendars_and_vcards import has_times, is_meeting, only_stop
from generator.hours.schedule import Interval, Schedule
from generator.hours.spoken import spoken_intervals
from generator.model.facts import Facts, StopFacts
from generator.model.groups import Address
from generator.model.site import Site
from generator.render.base.area_names import space_name
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.page import Crumb, Page
from generator.render.base.texts import Translated
from generator.render.base.urls import qr_code
from generator.render.base.view import View
from generator.render.base.wording import cost_html, in_a_line, style, week_lines
from generator.render.directory.cards import where_text
from generator.render.pages.first_door import draft_text, unread

DAYS = 7
SOON, EACH = 2, 3  # days on an area's own page, items of each: enough to see that something is on
OFTEN = 3
"""What is on at so many of these days stands once on the poster, not at each day."""
ON_SCREEN = 30
"""More of one day nobody reads on a screen: the page leads to the directory for the rest."""
ON_PAPER = 5
"""So many of one day have room on the poster; its QR code leads to the rest."""
FEW = 8
"""So many lines in all have room on paper in the largest print."""


Happening = tuple[dt.date, Interval, str]
"""Something that is on: day, time, offer."""
Begins = tuple[dt.date, Interval]
"""When it begins: day, time."""


class WeekItem(Struct, frozen=True):
    """Something that begins on a day."""

    id: str  # of the offer
    name: Translated
    time: Markup
    where: Markup  # place and street, else the area; empty where the address isn't public
    cost: Markup
    registration: Markup  # that one must register, with telephone; empty if not


class WeekDay(Struct, frozen=True):
    """A day's items, earliest first, or what is regular."""

    id: str  # `2026-11-30`; empty for what is regular
    title: str
    weekday: str
    items: Sequence[WeekItem]
    left: int  # how many more there are


class AreaWeekView(View, frozen=True):
    """An area's week on screen and on paper (the poster)."""

    template = "week.html"

    key: str  # the area
    heading: Markup
    name: Markup
    days: Sequence[WeekDay]
    always: Sequence[WeekItem]  # what is on every day; it isn't in `days`
    span: str  # „Mo, 30. November bis So, 6. Dezember“
    paper: Sequence[WeekDay]  # the poster's parts; empty where nothing is on
    few: bool  # whether all fits in the largest print
    wider: str  # a larger area with something on, where this one has nothing
    address: Markup  # of this page, which may break at slashes
    code: Markup  # its QR code
    draft: str  # says that no speaker has checked this language's texts; empty if one has


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """Return parts of the town with timed offers, even if none is on this week: posters' QR codes keep leading here.

    The internal site has none, so that no poster shows what only it knows.
    """
    if site.internal:
        return ()
    return (key for key in site.current("spaces") if _is_part(facts, key) and any(_timed(site, facts, key)))


def _is_part(facts: Facts, key: str) -> bool:
    """Tell whether an area is a part of the town, or is a town without parts."""
    space = facts.spaces[key]
    return bool(space.ancestors) or not space.children


def _timed(site: Site, facts: Facts, key: str) -> Iterator[tuple[str, Schedule]]:
    """Yield (offer, hours) of what one may just visit, and of few weekly hours with registration; never sensitive ones."""
    for name in facts.relations.offers_by_space.get(key, ()):
        offer, known = site.offers[name], facts.offers[name]
        schedule = known.schedule
        if schedule is None or known.unposted or not has_times(offer, known):
            continue
        if known.way == "open" or (known.way == "registration" and is_meeting(schedule)):
            yield name, schedule


def _find_times_at_door(site: Site, facts: Facts, key: str) -> Iterator[Happening]:
    """Yield what surely begins at a door in the next `DAYS`."""
    for name, schedule in _timed(site, facts, key):
        for ahead in range(DAYS):
            day = facts.today + dt.timedelta(days=ahead)
            yield from (
                (day, one, name) for one in schedule.intervals_on(day) if one.begins and one.medium == "door"
            )


def render(context: Context, key: str) -> Page:
    """Make the week of an area."""
    path, texts, today = context.path("week", key), context.texts, context.facts.today
    times = tuple(_find_times_at_door(context.site, context.facts, key))
    regular = _regular(context, times)
    days_of = _days_of(times)
    daily = [name for name in regular if len(days_of[name]) == DAYS]
    days = _make_week_days(context, [row for row in times if row[2] not in daily])
    name = space_name(context, key)
    title = texts.gettext("Diese Woche: {area}")
    last = today + dt.timedelta(days=DAYS - 1)
    span = texts.gettext("{start} bis {end}").format(
        start=texts.date(today, weekday=True), end=texts.date(last, weekday=True)
    )
    page_url = context.address(path)
    paper = _on_paper(context, times, regular)
    crumbs: Sequence[Crumb] = ()
    if not context.first_door:
        area = context.crumb(str(name.striptags()), "space", key)
        crumbs = (context.crumb(texts.gettext("Mein Stadtteil"), "spaces"), area)
    view = AreaWeekView(
        key=key,
        heading=pattern(title).format(area=name),
        name=name,
        days=days,
        always=[_regular_item(context, one) for one in daily],
        span=span,
        paper=paper,
        few=sum(len(day.items) for day in paper) <= FEW,
        wider="" if times else _wider(context, key),
        address=Markup("/<wbr>").join(page_url.removeprefix("https://").split("/")),
        code=qr_code(page_url),
        draft=draft_text(texts) if context.first_door and unread(context) else "",
    )
    return context.page(
        view,
        path,
        family="week",
        title=title.format(area=name.striptags()),
        description=texts.gettext("Was in den nächsten sieben Tagen los ist, Tag für Tag."),
        crumbs=crumbs,
    )


def soon(context: Context, key: str) -> Sequence[WeekDay]:
    """Return the next days with groups and courses (few weekly hours), without what is open all day."""
    if not is_busy(context, key):
        return ()
    facts = context.facts.offers
    meetings = (
        row
        for row in _find_times_at_door(context.site, context.facts, key)
        if (schedule := facts[row[2]].schedule) is not None and is_meeting(schedule)
    )
    days = [day for day in _make_week_days(context, meetings) if day.items][:SOON]
    return [replace(day, items=day.items[:EACH], left=day.left + len(day.items[EACH:])) for day in days]


def is_busy(context: Context, key: str) -> bool:
    """Tell whether an area's week has something on."""
    return context.once(
        ("busy week", key),
        lambda _: context.exists("week", key) and any(_find_times_at_door(context.site, context.facts, key)),
    )


def _wider(context: Context, key: str) -> str:
    """Return the nearest area above with something on; empty for none."""
    around = context.facts.spaces[key].ancestors
    return next((area for area in around if is_busy(context, area)), "")


def _on_paper(context: Context, times: Sequence[Happening], often: Sequence[str]) -> Sequence[WeekDay]:
    """Return a poster's parts: regular items once, then days."""
    regular = tuple(_regular_item(context, name) for name in often[:ON_PAPER])
    title, left = context.gettext("An mehreren Tagen"), len(often) - len(regular)
    days = _make_week_days(context, [row for row in times if row[2] not in often], ON_PAPER)
    return [part for part in (WeekDay("", title, "", regular, left), *days) if part.items]


def _regular(context: Context, times: Iterable[Happening]) -> Sequence[str]:
    """Return offers that are on often and follow their usual week in all these days."""
    these_days = {context.facts.today + dt.timedelta(days=ahead) for ahead in range(DAYS)}
    found = []
    for key, on in _days_of(times).items():
        schedule = context.facts.offers[key].schedule
        # What moves stands at each day, with where it is then.
        moves = bool(context.facts.offers[key].stops)
        if len(on) < OFTEN or moves or schedule is None:
            continue
        if these_days.isdisjoint(schedule.exceptions_by_date):  # no holiday or other exception
            found.append(key)
    return found


def _days_of(times: Iterable[Happening]) -> dict[str, set[dt.date]]:
    """Return on which days each offer is there."""
    days: dict[str, set[dt.date]] = {}
    for day, _interval, key in times:
        days.setdefault(key, set()).add(day)
    return days


def _regular_item(context: Context, key: str) -> WeekItem:
    """Return a regular item with its days and times; lines without a digit („an Feiertagen zu“) are left out."""
    lines = week_lines(context, context.facts.offers[key].schedule)
    timed = [line for line in lines if any(sign.isdigit() for sign in line[1])] or lines
    return replace(_item(context, None, key), time=in_a_line(context, timed, len(timed)))


def _make_week_days(context: Context, times: Iterable[Happening], most: int = ON_SCREEN) -> Sequence[WeekDay]:
    """Return each day with its first `most` items."""
    in_order = sorted(times, key=lambda row: (row[0], row[1].start, row[2]))
    days, texts = [], context.texts
    for ahead in range(DAYS):
        day = context.facts.today + dt.timedelta(days=ahead)
        of_day = [(interval, name) for on, interval, name in in_order if on == day]
        items = tuple(_item(context, (day, interval), name) for interval, name in of_day[:most])
        left = len(of_day) - len(items)
        days.append(WeekDay(day.isoformat(), texts.date(day, weekday=True), texts.weekday(day), items, left))
    return tuple(days)


def _item(context: Context, begins: Begins | None, key: str) -> WeekItem:
    """Return an offer that `begins` then; None leaves the time empty."""
    offer, texts = context.site.offers[key], context.texts
    return WeekItem(
        id=key,
        name=texts.of(offer, "name"),
        time=Markup(spoken_intervals((begins[1],), context.said, style(texts))) if begins else Markup(),
        where=_write_public_place(context, key, begins),
        cost=cost_html(context, offer),
        registration=_registration(context, key),
    )


def _registration(context: Context, key: str) -> Markup:
    """Say that one must register and where; empty if one needn't."""
    _, facts = context.gettext, context.facts.offers[key]
    if facts.way != "registration":
        return Markup()
    phone = facts.contact.number
    if not phone:
        return Markup.escape(_("mit Anmeldung"))
    return pattern(_("Anmeldung: {phone}")).format(
        phone=context.isolated(phone.replace(" ", "\N{NO-BREAK SPACE}"))
    )


def _write_public_place(context: Context, key: str, begins: Begins | None) -> Markup:
    """Return a public place's name and street, else the area; empty where the address isn't public."""
    facts, offer = context.facts.offers[key], context.site.offers[key]
    location, place, stop = facts.location, offer.place, _stop(facts.stops, begins)
    if stop is not None and facts.location.visibility == "full":
        location, place = stop.location, stop.location.place
    if location.visibility != "full":
        return Markup()
    record = context.site.places.get(place) if place else None
    name = context.translated(record) if record else context.written(stop.name if stop else None)
    street = _street(location.address)
    if name or street:
        comma = Markup(", ")
        if record is not None and not context.texts.of(record, "name").lang:
            return comma.join(filter(None, (name, context.isolated(street))))
        # A German name and street in an Arabic page: isolated one by one the street would stand before the house.
        return context.isolated(comma.join(filter(None, (name, street))))
    area = where_text(context, key)
    return context.isolated(area) if facts.location.spaces else Markup.escape(area)


def _street(address: Address | None) -> str:
    """Return street and number, kept on one line."""
    if address is None:
        return ""
    return "\N{NO-BREAK SPACE}".join(filter(None, (address.street, address.number)))


def _stop(stops: Sequence[StopFacts], begins: Begins | None) -> StopFacts | None:
    """Return at which of an offer's stops something begins; None where that isn't sure."""
    if begins is None:
        return None
    day, interval = begins
    return only_stop([(stop, stop.schedule.intervals_on(day)) for stop in stops if stop.schedule], interval)
