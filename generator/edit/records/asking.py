"""List what is to be asked next, write mails that ask, and note confirmations."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from generator.derive.masking import published, withheld_records
from generator.derive.news_and_reminders import Reminder, ToDo
from generator.derive.offer_facts import CAPACITY_DAYS, check_due, timetable
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.edit.records.record_text import open_record
from generator.edit.records.rename_and_retire import named_record
from generator.edit.tables.table_rows import csv_text, form_of, read_table
from generator.files.disk import Disk
from generator.files.writing import write_files
from generator.hours.spoken import spoken_week
from generator.model.dates import german_day
from generator.model.dear_numbers_and_hosts import dialled
from generator.model.groups import Closing, Contact
from generator.model.names_and_ids import FIRST_NAMES, slug
from generator.model.offer import Offer
from generator.model.places_and_providers import Place
from generator.model.site import Site
from generator.parts import given
from generator.read.nodes import text_at
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.render.base.texts import Texts
from generator.render.base.wording import cost_value_text

ASKED = "gefragt.csv"
"""The list of what was asked; it lies beside the mails and nowhere else."""
MOST = 5
"""Entries of one mail, at most: it stays a page."""
DAYS = 14
"""Days in which an answer is asked for."""


class CheckQuestion(Struct, frozen=True):
    """An entry to ask about, whom to ask (`provider` is a name), and the entry's page."""

    reminder: Reminder
    record: Offer | Place
    contact: Contact
    provider: str
    link: str


def questions(site: Site, reminders: Iterable[Reminder]) -> list[CheckQuestion]:
    """Return reminders to ask providers about, never what the site masks."""
    hidden, shown = withheld_records(site), published(site)
    found = []
    for item in reminders:
        if item.topic.id != "checked" or (item.folder, item.id) in hidden:
            continue
        record = shown.records(item.folder)[item.id]
        keys = [record.provider] if isinstance(record, Offer) else list(record.providers)
        place = shown.places.get(record.place or "") if isinstance(record, Offer) else None
        providers = [shown.providers[key] for key in keys if key in shown.providers]
        contacts = [one.contact for one in (record, place, *providers) if one and one.contact]
        folder = "angebote" if item.folder == "offers" else "orte"
        link = f"{site.config.url.rstrip('/')}/{folder}/{item.id}/"
        name = providers[0].name if providers else record.name
        found.append(CheckQuestion(item, record, _merged(contacts), name, link))
    return found


def _merged(contacts: Sequence[Contact]) -> Contact:
    """Return an entry's contact: first number, functional mailbox before a personal one."""
    mails = sorted((one.email for one in contacts if one.email), key=_is_personal)
    numbers = (one.number for one in contacts if one.number)
    return Contact(phone=next(numbers, None), email=mails[0] if mails else None)


def _is_personal(mail: str) -> bool:
    """Tell whether an address names a person, `maria.muster@…`."""
    return any(word in FIRST_NAMES for word in re.split(r"[\W_\d]+", mail.partition("@")[0].lower()))


def _areas_of(site: Site, one: CheckQuestion) -> set[str]:
    """Return an offer's areas, of a place those of its offers."""
    offers = [one.record] if isinstance(one.record, Offer) else []
    if isinstance(one.record, Place):
        offers = [offer for offer in published(site).offers.values() if offer.place == one.record.id]
    return {key for offer in offers for key in (*offer.spaces, *offer.visits)}


def _headings_by_address(site: Site, one: CheckQuestion) -> list[str]:
    del site
    return [f"{one.provider}: {_say_how_to_reach(one)}"]


def _headings_by_provider(site: Site, one: CheckQuestion) -> list[str]:
    del site
    return [one.provider]


def _offices(site: Site, one: CheckQuestion) -> list[str]:
    """Name the offices that serve an area of an entry."""
    areas = _areas_of(site, one)
    found = [office.name for office in site.offices.values() if areas & {*office.serves}]
    return found or ["Kein Amt für ein Gebiet"]


def _headings_by_area(site: Site, one: CheckQuestion) -> list[str]:
    return [site.spaces[key].name for key in sorted(_areas_of(site, one) & site.spaces.keys())] or [
        "Kein Gebiet"
    ]


GROUPS: Mapping[str, Callable[[Site, CheckQuestion], list[str]]] = {
    "address": _headings_by_address,
    "provider": _headings_by_provider,
    "office": _offices,
    "area": _headings_by_area,
}
"""Headings below which an entry stands, by what people choose to order; an entry of several areas stands below each."""


