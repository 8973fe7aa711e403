"""Check what ends, what follows it, funding, free places and age of checks, and that changes were called back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from generator.derive.offer_facts import CAPACITY_DAYS, check_due, has_ended
from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.areas_and_offices import Space
from generator.model.dates import Duration, german_day
from generator.model.dear_numbers_and_hosts import dialled
from generator.model.fields import fields, references
from generator.model.groups import CHANGED_BY_CALL
from generator.model.offer import Offer
from generator.model.places_and_providers import Place, Provider
from generator.model.site import Site
from generator.read.nodes import Node, at, parse, plain, text_at
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.read.references import scalars_at

REMIND = Duration(3, "months")
"""So long before funding ends it is reported."""
ENDING = ("offers", "places", "providers")
"""Kinds of records that end."""
_ASKED = (*ENDING, "spaces", "offices", "networks", "protected")
"""Kinds of records by which people find what they name."""
FORGOTTEN = Duration(6, "months")
"""So long after its last date an offer with hours counts as over."""


def check_lifecycle(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Report wrong ends, successors, funding that runs out, and who still counts on what has ended."""
    yield from reading.of_each(_ending, today, folders=(*ENDING, "spaces"))
    yield from reading.of_each(_report_lifecycle_faults, today, folders=("offers",))
    for folder in (*ENDING, "spaces"):
        following = {key: _following(one) for key, one in site.records(folder).items()}
        for circle in _circles({key: after for key, after in following.items() if after}):
            if source := reading.sources.get((folder, circle[0])):
                told = " → ".join((*circle, circle[0]))
                field = "successors" if folder == "spaces" else "successor"
                yield diagnostic("nachfolge-im-kreis", source.position(field), circle=told)
    yield from _left_behind(site, reading, today)


