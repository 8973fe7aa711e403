"""Ask about records of others that share an address, a number, a mail or a website with a refuge.

Who has the number of a refuge looks for it elsewhere; where it stands beside an address, or its mail or website does, the refuge may be
there. So may be every house of a provider that has a hidden one, and an area code says which village it is in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from generator.check.addresses import area_code, numbers_in, usual_area_code
from generator.check.surroundings import RecordSurroundings, surroundings
from generator.derive.untold import guarded
from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.files.result_cache import Same
from generator.model.groups import Contact, Record
from generator.model.network import Network
from generator.model.offer import Offer
from generator.model.office import Office
from generator.model.place import Place
from generator.model.provider import Provider
from generator.model.scalars import dialled
from generator.model.site import Site
from generator.model.space import Space
from generator.model.visibility import Sight
from generator.read.passages import passages
from generator.read.project import Reading
from generator.read.records import RecordSource

_NUMBER = re.compile(r"(?<![\d/])\+?\d[\d\s/().\-]{5,18}\d")
_MAIL = re.compile(r"[\w.+\-]{1,64}@[\w.\-]{1,255}\w")
_WEBSITE = re.compile(r"(?:https?://|www\.)[^\s)>\]]+", re.IGNORECASE)
_FOLDERS = ("places", "offers", "providers", "offices", "spaces", "networks")
"""Kinds of records by which one learns where something is."""
_SHORTEST = 7


@dataclass(frozen=True, slots=True)
class Houses:
    """What is known of the refuges of a town."""

    records: frozenset[tuple[str, str]]
    """All that is protected, by folder and id."""
    ties: Mapping[str, str]
    """Telephone numbers, mail addresses and websites of it, each with the name that it belongs to."""
    members: frozenset[str]
    """Houses that nobody may find, and who has one, as other records name them."""
    open_providers: frozenset[str]
    """Who has an address that everybody may know, its own or that of a house."""


def check_refuge_ties(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Ask about what refuges share with an open address, and about area codes that say where they are."""
    if site.internal:
        return
    houses = reading.same("houses that nobody may find", _houses(site, reading))
    if not houses.value.records:
        return
    around = surroundings(site, reading)
    yield from reading.of_each(_tied, around, houses, folders=_FOLDERS)
    yield from reading.of_each(_second_house, around, houses, folders=("places", "offers", "providers"))
    usual = usual_area_code(reading)
    yield from reading.of_each(_code_of_house, houses, usual, folders=("places", "offers", "providers"))


def _houses(site: Site, reading: Reading) -> Houses:
    seen = reading.seen(site)
    records = guarded(site, seen)
    ties: dict[str, str] = {}
    for folder, key in sorted(records, reverse=True):
        record = site.records(folder)[key]
        if isinstance(record, Place | Provider | Offer) and not _only_meets(site, record):
            ties |= dict.fromkeys(_keys_of(record.contact), record.name)
    hidden = [site.places[key] for folder, key in records if folder == "places"]
    members = {place.id for place in hidden}
    members.update(chain.from_iterable(place.providers for place in hidden))
    return Houses(records, ties, frozenset(members), _open_providers(site, seen))


def _open_providers(site: Site, seen: Sight) -> frozenset[str]:
    """Return who has an address that everybody may know, its own or that of a house."""
    found = {key for key, one in site.providers.items() if one.address and seen.providers[key] == "full"}
    for key, place in site.places.items():
        if place.address and seen.places[key] == "full":
            found.update(place.providers)
    return frozenset(found)


def _only_meets(site: Site, record: Record) -> bool:
    """Tell whether a record is a group after violence: who registers for it calls an open office."""
    if not isinstance(record, Offer):
        return False
    kind = site.words.kinds.get(record.kind)
    return kind is not None and kind.meets


def _keys_of(contact: Contact | None) -> list[str]:
    if contact is None:
        return []
    keys: list[str] = []
    for text in (*contact.numbers.values(), contact.email or "", contact.website or ""):
        keys += [key for key, _, _ in _ties_in(text)]
    return keys


def _ties_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the numbers, mail addresses and websites of a text as they are compared, each with where it stands."""
    for match in _NUMBER.finditer(text):
        digits = dialled(match[0])
        if len(digits) >= _SHORTEST:
            yield digits, match.start(), match.end()
    for match in _MAIL.finditer(text):
        yield match[0].casefold(), match.start(), match.end()
    for match in _WEBSITE.finditer(text):
        host = re.sub(r"^(?:https?://)?(?:www\.)?", "", match[0].casefold())
        yield host.rstrip("/.,;"), match.start(), match.end()


def _tied(
    source: RecordSource, around: Same[RecordSurroundings], houses: Same[Houses]
) -> Iterator[Diagnostic]:
    known = houses.value
    if (source.folder, source.id) in known.records or not _shows_where(source.record, around.value, known):
        return
    cleared = {item.text for item in source.record.cleared}
    for passage in passages(source):
        if passage.path[:1] == ("cleared",):
            continue
        for key, start, end in _ties_in(passage.text):
            value = passage.text[start:end]
            if key in known.ties and value not in cleared:
                place = passage.at(start, end)
                yield diagnostic("nummer-neben-adresse", place, value=value, name=known.ties[key])


def _shows_where(record: Record, town: RecordSurroundings, houses: Houses) -> bool:
    """Tell whether whoever reads a record learns of an address or an area: its own, that of its house, or of its provider's."""
    if isinstance(record, Place):
        return town.shows_place(record)
    if isinstance(record, Provider):
        return record.id in houses.open_providers
    if isinstance(record, Offer):
        housed = town.seen_places.get(str(record.place)) == "full"
        near = housed or record.provider in houses.open_providers
        return town.shows_offer(record) or (near and town.seen(record) == "full")
    return isinstance(record, Office | Space | Network)


def _second_house(
    source: RecordSource, around: Same[RecordSurroundings], houses: Same[Houses]
) -> Iterator[Diagnostic]:
    """Ask about an address beside which a hidden house is named, or somebody who has one, whatever kind of house it is said to be."""
    if getattr(source.record, "shown", None) is not None:
        return
    if not houses.value.members.isdisjoint(_whose_address(source.record, around.value)):
        yield diagnostic(
            "haus-neben-schutz", source.position("kind"), name=getattr(source.record, "name", "")
        )


def _whose_address(record: Record, town: RecordSurroundings) -> set[str]:
    """Return whom a record names beside the address that it shows; nobody where it shows none."""
    if isinstance(record, Place) and town.shows_place(record):
        return {*record.providers, str(record.first_contact)}
    if isinstance(record, Provider) and town.shows_provider(record):
        return {record.id}
    if isinstance(record, Offer) and town.shows_offer(record):
        return {record.provider, *record.partners}
    if isinstance(record, Offer) and town.seen_places.get(str(record.place)) == "full":
        return set(record.partners)
    return set()


def _code_of_house(source: RecordSource, houses: Same[Houses], usual: str) -> Iterator[Diagnostic]:
    """Ask about a refuge's number with another area code than most have."""
    if (source.folder, source.id) not in houses.value.records:
        return
    cleared = {item.text for item in source.record.cleared}
    for scalar in numbers_in(source):
        if area_code(scalar.text) not in ("", usual) and scalar.text not in cleared:
            yield diagnostic("vorwahl-neben-schutz", scalar.position, value=scalar.text, usual=usual)


CHECKS = (check_refuge_ties,)