def lines_to_ask(site: Site, found: Sequence[CheckQuestion], today: dt.date, by: str) -> Iterator[str]:
    """Yield what is due, grouped by address or otherwise."""
    groups: dict[str, list[CheckQuestion]] = {}
    for one in sorted(found, key=lambda one: (one.provider, one.reminder.due, one.reminder.id)):
        for title in GROUPS[by](site, one):
            groups.setdefault(title, []).append(one)
    for title, few in groups.items():
        yield title
        for one in few:
            checked = one.record.checked
            age = f"vor {(today - checked).days} Tagen" if checked else "noch nie"
            reached = "" if by == "address" else f" {_say_how_to_reach(one)};"
            yield f"  {one.reminder.folder}/{one.reminder.id} ({one.record.name}),{reached} geprüft {age}: {one.link}"


def _say_how_to_reach(one: CheckQuestion) -> str:
    return ", ".join(filter(None, (one.contact.phone, one.contact.email))) or "kein Telefon, keine E-Mail"


def write_mails(
    site: Site, found: Sequence[CheckQuestion], reading: Reading, folder: Path, today: dt.date
) -> int:
    """Write a mail for each address, and what was asked; raises OSError."""
    by_mail: dict[str, list[CheckQuestion]] = {}
    for one in found:
        if one.contact.email:
            by_mail.setdefault(one.contact.email.lower(), []).append(one)
    sources = {
        (source.folder, source.id): source for kind in ("offers", "places") for source in reading.of(kind)
    }
    files: dict[str, str | bytes | None] = {}
    rows = []
    for mail, several in sorted(by_mail.items()):
        few = several[:MOST]
        files[f"{slug(mail)}.eml"] = _write_letter(site, mail, few, today)
        for one in few:
            key = (one.reminder.folder, one.reminder.id)
            rows.append(("/".join(key), today.isoformat(), _make_record_digest(sources[key])))
    files[ASKED] = csv_text(("id", "date", "digest"), rows)
    write_files(folder, files)
    return len(by_mail)


def _make_record_digest(source: RecordSource) -> str:
    """Return by what is noticed that an entry changed since somebody was asked."""
    return hashlib.sha256(source.text.encode()).hexdigest()[:16]


def _write_letter(site: Site, mail: str, few: Sequence[CheckQuestion], today: dt.date) -> str:
    publisher = site.config.publisher
    until = f"{today + dt.timedelta(days=DAYS):%d.%m.%Y}"
    sender = ", ".join(filter(None, (publisher.office, publisher.name)))
    lines = [
        "Guten Tag,",
        "",
        f"auf {site.config.name} stehen diese Einträge. Stimmen sie noch? Bitte antworten Sie bis {until}, zum Beispiel so: „1 stimmt, 2: donnerstags geschlossen“.",
        "",
    ]
    for number, one in enumerate(few, 1):
        lines += [f"{number}. {one.record.name} ({one.link})", *_points_to_confirm(site, one, today)]
        if publisher.email:
            lines += _ways_to_answer(publisher.email, one)
        lines.append("")
    called = f" unter {publisher.phone}" if publisher.phone else ""
    lines += [
        f"Hören wir nichts, rufen wir an. Sie erreichen uns{called or ' mit einer Antwort auf diese Mail'}.",
        "",
        sender,
    ]
    message = EmailMessage()
    about = few[0].record.name if len(few) == 1 else f"{len(few)} Einträge"
    message["To"], message["Subject"] = mail, f"Stimmt das noch? {about} auf {site.config.name}"
    if publisher.email:
        message["From"] = publisher.email
    message.set_content("\n".join(lines) + "\n", cte="8bit")
    return message.as_string()


def _ways_to_answer(mail: str, one: CheckQuestion) -> Iterator[str]:
    """Yield two links that begin a reply about one entry; its subject names it."""
    for label, word in (("Stimmt alles", "stimmt"), ("Hat sich geändert", "geändert")):
        subject = quote(f"{one.record.name} ({one.reminder.folder}/{one.reminder.id}): {word}")
        yield f"   {label}: mailto:{mail}?subject={subject}"


