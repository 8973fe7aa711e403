"""What is on in an area, day by day, from the day of the build on; printed, the same is a poster for a notice board."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.export.calendar import has_times, is_meeting
from generator.hours.schedule import Interval
from generator.hours.spoken import spoken_intervals
from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.place_names import space_name
from generator.render.base.texts import Translated
from generator.render.base.view import View
from generator.render.base.wording import cost_text
from generator.render.directory.opening import style, week_lines

DAYS = 7
SOON, EACH = 2, 5
OFTEN = 3
"""On so many days of the week something is regular."""
ROOMY = 34
"""So many lines of a poster fit on two sheets in large print."""
FULL = 30
"""More of one day nobody reads on a board: the page leads to the directory for the rest."""


@dataclass(frozen=True, slots=True)
class WeekItem:
    """Something that begins on a day; `where` is nothing for what has no open place.

    What is `regular` stands once on paper, with all its days.
    """

    id: str
    name: Translated
    time: str
    where: str
    cost: str
    regular: bool


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A day with what is on, the earliest first; `left` more aren't shown."""

    id: str
    title: str
    items: tuple[WeekItem, ...]
    left: int


@dataclass(frozen=True, slots=True)
class AreaWeekView(View):
    """The week of an area; `page_url` is the whole address, for the QR code of the poster.

    On paper `regulars` stand before the days, and a `full` poster is set closer: two sheets are what a board has room for.
    """

    template = "week.html"

    key: str
    name: str
    days: tuple[WeekDay, ...]
    regulars: tuple[WeekItem, ...]
    full: bool
    last: dt.date
    page_url: str


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """Areas below the town where something is on in these days; what the internal site knows hangs on no board."""
    if site.internal:
        return ()
    return (key for key in site.spaces if _is_part(facts, key) and any(_times(site, facts, key)))


def _is_part(facts: Facts, key: str) -> bool:
    space = facts.spaces[key]
    return bool(space.ancestors) or not space.children


def _times(site: Site, facts: Facts, key: str) -> Iterator[tuple[dt.date, Interval, str]]:
    """Yield what begins when: open doors, groups and courses, nothing by appointment, and never what is sensitive (`has_times`)."""
    for name in facts.relations.offers_by_space.get(key, ()):
        offer, known = site.offers[name], facts.offers[name]
        schedule = known.schedule
        if schedule is None or not has_times(offer, known):
            continue
        if not (known.way == "open" or (known.way == "registration" and is_meeting(schedule))):
            continue
        for ahead in range(DAYS):
            day = facts.today + dt.timedelta(days=ahead)
            yield from ((day, one, name) for one in schedule.intervals_on(day) if one.begins)


def render(context: Context, key: str) -> Page:
    """Make the week of an area."""
    path, texts, today = context.path("week", key), context.texts, context.facts.today
    times = tuple(_times(context.site, context.facts, key))
    often = _regular(context, times)
    days = _days(context, times, often)
    view = AreaWeekView(
        key=key,
        name=str(space_name(context, key).striptags()),
        days=days,
        regulars=tuple(_regular_item(context, name) for name in often),
        full=len(often) + sum(not item.regular for day in days for item in day.items) > ROOMY,
        last=today + dt.timedelta(days=DAYS - 1),
        page_url=context.site.config.url.rstrip("/") + "/" + path,
    )
    title = texts.gettext("Diese Woche: {area}").format(area=view.name)
    return Page(
        path=path,
        lang=context.lang,
        family="week",
        title=title,
        description=texts.gettext("Was in den nächsten sieben Tagen los ist, Tag für Tag."),
        body=context.render(view, path),
        crumbs=(
            context.crumb(texts.gettext("Mein Stadtteil"), "spaces"),
            context.crumb(view.name, "space", key),
        ),
    )


def soon(context: Context, key: str) -> tuple[WeekDay, ...]:
    """Return the next days with meetings, for the page of the area: what is open all day is no news there."""
    if not context.exists("week", key):
        return ()
    facts = context.facts.offers
    meetings = (
        row
        for row in _times(context.site, context.facts, key)
        if (schedule := facts[row[2]].schedule) is not None and is_meeting(schedule)
    )
    days = [day for day in _days(context, meetings) if day.items][:SOON]
    return tuple(replace(day, items=day.items[:EACH]) for day in days)


def _regular(context: Context, times: Iterable[tuple[dt.date, Interval, str]]) -> tuple[str, ...]:
    """Return offers that are there on several days of this week just as in any other: their usual week says it all."""
    days: dict[str, set[dt.date]] = {}
    for day, _interval, key in times:
        days.setdefault(key, set()).add(day)
    span = {context.facts.today + dt.timedelta(days=ahead) for ahead in range(DAYS)}
    found = []
    for key, there in days.items():
        schedule = context.facts.offers[key].schedule
        if len(there) >= OFTEN and schedule is not None and span.isdisjoint(schedule.exceptions_by_date):
            found.append(key)
    return tuple(found)


def _regular_item(context: Context, key: str) -> WeekItem:
    """Days and times; what is different on holidays goes without saying in a week that has none."""
    lines = week_lines(context.texts, context.facts.offers[key].schedule)
    timed = [(days, times) for days, times in lines if any(sign.isdigit() for sign in times)] or lines
    there = [f"{days} {times}".strip() for days, times in timed]
    return replace(_item(context, None, key), time=", ".join(there))


def _days(
    context: Context, times: Iterable[tuple[dt.date, Interval, str]], often: Sequence[str] = ()
) -> tuple[WeekDay, ...]:
    found = sorted(times, key=lambda row: (row[0], row[1].start, row[2]))
    days = []
    for ahead in range(DAYS):
        day = context.facts.today + dt.timedelta(days=ahead)
        there = [(interval, name) for on, interval, name in found if on == day]
        items = tuple(
            replace(_item(context, interval, name), regular=name in often) for interval, name in there[:FULL]
        )
        left = len(there) - len(items)
        days.append(WeekDay(day.isoformat(), context.texts.date(day, weekday=True), items, left))
    return tuple(days)


def _item(context: Context, interval: Interval | None, key: str) -> WeekItem:
    offer, texts = context.site.offers[key], context.texts
    return WeekItem(
        id=key,
        name=texts.of(offer, "name"),
        time=spoken_intervals((interval,), texts.gettext, style(texts)) if interval is not None else "",
        where=_where(context, key),
        cost=cost_text(texts, offer),
        regular=False,
    )


def _where(context: Context, key: str) -> str:
    """Name and street of an open place: who stands before a board wants to go there."""
    location, offer = context.facts.offers[key].location, context.site.offers[key]
    if location.visibility != "full":
        return ""
    place = context.site.places.get(offer.place) if offer.place else None
    address = location.address
    street = f"{address.street} {address.number or ''}".strip() if address and address.street else ""
    return ", ".join(filter(None, (context.texts.name(place) if place else "", street)))
