"""List what editors should ask about next (`nahraum due`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from icalendar import Calendar, Event

from generator.derive.masking import published
from generator.derive.news_and_reminders import Reminder, ToDo
from generator.derive.offer_facts import CAPACITY_DAYS, check_due
from generator.edit.tables.table_rows import csv_text
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.offer import Offer
from generator.model.site import Site
from generator.parts import given

_CHECKED = ToDo("checked", "nachfragen, ob alles stimmt")
_CAPACITY = ToDo("capacity", "freie Plätze neu erfragen")
_FUNDING = ToDo("funding", "Finanzierung klären")
_UNTIL = ToDo("until", "Ende eintragen")
_AGAIN = ToDo("again", "ansehen, eintragen, wann wieder")
_FROM = ToDo("from", "nachfragen, ob es wieder läuft, und den Zustand ändern")


def find_reminders(site: Site, today: dt.date, ahead: dt.timedelta = dt.timedelta()) -> tuple[Reminder, ...]:
    """Return what is due within `ahead`: checks, places, funding, last days, pages, subjects' own."""
    # They are sent as mails and written into forges: of what is protected they tell no more than the site.
    site = published(site)
    found = [*_checks(site, today), *_of_offers(site)]
    found += [Reminder(page.again, "content", name, page.title, _AGAIN) for name, page in site.again.items()]
    for reminders in given("check", "reminders"):
        found += reminders(site)
    return tuple(
        sorted(
            (item for item in found if item.due <= today + ahead),
            key=lambda item: (item.due, item.folder, item.id, item.topic),
        )
    )


def _checks(site: Site, today: dt.date) -> Iterator[Reminder]:
    """Yield when each record is to be checked: a never checked one today."""
    for folder in ("offers", "places"):
        usual = site.config.check_every.get(folder)
        for key, record in site.records(folder).items():
            if getattr(record, "status", "running") == "ended":
                continue
            due = check_due(record, usual)
            if record.checked is None and (record.check_every or usual):
                due = today
            if due is not None:
                yield Reminder(due, folder, key, record.name, _CHECKED)


def _of_offers(site: Site) -> Iterator[Reminder]:
    """Yield when to ask about places, funding, a pause or an end."""
    for key, offer in site.offers.items():
        if offer.status == "ended":
            continue
        if offer.capacity is not None:
            yield Reminder(
                offer.capacity.date + dt.timedelta(days=CAPACITY_DAYS), "offers", key, offer.name, _CAPACITY
            )
        if offer.funded_until is not None:
            yield Reminder(offer.funded_until, "offers", key, offer.name, _FUNDING)
        if resumes := _resumes(offer):
            yield Reminder(resumes, "offers", key, offer.name, _FROM)
        if offer.until is not None:
            yield Reminder(offer.until, "offers", key, offer.name, _UNTIL)


def _resumes(offer: Offer) -> dt.date | None:
    """Return when a paused offer resumes, if ahead at its last check."""
    if offer.status != "paused" or offer.from_ is None:
        return None
    if offer.checked is not None and offer.checked >= offer.from_:
        return None
    return offer.from_


def as_text(found: Sequence[Reminder], today: dt.date) -> str:
    """Write a line for each, with how long it is due."""
    lines = [
        f"{item.due}  {_ago(item.due, today):>16}  {item.folder}/{item.id}: {item.topic.what} ({item.name})"
        for item in found
    ]
    lines.append("1 Erinnerung." if len(found) == 1 else f"{len(found)} Erinnerungen.")
    return "\n".join(lines if found else ["Nichts ist fällig."]) + "\n"


def as_csv(found: Sequence[Reminder], today: dt.date) -> str:
    """Write a table with headings."""
    del today
    rows = [(item.due.isoformat(), item.folder, item.id, item.name, *item.topic) for item in found]
    return csv_text(("due", "kind", "id", "name", "topic", "what"), rows)


def as_calendar(found: Sequence[Reminder], today: dt.date) -> str:
    """Write an iCalendar of whole days, overdue ones today."""
    calendar = Calendar()
    calendar.add("prodid", "-//Nahraum//due//DE")
    calendar.add("version", "2.0")
    for item in found:
        event = Event()
        event.add("uid", f"{item.folder}-{item.id}-{item.topic.id}@nahraum")
        event.add("dtstamp", dt.datetime(item.due.year, item.due.month, item.due.day, tzinfo=dt.UTC))
        event.add("dtstart", max(item.due, today))
        event.add("summary", f"{item.name}: {item.topic.what}")
        kind = KIND_BY_FOLDER[item.folder].singular if item.folder in KIND_BY_FOLDER else "Seite"
        event.add("description", f"{kind} {item.id}, fällig am {item.due}")
        calendar.add_component(event)
    return bytes(calendar.to_ical()).decode()


FORMATS: dict[str, Callable[[Sequence[Reminder], dt.date], str]]
FORMATS = {"text": as_text, "csv": as_csv, "ics": as_calendar}


def _ago(due: dt.date, today: dt.date) -> str:
    days = (today - due).days
    if days == 0:
        return "heute"
    if days > 0:
        return f"seit {days} {'Tag' if days == 1 else 'Tagen'}"
    return f"in {-days} {'Tag' if days == -1 else 'Tagen'}"
