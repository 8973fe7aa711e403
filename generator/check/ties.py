"""Find the numbers, mail addresses and websites of refuges in texts.

Who has a refuge's number looks for it elsewhere. What many others share (a mail service, the town's domain)
says nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from generator.model.dear_numbers_and_hosts import area_code, dialled, host_of, typed_numbers
from generator.model.groups import Contact, Record
from generator.model.places_and_providers import Provider
from generator.model.protected_house import ProtectedHouse
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.read.seen_text import seen
from generator.read.written_texts import passages

_SHORTEST, _WHOLE = 6, 9
"""Digits that a number has at least, and from which on it is recognised within a longer one (+49 …)."""
_MOST_OWNERS = 3
"""A domain that more providers and records have is nobody's own."""


@dataclass(frozen=True, slots=True)
class Ties:
    """Contacts that lead to refuges: `numbers` and `addresses` as (contact, refuge's name), and patterns of all of them."""

    numbers: tuple[tuple[str, str], ...]
    addresses: tuple[tuple[str, str], ...]
    digits: re.Pattern[str]
    pattern: re.Pattern[str]

    def found(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield (contact, name) of those in a text."""
        text = seen(text)
        may_hold = self.numbers and self.digits.search(re.sub(r"\D+", "", text))
        for number in typed_numbers(text) if may_hold else ():
            name = next((name for one, name in self.numbers if _is_in(one, number.digits)), "")
            if name:
                yield text[number.start : number.end], name
        folded = text.casefold()
        if any(address in folded for address, _ in self.addresses):
            for match in self.pattern.finditer(text):
                yield match[0], dict(self.addresses)[match[0].casefold()]


def _is_in(number: str, digits: str) -> bool:
    """Tell whether digits are or hold a number; only long ones don't stand in others by chance."""
    return number == digits or (len(number) >= _WHOLE and number.removeprefix("0") in digits)


def ties_of(site: Site, reading: Reading, records: Iterable[tuple[str, str]]) -> Ties:
    """Collect the contacts of protected `records`, and numbers in their texts (a fax) that no open record has."""
    numbers: dict[str, str] = {}
    addresses: dict[str, str] = {}
    owners = _owners(reading)
    protected = set(records)
    taken = frozenset(reading.of_each(_taken, frozenset(protected)))
    # In reverse, as later ones replace: a shared contact gets the first record's name.
    for folder, key in sorted(protected, reverse=True):
        record = site.records(folder)[key] if folder != "offers" else None
        if not isinstance(record, ProtectedHouse | Provider) or _only_meets(site, record):
            continue
        called, contact = _contact_of(record)
        source = reading.sources.get((folder, key))
        further = set(_further(source)) - taken if source is not None else ()
        numbers = (
            dict.fromkeys(further, called)
            | numbers
            | dict.fromkeys(_dialled_numbers_of_contact(contact), called)
        )
        addresses |= dict.fromkeys(_addresses(contact, owners), called)
    digits = "|".join(number.removeprefix("0") for number in numbers)
    return Ties(tuple(numbers.items()), tuple(addresses.items()), re.compile(digits), any_address(addresses))


def any_address(addresses: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for addresses and hosts, longest first."""
    longest = sorted(addresses, key=len, reverse=True)
    pattern = rf"(?<![\w\-])(?:{'|'.join(map(re.escape, longest))})(?![\w\-]|\.\w)"
    return re.compile(pattern, re.IGNORECASE)


def _only_meets(site: Site, record: Record) -> bool:
    """Tell whether a record is a violence group, whose registration is an open office."""
    kind = site.words.kinds.get(record.kind) if isinstance(record, ProtectedHouse) else None
    return kind is not None and kind.meets


def _contact_of(record: ProtectedHouse | Provider) -> tuple[str, Contact | None]:
    """Return what a record is called, and its contact."""
    if isinstance(record, Provider):
        return record.name, record.contact
    return record.name or record.id, Contact(phone=record.phone, email=record.email, website=record.website)


def _dialled_numbers_of_contact(contact: Contact | None) -> Iterator[str]:
    """Yield a contact's numbers with and without area code."""
    for number in contact.numbers.values() if contact is not None else ():
        digits = dialled(number)
        yield digits
        if len(local := digits.removeprefix(area_code(number))) >= _SHORTEST:
            yield local


def _further(source: RecordSource) -> Iterator[str]:
    """Yield numbers in a record's texts that are one house's."""
    for passage in passages(source):
        for number in typed_numbers(seen(passage.text)):
            if area_code(passage.text[number.start : number.end]) and len(number.digits) >= _WHOLE:
                yield number.digits


def _taken(source: RecordSource, protected: Collection[tuple[str, str]]) -> Iterator[str]:
    """Yield an unprotected record's own numbers."""
    contact = getattr(source.record, "contact", None)
    if contact is not None and (source.folder, source.id) not in protected:
        yield from map(dialled, contact.numbers.values())


def _owners(reading: Reading) -> dict[str, set[str]]:
    """Return by domain the providers and records that have it."""
    owners = defaultdict(set)
    for host, owner in reading.of_each(_hosts_of):
        owners[host].add(owner)
    return owners


def _hosts_of(source: RecordSource) -> Iterator[tuple[str, str]]:
    contact = getattr(source.record, "contact", None)
    providers = getattr(source.record, "providers", ())
    owner = getattr(source.record, "provider", providers[0] if providers else source.id)
    return ((host, owner) for host in _hosts(contact)) if isinstance(contact, Contact) else iter(())


def _hosts(contact: Contact) -> Iterator[str]:
    """Yield the domains of a mail address and a website."""
    if contact.email:
        yield contact.email.casefold().rpartition("@")[2]
    if contact.website:
        yield host_of(contact.website)


def _addresses(contact: Contact | None, owners: dict[str, set[str]]) -> Iterator[str]:
    """Yield mail and website, with domains of its own."""
    if contact is None:
        return
    if contact.email:
        yield contact.email.casefold()
    if contact.website:
        yield re.sub(r"^https?://(?:www\.)?", "", contact.website.casefold()).rstrip("/")
    yield from (host for host in _hosts(contact) if len(owners[host]) <= _MOST_OWNERS)