def _left_behind(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Report what goes on and names a place or provider that has ended."""
    over = {
        (folder, key)
        for folder in ("places", "providers", "spaces")
        for key, one in site.records(folder).items()
        if has_ended(one, today)
    }
    for (folder, _), source in reading.sources.items() if over else ():
        record = source.record
        if (
            folder not in _ASKED
            or getattr(record, "status", "") == "ended"
            or (isinstance(record, Offer | Place | Provider | Space) and has_ended(record, today))
        ):
            continue
        for reference in references(type(record)):
            if reference.path[0] in ("successor", "successors"):
                continue
            for scalar in scalars_at(source.node, reference.path):
                for target in reference.target.split("|"):
                    if (target, scalar.text) in over:
                        # As written: logs are public, and an internal name isn't.
                        yield diagnostic("nennt-beendetes", scalar.position, name=scalar.text)


def _following(record: Offer | Place | Provider | Space) -> tuple[str, ...]:
    """Return what follows a record."""
    if isinstance(record, Space):
        return record.successors
    return (record.successor,) if record.successor else ()


def _circles(successors: Mapping[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """Yield records that follow each other in a circle, each circle once from its first id."""
    for first in successors:
        ways = [[first]]
        for way in ways:
            for following in successors.get(way[-1], ()):
                if following == first == min(way):
                    yield way
                elif following not in way:
                    ways.append([*way, following])


def _report_lifecycle_faults(source: RecordSource, today: dt.date) -> Iterator[Diagnostic]:
    offer = source.record
    if not isinstance(offer, Offer):
        return
    if offer.status != "ended":
        yield from _funding(source, offer, today)
        yield from _last_date(source, offer, today)
    yield from _registration(source, offer, today)
    yield from _capacity(source, offer, today)


def _ending(source: RecordSource, today: dt.date) -> Iterator[Diagnostic]:
    """Report a missing or too early end, a past one, and a successor of what goes on."""
    record = source.record
    if not isinstance(record, Offer | Place | Provider | Space):
        return
    ended, begins = record.status == "ended", getattr(record, "from_", None)
    # A document may tell of an offer that has ended without saying when; of a protected place nobody says it.
    if ended and record.until is None and record.origin is None and isinstance(record, Offer | Space):
        yield diagnostic("ende-fehlt", source.position("status"))
    if {*_following(record)} - {record.id} and not ended and record.until is None:
        follows = "successors" if isinstance(record, Space) else "successor"
        yield diagnostic("nachfolge-ohne-ende", source.position(follows))
    if record.until is None:
        return
    place = source.position("until")
    if begins and record.until < begins:
        yield diagnostic("ende-vor-beginn", place, until=record.until, start=begins)
    elif record.until < today and not ended:
        yield diagnostic("ende-vorbei", place, until=record.until)


def _funding(source: RecordSource, offer: Offer, today: dt.date) -> Iterator[Diagnostic]:
    """Report money that runs out soon, or has run out."""
    last = offer.funded_until
    if last and last <= REMIND.after(today):
        yield diagnostic("finanzierung-endet", source.position("funded_until"), date=german_day(last))


def _registration(source: RecordSource, offer: Offer, today: dt.date) -> Iterator[Diagnostic]:
    """Report a day of registration that is past."""
    if offer.access is None or offer.status not in ("running", "planned"):
        return
    deadline = offer.access.register_by
    if deadline is not None and deadline < today:
        place = source.position("access", "register_by")
        yield diagnostic("anmeldeschluss-vorbei", place, date=german_day(deadline))


def _last_date(source: RecordSource, offer: Offer, today: dt.date) -> Iterator[Diagnostic]:
    """Report dates that are all past."""
    last = max((item.until or item.date for item in offer.dates), default=None)
    if last is not None and _over(offer, last, today):
        yield diagnostic("termine-vorbei", source.position("dates", key=True), date=german_day(last))


def _capacity(source: RecordSource, offer: Offer, today: dt.date) -> Iterator[Diagnostic]:
    """Report places counted in the future, long ago, or more free than all."""
    capacity = offer.capacity
    if capacity is None:
        return
    free, places = capacity.free, capacity.places
    counted, written = source.position("capacity", "date"), german_day(capacity.date)
    if capacity.date > today:
        yield diagnostic("stand-in-zukunft", counted, date=written, today=german_day(today))
    if free is not None and places is not None and free > places:
        yield diagnostic("plaetze-zu-viele", source.position("capacity", "free"), free=free, places=places)
    if (today - capacity.date).days > CAPACITY_DAYS:
        yield diagnostic("plaetze-veraltet", counted, date=written, days=CAPACITY_DAYS)


def _over(offer: Offer, last: dt.date, today: dt.date) -> bool:
    """Tell whether the last date is past, of offers with hours for longer than `FORGOTTEN`."""
    return last < today and (offer.hours is None or FORGOTTEN.after(last) < today)


def check_freshness(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Report what nobody has checked for longer than agreed."""
    for folder in ("offers", "places"):
        usual = site.config.check_every.get(folder)
        yield from reading.of_each(_report_check_date, usual, today, folders=(folder,))


def _report_check_date(source: RecordSource, usual: Duration | None, today: dt.date) -> Iterator[Diagnostic]:
    record = source.record
    if not isinstance(record, Offer | Place) or record.status == "ended":
        return
    if record.checked is None:
        if usual is not None and source.folder == "offers":
            yield diagnostic("nie-geprueft", source.position("name"))
        return
    place, written = source.position("checked"), german_day(record.checked)
    due = check_due(record, usual)
    if record.checked > today:
        yield diagnostic("geprueft-in-zukunft", place, date=written, today=german_day(today))
    elif due is not None and due < today:
        yield diagnostic("lange-ungeprueft", place, date=written, every=record.check_every or usual)


DATED_CHECKS = (check_lifecycle, check_freshness)


def check_called_back(reading: Reading, before: Mapping[str, str | None]) -> Iterator[Diagnostic]:
    """Report records with another number or newly ended that nobody called about; `before` are former texts by file.

    A new record has no old number to call.
    """
    for source in reading.sources.values():
        text = before.get(source.file)
        if text is None or "called_back" not in fields(type(source.record)):
            continue
        old = parse(text, source.file)[0]
        if old is not None and not _called_since(source.node, old):
            yield from _report_changes_without_call(source, old)


def _called_since(node: Node, old: Node) -> bool:
    """Tell whether a call was written down that wasn't there before."""
    now, then = at(node, ("called_back",)), at(old, ("called_back",))
    return now is not None and (then is None or plain(now) != plain(then))


def _report_changes_without_call(source: RecordSource, old: Node) -> Iterator[Diagnostic]:
    """Yield what was to be called back: what leads elsewhere than it did, and an end."""
    known = {_comparable_address(text_at(old, *path)) for path in CHANGED_BY_CALL}
    for path in sorted(CHANGED_BY_CALL):
        new = text_at(source.node, *path)
        if new and _comparable_address(new) not in known:
            yield diagnostic("ohne-rueckruf", source.position(*path), what=f"„{new}“ ist neu")
    if text_at(source.node, "status") == "ended" != text_at(old, "status"):
        yield diagnostic("ohne-rueckruf", source.position("status"), what="für immer zu")


def _comparable_address(text: str) -> str:
    """Return a number as dialled, any other address as it is: in whichever field it stood, it isn't new."""
    return dialled(text) if re.fullmatch(r"[-+ ()/0-9]+", text) else text.strip()