def _points_to_confirm(site: Site, one: CheckQuestion, today: dt.date) -> Iterator[str]:
    """Yield what the entry's page says, in its words."""
    record, texts = one.record, Texts("de")
    capacity = getattr(record, "capacity", None)
    alert = getattr(record, "alert", None)
    contact = record.contact
    reached = ", ".join(filter(None, (contact.number, contact.email) if contact else ())) or "wie beim Träger"
    found = timetable(site, record.hours, today)
    week = spoken_week(found, texts.gettext) if found else []
    hours = "; ".join(" ".join(filter(None, line)) for line in week) or getattr(record, "hours_note", None)
    yield f"   Zeiten: {hours or 'nicht angegeben'}"
    if isinstance(record, Offer):
        cost = cost_value_text(texts, record.cost) or "nicht angegeben"
        spoken = [site.words.languages[key].name for key in record.languages if key in site.words.languages]
        yield f"   Kosten: {cost}. Sprachen: {', '.join(spoken) or 'nicht angegeben'}"
    yield f"   Kontakt: {reached}"
    yield f"   Wartezeit: {capacity.waiting if capacity and capacity.waiting else 'nicht angegeben'}"
    closings = (*getattr(record, "closed", ()), *((alert.closed or ()) if alert else ()))
    days = [_told_closing(site, closing) for closing in closings]
    yield f"   Geschlossen: {', '.join(days) or (alert.text if alert else 'nichts angekündigt')}"


def _told_closing(site: Site, one: Closing) -> str:
    """Say a closing's days and where people are sent: „21.12.2026 bis 3.1.2027 (stattdessen: Elterncafé, 040 …)“."""
    days = german_day(one.date) + (f" bis {german_day(one.until)}" if one.until else "")
    offer = site.offers.get(one.instead or "")
    instead = ", ".join(filter(None, (offer.name if offer else "", one.instead_phone)))
    return f"{days} (stattdessen: {instead})" if instead else days


class Confirmation(Struct, frozen=True):
    """What confirming would write by file, and entries changed since asked."""

    files: Mapping[str, str]
    changed: Sequence[str]
    found: Sequence[Diagnostic]


def confirmation(
    reading: Reading, site: Site, ids: Sequence[str], asked: Path | None, today: dt.date
) -> Confirmation:
    """Set entries' day of check, nothing else; crisis numbers are refused.

    `ids` are ids or `offers/…`, `places/…`; `asked` is the folder of the mails.
    """
    files: dict[str, str] = {}
    changed, found = [], list[Diagnostic]()
    before = _asked(reading.disk, asked, found)
    crisis = {
        dialled(number)
        for word in site.words.help.values()
        for number in (word.number, *word.further_numbers)
    }
    for written in ids:
        source, unknown = named_record(reading, written, ("offers", "places"))
        found += unknown
        if source is None:
            continue
        number = dialled(text_at(source.node, "contact", "phone"))
        if number and number in crisis:
            found.append(diagnostic("krisennummer-bestaetigen", Position(source.file), name=written))
        name = f"{source.folder}/{source.id}"
        if name in before and before[name] != _make_record_digest(source):
            changed.append(name)
        record, problems = open_record(reading.disk, reading.root / source.file)
        found += problems
        if record is not None:
            record.set(("checked",), today)
            found += record.found
            files[source.file] = record.text
    return Confirmation(files, changed, found)


def _asked(disk: Disk, folder: Path | None, found: list[Diagnostic]) -> dict[str, str]:
    """Return digests of entries as they were asked about."""
    if folder is None:
        return {}
    path, through = folder / ASKED, disk.also(folder)
    form, problems = form_of(through, path)
    table, more = read_table(through, path, form) if form else (None, [])
    found += [*problems, *more]
    rows = table.rows if table and {"id", "digest"} <= set(table.header) else ()
    return {row.cells["id"].text: row.cells["digest"].text for row in rows}


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
        f"{item.due}  {_say_when_due(item.due, today):>16}  {item.folder}/{item.id}: {item.topic.what} ({item.name})"
        for item in found
    ]
    lines.append("1 Erinnerung." if len(found) == 1 else f"{len(found)} Erinnerungen.")
    return "\n".join(lines if found else ["Nichts ist fällig."]) + "\n"


def _say_when_due(due: dt.date, today: dt.date) -> str:
    days = (today - due).days
    if days == 0:
        return "heute"
    if days > 0:
        return f"seit {days} {'Tag' if days == 1 else 'Tagen'}"
    return f"in {-days} {'Tag' if days == -1 else 'Tagen'}"
